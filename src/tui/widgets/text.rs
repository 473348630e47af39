//! Lines of text in an area.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::width::{clean, fit, width, wrap};

/// A text and how it looks.
pub type Styled = (String, Style);

/// A line of such texts.
pub type Line = Vec<Styled>;

/// Draws lines at the top and returns what is left below.
pub fn lines(lines: &[Line], frame: &mut Frame, area: Rect) -> Rect {
    let end = area.right().saturating_sub(1);
    let mut below = area;
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        let mut x = area.x + 1;
        for (text, style) in line {
            let room = usize::from(end.saturating_sub(x));
            (x, _) = frame.buffer_mut().set_stringn(x, y, fit(&clean(text), room), room, *style);
        }
        below.y += 1;
        below.height -= 1;
    }
    below
}

/// Words where rows would stand.
pub fn say(text: &str, style: Style, frame: &mut Frame, area: Rect) {
    let room = usize::from(area.width).saturating_sub(4);
    for (line, y) in wrap(text, room).iter().zip(area.top()..area.bottom()) {
        frame.buffer_mut().set_string(area.x + 2, y, line, style);
    }
}

/// Pieces of text in as many lines as they take, two blanks between them; empty ones are left out.
pub fn flow(pieces: &[String], room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(line) + 2 + width(piece) <= room => {
                line.push_str("  ");
                line.push_str(piece);
            }
            _ => lines.push(piece.clone()),
        }
    }
    lines
}
