//! The ladder of payment steps: which comes next, what it waits for, and what a milestone asks of whom today. A pure
//! function of facts and today: nothing is scheduled, so nothing fires twice.

use chrono::{Datelike, NaiveDate};

use super::calendar::add_days;
use super::item::{Item, OpenPromise};
use super::kinds::{Channel, Role, WaitReason, WaitingOn};
use super::policy::Policy;
use super::promise::PromiseState;
use super::status::waiting_on;

/// The payment step that comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NextStep {
    /// The step whose day has come; `None` while it lies ahead, and after the last.
    pub step: Option<u8>,
    /// That step, or the next to come; `None` after the last.
    pub number: Option<u8>,
    /// Its day.
    pub on: Option<NaiveDate>,
}

/// Why a payment step that is due is not taken today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    pub why: WaitReason,
    /// The first day it no longer has to; `None` until something happens.
    pub until: Option<NaiveDate>,
}

/// What somebody has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// Take this step of the ladder.
    Step(u8),
    ChaseAcceptance,
    Deliver,
    Invoice,
    Send,
    /// Ask what became of a broken promise.
    FollowUp,
}

impl Act {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Step(_) => "step",
            Self::ChaseAcceptance => "chase_acceptance",
            Self::Deliver => "deliver",
            Self::Invoice => "invoice",
            Self::Send => "send",
            Self::FollowUp => "follow_up",
        }
    }

    /// Whose desk it is on, by role: bills are finance's, lawyers and courts legal's, the rest the project manager's.
    pub fn owner(self, policy: &Policy) -> Role {
        match self {
            Self::Invoice | Self::Send => Role::Finance,
            Self::Step(step) => match policy.ladder.step(step).map(|step| step.channel) {
                Some(Channel::Lawyer | Channel::Court) => Role::Legal,
                Some(
                    Channel::Phone
                    | Channel::Wechat
                    | Channel::Mail
                    | Channel::Letter
                    | Channel::Visit,
                )
                | None => Role::Pm,
            },
            Self::ChaseAcceptance | Self::Deliver | Self::FollowUp => Role::Pm,
        }
    }
}

/// What a milestone asks for on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Somebody of us has to move.
    Do(Act),
    /// A step is due, but waits.
    Wait(u8, Wait),
    Nothing,
}

/// Which step comes next: right above the highest taken, once its day has come. With none taken the highest of 0 to 2
/// whose day has come: a milestone that arrives 200 days late starts with a first reminder, not with a lawyer. While
/// grace runs a fresh start goes no higher than step 1. Steps that are left out are passed over.
pub fn next_step(item: &Item, today: NaiveDate, policy: &Policy) -> NextStep {
    let (Some(due), Some(age)) = (item.firm_due(today), item.age(today)) else {
        return NextStep::default();
    };
    if item.balance <= 0 {
        return NextStep::default();
    }
    let next = if let Some(taken) = item.last_step {
        policy.ladder.after(taken)
    } else {
        let highest = if in_grace(item, due, today) { 1 } else { 2 };
        let mut fresh = policy.ladder.steps().rev().filter(|(number, _)| *number <= highest);
        fresh.find(|(_, step)| step.days <= age).or_else(|| policy.ladder.steps().next())
    };
    let Some((number, step)) = next else {
        return NextStep::default();
    };
    NextStep {
        step: (step.days <= age).then_some(number),
        number: Some(number),
        on: add_days(due, step.days),
    }
}

fn in_grace(item: &Item, due: NaiveDate, today: NaiveDate) -> bool {
    let age = i64::from(today.num_days_from_ce() - due.num_days_from_ce());
    age > 0 && age <= i64::from(item.grace_days)
}

/// The first day after grace.
fn after_grace(item: &Item, due: NaiveDate) -> Option<NaiveDate> {
    add_days(due, i64::from(item.grace_days) + 1)
}

