//! What can be wrong with a list, a cell of it, or how it is to be read, and what is worth telling about a list that
//! was read. `text` words each in zh and en, with the way out.

use chrono::NaiveDate;
use iso_currency::Currency;
use serde::Serialize;

use crate::domain::due::RuleError;
use crate::domain::money::AmountError;
use crate::domain::plan::field::{DateOrder, PlanField};

use super::{ErrorKind, from};

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellProblem {
    /// A cell that must not be empty.
    Missing,
    /// Not a day of the calendar, or not in the order of the file's dates.
    Date(DateOrder),
    /// A year of two digits, without a word about the order.
    TwoDigitYear,
    /// Neither a date nor a due rule.
    Due(RuleError),
    Amount(AmountError),
    /// An amount that must be above 0.
    NotPositive,
    /// An amount that must not be below 0.
    Negative,
    /// More is open than the amount.
    OpenAboveAmount,
    /// Not a share between 0 and 100 %.
    Percent,
    /// A share of the contract amount that is no whole number of minor units.
    PercentInexact,
    /// No currency known by this word.
    Currency,
    YesNo,
    /// No method of payment known by this word.
    Method,
    /// No kind of bill of exchange known by this word, or not the one its method says.
    BillKind,
    BillForm,
    /// Something is said of a bill of exchange, and the method is none.
    NoBill,
    /// No kind of invoice known by this word.
    InvoiceKind,
    /// Not a share below 100 %.
    TaxRate,
    Grade,
    /// Not a number of days.
    Days,
    /// Another value than in the row before of the same invoice.
    UnlikeRow(u32),
    /// Longer than a cell of its kind may be.
    TooLong {
        limit: usize,
    },
    /// What a spreadsheet shows in place of a value: `#N/A`, `#REF!`, `####`.
    SheetError,
}

from!(CellProblem: Amount(AmountError));

/// An example of a date that shows in which order a file's dates stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateExample {
    /// As it stands in the file.
    pub value: String,
    pub row: u32,
    pub column: String,
}

