//! What happened to milestones and money: one `Change` a command.

mod money;
mod talk;

use super::args;
use super::session::Session;
use crate::domain::change::Change;
use crate::domain::facts::Facts;
use crate::domain::ids::MilestoneId;
use crate::error::Result;
use crate::store::Store;

pub use money::{apply, invoice, pay};
pub use talk::{contact, promise};

fn find_all(store: &Store, names: &[String]) -> Result<Vec<MilestoneId>> {
    names
        .iter()
        .map(|name| store.find_milestone(name))
        .collect()
}

/// A milestone and its facts.
fn find(store: &Store, name: &str) -> Result<Facts> {
    store.facts(store.find_milestone(name)?)
}

fn text(given: Option<&String>) -> String {
    given.cloned().unwrap_or_default()
}

impl Session {
    fn apply(&self, store: &mut Store, change: &Change, said: &str) -> Result<()> {
        let applied = store.apply(change, &self.context())?;
        self.confirm(&applied, said)
    }

    fn amount_of(facts: &Facts, given: Option<&String>) -> Result<Option<i64>> {
        given
            .map(|text| Self::amount("--amount", text, facts.project.currency))
            .transpose()
    }
}

pub fn deliver(session: &Session, args: &args::Happened) -> Result<()> {
    let mut store = session.open()?;
    let on = session.past("--on", args.on.as_deref())?;
    let milestones = find_all(&store, &args.milestones)?;
    let said = session.lang.said_delivered(&args.milestones.join(" "), on);
    session.apply(
        &mut store,
        &Change::Deliver {
            milestones,
            on: Some(on),
        },
        &said,
    )
}

pub fn accept(session: &Session, args: &args::Happened) -> Result<()> {
    let mut store = session.open()?;
    let on = session.past("--on", args.on.as_deref())?;
    let milestones = find_all(&store, &args.milestones)?;
    let said = session.lang.said_accepted(&args.milestones.join(" "), on);
    session.apply(
        &mut store,
        &Change::Accept {
            milestones,
            on: Some(on),
        },
        &said,
    )
}

pub fn dispute(session: &Session, args: &args::Dispute) -> Result<()> {
    let mut store = session.open()?;
    let facts = find(&store, &args.milestone)?;
    let on = session.past("--on", args.on.as_deref())?;
    let change = Change::OpenDispute {
        milestone: facts.id,
        amount: Session::amount_of(&facts, args.amount.as_ref())?,
        on,
        reason: text(args.reason.as_ref()),
        owner: text(args.owner.as_ref()),
    };
    session.apply(
        &mut store,
        &change,
        &session.lang.said_disputed(&args.milestone, on),
    )
}

pub fn resolve(session: &Session, args: &args::Resolve) -> Result<()> {
    let mut store = session.open()?;
    let milestone = store.find_milestone(&args.milestone)?;
    let on = session.past("--on", args.on.as_deref())?;
    let change = Change::ResolveDispute {
        milestone,
        on,
        resolution: text(args.note.as_ref()),
    };
    session.apply(
        &mut store,
        &change,
        &session.lang.said_resolved(&args.milestone, on),
    )
}

pub fn reschedule(session: &Session, args: &args::Reschedule) -> Result<()> {
    let mut store = session.open()?;
    let milestones = find_all(&store, &args.milestones)?;
    let to = session.ahead("--to", &args.to)?;
    let on = session.past("--on", args.on.as_deref())?;
    let change = Change::Reschedule {
        milestones,
        to,
        on,
        reason: text(args.reason.as_ref()),
    };
    session.apply(
        &mut store,
        &change,
        &session
            .lang
            .said_rescheduled(&args.milestones.join(" "), to),
    )
}

pub fn hold(session: &Session, args: &args::Hold) -> Result<()> {
    let mut store = session.open()?;
    let milestones = find_all(&store, &args.milestones)?;
    let since = session
        .ahead_or_none("--on", args.on.as_deref())?
        .unwrap_or(session.today);
    let until = session.ahead_or_none("--until", args.until.as_deref())?;
    let change = Change::Hold {
        milestones,
        since,
        until,
        reason: text(args.reason.as_ref()),
    };
    session.apply(
        &mut store,
        &change,
        &session.lang.said_held(&args.milestones.join(" "), since),
    )
}

pub fn release(session: &Session, args: &args::Happened) -> Result<()> {
    let mut store = session.open()?;
    let milestones = find_all(&store, &args.milestones)?;
    let on = session.past("--on", args.on.as_deref())?;
    let said = session.lang.said_released(&args.milestones.join(" "), on);
    session.apply(&mut store, &Change::Release { milestones, on }, &said)
}

pub fn write_off(session: &Session, args: &args::WriteOff) -> Result<()> {
    let mut store = session.open()?;
    let facts = find(&store, &args.milestone)?;
    let on = session.past("--on", args.on.as_deref())?;
    let change = Change::WriteOff {
        milestone: facts.id,
        amount: Session::amount_of(&facts, args.amount.as_ref())?,
        on,
        reason: text(args.reason.as_ref()),
    };
    session.apply(
        &mut store,
        &change,
        &session.lang.said_written_off(&args.milestone, on),
    )
}
