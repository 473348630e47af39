use super::super::{format, plain, with_symbol};
use super::*;
use proptest::prelude::*;
use rstest::rstest;

#[rstest]
#[case("1234.5", 123_450)]
#[case("¥1,234.50", 123_450)]
#[case("￥ 1,234.50", 123_450)]
#[case("１２３４．５０", 123_450)]
#[case("１，２３４．５０", 123_450)]
#[case("1234。5", 123_450)]
#[case("（1,234.50）", -123_450)]
#[case("(¥1,234.50)", -123_450)]
#[case("¥(1,234.50)", -123_450)]
#[case("(5)元", -500)]
#[case("-5", -500)]
#[case("－5", -500)]
#[case("−5", -500)]
#[case("+5", 500)]
#[case("-¥5.00", -500)]
#[case("¥-5.00", -500)]
#[case("12.5万", 12_500_000)]
#[case("12.5万元", 12_500_000)]
#[case("人民币12.5万元整", 12_500_000)]
#[case("1.2亿", 12_000_000_000)]
#[case("3千万", 3_000_000_000)]
#[case("一百万", 100_000_000)]
#[case("三十万", 30_000_000)]
#[case("¥三十万元", 30_000_000)]
#[case("-五千", -500_000)]
#[case("一百二十万", 120_000_000)]
#[case("人民币壹佰万元整", 100_000_000)]
#[case("1m", 100_000_000)]
#[case("100k", 10_000_000)]
#[case("1.5m", 150_000_000)]
#[case("12w", 12_000_000)]
#[case("1234元", 123_400)]
#[case("CNY 1,234.50", 123_450)]
#[case("1234.50cny", 123_450)]
#[case("RMB1234", 123_400)]
#[case("1\u{a0}234\u{a0}567.89", 123_456_789)]
#[case("1'234'567", 123_456_700)]
#[case("1’234", 123_400)]
#[case("1.23000", 123)]
#[case("0.500", 50)]
#[case("1,234.500", 123_450)]
#[case("1234.500", 123_450)]
#[case("10.000万", 10_000_000)]
#[case(".5", 50)]
#[case("007", 700)]
#[case("0", 0)]
#[case("0.123456万", 123_456)]
#[case("90,000,000,000.00", LIMIT)]
#[case("-900亿", -LIMIT)]
#[case("1.250万", 1_250_000)]
#[case("10.0000", 1_000)]
fn reads(#[case] text: &str, #[case] minor: i64) {
    assert_eq!(parse(text, Currency::CNY), Ok(minor));
}

#[rstest]
#[case("", AmountError::Empty)]
#[case(" \u{3000}", AmountError::Empty)]
#[case("abc", AmountError::NotANumber)]
#[case(".", AmountError::NotANumber)]
#[case("¥", AmountError::NotANumber)]
#[case("--5", AmountError::NotANumber)]
#[case("(-5)", AmountError::NotANumber)]
#[case("(5", AmountError::NotANumber)]
#[case("5)", AmountError::NotANumber)]
#[case("((5))", AmountError::NotANumber)]
#[case("5-", AmountError::NotANumber)]
#[case("1e5", AmountError::NotANumber)]
#[case("5%", AmountError::NotANumber)]
#[case("1万2千", AmountError::NotANumber)]
#[case("两万五", AmountError::NotANumber)]
#[case("百万", AmountError::NotANumber)]
#[case("十5", AmountError::NotANumber)]
#[case("1,23", AmountError::Grouping)]
#[case("1.234,50", AmountError::Grouping)]
#[case("1.234.567", AmountError::Grouping)]
#[case("0,500", AmountError::Grouping)]
#[case("1,234 567", AmountError::Grouping)]
#[case("1234,567", AmountError::Grouping)]
#[case("12 5", AmountError::Grouping)]
#[case("1,,234", AmountError::Grouping)]
#[case("1.005", AmountError::TooManyDecimals { has: 3, allowed: 2 })]
#[case("1.2345678万", AmountError::TooManyDecimals { has: 3, allowed: 2 })]
#[case("$5", AmountError::OtherCurrency { found: "$".into(), expected: Currency::CNY })]
#[case("5 USD", AmountError::OtherCurrency { found: "USD".into(), expected: Currency::CNY })]
#[case("¥5 美元", AmountError::OtherCurrency { found: "美元".into(), expected: Currency::CNY })]
#[case("JP¥5", AmountError::OtherCurrency { found: "JP¥".into(), expected: Currency::CNY })]
#[case("10.000", AmountError::Ambiguous { decimals: 1_000, thousands: 1_000_000, currency: Currency::CNY })]
#[case("250.500", AmountError::Ambiguous { decimals: 25_050, thousands: 25_050_000, currency: Currency::CNY })]
#[case("-¥250.500", AmountError::Ambiguous { decimals: -25_050, thousands: -25_050_000, currency: Currency::CNY })]
#[case("90000000000.01", AmountError::AboveLimit(Currency::CNY))]
#[case("-900.1亿", AmountError::AboveLimit(Currency::CNY))]
#[case("92233720368547758.08", AmountError::AboveLimit(Currency::CNY))]
#[case("999999999亿", AmountError::AboveLimit(Currency::CNY))]
#[case("9999999999999999999999999999999999999999999", AmountError::AboveLimit(Currency::CNY))]
fn refuses(#[case] text: &str, #[case] error: AmountError) {
    assert_eq!(parse(text, Currency::CNY), Err(error));
}

