//! The screen, on the demo ledger or a real one.

use crate::config;
use crate::store::Store;
use crate::trouble::{Result, Trouble};
use crate::tui::ledger::{self, LastLook, Options};

use super::args::Demo;
use super::session::Session;

/// `demo`
pub fn demo(_: &Session, _: &Demo) -> Result<()> {
    Err(Trouble::NoTerminal)
}

/// The screen on a ledger, by its own name in the header or its file's.
pub fn run_screen(session: &Session, store: Store, name: Option<&str>) -> Result<()> {
    let file = store.path().file_stem().unwrap_or_default();
    let name = name.map_or_else(|| file.to_string_lossy().into_owned(), str::to_owned);
    let last_look = LastLook::read(config::state_file()?, store.path());
    ledger::run(
        store,
        Options {
            lang: session.lang,
            mouse: session.config.mouse.unwrap_or(true),
            color: session.wants_color(),
            today: session.global.today.as_ref().map(|_| session.today),
            who: session.who.clone(),
            name,
            last_look,
        },
    )
}
