//! Customers: what each owes, how late, what is promised, disputed and on account. Those with something open first, the
//! most overdue on top; then the others by code.
//!
//! ```text
//!  Customers (12)
//!    Code  Customer  Grade  Receivable     Overdue  Oldest  Promised  Disputed  Unapplied  Open items  Last touch
//! >  C1    星河科技  B      600,000.00  480,000.00      50      0.00      0.00       0.00           3  2026-11-10
//! ```

use std::collections::HashSet;
use std::ops::Range;

use ratatui::layout::Rect;

use crate::domain::ids::{CustomerId, IdMap, MilestoneId};
use crate::domain::money::exponent;
use crate::error::Result;
use crate::report::debtors::{Debtor, debtors, find};
use crate::store::CustomerRow;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::{FilterInput, ItemFilter, Ledger, Memo, Task};
use crate::tui::effect::Effect;
use crate::tui::keymap::RowKind;
use crate::tui::list_screen::{ListScreen, Source};
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::selection::{RowKey, Selection};
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::text::Styled;

pub fn open() -> Box<dyn Screen> {
    Box::new(ListScreen::new(Action::GoCustomers, Customers::default()))
}

/// What the rows are made from.
#[derive(PartialEq)]
struct Key {
    version: u64,
    by_code: bool,
    find: String,
    /// Whether the search has ended.
    found: bool,
    filter: String,
    indexed: u64,
}

#[derive(Default)]
struct Customers {
    input: FilterInput,
    debtors: Memo<u64, Vec<Debtor>>,
    /// Every customer: those who owe first, or by code.
    all: Memo<(u64, bool), Vec<CustomerId>>,
    shown: Memo<Key, Vec<CustomerId>>,
    /// What customers are called, as far as they were seen.
    rows: Memo<u64, IdMap<CustomerId, CustomerRow>>,
    search: Task<(u64, String), HashSet<CustomerId>>,
    searching: bool,
}

/// Every customer in the order that is asked for.
fn ordered(by_code: bool, debtors: &[Debtor], ledger: &Ledger) -> Result<Vec<CustomerId>> {
    let mut all = ledger.store.customer_ids()?;
    if by_code {
        return Ok(all);
    }
    let main = ledger.digest.main;
    let place = |debtor: &Debtor| {
        let debt = debtor.debts.iter().max_by_key(|debt| debt.overdue);
        let Some(debt) = debt.filter(|debt| debt.overdue > 0) else {
            let owed = debtor.debts.iter().map(|debt| i128::from(debt.receivable));
            return (2, i128::from(debtor.items == 0), -owed.sum::<i128>());
        };
        // Amounts of other currencies do not compare: they come after.
        let fine = 10_i128.pow(4_u32.saturating_sub(exponent(debt.currency)));
        let size = i128::from(debt.overdue) * fine;
        (u8::from(debt.currency != main), 0, -size)
    };
    let owing = debtors.iter();
    let places: IdMap<CustomerId, _> = owing.map(|d| (d.customer, place(d))).collect();
    // Among customers with the same overdue amount the order of codes stays.
    all.sort_by_cached_key(|id| places.get(id).copied().unwrap_or((3, 0, 0)));
    Ok(all)
}

