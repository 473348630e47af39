//! A framed pane of lines that scrolls.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::text::width::fit;
use crate::tui::action::Action;
use crate::tui::theme::Ui;
use crate::tui::widgets::popup::pane;
use crate::tui::widgets::scroll;
use crate::tui::widgets::text::{self, Line};

#[derive(Default)]
pub struct Panel {
    title: String,
    scroll: usize,
    height: usize,
}

impl Panel {
    /// Cells of a line in an area.
    pub fn room(area: Rect) -> usize {
        usize::from(area.width).saturating_sub(4)
    }

    /// Draws lines, those of another title from their top.
    pub fn draw(
        &mut self,
        title: &str,
        lines: &[Line],
        focused: bool,
        (frame, area): (&mut Frame, Rect),
        ui: Ui,
    ) {
        if self.title != title {
            *self = Self { title: title.to_owned(), ..Self::default() };
        }
        let mut block = pane(&fit(title, Self::room(area)), ui);
        if focused {
            block = block.border_style(ui.theme.focus());
        }
        let inside = block.inner(area);
        frame.render_widget(block, area);
        self.height = usize::from(inside.height);
        self.scroll = self.scroll.min(lines.len().saturating_sub(self.height));
        text::lines(lines.get(self.scroll..).unwrap_or_default(), frame, inside);
        scroll::bar(frame, inside, self.scroll, lines.len());
    }

    /// Scrolls by an action of moving; false if the action is not for it.
    pub fn act(&mut self, action: Action) -> bool {
        match scroll::moved(action, self.scroll, usize::MAX, self.height) {
            // Drawing keeps it within the lines there are.
            Some(to) => self.scroll = to,
            // Nothing is marked where nothing is chosen.
            None => return action == Action::Mark,
        }
        true
    }
}
