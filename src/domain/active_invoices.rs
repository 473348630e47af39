//! Which invoices stand on a day: those issued by then that no red invoice (红冲) has taken back whole. A red invoice
//! names no bill here, so it takes back the latest one of its own amount, else the latest ones before it.

use chrono::NaiveDate;

use super::balance::{received_on, written_off_on};
use super::facts::{Facts, InvoiceFact};

/// What is billed for a milestone on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveInvoices<'f> {
    /// Bills that stand, whole or in part, by day of issue.
    pub bills: Vec<&'f InvoiceFact>,
    /// Sum of all lines, red ones included; minor units.
    pub billed: i64,
}

impl<'f> ActiveInvoices<'f> {
    /// The first bill that still stands.
    pub fn first(&self) -> Option<&'f InvoiceFact> {
        self.bills.first().copied()
    }
}

/// What is billed for this milestone on `day`.
pub fn active_invoices(facts: &Facts, day: NaiveDate) -> ActiveInvoices<'_> {
    let issued = facts.invoices.iter().filter(|i| i.issued_on <= day);
    let open = open_bills(facts, day).into_iter();
    ActiveInvoices {
        bills: open.filter(|(left, _)| *left > 0).map(|(_, bill)| bill).collect(),
        billed: issued.fold(0, |sum: i64, i| sum.saturating_add(i.amount)),
    }
}

/// How far a bill is settled; minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    pub paid: i64,
    /// Neither paid nor given up nor taken back.
    pub open: i64,
}

/// How far each bill of a milestone is settled, in the order of its facts. Money names no bill: it fills the earliest
/// that stands, and so does then what was given up.
pub fn settled(facts: &Facts, day: NaiveDate) -> Vec<Settled> {
    let mut money = received_on(facts, day);
    let mut given_up = written_off_on(facts, day);
    let mut all = vec![Settled::default(); facts.invoices.len()];
    for (left, bill) in open_bills(facts, day) {
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

/// The bills of a milestone by day of issue, each with what no red one took back.
fn open_bills(facts: &Facts, day: NaiveDate) -> Vec<(i64, &InvoiceFact)> {
    let issued = || facts.invoices.iter().filter(|i| i.issued_on <= day);
    let mut open: Vec<(i64, &InvoiceFact)> =
        issued().filter(|i| i.amount > 0).map(|i| (i.amount, i)).collect();
    open.sort_by_key(|(_, bill)| bill.issued_on);
    let mut reds: Vec<&InvoiceFact> = issued().filter(|i| i.amount < 0).collect();
    reds.sort_by_key(|red| red.issued_on);
    for red in reds {
        take_back(&mut open, red);
    }
    open
}

fn take_back(open: &mut [(i64, &InvoiceFact)], red: &InvoiceFact) {
    let mut rest = red.amount.saturating_neg();
    let before = open.partition_point(|(_, bill)| bill.issued_on <= red.issued_on);
    let earlier = open.iter_mut().take(before).rev();
    let mut earlier: Vec<&mut i64> = earlier.map(|(left, _)| left).collect();
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
