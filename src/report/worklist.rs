//! The worklist: every milestone where one of us has to move today, in the order to work it, and below it what waits,
//! with why and until when.
//!
//! Order: customers stand where their first item stands, so that one call settles a customer; items by unanswered
//! broken promise first, then by weight, then the older due date, then id. The order is total.

use std::thread;

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::dunning::{self, Act, Task, Wait};
use crate::domain::ids::{CustomerId, IdMap, MilestoneId};
use crate::domain::item::Item;
use crate::domain::kinds::Grade;
use crate::domain::money;
use crate::domain::policy::Policy;
use crate::portfolio::Customers;

/// One milestone to work on today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorklistEntry {
    pub id: MilestoneId,
    pub customer: CustomerId,
    pub act: Act,
    /// Whether a broken promise stands unanswered.
    pub broken: bool,
}

/// One milestone whose due step waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub id: MilestoneId,
    pub customer: CustomerId,
    /// The step that is due.
    pub step: u8,
    pub wait: Wait,
}

/// What to work on today, and what waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worklist {
    /// In the order to work them.
    pub entries: Vec<WorklistEntry>,
    /// By the day they stop waiting, those without one last.
    pub waiting: Vec<Waiting>,
}

/// How heavy an item is: balance × min(1 + days late/30, 6) × grade, as an exact integer.
pub fn weight(item: &Item, today: NaiveDate, grade: Option<Grade>) -> i128 {
    let lateness = (30 + item.days_late(today)).min(180);
    let tenths = match grade {
        Some(Grade::A) => 10,
        Some(Grade::B) | None => 11,
        Some(Grade::C) => 13,
        Some(Grade::D) => 15,
    };
    let fine = 10_i128.pow(4_u32.saturating_sub(money::exponent(item.currency)));
    i128::from(item.balance).saturating_mul(i128::from(lateness) * tenths * fine)
}

/// Builds the worklist of a day.
pub fn worklist(
    items: &[Item],
    customers: &Customers,
    today: NaiveDate,
    policy: &Policy,
    main: Currency,
) -> Worklist {
    let guarded: IdMap<CustomerId, NaiveDate> = customers
        .touches
        .iter()
        .filter_map(|(id, days)| dunning::guard(days, today, policy).map(|until| (*id, until)))
        .collect();
    let judge =
        |items: &[Item]| judge(items, customers, &guarded, today, &Scoring { policy, main });
    let (mut ranked, mut waiting) = if items.len() < SHARED {
        judge(items)
    } else {
        let (lower, upper) = items.split_at(items.len() / 2);
        thread::scope(|scope| {
            let other = scope.spawn(|| judge(upper));
            let (mut ranked, mut waiting) = judge(lower);
            let (more, wait) = other.join().unwrap_or_else(|_| judge(upper));
            ranked.extend(more);
            waiting.extend(wait);
            (ranked, waiting)
        })
    };
    ranked.sort_unstable_by_key(|(rank, _)| *rank);
    waiting.sort_unstable_by_key(|w| (w.wait.until.is_none(), w.wait.until, w.id));
    Worklist { entries: by_customer(ranked.into_iter().map(|(_, entry)| entry)), waiting }
}

/// From how many items on two threads judge them: below, starting one costs more than it saves.
const SHARED: usize = 20_000;

/// What items are scored by.
struct Scoring<'a> {
    policy: &'a Policy,
    main: Currency,
}

/// What some items ask for, unordered.
fn judge(
    items: &[Item],
    customers: &Customers,
    guarded: &IdMap<CustomerId, NaiveDate>,
    today: NaiveDate,
    by: &Scoring,
) -> (Vec<(Rank, WorklistEntry)>, Vec<Waiting>) {
    let mut ranked = Vec::new();
    let mut waiting = Vec::new();
    for item in items {
        let (id, customer) = (item.id, item.customer);
        let until = guarded.get(&customer).copied();
        match dunning::task(item, today, by.policy, until) {
            Task::Nothing => {}
            Task::Wait(step, wait) => waiting.push(Waiting { id, customer, step, wait }),
            Task::Do(act) => {
                let broken = dunning::unanswered(item, today).is_some();
                let grade = customers.grades.get(&customer).copied();
                // Amounts of currencies without a rate do not compare: they come after.
                let rate = by.policy.rate(item.currency, by.main);
                let weight =
                    rate.map(|rate| weight(item, today, grade).saturating_mul(i128::from(rate)));
                ranked.push((
                    rank(item, broken, weight),
                    WorklistEntry { id, customer, act, broken },
                ));
            }
        }
    }
    (ranked, waiting)
}

/// The place of an item: smaller comes first. The id makes it total.
type Rank = (bool, bool, i128, NaiveDate, MilestoneId);

fn rank(item: &Item, broken: bool, weight: Option<i128>) -> Rank {
    let unweighted = -i128::from(item.balance);
    (
        !broken,
        weight.is_none(),
        weight.map_or(unweighted, |w| -w),
        item.due.unwrap_or(NaiveDate::MAX),
        item.id,
    )
}

/// Moves each customer's items up to its first, keeping their order.
fn by_customer(entries: impl Iterator<Item = WorklistEntry>) -> Vec<WorklistEntry> {
    let mut place: IdMap<CustomerId, usize> = IdMap::default();
    let mut placed: Vec<(usize, WorklistEntry)> = entries
        .map(|entry| {
            let next = place.len();
            (*place.entry(entry.customer).or_insert(next), entry)
        })
        .collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, entry)| entry).collect()
}
