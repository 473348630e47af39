//! One field of a form: what it holds, how keys change it, and what it is worth.

use chrono::{Datelike, NaiveDate};
use iso_currency::Currency;

use super::keys::{on_choice_key, on_closed_key, on_day_key, on_open_key};
use super::lines::Lines;
use super::marks::Marks;
use super::rule::Rule;
use super::value::Value;
use crate::domain::date_input::{Leaning, parse_day};
use crate::domain::money;
use crate::domain::violation::Violation;
use crate::text::Lang;
use crate::tui::input::Key;
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::RowId;
use crate::tui::widgets::picker::{Pick, Picker};

#[derive(Debug, Clone)]
pub enum Kind {
    Text(Line),
    /// An amount of a currency.
    Amount(Line, Currency),
    /// A day; a fact leans to the past, a plan to the future.
    Day(Line, Leaning),
    Choice(Vec<String>, Option<usize>),
    Pick {
        picks: Vec<Pick<RowId>>,
        chosen: Option<RowId>,
        open: Option<Box<Picker<RowId>>>,
    },
    /// Yes or no.
    Check(bool),
    /// Amounts by line.
    Lines(Lines),
    Marks(Marks),
    Rule(Box<Rule>),
    /// Nothing to fill in: words that stand there.
    Note,
}

impl Kind {
    /// An amount or a day, which is replaced rather than edited.
    const fn is_number(&self) -> bool {
        matches!(self, Self::Amount(..) | Self::Day(..))
    }

    /// The option of a choice.
    pub const fn chosen(&self) -> Option<usize> {
        match self {
            Self::Choice(_, chosen) => *chosen,
            _ => None,
        }
    }

    /// The amount as far as it can be read.
    pub fn amount(&self) -> Option<i64> {
        match self {
            Self::Amount(line, currency) => money::parse(line.text(), *currency).ok(),
            _ => None,
        }
    }

