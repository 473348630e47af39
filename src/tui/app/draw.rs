//! The whole screen: header, body, footer, and what stands above.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::overlay::{Overlay, Then};
use super::{App, Hit, LEAST};
use crate::text::width::{clean, width, wrap};
use crate::tui::widgets::header::Header;
use crate::tui::widgets::line::Line;
use crate::tui::widgets::{confirm, footer};

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
        self.draw_overlay(frame, body);
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
        if !self.overlay.is_open() {
            let tabs = tabs
                .into_iter()
                .map(|(area, view)| (area, Hit::Do(view.action())));
            self.hits.extend(tabs);
        }
    }

    fn draw_bottom(&mut self, frame: &mut Frame, area: Rect) {
        let lang = self.ui.lang;
        match (&self.overlay, &self.notice) {
            (Overlay::Find(line, _), _) => {
                draw_prompt(frame, area, [lang.find_title(), ""], line, self);
            }
            (Overlay::Filter(line), _) => {
                draw_prompt(
                    frame,
                    area,
                    [lang.filter_title(), lang.filter_example()],
                    line,
                    self,
                );
            }
            (_, Some(notice)) => footer::notice(frame, area, notice, self.ui),
            _ => {
                let here = self.desk.here(&mut self.screen, self.ui);
                let keys = footer::keys(frame, area, self.scopes(), &here, self.ui);
                let keys = keys
                    .into_iter()
                    .map(|(area, action)| (area, Hit::Do(action)));
                self.hits.extend(keys);
            }
        }
    }

    fn draw_overlay(&mut self, frame: &mut Frame, body: Rect) {
        let ui = self.ui;
        match &mut self.overlay {
            Overlay::None | Overlay::Find(..) | Overlay::Filter(_) => {}
            Overlay::Commands(picker) | Overlay::Pick(picker, _) => {
                let picks = picker.draw(frame, body, ui);
                let picks = picks.into_iter().map(|(area, id)| (area, Hit::Pick(id)));
                self.hits.extend(picks);
            }
            Overlay::Form(form) => form.draw(frame, body, ui),
            Overlay::Confirm(question) => {
                if let Then::Drop(form) | Then::Submit(form, _) = &mut question.then {
                    form.draw(frame, body, ui);
                }
                confirm::draw(frame, body, &question.title, &question.text, ui);
            }
        }
    }
}

/// The line one types into, and behind the cursor an example until something is typed.
fn draw_prompt(frame: &mut Frame, area: Rect, [title, example]: [&str; 2], line: &Line, app: &App) {
    let theme = app.ui.theme;
    frame
        .buffer_mut()
        .set_string(area.x + 1, area.y, title, theme.key());
    let used = u16::try_from(width(title) + 3).unwrap_or(u16::MAX);
    let field = Rect {
        x: area.x.saturating_add(used),
        width: area.width.saturating_sub(used),
        ..area
    };
    if line.text().is_empty() {
        let room = usize::from(field.width.saturating_sub(2));
        let x = field.x.saturating_add(2);
        let buffer = frame.buffer_mut();
        buffer.set_stringn(x, field.y, example, room, theme.dim());
    }
    line.draw(frame, field, theme.text(), true);
}
