//! `explain`: how a milestone stands and why; what the totals of a customer or a project, a figure of the morning or a
//! register are made of.

use crate::config;
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::violation::{Candidate, Thing, Violation};
use crate::error::{Error, Result};
use crate::exchange::explain::{ExplainedFigure, ExplainedMilestone, ExplainedTotals, Owner};
use crate::portfolio::Portfolio;
use crate::report::explain;
use crate::store::Reader;
use crate::text::named;

use super::args;
use super::fee::holder;
use super::session::Session;

pub fn explain(session: &Session, args: &args::Explain) -> Result<()> {
    let store = session.read()?;
    // What is called like a figure is told apart by `--as`.
    if let Some(figure) = named(&args.what).filter(|_| args.thing.is_none()) {
        let portfolio = Portfolio::load(&store, session.today)?;
        let of = ExplainedFigure::of(figure, &portfolio, &store, usize::MAX, session.lang)?;
        return session.give(&of, &args.files);
    }
    let one = holder(session, &store, &args.what, args.thing.as_deref())?;
    let mut portfolio = Portfolio::load(&store, session.today)?;
    let mut totals = |owner| {
        portfolio.name_all(&store, &[])?;
        session.give(&ExplainedTotals::of(owner, one.name.clone(), &portfolio), &args.files)
    };
    match one.thing {
        Thing::Milestone => milestone(session, &store, &portfolio, &one, &args.files),
        Thing::Project => totals(Owner::Project(ProjectId(one.id))),
        Thing::Customer => totals(Owner::Customer(CustomerId(one.id))),
        Thing::Payment
        | Thing::Invoice
        | Thing::BankLine
        | Thing::Deal
        | Thing::Todo
        | Thing::WriteOff
        | Thing::Promise
        | Thing::Condition
        | Thing::Note
        | Thing::Paper
        | Thing::Refusal
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
