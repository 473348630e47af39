//! How a form looks.
//!
//! ```text
//! ┌ Record payment ─────────────────────────────────────┐
//! │ *Amount       12.5万             = ¥125,000.00      │
//! │▸*Received on  fri                = 2026-11-20 Fri   │
//! │   like 2026-12-05, 12-5, +7, fri                    │
//! │ *Method       [bank transfer] cash  card            │
//! └─────────────────────────────────────────────────────┘
//! ```

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;

use super::choice::Few;
use super::entry::{Entry, Kind, Reads, due_rule};
use super::tables::{draw_heading, draw_line, draw_mark, draw_rest};
use super::{Clickable, Form};
use crate::text::width::{clean, fit, left, width, wrap};
use crate::tui::theme::Ui;
use crate::tui::widgets::line::Line;
use crate::tui::widgets::popup::popup;
use crate::tui::widgets::scroll;
use crate::tui::widgets::text::cells;

/// Cells of a place to type in: at most, at least, and what it leaves for how it is read.
const INPUT: (u16, u16) = (28, 12);
const READ: u16 = 19;
/// Cells of the digit that takes an option.
const NUMBER: usize = 2;
/// Stands before what has the keys.
pub(super) const FOCUS: &str = "▸";

/// A row of the form's inside.
enum Row {
    /// The field at this place.
    Field(usize),
    /// A line of its table.
    Line(usize, usize),
    /// Some of its options, by their places, where they do not fit beside its label.
    Options(usize, Range<usize>),
    /// Which proposal its table shows.
    Aim(usize),
    Rest(usize),
    /// What follows from what is filled in, below it.
    Echo(String),
    /// What is doubtful about the whole.
    Doubt(String),
    /// What is wrong with it.
    Error(String),
    /// How to fill it in.
    Hint(String),
}

/// Cells of a form at most, its frame included.
pub(super) const WIDE: usize = 76;
/// Cells of a label at most.
const LABEL: usize = 20;

/// What a row is to a pointer.
const fn clickable(row: &Row) -> Option<Clickable> {
    match row {
        Row::Field(at) => Some(Clickable::Field(*at)),
        Row::Line(at, line) => Some(Clickable::Line(*at, *line)),
        Row::Options(..)
        | Row::Aim(_)
        | Row::Rest(_)
        | Row::Echo(_)
        | Row::Doubt(_)
        | Row::Error(_)
        | Row::Hint(_) => None,
    }
}

/// A complaint on as many lines as it takes.
fn error(text: &str, room: usize) -> Vec<Row> {
    let signs = std::iter::once("  ! ").chain(std::iter::repeat("    "));
    let lines = wrap(text, room.saturating_sub(4));
    let rows = signs.zip(lines);
    rows.map(|(sign, line)| Row::Error(format!("{sign}{line}"))).collect()
}

/// A doubt on as many lines as it takes.
fn doubt(text: &str, room: usize) -> Vec<Row> {
    wrap(text, room.saturating_sub(2))
        .into_iter()
        .map(|line| Row::Doubt(format!("  {line}")))
        .collect()
}

impl Form {
    /// Draws it in the middle of `within`, scrolled so that the cursor is seen, and an open list above it.
    pub fn draw(&mut self, frame: &mut Frame, within: Rect, ui: Ui) {
        let wide = WIDE.min(usize::from(within.width));
        self.room = wide.saturating_sub(4);
        let rows = self.rows();
        let doubts = self.doubts.iter().flat_map(|text| doubt(text, self.room));
        let problem = self.problem.iter().flat_map(|text| error(text, self.room));
        let problem: Vec<Row> = doubts.chain(problem).collect();
        let size = (wide, rows.len() + problem.len() + 2);
        let inside = popup(frame, within, size, &self.title, ui);
        let inside = self.draw_problem(frame, inside, &problem, ui);
        self.scroll(&rows, usize::from(inside.height));
        let visible = rows.iter().skip(self.top);
        let mut spots = Vec::new();
        for (row, y) in visible.zip(inside.top()..inside.bottom()) {
            let line = Rect { y, height: 1, ..inside };
            spots.extend(clickable(row).map(|it| (line, it)));
            spots.extend(self.draw_row(frame, line, row, ui));
        }
        let is_focused = |row: &Row| matches!(row, Row::Field(at) if *at == self.focus);
        let y = rows.iter().skip(self.top).zip(inside.rows()).find(|(row, _)| is_focused(row));
        let label = cells(self.label_cells() + 3);
        if let Some((_, line)) = y
            && let Some(Kind::Many(many)) = self.fields.get_mut(self.focus).map(|f| &mut f.kind)
            && let Some(picker) = &mut many.open
        {
            let field = Rect { x: line.x + label, width: line.width.saturating_sub(label), ..line };
            let picks = picker.draw_under(frame, within, field, ui);
            let focus = self.focus;
            spots =
                picks.into_iter().map(|(line, at)| (line, Clickable::Pick(focus, at))).collect();
        }
        self.spots = spots;
    }

