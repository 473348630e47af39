//! The account in hand: what was written about it, as facts, and the rows that wait for their derived column.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Bulk;
use crate::domain::change::{
    ContactDraft, CustomerDraft, InvoiceDraft, MilestoneDraft, PaymentDraft, ProjectDraft, Target,
};
use crate::domain::facts::{AllocationFact, Facts, InvoiceFact, ProjectFacts};
use crate::domain::ids::{AllocationId, CustomerId, MilestoneId, PaymentId, PersonId, ProjectId};
use crate::domain::kinds::{Channel, Grade, Role};
use crate::error::{Error, Result};
use crate::store::convert::Day;
use crate::store::payment::{Purse, effective_on};
use crate::store::tables::T;

/// What is known of the account being written.
#[derive(Default)]
pub(super) struct Hand {
    pub people: HashMap<String, i64>,
    pub projects: Vec<ProjectFacts>,
    pub milestones: Vec<(MilestoneDraft, Facts)>,
    pub payments: Vec<(PaymentDraft, Purse)>,
    pub disputes: Vec<Dispute>,
    pub holds: Vec<Hold>,
}

/// An objection that may still be settled.
pub(super) struct Dispute {
    pub milestone: MilestoneId,
    pub opened_on: NaiveDate,
    pub amount: Option<i64>,
    pub reason: String,
    pub owner: String,
    pub resolved: Option<(NaiveDate, String)>,
}

/// A hold that may still be lifted.
pub(super) struct Hold {
    pub milestone: MilestoneId,
    pub since: NaiveDate,
    pub until: Option<NaiveDate>,
    pub reason: String,
    pub released_on: Option<NaiveDate>,
}

/// Something a change speaks of that is not in hand.
const SETTLED: Error = Error::Bug("a fill spoke of what it had settled");

impl Hand {
    /// The facts of a milestone in hand: ids follow each other.
    pub(super) fn facts(&mut self, id: MilestoneId) -> Result<&mut Facts> {
        let first = self.milestones.first().map_or(0, |(_, facts)| facts.id.0);
        let at = usize::try_from(id.0 - first).ok();
        let found = at.and_then(|at| self.milestones.get_mut(at));
        found.map(|(_, facts)| facts).ok_or(SETTLED)
    }

    fn payment(&mut self, id: PaymentId) -> Result<&mut Purse> {
        let found = self.payments.iter_mut().find(|(_, p)| p.id == id);
        found.map(|(_, purse)| purse).ok_or(SETTLED)
    }

    /// Forgets the account; people stay.
    pub(super) fn clear(&mut self) {
        self.projects.clear();
        self.milestones.clear();
        self.payments.clear();
        self.disputes.clear();
        self.holds.clear();
    }
}

