//! Forms: fields, their checking, and what becomes of them. A concrete form is a function that lists the fields and
//! turns their values into a `Change`; everything else is here.

mod draw;
mod field;
mod keys;
mod lines;
mod marks;
mod rule;
mod value;

use chrono::NaiveDate;

use crate::domain::change::Change;
use crate::domain::kinds::Stage;
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::effect::FieldError;
use crate::tui::input::Key;
use crate::tui::keymap::{self, Lookup, Scope};

pub use field::{Field, Kind};
pub use lines::{LineDraft, Lines};
pub use marks::{Mark, Marks};
pub use rule::{Peer, Rule};
pub use value::{Value, Values};

/// What a key did to a form.
#[derive(Debug, PartialEq)]
pub enum FormOutcome {
    Pending,
    /// Left without saving; `dirty` if something typed would be lost.
    Cancelled {
        dirty: bool,
    },
    /// Every field is right: this is to be written.
    Submitted(Box<Change>),
}

/// Turns checked values into the change the form stands for.
pub type Finish = Box<dyn Fn(&Values) -> Result<Change, FieldError>>;

/// What is asked before a change is made, if anything.
pub type Question = Box<dyn Fn(&Change) -> Option<String>>;

/// A form that is being filled in.
pub struct Form {
    title: String,
    lang: Lang,
    today: NaiveDate,
    fields: Vec<Field>,
    focus: usize,
    top: usize,
    problem: Option<String>,
    finish: Finish,
    question: Option<Question>,
}

impl Form {
    /// A form with these fields, the cursor in the first that is to be filled in.
    pub fn new(
        title: impl Into<String>,
        (lang, today): (Lang, NaiveDate),
        fields: Vec<Field>,
        finish: Finish,
    ) -> Self {
        let mut form = Self {
            title: title.into(),
            lang,
            today,
            fields,
            focus: 0,
            top: 0,
            problem: None,
            finish,
            question: None,
        };
        form.propose_all();
        if !form.takes_cursor(0) {
            form.step(true);
        }
        form
    }

    /// Asks this before a change is made.
    #[must_use]
    pub fn asking(mut self, question: Question) -> Self {
        self.question = Some(question);
        self
    }

    /// Title and question that stand before this change, if any.
    pub fn question(&self, change: &Change) -> Option<(String, String)> {
        let text = self.question.as_ref()?(change)?;
        Some((self.title.clone(), text))
    }

    /// Puts the cursor into a field.
    #[must_use]
    pub fn focused(mut self, name: &str) -> Self {
        self.focus_on(name);
        self
    }

    pub fn is_dirty(&self) -> bool {
        self.fields.iter().any(Field::is_dirty)
    }

    pub fn on_key(&mut self, key: Key) -> FormOutcome {
        let today = self.today;
        if let Some(field) = self.fields.get_mut(self.focus)
            && field.on_key(key, today)
        {
            self.edited();
            return FormOutcome::Pending;
        }
        match keymap::lookup(&[Scope::Form], None, key) {
            Lookup::Found(binding) => self.on_action(binding.action),
            Lookup::Begun | Lookup::Unbound => FormOutcome::Pending,
        }
    }

    /// Takes what a key means.
    pub fn on_action(&mut self, action: Action) -> FormOutcome {
        match action {
            Action::NextField => self.step(true),
            Action::PreviousField => self.step(false),
            Action::Save => return self.submit(),
            Action::Cancel => {
                return FormOutcome::Cancelled {
                    dirty: self.is_dirty(),
                };
            }
            _ => {}
        }
        FormOutcome::Pending
    }

