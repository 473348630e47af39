//! Help and command palette: the rows of the binding table, narrowed by typing, run by Enter.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::error::Result;
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::input::Key;
use crate::tui::keymap::{self, Binding, Scope};
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::screen::Cx;
use crate::tui::theme::Ui;
use crate::tui::widgets::picker::{Pick, Picker};

pub struct Commands(Picker<&'static Binding>);

impl Commands {
    /// The keys that work in these scopes, scope by scope.
    pub fn help(scopes: &[Scope], lang: Lang) -> Self {
        let row = |binding: &'static Binding| {
            let text = format!("{:14} {}", binding.keys_text(), binding.action.help(lang));
            Pick::new(binding, text, binding.scope.title(lang))
        };
        let rows = keymap::active(scopes).into_iter().map(row);
        Self(Picker::new(lang.act_help(), rows.collect()))
    }

    /// The same by name, as commands.
    pub fn palette(scopes: &[Scope], lang: Lang) -> Self {
        let row = |binding: &'static Binding| {
            let label = binding.action.label(lang);
            let name = format!("{label}: {}", binding.action.help(lang));
            Pick::new(binding, name, binding.keys_text())
        };
        let rows = keymap::active(scopes).into_iter().map(row);
        Self(Picker::new(lang.act_palette(), rows.collect()))
    }
}

impl Overlay for Commands {
    fn scope(&self) -> Scope {
        Scope::Popup
    }

    fn draw(&mut self, frame: &mut Frame, body: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        self.0.draw(frame, body, ui)
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Result<Reply> {
        Ok(match action {
            Action::Accept => match self.0.chosen() {
                Some(pick) => Reply::Done(Effect::Run(pick.value)),
                None => Reply::Close,
            },
            Action::Cancel => Reply::Close,
            other => {
                self.0.on_action(other);
                Reply::Stay
            }
        })
    }

    fn typed(&mut self, key: Key) -> Reply {
        self.0.on_key(key);
        Reply::Stay
    }

    fn paste(&mut self, text: &str) -> Reply {
        self.0.paste(text);
        Reply::Stay
    }

    fn click(&mut self, place: usize, cx: &mut Cx<'_>) -> Result<Reply> {
        self.0.select(place);
        self.act(Action::Accept, cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::forms::Recording;
    use crate::tui::screens::TABS;

    #[test]
    fn help_shows_every_key_of_the_view() {
        for tab in TABS {
            let scopes = (tab.open)().scopes();
            let Commands(mut picker) = Commands::help(scopes, Lang::Zh);
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
            let Commands(mut picker) = Commands::palette((TABS[0].open)().scopes(), lang);
            for c in typed.chars() {
                picker.on_key(Key::Char(c));
            }
            let chosen = picker.chosen().unwrap().value;
            assert_eq!(chosen.action, Action::Record(Recording::Reschedule), "{typed}");
        }
    }
}
