//! Until when what is due and open can be claimed: the limitation clock of each milestone, in both readings.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::facts::Facts;
use crate::domain::ids::{DealId, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::limitation::{Ground, Limitation, limitation};
use crate::domain::policy::Policy;
use crate::domain::statutory::{self, Priority};
use crate::error::Result;
use crate::store::Reader;

/// A milestone that is due and open, and its clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    pub item: Item,
    /// Its firm due date.
    pub due: NaiveDate,
    pub limitation: Limitation,
    /// The contractor's priority right, where it is a contract of works.
    pub priority: Option<Priority>,
}

impl Deadline {
    /// Days until the first of its clocks runs out that has not yet; until the last that has, where all have.
    pub fn days_left(&self, today: NaiveDate) -> i64 {
        let own = self.limitation.own.days_left(today);
        match self.priority.map(|right| right.days_left(today)) {
            Some(right) if right >= 0 => right.min(own),
            Some(_) | None => own,
        }
    }
}

/// The clocks that run in these projects, the one that ends first in front.
pub fn of_projects(
    store: &Reader,
    projects: &[ProjectId],
    today: NaiveDate,
    policy: &Policy,
) -> Result<Vec<Deadline>> {
    let ids = store.milestones_of(projects)?;
    let (facts, grounds) = (store.facts_of(&ids)?, store.grounds(&ids)?);
    Ok(deadlines(&facts, &grounds, today, policy))
}

/// The clocks that run of these milestones, which are all of their projects.
pub fn deadlines(
    facts: &[Facts],
    grounds: &HashMap<MilestoneId, Vec<Ground>>,
    today: NaiveDate,
    policy: &Policy,
) -> Vec<Deadline> {
    let calendar = Calendar::china();
    let items: Vec<(&Facts, Item)> = facts
        .iter()
        .filter_map(|facts| Some((facts, as_of::item(facts, today, calendar)?)))
        .collect();
    // One without a date leaves its contract without a last one.
    // The parts of a balance are one debt; other milestones of a contract are counted together.
    let debt = |facts: &Facts| (facts.project.id, facts.part.as_ref().map(|part| part.deal));
    let mut last: HashMap<(ProjectId, Option<DealId>), Option<NaiveDate>> = HashMap::new();
    for (facts, item) in &items {
        let due = item.due(today);
        let known = last.entry(debt(facts)).or_insert(due);
        *known = known.zip(due).map(|(known, due)| known.max(due));
    }
    let deadline = |(facts, item): (&Facts, Item)| {
        let due = item.firm_due(today).filter(|due| item.balance > 0 && *due < today)?;
        let mut all: Vec<Ground> = Ground::payments(facts, today).collect();
        all.extend(grounds.get(&item.id).into_iter().flatten());
        let last = last.get(&debt(facts)).copied().flatten();
        let years = policy.limitation_years;
        let limitation = limitation(due, last, &all, years, today, calendar)?;
        let priority = statutory::priority(facts, &item, policy, today);
        Some(Deadline { item, due, limitation, priority })
    };
    let mut deadlines: Vec<Deadline> = items.into_iter().filter_map(deadline).collect();
    deadlines.sort_by_key(|deadline| (deadline.limitation.own.ends, deadline.item.id));
    deadlines
}
