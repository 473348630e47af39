//! Why a line of a playbook is no advice.

use super::filter::FilterError;
use super::from;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaybookError {
    /// Its line in the file.
    pub line: usize,
    pub problem: PlaybookProblem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaybookProblem {
    /// It does not begin with `when` and a filter.
    NoWhen,
    /// No advice, or nothing in it.
    NoAdvice,
    /// More arrows than two.
    TooMany,
    Filter(FilterError),
    /// No action has this name.
    NoAction(String),
}

from!(PlaybookProblem: Filter(FilterError));
