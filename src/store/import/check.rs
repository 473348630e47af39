//! Checks of a row on its own and against the project it names, before anything is written.

use iso_currency::Currency;

use super::places::named_in;
use super::{Import, Placed, Trouble, bad};
use crate::domain::ids::ProjectId;
use crate::domain::money;
use crate::domain::violation::Violation;
use crate::error::Error;
use crate::store::milestone;

/// An amount as the list would write it.
pub(super) fn shown(amount: i64, currency: Currency) -> String {
    money::plain(amount, currency)
}

impl<'b> Import<'_, '_, 'b> {
    /// What can be said of a row without knowing its milestone.
    pub(super) fn check_alone(&mut self, placed: &Placed<'b>) -> Result<(), Trouble> {
        let row = placed.row;
        if let Some(first) = self.places.claim(placed) {
            let name = row.key.as_ref().unwrap_or(&row.milestone);
            let column = if row.key.is_some() {
                "key"
            } else {
                "milestone"
            };
            return Err(bad(column, name, Violation::SameAsRow(first)));
        }
        if row.amount <= 0 {
            let value = shown(row.amount, row.currency);
            return Err(bad("amount", &value, Violation::NotPositive(row.amount)));
        }
        let today = self.writer.context.today;
        let days = [
            ("signed_on", row.signed_on),
            ("agreed_on", row.agreed_on),
            ("delivered_on", row.delivered_on),
            ("accepted_on", row.accepted_on),
            ("invoiced_on", row.invoiced_on),
            ("paid_on", row.paid_on),
            ("written_off_on", row.written_off_on),
        ];
        for (column, day) in days {
            if let Some(day) = day.filter(|day| *day > today) {
                return Err(bad(column, &day, Violation::Future { day, today }));
            }
        }
        Ok(())
    }

    /// A rule waits for milestones of its own project only: in the ledger, or in this list.
    pub(super) fn check_rule(&self, placed: &Placed<'b>) -> Result<(), Trouble> {
        let Some(due) = &placed.row.due else {
            return Ok(());
        };
        if let Some(key) = named_in(due)
            && placed.row.key.as_deref() != Some(key)
            && self.places.lists(&placed.project, key)
        {
            return Ok(());
        }
        let project = self.places.project(&placed.project).map(|p| p.id);
        let project = project.unwrap_or(ProjectId(0));
        match milestone::check_rule(self.writer.db, due, (project, placed.milestone)) {
            Err(Error::Violation(why)) => Err(bad("due", due, why)),
            other => Ok(other?),
        }
    }

    /// The project must be this customer's, in this currency.
    pub(super) fn check_project(&mut self, placed: &Placed<'b>) -> Result<(), Trouble> {
        let row = placed.row;
        let customer = self.places.customer(self.writer.db, row)?;
        let Some(plan) = self.places.project(&placed.project) else {
            return Ok(());
        };
        if Some(plan.customer) != customer {
            let project = placed.project.clone();
            return Err(bad(
                "project",
                &&placed.project,
                Violation::OtherCustomersProject(project),
            ));
        }
        if plan.currency != row.currency {
            let why = Violation::ProjectCurrency {
                project: placed.project.clone(),
                expected: plan.currency.code(),
                found: row.currency.code(),
            };
            return Err(bad("currency", &row.currency.code(), why));
        }
        Ok(())
    }
}
