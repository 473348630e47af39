//! A list of rows in columns. Only the visible rows are built; the cursor stands on a row's id, not on its place, so
//! that it stays with its row when others come and go.

use std::collections::HashSet;
use std::ops::Range;

use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::{Frame, buffer};

use crate::domain::ids::MilestoneId;
use crate::text::width;
use crate::tui::action::Action;
use crate::tui::selection::RowKey;
use crate::tui::theme::{Theme, Ui};
use crate::tui::widgets::scroll;
use crate::tui::widgets::text::{Line, cells};

mod columns;

pub use columns::Column;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    /// How it looks; the row under the cursor has its background behind it.
    pub style: Style,
    /// How its first cells look, run by run, where they look different.
    runs: Vec<(usize, Style)>,
    /// Whether it has the empty cells right of it, too, and widens no column.
    spans: bool,
}

impl Cell {
    /// A cell in a style.
    pub fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style, runs: Vec::new(), spans: false }
    }

    /// One that has the empty cells right of it, too: the rest of the line, as the last of its row.
    pub fn spanning(text: impl Into<String>, style: Style) -> Self {
        Self { spans: true, ..Self::new(text, style) }
    }

    /// Pieces that look different, from the left edge of a column of words.
    pub fn pieces(pieces: Line) -> Self {
        let runs = pieces.iter().map(|(text, style)| (width::width(text), *style)).collect();
        let text: String = pieces.into_iter().map(|(text, _)| text).collect();
        Self { runs, ..Self::plain(text) }
    }

    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Style::new())
    }

    /// Where there is nothing to show.
    pub fn none(theme: Theme) -> Self {
        Self::new("", theme.dim())
    }

    /// How many days or things there are.
    pub fn count(count: impl Into<i64>, style: Style, theme: Theme) -> Self {
        let count = count.into();
        if count > 0 { Self::new(count.to_string(), style) } else { Self::none(theme) }
    }

    /// So many days overdue.
    pub fn late(days: i64, theme: Theme) -> Self {
        Self::count(days, theme.heat(days), theme)
    }

    /// A row of one style: a heading, a total.
    pub fn row<const N: usize>(texts: [&str; N], style: Style) -> Vec<Self> {
        texts.map(|text| Self::new(text, style)).to_vec()
    }
}

/// Rows, however they are kept.
pub trait Rows {
    fn count(&self) -> usize;
    /// What the row at this place stands for; none where that is not known yet.
    fn key(&self, at: usize) -> Option<RowKey>;
    /// Whether the cursor passes over the row at this place.
    fn is_heading(&self, _at: usize) -> bool {
        false
    }

    /// Its cells, one for each column; asked for visible rows only.
    fn cells(&self, at: usize) -> Vec<Cell>;

    fn position(&self, key: RowKey) -> Option<usize> {
        (0..self.count()).find(|at| self.key(*at) == Some(key))
    }
}

/// The cursor, the marks and the scroll of one list.
#[derive(Debug, Clone, Default)]
pub struct ListState {
    selected: Option<RowKey>,
    place: usize,
    top: usize,
    height: usize,
    marks: HashSet<RowKey>,
    range: Option<RangeOf>,
    widest: Vec<usize>,
    /// The columns, the room and how many rows those widths are for.
    shape: (Vec<Column>, u16, usize),
    /// Where the titles stand that an order goes by.
    titles: Vec<(Rect, usize)>,
    /// Where the scroll bar stands, if there is one.
    track: Option<Rect>,
    /// Where each column stands, and how wide it is.
    spans: Vec<(u16, u16)>,
}

/// Rows that are marked from one to the cursor.
#[derive(Debug, Clone)]
struct RangeOf {
    from: RowKey,
    /// What was marked before.
    before: HashSet<RowKey>,
    /// It goes on as long as Shift is held.
    held: bool,
}

impl ListState {
    /// Where the cursor stands now: on its row, or where that row was if it is gone.
    pub fn at(&self, rows: &dyn Rows) -> Option<usize> {
        let last = rows.count().checked_sub(1)?;
        let Some(key) = self.selected else {
            return Some(beyond_headings(self.place.min(last), true, rows));
        };
        if self.place <= last && rows.key(self.place) == Some(key) && !rows.is_heading(self.place) {
            return Some(self.place);
        }
        let place = rows.position(key).unwrap_or(self.place.min(last));
        Some(beyond_headings(place, true, rows))
    }

    /// The row the cursor stood on in the last frame.
    pub const fn selected(&self) -> Option<RowKey> {
        self.selected
    }

    /// Puts the cursor on a row.
    pub const fn select(&mut self, key: RowKey) {
        self.selected = Some(key);
    }

