//! Agreed instalments: what they are for, how much, when they fall due, and how far the work is.

use chrono::NaiveDate;
use rusqlite::types::ToSql;
use rusqlite::{Connection, params};

use super::apply::{Writer, positive, required};
use super::convert::{Day, first, rows};
use super::tables::T;
use super::{facts, unknown};
use crate::domain::change::MilestoneDraft;
use crate::domain::due::{Basis, DueRule, Event};
use crate::domain::facts::Facts;
use crate::domain::ids::{MilestoneId, ProjectId};
use crate::domain::kinds::Method;
use crate::domain::violation::{Field, Thing, Violation};
use crate::error::Result;

/// The milestone with this key.
pub(super) fn by_key(db: &Connection, key: &str) -> Result<Option<MilestoneId>> {
    let sql = "SELECT id FROM milestone WHERE key = ?";
    first(db, ("milestone", sql), [key], |c| {
        Ok(MilestoneId(c.int(0)?))
    })
}

/// The first free place in a project's plan.
pub(super) fn next_seq(db: &Connection, project: ProjectId) -> Result<i64> {
    let sql = "SELECT COALESCE(MAX(seq), 0) + 1 FROM milestone WHERE project = ?";
    Ok(first(db, ("milestone", sql), [project.0], |c| c.int(0))?.unwrap_or(1))
}

/// What a draft comes to in the ledger.
struct Checked {
    project: i64,
    seq: i64,
    key: Option<String>,
    name: String,
    stage: &'static str,
    rule: String,
    method: Option<&'static str>,
    days: [Option<Day>; 4],
}

impl Checked {
    /// The columns of a milestone, in the table's order.
    fn values<'v>(&'v self, draft: &'v MilestoneDraft) -> [&'v dyn ToSql; 14] {
        let [agreed_on, planned_on, delivered_on, accepted_on] = &self.days;
        [
            &self.project,
            &self.seq,
            &self.key,
            &self.name,
            &self.stage,
            &draft.amount,
            &draft.condition,
            &self.rule,
            agreed_on,
            planned_on,
            delivered_on,
            accepted_on,
            &self.method,
            &draft.note,
        ]
    }
}

