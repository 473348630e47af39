//! What is open: `balance(d) = amount(d) − allocations in effect on d − write-offs by d − what is waived on d`, never below
//! 0 on any day.

use chrono::NaiveDate;

use super::facts::{AllocationFact, Facts};
use super::waiver;

impl AllocationFact {
    /// What is left of it on `day`, in minor units: nothing before it counts, less what was taken back by then.
    pub fn net_on(&self, day: NaiveDate) -> i64 {
        if self.counts_on.is_some_and(|on| on <= day) { self.taken_on(day) } else { 0 }
    }

    /// The same, whether it counts yet or not: what is taken by a bill of exchange in hand is there for no other money.
    pub fn taken_on(&self, day: NaiveDate) -> i64 {
        if self.on > day {
            return 0;
        }
        let back: i64 =
            self.reversed.iter().filter(|(on, _)| *on <= day).map(|(_, amount)| amount).sum();
        self.amount.saturating_sub(back)
    }

    /// The days on which it changes.
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        let back = self.reversed.iter().map(|(on, _)| *on);
        std::iter::once(self.on).chain(self.counts_on).chain(back)
    }
}

/// Minor units agreed on `day`: as entered, and what was adjusted by then.
pub fn amount_on(facts: &Facts, day: NaiveDate) -> i64 {
    let adjusted = facts.adjustments.iter().filter(|one| one.on <= day);
    adjusted.fold(facts.amount, |sum, one| sum.saturating_add(one.amount))
}

/// Minor units that went to parts of it by `day`.
pub fn split_off(facts: &Facts, day: NaiveDate) -> i64 {
    let adjusted = facts.adjustments.iter();
    adjusted
        .filter(|one| one.on <= day && one.kind.makes_parts())
        .fold(0, |sum: i64, one| sum.saturating_sub(one.amount))
}

/// Minor units received for the milestone by `day`.
pub fn received_on(facts: &Facts, day: NaiveDate) -> i64 {
    facts.allocations.iter().fold(0, |sum, a| sum.saturating_add(a.net_on(day)))
}

/// Minor units given up by `day`.
pub fn written_off_on(facts: &Facts, day: NaiveDate) -> i64 {
    facts
        .write_offs
        .iter()
        .filter(|(on, _)| *on <= day)
        .fold(0, |sum, (_, amount)| sum.saturating_add(*amount))
}

/// Minor units neither received nor written off by `day`, whether they are waived or not.
pub(super) fn unpaid_on(facts: &Facts, day: NaiveDate) -> i64 {
    amount_on(facts, day)
        .saturating_sub(received_on(facts, day))
        .saturating_sub(written_off_on(facts, day))
}

/// Minor units open on `day`. The ledger keeps it at or above 0; facts that break that show as they are.
pub fn balance_on(facts: &Facts, day: NaiveDate) -> i64 {
    let waived = waiver::waived_on(facts, day).map_or(0, |waived| waived.amount);
    unpaid_on(facts, day).saturating_sub(waived)
}

/// Every day on which the balance changes, unordered.
pub(super) fn change_days(facts: &Facts) -> impl Iterator<Item = NaiveDate> + '_ {
    let allocations = facts.allocations.iter().flat_map(AllocationFact::days);
    let adjusted = facts.adjustments.iter().map(|one| one.on);
    let write_offs = facts.write_offs.iter().map(|(on, _)| *on);
    allocations.chain(write_offs).chain(adjusted).chain(waiver::change_days(facts))
}

/// Minor units taken for the milestone by `day`, whether they count yet or not.
pub fn taken_on(facts: &Facts, day: NaiveDate) -> i64 {
    facts.allocations.iter().fold(0, |sum, a| sum.saturating_add(a.taken_on(day)))
}

/// What neither money nor a bill in hand was taken for on `day`.
fn free_on(facts: &Facts, day: NaiveDate) -> i64 {
    let in_hand = taken_on(facts, day).saturating_sub(received_on(facts, day));
    let open = unpaid_on(facts, day).saturating_sub(in_hand);
    let waived = waiver::waived_on(facts, day).map_or(0, |waived| waived.amount);
    open.saturating_sub(waived.min(open.max(0)))
}

/// The least that is free on any day from `from` on: the most that can be allocated or written off from that day.
pub fn headroom(facts: &Facts, from: NaiveDate) -> i64 {
    change_days(facts)
        .filter(|day| *day > from)
        .map(|day| free_on(facts, day))
        .fold(free_on(facts, from), i64::min)
}

/// The least balance on any day: below 0 the facts contradict each other.
pub fn least(facts: &Facts) -> i64 {
    headroom(facts, NaiveDate::MIN)
}

/// The day since which nothing is open; `None` while something is.
pub fn closed_on(facts: &Facts) -> Option<NaiveDate> {
    let mut days: Vec<NaiveDate> = change_days(facts).collect();
    days.sort_unstable();
    days.dedup();
    let last_open = days.iter().rposition(|day| balance_on(facts, *day) != 0);
    match last_open {
        None => days.first().copied(),
        Some(at) => days.get(at + 1).copied(),
    }
}
