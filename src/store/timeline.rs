//! What happened to one milestone, day by day: every dated fact, and who recorded it.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::Reader;
use super::convert::{first, rows};
use super::facts;
use super::tables::T;
use crate::domain::ids::{MilestoneId, PaymentId};
use crate::domain::kinds::{Cause, Channel, InvoiceKind, Method, Outcome, TouchKind};
use crate::error::Result;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// The day it took effect.
    pub on: NaiveDate,
    /// Who recorded it, where the record says so.
    pub who: Option<String>,
    pub what: What,
}

/// What happened; amounts are minor units of the milestone's currency, above 0 unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are the columns of the contract's table of facts"
)]
pub enum What {
    Agreed {
        amount: i64,
    },
    Delivered,
    Accepted,
    /// A bill went out; a red one is negative.
    Invoiced {
        number: String,
        kind: InvoiceKind,
        amount: i64,
        sent_on: Option<NaiveDate>,
        received_on: Option<NaiveDate>,
    },
    Paid {
        payment: PaymentId,
        amount: i64,
        method: Method,
        payer: String,
    },
    /// Money that had arrived went back.
    Reversed {
        payment: PaymentId,
        amount: i64,
        reason: String,
    },
    /// Somebody was in touch with the customer.
    Touched {
        channel: Option<Channel>,
        kind: TouchKind,
        step: Option<u8>,
        outcome: Option<Outcome>,
        cause: Option<Cause>,
        contact: Option<String>,
        note: String,
        next_on: Option<NaiveDate>,
    },
    /// The customer promised to pay.
    Promised {
        amount: i64,
        pay_by: NaiveDate,
    },
    /// The customer objected; no amount is all of it.
    Disputed {
        amount: Option<i64>,
        reason: String,
        owner: String,
    },
    Resolved {
        resolution: String,
    },
    /// A new due date was agreed.
    Rescheduled {
        from: Option<NaiveDate>,
        to: NaiveDate,
        reason: String,
    },
    Held {
        until: Option<NaiveDate>,
        reason: String,
    },
    Released,
    WrittenOff {
        amount: i64,
        reason: String,
    },
}

impl Reader {
    /// Everything that happened to a milestone, newest first.
    pub fn timeline(&self, id: MilestoneId) -> Result<Vec<Happening>> {
        let mut story = Story {
            db: &self.db,
            id,
            told: Vec::new(),
        };
        story.work()?;
        story.invoices()?;
        story.money()?;
        story.touches()?;
        story.promises()?;
        story.disputes()?;
        story.agreements()?;
        // Facts of one day stay in the order of recording, newest first.
        story.told.reverse();
        story.told.sort_by_key(|h| std::cmp::Reverse(h.on));
        Ok(story.told)
    }
}

struct Story<'a> {
    db: &'a Connection,
    id: MilestoneId,
    told: Vec<Happening>,
}

