//! The lines of a form's tables: amounts, and things to check.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};

use super::super::{Lines, Marks};
use super::say;
use crate::domain::money;
use crate::text::width::{clean, fit, right};
use crate::tui::theme::Ui;

const AMOUNT: u16 = 18;

/// Says what stands in the column before the amounts.
pub(super) fn draw_heading(frame: &mut Frame, area: Rect, ui: Ui) {
    let [_, open, _] = line_columns(area);
    let heading = right(ui.lang.form_open(), usize::from(open.width));
    say(frame, open, &heading, ui.theme.dim());
}

pub(super) fn draw_mark(
    frame: &mut Frame,
    area: Rect,
    (marks, at, focused): (&Marks, usize, bool),
    ui: Ui,
) {
    let Some(mark) = marks.lines.get(at) else {
        return;
    };
    let here = focused && marks.at == at;
    let style = if here {
        ui.theme.strong()
    } else {
        ui.theme.text()
    };
    let (sign, check) = (
        if here { ">" } else { " " },
        if mark.on { "[x]" } else { "[ ]" },
    );
    let [label, aside, amount] = line_columns(area);
    let room = usize::from(label.width).saturating_sub(7);
    let text = fit(&mark.label, room).into_owned();
    say(
        frame,
        label,
        &format!(" {sign} {check} {}", clean(&text)),
        style,
    );
    let wide = usize::from(aside.width + amount.width);
    let aside = Rect {
        width: aside.width + 1 + amount.width,
        ..aside
    };
    say(frame, aside, &right(&mark.aside, wide), ui.theme.dim());
}

pub(super) fn draw_line(
    frame: &mut Frame,
    area: Rect,
    (lines, at, focused): (&Lines, usize, bool),
    ui: Ui,
) {
    let (Some(draft), Some(typed)) = (lines.drafts.get(at), lines.typed.get(at)) else {
        return;
    };
    let theme = ui.theme;
    let here = focused && lines.at == at;
    let [label, open, input] = line_columns(area);
    let sign = if here { ">" } else { " " };
    let sign = if lines.wrong == Some(at) { "!" } else { sign };
    let text = fit(&draft.label, usize::from(label.width).saturating_sub(3)).into_owned();
    say(
        frame,
        label,
        &format!(" {sign} {}", clean(&text)),
        theme.text(),
    );
    let money = right(
        &money::format(draft.open, lines.currency),
        usize::from(open.width),
    );
    say(frame, open, &money, theme.dim());
    let style = if here { theme.strong() } else { theme.text() };
    if here {
        frame
            .buffer_mut()
            .set_style(input, Style::new().add_modifier(Modifier::UNDERLINED));
        let style = if lines.fresh { theme.selected() } else { style };
        typed.draw(frame, input, style, true);
    } else {
        let cells = usize::from(input.width).saturating_sub(1);
        say(frame, input, &right(typed.text(), cells), style);
    }
}

pub(super) fn draw_rest(frame: &mut Frame, area: Rect, lines: &Lines, ui: Ui) {
    let Some(rest) = lines.rest() else {
        return;
    };
    let theme = ui.theme;
    let style = if rest < 0 {
        theme.bad()
    } else {
        theme.strong()
    };
    let [label, _, input] = line_columns(area);
    say(frame, label, &format!("   {}", ui.lang.form_rest()), style);
    let cells = usize::from(input.width).saturating_sub(1);
    let money = money::format(rest, lines.currency);
    say(frame, input, &right(&money, cells), style);
}

fn line_columns(area: Rect) -> [Rect; 3] {
    Layout::horizontal([
        Constraint::Min(10),
        Constraint::Length(AMOUNT),
        Constraint::Length(AMOUNT),
    ])
    .spacing(1)
    .areas(area)
}
