//! The ledger as the screens see it: store, open items and the morning's digest, kept up to date after each change and
//! never computed anew for a frame.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use iso_currency::Currency;

use crate::document::template::Templates;
use crate::domain::aging::GroupBy;
use crate::domain::change::{Change, ChangeKind};
use crate::domain::ids::{EventId, MilestoneId, SnapshotId};
use crate::domain::item::Item;
use crate::domain::money;
use crate::domain::template::Plans;
use crate::domain::violation::Violation;
use crate::error::filter::FilterError;
use crate::error::playbook::PlaybookError;
use crate::error::{Error, Result};
use crate::exchange::movement::NamedMovement;
use crate::exchange::trend::Trend;
use crate::portfolio::{Around, Asked, Names, Noted, Portfolio};
use crate::report::digest::{self, Digest};
use crate::report::filter::Filter;
use crate::report::playbook::Playbook;
use crate::store::{Applied, Backups, Context, EventSummary, Hits, Store, Touched, Whose};
use crate::text::Lang;
use crate::tui::event::Waker;
use crate::tui::keymap::Keymap;

use super::index::{Index, NamedItem};
use super::last_seen::{LastSeen, Seen};
use super::lens::Lens;
use super::memo::Memo;
use super::saved::SavedFilters;
use super::snapshot;
use super::task::{Place, Task};
use super::watch::Watch;

/// How long a key waits for somebody else's write: about as long as such a write takes.
const PATIENCE: Duration = Duration::from_millis(100);

/// What a search found. The serial differs from one result to the next.
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

/// What a ledger has none of yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lack {
    #[default]
    Nothing,
    /// There is no milestone, open or closed.
    Milestones,
    Everything,
}

/// A day's open items, asked for by version of the ledger, day, whether with all names, and what is asked beside them.
type PastKey = (u64, NaiveDate, bool, Asked);

fn past_key(version: u64, day: NaiveDate, filter: &Filter) -> PastKey {
    (version, day, filter.needs_names(), filter.asked())
}

/// How long a user has in mind what was recorded: an undo of older things asks first.
const FRESH: TimeDelta = TimeDelta::minutes(1);

/// Who sits at the ledger, and when.
#[derive(Debug, Clone)]
pub struct Session {
    pub today: NaiveDate,
    /// The name events carry.
    pub who: String,
    /// The ledger's name in the header.
    pub name: String,
    pub last_seen: LastSeen,
    /// Where a backup of each day goes.
    pub backups: Option<Backups>,
    /// Where the files of snapshots go; without it the user's documents.
    pub files: Option<PathBuf>,
    /// What the weekly pack is written as.
    pub formats: Option<String>,
}

/// So many letters are looked for in notes; one stands in nearly all of them.
const NOTED: usize = 2;

/// What is written once the first screen is shown.
pub type Later = Box<dyn FnOnce(&mut Store) -> Result<()>>;

/// What a movement is of: the version, the two ends and the grouping.
type MovedKey = (u64, [Option<SnapshotId>; 2], GroupBy);

