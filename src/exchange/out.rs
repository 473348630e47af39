//! Files out: a report as a neutral [`Table`], and its writers. What a cell says is the report's business; that it
//! cannot hurt a terminal, a spreadsheet or a page is ours.

use std::path::Path;

use serde::Serialize;

use crate::error::{Error, Result};

mod csv;
mod file;
mod md;
mod text;

pub use csv::csv;
pub use file::write_file;
pub use md::md;
pub use text::text;

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
    /// On which side its cells stand.
    pub align: Align,
}

impl Column {
    pub fn left(header: impl Into<String>) -> Self {
        Self {
            header: header.into(),
            align: Align::Left,
        }
    }

    /// A column of amounts or counts.
    pub fn right(header: impl Into<String>) -> Self {
        Self {
            header: header.into(),
            align: Align::Right,
        }
    }
}

/// A report as cells. A row shorter than the columns is filled with empty cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// What it is and of which day; a CSV file leaves it out.
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
    /// Totals, one row a currency.
    pub totals: Vec<Vec<String>>,
    /// What to know about it (basis, bucket rule); a CSV file leaves them out.
    pub notes: Vec<String>,
}

impl Table {
    /// The cells of `row`, cleaned, as many as there are columns.
    fn cells(&self, row: &[String]) -> Vec<String> {
        (0..self.columns.len())
            .map(|i| {
                row.get(i)
                    .map_or_else(String::new, |cell| super::sanitize::text(cell))
            })
            .collect()
    }

    fn headers(&self) -> Vec<String> {
        self.columns
            .iter()
            .map(|column| super::sanitize::text(&column.header))
            .collect()
    }
}

/// A value in the contract's JSON: indented, with a line break at its end.
pub fn json<T: Serialize>(value: &T) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Json,
    Md,
    Text,
}

impl Format {
    pub const ALL: &'static [Self] = &[Self::Csv, Self::Json, Self::Md, Self::Text];

    /// The ending of its files, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Md => "md",
            Self::Text => "txt",
        }
    }

    /// The format a file's name asks for, by its ending.
    pub fn of(path: &Path) -> Result<Self> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        Self::ALL
            .iter()
            .copied()
            .find(|format| format.ending().eq_ignore_ascii_case(ending))
            .ok_or_else(|| Error::UnknownEnding {
                name: path.display().to_string(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_chooses_the_format() {
        assert_eq!(Format::of(Path::new("a/b.CSV")).unwrap(), Format::Csv);
        assert_eq!(Format::of(Path::new("周报.txt")).unwrap(), Format::Text);
    }

    #[test]
    fn an_unknown_ending_tells_no_format() {
        for name in ["aging.pdf", "aging"] {
            let refused = Format::of(Path::new(name)).unwrap_err();
            assert!(matches!(refused, Error::UnknownEnding { name: found } if found == name));
        }
    }

    #[test]
    fn json_keeps_amounts_as_text() {
        let value = serde_json::json!({"total": "12.00"});
        assert_eq!(json(&value).unwrap(), "{\n  \"total\": \"12.00\"\n}\n");
    }
}
