//! One contract: its instalments, when each falls due, and which of them are paid, overdue or still ahead.

use chrono::NaiveDate;
use iso_currency::Currency;
use rust_decimal::Decimal;

use super::Accounts;
use super::fate::{Fate, Part};
use crate::demo::company::{CHEN, HE, LI, WANG, ZHOU};
use crate::demo::names;
use crate::domain::change::{MilestoneDraft, ProjectDraft};
use crate::domain::due::{Basis, DueRule, Event, EventRule, Unit};
use crate::domain::ids::{ContactId, CustomerId, ProjectId};
use crate::domain::kinds::{ProjectState, Stage};
use crate::domain::money::{self, Overflow};

const MANAGERS: [&str; 5] = [WANG, LI, CHEN, ZHOU, HE];

/// Plans contracts follow: stage and percent.
const PLANS: [[(Stage, i64); 5]; 3] = [
    [
        (Stage::Advance, 30),
        (Stage::Progress, 20),
        (Stage::Delivery, 20),
        (Stage::Acceptance, 25),
        (Stage::Retention, 5),
    ],
    [
        (Stage::Advance, 20),
        (Stage::Delivery, 40),
        (Stage::Acceptance, 30),
        (Stage::Final, 5),
        (Stage::Retention, 5),
    ],
    [
        (Stage::Advance, 10),
        (Stage::Progress, 30),
        (Stage::Progress, 30),
        (Stage::Settlement, 25),
        (Stage::Retention, 5),
    ],
];

#[derive(Debug, Clone, Copy)]
pub(super) struct Owner {
    pub customer: CustomerId,
    pub contact: ContactId,
    pub currency: Currency,
}

/// How far a contract is: its last instalments are open, of those the first overdue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    pub parts: u64,
    pub open: u64,
    pub overdue: u64,
}

/// What decides on the due date of an instalment.
struct Terms {
    rule: DueRule,
    /// Day of the event the rule waits for.
    event_day: i64,
    event: Option<Event>,
}

impl Accounts {
    pub(super) fn contract(&mut self, owner: Owner, course: Course) -> Result<(), Overflow> {
        let dues = self.dues(course);
        let first = dues.first().copied().unwrap_or_default();
        let signed = (first - self.rng.i64(10..=40)).min(-1);
        let manager = MANAGERS[self.rng.usize(0..MANAGERS.len())];
        let unit = 10_i64.pow(money::exponent(owner.currency).min(4));
        let thousands = self.rng.i64(200..=8_000) * if unit == 1 { 20 } else { 1 };
        let amount = thousands * 1_000 * unit;
        let project = self.project((owner, manager), amount, signed);
        let plan = PLANS[self.rng.usize(0..PLANS.len())];
        let shares: Vec<Decimal> = plan
            .iter()
            .take(dues.len())
            .map(|(_, percent)| Decimal::from(*percent))
            .collect();
        let amounts = money::split(amount, &shares)?;
        let paid = course.parts - course.open;
        let mut owed = None;
        for (((seq, (stage, _)), amount), due) in (1_u64..).zip(plan).zip(amounts).zip(dues) {
            let fate = match seq {
                seq if seq <= paid => Fate::Paid,
                seq if seq <= paid + course.overdue => Fate::Overdue,
                _ => Fate::Ahead,
            };
            let terms = self.terms(stage, due, signed);
            let draft = self.draft((project, seq), (stage, amount), &terms, signed);
            let part = Part {
                id: self.script.milestone(manager, draft),
                owner,
                manager,
                amount,
                due,
                event_day: terms.event_day,
                billed_by_rule: terms.event == Some(Event::Invoice),
                fate,
            };
            self.made += 1;
            self.live(part, &mut owed);
        }
        self.pay_rest(owed);
        Ok(())
    }

    /// Due days counted from today, in order.
    fn dues(&mut self, course: Course) -> Vec<i64> {
        let mut dues = Vec::new();
        let mut day = if course.open == 0 {
            -10 - self.rng.i64(0..self.size.history())
        } else {
            0
        };
        for _ in 0..course.overdue {
            // Most of what is overdue is so since lately.
            let (a, b) = (self.rng.i64(1..=20), self.rng.i64(1..=18));
            day -= if day == 0 { a * b } else { 20 + a * 2 };
            dues.push(day);
        }
        for _ in 0..course.parts - course.open {
            day -= self.rng.i64(20..=90);
            dues.push(day);
        }
        dues.reverse();
        let mut ahead = self.rng.i64(1..=90);
        for _ in course.overdue..course.open {
            dues.push(ahead);
            ahead += self.rng.i64(40..=120);
        }
        dues
    }

    fn project(
        &mut self,
        (owner, manager): (Owner, &'static str),
        amount: i64,
        signed: i64,
    ) -> ProjectId {
        self.contracts += 1;
        let n = self.contracts;
        let draft = ProjectDraft {
            code: format!("P{n:07}"),
            name: names::project(self.rng.usize(0..64)).to_owned(),
            customer: owner.customer,
            manager: manager.to_owned(),
            contract_no: format!("HT-{n:07}"),
            contract_amount: Some(amount),
            currency: owner.currency,
            signed_on: Some(self.at(signed)),
            starts_on: Some(self.at(signed + 7)),
            ends_on: Some(self.at(signed + 360)),
            warranty_ends_on: None,
            progress_percent: None,
            grace_days: if self.chance(15) { 5 } else { 0 },
            state: ProjectState::Active,
        };
        self.script.project(manager, draft)
    }

    fn terms(&mut self, stage: Stage, due: i64, signed: i64) -> Terms {
        let (event, event_day) = match stage {
            Stage::Advance => (Some(Event::Signing), signed),
            Stage::Delivery => (Some(Event::Delivery), due - 30),
            Stage::Acceptance => (Some(Event::Acceptance), due - 30),
            Stage::Settlement => (Some(Event::Invoice), due - 30),
            Stage::Progress if self.chance(40) => (Some(Event::Invoice), due - 30),
            _ => (None, due),
        };
        let rule = match event {
            None => DueRule::fixed(self.at(due)),
            Some(event) => DueRule {
                basis: Basis::After(EventRule {
                    event,
                    of: None,
                    month_end: false,
                    offset: u32::try_from(due - event_day).unwrap_or_default(),
                    unit: Unit::Days,
                }),
                roll: false,
            },
        };
        Terms {
            rule,
            event_day,
            event,
        }
    }

    fn draft(
        &self,
        (project, seq): (ProjectId, u64),
        (stage, amount): (Stage, i64),
        terms: &Terms,
        signed: i64,
    ) -> MilestoneDraft {
        let happened = |day: i64| -> Option<NaiveDate> { (day <= 0).then(|| self.at(day)) };
        let day = terms.event_day;
        let accepted = terms.event == Some(Event::Acceptance);
        let delivered = match terms.event {
            Some(Event::Delivery) => happened(day),
            Some(Event::Acceptance) => happened(day - 14),
            _ => None,
        };
        let hangs_on_work = matches!(
            terms.event,
            Some(Event::Delivery | Event::Acceptance | Event::Invoice)
        );
        MilestoneDraft {
            project,
            key: format!("P{:07}-M{seq}", self.contracts),
            name: names::stage(stage, true).to_owned(),
            stage,
            amount,
            condition: String::new(),
            rule: terms.rule.clone(),
            agreed_on: Some(self.at(signed)),
            planned_on: hangs_on_work.then(|| self.at(day)),
            delivered_on: delivered,
            accepted_on: happened(day).filter(|_| accepted),
            method: None,
            note: String::new(),
        }
    }
}