#[rstest]
#[case("JP¥1,234", Currency::JPY, Ok(1_234))]
#[case("¥1,234", Currency::JPY, Ok(1_234))]
#[case("1,234.00", Currency::JPY, Ok(1_234))]
#[case("1.000", Currency::JPY, Err(AmountError::Ambiguous { decimals: 1, thousands: 1_000, currency: Currency::JPY }))]
#[case("10.000", Currency::KWD, Ok(10_000))]
#[case("9000000000000", Currency::JPY, Ok(LIMIT))]
#[case("1.5", Currency::JPY, Err(AmountError::TooManyDecimals { has: 1, allowed: 0 }))]
#[case("1.234", Currency::KWD, Ok(1_234))]
#[case("KWD 1.5", Currency::KWD, Ok(1_500))]
#[case("HK$5", Currency::HKD, Ok(500))]
#[case("$5", Currency::HKD, Ok(500))]
#[case("$5", Currency::USD, Ok(500))]
#[case("US$5", Currency::USD, Ok(500))]
#[case("€5", Currency::EUR, Ok(500))]
#[case("5元", Currency::USD, Err(AmountError::OtherCurrency { found: "元".into(), expected: Currency::USD }))]
#[case("12", Currency::XAU, Ok(12))]
fn other_currencies(
    #[case] text: &str,
    #[case] currency: Currency,
    #[case] expected: Result<i64, AmountError>,
) {
    assert_eq!(parse(text, currency), expected);
}

#[rstest]
#[case("10.000", Grouping::Point, Ok(1_000_000))]
#[case("1.234.567,50 €", Grouping::Point, Ok(123_456_750))]
#[case("1234,5", Grouping::Point, Ok(123_450))]
#[case("10.5", Grouping::Point, Err(AmountError::Grouping))]
#[case("10.000", Grouping::Comma, Ok(1_000))]
#[case("1.234,50", Grouping::Comma, Err(AmountError::Grouping))]
fn a_known_grouping_decides(
    #[case] text: &str,
    #[case] grouping: Grouping,
    #[case] expected: Result<i64, AmountError>,
) {
    assert_eq!(parse_grouped(text, Currency::EUR, grouping), expected);
}

#[rstest]
#[case("100k", "100000")]
#[case("12.5万", "125000")]
#[case("-1,234.567", "-1234.567")]
fn numbers_without_a_currency(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(decimal(text).unwrap().to_string(), expected);
}

#[test]
fn a_number_with_a_currency_is_no_plain_number() {
    assert_eq!(decimal("¥5"), Err(AmountError::NotANumber));
}

const TABLE: [Currency; 12] = [
    Currency::CNY,
    Currency::USD,
    Currency::JPY,
    Currency::KWD,
    Currency::EUR,
    Currency::HKD,
    Currency::CHF,
    Currency::KRW,
    Currency::GBP,
    Currency::TWD,
    Currency::CLF,
    Currency::XAU,
];

proptest! {
    #[test]
    fn what_is_written_reads_back(minor in -LIMIT..=LIMIT, currency in prop::sample::select(&TABLE[..])) {
        prop_assert_eq!(parse(&plain(minor, currency), currency), Ok(minor));
        prop_assert_eq!(parse(&format(minor, currency), currency), Ok(minor));
        prop_assert_eq!(parse(&with_symbol(minor, currency), currency), Ok(minor));
    }

    #[test]
    fn sums_read_back_without_a_limit(minor in any::<i64>(), currency in prop::sample::select(&TABLE[..])) {
        prop_assert_eq!(read_back(&plain(minor, currency), currency), Ok(minor));
    }

    #[test]
    fn no_text_panics(text in "[0-9.,'()¥$+ 万亿kmUSD０-９－-]{0,24}|\\PC*") {
        let _ = parse(&text, Currency::CNY);
        let _ = decimal(&text);
    }
}
