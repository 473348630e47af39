//! From facts to an item: what a day makes of everything recorded about a milestone. Only facts in effect by that day
//! count, whenever they were recorded.

use chrono::NaiveDate;

use super::active_invoices::{ActiveInvoices, active_invoices};
use super::balance;
use super::calendar::Calendar;
use super::due::{Basis, Event, EventRule};
use super::facts::{Facts, TouchFact};
use super::item::{Gates, Held, Item};
use super::kinds::{Stage, TouchKind};
use super::promise;

/// A day after every fact: an item of this day holds all that is recorded, and nothing in it depends on today.
pub const LATEST: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// A due date as a day knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Due {
    date: Option<NaiveDate>,
    firm: bool,
    firm_from: Option<NaiveDate>,
    met_on: Option<NaiveDate>,
}

/// The milestone as `day` sees it; `None` where it was agreed later. One with nothing open is an item too.
pub fn item(facts: &Facts, day: NaiveDate, calendar: &Calendar) -> Option<Item> {
    if facts.agreed_on.is_some_and(|agreed| agreed > day) {
        return None;
    }
    let by = |date: Option<NaiveDate>| date.filter(|d| *d <= day);
    let invoices = active_invoices(facts, day);
    let first = due_by_rule(facts, day, calendar);
    let moved = facts.reschedules.iter().filter(|r| r.agreed_on <= day).max_by_key(|r| r.agreed_on);
    let due =
        moved.map_or(first, |r| Due { date: Some(r.to), firm: true, firm_from: None, ..first });
    let balance = balance::balance_on(facts, day);
    let rescheduled_on = moved.map(|r| r.agreed_on);
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
        due: due.date,
        firm: due.firm,
        firm_from: due.firm_from,
        first_due: first.date,
        rescheduled_on,
        grace_days: facts.project.grace_days,
        agreed_on: facts.agreed_on,
        planned_on: facts
            .planned_on
            .or_else(|| facts.reference.as_ref().and_then(|r| r.planned_on)),
        delivered_on: by(facts.delivered_on),
        accepted_on: by(facts.accepted_on),
        invoiced_on: invoices.first().map(|i| i.issued_on),
        met_on: due.met_on,
        gates: gates(facts, day, &invoices),
        last_step: last_step(facts, day, rescheduled_on),
        last_touch_on: last_touch(facts, day, |_| true),
        last_chase_on: last_touch(facts, day, |t| t.kind == TouchKind::AcceptanceChase),
        promises: promise::open(facts, day),
        held: held(facts, day),
    })
}

/// The due date the rule gives, before any reschedule.
fn due_by_rule(facts: &Facts, day: NaiveDate, calendar: &Calendar) -> Due {
    let settle = |date: Option<NaiveDate>| date.map(|d| facts.rule.settle(d, calendar));
    match &facts.rule.basis {
        Basis::None => Due::default(),
        Basis::Fixed(date) => Due { date: settle(Some(*date)), firm: true, ..Due::default() },
        Basis::After(rule) => {
            let after = |event_day: NaiveDate| settle(rule.day(event_day, calendar));
            let happened = event_day(facts, rule, day);
            if let Some(event_day) = happened {
                return Due {
                    date: after(event_day),
                    firm: true,
                    firm_from: project_date(facts, rule.event),
                    met_on: happened,
                };
            }
            let planned =
                facts.planned_on.or_else(|| facts.reference.as_ref().and_then(|r| r.planned_on));
            let planned = planned.or_else(|| project_date(facts, rule.event));
            Due { date: planned.and_then(after), ..Due::default() }
        }
    }
}

/// The contract's date of an event. Such dates may lie ahead of today; all other events are recorded when they have
/// happened.
const fn project_date(facts: &Facts, event: Event) -> Option<NaiveDate> {
    match event {
        Event::Signing => facts.project.signed_on,
        Event::Start => facts.project.starts_on,
        Event::WarrantyEnd => facts.project.warranty_ends_on,
        Event::Delivery | Event::Acceptance | Event::Invoice | Event::InvoiceReceived => None,
    }
}

