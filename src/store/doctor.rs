//! What must hold of a ledger, looked at row by row: what is derived against the facts, rows against the events that
//! wrote them, events against each other. The rest the engine knows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::backend::{Backend, Transaction, values};
use super::rows::Table;
use super::{Reader, Touched, chain, facts, items};
use crate::domain::calendar::Calendar;
use crate::domain::facts::Facts;
use crate::domain::ids::{MilestoneId, PaymentId};
use crate::domain::waiver::{self, WaiverStep};
use crate::domain::{as_of, balance, rules};
use crate::error::Result;
use crate::error::check::{Check, Fault};

/// Of one kind of fault at most this many are listed.
const LISTED: usize = 20;
/// Milestones whose facts are held at a time.
const CHUNK: usize = 2_048;

impl Reader {
    /// What is wrong with the ledger in this respect; snapshots are read by those who know what is in them.
    pub fn faults(&self, check: Check) -> Result<Vec<Fault>> {
        let db = &*self.db;
        if let Some(found) = db.faults(check)? {
            return Ok(found);
        }
        let _one_state = Transaction::reading(db)?;
        match check {
            Check::Records => records(db),
            Check::Chain => Ok(self.verify()?.broken.map(Fault::Chain).into_iter().collect()),
            Check::Derived => derived(db),
            Check::Schema | Check::File | Check::References | Check::Snapshots | Check::Papers => {
                Ok(Vec::new())
            }
        }
    }
}

/// Faults as they are found, up to as many as are listed.
#[derive(Default)]
struct Found(Vec<Fault>);

impl Found {
    fn add(&mut self, fault: Fault) {
        match self.0.len() {
            LISTED => self.0.push(Fault::More),
            ..LISTED => self.0.push(fault),
            _ => {}
        }
    }
}

/// A milestone's row of what is derived.
type Kept = (MilestoneId, Option<NaiveDate>, Option<Vec<u8>>);

fn derived(db: &dyn Backend) -> Result<Vec<Fault>> {
    let mut found = Found::default();
    let ids: Vec<MilestoneId> = db.rows("SELECT id FROM milestone ORDER BY id", &[])?;
    milestones(db, &ids, &mut found)?;
    // A second opinion on what `payment` adds up.
    let sql = "SELECT p.id FROM payment p WHERE p.unapplied <> p.amount \
               - COALESCE((SELECT CAST(SUM(a.amount) AS BIGINT) FROM allocation a WHERE a.payment = p.id), 0) \
               - COALESCE((SELECT CAST(SUM(r.amount) AS BIGINT) FROM reversal r WHERE r.payment = p.id), 0) \
               ORDER BY p.id";
    db.each(sql, &[], |id: PaymentId| {
        found.add(Fault::Payment(id));
        Ok(())
    })?;
    Ok(found.0)
}

/// Looks at what is derived of these milestones, which come by id.
fn milestones(db: &dyn Backend, ids: &[MilestoneId], found: &mut Found) -> Result<()> {
    for chunk in ids.chunks(CHUNK) {
        let numbers: Vec<i64> = chunk.iter().map(|id| id.0).collect();
        // A row whose columns differ from its item counts as none.
        let sql = "SELECT m.id, m.closed_on, o.item, o.project, o.customer, o.balance \
                   FROM milestone m LEFT JOIN open_item o ON o.id = m.id \
                   WHERE m.id IN ($ids) ORDER BY m.id";
        let mut kept: Vec<Kept> = Vec::with_capacity(chunk.len());
        db.each_row_of(sql, &numbers, |row| {
            let (id, closed_on) = (row.next()?, row.next()?);
            let item: Option<Vec<u8>> = row.next()?;
            let columns: [Option<i64>; 3] = [row.next()?, row.next()?, row.next()?];
            let fits = item.as_deref().and_then(items::decode).is_some_and(|item| {
                columns == [Some(item.project.0), Some(item.customer.0), Some(item.balance)]
            });
            kept.push((id, closed_on, item.filter(|_| fits)));
            Ok(())
        })?;
        let sql = "SELECT milestone, waived_on, kind, amount FROM waiver \
                   WHERE milestone IN ($ids) ORDER BY milestone, waived_on, kind";
        let mut waivers: BTreeMap<MilestoneId, Vec<WaiverStep>> = BTreeMap::new();
        db.each_row_of(sql, &numbers, |row| {
            let milestone = row.next()?;
            let step = WaiverStep { on: row.next()?, kind: row.next()?, amount: row.next()? };
            waivers.entry(milestone).or_default().push(step);
            Ok(())
        })?;
        for (facts, kept) in facts::of(db, chunk)?.iter().zip(&kept) {
            let waived = waivers.remove(&facts.id).unwrap_or_default();
            if *kept != derive(facts)? || waived != waiver::steps(facts) {
                found.add(Fault::Milestone(facts.id));
            }
        }
    }
    Ok(())
}

