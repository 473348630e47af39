//! Customers: what each owes, how late, what is promised, disputed and on account. Those with something open first, the
//! most overdue on top; then the others by code.
//!
//! ```text
//!  Customers (12)
//!    Code  Customer  Grade  Receivable     Overdue  Oldest  Promised  Disputed  Unapplied  Open items  Last touch
//! >  C1    星河科技  B      600,000.00  480,000.00      50      0.00      0.00       0.00           3  2026-11-10
//! ```

mod concentration;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use ratatui::layout::Rect;

use crate::domain::ids::{CustomerId, IdMap, IdSet};
use crate::domain::kinds::Grade;
use crate::domain::money::exponent;
use crate::error::Result;
use crate::report::concentration::Concentration;
use crate::report::debtors::{Debt, Debtor, debtors, find};
use crate::store::{CustomerRow, Reader};
use crate::tui::action::Action;
use crate::tui::data::{Ledger, Memo, Search, Window, in_order};
use crate::tui::format;
use crate::tui::forms::Recording;
use crate::tui::list_screen::widest::{self, Ends, Looked};
use crate::tui::list_screen::{ListScreen, Source, beside};
use crate::tui::screen::{Cx, ListView, RowsKey, Screen};
use crate::tui::screens::customer::about;
use crate::tui::screens::customer::dealings::Dealings;
use crate::tui::selection::RowKey;
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::Line;

/// The orders of the list; its own is by what is overdue.
const BY_OVERDUE: usize = 0;
const BY_RECEIVABLE: usize = 1;
const BY_OLDEST: usize = 2;
const BY_CODE: usize = 3;

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoCustomers, Customers::default()))
}

#[derive(Default)]
struct Customers {
    debtors: Memo<u64, Vec<Debtor>>,
    search: Search<CustomerId>,
    /// Every customer, in an order.
    all: Memo<(u64, Order), Vec<CustomerId>>,
    /// By what chooses them, and their order.
    shown: Memo<(RowsKey, Order), Vec<CustomerId>>,
    /// What was seen of those shown.
    rows: Window<CustomerRow>,
    dealings: Memo<(u64, CustomerId), Dealings>,
    /// Of those shown, in whatever order.
    concentration: Memo<RowsKey, Concentration>,
    widest: Memo<Looked, Vec<String>>,
}

/// An order, and whether it is reversed.
type Order = (usize, bool);

/// Every customer in the order that is asked for.
fn ordered(
    (sort, reversed): Order,
    debtors: &[Debtor],
    ledger: &Ledger,
) -> Result<Vec<CustomerId>> {
    let mut all = ledger.store.customer_ids()?;
    if sort != BY_CODE {
        by_debt(&mut all, sort, debtors, ledger);
    }
    if reversed {
        all.reverse();
    }
    Ok(all)
}

/// Those who owe most, or for longest, first; among the same the order of codes stays.
fn by_debt(all: &mut [CustomerId], sort: usize, debtors: &[Debtor], ledger: &Ledger) {
    let main = ledger.digest.main;
    let figure = |debt: &Debt| if sort == BY_RECEIVABLE { debt.receivable } else { debt.overdue };
    let place = |debtor: &Debtor| {
        if sort == BY_OLDEST {
            return (0, 0, -i128::from(debtor.oldest_late));
        }
        let debt = debtor.debts.iter().max_by_key(|debt| figure(debt));
        let Some(debt) = debt.filter(|debt| figure(debt) > 0) else {
            let owed = debtor.debts.iter().map(|debt| i128::from(debt.receivable));
            return (2, i128::from(debtor.items == 0), -owed.sum::<i128>());
        };
        // Amounts of other currencies do not compare: they come after.
        let fine = 10_i128.pow(4_u32.saturating_sub(exponent(debt.currency)));
        let size = i128::from(figure(debt)) * fine;
        (u8::from(debt.currency != main), 0, -size)
    };
    let owing = debtors.iter();
    let places: IdMap<CustomerId, _> = owing.map(|d| (d.customer, place(d))).collect();
    all.sort_by_cached_key(|id| places.get(id).copied().unwrap_or((3, 0, 0)));
}

