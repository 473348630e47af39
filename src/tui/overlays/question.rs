//! A question, and what a yes does; a no goes back to what it stands on.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::error::Result;
use crate::tui::action::Action;
use crate::tui::input::Key;
use crate::tui::keymap::{self, Lookup, Scope};
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::screen::Cx;
use crate::tui::theme::Ui;
use crate::tui::widgets::confirm;

pub struct Question {
    title: String,
    text: String,
    yes: Option<Reply>,
}

impl Question {
    pub fn new(title: impl Into<String>, text: impl Into<String>, yes: Reply) -> Self {
        Self { title: title.into(), text: text.into(), yes: Some(yes) }
    }
}

impl Overlay for Question {
    fn scope(&self) -> Scope {
        Scope::Confirm
    }

    fn draw(&mut self, frame: &mut Frame, body: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        confirm::draw(frame, body, &self.title, &self.text, ui);
        Vec::new()
    }

    /// Nothing is typed here: a key of an input method left on is the narrow one.
    fn key(&mut self, key: Key, cx: &mut Cx<'_>) -> Result<Reply> {
        match keymap::lookup(&[Scope::Confirm], None, key.narrow()) {
            Lookup::Found(binding) => self.act(binding.action, cx),
            Lookup::Begun | Lookup::Unbound => Ok(Reply::Stay),
        }
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Result<Reply> {
        Ok(match action {
            Action::Yes => self.yes.take().unwrap_or(Reply::Close),
            Action::No => Reply::Close,
            _ => Reply::Stay,
        })
    }
}
