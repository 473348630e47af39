//! Whose money is looked at: a filter that stands before that of each list.

use crate::domain::ids::{IdSet, PersonId, ProjectId};
use crate::domain::kinds::Role;
use crate::error::Result;
use crate::portfolio::Portfolio;
use crate::report::desk::Desks;
use crate::report::filter::{FilterField, quoted};
use crate::store::Person;
use crate::text::Lang;

use super::Ledger;

/// Everybody's by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lens {
    /// Whose, as it is shown.
    pub name: String,
    /// The same in the filter language.
    pub filter: String,
    people: Vec<PersonId>,
    names: Vec<String>,
}

impl Lens {
    fn of<'a>(name: String, people: impl Iterator<Item = &'a Person>) -> Self {
        let (people, names): (Vec<PersonId>, Vec<String>) =
            people.map(|person| (person.id, person.name.clone())).unzip();
        let called: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let filter = format!("{}={}", FilterField::Pm.code(), called.join(","));
        Self { name, filter, people, names }
    }

    /// The projects they look after, with something open or not; none if they are everybody's.
    pub fn projects(&self, ledger: &Ledger) -> Result<Option<IdSet<ProjectId>>> {
        if self.is_everybodys() {
            return Ok(None);
        }
        let mut projects = IdSet::default();
        for person in &self.people {
            projects.extend(ledger.store.projects_of(*person)?);
        }
        Ok(Some(projects))
    }

    /// Their desks; none where everybody's are looked at.
    pub fn desks<'p>(&'p self, portfolio: &'p Portfolio) -> Option<Desks<'p>> {
        (!self.is_everybodys()).then(|| portfolio.desks(&self.people))
    }

    /// Who they are.
    pub fn people(&self) -> &[PersonId] {
        &self.people
    }

    /// Whether this is the name of one of them.
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    pub const fn is_everybodys(&self) -> bool {
        self.filter.is_empty()
    }

    /// What can be chosen: all, one's own, each team's, and that of each who looks after a project or does more than that.
    pub fn choices(ledger: &Ledger, lang: Lang) -> Result<Vec<(Self, String)>> {
        let people = ledger.store.people()?;
        let has_work = |of: &&Person| of.projects > 0 || of.role != Role::Pm;
        let mut choices = vec![(Self::default(), lang.lens_everyone().to_owned())];
        let mut managers: Vec<&Person> = people.iter().filter(has_work).collect();
        let mut teams: Vec<&str> = managers.iter().map(|person| person.team.as_str()).collect();
        if let Some(at) = managers.iter().position(|person| person.name == ledger.who()) {
            let me = managers.remove(at);
            let lens = Self::of(me.name.clone(), std::iter::once(me));
            choices.push((lens, lang.lens_me(&me.name)));
        }
        teams.retain(|team| !team.is_empty());
        teams.sort_unstable();
        teams.dedup();
        for team in teams {
            let members = people.iter().filter(|person| person.team == team);
            choices.push((Self::of(team.to_owned(), members), lang.lens_team(team)));
        }
        for person in managers {
            let lens = Self::of(person.name.clone(), std::iter::once(person));
            choices.push((lens, person.name.clone()));
        }
        Ok(choices)
    }
}
