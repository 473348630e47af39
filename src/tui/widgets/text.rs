//! Lines of text in an area.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::width::{clean, fit, left, width, wrap};

/// A text and how it looks.
pub type Styled = (String, Style);

/// A line of such texts.
pub type Line = Vec<Styled>;

/// So many cells of the screen.
pub fn cells(many: usize) -> u16 {
    u16::try_from(many).unwrap_or(u16::MAX)
}

/// Draws lines at the top, a blank at either side, and returns what is left below.
pub fn lines(lines: &[Line], frame: &mut Frame, area: Rect) -> Rect {
    within(lines, frame, area, 1)
}

/// The same over the whole width.
pub fn flush(lines: &[Line], frame: &mut Frame, area: Rect) -> Rect {
    within(lines, frame, area, 0)
}

fn within(lines: &[Line], frame: &mut Frame, area: Rect, margin: u16) -> Rect {
    let end = area.right().saturating_sub(margin);
    let mut below = area;
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        let mut x = area.x + margin;
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
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces.into_iter().filter(|piece| wide(piece) > 0) {
        match lines.last_mut() {
            Some(line) if wide(line) + gap + wide(&piece) <= room => {
                line.push((" ".repeat(gap), Style::new()));
                line.extend(piece);
            }
            _ => lines.push(piece),
        }
    }
    lines
}

/// Where such pieces stand, none of them empty: each its line, the cells before it and its own.
pub fn flowed(pieces: &[Line], gap: usize, room: usize) -> Vec<Rect> {
    let (mut x, mut y) = (0, 0);
    let place = |piece: &Line| {
        let needed = wide(piece);
        if x > 0 && x + gap + needed > room {
            (x, y) = (0, y + 1);
        }
        let from = if x > 0 { x + gap } else { 0 };
        x = from + needed;
        Rect::new(cells(from), y, cells(needed), 1)
    };
    pieces.iter().map(place).collect()
}

/// Cells of a line.
pub fn wide(line: &Line) -> usize {
    line.iter().map(|(text, _)| width(text)).sum()
}

/// Values beside their labels, in as many columns as there is room for.
pub fn pairs(pairs: &[(&str, Styled)], room: usize, label: Style) -> Vec<Line> {
    const GAP: usize = 3;
    let widths = |columns: usize| -> Vec<(usize, usize)> {
        let of = |at: usize| pairs.iter().skip(at).step_by(columns);
        let widest = |at| {
            let labels = of(at).map(|(label, _)| width(label)).max();
            let values = of(at).map(|(_, (value, _))| width(value)).max();
            (labels.unwrap_or(0), values.unwrap_or(0))
        };
        (0..columns).map(widest).collect()
    };
    let needed = |widths: &[(usize, usize)]| {
        widths.iter().map(|(label, value)| label + 1 + value + GAP).sum::<usize>()
    };
    let fitting = (1..=pairs.len()).rev().map(widths).find(|all| needed(all) <= room + GAP);
    let widths = fitting.unwrap_or_else(|| widths(1));
    if let [(named, _)] = *widths {
        let line = |(name, (value, style)): &(&str, Styled)| {
            hanging(vec![(format!("{} ", left(name, named)), label)], value, *style, room)
        };
        return pairs.iter().flat_map(line).collect();
    }
    let rows = pairs.chunks(widths.len());
    let row = |pairs: &[(&str, Styled)]| {
        let cells = pairs.iter().zip(&widths).enumerate();
        let cells = cells.flat_map(|(at, ((name, (value, style)), (named, valued)))| {
            let name = format!("{} ", left(name, *named));
            let is_last = at + 1 == pairs.len();
            let value = if is_last { value.clone() } else { left(value, valued + GAP) };
            [(name, label), (value, *style)]
        });
        cells.collect()
    };
    rows.map(row).collect()
}

/// A rule with a word in it, above the lines it is about.
pub fn heading(title: &str, room: usize, style: Style) -> Line {
    let rule = room.saturating_sub(width(title) + 4);
    vec![(format!("── {title} {}", "─".repeat(rule)), style)]
}

/// A text beside what stands before it, wrapped under itself.
pub fn hanging(first: Line, text: &str, style: Style, room: usize) -> Vec<Line> {
    let margin = first.iter().map(|(text, _)| width(text)).sum::<usize>();
    let wrapped = wrap(&clean(text), room.saturating_sub(margin).max(1));
    let mut lines: Vec<Line> = Vec::new();
    for line in wrapped {
        let mut before = if lines.is_empty() { first.clone() } else { blank(margin) };
        before.push((line, style));
        lines.push(before);
    }
    if lines.is_empty() { vec![first] } else { lines }
}

fn blank(cells: usize) -> Line {
    vec![(" ".repeat(cells), Style::new())]
}
