//! New due dates, holds, and money given up.

use chrono::NaiveDate;

use super::apply::{Writer, positive};
use super::convert::{Day, rows};
use super::facts;
use super::tables::T;
use crate::domain::facts::{Facts, HoldFact};
use crate::domain::ids::MilestoneId;
use crate::domain::violation::{Field, Violation};
use crate::domain::{as_of, balance};
use crate::error::{Error, Result};

impl Writer<'_> {
    pub(super) fn reschedule(
        &mut self,
        milestones: &[MilestoneId],
        (on, to): (NaiveDate, NaiveDate),
        reason: &str,
    ) -> Result<()> {
        self.happened(on)?;
        for facts in self.open_facts(milestones)? {
            let item = as_of::item(&facts, on, self.calendar)
                .ok_or_else(|| too_early(on, facts.agreed_on))?;
            let moves = item.due != Some(to);
            if moves {
                self.write_reschedule(&facts, (on, item.due, to), reason)?;
            }
        }
        Ok(())
    }

    pub(super) fn write_reschedule(
        &mut self,
        facts: &Facts,
        (on, from, to): (NaiveDate, Option<NaiveDate>, NaiveDate),
        reason: &str,
    ) -> Result<()> {
        let id = self.insert(
            T::Reschedule,
            &[
                &facts.id.0,
                &Day::new(on),
                &Day::maybe(from),
                &Day::new(to),
                &reason.trim(),
            ],
        )?;
        self.created.push(id);
        Ok(())
    }

    pub(super) fn hold(
        &mut self,
        milestones: &[MilestoneId],
        (since, until): (NaiveDate, Option<NaiveDate>),
        reason: &str,
    ) -> Result<()> {
        if let Some(day) = until.filter(|until| *until < since) {
            return Err(too_early(day, Some(since)));
        }
        for facts in self.open_facts(milestones)? {
            let overlaps = |hold: &HoldFact| {
                hold.released_on.is_none()
                    && hold.until.is_none_or(|end| end >= since)
                    && until.is_none_or(|end| hold.since <= end)
            };
            if facts.holds.iter().any(overlaps) {
                return Err(Violation::AlreadyHeld(facts.id).into());
            }
            let none: Option<Day> = None;
            let id = self.insert(
                T::Hold,
                &[
                    &facts.id.0,
                    &Day::new(since),
                    &Day::maybe(until),
                    &reason.trim(),
                    &none,
                ],
            )?;
            self.created.push(id);
        }
        Ok(())
    }

    /// Lifts every hold in force on that day or to come.
    pub(super) fn release(&mut self, milestones: &[MilestoneId], on: NaiveDate) -> Result<()> {
        self.happened(on)?;
        let sql = "SELECT id FROM hold WHERE milestone = ?1 AND released_on IS NULL \
                   AND (until IS NULL OR until >= ?2)";
        for id in some(milestones)? {
            facts::one(self.db, *id)?;
            let of = rusqlite::params![id.0, Day::new(on)];
            let holds = rows(self.db, ("hold", sql), of, |c| c.int(0))?;
            if holds.is_empty() {
                return Err(Violation::NotHeld(*id).into());
            }
            for hold in holds {
                self.update(T::Hold, hold, &[("released_on", &Day::new(on))])?;
            }
        }
        Ok(())
    }

    pub(super) fn write_off(
        &mut self,
        milestone: MilestoneId,
        amount: Option<i64>,
        (on, reason): (NaiveDate, &str),
    ) -> Result<()> {
        self.happened(on)?;
        let facts = facts::one(self.db, milestone)?;
        if facts.agreed_on.is_some_and(|agreed| agreed > on) {
            return Err(too_early(on, facts.agreed_on));
        }
        let open = balance::headroom(&facts, on);
        if open <= 0 {
            return Err(Violation::NothingOpen(milestone).into());
        }
        let wanted = positive(amount.unwrap_or(open))?;
        if wanted > open {
            return Err(Violation::ExceedsBalance {
                milestone,
                wanted,
                open,
                currency: facts.project.currency,
            }
            .into());
        }
        let id = self.insert(
            T::WriteOff,
            &[&milestone.0, &Day::new(on), &wanted, &reason.trim()],
        )?;
        self.created.push(id);
        Ok(())
    }

    /// The facts of these milestones, each once and each with something open.
    fn open_facts(&self, milestones: &[MilestoneId]) -> Result<Vec<Facts>> {
        let mut ids = some(milestones)?.to_vec();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter()
            .map(|id| {
                let facts = facts::one(self.db, id)?;
                if balance::closed_on(&facts).is_some() {
                    return Err(Violation::NothingOpen(id).into());
                }
                Ok(facts)
            })
            .collect()
    }
}

fn some(milestones: &[MilestoneId]) -> Result<&[MilestoneId]> {
    if milestones.is_empty() {
        return Err(Violation::Empty(Field::Milestones).into());
    }
    Ok(milestones)
}

fn too_early(day: NaiveDate, earliest: Option<NaiveDate>) -> Error {
    Error::Violation(Violation::TooEarly {
        day,
        earliest: earliest.unwrap_or(day),
    })
}
