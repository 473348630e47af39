//! A ledger as lines of JSON, and back: every row of facts, every event and what it did to rows. What is derived stays
//! behind and is derived again. Both ways hold one line at a time.
//!
//! ```text
//! {"huikuan":"ledger","schema":3}
//! {"table":"customer","id":1,"code":"C1",…}
//! {"lines":1}
//! ```

use std::borrow::Cow;
use std::io::{self, BufRead, Read as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json, json};

use super::backend::{Backend, Cell, Transaction, Value};
use super::rows::Table;
use super::{Progress, Reader, Store, chain, derived};
use crate::error::ledger_file::{LineError, LineProblem};
use crate::error::{Error, Result, StorageFault};

/// The longest line that is read: a weekly snapshot of the largest ledger is a tenth of it.
const LONGEST: u64 = 256 * 1024 * 1024;

/// A table that goes with a ledger, and its columns without `id`.
type Part = (&'static str, &'static [&'static str]);

/// What refers to something comes after it, so that a person can read the file from top to bottom.
fn parts() -> impl Iterator<Item = Part> {
    let facts = Table::ALL.iter().map(|table| (table.name(), table.columns()));
    facts.chain([
        ("event", super::events::COLUMNS),
        ("event_row", &["event", "tbl", "first_id", "last_id", "before", "after"] as &[_]),
    ])
}

impl Reader {
    /// Hands out the ledger line by line, as it is at one moment.
    pub fn export(&self, line: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        let transaction = Transaction::reading(&*self.db)?;
        let schema = self.db.schema();
        line(&json!({ "huikuan": "ledger", "schema": schema }).to_string())?;
        let mut lines = 0_u64;
        for (table, columns) in parts() {
            let sql = format!("SELECT id, {} FROM {table} ORDER BY id", columns.join(", "));
            self.db.query(&sql, &[], &mut |cells| {
                let mut row = json!({ "table": table });
                for (at, column) in ["id"].iter().chain(columns).enumerate() {
                    row[*column] = as_json(cells.cell(at)?, table)?;
                }
                lines += 1;
                line(&row.to_string())
            })?;
        }
        line(&json!({ "lines": lines }).to_string())?;
        transaction.commit()
    }
}

impl Store {
    /// Fills an empty ledger with an exported one, all or nothing, and derives what follows from it.
    pub fn import_ledger(&mut self, file: impl BufRead, progress: Progress) -> Result<u64> {
        let transaction = Transaction::writing(&*self.reader.db)?;
        if self
            .reader
            .db
            .exists("SELECT 1 FROM event UNION ALL SELECT 1 FROM person LIMIT 1", &[])?
        {
            return Err(Error::NotEmpty(self.path.clone()));
        }
        let mut lines = Lines { file, line: 0 };
        let rows = lines.load(&*self.reader.db)?;
        chain::seal(&*self.reader.db)?;
        if !chain::is_behind(&*self.reader.db)?
            && let Some(event) = self.reader.verify()?.broken
        {
            return Err(lines.refuse(LineProblem::Chain(event)));
        }
        derived::rebuild(&*self.reader.db, progress)?;
        transaction.commit()?;
        chain::update(&*self.reader.db)?;
        Ok(rows)
    }
}

/// A column as JSON: what is no text goes as base64 in an object.
fn as_json(cell: Cell<'_>, table: &str) -> Result<Json> {
    Ok(match cell {
        Cell::Null => Json::Null,
        Cell::Int(number) => number.into(),
        Cell::Text(bytes) => {
            std::str::from_utf8(bytes).map_err(|_| Error::Unreadable(table.to_owned()))?.into()
        }
        Cell::Blob(bytes) => json!({ "base64": STANDARD.encode(bytes) }),
    })
}

struct Lines<R> {
    file: R,
    /// The number of the line last read.
    line: u64,
}

/// The statement of the rows that name these columns: few, since those of one table mostly are alike.
struct Insertion {
    part: Part,
    columns: Vec<&'static str>,
    sql: String,
}

impl<R: BufRead> Lines<R> {
    fn refuse(&self, why: LineProblem) -> Error {
        LineError { line: self.line, why }.into()
    }

    fn next(&mut self) -> Result<Map<String, Json>> {
        let mut text = String::new();
        self.line += 1;
        let read = (&mut self.file).take(LONGEST).read_line(&mut text);
        match read {
            Ok(0) => return Err(self.refuse(LineProblem::Ended)),
            Ok(_) if text.ends_with('\n') => {}
            Ok(_) if text.len() as u64 == LONGEST => return Err(self.refuse(LineProblem::TooLong)),
            Ok(_) => return Err(self.refuse(LineProblem::Ended)),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(self.refuse(LineProblem::NotJson));
            }
            Err(error) => return Err(self.refuse(LineProblem::Io(error.to_string()))),
        }
        serde_json::from_str(&text).map_err(|_| self.refuse(LineProblem::NotJson))
    }

    fn load(&mut self, db: &dyn Backend) -> Result<u64> {
        let head = self.next()?;
        let schema = head.get("schema").and_then(Json::as_i64);
        let Some(schema) = schema.filter(|_| head.get("huikuan").is_some_and(|v| v == "ledger"))
        else {
            return Err(self.refuse(LineProblem::NotALedger));
        };
        if schema > db.schema() {
            return Err(self.refuse(LineProblem::Newer { found: schema, known: db.schema() }));
        }
        let mut insertion = None;
        let mut rows = 0;
        loop {
            let row = self.next()?;
            if let Some(lines) = row.get("lines") {
                let complete = lines.as_u64() == Some(rows);
                let more = self.file.fill_buf().is_ok_and(|rest| !rest.is_empty());
                return if complete && !more {
                    Ok(rows)
                } else {
                    Err(self.refuse(LineProblem::Count))
                };
            }
            self.insert(db, row, &mut insertion)?;
            rows += 1;
        }
    }

    fn insert(
        &self,
        db: &dyn Backend,
        mut row: Map<String, Json>,
        known: &mut Option<Insertion>,
    ) -> Result<()> {
        let Some(Json::String(table)) = row.remove("table") else {
            return Err(self.refuse(LineProblem::NoTable));
        };
        let fits = |known: &Insertion| {
            known.part.0 == table
                && known.columns.len() == row.len()
                && known.columns.iter().all(|column| row.contains_key(*column))
        };
        if !known.as_ref().is_some_and(fits) {
            *known = Some(self.insertion(&table, &row)?);
        }
        let Some(insertion) = known else {
            return Err(Error::Bug("rows without a statement"));
        };
        let blobs = insertion.columns.iter().map(|column| match row.get(*column) {
            Some(Json::Object(blob)) => {
                let text = blob.get("base64").and_then(Json::as_str);
                text.and_then(|text| STANDARD.decode(text).ok())
            }
            _ => None,
        });
        let blobs: Vec<Option<Vec<u8>>> = blobs.collect();
        let mut values = Vec::with_capacity(blobs.len());
        for (column, blob) in insertion.columns.iter().zip(&blobs) {
            let value = match (row.get(*column), blob) {
                (Some(Json::Null), _) => Some(Value::Null),
                (Some(Json::Number(number)), _) => number.as_i64().map(Value::Int),
                (Some(Json::String(text)), _) => Some(Value::Text(Cow::Borrowed(text))),
                (_, Some(bytes)) => Some(Value::Blob(bytes)),
                (_, None) => None,
            };
            values.push(
                value.ok_or_else(|| {
                    self.refuse(LineProblem::Value { column: (*column).to_owned() })
                })?,
            );
        }
        db.execute(&insertion.sql, &values).map_err(|error| match error {
            Error::Storage { fault: StorageFault::Ours, message } => {
                self.refuse(LineProblem::Row(message))
            }
            other => other,
        })
    }

    fn insertion(&self, table: &str, row: &Map<String, Json>) -> Result<Insertion> {
        let part = parts().find(|(name, _)| *name == table);
        let part = part.ok_or_else(|| self.refuse(LineProblem::Table(table.to_owned())))?;
        let all = ["id"].into_iter().chain(part.1.iter().copied());
        let columns: Vec<&'static str> = all.filter(|column| row.contains_key(*column)).collect();
        if let Some(stray) = row.keys().find(|key| !columns.contains(&key.as_str())) {
            return Err(self.refuse(LineProblem::Column(stray.clone())));
        }
        let names: Vec<String> = (1..=columns.len()).map(|at| format!("${at}")).collect();
        let sql =
            format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), names.join(", "));
        Ok(Insertion { part, columns, sql })
    }
}
