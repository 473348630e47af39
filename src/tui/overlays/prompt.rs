//! The line at the bottom one types into: what to find, as it is typed, or a filter, on Enter.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::error::Result;
use crate::text::width::width;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::input::Key;
use crate::tui::keymap::Scope;
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::screen::Cx;
use crate::tui::theme::Ui;
use crate::tui::widgets::line::Line;

pub enum Prompt {
    /// With what was looked for before, for Esc.
    Find {
        line: Line,
        before: String,
    },
    Filter(Line),
}

impl Prompt {
    /// A search that starts from what is looked for already.
    pub fn find(before: &str) -> Self {
        Self::Find { line: Line::new(before), before: before.to_owned() }
    }

    /// A filter that starts from the one in force.
    pub fn filter(before: &str) -> Self {
        Self::Filter(Line::new(before))
    }

    fn edit(&mut self, edit: impl FnOnce(&mut Line)) -> Reply {
        match self {
            Self::Find { line, .. } => {
                edit(line);
                Reply::Do(Effect::Find(line.text().to_owned()))
            }
            Self::Filter(line) => {
                edit(line);
                Reply::Stay
            }
        }
    }
}

impl Overlay for Prompt {
    fn scope(&self) -> Scope {
        Scope::Popup
    }

    fn draw(&mut self, _: &mut Frame, _: Rect, _: Ui) -> Vec<(Rect, usize)> {
        Vec::new()
    }

    /// Behind the cursor stands an example until something is typed.
    fn draw_prompt(&self, frame: &mut Frame, area: Rect, ui: Ui) -> bool {
        let (lang, theme) = (ui.lang, ui.theme);
        let (title, example, line) = match self {
            Self::Find { line, .. } => (lang.find_title(), "", line),
            Self::Filter(line) => (lang.filter_title(), lang.filter_example(), line),
        };
        frame.buffer_mut().set_string(area.x + 1, area.y, title, theme.key());
        let used = u16::try_from(width(title) + 3).unwrap_or(u16::MAX);
        let field =
            Rect { x: area.x.saturating_add(used), width: area.width.saturating_sub(used), ..area };
        if line.text().is_empty() {
            let room = usize::from(field.width.saturating_sub(2));
            let x = field.x.saturating_add(2);
            let buffer = frame.buffer_mut();
            buffer.set_stringn(x, field.y, example, room, theme.dim());
        }
        line.draw(frame, field, theme.text(), true);
        true
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Result<Reply> {
        Ok(match (action, &*self) {
            (Action::Accept, Self::Filter(line)) => {
                Reply::Done(Effect::Filter(line.text().trim().to_owned()))
            }
            (Action::Cancel, Self::Find { before, .. }) => {
                Reply::Done(Effect::Find(before.clone()))
            }
            (Action::Accept | Action::Cancel, _) => Reply::Close,
            _ => Reply::Stay,
        })
    }

    fn typed(&mut self, key: Key) -> Reply {
        self.edit(|line| {
            line.on_key(key);
        })
    }

    fn paste(&mut self, text: &str) -> Reply {
        self.edit(|line| line.paste(text))
    }
}
