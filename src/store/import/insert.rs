//! What is checked of every row, and a row that stands for a new milestone: with its customer, contact, manager and
//! project, each made if the ledger does not have it.

use chrono::NaiveDate;

use super::resolver::Plan;
use super::{Import, MatchedRow, RowError, RowOutcome, refused};
use crate::domain::change::{ContactDraft, CustomerDraft, MilestoneDraft, ProjectDraft};
use crate::domain::due::DueRule;
use crate::domain::facts::{Account, Facts, ProjectFacts};
use crate::domain::ids::{CustomerId, MilestoneId, PersonId, ProjectId};
use crate::domain::kinds::Stage;
use crate::domain::plan::field::PlanField;
use crate::domain::plan::{PlanRow, PlanValue};
use crate::domain::violation::Violation;
use crate::domain::{money, rules};
use crate::error::{Error, Result};
use crate::store::backend::values;
use crate::store::rows::{ContactRow, CustomerRow, DealRow, ProjectRow};
use crate::store::write::milestone::check_rule;
use crate::store::{deals, settings};

/// An amount as the list would write it.
pub(super) fn shown(amount: i64, row: &PlanRow) -> String {
    money::plain(amount, row.currency)
}

impl Import<'_, '_> {
    /// What can be said of a row without knowing its milestone.
    pub(super) fn check_alone(&mut self, matched: &MatchedRow<'_>) -> Result<(), RowError> {
        let row = matched.row;
        if let Some(first) = self.resolver.claim(matched) {
            let (column, name) = match &row.key {
                Some(key) => (PlanField::Key, key),
                None => (PlanField::Milestone, &row.milestone),
            };
            return Err(refused(column, name, Violation::SameAsRow(first)));
        }
        rules::list::alone(row, self.writer.context.today).map_err(RowError::Refused)
    }

    /// A rule waits for milestones of its own project only: in the ledger, or in this list.
    pub(super) fn check_rule(&mut self, matched: &MatchedRow<'_>) -> Result<(), RowError> {
        let Some(due) = &matched.row.due else {
            return Ok(());
        };
        if let Some(key) = due.names()
            && matched.row.key.as_deref() != Some(key)
            && self.resolver.lists(&matched.project, key)
        {
            return Ok(());
        }
        let plan = self.resolver.project(self.writer.db, &matched.project)?;
        let project = plan.map_or(ProjectId(0), |plan| plan.id);
        match check_rule(self.writer.db, due, project, matched.milestone) {
            Err(Error::Violation(why)) => Err(refused(PlanField::Due, due, why)),
            other => Ok(other?),
        }
    }

    /// The project must be this customer's, in this currency.
    fn check_project(&mut self, matched: &MatchedRow<'_>) -> Result<(), RowError> {
        let row = matched.row;
        let customer = self.resolver.customer(self.writer.db, row)?;
        let Some(plan) = self.resolver.project(self.writer.db, &matched.project)? else {
            return Ok(());
        };
        rules::list::project(&matched.project, plan.account, customer, row.currency)
            .map_err(RowError::Refused)
    }

    pub(super) fn insert(&mut self, matched: &MatchedRow<'_>) -> Result<RowOutcome, RowError> {
        let row = matched.row;
        self.check_project(matched)?;
        self.check_rule(matched)?;
        let nobody = Account { customer: CustomerId(0), currency: row.currency };
        let unwritten = ProjectFacts::new(ProjectId(0), nobody);
        let mut facts = Facts {
            stage: row.stage.or(row.guessed_stage).unwrap_or(Stage::Other),
            rule: row.due.clone().or_else(|| row.told_due.clone()).unwrap_or_default(),
            agreed_on: row.agreed_on,
            planned_on: row.planned_on,
            delivered_on: row.delivered_on,
            accepted_on: row.accepted_on,
            ..Facts::new(MilestoneId(0), unwritten, row.amount)
        };
        self.check_dated(row)?;
        if row.written_off_on.is_some() {
            facts.agreed_on = self.agreed_on(matched)?;
        }
        let received = self.check_received(row, &facts)?;

        let (customer, _) = self.write_customer(matched)?;
        self.write_project(matched, customer)?;
        self.write_milestone(matched, &mut facts)?;
        self.book_amounts(matched, &mut facts, received)?;
        self.tell_new(matched);
        self.touched.insert(facts.project.id);
        self.derive_new(&facts)?;
        Ok(RowOutcome::Imported)
    }

