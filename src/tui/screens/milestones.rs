//! Milestones: every open item, and closed ones on request; sorted, filtered, found, marked.
//!
//! The rows are place in the portfolio, filtered and sorted once for a filter, an order and a version of the ledger; what
//! a search found only narrows them.

mod closed;
mod order;

use std::borrow::Cow;
use std::ops::Range;

use ratatui::layout::Rect;

use crate::domain::ids::MilestoneId;
use crate::domain::item::Item;
use crate::domain::kinds::{Stage, WaitingOn};
use crate::domain::money::PerCurrency;
use crate::domain::status;
use crate::error::Result;
use crate::report::expected::Expected;
use crate::tui::action::Action;
use crate::tui::data::{Found, Lack, Ledger, Memo};
use crate::tui::effect::Effect;
use crate::tui::format;
use crate::tui::forms::Recording;
use crate::tui::keymap::Scope;
use crate::tui::list_screen::widest::{self, Looked, Open};
use crate::tui::list_screen::{self, ListScreen, Source, beside};
use crate::tui::screen::{Cx, ListView, RowsKey, Screen};
use crate::tui::selection::RowKey;
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::Line;

use super::expected;
use closed::Closed;
use order::Order;

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoMilestones, Milestones::default()))
}

/// What the places in order are made from: version, order, whether it is reversed, and which index of names it looks at,
/// if it does.
type OrderKey = (u64, Option<Order>, bool, u64);

/// Places in the portfolio: those that pass the filter and are found.
#[derive(Default)]
struct Shown {
    places: Vec<u32>,
    sums: PerCurrency<i128>,
}

#[derive(Default)]
struct Milestones {
    /// Every place in the portfolio.
    ordered: Memo<OrderKey, Vec<u32>>,
    shown: Memo<(OrderKey, RowsKey), Shown>,
    closed: Closed,
    /// What is shown, by month, in whatever order.
    expected: Memo<RowsKey, Expected>,
    /// Of everything open.
    widest: Memo<Looked, Vec<String>>,
}

impl Shown {
    fn new(all: &[u32], view: &ListView, found: Option<&Found>, ledger: &Ledger) -> Self {
        let items = ledger.portfolio.items();
        let filter = view.items(ledger);
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

    /// When what is shown is expected, looked at in the order it stands in memory.
    fn expected(&self, ledger: &Ledger) -> Result<Expected> {
        let items = ledger.portfolio.items();
        let mut is_shown = vec![false; items.len()];
        for at in &self.places {
            if let Some(is_shown) = usize::try_from(*at).ok().and_then(|at| is_shown.get_mut(at)) {
                *is_shown = true;
            }
        }
        let shown = items.iter().zip(is_shown).filter(|(_, is_shown)| *is_shown);
        let shown = shown.map(|(item, _)| item);
        Ok(Expected::new(shown, ledger.today(), ledger.digest.main)?)
    }
}

fn item_at(items: &[Item], at: u32) -> Option<&Item> {
    items.get(usize::try_from(at).ok()?)
}

impl Milestones {
    fn row<'a>(&'a self, at: usize, cx: &'a Cx<'_>) -> Option<&'a Item> {
        match self.shown.places.get(at) {
            Some(place) => item_at(cx.ledger.portfolio.items(), *place),
            None => self.closed.items().get(at - self.shown.places.len()),
        }
    }
}

