//! Taking back the last change of a user, and taking that back, each as an event of its own. History is never edited.

use chrono::NaiveDate;

use super::apply::{Affected, OtherEvent, Record, Writer};
use super::backend::{Backend, Transaction, values};
use super::journal::{Entry, entries_of};
use super::rows::{REFERENCES, Table};
use super::{Applied, Context, Reader, Store, Touched, chain};
use crate::domain::change::ChangeKind;
use crate::domain::ids::EventId;
use crate::domain::violation::Violation;
use crate::error::{Error, Result, StorageFault};

/// Nothing took it back.
const STANDS: &str = "NOT EXISTS (SELECT 1 FROM event u WHERE u.undoes = e.id)";

impl Store {
    /// Takes back the last change of this user that still stands. Refused if a later event builds on it.
    pub fn undo(&mut self, context: &Context) -> Result<Applied> {
        let event = last(&*self.reader.db, context.who, "e.kind <> 'undo'")?;
        let event = event.ok_or(Violation::NothingToUndo)?;
        self.invert(&event, ChangeKind::Undo, context)
    }

    /// Takes back this user's last undo that still stands. Refused if a later event touched the same rows.
    pub fn redo(&mut self, context: &Context) -> Result<Applied> {
        let event = last(&*self.reader.db, context.who, "e.kind = 'undo'")?;
        let event = event.ok_or(Violation::NothingToRedo)?;
        self.invert(&event, ChangeKind::Redo, context)
    }

    fn invert(
        &mut self,
        event: &OtherEvent,
        kind: ChangeKind,
        context: &Context,
    ) -> Result<Applied> {
        let db = &*self.reader.db;
        let transaction = Transaction::writing(db)?;
        db.defer_references()?;
        let done = entries_of(db, event.event)?;
        if kind == ChangeKind::Redo && done.iter().any(Entry::is_bare) {
            return Err(Violation::NotKept(event.event).into());
        }
        let taken_back = "SELECT 1 FROM event WHERE undoes = $1";
        if db.exists(taken_back, values![event.event])? {
            return Err(blocked(event.event, event.clone()));
        }
        for entry in &done {
            if let Some(later) =
                standing_on(db, entry.table.name(), entry.first, entry.last, event.event)?
            {
                return Err(blocked(event.event, later));
            }
        }
        let mut writer = Writer::new(db, context);
        let sql = "SELECT effective_on FROM event WHERE id = $1";
        writer.latest = db.value::<Option<NaiveDate>>(sql, values![event.event])?;
        let applied = writer.revert(event, &done, kind)?;
        chain::seal(db)?;
        transaction.commit()?;
        Ok(applied)
    }
}

impl Reader {
    /// What an undo of this user would take back.
    pub fn next_undo(&self, who: &str) -> Result<Option<EventId>> {
        Ok(last(&*self.db, who, "e.kind <> 'undo'")?.map(|event| event.event))
    }

    /// The undo that a redo of this user would take back.
    pub fn next_redo(&self, who: &str) -> Result<Option<EventId>> {
        Ok(last(&*self.db, who, "e.kind = 'undo'")?.map(|event| event.event))
    }
}

impl Writer<'_> {
    fn revert(mut self, event: &OtherEvent, done: &[Entry], kind: ChangeKind) -> Result<Applied> {
        let mut affected = Affected::by(self.db, done)?;
        self.journal.revert(self.db, done).map_err(|error| taken(event, error))?;
        if let Some(later) = left_hanging(self.db, event, done)? {
            return Err(blocked(event.event, later));
        }
        affected.extend(Affected::by(self.db, done)?);
        if let Some(later) = on_voided(self.db, event, &affected)? {
            return Err(blocked(event.event, later));
        }
        if let Some(later) = on_booked(self.db, event, &affected)? {
            return Err(blocked(event.event, later));
        }
        affected
            .derive(self.db, self.calendar)
            .map_err(|error| why_blocked(self.db, event, error))?;
        let about = affected.about.iter().copied().collect();
        // As many as the event it undoes says, or what turned out to be affected.
        let touched = match event.touched {
            Touched::Many => Touched::Many,
            Touched::These(_) => Touched::These(affected.milestones.iter().copied().collect()),
        };
        let detail =
            serde_json::json!({ kind.code(): { "event": event.event, "kind": event.kind.code() } });
        let record = Record {
            kind,
            detail: detail.to_string(),
            undoes: Some(event.event),
            skip_conflict_check: true,
        };
        let undo = self.record(&record, &touched)?;
        Ok(Applied {
            event: Some(undo),
            touched,
            about,
            created: Vec::new(),
            dated: Vec::new(),
            outcome: None,
            proposed: false,
        })
    }
}

/// The last event of this user of this sort that still stands.
fn last(db: &dyn Backend, who: &str, sort: &str) -> Result<Option<OtherEvent>> {
    let sql = [
        OtherEvent::COLUMNS,
        "WHERE e.who = $1 AND",
        sort,
        "AND",
        STANDS,
        "ORDER BY e.id DESC LIMIT 1",
    ];
    db.first(&sql.join(" "), values![who])
}

