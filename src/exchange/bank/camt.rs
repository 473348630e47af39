//! camt.053 (and 052, 054): statements with entries, of which one may stand for several payments. Entries that are only
//! announced are left out.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::checks::{Collector, Section, add};
use super::marks::{Pieces, Tag};
use super::{StatementOptions, amount};
use crate::domain::bank::StatementLine;
use crate::domain::money::Grouping;
use crate::error::bank::{StatementError, StatementNote};
use crate::exchange::sheet::Bytes;

const FORMAT: &str = "camt";

/// Tags within each other at most.
const DEPTH: usize = 64;

pub fn read(
    bytes: &mut dyn Bytes,
    options: &StatementOptions,
    into: &mut Collector,
) -> Result<(), StatementError> {
    into.notes.push(StatementNote::Format("camt.053"));
    let mut pieces = Pieces::new(bytes, options.encoding.as_deref(), '<')?;
    let mut reader = Reader::default();
    while let Some(piece) = pieces.next()? {
        let tag = Tag::of(&piece);
        reader.at = pieces.count;
        if tag.name.is_empty() {
            continue;
        }
        if tag.closes {
            reader.close(&tag.name, options, into)?;
        } else {
            reader.open(&tag)?;
            if tag.is_empty {
                reader.close(&tag.name, options, into)?;
            }
        }
    }
    Ok(())
}

/// A part of an entry that names who paid, for what and how much.
#[derive(Debug, Clone, Default)]
struct Part {
    amount: String,
    is_credit: Option<bool>,
    payer: [String; 2],
    account: [String; 2],
    remark: Vec<String>,
    serial: String,
}

#[derive(Default)]
struct Reader {
    at: u32,
    path: Vec<String>,
    account: String,
    currency: Option<Currency>,
    opening: Option<i64>,
    closing: Option<i64>,
    total: i64,
    balance: (String, String, bool),
    entry: Part,
    day: String,
    status: String,
    is_reversal: bool,
    details: Vec<Part>,
}

impl Reader {
    fn is_in(&self, name: &str) -> bool {
        self.path.iter().any(|tag| tag == name)
    }

    fn open(&mut self, tag: &Tag) -> Result<(), StatementError> {
        if self.path.len() == DEPTH {
            return Err(self.malformed(&tag.name));
        }
        let parent = self.path.last().cloned().unwrap_or_default();
        self.path.push(tag.name.clone());
        let text = tag.text.as_str();
        match tag.name.as_str() {
            "Stmt" | "Rpt" | "Ntfctn" => {
                (self.opening, self.closing, self.total) = (None, None, 0);
                self.account.clear();
            }
            "Bal" => self.balance = (String::new(), String::new(), true),
            "Ntry" => {
                (self.entry, self.details) = (Part::default(), Vec::new());
                self.day.clear();
                self.status.clear();
                self.is_reversal = false;
            }
            "TxDtls" => self.details.push(Part::default()),
            _ => {}
        }
        if tag.name == "Amt"
            && let Some(currency) = tag.attribute("Ccy").and_then(Currency::from_code)
            && (parent == "Ntry" || parent == "Bal")
        {
            self.currency = Some(currency);
        }
        if text.is_empty() {
            return Ok(());
        }
        if self.is_in("Bal") {
            match (tag.name.as_str(), parent.as_str()) {
                ("Cd", _) => text.clone_into(&mut self.balance.0),
                ("Amt", "Bal") => text.clone_into(&mut self.balance.1),
                ("CdtDbtInd", "Bal") => self.balance.2 = text == "CRDT",
                _ => {}
            }
        } else if self.is_in("Ntry") {
            self.told(&tag.name, &parent, text);
        } else if self.is_in("Acct")
            && !self.is_in("Svcr")
            && matches!(tag.name.as_str(), "IBAN" | "Id")
            && self.account.is_empty()
        {
            text.clone_into(&mut self.account);
        }
        Ok(())
    }

