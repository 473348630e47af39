//! What a form declares: typed fields, and the keys by which their values are asked for. A key comes from adding the
//! field it stands for, so that a wrong name or a wrong type does not compile.

use std::rc::Rc;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::choice::{Few, Many};
use super::entry::{Entry, Kind, Reads};
use super::lines::{Bound, LineDraft, Lines};
use super::marks::{Mark, Marks};
use super::{Why, Wrong};
use crate::domain::date_input::Leaning;
use crate::domain::discount::Discount;
use crate::domain::due::DueRule;
use crate::domain::late_fee::LateFee;
use crate::domain::money;
use crate::domain::rules::Checked;
use crate::domain::violation::Field as Part;
use crate::tui::widgets::line::Line;
use crate::tui::widgets::picker::Pick;

/// What was filled in, before the field's type is put on it. Options, lines and marks go by their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    /// Minor units.
    Amount(i64),
    Day(NaiveDate),
    Number(u16),
    Rule(DueRule),
    LateFee(LateFee),
    Discount(Discount),
    Option(usize),
    /// Minor units by line; lines left at 0 or empty are not there.
    Lines(Vec<(usize, i64)>),
    Marks(Vec<usize>),
}

/// What stands in a value of that kind.
macro_rules! only {
    ($kind:ident) => {
        |value: &Value| match value {
            Value::$kind(inner) => Some(inner.clone()),
            _ => None,
        }
    };
}

/// `None` in: left empty, or not shown. `None` out: something is missing.
type Read<T> = Rc<dyn Fn(Option<&Value>) -> Option<T>>;

/// Stands for a field of a form.
#[derive(Clone)]
pub struct Key<T> {
    pub(super) at: usize,
    read: Read<T>,
}

impl<T> Key<T> {
    /// A complaint about this field.
    pub fn wrong(&self, why: impl Into<Why>) -> Wrong {
        Wrong::at(self.at, why.into())
    }

    /// What a rule says, which is about this field.
    pub fn check<U>(&self, checked: Checked<U>) -> Result<U, Wrong> {
        checked.map_err(|violation| self.wrong(violation))
    }
}

/// What a form was filled in with, as far as it can be read.
#[derive(Default)]
pub struct Values(pub(super) Vec<Option<Value>>);

impl Values {
    /// The value of a field; a complaint about it where a required field is empty or not shown.
    pub fn get<T>(&self, key: &Key<T>) -> Result<T, Wrong> {
        let value = self.read(key.at, &key.read);
        value.ok_or_else(|| key.wrong(Why::Missing))
    }

    fn read<T>(&self, at: usize, read: &Read<T>) -> Option<T> {
        read(self.0.get(at).and_then(Option::as_ref))
    }
}

/// A field before it is added to a form.
pub struct Field<T> {
    entry: Entry,
    read: Read<T>,
}

/// The fields of a form, in the order they are shown.
#[derive(Default)]
pub struct Fields {
    pub(super) entries: Vec<Entry>,
    pub(super) focus: usize,
}

impl Fields {
    pub fn add<T>(&mut self, field: Field<T>) -> Key<T> {
        self.entries.push(field.entry);
        Key { at: self.entries.len() - 1, read: field.read }
    }

    /// Words that stand there, with nothing to fill in.
    pub fn note(&mut self, text: impl Into<String>) {
        self.add(Field::note(text));
    }

    /// The cursor begins in this field.
    pub const fn focus<T>(&mut self, key: &Key<T>) {
        self.focus = key.at;
    }

    /// What stands beside a field, and on lines below it, made of all that is filled in.
    pub fn echo<T>(&mut self, key: &Key<T>, echo: impl Fn(&Values) -> String + 'static) {
        if let Some(entry) = self.entries.get_mut(key.at) {
            entry.echo = Some(Box::new(echo));
        }
    }
}

impl<T> Field<T> {
    fn new(label: impl Into<String>, kind: Kind, read: Read<T>) -> Self {
        let entry = Entry::new(label.into(), kind);
        Self { entry, read }
    }

    #[must_use]
    pub fn hinted(mut self, hint: impl Into<String>) -> Self {
        self.entry.hint = hint.into();
        self
    }

    /// What stands there is a proposal if so: typing replaces it.
    #[must_use]
    pub const fn proposed_if(mut self, proposed: bool) -> Self {
        self.entry.is_proposal = proposed;
        self.entry.fresh |= proposed;
        self
    }

