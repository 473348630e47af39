//! Why a list of customers, payments or invoices cannot be read. `text` words each in zh and en, with the way out.

use super::list::ReadError;
use super::{ErrorKind, from};
use crate::domain::register::{Register, RegisterField};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterError {
    Read(ReadError),
    /// A mapping for a column such a list does not have.
    UnknownField {
        field: String,
        of: Register,
    },
    /// Two mappings for one column.
    MappedTwice(RegisterField),
    /// Two columns that could both be meant.
    TwoColumns {
        field: RegisterField,
        /// Their headers, each with its column letter.
        headers: Vec<String>,
    },
    /// No row of the file is a header with the columns such a list must have.
    NoHeader {
        /// What is missing in the likeliest row: one of each group.
        missing: Vec<&'static [RegisterField]>,
        seen: Vec<String>,
    },
}

from!(RegisterError: Read(ReadError));

impl RegisterError {
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::Read(why) => why.kind(),
            Self::UnknownField { .. } | Self::MappedTwice(_) => ErrorKind::Input,
            Self::TwoColumns { .. } | Self::NoHeader { .. } => ErrorKind::Data,
        }
    }
}
