//! A table of lines to check: which milestones a contact covers.

use crate::tui::input::Key;
use crate::tui::widgets::list::RowId;

#[derive(Debug, Clone)]
pub struct Mark {
    pub id: RowId,
    pub label: String,
    /// What is shown beside it.
    pub aside: String,
    pub on: bool,
}

#[derive(Debug, Clone)]
pub struct Marks {
    pub(super) lines: Vec<Mark>,
    pub(super) at: usize,
}

impl Marks {
    /// A table of these lines.
    pub const fn new(lines: Vec<Mark>) -> Self {
        Self { lines, at: 0 }
    }

    /// Moves between lines, or checks the one at the cursor; false if the key is for the form.
    pub fn on_key(&mut self, key: Key) -> bool {
        match key {
            Key::Up if self.at > 0 => self.at -= 1,
            Key::Down if self.at + 1 < self.lines.len() => self.at += 1,
            Key::Char(' ') => {
                if let Some(line) = self.lines.get_mut(self.at) {
                    line.on = !line.on;
                }
            }
            _ => return false,
        }
        true
    }

    /// The cursor comes from above or from below.
    pub const fn enter(&mut self, from_above: bool) {
        self.at = if from_above {
            0
        } else {
            self.lines.len().saturating_sub(1)
        };
    }

    pub fn value(&self) -> Vec<RowId> {
        let on = self.lines.iter().filter(|line| line.on);
        on.map(|line| line.id).collect()
    }
}
