//! Opens the screen on a ledger and runs it until it is left.

use std::thread::{self, JoinHandle};

use chrono::NaiveDate;

use crate::config::AUTO_THEME;
use crate::error::Result;
use crate::store::{Backups, Store};
use crate::text::Lang;
use crate::tui::app::App;
use crate::tui::data::{Ledger, Session};
use crate::tui::looks::{self, Looks};
use crate::tui::terminal;
use crate::tui::theme::{Depth, LIGHT, Theme, Ui};

pub use crate::tui::data::{LastSeen, Seen};

/// How the screen is opened.
#[derive(Debug, Clone)]
pub struct Options {
    pub lang: Lang,
    /// Whether the program sees the mouse.
    pub mouse: bool,
    pub color: bool,
    /// Its look.
    pub theme: Option<String>,
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
    let theme = Looking::begin(options.color, options.theme.as_deref())?;
    let mut app = open(store, options)?;
    let (looks, theme) = theme.found();
    app.set_looks(looks);
    app.set_theme(theme);
    terminal::run(terminal, &mut app)
}

/// A theme, or the question to the terminal which fits it: a ledger is read meanwhile. A terminal that is not asked has
/// the background that the theme was chosen for.
enum Looking {
    Found(Looks, Theme),
    Asked(Depth, JoinHandle<bool>),
}

impl Looking {
    fn begin(color: bool, name: Option<&str>) -> Result<Self> {
        let depth = if color { terminal::depth() } else { Depth::None };
        Ok(match name.filter(|name| *name != AUTO_THEME) {
            Some(name) => {
                let fitting = Theme::fitting(depth, name == LIGHT);
                Self::Found(Looks { depth, fitting }, looks::theme(name, depth)?)
            }
            None if matches!(depth, Depth::None | Depth::Sixteen) => {
                let fitting = Theme::fitting(depth, false);
                Self::Found(Looks { depth, fitting }, fitting)
            }
            None => Self::Asked(depth, thread::spawn(terminal::is_light)),
        })
    }

    fn found(self) -> (Looks, Theme) {
        match self {
            Self::Found(looks, theme) => (looks, theme),
            Self::Asked(depth, light) => {
                let fitting = Theme::fitting(depth, light.join().unwrap_or(false));
                (Looks { depth, fitting }, fitting)
            }
        }
    }
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
    };
    let theme = options.theme.as_deref().and_then(|name| Theme::named(name, Depth::True));
    let theme = theme.unwrap_or_else(|| Theme::fitting(Depth::None, false));
    let ui = Ui { lang: options.lang, theme };
    Ok(App::new(Ledger::open(store, session)?, ui))
}
