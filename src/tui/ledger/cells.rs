//! Cells that several views share.

use chrono::NaiveDate;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::item::Item;
use crate::domain::policy::Policy;
use crate::domain::status;
use crate::text::width::{clean, left, width, wrap};
use crate::tui::theme::Ui;
use crate::tui::widgets::list::{Align, Cell, Column};

use super::board::Canvas;
use super::show;

/// A column of words, which may be cut.
pub const fn words(title: &'static str, least: usize, rank: u8) -> Column {
    Column {
        title,
        align: Align::Left,
        least: Some(least),
        rank,
    }
}

/// A column of words that are never cut: days, codes, signs.
pub const fn whole(title: &'static str, rank: u8) -> Column {
    Column {
        title,
        align: Align::Left,
        least: None,
        rank,
    }
}

pub const fn number(title: &'static str, rank: u8) -> Column {
    Column {
        title,
        align: Align::Right,
        least: None,
        rank,
    }
}

pub fn plain(text: impl Into<String>) -> Cell {
    Cell::new(text, Style::new())
}

/// A row in one line, for the clipboard.
pub fn line(cells: &[Cell]) -> String {
    let texts = cells.iter().map(|cell| cell.text.trim());
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    texts.join("  ")
}

/// Status as sign and word, with its days.
pub fn status(item: &Item, day: NaiveDate, policy: &Policy, ui: Ui) -> Cell {
    let status = status::status(item, day, policy);
    let style = show::status_style(status, ui.theme);
    Cell::new(ui.lang.status_with_sign(status), style)
}

/// What a list is narrowed to, in at most one line.
pub fn narrowed(find: &str, filter: &str, problem: Option<&str>, ui: Ui) -> Vec<(String, Style)> {
    let lang = ui.lang;
    if let Some(problem) = problem {
        return vec![(problem.to_owned(), ui.theme.bad())];
    }
    let named = [(lang.find_title(), find), (lang.filter_title(), filter)];
    let pieces = named
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty());
    let pieces: Vec<String> = pieces
        .map(|(word, text)| format!("{word} {text}"))
        .collect();
    if pieces.is_empty() {
        return Vec::new();
    }
    vec![(pieces.join("  "), ui.theme.warn())]
}

/// Draws lines at the top and returns what is left below.
pub fn lines(lines: &[(String, Style)], canvas: &mut Canvas<'_, '_>) -> Rect {
    let area = canvas.area;
    let room = usize::from(area.width).saturating_sub(2);
    let mut below = area;
    for ((text, style), y) in lines.iter().zip(area.top()..area.bottom()) {
        let text = left(&clean(text), room);
        let buffer = canvas.frame.buffer_mut();
        buffer.set_string(area.x + 1, y, text, *style);
        below.y += 1;
        below.height -= 1;
    }
    below
}

/// Says in an empty place what to do.
pub fn teach(text: &str, area: Rect, canvas: &mut Canvas<'_, '_>) {
    let room = usize::from(area.width).saturating_sub(4);
    let style = canvas.ui.theme.dim();
    for (line, y) in wrap(text, room).iter().zip(area.top()..area.bottom()) {
        canvas
            .frame
            .buffer_mut()
            .set_string(area.x + 2, y, line, style);
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
