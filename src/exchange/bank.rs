//! Bank statements: what banks and wallets export as tables, and the formats banks exchange (camt.053, MT940, OFX),
//! read into lines that the ledger can take in. The contents decide what a file is. What a statement says of itself
//! (totals, balances) is held against its lines; where they differ both numbers are told, and the lines are taken.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::path::Path;

use iso_currency::Currency;

use self::checks::Collector;
use self::profile::Profile;
use super::sheet::spool::Spool;
use super::sheet::{self, Bytes, source};
use crate::domain::bank::{StatementLine, StatementSum};
use crate::domain::money::{self, AmountError, Grouping};
use crate::domain::plan::field::DateOrder;
use crate::error::bank::{StatementError, StatementNote};
use crate::error::{Error, Result as Written};
use crate::store::StatementRows;

mod camt;
mod checks;
pub mod list;
mod marks;
mod mt940;
mod ofx;
mod profile;
mod table;

pub use profile::profiles;

/// How a statement is to be read, where it does not tell by itself.
#[derive(Debug, Clone, Default)]
pub struct StatementOptions {
    /// Name of the profile; else the one whose headers are there.
    pub profile: Option<String>,
    /// Our account; else what the statement names.
    pub account: Option<String>,
    /// Year of the first row, where days have none.
    pub year: Option<i32>,
    pub date_order: Option<DateOrder>,
    /// Currency of rows that name none; else CNY.
    pub currency: Option<Currency>,
    pub encoding: Option<String>,
    pub sheet: Option<String>,
}

/// A statement that was read, and can hand out its lines.
#[derive(Debug)]
pub struct Statement {
    /// File name without its folder.
    pub file: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    pub sums: Vec<StatementSum>,
    pub notes: Vec<StatementNote>,
    pub lines: StatementLines,
}

/// Lines of a statement.
#[derive(Debug)]
pub struct StatementLines {
    file: String,
    count: usize,
    spool: RefCell<Spool>,
}

impl StatementRows for StatementLines {
    fn count(&self) -> usize {
        self.count
    }

    fn each(&self, take: &mut dyn FnMut(StatementLine) -> Written<()>) -> Written<()> {
        let mut taken = Ok(());
        let read = self.spool.borrow_mut().each(|row| {
            taken = match checks::unpacked(row) {
                Some(line) => take(line),
                None => Err(Error::Bug("a line of a statement that was not kept")),
            };
            if taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        read.map_err(|why| failed(&self.file, why.into()))?;
        taken
    }
}

/// The error of a file.
pub fn failed(file: &str, why: StatementError) -> Error {
    Error::Statement { file: file.to_owned(), why: Box::new(why) }
}

pub fn read(
    path: &Path,
    options: &StatementOptions,
    profiles: &[Profile],
) -> Result<Statement, StatementError> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    read_bytes(&name.to_string_lossy(), source::open(path)?, options, profiles)
}

fn read_bytes(
    file: &str,
    mut bytes: Box<dyn Bytes>,
    options: &StatementOptions,
    profiles: &[Profile],
) -> Result<Statement, StatementError> {
    let sha256 = source::sha256(&mut *bytes)?;
    let mut into = Collector::new();
    match Format::of(&mut *bytes)? {
        Format::Table => table::read(bytes, options, profiles, &mut into)?,
        Format::Camt => camt::read(&mut *bytes, options, &mut into)?,
        Format::Mt940 => mt940::read(&mut *bytes, options, &mut into)?,
        Format::Ofx => ofx::read(&mut *bytes, options, &mut into)?,
    }
    let (spool, count, sums, notes) = into.finish()?;
    let file = super::sanitize::text(file).into_owned();
    if count == 0 {
        return Err(StatementError::NoLines);
    }
    let lines = StatementLines { file: file.clone(), count, spool: RefCell::new(spool) };
    Ok(Statement { file, sha256, sums, notes, lines })
}

/// What kind of file a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Table,
    Camt,
    Mt940,
    Ofx,
}

/// Bytes looked at to tell one from another.
const HEAD: u64 = 4_096;

impl Format {
    fn of(bytes: &mut dyn Bytes) -> Result<Self, StatementError> {
        let head = sheet::part(bytes, 0, HEAD)?;
        bytes.rewind().map_err(crate::error::list::ReadError::from)?;
        let head = String::from_utf8_lossy(&head);
        let start = head.trim_start_matches('\u{feff}').trim_start();
        Ok(if start.starts_with('<') && head.contains("BkToCstmr") {
            Self::Camt
        } else if start.starts_with("OFXHEADER") || start.starts_with('<') && head.contains("OFX") {
            Self::Ofx
        } else if head.lines().any(|line| line.starts_with(":61:") || line.starts_with(":60F:")) {
            Self::Mt940
        } else {
            Self::Table
        })
    }
}

/// An amount whose last separator stands before one or two digits is clear; for the others it is `grouping` that counts.
fn amount(text: &str, currency: Currency, grouping: Grouping) -> Result<i64, AmountError> {
    let text = text.trim().trim_end_matches([',', '.']);
    money::parse_grouped(text, currency, grouping_of(text).unwrap_or(grouping))
}

/// How a clear amount is grouped.
fn grouping_of(text: &str) -> Option<Grouping> {
    let text = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let at = text.rfind([',', '.'])?;
    let (before, behind) = text.split_at(at);
    if !matches!(behind.len(), 2 | 3) || !before.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(if behind.starts_with(',') { Grouping::Point } else { Grouping::Comma })
}

#[cfg(test)]
mod tests;
