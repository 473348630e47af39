//! Contracts, and who of us looks after them.

use iso_currency::Currency;
use rusqlite::Connection;
use rusqlite::types::ToSql;

use super::apply::{Writer, required};
use super::convert::{Day, first};
use super::customer;
use super::tables::T;
use super::unknown;
use crate::domain::change::ProjectDraft;
use crate::domain::ids::{CustomerId, PersonId, ProjectId};
use crate::domain::kinds::Role;
use crate::domain::violation::{Field, Thing, Violation};
use crate::error::Result;

/// The project with this code.
pub(super) fn by_code(db: &Connection, code: &str) -> Result<Option<ProjectId>> {
    let sql = "SELECT id FROM project WHERE code = ?";
    first(db, ("project", sql), [code], |c| Ok(ProjectId(c.int(0)?)))
}

/// The person of this name.
pub(super) fn person(db: &Connection, name: &str) -> Result<Option<PersonId>> {
    let sql = "SELECT id FROM person WHERE name = ?";
    first(db, ("person", sql), [name], |c| Ok(PersonId(c.int(0)?)))
}

impl Writer<'_> {
    pub(super) fn add_project(&mut self, draft: &ProjectDraft) -> Result<()> {
        customer::must_exist(self.db, draft.customer)?;
        let facts = self.project_facts(draft, None)?;
        let id = self.insert(T::Project, &facts.values(draft))?;
        self.created.push(id);
        Ok(())
    }

    pub(super) fn edit_project(&mut self, id: ProjectId, draft: &ProjectDraft) -> Result<()> {
        customer::must_exist(self.db, draft.customer)?;
        let sql = "SELECT p.customer, p.currency, EXISTS (SELECT 1 FROM milestone m WHERE m.project = p.id) \
                   FROM project p WHERE p.id = ?";
        let (customer, currency, in_use) = first(self.db, ("project", sql), [id.0], |c| {
            Ok((CustomerId(c.int(0)?), c.currency(1)?, c.int(2)? != 0))
        })?
        .ok_or_else(|| unknown(Thing::Project, id))?;
        let same = |a: CustomerId, b: Currency| a == draft.customer && b == draft.currency;
        if in_use && !same(customer, currency) {
            return Err(Violation::ProjectInUse.into());
        }
        let facts = self.project_facts(draft, Some(id))?;
        let columns = T::Project.table().columns.iter().copied();
        let changes: Vec<(&str, &dyn ToSql)> = columns.zip(facts.values(draft)).collect();
        self.update(T::Project, id.0, &changes)?;
        Ok(())
    }

    fn project_facts(&mut self, draft: &ProjectDraft, own: Option<ProjectId>) -> Result<Checked> {
        let name = required(&draft.name, Field::Name)?;
        let code = Some(draft.code.trim())
            .filter(|c| !c.is_empty())
            .unwrap_or(name);
        if by_code(self.db, code)?.is_some_and(|found| Some(found) != own) {
            return Err(Violation::Taken {
                field: Field::Code,
                value: code.to_owned(),
            }
            .into());
        }
        if draft.progress_percent.is_some_and(|p| p > 100) {
            return Err(Violation::OutOfRange(Field::Progress).into());
        }
        if let Some(amount) = draft.contract_amount.filter(|a| *a < 0) {
            return Err(Violation::NotPositive(amount).into());
        }
        self.maybe_happened(draft.signed_on)?;
        Ok(Checked {
            code: code.to_owned(),
            name: name.to_owned(),
            manager: self.manager(&draft.manager)?.map(|m| m.0),
            currency: draft.currency.code(),
            state: draft.state.code(),
            days: [
                draft.signed_on,
                draft.starts_on,
                draft.ends_on,
                draft.warranty_ends_on,
            ]
            .map(Day::maybe),
        })
    }

    /// The person of this name, made if there is none; an empty name is nobody.
    pub(super) fn manager(&mut self, name: &str) -> Result<Option<PersonId>> {
        let name = name.trim();
        if name.is_empty() {
            return Ok(None);
        }
        if let Some(id) = person(self.db, name)? {
            return Ok(Some(id));
        }
        let id = self.insert(T::Person, &[&name, &Role::Pm.code(), &""])?;
        Ok(Some(PersonId(id)))
    }
}

/// What a draft comes to in the ledger.
struct Checked {
    code: String,
    name: String,
    manager: Option<i64>,
    currency: &'static str,
    state: &'static str,
    days: [Option<Day>; 4],
}

impl Checked {
    /// The columns of a project, in the table's order.
    fn values<'v>(&'v self, draft: &'v ProjectDraft) -> [&'v dyn ToSql; 14] {
        let [signed_on, starts_on, ends_on, warranty_ends_on] = &self.days;
        [
            &self.code,
            &draft.customer.0,
            &self.name,
            &self.manager,
            &draft.contract_no,
            &draft.contract_amount,
            &self.currency,
            signed_on,
            starts_on,
            ends_on,
            warranty_ends_on,
            &draft.progress_percent,
            &draft.grace_days,
            &self.state,
        ]
    }
}
