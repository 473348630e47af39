//! Forms: fields, their checking, and what becomes of them. A concrete form is a function that adds its fields and
//! turns their values into a `Change`; everything else is here.

mod again;
mod choice;
mod draw;
mod entry;
mod field;
mod lines;
mod marks;
mod tables;

use chrono::NaiveDate;

use ratatui::layout::Rect;

use self::choice::Many;
use self::entry::{Entry, Kind};
use crate::domain::change::Change;
use crate::domain::violation::{Field as Part, Violation};
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::input::Key as Pressed;
use crate::tui::keymap::{Keymap, Lookup, Scope};

pub use again::Filling;
pub use field::{Field, Fields, Key, Values};
pub use lines::{Bound, LineDraft, Proposed, Shared};
pub use marks::Mark;

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
    /// A day was asked for, and nothing else.
    Day(NaiveDate),
}

/// Why a form, or the ledger, did not take what was typed, in the user's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field of the form it is about.
    pub field: Option<Part>,
    /// The reason, and the way out.
    pub text: String,
}

/// Why what was filled in makes no change.
#[derive(Debug)]
pub struct Wrong {
    at: Option<At>,
    why: Why,
}

#[derive(Debug, Clone, Copy)]
enum At {
    Place(usize),
    About(Part),
}

#[derive(Debug)]
pub enum Why {
    Missing,
    Violation(Violation),
    Said(String),
}

impl Wrong {
    const fn at(place: usize, why: Why) -> Self {
        let at = Some(At::Place(place));
        Self { at, why }
    }
}

/// Shown at the field of the form that is about it.
impl From<Violation> for Wrong {
    fn from(violation: Violation) -> Self {
        Self { at: violation.field().map(At::About), why: Why::Violation(violation) }
    }
}

impl From<Why> for Wrong {
    fn from(why: Why) -> Self {
        Self { at: None, why }
    }
}

impl From<Violation> for Why {
    fn from(violation: Violation) -> Self {
        Self::Violation(violation)
    }
}

impl From<String> for Why {
    fn from(text: String) -> Self {
        Self::Said(text)
    }
}

/// What can be pointed at in a form: a field by its place, or something of it by its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clickable {
    Field(usize),
    Line(usize, usize),
    Option(usize, usize),
    /// What is found in the open list of a field.
    Pick(usize, usize),
}

/// Turns checked values into what the form stands for.
type Finish = Box<dyn Fn(&Values) -> Result<FormOutcome, Wrong>>;

/// What is asked before a change is made, if anything.
type Question = Box<dyn Fn(&Values) -> Option<String>>;

/// A form that is being filled in.
pub struct Form {
    title: String,
    lang: Lang,
    today: NaiveDate,
    fields: Vec<Entry>,
    values: Values,
    focus: usize,
    top: usize,
    /// Cells of its lines in the last frame, and where that had what.
    room: usize,
    spots: Vec<(Rect, Clickable)>,
    problem: Option<String>,
    /// The field that was blamed for what all of them come to.
    blamed: Option<usize>,
    /// What it comes to, as it was last looked at, and what is doubtful about it.
    weighed: Option<Change>,
    doubts: Vec<String>,
    finish: Finish,
    question: Option<Question>,
}

impl Form {
    pub fn new(
        title: impl Into<String>,
        lang: Lang,
        today: NaiveDate,
        fields: Fields,
        finish: impl Fn(&Values) -> Result<Change, Wrong> + 'static,
    ) -> Self {
        let finish = move |values: &Values| Ok(FormOutcome::Submitted(Box::new(finish(values)?)));
        Self::finished(title.into(), lang, today, fields, Box::new(finish))
    }

    /// A form that asks for a day, today at the latest.
    pub fn day(title: &str, lang: Lang, today: NaiveDate, shown: NaiveDate) -> Self {
        let mut fields = Fields::default();
        let day = fields.add(Field::past(lang.form_as_of(), Some(shown)).required());
        let finish = move |values: &Values| Ok(FormOutcome::Day(values.get(&day)?));
        Self::finished(title.to_owned(), lang, today, fields, Box::new(finish))
    }

    fn finished(
        title: String,
        lang: Lang,
        today: NaiveDate,
        fields: Fields,
        finish: Finish,
    ) -> Self {
        let mut form = Self {
            title,
            lang,
            today,
            focus: fields.focus,
            fields: fields.entries,
            values: Values::default(),
            top: 0,
            room: draw::WIDE - 4,
            spots: Vec::new(),
            problem: None,
            blamed: None,
            weighed: None,
            doubts: Vec::new(),
            finish,
            question: None,
        };
        form.settle();
        if !form.fields.get(form.focus).is_some_and(Entry::takes_cursor) {
            form.step(true);
        }
        form
    }

    /// Asks this before a change is made.
    #[must_use]
    pub fn asking(mut self, question: impl Fn(&Values) -> Option<String> + 'static) -> Self {
        self.question = Some(Box::new(question));
        self
    }

    /// Title and question that stand before what is filled in is written, if any.
    pub fn question(&self) -> Option<(String, String)> {
        let text = self.question.as_ref()?(&self.values)?;
        Some((self.title.clone(), text))
    }

    pub fn is_dirty(&self) -> bool {
        self.fields.iter().any(Entry::is_dirty)
    }

    pub fn on_key(&mut self, key: Pressed, keymap: &'static Keymap) -> FormOutcome {
        let today = self.today;
        if let Some(field) = self.fields.get_mut(self.focus)
            && field.on_key(key, today, keymap)
        {
            self.edited();
            return FormOutcome::Pending;
        }
        match keymap.lookup(&[Scope::Form], None, key) {
            Lookup::Found(binding) => self.on_action(binding.action),
            Lookup::Begun | Lookup::Unbound => FormOutcome::Pending,
        }
    }

