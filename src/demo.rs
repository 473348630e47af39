//! Ledgers made up for a demonstration, the same for the same day: a year of a small company, told by hand, and as
//! many milestones as you like of the same kind.
//!
//! Both are lists of [`Entry`]: the changes people would have made, in the vocabulary everything else uses, told by a
//! pure function of the day. Only [`small()`] and [`large()`] know a store, and hand it those lists.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::domain::change::Change;
use crate::error::Result;
use crate::store::{Bulk, Context, Store};

mod company;
mod large;
mod names;
mod script;
mod small;

pub use large::{Accounts, Size};
pub use small::entries;

/// A change, and who made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub who: &'static str,
    /// What was done. Ids count from 1 in the order of making, as they do in an empty ledger.
    pub change: Change,
}

/// Fills an empty ledger with a year of a small company, as one event.
pub fn small(store: &mut Store, today: NaiveDate) -> Result<()> {
    let entries = small::entries(today)?;
    let detail = serde_json::json!({ "size": "small" });
    store.fill(&context(today), &detail, |bulk| write(bulk, entries))
}

/// Fills an empty ledger with as many milestones as asked for, as one event. `progress` hears how many of how many are
/// written; nothing is held in memory but the account being written.
pub fn large(
    store: &mut Store,
    today: NaiveDate,
    size: Size,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<()> {
    let detail =
        serde_json::json!({ "milestones": size.milestones, "open_percent": size.open_percent });
    store.fill(&context(today), &detail, |bulk| {
        let mut accounts = Accounts::new(today, size);
        write(bulk, company::people())?;
        while let Some(entries) = accounts.next().transpose()? {
            write(bulk, entries)?;
            progress(accounts.made(), size.milestones);
        }
        Ok(())
    })
}

fn write(bulk: &mut Bulk, entries: Vec<Entry>) -> Result<()> {
    for entry in entries {
        bulk.write(entry.who, entry.change)?;
    }
    bulk.settle()
}

/// The event stands at noon of its day, so that the same day makes the same file.
fn context(today: NaiveDate) -> Context<'static> {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    Context {
        who: "刘芳",
        today,
        at: DateTime::from_naive_utc_and_offset(today.and_time(noon), Utc),
        seen: None,
    }
}
