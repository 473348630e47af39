//! Bank statements: brought in, listed, matched with what is open, booked line by line.

#![allow(clippy::doc_markdown, reason = "these comments are the help a person reads in a terminal")]

use std::io;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::args::Table;
use super::record::target;
use super::session::{Session, advance, note, print, print_json, progress};
use super::words::code_or_none;
use crate::config;
use crate::domain::allocation::share_out;
use crate::domain::bank::{LineState, StatementBatch, StatementOutcome, StatementSum};
use crate::domain::change::{Booking, Change, PaymentDraft, Target};
use crate::domain::facts::{Account, Facts};
use crate::domain::ids::{BankLineId, CustomerId, MilestoneId};
use crate::domain::money;
use crate::domain::reconcile::{self, Matcher, Proposals};
use crate::domain::violation::{Field, Violation};
use crate::error::bank::StatementNote;
use crate::error::{Error, Result};
use crate::exchange::bank::list::{CandidateNames, MatchedLine};
use crate::exchange::bank::{self, Statement, StatementOptions};
use crate::exchange::lists::Rows;
use crate::files;
use crate::portfolio::Portfolio;
use crate::store::{Applied, BankLine, LineFilter, Reader, Store};

#[derive(Debug, Subcommand)]
pub enum Bank {
    /// Import statements: CSV, XLSX or XLS of a bank or wallet, or camt.053, MT940, OFX
    Import(Import),
    /// List the lines of statements and what became of them
    List(List),
    /// List our accounts, each with its closing balance and what its lines make
    Accounts(Table),
    /// Propose what open lines are
    Match(Match),
    /// Book a line as a payment: as proposed, or as you say
    Book(Book),
    /// Say that a line has nothing to do with receivables
    Skip(Skip),
}

#[derive(Debug, Args)]
pub struct Import {
    /// Statements, one or more
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Whose way to write statements it is, by the name of its profile; without it the headers tell
    #[arg(long)]
    profile: Option<String>,
    /// Our account; without it the one the statement names
    #[arg(long)]
    account: Option<String>,
    /// Year of the first row, where days have none
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1970..2200))]
    year: Option<i32>,
    /// Order of day, month and year in the file's dates: ymd, mdy, dmy
    #[arg(long, value_name = "ORDER")]
    date_order: Option<String>,
    /// Currency of rows that name none; without it the one the statement names, else CNY
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Encoding, if it is neither UTF-8, UTF-16 nor GB18030
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Sheet of a workbook, by name or number
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,
}

#[derive(Debug, Args)]
pub struct List {
    /// State: open, booked, not_ours, out; without it all
    #[arg(long)]
    state: Option<String>,
    /// Only this account of ours
    #[arg(long)]
    account: Option<String>,
    /// From this day on
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<String>,
    /// Up to this day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: Option<String>,
    #[command(flatten)]
    table: Table,
}

#[derive(Debug, Args)]
pub struct Match {
    /// Only this line, by #id or the bank's number
    line: Option<String>,
    /// Book at once what is certain: exact is a known payer and exactly what is open on one milestone, with no rival
    #[arg(long, value_name = "exact", value_parser = ["exact"])]
    accept: Option<String>,
    #[command(flatten)]
    table: Table,
}

#[derive(Debug, Args)]
pub struct Book {
    /// The line, by #id or the bank's number
    line: String,
    /// What it pays, the first before the others; without any as proposed
    #[arg(value_name = "MILESTONE")]
    items: Vec<String>,
    /// Split: so much of it for this milestone
    #[arg(long, value_name = "MILESTONE=AMOUNT", conflicts_with = "items")]
    to: Vec<String>,
    /// Take the proposal of this number instead of the first
    #[arg(long, value_name = "N", conflicts_with_all = ["items", "to"], value_parser = clap::value_parser!(u8).range(1..))]
    pick: Option<u8>,
    /// Customer, by code, #id or name; without it that of the milestones or of the proposal
    #[arg(long, conflicts_with = "pick")]
    customer: Option<String>,
    /// It is this payment, on record already
    #[arg(long, value_name = "PAYMENT", conflicts_with_all = ["items", "to", "pick", "customer", "fee", "unapplied"])]
    payment: Option<String>,
    /// What the bank kept: the payment is so much more than the line
    #[arg(long, value_name = "AMOUNT")]
    fee: Option<String>,
    /// Leave all of it on account
    #[arg(long, conflicts_with_all = ["items", "to", "pick"], requires = "customer")]
    unapplied: bool,
    /// It is another one, though the same amount within a week is recorded already
    #[arg(long)]
    again: bool,
}

