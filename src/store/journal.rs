//! The writer of facts: every insert, update and deletion goes through here and leaves behind what an undo needs.
//! Rows that are derived from facts are written elsewhere and leave no trace.

use std::collections::HashMap;

use rusqlite::types::{ToSql, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, params, params_from_iter};
use serde_json::{Map, Value as Json};

use super::convert::{cached, rows};
use super::tables::T;
use crate::domain::ids::EventId;
use crate::error::{Error, Result};

/// One thing an event did to rows of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub table: T,
    pub first: i64,
    pub last: i64,
    /// The row before; none where rows were inserted.
    pub before: Option<Json>,
    /// The row after; none where rows were inserted or one was deleted.
    pub after: Option<Json>,
}

impl Entry {
    fn covers(&self, table: T, id: i64) -> bool {
        self.table == table && self.first <= id && id <= self.last
    }
}

/// What one change did so far.
#[derive(Debug, Default)]
pub(super) struct Journal {
    entries: Vec<Entry>,
    /// Places of the entries that are runs of inserted rows: few, because ids grow.
    inserted: Vec<usize>,
    /// Place of the entry of each row that was updated.
    updated: HashMap<(T, i64), usize>,
}

impl Journal {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Inserts a row, its values in the order of the table's columns, and returns its id.
    pub(super) fn insert(
        &mut self,
        db: &Connection,
        table: T,
        values: &[&dyn ToSql],
    ) -> Result<i64> {
        let mut statement = cached(db, table.table().insert)?;
        let id: Option<i64> = None;
        statement.execute(params_from_iter(
            std::iter::once(&id as &dyn ToSql).chain(values.iter().copied()),
        ))?;
        let id = db.last_insert_rowid();
        self.note_insertion(table, id);
        Ok(id)
    }

    fn note_insertion(&mut self, table: T, id: i64) {
        for at in self.inserted.iter().rev() {
            match self.entries.get_mut(*at) {
                Some(run) if run.table == table && run.last + 1 == id => {
                    run.last = id;
                    return;
                }
                _ => {}
            }
        }
        self.inserted.push(self.entries.len());
        self.entries.push(Entry {
            table,
            first: id,
            last: id,
            before: None,
            after: None,
        });
    }

    /// Changes columns of a row; a row that has these values already is left alone. True if it changed.
    pub(super) fn update(
        &mut self,
        db: &Connection,
        (table, id): (T, i64),
        changes: &[(&str, &dyn ToSql)],
    ) -> Result<bool> {
        let before = read(db, table, id)?;
        let mut after = before.clone();
        for (column, value) in changes {
            let at = table.table().columns.iter().position(|c| c == column);
            let slot = at.and_then(|at| after.get_mut(at));
            *slot.ok_or(Error::Bug("no such column"))? = owned(*value)?;
        }
        if before == after {
            return Ok(false);
        }
        write(db, (table, id), &after)?;
        self.note_update((table, id), &before, &after);
        Ok(true)
    }

    fn note_update(&mut self, (table, id): (T, i64), before: &[Value], after: &[Value]) {
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
    pub(super) fn delete(&mut self, db: &Connection, table: T, id: i64) -> Result<()> {
        let before = read(db, table, id)?;
        cached(db, table.table().delete)?.execute([id, id])?;
        self.entries.push(Entry {
            table,
            first: id,
            last: id,
            before: Some(json(table, &before)),
            after: None,
        });
        Ok(())
    }

    /// Writes what was done as the rows of an event.
    pub(super) fn store(&self, db: &Connection, event: EventId) -> Result<()> {
        let mut statement = cached(
            db,
            "INSERT INTO event_row (event, tbl, first_id, last_id, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        for entry in &self.entries {
            statement.execute(params![
                event.0,
                entry.table.table().name,
                entry.first,
                entry.last,
                entry.before.as_ref().map(Json::to_string),
                entry.after.as_ref().map(Json::to_string),
            ])?;
        }
        Ok(())
    }

    /// Takes back what an event did, the last thing first; this journal then holds the inverse.
    pub(super) fn revert(&mut self, db: &Connection, done: &[Entry]) -> Result<()> {
        for entry in done.iter().rev() {
            if let Some(before) = &entry.before {
                let values = unjson(entry.table, before)?;
                if entry.after.is_some() {
                    write(db, (entry.table, entry.first), &values)?;
                } else {
                    let id = Value::Integer(entry.first);
                    cached(db, entry.table.table().insert)?
                        .execute(params_from_iter(std::iter::once(&id).chain(&values)))?;
                }
            } else {
                cached(db, entry.table.table().delete)?.execute([entry.first, entry.last])?;
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

/// What an event did, in the order it was done.
pub(super) fn entries_of(db: &Connection, event: EventId) -> Result<Vec<Entry>> {
    let sql =
        "SELECT tbl, first_id, last_id, before, after FROM event_row WHERE event = ? ORDER BY id";
    rows(db, ("event_row", sql), [event.0], |c| {
        let parse = |at| -> Result<Option<Json>> {
            Ok(c.maybe_text(at)?.map(serde_json::from_str).transpose()?)
        };
        Ok(Entry {
            table: c.code(0, T::named)?,
            first: c.int(1)?,
            last: c.int(2)?,
            before: parse(3)?,
            after: parse(4)?,
        })
    })
}

fn read(db: &Connection, table: T, id: i64) -> Result<Vec<Value>> {
    let mut statement = cached(db, table.table().select)?;
    let mut cursor = statement.query([id])?;
    let row = cursor
        .next()?
        .ok_or(Error::Bug("a row to change is missing"))?;
    (0..table.table().columns.len())
        .map(|at| Ok(Value::try_from(row.get_ref(at)?).map_err(rusqlite::Error::from)?))
        .collect()
}

fn write(db: &Connection, (table, id): (T, i64), values: &[Value]) -> Result<()> {
    let id = Value::Integer(id);
    cached(db, table.table().update)?
        .execute(params_from_iter(values.iter().chain(std::iter::once(&id))))?;
    Ok(())
}

fn owned(value: &dyn ToSql) -> Result<Value> {
    let value = match value.to_sql()? {
        ToSqlOutput::Owned(value) => Ok(value),
        ToSqlOutput::Borrowed(value) => Value::try_from(value),
        _ => return Err(Error::Bug("a value that is no plain one")),
    };
    Ok(value.map_err(rusqlite::Error::from)?)
}

/// A row as a JSON object. Blobs are never updated or deleted, so they have no form here.
fn json(table: T, values: &[Value]) -> Json {
    let columns = table.table().columns.iter().zip(values);
    let object: Map<String, Json> = columns
        .map(|(column, value)| {
            let value = match ValueRef::from(value) {
                ValueRef::Integer(n) => Json::from(n),
                ValueRef::Text(text) => Json::from(String::from_utf8_lossy(text)),
                _ => Json::Null,
            };
            ((*column).to_owned(), value)
        })
        .collect();
    Json::Object(object)
}

fn unjson(table: T, row: &Json) -> Result<Vec<Value>> {
    let columns = table.table().columns.iter();
    columns
        .map(|column| match row.get(column) {
            Some(Json::Null) => Ok(Value::Null),
            Some(Json::String(text)) => Ok(Value::Text(text.clone())),
            Some(number) if number.is_i64() => {
                Ok(number.as_i64().map_or(Value::Null, Value::Integer))
            }
            _ => Err(Error::Unreadable("event_row")),
        })
        .collect()
}
