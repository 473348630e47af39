//! The only SQL. A ledger is one SQLite file; [`Store::apply`] is the only way to change it: one transaction that
//! checks a [`Change`](crate::domain::change::Change) against the facts, writes rows, and leaves an event.
//!
//! | file | owns |
//! | --- | --- |
//! | `backend` | what is asked of a database engine, and how values go in and out |
//! | `sqlite` | the SQLite engine: file, migrations, statements |
//! | `rows` | the tables of facts, one struct each |
//! | `journal` | writing rows so that an undo can take them back |
//! | `apply`, `undo` | a change and its inverse, each with its event |
//! | `write` | what each change checks and writes, by aggregate |
//! | `derived` | what is kept for speed, written again from the facts |
//! | `facts`, `items` | milestones as recorded, and as a day sees them |
//! | `names`, `find`, `detail`, `timeline`, `pages`, `figures`, `events`, `snapshot`, `settings` | what screens and commands read |
//! | `import` | a plan list, in bulk |
//! | `transfer` | a whole ledger as lines of JSON, and back |
//!
//! Reading happens through [`Reader`], of which a background thread can have its own ([`Store::reader`]).

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::ids::{EventId, MilestoneId};
use crate::domain::plan::PlanOutcome;
use crate::domain::violation::{Thing, Violation};
use crate::error::{Error, Result};

mod apply;
pub mod backend;
mod derived;
mod detail;
mod events;
mod facts;
mod figures;
mod find;
mod import;
mod items;
mod journal;
mod names;
mod pages;
mod rows;
mod settings;
mod snapshot;
mod sqlite;
mod timeline;
mod transfer;
mod undo;
mod write;

pub use detail::{MilestoneDetail, PaymentDetail, PlanStep, ProjectDetail};
pub use events::EventEntry;
pub use names::Name;
pub use pages::{CustomerRow, Page, ProjectRow};
pub use settings::Person;
pub use snapshot::{Snapshot, SnapshotHead};
pub use sqlite::Sqlite;
pub use timeline::TimelineEntry;

/// Called with what is done and what there is to do.
pub type Progress<'p> = &'p mut dyn FnMut(usize, usize);

/// A ledger that can be read.
#[derive(Debug)]
pub struct Reader {
    db: Box<dyn backend::Backend>,
}

/// A ledger that can be read and changed.
#[derive(Debug)]
pub struct Store {
    reader: Reader,
    path: PathBuf,
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
    /// Opens the ledger, made if it is missing, and brings it up to date: its schema, and what is derived from its
    /// facts.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_with(path, &mut |_, _| {})
    }

    /// The same, telling how far it is where everything has to be derived again.
    pub fn open_with(path: &Path, progress: Progress) -> Result<Self> {
        Self::over(Box::new(Sqlite::open(path)?), path, progress)
    }

    /// A ledger behind any engine; `path` is its name for people.
    pub fn over(db: Box<dyn backend::Backend>, path: &Path, progress: Progress) -> Result<Self> {
        derived::update(&*db, progress)?;
        Ok(Self { reader: Reader { db }, path: path.to_owned(), guard: None })
    }

    /// A ledger in a file of its own in `folder` that goes away with this value: no durability, all speed.
    pub fn throwaway(folder: &Path) -> Result<Self> {
        let (db, guard) = Sqlite::throwaway(folder)?;
        let store = Self::over(Box::new(db), &guard, &mut |_, _| {})?;
        Ok(Self { guard: Some(guard), ..store })
    }

    /// A second connection to the same ledger, for another thread to read.
    pub fn reader(&self) -> Result<Reader> {
        Ok(Reader { db: self.db.connector()()? })
    }

    /// How long a change waits for somebody else's write before it says [`Error::Busy`]: five seconds unless set.
    pub fn set_patience(&self, patience: Duration) -> Result<()> {
        self.db.set_patience(patience)
    }

    /// Derives everything again from the facts, as an open does after the program's rules changed.
    pub fn rebuild(&mut self, progress: Progress) -> Result<()> {
        let transaction = backend::Transaction::writing(&*self.reader.db)?;
        derived::rebuild(&*self.reader.db, progress)?;
        transaction.commit()
    }

    /// Where the ledger is.
    pub fn path(&self) -> &Path {
        &self.path
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
    Error::Violation(Violation::Unknown { thing, name: name.to_string() })
}
