//! `fee`: what a milestone, or all of a project or a customer, bears in late fees.

use std::collections::HashMap;

use crate::config;
use crate::domain::as_of::{self, LATEST};
use crate::domain::calendar::Calendar;
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::late_fee::LateFee;
use crate::domain::violation::{Candidate, Thing};
use crate::error::{Error, Result};
use crate::exchange::late_fees::NamedFees;
use crate::portfolio::Names;
use crate::report::late_fees::late_fees;
use crate::store::Reader;

use super::args;
use super::session::Session;
use super::words::{late_fee, one_of};

/// What has items of its own.
const HOLDERS: [Thing; 3] = [Thing::Milestone, Thing::Project, Thing::Customer];

pub fn fee(session: &Session, args: &args::Fee) -> Result<()> {
    let as_of = session.past("--as-of", args.as_of.as_deref())?;
    let asked: Option<LateFee> =
        args.terms.as_deref().map(|text| late_fee("--terms", text)).transpose()?;
    let lpr = config::rates_with(&config::rates_file()?)?;
    let store = session.read()?;
    let one = holder(session, &store, &args.what, args.thing.as_deref())?;
    let facts = store.facts_of(&milestones(&store, &one)?)?;
    let mut terms: HashMap<ProjectId, Option<LateFee>> = HashMap::new();
    for facts in &facts {
        let project = facts.project.id;
        if asked.is_none() && !terms.contains_key(&project) {
            terms.insert(project, store.project_draft(project)?.late_fee);
        }
    }
    let of = |project: ProjectId| asked.or_else(|| terms.get(&project).copied().flatten());
    let fees = late_fees(&facts, of, &lpr, &store.policy()?, as_of);
    let items = facts.iter().filter_map(|facts| as_of::item(facts, LATEST, Calendar::china()));
    let items: Vec<Item> = items.collect();
    let mut names = Names::default();
    names.read(&store, items.iter())?;
    let owners: HashMap<MilestoneId, CustomerId> =
        items.iter().map(|item| (item.id, item.customer)).collect();
    let named = NamedFees::new(fees, &names, one.name, as_of, &lpr, |fee| {
        let owner = owners.get(&fee.id).map(|id| names.customer(*id).short().to_owned());
        owner.unwrap_or_default()
    });
    session.give(&named, &args.files)
}

/// What of a ledger has this name, and milestones.
pub fn holder(
    session: &Session,
    store: &Reader,
    name: &str,
    thing: Option<&str>,
) -> Result<Candidate> {
    let mut found = store.find_any(name)?;
    found.retain(|one| HOLDERS.contains(&one.thing));
    one_of(found, name, thing, &HOLDERS, session.lang)
}

/// The milestones of what was found, open and closed.
pub fn milestones(store: &Reader, one: &Candidate) -> Result<Vec<MilestoneId>> {
    match one.thing {
        Thing::Milestone => Ok(vec![MilestoneId(one.id)]),
        Thing::Project => store.milestones_of(&[ProjectId(one.id)]),
        Thing::Customer => store.milestones_of(&store.projects_of_customer(CustomerId(one.id))?),
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
        | Thing::Event => Err(Error::Bug("nothing with milestones")),
    }
}
