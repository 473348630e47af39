//! What both sides agreed after the contract: new amounts, and an open balance in dated parts.

use chrono::NaiveDate;

use crate::domain::deal::{self, NewPart, Part};
use crate::domain::due::{Basis, DueRule};
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, DealId, MilestoneId, ProjectId};
use crate::domain::kinds::DealKind;
use crate::domain::rules::{self, Moved};
use crate::domain::violation::{Field, Thing, Violation};
use crate::domain::{as_of, balance};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::rows::{DealLineRow, DealRow, InstalmentRow, MilestoneRow, RescheduleRow};
use crate::store::write::milestone::{next_part, next_seq};
use crate::store::{deals, facts, unknown};

impl Writer<'_> {
    /// A new contract amount, and what that makes of the plan.
    pub(super) fn amend(
        &mut self,
        project: ProjectId,
        amount: i64,
        on: NaiveDate,
        by_hand: &[(MilestoneId, i64)],
        note: &str,
    ) -> Result<()> {
        self.happened(on)?;
        let sql = "SELECT customer, signed_on FROM project WHERE id = $1";
        let found: Option<(CustomerId, Option<NaiveDate>)> =
            self.db.first(sql, values![project])?;
        let (customer, signed_on) = found.ok_or_else(|| unknown(Thing::Project, project))?;
        rules::not_before(on, signed_on)?;
        let sql = "SELECT MAX(agreed_on) FROM deal WHERE project = $1 AND kind = 'amendment'";
        let last: Option<NaiveDate> = self.db.value(sql, values![project])?;
        rules::not_before(on, last)?;
        let sql = "SELECT id FROM milestone WHERE project = $1";
        let plan: Vec<MilestoneId> = self.db.rows(sql, values![project])?;
        let plan = facts::of(self.db, &plan)?;
        let mut amended = deal::amend(&plan, amount, by_hand, on)?;
        amended.retain(|one| one.after != one.before);
        if amended.is_empty() && deals::contract_on(self.db, project, on)? == Some(amount) {
            return Ok(());
        }
        let deal = self.create(&DealRow {
            kind: DealKind::Amendment,
            customer,
            project: Some(project),
            agreed_on: on,
            lapses_on: None,
            amount: Some(amount),
            note: note.trim().to_owned(),
            all_due: false,
            called_on: None,
        })?;
        for one in amended {
            self.adjust(DealId(deal), one.milestone, one.after - one.before)?;
        }
        Ok(())
    }

    fn adjust(&mut self, deal: DealId, milestone: MilestoneId, amount: i64) -> Result<()> {
        self.insert(&DealLineRow { deal, milestone, amount }).map(drop)
    }

    /// What is open of milestones becomes milestones of their own, each with its day.
    pub(super) fn split(
        &mut self,
        milestones: &[MilestoneId],
        parts: &[Part],
        on: NaiveDate,
        all_due: bool,
        note: &str,
    ) -> Result<()> {
        self.happened(on)?;
        let facts =
            milestones.iter().map(|id| facts::one(self.db, *id)).collect::<Result<Vec<Facts>>>()?;
        if rules::milestones(milestones)?.len() < facts.len() {
            return Err(Violation::OutOfRange(Field::Milestones).into());
        }
        let made = deal::split(&facts, parts, on, self.calendar)?;
        let head = facts.first().ok_or(Violation::Empty(Field::Milestones))?;
        let deal = DealId(self.create(&DealRow {
            kind: DealKind::Instalments,
            customer: head.project.customer,
            project: Some(head.project.id),
            agreed_on: on,
            lapses_on: None,
            amount: Some(parts.iter().fold(0, |sum: i64, part| sum.saturating_add(part.amount))),
            note: note.trim().to_owned(),
            all_due,
            called_on: None,
        })?);
        for (facts, open) in deal::open(&facts, on, self.calendar) {
            self.adjust(deal, facts.id, open.saturating_neg())?;
        }
        made.iter().try_for_each(|new| self.write_instalment(deal, new, on))
    }

    /// A milestone that is a part of another one, as that, but for what `differs`.
    fn write_part(
        &mut self,
        deal: DealId,
        new: &NewPart,
        on: NaiveDate,
        differs: impl FnOnce(&mut MilestoneRow),
    ) -> Result<MilestoneId> {
        let parent: Option<MilestoneRow> = self.db.row(new.of.0)?;
        let parent = parent.ok_or_else(|| unknown(Thing::Milestone, new.of))?;
        let (number, key) = next_part(self.db, new.of, parent.key.as_deref())?;
        let mut part = MilestoneRow {
            seq: next_seq(self.db, parent.project)?,
            key,
            name: format!("{} {number}", parent.name),
            amount: new.part.amount,
            agreed_on: Some(on),
            planned_on: None,
            ..parent
        };
        differs(&mut part);
        let milestone = MilestoneId(self.insert(&part)?);
        self.insert(&InstalmentRow { deal, milestone, parent: new.of, starts: new.starts })?;
        Ok(milestone)
    }

    /// A part of a milestone was accepted: it is one of its own that is accepted, and the rest stays as it is.
    pub(super) fn accept_part(
        &mut self,
        milestone: MilestoneId,
        amount: i64,
        on: NaiveDate,
    ) -> Result<()> {
        self.happened(on)?;
        let facts = facts::one(self.db, milestone)?;
        let new = deal::accept_part(&facts, amount, on)?;
        let deal = DealId(self.create(&DealRow {
            kind: DealKind::PartialAcceptance,
            customer: facts.project.customer,
            project: Some(facts.project.id),
            agreed_on: on,
            lapses_on: None,
            amount: Some(amount),
            note: String::new(),
            all_due: false,
            called_on: None,
        })?);
        self.adjust(deal, milestone, amount.saturating_neg())?;
        self.write_part(deal, &new, on, |part| part.accepted_on = Some(on)).map(drop)
    }

    fn write_instalment(&mut self, deal: DealId, new: &NewPart, on: NaiveDate) -> Result<()> {
        let basis = new.first_due.map_or(Basis::None, Basis::Fixed);
        let rule = DueRule { basis, ..DueRule::default() };
        let milestone = self.write_part(deal, new, on, |part| part.rule = rule)?;
        // The first due date is kept; the day that was agreed replaces it.
        self.insert(&RescheduleRow {
            milestone,
            agreed_on: on,
            from_due: new.first_due,
            to_due: new.part.due,
            reason: String::new(),
        })?;
        Ok(())
    }

    /// So much by a day, and the rest of these milestones is waived: by the money, which nobody has to record again.
    pub(super) fn settle(
        &mut self,
        milestones: &[MilestoneId],
        amount: i64,
        by: NaiveDate,
        on: NaiveDate,
        note: &str,
    ) -> Result<()> {
        let ids = rules::milestones(milestones)?;
        let facts =
            ids.iter().map(|id| facts::one(self.db, *id)).collect::<Result<Vec<Facts>>>()?;
        rules::settle(&facts, amount, by, on, self.context.today)?;
        self.happened(on)?;
        let head = facts.first().ok_or(Violation::Empty(Field::Milestones))?;
        let project = head.project.id;
        let one_project = facts.iter().all(|one| one.project.id == project);
        let deal = DealId(self.create(&DealRow {
            kind: DealKind::Settlement,
            customer: head.project.customer,
            project: one_project.then_some(project),
            agreed_on: on,
            lapses_on: Some(by),
            amount: Some(amount),
            note: note.trim().to_owned(),
            all_due: false,
            called_on: None,
        })?);
        ids.into_iter().try_for_each(|milestone| self.adjust(deal, milestone, 0))
    }

    /// The parts behind one that was not paid fall due that day.
    pub(super) fn call_due(
        &mut self,
        milestone: MilestoneId,
        on: NaiveDate,
        reason: &str,
    ) -> Result<()> {
        self.happened(on)?;
        let missed = facts::one(self.db, milestone)?;
        deal::call_due(&missed, on, self.context.today, self.calendar)?;
        let part = missed.part.as_ref().ok_or(Violation::NothingToCall(milestone))?;
        let sql = "SELECT l.milestone FROM instalment l JOIN instalment i ON i.deal = l.deal AND i.id < l.id \
                   WHERE i.milestone = $1 ORDER BY l.id";
        let later: Vec<MilestoneId> = self.db.rows(sql, values![milestone])?;
        for facts in facts::of(self.db, &later)? {
            let due = as_of::item(&facts, on, self.calendar).and_then(|item| item.due(on));
            if balance::balance_on(&facts, on) > 0 && due.is_none_or(|due| due > on) {
                self.write_reschedule(&facts, on, Moved { from: due, to: on }, reason)?;
            }
        }
        self.update(part.deal.0, |deal: &mut DealRow| deal.called_on = Some(on)).map(drop)
    }
}
