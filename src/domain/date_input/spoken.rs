//! Days as people say them: `季末`, `下月15号`, `三天后`, `end of next quarter`, `in 3 working days`, `the 15th`. Chinese
//! numerals are digits by then.

use chrono::{Datelike, Months, NaiveDate};

use super::{DayError, Leaning, count_of, is_digits, small};
use crate::domain::calendar::Calendar;
use crate::domain::due::Unit;

type Day = Result<NaiveDate, DayError>;

/// The day a text in words means; `None` if it is not said that way.
pub(super) fn spoken(
    text: &str,
    today: NaiveDate,
    leaning: Leaning,
    calendar: &Calendar,
) -> Option<Day> {
    if let Some((count, unit)) = later(text) {
        let day = unit.shift(today, count, calendar);
        return Some(day.ok_or_else(|| DayError::TooFar(text.to_owned())));
    }
    edge(text, today, leaning).or_else(|| day_of_month(text, today, leaning))
}

/// `今年` and its like before a month, as the year it is.
pub(super) fn with_year(text: &str, today: NaiveDate) -> String {
    const YEARS: [(&str, i32); 6] =
        [("今年", 0), ("本年", 0), ("明年", 1), ("后年", 2), ("去年", -1), ("前年", -2)];
    let year = YEARS.iter().find_map(|(word, years)| Some((text.strip_prefix(word)?, years)));
    match year {
        Some((rest, years)) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{}年{rest}", today.year().saturating_add(*years))
        }
        Some(_) | None => text.to_owned(),
    }
}

/// The name of a month in English as its number: `15 Dec 2026` is 2026-12-15, `Dec 15th` is 12-15.
pub(super) fn with_month(text: String) -> String {
    numbered(&text).unwrap_or(text)
}

fn numbered(text: &str) -> Option<String> {
    let words = words(text);
    let words = words.split(' ').filter(|word| *word != "of");
    let (months, numbers): (Vec<&str>, Vec<&str>) = words.partition(|word| month(word).is_some());
    let [name] = months.as_slice() else {
        return None;
    };
    let month = month(name)?;
    match numbers.as_slice() {
        [day] => Some(format!("{month}-{}", number_of_day(day)?)),
        [day, year] | [year, day] if whole_year(year).is_some() => {
            Some(format!("{year}-{month}-{}", number_of_day(day)?))
        }
        _ => None,
    }
}

fn number_of_day(word: &str) -> Option<u32> {
    small(ordinal(word).unwrap_or(word))
}

/// The number of a month by its English name in small letters, or the first three or more of them.
pub fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(word))?;
    u32::try_from(at + 1).ok()
}

/// `3天后`, `3个工作日内`, `2周前`; `in 3 working days`, `a week from now`, `2 months ago`. 3月 is March, 3个月 are months.
fn later(text: &str) -> Option<(i64, Unit)> {
    const AFTER: [(&str, i64); 9] = [
        ("之后", 1),
        ("以后", 1),
        ("后", 1),
        ("之内", 1),
        ("以内", 1),
        ("内", 1),
        ("之前", -1),
        ("以前", -1),
        ("前", -1),
    ];
    const ENGLISH: [(&str, i64); 3] = [(" from now", 1), (" later", 1), (" ago", -1)];
    let said = AFTER.iter().chain(&ENGLISH);
    let said = said.into_iter().find_map(|(end, sign)| Some((text.strip_suffix(end)?, *sign)));
    let (rest, sign) = said.or_else(|| Some((text.strip_prefix("in ")?, 1)))?;
    let one = rest.strip_prefix("a ").or_else(|| rest.strip_prefix("an "));
    let counted = one.map_or_else(|| rest.to_owned(), |unit| format!("1 {unit}"));
    let is_a_date = is_digits(&counted)
        || (counted.ends_with('月') && !counted.ends_with("个月"))
        || counted.contains('年') && !counted.ends_with('年');
    if is_a_date {
        return None;
    }
    let (count, unit) = count_of(&counted)?;
    Some((sign * count, unit))
}

