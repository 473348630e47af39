//! The early-payment discount (提前付款折扣) of a contract, as it is typed: `2/10`, `2% by 2026-12-31`, or in the contract's
//! own words, which [`Terms`] reads. What it does to a balance is [`waiver`](super::waiver)'s.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::add_days;
use super::due::Unit;
use super::normalize::normalize;
use super::rates::rounded;
use super::terms::{self, Terms};

/// So many percent less for money that comes early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discount {
    pub percent: Decimal,
    pub until: Until,
}

/// The last day of a discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// So many calendar days after the invoice's.
    Days(u16),
    Day(NaiveDate),
}

/// Why a text is no discount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiscountError {
    /// It does not say how much, and until when, or says more than that.
    NotUnderstood(String),
    /// A percentage or a number of days that none can be.
    OutOfRange(String),
}

/// The longest term, in days.
const LONGEST: u32 = 366;

impl Discount {
    /// What it takes off an amount with its tax, rounded half up to the minor unit.
    pub fn of(&self, amount: i64) -> i64 {
        let share = Decimal::from(amount).checked_mul(self.percent);
        share.and_then(|share| rounded(share / Decimal::ONE_HUNDRED)).unwrap_or(0)
    }

    /// The last day on which money earns it, if the invoice is of this day; without one only a fixed day is known.
    pub fn last_day(&self, invoiced_on: Option<NaiveDate>) -> Option<NaiveDate> {
        match self.until {
            Until::Days(days) => add_days(invoiced_on?, days.into()),
            Until::Day(day) => Some(day),
        }
    }

    fn checked(percent: Decimal, until: Until) -> Result<Self, DiscountError> {
        let percent = percent.normalize();
        if percent <= Decimal::ZERO || percent >= Decimal::ONE_HUNDRED || percent.scale() > 4 {
            return Err(DiscountError::OutOfRange(format!("{percent}%")));
        }
        Ok(Self { percent, until })
    }
}

impl FromStr for Discount {
    type Err = DiscountError;

    fn from_str(text: &str) -> Result<Self, DiscountError> {
        if let Some((percent, day)) = by_day(text) {
            return Self::checked(percent, Until::Day(day));
        }
        let Terms { clauses, discount, deemed, penalty, unread } = Terms::read(text);
        let not_understood = || DiscountError::NotUnderstood(text.trim().to_owned());
        // `net 30` is each milestone's due rule; anything else beside the discount is none of it.
        let is_net = |clause: &terms::Clause| {
            clause.part.is_none() && clause.needs.is_empty() && clause.rule().is_some()
        };
        let is_more = !clauses.iter().all(is_net)
            || deemed.is_some()
            || penalty.is_some()
            || !unread.is_empty();
        let told = discount.filter(|_| !is_more).ok_or_else(not_understood)?;
        if told.within.unit != Unit::Days {
            return Err(not_understood());
        }
        let days = Some(told.within.count).filter(|days| (1..=LONGEST).contains(days));
        let days = days.and_then(|days| u16::try_from(days).ok());
        let days = days.ok_or_else(|| DiscountError::OutOfRange(told.within.count.to_string()))?;
        Self::checked(told.percent, Until::Days(days))
    }
}

/// A percentage and a day, with nothing else but the words that join them.
fn by_day(text: &str) -> Option<(Decimal, NaiveDate)> {
    const JOINING: &[&str] = &[
        "if paid", "discount", "paid", "off", "less", "by", "until", "付款", "优惠", "折扣",
        "之前", "以前", "前", "付", "享", "截至", "至",
    ];
    let text = normalize(text);
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (mut percent, mut day, mut rest) = (None, None, text.get(..start)?.to_owned());
    for word in
        text.get(start..)?.split_inclusive(|c: char| !(c.is_ascii_digit() || ".-".contains(c)))
    {
        let number = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let after = word.get(number.len()..)?;
        if !number.is_empty() && after.starts_with('%') && percent.is_none() {
            percent = number.parse::<Decimal>().ok();
            rest.push_str(after.trim_start_matches('%'));
        } else if let Some(found) = number.parse().ok().filter(|_| day.is_none()) {
            day = Some(found);
            rest.push_str(after);
        } else {
            rest.push_str(word);
        }
    }
    for word in JOINING {
        rest = rest.replace(word, " ");
    }
    let is_all = rest.chars().all(|c| c.is_whitespace() || ",;:，；。".contains(c));
    Some((percent?, day?)).filter(|_| is_all)
}

impl fmt::Display for Discount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.until {
            Until::Days(days) => write!(f, "{}/{days}", self.percent),
            Until::Day(day) => write!(f, "{}% by {day}", self.percent),
        }
    }
}

impl serde::Serialize for Discount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("2/10", "2/10")]
    #[case("2/10 net 30", "2/10")]
    #[case("2/10, n/30", "2/10")]
    #[case("10天内付款优惠2%", "2/10")]
    #[case("1.5/15", "1.5/15")]
    #[case("2% by 2026-12-31", "2% by 2026-12-31")]
    #[case("2026-12-31前付款优惠 3%", "3% by 2026-12-31")]
    #[case("2% off if paid by 2026-12-31", "2% by 2026-12-31")]
    fn what_contracts_say_is_read(#[case] typed: &str, #[case] kept: &str) {
        let read: Discount = typed.parse().unwrap();
        assert_eq!(read.to_string(), kept);
        assert_eq!(kept.parse(), Ok(read));
    }

    #[rstest]
    #[case("")]
    #[case("net 30")]
    #[case("2%")]
    #[case("early")]
    #[case("0/10")]
    #[case("100/10")]
    #[case("2/0")]
    #[case("2/400")]
    #[case("2/10, penalty 5%")]
    #[case("2% by 2026-13-31")]
    #[case("not 2% by 2026-12-31")]
    fn what_is_no_discount_is_refused(#[case] typed: &str) {
        assert!(typed.parse::<Discount>().is_err(), "{typed}");
    }

    #[rstest]
    #[case::with_tax(110_000, "10/10", 11_000)]
    #[case::half_up(25, "2/10", 1)]
    #[case::down(24, "2/10", 0)]
    fn the_base_is_the_amount_with_its_tax(
        #[case] amount: i64,
        #[case] terms: &str,
        #[case] off: i64,
    ) {
        assert_eq!(terms.parse::<Discount>().unwrap().of(amount), off);
    }
}