    /// The day a new milestone will have been agreed, for what must not come before it.
    fn agreed_on(&mut self, matched: &MatchedRow<'_>) -> Result<Option<NaiveDate>> {
        let row = matched.row;
        let mut signed_on = row.signed_on;
        if signed_on.is_none()
            && let Some(plan) = self.resolver.project(self.writer.db, &matched.project)?
        {
            let project: Option<ProjectRow> = self.writer.db.row(plan.id.0)?;
            signed_on = project.and_then(|project| project.signed_on);
        }
        Ok(row.agreed_on.or(signed_on).or(row.invoiced_on))
    }

    fn write_milestone(&mut self, matched: &MatchedRow<'_>, facts: &mut Facts) -> Result<()> {
        let row = matched.row;
        let plan = self.resolver.project(self.writer.db, &matched.project)?;
        let plan = plan.ok_or(Error::Bug("a row without a project"))?;
        facts.project = plan.facts(self.writer.db)?;
        facts.seq = plan.next_seq;
        plan.next_seq += 1;
        facts.agreed_on =
            row.agreed_on.or(row.signed_on).or(facts.project.signed_on).or(row.invoiced_on);
        let draft = MilestoneDraft {
            key: row.key.clone().unwrap_or_default(),
            stage: facts.stage,
            rule: facts.rule.clone(),
            planned_on: row.planned_on,
            delivered_on: row.delivered_on,
            accepted_on: row.accepted_on,
            condition: row.condition.clone().unwrap_or_default(),
            note: row.note.clone().unwrap_or_default(),
            ..MilestoneDraft::new(facts.project.id, row.milestone.as_str(), row.amount)
        };
        facts.id = self.writer.write_milestone(&draft, facts.seq, facts.agreed_on)?;
        Ok(())
    }

    /// The customer of a row, with its contact. True if something changed there.
    pub(super) fn write_customer(
        &mut self,
        matched: &MatchedRow<'_>,
    ) -> Result<(CustomerId, bool)> {
        let row = matched.row;
        let id = if let Some(id) = self.resolver.customer(self.writer.db, row)? {
            id
        } else {
            let id = self.writer.add_customer(&CustomerDraft {
                code: row.customer.clone(),
                name: row.customer_name.clone(),
                ..CustomerDraft::default()
            })?;
            self.resolver.add_customer(row, id);
            id
        };
        let mut changed = self.name_customer(id, matched)?;
        if let Some(name) = row.contact_name.as_deref() {
            let mut phone = row.contact_phone.as_deref();
            if let Some(listed) = phone
                && let Some(same) = self.resolver.has_phone(id, name, listed)
            {
                phone = None;
                if !same {
                    self.outcome.differs(row.row, PlanField::ContactPhone);
                }
            }
            changed |= self.write_contact(matched, id, name, phone)?;
        }
        Ok((id, changed))
    }

    /// Gives a customer the name in the list's first row of it. A list without names repeats the code there.
    fn name_customer(&mut self, id: CustomerId, matched: &MatchedRow<'_>) -> Result<bool> {
        let row = matched.row;
        let name = row.customer_name.as_str();
        if name == row.customer {
            return Ok(false);
        }
        if let Some(same) = self.resolver.is_named(id, name) {
            if !same {
                self.outcome.differs(row.row, PlanField::CustomerName);
            }
            return Ok(false);
        }
        self.correct(matched, id.0, |customer: &mut CustomerRow| {
            name.clone_into(&mut customer.name);
        })
    }

    /// A contact of this name: added, or given its new number. True if something changed.
    fn write_contact(
        &mut self,
        matched: &MatchedRow<'_>,
        customer: CustomerId,
        name: &str,
        phone: Option<&str>,
    ) -> Result<bool> {
        let sql = "SELECT id FROM contact WHERE customer = $1 AND name = $2 AND removed = 0 ORDER BY id LIMIT 1";
        let Some(id) = self.writer.db.first::<i64>(sql, values![customer, name])? else {
            let draft = ContactDraft {
                name: name.to_owned(),
                phone: phone.unwrap_or_default().to_owned(),
                ..ContactDraft::default()
            };
            self.writer.add_contact(customer, &draft)?;
            self.tell(matched, PlanField::ContactName, None, PlanValue::Text(name.to_owned()));
            return Ok(true);
        };
        match phone {
            Some(phone) => self.correct(matched, id, |contact: &mut ContactRow| {
                phone.clone_into(&mut contact.phone);
            }),
            None => Ok(false),
        }
    }

