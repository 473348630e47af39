//! What happened to milestones and money: one `Change` a command.

use chrono::NaiveDate;

use super::args;
use super::session::{Session, created, print};
use super::words::{code, code_or_none};
use crate::domain::change::{
    Change, InvoiceDraft, PaymentDraft, PromiseDraft, Target, TouchDraft, Voidable,
};
use crate::domain::facts::Facts;
use crate::domain::ids::{
    ContactId, CustomerId, InvoiceId, MilestoneId, PaymentId, PromiseId, TouchId,
};
use crate::domain::kinds::{Outcome, TouchKind};
use crate::domain::money::{self, Currency};
use crate::domain::policy::{SURE_STEP, TOP_STEP};
use crate::domain::violation::{Thing, Violation};
use crate::error::{Error, Result};
use crate::report::figures::main_currency;
use crate::store::Store;
use crate::text::Lang;

fn find_all(store: &Store, names: &[String]) -> Result<Vec<MilestoneId>> {
    names.iter().map(|name| store.find_milestone(name)).collect()
}

/// A milestone and its facts.
fn find(store: &Store, name: &str) -> Result<Facts> {
    store.facts(store.find_milestone(name)?)
}

/// What was not given is empty.
fn text(given: Option<&String>) -> String {
    given.cloned().unwrap_or_default()
}

/// An amount in the currency of a milestone.
fn amount_of(facts: &Facts, given: Option<&String>) -> Result<Option<i64>> {
    given.map(|text| Session::amount("--amount", text, facts.project.currency)).transpose()
}

/// The same happened to some milestones on one day.
fn happened(
    session: &Session,
    args: &args::Happened,
    change: impl FnOnce(Vec<MilestoneId>, NaiveDate) -> Change,
    confirmation: fn(Lang, &str, NaiveDate) -> String,
) -> Result<()> {
    session.record(|store| {
        let on = session.past("--on", args.on.as_deref())?;
        let milestones = find_all(store, &args.milestones)?;
        let confirmation = confirmation(session.lang, &args.milestones.join(" "), on);
        Ok((change(milestones, on), confirmation))
    })
}

pub fn deliver(session: &Session, args: &args::Happened) -> Result<()> {
    let change = |milestones, on| Change::Deliver { milestones, on: Some(on) };
    happened(session, args, change, Lang::confirm_delivered)
}

pub fn accept(session: &Session, args: &args::Happened) -> Result<()> {
    let change = |milestones, on| Change::Accept { milestones, on: Some(on) };
    happened(session, args, change, Lang::confirm_accepted)
}

pub fn release(session: &Session, args: &args::Happened) -> Result<()> {
    let change = |milestones, on| Change::Release { milestones, on };
    happened(session, args, change, Lang::confirm_released)
}

pub fn invoice(session: &Session, args: &args::Invoice) -> Result<()> {
    session.record(|store| {
        let issued_on = session.past("--on", args.on.as_deref())?;
        let sent_on = session.past_or_none("--sent-on", args.sent_on.as_deref())?;
        let lines = args.milestones.iter().map(|name| {
            let facts = find(store, name)?;
            Ok((facts.id, amount_of(&facts, args.amount.as_ref())?))
        });
        let draft = InvoiceDraft {
            number: text(args.number.as_ref()),
            lines: lines.collect::<Result<_>>()?,
            kind: code("--kind", &args.kind)?,
            issued_on,
            sent_on: (!args.unsent).then(|| sent_on.unwrap_or(issued_on)),
            received_on: session.past_or_none("--received-on", args.received_on.as_deref())?,
        };
        let what = args.milestones.join(" ");
        let confirmation = session.lang.confirm_invoiced(&what, &draft.number, issued_on);
        Ok((Change::Invoice(draft), confirmation))
    })
}

