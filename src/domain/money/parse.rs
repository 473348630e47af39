//! Amounts as people type them: `¥1,234.50`, `12.5万元`, `（1,234.50）`, `CNY 1 234.50`. Nothing is guessed and nothing is
//! rounded: what could be read two ways, has more decimals than the currency or is beyond [`LIMIT`] is refused.

use rust_decimal::Decimal;

use super::{Currency, exponent, from_chinese, symbol};
use crate::domain::normalize::normalize;
use crate::domain::numerals;

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountError {
    Empty,
    NotANumber,
    /// Its separators do not stand where thousands are: `1,23`, `1.234,50`.
    Grouping,
    /// More decimals than the currency has; they are never rounded away.
    TooManyDecimals {
        /// Decimals typed, trailing zeros aside.
        has: u32,
        allowed: u32,
    },
    /// The code or sign of another currency stands beside it.
    OtherCurrency {
        found: String,
        /// The currency the amount is to be in.
        expected: Currency,
    },
    /// `10.000` is ten to one half of the world and ten thousand to the other.
    Ambiguous {
        /// Minor units if the point stands before decimals.
        decimals: i64,
        /// Minor units if it groups thousands.
        thousands: i64,
        currency: Currency,
    },
    /// More than [`LIMIT`].
    AboveLimit(Currency),
    /// More digits than are counted with.
    TooLarge,
    /// A percentage that is not above 0 and at most 100.
    NotAShare,
    /// A percentage of a contract without an amount.
    NoContract,
}

/// The largest amount that is taken in, in minor units: a million of them still add up.
pub const LIMIT: i64 = 9_000_000_000_000;

/// What is known of the signs between the digits, from a file or a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// Nothing: a comma, blank or apostrophe groups thousands, and a point that could do so, too, is refused.
    #[default]
    Unknown,
    /// A comma groups thousands, a point stands before decimals: `10.000` is ten.
    Comma,
    /// A point groups thousands, a comma stands before decimals: `10.000` is ten thousand.
    Point,
}

/// Minor units of `currency` from typed text: with or without thousands separators (comma, blank, apostrophe), sign or
/// code of that currency before or after, `万`, `亿`, `w`, `k`, `m`, Chinese numerals, an amount in words (`伍元叁角整`), full-width forms, and parentheses
/// for negatives.
pub fn parse(text: &str, currency: Currency) -> Result<i64, AmountError> {
    parse_grouped(text, currency, Grouping::Unknown)
}

/// The same where it is known how thousands are grouped.
pub fn parse_grouped(
    text: &str,
    currency: Currency,
    grouping: Grouping,
) -> Result<i64, AmountError> {
    match parse_any(text, currency, grouping) {
        Ok(minor) if minor.unsigned_abs() <= LIMIT.unsigned_abs() => Ok(minor),
        Ok(_) | Err(AmountError::TooLarge) => Err(AmountError::AboveLimit(currency)),
        Err(why) => Err(why),
    }
}

/// The same without a limit, of an amount that is booked nowhere.
pub fn parse_any(text: &str, currency: Currency, grouping: Grouping) -> Result<i64, AmountError> {
    let reading = match Reading::of(text, grouping) {
        Ok(reading) => reading,
        Err(why) => return from_chinese(&normalize(text), currency).ok_or(why),
    };
    let minor = reading.minor(currency)?.ok_or(AmountError::TooLarge)?;
    // A unit behind it means that decimals are.
    if reading.like_thousands
        && grouping == Grouping::Unknown
        && reading.unit == 0
        && exponent(currency) < 3
    {
        let thousands = minor.saturating_mul(1_000);
        return Err(AmountError::Ambiguous { decimals: minor, thousands, currency });
    }
    Ok(minor)
}

/// Minor units as the program itself wrote them, sums too: they have no limit.
pub fn read_back(text: &str, currency: Currency) -> Result<i64, AmountError> {
    Reading::of(text, Grouping::Comma)?.minor(currency)?.ok_or(AmountError::TooLarge)
}

/// A number in major units of whatever currency, in the same spelling but without a sign or code of a currency.
pub fn decimal(text: &str) -> Result<Decimal, AmountError> {
    let reading = Reading::of(text, Grouping::Comma)?;
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

/// The currency of this code or name: `CNY`, `人民币`, `美元`.
pub fn currency_named(word: &str) -> Option<Currency> {
    let word = normalize(word);
    let named = || MARKS.iter().find(|(mark, _)| *mark == word)?.1;
    Currency::from_code(&word.to_ascii_uppercase()).or_else(named)
}

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
    /// Power of ten of the unit behind the number.
    unit: u32,
    /// Signs and codes of currencies around it, in lower case.
    marks: Vec<String>,
    /// Its one separator is a point that stands where thousands are grouped.
    like_thousands: bool,
}

impl Reading {
    fn of(text: &str, grouping: Grouping) -> Result<Self, AmountError> {
        let text = normalize(text);
        if text.is_empty() {
            return Err(AmountError::Empty);
        }
        let text = in_ascii(&text).unwrap_or(text);
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
        let number = number.trim_end();
        match grouping {
            Grouping::Unknown | Grouping::Comma => reading.number(number)?,
            Grouping::Point => reading.number(&swapped(number))?,
        }
        if sign != Sign::Plus {
            reading.digits = -reading.digits;
        }
        Ok(reading)
    }

    /// Minor units, as far as 64 bits hold them.
    fn minor(&self, currency: Currency) -> Result<Option<i64>, AmountError> {
        if let Some(found) = self.marks.iter().find(|m| !means(m, currency)) {
            let found = found.to_uppercase();
            return Err(AmountError::OtherCurrency { found, expected: currency });
        }
        let allowed = exponent(currency);
        let zeros =
            (allowed + self.unit).checked_sub(self.places).ok_or(AmountError::TooManyDecimals {
                has: self.places - self.unit.min(self.places),
                allowed,
            })?;
        let minor = 10_i128.checked_pow(zeros).and_then(|factor| self.digits.checked_mul(factor));
        Ok(minor.and_then(|minor| i64::try_from(minor).ok()))
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
        if !is_digits(decimals) {
            return Err(AmountError::Grouping);
        }
        self.like_thousands = is_first_group(whole) && decimals.len() == 3;
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

/// The text with its number in digits, where that stands in Chinese numerals alone: `一百万元`.
fn in_ascii(text: &str) -> Option<String> {
    let (before, rest) = text.split_at(text.find(numerals::begins)?);
    let end = rest.find(|c| !numerals::is_numeral(c)).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    let has_digits = text.contains(|c: char| c.is_ascii_digit());
    Some(format!("{before}{}{after}", numerals::number(number).filter(|_| !has_digits)?))
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Sign {
    Plus,
    Minus,
    Parenthesis,
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether digits can stand before the first separator of thousands. `0,500` is how half of Europe writes a half.
fn is_first_group(text: &str) -> bool {
    (1..=3).contains(&text.len()) && is_digits(text) && !text.starts_with('0')
}

/// With points for commas and commas for points.
fn swapped(number: &str) -> String {
    let swap = |c| match c {
        '.' => ',',
        ',' => '.',
        c => c,
    };
    number.chars().map(swap).collect()
}

/// The digits of the whole part, if its separators are all of one kind and stand where thousands are.
fn ungrouped(whole: &str) -> Result<String, AmountError> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Ok(whole.to_owned());
    };
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or_default();
    if is_first_group(first) && groups.all(|g| g.len() == 3 && is_digits(g)) {
        Ok(whole.replace(separator, ""))
    } else {
        Err(AmountError::Grouping)
    }
}

#[cfg(test)]
mod tests;
