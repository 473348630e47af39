//! What a bank statement says: money that came in or went out, line by line, and what becomes of each line. Whose money
//! it is is the business of [`crate::domain::reconcile`].

use chrono::NaiveDate;
use iso_currency::Currency;

use super::codes::codes;

codes! {
    /// What became of a line. It is never stored: a line is booked while the payment it was booked as stands.
    LineState {
        Open = "open",
        Booked = "booked",
        /// It has nothing to do with receivables.
        NotOurs = "not_ours",
        /// Money that went out; it is kept for the balance, and nobody is asked about it.
        Out = "out",
    }
}

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// Its row in the file, from 1.
    pub row: u32,
    /// Our account, as the statement or the person names it; empty is not known.
    pub account: String,
    pub on: NaiveDate,
    /// Minor units; below 0 they went out.
    pub amount: i64,
    pub currency: Currency,
    /// Minor units on the account after it.
    pub balance: Option<i64>,
    /// Who is on the other side.
    pub payer: String,
    pub payer_account: String,
    /// Everything the statement says of what it is for.
    pub remark: String,
    /// What the bank calls it; empty where the bank gives no number.
    pub serial: String,
}

impl StatementLine {
    /// What tells it from other lines: account, day and amount with the bank's number, else with all the statement says.
    /// Lines that are alike in this are told apart by how many of them came before in the same file.
    pub fn told_by(&self) -> String {
        let balance = self.balance.map(|balance| balance.to_string()).unwrap_or_default();
        let (on, amount) = (self.on.to_string(), self.amount.to_string());
        let mut parts = vec![&*self.account, &*on, &*amount, self.currency.code(), &*self.serial];
        if self.serial.is_empty() {
            parts.extend([&*balance, &*self.payer, &*self.payer_account, &*self.remark]);
        }
        parts.join("\u{1f}")
    }
}

/// What a statement says of one account in one currency, by its lines and by its own words. Minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementSum {
    pub account: String,
    pub currency: Currency,
    pub first_on: NaiveDate,
    pub last_on: NaiveDate,
    /// Lines and money that came in.
    pub money_in: (u32, i64),
    /// Lines and money that went out, above 0.
    pub money_out: (u32, i64),
    /// Before the first and after the last line, where the statement says so.
    pub opening: Option<i64>,
    pub closing: Option<i64>,
}

/// A statement on its way into the ledger.
#[derive(Debug)]
pub struct StatementBatch<R> {
    /// File name without its folder.
    pub file: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    pub sums: Vec<StatementSum>,
    pub rows: R,
}

/// What became of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StatementOutcome {
    /// Lines the ledger did not have.
    pub new: u32,
    /// Lines it had.
    pub known: u32,
}
