//! Amounts as people type them: `¥1,234.50`, `12.5万元`, `（1,234.50）`, `CNY 1 234.50`. Nothing is guessed and nothing is
//! rounded: what could be read two ways, or has more decimals than the currency, is refused.

use rust_decimal::Decimal;

use super::{Currency, exponent, symbol};
use crate::domain::normalize::normalize;

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountError {
    Empty,
    NotANumber,
    /// Its separators do not stand where thousands are: `1,23`, `1.234,50`.
    Grouping,
    /// More decimals than the currency has; they are never rounded away.
    TooManyDecimals {
        /// Decimals typed, trailing zeros aside; but `10.000` has three.
        has: u32,
        allowed: u32,
    },
    /// The code or sign of another currency stands beside it.
    OtherCurrency {
        found: String,
        /// The currency the amount is to be in.
        expected: Currency,
    },
    /// More than 64 bits of minor units hold.
    TooLarge,
}

/// Minor units of `currency` from typed text: with or without thousands separators (comma, blank, apostrophe), sign or
/// code of that currency before or after, `万`, `亿`, `w`, `k`, `m`, full-width forms, and parentheses for negatives.
pub fn parse(text: &str, currency: Currency) -> Result<i64, AmountError> {
    let reading = Reading::of(text)?;
    if let Some(found) = reading.marks.iter().find(|m| !means(m, currency)) {
        return Err(AmountError::OtherCurrency { found: found.to_uppercase(), expected: currency });
    }
    let allowed = exponent(currency);
    // Half of Europe writes ten thousand so.
    if reading.grouped && reading.unit == 0 && allowed < GROUP {
        return Err(AmountError::TooManyDecimals { has: GROUP, allowed });
    }
    let zeros = (allowed + reading.unit).checked_sub(reading.places).ok_or(
        AmountError::TooManyDecimals {
            has: reading.places - reading.unit.min(reading.places),
            allowed,
        },
    )?;
    10_i128
        .checked_pow(zeros)
        .and_then(|factor| reading.digits.checked_mul(factor))
        .and_then(|minor| i64::try_from(minor).ok())
        .ok_or(AmountError::TooLarge)
}

/// A number in major units of whatever currency, in the same spelling but without a sign or code of a currency.
pub fn decimal(text: &str) -> Result<Decimal, AmountError> {
    let reading = Reading::of(text)?;
    if !reading.marks.is_empty() {
        return Err(AmountError::NotANumber);
    }
    10_i128
        .checked_pow(reading.unit)
        .and_then(|factor| reading.digits.checked_mul(factor))
        .and_then(|digits| Decimal::try_from_i128_with_scale(digits, reading.places).ok())
        .map(|value| value.normalize())
        .ok_or(AmountError::TooLarge)
}

/// Digits of a group of thousands.
const GROUP: u32 = 3;

/// Units behind a number, as powers of ten; a longer one stands before its beginning.
const UNITS: &[(&str, u32)] = &[
    ("万亿", 12),
    ("亿", 8),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("万", 4),
    ("萬", 4),
    ("千", 3),
    ("w", 4),
    ("k", 3),
    ("m", 6),
];

/// What people write for a currency besides its code, in lower case; a longer one stands before its beginning or end.
const MARKS: &[(&str, Option<Currency>)] = &[
    ("人民币", Some(Currency::CNY)),
    ("rmb", Some(Currency::CNY)),
    ("cn¥", Some(Currency::CNY)),
    ("jp¥", Some(Currency::JPY)),
    ("日元", Some(Currency::JPY)),
    ("日圆", Some(Currency::JPY)),
    ("円", Some(Currency::JPY)),
    ("us$", Some(Currency::USD)),
    ("美元", Some(Currency::USD)),
    ("美金", Some(Currency::USD)),
    ("hk$", Some(Currency::HKD)),
    ("港元", Some(Currency::HKD)),
    ("港币", Some(Currency::HKD)),
    ("nt$", Some(Currency::TWD)),
    ("新台币", Some(Currency::TWD)),
    ("nz$", Some(Currency::NZD)),
    ("s$", Some(Currency::SGD)),
    ("a$", Some(Currency::AUD)),
    ("c$", Some(Currency::CAD)),
    ("€", Some(Currency::EUR)),
    ("欧元", Some(Currency::EUR)),
    ("£", Some(Currency::GBP)),
    ("英镑", Some(Currency::GBP)),
    ("₩", Some(Currency::KRW)),
    ("₹", Some(Currency::INR)),
    ("¥", None),
    ("$", None),
    ("元整", None),
    ("元", None),
    ("圆", None),
];

/// Whether a mark can stand for the currency. `¥`, `$` and `元` are what several countries write at home.
fn means(mark: &str, currency: Currency) -> bool {
    match mark {
        "¥" => matches!(currency, Currency::CNY | Currency::JPY),
        "$" => symbol(currency).ends_with('$'),
        "元" | "元整" | "圆" => {
            matches!(currency, Currency::CNY | Currency::HKD | Currency::TWD | Currency::MOP)
        }
        _ => MARKS.contains(&(mark, Some(currency))) || currency.code().eq_ignore_ascii_case(mark),
    }
}

