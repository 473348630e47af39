//! What was said in passing, to be read again: the newest first, each whole. `y` copies the one under the cursor.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::clock;
use crate::error::Result;
use crate::text::width::{clean, width, wrap};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::input::Key;
use crate::tui::keymap::Scope;
use crate::tui::notice::Severity;
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::screen::Cx;
use crate::tui::theme::Ui;
use crate::tui::widgets::popup::popup;
use crate::tui::widgets::{footer, scroll, text};

/// How many are kept.
const KEPT: usize = 50;
/// Cells of its lines at most.
const WIDE: usize = 96;

/// What was said, the newest first.
#[derive(Debug, Clone, Default)]
pub struct Said(VecDeque<(DateTime<Utc>, Severity, String)>);

impl Said {
    pub fn add(&mut self, severity: Severity, text: &str) {
        self.0.push_front((clock::now(), severity, text.to_owned()));
        self.0.truncate(KEPT);
    }
}

pub struct Messages {
    said: Said,
    /// The message under the cursor.
    at: usize,
    top: usize,
    page: usize,
}

impl Messages {
    pub const fn new(said: Said) -> Self {
        Self { said, at: 0, top: 0, page: 1 }
    }

    /// Each line, with the message it is of.
    fn lines(&self, room: usize, ui: Ui) -> Vec<(usize, text::Line)> {
        let mut lines = Vec::new();
        for (of, (at, severity, said)) in self.said.0.iter().enumerate() {
            let (sign, style) = footer::severity(*severity, ui);
            let cursor = if of == self.at { "▸" } else { " " };
            let head = format!("{cursor}{} {sign} ", clock::local(*at).format("%H:%M"));
            let blank = " ".repeat(width(&head));
            let texts = wrap(&clean(said), room.saturating_sub(width(&head)));
            let heads = std::iter::once(head).chain(std::iter::repeat(blank));
            let each = heads.zip(texts);
            let each = each.map(|(head, text)| vec![(head, ui.theme.dim()), (text, style)]);
            lines.extend(each.map(|line| (of, line)));
        }
        lines
    }
}

impl Overlay for Messages {
    fn scope(&self) -> Scope {
        Scope::Reading
    }

    fn draw(&mut self, frame: &mut Frame, body: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        let wide = WIDE.min(usize::from(body.width).saturating_sub(4));
        let mut lines = self.lines(wide.saturating_sub(6), ui);
        if lines.is_empty() {
            lines.push((0, vec![(ui.lang.no_messages().to_owned(), ui.theme.dim())]));
        }
        let inside = popup(frame, body, (wide, lines.len() + 2), ui.lang.messages_title(), ui);
        self.page = usize::from(inside.height);
        let own = |(of, _): &(usize, text::Line)| *of == self.at;
        let (first, last) = (lines.iter().position(own), lines.iter().rposition(own));
        for line in [last, first].into_iter().flatten() {
            self.top = scroll::top(self.top, line, lines.len(), self.page);
        }
        let seen: Vec<text::Line> =
            lines.into_iter().skip(self.top).map(|(_, line)| line).collect();
        text::lines(&seen, frame, inside);
        Vec::new()
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Result<Reply> {
        if action == Action::Close {
            return Ok(Reply::Close);
        }
        let to = scroll::moved(action, self.at, self.said.0.len(), self.page);
        self.at = to.unwrap_or(self.at);
        Ok(Reply::Stay)
    }

    fn typed(&mut self, key: Key, _: &mut Cx<'_>) -> Result<Reply> {
        let chosen = self.said.0.get(self.at).filter(|_| key == Key::Char('y'));
        Ok(chosen.map_or(Reply::Stay, |(.., said)| Reply::Done(Effect::Copy(said.clone()))))
    }
}
