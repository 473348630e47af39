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
mod small;

pub use company::Company;
pub use large::Size;

/// A change, and who made it.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    who: &'static str,
    /// Ids count from 1 in the order of making, as they do in an empty ledger.
    change: Change,
}

/// Fills an empty ledger with a year of a small company, and the snapshots of its last weeks.
pub fn small(store: &mut Store, today: NaiveDate, company: Company) -> Result<()> {
    year(store, today, company)?;
    weeks(store, today, company)
}

/// The year alone: what the first screen needs.
pub fn year(store: &mut Store, today: NaiveDate, company: Company) -> Result<()> {
    must_be_empty(store)?;
    apply(store, today, small::entries(today, company)?)
}

/// The snapshot of each past week that is looked back at, as it would have been taken on its Friday.
pub fn weeks(store: &mut Store, today: NaiveDate, company: Company) -> Result<()> {
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
