//! What a screen is, and what it may use. A screen is one type with its parameters, the rows it keeps, and its drawing;
//! the app asks it to come up to date once for an event, and draws it as often as it likes.

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::aging::{AgeBy, GroupBy};
use crate::domain::ids::MilestoneId;
use crate::error::Result;
use crate::exchange::out::Report;
use crate::tui::action::Action;
use crate::tui::data::{FilterInput, Found, ItemFilter, Lack, Ledger, Lens, Memo};
use crate::tui::effect::Effect;
use crate::tui::keymap::Scope;
use crate::tui::screens::Reading;
use crate::tui::selection::{RowKey, Selection};
use crate::tui::theme::Ui;
use crate::tui::widgets::list::ListState;

/// What screens and overlays may use: the ledger, and how things read and look.
pub struct Cx<'a> {
    pub ledger: &'a mut Ledger,
    pub ui: Ui,
}

/// What can be pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    Pane(Pane),
    Row(RowKey),
    /// A tab of a page, by its place.
    Tab(usize),
    /// The scroll bar of the list.
    Bar,
    /// A figure: what it counts, in the filter language.
    Counted(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    List,
    /// What stands beside the list or below it.
    Aside,
}

/// What a filter on a list chooses from, each with words of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterOf {
    Items,
    Todos,
}

/// Where each of them is; of two at one place, the later.
pub type Hits = Vec<(Rect, Spot)>;

/// How an aging table is made, one thing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgingChoice {
    AsOf(NaiveDate),
    By(GroupBy),
    AgeBy(AgeBy),
}

pub trait Screen {
    /// The action that opens the view it belongs to, which is marked in the header.
    fn tab(&self) -> Action;

    /// Whose keys hold here, the nearest first.
    fn scopes(&self) -> &'static [Scope];

