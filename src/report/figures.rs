//! The five figures of Today, per currency: overdue, due in the next days, promised in the same days, unbilled,
//! collected this month. Amounts are minor units.

use chrono::{Datelike, Days, NaiveDate};
use iso_currency::Currency;

use crate::domain::item::Item;
use crate::domain::money::{self, Overflow, PerCurrency};
use crate::domain::policy::Policy;
use crate::domain::promise::PromiseState;

/// A sum and how many things are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub amount: i64,
    pub count: u32,
}

impl Tally {
    fn add(&mut self, amount: i64) -> Result<(), Overflow> {
        self.amount = money::add(self.amount, amount)?;
        self.count += 1;
        Ok(())
    }
}

/// The figures in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    pub currency: Currency,
    /// Firm and past grace, less what is disputed; held ones count.
    pub overdue: Tally,
    /// Firm and due from today to the end of the look-ahead.
    pub due: Tally,
    /// Pending promises to be kept in the same days: what they still have to bring.
    pub promised: Tally,
    /// What could be invoiced and is not.
    pub unbilled: Tally,
    /// Received since the first of the month.
    pub collected: i64,
}

impl Figures {
    const fn new(currency: Currency) -> Self {
        let none = Tally {
            amount: 0,
            count: 0,
        };
        Self {
            currency,
            overdue: none,
            due: none,
            promised: none,
            unbilled: none,
            collected: 0,
        }
    }

    fn count(
        &mut self,
        item: &Item,
        today: NaiveDate,
        until: NaiveDate,
        policy: &Policy,
    ) -> Result<(), Overflow> {
        let soon = |day: NaiveDate| day >= today && day <= until;
        if item.is_past_grace(today) && item.undisputed() > 0 {
            self.overdue.add(item.undisputed())?;
        }
        if item.firm_due(today).is_some_and(soon) {
            self.due.add(item.balance)?;
        }
        for promise in &item.promises {
            if promise.state(today) == PromiseState::Pending && soon(promise.pay_by) {
                self.promised.add(promise.missing())?;
            }
        }
        let unbilled = item.unbilled(today, policy);
        if unbilled > 0 {
            self.unbilled.add(unbilled)?;
        }
        Ok(())
    }
}

/// The first day of the month of `today`.
pub fn month_start(today: NaiveDate) -> NaiveDate {
    today.with_day(1).unwrap_or(today)
}

/// The figures of a day, main currency first, then by code. `collected` is what came in since [`month_start`].
pub fn figures(
    items: &[Item],
    collected: &[(Currency, i64)],
    today: NaiveDate,
    policy: &Policy,
    main: Currency,
) -> Result<Vec<Figures>, Overflow> {
    let ahead = Days::new(policy.look_ahead_days.unsigned_abs());
    let until = today.checked_add_days(ahead).unwrap_or(today);
    let mut all = vec![Figures::new(main)];
    for item in items.iter().filter(|item| item.balance > 0) {
        at(&mut all, item.currency).count(item, today, until, policy)?;
    }
    for (currency, amount) in collected {
        let figures = at(&mut all, *currency);
        figures.collected = money::add(figures.collected, *amount)?;
    }
    all.sort_by_key(|f| (f.currency != main, f.currency.code()));
    Ok(all)
}

fn at(all: &mut Vec<Figures>, currency: Currency) -> &mut Figures {
    let at = all
        .iter()
        .position(|f| f.currency == currency)
        .unwrap_or_else(|| {
            all.push(Figures::new(currency));
            all.len() - 1
        });
    &mut all[at]
}

/// The currency figures are shown in: the one most open items are in, else the yuan.
pub fn main_currency(items: &[Item]) -> Currency {
    let mut counts = PerCurrency::<usize>::new();
    for item in items {
        *counts.entry(item.currency, || 0) += 1;
    }
    counts.greatest_first();
    counts
        .iter()
        .next()
        .map_or(Currency::CNY, |(currency, _)| currency)
}
