//! A list as rows of cells, whatever kind of file it came in: delimited text in any usual encoding, or a workbook
//! (xlsx, xlsb, xls, ods). The contents decide, not the file's name. What a cell means is not known here.
//!
//! Rows are handed out one after the other, so that memory does not follow the file; who needs them more than once
//! keeps them in a [`Spool`](spool::Spool).

use std::borrow::Cow;
use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::error::list::ReadError;

mod delimited;
pub(in crate::exchange) mod encoding;
mod number;
pub mod source;
pub mod spool;
mod workbook;

/// Cells of the largest list read.
const MAX_CELLS: usize = 50_000_000;

/// What a spreadsheet's own limit is; what reaches further right is no list.
const MAX_COLUMNS: usize = 16_384;

/// Bytes of a file, to be read from any place.
pub trait Bytes: Read + Seek {}

impl<T: Read + Seek> Bytes for T {}

/// Bytes from a place on, at most so many.
pub fn part(bytes: &mut dyn Bytes, start: u64, length: u64) -> Result<Vec<u8>, ReadError> {
    let mut part = Vec::new();
    bytes.seek(SeekFrom::Start(start))?;
    bytes.take(length).read_to_end(&mut part)?;
    Ok(part)
}

/// Who is handed the rows, and may break off.
pub type Take<'t> = &'t mut dyn FnMut(&mut Row) -> Result<ControlFlow<()>, ReadError>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'r> {
    /// As written; a number of a workbook in plain decimals.
    Text(&'r str),
    /// A day a workbook knows to be one.
    Date(NaiveDate),
}

impl<'r> Cell<'r> {
    /// Nothing in it but blanks.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// As a person would read it.
    pub fn text(&self) -> Cow<'r, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Date(day) => Cow::Owned(day.to_string()),
        }
    }
}

/// One row with something in it. All its text stands in one piece: a list has a million cells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Row {
    /// Its number as a spreadsheet shows it, from 1.
    pub number: u32,
    text: String,
    cells: Vec<Held>,
}

/// A cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    /// Where its text ends; it begins where the one before ends.
    end: usize,
    /// A day, as its number from the year 1 on.
    day: Option<i32>,
}

impl Row {
    /// Without cells yet.
    fn clear(&mut self, number: u32) {
        self.number = number;
        self.text.clear();
        self.cells.clear();
    }

    /// Adds a cell to the right.
    fn push(&mut self, cell: Cell<'_>) {
        if let Cell::Text(text) = cell {
            self.text.push_str(text);
        }
        let day = match cell {
            Cell::Text(_) => None,
            Cell::Date(day) => Some(day.num_days_from_ce()),
        };
        self.cells.push(Held { end: self.text.len(), day });
    }

    /// Writes a cell at its place, wherever that is.
    pub fn set(&mut self, column: usize, cell: Cell<'_>) {
        if column < self.width() {
            let old = std::mem::take(self);
            self.number = old.number;
            for (at, old) in old.cells().enumerate() {
                self.push(if at == column { cell } else { old });
            }
            return;
        }
        while self.width() < column {
            self.push(Cell::Text(""));
        }
        self.push(cell);
    }

    fn at(&self, column: usize) -> Option<Cell<'_>> {
        let held = self.cells.get(column)?;
        if let Some(day) = held.day {
            return NaiveDate::from_num_days_from_ce_opt(day).map(Cell::Date);
        }
        let before = column.checked_sub(1).and_then(|column| self.cells.get(column));
        let start = before.map_or(0, |before| before.end);
        self.text.get(start..held.end).map(Cell::Text)
    }

    /// How many columns it reaches over.
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// Its cells from the first column on.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        (0..self.width()).filter_map(|column| self.at(column))
    }

    /// The cell in this column, if the row reaches that far and something is in it.
    pub fn cell(&self, column: usize) -> Option<Cell<'_>> {
        self.at(column).filter(|cell| !cell.is_blank())
    }

    /// Whether nothing is in it.
    pub fn is_blank(&self) -> bool {
        self.cells().all(|cell| cell.is_blank())
    }

    /// Whether another row says the same.
    pub fn repeats(&self, other: &Self) -> bool {
        self.text == other.text && self.cells == other.cells
    }
}

/// A cell of a workbook that reaches over several rows; its value stands in the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// Column, from 0.
    pub column: usize,
    /// Number of the first row.
    pub first: u32,
    /// Number of the last row.
    pub last: u32,
}

#[derive(Debug)]
pub enum Document {
    Text(delimited::Text),
    Workbook(workbook::Workbook),
}

impl Document {
    /// Opens a file by its contents. `encoding` is the label of a text's encoding where it is known.
    pub fn open(mut bytes: Box<dyn Bytes>, encoding: Option<&str>) -> Result<Self, ReadError> {
        match workbook::Kind::of(&mut bytes)? {
            Some(kind) => workbook::Workbook::open(kind, bytes).map(Self::Workbook),
            None => delimited::Text::open(bytes, encoding).map(Self::Text),
        }
    }

    /// Names of its sheets, in their order; a text has none.
    pub fn sheets(&self) -> Vec<String> {
        match self {
            Self::Text(_) => Vec::new(),
            Self::Workbook(book) => book.sheets(),
        }
    }

    /// Hands out the rows of a sheet that have something in them, by number.
    pub fn rows(&mut self, sheet: &str, take: Take<'_>) -> Result<(), ReadError> {
        let mut size = 0;
        let mut counted = |row: &mut Row| {
            size += row.width();
            if size > MAX_CELLS {
                return Err(ReadError::TooManyCells { limit: MAX_CELLS });
            }
            if row.is_blank() { Ok(ControlFlow::Continue(())) } else { take(row) }
        };
        match self {
            Self::Text(text) => text.rows(&mut counted),
            Self::Workbook(book) => book.rows(sheet, &mut counted),
        }
    }

    /// Cells of a sheet that reach over several rows, by the first of them.
    pub fn merged(&mut self, sheet: &str) -> Result<Vec<Merged>, ReadError> {
        match self {
            Self::Text(_) => Ok(Vec::new()),
            Self::Workbook(book) => book.merged(sheet),
        }
    }
}

#[cfg(test)]
mod tests;
