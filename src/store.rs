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
//! | `chain` | each event bound to the one before |
//! | `place` | whether the path of a ledger still names the file that is open |
//! | `doctor` | what must hold of a ledger, looked at row by row |
//! | `backups` | copies of a ledger, and putting one back |
//! | `facts`, `items` | milestones as recorded, and as a day sees them |
//! | `bank` | statements in bulk, their lines, and what these are compared with |
//! | `known` | what bears on whether a change is plausible |
//! | `names`, `find`, `lists`, `todos`, `detail`, `timeline`, `pages`, `figures`, `events`, `about`, `snapshot`, `settings` | what screens and commands read |
//! | `import` | a plan list, in bulk |
//! | `register` | lists of customers, payments and invoices |
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

mod about;
mod apply;
mod around;
pub mod backend;
mod backups;
mod bank;
mod chain;
mod concessions;
mod conditions;
mod counts;
mod deals;
mod derived;
mod detail;
mod doctor;
mod events;
mod facts;
mod figures;
mod find;
mod grounds;
mod import;
mod items;
mod journal;
mod known;
mod lists;
mod names;
mod notes;
mod pages;
mod papers;
mod place;
mod register;
mod registers;
mod rows;
mod scope;
mod settings;
mod snapshot;
mod sqlite;
mod third_party;
mod timeline;
mod todos;
mod transfer;
mod undo;
mod write;

pub use about::{EventAbout, ImportedList};
pub use around::{Hits, Noted, Whose};
pub use backups::{Backups, Restored, restore};
pub use bank::{BankAccount, BankLine, LineFilter, StatementRows};
pub use chain::Chain;
pub use concessions::Concession;
pub use conditions::{Condition, Progress as WorkProgress};
pub use counts::AboutCounts;
pub use deals::{DealHead, ListedDeal};
pub use detail::{AllocationDetail, MilestoneDetail, PaymentDetail, PlanStep, ProjectDetail};
pub use events::{Arrival, EventEntry, EventSummary};
pub use figures::{Agreed, Flow, Receipt};
pub use import::PlanRows;
pub use lists::{
    BillHead, Clearing, ListedBill, ListedContact, ListedInvoice, ListedLine, ListedPayment,
    ListedPromise, ListedTouch, MaturingBill, PaymentHead, Span,
};
pub use names::Name;
pub use notes::Note;
pub use pages::{CustomerRow, Page, ProjectRow};
pub use papers::{EndingWarranty, ExpiringPaper, Paper, PaperHead, SentStatement};
pub use place::is_of_ledger;
pub use registers::{Entered, Register};
pub use settings::Person;
pub use snapshot::{Snapshot, SnapshotHead};
pub use sqlite::Sqlite;
pub use third_party::ThirdPartyPayment;
pub use timeline::TimelineEntry;
pub use todos::{DueTodos, Todo, TodoDay, TodoHead};

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

impl Reader {
    /// Opens a ledger where nothing can be written, as on a medium that is read-only.
    pub fn open_unwritable(path: &Path) -> Result<Self> {
        let db = Sqlite::open_unwritable(path)?;
        if derived::is_current(&db)? {
            return Ok(Self { db: Box::new(db) });
        }
        Err(Error::OlderLedger(path.to_owned()))
    }
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
        Self::watched(Sqlite::open(path)?, path, progress)
    }

    /// Opens a ledger that is there. Before its schema is brought up to date it is kept among these backups, as one
    /// of this day.
    pub fn open_existing(
        path: &Path,
        backups: Option<(&Backups, NaiveDate)>,
        progress: Progress,
    ) -> Result<Self> {
        let db = Sqlite::open_existing(path, &mut |db: &dyn backend::Backend| {
            if let Some((backups, day)) = backups {
                backups.take(&Reader { db: db.connector()()? }, day)?;
            }
            Ok(())
        })?;
        Self::watched(db, path, progress)
    }

    /// A ledger whose file is watched: a log found beside it has to be its own.
    fn watched(db: Sqlite, path: &Path, progress: Progress) -> Result<Self> {
        if db.had_log && !doctor::carries_on(&db, db.in_file())? {
            db.leave_log()?;
            return Err(Error::ForeignLog(path.to_owned()));
        }
        Self::over(Box::new(db), path, progress)
    }

    /// A ledger behind any engine; `path` is its name for people.
    pub fn over(db: Box<dyn backend::Backend>, path: &Path, progress: Progress) -> Result<Self> {
        derived::update(&*db, progress)?;
        chain::update(&*db)?;
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

    /// Says whether much is being written: then more of the ledger is kept in memory.
    pub fn set_bulk(&self, bulk: bool) -> Result<()> {
        self.db.set_bulk(bulk)
    }

    /// Called when nobody waits: brings everything written into the ledger's own file, so that a copy of it has it.
    pub fn settle(&self) -> Result<()> {
        self.db.settle()
    }

    /// Only what reads it.
    pub fn into_reader(self) -> Reader {
        self.reader
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
    /// Other milestones that took their due date from what was delivered or accepted.
    pub dated: Vec<(MilestoneId, NaiveDate)>,
    /// Whether it was not made, but asked for: a to-do waits for who approves.
    pub proposed: bool,
    /// What became of an imported file.
    pub outcome: Option<PlanOutcome>,
}

/// The refusal of an id that stands for nothing.
fn unknown(thing: Thing, name: impl std::fmt::Display) -> Error {
    Error::Violation(Violation::Unknown { thing, name: name.to_string() })
}