    /// Takes what a key means.
    pub fn on_action(&mut self, action: Action) -> FormOutcome {
        match action {
            Action::NextField => self.step(true),
            Action::PreviousField => self.step(false),
            Action::Propose => self.propose(),
            Action::Down | Action::Up => self.wheel(action),
            Action::Save => return self.submit(),
            Action::Cancel => {
                return FormOutcome::Cancelled { dirty: self.is_dirty() };
            }
            _ => {}
        }
        FormOutcome::Pending
    }

    /// Takes a click on one of the spots of the last frame: a field gets the cursor, an option is chosen, a line to check
    /// is checked.
    pub fn click(&mut self, place: usize) {
        let Some((_, spot)) = self.spots.get(place).copied() else {
            return;
        };
        let (Clickable::Field(at)
        | Clickable::Line(at, _)
        | Clickable::Option(at, _)
        | Clickable::Pick(at, _)) = spot;
        let Some(field) = self.fields.get_mut(at).filter(|field| field.takes_cursor()) else {
            return;
        };
        let was_here = std::mem::replace(&mut self.focus, at) == at;
        if !was_here {
            field.enter(true);
        }
        field.click(spot, was_here);
        self.edited();
    }

    /// Goes on in the list that is open, else among the fields.
    fn wheel(&mut self, action: Action) {
        match self.fields.get_mut(self.focus).map(|field| &mut field.kind) {
            Some(Kind::Many(Many { open: Some(picker), .. })) => {
                picker.on_action(action);
            }
            _ => self.step(action == Action::Down),
        }
    }

    /// Another proposal where a total is shared out.
    fn propose(&mut self) {
        for field in self.fields.iter_mut().filter(|field| field.shown) {
            if let Kind::Lines(lines) = &mut field.kind
                && lines.is_shared()
            {
                lines.turn();
                field.error = None;
            }
        }
        self.settle();
    }

    /// Takes pasted text; it never submits. False if the field had no room for all of it.
    pub fn paste(&mut self, text: &str) -> bool {
        let Some(field) = self.fields.get_mut(self.focus) else {
            return true;
        };
        let whole = field.paste(text);
        self.edited();
        whole
    }

    /// Looks anew at what it comes to, once that is another change: `doubts` says what is doubtful about it.
    pub fn weigh<E>(
        &mut self,
        doubts: impl FnOnce(&Change) -> Result<Vec<String>, E>,
    ) -> Result<(), E> {
        let change = match (self.finish)(&self.values) {
            Ok(FormOutcome::Submitted(change)) => Some(*change),
            Ok(_) | Err(_) => None,
        };
        if change == self.weighed {
            return Ok(());
        }
        self.doubts = change.as_ref().map_or_else(|| Ok(Vec::new()), doubts)?;
        self.weighed = change;
        Ok(())
    }

    /// Shows why the ledger did not take it, at the field it is about.
    pub fn refuse(&mut self, error: FieldError) {
        self.complain(error.field.map(At::About), error.text);
    }

    fn complain(&mut self, at: Option<At>, text: String) {
        let is_there = |(place, field): (usize, &Entry)| {
            field.shown
                && at.is_some_and(|at| match at {
                    At::Place(at) => at == place,
                    At::About(part) => field.about == Some(part),
                })
        };
        let at = self.fields.iter().enumerate().position(is_there);
        match at.and_then(|at| Some((at, self.fields.get_mut(at)?))) {
            Some((at, field)) => {
                field.error = Some(text);
                self.focus = at;
                self.blamed = Some(at);
            }
            None => self.problem = Some(text),
        }
    }

    /// Moves to the next or previous field that is shown, round the ends.
    fn step(&mut self, forward: bool) {
        let many = self.fields.len();
        for by in 1..=many {
            let at =
                if forward { (self.focus + by) % many } else { (self.focus + many - by) % many };
            if let Some(field) = self.fields.get_mut(at)
                && field.takes_cursor()
            {
                field.enter(forward);
                self.focus = at;
                return;
            }
        }
    }

    /// What follows from an edit: old complaints go, and the rest of the form follows.
    fn edited(&mut self) {
        self.problem = None;
        for at in self.blamed.take().into_iter().chain([self.focus]) {
            if let Some(field) = self.fields.get_mut(at) {
                field.error = None;
            }
        }
        self.settle();
    }

    /// Reads every field anew. What is shown, and what lines share out, follows from the fields above.
    fn settle(&mut self) {
        let mut values = Values::default();
        for field in &mut self.fields {
            field.shown = field.shown_if.as_ref().is_none_or(|shown| shown(&values));
            let mut value = None;
            if field.shown {
                field.follow(&values);
                value = field.value(self.lang, self.today).ok().flatten();
            }
            values.0.push(value);
        }
        self.values = values;
    }

    /// Checks every field; the first that is wrong gets the cursor.
    fn submit(&mut self) -> FormOutcome {
        let mut wrong = None;
        for (at, field) in self.fields.iter_mut().enumerate() {
            if field.shown && !field.check(self.lang, self.today) {
                wrong = wrong.or(Some(at));
            }
        }
        if let Some(at) = wrong {
            self.focus = at;
            return FormOutcome::Pending;
        }
        match (self.finish)(&self.values) {
            Ok(outcome) => outcome,
            Err(wrong) => {
                let text = match wrong.why {
                    Why::Missing => self.lang.form_required().to_owned(),
                    Why::Violation(violation) => self.lang.violation(&violation),
                    Why::Said(text) => text,
                };
                self.complain(wrong.at, text);
                FormOutcome::Pending
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
