//! Closing an account: the rows that waited are written with what is derived from their facts.

use super::Bulk;
use super::hand::{Dispute, Hold};
use crate::domain::change::{MilestoneDraft, PaymentDraft};
use crate::domain::facts::{Facts, Reference};
use crate::domain::kinds::Method;
use crate::error::Result;
use crate::store::convert::Day;
use crate::store::payment::Purse;
use crate::store::tables::T;
use crate::store::{derived, items, reference};

impl Bulk<'_> {
    /// Writes what waits: nothing that was written so far is spoken of again.
    pub fn settle(&mut self) -> Result<()> {
        let mut hand = std::mem::take(&mut self.hand);
        for at in 0..hand.milestones.len() {
            let reference = hand.milestones.get(at).and_then(|(_, f)| hand.reference(f));
            if let Some((_, facts)) = hand.milestones.get_mut(at) {
                facts.reference = reference;
            }
        }
        for (draft, facts) in &hand.milestones {
            self.write_milestone(draft, facts)?;
        }
        for (draft, purse) in &hand.payments {
            self.write_payment(draft, purse)?;
        }
        for dispute in &hand.disputes {
            self.write_dispute(dispute)?;
        }
        for hold in &hand.holds {
            self.write_hold(hold)?;
        }
        hand.clear();
        self.hand = hand;
        Ok(())
    }

    fn write_milestone(&mut self, draft: &MilestoneDraft, facts: &Facts) -> Result<()> {
        let derived = derived::of_facts(facts, self.calendar)?;
        let key = Some(&draft.key).filter(|key| !key.is_empty());
        self.put(
            T::Milestone,
            facts.id.0,
            &[
                &facts.project.id.0,
                &facts.seq,
                &key,
                &draft.name,
                &draft.stage.code(),
                &draft.amount,
                &draft.condition,
                &draft.rule.to_string(),
                &Day::maybe(draft.agreed_on),
                &Day::maybe(draft.planned_on),
                &Day::maybe(draft.delivered_on),
                &Day::maybe(draft.accepted_on),
                &draft.method.map(Method::code),
                &draft.note,
                &Day::maybe(derived.closed_on),
            ],
        )?;
        match &derived.item {
            Some(item) => items::insert(self.db, item),
            None => Ok(()),
        }
    }

    fn write_payment(&mut self, draft: &PaymentDraft, purse: &Purse) -> Result<()> {
        self.put(
            T::Payment,
            purse.id.0,
            &[
                &draft.customer.0,
                &Day::new(draft.received_on),
                &draft.amount,
                &draft.currency.code(),
                &draft.method.code(),
                &draft.payer,
                &draft.bank_ref,
                &draft.note,
                &derived::unapplied(purse)?,
            ],
        )
    }

    fn write_dispute(&mut self, dispute: &Dispute) -> Result<()> {
        let resolved = dispute.resolved.as_ref();
        self.insert(
            T::Dispute,
            &[
                &dispute.milestone.0,
                &Day::new(dispute.opened_on),
                &dispute.amount,
                &dispute.reason,
                &dispute.owner,
                &Day::maybe(resolved.map(|(on, _)| *on)),
                &resolved.map_or("", |(_, how)| how.as_str()),
            ],
        )
        .map(drop)
    }

    fn write_hold(&mut self, hold: &Hold) -> Result<()> {
        self.insert(
            T::Hold,
            &[
                &hold.milestone.0,
                &Day::new(hold.since),
                &Day::maybe(hold.until),
                &hold.reason,
                &Day::maybe(hold.released_on),
            ],
        )
        .map(drop)
    }
}

impl super::Hand {
    /// The acceptance a milestone waits for, where that is another one's of its contract.
    pub(super) fn reference(&self, of: &Facts) -> Option<Reference> {
        if !reference::waits_for_another(of) {
            return None;
        }
        let plan = self
            .milestones
            .iter()
            .map(|(draft, facts)| (&draft.key, facts));
        let plan: Vec<reference::Referred> = plan
            .filter(|(_, facts)| facts.project.id == of.project.id)
            .map(|(key, facts)| reference::Referred {
                seq: facts.seq,
                key: Some(key.clone()),
                stage: facts.stage,
                dates: Reference {
                    accepted_on: facts.accepted_on,
                    planned_on: facts.planned_on,
                },
            })
            .collect();
        reference::referred(of, &plan).map(|found| found.dates.clone())
    }
}