/// The last event after this one that did something to these rows and still does: one that was taken back since, and
/// what took it back, do nothing together.
fn standing_on(
    db: &dyn Backend,
    table: &str,
    first: i64,
    last: i64,
    event: EventId,
) -> Result<Option<OtherEvent>> {
    let sql = [
        OtherEvent::COLUMNS,
        "JOIN event_row r ON r.event = e.id",
        "WHERE r.tbl = $1 AND r.first_id <= $2 AND r.last_id >= $3 AND r.event > $4 AND",
        STANDS,
        "ORDER BY e.id DESC",
    ]
    .join(" ");
    for later in db.rows::<OtherEvent>(&sql, values![table, last, first, event])? {
        let (mut acts, mut undoes) = (true, later.undoes);
        while let Some(undone) = undoes.filter(|undone| *undone > event) {
            acts = !acts;
            undoes = db.value("SELECT undoes FROM event WHERE id = $1", values![undone])?;
        }
        if acts {
            return Ok(Some(later));
        }
    }
    Ok(None)
}

/// A code, key or place that something else has by now.
fn taken(event: &OtherEvent, error: Error) -> Error {
    match error {
        Error::Storage { fault: StorageFault::Constraint, .. } => {
            blocked(event.event, event.clone())
        }
        other => other,
    }
}

fn blocked(event: EventId, later: OtherEvent) -> Error {
    Error::Violation(Violation::UndoBlocked {
        event,
        later: later.event,
        kind: later.kind,
        who: later.who,
    })
}

/// The event that wrote a row which refers to one that was just taken back.
fn left_hanging(
    db: &dyn Backend,
    event: &OtherEvent,
    done: &[Entry],
) -> Result<Option<OtherEvent>> {
    for entry in done.iter().filter(|entry| entry.is_insertion()) {
        for (table, column, _) in REFERENCES.iter().filter(|(.., to)| *to == entry.table) {
            let sql = format!(
                "SELECT id FROM {} WHERE {column} BETWEEN $1 AND $2 ORDER BY id LIMIT 1",
                table.stored()
            );
            if let Some(id) = db.first::<i64>(&sql, values![entry.first, entry.last])? {
                let later = standing_on(db, table.name(), id, id, event.event)?;
                return Ok(Some(later.unwrap_or_else(|| event.clone())));
            }
        }
        let sql = "SELECT id FROM voided WHERE tbl = $1 AND row_id BETWEEN $2 AND $3 LIMIT 1";
        let table = entry.table.name();
        if let Some(id) = db.first::<i64>(sql, values![table, entry.first, entry.last])? {
            let later = standing_on(db, Table::Voided.name(), id, id, event.event)?;
            return Ok(Some(later.unwrap_or_else(|| event.clone())));
        }
    }
    Ok(None)
}

/// The event that voided a milestone whose money or bill would count again.
fn on_voided(
    db: &dyn Backend,
    event: &OtherEvent,
    affected: &Affected,
) -> Result<Option<OtherEvent>> {
    let sql = "SELECT id FROM voided WHERE tbl = $1 AND row_id = $2 AND ($2 IN (SELECT milestone FROM allocation \
               WHERE milestone = $2) OR $2 IN (SELECT milestone FROM invoice_line WHERE milestone = $2))";
    for milestone in affected.milestones.union(&affected.about) {
        let table = Table::Milestone.name();
        if let Some(id) = db.first::<i64>(sql, values![table, *milestone])? {
            let later = standing_on(db, Table::Voided.name(), id, id, event.event)?;
            return Ok(Some(later.unwrap_or_else(|| event.clone())));
        }
    }
    Ok(None)
}

/// The event that booked a line of a bank statement otherwise, where its payment would count again, too.
fn on_booked(
    db: &dyn Backend,
    event: &OtherEvent,
    affected: &Affected,
) -> Result<Option<OtherEvent>> {
    let sql = "SELECT b.id FROM bank_booking a JOIN bank_booking b ON b.line = a.line AND b.id <> a.id \
               JOIN payment p ON p.id = a.payment WHERE a.payment = $1 \
               AND (b.payment IS NULL OR b.payment IN (SELECT id FROM payment)) ORDER BY b.id DESC LIMIT 1";
    for payment in &affected.payments {
        if let Some(id) = db.first::<i64>(sql, values![*payment])? {
            let later = standing_on(db, Table::BankBooking.name(), id, id, event.event)?;
            return Ok(Some(later.unwrap_or_else(|| event.clone())));
        }
    }
    Ok(None)
}

/// A rule of the ledger that the inverse breaks, as the last event about the same milestones.
fn why_blocked(db: &dyn Backend, event: &OtherEvent, error: Error) -> Error {
    if !matches!(error, Error::Violation(_)) {
        return error;
    }
    let sql = [OtherEvent::COLUMNS, "WHERE e.id > $1 AND", STANDS, "ORDER BY e.id DESC"].join(" ");
    let later: Vec<OtherEvent> = match db.rows(&sql, values![event.event]) {
        Ok(later) => later,
        Err(error) => return error,
    };
    let common = |later: &OtherEvent| match (&later.touched, &event.touched) {
        (Touched::These(theirs), Touched::These(ours)) => theirs.iter().any(|id| ours.contains(id)),
        (Touched::Many, _) | (_, Touched::Many) => false,
    };
    let relying = later.into_iter().find(common);
    blocked(event.event, relying.unwrap_or_else(|| event.clone()))
}
