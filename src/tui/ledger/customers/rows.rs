//! The rows of the customers: sums from the open items, names read as they come into sight.

use crate::domain::ids::CustomerId;
use crate::report::debtors::{Debtor, find};
use crate::store::CustomerRow;
use crate::text::Lang;
use crate::tui::ledger::cells::{number, plain, whole, words};
use crate::tui::ledger::data::Ledger;
use crate::tui::ledger::seen::Seen;
use crate::tui::theme::Ui;
use crate::tui::widgets::list::{Cell, Column, RowId, Rows};

/// Rows read at a time.
const PAGE: usize = 64;

pub type Known = Seen<CustomerId, CustomerRow>;

pub fn columns(lang: Lang) -> [Column; 12] {
    [
        words(lang.code_word(), 4, 3),
        words(lang.customer_word(), 12, 0),
        whole(lang.grade_word(), 4),
        number(lang.receivable_word(), 0),
        whole("", 1),
        number(lang.overdue_word(), 0),
        number(lang.days_late_short(), 0),
        number(lang.promised_word(), 5),
        number(lang.disputed_word(), 6),
        number(lang.unapplied_short(), 7),
        number(lang.items_word(), 2),
        whole(lang.touched_word(), 4),
    ]
}

pub struct CustomerRows<'a> {
    pub ids: &'a [CustomerId],
    pub debtors: &'a [Debtor],
    pub known: &'a Known,
    pub ledger: &'a Ledger,
    pub ui: Ui,
}

impl CustomerRows<'_> {
    /// What a customer is called, read with its neighbours.
    fn row(&self, at: usize) -> Option<CustomerRow> {
        let id = self.ids.get(at)?;
        self.known.get(id, usize::MAX, || {
            let near: Vec<CustomerId> = self.ids.iter().skip(at).take(PAGE).copied().collect();
            let rows = self.ledger.store.customers(&near)?;
            Ok(rows.into_iter().map(|row| (row.id, row)).collect())
        })
    }
}

impl Rows for CustomerRows<'_> {
    fn len(&self) -> usize {
        self.ids.len()
    }

    fn id(&self, at: usize) -> RowId {
        RowId(self.ids.get(at).map_or(0, |id| id.0))
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        let Some(row) = self.row(at) else {
            return Vec::new();
        };
        let (lang, theme) = (self.ui.lang, self.ui.theme);
        let debtor = find(self.debtors, row.id);
        let debt = debtor.and_then(|debtor| debtor.debts.first());
        let none = || Cell::new("-", theme.dim());
        let amount = |of: Option<i64>, style| match (of, debt) {
            (Some(minor), Some(debt)) if minor != 0 => {
                Cell::new(self.ledger.money(minor, debt.currency), style)
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
            plain(row.code.as_str()),
            plain(row.short_name.as_str()),
            row.grade
                .map_or_else(none, |grade| plain(lang.grade(grade))),
            amount(debt.map(|debt| debt.receivable), theme.text()),
            Cell::new(currency, theme.dim()),
            amount(debt.map(|debt| debt.overdue), theme.bad()),
            if late > 0 {
                Cell::new(late.to_string(), theme.bad())
            } else {
                none()
            },
            amount(debt.map(|debt| debt.promised), theme.text()),
            amount(debt.map(|debt| debt.disputed), theme.warn()),
            amount(debt.map(|debt| debt.unapplied), theme.good()),
            match row.open {
                0 => none(),
                open => plain(open.to_string()),
            },
            touched.map_or_else(none, |day| plain(day.to_string())),
        ]
    }
}
