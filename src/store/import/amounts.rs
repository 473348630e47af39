//! What a row says about bills, money, objections and write-offs, booked on the facts in hand and in the ledger alike.

use chrono::NaiveDate;

use super::insert::shown;
use super::{Import, MatchedRow, RowError, refused};
use crate::domain::allocation::{Allocation, effective_on};
use crate::domain::change::{InvoiceDraft, PaymentDraft};
use crate::domain::facts::{AllocationFact, DisputeFact, Facts, InvoiceFact, PartMoney};
use crate::domain::ids::{InvoiceId, MilestoneId, PaymentId};
use crate::domain::plan::field::PlanField;
use crate::domain::plan::{PlanRow, PlanValue};
use crate::domain::rules::list;
use crate::domain::violation::Violation;
use crate::domain::{balance, deal};
use crate::error::Result;
use crate::store::backend::{select, values};
use crate::store::facts;
use crate::store::rows::{InvoiceLineRow, InvoiceRow};

select! {
    /// The invoice that bills one milestone.
    struct Bill from "invoice_line l JOIN invoice i ON i.id = l.invoice" {
        invoice: InvoiceId = "i.id",
        line: i64 = "l.id",
        number: String = "i.number",
        issued_on: NaiveDate = "i.issued_on",
        amount: i64 = "l.amount",
    }
}

impl Import<'_, '_> {
    /// What the ledger does not have yet of what a row says was received, and that nothing is given up too early.
    pub(super) fn check_received(
        &self,
        row: &PlanRow,
        facts: &Facts,
    ) -> Result<Option<i64>, RowError> {
        let bounced = list::bounced(row, facts);
        let received = |total| {
            let from = list::received_from(row, facts, self.undated());
            list::received(facts, total, bounced, from)
                .map_err(|why| refused(PlanField::Paid, shown(total, row), why))
        };
        let received = list::received_in_all(row, facts).map(received).transpose()?;
        if let Err(why) = list::write_off_day(row, facts) {
            let day = row.written_off_on.map_or_else(String::new, |day| day.to_string());
            return Err(refused(PlanField::WrittenOffOn, day, why));
        }
        Ok(received)
    }

    /// The day of money whose row names none.
    fn undated(&self) -> NaiveDate {
        self.undated.unwrap_or(self.writer.context.today)
    }

