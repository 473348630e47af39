//! The aging table: per group and currency, how much is owed and how old it is. Amounts are minor units.
//!
//! Per row `total = sum of the amounts + retention not due`; unapplied and planned money stand beside it, outside the
//! total; `net = total − unapplied`. Rows add up to the totals in every column, per currency, to the cent.

use std::collections::BTreeMap;
use std::thread;

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::aging::{Buckets, Place};
use crate::domain::item::Item;
use crate::domain::money::{self, Overflow, PerCurrency};
use crate::error::Error;
use crate::portfolio::{Names, Unapplied};
use crate::store::Reader;

use super::grouped::grouped;
use super::worklist::SHARED;

pub use crate::domain::aging::{GroupBy, GroupKey};

/// The columns of a row, in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    pub items: u32,
    pub amounts: Vec<i64>,
    /// Retention that is not due yet.
    pub retention_not_due: i64,
    pub total: i64,
    /// Money on account, outside the total.
    pub unapplied: i64,
    /// Money that is no receivable yet, outside the total.
    pub planned: i64,
}

impl Sums {
    fn new(buckets: usize) -> Self {
        Self {
            items: 0,
            amounts: vec![0; buckets],
            retention_not_due: 0,
            total: 0,
            unapplied: 0,
            planned: 0,
        }
    }

    /// Whether the row has anything to show.
    pub fn shows(&self) -> bool {
        self.total != 0 || self.unapplied != 0 || self.planned != 0
    }

    fn place(&mut self, balance: i64, place: Option<Place>) -> Result<(), Overflow> {
        let Some(place) = place else {
            self.planned = money::add(self.planned, balance)?;
            return Ok(());
        };
        let column = match place {
            Place::Bucket(at) => &mut self.amounts[at],
            Place::RetentionNotDue => &mut self.retention_not_due,
        };
        *column = money::add(*column, balance)?;
        self.total = money::add(self.total, balance)?;
        self.items += 1;
        Ok(())
    }

    fn absorb(&mut self, other: &Self) -> Result<(), Overflow> {
        for (mine, theirs) in self.amounts.iter_mut().zip(&other.amounts) {
            *mine = money::add(*mine, *theirs)?;
        }
        self.items += other.items;
        self.retention_not_due = money::add(self.retention_not_due, other.retention_not_due)?;
        self.total = money::add(self.total, other.total)?;
        self.unapplied = money::add(self.unapplied, other.unapplied)?;
        self.planned = money::add(self.planned, other.planned)?;
        Ok(())
    }
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgingRow {
    pub key: GroupKey,
    /// Its currency: amounts of different currencies never add up.
    pub currency: Currency,
    pub sums: Sums,
}

/// An aging table as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgingTable {
    /// The day every age is counted to.
    pub as_of: NaiveDate,
    /// What the rows stand for.
    pub by: GroupBy,
    /// What the columns stand for.
    pub buckets: Buckets,
    /// The rows, by key and currency code; names put them into the order people expect.
    pub rows: Vec<AgingRow>,
    /// Their sums, one per currency.
    pub totals: Vec<(Currency, Sums)>,
}

/// Builds the table from the items and the unapplied money of that day.
pub fn table(
    items: &[Item],
    unapplied: &[Unapplied],
    as_of: NaiveDate,
    by: GroupBy,
    buckets: &Buckets,
) -> Result<AgingTable, Overflow> {
    let width = buckets.labels().len();
    let sum = |items: &[Item]| summed(items, as_of, by, buckets, width);
    let mut rows = if items.len() < SHARED {
        sum(items)?
    } else {
        let (lower, upper) = items.split_at(items.len() / 2);
        thread::scope(|scope| {
            let other = scope.spawn(|| sum(upper));
            let rows = sum(lower)?;
            merged(rows, other.join().unwrap_or_else(|_| sum(upper))?)
        })?
    };
    let mut others = BTreeMap::new();
    for money in unapplied {
        let key = if by == GroupBy::Customer {
            GroupKey::Customer(money.customer)
        } else {
            GroupKey::Unapplied
        };
        let place = (key, rank(money.currency));
        let new = || AgingRow::new(key, money.currency, width);
        let row = match rows.binary_search_by_key(&place, AgingRow::place) {
            Ok(at) => &mut rows[at],
            Err(_) => others.entry(place).or_insert_with(new),
        };
        row.sums.unapplied = money::add(row.sums.unapplied, money.amount)?;
    }
    rows.extend(others.into_values());
    rows.retain(|row| row.sums.shows());
    rows.sort_by_key(AgingRow::place);
    let totals = totals(&rows, width)?;
    Ok(AgingTable { as_of, by, buckets: buckets.clone(), rows, totals })
}

/// The rows of some items, by key and currency.
fn summed(
    items: &[Item],
    as_of: NaiveDate,
    by: GroupBy,
    buckets: &Buckets,
    width: usize,
) -> Result<Vec<AgingRow>, Overflow> {
    let mut rows: Vec<AgingRow> = Vec::new();
    for ((key, _), item) in grouped(items.iter(), |item| (by.key(item), rank(item.currency))) {
        if rows.last().is_none_or(|last| last.key != key || last.currency != item.currency) {
            rows.push(AgingRow::new(key, item.currency, width));
        }
        if let Some(row) = rows.last_mut() {
            row.sums.place(item.balance, buckets.place(item, as_of))?;
        }
    }
    Ok(rows)
}

