//! From facts to an item: what a day makes of everything recorded about a milestone. Only facts in effect by that day
//! count, whenever they were recorded.

use chrono::NaiveDate;

use super::active_invoices::{ActiveInvoices, active_invoices};
use super::calendar::Calendar;
use super::due::{Basis, Event, EventRule};
use super::facts::{AllocationFact, BlockFact, ConditionFact, Facts, InvoiceFact, PartFact};
use super::item::{Gates, Held, Item, RareFacts};
use super::kinds::{DealKind, Stage, TouchKind};
use super::{balance, promise, waiver};

/// A day after every fact: an item of this day holds all that is recorded, and nothing in it depends on today.
pub const LATEST: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// What a rule makes of a milestone's due date on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Due {
    date: Option<NaiveDate>,
    /// Whether the event has happened.
    met: bool,
    met_on: Option<NaiveDate>,
    /// By plan, where the event is a contract date.
    by_plan: Option<NaiveDate>,
}

/// The milestone as `day` sees it; `None` where it was agreed later. One with nothing open is an item too.
pub fn item(facts: &Facts, day: NaiveDate, calendar: &Calendar) -> Option<Item> {
    if facts.agreed_on.is_some_and(|agreed| agreed > day) {
        return None;
    }
    let by = |date: Option<NaiveDate>| date.filter(|d| *d <= day);
    let invoices = active_invoices(facts, day);
    let due = due_by_rule(facts, day, calendar);
    let agreed = || facts.reschedules.iter().filter(|r| r.agreed_on <= day);
    let moved = agreed().max_by_key(|r| r.agreed_on);
    let first_agreed = agreed().min_by_key(|r| r.agreed_on).map(|r| r.to);
    let agreed_due = moved.map(|r| r.to);
    let balance = balance::balance_on(facts, day);
    let rescheduled_on = moved.map(|r| r.agreed_on);
    let contract_date = due.met.then(|| contract_date(facts)).flatten();
    let in_force = agreed_due.or(due.date);
    let (deliver_by, gates) = gates(facts, day, in_force, due.met_on, &invoices);
    let last_touch = facts.touches.iter().filter(|t| t.on <= day).max_by_key(|t| t.on);
    let appointed_on = appointed_on(facts, day);
    Some(Item {
        id: facts.id,
        project: facts.project.id,
        customer: facts.project.customer,
        manager: facts.project.manager,
        seq: facts.seq,
        stage: facts.stage,
        currency: facts.project.currency,
        amount: balance::amount_on(facts, day),
        balance,
        written_off: balance::written_off_on(facts, day),
        disputed: disputed(facts, day, balance),
        invoiced: invoices.billed,
        rule_due: due.date.or(first_agreed),
        met: due.met,
        met_from: contract_date,
        due_until_met: contract_date.and(due.by_plan),
        agreed_due,
        rescheduled_on,
        grace_days: facts.project.grace_days,
        agreed_on: facts.agreed_on,
        planned_on: planned_on(facts, day),
        deliver_by,
        delivered_on: by(facts.delivered_on),
        accepted_on: by(facts.accepted_on),
        invoiced_on: invoices.first().map(|i| i.issued_on),
        met_on: due.met_on,
        gates,
        last_step: last_step(facts, day, rescheduled_on),
        last_touch_on: last_touch.map(|t| t.on),
        last_chase_on: facts
            .touches
            .iter()
            .filter(|t| t.on <= day && t.kind == TouchKind::AcceptanceChase)
            .map(|t| t.on)
            .max(),
        // An appointment is over with what came of the acceptance.
        next_on: last_touch
            .filter(|t| t.kind != TouchKind::AcceptanceChase || appointed_on.is_some())
            .and_then(|t| t.next_on),
        promises: promise::open(facts, day).into(),
        holds: holds(facts, day).into(),
        rare: rare(facts, day, &invoices).into(),
    })
}

