//! What a ledger's users set, and who they are.

use super::backend::{Backend, Select, select};
use super::{Reader, find};
use crate::domain::ids::{IdMap, IdSet, PersonId, ProjectId};
use crate::domain::kinds::Role;
use crate::domain::people::{Assigned, Colleague};
use crate::domain::policy::Policy;
use crate::error::{Error, Result};

select! {
    /// One of us.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Person from "person" {
        pub id: PersonId = "id",
        pub name: String = "name",
        pub role: Role = "role",
        pub team: String = "team",
        pub email: String = "email",
        /// How many projects this person looks after.
        pub projects: i64 = "(SELECT COUNT(*) FROM project p WHERE p.manager = person.id)",
    }
}

/// The settings as they are.
pub(super) fn policy(db: &dyn Backend) -> Result<Policy> {
    let sql = "SELECT key, value FROM setting WHERE value IS NOT NULL";
    let settings: Vec<(String, String)> = db.rows(sql, &[])?;
    Policy::with(settings)
        .map_err(|setting| Error::Unreadable(format!("setting {}", setting.code())))
}

impl Reader {
    /// The numbers its users set.
    pub fn policy(&self) -> Result<Policy> {
        policy(&*self.db)
    }

    /// All of us, by name, as far as it bears on whose turn it is.
    pub fn colleagues(&self) -> Result<Vec<Colleague>> {
        let mut all = Vec::new();
        let sql = "SELECT id, name, role, team FROM person ORDER BY name";
        self.db.each(sql, &[], |(id, name, role, team)| {
            all.push(Colleague { id, name, role, team });
            Ok(())
        })?;
        Ok(all)
    }

    /// The projects that say who of us has a role for them.
    pub fn assigned(&self) -> Result<IdMap<ProjectId, Assigned>> {
        let sql = "SELECT id, finance, legal, sales FROM project \
                   WHERE finance IS NOT NULL OR legal IS NOT NULL OR sales IS NOT NULL";
        let mut all = IdMap::default();
        self.db.each(sql, &[], |(id, finance, legal, sales)| {
            all.insert(id, Assigned { finance, legal, sales });
            Ok(())
        })?;
        Ok(all)
    }

    /// The projects that are contracts of works.
    pub fn contracts_of_works(&self) -> Result<IdSet<ProjectId>> {
        let mut all = IdSet::default();
        let sql = "SELECT id FROM project WHERE priority_from IS NOT NULL";
        self.db.each(sql, &[], |id: ProjectId| {
            all.insert(id);
            Ok(())
        })?;
        Ok(all)
    }

    /// All of us, by name.
    pub fn people(&self) -> Result<Vec<Person>> {
        self.db.rows(&[Person::SELECT, "ORDER BY name"].join(" "), &[])
    }

    /// The one of us with this name.
    pub fn person(&self, name: &str) -> Result<Option<Person>> {
        let Some(id) = find::person(&*self.db, name.trim())? else {
            return Ok(None);
        };
        Ok(self.people()?.into_iter().find(|person| person.id == id))
    }
}
