//! Between SQL values and the domain's types: dates as ISO text, codes, currencies, ids. One place, so that a column
//! reads the same everywhere; written for the hot path (no allocation per value).

use chrono::{Datelike, NaiveDate};
use iso_currency::Currency;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ErrorCode, Params, Row};

use crate::domain::due::DueRule;
use crate::error::{Error, ErrorKind, Result};

/// A day on its way into SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day([u8; 10]);

impl Day {
    pub(super) fn new(day: NaiveDate) -> Self {
        let digit = |n: u32, place: u32| b'0' + u8::try_from(n / place % 10).unwrap_or(0);
        let year = day.year().clamp(0, 9999).unsigned_abs();
        let (month, date) = (day.month(), day.day());
        Self([
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
        ])
    }

    pub(super) fn maybe(day: Option<NaiveDate>) -> Option<Self> {
        day.map(Self::new)
    }
}

impl ToSql for Day {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(&self.0)))
    }
}

/// The day in ISO text, read byte by byte.
#[inline]
pub(super) fn parse_day(text: &[u8]) -> Option<NaiveDate> {
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

/// Reads columns of a row by place, with the table's name for the error.
pub(super) struct Cells<'r, 's> {
    row: &'r Row<'s>,
    table: &'static str,
}

impl<'r, 's> Cells<'r, 's> {
    pub(super) fn new(row: &'r Row<'s>, table: &'static str) -> Self {
        Self { row, table }
    }

    fn bad<T>(&self) -> Result<T> {
        Err(Error::Unreadable(self.table))
    }

    #[inline]
    fn raw(&self, at: usize) -> Result<ValueRef<'r>> {
        Ok(self.row.get_ref(at)?)
    }

    #[inline]
    pub(super) fn int(&self, at: usize) -> Result<i64> {
        match self.raw(at)? {
            ValueRef::Integer(n) => Ok(n),
            _ => self.bad(),
        }
    }

    #[inline]
    pub(super) fn maybe_int(&self, at: usize) -> Result<Option<i64>> {
        match self.raw(at)? {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(n) => Ok(Some(n)),
            _ => self.bad(),
        }
    }

    /// A whole number of a narrower type.
    pub(super) fn small<T: TryFrom<i64>>(&self, at: usize) -> Result<T> {
        T::try_from(self.int(at)?).or_else(|_| self.bad())
    }

    pub(super) fn maybe_small<T: TryFrom<i64>>(&self, at: usize) -> Result<Option<T>> {
        match self.maybe_int(at)? {
            None => Ok(None),
            Some(n) => T::try_from(n).map(Some).or_else(|_| self.bad()),
        }
    }

    pub(super) fn text(&self, at: usize) -> Result<&'r str> {
        match self.maybe_text(at)? {
            Some(text) => Ok(text),
            None => self.bad(),
        }
    }

    pub(super) fn string(&self, at: usize) -> Result<String> {
        self.text(at).map(str::to_owned)
    }

    #[inline]
    pub(super) fn maybe_text(&self, at: usize) -> Result<Option<&'r str>> {
        match self.raw(at)? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(bytes) => std::str::from_utf8(bytes).map(Some).or_else(|_| self.bad()),
            _ => self.bad(),
        }
    }

    pub(super) fn blob(&self, at: usize) -> Result<&'r [u8]> {
        match self.raw(at)? {
            ValueRef::Blob(bytes) => Ok(bytes),
            _ => self.bad(),
        }
    }

    pub(super) fn day(&self, at: usize) -> Result<NaiveDate> {
        match self.maybe_day(at)? {
            Some(day) => Ok(day),
            None => self.bad(),
        }
    }

    #[inline]
    pub(super) fn maybe_day(&self, at: usize) -> Result<Option<NaiveDate>> {
        match self.raw(at)? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(bytes) => match parse_day(bytes) {
                None => self.bad(),
                day => Ok(day),
            },
            _ => self.bad(),
        }
    }

    /// A value of a closed vocabulary.
    pub(super) fn code<T>(&self, at: usize, parse: fn(&str) -> Option<T>) -> Result<T> {
        match parse(self.text(at)?) {
            Some(value) => Ok(value),
            None => self.bad(),
        }
    }

    pub(super) fn maybe_code<T>(
        &self,
        at: usize,
        parse: fn(&str) -> Option<T>,
    ) -> Result<Option<T>> {
        match self.maybe_text(at)? {
            None => Ok(None),
            Some(code) => match parse(code) {
                None => self.bad(),
                value => Ok(value),
            },
        }
    }

    pub(super) fn currency(&self, at: usize) -> Result<Currency> {
        self.code(at, Currency::from_code)
    }

    pub(super) fn rule(&self, at: usize) -> Result<DueRule> {
        self.text(at)?.parse().or_else(|_| self.bad())
    }
}

