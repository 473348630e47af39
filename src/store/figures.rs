//! Sums and counts over the whole ledger, each from an index or one short table.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use iso_currency::Currency;
use rusqlite::params;

use super::Reader;
use super::convert::{Cells, Day, first, rows};
use crate::domain::ids::{CustomerId, IdMap};
use crate::domain::kinds::Grade;
use crate::domain::money;
use crate::error::{Error, Result};

impl Reader {
    /// Money that pays nothing yet, per customer and currency, in minor units above 0: now, or as of a day.
    pub fn unapplied(&self, as_of: Option<NaiveDate>) -> Result<Vec<(CustomerId, Currency, i64)>> {
        let Some(day) = as_of else {
            let sql = "SELECT customer, currency, SUM(unapplied) FROM payment WHERE unapplied <> 0 \
                       GROUP BY customer, currency ORDER BY customer, currency";
            return rows(&self.db, ("payment", sql), [], unapplied);
        };
        self.unapplied_on(Day::new(day))
    }

    /// What is left now, and what left it after the day: the past costs no more than what happened since.
    fn unapplied_on(&self, day: Day) -> Result<Vec<(CustomerId, Currency, i64)>> {
        let sql = "SELECT customer, currency, SUM(unapplied) FROM payment \
                   WHERE unapplied <> 0 AND received_on <= ?1 GROUP BY customer, currency";
        let now = rows(&self.db, ("payment", sql), [day], unapplied)?;
        let mut left: HashMap<(CustomerId, &'static str), i64> = HashMap::new();
        for (customer, currency, amount) in now {
            left.insert((customer, currency.code()), amount);
        }
        // Nearly all that was applied since arrived since, too: those payments are known without looking them up.
        let sql = "SELECT id FROM payment WHERE received_on > ?1";
        let since = rows(&self.db, ("payment", sql), [day], |c| c.int(0))?;
        let since: HashSet<i64> = since.into_iter().collect();
        let sql = "SELECT payment, amount FROM allocation WHERE effective_on > ?1 \
                   UNION ALL SELECT payment, amount FROM reversal WHERE reversed_on > ?1";
        let moved = rows(&self.db, ("allocation", sql), [day], |c| {
            Ok((c.int(0)?, c.int(1)?))
        })?;
        for (payment, amount) in moved {
            if since.contains(&payment) {
                continue;
            }
            let sql = "SELECT customer, currency FROM payment WHERE id = ?";
            let whose = first(&self.db, ("payment", sql), [payment], |c| {
                Ok((CustomerId(c.int(0)?), c.currency(1)?.code()))
            })?;
            let sum = left
                .entry(whose.ok_or(Error::Unreadable("payment"))?)
                .or_default();
            *sum = money::add(*sum, amount)?;
        }
        let mut left: Vec<_> = left
            .into_iter()
            .filter(|(_, amount)| *amount != 0)
            .collect();
        left.sort_unstable();
        let read = |((customer, code), amount): ((CustomerId, &str), i64)| {
            Some((customer, Currency::from_code(code)?, amount))
        };
        Ok(left.into_iter().filter_map(read).collect())
    }

    /// Days on which customers were touched, from this day on, each customer's in order.
    pub fn recent_touches(&self, since: NaiveDate) -> Result<IdMap<CustomerId, Vec<NaiveDate>>> {
        let sql =
            "SELECT customer, touched_on FROM touch WHERE touched_on >= ? ORDER BY touched_on";
        let mut days: IdMap<CustomerId, Vec<NaiveDate>> = IdMap::default();
        rows(&self.db, ("touch", sql), [Day::new(since)], |c| {
            let customer = CustomerId(c.int(0)?);
            days.entry(customer).or_default().push(c.day(1)?);
            Ok(())
        })?;
        Ok(days)
    }

    pub fn grades(&self) -> Result<Vec<(CustomerId, Grade)>> {
        let sql = "SELECT id, grade FROM customer WHERE grade IS NOT NULL";
        rows(&self.db, ("customer", sql), [], |c| {
            Ok((CustomerId(c.int(0)?), c.code(1, Grade::from_code)?))
        })
    }

    /// What arrived from `from` to `to`, both included, less what went back in those days: minor units by currency.
    pub fn collected(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<(Currency, i64)>> {
        let sql = "SELECT currency, SUM(amount) FROM (\
                   SELECT currency, amount FROM payment WHERE received_on BETWEEN ?1 AND ?2 \
                   UNION ALL SELECT p.currency, -r.amount FROM reversal r JOIN payment p ON p.id = r.payment \
                   WHERE r.reversed_on BETWEEN ?1 AND ?2) GROUP BY currency ORDER BY currency";
        let days = params![Day::new(from), Day::new(to)];
        rows(&self.db, ("payment", sql), days, |c| {
            Ok((c.currency(0)?, c.int(1)?))
        })
    }

    /// The latest day any event speaks of: as of that day or later, every milestone is as `open_item` has it.
    pub fn latest_fact_day(&self) -> Result<Option<NaiveDate>> {
        let sql = "SELECT MAX(effective_on) FROM event";
        Ok(first(&self.db, ("event", sql), [], |c| c.maybe_day(0))?.flatten())
    }

    /// A setting; none is the default.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let sql = "SELECT value FROM setting WHERE key = ?";
        first(&self.db, ("setting", sql), [key], |c| c.string(0))
    }

    /// Every setting that is not the default, by key.
    pub fn settings(&self) -> Result<Vec<(String, String)>> {
        let sql = "SELECT key, value FROM setting ORDER BY key";
        rows(&self.db, ("setting", sql), [], |c| {
            Ok((c.string(0)?, c.string(1)?))
        })
    }
}

fn unapplied(c: &Cells) -> Result<(CustomerId, Currency, i64)> {
    Ok((CustomerId(c.int(0)?), c.currency(1)?, c.int(2)?))
}
