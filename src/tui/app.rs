//! The app: a stack of screens, what stands above them, and a notice. It decides whom a key is for, and does what
//! follows; what a screen shows is its own business.

mod again;
mod draw;

use std::collections::VecDeque;
use std::time::Instant;

use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};

use crate::domain::change::Change;
use crate::domain::ids::SnapshotId;
use crate::error::{Error, Result};
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::confirmation::{self, told};
use crate::tui::data::{Later, Ledger, Lens};
use crate::tui::effect::Effect;
use crate::tui::event::Waker;
use crate::tui::forms::{self, Context};
use crate::tui::input::{Input, Key};
use crate::tui::keymap::{Binding, KeyContext, Lookup, Milestone};
use crate::tui::looks::Looks;
use crate::tui::notice::{Notice, Severity};
use crate::tui::overlay::{Overlay, Reply};
use crate::tui::overlays::{
    Choice, Command, Help, Messages, Palette, Question, Recent, Said, explain, figures, preview,
    round, since,
};
use crate::tui::runtime::Request;
use crate::tui::screen::{Cx, Pane, Screen, Spot};
use crate::tui::screens::{self, Reading, TABS, Tab};
use crate::tui::selection::RowKey;
use crate::tui::signs::Signs;
use crate::tui::theme::{Depth, Theme, Ui};
use crate::tui::widgets::line::LONGEST;
use crate::tui::widgets::picker::{Pick, Picker};

use again::Again;

/// The least terminal everything fits into.
const LEAST: (u16, u16) = (60, 16);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Hit {
    Do(Action),
    Spot(Spot),
    /// A choice of the overlay, by its place.
    Choice(usize),
}

pub struct App {
    ui: Ui,
    ledger: Ledger,
    now: Option<Instant>,
    screen: Box<dyn Screen>,
    /// What Esc goes back to, the last first.
    stack: Vec<Box<dyn Screen>>,
    /// Views that were left, with what they computed.
    left: Vec<Box<dyn Screen>>,
    /// What stands above the screen; the last has the keys.
    overlays: Vec<Box<dyn Overlay>>,
    notice: Option<Notice>,
    /// What is said as soon as it can be.
    first: Option<String>,
    /// What was said before, to be read again.
    said: Said,
    looks: Looks,
    /// What was chosen in the palette.
    recent: Recent,
    again: Again,
    /// The first of two keys.
    begun: Option<Key>,
    /// Why the screen could not be brought up to date.
    failed: Option<Error>,
    hits: Vec<(Rect, Hit)>,
    /// The scroll bar that was clicked last, and nothing since.
    held: Option<Rect>,
    requests: VecDeque<Request>,
    dirty: bool,
}

impl App {
    /// The app on its first view.
    pub fn new(ledger: Ledger, ui: Ui) -> Self {
        let mut app = Self {
            ui,
            ledger,
            now: None,
            screen: (TABS[0].open)(),
            stack: Vec::new(),
            left: Vec::new(),
            overlays: Vec::new(),
            notice: None,
            first: None,
            said: Said::default(),
            looks: Looks { depth: Depth::True, fitting: ui.theme, signs: Signs::Unicode },
            recent: Recent::default(),
            again: Again::default(),
            begun: None,
            failed: None,
            hits: Vec::new(),
            held: None,
            requests: VecDeque::new(),
            dirty: true,
        };
        app.refresh();
        app
    }

    /// Shows everything in another look.
    pub const fn set_theme(&mut self, theme: Theme) {
        self.ui.theme = theme;
        self.touch();
    }

    /// What other looks there are.
    pub const fn set_looks(&mut self, looks: Looks) {
        self.looks = looks;
    }

    /// The look that suits the terminal is another one; a look that was chosen stays.
    pub fn set_fitting(&mut self, theme: Theme) {
        if std::mem::replace(&mut self.looks.fitting, theme) == self.ui.theme {
            self.set_theme(theme);
        }
    }

    /// Says everything in another language.
    pub const fn set_lang(&mut self, lang: Lang) {
        self.ui.lang = lang;
        self.ledger.renew();
        self.touch();
    }

