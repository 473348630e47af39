//! Help and command palette: the rows of the binding table, narrowed by typing, run by Enter.

use crate::text::Lang;
use crate::tui::effect::Effect;
use crate::tui::keymap::{self, Binding, Scope};
use crate::tui::overlays::Choice;
use crate::tui::widgets::picker::{Pick, Picker};

type Commands = Picker<&'static Binding>;

/// The keys that work in these scopes, scope by scope.
pub fn help(scopes: &[Scope], lang: Lang) -> Commands {
    let row = |binding: &'static Binding| {
        let text = format!("{:14} {}", binding.keys_text(), binding.action.help(lang));
        Pick::new(binding, text, binding.scope.title(lang))
    };
    let rows = keymap::active(scopes).into_iter().map(row);
    Picker::new(lang.act_help(), rows.collect())
}

/// The same by name, as commands.
pub fn palette(scopes: &[Scope], lang: Lang) -> Commands {
    let row = |binding: &'static Binding| {
        let label = binding.action.label(lang);
        let name = format!("{label}: {}", binding.action.help(lang));
        Pick::new(binding, name, binding.keys_text())
    };
    let rows = keymap::active(scopes).into_iter().map(row);
    Picker::new(lang.act_palette(), rows.collect())
}

/// Runs the one that is chosen.
pub fn run(commands: Commands) -> Effect {
    Effect::open(Choice::new(commands, |binding, _| Ok(Effect::Run(binding))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::action::Action;
    use crate::tui::forms::Recording;
    use crate::tui::input::Key;
    use crate::tui::screens::TABS;

    #[test]
    fn help_shows_every_key_of_the_view() {
        for tab in TABS {
            let scopes = (tab.open)().scopes();
            let mut picker = help(scopes, Lang::Zh);
            let mut shown = Vec::new();
            loop {
                let binding = picker.chosen().unwrap().value;
                if shown.iter().any(|known| std::ptr::eq(*known, binding)) {
                    break;
                }
                shown.push(binding);
                picker.on_action(Action::Down);
            }
            assert_eq!(shown.len(), keymap::active(scopes).len());
        }
    }

    #[test]
    fn typing_finds_a_command_by_its_name_in_either_spelling() {
        for (lang, typed) in [(Lang::Zh, "zhanqi"), (Lang::Zh, "展期"), (Lang::En, "resch")] {
            let mut picker = palette((TABS[0].open)().scopes(), lang);
            for c in typed.chars() {
                picker.on_key(Key::Char(c));
            }
            let chosen = picker.chosen().unwrap().value;
            assert_eq!(chosen.action, Action::Record(Recording::Reschedule), "{typed}");
        }
    }
}
