//! Names behind the ids, as far as they were asked for: the first frame needs a page of them, a search all.

use std::sync::LazyLock;

use super::Portfolio;
use crate::domain::ids::{CustomerId, IdMap, MilestoneId, PersonId, ProjectId};
use crate::domain::item::Item;
use crate::error::Result;
use crate::store::{EndingWarranty, ExpiringPaper, Name, Reader};

/// Names by id; one that was not asked for is empty.
#[derive(Debug, Clone, Default)]
pub struct Names {
    customers: IdMap<CustomerId, Name>,
    projects: IdMap<ProjectId, Name>,
    milestones: IdMap<MilestoneId, Name>,
    people: Option<IdMap<PersonId, String>>,
    complete: bool,
}

static NAMELESS: LazyLock<Name> = LazyLock::new(Name::default);

/// From how many on it is quicker to read every customer that owes than to look each up.
const MANY: usize = 1_000;

impl Names {
    /// Code and name of a customer.
    pub fn customer(&self, id: CustomerId) -> &Name {
        self.customers.get(&id).unwrap_or(&NAMELESS)
    }

    /// Code and name of a project.
    pub fn project(&self, id: ProjectId) -> &Name {
        self.projects.get(&id).unwrap_or(&NAMELESS)
    }

    /// Key and name of a milestone.
    pub fn milestone(&self, id: MilestoneId) -> &Name {
        self.milestones.get(&id).unwrap_or(&NAMELESS)
    }

    /// Name of one of us.
    pub fn person(&self, id: PersonId) -> &str {
        self.people.as_ref().and_then(|people| people.get(&id)).map_or("", String::as_str)
    }

    /// Whether every open item's names are here.
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// There are open items whose names are not here.
    pub(super) const fn lack_some(&mut self) {
        self.complete = false;
    }

    /// Forgets everything: another process changed many rows.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// The names of everything open, read behind the first frame by a connection of its own.
    pub fn read_all(store: &Reader) -> Result<Self> {
        Ok(Self {
            customers: store.open_customer_names()?,
            projects: store.open_project_names()?,
            milestones: store.open_milestone_names()?,
            people: Some(store.person_names()?),
            complete: true,
        })
    }

