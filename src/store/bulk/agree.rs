//! What was said and agreed about the account in hand: touches, promises, disputes, new due dates, holds, write-offs.

use chrono::NaiveDate;

use super::Bulk;
use super::hand::{Dispute, Hold};
use crate::domain::as_of;
use crate::domain::change::{Change, TouchDraft};
use crate::domain::facts::{DisputeFact, HoldFact, PromiseFact, RescheduleFact, TouchFact};
use crate::domain::ids::{MilestoneId, PromiseId};
use crate::domain::kinds::{Cause, Outcome};
use crate::error::{Error, Result};
use crate::store::convert::Day;
use crate::store::tables::T;

impl Bulk<'_> {
    pub(super) fn touch(&mut self, who: &str, draft: &TouchDraft) -> Result<()> {
        let customer = self.customer_of(draft.milestones.first().copied())?;
        let touch = self.insert(
            T::Touch,
            &[
                &customer.0,
                &draft.contact.map(|c| c.0),
                &who,
                &Day::new(draft.on),
                &draft.channel.code(),
                &draft.kind.code(),
                &draft.step,
                &draft.outcome.map(Outcome::code),
                &draft.cause.map(Cause::code),
                &draft.note,
                &Day::maybe(draft.next_on),
            ],
        )?;
        for milestone in &draft.milestones {
            self.hand.facts(*milestone)?.touches.push(TouchFact {
                on: draft.on,
                kind: draft.kind,
                step: draft.step,
            });
            self.insert(T::TouchMilestone, &[&touch, &milestone.0])?;
        }
        for promise in &draft.promises {
            let amount = promise.amount.ok_or(UNSAID)?;
            let (made_on, pay_by) = (Day::new(draft.on), Day::new(promise.pay_by));
            let id = self.insert(
                T::Promise,
                &[&promise.milestone.0, &touch, &made_on, &amount, &pay_by],
            )?;
            let facts = self.hand.facts(promise.milestone)?;
            facts.promises.push(PromiseFact {
                id: PromiseId(id),
                made_on: draft.on,
                amount,
                pay_by: promise.pay_by,
            });
        }
        Ok(())
    }

    pub(super) fn agree(&mut self, change: Change) -> Result<()> {
        match change {
            Change::OpenDispute {
                milestone,
                amount,
                on,
                reason,
                owner,
            } => self.hand.dispute(Dispute {
                milestone,
                opened_on: on,
                amount,
                reason,
                owner,
                resolved: None,
            }),
            Change::ResolveDispute {
                milestone,
                on,
                resolution,
            } => self.hand.resolve(milestone, on, &resolution),
            Change::Reschedule {
                milestones,
                to,
                on,
                reason,
            } => milestones
                .iter()
                .try_for_each(|id| self.reschedule(*id, (on, to), &reason)),
            Change::Hold {
                milestones,
                since,
                until,
                reason,
            } => milestones.iter().try_for_each(|id| {
                self.hand.hold(Hold {
                    milestone: *id,
                    since,
                    until,
                    reason: reason.clone(),
                    released_on: None,
                })
            }),
            Change::Release { milestones, on } => milestones
                .iter()
                .try_for_each(|id| self.hand.release(*id, on)),
            Change::WriteOff {
                milestone,
                amount,
                on,
                reason,
            } => self.write_off(milestone, amount.ok_or(UNSAID)?, (on, &reason)),
            _ => Err(Error::Bug("a change no fill writes")),
        }
    }

    fn reschedule(
        &mut self,
        id: MilestoneId,
        (on, to): (NaiveDate, NaiveDate),
        reason: &str,
    ) -> Result<()> {
        let mut facts = self.hand.facts(id)?.clone();
        facts.reference = self.hand.reference(&facts);
        let due = as_of::item(&facts, on, self.calendar).and_then(|item| item.due);
        let fact = RescheduleFact { agreed_on: on, to };
        self.hand.facts(id)?.reschedules.push(fact);
        self.insert(
            T::Reschedule,
            &[
                &id.0,
                &Day::new(on),
                &Day::maybe(due),
                &Day::new(to),
                &reason,
            ],
        )
        .map(drop)
    }

    fn write_off(
        &mut self,
        id: MilestoneId,
        amount: i64,
        (on, reason): (NaiveDate, &str),
    ) -> Result<()> {
        self.hand.facts(id)?.write_offs.push((on, amount));
        self.insert(T::WriteOff, &[&id.0, &Day::new(on), &amount, &reason])
            .map(drop)
    }
}

const UNSAID: Error = Error::Bug("a fill names every amount");

impl super::Hand {
    fn dispute(&mut self, dispute: Dispute) -> Result<()> {
        self.facts(dispute.milestone)?.disputes.push(DisputeFact {
            opened_on: dispute.opened_on,
            amount: dispute.amount,
            resolved_on: None,
        });
        self.disputes.push(dispute);
        Ok(())
    }

    fn resolve(&mut self, id: MilestoneId, on: NaiveDate, resolution: &str) -> Result<()> {
        for fact in &mut self.facts(id)?.disputes {
            fact.resolved_on.get_or_insert(on);
        }
        for dispute in self.disputes.iter_mut().filter(|d| d.milestone == id) {
            dispute
                .resolved
                .get_or_insert_with(|| (on, resolution.to_owned()));
        }
        Ok(())
    }

    fn hold(&mut self, hold: Hold) -> Result<()> {
        self.facts(hold.milestone)?.holds.push(HoldFact {
            since: hold.since,
            until: hold.until,
            released_on: None,
        });
        self.holds.push(hold);
        Ok(())
    }

    /// Lifts every hold in force on that day or to come.
    fn release(&mut self, id: MilestoneId, on: NaiveDate) -> Result<()> {
        let runs = |until: Option<NaiveDate>| until.is_none_or(|end| end >= on);
        let facts = self.facts(id)?;
        for fact in facts.holds.iter_mut().filter(|h| runs(h.until)) {
            fact.released_on.get_or_insert(on);
        }
        let holds = self.holds.iter_mut().filter(|h| h.milestone == id);
        for hold in holds.filter(|h| runs(h.until)) {
            hold.released_on.get_or_insert(on);
        }
        Ok(())
    }
}
