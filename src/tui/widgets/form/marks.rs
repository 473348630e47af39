//! A table of lines to check: which milestones a contact covers.

use crate::tui::input::Key;

#[derive(Debug, Clone)]
pub struct Mark<T> {
    pub id: T,
    pub label: String,
    /// What is shown beside it.
    pub aside: String,
    pub on: bool,
}

pub(super) struct Marks {
    pub(super) lines: Vec<Mark<()>>,
    pub(super) at: usize,
}

impl Marks {
    pub(super) fn new<T>(lines: Vec<Mark<T>>) -> Self {
        let untyped =
            |mark: Mark<T>| Mark { id: (), label: mark.label, aside: mark.aside, on: mark.on };
        Self { lines: lines.into_iter().map(untyped).collect(), at: 0 }
    }

    /// Moves between lines, or checks the one at the cursor; false if the key is for the form.
    pub(super) fn on_key(&mut self, key: Key) -> bool {
        match key {
            Key::Up if self.at > 0 => self.at -= 1,
            Key::Down if self.at + 1 < self.lines.len() => self.at += 1,
            Key::Char(' ') => self.toggle(self.at),
            _ => return false,
        }
        true
    }

    /// Checks a line, or takes that back.
    pub(super) fn toggle(&mut self, at: usize) {
        if let Some(line) = self.lines.get_mut(at) {
            line.on = !line.on;
            self.at = at;
        }
    }

    /// The cursor comes from above or from below.
    pub(super) const fn enter(&mut self, from_above: bool) {
        self.at = if from_above { 0 } else { self.lines.len().saturating_sub(1) };
    }

    /// The places of the lines that are checked.
    pub(super) fn value(&self) -> Vec<usize> {
        let on = self.lines.iter().enumerate().filter(|(_, line)| line.on);
        on.map(|(at, _)| at).collect()
    }
}
