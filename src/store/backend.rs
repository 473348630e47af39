//! The seam to the database engine. Everything above it speaks SQL that `SQLite` and `PostgreSQL` read alike: parameters
//! `$1`…`$n` in the order of their first use, no functions or types of one engine; `tests/store` keeps it so. An engine
//! is one file that implements [`Backend`]; what differs between engines (opening, migrations, how the id of a new row
//! is learnt) is its own business.

use std::borrow::Cow;
use std::fmt::Debug;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use iso_currency::Currency;

use crate::domain::change::ChangeKind;
use crate::domain::discount::Discount;
use crate::domain::due::DueRule;
use crate::domain::ids::{
    AllocationId, BankLineId, ConditionId, ContactId, CustomerId, DealId, EventId, InvoiceId,
    MilestoneId, NoteId, PaperId, PaymentId, PersonId, ProjectId, PromiseId, RefusalId, SnapshotId,
    TodoId, TouchId,
};
use crate::domain::kinds::{
    BillForm, Cause, Channel, ConditionKind, DealKind, DeductionKind, Grade, InvoiceKind, Level,
    Method, NoteKind, Outcome, PaperKind, PriorityStart, ProjectState, Role, Stage, TodoKind,
    TouchKind, WaiverKind,
};
use crate::domain::late_fee::LateFee;
use crate::domain::tax::TaxRate;
use crate::domain::todo::Every;
use crate::error::check::{Check, Fault};
use crate::error::{Error, Result};

/// A connection to a ledger.
pub trait Backend: Debug + Send {
    /// Begins a transaction that writes. Refused where the ledger is not in its place any more.
    fn begin(&self) -> Result<()>;
    /// Has the references between rows checked only when the transaction that has begun is committed.
    fn defer_references(&self) -> Result<()>;
    /// Begins a transaction that sees one state of the ledger until it ends.
    fn begin_reading(&self) -> Result<()>;
    fn commit(&self) -> Result<()>;
    fn rollback(&self) -> Result<()>;
    /// Writes rows.
    fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<()>;
    /// Inserts one row that names no id, and returns the one it got.
    fn insert(&self, sql: &str, values: &[Value<'_>]) -> Result<i64>;
    /// Hands out every row of a query.
    fn query(
        &self,
        sql: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Cells) -> Result<()>,
    ) -> Result<()>;
    /// A number that changes when another connection changed the ledger; an error where it is not in its place any
    /// more.
    fn version(&self) -> Result<i64>;
    /// The number of the newest migration.
    fn schema(&self) -> i64;
    /// Whether much is being written: then more of the ledger may be kept in memory.
    fn set_bulk(&self, bulk: bool) -> Result<()>;
    /// How long to wait for somebody else's write before [`Error::Busy`].
    fn set_patience(&self, patience: Duration) -> Result<()>;
    /// Opens a second connection to the same ledger, that only reads, on whatever thread calls it.
    fn connector(&self) -> Connector;
    /// Called when nobody waits: brings everything written to where a copy of the ledger's file has it.
    fn settle(&self) -> Result<()>;
    /// Copies the whole ledger as it is now into a file that is there and empty.
    fn copy_to(&self, file: &Path) -> Result<()>;
    /// What an engine finds wrong by itself; nothing where a check is not the engine's business.
    fn faults(&self, check: Check) -> Result<Option<Vec<Fault>>>;
}

pub type Connector = Box<dyn FnOnce() -> Result<Box<dyn Backend>> + Send>;

/// A row of a query.
pub trait Cells {
    fn cell(&self, at: usize) -> Result<Cell<'_>>;
}

/// What a column of a row holds. Text is checked when it is read.
#[derive(Debug, Clone, Copy)]
pub enum Cell<'c> {
    Null,
    Int(i64),
    Text(&'c [u8]),
    Blob(&'c [u8]),
}

/// What goes into a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'v> {
    Null,
    Int(i64),
    Text(Cow<'v, str>),
    /// ISO text of a day, without an allocation.
    Day([u8; 10]),
    Blob(&'v [u8]),
}

impl Value<'_> {
    /// As it stands in the column.
    pub(super) fn cell(&self) -> Cell<'_> {
        match self {
            Self::Null => Cell::Null,
            Self::Int(number) => Cell::Int(*number),
            Self::Text(text) => Cell::Text(text.as_bytes()),
            Self::Day(text) => Cell::Text(text),
            Self::Blob(bytes) => Cell::Blob(bytes),
        }
    }
}

/// A transaction that is taken back unless it is committed.
pub(super) struct Transaction<'b> {
    backend: Option<&'b dyn Backend>,
}