/// Which month, quarter or year.
#[derive(Clone, Copy)]
enum Which {
    /// The one whose day is nearest.
    Nearest,
    /// So many after this one.
    Off(i32),
    /// The one of this number, in this year or the nearest.
    Numbered(Option<i32>, u32),
}

/// What an edge is of: so many months, the one meant, and whether its last day is.
type Span = (u32, Which, bool);

/// First or last day of a month, quarter or year.
fn edge(text: &str, today: NaiveDate, leaning: Leaning) -> Option<Day> {
    let (months, which, end) = chinese_edge(text).or_else(|| english_edge(text))?;
    let first = today.with_day(1)?.with_month0(today.month0() / months * months)?;
    let side = |first: NaiveDate| {
        if end { shifted(first, i32::try_from(months).ok()?)?.pred_opt() } else { Some(first) }
    };
    let shift = |count: i32| side(shifted(first, count.checked_mul(i32::try_from(months).ok()?)?)?);
    let day = match which {
        Which::Off(count) => shift(count),
        Which::Nearest => on_its_side([-1, 0, 1].into_iter().filter_map(shift), today, leaning),
        Which::Numbered(year, number) => {
            let number = number.checked_sub(1).filter(|number| *number < 12 / months)?;
            let of = |year| side(NaiveDate::from_ymd_opt(year, number * months + 1, 1)?);
            if let Some(year) = year {
                of(year)
            } else {
                let years = [-1, 0, 1].map(|off| today.year().saturating_add(off));
                on_its_side(years.into_iter().filter_map(of), today, leaning)
            }
        }
    };
    day.map(Ok)
}

/// `月底`, `下季度末`, `明年年底`, `四季度末`, `2026年12月底`, `月初`.
fn chinese_edge(text: &str) -> Option<Span> {
    const SPANS: [(&str, u32); 4] = [("季度", 3), ("季", 3), ("年", 12), ("月", 1)];
    let ends = ["底", "末", "终"].iter().find_map(|end| text.strip_suffix(end));
    let (rest, end) =
        ends.map(|rest| (rest, true)).or_else(|| Some((text.strip_suffix('初')?, false)))?;
    let (rest, span, months) =
        SPANS.iter().find_map(|(span, months)| Some((rest.strip_suffix(span)?, *span, *months)))?;
    let which = rest.strip_suffix(span).unwrap_or(rest);
    let which = match which {
        "" => Which::Nearest,
        "本" | "这" | "这个" | "当" => Which::Off(0),
        "下" | "下个" | "次" => Which::Off(1),
        "上" | "上个" => Which::Off(-1),
        "下下" | "下下个" if months < 12 => Which::Off(2),
        "上上" | "上上个" if months < 12 => Which::Off(-2),
        "今" if months == 12 => Which::Off(0),
        "明" if months == 12 => Which::Off(1),
        "后" if months == 12 => Which::Off(2),
        "去" if months == 12 => Which::Off(-1),
        "前" if months == 12 => Which::Off(-2),
        year if months == 12 => Which::Numbered(Some(whole_year(year)?), 1),
        numbered => match numbered.split_once('年') {
            Some((year, number)) => Which::Numbered(Some(whole_year(year)?), small(number)?),
            None => Which::Numbered(None, small(numbered.trim_start_matches(['第', 'q']))?),
        },
    };
    Some((months, which, end))
}

fn whole_year(text: &str) -> Option<i32> {
    (text.len() == 4 && is_digits(text)).then(|| text.parse().ok()).flatten()
}

/// `end of next quarter`, `start of the month`, `next month-end`, `eoy`.
fn english_edge(text: &str) -> Option<Span> {
    let words = words(text);
    let words: Vec<&str> = words.split(' ').collect();
    match words.as_slice() {
        [end, "of", rest @ ..] => {
            let (which, span) = of_span(rest)?;
            Some((span, which, is_end(end)?))
        }
        [which @ .., "eom"] => Some((1, relative(which)?, true)),
        [which @ .., "eoq"] => Some((3, relative(which)?, true)),
        [which @ .., "eoy"] => Some((12, relative(which)?, true)),
        [rest @ .., end] => {
            let (which, span) = of_span(rest)?;
            Some((span, which, is_end(end)?))
        }
        [] => None,
    }
}

