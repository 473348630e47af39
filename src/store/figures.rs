//! Sums and counts over the whole ledger, each from an index or one short table.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use iso_currency::Currency;

use super::Reader;
use super::backend::{Select as _, select, values};
use crate::domain::ids::{CustomerId, IdMap, MilestoneId, PaymentId, ProjectId};
use crate::domain::kinds::{BillsCount, Grade};
use crate::domain::money::{self, PerCurrency};
use crate::error::{Error, Result};

select! {
    /// What money did to a milestone on a day: minor units, each 0 or above unless said otherwise.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Flow from "(SELECT milestone, effective_on AS day, amount AS came, 0 AS back, 0 AS lost, 0 AS waived FROM allocation \
        WHERE reverses IS NULL AND effective_on BETWEEN $1 AND $2 AND ($3 = 'received' OR payment NOT IN \
        (SELECT id FROM payment WHERE method IN ('bank_bill', 'commercial_bill'))) \
        UNION ALL SELECT milestone, effective_on, 0, -amount, 0, 0 FROM allocation \
        WHERE reverses IS NOT NULL AND effective_on BETWEEN $1 AND $2 AND ($3 = 'received' OR payment NOT IN \
        (SELECT id FROM payment WHERE method IN ('bank_bill', 'commercial_bill'))) \
        UNION ALL SELECT c.milestone, c.day, CASE WHEN c.amount > 0 THEN c.amount ELSE 0 END, \
        CASE WHEN c.amount < 0 THEN -c.amount ELSE 0 END, 0, 0 FROM (SELECT a.milestone, a.amount, \
        CASE WHEN a.effective_on > b.realised_on THEN a.effective_on ELSE b.realised_on END AS day \
        FROM bill b JOIN allocation a ON a.payment = b.payment WHERE $3 = 'honoured') c WHERE c.day BETWEEN $1 AND $2 \
        UNION ALL SELECT milestone, written_off_on, 0, 0, amount, 0 FROM write_off \
        WHERE written_off_on BETWEEN $1 AND $2 \
        UNION ALL SELECT milestone, waived_on, 0, 0, 0, amount FROM waiver \
        WHERE waived_on BETWEEN $1 AND $2) f" {
        pub milestone: MilestoneId = "f.milestone",
        pub on: NaiveDate = "f.day",
        pub collected: i64 = "CAST(SUM(f.came) AS BIGINT)",
        /// What went back.
        pub reversed: i64 = "CAST(SUM(f.back) AS BIGINT)",
        pub written_off: i64 = "CAST(SUM(f.lost) AS BIGINT)",
        /// Below 0 where it is owed again.
        pub waived: i64 = "CAST(SUM(f.waived) AS BIGINT)",
    }
}

/// What was agreed, and what of it was given up; minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Agreed {
    pub amount: i64,
    pub written_off: i64,
    pub waived: i64,
}

select! {
    /// Money that came in on a day, or went back, which is below 0. Minor units.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Receipt from "(SELECT id AS payment, customer, currency, received_on AS day, amount FROM payment \
        WHERE received_on BETWEEN $1 AND $2 AND ($3 = 'received' OR method NOT IN ('bank_bill', 'commercial_bill')) \
        UNION ALL SELECT p.id, p.customer, p.currency, r.reversed_on, -r.amount FROM reversal r \
        JOIN payment p ON p.id = r.payment WHERE r.reversed_on BETWEEN $1 AND $2 \
        AND ($3 = 'received' OR p.method NOT IN ('bank_bill', 'commercial_bill')) \
        UNION ALL SELECT p.id, p.customer, p.currency, b.realised_on, p.amount FROM bill b \
        JOIN payment p ON p.id = b.payment WHERE $3 = 'honoured' AND b.realised_on BETWEEN $1 AND $2 \
        UNION ALL SELECT c.id, c.customer, c.currency, c.day, -c.amount FROM (SELECT p.id, p.customer, p.currency, r.amount, \
        CASE WHEN r.reversed_on > b.realised_on THEN r.reversed_on ELSE b.realised_on END AS day FROM bill b \
        JOIN payment p ON p.id = b.payment JOIN reversal r ON r.payment = p.id WHERE $3 = 'honoured') c \
        WHERE c.day BETWEEN $1 AND $2) f" {
        pub payment: PaymentId = "f.payment",
        pub customer: CustomerId = "f.customer",
        pub currency: Currency = "f.currency",
        pub on: NaiveDate = "f.day",
        pub amount: i64 = "f.amount",
    }
}

