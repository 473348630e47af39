//! Which receivables a payment pays, in which order and from which day, and what goes back when it is reversed. One
//! place for the form that proposes, the command that pays, the import and the store that writes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::active_invoices::settled;
use super::change::PromiseDraft;
use super::facts::{Account, AllocationFact, Facts};
use super::ids::{AllocationId, InvoiceId, MilestoneId, ProjectId};
use super::item::Item;
use super::rules::{self, Checked};
use super::violation::Violation;
use super::{balance, money};

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

/// An open milestone that money can go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// As everything recorded has it.
    pub item: Item,
    pub facts: Facts,
}

/// Why money is to go where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// The milestones that were marked.
    Marked,
    /// The milestone it was opened on, which it fits exactly.
    Row,
    /// The contract it was opened on.
    Contract,
    /// The only receivable it fits exactly.
    ExactReceivable,
    /// The only invoice it fits exactly.
    ExactInvoice,
    OldestFirst,
    /// Nowhere yet.
    Unapplied,
}

/// Where the money of a payment is to go, and why; what is over stays unapplied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub aim: Aim,
    pub shares: Vec<Allocation>,
}

/// What a payment was opened on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    pub marked: Vec<MilestoneId>,
    pub row: Option<MilestoneId>,
    pub contract: Option<ProjectId>,
}

impl Opened {
    fn names(&self, id: MilestoneId) -> bool {
        self.row == Some(id) || self.marked.contains(&id)
    }
}

/// What is owed in this currency: first what takes unnamed money, then what the payment was opened on, then the rest.
pub fn listed<'o>(
    owed: &'o [Owed],
    currency: Currency,
    opened: &Opened,
    today: NaiveDate,
) -> Vec<&'o Owed> {
    let mut listed: Vec<&Owed> = owed.iter().filter(|o| o.item.currency == currency).collect();
    listed.sort_by_key(|Owed { item, .. }| {
        let by_name = !item.takes_unnamed_money(today);
        (by_name, by_name && !opened.names(item.id), item.payment_order(today))
    });
    listed
}

/// Where the money of a payment can go, the likeliest first and no two alike; never empty.
pub fn proposals(
    payment: &PaymentBalance,
    owed: &[Owed],
    opened: &Opened,
    today: NaiveDate,
) -> Vec<Proposal> {
    let listed = listed(owed, payment.account.currency, opened, today);
    let of = |belongs: &dyn Fn(&Item) -> bool| {
        payment.shares(listed.iter().copied().filter(|owed| belongs(&owed.item)))
    };
    let row = listed.iter().find(|owed| opened.row == Some(owed.item.id));
    let contract = row.map(|row| row.item.project).or(opened.contract);
    let exact = row.and_then(|row| payment.exactly(&[(row, row.item.balance)]));
    let in_contract = |item: &Item| {
        Some(item.project) == contract && (item.takes_unnamed_money(today) || opened.names(item.id))
    };
    let automatic = automatic(payment, owed, today);
    let mut all = vec![
        Proposal { aim: Aim::Marked, shares: of(&|item| opened.marked.contains(&item.id)) },
        Proposal { aim: Aim::Row, shares: exact.unwrap_or_default() },
        Proposal { aim: Aim::Contract, shares: of(&in_contract) },
        automatic,
        Proposal { aim: Aim::OldestFirst, shares: of(&|item| item.takes_unnamed_money(today)) },
    ];
    all.retain(|proposal| !proposal.shares.is_empty());
    all.push(Proposal { aim: Aim::Unapplied, shares: Vec::new() });
    let mut seen: Vec<Vec<Allocation>> = Vec::new();
    all.retain(|proposal| {
        let is_new = !seen.contains(&proposal.shares);
        seen.push(proposal.shares.clone());
        is_new
    });
    all
}

