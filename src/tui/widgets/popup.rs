//! A frame above everything else.

use ratatui::Frame;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text as styled;
use ratatui::widgets::{Block, Borders, Clear, Padding, Widget};

use crate::text::width::{fit, width};
use crate::tui::theme::Ui;
use crate::tui::widgets::text::cells;

/// Draws an empty frame of at most this size in the middle of `within` and returns its inside.
pub fn popup(frame: &mut Frame, within: Rect, size: (usize, usize), title: &str, ui: Ui) -> Rect {
    let area = centered(within, size);
    blank(area, frame.buffer_mut());
    if let Some(background) = ui.theme.background() {
        frame.buffer_mut().set_style(area, background.patch(ui.theme.text()));
    }
    let room = usize::from(area.width).saturating_sub(4);
    let block =
        pane(&fit(title, room), ui).border_style(ui.theme.focus()).padding(Padding::horizontal(1));
    let inside = block.inner(area);
    frame.render_widget(block, area);
    inside
}

/// A titled border; the caller sizes what stands inside.
pub fn pane(title: &str, ui: Ui) -> Block<'static> {
    let block = Block::new().borders(Borders::ALL).border_style(ui.theme.border());
    if title.is_empty() {
        return block;
    }
    block.title(on_frame(title, ui.theme.title(), ui))
}

/// A text that stands on a frame, and has nothing of how that looks.
pub fn on_frame(text: &str, style: Style, ui: Ui) -> styled::Line<'static> {
    let plain = Style::new().fg(Color::Reset).remove_modifier(Modifier::all());
    styled::Line::styled(format!(" {text} "), plain.patch(ui.theme.text()).patch(style))
}

/// Cells at both sides that are too few to show anything.
const SLIVERS: usize = 8;

/// Where so little is left at the sides that only slivers of what stands behind would be seen, it has the whole width.
fn centered(within: Rect, (wide, high): (usize, usize)) -> Rect {
    let left = usize::from(within.width).saturating_sub(wide);
    let wide = if left <= SLIVERS { usize::MAX } else { wide };
    let (wide, high) = (cells(wide).min(within.width), cells(high).min(within.height));
    Rect {
        x: within.x + (within.width - wide) / 2,
        y: within.y + (within.height - high) / 2,
        width: wide,
        height: high,
    }
}

/// Clears `area`, and the wide characters its left edge cuts in half: the terminal would draw them whole, over the
/// border. <https://github.com/ratatui/ratatui/issues/2526> The half its right edge leaves looks as the character did.
fn blank(area: Rect, buffer: &mut Buffer) {
    if let Some(x) = area.right().checked_sub(1) {
        for y in area.top()..area.bottom() {
            let cut = buffer.cell((x, y)).filter(|cell| width(cell.symbol()) > 1);
            if let Some(style) = cut.map(Cell::style)
                && let Some(half) = buffer.cell_mut((area.right(), y))
            {
                half.set_style(style);
            }
        }
    }
    if let Some(x) = area.x.checked_sub(1) {
        for y in area.top()..area.bottom() {
            let half = buffer.cell_mut((x, y));
            if let Some(cell) = half.filter(|cell| width(cell.symbol()) > 1) {
                cell.set_symbol(" ");
            }
        }
    }
    Clear.render(area, buffer);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{drawn, ui};
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_wide_character_under_the_edge_does_not_eat_the_border() {
        let lines = drawn(14, 3, |frame| {
            let area = frame.area();
            for y in 0..3 {
                frame.buffer_mut().set_string(0, y, "回款回款回款回", ui(Lang::Zh).theme.text());
            }
            let area = Rect { x: 3, width: 7, ..area };
            popup(frame, area, (7, 3), "", ui(Lang::Zh));
        });
        assert_eq!(lines, ["回 ┌─────┐款回", "回 │     │款回", "回 └─────┘款回"]);
    }

    #[test]
    fn it_never_leaves_the_screen() {
        let lines = drawn(10, 2, |frame| {
            let area = frame.area();
            popup(frame, area, (40, 40), "a long title", ui(Lang::En));
        });
        assert_eq!(lines, ["┌ a lon… ┐", "└────────┘"]);
    }
}
