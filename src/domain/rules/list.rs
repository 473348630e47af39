//! What a row of a plan list must obey beyond the rules of what it writes. A violation names the column it is about.

use std::fmt::Display;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::{Checked, happened, not_before, positive};
use crate::domain::allocation::effective_on;
use crate::domain::balance;
use crate::domain::facts::{Account, Facts};
use crate::domain::ids::CustomerId;
use crate::domain::money;
use crate::domain::plan::PlanRow;
use crate::domain::plan::field::PlanField;
use crate::domain::violation::Violation;

/// A cell that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellViolation {
    pub column: PlanField,
    /// As the list would write it.
    pub value: String,
    pub why: Violation,
}

impl CellViolation {
    pub fn new(column: PlanField, value: impl Display, why: Violation) -> Self {
        Self { column, value: value.to_string(), why }
    }
}

/// What can be said of a row on its own.
pub fn alone(row: &PlanRow, today: NaiveDate) -> Result<(), CellViolation> {
    positive(row.amount).map_err(|why| {
        let value = money::plain(row.amount, row.currency);
        CellViolation::new(PlanField::Amount, value, why)
    })?;
    let days = [
        (PlanField::SignedOn, row.signed_on),
        (PlanField::AgreedOn, row.agreed_on),
        (PlanField::DeliveredOn, row.delivered_on),
        (PlanField::AcceptedOn, row.accepted_on),
        (PlanField::InvoicedOn, row.invoiced_on),
        (PlanField::PaidOn, row.paid_on),
        (PlanField::WrittenOffOn, row.written_off_on),
    ];
    for (column, day) in days {
        if let Some(day) = day {
            happened(day, today).map_err(|why| CellViolation::new(column, day, why))?;
        }
    }
    Ok(())
}

/// The project a row names is its customer's (`None` is one the ledger has not), and in its currency.
pub fn project(
    code: &str,
    account: Account,
    customer: Option<CustomerId>,
    currency: Currency,
) -> Result<(), CellViolation> {
    if Some(account.customer) != customer {
        let why = Violation::OtherCustomersProject(code.to_owned());
        return Err(CellViolation::new(PlanField::Project, code, why));
    }
    if account.currency != currency {
        let why = Violation::ProjectCurrency {
            project: code.to_owned(),
            expected: account.currency.code(),
            found: currency.code(),
        };
        return Err(CellViolation::new(PlanField::Currency, currency.code(), why));
    }
    Ok(())
}

/// What a row says was received in all: a day without an amount means in full.
pub fn received_in_all(row: &PlanRow, facts: &Facts) -> Option<i64> {
    let in_full = || row.amount - balance::written_off_on(facts, NaiveDate::MAX);
    row.paid.or(row.paid_on.map(|_| in_full()))
}

/// The day from which money of a row counts.
pub fn received_from(row: &PlanRow, facts: &Facts, today: NaiveDate) -> NaiveDate {
    effective_on(row.paid_on.unwrap_or(today), facts.agreed_on)
}

/// What was booked and went back since, as far as a row still counts it as received: it went back on the row's day of
/// payment or later, or the row has no such day. It is not booked again.
pub fn bounced(row: &PlanRow, facts: &Facts) -> i64 {
    let back = facts.allocations.iter().flat_map(|allocation| &allocation.reversed);
    let counts = |on: NaiveDate| row.paid_on.is_none_or(|paid_on| on >= paid_on);
    back.filter(|(on, _)| counts(*on)).fold(0, |sum, (_, back)| sum.saturating_add(*back))
}

/// What is to be booked of what a list says was received in all: that can grow, and no further than the amount.
/// `bounced` is what it counts though it went back.
pub fn received(facts: &Facts, total: i64, bounced: i64, from: NaiveDate) -> Checked<i64> {
    let recorded = balance::taken_on(facts, NaiveDate::MAX);
    let currency = facts.project.currency;
    if total < 0 {
        return Err(Violation::NotPositive(total));
    }
    if total < recorded {
        return Err(Violation::ReceivedLess { listed: total, recorded, currency });
    }
    let new = (total - recorded).saturating_sub(bounced).max(0);
    if new > balance::headroom(facts, from) {
        let given_up = balance::written_off_on(facts, NaiveDate::MAX);
        return Err(Violation::BelowReceived {
            amount: facts.amount,
            used: total.saturating_add(given_up),
            currency,
        });
    }
    Ok(new)
}

/// Nothing is given up before it was agreed.
pub fn write_off_day(row: &PlanRow, facts: &Facts) -> Checked {
    not_before(row.written_off_on, facts.agreed_on)
}
