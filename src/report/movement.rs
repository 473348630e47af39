//! How what is owed went from one table to another: per currency, group and bucket, opening and what moved it add up to
//! closing, to the cent. Everything is a list of [`Entry`]s, one milestone each; a number is the sum of some of them, and
//! the entries are what stands behind it. Amounts are minor units.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::aging::{Buckets, GroupBy, GroupKey, Place};
use crate::domain::ids::{CustomerId, MilestoneId, PersonId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::Stage;
use crate::domain::money::{self, Overflow};
use crate::domain::movement::Step;
pub use crate::store::Flow;

use super::list::BucketLabels;

/// The columns of an aging table by place: the buckets, then retention that is not due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    buckets: Buckets,
    pub labels: Vec<String>,
}

impl Places {
    pub fn new(buckets: Buckets) -> Self {
        let mut labels = buckets.labels();
        labels.push(BucketLabels::RETENTION_NOT_DUE.to_owned());
        Self { buckets, labels }
    }

    const fn retention(&self) -> usize {
        self.labels.len() - 1
    }

    /// Whether what stands there is past due.
    pub const fn is_past_due(&self, place: usize) -> bool {
        place > 0 && place < self.retention()
    }

    /// Where a milestone of a day stands, or would if something of it were open.
    fn of(&self, item: &Item, day: NaiveDate) -> Option<usize> {
        let place = if item.balance > 0 {
            self.buckets.place(item, day)
        } else {
            self.buckets.place(&Item { balance: 1, ..item.clone() }, day)
        };
        place.map(|place| self.at(place))
    }

    const fn at(&self, place: Place) -> usize {
        match place {
            Place::Bucket(at) => at,
            Place::RetentionNotDue => self.retention(),
        }
    }

    /// Where what was frozen stands by its label and due date, so that both ends are aged in the same buckets.
    pub fn of_frozen(
        &self,
        label: Option<&str>,
        due: Option<NaiveDate>,
        day: NaiveDate,
    ) -> Option<usize> {
        let label = label?;
        if label == BucketLabels::RETENTION_NOT_DUE {
            return Some(self.retention());
        }
        let past = due.filter(|due| day > *due && label != NOT_DUE);
        Some(past.map_or(0, |due| self.at(self.buckets.past_due(due, day))))
    }
}

/// The label of the bucket of what is not due.
const NOT_DUE: &str = "not due";

/// One milestone at one end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    pub id: MilestoneId,
    pub customer: CustomerId,
    pub project: ProjectId,
    pub manager: Option<PersonId>,
    pub stage: Stage,
    pub currency: Currency,
    pub due: Option<NaiveDate>,
    /// None where a snapshot did not keep it.
    pub amount: Option<i64>,
    pub balance: i64,
    /// Its place in the table; none is no receivable. Of what is not open, the place it would have.
    pub place: Option<usize>,
    /// Day of the reschedule in force, where that is known.
    pub rescheduled_on: Option<NaiveDate>,
}

impl Stand {
    /// As a day has it.
    pub fn new(item: &Item, day: NaiveDate, places: &Places) -> Self {
        Self {
            id: item.id,
            customer: item.customer,
            project: item.project,
            manager: item.manager,
            stage: item.stage,
            currency: item.currency,
            due: item.due(day),
            amount: Some(item.amount),
            balance: item.balance,
            place: places.of(item, day),
            rescheduled_on: item.rescheduled_on,
        }
    }

    fn is_receivable(&self) -> bool {
        self.place.is_some() && self.balance != 0
    }

    const fn group(&self, by: GroupBy) -> GroupKey {
        match by {
            GroupBy::Customer => GroupKey::Customer(self.customer),
            GroupBy::Project => GroupKey::Project(self.project),
            GroupBy::Manager => match self.manager {
                Some(id) => GroupKey::Manager(id),
                None => GroupKey::NoManager,
            },
            GroupBy::Stage => GroupKey::Stage(self.stage),
            GroupBy::Currency => GroupKey::Currency,
        }
    }
}

/// One end of a movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    pub day: NaiveDate,
    /// What a snapshot of that day keeps: nothing that was recorded later.
    pub frozen: Option<Vec<Stand>>,
    /// What the facts on record say of the day, at the opening of a snapshot of the day before it. Those of the closing
    /// have what is closed, too, where anything happened to it.
    pub known: Vec<Stand>,
}

