//! Bills, and money in and out.

use super::{find, text};
use crate::cli::args;
use crate::cli::session::Session;
use crate::cli::words::code;
use crate::domain::change::{Change, InvoiceDraft, PaymentDraft, Target};
use crate::domain::ids::{CustomerId, PaymentId};
use crate::domain::kinds::{InvoiceKind, Method};
use crate::domain::money::{self, Currency};
use crate::error::{Error, Result};
use crate::store::Store;

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
    Ok(crate::report::figures::main_currency(&items))
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
            .ok_or_else(|| Error::choice("--to", line, "MILESTONE=AMOUNT"))?;
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

pub fn apply(session: &Session, args: &args::Apply) -> Result<()> {
    let mut store = session.open()?;
    let payment = store.find_payment(&args.payment)?;
    let target = target(&store, &args.to)?;
    let said = session.lang.said_applied(&payment.to_string());
    session.apply(&mut store, &Change::ApplyPayment { payment, target }, &said)
}
