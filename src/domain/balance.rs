//! What is open: `balance(d) = amount − allocations in effect on d − write-offs by d`, never below 0 on any day.

use chrono::NaiveDate;

use super::facts::{AllocationFact, Facts};

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

/// Minor units open on `day`. The ledger keeps it at or above 0; facts that break that show as they are.
pub fn balance_on(facts: &Facts, day: NaiveDate) -> i64 {
    facts.amount.saturating_sub(received_on(facts, day)).saturating_sub(written_off_on(facts, day))
}

/// Every day on which the balance changes, unordered.
pub(super) fn change_days<'a>(facts: &'a Facts) -> impl Iterator<Item = NaiveDate> + 'a {
    let days = |a: &'a AllocationFact| {
        let back = a.reversed.iter().map(|(on, _)| *on);
        [Some(a.on), a.counts_on].into_iter().flatten().chain(back)
    };
    let allocations = facts.allocations.iter().flat_map(days);
    allocations.chain(facts.write_offs.iter().map(|(on, _)| *on))
}

/// Minor units taken for the milestone by `day`, whether they count yet or not.
pub fn taken_on(facts: &Facts, day: NaiveDate) -> i64 {
    facts.allocations.iter().fold(0, |sum, a| sum.saturating_add(a.taken_on(day)))
}

/// What neither money nor a bill in hand was taken for on `day`.
fn free_on(facts: &Facts, day: NaiveDate) -> i64 {
    facts.amount.saturating_sub(taken_on(facts, day)).saturating_sub(written_off_on(facts, day))
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
