//! Open milestones as everything recorded has them: the table `open_item`. Reading it is the hot path of every start.

use std::sync::Mutex;
use std::thread;

use super::backend::{Backend, Connector, RowReader, Transaction, values};
use super::{Reader, facts};
use crate::domain::allocation::Owed;
use crate::domain::ids::{CustomerId, EventId, MilestoneId};
use crate::domain::item::Item;
use crate::error::{Error, Result};

impl Reader {
    /// Every open milestone, by id. Of a large ledger two threads read, each from its end, until they meet.
    pub fn items(&self) -> Result<Vec<Item>> {
        let db = &*self.db;
        let _seen = Transaction::reading(db)?;
        let blocks = Blocks::new(db, self.last_event()?)?;
        let connector = blocks.worth_helping().then(|| db.connector());
        thread::scope(|scope| {
            let blocks = &blocks;
            let helper = connector.map(|connector| scope.spawn(move || blocks.help(connector)));
            let mut items = Vec::new();
            blocks.read_up(db, &mut items)?;
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
        of_customer(&*self.db, customer)
    }

    /// The open milestones of a customer with everything recorded about them, by id.
    pub fn owed_by(&self, customer: CustomerId) -> Result<Vec<Owed>> {
        owed_by(&*self.db, customer)
    }

    /// Those of these milestones that are open, by id.
    pub fn items_by_id(&self, ids: &[MilestoneId]) -> Result<Vec<Item>> {
        let mut ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        ids.sort_unstable();
        ids.dedup();
        let sql = "SELECT id, item FROM open_item WHERE id IN ($ids) ORDER BY id";
        let mut items = Vec::new();
        self.db.each_row_of(sql, &ids, |row| {
            items.push(read(row)?);
            Ok(())
        })?;
        Ok(items)
    }
}

/// The open milestones of a customer, by id.
pub(super) fn of_customer(db: &dyn Backend, customer: CustomerId) -> Result<Vec<Item>> {
    let sql = "SELECT id, item FROM open_item WHERE customer = $1 ORDER BY id";
    let mut items = Vec::new();
    db.each_row(sql, values![customer], |row| {
        items.push(read(row)?);
        Ok(())
    })?;
    Ok(items)
}

/// The open milestones of a customer with everything recorded about them, by id.
pub(super) fn owed_by(db: &dyn Backend, customer: CustomerId) -> Result<Vec<Owed>> {
    let items = of_customer(db, customer)?;
    let ids: Vec<MilestoneId> = items.iter().map(|item| item.id).collect();
    let facts = facts::of(db, &ids)?;
    Ok(items.into_iter().zip(facts).map(|(item, facts)| Owed { item, facts }).collect())
}

/// Writes an open milestone that has no row yet.
pub(super) fn insert(db: &dyn Backend, item: &Item) -> Result<()> {
    db.execute(
        "INSERT INTO open_item (id, project, customer, balance, item) VALUES ($1, $2, $3, $4, $5)",
        values![item.id, item.project, item.customer, item.balance, encode(item)?],
    )
}

/// Bytes of the checksum behind an item.
const SUM: usize = 4;

/// An item as its row keeps it: encoded, and the CRC-32 of that behind it. A flipped bit of the file must not become a
/// figure.
pub(super) fn encode(item: &Item) -> Result<Vec<u8>> {
    let mut encoded =
        postcard::to_allocvec(item).map_err(|_| Error::Bug("an item that has no encoding"))?;
    let sum = crc32fast::hash(&encoded);
    encoded.extend(sum.to_le_bytes());
    Ok(encoded)
}

/// Reads a row's id and its item, which must be that milestone's and whole.
fn read(row: &mut RowReader<'_>) -> Result<Item> {
    let id: MilestoneId = row.next()?;
    let item = decode(row.next_blob()?).ok_or(Error::NotDerived)?;
    if item.id == id { Ok(item) } else { Err(Error::NotDerived) }
}

pub(super) fn decode(bytes: &[u8]) -> Option<Item> {
    let (encoded, sum) = bytes.split_last_chunk::<SUM>()?;
    if crc32fast::hash(encoded) != u32::from_le_bytes(*sum) {
        return None;
    }
    postcard::from_bytes(encoded).ok()
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
    fn new(db: &dyn Backend, event: EventId) -> Result<Self> {
        // Each on its own is found at once; together they are looked for in every row.
        let sql = "SELECT (SELECT MIN(id) FROM open_item), (SELECT MAX(id) FROM open_item)";
        let (first, last): (Option<i64>, Option<i64>) = db.value(sql, &[])?;
        Ok(Self { event, left: Mutex::new((first.unwrap_or(0), last.unwrap_or(-1))) })
    }

    /// Whether a second thread would find anything to do, and a processor to do it.
    fn worth_helping(&self) -> bool {
        let (first, last) = self.left.lock().map_or((0, -1), |left| *left);
        last - first >= 2 * BLOCK && thread::available_parallelism().is_ok_and(|all| all.get() > 1)
    }

    /// Takes the next ids from an end, as first and last.
    fn take(&self, lower: bool) -> Option<(i64, i64)> {
        let mut left = self.left.lock().ok()?;
        let (first, last) = *left;
        if first > last {
            return None;
        }
        Some(if lower {
            let end = last.min(first + BLOCK - 1);
            left.0 = end + 1;
            (first, end)
        } else {
            let start = first.max(last - BLOCK + 1);
            left.1 = start - 1;
            (start, last)
        })
    }

    /// Reads from the lower end until nothing is left.
    fn read_up(&self, db: &dyn Backend, items: &mut Vec<Item>) -> Result<()> {
        let sql = "SELECT id, item FROM open_item WHERE id BETWEEN $1 AND $2 ORDER BY id";
        while let Some((first, last)) = self.take(true) {
            db.each_row(sql, values![first, last], |row| {
                items.push(read(row)?);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Reads from the upper end, the highest id first, over a connection of its own, if it sees the same ledger.
    fn help(&self, connector: Connector) -> Result<Vec<Item>> {
        let mut items = Vec::new();
        let Ok(db) = connector() else {
            return Ok(items);
        };
        let reader = Reader { db };
        let _seen = Transaction::reading(&*reader.db)?;
        if reader.last_event()? != self.event {
            return Ok(items);
        }
        let sql = "SELECT id, item FROM open_item WHERE id BETWEEN $1 AND $2 ORDER BY id DESC";
        while let Some((first, last)) = self.take(false) {
            reader.db.each_row(sql, values![first, last], |row| {
                items.push(read(row)?);
                Ok(())
            })?;
        }
        Ok(items)
    }
}
