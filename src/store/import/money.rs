//! What a row says about bills, money, objections and write-offs, booked on the facts in hand and in the ledger alike.

use chrono::NaiveDate;
use rusqlite::params;

use super::check::shown;
use super::{Import, Trouble, bad};
use crate::domain::balance;
use crate::domain::facts::{AllocationFact, DisputeFact, Facts, InvoiceFact};
use crate::domain::ids::AllocationId;
use crate::domain::kinds::{InvoiceKind, Method};
use crate::domain::plan::PlanRow;
use crate::domain::violation::Violation;
use crate::error::Result;
use crate::store::convert::{Day, first, rows};
use crate::store::tables::T;

/// What a row says was received in all: a day without an amount means in full.
pub(super) fn total_paid(row: &PlanRow, facts: &Facts) -> Option<i64> {
    let in_full = || row.amount - balance::written_off_on(facts, NaiveDate::MAX);
    row.paid.or(row.paid_on.map(|_| in_full()))
}

/// Nothing is given up before it was agreed.
pub(super) fn check_write_off(row: &PlanRow, facts: &Facts) -> Result<(), Trouble> {
    if let Some(day) = row.written_off_on
        && let Some(earliest) = facts.agreed_on.filter(|agreed| *agreed > day)
    {
        return Err(bad(
            "written_off_on",
            &day,
            Violation::TooEarly { day, earliest },
        ));
    }
    Ok(())
}

/// The invoice that bills one milestone.
struct Bill {
    invoice: i64,
    line: i64,
    number: String,
    issued_on: NaiveDate,
    sent_on: Option<NaiveDate>,
    amount: i64,
}

impl<'b> Import<'_, '_, 'b> {
    /// What a list says was received can grow, and no further than the amount.
    pub(super) fn check_paid(
        &self,
        row: &PlanRow,
        facts: &Facts,
        total: Option<i64>,
    ) -> Result<(), Trouble> {
        let Some(total) = total else {
            return Ok(());
        };
        let (recorded, currency) = (balance::received_on(facts, NaiveDate::MAX), row.currency);
        let value = || shown(total, currency);
        if total < 0 {
            return Err(bad("paid", &value(), Violation::NotPositive(total)));
        }
        if total < recorded {
            let why = Violation::ReceivedLess {
                listed: total,
                recorded,
                currency,
            };
            return Err(bad("paid", &value(), why));
        }
        let from = self.paid_from(row, facts);
        if total - recorded > balance::headroom(facts, from) {
            let why = Violation::BelowReceived {
                amount: facts.amount,
                used: total.saturating_add(balance::written_off_on(facts, NaiveDate::MAX)),
                currency,
            };
            return Err(bad("paid", &value(), why));
        }
        Ok(())
    }

    /// The day from which money of this row counts.
    fn paid_from(&self, row: &PlanRow, facts: &Facts) -> NaiveDate {
        let day = row.paid_on.unwrap_or(self.writer.context.today);
        facts.agreed_on.map_or(day, |agreed| agreed.max(day))
    }

    /// Books everything a row says beyond its milestone. True if something was written.
    pub(super) fn book(
        &mut self,
        row: &'b PlanRow,
        facts: &mut Facts,
        total: Option<i64>,
    ) -> Result<bool> {
        let mut changed = self.bill(row, facts)?;
        changed |= self.receive(row, facts, total)?;
        changed |= self.give_up(row, facts)?;
        changed |= self.dispute(row, facts)?;
        Ok(changed)
    }

    fn bill(&mut self, row: &'b PlanRow, facts: &mut Facts) -> Result<bool> {
        let Some(issued_on) = row.invoiced_on else {
            return Ok(false);
        };
        let number = row.invoice_no.as_deref();
        if !facts.invoices.is_empty() {
            return self.bill_again(row, facts, (number, issued_on));
        }
        self.writer.happened(issued_on)?;
        let number = number.unwrap_or_default();
        let invoice = self.invoice(facts, (number, issued_on))?;
        self.writer
            .insert(T::InvoiceLine, &[&invoice, &facts.id.0, &row.amount])?;
        facts.invoices.push(InvoiceFact {
            issued_on,
            sent_on: Some(issued_on),
            received_on: None,
            amount: row.amount,
        });
        Ok(true)
    }

