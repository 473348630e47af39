//! A statement as a table: lines around it, the profile that fits, each row a line.

use std::collections::HashSet;
use std::ops::ControlFlow;

use chrono::NaiveDate;
use iso_currency::Currency;
use sha2::{Digest, Sha256};

use super::checks::Collector;
use super::profile::{Layout, Profile};
use super::{StatementOptions, amount, grouping_of};
use crate::domain::bank::StatementLine;
use crate::domain::money::{self, AmountError, Grouping};
use crate::domain::normalize::normalize;
use crate::error::bank::{StatementError, StatementNote};
use crate::error::list::{CellProblem, ReadError};
use crate::exchange::plan::dates::{Dates, Votes, without_year};
use crate::exchange::plan::header::Column;
use crate::exchange::plan::words::{is_placeholder, is_total};
use crate::exchange::sanitize;
use crate::exchange::sheet::spool::Filling;
use crate::exchange::sheet::{Bytes, Cell, Document, Row};

/// Rows looked at for a header.
const DEPTH: usize = 60;

/// Columns and characters of a header that are looked at.
const COLUMNS: usize = 200;
const LONGEST: usize = 60;

/// Headers that are named where none fits.
const NAMED: usize = 30;

/// A header that was found, and what stands above it.
struct Found<'p> {
    sheet: String,
    profile: &'p Profile,
    layout: Layout,
    headers: Vec<String>,
    /// Number of its row.
    row: u32,
    above: Vec<Row>,
}

pub fn read(
    bytes: Box<dyn Bytes>,
    options: &StatementOptions,
    profiles: &[Profile],
    into: &mut Collector,
) -> Result<(), StatementError> {
    let profiles = wanted(profiles, options.profile.as_deref())?;
    let mut document = Document::open(bytes, options.encoding.as_deref())?;
    let found = find(&mut document, options.sheet.as_deref(), &profiles)?;
    let Profile { name, title, .. } = found.profile;
    into.notes.push(StatementNote::Profile { name: name.clone(), title: title.clone() });
    into.notes.push(match &document {
        Document::Text(text) => StatementNote::Encoding(text.encoding()),
        Document::Workbook(_) => StatementNote::Sheet(sanitize::text(&found.sheet).into_owned()),
    });
    let columns: Vec<Column> = found.layout.date_columns(&found.headers);
    let mut votes = Votes::over(columns.iter().collect());
    let mut filling = Filling::new();
    let mut amounts = Amounts::default();
    document.rows(&found.sheet, &mut |row| {
        if row.number > found.row {
            votes.row(row);
            amounts.look(row, &found.layout);
            filling.push(row)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    drop(document);
    let dates = votes.decide(options.date_order)?;
    let mut reader = Reader::new(&found, options, dates, &amounts);
    if reader.assumed && found.layout.currency.is_none() {
        into.notes.push(StatementNote::Currency(reader.currency));
    }
    found.above.iter().for_each(|row| reader.around(row, into));
    let mut spool = filling.finish()?;
    let mut taken = Ok(());
    spool.each(|row| {
        taken = reader.row(row, into);
        if taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    taken?;
    into.balances(reader.opening, reader.closing);
    for (money_in, currency, listed) in reader.totals {
        into.total(money_in, currency, listed);
    }
    Ok(())
}

fn wanted<'p>(
    profiles: &'p [Profile],
    name: Option<&str>,
) -> Result<Vec<&'p Profile>, StatementError> {
    let Some(name) = name else {
        return Ok(profiles.iter().collect());
    };
    let wanted = normalize(name);
    let is_it = |one: &&Profile| one.name == wanted || normalize(&one.title) == wanted;
    match profiles.iter().find(is_it) {
        Some(found) => Ok(vec![found]),
        None => Err(StatementError::UnknownProfile {
            wanted: name.to_owned(),
            known: profiles.iter().map(|one| one.name.clone()).collect(),
        }),
    }
}

/// The sheet asked for, else the first that has a header.
fn find<'p>(
    document: &mut Document,
    wanted: Option<&str>,
    profiles: &[&'p Profile],
) -> Result<Found<'p>, StatementError> {
    let sheets = crate::exchange::plan::candidates(document, wanted)?;
    let mut seen: Vec<String> = Vec::new();
    let mut is_empty = true;
    for sheet in sheets {
        let mut top: Vec<Row> = Vec::new();
        document.rows(&sheet, &mut |row| {
            top.push(row.clone());
            let enough = top.len() == DEPTH;
            Ok(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        is_empty &= top.is_empty();
        if let Some(Candidate { at, profile, layout, headers }) = header(&top, profiles) {
            let row = top.get(at).map_or(0, |row| row.number);
            top.truncate(at);
            return Ok(Found { sheet, profile, layout, headers, row, above: top });
        }
        let likeliest = top
            .iter()
            .map(headers)
            .max_by_key(|headers| headers.iter().filter(|header| !header.is_empty()).count());
        if seen.is_empty() {
            seen = likeliest.unwrap_or_default();
        }
    }
    if is_empty {
        return Err(ReadError::Empty.into());
    }
    seen.retain(|header| !header.is_empty());
    seen.truncate(NAMED);
    Err(StatementError::NoHeader { seen })
}

fn headers(row: &Row) -> Vec<String> {
    let short =
        |cell: Cell<'_>| sanitize::text(&cell.text()).trim().chars().take(LONGEST).collect();
    row.cells().take(COLUMNS).map(short).collect()
}

/// A row that a profile takes for a header.
struct Candidate<'p> {
    /// Place among the rows.
    at: usize,
    profile: &'p Profile,
    layout: Layout,
    headers: Vec<String>,
}

impl Candidate<'_> {
    /// A profile of one bank wins over the one for all, then the one that understands most.
    const fn score(&self) -> (bool, usize) {
        (self.profile.is_particular(), self.layout.found)
    }
}

/// The first of those that understand most.
fn header<'p>(top: &[Row], profiles: &[&'p Profile]) -> Option<Candidate<'p>> {
    let mut best: Option<Candidate<'p>> = None;
    for (at, row) in top.iter().enumerate() {
        let headers = headers(row);
        for profile in profiles {
            let Some(layout) = profile.layout(&headers) else {
                continue;
            };
            let found = Candidate { at, profile, layout, headers: headers.clone() };
            if best.as_ref().is_none_or(|best| found.score() > best.score()) {
                best = Some(found);
            }
        }
    }
    best
}

