//! The ledger as the boards see it: store, open items and the morning's digest, kept up to date after each change and
//! never computed anew for a frame.

use std::sync::Arc;

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::change::{Change, ChangeKind};
use crate::domain::ids::{EventId, MilestoneId};
use crate::domain::item::Item;
use crate::domain::money;
use crate::domain::violation::Violation;
use crate::error::{Error, Result};
use crate::portfolio::Portfolio;
use crate::report::digest::{self, Digest};
use crate::store::{Applied, Context, Store, Touched};

use super::behind::Behind;
use super::index::Index;
use super::since::{LastLook, Looked};

mod names;

/// From how many open items on names and searches are worked on behind the screen.
const LARGE: usize = 5_000;

/// What a search found. The number differs from one result to the next.
#[derive(Debug, Clone)]
pub struct Found {
    pub serial: u64,
    /// The open items, by id.
    ids: Arc<Vec<MilestoneId>>,
}

impl Found {
    /// Whether it has this item.
    pub fn has(&self, id: MilestoneId) -> bool {
        self.ids.binary_search(&id).is_ok()
    }

    /// Whether it has them, for each of these items, which come by id.
    pub fn of(&self, items: &[Item]) -> Vec<bool> {
        let mut ids = self.ids.iter().peekable();
        let has = |item: &Item| {
            while ids.next_if(|id| **id < item.id).is_some() {}
            ids.next_if(|id| **id == item.id).is_some()
        };
        items.iter().map(has).collect()
    }
}

/// What is looked for, and what was found so far.
#[derive(Default)]
struct Hunt {
    wanted: String,
    /// For which text and which index the running or last search is.
    asked: Option<(String, u64)>,
    running: bool,
    serial: u64,
    found: Option<Found>,
}

/// How many of the last events are looked through for one of this user's that can be undone.
const RECENT: u32 = 100;

/// The ledger and what is derived from it.
pub struct Ledger {
    pub store: Store,
    /// The open items of [`Ledger::today`], and the names read so far.
    pub book: Portfolio,
    pub digest: Digest,
    pub wan: bool,
    /// When the user looked last.
    pub last_look: LastLook,
    who: String,
    version: u64,
    /// The last event that is in the book.
    seen: EventId,
    /// The last event the user had seen when the form was opened.
    asked: EventId,
    file: i64,
    undo: bool,
    behind: Behind,
    index: Option<Arc<Index>>,
    indexed: u64,
    /// The version names are being read for.
    reading: Option<u64>,
    hunt: Hunt,
}

impl Ledger {
    /// Reads the open items and computes the morning.
    pub fn open(store: Store, today: NaiveDate, who: String) -> Result<Self> {
        // The version first: what is written in between is read twice rather than missed.
        let (file, seen) = (store.data_version()?, store.last_event()?);
        let book = Portfolio::load(&store, today)?;
        let digest = digest::digest(&store, &book)?;
        let mut ledger = Self {
            store,
            book,
            digest,
            wan: false,
            last_look: LastLook::default(),
            who,
            version: 1,
            seen,
            asked: seen,
            file,
            undo: false,
            behind: Behind::new(),
            index: None,
            indexed: 0,
            reading: None,
            hunt: Hunt::default(),
        };
        ledger.undo = ledger.has_undo()?;
        Ok(ledger)
    }

    /// The day everything is judged by.
    pub const fn today(&self) -> NaiveDate {
        self.book.today
    }

    /// A number that grows with every change of ledger or day: rows made at another one are stale.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// The last event that is in the book.
    pub const fn seen(&self) -> EventId {
        self.seen
    }

