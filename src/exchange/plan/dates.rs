//! Dates as lists write them, all of a file in one order.
//!
//! A date whose year comes first, one with 年月日 or a month's name, and a day a workbook knows to be one are what they
//! are. `1/2/2013` is settled by all such dates of the file together: if only one order fits them, it is that; if both
//! fit and would differ, the person is asked. Years of two digits stand for 20xx, and are read only where the order is
//! certain: with 年, with a month's name, or under an order the person gave.

use chrono::{Datelike, NaiveDate};

use super::header::{Column, Header};
use crate::domain::date_input::month;
use crate::domain::normalize::normalize;
use crate::domain::plan::field::{DateOrder, PlanField};
use crate::error::list::{CellProblem, DateExample, ReadError};
use crate::exchange::sanitize;
use crate::exchange::sheet::{Cell, Row};

/// Years a list can speak of; others are slips of the finger.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2199;

/// Days of the week that stand before a date.
const WEEKDAYS: [&str; 14] = [
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// How the dates of a file are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    pub order: DateOrder,
    /// Whether the person said so.
    given: bool,
    /// Whether any date needed it.
    pub used: bool,
}

/// A text that is written like a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Day(NaiveDate),
    /// Two numbers of at most two digits before a year of four.
    YearLast(u32, u32, i32),
    /// Three numbers of at most two digits.
    Short(u32, u32, u32),
    /// No day of any calendar.
    NoDay,
}

impl Dates {
    /// The day a text means; `None` if it is not written like a date at all.
    pub fn read(self, text: &str) -> Option<Result<NaiveDate, CellProblem>> {
        let wrong = CellProblem::Date(self.order);
        Some(match written(text)? {
            Written::Day(day) => Ok(day),
            Written::NoDay => Err(wrong),
            Written::YearLast(a, b, year) => match self.order {
                DateOrder::Mdy => day(year, a, b).ok_or(wrong),
                DateOrder::Dmy => day(year, b, a).ok_or(wrong),
                DateOrder::Ymd => Err(wrong),
            },
            Written::Short(..) if !self.given => Err(CellProblem::TwoDigitYear),
            Written::Short(a, b, c) => {
                let (year, month, number) = match self.order {
                    DateOrder::Ymd => (a, b, c),
                    DateOrder::Mdy => (c, a, b),
                    DateOrder::Dmy => (c, b, a),
                };
                day(century(year), month, number).ok_or(wrong)
            }
        })
    }
}

/// What the dates of a file say about their order.
pub struct Votes<'h> {
    /// The columns that hold dates.
    columns: Vec<&'h Column>,
    mdy: usize,
    dmy: usize,
    only_mdy: Option<DateExample>,
    only_dmy: Option<DateExample>,
    either: Option<(DateExample, NaiveDate, NaiveDate)>,
    any: bool,
}

impl<'h> Votes<'h> {
    pub fn new(header: &'h Header) -> Self {
        let fields = PlanField::ALL.iter().filter(|field| field.is_date());
        Self::over(fields.flat_map(|&field| header.columns(field)).collect())
    }

    /// Of these columns.
    pub fn over(columns: Vec<&'h Column>) -> Self {
        Self { columns, mdy: 0, dmy: 0, only_mdy: None, only_dmy: None, either: None, any: false }
    }

    /// Looks at the dates of a row.
    pub fn row(&mut self, row: &Row) {
        for at in 0..self.columns.len() {
            if let Some(&column) = self.columns.get(at)
                && let Some(Cell::Text(text)) = row.cell(column.index)
            {
                self.count(text, row.number, column);
            }
        }
    }

    fn count(&mut self, text: &str, row: u32, column: &Column) {
        let found = written(text);
        self.any |= matches!(found, Some(Written::YearLast(..) | Written::Short(..)));
        let Some(Written::YearLast(a, b, year)) = found else {
            return;
        };
        let example = || DateExample {
            value: sanitize::text(text).into_owned(),
            row,
            column: column.name.clone(),
        };
        match (day(year, a, b), day(year, b, a)) {
            (Some(_), None) => {
                self.mdy += 1;
                self.only_mdy.get_or_insert_with(example);
            }
            (None, Some(_)) => {
                self.dmy += 1;
                self.only_dmy.get_or_insert_with(example);
            }
            (Some(mdy), Some(dmy)) if mdy != dmy => {
                self.either.get_or_insert_with(|| (example(), mdy, dmy));
            }
            _ => {}
        }
    }

    /// The order given, else that of the dates. Where neither fits all, the one that fits more is meant and the others
    /// are bad cells.
    pub fn decide(self, given: Option<DateOrder>) -> Result<Dates, ReadError> {
        if let Some(order) = given {
            return Ok(Dates { order, given: true, used: self.any });
        }
        let order = match (self.mdy.cmp(&self.dmy), self.only_mdy, self.only_dmy) {
            (std::cmp::Ordering::Greater, ..) => DateOrder::Mdy,
            (std::cmp::Ordering::Less, ..) => DateOrder::Dmy,
            (_, Some(mdy), Some(dmy)) => return Err(ReadError::MixedDates { mdy, dmy }),
            _ => match self.either {
                Some((example, as_mdy, as_dmy)) => {
                    return Err(ReadError::AmbiguousDates { example, as_mdy, as_dmy });
                }
                // Only dates that are the same in both orders, 3/3/2013, if any.
                None if self.any => DateOrder::Mdy,
                None => DateOrder::Ymd,
            },
        };
        Ok(Dates { order, given: false, used: self.any })
    }
}

fn day(year: i32, month: u32, number: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, number).filter(|day| YEARS.contains(&day.year()))
}

