//! Days in a text: no line may end within one.

use crate::text::MONTHS;

/// A text in parts, each with whether it is a day.
pub fn days(text: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let (mut from, mut at, mut before) = (0, 0, ' ');
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let day = (!before.is_ascii_alphanumeric() && c.is_ascii_digit())
            .then(|| text.get(at..))
            .flatten();
        if let Some(long) = day.and_then(day_at) {
            parts.extend(text.get(from..at).map(|part| (part, false)));
            parts.extend(text.get(at..at + long).map(|part| (part, true)));
            (from, at, before) = (at + long, at + long, '0');
        } else {
            (at, before) = (at + c.len_utf8(), c);
        }
    }
    parts.extend(text.get(from..).map(|part| (part, false)));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

/// How long the day is that a text begins with: 2026-11-24, 2026年11月24日, 24 November 2026.
fn day_at(text: &str) -> Option<usize> {
    let rest = written(text).or_else(|| chinese(text)).or_else(|| english(text))?;
    let goes_on = rest.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
    (!goes_on).then(|| text.len() - rest.len())
}

fn written(text: &str) -> Option<&str> {
    let rest = digits(text, 4..=4)?.strip_prefix('-')?;
    digits(digits(rest, 2..=2)?.strip_prefix('-')?, 2..=2)
}

fn chinese(text: &str) -> Option<&str> {
    let rest = digits(text, 4..=4)?.strip_prefix('年')?;
    digits(digits(rest, 1..=2)?.strip_prefix('月')?, 1..=2)?.strip_prefix('日')
}

fn english(text: &str) -> Option<&str> {
    let rest = digits(text, 1..=2)?.strip_prefix(' ')?;
    let rest = MONTHS.iter().find_map(|month| rest.strip_prefix(month))?;
    digits(rest.strip_prefix(' ')?, 4..=4)
}

/// What follows so many digits.
fn digits(text: &str, many: std::ops::RangeInclusive<usize>) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    many.contains(&(text.len() - rest.len())).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_parted_at_its_days_and_at_nothing_like_them() {
        for (text, found) in [
            ("INV-1 of 2026-04-15, x", &["2026-04-15"][..]),
            ("（2026-04-15）和2026年4月5日前", &["2026-04-15", "2026年4月5日"]),
            ("by 24 November 2026.", &["24 November 2026"]),
            ("2026-04-15", &["2026-04-15"]),
            ("PO-2026-04-155 12026-04-15 x2026-04-15 124 May 2026 4 Mays 2026 2026-4-15", &[]),
            ("", &[]),
        ] {
            let parts = days(text);
            assert_eq!(parts.iter().map(|(part, _)| *part).collect::<String>(), text);
            let days: Vec<&str> =
                parts.iter().filter(|(_, is_day)| *is_day).map(|(part, _)| *part).collect();
            assert_eq!(days, found, "{text}");
        }
    }
}
