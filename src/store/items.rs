//! Open milestones as today sees them: the table `open_item`, one narrow row each, written and read in one order of
//! columns and packed. Reading it is the hot path of every start.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::Reader;
use super::convert::{Cells, Day, cached, first, id_list, rows};
use super::error::{Result, StoreError};
use super::packed::{LastCurrency, pack, unpack};
use crate::domain::ids::{CustomerId, EventId, MilestoneId};
use crate::domain::item::{Item, OpenPromise};

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, packed FROM open_item ", $rest)
    };
}

const INSERT: &str = "INSERT INTO open_item (id, packed, project, customer, manager, seq, stage, currency, amount, balance, \
     written_off, disputed, invoiced, due, firm, firm_from, first_due, rescheduled_on, grace_days, agreed_on, planned_on, \
     delivered_on, accepted_on, invoiced_on, met_on, gates, last_step, last_touch_on, last_chase_on, promises, \
     held_since, held_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
     ?, ?, ?, ?, ?, ?)";

impl Reader {
    /// Every open milestone, by id. A large ledger is read by several threads at once.
    pub fn items(&self) -> Result<Vec<Item>> {
        let seen = self.db.unchecked_transaction()?;
        let blocks = Blocks::new(&seen, self.last_event()?)?;
        let (helpers, path) = (blocks.helpers(), self.path.as_path());
        let mut parts = thread::scope(|scope| {
            let help = || blocks.help(path);
            let threads: Vec<_> = (0..helpers).map(|_| scope.spawn(help)).collect();
            let mut parts = blocks.read(&seen)?;
            for thread in threads {
                parts.extend(
                    thread
                        .join()
                        .map_err(|_| StoreError::Bug("a reader died"))??,
                );
            }
            Ok::<_, StoreError>(parts)
        })?;
        parts.sort_unstable_by_key(|(block, _)| *block);
        let mut items = Vec::with_capacity(parts.iter().map(|(_, part)| part.len()).sum());
        items.extend(parts.into_iter().flat_map(|(_, part)| part));
        Ok(items)
    }

    /// The open milestones of a customer, by id.
    pub fn items_of_customer(&self, customer: CustomerId) -> Result<Vec<Item>> {
        of_customer(&self.db, customer)
    }

    /// Those of these milestones that are open, by id.
    pub fn items_by_id(&self, ids: &[MilestoneId]) -> Result<Vec<Item>> {
        let list = id_list(ids.iter().map(|id| id.0));
        let sql = select!("WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY id");
        let mut last = LastCurrency::default();
        rows(&self.db, ("open_item", sql), [list], |c| read(c, &mut last))
    }
}

/// Ids a block holds: some ten milliseconds' worth of reading if all are open.
const BLOCK: i64 = 8_192;
/// Threads that help at most.
const HELPERS: usize = 3;

/// The open milestones cut by id into blocks, which whoever is free takes next.
struct Blocks {
    /// The state of the ledger that is read: whoever sees another one does not help.
    event: EventId,
    first: i64,
    last: i64,
    next: AtomicI64,
}

impl Blocks {
    fn new(db: &Connection, event: EventId) -> Result<Self> {
        let sql = "SELECT COALESCE((SELECT MIN(id) FROM open_item), 0), COALESCE((SELECT MAX(id) FROM open_item), -1)";
        let ends = first(db, ("open_item", sql), [], |c| Ok((c.int(0)?, c.int(1)?)))?;
        let (first, last) = ends.unwrap_or((0, -1));
        Ok(Self {
            event,
            first,
            last,
            next: AtomicI64::new(first),
        })
    }

    /// How many threads are worth starting.
    fn helpers(&self) -> usize {
        let blocks = usize::try_from((self.last - self.first) / BLOCK).unwrap_or(0);
        let idle = thread::available_parallelism().map_or(0, |all| all.get() - 1);
        idle.min(HELPERS).min(blocks)
    }

    /// Reads blocks over a connection of its own, if there is one and it sees the same ledger.
    fn help(&self, path: &Path) -> Result<Vec<(i64, Vec<Item>)>> {
        let Ok(reader) = Reader::open(path) else {
            return Ok(Vec::new());
        };
        let seen = reader.db.unchecked_transaction()?;
        if reader.last_event()? == self.event {
            self.read(&seen)
        } else {
            Ok(Vec::new())
        }
    }

    /// Reads blocks until none is left: (first id, items).
    fn read(&self, db: &Connection) -> Result<Vec<(i64, Vec<Item>)>> {
        let mut parts = Vec::new();
        let mut last = LastCurrency::default();
        let sql = select!("WHERE id BETWEEN ?1 AND ?2 ORDER BY id");
        loop {
            let from = self.next.fetch_add(BLOCK, Ordering::Relaxed);
            if from > self.last {
                return Ok(parts);
            }
            let ids = [from, from + BLOCK - 1];
            let part = rows(db, ("open_item", sql), ids, |c| read(c, &mut last))?;
            parts.push((from, part));
        }
    }
}

/// The open milestones of a customer, by id.
pub(super) fn of_customer(db: &Connection, customer: CustomerId) -> Result<Vec<Item>> {
    let sql = select!("WHERE customer = ?1 ORDER BY id");
    let mut last = LastCurrency::default();
    rows(db, ("open_item", sql), [customer.0], |c| read(c, &mut last))
}

/// Writes an open milestone that has no row yet.
pub(super) fn insert(db: &Connection, item: &Item) -> Result<()> {
    cached(db, INSERT)?.execute(params![
        item.id.0,
        pack(item),
        item.project.0,
        item.customer.0,
        item.manager.map(|m| m.0),
        item.seq,
        item.stage.code(),
        item.currency.code(),
        item.amount,
        item.balance,
        item.written_off,
        item.disputed,
        item.invoiced,
        Day::maybe(item.due),
        item.firm,
        Day::maybe(item.firm_from),
        Day::maybe(item.first_due),
        Day::maybe(item.rescheduled_on),
        item.grace_days,
        Day::maybe(item.agreed_on),
        Day::maybe(item.planned_on),
        Day::maybe(item.delivered_on),
        Day::maybe(item.accepted_on),
        Day::maybe(item.invoiced_on),
        Day::maybe(item.met_on),
        item.gates.0,
        item.last_step,
        Day::maybe(item.last_touch_on),
        Day::maybe(item.last_chase_on),
        promises_text(&item.promises),
        Day::maybe(item.held.map(|h| h.since)),
        Day::maybe(item.held.and_then(|h| h.until)),
    ])?;
    Ok(())
}

fn read(c: &Cells, last: &mut LastCurrency) -> Result<Item> {
    let id = MilestoneId(c.int(0)?);
    unpack(id, c.blob(1)?, last).ok_or(StoreError::Unreadable("open_item"))
}

/// Promises as `[[made_on, pay_by, amount, filled], …]`; none is null.
fn promises_text(promises: &[OpenPromise]) -> Option<String> {
    let iso = |day: NaiveDate| day.to_string();
    let rows: Vec<(String, String, i64, i64)> = promises
        .iter()
        .map(|p| (iso(p.made_on), iso(p.pay_by), p.amount, p.filled))
        .collect();
    if rows.is_empty() {
        None
    } else {
        serde_json::to_string(&rows).ok()
    }
}
