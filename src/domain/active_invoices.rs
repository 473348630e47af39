//! Which invoices stand on a day: those issued by then that no red invoice (红冲) has taken back whole. A red invoice
//! takes back the bill it names; one that names none the latest before it of its own amount, else the latest ones.

use chrono::NaiveDate;

use super::balance::{amount_on, received_on, written_off_on};
use super::facts::{Facts, InvoiceFact};
use super::ids::InvoiceId;
use super::waiver::waived_on;

/// What is billed for a milestone on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveInvoices<'f> {
    /// Bills that stand, whole or in part, by day of issue.
    pub bills: Vec<&'f InvoiceFact>,
    /// What stands of them in all; minor units.
    pub billed: i64,
}

impl<'f> ActiveInvoices<'f> {
    /// The first bill that still stands.
    pub fn first(&self) -> Option<&'f InvoiceFact> {
        self.bills.first().copied()
    }
}

/// What is billed for this milestone on `day`: by its own bills, and of a part by those of the milestone that was split,
/// as far as they reach.
pub fn active_invoices(facts: &Facts, day: NaiveDate) -> ActiveInvoices<'_> {
    let open = left_on(&facts.invoices, day);
    let (reaching, taken) = match &facts.part {
        Some(part) => {
            let before = left_on(&part.invoices, day);
            let reach = total(&before).saturating_sub(part.starts);
            let reach = reach.clamp(0, amount_on(facts, day).max(0));
            (if reach > 0 { before } else { Vec::new() }, reach)
        }
        None => (Vec::new(), 0),
    };
    let billed = total(&open).saturating_add(taken);
    let all = reaching.into_iter().chain(open);
    ActiveInvoices {
        billed,
        bills: all.filter(|(left, _)| *left > 0).map(|(_, bill)| bill).collect(),
    }
}

fn total(bills: &[(i64, &InvoiceFact)]) -> i64 {
    bills.iter().fold(0, |sum: i64, (left, _)| sum.saturating_add(*left))
}

/// Minor units that red invoices take back of bills that are not there.
pub fn uncovered(facts: &Facts) -> i64 {
    let left = left_on(&facts.invoices, NaiveDate::MAX).into_iter().map(|(left, _)| left);
    let lines = facts.invoices.iter().map(|line| line.amount.saturating_neg());
    left.chain(lines).fold(0, i64::saturating_add)
}

/// How far a bill is settled; minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    pub paid: i64,
    /// Neither paid nor given up nor taken back.
    pub open: i64,
}

/// How far each bill of a milestone is settled, in the order of its facts. Money names no bill: it fills the earliest
/// that stands, and so does then what was given up. Money of its parts settles the bills of what was split.
pub fn settled(facts: &Facts, day: NaiveDate) -> Vec<Settled> {
    let parts = || facts.parts.iter().filter(|part| part.on <= day);
    let mut money =
        parts().fold(received_on(facts, day), |sum, part| sum.saturating_add(part.received));
    let waived = waived_on(facts, day).map_or(0, |waived| waived.amount);
    let given_up = written_off_on(facts, day).saturating_add(waived);
    let mut given_up = parts().fold(given_up, |sum, part| sum.saturating_add(part.given_up));
    let mut all = vec![Settled::default(); facts.invoices.len()];
    for (left, bill) in left_on(&facts.invoices, day) {
        let paid = left.min(money).max(0);
        let lost = (left - paid).min(given_up).max(0);
        money -= paid;
        given_up -= lost;
        let at = facts.invoices.iter().position(|invoice| std::ptr::eq(invoice, bill));
        if let Some(settled) = at.and_then(|at| all.get_mut(at)) {
            *settled = Settled { paid, open: left - paid - lost };
        }
    }
    all
}

/// What stands on a day of each bill of the milestone's own, with the day it was issued; what was taken back whole is not
/// among them.
pub fn standing(facts: &Facts, day: NaiveDate) -> Vec<(i64, NaiveDate)> {
    let open = left_on(&facts.invoices, day).into_iter().filter(|(left, _)| *left > 0);
    open.map(|(left, bill)| (left, bill.issued_on)).collect()
}

/// The least that a red invoice of `day` could take back, on that day and on any since: of the bill it names, else of
/// all together.
pub fn reversible(facts: &Facts, day: NaiveDate, bill: Option<InvoiceId>) -> i64 {
    let left = |day| {
        let open = left_on(&facts.invoices, day).into_iter();
        open.filter(|(_, one)| bill.is_none_or(|bill| one.id == bill))
            .fold(0, |sum: i64, (left, _)| sum.saturating_add(left))
    };
    let since = facts.invoices.iter().map(|i| i.issued_on).filter(|on| *on > day);
    since.map(left).fold(left(day), i64::min)
}

/// Every bill issued by `day` with what is left of it, in the order of days, those of a day as they were recorded.
fn left_on(invoices: &[InvoiceFact], day: NaiveDate) -> Vec<(i64, &InvoiceFact)> {
    let mut lines: Vec<&InvoiceFact> = invoices.iter().filter(|i| i.issued_on <= day).collect();
    lines.sort_by_key(|line| line.issued_on);
    let mut open: Vec<(i64, &InvoiceFact)> = Vec::with_capacity(lines.len());
    for line in lines {
        if line.amount > 0 {
            open.push((line.amount, line));
        } else {
            take_back(&mut open, line);
        }
    }
    open
}

fn take_back(open: &mut [(i64, &InvoiceFact)], red: &InvoiceFact) {
    let mut rest = red.amount.saturating_neg();
    let named = |bill: &InvoiceFact| red.reverses.is_none_or(|reverses| bill.id == reverses);
    let mut earlier: Vec<&mut i64> =
        open.iter_mut().rev().filter(|(_, bill)| named(bill)).map(|(left, _)| left).collect();
    if let Some(left) = earlier.iter_mut().find(|left| ***left == rest) {
        **left = 0;
        return;
    }
    for left in earlier {
        let taken = rest.min(*left);
        *left -= taken;
        rest -= taken;
    }
}