impl End {
    fn shown(&self) -> &[Stand] {
        self.frozen.as_ref().unwrap_or(&self.known)
    }
}

/// One milestone's part of one step. Signed as it adds to the closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub milestone: MilestoneId,
    pub customer: CustomerId,
    pub project: ProjectId,
    pub key: GroupKey,
    pub currency: Currency,
    pub step: Step,
    /// Its bucket, by place.
    pub bucket: usize,
    /// Where it goes, of what is carried; else the same.
    pub to: usize,
    pub amount: i64,
}

impl Entry {
    /// Whether there is anything to tell: what rolls from a bucket into the same one stayed.
    pub const fn is_told(&self) -> bool {
        !matches!(self.step, Step::Rolled) || self.bucket != self.to
    }
}

/// How what is owed went from one end to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub by: GroupBy,
    pub places: Places,
    /// By milestone, in the order of the steps.
    pub entries: Vec<Entry>,
}

/// Sums by step.
pub type Sums = [i64; Step::COUNT];

/// What one bucket gave and took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BucketSums {
    pub steps: Sums,
    pub rescheduled_in: i64,
    pub rescheduled_out: i64,
    pub rolled_in: i64,
    pub rolled_out: i64,
}

/// All that is known of one milestone.
#[derive(Default)]
struct Case<'a> {
    shown: [Option<&'a Stand>; 2],
    known: [Option<&'a Stand>; 2],
    flows: Flows,
}

/// What happened on the opening day, after it, and on the closing day.
#[derive(Debug, Clone, Copy, Default)]
struct Flows {
    first: Moved,
    between: Moved,
    last: Moved,
}

/// Money that came, came back, and was given up or waived.
#[derive(Debug, Clone, Copy, Default)]
struct Moved {
    collected: i64,
    reversed: i64,
    written_off: i64,
    waived: i64,
}

impl Moved {
    fn add(&mut self, other: Self) -> Result<(), Overflow> {
        self.collected = money::add(self.collected, other.collected)?;
        self.reversed = money::add(self.reversed, other.reversed)?;
        self.written_off = money::add(self.written_off, other.written_off)?;
        self.waived = money::add(self.waived, other.waived)?;
        Ok(())
    }

    /// What it takes from a balance.
    fn taken(self) -> Result<i64, Overflow> {
        let given_up = money::add(self.written_off, self.waived)?;
        money::sub(money::add(self.collected, given_up)?, self.reversed)
    }
}

impl Flows {
    /// All of the period, with the days at its ends as asked.
    fn within(&self, first: bool, last: bool) -> Result<Moved, Overflow> {
        let mut all = self.between;
        if first {
            all.add(self.first)?;
        }
        if last {
            all.add(self.last)?;
        }
        Ok(all)
    }
}

/// The movement between two ends, the earlier first, from what was shown at both and what happened between.
pub fn movement(
    [opening, closing]: [&End; 2],
    flows: &[Flow],
    by: GroupBy,
    places: Places,
) -> Result<Movement, Overflow> {
    let mut cases: BTreeMap<MilestoneId, Case<'_>> = BTreeMap::new();
    for (at, end) in [opening, closing].into_iter().enumerate() {
        for stand in end.shown().iter().filter(|stand| stand.is_receivable()) {
            cases.entry(stand.id).or_default().shown[at] = Some(stand);
        }
        for stand in &end.known {
            cases.entry(stand.id).or_default().known[at] = Some(stand);
        }
    }
    for flow in flows {
        let Some(case) = cases.get_mut(&flow.milestone) else {
            continue;
        };
        let moved = Moved {
            collected: flow.collected,
            reversed: flow.reversed,
            written_off: flow.written_off,
            waived: flow.waived,
        };
        if flow.on == opening.day {
            case.flows.first.add(moved)?;
        } else if flow.on == closing.day {
            case.flows.last.add(moved)?;
        } else {
            case.flows.between.add(moved)?;
        }
    }
    let mut entries = Vec::new();
    for case in cases.values() {
        let [before, after] = case.shown;
        if let Some(whose) = after.or(case.known[1]).or(before) {
            let ends = [opening, closing];
            Told { whose, by, places: &places, ends, entries: &mut entries }.tell(case)?;
        }
    }
    Ok(Movement { from: opening.day, to: closing.day, by, places, entries })
}

/// One milestone as it is told.
struct Told<'a> {
    /// As it stands last.
    whose: &'a Stand,
    by: GroupBy,
    places: &'a Places,
    ends: [&'a End; 2],
    entries: &'a mut Vec<Entry>,
}

/// Where an amount stands: its group, currency and bucket.
type Where = (GroupKey, Currency, usize);

impl Told<'_> {
    fn put(&mut self, step: Step, (key, currency, bucket): Where, amount: i64) {
        self.carry(step, (key, currency, bucket), bucket, amount);
    }

    fn carry(&mut self, step: Step, (key, currency, bucket): Where, to: usize, amount: i64) {
        if amount == 0 {
            return;
        }
        let Stand { id: milestone, customer, project, .. } = *self.whose;
        self.entries.push(Entry {
            milestone,
            customer,
            project,
            key,
            currency,
            step,
            bucket,
            to,
            amount,
        });
    }

    fn tell(&mut self, case: &Case<'_>) -> Result<(), Overflow> {
        let [before, after] = case.shown;
        let whose = self.whose;
        let closing = (whose.group(self.by), whose.currency, whose.place.unwrap_or(0));
        let opening = before.map_or(closing, |before| {
            (before.group(self.by), before.currency, before.place.unwrap_or(0))
        });
        let open = before.map_or(0, |before| before.balance);
        let left = after.map_or(0, |after| after.balance);
        self.put(Step::Opening, opening, open);
        if opening.1 == closing.1 {
            self.told_money(case, opening, [open, left])?;
        } else {
            // An amount in another currency is another amount.
            self.put(Step::Corrected, opening, money::sub(0, open)?);
            self.put(Step::Corrected, closing, left);
            self.put(Step::Closing, closing, left);
            return Ok(());
        }
        self.told_age(case, opening, closing, [open, left])
    }

    /// What changed the amount, where it stood at the opening.
    fn told_money(
        &mut self,
        case: &Case<'_>,
        place: Where,
        [open, left]: [i64; 2],
    ) -> Result<(), Overflow> {
        let [before, after] = case.shown;
        let known = case.known[1];
        let is_new = before.is_none() && !case.known[0].is_some_and(Stand::is_receivable);
        let amended = match before.and_then(|before| before.amount) {
            Some(was) => {
                let now = after.and_then(|after| after.amount);
                let now = now.or_else(|| known.and_then(|known| known.amount));
                now.map_or(Ok(0), |now| money::sub(now, was))?
            }
            None => 0,
        };
        let start = |moved: Moved| {
            if is_new {
                let receivable = known.filter(|known| known.is_receivable());
                money::add(receivable.map_or(0, |known| known.balance), moved.taken()?)
            } else {
                money::add(open, amended)
            }
        };
        let rest = |moved: Moved| money::sub(left, money::sub(start(moved)?, moved.taken()?)?);
        let moved = self.counted(case, rest)?;
        let rest = rest(moved)?;
        if is_new {
            self.put(Step::New, place, start(moved)?);
        }
        let is_withdrawn = after.is_none()
            && known.is_some_and(|known| known.balance > 0 && known.place.is_none());
        let (amended, corrected) =
            if is_withdrawn { (money::add(amended, rest)?, 0) } else { (amended, rest) };
        self.put(Step::Amended, place, amended);
        self.put(Step::Reversed, place, moved.reversed);
        self.put(Step::Collected, place, money::sub(0, moved.collected)?);
        self.put(Step::Waived, place, money::sub(0, moved.waived)?);
        self.put(Step::WrittenOff, place, money::sub(0, moved.written_off)?);
        self.put(Step::Corrected, place, corrected);
        Ok(())
    }

    /// The money that counts. What is dated on the day of a snapshot may have come before it or after: it is counted so
    /// that nothing is left over, where there is a way.
    fn counted(
        &self,
        case: &Case<'_>,
        rest: impl Fn(Moved) -> Result<i64, Overflow>,
    ) -> Result<Moved, Overflow> {
        let [first, last] = self.ends.map(|end| end.frozen.is_some());
        let usual = case.flows.within(false, true)?;
        let others = [(true, true), (false, false), (true, false)];
        let possible =
            others.into_iter().filter(|(with, without)| (first || !*with) && (last || *without));
        if rest(usual)? == 0 {
            return Ok(usual);
        }
        for (with_first, with_last) in possible {
            let other = case.flows.within(with_first, with_last)?;
            if rest(other)? == 0 {
                return Ok(other);
            }
        }
        Ok(usual)
    }

    /// What stayed open, where it went, and whether it became past due or is so no more.
    fn told_age(
        &mut self,
        case: &Case<'_>,
        opening: Where,
        closing: Where,
        [open, left]: [i64; 2],
    ) -> Result<(), Overflow> {
        let [before, after] = case.shown;
        if let (Some(before), Some(after)) = (before, after) {
            let agreed = after.rescheduled_on.or(case.known[1].and_then(|now| now.rescheduled_on));
            let is_moved = before.due != after.due
                && agreed.is_some_and(|on| on >= self.ends[0].day && on <= self.ends[1].day);
            let step = if is_moved { Step::Rescheduled } else { Step::Rolled };
            self.carry(step, opening, closing.2, left);
        }
        if opening.0 != closing.0 {
            let (key, currency, bucket) = (opening.0, opening.1, closing.2);
            self.put(Step::HandedOver, (key, currency, bucket), money::sub(0, left)?);
            self.put(Step::HandedOver, closing, left);
        }
        self.put(Step::Closing, closing, left);
        let was = before.is_some() && self.places.is_past_due(opening.2);
        let is = after.is_some() && self.places.is_past_due(closing.2);
        let moved = case.flows.within(true, true)?;
        let is_paid = moved.collected > 0 && moved.written_off == 0;
        if was && !is && (after.is_some() || is_paid) {
            self.put(Step::Cured, opening, open);
        }
        if is && !was {
            self.put(Step::NewlyOverdue, closing, left);
        }
        Ok(())
    }
}

