//! Lists of customers, payments and invoices, one row each, read into entries with an error for each bad cell. Headers,
//! days, amounts and words are read as in a plan list. All entries of a list are held, so that rows of one invoice can
//! come together; a list that would take too much is refused.

use std::ops::ControlFlow;
use std::path::Path;

use iso_currency::Currency;

use self::header::{Header, Mapping, Miss};
use self::rows::Reader;
use super::plan::dates::Votes;
use super::plan::header::Column;
use super::plan::units::Unit;
use super::plan::words::is_total;
use super::plan::{candidates, top};
use super::sheet::spool::Filling;
use super::sheet::{Bytes, Document, Row, source};
use crate::domain::plan::field::DateOrder;
use crate::domain::register::{Entries, Register, RegisterField};
use crate::error::list::{CellError, Note, ReadError};
use crate::error::register::RegisterError;

mod columns;
mod header;
mod rows;
mod words;

/// How a list is to be read, where it does not tell.
#[derive(Debug, Clone, Default)]
pub struct RegisterOptions {
    /// `field=Header`, each winning over what the header would be taken for.
    pub map: Vec<String>,
    pub date_order: Option<DateOrder>,
    /// Currency of rows that name none; else what the amount's header names, else CNY.
    pub currency: Option<Currency>,
    /// Label of a text's encoding.
    pub encoding: Option<String>,
    /// Sheet of a workbook by name, or by number from 1.
    pub sheet: Option<String>,
}

/// A list that was read.
#[derive(Debug)]
pub struct RegisterList {
    /// File name without its folder.
    pub file: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// Rows of the list, good and bad.
    pub total: usize,
    pub entries: Entries,
    pub bad_cells: usize,
    /// The first bad cells, in the order of the file.
    pub errors: Vec<CellError>,
    /// Which column was read as what, with its header.
    pub columns: Vec<(RegisterField, String)>,
    /// What is worth telling about the file.
    pub notes: Vec<Note>,
}

pub fn read(
    path: &Path,
    of: Register,
    options: &RegisterOptions,
) -> Result<RegisterList, RegisterError> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    read_bytes(&name.to_string_lossy(), source::open(path)?, of, options)
}

fn read_bytes(
    file: &str,
    mut bytes: Box<dyn Bytes>,
    of: Register,
    options: &RegisterOptions,
) -> Result<RegisterList, RegisterError> {
    let mapping = Mapping::parse(&options.map, of)?;
    let sha256 = source::sha256(&mut *bytes)?;
    let mut document = Document::open(bytes, options.encoding.as_deref())?;
    let Found { sheet, header, unit } =
        find(&mut document, of, &mapping, options.sheet.as_deref())?;
    let mut notes = vec![match &document {
        Document::Text(text) => Note::Encoding(text.encoding()),
        Document::Workbook(_) => Note::Sheet(super::sanitize::text(&sheet).into_owned()),
    }];
    let is_date = |field: &RegisterField| field.is_date();
    let dated = header.columns().iter().filter(|(field, _)| is_date(field));
    let dated: Vec<Column> = dated.map(|(_, column)| column.clone()).collect();
    let mut votes = Votes::over(dated.iter().collect());
    let (mut filling, mut totals) = (Filling::new(), Vec::new());
    document.rows(&sheet, &mut |row| {
        if row.number <= header.row.number || row.repeats(&header.row) {
        } else if is_sum(row) {
            totals.push(row.number);
        } else {
            votes.row(row);
            filling.push(row)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    drop(document);
    let dates = votes.decide(options.date_order)?;
    let named = header.column(RegisterField::Amount).and_then(|column| column.unit?.currency);
    let currency = options.currency.or(named).or(unit.currency).unwrap_or(Currency::CNY);
    let columns = header.columns().iter().map(|(field, column)| (*field, column.name.clone()));
    let columns = columns.collect();
    if !header.ignored.is_empty() {
        notes.push(Note::Ignored(header.ignored.clone()));
    }
    if dates.used {
        notes.push(Note::Dates(dates.order));
    }
    if !totals.is_empty() {
        notes.push(Note::Totals(totals));
    }
    let has = |field| header.column(field).is_some();
    if has(RegisterField::Amount) && !has(RegisterField::Currency) {
        notes.push(Note::Currency(currency));
    }
    let mut reader = Reader::new(header, dates, currency, unit);
    let (mut total, mut read) = (0, Ok(()));
    filling.finish()?.each(|row| {
        total += 1;
        read = reader.row(row);
        if read.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    read?;
    if total == 0 {
        return Err(ReadError::NoRows.into());
    }
    let Reader { entries, bad_cells, errors, .. } = reader;
    let file = super::sanitize::text(file).into_owned();
    Ok(RegisterList { file, sha256, total, entries, bad_cells, errors, columns, notes })
}

/// Whether a row is a sum of others: its first cell says so.
fn is_sum(row: &Row) -> bool {
    row.cells().find(|cell| !cell.is_blank()).is_some_and(|cell| is_total(&cell.text()))
}

/// Where a list stands.
struct Found {
    sheet: String,
    header: Header,
    /// What a line above the header says amounts are counted in.
    unit: Unit,
}

/// The sheet asked for, else the first with a header.
fn find(
    document: &mut Document,
    of: Register,
    mapping: &Mapping,
    wanted: Option<&str>,
) -> Result<Found, RegisterError> {
    let mut best: Option<Miss> = None;
    for sheet in candidates(document, wanted)? {
        let top = top(document, &sheet)?;
        match Header::find(&top, of, mapping) {
            Ok(header) => {
                let mut titles = top.iter().take_while(|row| row.number < header.row.number);
                let unit = titles.find_map(|row| row.cells().find_map(|c| Unit::told(&c.text())));
                return Ok(Found { sheet, header, unit: unit.unwrap_or_default() });
            }
            Err(miss) => best = Some(miss.or(best)),
        }
    }
    Err(best.map_or(ReadError::Empty.into(), |miss| miss.error))
}

#[cfg(test)]
mod tests;
