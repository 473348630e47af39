//! Open milestones as today sees them: the table `open_item`, one narrow row each, written and read in one order of
//! columns. Reading it is the hot path of every start.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use chrono::NaiveDate;
use iso_currency::Currency;
use rusqlite::{Connection, params};

use super::Reader;
use super::convert::{Cells, Day, cached, first, id_list, parse_day, rows};
use super::error::{Result, StoreError};
use crate::domain::ids::{CustomerId, EventId, MilestoneId, PersonId, ProjectId};
use crate::domain::item::{Gates, Held, Item, OpenPromise};
use crate::domain::kinds::Stage;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, project, customer, manager, seq, stage, currency, amount, balance, written_off, disputed, \
             invoiced, due, firm, firm_from, first_due, rescheduled_on, grace_days, agreed_on, planned_on, delivered_on, \
             accepted_on, invoiced_on, met_on, gates, last_step, last_touch_on, last_chase_on, promises, \
             held_since, held_until FROM open_item ",
            $rest
        )
    };
}

const INSERT: &str = "INSERT INTO open_item (id, project, customer, manager, seq, stage, currency, amount, balance, \
     written_off, disputed, invoiced, due, firm, firm_from, first_due, rescheduled_on, grace_days, agreed_on, planned_on, \
     delivered_on, accepted_on, invoiced_on, met_on, gates, last_step, last_touch_on, last_chase_on, promises, \
     held_since, held_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
     ?, ?, ?, ?, ?)";

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
        let mut currencies = Currencies::default();
        rows(&self.db, ("open_item", sql), [list], |c| {
            read(c, &mut currencies)
        })
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
        let mut currencies = Currencies::default();
        let sql = select!("WHERE id BETWEEN ?1 AND ?2 ORDER BY id");
        loop {
            let from = self.next.fetch_add(BLOCK, Ordering::Relaxed);
            if from > self.last {
                return Ok(parts);
            }
            let ids = [from, from + BLOCK - 1];
            let part = rows(db, ("open_item", sql), ids, |c| read(c, &mut currencies))?;
            parts.push((from, part));
        }
    }
}

/// The open milestones of a customer, by id.
pub(super) fn of_customer(db: &Connection, customer: CustomerId) -> Result<Vec<Item>> {
    let sql = select!("WHERE customer = ?1 ORDER BY id");
    let mut currencies = Currencies::default();
    rows(db, ("open_item", sql), [customer.0], |c| {
        read(c, &mut currencies)
    })
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
    Ok(())
}

/// The last currency read: nearly every row has the same.
#[derive(Default)]
struct Currencies(Option<Currency>);

impl Currencies {
    fn read(&mut self, c: &Cells, at: usize) -> Result<Currency> {
        if let Some(last) = self.0
            && last.code() == c.text(at)?
        {
            return Ok(last);
        }
        let currency = c.currency(at)?;
        self.0 = Some(currency);
        Ok(currency)
    }
}

fn read(c: &Cells, currencies: &mut Currencies) -> Result<Item> {
    Ok(Item {
        id: MilestoneId(c.int(0)?),
        project: ProjectId(c.int(1)?),
        customer: CustomerId(c.int(2)?),
        manager: c.maybe_int(3)?.map(PersonId),
        seq: c.small(4)?,
        stage: c.code(5, Stage::from_code)?,
        currency: currencies.read(c, 6)?,
        amount: c.int(7)?,
        balance: c.int(8)?,
        written_off: c.int(9)?,
        disputed: c.int(10)?,
        invoiced: c.int(11)?,
        due: c.maybe_day(12)?,
        firm: c.int(13)? != 0,
        firm_from: c.maybe_day(14)?,
        first_due: c.maybe_day(15)?,
        rescheduled_on: c.maybe_day(16)?,
        grace_days: c.small(17)?,
        agreed_on: c.maybe_day(18)?,
        planned_on: c.maybe_day(19)?,
        delivered_on: c.maybe_day(20)?,
        accepted_on: c.maybe_day(21)?,
        invoiced_on: c.maybe_day(22)?,
        met_on: c.maybe_day(23)?,
        gates: Gates(c.small(24)?),
        last_step: c.maybe_small(25)?,
        last_touch_on: c.maybe_day(26)?,
        last_chase_on: c.maybe_day(27)?,
        promises: promises(c, 28)?,
        held: match c.maybe_day(29)? {
            Some(since) => Some(Held {
                since,
                until: c.maybe_day(30)?,
            }),
            None => None,
        },
    })
}

type PromiseCells<'t> = (&'t str, &'t str, i64, i64);

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

fn promises(c: &Cells, at: usize) -> Result<Vec<OpenPromise>> {
    let Some(text) = c.maybe_text(at)? else {
        return Ok(Vec::new());
    };
    let rows: Vec<PromiseCells> = serde_json::from_str(text)?;
    let day = |text: &str| parse_day(text.as_bytes()).ok_or(StoreError::Unreadable("open_item"));
    rows.into_iter()
        .map(|(made_on, pay_by, amount, filled)| {
            Ok(OpenPromise {
                made_on: day(made_on)?,
                pay_by: day(pay_by)?,
                amount,
                filled,
            })
        })
        .collect()
}
