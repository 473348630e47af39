//! The worklist: every milestone where one of us has to move today, in the order to work it, and below it what waits,
//! with why and until when, and what nobody has to move for but must not be forgotten.
//!
//! Order: customers stand where their first item stands, so that one call settles a customer; items by unanswered
//! broken promise first, then by currency (the main one, then by code: amounts of different ones do not compare), by
//! weight, the older due date, and id. The order is total.

use std::thread;

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::dunning::{self, Act, Task, Wait, Watch};
use crate::domain::ids::{CustomerId, IdMap, IdSet, MilestoneId};
use crate::domain::item::Item;
use crate::domain::kinds::Grade;
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

/// One milestone that is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watched {
    pub id: MilestoneId,
    pub customer: CustomerId,
    pub watch: Watch,
}

/// What to work on today, what waits, and what is watched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worklist {
    /// In the order to work them.
    pub entries: Vec<WorklistEntry>,
    /// By the day they stop waiting, those without one last.
    pub waiting: Vec<Waiting>,
    /// What is silent first, then what is late with us, then by the day something is to be done, then what is past the last step, then what has no
    /// due date.
    pub watched: Vec<Watched>,
    /// The entries by rank, before a customer's stand together: what an update goes on from.
    ranked: Vec<(Rank, WorklistEntry)>,
}

/// How heavy an item is among those of its currency: balance × min(1 + days late/30, 6) × grade, as an exact integer.
pub fn weight(item: &Item, today: NaiveDate, grade: Option<Grade>) -> i128 {
    let lateness = (30 + item.days_late(today)).min(180);
    let tenths = match grade {
        Some(Grade::A) => 10,
        Some(Grade::B) | None => 11,
        Some(Grade::C) => 13,
        Some(Grade::D) => 15,
    };
    i128::from(item.balance).saturating_mul(i128::from(lateness) * tenths)
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
    let mut list = if items.len() < SHARED {
        judge(items)
    } else {
        let (lower, upper) = items.split_at(items.len() / 2);
        thread::scope(|scope| {
            let other = scope.spawn(|| judge(upper));
            let mut list = judge(lower);
            list.extend(other.join().unwrap_or_else(|_| judge(upper)));
            list
        })
    };
    list.arrange();
    list
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
        self.ranked.retain(|(_, entry)| !of.contains(&entry.customer));
        self.waiting.retain(|waiting| !of.contains(&waiting.customer));
        self.watched.retain(|watched| !of.contains(&watched.customer));
        self.extend(Scoring::new(customers, today, policy, main).judge(theirs));
        self.arrange();
    }

    fn extend(&mut self, more: Self) {
        self.ranked.extend(more.ranked);
        self.waiting.extend(more.waiting);
        self.watched.extend(more.watched);
    }

    /// Puts everything in its order. The sorts are quick where most stands in order.
    fn arrange(&mut self) {
        self.ranked.sort_by_key(|(rank, _)| *rank);
        self.waiting.sort_by_key(|w| (w.wait.until.is_none(), w.wait.until, w.id));
        self.watched.sort_by_key(|w| (urgency(w.watch), w.id));
        self.entries = by_customer(&self.ranked);
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

    /// What some items ask for, not yet arranged.
    fn judge<'i>(&self, items: impl Iterator<Item = &'i Item>) -> Worklist {
        let mut found = Worklist::default();
        for item in items {
            let (id, customer) = (item.id, item.customer);
            let until = self.guarded.get(&customer).copied();
            match dunning::task(item, self.today, self.policy, until) {
                Task::Nothing => {}
                Task::Watch(watch) => found.watched.push(Watched { id, customer, watch }),
                Task::Wait(step, wait) => found.waiting.push(Waiting { id, customer, step, wait }),
                Task::Do(act) => {
                    let broken = dunning::unanswered(item, self.today).is_some();
                    let grade = self.customers.grades.get(&customer).copied();
                    // Amounts of currencies without a rate do not compare: they come after, each by itself.
                    let rate = self.policy.rate(item.currency, self.main);
                    let weight = weight(item, self.today, grade);
                    let rank = (
                        !broken,
                        rate.map_or_else(|| place(item.currency), |_| 0),
                        -weight.saturating_mul(rate.unwrap_or(1).into()),
                        item.due(self.today).unwrap_or(NaiveDate::MAX),
                        id,
                    );
                    found.ranked.push((rank, WorklistEntry { id, customer, act, broken }));
                }
            }
        }
        found
    }
}

/// The place of an item: smaller comes first. The id makes it total.
type Rank = (bool, u32, i128, NaiveDate, MilestoneId);

/// The place of a currency among the others: its code, as a number that compares like the text.
fn place(currency: Currency) -> u32 {
    currency.code().bytes().fold(0, |place, letter| (place << 8) | u32::from(letter))
}

/// The place of what is watched: smaller comes first.
const fn urgency(watch: Watch) -> (u8, Option<NaiveDate>) {
    match watch {
        Watch::Silence(since) => (0, Some(since)),
        Watch::Late(_) => (1, None),
        Watch::Between(Some(next)) => (2, Some(next)),
        Watch::Between(None) => (3, None),
        Watch::NoDate(_) => (4, None),
    }
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
