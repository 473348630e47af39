//! What can be wrong with an exported ledger that is read back.

use crate::domain::ids::EventId;

/// The first line that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// From 1.
    pub line: u64,
    pub why: LineProblem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineProblem {
    /// The first line does not say that a ledger follows.
    NotALedger,
    /// Exported by a newer version of this program.
    Newer {
        found: i64,
        known: i64,
    },
    NotJson,
    TooLong,
    /// The file could not be read on.
    Io(String),
    /// The file ends before its last line.
    Ended,
    /// The last line counts other lines than there are.
    Count,
    NoTable,
    Table(String),
    Column(String),
    /// A column holds what it cannot hold.
    Value {
        column: String,
    },
    /// An event is not what its hash says.
    Chain(EventId),
    /// The row fits no row of a ledger, in the database's words.
    Row(String),
}
