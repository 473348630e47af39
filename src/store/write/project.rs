//! Contracts, and who of us looks after them.

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::about::About;
use crate::domain::change::ProjectDraft;
use crate::domain::facts::{Account, SuspensionFact};
use crate::domain::ids::{CustomerId, PersonId, ProjectId};
use crate::domain::kinds::{ProjectState, Role};
use crate::domain::rules;
use crate::domain::violation::{Field, Thing};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::rows::{DealRow, PersonRow, ProjectRow, SuspensionRow};
use crate::store::{conditions, deals, find, unknown};

/// A time in which the work rests, with its row, if it has one.
type Rest = (Option<i64>, SuspensionFact);

impl Writer<'_> {
    pub(in crate::store) fn add_project(&mut self, draft: &ProjectDraft) -> Result<ProjectId> {
        find::must_exist(self.db, draft.customer)?;
        rules::project_state(None, draft.state, draft.code.trim())?;
        let row = self.project_row(draft, None)?;
        let id = ProjectId(self.create(&row)?);
        self.add_plan(id, draft)?;
        Ok(id)
    }

    pub(super) fn edit_project(&mut self, id: ProjectId, draft: &ProjectDraft) -> Result<()> {
        find::must_exist(self.db, draft.customer)?;
        let sql = "SELECT customer, currency, state FROM project WHERE id = $1";
        let before: Option<(CustomerId, Currency, ProjectState)> =
            self.db.first(sql, values![id])?;
        let (customer, currency, state) = before.ok_or_else(|| unknown(Thing::Project, id))?;
        rules::project_state(Some(state), draft.state, draft.code.trim())?;
        let sql = "SELECT 1 FROM milestone WHERE project = $1 LIMIT 1";
        let in_use = self.db.exists(sql, values![id])?;
        rules::keeps_account(Account { customer, currency }, draft, in_use)?;
        let row = self.project_row(draft, Some(id))?;
        // What a form shows is the amount as it is now: that of the last amendment, where there is one.
        let amended = deals::last_amendment(self.db, id)?;
        if let Some(deal) = amended {
            self.update(deal.0, |deal: &mut DealRow| deal.amount = row.contract_amount)?;
        }
        self.update(id.0, |old: &mut ProjectRow| {
            let entered = old.contract_amount.filter(|_| amended.is_some());
            let progress_percent = old.progress_percent;
            *old = ProjectRow {
                contract_amount: entered.or(row.contract_amount),
                progress_percent,
                ..row
            };
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
        self.maybe_happened(draft.completed_on)?;
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
            discount: draft.discount,
            method: draft.method,
            bill_months: draft.bill_months.filter(|months| *months > 0),
            finance: self.colleague(&draft.finance, Role::Finance)?,
            legal: self.colleague(&draft.legal, Role::Legal)?,
            sales: self.colleague(&draft.sales, Role::Sales)?,
            priority_from: draft.priority_from,
            completed_on: draft.completed_on,
        })
    }

    pub(super) fn suspend(
        &mut self,
        project: ProjectId,
        on: NaiveDate,
        notice: &str,
        reason: &str,
    ) -> Result<()> {
        let (code, known) = self.suspensions(project)?;
        let known: Vec<SuspensionFact> = known.into_iter().map(|(_, fact)| fact).collect();
        rules::suspend(&known, on, reason, &code, self.context.today)?;
        self.happened(on)?;
        self.create(&SuspensionRow {
            project,
            since: on,
            notice: notice.trim().to_owned(),
            reason: reason.trim().to_owned(),
            resumed_on: None,
        })?;
        Ok(())
    }

    pub(super) fn resume(&mut self, project: ProjectId, on: NaiveDate) -> Result<()> {
        let (code, known) = self.suspensions(project)?;
        let open = known.iter().find(|(_, fact)| fact.resumed_on.is_none());
        rules::resume(open.map(|(_, fact)| fact.since), on, &code, self.context.today)?;
        self.happened(on)?;
        match open {
            Some((Some(id), _)) => {
                self.update(*id, |row: &mut SuspensionRow| row.resumed_on = Some(on))?;
            }
            Some((None, _)) | None => {
                self.update(project.0, |row: &mut ProjectRow| row.state = ProjectState::Active)?;
            }
        }
        Ok(())
    }

    /// A project's code, and when it rested; what has no row rests since no days of that were kept.
    fn suspensions(&self, project: ProjectId) -> Result<(String, Vec<Rest>)> {
        let row: Option<ProjectRow> = self.db.row(project.0)?;
        let row = row.ok_or_else(|| unknown(Thing::Project, project))?;
        let sql = "SELECT id, since, resumed_on FROM suspension WHERE project = $1 ORDER BY id";
        let rows: Vec<(i64, NaiveDate, Option<NaiveDate>)> = self.db.rows(sql, values![project])?;
        let mut known: Vec<_> = rows
            .into_iter()
            .map(|(id, since, resumed_on)| (Some(id), SuspensionFact { since, resumed_on }))
            .collect();
        if row.state == ProjectState::Suspended {
            known.push((None, SuspensionFact { since: NaiveDate::MIN, resumed_on: None }));
        }
        Ok((row.code, known))
    }

    /// The person of this name, made if there is none; an empty name is nobody.
    pub(in crate::store) fn person(&mut self, name: &str) -> Result<Option<PersonId>> {
        self.colleague(name, Role::Pm)
    }

    /// The same, made with this role.
    fn colleague(&mut self, name: &str, role: Role) -> Result<Option<PersonId>> {
        let name = name.trim();
        if name.is_empty() {
            return Ok(None);
        }
        if let Some(id) = find::person(self.db, name)? {
            return Ok(Some(id));
        }
        let row =
            PersonRow { name: name.to_owned(), role, team: String::new(), email: String::new() };
        Ok(Some(PersonId(self.insert(&row)?)))
    }

    pub(super) fn edit_person(
        &mut self,
        name: &str,
        role: Role,
        team: &str,
        email: &str,
    ) -> Result<()> {
        let row = PersonRow {
            name: rules::required(name, Field::Name)?.to_owned(),
            role,
            team: team.trim().to_owned(),
            email: email.trim().to_owned(),
        };
        match find::person(self.db, &row.name)? {
            Some(id) => self.update(id.0, |old: &mut PersonRow| *old = row).map(drop),
            None => self.create(&row).map(drop),
        }
    }
}
