//! The whole screen: header, body, footer, and what stands above.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::{App, Hit, LEAST};
use crate::text::width::{clean, wrap};
use crate::tui::widgets::footer;
use crate::tui::widgets::header::Header;

impl App {
    /// Draws everything. What acts on a terminal instead of being seen stops here, wherever a text came from.
    pub fn draw(&mut self, frame: &mut Frame) {
        self.draw_all(frame);
        for cell in &mut frame.buffer_mut().content {
            if let Cow::Owned(harmless) = clean(cell.symbol()) {
                cell.set_symbol(&harmless);
            }
        }
    }

    fn draw_all(&mut self, frame: &mut Frame) {
        self.hits.clear();
        let area = frame.area();
        if area.width < LEAST.0 || area.height < LEAST.1 {
            self.draw_too_small(frame, area);
            return;
        }
        let [top, body, bottom] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(1),
        ])
        .areas(area);
        self.draw_header(frame, top);
        let rows = self.desk.draw(&mut self.screen, frame, body, self.ui);
        let rows = rows.into_iter().map(|(area, id)| (area, Hit::Row(id)));
        self.hits.extend(rows);
        self.draw_bottom(frame, bottom);
        self.draw_overlays(frame, body);
    }

    fn draw_too_small(&self, frame: &mut Frame, area: Rect) {
        let text = self.ui.lang.too_small(area.width, area.height);
        let lines = wrap(&text, usize::from(area.width));
        for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
            let room = usize::from(area.width);
            frame
                .buffer_mut()
                .set_stringn(area.x, y, line, room, self.ui.theme.text());
        }
    }

    fn draw_header(&mut self, frame: &mut Frame, area: Rect) {
        let header = Header {
            view: self.screen.view(),
            today: self.today,
            ledger: self.desk.name(),
        };
        let tabs = header.draw(frame, area, self.ui);
        if self.overlays.is_empty() {
            let tabs = tabs
                .into_iter()
                .map(|(area, view)| (area, Hit::Do(view.action())));
            self.hits.extend(tabs);
        }
    }

    fn draw_bottom(&mut self, frame: &mut Frame, area: Rect) {
        if let Some(overlay) = self.overlays.last_mut()
            && overlay.draw_prompt(frame, area, self.ui)
        {
            return;
        }
        if let Some(notice) = &self.notice {
            footer::notice(frame, area, notice, self.ui);
            return;
        }
        let here = self.desk.here(&mut self.screen, self.ui);
        let keys = footer::keys(frame, area, &self.scopes(), &here, self.ui);
        let keys = keys
            .into_iter()
            .map(|(area, action)| (area, Hit::Do(action)));
        self.hits.extend(keys);
    }

    fn draw_overlays(&mut self, frame: &mut Frame, body: Rect) {
        for overlay in &mut self.overlays {
            let choices = overlay.draw(frame, body, self.ui);
            let choices = choices.into_iter();
            self.hits
                .extend(choices.map(|(area, place)| (area, Hit::Pick(place))));
        }
    }
}
