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
use serde_json::Value;

use super::sanitize;
use crate::domain::money::{self, Currency};
use crate::error::{Error, Result};
use crate::files;
use crate::text::Lang;

mod csv;
mod html;
mod ics;
mod json;
mod md;
mod shape;
mod text;
mod xlsx;

pub use csv::{CSV, TSV, write_csv};
pub use html::{HTML, entities};
use ics::ICS;
pub use json::{JSON, Object, write_rows};
pub use md::MD;
pub use shape::{Shape, Shaped};
pub use text::{TEXT, lines_fitted, write_fitted};
pub use xlsx::XLSX;

/// How a file can be written, in the order they are named to a person.
pub const FORMATS: [&Format; 7] = [&XLSX, &HTML, &CSV, &TSV, &JSON, &MD, &TEXT];

/// What the weekly pack is written as, unless something else is set.
pub const USUAL: &str = "xlsx,html";

/// The name of the column of currencies.
const CURRENCY: &str = "currency";

/// What any of the formats can write.
pub trait Report {
    fn page(&self, lang: Lang) -> Page<'_>;

    /// The same in the order of the ledger, which is that of programs.
    fn page_as_kept(&self, lang: Lang) -> Page<'_> {
        self.page(lang)
    }

    /// Whether it can be a calendar.
    fn has_calendar(&self) -> bool {
        false
    }

    /// Its days, if it can.
    fn calendar(&self, _: Lang) -> Option<Calendar> {
        None
    }

    /// The contract's JSON, in one line without its end: of a list, an array with an object a row.
    fn json(&self, lang: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        json::write_rows(self.page_as_kept(lang), out)
    }
}

/// Where JSON goes: a type of its own, since it comes in pieces of a few bytes.
pub type JsonOut<'a> = BufWriter<&'a mut dyn Write>;

/// What stands on which day.
pub struct Calendar {
    pub title: String,
    /// The day it is of.
    pub written_on: NaiveDate,
    pub entries: Vec<CalendarEntry>,
    /// What stands in it as a note where there are no entries: a calendar is of something.
    pub nothing: CalendarEntry,
}

pub struct CalendarEntry {
    /// The same each time.
    pub uid: String,
    pub day: NaiveDate,
    pub summary: String,
    pub description: String,
    pub category: String,
}

/// A report without the columns that nobody asked for; a file of data has those that stand for words elsewhere.
struct Shown<'r> {
    report: &'r dyn Report,
    data: bool,
}

impl Report for Shown<'_> {
    fn page(&self, lang: Lang) -> Page<'_> {
        let page = self.report.page(lang);
        let shown = page.tables.into_iter().map(|table| table.shown(self.data));
        Page { tables: shown.collect(), ..page }
    }

    fn has_calendar(&self) -> bool {
        self.report.has_calendar()
    }

    fn calendar(&self, lang: Lang) -> Option<Calendar> {
        self.report.calendar(lang)
    }

    fn json(&self, lang: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        self.report.json(lang, out)
    }
}

/// A way to write a report.
pub struct Format {
    /// The ending of its files, without the dot.
    pub ending: &'static str,
    /// Whether programs read it: its cells are plain, and no word in them says more.
    pub data: bool,
    write: fn(&dyn Report, Lang, &mut dyn Write) -> io::Result<()>,
}

impl Format {
    /// The format a file's name asks for, by its ending.
    pub fn of(path: &Path) -> Result<&'static Self> {
        Self::among(path, FORMATS.into_iter())
    }

    /// The same of a report, which may be a calendar.
    pub fn of_report(path: &Path, report: &dyn Report) -> Result<&'static Self> {
        let calendar = report.has_calendar().then_some(&ICS);
        Self::among(path, FORMATS.into_iter().chain(calendar))
    }

    fn among(
        path: &Path,
        all: impl Iterator<Item = &'static Self> + Clone,
    ) -> Result<&'static Self> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        let called = |format: &&Self| format.ending.eq_ignore_ascii_case(ending);
        all.clone().find(called).ok_or_else(|| Error::UnknownEnding {
            name: path.display().to_string(),
            known: all.map(|format| format.ending).collect(),
        })
    }

    /// The formats of a list of endings, each once; without one the usual.
    pub fn listed(endings: Option<&str>) -> Result<Vec<&'static Self>> {
        let words = endings.unwrap_or(USUAL).split([',', ' ', '，', '、']);
        let words = words.map(str::trim).filter(|word| !word.is_empty());
        let mut listed: Vec<&'static Self> = Vec::new();
        for word in words {
            let mut all = FORMATS.into_iter();
            let called = |format: &&Self| format.ending.eq_ignore_ascii_case(word);
            let known = || FORMATS.map(|format| format.ending).join(", ");
            let format =
                all.find(called).ok_or_else(|| Error::choice("--formats", word, &known()))?;
            if !listed.iter().any(|other| other.ending == format.ending) {
                listed.push(format);
            }
        }
        Ok(listed)
    }

    pub fn write(&self, report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(&Shown { report, data: self.data }, lang, out)
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
    /// How a page draws the parts of its rows.
    pub drawn: Drawn,
    /// The currency that is drawn; without one that of the first totals, else of the first row.
    pub main: Option<Currency>,
}

/// How the parts of rows are drawn, if there are any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drawn {
    /// The rows that come to most.
    #[default]
    Greatest,
    /// All rows, in their order.
    InOrder,
    /// A sum: the first row stands by itself, the last is what it comes to.
    Bridge,
}

impl<'a> Table<'a> {
    pub fn new(columns: Vec<Column>, rows: impl Iterator<Item = Vec<Cell<'a>>> + 'a) -> Self {
        Self {
            title: String::new(),
            columns,
            rows: Box::new(rows),
            totals: Vec::new(),
            notes: Vec::new(),
            drawn: Drawn::default(),
            main: None,
        }
    }

