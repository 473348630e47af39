//! A condition taken apart into numbers with what they count, and words.

use rust_decimal::Decimal;

use super::words::{self, Word};
use crate::domain::due::{Offset, Unit, unit_before};
use crate::domain::money::currency_named;
use crate::domain::normalize::half_width;
use crate::domain::numerals;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// In percent.
    Share(Decimal),
    /// An amount as typed.
    Sum(String),
    Offset(Offset),
    /// A number that counts nothing.
    Number(u32),
    /// `2/10`: percent less within so many days.
    Discount(Decimal, u32),
    Word(Word),
    Unknown,
}

/// A piece of the text; places count characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// What stands before an amount.
const MARKS: &[&str] = &["fixed", "固定", "人民币", "rmb", "¥", "$", "€", "£", "us$", "hk$", "nt$"];
/// What multiplies a number of money, and what says that it is money.
const TIMES: &[&str] = &["百万", "千万", "十万", "万", "萬", "亿"];
const MONEY: &[&str] = &["元整", "圆整", "元", "圆", "块钱", "美元", "欧元", "港币", "日元"];
/// What stands between the ends of a range.
const RANGE: &[&str] = &["-", "~", "至", "到"];
/// What an instalment is counted as: 第一期.
const COUNTED: &[&str] = &["期", "笔", "次", "阶段", "批", "步"];
const PER: &[(&str, u32)] = &[("百分之", 0), ("千分之", 1), ("万分之", 2)];
const HALVES: &[(&str, Offset)] = &[
    ("半年", Offset { count: 6, unit: Unit::Months }),
    ("半个月", Offset { count: 15, unit: Unit::Days }),
];

/// One character for one, so that places are those of the text.
fn fold(c: char) -> char {
    if c == '\n' { c } else { half_width(c).to_ascii_lowercase() }
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let folded: String = text.chars().map(fold).collect();
    let mut rest = folded.as_str();
    let mut at = 0;
    let mut tokens: Vec<Token> = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (kind, behind) = match next(rest) {
            Some(found) => found,
            None => (Kind::Unknown, after_unknown(rest, first)),
        };
        let taken = chars_between(rest, behind);
        let (start, end) = (at, at + taken);
        (at, rest) = (end, behind);
        if kind == Kind::Unknown && first == ' ' {
            continue;
        }
        match tokens.last_mut() {
            Some(last) if kind == Kind::Unknown && last.kind == kind => last.end = end,
            Some(_) | None => tokens.push(Token { kind, start, end }),
        }
    }
    tokens
}

/// How much of a text was taken.
fn chars_between(text: &str, rest: &str) -> usize {
    text.get(..text.len() - rest.len()).map_or(1, |taken| taken.chars().count())
}

/// Behind a word nobody knows: a word of letters and digits is one, every other sign stands alone.
fn after_unknown(text: &str, first: char) -> &str {
    let is_word = |c: char| c.is_ascii_alphanumeric();
    if is_word(first) {
        return text.trim_start_matches(is_word);
    }
    text.strip_prefix(first).unwrap_or_default()
}

fn next(text: &str) -> Option<(Kind, &str)> {
    counted(text)
        .or_else(|| date(text))
        .or_else(|| per(text))
        .or_else(|| half(text))
        .or_else(|| sum(text))
        .or_else(|| number(text).and_then(|(value, rest)| measured(text, value, rest)))
        .or_else(|| words::before(text).map(|(word, rest)| (Kind::Word(word), rest)))
}

fn strip<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// A day of the calendar: no word of a condition says when it comes.
fn date(text: &str) -> Option<(Kind, &str)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let rest = text.trim_start_matches(is_digit);
    let behind = rest.strip_prefix(['年', '-', '/', '.'])?;
    let is_year = text.len() - rest.len() == 4 && behind.starts_with(is_digit);
    let part = |c: char| is_digit(c) || matches!(c, '年' | '月' | '日' | '号' | '-' | '/' | '.');
    is_year.then(|| (Kind::Unknown, text.trim_start_matches(part)))
}

