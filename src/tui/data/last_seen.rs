//! What changed since the user last saw the ledger: promises broken, newly overdue, money in. When that was is kept
//! beside the configuration, not in the ledger.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{EventId, MilestoneId};
use crate::domain::money::PerCurrency;
use crate::error::Result;
use crate::files;
use crate::store::Arrival;

use super::ledger::Ledger;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub day: NaiveDate,
    /// The last event then.
    pub event: i64,
}

/// Where it is kept when each ledger was last seen, and when that was before this time.
#[derive(Debug, Clone, Default)]
pub struct LastSeen {
    file: Option<PathBuf>,
    ledger: String,
    before: Option<Seen>,
}

impl LastSeen {
    /// When a ledger was last seen by the record in `file`. A record that cannot be read is as none: never before.
    pub fn read(file: PathBuf, ledger: &Path) -> Self {
        let ledger = fs::canonicalize(ledger).unwrap_or_else(|_| ledger.to_owned());
        let ledger = ledger.display().to_string();
        Self { before: read_all(&file).get(&ledger).copied(), file: Some(file), ledger }
    }

    /// A time that is known, and not kept.
    pub fn at(seen: Seen) -> Self {
        Self { before: Some(seen), ..Self::default() }
    }

    /// The last event seen then; `EventId(0)` where it was never seen.
    pub fn event(&self) -> EventId {
        EventId(self.before.map_or(0, |before| before.event))
    }

    #[cfg(test)]
    pub const fn before(&self) -> Option<Seen> {
        self.before
    }

    /// Keeps that the user sees it now. Not being able to is nothing to bother anybody with: next time more is told.
    pub fn keep(&self, seen: Seen) {
        let Some(file) = &self.file else {
            return;
        };
        let mut all = read_all(file);
        all.insert(self.ledger.clone(), seen);
        if let Ok(text) = serde_json::to_string_pretty(&all) {
            let _ = files::create_folder(files::folder_of(file))
                .and_then(|()| files::write(file, |out| out.write_all(text.as_bytes())));
        }
    }

    /// What changed since; nothing the first time.
    pub fn changes(&self, ledger: &Ledger) -> Result<Option<ChangesSince>> {
        let Some(before) = self.before else {
            return Ok(None);
        };
        let arrived = ledger.store.payments_since(EventId(before.event))?;
        let since = ChangesSince::new(ledger, before.day, arrived);
        Ok(Some(since).filter(|since| !since.is_empty()))
    }
}

fn read_all(file: &Path) -> BTreeMap<String, Seen> {
    let text = fs::read_to_string(file).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangesSince {
    pub day: NaiveDate,
    /// What was promised, once for each promise.
    pub broken: Vec<MilestoneId>,
    /// Items that came past due and grace.
    pub overdue: Vec<MilestoneId>,
    /// The payments recorded.
    pub arrived: Vec<Arrival>,
    /// Sums of the payments recorded, in the order of currency codes, in minor units.
    pub money: PerCurrency<i128>,
}

impl ChangesSince {
    fn new(ledger: &Ledger, day: NaiveDate, arrived: Vec<Arrival>) -> Self {
        let mut money = PerCurrency::of(arrived.iter().map(|one| (one.currency, one.amount)));
        money.sort();
        let today = ledger.today();
        let ran_out = |keep_by: NaiveDate| keep_by >= day && keep_by < today;
        let (mut broken, mut overdue) = (Vec::new(), Vec::new());
        for item in ledger.portfolio.items() {
            let promises = item.promises.iter().filter(|promise| ran_out(promise.keep_by));
            broken.extend(promises.map(|_| item.id));
            if item.is_past_grace(today) && !item.is_past_grace(day) {
                overdue.push(item.id);
            }
        }
        Self { day, broken, overdue, arrived, money }
    }

    fn is_empty(&self) -> bool {
        self.broken.is_empty() && self.overdue.is_empty() && self.arrived.is_empty()
    }
}
