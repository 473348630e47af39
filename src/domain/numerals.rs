//! Numbers in Chinese numerals, everyday and formal ones: `三十`, `一百二十`, `三万五千`, `壹佰`.

/// What one sign of a number is.
#[derive(Clone, Copy)]
enum Sign {
    Digit(i64),
    /// 十, 百, 千: counts the digit before it.
    Unit(i64),
    /// 万, 亿: counts all since the one before.
    Section(i64),
}

fn sign(c: char) -> Option<Sign> {
    Some(match c {
        '零' | '〇' => Sign::Digit(0),
        '一' | '壹' => Sign::Digit(1),
        '二' | '两' | '贰' => Sign::Digit(2),
        '三' | '叁' => Sign::Digit(3),
        '四' | '肆' => Sign::Digit(4),
        '五' | '伍' => Sign::Digit(5),
        '六' | '陆' => Sign::Digit(6),
        '七' | '柒' => Sign::Digit(7),
        '八' | '捌' => Sign::Digit(8),
        '九' | '玖' => Sign::Digit(9),
        '十' | '拾' => Sign::Unit(10),
        '百' | '佰' => Sign::Unit(100),
        '千' | '仟' => Sign::Unit(1_000),
        '万' | '萬' => Sign::Section(10_000),
        '亿' => Sign::Section(100_000_000),
        _ => return None,
    })
}

/// Whether a character can begin a number.
pub fn begins(c: char) -> bool {
    matches!(sign(c), Some(Sign::Digit(_) | Sign::Unit(10)))
}

/// Whether a character can stand in a number.
pub fn is_numeral(c: char) -> bool {
    sign(c).is_some()
}

/// The number that these numerals are. A last digit whose unit is left out (`三百五`, `两万五`) is no number: one reads it
/// as 350, another as 305.
pub fn number(text: &str) -> Option<i64> {
    let (mut total, mut section) = (0_i64, 0_i64);
    let (mut last_unit, mut last_section) = (i64::MAX, i64::MAX);
    let (mut digit, mut zero) = (None, false);
    for c in text.chars() {
        match sign(c)? {
            Sign::Digit(0) if digit.is_none() => zero = true,
            Sign::Digit(_) if digit.is_some() => return None,
            Sign::Digit(number) => digit = Some(number),
            Sign::Unit(unit) => {
                let is_first = unit == 10 && section == 0 && (total == 0 || zero);
                let count = digit.take().or(is_first.then_some(1))?;
                if unit >= last_unit {
                    return None;
                }
                section += count * unit;
                (last_unit, zero) = (unit, false);
            }
            Sign::Section(unit) => {
                section += last_digit(digit.take(), last_unit, zero, total + section == 0)?;
                total = if unit > last_section {
                    // 万亿 counts all before it.
                    let count = (total < unit).then_some(total + section)?;
                    count.checked_mul(unit)?
                } else if section == 0 || unit == last_section {
                    return None;
                } else {
                    total + section * unit
                };
                (section, last_unit, last_section, zero) = (0, i64::MAX, unit, false);
            }
        }
    }
    let rest = last_digit(digit, last_unit, zero, total + section == 0)?;
    Some(total + section + rest).filter(|number| *number > 0 || zero)
}

/// The digit without a unit at the end of a section, where it can only be ones.
fn last_digit(digit: Option<i64>, last_unit: i64, zero: bool, alone: bool) -> Option<i64> {
    match digit {
        None => Some(0),
        Some(digit) => (zero || alone || last_unit == 10).then_some(digit),
    }
}

/// The text with every number up to 99 and every row of digits (`二〇二六`) in ASCII digits.
pub fn in_digits(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut run = String::new();
    let is_in_run = |c: char| matches!(sign(c), Some(Sign::Digit(_) | Sign::Unit(10)));
    for c in text.chars().chain(std::iter::once('\0')) {
        if is_in_run(c) {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            folded.push_str(&ascii(&run).unwrap_or_else(|| run.clone()));
            run.clear();
        }
        folded.push(c);
    }
    folded.pop();
    folded
}

fn ascii(run: &str) -> Option<String> {
    if run.chars().any(|c| matches!(sign(c), Some(Sign::Unit(_)))) {
        return number(run).map(|number| number.to_string());
    }
    let digit = |c: char| match sign(c) {
        Some(Sign::Digit(digit)) => char::from_digit(u32::try_from(digit).ok()?, 10),
        Some(Sign::Unit(_) | Sign::Section(_)) | None => None,
    };
    run.chars().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("五", 5)]
    #[case("十", 10)]
    #[case("十五", 15)]
    #[case("三十", 30)]
    #[case("二十五万", 250_000)]
    #[case("一百万", 1_000_000)]
    #[case("一百二十万", 1_200_000)]
    #[case("两千五百", 2_500)]
    #[case("三万五千", 35_000)]
    #[case("三万零五", 30_005)]
    #[case("一千零一十万", 10_100_000)]
    #[case("一亿二千万", 120_000_000)]
    #[case("壹佰贰拾万", 1_200_000)]
    #[case("壹万亿", 1_000_000_000_000)]
    #[case("壹万零伍亿零叁", 1_000_500_000_003)]
    #[case("零", 0)]
    fn numbers_as_they_are_said(#[case] text: &str, #[case] expected: i64) {
        assert_eq!(number(text), Some(expected));
    }

    #[rstest]
    #[case("")]
    #[case("百万")]
    #[case("三百五")]
    #[case("两万五")]
    #[case("三五")]
    #[case("万")]
    #[case("十百")]
    #[case("一万一亿")]
    #[case("三x")]
    fn what_could_be_two_numbers_is_none(#[case] text: &str) {
        assert_eq!(number(text), None);
    }

    #[rstest]
    #[case("二〇二六年十二月五日", "2026年12月5日")]
    #[case("三十天后", "30天后")]
    #[case("两个月后", "2个月后")]
    #[case("月底", "月底")]
    #[case("二十一号", "21号")]
    fn digits_of_days(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(in_digits(text), expected);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[零一二三十百千万亿x]{0,24}|\\PC*") {
            let _ = (number(&text), in_digits(&text));
        }
    }
}