/// Whether what the events after this one did is there: rows, hashes, what is derived. A log beside another file than
/// its own brings some pages of that and not others.
pub(super) fn carries_on(db: &dyn Backend, seen: i64) -> Result<bool> {
    let _one_state = Transaction::reading(db)?;
    if chain::is_behind(db)? {
        return Ok(true);
    }
    let (count, last): (i64, Option<i64>) =
        db.value("SELECT COUNT(*), MAX(id) FROM event WHERE id > $1", values![seen])?;
    let last = last.unwrap_or(seen);
    if chain::tip(db)? != Some(last) || count != last - seen || !chain::holds_after(db, seen)? {
        return Ok(false);
    }
    let taken_back = taken_back(db)?;
    let mut inserted: Vec<(String, i64, i64)> = Vec::new();
    let sql = "SELECT event, tbl, first_id, last_id FROM event_row \
               WHERE event > $1 AND before IS NULL AND after IS NULL";
    db.each(sql, values![seen], |(event, table, first, last): (i64, String, i64, i64)| {
        if !taken_back.contains(&event) {
            inserted.push((table, first, last));
        }
        Ok(())
    })?;
    for (table, first, last) in inserted {
        let Some(table) = Table::named(&table) else {
            return Ok(false);
        };
        let sql = format!("SELECT COUNT(*) FROM {} WHERE id BETWEEN $1 AND $2", table.stored());
        let sql_gone = "SELECT COUNT(*) FROM event_row WHERE tbl = $1 AND first_id BETWEEN $2 AND $3 \
                        AND before IS NOT NULL AND after IS NULL";
        let gone: i64 = db.value(sql_gone, values![table.name(), first, last])?;
        let there: i64 = db.value(&sql, values![first, last])?;
        if there + gone < last - first + 1 {
            return Ok(false);
        }
    }
    if !super::derived::is_current(db)? {
        return Ok(true);
    }
    let mut touched = BTreeSet::new();
    let sql = "SELECT touched FROM event WHERE id > $1";
    db.each_row(sql, values![seen], |row| {
        if let Touched::These(ids) = Touched::parse(row.next_text()?)? {
            touched.extend(ids);
        }
        Ok(())
    })?;
    let touched: Vec<MilestoneId> = touched.into_iter().collect();
    let mut found = Found::default();
    milestones(db, &touched, &mut found)?;
    Ok(found.0.is_empty())
}

/// What the facts give; nothing is kept of facts that no rule allows.
fn derive(facts: &Facts) -> Result<Kept> {
    let closed_on = balance::closed_on(facts);
    let item = as_of::item(facts, as_of::LATEST, Calendar::china());
    let open = item.filter(|_| closed_on.is_none() && rules::covered(facts).is_ok());
    Ok((facts.id, closed_on, open.map(|item| items::encode(&item)).transpose()?))
}

/// Events that were taken back, and those that took them back: together they leave nothing. What a redo took back is
/// an undo, so that its event stands again.
fn taken_back(db: &dyn Backend) -> Result<BTreeSet<i64>> {
    let mut taken_back = BTreeSet::new();
    let sql = "SELECT id, undoes FROM event WHERE undoes IS NOT NULL ORDER BY id DESC";
    db.each(sql, &[], |(undo, undone): (i64, i64)| {
        if !taken_back.contains(&undo) {
            taken_back.extend([undo, undone]);
        }
        Ok(())
    })?;
    Ok(taken_back)
}

fn records(db: &dyn Backend) -> Result<Vec<Fault>> {
    let taken_back = taken_back(db)?;
    let mut found = Found::default();
    for table in Table::ALL {
        let name = table.name();
        let (mut written, mut deleted, mut there) =
            (Runs::default(), Runs::default(), Runs::default());
        let sql = "SELECT event, first_id, last_id, before IS NULL, after IS NULL \
                   FROM event_row WHERE tbl = $1 ORDER BY first_id, id";
        db.each_row(sql, values![name], |row| {
            let (event, first, last): (i64, i64, i64) = (row.next()?, row.next()?, row.next()?);
            let (is_new, is_gone): (bool, bool) = (row.next()?, row.next()?);
            match (is_new, is_gone) {
                _ if taken_back.contains(&event) => {}
                (true, true) => written.add(first, last),
                (false, true) => deleted.add(first, last),
                (true | false, false) => {}
            }
            Ok(())
        })?;
        db.each(&format!("SELECT id FROM {} ORDER BY id", table.stored()), &[], |id: i64| {
            there.add(id, id);
            Ok(())
        })?;
        let written = written.without(&deleted);
        for (first, last) in there.without(&written).0 {
            found.add(Fault::Unrecorded { table: name, first, last });
        }
        for (first, last) in written.without(&there).0 {
            found.add(Fault::Lost { table: name, first, last });
        }
    }
    Ok(found.0)
}

/// Ids as runs from the first to the last, in order, that do not touch.
#[derive(Debug, Default, PartialEq, Eq)]
struct Runs(Vec<(i64, i64)>);

impl Runs {
    /// Adds a run that begins no earlier than those before it.
    fn add(&mut self, first: i64, last: i64) {
        match self.0.last_mut() {
            Some(run) if first <= run.1.saturating_add(1) => run.1 = run.1.max(last),
            Some(_) | None => self.0.push((first, last)),
        }
    }

    fn without(&self, other: &Self) -> Self {
        let mut left = Self::default();
        let mut others = other.0.iter().peekable();
        for &(mut first, last) in &self.0 {
            while others.next_if(|(_, end)| *end < first).is_some() {}
            let mut ahead = others.clone();
            while let Some(&(start, end)) = ahead.next_if(|(start, _)| *start <= last) {
                if start > first {
                    left.0.push((first, start - 1));
                }
                first = end.saturating_add(1);
            }
            if first <= last {
                left.0.push((first, last));
            }
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn runs(ids: &BTreeSet<i64>) -> Runs {
        let mut runs = Runs::default();
        for id in ids {
            runs.add(*id, *id);
        }
        runs
    }

    proptest! {
        #[test]
        fn runs_without_runs_are_ids_without_ids(
            one in proptest::collection::btree_set(0_i64..40, 0..40),
            other in proptest::collection::btree_set(0_i64..40, 0..40),
        ) {
            let left: BTreeSet<i64> = one.difference(&other).copied().collect();
            prop_assert_eq!(runs(&one).without(&runs(&other)), runs(&left));
        }
    }
}
