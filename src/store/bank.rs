//! Bank statements: brought in, in bulk and as one event; their lines with what became of them; and what a line is
//! compared with.

use chrono::{Days, NaiveDate};
use iso_currency::Currency;
use rustc_hash::FxHashMap;

use super::apply::{Affected, Record, Writer};
use super::backend::{Transaction, select, values};
use super::write::bank::digest;
use super::{Applied, Context, Progress, Reader, Store, chain, unknown};
use crate::domain::bank::{LineState, StatementBatch, StatementLine, StatementOutcome};
use crate::domain::calendar::Calendar;
use crate::domain::change::ChangeKind;
use crate::domain::ids::{BankLineId, CustomerId, IdMap, MilestoneId, PaymentId};
use crate::domain::item::Item;
use crate::domain::reconcile::{Matcher, NumberKind, Numbered, Party, Recorded};
use crate::domain::violation::Thing;
use crate::domain::{money, rules};
use crate::error::Result;

/// Lines between two calls of the progress.
const STEP: usize = 1_000;

/// Lines of a statement, to be read from the first on.
pub trait StatementRows {
    /// How many there are.
    fn count(&self) -> usize;
    /// Hands out every line.
    fn each(&self, take: &mut dyn FnMut(StatementLine) -> Result<()>) -> Result<()>;
}

impl StatementRows for Vec<StatementLine> {
    fn count(&self) -> usize {
        self.len()
    }

    fn each(&self, take: &mut dyn FnMut(StatementLine) -> Result<()>) -> Result<()> {
        self.iter().try_for_each(|line| take(line.clone()))
    }
}

select! {
    /// A line of a statement and what became of it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct BankLine from "bank_line l \
        LEFT JOIN bank_booking b ON b.id = (SELECT MAX(k.id) FROM bank_booking k WHERE k.line = l.id \
        AND (k.payment IS NULL OR NOT EXISTS (SELECT 1 FROM voided v WHERE v.tbl = 'payment' AND v.row_id = k.payment))) \
        LEFT JOIN all_payment p ON p.id = b.payment LEFT JOIN customer c ON c.id = p.customer" {
        pub id: BankLineId = "l.id",
        pub account: String = "l.account",
        pub on: NaiveDate = "l.booked_on",
        /// Minor units; below 0 they went out.
        pub amount: i64 = "l.amount",
        pub currency: Currency = "l.currency",
        pub balance: Option<i64> = "l.balance",
        pub payer: String = "l.payer",
        pub payer_account: String = "l.payer_account",
        pub remark: String = "l.remark",
        pub serial: String = "l.serial",
        booking: Option<i64> = "b.id",
        /// What it was booked as.
        pub payment: Option<PaymentId> = "b.payment",
        pub fee: Option<i64> = "b.fee",
        /// Why it is not ours.
        pub reason: Option<String> = "b.reason",
        /// Code and name of the customer whose payment it is.
        pub customer: Option<String> = "c.code",
        pub customer_name: Option<String> = "c.name",
    }
}

impl BankLine {
    pub const fn state(&self) -> LineState {
        match (self.payment, self.booking) {
            (Some(_), _) => LineState::Booked,
            (None, Some(_)) => LineState::NotOurs,
            (None, None) if self.amount < 0 => LineState::Out,
            (None, None) => LineState::Open,
        }
    }

    /// As the statement had it.
    pub fn line(&self) -> StatementLine {
        StatementLine {
            row: 0,
            account: self.account.clone(),
            on: self.on,
            amount: self.amount,
            currency: self.currency,
            balance: self.balance,
            payer: self.payer.clone(),
            payer_account: self.payer_account.clone(),
            remark: self.remark.clone(),
            serial: self.serial.clone(),
        }
    }
}