impl Bulk<'_> {
    pub(super) fn person(&mut self, name: &str, role: Role, team: &str) -> Result<i64> {
        if let Some(id) = self.hand.people.get(name) {
            return Ok(*id);
        }
        let id = self.insert(T::Person, &[&name, &role.code(), &team])?;
        self.hand.people.insert(name.to_owned(), id);
        Ok(id)
    }

    pub(super) fn customer(&mut self, draft: &CustomerDraft) -> Result<()> {
        let customer = self.insert(
            T::Customer,
            &[
                &draft.code,
                &draft.name,
                &draft.short_name,
                &draft.invoice_title,
                &draft.tax_no,
                &draft.bank,
                &draft.bank_account,
                &draft.address,
                &draft.phone,
                &draft.grade.map(Grade::code),
                &draft.credit_limit,
                &draft.terms_days,
                &draft.notes,
            ],
        )?;
        draft
            .contacts
            .iter()
            .try_for_each(|contact| self.contact(customer, contact))
    }

    fn contact(&mut self, customer: i64, draft: &ContactDraft) -> Result<()> {
        let (name, channel) = (draft.name.as_str(), draft.channel.map(Channel::code));
        let values = crate::store::customer::contact_values(&customer, draft, (&name, &channel));
        self.insert(T::Contact, &values).map(drop)
    }

    pub(super) fn project(&mut self, draft: &ProjectDraft) -> Result<()> {
        let manager = match draft.manager.as_str() {
            "" => None,
            name => Some(self.person(name, Role::Pm, "")?),
        };
        let id = self.insert(
            T::Project,
            &[
                &draft.code,
                &draft.customer.0,
                &draft.name,
                &manager,
                &draft.contract_no,
                &draft.contract_amount,
                &draft.currency.code(),
                &Day::maybe(draft.signed_on),
                &Day::maybe(draft.starts_on),
                &Day::maybe(draft.ends_on),
                &Day::maybe(draft.warranty_ends_on),
                &draft.progress_percent,
                &draft.grace_days,
                &draft.state.code(),
            ],
        )?;
        self.hand.projects.push(ProjectFacts {
            id: ProjectId(id),
            customer: draft.customer,
            manager: manager.map(PersonId),
            currency: draft.currency,
            signed_on: draft.signed_on,
            starts_on: draft.starts_on,
            warranty_ends_on: draft.warranty_ends_on,
            grace_days: draft.grace_days,
        });
        Ok(())
    }

    pub(super) fn milestone(&mut self, mut draft: MilestoneDraft) -> Result<()> {
        let mut projects = self.hand.projects.iter();
        let project = projects.rfind(|p| p.id == draft.project).ok_or(SETTLED)?;
        let mut before = self.hand.milestones.iter().rev();
        let last = before.find(|(_, facts)| facts.project.id == project.id);
        draft.agreed_on = draft.agreed_on.or(project.signed_on);
        let facts = Facts {
            id: MilestoneId(self.last[T::Milestone as usize] + 1),
            project: project.clone(),
            seq: last.map_or(1, |(_, facts)| facts.seq + 1),
            stage: draft.stage,
            amount: draft.amount,
            rule: draft.rule.clone(),
            reference: None,
            agreed_on: draft.agreed_on,
            planned_on: draft.planned_on,
            delivered_on: draft.delivered_on,
            accepted_on: draft.accepted_on,
            invoices: Vec::new(),
            allocations: Vec::new(),
            write_offs: Vec::new(),
            promises: Vec::new(),
            disputes: Vec::new(),
            reschedules: Vec::new(),
            holds: Vec::new(),
            touches: Vec::new(),
        };
        self.next(T::Milestone);
        self.hand.milestones.push((draft, facts));
        Ok(())
    }

    pub(super) fn invoice(&mut self, draft: &InvoiceDraft) -> Result<()> {
        let customer = self.customer_of(draft.lines.first().map(|(id, _)| *id))?;
        let invoice = self.insert(
            T::Invoice,
            &[
                &customer.0,
                &draft.number,
                &draft.kind.code(),
                &Day::new(draft.issued_on),
                &Day::maybe(draft.sent_on),
                &Day::maybe(draft.received_on),
            ],
        )?;
        for (milestone, amount) in &draft.lines {
            let facts = self.hand.facts(*milestone)?;
            let billed: i64 = facts.invoices.iter().map(|i| i.amount).sum();
            let amount = amount.unwrap_or(facts.amount - billed);
            facts.invoices.push(InvoiceFact {
                issued_on: draft.issued_on,
                sent_on: draft.sent_on,
                received_on: draft.received_on,
                amount,
            });
            self.insert(T::InvoiceLine, &[&invoice, &milestone.0, &amount])?;
        }
        Ok(())
    }

    pub(super) fn customer_of(&mut self, milestone: Option<MilestoneId>) -> Result<CustomerId> {
        let facts = self.hand.facts(milestone.ok_or(SETTLED)?)?;
        Ok(facts.project.customer)
    }

    pub(super) fn payment(&mut self, draft: PaymentDraft) -> Result<()> {
        let Target::Lines(lines) = &draft.target else {
            return Err(Error::Bug("a fill says what a payment pays"));
        };
        let id = self.next(T::Payment);
        let mut purse = Purse {
            id: PaymentId(id),
            customer: draft.customer,
            currency: draft.currency,
            received_on: draft.received_on,
            amount: draft.amount,
            moves: Vec::with_capacity(lines.len()),
        };
        for (milestone, amount) in lines {
            let allocation = self.next(T::Allocation);
            let facts = self.hand.facts(*milestone)?;
            let on = effective_on(draft.received_on, facts);
            facts.allocations.push(AllocationFact {
                id: AllocationId(allocation),
                on,
                amount: *amount,
                reversed: Vec::new(),
            });
            purse.moves.push((on, -amount));
            let none: Option<i64> = None;
            self.put(
                T::Allocation,
                allocation,
                &[&id, &milestone.0, amount, &Day::new(on), &none, &none],
            )?;
        }
        self.hand.payments.push((draft, purse));
        Ok(())
    }

    /// All of a payment went back: nothing of it is left, and nothing of what it paid is paid.
    pub(super) fn reverse(&mut self, id: PaymentId, on: NaiveDate, reason: &str) -> Result<()> {
        let purse = self.hand.payment(id)?;
        let amount = purse.amount;
        purse.moves.push((on, -amount));
        let reversal = self.insert(T::Reversal, &[&id.0, &Day::new(on), &amount, &reason])?;
        let Some(lines) = self.hand.payments.iter().find(|(_, p)| p.id == id) else {
            return Err(SETTLED);
        };
        let Target::Lines(lines) = lines.0.target.clone() else {
            return Ok(());
        };
        for (milestone, amount) in lines {
            let facts = self.hand.facts(milestone)?;
            let standing = facts
                .allocations
                .iter_mut()
                .rfind(|a| a.amount == amount && a.reversed.is_empty())
                .ok_or(SETTLED)?;
            let (from, on) = (standing.id.0, on.max(standing.on));
            standing.reversed.push((on, amount));
            self.hand.payment(id)?.moves.push((on, amount));
            self.insert(
                T::Allocation,
                &[
                    &id.0,
                    &milestone.0,
                    &-amount,
                    &Day::new(on),
                    &from,
                    &reversal,
                ],
            )?;
        }
        Ok(())
    }
}
