//! Taking back the last change of a user, as an event of its own. History is never edited.

use chrono::NaiveDate;

use super::apply::{Affected, OtherEvent, Record, Writer};
use super::backend::{Backend, Transaction, values};
use super::journal::{Entry, entries_of};
use super::rows::REFERENCES;
use super::{Applied, Context, Store, Touched, chain};
use crate::domain::change::ChangeKind;
use crate::domain::ids::EventId;
use crate::domain::violation::Violation;
use crate::error::{Error, Result};

/// Neither an undo nor undone.
const STANDING: &str =
    "e.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM event u WHERE u.undoes = e.id)";

impl Store {
    /// Takes back the last change of this user that still stands. Refused if a later event builds on it.
    pub fn undo(&mut self, context: &Context) -> Result<Applied> {
        let db = &*self.reader.db;
        let transaction = Transaction::writing(db)?;
        db.defer_references()?;
        let event = last_standing(db, context.who)?;
        let done = entries_of(db, event.event)?;
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
        let applied = writer.revert(&event, &done)?;
        chain::seal(db)?;
        transaction.commit()?;
        Ok(applied)
    }
}

impl Writer<'_> {
    fn revert(mut self, event: &OtherEvent, done: &[Entry]) -> Result<Applied> {
        let mut affected = Affected::by(self.db, done)?;
        self.journal.revert(self.db, done)?;
        if let Some(later) = left_hanging(self.db, event, done)? {
            return Err(blocked(event.event, later));
        }
        affected.extend(Affected::by(self.db, done)?);
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
            serde_json::json!({ "undo": { "event": event.event, "kind": event.kind.code() } });
        let record = Record {
            kind: ChangeKind::Undo,
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
        })
    }
}

/// The last event of this user that still stands.
fn last_standing(db: &dyn Backend, who: &str) -> Result<OtherEvent> {
    let sql = [OtherEvent::COLUMNS, "WHERE e.who = $1 AND", STANDING, "ORDER BY e.id DESC LIMIT 1"]
        .join(" ");
    db.first(&sql, values![who])?.ok_or_else(|| Violation::NothingToUndo.into())
}

/// The last standing event after this one that did something to these rows.
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
        STANDING,
        "ORDER BY e.id DESC LIMIT 1",
    ]
    .join(" ");
    db.first(&sql, values![table, last, first, event])
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
                table.name()
            );
            if let Some(id) = db.first::<i64>(&sql, values![entry.first, entry.last])? {
                let later = standing_on(db, table.name(), id, id, event.event)?;
                return Ok(Some(later.unwrap_or_else(|| event.clone())));
            }
        }
    }
    Ok(None)
}

/// A rule of the ledger that the inverse breaks, as the last event about the same milestones.
fn why_blocked(db: &dyn Backend, event: &OtherEvent, error: Error) -> Error {
    if !matches!(error, Error::Violation(_)) {
        return error;
    }
    let sql =
        [OtherEvent::COLUMNS, "WHERE e.id > $1 AND", STANDING, "ORDER BY e.id DESC"].join(" ");
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
