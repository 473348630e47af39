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
use crate::tui::widgets::text::cells;

pub struct Prompt {
    line: Line,
    /// Of a search, which is taken as it is typed: what was looked for before.
    before: Option<String>,
}

impl Prompt {
    /// A search that starts from what is looked for already.
    pub fn find(before: &str) -> Self {
        Self { line: Line::new(before), before: Some(before.to_owned()) }
    }

    /// A filter that starts from the one in force.
    pub fn filter(before: &str) -> Self {
        Self { line: Line::new(before), before: None }
    }

    fn edited(&self) -> Reply {
        match self.before {
            Some(_) => Reply::Do(Effect::Find(self.line.text().to_owned())),
            None => Reply::Stay,
        }
    }
}

impl Overlay for Prompt {
    fn scope(&self) -> Scope {
        Scope::Popup
    }

    fn dims(&self) -> bool {
        false
    }

    fn draw(&mut self, _: &mut Frame, _: Rect, _: Ui) -> Vec<(Rect, usize)> {
        Vec::new()
    }

    /// Behind the cursor stands an example until something is typed.
    fn draw_prompt(&self, frame: &mut Frame, area: Rect, ui: Ui) -> bool {
        let (lang, theme) = (ui.lang, ui.theme);
        let (title, example) = match self.before {
            Some(_) => (lang.find_title(), ""),
            None => (lang.filter_title(), lang.filter_example()),
        };
        frame.buffer_mut().set_string(area.x + 1, area.y, title, theme.key());
        let used = cells(width(title) + 3);
        let field =
            Rect { x: area.x.saturating_add(used), width: area.width.saturating_sub(used), ..area };
        if self.line.text().is_empty() {
            let room = usize::from(field.width.saturating_sub(2));
            let x = field.x.saturating_add(2);
            let buffer = frame.buffer_mut();
            buffer.set_stringn(x, field.y, example, room, theme.dim());
        }
        self.line.draw(frame, field, theme.text(), true);
        true
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Result<Reply> {
        Ok(match (action, &self.before) {
            (Action::Accept, None) => {
                Reply::Done(Effect::Filter(self.line.text().trim().to_owned()))
            }
            (Action::Cancel, Some(before)) => Reply::Done(Effect::Find(before.clone())),
            (Action::Accept | Action::Cancel, _) => Reply::Close,
            _ => Reply::Stay,
        })
    }

    fn typed(&mut self, key: Key) -> Reply {
        self.line.on_key(key);
        self.edited()
    }

    fn paste(&mut self, text: &str) -> bool {
        self.line.paste(text)
    }

    fn pasted(&mut self) -> Reply {
        self.edited()
    }
}
