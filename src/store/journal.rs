//! The writer of facts: every insert, update and deletion goes through here and leaves behind what an undo needs.
//! Rows that are derived from facts are written elsewhere and leave no trace.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::backend::{Backend, Cell, Column, RowReader, Value, values};
use super::rows::{self, Row, Table};
use crate::domain::ids::EventId;
use crate::error::{Error, Result};

/// One thing an event did to rows of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub table: Table,
    pub first: i64,
    pub last: i64,
    /// The row before; none where rows were inserted.
    pub before: Option<Json>,
    /// The row after; none where one was deleted, or where a run of rows was inserted or deleted.
    pub after: Option<Json>,
}

impl Entry {
    fn covers(&self, table: Table, id: i64) -> bool {
        self.table == table && self.first <= id && id <= self.last
    }

    pub(super) const fn is_insertion(&self) -> bool {
        self.before.is_none()
    }

    fn image(&self) -> Image {
        let text = |json: &Option<Json>| json.as_ref().map(Json::to_string);
        Image {
            table: self.table.name(),
            first: self.first,
            last: self.last,
            before: text(&self.before),
            after: text(&self.after),
        }
    }

    /// A run of rows of which no image was kept.
    pub(super) const fn is_bare(&self) -> bool {
        self.before.is_none() && self.after.is_none()
    }
}

/// Updates that are held before they can be taken out.
pub(super) const UPDATES: usize = 512;

/// What one change did so far.
#[derive(Debug, Default)]
pub(super) struct Journal {
    entries: Vec<Entry>,
    /// Places of the entries that are runs of inserted rows: few, because ids grow.
    inserted: Vec<usize>,
    /// Place of the entry of each row that was updated.
    updated: HashMap<(Table, i64), usize>,
}

impl Journal {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes out the updates, once they are many, so that they can be written; what was inserted stays, as runs that
    /// may grow. A row that is updated again then has a second entry, and an undo takes back one after the other.
    pub(super) fn take_updates(&mut self) -> Vec<Image> {
        if self.updated.len() < UPDATES {
            return Vec::new();
        }
        let entries = std::mem::take(&mut self.entries);
        let (kept, updates): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(Entry::is_insertion);
        self.inserted = (0..kept.len()).collect();
        self.entries = kept;
        self.updated.clear();
        updates.iter().map(Entry::image).collect()
    }

    /// Inserts a row and returns its id.
    pub(super) fn insert<R: Row>(&mut self, db: &dyn Backend, row: &R) -> Result<i64> {
        let id = db.insert(&R::TABLE.statements().insert, &row.values())?;
        self.note_insertion(R::TABLE, id);
        Ok(id)
    }

    fn note_insertion(&mut self, table: Table, id: i64) {
        for at in self.inserted.iter().rev() {
            match self.entries.get_mut(*at) {
                Some(run) if run.table == table && run.last + 1 == id => {
                    run.last = id;
                    return;
                }
                Some(_) | None => {}
            }
        }
        self.inserted.push(self.entries.len());
        self.entries.push(Entry { table, first: id, last: id, before: None, after: None });
    }

    /// Changes a row, and gives it as it was before and is now; one that comes out as it was is left alone.
    pub(super) fn update<R: Row + Clone>(
        &mut self,
        db: &dyn Backend,
        id: i64,
        change: impl FnOnce(&mut R),
    ) -> Result<Option<(R, R)>> {
        let statements = R::TABLE.statements();
        let before: R = db.row(id)?.ok_or(Error::Bug("a row to change is missing"))?;
        let mut after = before.clone();
        change(&mut after);
        let mut values = after.values();
        if before.values() == values {
            return Ok(None);
        }
        self.note_update((R::TABLE, id), &before.values(), &values);
        values.push(Value::Int(id));
        db.execute(&statements.update, &values)?;
        drop(values);
        Ok(Some((before, after)))
    }

