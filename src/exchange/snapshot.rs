//! The weekly snapshot: the aging table of a day frozen with the items behind it, and its files.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};

use crate::domain::aging::Buckets;
use crate::domain::change::Change;
use crate::domain::money::Overflow;
use crate::domain::status;
use crate::portfolio::Portfolio;
use crate::report::aging::{self, GroupBy};
use crate::report::list;
use crate::store::SnapshotHead;
use crate::text::Lang;

use super::aging::{Document, cells, document, json};
use super::out;

/// One open milestone as a snapshot keeps it: id, customer, project, manager, stage, currency, due, balance, bucket,
/// status, whose turn. Short on purpose: a list is kept for every week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept(
    pub i64,
    pub i64,
    pub i64,
    pub Option<i64>,
    pub String,
    pub String,
    pub Option<NaiveDate>,
    /// Balance in minor units.
    pub i64,
    pub Option<String>,
    pub String,
    pub String,
);

/// The ISO week of a day, by its week-year: `2026-W47`.
pub fn iso_week(day: NaiveDate) -> String {
    let week = day.iso_week();
    format!("{}-W{:02}", week.year(), week.week())
}

/// The change that freezes the aging table of the book's day, by customer, in the default buckets.
pub fn freeze(book: &Portfolio, lang: Lang) -> Result<Change, Overflow> {
    let buckets = Buckets::default();
    let table = aging::table(
        book.items(),
        &book.unapplied,
        book.today,
        GroupBy::Customer,
        &buckets,
    )?;
    let document = document(&table, &book.names, lang);
    let rows = json(&document).unwrap_or_default();
    Ok(Change::TakeSnapshot {
        as_of: book.today,
        iso_week: iso_week(book.today),
        rows,
        items: pack(&kept(book)),
    })
}

fn kept(book: &Portfolio) -> Vec<Kept> {
    let buckets = Buckets::default();
    let labels = buckets.labels();
    let (today, policy) = (book.today, &book.policy);
    let keep = |item: &crate::domain::item::Item| {
        Kept(
            item.id.0,
            item.customer.0,
            item.project.0,
            item.manager.map(|id| id.0),
            item.stage.code().to_owned(),
            item.currency.code().to_owned(),
            item.due,
            item.balance,
            list::bucket(item, today, &buckets, &labels),
            status::status(item, today, policy).code().to_owned(),
            status::waiting_on(item, today, policy).code().to_owned(),
        )
    };
    book.items().iter().map(keep).collect()
}

/// Items as a compressed JSON list.
pub fn pack(items: &[Kept]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    let text = serde_json::to_vec(items).unwrap_or_default();
    encoder
        .write_all(&text)
        .and_then(|()| encoder.finish())
        .unwrap_or_default()
}

/// The items of a snapshot.
pub fn unpack(bytes: &[u8]) -> io::Result<Vec<Kept>> {
    let mut text = Vec::new();
    ZlibDecoder::new(bytes).read_to_end(&mut text)?;
    serde_json::from_slice(&text).map_err(io::Error::from)
}

/// Reads back the table of a snapshot.
pub fn read(rows: &str) -> serde_json::Result<Document> {
    serde_json::from_str(rows)
}

/// What the files of a snapshot are called. A later one of the same week carries its place in the week, so that it
/// stands beside the first.
pub fn stem(all: &[SnapshotHead], head: &SnapshotHead) -> String {
    let week = &head.iso_week;
    let until = all
        .iter()
        .filter(|s| s.iso_week == *week && s.id <= head.id);
    match until.count() {
        place @ 2.. => format!("aging-{week}-{place}"),
        _ => format!("aging-{week}"),
    }
}

/// Writes a snapshot as csv, json and md into a folder, made if it is not there; returns the files.
pub fn export(
    document: &Document,
    stem: &str,
    folder: &Path,
    lang: Lang,
) -> io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let edges = Buckets::default().edges;
    let plain = cells(document, Some(&edges), lang, false);
    let grouped = cells(document, Some(&edges), lang, true);
    let text = json(document).map_err(io::Error::from)?;
    let files = [
        ("csv", out::csv(&plain)),
        ("json", text.into_bytes()),
        ("md", out::md(&grouped).into_bytes()),
    ];
    let mut written = Vec::new();
    for (ending, bytes) in files {
        let path = folder.join(format!("{stem}.{ending}"));
        out::write_file(&path, &bytes)?;
        written.push(path);
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_is_named_by_its_week_year() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(iso_week(day("2026-11-20")), "2026-W47");
        assert_eq!(iso_week(day("2027-01-01")), "2026-W53");
        assert_eq!(iso_week(day("2024-12-30")), "2025-W01");
    }

    #[test]
    fn packed_items_come_back() {
        let day = "2026-10-02".parse().ok();
        let item = Kept(
            1,
            2,
            3,
            None,
            "final".into(),
            "CNY".into(),
            day,
            5,
            None,
            "overdue".into(),
            "nobody".into(),
        );
        assert_eq!(unpack(&pack(std::slice::from_ref(&item))).unwrap(), [item]);
    }
}
