//! What is to be done for an account before anybody is called: money that pays nothing yet though something is owed, and
//! bills of exchange that are to be presented for payment, money of third parties that nothing explains, papers that
//! expire, statements nobody answered, warranties that end.

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::calendar::add_days;
use crate::domain::ids::{CustomerId, IdSet};
use crate::domain::item::Item;
use crate::domain::kinds::Role;
use crate::domain::policy::Policy;
use crate::domain::statutory::Law;
use crate::portfolio::{Portfolio, Unapplied};
use crate::store::{EndingWarranty, ExpiringPaper, MaturingBill, SentStatement, ThirdPartyPayment};

/// Something to do that is about no milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Apply money that pays nothing yet: the customer owes in its currency.
    Allocate(Unapplied),
    /// Present a bill of exchange in hand, by this day.
    Present(MaturingBill, NaiveDate),
    /// Have the customer say that somebody else paid for it, or note how that is known.
    Clear(ThirdPartyPayment),
    /// Renew a paper that expires, or note that it need not be.
    Renew(ExpiringPaper),
    /// Have a statement of account signed, which by law was to be answered by this day.
    Answer(SentStatement, NaiveDate),
    /// See to what is due once a warranty ends, or note that it is seen to.
    Warranty(EndingWarranty),
}

impl Errand {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Allocate(_) => "allocate",
            Self::Present(..) => "present_bill",
            Self::Clear(_) => "clear_payer",
            Self::Renew(_) => "renew_paper",
            Self::Answer(..) => "answer_statement",
            Self::Warranty(_) => "warranty_ends",
        }
    }

    pub const fn customer(&self) -> CustomerId {
        match self {
            Self::Allocate(money) => money.customer,
            Self::Present(bill, _) => bill.customer,
            Self::Clear(payment) => payment.customer,
            Self::Renew(paper) => paper.customer,
            Self::Answer(paper, _) => paper.customer,
            Self::Warranty(one) => one.customer,
        }
    }

    /// Minor units, and their currency.
    pub const fn amount(&self) -> (i64, Currency) {
        match self {
            Self::Allocate(money) => (money.amount, money.currency),
            Self::Present(bill, _) => (bill.amount, bill.currency),
            Self::Clear(payment) => (payment.amount, payment.currency),
            Self::Renew(paper) => (paper.amount, paper.currency),
            Self::Answer(paper, _) => (paper.amount, paper.currency),
            Self::Warranty(one) => (0, one.currency),
        }
    }

    /// Whose desk it is on.
    pub const fn owner(&self) -> Role {
        match self {
            Self::Allocate(_) | Self::Present(..) | Self::Clear(_) | Self::Answer(..) => {
                Role::Finance
            }
            Self::Renew(_) | Self::Warranty(_) => Role::Pm,
        }
    }
}

/// The errands of a day: money first, main currency first, then by code, the most before the least; then bills, the one
/// that matures first in front; then money of third parties, papers that expire, and statements that were to be answered.
pub fn errands(portfolio: &Portfolio, main: Currency) -> Vec<Errand> {
    let Portfolio {
        today,
        policy,
        unapplied,
        bills,
        uncleared,
        papers,
        statements,
        warranties,
        ..
    } = portfolio;
    let mut money = owing(portfolio.items(), unapplied, *today);
    let place = |of: &Unapplied| (of.currency != main, of.currency.code(), -of.amount, of.customer);
    money.sort_by_key(place);
    let allocate = money.into_iter().map(Errand::Allocate);
    let present = bills.iter().map(|bill| Errand::Present(*bill, present_by(bill, policy)));
    let clear = uncleared.iter().cloned().map(Errand::Clear);
    let renew = papers.iter().copied().map(Errand::Renew);
    let answer = unanswered(portfolio.items(), statements, policy, *today);
    let warranty = warranties.iter().copied().map(Errand::Warranty);
    allocate.chain(present).chain(clear).chain(renew).chain(answer).chain(warranty).collect()
}

/// Statements whose time to be answered is over, of those who still owe.
fn unanswered(
    items: &[Item],
    statements: &[SentStatement],
    policy: &Policy,
    today: NaiveDate,
) -> Vec<Errand> {
    if statements.is_empty() {
        return Vec::new();
    }
    let sent: IdSet<CustomerId> = statements.iter().map(|one| one.customer).collect();
    let owing = items.iter().filter(|item| item.balance > 0 && sent.contains(&item.customer));
    let owing: IdSet<CustomerId> = owing.map(|item| item.customer).collect();
    let is_due = |one: &&SentStatement| {
        owing.contains(&one.customer) && policy.statutory.of(one.currency) == Some(Law::China)
    };
    let errand = |one: &SentStatement| {
        let by = add_days(one.asked_on(), policy.answer_days.into()).filter(|by| *by < today)?;
        Some(Errand::Answer(one.clone(), by))
    };
    statements.iter().filter(is_due).filter_map(errand).collect()
}

fn present_by(bill: &MaturingBill, policy: &Policy) -> NaiveDate {
    add_days(bill.matures_on, policy.presentment_days.into()).unwrap_or(bill.matures_on)
}

/// Unapplied money of those who have a receivable in its currency that takes some.
fn owing(items: &[Item], unapplied: &[Unapplied], today: NaiveDate) -> Vec<Unapplied> {
    if unapplied.is_empty() {
        return Vec::new();
    }
    let accounts: IdSet<CustomerId> = unapplied.iter().map(|money| money.customer).collect();
    let owes = items.iter().filter(|item| accounts.contains(&item.customer));
    let owes = owes.filter(|item| item.balance > 0 && item.takes_unnamed_money(today));
    let owes: IdSet<(CustomerId, &str)> =
        owes.map(|item| (item.customer, item.currency.code())).collect();
    let is_owing = |of: &&Unapplied| owes.contains(&(of.customer, of.currency.code()));
    unapplied.iter().filter(is_owing).copied().collect()
}
