//! A row that stands for a milestone the ledger has: what changed since.

use chrono::NaiveDate;
use rusqlite::ToSql;

use super::check::shown;
use super::money::{check_write_off, total_paid};
use super::{Fate, Import, Placed, Trouble, bad};
use crate::domain::due::{Basis, DueRule};
use crate::domain::facts::Facts;
use crate::domain::ids::MilestoneId;
use crate::domain::plan::PlanRow;
use crate::domain::violation::Violation;
use crate::domain::{as_of, balance};
use crate::error::{Error, Result};
use crate::store::convert::Day;
use crate::store::facts;
use crate::store::tables::T;

/// What a list's due date means for a milestone.
enum DueChange {
    /// It is what the ledger has.
    None,
    Correct(String),
    /// A new date was agreed today: (the one in force, the new one).
    Reschedule(Option<NaiveDate>, NaiveDate),
}

impl<'b> Import<'_, '_, 'b> {
    pub(super) fn again(&mut self, placed: &Placed<'b>, id: MilestoneId) -> Result<Fate, Trouble> {
        let row = placed.row;
        let found = self.known.get(&id).cloned();
        let mut facts = found.ok_or(Error::Bug("a matched row without facts"))?;
        self.check_belongs(row, &facts)?;
        self.check_rule(placed)?;
        facts.amount = row.amount;
        facts.agreed_on = row.agreed_on.or(facts.agreed_on);
        let least = balance::least(&facts);
        if least < 0 {
            let why = Violation::BelowReceived {
                amount: row.amount,
                used: row.amount.saturating_sub(least),
                currency: row.currency,
            };
            return Err(bad("amount", &shown(row.amount, row.currency), why));
        }
        let total = total_paid(row, &facts);
        self.check_paid(row, &facts, total)?;
        check_write_off(row, &facts)?;

        let (customer, mut changed) = self.write_customer(row)?;
        let project = self.places.project(&placed.project).map(|p| p.id);
        let stays = project == Some(facts.project.id);
        if stays || row.project.is_some() {
            changed |= self.write_project(placed, customer)?;
        }
        let mut moved = self.edit(row, &mut facts)?;
        moved |= self.book(row, &mut facts, total)?;
        if !stays && row.project.is_some() {
            self.move_to(placed, id)?;
            moved = true;
        }
        if moved {
            self.dirty.insert(id);
            self.stirred.insert(facts.project.id);
        }
        Ok(if changed || moved {
            Fate::Updated
        } else {
            Fate::Unchanged
        })
    }

    /// Moves a milestone to the end of the plan its row names now: of the same customer and currency, as checked.
    fn move_to(&mut self, placed: &Placed<'b>, id: MilestoneId) -> Result<()> {
        let plan = self.places.project_mut(&placed.project);
        let plan = plan.ok_or(Error::Bug("a row without a project"))?;
        let (project, seq) = (plan.id, plan.next_seq);
        plan.next_seq += 1;
        self.stirred.insert(project);
        let changes: [(&str, &dyn ToSql); 2] = [("project", &project.0), ("seq", &seq)];
        self.writer.update(T::Milestone, id.0, &changes)?;
        Ok(())
    }

    fn check_belongs(&mut self, row: &'b PlanRow, facts: &Facts) -> Result<(), Trouble> {
        if self.places.customer(self.writer.db, row)? != Some(facts.project.customer) {
            return Err(bad(
                "customer",
                &&row.customer,
                Violation::OtherCustomer(facts.id),
            ));
        }
        if row.currency != facts.project.currency {
            let why = Violation::OtherCurrency {
                milestone: facts.id,
                expected: facts.project.currency.code(),
                found: row.currency.code(),
            };
            return Err(bad("currency", &row.currency.code(), why));
        }
        Ok(())
    }

    /// Writes the cells that differ from the ledger; empty ones change nothing.
    fn edit(&mut self, row: &PlanRow, facts: &mut Facts) -> Result<bool> {
        let due = self.due_change(row, facts);
        let agreed_on = Day::maybe(row.agreed_on);
        let planned_on = Day::maybe(row.planned_on);
        let delivered_on = Day::maybe(row.delivered_on);
        let accepted_on = Day::maybe(row.accepted_on);
        let stage = row.stage.map(crate::domain::kinds::Stage::code);
        // A list without names repeats the key there.
        let named = row.key.as_ref() != Some(&row.milestone);
        let mut changes: Vec<(&str, &dyn ToSql)> = vec![("amount", &row.amount)];
        let mut given = |column, is_given: bool, value| {
            if is_given {
                changes.push((column, value));
            }
        };
        given("name", named, &row.milestone);
        given("stage", stage.is_some(), &stage);
        given("agreed_on", agreed_on.is_some(), &agreed_on);
        given("planned_on", planned_on.is_some(), &planned_on);
        given("delivered_on", delivered_on.is_some(), &delivered_on);
        given("accepted_on", accepted_on.is_some(), &accepted_on);
        given("note", row.note.is_some(), &row.note);
        if let DueChange::Correct(rule) = &due {
            changes.push(("rule", rule));
        }
        let mut changed = self.writer.update(T::Milestone, facts.id.0, &changes)?;
        if changed {
            for day in [row.agreed_on, row.delivered_on, row.accepted_on] {
                self.writer.maybe_happened(day)?;
            }
        }
        let before = self.known.get(&facts.id).and_then(|f| f.agreed_on);
        if facts.agreed_on != before {
            self.writer.date_allocations(facts.id, facts.agreed_on)?;
            *facts = facts::one(self.writer.db, facts.id)?;
        }
        if let DueChange::Reschedule(from, to) = due {
            let today = self.writer.context.today;
            self.writer.happened(today)?;
            self.writer.write_reschedule(facts, (today, from, to), "")?;
            changed = true;
        }
        Ok(changed)
    }

    fn due_change(&mut self, row: &PlanRow, facts: &Facts) -> DueChange {
        let Some(rule) = row.due.as_ref().filter(|rule| **rule != facts.rule) else {
            return DueChange::None;
        };
        let item = as_of::item(facts, as_of::LATEST, self.writer.calendar);
        let in_force = item.as_ref().and_then(|item| item.due);
        let rescheduled = !facts.reschedules.is_empty();
        let to = fixed(rule);
        if rescheduled && to.is_some() && to == in_force {
            return DueChange::None;
        }
        let open = item.is_some_and(|item| item.balance > 0);
        match to {
            Some(to) if self.batch.reschedule && open => DueChange::Reschedule(in_force, to),
            _ => {
                if rescheduled {
                    self.outcome.differing.push((row.row, "due"));
                }
                DueChange::Correct(rule.to_string())
            }
        }
    }
}

fn fixed(rule: &DueRule) -> Option<NaiveDate> {
    match rule.basis {
        Basis::Fixed(day) => Some(day),
        _ => None,
    }
}