    /// Where the spots of the last frame are, by their places.
    pub fn places(&self) -> Vec<(Rect, usize)> {
        self.spots.iter().enumerate().map(|(place, (area, _))| (*area, place)).collect()
    }

    /// Cells of the column of labels.
    fn label_cells(&self) -> usize {
        let labelled = self.fields.iter().filter(|f| !matches!(f.kind, Kind::Note));
        let labels = labelled.map(|field| width(&field.label)).max();
        labels.unwrap_or_default().min(LABEL)
    }

    /// The lines that the options of a choice take below its label, each as a run of places; none where all fit beside it.
    fn options(&self, few: &Few, focused: bool) -> Vec<Range<usize>> {
        let beside = self.room.saturating_sub(3 + self.label_cells());
        let numbers = if focused && few.is_numbered() { NUMBER } else { 0 };
        let cells = |option: &String| width(option) + 2 + numbers;
        if few.options.iter().map(cells).sum::<usize>() <= beside {
            return Vec::new();
        }
        let below = self.room.saturating_sub(4);
        let mut lines: Vec<Range<usize>> = Vec::new();
        let mut used = 0;
        for (at, option) in few.options.iter().enumerate() {
            match lines.last_mut() {
                Some(line) if used + cells(option) <= below => line.end = at + 1,
                _ => {
                    lines.push(at..at + 1);
                    used = 0;
                }
            }
            used += cells(option);
        }
        lines
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (at, field) in self.fields.iter().enumerate().filter(|(_, f)| f.shown) {
            rows.push(Row::Field(at));
            match &field.kind {
                Kind::Lines(lines) => {
                    rows.extend(lines.is_shared().then_some(Row::Aim(at)));
                    rows.extend((0..lines.rows.len()).map(|line| Row::Line(at, line)));
                    rows.extend(lines.is_shared().then_some(Row::Rest(at)));
                }
                Kind::Marks(marks) => {
                    rows.extend((0..marks.lines.len()).map(|line| Row::Line(at, line)));
                }
                Kind::Few(few) if at == self.focus => {
                    let lines = self.options(few, true).into_iter();
                    rows.extend(lines.map(|options| Row::Options(at, options)));
                }
                Kind::Line(..) | Kind::Few(_) | Kind::Many(_) | Kind::Note => {}
            }
            let echo = field.echo(&self.values, self.lang, self.today);
            rows.extend(echo.lines().skip(1).map(|line| Row::Echo(line.to_owned())));
            let refusal = field.error.clone().or_else(|| field.refusal(self.lang));
            if let Some(text) = refusal {
                rows.extend(error(&text, self.room));
            } else if at == self.focus {
                let hint = wrap(&self.hint(field), self.room.saturating_sub(2));
                rows.extend(hint.into_iter().map(Row::Hint));
            }
        }
        rows
    }

    fn hint(&self, field: &Entry) -> String {
        let lang = self.lang;
        if let Kind::Line(line, Reads::Rule) = &field.kind
            && let Err(error) = due_rule(line.text(), self.today)
        {
            return lang.rule_error(&error);
        }
        if !field.hint.is_empty() {
            return field.hint.clone();
        }
        let hint = match field.kind {
            Kind::Line(_, Reads::Text | Reads::Number(_)) | Kind::Note => "",
            Kind::Line(_, Reads::Amount(_)) => lang.form_amount_hint(),
            Kind::Line(_, Reads::Share(..)) => lang.form_share_hint(),
            Kind::Line(_, Reads::Day(_)) => lang.form_day_hint(),
            Kind::Line(_, Reads::Rule) => lang.form_rule_hint(),
            Kind::Line(_, Reads::LateFee) => lang.form_late_fee_hint(),
            Kind::Line(_, Reads::Discount) => lang.form_discount_hint(),
            Kind::Few(_) => lang.form_choice_hint(),
            Kind::Many(_) => lang.form_pick_hint(),
            Kind::Lines(_) => lang.form_lines_hint(),
            Kind::Marks(_) => lang.form_marks_hint(),
        };
        hint.to_owned()
    }