    /// Puts the cursor as far down as `part` is of `whole`.
    pub fn go_to_part(&mut self, part: u16, whole: u16, rows: &dyn Rows) {
        let last = rows.count().saturating_sub(1);
        let place = last * usize::from(part.min(whole)) / usize::from(whole.max(1));
        self.go_to(beyond_headings(place, true, rows), rows);
    }

    /// Puts the cursor on a place.
    pub fn go_to(&mut self, place: usize, rows: &dyn Rows) {
        if let Some(last) = rows.count().checked_sub(1) {
            self.place = place.min(last);
            self.selected = rows.key(self.place);
        }
    }

    /// The order whose title stands here.
    pub fn order_at(&self, at: Position) -> Option<usize> {
        let mut titles = self.titles.iter();
        titles.find(|(title, _)| title.contains(at)).map(|(_, order)| *order)
    }

    /// Where the scroll bar of the last frame stands, if there is one.
    pub const fn track(&self) -> Option<Rect> {
        self.track
    }

    /// The column that stands here.
    pub fn column_at(&self, at: Position) -> Option<usize> {
        self.spans.iter().position(|(x, wide)| (*x..x + wide).contains(&at.x))
    }

    pub fn marks(&self) -> usize {
        self.marks.len()
    }

    pub fn marked_rows(&self) -> impl Iterator<Item = RowKey> {
        self.marks.iter().copied()
    }

    /// The milestones that are marked, by id.
    pub fn marked(&self) -> Vec<MilestoneId> {
        let marked = self.marks.iter().filter_map(|key| key.milestone());
        let mut marked: Vec<MilestoneId> = marked.collect();
        marked.sort_unstable();
        marked.dedup();
        marked
    }

    /// Ends a range, else drops the marks; false if there were none.
    pub fn unmark(&mut self) -> bool {
        if self.range.take().is_some_and(|range| !range.held) {
            return true;
        }
        let any = !self.marks.is_empty();
        self.marks.clear();
        any
    }

    /// Marks or unmarks the row under the cursor and goes on to the next.
    fn mark(&mut self, rows: &dyn Rows) {
        let Some(at) = self.at(rows) else {
            return;
        };
        if let Some(key) = rows.key(at)
            && !self.marks.remove(&key)
        {
            self.marks.insert(key);
        }
        self.go_to(at + 1, rows);
    }

    /// Begins a range at the row under the cursor.
    fn begin(&mut self, held: bool, rows: &dyn Rows) {
        let from = self.at(rows).and_then(|at| rows.key(at));
        self.range = from.map(|from| RangeOf { from, before: self.marks.clone(), held });
        self.extend(rows);
    }

    /// Marks what stands between where the range began and the cursor.
    fn extend(&mut self, rows: &dyn Rows) {
        let (Some(range), Some(at)) = (&self.range, self.at(rows)) else {
            return;
        };
        let from = rows.position(range.from).unwrap_or(at);
        let places = (from.min(at)..=from.max(at)).filter(|at| !rows.is_heading(*at));
        let keys = places.filter_map(|at| rows.key(at)).filter(|key| key.is_marked_in_ranges());
        self.marks = range.before.iter().copied().chain(keys).collect();
    }

    /// Moves or marks; false if the action is none of a list. What does neither ends a range.
    pub fn on_action(&mut self, action: Action, rows: &dyn Rows) -> bool {
        let moving = match action {
            Action::Mark => {
                self.range = None;
                self.mark(rows);
                return true;
            }
            Action::Range => {
                if self.range.take_if(|range| !range.held).is_none() {
                    self.begin(false, rows);
                }
                return true;
            }
            Action::RangeDown | Action::RangeUp => {
                if self.range.is_none() {
                    self.begin(true, rows);
                }
                if action == Action::RangeDown { Action::Down } else { Action::Up }
            }
            moving => {
                self.range.take_if(|range| range.held);
                moving
            }
        };
        let from = self.at(rows).unwrap_or_default();
        let to = scroll::moved(moving, from, rows.count(), self.height);
        match to {
            Some(to) => {
                self.go_to(beyond_headings(to, to > from, rows), rows);
                self.extend(rows);
            }
            None => self.range = None,
        }
        to.is_some()
    }

    /// The places seen in the last frame, or in one of this height, so that what they show can be read first. They may
    /// reach beyond the rows.
    pub fn page(&mut self, rows: &dyn Rows, height: Option<usize>) -> Range<usize> {
        let height = height.unwrap_or(self.height);
        if height == 0 {
            // Not drawn yet: the cursor's row is all that a key can ask about.
            return self.at(rows).map_or(0..0, |at| at..at + 1);
        }
        self.scroll(rows, height);
        self.top..self.top + height
    }