impl<'b> Transaction<'b> {
    pub(super) fn writing(backend: &'b dyn Backend) -> Result<Self> {
        backend.begin()?;
        Ok(Self { backend: Some(backend) })
    }

    pub(super) fn reading(backend: &'b dyn Backend) -> Result<Self> {
        backend.begin_reading()?;
        Ok(Self { backend: Some(backend) })
    }

    pub(super) fn commit(mut self) -> Result<()> {
        match self.backend.take() {
            Some(backend) => backend.commit().inspect_err(|_| drop(backend.rollback())),
            None => Ok(()),
        }
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if let Some(backend) = self.backend {
            // What cannot be taken back now is taken back when the connection ends.
            drop(backend.rollback());
        }
    }
}

/// A type that stands in one column.
pub(super) trait Column: Sized {
    fn value(&self) -> Value<'_>;
    /// `None` if the column holds something else.
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

/// Reads the columns of a row, one after the other.
pub(super) struct RowReader<'c> {
    cells: &'c dyn Cells,
    at: usize,
    sql: &'c str,
}

impl<'c> RowReader<'c> {
    pub(super) fn next<T: Column>(&mut self) -> Result<T> {
        let cell = self.cells.cell(self.at)?;
        self.at += 1;
        T::from_cell(cell).ok_or_else(|| unreadable(self.sql))
    }

    /// The next column without a copy; nothing where it is null.
    pub(super) fn next_text(&mut self) -> Result<Option<&'c str>> {
        let cell = self.cells.cell(self.at)?;
        self.at += 1;
        match cell {
            Cell::Null => Ok(None),
            Cell::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Some(text)),
                Err(_) => Err(unreadable(self.sql)),
            },
            Cell::Int(_) | Cell::Blob(_) => Err(unreadable(self.sql)),
        }
    }

    /// Passes over columns.
    pub(super) const fn skip(&mut self, columns: usize) {
        self.at += columns;
    }

    /// The next column as it is.
    pub(super) fn next_cell(&mut self) -> Result<Cell<'c>> {
        let cell = self.cells.cell(self.at)?;
        self.at += 1;
        Ok(cell)
    }

    pub(super) fn next_blob(&mut self) -> Result<&'c [u8]> {
        let cell = self.cells.cell(self.at)?;
        self.at += 1;
        match cell {
            Cell::Blob(bytes) => Ok(bytes),
            Cell::Null | Cell::Int(_) | Cell::Text(_) => Err(unreadable(self.sql)),
        }
    }
}

/// A value that this program never writes, in the table a query names first.
fn unreadable(sql: &str) -> Error {
    let table = sql.split(" FROM ").nth(1).and_then(|rest| rest.split_whitespace().next());
    Error::Unreadable(table.unwrap_or("ledger").to_owned())
}

/// What a row of a query is read as.
pub(super) trait Read: Sized {
    fn read(row: &mut RowReader<'_>) -> Result<Self>;
}

impl<T: Column> Read for T {
    fn read(row: &mut RowReader<'_>) -> Result<Self> {
        row.next()
    }
}

macro_rules! tuples {
    ($($name:ident)+) => {
        impl<$($name: Column),+> Read for ($($name,)+) {
            fn read(row: &mut RowReader<'_>) -> Result<Self> {
                Ok(($(row.next::<$name>()?,)+))
            }
        }
    };
}
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);

