//! Opens the screen on a ledger and runs it until it is left.

use chrono::NaiveDate;

use crate::error::Result;
use crate::store::{Backups, Store};
use crate::text::Lang;
use crate::tui::app::App;
use crate::tui::data::{Ledger, Session};
use crate::tui::terminal;
use crate::tui::theme::{Theme, Ui};

pub use crate::tui::data::{LastSeen, Seen};

/// How the screen is opened.
#[derive(Debug, Clone)]
pub struct Options {
    pub lang: Lang,
    /// Whether the program sees the mouse.
    pub mouse: bool,
    pub color: bool,
    /// The day to show instead of the clock's; midnight does not change it.
    pub today: Option<NaiveDate>,
    pub who: String,
    /// The ledger's name in the header.
    pub name: String,
    /// When the user last saw it, for what changed since.
    pub last_seen: LastSeen,
    /// Where a backup of each day goes.
    pub backups: Option<Backups>,
}

/// Opens the screen and runs it until it is left.
pub fn run(store: Store, options: Options) -> Result<()> {
    let terminal = terminal::Options { mouse: options.mouse, today: options.today };
    let mut app = open(store, options)?;
    terminal::run(terminal, &mut app)
}

/// How many cells a line of the terminal has, if it is one.
pub fn terminal_width() -> Option<usize> {
    terminal::width()
}

/// The first screen on a ledger.
pub fn open(store: Store, options: Options) -> Result<App> {
    let session = Session {
        today: options.today.unwrap_or_else(crate::clock::today),
        who: options.who,
        name: options.name,
        last_seen: options.last_seen,
        backups: options.backups,
    };
    let ui = Ui { lang: options.lang, theme: Theme::new(options.color) };
    Ok(App::new(Ledger::open(store, session)?, ui))
}
