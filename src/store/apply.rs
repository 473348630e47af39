//! Changes into the ledger: checks against the facts, rows, what is derived from them, the record. Commands, screens,
//! imports and made-up ledgers all write through the [`Writer`].

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::backend::{Backend, Read, RowReader, Transaction, Value, values};
use super::journal::{Entry, Journal};
use super::rows::{Row, Table};
use super::write::todo;
use super::{Applied, Context, Store, Touched, chain, deals, derived, facts};
use crate::domain::calendar::Calendar;
use crate::domain::change::{Booking, Change, ChangeKind, PaymentDraft, Target};
use crate::domain::facts::Facts;
use crate::domain::ids::{EventId, MilestoneId, PaymentId};
use crate::domain::normalize::is_hidden;
use crate::domain::violation::Violation;
use crate::domain::{approval, as_of, clean, rules};
use crate::error::{Error, Result};

/// An event names the milestones it concerns up to this many; beyond, readers read everything again.
const MANY: usize = 500;

impl Store {
    /// Applies a change: all of it, on disk when this returns, or nothing.
    pub fn apply(&mut self, change: &Change, context: &Context) -> Result<Applied> {
        let transaction = Transaction::writing(&*self.reader.db)?;
        let mut affected = Affected::default();
        let mut applied = apply(&*self.reader.db, change, context, &mut affected)?;
        affected.derive(&*self.reader.db, Calendar::china())?;
        if let Change::Deliver { on: Some(_), .. }
        | Change::Accept { on: Some(_), .. }
        | Change::AcceptReserved { .. } = change
        {
            applied.dated = affected.dated(&*self.reader.db, context.today)?;
        }
        chain::seal(&*self.reader.db)?;
        transaction.commit()?;
        Ok(applied)
    }

    /// What a change would do, found by doing it and taking it back.
    pub fn rehearse(&mut self, change: &Change, context: &Context) -> Result<Applied> {
        let _taken_back = Transaction::writing(&*self.reader.db)?;
        apply(&*self.reader.db, change, context, &mut Affected::default())
    }

    /// Applies many changes, each with who made it and an event of its own, in one transaction: all of them or none.
    /// What is derived is written once, at the end.
    pub fn apply_all<'c>(
        &mut self,
        changes: impl IntoIterator<Item = (Context<'c>, Change)>,
    ) -> Result<Vec<Applied>> {
        let transaction = Transaction::writing(&*self.reader.db)?;
        let mut affected = Affected::default();
        let applied: Vec<Applied> = changes
            .into_iter()
            .map(|(context, change)| apply(&*self.reader.db, &change, &context, &mut affected))
            .collect::<Result<_>>()?;
        affected.derive(&*self.reader.db, Calendar::china())?;
        chain::seal(&*self.reader.db)?;
        transaction.commit()?;
        Ok(applied)
    }
}

fn apply(
    db: &dyn Backend,
    change: &Change,
    context: &Context,
    affected: &mut Affected,
) -> Result<Applied> {
    let record = Record::of(change)?;
    if record.may_act() {
        return decide(db, &change.cleaned(), context, affected);
    }
    let is_decision = matches!(change, Change::ApproveTodo { .. } | Change::DeclineTodo { .. });
    if is_decision || approval::limited(change).is_some() {
        return decide(db, change, context, affected);
    }
    write(db, change, &record, context, affected)
}

/// Writes the change, or asks for it where its author may not make it; a decision with the name of who asked.
fn decide(
    db: &dyn Backend,
    change: &Change,
    context: &Context,
    affected: &mut Affected,
) -> Result<Applied> {
    if let Some(proposal) = todo::proposal(db, change, context)? {
        let applied = write(db, &proposal, &Record::of(&proposal)?, context, affected)?;
        return Ok(Applied { proposed: true, ..applied });
    }
    let change = todo::named(db, change)?;
    write(db, &change, &Record::of(&change)?, context, affected)
}

fn write(
    db: &dyn Backend,
    change: &Change,
    record: &Record,
    context: &Context,
    affected: &mut Affected,
) -> Result<Applied> {
    let mut writer = Writer::new(db, context);
    // Money without a target looks for what is open, which is derived: nothing may wait then.
    if matches!(
        change,
        Change::RecordPayment(PaymentDraft { target: Target::Automatic, .. })
            | Change::BookLine {
                payment: Booking::New(PaymentDraft { target: Target::Automatic, .. }),
                ..
            }
            | Change::ApplyPayment { target: Target::Automatic, .. }
    ) {
        std::mem::take(affected).derive(db, Calendar::china())?;
    }
    writer.write(change)?;
    writer.finish(record, affected)
}

