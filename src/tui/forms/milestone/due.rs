//! The day a due rule comes to, by the facts at hand and what is typed beside it.

use chrono::{Datelike, NaiveDate};

use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::due::{Basis, DueRule, Event};
use crate::domain::facts::{Facts, Reference};
use crate::domain::ids::MilestoneId;
use crate::domain::kinds::Stage;
use crate::store::PlanStep;
use crate::text::Lang;
use crate::tui::widgets::form::{Key, Values};

/// Another milestone of the plan, whose acceptance a rule can wait for.
pub(super) struct Peer {
    key: String,
    /// Whether it is an earlier one of stage acceptance: a retention waits for the last of these.
    accepts: bool,
    days: Reference,
}

/// The other milestones of the plan, in their order.
pub(super) fn peers(plan: &[PlanStep], own: Option<MilestoneId>) -> Vec<Peer> {
    let own_seq = plan.iter().find(|step| Some(step.item.id) == own).map(|step| step.item.seq);
    let others = plan.iter().filter(|step| Some(step.item.id) != own);
    let peer = |step: &PlanStep| Peer {
        key: step.key.clone(),
        accepts: step.item.stage == Stage::Acceptance
            && own_seq.is_none_or(|own| step.item.seq < own),
        days: Reference { accepted_on: step.item.accepted_on, planned_on: step.item.planned_on },
    };
    others.map(peer).collect()
}

/// What decides the day a rule comes to.
#[derive(Clone)]
pub(super) struct Keys {
    pub rule: Key<DueRule>,
    pub stage: Key<Stage>,
    pub planned_on: Key<Option<NaiveDate>>,
    pub delivered_on: Option<Key<Option<NaiveDate>>>,
    pub accepted_on: Option<Key<Option<NaiveDate>>>,
}

/// What a rule is read with, besides what is typed.
pub(super) struct Known {
    pub facts: Facts,
    pub peers: Vec<Peer>,
    pub lang: Lang,
    pub today: NaiveDate,
}

impl Known {
    /// The day a rule comes to; nothing where there is no rule that can be read.
    pub(super) fn echo(&self, keys: &Keys, values: &Values) -> String {
        let rule = values.get(&keys.rule).unwrap_or_default();
        if rule.basis == Basis::None {
            return String::new();
        }
        let day = |key: &Key<Option<NaiveDate>>| values.get(key).ok().flatten();
        let stage = values.get(&keys.stage).ok();
        let facts = Facts {
            reference: self.reference(&rule, stage).cloned(),
            rule,
            planned_on: day(&keys.planned_on),
            delivered_on: keys.delivered_on.as_ref().and_then(day),
            accepted_on: keys.accepted_on.as_ref().and_then(day),
            agreed_on: None,
            reschedules: Vec::new(),
            ..self.facts.clone()
        };
        let item = as_of::item(&facts, self.today, Calendar::china());
        match item.and_then(|item| item.due.map(|due| (due, item.firm))) {
            Some((due, true)) => format!("= {due} {}", self.lang.weekday(due.weekday())),
            Some((due, false)) => self.lang.form_due_expected(due),
            None => self.lang.form_due_unknown().to_owned(),
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
