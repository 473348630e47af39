//! The screen, on the demo ledger or a real one.

use std::path::Path;

use serde_json::json;

use crate::config;
use crate::demo::{self, Company, Size};
use crate::error::Result;
use crate::store::Store;
use crate::text::Lang;
use crate::tui::session::{self, LastSeen, Later, Opening, Options, Seen};

use super::args::Demo;
use super::session::{Session, advance, print, print_json, progress};

pub fn demo(session: &Session, args: &Demo) -> Result<()> {
    if let Some(path) = &args.write {
        return keep(session, args, path);
    }
    let mut store = Store::throwaway(&std::env::temp_dir())?;
    if args.size.is_some() {
        fill(session, args, &mut store)?;
        return run_screen(session, store, Some("demo"), (Opening::Today, None));
    }
    let (today, company) = (session.today, company(session));
    demo::year(&mut store, today, company)?;
    let rest = move |store: &mut Store| demo::rest(store, today, company);
    run_screen(session, store, Some("demo"), (Opening::Today, Some(Box::new(rest))))
}

fn company(session: &Session) -> Company {
    match session.lang {
        Lang::Zh => Company::Chinese,
        Lang::En => Company::English,
    }
}

/// Writes the demo ledger to a file of its own.
fn keep(session: &Session, args: &Demo, path: &Path) -> Result<()> {
    let mut store = Store::open(path)?;
    fill(session, args, &mut store)?;
    let [_, _, milestones] = store.counts()?;
    let file = path.display().to_string();
    if session.global.json {
        return session.done(print_json(&json!({ "file": file, "milestones": milestones })));
    }
    if session.global.quiet {
        return Ok(());
    }
    session.done(print(&format!("{}\n", session.lang.demo_written(&file, milestones))))
}

fn fill(session: &Session, args: &Demo, store: &mut Store) -> Result<()> {
    let Some(milestones) = args.size else {
        return demo::small(store, session.today, company(session));
    };
    let mut size = Size::of(milestones);
    size.open_percent = args.open.unwrap_or(size.open_percent);
    size.notes = args.notes.unwrap_or_default();
    size.todos = args.todos.unwrap_or_default();
    let bar = progress(session);
    let filled = demo::large(store, session.today, size, &mut |done, all| {
        advance(&bar, done as u64, all as u64);
    });
    bar.finish_and_clear();
    filled
}

/// The screen on a ledger, by its own name in the header or its file's; `later` is done once it is shown.
pub fn run_screen(
    session: &Session,
    store: Store,
    name: Option<&str>,
    (opening, later): (Opening, Option<Later>),
) -> Result<()> {
    let last_seen = match name {
        // A throw-away ledger was never seen: what changed since yesterday shows what there is to see.
        Some(_) => LastSeen::at(Seen {
            day: session.today.pred_opt().unwrap_or(session.today),
            event: store.last_event()?.0,
        }),
        None => LastSeen::read(config::state_file()?, store.path()),
    };
    let backups = match name {
        Some(_) => None,
        None => session.backups()?,
    };
    let file = store.path().file_stem().unwrap_or_default();
    let name = name.map_or_else(|| file.to_string_lossy().into_owned(), str::to_owned);
    let options = Options {
        lang: session.lang,
        mouse: session.config.mouse.unwrap_or(true),
        color: session.wants_color(),
        theme: session.config.theme.clone(),
        signs: session.config.signs.clone(),
        keys: session.config.keys.clone(),
        filters: session.config.filters.clone(),
        plans: session.config.plans.clone(),
        today: session.global.today.as_ref().map(|_| session.today),
        who: session.who.clone(),
        name,
        last_seen,
        backups,
        files: None,
        formats: session.config.formats.clone(),
        opening,
    };
    session::run(store, options, later)
}
