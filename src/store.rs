//! The only SQL. A ledger is one SQLite file; [`Store::apply`] is the only way to change it: one transaction that
//! checks a [`Change`](crate::domain::change::Change) against the facts, writes rows, and leaves an event.
//!
//! | file | owns |
//! | --- | --- |
//! | `open` | the file: permissions, pragmas, migrations |
//! | `tables`, `journal` | writing rows so that an undo can take them back |
//! | `apply`, `undo` | a change and its inverse, each with its event |
//! | `customer` … `snapshot` | what each change checks and writes, by aggregate |
//! | `derived` | `open_item`, `milestone.closed_on`, `payment.unapplied`: rewritten whole, never patched |
//! | `facts`, `items` | milestones as recorded, and as a day sees them |
//! | `names`, `find`, `detail`, `timeline`, `pages`, `figures`, `events` | what screens and commands read |
//! | `import` | a plan list, in bulk |
//!
//! Reading happens through [`Reader`], of which a background thread can have its own ([`Store::reader`]).

use std::ops::Deref;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;

use crate::domain::ids::{EventId, MilestoneId};
use crate::domain::plan::PlanOutcome;
use crate::domain::violation::{Thing, Violation};
use crate::error::Error;

mod apply;
mod as_of;
mod convert;
mod customer;
mod derived;
mod detail;
mod dispute;
mod events;
mod facts;
mod figures;
mod find;
mod import;
mod invoice;
mod items;
mod journal;
mod milestone;
mod names;
mod open;
mod packed;
mod pages;
mod payment;
mod project;
mod reference;
mod schedule;
mod setting;
mod snapshot;
mod tables;
mod timeline;
mod touch;
mod undo;

pub use detail::{AllocationDetail, MilestoneDetail, PaymentDetail, PlanStep, ProjectDetail};
pub use events::EventEntry;
pub use import::Progress;
pub use names::Name;
pub use pages::{ClosedRow, CustomerRow, Page, ProjectRow};
pub use snapshot::{Snapshot, SnapshotHead};
pub use timeline::{Happening, What};

/// A ledger that can be read.
#[derive(Debug)]
pub struct Reader {
    db: Connection,
    path: PathBuf,
}

/// A ledger that can be read and changed.
#[derive(Debug)]
pub struct Store {
    reader: Reader,
    /// Deletes the file of a throw-away ledger, after the connection is closed.
    guard: Option<tempfile::TempPath>,
}

impl Deref for Store {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl Store {
    pub fn path(&self) -> &Path {
        &self.reader.path
    }

    /// Whether its file goes away with this value.
    pub const fn is_throwaway(&self) -> bool {
        self.guard.is_some()
    }
}

/// Who changes the ledger, and when.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The user, as events name them.
    pub who: &'a str,
    /// The user's day: money facts after it are refused.
    pub today: NaiveDate,
    pub at: DateTime<Utc>,
    /// The last event the user had seen: if a later one concerns the same milestones or rows, the change is refused.
    pub seen: Option<EventId>,
}

/// Which milestones look different after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    These(Vec<MilestoneId>),
    /// So many that everything is better read again.
    Many,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The record it left; none if the ledger already was as the change wants it.
    pub event: Option<EventId>,
    pub touched: Touched,
    /// Which milestones it was about: those a person named or made, not those that merely follow them. Empty for an
    /// import.
    pub about: Vec<MilestoneId>,
    /// Ids of the rows it was about, where it made new ones: the payment, the milestone, the touch …
    pub created: Vec<i64>,
    /// What became of an imported file.
    pub outcome: Option<PlanOutcome>,
}

/// The refusal of an id that stands for nothing.
fn unknown(thing: Thing, name: impl std::fmt::Display) -> Error {
    Error::Violation(Violation::Unknown {
        thing,
        name: name.to_string(),
    })
}
