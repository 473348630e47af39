//! The whole screen: header, body, footer, and what stands above.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::style::Style;

use super::{App, Hit, LEAST};
use crate::text::width::{clean, wrap};
use crate::tui::screen::Cx;
use crate::tui::signs;
use crate::tui::widgets::header::Header;
use crate::tui::widgets::{footer, text};

impl App {
    /// Draws everything. What acts on a terminal instead of being seen stops here, wherever a text came from.
    pub fn draw(&mut self, frame: &mut Frame) {
        self.draw_all(frame);
        let signs = self.looks.signs;
        // What stands in the second cell of a character before it.
        let mut second = String::new();
        for cell in &mut frame.buffer_mut().content {
            if !second.is_empty() {
                cell.set_symbol(&std::mem::take(&mut second));
                continue;
            }
            if let Cow::Owned(harmless) = clean(cell.symbol()) {
                cell.set_symbol(&harmless);
            }
            if cell.symbol().is_ascii() {
                continue;
            }
            if let Some([first, other]) = signs::sure(cell.symbol()) {
                cell.set_symbol(&first);
                second = other;
            }
            if let Some(shown) = signs.stand_in(cell.symbol()) {
                cell.set_symbol(shown);
            }
        }
    }

    fn draw_all(&mut self, frame: &mut Frame) {
        self.hits.clear();
        let area = frame.area();
        if let Some(background) = self.ui.theme.background() {
            frame.buffer_mut().set_style(area, background.patch(self.ui.theme.text()));
        }
        if area.width < LEAST.0 || area.height < LEAST.1 {
            self.draw_too_small(frame, area);
            return;
        }
        let [top, body, bottom] =
            Layout::vertical([Constraint::Length(1), Constraint::Min(0), Constraint::Length(1)])
                .areas(area);
        self.draw_header(frame, top);
        self.draw_screen(frame, body);
        self.draw_bottom(frame, bottom);
        self.draw_overlays(frame, body);
    }

    fn draw_too_small(&self, frame: &mut Frame, area: Rect) {
        let text = self.ui.lang.too_small(area.width, area.height);
        let lines = wrap(&text, usize::from(area.width));
        for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
            let room = usize::from(area.width);
            frame.buffer_mut().set_stringn(area.x, y, line, room, self.ui.theme.text());
        }
    }

    /// What goes wrong stands where the screen would.
    fn draw_screen(&mut self, frame: &mut Frame, body: Rect) {
        let ui = self.ui;
        let drawn = if let Some(error) = &self.failed {
            Err(ui.lang.error(error))
        } else {
            let mut cx = Cx { ledger: &mut self.ledger, ui };
            let drawn = self.screen.draw(frame, body, &mut cx);
            let drawn = drawn.and_then(|hits| self.ledger.prepare().map(|()| hits));
            drawn.map_err(|error| ui.lang.error(&error))
        };
        match drawn {
            Ok(spots) => {
                let spots = spots.into_iter().map(|(area, spot)| (area, Hit::Spot(spot)));
                self.hits.extend(spots);
            }
            Err(text) => {
                let below = body.inner(Margin::new(0, 1));
                text::say(&text, ui.theme.bad(), frame, below);
            }
        }
    }

    fn draw_header(&mut self, frame: &mut Frame, area: Rect) {
        let header = Header {
            tab: self.screen.tab(),
            today: self.ledger.today(),
            ledger: &self.ledger.name,
            lens: &self.ledger.lens.name,
        };
        let tabs = header.draw(frame, area, self.ui);
        if self.overlays.is_empty() {
            let tabs = tabs.into_iter().map(|(area, action)| (area, Hit::Do(action)));
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
        let here = self.key_context();
        let above = self.overlays.last().map(|overlay| [overlay.scope()]);
        let scopes = above.as_ref().map_or(self.screen.scopes(), |scope| scope.as_slice());
        let keys = footer::keys(frame, area, scopes, &here, self.ui);
        let keys = keys.into_iter().map(|(area, action)| (area, Hit::Do(action)));
        self.hits.extend(keys);
    }

    /// What stands behind a dialog is dimmed; a prompt leaves the list it narrows as it is.
    fn draw_overlays(&mut self, frame: &mut Frame, body: Rect) {
        let theme = self.ui.theme;
        let behind =
            Style::reset().patch(theme.background().unwrap_or_default()).patch(theme.dim());
        let mut choices = Vec::new();
        for overlay in &mut self.overlays {
            if overlay.dims() {
                let area = Rect { y: 0, height: body.bottom(), ..body };
                frame.buffer_mut().set_style(area, behind);
            }
            // Only those of the one on top can be clicked.
            choices = overlay.draw(frame, body, self.ui);
        }
        let choices = choices.into_iter();
        self.hits.extend(choices.map(|(area, place)| (area, Hit::Choice(place))));
    }
}
