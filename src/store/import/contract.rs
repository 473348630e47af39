//! The project a row belongs to: made or corrected by its first row in the list.

use rusqlite::ToSql;

use super::places::Plan;
use super::{Import, Placed};
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::kinds::ProjectState;
use crate::domain::plan::PlanRow;
use crate::error::Result;
use crate::store::convert::{Day, rows};
use crate::store::tables::T;

impl<'b> Import<'_, '_, 'b> {
    /// The project of a row. Its first row says what is known of it; a later one that says otherwise is reported.
    /// True if something changed.
    pub(super) fn write_project(
        &mut self,
        placed: &Placed<'b>,
        customer: CustomerId,
    ) -> Result<bool> {
        let row = placed.row;
        let known = self.places.project(&placed.project).map(|p| (p.id, p.head));
        let changed = match known {
            Some((_, Some(head))) => {
                self.report_differences(row, head);
                return Ok(false);
            }
            Some((id, None)) => self.edit_project(id, row)?,
            None => {
                let id = self.new_project(placed, customer)?;
                let plan = Plan::new(id, customer, row.currency);
                self.places.add_project(&placed.project, plan);
                true
            }
        };
        if let Some(plan) = self.places.project_mut(&placed.project) {
            plan.head = Some(row);
        }
        Ok(changed)
    }

    fn report_differences(&mut self, row: &PlanRow, head: &PlanRow) {
        let facts = [
            (
                "project_name",
                row.project_name.is_some() && row.project_name != head.project_name,
            ),
            (
                "manager",
                row.manager.is_some() && row.manager != head.manager,
            ),
            (
                "contract_no",
                row.contract_no.is_some() && row.contract_no != head.contract_no,
            ),
            (
                "contract_amount",
                row.contract_amount.is_some() && row.contract_amount != head.contract_amount,
            ),
            (
                "signed_on",
                row.signed_on.is_some() && row.signed_on != head.signed_on,
            ),
        ];
        let differing = facts.into_iter().filter(|(_, differs)| *differs);
        self.outcome
            .differing
            .extend(differing.map(|(column, _)| (row.row, column)));
    }

    fn new_project(&mut self, placed: &Placed<'b>, customer: CustomerId) -> Result<ProjectId> {
        let row = placed.row;
        let manager = self.person(row)?.map(|p| p.0);
        let name = match (&row.project_name, &row.project) {
            (Some(name), _) | (None, Some(name)) => name,
            (None, None) => &row.customer_name,
        };
        let none: Option<Day> = None;
        self.writer.maybe_happened(row.signed_on)?;
        let id = self.writer.insert(
            T::Project,
            &[
                &placed.project,
                &customer.0,
                name,
                &manager,
                &row.contract_no.as_deref().unwrap_or_default(),
                &row.contract_amount,
                &row.currency.code(),
                &Day::maybe(row.signed_on),
                &none,
                &none,
                &none,
                &none,
                &0,
                &ProjectState::Active.code(),
            ],
        )?;
        Ok(ProjectId(id))
    }

    fn edit_project(&mut self, id: ProjectId, row: &'b PlanRow) -> Result<bool> {
        let manager = self.person(row)?.map(|p| p.0);
        let signed_on = Day::maybe(row.signed_on);
        let mut changes: Vec<(&str, &dyn ToSql)> = Vec::new();
        if let Some(name) = &row.project_name {
            changes.push(("name", name));
        }
        if manager.is_some() {
            changes.push(("manager", &manager));
        }
        if let Some(contract_no) = &row.contract_no {
            changes.push(("contract_no", contract_no));
        }
        if row.contract_amount.is_some() {
            changes.push(("contract_amount", &row.contract_amount));
        }
        if signed_on.is_some() {
            changes.push(("signed_on", &signed_on));
        }
        if changes.is_empty() || !self.writer.update(T::Project, id.0, &changes)? {
            return Ok(false);
        }
        self.writer.maybe_happened(row.signed_on)?;
        let sql = "SELECT id FROM milestone WHERE project = ?";
        let plan = rows(self.writer.db, ("milestone", sql), [id.0], |c| c.int(0))?;
        self.dirty.extend(plan.into_iter().map(MilestoneId));
        Ok(true)
    }
}
