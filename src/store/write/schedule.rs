//! New due dates, holds, and money given up.

use chrono::NaiveDate;

use crate::domain::facts::Facts;
use crate::domain::ids::MilestoneId;
use crate::domain::rules::{self, Moved};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::facts;
use crate::store::rows::{HoldRow, RescheduleRow, WriteOffRow};

impl Writer<'_> {
    pub(super) fn reschedule(
        &mut self,
        milestones: &[MilestoneId],
        on: NaiveDate,
        to: NaiveDate,
        reason: &str,
    ) -> Result<()> {
        self.happened(on)?;
        for id in rules::milestones(milestones)? {
            let facts = facts::one(self.db, id)?;
            if let Some(moved) =
                rules::reschedule(&facts, to, on, self.context.today, self.calendar)?
            {
                self.write_reschedule(&facts, on, moved, reason)?;
            }
        }
        Ok(())
    }

    pub(in crate::store) fn write_reschedule(
        &mut self,
        facts: &Facts,
        on: NaiveDate,
        moved: Moved,
        reason: &str,
    ) -> Result<()> {
        self.create(&RescheduleRow {
            milestone: facts.id,
            agreed_on: on,
            from_due: moved.from,
            to_due: moved.to,
            reason: reason.trim().to_owned(),
        })?;
        Ok(())
    }

    pub(super) fn hold(
        &mut self,
        milestones: &[MilestoneId],
        since: NaiveDate,
        until: Option<NaiveDate>,
        reason: &str,
    ) -> Result<()> {
        for milestone in rules::milestones(milestones)? {
            rules::hold(&facts::one(self.db, milestone)?, since, until)?;
            self.create(&HoldRow {
                milestone,
                since,
                until,
                reason: reason.trim().to_owned(),
                released_on: None,
            })?;
        }
        Ok(())
    }

    /// Lifts every hold in force on that day or to come.
    pub(super) fn release(&mut self, milestones: &[MilestoneId], on: NaiveDate) -> Result<()> {
        self.happened(on)?;
        for id in rules::milestones(milestones)? {
            rules::release(&facts::one(self.db, id)?, on, self.context.today)?;
            let sql = "SELECT id FROM hold WHERE milestone = $1 AND released_on IS NULL \
                       AND (until IS NULL OR until >= $2)";
            for hold in self.db.rows::<i64>(sql, values![id, on])? {
                self.update(hold, |row: &mut HoldRow| row.released_on = Some(on))?;
            }
        }
        Ok(())
    }

    pub(super) fn write_off(
        &mut self,
        milestone: MilestoneId,
        amount: Option<i64>,
        on: NaiveDate,
        reason: &str,
    ) -> Result<()> {
        let facts = facts::one(self.db, milestone)?;
        let amount = rules::write_off(&facts, amount, on, reason, self.context.today)?;
        self.write_write_off(milestone, amount, on, reason)
    }

    /// Writes off an amount that obeys the rules.
    pub(in crate::store) fn write_write_off(
        &mut self,
        milestone: MilestoneId,
        amount: i64,
        on: NaiveDate,
        reason: &str,
    ) -> Result<()> {
        self.happened(on)?;
        self.create(&WriteOffRow {
            milestone,
            written_off_on: on,
            amount,
            reason: reason.trim().to_owned(),
        })?;
        Ok(())
    }
}