#[derive(Debug, Args)]
pub struct Skip {
    /// The line, by #id or the bank's number
    line: String,
    /// Why
    #[arg(long)]
    reason: Option<String>,
}

pub fn bank(session: &Session, command: Bank) -> Result<()> {
    match command {
        Bank::Import(args) => import(session, &args),
        Bank::List(args) => list(session, &args),
        Bank::Accounts(table) => {
            let rows = Rows(session.open()?.bank_accounts()?);
            session.list(&rows, &table.shape(&[]), &table.files)
        }
        Bank::Match(args) => propose(session, &args),
        Bank::Book(args) => session.record(|store| book(session, store, args)),
        Bank::Skip(args) => session.record(|store| {
            let line = store.find_bank_line(&args.line)?;
            let reason = args.reason.unwrap_or_default();
            Ok((Change::SkipLine { line, reason }, args.line))
        }),
    }
}

fn import(session: &Session, args: &Import) -> Result<()> {
    let options = StatementOptions {
        profile: args.profile.clone(),
        account: args.account.clone(),
        year: args.year,
        date_order: code_or_none("--date-order", args.date_order.as_deref(), session.lang)?,
        currency: args
            .currency
            .as_deref()
            .map(|code| Session::currency("--currency", code))
            .transpose()?,
        encoding: args.encoding.clone(),
        sheet: args.sheet.clone(),
    };
    let own = own_profiles()?;
    let own = own.as_ref().map(|(path, text)| (path.as_str(), text.as_str()));
    let profiles = bank::profiles(own).map_err(|why| bank::failed("banks.toml", why))?;
    // All are read before any is written.
    let read = |file: &PathBuf| {
        let failed = |why| bank::failed(&file.display().to_string(), why);
        bank::read(file, &options, &profiles).map_err(failed)
    };
    let statements: Vec<Statement> = args.files.iter().map(read).collect::<Result<_>>()?;
    let mut store = session.open()?;
    session.keep(&store)?;
    let mut told = Vec::new();
    for statement in statements {
        told.push(bring_in(session, &mut store, statement)?);
    }
    if session.global.json {
        return session.done(print_json(&told));
    }
    Ok(())
}

/// The person's own profiles, if there are any: where they are, and what they say.
fn own_profiles() -> Result<Option<(String, String)>> {
    let Ok(path) = config::banks() else {
        return Ok(None);
    };
    match files::text(&path) {
        Ok(text) => Ok(Some((path.display().to_string(), text))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Io { path, source }),
    }
}

/// Writes a statement and says what came of it; as JSON where it is asked for.
fn bring_in(session: &Session, store: &mut Store, statement: Statement) -> Result<Value> {
    let Statement { file, sha256, sums, notes, lines } = statement;
    let bar = progress(session);
    let batch = StatementBatch { file, sha256, sums, rows: lines };
    let mut tick = |done: usize, all: usize| advance(&bar, done as u64, all as u64);
    let done = store.import_statement(&batch, &session.context(), &mut tick);
    bar.finish_and_clear();
    let (applied, outcome) = done?;
    let lang = session.lang;
    for told in &notes {
        if told.is_warning() || !session.global.quiet && !session.global.json {
            note(&lang.statement_note(told));
        }
    }
    if !session.global.json && !session.global.quiet {
        let mut text = lang.statement_counts(&batch.file, outcome);
        if let Some(event) = applied.event {
            text += &lang.event_mark(event.0);
        }
        let sums = batch.sums.iter().map(|sum| sum_line(session, sum));
        let lines: Vec<String> = std::iter::once(text).chain(sums).collect();
        session.done(print(&format!("{}\n", lines.join("\n  "))))?;
    }
    Ok(told(session, &batch.file, &batch.sums, &notes, (&applied, outcome)))
}

fn sum_line(session: &Session, sum: &StatementSum) -> String {
    let (lang, shown) = (session.lang, |minor: i64| money::with_symbol(minor, sum.currency));
    let (came, went) = (sum.money_in, sum.money_out);
    let account = lang.account_called(&sum.account);
    let line = lang.statement_sum(account, &shown(came.1), came.0, &shown(went.1), went.0);
    let closes = sum.closing.map(|closing| lang.statement_closes(&shown(closing)));
    std::iter::once(line).chain(closes).collect::<Vec<_>>().join(lang.comma())
}

