//! What can go wrong with a ledger, and what kind of trouble each is.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;
use thiserror::Error;

use crate::domain::money::Overflow;
use crate::domain::plan::PlanOutcome;
use crate::domain::refusal::Refused;

/// Why the store did not do what it was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A rule of the ledger forbids the change.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Rows of an imported file are refused; nothing was written.
    #[error("{} rows are refused", .0.refused.len())]
    Rows(Box<PlanOutcome>),
    /// Somebody else is writing; try again.
    #[error("the ledger is busy")]
    Busy,
    /// The file is something else than a ledger.
    #[error("{0} is not a huikuan ledger")]
    NotALedger(PathBuf),
    /// The ledger to be filled is in use already.
    #[error("{0} is not empty")]
    NotEmpty(PathBuf),
    /// The ledger was written by a newer version of this program.
    #[error("{path} was written by a newer version (schema {found}, this one knows {known})")]
    NewerLedger {
        /// The ledger.
        path: PathBuf,
        /// Version of its schema.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// The ledger's schema is not what this program's migrations make.
    #[error("{path} does not fit this version's schema: {why}")]
    ForeignSchema {
        /// The ledger.
        path: PathBuf,
        /// What differs.
        why: String,
    },
    /// The file system cannot share a ledger between processes (no write-ahead log), as network drives cannot.
    #[error("the file system of {0} cannot hold a ledger safely")]
    NoWal(PathBuf),
    /// The operating system refused a file or folder.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A row holds what this program never writes.
    #[error("unreadable value in {0}")]
    Unreadable(&'static str),
    /// SQLite failed.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
    /// The store broke its own rule.
    #[error("internal: {0}")]
    Bug(&'static str),
}

/// Who can do something about an error; each has its own exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The person who asked.
    Input,
    /// Whoever made the file.
    Data,
    /// Time: somebody else is writing.
    Busy,
    /// The machine: disk, permissions, versions.
    Environment,
    /// Us.
    Bug,
}

impl ErrorKind {
    /// The exit code of the program.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Input => 2,
            Self::Data => 3,
            Self::Busy => 4,
            Self::Environment => 5,
            Self::Bug => 70,
        }
    }
}

impl StoreError {
    /// Who can do something about it.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Refused(_) | Self::NotEmpty(_) => ErrorKind::Input,
            Self::Rows(_) | Self::NotALedger(_) | Self::Unreadable(_) => ErrorKind::Data,
            Self::Busy => ErrorKind::Busy,
            Self::NewerLedger { .. }
            | Self::ForeignSchema { .. }
            | Self::NoWal(_)
            | Self::Io { .. } => ErrorKind::Environment,
            Self::Sqlite(error) => sqlite_kind(error),
            Self::Bug(_) => ErrorKind::Bug,
        }
    }

    /// Whether a constraint of the schema stood in the way.
    pub(super) fn is_constraint(&self) -> bool {
        matches!(self, Self::Sqlite(error)
            if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation))
    }
}

/// A sum that SQLite could not hold: amounts no contract has.
fn is_overflow(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::SqliteFailure(_, Some(text)) if text == "integer overflow")
}

fn sqlite_kind(error: &rusqlite::Error) -> ErrorKind {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error,
    };
    let unreadable = matches!(
        error,
        FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | Utf8Error(..)
    ) || is_overflow(error);
    if unreadable {
        return ErrorKind::Data;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => ErrorKind::Data,
        Some(
            ErrorCode::CannotOpen
            | ErrorCode::DiskFull
            | ErrorCode::OutOfMemory
            | ErrorCode::PermissionDenied
            | ErrorCode::ReadOnly
            | ErrorCode::SystemIoFailure,
        ) => ErrorKind::Environment,
        _ => ErrorKind::Bug,
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<Overflow> for StoreError {
    fn from(overflow: Overflow) -> Self {
        Self::Refused(Refused::Overflow(overflow))
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(_: serde_json::Error) -> Self {
        Self::Unreadable("json")
    }
}

/// What the store answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
