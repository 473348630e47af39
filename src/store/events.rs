//! The record: what happened to the ledger, and what somebody else's process did to it meanwhile.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::params;

use super::apply::read_touched;
use super::convert::{Cells, first, rows};
use super::{Reader, Touched};
use crate::domain::change::ChangeKind;
use crate::domain::ids::EventId;
use crate::error::{Error, Result};

/// One event, as `log` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventEntry {
    pub id: EventId,
    pub at: DateTime<Utc>,
    pub who: String,
    pub kind: ChangeKind,
    /// The latest day it speaks of.
    pub effective_on: Option<NaiveDate>,
    /// The change as it was meant, JSON.
    pub detail: String,
    pub touched: Touched,
    /// The event it takes back.
    pub undoes: Option<EventId>,
    /// The event that took it back.
    pub undone_by: Option<EventId>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT e.id, e.at, e.who, e.kind, e.effective_on, e.detail, e.touched, e.undoes, u.id \
             FROM event e LEFT JOIN event u ON u.undoes = e.id ",
            $rest
        )
    };
}

impl Reader {
    /// The last events, newest first, from before `before` if given.
    pub fn events(&self, limit: u32, before: Option<EventId>) -> Result<Vec<EventEntry>> {
        let sql = select!("WHERE e.id < ?1 ORDER BY e.id DESC LIMIT ?2");
        let before = before.map_or(i64::MAX, |e| e.0);
        rows(&self.db, ("event", sql), params![before, limit], entry)
    }

    /// The events after this one, oldest first.
    pub fn events_since(&self, seen: EventId) -> Result<Vec<EventEntry>> {
        let sql = select!("WHERE e.id > ?1 ORDER BY e.id");
        rows(&self.db, ("event", sql), [seen.0], entry)
    }

    pub fn event(&self, id: EventId) -> Result<Option<EventEntry>> {
        first(
            &self.db,
            ("event", select!("WHERE e.id = ?1")),
            [id.0],
            entry,
        )
    }

    /// The last event; `EventId(0)` of an empty ledger.
    pub fn last_event(&self) -> Result<EventId> {
        let sql = "SELECT COALESCE(MAX(id), 0) FROM event";
        let id = first(&self.db, ("event", sql), [], |c| c.int(0))?;
        Ok(EventId(id.unwrap_or(0)))
    }

    /// A number that changes when another connection changed the file.
    pub fn data_version(&self) -> Result<i64> {
        let version = first(&self.db, ("ledger", "PRAGMA data_version"), [], |c| {
            c.int(0)
        })?;
        version.ok_or(Error::Unreadable("ledger"))
    }
}

fn entry(c: &Cells) -> Result<EventEntry> {
    let at = DateTime::parse_from_rfc3339(c.text(1)?);
    Ok(EventEntry {
        id: EventId(c.int(0)?),
        at: at.map_err(|_| Error::Unreadable("event"))?.to_utc(),
        who: c.string(2)?,
        kind: c.code(3, ChangeKind::from_code)?,
        effective_on: c.maybe_day(4)?,
        detail: c.string(5)?,
        touched: read_touched(c.maybe_text(6)?)?,
        undoes: c.maybe_int(7)?.map(EventId),
        undone_by: c.maybe_int(8)?.map(EventId),
    })
}
