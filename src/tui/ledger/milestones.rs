//! Milestones: every open item, and closed ones on request; sorted, filtered, found, marked.
//!
//! The rows are places in the book, filtered and sorted once for a filter, an order and a version of the ledger; what
//! a search found only narrows them.

mod closed;
mod rows;
mod sort;

use iso_currency::Currency;
use ratatui::layout::Rect;

use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::error::Result;
use crate::text::width::fit;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::look::Look;
use crate::tui::screens::{ListParams, One, Screen, View};
use crate::tui::widgets::list::{self, RowId, Rows};
use crate::tui::widgets::popup::pane;

use super::board::{Board, Canvas, Under};
use super::data::{Found, Ledger};
use super::show;
use super::sieve::{Sieve, Typed};
use super::{empty, heading};

use closed::Closed;
use rows::ItemRows;
use sort::Order;

/// What the places in order were made of: version and index of the ledger, and the order.
type Ordered = (u64, u64, Option<Order>);
/// What the shown places were made of: those in order, index, filter and result of a search.
type Shown = (Ordered, u64, String, Option<u64>);

#[derive(Default)]
pub struct Milestones {
    typed: Typed,
    ordered: Option<Ordered>,
    /// Every place in the book, in order.
    all: Vec<u32>,
    made: Option<Shown>,
    /// Those that pass the filter and are found.
    shown: Vec<u32>,
    sums: Vec<(Currency, i128)>,
    closed: Closed,
    is_empty: bool,
    /// There is no milestone yet.
    unplanned: bool,
}

impl Milestones {
    fn narrow(&mut self, found: Option<&Found>, ledger: &Ledger) {
        let items = ledger.book.items();
        let sieve = Sieve::new(ledger, self.typed.filter());
        let found = found.map(|found| found.of(items));
        let passes = |at: u32| {
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            let is_found = found.as_ref().is_none_or(|has| has.get(at) == Some(&true));
            is_found && items.get(at).is_some_and(|item| sieve.passes(at, item))
        };
        self.shown = self.all.iter().copied().filter(|at| passes(*at)).collect();
        let shown = self.shown.iter().filter_map(|at| item_at(items, *at));
        self.sums = show::open_sum(shown);
    }

    fn item_rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> ItemRows<'a> {
        ItemRows {
            shown: &self.shown,
            closed: self.closed.items(),
            ledger,
            look,
        }
    }

    fn item<'a>(&'a self, id: RowId, ledger: &'a Ledger) -> Option<&'a Item> {
        let id = MilestoneId(id.0);
        let closed = || self.closed.items().iter().find(|item| item.id == id);
        ledger.book.get(id).or_else(closed)
    }

    fn cursor<'a>(&'a self, list: &ListParams, ledger: &'a Ledger, look: Look) -> Option<&'a Item> {
        let id = list.list.id(&self.item_rows(ledger, look))?;
        self.item(id, ledger)
    }

    fn title(&self, list: &ListParams, ledger: &Ledger, look: Look) -> String {
        let lang = look.lang;
        let (shown, all) = (self.shown.len(), ledger.book.items().len());
        let count = if shown == all {
            lang.title_milestones(all)
        } else {
            lang.title_of(shown, all)
        };
        let mut title = heading(count, list, lang);
        let order = Order::at(list.sort);
        let mut add = |text: &str| title = format!("{title} - {text}");
        if let Some(order) = order {
            add(&lang.title_sort(order.word(lang)));
        }
        if list.more {
            add(lang.title_closed());
        }
        let waits = self.typed.filter().needs_names() || order.is_some_and(Order::needs_names);
        if waits && ledger.index().1.is_none() {
            add(lang.names_to_come());
        }
        title
    }

    /// Count and sums of what is marked, else of what is shown.
    fn bottom(&self, list: &ListParams, ledger: &Ledger, look: Look) -> String {
        let marks = list.list.marks();
        let marked: Vec<&Item> = marks
            .iter()
            .filter_map(|id| self.item(*id, ledger))
            .collect();
        if marked.is_empty() {
            let sum = show::sums(&self.sums, ledger);
            return look.lang.shown_sum(self.shown.len(), &sum);
        }
        let sum = show::sums(&show::open_sum(marked.iter().copied()), ledger);
        look.lang.marked_sum(marked.len(), &sum)
    }

    /// Reads what the page shows and is not here yet: closed milestones, and names.
    fn read_page(
        &mut self,
        list: &mut ListParams,
        height: usize,
        ledger: &mut Ledger,
        look: Look,
    ) -> Result<()> {
        let mut page = list.list.page(&self.item_rows(ledger, look), height);
        if list.more {
            let sieve = Sieve::new(ledger, self.typed.filter());
            let wanted = (page.end + height).saturating_sub(self.shown.len());
            let fresh = self
                .closed
                .read(wanted, &list.find, &ledger.store, &sieve)?;
            ledger.book.names.read(&ledger.store, fresh.iter())?;
            self.closed.add(fresh);
            page = list.list.page(&self.item_rows(ledger, look), height);
        }
        let rows = self.item_rows(ledger, look);
        let ids: Vec<MilestoneId> = page.map(|at| MilestoneId(rows.id(at).0)).collect();
        ledger.name(&ids)
    }
}

