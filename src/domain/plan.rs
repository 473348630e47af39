//! One row of a plan list, read and typed, not yet matched against the ledger.

use chrono::NaiveDate;
use iso_currency::Currency;
use serde::Serialize;

use super::due::DueRule;
use super::kinds::Stage;
use field::PlanField;

pub mod field;

/// One milestone of a plan list. `None` and empty text mean "the cell is empty": such a cell changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    /// Record number in the file, preamble and header counted, from 1.
    pub row: u32,
    /// Identifies the row; without it customer + project + milestone do.
    pub key: Option<String>,
    /// Customer code; the cleaned name where the file has none.
    pub customer: String,
    /// Customer name; the code where the file has none.
    pub customer_name: String,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    /// Project code. Without a project column: one project per customer, manager and currency.
    pub project: Option<String>,
    pub project_name: Option<String>,
    pub manager: Option<String>,
    pub contract_no: Option<String>,
    /// Contract amount, minor units.
    pub contract_amount: Option<i64>,
    pub signed_on: Option<NaiveDate>,
    /// Milestone name; the key where the file has none.
    pub milestone: String,
    pub stage: Option<Stage>,
    /// Stage the milestone's name tells, where the row has none: a guess for a new milestone.
    pub guessed_stage: Option<Stage>,
    /// Amount in minor units, above 0.
    pub amount: i64,
    pub currency: Currency,
    pub agreed_on: Option<NaiveDate>,
    pub due: Option<DueRule>,
    /// The payment condition in the contract's words.
    pub condition: Option<String>,
    /// Due rule the condition tells, where the row has none: for a new milestone, and for one whose condition changes.
    pub told_due: Option<DueRule>,
    /// Day its event is planned for.
    pub planned_on: Option<NaiveDate>,
    pub delivered_on: Option<NaiveDate>,
    pub accepted_on: Option<NaiveDate>,
    pub invoice_no: Option<String>,
    pub invoiced_on: Option<NaiveDate>,
    /// Total received so far, minor units.
    pub paid: Option<i64>,
    /// Day of the (last) payment.
    pub paid_on: Option<NaiveDate>,
    /// Disputed: from the invoice day, resolved the day it was paid.
    pub disputed: Option<bool>,
    /// Day the open balance was written off.
    pub written_off_on: Option<NaiveDate>,
    pub note: Option<String>,
}

impl PlanRow {
    /// The key of the milestone that its due rule names.
    pub fn named_key(&self) -> Option<&str> {
        self.due.as_ref().and_then(DueRule::names)
    }
}

/// A file's worth of rows, wherever they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanBatch<R = Vec<PlanRow>> {
    /// Whether the list has a column for invoices: a project that comes with one that has not does not bill.
    pub bills: bool,
    /// File name, for the event.
    pub file: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// A changed due date becomes a reschedule instead of a correction.
    pub reschedule: bool,
    /// Leave out rows the ledger refuses instead of refusing the file.
    pub skip_bad: bool,
    /// The day of money whose row names none. Without it, more money for a milestone the ledger knows came today, and a
    /// new milestone with such money is refused.
    pub undated: Option<NaiveDate>,
    pub rows: R,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PlanOutcome {
    pub imported: u32,
    /// Milestones something was changed on.
    pub updated: u32,
    /// Milestones that stood there already, the same.
    pub unchanged: u32,
    /// Rows refused by the ledger: with `skip_bad` left out, otherwise nothing was written.
    pub refused: u32,
    /// The first of them.
    pub refusals: Vec<RowRefused>,
    /// The first rows that disagree with the first row of their project or customer, or with what the ledger keeps
    /// against the list: (row, column).
    pub differing: Vec<(u32, PlanField)>,
    /// The first changes to the ledger, in the order of the list.
    #[serde(skip)]
    pub changes: Vec<PlanChange>,
    /// Changes beyond those.
    pub more_changes: usize,
}

impl PlanOutcome {
    /// Rows that are told of one by one.
    const TOLD: usize = 1_000;

    /// The ledger refuses a row.
    pub fn refuse(&mut self, row: RowRefused) {
        self.refused += 1;
        if self.refusals.len() < Self::TOLD {
            self.refusals.push(row);
        }
    }

    /// Something changes in the ledger.
    pub fn changed(&mut self, change: impl FnOnce() -> PlanChange) {
        if self.changes.len() < Self::TOLD {
            self.changes.push(change());
        } else {
            self.more_changes += 1;
        }
    }

    /// A row disagrees in a column.
    pub fn differs(&mut self, row: u32, column: PlanField) {
        if self.differing.len() < Self::TOLD {
            self.differing.push((row, column));
        }
    }
}

/// What a list changes in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanChange {
    /// The milestone's key, if it has one.
    pub key: Option<String>,
    /// Code of the customer, of the project, name of the milestone, each behind a slash: as far down as the change goes.
    pub place: String,
    pub currency: Currency,
    /// None for a new milestone.
    pub field: Option<PlanField>,
    /// None where nothing stood there.
    pub from: Option<PlanValue>,
    pub to: PlanValue,
}

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanValue {
    /// As the list would write it.
    Text(String),
    /// Minor units.
    Amount(i64),
}

/// A row the ledger refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowRefused {
    /// Record number in the file.
    pub row: u32,
    /// Its milestone's name, as a row can hold several.
    pub milestone: String,
    pub column: PlanField,
    /// The offending value, as text.
    pub value: String,
    #[serde(skip)]
    pub why: super::violation::Violation,
}
