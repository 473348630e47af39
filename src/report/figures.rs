//! The five figures of Today, per currency: overdue, due in the next days, promised in the same days, unbilled,
//! collected this month; beside them where the money of all contracts stands. Amounts are minor units.

use chrono::{Datelike, NaiveDate};
use iso_currency::Currency;

use crate::domain::calendar::add_days;
use crate::domain::item::{Item, OpenPromise};
use crate::domain::kinds::Figure;
use crate::domain::money::{self, Overflow, PerCurrency};
use crate::domain::policy::Policy;
use crate::domain::promise::PromiseState;
use crate::store::Agreed;

/// A sum and how many things are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub amount: i64,
    pub count: u32,
}

impl Tally {
    pub(super) fn add(&mut self, amount: i64) -> Result<(), Overflow> {
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
    /// Firm, past due and within grace.
    pub in_grace: i64,
    /// Firm and past grace, what of it is disputed.
    pub disputed: i64,
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
        let none = Tally { amount: 0, count: 0 };
        Self {
            currency,
            overdue: none,
            in_grace: 0,
            disputed: 0,
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
        let overdue = item.overdue(today);
        if overdue > 0 {
            self.overdue.add(overdue)?;
        }
        if item.is_past_grace(today) {
            self.disputed = money::add(self.disputed, item.disputed)?;
        } else if item.days_late(today) > 0 {
            self.in_grace = money::add(self.in_grace, item.balance)?;
        }
        if is_due_soon(item, today, until) {
            self.due.add(item.balance)?;
        }
        for promise in promised_soon(item, today, until) {
            self.promised.add(promise.missing())?;
        }
        let unbilled = item.unbilled(today, policy);
        if unbilled > 0 {
            self.unbilled.add(unbilled)?;
        }
        Ok(())
    }
}

fn is_due_soon(item: &Item, today: NaiveDate, until: NaiveDate) -> bool {
    item.firm_due(today).is_some_and(|day| day >= today && day <= until)
}

fn promised_soon(
    item: &Item,
    today: NaiveDate,
    until: NaiveDate,
) -> impl Iterator<Item = &OpenPromise> {
    let is_pending = move |one: &&OpenPromise| one.state(today) == PromiseState::Pending;
    let pending = item.promises.iter().filter(is_pending);
    pending.filter(move |one| one.pay_by >= today && one.pay_by <= until)
}

/// What an item adds to a figure; minor units.
#[derive(Debug, Clone, Copy)]
pub struct Added<'i> {
    pub item: &'i Item,
    pub amount: i64,
    /// Of what is promised, the promise.
    pub promise: Option<&'i OpenPromise>,
}

/// What of these items a figure is made of; what came in is not of items.
pub fn made_of<'i>(
    figure: Figure,
    items: &'i [Item],
    today: NaiveDate,
    policy: &Policy,
) -> Vec<Added<'i>> {
    let until = last_soon(today, policy);
    let open = items.iter().filter(|item| item.balance > 0);
    let whole = |item, amount| Added { item, amount, promise: None };
    match figure {
        Figure::Overdue => {
            let overdue = open.map(|item| whole(item, item.overdue(today)));
            overdue.filter(|one| one.amount > 0).collect()
        }
        Figure::Due => {
            let due = open.filter(|item| is_due_soon(item, today, until));
            due.map(|item| whole(item, item.balance)).collect()
        }
        Figure::Promised => {
            let each = |item| {
                let promised = promised_soon(item, today, until);
                promised.map(move |one| Added { item, amount: one.missing(), promise: Some(one) })
            };
            open.flat_map(each).collect()
        }
        Figure::Unbilled => {
            let unbilled = open.map(|item| whole(item, item.unbilled(today, policy)));
            unbilled.filter(|one| one.amount > 0).collect()
        }
        Figure::Collected | Figure::Payments | Figure::Invoices => Vec::new(),
    }
}

