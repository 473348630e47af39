//! What is open and overdue of each contract on a day, and what comes next in it. Amounts are minor units of the
//! contract's currency.

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::ids::{MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::money::{self, Overflow};

use super::grouped::grouped;

/// One contract with something open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContractSummary {
    pub project: ProjectId,
    pub currency: Currency,
    /// Everything open, receivable or planned.
    pub open: i64,
    /// Firm and past grace, less what is disputed.
    pub overdue: i64,
    /// The open milestone that falls due first.
    pub next: MilestoneId,
    /// When it does, firm or expected.
    pub next_due: Option<NaiveDate>,
}

impl ContractSummary {
    fn new(first: &Item, today: NaiveDate) -> Self {
        Self {
            project: first.project,
            currency: first.currency,
            open: 0,
            overdue: 0,
            next: first.id,
            next_due: first.due(today),
        }
    }

    fn count(&mut self, item: &Item, today: NaiveDate) -> Result<(), Overflow> {
        self.open = money::add(self.open, item.balance)?;
        self.overdue = money::add(self.overdue, item.overdue(today))?;
        Ok(())
    }
}

/// Every contract with something open, by id.
pub fn summaries<'a>(
    items: impl Iterator<Item = &'a Item>,
    today: NaiveDate,
) -> Result<Vec<ContractSummary>, Overflow> {
    let mut all: Vec<ContractSummary> = Vec::new();
    let mut next_seq = 0;
    for (project, item) in grouped(items, |item| item.project) {
        if all.last().is_none_or(|last| last.project != project) {
            next_seq = item.seq;
            all.push(ContractSummary::new(item, today));
        }
        let Some(summary) = all.last_mut() else { continue };
        summary.count(item, today)?;
        let due = item.due(today);
        if (due.is_none(), due, item.seq) < (summary.next_due.is_none(), summary.next_due, next_seq)
        {
            (summary.next, summary.next_due, next_seq) = (item.id, due, item.seq);
        }
    }
    Ok(all)
}

/// The one of this contract among all, which are by id.
pub fn find(summaries: &[ContractSummary], id: ProjectId) -> Option<&ContractSummary> {
    let at = summaries.binary_search_by_key(&id, |summary| summary.project);
    summaries.get(at.ok()?)
}
