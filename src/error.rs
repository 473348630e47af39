//! Everything that can go wrong for a person, in one type, and who can do something about it. Errors are data: only
//! `text` words them, in zh and en, with the way out. Knows `domain` only, and is known by all.

pub mod bank;
pub mod check;
pub mod document;
pub mod filter;
pub mod keys;
pub mod ledger_file;
pub mod list;
pub mod playbook;
pub mod register;
pub mod value;

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::money::Overflow;
use crate::domain::plan::PlanOutcome;
use crate::domain::rates::BadRate;
use crate::domain::violation::Violation;

use bank::StatementError;
use document::{MailFault, NothingToWrite, TemplateError};
use filter::FilterError;
use keys::KeysError;
use ledger_file::LineError;
use list::ReadError;
use register::RegisterError;
use value::ValueError;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// `?` turns the one into the other.
macro_rules! from {
    ($to:ident: $($variant:ident($source:ty)),+) => {$(
        impl From<$source> for $to {
            fn from(source: $source) -> Self {
                Self::$variant(source)
            }
        }
    )+};
}
use from;

#[derive(Debug)]
pub enum Error {
    /// A rule of the ledger forbids the change.
    Violation(Violation),
    /// Rows of an imported file are refused; nothing was written.
    Rows(Box<PlanOutcome>),
    /// A typed value of a flag or field cannot be read.
    Value {
        flag: &'static str,
        why: ValueError,
    },
    Filter(FilterError),
    /// A file cannot be read as a list.
    Read {
        /// The file, as it was named.
        file: String,
        why: Box<ReadError>,
    },
    /// A bank statement cannot be read.
    Statement {
        file: String,
        why: Box<StatementError>,
    },
    /// A file cannot be read as a list of customers, payments or invoices.
    Register {
        file: String,
        why: Box<RegisterError>,
    },
    /// A file is no exported ledger.
    LedgerFile(LineError),
    /// A template cannot be filled in.
    Template(Box<TemplateError>),
    /// There is nothing to write a document about.
    NoDocument(NothingToWrite),
    /// A mail cannot be written, or was not sent.
    Mail(MailFault),
    /// The ending of a file name tells no format.
    UnknownEnding {
        name: String,
        known: Vec<&'static str>,
    },
    /// Somebody else is writing; try again.
    Busy,
    /// The file is something else than a ledger.
    NotALedger(PathBuf),
    /// The ledger to be filled is in use already.
    NotEmpty(PathBuf),
    /// The ledger was written by a newer version of this program.
    NewerLedger {
        path: PathBuf,
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// A ledger of an earlier version stands where nothing can be written.
    OlderLedger(PathBuf),
    /// The ledger's schema is not what this program's migrations make.
    ForeignSchema {
        path: PathBuf,
        why: String,
    },
    /// No ledger is there, and a command that only reads makes none.
    NoLedger(PathBuf),
    /// The file of an open ledger is not in its place any more.
    LedgerGone(PathBuf),
    /// Another file stands in the place of an open ledger, or somebody else wrote over it.
    LedgerReplaced(PathBuf),
    /// Changes wait in a log beside the ledger that do not belong to this file: an older or another ledger was put
    /// in its place.
    ForeignLog(PathBuf),
    /// Others have the ledger open that is to be replaced.
    LedgerOpen(PathBuf),
    /// A file would overwrite the ledger itself.
    OntoLedger(PathBuf),
    /// A backup does not hold what a ledger holds.
    BadBackup {
        path: PathBuf,
        found: Vec<check::Fault>,
    },
    /// The file system cannot share a ledger between processes (no write-ahead log), as network drives cannot.
    NoWal(PathBuf),
    /// A row holds what this program never writes.
    Unreadable(String),
    /// A backup that has to be made first could not be made.
    NoBackup(Box<Error>),
    /// The backup of a day could not be made; what was saved is saved.
    NoDailyBackup(Box<Error>),
    /// What is kept for speed does not follow from the facts.
    NotDerived,
    /// The database failed.
    Storage {
        fault: StorageFault,
        /// As the database words it.
        message: String,
    },
    /// The operating system refused a file or folder.
    Io {
        path: PathBuf,
        source: io::Error,
    },
    /// The user's editor could not be run, or did not end well.
    Editor {
        command: String,
        source: io::Error,
    },
    /// The configuration file is not what a configuration is.
    Config {
        path: PathBuf,
        /// Line, column and what is wrong.
        message: String,
    },
    /// The file with a user's own rates holds what is none.
    Rates {
        path: PathBuf,
        why: BadRate,
    },
    /// The keys it gives to the screen cannot be.
    Keys {
        path: PathBuf,
        why: Box<KeysError>,
    },
    /// The system names no home folder.
    NoHome,
    /// The screen needs a terminal.
    NoTerminal,
    /// The terminal failed.
    Terminal {
        doing: TerminalStep,
        source: io::Error,
    },
    /// Something that was said already and only needs its exit code.
    Said(ErrorKind),
    /// The program broke its own rule.
    Bug(&'static str),
}

/// What the terminal was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TerminalStep {
    Take,
    WatchSignals,
    Draw,
    /// Stop the process until the shell continues it.
    Stop,
    Copy,
}

/// What failed in a database, as far as it decides what can be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageFault {
    /// The file is damaged.
    Damaged,
    /// A table or column is missing.
    Schema,
    /// A sum or value that no amount of money is.
    Unreadable,
    /// No space is left.
    Full,
    /// The file or its folder cannot be written.
    ReadOnly,
    /// The file cannot be opened, or files beside it cannot be made.
    NoAccess,
    /// The disk failed.
    Io,
    /// The file system cannot lock files as a ledger needs it.
    Locking,
    Memory,
    /// A row that no rule of the tables allows: its key is taken, or what it refers to is not there.
    Constraint,
    /// What else this program should have prevented.
    Ours,
}

