//! Due rules as people type them, in either language.

use std::str::FromStr;

use super::{Basis, DueRule, Event, EventRule, Offset, Unit};
use crate::domain::date_input::written_day;
use crate::domain::normalize::normalize;

/// Why a text is no due rule; each names the part that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleError {
    /// It begins with a digit but is no day of the calendar.
    NotADay(String),
    /// It begins with none of the events.
    UnknownEvent(String),
    /// What follows the event is no whole number.
    BadOffset(String),
    /// What follows the number is no unit.
    UnknownUnit(String),
    /// The parenthesis with the milestone's key does not close.
    Unclosed,
    /// Only an acceptance can be another milestone's.
    NotAcceptance,
    /// How far the work is to come is no whole percent from 1 to 100.
    NotAPercent(String),
}

/// Events as typed, in lower case; a longer one stands before its beginning.
const EVENTS: &[(&str, Event)] = &[
    ("signing", Event::Signing),
    ("合同签订", Event::Signing),
    ("签订", Event::Signing),
    ("签约", Event::Signing),
    ("签署", Event::Signing),
    ("start", Event::Start),
    ("开工", Event::Start),
    ("启动", Event::Start),
    ("warranty_end", Event::WarrantyEnd),
    ("warranty end", Event::WarrantyEnd),
    ("质保期满", Event::WarrantyEnd),
    ("质保到期", Event::WarrantyEnd),
    ("质保期到期", Event::WarrantyEnd),
    ("delivery", Event::Delivery),
    ("交付", Event::Delivery),
    ("到货", Event::Delivery),
    ("acceptance", Event::Acceptance),
    ("验收合格", Event::Acceptance),
    ("验收", Event::Acceptance),
    ("invoice_received", Event::InvoiceReceived),
    ("invoice received", Event::InvoiceReceived),
    ("invoice", Event::Invoice),
    ("开票", Event::Invoice),
    ("发票签收", Event::InvoiceReceived),
    ("签收", Event::InvoiceReceived),
    ("收票", Event::InvoiceReceived),
    ("conditions met", Event::Conditions),
    ("conditions", Event::Conditions),
    ("条件全部满足", Event::Conditions),
    ("条件满足", Event::Conditions),
    ("条件齐备", Event::Conditions),
];

/// The progress of the work as typed, in lower case; a longer one stands before its beginning.
const PROGRESS: &[&str] = &["progress", "项目进度", "工程进度", "完成进度", "进度"];

/// What may stand between that and the percent.
const REACHES: &[&str] = &["(", "of", "达到", "达", "至"];

/// The end of a month as typed, in lower case; a longer one stands before its end.
pub(in crate::domain) const MONTH_END: &[&str] =
    &["month-end", "month_end", "month end", "eom", "当月月末", "当月末", "当月底", "月末", "月底"];

/// Units as typed, in lower case, and how many of the unit each is.
const UNITS: &[(&[&str], Unit, u32)] = &[
    (
        &[
            "d",
            "day",
            "days",
            "calendar day",
            "calendar days",
            "天",
            "日",
            "个自然日",
            "自然日",
            "个日历日",
            "日历日",
            "个日历天",
            "日历天",
        ],
        Unit::Days,
        1,
    ),
    (&["w", "wk", "week", "weeks", "周", "个星期", "星期"], Unit::Days, 7),
    (
        &[
            "wd",
            "workday",
            "workdays",
            "working day",
            "working days",
            "business day",
            "business days",
            "工作日",
            "个工作日",
        ],
        Unit::BusinessDays,
        1,
    ),
    (&["m", "month", "months", "个月", "月"], Unit::Months, 1),
    (&["y", "year", "years", "年"], Unit::Years, 1),
];

/// What a unit's name in either language counts: the unit, and how many of it (a week is 7 days).
pub fn unit(word: &str) -> Option<(Unit, u32)> {
    let word = normalize(word);
    UNITS
        .iter()
        .find(|(names, ..)| names.contains(&word.as_str()))
        .map(|(_, unit, times)| (*unit, *times))
}

/// The unit a folded text begins with, and what follows it.
pub(in crate::domain) fn unit_before(text: &str) -> Option<(Unit, u32, &str)> {
    let named = UNITS.iter().flat_map(|(names, unit, times)| {
        names.iter().filter_map(|name| Some((*unit, *times, ends(name, text.strip_prefix(name)?)?)))
    });
    named.min_by_key(|(.., rest)| rest.len())
}

/// What follows a word, unless the word goes on.
fn ends<'t>(word: &str, rest: &'t str) -> Option<&'t str> {
    (!word.is_ascii() || !rest.starts_with(is_word)).then_some(rest)
}

impl FromStr for DueRule {
    type Err = RuleError;