    fn note_update(
        &mut self,
        (table, id): (Table, i64),
        before: &[Value<'_>],
        after: &[Value<'_>],
    ) {
        let fresh = |at: &usize| self.entries.get(*at).is_some_and(|e| e.covers(table, id));
        if self.inserted.iter().any(fresh) {
            return;
        }
        let known = self.updated.get(&(table, id)).copied();
        if let Some(entry) = known.and_then(|at| self.entries.get_mut(at)) {
            entry.after = Some(json(table, after));
            return;
        }
        self.updated.insert((table, id), self.entries.len());
        self.entries.push(Entry {
            table,
            first: id,
            last: id,
            before: Some(json(table, before)),
            after: Some(json(table, after)),
        });
    }

    /// Deletes a row that this change has not touched.
    pub(super) fn delete<R: Row>(&mut self, db: &dyn Backend, id: i64) -> Result<()> {
        let statements = R::TABLE.statements();
        let before: R = db.row(id)?.ok_or(Error::Bug("a row to delete is missing"))?;
        db.execute(&statements.delete, values![id, id])?;
        self.entries.push(Entry {
            table: R::TABLE,
            first: id,
            last: id,
            before: Some(json(R::TABLE, &before.values())),
            after: None,
        });
        Ok(())
    }

    /// What was done, as the rows of an event have it.
    pub(super) fn images(&self) -> Vec<Image> {
        self.entries.iter().map(Entry::image).collect()
    }

    /// Takes back what an event did, the last thing first; this journal then holds the inverse.
    pub(super) fn revert(&mut self, db: &dyn Backend, done: &[Entry]) -> Result<()> {
        for entry in done.iter().rev() {
            let (statements, id) = (entry.table.statements(), Value::Int(entry.first));
            match (&entry.before, &entry.after) {
                (Some(before), Some(_)) => {
                    let (columns, mut values) = from_json(entry.table, before)?;
                    values.push(id);
                    db.execute(&rows::update(entry.table, &columns), &values)?;
                }
                (Some(before), None) => {
                    let (columns, found) = from_json(entry.table, before)?;
                    let values = [vec![id], found].concat();
                    db.execute(&rows::restore(entry.table, &columns), &values)?;
                }
                (None, _) => {
                    let deleted = if entry.is_bare() { deletions(db, entry)? } else { None };
                    db.execute(&statements.delete, values![entry.first, entry.last])?;
                    if let Some(deleted) = deleted {
                        self.entries.extend(deleted);
                        continue;
                    }
                }
            }
            self.entries.push(Entry {
                before: entry.after.clone(),
                after: entry.before.clone(),
                ..entry.clone()
            });
        }
        Ok(())
    }
}

/// One thing an event did, as its row has it.
pub(super) struct Image {
    table: &'static str,
    first: i64,
    last: i64,
    before: Option<String>,
    after: Option<String>,
}

impl Image {
    pub(super) fn values(&self) -> [Value<'_>; 5] {
        [
            self.table.value(),
            self.first.value(),
            self.last.value(),
            self.before.value(),
            self.after.value(),
        ]
    }

    /// Writes it as a row of the event.
    pub(super) fn store(&self, db: &dyn Backend, event: EventId) -> Result<()> {
        let sql = "INSERT INTO event_row (event, tbl, first_id, last_id, before, after) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let [table, first, last, before, after] = self.values();
        db.execute(sql, &[event.value(), table, first, last, before, after])
    }
}

/// Rows of a run that are kept when it is deleted, so that it can come back.
const KEPT: i64 = 1_000;

/// The deletion of a run row by row; `None` if there are too many, or what they hold has no form here.
fn deletions(db: &dyn Backend, run: &Entry) -> Result<Option<Vec<Entry>>> {
    if run.last - run.first >= KEPT {
        return Ok(None);
    }
    let mut entries = Vec::new();
    for id in run.first..=run.last {
        let mut image = None;
        db.query(&run.table.statements().select, values![id], &mut |cells| {
            let mut row = Map::new();
            for (at, column) in run.table.columns().iter().enumerate() {
                let value = match cells.cell(at)? {
                    Cell::Null => Json::Null,
                    Cell::Int(number) => Json::from(number),
                    Cell::Text(bytes) => Json::from(String::from_utf8_lossy(bytes)),
                    Cell::Blob(_) => return Ok(()),
                };
                row.insert((*column).to_owned(), value);
            }
            image = Some(Json::Object(row));
            Ok(())
        })?;
        let Some(before) = image else {
            return Ok(None);
        };
        let before = Some(before);
        entries.push(Entry { table: run.table, first: id, last: id, before, after: None });
    }
    Ok(Some(entries))
}

/// What an event did, in the order it was done.
pub(super) fn entries_of(db: &dyn Backend, event: EventId) -> Result<Vec<Entry>> {
    let sql =
        "SELECT tbl, first_id, last_id, before, after FROM event_row WHERE event = $1 ORDER BY id";
    let mut entries = Vec::new();
    db.each_row(sql, values![event], |row| {
        entries.push(entry(row)?);
        Ok(())
    })?;
    Ok(entries)
}

fn entry(row: &mut RowReader<'_>) -> Result<Entry> {
    let table = Table::named(&row.next::<String>()?).ok_or_else(unreadable)?;
    let (first, last) = (row.next()?, row.next()?);
    let mut json =
        || -> Result<Option<Json>> { Ok(row.next_text()?.map(serde_json::from_str).transpose()?) };
    Ok(Entry { table, first, last, before: json()?, after: json()? })
}

/// A row as a JSON object. Blobs are never updated or deleted, so they have no form here.
fn json(table: Table, values: &[Value<'_>]) -> Json {
    let columns = table.columns().iter().zip(values);
    let object: Map<String, Json> = columns
        .map(|(column, value)| {
            let value = match value {
                Value::Int(number) => Json::from(*number),
                Value::Text(text) => Json::from(text.as_ref()),
                Value::Day(day) => Json::from(String::from_utf8_lossy(day)),
                Value::Null | Value::Blob(_) => Json::Null,
            };
            ((*column).to_owned(), value)
        })
        .collect();
    Json::Object(object)
}

/// The columns a row had when it was noted, with its values: one that came later is not among them.
fn from_json(table: Table, row: &Json) -> Result<(Vec<&'static str>, Vec<Value<'_>>)> {
    let mut found = (Vec::new(), Vec::new());
    for column in table.columns() {
        let value = match row.get(column) {
            Some(Json::Null) => Value::Null,
            Some(Json::String(text)) => Value::Text(Cow::Borrowed(text)),
            Some(Json::Number(number)) => Value::Int(number.as_i64().ok_or_else(unreadable)?),
            Some(Json::Bool(_) | Json::Array(_) | Json::Object(_)) => return Err(unreadable()),
            None => continue,
        };
        found.0.push(*column);
        found.1.push(value);
    }
    if found.0.is_empty() { Err(unreadable()) } else { Ok(found) }
}

fn unreadable() -> Error {
    Error::Unreadable("event_row".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_taken_out_are_not_held_and_runs_still_grow() {
        let mut journal = Journal::default();
        journal.note_insertion(Table::Person, 1);
        for id in 0..10 * i64::try_from(UPDATES).unwrap() {
            let values = [Value::Int(id)];
            journal.note_update((Table::Customer, id), &values, &values);
            let taken = journal.take_updates();
            assert!(taken.is_empty() || taken.len() == UPDATES);
            assert!(journal.entries.len() <= UPDATES);
        }
        journal.note_insertion(Table::Person, 2);
        let [run] = journal.entries() else { panic!("{:?}", journal.entries()) };
        assert_eq!((run.first, run.last), (1, 2));
    }
}