/// A query with a type of its own: each field beside the SQL that gives it.
pub(super) trait Select: Read {
    /// Columns and tables; conditions and order follow.
    const SELECT: &'static str;
    /// The tables alone.
    const FROM: &'static str;
}

macro_rules! select {
    ($(#[$meta:meta])* $vis:vis struct $name:ident from $from:literal {
        $(#[$first_meta:meta])* $first_vis:vis $first:ident: $first_type:ty = $first_sql:literal
        $(, $(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty = $sql:literal)* $(,)?
    }) => {
        $(#[$meta])*
        $vis struct $name {
            $(#[$first_meta])* $first_vis $first: $first_type,
            $($(#[$field_meta])* $field_vis $field: $type,)*
        }

        impl $crate::store::backend::Read for $name {
            fn read(row: &mut $crate::store::backend::RowReader<'_>) -> $crate::error::Result<Self> {
                Ok(Self { $first: row.next()?, $($field: row.next()?,)* })
            }
        }

        impl $crate::store::backend::Select for $name {
            const SELECT: &'static str = concat!("SELECT ", $first_sql $(, ", ", $sql)*, " FROM ", $from);
            const FROM: &'static str = $from;
        }
    };
}
pub(super) use select;

/// The values of a statement, in the order of its parameters.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::store::backend::Column::value(&$value)),*] };
}
pub(super) use values;

/// Ids in one statement: few sizes, so that statements stay prepared; a list is filled up with its last id.
const LISTS: [usize; 3] = [1, 8, 64];

impl dyn Backend + '_ {
    pub(super) fn each<R: Read>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut each: impl FnMut(R) -> Result<()>,
    ) -> Result<()> {
        self.each_row(sql, values, |row| each(R::read(row)?))
    }

    /// The same for rows that are read without a copy.
    pub(super) fn each_row(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut each: impl FnMut(&mut RowReader<'_>) -> Result<()>,
    ) -> Result<()> {
        self.query(sql, values, &mut |cells| each(&mut RowReader { cells, at: 0, sql }))
    }

    pub(super) fn rows<R: Read>(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<R>> {
        let mut all = Vec::new();
        self.each(sql, values, |row| {
            all.push(row);
            Ok(())
        })?;
        Ok(all)
    }

    pub(super) fn first<R: Read>(&self, sql: &str, values: &[Value<'_>]) -> Result<Option<R>> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    /// The one value of a query that always has a row, like a count.
    pub(super) fn value<R: Read>(&self, sql: &str, values: &[Value<'_>]) -> Result<R> {
        self.first(sql, values)?.ok_or_else(|| unreadable(sql))
    }

    pub(super) fn exists(&self, sql: &str, values: &[Value<'_>]) -> Result<bool> {
        Ok(self.first::<i64>(sql, values)?.is_some())
    }

    /// The rows of a query whose conditions and order follow here.
    pub(super) fn select<R: Select>(&self, rest: &str, values: &[Value<'_>]) -> Result<Vec<R>> {
        self.rows(&[R::SELECT, rest].join(" "), values)
    }

    pub(super) fn select_first<R: Select>(
        &self,
        rest: &str,
        values: &[Value<'_>],
    ) -> Result<Option<R>> {
        self.first(&[R::SELECT, rest].join(" "), values)
    }

    /// Hands out the rows of a query for a few ids at a time; `$ids` stands for them.
    pub(super) fn each_of<R: Read>(
        &self,
        sql: &str,
        ids: &[i64],
        mut each: impl FnMut(R) -> Result<()>,
    ) -> Result<()> {
        self.each_row_of(sql, ids, |row| each(R::read(row)?))
    }

    pub(super) fn each_row_of(
        &self,
        sql: &str,
        ids: &[i64],
        mut each: impl FnMut(&mut RowReader<'_>) -> Result<()>,
    ) -> Result<()> {
        in_lists(sql, ids, |sql, values| self.each_row(sql, values, &mut each))
    }

    pub(super) fn rows_of<R: Read>(&self, sql: &str, ids: &[i64]) -> Result<Vec<R>> {
        let mut all = Vec::new();
        self.each_of(sql, ids, |row| {
            all.push(row);
            Ok(())
        })?;
        Ok(all)
    }

    /// Writes with `$ids` standing for a few ids at a time.
    pub(super) fn execute_of(&self, sql: &str, ids: &[i64]) -> Result<()> {
        in_lists(sql, ids, |sql, values| self.execute(sql, values))
    }
}

/// Runs a statement for a few ids at a time.
fn in_lists(
    sql: &str,
    mut ids: &[i64],
    mut run: impl FnMut(&str, &[Value<'_>]) -> Result<()>,
) -> Result<()> {
    let [.., most] = LISTS;
    while let Some(last) = ids.get(..ids.len().min(most)).and_then(<[i64]>::last) {
        let taken = ids.len().min(most);
        let size = LISTS.into_iter().find(|size| *size >= taken).unwrap_or(most);
        let (now, rest) = ids.split_at(taken);
        let fill = std::iter::repeat_n(last, size - taken);
        let values: Vec<Value<'_>> = now.iter().chain(fill).map(|id| Value::Int(*id)).collect();
        let names: Vec<String> = (1..=size).map(|at| format!("${at}")).collect();
        run(&sql.replace("$ids", &names.join(", ")), &values)?;
        ids = rest;
    }
    Ok(())
}

impl Column for i64 {
    fn value(&self) -> Value<'_> {
        Value::Int(*self)
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Int(number) => Some(number),
            Cell::Null | Cell::Text(_) | Cell::Blob(_) => None,
        }
    }
}

macro_rules! narrow {
    ($($type:ty),+) => {$(
        impl Column for $type {
            fn value(&self) -> Value<'_> {
                Value::Int(i64::try_from(*self).unwrap_or(i64::MAX))
            }

            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                i64::from_cell(cell)?.try_into().ok()
            }
        }
    )+};
}
narrow!(u8, u16, u32, u64, usize);

impl Column for TaxRate {
    fn value(&self) -> Value<'_> {
        Value::Int(self.hundredths().into())
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Self::new(u16::from_cell(cell)?)
    }
}

impl Column for bool {
    fn value(&self) -> Value<'_> {
        Value::Int(i64::from(*self))
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Some(i64::from_cell(cell)? != 0)
    }
}

impl Column for String {
    fn value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        text(cell).map(str::to_owned)
    }
}

impl Column for Box<str> {
    fn value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        text(cell).map(Into::into)
    }
}

impl Column for Cow<'_, str> {
    fn value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        text(cell).map(|text| Cow::Owned(text.to_owned()))
    }
}

impl Column for &str {
    fn value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }

    /// Text is copied out of a row.
    fn from_cell(_: Cell<'_>) -> Option<Self> {
        None
    }
}

impl Column for Vec<u8> {
    fn value(&self) -> Value<'_> {
        Value::Blob(self)
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Blob(bytes) => Some(bytes.to_vec()),
            Cell::Null | Cell::Int(_) | Cell::Text(_) => None,
        }
    }
}

impl<T: Column> Column for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, T::value)
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            Cell::Int(_) | Cell::Text(_) | Cell::Blob(_) => T::from_cell(cell).map(Some),
        }
    }
}

