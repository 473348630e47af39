//! Everything recorded about milestones, read in one pass per table however many there are.

use rusqlite::Connection;

use super::convert::{Cells, id_list, rows};
use super::{Reader, reference, unknown};
use crate::domain::facts::{
    AllocationFact, DisputeFact, Facts, HoldFact, InvoiceFact, ProjectFacts, PromiseFact,
    RescheduleFact, TouchFact,
};
use crate::domain::ids::{AllocationId, CustomerId, MilestoneId, PersonId, ProjectId, PromiseId};
use crate::domain::kinds::{Stage, TouchKind};
use crate::domain::violation::Thing;
use crate::error::{Error, Result};

impl Reader {
    /// Everything recorded about one milestone.
    pub fn facts(&self, id: MilestoneId) -> Result<Facts> {
        one(&self.db, id)
    }

    /// Everything recorded about these milestones, by id; those that do not exist are left out.
    pub fn facts_of(&self, ids: &[MilestoneId]) -> Result<Vec<Facts>> {
        of(&self.db, ids)
    }
}

/// Everything recorded about one milestone; unknown ones are refused.
pub(super) fn one(db: &Connection, id: MilestoneId) -> Result<Facts> {
    of(db, &[id])?
        .pop()
        .ok_or_else(|| unknown(Thing::Milestone, id))
}

/// Everything recorded about these milestones, by id.
pub(super) fn of(db: &Connection, ids: &[MilestoneId]) -> Result<Vec<Facts>> {
    let list = id_list(ids.iter().map(|id| id.0));
    read(db, &BY_ID, &list)
}

/// The statements of one pass. Each takes one parameter and gives the milestone first.
pub(super) struct Pass {
    pub milestones: &'static str,
    pub invoices: &'static str,
    pub allocations: &'static str,
    pub write_offs: &'static str,
    pub promises: &'static str,
    pub disputes: &'static str,
    pub reschedules: &'static str,
    pub holds: &'static str,
    pub touches: &'static str,
}

/// The same columns under other conditions.
macro_rules! pass {
    ($milestones:literal $invoices:literal $allocations:literal $write_offs:literal $promises:literal
     $disputes:literal $reschedules:literal $holds:literal $touches:literal) => {
        $crate::store::facts::Pass {
            milestones: concat!(
                "SELECT m.id, m.seq, m.stage, m.amount, m.rule, m.agreed_on, m.planned_on, m.delivered_on, \
                 m.accepted_on, p.id, p.customer, p.manager, p.currency, p.signed_on, p.starts_on, \
                 p.warranty_ends_on, p.grace_days FROM milestone m JOIN project p ON p.id = m.project WHERE ",
                $milestones, " ORDER BY m.id"
            ),
            invoices: concat!(
                "SELECT l.milestone, i.issued_on, i.sent_on, i.received_on, l.amount \
                 FROM invoice_line l JOIN invoice i ON i.id = l.invoice WHERE ", $invoices, " ORDER BY l.id"
            ),
            allocations: concat!(
                "SELECT milestone, id, effective_on, amount, reverses FROM allocation WHERE ",
                $allocations, " ORDER BY id"
            ),
            write_offs: concat!(
                "SELECT milestone, written_off_on, amount FROM write_off WHERE ", $write_offs, " ORDER BY id"
            ),
            promises: concat!(
                "SELECT milestone, id, made_on, amount, pay_by FROM promise WHERE ", $promises, " ORDER BY id"
            ),
            disputes: concat!(
                "SELECT milestone, opened_on, amount, resolved_on FROM dispute WHERE ", $disputes, " ORDER BY id"
            ),
            reschedules: concat!(
                "SELECT milestone, agreed_on, to_due FROM reschedule WHERE ", $reschedules, " ORDER BY id"
            ),
            holds: concat!(
                "SELECT milestone, since, until, released_on FROM hold WHERE ", $holds, " ORDER BY id"
            ),
            touches: concat!(
                "SELECT l.milestone, t.touched_on, t.kind, t.step \
                 FROM touch_milestone l JOIN touch t ON t.id = l.touch WHERE ", $touches, " ORDER BY l.id"
            ),
        }
    };
}
pub(super) use pass;

const BY_ID: Pass = pass!(
    "m.id IN (SELECT value FROM json_each(?1))"
    "l.milestone IN (SELECT value FROM json_each(?1))"
    "milestone IN (SELECT value FROM json_each(?1))"
    "milestone IN (SELECT value FROM json_each(?1))"
    "milestone IN (SELECT value FROM json_each(?1))"
    "milestone IN (SELECT value FROM json_each(?1))"
    "milestone IN (SELECT value FROM json_each(?1))"
    "milestone IN (SELECT value FROM json_each(?1))"
    "l.milestone IN (SELECT value FROM json_each(?1))"
);

