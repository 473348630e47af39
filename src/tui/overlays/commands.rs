//! The command palette: every key of the screen by name, and what has no key; found in either language and in pinyin.

use crate::config::AUTO_THEME;
use crate::text::Lang;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Binding, Scope};
use crate::tui::overlays::Choice;
use crate::tui::theme::{SHIPPED, Ui};
use crate::tui::widgets::picker::{Pick, Picker};

/// What a line of the palette does.
#[derive(Debug, Clone)]
pub enum Command {
    Key(&'static Binding),
    Lang(Lang),
    Theme(&'static str),
    /// What was said in passing.
    Messages,
}

impl Command {
    /// Its line in a language.
    fn text(&self, lang: Lang) -> String {
        match self {
            Self::Key(binding) => {
                format!("{}: {}", binding.action.label(lang), binding.action.help(lang))
            }
            Self::Lang(to) => lang.command_lang(to.pick("中文", "English")),
            Self::Theme(name) => lang.command_theme(name),
            Self::Messages => lang.command_messages().to_owned(),
        }
    }

    fn aside(&self) -> String {
        match self {
            Self::Key(binding) => binding.keys_text(),
            Self::Lang(to) => format!("lang {to}"),
            Self::Theme(name) => format!("theme {name}"),
            Self::Messages => String::new(),
        }
    }

    fn effect(&self) -> Effect {
        match self {
            Self::Key(binding) => Effect::Run(binding),
            Self::Lang(lang) => Effect::Lang(*lang),
            Self::Theme(name) => Effect::Theme(name),
            Self::Messages => Effect::Messages,
        }
    }
}

/// The commands of a screen of these scopes.
pub fn palette(scopes: &[Scope], ui: Ui) -> Picker<Command> {
    let lang = ui.lang;
    let themes = std::iter::once(AUTO_THEME).chain(SHIPPED.iter().map(|(name, _)| *name));
    let keys = ui.keymap.active(scopes).into_iter().map(Command::Key);
    let others = [Lang::Zh, Lang::En].map(Command::Lang).into_iter();
    let commands = keys.chain(others).chain(themes.map(Command::Theme)).chain([Command::Messages]);
    let row = |command: Command| {
        let (text, aside) = (command.text(lang), command.aside());
        let other = command.text(match lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        });
        Pick::new(command, text, aside).also(&other)
    };
    Picker::new(lang.act_palette(), commands.map(row).collect())
}

/// Runs the one that is chosen.
pub fn run(commands: Picker<Command>) -> Effect {
    Effect::open(Choice::new(commands, |command, _| Ok(command.effect())))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::tui::action::Action;
    use crate::tui::forms::Recording;
    use crate::tui::input::Key;
    use crate::tui::screens::TABS;
    use crate::tui::widgets::testing::ui;

    fn chosen(lang: Lang, typed: &str) -> Command {
        let mut picker = palette((TABS[0].open)().scopes(), ui(lang));
        for c in typed.chars() {
            picker.on_key(Key::Char(c));
        }
        picker.chosen().unwrap().value.clone()
    }

    #[rstest]
    #[case::pinyin(Lang::Zh, "zhanqi", Action::Record(Recording::Reschedule))]
    #[case::chinese(Lang::Zh, "展期", Action::Record(Recording::Reschedule))]
    #[case::english(Lang::En, "resch", Action::Record(Recording::Reschedule))]
    #[case::english_on_a_chinese_screen(Lang::Zh, "undo my", Action::Undo)]
    #[case::chinese_on_an_english_screen(Lang::En, "账龄：", Action::GoAging)]
    fn a_key_is_found_by_its_name(#[case] lang: Lang, #[case] typed: &str, #[case] found: Action) {
        let Command::Key(binding) = chosen(lang, typed) else {
            panic!("{typed}");
        };
        assert_eq!(binding.action, found);
    }

    #[rstest]
    #[case("theme dark", Command::Theme("dark"))]
    #[case("主题 mono", Command::Theme("mono"))]
    #[case("lang en", Command::Lang(Lang::En))]
    #[case("language zh", Command::Lang(Lang::Zh))]
    #[case("messages", Command::Messages)]
    #[case("xiaoxi", Command::Messages)]
    fn what_has_no_key_is_found_too(#[case] typed: &str, #[case] found: Command) {
        for lang in [Lang::Zh, Lang::En] {
            let (chosen, found) = (chosen(lang, typed), found.clone());
            assert_eq!(chosen.text(lang), found.text(lang));
        }
    }

    #[test]
    fn every_view_is_there() {
        for tab in TABS {
            let picker = palette((TABS[0].open)().scopes(), ui(Lang::Zh));
            let goes = |command: &Command| matches!(command, Command::Key(binding) if binding.action == tab.action);
            assert!(picker.found().any(|(_, pick)| goes(&pick.value)));
        }
    }
}
