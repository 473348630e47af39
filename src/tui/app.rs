//! The app: a stack of screens, one overlay above them, and a notice. It decides whom a key is for; what a screen
//! shows and writes is the business of the [`Desk`].

mod draw;
mod overlay;

use std::collections::VecDeque;
use std::time::Instant;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::change::Change;
use crate::text::Lang;
use crate::trouble::Trouble;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, FieldError};
use crate::tui::input::{Input, Key};
use crate::tui::keymap::{self, Binding, Lookup, Scope};
use crate::tui::ledger::LedgerDesk;
use crate::tui::notice::{Notice, Severity};
use crate::tui::overlay::Overlay;
use crate::tui::overlays::{Commands, Prompt};
use crate::tui::runtime::Request;
use crate::tui::screens::{Screen, View};
use crate::tui::theme::Theme;
use crate::tui::theme::Ui;
use crate::tui::widgets::list::RowId;

/// The least terminal everything fits into.
const LEAST: (u16, u16) = (80, 24);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hit {
    Do(Action),
    Row(RowId),
    Pick(usize),
}

pub struct App {
    ui: Ui,
    desk: LedgerDesk,
    today: NaiveDate,
    now: Option<Instant>,
    stack: Vec<Screen>,
    screen: Screen,
    /// What stands above the screen; the last has the keys.
    overlays: Vec<Box<dyn Overlay>>,
    notice: Option<Notice>,
    begun: Option<Key>,
    hits: Vec<(Rect, Hit)>,
    requests: VecDeque<Request>,
    dirty: bool,
}