fn rare(facts: &Facts, day: NaiveDate, invoices: &ActiveInvoices<'_>) -> RareFacts {
    let called = |part: &&PartFact| part.called_on.is_some_and(|called| called <= day);
    let part = facts.part.as_deref().filter(|part| part.calls && !called(part));
    let other = |a: &AllocationFact| a.net_on(day) > 0 && facts.other_method.contains(&a.id);
    RareFacts {
        waived: waiver::waived_on(facts, day),
        refused_on: refused_on(facts, day),
        appointed_on: appointed_on(facts, day),
        other_method: facts.allocations.iter().any(other),
        offers: waiver::offers(facts, day),
        suspended: suspended(facts, day),
        is_split: facts
            .adjustments
            .iter()
            .any(|one| one.on <= day && one.kind == DealKind::Instalments),
        can_call: part.is_some(),
        unsent_since: unsent(invoices, day).map(|i| i.issued_on).min(),
        todo_by: blocks(facts, day).filter_map(|block| block.due_on).min(),
    }
}

/// The due date the rule gives, before any reschedule.
fn due_by_rule(facts: &Facts, day: NaiveDate, calendar: &Calendar) -> Due {
    let settle = |date: Option<NaiveDate>| date.map(|d| facts.rule.settle(d, calendar));
    match &facts.rule.basis {
        Basis::None => Due::default(),
        Basis::Fixed(date) => Due { date: settle(Some(*date)), met: true, ..Due::default() },
        Basis::After(rule) => {
            let after = |event_day: NaiveDate| settle(rule.day(event_day, calendar));
            let happened = event_day(facts, rule, day);
            let planned = planned_on(facts, day).or_else(|| contract_date(facts)).and_then(after);
            Due {
                date: happened.map_or(planned, after),
                met: happened.is_some(),
                met_on: happened,
                by_plan: planned,
            }
        }
    }
}

/// The day the rule's event is planned for: its own, else that of the milestone it waits for, or of the last of its
/// conditions.
fn planned_on(facts: &Facts, day: NaiveDate) -> Option<NaiveDate> {
    let last = || last_of(asked(facts, day).map(|one| met_by(one, day).or(one.planned_on)));
    let waits = facts.rule.event() == Some(Event::Conditions);
    facts
        .planned_on
        .or_else(|| facts.reference.as_ref().and_then(|r| r.planned_on))
        .or_else(|| waits.then(last).flatten())
}

/// The conditions that are asked for on a day.
fn asked(facts: &Facts, day: NaiveDate) -> impl Iterator<Item = &ConditionFact> {
    facts.conditions.iter().filter(move |one| one.agreed_on <= day)
}

fn met_by(condition: &ConditionFact, day: NaiveDate) -> Option<NaiveDate> {
    condition.met_on.filter(|on| *on <= day)
}

/// The latest of some days, if every one is known and there are any.
fn last_of(mut days: impl Iterator<Item = Option<NaiveDate>>) -> Option<NaiveDate> {
    days.try_fold(None, |last, day| day.map(|day| last.max(Some(day)))).flatten()
}

/// The last day acceptance was refused, until it is accepted.
fn refused_on(facts: &Facts, day: NaiveDate) -> Option<NaiveDate> {
    let refused = facts.refusals.iter().copied().filter(|on| *on <= day).max();
    refused.filter(|_| !is_accepted(facts, day))
}

/// The day that was appointed for the acceptance at the last chase after which nobody refused it.
fn appointed_on(facts: &Facts, day: NaiveDate) -> Option<NaiveDate> {
    let chases =
        facts.touches.iter().filter(|t| t.on <= day && t.kind == TouchKind::AcceptanceChase);
    let last = chases.max_by_key(|touch| touch.on)?;
    let stands = refused_on(facts, day).is_none_or(|refused| refused <= last.on);
    last.next_on.filter(|_| stands && !is_accepted(facts, day))
}

fn is_accepted(facts: &Facts, day: NaiveDate) -> bool {
    facts.accepted_on.is_some_and(|on| on <= day)
}

