//! A plan list (one row a milestone) read into typed rows, with an error for each bad cell. Header names in either
//! language or mapped, lines around the list recognised, all dates in one order; nothing is guessed silently: what was
//! concluded stands in the notes.

use std::io::Read as _;
use std::path::Path;

use iso_currency::Currency;
use sha2::{Digest, Sha256};

use self::header::Header;
use self::mapping::Mapping;
use super::sheet::{self, Document, Grid};
use crate::domain::plan::PlanRow;
use crate::domain::plan::field::{DateOrder, PlanField};
use crate::error::list::{CellError, Note, ReadError};

mod amounts;
mod columns;
mod dates;
mod header;
mod lines;
mod mapping;
mod rows;
mod template;
mod units;
mod words;

pub use template::template;

/// How a list is to be read, where the list itself does not tell.
#[derive(Debug, Clone, Default)]
pub struct PlanOptions {
    /// `field=Header`, each winning over what the header would be taken for.
    pub map: Vec<String>,
    /// Order of the parts of its dates.
    pub date_order: Option<DateOrder>,
    /// Currency of rows that name none; else what the amount's header names, else CNY.
    pub currency: Option<Currency>,
    /// Label of a text's encoding (`gbk`, `windows-1252`).
    pub encoding: Option<String>,
    /// Sheet of a workbook by name, or by number from 1; else the first that has a header.
    pub sheet: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRead {
    /// File name without its folder.
    pub file: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// Rows of the list, good and bad; totals and lines around the list are none.
    pub total: usize,
    pub rows: Vec<PlanRow>,
    /// Whether it has a column for invoices.
    pub bills: bool,
    /// What is wrong with the others, in the order of the file.
    pub errors: Vec<CellError>,
    /// What is worth telling about the file.
    pub notes: Vec<Note>,
}

/// Called with rows done and rows in all.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize);

pub fn read(
    path: &Path,
    options: &PlanOptions,
    progress: Progress<'_>,
) -> Result<PlanRead, ReadError> {
    let failed =
        |error: std::io::Error| ReadError::Io { kind: error.kind(), message: error.to_string() };
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        // A byte more than is taken tells a large file from one that has no end, like /dev/zero.
        .and_then(|file| file.take(sheet::MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    read_bytes(&name.to_string_lossy(), bytes, options, progress)
}

/// Reads a file that is in memory already; `file` is its name.
pub fn read_bytes(
    file: &str,
    bytes: Vec<u8>,
    options: &PlanOptions,
    progress: Progress<'_>,
) -> Result<PlanRead, ReadError> {
    let mapping = Mapping::parse(&options.map)?;
    let sha256 = hex(&Sha256::digest(&bytes));
    let document = Document::open(bytes, options.encoding.as_deref())?;
    let mut found = find(document, &mapping, options.sheet.as_deref())?;
    let mut notes = std::mem::take(&mut found.notes);
    notes.push(Note::Mapped(found.header.mapped()));
    if !found.header.ignored.is_empty() {
        notes.push(Note::Ignored(found.header.ignored.clone()));
    }
    lines::fill_merged(&mut found.grid, &found.header);
    let lines = lines::sort(&found.grid, &found.header);
    if lines.data.is_empty() {
        return Err(ReadError::NoRows);
    }
    for (rows, note) in
        [(lines.totals, Note::Totals as fn(Vec<u32>) -> Note), (lines.footer, Note::Footer)]
    {
        if !rows.is_empty() {
            notes.push(note(rows));
        }
    }
    let dates = dates::Dates::of(&lines.data, &found.header, options.date_order)?;
    let typed = rows::read(&lines.data, &found.header, dates, options.currency, progress);
    notes.extend(typed.notes);
    Ok(PlanRead {
        file: super::sanitize::text(file).into_owned(),
        sha256,
        total: lines.data.len(),
        bills: [PlanField::InvoiceNo, PlanField::InvoicedOn]
            .into_iter()
            .any(|field| found.header.column(field).is_some()),
        rows: typed.rows,
        errors: typed.errors,
        notes,
    })
}

struct Found {
    grid: Grid,
    header: Header,
    notes: Vec<Note>,
}

/// The sheet asked for, else the first with a header.
fn find(
    mut document: Document,
    mapping: &Mapping,
    wanted: Option<&str>,
) -> Result<Found, ReadError> {
    let sheets = document.sheets();
    if let Document::Text { grid, encoding } = document {
        if let Some(wanted) = wanted {
            return Err(unknown_sheet(wanted, sheets));
        }
        let header = Header::find(&grid, mapping).map_err(|miss| miss.error)?;
        let notes = vec![Note::Encoding(encoding)];
        return Ok(Found { grid, header, notes });
    }
    let candidates = match wanted {
        Some(wanted) => {
            vec![pick(&sheets, wanted).ok_or_else(|| unknown_sheet(wanted, sheets.clone()))?]
        }
        None => sheets.iter().collect(),
    };
    let mut best: Option<header::Miss> = None;
    for sheet in candidates {
        let grid = document.grid(sheet)?;
        if grid.rows.is_empty() {
            continue;
        }
        match Header::find(&grid, mapping) {
            Ok(header) => {
                let notes = vec![Note::Sheet(super::sanitize::text(sheet).into_owned())];
                return Ok(Found { grid, header, notes });
            }
            Err(miss) => {
                if best.as_ref().is_none_or(|best| miss.score > best.score) {
                    best = Some(miss);
                }
            }
        }
    }
    Err(best.map_or(ReadError::Empty, |miss| miss.error))
}

fn pick<'a>(sheets: &'a [String], wanted: &str) -> Option<&'a String> {
    let named = |sheet: &&String| sheet.trim() == wanted.trim();
    sheets.iter().find(named).or_else(|| {
        let number: usize = wanted.trim().parse().ok()?;
        sheets.get(number.checked_sub(1)?)
    })
}

fn unknown_sheet(wanted: &str, known: Vec<String>) -> ReadError {
    ReadError::UnknownSheet { wanted: wanted.to_owned(), known }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests;
