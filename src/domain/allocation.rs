//! Which receivables a payment pays, in which order and from which day, and what goes back when it is reversed. One
//! place for the form that proposes, the command that pays and the store that writes.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::balance;
use super::change::PromiseDraft;
use super::facts::{Account, Facts};
use super::ids::{AllocationId, MilestoneId};
use super::item::Item;
use super::rules::{self, Checked};
use super::violation::Violation;

/// The day from which money counts for a milestone.
pub fn effective_on(received_on: NaiveDate, agreed_on: Option<NaiveDate>) -> NaiveDate {
    agreed_on.map_or(received_on, |agreed| agreed.max(received_on))
}

impl Item {
    /// The order in which money goes to milestones: oldest due date first, those without one last.
    pub fn payment_order(&self, today: NaiveDate) -> (bool, Option<NaiveDate>, u32, MilestoneId) {
        let due = self.due(today);
        (due.is_none(), due, self.seq, self.id)
    }

    /// Whether money goes to it that names no milestone: planned and wholly disputed ones get money only by name.
    pub fn takes_unnamed_money(&self, today: NaiveDate) -> bool {
        self.is_receivable(today) && !self.is_wholly_disputed()
    }
}

/// What money in this currency pays when it names no milestone.
pub fn oldest_first(items: &[Item], currency: Currency, today: NaiveDate) -> Vec<&Item> {
    let mut paid: Vec<&Item> = items
        .iter()
        .filter(|item| item.currency == currency && item.takes_unnamed_money(today))
        .collect();
    paid.sort_by_key(|item| item.payment_order(today));
    paid
}

/// Shares out a total over what is open, in the order given: each as much as it takes, until the total is used up.
pub fn share_out(total: i64, open: impl IntoIterator<Item = i64>) -> Vec<i64> {
    let mut left = total.max(0);
    let share = |open: i64| {
        let share = open.clamp(0, left);
        left -= share;
        share
    };
    open.into_iter().map(share).collect()
}

/// What was promised for milestones: each all that is undisputed on it, or an amount in one currency, shared out to the
/// oldest due first.
pub fn promises<'i>(
    items: impl IntoIterator<Item = &'i Item>,
    currency: Currency,
    amount: Option<i64>,
    pay_by: NaiveDate,
    today: NaiveDate,
) -> Checked<Vec<PromiseDraft>> {
    let promise = |milestone, amount| PromiseDraft { milestone, amount, pay_by };
    let Some(wanted) = amount else {
        return Ok(items.into_iter().map(|item| promise(item.id, None)).collect());
    };
    rules::positive(wanted)?;
    let mut open: Vec<&Item> = items
        .into_iter()
        .filter(|item| item.currency == currency && item.undisputed() > 0)
        .collect();
    open.sort_by_key(|item| item.payment_order(today));
    let shares = share_out(wanted, open.iter().map(|item| item.undisputed()));
    let most = shares.iter().sum();
    if most < wanted {
        return Err(Violation::ExceedsUndisputed { wanted, open: most, currency });
    }
    let shares = open.iter().zip(shares).filter(|(_, share)| *share > 0);
    Ok(shares.map(|(item, share)| promise(item.id, Some(share))).collect())
}

/// A milestone a payment could pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer<'i> {
    pub item: &'i Item,
    /// Whether money goes to it unless somebody says otherwise.
    pub proposed: bool,
}

/// Every milestone in this currency: first what the payment pays by itself, [`oldest_first`], then what is `named`,
/// then the others, to which nothing goes unless it is said.
pub fn offers<'i>(
    items: &'i [Item],
    currency: Currency,
    named: &[MilestoneId],
    today: NaiveDate,
) -> Vec<Offer<'i>> {
    let mut offers = oldest_first(items, currency, today);
    let mut others: Vec<&Item> = items
        .iter()
        .filter(|item| item.currency == currency && !item.takes_unnamed_money(today))
        .collect();
    let is_named = |item: &Item| named.contains(&item.id);
    others.sort_by_key(|item| (!is_named(item), item.payment_order(today)));
    offers.extend(others);
    let offer = |item: &'i Item| Offer {
        item,
        proposed: item.takes_unnamed_money(today) || is_named(item),
    };
    offers.into_iter().map(offer).collect()
}

/// Money of a payment for a milestone, from a day on; minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    pub milestone: MilestoneId,
    pub on: NaiveDate,
    pub amount: i64,
}

/// One payment and what came and went of it, by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentBalance {
    pub account: Account,
    pub received_on: NaiveDate,
    pub amount: i64,
    /// What was applied, released or sent back: (day, minor units, negative where they left).
    pub moves: Vec<(NaiveDate, i64)>,
}