/// 第一期: an instalment begins. 分三期: how many there are.
fn counted(text: &str) -> Option<(Kind, &str)> {
    let rest = text.strip_prefix(['第', '分'])?;
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || numerals::is_numeral(c));
    let behind = strip(behind, COUNTED).filter(|_| behind.len() < rest.len())?;
    let word = if text.starts_with('第') { Word::Cut } else { Word::Filler };
    Some((Kind::Word(word), behind))
}

/// 百分之三十, 万分之五.
fn per(text: &str) -> Option<(Kind, &str)> {
    let (rest, tens) = PER.iter().find_map(|(per, tens)| Some((text.strip_prefix(per)?, *tens)))?;
    let (value, rest) = number(rest)?;
    Some((Kind::Share(shrunk(value, tens)?), rest))
}

fn half(text: &str) -> Option<(Kind, &str)> {
    HALVES.iter().find_map(|(half, offset)| Some((Kind::Offset(*offset), text.strip_prefix(half)?)))
}

/// A share as a percentage with no more decimals than are counted with.
fn shrunk(value: Decimal, tens: u32) -> Option<Decimal> {
    let value = value.checked_div(Decimal::from(10_u32.pow(tens)))?.normalize();
    (value.scale() <= 6 && value <= Decimal::from(1_000)).then_some(value)
}

/// A number, in digits or in Chinese numerals.
fn number(text: &str) -> Option<(Decimal, &str)> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return digits(text);
    }
    if !text.starts_with(numerals::begins) {
        return None;
    }
    let rest = text.trim_start_matches(numerals::is_numeral);
    let whole = text.get(..text.len() - rest.len())?;
    let Some(decimals) = rest.strip_prefix('点') else {
        return Some((numerals::number(whole)?.into(), rest));
    };
    let behind = decimals.trim_start_matches(numerals::is_numeral);
    let decimals = decimals.get(..decimals.len() - behind.len())?;
    // A row of digits, each of them read alone.
    let decimals: Option<String> =
        decimals.chars().map(|c| Some(numerals::number(&c.to_string())?.to_string())).collect();
    let value = format!("{}.{}", numerals::number(whole)?, decimals?).parse().ok()?;
    Some((value, behind))
}

/// `1,234.50`; a comma groups where three digits follow it.
fn digits(text: &str) -> Option<(Decimal, &str)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut plain = String::new();
    let mut rest = text;
    loop {
        let behind = rest.trim_start_matches(is_digit);
        plain.push_str(rest.get(..rest.len() - behind.len())?);
        rest = behind;
        let Some(group) = rest.strip_prefix(',') else { break };
        if group.len() - group.trim_start_matches(is_digit).len() != 3 {
            break;
        }
        rest = group;
    }
    if let Some(behind) = rest.strip_prefix('.').filter(|behind| behind.starts_with(is_digit)) {
        let end = behind.trim_start_matches(is_digit);
        plain.push('.');
        plain.push_str(behind.get(..behind.len() - end.len())?);
        rest = end;
    }
    Some((plain.parse().ok()?, rest))
}