/// The ledger and what is derived from it.
pub struct Ledger {
    pub store: Store,
    /// The open items of [`Ledger::today`], and the names read so far.
    pub portfolio: Portfolio,
    pub digest: Digest,
    /// Amounts are shown in ten-thousands.
    pub wan: bool,
    /// Whose money is looked at.
    pub lens: Lens,
    pub filters: SavedFilters,
    /// Where a user's own interest rates are, if anywhere.
    pub rates: Option<PathBuf>,
    /// Templates of documents.
    pub templates: Templates,
    /// Plans the user gave a name.
    pub plans: Plans,
    /// The advice in force, and the text it was read from.
    pub playbook: Playbook,
    book: String,
    /// Its name, for the header.
    pub name: String,
    pub last_seen: LastSeen,
    pub(super) who: String,
    version: u64,
    /// The last event that is in the portfolio.
    seen: EventId,
    /// The last event the user had seen when the form was opened.
    asked: EventId,
    /// The file's own version, by which another process's write is noticed.
    file: i64,
    /// This user's last change that stands.
    undoable: Option<EventId>,
    /// This user's last undo that stands.
    redoable: Option<EventId>,
    /// What is here is not what the ledger holds: reading it failed half way.
    unread: bool,
    later: Option<Later>,
    pub(super) waker: Option<Waker>,
    /// Set once somebody can be woken; none within where the system cannot watch.
    watch: OnceCell<Option<Watch>>,
    index: Option<Arc<Index>>,
    indexed: u64,
    names: Task<u64, (Names, Index)>,
    search: Task<(String, u64), Arc<Vec<MilestoneId>>>,
    /// What has a note that says what is looked for, and what was found by names or notes.
    noted: Task<(String, u64), Hits>,
    both: Memo<u64, Arc<Vec<MilestoneId>>>,
    past: Task<PastKey, Portfolio>,
    /// What filters ask beside the open items, and the serial number of what is in the portfolio.
    asks: Task<(u64, Asked), Around>,
    around: u64,
    /// The open items it is asked of.
    whose: Memo<u64, Arc<Vec<Whose>>>,
    /// Where the files of snapshots go, if not to the user's documents.
    pub(super) files: Option<PathBuf>,
    pub(super) formats: Option<String>,
    backups: Option<Backups>,
    /// The backup of today in the making.
    backup: Option<JoinHandle<Result<()>>>,
    /// The snapshot being frozen, by the version and language it was asked for in.
    frozen: Task<(u64, Lang), Change>,
    /// The pack being written, and where it is.
    pub(super) packs: Task<(SnapshotId, Lang), String>,
    pub(super) moved: Task<MovedKey, Arc<NamedMovement>>,
    /// By the snapshots there are.
    pub(super) trends: Task<Vec<(SnapshotId, DateTime<Utc>)>, Arc<Trend>>,
}

impl Ledger {
    /// Reads the open items and computes the morning.
    pub fn open(store: Store, session: Session) -> Result<Self> {
        store.set_patience(PATIENCE)?;
        // The version first: what is written in between is read twice rather than missed.
        let (file, seen) = (store.data_version()?, store.last_event()?);
        let portfolio = Portfolio::load(&store, session.today)?;
        let digest = digest::digest(&store, &portfolio)?;
        let mut ledger = Self {
            store,
            portfolio,
            digest,
            wan: false,
            lens: Lens::default(),
            filters: SavedFilters::default(),
            rates: None,
            templates: Templates::default(),
            plans: Plans::new(),
            playbook: Playbook::default(),
            book: String::new(),
            name: session.name,
            last_seen: session.last_seen,
            who: session.who,
            version: 1,
            seen,
            asked: seen,
            file,
            undoable: None,
            redoable: None,
            unread: false,
            later: None,
            waker: None,
            watch: OnceCell::new(),
            index: None,
            indexed: 0,
            names: Task::default(),
            search: Task::default(),
            noted: Task::default(),
            both: Memo::default(),
            past: Task::default(),
            asks: Task::default(),
            around: 0,
            whose: Memo::default(),
            frozen: Task::default(),
            packs: Task::default(),
            moved: Task::default(),
            trends: Task::default(),
            files: session.files,
            formats: session.formats,
            backups: session.backups,
            backup: None,
        };
        ledger.ask_undo()?;
        ledger.keep_seen();
        Ok(ledger)
    }

    /// Has large work done on other threads, and tells who is to be woken then; without, it is done at the key.
    pub fn wake(&mut self, waker: Waker) {
        self.waker = Some(waker);
    }

    pub fn set_later(&mut self, later: Option<Later>) {
        self.later = later;
    }

    /// Writes what was to be written later; false if there is nothing.
    pub fn catch_up(&mut self) -> Result<bool> {
        let Some(later) = self.later.take() else {
            return Ok(false);
        };
        later(&mut self.store)?;
        self.seen = self.store.last_event()?;
        self.reload(self.today())?;
        Ok(true)
    }

    /// The day everything is judged by.
    pub const fn today(&self) -> NaiveDate {
        self.portfolio.today
    }

    /// Reads a filter, with those that were kept.
    pub fn filter(&self, text: &str) -> Result<Filter, FilterError> {
        Filter::parse_with(text, self.today(), &self.filters.all)
    }