impl Layout {
    fn date_columns(&self, headers: &[String]) -> Vec<Column> {
        let name = headers.get(self.date).cloned().unwrap_or_default();
        vec![Column { index: self.date, name, unit: None }]
    }

    fn amounts(&self) -> impl Iterator<Item = usize> {
        [self.amount, self.money_in, self.money_out].into_iter().flatten()
    }
}

/// How the amounts of a file are written: grouped as those that are clear, and what a debit below 0 means.
#[derive(Default)]
struct Amounts {
    comma: bool,
    point: bool,
    /// Whether a debit is above 0: then one below 0 takes an earlier one back.
    debits: bool,
}

impl Amounts {
    fn look(&mut self, row: &Row, layout: &Layout) {
        if let Some(debit) = filled(row, layout.money_out) {
            let is_none = debit.chars().all(|c| !matches!(c, '1'..='9'));
            self.debits |= !is_none && !normalize(&debit).contains(['-', '(']);
        }
        for cell in layout.amounts().chain(layout.balance).filter_map(|at| row.cell(at)) {
            match grouping_of(&cell.text()) {
                Some(Grouping::Point) => self.point = true,
                Some(Grouping::Comma) => self.comma = true,
                Some(Grouping::Unknown) | None => {}
            }
        }
    }

    const fn grouping(&self) -> Grouping {
        match (self.comma, self.point) {
            (true, false) => Grouping::Comma,
            (false, true) => Grouping::Point,
            (true, true) | (false, false) => Grouping::Unknown,
        }
    }
}

