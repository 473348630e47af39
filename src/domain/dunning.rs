//! The ladder of payment steps: which comes next, what it waits for, and what a milestone asks of whom today. A pure
//! function of facts and today: nothing is scheduled, so nothing fires twice.

use chrono::{Datelike, NaiveDate};

use super::calendar::add_days;
use super::item::{Gates, Item, OpenPromise};
use super::kinds::{Channel, Role, WaitReason, WaitingOn, WaiverKind};
use super::people::{Desk, late_with_us};
use super::policy::Policy;
use super::promise::PromiseState;
use super::status::waiting_on;
use super::statutory;

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
    /// Get in touch on the day that was agreed for it.
    CallBack,
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
            Self::CallBack => "call_back",
        }
    }

    /// Whose desk it is on: bills are finance's, lawyers and courts legal's, the work and its acceptance the project
    /// manager's, and the customer is spoken to by whoever looks after the project.
    pub fn desk(self, policy: &Policy) -> Desk {
        match self {
            Self::Invoice => WaitingOn::UsInvoice.desk(),
            Self::Send => WaitingOn::UsSend.desk(),
            Self::Deliver => WaitingOn::UsDeliver.desk(),
            Self::ChaseAcceptance => WaitingOn::CustomerAccept.desk(),
            Self::Step(step) => match policy.ladder.step(step).map(|step| step.channel) {
                Some(Channel::Lawyer | Channel::Court) => Desk::Of(Role::Legal),
                Some(
                    Channel::Phone
                    | Channel::Wechat
                    | Channel::Mail
                    | Channel::Letter
                    | Channel::Visit,
                )
                | None => Desk::Manager,
            },
            Self::FollowUp | Self::CallBack => Desk::Manager,
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
    /// Nobody has to move, but it must not be forgotten.
    Watch(Watch),
    Nothing,
}

/// Why something open is watched though nobody has to move today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// Overdue, between two steps or past the last: the day on which something is to be done, if there is one.
    Between(Option<NaiveDate>),
    /// Overdue, and nobody was in touch for long; since when.
    Silence(NaiveDate),
    /// It is late with us by so many days, though nothing is to be done for it today.
    Late(i64),
    /// It has no due date and can get none by itself: the last day to pay by law, if law says one.
    NoDate(Option<NaiveDate>),
}

impl Watch {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Between(_) => "between",
            Self::Silence(_) => "silence",
            Self::Late(_) => "late_with_us",
            Self::NoDate(_) => "no_date",
        }
    }
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
    if let Some(hold) = item.hold(today) {
        return because(WaitReason::Hold, hold.until.and_then(|day| day.succ_opt()));
    }
    if item.gates.closed(Gates::TODO) {
        return because(WaitReason::Todo, None);
    }
    if item.promised(today) >= item.undisputed() {
        return because(WaitReason::Promise, covered_until(item, today));
    }
    if let Some(offer) = item.offer(WaiverKind::Settlement, today) {
        return because(WaitReason::Settlement, offer.by.succ_opt());
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
        WaitingOn::UsHold
        | WaitingOn::UsTodo
        | WaitingOn::CustomerPay
        | WaitingOn::BothDispute
        | WaitingOn::Nobody => {}
    }
    if let Some(due) = item.firm_due(today).filter(|due| step > 1 && in_grace(item, *due, today)) {
        return because(WaitReason::Grace, after_grace(item, due));
    }
    guarded_until.and_then(|until| because(WaitReason::Guard, Some(until)))
}

/// The first day on which the pending promises that have not run out by then no longer cover what is undisputed.
fn covered_until(item: &Item, today: NaiveDate) -> Option<NaiveDate> {
    let mut pending: Vec<&OpenPromise> =
        item.promises.iter().filter(|p| p.state(today) == PromiseState::Pending).collect();
    pending.sort_by_key(|promise| promise.keep_by);
    let mut covered = item.promised(today);
    for promise in pending {
        covered = covered.saturating_sub(promise.missing());
        if covered < item.undisputed() {
            return promise.keep_by.succ_opt();
        }
    }
    None
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
    let newest = item.promises.last().filter(|p| !p.followed && item.balance > 0)?;
    let broken = newest.state(today) == PromiseState::Broken;
    let answered = item.last_touch_on.is_some_and(|touch| touch > newest.pay_by);
    (broken && !answered).then_some(newest)
}

/// The day from which acceptance is to be chased (again): the one appointed for it, else so long after it was delivered,
/// chased or refused last.
pub fn chase_from(item: &Item, policy: &Policy) -> Option<NaiveDate> {
    let last = item.delivered_on.max(item.last_chase_on).max(item.rare.refused_on);
    item.rare.appointed_on.or_else(|| add_days(last?, policy.chase_days))
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
        // What is to be done first stands in the worklist itself, once its day has come.
        WaitingOn::UsHold
        | WaitingOn::UsTodo
        | WaitingOn::CustomerPay
        | WaitingOn::BothDispute
        | WaitingOn::Nobody => None,
    };
    // While the work rests nothing is asked of us; what is due is chased all the same.
    if let Some(act) = ours.filter(|_| !item.is_suspended(today)) {
        return Task::Do(act);
    }
    // What was agreed for the day is not put off by what a step waits for.
    let agreed = if unanswered(item, today).is_some() {
        Some(Act::FollowUp)
    } else {
        item.next_on.filter(|day| *day <= today).map(|_| Act::CallBack)
    };
    let waiting = match next_step(item, today, policy).step {
        Some(step) => match wait(item, step, today, policy, guarded_until) {
            None => return Task::Do(Act::Step(step)),
            Some(wait) => Some(Task::Wait(step, wait)),
        },
        None => None,
    };
    agreed
        .map(Task::Do)
        .or(waiting)
        .or_else(|| watch(item, today, policy).map(Task::Watch))
        .unwrap_or(Task::Nothing)
}

/// What asks for nothing today and must not be forgotten: what is overdue or late with us, and what has no due date and
/// can get none by itself, since it was agreed long ago or its event passed by.
fn watch(item: &Item, today: NaiveDate, policy: &Policy) -> Option<Watch> {
    if item.is_past_grace(today) {
        let chase = chase_from(item, policy)
            .filter(|_| waiting_on(item, today, policy) == WaitingOn::CustomerAccept);
        let days = [next_step(item, today, policy).on, item.next_on, chase];
        let next = days.into_iter().flatten().filter(|day| *day > today).min();
        let since = item.last_touch_on.or(item.firm_due(today))?;
        let silent = add_days(since, policy.silence_days).is_some_and(|from| from <= today);
        let agreed = item.next_on.is_some_and(|day| day > today);
        return Some(if silent && !agreed { Watch::Silence(since) } else { Watch::Between(next) });
    }
    if let Some(days) = late_with_us(item, today, policy) {
        return Some(Watch::Late(days));
    }
    let old = item.agreed_on.and_then(|day| add_days(day, policy.undated_days));
    let passed_by = item.delivered_on.or(item.accepted_on).or(item.invoiced_on).is_some();
    let appointed = item.rare.appointed_on.is_some_and(|day| day > today);
    let undated = item.due(today).is_none()
        && !appointed
        && (passed_by || old.is_none_or(|day| day <= today));
    let by_law = || {
        let waits = waiting_on(item, today, policy) == WaitingOn::CustomerAccept;
        let limit = if waits { None } else { statutory::payment_limit(item, policy, today) };
        limit.map(|limit| limit.enterprise)
    };
    undated.then(|| Watch::NoDate(by_law()))
}
