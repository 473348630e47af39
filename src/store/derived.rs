//! What is computed from facts and kept for speed: `open_item`, `milestone.closed_on`, `payment.unapplied`. Always
//! rewritten whole from the facts, in the transaction that touched them, and checked while at it: no balance and no
//! payment's rest is below 0 on any day.

use rusqlite::{Connection, params};

use super::convert::{Day, cached, first, id_list};
use super::error::{Result, StoreError};
use super::payment::Purse;
use super::{facts, items};
use crate::domain::calendar::Calendar;
use crate::domain::facts::Facts;
use crate::domain::ids::{MilestoneId, PaymentId};
use crate::domain::refusal::Refused;
use crate::domain::{as_of, balance};

/// Rewrites what is derived from the facts of these milestones; ids that no longer stand for one are cleared away.
pub(super) fn milestones(db: &Connection, calendar: &Calendar, ids: &[MilestoneId]) -> Result<()> {
    let list = id_list(ids.iter().map(|id| id.0));
    cached(
        db,
        "DELETE FROM open_item WHERE id IN (SELECT value FROM json_each(?1))",
    )?
    .execute([&list])?;
    for facts in facts::of(db, ids)? {
        check(&facts)?;
        write(db, calendar, &facts)?;
    }
    Ok(())
}

/// A milestone on which more was received or given up than was agreed.
fn check(facts: &Facts) -> Result<()> {
    let least = balance::least(facts);
    if least < 0 {
        return Err(StoreError::Refused(Refused::BelowReceived {
            amount: facts.amount,
            used: facts.amount.saturating_sub(least),
            currency: facts.project.currency,
        }));
    }
    Ok(())
}

/// Writes what is derived from the facts of one milestone that has no row in `open_item`.
pub(super) fn write(db: &Connection, calendar: &Calendar, facts: &Facts) -> Result<()> {
    let closed_on = balance::closed_on(facts);
    cached(
        db,
        "UPDATE milestone SET closed_on = ?1 WHERE id = ?2 AND closed_on IS NOT ?1",
    )?
    .execute(params![Day::maybe(closed_on), facts.id.0])?;
    if closed_on.is_none()
        && let Some(item) = as_of::item(facts, as_of::LATEST, calendar)
    {
        items::insert(db, &item)?;
    }
    Ok(())
}

/// Rewrites what these payments have left; ids that no longer stand for one are passed over.
pub(super) fn payments(db: &Connection, ids: &[PaymentId]) -> Result<()> {
    for id in ids {
        let Some(purse) = Purse::find(db, *id)? else {
            continue;
        };
        let least = purse.least();
        if least < 0 {
            return Err(StoreError::Refused(Refused::ExceedsPayment {
                wanted: purse.amount.saturating_sub(least),
                left: purse.amount,
                currency: purse.currency,
            }));
        }
        cached(
            db,
            "UPDATE payment SET unapplied = ?1 WHERE id = ?2 AND unapplied <> ?1",
        )?
        .execute([purse.left(), id.0])?;
    }
    Ok(())
}

/// Whether this milestone is still there.
pub(super) fn exists(db: &Connection, id: MilestoneId) -> Result<bool> {
    let sql = "SELECT 1 FROM milestone WHERE id = ?";
    Ok(first(db, ("milestone", sql), [id.0], |_| Ok(()))?.is_some())
}
