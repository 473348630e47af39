//! Agreed instalments: what they are for, how much, when they fall due, and how far the work is.

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::change::{ConditionDraft, MilestoneDraft, ProjectDraft};
use crate::domain::due::{Basis, DueRule};
use crate::domain::facts::{Account, Facts};
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::violation::{Field, Thing, Violation};
use crate::domain::{allocation, as_of, balance, numbering, rules};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::{Backend, values};
use crate::store::rows::{AllocationRow, MilestoneRow};
use crate::store::write::condition;
use crate::store::{Reader, facts, find, unknown};

impl Writer<'_> {
    pub(super) fn add_milestone(&mut self, draft: &MilestoneDraft) -> Result<()> {
        let sql = "SELECT signed_on FROM project WHERE id = $1";
        let signed_on: Option<Option<NaiveDate>> = self.db.first(sql, values![draft.project])?;
        let signed_on = signed_on.ok_or_else(|| unknown(Thing::Project, draft.project))?;
        let agreed_on = draft.agreed_on.or(signed_on).unwrap_or(self.context.today);
        let seq = next_seq(self.db, draft.project)?;
        self.check_milestone(draft, None, Some(agreed_on))?;
        self.write_milestone(draft, seq, Some(agreed_on))?;
        Ok(())
    }

    /// Adds the plan of a contract, agreed with it.
    pub(super) fn add_plan(&mut self, project: ProjectId, draft: &ProjectDraft) -> Result<()> {
        let agreed_on = draft.signed_on.unwrap_or(self.context.today);
        for instalment in &draft.plan {
            let milestone = MilestoneDraft {
                key: free_key(self.db, project)?,
                stage: instalment.stage,
                condition: instalment.condition.clone(),
                rule: instalment.rule.clone(),
                ..MilestoneDraft::new(project, &*instalment.name, instalment.amount)
            };
            let seq = next_seq(self.db, project)?;
            self.check_milestone(&milestone, None, Some(agreed_on))?;
            self.happened(agreed_on)?;
            let id = MilestoneId(self.insert(&row(&milestone, seq, Some(agreed_on)))?);
            for asked in &instalment.conditions {
                let draft = ConditionDraft {
                    milestone: id,
                    kind: asked.kind,
                    wording: asked.wording.clone(),
                    agreed_on: Some(agreed_on),
                    planned_on: None,
                };
                self.insert(&condition::row(&draft, agreed_on)?)?;
            }
        }
        Ok(())
    }

    /// Writes a new milestone that obeys the rules.
    pub(in crate::store) fn write_milestone(
        &mut self,
        draft: &MilestoneDraft,
        seq: u32,
        agreed_on: Option<NaiveDate>,
    ) -> Result<MilestoneId> {
        for day in [agreed_on, draft.delivered_on, draft.accepted_on] {
            self.maybe_happened(day)?;
        }
        Ok(MilestoneId(self.create(&row(draft, seq, agreed_on))?))
    }

    pub(super) fn edit_milestone(&mut self, id: MilestoneId, draft: &MilestoneDraft) -> Result<()> {
        let facts = facts::one(self.db, id)?;
        let seq = self.place(&facts, draft.project)?;
        // What a form shows is the amount as it is now; what was agreed to change it stays.
        let adjusted = balance::amount_on(&facts, as_of::LATEST).saturating_sub(facts.amount);
        let draft =
            &MilestoneDraft { amount: draft.amount.saturating_sub(adjusted), ..draft.clone() };
        if facts.part.is_some() && facts.agreed_on != draft.agreed_on {
            return Err(Violation::InUse(Thing::Deal).into());
        }
        self.check_milestone(draft, Some(id), draft.agreed_on)?;
        for day in [draft.agreed_on, draft.delivered_on, draft.accepted_on] {
            self.maybe_happened(day)?;
        }
        let row = row(draft, seq, draft.agreed_on);
        self.rename_in_rules(&facts, row.key.as_deref())?;
        self.update(id.0, |old: &mut MilestoneRow| *old = row)?;
        if facts.agreed_on != draft.agreed_on {
            self.date_allocations(id, draft.agreed_on)?;
        }
        Ok(())
    }

    /// The place of a milestone in the plan of a project: its own, or the last one of another project it moves to.
    fn place(&self, facts: &Facts, project: ProjectId) -> Result<u32> {
        if project == facts.project.id {
            return Ok(facts.seq);
        }
        let sql = "SELECT customer, currency FROM project WHERE id = $1";
        let to: Option<(CustomerId, Currency)> = self.db.first(sql, values![project])?;
        let (customer, currency) = to.ok_or_else(|| unknown(Thing::Project, project))?;
        if facts.part.is_some() || !facts.adjustments.is_empty() {
            return Err(Violation::InUse(Thing::Deal).into());
        }
        rules::same_account(Account { customer, currency }, facts)?;
        next_seq(self.db, project)
    }

    fn check_milestone(
        &self,
        draft: &MilestoneDraft,
        own: Option<MilestoneId>,
        agreed_on: Option<NaiveDate>,
    ) -> Result<()> {
        let key = rules::milestone(draft, agreed_on, self.context.today)?;
        if let Some(key) = key {
            rules::free(Field::Key, key, find::milestone_by_key(self.db, key)?, own)?;
        }
        check_rule(self.db, &draft.rule, draft.project, own)
    }

    /// Rules that name this milestone keep naming it when its key changes.
    fn rename_in_rules(&mut self, facts: &Facts, key: Option<&str>) -> Result<()> {
        let sql = "SELECT key FROM milestone WHERE id = $1";
        let old: Option<String> = self.db.value(sql, values![facts.id])?;
        let Some(old) = old.filter(|old| Some(old.as_str()) != key) else {
            return Ok(());
        };
        let sql = "SELECT id, rule FROM milestone WHERE project = $1 AND id <> $2 AND rule LIKE 'acceptance(%'";
        let rules: Vec<(i64, DueRule)> = self.db.rows(sql, values![facts.project.id, facts.id])?;
        for (id, mut rule) in rules {
            if let Basis::After(after) = &mut rule.basis
                && after.of.as_deref() == Some(&old)
            {
                let key = key.ok_or_else(|| Violation::BadReference(old.clone()))?;
                after.of = Some(key.to_owned());
                self.update(id, |row: &mut MilestoneRow| row.rule = rule)?;
            }
        }
        Ok(())
    }

    /// Money counts from the day the milestone was agreed, if that is later than the payment: a corrected day moves
    /// the allocations with it.
    pub(in crate::store) fn date_allocations(
        &mut self,
        milestone: MilestoneId,
        agreed_on: Option<NaiveDate>,
    ) -> Result<()> {
        let sql = "SELECT a.id, p.received_on, r.reversed_on FROM allocation a JOIN payment p ON p.id = a.payment \
                   LEFT JOIN reversal r ON r.id = a.reversal WHERE a.milestone = $1 ORDER BY a.id";
        let days: Vec<(i64, NaiveDate, Option<NaiveDate>)> =
            self.db.rows(sql, values![milestone])?;
        for (id, received_on, reversed_on) in days {
            let day = reversed_on.map_or(received_on, |back| back.max(received_on));
            let from = allocation::effective_on(day, agreed_on);
            self.speaks_of(from);
            self.update(id, |row: &mut AllocationRow| row.effective_on = from)?;
        }
        Ok(())
    }

    /// Delivered or accepted; no day takes it back.
    pub(super) fn reach(
        &mut self,
        milestones: &[MilestoneId],
        on: Option<NaiveDate>,
        reach: impl Fn(&mut MilestoneRow),
    ) -> Result<()> {
        rules::milestones(milestones)?;
        self.maybe_happened(on)?;
        for id in milestones {
            let sql = "SELECT 1 FROM milestone WHERE id = $1";
            if !self.db.exists(sql, values![*id])? {
                return Err(unknown(Thing::Milestone, *id));
            }
            self.update(id.0, &reach)?;
        }
        Ok(())
    }
}

