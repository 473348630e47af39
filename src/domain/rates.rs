//! Interest rates: the loan prime rate (LPR, 贷款市场报价利率) in force on a day, and simple interest at a rate.
//!
//! The rates ship with the program, as the days on which they changed; a user's own rows, for what was published since,
//! win over those.

use std::sync::OnceLock;

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::codes::codes;

/// Rows `term,effective_from,rate_percent`, below a comment that names where they were published.
const PUBLISHED: &str = include_str!("../../assets/lpr_cn.csv");

codes! {
    /// For how long the rate lends.
    LprTerm {
        OneYear = "1y" | "1Y",
        FiveYears = "5y" | "5Y",
    }
}

/// What a row of rates is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRate {
    /// From 1.
    pub line: usize,
    pub text: String,
}

/// Which rate is in force from which day on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lpr {
    /// By term and day, each once.
    points: Vec<(LprTerm, NaiveDate, Decimal)>,
}

impl Lpr {
    /// The rates that ship with the program.
    pub fn published() -> &'static Self {
        static RATES: OnceLock<Lpr> = OnceLock::new();
        RATES.get_or_init(|| Self::parse(PUBLISHED).unwrap_or_default())
    }

    /// Rates from rows of text; comments, blank lines and a header are passed over.
    pub fn parse(text: &str) -> Result<Self, BadRate> {
        let mut rates = Self::default();
        for (line, text) in (1..).zip(text.lines()) {
            let row = text.trim_start_matches('\u{feff}').trim();
            if row.is_empty() || row.starts_with('#') || row.starts_with("term,") {
                continue;
            }
            let point = point(row).ok_or_else(|| BadRate { line, text: row.to_owned() })?;
            rates.put(point);
        }
        Ok(rates)
    }

    /// The same with rows that win over those of the same day.
    #[must_use]
    pub fn with(mut self, own: Self) -> Self {
        own.points.into_iter().for_each(|point| self.put(point));
        self
    }

    fn put(&mut self, point: (LprTerm, NaiveDate, Decimal)) {
        let (term, day, _) = point;
        match self.points.binary_search_by_key(&(term, day), |(term, day, _)| (*term, *day)) {
            Ok(at) => self.points.splice(at..=at, [point]).for_each(drop),
            Err(at) => self.points.insert(at, point),
        }
    }

    /// Percent a year in force on a day; `None` before the first that was published.
    pub fn on(&self, term: LprTerm, day: NaiveDate) -> Option<Decimal> {
        let mut of = self.points.iter().filter(|(other, from, _)| *other == term && *from <= day);
        of.next_back().map(|(_, _, percent)| *percent)
    }

    /// The days from which another rate is in force.
    pub fn changes(&self, term: LprTerm) -> impl DoubleEndedIterator<Item = NaiveDate> + '_ {
        self.points.iter().filter(move |(other, ..)| *other == term).map(|(_, day, _)| *day)
    }
}

fn point(row: &str) -> Option<(LprTerm, NaiveDate, Decimal)> {
    let mut cells = row.split(',').map(str::trim);
    let term = LprTerm::from_code(cells.next()?)?;
    let day: NaiveDate = cells.next()?.parse().ok()?;
    let percent: Decimal = cells.next()?.parse().ok()?;
    let sound = percent >= Decimal::ZERO && percent <= Decimal::ONE_HUNDRED && percent.scale() <= 6;
    (cells.next().is_none() && sound).then_some((term, day, percent))
}

/// So much simple interest on an amount: minor units, not rounded yet. `percent` is that of so many days (1, 360, 365).
/// `None` beyond what can be counted.
pub fn interest(minor: i64, percent: Decimal, days: i64, base: u16) -> Option<Decimal> {
    shared(product(minor, percent, days)?, base)
}

/// Amount times days times percent: what adds up without loss over pieces of the same base.
pub fn product(minor: i64, percent: Decimal, days: i64) -> Option<Decimal> {
    Decimal::from(minor).checked_mul(Decimal::from(days))?.checked_mul(percent)
}

/// The interest that a sum of products is.
pub fn shared(products: Decimal, base: u16) -> Option<Decimal> {
    products.checked_div(Decimal::from(i64::from(base) * 100))
}

/// To the minor unit, half up.
pub fn rounded(minor: Decimal) -> Option<i64> {
    minor.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[rstest]
    #[case("2024-10-20", LprTerm::OneYear, Some("3.35"))]
    #[case("2024-10-21", LprTerm::OneYear, Some("3.1"))]
    #[case("2025-10-20", LprTerm::OneYear, Some("3.0"))]
    #[case("2025-10-20", LprTerm::FiveYears, Some("3.5"))]
    #[case("2024-03-01", LprTerm::OneYear, Some("3.45"))]
    #[case("2020-05-01", LprTerm::FiveYears, Some("4.65"))]
    #[case("2019-01-01", LprTerm::OneYear, None)]
    fn a_rate_holds_from_the_day_it_is_published(
        #[case] on: &str,
        #[case] term: LprTerm,
        #[case] percent: Option<&str>,
    ) {
        assert_eq!(Lpr::published().on(term, day(on)), percent.map(decimal));
    }

    #[test]
    fn own_rows_win() {
        let own =
            Lpr::parse("\u{feff}term,effective_from,rate_percent\n1y,2025-05-20,2.9\n").unwrap();
        let rates = Lpr::published().clone().with(own);
        assert_eq!(rates.on(LprTerm::OneYear, day("2025-06-01")), Some(decimal("2.9")));
        assert_eq!(rates.on(LprTerm::OneYear, day("2025-05-19")), Some(decimal("3.10")));
        assert_eq!(rates.on(LprTerm::FiveYears, day("2025-06-01")), Some(decimal("3.5")));
    }

    #[rstest]
    #[case("2y,2025-05-20,3")]
    #[case("1y,20 May,3")]
    #[case("1y,2025-05-20,many")]
    #[case("1y,2025-05-20,-1")]
    #[case("1y,2025-05-20,3,more")]
    fn a_row_that_is_none_is_named_by_its_line(#[case] row: &str) {
        let refused = Lpr::parse(&format!("# rates\n{row}\n"));
        assert_eq!(refused, Err(BadRate { line: 2, text: row.to_owned() }));
    }

    #[rstest]
    #[case::discount_of_a_bill(100_000_000, "2.62", 75, 360, 545_833)]
    #[case::interest_for_delayed_performance(100_000_000, "0.0175", 100, 1, 1_750_000)]
    #[case::a_year_of_365_days(1_000_000, "10", 30, 365, 8_219)]
    #[case::an_odd_amount(1_234_500, "11.5", 17, 365, 6_612)]
    #[case::on_the_gross_amount(100_000, "12", 30, 365, 986)]
    fn simple_interest(
        #[case] minor: i64,
        #[case] percent: &str,
        #[case] days: i64,
        #[case] base: u16,
        #[case] expected: i64,
    ) {
        assert_eq!(interest(minor, decimal(percent), days, base).and_then(rounded), Some(expected));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*|(1y|5y|3y),20[0-9]{2}-[01][0-9]-[0-3][0-9],[0-9.]{1,9}") {
            let _ = Lpr::parse(&text);
        }
    }
}