    /// The day as far as it can be read.
    pub fn day(&self, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day(line, leaning) => parse_day(line.text(), today, *leaning).ok(),
            _ => None,
        }
    }

    /// What was typed or chosen, for telling whether it changed.
    fn raw(&self) -> String {
        match self {
            Self::Text(line) | Self::Amount(line, _) | Self::Day(line, _) => line.text().to_owned(),
            Self::Choice(_, chosen) => format!("{chosen:?}"),
            Self::Pick { chosen, .. } => format!("{chosen:?}"),
            Self::Check(on) => on.to_string(),
            Self::Lines(lines) => lines.touched.to_string(),
            Self::Marks(marks) => format!("{:?}", marks.value()),
            Self::Rule(rule) => rule.line.text().to_owned(),
            Self::Note => String::new(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Field {
    /// By which its value is asked for.
    pub name: &'static str,
    /// What stands left of it.
    pub label: String,
    pub kind: Kind,
    /// Whether it may not be left empty.
    pub required: bool,
    /// What stands under it while it has the cursor, instead of how to fill it in.
    pub hint: String,
    /// It is there only while the choice field of that name has that option.
    pub shown_if: Option<(&'static str, usize)>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What stands there was proposed: typing replaces it, anything else edits it.
    pub(super) fresh: bool,
    /// What was typed of an option's name since the cursor came.
    typed: String,
    initial: String,
}

impl Field {
    pub fn new(name: &'static str, label: impl Into<String>, kind: Kind) -> Self {
        Self {
            name,
            label: label.into(),
            initial: kind.raw(),
            fresh: kind.is_number(),
            typed: String::new(),
            kind,
            required: false,
            hint: String::new(),
            shown_if: None,
            error: None,
        }
    }

    pub fn text(name: &'static str, label: impl Into<String>, text: &str) -> Self {
        Self::new(name, label, Kind::Text(Line::new(text)))
    }

    pub fn amount(
        name: &'static str,
        label: impl Into<String>,
        currency: Currency,
        minor: Option<i64>,
    ) -> Self {
        let text = minor.map(|minor| money::format(minor, currency));
        let line = Line::new(&text.unwrap_or_default());
        Self::new(name, label, Kind::Amount(line, currency))
    }

    pub fn day(
        name: &'static str,
        label: impl Into<String>,
        leaning: Leaning,
        day: Option<NaiveDate>,
    ) -> Self {
        let line = Line::new(&day.map(|day| day.to_string()).unwrap_or_default());
        Self::new(name, label, Kind::Day(line, leaning))
    }

    /// A choice of a few.
    pub fn choice(
        name: &'static str,
        label: impl Into<String>,
        options: impl IntoIterator<Item = impl Into<String>>,
        chosen: Option<usize>,
    ) -> Self {
        let options = options.into_iter().map(Into::into).collect();
        Self::new(name, label, Kind::Choice(options, chosen))
    }

    pub fn pick(
        name: &'static str,
        label: impl Into<String>,
        picks: Vec<Pick<RowId>>,
        chosen: Option<RowId>,
    ) -> Self {
        let open = None;
        Self::new(
            name,
            label,
            Kind::Pick {
                picks,
                chosen,
                open,
            },
        )
    }

    pub fn note(text: impl Into<String>) -> Self {
        Self::new("", text, Kind::Note)
    }

    /// It may not be left empty.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    #[must_use]
    pub fn hinted(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// It is there only while the choice field `name` has that option.
    #[must_use]
    pub const fn shown_if(mut self, name: &'static str, option: usize) -> Self {
        self.shown_if = Some((name, option));
        self
    }

    /// Whether it holds something else than at first.
    pub fn is_dirty(&self) -> bool {
        self.kind.raw() != self.initial
    }

    /// The cursor comes from above or from below.
    pub fn enter(&mut self, from_above: bool) {
        self.fresh = self.kind.is_number();
        self.typed.clear();
        match &mut self.kind {
            Kind::Lines(lines) => lines.enter(from_above),
            Kind::Marks(marks) => marks.enter(from_above),
            _ => {}
        }
    }

    /// Takes a key; false if it is for the form.
    pub fn on_key(&mut self, key: Key, today: NaiveDate) -> bool {
        let fresh = std::mem::take(&mut self.fresh);
        if fresh && matches!(key, Key::Char(_)) {
            self.empty();
        }
        match &mut self.kind {
            Kind::Text(line) | Kind::Amount(line, _) => line.on_key(key),
            Kind::Day(line, leaning) => on_day_key(line, *leaning, key, today),
            Kind::Choice(options, chosen) => on_choice_key(options, chosen, &mut self.typed, key),
            Kind::Pick {
                picks,
                chosen,
                open,
            } => match open {
                Some(_) => on_open_key(chosen, open, key),
                None => on_closed_key((&self.label, self.required), picks, (chosen, open), key),
            },
            Kind::Check(on) => {
                let switches = matches!(key, Key::Char(' ') | Key::Left | Key::Right);
                *on ^= switches;
                switches
            }
            Kind::Lines(lines) => lines.on_key(key),
            Kind::Marks(marks) => marks.on_key(key),
            Kind::Rule(rule) => rule.line.on_key(key),
            Kind::Note => false,
        }
    }

    fn empty(&mut self) {
        if let Kind::Amount(line, _) | Kind::Day(line, _) = &mut self.kind {
            line.set("");
        }
    }

    pub fn paste(&mut self, text: &str) {
        if std::mem::take(&mut self.fresh) {
            self.empty();
        }
        match &mut self.kind {
            Kind::Text(line) | Kind::Amount(line, _) | Kind::Day(line, _) => line.paste(text),
            Kind::Pick {
                open: Some(picker), ..
            } => picker.paste(text),
            Kind::Lines(lines) => lines.paste(text),
            Kind::Rule(rule) => rule.line.paste(text),
            Kind::Choice(..) | Kind::Pick { .. } | Kind::Check(_) | Kind::Marks(_) | Kind::Note => {
            }
        }
    }

    /// What it is worth, or what is wrong with it.
    pub fn value(&mut self, lang: Lang, today: NaiveDate) -> Result<Value, String> {
        let needed = |empty: bool| {
            if empty && self.required {
                Err(lang.form_required().to_owned())
            } else {
                Ok(empty)
            }
        };
        Ok(match &mut self.kind {
            Kind::Text(line) => {
                let text = line.text().trim();
                needed(text.is_empty())?;
                Value::Text(text.to_owned())
            }
            Kind::Amount(line, _) if needed(line.text().trim().is_empty())? => Value::Amount(None),
            Kind::Amount(line, currency) => {
                let amount = money::parse(line.text(), *currency);
                Value::Amount(Some(amount.map_err(|error| lang.amount_error(&error))?))
            }
            Kind::Day(line, _) if needed(line.text().trim().is_empty())? => Value::Day(None),
            Kind::Day(line, leaning) => {
                let day = parse_day(line.text(), today, *leaning);
                let day = day.map_err(|error| lang.day_error(&error))?;
                if *leaning == Leaning::Past && day > today {
                    return Err(lang.violation(&Violation::Future { day, today }));
                }
                Value::Day(Some(day))
            }
            Kind::Choice(_, chosen) => {
                needed(chosen.is_none())?;
                Value::Choice(*chosen)
            }
            Kind::Pick { chosen, .. } => {
                needed(chosen.is_none())?;
                Value::Picked(*chosen)
            }
            Kind::Check(on) => Value::Check(*on),
            Kind::Lines(lines) => Value::Lines(lines.value(lang)?),
            Kind::Marks(marks) => {
                let marked = marks.value();
                needed(marked.is_empty())?;
                Value::Marked(marked)
            }
            Kind::Rule(rule) => {
                needed(rule.line.text().trim().is_empty())?;
                let rule = rule.value(today);
                Value::Rule(Box::new(rule.map_err(|error| lang.rule_error(&error))?))
            }
            Kind::Note => Value::Text(String::new()),
        })
    }

    /// How the program read what was typed, where that is not plain.
    pub fn echo(&self, lang: Lang, today: NaiveDate) -> String {
        match &self.kind {
            Kind::Amount(line, currency) => money::parse(line.text(), *currency)
                .map(|amount| format!("= {}", money::with_symbol(amount, *currency)))
                .unwrap_or_default(),
            Kind::Day(line, leaning) => parse_day(line.text(), today, *leaning)
                .map(|day| format!("= {day} {}", lang.weekday(day.weekday())))
                .unwrap_or_default(),
            _ => String::new(),
        }
    }
}
