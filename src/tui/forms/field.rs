//! One field of a form: what it holds, how keys change it, and what it is worth.

use chrono::{Datelike, NaiveDate};
use iso_currency::Currency;

use super::lines::Lines;
use super::value::Value;
use crate::domain::money;
use crate::domain::when::{Leaning, parse_day};
use crate::text::Lang;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::input::Key;
use crate::tui::keymap::{self, Lookup, Scope};
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::RowId;
use crate::tui::widgets::picker::{Pick, Picker};

/// What a field holds.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Any text.
    Text(Line),
    /// An amount of a currency.
    Amount(Line, Currency),
    /// A day; a fact leans to the past, a plan to the future.
    Day(Line, Leaning),
    /// One of a few.
    Choice(Vec<String>, Option<usize>),
    /// One of many.
    Pick {
        /// The choices.
        picks: Vec<Pick>,
        /// What is picked.
        chosen: Option<RowId>,
        /// The open list.
        open: Option<Box<Picker>>,
    },
    /// Yes or no.
    Check(bool),
    /// Amounts that share out a total.
    Lines(Lines),
}

impl Kind {
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

    /// What was typed or chosen, for telling whether it changed.
    fn raw(&self) -> String {
        match self {
            Self::Text(line) | Self::Amount(line, _) | Self::Day(line, _) => line.text().to_owned(),
            Self::Choice(_, chosen) => format!("{chosen:?}"),
            Self::Pick { chosen, .. } => format!("{chosen:?}"),
            Self::Check(on) => on.to_string(),
            Self::Lines(lines) => lines.touched.to_string(),
        }
    }
}

/// One field.
#[derive(Debug, Clone)]
pub struct Field {
    /// By which its value is asked for.
    pub name: &'static str,
    /// What stands left of it.
    pub label: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may not be left empty.
    pub required: bool,
    /// What stands under it while it has the cursor, instead of how to fill it in.
    pub hint: String,
    /// It is there only while the choice field of that name has that option.
    pub shown_if: Option<(&'static str, usize)>,
    /// What is wrong with it.
    pub error: Option<String>,
    initial: String,
}

impl Field {
    /// A field.
    pub fn new(name: &'static str, label: impl Into<String>, kind: Kind) -> Self {
        Self {
            name,
            label: label.into(),
            initial: kind.raw(),
            kind,
            required: false,
            hint: String::new(),
            shown_if: None,
            error: None,
        }
    }

    /// A text field.
    pub fn text(name: &'static str, label: impl Into<String>, text: &str) -> Self {
        Self::new(name, label, Kind::Text(Line::new(text)))
    }

    /// An amount field.
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

    /// A day field.
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

    /// A choice of many.
    pub fn pick(
        name: &'static str,
        label: impl Into<String>,
        picks: Vec<Pick>,
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

    /// It may not be left empty.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// What stands under it.
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
    pub const fn enter(&mut self, from_above: bool) {
        if let Kind::Lines(lines) = &mut self.kind {
            lines.enter(from_above);
        }
    }

    /// Takes a key; false if it is for the form.
    pub fn on_key(&mut self, key: Key, today: NaiveDate) -> bool {
        match &mut self.kind {
            Kind::Text(line) | Kind::Amount(line, _) => line.on_key(key),
            Kind::Day(line, leaning) => on_day_key(line, *leaning, key, today),
            Kind::Choice(options, chosen) => on_choice_key(options, chosen, key),
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
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        match &mut self.kind {
            Kind::Text(line) | Kind::Amount(line, _) | Kind::Day(line, _) => line.paste(text),
            Kind::Pick {
                open: Some(picker), ..
            } => picker.paste(text),
            Kind::Lines(lines) => lines.paste(text),
            Kind::Choice(..) | Kind::Pick { .. } | Kind::Check(_) => {}
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
                Value::Day(Some(day.map_err(|error| lang.day_error(&error))?))
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

/// Besides typing: nothing moves a day by accident, but Ctrl-n and Ctrl-p step one.
fn on_day_key(line: &mut Line, leaning: Leaning, key: Key, today: NaiveDate) -> bool {
    let day = parse_day(line.text(), today, leaning).unwrap_or(today);
    let stepped = match key {
        Key::Ctrl('n') => day.succ_opt(),
        Key::Ctrl('p') => day.pred_opt(),
        _ => return line.on_key(key),
    };
    line.set(&stepped.unwrap_or(day).to_string());
    true
}

fn on_choice_key(options: &[String], chosen: &mut Option<usize>, key: Key) -> bool {
    let many = options.len();
    if many == 0 {
        return false;
    }
    *chosen = match (key, *chosen) {
        (Key::Right | Key::Char(' '), None) => Some(0),
        (Key::Right | Key::Char(' '), Some(at)) => Some((at + 1) % many),
        (Key::Left, None) => Some(many - 1),
        (Key::Left, Some(at)) => Some((at + many - 1) % many),
        (Key::Backspace | Key::Delete, _) => None,
        (Key::Char(c), at) => {
            // From the option after this one on, so that the same letter goes round.
            let needle = Needle::new(&c.to_string());
            let from = at.map_or(0, |at| at + 1);
            let mut round = (0..many).map(|by| (from + by) % many);
            let starts = |at: &usize| {
                let option = options.get(*at).and_then(|option| option.chars().next());
                option.is_some_and(|first| needle.matches(first.encode_utf8(&mut [0; 4])))
            };
            round.find(starts).or(at)
        }
        _ => return false,
    };
    true
}

/// A list that is not open: typing opens it, and so does Enter where something has to be picked.
fn on_closed_key(
    (label, required): (&str, bool),
    picks: &[Pick],
    (chosen, open): (&mut Option<RowId>, &mut Option<Box<Picker>>),
    key: Key,
) -> bool {
    let wanted = required && chosen.is_none();
    match key {
        Key::Backspace | Key::Delete => {
            *chosen = None;
            return true;
        }
        Key::Enter if !wanted => return false,
        Key::Enter | Key::Right | Key::Char(_) => {}
        _ => return false,
    }
    let mut picker = Picker::new(label, picks.to_vec(), *chosen);
    if let Key::Char(c) = key
        && c != ' '
    {
        picker.on_key(key);
    }
    *open = Some(Box::new(picker));
    true
}

fn on_open_key(chosen: &mut Option<RowId>, open: &mut Option<Box<Picker>>, key: Key) -> bool {
    let Some(picker) = open else {
        return false;
    };
    match keymap::lookup(&[Scope::Popup], None, key) {
        Lookup::Found(binding) => match binding.action {
            Action::Accept => {
                if let Some(pick) = picker.chosen() {
                    *chosen = Some(pick.id);
                    *open = None;
                }
            }
            Action::Cancel => *open = None,
            other => {
                picker.on_action(other);
            }
        },
        Lookup::Begun | Lookup::Unbound => {
            picker.on_key(key);
        }
    }
    true
}
