//! Lines of a statement as they are read: kept for the store, added up, and held against what the statement says of
//! itself. Memory does not follow the file.

use iso_currency::Currency;

use crate::domain::bank::{StatementLine, StatementSum};
use crate::error::bank::{StatementError, StatementNote};
use crate::exchange::sanitize;
use crate::exchange::sheet::spool::{Filling, Spool};
use crate::exchange::sheet::{Cell, Row};

/// Accounts of one file.
const ACCOUNTS: usize = 1_000;

/// Characters of a text that are kept.
const LONGEST: usize = 500;

/// What is added up of one account in one currency.
struct Account {
    sum: StatementSum,
    /// All of its lines.
    total: i64,
    listed_opening: Option<i64>,
    listed_closing: Option<i64>,
    /// Running balances, read downwards and upwards: a statement begins with its first line or with its last.
    running: Option<Running>,
}

/// Running balances up to a line that has one.
struct Running {
    /// Before the first line, if the lines stand in their order.
    opening: i64,
    /// After the last line in time, if the first stands for it: the first balance, and the lines before it.
    first: i64,
    last: i64,
    /// Of the last line that has one.
    amount: i64,
    /// Lines since that have none.
    between: i64,
    down: Breaks,
    up: Breaks,
}

/// Balances that do not follow from the lines, and the first of them.
#[derive(Default)]
struct Breaks {
    count: u32,
    first: Option<StatementNote>,
}

impl Breaks {
    fn look(&mut self, line: &StatementLine, listed: i64, computed: i64) {
        if listed == computed {
            return;
        }
        self.count += 1;
        let (row, on, currency) = (line.row, line.on, line.currency);
        self.first.get_or_insert(StatementNote::Breaks {
            count: 0,
            row,
            on,
            currency,
            listed,
            computed,
        });
    }
}

pub struct Collector {
    filling: Filling,
    accounts: Vec<Account>,
    /// Totals the statement names: money in or out, currency, minor units.
    totals: Vec<(bool, Currency, i64)>,
    pub notes: Vec<StatementNote>,
    pub still: u32,
    pub repeated: Vec<u32>,
    pub no_balance: u32,
    pub count: usize,
}

impl Collector {
    pub fn new() -> Self {
        Self {
            filling: Filling::new(),
            accounts: Vec::new(),
            totals: Vec::new(),
            notes: Vec::new(),
            still: 0,
            repeated: Vec::new(),
            no_balance: 0,
            count: 0,
        }
    }

    fn account(&mut self, line: &StatementLine) -> Result<&mut Account, StatementError> {
        let at = self.accounts.iter().position(|known| {
            known.sum.currency == line.currency && known.sum.account == line.account
        });
        let at = match at {
            Some(at) => at,
            None if self.accounts.len() == ACCOUNTS => {
                return Err(StatementError::TooManyAccounts { limit: ACCOUNTS });
            }
            None => {
                self.accounts.push(Account::new(line));
                self.accounts.len() - 1
            }
        };
        #[expect(clippy::indexing_slicing, reason = "it was found there, or pushed a line above")]
        Ok(&mut self.accounts[at])
    }

    /// Takes a line; one of 0 moves no money and is left out.
    pub fn line(&mut self, mut line: StatementLine) -> Result<(), StatementError> {
        if line.amount == 0 {
            self.still += 1;
            return Ok(());
        }
        for text in [
            &mut line.account,
            &mut line.payer,
            &mut line.payer_account,
            &mut line.remark,
            &mut line.serial,
        ] {
            *text = kept(text);
        }
        self.account(&line)?.add(&line)?;
        self.count += 1;
        self.filling.push(&packed(&line))?;
        Ok(())
    }

    /// A total that the statement names.
    pub fn total(&mut self, money_in: bool, currency: Currency, listed: i64) {
        self.totals.push((money_in, currency, listed));
    }

