//! A choice of a few, by arrows or by spelling; and a choice of many, from a list that is searched.

use crate::domain::normalize::narrow;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::input::Key;
use crate::tui::keymap::{Keymap, Lookup, Scope};
use crate::tui::widgets::picker::{Pick, Picker};

/// A choice of a few.
pub(super) struct Few {
    pub options: Vec<String>,
    /// What else they can be spelt as, in their order, where there is anything.
    pub also: Vec<String>,
    pub chosen: Option<usize>,
    /// What was typed of an option's name since the cursor came.
    pub typed: String,
}

impl Few {
    /// Arrows go round; typing spells an option, a digit takes one by its place. What spells none stays to be seen, and
    /// is not saved.
    pub fn on_key(&mut self, key: Key) -> bool {
        let many = self.options.len();
        if many == 0 {
            return false;
        }
        if let Some(at) = self.numbered(key) {
            self.choose(at);
            return true;
        }
        if let Key::Char(c) = key
            && (c != ' ' || self.is_spelt(&format!("{} ", self.typed)))
        {
            self.spell(c);
            return true;
        }
        if self.misfit().is_some() && key == Key::Backspace {
            self.typed.pop();
            return true;
        }
        let chosen = match (key, self.chosen) {
            (Key::Right | Key::Char(' '), None) => Some(0),
            (Key::Right | Key::Char(' '), Some(at)) => Some((at + 1) % many),
            (Key::Left, None) => Some(many - 1),
            (Key::Left, Some(at)) => Some((at + many - 1) % many),
            (Key::Backspace | Key::Delete, _) => None,
            _ => return false,
        };
        self.typed.clear();
        self.chosen = chosen;
        true
    }

    /// Chooses the option at a place.
    pub fn choose(&mut self, at: usize) {
        self.typed.clear();
        self.chosen = Some(at);
    }

    /// The place a digit names, where it is no part of a name.
    fn numbered(&self, key: Key) -> Option<usize> {
        let Key::Char(c) = key else {
            return None;
        };
        let place = usize::try_from(narrow(c).to_digit(10)?).ok()?.checked_sub(1)?;
        let is_place = place < self.options.len() && self.is_numbered();
        (is_place && self.misfit().is_none()).then_some(place)
    }

    /// Whether a digit takes an option by its place: it is no part of a name.
    pub fn is_numbered(&self) -> bool {
        let named = |option: &String| option.starts_with(|c: char| c.is_ascii_digit());
        !self.options.iter().any(named)
    }

    /// Chooses the option that begins with what was typed and `c`; where none does, the next one that begins with `c`
    /// alone, so that the same letter goes round. What nothing begins with chooses nothing.
    fn spell(&mut self, c: char) {
        let begun = format!("{}{c}", self.typed);
        if !self.typed.is_empty()
            && let Some(at) = (0..self.options.len()).find(|at| self.begins(*at, &begun))
        {
            self.chosen = Some(at);
            self.typed = begun;
            return;
        }
        let many = self.options.len();
        let alone = c.to_string();
        let from = self.chosen.map_or(0, |at| at + 1);
        let mut round = (0..many).map(|by| (from + by) % many);
        let found = round.find(|at| self.begins(*at, &alone));
        // Within a word a slip of the finger must not throw the choice elsewhere.
        if found.is_some() && self.typed.chars().count() <= 1 {
            self.chosen = found;
            self.typed = alone;
        } else {
            self.typed = begun;
        }
    }

    /// Spells what is pasted, instead of what was typed.
    pub fn paste(&mut self, text: &str) {
        self.typed.clear();
        for c in text.trim().chars().take(LONGEST_NAME) {
            self.on_key(Key::Char(c));
        }
    }

    fn is_spelt(&self, typed: &str) -> bool {
        !typed.trim().is_empty() && (0..self.options.len()).any(|at| self.begins(at, typed))
    }

    /// Whether the option at a place begins like this, by any of its names.
    fn begins(&self, at: usize, typed: &str) -> bool {
        let mut names = [self.options.get(at), self.also.get(at)].into_iter().flatten();
        names.any(|name| begins(name, typed))
    }

    /// What was typed that no option begins with.
    pub fn misfit(&self) -> Option<&str> {
        Some(self.typed.as_str()).filter(|typed| !typed.is_empty() && !self.is_spelt(typed))
    }
}

/// Characters of an option's name at most.
const LONGEST_NAME: usize = 60;

/// Whether a name begins like this, as spelt or in pinyin.
fn begins(option: &str, typed: &str) -> bool {
    let needle = Needle::new(typed);
    let first: String = typed.chars().take(1).collect();
    let head: String = option.chars().take(1).collect();
    let starts = Needle::new(&first).matches(&head);
    let whole = option.to_lowercase().starts_with(&typed.to_lowercase());
    starts && (whole || !option.is_ascii() && needle.matches(option))
}

/// A choice of many.
pub(super) struct Many {
    pub picks: Vec<Pick<usize>>,
    pub chosen: Option<usize>,
    pub open: Option<Box<Picker<usize>>>,
}