impl Source for Customers {
    const ORDERS: usize = 4;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::words(lang.code_word(), 4, 3).by(BY_CODE),
            Column::words(lang.customer_word(), 12, 0),
            Column::whole(lang.grade_word(), 4),
            format::money_column(lang.receivable_word(), 0, cx).by(BY_RECEIVABLE),
            Column::whole("", 1),
            format::money_column(lang.overdue_word(), 0, cx).by(BY_OVERDUE),
            Column::number(lang.days_late_short(), 0).by(BY_OLDEST),
            format::money_column(lang.promised_word(), 5, cx),
            format::money_column(lang.disputed_word(), 6, cx),
            format::money_column(lang.unapplied_short(), 7, cx),
            Column::number(lang.items_word(), 2),
            Column::whole(lang.touched_word(), 4),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let (ledger, sort) = (&*cx.ledger, (view.sort, view.reversed));
        let version = ledger.version();
        let each = |store: &Reader, visit: &mut dyn FnMut(_, &str)| store.each_customer(visit);
        let found = self.search.find(&view.find, ledger, each)?;
        self.debtors.try_refresh(version, || {
            let (portfolio, main) = (&ledger.portfolio, ledger.digest.main);
            let (items, unapplied) = (portfolio.items(), portfolio.unapplied.as_slice());
            Ok(debtors(items, unapplied, &portfolio.customers, portfolio.today, main)?)
        })?;
        self.all.try_refresh((version, sort), || ordered(sort, &self.debtors, ledger))?;
        let key = (view.key(found.map(|(serial, _)| serial), ledger), sort);
        let anew = self.shown.try_refresh(key, || {
            let mut ids = self.all.clone();
            let filter = view.items(ledger);
            if !filter.is_open() {
                let owing: HashSet<_> = filter.passing().map(|item| item.customer).collect();
                ids.retain(|id| owing.contains(id));
            }
            if let Some((_, found)) = found {
                let found: HashSet<&CustomerId> = found.iter().collect();
                ids.retain(|id| found.contains(id));
            }
            Ok(ids)
        })?;
        if anew {
            self.rows = Window::default();
        }
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        let ids = &self.shown;
        self.rows.read(page, ids.len(), |places| {
            let ids = ids.get(places).unwrap_or_default();
            Ok(in_order(ids, cx.ledger.store.customers(ids)?, |row| row.id))
        })
    }

    fn count(&self) -> usize {
        self.shown.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.shown.get(at).copied().map(RowKey::Customer)
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(row) = self.rows.get(at) else {
            return Vec::new();
        };
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let debtor = find(&self.debtors, row.id);
        let debt = debtor.and_then(|debtor| debtor.debts.first());
        let none = || Cell::none(theme);
        let amount = |of: Option<i64>, style| match (of, debt) {
            (Some(minor), Some(debt)) if minor != 0 => {
                Cell::new(cx.ledger.money(minor, debt.currency), style)
            }
            _ => none(),
        };
        let more = debtor.map_or(0, |debtor| debtor.debts.len().saturating_sub(1));
        let currency = match (debt, more) {
            (None, _) => String::new(),
            (Some(debt), 0) => debt.currency.code().to_owned(),
            (Some(debt), more) => format!("{}+{more}", debt.currency.code()),
        };
        let late = debtor.map_or(0, |debtor| debtor.oldest_late);
        let touched = debtor.and_then(|debtor| debtor.last_touch);
        vec![
            Cell::plain(row.code.as_str()),
            Cell::plain(row.short_name.as_str()),
            row.grade.map_or_else(none, |grade| Cell::plain(lang.grade(grade))),
            amount(debt.map(|debt| debt.receivable), theme.text()),
            Cell::new(currency, theme.dim()),
            amount(debt.map(|debt| debt.overdue), theme.bad()),
            Cell::late(late, theme),
            amount(debt.map(|debt| debt.promised), theme.text()),
            amount(debt.map(|debt| debt.disputed), theme.warn()),
            amount(debt.map(|debt| debt.unapplied), theme.good()),
            Cell::count(row.open, theme.text(), theme),
            touched.map_or_else(none, |day| Cell::plain(day.to_string())),
        ]
    }

    fn widest(&mut self, cx: &Cx<'_>) -> Result<Vec<String>> {
        let (ledger, lang, debtors) = (&*cx.ledger, cx.ui.lang, &self.debtors);
        self.widest.refresh(widest::looked(cx), || {
            let firsts = || debtors.iter().filter_map(|debtor| debtor.debts.first());
            let of = |figure: fn(&Debt) -> i64| {
                let amounts = firsts().map(|debt| (debt.currency, figure(debt)));
                Ends::of(amounts).widest(|minor, currency| ledger.money(minor, currency))
            };
            let late = debtors.iter().map(|debtor| debtor.oldest_late).max();
            let items = debtors.iter().map(|debtor| debtor.items).max();
            let more = debtors.iter().map(|debtor| debtor.debts.len()).max();
            let none = String::new;
            vec![
                none(),
                none(),
                widest::text(Grade::ALL.iter().map(|grade| lang.grade(*grade))),
                of(|debt| debt.receivable),
                format!("CNY+{}", more.unwrap_or_default()),
                of(|debt| debt.overdue),
                late.unwrap_or_default().to_string(),
                of(|debt| debt.promised),
                of(|debt| debt.disputed),
                of(|debt| debt.unapplied),
                items.unwrap_or_default().to_string(),
                ledger.today().to_string(),
            ]
        });
        Ok(self.widest.clone())
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        if self.search.is_running {
            cx.ui.lang.searching().to_owned()
        } else {
            cx.ui.lang.customers_count(self.shown.len())
        }
    }

    fn aside(
        &mut self,
        selected: Option<RowKey>,
        room: usize,
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        let Some(RowKey::Customer(id)) = selected else {
            return Ok(Some((String::new(), Vec::new())));
        };
        let key = (cx.ledger.version(), id);
        self.dealings.try_refresh(key, || Dealings::read(id, cx.ledger))?;
        let (dealings, debtor) = (&*self.dealings, find(&self.debtors, id));
        let mut lines = about::figures(id, debtor, dealings, room, cx)?;
        lines.push(Line::new());
        lines.extend(dealings.lines(room, cx));
        Ok(Some((about::title(dealings, cx.ui), lines)))
    }

    fn chart(
        &mut self,
        (room, _): (usize, usize),
        cx: &mut Cx<'_>,
    ) -> Result<Option<(String, Vec<Line>)>> {
        let (main, shown, debtors) = (cx.ledger.digest.main, &self.shown, &self.debtors);
        if let Some((key, _)) = shown.key() {
            self.concentration.try_refresh(key.clone(), || {
                let of: IdSet<CustomerId> = shown.iter().copied().collect();
                let debtors = debtors.iter().filter(|debtor| of.contains(&debtor.customer));
                Ok(Concentration::new(debtors, main, concentration::TOP)?)
            })?;
        }
        let all = &*self.concentration;
        if all.top.is_empty() {
            return Ok(None);
        }
        let Ledger { portfolio, store, .. } = &mut *cx.ledger;
        portfolio.names.read_customers(store, all.top.iter().map(|share| share.customer))?;
        let lang = cx.ui.lang;
        let title = lang.in_unit(
            &lang.picture_concentration(all.top.len()),
            cx.ledger.is_in_wan(cx.ledger.digest.main),
        );
        Ok(Some((title, concentration::lines(all, room, cx))))
    }

    /// Of one who owes nothing, too.
    fn summary(&self, at: usize, cx: &Cx<'_>) -> Option<String> {
        let row = self.rows.get(at)?;
        let items = cx.ledger.portfolio.items().iter().filter(|item| item.customer == row.id);
        Some(format::summary_of(&row.short_name, items, cx.ledger, cx.ui.lang))
    }

    fn split(&self, area: Rect, _: bool) -> Option<[Rect; 2]> {
        beside(area)
    }

    fn nothing(&self, _: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        if self.all.is_empty() {
            cx.ui.lang.no_customers(&cx.ui.key(Action::Record(Recording::New))).into()
        } else {
            cx.ui.lang.nothing_found().into()
        }
    }
}
