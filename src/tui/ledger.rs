//! The data side of the screen. It hands each screen to its board, recording keys to
//! [`record`], writes to the store, and reads again what changed.
//!
//! | module | owns |
//! | --- | --- |
//! | [`data`] | store, open items, digest; refreshed after changes, never per frame |
//! | [`board`] | what each view has to know how to do |
//! | `today` … `aging` | one view each, with the screens opened from it |
//! | `snapshot` | the weekly snapshot |
//! | [`said`] | what a notice says of a change |

use std::time::Duration;

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::change::Change;
use crate::store::Store;
use crate::text::Lang;
use crate::text::width::wrap;
use crate::trouble::{Result, Trouble};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::effect::{Effect, FieldError};
use crate::tui::forms;
use crate::tui::keymap::{KeyContext, Milestone as Allows};
use crate::tui::screen::Cx;
use crate::tui::screens::{ListParams, Screen};
use crate::tui::selection::Selection;
use crate::tui::terminal::{self, Messages};
use crate::tui::theme::Theme;
use crate::tui::theme::Ui;
use crate::tui::widgets::list::{RowId, Rows};

pub mod board;
pub mod data;
pub mod said;

mod aging;
mod behind;
mod cells;
mod customer;
mod customers;
mod dunning;
mod empty;
mod index;
mod labels;
mod later;
mod milestone;
mod milestones;
mod project;
mod projects;
mod seen;
mod show;
mod sieve;
mod since;
mod snapshot;
mod story;
mod today;

use board::{Board, Canvas};
use data::Ledger;
pub use since::{LastLook, Looked};

/// How long a key waits for somebody else's write: about as long as such a write takes.
const PATIENCE: Duration = Duration::from_millis(100);

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
    /// When the user looked last, for what changed since.
    pub last_look: LastLook,
}

/// Opens the screen on a ledger and runs it until it is left.
pub fn run(store: Store, options: Options) -> Result<()> {
    let today = options.today.unwrap_or_else(crate::clock::today);
    let names = (options.who, options.name);
    let mut desk = LedgerDesk::new(store, today, names, options.last_look)?;
    let theme = Theme::new(options.color, false);
    let world = terminal::Options {
        lang: options.lang,
        mouse: options.mouse,
        today: options.today,
    };
    let build = |messages| {
        desk.wake(messages);
        App::new(options.lang, theme, desk, today)
    };
    terminal::run(world, build).map_err(Trouble::Screen)
}

/// A ledger on the screen.
pub struct LedgerDesk {
    name: String,
    ledger: Ledger,
    boards: Boards,
    trouble: Option<String>,
}

#[derive(Default)]
struct Boards {
    today: today::Today,
    projects: projects::Projects,
    project: project::Project,
    milestones: milestones::Milestones,
    dunning: dunning::Dunning,
    customers: customers::Customers,
    customer: customer::Customer,
    aging: aging::Aging,
    milestone: milestone::Milestone,
}

impl Boards {
    fn of(&mut self, screen: &Screen) -> &mut dyn Board {
        match screen {
            Screen::Today(_) => &mut self.today,
            Screen::Projects(_) => &mut self.projects,
            Screen::Project(_) => &mut self.project,
            Screen::Milestones(_) => &mut self.milestones,
            Screen::Dunning(_) => &mut self.dunning,
            Screen::Customers(_) => &mut self.customers,
            Screen::Customer(_) => &mut self.customer,
            Screen::Aging(_) | Screen::Aged(_) => &mut self.aging,
            Screen::Milestone(_) => &mut self.milestone,
        }
    }
}

impl LedgerDesk {
    /// A desk on a ledger; the pair is the name events carry and the ledger's own.
    pub fn new(
        store: Store,
        today: NaiveDate,
        (who, name): (String, String),
        last_look: LastLook,
    ) -> Result<Self> {
        store.set_patience(PATIENCE)?;
        let mut ledger = Ledger::open(store, today, who)?;
        ledger.last_look = last_look;
        ledger.keep_look();
        Ok(Self {
            name,
            ledger,
            boards: Boards::default(),
            trouble: None,
        })
    }

    /// Has large work done on other threads, and tells who is to be woken then; without, it is done at the key.
    pub fn wake(&mut self, messages: Messages) {
        self.ledger.wake(messages);
    }

    /// Brings the board of a screen up to date; what goes wrong stands on the screen.
    fn sync(&mut self, screen: &mut Screen, ui: Ui) {
        let board = self.boards.of(screen);
        let done = self
            .ledger
            .tend()
            .and_then(|_| board.sync(screen, &mut self.ledger, ui));
        self.trouble = done.err().map(|trouble| trouble.message(ui.lang));
    }

    fn selection(&mut self, screen: &Screen, ui: Ui) -> Selection {
        let under = self.boards.of(screen).under(screen, &self.ledger, ui);
        under.unwrap_or_default()
    }

