//! Late-fee terms as they are typed, or as a contract words them in Chinese or English.
//!
//! Words are taken from the front, the longest first; what is none of them is no term that was understood, and is
//! refused with what follows it. A lump sum or a share of the contract is never taken for a rate by the day.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::{Counted, LateFee, Rate, Rounding, Start, Year};
use crate::domain::normalize::normalize;
use crate::domain::numerals;
use crate::domain::rates::LprTerm;

/// Why a text is no late-fee terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LateFeeError {
    /// It names no rate.
    NoRate,
    /// It names no rate by the day or the year: a lump sum, or a share of the contract.
    NotByTheDay,
    /// A rate, factor or cap that none can be.
    OutOfRange(String),
    /// From here on it is not understood.
    NotUnderstood(String),
}

#[derive(Debug, Clone, Copy)]
enum Word {
    Lpr,
    Term(LprTerm),
    Day,
    Year,
    Base(Year),
    /// A number follows that multiplies.
    Times,
    /// A share follows that is added on top.
    Plus,
    Cap,
    /// What a cap can be a share of, and a rate cannot.
    Contract,
    Grace,
    Due,
    Counted(Counted),
    PerPiece,
    AtStart,
    Filler,
}

const WORDS: &[(Word, &[&str])] = &[
    (Word::Lpr, &["lpr", "贷款市场报价利率", "loan prime rate"]),
    (Word::Term(LprTerm::OneYear), &["1y", "1-year", "one-year", "一年期", "1年期"]),
    (
        Word::Term(LprTerm::FiveYears),
        &["5y", "5-year", "five-year", "五年期以上", "五年期", "5年期以上", "5年期"],
    ),
    (
        Word::Day,
        &[
            "/day",
            "/d",
            "per day",
            "a day",
            "each day",
            "daily",
            "每逾期一日",
            "每逾期一天",
            "每逾期1日",
            "每逾期1天",
            "每延迟一日",
            "每迟延一日",
            "日利率",
            "日息",
            "每日",
            "每天",
            "按日",
            "按天",
            "/日",
            "/天",
            "日",
        ],
    ),
    (
        Word::Year,
        &[
            "/year",
            "/y",
            "per year",
            "per annum",
            "p.a.",
            "p.a",
            "a year",
            "yearly",
            "annual",
            "年利率",
            "年化利率",
            "年化",
            "年息",
            "每年",
            "按年",
            "/年",
            "年",
        ],
    ),
    (Word::Base(Year::Days360), &["/360", "360 days", "360天", "360日"]),
    (Word::Base(Year::Days365), &["/365", "365 days", "365天", "365日"]),
    (Word::Times, &["*", "×", "x"]),
    (Word::Plus, &["+", "plus", "加计", "加收", "加", "上浮"]),
    (
        Word::Cap,
        &[
            "cap",
            "capped at",
            "at most",
            "up to",
            "上限",
            "累计不超过",
            "总计不超过",
            "最高不超过",
            "不超过",
            "最高",
            "封顶",
        ],
    ),
    (
        Word::Contract,
        &["合同总价", "合同总额", "合同金额", "合同价款", "of the contract", "contract amount"],
    ),
    (
        Word::Grace,
        &["after-grace", "after grace", "from the end of grace", "宽限期满后", "宽限期后"],
    ),
    (Word::Due, &["from due", "after due", "自到期日次日起", "自到期次日起", "到期后"]),
    (Word::Counted(Counted::First), &["first-day", "first day", "算头不算尾", "计头不计尾"]),
    (Word::Counted(Counted::Both), &["both-days", "both days", "头尾都算", "首尾都算", "首尾都计"]),
    (Word::Counted(Counted::Last), &["last-day", "last day", "算尾不算头"]),
    (Word::PerPiece, &["per-piece", "per piece", "each piece rounded", "分段取整", "逐段取整"]),
    (Word::AtStart, &["at-start", "at start", "违约时", "违约行为发生时"]),
    (
        Word::Filler,
        &[
            "应付未付金额",
            "应付未付款项",
            "应付未付款",
            "未付金额",
            "未付款项",
            "未付款",
            "未付",
            "应付款",
            "欠款金额",
            "欠款",
            "逾期金额",
            "逾期付款",
            "逾期款项",
            "逾期",
            "违约金",
            "滞纳金",
            "利息",
            "款项",
            "一年",
            "按照",
            "计算",
            "计收",
            "计付",
            "支付",
            "收取",
            "按",
            "以",
            "计",
            "的",
            "of the",
            "unpaid",
            "balance",
            "amount",
            "interest",
            "late fee",
            "for",
            "of",
            "the",
            "on",
            "at",
            "and",
            "times",
            ",",
            ";",
            "、",
            "(",
            ")",
            ":",
        ],
    ),
];

