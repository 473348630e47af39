//! Money that somebody else paid, while nothing on record says that it may be taken as the customer's.

use chrono::{Days, NaiveDate};
use iso_currency::Currency;

use super::Reader;
use super::backend::{select, values};
use crate::domain::ids::{CustomerId, PaymentId};
use crate::domain::reconcile::is_called;
use crate::error::Result;

/// Days back that a morning looks for such money.
const DAYS: Days = Days::new(365);

select! {
    /// A payment of somebody else.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ThirdPartyPayment from "payment p JOIN customer c ON c.id = p.customer" {
        pub payment: PaymentId = "p.id",
        pub customer: CustomerId = "p.customer",
        pub currency: Currency = "p.currency",
        pub payer: String = "p.payer",
        pub received_on: NaiveDate = "p.received_on",
        /// Minor units of it that did not go back.
        pub amount: i64 = "p.amount - COALESCE((SELECT CAST(SUM(r.amount) AS BIGINT) FROM reversal r \
            WHERE r.payment = p.id AND r.reversed_on <= $1), 0)",
        name: String = "c.name",
        short_name: String = "c.short_name",
        invoice_title: String = "c.invoice_title",
    }
}

impl Reader {
    /// Those of the year before a day that it finds with no clearing, no mandate, and no earlier bank line of the payer;
    /// the oldest first.
    pub fn uncleared_payments(&self, day: NaiveDate) -> Result<Vec<ThirdPartyPayment>> {
        let rest = "WHERE p.payer <> '' AND p.received_on BETWEEN $2 AND $1 \
            AND p.payer NOT IN (c.name, c.short_name, c.invoice_title) \
            AND NOT EXISTS (SELECT 1 FROM payer_clearance k LEFT JOIN paper t ON t.id = k.paper \
                WHERE k.payment = p.id AND k.cleared_on <= $1 AND (k.note <> '' OR t.id IS NOT NULL)) \
            AND NOT EXISTS (SELECT 1 FROM paper a WHERE a.kind = 'payment_mandate' AND a.dated_on <= $1 \
                AND (a.customer = p.customer OR a.project IN (SELECT j.id FROM project j WHERE j.customer = p.customer))) \
            AND NOT EXISTS (SELECT 1 FROM payment q JOIN bank_booking b ON b.payment = q.id \
                JOIN bank_line l ON l.id = b.line WHERE q.customer = p.customer AND q.id < p.id AND l.payer = p.payer) \
            ORDER BY p.received_on, p.id";
        let from = day.checked_sub_days(DAYS).unwrap_or(day);
        let mut payments: Vec<ThirdPartyPayment> = self.db.select(rest, values![day, from])?;
        payments.retain(|one| {
            one.amount > 0
                && !is_called(&one.payer, [&one.name, &one.short_name, &one.invoice_title])
        });
        Ok(payments)
    }
}