/// The contract's date of the rule's event. Such dates may lie ahead of today; all other events are recorded when they
/// have happened.
fn contract_date(facts: &Facts) -> Option<NaiveDate> {
    match facts.rule.event()? {
        Event::Signing => facts.project.signed_on,
        Event::Start => facts.project.starts_on,
        Event::WarrantyEnd => facts.project.warranty_ends_on,
        Event::Delivery
        | Event::Acceptance
        | Event::Invoice
        | Event::InvoiceReceived
        | Event::Conditions
        | Event::Progress(_) => None,
    }
}

/// The day the rule's event happened, if it had by `day`.
fn event_day(facts: &Facts, rule: &EventRule, day: NaiveDate) -> Option<NaiveDate> {
    let first_invoice = || active_invoices(facts, day).first();
    let by = |date: Option<NaiveDate>| date.filter(|d| *d <= day);
    let elsewhere = || by(facts.reference.as_ref().and_then(|r| r.happened_on));
    match rule.event {
        Event::Signing | Event::Start | Event::WarrantyEnd => by(contract_date(facts)),
        Event::Delivery => by(facts.delivered_on).or_else(elsewhere),
        Event::Acceptance if waits_for_named(facts) => elsewhere(),
        Event::Acceptance => by(facts.accepted_on).or_else(elsewhere),
        Event::Invoice => by(first_invoice().map(|i| i.issued_on)),
        Event::InvoiceReceived => by(first_invoice().and_then(|i| i.received_on)),
        Event::Conditions => last_of(asked(facts, day).map(|one| met_by(one, day))),
        Event::Progress(percent) => {
            let reached = facts.progress.iter().filter(|(on, far)| *on <= day && *far >= percent);
            reached.map(|(on, _)| *on).min()
        }
    }
}

/// Whether only the acceptance of the milestone its rule names counts; where there is none of that key, its own does.
fn waits_for_named(facts: &Facts) -> bool {
    facts.reference.is_some() && facts.rule.names().is_some()
}

/// Part of the balance under dispute on `day`.
fn disputed(facts: &Facts, day: NaiveDate, balance: i64) -> i64 {
    facts
        .disputes
        .iter()
        .filter(|d| d.opened_on <= day && d.resolved_on.is_none_or(|on| on > day))
        .fold(0_i64, |sum, d| sum.saturating_add(d.amount.unwrap_or(balance)))
        .clamp(0, balance.max(0))
}

/// What was to be done first, and had not been done by `day`.
fn blocks(facts: &Facts, day: NaiveDate) -> impl Iterator<Item = &BlockFact> {
    let open = move |b: &&BlockFact| b.opened_on <= day && b.done_on.is_none_or(|on| on > day);
    facts.blocks.iter().filter(open)
}

/// The standing invoices that lie here on `day`.
fn unsent<'f>(
    invoices: &ActiveInvoices<'f>,
    day: NaiveDate,
) -> impl Iterator<Item = &'f InvoiceFact> {
    let lies_here =
        move |i: &&InvoiceFact| i.sent_on.or(i.received_on).is_none_or(|sent| sent > day);
    invoices.bills.iter().copied().filter(lies_here)
}

/// Every hold, by its first day, as the day knows it: lifted from the day it was released.
fn holds(facts: &Facts, day: NaiveDate) -> Vec<Held> {
    in_order(facts.holds.iter().map(|hold| known(hold.since, hold.until, hold.released_on, day)))
}

/// Every time in which the work rests, as the day knows it.
fn suspended(facts: &Facts, day: NaiveDate) -> Vec<Held> {
    let begun = facts.project.suspensions.iter().filter(|one| one.since <= day);
    in_order(begun.map(|one| known(one.since, None, one.resumed_on, day)))
}

/// From a day to another, ended from the day before `ended_on` where that is known by `day`.
fn known(
    since: NaiveDate,
    until: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    day: NaiveDate,
) -> Held {
    let ended = ended_on.filter(|on| *on <= day).and_then(|on| on.pred_opt());
    let until = match (until, ended) {
        (Some(until), Some(ended)) => Some(until.min(ended)),
        (until, ended) => until.or(ended),
    };
    Held { since, until }
}