/// What a rate, factor and cap is at most.
const MOST_A_DAY: i64 = 10;
const MOST_A_YEAR: i64 = 1_000;
const MOST_TIMES: i64 = 100;
/// Decimals of a rate, factor and cap.
const DECIMALS: u32 = 6;

/// What was read so far.
#[derive(Default)]
struct Read {
    percent: Option<Decimal>,
    by_day: bool,
    /// Of how many days, once a year was named.
    year: Option<Year>,
    lpr: bool,
    term: Option<LprTerm>,
    factor: Option<Decimal>,
    fixed: bool,
    start: Start,
    counted: Counted,
    rounding: Rounding,
    cap: Option<Decimal>,
    /// What the next number is.
    next: Option<Word>,
}

/// A number at the beginning of a text.
enum Number {
    /// In percent.
    Share(Decimal),
    Times(Decimal),
    Bare(Decimal),
}

impl FromStr for LateFee {
    type Err = LateFeeError;

    fn from_str(text: &str) -> Result<Self, LateFeeError> {
        let folded = normalize(text);
        let mut rest = folded.as_str();
        let mut read = Read::default();
        while !rest.is_empty() {
            let trimmed = rest.trim_start_matches([' ', '.']);
            rest = if trimmed.is_empty() {
                trimmed
            } else if let Some((word, after)) = word(trimmed) {
                read.word(word)?;
                after
            } else if let Some((number, after)) = number(trimmed) {
                read.number(number, trimmed)?;
                after
            } else {
                return Err(LateFeeError::NotUnderstood(trimmed.to_owned()));
            };
        }
        read.terms()
    }
}

/// The longest word a text begins with; one of letters ends where they do.
fn word(text: &str) -> Option<(Word, &str)> {
    let letter = |c: char| c.is_ascii_alphabetic();
    let begins = |spelled: &str| {
        let after = text.strip_prefix(spelled)?;
        let whole = !spelled.ends_with(letter) || !after.starts_with(letter);
        (whole || spelled == "x").then_some(after)
    };
    let all = WORDS.iter().flat_map(|(word, spellings)| {
        spellings.iter().filter_map(|spelled| Some((*word, begins(spelled)?)))
    });
    all.min_by_key(|(_, after)| after.len())
}

/// `0.05%`, `0.5‰`, `万分之五`, `1.5倍`, `1.5`.
fn number(text: &str) -> Option<(Number, &str)> {
    for (words, decimals) in [("百分之", 0), ("千分之", 1), ("万分之", 2), ("十万分之", 3)]
    {
        if let Some(rest) = text.strip_prefix(words) {
            let (mut share, rest) = digits(rest).or_else(|| chinese(rest))?;
            share.set_scale(share.scale() + decimals).ok()?;
            return Some((Number::Share(share), rest));
        }
    }
    let (mut number, rest) = digits(text).or_else(|| chinese(text))?;
    for (sign, decimals) in [('%', 0), ('‰', 1), ('‱', 2)] {
        if let Some(rest) = rest.trim_start().strip_prefix(sign) {
            number.set_scale(number.scale() + decimals).ok()?;
            return Some((Number::Share(number), rest));
        }
    }
    let times = ["倍", "times"].into_iter().find_map(|word| rest.trim_start().strip_prefix(word));
    Some(times.map_or((Number::Bare(number), rest), |rest| (Number::Times(number), rest)))
}

fn digits(text: &str) -> Option<(Decimal, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let short = digits.len() <= 16 && digits.starts_with(|c: char| c.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| short)?, rest))
}