    /// Brings what is shown up to date: cheap unless parameters or ledger changed.
    fn refresh(&mut self, cx: &mut Cx<'_>) -> Result<()>;

    fn draw(&mut self, frame: &mut Frame, area: Rect, cx: &mut Cx<'_>) -> Result<Hits>;

    /// Answers an action; `None` hands it on to the app, which knows the switches and the recording keys.
    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Option<Effect>>;

    /// Something is about to be written: a worklist goes on from where its cursor stands now.
    fn before_write(&mut self, _cx: &Cx<'_>) {}

    /// What the recording keys act on.
    fn selection(&self, _cx: &Cx<'_>) -> Selection {
        Selection::default()
    }

    /// The row under the cursor in one line, for the clipboard.
    fn summary(&self, _cx: &Cx<'_>) -> Option<String> {
        None
    }

    /// What an export writes where it is not the open milestones.
    fn report(&self, _cx: &Cx<'_>) -> Result<Option<Box<dyn Report>>> {
        Ok(None)
    }

    /// Its list, if it has one.
    fn list(&mut self) -> Option<&mut ListView> {
        None
    }

    /// Chooses what stands in a column of a row; false if nothing there opens by itself.
    fn choose(&mut self, _key: RowKey, _column: usize, _cx: &Cx<'_>) -> bool {
        false
    }

    /// Takes back the nearest thing: marks, the focus of another pane, what narrows a list; false if there is none.
    fn back(&mut self) -> bool {
        false
    }

    /// As it was when it was first opened; what was computed stays.
    fn reset(&mut self) {}

    /// Whether there is a second pane that Tab goes to.
    fn has_panes(&self) -> bool {
        false
    }

    /// Gives a pane the keys.
    fn focus(&mut self, _pane: Pane) {}

    /// Goes to a tab, by its place.
    fn show(&mut self, _tab: usize) {}

    /// Moves by so many rows in a pane, whichever has the keys.
    fn wheel(&mut self, _pane: Pane, rows: i32, cx: &mut Cx<'_>) -> Result<()> {
        let action = if rows > 0 { Action::Down } else { Action::Up };
        (0..rows.unsigned_abs()).try_for_each(|_| self.act(action, cx).map(|_| ()))
    }

    /// Goes as far down the list as `part` is of `whole`.
    fn scroll_to(&mut self, _part: u16, _whole: u16, _cx: &Cx<'_>) {}

    /// Whether a filter of milestones chooses what is shown.
    fn is_filtered(&self) -> bool {
        false
    }

    /// Makes the aging table another way.
    fn age(&mut self, _choice: AgingChoice) {}

    /// Reads the list that is looked at another way, or brings it in: what is to be said of that.
    fn read_as(&mut self, _reading: Reading, _cx: &mut Cx<'_>) -> Result<Option<String>> {
        Ok(None)
    }

    /// Whether what is shown is of a day before today.
    fn is_past(&self, _cx: &Cx<'_>) -> bool {
        false
    }
}

/// How a list is looked at.
#[derive(Default)]
pub struct ListView {
    /// Row under the cursor, marks and scroll.
    pub rows: ListState,
    /// What is looked for, as typed.
    pub find: String,
    /// What it is narrowed to, in the filter language.
    pub filter: String,
    /// The same, read.
    pub input: FilterInput,
    /// Whether a lens chooses by whose desk it is on, not by who looks after the project.
    pub by_desk: bool,
    /// Which of its orders it is sorted by; 0 is the screen's own.
    pub sort: usize,
    /// Whether from the other end.
    pub reversed: bool,
    /// Whether what is folded away is shown: what waits, what is closed.
    pub more: bool,
    /// What the ledger has none of, by its version.
    pub lack: Memo<u64, Lack>,
}

/// What the rows of a list are chosen by: they are made anew when it is another one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowsKey {
    version: u64,
    /// Which index of names the filter looks at, if it does.
    indexed: u64,
    /// The serial number of what the filter asks beside the items, if it does.
    around: u64,
    lens: Lens,
    filter: String,
    /// The serial number of what was found.
    found: Option<u64>,
}

impl ListView {
    /// Comes up to date with the ledger; `within` is what the list is of, in the filter language. Whose money is looked at
    /// stands before both, unless desks decide.
    pub fn refresh(&mut self, of: FilterOf, within: Option<&str>, cx: &mut Cx<'_>) -> Result<()> {
        let lens = if self.by_desk { "" } else { &cx.ledger.lens.filter };
        let filter = format!("{lens} {} {}", within.unwrap_or_default(), self.filter);
        if of == FilterOf::Items {
            self.input.read(filter.trim(), cx.ledger, cx.ui.lang);
            cx.ledger.read_around(&self.input.filter().asked())?;
        }
        self.lack.try_refresh(cx.ledger.version(), || cx.ledger.lack())?;
        Ok(())
    }

    /// What its rows are chosen by, with the serial number of what was found.
    pub fn key(&self, found: Option<u64>, ledger: &Ledger) -> RowsKey {
        let named = self.input.filter().needs_names();
        let asks = !self.input.filter().asked().is_nothing();
        RowsKey {
            around: if asks { ledger.around() } else { 0 },
            version: ledger.version(),
            indexed: if named { ledger.index().0 } else { 0 },
            lens: ledger.lens.clone(),
            filter: self.filter.clone(),
            found,
        }
    }

    /// The filter at work on the open items of today.
    pub fn items<'a>(&'a self, ledger: &'a Ledger) -> ItemFilter<'a> {
        let desks = if self.by_desk { ledger.lens.desks(&ledger.portfolio) } else { None };
        ItemFilter::new(ledger, self.input.filter()).on_desks(desks)
    }

    /// Whether an open item passes the filter and was found.
    pub fn fits<'a>(
        &self,
        found: Option<&'a Found>,
        ledger: &Ledger,
    ) -> impl Fn(MilestoneId) -> bool + use<'a> {
        let passing = self.items(ledger).ids();
        move |id| {
            let passes = passing.as_ref().is_none_or(|passing| passing.contains(&id));
            passes && found.is_none_or(|found| found.has(id))
        }
    }

    /// Sorts by an order, from the other end if it is sorted by it.
    pub const fn sort_by(&mut self, order: usize) {
        self.reversed = order == self.sort && !self.reversed;
        self.sort = order;
    }

    /// Shows or hides what is closed; false if that is not what the action does.
    pub fn shows_closed(&mut self, action: Action) -> bool {
        let does = action == Action::Closed;
        self.more ^= does;
        does
    }

    pub const fn is_narrowed(&self) -> bool {
        !self.find.is_empty() || !self.filter.is_empty()
    }

    /// Takes back marks, then the search, then the filter; false if there is none.
    pub fn back(&mut self) -> bool {
        if self.rows.unmark() {
            return true;
        }
        let narrowing = [&mut self.find, &mut self.filter];
        let nearest = narrowing.into_iter().find(|text| !text.is_empty());
        nearest.map(String::clear).is_some()
    }
}
