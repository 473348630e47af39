//! What stands above the screen and has the keys as long as it does.

use super::App;
use crate::domain::change::Change;
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::forms::{Form, FormOutcome};
use crate::tui::input::Key;
use crate::tui::keymap::{self, Lookup, Scope};
use crate::tui::widgets::commands;
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::RowId;
use crate::tui::widgets::picker::Picker;

#[derive(Default)]
pub enum Overlay {
    /// Nothing: the keys are the screen's.
    #[default]
    None,
    /// Help or palette: a binding to run.
    Commands(Box<Picker>),
    /// What is looked for, applied while it is typed; what it was before, for Esc.
    Find(Line, String),
    /// What the list is narrowed to, applied on Enter.
    Filter(Line),
    Form(Box<Form>),
    Confirm(Box<Question>),
    /// A choice for an action.
    Pick(Box<Picker>, Action),
}

/// A question, and what a yes does.
pub struct Question {
    pub title: String,
    pub text: String,
    pub then: Then,
}

pub enum Then {
    Write(Box<Change>),
    /// Yes drops the form, no goes back to it.
    Drop(Box<Form>),
    /// Yes writes what the form stands for, no goes back to it.
    Submit(Box<Form>, Box<Change>),
}

impl Overlay {
    /// The keys that work in these scopes.
    pub fn help(scopes: &[Scope], lang: Lang) -> Self {
        Self::Commands(Box::new(commands::help(scopes, lang)))
    }

    /// The commands that work in these scopes.
    pub fn palette(scopes: &[Scope], lang: Lang) -> Self {
        Self::Commands(Box::new(commands::palette(scopes, lang)))
    }

    /// A search that starts from what is looked for already.
    pub fn find(before: &str) -> Self {
        Self::Find(Line::new(before), before.to_owned())
    }

    /// A filter that starts from the one in force.
    pub fn filter(before: &str) -> Self {
        Self::Filter(Line::new(before))
    }

    /// A question before a change.
    pub fn ask(title: String, text: String, change: Box<Change>) -> Self {
        let then = Then::Write(change);
        Self::Confirm(Box::new(Question { title, text, then }))
    }

    /// Whether it has the keys.
    pub const fn is_open(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Whose keys hold in it.
    pub const fn scopes(&self) -> Option<&'static [Scope]> {
        match self {
            Self::None => None,
            Self::Form(_) => Some(&[Scope::Form]),
            Self::Confirm(_) => Some(&[Scope::Confirm]),
            Self::Commands(_) | Self::Find(..) | Self::Filter(_) | Self::Pick(..) => {
                Some(&[Scope::Popup])
            }
        }
    }
}

impl App {
    pub(super) fn on_overlay_key(&mut self, key: Key) {
        if let Overlay::Form(form) = &mut self.overlay {
            let outcome = form.on_key(key);
            self.on_form(outcome);
            return;
        }
        let scopes = self.scopes();
        // Keys are for typing, except in questions.
        let known = if scopes == [Scope::Confirm] {
            key.narrow()
        } else {
            key
        };
        match keymap::lookup(scopes, None, known) {
            Lookup::Found(binding) => self.on_overlay_action(binding.action),
            Lookup::Begun | Lookup::Unbound => self.type_key(key),
        }
    }

    fn type_key(&mut self, key: Key) {
        match &mut self.overlay {
            Overlay::Commands(picker) | Overlay::Pick(picker, _) => {
                picker.on_key(key);
            }
            Overlay::Find(line, _) => {
                line.on_key(key);
                self.screen.list().find = line.text().to_owned();
            }
            Overlay::Filter(line) => {
                line.on_key(key);
            }
            Overlay::None | Overlay::Form(_) | Overlay::Confirm(_) => {}
        }
    }

    pub(super) fn on_paste(&mut self, text: &str) {
        match &mut self.overlay {
            Overlay::Form(form) => form.paste(text),
            Overlay::Commands(picker) | Overlay::Pick(picker, _) => picker.paste(text),
            Overlay::Find(line, _) => {
                line.paste(text);
                self.screen.list().find = line.text().to_owned();
            }
            Overlay::Filter(line) => line.paste(text),
            Overlay::None | Overlay::Confirm(_) => {}
        }
    }

    pub(super) fn on_overlay_action(&mut self, action: Action) {
        match (action, std::mem::take(&mut self.overlay)) {
            (_, Overlay::Form(mut form)) => {
                let outcome = form.on_action(action);
                self.overlay = Overlay::Form(form);
                self.on_form(outcome);
            }
            (Action::Accept, Overlay::Commands(picker)) => {
                if let Some(binding) = commands::chosen(&picker) {
                    self.run(binding);
                }
            }
            (Action::Accept, Overlay::Pick(picker, then)) => match picker.chosen() {
                Some(pick) => {
                    let response = self.desk.picked(then, pick.id, &mut self.screen, self.ui);
                    self.respond(response);
                }
                None => self.overlay = Overlay::Pick(picker, then),
            },
            (Action::Accept, Overlay::Filter(line)) => {
                line.text()
                    .trim()
                    .clone_into(&mut self.screen.list().filter);
            }
            (Action::Cancel, Overlay::Find(_, before)) => self.screen.list().find = before,
            (Action::Yes, Overlay::Confirm(question)) => self.yes(question.then),
            (Action::No, Overlay::Confirm(question)) => {
                if let Then::Drop(form) | Then::Submit(form, _) = question.then {
                    self.overlay = Overlay::Form(form);
                }
            }
            (Action::Accept | Action::Cancel, _) => {}
            (_, mut overlay) => {
                if let Overlay::Commands(picker) | Overlay::Pick(picker, _) = &mut overlay {
                    picker.on_action(action);
                }
                self.overlay = overlay;
            }
        }
    }

    /// A click on a choice takes it.
    pub(super) fn on_pick_click(&mut self, id: RowId) {
        if let Overlay::Commands(picker) | Overlay::Pick(picker, _) = &mut self.overlay {
            picker.select(id);
            self.on_overlay_action(Action::Accept);
        }
    }

    fn yes(&mut self, then: Then) {
        match then {
            Then::Write(change) => self.respond(Response::Change(change)),
            Then::Drop(_) => {}
            Then::Submit(form, change) => self.submit(form, &change),
        }
    }

    /// Writes what a form stands for; a form that is refused stays and says why.
    fn submit(&mut self, mut form: Box<Form>, change: &Change) {
        if let Err(refusal) = self.write(change) {
            form.refuse(refusal);
            self.overlay = Overlay::Form(form);
        }
    }

    fn on_form(&mut self, outcome: FormOutcome) {
        match outcome {
            FormOutcome::Pending => {}
            FormOutcome::Cancelled { dirty } => {
                let form = std::mem::take(&mut self.overlay);
                if let (true, Overlay::Form(form)) = (dirty, form) {
                    let lang = self.ui.lang;
                    self.overlay = Overlay::Confirm(Box::new(Question {
                        title: lang.form_discard_title().to_owned(),
                        text: lang.form_discard().to_owned(),
                        then: Then::Drop(form),
                    }));
                }
            }
            FormOutcome::Submitted(change) => {
                if let Overlay::Form(form) = std::mem::take(&mut self.overlay) {
                    self.on_submitted(form, change);
                }
            }
        }
    }

    fn on_submitted(&mut self, form: Box<Form>, change: Box<Change>) {
        let Some((title, text)) = form.question(&change) else {
            self.submit(form, &change);
            return;
        };
        let then = Then::Submit(form, change);
        self.overlay = Overlay::Confirm(Box::new(Question { title, text, then }));
    }
}
