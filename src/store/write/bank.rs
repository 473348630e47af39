//! What lines of bank statements are booked as.

use sha2::{Digest, Sha256};

use crate::domain::bank::{StatementLine, StatementSum};
use crate::domain::change::Booking;
use crate::domain::ids::{BankLineId, PaymentId};
use crate::domain::violation::{Thing, Violation};
use crate::domain::{money, rules};
use crate::error::{Error, Result};
use crate::store::apply::Writer;
use crate::store::backend::{select, values};
use crate::store::rows::{BankBookingRow, BankLineRow, BankStatementRow, PaymentRow};
use crate::store::unknown;

select! {
    /// What a line was made of, as far as it stands.
    struct Standing from "bank_booking b" {
        id: i64 = "b.id",
        payment: Option<PaymentId> = "b.payment",
    }
}

/// What became of a line and still holds: a payment that was voided does not.
pub(in crate::store) const STANDS: &str = "(b.payment IS NULL OR NOT EXISTS (SELECT 1 FROM voided v \
    WHERE v.tbl = 'payment' AND v.row_id = b.payment))";

impl Writer<'_> {
    /// Books a line as a payment, which is recorded with it or was before.
    pub(super) fn book_line(
        &mut self,
        line: BankLineId,
        booking: &Booking,
        fee: i64,
    ) -> Result<()> {
        let row = self.line(line)?;
        if row.amount < 0 {
            return Err(Violation::LineOut(line).into());
        }
        if fee < 0 {
            return Err(Violation::NotPositive(fee).into());
        }
        let skipped = match self.standing(line)? {
            Some(Standing { payment: Some(payment), .. }) => {
                return Err(Violation::LineTaken { line, payment }.into());
            }
            Some(Standing { payment: None, id }) => Some(id),
            None => None,
        };
        let amount = money::add(row.amount, fee)?;
        let fits = |payment: i64, currency| {
            if payment == amount && currency == row.currency {
                return Ok(());
            }
            Err(Violation::NotTheLine { line, payment, amount, currency: row.currency })
        };
        let payment = match booking {
            Booking::New(draft) => {
                fits(draft.amount.saturating_sub(draft.deducted()), draft.currency)?;
                rules::deducted(draft.amount, draft.deducted().saturating_add(fee), row.currency)?;
                self.record_line(draft)?;
                let payment = self.created.last().copied();
                PaymentId(payment.ok_or(Error::Bug("a payment that was not recorded"))?)
            }
            Booking::Known(id) => {
                let known: Option<PaymentRow> = self.db.row(id.0)?;
                let known = known.ok_or_else(|| unknown(Thing::Payment, id))?;
                fits(known.amount.saturating_sub(self.deducted(*id)?), known.currency)?;
                self.free(*id)?;
                self.bill_arrived(*id, row.booked_on)?;
                self.created.push(id.0);
                *id
            }
        };
        let booking = BankBookingRow { line, payment: Some(payment), fee, reason: String::new() };
        match skipped {
            Some(id) => self.update(id, |row: &mut BankBookingRow| *row = booking).map(drop),
            None => self.insert(&booking).map(drop),
        }
    }

    /// Says that a line is not ours.
    pub(super) fn skip_line(&mut self, line: BankLineId, reason: &str) -> Result<()> {
        self.line(line)?;
        match self.standing(line)? {
            Some(Standing { payment: Some(payment), .. }) => {
                Err(Violation::LineTaken { line, payment }.into())
            }
            Some(Standing { payment: None, .. }) => Ok(()),
            None => {
                let reason = reason.trim().to_owned();
                self.insert(&BankBookingRow { line, payment: None, fee: 0, reason }).map(drop)
            }
        }
    }

    fn line(&self, line: BankLineId) -> Result<BankLineRow> {
        self.db.row(line.0)?.ok_or_else(|| unknown(Thing::BankLine, line))
    }

    fn standing(&self, line: BankLineId) -> Result<Option<Standing>> {
        let rest = ["WHERE b.line = $1 AND", STANDS, "ORDER BY b.id DESC LIMIT 1"].join(" ");
        self.db.select_first(&rest, values![line])
    }

    /// Refuses a payment that was voided or that another line was booked as.
    fn free(&self, payment: PaymentId) -> Result<()> {
        if !self.db.exists("SELECT 1 FROM payment WHERE id = $1", values![payment])? {
            return Err(unknown(Thing::Payment, payment));
        }
        let sql = "SELECT line FROM bank_booking WHERE payment = $1";
        match self.db.first::<BankLineId>(sql, values![payment])? {
            Some(line) => Err(Violation::PaymentTaken { payment, line }.into()),
            None => Ok(()),
        }
    }

    /// Writes a line the ledger does not have; false if it has it.
    pub(in crate::store) fn add_line(
        &mut self,
        line: &StatementLine,
        told_by: String,
    ) -> Result<bool> {
        if self.db.exists("SELECT 1 FROM bank_line WHERE told_by = $1", values![told_by])? {
            return Ok(false);
        }
        self.insert(&BankLineRow {
            told_by,
            account: line.account.clone(),
            booked_on: line.on,
            amount: line.amount,
            currency: line.currency,
            balance: line.balance,
            payer: line.payer.clone(),
            payer_account: line.payer_account.clone(),
            remark: line.remark.clone(),
            serial: line.serial.clone(),
        })?;
        Ok(true)
    }

    pub(in crate::store) fn add_statement(&mut self, file: &str, sum: &StatementSum) -> Result<()> {
        self.create(&BankStatementRow {
            file: file.to_owned(),
            account: sum.account.clone(),
            currency: sum.currency,
            first_on: sum.first_on,
            last_on: sum.last_on,
            opening: sum.opening,
            closing: sum.closing,
        })?;
        Ok(())
    }
}

/// What tells a line from others, short.
pub(in crate::store) fn digest(line: &StatementLine) -> u128 {
    let hash = Sha256::digest(line.told_by());
    hash.iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte))
}
