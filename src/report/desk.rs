//! Whose desk an item is on: who has to see to it, and the head where it is late with us for long.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::domain::dunning::Act;
use crate::domain::ids::{MilestoneId, PersonId};
use crate::domain::item::Item;
use crate::domain::kinds::Role;
use crate::domain::people::{self, Colleague, Desk, Late, Owner};
use crate::domain::status::waiting_on;
use crate::error::{Error, Result};
use crate::portfolio::Portfolio;
use crate::store::Reader;

use super::errands::Errand;

const HEAD: Desk = Desk::Of(Role::Head);

/// A desk, for a manager and whoever is named for the project.
type Asked = (Desk, [Option<PersonId>; 2]);

/// The desks of some of us: whose they are is worked out once for all items of a manager.
pub struct Desks<'p> {
    portfolio: &'p Portfolio,
    whose: &'p [PersonId],
    known: RefCell<HashMap<Asked, bool>>,
}

impl Desks<'_> {
    /// Whether an item is on one of them: who looks after it, who has to see to it, and the head where it is late with us
    /// for long.
    pub fn have(&self, item: &Item, act: Option<Act>) -> bool {
        let Portfolio { today, policy, .. } = self.portfolio;
        item.manager.is_some_and(|manager| self.whose.contains(&manager))
            || self.is_theirs(self.portfolio.desk(item, act), item)
            || (self.is_theirs(HEAD, item) && people::is_escalated(item, *today, policy))
    }

    fn is_theirs(&self, desk: Desk, item: &Item) -> bool {
        let (manager, named) = (item.manager, self.portfolio.named(desk, item));
        *self.known.borrow_mut().entry((desk, [manager, named])).or_insert_with(|| {
            let people = desk.people(manager, named, &self.portfolio.people);
            people.iter().any(|one| self.whose.contains(&one.id))
        })
    }
}

/// A person, those of a team, or who asks.
pub fn whose(store: &Reader, name: &str, asks: &str) -> Result<Vec<Colleague>> {
    let people = store.colleagues()?;
    let name = name.trim();
    let own = if name == "me" || name == "我" { asks } else { name };
    let called = |person: &&Colleague| person.name == own || person.team == name;
    let found: Vec<Colleague> = people.iter().filter(called).cloned().collect();
    if found.is_empty() {
        let known: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
        return Err(Error::choice("--lens", name, &known.join(", ")));
    }
    Ok(found)
}

impl Portfolio {
    /// The desks of these.
    pub fn desks<'p>(&'p self, whose: &'p [PersonId]) -> Desks<'p> {
        Desks { portfolio: self, whose, known: RefCell::default() }
    }

    /// Whose desk an item is on: whose it is to do `act`, else to see that the turn passes on.
    fn desk(&self, item: &Item, act: Option<Act>) -> Desk {
        let turn = || waiting_on(item, self.today, &self.policy).desk();
        act.map_or_else(turn, |act| act.desk(&self.policy))
    }

    /// Who it is for the project of an item, if that says so.
    fn named(&self, desk: Desk, item: &Item) -> Option<PersonId> {
        self.assigned.get(&item.project).and_then(|assigned| assigned.at(desk))
    }

    fn owner_of(&self, desk: Desk, item: Option<&Item>) -> Owner<'_> {
        let manager = item.and_then(|item| item.manager);
        let named = item.and_then(|item| self.named(desk, item));
        let person = desk.person(manager, named, &self.people);
        Owner { role: desk.role(), name: person.map(|one| one.name.as_str()) }
    }

    /// Who has to see to an item.
    pub fn owner(&self, item: &Item, act: Option<Act>) -> Owner<'_> {
        self.owner_of(self.desk(item, act), Some(item))
    }

    /// Who has to do something for an account.
    pub fn errand_owner(&self, errand: &Errand) -> Owner<'_> {
        self.owner_of(Desk::Of(errand.owner()), None)
    }

    /// How late an item is with us, if it is.
    pub fn late_with_us(&self, item: &Item) -> Option<Late<'_>> {
        let days = people::late_with_us(item, self.today, &self.policy)?;
        let told = (days >= self.policy.escalate_days).then(|| self.owner_of(HEAD, Some(item)));
        Some(Late { days, told })
    }

    /// Whether a to-do of this owner, about this milestone, is one of theirs: they do it, or it is about what is on their
    /// desk.
    pub fn todo_concerns(
        &self,
        whose: &[Colleague],
        owner: &str,
        about: Option<MilestoneId>,
    ) -> bool {
        let ids = || whose.iter().map(|one| one.id).collect::<Vec<_>>();
        whose.iter().any(|one| one.name == owner)
            || about
                .and_then(|id| self.get(id))
                .is_some_and(|item| self.desks(&ids()).have(item, None))
    }

    /// Whether what is to be done for an account is on the desk of one of these.
    pub fn errand_concerns(&self, whose: &[PersonId], errand: &Errand) -> bool {
        let people = Desk::Of(errand.owner()).people(None, None, &self.people);
        people.iter().any(|one| whose.contains(&one.id))
    }
}