/// What a due step waits for, first reason first. `guarded_until` is the day from which the guard lets the customer be
/// touched again, if it does not today (see [`guard`]).
pub fn wait(
    item: &Item,
    step: u8,
    today: NaiveDate,
    policy: &Policy,
    guarded_until: Option<NaiveDate>,
) -> Option<Wait> {
    let because = |why, until| Some(Wait { why, until });
    if item.is_wholly_disputed() {
        return because(WaitReason::Dispute, None);
    }
    if item.is_held(today) {
        let until = item.held.and_then(|h| h.until).and_then(|day| day.succ_opt());
        return because(WaitReason::Hold, until);
    }
    if item.promised(today) >= item.undisputed() {
        return because(WaitReason::Promise, first_to_break(item, today));
    }
    if let Some(until) =
        item.last_touch_on.and_then(|day| add_days(day, policy.gap_days)).filter(|day| *day > today)
    {
        return because(WaitReason::Gap, Some(until));
    }
    match waiting_on(item, today, policy) {
        WaitingOn::UsDeliver | WaitingOn::UsInvoice | WaitingOn::UsSend => {
            return because(WaitReason::OurTurn, None);
        }
        WaitingOn::CustomerAccept => return because(WaitReason::NotAccepted, None),
        WaitingOn::UsHold | WaitingOn::CustomerPay | WaitingOn::BothDispute | WaitingOn::Nobody => {
        }
    }
    if let Some(due) = item.firm_due(today).filter(|due| step > 1 && in_grace(item, *due, today)) {
        return because(WaitReason::Grace, after_grace(item, due));
    }
    guarded_until.and_then(|until| because(WaitReason::Guard, Some(until)))
}

/// The day after the first pending promise runs out.
fn first_to_break(item: &Item, today: NaiveDate) -> Option<NaiveDate> {
    let pending = item.promises.iter().filter(|p| p.state(today) == PromiseState::Pending);
    pending.map(|p| p.keep_by).min().and_then(|day| day.succ_opt())
}

/// The guard against over-dunning: `touches` are the days a customer was touched. Returns the first day on which the
/// customer may be touched again, if that is after `today`.
pub fn guard(touches: &[NaiveDate], today: NaiveDate, policy: &Policy) -> Option<NaiveDate> {
    let mut recent: Vec<NaiveDate> = touches
        .iter()
        .copied()
        .filter(|day| *day <= today && (today - *day).num_days() < policy.guard_days)
        .collect();
    if recent.len() < policy.guard_touches || policy.guard_touches == 0 {
        return None;
    }
    recent.sort_unstable();
    let oldest_that_counts = recent[recent.len() - policy.guard_touches];
    add_days(oldest_that_counts, policy.guard_days)
}

/// The broken promise nobody has followed up: no touch after its day, no newer promise.
pub fn unanswered(item: &Item, today: NaiveDate) -> Option<&OpenPromise> {
    if item.balance <= 0 {
        return None;
    }
    let newest = item.promises.iter().map(|p| p.made_on).max()?;
    item.promises
        .iter()
        .filter(|p| p.state(today) == PromiseState::Broken)
        .filter(|p| item.last_touch_on.is_none_or(|touch| touch <= p.pay_by))
        .find(|p| newest <= p.made_on)
}

/// The day from which acceptance is to be chased (again).
pub fn chase_from(item: &Item, policy: &Policy) -> Option<NaiveDate> {
    let delivered = item.delivered_on.and_then(|day| add_days(day, policy.chase_days));
    let again = item.last_chase_on.and_then(|day| add_days(day, policy.chase_days));
    delivered.max(again)
}

/// What the milestone asks for today. Our own acts come before payment steps: there is nothing to chase while the
/// ball is with us.
pub fn task(
    item: &Item,
    today: NaiveDate,
    policy: &Policy,
    guarded_until: Option<NaiveDate>,
) -> Task {
    if item.balance <= 0 {
        return Task::Nothing;
    }
    let ours = match waiting_on(item, today, policy) {
        WaitingOn::UsDeliver => Some(Act::Deliver),
        WaitingOn::UsInvoice => Some(Act::Invoice),
        WaitingOn::UsSend => Some(Act::Send),
        WaitingOn::CustomerAccept => Some(Act::ChaseAcceptance)
            .filter(|_| chase_from(item, policy).is_none_or(|day| day <= today)),
        WaitingOn::UsHold | WaitingOn::CustomerPay | WaitingOn::BothDispute | WaitingOn::Nobody => {
            None
        }
    };
    if let Some(act) = ours {
        return Task::Do(act);
    }
    let broken = unanswered(item, today).is_some();
    match next_step(item, today, policy).step {
        Some(step) => match wait(item, step, today, policy, guarded_until) {
            None => Task::Do(Act::Step(step)),
            Some(_) if broken => Task::Do(Act::FollowUp),
            Some(wait) => Task::Wait(step, wait),
        },
        None if broken => Task::Do(Act::FollowUp),
        None => Task::Nothing,
    }
}