impl App {
    /// The app on its first view.
    pub fn new(lang: Lang, theme: Theme, desk: LedgerDesk, today: NaiveDate) -> Self {
        Self {
            ui: Ui { lang, theme },
            desk,
            today,
            now: None,
            stack: Vec::new(),
            screen: View::Today.screen(),
            overlays: Vec::new(),
            notice: None,
            begun: None,
            hits: Vec::new(),
            requests: VecDeque::new(),
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

    /// What the app wants of the loop, one after the other.
    pub fn take_request(&mut self) -> Option<Request> {
        self.requests.pop_front()
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
    pub fn poll(&mut self) {
        match self.desk.poll() {
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
    pub fn complain(&mut self, error: &Trouble) {
        self.say(Severity::Error, error.message(self.ui.lang));
    }

    /// The screen that is shown.
    pub const fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Takes what a person did.
    pub fn on_input(&mut self, input: Input) {
        match input {
            Input::Key(key) => self.on_key(key),
            Input::Paste(text) => self.on_overlay(|overlay, _| Ok(overlay.paste(&text))),
            Input::Click(x, y) => self.on_click(x, y),
            Input::Wheel(rows) => self.on_wheel(rows),
            Input::Resize => {}
        }
        self.touch();
    }

    /// Takes a key. A notice has been read by then, unless the key makes a new one.
    pub fn on_key(&mut self, key: Key) {
        self.notice = None;
        if !self.overlays.is_empty() {
            self.on_overlay(|overlay, cx| overlay.key(key, cx));
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
                let text = self.ui.lang.no_key(&key.to_string());
                self.say(Severity::Hint, text);
            }
        }
    }

    /// Does what a binding says, or says why not.
    pub fn run(&mut self, binding: &Binding) {
        match (binding.enabled)(&self.desk.here(&mut self.screen, self.ui)) {
            Ok(()) => self.update(binding.action),
            Err(why) => self.say(Severity::Hint, why.text(self.ui.lang)),
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
            Action::Quit => self.requests.push_back(Request::Quit),
            Action::Suspend => self.requests.push_back(Request::Suspend),
            Action::Redraw => self.requests.push_back(Request::Redraw),
            Action::Help => self.open(Commands::help(self.screen.scopes(), self.ui.lang)),
            Action::Palette => self.open(Commands::palette(self.screen.scopes(), self.ui.lang)),
            Action::Find => self.open(Prompt::find(&self.screen.params().find)),
            Action::Filter => self.open(Prompt::filter(&self.screen.params().filter)),
            Action::Back => self.back(),
            Action::Undo => self.undo(),
            _ => self.on_list_action(action),
        }
    }

    /// The list moves, unless another pane has the focus.
    fn on_list_action(&mut self, action: Action) {
        let moved = !self.screen.list().aside && {
            let mut list = std::mem::take(&mut self.screen.list().list);
            let rows = self.desk.rows(&mut self.screen, self.ui);
            let moved = list.on_action(action, rows.as_ref());
            drop(rows);
            self.screen.list().list = list;
            moved
        };
        if !moved {
            let effect = self.desk.act(action, &mut self.screen, self.ui);
            self.apply(effect);
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
        let panes = self.desk.here(&mut self.screen, self.ui).panes;
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
            let effect = self.desk.act(Action::Back, &mut self.screen, self.ui);
            self.apply(effect);
        }
    }

    fn undo(&mut self) {
        match self.desk.undo(self.ui) {
            Ok(what) => self.say(Severity::Done, self.ui.lang.undone(&what)),
            Err(refusal) => self.say(Severity::Error, refusal.text),
        }
    }

    fn open(&mut self, overlay: impl Overlay) {
        self.overlays.push(Box::new(overlay));
    }

    /// Does what an action led to.
    pub fn apply(&mut self, effect: Effect) {
        match effect {
            Effect::None => {}
            Effect::Push(screen) => {
                let before = std::mem::replace(&mut self.screen, screen);
                self.stack.push(before);
            }
            Effect::Open(overlay) => self.overlays.push(overlay),
            Effect::Write(change) => {
                if let Err(error) = self.write(&change) {
                    self.say(Severity::Error, error.text);
                }
            }
            Effect::Copy(text) => {
                let lang = self.ui.lang;
                let said = match text.lines().count() {
                    0 | 1 => lang.copied(&text),
                    many => lang.copied_rows(many),
                };
                self.requests.push_back(Request::Copy(text));
                self.say(Severity::Done, said);
            }
            Effect::Say(text) => self.say(Severity::Hint, text),
            Effect::Find(text) => self.screen.list().find = text,
            Effect::Filter(text) => self.screen.list().filter = text,
            Effect::Run(binding) => self.run(binding),
        }
    }

    /// Writes to the ledger and says what was saved.
    fn write(&mut self, change: &Change) -> Result<(), FieldError> {
        let saved = self.desk.apply(change, self.ui)?;
        self.say(Severity::Done, self.ui.lang.saved(&saved));
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
                let binding = keymap::active(&scopes)
                    .into_iter()
                    .find(|b| b.action == action);
                match binding {
                    Some(_) if !self.overlays.is_empty() => {
                        self.on_overlay(|overlay, cx| overlay.act(action, cx));
                    }
                    Some(binding) => self.run(binding),
                    None => {}
                }
            }
            Hit::Row(id) => self.on_row_click(id),
            Hit::Pick(place) => self.on_overlay(|overlay, cx| overlay.click(place, cx)),
        }
    }

    /// A click chooses; a click on what is chosen opens it.
    fn on_row_click(&mut self, id: RowId) {
        if !self.overlays.is_empty() {
            return;
        }
        let mut list = std::mem::take(&mut self.screen.list().list);
        let before = {
            let rows = self.desk.rows(&mut self.screen, self.ui);
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
            if self.overlays.is_empty() {
                self.on_list_action(action);
            } else {
                self.on_overlay(|overlay, cx| overlay.act(action, cx));
            }
        }
    }

    fn scopes(&self) -> Vec<Scope> {
        match self.overlays.last() {
            Some(overlay) => vec![overlay.scope()],
            None => self.screen.scopes().to_vec(),
        }
    }
}

#[cfg(test)]
mod tests;
