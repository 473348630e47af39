//! What happened to milestones and money: one `Change` a command.

use chrono::NaiveDate;

use crate::domain::change::{Change, InvoiceDraft, PaymentDraft, PromiseDraft, Target, TouchDraft};
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, MilestoneId, PaymentId};
use crate::domain::kinds::{Cause, Channel, InvoiceKind, Method, Outcome, TouchKind};
use crate::domain::money::{self, Currency};
use crate::domain::policy::TOP_STEP;
use crate::domain::refusal::{Refused, Thing};
use crate::store::Store;
use crate::trouble::{Result, Trouble};

use super::args;
use super::session::Session;
use super::words::code;

fn find_all(store: &Store, names: &[String]) -> Result<Vec<MilestoneId>> {
    names
        .iter()
        .map(|name| Ok(store.find_milestone(name)?))
        .collect()
}

/// A milestone and its facts.
fn find(store: &Store, name: &str) -> Result<Facts> {
    Ok(store.facts(store.find_milestone(name)?)?)
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

/// `deliver`
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

/// `accept`
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

/// `invoice`
pub fn invoice(session: &Session, args: &args::Invoice) -> Result<()> {
    let mut store = session.open()?;
    let issued_on = session.past("--on", args.on.as_deref())?;
    let sent_on = session
        .past_or_none("--sent-on", args.sent_on.as_deref())?
        .or(Some(issued_on));
    let mut lines = Vec::new();
    for name in &args.milestones {
        let facts = find(&store, name)?;
        lines.push((facts.id, Session::amount_of(&facts, args.amount.as_ref())?));
    }
    let draft = InvoiceDraft {
        number: text(args.number.as_ref()),
        kind: code(
            "--kind",
            &args.kind,
            InvoiceKind::ALL,
            InvoiceKind::from_code,
            InvoiceKind::code,
        )?,
        issued_on,
        sent_on: sent_on.filter(|_| !args.unsent),
        received_on: session.past_or_none("--received-on", args.received_on.as_deref())?,
        lines,
    };
    let said = session
        .lang
        .said_invoiced(&args.milestones.join(" "), &draft.number, issued_on);
    session.apply(&mut store, &Change::Invoice(draft), &said)
}

/// `pay`
pub fn pay(session: &Session, args: &args::Pay) -> Result<()> {
    match (&args.reverse, &args.customer, &args.amount) {
        (Some(payment), ..) => reverse(session, payment, args),
        (None, Some(customer), Some(amount)) => receive(session, customer, amount, args),
        _ => Ok(()),
    }
}

fn receive(session: &Session, customer: &str, amount: &str, args: &args::Pay) -> Result<()> {
    let mut store = session.open()?;
    let customer_id = store.find_customer(customer)?;
    let currency = match &args.currency {
        Some(code) => Session::currency("--currency", code)?,
        None => owed_currency(&store, customer_id)?,
    };
    let received_on = session.past("--on", args.on.as_deref())?;
    let target = if args.unapplied {
        Target::Lines(Vec::new())
    } else {
        target(&store, &args.to)?
    };
    let draft = PaymentDraft {
        customer: customer_id,
        received_on,
        amount: Session::amount("--amount", amount, currency)?,
        currency,
        method: code(
            "--method",
            &args.method,
            Method::ALL,
            Method::from_code,
            Method::code,
        )?,
        payer: text(args.payer.as_ref()),
        bank_ref: text(args.reference.as_ref()),
        note: text(args.note.as_ref()),
        target,
    };
    let shown = money::with_symbol(draft.amount, currency);
    let applied = store.apply(&Change::RecordPayment(draft), &session.context())?;
    let number = applied
        .created
        .first()
        .map(|id| PaymentId(*id).to_string())
        .unwrap_or_default();
    session.confirm(
        &applied,
        &session
            .lang
            .said_paid(&shown, customer, &number, received_on),
    )
}

/// The currency most of a customer's open items are in.
fn owed_currency(store: &Store, customer: CustomerId) -> Result<Currency> {
    let items = store.items_of_customer(customer)?;
    Ok(crate::report::figures::main_currency(
        &items,
        &crate::domain::policy::Policy::default(),
    ))
}

/// `MILESTONE=AMOUNT …`, or the oldest due first without any.
fn target(store: &Store, to: &[String]) -> Result<Target> {
    if to.is_empty() {
        return Ok(Target::OldestFirst);
    }
    let mut lines = Vec::new();
    for line in to {
        let (name, amount) = line
            .rsplit_once('=')
            .ok_or_else(|| Trouble::choice("--to", line, "MILESTONE=AMOUNT"))?;
        let facts = find(store, name.trim())?;
        lines.push((
            facts.id,
            Session::amount("--to", amount, facts.project.currency)?,
        ));
    }
    Ok(Target::Lines(lines))
}

fn reverse(session: &Session, payment: &str, args: &args::Pay) -> Result<()> {
    let mut store = session.open()?;
    let id = store.find_payment(payment)?;
    let currency = store.payment(id)?.currency;
    let amount = args
        .amount
        .as_ref()
        .map(|text| Session::amount("--amount", text, currency))
        .transpose()?;
    let on = session.past("--on", args.on.as_deref())?;
    let change = Change::ReversePayment {
        payment: id,
        amount,
        on,
        reason: text(args.note.as_ref()),
    };
    session.apply(
        &mut store,
        &change,
        &session.lang.said_reversed(&id.to_string(), on),
    )
}

/// `apply`
pub fn apply(session: &Session, args: &args::Apply) -> Result<()> {
    let mut store = session.open()?;
    let payment = store.find_payment(&args.payment)?;
    let target = target(&store, &args.to)?;
    let said = session.lang.said_applied(&payment.to_string());
    session.apply(&mut store, &Change::ApplyPayment { payment, target }, &said)
}

/// `contact`
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
        return Err(Trouble::choice("--step", &step.to_string(), "0 … 6"));
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
        Refused::Unknown {
            thing: Thing::Contact,
            name: name.to_owned(),
        }
        .into()
    })
}

/// `promise`
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

/// `dispute`
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

/// `resolve`
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

/// `reschedule`
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

/// `hold`
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

/// `release`
pub fn release(session: &Session, args: &args::Happened) -> Result<()> {
    let mut store = session.open()?;
    let milestones = find_all(&store, &args.milestones)?;
    let on = session.past("--on", args.on.as_deref())?;
    let said = session.lang.said_released(&args.milestones.join(" "), on);
    session.apply(&mut store, &Change::Release { milestones, on }, &said)
}

/// `write-off`
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