/// What a number counts.
fn measured<'t>(text: &'t str, value: Decimal, rest: &'t str) -> Option<(Kind, &'t str)> {
    let behind = repeated(rest).unwrap_or(rest).trim_start_matches(' ');
    if let Some(found) = share(value, behind) {
        return Some(found);
    }
    // Numerals with a blank between them are two numbers.
    let in_digits = text.starts_with(|c: char| c.is_ascii_digit());
    if let Some(rest) = money(if in_digits { behind } else { rest }) {
        return Some((Kind::Sum(without_blanks(text, rest)), rest));
    }
    if let Some((value, behind)) = strip(behind, RANGE).and_then(number)
        && unit_before(behind.trim_start_matches(' ')).is_some()
    {
        return measured(text, value, behind);
    }
    let whole = value.is_integer().then(|| u32::try_from(value.mantissa()).ok()).flatten();
    if let Some((unit, times, rest)) = unit_before(behind) {
        let longest = match unit {
            Unit::Days | Unit::BusinessDays => LONGEST,
            Unit::Months => LONGEST / 30,
            Unit::Years => LONGEST / 365,
        };
        let count = whole?.checked_mul(times).filter(|count| *count <= longest)?;
        return Some((Kind::Offset(Offset { count, unit }), rest));
    }
    if let Some((days, rest)) = behind.strip_prefix('/').and_then(digits) {
        let days = u32::try_from(days.mantissa()).ok().filter(|_| days.is_integer());
        let small = value <= Decimal::ONE_HUNDRED;
        let days = days.filter(|days| small && *days <= LONGEST)?;
        return Some((Kind::Discount(value.normalize(), days), rest));
    }
    // A numeral that counts nothing is part of a word.
    Some((Kind::Number(whole.filter(|count| in_digits && *count <= LONGEST)?), rest))
}

/// The longest term that is read, in days: what is longer is no term.
const LONGEST: u32 = 36_500;

/// Behind a repetition in brackets: 七(7)日, 30 (thirty) days.
fn repeated(text: &str) -> Option<&str> {
    let (inside, rest) = text.trim_start_matches(' ').strip_prefix('(')?.split_once(')')?;
    let again = !inside.is_empty()
        && inside.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || numerals::is_numeral(c));
    let counts = rest.trim_start_matches(' ');
    let counts = counts.starts_with('%') || unit_before(counts).is_some();
    (again && counts).then_some(rest)
}

fn share(value: Decimal, text: &str) -> Option<(Kind, &str)> {
    let signs = [("%", 0), ("percent", 0), ("per cent", 0), ("‰", 1), ("‱", 2)];
    if let Some((rest, tens)) =
        signs.iter().find_map(|(sign, tens)| Some((text.strip_prefix(sign)?, *tens)))
    {
        let value = shrunk(value, tens)?;
        // 30%(百分之三十) says it twice.
        let again = rest.trim_start_matches(' ').strip_prefix('(').and_then(per);
        let again = again.filter(|(kind, _)| *kind == Kind::Share(value));
        let behind = again.and_then(|(_, behind)| behind.strip_prefix(')'));
        return Some((Kind::Share(value), behind.unwrap_or(rest)));
    }
    let rest = text.strip_prefix('成').filter(|_| value < Decimal::TEN && value.is_integer())?;
    Some((Kind::Share(shrunk(value.checked_mul(Decimal::TEN)?, 0)?), rest))
}

/// Behind what says that a number is money.
fn money(text: &str) -> Option<&str> {
    let times = strip(text, TIMES);
    strip(times.unwrap_or(text), MONEY).or(times).or_else(|| code(text))
}

/// Behind the code of a currency.
fn code(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let word = text.get(..text.len() - rest.len())?;
    (word.len() == 3 && currency_named(word).is_some()).then_some(rest)
}

/// An amount that a sign or code stands before.
fn sum(text: &str) -> Option<(Kind, &str)> {
    let mut shown = text;
    let mut behind = text;
    let mut is_marked = false;
    while let Some(rest) = strip(behind, MARKS).or_else(|| code(behind)) {
        let word = behind;
        behind = rest.trim_start_matches(' ');
        is_marked = true;
        if strip(word, &["fixed", "固定"]).is_some() {
            shown = behind;
        }
    }
    let (_, rest) = number(behind).filter(|_| is_marked)?;
    let near = rest.trim_start_matches(' ');
    if near.starts_with('%') {
        return None;
    }
    let rest = money(near).unwrap_or(rest);
    Some((Kind::Sum(without_blanks(shown, rest)), rest))
}

/// What stands between, without blanks.
fn without_blanks(text: &str, rest: &str) -> String {
    let taken = text.get(..text.len() - rest.len()).unwrap_or_default();
    taken.chars().filter(|c| *c != ' ').collect()
}
