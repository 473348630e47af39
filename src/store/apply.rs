//! One change, one transaction, one event: checks against the facts, rows, what is derived from them, the record.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rusqlite::types::ToSql;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::convert::{Cells, Day, cached, first, rows};
use super::journal::{Entry, Journal};
use super::tables::T;
use super::{Applied, Context, Reader, Store, Touched, derived, import};
use crate::domain::calendar::Calendar;
use crate::domain::change::{Change, ChangeKind};
use crate::domain::ids::{EventId, MilestoneId, PaymentId};
use crate::domain::violation::{Field, Violation};
use crate::error::{Error, Result};

/// An event names the milestones it concerns up to this many; beyond, readers read everything again.
const MANY: usize = 500;

impl Store {
    /// Applies a change: all of it, on disk when this returns, or nothing.
    pub fn apply(&mut self, change: &Change, context: &Context) -> Result<Applied> {
        let db = begin(&mut self.reader)?;
        let applied = apply(&db, change, context)?;
        db.commit()?;
        Ok(applied)
    }

    /// Applies changes one after the other, each with who made it: all of them or none.
    pub fn apply_all<'c>(
        &mut self,
        changes: impl IntoIterator<Item = (Context<'c>, Change)>,
    ) -> Result<Vec<Applied>> {
        let db = begin(&mut self.reader)?;
        let changes = changes.into_iter();
        let applied: Result<Vec<Applied>> = changes
            .map(|(context, change)| apply(&db, &change, &context))
            .collect();
        let applied = applied?;
        db.commit()?;
        Ok(applied)
    }
}

fn apply(db: &Connection, change: &Change, context: &Context) -> Result<Applied> {
    let mut writer = Writer::new(db, Calendar::china(), context);
    if let Change::ImportPlan(batch) = change {
        return import::write(writer, batch, &mut |_, _| {});
    }
    writer.write(change)?;
    writer.finish(&Record {
        kind: change.kind(),
        detail: serde_json::to_string(change)?,
        undoes: None,
        may_come_second: matches!(change, Change::LogContact(_) | Change::Promise { .. }),
    })
}

/// Begins a transaction that will write.
pub(super) fn begin(reader: &mut Reader) -> Result<Transaction<'_>> {
    Ok(reader
        .db
        .transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// A change being written: what it did so far, and what it will have to say about itself.
pub(super) struct Writer<'a> {
    pub db: &'a Connection,
    pub calendar: &'a Calendar,
    pub context: &'a Context<'a>,
    pub journal: Journal,
    /// Ids of the rows it is about.
    pub created: Vec<i64>,
    /// The latest day it speaks of.
    pub latest: Option<NaiveDate>,
}

