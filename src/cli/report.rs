//! Reports: the digest of today, lists, aging tables.

use std::mem::ManuallyDrop;

use chrono::NaiveDate;

use crate::domain::aging::{AgeBy, Buckets, EdgesError};
use crate::domain::as_of::LATEST;
use crate::domain::ids::PersonId;
use crate::domain::item::Item;
use crate::domain::people::Colleague;
use crate::error::{Error, Result};
use crate::exchange::aging::NamedAging;
use crate::exchange::calendar::{Days, ListWithDays};
use crate::exchange::periods::NamedPeriods;
use crate::portfolio::Portfolio;
use crate::report::aging;
use crate::report::desk::whose;
use crate::report::digest::{self, Beside, Missed, Morning};
use crate::report::figures::{figures, main_currency};
use crate::report::filter::{Filter, FilterField, quoted};
use crate::report::list::List;
use crate::report::periods::{Grain, Periods};
use crate::report::todos::TodoLine;
use crate::store::Reader;

use super::args;
use super::session::Session;
use super::words::code;

/// The portfolio of a day, for the rest of the process: freeing what it holds one by one would take longer than a report.
pub(super) fn load(store: &Reader, day: NaiveDate) -> Result<ManuallyDrop<Portfolio>> {
    Ok(ManuallyDrop::new(Portfolio::load(store, day)?))
}

pub fn today(session: &Session, args: &args::Today) -> Result<()> {
    let store = session.read()?;
    let whose = args.lens.as_ref().map(|name| lens(session, &store, name)).transpose()?;
    let mut portfolio = load(&store, session.today)?;
    let mut digest = digest::digest(&store, &portfolio)?;
    if let Some(whose) = &whose {
        digest.narrow(whose, &portfolio);
    }
    let missed = Missed::read(&store, &portfolio, whose.as_deref())?;
    let contracts = digest::contracts(&store, &portfolio, digest.main)?;
    let todos = TodoLine::all(digest.todos.first.clone(), session.today);
    let beside = Beside { contracts: &contracts, todos: &todos, missed: &missed };
    session.give(&Morning::new(&store, &mut portfolio, &digest, beside)?, &args.files)
}

pub fn list(session: &Session, args: &args::List) -> Result<()> {
    let store = session.read()?;
    let filter = match &args.filter {
        Some(text) => Filter::parse_with(text, session.today, &session.config.filters)?,
        None => Filter::default(),
    };
    let whose = args.lens.as_ref().map(|name| lens(session, &store, name)).transpose()?;
    let whose: Option<Vec<PersonId>> = whose.map(|whose| whose.iter().map(|one| one.id).collect());
    let mut portfolio = load(&store, session.today)?;
    let closed = if args.all { store.closed_items(session.today)? } else { Vec::new() };
    portfolio.name_all(&store, &closed)?;
    portfolio.read_around(&store, &filter.asked(), &closed)?;
    let desks = whose.as_deref().map(|whose| portfolio.desks(whose));
    let is_theirs = |item: &&Item| desks.as_ref().is_none_or(|desks| desks.have(item, None));
    let items = portfolio.items().iter().chain(&closed).filter(is_theirs);
    let list = List::new(&portfolio, items, &filter);
    let days = days(&store, &list, &portfolio)?;
    session.list(&ListWithDays(days), &args.table.shape(&[]), &args.table.files)
}

fn days<'l>(store: &Reader, list: &'l List<'l>, portfolio: &'l Portfolio) -> Result<Days<'l>> {
    let origin = store.origin()?.unwrap_or_default();
    let origin = origin.iter().take(6).map(|byte| format!("{byte:02x}"));
    let origin = origin.collect::<Vec<_>>().concat();
    let (bills, papers, warranties) = (Vec::new(), Vec::new(), Vec::new());
    Ok(Days { list, portfolio, bills, papers, warranties, origin, whose: None })
}

