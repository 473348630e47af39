//! A form and the keys pressed in it, for tests.

use super::{Form, FormOutcome};
use crate::domain::change::Change;
use crate::text::Lang;
use crate::tui::input::Key;
use crate::tui::keymap::Keymap;
use crate::tui::widgets::testing::{drawn, ui};

pub struct Filled {
    pub form: Form,
    lang: Lang,
}

impl Filled {
    pub const fn new(form: Form, lang: Lang) -> Self {
        Self { form, lang }
    }

    pub fn keys(&mut self, keys: &[Key]) -> &mut Self {
        for key in keys {
            assert_eq!(self.form.on_key(*key, Keymap::shipped()), FormOutcome::Pending, "{key}");
        }
        self
    }

    pub fn types(&mut self, text: &str) -> &mut Self {
        self.keys(&text.chars().map(Key::Char).collect::<Vec<_>>())
    }

    pub fn tab(&mut self, times: usize) -> &mut Self {
        self.keys(&vec![Key::Tab; times])
    }

    /// Types into a field instead of what stands there.
    pub fn instead(&mut self, text: &str) -> &mut Self {
        self.keys(&[Key::Ctrl('u')]).types(text)
    }

    pub fn submitted(&mut self) -> Change {
        match self.form.on_key(Key::Enter, Keymap::shipped()) {
            FormOutcome::Submitted(change) => *change,
            other => panic!("{other:?}\n{}", self.shown()),
        }
    }

    /// What stands on the screen after an Enter that did not save.
    pub fn complains(&mut self) -> String {
        self.keys(&[Key::Enter]).shown()
    }

    /// What stands on a screen of 80x24.
    pub fn shown(&mut self) -> String {
        let ui = ui(self.lang);
        let mut lines = drawn(80, 24, |frame| self.form.draw(frame, frame.area(), ui));
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }
}