    pub const fn cx(&mut self, ui: Ui) -> Cx<'_> {
        Cx {
            ledger: &mut self.ledger,
            ui,
        }
    }

    fn answer(&mut self, action: Action, screen: &mut Screen, ui: Ui) -> Result<Effect> {
        let board = self.boards.of(screen);
        if let Some(response) = board.act(action, screen, &mut self.ledger, ui)? {
            return Ok(response);
        }
        match action {
            Action::Wan => {
                self.ledger.wan = !self.ledger.wan;
                Ok(Effect::None)
            }
            Action::Pane => {
                let list = screen.list();
                list.aside = !list.aside;
                Ok(Effect::None)
            }
            Action::Copy => {
                let line = board.summary(screen, &self.ledger, ui);
                Ok(line.map_or(Effect::None, Effect::Copy))
            }
            Action::Back => Ok(Effect::None),
            Action::Snapshot => snapshot::respond(&mut self.ledger, ui),
            _ => {
                let selection = self.selection(screen, ui);
                forms::respond(action, &selection, forms::Context::new(&self.cx(ui)))
            }
        }
    }
}

/// The title of a list, with what narrows it.
fn heading(title: String, list: &ListParams, lang: Lang) -> String {
    let mut parts = vec![title];
    if !list.filter.is_empty() {
        parts.push(lang.title_filter(&list.filter));
    }
    if !list.find.is_empty() {
        parts.push(lang.title_find(&list.find));
    }
    parts.join(" - ")
}

impl LedgerDesk {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn set_today(&mut self, today: NaiveDate) {
        if let Err(trouble) = self.ledger.set_today(today) {
            self.trouble = Some(trouble.to_string());
        }
    }

    pub fn poll(&mut self) -> Result<bool> {
        let found = self.ledger.tend()?;
        match self.ledger.poll() {
            // Somebody else is at it: the next look is soon enough.
            Err(trouble) if data::is_busy(&trouble) => Ok(found),
            looked => Ok(looked? || found),
        }
    }

    pub fn apply(&mut self, change: &Change, ui: Ui) -> Result<String, FieldError> {
        match self.ledger.apply(change) {
            Ok(applied) => Ok(said::words(change, &applied, &mut self.ledger, ui.lang)),
            Err(trouble) => {
                // Told of the other's change and shown it, the user can save again.
                if data::is_stale(&trouble) && self.ledger.poll().is_ok() {
                    self.ledger.ask();
                }
                Err(forms::field_error(&trouble, ui.lang))
            }
        }
    }

    pub fn undo(&mut self, ui: Ui) -> Result<String, FieldError> {
        match self.ledger.undo() {
            Ok(kind) => Ok(ui.lang.change(kind).to_owned()),
            Err(trouble) => Err(forms::field_error(&trouble, ui.lang)),
        }
    }

    pub fn here(&mut self, screen: &mut Screen, ui: Ui) -> KeyContext {
        self.sync(screen, ui);
        let board = self.boards.of(screen);
        let under = board.under(screen, &self.ledger, ui);
        let first = under.as_ref().and_then(|u| u.milestones.first());
        let milestone = first.map_or_else(Allows::default, |id| match self.ledger.book.get(*id) {
            Some(item) => Allows {
                settled: item.balance <= 0,
                disputed: item.disputed > 0,
                all_disputed: item.is_wholly_disputed(),
                invoiced: item.invoiced >= item.amount,
            },
            None => Allows {
                settled: true,
                ..Allows::default()
            },
        });
        KeyContext {
            row: under.and_then(|under| under.row),
            milestone,
            marked: screen.params().list.marks().len(),
            panes: board.has_panes(),
            undo: self.ledger.can_undo(),
            past: board.is_past(screen, &self.ledger),
        }
    }

    pub fn rows<'a>(&'a mut self, screen: &mut Screen, ui: Ui) -> Box<dyn Rows + 'a> {
        self.sync(screen, ui);
        self.boards.of(screen).rows(&self.ledger, ui)
    }

    pub fn draw(
        &mut self,
        screen: &mut Screen,
        frame: &mut Frame,
        area: Rect,
        ui: Ui,
    ) -> Vec<(Rect, RowId)> {
        self.sync(screen, ui);
        let trouble = self.trouble.take();
        if trouble.is_none() {
            let mut canvas = Canvas { frame, area, ui };
            let board = self.boards.of(screen);
            let drawn = board.draw(screen, &mut self.ledger, &mut canvas);
            match self.ledger.prepare().and(drawn) {
                Ok(hits) => return hits,
                Err(trouble) => self.trouble = Some(trouble.message(ui.lang)),
            }
        }
        let text = trouble.or_else(|| self.trouble.take()).unwrap_or_default();
        let lines = wrap(&text, usize::from(area.width).saturating_sub(2));
        for (line, y) in lines.iter().zip(area.top() + 1..area.bottom()) {
            frame
                .buffer_mut()
                .set_string(area.x + 1, y, line, ui.theme.bad());
        }
        Vec::new()
    }

    pub fn act(&mut self, action: Action, screen: &mut Screen, ui: Ui) -> Effect {
        self.sync(screen, ui);
        self.ledger.ask();
        self.answer(action, screen, ui)
            .unwrap_or_else(|trouble| Effect::Say(trouble.message(ui.lang)))
    }
}

#[cfg(test)]
pub(crate) mod tests;
