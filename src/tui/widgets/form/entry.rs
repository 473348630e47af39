//! One field of a form that is being filled in: what it holds, how keys change it, and what it is worth.

use chrono::{Datelike, NaiveDate};
use iso_currency::Currency;

use super::Clickable;
use super::choice::{Few, Many};
use super::field::{Value, Values};
use super::lines::Lines;
use super::marks::Marks;
use crate::domain::date_input::{Leaning, parse_day};
use crate::domain::due::{DueRule, RuleError};
use crate::domain::violation::{Field as Part, Violation};
use crate::domain::{money, shares};
use crate::text::Lang;
use crate::tui::input::Key;
use crate::tui::keymap::Keymap;
use crate::tui::widgets::line::Line;

/// How what is typed into a line is read.
#[derive(Clone, Copy)]
pub(super) enum Reads {
    Text,
    Amount(Currency),
    /// An amount, or a percentage of a contract amount, if there is one.
    Share(Currency, Option<i64>),
    /// A fact leans to the past, a plan to the future.
    Day(Leaning),
    /// From 0 up to this.
    Number(u16),
    Rule,
    LateFee,
    Discount,
}

impl Reads {
    /// What is replaced rather than edited.
    const fn is_replaced(self) -> bool {
        matches!(self, Self::Amount(_) | Self::Share(..) | Self::Day(_))
    }

    fn value(self, text: &str, lang: Lang, today: NaiveDate) -> Result<Option<Value>, String> {
        let text = text.trim();
        if text.is_empty() && !matches!(self, Self::Rule) {
            return Ok(None);
        }
        Ok(Some(match self {
            Self::Text => Value::Text(text.to_owned()),
            Self::Amount(currency) => {
                let amount = money::parse(text, currency);
                Value::Amount(amount.map_err(|error| lang.amount_error(&error))?)
            }
            Self::Share(currency, contract) => {
                let amount = shares::amount(text, currency, contract);
                Value::Amount(amount.map_err(|error| lang.amount_error(&error))?)
            }
            Self::Day(leaning) => {
                let day =
                    parse_day(text, today, leaning).map_err(|error| lang.day_error(&error))?;
                if leaning == Leaning::Past && day > today {
                    return Err(lang.violation(&Violation::Future { day, today }));
                }
                Value::Day(day)
            }
            Self::Number(most) => {
                let number = text.parse().ok().filter(|number| *number <= most);
                Value::Number(number.ok_or_else(|| lang.form_whole(most))?)
            }
            Self::Rule => {
                let rule = due_rule(text, today);
                Value::Rule(rule.map_err(|error| lang.rule_error(&error))?)
            }
            Self::LateFee => {
                let terms = text.parse();
                Value::LateFee(terms.map_err(|error| lang.late_fee_error(&error))?)
            }
            Self::Discount => {
                let terms = text.parse();
                Value::Discount(terms.map_err(|error| lang.discount_error(&error))?)
            }
        }))
    }
}

