//! Opens the screen on a ledger and runs it until it is left.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::config::{self, AUTO_THEME, KeySetting};
use crate::domain::template::Plans;
use crate::error::{Error, Result};
use crate::report::filter::Saved;
use crate::store::{Backups, Store};
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::data::{Ledger, SavedFilters, Session};
use crate::tui::keymap::Keymap;
use crate::tui::looks::{self, Looks};
use crate::tui::screens;
use crate::tui::signs::Signs;
use crate::tui::terminal;
use crate::tui::theme::{Depth, Theme, Ui};

pub use crate::tui::data::{LastSeen, Later, Seen};

/// How the screen is opened.
#[derive(Debug, Clone)]
pub struct Options {
    pub lang: Lang,
    /// Whether the program sees the mouse.
    pub mouse: bool,
    pub color: bool,
    /// Its look.
    pub theme: Option<String>,
    /// What it is drawn with: `unicode`, `ascii`, or what fits the terminal.
    pub signs: Option<String>,
    /// Keys the user chose.
    pub keys: Vec<KeySetting>,
    /// Filters the user gave a name.
    pub filters: Saved,
    /// Plans the user gave a name.
    pub plans: Plans,
    /// The day to show instead of the clock's; midnight does not change it.
    pub today: Option<NaiveDate>,
    pub who: String,
    /// The ledger's name in the header.
    pub name: String,
    /// When the user last saw it, for what changed since.
    pub last_seen: LastSeen,
    /// Where a backup of each day goes.
    pub backups: Option<Backups>,
    /// Where the files of snapshots go; without it the user's documents.
    pub files: Option<PathBuf>,
    /// What the weekly pack is written as.
    pub formats: Option<String>,
    pub opening: Opening,
}

/// The first screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Opening {
    #[default]
    Today,
    /// The files nearby that may be lists, above it.
    Import,
}

/// Opens the screen and runs it until it is left; `later` is done once it is shown.
pub fn run(store: Store, options: Options, later: Option<Later>) -> Result<()> {
    let depth = if options.color { terminal::depth() } else { Depth::None };
    let named = options.theme.clone().filter(|name| *name != AUTO_THEME);
    let fitting = Theme::fitting(depth, terminal::seems_light());
    let theme = match &named {
        Some(name) => looks::theme(name, depth)?,
        None => fitting,
    };
    // Sixteen colours are the terminal's own, and none need no background.
    let asks = named.is_none() && matches!(depth, Depth::Indexed | Depth::True);
    let terminal = terminal::Options {
        mouse: options.mouse,
        today: options.today,
        fitting: asks.then_some(depth),
    };
    let signs = Signs::chosen(options.signs.as_deref());
    let mut app = open(store, options)?;
    app.set_looks(Looks { depth, fitting, signs });
    app.set_later(later);
    app.set_theme(theme);
    terminal::run(terminal, &mut app)
}

/// The keys in force.
fn keymap(settings: &[KeySetting]) -> Result<&'static Keymap> {
    Keymap::configured(settings).or_else(|why| Err(Error::Keys { path: config::path()?, why }))
}

/// How many cells a line of the terminal has, if it is one.
pub fn terminal_width() -> Option<usize> {
    terminal::width()
}

/// The first screen on a ledger, in a shipped theme with all its colours, or in none.
pub fn open(store: Store, options: Options) -> Result<App> {
    let session = Session {
        today: options.today.unwrap_or_else(crate::clock::today),
        who: options.who,
        name: options.name,
        last_seen: options.last_seen,
        backups: options.backups,
        files: options.files,
        formats: options.formats,
    };
    let theme = options.theme.as_deref().and_then(|name| Theme::named(name, Depth::True));
    let theme = theme.unwrap_or_else(|| Theme::fitting(Depth::None, false));
    let keymap = keymap(&options.keys)?;
    let ui = Ui { lang: options.lang, theme, keymap };
    let mut ledger = Ledger::open(store, session)?;
    ledger.filters = SavedFilters { all: options.filters, file: config::path().ok() };
    ledger.rates = config::rates_file().ok();
    ledger.plans = options.plans;
    let mut app = App::new(ledger, ui);
    match options.opening {
        Opening::Today => {}
        Opening::Import => app.push(screens::files(Action::GoToday)),
    }
    Ok(app)
}