    /// It may not be left empty in this case, though what it gives stays optional.
    #[must_use]
    pub fn required_when(mut self, required: bool) -> Self {
        self.entry.required = required;
        self
    }

    /// It is there only while another field, above it, has this value; without another, always.
    #[must_use]
    pub fn shown_if<'k, O: PartialEq + 'static>(
        mut self,
        key: impl Into<Option<&'k Key<O>>>,
        wanted: O,
    ) -> Self {
        if let Some(Key { at, read }) = key.into() {
            let (at, read) = (*at, Rc::clone(read));
            let is_wanted =
                move |values: &Values| values.read(at, &read).is_some_and(|value| value == wanted);
            self.entry.shown_if = Some(Box::new(is_wanted));
        }
        self
    }

    /// It is there only while this holds of the fields above it.
    #[must_use]
    pub fn shown_when(mut self, is_wanted: impl Fn(&Values) -> bool + 'static) -> Self {
        self.entry.shown_if = Some(Box::new(is_wanted));
        self
    }

    /// What the ledger calls it when it complains. Amounts, past days and due rules need not say so.
    #[must_use]
    pub const fn about(mut self, part: Part) -> Self {
        self.entry.about = Some(part);
        self
    }
}

fn optional<T>(
    label: impl Into<String>,
    kind: Kind,
    read: impl Fn(&Value) -> Option<T> + 'static,
) -> Field<Option<T>> {
    let read: Read<Option<T>> = Rc::new(move |value| Some(value.and_then(&read)));
    Field::new(label, kind, read)
}

impl<T: 'static> Field<Option<T>> {
    /// It may not be left empty.
    #[must_use]
    pub fn required(self) -> Field<T> {
        let Self { entry, read } = self.required_when(true);
        let read = Rc::new(move |value: Option<&Value>| read(value).flatten());
        Field { entry, read }
    }
}

impl Field<()> {
    pub fn note(text: impl Into<String>) -> Self {
        Self::new(text, Kind::Note, Rc::new(|_| Some(())))
    }
}

impl Field<String> {
    pub fn text(label: impl Into<String>, text: &str) -> Self {
        let kind = Kind::Line(Line::new(text), Reads::Text);
        let read = |value: Option<&Value>| value.map_or(Some(String::new()), only!(Text));
        Self::new(label, kind, Rc::new(read))
    }

    /// It may not be left empty.
    #[must_use]
    pub fn required(self) -> Self {
        self.required_when(true)
    }
}

impl Field<Option<i64>> {
    /// An amount, in minor units of a currency.
    pub fn amount(label: impl Into<String>, currency: Currency, minor: Option<i64>) -> Self {
        Self::money(label, Reads::Amount(currency), currency, minor)
    }

    /// The same, or a percentage of a contract amount, if there is one.
    pub fn amount_of(
        label: impl Into<String>,
        currency: Currency,
        contract: Option<i64>,
        minor: Option<i64>,
    ) -> Self {
        Self::money(label, Reads::Share(currency, contract), currency, minor)
    }

    fn money(
        label: impl Into<String>,
        reads: Reads,
        currency: Currency,
        minor: Option<i64>,
    ) -> Self {
        let text = minor.map_or_else(String::new, |minor| money::format(minor, currency));
        optional(label, Kind::Line(Line::new(&text), reads), only!(Amount)).about(Part::Amount)
    }
}

impl Field<Option<NaiveDate>> {
    fn day(label: impl Into<String>, leaning: Leaning, day: Option<NaiveDate>) -> Self {
        let text = day.map_or_else(String::new, |day| day.to_string());
        let kind = Kind::Line(Line::new(&text), Reads::Day(leaning));
        optional(label, kind, only!(Day))
    }

    /// The day of a fact, today at the latest.
    pub fn past(label: impl Into<String>, day: Option<NaiveDate>) -> Self {
        Self::day(label, Leaning::Past, day).about(Part::Date)
    }

    /// The day of a plan.
    pub fn next(label: impl Into<String>, day: Option<NaiveDate>) -> Self {
        Self::day(label, Leaning::Next, day)
    }
}

impl<N: Copy + Into<u16> + TryFrom<u16> + 'static> Field<Option<N>> {
    /// A whole number from 0 to `most`.
    pub fn number(label: impl Into<String>, most: N, number: Option<N>) -> Self {
        let text = number.map_or_else(String::new, |number| number.into().to_string());
        let kind = Kind::Line(Line::new(&text), Reads::Number(most.into()));
        let number = only!(Number);
        optional(label, kind, move |value| N::try_from(number(value)?).ok())
    }
}