    /// Keeps a filter under a name.
    pub fn keep_filter(&mut self, name: &str, filter: &str) -> Result<()> {
        self.filters.keep(name, filter)?;
        self.renew();
        Ok(())
    }

    /// A number that grows with every change of ledger or day: rows made at another one are stale.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Has what is made of it made anew, as it is in other words.
    pub const fn renew(&mut self) {
        self.version += 1;
    }

    /// What there is none of yet.
    pub fn lack(&self) -> Result<Lack> {
        if !self.portfolio.items().is_empty() {
            return Ok(Lack::Nothing);
        }
        Ok(match self.store.counts()? {
            [0, 0, 0] => Lack::Everything,
            [_, _, 0] => Lack::Milestones,
            _ => Lack::Nothing,
        })
    }

    /// The name events carry.
    pub fn who(&self) -> &str {
        &self.who
    }

    /// Whether this user has something to undo.
    pub const fn can_undo(&self) -> bool {
        self.undoable.is_some()
    }

    /// Whether this user has taken something back.
    pub const fn can_redo(&self) -> bool {
        self.redoable.is_some()
    }

    /// Notes what the user sees now: a form opened from here is checked against later events of others.
    pub const fn ask(&mut self) {
        self.asked = self.seen;
    }

    /// An amount without its currency: with decimals, or in ten-thousands if the switch says so.
    pub fn money(&self, minor: impl Into<i128>, currency: Currency) -> String {
        if self.is_in_wan(currency) {
            money::wan(minor, currency)
        } else if self.wan {
            // Among ten-thousands, its sign says that it is none.
            money::with_symbol(minor, currency)
        } else {
            money::format(minor, currency)
        }
    }

    /// Whether amounts of a currency are shown in ten-thousands.
    pub const fn is_in_wan(&self, currency: Currency) -> bool {
        self.wan && money::is_told_in_wan(currency)
    }

    /// An amount with its currency's sign; in ten-thousands with `万` behind it.
    pub fn signed(&self, minor: impl Into<i128>, currency: Currency) -> String {
        let minor = minor.into();
        if !self.is_in_wan(currency) {
            return money::with_symbol(minor, currency);
        }
        let sign = if minor < 0 { "-" } else { "" };
        let size = money::wan(i128::try_from(minor.unsigned_abs()).unwrap_or(minor), currency);
        format!("{sign}{}{size}万", money::symbol(currency))
    }

    /// Notes that the user sees the ledger as it is now.
    fn keep_seen(&self) {
        self.last_seen.keep(Seen { day: self.today(), event: self.seen.0 });
    }

    /// The day changed: everything is judged anew.
    pub fn set_today(&mut self, today: NaiveDate) -> Result<()> {
        if today != self.today() {
            self.reload(today)?;
            let book = std::mem::take(&mut self.book);
            self.set_playbook(book);
        }
        Ok(())
    }

    /// Takes a playbook; the lines that are no advice are left out and told.
    pub fn set_playbook(&mut self, text: String) -> Vec<PlaybookError> {
        let is_action = |name: &str| Keymap::shipped().named(name).is_some();
        let (book, faults) = Playbook::read(&text, (self.today(), &self.filters.all), is_action);
        (self.playbook, self.book) = (book, text);
        faults
    }

    /// Reads what another process wrote; false if nothing did, or is still at it: the next poll is soon enough.
    pub fn poll(&mut self) -> Result<bool> {
        let read = match self.read_changes() {
            Err(Error::Busy) => false,
            Err(error) => {
                self.unread = true;
                return Err(error);
            }
            Ok(read) => read,
        };
        match self.store.settle() {
            Err(Error::Busy) => {}
            settled => settled?,
        }
        self.collect_backup()?;
        Ok(read)
    }

    /// How many events are missing that the user has seen in this ledger, as the last event and the one seen.
    pub fn ends_early(&self) -> Option<(EventId, EventId)> {
        let seen = self.last_seen.event();
        (seen > self.seen).then_some((self.seen, seen))
    }

    /// Keeps the ledger as it is, once a day, beside the work: a large one takes seconds.
    fn back_up(&mut self) {
        let today = self.today();
        let backups = self.backups.clone().filter(|backups| !backups.has(today));
        if let Some(backups) = backups.filter(|_| self.backup.is_none()) {
            let reader = self.store.reader();
            self.backup = Some(thread::spawn(move || backups.take(&reader?, today).map(drop)));
        }
    }