fn told(
    session: &Session,
    file: &str,
    sums: &[StatementSum],
    notes: &[StatementNote],
    (applied, outcome): (&Applied, StatementOutcome),
) -> Value {
    let sum = |sum: &StatementSum| {
        let plain = |minor: i64| money::plain(minor, sum.currency);
        json!({
            "account": sum.account,
            "currency": sum.currency.code(),
            "first_on": sum.first_on,
            "last_on": sum.last_on,
            "in": { "lines": sum.money_in.0, "amount": plain(sum.money_in.1) },
            "out": { "lines": sum.money_out.0, "amount": plain(sum.money_out.1) },
            "opening": sum.opening.map(plain),
            "closing": sum.closing.map(plain),
        })
    };
    let of = |is_warning: bool| -> Vec<String> {
        let some = notes.iter().filter(|note| note.is_warning() == is_warning);
        some.map(|note| session.lang.statement_note(note)).collect()
    };
    json!({
        "file": file,
        "event": applied.event.map(|event| event.0),
        "new": outcome.new,
        "known": outcome.known,
        "accounts": sums.iter().map(sum).collect::<Value>(),
        "warnings": of(true),
        "notes": of(false),
    })
}

fn list(session: &Session, args: &List) -> Result<()> {
    let from = session.past_or_none("--from", args.from.as_deref())?;
    let to = session.past_or_none("--to", args.to.as_deref())?;
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(Violation::TooEarly { day: to, earliest: from }.into());
    }
    let state: Option<LineState> = code_or_none("--state", args.state.as_deref(), session.lang)?;
    let filter = LineFilter { state, account: args.account.clone(), from, to };
    let rows = Rows(session.open()?.bank_lines(&filter)?);
    session.list(&rows, &args.table.shape(&[]), &args.table.files)
}

/// Open lines, the oldest first: money is applied in the order in which it came.
fn open_lines(store: &Reader, one: Option<&str>) -> Result<Vec<BankLine>> {
    if let Some(name) = one {
        let line = store.bank_line(store.find_bank_line(name)?)?;
        must_be_open(&line)?;
        return Ok(vec![line]);
    }
    let mut lines = store.bank_lines(&LineFilter::open())?;
    lines.reverse();
    Ok(lines)
}

fn must_be_open(line: &BankLine) -> Result<()> {
    match (line.state(), line.payment) {
        (LineState::Booked, Some(payment)) => {
            Err(Violation::LineTaken { line: line.id, payment }.into())
        }
        (LineState::Out, _) => Err(Violation::LineOut(line.id).into()),
        (LineState::Booked | LineState::Open | LineState::NotOurs, _) => Ok(()),
    }
}

fn matcher(session: &Session, store: &Reader) -> Result<Matcher> {
    let portfolio = Portfolio::load(store, session.today)?;
    store.matcher(portfolio.items(), session.today)
}

fn propose(session: &Session, args: &Match) -> Result<()> {
    let mut store = session.open()?;
    let mut matcher = matcher(session, &store)?;
    let mut rows: Vec<(BankLine, Proposals)> = Vec::new();
    let mut booked = 0;
    for line in open_lines(&store, args.line.as_deref())? {
        let proposals = matcher.propose(&line.line());
        let certain = proposals.best().filter(|_| proposals.exact && args.accept.is_some());
        let Some(best) = certain else {
            rows.push((line, proposals));
            continue;
        };
        match store.apply(&best.change(line.id, &line.line()), &session.context()) {
            Ok(_) => {
                booked += 1;
                matcher.pay(best);
            }
            Err(Error::Violation(why)) => {
                note(&session.lang.match_refused(line.id, &session.lang.violation(&why)));
                rows.push((line, proposals));
            }
            Err(other) => return Err(other),
        }
    }
    if args.accept.is_some() && !session.global.quiet {
        note(&session.lang.match_accepted(booked));
    }
    let candidates = || rows.iter().flat_map(|(_, proposals)| &proposals.candidates);
    let mut customers: Vec<CustomerId> = candidates().map(|one| one.customer).collect();
    customers.sort_unstable();
    customers.dedup();
    let names = CandidateNames {
        customers: store.customer_names(&customers)?,
        milestones: store.milestone_names(&reconcile::milestones(candidates()))?,
    };
    let matched = |(line, proposals)| MatchedLine::new(line, proposals, &names, session.lang);
    let rows = Rows(rows.into_iter().map(matched).collect());
    session.list(&rows, &args.table.shape(&[]), &args.table.files)
}

