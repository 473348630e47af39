//! A question, and what a yes does; a no goes back to what it stands on.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::error::Result;
use crate::text::width::{width, wrap};
use crate::tui::action::Action;
use crate::tui::input::Key;
use crate::tui::keymap::{Lookup, Scope};
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::screen::Cx;
use crate::tui::theme::Ui;
use crate::tui::widgets::popup::popup;
use crate::tui::widgets::text::cells;

/// Cells of its lines at most.
const WIDE: usize = 56;

const ANSWERS: [Action; 2] = [Action::Yes, Action::No];
/// Blanks between them.
const GAP: usize = 3;

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
        let answers = ANSWERS.map(|answer| {
            let key = ui.key(answer);
            format!("{key} {}", answer.label(ui.lang))
        });
        let mut lines = wrap(&self.text, WIDE);
        lines.extend([String::new(), answers.join(&" ".repeat(GAP))]);
        let wide = lines.iter().map(|line| width(line)).max().unwrap_or_default();
        let wide = wide.max(width(&self.title) + 2);
        let inside = popup(frame, body, (wide + 4, lines.len() + 2), &self.title, ui);
        for (line, y) in lines.iter().zip(inside.top()..inside.bottom()) {
            frame.buffer_mut().set_string(inside.x, y, line, ui.theme.text());
        }
        let y = inside.y + cells(lines.len()).saturating_sub(1);
        let mut x = inside.x;
        let place = |answer: &String| {
            let place = Rect::new(x, y, cells(width(answer)), 1);
            x = place.right() + cells(GAP);
            place
        };
        let places: Vec<Rect> = answers.iter().map(place).collect();
        places.into_iter().map(|place| place.intersection(inside)).zip(0..).collect()
    }

    fn click(&mut self, place: usize, cx: &mut Cx<'_>) -> Result<Reply> {
        ANSWERS.get(place).map_or(Ok(Reply::Stay), |answer| self.act(*answer, cx))
    }

    /// Nothing is typed here: a key of an input method left on is the narrow one.
    fn key(&mut self, key: Key, cx: &mut Cx<'_>) -> Result<Reply> {
        match cx.ui.keymap.lookup(&[Scope::Confirm], None, key.narrow()) {
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
