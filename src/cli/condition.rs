//! What acceptances and due dates wait for.

#![allow(clippy::doc_markdown, reason = "these comments are the help a person reads in a terminal")]

use clap::{Args, Subcommand};

use super::args::Table;
use super::session::Session;
use super::words::code;
use crate::domain::change::{Change, ConditionDraft};
use crate::domain::ids::{ConditionId, MilestoneId, ProjectId};
use crate::domain::violation::{Candidate, Thing, Violation};
use crate::error::Result;
use crate::exchange::lists::Rows;
use crate::store::Store;

#[derive(Debug, Subcommand)]
pub enum Condition {
    /// Ask for a deliverable, a criterion or a gate
    Add(Add),
    /// Record that conditions were met
    Met(Met),
    /// Open conditions again that were not met after all
    Open(Open),
    /// List conditions: of a milestone, of a project, or all
    List(List),
}

#[derive(Debug, Args)]
pub struct Add {
    /// Milestone, by key, name, PROJECT/NAME or #id
    milestone: String,
    /// What is asked for
    #[arg(value_name = "TEXT")]
    wording: String,
    /// Kind: deliverable, criterion, gate
    #[arg(long, default_value = "deliverable")]
    kind: String,
    /// Day it is planned to be met
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    planned: Option<String>,
    /// Day it was asked for; without it the day the milestone was agreed
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
}

#[derive(Debug, Args)]
pub struct Met {
    /// Milestone, by key, name, PROJECT/NAME or #id
    milestone: String,
    /// Conditions, by place in the list, words or #id
    #[arg(required = true, value_name = "CONDITION")]
    conditions: Vec<String>,
    /// Day they were met
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Who confirmed it
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// What is left to be put right all the same
    #[arg(long, value_name = "TEXT")]
    reservation: Option<String>,
    /// Paper that proves it, by #id or number
    #[arg(long, value_name = "PAPER")]
    paper: Option<String>,
}

#[derive(Debug, Args)]
pub struct Open {
    /// Milestone, by key, name, PROJECT/NAME or #id
    milestone: String,
    /// Conditions, by place in the list, words or #id
    #[arg(required = true, value_name = "CONDITION")]
    conditions: Vec<String>,
}

#[derive(Debug, Args)]
pub struct List {
    /// Milestone or project, by key, code, name or #id; without it all
    #[arg(value_name = "MILESTONE|PROJECT")]
    what: Option<String>,
    #[command(flatten)]
    table: Table,
}

pub fn condition(session: &Session, what: Condition) -> Result<()> {
    match what {
        Condition::Add(args) => session.record(|store| {
            let change = Change::AddCondition(ConditionDraft {
                milestone: store.find_milestone(&args.milestone)?,
                kind: code("--kind", &args.kind, session.lang)?,
                agreed_on: session.past_or_none("--on", args.on.as_deref())?,
                planned_on: session.ahead_or_none("--planned", args.planned.as_deref())?,
                wording: args.wording,
            });
            Ok((change, args.milestone))
        }),
        Condition::Met(args) => session.record(|store| {
            let change = Change::MeetConditions {
                conditions: named(store, &args.milestone, &args.conditions)?,
                on: Some(session.past("--on", args.on.as_deref())?),
                by: args.by.unwrap_or_default(),
                reservation: args.reservation.unwrap_or_default(),
                paper: args.paper.map(|name| store.find_paper(&name)).transpose()?,
            };
            Ok((change, args.milestone))
        }),
        Condition::Open(args) => session.record(|store| {
            let change = Change::MeetConditions {
                conditions: named(store, &args.milestone, &args.conditions)?,
                on: None,
                by: String::new(),
                reservation: String::new(),
                paper: None,
            };
            Ok((change, args.milestone))
        }),
        Condition::List(args) => list(session, &args),
    }
}

fn named(store: &Store, milestone: &str, conditions: &[String]) -> Result<Vec<ConditionId>> {
    let of = store.find_milestone(milestone)?;
    conditions.iter().map(|typed| store.find_condition(of, typed)).collect()
}

fn list(session: &Session, args: &List) -> Result<()> {
    let store = session.open()?;
    let rows = match &args.what {
        None => store.conditions(None)?,
        Some(name) => {
            let one = holder(store.find_any(name)?, name)?;
            if one.thing == Thing::Project {
                store.conditions(Some(ProjectId(one.id)))?
            } else {
                store.conditions_of(MilestoneId(one.id))?
            }
        }
    };
    session.list(&Rows(rows), &args.table.shape(&[]), &args.table.files)
}

/// The milestone or project of that name.
fn holder(mut found: Vec<Candidate>, name: &str) -> Result<Candidate> {
    found.retain(|one| matches!(one.thing, Thing::Milestone | Thing::Project));
    match <[Candidate; 1]>::try_from(found) {
        Ok([one]) => Ok(one),
        Err(found) => Err(Violation::NotOne { name: name.to_owned(), found }.into()),
    }
}
