//! How keys change a day, a choice of a few, and a choice of many.

use chrono::NaiveDate;

use crate::domain::when::{Leaning, parse_day};
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

pub(super) fn on_choice_key(options: &[String], chosen: &mut Option<usize>, key: Key) -> bool {
    let many = options.len();
    if many == 0 {
        return false;
    }
    *chosen = match (key, *chosen) {
        (Key::Right | Key::Char(' '), None) => Some(0),
        (Key::Right | Key::Char(' '), Some(at)) => Some((at + 1) % many),
        (Key::Left, None) => Some(many - 1),
        (Key::Left, Some(at)) => Some((at + many - 1) % many),
        (Key::Backspace | Key::Delete, _) => None,
        (Key::Char(c), at) => {
            // From the option after this one on, so that the same letter goes round.
            let needle = Needle::new(&c.to_string());
            let from = at.map_or(0, |at| at + 1);
            let mut round = (0..many).map(|by| (from + by) % many);
            let starts = |at: &usize| {
                let option = options.get(*at).and_then(|option| option.chars().next());
                option.is_some_and(|first| needle.matches(first.encode_utf8(&mut [0; 4])))
            };
            round.find(starts).or(at)
        }
        _ => return false,
    };
    true
}

/// A list that is not open: typing opens it, and so does Enter where something has to be picked.
pub(super) fn on_closed_key(
    (label, required): (&str, bool),
    picks: &[Pick],
    (chosen, open): (&mut Option<RowId>, &mut Option<Box<Picker>>),
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
    let mut picker = Picker::new(label, picks.to_vec(), *chosen);
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
    open: &mut Option<Box<Picker>>,
    key: Key,
) -> bool {
    let Some(picker) = open else {
        return false;
    };
    match keymap::lookup(&[Scope::Popup], None, key) {
        Lookup::Found(binding) => match binding.action {
            Action::Accept => {
                if let Some(pick) = picker.chosen() {
                    *chosen = Some(pick.id);
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
