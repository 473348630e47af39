//! What a form was filled in with, checked.

use chrono::NaiveDate;

use crate::domain::due::DueRule;
use crate::tui::widgets::list::RowId;

/// The value of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    /// Minor units; none if left empty.
    Amount(Option<i64>),
    /// A day; none if left empty.
    Day(Option<NaiveDate>),
    Choice(Option<usize>),
    Picked(Option<RowId>),
    /// Yes or no.
    Check(bool),
    /// Minor units by line, above 0; lines left at 0 or empty are not there.
    Lines(Vec<(RowId, i64)>),
    Marked(Vec<RowId>),
    /// A due rule; no date if left empty.
    Rule(Box<DueRule>),
}

/// The values of the fields that were shown, by name. A field that was not shown reads as left empty.
#[derive(Debug, Clone, Default)]
pub struct Values(Vec<(&'static str, Value)>);

impl Values {
    /// Adds the value of a field.
    pub fn insert(&mut self, name: &'static str, value: Value) {
        self.0.push((name, value));
    }

    fn get(&self, name: &str) -> Option<&Value> {
        let entry = self.0.iter().find(|(known, _)| *known == name);
        entry.map(|(_, value)| value)
    }

    pub fn text(&self, name: &str) -> String {
        match self.get(name) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        }
    }

    /// An amount, in minor units.
    pub fn amount(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Value::Amount(amount)) => *amount,
            _ => None,
        }
    }

    pub fn day(&self, name: &str) -> Option<NaiveDate> {
        match self.get(name) {
            Some(Value::Day(day)) => *day,
            _ => None,
        }
    }

    /// The place of an option.
    pub fn choice(&self, name: &str) -> Option<usize> {
        match self.get(name) {
            Some(Value::Choice(choice)) => *choice,
            _ => None,
        }
    }

    /// The value of an option, out of the list the field was made from.
    pub fn choice_of<T: Copy>(&self, name: &str, options: &[T]) -> Option<T> {
        self.choice(name).and_then(|at| options.get(at)).copied()
    }

    pub fn picked(&self, name: &str) -> Option<RowId> {
        match self.get(name) {
            Some(Value::Picked(id)) => *id,
            _ => None,
        }
    }

    /// Yes or no.
    pub fn checked(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Check(true)))
    }

    /// Amounts by line.
    pub fn lines(&self, name: &str) -> Vec<(RowId, i64)> {
        match self.get(name) {
            Some(Value::Lines(lines)) => lines.clone(),
            _ => Vec::new(),
        }
    }

    pub fn marked(&self, name: &str) -> Vec<RowId> {
        match self.get(name) {
            Some(Value::Marked(marked)) => marked.clone(),
            _ => Vec::new(),
        }
    }

    /// A due rule, if the field is there.
    pub fn rule(&self, name: &str) -> Option<DueRule> {
        match self.get(name) {
            Some(Value::Rule(rule)) => Some((**rule).clone()),
            _ => None,
        }
    }
}
