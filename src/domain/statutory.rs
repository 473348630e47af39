//! What law says where a contract says nothing: until when delivered work is to be paid, what late money costs, and how
//! long the price of works comes before other claims. Pure functions of facts, settings and a day: hints that block
//! nothing and are booked nowhere, and no legal advice.
//!
//! Sources. China: Regulations on Ensuring Payments to Small and Medium-sized Enterprises (保障中小企业款项支付条例,
//! State Council Order 802, in force since 1 June 2025), articles 9, 16 and 17; Interpretation (I) of the Supreme
//! People's Court on construction contracts (建设工程司法解释（一）), articles 27 and 41. United Kingdom: Late Payment
//! of Commercial Debts (Interest) Act 1998, sections 5A and 6, and the Rate of Interest (No. 3) Order 2002.

use chrono::{Months, NaiveDate};
use iso_currency::Currency;
use rust_decimal::Decimal;

use super::balance::balance_on;
use super::calendar::add_days;
use super::codes::codes;
use super::due::Basis;
use super::facts::Facts;
use super::item::Item;
use super::kinds::PriorityStart;
use super::late_fee::{Counted, LateFee, Rate, Rounding, Start, Year};
use super::money::exponent;
use super::policy::Policy;

codes! {
    /// Whose law speaks where a contract is silent.
    Law {
        China = "cn",
        UnitedKingdom = "uk",
    }
}

/// The law that speaks for contracts in a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laws(pub Vec<(Currency, Law)>);

impl Default for Laws {
    fn default() -> Self {
        Self(vec![(Currency::CNY, Law::China), (Currency::GBP, Law::UnitedKingdom)])
    }
}

impl Laws {
    pub fn of(&self, currency: Currency) -> Option<Law> {
        self.0.iter().find(|(of, _)| *of == currency).map(|(_, law)| *law)
    }
}

/// A central bank's rate that holds for a half-year, in percent a year, by the first day from which it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseRates(pub Vec<(NaiveDate, Decimal)>);

impl Default for BaseRates {
    /// The Bank of England's on 31 December for the half-year from 1 January, on 30 June for that from 1 July; where it
    /// changed.
    fn default() -> Self {
        let known = [
            (2020, 7, 10),
            (2022, 1, 25),
            (2022, 7, 125),
            (2023, 1, 350),
            (2023, 7, 500),
            (2024, 1, 525),
            (2025, 1, 475),
            (2025, 7, 425),
            (2026, 1, 375),
        ];
        let point = |(year, month, hundredths)| {
            Some((
                NaiveDate::from_ymd_opt(year, month, 1)?,
                Decimal::new(hundredths, 2).normalize(),
            ))
        };
        Self(known.into_iter().filter_map(point).collect())
    }
}

impl BaseRates {
    /// Whether a day is no later than the half-year of the last rate.
    pub fn reach(&self, day: NaiveDate) -> bool {
        let end = self.0.last().and_then(|(from, _)| from.checked_add_months(Months::new(6)));
        end.is_some_and(|end| day < end)
    }

    /// The rate that holds on a day, with the day since when; `None` before the first.
    pub fn on(&self, day: NaiveDate) -> Option<(NaiveDate, Decimal)> {
        self.0.iter().rfind(|(from, _)| *from <= day).copied()
    }
}

/// A fixed sum by the size of a debt: from so much, so much; in whole units, rising.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands(pub Vec<(i64, i64)>);

impl Default for Bands {
    /// Section 5A of the Act of 1998.
    fn default() -> Self {
        Self(vec![(0, 40), (1_000, 70), (10_000, 100)])
    }
}

impl Bands {
    /// The sum for a debt, both in minor units of the currency; 0 where there is none.
    pub fn of(&self, debt: i64, currency: Currency) -> i64 {
        let unit = 10_i64.pow(exponent(currency));
        let band = self.0.iter().rfind(|(from, _)| debt >= from.saturating_mul(unit));
        band.map_or(0, |(_, sum)| sum.saturating_mul(unit))
    }
}

/// Until when delivered work is to be paid where nothing was agreed: by an authority or public institution, and by a large
/// enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentLimit {
    pub delivered_on: NaiveDate,
    pub authority: NaiveDate,
    pub enterprise: NaiveDate,
}

/// What late money costs where the contract names no fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LatePayment {
    pub law: Law,
    pub terms: LateFee,
    /// The day it runs from: the due date, else the last day of the payment limit.
    pub due: NaiveDate,
    /// A fixed sum beside it, minor units.
    pub compensation: i64,
    /// Since when the base rate in it holds, where there is one, and whether it is known of the half-year it is for.
    pub base: Option<(NaiveDate, bool)>,
}