impl Source for Milestones {
    const ORDERS: usize = Order::ALL.len() + 1;
    const BEGINS: bool = true;
    const BY_DESK: bool = true;

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Closed, Scope::Item, Scope::List, Scope::Global]
    }

    /// What has no room goes by rank.
    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::words(lang.customer_word(), 10, 0).by(Order::Customer.number()),
            Column::words(lang.project_word(), 6, 3).by(Order::Project.number()),
            Column::words(lang.milestone_word(), 12, 0),
            Column::whole(lang.stage_short(), 6).by(Order::Stage.number()),
            format::money_column(lang.amount_word(), 5, cx),
            format::money_column(lang.column_open(), 0, cx).by(Order::Open.number()),
            Column::whole(lang.due_word(), 1).by(0),
            Column::whole(lang.status_word(), 0),
            Column::whole(lang.waiting_on_word(), 2).by(Order::WaitingOn.number()),
            Column::words(lang.manager_short(), 6, 4).by(Order::Manager.number()),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let found = cx.ledger.find(&view.find)?;
        let ledger = &*cx.ledger;
        let order = Order::at(view.sort);
        let named = order.is_some_and(Order::needs_names);
        let indexed = if named { ledger.index().0 } else { 0 };
        let by_order = (ledger.version(), order, view.reversed, indexed);
        self.ordered.refresh(by_order, || order::sorted(order, view.reversed, ledger));
        let key = view.key(found.as_ref().map(|found| found.serial), ledger);
        self.shown
            .refresh((by_order, key), || Shown::new(&self.ordered, view, found.as_ref(), ledger));
        self.closed.keep(view, ledger);
        Ok(())
    }

    /// Reads closed milestones as the page gets to them, and names.
    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        let wanted = (page.end + page.len()).saturating_sub(self.shown.places.len());
        self.closed.read(wanted, cx.ledger)?;
        list_screen::read_names(self, page, cx)
    }

    fn count(&self) -> usize {
        self.shown.places.len() + self.closed.items().len()
    }

    fn key(&self, at: usize, cx: &Cx<'_>) -> Option<RowKey> {
        self.row(at, cx).map(|item| RowKey::Milestone(item.id))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(item) = self.row(at, cx) else {
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

    fn widest(&mut self, cx: &Cx<'_>) -> Result<Vec<String>> {
        let (ledger, lang) = (&*cx.ledger, cx.ui.lang);
        self.widest.refresh(widest::looked(cx), || {
            let today = ledger.today();
            let open = Open::of(ledger.portfolio.items(), today);
            let show = |minor, currency| format::amount(minor, currency, ledger);
            let none = String::new;
            vec![
                none(),
                none(),
                none(),
                widest::text(Stage::ALL.iter().map(|stage| lang.stage(*stage))),
                open.amounts.widest(show),
                open.balances.widest(show),
                widest::due(today, lang),
                widest::status(open.days, lang),
                widest::text(WaitingOn::ALL.iter().map(|who| lang.waiting_on(*who))),
            ]
        });
        Ok(self.widest.clone())
    }

    fn item<'a>(&'a self, id: MilestoneId, cx: &'a Cx<'_>) -> Option<&'a Item> {
        let closed = || self.closed.items().iter().find(|item| item.id == id);
        cx.ledger.portfolio.get(id).or_else(closed)
    }

    fn act(&mut self, action: Action, view: &mut ListView, _: &Cx<'_>) -> Option<Effect> {
        view.shows_closed(action).then_some(Effect::None)
    }

    fn title(&self, view: &ListView, cx: &Cx<'_>) -> String {
        let lang = cx.ui.lang;
        let (shown, all) = (self.shown.places.len(), cx.ledger.portfolio.items().len());
        let mut title =
            if shown == all { lang.title_milestones(all) } else { lang.title_of(shown, all) };
        let order = Order::at(view.sort);
        let mut add = |text: &str| title = format!("{title} - {text}");
        if let Some(order) = order {
            add(&lang.title_sort(order.word(lang)));
        }
        if view.more {
            add(lang.title_closed());
        }
        let waits = view.input.filter().needs_names() || order.is_some_and(Order::needs_names);
        if waits && cx.ledger.index().1.is_none() {
            add(lang.names_to_come());
        }
        title
    }

    /// Count and sums of what is shown.
    fn bottom(&self, cx: &Cx<'_>) -> String {
        let (n, sum) = (self.shown.places.len(), format::sums(&self.shown.sums, cx.ledger));
        if sum.is_empty() { cx.ui.lang.shown_items(n) } else { cx.ui.lang.shown_sum(n, &sum) }
    }

    fn chart(
        &mut self,
        room: (usize, usize),
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        let ledger = &*cx.ledger;
        if let Some((_, key)) = self.shown.key() {
            let of_shown = || self.shown.expected(ledger);
            self.expected.try_refresh(key.clone(), of_shown)?;
        }
        Ok(expected::picture(&self.expected, room, cx))
    }

    fn split(&self, area: Rect, _: bool) -> Option<[Rect; 2]> {
        beside(area)
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        let lang = cx.ui.lang;
        if *view.lack == Lack::Nothing {
            lang.nothing_left(&cx.ui.key(Action::Back)).into()
        } else {
            lang.nothing_planned(&cx.ui.key(Action::Record(Recording::New))).into()
        }
    }

    fn summary(&self, at: usize, cx: &Cx<'_>) -> Option<String> {
        self.row(at, cx).map(|item| list_screen::item_line(item, cx))
    }
}
