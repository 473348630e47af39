//! What is let go because the customer paid as agreed: the rest of a settlement (和解), and an early-payment discount.
//!
//! A waiver is no fact and nobody records it: it follows from the agreement and the money. While what was agreed is
//! reached, all that is still unpaid is waived, from the day of the money that reached it; when money goes back so that
//! it is reached no longer, the rest is owed again from that day.

use chrono::NaiveDate;

use super::active_invoices::active_invoices;
use super::balance::{self, unpaid_on};
use super::facts::{AllocationFact, Facts, SettlementFact};
use super::item::{Offer, Waived};
use super::kinds::WaiverKind;

/// What is waived on `day`, if something is.
pub fn waived_on(facts: &Facts, day: NaiveDate) -> Option<Waived> {
    if facts.settlements.is_empty() && facts.project.discount.is_none() {
        return None;
    }
    let amount = unpaid_on(facts, day);
    let kind = reached(facts, day).filter(|_| amount > 0)?;
    Some(Waived { kind, amount })
}

/// Which agreement is reached, in the light of what was taken back by `day`.
pub fn reached(facts: &Facts, day: NaiveDate) -> Option<WaiverKind> {
    if facts.settlements.iter().any(|settlement| missing(facts, settlement, day) <= 0) {
        return Some(WaiverKind::Settlement);
    }
    is_discounted(facts, day).then_some(WaiverKind::Discount)
}

/// Minor units a settlement still lacks, in the light of `day`: money dated from the day it was agreed to its last day
/// counts, on whichever of its milestones.
fn missing(facts: &Facts, settlement: &SettlementFact, day: NaiveDate) -> i64 {
    if settlement.agreed_on > day {
        return settlement.amount;
    }
    let came = facts
        .allocations
        .iter()
        .chain(&settlement.others)
        .filter(|a| a.counts_on.is_some_and(|on| on >= settlement.agreed_on && on <= settlement.by))
        .fold(0, |sum: i64, a| sum.saturating_add(a.net_on(day)));
    settlement.amount.saturating_sub(came)
}

/// Whether money came while the discount could be had, and left no more unpaid than that. The bill that stood on the
/// day of the money decides: one that is taken back later changes nothing.
fn is_discounted(facts: &Facts, day: NaiveDate) -> bool {
    let Some(discount) = facts.project.discount else {
        return false;
    };
    let earns = |money: &AllocationFact| {
        let Some(on) = money.counts_on else {
            return false;
        };
        let amount = balance::amount_on(facts, on);
        let off = discount.of(amount);
        let last = discount.last_day(billed_on(facts, on));
        on <= day
            && money.net_on(day) > 0
            && last.is_some_and(|last| on <= last)
            && off > 0
            && amount - came_by(facts, on, day) - balance::written_off_on(facts, on) <= off
    };
    facts.allocations.iter().any(earns)
}

/// Money dated by `on`, in the light of what was taken back by `day`.
fn came_by(facts: &Facts, on: NaiveDate, day: NaiveDate) -> i64 {
    let counts = |a: &&AllocationFact| a.counts_on.is_some_and(|counts| counts <= on);
    let money = facts.allocations.iter().filter(counts);
    money.fold(0, |sum: i64, a| sum.saturating_add(a.net_on(day)))
}

fn billed_on(facts: &Facts, day: NaiveDate) -> Option<NaiveDate> {
    active_invoices(facts, day).first().map(|bill| bill.issued_on)
}

/// What `day` knows of agreements that were not reached: those still to be had, and those that lapsed by themselves.
pub fn offers(facts: &Facts, day: NaiveDate) -> Vec<Offer> {
    let known = facts.settlements.iter().filter(|settlement| settlement.agreed_on <= day);
    let settlement = |settlement: &SettlementFact| Offer {
        kind: WaiverKind::Settlement,
        by: settlement.by,
        missing: missing(facts, settlement, day),
    };
    let discount = facts.project.discount.and_then(|discount| {
        let by = discount.last_day(billed_on(facts, day))?;
        let amount = balance::amount_on(facts, by.min(day));
        let off = discount.of(amount);
        let given_up = balance::written_off_on(facts, by.min(day));
        let open = amount.saturating_sub(came_by(facts, by, day)).saturating_sub(given_up);
        (off > 0).then(|| Offer {
            kind: WaiverKind::Discount,
            by,
            missing: open.saturating_sub(off).max(1),
        })
    });
    let open = unpaid_on(facts, day) > 0 && reached(facts, day).is_none();
    let mut all: Vec<Offer> = known.map(settlement).chain(discount).filter(|_| open).collect();
    // In which order they were recorded decides nothing.
    all.sort_by_key(|offer| (offer.by, offer.missing));
    all
}

/// A day on which what is waived became more, or less: minor units, below 0 where the rest is owed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaiverStep {
    pub on: NaiveDate,
    pub kind: WaiverKind,
    pub amount: i64,
}

/// How what is waived went, day by day.
pub fn steps(facts: &Facts) -> Vec<WaiverStep> {
    if facts.settlements.is_empty() && facts.project.discount.is_none() {
        return Vec::new();
    }
    let mut days: Vec<NaiveDate> = balance::change_days(facts).collect();
    days.sort_unstable();
    days.dedup();
    let mut steps = Vec::new();
    let mut before: Option<Waived> = None;
    for on in days {
        let now = waived_on(facts, on);
        for kind in WaiverKind::ALL.iter().copied() {
            let of = |waived: Option<Waived>| {
                waived.filter(|waived| waived.kind == kind).map_or(0, |waived| waived.amount)
            };
            let amount = of(now).saturating_sub(of(before));
            if amount != 0 {
                steps.push(WaiverStep { on, kind, amount });
            }
        }
        before = now;
    }
    steps
}

/// Every day on which money of the other milestones of a settlement moved.
pub(super) fn change_days(facts: &Facts) -> impl Iterator<Item = NaiveDate> + '_ {
    let others = facts.settlements.iter().flat_map(|settlement| &settlement.others);
    others.flat_map(AllocationFact::days)
}
