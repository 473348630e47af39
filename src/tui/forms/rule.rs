//! A due rule as it is typed: a date or a rule, and the day it comes to by the facts at hand and the days typed
//! beside it.

use chrono::{Datelike, NaiveDate};

use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::date_input::{Leaning, parse_day};
use crate::domain::due::{Basis, DueRule, Event, RuleError};
use crate::domain::facts::{Facts, Reference};
use crate::domain::kinds::Stage;
use crate::text::Lang;
use crate::tui::widgets::line::Line;

/// Another milestone of the plan, whose acceptance a rule can wait for.
#[derive(Debug, Clone)]
pub struct Peer {
    pub key: String,
    /// Whether it is an earlier one of stage acceptance: a retention waits for the last of these.
    pub accepts: bool,
    pub days: Reference,
}

/// A due rule that is being typed.
#[derive(Debug, Clone)]
pub struct Rule {
    pub(super) line: Line,
    facts: Facts,
    peers: Vec<Peer>,
}

/// What was filled in beside a rule.
pub(super) struct Beside<'a> {
    /// Days, by the names of their fields.
    pub day_of: &'a dyn Fn(&str) -> Option<NaiveDate>,
    /// What the milestone is for.
    pub stage: Option<Stage>,
}

impl Rule {
    /// The rule of a milestone with these facts, among the others of its plan in their order. Fields called
    /// `planned_on`, `delivered_on`, `accepted_on` and `stage` take the place of the facts.
    pub fn new(facts: Facts, peers: Vec<Peer>) -> Self {
        Self {
            line: Line::new(&facts.rule.to_string()),
            facts,
            peers,
        }
    }

    /// A day as any field takes it, or a rule; nothing is no due date.
    pub fn value(&self, today: NaiveDate) -> Result<DueRule, RuleError> {
        match parse_day(self.line.text(), today, Leaning::Next) {
            Ok(day) => Ok(DueRule::fixed(day)),
            Err(_) => self.line.text().parse(),
        }
    }

    /// The day it comes to.
    pub(super) fn echo(&self, lang: Lang, today: NaiveDate, beside: &Beside) -> String {
        let Ok(rule) = self.value(today) else {
            return String::new();
        };
        if rule.basis == Basis::None {
            return String::new();
        }
        let facts = Facts {
            reference: self.reference(&rule, beside.stage).cloned(),
            rule,
            planned_on: (beside.day_of)("planned_on"),
            delivered_on: (beside.day_of)("delivered_on"),
            accepted_on: (beside.day_of)("accepted_on"),
            agreed_on: None,
            reschedules: Vec::new(),
            ..self.facts.clone()
        };
        let item = as_of::item(&facts, today, Calendar::china());
        match item.and_then(|item| item.due.map(|due| (due, item.firm))) {
            Some((due, true)) => format!("= {due} {}", lang.weekday(due.weekday())),
            Some((due, false)) => lang.form_due_expected(due),
            None => lang.form_due_unknown().to_owned(),
        }
    }

    /// The days of the milestone whose acceptance the rule waits for, where that is another one.
    fn reference(&self, rule: &DueRule, stage: Option<Stage>) -> Option<&Reference> {
        let Basis::After(after) = &rule.basis else {
            return None;
        };
        let peer = match &after.of {
            Some(key) => self.peers.iter().find(|peer| peer.key == *key),
            None if after.event == Event::Acceptance && stage == Some(Stage::Retention) => {
                self.peers.iter().rfind(|peer| peer.accepts)
            }
            None => None,
        };
        peer.map(|peer| &peer.days)
    }
}
