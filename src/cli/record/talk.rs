//! What was said: contacts and promises.

use chrono::NaiveDate;

use super::{find, text};
use crate::cli::args;
use crate::cli::session::Session;
use crate::cli::words::code;
use crate::domain::change::{Change, PromiseDraft, TouchDraft};
use crate::domain::facts::Facts;
use crate::domain::kinds::{Cause, Channel, Outcome, TouchKind};
use crate::domain::policy::TOP_STEP;
use crate::domain::violation::{Thing, Violation};
use crate::error::{Error, Result};
use crate::store::Store;

pub fn contact(session: &Session, args: &args::Contact) -> Result<()> {
    let mut store = session.open()?;
    let facts: Vec<Facts> = args
        .milestones
        .iter()
        .map(|name| find(&store, name))
        .collect::<Result<_>>()?;
    let draft = touch(session, &store, args, &facts)?;
    let said = session
        .lang
        .said_contacted(&args.milestones.join(" "), draft.on);
    session.apply(&mut store, &Change::LogContact(draft), &said)
}

fn touch(
    session: &Session,
    store: &Store,
    args: &args::Contact,
    facts: &[Facts],
) -> Result<TouchDraft> {
    if let Some(step) = args.step.filter(|step| *step > TOP_STEP) {
        return Err(Error::choice("--step", &step.to_string(), "0 … 6"));
    }
    let outcome = optional(
        "--outcome",
        args.outcome.as_ref(),
        Outcome::ALL,
        Outcome::from_code,
        Outcome::code,
    )?;
    let by = session.ahead_or_none("--by", args.by.as_deref())?;
    let person = args
        .person
        .as_ref()
        .map(|name| person(store, facts, name))
        .transpose()?;
    let promises = by
        .map(|pay_by| promises(facts, pay_by, args.amount.as_ref()))
        .transpose()?;
    Ok(TouchDraft {
        milestones: facts.iter().map(|f| f.id).collect(),
        on: session.past("--on", args.on.as_deref())?,
        contact: person.flatten(),
        channel: code(
            "--channel",
            &args.channel,
            Channel::ALL,
            Channel::from_code,
            Channel::code,
        )?,
        kind: kind(args)?,
        step: args.step,
        outcome: outcome.or(by.map(|_| Outcome::Promised)),
        cause: optional(
            "--cause",
            args.cause.as_ref(),
            Cause::ALL,
            Cause::from_code,
            Cause::code,
        )?,
        note: text(args.note.as_ref()),
        next_on: session.ahead_or_none("--next-on", args.next_on.as_deref())?,
        promises: promises.unwrap_or_default(),
    })
}

/// The kind asked for; without it a step makes it dunning, none a courtesy.
fn kind(args: &args::Contact) -> Result<TouchKind> {
    match &args.kind {
        Some(kind) => code(
            "--kind",
            kind,
            TouchKind::ALL,
            TouchKind::from_code,
            TouchKind::code,
        ),
        None if args.step.is_some() => Ok(TouchKind::Dunning),
        None => Ok(TouchKind::Courtesy),
    }
}

fn promises(
    facts: &[Facts],
    pay_by: NaiveDate,
    amount: Option<&String>,
) -> Result<Vec<PromiseDraft>> {
    facts
        .iter()
        .map(|f| {
            Ok(PromiseDraft {
                milestone: f.id,
                amount: Session::amount_of(f, amount)?,
                pay_by,
            })
        })
        .collect()
}

fn optional<T: Copy>(
    flag: &'static str,
    given: Option<&String>,
    all: &[T],
    from: fn(&str) -> Option<T>,
    to: fn(T) -> &'static str,
) -> Result<Option<T>> {
    given
        .map(|word| code(flag, word, all, from, to))
        .transpose()
}

/// The contact of that name at the customer of the first milestone.
fn person(
    store: &Store,
    facts: &[Facts],
    name: &str,
) -> Result<Option<crate::domain::ids::ContactId>> {
    let Some(first) = facts.first() else {
        return Ok(None);
    };
    let contacts = store.customer_draft(first.project.customer)?.contacts;
    let found = contacts
        .iter()
        .find(|contact| contact.name == name)
        .and_then(|contact| contact.id);
    found.map(Some).ok_or_else(|| {
        Violation::Unknown {
            thing: Thing::Contact,
            name: name.to_owned(),
        }
        .into()
    })
}

pub fn promise(session: &Session, args: &args::Promise) -> Result<()> {
    let mut store = session.open()?;
    let facts = find(&store, &args.milestone)?;
    let pay_by = session.ahead("--by", &args.by)?;
    let draft = PromiseDraft {
        milestone: facts.id,
        amount: Session::amount_of(&facts, args.amount.as_ref())?,
        pay_by,
    };
    let on = session.past("--on", args.on.as_deref())?;
    let change = Change::Promise {
        promises: vec![draft],
        on,
        note: text(args.note.as_ref()),
    };
    session.apply(
        &mut store,
        &change,
        &session.lang.said_promised(&args.milestone, pay_by),
    )
}
