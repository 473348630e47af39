//! Ledgers made up for a demonstration, the same for the same day: a year of a small company, and as many milestones as
//! you like of the same kind. Both are written as people would write them: plan lists are imported, everything else is a
//! [`Change`], and the ledger checks all of it.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::domain::calendar::add_days;
use crate::domain::change::Change;
use crate::domain::plan::{PlanBatch, PlanRow};
use crate::error::{Error, Result};
use crate::exchange::snapshot;
use crate::portfolio::Portfolio;
use crate::report::history::{WEEKS, monday};
use crate::store::{Context, Progress, Store};

mod company;
mod large;
mod names;
#[cfg(test)]
mod notes;
mod small;
mod statement;

pub use company::Company;
pub use large::Size;

/// A change, and who made it.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    who: &'static str,
    /// Ids count from 1 in the order of making, as they do in an empty ledger.
    change: Change,
}

/// Fills an empty ledger with a year of a small company, the snapshots of its last weeks, and a statement of its bank.
pub fn small(store: &mut Store, today: NaiveDate, company: Company) -> Result<()> {
    year(store, today, company)?;
    rest(store, today, company)
}

/// What the first screen does not need: the snapshots of past weeks, and a statement of our bank.
pub fn rest(store: &mut Store, today: NaiveDate, company: Company) -> Result<()> {
    weeks(store, today, company)?;
    statement::import(store, today, company)
}

/// The year alone: what the first screen needs.
pub fn year(store: &mut Store, today: NaiveDate, company: Company) -> Result<()> {
    must_be_empty(store)?;
    apply(store, today, small::entries(today, company)?)
}

/// The snapshot of each past week that is looked back at, as it would have been taken on its Friday.
fn weeks(store: &mut Store, today: NaiveDate, company: Company) -> Result<()> {
    let fridays = (1..).take(WEEKS - 1).map(|weeks: i64| shift(monday(today), 4 - 7 * weeks));
    let fridays: Vec<NaiveDate> = fridays.collect();
    let freeze = |friday: NaiveDate| {
        let mut portfolio = Portfolio::load(store, friday)?;
        portfolio.name_customers(store)?;
        let change = snapshot::freeze(&portfolio, company.lang())?;
        Ok((context(company.finance(), friday), change))
    };
    let frozen: Vec<_> = fridays.into_iter().rev().map(freeze).collect::<Result<_>>()?;
    store.apply_all(frozen)?;
    Ok(())
}

/// Fills an empty ledger with as many milestones as asked for. `progress` hears how many of how many are written; no
/// more than a chunk of them is held in memory.
pub fn large(store: &mut Store, today: NaiveDate, size: Size, progress: Progress) -> Result<()> {
    must_be_empty(store)?;
    store.set_bulk(true)?;
    let mut written = 0;
    let mut changes = Vec::new();
    for chunk in large::Chunks::new(today, size) {
        let chunk = chunk?;
        changes.extend(chunk.before);
        apply(store, today, changes)?;
        written += import(store, today, chunk.rows, &mut |rows, _| {
            progress(written + rows, size.milestones as usize);
        })?;
        import(store, today, chunk.rest, &mut |_, _| {})?;
        changes = chunk.after;
    }
    apply(store, today, changes)?;
    for changes in large::Beside::new(today, size) {
        apply(store, today, changes)?;
    }
    store.set_bulk(false)
}

/// Imports a plan list, and gives how many rows it has.
fn import(
    store: &mut Store,
    today: NaiveDate,
    rows: Vec<PlanRow>,
    progress: Progress,
) -> Result<usize> {
    let batch = PlanBatch {
        file: "demo".to_owned(),
        sha256: String::new(),
        reschedule: false,
        skip_bad: false,
        bills: true,
        undated: None,
        rows,
    };
    store.import(&batch, &context(company::LIU, today), progress)?;
    Ok(batch.rows.len())
}

