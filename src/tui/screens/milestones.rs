//! Milestones: every open item, and closed ones on request; sorted, filtered, found, marked.
//!
//! The rows are place in the portfolio, filtered and sorted once for a filter, an order and a version of the ledger; what
//! a search found only narrows them.

mod closed;
mod order;

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::kinds::WaitingOn;
use crate::domain::money::PerCurrency;
use crate::domain::status;
use crate::error::Result;
use crate::text::width::fit;
use crate::tui::action::Action;
use crate::tui::data::{FilterInput, Found, ItemFilter, Ledger, Memo};
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::keymap::Scope;
use crate::tui::list_screen::{self, ListScreen, Source, heading};
use crate::tui::screen::{Cx, Hits, ListView, Screen};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::popup::pane;

use closed::Closed;
use order::Order;

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoMilestones, Milestones::default()))
}

/// What the places in order are made from.
#[derive(Debug, Clone, Copy, PartialEq)]
struct OrderKey {
    version: u64,
    indexed: u64,
    order: Option<Order>,
}

/// What the shown places are made from.
#[derive(PartialEq)]
struct ShownKey {
    order: OrderKey,
    indexed: u64,
    filter: String,
    found: Option<u64>,
}

/// Places in the portfolio.
#[derive(Default)]
struct Ordered {
    places: Vec<u32>,
    /// There is nothing in the ledger.
    is_empty: bool,
    /// There is no milestone yet.
    unplanned: bool,
}

/// Those that pass the filter and are found.
#[derive(Default)]
struct Shown {
    places: Vec<u32>,
    sums: PerCurrency<i128>,
}

#[derive(Default)]
struct Milestones {
    input: FilterInput,
    ordered: Memo<OrderKey, Ordered>,
    shown: Memo<ShownKey, Shown>,
    closed: Closed,
}

impl Shown {
    fn new(all: &[u32], input: &FilterInput, found: Option<&Found>, ledger: &Ledger) -> Self {
        let items = ledger.portfolio.items();
        let filter = ItemFilter::new(ledger, input.filter());
        let found = found.map(|found| found.of(items));
        let passes = |(at, item): (usize, &Item)| {
            found.as_ref().is_none_or(|has| has.get(at) == Some(&true)) && filter.passes(at, item)
        };
        // In the order they stand in memory, and only then in the order they are shown.
        let passing: Vec<bool> = items.iter().enumerate().map(passes).collect();
        let shown = items.iter().zip(&passing).filter(|(_, passes)| **passes);
        let sums = format::open_sum(shown.map(|(item, _)| item));
        let passes = |at: u32| usize::try_from(at).is_ok_and(|at| passing.get(at) == Some(&true));
        Self { sums, places: all.iter().copied().filter(|at| passes(*at)).collect() }
    }
}

fn item_at(items: &[Item], at: u32) -> Option<&Item> {
    items.get(usize::try_from(at).ok()?)
}

impl Milestones {
    fn item<'a>(&'a self, at: usize, cx: &'a Cx<'_>) -> Option<&'a Item> {
        match self.shown.places.get(at) {
            Some(place) => item_at(cx.ledger.portfolio.items(), *place),
            None => self.closed.items().get(at - self.shown.places.len()),
        }
    }

    fn by_id<'a>(&'a self, id: MilestoneId, cx: &'a Cx<'_>) -> Option<&'a Item> {
        let closed = || self.closed.items().iter().find(|item| item.id == id);
        cx.ledger.portfolio.get(id).or_else(closed)
    }

    fn title(&self, view: &ListView, cx: &Cx<'_>) -> String {
        let lang = cx.ui.lang;
        let (shown, all) = (self.shown.places.len(), cx.ledger.portfolio.items().len());
        let count =
            if shown == all { lang.title_milestones(all) } else { lang.title_of(shown, all) };
        let mut title = heading(count, view, cx);
        let order = Order::at(view.sort);
        let mut add = |text: &str| title = format!("{title} - {text}");
        if let Some(order) = order {
            add(&lang.title_sort(order.word(lang)));
        }
        if view.more {
            add(lang.title_closed());
        }
        let waits = self.input.filter().needs_names() || order.is_some_and(Order::needs_names);
        if waits && cx.ledger.index().1.is_none() {
            add(lang.names_to_come());
        }
        title
    }

    /// Count and sums of what is marked, else of what is shown.
    fn bottom(&self, view: &ListView, cx: &Cx<'_>) -> String {
        let lang = cx.ui.lang;
        let marked = view.rows.marked();
        let marked: Vec<&Item> = marked.iter().filter_map(|id| self.by_id(*id, cx)).collect();
        if marked.is_empty() {
            let sum = format::sums(&self.shown.sums, cx.ledger);
            return lang.shown_sum(self.shown.places.len(), &sum);
        }
        let sum = format::sums(&format::open_sum(marked.iter().copied()), cx.ledger);
        lang.marked_sum(marked.len(), &sum)
    }
}