pub fn pay(session: &Session, args: &args::Pay) -> Result<()> {
    match (&args.reverse, &args.customer, &args.amount) {
        (Some(payment), ..) => reverse(session, payment, args),
        (None, Some(customer), Some(amount)) => receive(session, customer, amount, args),
        (None, None, _) | (None, _, None) => {
            Err(Error::Bug("a payment without customer or amount"))
        }
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
    let draft = PaymentDraft {
        customer: customer_id,
        received_on,
        target: if args.unapplied { Target::Lines(Vec::new()) } else { target(&store, &args.to)? },
        amount: Session::amount("--amount", amount, currency)?,
        currency,
        method: code("--method", &args.method)?,
        payer: text(args.payer.as_ref()),
        bank_ref: text(args.reference.as_ref()),
        note: text(args.note.as_ref()),
        again: args.again,
    };
    let shown = money::with_symbol(draft.amount, currency);
    let applied = store.apply(&Change::RecordPayment(draft), &session.context())?;
    let number = PaymentId(created(&applied)?).to_string();
    let confirmation = session.lang.confirm_paid(&shown, customer, &number, received_on);
    session.confirm(&applied, &confirmation)
}

/// The currency most of a customer's open items are in.
fn owed_currency(store: &Store, customer: CustomerId) -> Result<Currency> {
    let items = store.items_of_customer(customer)?;
    Ok(main_currency(&items))
}

/// `MILESTONE=AMOUNT …`, or where the money goes by itself without any.
fn target(store: &Store, to: &[String]) -> Result<Target> {
    if to.is_empty() {
        return Ok(Target::Automatic);
    }
    let lines = to.iter().map(|line| {
        let (name, amount) =
            line.rsplit_once('=').ok_or_else(|| Error::choice("--to", line, "MILESTONE=AMOUNT"))?;
        let facts = find(store, name.trim())?;
        let amount = Session::amount("--to", amount, facts.project.currency)?;
        Ok((facts.id, amount))
    });
    Ok(Target::Lines(lines.collect::<Result<_>>()?))
}

fn reverse(session: &Session, payment: &str, args: &args::Pay) -> Result<()> {
    session.record(|store| {
        let id = store.find_payment(payment)?;
        let currency = store.payment(id)?.currency;
        let amount = args
            .amount
            .as_ref()
            .map(|text| Session::amount("--amount", text, currency))
            .transpose()?;
        let on = session.past("--on", args.on.as_deref())?;
        let change =
            Change::ReversePayment { payment: id, amount, on, reason: text(args.note.as_ref()) };
        Ok((change, session.lang.confirm_reversed(&id.to_string(), on)))
    })
}

pub fn apply(session: &Session, args: &args::Apply) -> Result<()> {
    session.record(|store| {
        let payment = store.find_payment(&args.payment)?;
        let target = target(store, &args.to)?;
        let confirmation = session.lang.confirm_applied(&payment.to_string());
        Ok((Change::ApplyPayment { payment, target }, confirmation))
    })
}

pub fn contact(session: &Session, args: &args::Contact) -> Result<()> {
    let lang = session.lang;
    if let Some(step) = args.step.filter(|step| (SURE_STEP..=TOP_STEP).contains(step))
        && !session.sure(&lang.form_step_sure(lang.step(step)))?
    {
        return print(&format!("{}\n", lang.nothing_changed()));
    }
    session.record(|store| {
        let facts = args.milestones.iter().map(|name| find(store, name));
        let draft = touch(session, store, args, &facts.collect::<Result<Vec<_>>>()?)?;
        let what = args.milestones.join(" ");
        let confirmation = session.lang.confirm_contacted(&what, draft.on);
        Ok((Change::LogContact(draft), confirmation))
    })
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
    let outcome = code_or_none("--outcome", args.outcome.as_ref())?;
    let by = session.ahead_or_none("--by", args.by.as_deref())?;
    let contact = args.person.as_ref().map(|name| person(store, facts, name)).transpose()?;
    let promises =
        by.map_or_else(|| Ok(Vec::new()), |pay_by| promises(facts, pay_by, args.amount.as_ref()))?;
    Ok(TouchDraft {
        milestones: facts.iter().map(|f| f.id).collect(),
        on: session.past("--on", args.on.as_deref())?,
        contact: contact.flatten(),
        channel: code("--channel", &args.channel)?,
        kind: code_or_none("--kind", args.kind.as_ref())?.unwrap_or(if args.step.is_some() {
            TouchKind::Dunning
        } else {
            TouchKind::Courtesy
        }),
        step: args.step,
        outcome: outcome.or(by.map(|_| Outcome::Promised)),
        cause: code_or_none("--cause", args.cause.as_ref())?,
        note: text(args.note.as_ref()),
        next_on: session.ahead_or_none("--next-on", args.next_on.as_deref())?,
        promises,
        disputes: Vec::new(),
    })
}

fn promises(
    facts: &[Facts],
    pay_by: NaiveDate,
    amount: Option<&String>,
) -> Result<Vec<PromiseDraft>> {
    facts
        .iter()
        .map(|f| Ok(PromiseDraft { milestone: f.id, amount: amount_of(f, amount)?, pay_by }))
        .collect()
}

/// The contact of that name at the customer of the first milestone.
fn person(store: &Store, facts: &[Facts], name: &str) -> Result<Option<ContactId>> {
    let Some(first) = facts.first() else {
        return Ok(None);
    };
    let contacts = store.customer_draft(first.project.customer)?.contacts;
    let found = contacts.iter().find(|contact| contact.name == name).and_then(|contact| contact.id);
    found
        .map(Some)
        .ok_or_else(|| Violation::Unknown { thing: Thing::Contact, name: name.to_owned() }.into())
}

pub fn promise(session: &Session, args: &args::Promise) -> Result<()> {
    session.record(|store| {
        let facts = find(store, &args.milestone)?;
        let pay_by = session.ahead("--by", &args.by)?;
        let change = Change::Promise {
            promises: promises(&[facts], pay_by, args.amount.as_ref())?,
            on: session.past("--on", args.on.as_deref())?,
            note: text(args.note.as_ref()),
        };
        let confirmation = session.lang.confirm_promised(&args.milestone, pay_by);
        Ok((change, confirmation))
    })
}

pub fn dispute(session: &Session, args: &args::Dispute) -> Result<()> {
    session.record(|store| {
        let facts = find(store, &args.milestone)?;
        let on = session.past("--on", args.on.as_deref())?;
        let change = Change::OpenDispute {
            milestone: facts.id,
            amount: amount_of(&facts, args.amount.as_ref())?,
            on,
            reason: text(args.reason.as_ref()),
            owner: text(args.owner.as_ref()),
        };
        Ok((change, session.lang.confirm_disputed(&args.milestone, on)))
    })
}

pub fn resolve(session: &Session, args: &args::Resolve) -> Result<()> {
    session.record(|store| {
        let on = session.past("--on", args.on.as_deref())?;
        let change = Change::ResolveDispute {
            milestone: store.find_milestone(&args.milestone)?,
            on,
            resolution: text(args.note.as_ref()),
        };
        Ok((change, session.lang.confirm_resolved(&args.milestone, on)))
    })
}

pub fn reschedule(session: &Session, args: &args::Reschedule) -> Result<()> {
    session.record(|store| {
        let to = session.ahead("--to", &args.to)?;
        let change = Change::Reschedule {
            milestones: find_all(store, &args.milestones)?,
            to,
            on: session.past("--on", args.on.as_deref())?,
            reason: text(args.reason.as_ref()),
        };
        let what = args.milestones.join(" ");
        Ok((change, session.lang.confirm_rescheduled(&what, to)))
    })
}

pub fn hold(session: &Session, args: &args::Hold) -> Result<()> {
    session.record(|store| {
        let since = session.ahead_or_none("--on", args.on.as_deref())?.unwrap_or(session.today);
        let change = Change::Hold {
            milestones: find_all(store, &args.milestones)?,
            since,
            until: session.ahead_or_none("--until", args.until.as_deref())?,
            reason: text(args.reason.as_ref()),
        };
        let what = args.milestones.join(" ");
        Ok((change, session.lang.confirm_held(&what, since)))
    })
}

pub fn write_off(session: &Session, args: &args::WriteOff) -> Result<()> {
    session.record(|store| {
        let facts = find(store, &args.milestone)?;
        let on = session.past("--on", args.on.as_deref())?;
        let change = Change::WriteOff {
            milestone: facts.id,
            amount: amount_of(&facts, args.amount.as_ref())?,
            on,
            reason: args.reason.clone(),
        };
        Ok((change, session.lang.confirm_written_off(&args.milestone, on)))
    })
}

pub fn void(session: &Session, args: &args::Void) -> Result<()> {
    session.record(|store| {
        let kinds = "invoice, contact, promise, payment, milestone";
        let name = args.name.trim();
        let entry = match args.kind.as_str() {
            "payment" => Voidable::Payment(store.find_payment(name)?),
            "milestone" => Voidable::Milestone(store.find_milestone(name)?),
            "invoice" => match numbered(name).map(InvoiceId).or(store.find_invoice(name)?) {
                Some(id) => Voidable::Invoice(id),
                None => only(store, name, |entry| matches!(entry, Voidable::Invoice(_)))?,
            },
            "contact" => match numbered(name) {
                Some(id) => Voidable::Contact(TouchId(id)),
                None => only(store, name, |entry| matches!(entry, Voidable::Contact(_)))?,
            },
            "promise" => match numbered(name) {
                Some(id) => Voidable::Promise(PromiseId(id)),
                None => only(store, name, |entry| matches!(entry, Voidable::Promise(_)))?,
            },
            other => return Err(Error::choice("KIND", other, kinds)),
        };
        let change = Change::Void { entry, reason: args.reason.clone() };
        Ok((change, session.lang.confirm_voided(&format!("{} {name}", args.kind))))
    })
}

fn numbered(name: &str) -> Option<i64> {
    name.strip_prefix('#')?.parse().ok()
}

/// The only entry of this sort on a milestone; of several the ids are told.
fn only(store: &Store, name: &str, sort: fn(Voidable) -> bool) -> Result<Voidable> {
    let timeline = store.timeline(store.find_milestone(name)?)?.into_iter();
    let standing = timeline.filter(|entry| entry.voided.is_none());
    let found: Vec<(NaiveDate, Voidable)> = standing
        .filter_map(|one| Some((one.on, one.entry.filter(|entry| sort(*entry))?)))
        .collect();
    if let [(_, only)] = found.as_slice() {
        return Ok(*only);
    }
    let told = found.iter().map(|(on, entry)| format!("#{} {on}", entry.number()));
    Err(Error::choice("ID", name, &told.collect::<Vec<_>>().join(", ")))
}
