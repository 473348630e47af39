//! The registers of payments and of invoices as a whole: what chooses and orders their rows, which may be too many to
//! hold. The rows themselves are read by id, in [`lists`](super::lists).

use chrono::NaiveDate;
use iso_currency::Currency;

use super::backend::{select, values};
use super::{Reader, Span};
use crate::domain::ids::{CustomerId, IdMap, PaymentId, ProjectId};
use crate::domain::money;
use crate::error::Result;

/// What is kept in the order of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    Payments,
    Invoices,
}

select! {
    struct Paid from "payment p" {
        id: i64 = "p.id",
        on: NaiveDate = "p.received_on",
        customer: CustomerId = "p.customer",
        currency: Currency = "p.currency",
        amount: i64 = "p.amount",
    }
}

select! {
    struct Billed from "invoice i JOIN invoice_line l ON l.invoice = i.id JOIN milestone m ON m.id = l.milestone \
        JOIN project j ON j.id = m.project" {
        id: i64 = "i.id",
        on: NaiveDate = "i.issued_on",
        customer: CustomerId = "i.customer",
        currency: Currency = "j.currency",
        amount: i64 = "CAST(SUM(l.amount) AS BIGINT)",
    }
}

/// One row of a register, as far as its place goes by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    pub id: i64,
    pub on: NaiveDate,
    pub customer: CustomerId,
    pub currency: Currency,
    /// Minor units: of a payment what did not go back, of an invoice what it bills.
    pub amount: i64,
}

impl Register {
    const fn newest(self) -> &'static str {
        match self {
            Self::Payments => {
                "SELECT id FROM payment WHERE received_on BETWEEN $1 AND $2 \
                 ORDER BY received_on DESC, id DESC LIMIT $3"
            }
            Self::Invoices => {
                "SELECT id FROM invoice WHERE issued_on BETWEEN $1 AND $2 \
                 ORDER BY issued_on DESC, id DESC LIMIT $3"
            }
        }
    }

    /// What each is found by beside its customer.
    const fn texts(self) -> &'static str {
        match self {
            Self::Payments => {
                "SELECT id, '#' || id || ' ' || payer || ' ' || bank_ref || ' ' || note FROM payment \
                 WHERE received_on BETWEEN $1 AND $2"
            }
            Self::Invoices => "SELECT id, number FROM invoice WHERE issued_on BETWEEN $1 AND $2",
        }
    }

    /// The project of each of its lines, and what the milestone is called.
    const fn lines(self) -> &'static str {
        match self {
            Self::Payments => {
                "SELECT a.payment, m.project, COALESCE(m.key, '') || ' ' || j.code || ' ' || j.name \
                 FROM payment p JOIN allocation a ON a.payment = p.id JOIN milestone m ON m.id = a.milestone \
                 JOIN project j ON j.id = m.project WHERE p.received_on BETWEEN $1 AND $2"
            }
            Self::Invoices => {
                "SELECT l.invoice, m.project, COALESCE(m.key, '') || ' ' || j.code || ' ' || j.name \
                 FROM invoice i JOIN invoice_line l ON l.invoice = i.id JOIN milestone m ON m.id = l.milestone \
                 JOIN project j ON j.id = m.project WHERE i.issued_on BETWEEN $1 AND $2"
            }
        }
    }
}

impl Reader {
    /// The newest rows of a register, so many at most: known without looking at the others.
    pub fn newest(&self, register: Register, span: Span, limit: u32) -> Result<Vec<i64>> {
        let (from, to) = span.days();
        self.db.rows(register.newest(), values![from, to, limit])
    }

    /// All rows of a register, newest first.
    pub fn entered(&self, register: Register, span: Span) -> Result<Vec<Entered>> {
        let (from, to) = span.days();
        match register {
            Register::Payments => self.entered_payments(from, to),
            Register::Invoices => {
                let rest = "WHERE i.issued_on BETWEEN $1 AND $2 \
                            GROUP BY i.id, i.issued_on, i.customer, j.currency ORDER BY i.issued_on DESC, i.id DESC";
                let billed = self.db.select(rest, values![from, to])?.into_iter();
                let entered = |Billed { id, on, customer, currency, amount }| Entered {
                    id,
                    on,
                    customer,
                    currency,
                    amount,
                };
                Ok(billed.map(entered).collect())
            }
        }
    }

    fn entered_payments(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Entered>> {
        let mut back: IdMap<PaymentId, i64> = IdMap::default();
        self.db.each("SELECT payment, amount FROM reversal", &[], |(payment, amount)| {
            let sum: &mut i64 = back.entry(payment).or_default();
            *sum = money::add(*sum, amount)?;
            Ok(())
        })?;
        let rest = "WHERE p.received_on BETWEEN $1 AND $2 ORDER BY p.received_on DESC, p.id DESC";
        let paid = self.db.select(rest, values![from, to])?.into_iter();
        let entered = |Paid { id, on, customer, currency, amount }| {
            let back = back.get(&PaymentId(id)).copied().unwrap_or_default();
            Entered { id, on, customer, currency, amount: amount.saturating_sub(back) }
        };
        Ok(paid.map(entered).collect())
    }

    /// Hands out each row of a register with the words it is found by, those of its customer apart.
    pub fn each_text(
        &self,
        register: Register,
        span: Span,
        mut visit: impl FnMut(i64, &str),
    ) -> Result<()> {
        let (from, to) = span.days();
        self.db.each_row(register.texts(), values![from, to], |row| {
            let id = row.next()?;
            visit(id, row.next_text()?.unwrap_or(""));
            Ok(())
        })
    }

    /// Hands out each line of the rows of a register: the row, the project, what the milestone is called.
    pub fn each_line(
        &self,
        register: Register,
        span: Span,
        mut visit: impl FnMut(i64, ProjectId, &str),
    ) -> Result<()> {
        let (from, to) = span.days();
        self.db.each_row(register.lines(), values![from, to], |row| {
            let (id, project) = (row.next()?, row.next()?);
            visit(id, project, row.next_text()?.unwrap_or(""));
            Ok(())
        })
    }
}