/// Those that last at least a day, by the first.
fn in_order(all: impl Iterator<Item = Held>) -> Vec<Held> {
    let mut holds: Vec<Held> = all.collect();
    holds.retain(|held| held.until.is_none_or(|until| until >= held.since));
    holds.sort_by_key(|held| held.since);
    holds
}

/// The highest step taken. A reschedule offers the reminders (steps 0 to 2) again; after the last of them it goes on
/// from the highest ever taken. A contact on the day of the reschedule was the one that led to it.
fn last_step(facts: &Facts, day: NaiveDate, rescheduled_on: Option<NaiveDate>) -> Option<u8> {
    let highest = |after: Option<NaiveDate>| {
        facts
            .touches
            .iter()
            .filter(move |t| t.on <= day && after.is_none_or(|after| t.on > after))
            .filter(|t| t.kind == TouchKind::Dunning)
            .filter_map(|t| t.step)
            .max()
    };
    highest(rescheduled_on).and_then(|step| if step < 2 { Some(step) } else { highest(None) })
}

/// The day by which we are to deliver, if that is what stands in the way, and the gates that are closed by the facts.
/// Whether one asks for something today is for [`waiting_on`](super::status::waiting_on): a planned day may lie ahead.
fn gates(
    facts: &Facts,
    day: NaiveDate,
    due: Option<NaiveDate>,
    met_on: Option<NaiveDate>,
    invoices: &ActiveInvoices,
) -> (Option<NaiveDate>, Gates) {
    let by = |date: Option<NaiveDate>| date.is_some_and(|d| d <= day);
    let (event, met) = (facts.rule.event(), met_on.is_some());
    let named = waits_for_named(facts);
    let own_day = match event {
        Some(Event::Delivery) => by(facts.delivered_on),
        Some(_) | None => by(facts.accepted_on),
    };
    // A retention that takes another milestone's day has nothing to deliver itself.
    let follows =
        facts.stage == Stage::Retention && facts.reference.is_some() && !named && !own_day;
    let by_delivery = event == Some(Event::Delivery);
    let by_acceptance = event == Some(Event::Acceptance) && !named;
    let delivered = by(facts.delivered_on) || (by_delivery && met);
    let accepted = by(facts.accepted_on) || (by_acceptance && met);
    let billed = !invoices.bills.is_empty();

    let plain_with_plan = matches!(facts.rule.basis, Basis::Fixed(_)) && facts.planned_on.is_some();
    let delivers = ((by_delivery || by_acceptance) && !follows) || plain_with_plan;
    let deliver_by = (delivers && !delivered && !accepted && !billed)
        .then(|| facts.planned_on.or(due))
        .flatten();

    let accepts = (by_acceptance && !follows) || facts.stage == Stage::Acceptance;
    let worked = delivered || accepted || (met && event.is_some_and(is_work));
    let unbilled = invoices.billed < balance::amount_on(facts, day);
    let by_bill = matches!(event, Some(Event::Invoice | Event::InvoiceReceived));
    let closed = [
        (accepts && delivered && !accepted && !billed, Gates::ACCEPT),
        (unbilled && worked, Gates::INVOICE),
        (unbilled && by_bill, Gates::INVOICE_BY_RULE),
        (unbilled && facts.project.bills, Gates::INVOICE_AHEAD),
        (unsent(invoices, day).next().is_some(), Gates::SEND),
        (blocks(facts, day).next().is_some(), Gates::TODO),
    ];
    let closed = closed.into_iter().filter(|(is, _)| *is).fold(0, |all, (_, gate)| all | gate);
    (deliver_by, Gates(closed))
}

/// Whether an event tells that work was done which can be billed.
const fn is_work(event: Event) -> bool {
    match event {
        Event::Delivery | Event::Acceptance | Event::Conditions | Event::Progress(_) => true,
        Event::Signing
        | Event::Start
        | Event::WarrantyEnd
        | Event::Invoice
        | Event::InvoiceReceived => false,
    }
}