/// A change being written: what it did so far, and what it will have to say about itself.
pub(super) struct Writer<'a> {
    pub db: &'a dyn Backend,
    pub calendar: &'a Calendar,
    pub context: &'a Context<'a>,
    pub journal: Journal,
    /// Ids of the rows it is about.
    pub created: Vec<i64>,
    /// Its event, if part of what it did was written already.
    early: Option<EventId>,
    /// Part of it was only asked for: its author may not do it.
    pub proposed: bool,
    /// The latest day it speaks of.
    pub latest: Option<NaiveDate>,
    /// Whose facts rows were before they changed whom they are about.
    before: Affected,
}

/// What an event says about a change.
pub(super) struct Record {
    pub kind: ChangeKind,
    pub detail: String,
    pub undoes: Option<EventId>,
    /// It loses nothing by coming after somebody else's change.
    pub skip_conflict_check: bool,
}

impl Record {
    fn of(change: &Change) -> Result<Self> {
        Ok(Self {
            kind: change.kind(),
            detail: serde_json::to_string(change)?,
            undoes: None,
            skip_conflict_check: matches!(
                change,
                Change::LogContact(_)
                    | Change::Promise { .. }
                    | Change::AddTodo(_)
                    | Change::AddNote(_)
                    | Change::FilePaper(_)
            ),
        })
    }
}

impl Record {
    /// Whether a text of the change may hold what acts on a screen: JSON escapes control characters.
    fn may_act(&self) -> bool {
        self.detail.contains(|c| c == '\\' || is_hidden(c))
    }
}

impl<'a> Writer<'a> {
    pub(super) fn new(db: &'a dyn Backend, context: &'a Context<'a>) -> Self {
        Self {
            db,
            calendar: Calendar::china(),
            context,
            journal: Journal::default(),
            created: Vec::new(),
            early: None,
            proposed: false,
            latest: None,
            before: Affected::default(),
        }
    }

    /// Inserts a row that came of something else.
    pub(super) fn insert<R: Row>(&mut self, row: &R) -> Result<i64> {
        self.journal.insert(self.db, row)
    }

    /// Inserts a row that the change is about.
    pub(super) fn create<R: Row>(&mut self, row: &R) -> Result<i64> {
        let id = self.insert(row)?;
        self.created.push(id);
        Ok(id)
    }

    /// True if the row came out another one.
    pub(super) fn update<R: Row + Clone>(
        &mut self,
        id: i64,
        change: impl FnOnce(&mut R),
    ) -> Result<bool> {
        Ok(self.journal.update(self.db, id, change)?.is_some())
    }

    /// Notes whose facts a row is that is about to change whom it is about.
    pub(super) fn touches<R: Row>(&mut self, id: i64) -> Result<()> {
        let entry = Entry { table: R::TABLE, first: id, last: id, before: None, after: None };
        self.before.extend(Affected::by(self.db, [&entry])?);
        Ok(())
    }

    /// Notes a day on which something happened; it cannot be after today.
    pub(super) fn happened(&mut self, day: NaiveDate) -> Result<()> {
        rules::happened(day, self.context.today)?;
        self.speaks_of(day);
        Ok(())
    }

    pub(super) fn maybe_happened(&mut self, day: Option<NaiveDate>) -> Result<()> {
        day.map_or(Ok(()), |day| self.happened(day))
    }

    pub(super) fn speaks_of(&mut self, day: NaiveDate) {
        self.latest = self.latest.max(Some(day));
    }

    /// Checks that nobody came first, and writes the event; what is to be derived goes to `affected`.
    pub(super) fn finish(mut self, record: &Record, affected: &mut Affected) -> Result<Applied> {
        let created = std::mem::take(&mut self.created);
        if self.journal.is_empty() {
            return Ok(Applied {
                event: None,
                touched: Touched::These(Vec::new()),
                about: Vec::new(),
                created,
                dated: Vec::new(),
                outcome: None,
                proposed: false,
            });
        }
        let mut own = Affected::by(self.db, self.journal.entries())?;
        own.extend(std::mem::take(&mut self.before));
        if !record.skip_conflict_check {
            self.check_seen()?;
        }
        let touched = own.touched();
        let event = self.record(record, &touched)?;
        let about = own.about.iter().copied().collect();
        affected.extend(own);
        Ok(Applied {
            event: Some(event),
            touched,
            about,
            created,
            dated: Vec::new(),
            outcome: None,
            proposed: self.proposed,
        })
    }