/// Which lines.
#[derive(Debug, Clone, Default)]
pub struct LineFilter {
    pub state: Option<LineState>,
    pub account: Option<String>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl LineFilter {
    /// Those nobody has decided about yet.
    pub fn open() -> Self {
        Self { state: Some(LineState::Open), ..Self::default() }
    }
}

/// One of our accounts in one currency, as its statements have it. Minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccount {
    pub account: String,
    pub currency: Currency,
    /// First and last day of its statements.
    pub first_on: NaiveDate,
    pub last_on: NaiveDate,
    pub lines: i64,
    pub open: i64,
    /// What the last statement closes with.
    pub closing: Option<i64>,
    /// What the first statement opens with, and everything since: another sum means that lines are missing.
    pub computed: Option<i64>,
}

impl BankAccount {
    /// By how much the statements and their lines differ, where they do.
    pub fn off(&self) -> Option<i64> {
        let off = self.closing?.checked_sub(self.computed?)?;
        (off != 0).then_some(off)
    }
}

select! {
    struct Covered from "bank_statement s" {
        account: String = "s.account",
        currency: Currency = "s.currency",
        first_on: NaiveDate = "MIN(s.first_on)",
        last_on: NaiveDate = "MAX(s.last_on)",
    }
}

impl Store {
    /// Imports a bank statement as one event; what the ledger has is left alone.
    pub fn import_statement<R: StatementRows>(
        &mut self,
        batch: &StatementBatch<R>,
        context: &Context,
        progress: Progress,
    ) -> Result<(Applied, StatementOutcome)> {
        let db = &*self.reader.db;
        let transaction = Transaction::writing(db)?;
        let mut writer = Writer::new(db, context);
        let outcome = bring_in(&mut writer, batch, progress)?;
        let record = Record {
            kind: ChangeKind::ImportBank,
            detail: serde_json::json!({ "import_bank": {
                "file": batch.file,
                "sha256": batch.sha256,
                "imported": outcome.new,
                "unchanged": outcome.known,
            }})
            .to_string(),
            undoes: None,
            skip_conflict_check: true,
        };
        let mut affected = Affected::default();
        let applied = writer.finish(&record, &mut affected)?;
        affected.derive(db, Calendar::china())?;
        chain::seal(db)?;
        transaction.commit()?;
        Ok((applied, outcome))
    }
}

fn bring_in<R: StatementRows>(
    writer: &mut Writer<'_>,
    batch: &StatementBatch<R>,
    progress: Progress,
) -> Result<StatementOutcome> {
    let mut outcome = StatementOutcome::default();
    // How many lines of each kind came before, by a digest: a statement has a million lines.
    let mut alike: FxHashMap<u128, u32> = FxHashMap::default();
    let (mut done, all, today) = (0, batch.rows.count(), writer.context.today);
    batch.rows.each(&mut |line| {
        if done % STEP == 0 {
            progress(done, all);
        }
        done += 1;
        rules::happened(line.on, today)?;
        let told_by = digest(&line);
        let nth = alike.entry(told_by).or_default();
        *nth += 1;
        if writer.add_line(&line, format!("{told_by:032x}.{nth}"))? {
            outcome.new += 1;
        } else {
            outcome.known += 1;
        }
        Ok(())
    })?;
    progress(all, all);
    if outcome.new > 0 {
        for sum in &batch.sums {
            writer.add_statement(&batch.file, sum)?;
        }
    }
    Ok(outcome)
}

impl Reader {
    /// Lines of statements, the latest first.
    pub fn bank_lines(&self, filter: &LineFilter) -> Result<Vec<BankLine>> {
        let state = match filter.state {
            None => "l.id = l.id",
            Some(LineState::Open) => "b.id IS NULL AND l.amount > 0",
            Some(LineState::Booked) => "b.payment IS NOT NULL",
            Some(LineState::NotOurs) => "b.id IS NOT NULL AND b.payment IS NULL",
            Some(LineState::Out) => "b.id IS NULL AND l.amount < 0",
        };
        let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or_default();
        let from = filter.from.unwrap_or(first);
        let to = filter.to.unwrap_or(crate::domain::as_of::LATEST);
        let rest = "AND l.booked_on BETWEEN $1 AND $2 AND ($3 = '' OR l.account = $3) \
                    ORDER BY l.booked_on DESC, l.id DESC";
        let account = filter.account.clone().unwrap_or_default();
        self.db.select(&["WHERE", state, rest].join(" "), values![from, to, account])
    }

