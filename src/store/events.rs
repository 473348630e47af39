//! The record: what happened to the ledger, and what somebody else's process did to it meanwhile.

use chrono::{DateTime, NaiveDate, Utc};
use iso_currency::Currency;

use serde_json::Value as Json;

use super::apply::Affected;
use super::backend::{Backend, Read, RowReader, select, values};
use super::journal::{Entry, entries_of};
use super::rows::Table;
use super::{Reader, Touched, unknown};
use crate::domain::change::ChangeKind;
use crate::domain::ids::{CustomerId, EventId, MilestoneId};
use crate::domain::money;
use crate::domain::violation::Thing;
use crate::error::Result;

/// What an event was about, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventSummary {
    pub event: EventId,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// What was done; of a redo what it did again.
    pub kind: ChangeKind,
    /// The file that was imported, else the customer who paid, else the key or name of the first milestone.
    pub name: String,
    /// How many more milestones.
    pub more: usize,
    pub amount: Option<(Currency, i64)>,
}

select! {
    /// A payment that was recorded: from the few events to their payments, which is not how SQLite would go by itself.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Arrival from "event e CROSS JOIN event_row r CROSS JOIN payment p CROSS JOIN customer c" {
        pub on: NaiveDate = "p.received_on",
        pub customer: CustomerId = "p.customer",
        pub customer_name: String = "COALESCE(NULLIF(c.short_name, ''), c.name)",
        pub currency: Currency = "p.currency",
        /// Minor units.
        pub amount: i64 = "p.amount",
        /// The first milestone it pays.
        pub milestone: Option<MilestoneId> = "(SELECT MIN(a.milestone) FROM allocation a WHERE a.payment = p.id)",
    }
}

/// Tables whose new rows have the amount an event is about, the most telling first, with the currency of a row `t`.
const AMOUNTS: &[(Table, &str)] = &[
    (Table::Payment, "t.currency"),
    (Table::Reversal, OF_PAYMENT),
    (Table::InvoiceLine, OF_MILESTONE),
    (Table::WriteOff, OF_MILESTONE),
    (Table::Promise, OF_MILESTONE),
    (Table::Allocation, OF_PAYMENT),
    (Table::Milestone, "(SELECT p.currency FROM project p WHERE p.id = t.project)"),
];