pub fn calendar(session: &Session, args: &args::CalendarArgs) -> Result<()> {
    let store = session.read()?;
    let whose = args.lens.as_ref().map(|name| lens(session, &store, name)).transpose()?;
    let lens = whose.map(|whose| {
        let names: Vec<String> = whose.iter().map(|one| quoted(&one.name)).collect();
        format!("{}={}", FilterField::Pm.code(), names.join(","))
    });
    let text = [lens.as_deref().unwrap_or(""), args.filter.as_deref().unwrap_or("")].join(" ");
    let filter = Filter::parse_with(text.trim(), session.today, &session.config.filters)?;
    let mut portfolio = load(&store, session.today)?;
    portfolio.name_all(&store, &[])?;
    portfolio.read_around(&store, &filter.asked(), &[])?;
    if let Some(by) = args.by {
        return periods(session, &store, portfolio, (args, by, &filter));
    }
    let everything = text.trim().is_empty();
    let (papers, warranties) = if everything {
        let (today, told) = (session.today, portfolio.policy.expiry_days);
        let papers = store.expiring_papers(today, LATEST)?;
        (papers, store.ending_warranties(today, (today, LATEST), told)?)
    } else {
        (Vec::new(), Vec::new())
    };
    portfolio.names.read_ending(&store, &papers, &warranties)?;
    let list = List::new(&portfolio, portfolio.items().iter(), &filter);
    let bills = if everything { store.maturing_bills(session.today, LATEST)? } else { Vec::new() };
    let ends = Days { papers, warranties, ..days(&store, &list, &portfolio)? };
    let days = Days { whose: args.lens.clone(), bills, ..ends };
    session.give(&days, &args.files)
}

/// The calendar by week or month. A filter chooses open milestones; what came in is none.
fn periods(
    session: &Session,
    store: &Reader,
    mut portfolio: ManuallyDrop<Portfolio>,
    (args, by, filter): (&args::CalendarArgs, args::By, &Filter),
) -> Result<()> {
    let grain = match by {
        args::By::Week => Grain::Week,
        args::By::Month => Grain::Month,
    };
    let today = portfolio.today;
    let from = session.past("--from", args.from.as_deref())?;
    let receipts =
        if filter.is_empty() { store.receipts(grain.first(from), today)? } else { Vec::new() };
    let payers = receipts.iter().map(|receipt| receipt.customer);
    portfolio.names.read_customers(store, payers)?;
    let list = List::new(&portfolio, portfolio.items().iter(), filter);
    let main = main_currency(portfolio.items(), &portfolio.policy);
    let items = list.items().iter().copied();
    let periods = Periods::new(items, &receipts, (today, from), grain, main);
    let behind = args.explain.then_some(&portfolio.names);
    session.give(&NamedPeriods::new(periods, behind, !filter.is_empty())?, &args.files)
}

/// A person, those of a team, or oneself.
pub(super) fn lens(session: &Session, store: &Reader, name: &str) -> Result<Vec<Colleague>> {
    whose(store, name, &session.who)
}

pub fn aging(session: &Session, args: &args::Aging) -> Result<()> {
    let as_of = session.past("--as-of", args.as_of.as_deref())?;
    let by = code("--by", &args.by, session.lang)?;
    let age_by = code("--age-by", &args.age_by, session.lang)?;
    let edges = args.buckets.as_ref().map(|text| text.parse());
    let edges = edges.transpose().map_err(|e: EdgesError| Error::flag("--buckets", e))?;
    let store = session.read()?;
    let mut portfolio = load(&store, as_of)?;
    let edges = edges.unwrap_or_else(|| portfolio.policy.buckets.clone());
    let buckets = Buckets { age_by, edges };
    let table = aging::table(portfolio.items(), &portfolio.unapplied, as_of, by, &buckets)?;
    aging::read_names(table.rows.iter().map(|row| row.key), &mut portfolio.names, &store)?;
    let mut named = NamedAging::new(table, &portfolio.names, session.lang);
    if buckets.age_by == AgeBy::Due {
        let main = main_currency(portfolio.items(), &portfolio.policy);
        let all = figures(portfolio.items(), &[], as_of, &portfolio.policy, main)?;
        named.tell_overdue(&all, session.lang);
    }
    session.give(&named, &args.files)
}
