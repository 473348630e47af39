//! A workbook's number as a person sees it.

/// Significant digits a spreadsheet keeps; what is beyond them is noise of the binary representation.
const DIGITS: usize = 15;

/// Longest run of zeros worth writing out; beyond it no amount lies.
const ZEROS: usize = 20;

/// The number in plain decimals, rounded to what a spreadsheet shows at most: `0.1 + 0.2` is `0.3`, `611365.0` is
/// `611365`.
pub fn text(value: f64) -> String {
    if !value.is_finite() {
        return "#NUM!".to_owned();
    }
    let scientific = format!("{value:.*e}", DIGITS - 1);
    plain(&scientific).unwrap_or(scientific)
}

/// `d.ddde±x` without its exponent; `None` where that would be a very long text.
fn plain(scientific: &str) -> Option<String> {
    let (mantissa, exponent) = scientific.split_once('e')?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let exponent: isize = exponent.parse().ok()?;
    let whole = exponent.checked_add(1)?;
    let zeros = |n: usize| (n <= ZEROS).then(|| "0".repeat(n));
    Some(match usize::try_from(whole) {
        Ok(whole) if whole >= digits.len() => {
            format!("{sign}{digits}{}", zeros(whole - digits.len())?)
        }
        Ok(0) => format!("{sign}0.{digits}"),
        Ok(whole) => {
            let (left, right) = digits.split_at(whole);
            format!("{sign}{left}.{right}")
        }
        Err(_) => format!("{sign}0.{}{digits}", zeros(whole.unsigned_abs())?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(1234.5, "1234.5")]
    #[case(0.1 + 0.2, "0.3")]
    #[case(611_365.0, "611365")]
    #[case(-0.0, "0")]
    #[case(-55.94, "-55.94")]
    #[case(0.005, "0.005")]
    #[case(0.5, "0.5")]
    #[case(1_234_567_890_123.45, "1234567890123.45")]
    #[case(1e20, "100000000000000000000")]
    #[case(4.35 * 100.0, "435")]
    #[case(f64::NAN, "#NUM!")]
    fn numbers_read_as_they_are_shown(#[case] value: f64, #[case] shown: &str) {
        assert_eq!(text(value), shown);
    }

    proptest! {
        #[test]
        fn cents_come_through_exactly(cents in -99_999_999_999_999_i64..=99_999_999_999_999) {
            let sign = if cents < 0 { "-" } else { "" };
            let typed = format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100);
            let shown = text(typed.parse::<f64>().unwrap());
            let typed = typed.trim_end_matches('0').trim_end_matches('.');
            prop_assert_eq!(shown, if cents == 0 { "0" } else { typed });
        }
    }
}