/// Reads rows into lines.
struct Reader<'f> {
    profile: &'f Profile,
    layout: &'f Layout,
    headers: &'f [String],
    dates: Dates,
    grouping: Grouping,
    /// Whether every debit is below 0.
    signed_debits: bool,
    account: String,
    /// Whether the person gave it.
    account_given: bool,
    currency: Currency,
    /// Whether nothing says so.
    assumed: bool,
    /// Year of the last row whose day had none, and its month.
    year: Option<(i32, u32)>,
    /// Digests of rows with a number of the bank's.
    seen: HashSet<[u8; 16]>,
    opening: Option<i64>,
    closing: Option<i64>,
    totals: Vec<(bool, Currency, i64)>,
}

const OPENING: [&str; 7] = [
    "期初余额",
    "上期余额",
    "承前余额",
    "balanceatstartofperiod",
    "openingbalance",
    "balancebroughtforward",
    "startingbalance",
];
const CLOSING: [&str; 6] = [
    "期末余额",
    "本期余额",
    "balanceatendofperiod",
    "closingbalance",
    "endingbalance",
    "balancecarriedforward",
];
const ACCOUNT: [&str; 8] =
    ["账号", "卡号", "帐号", "支付宝账户", "微信昵称", "账户", "accountnumber", "account"];
const CURRENCY: [&str; 3] = ["币种", "币别", "currency"];

impl<'f> Reader<'f> {
    fn new(
        found: &'f Found<'_>,
        options: &StatementOptions,
        dates: Dates,
        amounts: &Amounts,
    ) -> Self {
        let told = |words: &[&str]| found.above.iter().find_map(|row| labelled(row, words));
        let account = options.account.clone();
        let told_currency = || told(&CURRENCY).and_then(|word| money::currency_named(&word));
        // Statements of two banks that name no account are not of one.
        let unnamed = || {
            let profile = found.profile;
            if profile.is_particular() { profile.title.clone() } else { String::new() }
        };
        let currency = options.currency.or_else(|| found.profile.currency()).or_else(told_currency);
        Self {
            profile: found.profile,
            layout: &found.layout,
            headers: &found.headers,
            dates,
            grouping: amounts.grouping(),
            signed_debits: !amounts.debits,
            account_given: account.is_some(),
            account: account
                .or_else(|| told(&ACCOUNT))
                .map_or_else(unnamed, |account| account.trim_matches(['[', ']']).to_owned()),
            currency: currency.unwrap_or(Currency::CNY),
            assumed: currency.is_none(),
            year: options.year.map(|year| (year, 0)),
            seen: HashSet::new(),
            opening: None,
            closing: None,
            totals: Vec::new(),
        }
    }

    fn row(&mut self, row: &Row, into: &mut Collector) -> Result<(), StatementError> {
        let text = |at: Option<usize>| filled(row, at);
        let tells = |words: &[&str]| labelled(row, words).is_some();
        if is_sum(row)
            || tells(&OPENING)
            || tells(&CLOSING)
            || !self.layout.amounts().any(|at| row.cell(at).is_some())
        {
            self.around(row, into);
            return Ok(());
        }
        let Some(on) = self.day(row)? else {
            self.around(row, into);
            return Ok(());
        };
        let currency = match text(self.layout.currency) {
            Some(word) => money::currency_named(&word)
                .ok_or_else(|| self.wrong(row, self.layout.currency, CellProblem::Currency))?,
            None => self.currency,
        };
        if text(self.layout.status).is_some_and(|status| self.profile.is_still(&status)) {
            into.still += 1;
            return Ok(());
        }
        let Some(amount) = self.amount(row, currency)? else {
            into.still += 1;
            return Ok(());
        };
        let serial = text(self.layout.serial).unwrap_or_default();
        if !serial.is_empty() && !self.is_new(row) {
            into.repeated.push(row.number);
            return Ok(());
        }
        let balance = text(self.layout.balance);
        let read = balance.map(|text| super::amount(&text, currency, self.grouping));
        if matches!(read, Some(Err(_))) {
            into.no_balance += 1;
        }
        let (payer, payer_account) = match text(self.layout.payer_both) {
            Some(both) => split(&both),
            None => (
                text(self.layout.payer).unwrap_or_default(),
                text(self.layout.payer_account).unwrap_or_default(),
            ),
        };
        let mut remark: Vec<String> = Vec::new();
        for part in self.layout.remark.iter().filter_map(|at| text(Some(*at))) {
            if !remark.contains(&part) {
                remark.push(part);
            }
        }
        let account = text(self.layout.account).filter(|_| !self.account_given);
        into.line(StatementLine {
            row: row.number,
            account: account.unwrap_or_else(|| self.account.clone()),
            on,
            amount,
            currency,
            balance: read.and_then(Result::ok),
            payer,
            payer_account,
            remark: remark.join(" "),
            serial,
        })
    }

