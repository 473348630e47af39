//! OFX, as SGML or XML: transactions of one or several accounts, never one list.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::checks::{Collector, Section};
use super::marks::{Pieces, Tag};
use super::{StatementOptions, amount};
use crate::domain::bank::StatementLine;
use crate::domain::money::Grouping;
use crate::error::bank::{StatementError, StatementNote};
use crate::exchange::sheet::Bytes;

const FORMAT: &str = "OFX";

pub fn read(
    bytes: &mut dyn Bytes,
    options: &StatementOptions,
    into: &mut Collector,
) -> Result<(), StatementError> {
    into.notes.push(StatementNote::Format(FORMAT));
    let mut pieces = Pieces::new(bytes, options.encoding.as_deref(), '<')?;
    let currency = options.currency.unwrap_or(Currency::USD);
    let mut section = Section { account: String::new(), currency, total: 0 };
    let mut entry: Option<Entry> = None;
    let mut in_ledger_balance = false;
    while let Some(piece) = pieces.next()? {
        let tag = Tag::of(&piece);
        let name = tag.name.to_ascii_uppercase();
        let text = tag.text;
        match (name.as_str(), tag.closes) {
            ("STMTTRN", false) => {
                flush(entry.take(), &section, into)?;
                entry = Some(Entry { at: pieces.count, ..Entry::default() });
            }
            ("STMTTRN" | "BANKTRANLIST" | "STMTRS" | "CCSTMTRS", true) => {
                flush(entry.take(), &section, into)?;
            }
            ("CURDEF", false) => {
                section.currency = Currency::from_code(&text).unwrap_or(section.currency);
            }
            ("ACCTID", false) if entry.is_none() => {
                section.account = options.account.clone().unwrap_or(text);
            }
            ("LEDGERBAL", closes) => {
                flush(entry.take(), &section, into)?;
                in_ledger_balance = !closes;
            }
            ("BALAMT", false) if in_ledger_balance => {
                in_ledger_balance = false;
                let closing = amount(&text, section.currency, Grouping::Comma).ok();
                into.section(&section, None, closing)?;
            }
            (field, false) => {
                if let Some(entry) = &mut entry {
                    entry.take(field, text);
                }
            }
            (_, true) => {}
        }
    }
    flush(entry.take(), &section, into)
}

/// A transaction as it is written.
#[derive(Default)]
struct Entry {
    at: u32,
    amount: String,
    day: String,
    id: String,
    name: String,
    memo: String,
    account: String,
}

impl Entry {
    fn take(&mut self, field: &str, text: String) {
        let into = match field {
            "TRNAMT" => &mut self.amount,
            "DTPOSTED" => &mut self.day,
            "FITID" => &mut self.id,
            "NAME" | "PAYEE" => &mut self.name,
            "MEMO" => &mut self.memo,
            "ACCTID" => &mut self.account,
            _ => return,
        };
        if into.is_empty() {
            *into = text;
        }
    }
}

fn flush(
    entry: Option<Entry>,
    section: &Section,
    into: &mut Collector,
) -> Result<(), StatementError> {
    let Some(entry) = entry else {
        return Ok(());
    };
    let malformed = |found: &str| StatementError::Malformed {
        format: FORMAT,
        at: entry.at,
        found: found.chars().take(40).collect(),
    };
    let day = entry.day.get(..8).unwrap_or_default();
    let on = NaiveDate::parse_from_str(day, "%Y%m%d").map_err(|_| malformed(&entry.day))?;
    let amount = amount(&entry.amount, section.currency, Grouping::Comma);
    into.line(StatementLine {
        row: entry.at,
        account: section.account.clone(),
        on,
        amount: amount.map_err(|_| malformed(&entry.amount))?,
        currency: section.currency,
        balance: None,
        payer: entry.name,
        payer_account: entry.account,
        remark: entry.memo,
        serial: entry.id,
    })
}
