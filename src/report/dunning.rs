//! The dunning ladder of a day: who stands on which step, what else somebody has to do, which promises, disputes and
//! holds there are, and what waits. A milestone can stand in several groups: a promise and the step behind it are two
//! questions.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::dunning::{Act, Wait};
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::item::Item;
use crate::domain::kinds::WaitReason;
use crate::domain::money::{Overflow, PerCurrency};
use crate::domain::policy::{Policy, TOP_STEP};
use crate::domain::promise::PromiseState;

use super::worklist::Worklist;

/// What the milestones of a group have in common; in the order of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// This step of the ladder is to be taken now.
    Step(u8),
    /// Acceptance is to be arranged.
    ChaseAcceptance,
    Deliver,
    /// We have to issue the invoice.
    Invoice,
    /// We have to send the invoice.
    Send,
    /// A contact was agreed for today or before.
    CallBack,
    Broken,
    Promised,
    /// Some or all of it is disputed.
    Disputed,
    Held,
    /// A step is due, but waits for something that has no group of its own.
    Waiting,
}

impl Group {
    /// Every group, in the order of the ladder.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=TOP_STEP).map(Self::Step).chain([
            Self::ChaseAcceptance,
            Self::Deliver,
            Self::Invoice,
            Self::Send,
            Self::CallBack,
            Self::Broken,
            Self::Promised,
            Self::Disputed,
            Self::Held,
            Self::Waiting,
        ])
    }
}

/// A milestone in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DunningEntry {
    pub id: MilestoneId,
    pub customer: CustomerId,
    /// What the group is about, in minor units: the balance, or what is promised, disputed or unbilled of it.
    pub amount: i64,
    pub currency: Currency,
    /// The day a promise runs out, or a hold ends.
    pub on: Option<NaiveDate>,
    /// The step that waits, and what for, where the group is about that.
    pub waits: Option<(u8, Wait)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DunningGroup {
    pub group: Group,
    /// In the order to work them.
    pub entries: Vec<DunningEntry>,
    /// Sums of [`DunningEntry::amount`], main currency first, then by code.
    pub sums: Vec<(Currency, i64)>,
}

/// Builds the ladder of a day, every group of it in the order of [`Group::all`], empty ones too, from the open items
/// and the worklist of the same day.
pub fn dunning(
    items: &[Item],
    worklist: &Worklist,
    today: NaiveDate,
    policy: &Policy,
    main: Currency,
) -> Result<Vec<DunningGroup>, Overflow> {
    let mut groups: BTreeMap<Group, Vec<DunningEntry>> = Group::all()
        .filter(|group| stands(*group, policy))
        .map(|group| (group, Vec::new()))
        .collect();
    let mut put = |group, entry| groups.entry(group).or_default().push(entry);
    let wanted = worklist.entries.iter().map(|entry| entry.id);
    let worked = found(items, wanted.collect());
    for (entry, item) in worklist.entries.iter().zip(worked) {
        let Some(item) = item else { continue };
        let (group, amount) = match entry.act {
            Act::Step(step) => (Group::Step(step.min(TOP_STEP)), item.balance),
            Act::ChaseAcceptance => (Group::ChaseAcceptance, item.balance),
            Act::Deliver => (Group::Deliver, item.balance),
            Act::Invoice => (Group::Invoice, item.unbilled(today, policy)),
            Act::Send => (Group::Send, item.balance),
            Act::CallBack => (Group::CallBack, item.balance),
            // The broken promise itself stands in a group of its own.
            Act::FollowUp => continue,
        };
        put(group, entry_of(item, amount));
    }
    let standing_out = |item: &&Item| {
        item.balance > 0
            && (item.disputed > 0 || !item.holds.is_empty() || !item.promises.is_empty())
    };
    for item in items.iter().filter(standing_out) {
        for (group, found) in standing(item, today) {
            put(group, found);
        }
    }
    // The others stand in a group of their own.
    let waiting = worklist.waiting.iter().filter(|waiting| {
        let why = waiting.wait.why;
        !matches!(why, WaitReason::Dispute | WaitReason::Hold | WaitReason::Promise)
    });
    let waited = found(items, waiting.clone().map(|waiting| waiting.id).collect());
    for (waiting, item) in waiting.zip(waited) {
        if let Some(item) = item {
            let waits = Some((waiting.step, waiting.wait));
            let found = entry_of(item, item.balance);
            put(Group::Waiting, DunningEntry { waits, ..found });
        }
    }
    arrange(groups, main)
}

/// Whether there is such a group: a step that is left out has none.
fn stands(group: Group, policy: &Policy) -> bool {
    match group {
        Group::Step(step) => policy.ladder.step(step).is_some(),
        Group::ChaseAcceptance
        | Group::Deliver
        | Group::Invoice
        | Group::Send
        | Group::CallBack
        | Group::Broken
        | Group::Promised
        | Group::Disputed
        | Group::Held
        | Group::Waiting => true,
    }
}

/// The item of each of these ids, in their order; items are by id. One walk, since a search for each of tens of
/// thousands would take longer than a frame.
fn found(items: &[Item], ids: Vec<MilestoneId>) -> Vec<Option<&Item>> {
    let mut found = vec![None; ids.len()];
    let mut wanted: Vec<(MilestoneId, usize)> = ids.into_iter().zip(0..).collect();
    wanted.sort_unstable();
    let mut items = items.iter().peekable();
    for (id, at) in wanted {
        while items.next_if(|item| item.id < id).is_some() {}
        found[at] = items.peek().copied().filter(|item| item.id == id);
    }
    found
}

fn entry_of(item: &Item, amount: i64) -> DunningEntry {
    DunningEntry {
        id: item.id,
        customer: item.customer,
        amount,
        currency: item.currency,
        on: None,
        waits: None,
    }
}

/// Promises, dispute and hold of an item: groups it stands in whatever there is to do.
fn standing(item: &Item, today: NaiveDate) -> impl Iterator<Item = (Group, DunningEntry)> {
    let promise = |state: PromiseState, group: Group| {
        let same = item.promises.iter().filter(move |p| p.state(today) == state);
        let missing = same.clone().fold(0, |sum: i64, p| sum.saturating_add(p.missing()));
        let on = same.map(|p| p.pay_by).min()?;
        let found = DunningEntry { on: Some(on), ..entry_of(item, missing.min(item.balance)) };
        Some((group, found))
    };
    let disputed = (item.disputed > 0)
        .then(|| (Group::Disputed, entry_of(item, item.disputed.min(item.balance))));
    let held = item
        .hold(today)
        .map(|held| (Group::Held, DunningEntry { on: held.until, ..entry_of(item, item.balance) }));
    let promises = [
        promise(PromiseState::Broken, Group::Broken),
        promise(PromiseState::Pending, Group::Promised),
    ];
    promises.into_iter().chain([disputed, held]).flatten()
}

/// Sorts what the worklist did not, and sums each group up.
fn arrange(
    groups: BTreeMap<Group, Vec<DunningEntry>>,
    main: Currency,
) -> Result<Vec<DunningGroup>, Overflow> {
    let mut steps = Vec::new();
    for (group, mut entries) in groups {
        if matches!(group, Group::Broken | Group::Promised | Group::Held) {
            entries.sort_by_key(|entry| (entry.on.is_none(), entry.on, entry.id));
        }
        let mut sums = PerCurrency::<i64>::new();
        for entry in &entries {
            sums.add(entry.currency, entry.amount)?;
        }
        sums.main_first(main);
        steps.push(DunningGroup { group, entries, sums: sums.into_iter().collect() });
    }
    Ok(steps)
}
