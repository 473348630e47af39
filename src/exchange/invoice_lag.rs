//! The invoice lag as a list, with the rule it follows.

use crate::domain::money::Currency;
use crate::portfolio::Names;
use crate::report::aging::{group_code, group_name};
use crate::report::invoice_lag::Lag;
use crate::text::Lang;

use super::lists::{Field, Listed, Rows, field};
use super::out::{Cell, Column, Page, Report};

pub struct LagRow {
    lag: Lag,
    code: Option<String>,
    name: Option<String>,
}

impl LagRow {
    fn amount(&self, minor: i128) -> Cell<'_> {
        Cell::Amount(minor, self.lag.currency)
    }
}

/// Tenths of a day in days.
pub fn days_of(tenths: i128) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

impl Listed for LagRow {
    fn title(lang: Lang) -> &'static str {
        lang.invoice_lag_title()
    }

    fn fields(lang: Lang) -> Vec<Field<Self>> {
        vec![
            field(Column::left(lang.lag_code_word()).named("code").aside(), |r, _| {
                r.code.as_deref().map_or(Cell::EMPTY, Cell::from)
            }),
            field(Column::left(lang.lag_group_word()).named("group"), |r, lang| {
                match r.name.as_deref() {
                    Some(name) => name.into(),
                    None => lang.group_word(r.lag.key).into(),
                }
            }),
            field(Column::left(lang.currency_word()).named("currency").spare(2), |r, _| {
                r.lag.currency.code().into()
            }),
            field(Column::right(lang.lag_days_word()).named("days"), |r, _| {
                r.lag.tenths().map_or(Cell::EMPTY, |tenths| days_of(tenths).into())
            }),
            field(Column::right(lang.billed_word()).named("billed"), |r, _| r.amount(r.lag.billed)),
            field(Column::right(lang.lag_weighted_word()).named("amount_days").aside(), |r, _| {
                r.amount(r.lag.weighted)
            }),
            field(Column::right(lang.invoices_title()).named("invoices").spare(1), |r, _| {
                Cell::Number(i64::try_from(r.lag.bills).unwrap_or(i64::MAX))
            }),
            field(Column::right(lang.lag_undated_word()).named("undated"), |r, _| {
                r.amount(r.lag.undated)
            }),
        ]
    }

    fn sums(&self) -> Option<(Currency, Vec<(&'static str, i64)>)> {
        let sum = |minor: i128| i64::try_from(minor).unwrap_or(i64::MAX);
        let sums = vec![("billed", sum(self.lag.billed)), ("undated", sum(self.lag.undated))];
        Some((self.lag.currency, sums))
    }
}

pub struct InvoiceLag(Rows<LagRow>);

impl InvoiceLag {
    pub fn new(lags: Vec<Lag>, names: &Names) -> Self {
        let row = |lag: Lag| LagRow {
            code: group_code(lag.key, lag.currency, names).map(str::to_owned),
            name: group_name(lag.key, lag.currency, names).map(str::to_owned),
            lag,
        };
        Self(Rows(lags.into_iter().map(row).collect()))
    }
}

impl Report for InvoiceLag {
    fn page(&self, lang: Lang) -> Page<'_> {
        let mut page = self.0.page(lang);
        if let Some(table) = page.tables.first_mut() {
            table.notes.push(lang.invoice_lag_rule().to_owned());
        }
        page
    }
}