    pub fn bank_line(&self, id: BankLineId) -> Result<BankLine> {
        let found = self.db.select_first("WHERE l.id = $1", values![id])?;
        found.ok_or_else(|| unknown(Thing::BankLine, id))
    }

    /// The line of `#12`, or of a number the bank gave to one line only.
    pub fn find_bank_line(&self, name: &str) -> Result<BankLineId> {
        let name = name.trim();
        if let Some(id) = name.strip_prefix('#').and_then(|number| number.parse().ok()) {
            return Ok(self.bank_line(BankLineId(id))?.id);
        }
        let sql = "SELECT id FROM bank_line WHERE serial = $1 AND serial <> '' LIMIT 2";
        match self.db.rows::<BankLineId>(sql, values![name])?.as_slice() {
            [only] => Ok(*only),
            _ => Err(unknown(Thing::BankLine, name)),
        }
    }

    /// Our accounts as their statements have them.
    pub fn bank_accounts(&self) -> Result<Vec<BankAccount>> {
        let covered: Vec<Covered> =
            self.db.select("GROUP BY s.account, s.currency ORDER BY s.account, s.currency", &[])?;
        covered.into_iter().map(|covered| self.bank_account(covered)).collect()
    }

    fn bank_account(&self, covered: Covered) -> Result<BankAccount> {
        let Covered { account, currency, first_on, last_on } = covered;
        let of = values![account, currency];
        let sql = "SELECT closing FROM bank_statement WHERE account = $1 AND currency = $2 \
                   AND closing IS NOT NULL ORDER BY last_on DESC, id DESC LIMIT 1";
        let closing: Option<i64> = self.db.first(sql, of)?;
        let sql = "SELECT opening FROM bank_statement WHERE account = $1 AND currency = $2 \
                   AND opening IS NOT NULL ORDER BY first_on, id LIMIT 1";
        let opening: Option<i64> = self.db.first(sql, of)?;
        let sql = "SELECT COUNT(*), CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM bank_line \
                   WHERE account = $1 AND currency = $2";
        let (lines, sum): (i64, i64) = self.db.value(sql, of)?;
        let sql = "SELECT COUNT(*) FROM bank_line l WHERE l.account = $1 AND l.currency = $2 AND l.amount > 0 \
                   AND NOT EXISTS (SELECT 1 FROM bank_booking b WHERE b.line = l.id AND (b.payment IS NULL \
                   OR NOT EXISTS (SELECT 1 FROM voided v WHERE v.tbl = 'payment' AND v.row_id = b.payment)))";
        let open = self.db.value(sql, of)?;
        let computed = opening.map(|opening| money::add(opening, sum)).transpose()?;
        Ok(BankAccount { account, currency, first_on, last_on, lines, open, closing, computed })
    }

    /// What lines of statements are compared with, as of a day.
    pub fn matcher(&self, items: &[Item], today: NaiveDate) -> Result<Matcher> {
        Ok(Matcher::new(items, self.parties()?, self.numbers()?, self.unbooked()?, today))
    }

    fn parties(&self) -> Result<Vec<Party>> {
        let mut places: IdMap<CustomerId, usize> = IdMap::default();
        let mut parties: Vec<Party> = Vec::new();
        let sql =
            "SELECT id, name, short_name, invoice_title, bank_account FROM customer ORDER BY id";
        self.db.each_row(sql, &[], |row| {
            let id = row.next()?;
            places.insert(id, parties.len());
            let texts: [String; 4] = [row.next()?, row.next()?, row.next()?, row.next()?];
            let [names @ .., account] = texts;
            parties.push(Party {
                customer: Some(id),
                names: names.into_iter().filter(|name| !name.is_empty()).collect(),
                aliases: Vec::new(),
                accounts: Some(account).filter(|account| !account.is_empty()).into_iter().collect(),
            });
            Ok(())
        })?;
        // Who paid for whom before is what a person booked, as far as it stands.
        let sql = "SELECT DISTINCT p.customer, l.payer, l.payer_account FROM bank_booking b \
                   JOIN payment p ON p.id = b.payment JOIN bank_line l ON l.id = b.line ORDER BY 1, 2, 3";
        self.db.each(sql, &[], |(id, name, account): (CustomerId, String, String)| {
            if let Some(party) = places.get(&id).and_then(|at| parties.get_mut(*at)) {
                party.learn(name, account);
            }
            Ok(())
        })?;
        Ok(parties)
    }

