//! `explain`: how a milestone stands and why; what the totals of a customer or a project are made of.

use crate::config;
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::violation::{Candidate, Thing, Violation};
use crate::error::{Error, Result};
use crate::exchange::explain::{ExplainedMilestone, ExplainedTotals, Part};
use crate::exchange::lists::Rows;
use crate::portfolio::Portfolio;
use crate::report::explain;
use crate::store::Reader;

use super::args;
use super::fee::holder;
use super::session::Session;

pub fn explain(session: &Session, args: &args::Explain) -> Result<()> {
    let store = session.read()?;
    let one = holder(session, &store, &args.what, args.thing.as_deref())?;
    let portfolio = Portfolio::load(&store, session.today)?;
    match one.thing {
        Thing::Milestone => milestone(session, &store, &portfolio, &one, &args.files),
        Thing::Project => {
            let id = ProjectId(one.id);
            totals(session, &store, portfolio, one.name, None, &args.files, |item| {
                item.project == id
            })
        }
        Thing::Customer => {
            let id = CustomerId(one.id);
            totals(session, &store, portfolio, one.name, Some(id), &args.files, |item| {
                item.customer == id
            })
        }
        Thing::Payment
        | Thing::Invoice
        | Thing::BankLine
        | Thing::Todo
        | Thing::WriteOff
        | Thing::Promise
        | Thing::Touch
        | Thing::Contact
        | Thing::Person
        | Thing::Snapshot
        | Thing::Event => Err(Error::Bug("nothing to explain")),
    }
}

fn milestone(
    session: &Session,
    store: &Reader,
    portfolio: &Portfolio,
    one: &Candidate,
    files: &args::Files,
) -> Result<()> {
    let rates = config::rates_with(&config::rates_file()?)?;
    // On a day before it was agreed there is none.
    let unknown = || Violation::Unknown { thing: one.thing, name: one.name.clone() };
    let of =
        explain::explain(store, portfolio, &rates, MilestoneId(one.id))?.ok_or_else(unknown)?;
    session.give(&ExplainedMilestone { of: &of, portfolio, name: one.name.clone() }, files)
}

fn totals(
    session: &Session,
    store: &Reader,
    mut portfolio: Portfolio,
    name: String,
    account: Option<CustomerId>,
    files: &args::Files,
    own: impl Fn(&Item) -> bool,
) -> Result<()> {
    portfolio.name_all(store, &[])?;
    let items = portfolio.items().iter().filter(|item| own(item));
    let parts = Rows(items.map(|item| Part::new(item, &portfolio)).collect());
    let unapplied = portfolio.unapplied.iter().filter(|one| Some(one.customer) == account);
    let unapplied = unapplied.map(|one| (one.currency, one.amount)).collect();
    session.give(&ExplainedTotals { parts, name, unapplied }, files)
}
