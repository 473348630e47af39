//! The command palette: all that can be done or gone to, by its name, and what it takes behind that. Customers and
//! projects are looked for in the ledger, off the loop where that is large.
//!
//! ```text
//!  ┌ commands 2/89 ───────────────────────────────────┐
//!  │ / aging 2026-10-31                               │
//!  │   a blank and the as-of day: 2026-10-31, 10-31 … │
//!  │ ▸ Aging: as of 2026-10-31                        │
//!  └──────────────────────────────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;

use super::argument::Argument;
use super::commands::{self, Command, Recent};
use crate::domain::ids::{CustomerId, ProjectId};
use crate::error::Result;
use crate::store::Reader;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::{Ledger, Task};
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::input::Key;
use crate::tui::keymap::Scope;
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::screen::Cx;
use crate::tui::selection::RowKey;
use crate::tui::theme::Ui;
use crate::tui::widgets::picker::{Pick, Picker};

/// How many customers and projects are offered at most, each.
const NAMES: usize = 25;

/// From how many characters on a large ledger is looked through.
const ENOUGH: usize = 2;

/// A customer or project with what stands beside it and what finds it.
#[derive(Debug, Clone)]
struct Named {
    key: RowKey,
    name: String,
    aside: String,
}

type Names = Vec<Named>;

pub struct Palette {
    picker: Picker<Command>,
    /// How many of the choices stand there whatever is typed.
    fixed: usize,
    names: Task<(u64, String), Names>,
    /// What it was brought up to date with: what is typed, whether that was to be done as it is, what was found.
    shown: Option<(String, bool, u64)>,
    /// What is typed was to be done as it is.
    insisted: bool,
}

/// The customers and projects a text finds.
fn names(store: &Reader, typed: &str) -> Result<Names> {
    let needle = Needle::new(typed);
    let (mut customers, mut projects): (Vec<CustomerId>, Vec<ProjectId>) = Default::default();
    store.each_customer(|id, text| {
        if customers.len() < NAMES && needle.matches(text) {
            customers.push(id);
        }
    })?;
    store.each_project(|id, text| {
        if projects.len() < NAMES && needle.matches(text) {
            projects.push(id);
        }
    })?;
    let customers = store.customers(&customers)?.into_iter().map(|row| Named {
        key: RowKey::Customer(row.id),
        name: format::code_and_name(&row.code, &row.name),
        aside: row.short_name,
    });
    let projects = store.projects(&projects)?.into_iter().map(|row| Named {
        key: RowKey::Project(row.id),
        name: format::code_and_name(&row.code, &row.name),
        aside: row.customer_name,
    });
    Ok(customers.chain(projects).collect())
}

impl Palette {
    pub fn open(scopes: &[Scope], recent: &Recent, cx: &Cx<'_>) -> Result<Self> {
        let lang = cx.ui.lang;
        let picks = commands::all(scopes, recent, cx)?.into_iter();
        let picks: Vec<Pick<Command>> = picks.map(|command| command.pick(lang)).collect();
        Ok(Self {
            fixed: picks.len(),
            picker: Picker::new(lang.act_palette(), picks),
            names: Task::default(),
            shown: None,
            insisted: false,
        })
    }

    /// Looks for the customers and projects what is typed may mean, if it is enough to look for.
    fn look(&mut self, typed: &str, ledger: &Ledger) -> Result<Option<Names>> {
        let least = if ledger.place().is_large()? { ENOUGH } else { 1 };
        if typed.trim().chars().count() < least {
            return Ok(Some(Names::new()));
        }
        let (key, text) = ((ledger.version(), typed.to_owned()), typed.to_owned());
        let found = self.names.get(&key, ledger.place(), move |store| names(store, &text))?;
        Ok(found.cloned())
    }
}

impl Overlay for Palette {
    fn scope(&self) -> Scope {
        Scope::Popup
    }

    fn draw(&mut self, frame: &mut Frame, body: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        self.picker.draw(frame, body, ui)
    }

    fn refresh(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let typed = self.picker.typed().to_owned();
        let found = self.look(&typed, cx.ledger)?;
        let serial = self.names.latest().map_or(0, |(serial, _)| serial);
        let shown = Some((typed.clone(), self.insisted, serial));
        if self.shown == shown {
            return Ok(());
        }
        let lang = cx.ui.lang;
        let Argument { command, note, alone } = Argument::read(&typed, self.insisted, cx)?;
        let searching = found.is_none().then(|| (lang.searching().to_owned(), false));
        self.picker.note(note.or(searching));
        let names = found
            .unwrap_or_default()
            .into_iter()
            .map(|of| Command::Go(of.key, of.name, of.aside).pick(lang).also(&typed));
        let argument = command.map(|command| command.pick(lang).named(&typed));
        let picks = argument.into_iter().chain(names).collect();
        self.picker.put_behind(self.fixed, picks, alone);
        self.shown = shown;
        Ok(())
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Reply> {
        match action {
            Action::Accept => {
                let Some(pick) = self.picker.chosen() else {
                    self.insisted = true;
                    return Ok(Reply::Stay);
                };
                if let Command::Ask(asked) = &pick.value {
                    let begun = format!("{} ", asked.word(cx.ui.lang));
                    self.picker.retype(&begun);
                    return Ok(Reply::Stay);
                }
                cx.ledger.ask();
                Ok(Reply::Done(Effect::Command(Box::new(pick.value.clone()))))
            }
            Action::Cancel => Ok(Reply::Close),
            other => {
                self.picker.on_action(other);
                Ok(Reply::Stay)
            }
        }
    }

    fn typed(&mut self, key: Key, _: &mut Cx<'_>) -> Result<Reply> {
        self.insisted = false;
        self.picker.on_key(key);
        Ok(Reply::Stay)
    }

    fn paste(&mut self, text: &str) -> bool {
        self.insisted = false;
        self.picker.paste(text)
    }

    fn click(&mut self, place: usize, cx: &mut Cx<'_>) -> Result<Reply> {
        self.picker.select(place);
        self.act(Action::Accept, cx)
    }
}

#[cfg(test)]
mod tests;