/// What an event says about a change.
pub(super) struct Record {
    pub kind: ChangeKind,
    pub detail: String,
    pub undoes: Option<EventId>,
    /// It loses nothing by coming after somebody else's change.
    pub may_come_second: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        db: &'a Connection,
        calendar: &'a Calendar,
        context: &'a Context<'a>,
    ) -> Self {
        Self {
            db,
            calendar,
            context,
            journal: Journal::default(),
            created: Vec::new(),
            latest: None,
        }
    }

    fn write(&mut self, change: &Change) -> Result<()> {
        match change {
            Change::AddCustomer(draft) => self.add_customer(draft),
            Change::EditCustomer(id, draft) => self.edit_customer(*id, draft),
            Change::AddProject(draft) => self.add_project(draft),
            Change::EditProject(id, draft) => self.edit_project(*id, draft),
            Change::AddMilestone(draft) => self.add_milestone(draft),
            Change::EditMilestone(id, draft) => self.edit_milestone(*id, draft),
            Change::Deliver { milestones, on } => self.reach("delivered_on", milestones, *on),
            Change::Accept { milestones, on } => self.reach("accepted_on", milestones, *on),
            Change::Invoice(draft) => self.invoice(draft),
            Change::RecordPayment(draft) => self.record_payment(draft),
            Change::ReversePayment {
                payment,
                amount,
                on,
                reason,
            } => self.reverse_payment(*payment, *amount, (*on, reason)),
            Change::ApplyPayment { payment, target } => self.apply_payment(*payment, target),
            Change::LogContact(draft) => self.log_contact(draft),
            Change::Promise { promises, on, note } => self.promise(promises, *on, note),
            other => self.write_agreement(other),
        }
    }

    fn write_agreement(&mut self, change: &Change) -> Result<()> {
        match change {
            Change::OpenDispute {
                milestone,
                amount,
                on,
                reason,
                owner,
            } => self.open_dispute(*milestone, *amount, *on, [reason, owner]),
            Change::ResolveDispute {
                milestone,
                on,
                resolution,
            } => self.resolve_dispute(*milestone, *on, resolution),
            Change::Reschedule {
                milestones,
                to,
                on,
                reason,
            } => self.reschedule(milestones, (*on, *to), reason),
            Change::Hold {
                milestones,
                since,
                until,
                reason,
            } => self.hold(milestones, (*since, *until), reason),
            Change::Release { milestones, on } => self.release(milestones, *on),
            Change::WriteOff {
                milestone,
                amount,
                on,
                reason,
            } => self.write_off(*milestone, *amount, (*on, reason)),
            Change::TakeSnapshot {
                as_of,
                iso_week,
                rows,
                items,
            } => self.take_snapshot(*as_of, iso_week, (rows, items)),
            Change::Set { key, value } => self.set(key, value.as_deref()),
            Change::EditPerson { name, role, team } => self.edit_person(name, *role, team),
            _ => Err(Error::Bug("a change nobody writes")),
        }
    }

    pub(super) fn insert(&mut self, table: T, values: &[&dyn ToSql]) -> Result<i64> {
        self.journal.insert(self.db, table, values)
    }

    pub(super) fn update(
        &mut self,
        table: T,
        id: i64,
        changes: &[(&str, &dyn ToSql)],
    ) -> Result<bool> {
        self.journal.update(self.db, (table, id), changes)
    }

    /// Notes a day on which something happened; it cannot be after today.
    pub(super) fn happened(&mut self, day: NaiveDate) -> Result<()> {
        let today = self.context.today;
        if day > today {
            return Err(Violation::Future { day, today }.into());
        }
        self.latest = self.latest.max(Some(day));
        Ok(())
    }

    pub(super) fn maybe_happened(&mut self, day: Option<NaiveDate>) -> Result<()> {
        day.map_or(Ok(()), |day| self.happened(day))
    }

    /// Rewrites what is derived, checks that nobody came first, writes the event.
    pub(super) fn finish(mut self, record: &Record) -> Result<Applied> {
        let created = std::mem::take(&mut self.created);
        if self.journal.is_empty() {
            return Ok(Applied {
                event: None,
                touched: Touched::These(Vec::new()),
                about: Vec::new(),
                created,
                outcome: None,
            });
        }
        let concerns = concerns(self.db, self.journal.entries())?;
        self.derive(&concerns)?;
        if !record.may_come_second {
            self.check_seen()?;
        }
        let about = concerns.about.into_iter().collect();
        let touched = touched(concerns.milestones);
        let event = self.record(record, &touched)?;
        Ok(Applied {
            event: Some(event),
            touched,
            about,
            created,
            outcome: None,
        })
    }

    pub(super) fn derive(&self, concerns: &Concerns) -> Result<()> {
        let milestones: Vec<MilestoneId> = concerns.milestones.iter().copied().collect();
        derived::milestones(self.db, self.calendar, &milestones)?;
        let payments: Vec<PaymentId> = concerns.payments.iter().copied().collect();
        derived::payments(self.db, &payments)
    }

    pub(super) fn record(&self, record: &Record, touched: &Touched) -> Result<EventId> {
        let touched = match touched {
            Touched::These(ids) => Some(serde_json::to_string(ids)?),
            Touched::Many => None,
        };
        let at = self
            .context
            .at
            .to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        cached(
            self.db,
            "INSERT INTO event (at, who, kind, effective_on, detail, touched, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            at,
            self.context.who,
            record.kind.code(),
            Day::maybe(self.latest),
            record.detail,
            touched,
            record.undoes.map(|e| e.0),
        ])?;
        let event = EventId(self.db.last_insert_rowid());
        self.journal.store(self.db, event)?;
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
        // A corrected project moves dates of its milestones, but nobody read those to correct it.
        let meant = self.journal.entries().iter();
        let milestones = concerns(self.db, meant.filter(|e| e.table != T::Project))?.milestones;
        for (later, touched) in later_touched(self.db, seen)? {
            let hit = match touched {
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

/// Milestones as an event names them.
fn touched(milestones: BTreeSet<MilestoneId>) -> Touched {
    if milestones.len() > MANY {
        Touched::Many
    } else {
        Touched::These(milestones.into_iter().collect())
    }
}

/// Whose facts some rows are.
#[derive(Debug, Default)]
pub(super) struct Concerns {
    pub milestones: BTreeSet<MilestoneId>,
    /// Those of them the rows tell of, without the retentions that merely follow one of them.
    pub about: BTreeSet<MilestoneId>,
    pub payments: BTreeSet<PaymentId>,
}

/// The milestones and payments whose facts the rows of these entries are.
pub(super) fn concerns<'e>(
    db: &Connection,
    entries: impl IntoIterator<Item = &'e Entry>,
) -> Result<Concerns> {
    let mut all = Concerns::default();
    for entry in entries {
        let table = entry.table.table();
        let ids = |sql: Option<&'static str>| match sql {
            Some(sql) => rows(db, (table.name, sql), [entry.first, entry.last], |c| {
                c.int(0)
            }),
            None => Ok(Vec::new()),
        };
        let milestones = ids(table.milestones)?.into_iter().map(MilestoneId);
        if entry.table == T::Milestone {
            let own = entry.first..=entry.last;
            all.about.extend(own.map(MilestoneId));
            all.milestones.extend(milestones);
        } else {
            let told: Vec<MilestoneId> = milestones.collect();
            all.about.extend(&told);
            all.milestones.extend(told);
        }
        all.payments
            .extend(ids(table.payments)?.into_iter().map(PaymentId));
    }
    Ok(all)
}

