//! Typed text made comparable: one spelling for what a Chinese input method and an ASCII keyboard write differently.

/// The half-width form of a character: full-width letters, digits and punctuation become ASCII, every kind of blank a
/// plain space, and what a Chinese input method writes on the keys `.`, `<` and `>` becomes those. Character by
/// character, so that positions in the text are kept.
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => {
            // The full-width block repeats ASCII at a fixed distance.
            u32::from(c)
                .checked_sub(0xFEE0)
                .and_then(char::from_u32)
                .unwrap_or(c)
        }
        '\u{FFE5}' => '¥',
        '\u{FFE1}' => '£',
        '。' => '.',
        '《' => '<',
        '》' => '>',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201C}' | '\u{201D}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// A whole text in half-width lower case, without blanks around it.
pub fn normalize(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(|c| half_width(c).to_ascii_lowercase())
        .collect();
    folded.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_method_left_on_changes_nothing() {
        assert_eq!(normalize("　ＰＭ：ａ，“ｂ”　"), "pm:a,\"b\"");
        assert_eq!(normalize("余额》１０。５"), "余额>10.5");
        assert_eq!(normalize("￥1’000—5"), "¥1'000-5");
    }
}
