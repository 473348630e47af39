//! What a check of a ledger looks at, and what it can find.

use crate::domain::ids::{EventId, MilestoneId, PaperId, PaymentId, SnapshotId};

/// One thing that must hold of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Its tables are those of this version.
    Schema,
    /// Its file is whole.
    File,
    /// What rows refer to is there.
    References,
    /// Every row of facts has the event that wrote it, and what events wrote is there.
    Records,
    /// Each event carries the hash of itself and the one before.
    Chain,
    /// What is kept for speed follows from the facts.
    Derived,
    /// Snapshots can be read.
    Snapshots,
    /// The files of papers are there, and as they were filed.
    Papers,
}

impl Check {
    /// In the order they are made.
    pub const ALL: [Self; 8] = [
        Self::Schema,
        Self::File,
        Self::References,
        Self::Records,
        Self::Chain,
        Self::Derived,
        Self::Snapshots,
        Self::Papers,
    ];

    /// Its name for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::File => "file",
            Self::References => "references",
            Self::Records => "records",
            Self::Chain => "chain",
            Self::Derived => "derived",
            Self::Snapshots => "snapshots",
            Self::Papers => "papers",
        }
    }
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A table, index or row of the history of versions that is missing, or not as it should be.
    Schema(String),
    /// As the database words it.
    File(String),
    /// A row that refers to nothing.
    Reference {
        table: String,
        /// What it refers to.
        to: String,
    },
    /// Rows that no event wrote, the first and the last of a run.
    Unrecorded {
        table: &'static str,
        first: i64,
        last: i64,
    },
    /// Rows an event wrote that are gone.
    Lost {
        table: &'static str,
        first: i64,
        last: i64,
    },
    /// The first event that does not carry on from the one before it.
    Chain(EventId),
    /// A milestone whose derived row or closing day is another than its facts give.
    Milestone(MilestoneId),
    /// A payment whose unapplied rest is another than its facts give.
    Payment(PaymentId),
    Snapshot(SnapshotId),
    /// A paper whose file is not as it was filed.
    Paper {
        paper: PaperId,
        file: String,
        found: FileFault,
    },
    /// More of the same than are listed.
    More,
}

/// What is wrong with the file of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFault {
    Missing,
    Changed,
    /// A folder or a device now.
    NotAFile,
}

impl FileFault {
    /// Its name for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::NotAFile => "not_a_file",
        }
    }
}