/// A day as any field takes it, or a rule; nothing is no due date.
pub(super) fn due_rule(text: &str, today: NaiveDate) -> Result<DueRule, RuleError> {
    match parse_day(text, today, Leaning::Next) {
        Ok(day) => Ok(DueRule::fixed(day)),
        Err(_) => text.parse(),
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

pub(super) enum Kind {
    Line(Line, Reads),
    Few(Few),
    Many(Many),
    Lines(Lines),
    Marks(Marks),
    /// Nothing to fill in: words that stand there.
    Note,
}

/// Why a field has no value, and the line of its table that is to blame.
pub(super) struct Flaw {
    pub text: String,
    pub line: Option<usize>,
}

impl From<String> for Flaw {
    fn from(text: String) -> Self {
        Self { text, line: None }
    }
}

/// Follows from what is filled in.
type By<T> = Box<dyn Fn(&Values) -> T>;

#[allow(clippy::struct_excessive_bools, reason = "independent facts about one field")]
pub(super) struct Entry {
    pub label: String,
    pub kind: Kind,
    pub required: bool,
    /// What stands under it while it has the cursor, instead of how to fill it in.
    pub hint: String,
    /// Asked with the values above it; without, it is always there.
    pub shown_if: Option<By<bool>>,
    pub shown: bool,
    pub echo: Option<By<String>>,
    pub about: Option<Part>,
    pub error: Option<String>,
    /// What stood there at first is replaced by what is typed, whatever the field reads.
    pub is_proposal: bool,
    /// What stands there was proposed: typing replaces it, anything else edits it.
    pub fresh: bool,
    /// What the form proposed.
    proposed: String,
    /// What it held when a person came to it.
    initial: String,
}

impl Entry {
    pub fn new(label: String, kind: Kind) -> Self {
        let mut entry = Self {
            label,
            kind,
            required: false,
            hint: String::new(),
            shown_if: None,
            shown: true,
            echo: None,
            about: None,
            error: None,
            is_proposal: false,
            fresh: false,
            proposed: String::new(),
            initial: String::new(),
        };
        entry.fresh = entry.is_replaced();
        entry.proposed = entry.raw();
        entry.settled();
        entry
    }

    fn is_replaced(&self) -> bool {
        let is_first = || self.raw() == self.initial;
        matches!(&self.kind, Kind::Line(_, reads) if reads.is_replaced())
            || (self.is_proposal && is_first())
    }

    /// What was typed or chosen, for telling whether it changed.
    fn raw(&self) -> String {
        match &self.kind {
            Kind::Line(line, _) => line.text().to_owned(),
            Kind::Few(Few { chosen, .. }) | Kind::Many(Many { chosen, .. }) => {
                format!("{chosen:?}")
            }
            Kind::Lines(lines) => lines.touched.to_string(),
            Kind::Marks(marks) => format!("{:?}", marks.value()),
            Kind::Note => String::new(),
        }
    }

    /// Whether it holds something else than at first.
    pub fn is_dirty(&self) -> bool {
        self.raw() != self.initial
    }

    /// Whether it holds something else than was proposed.
    pub fn is_by_hand(&self) -> bool {
        self.raw() != self.proposed
    }

    /// What it holds now is what it holds at first.
    pub fn settled(&mut self) {
        self.initial = self.raw();
    }

    pub const fn takes_cursor(&self) -> bool {
        self.shown && !matches!(self.kind, Kind::Note)
    }

    /// The cursor comes from above or from below.
    pub fn enter(&mut self, from_above: bool) {
        self.fresh = self.is_replaced();
        match &mut self.kind {
            Kind::Few(few) => few.typed.clear(),
            Kind::Lines(lines) => lines.enter(from_above),
            Kind::Marks(marks) => marks.enter(from_above),
            Kind::Line(..) | Kind::Many(_) | Kind::Note => {}
        }
    }

    /// Takes a click on something of its own; a second click on a choice of many opens its list.
    pub fn click(&mut self, spot: Clickable, was_here: bool) {
        match (&mut self.kind, spot) {
            (Kind::Few(few), Clickable::Option(_, option)) => few.choose(option),
            (Kind::Marks(marks), Clickable::Line(_, line)) => marks.toggle(line),
            (Kind::Lines(lines), Clickable::Line(_, line)) => lines.go(line),
            (Kind::Many(many), Clickable::Pick(_, place)) => many.pick_at(place),
            (Kind::Many(many), Clickable::Field(_)) if was_here => many.show(&self.label),
            (
                Kind::Line(..)
                | Kind::Few(_)
                | Kind::Many(_)
                | Kind::Lines(_)
                | Kind::Marks(_)
                | Kind::Note,
                _,
            ) => {}
        }
    }

    /// Takes a key; false if it is for the form.
    pub fn on_key(&mut self, key: Key, today: NaiveDate, keymap: &'static Keymap) -> bool {
        let fresh = std::mem::take(&mut self.fresh);
        match &mut self.kind {
            Kind::Line(line, reads) => {
                if fresh && matches!(key, Key::Char(_)) {
                    line.set("");
                }
                match reads {
                    Reads::Day(leaning) => on_day_key(line, *leaning, key, today),
                    Reads::Text
                    | Reads::Amount(_)
                    | Reads::Share(..)
                    | Reads::Number(_)
                    | Reads::Rule
                    | Reads::LateFee
                    | Reads::Discount => line.on_key(key),
                }
            }
            Kind::Few(few) => few.on_key(key),
            Kind::Many(many) => many.on_key(key, &self.label, self.required, keymap),
            Kind::Lines(lines) => lines.on_key(key),
            Kind::Marks(marks) => marks.on_key(key),
            Kind::Note => false,
        }
    }

    pub fn paste(&mut self, text: &str) -> bool {
        let fresh = std::mem::take(&mut self.fresh);
        match &mut self.kind {
            Kind::Line(line, _) => {
                if fresh {
                    line.set("");
                }
                line.paste(text)
            }
            Kind::Few(few) => {
                few.paste(text);
                true
            }
            Kind::Many(many) => many.paste(text, &self.label),
            Kind::Lines(lines) => lines.paste(text),
            Kind::Marks(_) | Kind::Note => true,
        }
    }

    /// What it is worth, or what is wrong with it; nothing if left empty.
    pub fn value(&self, lang: Lang, today: NaiveDate) -> Result<Option<Value>, Flaw> {
        let value = match &self.kind {
            Kind::Line(line, reads) => reads.value(line.text(), lang, today)?,
            Kind::Few(Few { chosen, .. }) | Kind::Many(Many { chosen, .. }) => {
                chosen.map(Value::Option)
            }
            Kind::Lines(lines) => Some(Value::Lines(lines.value(lang)?)),
            Kind::Marks(marks) => {
                Some(marks.value()).filter(|marked| !marked.is_empty()).map(Value::Marks)
            }
            Kind::Note => None,
        };
        if self.required && value.is_none() {
            return Err(lang.form_required().to_owned().into());
        }
        Ok(value)
    }

    /// Lines follow the total they share out.
    pub fn follow(&mut self, values: &Values) {
        if let Kind::Lines(lines) = &mut self.kind {
            lines.follow(values);
        }
    }

    /// Why it does not take what was typed, as long as that stands there.
    pub fn refusal(&self, lang: Lang) -> Option<String> {
        let Kind::Few(few) = &self.kind else {
            return None;
        };
        let between = lang.pick("、", ", ");
        few.misfit().map(|typed| lang.form_no_option(typed, &few.options.join(between)))
    }

    /// Marks what is wrong with it; true if nothing is.
    pub fn check(&mut self, lang: Lang, today: NaiveDate) -> bool {
        let refused = self.refusal(lang).map_or(Ok(()), |text| Err(Flaw::from(text)));
        let Err(flaw) = refused.and_then(|()| self.value(lang, today).map(drop)) else {
            return true;
        };
        if let (Kind::Lines(lines), Some(line)) = (&mut self.kind, flaw.line) {
            lines.at = line;
            lines.wrong = Some(line);
        }
        self.error = Some(flaw.text);
        false
    }

    /// How the program read what was typed, where that is not plain.
    pub fn echo(&self, values: &Values, lang: Lang, today: NaiveDate) -> String {
        if let Some(echo) = &self.echo {
            return echo(values);
        }
        match &self.kind {
            Kind::Line(line, Reads::Amount(currency)) => money::parse(line.text(), *currency)
                .map(|amount| format!("= {}", money::with_symbol(amount, *currency)))
                .unwrap_or_default(),
            Kind::Line(line, Reads::Share(currency, contract)) => {
                shares::amount(line.text(), *currency, *contract)
                    .map(|amount| format!("= {}", money::with_symbol(amount, *currency)))
                    .unwrap_or_default()
            }
            Kind::Line(line, Reads::Day(leaning)) => parse_day(line.text(), today, *leaning)
                .map(|day| format!("= {day} {}", lang.weekday(day.weekday())))
                .unwrap_or_default(),
            Kind::Line(
                _,
                Reads::Text | Reads::Number(_) | Reads::Rule | Reads::LateFee | Reads::Discount,
            )
            | Kind::Few(_)
            | Kind::Many(_)
            | Kind::Lines(_)
            | Kind::Marks(_)
            | Kind::Note => String::new(),
        }
    }
}