    /// Whether there is nothing in it at all.
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.book.items().is_empty() && self.store.counts()? == [0, 0, 0])
    }

    /// Whether there is a milestone, open or closed.
    pub fn has_milestones(&self) -> Result<bool> {
        Ok(!self.book.items().is_empty() || self.store.counts()?[2] > 0)
    }

    /// Whether this user has something to undo.
    pub const fn can_undo(&self) -> bool {
        self.undo
    }

    /// Notes what the user sees now: a form opened from here is checked against later events of others.
    pub const fn ask(&mut self) {
        self.asked = self.seen;
    }

    /// An amount without its currency: with decimals, or in ten-thousands if the switch says so.
    pub fn money(&self, minor: impl Into<i128>, currency: Currency) -> String {
        if self.wan {
            money::wan(minor, currency)
        } else {
            money::format(minor, currency)
        }
    }

    /// An amount with its currency's sign; in ten-thousands with `万` behind it.
    pub fn signed(&self, minor: impl Into<i128>, currency: Currency) -> String {
        let minor = minor.into();
        if !self.wan {
            return money::with_symbol(minor, currency);
        }
        let sign = if minor < 0 { "-" } else { "" };
        let size = money::wan(
            i128::try_from(minor.unsigned_abs()).unwrap_or(minor),
            currency,
        );
        format!("{sign}{}{size}万", money::symbol(currency))
    }

    /// Notes that the user sees the ledger as it is now.
    pub fn keep_look(&self) {
        self.last_look.keep(Looked {
            day: self.today(),
            event: self.seen.0,
        });
    }

    /// The day changed: everything is judged anew.
    pub fn set_today(&mut self, today: NaiveDate) -> Result<()> {
        if today != self.today() {
            self.reload(today)?;
        }
        Ok(())
    }

    /// Reads what another process wrote; false if nothing did.
    pub fn look(&mut self) -> Result<bool> {
        let file = self.store.data_version()?;
        if file == self.file {
            return Ok(false);
        }
        let events = self.store.events_since(self.seen)?;
        let many = events.iter().any(|event| event.touched == Touched::Many);
        if many || events.is_empty() || events.iter().any(|e| renames(e.kind)) {
            // A changed file without an event is a restore or another tool: nothing known holds.
            self.book.names.forget();
            self.reload(self.today())?;
        } else {
            let ids = events.iter().flat_map(|event| match &event.touched {
                Touched::These(ids) => ids.clone(),
                Touched::Many => Vec::new(),
            });
            let ids: Vec<MilestoneId> = ids.collect();
            self.book.refresh(&self.store, &ids)?;
            self.derive()?;
        }
        self.seen = self.store.last_event()?;
        self.file = file;
        Ok(true)
    }

    /// Writes a change and reads again what it touched.
    pub fn apply(&mut self, change: &Change) -> Result<Applied> {
        let context = Context {
            who: &self.who,
            today: self.book.today,
            at: crate::clock::now(),
            seen: Some(self.asked),
        };
        let applied = self.store.apply(change, &context)?;
        if renames(change.kind()) {
            self.book.names.forget();
        }
        self.follow(&applied)?;
        Ok(applied)
    }

    /// Takes back this user's last change; what kind it was.
    pub fn undo(&mut self) -> Result<ChangeKind> {
        let kind = self
            .store
            .events(RECENT, None)?
            .into_iter()
            .find(|e| e.who == self.who && e.undoes.is_none() && e.undone_by.is_none())
            .map_or(ChangeKind::Undo, |e| e.kind);
        let context = Context {
            who: &self.who,
            today: self.book.today,
            at: crate::clock::now(),
            seen: None,
        };
        let applied = self.store.undo(&context)?;
        if renames(kind) {
            self.book.names.forget();
        }
        self.follow(&applied)?;
        Ok(kind)
    }

    fn follow(&mut self, applied: &Applied) -> Result<()> {
        match &applied.touched {
            Touched::These(ids) => {
                self.book.refresh(&self.store, ids)?;
                self.derive()?;
            }
            Touched::Many => {
                self.book.names.forget();
                self.reload(self.today())?;
            }
        }
        // Events of others in between are still to be read: `look` will find them by the file's version.
        if let Some(event) = applied.event
            && event.0 == self.seen.0 + 1
        {
            self.seen = event;
        }
        self.keep_look();
        Ok(())
    }

    fn reload(&mut self, today: NaiveDate) -> Result<()> {
        let names = std::mem::take(&mut self.book.names);
        self.book = Portfolio::load(&self.store, today)?;
        self.book.names = names;
        self.derive()
    }

    fn derive(&mut self) -> Result<()> {
        self.version += 1;
        self.digest = digest::digest(&self.store, &self.book)?;
        self.undo = self.has_undo()?;
        Ok(())
    }

    fn has_undo(&self) -> Result<bool, Error> {
        let events = self.store.events(RECENT, None)?;
        Ok(events
            .iter()
            .any(|e| e.who == self.who && e.undoes.is_none() && e.undone_by.is_none()))
    }
}

/// Whether a kind of change can give other names to what is known already.
const fn renames(kind: ChangeKind) -> bool {
    match kind {
        ChangeKind::EditCustomer
        | ChangeKind::EditProject
        | ChangeKind::EditMilestone
        | ChangeKind::EditPerson
        | ChangeKind::ImportPlan
        | ChangeKind::Demo
        | ChangeKind::Undo => true,
        ChangeKind::AddCustomer
        | ChangeKind::AddProject
        | ChangeKind::AddMilestone
        | ChangeKind::Deliver
        | ChangeKind::Accept
        | ChangeKind::Invoice
        | ChangeKind::RecordPayment
        | ChangeKind::ReversePayment
        | ChangeKind::ApplyPayment
        | ChangeKind::LogContact
        | ChangeKind::Promise
        | ChangeKind::OpenDispute
        | ChangeKind::ResolveDispute
        | ChangeKind::Reschedule
        | ChangeKind::Hold
        | ChangeKind::Release
        | ChangeKind::WriteOff
        | ChangeKind::TakeSnapshot
        | ChangeKind::Set => false,
    }
}

/// Whether waiting and trying again is all there is to do.
pub const fn is_busy(trouble: &Error) -> bool {
    matches!(trouble, Error::Busy)
}

/// Whether somebody else changed meanwhile what a change is about.
pub const fn is_stale(trouble: &Error) -> bool {
    matches!(trouble, Error::Violation(Violation::Stale { .. }))
}