/// An event that came later.
#[derive(Debug, Clone)]
pub(super) struct Later {
    pub event: EventId,
    pub kind: ChangeKind,
    pub who: String,
}

impl Later {
    pub(super) fn read(c: &Cells) -> Result<Self> {
        Ok(Self {
            event: EventId(c.int(0)?),
            kind: c.code(1, ChangeKind::from_code)?,
            who: c.string(2)?,
        })
    }

    fn stale(self) -> Error {
        Error::Violation(Violation::Stale {
            event: self.event,
            kind: self.kind,
            who: self.who,
        })
    }
}

/// The last event after `seen` that did something to the rows of this entry.
fn overlapping(db: &Connection, entry: &Entry, seen: EventId) -> Result<Option<Later>> {
    let sql = "SELECT e.id, e.kind, e.who FROM event_row r JOIN event e ON e.id = r.event \
               WHERE r.tbl = ?1 AND r.first_id <= ?3 AND r.last_id >= ?2 AND r.event > ?4 \
               ORDER BY e.id DESC LIMIT 1";
    let of = params![entry.table.table().name, entry.first, entry.last, seen.0];
    first(db, ("event", sql), of, Later::read)
}

fn later_touched(db: &Connection, seen: EventId) -> Result<Vec<(Later, Touched)>> {
    let sql = "SELECT id, kind, who, touched FROM event WHERE id > ?1 ORDER BY id DESC";
    rows(db, ("event", sql), [seen.0], |c| {
        Ok((Later::read(c)?, read_touched(c.maybe_text(3)?)?))
    })
}

/// The milestones an event names.
pub(super) fn read_touched(text: Option<&str>) -> Result<Touched> {
    Ok(match text {
        Some(ids) => Touched::These(serde_json::from_str(ids)?),
        None => Touched::Many,
    })
}

/// Text of a form, or the refusal that it is missing.
pub(super) fn required(text: &str, field: Field) -> Result<&str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Violation::Empty(field).into());
    }
    Ok(text)
}

/// An amount above 0.
pub(super) fn positive(amount: i64) -> Result<i64> {
    if amount > 0 {
        Ok(amount)
    } else {
        Err(Violation::NotPositive(amount).into())
    }
}
