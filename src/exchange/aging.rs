//! The aging table with the names of its groups: the contract's JSON, which snapshots keep as it was shown, and a page.

use chrono::NaiveDate;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};

use crate::domain::aging::{AgeBy, Edges, GroupBy};
use crate::domain::money::{self, Currency};
use crate::portfolio::Names;
use crate::report::aging::{AgingRow, AgingTable, Sums, group_code, group_name};
use crate::report::figures::Figures;
use crate::text::{Lang, bridge};

use super::out::{Cell, Column, JsonOut, Page, Report, Table};

/// A column without any amount goes before all others where a terminal is too narrow.
const EMPTY_FIRST: u8 = 9;

/// An aging table whose groups have their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedAging {
    /// The day every age is counted to.
    pub as_of: NaiveDate,
    pub age_by: AgeBy,
    pub by: GroupBy,
    /// Labels of the buckets.
    pub buckets: Vec<String>,
    /// The bucket rule; snapshots are taken with the default one and keep its labels only.
    #[serde(skip)]
    edges: Edges,
    /// What else to say below the table, in our own words; no part of what snapshots keep.
    #[serde(skip)]
    notes: Vec<String>,
    /// The rows, by key, those without one last.
    pub rows: Vec<NamedRow>,
    /// Their sums, one per currency.
    pub totals: Vec<CurrencySums>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedRow {
    /// Code of the customer, project or stage, name of the manager, code of the currency.
    pub key: Option<String>,
    /// What a person calls it.
    pub name: String,
    #[serde(flatten)]
    pub sums: CurrencySums,
}

impl NamedRow {
    fn order(&self) -> (bool, Option<&str>, &str, &str) {
        let Self { key, name, sums } = self;
        (key.is_none(), key.as_deref(), sums.currency.code(), name)
    }
}

/// The columns of a row or of the totals.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "WrittenSums")]
pub struct CurrencySums {
    pub currency: Currency,
    pub sums: Sums,
}

impl Serialize for CurrencySums {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { currency, sums } = self;
        let plain = |minor: i64| money::plain(minor, *currency);
        let mut to = serializer.serialize_struct("CurrencySums", 7)?;
        to.serialize_field("currency", currency.code())?;
        to.serialize_field("items", &sums.items)?;
        let amounts: Vec<String> = sums.amounts.iter().copied().map(plain).collect();
        to.serialize_field("amounts", &amounts)?;
        to.serialize_field("retention_not_due", &plain(sums.retention_not_due))?;
        to.serialize_field("total", &plain(sums.total))?;
        to.serialize_field("unapplied", &plain(sums.unapplied))?;
        to.serialize_field("planned", &plain(sums.planned))?;
        to.end()
    }
}

/// [`CurrencySums`] as they stand in JSON: amounts as text with the currency's decimals.
#[derive(Deserialize)]
struct WrittenSums {
    currency: String,
    items: u32,
    amounts: Vec<String>,
    retention_not_due: String,
    total: String,
    unapplied: String,
    planned: String,
}

impl TryFrom<WrittenSums> for CurrencySums {
    type Error = String;

    fn try_from(written: WrittenSums) -> Result<Self, String> {
        let code = written.currency;
        let currency = Currency::from_code(&code).ok_or_else(|| format!("no currency {code}"))?;
        let minor = |text: &String| {
            money::read_back(text, currency).map_err(|why| format!("amount {text}: {why:?}"))
        };
        Ok(Self {
            currency,
            sums: Sums {
                items: written.items,
                amounts: written.amounts.iter().map(minor).collect::<Result<_, _>>()?,
                retention_not_due: minor(&written.retention_not_due)?,
                total: minor(&written.total)?,
                unapplied: minor(&written.unapplied)?,
                planned: minor(&written.planned)?,
            },
        })
    }
}

impl NamedAging {
    /// The table in the order people expect: by key, groups without one last, then by currency and name.
    pub fn new(table: AgingTable, names: &Names, lang: Lang) -> Self {
        let row = |AgingRow { key, currency, sums }| {
            let name = group_name(key, currency, names);
            NamedRow {
                key: group_code(key, currency, names).map(str::to_owned),
                name: name.unwrap_or(lang.group_word(key)).to_owned(),
                sums: CurrencySums { currency, sums },
            }
        };
        let mut rows: Vec<NamedRow> = table.rows.into_iter().map(row).collect();
        rows.sort_by(|a, b| a.order().cmp(&b.order()));
        let totals = table.totals.into_iter();
        Self {
            as_of: table.as_of,
            age_by: table.buckets.age_by,
            by: table.by,
            buckets: table.buckets.labels(),
            edges: table.buckets.edges,
            notes: Vec::new(),
            rows,
            totals: totals.map(|(currency, sums)| CurrencySums { currency, sums }).collect(),
        }
    }