    /// Something to write to the ledger once the first frame is drawn.
    pub fn set_later(&mut self, later: Option<Later>) {
        self.ledger.set_later(later);
    }

    /// Has large work done on other threads, and tells who is to be woken then.
    pub fn wake(&mut self, waker: Waker) {
        self.ledger.wake(waker);
    }

    /// Brings the screen up to date, to be drawn anew: the one place where it is asked, after each event.
    fn refresh(&mut self) {
        self.touch();
        let read = self.ledger.read_again().and_then(|()| self.ledger.collect());
        let mut cx = Cx { ledger: &mut self.ledger, ui: self.ui };
        let done = read.and_then(|_| self.screen.refresh(&mut cx));
        let done = done.and_then(|()| match self.overlays.last_mut() {
            Some(overlay) => overlay.refresh(&mut cx),
            None => Ok(()),
        });
        self.failed = done.err();
    }

    /// Something changed: draw before waiting.
    pub const fn touch(&mut self) {
        self.dirty = true;
    }

    /// A frame was drawn.
    pub fn drawn(&mut self) {
        let wrote = self.ledger.catch_up();
        match wrote.and_then(|wrote| Ok(wrote || self.ledger.finds_more()?)) {
            Ok(false) => {}
            Ok(true) => self.refresh(),
            Err(error) => self.complain(&error),
        }
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
        let begins = self.now.replace(now).is_none();
        if let Some(text) = self.first.take() {
            self.say(Severity::Error, text);
        }
        if begins && let Some((last, seen)) = self.ledger.ends_early() {
            self.say(Severity::Error, self.ui.lang.ledger_ends_early(last.0, seen.0));
        }
        if self.notice.as_ref().is_some_and(|notice| notice.until <= now) {
            self.notice = None;
            self.touch();
        }
        if self.ledger.today() != today {
            if let Err(error) = self.ledger.set_today(today) {
                self.complain(&error);
            }
            self.refresh();
        }
    }

    /// Whether a write of another process is told, so that looking for it can wait.
    pub fn is_told_of_writes(&self) -> bool {
        self.ledger.is_told_of_writes()
    }

    /// Looks whether another process wrote.
    pub fn poll(&mut self) {
        match self.ledger.poll() {
            Ok(false) => {}
            Ok(true) => self.refresh(),
            Err(error) => {
                let text = self.ui.lang.error(&error);
                // The next look finds the same.
                if self.notice.as_ref().is_none_or(|notice| notice.text != text) {
                    self.say(Severity::Error, text);
                }
                self.refresh();
            }
        }
    }

    /// Takes what was worked out off the loop.
    pub fn on_worked(&mut self) {
        self.write_frozen(Effect::None);
        self.tell_packed();
        self.refresh();
    }

    /// Says something wrong once the screen is there.
    pub fn say_first(&mut self, text: String) {
        self.first = Some(text);
    }

    pub fn say(&mut self, severity: Severity, text: impl Into<String>) {
        if let Some(now) = self.now {
            let text = text.into();
            self.said.add(severity, &text);
            self.notice = Some(Notice::new(severity, text, now));
            self.touch();
        }
    }

    /// Says what went wrong: the one place errors on screen come to.
    pub fn complain(&mut self, error: &Error) {
        self.say(Severity::Error, self.ui.lang.error(error));
    }

    /// Takes what a person did.
    pub fn on_input(&mut self, input: Input) {
        match input {
            Input::Key(key) => self.on_key(key),
            Input::Paste(text) => self.on_paste(&text),
            Input::Click(x, y) => self.on_click(x, y),
            Input::Drag(_, y) => self.on_drag(y),
            Input::Wheel(x, y, rows) => self.on_wheel(Position::new(x, y), rows),
            Input::Resize => {}
        }
        self.refresh();
    }

    /// Takes what became of a text in the user's editor.
    pub fn on_edited(&mut self, edited: Result<String>) {
        match edited {
            Ok(text) => self.on_overlay(|overlay, cx| overlay.edited(&text, cx)),
            Err(error) => self.complain(&error),
        }
        self.refresh();
    }