    /// Whether nothing was done.
    pub(super) fn is_idle(&self) -> bool {
        self.journal.is_empty() && self.early.is_none()
    }

    /// Writes the updates so far to the event that is to come, once they are many, and forgets them.
    pub(super) fn write_updates(&mut self, kind: ChangeKind) -> Result<()> {
        let images = self.journal.take_updates();
        if images.is_empty() {
            return Ok(());
        }
        let event = if let Some(event) = self.early {
            event
        } else {
            let sql = "INSERT INTO event (at, who, kind, detail) VALUES ($1, $2, $3, $4)";
            let who = clean::text(self.context.who);
            EventId(self.db.insert(sql, values![self.context.at, who, kind.code(), ""])?)
        };
        self.early = Some(event);
        images.iter().try_for_each(|image| image.store(self.db, event))
    }

    pub(super) fn record(&self, record: &Record, touched: &Touched) -> Result<EventId> {
        let touched = match touched {
            Touched::These(ids) => Some(serde_json::to_string(ids)?),
            Touched::Many => None,
        };
        let (who, kind) = (clean::text(self.context.who), record.kind.code());
        let event: &[Value<'_>; 7] = values![
            self.context.at,
            who,
            kind,
            self.latest,
            record.detail,
            touched,
            record.undoes,
        ];
        let images = self.journal.images();
        if let Some(early) = self.early {
            images.iter().try_for_each(|image| image.store(self.db, early))?;
            let sql = "UPDATE event SET at = $1, who = $2, kind = $3, effective_on = $4, detail = $5, touched = $6, \
                       undoes = $7 WHERE id = $8";
            self.db.execute(sql, &[event.as_slice(), values![early]].concat())?;
            chain::close(self.db, early)?;
            return Ok(early);
        }
        let hash = chain::next(self.db, event, &images)?;
        let event = EventId(self.db.insert(
            "INSERT INTO event (at, who, kind, effective_on, detail, touched, undoes, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[event.as_slice(), &[Value::Blob(&hash)]].concat(),
        )?);
        images.iter().try_for_each(|image| image.store(self.db, event))?;
        Ok(event)
    }

    /// Refuses a change of something that another event changed since the user read it.
    fn check_seen(&self) -> Result<()> {
        let Some(seen) = self.context.seen else {
            return Ok(());
        };
        for entry in self.journal.entries() {
            if entry.before.is_some()
                && let Some(later) = overlapping(self.db, entry, seen)?
            {
                return Err(later.stale());
            }
        }
        // A corrected project or setting moves dates of milestones, but nobody read those to correct it.
        let meant = self.journal.entries().iter();
        let meant = meant.filter(|entry| !matches!(entry.table, Table::Project | Table::Setting));
        let milestones = Affected::by(self.db, meant)?.milestones;
        for later in events_after(self.db, seen)? {
            let hit = match &later.touched {
                Touched::These(ids) => ids.iter().any(|id| milestones.contains(id)),
                Touched::Many => !milestones.is_empty(),
            };
            if hit {
                return Err(later.stale());
            }
        }
        Ok(())
    }
}

/// Whose facts some rows are.
#[derive(Debug, Default)]
pub(super) struct Affected {
    pub milestones: BTreeSet<MilestoneId>,
    /// Those of them the rows tell of, without the retentions that merely follow one of them.
    pub about: BTreeSet<MilestoneId>,
    pub payments: BTreeSet<PaymentId>,
}

