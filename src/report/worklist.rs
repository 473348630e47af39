//! The worklist: every milestone where one of us has to move today, in the order to work it, and below it what waits,
//! with why and until when.
//!
//! Order: customers stand where their first item stands, so that one call settles a customer; items by unanswered
//! broken promise first, then by weight, then the older due date, then id. The order is total.

use std::thread;

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::dunning::{self, Act, Task, Wait};
use crate::domain::ids::{CustomerId, IdMap, IdSet, MilestoneId};
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
    /// The entries by rank, before a customer's stand together: what an update goes on from.
    ranked: Vec<(Rank, WorklistEntry)>,
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
    let scoring = Scoring::new(customers, today, policy, main);
    let judge = |items: &[Item]| scoring.judge(items.iter());
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
    waiting.sort_unstable_by_key(Waiting::place);
    Worklist { entries: by_customer(&ranked), waiting, ranked }
}

impl Worklist {
    /// Judges these items again, which are all that some customers have: the list comes out as if all of it had been
    /// built anew, if nothing changed of others since it was.
    pub fn update<'i>(
        &mut self,
        of: &IdSet<CustomerId>,
        theirs: impl Iterator<Item = &'i Item>,
        customers: &Customers,
        today: NaiveDate,
        policy: &Policy,
        main: Currency,
    ) {
        let (ranked, waiting) = Scoring::new(customers, today, policy, main).judge(theirs);
        self.ranked.retain(|(_, entry)| !of.contains(&entry.customer));
        self.ranked.extend(ranked);
        self.waiting.retain(|waiting| !of.contains(&waiting.customer));
        self.waiting.extend(waiting);
        // Stable sorts, since they are quick where most stands in order.
        self.ranked.sort_by_key(|(rank, _)| *rank);
        self.waiting.sort_by_key(Waiting::place);
        self.entries = by_customer(&self.ranked);
    }
}

impl Waiting {
    /// Where it stands among those that wait.
    const fn place(&self) -> (bool, Option<NaiveDate>, MilestoneId) {
        (self.wait.until.is_none(), self.wait.until, self.id)
    }
}

/// From how many items on a second thread helps: below, starting one costs more than it saves.
pub(super) const SHARED: usize = 20_000;

/// What items are scored by.
struct Scoring<'a> {
    customers: &'a Customers,
    /// Until when customers are not to be touched.
    guarded: IdMap<CustomerId, NaiveDate>,
    today: NaiveDate,
    policy: &'a Policy,
    main: Currency,
}

impl<'a> Scoring<'a> {
    fn new(customers: &'a Customers, today: NaiveDate, policy: &'a Policy, main: Currency) -> Self {
        let touched = customers.touches.iter();
        let guarded = touched
            .filter_map(|(id, days)| dunning::guard(days, today, policy).map(|until| (*id, until)))
            .collect();
        Self { customers, guarded, today, policy, main }
    }

    /// What some items ask for, unordered.
    fn judge<'i>(
        &self,
        items: impl Iterator<Item = &'i Item>,
    ) -> (Vec<(Rank, WorklistEntry)>, Vec<Waiting>) {
        let mut ranked = Vec::new();
        let mut waiting = Vec::new();
        for item in items {
            let (id, customer) = (item.id, item.customer);
            let until = self.guarded.get(&customer).copied();
            match dunning::task(item, self.today, self.policy, until) {
                Task::Nothing => {}
                Task::Wait(step, wait) => waiting.push(Waiting { id, customer, step, wait }),
                Task::Do(act) => {
                    let broken = dunning::unanswered(item, self.today).is_some();
                    let grade = self.customers.grades.get(&customer).copied();
                    // Amounts of other currencies do not compare: they come after.
                    let weight =
                        (item.currency == self.main).then(|| weight(item, self.today, grade));
                    ranked.push((
                        rank(item, broken, weight),
                        WorklistEntry { id, customer, act, broken },
                    ));
                }
            }
        }
        (ranked, waiting)
    }
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
fn by_customer(ranked: &[(Rank, WorklistEntry)]) -> Vec<WorklistEntry> {
    let mut places: IdMap<CustomerId, usize> = IdMap::default();
    let mut placed: Vec<(usize, WorklistEntry)> = ranked
        .iter()
        .map(|(_, entry)| {
            let next = places.len();
            (*places.entry(entry.customer).or_insert(next), *entry)
        })
        .collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, entry)| entry).collect()
}