const OF_PAYMENT: &str = "(SELECT p.currency FROM all_payment p WHERE p.id = t.payment)";
const OF_MILESTONE: &str = "(SELECT p.currency FROM all_milestone m JOIN project p ON p.id = m.project \
     WHERE m.id = t.milestone)";

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
    /// The event that took it back, as long as none took that back.
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
    /// What tells this ledger from any other: the hash of its first event, which never changes.
    pub fn origin(&self) -> Result<Option<Vec<u8>>> {
        let first = self.db.first("SELECT hash FROM event ORDER BY id LIMIT 1", &[])?;
        Ok(first.flatten())
    }

    /// The last events, newest first, from before `before` if given.
    pub fn events(&self, limit: u32, before: Option<EventId>) -> Result<Vec<EventEntry>> {
        let before = before.unwrap_or(EventId(i64::MAX));
        let sql = [SELECT, "WHERE e.id < $1 ORDER BY e.id DESC LIMIT $2"].join(" ");
        let mut events: Vec<EventEntry> = self.db.rows(&sql, values![before, limit])?;
        for event in events.iter_mut().filter(|event| event.undone_by.is_some()) {
            event.undone_by = self.standing_undo(event.id)?;
        }
        Ok(events)
    }

    /// What took an event back and was not taken back itself.
    fn standing_undo(&self, event: EventId) -> Result<Option<EventId>> {
        let sql = "SELECT id FROM event WHERE undoes = $1";
        let (mut last, mut stands) = (event, true);
        while let Some(next) = self.db.first(sql, values![last])? {
            (last, stands) = (next, !stands);
        }
        Ok(Some(last).filter(|_| !stands))
    }

    /// The events after this one, oldest first.
    pub fn events_since(&self, seen: EventId) -> Result<Vec<EventEntry>> {
        let sql = [SELECT, "WHERE e.id > $1 ORDER BY e.id"].join(" ");
        self.db.rows(&sql, values![seen])
    }

    /// The payments somebody recorded after this event that were not taken back.
    pub fn payments_since(&self, seen: EventId) -> Result<Vec<Arrival>> {
        let [typed, booked] =
            [ChangeKind::RecordPayment, ChangeKind::BookLine].map(ChangeKind::code);
        let rest = "WHERE e.id > $1 AND e.kind IN ($2, $3) AND r.event = e.id AND r.tbl = $4 \
                    AND p.id BETWEEN r.first_id AND r.last_id AND c.id = p.customer ORDER BY p.id";
        self.db.select(rest, values![seen, typed, booked, Table::Payment.name()])
    }

    pub fn event(&self, id: EventId) -> Result<Option<EventEntry>> {
        self.db.first(&[SELECT, "WHERE e.id = $1"].join(" "), values![id])
    }

    /// What an event that stands was about; unknown ones are refused.
    pub fn event_summary(&self, id: EventId) -> Result<EventSummary> {
        let db = &*self.db;
        let event = self.event(id)?.ok_or_else(|| unknown(Thing::Event, id))?;
        let mut kind = event.kind;
        let mut undoes = event.undoes;
        while let Some(undone) = undoes {
            let origin: Option<(ChangeKind, Option<EventId>)> =
                db.first("SELECT kind, undoes FROM event WHERE id = $1", values![undone])?;
            (kind, undoes) = origin.ok_or_else(|| unknown(Thing::Event, undone))?;
        }
        let detail: Json = serde_json::from_str(&event.detail)?;
        let file = detail.get(kind.code()).and_then(|of| of.get("file")?.as_str());
        if let Some(file) = file {
            // Of customers, milestones and currencies it has many.
            let (at, name) = (event.at, file.to_owned());
            return Ok(EventSummary { event: id, at, kind, name, more: 0, amount: None });
        }
        let entries = entries_of(db, id)?;
        let mut about: Vec<MilestoneId> = match event.touched {
            Touched::These(_) => Affected::by(db, &entries)?.about.into_iter().collect(),
            Touched::Many => Vec::new(),
        };
        about.sort_unstable();
        let name = "SELECT COALESCE(key, name) FROM all_milestone WHERE id = $1";
        let mut name: Option<String> = match about.first() {
            Some(first) => db.first(name, values![*first])?,
            None => None,
        };
        if name.is_none() {
            let said = detail.get(kind.code());
            let said = said.and_then(|said| said.get(1).or(Some(said))?.get("title")?.as_str());
            name = said.map(str::to_owned);
        }
        let new = |table: Table| entries.iter().find(|e| e.is_insertion() && e.table == table);
        if let Some(paid) = new(Table::Payment) {
            let payer = "SELECT COALESCE(NULLIF(c.short_name, ''), c.name) FROM all_payment p \
                         JOIN customer c ON c.id = p.customer WHERE p.id = $1";
            name = db.first(payer, values![paid.first])?;
        }
        let mut amounts = AMOUNTS.iter();
        let run = amounts.find_map(|(table, currency)| Some((new(*table)?, *currency)));
        let amount = run.map(|(run, currency)| amount(db, run, currency)).transpose()?.flatten();
        Ok(EventSummary {
            event: id,
            at: event.at,
            kind,
            name: name.unwrap_or_default(),
            more: about.len().saturating_sub(1),
            amount,
        })
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

/// What the rows of a run come to, in the currency of the first.
fn amount(db: &dyn Backend, run: &Entry, currency: &str) -> Result<Option<(Currency, i64)>> {
    let table = run.table.stored();
    let sql = format!(
        "SELECT {currency}, t.amount FROM {table} t WHERE t.id BETWEEN $1 AND $2 ORDER BY t.id"
    );
    let rows: Vec<(Currency, i64)> = db.rows(&sql, values![run.first, run.last])?;
    let sum = money::sum(rows.iter().map(|(_, amount)| *amount))?;
    Ok(rows.first().map(|(currency, _)| (*currency, sum)))
}