    /// Reads what [`Display`](std::fmt::Display) writes, and what people type: full-width signs, Chinese words, `后` for
    /// `+`. Nothing at all is [`Basis::None`].
    fn from_str(text: &str) -> Result<Self, RuleError> {
        if let Some(rest) = progress_of(&normalize(text)) {
            let (event, rest) = rest?;
            let (rest, roll) = rolled(&rest);
            return Ok(Self { basis: Basis::After(after(event, None, rest)?), roll });
        }
        if let Some((event, rest)) = text.split_once(['(', '（']) {
            let (key, rest) = reference(rest).ok_or(RuleError::Unclosed)?;
            let (event, left) = event_of(&normalize(event))?;
            if event != Event::Acceptance || !left.is_empty() {
                return Err(RuleError::NotAcceptance);
            }
            let rest = normalize(rest);
            let (rest, roll) = rolled(&rest);
            let basis = Basis::After(after(event, Some(key), rest)?);
            return Ok(Self { basis, roll });
        }
        let text = normalize(text);
        let (rest, roll) = rolled(&text);
        let basis = if rest.is_empty() {
            Basis::None
        } else if let Some(day) = written_day(rest) {
            Basis::Fixed(day.map_err(|_| RuleError::NotADay(rest.to_owned()))?)
        } else if rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(RuleError::NotADay(rest.to_owned()));
        } else {
            let (event, rest) = event_of(rest)?;
            Basis::After(after(event, None, &rest)?)
        };
        Ok(Self { basis, roll })
    }
}

/// So much progress at the beginning of a folded text, and what follows it: `progress(50%)`, `进度达到50%`.
fn progress_of(text: &str) -> Option<Result<(Event, String), RuleError>> {
    let mut rest = PROGRESS.iter().find_map(|word| ends(word, text.strip_prefix(word)?))?;
    let mut is_open = false;
    rest = rest.trim_start();
    if let Some((word, behind)) =
        REACHES.iter().find_map(|word| Some((*word, rest.strip_prefix(word)?)))
    {
        is_open = word == "(";
        rest = behind.trim_start();
    }
    let (digits, behind) =
        rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len()));
    let event = digits.parse().ok().and_then(Event::progress);
    let Some(event) = event else {
        return Some(Err(RuleError::NotAPercent(rest.to_owned())));
    };
    let behind = behind.trim_start();
    let behind = behind.strip_prefix('%').unwrap_or(behind).trim_start();
    Some(match behind.strip_prefix(')') {
        Some(behind) if is_open => Ok((event, behind.trim_start().to_owned())),
        None if is_open => Err(RuleError::Unclosed),
        Some(_) | None => Ok((event, behind.to_owned())),
    })
}

/// Takes the wish for a business day off the end.
fn rolled(text: &str) -> (&str, bool) {
    let rest = text.strip_suffix("roll").or_else(|| text.strip_suffix("顺延"));
    match rest {
        Some(rest) => (rest.trim_end_matches([' ', ',']), true),
        None => (text, false),
    }
}

/// The key up to the closing parenthesis, as typed, and what follows it.
fn reference(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.trim_start().strip_prefix('"') else {
        let (key, rest) = text.split_once([')', '）'])?;
        return Some((key.trim().to_owned(), rest));
    };
    let mut key = String::new();
    let mut rest = quoted;
    loop {
        let (part, behind) = rest.split_once('"')?;
        key.push_str(part);
        let Some(more) = behind.strip_prefix('"') else {
            let rest = behind.trim_start().strip_prefix([')', '）'])?;
            return Some((key, rest));
        };
        key.push('"');
        rest = more;
    }
}

/// The event a folded text begins with, and what follows it.
fn event_of(text: &str) -> Result<(Event, String), RuleError> {
    EVENTS
        .iter()
        .find_map(|(name, event)| {
            let rest = ends(name, text.strip_prefix(name)?)?;
            Some((*event, rest.trim_start().to_owned()))
        })
        .ok_or_else(|| RuleError::UnknownEvent(text.to_owned()))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// `[month-end] [+ n unit] [+ n unit]` behind an event, folded.
fn after(event: Event, of: Option<String>, text: &str) -> Result<EventRule, RuleError> {
    let mut rest = text;
    let mut month_end = false;
    if let Some(behind) = MONTH_END.iter().find_map(|name| rest.strip_prefix(name)) {
        month_end = true;
        rest = behind.trim_start();
    }
    let (first, second) = in_two(rest);
    Ok(EventRule {
        event,
        of,
        month_end,
        offset: if first.is_empty() { Offset::NONE } else { offset(first)? },
        then: second.map(offset).transpose()?,
    })
}

/// The first offset, and the second with its sign.
fn in_two(text: &str) -> (&str, Option<&str>) {
    let is_sign = |c: &char| matches!(c, '+' | '后');
    let own_sign = text.chars().take_while(|c| is_sign(c) || matches!(c, '之' | ' ')).count();
    let second = text.char_indices().skip(own_sign).find(|(_, c)| is_sign(c));
    match second.and_then(|(at, _)| text.split_at_checked(at)) {
        Some((first, second)) => (first.trim_end_matches(['之', ' ']), Some(second)),
        None => (text, None),
    }
}

/// `+ 30d`, `后30日内`.
fn offset(text: &str) -> Result<Offset, RuleError> {
    let rest = ["+", "之后", "后"]
        .iter()
        .find_map(|plus| text.strip_prefix(plus))
        .unwrap_or(text)
        .trim_start();
    let rest = rest.strip_suffix('内').unwrap_or(rest);
    let (digits, word) =
        rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    let count: u32 = digits.parse().map_err(|_| RuleError::BadOffset(text.to_owned()))?;
    let (unit, times) = unit(word).ok_or_else(|| RuleError::UnknownUnit(word.trim().to_owned()))?;
    let count = count.checked_mul(times).ok_or_else(|| RuleError::BadOffset(text.to_owned()))?;
    Ok(Offset { count, unit })
}