    /// The bill of this number and day, made if there is none; bills without a number are never shared.
    fn invoice(&mut self, facts: &Facts, (number, issued_on): (&'b str, NaiveDate)) -> Result<i64> {
        let customer = facts.project.customer;
        let day = Day::new(issued_on);
        let name = (customer, number, issued_on);
        if !number.is_empty() {
            if let Some(known) = self.places.invoices.get(&name) {
                return Ok(*known);
            }
            let sql = "SELECT id FROM invoice WHERE customer = ?1 AND number = ?2 AND issued_on = ?3 LIMIT 1";
            let of = params![customer.0, number, day];
            if let Some(id) = first(self.writer.db, ("invoice", sql), of, |c| c.int(0))? {
                self.places.invoices.insert(name, id);
                return Ok(id);
            }
        }
        let none: Option<Day> = None;
        let kind = InvoiceKind::Special.code();
        let id = self.writer.insert(
            T::Invoice,
            &[&customer.0, &number, &kind, &day, &Some(day), &none],
        )?;
        if !number.is_empty() {
            self.places.invoices.insert(name, id);
        }
        Ok(id)
    }

    /// A bill that is there already: its day, number and amount are corrected where it is the only one.
    fn bill_again(
        &mut self,
        row: &PlanRow,
        facts: &Facts,
        (number, issued_on): (Option<&str>, NaiveDate),
    ) -> Result<bool> {
        let bills = self.bills(facts)?;
        let same = |bill: &Bill| {
            bill.issued_on == issued_on && number.is_none_or(|number| number == bill.number)
        };
        let [bill] = bills.as_slice() else {
            if !bills.iter().any(same) {
                self.outcome.differing.push((row.row, "invoiced_on"));
            }
            return Ok(false);
        };
        self.writer.happened(issued_on)?;
        let moved = bill.sent_on.filter(|sent| *sent != bill.issued_on);
        let sent_on = if bill.sent_on.is_some() {
            Day::maybe(moved.or(Some(issued_on)))
        } else {
            None
        };
        let number = number.unwrap_or(&bill.number);
        let day = Day::new(issued_on);
        let mut changed = self.writer.update(
            T::Invoice,
            bill.invoice,
            &[
                ("number", &number),
                ("issued_on", &day),
                ("sent_on", &sent_on),
            ],
        )?;
        if changed {
            self.dirty_with(bill.invoice)?;
        }
        // The whole amount was billed, so a corrected amount corrects the bill.
        let old = self.known.get(&facts.id).map(|f| f.amount);
        if old == Some(bill.amount) && bill.amount != row.amount {
            let amount = row.amount;
            changed |= self
                .writer
                .update(T::InvoiceLine, bill.line, &[("amount", &amount)])?;
        }
        Ok(changed)
    }

    /// Other milestones of a bill see its new day too.
    fn dirty_with(&mut self, invoice: i64) -> Result<()> {
        let sql = "SELECT milestone FROM invoice_line WHERE invoice = ?";
        let ids = rows(self.writer.db, ("invoice_line", sql), [invoice], |c| {
            c.int(0)
        })?;
        self.dirty
            .extend(ids.into_iter().map(crate::domain::ids::MilestoneId));
        Ok(())
    }

    fn bills(&self, facts: &Facts) -> Result<Vec<Bill>> {
        let sql = "SELECT i.id, l.id, i.number, i.issued_on, i.sent_on, l.amount \
                   FROM invoice_line l JOIN invoice i ON i.id = l.invoice WHERE l.milestone = ? ORDER BY l.id";
        rows(self.writer.db, ("invoice", sql), [facts.id.0], |c| {
            Ok(Bill {
                invoice: c.int(0)?,
                line: c.int(1)?,
                number: c.string(2)?,
                issued_on: c.day(3)?,
                sent_on: c.maybe_day(4)?,
                amount: c.int(5)?,
            })
        })
    }

    /// Money the ledger does not have yet.
    fn receive(&mut self, row: &PlanRow, facts: &mut Facts, total: Option<i64>) -> Result<bool> {
        let Some(total) = total else {
            return Ok(false);
        };
        let amount = total - balance::received_on(facts, NaiveDate::MAX);
        let from = self.paid_from(row, facts);
        if amount <= 0 {
            let last = facts.allocations.iter().map(|a| a.on).max();
            if row.paid_on.is_some() && last.is_some_and(|last| last != from) {
                self.outcome.differing.push((row.row, "paid_on"));
            }
            return Ok(false);
        }
        let received_on = row.paid_on.unwrap_or(self.writer.context.today);
        self.writer.happened(received_on)?;
        self.writer.latest = self.writer.latest.max(Some(from));
        let payment = self.writer.insert(
            T::Payment,
            &[
                &facts.project.customer.0,
                &Day::new(received_on),
                &amount,
                &row.currency.code(),
                &Method::Transfer.code(),
                &"",
                &"",
                &"",
            ],
        )?;
        let none: Option<i64> = None;
        let allocation = self.writer.insert(
            T::Allocation,
            &[
                &payment,
                &facts.id.0,
                &amount,
                &Day::new(from),
                &none,
                &none,
            ],
        )?;
        facts.allocations.push(AllocationFact {
            id: AllocationId(allocation),
            on: from,
            amount,
            reversed: Vec::new(),
        });
        Ok(true)
    }

    /// What is still open is written off on the day the list says.
    fn give_up(&mut self, row: &PlanRow, facts: &mut Facts) -> Result<bool> {
        let Some(day) = row.written_off_on else {
            return Ok(false);
        };
        let amount = balance::headroom(facts, day);
        if amount <= 0 {
            return Ok(false);
        }
        self.writer.happened(day)?;
        self.writer
            .insert(T::WriteOff, &[&facts.id.0, &Day::new(day), &amount, &""])?;
        facts.write_offs.push((day, amount));
        Ok(true)
    }

    /// An objection from the day of the bill, settled the day the milestone was paid.
    fn dispute(&mut self, row: &PlanRow, facts: &mut Facts) -> Result<bool> {
        if row.disputed != Some(true) {
            return Ok(false);
        }
        let today = self.writer.context.today;
        let closed_on = balance::closed_on(facts);
        if facts.disputes.is_empty() {
            let opened_on = row.invoiced_on.or(facts.agreed_on).unwrap_or(today);
            let resolved_on = closed_on.map(|day| day.max(opened_on));
            self.writer.happened(opened_on)?;
            let none: Option<i64> = None;
            self.writer.insert(
                T::Dispute,
                &[
                    &facts.id.0,
                    &Day::new(opened_on),
                    &none,
                    &"",
                    &"",
                    &Day::maybe(resolved_on),
                    &"",
                ],
            )?;
            facts.disputes.push(DisputeFact {
                opened_on,
                amount: None,
                resolved_on,
            });
            return Ok(true);
        }
        let Some(closed_on) = closed_on else {
            return Ok(false);
        };
        let sql = "SELECT id, opened_on FROM dispute WHERE milestone = ? AND resolved_on IS NULL";
        let open = rows(self.writer.db, ("dispute", sql), [facts.id.0], |c| {
            Ok((c.int(0)?, c.day(1)?))
        })?;
        for (id, opened_on) in &open {
            let day = Day::new(closed_on.max(*opened_on));
            self.writer
                .update(T::Dispute, *id, &[("resolved_on", &day)])?;
        }
        Ok(!open.is_empty())
    }
}
