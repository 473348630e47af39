//! How keys change a day, a choice of a few, and a choice of many.

use chrono::NaiveDate;

use crate::domain::date_input::{Leaning, parse_day};
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::input::Key;
use crate::tui::keymap::{self, Lookup, Scope};
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::RowId;
use crate::tui::widgets::picker::{Pick, Picker};

/// Besides typing: nothing moves a day by accident, but Ctrl-n and Ctrl-p step one.
pub(super) fn on_day_key(line: &mut Line, leaning: Leaning, key: Key, today: NaiveDate) -> bool {
    let day = parse_day(line.text(), today, leaning).unwrap_or(today);
    let stepped = match key {
        Key::Ctrl('n') => day.succ_opt(),
        Key::Ctrl('p') => day.pred_opt(),
        _ => return line.on_key(key),
    };
    line.set(&stepped.unwrap_or(day).to_string());
    true
}

/// Arrows go round; typing spells an option, and `typed` keeps what was spelt so far.
pub(super) fn on_choice_key(
    options: &[String],
    chosen: &mut Option<usize>,
    typed: &mut String,
    key: Key,
) -> bool {
    let many = options.len();
    if many == 0 {
        return false;
    }
    if let Key::Char(c) = key
        && c != ' '
    {
        *chosen = spelt(options, *chosen, typed, c);
        return true;
    }
    typed.clear();
    *chosen = match (key, *chosen) {
        (Key::Right | Key::Char(' '), None) => Some(0),
        (Key::Right | Key::Char(' '), Some(at)) => Some((at + 1) % many),
        (Key::Left, None) => Some(many - 1),
        (Key::Left, Some(at)) => Some((at + many - 1) % many),
        (Key::Backspace | Key::Delete, _) => None,
        _ => return false,
    };
    true
}

/// The option that begins with what was typed and `c`; where none does, the next one that begins with `c` alone, so
/// that the same letter goes round. What nothing begins with is not taken.
fn spelt(options: &[String], chosen: Option<usize>, typed: &mut String, c: char) -> Option<usize> {
    let begun = format!("{typed}{c}");
    let longer = (!typed.is_empty()).then(|| options.iter().position(|o| begins(o, &begun)));
    if let Some(Some(at)) = longer {
        *typed = begun;
        return Some(at);
    }
    let alone = c.to_string();
    let from = chosen.map_or(0, |at| at + 1);
    let mut round = (0..options.len()).map(|by| (from + by) % options.len());
    let found = round.find(|at| options.get(*at).is_some_and(|o| begins(o, &alone)));
    // Within a word a slip of the finger must not throw the choice elsewhere.
    if found.is_none() || typed.chars().count() > 1 {
        return chosen;
    }
    *typed = alone;
    found
}

/// Whether a name begins like this, as spelt or in pinyin.
fn begins(option: &str, typed: &str) -> bool {
    let needle = Needle::new(typed);
    let first: String = typed.chars().take(1).collect();
    let head: String = option.chars().take(1).collect();
    let starts = Needle::new(&first).matches(&head);
    let whole = option.to_lowercase().starts_with(&typed.to_lowercase());
    starts && (whole || !option.is_ascii() && needle.matches(option))
}

/// A list that is not open: typing opens it, and so does Enter where something has to be picked.
pub(super) fn on_closed_key(
    (label, required): (&str, bool),
    picks: &[Pick<RowId>],
    (chosen, open): (&mut Option<RowId>, &mut Option<Box<Picker<RowId>>>),
    key: Key,
) -> bool {
    let wanted = required && chosen.is_none();
    match key {
        Key::Backspace | Key::Delete => {
            *chosen = None;
            return true;
        }
        Key::Enter if !wanted => return false,
        Key::Enter | Key::Right | Key::Char(_) => {}
        _ => return false,
    }
    let mut picker = Picker::new(label, picks.to_vec());
    if let Some(chosen) = chosen {
        picker = picker.at(chosen);
    }
    if let Key::Char(c) = key
        && c != ' '
    {
        picker.on_key(key);
    }
    *open = Some(Box::new(picker));
    true
}

pub(super) fn on_open_key(
    chosen: &mut Option<RowId>,
    open: &mut Option<Box<Picker<RowId>>>,
    key: Key,
) -> bool {
    let Some(picker) = open else {
        return false;
    };
    match keymap::lookup(&[Scope::Popup], None, key) {
        Lookup::Found(binding) => match binding.action {
            Action::Accept => {
                if let Some(pick) = picker.chosen() {
                    *chosen = Some(pick.value);
                    *open = None;
                }
            }
            Action::Cancel => *open = None,
            other => {
                picker.on_action(other);
            }
        },
        Lookup::Begun | Lookup::Unbound => {
            picker.on_key(key);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const ENGLISH: [&str; 5] = ["no answer", "noted", "promised", "disputed", "refused"];
    const CHINESE: [&str; 5] = ["未接通", "已知悉", "承诺付款", "提出异议", "拒绝付款"];

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
    fn typing_spells_an_option(
        #[case] options: [&str; 5],
        #[case] keys: &str,
        #[case] expected: Option<usize>,
    ) {
        let options = options.map(str::to_owned);
        let (mut chosen, mut typed) = (None, String::new());
        for c in keys.chars() {
            assert!(on_choice_key(
                &options,
                &mut chosen,
                &mut typed,
                Key::Char(c)
            ));
        }
        assert_eq!(chosen, expected);
    }

    #[test]
    fn an_arrow_begins_the_word_anew() {
        let options = ENGLISH.map(str::to_owned);
        let (mut chosen, mut typed) = (None, String::new());
        for key in [Key::Char('p'), Key::Char('r'), Key::Left, Key::Char('r')] {
            on_choice_key(&options, &mut chosen, &mut typed, key);
        }
        assert_eq!(chosen, Some(4));
    }
}
