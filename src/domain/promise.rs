//! Promises to pay: kept when the money dated from the day they were made to the day they name, and the days of tolerance
//! after it, reaches them, or nothing is open by then; broken from the day after; pending until either. Money fills the
//! oldest promise first, by its days: in which order anything was recorded decides nothing.

use chrono::NaiveDate;

use super::calendar::add_days;
use super::codes::codes;
use super::facts::{AllocationFact, Facts, PromiseFact};
use super::item::OpenPromise;

codes! {
    /// What became of a promise.
    PromiseState {
        /// The money came in time.
        Kept = "kept",
        /// Its day has not passed.
        Pending = "pending",
        /// Its day passed without the money.
        Broken = "broken",
    }
}

/// A promise as a day judges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// Its place among the facts' promises.
    pub index: usize,
    /// Minor units that arrived for it.
    pub filled: i64,
    pub state: PromiseState,
}

impl OpenPromise {
    /// Pending or broken; a kept promise is no open promise.
    pub fn state(&self, today: NaiveDate) -> PromiseState {
        if today > self.keep_by { PromiseState::Broken } else { PromiseState::Pending }
    }

    /// Minor units still missing.
    pub fn missing(&self) -> i64 {
        self.amount.saturating_sub(self.filled)
    }
}

/// Judges every promise made by `day`, oldest first. Money fills them in the order of its days; what was taken back by
/// `day` fills nothing: a promise it had kept is judged again.
pub fn judge(facts: &Facts, day: NaiveDate) -> Vec<Judged> {
    let mut order: Vec<usize> =
        (0..facts.promises.len()).filter(|i| facts.promises[*i].made_on <= day).collect();
    order.sort_by_key(|i| {
        let PromiseFact { id, made_on, amount, pay_by } = facts.promises[*i];
        (made_on, pay_by, amount, id)
    });
    let mut left: Vec<(NaiveDate, i64)> =
        facts.allocations.iter().filter_map(|a| Some((a.counts_on?, a.net_on(day)))).collect();
    left.sort_unstable();
    order.into_iter().map(|index| judge_one(facts, day, index, &mut left)).collect()
}

fn judge_one(facts: &Facts, day: NaiveDate, index: usize, left: &mut [(NaiveDate, i64)]) -> Judged {
    let promise = &facts.promises[index];
    let keep_by = keep_by(facts, promise);
    let mut filled = 0_i64;
    for (on, amount) in left.iter_mut() {
        if *on >= promise.made_on && *on <= keep_by {
            let take = (*amount).min(promise.amount - filled).max(0);
            *amount -= take;
            filled += take;
        }
    }
    let state = if filled >= promise.amount || cleared_by(facts, keep_by.min(day), day) {
        PromiseState::Kept
    } else if day > keep_by {
        PromiseState::Broken
    } else {
        PromiseState::Pending
    };
    Judged { index, filled, state }
}

/// The last day on which money keeps a promise.
fn keep_by(facts: &Facts, promise: &PromiseFact) -> NaiveDate {
    add_days(promise.pay_by, facts.promise_tolerance_days.into()).unwrap_or(promise.pay_by)
}

/// Whether nothing was open on `by`, in the light of what was taken back by `day`.
fn cleared_by(facts: &Facts, by: NaiveDate, day: NaiveDate) -> bool {
    let counts = |a: &&AllocationFact| a.counts_on.is_some_and(|on| on <= by);
    let received: i64 = facts.allocations.iter().filter(counts).map(|a| a.net_on(day)).sum();
    let waived = || {
        super::waiver::reached(facts, by).is_some() && super::waiver::reached(facts, day).is_some()
    };
    super::balance::amount_on(facts, by) - received - super::balance::written_off_on(facts, by) <= 0
        || waived()
}

/// The promises that were not kept, oldest first, without those a later promise made good: one that ran out no later
/// than a kept promise made after it is history.
pub fn open(facts: &Facts, day: NaiveDate) -> Vec<OpenPromise> {
    if facts.promises.is_empty() {
        return Vec::new();
    }
    let judged = judge(facts, day);
    let promise = |judged: &Judged| &facts.promises[judged.index];
    let made_good = |at: usize| {
        judged[at + 1..].iter().any(|later| {
            later.state == PromiseState::Kept
                && promise(later).pay_by >= promise(&judged[at]).pay_by
        })
    };
    let open = judged
        .iter()
        .enumerate()
        .filter(|(at, one)| one.state != PromiseState::Kept && !made_good(*at));
    open.map(|(at, one)| OpenPromise {
        made_on: promise(one).made_on,
        pay_by: promise(one).pay_by,
        keep_by: keep_by(facts, promise(one)),
        amount: promise(one).amount,
        filled: one.filled,
        followed: at + 1 < judged.len(),
    })
    .collect()
}