    /// What is there when a milestone comes in was received some day before: which, nobody can guess.
    pub(super) fn check_dated(&self, row: &PlanRow) -> Result<(), RowError> {
        match row.paid {
            Some(paid) if paid > 0 && row.paid_on.or(self.undated).is_none() => {
                Err(refused(PlanField::Paid, shown(paid, row), Violation::Undated))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Books everything a row says beyond its milestone. True if something was written.
    pub(super) fn book_amounts(
        &mut self,
        matched: &MatchedRow<'_>,
        facts: &mut Facts,
        received: Option<i64>,
    ) -> Result<bool> {
        let mut changed = self.bill(matched, facts)?;
        changed |= self.receive(matched, facts, received)?;
        changed |= self.give_up(matched, facts)?;
        changed |= self.dispute(matched, facts)?;
        Ok(changed)
    }

    fn bill(&mut self, matched: &MatchedRow<'_>, facts: &mut Facts) -> Result<bool> {
        let row = matched.row;
        let Some(issued_on) = row.invoiced_on else {
            return Ok(false);
        };
        let number = row.invoice_no.as_deref();
        if !facts.invoices.is_empty() {
            return self.correct_bill(matched, facts, number, issued_on);
        }
        self.writer.happened(issued_on)?;
        let invoice = self.invoice(facts, number.unwrap_or_default(), issued_on)?;
        let amount = list::whole(facts);
        self.writer.write_invoice_line(invoice, facts.id, amount)?;
        if let Some(number) = number {
            self.tell(matched, PlanField::InvoiceNo, None, PlanValue::Text(number.to_owned()));
        }
        self.tell(matched, PlanField::InvoicedOn, None, PlanValue::Text(issued_on.to_string()));
        facts.invoices.push(InvoiceFact {
            id: invoice,
            reverses: None,
            issued_on,
            sent_on: Some(issued_on),
            received_on: None,
            amount,
        });
        Ok(true)
    }

    /// The bill of this number and day, made if there is none; bills without a number are never shared.
    fn invoice(&mut self, facts: &Facts, number: &str, issued_on: NaiveDate) -> Result<InvoiceId> {
        let customer = facts.project.customer;
        if !number.is_empty() {
            let sql = "SELECT id FROM invoice WHERE customer = $1 AND number = $2 AND issued_on = $3 LIMIT 1";
            let of = values![customer, number, issued_on];
            if let Some(id) = self.writer.db.first(sql, of)? {
                return Ok(id);
            }
        }
        let draft = InvoiceDraft {
            number: number.to_owned(),
            sent_on: Some(issued_on),
            ..InvoiceDraft::new(issued_on, Vec::new())
        };
        self.writer.write_invoice(customer, &draft)
    }

    /// A bill that is there already: its day, number and amount are corrected where it is the only one.
    fn correct_bill(
        &mut self,
        matched: &MatchedRow<'_>,
        facts: &Facts,
        number: Option<&str>,
        issued_on: NaiveDate,
    ) -> Result<bool> {
        let row = matched.row;
        let rest = "WHERE l.milestone = $1 ORDER BY l.id";
        let bills: Vec<Bill> = self.writer.db.select(rest, values![facts.id])?;
        let same = |bill: &Bill| {
            bill.issued_on == issued_on && number.is_none_or(|number| number == bill.number)
        };
        let [bill] = bills.as_slice() else {
            if !bills.iter().any(same) {
                self.outcome.differs(row.row, PlanField::InvoicedOn);
            }
            return Ok(false);
        };
        self.writer.happened(issued_on)?;
        let mut changed = self.correct(matched, bill.invoice.0, |invoice: &mut InvoiceRow| {
            if let Some(number) = number {
                number.clone_into(&mut invoice.number);
            }
            // Sent the day it was issued, unless somebody said otherwise.
            if invoice.sent_on == Some(invoice.issued_on) {
                invoice.sent_on = Some(issued_on);
            }
            invoice.issued_on = issued_on;
        })?;
        if changed {
            // Other milestones of a bill see its new day too.
            let sql = "SELECT milestone FROM invoice_line WHERE invoice = $1";
            let with = self.writer.db.rows::<MilestoneId>(sql, values![bill.invoice])?;
            self.dirty.extend(with);
        }
        // The whole amount was billed, so a corrected amount corrects the bill.
        let old = self.known.get(&facts.id).map(list::whole);
        let amount = list::whole(facts);
        if old == Some(bill.amount) && bill.amount != amount {
            changed |= self.writer.update(bill.line, |line: &mut InvoiceLineRow| {
                line.amount = amount;
            })?;
        }
        Ok(changed)
    }

    /// Money the ledger does not have yet.
    fn receive(
        &mut self,
        matched: &MatchedRow<'_>,
        facts: &mut Facts,
        received: Option<i64>,
    ) -> Result<bool> {
        let row = matched.row;
        let Some(amount) = received else {
            return Ok(false);
        };
        // The day it was agreed may have come from the contract since the row was checked.
        let from = list::received_from(row, facts, self.undated());
        if list::bounced(row, facts) > 0 {
            self.outcome.differs(row.row, PlanField::Paid);
        }
        if amount <= 0 {
            let last = facts.allocations.iter().map(|a| a.on).max();
            if row.paid_on.is_some() && last.is_some_and(|last| last != from) {
                self.outcome.differs(row.row, PlanField::PaidOn);
            }
            return Ok(false);
        }
        let received_on = row.paid_on.unwrap_or(self.undated());
        self.writer.happened(received_on)?;
        let before = list::recorded(facts);
        let total = PlanValue::Amount(before.saturating_add(amount));
        self.tell(matched, PlanField::Paid, Some(PlanValue::Amount(before)), total);
        let draft = PaymentDraft::new(facts.project.account(), received_on, amount);
        let (payment, _) = self.writer.receive(&draft)?;
        if balance::split_off(facts, NaiveDate::MAX) > 0 {
            return self.receive_parts(facts, payment, &draft).map(|()| true);
        }
        let allocation = Allocation { milestone: facts.id, on: from, amount };
        let id = self.writer.write_allocation(payment, allocation)?;
        facts.allocations.push(AllocationFact::new(id, from, amount));
        Ok(true)
    }

    /// Money of what was split pays its parts, those that fall due first.
    fn receive_parts(
        &mut self,
        facts: &mut Facts,
        payment: PaymentId,
        draft: &PaymentDraft,
    ) -> Result<()> {
        let sql = "SELECT milestone FROM instalment WHERE parent = $1";
        let parts: Vec<MilestoneId> = self.writer.db.rows(sql, values![facts.id])?;
        let mut parts = facts::of(self.writer.db, &parts)?;
        parts.push(facts.clone());
        let mut left = draft.amount;
        for (part, _) in deal::open(&parts, self.writer.context.today, self.writer.calendar) {
            let on = effective_on(draft.received_on, part.agreed_on);
            let amount = balance::headroom(part, on).min(left);
            if amount > 0 {
                let allocation = Allocation { milestone: part.id, on, amount };
                self.writer.write_allocation(payment, allocation)?;
                self.dirty.insert(part.id);
                facts.parts.push(PartMoney { on, received: amount, given_up: 0 });
                left -= amount;
            }
        }
        Ok(())
    }

    /// What is still open is written off on the day the list says.
    fn give_up(&mut self, matched: &MatchedRow<'_>, facts: &mut Facts) -> Result<bool> {
        let row = matched.row;
        let Some(day) = row.written_off_on else {
            return Ok(false);
        };
        let amount = balance::headroom(facts, day);
        if amount <= 0 {
            return Ok(false);
        }
        self.tell(matched, PlanField::WrittenOffOn, None, PlanValue::Text(day.to_string()));
        self.writer.write_write_off(facts.id, amount, day, self.file)?;
        facts.write_offs.push((day, amount));
        Ok(true)
    }

    /// An objection from the day of the bill, settled the day the milestone was paid.
    fn dispute(&mut self, matched: &MatchedRow<'_>, facts: &mut Facts) -> Result<bool> {
        let row = matched.row;
        if row.disputed != Some(true) {
            return Ok(false);
        }
        let closed_on = balance::closed_on(facts);
        let is_new = facts.disputes.is_empty();
        if is_new {
            let today = self.writer.context.today;
            let opened_on = row.invoiced_on.or(facts.agreed_on).unwrap_or(today);
            self.writer.write_dispute(facts.id, None, opened_on, "", "")?;
            facts.disputes.push(DisputeFact {
                opened_on,
                amount: None,
                resolved_on: closed_on.map(|day| day.max(opened_on)),
            });
        }
        let settled = match closed_on {
            Some(day) => self.writer.settle_disputes(facts.id, day, "")?,
            None => false,
        };
        let (yes, no) = (|| PlanValue::Text("yes".to_owned()), || PlanValue::Text("no".to_owned()));
        match (is_new, settled) {
            (true, false) => self.tell(matched, PlanField::Disputed, None, yes()),
            (false, true) => self.tell(matched, PlanField::Disputed, Some(yes()), no()),
            (true, true) | (false, false) => {}
        }
        Ok(is_new || settled)
    }
}