/// `五`, `二点一`.
fn chinese(text: &str) -> Option<(Decimal, &str)> {
    let numeral = |c: char| numerals::is_numeral(c);
    let end = text.find(|c: char| !numeral(c)).unwrap_or(text.len());
    let (whole, rest) = text.split_at_checked(end)?;
    let whole = Decimal::from(numerals::number(whole)?);
    let Some(part) = rest.strip_prefix('点') else {
        return Some((whole, rest));
    };
    let end = part.find(|c: char| !numeral(c)).unwrap_or(part.len());
    let (part, rest) = part.split_at_checked(end)?;
    let part: Option<String> = part
        .chars()
        .map(|c| numerals::number(&c.to_string()))
        .map(|digit| digit.filter(|d| *d < 10).map(|d| d.to_string()))
        .collect();
    Some((format!("{whole}.{}", part?).parse().ok()?, rest))
}

impl Read {
    fn word(&mut self, word: Word) -> Result<(), LateFeeError> {
        match word {
            Word::Lpr => self.lpr = true,
            Word::Term(term) => self.term = Some(term),
            Word::Day => self.by_day = true,
            Word::Year => {
                self.year.get_or_insert_default();
            }
            Word::Base(year) => self.year = Some(year),
            Word::Times | Word::Plus | Word::Cap => self.next = Some(word),
            Word::Contract => {
                if !matches!(self.next, Some(Word::Cap)) && self.cap.is_none() {
                    return Err(LateFeeError::NotByTheDay);
                }
            }
            Word::Grace => self.start = Start::Grace,
            Word::Due => self.start = Start::Due,
            Word::Counted(counted) => self.counted = counted,
            Word::PerPiece => self.rounding = Rounding::EachPiece,
            Word::AtStart => self.fixed = true,
            Word::Filler => {}
        }
        Ok(())
    }

    fn number(&mut self, number: Number, rest: &str) -> Result<(), LateFeeError> {
        let (place, value) = match (self.next.take(), number) {
            (Some(Word::Times), Number::Bare(times) | Number::Times(times))
            | (None, Number::Times(times)) => (&mut self.factor, times),
            (Some(Word::Plus), Number::Share(share)) => {
                (&mut self.factor, Decimal::ONE + share / Decimal::ONE_HUNDRED)
            }
            (Some(Word::Cap), Number::Share(share)) => (&mut self.cap, share),
            (None, Number::Share(share)) => (&mut self.percent, share),
            (Some(_) | None, Number::Bare(_)) => return Err(LateFeeError::NotByTheDay),
            (Some(_), Number::Share(_) | Number::Times(_)) => {
                return Err(LateFeeError::NotUnderstood(rest.to_owned()));
            }
        };
        match place.replace(value) {
            None => Ok(()),
            Some(_) => Err(LateFeeError::NotUnderstood(rest.to_owned())),
        }
    }

    fn terms(self) -> Result<LateFee, LateFeeError> {
        let (by_year, year) = (self.year.is_some(), self.year.unwrap_or_default());
        let rate = match (self.lpr, self.percent) {
            (true, None) if !self.by_day => Rate::Lpr {
                term: self.term.unwrap_or(LprTerm::OneYear),
                times: within(self.factor.unwrap_or(Decimal::ONE), MOST_TIMES)?,
                year,
                at_start: self.fixed,
            },
            (false, Some(percent)) if self.by_day && !by_year => {
                Rate::PerDay(within(percent, MOST_A_DAY)?)
            }
            (false, Some(percent)) if by_year && !self.by_day => {
                Rate::PerYear(within(percent, MOST_A_YEAR)?, year)
            }
            (false, Some(_)) | (true, _) => return Err(LateFeeError::NotByTheDay),
            (false, None) => return Err(LateFeeError::NoRate),
        };
        let cap = self.cap.map(|cap| within(cap, MOST_A_YEAR)).transpose()?;
        let Self { start, counted, rounding, .. } = self;
        Ok(LateFee { rate, start, counted, rounding, cap })
    }
}

fn within(value: Decimal, most: i64) -> Result<Decimal, LateFeeError> {
    let value = value.normalize();
    let sound = value > Decimal::ZERO && value <= Decimal::from(most) && value.scale() <= DECIMALS;
    if sound { Ok(value) } else { Err(LateFeeError::OutOfRange(value.to_string())) }
}
