//! A list of rows in columns. Only the visible rows are built; the cursor stands on a row's id, not on its place, so
//! that it stays with its row when others come and go.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState};

use crate::text::width;
use crate::tui::action::Action;
use crate::tui::theme::Ui;

mod columns;

pub use columns::{Align, Column};

/// What a row stands for, whatever happens around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId(pub i64);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    /// How it looks; the row under the cursor is reversed on top.
    pub style: Style,
}

impl Cell {
    /// A cell in a style.
    pub fn new(text: impl Into<String>, style: Style) -> Self {
        Self {
            text: text.into(),
            style,
        }
    }
}

/// Rows, however they are kept.
pub trait Rows {
    fn len(&self) -> usize;
    /// What the row at this place stands for; below [`Rows::len`].
    fn id(&self, at: usize) -> RowId;
    /// Its cells, one for each column; asked for visible rows only.
    fn cells(&self, at: usize) -> Vec<Cell>;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn position(&self, id: RowId) -> Option<usize> {
        (0..self.len()).find(|at| self.id(*at) == id)
    }
}

/// The cursor, the marks and the scroll of one list.
#[derive(Debug, Clone, Default)]
pub struct ListState {
    selected: Option<RowId>,
    place: usize,
    top: usize,
    height: usize,
    marks: BTreeSet<RowId>,
    widest: Vec<usize>,
}

impl ListState {
    /// Where the cursor stands now: on its row, or where that row was if it is gone.
    pub fn at(&self, rows: &dyn Rows) -> Option<usize> {
        let last = rows.len().checked_sub(1)?;
        let Some(id) = self.selected else {
            return Some(self.place.min(last));
        };
        if self.place <= last && rows.id(self.place) == id {
            return Some(self.place);
        }
        Some(rows.position(id).unwrap_or(self.place.min(last)))
    }

    /// The row under the cursor.
    pub fn id(&self, rows: &dyn Rows) -> Option<RowId> {
        self.at(rows).map(|at| rows.id(at))
    }

    /// Puts the cursor on a row.
    pub fn select(&mut self, id: RowId) {
        self.selected = Some(id);
    }

    /// Puts the cursor on a place.
    pub fn go_to(&mut self, place: usize, rows: &dyn Rows) {
        let Some(last) = rows.len().checked_sub(1) else {
            return;
        };
        self.place = place.min(last);
        self.selected = Some(rows.id(self.place));
    }

    pub const fn marks(&self) -> &BTreeSet<RowId> {
        &self.marks
    }

    /// Drops the marks; false if there were none.
    pub fn unmark(&mut self) -> bool {
        let any = !self.marks.is_empty();
        self.marks.clear();
        any
    }

    /// Marks or unmarks the row under the cursor and goes on to the next.
    fn mark(&mut self, rows: &dyn Rows) {
        let Some(at) = self.at(rows) else {
            return;
        };
        let id = rows.id(at);
        if !self.marks.remove(&id) {
            self.marks.insert(id);
        }
        self.go_to(at + 1, rows);
    }

    /// Moves or marks; false if the action is none of a list.
    pub fn on_action(&mut self, action: Action, rows: &dyn Rows) -> bool {
        let page = self.height.max(1);
        let (down, by) = match action {
            Action::Down => (true, 1),
            Action::Up => (false, 1),
            Action::PageDown => (true, page),
            Action::PageUp => (false, page),
            Action::HalfDown => (true, page.div_ceil(2)),
            Action::HalfUp => (false, page.div_ceil(2)),
            Action::First => (false, usize::MAX),
            Action::Last => (true, usize::MAX),
            Action::Mark => {
                self.mark(rows);
                return true;
            }
            _ => return false,
        };
        self.move_by(down, by, rows);
        true
    }

    /// Moves the cursor by so many rows.
    pub fn move_by(&mut self, down: bool, by: usize, rows: &dyn Rows) {
        if let Some(at) = self.at(rows) {
            let to = if down {
                at.saturating_add(by)
            } else {
                at.saturating_sub(by)
            };
            self.go_to(to, rows);
        }
    }

    /// The places that will be seen when so many rows are drawn, so that what they show can be read first.
    pub fn page(&mut self, rows: &dyn Rows, height: usize) -> std::ops::Range<usize> {
        self.scroll(rows, height);
        self.top..rows.len().min(self.top + height)
    }

    /// Scrolls as little as keeps the cursor seen.
    fn scroll(&mut self, rows: &dyn Rows, height: usize) {
        self.height = height;
        let at = self.at(rows).unwrap_or_default();
        self.place = at;
        self.selected = self.id(rows);
        self.top = self.top.min(rows.len().saturating_sub(height));
        if at < self.top {
            self.top = at;
        } else if at >= self.top + height {
            self.top = at + 1 - height;
        }
    }
}

