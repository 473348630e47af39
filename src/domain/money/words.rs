//! Amounts in words, as letters, applications for payment and receipts have them beside the figures: capital numerals in
//! Chinese, plain words in English. Both follow the custom of cheques, so that nothing can be added afterwards.

use super::{Currency, exponent};
use crate::domain::numerals;

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES: [(u64, &str); 4] = [(1_000, "仟"), (100, "佰"), (10, "拾"), (1, "")];
/// The parts of a yuan, the largest first: so many as the currency has decimals.
const PARTS: [char; 4] = ['角', '分', '厘', '毫'];

/// `人民币壹仟肆佰零玖元伍角`; `整` where nothing stands behind the yuan. Another currency is named in front.
pub fn in_chinese(minor: impl Into<i128>, currency: Currency) -> String {
    let minor: i128 = minor.into();
    let (whole, part) = halves(minor, currency);
    let mut words = String::from(chinese_name(currency));
    if minor < 0 {
        words.push('负');
    }
    if whole > 0 || part == 0 {
        words.push_str(&chinese_number(whole));
        words.push('元');
    }
    if part == 0 {
        words.push('整');
        return words;
    }
    let mut place = 10_u64.pow(exponent(currency));
    let mut gap = false;
    for unit in PARTS {
        place /= 10;
        let digit = part.checked_div(place).map_or(0, |digits| digits % 10);
        if digit == 0 {
            gap = true;
            continue;
        }
        if gap && whole > 0 {
            words.push_str(digit_word(0));
        }
        words.push_str(digit_word(digit));
        words.push(unit);
        gap = false;
    }
    words
}

/// `CNY one thousand four hundred nine and 50/100 only`: the code of the currency, since a name alone can mean several.
pub fn in_english(minor: impl Into<i128>, currency: Currency) -> String {
    let minor: i128 = minor.into();
    let (whole, part) = halves(minor, currency);
    let sign = if minor < 0 { "minus " } else { "" };
    let digits = usize::try_from(exponent(currency)).unwrap_or(0);
    let parts = match part {
        0 => String::new(),
        part => format!(" and {part:0digits$}/{}", 10_u64.pow(exponent(currency))),
    };
    format!("{} {sign}{}{parts} only", currency.code(), english_number(whole))
}

/// What [`in_chinese`] says, in minor units: `元`, `圆`, `块`, with or without 人民币 in front and 整 or 正 behind. What is
/// no such amount, or has smaller parts than the currency, is `None`.
pub fn from_chinese(words: &str, currency: Currency) -> Option<i64> {
    let words = words.strip_prefix(chinese_name(currency)).unwrap_or(words);
    let (sign, words) = words.strip_prefix('负').map_or((1, words), |rest| (-1, rest));
    let words = words.strip_suffix(['整', '正']).unwrap_or(words);
    let scale = 10_i64.checked_pow(exponent(currency))?;
    let (whole, mut rest) = match words.split_once(['元', '圆', '块']) {
        Some((whole, rest)) => (numerals::number(whole)?, rest),
        None => (0, words),
    };
    if whole == 0 && rest.is_empty() && !words.contains('零') {
        return None;
    }
    let mut minor = whole.checked_mul(scale)?;
    let mut place = scale;
    for unit in PARTS {
        place /= 10;
        if let Some((digit, behind)) = rest.split_once(unit) {
            let digit = numerals::number(digit.trim_start_matches('零'))?;
            if digit > 9 || place == 0 {
                return None;
            }
            minor = minor.checked_add(digit * place)?;
            rest = behind;
        }
    }
    rest.is_empty().then_some(sign * minor)
}

/// Whole units and the rest in minor units, without the sign.
fn halves(minor: i128, currency: Currency) -> (u64, u64) {
    let size = u64::try_from(minor.unsigned_abs()).unwrap_or(u64::MAX);
    let scale = 10_u64.pow(exponent(currency));
    (size / scale, size % scale)
}

fn chinese_name(currency: Currency) -> &'static str {
    match currency {
        Currency::CNY => "人民币",
        Currency::USD => "美元",
        Currency::EUR => "欧元",
        Currency::GBP => "英镑",
        Currency::HKD => "港元",
        Currency::JPY => "日元",
        Currency::TWD => "新台币",
        Currency::SGD => "新加坡元",
        Currency::AUD => "澳大利亚元",
        Currency::CAD => "加拿大元",
        Currency::KRW => "韩元",
        other => other.code(),
    }
}

fn digit_word(digit: u64) -> &'static str {
    usize::try_from(digit).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or_default()
}

/// Sections of four digits under 亿 and 万, with a 零 wherever thousands or a whole section are missing in between.
fn chinese_number(number: u64) -> String {
    if number == 0 {
        return digit_word(0).to_owned();
    }
    let mut words = String::new();
    let (mut below, mut gap) = (number, false);
    for (section, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let count = below / section;
        below %= section;
        if count == 0 {
            gap = true;
            continue;
        }
        if !words.is_empty() && (gap || count < 1_000) {
            words.push_str(digit_word(0));
        }
        let said = if count < 10_000 { chinese_section(count) } else { chinese_number(count) };
        words.push_str(&said);
        words.push_str(name);
        gap = false;
    }
    words
}