impl Reader {
    /// Money that pays nothing yet, per customer and currency, in minor units above 0: now, or as of a day.
    pub fn unapplied(&self, as_of: Option<NaiveDate>) -> Result<Vec<(CustomerId, Currency, i64)>> {
        let Some(day) = as_of else {
            let sql = "SELECT customer, currency, CAST(SUM(unapplied) AS BIGINT) FROM payment WHERE unapplied <> 0 \
                       GROUP BY customer, currency ORDER BY customer, currency";
            return self.db.rows(sql, &[]);
        };
        self.unapplied_on(day)
    }

    /// What is left now, and what left it after the day: the past costs no more than what happened since.
    fn unapplied_on(&self, day: NaiveDate) -> Result<Vec<(CustomerId, Currency, i64)>> {
        let sql = "SELECT customer, currency, CAST(SUM(unapplied) AS BIGINT) FROM payment \
                   WHERE unapplied <> 0 AND received_on <= $1 GROUP BY customer, currency";
        let now: Vec<(CustomerId, Currency, i64)> = self.db.rows(sql, values![day])?;
        // By code, so that the order is the one of the query above.
        let mut left: HashMap<(CustomerId, &'static str), (Currency, i64)> = HashMap::new();
        for (customer, currency, amount) in now {
            left.insert((customer, currency.code()), (currency, amount));
        }
        // Nearly all that was applied since arrived since, too: those payments are known without looking them up.
        let sql = "SELECT id FROM payment WHERE received_on > $1";
        let since: HashSet<PaymentId> = self.db.rows(sql, values![day])?.into_iter().collect();
        let sql = "SELECT payment, amount FROM allocation WHERE effective_on > $1 \
                   UNION ALL SELECT payment, amount FROM reversal WHERE reversed_on > $1";
        let moved: Vec<(PaymentId, i64)> = self.db.rows(sql, values![day])?;
        for (payment, amount) in moved {
            if since.contains(&payment) {
                continue;
            }
            let sql = "SELECT customer, currency FROM payment WHERE id = $1";
            let whose: Option<(CustomerId, Currency)> = self.db.first(sql, values![payment])?;
            let (customer, currency) =
                whose.ok_or_else(|| Error::Unreadable("payment".to_owned()))?;
            let sum = left.entry((customer, currency.code())).or_insert((currency, 0));
            sum.1 = money::add(sum.1, amount)?;
        }
        let mut left: Vec<_> = left.into_iter().filter(|(_, (_, amount))| *amount != 0).collect();
        left.sort_unstable_by_key(|(account, _)| *account);
        let row = |((customer, _), (currency, amount))| (customer, currency, amount);
        Ok(left.into_iter().map(row).collect())
    }

    /// Days on which customers were touched, from this day on, each customer's in order.
    pub fn recent_touches(&self, since: NaiveDate) -> Result<IdMap<CustomerId, Vec<NaiveDate>>> {
        let sql =
            "SELECT customer, touched_on FROM touch WHERE touched_on >= $1 ORDER BY touched_on";
        let mut days: IdMap<CustomerId, Vec<NaiveDate>> = IdMap::default();
        self.db.each(sql, values![since], |(customer, day)| {
            days.entry(customer).or_default().push(day);
            Ok(())
        })?;
        Ok(days)
    }

    /// Grades the user gave.
    pub fn grades(&self) -> Result<Vec<(CustomerId, Grade)>> {
        self.db.rows("SELECT id, grade FROM customer WHERE grade IS NOT NULL", &[])
    }

    /// What was agreed by this day, and what of it was written off and waived by then: minor units by currency.
    pub fn agreed(&self, day: NaiveDate) -> Result<PerCurrency<Agreed>> {
        let currencies: Vec<(ProjectId, Currency)> =
            self.db.rows("SELECT id, currency FROM project", &[])?;
        let currencies: IdMap<ProjectId, Currency> = currencies.into_iter().collect();
        let mut sums: PerCurrency<Agreed> = PerCurrency::new();
        let mut add = |project, of: fn(&mut Agreed) -> &mut i64, amount: i64| {
            let currency = currencies.get(&project);
            let currency = currency.ok_or_else(|| Error::Unreadable("project".to_owned()))?;
            let sum = of(sums.entry(*currency, Default::default));
            *sum = money::add(*sum, amount)?;
            Ok(())
        };
        // In the order they stand in: an index on the day would look up each.
        let agreed = "SELECT project, amount FROM milestone WHERE COALESCE(agreed_on, '') <= $1";
        self.db.each(agreed, values![day], |(project, amount)| {
            add(project, |of| &mut of.amount, amount)
        })?;
        let adjusted = "SELECT m.project, l.amount FROM deal_line l CROSS JOIN deal d CROSS JOIN milestone m \
                        WHERE d.id = l.deal AND m.id = l.milestone AND d.agreed_on <= $1 AND COALESCE(m.agreed_on, '') <= $1";
        self.db.each(adjusted, values![day], |(project, amount)| {
            add(project, |of| &mut of.amount, amount)
        })?;
        let written_off = "SELECT m.project, w.amount FROM write_off w CROSS JOIN milestone m \
                           WHERE m.id = w.milestone AND w.written_off_on <= $1";
        self.db.each(written_off, values![day], |(project, amount)| {
            add(project, |of| &mut of.written_off, amount)
        })?;
        let waived = "SELECT m.project, w.amount FROM waiver w JOIN milestone m ON m.id = w.milestone \
                      WHERE w.waived_on <= $1";
        self.db.each(waived, values![day], |(project, amount)| {
            add(project, |of| &mut of.waived, amount)
        })?;
        Ok(sums)
    }

    /// What arrived from `from` to `to`, both included, less what went back in those days, by when bills of exchange
    /// count: minor units by currency.
    pub fn collected(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        bills: BillsCount,
    ) -> Result<Vec<(Currency, i64)>> {
        let sql = [
            "SELECT f.currency, CAST(SUM(f.amount) AS BIGINT) FROM",
            Receipt::FROM,
            "GROUP BY f.currency ORDER BY f.currency",
        ];
        self.db.rows(&sql.join(" "), values![from, to, bills.code()])
    }

    /// The same one by one, by day.
    pub fn receipts(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Receipt>> {
        let bills = self.policy()?.bills_count.code();
        self.db.select("ORDER BY f.day, f.payment, f.amount DESC", values![from, to, bills])
    }

    /// What money did to each milestone, day by day, from `from` to `to`, both included.
    pub fn flows(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Flow>> {
        let rest = "GROUP BY f.milestone, f.day ORDER BY f.milestone, f.day";
        let bills = self.policy()?.bills_count.code();
        self.db.select(rest, values![from, to, bills])
    }

    /// What arrived on each day from `from` to `to`, less what went back on it: minor units of one currency.
    pub fn collected_daily(
        &self,
        currency: Currency,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<(NaiveDate, i64)>> {
        let bills = self.policy()?.bills_count.code();
        let sql = [
            "SELECT f.day, CAST(SUM(f.amount) AS BIGINT) FROM",
            Receipt::FROM,
            "WHERE f.currency = $4 GROUP BY f.day ORDER BY f.day",
        ];
        self.db.rows(&sql.join(" "), values![from, to, bills, currency])
    }

    /// The latest day any event speaks of: as of that day or later, every milestone is as `open_item` has it.
    pub fn latest_fact_day(&self) -> Result<Option<NaiveDate>> {
        self.db.value("SELECT MAX(effective_on) FROM event", &[])
    }
}
