//! What a terminal that was asked for its background (OSC 11) answers. The answer comes among the keys, letter by letter,
//! and no key may be lost for it: whatever does not go on like an answer was typed.

/// How an answer begins, without the escape.
const BEGINNING: &str = "]11;rgb:";
/// Three numbers of at most four digits, parted by slashes.
const LONGEST: usize = BEGINNING.len() + 14;

/// An answer, as far as it has come.
#[derive(Debug, Default)]
pub struct Answer(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It may be one.
    Part,
    /// The background is light, or dark.
    Light(bool),
    /// It is none.
    Other,
}

impl Answer {
    /// The next letter; a bell or a backslash ends an answer.
    pub fn hear(&mut self, letter: char) -> Heard {
        if matches!(letter, '\u{7}' | '\\') {
            return self.light().map_or(Heard::Other, Heard::Light);
        }
        self.0.push(letter);
        let fits = match self.0.strip_prefix(BEGINNING) {
            Some(color) => color.chars().all(|c| c == '/' || c.is_ascii_hexdigit()),
            None => BEGINNING.starts_with(&self.0),
        };
        if fits && self.0.len() <= LONGEST { Heard::Part } else { Heard::Other }
    }

    /// By the luminance of the colour.
    fn light(&self) -> Option<bool> {
        let mut parts = self.0.strip_prefix(BEGINNING)?.split('/');
        let mut part = || -> Option<u32> {
            let digits = parts.next()?;
            let most = 16_u32.checked_pow(u32::try_from(digits.len()).ok()?)?.checked_sub(1)?;
            let value = u32::from_str_radix(digits, 16).ok()?;
            Some(value * 1_000 / most)
        };
        let (red, green, blue) = (part()?, part()?, part()?);
        Some(2_126 * red + 7_152 * green + 722 * blue > 10_000 * 500)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn last(typed: &str) -> Heard {
        let mut answer = Answer::default();
        typed.chars().map(|letter| answer.hear(letter)).last().unwrap()
    }

    #[rstest]
    #[case("]11;rgb:ffff/ffff/ffff\\", Heard::Light(true))]
    #[case("]11;rgb:1e1e/1e1e/1e1e\u{7}", Heard::Light(false))]
    #[case("]11;rgb:fd/f6/e3\\", Heard::Light(true))]
    #[case("]11;rgb:0/2b/36\\", Heard::Light(false))]
    #[case("]11;rgb:ffff", Heard::Part)]
    #[case("]", Heard::Part)]
    #[case("]11;rgb:\\", Heard::Other)]
    #[case("]11;rgb:ffff/ffff\\", Heard::Other)]
    #[case("]11;rgb:ffff/ffff/ffff/", Heard::Other)]
    #[case("]11;rgb:red", Heard::Other)]
    #[case("]]", Heard::Other)]
    #[case("j", Heard::Other)]
    fn an_answer_is_told_from_keys(#[case] typed: &str, #[case] heard: Heard) {
        assert_eq!(last(typed), heard);
    }
}
