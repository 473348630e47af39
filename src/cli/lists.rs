//! Lists of everything there is: customers, projects, payments, invoices, promises, contacts.

use crate::domain::aging::GroupBy;
use crate::domain::ids::{CustomerId, IdMap, ProjectId};
use crate::domain::violation::Thing;
use crate::error::Result;
use crate::exchange::invoice_lag::InvoiceLag;
use crate::exchange::lists::{CustomerLine, Listed, ProjectLine, Rows};
use crate::portfolio::{Names, Portfolio};
use crate::report::aging::read_names;
use crate::report::contracts::{self, ContractSummary};
use crate::report::debtors::{self, Debtor};
use crate::report::figures::main_currency;
use crate::report::invoice_lag::lags;
use crate::store::{Page, Reader, Span};

use super::args::{Dated, Deals, InvoiceList, OfCustomer, Table};
use super::session::Session;
use super::words::{code, one_of};

/// All of a list.
const ALL: Page<'static> = Page { offset: 0, limit: u32::MAX, search: "" };

pub fn customers(session: &Session, table: &Table) -> Result<()> {
    let store = session.open()?;
    let portfolio = Portfolio::load(&store, session.today)?;
    let usual = &["-overdue", "-receivable"];
    give(session, customer_lines(&store, &portfolio, None)?, table, usual)
}

/// Customers with what they owe: all, or one.
pub fn customer_lines(
    store: &Reader,
    portfolio: &Portfolio,
    one: Option<CustomerId>,
) -> Result<Vec<CustomerLine>> {
    let main = main_currency(portfolio.items(), &portfolio.policy);
    let (items, unapplied) = (portfolio.items(), &portfolio.unapplied);
    let debtors = debtors::debtors(items, unapplied, &portfolio.customers, portfolio.today, main)?;
    let mut debtors: IdMap<CustomerId, Debtor> =
        debtors.into_iter().map(|debtor| (debtor.customer, debtor)).collect();
    let rows = match one {
        Some(id) => store.customers(&[id])?,
        None => store.customer_page(ALL)?,
    };
    let line = |row: crate::store::CustomerRow| {
        let debtor = debtors.remove(&row.id);
        CustomerLine { row, debtor, main }
    };
    Ok(rows.into_iter().map(line).collect())
}

pub fn projects(session: &Session, args: &OfCustomer) -> Result<()> {
    let store = session.open()?;
    let customer = customer(&store, args.customer.as_deref())?;
    let portfolio = Portfolio::load(&store, session.today)?;
    let mut lines = project_lines(&store, &portfolio)?;
    lines.retain(|line| customer.is_none_or(|id| line.row.customer == id));
    give(session, lines, &args.table, &["-overdue", "-balance"])
}

/// Projects with what is open in them.
pub fn project_lines(store: &Reader, portfolio: &Portfolio) -> Result<Vec<ProjectLine>> {
    let summaries = contracts::summaries(portfolio.items().iter(), portfolio.today)?;
    let rows = store.project_page(ALL)?;
    let mut customers: Vec<CustomerId> = rows.iter().map(|row| row.customer).collect();
    customers.sort_unstable();
    customers.dedup();
    let names = store.customer_names(&customers)?;
    let line = |row: crate::store::ProjectRow| {
        let summary: Option<ContractSummary> = contracts::find(&summaries, row.id).copied();
        let customer = names.get(&row.customer).map_or("", |name| &*name.code).to_owned();
        ProjectLine { row, customer, summary }
    };
    Ok(rows.into_iter().map(line).collect())
}

pub fn payments(session: &Session, args: &Dated) -> Result<()> {
    let store = session.open()?;
    give(session, store.payment_list(span(session, &store, args)?)?, &args.table, &[])
}

pub fn invoices(session: &Session, args: &InvoiceList) -> Result<()> {
    let InvoiceList { dated: args, lag, by } = args;
    let store = session.open()?;
    if *lag {
        return invoice_lag(session, &store, args, code("--by", by, session.lang)?);
    }
    give(session, store.invoice_list(span(session, &store, args)?)?, &args.table, &[])
}

fn invoice_lag(session: &Session, store: &Reader, args: &Dated, by: GroupBy) -> Result<()> {
    let bills = store.waited_bills(span(session, store, args)?, session.today)?;
    let each = bills.iter().flat_map(|(item, bills)| bills.iter().map(move |bill| (item, bill)));
    let lags = lags(each, by);
    let mut names = Names::default();
    read_names(lags.iter().map(|lag| lag.key), &mut names, store)?;
    session.list(&InvoiceLag::new(lags, &names), &args.table.shape(&[]), &args.table.files)
}

pub fn promises(session: &Session, args: &Dated) -> Result<()> {
    let store = session.open()?;
    let span = span(session, &store, args)?;
    give(session, store.promise_list(span, session.today)?, &args.table, &[])
}

pub fn touches(session: &Session, args: &Dated) -> Result<()> {
    let store = session.open()?;
    give(session, store.touch_list(span(session, &store, args)?)?, &args.table, &[])
}

pub fn deals(session: &Session, args: &Deals) -> Result<()> {
    let store = session.open()?;
    let (mut customer, mut project) = (None, None);
    if let Some(name) = &args.what {
        let things = [Thing::Project, Thing::Customer];
        let mut found = store.find_any(name)?;
        found.retain(|one| things.contains(&one.thing));
        let one = one_of(found, name, args.thing.as_deref(), &things, session.lang)?;
        customer = (one.thing == Thing::Customer).then_some(CustomerId(one.id));
        project = (one.thing == Thing::Project).then_some(ProjectId(one.id));
    }
    give(session, store.deal_list(customer, project)?, &args.table, &[])
}

pub fn contacts(session: &Session, args: &OfCustomer) -> Result<()> {
    let store = session.open()?;
    let customer = customer(&store, args.customer.as_deref())?;
    give(session, store.contact_list(customer)?, &args.table, &[])
}

pub(super) fn give<R: Listed>(
    session: &Session,
    rows: Vec<R>,
    table: &Table,
    usual: &'static [&'static str],
) -> Result<()> {
    session.list(&Rows(rows), &table.shape(usual), &table.files)
}

fn customer(store: &Reader, name: Option<&str>) -> Result<Option<CustomerId>> {
    name.map(|name| store.find_customer(name)).transpose()
}

pub(super) fn span(session: &Session, store: &Reader, args: &Dated) -> Result<Span> {
    Ok(Span {
        customer: customer(store, args.customer.as_deref())?,
        from: session.past_or_none("--from", args.from.as_deref())?,
        to: session.past_or_none("--to", args.to.as_deref())?,
    })
}
