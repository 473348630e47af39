//! Contacts made with a customer, and the promises made in them.

use chrono::NaiveDate;

use crate::domain::change::{DisputeDraft, PromiseDraft, TouchDraft};
use crate::domain::ids::{CustomerId, MilestoneId, TouchId};
use crate::domain::kinds::{Outcome, TouchKind};
use crate::domain::rules;
use crate::domain::violation::Thing;
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::rows::{PromiseRow, TouchMilestoneRow, TouchRow};
use crate::store::{facts, unknown};

impl Writer<'_> {
    pub(super) fn log_contact(&mut self, draft: &TouchDraft) -> Result<()> {
        let touch = self.write_contact(draft)?;
        self.created.push(touch.0);
        Ok(())
    }

    /// A contact, by itself or because of something else.
    pub(super) fn write_contact(&mut self, draft: &TouchDraft) -> Result<TouchId> {
        self.happened(draft.on)?;
        let customer = self.one_customer(&draft.milestones)?;
        rules::touch(draft, self.context.today)?;
        if let Some(id) = draft.contact {
            let sql = "SELECT 1 FROM contact WHERE id = $1 AND customer = $2";
            if !self.db.exists(sql, values![id, customer])? {
                return Err(unknown(Thing::Contact, id));
            }
        }
        let touch = self.insert(&TouchRow {
            customer,
            contact: draft.contact,
            who: self.context.who.to_owned(),
            touched_on: draft.on,
            channel: Some(draft.channel),
            kind: draft.kind,
            step: draft.step,
            outcome: draft.outcome,
            cause: draft.cause,
            note: draft.note.trim().to_owned(),
            next_on: draft.next_on,
        })?;
        self.name_milestones(TouchId(touch), &draft.milestones)?;
        self.write_promises(TouchId(touch), &draft.promises, draft.on)?;
        for DisputeDraft { milestone, amount, reason } in &draft.disputes {
            self.open_dispute(*milestone, *amount, draft.on, reason, "")?;
        }
        Ok(TouchId(touch))
    }

    pub(super) fn promise(
        &mut self,
        promises: &[PromiseDraft],
        on: NaiveDate,
        note: &str,
    ) -> Result<()> {
        self.happened(on)?;
        let milestones: Vec<MilestoneId> = promises.iter().map(|p| p.milestone).collect();
        let touch = TouchRow {
            customer: self.one_customer(&milestones)?,
            contact: None,
            who: self.context.who.to_owned(),
            touched_on: on,
            channel: None,
            kind: TouchKind::Courtesy,
            step: None,
            outcome: Some(Outcome::Promised),
            cause: None,
            note: note.trim().to_owned(),
            next_on: None,
        };
        let touch = TouchId(self.insert(&touch)?);
        self.name_milestones(touch, &milestones)?;
        self.write_promises(touch, promises, on)
    }

    /// The customer of all these milestones.
    pub(super) fn one_customer(&self, milestones: &[MilestoneId]) -> Result<CustomerId> {
        let sql =
            "SELECT p.customer FROM milestone m JOIN project p ON p.id = m.project WHERE m.id = $1";
        let owner = |id: &MilestoneId| -> Result<_> {
            let owner = self.db.first(sql, values![*id])?;
            Ok((*id, owner.ok_or_else(|| unknown(Thing::Milestone, *id))?))
        };
        let owners = milestones.iter().map(owner).collect::<Result<Vec<_>>>()?;
        Ok(rules::one_customer(owners)?)
    }

    fn name_milestones(&mut self, touch: TouchId, milestones: &[MilestoneId]) -> Result<()> {
        for milestone in rules::milestones(milestones)? {
            self.insert(&TouchMilestoneRow { touch, milestone })?;
        }
        Ok(())
    }

    fn write_promises(
        &mut self,
        touch: TouchId,
        promises: &[PromiseDraft],
        on: NaiveDate,
    ) -> Result<()> {
        for promise in promises {
            let facts = facts::one(self.db, promise.milestone)?;
            self.create(&PromiseRow {
                milestone: promise.milestone,
                touch,
                made_on: on,
                amount: rules::promise(&facts, promise, on, self.calendar)?,
                pay_by: promise.pay_by,
            })?;
        }
        Ok(())
    }
}