impl PaymentBalance {
    /// A payment of which nothing has gone yet.
    pub const fn new(account: Account, received_on: NaiveDate, amount: i64) -> Self {
        Self { account, received_on, amount, moves: Vec::new() }
    }

    fn on(&self, day: NaiveDate) -> i64 {
        let moved = self.moves.iter().filter(|(on, _)| *on <= day);
        let left = i128::from(self.amount) + moved.map(|(_, by)| i128::from(*by)).sum::<i128>();
        i64::try_from(left).unwrap_or(i64::MIN)
    }

    /// The least that is left on any day from this one on: the most that can be taken from that day.
    pub fn left_from(&self, day: NaiveDate) -> i64 {
        let later = self.moves.iter().map(|(on, _)| *on).filter(|on| *on > day);
        later.map(|on| self.on(on)).fold(self.on(day), i64::min)
    }

    /// What is left when everything recorded has taken effect.
    pub fn left(&self) -> i64 {
        self.on(NaiveDate::MAX)
    }

    /// What is left in the end, if it was never less than nothing.
    pub fn unapplied(&self) -> Checked<i64> {
        let least = self.left_from(self.received_on);
        if least < 0 {
            return Err(self.exceeded(self.amount.saturating_sub(least), self.amount));
        }
        Ok(self.left())
    }

    const fn exceeded(&self, wanted: i64, left: i64) -> Violation {
        Violation::ExceedsPayment { wanted, left, currency: self.account.currency }
    }

    /// As much of the payment as the milestone takes; `None` if that is nothing. `facts` know every allocation made so
    /// far; the caller notes this one in both.
    pub fn share(&self, facts: &Facts) -> Option<Allocation> {
        let on = effective_on(self.received_on, facts.agreed_on);
        let amount = balance::headroom(facts, on).min(self.left_from(on));
        (amount > 0).then_some(Allocation { milestone: facts.id, on, amount })
    }

    /// An amount of the payment for a milestone of its customer and currency, that both have on every day from then on.
    pub fn line(&self, facts: &Facts, amount: i64) -> Checked<Allocation> {
        rules::positive(amount)?;
        rules::same_account(self.account, facts)?;
        let on = effective_on(self.received_on, facts.agreed_on);
        let open = balance::headroom(facts, on);
        if amount > open {
            return Err(Violation::ExceedsBalance {
                milestone: facts.id,
                wanted: amount,
                open,
                currency: self.account.currency,
            });
        }
        let left = self.left_from(on);
        if amount > left {
            return Err(self.exceeded(amount, left));
        }
        Ok(Allocation { milestone: facts.id, on, amount })
    }

    /// Notes that this went.
    pub fn take(&mut self, allocation: Allocation) {
        self.moves.push((allocation.on, allocation.amount.saturating_neg()));
    }
}

/// What stands of an allocation, and what decides when it is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    pub id: AllocationId,
    pub milestone: MilestoneId,
    pub on: NaiveDate,
    /// Minor units that were not taken back yet.
    pub left: i64,
    /// Due date of its milestone when everything recorded has taken effect.
    pub due: Option<NaiveDate>,
    /// Place of its milestone in the plan.
    pub seq: u32,
}

/// A part of an allocation that goes back, from a day on; minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenBack {
    pub allocation: AllocationId,
    pub milestone: MilestoneId,
    pub on: NaiveDate,
    pub amount: i64,
}

/// Money that goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversal {
    /// Minor units in all.
    pub amount: i64,
    /// What of it had been applied.
    pub taken: Vec<TakenBack>,
}

/// Reverses a payment, all that is left of it or an amount: what is unapplied first, then from the allocation with the
/// latest due date.
pub fn reversal(
    payment: &PaymentBalance,
    mut applied: Vec<Applied>,
    amount: Option<i64>,
    on: NaiveDate,
    today: NaiveDate,
) -> Checked<Reversal> {
    rules::happened(on, today)?;
    rules::not_before(on, payment.received_on)?;
    let left = applied.iter().fold(payment.left(), |sum, one| sum.saturating_add(one.left));
    let amount = match amount {
        Some(amount) => rules::positive(amount)?,
        None if left > 0 => left,
        None => return Err(payment.exceeded(payment.amount, left)),
    };
    if amount > left {
        return Err(payment.exceeded(amount, left));
    }
    applied.sort_by_key(|one| std::cmp::Reverse((one.due.is_none(), one.due, one.seq, one.id)));
    let mut rest = amount - payment.left_from(on).clamp(0, amount);
    let mut taken = Vec::new();
    for one in applied {
        let amount = rest.min(one.left);
        if amount > 0 {
            taken.push(TakenBack {
                allocation: one.id,
                milestone: one.milestone,
                on: on.max(one.on),
                amount,
            });
            rest -= amount;
        }
    }
    Ok(Reversal { amount, taken })
}
