//! Why a text is no filter, and where.

use thiserror::Error;

use super::FilterField;
use crate::domain::date_input::DayError;
use crate::domain::money::AmountError;
use crate::text::Lang;

/// Why a text is no filter.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("at character {}: {problem}", at + 1)]
pub struct FilterError {
    /// Characters before the part that does not fit.
    pub at: usize,
    /// What is wrong with it.
    pub problem: FilterProblem,
}

/// What is wrong with a part of a filter.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FilterProblem {
    /// No field has this name.
    #[error("no field {0}")]
    UnknownField(String),
    /// An operator without a value behind it.
    #[error("{} has no value", .0.code())]
    NoValue(FilterField),
    /// More or less of something that has no order.
    #[error("{} has no order", .0.code())]
    NoOrder(FilterField),
    /// None of the field's values.
    #[error("{value} is no {}", field.code())]
    UnknownValue { field: FilterField, value: String },
    #[error(transparent)]
    Amount(#[from] AmountError),
    #[error(transparent)]
    Day(#[from] DayError),
    /// A quote that does not close.
    #[error("the quote does not close")]
    Unclosed,
    /// A `-` with nothing behind it.
    #[error("nothing to negate")]
    NothingNegated,
}

impl FilterError {
    /// What to tell the person who typed it.
    pub fn words(&self, lang: Lang) -> String {
        let problem = match &self.problem {
            FilterProblem::UnknownField(typed) => {
                lang.filter_unknown_field(typed, &FilterField::ALL.map(FilterField::code).join(" "))
            }
            FilterProblem::NoValue(field) => lang.filter_no_value(field.code()),
            FilterProblem::NoOrder(field) => lang.filter_no_order(field.code()),
            FilterProblem::UnknownValue { field, value } => match field.values().as_slice() {
                [] => lang.filter_bad_value(value, field.code()),
                values => lang.filter_unknown_value(value, field.code(), &values.join(" ")),
            },
            FilterProblem::Amount(error) => lang.amount_error(error),
            FilterProblem::Day(error) => lang.day_error(error),
            FilterProblem::Unclosed => lang.filter_unclosed().to_owned(),
            FilterProblem::NothingNegated => lang.filter_nothing_negated().to_owned(),
        };
        lang.filter_at(self.at + 1, &problem)
    }
}
