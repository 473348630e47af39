//! Amounts in writing. Totals may be wider than one amount, so everything takes `i128`.

use super::{Currency, exponent};

/// Digits, a point and as many decimals as the currency has, for files: `1234.50`, `-5.00`, `1234` (JPY).
pub fn plain(minor: impl Into<i128>, currency: Currency) -> String {
    written(minor.into(), exponent(currency), false)
}

/// The same with thousands separated, for people: `1,234.50`.
pub fn format(minor: impl Into<i128>, currency: Currency) -> String {
    written(minor.into(), exponent(currency), true)
}

/// The sign people know the currency by, or its code where there is none that means this currency alone. `¥` is kept
/// for CNY.
pub fn symbol(currency: Currency) -> &'static str {
    match currency {
        Currency::CNY => "¥",
        Currency::USD => "$",
        Currency::EUR => "€",
        Currency::GBP => "£",
        Currency::HKD => "HK$",
        Currency::TWD => "NT$",
        Currency::SGD => "S$",
        Currency::AUD => "A$",
        Currency::CAD => "C$",
        Currency::NZD => "NZ$",
        Currency::KRW => "₩",
        Currency::INR => "₹",
        other => other.code(),
    }
}

/// The grouped amount behind its sign: `¥1,284,500.00`, `-¥5.00`, `CHF 12.00`.
pub fn with_symbol(minor: impl Into<i128>, currency: Currency) -> String {
    let amount = format(minor, currency);
    let symbol = symbol(currency);
    let gap = if symbol.ends_with(char::is_alphabetic) { " " } else { "" };
    match amount.strip_prefix('-') {
        Some(size) => format!("-{symbol}{gap}{size}"),
        None => format!("{symbol}{gap}{amount}"),
    }
}

/// What large amounts are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    Thousand,
    /// 万
    TenThousand,
    Million,
    /// 亿
    HundredMillion,
}

impl Scale {
    /// How many zeros it has.
    const fn zeros(self) -> u32 {
        match self {
            Self::Thousand => 3,
            Self::TenThousand => 4,
            Self::Million => 6,
            Self::HundredMillion => 8,
        }
    }
}

/// The amount in 万 (10,000 major units) with two decimals, half away from zero: `128.45`. For the eye only: nothing
/// is ever computed from it. The unit is named by the heading.
pub fn wan(minor: impl Into<i128>, currency: Currency) -> String {
    scaled(minor, currency, Scale::TenThousand, 2)
}

/// Whether amounts of a currency are usually told in ten-thousands.
pub const fn is_told_in_wan(currency: Currency) -> bool {
    matches!(currency, Currency::CNY | Currency::JPY)
}

/// The same at any scale, with at most as many decimals as the scale has zeros.
pub fn scaled(minor: impl Into<i128>, currency: Currency, scale: Scale, decimals: u32) -> String {
    let minor: i128 = minor.into();
    let last = 10_i128.pow(exponent(currency) + scale.zeros().saturating_sub(decimals));
    let half_up = i128::from((minor % last).abs() >= last / 2);
    written(minor / last + half_up * minor.signum(), decimals, true)
}

/// Writes digits from the last to the first, since that is how they come.
fn written(minor: i128, decimals: u32, grouped: bool) -> String {
    let mut rest = minor.unsigned_abs();
    let mut reversed = Vec::with_capacity(24);
    let mut digit = |reversed: &mut Vec<u8>| {
        // Nearly every amount fits 64 bits, where division is several times faster.
        let last = if let Ok(small) = u64::try_from(rest) {
            rest = u128::from(small / 10);
            small % 10
        } else {
            let last = rest % 10;
            rest /= 10;
            u64::try_from(last).unwrap_or_default()
        };
        reversed.push(b'0' + u8::try_from(last).unwrap_or_default());
        rest != 0
    };
    for _ in 0..decimals {
        digit(&mut reversed);
    }
    if decimals > 0 {
        reversed.push(b'.');
    }
    let mut whole = 1;
    while digit(&mut reversed) {
        if grouped && whole % 3 == 0 {
            reversed.push(b',');
        }
        whole += 1;
    }
    if minor < 0 {
        reversed.push(b'-');
    }
    reversed.into_iter().rev().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(123_450, Currency::CNY, "1234.50", "1,234.50", "¥1,234.50")]
    #[case(128_450_000, Currency::CNY, "1284500.00", "1,284,500.00", "¥1,284,500.00")]
    #[case(-500, Currency::CNY, "-5.00", "-5.00", "-¥5.00")]
    #[case(-7, Currency::USD, "-0.07", "-0.07", "-$0.07")]
    #[case(0, Currency::EUR, "0.00", "0.00", "€0.00")]
    #[case(1_234, Currency::JPY, "1234", "1,234", "JPY 1,234")]
    #[case(1_234_567, Currency::KWD, "1234.567", "1,234.567", "KWD 1,234.567")]
    #[case(-1_200, Currency::CHF, "-12.00", "-12.00", "-CHF 12.00")]
    #[case(99_999, Currency::HKD, "999.99", "999.99", "HK$999.99")]
    fn amounts_in_writing(
        #[case] minor: i64,
        #[case] currency: Currency,
        #[case] file: &str,
        #[case] grouped: &str,
        #[case] signed: &str,
    ) {
        assert_eq!(plain(minor, currency), file);
        assert_eq!(format(minor, currency), grouped);
        assert_eq!(with_symbol(minor, currency), signed);
    }

    #[rstest]
    #[case(128_450_000, Currency::CNY, "128.45")]
    #[case(4_999, Currency::CNY, "0.00")]
    #[case(5_000, Currency::CNY, "0.01")]
    #[case(-5_000, Currency::CNY, "-0.01")]
    #[case(-4_999, Currency::CNY, "0.00")]
    #[case(1_234_567, Currency::JPY, "123.46")]
    #[case(1_000_000_000_000, Currency::CNY, "1,000,000.00")]
    fn ten_thousands(#[case] minor: i64, #[case] currency: Currency, #[case] expected: &str) {
        assert_eq!(wan(minor, currency), expected);
    }

    #[rstest]
    #[case(48_000_000, Scale::Thousand, 1, "480.0")]
    #[case(48_004_999, Scale::Thousand, 1, "480.0")]
    #[case(48_005_000, Scale::Thousand, 1, "480.1")]
    #[case(-105_950_000, Scale::TenThousand, 0, "-106")]
    #[case(48_000_000, Scale::Million, 1, "0.5")]
    #[case(800_000_000_000, Scale::HundredMillion, 2, "80.00")]
    fn at_a_scale(
        #[case] minor: i64,
        #[case] scale: Scale,
        #[case] decimals: u32,
        #[case] expected: &str,
    ) {
        assert_eq!(scaled(minor, Currency::CNY, scale, decimals), expected);
    }

    #[test]
    fn totals_are_wider_than_amounts() {
        let total = i128::from(i64::MAX) * 3;
        assert_eq!(plain(total, Currency::CNY), "276701161105643274.21");
        assert_eq!(plain(i128::MIN, Currency::JPY), i128::MIN.to_string());
        assert_eq!(wan(i64::MIN, Currency::CNY), "-9,223,372,036,854.78");
    }
}
