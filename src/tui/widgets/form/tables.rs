//! The lines of a form's tables: amounts, and things to check.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;

use super::draw::{FOCUS, draw_typed, say};
use super::lines::Lines;
use super::marks::Marks;
use crate::domain::money;
use crate::text::width::{clean, fit, right, width};
use crate::tui::theme::Ui;

/// Cells of an amount, and in a narrow form.
const AMOUNT: (u16, u16) = (18, 15);
const NARROW: u16 = 70;

/// Says what stands in the column before the amounts.
pub(super) fn draw_heading(frame: &mut Frame, area: Rect, lines: &Lines, ui: Ui) {
    let [_, open, _] = line_columns(area);
    let heading = right(lines.words(ui.lang).0, usize::from(open.width));
    say(frame, open, &heading, ui.theme.dim());
}

pub(super) fn draw_mark(
    frame: &mut Frame,
    area: Rect,
    marks: &Marks,
    at: usize,
    focused: bool,
    ui: Ui,
) {
    let Some(mark) = marks.lines.get(at) else {
        return;
    };
    let here = focused && marks.at == at;
    let sign = if here { FOCUS } else { " " };
    let check = if mark.on { "[x]" } else { "[ ]" };
    let [label, aside, amount] = line_columns(area);
    draw_label(
        frame,
        label,
        &format!(" {sign} {check} "),
        &mark.label,
        if here { ui.theme.key() } else { ui.theme.text() },
    );
    let aside = aside.union(amount);
    let text = right(&mark.aside, usize::from(aside.width) - 1);
    say(frame, aside, &text, ui.theme.dim());
}

pub(super) fn draw_line(
    frame: &mut Frame,
    area: Rect,
    lines: &Lines,
    at: usize,
    focused: bool,
    ui: Ui,
) {
    let Some(row) = lines.rows.get(at) else {
        return;
    };
    let here = focused && lines.at == at;
    let [label, open, input] = line_columns(area);
    let sign = match (lines.wrong == Some(at), here) {
        (true, _) => "!",
        (false, true) => FOCUS,
        (false, false) => " ",
    };
    let style = if here { ui.theme.key() } else { ui.theme.text() };
    draw_label(frame, label, &format!(" {sign} "), &row.label, style);
    let money = money::format(row.open, lines.currency);
    let money = right(&money, usize::from(open.width));
    say(frame, open, &money, ui.theme.dim());
    if here {
        draw_typed(frame, input, &row.typed, lines.fresh, true, ui);
    } else {
        let style = ui.theme.text().patch(ui.theme.input());
        frame.buffer_mut().set_style(input, style);
        draw_amount(frame, input, row.typed.text(), Style::new());
    }
}

pub(super) fn draw_rest(frame: &mut Frame, area: Rect, lines: &Lines, ui: Ui) {
    let Some(rest) = lines.rest() else {
        return;
    };
    let style = if rest < 0 { ui.theme.bad() } else { ui.theme.strong() };
    let [label, _, input] = line_columns(area);
    draw_label(frame, label, "   ", lines.words(ui.lang).1, style);
    draw_amount(frame, input, &money::format(rest, lines.currency), style);
}

fn draw_label(frame: &mut Frame, area: Rect, sign: &str, label: &str, style: Style) {
    let room = usize::from(area.width).saturating_sub(width(sign));
    let label = fit(label, room);
    say(frame, area, &format!("{sign}{}", clean(&label)), style);
}

/// The last cell is the cursor's while the amount is edited.
fn draw_amount(frame: &mut Frame, area: Rect, amount: &str, style: Style) {
    let cells = usize::from(area.width).saturating_sub(1);
    say(frame, area, &right(amount, cells), style);
}

fn line_columns(area: Rect) -> [Rect; 3] {
    let amount = if area.width < NARROW { AMOUNT.1 } else { AMOUNT.0 };
    Layout::horizontal([
        Constraint::Min(10),
        Constraint::Length(amount),
        Constraint::Length(amount),
    ])
    .spacing(1)
    .areas(area)
}