fn row(draft: &MilestoneDraft, seq: u32, agreed_on: Option<NaiveDate>) -> MilestoneRow {
    MilestoneRow {
        project: draft.project,
        seq,
        key: Some(draft.key.trim().to_owned()).filter(|key| !key.is_empty()),
        name: draft.name.trim().to_owned(),
        stage: draft.stage,
        amount: draft.amount,
        condition: draft.condition.clone(),
        rule: draft.rule.clone(),
        agreed_on,
        planned_on: draft.planned_on,
        delivered_on: draft.delivered_on,
        accepted_on: draft.accepted_on,
        method: draft.method,
        bill_months: draft.bill_months.filter(|months| *months > 0),
        note: draft.note.clone(),
    }
}

/// The first free place in a project's plan.
pub(in crate::store) fn next_seq(db: &dyn Backend, project: ProjectId) -> Result<u32> {
    let sql = "SELECT COALESCE(MAX(seq), 0) + 1 FROM all_milestone WHERE project = $1";
    db.value(sql, values![project])
}

/// Number and key of the next part of a milestone; without a key its parts have none.
pub(super) fn next_part(
    db: &dyn Backend,
    parent: MilestoneId,
    key: Option<&str>,
) -> Result<(u32, Option<String>)> {
    let sql = "SELECT COUNT(*) + 1 FROM instalment WHERE parent = $1";
    let mut number: u32 = db.value(sql, values![parent])?;
    loop {
        let key = key.map(|key| numbering::part(key, number));
        let taken = match &key {
            Some(key) => find::milestone_by_key(db, key)?.is_some(),
            None => false,
        };
        if !taken {
            return Ok((number, key));
        }
        number = number.saturating_add(1);
    }
}

/// The key of a project's next milestone: by its place in the plan, or the next one nobody has.
fn free_key(db: &dyn Backend, project: ProjectId) -> Result<String> {
    let sql = "SELECT code FROM project WHERE id = $1";
    let code: Option<String> = db.first(sql, values![project])?;
    let code = code.ok_or_else(|| unknown(Thing::Project, project))?;
    let sql = "SELECT COALESCE(MAX(seq), 0) + 1 FROM milestone WHERE project = $1";
    let mut place: u32 = db.value(sql, values![project])?;
    loop {
        let key = numbering::key(&code, place);
        if find::milestone_by_key(db, &key)?.is_none() {
            return Ok(key);
        }
        place = place.saturating_add(1);
    }
}

impl Reader {
    /// The key of a project's next milestone.
    pub fn free_key(&self, project: ProjectId) -> Result<String> {
        free_key(&*self.db, project)
    }
}

/// A rule can wait for the acceptance of another milestone of the project only.
pub(in crate::store) fn check_rule(
    db: &dyn Backend,
    rule: &DueRule,
    project: ProjectId,
    own: Option<MilestoneId>,
) -> Result<()> {
    rules::due_rule(rule, |key| {
        let sql = "SELECT id FROM milestone WHERE key = $1 AND project = $2 \
                   AND id NOT IN (SELECT milestone FROM instalment)";
        let found: Option<MilestoneId> = db.first(sql, values![key, project])?;
        Ok(found.is_some() && found != own)
    })
}
