//! Days as a person types them: `2026-12-05`, `12-5`, `5 Dec`, `+7`, `fri`, `周五`, `月底`, `下月15号`, `in 3 working days`; and
//! sums of days like `2026-02-10 + 7wd`.

mod spoken;
mod sum;

use chrono::{Datelike, NaiveDate};

use super::calendar::{Calendar, add_days};
use super::due::{Unit, unit};
use super::normalize::normalize;
use super::numerals::in_digits;

pub use spoken::month;
pub use sum::evaluate;

/// Which day a text without a year means: a fact lies in the past, a plan in the future.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leaning {
    /// The latest such day up to today.
    Past,
    /// The next such day from today on.
    Next,
}

/// Why a text is no day; each holds what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayError {
    Empty,
    /// It is not written like a day.
    NotADay(String),
    /// It is written like a day that no calendar has: 30 February.
    NoSuchDay(String),
    /// It lies outside the years 1900 to 9999.
    TooFar(String),
}

/// The day a text means. Business days (`+2wd`) are counted by the calendar of China.
pub fn parse_day(text: &str, today: NaiveDate, leaning: Leaning) -> Result<NaiveDate, DayError> {
    day(text, today, leaning, Calendar::china())
}

fn day(
    text: &str,
    today: NaiveDate,
    leaning: Leaning,
    calendar: &Calendar,
) -> Result<NaiveDate, DayError> {
    let text = normalize(text);
    if text.is_empty() {
        return Err(DayError::Empty);
    }
    if let Some(day) = named(&text, today).or_else(|| weekday(&text, today, leaning)) {
        return Ok(day);
    }
    let digits = spoken::with_year(&in_digits(&text), today);
    let digits = spoken::with_month(digits);
    if let Some(day) = written_day(&digits) {
        return day;
    }
    if let Some((month, number)) = month_and_day(&digits) {
        return nearest(month, number, today, leaning).ok_or(DayError::NoSuchDay(text));
    }
    let day = match distance(&digits) {
        Some((count, unit)) => unit.shift(today, count, calendar),
        None => match spoken::spoken(&digits, today, leaning, calendar) {
            Some(day) => Some(day?),
            None => return Err(DayError::NotADay(text)),
        },
    };
    day.filter(|day| day.year() >= FIRST_YEAR).ok_or(DayError::TooFar(text))
}

/// Before this year a typed year is a slip of the finger: `0206-12-05`.
const FIRST_YEAR: i32 = 1900;

/// A full date in folded text: year, month and day parted by `-`, `/`, `.` or 年月日, or eight digits. `None` if it is not
/// written that way.
pub(super) fn written_day(text: &str) -> Option<Result<NaiveDate, DayError>> {
    let plain = without_units(text);
    let parts = if plain.len() == 8 && is_digits(&plain) {
        let (year, rest) = plain.split_at(4);
        let (month, day) = rest.split_at(2);
        [year, month, day]
    } else {
        let parts: Vec<&str> = ['-', '/', '.']
            .iter()
            .map(|separator| plain.split(*separator).collect::<Vec<_>>())
            .find(|parts| parts.len() == 3)?;
        <[&str; 3]>::try_from(parts).ok()?
    };
    let [year, month, day] = parts;
    if year.len() != 4 || !is_digits(year) {
        return None;
    }
    let (year, month, day) = (year.parse().ok()?, small(month)?, small(day)?);
    if year < FIRST_YEAR {
        return Some(Err(DayError::TooFar(text.to_owned())));
    }
    Some(
        NaiveDate::from_ymd_opt(year, month, day)
            .ok_or_else(|| DayError::NoSuchDay(text.to_owned())),
    )
}

/// `12-5`, `12/5`, `12月5日`.
fn month_and_day(text: &str) -> Option<(u32, u32)> {
    let plain = without_units(text);
    let (month, day) = plain.split_once('-').or_else(|| plain.split_once('/'))?;
    Some((small(month)?, small(day)?))
}