    /// Adds a row of totals: a label, and cells by the names of their columns.
    pub fn add_total(&mut self, label: &'a str, cells: Vec<(&str, Cell<'a>)>) {
        let mut row = vec![Cell::EMPTY; self.columns.len()];
        if let Some(first) = row.first_mut() {
            *first = label.into();
        }
        for (name, cell) in cells {
            let at = self.columns.iter().position(|column| column.name == name);
            if let Some(place) = at.and_then(|at| row.get_mut(at)) {
                *place = cell;
            }
        }
        self.totals.push(row);
    }

    /// What its rows are called in a picture: the last column of words before its parts.
    fn labels(&self) -> Option<usize> {
        let parts = self.columns.iter().position(|column| column.part)?;
        let words = |column: &Column| column.align == Align::Left && column.name != CURRENCY;
        self.columns.iter().take(parts).rposition(words)
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
    /// What JSON and a person who asks for it call it; empty where nobody can.
    pub name: &'static str,
    /// The higher, the sooner it goes where a terminal is too narrow; 0 stays.
    pub spare: u8,
    /// Shown only when it is asked for; JSON has it always.
    pub aside: bool,
    /// Though aside, shown in a file of data: elsewhere the words of another cell tell it.
    pub told: bool,
    /// Whether its amounts are one of the parts that a picture shows, the youngest age first.
    pub part: bool,
}

impl Column {
    pub fn left(header: impl Into<String>) -> Self {
        let (header, align) = (header.into(), Align::Left);
        Self { header, align, name: "", spare: 0, aside: false, told: false, part: false }
    }

    /// A column of amounts or counts.
    pub fn right(header: impl Into<String>) -> Self {
        Self { align: Align::Right, ..Self::left(header) }
    }

    #[must_use]
    pub const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    #[must_use]
    pub const fn spare(mut self, rank: u8) -> Self {
        self.spare = rank;
        self
    }

    #[must_use]
    pub const fn aside(mut self) -> Self {
        self.aside = true;
        self
    }

    #[must_use]
    pub const fn part(mut self) -> Self {
        self.part = true;
        self
    }

    /// Aside, since the words of another cell tell it.
    #[must_use]
    pub const fn told(mut self) -> Self {
        (self.aside, self.told) = (true, true);
        self
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
    /// A day, and what a person reads for it.
    Expected(NaiveDate, String),
    /// What a person reads, and what a program does.
    Both(Cow<'a, str>, Value),
}

impl<'a> Cell<'a> {
    pub const EMPTY: Self = Self::Text(Cow::Borrowed(""));

    /// What a person reads, and what a program does.
    pub fn both(shown: impl Into<Cow<'a, str>>, json: impl Into<Value>) -> Self {
        Self::Both(shown.into(), json.into())
    }

    pub fn amount(minor: i64, currency: Currency) -> Self {
        Self::Amount(minor.into(), currency)
    }

    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) | Self::Both(text, _) if text.is_empty())
    }

    /// The same in ten-thousands.
    fn in_wan(&self) -> Cow<'_, str> {
        match self {
            Self::Amount(0, _) => Cow::Borrowed(""),
            Self::Amount(minor, currency) => money::wan(*minor, *currency).into(),
            Self::Text(_)
            | Self::Number(_)
            | Self::Day(_)
            | Self::Expected(..)
            | Self::Both(..) => self.grouped(),
        }
    }

    /// Harmless text for a person; an amount has its currency's sign.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Amount(minor, currency) => money::with_symbol(*minor, *currency).into(),
            Self::Text(_)
            | Self::Number(_)
            | Self::Day(_)
            | Self::Expected(..)
            | Self::Both(..) => self.grouped(),
        }
    }

    /// Harmless text for a spreadsheet.
    fn plain(&self) -> Cow<'_, str> {
        match self {
            Self::Amount(minor, currency) => money::plain(*minor, *currency).into(),
            Self::Expected(day, _) => day.to_string().into(),
            Self::Text(_) | Self::Number(_) | Self::Day(_) | Self::Both(..) => self.grouped(),
        }
    }

    /// Harmless text for a person: amounts have their thousands separated, and zero is blank.
    fn grouped(&self) -> Cow<'_, str> {
        match self {
            Self::Amount(0, _) => Cow::Borrowed(""),
            Self::Text(text) | Self::Both(text, _) => sanitize::text(text),
            Self::Expected(_, text) => sanitize::text(text),
            Self::Number(number) => number.to_string().into(),
            Self::Amount(minor, currency) => money::format(*minor, *currency).into(),
            Self::Day(day) => day.to_string().into(),
        }
    }
}

/// The currency of the first amount of a row.
fn currency_of(row: &[Cell<'_>]) -> Option<Currency> {
    row.iter().find_map(|cell| match cell {
        Cell::Amount(_, currency) => Some(*currency),
        Cell::Text(_) | Cell::Number(_) | Cell::Day(_) | Cell::Expected(..) | Cell::Both(..) => {
            None
        }
    })
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<Option<NaiveDate>> for Cell<'_> {
    fn from(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::EMPTY, Self::Day)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

/// As a program reads it: what is not known is null.
impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) if text.is_empty() => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Amount(minor, currency) => {
                serializer.serialize_str(&money::plain(*minor, *currency))
            }
            Self::Day(day) | Self::Expected(day, _) => day.serialize(serializer),
            Self::Both(_, value) => value.serialize(serializer),
        }
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
            assert!(said.contains(name) && said.contains(".csv .tsv .json"), "{said}");
        }
    }
}
