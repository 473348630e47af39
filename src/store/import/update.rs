//! A row that stands for a milestone the ledger has: what changed since.

use chrono::NaiveDate;

use super::insert::{fixed, shown};
use super::{Import, MatchedRow, RowError, RowOutcome, refused};
use crate::domain::due::DueRule;
use crate::domain::facts::{Account, Facts};
use crate::domain::ids::MilestoneId;
use crate::domain::plan::field::PlanField;
use crate::domain::plan::{PlanRow, PlanValue};
use crate::domain::rules::{Moved, list};
use crate::domain::violation::{Thing, Violation};
use crate::domain::{as_of, rules};
use crate::error::{Error, Result};
use crate::store::facts;
use crate::store::rows::{MilestoneRow, ProjectRow};

/// What a list's due date means for a milestone.
enum DueChange {
    /// It is what the ledger has.
    None,
    /// The rule was wrong.
    Correct(DueRule),
    /// A new date was agreed today.
    Reschedule(Moved),
}

impl Import<'_, '_> {
    pub(super) fn update(
        &mut self,
        matched: &MatchedRow<'_>,
        id: MilestoneId,
    ) -> Result<RowOutcome, RowError> {
        let row = matched.row;
        let found = self.known.get(&id).cloned();
        let mut facts = found.ok_or(Error::Bug("a matched row without facts"))?;
        self.check_account(row, &facts)?;
        self.check_rule(matched)?;
        let before = facts.amount;
        facts.amount = list::entered(row, &facts);
        // Of a part, that day is when it became one.
        let agreed_on = row.agreed_on.filter(|_| facts.part.is_none());
        facts.agreed_on = agreed_on.or(facts.agreed_on);
        rules::positive(facts.amount)
            .map_err(|why| refused(PlanField::Amount, shown(row.amount, row), why))?;
        if facts.amount == before && row.amount != list::whole(&facts) {
            self.outcome.differs(row.row, PlanField::Amount);
        }
        rules::covered(&facts)
            .map_err(|why| refused(PlanField::Amount, shown(row.amount, row), why))?;
        let received = self.check_received(row, &facts)?;

        let (customer, mut changed) = self.write_customer(matched)?;
        let plan = self.resolver.project(self.writer.db, &matched.project)?;
        let project = plan.map(|plan| plan.id);
        let stays = project == Some(facts.project.id);
        if !stays
            && row.project.is_some()
            && (facts.part.is_some() || !facts.adjustments.is_empty())
        {
            let why = Violation::InUse(Thing::Deal);
            return Err(refused(PlanField::Project, &matched.project, why));
        }
        if stays || row.project.is_some() {
            changed |= self.write_project(matched, customer)?;
        }
        let mut moved = self.edit(matched, &mut facts)?;
        moved |= self.book_amounts(matched, &mut facts, received)?;
        if !stays && row.project.is_some() {
            self.move_to(matched, id)?;
            moved = true;
        }
        if moved {
            self.dirty.insert(id);
            self.touched.insert(facts.project.id);
        }
        Ok(if changed || moved { RowOutcome::Updated } else { RowOutcome::Unchanged })
    }

    /// Moves a milestone to the end of the plan its row names now: of the same customer and currency, as checked.
    fn move_to(&mut self, matched: &MatchedRow<'_>, id: MilestoneId) -> Result<()> {
        let plan = self.resolver.project(self.writer.db, &matched.project)?;
        let plan = plan.ok_or(Error::Bug("a row without a project"))?;
        let (project, seq) = (plan.id, plan.next_seq);
        plan.next_seq += 1;
        self.touched.insert(project);
        let before: Option<ProjectRow> = match self.known.get(&id) {
            Some(known) => self.writer.db.row(known.project.id.0)?,
            None => None,
        };
        let from = before.map(|before| PlanValue::Text(before.code));
        self.tell(matched, PlanField::Project, from, PlanValue::Text(matched.project.clone()));
        self.writer.update(id.0, |milestone: &mut MilestoneRow| {
            milestone.project = project;
            milestone.seq = seq;
        })?;
        Ok(())
    }

