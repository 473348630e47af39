//! What follows from the facts and is kept only for speed: `open_item`, `waiver`, `milestone.closed_on`, `payment.unapplied`.
//! Rewritten whole in the transaction that touches the facts, never patched; and all of it again when the rules or the
//! encoding of the program are others than those that made it.

use super::backend::{Backend, Transaction, values};
use super::write::payment;
use super::{Progress, facts, items};
use crate::domain::calendar::Calendar;
use crate::domain::facts::Facts;
use crate::domain::ids::{MilestoneId, PaymentId};
use crate::domain::waiver::{self, WaiverStep};
use crate::domain::{as_of, balance, rules};
use crate::error::Result;

/// To be raised with every change of `domain::item::Item`, of its encoding, or of a rule that makes one: a ledger
/// derived by another version is derived again when it is opened.
pub(super) const VERSION: i64 = 8;

/// Milestones whose facts are held at a time.
const CHUNK: usize = 2_048;

/// Rewrites what is derived from the facts of these milestones; ids that no longer stand for one are cleared away.
pub(super) fn milestones(db: &dyn Backend, calendar: &Calendar, ids: &[MilestoneId]) -> Result<()> {
    for ids in ids.chunks(CHUNK) {
        let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
        db.execute_of("DELETE FROM open_item WHERE id IN ($ids)", &numbers)?;
        db.execute_of("DELETE FROM waiver WHERE milestone IN ($ids)", &numbers)?;
        for facts in facts::of(db, ids)? {
            write(db, calendar, &facts)?;
        }
    }
    Ok(())
}

/// Writes what is derived from the facts of one milestone of which nothing is derived yet, or refuses the facts.
pub(super) fn write(db: &dyn Backend, calendar: &Calendar, facts: &Facts) -> Result<()> {
    rules::covered(facts)?;
    let closed_on = balance::closed_on(facts);
    db.execute(
        "UPDATE all_milestone SET closed_on = $1 WHERE id = $2 AND closed_on IS DISTINCT FROM $1",
        values![closed_on, facts.id],
    )?;
    for WaiverStep { on, kind, amount } in waiver::steps(facts) {
        let sql = "INSERT INTO waiver (milestone, waived_on, kind, amount) VALUES ($1, $2, $3, $4)";
        db.execute(sql, values![facts.id, on, kind, amount])?;
    }
    match as_of::item(facts, as_of::LATEST, calendar) {
        Some(item) if closed_on.is_none() => items::insert(db, &item),
        Some(_) | None => Ok(()),
    }
}

/// Rewrites what these payments have left; of one that was voided nothing is.
pub(super) fn payments(db: &dyn Backend, ids: &[PaymentId]) -> Result<()> {
    for id in ids {
        let balance = payment::balance(db, *id)?;
        let left = balance.map_or(Ok(0), |balance| balance.unapplied())?;
        let sql = "UPDATE all_payment SET unapplied = $1 WHERE id = $2 AND unapplied <> $1";
        db.execute(sql, values![left, *id])?;
    }
    Ok(())
}

/// Derives everything again if another version of the program did it last.
pub(super) fn update(db: &dyn Backend, progress: Progress) -> Result<()> {
    if is_current(db)? {
        return Ok(());
    }
    let transaction = Transaction::writing(db)?;
    // Somebody else may have been faster.
    if !is_current(db)? {
        rebuild(db, progress)?;
    }
    transaction.commit()
}

/// Whether this version of the program derived it.
pub(super) fn is_current(db: &dyn Backend) -> Result<bool> {
    Ok(db.value::<i64>("SELECT version FROM derived", &[])? == VERSION)
}

/// Derives everything again.
pub(super) fn rebuild(db: &dyn Backend, progress: Progress) -> Result<()> {
    db.execute("DELETE FROM open_item", &[])?;
    db.execute("DELETE FROM waiver", &[])?;
    let ids: Vec<MilestoneId> = db.rows("SELECT id FROM milestone ORDER BY id", &[])?;
    for (done, chunk) in ids.chunks(CHUNK).enumerate() {
        progress(done * CHUNK, ids.len());
        milestones(db, Calendar::china(), chunk)?;
    }
    let ids: Vec<PaymentId> = db.rows("SELECT id FROM payment ORDER BY id", &[])?;
    payments(db, &ids)?;
    db.execute("UPDATE derived SET version = $1", values![VERSION])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::{Account, ProjectFacts, PromiseFact};
    use crate::domain::ids::{CustomerId, ProjectId, PromiseId};
    use crate::domain::item::Item;
    use chrono::NaiveDate;
    use iso_currency::Currency;

    fn item() -> Item {
        let account = Account { customer: CustomerId(2), currency: Currency::CNY };
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let facts = Facts {
            rule: "2026-10-02".parse().unwrap(),
            agreed_on: Some(day("2026-03-01")),
            promises: vec![PromiseFact {
                id: PromiseId(1),
                made_on: day("2026-10-05"),
                amount: 40,
                pay_by: day("2026-10-20"),
            }],
            ..Facts::new(MilestoneId(7), ProjectFacts::new(ProjectId(1), account), 100)
        };
        as_of::item(&facts, as_of::LATEST, Calendar::china()).unwrap()
    }

    #[test]
    fn another_encoding_is_another_version() {
        let encoded = items::encode(&item()).unwrap();
        let bytes = encoded.iter().map(|byte| format!("{byte:02x}"));
        let hex = bytes.collect::<Vec<_>>().concat();
        // Items in ledgers look like this: whoever changes it raises the version.
        assert_eq!(
            (VERSION, hex.as_str()),
            (
                8,
                "0e02040001079c01c801c80100000001a6d47e01000000000001f8d07e000000000000080000000001acd47ecad47ecad47e5000000000bdc57e32"
            )
        );
        assert_eq!(items::decode(&encoded), Some(item()));
    }
}