impl StorageFault {
    const fn kind(self) -> ErrorKind {
        match self {
            Self::Damaged | Self::Schema | Self::Unreadable => ErrorKind::Data,
            Self::Full
            | Self::ReadOnly
            | Self::NoAccess
            | Self::Io
            | Self::Locking
            | Self::Memory => ErrorKind::Environment,
            Self::Constraint | Self::Ours => ErrorKind::Bug,
        }
    }
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
    /// A flag whose value cannot be read.
    pub fn flag(flag: &'static str, why: impl Into<ValueError>) -> Self {
        Self::Value { flag, why: why.into() }
    }

    /// A flag whose value is none of those that exist.
    pub fn choice(flag: &'static str, found: &str, known: &str) -> Self {
        Self::flag(flag, ValueError::Choice { found: found.to_owned(), known: known.to_owned() })
    }

    /// A file or folder that cannot be used.
    pub fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<'_> {
        |source| Self::Io { path: path.to_owned(), source }
    }

    /// Whether the place of a ledger cannot be written.
    pub const fn is_unwritable(&self) -> bool {
        matches!(self, Self::Storage { fault: StorageFault::ReadOnly | StorageFault::NoAccess, .. })
    }

    /// The terminal failed at this.
    pub fn terminal<E>(doing: TerminalStep) -> impl FnOnce(E) -> Self
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        move |source| Self::Terminal { doing, source: io::Error::other(source) }
    }

    /// Who can do something about it.
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::Violation(_)
            | Self::NotEmpty(_)
            | Self::NoLedger(_)
            | Self::OntoLedger(_)
            | Self::Value { .. }
            | Self::Filter(_)
            | Self::NoDocument(_)
            | Self::UnknownEnding { .. } => ErrorKind::Input,
            Self::Rows(_)
            | Self::LedgerFile(_)
            | Self::NotALedger(_)
            | Self::ForeignLog(_)
            | Self::BadBackup { .. }
            | Self::NotDerived
            | Self::Unreadable(_) => ErrorKind::Data,
            Self::Mail(why) => why.kind(),
            Self::Read { why, .. } => why.kind(),
            Self::Statement { why, .. } => why.kind(),
            Self::Register { why, .. } => why.kind(),
            Self::Busy | Self::LedgerOpen(_) => ErrorKind::Busy,
            Self::NewerLedger { .. }
            | Self::OlderLedger(_)
            | Self::LedgerGone(_)
            | Self::LedgerReplaced(_)
            | Self::ForeignSchema { .. }
            | Self::NoWal(_)
            | Self::Io { .. }
            | Self::Editor { .. }
            | Self::Config { .. }
            | Self::Rates { .. }
            | Self::Template(_)
            | Self::Keys { .. }
            | Self::NoHome
            | Self::NoTerminal
            | Self::Terminal { .. } => ErrorKind::Environment,
            Self::NoBackup(why) | Self::NoDailyBackup(why) => why.kind(),
            Self::Storage { fault, .. } => fault.kind(),
            Self::Said(kind) => *kind,
            Self::Bug(_) => ErrorKind::Bug,
        }
    }
}

from!(Error: Violation(Violation), Filter(FilterError), LedgerFile(LineError));

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
