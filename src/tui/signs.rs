//! What a cell shows in the end: the one place that knows what terminals cannot show, or show in other cells than
//! were counted.

use std::env;

use crate::text::width::width;

/// What the screen is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signs {
    /// Lines, blocks and arrows.
    #[default]
    Unicode,
    /// What stands for them on a terminal without.
    Ascii,
}

impl Signs {
    /// What a setting asks for, else what fits the terminal: the console of Linux has hardly any.
    pub fn chosen(setting: Option<&str>) -> Self {
        let term = || env::var("TERM").unwrap_or_default();
        match setting {
            Some("unicode") => Self::Unicode,
            Some("ascii") => Self::Ascii,
            _ if ["linux", "vt"].iter().any(|name| term().starts_with(name)) => Self::Ascii,
            _ => Self::Unicode,
        }
    }

    /// What stands for a sign among these; `None` where it is itself.
    pub fn stand_in(self, symbol: &str) -> Option<&'static str> {
        let mut chars = symbol.chars();
        let sign = chars.next().filter(|_| chars.next().is_none())?;
        let ascii = || STAND_INS.iter().find(|(known, _)| *known == sign);
        match self {
            Self::Ascii => ascii().map(|(_, text)| *text),
            Self::Unicode => None,
        }
    }
}

/// Each sign, and what stands for it: one cell, too.
const STAND_INS: &[(char, &str)] = &[
    // Frames and rules.
    ('─', "-"),
    ('│', "|"),
    ('┌', "+"),
    ('┐', "+"),
    ('└', "+"),
    ('┘', "+"),
    ('┼', "+"),
    // The row under the cursor, a row that is marked, the scroll bar.
    ('▸', ">"),
    ('▌', "*"),
    ('▐', "#"),
    // A box to tick in a letter.
    ('□', "_"),
    // Bars, from what is firm to what is to come.
    ('█', "#"),
    ('▇', "#"),
    ('▓', "="),
    ('▒', ":"),
    ('░', "."),
    // The lower steps of a column.
    ('▁', "_"),
    ('▂', "."),
    ('▃', "-"),
    ('▄', "="),
    ('▅', "+"),
    ('▆', "*"),
    // Orders, what goes on below, stops of a way.
    ('▲', "^"),
    ('▼', "v"),
    ('●', "*"),
    ('○', "o"),
    // Of texts: what was cut, what stands between.
    ('…', "~"),
    ('·', "-"),
    ('–', "-"),
    ('—', "-"),
    ('→', ">"),
    ('×', "x"),
    ('≥', ">"),
    ('≤', "<"),
];

const JOINER: char = '\u{200d}';

/// A character of several code points as every terminal shows it in the cells it was given, one text a cell: of an
/// emoji that is put together only the first is sure to be drawn in two cells, a flag is its letters, a mark that has
/// a cell stands in it. `None` where it is sure as it is.
pub fn sure(symbol: &str) -> Option<[String; 2]> {
    let first = symbol.chars().next()?;
    if let Some(one) = letter(first) {
        let second = symbol.chars().nth(1).and_then(letter);
        return Some([one.to_string(), second.map_or_else(String::new, String::from)]);
    }
    let changes = |c: char| {
        matches!(c, '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}')
            || c == JOINER && first >= '\u{2190}'
    };
    if !symbol.chars().skip(1).any(changes) {
        return spaced(symbol);
    }
    let alone = first.to_string();
    let cells = width(&alone);
    let alone = if cells > width(symbol) { "?".to_owned() } else { alone };
    Some([alone, String::new()])
}

/// A letter and a mark that takes a cell of its own, each in its cell.
fn spaced(symbol: &str) -> Option<[String; 2]> {
    let cells = |c: char| width(c.encode_utf8(&mut [0; 4]));
    let (at, _) = symbol.char_indices().skip(1).find(|(_, c)| cells(*c) == 1)?;
    let (letter, mark) = symbol.split_at_checked(at)?;
    (width(symbol) == 2 && width(letter) == 1).then(|| [letter.to_owned(), mark.to_owned()])
}

/// The letter of a regional indicator: two of them are a flag.
const fn letter(c: char) -> Option<char> {
    match c {
        '\u{1f1e6}'..='\u{1f1ff}' => char::from_u32(c as u32 - 0x1f1e6 + 'A' as u32),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::family("👨\u{200d}👩\u{200d}👧", Some(["👨", ""]))]
    #[case::flag("🇨🇳", Some(["C", "N"]))]
    #[case::skin("👍🏽", Some(["👍", ""]))]
    #[case::heart("❤\u{fe0f}", Some(["❤", ""]))]
    #[case::key_cap("1\u{fe0f}\u{20e3}", Some(["1", ""]))]
    #[case::accent("e\u{301}", None)]
    #[case::conjunct("क\u{94d}\u{200d}", None)]
    #[case::vowel("त\u{93e}", Some(["त", "\u{93e}"]))]
    #[case::ideograph("星", None)]
    fn what_is_put_together_is_drawn_by_its_first(
        #[case] symbol: &str,
        #[case] shown: Option<[&str; 2]>,
    ) {
        assert_eq!(sure(symbol), shown.map(|texts| texts.map(str::to_owned)));
    }

    #[test]
    fn a_stand_in_is_one_cell() {
        for (sign, text) in STAND_INS {
            assert!(text.is_ascii() && text.len() == 1, "{sign}");
        }
    }

    #[rstest]
    #[case(Some("ascii"), Signs::Ascii)]
    #[case(Some("unicode"), Signs::Unicode)]
    fn a_setting_holds(#[case] setting: Option<&str>, #[case] signs: Signs) {
        assert_eq!(Signs::chosen(setting), signs);
    }
}
