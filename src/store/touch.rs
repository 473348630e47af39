//! Contacts made with a customer, and the promises made in them.

use chrono::NaiveDate;
use rusqlite::params;

use super::apply::{Writer, positive};
use super::convert::{Day, first};
use super::tables::T;
use super::{facts, unknown};
use crate::domain::as_of;
use crate::domain::change::{PromiseDraft, TouchDraft};
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::kinds::{Cause, Outcome, TouchKind};
use crate::domain::violation::{Field, Thing, Violation};
use crate::error::Result;

/// The last step of the longest ladder there is.
const LAST_STEP: u8 = 9;

impl Writer<'_> {
    pub(super) fn log_contact(&mut self, draft: &TouchDraft) -> Result<()> {
        self.happened(draft.on)?;
        let customer = self.one_customer(&draft.milestones)?;
        self.check_touch(draft, customer)?;
        let touch = self.insert(
            T::Touch,
            &[
                &customer.0,
                &draft.contact.map(|c| c.0),
                &self.context.who,
                &Day::new(draft.on),
                &draft.channel.code(),
                &draft.kind.code(),
                &draft.step,
                &draft.outcome.map(Outcome::code),
                &draft.cause.map(Cause::code),
                &draft.note.trim(),
                &Day::maybe(draft.next_on),
            ],
        )?;
        self.created.push(touch);
        self.name_milestones(touch, &draft.milestones)?;
        self.write_promises(touch, &draft.promises, draft.on)
    }

    pub(super) fn promise(
        &mut self,
        promises: &[PromiseDraft],
        on: NaiveDate,
        note: &str,
    ) -> Result<()> {
        self.happened(on)?;
        let milestones: Vec<MilestoneId> = promises.iter().map(|p| p.milestone).collect();
        let customer = self.one_customer(&milestones)?;
        let none: Option<i64> = None;
        let touch = self.insert(
            T::Touch,
            &[
                &customer.0,
                &none,
                &self.context.who,
                &Day::new(on),
                &none,
                &TouchKind::Courtesy.code(),
                &none,
                &Outcome::Promised.code(),
                &none,
                &note.trim(),
                &none,
            ],
        )?;
        self.name_milestones(touch, &milestones)?;
        self.write_promises(touch, promises, on)
    }

    fn check_touch(&self, draft: &TouchDraft, customer: CustomerId) -> Result<()> {
        if draft
            .step
            .is_some_and(|step| step > LAST_STEP || draft.kind != TouchKind::Dunning)
        {
            return Err(Violation::OutOfRange(Field::Step).into());
        }
        if let Some(day) = draft.next_on.filter(|day| *day < draft.on) {
            return Err(Violation::TooEarly {
                day,
                earliest: draft.on,
            }
            .into());
        }
        if let Some(id) = draft.contact {
            let sql = "SELECT 1 FROM contact WHERE id = ?1 AND customer = ?2";
            let of = params![id.0, customer.0];
            first(self.db, ("contact", sql), of, |_| Ok(()))?
                .ok_or_else(|| unknown(Thing::Contact, id))?;
        }
        let named = |p: &PromiseDraft| draft.milestones.contains(&p.milestone);
        if !draft.promises.iter().all(named) {
            return Err(Violation::OutOfRange(Field::Milestones).into());
        }
        Ok(())
    }

    /// The customer of all these milestones.
    fn one_customer(&self, milestones: &[MilestoneId]) -> Result<CustomerId> {
        let sql =
            "SELECT p.customer FROM milestone m JOIN project p ON p.id = m.project WHERE m.id = ?";
        let mut customer = None;
        for id in milestones {
            let owner = first(self.db, ("milestone", sql), [id.0], |c| {
                Ok(CustomerId(c.int(0)?))
            })?
            .ok_or_else(|| unknown(Thing::Milestone, *id))?;
            if *customer.get_or_insert(owner) != owner {
                return Err(Violation::OtherCustomer(*id).into());
            }
        }
        customer.ok_or_else(|| Violation::Empty(Field::Milestones).into())
    }

    fn name_milestones(&mut self, touch: i64, milestones: &[MilestoneId]) -> Result<()> {
        let mut named = milestones.to_vec();
        named.sort_unstable();
        named.dedup();
        for id in named {
            self.insert(T::TouchMilestone, &[&touch, &id.0])?;
        }
        Ok(())
    }

    fn write_promises(
        &mut self,
        touch: i64,
        promises: &[PromiseDraft],
        on: NaiveDate,
    ) -> Result<()> {
        for promise in promises {
            let amount = self.promised_amount(promise, on)?;
            let id = self.insert(
                T::Promise,
                &[
                    &promise.milestone.0,
                    &touch,
                    &Day::new(on),
                    &amount,
                    &Day::new(promise.pay_by),
                ],
            )?;
            self.created.push(id);
        }
        Ok(())
    }

    /// What was promised: as said, or what was open and undisputed on the day.
    fn promised_amount(&self, promise: &PromiseDraft, on: NaiveDate) -> Result<i64> {
        if promise.pay_by < on {
            return Err(Violation::TooEarly {
                day: promise.pay_by,
                earliest: on,
            }
            .into());
        }
        let facts = facts::one(self.db, promise.milestone)?;
        let item = as_of::item(&facts, on, self.calendar).ok_or_else(|| Violation::TooEarly {
            day: on,
            earliest: facts.agreed_on.unwrap_or(on),
        })?;
        let chased = item.balance - item.disputed;
        match promise.amount {
            None if chased > 0 => Ok(chased),
            _ if item.balance <= 0 => Err(Violation::NothingOpen(item.id).into()),
            None => Err(Violation::AlreadyDisputed(item.id).into()),
            Some(amount) if amount > item.balance => Err(Violation::ExceedsBalance {
                milestone: item.id,
                wanted: amount,
                open: item.balance,
                currency: item.currency,
            }
            .into()),
            Some(amount) => positive(amount),
        }
    }
}