/// The rows of all items from those of two parts of them.
fn merged(mut rows: Vec<AgingRow>, others: Vec<AgingRow>) -> Result<Vec<AgingRow>, Overflow> {
    rows.extend(others);
    rows.sort_by_key(AgingRow::place);
    let mut all: Vec<AgingRow> = Vec::with_capacity(rows.len());
    for row in rows {
        match all.last_mut().filter(|last| last.place() == row.place()) {
            Some(last) => last.sums.absorb(&row.sums)?,
            None => all.push(row),
        }
    }
    Ok(all)
}

/// A number that stands among those of other currencies as its code does.
fn rank(currency: Currency) -> u32 {
    currency.code().bytes().fold(0, |rank, letter| rank << 8 | u32::from(letter))
}

impl AgingRow {
    fn new(key: GroupKey, currency: Currency, buckets: usize) -> Self {
        Self { key, currency, sums: Sums::new(buckets) }
    }

    fn place(&self) -> (GroupKey, u32) {
        (self.key, rank(self.currency))
    }
}

fn totals(rows: &[AgingRow], width: usize) -> Result<Vec<(Currency, Sums)>, Overflow> {
    let mut totals = PerCurrency::new();
    for row in rows {
        let sums: &mut Sums = totals.entry(row.currency, || Sums::new(width));
        sums.absorb(&row.sums)?;
    }
    totals.sort();
    Ok(totals.into_iter().collect())
}

/// Code of the customer, project, stage or currency, name of the manager; `None` is nobody in particular.
pub fn group_code(key: GroupKey, currency: Currency, names: &Names) -> Option<&str> {
    match key {
        GroupKey::Customer(id) => Some(&names.customer(id).code),
        GroupKey::Project(id) => Some(&names.project(id).code),
        GroupKey::Manager(id) => Some(names.person(id)),
        GroupKey::Stage(stage) => Some(stage.code()),
        GroupKey::Currency => Some(currency.code()),
        GroupKey::NoManager | GroupKey::Unapplied => None,
    }
}

/// The name a person knows a group by; `None` where the language has a word for it.
pub fn group_name(key: GroupKey, currency: Currency, names: &Names) -> Option<&str> {
    match key {
        GroupKey::Customer(id) => Some(&names.customer(id).name),
        GroupKey::Project(id) => Some(&names.project(id).name),
        GroupKey::Manager(id) => Some(names.person(id)),
        GroupKey::Currency => Some(currency.code()),
        GroupKey::Stage(_) | GroupKey::NoManager | GroupKey::Unapplied => None,
    }
}

/// Reads the names of these groups that are not known yet.
pub fn read_names(
    keys: impl IntoIterator<Item = GroupKey>,
    names: &mut Names,
    store: &Reader,
) -> Result<(), Error> {
    let (mut customers, mut projects, mut managers) = (Vec::new(), Vec::new(), false);
    for key in keys {
        match key {
            GroupKey::Customer(id) => customers.push(id),
            GroupKey::Project(id) => projects.push(id),
            GroupKey::Manager(_) => managers = true,
            GroupKey::Stage(_) | GroupKey::NoManager | GroupKey::Unapplied | GroupKey::Currency => {
            }
        }
    }
    names.read_customers(store, customers.into_iter())?;
    names.read_projects(store, projects.into_iter())?;
    if managers {
        names.read_people(store)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::as_of;
    use crate::domain::calendar::Calendar;
    use crate::domain::due::DueRule;
    use crate::domain::facts::{Account, Facts, ProjectFacts};
    use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};

    #[test]
    fn two_parts_of_the_items_have_the_rows_of_all() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let item = |n: i64| {
            let currency =
                [Currency::USD, Currency::CNY, Currency::JPY][usize::try_from(n % 3).unwrap()];
            let account = Account { customer: CustomerId(n % 5), currency };
            let facts = Facts {
                rule: DueRule::fixed(today - chrono::Days::new(n.unsigned_abs() * 9)),
                ..Facts::new(MilestoneId(n), ProjectFacts::new(ProjectId(40 - n), account), 100 + n)
            };
            as_of::item(&facts, today, Calendar::china()).unwrap()
        };
        let items: Vec<Item> = (1..40).map(item).collect();
        let buckets = Buckets::default();
        let width = buckets.labels().len();
        for by in [GroupBy::Customer, GroupBy::Project, GroupBy::Stage, GroupBy::Currency] {
            let sum = |items: &[Item]| summed(items, today, by, &buckets, width).unwrap();
            for cut in [0, 1, 20, items.len()] {
                let (lower, upper) = items.split_at(cut);
                assert_eq!(merged(sum(lower), sum(upper)).unwrap(), sum(&items), "{by:?} at {cut}");
            }
        }
    }
}
