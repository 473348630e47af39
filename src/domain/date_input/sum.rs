//! A day and what is added to it: `2026-02-10 + 7wd`, `周五 + 10个工作日 - 1d roll`, `2026-02-10 month-end + 60d`.

use chrono::{Datelike, NaiveDate};

use super::{DayError, FIRST_YEAR, Leaning, count_of, day};
use crate::domain::calendar::{Calendar, month_end};
use crate::domain::due::{MONTH_END, Unit};
use crate::domain::normalize::normalize;

/// The day a sum lands on: a day (today, if it begins with the first step; without a year the next such day), any number
/// of steps `+ n unit` or `- n unit` from left to right, and `roll` to move to the next business day at the end. A day
/// can stand for the end of its month, as in a due rule: months and years from there land on such an end.
pub fn evaluate(text: &str, today: NaiveDate, calendar: &Calendar) -> Result<NaiveDate, DayError> {
    let folded = normalize(text);
    let rolled = folded.strip_suffix("roll").or_else(|| folded.strip_suffix("顺延"));
    let mut rest = rolled.unwrap_or(&folded).trim_end();
    let mut steps = Vec::new();
    while let Some((before, count, unit)) = last_step(rest) {
        steps.push((count, unit));
        rest = before;
    }
    let (mut result, mut from_end) = if rest.is_empty() && !steps.is_empty() {
        (today, false)
    } else {
        started(rest, today, calendar)?
    };
    for (count, unit) in steps.into_iter().rev() {
        result = unit
            .shift(result, count, calendar)
            .filter(|day| day.year() >= FIRST_YEAR)
            .ok_or_else(|| DayError::TooFar(folded.clone()))?;
        if from_end && matches!(unit, Unit::Months | Unit::Years) {
            result = month_end(result);
        }
        from_end = false;
    }
    Ok(if rolled.is_some() { calendar.next_business_day(result) } else { result })
}

/// The day before any step, and whether it is the end of a month because that was asked for.
fn started(
    text: &str,
    today: NaiveDate,
    calendar: &Calendar,
) -> Result<(NaiveDate, bool), DayError> {
    let of_day = |text: &str| day(text, today, Leaning::Next, calendar);
    let ends = MONTH_END.iter().find_map(|end| text.strip_suffix(end)).map(str::trim_end);
    match (of_day(text), ends) {
        (Err(DayError::NotADay(_)), Some(before)) => Ok((month_end(of_day(before)?), true)),
        (Ok(day), ends) => Ok((day, ends.is_some())),
        (Err(error), _) => Err(error),
    }
}

/// Takes the last step off the end. The dashes of a date are none: a step backwards names its unit or stands apart.
fn last_step(text: &str) -> Option<(&str, i64, Unit)> {
    let (before, step) = text.rsplit_once(['+', '-'])?;
    let (count, unit) = count_of(step)?;
    if text.strip_prefix(before)?.starts_with('+') {
        return Some((before.trim_end(), count, unit));
    }
    let bare = step.trim().bytes().all(|b| b.is_ascii_digit());
    let apart = before.ends_with(' ') || before.is_empty();
    (!bare || apart).then(|| (before.trim_end(), -count, unit))
}
