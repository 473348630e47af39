//! What can go wrong, and who can do something about it. `text` words each in zh and en, with the way out.

use std::io;
use std::path::PathBuf;

use crate::domain::money::Overflow;
use crate::domain::plan::PlanOutcome;
use crate::domain::violation::Violation;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule of the ledger forbids the change.
    #[error(transparent)]
    Violation(#[from] Violation),
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
        path: PathBuf,
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// The ledger's schema is not what this program's migrations make.
    #[error("{path} does not fit this version's schema: {why}")]
    ForeignSchema { path: PathBuf, why: String },
    /// The file system cannot share a ledger between processes (no write-ahead log), as network drives cannot.
    #[error("the file system of {0} cannot hold a ledger safely")]
    NoWal(PathBuf),
    /// The operating system refused a file or folder.
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
    /// A row holds what this program never writes.
    #[error("unreadable value in {0}")]
    Unreadable(String),
    /// The database failed.
    #[error("{message}")]
    Storage {
        kind: ErrorKind,
        message: String,
        /// Whether a constraint of the schema stood in the way.
        constraint: bool,
    },
    /// The store broke its own rule.
    #[error("internal: {0}")]
    Bug(&'static str),
}

/// Who can do something about an error; each has its own exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    Input,
    Data,
    /// Time: somebody else is writing.
    Busy,
    /// The machine: disk, permissions, versions.
    Environment,
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

impl Error {
    /// Who can do something about it.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Violation(_) | Self::NotEmpty(_) => ErrorKind::Input,
            Self::Rows(_) | Self::NotALedger(_) | Self::Unreadable(_) => ErrorKind::Data,
            Self::Busy => ErrorKind::Busy,
            Self::NewerLedger { .. }
            | Self::ForeignSchema { .. }
            | Self::NoWal(_)
            | Self::Io { .. } => ErrorKind::Environment,
            Self::Storage { kind, .. } => *kind,
            Self::Bug(_) => ErrorKind::Bug,
        }
    }
}

impl From<Overflow> for Error {
    fn from(overflow: Overflow) -> Self {
        Self::Violation(overflow.into())
    }
}

impl From<serde_json::Error> for Error {
    fn from(_: serde_json::Error) -> Self {
        Self::Unreadable("json".to_owned())
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
