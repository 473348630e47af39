//! The day a due rule comes to, by the facts at hand and what is typed beside it.

use chrono::{Datelike, NaiveDate};

use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::due::{Basis, DueRule, Event};
use crate::domain::facts::{Facts, Reference};
use crate::domain::ids::MilestoneId;
use crate::domain::kinds::Stage;
use crate::domain::terms::told_rule;
use crate::store::PlanStep;
use crate::text::Lang;
use crate::tui::widgets::form::{Key, Values, Wrong};

/// Another milestone of the plan, whose acceptance or delivery a rule can wait for.
pub(super) struct Peer {
    id: MilestoneId,
    key: String,
    stage: Stage,
    is_earlier: bool,
    delivered_on: Option<NaiveDate>,
    accepted_on: Option<NaiveDate>,
    planned_on: Option<NaiveDate>,
}

/// The other milestones of the plan, in their order.
pub(super) fn peers(plan: &[PlanStep], own: Option<MilestoneId>) -> Vec<Peer> {
    let own_seq = plan.iter().find(|step| Some(step.item.id) == own).map(|step| step.item.seq);
    let others = plan.iter().filter(|step| Some(step.item.id) != own);
    let peer = |step: &PlanStep| Peer {
        id: step.item.id,
        key: step.key.clone(),
        stage: step.item.stage,
        is_earlier: own_seq.is_none_or(|own| step.item.seq < own),
        delivered_on: step.item.delivered_on,
        accepted_on: step.item.accepted_on,
        planned_on: step.item.planned_on,
    };
    others.map(peer).collect()
}

/// What decides the day a rule comes to.
#[derive(Clone)]
pub(super) struct Keys {
    pub rule: Key<DueRule>,
    pub told: Told,
    pub stage: Key<Stage>,
    pub planned_on: Key<Option<NaiveDate>>,
    pub delivered_on: Option<Key<Option<NaiveDate>>>,
    pub accepted_on: Option<Key<Option<NaiveDate>>>,
}

/// What a condition tells of the due date, where none is typed.
#[derive(Clone)]
pub(super) struct Told {
    pub condition: Key<String>,
    /// The condition as it was.
    pub before: String,
    pub rule: Key<DueRule>,
}

impl Told {
    /// The rule of a new condition.
    fn told(&self, values: &Values) -> Option<DueRule> {
        let condition = values.get(&self.condition).ok()?;
        (condition != self.before).then(|| told_rule(&condition)).flatten()
    }

    /// The rule that is typed, else the one the condition tells.
    pub(super) fn rule(&self, values: &Values) -> Result<DueRule, Wrong> {
        let typed = values.get(&self.rule)?;
        Ok(if typed.is_none() { self.told(values).unwrap_or(typed) } else { typed })
    }

    /// What was understood, on a line of its own, and whether it counts.
    pub(super) fn echo(&self, values: &Values, lang: Lang) -> String {
        let Some(told) = self.told(values) else {
            return String::new();
        };
        let told_text = lang.rule_typed(&told);
        match values.get(&self.rule) {
            Ok(typed) if typed.is_none() => format!("\n{}", lang.told_due(&told_text)),
            Ok(typed) if typed != told => format!("\n{}", lang.told_other(&told_text)),
            Ok(_) | Err(_) => String::new(),
        }
    }
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
        let rule = keys.told.rule(values).unwrap_or_default();
        if rule.basis == Basis::None {
            return String::new();
        }
        let day = |key: &Key<Option<NaiveDate>>| values.get(key).ok().flatten();
        let stage = values.get(&keys.stage).ok();
        let facts = Facts {
            reference: self.reference(&rule, stage),
            rule,
            planned_on: day(&keys.planned_on),
            delivered_on: keys.delivered_on.as_ref().and_then(day),
            accepted_on: keys.accepted_on.as_ref().and_then(day),
            agreed_on: None,
            reschedules: Vec::new(),
            ..self.facts.clone()
        };
        let item = as_of::item(&facts, self.today, Calendar::china());
        match item.and_then(|item| Some((item.due(self.today)?, item.is_firm(self.today)))) {
            Some((due, true)) => format!("= {due} {}", self.lang.weekday(due.weekday())),
            Some((due, false)) => self.lang.form_due_expected(due),
            None => self.lang.form_due_unknown().to_owned(),
        }
    }

    /// The other milestone whose day the rule can take.
    fn reference(&self, rule: &DueRule, stage: Option<Stage>) -> Option<Reference> {
        let peer = if let Some(key) = rule.names() {
            self.peers.iter().find(|peer| peer.key == key)
        } else {
            let lender = stage.and_then(|stage| rule.lender(stage));
            self.peers.iter().rfind(|peer| peer.is_earlier && Some(peer.stage) == lender)
        };
        peer.map(|peer| Reference {
            of: peer.id,
            happened_on: match rule.event() {
                Some(Event::Delivery) => peer.delivered_on,
                Some(_) | None => peer.accepted_on,
            },
            planned_on: peer.planned_on,
        })
    }
}