/// Why a list cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The file could not be opened or read.
    Io {
        kind: std::io::ErrorKind,
        /// As the system words it.
        message: String,
    },
    Empty,
    TooLarge {
        megabytes: u64,
    },
    /// A sheet that claims more cells than any list has.
    TooManyCells {
        limit: usize,
    },
    /// A small workbook that holds more than any list does.
    UnpacksTooLarge {
        megabytes: u64,
    },
    /// A row with more cells or text than any list has.
    RowTooLong {
        row: u32,
    },
    /// Rows read could not be kept for a second reading, as the system words it.
    NoRoom(String),
    /// Neither text nor a workbook.
    NotAList,
    /// A web page with the name of a workbook, as some systems export it.
    WebPage,
    /// Data for a program, with the name of a list.
    Json,
    /// A workbook that is damaged, as its reader words it.
    Workbook(String),
    /// A workbook whose parts contradict each other.
    Damaged,
    /// A workbook under a password.
    Password,
    UnknownEncoding(String),
    /// Bytes that are text in two encodings, and read differently.
    AmbiguousEncoding {
        /// Each with how the first line that differs reads in it.
        readings: [(&'static str, String); 2],
        /// Line of the file, from 1.
        line: usize,
    },
    /// Lines in UTF-8 among lines that are not.
    MixedEncodings {
        /// The first line that is, from 1.
        line: usize,
    },
    /// Bytes that are no text in the encoding.
    Undecodable {
        encoding: &'static str,
        /// Line of the file, from 1.
        line: usize,
    },
    /// A quoted cell without its closing quote.
    UnclosedQuote {
        row: u32,
    },
    /// No sheet of this name or number.
    UnknownSheet {
        wanted: String,
        known: Vec<String>,
    },
    /// A mapping without `=`.
    BadMapping(String),
    /// A mapping for a column no list has.
    UnknownField(String),
    /// Two mappings for one column.
    MappedTwice(PlanField),
    /// A mapping to a header that is not in the file.
    UnknownHeader {
        header: String,
        known: Vec<String>,
    },
    /// Two columns that could both be meant.
    TwoColumns {
        field: PlanField,
        /// Their headers, each with its column letter.
        headers: Vec<String>,
    },
    /// No row of the file is a header with the columns a list must have.
    NoHeader {
        /// What is missing in the likeliest row: one of each group.
        missing: Vec<&'static [PlanField]>,
        seen: Vec<String>,
    },
    /// A header, and nothing below it.
    NoRows,
    /// A unit nobody knows.
    UnknownUnit(String),
    /// Amounts in 万 beside small bare numbers: an example of each, with its row.
    OpenUnit {
        bare: (u32, String),
        scaled: (u32, String),
    },
    /// Every date of the file fits two orders.
    AmbiguousDates {
        /// A date on which the orders differ.
        example: DateExample,
        /// What it is, month first.
        as_mdy: NaiveDate,
        /// What it is, day first.
        as_dmy: NaiveDate,
    },
    /// As many dates fit only one order as fit only the other.
    MixedDates {
        /// A date that has its month first.
        mdy: DateExample,
        /// A date that has its day first.
        dmy: DateExample,
    },
}

impl ReadError {
    /// A flag that does not fit the file is the caller's to fix; the rest is the file's.
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::UnknownEncoding(_)
            | Self::UnknownUnit(_)
            | Self::UnknownSheet { .. }
            | Self::BadMapping(_)
            | Self::UnknownField(_)
            | Self::MappedTwice(_)
            | Self::UnknownHeader { .. } => ErrorKind::Input,
            Self::Io { .. }
            | Self::Empty
            | Self::TooLarge { .. }
            | Self::TooManyCells { .. }
            | Self::UnpacksTooLarge { .. }
            | Self::RowTooLong { .. }
            | Self::Json
            | Self::NotAList
            | Self::WebPage
            | Self::Workbook(_)
            | Self::Damaged
            | Self::Password
            | Self::Undecodable { .. }
            | Self::AmbiguousEncoding { .. }
            | Self::MixedEncodings { .. }
            | Self::UnclosedQuote { .. }
            | Self::TwoColumns { .. }
            | Self::NoHeader { .. }
            | Self::NoRows
            | Self::OpenUnit { .. }
            | Self::AmbiguousDates { .. }
            | Self::MixedDates { .. } => ErrorKind::Data,
            Self::NoRoom(_) => ErrorKind::Environment,
        }
    }
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        Self::Io { kind: error.kind(), message: error.to_string() }
    }
}

/// A total that a list names, beside what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalRow {
    pub row: u32,
    /// Header of the column.
    pub column: String,
    pub currency: Currency,
    /// Minor units.
    pub listed: i64,
    pub read: i64,
}

/// What is worth telling about a list that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    Encoding(&'static str),
    /// Taken from this sheet of a workbook.
    Sheet(String),
    /// The layout it was read by.
    Layout(String),
    /// Rows that its layout leaves out.
    LeftOut(Vec<u32>),
    /// Which column was read as what, with its header.
    Mapped(Vec<(PlanField, String)>),
    /// The list has one row a project: its stages, each with the columns read as its fields.
    Stages(Vec<(String, Vec<(PlanField, String)>)>),
    /// Rows of such a list that have no stage with an amount.
    WithoutStage(Vec<u32>),
    /// Headers of the columns that were not read.
    Ignored(Vec<String>),
    /// The order its dates stand in.
    Dates(DateOrder),
    /// Rows left out because they are totals.
    Totals(Vec<u32>),
    /// A total of the list is what was read.
    TotalAgrees(TotalRow),
    /// A total of the list is another than what was read.
    TotalDiffers(TotalRow),
    /// Rows below the list that are no part of it.
    Footer(Vec<u32>),
    /// Stages nobody knows, read as "other".
    UnknownStages(Vec<String>),
    /// Payment conditions that tell no due rule, of rows that have none.
    Conditions(Vec<String>),
    /// The currency of the rows that name none.
    Currency(Currency),
    /// The day of money whose row names none, as a row above the header says.
    PaidOn {
        day: NaiveDate,
        row: u32,
    },
    /// What amounts are counted in whose header does not say.
    Unit {
        unit: String,
        /// The row that says so; none if the person did.
        row: Option<u32>,
    },
}
