//! What customers were let off by a day: discounts, settlements, later due dates, debts in parts.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::Reader;
use super::backend::values;
use crate::domain::ids::CustomerId;
use crate::domain::kinds::{ConcessionKind, WaiverKind};
use crate::domain::money;
use crate::error::Result;

/// How often a customer was let off in one way, and what that cost in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concession {
    pub kind: ConcessionKind,
    pub times: u32,
    /// By how many days due dates moved in all.
    pub days: Option<i64>,
    /// What was let go; minor units.
    pub cost: Option<(Currency, i64)>,
}

impl Reader {
    /// What a customer was let off by this day.
    pub fn concessions(&self, customer: CustomerId, day: NaiveDate) -> Result<Vec<Concession>> {
        let mut all = Vec::new();
        // What is owed again was no concession.
        let sql = "SELECT g.kind, g.currency, COUNT(*), CAST(SUM(g.amount) AS BIGINT) FROM (\
                   SELECT w.kind AS kind, p.currency AS currency, w.milestone AS milestone, \
                   CAST(SUM(w.amount) AS BIGINT) AS amount FROM waiver w \
                   JOIN milestone m ON m.id = w.milestone JOIN project p ON p.id = m.project \
                   WHERE p.customer = $1 AND w.waived_on <= $2 GROUP BY w.kind, p.currency, w.milestone) g \
                   WHERE g.amount > 0 GROUP BY g.kind, g.currency ORDER BY g.kind, g.currency";
        self.db.each(sql, values![customer, day], |(kind, currency, times, amount)| {
            let kind = match kind {
                WaiverKind::Discount => ConcessionKind::Discount,
                WaiverKind::Settlement => ConcessionKind::Waiver,
            };
            all.push(Concession { kind, times, days: None, cost: Some((currency, amount)) });
            Ok(())
        })?;
        // The days of parts are those of the instalments, counted below.
        let sql = "SELECT r.from_due, r.to_due FROM reschedule r JOIN milestone m ON m.id = r.milestone \
                   JOIN project p ON p.id = m.project WHERE p.customer = $1 AND r.agreed_on <= $2 \
                   AND r.from_due < r.to_due AND NOT EXISTS (SELECT 1 FROM instalment i \
                   JOIN deal d ON d.id = i.deal WHERE i.milestone = r.milestone AND d.agreed_on = r.agreed_on)";
        let moved: Vec<(NaiveDate, NaiveDate)> = self.db.rows(sql, values![customer, day])?;
        let (mut times, mut days) = (0, 0);
        for (from, to) in moved {
            times += 1;
            days = money::add(days, (to - from).num_days())?;
        }
        if times > 0 {
            let kind = ConcessionKind::Extension;
            all.push(Concession { kind, times, days: Some(days), cost: None });
        }
        let sql = "SELECT COUNT(*) FROM deal WHERE customer = $1 AND kind = 'instalments' AND agreed_on <= $2";
        let times: u32 = self.db.value(sql, values![customer, day])?;
        if times > 0 {
            let kind = ConcessionKind::Instalments;
            all.push(Concession { kind, times, days: None, cost: None });
        }
        Ok(all)
    }
}
