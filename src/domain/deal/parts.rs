//! The parts of a balance as they are typed: `3 monthly from 2026-12-31`, `分3期 每月 2026-12-31起`, or each with its day and
//! amount, `2026-12-31=50000 2027-01-31=rest`.

use chrono::{Days, Months, NaiveDate};
use iso_currency::Currency;
use rust_decimal::Decimal;

use super::Part;
use crate::domain::date_input::{DayError, Leaning, parse_day};
use crate::domain::money::{self, AmountError};
use crate::domain::normalize::normalize;

/// Why a text is no parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartsError {
    /// Neither how many and how often, nor days with amounts.
    Unread(String),
    Day(DayError),
    Amount(AmountError),
    /// More than [`MOST`], or none.
    Count(String),
    /// Less than the smallest unit of the currency would be left for one of them.
    TooSmall,
}

/// The most parts of one deal.
pub const MOST: usize = 120;

/// How far parts lie apart.
#[derive(Debug, Clone, Copy)]
enum Every {
    Months(u32),
    Days(u64),
}

/// Words for that, longer ones before those they begin with.
const EVERY: [(&str, Every); 14] = [
    ("monthly", Every::Months(1)),
    ("quarterly", Every::Months(3)),
    ("yearly", Every::Months(12)),
    ("weekly", Every::Days(7)),
    ("每个月", Every::Months(1)),
    ("每月", Every::Months(1)),
    ("按月", Every::Months(1)),
    ("每季度", Every::Months(3)),
    ("每季", Every::Months(3)),
    ("按季", Every::Months(3)),
    ("每年", Every::Months(12)),
    ("按年", Every::Months(12)),
    ("每周", Every::Days(7)),
    ("按周", Every::Days(7)),
];

const REST: [&str; 4] = ["rest", "余款", "其余", "剩余"];

/// Reads parts of a balance. Equal ones differ by no more than the smallest unit, the earlier ones having it.
pub fn parse(
    text: &str,
    open: i64,
    currency: Currency,
    today: NaiveDate,
) -> Result<Vec<Part>, PartsError> {
    let text = normalize(text);
    if text.contains('=') {
        listed(&text, open, currency, today)
    } else {
        equal(&text, open, today)
    }
}

fn equal(text: &str, open: i64, today: NaiveDate) -> Result<Vec<Part>, PartsError> {
    let unread = || PartsError::Unread(text.to_owned());
    let (word, every) = EVERY.iter().find(|(word, _)| text.contains(word)).ok_or_else(unread)?;
    let (count, first) = text.split_once(word).ok_or_else(unread)?;
    let count = count.trim_start_matches('分').trim_end_matches(['期', 'x', ' ', ',']);
    let number: usize = count.trim().parse().map_err(|_| unread())?;
    if !(1..=MOST).contains(&number) {
        return Err(PartsError::Count(count.to_owned()));
    }
    let first = first.trim_start_matches([' ', ',', '从', '自']);
    let first = first.strip_prefix("from ").unwrap_or(first).trim_end_matches(['起', '始', '开']);
    let first = parse_day(first, today, Leaning::Next).map_err(PartsError::Day)?;
    let amounts = money::split(open, &vec![Decimal::ONE; number]);
    let amounts = amounts.map_err(|_| PartsError::Amount(AmountError::TooLarge))?;
    let mut parts = Vec::with_capacity(number);
    for (amount, at) in amounts.into_iter().zip(0_u32..) {
        let due = match every {
            Every::Months(months) => first.checked_add_months(Months::new(months * at)),
            Every::Days(days) => first.checked_add_days(Days::new(days * u64::from(at))),
        };
        let due = due.ok_or_else(|| PartsError::Day(DayError::TooFar(text.to_owned())))?;
        if amount <= 0 {
            return Err(PartsError::TooSmall);
        }
        parts.push(Part { due, amount });
    }
    Ok(parts)
}

fn listed(
    text: &str,
    open: i64,
    currency: Currency,
    today: NaiveDate,
) -> Result<Vec<Part>, PartsError> {
    let words = text.split([' ', ';', '、']).map(|word| word.trim_end_matches(','));
    let mut parts: Vec<Part> = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        let (due, amount) =
            word.split_once('=').ok_or_else(|| PartsError::Unread(word.to_owned()))?;
        let due = parse_day(due, today, Leaning::Next).map_err(PartsError::Day)?;
        let amount = if REST.contains(&amount) {
            parts.iter().fold(open, |left, part| left.saturating_sub(part.amount))
        } else {
            money::parse(amount, currency).map_err(PartsError::Amount)?
        };
        if amount <= 0 {
            return Err(PartsError::TooSmall);
        }
        parts.push(Part { due, amount });
    }
    if parts.len() > MOST {
        return Err(PartsError::Count(parts.len().to_string()));
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, open: i64) -> Result<Vec<(String, i64)>, PartsError> {
        let today = "2026-11-21".parse().unwrap();
        let parts = parse(text, open, Currency::CNY, today)?;
        Ok(parts.into_iter().map(|part| (part.due.to_string(), part.amount)).collect())
    }

    #[test]
    fn equal_parts_are_so_to_the_cent() {
        let wanted = [("2026-12-31", 52_912), ("2027-01-31", 52_912), ("2027-02-28", 52_911)];
        let wanted: Vec<_> =
            wanted.iter().map(|(day, amount)| ((*day).to_owned(), *amount)).collect();
        for text in [
            "3 monthly from 2026-12-31",
            "3 monthly from 12-31",
            "分3期 每月 2026-12-31起",
            "3期，每月，从2026-12-31开始",
        ] {
            assert_eq!(read(text, 158_735), Ok(wanted.clone()), "{text}");
        }
    }

    #[test]
    fn parts_are_listed_one_by_one() {
        let wanted = vec![("2026-12-31".to_owned(), 100_000), ("2027-01-15".to_owned(), 58_735)];
        assert_eq!(read("2026-12-31=1,000.00, 2027-01-15=rest", 158_735), Ok(wanted.clone()));
        assert_eq!(read("2026-12-31=1000；2027-01-15=余款", 158_735), Ok(wanted));
    }

    #[test]
    fn what_is_no_parts_says_why() {
        assert!(matches!(read("soon", 100), Err(PartsError::Unread(_))));
        assert!(matches!(read("3 monthly from never", 100), Err(PartsError::Day(_))));
        assert!(matches!(
            read("2026-12-31=a lot", 100),
            Err(PartsError::Amount(_) | PartsError::Unread(_))
        ));
        assert!(matches!(read("0 monthly from 2026-12-31", 100), Err(PartsError::Count(_))));
        assert_eq!(read("3 monthly from 2026-12-31", 2), Err(PartsError::TooSmall));
    }
}
