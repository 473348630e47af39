//! What a row of a plan list must obey beyond the rules of what it writes. A violation names the column it is about.

use std::fmt::Display;

use chrono::NaiveDate;
use iso_currency::Currency;

use super::{Checked, happened, not_before, positive};
use crate::domain::allocation::effective_on;
use crate::domain::facts::{Account, Facts};
use crate::domain::ids::CustomerId;
use crate::domain::plan::PlanRow;
use crate::domain::plan::field::PlanField;
use crate::domain::violation::Violation;
use crate::domain::waiver::waived_on;
use crate::domain::{balance, money};

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

/// What a list means by a milestone's amount: with what went to parts of it.
pub fn whole(facts: &Facts) -> i64 {
    balance::amount_on(facts, NaiveDate::MAX)
        .saturating_add(balance::split_off(facts, NaiveDate::MAX))
}

/// The amount as it was entered, by what a row says it is now. A list from before a deal, or one that knows the parts, says
/// the amount as it was entered or as it is without them: that corrects nothing.
pub fn entered(row: &PlanRow, facts: &Facts) -> i64 {
    let now = balance::amount_on(facts, NaiveDate::MAX);
    if !facts.adjustments.is_empty() && (row.amount == facts.amount || row.amount == now) {
        return facts.amount;
    }
    facts.amount.saturating_add(row.amount.saturating_sub(whole(facts)))
}

/// What was received for a milestone and its parts.
pub fn recorded(facts: &Facts) -> i64 {
    let parts = facts.parts.iter().map(|part| part.received);
    parts.fold(balance::taken_on(facts, NaiveDate::MAX), i64::saturating_add)
}

/// What was given up of a milestone and its parts, or waived.
fn given_up(facts: &Facts) -> i64 {
    let parts = facts.parts.iter().map(|part| part.given_up);
    let waived = waived_on(facts, NaiveDate::MAX).map_or(0, |waived| waived.amount);
    let own = balance::written_off_on(facts, NaiveDate::MAX).saturating_add(waived);
    parts.fold(own, i64::saturating_add)
}

/// What a row says was received in all: a day without an amount means in full.
pub fn received_in_all(row: &PlanRow, facts: &Facts) -> Option<i64> {
    let in_full = || whole(facts).saturating_sub(given_up(facts));
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
    let own = back.filter(|(on, _)| counts(*on)).map(|(_, back)| *back);
    let parts = facts.parts.iter().filter(|part| part.received < 0 && counts(part.on));
    let parts = parts.map(|part| part.received.saturating_neg());
    own.chain(parts).fold(0, i64::saturating_add)
}

/// What is to be booked of what a list says was received in all: that can grow, and no further than the amount.
/// `bounced` is what it counts though it went back.
pub fn received(facts: &Facts, total: i64, bounced: i64, from: NaiveDate) -> Checked<i64> {
    let recorded = recorded(facts);
    let currency = facts.project.currency;
    if total < 0 {
        return Err(Violation::NotPositive(total));
    }
    if total < recorded {
        return Err(Violation::ReceivedLess { listed: total, recorded, currency });
    }
    let new = (total - recorded).saturating_sub(bounced).max(0);
    let given_up = given_up(facts);
    let room = if balance::split_off(facts, NaiveDate::MAX) > 0 {
        whole(facts).saturating_sub(recorded).saturating_sub(given_up)
    } else {
        balance::headroom(facts, from)
    };
    if new > room {
        return Err(Violation::BelowReceived {
            amount: whole(facts),
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
