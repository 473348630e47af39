//! How wide text stands on a terminal: measuring, cutting, padding and wrapping, by grapheme and display width.
//! Nothing else in the program counts cells.
//!
//! A cut is marked by `…`, which like the lines of a frame is one cell wide here.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::domain::normalize::is_hidden;

const CUT: &str = "…";
/// Its cells.
const CUT_CELLS: usize = 1;

/// Cells of `text`.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // Names are mostly of ideographs, none of which joins its neighbour.
    let is_ideograph = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    if text.chars().all(|c| c.is_ascii_graphic() || is_ideograph(c)) {
        return text.chars().map(|c| 1 + usize::from(is_ideograph(c))).sum();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The longest beginning of `text` of at most `cells`, and its width.
pub fn prefix(text: &str, cells: usize) -> (&str, usize) {
    let (mut end, mut used) = (0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        let wide = grapheme.width();
        if used + wide > cells {
            break;
        }
        used += wide;
        end = at + grapheme.len();
    }
    (text.get(..end).unwrap_or_default(), used)
}

/// `text` in at most `cells`; a cut ends in `…` where there is room for it.
pub fn fit(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    if cells <= CUT_CELLS + 1 {
        return Cow::Borrowed(prefix(text, cells).0);
    }
    let (kept, _) = prefix(text, cells - CUT_CELLS);
    Cow::Owned(format!("{kept}{CUT}"))
}

/// `text` on the left of exactly `cells`.
pub fn left(text: &str, cells: usize) -> String {
    let kept = fit(text, cells);
    let rest = cells.saturating_sub(width(&kept));
    format!("{kept}{:rest$}", "")
}

/// `text` on the right of exactly `cells`.
pub fn right(text: &str, cells: usize) -> String {
    let kept = fit(text, cells);
    let rest = cells.saturating_sub(width(&kept));
    format!("{:rest$}{kept}", "")
}

/// `text` in lines of at most `cells`: broken at spaces and between wide characters, inside a word only where it is
/// longer than a line. Line breaks of the text are kept; there is always at least one line.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(2);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, cells, &mut lines);
    }
    lines
}

fn wrap_paragraph(paragraph: &str, cells: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut used = 0;
    for word in words(paragraph) {
        let wide = width(word);
        if used + wide <= cells {
            line.push_str(word);
            used += wide;
            continue;
        }
        if word.trim().is_empty() {
            continue;
        }
        if used > 0 {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        let mut rest = word;
        while width(rest) > cells {
            let (head, _) = prefix(rest, cells);
            lines.push(head.to_owned());
            rest = rest.get(head.len()..).unwrap_or_default();
        }
        line.push_str(rest);
        used = width(rest);
    }
    lines.push(line.trim_end().to_owned());
}

/// The parts a line may end between: runs of narrow characters, like `2026-12-05` or `1,234.50`, stay whole, and a sign
/// that closes something stays with what stands before it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut end) = (0, 0);
    for (at, part) in text.split_word_bound_indices() {
        let before = text.get(start..end).unwrap_or_default();
        let narrow = |text: &str| !text.contains(' ') && width(text) == text.chars().count();
        let joins = !before.is_empty()
            && !before.ends_with(' ')
            && (narrow(part) && before.chars().next_back().is_some_and(is_narrow)
                || part.chars().all(closes));
        if !joins {
            words.push(before);
            start = at;
        }
        end = at + part.len();
    }
    words.push(text.get(start..end).unwrap_or_default());
    words
}

fn is_narrow(c: char) -> bool {
    c != ' ' && width(c.encode_utf8(&mut [0; 4])) == 1
}

const fn closes(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '；'
            | '：'
            | '、'
            | '）'
            | '”'
            | '》'
            | '！'
            | '？'
            | ','
            | '.'
            | ';'
            | ':'
            | ')'
            | ']'
    )
}

/// `text` without what could move the cursor or turn the reading order: control characters become a space, what else
/// is hidden goes.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let harmless = |c: char| match c {
        c if c.is_control() => Some(' '),
        c => (!is_hidden(c)).then_some(c),
    };
    Cow::Owned(text.chars().filter_map(harmless).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("", 0)]
    #[case("abc", 3)]
    #[case("星河科技", 8)]
    #[case("¥1,234.50", 9)]
    #[case("￥", 2)]
    #[case("e\u{301}", 1)]
    fn measures(#[case] text: &str, #[case] expected: usize) {
        assert_eq!(width(text), expected);
    }

    #[rstest]
    #[case("星河科技", 8, "星河科技")]
    #[case("星河科技", 7, "星河科…")]
    #[case("星河科技", 6, "星河…")]
    #[case("星河科技", 5, "星河…")]
    #[case("星河科技", 3, "星…")]
    #[case("星河科技", 2, "星")]
    #[case("星河科技", 1, "")]
    #[case("abcdef", 4, "abc…")]
    #[case("abcdef", 0, "")]
    fn a_cut_never_splits_a_character(#[case] text: &str, #[case] cells: usize, #[case] cut: &str) {
        assert_eq!(fit(text, cells), cut);
    }

    #[test]
    fn padding_counts_cells() {
        assert_eq!(left("星河", 6), "星河  ");
        assert_eq!(right("1.50", 6), "  1.50");
        assert_eq!(left("星河科技", 6), "星河… ");
    }

    #[test]
    fn lines_break_between_words_and_between_wide_characters() {
        assert_eq!(wrap("the first reminder", 10), ["the first", "reminder"]);
        assert_eq!(wrap("待客户付款", 4), ["待客", "户付", "款"]);
        assert_eq!(wrap("a\n\nb", 4), ["a", "", "b"]);
        assert_eq!(wrap("due 2026-12-05", 8), ["due", "2026-12-", "05"]);
        assert_eq!(wrap("承诺 11-20 前", 8), ["承诺", "11-20 前"]);
        assert_eq!(wrap("已付，余款", 4), ["已", "付，", "余款"]);
        assert_eq!(wrap("款到 [王敏]", 9), ["款到 [王", "敏]"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
    }

    #[test]
    fn what_could_move_the_cursor_is_cleaned() {
        assert_eq!(clean("a\u{1b}[2Jb\u{202e}c\n"), "a [2Jbc ");
        assert_eq!(clean("星河"), "星河");
    }

    proptest! {
        #[test]
        fn padded_text_is_exactly_as_wide_as_asked(text in "\\PC{0,24}", cells in 0usize..40) {
            prop_assert_eq!(width(&left(&text, cells)), cells);
            prop_assert_eq!(width(&right(&text, cells)), cells);
        }

        #[test]
        fn no_wrapped_line_is_wider_than_asked(text in "[a-z 中文款\n]{0,60}", cells in 2usize..20) {
            for line in wrap(&text, cells) {
                prop_assert!(width(&line) <= cells, "{:?}", line);
            }
        }
    }
}
