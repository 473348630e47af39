//! Whose desk an item is on: who has to see to it, and the head where it is late with us for long.

use crate::domain::dunning::Act;
use crate::domain::ids::PersonId;
use crate::domain::item::Item;
use crate::domain::kinds::Role;
use crate::domain::people::{self, Desk, Late, Owner};
use crate::domain::status::waiting_on;
use crate::portfolio::Portfolio;

use super::errands::Errand;

const HEAD: Desk = Desk::Of(Role::Head);

impl Portfolio {
    /// Whose desk an item is on: whose it is to do `act`, else to see that the turn passes on.
    fn desk(&self, item: &Item, act: Option<Act>) -> Desk {
        let turn = || waiting_on(item, self.today, &self.policy).desk();
        act.map_or_else(turn, |act| act.desk(&self.policy))
    }

    fn owner_of(&self, desk: Desk, manager: Option<PersonId>) -> Owner<'_> {
        let person = desk.person(manager, &self.people);
        Owner { role: desk.role(), name: person.map(|one| one.name.as_str()) }
    }

    /// Who has to see to an item.
    pub fn owner(&self, item: &Item, act: Option<Act>) -> Owner<'_> {
        self.owner_of(self.desk(item, act), item.manager)
    }

    /// Who has to do something for an account.
    pub fn errand_owner(&self, errand: &Errand) -> Owner<'_> {
        self.owner_of(Desk::Of(errand.owner()), None)
    }

    /// How late an item is with us, if it is.
    pub fn late_with_us(&self, item: &Item) -> Option<Late<'_>> {
        let days = people::late_with_us(item, self.today, &self.policy)?;
        let told = (days >= self.policy.escalate_days).then(|| self.owner_of(HEAD, item.manager));
        Some(Late { days, told })
    }

    /// Whether an item stands in the worklist of one of these: who looks after it, who has to see to it, and the head
    /// where it is late with us for long.
    pub fn concerns(&self, whose: &[PersonId], item: &Item, act: Option<Act>) -> bool {
        let is_theirs = |desk: Desk| {
            let people = desk.people(item.manager, &self.people);
            people.iter().any(|one| whose.contains(&one.id))
        };
        item.manager.is_some_and(|manager| whose.contains(&manager))
            || is_theirs(self.desk(item, act))
            || (people::is_escalated(item, self.today, &self.policy) && is_theirs(HEAD))
    }

    /// Whether what is to be done for an account is on the desk of one of these.
    pub fn errand_concerns(&self, whose: &[PersonId], errand: &Errand) -> bool {
        let people = Desk::Of(errand.owner()).people(None, &self.people);
        people.iter().any(|one| whose.contains(&one.id))
    }
}
