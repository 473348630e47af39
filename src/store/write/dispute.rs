//! Objections (争议), and how they were settled.

use chrono::NaiveDate;

use crate::domain::ids::MilestoneId;
use crate::domain::rules;
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::facts;
use crate::store::rows::DisputeRow;

impl Writer<'_> {
    pub(super) fn open_dispute(
        &mut self,
        milestone: MilestoneId,
        amount: Option<i64>,
        on: NaiveDate,
        reason: &str,
        owner: &str,
    ) -> Result<()> {
        let facts = facts::one(self.db, milestone)?;
        rules::dispute(&facts, amount, on, self.context.today)?;
        self.write_dispute(milestone, amount, on, reason, owner)
    }

    /// Writes a dispute that obeys the rules.
    pub(in crate::store) fn write_dispute(
        &mut self,
        milestone: MilestoneId,
        amount: Option<i64>,
        on: NaiveDate,
        reason: &str,
        owner: &str,
    ) -> Result<()> {
        self.happened(on)?;
        self.create(&DisputeRow {
            milestone,
            opened_on: on,
            amount,
            reason: reason.trim().to_owned(),
            owner: owner.trim().to_owned(),
            resolved_on: None,
            resolution: String::new(),
        })?;
        Ok(())
    }

    pub(super) fn resolve_dispute(
        &mut self,
        milestone: MilestoneId,
        on: NaiveDate,
        resolution: &str,
    ) -> Result<()> {
        self.happened(on)?;
        let facts = facts::one(self.db, milestone)?;
        rules::resolve(&facts, on, self.context.today)?;
        self.settle_disputes(milestone, on, resolution)?;
        Ok(())
    }

    /// Settles every open dispute of a milestone, on the day or on the one it was opened if that is later. True if
    /// there was one.
    pub(in crate::store) fn settle_disputes(
        &mut self,
        milestone: MilestoneId,
        on: NaiveDate,
        resolution: &str,
    ) -> Result<bool> {
        let sql = "SELECT id FROM dispute WHERE milestone = $1 AND resolved_on IS NULL";
        let open: Vec<i64> = self.db.rows(sql, values![milestone])?;
        for id in &open {
            self.update(*id, |row: &mut DisputeRow| {
                row.resolved_on = Some(on.max(row.opened_on));
                resolution.trim().clone_into(&mut row.resolution);
            })?;
        }
        Ok(!open.is_empty())
    }
}