    /// A milestone keeps its customer and currency.
    fn check_account(&mut self, row: &PlanRow, facts: &Facts) -> Result<(), RowError> {
        let Some(customer) = self.resolver.customer(self.writer.db, row)? else {
            let why = Violation::OtherCustomer(facts.id);
            return Err(refused(PlanField::Customer, &row.customer, why));
        };
        let account = Account { customer, currency: row.currency };
        rules::same_account(account, facts).map_err(|why| {
            if customer == facts.project.customer {
                refused(PlanField::Currency, row.currency.code(), why)
            } else {
                refused(PlanField::Customer, &row.customer, why)
            }
        })
    }

    /// Writes the cells that differ from the ledger; empty ones change nothing.
    fn edit(&mut self, matched: &MatchedRow<'_>, facts: &mut Facts) -> Result<bool> {
        let row = matched.row;
        let due = self.due_change(row, facts)?;
        // A list without names repeats the key there.
        let named = row.key.as_ref() != Some(&row.milestone);
        let mut changed = self.correct(matched, facts.id.0, |milestone: &mut MilestoneRow| {
            milestone.amount = facts.amount;
            if named {
                row.milestone.clone_into(&mut milestone.name);
            }
            milestone.stage = row.stage.unwrap_or(milestone.stage);
            milestone.agreed_on = facts.agreed_on;
            milestone.planned_on = row.planned_on.or(milestone.planned_on);
            milestone.delivered_on = row.delivered_on.or(milestone.delivered_on);
            milestone.accepted_on = row.accepted_on.or(milestone.accepted_on);
            if let Some(condition) = &row.condition {
                condition.clone_into(&mut milestone.condition);
            }
            if let Some(note) = &row.note {
                note.clone_into(&mut milestone.note);
            }
            if let DueChange::Correct(rule) = &due {
                milestone.rule = rule.clone();
            }
        })?;
        if changed {
            for day in [row.agreed_on, row.delivered_on, row.accepted_on] {
                self.writer.maybe_happened(day)?;
            }
        }
        let before = self.known.get(&facts.id).and_then(|known| known.agreed_on);
        if facts.agreed_on != before {
            self.writer.date_allocations(facts.id, facts.agreed_on)?;
            *facts = facts::one(self.writer.db, facts.id)?;
        }
        if let DueChange::Reschedule(moved) = due {
            let today = self.writer.context.today;
            let day = |day: NaiveDate| PlanValue::Text(day.to_string());
            self.tell(matched, PlanField::Due, moved.from.map(day), day(moved.to));
            self.writer.write_reschedule(facts, today, moved, "")?;
            changed = true;
        }
        Ok(changed)
    }

    /// The rule of a row; one that its condition tells counts where the condition is another than before.
    fn rule<'r>(&self, row: &'r PlanRow, id: MilestoneId) -> Result<Option<&'r DueRule>> {
        let (Some(condition), Some(rule)) = (&row.condition, &row.told_due) else {
            return Ok(row.due.as_ref());
        };
        let before: Option<MilestoneRow> = self.writer.db.row(id.0)?;
        let changes = before.is_some_and(|before| before.condition != *condition);
        Ok(row.due.as_ref().or(changes.then_some(rule)))
    }

    fn due_change(&mut self, row: &PlanRow, facts: &Facts) -> Result<DueChange> {
        let rescheduled = !facts.reschedules.is_empty();
        let Some(rule) = self.rule(row, facts.id)? else {
            return Ok(DueChange::None);
        };
        // What was agreed anew can be agreed back to the day it had at first.
        let same = *rule == facts.rule;
        if same && !(rescheduled && self.reschedule) {
            return Ok(DueChange::None);
        }
        let item = as_of::item(facts, as_of::LATEST, self.writer.calendar);
        let today = self.writer.context.today;
        let from = item.as_ref().and_then(|item| item.due(today));
        let to = fixed(rule);
        if rescheduled && to.is_some() && to == from {
            return Ok(DueChange::None);
        }
        let open = item.is_some_and(|item| item.balance > 0);
        Ok(match to {
            Some(to) if self.reschedule && open => DueChange::Reschedule(Moved { from, to }),
            Some(_) | None if same => DueChange::None,
            Some(_) | None => {
                if rescheduled {
                    self.outcome.differs(row.row, PlanField::Due);
                }
                DueChange::Correct(rule.clone())
            }
        })
    }
}
