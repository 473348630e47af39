//! Lines of text in an area.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::width::{clean, fit, width, wrap};

/// A text and how it looks.
pub type Styled = (String, Style);

/// A line of such texts.
pub type Line = Vec<Styled>;

/// So many cells of the screen.
pub fn cells(many: usize) -> u16 {
    u16::try_from(many).unwrap_or(u16::MAX)
}

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

/// Texts that all look the same.
pub fn styled(texts: Vec<String>, style: Style) -> impl Iterator<Item = Line> {
    texts.into_iter().map(move |text| vec![(text, style)])
}

/// Pieces in as many lines as they take, so many blanks between them; empty ones are left out.
pub fn flow(pieces: impl IntoIterator<Item = Line>, gap: usize, room: usize) -> Vec<Line> {
    let cells = |line: &Line| line.iter().map(|(text, _)| width(text)).sum::<usize>();
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces.into_iter().filter(|piece| cells(piece) > 0) {
        match lines.last_mut() {
            Some(line) if cells(line) + gap + cells(&piece) <= room => {
                line.push((" ".repeat(gap), Style::new()));
                line.extend(piece);
            }
            _ => lines.push(piece),
        }
    }
    lines
}