/// The last day of the look-ahead.
fn last_soon(today: NaiveDate, policy: &Policy) -> NaiveDate {
    add_days(today, policy.look_ahead_days).unwrap_or(NaiveDate::MAX)
}

impl Figures {
    /// All that is firm and past due.
    pub fn past_due(&self) -> i64 {
        self.past_due_parts().into_iter().fold(0, i64::saturating_add)
    }

    /// What is past due: overdue, in grace, disputed.
    pub const fn past_due_parts(&self) -> [i64; 3] {
        [self.overdue.amount, self.in_grace, self.disputed]
    }
}

/// Where the money of all contracts in one currency stands: what was agreed is received, receivable, planned, without a
/// date, or given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contract {
    pub currency: Currency,
    pub agreed: i64,
    pub received: i64,
    pub receivable: i64,
    /// No receivable yet, and expected on some day.
    pub planned: i64,
    /// No receivable yet, and nobody knows when.
    pub no_date: i64,
    /// Let go because the customer paid as agreed.
    pub waived: i64,
    pub written_off: i64,
}

impl Contract {
    const fn new(currency: Currency, agreed: Agreed, received: i64) -> Self {
        let Agreed { amount: agreed, written_off, waived } = agreed;
        Self {
            currency,
            agreed,
            received,
            receivable: 0,
            planned: 0,
            no_date: 0,
            waived,
            written_off,
        }
    }

    /// What was agreed: received, receivable, planned, without a date, waived, written off.
    pub const fn parts(&self) -> [i64; 6] {
        [self.received, self.receivable, self.planned, self.no_date, self.waived, self.written_off]
    }
}

/// The contracts of a day by currency, main currency first, then by code. `agreed` is the sum of all milestones agreed
/// by then, and of what was given up of them.
pub fn contracts(
    items: &[Item],
    agreed: &PerCurrency<Agreed>,
    today: NaiveDate,
    main: Currency,
) -> Result<Vec<Contract>, Overflow> {
    let mut all = PerCurrency::new();
    for (currency, of) in agreed.iter() {
        let received = money::sub(money::sub(of.amount, of.written_off)?, of.waived)?;
        all.entry(currency, || Contract::new(currency, *of, received));
    }
    for item in items.iter().filter(|item| item.balance > 0) {
        let contract =
            all.entry(item.currency, || Contract::new(item.currency, Agreed::default(), 0));
        contract.received = money::sub(contract.received, item.balance)?;
        let part = if item.is_receivable(today) {
            &mut contract.receivable
        } else if item.due(today).is_some() {
            &mut contract.planned
        } else {
            &mut contract.no_date
        };
        *part = money::add(*part, item.balance)?;
    }
    all.main_first(main);
    Ok(all.into_iter().map(|(_, contract)| contract).collect())
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
    let until = last_soon(today, policy);
    let mut all = PerCurrency::new();
    all.entry(main, || Figures::new(main));
    for item in items.iter().filter(|item| item.balance > 0) {
        let figures = all.entry(item.currency, || Figures::new(item.currency));
        figures.count(item, today, until, policy)?;
    }
    for (currency, amount) in collected {
        let figures = all.entry(*currency, || Figures::new(*currency));
        figures.collected = money::add(figures.collected, *amount)?;
    }
    all.main_first(main);
    Ok(all.into_iter().map(|(_, figures)| figures).collect())
}

/// The currency figures are shown in: the one that was set, the one most open items are in, else the yuan.
pub fn main_currency(items: &[Item], policy: &Policy) -> Currency {
    policy.currency.or_else(|| usual_currency(items)).unwrap_or(Currency::CNY)
}

/// The currency most of these are in.
pub fn usual_currency(items: &[Item]) -> Option<Currency> {
    let mut counts = PerCurrency::<usize>::new();
    for item in items {
        *counts.entry(item.currency, || 0) += 1;
    }
    counts.greatest_first();
    counts.iter().next().map(|(currency, _)| currency)
}