impl Affected {
    /// The milestones and payments whose facts the rows of these entries are.
    pub(super) fn by<'e>(
        db: &dyn Backend,
        entries: impl IntoIterator<Item = &'e Entry>,
    ) -> Result<Self> {
        let mut all = Self::default();
        let mut paid: Vec<MilestoneId> = Vec::new();
        for entry in entries {
            let run = values![entry.first, entry.last];
            if let Some(sql) = entry.table.milestones() {
                let milestones: Vec<MilestoneId> = db.rows(sql, run)?;
                if matches!(
                    entry.table,
                    Table::Allocation | Table::Bill | Table::Setting | Table::Voided
                ) {
                    paid.extend(&milestones);
                }
                if entry.table == Table::Milestone {
                    all.about.extend((entry.first..=entry.last).map(MilestoneId));
                } else if entry.table != Table::Setting {
                    // A setting is about none, even where their promises are judged by it.
                    all.about.extend(&milestones);
                }
                all.milestones.extend(milestones);
            } else if entry.table == Table::Milestone {
                all.about.extend((entry.first..=entry.last).map(MilestoneId));
            }
            if let Some(sql) = entry.table.payments() {
                all.payments.extend(db.rows::<PaymentId>(sql, run)?);
            }
        }
        if !paid.is_empty() {
            all.milestones.extend(deals::settled_with(db, &paid)?);
        }
        Ok(all)
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.milestones.extend(other.milestones);
        self.about.extend(other.about);
        self.payments.extend(other.payments);
    }

    pub(super) fn derive(&self, db: &dyn Backend, calendar: &Calendar) -> Result<()> {
        let milestones: Vec<MilestoneId> = self.milestones.iter().copied().collect();
        derived::milestones(db, calendar, &milestones)?;
        let payments: Vec<PaymentId> = self.payments.iter().copied().collect();
        derived::payments(db, &payments)
    }

    /// Those that merely follow one the change was about, and have their due date from it.
    fn dated(&self, db: &dyn Backend, today: NaiveDate) -> Result<Vec<(MilestoneId, NaiveDate)>> {
        let following: Vec<MilestoneId> =
            self.milestones.difference(&self.about).copied().collect();
        let facts = facts::of(db, &following)?;
        let follows = |f: &&Facts| f.reference.as_ref().is_some_and(|r| self.about.contains(&r.of));
        let dated = facts.iter().filter(follows).filter_map(|facts| {
            let item = as_of::item(facts, as_of::LATEST, Calendar::china())?;
            let taken = facts.reference.as_ref()?.happened_on;
            let due = item.rule_due.filter(|_| taken.is_some() && item.met_by(today) == taken)?;
            Some((facts.id, due))
        });
        Ok(dated.collect())
    }

    /// The milestones as an event names them.
    pub(super) fn touched(&self) -> Touched {
        Touched::of(&self.milestones)
    }
}

impl Touched {
    /// Few enough to be named, or all.
    pub(super) fn of(milestones: &BTreeSet<MilestoneId>) -> Self {
        if milestones.len() > MANY {
            Self::Many
        } else {
            Self::These(milestones.iter().copied().collect())
        }
    }

    /// As an event carries it.
    pub(super) fn parse(text: Option<&str>) -> Result<Self> {
        Ok(match text {
            Some(ids) => Self::These(serde_json::from_str(ids)?),
            None => Self::Many,
        })
    }
}

/// Another event than the one at hand.
#[derive(Debug, Clone)]
pub(super) struct OtherEvent {
    pub event: EventId,
    pub kind: ChangeKind,
    pub who: String,
    pub touched: Touched,
    /// The event it takes back.
    pub undoes: Option<EventId>,
}

impl OtherEvent {
    /// What its queries select of `event e`.
    pub(super) const COLUMNS: &str = "SELECT e.id, e.kind, e.who, e.touched, e.undoes FROM event e";

    fn stale(self) -> Error {
        Error::Violation(Violation::Stale { event: self.event, kind: self.kind, who: self.who })
    }
}

impl Read for OtherEvent {
    fn read(row: &mut RowReader<'_>) -> Result<Self> {
        Ok(Self {
            event: row.next()?,
            kind: row.next()?,
            who: row.next()?,
            touched: Touched::parse(row.next_text()?)?,
            undoes: row.next()?,
        })
    }
}

/// The last event after `seen` that did something to the rows of this entry.
fn overlapping(db: &dyn Backend, entry: &Entry, seen: EventId) -> Result<Option<OtherEvent>> {
    let rest = "JOIN event_row r ON r.event = e.id \
               WHERE r.tbl = $1 AND r.first_id <= $2 AND r.last_id >= $3 AND r.event > $4 \
               ORDER BY e.id DESC LIMIT 1";
    db.first(
        &[OtherEvent::COLUMNS, rest].join(" "),
        values![entry.table.name(), entry.last, entry.first, seen],
    )
}

/// The events after this one, newest first.
fn events_after(db: &dyn Backend, seen: EventId) -> Result<Vec<OtherEvent>> {
    let sql = [OtherEvent::COLUMNS, "WHERE e.id > $1 ORDER BY e.id DESC"].join(" ");
    db.rows(&sql, values![seen])
}
