//! What can be wrong with a bank statement, and what is worth telling about one that was read. `text` words each in zh
//! and en, with the way out.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::list::{CellProblem, ReadError};
use super::{ErrorKind, from};

/// Why a statement cannot be read. Nothing of it goes in then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatementError {
    Read(ReadError),
    /// A profile nobody knows.
    UnknownProfile {
        wanted: String,
        known: Vec<String>,
    },
    /// No row of the file is a header that a profile knows.
    NoHeader {
        /// Headers of the likeliest row.
        seen: Vec<String>,
    },
    /// Nothing moved in its time.
    NoLines,
    /// A day without its year.
    NoYear {
        row: u32,
        value: String,
    },
    Cell {
        row: u32,
        column: String,
        value: String,
        why: CellProblem,
    },
    /// A part of the file that its format does not allow.
    Malformed {
        format: &'static str,
        /// Line or statement, from 1.
        at: u32,
        found: String,
    },
    /// Sums beyond what 64 bits hold.
    Overflow,
    /// More accounts than anybody has.
    TooManyAccounts {
        limit: usize,
    },
    /// The person's own profiles are not what profiles are.
    Profiles {
        path: String,
        message: String,
    },
}

from!(StatementError: Read(ReadError));

impl StatementError {
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::Read(why) => why.kind(),
            Self::UnknownProfile { .. } | Self::NoYear { .. } => ErrorKind::Input,
            Self::Profiles { .. } => ErrorKind::Environment,
            Self::NoHeader { .. }
            | Self::NoLines
            | Self::Cell { .. }
            | Self::Malformed { .. }
            | Self::Overflow
            | Self::TooManyAccounts { .. } => ErrorKind::Data,
        }
    }
}

/// What is worth telling about a statement. Amounts are minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatementNote {
    /// Read by this profile.
    Profile {
        name: String,
        title: String,
    },
    /// In this format.
    Format(&'static str),
    Encoding(&'static str),
    Sheet(String),
    /// The currency nothing says, taken all the same.
    Currency(Currency),
    /// Rows that move no money: neither in nor out, closed, of 0.
    Still(u32),
    /// Rows that say the same as one before, the bank's number too: taken once.
    Repeated(Vec<u32>),
    /// Balances that cannot be read.
    NoBalance(u32),
    /// A total of the statement is another than its lines make.
    TotalDiffers {
        money_in: bool,
        currency: Currency,
        listed: i64,
        read: i64,
    },
    /// The closing balance is another than the opening one and the lines make.
    ClosingDiffers {
        account: String,
        currency: Currency,
        listed: i64,
        computed: i64,
    },
    /// Running balances that do not follow from the lines: how many, and the first.
    Breaks {
        count: u32,
        row: u32,
        on: NaiveDate,
        currency: Currency,
        listed: i64,
        computed: i64,
    },
}

impl StatementNote {
    /// Whether something is not as it should be.
    pub const fn is_warning(&self) -> bool {
        match self {
            Self::TotalDiffers { .. } | Self::ClosingDiffers { .. } | Self::Breaks { .. } => true,
            Self::Profile { .. }
            | Self::Format(_)
            | Self::Encoding(_)
            | Self::Sheet(_)
            | Self::Currency(_)
            | Self::Still(_)
            | Self::Repeated(_)
            | Self::NoBalance(_) => false,
        }
    }
}