    /// What the statement says stood on its only account before and after.
    pub fn balances(&mut self, opening: Option<i64>, closing: Option<i64>) {
        if let [account] = self.accounts.as_mut_slice() {
            account.listed_opening = account.listed_opening.or(opening);
            account.listed_closing = closing.or(account.listed_closing);
        }
    }

    /// The same of one statement among several: its lines have to lead from one to the other.
    pub fn section(
        &mut self,
        section: &Section,
        opening: Option<i64>,
        closing: Option<i64>,
    ) -> Result<(), StatementError> {
        if let (Some(opening), Some(listed)) = (opening, closing) {
            let computed = add(opening, section.total)?;
            if computed != listed {
                let (account, currency) = (kept(&section.account), section.currency);
                let note = StatementNote::ClosingDiffers { account, currency, listed, computed };
                self.notes.push(note);
            }
        }
        let name = kept(&section.account);
        let known = self
            .accounts
            .iter_mut()
            .find(|known| known.sum.currency == section.currency && known.sum.account == name);
        if let Some(account) = known {
            account.sum.opening = account.sum.opening.or(opening);
            account.sum.closing = closing.or(account.sum.closing);
        }
        Ok(())
    }

    /// No more lines: what is kept, what it adds up to, what is to be told.
    pub fn finish(
        mut self,
    ) -> Result<(Spool, usize, Vec<StatementSum>, Vec<StatementNote>), StatementError> {
        for account in &mut self.accounts {
            self.notes.extend(account.settle()?);
        }
        for (money_in, currency, listed) in std::mem::take(&mut self.totals) {
            let of = self.accounts.iter().filter(|account| account.sum.currency == currency);
            let read =
                of.map(
                    |account| {
                        if money_in { account.sum.money_in.1 } else { account.sum.money_out.1 }
                    },
                );
            let read = read.fold(0_i64, i64::saturating_add);
            if read != listed {
                self.notes.push(StatementNote::TotalDiffers { money_in, currency, listed, read });
            }
        }
        if self.still > 0 {
            self.notes.push(StatementNote::Still(self.still));
        }
        if self.no_balance > 0 {
            self.notes.push(StatementNote::NoBalance(self.no_balance));
        }
        if !self.repeated.is_empty() {
            self.notes.push(StatementNote::Repeated(self.repeated));
        }
        let sums = self.accounts.into_iter().map(|account| account.sum).collect();
        Ok((self.filling.finish()?, self.count, sums, self.notes))
    }
}

/// One statement among several of a file.
pub struct Section {
    pub account: String,
    pub currency: Currency,
    /// All of its lines.
    pub total: i64,
}

impl Account {
    fn new(line: &StatementLine) -> Self {
        Self {
            sum: StatementSum {
                account: line.account.clone(),
                currency: line.currency,
                first_on: line.on,
                last_on: line.on,
                money_in: (0, 0),
                money_out: (0, 0),
                opening: None,
                closing: None,
            },
            total: 0,
            listed_opening: None,
            listed_closing: None,
            running: None,
        }
    }

    fn add(&mut self, line: &StatementLine) -> Result<(), StatementError> {
        let sum = &mut self.sum;
        sum.first_on = sum.first_on.min(line.on);
        sum.last_on = sum.last_on.max(line.on);
        let of = if line.amount > 0 { &mut sum.money_in } else { &mut sum.money_out };
        *of = (of.0.saturating_add(1), add(of.1, line.amount.saturating_abs())?);
        self.total = add(self.total, line.amount)?;
        match (line.balance, &mut self.running) {
            (Some(balance), None) => {
                self.running = Some(Running {
                    opening: sub(balance, self.total)?,
                    first: add(balance, sub(self.total, line.amount)?)?,
                    last: balance,
                    amount: line.amount,
                    between: 0,
                    down: Breaks::default(),
                    up: Breaks::default(),
                });
            }
            (Some(balance), Some(running)) => running.step(line, balance)?,
            (None, Some(running)) => running.between = add(running.between, line.amount)?,
            (None, None) => {}
        }
        Ok(())
    }