/// Up to four digits.
fn chinese_section(count: u64) -> String {
    let mut words = String::new();
    let mut gap = false;
    for (value, name) in PLACES {
        let digit = count / value % 10;
        if digit == 0 {
            gap = true;
            continue;
        }
        if gap && !words.is_empty() {
            words.push_str(digit_word(0));
        }
        words.push_str(digit_word(digit));
        words.push_str(name);
        gap = false;
    }
    words
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const GROUPS: [(u64, &str); 7] = [
    (1_000_000_000_000_000_000, "quintillion"),
    (1_000_000_000_000_000, "quadrillion"),
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
    (100, "hundred"),
];

fn english_number(number: u64) -> String {
    let word = |list: &[&'static str], at: u64| {
        usize::try_from(at).ok().and_then(|at| list.get(at)).copied().unwrap_or_default()
    };
    if number < 20 {
        return word(&SMALL, number).to_owned();
    }
    if number < 100 {
        let tens = word(&TENS, number / 10);
        return match number % 10 {
            0 => tens.to_owned(),
            ones => format!("{tens}-{}", word(&SMALL, ones)),
        };
    }
    let found = GROUPS.iter().find(|(size, _)| number >= *size);
    let (size, name) = found.copied().unwrap_or((100, "hundred"));
    let head = format!("{} {name}", english_number(number / size));
    match number % size {
        0 => head,
        rest => format!("{head} {}", english_number(rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "零元整")]
    #[case(5, "伍分")]
    #[case(50, "伍角")]
    #[case(100, "壹元整")]
    #[case(110, "壹元壹角")]
    #[case(1_005, "壹拾元零伍分")]
    #[case(1_560, "壹拾伍元陆角")]
    #[case(10_000, "壹佰元整")]
    #[case(11_000, "壹佰壹拾元整")]
    #[case(32_504, "叁佰贰拾伍元零肆分")]
    #[case(100_100, "壹仟零壹元整")]
    #[case(140_950, "壹仟肆佰零玖元伍角")]
    #[case(200_500, "贰仟零伍元整")]
    #[case(1_000_000, "壹万元整")]
    #[case(1_001_000, "壹万零壹拾元整")]
    #[case(1_100_000, "壹万壹仟元整")]
    #[case(10_000_000, "壹拾万元整")]
    #[case(10_700_053, "壹拾万柒仟元伍角叁分")]
    #[case(11_000_000, "壹拾壹万元整")]
    #[case(100_100_050, "壹佰万壹仟元伍角")]
    #[case(101_010_101, "壹佰零壹万零壹佰零壹元零壹分")]
    #[case(1_000_000_100, "壹仟万零壹元整")]
    #[case(1_010_000_010, "壹仟零壹拾万元壹角")]
    #[case(5_000_004_501, "伍仟万零肆拾伍元零壹分")]
    #[case(10_000_000_100, "壹亿零壹元整")]
    #[case(10_010_000_000, "壹亿零壹拾万元整")]
    #[case(100_000_000_000, "壹拾亿元整")]
    #[case(123_456_789_012, "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分")]
    #[case(1_000_000_000_000, "壹佰亿元整")]
    #[case(100_000_000_000_000, "壹万亿元整")]
    #[case(123_456_789, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分")]
    #[case(10_005, "壹佰元零伍分")]
    #[case(82_000_230, "捌拾贰万零贰元叁角")]
    #[case(10_000_400_000, "壹亿零肆仟元整")]
    fn as_a_bank_writes_it(#[case] minor: i64, #[case] words: &str) {
        assert_eq!(in_chinese(minor, Currency::CNY), format!("人民币{words}"));
    }

    #[rstest]
    #[case(-5_000, Currency::CNY, "人民币负伍拾元整")]
    #[case(1_000, Currency::JPY, "日元壹仟元整")]
    #[case(1_005, Currency::KWD, "KWD壹元零伍厘")]
    #[case(123_450, Currency::USD, "美元壹仟贰佰叁拾肆元伍角")]
    fn other_currencies_and_signs(
        #[case] minor: i64,
        #[case] currency: Currency,
        #[case] words: &str,
    ) {
        assert_eq!(in_chinese(minor, currency), words);
    }

    #[rstest]
    #[case(0, Currency::CNY, "CNY zero only")]
    #[case(140_950, Currency::CNY, "CNY one thousand four hundred nine and 50/100 only")]
    #[case(2_105, Currency::USD, "USD twenty-one and 05/100 only")]
    #[case(1_000_000, Currency::JPY, "JPY one million only")]
    #[case(-9_000_500, Currency::KWD, "KWD minus nine thousand and 500/1000 only")]
    #[case(900_000_000_019, Currency::EUR, "EUR nine billion and 19/100 only")]
    fn as_a_cheque_has_it(#[case] minor: i64, #[case] currency: Currency, #[case] words: &str) {
        assert_eq!(in_english(minor, currency), words);
    }

    #[rstest]
    #[case("壹仟肆佰零玖元伍角", Some(140_950))]
    #[case("人民币壹佰圆正", Some(10_000))]
    #[case("三万五千元", Some(3_500_000))]
    #[case("伍角零叁厘", None)]
    #[case("壹元十角", None)]
    #[case("人民币", None)]
    #[case("", None)]
    #[case("整", None)]
    #[case("壹元贰分叁角", None)]
    fn read_as_they_come(#[case] words: &str, #[case] minor: Option<i64>) {
        assert_eq!(from_chinese(words, Currency::CNY), minor);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            minor in prop_oneof![-9_000_000_000_000_i64..=9_000_000_000_000, -2_000_000_i64..2_000_000],
            currency in prop_oneof![Just(Currency::CNY), Just(Currency::JPY), Just(Currency::KWD)],
        ) {
            prop_assert_eq!(from_chinese(&in_chinese(minor, currency), currency), Some(minor));
        }
    }
}