    /// What became of the backup, once it is known. One that failed is tried again tomorrow.
    fn collect_backup(&mut self) -> Result<()> {
        match self.backup.take_if(|backup| backup.is_finished()) {
            Some(backup) => {
                let made = backup.join().map_err(|_| Error::Bug("a backup that died"))?;
                made.map_err(|why| {
                    self.backups = None;
                    Error::NoDailyBackup(Box::new(why))
                })
            }
            None => Ok(()),
        }
    }

    /// Reads everything again where the last reading failed half way.
    pub fn read_again(&mut self) -> Result<()> {
        if self.unread {
            self.portfolio.names.forget();
            self.reload(self.today())?;
            self.unread = false;
        }
        Ok(())
    }

    fn read_changes(&mut self) -> Result<bool> {
        let file = self.store.data_version()?;
        if file == self.file {
            return Ok(false);
        }
        let events = self.store.events_since(self.seen)?;
        let many = events.iter().any(|event| event.touched == Touched::Many);
        if many || events.is_empty() || events.iter().any(|e| e.kind.renames()) {
            // A changed file without an event is a restore or another tool: nothing known holds.
            self.portfolio.names.forget();
            self.reload(self.today())?;
        } else {
            let ids = events.iter().flat_map(|event| match &event.touched {
                Touched::These(ids) => ids.clone(),
                Touched::Many => Vec::new(),
            });
            let ids: Vec<MilestoneId> = ids.collect();
            self.refresh(&ids)?;
        }
        self.seen = self.store.last_event()?;
        self.file = file;
        Ok(true)
    }

    /// Writes a change and reads again what it touched.
    pub fn apply(&mut self, change: &Change) -> Result<Applied> {
        let context = Context {
            who: &self.who,
            today: self.portfolio.today,
            at: crate::clock::now(),
            seen: Some(self.asked),
        };
        let applied = match self.store.apply(change, &context) {
            Ok(applied) => applied,
            Err(error) => {
                // Told of the other's change and shown it, the user can save again.
                if matches!(error, Error::Violation(Violation::Stale { .. })) && self.poll().is_ok()
                {
                    self.ask();
                }
                return Err(error);
            }
        };
        self.follow(&applied, change.kind());
        Ok(applied)
    }

    /// What an undo would take back, and whether the user still has it in mind: it was recorded just now.
    pub fn next_undo(&self) -> Result<Option<(EventSummary, bool)>> {
        let Some(event) = self.store.next_undo(&self.who)? else {
            return Ok(None);
        };
        let summary = self.store.event_summary(event)?;
        let is_fresh = crate::clock::now().signed_duration_since(summary.at) < FRESH;
        Ok(Some((summary, is_fresh)))
    }

    /// Takes back this user's last change; what it was.
    pub fn undo(&mut self) -> Result<EventSummary> {
        let event = self.store.next_undo(&self.who)?.ok_or(Violation::NothingToUndo)?;
        let summary = self.store.event_summary(event)?;
        self.step(Store::undo, summary.kind)?;
        Ok(summary)
    }

    /// Takes back this user's last undo; what stands again.
    pub fn redo(&mut self) -> Result<EventSummary> {
        let undone = self.store.next_redo(&self.who)?.ok_or(Violation::NothingToRedo)?;
        let kind = self.store.event_summary(undone)?.kind;
        let applied = self.step(Store::redo, kind)?;
        self.store.event_summary(applied.event.ok_or(Error::Bug("a redo without an event"))?)
    }

    /// Backs the ledger up before much of it changes at once.
    pub(super) fn back_up_first(&self) -> Result<()> {
        let Some(backups) = &self.backups else {
            return Ok(());
        };
        let kept = backups.take(&self.store, self.portfolio.today);
        kept.map(drop).map_err(|why| Error::NoBackup(Box::new(why)))
    }

