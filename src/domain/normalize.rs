//! Typed text made comparable: one spelling for what a Chinese input method and an ASCII keyboard write differently.

/// A full-width letter, digit or sign as the ASCII it repeats, and the wide blank as a space.
pub fn narrow(c: char) -> char {
    match c {
        // The block stands at a fixed distance from ASCII.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

/// The half-width form of a character: besides [`narrow`], every kind of blank is a plain space, and what a Chinese
/// input method writes on the keys `.`, `<` and `>` becomes those. Character by character, so that positions in the
/// text are kept.
pub fn half_width(c: char) -> char {
    match narrow(c) {
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

/// Characters that are not seen but act: C0 and C1 controls, direction marks, overrides and isolates, zero-width
/// blanks, interlinear and tag characters. Joiners stay: Indic scripts and emoji need them.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A whole text in half-width lower case, without blanks around it.
pub fn normalize(text: &str) -> String {
    let folded: String = text.chars().map(|c| half_width(c).to_ascii_lowercase()).collect();
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
