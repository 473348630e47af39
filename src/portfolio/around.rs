//! What filters and advice ask beside the items, as far as it was asked for.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::Portfolio;
use crate::domain::ids::{CustomerId, IdMap, IdSet, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::Cause;
use crate::domain::readiness::OnFile;
use crate::error::Result;
use crate::store::{Hits, Noted, Reader, Whose};

/// What is to be known beside the items.
#[allow(clippy::struct_excessive_bools, reason = "each is asked or not, whatever else is")]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    pub causes: bool,
    pub ahead: bool,
    pub satisfaction: bool,
    pub papers: bool,
    pub notes: BTreeSet<Noted>,
}

impl Asked {
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// What either asks.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.causes |= other.causes;
        self.ahead |= other.ahead;
        self.satisfaction |= other.satisfaction;
        self.papers |= other.papers;
        self.notes.extend(other.notes);
        self
    }
}

/// What was read of it.
#[derive(Debug, Clone, Default)]
pub struct Around {
    causes: IdMap<MilestoneId, Cause>,
    ahead: IdMap<ProjectId, i64>,
    satisfaction: IdMap<CustomerId, u8>,
    papers: HashMap<MilestoneId, Vec<OnFile>>,
    notes: Vec<(Noted, Hits)>,
}

impl Around {
    /// Reads what is asked of these milestones, as a day knows it.
    pub fn read(store: &Reader, of: &[Whose], asked: &Asked, day: NaiveDate) -> Result<Self> {
        let mut around = Self::default();
        if asked.causes {
            let ids: Vec<MilestoneId> = of.iter().map(|of| of.milestone).collect();
            around.causes = store.causes(&ids, day)?;
        }
        if asked.ahead {
            let ids: IdSet<ProjectId> = of.iter().map(|of| of.project).collect();
            around.ahead = store.ahead(&ids.into_iter().collect::<Vec<_>>())?;
        }
        if asked.satisfaction {
            let ids: IdSet<CustomerId> = of.iter().map(|of| of.customer).collect();
            around.satisfaction = store.satisfaction(&ids.into_iter().collect::<Vec<_>>(), day)?;
        }
        if asked.papers {
            let ids: Vec<MilestoneId> = of.iter().map(|of| of.milestone).collect();
            around.papers = store.on_file(&ids)?;
        }
        if !asked.notes.is_empty() {
            let notes: Vec<Noted> = asked.notes.iter().cloned().collect();
            let hits = store.noted(&notes, of, day)?;
            around.notes = notes.into_iter().zip(hits).collect();
        }
        Ok(around)
    }

    /// Why an item is not paid, as it was said last.
    pub fn cause(&self, item: &Item) -> Option<Cause> {
        self.causes.get(&item.id).copied()
    }

    /// Percent of the contract by which work is ahead of money.
    pub fn ahead(&self, item: &Item) -> Option<i64> {
        self.ahead.get(&item.project).copied()
    }

    /// How content its customer was last, 0 to 10.
    pub fn satisfaction(&self, item: &Item) -> Option<u8> {
        self.satisfaction.get(&item.customer).copied()
    }

    /// The papers about an item, its project or its customer.
    pub fn papers(&self, item: &Item) -> &[OnFile] {
        self.papers.get(&item.id).map_or(&[], Vec::as_slice)
    }

    /// Whether a note says so of the item, its project or its customer.
    pub fn is_noted(&self, noted: &Noted, item: &Item) -> bool {
        self.notes.iter().any(|(one, hits)| one == noted && hits.has(item.into()))
    }
}

impl Portfolio {
    /// Reads what a filter asks beside the open items and these others.
    pub fn read_around(&mut self, store: &Reader, asked: &Asked, others: &[Item]) -> Result<()> {
        if !asked.is_nothing() {
            let of: Vec<Whose> = self.items.iter().chain(others).map(Whose::from).collect();
            self.around = Around::read(store, &of, asked, self.today)?;
        }
        Ok(())
    }
}