    /// The manager a row names.
    fn manager(&mut self, row: &PlanRow) -> Result<Option<PersonId>> {
        let Some(name) = row.manager.as_deref() else {
            return Ok(None);
        };
        if let Some(id) = self.resolver.people.get(name) {
            return Ok(Some(*id));
        }
        let id = self.writer.person(name)?;
        if let Some(id) = id {
            self.resolver.people.insert(name, id);
        }
        Ok(id)
    }

    /// The project of a row. Its first row says what is known of it; a later one that says otherwise is reported.
    /// True if something changed.
    pub(super) fn write_project(
        &mut self,
        matched: &MatchedRow<'_>,
        customer: CustomerId,
    ) -> Result<bool> {
        let row = matched.row;
        let known = self.resolver.project(self.writer.db, &matched.project)?.map(|plan| plan.id);
        let Some(id) = known else {
            let id = self.new_project(matched, customer)?;
            let account = Account { customer, currency: row.currency };
            self.resolver.add_project(&matched.project, Plan::new(id, account));
            self.resolver.head(id, row);
            return Ok(true);
        };
        let Some(differing) = self.resolver.head(id, row) else {
            return self.edit_project(id, matched);
        };
        for column in differing {
            self.outcome.differs(row.row, column);
        }
        Ok(false)
    }

    fn new_project(&mut self, matched: &MatchedRow<'_>, customer: CustomerId) -> Result<ProjectId> {
        let row = matched.row;
        let name = match (&row.project_name, &row.project) {
            (Some(name), _) | (None, Some(name)) => name,
            (None, None) => &row.customer_name,
        };
        self.writer.add_project(&ProjectDraft {
            code: matched.project.clone(),
            name: name.clone(),
            manager: row.manager.clone().unwrap_or_default(),
            contract_no: row.contract_no.clone().unwrap_or_default(),
            contract_amount: row.contract_amount,
            signed_on: row.signed_on,
            grace_days: settings::policy(self.writer.db)?.grace_days,
            bills: self.bills,
            ..ProjectDraft::new(customer, row.currency)
        })
    }

    fn edit_project(&mut self, id: ProjectId, matched: &MatchedRow<'_>) -> Result<bool> {
        let row = matched.row;
        let manager = self.manager(row)?;
        let amended = self.correct_amendment(id, matched)?;
        let changed = self.correct(matched, id.0, |project: &mut ProjectRow| {
            if let Some(name) = &row.project_name {
                name.clone_into(&mut project.name);
            }
            project.manager = manager.or(project.manager);
            if let Some(number) = &row.contract_no {
                number.clone_into(&mut project.contract_no);
            }
            if amended.is_none() {
                project.contract_amount = row.contract_amount.or(project.contract_amount);
            }
            project.signed_on = row.signed_on.or(project.signed_on);
        })?;
        if !changed {
            return Ok(amended.unwrap_or(false));
        }
        self.writer.maybe_happened(row.signed_on)?;
        let sql = "SELECT id FROM milestone WHERE project = $1";
        self.dirty.extend(self.writer.db.rows::<MilestoneId>(sql, values![id])?);
        Ok(true)
    }
}

impl Import<'_, '_> {
    /// Corrects the last amendment of a contract by an amount that is neither that nor what was signed; whether it did, or
    /// none where there is no amendment.
    fn correct_amendment(
        &mut self,
        id: ProjectId,
        matched: &MatchedRow<'_>,
    ) -> Result<Option<bool>> {
        let db = self.writer.db;
        let Some(deal) = deals::last_amendment(db, id)? else {
            return Ok(None);
        };
        let signed: Option<ProjectRow> = db.row(id.0)?;
        let signed = signed.and_then(|project| project.contract_amount);
        match matched.row.contract_amount {
            Some(amount) if Some(amount) != signed => self
                .correct(matched, deal.0, |deal: &mut DealRow| deal.amount = Some(amount))
                .map(Some),
            Some(_) | None => Ok(Some(false)),
        }
    }
}

/// The day a rule fixes.
pub(super) fn fixed(rule: &DueRule) -> Option<NaiveDate> {
    use crate::domain::due::Basis;
    match rule.basis {
        Basis::Fixed(day) => Some(day),
        Basis::After(_) | Basis::None => None,
    }
}
