//! Filling an empty ledger fast, as one event: the same changes that [`Store::apply`] takes, written in bulk. Nothing
//! is read back: row ids are handed out here, one after the other, and what is derived is computed from the facts in
//! hand by the functions `derived` uses. So a change may only speak of what was written since the last
//! [`Bulk::settle`]; who fills settles one account after the other and never holds more than one.
//!
//! Violation are balances and payments that would fall below 0, and nothing else: whoever generates a ledger answers for
//! the rest, and the tests replay the small demo through [`Store::apply`].

use rusqlite::types::ToSql;
use rusqlite::{Connection, Statement, params_from_iter};
use serde_json::Value;

use super::apply::{self, Record, Writer};
use super::convert::rows;
use super::journal::Journal;
use super::tables::T;
use super::{Context, Store, Touched};
use crate::domain::calendar::Calendar;
use crate::domain::change::{Change, ChangeKind};
use crate::error::{Error, Result};

mod agree;
mod hand;
mod settle;

use hand::Hand;

impl Store {
    /// Fills an empty ledger: all of it, as one event of kind `demo` with this detail, or nothing.
    pub fn fill(
        &mut self,
        context: &Context,
        detail: &Value,
        write: impl FnOnce(&mut Bulk) -> Result<()>,
    ) -> Result<()> {
        // Every id is handed out here, so that none can dangle; looking each up again costs more than writing it. The
        // switch does nothing inside a transaction.
        self.db.pragma_update(None, "foreign_keys", false)?;
        let filled = self.fill_unchecked(context, detail, write);
        self.db.pragma_update(None, "foreign_keys", true)?;
        filled
    }

    fn fill_unchecked(
        &mut self,
        context: &Context,
        detail: &Value,
        write: impl FnOnce(&mut Bulk) -> Result<()>,
    ) -> Result<()> {
        let path = self.path.clone();
        let db = apply::begin(&mut self.reader)?;
        let used = "SELECT EXISTS (SELECT 1 FROM event) OR EXISTS (SELECT 1 FROM customer)";
        if db.query_row(used, [], |row| row.get(0))? {
            return Err(Error::NotEmpty(path));
        }
        let scattered = drop_scattered(&db)?;
        let mut bulk = Bulk::new(&db);
        write(&mut bulk)?;
        bulk.settle()?;
        let runs = bulk.runs();
        drop(bulk);
        for index in scattered {
            db.execute_batch(&index)?;
        }
        let mut writer = Writer::new(&db, Calendar::china(), context);
        writer.journal = Journal::of_runs(runs);
        writer.latest = Some(context.today);
        let record = Record {
            kind: ChangeKind::Demo,
            detail: detail.to_string(),
            undoes: None,
            may_come_second: true,
        };
        writer.record(&record, &Touched::Many)?;
        db.commit()?;
        Ok(())
    }
}

/// Drops the indexes by day, whose entries would land all over the file, and returns the statements that make them
/// again, sorted. All others grow at their end, like the tables.
fn drop_scattered(db: &Connection) -> Result<Vec<String>> {
    let sql =
        "SELECT sql FROM sqlite_schema WHERE name IN ('payment_received', 'milestone_closed')";
    let made = rows(db, ("sqlite_schema", sql), [], |c| c.string(0))?;
    db.execute_batch("DROP INDEX payment_received; DROP INDEX milestone_closed;")?;
    Ok(made)
}

pub struct Bulk<'a> {
    db: &'a Connection,
    calendar: &'static Calendar,
    /// The last id of each table.
    last: [i64; T::ALL.len()],
    /// The insertion into each table, once it was needed.
    inserts: [Option<Statement<'a>>; T::ALL.len()],
    hand: Hand,
}

impl<'a> Bulk<'a> {
    fn new(db: &'a Connection) -> Self {
        Self {
            db,
            calendar: Calendar::china(),
            last: [0; T::ALL.len()],
            inserts: [const { None }; T::ALL.len()],
            hand: Hand::default(),
        }
    }

    /// Writes one change that `who` made.
    pub fn write(&mut self, who: &str, change: Change) -> Result<()> {
        match change {
            Change::EditPerson { name, role, team } => self.person(&name, role, &team).map(drop),
            Change::AddCustomer(draft) => self.customer(&draft),
            Change::AddProject(draft) => self.project(&draft),
            Change::AddMilestone(draft) => self.milestone(draft),
            Change::Invoice(draft) => self.invoice(&draft),
            Change::RecordPayment(draft) => self.payment(draft),
            Change::ReversePayment {
                payment,
                amount: None,
                on,
                reason,
            } => self.reverse(payment, on, &reason),
            Change::LogContact(draft) => self.touch(who, &draft),
            other => self.agree(other),
        }
    }

    /// The id the next row of this table gets.
    fn next(&mut self, table: T) -> i64 {
        let last = &mut self.last[table as usize];
        *last += 1;
        *last
    }

    /// Writes a row under an id of ours, its values in the order of the table's columns; the derived column of
    /// milestones and payments comes last.
    fn put(&mut self, table: T, id: i64, values: &[&dyn ToSql]) -> Result<()> {
        let slot = &mut self.inserts[table as usize];
        let statement = match slot {
            Some(statement) => statement,
            None => slot.insert(self.db.prepare(insertion(table))?),
        };
        let id: &dyn ToSql = &id;
        statement.execute(params_from_iter(
            std::iter::once(id).chain(values.iter().copied()),
        ))?;
        Ok(())
    }

    fn insert(&mut self, table: T, values: &[&dyn ToSql]) -> Result<i64> {
        let id = self.next(table);
        self.put(table, id, values)?;
        Ok(id)
    }

    /// The rows written, in the order of tables: what others refer to comes first, as an undo needs it.
    fn runs(&self) -> Vec<(T, i64, i64)> {
        let last = T::ALL.iter().copied().zip(self.last);
        last.filter(|(_, last)| *last > 0)
            .map(|(table, last)| (table, 1, last))
            .collect()
    }
}

/// The statement that writes a whole row.
const fn insertion(table: T) -> &'static str {
    match table {
        T::Milestone => {
            "INSERT INTO milestone (id, project, seq, key, name, stage, amount, condition, rule, agreed_on, \
             planned_on, delivered_on, accepted_on, method, note, closed_on) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        }
        T::Payment => {
            "INSERT INTO payment (id, customer, received_on, amount, currency, method, payer, bank_ref, note, \
             unapplied) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        }
        other => other.table().insert,
    }
}
