//! Who is meant by an `@name` in a text.

use super::normalize::{narrow, normalize};

/// The names in a text behind an `@`: those of us, and those nobody has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mentions {
    pub known: Vec<String>,
    pub unknown: Vec<String>,
}

/// Who is meant in a text, each once, in its order. Between Chinese words there are no blanks: the longest name that
/// stands there is meant. An `@` within a Latin word is an address, and means nobody.
pub fn mentions<'n>(text: &str, people: &(impl Iterator<Item = &'n str> + Clone)) -> Mentions {
    let mut found = Mentions::default();
    let mut before = None;
    for (at, c) in text.char_indices() {
        let begins = narrow(c) == '@' && !before.is_some_and(is_address);
        before = Some(c);
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        if !begins || !rest.starts_with(char::is_alphanumeric) {
            continue;
        }
        let named = people.clone().filter(|name| stands_at(name, rest));
        let (names, name) = match named.max_by_key(|name| name.chars().count()) {
            Some(name) => (&mut found.known, name.to_owned()),
            None => (&mut found.unknown, rest.chars().take_while(|c| is_name(*c)).collect()),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    found
}

const fn is_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+')
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// Whether a text begins with this name, and no Latin word goes on behind it.
fn stands_at(name: &str, rest: &str) -> bool {
    let size = name.trim().chars().count();
    let head: String = rest.chars().take(size).collect();
    let goes_on = |c: char| c.is_ascii_alphanumeric();
    size > 0
        && normalize(&head) == normalize(name)
        && !(name.trim().ends_with(goes_on) && rest.chars().nth(size).is_some_and(goes_on))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::between_chinese("合同缺页，@王敏请补", &["王敏"], &[])]
    #[case::wide("＠王敏 请补", &["王敏"], &[])]
    #[case::the_longest("@王敏敏 看一下", &["王敏敏"], &[])]
    #[case::latin_in_any_case("@meyer: please call", &["Meyer"], &[])]
    #[case::several_once("@王敏 @Meyer @王敏", &["王敏", "Meyer"], &[])]
    #[case::nobody("@李雷，请补", &[], &["李雷"])]
    #[case::not_half_a_word("@Meyers", &[], &["Meyers"])]
    #[case::an_address("wang@example.com", &[], &[])]
    #[case::alone("@ 王敏", &[], &[])]
    #[case::at_the_end("税率 6%@", &[], &[])]
    fn names_are_found(#[case] text: &str, #[case] known: &[&str], #[case] unknown: &[&str]) {
        let people = ["王敏", "王敏敏", "Meyer"];
        let found = mentions(text, &people.into_iter());
        assert_eq!(
            (found.known.as_slice(), found.unknown.as_slice()),
            (
                known.iter().map(ToString::to_string).collect::<Vec<_>>().as_slice(),
                unknown.iter().map(ToString::to_string).collect::<Vec<_>>().as_slice(),
            )
        );
    }
}