    /// Takes a key. A notice has been read by then, unless the key makes a new one.
    fn on_key(&mut self, key: Key) {
        self.notice = None;
        if !self.overlays.is_empty() {
            self.on_overlay(|overlay, cx| overlay.key(key.without_shift(), cx));
            return;
        }
        let key = key.narrow();
        let begun = self.begun.take();
        match self.ui.keymap.lookup(self.screen.scopes(), begun, key) {
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

    fn on_paste(&mut self, text: &str) {
        let mut whole = true;
        self.on_overlay(|overlay, cx| {
            whole = overlay.paste(text);
            overlay.pasted(cx)
        });
        if !whole {
            self.say(Severity::Hint, self.ui.lang.paste_cut(LONGEST));
        }
    }

    /// What a key has to know to say whether it can act.
    fn key_context(&mut self) -> KeyContext {
        let cx = Cx { ledger: &mut self.ledger, ui: self.ui };
        let selection = self.screen.selection(&cx);
        let first = selection.milestones.first();
        let milestone = first.map_or_else(Milestone::default, |id| {
            let item = cx.ledger.portfolio.get(*id);
            item.map_or(Milestone::SETTLED, Milestone::new)
        });
        KeyContext {
            row: selection.row,
            milestone,
            panes: self.screen.has_panes(),
            undo: cx.ledger.can_undo(),
            redo: cx.ledger.can_redo(),
            repeat: self.again.is_possible(),
            past: self.screen.is_past(&cx),
            marked: self.screen.list().map_or(0, |list| list.rows.marks()),
        }
    }

    /// Does what a binding says, or says why not.
    fn run(&mut self, binding: &Binding) {
        match (binding.enabled)(&self.key_context()) {
            Ok(()) => self.update(binding.action),
            Err(why) => self.say(Severity::Hint, why.text(self.ui.lang)),
        }
    }

    /// Does what an action means here.
    fn update(&mut self, action: Action) {
        let (ui, scopes) = (self.ui, self.screen.scopes());
        self.again.begin(action);
        match action {
            Action::Quit => self.requests.push_back(Request::Quit),
            Action::Suspend => self.requests.push_back(Request::Suspend),
            Action::Redraw => self.requests.push_back(Request::Redraw),
            Action::Help => {
                let help = Help::new(scopes, self.key_context(), ui);
                self.apply(Effect::open(help));
            }
            Action::Palette => self.open_palette(),
            Action::Back => self.back(),
            Action::Undo => self.ask_undo(),
            Action::Redo => self.redo(),
            Action::Repeat => self.repeat(),
            Action::Wan => self.ledger.wan = !self.ledger.wan,
            Action::Lens => self.choose_lens(),
            Action::Since => self.list_changes(),
            Action::Explain => self.explain(),
            Action::ExplainFigure => {
                let effect = figures(&Cx { ledger: &mut self.ledger, ui: self.ui });
                self.apply(effect);
            }
            Action::Snapshot => self.freeze(),
            _ => match TABS.iter().find(|tab| tab.action == action) {
                Some(tab) => self.go(tab),
                None => self.act(action),
            },
        }
    }

    fn open_palette(&mut self) {
        let cx = Cx { ledger: &mut self.ledger, ui: self.ui };
        match Palette::open(self.screen.scopes(), &self.recent, &cx) {
            Ok(palette) => self.apply(Effect::open(palette)),
            Err(error) => self.complain(&error),
        }
    }

    fn explain(&mut self) {
        let mut cx = Cx { ledger: &mut self.ledger, ui: self.ui };
        let own = self.screen.act(Action::Explain, &mut cx);
        let explained = own.and_then(|own| match own {
            Some(effect) => Ok(effect),
            None => explain(&self.screen.selection(&cx), &mut cx),
        });
        match explained {
            Ok(effect) => self.apply(effect),
            Err(error) => self.complain(&error),
        }
    }

    fn list_changes(&mut self) {
        let mut cx = Cx { ledger: &mut self.ledger, ui: self.ui };
        match since(&mut cx) {
            Ok(effect) => self.apply(effect),
            Err(error) => self.complain(&error),
        }
    }

    /// Does what was chosen in the palette.
    fn command(&mut self, command: Command) {
        self.recent.keep(&command);
        let effect = command.effect(self.screen.as_mut());
        self.apply(effect);
    }

    /// Writes the open milestones the screen's filter lets through.
    fn export(&mut self, file: &str) {
        let view = self.screen.list();
        let view = view.map(|view| (view.input.filter().clone(), view.by_desk));
        let (filter, by_desk) = view.unwrap_or_default();
        let lang = self.ui.lang;
        let written = match self.screen.report(&Cx { ledger: &mut self.ledger, ui: self.ui }) {
            Ok(Some(report)) => self.ledger.write_report(file, &*report, lang),
            Ok(None) => self.ledger.write_list(file, &filter, by_desk, lang),
            Err(error) => Err(error),
        };
        match written {
            Ok(path) => self.say(Severity::Done, lang.exported(&path.display().to_string())),
            Err(error) => self.complain(&error),
        }
    }

    /// Asks whose money is to be looked at.
    fn choose_lens(&mut self) {
        let lang = self.ui.lang;
        match Lens::choices(&self.ledger, lang) {
            Ok(choices) => {
                let picks = choices.into_iter().map(|(lens, text)| Pick::new(lens, text, ""));
                let picker = Picker::new(lang.lens_title(), picks.collect());
                let picker = picker.at(&self.ledger.lens);
                self.apply(Effect::open(Choice::new(picker, |lens, _| Ok(Effect::Lens(lens)))));
            }
            Err(error) => self.complain(&error),
        }
    }

    /// The screen has an action first.
    fn act(&mut self, action: Action) {
        self.ledger.ask();
        match self.answer(action) {
            Ok(effect) => self.apply(effect),
            Err(error) => self.say(Severity::Hint, self.ui.lang.error(&error)),
        }
    }

    fn answer(&mut self, action: Action) -> Result<Effect> {
        let mut cx = Cx { ledger: &mut self.ledger, ui: self.ui };
        if let Some(effect) = self.screen.act(action, &mut cx)? {
            return Ok(effect);
        }
        match action {
            Action::Copy => {
                let line = self.screen.summary(&cx);
                Ok(line.map_or(Effect::None, Effect::Copy))
            }
            Action::Record(recording) => {
                recording.respond(&self.screen.selection(&cx), Context::new(&cx))
            }
            Action::Document => preview(&self.screen.selection(&cx), &mut cx),
            Action::Round => round(&mut cx),
            Action::Settings => Ok(Effect::Push(screens::settings(self.screen.tab()))),
            Action::PaymentRegister => Ok(Effect::Push(screens::payments(self.screen.tab()))),
            Action::InvoiceRegister => Ok(Effect::Push(screens::invoices(self.screen.tab()))),
            Action::Snapshots => Ok(Effect::Push(screens::snapshots::open(self.screen.tab()))),
            Action::Import => Ok(Effect::Push(screens::files(self.screen.tab()))),
            _ => Ok(Effect::None),
        }
    }

    /// Opens a view; from a screen within it, goes back to where it began.
    fn go(&mut self, tab: &Tab) {
        let mut all = std::mem::take(&mut self.stack);
        let is_here = self.screen.tab() == tab.action;
        if all.is_empty() && is_here {
            return;
        }
        if !all.is_empty() {
            self.screen = all.swap_remove(0);
        }
        if is_here {
            return;
        }
        let known = self.left.iter().position(|view| view.tab() == tab.action);
        let mut view = known.map_or_else(tab.open, |at| self.left.swap_remove(at));
        view.reset();
        self.left.push(std::mem::replace(&mut self.screen, view));
    }

    /// Undoes the nearest thing: on the screen, then the screen; what is left the screen may know.
    fn back(&mut self) {
        if self.screen.back() {
            return;
        }
        match self.stack.pop() {
            Some(before) => self.screen = before,
            None => self.act(Action::Back),
        }
    }

    /// Freezes the aging table of today, at once or when it is computed.
    fn freeze(&mut self) {
        let lang = self.ui.lang;
        match self.ledger.freeze(lang) {
            Ok(()) => self.write_frozen(Effect::Say(lang.snapshot_working().to_owned())),
            Err(error) => self.complain(&error),
        }
    }

    /// Keeps the frozen table if there is one.
    fn write_frozen(&mut self, otherwise: Effect) {
        match self.ledger.frozen() {
            Ok(Some(change)) => self.apply(Effect::Write(Box::new(change))),
            Ok(None) => self.apply(otherwise),
            Err(error) => self.complain(&error),
        }
    }

    /// Has the pack of a snapshot written, and goes to what moved since the one before.
    fn pack(&mut self, id: SnapshotId) {
        self.say(Severity::Done, self.ui.lang.snapshot_writing());
        if let Err(error) = self.ledger.pack(id, self.ui.lang) {
            self.not_packed(&error);
            return;
        }
        self.tell_packed();
        match self.ledger.store.snapshots() {
            Ok(heads) => {
                let screen = screens::snapshots::since_last(self.screen.tab(), id, &heads);
                self.apply(screen.map_or(Effect::None, Effect::Push));
            }
            Err(error) => self.complain(&error),
        }
    }

    /// Says where the pack of a snapshot is, once it is written.
    fn tell_packed(&mut self) {
        let lang = self.ui.lang;
        match self.ledger.packed() {
            Ok(Some(saved)) => {
                self.say(Severity::Done, lang.saved(&saved, &self.ui.key(Action::Undo)));
            }
            Ok(None) => {}
            Err(error) => self.not_packed(&error),
        }
    }

    /// It is in the ledger all the same, and can be exported again.
    fn not_packed(&mut self, error: &Error) {
        let lang = self.ui.lang;
        self.say(Severity::Error, lang.snapshot_unwritten(&lang.error(error)));
    }

    /// Undoes what was recorded just now, and asks before it undoes what is older.
    fn ask_undo(&mut self) {
        let lang = self.ui.lang;
        match self.ledger.next_undo() {
            Ok(Some((summary, false))) => {
                let (event, day) = (summary.event.0, summary.at.date_naive());
                let text = lang.undo_sure(&told(&summary, lang), event, day);
                let yes = Reply::Done(Effect::Undo);
                self.apply(Effect::open(Question::new(lang.act_undo(), text, yes)));
            }
            Ok(_) => self.undo(),
            Err(error) => self.complain(&error),
        }
    }

    fn undo(&mut self) {
        let lang = self.ui.lang;
        match self.ledger.undo() {
            Ok(summary) => {
                let key = self.ui.key(Action::Redo);
                self.say(Severity::Done, lang.undone(&told(&summary, lang), &key));
            }
            Err(error) => self.complain(&error),
        }
    }

    fn redo(&mut self) {
        let lang = self.ui.lang;
        match self.ledger.redo() {
            Ok(summary) => {
                let key = self.ui.key(Action::Undo);
                self.say(Severity::Done, lang.redone(&told(&summary, lang), &key));
            }
            Err(error) => self.complain(&error),
        }
    }

    /// Goes to a screen.
    pub fn push(&mut self, screen: Box<dyn Screen>) {
        self.stack.push(std::mem::replace(&mut self.screen, screen));
    }

    /// Does what an action led to.
    fn apply(&mut self, effect: Effect) {
        match effect {
            Effect::None => {}
            Effect::Push(screen) => self.push(screen),
            Effect::Go(key) => {
                if let Some(screen) = screens::of(key, self.screen.tab()) {
                    self.apply(Effect::Push(screen));
                }
            }
            Effect::Open(mut overlay) => {
                self.again.opens(overlay.as_mut());
                self.overlays.push(overlay);
            }
            Effect::Write(change) => {
                if let Err(error) = self.write(&change) {
                    self.refused(&change, &error);
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
            Effect::Told(text) => self.say(Severity::Done, text),
            Effect::Edit { name, text } => self.requests.push_back(Request::Edit { name, text }),
            Effect::Export(file) => self.export(&file),
            Effect::Import(file) => self.push(screens::import(file, self.screen.tab())),
            Effect::Reading(reading) => self.read_as(reading),
            Effect::Find(text) => {
                if let Some(list) = self.screen.list() {
                    list.find = text;
                }
            }
            Effect::Filter(text) => {
                if let Some(list) = self.screen.list() {
                    list.filter = text;
                }
            }
            Effect::KeepFilter { name, filter } => self.keep_filter(&name, &filter),
            Effect::Lens(lens) => self.ledger.lens = lens,
            Effect::Aging(choice) => self.screen.age(choice),
            Effect::In(view, then) => {
                if let Some(tab) = TABS.iter().find(|tab| tab.action == view) {
                    self.go(tab);
                }
                self.apply(*then);
            }
            Effect::Command(command) => self.command(*command),
            Effect::Run(binding) => self.run(binding),
            Effect::Lang(lang) => {
                self.set_lang(lang);
                self.say(Severity::Done, lang.lang_chosen(&lang.to_string()));
            }
            Effect::Theme(name) => match self.looks.named(&name) {
                Ok(theme) => {
                    self.set_theme(theme);
                    self.say(Severity::Done, self.ui.lang.theme_chosen(&name));
                }
                Err(error) => self.complain(&error),
            },
            Effect::Messages => self.overlays.push(Box::new(Messages::new(self.said.clone()))),
            Effect::Undo => self.undo(),
        }
    }

    /// Reads the list that is looked at another way, or brings it in.
    fn read_as(&mut self, reading: Reading) {
        let mut cx = Cx { ledger: &mut self.ledger, ui: self.ui };
        match self.screen.read_as(reading, &mut cx) {
            Ok(None) => {}
            Ok(Some(said)) => self.say(Severity::Done, said),
            Err(error) => self.complain(&error),
        }
    }

    /// Keeps a filter and filters by it.
    fn keep_filter(&mut self, name: &str, filter: &str) {
        if let Err(error) = self.ledger.keep_filter(name, filter) {
            self.complain(&error);
            return;
        }
        let word = format!("@{name}");
        self.say(Severity::Done, self.ui.lang.filter_kept(&word));
        self.apply(Effect::Filter(word));
    }

    /// Writes to the ledger and says what was saved.
    fn write(&mut self, change: &Change) -> Result<()> {
        let lang = self.ui.lang;
        self.screen.before_write(&Cx { ledger: &mut self.ledger, ui: self.ui });
        let applied = self.ledger.apply(change)?;
        if applied.event.is_some() {
            self.again.keep(&self.overlays);
        }
        let made = confirmation::made(change, &applied);
        if let Some((key, list)) = made.zip(self.screen.list()) {
            list.rows.select(key);
        }
        if let Some(id) = confirmation::taken(change, &applied) {
            self.pack(id);
            return Ok(());
        }
        let saved = confirmation::words(change, &applied, &self.ledger, lang);
        // What wrote nothing leaves nothing to undo.
        let said = if applied.event.is_some() {
            lang.saved(&saved, &self.ui.key(Action::Undo))
        } else {
            saved
        };
        self.say(Severity::Done, said);
        Ok(())
    }

    fn on_click(&mut self, x: u16, y: u16) {
        let at = Position::new(x, y);
        self.held = None;
        let hit = self.hits.iter().rev().find(|(area, _)| area.contains(at));
        let Some((area, hit)) = hit.cloned() else {
            return;
        };
        self.notice = None;
        match hit {
            Hit::Do(action) => {
                let mut here = self.ui.keymap.active(self.screen.scopes()).into_iter();
                if !self.overlays.is_empty() {
                    self.on_overlay(|overlay, cx| overlay.act(action, cx));
                } else if let Some(binding) = here.find(|binding| binding.action == action) {
                    self.run(binding);
                }
            }
            Hit::Choice(place) => self.on_overlay(|overlay, cx| overlay.click(place, cx)),
            Hit::Spot(spot) if self.overlays.is_empty() => self.on_spot(spot, area, at),
            Hit::Spot(_) => {}
        }
    }

    /// A click on the screen itself.
    fn on_spot(&mut self, spot: Spot, area: Rect, at: Position) {
        match spot {
            Spot::Pane(pane) => {
                self.screen.focus(pane);
                self.on_title_click(at);
            }
            Spot::Row(key) => self.on_row_click(key, at),
            Spot::Tab(tab) => self.screen.show(tab),
            Spot::Bar => {
                self.screen.focus(Pane::List);
                self.held = Some(area);
                self.on_drag(at.y);
            }
            Spot::Counted(filter) => {
                if let Some(tab) = TABS.iter().find(|tab| tab.action == Action::GoMilestones) {
                    self.go(tab);
                    self.apply(Effect::Filter(filter));
                }
            }
        }
    }

    /// The scroll bar that is held goes where the pointer is.
    fn on_drag(&mut self, y: u16) {
        if let Some(track) = self.held {
            let cx = Cx { ledger: &mut self.ledger, ui: self.ui };
            let whole = track.height.saturating_sub(1);
            self.screen.scroll_to(y.saturating_sub(track.y), whole, &cx);
        }
    }

    /// A click on the title of a column sorts by it, the next from the other end.
    fn on_title_click(&mut self, at: Position) {
        if let Some(list) = self.screen.list()
            && let Some(order) = list.rows.order_at(at)
        {
            list.sort_by(order);
        }
    }

    /// A click chooses; a click on what is chosen, or on a cell that opens by itself, opens it.
    fn on_row_click(&mut self, key: RowKey, at: Position) {
        self.screen.focus(Pane::List);
        let Some(list) = self.screen.list() else {
            return;
        };
        let column = list.rows.column_at(at);
        let is_chosen = list.rows.selected() == Some(key);
        list.rows.select(key);
        let cx = Cx { ledger: &mut self.ledger, ui: self.ui };
        if column.is_some_and(|column| self.screen.choose(key, column, &cx)) || is_chosen {
            self.act(Action::Open);
        }
    }

    /// The pane under the pointer scrolls, whichever has the keys.
    fn on_wheel(&mut self, at: Position, rows: i32) {
        if !self.overlays.is_empty() {
            let action = if rows > 0 { Action::Down } else { Action::Up };
            for _ in 0..rows.unsigned_abs() {
                self.on_overlay(|overlay, cx| overlay.act(action, cx));
            }
            return;
        }
        let pane = self.hits.iter().rev().find_map(|(area, hit)| match hit {
            Hit::Spot(Spot::Pane(pane)) if area.contains(at) => Some(*pane),
            Hit::Spot(_) | Hit::Do(_) | Hit::Choice(_) => None,
        });
        self.ledger.ask();
        let mut cx = Cx { ledger: &mut self.ledger, ui: self.ui };
        if let Err(error) = self.screen.wheel(pane.unwrap_or(Pane::List), rows, &mut cx) {
            self.say(Severity::Hint, self.ui.lang.error(&error));
        }
    }

    /// Hands something to the overlay on top, if there is one.
    fn on_overlay(&mut self, take: impl FnOnce(&mut dyn Overlay, &mut Cx<'_>) -> Result<Reply>) {
        let Some(overlay) = self.overlays.last_mut() else {
            return;
        };
        let mut cx = Cx { ledger: &mut self.ledger, ui: self.ui };
        match take(overlay.as_mut(), &mut cx) {
            Ok(reply) => self.reply(reply),
            Err(error) => self.complain(&error),
        }
    }

    fn reply(&mut self, reply: Reply) {
        match reply {
            Reply::Stay => {}
            Reply::Do(effect) => self.apply(effect),
            Reply::Close => {
                self.overlays.pop();
            }
            Reply::Done(effect) => {
                self.overlays.clear();
                self.apply(effect);
            }
            Reply::Write(change) => match self.write(&change) {
                Ok(()) => {
                    let stays = self.overlays.first_mut().is_some_and(|first| first.goes_on());
                    self.overlays.truncate(usize::from(stays));
                }
                Err(error) => {
                    self.overlays.truncate(1);
                    self.refused(&change, &error);
                }
            },
        }
    }

    /// Asks where the ledger only wants to be sure; else the form says why it was refused.
    fn refused(&mut self, change: &Change, error: &Error) {
        let lang = self.ui.lang;
        let insisted = match error {
            Error::Violation(why) => change.insisted(why).map(|change| (why, change)),
            _ => None,
        };
        if let Some((why, change)) = insisted {
            let title = lang.change(change.kind());
            let yes = Reply::Write(Box::new(change));
            self.overlays.push(Box::new(Question::new(title, lang.question(why), yes)));
        } else if let Some(form) = self.overlays.last_mut() {
            form.refuse(forms::field_error(error, lang));
        } else {
            self.complain(error);
        }
    }
}
