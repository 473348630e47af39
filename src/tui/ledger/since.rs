//! What changed since the last look: promises broken, newly overdue, money in. When a user looked last is kept beside
//! the configuration, not in the ledger.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use iso_currency::Currency;
use serde::{Deserialize, Serialize};

use crate::domain::change::ChangeKind;
use crate::domain::ids::EventId;
use crate::error::Result;
use crate::store::EventEntry;

use super::data::Ledger;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    pub day: NaiveDate,
    /// The last event then.
    pub event: i64,
}

/// Where looks are kept, and the last one before this.
#[derive(Debug, Clone, Default)]
pub struct LastLook {
    file: Option<PathBuf>,
    ledger: String,
    before: Option<Looked>,
}

impl LastLook {
    /// The last look at a ledger by the record in `file`. A record that cannot be read is as none: the first look.
    pub fn read(file: PathBuf, ledger: &Path) -> Self {
        let ledger = fs::canonicalize(ledger).unwrap_or_else(|_| ledger.to_owned());
        let ledger = ledger.display().to_string();
        Self {
            before: looks(&file).get(&ledger).copied(),
            file: Some(file),
            ledger,
        }
    }

    /// A look that is known, and not kept.
    pub fn at(looked: Looked) -> Self {
        Self {
            before: Some(looked),
            ..Self::default()
        }
    }

    /// The last look before this.
    pub const fn before(&self) -> Option<Looked> {
        self.before
    }

    /// Keeps that the user looks now. Not being able to is nothing to bother anybody with: the next look tells more.
    pub fn keep(&self, looked: Looked) {
        let Some(file) = &self.file else {
            return;
        };
        let mut looks = looks(file);
        looks.insert(self.ledger.clone(), looked);
        if let Some(folder) = file.parent() {
            let _ = fs::create_dir_all(folder);
        }
        if let Ok(text) = serde_json::to_string_pretty(&looks) {
            let _ = fs::write(file, text);
        }
    }

    /// What changed since; nothing at a first look.
    pub fn since(&self, ledger: &Ledger) -> Result<Option<Since>> {
        let Some(before) = self.before else {
            return Ok(None);
        };
        let events = ledger.store.events_since(EventId(before.event))?;
        let since = Since::new(ledger, before, &events);
        Ok(Some(since).filter(|since| !since.is_empty()))
    }
}

fn looks(file: &Path) -> BTreeMap<String, Looked> {
    let text = fs::read_to_string(file).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    pub day: NaiveDate,
    pub broken: usize,
    /// Items that came past due and grace.
    pub overdue: usize,
    /// Payments recorded, and their sum by currency in minor units.
    pub money: Vec<(Currency, i128)>,
}

impl Since {
    fn new(ledger: &Ledger, before: Looked, events: &[EventEntry]) -> Self {
        let (day, today) = (before.day, ledger.today());
        let ran_out = |pay_by: NaiveDate| pay_by >= day && pay_by < today;
        let items = ledger.book.items();
        Self {
            day,
            broken: items
                .iter()
                .flat_map(|item| &item.promises)
                .filter(|promise| ran_out(promise.pay_by))
                .count(),
            overdue: items
                .iter()
                .filter(|item| item.is_past_grace(today) && !item.is_past_grace(day))
                .count(),
            money: money(events),
        }
    }

    fn is_empty(&self) -> bool {
        self.broken == 0 && self.overdue == 0 && self.money.is_empty()
    }
}

/// A recorded payment, as far as it is needed here.
#[derive(Deserialize)]
struct Paid {
    record_payment: Amount,
}

#[derive(Deserialize)]
struct Amount {
    amount: i64,
    currency: String,
}

fn money(events: &[EventEntry]) -> Vec<(Currency, i128)> {
    let mut sums: BTreeMap<String, i128> = BTreeMap::new();
    for event in events
        .iter()
        .filter(|e| e.kind == ChangeKind::RecordPayment && e.undone_by.is_none())
    {
        if let Ok(paid) = serde_json::from_str::<Paid>(&event.detail) {
            let Amount { amount, currency } = paid.record_payment;
            *sums.entry(currency).or_default() += i128::from(amount);
        }
    }
    sums.iter()
        .filter_map(|(code, sum)| Some((Currency::from_code(code)?, *sum)))
        .collect()
}