/// The day the rule's event happened, if it had by `day`.
fn event_day(facts: &Facts, rule: &EventRule, day: NaiveDate) -> Option<NaiveDate> {
    let first_invoice = || active_invoices(facts, day).first();
    let date = match rule.event {
        Event::Signing | Event::Start | Event::WarrantyEnd => project_date(facts, rule.event),
        Event::Delivery => facts.delivered_on,
        Event::Acceptance => facts.reference.as_ref().map_or(facts.accepted_on, |r| r.accepted_on),
        Event::Invoice => first_invoice().map(|i| i.issued_on),
        Event::InvoiceReceived => first_invoice().and_then(|i| i.received_on),
    };
    date.filter(|d| *d <= day)
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

/// The hold that matters on `day`: in force, or else the next to come.
fn held(facts: &Facts, day: NaiveDate) -> Option<Held> {
    facts
        .holds
        .iter()
        .filter(|h| h.released_on.is_none_or(|on| on > day))
        .filter(|h| day == LATEST || h.until.is_none_or(|until| until >= day))
        .max_by_key(|h| (h.until.is_none(), h.until, h.since))
        .map(|h| Held { since: h.since, until: h.until })
}

/// The day of the last touch of some sort.
fn last_touch(
    facts: &Facts,
    day: NaiveDate,
    sort: impl Fn(&TouchFact) -> bool,
) -> Option<NaiveDate> {
    facts.touches.iter().filter(|t| t.on <= day && sort(t)).map(|t| t.on).max()
}

/// The highest step taken. A reschedule starts the reminders (steps 0 to 2) anew; above, it goes on from the highest.
fn last_step(facts: &Facts, day: NaiveDate, rescheduled_on: Option<NaiveDate>) -> Option<u8> {
    let steps = |from: Option<NaiveDate>| {
        facts
            .touches
            .iter()
            .filter(move |t: &&TouchFact| t.on <= day && from.is_none_or(|from| t.on >= from))
            .filter(|t| t.kind == TouchKind::Dunning)
            .filter_map(|t| t.step)
            .max()
    };
    match steps(None) {
        Some(step) if step > 2 => Some(step),
        _ => steps(rescheduled_on),
    }
}

/// The gates that are closed by the facts. Whether a closed gate asks for something today is for
/// [`waiting_on`](super::status::waiting_on): a planned day may lie ahead.
fn gates(facts: &Facts, day: NaiveDate, invoices: &ActiveInvoices) -> Gates {
    let by = |date: Option<NaiveDate>| date.is_some_and(|d| d <= day);
    let event = match &facts.rule.basis {
        Basis::After(rule) => Some(rule.event),
        Basis::None | Basis::Fixed(_) => None,
    };
    let own_acceptance = event == Some(Event::Acceptance) && facts.reference.is_none();
    let plain_with_plan = matches!(facts.rule.basis, Basis::Fixed(_)) && facts.planned_on.is_some();
    let delivered = by(facts.delivered_on);
    let accepted =
        by(facts.accepted_on) || by(facts.reference.as_ref().and_then(|r| r.accepted_on));
    let billed = !invoices.bills.is_empty();

    let mut closed = 0;
    let has_deliver = event == Some(Event::Delivery) || own_acceptance || plain_with_plan;
    if has_deliver && !delivered && !accepted && !billed {
        closed |= Gates::DELIVER;
    }
    let has_accept = own_acceptance || facts.stage == Stage::Acceptance;
    if has_accept && delivered && !accepted && !billed {
        closed |= Gates::ACCEPT;
    }
    let waits_for_bill = matches!(event, Some(Event::Invoice | Event::InvoiceReceived));
    if (delivered || accepted || waits_for_bill) && invoices.billed < facts.amount {
        closed |= Gates::INVOICE;
        if !delivered && !accepted {
            closed |= Gates::PLANNED;
        }
    }
    if invoices.bills.iter().any(|i| i.sent_on.or(i.received_on).is_none_or(|sent| sent > day)) {
        closed |= Gates::SEND;
    }
    Gates(closed)
}