    /// Takes pasted text; it never submits.
    pub fn paste(&mut self, text: &str) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.paste(text);
            self.edited();
        }
    }

    /// Shows why the ledger did not take it, at the field it is about.
    pub fn refuse(&mut self, refusal: FieldError) {
        let field = refusal.field.and_then(|name| self.place(name));
        match field.and_then(|at| self.fields.get_mut(at)) {
            Some(field) => {
                field.error = Some(refusal.text);
                self.focus_on(refusal.field.unwrap_or_default());
            }
            None => self.problem = Some(refusal.text),
        }
    }

    /// Where the field of this name is; of several the one that is shown.
    fn place(&self, name: &str) -> Option<usize> {
        let named = |at: &usize| self.fields.get(*at).is_some_and(|field| field.name == name);
        let mut places = (0..self.fields.len()).filter(named);
        places.find(|at| self.is_shown(*at))
    }

    fn focus_on(&mut self, name: &str) {
        if let Some(at) = self.place(name) {
            self.focus = at;
        }
    }

    fn is_shown(&self, at: usize) -> bool {
        let Some(field) = self.fields.get(at) else {
            return false;
        };
        field.shown_if.is_none_or(|(name, option)| {
            let asked = self.fields.iter().find(|field| field.name == name);
            asked.is_some_and(|asked| asked.kind.chosen() == Some(option))
        })
    }

    fn takes_cursor(&self, at: usize) -> bool {
        let note = |field: &Field| matches!(field.kind, Kind::Note);
        self.is_shown(at) && !self.fields.get(at).is_some_and(note)
    }

    /// Moves to the next or previous field that is shown, round the ends.
    fn step(&mut self, forward: bool) {
        let many = self.fields.len();
        for by in 1..=many {
            let at = if forward {
                (self.focus + by) % many
            } else {
                (self.focus + many - by) % many
            };
            if self.takes_cursor(at) {
                self.focus = at;
                if let Some(field) = self.fields.get_mut(at) {
                    field.enter(forward);
                }
                return;
            }
        }
    }

    /// What follows from an edit: old complaints go, and lines follow the total they share out.
    fn edited(&mut self) {
        self.problem = None;
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.error = None;
        }
        self.propose_all();
    }

    fn propose_all(&mut self) {
        for at in (0..self.fields.len())
            .filter(|at| self.is_shown(*at))
            .collect::<Vec<_>>()
        {
            let name = match self.fields.get(at).map(|field| &field.kind) {
                Some(Kind::Lines(lines)) => lines.total_of(),
                _ => None,
            };
            let total = name.and_then(|name| self.place(name));
            let total = total
                .and_then(|at| self.fields.get(at))
                .map(|field| field.kind.amount());
            if let Some(total) = total
                && let Some(Kind::Lines(lines)) = self.fields.get_mut(at).map(|f| &mut f.kind)
            {
                lines.set_total(total);
            }
        }
    }

    /// How a field reads what was typed into it.
    fn echo(&self, field: &Field, lang: Lang) -> String {
        let Kind::Rule(rule) = &field.kind else {
            return field.echo(lang, self.today);
        };
        let day_of = |name: &str| {
            let field = self.fields.get(self.place(name)?)?;
            field.kind.day(self.today)
        };
        let stage = self.fields.iter().find(|field| field.name == "stage");
        let stage = stage.and_then(|field| field.kind.chosen());
        let beside = rule::Beside {
            day_of: &day_of,
            stage: stage.and_then(|at| Stage::ALL.get(at)).copied(),
        };
        rule.echo(lang, self.today, &beside)
    }

    /// Checks every field; the first that is wrong gets the cursor.
    fn submit(&mut self) -> FormOutcome {
        let mut values = Values::default();
        let mut wrong = None;
        for at in 0..self.fields.len() {
            let shown = self.is_shown(at);
            let Some(field) = self.fields.get_mut(at).filter(|_| shown) else {
                continue;
            };
            match field.value(self.lang, self.today) {
                Ok(value) => values.insert(field.name, value),
                Err(error) => {
                    field.error = Some(error);
                    wrong = wrong.or(Some(at));
                }
            }
        }
        if let Some(at) = wrong {
            self.focus = at;
            return FormOutcome::Pending;
        }
        match (self.finish)(&values) {
            Ok(change) => FormOutcome::Submitted(Box::new(change)),
            Err(refusal) => {
                self.refuse(refusal);
                FormOutcome::Pending
            }
        }
    }
}

#[cfg(test)]
mod tests;