    /// What a tag of an entry says.
    fn told(&mut self, name: &str, parent: &str, text: &str) {
        match (name, parent) {
            ("Sts", "Ntry") | ("Cd", "Sts") => text.clone_into(&mut self.status),
            ("RvslInd", "Ntry") => self.is_reversal = text == "true",
            ("Dt" | "DtTm", "BookgDt") => text.clone_into(&mut self.day),
            ("Dt" | "DtTm", "ValDt") if self.day.is_empty() => text.clone_into(&mut self.day),
            _ => {}
        }
        let is_debtor = self.is_in("Dbtr");
        let is_creditor = self.is_in("Cdtr");
        let of_account = (self.is_in("DbtrAcct"), self.is_in("CdtrAcct"));
        let part = self.details.last_mut().unwrap_or(&mut self.entry);
        let set = |into: &mut String| {
            if into.is_empty() {
                text.clone_into(into);
            }
        };
        match (name, parent) {
            ("Amt", "Ntry" | "TxDtls" | "TxAmt") => set(&mut part.amount),
            ("CdtDbtInd", "Ntry" | "TxDtls") => part.is_credit = Some(text == "CRDT"),
            ("Nm", _) if is_debtor => set(&mut part.payer[0]),
            ("Nm", _) if is_creditor => set(&mut part.payer[1]),
            ("IBAN" | "Id", _) if of_account.0 => set(&mut part.account[0]),
            ("IBAN" | "Id", _) if of_account.1 => set(&mut part.account[1]),
            ("Ustrd" | "Ref" | "AddtlNtryInf" | "AddtlTxInf", _) => {
                part.remark.push(text.to_owned());
            }
            ("EndToEndId", _) if text != "NOTPROVIDED" => part.remark.push(text.to_owned()),
            ("AcctSvcrRef", _) => set(&mut part.serial),
            _ => {}
        }
    }

    fn close(
        &mut self,
        name: &str,
        options: &StatementOptions,
        into: &mut Collector,
    ) -> Result<(), StatementError> {
        if let Some(at) = self.path.iter().rposition(|tag| tag == name) {
            self.path.truncate(at);
        }
        match name {
            "Bal" => {
                let currency = self.currency.unwrap_or(Currency::EUR);
                let amount = amount(&self.balance.1, currency, Grouping::Comma)
                    .map_err(|_| self.malformed(&self.balance.1))?;
                let amount = if self.balance.2 { amount } else { -amount };
                match self.balance.0.as_str() {
                    "OPBD" | "PRCD" => self.opening = self.opening.or(Some(amount)),
                    "CLBD" => self.closing = Some(amount),
                    _ => {}
                }
            }
            "Ntry" => self.entry(options, into)?,
            "Stmt" | "Rpt" | "Ntfctn" => {
                if let Some(currency) = self.currency {
                    let account = options.account.clone().unwrap_or_else(|| self.account.clone());
                    let section = Section { account, currency, total: self.total };
                    into.section(&section, self.opening, self.closing)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The lines of an entry: one, or one for each payment it stands for if these add up to it.
    fn entry(
        &mut self,
        options: &StatementOptions,
        into: &mut Collector,
    ) -> Result<(), StatementError> {
        if !matches!(self.status.as_str(), "" | "BOOK") {
            into.still += 1;
            return Ok(());
        }
        let currency = self.currency.or(options.currency).unwrap_or(Currency::EUR);
        let on = self.day.get(..10).unwrap_or(&self.day);
        let on = NaiveDate::parse_from_str(on, "%Y-%m-%d").map_err(|_| self.malformed(on))?;
        let is_credit = self.entry.is_credit.unwrap_or(true);
        let minor = |text: &str| amount(text, currency, Grouping::Comma);
        let whole = minor(&self.entry.amount).map_err(|_| self.malformed(&self.entry.amount))?;
        let parts: Option<Vec<i64>> =
            self.details.iter().map(|part| minor(&part.amount).ok()).collect();
        let add_up = parts.filter(|parts| {
            parts.len() > 1
                && parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(*part)) == Some(whole)
        });
        let details = std::mem::take(&mut self.details);
        let mut lines: Vec<(Part, i64)> = match add_up {
            Some(amounts) => details.into_iter().zip(amounts).collect(),
            None => vec![(details.into_iter().next().unwrap_or_default(), whole)],
        };
        let several = lines.len() > 1;
        for (part, amount) in &mut lines {
            let amount = if is_credit == self.is_reversal { -*amount } else { *amount };
            self.total = add(self.total, amount)?;
            let side = usize::from(amount < 0);
            let of = |texts: &[String; 2]| texts.get(side).cloned().unwrap_or_default();
            let remark = if part.remark.is_empty() { &self.entry.remark } else { &part.remark };
            let serial = match (several, part.serial.is_empty()) {
                (false, true) => self.entry.serial.clone(),
                (true, _) | (false, false) => part.serial.clone(),
            };
            into.line(StatementLine {
                row: self.at,
                account: options.account.clone().unwrap_or_else(|| self.account.clone()),
                on,
                amount,
                currency,
                balance: None,
                payer: of(&part.payer),
                payer_account: of(&part.account),
                remark: remark.join(" "),
                serial,
            })?;
        }
        Ok(())
    }

    fn malformed(&self, found: &str) -> StatementError {
        let found = found.chars().take(40).collect();
        StatementError::Malformed { format: FORMAT, at: self.at, found }
    }
}