    /// The places whose rows are to be measured though they may not be seen, so that they can be read first.
    pub fn unmeasured(&self, columns: &[Column], area: Rect, rows: &dyn Rows) -> Range<usize> {
        let (known, wide, count) = &self.shape;
        let is_known = known == columns && (*wide, *count) == (area.width, rows.count());
        0..if is_known { 0 } else { rows.count().min(MEASURED) }
    }

    /// Measures them.
    pub fn measure(&mut self, columns: &[Column], area: Rect, rows: &dyn Rows) {
        let unmeasured = self.unmeasured(columns, area, rows);
        if unmeasured.is_empty() {
            return;
        }
        if (&*self.shape.0, self.shape.1) != (columns, area.width) {
            self.widest.clear();
        }
        self.shape = (columns.to_vec(), area.width, rows.count());
        let unseen: Vec<_> = unmeasured.map(|at| (at, rows.cells(at))).collect();
        columns::widen(&mut self.widest, columns, &unseen);
    }

    /// Scrolls as little as keeps the cursor seen.
    fn scroll(&mut self, rows: &dyn Rows, height: usize) {
        self.height = height;
        let at = self.at(rows).unwrap_or_default();
        self.place = at;
        // A row whose key is not known yet is read for this frame; until then the place holds.
        self.selected = rows.key(at).or(self.selected);
        // With the headings right above it.
        let led = (0..at).rev().take_while(|above| rows.is_heading(*above)).last();
        let top = scroll::top(self.top, led.unwrap_or(at), rows.count(), height);
        self.top = scroll::top(top, at, rows.count(), height);
    }
}

/// The nearest place that is no heading, down or up first; the place itself where all are.
fn beyond_headings(place: usize, down: bool, rows: &dyn Rows) -> usize {
    let takes = |at: &usize| !rows.is_heading(*at);
    let below = || (place..rows.count()).find(takes);
    let above = || (0..=place).rev().find(takes);
    let found = if down { below().or_else(above) } else { above().or_else(below) };
    found.unwrap_or(place)
}

/// How many rows are measured before they are seen, so that no column grows when the cursor comes to them. In a longer
/// list what may be cut is as wide as these need, and the rest as its widest texts are.
pub const MEASURED: usize = 300;

/// Cells left of the first column: the mark and the cursor's sign.
const GUTTER: u16 = 2;

/// Beside a row that is marked, and before the one under the cursor.
const MARK: &str = "▌";
const CURSOR: &str = "▸";

/// A list as it is drawn.
pub struct Table<'a> {
    pub columns: &'a [Column],
    /// Texts as wide as any of a column, where there are more rows than are measured.
    pub widest: &'a [String],
    pub rows: &'a dyn Rows,
    /// Rows at the foot that never scroll away: totals.
    pub feet: &'a [Vec<Cell>],
    /// The order it stands in, and whether that is reversed.
    pub order: (usize, bool),
    /// The column under the cursor of columns.
    pub column: Option<usize>,
    /// Whether the keys are its own.
    pub focused: bool,
}

/// Draws titles, rows and totals, and returns where each visible row can be clicked.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    table: &Table<'_>,
    state: &mut ListState,
    ui: Ui,
) -> Vec<(Rect, RowKey)> {
    let Table { columns, widest, rows, feet, order, column, focused } = *table;
    let whole = area;
    let foot = cells(feet.len()).min(area.height.saturating_sub(2));
    let area = Rect { height: area.height - foot, ..area };
    if area.height < 2 || area.width <= GUTTER {
        return Vec::new();
    }
    let height = usize::from(area.height - 1);
    state.scroll(rows, height);
    let visible = state.top..rows.count().min(state.top + height);
    let mut built: Vec<_> = visible.map(|at| (at, rows.cells(at))).collect();
    let seen = built.len();
    built.extend(feet.iter().map(|foot| (usize::MAX, foot.clone())));
    state.measure(columns, area, rows);
    let below = built.split_off(seen);
    if rows.count() <= MEASURED {
        columns::widen(&mut state.widest, columns, &built);
    } else {
        columns::widen_uncut(&mut state.widest, columns, &built);
    }
    columns::widen(&mut state.widest, columns, &below);
    columns::widen_to(&mut state.widest, widest);
    let room = area.width - GUTTER;
    let widths = columns::layout(columns, &state.widest, usize::from(room));

    let end = area.y + 1 + cells(seen);
    for ((_, foot), y) in below.iter().zip(end..whole.bottom()) {
        let line = Rect::new(area.x, y, area.width, 1);
        draw_row(frame, line, (columns, &widths), foot, ui);
    }
    state.spans = spans(area.x + GUTTER, &widths);
    let column = column.and_then(|column| state.spans.get(column)).copied();
    state.titles = draw_titles(frame, Rect { height: 1, ..area }, (columns, &widths), order, ui);
    let mut hits = Vec::new();
    for ((at, cells), y) in built.iter().zip(area.y + 1..area.bottom()) {
        let line = Rect::new(area.x, y, area.width, 1);
        let key = rows.key(*at);
        let chosen = *at == state.place;
        draw_row(frame, line, (columns, &widths), cells, ui);
        if key.is_some_and(|key| state.marks.contains(&key)) {
            frame.buffer_mut().set_string(line.x, y, MARK, ui.theme.marked());
        }
        if chosen {
            frame.buffer_mut().set_string(line.x + 1, y, CURSOR, ui.theme.accent());
            let style = if focused { ui.theme.selected() } else { ui.theme.selected_aside() };
            select(frame, line, style);
            if let Some((x, width)) = column {
                let cell = Rect { x, width, ..line };
                frame.buffer_mut().set_style(cell, ui.theme.selected_cell());
            }
        }
        hits.extend(key.map(|key| (line, key)));
    }
    let shown = Rect { y: area.y + 1, height: area.height - 1, ..area };
    state.track = scroll::bar(frame, shown, state.top, rows.count());
    hits
}