fn century(year: u32) -> i32 {
    2000 + i32::try_from(year).unwrap_or(i32::MAX / 2)
}

/// The day as of which a line says that the list is: `截止日期：2026-11-20`, or in the cell beside.
pub fn as_of(row: &Row) -> Option<NaiveDate> {
    const WORDS: [&str; 6] = ["截止日期", "截至日期", "截止", "截至", "统计日期", "as of"];
    let mut cells = row.cells();
    while let Some(cell) = cells.next() {
        let text = normalize(&cell.text());
        let Some(behind) = WORDS.iter().find_map(|word| Some(text.split_once(word)?.1)) else {
            continue;
        };
        let behind = behind.trim_start_matches([':', ' ']);
        let up_to = |marks: &[char]| behind.split(marks).next().unwrap_or(behind);
        let found = match (behind, cells.next()) {
            ("", Some(Cell::Date(day))) => return Some(day),
            ("", Some(Cell::Text(beside))) => written(beside),
            ("", None) => None,
            // `November 20, 2026` has blanks and a comma in it.
            (_, _) => written(up_to(&[';', ')'])).or_else(|| written(up_to(&[' ', ',', ';', ')']))),
        };
        if let Some(Written::Day(day)) = found {
            return Some(day);
        }
    }
    None
}

/// The two numbers of a day without its year: `12-05`, `1月5日`.
pub fn without_year(text: &str) -> Option<(u32, u32)> {
    let text = without_time(text.trim());
    let mut parts = text.split(['-', '/', '.', '月', '日']).filter(|part| !part.is_empty());
    let (first, second) = (short(parts.next()?)?, short(parts.next()?)?);
    (parts.next().is_none() && text.contains(['-', '/', '月'])).then_some((first, second))
}

/// How a text is written, if it is like a date.
fn written(text: &str) -> Option<Written> {
    let text = text.trim();
    // Nearly all dates of most lists; a list has a million of them.
    if let Some(day) = iso(text) {
        return Some(day);
    }
    let text = without_time(without_weekday(text));
    let mut parts = [""; 4];
    let mut count = 0;
    let marks = |c: char| {
        matches!(c, '-' | '/' | '.' | ',' | ' ' | '年' | '月' | '日' | '号' | '－' | '／' | '．')
    };
    for part in text.split(marks).filter(|part| !part.is_empty()) {
        *parts.get_mut(count)? = part;
        count += 1;
    }
    match (count, parts) {
        (1, [packed, ..]) if !text.contains(marks) => eight_digits(packed),
        (3, [a, b, c, _]) => three(a, b, c, text.contains('年')),
        _ => None,
    }
}

fn three(a: &str, b: &str, c: &str, signed: bool) -> Option<Written> {
    let certain = |year: &str, month: u32, number: &str| {
        let year = match year.len() {
            2 => century(year.parse().ok()?),
            4 => year.parse().ok()?,
            _ => return None,
        };
        Some(day(year, month, short(number)?).map_or(Written::NoDay, Written::Day))
    };
    if let Some(month) = month(&b.to_ascii_lowercase()) {
        return if a.len() == 4 { certain(a, month, c) } else { certain(c, month, a) };
    }
    if let Some(month) = month(&a.to_ascii_lowercase()) {
        return certain(c, month, b);
    }
    if signed || a.len() == 4 {
        return certain(a, short(b)?, c);
    }
    let (first, second) = (short(a)?, short(b)?);
    match c.len() {
        4 => Some(Written::YearLast(first, second, c.parse().ok()?)),
        1 | 2 => Some(Written::Short(first, second, short(c)?)),
        _ => None,
    }
}

/// `2026-11-20`.
fn iso(text: &str) -> Option<Written> {
    let [year @ .., b'-', m, n, b'-', d, e] = text.as_bytes() else {
        return None;
    };
    if year.len() != 4 {
        return None;
    }
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })
    };
    let (year, month, date) = (number(year)?, number(&[*m, *n])?, number(&[*d, *e])?);
    Some(day(year.cast_signed(), month, date).map_or(Written::NoDay, Written::Day))
}

fn eight_digits(text: &str) -> Option<Written> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: u32 = text.parse().ok()?;
    let year = i32::try_from(number / 10_000).ok()?;
    Some(day(year, number / 100 % 100, number % 100).map_or(Written::NoDay, Written::Day))
}

fn short(text: &str) -> Option<u32> {
    let fits = matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

/// The part behind a day of the week, `Fri 11/20/26`.
fn without_weekday(text: &str) -> &str {
    let is_weekday = |word: &str| {
        let word = word.trim_end_matches([',', '.']);
        WEEKDAYS.iter().any(|day| word.eq_ignore_ascii_case(day))
    };
    match text.split_once(' ') {
        Some((word, rest)) if is_weekday(word) => rest.trim_start(),
        Some(_) | None => text,
    }
}

/// The part before a time of day or a day of the week.
fn without_time(text: &str) -> &str {
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, ' ' | 'T' | '　')) {
        let (before, after) = text.split_at(at);
        let after = after.strip_prefix(mark).unwrap_or(after).trim();
        let clock = after.chars().all(|c| c.is_ascii_digit() || ":.+-AaPpMmZz 上下午".contains(c))
            && after
                .trim_start_matches(['上', '下', '午', ' '])
                .split(' ')
                .next()
                .is_some_and(|hour| hour.contains(':'));
        if clock || after.starts_with("周") || after.starts_with("星期") {
            return before.trim_end();
        }
    }
    text
}

#[cfg(test)]
mod tests;