impl Story<'_> {
    fn tell(&mut self, on: NaiveDate, row: (T, i64), what: What) -> Result<()> {
        let who = recorded_by(self.db, row)?;
        self.told.push(Happening { on, who, what });
        Ok(())
    }

    fn work(&mut self) -> Result<()> {
        let facts = facts::one(self.db, self.id)?;
        if let Some(on) = facts.agreed_on {
            let amount = facts.amount;
            self.tell(on, (T::Milestone, self.id.0), What::Agreed { amount })?;
        }
        let reached = [
            (facts.delivered_on, What::Delivered),
            (facts.accepted_on, What::Accepted),
        ];
        for (on, what) in reached {
            self.told.extend(on.map(|on| Happening {
                on,
                who: None,
                what,
            }));
        }
        Ok(())
    }

    fn invoices(&mut self) -> Result<()> {
        let sql = "SELECT i.issued_on, i.id, i.number, i.kind, l.amount, i.sent_on, i.received_on \
                   FROM invoice_line l JOIN invoice i ON i.id = l.invoice WHERE l.milestone = ? ORDER BY l.id";
        let found = rows(self.db, ("invoice", sql), [self.id.0], |c| {
            let what = What::Invoiced {
                number: c.string(2)?,
                kind: c.code(3, InvoiceKind::from_code)?,
                amount: c.int(4)?,
                sent_on: c.maybe_day(5)?,
                received_on: c.maybe_day(6)?,
            };
            Ok((c.day(0)?, c.int(1)?, what))
        })?;
        self.tell_all(T::Invoice, found)
    }

    fn money(&mut self) -> Result<()> {
        let sql = "SELECT a.effective_on, a.id, a.payment, a.amount, p.method, p.payer, r.reason \
                   FROM allocation a JOIN payment p ON p.id = a.payment \
                   LEFT JOIN reversal r ON r.id = a.reversal WHERE a.milestone = ? ORDER BY a.id";
        let found = rows(self.db, ("allocation", sql), [self.id.0], |c| {
            let (payment, amount) = (PaymentId(c.int(2)?), c.int(3)?);
            let what = if amount < 0 {
                What::Reversed {
                    payment,
                    amount: amount.saturating_neg(),
                    reason: c.maybe_text(6)?.unwrap_or_default().to_owned(),
                }
            } else {
                What::Paid {
                    payment,
                    amount,
                    method: c.code(4, Method::from_code)?,
                    payer: c.string(5)?,
                }
            };
            Ok((c.day(0)?, c.int(1)?, what))
        })?;
        self.tell_all(T::Allocation, found)
    }

    fn touches(&mut self) -> Result<()> {
        let sql = "SELECT t.touched_on, t.who, t.channel, t.kind, t.step, t.outcome, t.cause, c.name, t.note, \
                   t.next_on FROM touch_milestone l JOIN touch t ON t.id = l.touch \
                   LEFT JOIN contact c ON c.id = t.contact WHERE l.milestone = ? ORDER BY t.id";
        let found = rows(self.db, ("touch", sql), [self.id.0], |c| {
            Ok(Happening {
                on: c.day(0)?,
                who: Some(c.string(1)?).filter(|who| !who.is_empty()),
                what: What::Touched {
                    channel: c.maybe_code(2, Channel::from_code)?,
                    kind: c.code(3, TouchKind::from_code)?,
                    step: c.maybe_small(4)?,
                    outcome: c.maybe_code(5, Outcome::from_code)?,
                    cause: c.maybe_code(6, Cause::from_code)?,
                    contact: c.maybe_text(7)?.map(str::to_owned),
                    note: c.string(8)?,
                    next_on: c.maybe_day(9)?,
                },
            })
        })?;
        self.told.extend(found);
        Ok(())
    }

    fn promises(&mut self) -> Result<()> {
        let sql = "SELECT made_on, id, amount, pay_by FROM promise WHERE milestone = ? ORDER BY id";
        let found = rows(self.db, ("promise", sql), [self.id.0], |c| {
            let (amount, pay_by) = (c.int(2)?, c.day(3)?);
            Ok((c.day(0)?, c.int(1)?, What::Promised { amount, pay_by }))
        })?;
        self.tell_all(T::Promise, found)
    }

    fn disputes(&mut self) -> Result<()> {
        let sql = "SELECT opened_on, id, amount, reason, owner, resolved_on, resolution FROM dispute \
                   WHERE milestone = ? ORDER BY id";
        let found = rows(self.db, ("dispute", sql), [self.id.0], |c| {
            let opened = What::Disputed {
                amount: c.maybe_int(2)?,
                reason: c.string(3)?,
                owner: c.string(4)?,
            };
            let resolution = c.string(6)?;
            let resolved = c.maybe_day(5)?;
            let resolved = resolved.map(|on| Happening {
                on,
                who: None,
                what: What::Resolved { resolution },
            });
            Ok(((c.day(0)?, c.int(1)?, opened), resolved))
        })?;
        let (opened, resolved): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        self.tell_all(T::Dispute, opened)?;
        self.told.extend(resolved.into_iter().flatten());
        Ok(())
    }

    /// New due dates, holds, write-offs.
    fn agreements(&mut self) -> Result<()> {
        let sql = "SELECT agreed_on, id, from_due, to_due, reason FROM reschedule WHERE milestone = ? ORDER BY id";
        let found = rows(self.db, ("reschedule", sql), [self.id.0], |c| {
            let what = What::Rescheduled {
                from: c.maybe_day(2)?,
                to: c.day(3)?,
                reason: c.string(4)?,
            };
            Ok((c.day(0)?, c.int(1)?, what))
        })?;
        self.tell_all(T::Reschedule, found)?;
        let sql = "SELECT since, id, until, reason, released_on FROM hold WHERE milestone = ? ORDER BY id";
        let found = rows(self.db, ("hold", sql), [self.id.0], |c| {
            let what = What::Held {
                until: c.maybe_day(2)?,
                reason: c.string(3)?,
            };
            Ok(((c.day(0)?, c.int(1)?, what), c.maybe_day(4)?))
        })?;
        let (held, released): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        self.tell_all(T::Hold, held)?;
        let released = released.into_iter().flatten().map(|on| Happening {
            on,
            who: None,
            what: What::Released,
        });
        self.told.extend(released);
        let sql = "SELECT written_off_on, id, amount, reason FROM write_off WHERE milestone = ? ORDER BY id";
        let found = rows(self.db, ("write_off", sql), [self.id.0], |c| {
            let (amount, reason) = (c.int(2)?, c.string(3)?);
            Ok((c.day(0)?, c.int(1)?, What::WrittenOff { amount, reason }))
        })?;
        self.tell_all(T::WriteOff, found)
    }

    fn tell_all(&mut self, table: T, found: Vec<(NaiveDate, i64, What)>) -> Result<()> {
        for (on, id, what) in found {
            self.tell(on, (table, id), what)?;
        }
        Ok(())
    }
}

fn recorded_by(db: &Connection, (table, id): (T, i64)) -> Result<Option<String>> {
    let sql = "SELECT e.who FROM event_row r JOIN event e ON e.id = r.event \
               WHERE r.tbl = ?1 AND r.first_id <= ?2 AND r.last_id >= ?2 AND r.before IS NULL AND r.after IS NULL \
               AND e.undoes IS NULL ORDER BY r.first_id DESC, e.id DESC LIMIT 1";
    let row = params![table.table().name, id];
    first(db, ("event", sql), row, |c| c.string(0))
}