    /// Says below the table how what is past due in it relates to what is overdue, where they differ.
    pub fn tell_overdue(&mut self, figures: &[Figures], lang: Lang) {
        self.notes = figures.iter().filter_map(|of| past_due(of, lang)).collect();
    }

    fn cells<'a>(&self, key: &'a str, name: &'a str, of: &CurrencySums) -> Vec<Cell<'a>> {
        let CurrencySums { currency, sums } = of;
        let amount = |minor: i64| Cell::Amount(minor.into(), *currency);
        let mut cells =
            vec![key.into(), name.into(), currency.code().into(), Cell::Number(sums.items.into())];
        cells.extend(sums.amounts.iter().copied().map(amount));
        if self.has_retention() {
            cells.push(amount(sums.retention_not_due));
        }
        cells.extend([
            amount(sums.total),
            amount(sums.unapplied),
            Cell::Amount(i128::from(sums.total) - i128::from(sums.unapplied), *currency),
            amount(sums.planned),
        ]);
        cells
    }

    /// The currency most of its items are in.
    fn main(&self) -> Option<Currency> {
        // Of as many, the one that comes first.
        self.totals.iter().rev().max_by_key(|of| of.sums.items).map(|of| of.currency)
    }

    fn has_retention(&self) -> bool {
        self.age_by != AgeBy::Invoice
    }
}

/// What is past due beside what is overdue, where they differ.
pub(super) fn past_due(of: &Figures, lang: Lang) -> Option<String> {
    let terms = lang.past_due_terms(of.past_due(), of.past_due_parts())?;
    Some(bridge(&terms, |minor| money::with_symbol(minor, of.currency)))
}

impl Report for NamedAging {
    fn page(&self, lang: Lang) -> Page<'_> {
        let code = Column::left(lang.group_code(self.by)).spare(EMPTY_FIRST - 4);
        let mut columns = vec![
            // What has no code of its own would stand there twice.
            if self.by == GroupBy::Manager { code.aside() } else { code },
            Column::left(lang.name_word()),
            Column::left(lang.currency_word()).named("currency").spare(EMPTY_FIRST - 5),
            Column::right(lang.items_word()).spare(EMPTY_FIRST - 3),
        ];
        let empty = |part: &dyn Fn(&Sums) -> i64| {
            let is_empty = self.rows.iter().all(|row| part(&row.sums.sums) == 0);
            if is_empty { EMPTY_FIRST } else { 0 }
        };
        columns.extend(self.buckets.iter().enumerate().map(|(at, label)| {
            let spare = empty(&|sums| sums.amounts.get(at).copied().unwrap_or(0));
            Column::right(lang.bucket(label)).spare(spare).part()
        }));
        if self.has_retention() {
            let spare = empty(&|sums| sums.retention_not_due);
            columns.push(Column::right(lang.retention_not_due()).spare(spare.max(1)));
        }
        columns.extend([
            Column::right(lang.total()),
            Column::right(lang.unapplied()).spare(2),
            Column::right(lang.net()).spare(EMPTY_FIRST - 2),
            Column::right(lang.planned_money()).spare(EMPTY_FIRST - 1),
        ]);
        let rows = self.rows.iter().map(|row| {
            let key = row.key.as_deref().unwrap_or("");
            self.cells(key, &row.name, &row.sums)
        });
        let totals = self.totals.iter();
        let basis = lang.aged_by(lang.age_by(self.age_by));
        Page {
            title: lang.aging_title(&self.as_of.to_string()),
            tables: vec![Table {
                totals: totals.map(|sums| self.cells("", lang.total(), sums)).collect(),
                main: self.main(),
                notes: [vec![lang.joined(&basis, &lang.edges(&self.edges))], self.notes.clone()]
                    .concat(),
                ..Table::new(columns, rows)
            }],
            ..Page::default()
        }
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        serde_json::to_writer(out, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = r#"{"key":"C1","name":"星河科技","currency":"CNY","items":1,"amounts":["0.00","12.00"],"retention_not_due":"0.00","total":"12.00","unapplied":"-1.00","planned":"0.00"}"#;

    #[test]
    fn a_row_reads_back_as_it_was_written() {
        let row: NamedRow = serde_json::from_str(ROW).unwrap();
        assert_eq!((row.sums.sums.total, row.sums.sums.unapplied), (1_200, -100));
        assert_eq!(serde_json::to_string(&row).unwrap(), ROW);
    }

    #[test]
    fn what_is_no_amount_is_an_error_and_not_0() {
        for damaged in
            [ROW.replace("\"total\":\"12.00\"", "\"total\":\"twelve\""), ROW.replace("CNY", "???")]
        {
            assert!(serde_json::from_str::<NamedRow>(&damaged).is_err(), "{damaged}");
        }
    }
}