    /// The numbers by which open items can be named.
    fn numbers(&self) -> Result<Vec<Numbered>> {
        let mut all: Vec<Numbered> = Vec::new();
        let each = [
            (
                NumberKind::Milestone,
                "SELECT m.key, m.id FROM milestone m JOIN open_item o ON o.id = m.id WHERE m.key IS NOT NULL ORDER BY 1, 2",
            ),
            (
                NumberKind::Contract,
                "SELECT j.contract_no, o.id FROM open_item o JOIN project j ON j.id = o.project \
                 WHERE j.contract_no <> '' ORDER BY 1, 2",
            ),
            (
                NumberKind::Project,
                "SELECT j.code, o.id FROM open_item o JOIN project j ON j.id = o.project ORDER BY 1, 2",
            ),
            (
                NumberKind::Invoice,
                "SELECT i.number, l.milestone FROM invoice_line l JOIN invoice i ON i.id = l.invoice \
                 JOIN open_item o ON o.id = l.milestone WHERE i.number <> '' AND l.amount > 0 \
                 UNION SELECT i.number, s.milestone FROM instalment s JOIN open_item o ON o.id = s.milestone \
                 JOIN invoice_line l ON l.milestone = s.parent JOIN invoice i ON i.id = l.invoice \
                 WHERE i.number <> '' AND l.amount > 0 ORDER BY 1, 2",
            ),
        ];
        for (kind, sql) in each {
            self.db.each(sql, &[], |(number, milestone): (String, MilestoneId)| {
                match all.last_mut() {
                    Some(last) if last.kind == kind && last.number == number => {
                        last.milestones.push(milestone);
                    }
                    Some(_) | None => {
                        all.push(Numbered { number, kind, milestones: vec![milestone] });
                    }
                }
                Ok(())
            })?;
        }
        Ok(all)
    }

    /// Payments that no line was booked as, and that did not go back whole.
    fn unbooked(&self) -> Result<Vec<Recorded>> {
        let first: Option<NaiveDate> =
            self.db.value("SELECT MIN(booked_on) FROM bank_line", &[])?;
        let Some(first) = first else {
            return Ok(Vec::new());
        };
        let from = first.checked_sub_days(Days::new(rules::AGAIN_DAYS)).unwrap_or(first);
        // A bill of exchange comes to the bank when it is sold or matures, any payment less what was deducted.
        let sql = "SELECT p.id, p.customer, p.currency, \
                   COALESCE(b.discounted_on, b.honoured_on, b.matures_on, p.received_on), \
                   p.amount - COALESCE((SELECT CAST(SUM(d.amount) AS BIGINT) FROM deduction d WHERE d.payment = p.id), 0), \
                   p.bank_ref FROM payment p LEFT JOIN bill b ON b.payment = p.id \
                   WHERE (p.received_on >= $1 OR p.id IN (SELECT payment FROM bill WHERE matures_on >= $1)) AND b.endorsed_on IS NULL AND NOT EXISTS (SELECT 1 FROM bank_booking k WHERE k.payment = p.id) \
                   AND p.amount > COALESCE((SELECT CAST(SUM(r.amount) AS BIGINT) FROM reversal r WHERE r.payment = p.id), 0) \
                   ORDER BY p.id";
        let mut known = Vec::new();
        self.db.each_row(sql, values![from], |row| {
            known.push(Recorded {
                payment: row.next()?,
                customer: row.next()?,
                currency: row.next()?,
                on: row.next()?,
                amount: row.next()?,
                bank_ref: row.next()?,
            });
            Ok(())
        })?;
        Ok(known)
    }
}
