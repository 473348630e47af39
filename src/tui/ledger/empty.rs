//! Nothing to show, and what to do about it.

use ratatui::layout::Rect;

use crate::text::width::wrap;
use crate::tui::widgets::list::{Cell, RowId, Rows};

use super::board::Canvas;

pub struct NoRows;

impl Rows for NoRows {
    fn len(&self) -> usize {
        0
    }

    fn id(&self, _: usize) -> RowId {
        RowId(0)
    }

    fn cells(&self, _: usize) -> Vec<Cell> {
        Vec::new()
    }
}

/// The three ways out of an empty ledger.
pub fn teach(canvas: &mut Canvas<'_, '_>) {
    let (lang, theme) = (canvas.ui.lang, canvas.ui.theme);
    let lines = [
        (lang.empty_title(), theme.strong()),
        ("", theme.text()),
        (lang.empty_demo(), theme.text()),
        (lang.empty_import(), theme.text()),
        (lang.empty_template(), theme.dim()),
        (lang.empty_new(), theme.text()),
    ];
    let area = canvas.area;
    let top = area.y + area.height.saturating_sub(10) / 3;
    for ((text, style), y) in lines.into_iter().zip(top..area.bottom()) {
        let buffer = canvas.frame.buffer_mut();
        buffer.set_stringn(area.x + 4, y, text, usize::from(area.width) - 4, style);
    }
}

/// Words where rows would stand.
pub fn say(text: &str, area: Rect, canvas: &mut Canvas<'_, '_>) {
    let style = canvas.ui.theme.dim();
    let room = usize::from(area.width.saturating_sub(4));
    let below = area.y.saturating_add(1)..area.bottom();
    for (line, y) in wrap(text, room).iter().zip(below) {
        canvas
            .frame
            .buffer_mut()
            .set_string(area.x + 2, y, line, style);
    }
}