impl Many {
    /// Typing opens the list, and so does Enter where something has to be picked.
    pub fn on_key(
        &mut self,
        key: Key,
        label: &str,
        required: bool,
        keymap: &'static Keymap,
    ) -> bool {
        if let Some(picker) = &mut self.open {
            match keymap.lookup(&[Scope::Popup], None, key) {
                Lookup::Found(binding) => match binding.action {
                    Action::Accept => self.accept(),
                    Action::Cancel => self.open = None,
                    other => {
                        picker.on_action(other);
                    }
                },
                Lookup::Begun | Lookup::Unbound => {
                    picker.on_key(key);
                }
            }
            return true;
        }
        match key {
            Key::Backspace | Key::Delete => {
                self.chosen = None;
                return true;
            }
            Key::Enter if !required || self.chosen.is_some() => return false,
            Key::Enter | Key::Right | Key::Char(_) => {}
            _ => return false,
        }
        let picker = self.opened(label);
        if let Key::Char(c) = key
            && c != ' '
        {
            picker.on_key(key);
        }
        true
    }

    /// Opens the list.
    pub fn show(&mut self, label: &str) {
        self.opened(label);
    }

    /// Chooses what stands at a place of what is found in the open list.
    pub fn pick_at(&mut self, place: usize) {
        if let Some(picker) = &mut self.open {
            picker.select(place);
        }
        self.accept();
    }

    fn accept(&mut self) {
        if let Some(pick) = self.open.as_ref().and_then(|picker| picker.chosen()) {
            self.chosen = Some(pick.value);
            self.open = None;
        }
    }

    /// The list, opened on what is chosen.
    fn opened(&mut self, label: &str) -> &mut Picker<usize> {
        let (picks, chosen) = (&self.picks, self.chosen);
        self.open.get_or_insert_with(|| {
            let picker = Picker::new(label, picks.clone());
            Box::new(match chosen {
                Some(chosen) => picker.at(&chosen),
                None => picker,
            })
        })
    }

    /// Searches the list for what is pasted; false if it had no room for all of it.
    pub fn paste(&mut self, text: &str, label: &str) -> bool {
        self.opened(label).paste(text)
    }

    pub fn pick(&self) -> Option<&Pick<usize>> {
        self.chosen.and_then(|at| self.picks.get(at))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const ENGLISH: [&str; 5] = ["no answer", "noted", "promised", "disputed", "refused"];
    const CHINESE: [&str; 5] = ["未接通", "已知悉", "承诺付款", "提出异议", "拒绝付款"];

    fn few(options: [&str; 5]) -> Few {
        let options = options.map(str::to_owned).to_vec();
        let also = CHINESE.map(str::to_owned).to_vec();
        Few { options, also, chosen: None, typed: String::new() }
    }

    #[rstest]
    #[case::a_word(ENGLISH, "prom", Some(2))]
    #[case::a_whole_name(ENGLISH, "promised", Some(2))]
    #[case::the_rest_of_a_word_tells_two_apart(ENGLISH, "not", Some(1))]
    #[case::another_case(ENGLISH, "REF", Some(4))]
    #[case::the_same_letter_goes_round(ENGLISH, "nn", Some(1))]
    #[case::a_slip_stays(ENGLISH, "prox", Some(2))]
    #[case::none_begins_so(ENGLISH, "x", None)]
    #[case::initials(CHINESE, "cnfk", Some(2))]
    #[case::characters(CHINESE, "拒绝", Some(4))]
    #[case::another_language(ENGLISH, "承诺", Some(2))]
    fn typing_spells_an_option(
        #[case] options: [&str; 5],
        #[case] keys: &str,
        #[case] expected: Option<usize>,
    ) {
        let mut choice = few(options);
        for c in keys.chars() {
            assert!(choice.on_key(Key::Char(c)));
        }
        assert_eq!(choice.chosen, expected);
    }

    #[test]
    fn what_spells_none_stays_to_be_mended() {
        let mut choice = few(ENGLISH);
        for c in "prox".chars() {
            choice.on_key(Key::Char(c));
        }
        assert_eq!((choice.chosen, choice.misfit()), (Some(2), Some("prox")));
        choice.on_key(Key::Backspace);
        assert_eq!((choice.chosen, choice.misfit()), (Some(2), None));
        choice.on_key(Key::Char('x'));
        choice.on_key(Key::Left);
        assert_eq!((choice.chosen, choice.misfit()), (Some(1), None));
        choice.paste("nobody");
        assert_eq!(choice.misfit(), Some("nobody"));
        choice.paste(" no answer\n");
        assert_eq!((choice.chosen, choice.misfit()), (Some(0), None));
    }

    #[rstest]
    #[case::a_place(ENGLISH, "3", Some(2))]
    #[case::of_an_input_method(CHINESE, "４", Some(3))]
    #[case::instead_of_another(CHINESE, "42", Some(1))]
    #[case::there_are_fewer(ENGLISH, "9", None)]
    #[case::there_is_no_first_before_one(ENGLISH, "0", None)]
    #[case::digits_are_names(["30", "60", "90", "180", "365"], "6", Some(1))]
    fn a_digit_takes_an_option_by_its_place(
        #[case] options: [&str; 5],
        #[case] keys: &str,
        #[case] expected: Option<usize>,
    ) {
        let mut choice = few(options);
        for c in keys.chars() {
            assert!(choice.on_key(Key::Char(c)));
        }
        assert_eq!(choice.chosen, expected);
    }

    #[test]
    fn an_arrow_begins_the_word_anew() {
        let mut choice = few(ENGLISH);
        for key in [Key::Char('p'), Key::Char('r'), Key::Left, Key::Char('r')] {
            choice.on_key(key);
        }
        assert_eq!(choice.chosen, Some(4));
    }
}