impl Source for Customers {
    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::words(lang.code_word(), 4, 3),
            Column::words(lang.customer_word(), 12, 0),
            Column::whole(lang.grade_word(), 4),
            Column::number(lang.receivable_word(), 0),
            Column::whole("", 1),
            Column::number(lang.overdue_word(), 0),
            Column::number(lang.days_late_short(), 0),
            Column::number(lang.promised_word(), 5),
            Column::number(lang.disputed_word(), 6),
            Column::number(lang.unapplied_short(), 7),
            Column::number(lang.items_word(), 2),
            Column::whole(lang.touched_word(), 4),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let ledger = &*cx.ledger;
        let version = ledger.version();
        self.input.read(&view.filter, ledger.today(), cx.ui.lang);
        let find = view.find.trim();
        let mut found = None;
        self.searching = false;
        if !find.is_empty() {
            let needle = Needle::new(find);
            let key = (version, find.to_owned());
            found = self.search.get(&key, ledger.place(), move |store| {
                let mut found = HashSet::new();
                store.each_customer(|id, text| {
                    if needle.matches(text) {
                        found.insert(id);
                    }
                })?;
                Ok(found)
            })?;
            self.searching = found.is_none();
        }
        self.debtors.try_refresh(version, || {
            let (portfolio, main) = (&ledger.portfolio, ledger.digest.main);
            let (items, unapplied) = (portfolio.items(), portfolio.unapplied.as_slice());
            Ok(debtors(items, unapplied, &portfolio.customers, portfolio.today, main)?)
        })?;
        let by_code = view.sort.is_some();
        self.all.try_refresh((version, by_code), || ordered(by_code, &self.debtors, ledger))?;
        let named = self.input.filter().needs_names();
        let key = Key {
            version,
            by_code,
            find: find.to_owned(),
            found: found.is_some(),
            filter: view.filter.clone(),
            indexed: if named { ledger.index().0 } else { 0 },
        };
        self.shown.refresh(key, || {
            let mut ids = self.all.clone();
            let filter = ItemFilter::new(ledger, self.input.filter());
            if !filter.is_open() {
                let owing: HashSet<_> = filter.passing().map(|item| item.customer).collect();
                ids.retain(|id| owing.contains(id));
            }
            if let Some(found) = found {
                ids.retain(|id| found.contains(id));
            }
            ids
        });
        Ok(())
    }

    fn read(&mut self, page: Range<usize>, cx: &mut Cx<'_>) -> Result<()> {
        let store = &cx.ledger.store;
        self.rows.refresh(cx.ledger.version(), IdMap::default);
        let seen = self.shown.iter().skip(page.start).take(page.len());
        let unread = seen.filter(|id| !self.rows.contains_key(id));
        let unread: Vec<CustomerId> = unread.copied().collect();
        if !unread.is_empty() {
            let rows = store.customers(&unread)?;
            self.rows.extend(rows.into_iter().map(|row| (row.id, row)));
        }
        Ok(())
    }

    fn count(&self) -> usize {
        self.shown.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.shown.get(at).copied().map(RowKey::Customer)
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(row) = self.shown.get(at).and_then(|id| self.rows.get(id)) else {
            return Vec::new();
        };
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        let debtor = find(&self.debtors, row.id);
        let debt = debtor.and_then(|debtor| debtor.debts.first());
        let none = || Cell::new("-", theme.dim());
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
            if late > 0 { Cell::new(late.to_string(), theme.bad()) } else { none() },
            amount(debt.map(|debt| debt.promised), theme.text()),
            amount(debt.map(|debt| debt.disputed), theme.warn()),
            amount(debt.map(|debt| debt.unapplied), theme.good()),
            match row.open {
                0 => none(),
                open => Cell::plain(open.to_string()),
            },
            touched.map_or_else(none, |day| Cell::plain(day.to_string())),
        ]
    }

    fn selection(&self, at: Option<usize>, _: Vec<MilestoneId>, _: &Cx<'_>) -> Selection {
        let customer = at.and_then(|at| self.shown.get(at)).copied();
        Selection { row: customer.map(|_| RowKind::Customer), customer, ..Selection::default() }
    }

    fn act(
        &mut self,
        action: Action,
        view: &mut ListView,
        _: &mut Cx<'_>,
    ) -> Result<Option<Effect>> {
        if action != Action::Sort {
            return Ok(None);
        }
        view.toggle_sort();
        Ok(Some(Effect::None))
    }

    fn above(&self, _: &ListView, _: Rect, cx: &Cx<'_>) -> Result<Vec<Styled>> {
        let title = if self.searching {
            cx.ui.lang.searching().to_owned()
        } else {
            cx.ui.lang.customers_count(self.shown.len())
        };
        Ok(vec![(title, cx.ui.theme.strong())])
    }

    fn problem(&self) -> Option<&str> {
        self.input.problem()
    }

    fn nothing(&self, _: &ListView, cx: &Cx<'_>) -> &'static str {
        if self.all.is_empty() { cx.ui.lang.no_customers() } else { cx.ui.lang.nothing_found() }
    }
}