    /// What is doubtful about the whole or wrong with it, at the bottom however far the fields are scrolled; the rest is theirs.
    fn draw_problem(&self, frame: &mut Frame, inside: Rect, problem: &[Row], ui: Ui) -> Rect {
        let parts = [Constraint::Min(1), Constraint::Max(cells(problem.len()))];
        let [fields, below] = Layout::vertical(parts).areas(inside);
        for (row, line) in problem.iter().zip(below.rows()) {
            self.draw_row(frame, line, row, ui);
        }
        fields
    }

    /// Keeps the focused field with what stands under it inside.
    fn scroll(&mut self, rows: &[Row], height: usize) {
        let lines = |field: &Entry| match &field.kind {
            Kind::Lines(lines) => Some(lines.at),
            Kind::Marks(marks) => Some(marks.at),
            Kind::Line(..) | Kind::Few(_) | Kind::Many(_) | Kind::Note => None,
        };
        let line = self.fields.get(self.focus).and_then(lines);
        let focused = |row: &Row| match (row, line) {
            (Row::Line(at, number), Some(line)) => *at == self.focus && *number == line,
            (Row::Field(at), None) => *at == self.focus,
            _ => false,
        };
        let first = rows.iter().position(focused).unwrap_or_default();
        let last = (first + 1).min(rows.len().saturating_sub(1));
        let with_last = scroll::top(self.top, last, rows.len(), height);
        self.top = scroll::top(with_last, first, rows.len(), height);
    }

    /// Draws a row, and returns the spots within it.
    fn draw_row(&self, frame: &mut Frame, line: Rect, row: &Row, ui: Ui) -> Vec<(Rect, Clickable)> {
        let theme = ui.theme;
        match row {
            Row::Field(at) => return self.draw_field(frame, line, *at, ui),
            Row::Line(at, number) => {
                let focused = *at == self.focus;
                match self.fields.get(*at).map(|field| &field.kind) {
                    Some(Kind::Lines(lines)) => {
                        draw_line(frame, line, lines, *number, focused, ui);
                    }
                    Some(Kind::Marks(marks)) => {
                        draw_mark(frame, line, marks, *number, focused, ui);
                    }
                    _ => {}
                }
            }
            Row::Options(at, options) => {
                if let Some(Kind::Few(few)) = self.fields.get(*at).map(|field| &field.kind) {
                    let area = Rect { x: line.x + 3, width: line.width.saturating_sub(3), ..line };
                    let focused = *at == self.focus;
                    let few = At { few, field: *at, numbered: focused };
                    return draw_options(frame, area, few, options.clone(), focused, ui);
                }
            }
            Row::Aim(at) => {
                if let Some(Kind::Lines(lines)) = self.fields.get(*at).map(|field| &field.kind) {
                    let aim = lines.aim(ui);
                    say(frame, line, &format!("   {aim}"), theme.dim());
                }
            }
            Row::Rest(at) => {
                if let Some(Kind::Lines(lines)) = self.fields.get(*at).map(|field| &field.kind) {
                    draw_rest(frame, line, lines, ui);
                }
            }
            Row::Echo(text) => say(frame, line, &format!("   {text}"), theme.text()),
            Row::Doubt(text) => say(frame, line, text, theme.warn()),
            Row::Error(text) => say(frame, line, text, theme.bad().patch(theme.strong())),
            Row::Hint(text) => say(frame, line, &format!("  {text}"), theme.dim()),
        }
        Vec::new()
    }