/// Reads the facts a pass gives.
pub(super) fn read(db: &Connection, pass: &Pass, parameter: &str) -> Result<Vec<Facts>> {
    let mut all = Batch {
        facts: rows(db, ("milestone", pass.milestones), [parameter], base)?,
        db,
        parameter,
    };
    all.each(("invoice", pass.invoices), |f, c| {
        f.invoices.push(InvoiceFact {
            issued_on: c.day(1)?,
            sent_on: c.maybe_day(2)?,
            received_on: c.maybe_day(3)?,
            amount: c.int(4)?,
        });
        Ok(())
    })?;
    all.each(("allocation", pass.allocations), allocation)?;
    all.each(("write_off", pass.write_offs), |f, c| {
        f.write_offs.push((c.day(1)?, c.int(2)?));
        Ok(())
    })?;
    all.agreements(pass)?;
    all.each(("touch", pass.touches), |f, c| {
        f.touches.push(TouchFact {
            on: c.day(1)?,
            kind: c.code(2, TouchKind::from_code)?,
            step: c.maybe_small(3)?,
        });
        Ok(())
    })?;
    reference::fill(db, &mut all.facts)?;
    Ok(all.facts)
}

struct Batch<'a> {
    facts: Vec<Facts>,
    db: &'a Connection,
    parameter: &'a str,
}

impl Batch<'_> {
    /// Gives each row to the milestone it belongs to.
    fn each(
        &mut self,
        (table, sql): (&'static str, &str),
        mut add: impl FnMut(&mut Facts, &Cells) -> Result<()>,
    ) -> Result<()> {
        let facts = &mut self.facts;
        rows(self.db, (table, sql), [self.parameter], |c| {
            let id = MilestoneId(c.int(0)?);
            match facts.binary_search_by_key(&id, |f| f.id) {
                Ok(at) => facts.get_mut(at).map_or(Ok(()), |f| add(f, c)),
                Err(_) => Ok(()),
            }
        })?;
        Ok(())
    }

    /// What was said and agreed: promises, disputes, reschedules, holds.
    fn agreements(&mut self, pass: &Pass) -> Result<()> {
        self.each(("promise", pass.promises), |f, c| {
            f.promises.push(PromiseFact {
                id: PromiseId(c.int(1)?),
                made_on: c.day(2)?,
                amount: c.int(3)?,
                pay_by: c.day(4)?,
            });
            Ok(())
        })?;
        self.each(("dispute", pass.disputes), |f, c| {
            f.disputes.push(DisputeFact {
                opened_on: c.day(1)?,
                amount: c.maybe_int(2)?,
                resolved_on: c.maybe_day(3)?,
            });
            Ok(())
        })?;
        self.each(("reschedule", pass.reschedules), |f, c| {
            f.reschedules.push(RescheduleFact {
                agreed_on: c.day(1)?,
                to: c.day(2)?,
            });
            Ok(())
        })?;
        self.each(("hold", pass.holds), |f, c| {
            f.holds.push(HoldFact {
                since: c.day(1)?,
                until: c.maybe_day(2)?,
                released_on: c.maybe_day(3)?,
            });
            Ok(())
        })
    }
}

fn base(c: &Cells) -> Result<Facts> {
    Ok(Facts {
        id: MilestoneId(c.int(0)?),
        seq: c.small(1)?,
        stage: c.code(2, Stage::from_code)?,
        amount: c.int(3)?,
        rule: c.rule(4)?,
        reference: None,
        agreed_on: c.maybe_day(5)?,
        planned_on: c.maybe_day(6)?,
        delivered_on: c.maybe_day(7)?,
        accepted_on: c.maybe_day(8)?,
        project: ProjectFacts {
            id: ProjectId(c.int(9)?),
            customer: CustomerId(c.int(10)?),
            manager: c.maybe_int(11)?.map(PersonId),
            currency: c.currency(12)?,
            signed_on: c.maybe_day(13)?,
            starts_on: c.maybe_day(14)?,
            warranty_ends_on: c.maybe_day(15)?,
            grace_days: c.small(16)?,
        },
        invoices: Vec::new(),
        allocations: Vec::new(),
        write_offs: Vec::new(),
        promises: Vec::new(),
        disputes: Vec::new(),
        reschedules: Vec::new(),
        holds: Vec::new(),
        touches: Vec::new(),
    })
}

/// An allocation, or a part of one taken back: that row comes later, because it names the other.
fn allocation(facts: &mut Facts, c: &Cells) -> Result<()> {
    let (on, amount) = (c.day(2)?, c.int(3)?);
    let Some(reverses) = c.maybe_int(4)?.map(AllocationId) else {
        facts.allocations.push(AllocationFact {
            id: AllocationId(c.int(1)?),
            on,
            amount,
            reversed: Vec::new(),
        });
        return Ok(());
    };
    let original = facts.allocations.iter_mut().find(|a| a.id == reverses);
    let original = original.ok_or(Error::Unreadable("allocation"))?;
    let back = amount
        .checked_neg()
        .ok_or(Error::Unreadable("allocation"))?;
    original.reversed.push((on, back));
    Ok(())
}
