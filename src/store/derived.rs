//! What is computed from facts and kept for speed: `open_item`, `milestone.closed_on`, `payment.unapplied`. Always
//! rewritten whole from the facts, in the transaction that touched them, and checked while at it: no balance and no
//! payment's rest is below 0 on any day.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::convert::{Day, cached, first, id_list};
use super::payment::Purse;
use super::{facts, items};
use crate::domain::calendar::Calendar;
use crate::domain::facts::Facts;
use crate::domain::ids::{MilestoneId, PaymentId};
use crate::domain::item::Item;
use crate::domain::violation::Violation;
use crate::domain::{as_of, balance};
use crate::error::{Error, Result};

/// Rewrites what is derived from the facts of these milestones; ids that no longer stand for one are cleared away.
pub(super) fn milestones(db: &Connection, calendar: &Calendar, ids: &[MilestoneId]) -> Result<()> {
    let list = id_list(ids.iter().map(|id| id.0));
    for sql in [
        "DELETE FROM open_item WHERE id IN (SELECT value FROM json_each(?1))",
        "DELETE FROM open_packed WHERE id IN (SELECT value FROM json_each(?1))",
    ] {
        cached(db, sql)?.execute([&list])?;
    }
    for facts in facts::of(db, ids)? {
        write(db, calendar, &facts)?;
    }
    Ok(())
}

/// What is derived from the facts of a milestone.
pub(super) struct Derived {
    /// Day since which nothing is open.
    pub closed_on: Option<NaiveDate>,
    /// What is kept while something is.
    pub item: Option<Item>,
}

/// Computes what is derived from the facts of a milestone, or refuses them.
pub(super) fn of_facts(facts: &Facts, calendar: &Calendar) -> Result<Derived> {
    check(facts)?;
    let closed_on = balance::closed_on(facts);
    let open = closed_on.is_none().then_some(as_of::LATEST);
    Ok(Derived {
        closed_on,
        item: open.and_then(|day| as_of::item(facts, day, calendar)),
    })
}

/// A milestone on which more was received or given up than was agreed.
fn check(facts: &Facts) -> Result<()> {
    let least = balance::least(facts);
    if least < 0 {
        return Err(Error::Violation(Violation::BelowReceived {
            amount: facts.amount,
            used: facts.amount.saturating_sub(least),
            currency: facts.project.currency,
        }));
    }
    Ok(())
}

/// Writes what is derived from the facts of one milestone that has no row in `open_item`.
pub(super) fn write(db: &Connection, calendar: &Calendar, facts: &Facts) -> Result<()> {
    let derived = of_facts(facts, calendar)?;
    cached(
        db,
        "UPDATE milestone SET closed_on = ?1 WHERE id = ?2 AND closed_on IS NOT ?1",
    )?
    .execute(params![Day::maybe(derived.closed_on), facts.id.0])?;
    match &derived.item {
        Some(item) => items::insert(db, item),
        None => Ok(()),
    }
}

/// Rewrites what these payments have left; ids that no longer stand for one are passed over.
pub(super) fn payments(db: &Connection, ids: &[PaymentId]) -> Result<()> {
    for id in ids {
        let Some(purse) = Purse::find(db, *id)? else {
            continue;
        };
        let unapplied = unapplied(&purse)?;
        cached(
            db,
            "UPDATE payment SET unapplied = ?1 WHERE id = ?2 AND unapplied <> ?1",
        )?
        .execute([unapplied, id.0])?;
    }
    Ok(())
}

/// What a payment has left, if it never had less than nothing.
pub(super) fn unapplied(purse: &Purse) -> Result<i64> {
    let least = purse.least();
    if least < 0 {
        return Err(Error::Violation(Violation::ExceedsPayment {
            wanted: purse.amount.saturating_sub(least),
            left: purse.amount,
            currency: purse.currency,
        }));
    }
    Ok(purse.left())
}

/// Whether this milestone is still there.
pub(super) fn exists(db: &Connection, id: MilestoneId) -> Result<bool> {
    let sql = "SELECT 1 FROM milestone WHERE id = ?";
    Ok(first(db, ("milestone", sql), [id.0], |_| Ok(()))?.is_some())
}
