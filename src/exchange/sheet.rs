//! A list as a grid of cells, whatever kind of file it came in: delimited text in any usual encoding, or a workbook
//! (xlsx, xlsb, xls, ods). The contents decide, not the file's name. What a cell means is not known here.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::error::list::ReadError;

mod delimited;
mod encoding;
mod number;
mod workbook;

/// Bytes of the largest file read; a list of a hundred thousand rows has a tenth of it.
pub(super) const MAX_BYTES: u64 = 256 * 1_048_576;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// As written; a number of a workbook in plain decimals.
    Text(String),
    /// A day a workbook knows to be one.
    Date(NaiveDate),
}

impl Cell {
    /// Nothing in it but blanks.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// As a person would read it.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Date(day) => Cow::Owned(day.to_string()),
        }
    }
}

/// One row with something in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number as a spreadsheet shows it, from 1.
    pub number: u32,
    /// Its cells from the first column on.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell in this column, if the row reaches that far and something is in it.
    pub fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.get(column).filter(|cell| !cell.is_blank())
    }

    /// Whether nothing is in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
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

/// The rows of one sheet, blank ones left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// The rows, by number.
    pub rows: Vec<Row>,
    pub merged: Vec<Merged>,
}

#[derive(Debug)]
pub enum Document {
    Text {
        grid: Grid,
        /// What it was decoded from.
        encoding: &'static str,
    },
    Workbook(workbook::Workbook),
}

impl Document {
    /// Opens a file by its contents. `encoding` is the label of a text's encoding where it is known.
    pub fn open(bytes: Vec<u8>, encoding: Option<&str>) -> Result<Self, ReadError> {
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_BYTES {
            return Err(ReadError::TooLarge { megabytes: MAX_BYTES / 1_048_576 });
        }
        match workbook::Kind::of(&bytes) {
            Some(kind) => workbook::Workbook::open(kind, bytes).map(Self::Workbook),
            None => Self::text(&bytes, encoding),
        }
    }

    fn text(bytes: &[u8], encoding: Option<&str>) -> Result<Self, ReadError> {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(ReadError::Empty);
        }
        let (text, encoding) = encoding::decode(bytes, encoding)?;
        let start = text.trim_start();
        if starts_like(start, &["<html", "<!doctype html", "<table", "<?xml"]) {
            return Err(ReadError::WebPage);
        }
        if text.contains('\0') || start.starts_with("%PDF-") {
            return Err(ReadError::NotAList);
        }
        Ok(Self::Text { grid: delimited::grid(&text)?, encoding })
    }

    /// Names of its sheets, in their order; a text has none.
    pub fn sheets(&self) -> Vec<String> {
        match self {
            Self::Text { .. } => Vec::new(),
            Self::Workbook(book) => book.sheets(),
        }
    }

    /// Reads a sheet by name.
    pub fn grid(&mut self, sheet: &str) -> Result<Grid, ReadError> {
        match self {
            Self::Text { grid, .. } => Ok(std::mem::take(grid)),
            Self::Workbook(book) => book.grid(sheet),
        }
    }
}

fn starts_like(text: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| {
        text.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
    })
}

#[cfg(test)]
mod tests;
