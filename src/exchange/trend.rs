//! How the aging table stood in each snapshot, the oldest first.

use serde::Deserialize;
use serde_json::json;

use crate::domain::money::{self, Currency};
use crate::domain::policy::Policy;
use crate::error::Result;
use crate::store::{Reader, SnapshotHead};
use crate::text::Lang;

use super::aging::CurrencySums;
use super::out::{Cell, Column, Drawn, Each, JsonOut, Page, Report, Table};

/// What one snapshot says of one currency.
pub struct Point {
    pub head: SnapshotHead,
    pub sums: CurrencySums,
    /// By label of [`Trend::labels`].
    pub amounts: Vec<i64>,
    pub past_due: i64,
}

/// All snapshots in all currencies.
pub struct Trend {
    /// Of buckets, those of the last snapshot first; an earlier one may have had others.
    pub labels: Vec<String>,
    /// The oldest first, and of one snapshot the main currency.
    pub points: Vec<Point>,
}

/// What a frozen table has of it.
#[derive(Deserialize)]
struct FrozenTotals {
    buckets: Vec<String>,
    totals: Vec<CurrencySums>,
}

/// The trend over all snapshots up to one, else over all there are.
pub fn trend(store: &Reader, until: Option<&SnapshotHead>, policy: &Policy) -> Result<Trend> {
    let mut kept: Vec<(SnapshotHead, FrozenTotals)> = Vec::new();
    let last = until.map(SnapshotHead::place);
    store.each_table(|head, rows| {
        if last.is_none_or(|last| head.place() <= last) {
            kept.push((head, serde_json::from_str(&rows)?));
        }
        Ok(())
    })?;
    let mut labels: Vec<String> = Vec::new();
    for label in kept.iter().rev().flat_map(|(_, table)| &table.buckets) {
        if !labels.contains(label) {
            labels.push(label.clone());
        }
    }
    let usual = kept.last().and_then(|(_, table)| {
        table.totals.iter().max_by_key(|of| of.sums.items).map(|of| of.currency)
    });
    let main = policy.currency.or(usual);
    let points = kept.into_iter().flat_map(|(head, FrozenTotals { buckets, mut totals })| {
        totals.sort_by_key(|of| (Some(of.currency) != main, of.currency.code()));
        let point = |sums: CurrencySums| Point::new(&head, sums, &buckets, &labels);
        totals.into_iter().map(point).collect::<Vec<_>>()
    });
    let points = points.collect();
    Ok(Trend { labels, points })
}

impl Point {
    fn new(head: &SnapshotHead, sums: CurrencySums, own: &[String], labels: &[String]) -> Self {
        let of = |label: &String| {
            let at = own.iter().position(|known| known == label);
            at.and_then(|at| sums.sums.amounts.get(at)).copied().unwrap_or_default()
        };
        let amounts = labels.iter().map(of).collect();
        let past_due = sums.sums.amounts.iter().skip(1);
        let past_due = past_due.fold(0, |sum: i64, amount| sum.saturating_add(*amount));
        Self { head: head.clone(), sums, amounts, past_due }
    }

    pub const fn currency(&self) -> Currency {
        self.sums.currency
    }
}

impl Trend {
    pub fn table(&self, lang: Lang) -> Table<'_> {
        let mut columns = vec![
            Column::right("#").spare(2),
            Column::left(lang.as_of_word()).spare(1),
            Column::left(lang.week_word()),
            Column::left(lang.currency_word()).named("currency").spare(3),
        ];
        let part = |label: &String| Column::right(lang.bucket(label)).part().spare(5);
        columns.extend(self.labels.iter().map(part));
        columns.push(Column::right(lang.retention_not_due()).part().spare(6));
        columns.push(Column::right(lang.total()));
        columns.push(Column::right(lang.past_due()));
        let rows = self.points.iter().map(|point| {
            let amount = |minor: i64| Cell::amount(minor, point.currency());
            let mut row = vec![
                Cell::Number(point.head.id.0),
                Cell::Day(point.head.as_of),
                (&*point.head.iso_week).into(),
                point.currency().code().into(),
            ];
            row.extend(point.amounts.iter().copied().map(amount));
            let sums = &point.sums.sums;
            row.extend([sums.retention_not_due, sums.total, point.past_due].map(amount));
            row
        });
        let title = lang.trend_title().to_owned();
        Table { title, drawn: Drawn::InOrder, ..Table::new(columns, rows) }
    }
}

impl Report for Trend {
    fn page(&self, lang: Lang) -> Page<'_> {
        let title = lang.trend_title().to_owned();
        if self.points.is_empty() {
            return Page { title, lead: vec![lang.trend_none().to_owned()], tables: Vec::new() };
        }
        let table = Table { title: String::new(), ..self.table(lang) };
        Page { title, tables: vec![table], ..Page::default() }
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        let value = |point: &Point| {
            let plain = |minor: i64| money::plain(minor, point.currency());
            json!({
                "snapshot": point.head.id.0,
                "week": point.head.iso_week,
                "as_of": point.head.as_of,
                "currency": point.currency().code(),
                "buckets": self.labels,
                "amounts": point.amounts.iter().copied().map(plain).collect::<Vec<_>>(),
                "retention_not_due": plain(point.sums.sums.retention_not_due),
                "total": plain(point.sums.sums.total),
                "past_due": plain(point.past_due),
            })
        };
        serde_json::to_writer(out, &Each(|| self.points.iter().map(value)))
    }
}
