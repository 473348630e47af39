//! What was said in passing, to be read again: the newest first, each whole.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::clock;
use crate::error::Result;
use crate::text::width::{clean, width, wrap};
use crate::tui::action::Action;
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
    top: usize,
    page: usize,
    lines: usize,
}

impl Messages {
    pub const fn new(said: Said) -> Self {
        Self { said, top: 0, page: 1, lines: 0 }
    }

    fn lines(&self, room: usize, ui: Ui) -> Vec<text::Line> {
        let mut lines = Vec::new();
        for (at, severity, said) in &self.said.0 {
            let (sign, style) = footer::severity(*severity, ui);
            let head = format!("{} {sign} ", clock::local(*at).format("%H:%M"));
            let blank = " ".repeat(width(&head));
            let heads = std::iter::once(head).chain(std::iter::repeat(blank));
            let texts = wrap(&clean(said), room.saturating_sub(width("00:00 + ")));
            let each = heads.zip(texts);
            lines.extend(each.map(|(head, text)| vec![(head, ui.theme.dim()), (text, style)]));
        }
        lines
    }
}

impl Overlay for Messages {
    fn scope(&self) -> Scope {
        Scope::Popup
    }

    fn draw(&mut self, frame: &mut Frame, body: Rect, ui: Ui) -> Vec<(Rect, usize)> {
        let wide = WIDE.min(usize::from(body.width).saturating_sub(4));
        let mut lines = self.lines(wide.saturating_sub(6), ui);
        if lines.is_empty() {
            lines.push(vec![(ui.lang.no_messages().to_owned(), ui.theme.dim())]);
        }
        let inside = popup(frame, body, (wide, lines.len() + 2), ui.lang.messages_title(), ui);
        (self.page, self.lines) = (usize::from(inside.height), lines.len());
        self.top = self.top.min(self.lines.saturating_sub(self.page));
        let seen: Vec<text::Line> = lines.into_iter().skip(self.top).collect();
        text::lines(&seen, frame, inside);
        Vec::new()
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Result<Reply> {
        if matches!(action, Action::Accept | Action::Cancel) {
            return Ok(Reply::Close);
        }
        let last = (self.lines + 1).saturating_sub(self.page);
        self.top = scroll::moved(action, self.top, last, self.page).unwrap_or(self.top);
        Ok(Reply::Stay)
    }
}