    /// Takes an event back that is, or took back, a change of this kind.
    fn step(
        &mut self,
        step: fn(&mut Store, &Context) -> Result<Applied>,
        kind: ChangeKind,
    ) -> Result<Applied> {
        let context = Context {
            who: &self.who,
            today: self.portfolio.today,
            at: crate::clock::now(),
            seen: None,
        };
        if kind.is_import() {
            self.back_up_first()?;
        }
        let applied = step(&mut self.store, &context)?;
        self.follow(&applied, kind);
        Ok(applied)
    }

    /// Reads the names of these open items, as a page shows them.
    pub fn name(&mut self, ids: &[MilestoneId]) -> Result<()> {
        self.portfolio.name(&self.store, ids)
    }

    /// Reads the names of those with money or bills of exchange to see to.
    pub fn name_accounts(&mut self) -> Result<()> {
        self.portfolio.name_accounts(&self.store)
    }

    /// Reads the names of what was agreed for a day in a contact.
    pub fn name_agreed(&mut self) -> Result<()> {
        self.portfolio.name_agreed(&self.store)
    }

    /// Reads the names of these items, open or not.
    pub fn name_items(&mut self, items: &[Item]) -> Result<()> {
        self.portfolio.names.read(&self.store, items.iter())
    }

    /// Where a screen can have work of its own done.
    pub const fn place(&self) -> Place<'_> {
        Place::new(&self.store, self.waker.as_ref())
    }

    /// Whether a write of another process is told. A throw-away ledger has no other.
    pub fn is_told_of_writes(&self) -> bool {
        self.waker.is_some()
            && (self.store.is_throwaway() || self.watch.get().is_some_and(Option::is_some))
    }

    fn watch(&self) {
        if let Some(waker) = self.waker.as_ref().filter(|_| !self.store.is_throwaway()) {
            let told = || {
                let waker = waker.clone();
                Watch::new(self.store.path(), move || waker.written())
            };
            self.watch.get_or_init(told);
        }
    }

    /// Begins to watch the file, and has the names read if they are not all here. The page that is seen needs neither:
    /// after its frame is early enough.
    pub fn prepare(&mut self) -> Result<()> {
        self.watch();
        if self.portfolio.names.is_complete() || self.names.is_running() {
            return Ok(());
        }
        let place = Place::new(&self.store, self.waker.as_ref());
        let items: Vec<NamedItem> = self.portfolio.items().iter().map(NamedItem::new).collect();
        self.names.get(&self.version, place, move |store| {
            let names = Names::read_all(store)?;
            let index = Index::new(&items, &names);
            Ok((names, index))
        })?;
        Ok(())
    }

    /// Takes the names and their index once they are read; true if they are new.
    pub fn collect(&mut self) -> Result<bool> {
        match self.names.take()? {
            Some((version, (names, index))) if version == self.version => {
                self.portfolio.names = names;
                self.index = Some(Arc::new(index));
                self.indexed += 1;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Whether what is looked for is to be looked for again, now that names of new milestones are here.
    pub fn finds_more(&mut self) -> Result<bool> {
        Ok(self.search.latest().is_some() && self.collect()?)
    }

    /// The index of names and a number that differs from one index to the next; none as long as they are read.
    pub const fn index(&self) -> (u64, Option<&Arc<Index>>) {
        (self.indexed, self.index.as_ref())
    }

    /// What a text finds: none narrows nothing, because nothing is looked for or nothing was found yet. While a search
    /// runs the last result stands.
    pub fn find(&mut self, typed: &str) -> Result<Option<Found>> {
        let typed = typed.trim();
        if typed.is_empty() {
            self.search.forget();
            return Ok(None);
        }
        if let Some(index) = self.index.clone() {
            let key = (typed.to_owned(), self.indexed);
            let typed = typed.to_owned();
            let place = Place::new(&self.store, self.waker.as_ref());
            self.search.get(&key, place, move |_| Ok(Arc::new(index.find(&typed))))?;
        }
        let notes = (typed.to_owned(), self.version);
        self.find_notes(&notes)?;
        let Some((names, ids)) = self.search.latest() else {
            return Ok(None);
        };
        let hits = self.noted.value(&notes).filter(|hits| !hits.is_empty());
        let at = hits.and(self.noted.latest()).map_or(0, |(at, _)| at);
        let serial = names << 32 | at;
        let Some(hits) = hits else {
            return Ok(Some(Found { serial, ids: Arc::clone(ids) }));
        };
        if self.both.key() != Some(&serial) {
            let has = |item: &&Item| hits.has((*item).into());
            let noted = self.portfolio.items().iter().filter(has).map(|item| item.id);
            let mut both: Vec<MilestoneId> = ids.iter().copied().chain(noted).collect();
            both.sort_unstable();
            both.dedup();
            self.both.refresh(serial, || Arc::new(both));
        }
        Ok(Some(Found { serial, ids: Arc::clone(&self.both) }))
    }

    /// Has looked for what notes say, apart from names: there may be many more of them.
    fn find_notes(&mut self, notes: &(String, u64)) -> Result<()> {
        let typed = notes.0.as_str();
        if typed.chars().count() < NOTED {
            return Ok(());
        }
        let (asked, today) = ([Noted::new(None, typed)], self.today());
        let whose = self.whose();
        let place = Place::new(&self.store, self.waker.as_ref());
        self.noted.get(notes, place, move |store| {
            Ok(store.noted(&asked, &whose, today)?.into_iter().next().unwrap_or_default())
        })?;
        Ok(())
    }

    /// The open items, and what they are part of.
    fn whose(&mut self) -> Arc<Vec<Whose>> {
        let items = self.portfolio.items();
        self.whose.refresh(self.version, || Arc::new(items.iter().map(Whose::from).collect()));
        Arc::clone(&self.whose)
    }

    /// Has read what a filter asks beside the open items; while it is being read, the last that was stands.
    pub fn read_around(&mut self, asked: &Asked) -> Result<()> {
        if asked.is_nothing() {
            return Ok(());
        }
        let (version, today) = (self.version, self.today());
        let (whose, asks) = (self.whose(), asked.clone());
        let place = Place::new(&self.store, self.waker.as_ref());
        self.asks.get(&(version, asked.clone()), place, move |store| {
            Around::read(store, &whose, &asks, today)
        })?;
        if let Some((serial, around)) = self.asks.latest().filter(|(at, _)| *at != self.around) {
            self.portfolio.around = around.clone();
            self.around = serial;
        }
        Ok(())
    }

    /// A number that differs from one reading of what filters ask to the next.
    pub const fn around(&self) -> u64 {
        self.around
    }

    /// Has the open items of a day before today read, with what a filter needs; false while they are.
    pub fn read_day(&mut self, day: NaiveDate, filter: &Filter) -> Result<bool> {
        if day == self.today() {
            return Ok(true);
        }
        let key = past_key(self.version, day, filter);
        let (named, asked) = (key.2, key.3.clone());
        let place = Place::new(&self.store, self.waker.as_ref());
        let read = self.past.get(&key, place, move |store| {
            let mut portfolio = Portfolio::load(store, day)?;
            if named {
                portfolio.name_all(store, &[])?;
            }
            portfolio.read_around(store, &asked, &[])?;
            Ok(portfolio)
        })?;
        Ok(read.is_some())
    }

    /// The open items of a day, if they were read.
    pub fn day(&self, day: NaiveDate, filter: &Filter) -> Option<&Portfolio> {
        if day == self.today() {
            return Some(&self.portfolio);
        }
        self.past.value(&past_key(self.version, day, filter))
    }

    /// Freezes the aging table of today; [`Ledger::frozen`] has the change that keeps it.
    pub fn freeze(&mut self, lang: Lang) -> Result<()> {
        let today = self.today();
        let place = Place::new(&self.store, self.waker.as_ref());
        let key = (self.version, lang);
        self.frozen.get(&key, place, move |store| snapshot::freeze(store, today, lang))?;
        Ok(())
    }

    /// The change that keeps the frozen table, once it is computed.
    pub fn frozen(&mut self) -> Result<Option<Change>> {
        Ok(self.frozen.take()?.map(|(_, change)| change))
    }

    /// Reads what a change touched. It is on disk by now: that it cannot be read is said by the screen, and never looks
    /// like a change that failed.
    pub(super) fn follow(&mut self, applied: &Applied, kind: ChangeKind) {
        self.back_up();
        if kind.renames() || applied.touched == Touched::Many {
            self.portfolio.names.forget();
        }
        self.unread |= self.read_touched(&applied.touched).is_err();
        // Events of others in between are still to be read: `poll` will find them by the file's version.
        if let Some(event) = applied.event
            && event.0 == self.seen.0 + 1
        {
            self.seen = event;
        }
        self.keep_seen();
    }

    fn read_touched(&mut self, touched: &Touched) -> Result<()> {
        match touched {
            Touched::These(ids) => {
                self.portfolio.refresh(&self.store, ids)?;
                self.derive()
            }
            Touched::Many => self.reload(self.today()),
        }
    }

    fn reload(&mut self, today: NaiveDate) -> Result<()> {
        let mut read = Portfolio::load(&self.store, today)?;
        read.names = std::mem::take(&mut self.portfolio.names);
        read.around = std::mem::take(&mut self.portfolio.around);
        self.portfolio = read;
        self.derive()
    }

    /// Reads these milestones again, and judges their customers' items.
    fn refresh(&mut self, ids: &[MilestoneId]) -> Result<()> {
        match self.portfolio.refresh(&self.store, ids)? {
            Some(customers) => {
                self.version += 1;
                self.digest.update(&customers, &self.store, &self.portfolio)?;
                self.ask_undo()
            }
            None => self.derive(),
        }
    }

    fn derive(&mut self) -> Result<()> {
        self.version += 1;
        self.digest = digest::digest(&self.store, &self.portfolio)?;
        self.ask_undo()
    }

    fn ask_undo(&mut self) -> Result<()> {
        self.undoable = self.store.next_undo(&self.who)?;
        self.redoable = self.store.next_redo(&self.who)?;
        Ok(())
    }
}

impl Drop for Ledger {
    /// A backup that is begun is brought to its end.
    fn drop(&mut self) {
        if let Some(backup) = self.backup.take() {
            drop(backup.join());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::domain::change::{CustomerDraft, PaymentDraft, PromiseDraft, TouchDraft};
    use crate::domain::kinds::{Grade, TouchKind};

    /// After each change the morning is what it would be if everything were read and judged anew.
    #[test]
    fn a_morning_kept_up_to_date_is_that_of_a_fresh_start() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 18).unwrap();
        let mut store = Store::throwaway(&std::env::temp_dir()).unwrap();
        demo::small(&mut store, today, demo::Company::Chinese).unwrap();
        let session = Session {
            today,
            who: "wang".to_owned(),
            name: String::new(),
            last_seen: LastSeen::default(),
            backups: None,
            files: None,
            formats: None,
        };
        let mut ledger = Ledger::open(store, session).unwrap();
        let is_fresh = |ledger: &Ledger| {
            let fresh = Portfolio::load(&ledger.store, today).unwrap();
            assert_eq!(ledger.portfolio.items(), fresh.items());
            assert_eq!(ledger.digest, digest::digest(&ledger.store, &fresh).unwrap());
        };
        let items = ledger.portfolio.items().to_vec();
        for (at, item) in items.iter().enumerate() {
            let milestones = vec![item.id];
            let change = match at % 5 {
                0 => Change::LogContact(TouchDraft {
                    kind: TouchKind::Dunning,
                    step: Some(3),
                    ..TouchDraft::new(milestones, today)
                }),
                1 => Change::RecordPayment(PaymentDraft::new(item.account(), today, 1_000_000)),
                2 => Change::Accept { milestones, on: Some(today) },
                3 => Change::Promise {
                    promises: vec![PromiseDraft {
                        milestone: item.id,
                        amount: Some(1),
                        pay_by: today,
                    }],
                    on: today,
                    note: String::new(),
                },
                _ => Change::EditCustomer(
                    item.customer,
                    CustomerDraft {
                        name: item.customer.to_string(),
                        grade: Some(Grade::D),
                        ..CustomerDraft::default()
                    },
                ),
            };
            if ledger.apply(&change).is_ok() {
                is_fresh(&ledger);
                if at % 2 == 0 {
                    ledger.undo().unwrap();
                    is_fresh(&ledger);
                }
            }
        }
        assert!(ledger.version() > 30, "most changes are accepted");
    }
}
