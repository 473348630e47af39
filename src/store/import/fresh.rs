//! A row that stands for a new milestone.

use rusqlite::params;

use super::money::{check_write_off, total_paid};
use super::{Fate, Import, Placed, Trouble};
use crate::domain::due::{Basis, DueRule};
use crate::domain::facts::{Facts, ProjectFacts};
use crate::domain::ids::{CustomerId, MilestoneId, PersonId, ProjectId};
use crate::domain::kinds::Stage;
use crate::error::{Error, Result};
use crate::store::convert::{Day, first};
use crate::store::tables::T;

impl<'b> Import<'_, '_, 'b> {
    pub(super) fn fresh(&mut self, placed: &Placed<'b>) -> Result<Fate, Trouble> {
        self.check_project(placed)?;
        self.check_rule(placed)?;
        let mut facts = draft(placed);
        let total = total_paid(placed.row, &facts);
        self.check_paid(placed.row, &facts, total)?;
        check_write_off(placed.row, &facts)?;

        let (customer, _) = self.write_customer(placed.row)?;
        self.write_project(placed, customer)?;
        self.write_milestone(placed, &mut facts)?;
        self.book(placed.row, &mut facts, total)?;
        self.stirred.insert(facts.project.id);
        self.fresh.push(facts);
        Ok(Fate::Imported)
    }

    fn write_milestone(&mut self, placed: &Placed<'b>, facts: &mut Facts) -> Result<()> {
        let row = placed.row;
        let plan = self.places.project_mut(&placed.project);
        let plan = plan.ok_or(Error::Bug("a row without a project"))?;
        let (project, seq) = (plan.id, plan.next_seq);
        plan.next_seq += 1;
        facts.project = self.project_facts(project)?;
        facts.seq = u32::try_from(seq).unwrap_or(u32::MAX);
        facts.agreed_on = row
            .agreed_on
            .or(row.signed_on)
            .or(facts.project.signed_on)
            .or(row.invoiced_on);
        for day in [facts.agreed_on, row.delivered_on, row.accepted_on] {
            self.writer.maybe_happened(day)?;
        }
        let none: Option<i64> = None;
        let id = self.writer.insert(
            T::Milestone,
            &[
                &project.0,
                &seq,
                &row.key,
                &row.milestone,
                &facts.stage.code(),
                &row.amount,
                &"",
                &facts.rule.to_string(),
                &Day::maybe(facts.agreed_on),
                &Day::maybe(row.planned_on),
                &Day::maybe(row.delivered_on),
                &Day::maybe(row.accepted_on),
                &none,
                &row.note.as_deref().unwrap_or_default(),
            ],
        )?;
        facts.id = MilestoneId(id);
        Ok(())
    }

    fn project_facts(&self, id: ProjectId) -> Result<ProjectFacts> {
        let sql = "SELECT customer, manager, currency, signed_on, starts_on, warranty_ends_on, grace_days \
                   FROM project WHERE id = ?";
        first(self.writer.db, ("project", sql), params![id.0], |c| {
            Ok(ProjectFacts {
                id,
                customer: CustomerId(c.int(0)?),
                manager: c.maybe_int(1)?.map(PersonId),
                currency: c.currency(2)?,
                signed_on: c.maybe_day(3)?,
                starts_on: c.maybe_day(4)?,
                warranty_ends_on: c.maybe_day(5)?,
                grace_days: c.small(6)?,
            })
        })?
        .ok_or(Error::Bug("a row without a project"))
    }
}

/// The facts of a row before anything is written; ids and the project follow.
fn draft(placed: &Placed) -> Facts {
    let row = placed.row;
    Facts {
        id: MilestoneId(0),
        project: ProjectFacts {
            id: ProjectId(0),
            customer: CustomerId(0),
            manager: None,
            currency: row.currency,
            signed_on: None,
            starts_on: None,
            warranty_ends_on: None,
            grace_days: 0,
        },
        seq: 0,
        stage: row.stage.or(row.told_stage).unwrap_or(Stage::Other),
        amount: row.amount,
        rule: row.due.clone().unwrap_or(DueRule {
            basis: Basis::None,
            roll: false,
        }),
        reference: None,
        agreed_on: row.agreed_on,
        planned_on: row.planned_on,
        delivered_on: row.delivered_on,
        accepted_on: row.accepted_on,
        invoices: Vec::new(),
        allocations: Vec::new(),
        write_offs: Vec::new(),
        promises: Vec::new(),
        disputes: Vec::new(),
        reschedules: Vec::new(),
        holds: Vec::new(),
        touches: Vec::new(),
    }
}
