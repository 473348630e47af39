//! Bills (发票) and the milestones they cover.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::change::InvoiceDraft;
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, InvoiceId, MilestoneId};
use crate::domain::rules;
use crate::domain::violation::{Field, Violation};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::facts;
use crate::store::rows::{InvoiceLineRow, InvoiceRow};

impl Writer<'_> {
    pub(super) fn invoice(&mut self, draft: &InvoiceDraft) -> Result<()> {
        let lines = draft.lines.iter();
        let billed: Vec<Facts> =
            lines.map(|(milestone, _)| facts::one(self.db, *milestone)).collect::<Result<_>>()?;
        let amounts = rules::invoice(draft, &billed, self.context.today)?;
        let head = billed.first().ok_or(Violation::Empty(Field::Milestones))?;
        let number = draft.number.trim();
        let sql = "SELECT id FROM invoice WHERE number = $1 LIMIT 1";
        let found = if number.is_empty() { None } else { self.db.first(sql, values![number])? };
        rules::invoice_number(number, found, draft.again)?;
        let invoice = self.write_invoice(head.project.customer, draft)?;
        self.created.push(invoice.0);
        for (facts, amount) in billed.iter().zip(amounts) {
            self.write_invoice_line(invoice, facts.id, amount)?;
        }
        Ok(())
    }

    /// Invoices of these milestones that lay here went out, or were signed for.
    pub(in crate::store) fn send_invoices(
        &mut self,
        milestones: &[MilestoneId],
        only: &[InvoiceId],
        sent_on: Option<NaiveDate>,
        received_on: Option<NaiveDate>,
    ) -> Result<()> {
        for day in [sent_on, received_on] {
            self.maybe_happened(day)?;
        }
        let mut bills = BTreeSet::new();
        for id in rules::milestones(milestones)? {
            let facts = facts::one(self.db, id)?;
            let sent = rules::send_invoices(&facts, only, sent_on, received_on, self.context.today);
            bills.extend(sent?);
        }
        for bill in bills {
            self.update(bill.0, |row: &mut InvoiceRow| {
                row.sent_on = row.sent_on.or(sent_on);
                row.received_on = row.received_on.or(received_on);
            })?;
        }
        Ok(())
    }

    /// Writes a bill that obeys the rules, without its lines.
    pub(in crate::store) fn write_invoice(
        &mut self,
        customer: CustomerId,
        draft: &InvoiceDraft,
    ) -> Result<InvoiceId> {
        for day in [Some(draft.issued_on), draft.sent_on, draft.received_on] {
            self.maybe_happened(day)?;
        }
        let id = self.insert(&InvoiceRow {
            customer,
            number: draft.number.trim().to_owned(),
            kind: draft.kind,
            issued_on: draft.issued_on,
            sent_on: draft.sent_on,
            received_on: draft.received_on,
            reverses: draft.reverses,
            tax_rate: draft.tax_rate,
        })?;
        Ok(InvoiceId(id))
    }

    pub(in crate::store) fn write_invoice_line(
        &mut self,
        invoice: InvoiceId,
        milestone: MilestoneId,
        amount: i64,
    ) -> Result<()> {
        self.insert(&InvoiceLineRow { invoice, milestone, amount })?;
        Ok(())
    }
}