fn text(cell: Cell<'_>) -> Option<&str> {
    match cell {
        Cell::Text(bytes) => std::str::from_utf8(bytes).ok(),
        Cell::Null | Cell::Int(_) | Cell::Blob(_) => None,
    }
}

macro_rules! ids {
    ($($id:ident),+ $(,)?) => {$(
        impl Column for $id {
            fn value(&self) -> Value<'_> {
                Value::Int(self.0)
            }

            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                i64::from_cell(cell).map(Self)
            }
        }
    )+};
}
ids!(
    AllocationId,
    BankLineId,
    ConditionId,
    ContactId,
    CustomerId,
    DealId,
    EventId,
    InvoiceId,
    MilestoneId,
    NoteId,
    PaperId,
    PaymentId,
    PersonId,
    ProjectId,
    PromiseId,
    RefusalId,
    SnapshotId,
    TodoId,
    TouchId,
);

macro_rules! coded {
    ($($kind:ident),+ $(,)?) => {$(
        impl Column for $kind {
            fn value(&self) -> Value<'_> {
                Value::Text(Cow::Borrowed(self.code()))
            }

            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                Self::from_code(text(cell)?)
            }
        }
    )+};
}
coded!(
    Stage,
    Method,
    BillForm,
    DeductionKind,
    InvoiceKind,
    Channel,
    TouchKind,
    Outcome,
    Cause,
    DealKind,
    ConditionKind,
    NoteKind,
    PaperKind,
    Grade,
    ProjectState,
    WaiverKind,
    Role,
    TodoKind,
    Level,
    PriorityStart,
    ChangeKind,
    Currency,
);