/// Cells left of the first column: the cursor's sign and the mark.
const GUTTER: u16 = 2;

/// Draws titles and rows, and returns where each visible row can be clicked.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    (columns, rows): (&[Column], &dyn Rows),
    state: &mut ListState,
    how: (bool, Ui),
) -> Vec<(Rect, RowId)> {
    draw_footed(frame, area, (columns, rows, &[]), state, how)
}

/// The same, with rows at the foot that never scroll away: totals.
pub fn draw_footed(
    frame: &mut Frame,
    area: Rect,
    (columns, rows, feet): (&[Column], &dyn Rows, &[Vec<Cell>]),
    state: &mut ListState,
    (focused, ui): (bool, Ui),
) -> Vec<(Rect, RowId)> {
    let whole = area;
    let foot = cells(feet.len()).min(area.height.saturating_sub(2));
    let area = Rect {
        height: area.height - foot,
        ..area
    };
    if area.height < 2 || area.width <= GUTTER {
        return Vec::new();
    }
    let height = usize::from(area.height - 1);
    state.scroll(rows, height);
    let overflows = rows.len() > height;
    let visible = state.top..rows.len().min(state.top + height);
    let mut built: Vec<_> = visible.map(|at| (at, rows.cells(at))).collect();
    let seen = built.len();
    built.extend(feet.iter().map(|foot| (usize::MAX, foot.clone())));
    columns::widen(&mut state.widest, columns, &built);
    let below = built.split_off(seen);
    let room = area.width - GUTTER - u16::from(overflows);
    let widths = columns::layout(columns, &state.widest, usize::from(room));

    let end = area.y + 1 + cells(seen);
    for ((_, foot), y) in below.iter().zip(end..whole.bottom()) {
        let line = Rect::new(area.x, y, area.width, 1);
        draw_row(frame, line, (columns, &widths), foot, ui);
    }
    draw_titles(frame, area, columns, &widths, ui);
    let mut hits = Vec::new();
    for ((at, cells), y) in built.iter().zip(area.y + 1..area.bottom()) {
        let line = Rect::new(area.x, y, area.width - u16::from(overflows), 1);
        let id = rows.id(*at);
        let chosen = *at == state.place;
        draw_row(frame, line, (columns, &widths), cells, ui);
        let signs = [
            chosen.then_some(">"),
            state.marks.contains(&id).then_some("*"),
        ];
        for (x, sign) in (line.x..).zip(signs) {
            frame
                .buffer_mut()
                .set_string(x, y, sign.unwrap_or(" "), ui.theme.strong());
        }
        if chosen {
            let style = if focused {
                ui.theme.selected()
            } else {
                ui.theme.selected_aside()
            };
            frame.buffer_mut().set_style(line, style);
        }
        hits.push((line, id));
    }
    if overflows {
        draw_scrollbar(frame, area, state, rows.len());
    }
    hits
}

fn draw_titles(frame: &mut Frame, area: Rect, columns: &[Column], widths: &[usize], ui: Ui) {
    let mut x = area.x + GUTTER;
    for (column, wide) in columns.iter().zip(widths).filter(|(_, wide)| **wide > 0) {
        let text = column.align.pad(column.title, *wide);
        let style = ui.theme.dim().patch(ui.theme.strong());
        frame.buffer_mut().set_string(x, area.y, text, style);
        x += cells(*wide) + columns::GAP;
    }
}

fn draw_row(
    frame: &mut Frame,
    line: Rect,
    (columns, widths): (&[Column], &[usize]),
    row: &[Cell],
    ui: Ui,
) {
    let mut x = line.x + GUTTER;
    let shown = columns.iter().zip(widths).zip(row);
    for ((column, wide), cell) in shown.filter(|((_, wide), _)| **wide > 0) {
        let text = column.align.pad(&width::clean(&cell.text), *wide);
        let style = ui.theme.text().patch(cell.style);
        frame.buffer_mut().set_string(x, line.y, text, style);
        x += cells(*wide) + columns::GAP;
    }
}

fn draw_scrollbar(frame: &mut Frame, area: Rect, state: &ListState, rows: usize) {
    let track = Rect {
        y: area.y + 1,
        height: area.height - 1,
        ..area
    };
    let bar = Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .track_symbol(Some("|"))
        .thumb_symbol("#");
    // The thumb reaches the end when the last page is shown.
    let mut place = ScrollbarState::new(rows.saturating_sub(state.height).saturating_add(1))
        .viewport_content_length(state.height)
        .position(state.top);
    frame.render_stateful_widget(bar, track, &mut place);
}

fn cells(wide: usize) -> u16 {
    u16::try_from(wide).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests;