impl Movement {
    /// Sums by what tells entries apart, in its order.
    fn sums<K: Ord>(
        &self,
        key: impl Fn(&Entry) -> K,
    ) -> Result<BTreeMap<K, (Currency, Sums)>, Overflow> {
        let mut all = BTreeMap::new();
        for entry in &self.entries {
            let (_, sums) = all.entry(key(entry)).or_insert((entry.currency, [0; Step::COUNT]));
            let sum: &mut i64 = &mut sums[entry.step as usize];
            *sum = money::add(*sum, entry.amount)?;
        }
        Ok(all)
    }

    /// The sums of each group and currency.
    pub fn rows(&self) -> Result<Vec<(GroupKey, Currency, Sums)>, Overflow> {
        let all = self.sums(|entry| (entry.key, entry.currency.code()))?;
        Ok(all.into_iter().map(|((key, _), (currency, sums))| (key, currency, sums)).collect())
    }

    /// The sums of each currency.
    pub fn totals(&self) -> Result<Vec<(Currency, Sums)>, Overflow> {
        Ok(self.sums(|entry| entry.currency.code())?.into_values().collect())
    }

    /// What the buckets of one currency gave and took.
    pub fn buckets(&self, currency: Currency) -> Result<Vec<BucketSums>, Overflow> {
        let mut all = vec![BucketSums::default(); self.places.labels.len()];
        for entry in self.entries.iter().filter(|entry| entry.currency == currency) {
            let mut add = |at: usize, part: &dyn Fn(&mut BucketSums) -> &mut i64| {
                let Some(sums) = all.get_mut(at) else { return Ok(()) };
                let sum = part(sums);
                *sum = money::add(*sum, entry.amount)?;
                Ok(())
            };
            if entry.bucket == entry.to {
                let step = entry.step as usize;
                add(entry.bucket, &|sums| &mut sums.steps[step])?;
            } else if entry.step == Step::Rescheduled {
                add(entry.bucket, &|sums| &mut sums.rescheduled_out)?;
                add(entry.to, &|sums| &mut sums.rescheduled_in)?;
            } else {
                add(entry.bucket, &|sums| &mut sums.rolled_out)?;
                add(entry.to, &|sums| &mut sums.rolled_in)?;
            }
        }
        Ok(all)
    }

    /// What is still open of each bucket of the opening, by where it stands at the closing: of one currency, carried by
    /// one step.
    pub fn matrix(&self, currency: Currency, step: Step) -> Result<Vec<Vec<i64>>, Overflow> {
        let size = self.places.labels.len();
        let mut all = vec![vec![0; size]; size];
        let carried = |entry: &&Entry| entry.currency == currency && entry.step == step;
        for entry in self.entries.iter().filter(carried) {
            if let Some(sum) = all.get_mut(entry.bucket).and_then(|row| row.get_mut(entry.to)) {
                *sum = money::add(*sum, entry.amount)?;
            }
        }
        Ok(all)
    }
}