/// Without `the` and signs between words.
fn words(text: &str) -> String {
    let text = text.replace(['-', '_', ',', '.'], " ");
    text.split_whitespace().filter(|word| *word != "the").collect::<Vec<_>>().join(" ")
}

fn is_end(word: &str) -> Option<bool> {
    match word {
        "end" => Some(true),
        "start" | "beginning" => Some(false),
        _ => None,
    }
}

fn of_span(words: &[&str]) -> Option<(Which, u32)> {
    let (span, which) = words.split_last()?;
    let months = match *span {
        "month" => 1,
        "quarter" => 3,
        "year" => 12,
        name if which.is_empty() => return Some((Which::Numbered(None, month(name)?), 1)),
        _ => return None,
    };
    Some((relative(which)?, months))
}

fn relative(words: &[&str]) -> Option<Which> {
    match words {
        [] => Some(Which::Nearest),
        [word] => off(word).map(Which::Off),
        _ => None,
    }
}

/// `15号`, `下月15日`, `the 15th`, `15th of next month`.
fn day_of_month(text: &str, today: NaiveDate, leaning: Leaning) -> Option<Day> {
    let (which, day) = chinese_day(text).or_else(|| english_day(text))?;
    let no_such_day = || DayError::NoSuchDay(text.to_owned());
    let first = today.with_day(1)?;
    let in_month = |months: i32| shifted(first, months)?.with_day(day);
    let found = match which {
        Some(months) => in_month(months),
        None => on_its_side((-2..=2).filter_map(in_month), today, leaning),
    };
    Some(found.ok_or_else(no_such_day))
}

fn chinese_day(text: &str) -> Option<(Option<i32>, u32)> {
    let rest = text.strip_suffix(['号', '日'])?;
    let which = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let day = small(rest.strip_prefix(which)?)?;
    let months = match which.trim_end_matches('的') {
        "" => None,
        "本月" | "这个月" | "当月" => Some(0),
        "下月" | "下个月" | "次月" => Some(1),
        "上月" | "上个月" => Some(-1),
        "下下月" | "下下个月" => Some(2),
        "上上月" | "上上个月" => Some(-2),
        _ => return None,
    };
    Some((months, day))
}

fn english_day(text: &str) -> Option<(Option<i32>, u32)> {
    let words = words(text);
    let words: Vec<&str> = words.split(' ').collect();
    let (day, which) = match words.as_slice() {
        [day] => (*day, None),
        [day, "of", month, "month"] | [day, month, "month"] | [month, "month", day] => {
            (*day, Some(off(month)?))
        }
        _ => return None,
    };
    Some((which, small(ordinal(day)?)?))
}

/// `this`, `next`, `last`: so many after this one.
fn off(word: &str) -> Option<i32> {
    match word {
        "this" => Some(0),
        "next" => Some(1),
        "last" => Some(-1),
        _ => None,
    }
}

/// The digits of `15th`.
fn ordinal(word: &str) -> Option<&str> {
    ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))
}

/// So many months on, or back; the day number has to be there.
fn shifted(first: NaiveDate, months: i32) -> Option<NaiveDate> {
    let by = Months::new(months.unsigned_abs());
    if months < 0 { first.checked_sub_months(by) } else { first.checked_add_months(by) }
}

/// Of days in their order the latest up to today, or the first from today on.
fn on_its_side(
    mut days: impl DoubleEndedIterator<Item = NaiveDate>,
    today: NaiveDate,
    leaning: Leaning,
) -> Option<NaiveDate> {
    match leaning {
        Leaning::Past => days.rfind(|day| *day <= today),
        Leaning::Next => days.find(|day| *day >= today),
    }
}
