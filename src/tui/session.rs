//! Opens the screen on a ledger and runs it until it is left.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::config::{self, AUTO_THEME, KeySetting};
use crate::document::template::Templates;
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

/// Whether an action is called like this.
pub fn is_action(name: &str) -> bool {
    Keymap::shipped().named(name).is_some()
}

/// The first key of the action called like this, with the keys a user chose; empty where there is none.
pub fn key(settings: &[KeySetting], name: &str) -> Result<String> {
    Ok(keymap(settings)?.named(name).map(|(_, key)| key).unwrap_or_default())
}

/// The playbook in force, and what is wrong with the user's own.
fn playbook(lang: Lang) -> (String, Option<PathBuf>, Option<Error>) {
    let own = config::playbook().and_then(|path| Ok((config::playbook_text(&path)?, path)));
    match own {
        Ok((Some(text), path)) => (text, Some(path), None),
        Ok((None, _)) => (lang.playbook().to_owned(), None, None),
        Err(error) => (lang.playbook().to_owned(), None, Some(error)),
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
    ledger.templates = config::templates().map(Templates::new).unwrap_or_default();
    ledger.plans = options.plans;
    let (text, path, trouble) = playbook(options.lang);
    let faults = ledger.set_playbook(text);
    let mut app = App::new(ledger, ui);
    if let Some(error) = trouble {
        app.say_first(options.lang.error(&error));
    }
    if let Some((path, first)) = path.zip(faults.first()) {
        let more =
            if faults.len() > 1 { format!(" (+{})", faults.len() - 1) } else { String::new() };
        let said = options.lang.playbook_error(&path.display().to_string(), first);
        app.say_first(said + &more);
    }
    match options.opening {
        Opening::Today => {}
        Opening::Import => app.push(screens::files(Action::GoToday)),
    }
    Ok(app)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::playbook::{Advice, Playbook};

    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();

    fn shipped_book(lang: Lang) -> Vec<Advice> {
        let (book, faults) = Playbook::read(lang.playbook(), (TODAY, &Saved::new()), is_action);
        assert_eq!(faults, [], "{lang}");
        book.all().to_vec()
    }

    #[test]
    fn the_playbook_that_ships_can_be_read_to_the_last_line_and_says_the_same_in_both_languages() {
        let [zh, en] = [Lang::Zh, Lang::En].map(shipped_book);
        assert!(zh.len() > 25, "{}", zh.len());
        let told = |book: &[Advice]| -> Vec<String> {
            book.iter().map(|one| format!("{} {:?}", one.filter(), one.action)).collect()
        };
        assert_eq!(told(&zh), told(&en));
    }

    #[test]
    fn advice_names_the_key_its_action_has_now() {
        let setting =
            KeySetting { action: "promise".to_owned(), keys: vec!["Z".to_owned()], line: 1 };
        let keymap = keymap(&[setting]).unwrap();
        let theme = Theme::fitting(Depth::None, false);
        let ui = Ui { lang: Lang::En, theme, keymap };
        let text = "when overdue -> Ask for a day -> promise";
        let (book, _) = Playbook::read(text, (TODAY, &Saved::new()), is_action);
        let advice = &book.all()[0];
        assert_eq!(ui.advice(advice, None), "Ask for a day (Z)");
        let here = keymap.named("promise").map(|(action, _)| action);
        assert_eq!(ui.advice(advice, here), "Ask for a day");
    }
}
