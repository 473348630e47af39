//! Why a text is no filter, and where.

use crate::domain::date_input::DayError;
use crate::domain::money::AmountError;

use super::from;

/// Why a text is no filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterError {
    /// Characters before the part that does not fit.
    pub at: usize,
    pub problem: FilterProblem,
}

/// What is wrong with a part of a filter. Fields and values by their codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterProblem {
    /// No field has this name.
    UnknownField {
        typed: String,
        known: Vec<&'static str>,
    },
    /// An operator without a value behind it.
    NoValue(&'static str),
    /// More or less of something that has no order.
    NoOrder(&'static str),
    /// None of the field's values; nothing is known where they are no closed list.
    UnknownValue {
        field: &'static str,
        typed: String,
        known: Vec<&'static str>,
    },
    Amount(AmountError),
    Day(DayError),
    /// A quote that does not close.
    Unclosed,
    /// A `-` with nothing behind it.
    NothingNegated,
    /// No filter was kept under this name.
    UnknownSaved {
        typed: String,
        known: Vec<String>,
    },
    /// A kept filter that is negated, or one of several values.
    SavedAlone(String),
}

from!(FilterProblem: Amount(AmountError), Day(DayError));
