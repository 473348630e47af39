//! A question with yes and no.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::popup::popup;
use crate::text::width::{width, wrap};
use crate::tui::theme::Ui;

/// Cells of a question's lines at most.
const WIDE: usize = 56;

/// Draws the question; the keys stand in the footer and below it.
pub fn draw(frame: &mut Frame, within: Rect, title: &str, question: &str, ui: Ui) {
    let mut lines = wrap(question, WIDE);
    lines.push(String::new());
    let answers = format!("y {}   n {}", ui.lang.act_yes(), ui.lang.act_no());
    lines.push(answers);
    let wide = lines.iter().map(|line| width(line)).max().unwrap_or_default();
    let wide = wide.max(width(title) + 2);
    let size = |n: usize, edge: u16| u16::try_from(n).unwrap_or(u16::MAX).saturating_add(edge);
    let inside = popup(frame, within, (size(wide, 4), size(lines.len(), 2)), title, ui);
    for (line, y) in lines.iter().zip(inside.top()..inside.bottom()) {
        frame.buffer_mut().set_string(inside.x, y, line, ui.theme.text());
    }
}