impl Field<DueRule> {
    /// A date or a rule; nothing is no due date.
    pub fn rule(label: impl Into<String>, text: &str) -> Self {
        let kind = Kind::Line(Line::new(text), Reads::Rule);
        Self::new(label, kind, Rc::new(|value| value.and_then(only!(Rule)))).about(Part::Due)
    }
}

impl Field<Option<LateFee>> {
    /// What a contract says of money that comes late.
    pub fn late_fee(label: impl Into<String>, terms: Option<LateFee>) -> Self {
        let text = terms.map_or_else(String::new, |terms| terms.to_string());
        optional(label, Kind::Line(Line::new(&text), Reads::LateFee), only!(LateFee))
    }
}

impl Field<Option<Discount>> {
    /// What a contract gives for money that comes early.
    pub fn discount(label: impl Into<String>, terms: Option<Discount>) -> Self {
        let text = terms.map_or_else(String::new, |terms| terms.to_string());
        optional(label, Kind::Line(Line::new(&text), Reads::Discount), only!(Discount))
    }
}

fn option<T: Copy>(options: Vec<T>) -> impl Fn(&Value) -> Option<T> {
    let place = only!(Option);
    move |value| options.get(place(value)?).copied()
}

impl<T: Copy + PartialEq + 'static> Field<Option<T>> {
    /// A choice of a few, by arrows or by spelling.
    pub fn choice<S: Into<String>>(
        label: impl Into<String>,
        options: &[T],
        name: impl Fn(T) -> S,
        chosen: Option<T>,
    ) -> Self {
        let kind = Kind::Few(Few {
            options: options.iter().map(|option| name(*option).into()).collect(),
            also: Vec::new(),
            chosen: options.iter().position(|option| Some(*option) == chosen),
            typed: String::new(),
        });
        optional(label, kind, option(options.to_vec()))
    }

    /// What else its options can be spelt as, in their order.
    #[must_use]
    pub fn also<S: Into<String>>(mut self, names: impl Iterator<Item = S>) -> Self {
        if let Kind::Few(few) = &mut self.entry.kind {
            few.also = names.map(Into::into).collect();
        }
        self
    }

    /// A choice of many, from a list that is searched.
    pub fn pick(label: impl Into<String>, picks: Vec<Pick<T>>, chosen: Option<T>) -> Self {
        let options: Vec<T> = picks.iter().map(|pick| pick.value).collect();
        let picks = picks.into_iter().enumerate();
        let kind = Kind::Many(Many {
            picks: picks.map(|(at, pick)| pick.standing_for(at)).collect(),
            chosen: options.iter().position(|option| Some(*option) == chosen),
            open: None,
        });
        optional(label, kind, option(options))
    }
}

impl<T: Copy + 'static> Field<Vec<(T, i64)>> {
    /// Amounts by line, in minor units; lines left at 0 or empty are not there.
    pub fn lines(
        label: impl Into<String>,
        bound: Bound,
        currency: Currency,
        drafts: Vec<LineDraft<T>>,
    ) -> Self {
        let ids: Vec<T> = drafts.iter().map(|draft| draft.id).collect();
        let kind = Kind::Lines(Lines::new(bound, currency, drafts));
        let read = move |value: Option<&Value>| {
            let lines = value.map_or(Some(Vec::new()), only!(Lines))?;
            let line = |(at, minor)| Some((*ids.get(at)?, minor));
            lines.into_iter().map(line).collect()
        };
        Self::new(label, kind, Rc::new(read)).about(Part::Amount)
    }
}

impl<T: Copy + 'static> Field<Vec<T>> {
    /// Lines to check, at least one of them.
    pub fn marks(label: impl Into<String>, marks: Vec<Mark<T>>) -> Self {
        let ids: Vec<T> = marks.iter().map(|mark| mark.id).collect();
        let read = move |value: Option<&Value>| {
            let marked = value.and_then(only!(Marks))?;
            marked.into_iter().map(|at| ids.get(at).copied()).collect()
        };
        let mut field = Self::new(label, Kind::Marks(Marks::new(marks)), Rc::new(read));
        field.entry.required = true;
        field.about(Part::Milestones)
    }
}
