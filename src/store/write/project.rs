//! Contracts, and who of us looks after them.

use iso_currency::Currency;

use crate::domain::change::{About, ProjectDraft};
use crate::domain::facts::Account;
use crate::domain::ids::{CustomerId, PersonId, ProjectId};
use crate::domain::kinds::Role;
use crate::domain::rules;
use crate::domain::violation::{Field, Thing};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::rows::{PersonRow, ProjectRow};
use crate::store::unknown;
use crate::store::{conditions, find};

impl Writer<'_> {
    pub(in crate::store) fn add_project(&mut self, draft: &ProjectDraft) -> Result<ProjectId> {
        find::must_exist(self.db, draft.customer)?;
        let row = self.project_row(draft, None)?;
        let id = ProjectId(self.create(&row)?);
        self.add_plan(id, draft)?;
        Ok(id)
    }

    pub(super) fn edit_project(&mut self, id: ProjectId, draft: &ProjectDraft) -> Result<()> {
        find::must_exist(self.db, draft.customer)?;
        let sql = "SELECT customer, currency FROM project WHERE id = $1";
        let before: Option<(CustomerId, Currency)> = self.db.first(sql, values![id])?;
        let (customer, currency) = before.ok_or_else(|| unknown(Thing::Project, id))?;
        let sql = "SELECT 1 FROM milestone WHERE project = $1 LIMIT 1";
        let in_use = self.db.exists(sql, values![id])?;
        rules::keeps_account(Account { customer, currency }, draft, in_use)?;
        let row = self.project_row(draft, Some(id))?;
        self.update(id.0, |old: &mut ProjectRow| {
            *old = ProjectRow { progress_percent: old.progress_percent, ..row };
        })?;
        let before = conditions::progress(self.db, id)?.map(|(percent, _)| percent);
        self.note_progress(About::Project(id), before, draft.progress_percent)?;
        self.add_plan(id, draft)
    }

    fn project_row(&mut self, draft: &ProjectDraft, own: Option<ProjectId>) -> Result<ProjectRow> {
        let named = rules::project(draft, self.context.today)?;
        let found = find::project_by_code(self.db, named.code)?;
        rules::free(Field::Code, named.code, found, own)?;
        self.maybe_happened(draft.signed_on)?;
        Ok(ProjectRow {
            code: named.code.to_owned(),
            customer: draft.customer,
            name: named.name.to_owned(),
            manager: self.person(&draft.manager)?,
            contract_no: draft.contract_no.clone(),
            contract_amount: draft.contract_amount,
            currency: draft.currency,
            signed_on: draft.signed_on,
            starts_on: draft.starts_on,
            ends_on: draft.ends_on,
            warranty_ends_on: draft.warranty_ends_on,
            progress_percent: draft.progress_percent,
            grace_days: draft.grace_days,
            state: draft.state,
            bills: draft.bills,
            late_fee: draft.late_fee,
        })
    }

    /// The person of this name, made if there is none; an empty name is nobody.
    pub(in crate::store) fn person(&mut self, name: &str) -> Result<Option<PersonId>> {
        let name = name.trim();
        if name.is_empty() {
            return Ok(None);
        }
        if let Some(id) = find::person(self.db, name)? {
            return Ok(Some(id));
        }
        let row = PersonRow { name: name.to_owned(), role: Role::Pm, team: String::new() };
        Ok(Some(PersonId(self.insert(&row)?)))
    }

    pub(super) fn edit_person(&mut self, name: &str, role: Role, team: &str) -> Result<()> {
        let row = PersonRow {
            name: rules::required(name, Field::Name)?.to_owned(),
            role,
            team: team.trim().to_owned(),
        };
        match find::person(self.db, &row.name)? {
            Some(id) => self.update(id.0, |old: &mut PersonRow| *old = row).map(drop),
            None => self.create(&row).map(drop),
        }
    }
}
