//! Bills (发票) and the milestones they cover.

use std::collections::HashSet;

use super::apply::Writer;
use super::convert::{Day, first};
use super::facts;
use super::tables::T;
use crate::domain::change::InvoiceDraft;
use crate::domain::facts::Facts;
use crate::domain::violation::{Field, Violation};
use crate::error::Result;

impl Writer<'_> {
    pub(super) fn invoice(&mut self, draft: &InvoiceDraft) -> Result<()> {
        let lines = self.invoice_lines(draft)?;
        let Some((head, _)) = lines.first() else {
            return Err(Violation::Empty(Field::Milestones).into());
        };
        self.check_invoice(draft)?;
        let invoice = self.insert(
            T::Invoice,
            &[
                &head.project.customer.0,
                &draft.number.trim(),
                &draft.kind.code(),
                &Day::new(draft.issued_on),
                &Day::maybe(draft.sent_on),
                &Day::maybe(draft.received_on),
            ],
        )?;
        self.created.push(invoice);
        for (facts, amount) in &lines {
            self.insert(T::InvoiceLine, &[&invoice, &facts.id.0, amount])?;
        }
        Ok(())
    }

    fn check_invoice(&mut self, draft: &InvoiceDraft) -> Result<()> {
        self.happened(draft.issued_on)?;
        self.maybe_happened(draft.sent_on)?;
        self.maybe_happened(draft.received_on)?;
        if let Some(day) = draft.received_on.filter(|day| *day < draft.issued_on) {
            return Err(Violation::TooEarly {
                day,
                earliest: draft.issued_on,
            }
            .into());
        }
        let number = draft.number.trim();
        let sql = "SELECT 1 FROM invoice WHERE number = ?1 LIMIT 1";
        if !number.is_empty() && first(self.db, ("invoice", sql), [number], |_| Ok(()))?.is_some() {
            return Err(Violation::Taken {
                field: Field::Number,
                value: number.to_owned(),
            }
            .into());
        }
        Ok(())
    }

    /// What is billed: each milestone once, all of one customer and currency.
    fn invoice_lines(&self, draft: &InvoiceDraft) -> Result<Vec<(Facts, i64)>> {
        let mut lines: Vec<(Facts, i64)> = Vec::with_capacity(draft.lines.len());
        let mut seen = HashSet::new();
        for (milestone, amount) in &draft.lines {
            let facts = facts::one(self.db, *milestone)?;
            if !seen.insert(*milestone) {
                return Err(Violation::OutOfRange(Field::Milestones).into());
            }
            if let Some((head, _)) = lines.first() {
                if head.project.customer != facts.project.customer {
                    return Err(Violation::OtherCustomer(*milestone).into());
                }
                if head.project.currency != facts.project.currency {
                    return Err(Violation::OtherCurrency {
                        milestone: *milestone,
                        expected: facts.project.currency.code(),
                        found: head.project.currency.code(),
                    }
                    .into());
                }
            }
            let amount = line_amount(&facts, *amount)?;
            lines.push((facts, amount));
        }
        Ok(lines)
    }
}

/// What a line bills. A red invoice is negative and takes back no more than was billed.
fn line_amount(facts: &Facts, amount: Option<i64>) -> Result<i64> {
    let billed = facts
        .invoices
        .iter()
        .fold(0_i64, |sum, i| sum.saturating_add(i.amount));
    match amount {
        None if billed >= facts.amount => Err(Violation::InvoicedInFull(facts.id).into()),
        None => Ok(facts.amount - billed),
        Some(0) => Err(Violation::NotPositive(0).into()),
        Some(red) if billed.saturating_add(red) < 0 => {
            Err(Violation::OutOfRange(Field::Amount).into())
        }
        Some(amount) => Ok(amount),
    }
}