/// Where money goes that names no milestone: to what it fits exactly, if that is one receivable alone, else one invoice
/// alone; otherwise to the receivables, oldest due first.
pub fn automatic(payment: &PaymentBalance, owed: &[Owed], today: NaiveDate) -> Proposal {
    let mut receivables = listed(owed, payment.account.currency, &Opened::default(), today);
    receivables.retain(|owed| owed.item.takes_unnamed_money(today));
    let total = payment.left();
    let fitting = receivables.iter().filter(|owed| owed.item.balance == total);
    let receivable: Vec<Vec<Share<'_>>> = fitting.map(|owed| vec![(*owed, total)]).collect();
    let sum = |bill: &[Share<'_>]| money::sum(bill.iter().map(|(_, left)| *left));
    let mut invoice = open_bills(owed, payment.account.currency, today);
    invoice.retain(|bill| {
        let payable = |(line, _): &Share<'_>| line.item.takes_unnamed_money(today);
        bill.iter().all(payable) && sum(bill) == Ok(total)
    });
    let exact = match (receivable.as_slice(), invoice.as_slice()) {
        ([only], _) => payment.exactly(only).map(|shares| (Aim::ExactReceivable, shares)),
        (_, [only]) => payment.exactly(only).map(|shares| (Aim::ExactInvoice, shares)),
        _ => None,
    };
    let oldest_first = || (Aim::OldestFirst, payment.shares(receivables.iter().copied()));
    let (aim, shares) = exact.unwrap_or_else(oldest_first);
    Proposal { aim, shares }
}

/// What is open of a milestone, or of one line of an invoice; minor units.
type Share<'o> = (&'o Owed, i64);

/// What is open of each invoice, by line.
fn open_bills(owed: &[Owed], currency: Currency, today: NaiveDate) -> Vec<Vec<Share<'_>>> {
    let mut bills: BTreeMap<InvoiceId, Vec<Share<'_>>> = BTreeMap::new();
    for owed in owed.iter().filter(|owed| owed.item.currency == currency) {
        let lines = owed.facts.invoices.iter().zip(settled(&owed.facts, today));
        for (line, settled) in lines.filter(|(_, settled)| settled.open > 0) {
            bills.entry(line.id).or_default().push((owed, settled.open));
        }
    }
    bills.into_values().collect()
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

    /// What goes to these, in the order given, each as much as it takes.
    fn shares<'o>(&self, owed: impl Iterator<Item = &'o Owed>) -> Vec<Allocation> {
        let mut payment = self.clone();
        let share = |owed: &Owed| {
            let share = payment.share(&owed.facts)?;
            payment.take(share);
            Some(share)
        };
        owed.filter_map(share).collect()
    }

    /// These amounts, where they are all that is left and both sides have them on every day since.
    fn exactly(&self, wanted: &[Share<'_>]) -> Option<Vec<Allocation>> {
        let mut payment = self.clone();
        let mut shares = Vec::with_capacity(wanted.len());
        for (owed, amount) in wanted {
            let share = payment.line(&owed.facts, *amount).ok()?;
            payment.take(share);
            shares.push(share);
        }
        (payment.left() == 0).then_some(shares)
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

/// Money that goes from one milestone to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Minor units in all.
    pub amount: i64,
    /// What is taken back, and what is given for it.
    pub parts: Vec<(TakenBack, Allocation)>,
}

/// Moves what a payment pays of a milestone, all of it or an amount, to another from a day on: what was applied there last
/// goes first. `to` has it on every day from then on.
pub fn moved(
    payment: &PaymentBalance,
    mut applied: Vec<Applied>,
    from: MilestoneId,
    to: &Facts,
    amount: Option<i64>,
    on: NaiveDate,
    today: NaiveDate,
) -> Checked<Moved> {
    rules::happened(on, today)?;
    rules::not_before(on, payment.received_on)?;
    rules::same_account(payment.account, to)?;
    let currency = payment.account.currency;
    applied.retain(|one| one.milestone == from && one.left > 0 && from != to.id);
    let there = applied.iter().fold(0_i64, |sum, one| sum.saturating_add(one.left));
    let amount = rules::positive(amount.unwrap_or(there.max(1)))?;
    if amount > there {
        return Err(Violation::ExceedsApplied {
            milestone: from,
            wanted: amount,
            applied: there,
            currency,
        });
    }
    applied.sort_by_key(|one| std::cmp::Reverse((one.on, one.id)));
    let (mut rest, mut to, mut parts) = (amount, to.clone(), Vec::new());
    for one in applied {
        let amount = rest.min(one.left);
        if amount == 0 {
            break;
        }
        let day = on.max(one.on);
        let given = Allocation { milestone: to.id, on: effective_on(day, to.agreed_on), amount };
        let open = balance::headroom(&to, given.on);
        if amount > open {
            return Err(Violation::ExceedsBalance {
                milestone: to.id,
                wanted: amount,
                open,
                currency,
            });
        }
        to.allocations.push(AllocationFact::new(one.id, given.on, amount));
        let taken = TakenBack { allocation: one.id, milestone: from, on: day, amount };
        parts.push((taken, given));
        rest -= amount;
    }
    Ok(Moved { amount, parts })
}
