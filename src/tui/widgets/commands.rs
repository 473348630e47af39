//! Help and command palette: the rows of the binding table, narrowed by typing, run by Enter.

use super::list::RowId;
use super::picker::{Pick, Picker};
use crate::text::Lang;
use crate::tui::keymap::{self, BINDINGS, Binding, Scope};

/// The keys that work in these scopes, scope by scope.
pub fn help(scopes: &[Scope], lang: Lang) -> Picker {
    let rows = keymap::active(scopes);
    let row = |binding: &&'static Binding| {
        let title = binding.scope.title(lang);
        pick(
            binding,
            format!("{:14} {}", binding.keys_text(), binding.action.help(lang)),
            title,
        )
    };
    Picker::new(lang.act_help(), rows.iter().map(row).collect(), None)
}

/// The same by name, as commands.
pub fn palette(scopes: &[Scope], lang: Lang) -> Picker {
    let rows = keymap::active(scopes);
    let row = |binding: &&'static Binding| {
        let label = binding.action.label(lang);
        let name = format!("{label}: {}", binding.action.help(lang));
        pick(binding, name, &binding.keys_text())
    };
    Picker::new(lang.act_palette(), rows.iter().map(row).collect(), None)
}

fn pick(binding: &'static Binding, text: String, aside: &str) -> Pick {
    let at = BINDINGS
        .iter()
        .position(|other| std::ptr::eq(other, binding));
    let at = at.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1);
    Pick::new(RowId(at), text, aside)
}

/// The binding a chosen row stands for.
pub fn chosen(picker: &Picker) -> Option<&'static Binding> {
    let at = usize::try_from(picker.chosen()?.id.0).ok()?;
    BINDINGS.get(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::action::Action;
    use crate::tui::input::Key;
    use crate::tui::screens::View;

    #[test]
    fn help_shows_every_key_of_the_view() {
        for view in View::ALL {
            let mut picker = help(view.scopes(), Lang::Zh);
            let mut shown = Vec::new();
            loop {
                let binding = chosen(&picker).unwrap();
                if shown.iter().any(|known| std::ptr::eq(*known, binding)) {
                    break;
                }
                shown.push(binding);
                picker.on_action(Action::Down);
            }
            assert_eq!(shown.len(), keymap::active(view.scopes()).len(), "{view:?}");
        }
    }

    #[test]
    fn typing_finds_a_command_by_its_name_in_either_spelling() {
        for (lang, typed) in [
            (Lang::Zh, "zhanqi"),
            (Lang::Zh, "展期"),
            (Lang::En, "resch"),
        ] {
            let mut picker = palette(View::Today.scopes(), lang);
            for c in typed.chars() {
                picker.on_key(Key::Char(c));
            }
            assert_eq!(
                chosen(&picker).unwrap().action,
                Action::Reschedule,
                "{typed}"
            );
        }
    }
}
