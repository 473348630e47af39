//! Invoice lag: the days from when a milestone could be billed to its bill, weighted by amount. That is our delay, apart
//! from the customer's.

use std::collections::BTreeMap;

use iso_currency::Currency;

use crate::domain::aging::{GroupBy, GroupKey};
use crate::domain::invoice_lag::Waited;
use crate::domain::item::Item;

/// The lag of one group in one currency. Amounts are minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lag {
    pub key: GroupKey,
    pub currency: Currency,
    /// Bills that count.
    pub bills: usize,
    /// What stands of them.
    pub billed: i128,
    /// Amount × days, of all of them.
    pub weighted: i128,
    /// Billed where nothing says since when it could be: not counted.
    pub undated: i128,
}

impl Lag {
    /// Tenths of a day, rounded half up; `None` where nothing counts.
    pub fn tenths(&self) -> Option<i128> {
        let halves = self.weighted.checked_mul(20)?.checked_div(self.billed)?;
        Some((halves + 1) / 2)
    }
}

/// The lag by group and currency, the longest first, those without one last.
pub fn lags<'b>(bills: impl IntoIterator<Item = (&'b Item, &'b Waited)>, by: GroupBy) -> Vec<Lag> {
    let mut groups: BTreeMap<(GroupKey, &str), Lag> = BTreeMap::new();
    for (item, bill) in bills {
        let (key, currency) = (by.key(item), item.currency);
        let none = Lag { key, currency, bills: 0, billed: 0, weighted: 0, undated: 0 };
        let lag = groups.entry((key, currency.code())).or_insert(none);
        let amount = i128::from(bill.amount);
        match bill.days {
            Some(days) => {
                lag.bills += 1;
                lag.billed += amount;
                lag.weighted += amount * i128::from(days);
            }
            None => lag.undated += amount,
        }
    }
    let mut lags: Vec<Lag> = groups.into_values().collect();
    lags.sort_by_key(|lag| std::cmp::Reverse(lag.tenths()));
    lags
}