impl Writer<'_> {
    pub(super) fn add_milestone(&mut self, draft: &MilestoneDraft) -> Result<()> {
        let sql = "SELECT signed_on FROM project WHERE id = ?";
        let signed_on = first(self.db, ("project", sql), [draft.project.0], |c| {
            c.maybe_day(0)
        })?
        .ok_or_else(|| unknown(Thing::Project, draft.project))?;
        let agreed_on = draft.agreed_on.or(signed_on).unwrap_or(self.context.today);
        let seq = next_seq(self.db, draft.project)?;
        let checked = self.check_milestone(draft, (None, seq), Some(agreed_on))?;
        let id = self.insert(T::Milestone, &checked.values(draft))?;
        self.created.push(id);
        Ok(())
    }

    pub(super) fn edit_milestone(&mut self, id: MilestoneId, draft: &MilestoneDraft) -> Result<()> {
        let facts = facts::one(self.db, id)?;
        let seq = self.place(&facts, draft.project)?;
        let checked = self.check_milestone(draft, (Some(id), seq), draft.agreed_on)?;
        self.rename_in_rules(&facts, checked.key.as_deref())?;
        let columns = T::Milestone.table().columns.iter().copied();
        let changes: Vec<(&str, &dyn ToSql)> = columns.zip(checked.values(draft)).collect();
        self.update(T::Milestone, id.0, &changes)?;
        if facts.agreed_on != draft.agreed_on {
            self.date_allocations(id, draft.agreed_on)?;
        }
        Ok(())
    }

    /// The place of a milestone in the plan of a project: its own, or the last one of another project it moves to.
    fn place(&self, facts: &Facts, project: ProjectId) -> Result<i64> {
        if project == facts.project.id {
            return Ok(facts.seq.into());
        }
        let sql = "SELECT customer, currency FROM project WHERE id = ?";
        let (customer, currency) = first(self.db, ("project", sql), [project.0], |c| {
            Ok((c.int(0)?, c.currency(1)?))
        })?
        .ok_or_else(|| unknown(Thing::Project, project))?;
        if customer != facts.project.customer.0 {
            return Err(Violation::OtherCustomer(facts.id).into());
        }
        if currency != facts.project.currency {
            return Err(Violation::OtherCurrency {
                milestone: facts.id,
                expected: facts.project.currency.code(),
                found: currency.code(),
            }
            .into());
        }
        next_seq(self.db, project)
    }

    fn check_milestone(
        &mut self,
        draft: &MilestoneDraft,
        (own, seq): (Option<MilestoneId>, i64),
        agreed_on: Option<NaiveDate>,
    ) -> Result<Checked> {
        let name = required(&draft.name, Field::Name)?.to_owned();
        positive(draft.amount)?;
        let key = Some(draft.key.trim()).filter(|key| !key.is_empty());
        if let Some(key) = key
            && by_key(self.db, key)?.is_some_and(|found| Some(found) != own)
        {
            return Err(Violation::Taken {
                field: Field::Key,
                value: key.to_owned(),
            }
            .into());
        }
        check_rule(self.db, &draft.rule, (draft.project, own))?;
        for day in [agreed_on, draft.delivered_on, draft.accepted_on] {
            self.maybe_happened(day)?;
        }
        Ok(Checked {
            project: draft.project.0,
            seq,
            key: key.map(str::to_owned),
            name,
            stage: draft.stage.code(),
            rule: draft.rule.to_string(),
            method: draft.method.map(Method::code),
            days: [
                agreed_on,
                draft.planned_on,
                draft.delivered_on,
                draft.accepted_on,
            ]
            .map(Day::maybe),
        })
    }

    /// Rules that name this milestone keep naming it when its key changes.
    fn rename_in_rules(&mut self, facts: &Facts, key: Option<&str>) -> Result<()> {
        let sql = "SELECT key FROM milestone WHERE id = ?";
        let old = first(self.db, ("milestone", sql), [facts.id.0], |c| {
            Ok(c.maybe_text(0)?.map(str::to_owned))
        })?
        .flatten();
        let Some(old) = old.filter(|old| Some(old.as_str()) != key) else {
            return Ok(());
        };
        let sql = "SELECT id, rule FROM milestone WHERE project = ?1 AND id <> ?2 AND rule LIKE 'acceptance(%'";
        let of = params![facts.project.id.0, facts.id.0];
        let rules = rows(self.db, ("milestone", sql), of, |c| {
            Ok((c.int(0)?, c.rule(1)?))
        })?;
        for (id, mut rule) in rules {
            if let Basis::After(after) = &mut rule.basis
                && after.of.as_deref() == Some(&old)
            {
                let key = key.ok_or_else(|| Violation::BadReference(old.clone()))?;
                after.of = Some(key.to_owned());
                self.update(T::Milestone, id, &[("rule", &rule.to_string())])?;
            }
        }
        Ok(())
    }

    /// Money counts from the day the milestone was agreed, if that is later than the payment: a corrected day moves
    /// the allocations with it.
    pub(super) fn date_allocations(
        &mut self,
        milestone: MilestoneId,
        agreed_on: Option<NaiveDate>,
    ) -> Result<()> {
        let sql = "SELECT a.id, MAX(p.received_on, COALESCE(r.reversed_on, p.received_on)) \
                   FROM allocation a JOIN payment p ON p.id = a.payment \
                   LEFT JOIN reversal r ON r.id = a.reversal WHERE a.milestone = ?1 ORDER BY a.id";
        let days = rows(self.db, ("allocation", sql), [milestone.0], |c| {
            Ok((c.int(0)?, c.day(1)?))
        })?;
        for (id, day) in days {
            let from = agreed_on.map_or(day, |agreed| agreed.max(day));
            self.latest = self.latest.max(Some(from));
            self.update(T::Allocation, id, &[("effective_on", &Day::new(from))])?;
        }
        Ok(())
    }

    /// Delivered or accepted; no day takes it back.
    pub(super) fn reach(
        &mut self,
        column: &'static str,
        milestones: &[MilestoneId],
        on: Option<NaiveDate>,
    ) -> Result<()> {
        if milestones.is_empty() {
            return Err(Violation::Empty(Field::Milestones).into());
        }
        self.maybe_happened(on)?;
        for id in milestones {
            if !super::derived::exists(self.db, *id)? {
                return Err(unknown(Thing::Milestone, *id));
            }
            self.update(T::Milestone, id.0, &[(column, &Day::maybe(on))])?;
        }
        Ok(())
    }
}

/// A rule can wait for the acceptance of another milestone of the project only.
pub(super) fn check_rule(
    db: &Connection,
    rule: &DueRule,
    (project, own): (ProjectId, Option<MilestoneId>),
) -> Result<()> {
    let Basis::After(after) = &rule.basis else {
        return Ok(());
    };
    let Some(of) = &after.of else {
        return Ok(());
    };
    if after.event != Event::Acceptance {
        return Err(Violation::ReferenceNotAllowed(after.event).into());
    }
    let sql = "SELECT id FROM milestone WHERE key = ?1 AND project = ?2";
    let found = first(db, ("milestone", sql), params![of, project.0], |c| {
        Ok(MilestoneId(c.int(0)?))
    })?;
    if found.is_none_or(|id| Some(id) == own) {
        return Err(Violation::BadReference(of.clone()).into());
    }
    Ok(())
}
