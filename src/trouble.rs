//! Everything that can go wrong for a person, in one type: what kind of trouble it is, and how it reads in zh and en.
//! The command line and the screen both show errors through it.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::config::ConfigError;
use crate::domain::aging::EdgesError;
use crate::domain::date_input::DayError;
use crate::domain::due::RuleError;
use crate::domain::money::{AmountError, Overflow};
use crate::domain::plan::problem::ReadError;
use crate::domain::violation::Violation;
use crate::error::{Error, ErrorKind};
use crate::exchange::out::UnknownEnding;
use crate::report::filter::FilterError;
use crate::text::Lang;

#[derive(Debug, Error)]
pub enum Trouble {
    #[error(transparent)]
    Store(#[from] Error),
    /// A typed value of a flag or field cannot be read.
    #[error("{flag}: {why}")]
    Value {
        /// Which flag or field.
        flag: &'static str,
        why: ValueError,
    },
    /// A file cannot be read as a list.
    #[error("{file}: {why}")]
    Read {
        /// The file, as it was named.
        file: String,
        why: Box<ReadError>,
    },
    /// A filter cannot be read.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A file or folder cannot be used.
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
    /// The ending of a file name tells no format.
    #[error(transparent)]
    Ending(#[from] UnknownEnding),
    /// The screen needs a terminal.
    #[error("no terminal")]
    NoTerminal,
    #[error("{0:#}")]
    Screen(anyhow::Error),
    /// Something that was said already and only needs its exit code.
    #[error("said")]
    Said(ErrorKind),
}

/// Why a typed value cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ValueError {
    #[error(transparent)]
    Amount(#[from] AmountError),
    #[error(transparent)]
    Day(#[from] DayError),
    #[error(transparent)]
    Rule(#[from] RuleError),
    #[error(transparent)]
    Edges(#[from] EdgesError),
    /// None of the values that exist.
    #[error("{found} is none of {known}")]
    Choice { found: String, known: String },
}

/// The result of anything that can trouble a person.
pub type Result<T, E = Trouble> = std::result::Result<T, E>;

impl Trouble {
    /// A flag whose value cannot be read.
    pub fn flag(flag: &'static str, why: impl Into<ValueError>) -> Self {
        Self::Value {
            flag,
            why: why.into(),
        }
    }

    /// A flag whose value is none of those that exist.
    pub fn choice(flag: &'static str, found: &str, known: &str) -> Self {
        Self::flag(
            flag,
            ValueError::Choice {
                found: found.to_owned(),
                known: known.to_owned(),
            },
        )
    }

    /// Who can do something about it.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Value { .. } | Self::Filter(_) | Self::Ending(_) => ErrorKind::Input,
            Self::Read { why, .. } => read_kind(why),
            Self::Config(_) | Self::Io { .. } | Self::NoTerminal | Self::Screen(_) => {
                ErrorKind::Environment
            }
            Self::Said(kind) => *kind,
        }
    }

    /// What happened, where, and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Store(error) => store(lang, error),
            Self::Value { flag, why } => format!("{flag}: {}", value(lang, why)),
            Self::Read { file, why } => format!("{file}: {}", lang.read_error(why)),
            Self::Filter(error) => filter(lang, error),
            Self::Config(error) => configuration(lang, error),
            Self::Io { path, source } => {
                lang.io_error(&path.display().to_string(), &source.to_string())
            }
            Self::Ending(error) => lang.unknown_ending(&error.name, &error.known),
            Self::NoTerminal => lang.no_terminal().to_owned(),
            Self::Screen(error) => format!("{error:#}"),
            Self::Said(_) => String::new(),
        }
    }
}

impl From<Violation> for Trouble {
    fn from(refused: Violation) -> Self {
        Self::Store(Error::Violation(refused))
    }
}

impl From<Overflow> for Trouble {
    fn from(overflow: Overflow) -> Self {
        Violation::Overflow(overflow).into()
    }
}

/// A flag that does not fit the file is the caller's to mend; the rest is the file's.
fn read_kind(error: &ReadError) -> ErrorKind {
    match error {
        ReadError::UnknownEncoding(_)
        | ReadError::UnknownSheet { .. }
        | ReadError::BadMapping(_)
        | ReadError::UnknownField(_)
        | ReadError::MappedTwice(_)
        | ReadError::UnknownHeader { .. } => ErrorKind::Input,
        _ => ErrorKind::Data,
    }
}

/// Why a typed value cannot be read, worded.
pub fn value(lang: Lang, error: &ValueError) -> String {
    match error {
        ValueError::Amount(error) => lang.amount_error(error),
        ValueError::Day(error) => lang.day_error(error),
        ValueError::Rule(error) => lang.rule_error(error),
        ValueError::Edges(error) => lang.edges_error(&error.0),
        ValueError::Choice { found, known } => lang.unknown_choice(found, known),
    }
}

fn filter(lang: Lang, error: &FilterError) -> String {
    lang.filter_error(&error.words(lang))
}

fn configuration(lang: Lang, error: &ConfigError) -> String {
    match error {
        ConfigError::Io { path, source } => {
            lang.io_error(&path.display().to_string(), &source.to_string())
        }
        ConfigError::Invalid { path, message } => {
            lang.config_invalid(&path.display().to_string(), message)
        }
        ConfigError::NoHome => lang.no_home().to_owned(),
    }
}

fn store(lang: Lang, error: &Error) -> String {
    let file = |path: &PathBuf| path.display().to_string();
    match error {
        Error::Violation(refused) => lang.violation(refused),
        Error::Rows(outcome) => lang.rows_refused(outcome.refused.len()),
        Error::Busy => lang.ledger_busy().to_owned(),
        Error::NotALedger(path) => lang.not_a_ledger(&file(path)),
        Error::NotEmpty(path) => lang.not_empty(&file(path)),
        Error::NewerLedger { path, found, known } => lang.newer_ledger(&file(path), *found, *known),
        Error::ForeignSchema { path, why } => lang.foreign_schema(&file(path), why),
        Error::NoWal(path) => lang.no_wal(&file(path)),
        Error::Io { path, source } => lang.io_error(&file(path), &source.to_string()),
        Error::Unreadable(what) => lang.unreadable(what),
        Error::Storage { message, .. } => lang.sqlite_error(message),
        Error::Bug(what) => lang.bug(what),
    }
}