fn must_be_empty(store: &Store) -> Result<()> {
    if store.last_event()?.0 > 0 {
        return Err(Error::NotEmpty(store.path().to_owned()));
    }
    Ok(())
}

fn apply(store: &mut Store, today: NaiveDate, entries: Vec<Entry>) -> Result<()> {
    let entries = entries.into_iter();
    store.apply_all(entries.map(|entry| (context(entry.who, today), entry.change)))?;
    Ok(())
}

/// Events stand at noon of the day, so that the same day makes the same file.
fn context(who: &str, today: NaiveDate) -> Context<'_> {
    let noon = today.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
    Context { who, today, at: DateTime::from_naive_utc_and_offset(noon, Utc), seen: None }
}

/// So many days after a day, or before it.
fn shift(day: NaiveDate, days: i64) -> NaiveDate {
    add_days(day, days).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aging::GroupBy;
    use crate::domain::movement::Step;
    use crate::exchange::movement::{Asked, NamedMovement, between};
    use crate::store::{Snapshot, SnapshotHead};
    use rstest::rstest;

    /// By currency what a step comes to, or a frozen table says.
    type Sum = Vec<(&'static str, i64)>;

    fn summed(all: &NamedMovement, step: Step) -> Sum {
        let sums = all.totals.iter().map(|(currency, sums)| (currency.code(), sums[step as usize]));
        let mut sums: Sum = sums.filter(|(_, sum)| *sum != 0).collect();
        sums.sort_unstable();
        sums
    }

    fn frozen(found: &Snapshot) -> Sum {
        let totals = snapshot::read(found).unwrap().totals;
        let sums = totals.iter().map(|of| (of.currency.code(), of.sums.total));
        sums.filter(|(_, sum)| *sum != 0).collect()
    }

    #[rstest]
    fn a_year_of_weeks_adds_up(
        #[values(
            GroupBy::Customer,
            GroupBy::Project,
            GroupBy::Manager,
            GroupBy::Stage,
            GroupBy::Currency
        )]
        by: GroupBy,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::throwaway(folder.path()).unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 18).unwrap();
        small(&mut store, today, Company::English).unwrap();
        let mut heads = store.snapshots().unwrap();
        heads.sort_by_key(SnapshotHead::place);
        assert!(heads.len() > 9);
        for pair in heads.windows(2).chain([&[heads[0].clone(), heads[9].clone()][..]]) {
            let [from, to] = [0, 1].map(|at| store.snapshot(pair[at].id).unwrap());
            let (opened, closed) = (frozen(&from), frozen(&to));
            let ends = [from, to].map(|found| Asked::Kept(Box::new(found)));
            let all = between(&store, ends, by).unwrap();
            assert_eq!(summed(&all, Step::Opening), opened);
            assert_eq!(summed(&all, Step::Closing), closed);
            assert_eq!(summed(&all, Step::Corrected), []);
            for (key, currency, sums) in &all.rows {
                let moved = Step::ALL.iter().filter(|step| step.moves());
                let moved: i64 = moved.map(|step| sums[*step as usize]).sum();
                let ends = [Step::Opening, Step::Closing].map(|step| sums[step as usize]);
                assert_eq!(ends[0] + moved, ends[1], "{key:?} {currency:?}");
            }
        }
    }

    #[test]
    fn notes_and_to_dos_are_spread_over_a_large_ledger() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("ledger.db")).unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let size = Size { notes: 200, todos: 100, ..Size::of(60) };
        large(&mut store, today, size, &mut |_, _| {}).unwrap();
        let notes = store.notes(None, None, None).unwrap();
        assert_eq!(notes.len(), 200);
        assert!(notes.iter().any(|note| note.milestone.is_some()));
        assert!(notes.iter().any(|note| note.project.is_none()));
        assert_eq!(store.todos(true).unwrap().len(), 100);
        let open = store.todos(false).unwrap().len();
        assert!((25..=55).contains(&open), "{open} of 100 are not done");
    }
}
