//! The app: a stack of screens, one overlay above them, and a notice. It decides whom a key is for; what a screen
//! shows and writes is the business of the [`Desk`].

mod draw;
mod overlay;

use std::time::Instant;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::change::Change;
use crate::error::Error;
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::desk::{Desk, Refusal, Response};
use crate::tui::input::{Input, Key};
use crate::tui::keymap::{self, Binding, Lookup, Scope};
use crate::tui::look::Look;
use crate::tui::notice::{Notice, Severity};
use crate::tui::runtime::Wish;
use crate::tui::screens::{Screen, View};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::RowId;

pub use overlay::Overlay;

/// The least terminal everything fits into.
const LEAST: (u16, u16) = (80, 24);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hit {
    Do(Action),
    Row(RowId),
    Pick(RowId),
}

pub struct App {
    look: Look,
    desk: Box<dyn Desk>,
    today: NaiveDate,
    now: Option<Instant>,
    stack: Vec<Screen>,
    screen: Screen,
    overlay: Overlay,
    notice: Option<Notice>,
    begun: Option<Key>,
    hits: Vec<(Rect, Hit)>,
    wishes: Vec<Wish>,
    dirty: bool,
}

impl App {
    /// The app on its first view.
    pub fn new(lang: Lang, theme: Theme, desk: Box<dyn Desk>, today: NaiveDate) -> Self {
        Self {
            look: Look { lang, theme },
            desk,
            today,
            now: None,
            stack: Vec::new(),
            screen: View::Today.screen(),
            overlay: Overlay::None,
            notice: None,
            begun: None,
            hits: Vec::new(),
            wishes: Vec::new(),
            dirty: true,
        }
    }

    /// Something changed: draw before waiting.
    pub const fn touch(&mut self) {
        self.dirty = true;
    }

    /// Whether something changed since this was last asked.
    pub const fn take_dirty(&mut self) -> bool {
        std::mem::replace(&mut self.dirty, false)
    }

    /// What the app wants of the world, one after the other.
    pub fn take_wish(&mut self) -> Option<Wish> {
        if self.wishes.is_empty() {
            return None;
        }
        Some(self.wishes.remove(0))
    }

    /// When something ends by itself.
    pub fn deadline(&self) -> Option<Instant> {
        self.notice.as_ref().map(|notice| notice.until)
    }

    /// The moment and the day it is: midnight may have passed, a notice may have stood long enough.
    pub fn set_time(&mut self, now: Instant, today: NaiveDate) {
        self.now = Some(now);
        if self
            .notice
            .as_ref()
            .is_some_and(|notice| notice.until <= now)
        {
            self.notice = None;
            self.touch();
        }
        if self.today != today {
            self.today = today;
            self.desk.set_today(today);
            self.touch();
        }
    }

    /// Looks whether another process wrote.
    pub fn look_at_ledger(&mut self) {
        match self.desk.look() {
            Ok(false) => {}
            Ok(true) => self.touch(),
            Err(error) => self.complain(&error),
        }
    }

    pub fn say(&mut self, severity: Severity, text: impl Into<String>) {
        if let Some(now) = self.now {
            self.notice = Some(Notice::new(severity, text.into(), now));
            self.touch();
        }
    }

    /// Says what went wrong: the one place errors on screen come to.
    pub fn complain(&mut self, error: &Error) {
        self.say(Severity::Error, self.look.lang.error(error));
    }

    /// The screen that is shown.
    pub const fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Takes what a person did.
    pub fn on_input(&mut self, input: Input) {
        match input {
            Input::Key(key) => self.on_key(key),
            Input::Paste(text) => self.on_paste(&text),
            Input::Click(x, y) => self.on_click(x, y),
            Input::Wheel(rows) => self.on_wheel(rows),
            Input::Resize => {}
        }
        self.touch();
    }

    /// Takes a key. A notice has been read by then, unless the key makes a new one.
    pub fn on_key(&mut self, key: Key) {
        self.notice = None;
        if self.overlay.is_open() {
            self.on_overlay_key(key);
            return;
        }
        let key = key.narrow();
        let begun = self.begun.take();
        match keymap::lookup(self.screen.scopes(), begun, key) {
            Lookup::Found(binding) => self.run(binding),
            Lookup::Begun => self.begun = Some(key),
            // The second key of nothing: it may mean something by itself.
            Lookup::Unbound if begun.is_some() => self.on_key(key),
            Lookup::Unbound => {
                let text = self.look.lang.no_key(&key.to_string());
                self.say(Severity::Hint, text);
            }
        }
    }

    /// Does what a binding says, or says why not.
    pub fn run(&mut self, binding: &Binding) {
        match (binding.enabled)(&self.desk.here(&mut self.screen, self.look)) {
            Ok(()) => self.update(binding.action),
            Err(why) => self.say(Severity::Hint, why.text(self.look.lang)),
        }
    }

