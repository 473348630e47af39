//! Open milestones as today sees them: the table `open_item`, one narrow row each for whoever asks in SQL, and the same
//! packed in `open_packed`. Reading the latter is the hot path of every start.

use std::path::Path;
use std::sync::Mutex;
use std::thread;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::Reader;
use super::convert::{Cells, Day, cached, first, id_list, rows};
use super::packed::{LastCurrency, pack, unpack};
use crate::domain::ids::{CustomerId, EventId, MilestoneId};
use crate::domain::item::{Item, OpenPromise};
use crate::error::{Error, Result};

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT p.id, p.packed FROM open_packed p ", $rest)
    };
}

const INSERT: &str = "INSERT INTO open_item (id, project, customer, manager, seq, stage, currency, amount, balance, \
     written_off, disputed, invoiced, due, firm, firm_from, first_due, rescheduled_on, grace_days, agreed_on, planned_on, \
     delivered_on, accepted_on, invoiced_on, met_on, gates, last_step, last_touch_on, last_chase_on, promises, \
     held_since, held_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
     ?, ?, ?, ?, ?)";

const INSERT_PACKED: &str = "INSERT INTO open_packed (id, packed) VALUES (?, ?)";

impl Reader {
    /// Every open milestone, by id. Of a large ledger two threads read, each from its end, until they meet.
    pub fn items(&self) -> Result<Vec<Item>> {
        let seen = self.db.unchecked_transaction()?;
        let blocks = Blocks::new(&seen, self.last_event()?)?;
        let path = self.path.as_path();
        thread::scope(|scope| {
            let helper = blocks
                .worth_helping()
                .then(|| scope.spawn(|| blocks.help(path)));
            let mut items = Vec::new();
            blocks.read_up(&seen, &mut items)?;
            if let Some(helper) = helper {
                let upper = helper.join().map_err(|_| Error::Bug("a reader died"))??;
                items.extend(upper.into_iter().rev());
            }
            items.shrink_to_fit();
            Ok(items)
        })
    }

    /// The open milestones of a customer, by id.
    pub fn items_of_customer(&self, customer: CustomerId) -> Result<Vec<Item>> {
        of_customer(&self.db, customer)
    }

    /// Those of these milestones that are open, by id.
    pub fn items_by_id(&self, ids: &[MilestoneId]) -> Result<Vec<Item>> {
        let list = id_list(ids.iter().map(|id| id.0));
        let sql = select!("WHERE p.id IN (SELECT value FROM json_each(?1)) ORDER BY p.id");
        let mut last = LastCurrency::default();
        rows(&self.db, ("open_item", sql), [list], |c| read(c, &mut last))
    }
}

/// Ids a block holds: some milliseconds' worth of reading if all are open.
const BLOCK: i64 = 8_192;

/// The ids of open milestones that nobody has taken yet.
struct Blocks {
    /// The state of the ledger that is read: whoever sees another one does not help.
    event: EventId,
    /// First and last id.
    left: Mutex<(i64, i64)>,
}

impl Blocks {
    fn new(db: &Connection, event: EventId) -> Result<Self> {
        let sql = "SELECT COALESCE((SELECT MIN(id) FROM open_packed), 0), COALESCE((SELECT MAX(id) FROM open_packed), -1)";
        let ends = first(db, ("open_packed", sql), [], |c| Ok((c.int(0)?, c.int(1)?)))?;
        Ok(Self {
            event,
            left: Mutex::new(ends.unwrap_or((0, -1))),
        })
    }

    /// Whether a second thread would find anything to do, and a processor to do it.
    fn worth_helping(&self) -> bool {
        let (first, last) = self.left.lock().map_or((0, -1), |left| *left);
        last - first >= 2 * BLOCK && thread::available_parallelism().is_ok_and(|all| all.get() > 1)
    }

    /// Takes the next ids from an end, as (first, last).
    fn take(&self, lower: bool) -> Option<[i64; 2]> {
        let mut left = self.left.lock().ok()?;
        let (first, last) = *left;
        if first > last {
            return None;
        }
        Some(if lower {
            let end = last.min(first + BLOCK - 1);
            left.0 = end + 1;
            [first, end]
        } else {
            let start = first.max(last - BLOCK + 1);
            left.1 = start - 1;
            [start, last]
        })
    }

    /// Reads from the lower end until nothing is left.
    fn read_up(&self, db: &Connection, items: &mut Vec<Item>) -> Result<()> {
        let mut last = LastCurrency::default();
        while let Some(ids) = self.take(true) {
            let sql = select!("WHERE p.id BETWEEN ?1 AND ?2 ORDER BY p.id");
            rows(db, ("open_packed", sql), ids, |c| {
                items.push(read(c, &mut last)?);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Reads from the upper end, the highest id first, over a connection of its own, if there is one and it sees the
    /// same ledger.
    fn help(&self, path: &Path) -> Result<Vec<Item>> {
        let mut items = Vec::new();
        let Ok(reader) = Reader::open(path) else {
            return Ok(items);
        };
        let seen = reader.db.unchecked_transaction()?;
        if reader.last_event()? != self.event {
            return Ok(items);
        }
        let mut last = LastCurrency::default();
        while let Some(ids) = self.take(false) {
            let sql = select!("WHERE p.id BETWEEN ?1 AND ?2 ORDER BY p.id DESC");
            rows(&seen, ("open_packed", sql), ids, |c| {
                items.push(read(c, &mut last)?);
                Ok(())
            })?;
        }
        Ok(items)
    }
}

/// The open milestones of a customer, by id.
pub(super) fn of_customer(db: &Connection, customer: CustomerId) -> Result<Vec<Item>> {
    let sql = select!("JOIN open_item o ON o.id = p.id WHERE o.customer = ?1 ORDER BY p.id");
    let mut last = LastCurrency::default();
    rows(db, ("open_item", sql), [customer.0], |c| read(c, &mut last))
}

/// Writes an open milestone that has no row yet.
pub(super) fn insert(db: &Connection, item: &Item) -> Result<()> {
    cached(db, INSERT)?.execute(params![
        item.id.0,
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
    cached(db, INSERT_PACKED)?.execute(params![item.id.0, pack(item)])?;
    Ok(())
}

fn read(c: &Cells, last: &mut LastCurrency) -> Result<Item> {
    let id = MilestoneId(c.int(0)?);
    unpack(id, c.blob(1)?, last).ok_or(Error::Unreadable("open_item"))
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
