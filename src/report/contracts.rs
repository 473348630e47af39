//! What is open and overdue of each contract on a day, and what comes next in it. Amounts are minor units of the
//! contract's currency.

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::ids::{IdMap, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::money::{self, Overflow};

/// One contract with something open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
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

impl Standing {
    const fn new(first: &Item) -> Self {
        Self {
            project: first.project,
            currency: first.currency,
            open: 0,
            overdue: 0,
            next: first.id,
            next_due: first.due,
        }
    }

    fn count(&mut self, item: &Item, today: NaiveDate) -> Result<(), Overflow> {
        self.open = money::add(self.open, item.balance)?;
        if item.is_past_grace(today) {
            self.overdue = money::add(self.overdue, item.undisputed().max(0))?;
        }
        Ok(())
    }
}

/// Every contract with something open, by id.
pub fn standings<'a>(
    items: impl Iterator<Item = &'a Item>,
    today: NaiveDate,
) -> Result<Vec<Standing>, Overflow> {
    let mut all: Vec<(Standing, u32)> = Vec::new();
    let mut places: IdMap<ProjectId, usize> = IdMap::default();
    for item in items.filter(|item| item.balance > 0) {
        let at = *places.entry(item.project).or_insert_with(|| {
            all.push((Standing::new(item), item.seq));
            all.len() - 1
        });
        let (standing, seq) = &mut all[at];
        standing.count(item, today)?;
        if (item.due.is_none(), item.due, item.seq)
            < (standing.next_due.is_none(), standing.next_due, *seq)
        {
            (standing.next, standing.next_due, *seq) = (item.id, item.due, item.seq);
        }
    }
    let mut all: Vec<Standing> = all.into_iter().map(|(standing, _)| standing).collect();
    all.sort_unstable_by_key(|standing| standing.project);
    Ok(all)
}

/// The one of this contract among all, which are by id.
pub fn find(standings: &[Standing], id: ProjectId) -> Option<&Standing> {
    let at = standings.binary_search_by_key(&id, |standing| standing.project);
    standings.get(at.ok()?)
}
