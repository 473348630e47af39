//! From facts to an item: what a day makes of everything recorded about a milestone. Only facts in effect by that day
//! count, whenever they were recorded.

use chrono::NaiveDate;

use super::active_invoices::{ActiveInvoices, active_invoices};
use super::balance;
use super::calendar::Calendar;
use super::due::{Basis, Event, EventRule};
use super::facts::{BlockFact, Facts, HoldFact};
use super::item::{Gates, Held, Item};
use super::kinds::{Stage, TouchKind};
use super::promise;

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
    Some(Item {
        id: facts.id,
        project: facts.project.id,
        customer: facts.project.customer,
        manager: facts.project.manager,
        seq: facts.seq,
        stage: facts.stage,
        currency: facts.project.currency,
        amount: facts.amount,
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
        planned_on: planned_on(facts),
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
        next_on: last_touch.and_then(|t| t.next_on),
        promises: promise::open(facts, day).into(),
        holds: holds(facts, day).into(),
    })
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
            let planned = planned_on(facts).or_else(|| contract_date(facts)).and_then(after);
            Due {
                date: happened.map_or(planned, after),
                met: happened.is_some(),
                met_on: happened,
                by_plan: planned,
            }
        }
    }
}

/// The day the rule's event is planned for: its own, else that of the milestone it waits for.
fn planned_on(facts: &Facts) -> Option<NaiveDate> {
    facts.planned_on.or_else(|| facts.reference.as_ref().and_then(|r| r.planned_on))
}

/// The contract's date of the rule's event. Such dates may lie ahead of today; all other events are recorded when they
/// have happened.
fn contract_date(facts: &Facts) -> Option<NaiveDate> {
    match facts.rule.event()? {
        Event::Signing => facts.project.signed_on,
        Event::Start => facts.project.starts_on,
        Event::WarrantyEnd => facts.project.warranty_ends_on,
        Event::Delivery | Event::Acceptance | Event::Invoice | Event::InvoiceReceived => None,
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

/// Whether something that was to be done first had not been done by `day`.
fn is_blocked(facts: &Facts, day: NaiveDate) -> bool {
    let open = |b: &BlockFact| b.opened_on <= day && b.done_on.is_none_or(|on| on > day);
    facts.blocks.iter().any(open)
}

/// Every hold, by its first day, as the day knows it: lifted from the day it was released.
fn holds(facts: &Facts, day: NaiveDate) -> Vec<Held> {
    let as_known = |hold: &HoldFact| {
        let released = hold.released_on.filter(|on| *on <= day).and_then(|on| on.pred_opt());
        let until = match (hold.until, released) {
            (Some(until), Some(released)) => Some(until.min(released)),
            (until, released) => until.or(released),
        };
        Held { since: hold.since, until }
    };
    let mut holds: Vec<Held> = facts.holds.iter().map(as_known).collect();
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
    let worked = delivered
        || accepted
        || (met && matches!(event, Some(Event::Delivery | Event::Acceptance)));
    let unbilled = invoices.billed < facts.amount;
    let by_bill = matches!(event, Some(Event::Invoice | Event::InvoiceReceived));
    let unsent =
        invoices.bills.iter().any(|i| i.sent_on.or(i.received_on).is_none_or(|sent| sent > day));
    let closed = [
        (accepts && delivered && !accepted && !billed, Gates::ACCEPT),
        (unbilled && worked, Gates::INVOICE),
        (unbilled && by_bill, Gates::INVOICE_BY_RULE),
        (unbilled && facts.project.bills, Gates::INVOICE_AHEAD),
        (unsent, Gates::SEND),
        (is_blocked(facts, day), Gates::TODO),
    ];
    let closed = closed.into_iter().filter(|(is, _)| *is).fold(0, |all, (_, gate)| all | gate);
    (deliver_by, Gates(closed))
}