    /// The day of a row; `None` where the row has none and so is no line.
    fn day(&mut self, row: &Row) -> Result<Option<NaiveDate>, StatementError> {
        let text = match row.cell(self.layout.date) {
            Some(Cell::Date(day)) => return Ok(Some(day)),
            Some(Cell::Text(text)) if !is_placeholder(text.trim()) => text.trim(),
            Some(Cell::Text(_)) | None => return Ok(None),
        };
        if let Some(day) = self.dates.read(text) {
            let wrong = |why| self.wrong(row, Some(self.layout.date), why);
            return day.map(Some).map_err(wrong);
        }
        let Some(parts) = without_year(text) else {
            let why = CellProblem::Date(self.dates.order);
            return Err(self.wrong(row, Some(self.layout.date), why));
        };
        let Some((year, last)) = self.year else {
            let value = sanitize::text(text).into_owned();
            return Err(StatementError::NoYear { row: row.number, value });
        };
        let (month, day) = match self.dates.order {
            crate::domain::plan::field::DateOrder::Dmy => (parts.1, parts.0),
            crate::domain::plan::field::DateOrder::Ymd
            | crate::domain::plan::field::DateOrder::Mdy => parts,
        };
        // From December to January a year begins, the other way round one ends.
        let year = match (last, month) {
            (7.., 1..=3) if last - month > 6 => year + 1,
            (1..=3, 7..) if month - last > 6 => year - 1,
            _ => year,
        };
        self.year = Some((year, month));
        let found = NaiveDate::from_ymd_opt(year, month, day);
        let why = CellProblem::Date(self.dates.order);
        found.map(Some).ok_or_else(|| self.wrong(row, Some(self.layout.date), why))
    }

    /// Minor units, below 0 where they went out; `None` where no money moved.
    fn amount(&self, row: &Row, currency: Currency) -> Result<Option<i64>, StatementError> {
        let read = |at: Option<usize>| {
            let Some(text) = filled(row, at) else {
                return Ok(None);
            };
            let amount = amount(&text, currency, self.grouping);
            amount.map(Some).map_err(|why| self.wrong(row, at, CellProblem::Amount(why)))
        };
        let Some(at) = self.layout.amount else {
            let (came, went) = (read(self.layout.money_in)?, read(self.layout.money_out)?);
            let went = if self.signed_debits { went.map(i64::saturating_abs) } else { went };
            let sum = came.unwrap_or(0).checked_sub(went.unwrap_or(0));
            return Ok(Some(sum.ok_or(StatementError::Overflow)?).filter(|sum| *sum != 0));
        };
        let Some(amount) = read(Some(at))? else {
            return Ok(None);
        };
        let Some(flag) = self.layout.flag else {
            return Ok(Some(amount));
        };
        let flag = row.cell(flag).map(|cell| cell.text().into_owned()).unwrap_or_default();
        Ok(match self.profile.is_in(&flag) {
            Some(true) => Some(amount),
            // Some statements sign what went out as well.
            Some(false) => Some(-amount.saturating_abs()),
            // A column of that name may say something else; then it is the sign that counts.
            None if !self.profile.is_particular() && amount < 0 => Some(amount),
            None => None,
        })
    }

