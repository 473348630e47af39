//! The data side of the screen: a [`Desk`] on a ledger. It hands each screen to its board, recording keys to
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
use crate::error::{Error, Result};
use crate::store::Store;
use crate::text::Lang;
use crate::text::width::wrap;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::desk::{Desk, Refusal, Response};
use crate::tui::keymap::{Here, Milestone as Allows};
use crate::tui::look::Look;
use crate::tui::record::{self, Subject};
use crate::tui::screens::{ListParams, Screen};
use crate::tui::terminal::{self, Messages};
use crate::tui::theme::Theme;
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
        mouse: options.mouse,
        today: options.today,
    };
    let build = |messages| {
        desk.wake(messages);
        App::new(options.lang, theme, Box::new(desk), today)
    };
    terminal::run(world, build)
}

/// A ledger on the screen.
pub struct LedgerDesk {
    name: String,
    ledger: Ledger,
    boards: Boards,
    error: Option<Error>,
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
            error: None,
        })
    }

    /// Has large work done on other threads, and tells who is to be woken then; without, it is done at the key.
    pub fn wake(&mut self, messages: Messages) {
        self.ledger.wake(messages);
    }

    /// Brings the board of a screen up to date; what goes wrong stands on the screen.
    fn sync(&mut self, screen: &mut Screen, look: Look) {
        let board = self.boards.of(screen);
        let done = self
            .ledger
            .tend()
            .and_then(|_| board.sync(screen, &mut self.ledger, look));
        self.error = done.err();
    }

    fn subject(&mut self, screen: &Screen, look: Look) -> Subject {
        let under = self.boards.of(screen).under(screen, &self.ledger, look);
        under.map(|under| under.subject).unwrap_or_default()
    }

    const fn context(&self, look: Look) -> record::Context<'_> {
        record::Context {
            store: &self.ledger.store,
            book: &self.ledger.book,
            today: self.ledger.today(),
            look,
        }
    }

    fn answer(&mut self, action: Action, screen: &mut Screen, look: Look) -> Result<Response> {
        let board = self.boards.of(screen);
        if let Some(response) = board.act(action, screen, &mut self.ledger, look)? {
            return Ok(response);
        }
        match action {
            Action::Wan => {
                self.ledger.wan = !self.ledger.wan;
                Ok(Response::Done)
            }
            Action::Pane => {
                let list = screen.list();
                list.aside = !list.aside;
                Ok(Response::Done)
            }
            Action::Copy => {
                let line = board.summary(screen, &self.ledger, look);
                Ok(line.map_or(Response::Done, Response::Copy))
            }
            Action::Back => Ok(Response::Done),
            Action::Snapshot => snapshot::respond(&mut self.ledger, look),
            _ => {
                let subject = self.subject(screen, look);
                record::respond(action, &subject, self.context(look))
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

impl Desk for LedgerDesk {
    fn name(&self) -> &str {
        &self.name
    }

    fn set_today(&mut self, today: NaiveDate) {
        if let Err(trouble) = self.ledger.set_today(today) {
            self.error = Some(trouble);
        }
    }

    fn look(&mut self) -> crate::error::Result<bool> {
        let found = self.ledger.tend()?;
        match self.ledger.look() {
            // Somebody else is at it: the next look is soon enough.
            Err(trouble) if data::is_busy(&trouble) => Ok(found),
            looked => Ok(looked? || found),
        }
    }

    fn apply(&mut self, change: &Change, look: Look) -> Result<String, Refusal> {
        match self.ledger.apply(change) {
            Ok(applied) => Ok(said::words(change, &applied, &mut self.ledger, look.lang)),
            Err(trouble) => {
                // Told of the other's change and shown it, the user can save again.
                if data::is_stale(&trouble) && self.ledger.look().is_ok() {
                    self.ledger.ask();
                }
                Err(record::refusal(&trouble, look.lang))
            }
        }
    }

    fn undo(&mut self, look: Look) -> Result<String, Refusal> {
        match self.ledger.undo() {
            Ok(kind) => Ok(look.lang.change(kind).to_owned()),
            Err(trouble) => Err(record::refusal(&trouble, look.lang)),
        }
    }

    fn here(&mut self, screen: &mut Screen, look: Look) -> Here {
        self.sync(screen, look);
        let board = self.boards.of(screen);
        let under = board.under(screen, &self.ledger, look);
        let first = under.as_ref().and_then(|u| u.subject.milestones.first());
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
        Here {
            row: under.map(|under| under.kind),
            milestone,
            marked: screen.params().list.marks().len(),
            panes: board.has_panes(),
            undo: self.ledger.can_undo(),
            past: board.is_past(screen, &self.ledger),
        }
    }

    fn rows<'a>(&'a mut self, screen: &mut Screen, look: Look) -> Box<dyn Rows + 'a> {
        self.sync(screen, look);
        self.boards.of(screen).rows(&self.ledger, look)
    }

    fn draw(
        &mut self,
        screen: &mut Screen,
        frame: &mut Frame,
        area: Rect,
        look: Look,
    ) -> Vec<(Rect, RowId)> {
        self.sync(screen, look);
        let mut error = self.error.take();
        if error.is_none() {
            let mut canvas = Canvas { frame, area, look };
            let board = self.boards.of(screen);
            let drawn = board.draw(screen, &mut self.ledger, &mut canvas);
            match self.ledger.prepare().and(drawn) {
                Ok(hits) => return hits,
                Err(failed) => error = Some(failed),
            }
        }
        let text = error.map_or_else(String::new, |error| look.lang.error(&error));
        let lines = wrap(&text, usize::from(area.width).saturating_sub(2));
        for (line, y) in lines.iter().zip(area.top() + 1..area.bottom()) {
            frame
                .buffer_mut()
                .set_string(area.x + 1, y, line, look.theme.bad());
        }
        Vec::new()
    }

    fn picked(&mut self, action: Action, id: RowId, screen: &mut Screen, look: Look) -> Response {
        self.ledger.ask();
        let subject = self.subject(screen, look);
        record::picked(action, id, &subject, self.context(look))
            .unwrap_or_else(|error| Response::Say(look.lang.error(&error)))
    }

    fn act(&mut self, action: Action, screen: &mut Screen, look: Look) -> Response {
        self.sync(screen, look);
        self.ledger.ask();
        self.answer(action, screen, look)
            .unwrap_or_else(|trouble| Response::Say(look.lang.error(&trouble)))
    }
}

#[cfg(test)]
mod tests;
