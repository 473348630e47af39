//! The tax rate on an invoice, and the tax its amount holds. Amounts are gross: the tax is shown and never added.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::normalize::normalize;

/// In hundredths of a percent; 0 is exempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaxRate(u16);

/// A text that is no rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadTaxRate(pub String);

/// 100 %, which none reaches.
const WHOLE: u16 = 10_000;

impl TaxRate {
    pub fn new(hundredths: u16) -> Option<Self> {
        (hundredths < WHOLE).then_some(Self(hundredths))
    }

    pub const fn hundredths(self) -> u16 {
        self.0
    }

    /// The tax in a gross amount, rounded half up to the minor unit; that of a red invoice is the same below 0.
    pub fn within(self, gross: i64) -> i64 {
        let (rate, all) = (i128::from(self.0), i128::from(WHOLE) + i128::from(self.0));
        let size = (i128::from(gross).abs() * rate * 2 + all) / (all * 2);
        let tax = i64::try_from(size).unwrap_or(i64::MAX);
        if gross < 0 { -tax } else { tax }
    }
}

impl fmt::Display for TaxRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", Decimal::new(self.0.into(), 2).normalize())
    }
}

impl FromStr for TaxRate {
    type Err = BadTaxRate;

    /// `13%`, `13`, or the `0.13` that a spreadsheet keeps of it; or a word for exempt.
    fn from_str(text: &str) -> Result<Self, BadTaxRate> {
        let bad = || BadTaxRate(text.trim().to_owned());
        let word = normalize(text);
        if matches!(word.as_str(), "免税" | "零税率" | "不征税" | "exempt" | "zero") {
            return Ok(Self(0));
        }
        let number = word.strip_suffix('%').unwrap_or(&word);
        let mut percent: Decimal = number.trim().parse().map_err(|_| bad())?;
        if number.len() == word.len() && percent < Decimal::ONE {
            percent = percent.checked_mul(Decimal::ONE_HUNDRED).ok_or_else(bad)?;
        }
        let hundredths = percent.checked_mul(Decimal::ONE_HUNDRED).filter(Decimal::is_integer);
        hundredths.and_then(|rate| rate.to_u16()).and_then(Self::new).ok_or_else(bad)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("13%", "13%")]
    #[case("９％", "9%")]
    #[case(" 6 ", "6%")]
    #[case("0.03", "3%")]
    #[case("1", "1%")]
    #[case("1%", "1%")]
    #[case("0.5%", "0.5%")]
    #[case("7.7%", "7.7%")]
    #[case("免税", "0%")]
    #[case("exempt", "0%")]
    #[case("0", "0%")]
    fn a_rate_is_read_as_it_is_written(#[case] text: &str, #[case] rate: &str) {
        assert_eq!(text.parse::<TaxRate>().unwrap().to_string(), rate);
    }

    #[rstest]
    #[case("")]
    #[case("-3%")]
    #[case("100%")]
    #[case("13.005%")]
    #[case("一三")]
    fn what_is_no_rate_is_refused(#[case] text: &str) {
        assert_eq!(text.parse::<TaxRate>(), Err(BadTaxRate(text.to_owned())));
    }

    #[rstest]
    #[case("13%", 11_300, 1_300)]
    #[case("13%", 10_000, 1_150)]
    #[case("6%", 53, 3)]
    #[case("1%", 101, 1)]
    // 0.495… and 0.5049…: the half cent decides.
    #[case("1%", 50, 0)]
    #[case("1%", 51, 1)]
    #[case("0", 99_999, 0)]
    #[case("13%", -11_300, -1_300)]
    #[case("13%", 0, 0)]
    fn the_tax_is_within_the_amount(#[case] rate: TaxRate, #[case] gross: i64, #[case] tax: i64) {
        assert_eq!(rate.within(gross), tax);
    }
}
