//! Money that arrives, is applied to milestones, and goes back.

use std::cmp::Reverse;

use chrono::NaiveDate;
use iso_currency::Currency;
use rusqlite::Connection;

use super::apply::{Writer, positive};
use super::convert::{Day, first, rows};
use super::customer;
use super::tables::T;
use super::{facts, items, unknown};
use crate::domain::change::{PaymentDraft, Target};
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, MilestoneId, PaymentId};
use crate::domain::item::Item;
use crate::domain::violation::{Thing, Violation};
use crate::domain::{as_of, balance};
use crate::error::{Error, Result};

/// One payment and what came and went of it, by day.
#[derive(Debug, Clone)]
pub(super) struct Purse {
    pub id: PaymentId,
    pub customer: CustomerId,
    pub currency: Currency,
    pub received_on: NaiveDate,
    pub amount: i64,
    /// What was applied, released or sent back: (day, minor units, negative where they left).
    pub moves: Vec<(NaiveDate, i64)>,
}

impl Purse {
    pub(super) fn find(db: &Connection, id: PaymentId) -> Result<Option<Self>> {
        let sql = "SELECT customer, currency, received_on, amount FROM payment WHERE id = ?";
        let purse = first(db, ("payment", sql), [id.0], |c| {
            Ok(Self {
                id,
                customer: CustomerId(c.int(0)?),
                currency: c.currency(1)?,
                received_on: c.day(2)?,
                amount: c.int(3)?,
                moves: Vec::new(),
            })
        })?;
        let Some(mut purse) = purse else {
            return Ok(None);
        };
        let sql = "SELECT effective_on, -amount FROM allocation WHERE payment = ?1 \
                   UNION ALL SELECT reversed_on, -amount FROM reversal WHERE payment = ?1";
        purse.moves = rows(db, ("allocation", sql), [id.0], |c| {
            Ok((c.day(0)?, c.int(1)?))
        })?;
        Ok(Some(purse))
    }

    fn get(db: &Connection, id: PaymentId) -> Result<Self> {
        Self::find(db, id)?.ok_or_else(|| unknown(Thing::Payment, id))
    }

    fn on(&self, day: NaiveDate) -> i64 {
        let moved = self.moves.iter().filter(|(on, _)| *on <= day);
        let left = i128::from(self.amount) + moved.map(|(_, by)| i128::from(*by)).sum::<i128>();
        i64::try_from(left).unwrap_or(i64::MIN)
    }

    /// The least that is left on any day from this one on: the most that can be taken from that day.
    pub(super) fn left_from(&self, day: NaiveDate) -> i64 {
        let later = self.moves.iter().map(|(on, _)| *on).filter(|on| *on > day);
        let least = later.map(|on| self.on(on)).min();
        least.map_or(self.on(day), |least| least.min(self.on(day)))
    }

    /// The least that is left on any day.
    pub(super) fn least(&self) -> i64 {
        self.left_from(self.received_on)
    }

    /// What is left when everything recorded has taken effect.
    pub(super) fn left(&self) -> i64 {
        self.on(NaiveDate::MAX)
    }
}

/// An allocation of a payment, with what is left of it.
struct Standing {
    id: i64,
    milestone: MilestoneId,
    on: NaiveDate,
    left: i64,
}