fn book(session: &Session, store: &Store, args: Book) -> Result<(Change, String)> {
    let line = store.bank_line(store.find_bank_line(&args.line)?)?;
    must_be_open(&line)?;
    if let Some(payment) = &args.payment {
        let payment = Booking::Known(store.find_payment(payment)?);
        return Ok((Change::BookLine { line: line.id, payment, fee: 0 }, args.line));
    }
    let fee = args.fee.as_ref().map(|text| Session::amount("--fee", text, line.currency));
    let fee = fee.transpose()?;
    let named = !args.items.is_empty() || !args.to.is_empty() || args.customer.is_some();
    let (mut change, typed) = if named {
        own_words(store, &line, &args, fee.unwrap_or(0))?
    } else {
        proposed(session, store, &line, args.pick, fee)?
    };
    if let Change::BookLine { payment: Booking::New(draft), .. } = &mut change {
        draft.again = args.again;
    }
    Ok((change, typed))
}

/// As the best proposal has it, or the one that was picked.
fn proposed(
    session: &Session,
    store: &Store,
    line: &BankLine,
    pick: Option<u8>,
    fee: Option<i64>,
) -> Result<(Change, String)> {
    let mut statement = line.line();
    // What the bank kept came in as well.
    statement.amount = money::add(statement.amount, fee.unwrap_or(0))?;
    let proposals = matcher(session, store)?.propose(&statement);
    let picked = match pick {
        Some(number) => proposals.candidates.get(usize::from(number) - 1),
        None => proposals.best(),
    };
    let Some(one) = picked else {
        return Err(undecided(session, line.id, pick, &proposals));
    };
    let names = store.customer_names(&[one.customer])?;
    let called = names
        .get(&one.customer)
        .map_or_else(|| line.id.to_string(), |name| name.short().to_owned());
    let mut change = one.change(line.id, &statement);
    if let Change::BookLine { fee: kept, .. } = &mut change {
        *kept = money::add(*kept, fee.unwrap_or(0))?;
    }
    Ok((change, called))
}

/// That nothing is proposed, and why; or that there is no such proposal.
fn undecided(session: &Session, line: BankLineId, pick: Option<u8>, found: &Proposals) -> Error {
    let lang = session.lang;
    if let Some(number) = pick {
        let known = format!("1 … {}", found.candidates.len());
        return Error::choice("--pick", &number.to_string(), &known);
    }
    note(&format!("huikuan: {}", lang.book_which(&lang.unproposed(found), line)));
    Error::Said(crate::error::ErrorKind::Input)
}

/// As the command says: milestones in their order, or each with its amount, or a customer alone.
fn own_words(store: &Store, line: &BankLine, args: &Book, fee: i64) -> Result<(Change, String)> {
    let amount = money::add(line.amount, fee)?;
    let found = args.items.iter().map(|name| store.facts(store.find_milestone(name)?));
    let found: Vec<Facts> = found.collect::<Result<_>>()?;
    let target = if !args.to.is_empty() {
        target(store, &args.to)?
    } else if args.unapplied {
        Target::Lines(Vec::new())
    } else if found.is_empty() {
        Target::Automatic
    } else {
        Target::Lines(in_order(store, &found, amount)?)
    };
    let customer = match (&args.customer, &target) {
        (Some(name), _) => store.find_customer(name)?,
        (None, Target::Lines(lines)) => {
            let first = lines.first().ok_or(Violation::Empty(Field::Milestones))?;
            store.facts(first.0)?.project.customer
        }
        (None, Target::Automatic) => return Err(Violation::Empty(Field::Customer).into()),
    };
    let account = Account { customer, currency: line.currency };
    let names = store.customer_names(&[customer])?;
    let name = names.get(&customer);
    let is_own =
        name.is_some_and(|name| reconcile::is_called(&line.payer, [&name.name.to_string()]));
    let payment = Booking::New(PaymentDraft {
        payer: if is_own { String::new() } else { line.payer.clone() },
        bank_ref: line.serial.clone(),
        target,
        ..PaymentDraft::new(account, line.on, amount)
    });
    let called = name.map_or_else(|| customer.to_string(), |name| name.short().to_owned());
    Ok((Change::BookLine { line: line.id, payment, fee }, called))
}

/// An amount shared out over what is open, the first before the others.
fn in_order(store: &Store, facts: &[Facts], amount: i64) -> Result<Vec<(MilestoneId, i64)>> {
    let open = |facts: &Facts| Ok(store.milestone_detail(facts.id)?.item.balance);
    let open: Vec<i64> = facts.iter().map(open).collect::<Result<_>>()?;
    let shares = facts.iter().map(|facts| facts.id).zip(share_out(amount, open));
    let shares: Vec<(MilestoneId, i64)> = shares.filter(|(_, share)| *share > 0).collect();
    match (shares.is_empty(), facts.first()) {
        (true, Some(first)) => Err(Violation::NothingOpen(first.id).into()),
        (_, _) => Ok(shares),
    }
}