/// How long the price of works comes before other claims on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priority {
    pub from: NaiveDate,
    pub until: NaiveDate,
}

impl Priority {
    pub fn days_left(&self, day: NaiveDate) -> i64 {
        (self.until - day).num_days()
    }
}

/// What law says of one milestone on a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statutory {
    pub limit: Option<PaymentLimit>,
    pub late: Option<LatePayment>,
    pub priority: Option<Priority>,
}

impl Statutory {
    /// Of what is open; `has_terms` tells whether the contract names a late fee.
    pub fn of(
        facts: &Facts,
        item: &Item,
        has_terms: bool,
        policy: &Policy,
        day: NaiveDate,
    ) -> Self {
        let is_agreed = facts.rule.basis != Basis::None;
        Self {
            limit: if is_agreed { None } else { payment_limit(item, policy, day) },
            late: if has_terms || item.balance <= 0 {
                None
            } else {
                late_payment(facts, item, policy, day)
            },
            priority: priority(facts, item, policy, day),
        }
    }

    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }
}

/// The payment limit of what has no due date, once it was delivered.
pub fn payment_limit(item: &Item, policy: &Policy, day: NaiveDate) -> Option<PaymentLimit> {
    let is_open = item.balance > 0 && item.due(day).is_none();
    if !is_open || policy.statutory.of(item.currency) != Some(Law::China) {
        return None;
    }
    let delivered_on = item.delivered_on.or(item.accepted_on).filter(|on| *on <= day)?;
    Some(PaymentLimit {
        delivered_on,
        authority: add_days(delivered_on, policy.payment_limit_authority_days.into())?,
        enterprise: add_days(delivered_on, policy.payment_limit_days.into())?,
    })
}

/// What money that is late costs by law; `None` before it is late, where law says nothing, or no base rate is known.
pub fn late_payment(
    facts: &Facts,
    item: &Item,
    policy: &Policy,
    day: NaiveDate,
) -> Option<LatePayment> {
    let law = policy.statutory.of(item.currency)?;
    let limit = || match (law, &facts.rule.basis) {
        (Law::China, Basis::None) => payment_limit(item, policy, day).map(|limit| limit.enterprise),
        (Law::China | Law::UnitedKingdom, Basis::None | Basis::Fixed(_) | Basis::After(_)) => None,
    };
    let due = item.firm_due(day).or_else(limit).filter(|due| *due < day)?;
    let (terms, base) = match law {
        Law::China => (policy.statutory_late_fee?, None),
        Law::UnitedKingdom => {
            let (late, rates) = (due.succ_opt()?, &policy.late_payment_base);
            let (since, base) = rates.on(late)?;
            let rate = Rate::PerYear(policy.late_payment_margin + base, Year::Days365);
            (plain(rate), Some((since, rates.reach(late))))
        }
    };
    let compensation = match law {
        Law::China => 0,
        Law::UnitedKingdom => {
            let debt = balance_on(facts, due);
            if debt > 0 { policy.late_payment_compensation.of(debt, item.currency) } else { 0 }
        }
    };
    Some(LatePayment { law, terms, due, compensation, base })
}

/// A rate, counted as where nothing else is said.
pub const fn plain(rate: Rate) -> LateFee {
    LateFee { rate, start: Start::Due, counted: Counted::Last, rounding: Rounding::Sum, cap: None }
}

/// The contractor's priority of a contract of works, which nothing starts anew: from the day the price is payable, that is
/// the due date, or where none was agreed the delivery; or from the completion of the works.
pub fn priority(facts: &Facts, item: &Item, policy: &Policy, day: NaiveDate) -> Option<Priority> {
    if item.balance <= 0 || policy.statutory.of(item.currency) != Some(Law::China) {
        return None;
    }
    let months = u32::try_from(policy.priority_months?).ok()?;
    let delivered = item.delivered_on.filter(|_| item.due(day).is_none());
    let from = match facts.project.priority_from? {
        PriorityStart::Due => item.firm_due(day).or(delivered),
        PriorityStart::AgreedEnd => facts.project.ends_on,
        PriorityStart::Completion => facts.project.completed_on,
    };
    let from = from.filter(|from| *from <= day)?;
    Some(Priority { from, until: from.checked_add_months(Months::new(months))? })
}