    fn draw_field(
        &self,
        frame: &mut Frame,
        line: Rect,
        at: usize,
        ui: Ui,
    ) -> Vec<(Rect, Clickable)> {
        let mut spots = Vec::new();
        let Some(field) = self.fields.get(at) else {
            return spots;
        };
        let theme = ui.theme;
        if matches!(field.kind, Kind::Note) {
            say(frame, line, &format!(" {}", field.label), theme.dim());
            return spots;
        }
        let wide = self.label_cells();
        let labels = cells(wide + 3);
        let typed = line.width.saturating_sub(labels + READ).clamp(INPUT.1, INPUT.0);
        let [label, input, echo] = Layout::horizontal([
            Constraint::Length(labels),
            Constraint::Length(typed),
            Constraint::Min(0),
        ])
        .areas(line);
        let focused = at == self.focus;
        let (sign, style) = if focused { (FOCUS, theme.key()) } else { (" ", theme.text()) };
        let mark = if field.required { "*" } else { " " };
        let text = format!("{sign}{mark}{}", left(&field.label, wide));
        frame.buffer_mut().set_string(label.x, label.y, text, style);
        let whole = Rect { width: input.width + echo.width, ..input };
        match &field.kind {
            Kind::Line(typed, reads) => {
                let area = match reads {
                    Reads::Text | Reads::Number(_) | Reads::LateFee | Reads::Discount => whole,
                    Reads::Amount(_) | Reads::Share(..) | Reads::Day(_) | Reads::Rule => input,
                };
                let fresh = focused && field.fresh;
                draw_typed(frame, area, typed, fresh, focused, ui);
            }
            Kind::Few(few) => {
                let all = 0..few.options.len();
                let fit = self.options(few, focused).is_empty();
                let shown = match few.chosen.filter(|_| !fit) {
                    Some(chosen) => chosen..chosen + 1,
                    // They stand below.
                    None if focused && !fit => 0..0,
                    None => all,
                };
                let options = At { few, field: at, numbered: focused && fit };
                spots = draw_options(frame, whole, options, shown, focused, ui);
            }
            Kind::Many(many) => {
                let pick = many.pick();
                let text = pick.map_or_else(String::new, |p| format!("{}  {}", p.text, p.aside));
                frame.buffer_mut().set_style(whole, theme.text().patch(theme.input()));
                let shown = Rect { width: whole.width.saturating_sub(3), ..whole };
                say(frame, shown, &clean(&text), Style::new());
                let end = Rect { x: whole.right().saturating_sub(2), width: 1, ..whole };
                say(frame, end, "▼", theme.dim());
            }
            Kind::Lines(lines) if lines.is_shared() => draw_heading(frame, line, lines, ui),
            Kind::Lines(_) | Kind::Marks(_) | Kind::Note => {}
        }
        let echo = Rect { x: echo.x + 1, width: echo.width.saturating_sub(1), ..echo };
        let read = field.echo(&self.values, ui.lang, self.today);
        say(frame, echo, read.lines().next().unwrap_or_default(), theme.dim());
        spots
    }
}

/// A place to type in, visible over its whole width.
pub(super) fn draw_typed(
    frame: &mut Frame,
    area: Rect,
    typed: &Line,
    fresh: bool,
    focused: bool,
    ui: Ui,
) {
    let theme = ui.theme;
    frame.buffer_mut().set_style(area, theme.text().patch(theme.input()));
    let style = if fresh { theme.selected() } else { Style::new() };
    typed.draw(frame, area, style, focused);
}

/// A choice of a few, and the place of its field.
struct At<'a> {
    few: &'a Few,
    field: usize,
    /// Whether the digits stand there that take them.
    numbered: bool,
}

/// Draws options in a row, the chosen one in brackets and the others behind the digit that takes them, and returns where
/// each stands.
fn draw_options(
    frame: &mut Frame,
    area: Rect,
    At { few, field, numbered }: At<'_>,
    shown: Range<usize>,
    focused: bool,
    ui: Ui,
) -> Vec<(Rect, Clickable)> {
    let theme = ui.theme;
    let mut spots = Vec::new();
    let mut x = area.x;
    let is_numbered = numbered && few.is_numbered();
    for (at, option) in few.options.iter().enumerate().take(shown.end).skip(shown.start) {
        let number = if is_numbered && at < 9 { format!("{} ", at + 1) } else { String::new() };
        let is_chosen = few.chosen == Some(at);
        let text =
            if is_chosen { format!("[{number}{option}]") } else { format!(" {number}{option} ") };
        let style = match (is_chosen, focused) {
            (true, true) => theme.key(),
            (true, false) | (false, true) => theme.text(),
            (false, false) => theme.dim(),
        };
        let room = usize::from(area.right().saturating_sub(x));
        let from = x;
        if at > shown.start && width(&text) > room {
            frame.buffer_mut().set_stringn(x, area.y, " …", room, theme.dim());
            break;
        }
        (x, _) = frame.buffer_mut().set_stringn(x, area.y, fit(&text, room), room, style);
        if is_numbered && !is_chosen {
            let room = room.saturating_sub(1);
            frame.buffer_mut().set_stringn(from + 1, area.y, &number, room, theme.dim());
        }
        spots.push((Rect::new(from, area.y, x - from, 1), Clickable::Option(field, at)));
    }
    spots
}

pub(super) fn say(frame: &mut Frame, area: Rect, text: &str, style: Style) {
    let text = fit(text, usize::from(area.width));
    frame.buffer_mut().set_string(area.x, area.y, &text, style);
}