/// A typed amount taken apart: `digits × 10^(unit − places)`.
#[derive(Default)]
struct Reading {
    digits: i128,
    /// How many of them are decimals, trailing zeros aside.
    places: u32,
    /// Whether three digits stand behind a point as a group of thousands stands elsewhere: `10.000`.
    grouped: bool,
    /// Power of ten of the unit behind the number.
    unit: u32,
    /// Signs and codes of currencies around it, in lower case.
    marks: Vec<String>,
}

impl Reading {
    fn of(text: &str) -> Result<Self, AmountError> {
        let text = normalize(text);
        if text.is_empty() {
            return Err(AmountError::Empty);
        }
        let mut reading = Self::default();
        let start =
            text.find(|c: char| c.is_ascii_digit() || c == '.').ok_or(AmountError::NotANumber)?;
        let (before, rest) = text.split_at(start);
        let end = rest
            .find(|c: char| !matches!(c, '0'..='9' | '.' | ',' | ' ' | '\''))
            .unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let sign = reading.before(before)?;
        if reading.after(after)? != (sign == Sign::Parenthesis) {
            return Err(AmountError::NotANumber);
        }
        reading.number(number.trim_end())?;
        if sign != Sign::Plus {
            reading.digits = -reading.digits;
        }
        Ok(reading)
    }

    /// Signs and marks before the number.
    fn before(&mut self, text: &str) -> Result<Sign, AmountError> {
        let mut sign = None;
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let found = match first {
                '+' => Sign::Plus,
                '-' => Sign::Minus,
                '(' => Sign::Parenthesis,
                _ => {
                    rest = self.mark(rest)?.trim_start();
                    continue;
                }
            };
            if sign.replace(found).is_some() {
                return Err(AmountError::NotANumber);
            }
            rest = rest.strip_prefix(first).unwrap_or_default().trim_start();
        }
        Ok(sign.unwrap_or(Sign::Plus))
    }

    /// Unit, marks and the closing parenthesis behind the number; whether there was one.
    fn after(&mut self, text: &str) -> Result<bool, AmountError> {
        let (mut closed, mut scaled) = (false, false);
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            rest = if let Some(next) = rest.strip_prefix(')') {
                if std::mem::replace(&mut closed, true) {
                    return Err(AmountError::NotANumber);
                }
                next
            } else if let Ok(next) = self.mark(rest) {
                next
            } else {
                let (next, power) = UNITS
                    .iter()
                    .find_map(|(name, power)| Some((rest.strip_prefix(name)?, *power)))
                    .ok_or(AmountError::NotANumber)?;
                if std::mem::replace(&mut scaled, true) {
                    return Err(AmountError::NotANumber);
                }
                self.unit = power;
                next
            }
            .trim_start();
        }
        Ok(closed)
    }

    /// Takes one sign or code of a currency off the front.
    fn mark<'a>(&mut self, text: &'a str) -> Result<&'a str, AmountError> {
        let code = text.chars().take(3).collect::<String>();
        if Currency::from_code(&code.to_ascii_uppercase()).is_some()
            && let Some(rest) = text.strip_prefix(code.as_str())
        {
            self.marks.push(code);
            return Ok(rest);
        }
        let (mark, rest) = MARKS
            .iter()
            .find_map(|(mark, _)| Some((*mark, text.strip_prefix(mark)?)))
            .ok_or(AmountError::NotANumber)?;
        self.marks.push(mark.to_owned());
        Ok(rest)
    }

    /// Digits, separators and the point.
    fn number(&mut self, text: &str) -> Result<(), AmountError> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        if !decimals.bytes().all(|b| b.is_ascii_digit()) {
            return Err(AmountError::Grouping);
        }
        let fits = (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        self.grouped = fits && decimals.len() == GROUP as usize;
        let whole = ungrouped(whole)?;
        if whole.is_empty() && decimals.is_empty() {
            return Err(AmountError::NotANumber);
        }
        let decimals = decimals.trim_end_matches('0');
        let digits = format!("{whole}{decimals}");
        let digits = digits.trim_start_matches('0');
        if !digits.is_empty() {
            self.digits = digits.parse().map_err(|_| AmountError::TooLarge)?;
            self.places = u32::try_from(decimals.len()).map_err(|_| AmountError::TooLarge)?;
        }
        Ok(())
    }
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Sign {
    Plus,
    Minus,
    Parenthesis,
}

/// The digits of the whole part, if its separators are all of one kind and stand where thousands are.
fn ungrouped(whole: &str) -> Result<String, AmountError> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Ok(whole.to_owned());
    };
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or_default();
    let is_digits = |g: &str| g.bytes().all(|b| b.is_ascii_digit());
    // `0,500` is how half of Europe writes a half.
    let first_fits = (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0');
    if first_fits && groups.all(|g| g.len() == 3 && is_digits(g)) {
        Ok(whole.replace(separator, ""))
    } else {
        Err(AmountError::Grouping)
    }
}

#[cfg(test)]
mod tests;
