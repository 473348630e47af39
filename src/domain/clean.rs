//! Text from outside, made harmless: what comes out neither moves a terminal's cursor nor turns its writing around.

use std::borrow::Cow;

use super::normalize::is_hidden;

/// `text` without control characters, invisible marks and changes of writing direction, trimmed, with every run of
/// white space (line breaks too) as one blank.
pub fn text(text: &str) -> Cow<'_, str> {
    // Most cells of most lists; a list has a million of them.
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !clean.is_empty() && !clean.ends_with(' ') {
                clean.push(' ');
            }
        } else if !is_hidden(c) {
            clean.push(c);
        }
    }
    clean.truncate(clean.trim_end().len());
    Cow::Owned(clean)
}

fn is_clean(text: &str) -> bool {
    let mut after_blank = true;
    for c in text.chars() {
        let is_blank = c == ' ';
        let is_plain = is_blank || c.is_ascii_graphic() || !(c.is_whitespace() || is_hidden(c));
        if !is_plain || (is_blank && after_blank) {
            return false;
        }
        after_blank = is_blank;
    }
    !after_blank || text.is_empty()
}

/// Text that stays text in Markdown, on one line. Amounts and days are left as a person reads them: a comma, and what
/// stands between two digits, means nothing there.
pub fn markdown(text: &str) -> String {
    let clean = self::text(text);
    let mut escaped = String::with_capacity(clean.len());
    for word in clean.split_whitespace() {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        let mut before = '\0';
        let mut rest = word.chars();
        while let Some(c) = rest.next() {
            let after = rest.clone().next();
            let between = before.is_ascii_digit() && after.is_some_and(|c| c.is_ascii_digit());
            let is_plain = c == ',' || (between && matches!(c, '.' | '-'));
            if c.is_ascii_punctuation() && !is_plain {
                escaped.push('\\');
            }
            escaped.push(c);
            before = c;
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("  星河科技\u{3000}", "星河科技")]
    #[case("\u{1b}[2J=cmd()", "[2J=cmd()")]
    #[case("a\r\nb\tc", "a b c")]
    #[case("上海\u{3000}\u{a0} 分公司", "上海 分公司")]
    #[case("\u{202e}evil\u{202c}\u{200f}", "evil")]
    #[case("\u{feff}P1\u{200b}\u{9b}31m", "P131m")]
    #[case("a \u{200b} b", "a b")]
    #[case(" \u{0} ", "")]
    fn acting_characters_go_and_blanks_collapse(#[case] raw: &str, #[case] clean: &str) {
        assert_eq!(text(raw), clean);
    }

    #[rstest]
    #[case("¥50,000.00", "¥50,000.00")]
    #[case("2026-10-01", "2026-10-01")]
    #[case("1. a", "1\\. a")]
    #[case("-5", "\\-5")]
    #[case("a.b-c_d", "a\\.b\\-c\\_d")]
    fn amounts_and_days_stay_as_they_are_in_markdown(#[case] raw: &str, #[case] escaped: &str) {
        assert_eq!(markdown(raw), escaped);
    }

    proptest! {
        #[test]
        fn what_is_clean_stays_as_it_is(raw in any::<String>()) {
            let once = text(&raw).into_owned();
            prop_assert!(!once.chars().any(|c| c.is_control() || is_hidden(c)));
            prop_assert_eq!(text(&once), once.as_str());
        }
    }
}