/// 年 and 月 as dashes, 日 and 号 gone.
fn without_units(text: &str) -> String {
    if !text.contains(['年', '月']) {
        return text.to_owned();
    }
    text.trim_end_matches(['日', '号'])
        .chars()
        .filter(|c| *c != ' ')
        .map(|c| if matches!(c, '年' | '月') { '-' } else { c })
        .collect()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A number of one or two digits.
fn small(text: &str) -> Option<u32> {
    (text.len() <= 2 && is_digits(text)).then(|| text.parse().ok()).flatten()
}

/// The nearest such day on the leaning's side; 29 February may be up to eight years off.
fn nearest(month: u32, day: u32, today: NaiveDate, leaning: Leaning) -> Option<NaiveDate> {
    (0..=8)
        .filter_map(|distance| {
            let year = match leaning {
                Leaning::Past => today.year() - distance,
                Leaning::Next => today.year() + distance,
            };
            NaiveDate::from_ymd_opt(year, month, day)
        })
        .find(|day| match leaning {
            Leaning::Past => *day <= today,
            Leaning::Next => *day >= today,
        })
}

/// `+7`, `-3`, `+2wd`: how many of which unit.
fn distance(text: &str) -> Option<(i64, Unit)> {
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let (count, unit) = count_of(rest)?;
    Some((sign * count, unit))
}

/// `7`, `7d`, `2 wd`; a bare number counts days.
fn count_of(text: &str) -> Option<(i64, Unit)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, word) = text.split_at(end);
    let (unit, times) = if word.trim().is_empty() { (Unit::Days, 1) } else { unit(word)? };
    let count: u32 = digits.parse().ok()?;
    Some((i64::from(count) * i64::from(times), unit))
}

fn named(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let days = match text {
        "大前天" => -3,
        "前天" | "前日" | "day before yesterday" | "the day before yesterday" => -2,
        "yesterday" | "昨天" | "昨日" => -1,
        "today" | "今天" | "今日" => 0,
        "tomorrow" | "明天" | "明日" => 1,
        "后天" | "后日" | "day after tomorrow" | "the day after tomorrow" => 2,
        "大后天" => 3,
        _ => return None,
    };
    add_days(today, days)
}

/// What names a week, a longer one before its beginning: so many after this one.
const WEEKS: [(&str, i64); 9] = [
    ("上上", -2),
    ("上", -1),
    ("本", 0),
    ("这", 0),
    ("下下", 2),
    ("下", 1),
    ("last ", -1),
    ("this ", 0),
    ("next ", 1),
];

/// `fri`, `friday`, `周五`, `星期五`, `礼拜五`; `上`, `本` or `这`, `下`, and `last`, `this`, `next`, name the week.
fn weekday(text: &str, today: NaiveDate, leaning: Leaning) -> Option<NaiveDate> {
    let today_number = i64::from(today.weekday().num_days_from_monday());
    if let Some(number) = weekday_number(text) {
        let days = match leaning {
            Leaning::Past => -(today_number - number).rem_euclid(7),
            Leaning::Next => (number - today_number).rem_euclid(7),
        };
        return add_days(today, days);
    }
    let named = WEEKS.iter().find_map(|(word, week)| Some((*week, text.strip_prefix(word)?)));
    let (week, name) = named?;
    let number = weekday_number(name.strip_prefix('个').unwrap_or(name))?;
    add_days(today, week * 7 + number - today_number)
}

fn weekday_number(text: &str) -> Option<i64> {
    const ENGLISH: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let chinese = ["周", "星期", "礼拜"].iter().find_map(|week| text.strip_prefix(week));
    let index = match chinese {
        Some(number) => ["一", "二", "三", "四", "五", "六", "日"]
            .iter()
            .position(|n| *n == number || (*n == "日" && number == "天"))?,
        None => ENGLISH.iter().position(|name| text.len() >= 3 && name.starts_with(text))?,
    };
    i64::try_from(index).ok()
}

#[cfg(test)]
mod tests;
