//! Objections (异议), and how they were settled.

use chrono::NaiveDate;

use super::apply::{Writer, positive};
use super::convert::{Day, rows};
use super::facts;
use super::tables::T;
use crate::domain::balance;
use crate::domain::ids::MilestoneId;
use crate::domain::violation::Violation;
use crate::error::Result;

impl Writer<'_> {
    pub(super) fn open_dispute(
        &mut self,
        milestone: MilestoneId,
        amount: Option<i64>,
        on: NaiveDate,
        [reason, owner]: [&str; 2],
    ) -> Result<()> {
        self.happened(on)?;
        let facts = facts::one(self.db, milestone)?;
        let open = balance::balance_on(&facts, on);
        if open <= 0 {
            return Err(Violation::NothingOpen(milestone).into());
        }
        if let Some(wanted) = amount
            && positive(wanted)? > open
        {
            return Err(Violation::ExceedsBalance {
                milestone,
                wanted,
                open,
                currency: facts.project.currency,
            }
            .into());
        }
        let whole = |d: &crate::domain::facts::DisputeFact| {
            d.amount.is_none() && d.resolved_on.is_none_or(|day| day > on)
        };
        if facts.disputes.iter().any(whole) {
            return Err(Violation::AlreadyDisputed(milestone).into());
        }
        let none: Option<Day> = None;
        let id = self.insert(
            T::Dispute,
            &[
                &milestone.0,
                &Day::new(on),
                &amount,
                &reason.trim(),
                &owner.trim(),
                &none,
                &"",
            ],
        )?;
        self.created.push(id);
        Ok(())
    }

    pub(super) fn resolve_dispute(
        &mut self,
        milestone: MilestoneId,
        on: NaiveDate,
        resolution: &str,
    ) -> Result<()> {
        self.happened(on)?;
        facts::one(self.db, milestone)?;
        let sql = "SELECT id, opened_on FROM dispute WHERE milestone = ? AND resolved_on IS NULL";
        let open = rows(self.db, ("dispute", sql), [milestone.0], |c| {
            Ok((c.int(0)?, c.day(1)?))
        })?;
        if open.is_empty() {
            return Err(Violation::NoDispute(milestone).into());
        }
        for (id, opened_on) in open {
            if on < opened_on {
                return Err(Violation::TooEarly {
                    day: on,
                    earliest: opened_on,
                }
                .into());
            }
            let resolved_on = Day::new(on);
            let resolution = resolution.trim();
            self.update(
                T::Dispute,
                id,
                &[("resolved_on", &resolved_on), ("resolution", &resolution)],
            )?;
        }
        Ok(())
    }
}