    /// Does what an action means on the screen that is shown.
    pub fn update(&mut self, action: Action) {
        self.touch();
        if let Some(view) = View::opened_by(action) {
            self.go(view);
            return;
        }
        match action {
            Action::Quit => self.wishes.push(Wish::Quit),
            Action::Suspend => self.wishes.push(Wish::Suspend),
            Action::Redraw => self.wishes.push(Wish::Redraw),
            Action::Help => self.overlay = Overlay::help(self.screen.scopes(), self.look.lang),
            Action::Palette => {
                self.overlay = Overlay::palette(self.screen.scopes(), self.look.lang);
            }
            Action::Find => self.overlay = Overlay::find(&self.screen.list().find),
            Action::Filter => self.overlay = Overlay::filter(&self.screen.list().filter),
            Action::Back => self.back(),
            Action::Undo => self.undo(),
            _ => self.on_list_action(action),
        }
    }

    /// The list moves, unless another pane has the focus.
    fn on_list_action(&mut self, action: Action) {
        let moved = !self.screen.list().aside && {
            let mut list = std::mem::take(&mut self.screen.list().list);
            let rows = self.desk.rows(&mut self.screen, self.look);
            let moved = list.on_action(action, rows.as_ref());
            drop(rows);
            self.screen.list().list = list;
            moved
        };
        if !moved {
            let response = self.desk.act(action, &mut self.screen, self.look);
            self.respond(response);
        }
    }

    /// Opens a view; from a screen within it, goes back to where it began.
    fn go(&mut self, view: View) {
        let bottom = self.stack.drain(..).next();
        match bottom.filter(|screen| screen.view() == view) {
            Some(screen) => self.screen = screen,
            None if self.screen.view() != view => self.screen = view.screen(),
            None => {}
        }
    }

    /// Undoes the nearest thing: marks, then the second pane, then what narrows the list, then the screen; what is
    /// left the screen may know.
    fn back(&mut self) {
        let panes = self.desk.here(&mut self.screen, self.look).panes;
        let list = self.screen.list();
        if list.list.unmark() {
            return;
        }
        if panes && list.aside {
            list.aside = false;
        } else if !list.find.is_empty() {
            list.find.clear();
        } else if !list.filter.is_empty() {
            list.filter.clear();
        } else if let Some(before) = self.stack.pop() {
            self.screen = before;
        } else {
            let response = self.desk.act(Action::Back, &mut self.screen, self.look);
            self.respond(response);
        }
    }

    fn undo(&mut self) {
        match self.desk.undo(self.look) {
            Ok(what) => self.say(Severity::Done, self.look.lang.undone(&what)),
            Err(refusal) => self.say(Severity::Error, refusal.text),
        }
    }

    /// Does what an action led to.
    pub fn respond(&mut self, response: Response) {
        match response {
            Response::Done => {}
            Response::Open(screen) => {
                let before = std::mem::replace(&mut self.screen, screen);
                self.stack.push(before);
            }
            Response::Form(form) => self.overlay = Overlay::Form(form),
            Response::Ask {
                title,
                question,
                change,
            } => self.overlay = Overlay::ask(title, question, change),
            Response::Pick(picker, action) => self.overlay = Overlay::Pick(picker, action),
            Response::Change(change) => {
                if let Err(refusal) = self.write(&change) {
                    self.say(Severity::Error, refusal.text);
                }
            }
            Response::Copy(text) => {
                let lang = self.look.lang;
                let said = match text.lines().count() {
                    0 | 1 => lang.copied(&text),
                    many => lang.copied_rows(many),
                };
                self.wishes.push(Wish::Copy(text));
                self.say(Severity::Done, said);
            }
            Response::Say(text) => self.say(Severity::Hint, text),
        }
    }

    /// Writes to the ledger and says what was saved.
    fn write(&mut self, change: &Change) -> Result<(), Refusal> {
        let saved = self.desk.apply(change, self.look)?;
        self.say(Severity::Done, self.look.lang.saved(&saved));
        Ok(())
    }

    fn on_click(&mut self, x: u16, y: u16) {
        let at = ratatui::layout::Position::new(x, y);
        let hit = self.hits.iter().rev().find(|(area, _)| area.contains(at));
        let Some((_, hit)) = hit.copied() else {
            return;
        };
        self.notice = None;
        match hit {
            Hit::Do(action) => {
                let scopes = self.scopes();
                let binding = keymap::active(scopes)
                    .into_iter()
                    .find(|b| b.action == action);
                match binding {
                    Some(binding) if self.overlay.is_open() => {
                        self.on_overlay_action(binding.action);
                    }
                    Some(binding) => self.run(binding),
                    None => {}
                }
            }
            Hit::Row(id) => self.on_row_click(id),
            Hit::Pick(id) => self.on_pick_click(id),
        }
    }

    /// A click chooses; a click on what is chosen opens it.
    fn on_row_click(&mut self, id: RowId) {
        if self.overlay.is_open() {
            return;
        }
        let mut list = std::mem::take(&mut self.screen.list().list);
        let before = {
            let rows = self.desk.rows(&mut self.screen, self.look);
            list.id(rows.as_ref())
        };
        list.select(id);
        self.screen.list().list = list;
        if before == Some(id) {
            self.update(Action::Open);
        }
    }

    fn on_wheel(&mut self, rows: i32) {
        let action = if rows > 0 { Action::Down } else { Action::Up };
        for _ in 0..rows.unsigned_abs() {
            if self.overlay.is_open() {
                self.on_overlay_action(action);
            } else {
                self.on_list_action(action);
            }
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        self.overlay
            .scopes()
            .unwrap_or_else(|| self.screen.scopes())
    }
}

#[cfg(test)]
mod tests;
