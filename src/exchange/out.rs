//! Reports out: each is a [`Page`] of tables for people and spreadsheets and the contract's JSON for programs, and each
//! of [`FORMATS`] writes any of them. What a cell says is the report's business; that it cannot hurt a terminal, a
//! spreadsheet or a page is ours.
//!
//! To add a format: a file below `out` with its [`Format`], and its row in [`FORMATS`].

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::sanitize;
use crate::domain::money::{self, Currency};
use crate::error::{Error, Result};
use crate::files;
use crate::text::Lang;

mod csv;
mod json;
mod md;
mod text;

pub use csv::{CSV, write_csv};
pub use json::JSON;
pub use md::MD;
pub use text::TEXT;

/// How a file can be written, in the order they are named to a person.
pub const FORMATS: [&Format; 4] = [&CSV, &JSON, &MD, &TEXT];

/// What any of the formats can write.
pub trait Report {
    fn page(&self, lang: Lang) -> Page<'_>;
    /// The contract's JSON, in one line without its end.
    fn json(&self, lang: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()>;
}

/// Where JSON goes: a type of its own, since it comes in pieces of a few bytes.
pub type JsonOut<'a> = BufWriter<&'a mut dyn Write>;

/// A way to write a report.
pub struct Format {
    /// The ending of its files, without the dot.
    pub ending: &'static str,
    write: fn(&dyn Report, Lang, &mut dyn Write) -> io::Result<()>,
}

impl Format {
    /// The format a file's name asks for, by its ending.
    pub fn of(path: &Path) -> Result<&'static Self> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        let mut all = FORMATS.into_iter();
        all.find(|format| format.ending.eq_ignore_ascii_case(ending)).ok_or_else(|| {
            Error::UnknownEnding {
                name: path.display().to_string(),
                known: FORMATS.map(|format| format.ending).to_vec(),
            }
        })
    }

    pub fn write(&self, report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(report, lang, out)
    }

    /// Writes the report to a file, which appears whole or not at all.
    pub fn save(&self, report: &dyn Report, lang: Lang, path: &Path) -> io::Result<()> {
        files::write(path, |out| self.write(report, lang, out))
    }
}

/// A report as a person reads it.
#[derive(Default)]
pub struct Page<'a> {
    /// What it is and of which day; a CSV file leaves it out.
    pub title: String,
    /// Lines above the tables, in our own words; a CSV file leaves them out.
    pub lead: Vec<String>,
    pub tables: Vec<Table<'a>>,
}

/// Rows are made while they are written. One shorter than the columns is filled with empty cells.
pub struct Table<'a> {
    /// Its own title, where a page has several.
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Box<dyn Iterator<Item = Vec<Cell<'a>>> + 'a>,
    /// Totals, one row a currency.
    pub totals: Vec<Vec<Cell<'a>>>,
    /// What to know about it (basis, bucket rule); a CSV file leaves them out.
    pub notes: Vec<String>,
}

impl<'a> Table<'a> {
    pub fn new(columns: Vec<Column>, rows: impl Iterator<Item = Vec<Cell<'a>>> + 'a) -> Self {
        Self {
            title: String::new(),
            columns,
            rows: Box::new(rows),
            totals: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn headers(&self) -> Vec<Cell<'a>> {
        let headers = self.columns.iter();
        headers.map(|column| Cell::from(column.header.clone())).collect()
    }
}

/// On which side of its column a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header, in the reader's language.
    pub header: String,
    pub align: Align,
}

impl Column {
    pub fn left(header: impl Into<String>) -> Self {
        Self { header: header.into(), align: Align::Left }
    }

    /// A column of amounts or counts.
    pub fn right(header: impl Into<String>) -> Self {
        Self { header: header.into(), align: Align::Right }
    }
}

/// What stands in a cell, typed so that each format writes it its own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    Text(Cow<'a, str>),
    Number(i64),
    /// Minor units.
    Amount(i128, Currency),
    Day(NaiveDate),
}

impl Cell<'_> {
    pub const EMPTY: Self = Self::Text(Cow::Borrowed(""));

    /// Harmless text for a spreadsheet.
    fn plain(&self) -> Cow<'_, str> {
        match self {
            Self::Amount(minor, currency) => money::plain(*minor, *currency).into(),
            Self::Text(_) | Self::Number(_) | Self::Day(_) => self.grouped(),
        }
    }

    /// Harmless text for a person: amounts have their thousands separated.
    fn grouped(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => sanitize::text(text),
            Self::Number(number) => number.to_string().into(),
            Self::Amount(minor, currency) => money::format(*minor, *currency).into(),
            Self::Day(day) => day.to_string().into(),
        }
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

/// An array in JSON whose values are made while they are written.
pub struct Each<F>(pub F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_chooses_the_format() {
        let ending = |name: &str| Format::of(Path::new(name)).unwrap().ending;
        assert_eq!(ending("a/b.CSV"), "csv");
        assert_eq!(ending("周报.txt"), "txt");
    }

    #[test]
    fn an_unknown_ending_names_the_known_ones() {
        for name in ["aging.pdf", "aging"] {
            let refused = Format::of(Path::new(name)).err().unwrap();
            let said = Lang::En.error(&refused);
            assert!(said.contains(name) && said.contains(".csv .json .md .txt"), "{said}");
        }
    }
}