fn item_at(items: &[Item], at: u32) -> Option<&Item> {
    items.get(usize::try_from(at).ok()?)
}

impl Board for Milestones {
    fn sync(&mut self, screen: &mut Screen, ledger: &mut Ledger, look: Look) -> Result<()> {
        let list = screen.params();
        let found = ledger.find(&list.find)?;
        self.typed.read(&list.filter, ledger.today(), look.lang);
        let order = Order::at(list.sort);
        // Only what looks at names has to be made anew when names come.
        let indexed = ledger.index().0;
        let by_name = order.is_some_and(Order::needs_names);
        let ordered = (ledger.version(), if by_name { indexed } else { 0 }, order);
        if self.ordered != Some(ordered) {
            self.is_empty = ledger.is_empty()?;
            self.unplanned = !ledger.has_milestones()?;
            self.all = sort::sorted(order, ledger);
            self.ordered = Some(ordered);
        }
        let filtered = self.typed.filter().needs_names();
        let serial = found.as_ref().map(|found| found.serial);
        let filter = list.filter.clone();
        let shown = (ordered, if filtered { indexed } else { 0 }, filter, serial);
        if self.made.as_ref() != Some(&shown) {
            self.narrow(found.as_ref(), ledger);
            self.made = Some(shown);
        }
        let made = (ledger.version(), list.filter.as_str(), list.find.as_str());
        self.closed.keep(list.more, made);
        Ok(())
    }

    fn rows<'a>(&'a self, ledger: &'a Ledger, look: Look) -> Box<dyn Rows + 'a> {
        Box::new(self.item_rows(ledger, look))
    }

    fn under(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<Under> {
        let list = screen.params();
        let marks = list.list.marks().iter();
        let mut items: Vec<&Item> = marks.filter_map(|id| self.item(*id, ledger)).collect();
        if items.is_empty() {
            items.extend(self.cursor(list, ledger, look));
        }
        let ids = items.iter().map(|item| item.id).collect();
        Some(Under::milestones(ids, Some(items.first()?)))
    }

    fn draw(
        &mut self,
        screen: &mut Screen,
        ledger: &mut Ledger,
        canvas: &mut Canvas<'_, '_>,
    ) -> Result<Vec<(Rect, RowId)>> {
        if self.is_empty {
            empty::teach(canvas);
            return Ok(Vec::new());
        }
        let look = canvas.look;
        let list = screen.list();
        let room = usize::from(canvas.area.width).saturating_sub(4);
        let height = usize::from(canvas.area.height.saturating_sub(3));
        self.read_page(list, height, ledger, look)?;
        let title = self.title(list, ledger, look);
        let bottom = self.bottom(list, ledger, look);
        let block = pane(&fit(&title, room), look)
            .border_style(look.theme.focus())
            .title_bottom(format!(" {} ", fit(&bottom, room)));
        let inside = block.inner(canvas.area);
        canvas.frame.render_widget(block, canvas.area);
        if let Some(problem) = self.typed.problem() {
            empty::say(problem, inside, canvas);
            return Ok(Vec::new());
        }
        let rows = self.item_rows(ledger, look);
        if rows.is_empty() {
            let text = if self.unplanned {
                look.lang.nothing_planned()
            } else {
                look.lang.nothing_left()
            };
            empty::say(text, inside, canvas);
            return Ok(Vec::new());
        }
        let columns = rows::columns(look.lang, ledger.wan);
        let state = &mut list.list;
        let all = (columns.as_slice(), &rows as &dyn Rows);
        Ok(list::draw(canvas.frame, inside, all, state, (true, look)))
    }

    fn act(
        &mut self,
        action: Action,
        screen: &mut Screen,
        ledger: &mut Ledger,
        look: Look,
    ) -> Result<Option<Response>> {
        let list = screen.list();
        match action {
            Action::Open => {
                let item = self.cursor(list, ledger, look);
                Ok(item.map(|item| {
                    Response::Open(Screen::Milestone(One::new(item.id, View::Milestones)))
                }))
            }
            Action::Sort => {
                list.sort = Order::after(list.sort);
                Ok(Some(Response::Done))
            }
            Action::Closed => {
                list.more = !list.more;
                Ok(Some(Response::Done))
            }
            _ => Ok(None),
        }
    }

    fn summary(&self, screen: &Screen, ledger: &Ledger, look: Look) -> Option<String> {
        let item = self.cursor(screen.params(), ledger, look)?;
        Some(show::summary(
            item,
            &show::name(item, ledger),
            ledger,
            look.lang,
        ))
    }
}
