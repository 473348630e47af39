//! The record: what happened to the ledger, and what somebody else's process did to it meanwhile.

use chrono::{DateTime, NaiveDate, Utc};
use iso_currency::Currency;

use super::backend::{Read, RowReader, values};
use super::rows::Table;
use super::{Reader, Touched};
use crate::domain::change::ChangeKind;
use crate::domain::ids::EventId;
use crate::error::Result;

/// One event, as `log` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventEntry {
    pub id: EventId,
    /// When it was recorded.
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

/// The columns of an event without `id`.
pub(super) const COLUMNS: &[&str] =
    &["at", "who", "kind", "effective_on", "detail", "touched", "undoes", "hash"];

const SELECT: &str = "SELECT e.id, e.at, e.who, e.kind, e.effective_on, e.detail, e.touched, e.undoes, u.id \
     FROM event e LEFT JOIN event u ON u.undoes = e.id";

impl Read for EventEntry {
    fn read(row: &mut RowReader<'_>) -> Result<Self> {
        Ok(Self {
            id: row.next()?,
            at: row.next()?,
            who: row.next()?,
            kind: row.next()?,
            effective_on: row.next()?,
            detail: row.next()?,
            touched: Touched::parse(row.next_text()?)?,
            undoes: row.next()?,
            undone_by: row.next()?,
        })
    }
}

impl Reader {
    /// The last events, newest first, from before `before` if given.
    pub fn events(&self, limit: u32, before: Option<EventId>) -> Result<Vec<EventEntry>> {
        let before = before.unwrap_or(EventId(i64::MAX));
        let sql = [SELECT, "WHERE e.id < $1 ORDER BY e.id DESC LIMIT $2"].join(" ");
        self.db.rows(&sql, values![before, limit])
    }

    /// The events after this one, oldest first.
    pub fn events_since(&self, seen: EventId) -> Result<Vec<EventEntry>> {
        let sql = [SELECT, "WHERE e.id > $1 ORDER BY e.id"].join(" ");
        self.db.rows(&sql, values![seen])
    }

    /// The payments somebody recorded after this event that were not taken back: currency and minor units.
    pub fn payments_since(&self, seen: EventId) -> Result<Vec<(Currency, i64)>> {
        let sql = "SELECT p.currency, p.amount FROM event e JOIN event_row r ON r.event = e.id \
                   JOIN payment p ON p.id BETWEEN r.first_id AND r.last_id \
                   WHERE e.id > $1 AND e.kind = $2 AND r.tbl = $3 ORDER BY p.id";
        let (kind, table) = (ChangeKind::RecordPayment.code(), Table::Payment.name());
        self.db.rows(sql, values![seen, kind, table])
    }

    pub fn event(&self, id: EventId) -> Result<Option<EventEntry>> {
        self.db.first(&[SELECT, "WHERE e.id = $1"].join(" "), values![id])
    }

    /// The last event; `EventId(0)` of an empty ledger.
    pub fn last_event(&self) -> Result<EventId> {
        self.db.value("SELECT COALESCE(MAX(id), 0) FROM event", &[])
    }

    /// A number that changes when another connection changed the ledger.
    pub fn data_version(&self) -> Result<i64> {
        self.db.version()
    }
}