impl Writer<'_> {
    pub(super) fn record_payment(&mut self, draft: &PaymentDraft) -> Result<()> {
        positive(draft.amount)?;
        self.happened(draft.received_on)?;
        customer::must_exist(self.db, draft.customer)?;
        let id = self.insert(
            T::Payment,
            &[
                &draft.customer.0,
                &Day::new(draft.received_on),
                &draft.amount,
                &draft.currency.code(),
                &draft.method.code(),
                &draft.payer.trim(),
                &draft.bank_ref.trim(),
                &draft.note.trim(),
            ],
        )?;
        self.created.push(id);
        self.allocate(Purse::get(self.db, PaymentId(id))?, &draft.target)
    }

    pub(super) fn apply_payment(&mut self, payment: PaymentId, target: &Target) -> Result<()> {
        self.allocate(Purse::get(self.db, payment)?, target)
    }

    fn allocate(&mut self, mut purse: Purse, target: &Target) -> Result<()> {
        match target {
            Target::Lines(lines) => {
                for (milestone, amount) in lines {
                    self.allocate_line(&mut purse, *milestone, *amount)?;
                }
                Ok(())
            }
            Target::OldestFirst => {
                for item in receivables(self.db, &purse)? {
                    let facts = facts::one(self.db, item.id)?;
                    let from = effective_on(purse.received_on, &facts);
                    let amount = balance::headroom(&facts, from).min(purse.left_from(from));
                    if amount > 0 {
                        self.write_allocation(&mut purse, &facts, amount)?;
                    }
                }
                Ok(())
            }
        }
    }

    fn allocate_line(
        &mut self,
        purse: &mut Purse,
        milestone: MilestoneId,
        amount: i64,
    ) -> Result<()> {
        positive(amount)?;
        let facts = facts::one(self.db, milestone)?;
        if facts.project.customer != purse.customer {
            return Err(Violation::OtherCustomer(milestone).into());
        }
        if facts.project.currency != purse.currency {
            return Err(Violation::OtherCurrency {
                milestone,
                expected: facts.project.currency.code(),
                found: purse.currency.code(),
            }
            .into());
        }
        let from = effective_on(purse.received_on, &facts);
        let open = balance::headroom(&facts, from);
        if amount > open {
            return Err(Violation::ExceedsBalance {
                milestone,
                wanted: amount,
                open,
                currency: purse.currency,
            }
            .into());
        }
        let left = purse.left_from(from);
        if amount > left {
            return Err(exceeds(purse, amount, left));
        }
        self.write_allocation(purse, &facts, amount)
    }

    fn write_allocation(&mut self, purse: &mut Purse, facts: &Facts, amount: i64) -> Result<()> {
        let from = effective_on(purse.received_on, facts);
        self.latest = self.latest.max(Some(from));
        let none: Option<i64> = None;
        self.insert(
            T::Allocation,
            &[
                &purse.id.0,
                &facts.id.0,
                &amount,
                &Day::new(from),
                &none,
                &none,
            ],
        )?;
        purse.moves.push((from, -amount));
        Ok(())
    }

    /// Money went back: what is unapplied first, then from the allocation with the latest due date.
    pub(super) fn reverse_payment(
        &mut self,
        payment: PaymentId,
        amount: Option<i64>,
        (on, reason): (NaiveDate, &str),
    ) -> Result<()> {
        self.happened(on)?;
        let purse = Purse::get(self.db, payment)?;
        if on < purse.received_on {
            return Err(Violation::TooEarly {
                day: on,
                earliest: purse.received_on,
            }
            .into());
        }
        let standing = self.standing(payment)?;
        let applied: i64 = standing.iter().map(|s| s.left).sum();
        let left = purse.left().saturating_add(applied);
        let amount = positive(amount.unwrap_or(left)).map_err(|error| match amount {
            Some(_) => error,
            None => exceeds(&purse, purse.amount, left),
        })?;
        if amount > left {
            return Err(exceeds(&purse, amount, left));
        }
        let reversal = self.insert(
            T::Reversal,
            &[&payment.0, &Day::new(on), &amount, &reason.trim()],
        )?;
        self.created.push(reversal);
        let mut rest = amount - purse.left_from(on).clamp(0, amount);
        for from in standing {
            let back = rest.min(from.left);
            if back > 0 {
                self.take_back(&purse, &from, (on, back, reversal))?;
                rest -= back;
            }
        }
        Ok(())
    }

    fn take_back(
        &mut self,
        purse: &Purse,
        from: &Standing,
        (on, amount, reversal): (NaiveDate, i64, i64),
    ) -> Result<()> {
        let on = on.max(from.on);
        self.latest = self.latest.max(Some(on));
        self.insert(
            T::Allocation,
            &[
                &purse.id.0,
                &from.milestone.0,
                &-amount,
                &Day::new(on),
                &from.id,
                &reversal,
            ],
        )?;
        Ok(())
    }

    /// What stands of a payment's allocations, the one with the latest due date first.
    fn standing(&self, payment: PaymentId) -> Result<Vec<Standing>> {
        let sql = "SELECT a.id, a.milestone, a.effective_on, a.amount + \
                   COALESCE((SELECT SUM(b.amount) FROM allocation b WHERE b.reverses = a.id), 0) \
                   FROM allocation a WHERE a.payment = ?1 AND a.reverses IS NULL";
        let standing = rows(self.db, ("allocation", sql), [payment.0], |c| {
            Ok(Standing {
                id: c.int(0)?,
                milestone: MilestoneId(c.int(1)?),
                on: c.day(2)?,
                left: c.int(3)?,
            })
        })?;
        let mut ordered = Vec::with_capacity(standing.len());
        for one in standing {
            let facts = facts::one(self.db, one.milestone)?;
            let due = as_of::item(&facts, as_of::LATEST, self.calendar).and_then(|i| i.due);
            ordered.push(((due.is_none(), due, facts.seq, one.id), one));
        }
        ordered.sort_by_key(|(key, _)| Reverse(*key));
        Ok(ordered.into_iter().map(|(_, one)| one).collect())
    }
}

/// The day from which a payment counts for a milestone.
pub(super) fn effective_on(received_on: NaiveDate, facts: &Facts) -> NaiveDate {
    facts
        .agreed_on
        .map_or(received_on, |agreed| agreed.max(received_on))
}

/// What a payment without a target pays, oldest due date first.
fn receivables(db: &Connection, purse: &Purse) -> Result<Vec<Item>> {
    let mut items = items::of_customer(db, purse.customer)?;
    items.retain(|item| {
        item.currency == purse.currency
            && (item.due.is_some() && item.firm || item.invoiced > 0)
            && item.disputed < item.balance
    });
    items.sort_by_key(|item| (item.due.is_none(), item.due, item.seq, item.id));
    Ok(items)
}

fn exceeds(purse: &Purse, wanted: i64, left: i64) -> Error {
    Error::Violation(Violation::ExceedsPayment {
        wanted,
        left,
        currency: purse.currency,
    })
}