    /// What a line above or below the table tells.
    fn around(&mut self, row: &Row, into: &mut Collector) {
        let minor = |text: &str| {
            amount(text, self.currency, self.grouping).or_else(|_: AmountError| {
                let behind = text.rsplit_once('笔').map_or(text, |(_, behind)| behind);
                amount(behind, self.currency, self.grouping)
            })
        };
        let (opening, closing) = (labelled(row, &OPENING), labelled(row, &CLOSING));
        self.opening = opening.and_then(|text| minor(&text).ok()).or(self.opening);
        self.closing = closing.and_then(|text| minor(&text).ok()).or(self.closing);
        for (money_in, words) in [(true, ["收入"]), (false, ["支出"])] {
            if let Some(listed) = labelled(row, &words).and_then(|text| minor(&text).ok()) {
                self.totals.push((money_in, self.currency, listed));
            }
        }
        if !is_sum(row) || into.count == 0 {
            return;
        }
        let named = row.cells().find_map(|cell| {
            let text = normalize(&cell.text());
            money::currency_named(text.trim_end_matches([':', ' ']).trim_end_matches("合计"))
        });
        let currency = named.unwrap_or(self.currency);
        for (money_in, at) in [(true, self.layout.money_in), (false, self.layout.money_out)] {
            if let Some(listed) = filled(row, at)
                && let Ok(listed) = amount(&listed, currency, self.grouping)
            {
                self.totals.push((money_in, currency, listed));
            }
        }
    }

    /// Whether no row before says the same, the bank's number too.
    fn is_new(&mut self, row: &Row) -> bool {
        let mut hash = Sha256::new();
        for cell in row.cells() {
            hash.update(cell.text().trim().as_bytes());
            hash.update([0x1f]);
        }
        let mut digest = [0; 16];
        digest.iter_mut().zip(hash.finalize()).for_each(|(byte, of)| *byte = of);
        self.seen.insert(digest)
    }

    fn wrong(&self, row: &Row, at: Option<usize>, why: CellProblem) -> StatementError {
        let value = at.and_then(|at| row.cell(at)).map(|cell| cell.text().into_owned());
        let value: String = value.unwrap_or_default().chars().take(LONGEST).collect();
        StatementError::Cell {
            row: row.number,
            column: at.and_then(|at| self.headers.get(at)).cloned().unwrap_or_default(),
            value: sanitize::text(&value).trim().to_owned(),
            why,
        }
    }
}

/// The text of a cell that holds something.
fn filled(row: &Row, at: Option<usize>) -> Option<String> {
    let text = row.cell(at?)?.text().trim().to_owned();
    (!is_placeholder(&text)).then_some(text)
}

/// Whether a row is a sum of others.
fn is_sum(row: &Row) -> bool {
    row.cells().any(|cell| {
        let text = cell.text();
        let text = text.trim().trim_end_matches([':', '：']);
        is_total(text)
            || text.strip_suffix("合计").is_some_and(|of| money::currency_named(of).is_some())
    })
}

/// What stands behind one of these words and a colon, in its cell or the next one that is filled.
fn labelled(row: &Row, words: &[&str]) -> Option<String> {
    let mut cells = row.cells();
    while let Some(cell) = cells.next() {
        let text = cell.text();
        let (label, behind) = match text.split_once([':', '：']) {
            Some((label, behind)) => (label, behind.trim()),
            None => (&*text, ""),
        };
        let label: String = normalize(label).chars().filter(|c| !c.is_whitespace()).collect();
        if !words.iter().any(|word| label == *word) {
            continue;
        }
        if behind.is_empty() {
            return cells.find(|cell| !cell.is_blank()).map(|cell| cell.text().trim().to_owned());
        }
        return Some(behind.to_owned());
    }
    None
}

/// Name and account of a cell that has both.
fn split(both: &str) -> (String, String) {
    let is_digit = |c: char| c.is_ascii_digit() || c == '*';
    let name = both.trim_end_matches(is_digit);
    let account = both.strip_prefix(name).unwrap_or_default();
    if account.len() < 6 {
        return (both.trim().to_owned(), String::new());
    }
    (name.trim().to_owned(), account.to_owned())
}