/// Shows a row as the one under the cursor. What is drawn in blocks is not reversed: it would be of another length.
fn select(frame: &mut Frame, line: Rect, style: Style) {
    let reverses = style.add_modifier.contains(Modifier::REVERSED);
    for place in line.positions() {
        let cell = frame.buffer_mut().cell_mut(place);
        let is_block = |cell: &buffer::Cell| {
            cell.symbol().starts_with(|c| matches!(c, '\u{2580}'..='\u{259f}'))
        };
        if let Some(cell) = cell.filter(|cell| !(reverses && is_block(cell))) {
            cell.set_style(style);
        }
    }
}

/// Where columns of these widths stand from `x` on; what is hidden has no width.
fn spans(x: u16, widths: &[usize]) -> Vec<(u16, u16)> {
    let mut x = x;
    let span = |wide: &usize| {
        let (start, wide) = (x, cells(*wide));
        x += if wide > 0 { wide + columns::GAP } else { 0 };
        (start, wide)
    };
    widths.iter().map(span).collect()
}

/// Draws the titles, with a sign left of the one the list goes by, and returns where those stand that it can go by.
fn draw_titles(
    frame: &mut Frame,
    line: Rect,
    (columns, widths): (&[Column], &[usize]),
    (order, reversed): (usize, bool),
    ui: Ui,
) -> Vec<(Rect, usize)> {
    let style = ui.theme.dim().patch(ui.theme.strong());
    let titles: Vec<Cell> = columns.iter().map(|of| Cell::new(of.title.clone(), style)).collect();
    draw_row(frame, line, (columns, widths), &titles, ui);
    let mut x = line.x + GUTTER;
    let mut places = Vec::new();
    for (column, wide) in columns.iter().zip(widths).filter(|(_, wide)| **wide > 0) {
        let (room, title) = (cells(*wide), cells(width::width(&column.title)));
        let start = match column.align {
            columns::Align::Left => x,
            columns::Align::Right => x + room.saturating_sub(title),
        };
        if let Some(of) = column.order {
            places.push((Rect::new(x - 1, line.y, room + 1, 1), of));
            if of == order {
                let sign = column.direction(reversed);
                let style = ui.theme.accent().remove_modifier(Modifier::DIM);
                frame.buffer_mut().set_string(start - 1, line.y, sign, style);
            }
        }
        x += room + columns::GAP;
    }
    places
}

fn draw_row(
    frame: &mut Frame,
    line: Rect,
    (columns, widths): (&[Column], &[usize]),
    row: &[Cell],
    ui: Ui,
) {
    let places = spans(line.x + GUTTER, widths);
    let end_of_span = |at: usize| {
        let behind = row.iter().zip(&places).skip(at + 1);
        let next = { behind }.find(|(cell, (_, wide))| *wide > 0 && !cell.text.is_empty());
        next.map_or(line.right(), |(_, (x, _))| x - columns::GAP)
    };
    let mut covered = line.x;
    let shown = columns.iter().zip(&places).zip(row).enumerate();
    for (at, ((column, (x, wide)), cell)) in shown.filter(|(_, ((_, (_, wide)), _))| *wide > 0) {
        if *x < covered {
            continue;
        }
        let end = if cell.spans { end_of_span(at) } else { x + wide };
        covered = end;
        let (mut x, wide) = (*x, usize::from(end.saturating_sub(*x)));
        let text = column.align.pad(&width::clean(&cell.text), wide);
        let style = ui.theme.text().patch(cell.style);
        frame.buffer_mut().set_string(x, line.y, text, style);
        for (run, style) in &cell.runs {
            let run = Rect::new(x, line.y, cells(*run).min(end - x), 1);
            frame.buffer_mut().set_style(run, *style);
            x = run.right();
        }
    }
}

#[cfg(test)]
mod tests;