impl Source for Milestones {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Milestones, Scope::Item, Scope::List, Scope::Global]
    }

    /// What has no room goes by rank.
    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        let (amount, open) = if cx.ledger.wan {
            (lang.column_amount_wan(), lang.column_open_wan())
        } else {
            (lang.amount_word(), lang.column_open())
        };
        vec![
            Column::words(lang.customer_word(), 8, 0),
            Column::words(lang.project_word(), 6, 3),
            Column::words(lang.milestone_word(), 10, 0),
            Column::whole(lang.stage_short(), 6),
            Column::number(amount, 5),
            Column::number(open, 0),
            Column::whole(lang.due_word(), 0),
            Column::whole(lang.status_word(), 0),
            Column::whole(lang.waiting_on_word(), 2),
            Column::words(lang.manager_word(), 6, 4),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let found = cx.ledger.find(&view.find)?;
        let ledger = &*cx.ledger;
        self.input.read(&view.filter, ledger.today(), cx.ui.lang);
        let order = Order::at(view.sort);
        // Only what looks at names has to be made anew when names come.
        let indexed = |by_name: bool| if by_name { ledger.index().0 } else { 0 };
        let by_order = OrderKey {
            version: ledger.version(),
            indexed: indexed(order.is_some_and(Order::needs_names)),
            order,
        };
        self.ordered.try_refresh(by_order, || {
            Ok(Ordered {
                places: order::sorted(order, ledger),
                is_empty: ledger.is_empty()?,
                unplanned: !ledger.has_milestones()?,
            })
        })?;
        let shown = ShownKey {
            order: by_order,
            indexed: indexed(self.input.filter().needs_names()),
            filter: view.filter.clone(),
            found: found.as_ref().map(|found| found.serial),
        };
        self.shown.refresh(shown, || {
            let places = &self.ordered.places;
            Shown::new(places, &self.input, found.as_ref(), ledger)
        });
        self.closed.keep(view, ledger.version());
        Ok(())
    }

    /// Reads closed milestones as the page gets to them, and names.
    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        if self.closed.wanted() {
            let filter = ItemFilter::new(cx.ledger, self.input.filter());
            let wanted = (page.end + page.len()).saturating_sub(self.shown.places.len());
            let fresh = self.closed.read(wanted, &cx.ledger.store, &filter)?;
            cx.ledger.name_items(&fresh)?;
            self.closed.add(fresh);
        }
        let ids: Vec<_> = page.filter_map(|at| self.item(at, cx)).map(|item| item.id).collect();
        cx.ledger.name(&ids)
    }

    fn count(&self) -> usize {
        self.shown.places.len() + self.closed.items().len()
    }

    fn key(&self, at: usize, cx: &Cx<'_>) -> Option<RowKey> {
        self.item(at, cx).map(|item| RowKey::Milestone(item.id))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(item) = self.item(at, cx) else {
            return Vec::new();
        };
        let ledger = &*cx.ledger;
        let (names, policy, today) =
            (&ledger.portfolio.names, &ledger.portfolio.policy, ledger.today());
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let dim = theme.dim();
        let waiting_on = status::waiting_on(item, today, policy);
        let waiting_on_style = if waiting_on == WaitingOn::Nobody { dim } else { theme.text() };
        let due = format::due_day(item, today, lang).unwrap_or_default();
        let manager = item.manager.map_or("", |id| names.person(id));
        vec![
            Cell::plain(names.customer(item.customer).short()),
            Cell::new(names.project(item.project).code.clone(), dim),
            Cell::plain(names.milestone(item.id).name.clone()),
            Cell::new(lang.stage(item.stage), dim),
            Cell::new(format::amount(item.amount, item.currency, ledger), dim),
            Cell::plain(format::amount(item.balance, item.currency, ledger)),
            Cell::plain(due),
            format::status_cell(item, today, policy, cx.ui),
            Cell::new(lang.waiting_on(waiting_on), waiting_on_style),
            Cell::new(manager, dim),
        ]
    }

    fn selection(&self, _: Option<usize>, milestones: Vec<MilestoneId>, cx: &Cx<'_>) -> Selection {
        let items = milestones.iter().filter_map(|id| self.by_id(*id, cx));
        let items: Vec<&Item> = items.collect();
        match items.first() {
            Some(first) => {
                Selection::milestones(items.iter().map(|item| item.id).collect(), Some(first))
            }
            None => Selection::default(),
        }
    }

    fn act(
        &mut self,
        action: Action,
        view: &mut ListView,
        _: &mut Cx<'_>,
    ) -> Result<Option<Effect>> {
        match action {
            Action::Sort => view.sort = Order::after(view.sort),
            Action::Closed => view.more = !view.more,
            _ => return Ok(None),
        }
        Ok(Some(Effect::None))
    }

    fn problem(&self) -> Option<&str> {
        self.input.problem()
    }

    fn nothing(&self, _: &ListView, cx: &Cx<'_>) -> &'static str {
        if self.ordered.unplanned {
            cx.ui.lang.nothing_planned()
        } else {
            cx.ui.lang.nothing_left()
        }
    }

    fn summary(&self, at: usize, cx: &Cx<'_>) -> Option<String> {
        let item = self.item(at, cx)?;
        let name = format::name(item, cx.ledger);
        Some(format::summary(item, &name, cx.ledger, cx.ui.lang))
    }

    fn draw(
        &mut self,
        view: &mut ListView,
        frame: &mut Frame,
        area: Rect,
        cx: &mut Cx<'_>,
    ) -> Result<Hits> {
        if self.ordered.is_empty {
            list_screen::draw_empty_ledger(frame, area, cx.ui);
            return Ok(Hits::new());
        }
        let room = usize::from(area.width).saturating_sub(4);
        let title = self.title(view, cx);
        let bottom = self.bottom(view, cx);
        let block =
            pane(&fit(&title, room), cx.ui).title_bottom(format!(" {} ", fit(&bottom, room)));
        list_screen::draw_in_pane(self, view, block, true, frame, area, cx)
    }
}
