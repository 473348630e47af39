//! What can be wrong with a list, a cell of it, or how it is to be read, and what is worth telling about a list that
//! was read. `text` words each in zh and en, with the way out.

use chrono::NaiveDate;
use iso_currency::Currency;
use serde::Serialize;
use thiserror::Error;

use super::field::{DateOrder, PlanField};
use crate::domain::due::RuleError;
use crate::domain::money::AmountError;

/// A cell that could not be read. Its row is not among the rows read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellError {
    /// Record number in the file, preamble and header counted, from 1.
    pub row: u32,
    /// The column's header as it stands in the file; the field's name where the file has no such column.
    pub column: String,
    /// The cell as it stands there, cleaned and shortened.
    pub value: String,
    #[serde(skip)]
    pub why: CellProblem,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CellProblem {
    /// A cell that must not be empty.
    #[error("the cell is empty")]
    Missing,
    /// Not a day of the calendar, or not in the order of the file's dates.
    #[error("not a date in the order {}", .0.code())]
    Date(DateOrder),
    /// A year of two digits, without a word about the order.
    #[error("a year of two digits")]
    TwoDigitYear,
    /// Neither a date nor a due rule.
    #[error("neither a date nor a due rule: {0}")]
    Due(RuleError),
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// An amount that must be above 0.
    #[error("not above 0")]
    NotPositive,
    /// An amount that must not be below 0.
    #[error("below 0")]
    Negative,
    /// Not a share between 0 and 100 %.
    #[error("not a percentage above 0 and up to 100")]
    Percent,
    /// A share of the contract amount that is no whole number of minor units.
    #[error("the share is no whole number of minor units")]
    PercentInexact,
    /// No currency known by this word.
    #[error("no such currency")]
    Currency,
    #[error("neither yes nor no")]
    YesNo,
    /// Longer than a cell of its kind may be.
    #[error("longer than {limit} characters")]
    TooLong { limit: usize },
    /// What a spreadsheet shows in place of a value: `#N/A`, `#REF!`, `####`.
    #[error("the spreadsheet had no value to show")]
    SheetError,
}

/// An example of a date that shows in which order a file's dates stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateExample {
    /// As it stands in the file.
    pub value: String,
    pub row: u32,
    pub column: String,
}

/// Why a list cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The file could not be opened or read.
    #[error("{message}")]
    Io {
        kind: std::io::ErrorKind,
        /// As the system words it.
        message: String,
    },
    #[error("the file is empty")]
    Empty,
    #[error("more than {megabytes} MB")]
    TooLarge { megabytes: u64 },
    /// A sheet that claims more cells than any list has.
    #[error("more than {limit} cells")]
    TooManyCells { limit: usize },
    /// Neither text nor a workbook.
    #[error("neither text nor a workbook")]
    NotAList,
    /// A web page with the name of a workbook, as some systems export it.
    #[error("a web page, not a workbook")]
    WebPage,
    /// A workbook that is damaged.
    #[error("not a readable workbook: {0}")]
    Workbook(String),
    /// A workbook under a password.
    #[error("the workbook is protected by a password")]
    Password,
    #[error("no such encoding: {0}")]
    UnknownEncoding(String),
    /// Bytes that are no text in the encoding.
    #[error("line {line} is not {encoding}")]
    Undecodable {
        encoding: &'static str,
        /// Line of the file, from 1.
        line: usize,
    },
    /// A quoted cell without its closing quote.
    #[error("the quote opened in row {row} is never closed")]
    UnclosedQuote { row: u32 },
    /// No sheet of this name or number.
    #[error("no sheet {wanted}")]
    UnknownSheet { wanted: String, known: Vec<String> },
    /// A mapping without `=`.
    #[error("not field=Header: {0}")]
    BadMapping(String),
    /// A mapping for a column no list has.
    #[error("no such field: {0}")]
    UnknownField(String),
    /// Two mappings for one column.
    #[error("{} is mapped twice", .0.code())]
    MappedTwice(PlanField),
    /// A mapping to a header that is not in the file.
    #[error("no column {header}")]
    UnknownHeader { header: String, known: Vec<String> },
    /// Two columns that could both be meant.
    #[error("two columns for {}: {}", field.code(), headers.join(", "))]
    TwoColumns {
        field: PlanField,
        /// Their headers, each with its column letter.
        headers: Vec<String>,
    },
    /// No row of the file is a header with the columns a list must have.
    #[error("no header found")]
    NoHeader {
        /// What is missing in the likeliest row: one of each group.
        missing: Vec<&'static [PlanField]>,
        seen: Vec<String>,
    },
    /// A header, and nothing below it.
    #[error("no rows below the header")]
    NoRows,
    /// Every date of the file fits two orders.
    #[error("{} in row {} is {as_mdy} or {as_dmy}", example.value, example.row)]
    AmbiguousDates {
        /// A date on which the orders differ.
        example: DateExample,
        /// What it is, month first.
        as_mdy: NaiveDate,
        /// What it is, day first.
        as_dmy: NaiveDate,
    },
    /// As many dates fit only one order as fit only the other.
    #[error("the dates stand in two orders: {} and {}", mdy.value, dmy.value)]
    MixedDates {
        /// A date that has its month first.
        mdy: DateExample,
        /// A date that has its day first.
        dmy: DateExample,
    },
}

/// What is worth telling about a list that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    Encoding(&'static str),
    /// Taken from this sheet of a workbook.
    Sheet(String),
    /// Which column was read as what, with its header.
    Mapped(Vec<(PlanField, String)>),
    /// Headers of the columns that were not read.
    Ignored(Vec<String>),
    /// The order its dates stand in.
    Dates(DateOrder),
    /// Rows left out because they are totals.
    Totals(Vec<u32>),
    /// Rows below the list that are no part of it.
    Footer(Vec<u32>),
    /// Stages nobody knows, read as "other".
    UnknownStages(Vec<String>),
    /// The currency of the rows that name none.
    Currency(Currency),
}
