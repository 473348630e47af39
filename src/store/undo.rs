//! Taking back the last change of a user, as an event of its own. History is never edited.

use rusqlite::{Connection, params};

use super::apply::{Concerns, Later, Record, Writer, begin, concerns};
use super::convert::{cached, first};
use super::journal::{Entry, entries_of};
use super::tables::T;
use super::{Applied, Context, Store, Touched};
use crate::domain::calendar::Calendar;
use crate::domain::change::ChangeKind;
use crate::domain::ids::EventId;
use crate::domain::violation::Violation;
use crate::error::{Error, Result};

impl Store {
    /// Takes back the last change of this user that still stands. Violation if a later event builds on it.
    pub fn undo(&mut self, context: &Context) -> Result<Applied> {
        let db = begin(&mut self.reader)?;
        let (event, latest) = last_standing(&db, context.who)?;
        let done = entries_of(&db, event.event)?;
        if let Some(later) = built_on(&db, &done, event.event)? {
            return Err(blocked(event.event, later));
        }
        db.execute_batch("PRAGMA defer_foreign_keys = ON;")?;
        let mut writer = Writer::new(&db, Calendar::china(), context);
        writer.latest = latest;
        let applied = writer
            .revert(&event, &done)
            .map_err(|error| why_blocked(&db, &event, error))?;
        if let Err(error) = db.execute_batch("COMMIT") {
            return Err(why_blocked(&db, &event, error.into()));
        }
        Ok(applied)
    }
}

impl Writer<'_> {
    fn revert(mut self, event: &Later, done: &[Entry]) -> Result<Applied> {
        let mut affected = concerns(self.db, done)?;
        self.journal.revert(self.db, done)?;
        let after = concerns(self.db, done)?;
        affected.milestones.extend(after.milestones);
        affected.about.extend(after.about);
        affected.payments.extend(after.payments);
        self.derive(&affected)?;
        let about = affected.about.iter().copied().collect();
        let touched = touched_by(self.db, event.event, affected)?;
        let record = Record {
            kind: ChangeKind::Undo,
            detail: serde_json::json!({ "undo": { "event": event.event, "kind": event.kind } })
                .to_string(),
            undoes: Some(event.event),
            may_come_second: true,
        };
        let undo = self.record(&record, &touched)?;
        Ok(Applied {
            event: Some(undo),
            touched,
            about,
            created: Vec::new(),
            outcome: None,
        })
    }
}

/// What an undo touches: as many as the event it undoes says, or what turned out to be affected.
fn touched_by(db: &Connection, event: EventId, affected: Concerns) -> Result<Touched> {
    let sql = "SELECT touched IS NULL FROM event WHERE id = ?";
    let many = first(db, ("event", sql), [event.0], |c| Ok(c.int(0)? != 0))?;
    Ok(if many == Some(true) {
        Touched::Many
    } else {
        Touched::These(affected.milestones.into_iter().collect())
    })
}

/// The last event of this user that is neither an undo nor undone, and the latest day it speaks of.
fn last_standing(db: &Connection, who: &str) -> Result<(Later, Option<chrono::NaiveDate>)> {
    let sql = "SELECT e.id, e.kind, e.who, e.effective_on FROM event e WHERE e.who = ?1 AND e.undoes IS NULL \
               AND NOT EXISTS (SELECT 1 FROM event u WHERE u.undoes = e.id) ORDER BY e.id DESC LIMIT 1";
    first(db, ("event", sql), [who], |c| {
        Ok((Later::read(c)?, c.maybe_day(3)?))
    })?
    .ok_or_else(|| Violation::NothingToUndo.into())
}

/// The last standing event after this one that did something to the same rows.
fn built_on(db: &Connection, done: &[Entry], event: EventId) -> Result<Option<Later>> {
    for entry in done {
        let rows = (entry.table, entry.first, entry.last);
        if let Some(later) = standing_on(db, rows, event)? {
            return Ok(Some(later));
        }
    }
    Ok(None)
}

fn standing_on(
    db: &Connection,
    (table, first_id, last_id): (T, i64, i64),
    event: EventId,
) -> Result<Option<Later>> {
    let sql = "SELECT e.id, e.kind, e.who FROM event_row r JOIN event e ON e.id = r.event \
               WHERE r.tbl = ?1 AND r.first_id <= ?3 AND r.last_id >= ?2 AND r.event > ?4 AND e.undoes IS NULL \
               AND NOT EXISTS (SELECT 1 FROM event u WHERE u.undoes = e.id) ORDER BY e.id DESC LIMIT 1";
    let of = params![table.table().name, first_id, last_id, event.0];
    first(db, ("event", sql), of, Later::read)
}

fn blocked(event: EventId, later: Later) -> Error {
    Error::Violation(Violation::UndoBlocked {
        event,
        later: later.event,
        kind: later.kind,
        who: later.who,
    })
}

/// A rule of the ledger that the inverse breaks, as the event that relies on what would be taken back.
fn why_blocked(db: &Connection, event: &Later, error: Error) -> Error {
    // A row that lost what it refers to reads like a damaged one.
    let orphan = matches!(error, Error::Unreadable(_));
    let by_rule = matches!(error, Error::Violation(_))
        || matches!(
            error,
            Error::Storage {
                constraint: true,
                ..
            }
        );
    if !by_rule && !orphan {
        return error;
    }
    match relying(db, event.event) {
        Ok(Some(later)) => blocked(event.event, later),
        Ok(None) if orphan => error,
        Ok(None) => blocked(event.event, event.clone()),
        Err(error) => error,
    }
}

/// The event that wrote a row which now refers to nothing, or else the last one about the same milestones.
fn relying(db: &Connection, event: EventId) -> Result<Option<Later>> {
    let mut statement = cached(db, "PRAGMA foreign_key_check")?;
    let mut orphans = statement.query([])?;
    while let Some(row) = orphans.next()? {
        let (table, id): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
        if let (Some(table), Some(id)) = (T::named(&table), id)
            && let Some(later) = standing_on(db, (table, id, id), event)?
        {
            return Ok(Some(later));
        }
    }
    let sql = "SELECT e.id, e.kind, e.who FROM event e WHERE e.id > ?1 AND e.undoes IS NULL \
               AND NOT EXISTS (SELECT 1 FROM event u WHERE u.undoes = e.id) \
               AND EXISTS (SELECT 1 FROM json_each(e.touched) a JOIN json_each((SELECT touched FROM event WHERE id = ?1)) b \
               ON a.value = b.value) ORDER BY e.id DESC LIMIT 1";
    first(db, ("event", sql), [event.0], Later::read)
}