/// What is kept as it is written for people.
macro_rules! kept_as_text {
    ($($type:ty),+) => {$(
        impl Column for $type {
            fn value(&self) -> Value<'_> {
                Value::Text(Cow::Owned(self.to_string()))
            }

            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                text(cell)?.parse().ok()
            }
        }
    )+};
}

kept_as_text!(DueRule, LateFee, Discount, Every);

impl Column for DateTime<Utc> {
    fn value(&self) -> Value<'_> {
        Value::Text(Cow::Owned(self.to_rfc3339_opts(SecondsFormat::Millis, true)))
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Some(DateTime::parse_from_rfc3339(text(cell)?).ok()?.to_utc())
    }
}

impl Column for NaiveDate {
    fn value(&self) -> Value<'_> {
        Value::Day(iso(*self))
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Text(bytes) => parse_day(bytes),
            Cell::Null | Cell::Int(_) | Cell::Blob(_) => None,
        }
    }
}

fn iso(day: NaiveDate) -> [u8; 10] {
    let digit = |n: u32, place: u32| b'0' + u8::try_from(n / place % 10).unwrap_or(0);
    let year = day.year().clamp(0, 9999).unsigned_abs();
    let (month, date) = (day.month(), day.day());
    [
        digit(year, 1000),
        digit(year, 100),
        digit(year, 10),
        digit(year, 1),
        b'-',
        digit(month, 10),
        digit(month, 1),
        b'-',
        digit(date, 10),
        digit(date, 1),
    ]
}

/// The day in ISO text, byte by byte: a start reads a million of them.
fn parse_day(text: &[u8]) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return None;
    };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2].map(|byte| byte.wrapping_sub(b'0'));
    if digits.iter().any(|digit| *digit > 9) {
        return None;
    }
    let [y1, y2, y3, y4, m1, m2, d1, d2] = digits.map(u32::from);
    let year = i32::try_from(y1 * 1000 + y2 * 100 + y3 * 10 + y4).ok()?;
    NaiveDate::from_ymd_opt(year, m1 * 10 + m2, d1 * 10 + d2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_day_reads_back_as_it_was_written(days in 0_i32..3_000_000) {
            let day = NaiveDate::from_num_days_from_ce_opt(days + 366).unwrap();
            prop_assert_eq!(parse_day(&iso(day)), Some(day));
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["", "2026-2-03", "2026-02-30", "2026/02/03", "20a6-02-03", "2026-02-031"] {
            assert_eq!(parse_day(text.as_bytes()), None, "{text}");
        }
    }
}