/// A statement that stays prepared.
pub(super) fn cached<'c>(db: &'c Connection, sql: &str) -> Result<CachedStatement<'c>> {
    Ok(db.prepare_cached(sql)?)
}

/// Reads every row of a query on `table`.
pub(super) fn rows<T, P: Params>(
    db: &Connection,
    (table, sql): (&'static str, &str),
    params: P,
    mut read: impl FnMut(&Cells) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = cached(db, sql)?;
    let mut cursor = statement.query(params)?;
    let mut all = Vec::new();
    while let Some(row) = cursor.next()? {
        all.push(read(&Cells::new(row, table))?);
    }
    Ok(all)
}

/// Reads the first row of a query on `table`, if there is one.
pub(super) fn first<T, P: Params>(
    db: &Connection,
    (table, sql): (&'static str, &str),
    params: P,
    read: impl FnOnce(&Cells) -> Result<T>,
) -> Result<Option<T>> {
    let mut statement = cached(db, sql)?;
    let mut cursor = statement.query(params)?;
    match cursor.next()? {
        Some(row) => read(&Cells::new(row, table)).map(Some),
        None => Ok(None),
    }
}

/// Ids as a JSON array, for `IN (SELECT value FROM json_each(?))`.
pub(super) fn id_list(ids: impl IntoIterator<Item = i64>) -> String {
    let mut list = String::from("[");
    for id in ids {
        if list.len() > 1 {
            list.push(',');
        }
        list.push_str(&id.to_string());
    }
    list.push(']');
    list
}

/// A sum that SQLite could not hold: amounts no contract has.
fn is_overflow(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::SqliteFailure(_, Some(text)) if text == "integer overflow")
}

fn kind(error: &rusqlite::Error) -> ErrorKind {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error,
    };
    let unreadable = matches!(
        error,
        FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | Utf8Error(..)
    ) || is_overflow(error);
    if unreadable {
        return ErrorKind::Data;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => ErrorKind::Data,
        Some(
            ErrorCode::CannotOpen
            | ErrorCode::DiskFull
            | ErrorCode::OutOfMemory
            | ErrorCode::PermissionDenied
            | ErrorCode::ReadOnly
            | ErrorCode::SystemIoFailure,
        ) => ErrorKind::Environment,
        _ => ErrorKind::Bug,
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let code = error.sqlite_error_code();
        match code {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Storage {
                kind: kind(&error),
                message: error.to_string(),
                constraint: code == Some(ErrorCode::ConstraintViolation),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_day_reads_back_as_it_was_written(days in 0_i32..3_000_000) {
            let day = NaiveDate::from_num_days_from_ce_opt(days + 366).unwrap();
            prop_assert_eq!(parse_day(&Day::new(day).0), Some(day));
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2026-2-03",
            "2026-02-30",
            "2026/02/03",
            "20a6-02-03",
            "2026-02-031",
        ] {
            assert_eq!(parse_day(text.as_bytes()), None, "{text}");
        }
    }
}
