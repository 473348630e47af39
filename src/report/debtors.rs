//! What each customer owes on a day, from the open items and the money on account: per currency, never added up
//! across. Amounts are minor units.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::ids::CustomerId;
use crate::domain::item::Item;
use crate::domain::money::{self, Overflow};
use crate::portfolio::{Customers, Unapplied};

use super::grouped::grouped;

/// What a customer owes in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Debt {
    pub currency: Currency,
    pub receivable: i64,
    /// Firm and past grace, less what is disputed.
    pub overdue: i64,
    /// What pending promises still have to bring.
    pub promised: i64,
    pub disputed: i64,
    /// Open, but no receivable yet.
    pub planned: i64,
    /// Accepted work that is no receivable yet: part of `planned`.
    pub accepted: i64,
    /// Money that pays nothing yet.
    pub unapplied: i64,
}

impl Debt {
    const fn new(currency: Currency) -> Self {
        Self {
            currency,
            receivable: 0,
            overdue: 0,
            promised: 0,
            disputed: 0,
            planned: 0,
            accepted: 0,
            unapplied: 0,
        }
    }

    fn count(&mut self, item: &Item, today: NaiveDate) -> Result<(), Overflow> {
        if item.is_receivable(today) {
            self.receivable = money::add(self.receivable, item.balance)?;
        } else {
            self.planned = money::add(self.planned, item.balance)?;
            if item.accepted_on.is_some() {
                self.accepted = money::add(self.accepted, item.balance)?;
            }
        }
        self.overdue = money::add(self.overdue, item.overdue(today))?;
        self.promised = money::add(self.promised, item.promised(today))?;
        self.disputed = money::add(self.disputed, item.disputed.min(item.balance))?;
        Ok(())
    }

    /// Receivables, and accepted work that is none yet: what could be lost.
    pub fn exposure(&self) -> Result<i64, Overflow> {
        money::add(self.receivable, self.accepted)
    }
}

/// A customer with something open or on account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debtor {
    pub customer: CustomerId,
    /// What is owed, main currency first, then by code; at least one.
    pub debts: Vec<Debt>,
    pub items: u32,
    /// Days the oldest overdue item is late, 0 without one.
    pub oldest_late: i64,
    /// Day of the last touch that named an open milestone, or of any within the guard's window.
    pub last_touch: Option<NaiveDate>,
}

impl Debtor {
    fn new(customer: CustomerId) -> Self {
        // Most have one: a list that grows by itself would begin with room for four.
        let debts = Vec::with_capacity(1);
        Self { customer, debts, items: 0, oldest_late: 0, last_touch: None }
    }

    fn count(&mut self, item: &Item, today: NaiveDate) -> Result<(), Overflow> {
        self.items += 1;
        self.last_touch = self.last_touch.max(item.last_touch_on);
        if item.is_past_grace(today) {
            self.oldest_late = self.oldest_late.max(item.days_late(today));
        }
        self.debt(item.currency).count(item, today)
    }

    fn debt(&mut self, currency: Currency) -> &mut Debt {
        let found = self.debts.iter().position(|debt| debt.currency == currency);
        let at = found.unwrap_or_else(|| {
            self.debts.push(Debt::new(currency));
            self.debts.len() - 1
        });
        &mut self.debts[at]
    }
}

/// Every customer with something open or on account, by id.
pub fn debtors(
    items: &[Item],
    unapplied: &[Unapplied],
    customers: &Customers,
    today: NaiveDate,
    main: Currency,
) -> Result<Vec<Debtor>, Overflow> {
    let mut all: Vec<Debtor> = Vec::new();
    for (customer, item) in grouped(items.iter(), |item| item.customer) {
        if all.last().is_none_or(|last| last.customer != customer) {
            all.push(Debtor::new(customer));
        }
        if let Some(debtor) = all.last_mut() {
            debtor.count(item, today)?;
        }
    }
    let mut others = BTreeMap::new();
    for money in unapplied {
        let customer = money.customer;
        let debtor = match all.binary_search_by_key(&customer, |debtor| debtor.customer) {
            Ok(at) => &mut all[at],
            Err(_) => others.entry(customer).or_insert_with(|| Debtor::new(customer)),
        };
        let debt = debtor.debt(money.currency);
        debt.unapplied = money::add(debt.unapplied, money.amount)?;
    }
    all.extend(others.into_values());
    all.sort_by_key(|debtor| debtor.customer);
    for debtor in &mut all {
        debtor.debts.sort_by_key(|debt| (debt.currency != main, debt.currency.code()));
        let touched = customers.touches.get(&debtor.customer);
        let lately =
            touched.and_then(|days| days.iter().copied().filter(|day| *day <= today).max());
        debtor.last_touch = debtor.last_touch.max(lately);
    }
    Ok(all)
}

/// The one of this customer among all, which are by id.
pub fn find(debtors: &[Debtor], id: CustomerId) -> Option<&Debtor> {
    let at = debtors.binary_search_by_key(&id, |debtor| debtor.customer);
    debtors.get(at.ok()?)
}