    /// What the balances come to, and what does not fit.
    fn settle(&mut self) -> Result<Vec<StatementNote>, StatementError> {
        let mut notes = Vec::new();
        if let Some(running) = self.running.take() {
            let downwards = running.down.count <= running.up.count;
            let (breaks, opening, closing) = if downwards {
                let closing = add(running.last, running.between)?;
                (running.down, running.opening, closing)
            } else {
                let opening = sub(sub(running.last, running.amount)?, running.between)?;
                (running.up, opening, running.first)
            };
            self.sum.opening = self.sum.opening.or(Some(opening));
            self.sum.closing = self.sum.closing.or(Some(closing));
            if let Some(StatementNote::Breaks { row, on, currency, listed, computed, .. }) =
                breaks.first
            {
                let count = breaks.count;
                notes.push(StatementNote::Breaks { count, row, on, currency, listed, computed });
            }
        }
        let opening = self.listed_opening.or(self.sum.opening);
        if let Some(listed) =
            self.listed_closing.or(self.sum.closing.filter(|_| self.listed_opening.is_some()))
            && let Some(opening) = opening
        {
            let computed = add(opening, self.total)?;
            if computed != listed {
                let (account, currency) = (self.sum.account.clone(), self.sum.currency);
                notes.push(StatementNote::ClosingDiffers { account, currency, listed, computed });
            }
        }
        self.sum.opening = opening;
        self.sum.closing = self.listed_closing.or(self.sum.closing);
        Ok(notes)
    }
}

impl Running {
    fn step(&mut self, line: &StatementLine, balance: i64) -> Result<(), StatementError> {
        let downwards = add(add(self.last, self.between)?, line.amount)?;
        let upwards = sub(self.last, add(self.amount, self.between)?)?;
        self.down.look(line, balance, downwards);
        self.up.look(line, balance, upwards);
        (self.last, self.amount, self.between) = (balance, line.amount, 0);
        Ok(())
    }
}

pub fn add(a: i64, b: i64) -> Result<i64, StatementError> {
    a.checked_add(b).ok_or(StatementError::Overflow)
}

fn sub(a: i64, b: i64) -> Result<i64, StatementError> {
    a.checked_sub(b).ok_or(StatementError::Overflow)
}

/// A text as it is kept: cleaned, without blanks around it, not endless.
fn kept(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text: String = words.join(" ").chars().take(LONGEST).collect();
    sanitize::text(&text).trim().to_owned()
}

/// A line as a row of the spool.
fn packed(line: &StatementLine) -> Row {
    let mut row = Row::default();
    row.number = line.row;
    let balance = line.balance.map(|balance| balance.to_string()).unwrap_or_default();
    let amount = line.amount.to_string();
    let texts = [
        amount.as_str(),
        line.currency.code(),
        &balance,
        &line.account,
        &line.payer,
        &line.payer_account,
        &line.remark,
        &line.serial,
    ];
    row.set(0, Cell::Date(line.on));
    for (column, text) in (1..).zip(texts) {
        row.set(column, Cell::Text(text));
    }
    row
}

/// The line back; `None` is no line.
pub fn unpacked(row: &Row) -> Option<StatementLine> {
    let text = |column| row.cell(column).map(|cell| cell.text().into_owned());
    let Some(Cell::Date(on)) = row.cell(0) else {
        return None;
    };
    Some(StatementLine {
        row: row.number,
        on,
        amount: text(1)?.parse().ok()?,
        currency: Currency::from_code(&text(2)?)?,
        balance: text(3).and_then(|balance| balance.parse().ok()),
        account: text(4).unwrap_or_default(),
        payer: text(5).unwrap_or_default(),
        payer_account: text(6).unwrap_or_default(),
        remark: text(7).unwrap_or_default(),
        serial: text(8).unwrap_or_default(),
    })
}