    /// Reads the names of these items that are not here yet.
    pub fn read<'a>(
        &mut self,
        store: &Reader,
        items: impl Iterator<Item = &'a Item> + Clone,
    ) -> Result<()> {
        if self.people.is_none() {
            self.people = Some(store.person_names()?);
        }
        let missing = |known: bool, id: i64| if known { None } else { Some(id) };
        let mut customers: Vec<CustomerId> = items
            .clone()
            .filter_map(|item| {
                missing(self.customers.contains_key(&item.customer), item.customer.0)
                    .map(CustomerId)
            })
            .collect();
        customers.sort_unstable();
        customers.dedup();
        let mut projects: Vec<ProjectId> = items
            .clone()
            .filter_map(|item| {
                missing(self.projects.contains_key(&item.project), item.project.0).map(ProjectId)
            })
            .collect();
        projects.sort_unstable();
        projects.dedup();
        let mut milestones: Vec<MilestoneId> =
            items.map(|item| item.id).filter(|id| !self.milestones.contains_key(id)).collect();
        // Neighbours stand on the same page of the file.
        milestones.sort_unstable();
        if !customers.is_empty() {
            self.customers.extend(store.customer_names(&customers)?);
        }
        if !projects.is_empty() {
            self.projects.extend(store.project_names(&projects)?);
        }
        if !milestones.is_empty() {
            self.milestones.extend(store.milestone_names(&milestones)?);
        }
        Ok(())
    }

    /// Reads the names of these customers that are not here yet.
    pub fn read_customers(
        &mut self,
        store: &Reader,
        ids: impl Iterator<Item = CustomerId> + Clone,
    ) -> Result<()> {
        if ids.clone().nth(MANY).is_some() {
            self.customers.extend(store.open_customer_names()?);
        }
        let ids: Vec<CustomerId> = ids.filter(|id| !self.customers.contains_key(id)).collect();
        if !ids.is_empty() {
            self.customers.extend(store.customer_names(&ids)?);
        }
        Ok(())
    }

    /// Reads the names of these projects that are not here yet.
    pub fn read_projects(
        &mut self,
        store: &Reader,
        ids: impl Iterator<Item = ProjectId>,
    ) -> Result<()> {
        let ids: Vec<ProjectId> = ids.filter(|id| !self.projects.contains_key(id)).collect();
        if !ids.is_empty() {
            self.projects.extend(store.project_names(&ids)?);
        }
        Ok(())
    }

    /// Reads the names of those whose papers expire, and of those whose warranty ends, with its project.
    pub fn read_ending(
        &mut self,
        store: &Reader,
        papers: &[ExpiringPaper],
        warranties: &[EndingWarranty],
    ) -> Result<()> {
        let papers = papers.iter().map(|paper| paper.customer);
        self.read_customers(store, papers.chain(warranties.iter().map(|one| one.customer)))?;
        self.read_projects(store, warranties.iter().map(|one| one.project))
    }

    /// Reads the names of these milestones that are not here yet.
    pub fn read_milestones(
        &mut self,
        store: &Reader,
        ids: impl Iterator<Item = MilestoneId>,
    ) -> Result<()> {
        let mut ids: Vec<MilestoneId> =
            ids.filter(|id| !self.milestones.contains_key(id)).collect();
        ids.sort_unstable();
        ids.dedup();
        if !ids.is_empty() {
            self.milestones.extend(store.milestone_names(&ids)?);
        }
        Ok(())
    }

    /// Reads the names of all of us.
    pub fn read_people(&mut self, store: &Reader) -> Result<()> {
        if self.people.is_none() {
            self.people = Some(store.person_names()?);
        }
        Ok(())
    }
}

impl Portfolio {
    /// Reads the names of everyone who owes or has money on account.
    pub fn name_customers(&mut self, store: &Reader) -> Result<()> {
        let Self { names, items, unapplied, .. } = self;
        let owing = items.iter().map(|item| item.customer);
        names.read_customers(store, owing.chain(unapplied.iter().map(|money| money.customer)))
    }

    /// Reads the names of what was agreed for a day in a contact.
    pub fn name_agreed(&mut self, store: &Reader) -> Result<()> {
        let agreed = |item: &&Item| item.next_on.or(item.rare.appointed_on).is_some();
        let ids: Vec<MilestoneId> =
            self.items().iter().filter(agreed).map(|item| item.id).collect();
        self.name(store, &ids)
    }

    /// Reads the names of those whose money pays nothing yet, whose bills are to be presented, whose papers ask for
    /// something, and of those whose warranty ends, with its project.
    pub fn name_accounts(&mut self, store: &Reader) -> Result<()> {
        let Self { names, unapplied, bills, papers, statements, warranties, .. } = self;
        let unapplied = unapplied.iter().map(|money| money.customer);
        let bills = bills.iter().map(|bill| bill.customer);
        let asked = statements.iter().map(|paper| paper.customer);
        names.read_customers(store, unapplied.chain(bills).chain(asked))?;
        names.read_ending(store, papers, warranties)
    }

    /// Reads the names of these open items, as a page shows them.
    pub fn name(&mut self, store: &Reader, ids: &[MilestoneId]) -> Result<()> {
        let Self { names, items, .. } = self;
        let at = |id: &MilestoneId| items.binary_search_by_key(id, |item| item.id).ok();
        let shown = ids.iter().filter_map(at).map(|at| &items[at]);
        names.read(store, shown)
    }

    /// Reads the names of every open item, and of these others.
    pub fn name_all(&mut self, store: &Reader, others: &[Item]) -> Result<()> {
        if !self.names.complete {
            self.names = Names::read_all(store)?;
        }
        let Self { names, items, .. } = self;
        names.read(store, items.iter().chain(others))
    }
}
