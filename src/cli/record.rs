//! What happened to milestones and money: one `Change` a command.

#![allow(clippy::doc_markdown, reason = "these comments are the help a person reads in a terminal")]

use std::io::{self, IsTerminal};

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::session::{Session, print};
use super::words::{code, code_or_none, values};
use crate::domain::change::{
    BillDraft, Change, ContactDraft, Deduction, DisputeDraft, InvoiceDraft, PaymentDraft,
    PromiseDraft, Target, TouchDraft, Voidable,
};
use crate::domain::deal::parts;
use crate::domain::facts::Facts;
use crate::domain::ids::{
    ConditionId, ContactId, InvoiceId, MilestoneId, NoteId, PromiseId, RefusalId, TouchId,
};
use crate::domain::item::Item;
use crate::domain::kinds::{AcceptanceResult, BillForm, DeductionKind, Method, Outcome, TouchKind};
use crate::domain::money::{self, Currency};
use crate::domain::normalize::normalize;
use crate::domain::policy::{SURE_STEP, TOP_STEP};
use crate::domain::violation::{Field, Thing, Violation};
use crate::domain::{allocation, balance};
use crate::error::value::ValueError;
use crate::error::{Error, Result};
use crate::report::figures::{main_currency, usual_currency};
use crate::store::Store;
use crate::text::Lang;

#[derive(Debug, Subcommand)]
pub enum Record {
    /// Record that milestones were delivered
    Deliver(Happened),
    /// Record what came of an acceptance: passed, with reservations, in part, refused; or the day appointed for it
    Accept(Acceptance),
    /// Record an invoice
    Invoice(Invoice),
    /// Record that invoices were sent, or signed for
    Sent(Sent),
    /// Record a payment, or reverse one
    Pay(Pay),
    /// Apply unapplied money
    Apply(Apply),
    /// Clear a payment by a third party: the customer says so in a paper, or a note tells how it is known
    ClearPayer(ClearPayer),
    /// Move money that was applied to the wrong milestone to another
    Move(Move),
    /// Log a contact with the customer
    Contact(Contact),
    /// Record a promise to pay
    Promise(Promise),
    /// Record a dispute
    Dispute(Dispute),
    /// Resolve the open disputes of a milestone
    Resolve(Resolve),
    /// Record an agreed new due date
    Reschedule(Reschedule),
    /// Stop chasing for a while
    Hold(Hold),
    /// Chase again
    Release(Happened),
    /// Record an amendment: a new contract amount
    Amend(Amend),
    /// Agree that what is open is paid in dated parts
    Split(Split),
    /// Call the later parts due, since one was not paid
    CallDue(CallDue),
    /// Write off what will not come
    WriteOff(WriteOff),
    /// Agree on a settlement: a part is paid by a day, and the rest is waived
    Settle(Settle),
    /// Suspend the work on a project: it is only chased for money
    Suspend(Suspend),
    /// Resume a suspended project
    Resume(Resume),
    /// Void an entry made by mistake: it counts on no day any more
    Void(Void),
}

/// Records what a command says.
pub fn record(session: &Session, command: Record) -> Result<()> {
    if let Record::Contact(Contact { step: Some(step @ SURE_STEP..=TOP_STEP), .. }) = command {
        let lang = session.lang;
        if !session.sure(&lang.form_step_sure(lang.step(step)))? {
            return print(&format!("{}\n", lang.nothing_changed()));
        }
    }
    session.record(|store| match command {
        Record::Deliver(args) => {
            let (milestones, on, what) = args.read(session, store)?;
            Ok((Change::Deliver { milestones, on: Some(on) }, what))
        }
        Record::Accept(args) => accept(session, store, args),
        Record::Release(args) => {
            let (milestones, on, what) = args.read(session, store)?;
            Ok((Change::Release { milestones, on }, what))
        }
        Record::Invoice(args) => invoice(session, store, args),
        Record::Sent(args) => sent(session, store, &args),
        Record::Pay(args) => pay(session, store, args),
        Record::Apply(args) => apply(store, args),
        Record::ClearPayer(args) => clear_payer(session, store, args),
        Record::Move(args) => move_allocation(session, store, args),
        Record::Contact(args) => contact(session, store, args),
        Record::Promise(args) => promise(session, store, args),
        Record::Dispute(args) => dispute(session, store, args),
        Record::Resolve(args) => resolve(session, store, args),
        Record::Reschedule(args) => reschedule(session, store, args),
        Record::Hold(args) => hold(session, store, args),
        Record::Amend(args) => amend(session, store, args),
        Record::Split(args) => split(session, store, args),
        Record::CallDue(args) => call_due(session, store, args),
        Record::WriteOff(args) => write_off(session, store, args),
        Record::Settle(args) => settle(session, store, args),
        Record::Suspend(args) => suspend(session, store, args),
        Record::Resume(args) => resume(session, store, args),
        Record::Void(args) => void(store, args),
    })
}

/// A change, and what it is about as it was typed.
type Meant = Result<(Change, String)>;

fn find_all(store: &Store, names: &[String]) -> Result<Vec<MilestoneId>> {
    names.iter().map(|name| store.find_milestone(name)).collect()
}

/// A milestone and its facts.
fn find(store: &Store, name: &str) -> Result<Facts> {
    store.facts(store.find_milestone(name)?)
}

/// An amount in the currency of a milestone.
fn amount_of(facts: &Facts, given: Option<&str>) -> Result<Option<i64>> {
    given.map(|text| Session::amount("--amount", text, facts.project.currency)).transpose()
}

#[derive(Debug, Args)]
pub struct Happened {
    /// Milestones, by key, name, PROJECT/NAME or #id
    #[arg(required = true, value_name = "MILESTONE")]
    milestones: Vec<String>,
    /// Day it happened
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
}

impl Happened {
    fn read(
        self,
        session: &Session,
        store: &Store,
    ) -> Result<(Vec<MilestoneId>, NaiveDate, String)> {
        let on = session.past("--on", self.on.as_deref())?;
        Ok((find_all(store, &self.milestones)?, on, self.milestones.join(" ")))
    }
}

#[derive(Debug, Args)]
pub struct Acceptance {
    #[command(flatten)]
    of: Happened,
    /// Result: passed, reservations, refused, appointed, partial; without it what else is said, or passed
    #[arg(long)]
    result: Option<String>,
    /// With reservations: what is left to be put right, several times for several; each becomes an issue
    #[arg(long, value_name = "TEXT")]
    reservation: Vec<String>,
    /// With reservations: payment steps wait until they are done
    #[arg(long, requires = "reservation")]
    blocks: bool,
    /// With refused: why
    #[arg(long, conflicts_with = "reservation")]
    reason: Option<String>,
    /// With partial: the amount that was accepted; the rest of the milestone is still to be
    #[arg(long, conflicts_with_all = ["reservation", "reason", "appoint"])]
    amount: Option<String>,
    /// With appointed: the day on which it is to be
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, conflicts_with_all = ["reservation", "reason"])]
    appoint: Option<String>,
}

fn accept(session: &Session, store: &Store, args: Acceptance) -> Meant {
    let given = code_or_none("--result", args.result.as_deref(), session.lang)?;
    let implied = match (&args.appoint, args.reservation.is_empty(), &args.reason) {
        (Some(_), ..) => Some(AcceptanceResult::Appointed),
        _ if args.amount.is_some() => Some(AcceptanceResult::Partial),
        (None, false, _) => Some(AcceptanceResult::Reservations),
        (None, true, Some(_)) => Some(AcceptanceResult::Refused),
        (None, true, None) => None,
    };
    let typed = args.result.as_deref().unwrap_or_default();
    let needs =
        |needs| Err(Error::flag("--result", ValueError::Needs { found: typed.to_owned(), needs }));
    match (given, implied) {
        (Some(AcceptanceResult::Reservations), None) => return needs("--reservation"),
        (Some(AcceptanceResult::Refused), None) => return needs("--reason"),
        (Some(AcceptanceResult::Appointed), None) => return needs("--appoint"),
        (Some(AcceptanceResult::Partial), None) => return needs("--amount"),
        (Some(given), Some(implied)) if given != implied => {
            return Err(Error::choice("--result", typed, implied.code()));
        }
        (Some(_) | None, _) => {}
    }
    let next_on = session.ahead_or_none("--appoint", args.appoint.as_deref())?;
    let (milestones, on, what) = args.of.read(session, store)?;
    let change = match implied.unwrap_or(AcceptanceResult::Passed) {
        AcceptanceResult::Passed => Change::Accept { milestones, on: Some(on) },
        AcceptanceResult::Reservations => {
            let (reservations, blocks) = (args.reservation, args.blocks);
            Change::AcceptReserved { milestones, on, reservations, blocks }
        }
        AcceptanceResult::Partial => {
            let [milestone] = milestones.as_slice() else {
                return Err(Violation::OutOfRange(Field::Milestones).into());
            };
            let amount = amount_of(&store.facts(*milestone)?, args.amount.as_deref())?;
            Change::AcceptPart { milestone: *milestone, amount: amount.unwrap_or_default(), on }
        }
        AcceptanceResult::Refused => {
            let reason = args.reason.unwrap_or_default();
            Change::RefuseAcceptance { milestones, on, reason }
        }
        AcceptanceResult::Appointed => Change::LogContact(TouchDraft {
            kind: TouchKind::AcceptanceChase,
            next_on,
            ..TouchDraft::new(milestones, on)
        }),
    };
    Ok((change, what))
}

#[derive(Debug, Args)]
pub struct Invoice {
    /// Milestones it covers, by key, name, PROJECT/NAME or #id
    #[arg(required = true, value_name = "MILESTONE")]
    milestones: Vec<String>,
    /// Invoice number
    #[arg(long)]
    number: Option<String>,
    /// Amount; without it what is not yet invoiced
    #[arg(long, allow_hyphen_values = true)]
    amount: Option<String>,
    /// Kind: special, ordinary, receipt, other
    #[arg(long, default_value = "special")]
    kind: String,
    /// Tax rate, such as 13%, or none; without it the last one of the project, else of the customer
    #[arg(long, value_name = "PERCENT|none", allow_hyphen_values = true)]
    tax_rate: Option<String>,
    /// Day on the invoice
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Day it was sent; without it the day on the invoice
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, conflicts_with = "unsent")]
    sent_on: Option<String>,
    /// It still lies here
    #[arg(long)]
    unsent: bool,
    /// Day the customer signed for it
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    received_on: Option<String>,
    /// It bills more than is left to bill on purpose
    #[arg(long)]
    above: bool,
    /// It is another one with the same number: of another invoice code
    #[arg(long)]
    again: bool,
    /// Invoice that a red one takes back, by number or #id; without it the latest one it fits
    #[arg(long, value_name = "INVOICE")]
    reverses: Option<String>,
}

fn invoice(session: &Session, store: &Store, args: Invoice) -> Meant {
    let issued_on = session.past("--on", args.on.as_deref())?;
    let sent_on = session.past_or_none("--sent-on", args.sent_on.as_deref())?;
    let lines = args.milestones.iter().map(|name| {
        let facts = find(store, name)?;
        Ok((facts.id, amount_of(&facts, args.amount.as_deref())?))
    });
    let lines: Vec<(MilestoneId, Option<i64>)> = lines.collect::<Result<_>>()?;
    let kind = code("--kind", &args.kind, session.lang)?;
    let reverses = args.reverses.as_deref().map(|name| store.find_invoice(name)).transpose()?;
    let tax_rate = match args.tax_rate.as_deref().map(str::trim) {
        Some("none" | "无") => None,
        Some(rate) => Some(rate.parse().map_err(|error| Error::flag("--tax-rate", error))?),
        None => store.usual_tax_rate(kind, lines.first().map(|(id, _)| *id), reverses)?,
    };
    let draft = InvoiceDraft {
        lines,
        number: args.number.unwrap_or_default(),
        kind,
        tax_rate,
        issued_on,
        sent_on: (!args.unsent).then(|| sent_on.unwrap_or(issued_on)),
        received_on: session.past_or_none("--received-on", args.received_on.as_deref())?,
        above: args.above,
        again: args.again,
        reverses,
    };
    Ok((Change::Invoice(draft), args.milestones.join(" ")))
}

#[derive(Debug, Args)]
pub struct Sent {
    /// Milestones whose invoices they are, by key, name, PROJECT/NAME or #id
    #[arg(required_unless_present = "invoice", value_name = "MILESTONE")]
    milestones: Vec<String>,
    /// Invoice, by number or #id
    #[arg(long, value_name = "INVOICE", conflicts_with = "milestones")]
    invoice: Vec<String>,
    /// Day they were sent; without it today, if no day of receipt is given
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Day the customer signed for them
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    received_on: Option<String>,
    /// The customer signed for them today
    #[arg(long, conflicts_with = "received_on")]
    received: bool,
}

fn sent(session: &Session, store: &Store, args: &Sent) -> Meant {
    let invoices = args.invoice.iter().map(|name| store.find_invoice(name));
    let invoices = invoices.collect::<Result<Vec<_>>>()?;
    let milestones = if invoices.is_empty() {
        find_all(store, &args.milestones)?
    } else {
        store.billed_by(&invoices)?
    };
    let received_on = session.past_or_none("--received-on", args.received_on.as_deref())?;
    let received_on = received_on.or(args.received.then_some(session.today));
    let sent_on = match (&args.on, received_on) {
        (None, Some(_)) => None,
        (on, _) => Some(session.past("--on", on.as_deref())?),
    };
    let what = [args.milestones.as_slice(), &args.invoice].concat().join(" ");
    Ok((Change::SendInvoices { milestones, invoices, sent_on, received_on }, what))
}

#[derive(Debug, Args)]
pub struct Pay {
    /// Customer, by code, #id or name
    #[arg(long, required_unless_present = "reverse", conflicts_with = "reverse")]
    customer: Option<String>,
    /// Reverse this payment, by #id: bounced or refunded; --note says why
    #[arg(long, value_name = "PAYMENT")]
    reverse: Option<String>,
    /// Amount; with --reverse all that is left of the payment unless given
    #[arg(long, required_unless_present = "reverse", allow_hyphen_values = true)]
    amount: Option<String>,
    /// Day it arrived, or went back
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Milestone it pays; without any what the amount fits exactly, else the oldest due first
    #[arg(long, value_name = "MILESTONE=AMOUNT", conflicts_with_all = ["reverse", "unapplied"])]
    to: Vec<String>,
    /// Leave all of it on account
    #[arg(long, conflicts_with = "reverse")]
    unapplied: bool,
    /// Currency; without it the one the customer owes in
    #[arg(long, value_name = "CODE", conflicts_with = "reverse")]
    currency: Option<String>,
    /// Method: transfer, bank_bill, commercial_bill, cheque, cash, wechat, alipay, letter_of_credit, offset, other
    #[arg(long, default_value = "transfer")]
    method: String,
    /// Who paid, if not the customer
    #[arg(long)]
    payer: Option<String>,
    /// Bank reference
    #[arg(long = "ref", value_name = "REFERENCE")]
    reference: Option<String>,
    /// It is another one, though the same amount within a week or the same reference is recorded already
    #[arg(long, conflicts_with = "reverse")]
    again: bool,
    /// Note, or the reason of a reversal
    #[arg(long)]
    note: Option<String>,
    /// What the bank kept: the amount is what the customer is credited with
    #[arg(long, value_name = "AMOUNT", conflicts_with = "reverse")]
    fee: Option<String>,
    /// What else did not reach the bank: {deductions}
    #[arg(long, value_name = "KIND=AMOUNT", conflicts_with = "reverse")]
    deduct: Vec<String>,
    /// Of a bill of exchange: its number
    #[arg(long, value_name = "NUMBER", conflicts_with = "reverse")]
    bill_number: Option<String>,
    /// Of a bill of exchange: the day it matures
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, conflicts_with = "reverse")]
    matures: Option<String>,
    /// Of a bill of exchange: the day it was drawn
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, conflicts_with = "reverse")]
    drawn_on: Option<String>,
    /// Of a bill of exchange: who drew it
    #[arg(long, value_name = "NAME", conflicts_with = "reverse")]
    drawer: Option<String>,
    /// Of a bill of exchange: who accepted it
    #[arg(long, value_name = "NAME", conflicts_with = "reverse")]
    acceptor: Option<String>,
    /// Of a bill of exchange: it is paper, not electronic
    #[arg(long, conflicts_with = "reverse")]
    paper: bool,
}

impl Pay {
    /// What stands on the bill of exchange, as far as something was said of one.
    fn bill(&self, session: &Session, method: Method) -> Result<Option<Box<BillDraft>>> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let draft = BillDraft {
            form: if self.paper { BillForm::Paper } else { BillForm::Electronic },
            number: text(&self.bill_number),
            drawer: text(&self.drawer),
            acceptor: text(&self.acceptor),
            issued_on: session.past_or_none("--drawn-on", self.drawn_on.as_deref())?,
            matures_on: session.ahead_or_none("--matures", self.matures.as_deref())?,
        };
        let is_said = draft != BillDraft::default();
        Ok((is_said || method.is_bill()).then(|| Box::new(draft)))
    }

    fn deductions(&self, currency: Currency, lang: Lang) -> Result<Vec<Deduction>> {
        let fee = self.fee.iter().map(|text| {
            let amount = Session::amount("--fee", text, currency)?;
            Ok(Deduction { kind: DeductionKind::Fee, amount })
        });
        let others = self.deduct.iter().map(|text| {
            let needs = || Error::choice("--deduct", text, &values::<DeductionKind>(lang));
            let (kind, amount) = text.rsplit_once('=').ok_or_else(needs)?;
            let kind = code("--deduct", kind, lang)?;
            Ok(Deduction { kind, amount: Session::amount("--deduct", amount, currency)? })
        });
        fee.chain(others).collect()
    }
}

fn pay(session: &Session, store: &Store, args: Pay) -> Meant {
    let on = session.past("--on", args.on.as_deref())?;
    if let Some(name) = args.reverse {
        let payment = store.find_payment(&name)?;
        let currency = store.payment(payment)?.currency;
        let amount = args.amount.map(|text| Session::amount("--amount", &text, currency));
        let (amount, reason) = (amount.transpose()?, reason(args.note, session.lang));
        return Ok((Change::ReversePayment { payment, amount, on, reason }, name));
    }
    let (Some(name), Some(amount)) = (args.customer.clone(), args.amount.clone()) else {
        return Err(Error::Bug("a payment without customer or amount"));
    };
    let customer = store.find_customer(&name)?;
    let currency = match &args.currency {
        Some(code) => Session::currency("--currency", code)?,
        None => match usual_currency(&store.items_of_customer(customer)?) {
            Some(usual) => usual,
            None => main_currency(&[], &store.policy()?),
        },
    };
    let method = code("--method", &args.method, session.lang)?;
    let draft = PaymentDraft {
        deductions: args.deductions(currency, session.lang)?,
        bill: args.bill(session, method)?,
        customer,
        received_on: on,
        target: if args.unapplied { Target::Lines(Vec::new()) } else { target(store, &args.to)? },
        amount: Session::amount("--amount", &amount, currency)?,
        currency,
        method,
        payer: args.payer.unwrap_or_default(),
        bank_ref: args.reference.unwrap_or_default(),
        note: args.note.unwrap_or_default(),
        again: args.again,
    };
    Ok((Change::RecordPayment(draft), name))
}

/// `MILESTONE=AMOUNT …`, or where the money goes by itself without any.
pub(super) fn target(store: &Store, to: &[String]) -> Result<Target> {
    if to.is_empty() {
        return Ok(Target::Automatic);
    }
    Ok(Target::Lines(amounts(store, "--to", to)?))
}

/// `MILESTONE=AMOUNT …`.
fn amounts(store: &Store, flag: &'static str, lines: &[String]) -> Result<Vec<(MilestoneId, i64)>> {
    let line = |line: &String| {
        let (name, amount) =
            line.rsplit_once('=').ok_or_else(|| Error::choice(flag, line, "MILESTONE=AMOUNT"))?;
        let facts = find(store, name.trim())?;
        Ok((facts.id, Session::amount(flag, amount, facts.project.currency)?))
    };
    lines.iter().map(line).collect()
}

#[derive(Debug, Args)]
pub struct Apply {
    /// Payment, by #id
    payment: String,
    /// Milestone it pays; without any what the amount fits exactly, else the oldest due first
    #[arg(long, value_name = "MILESTONE=AMOUNT")]
    to: Vec<String>,
}

fn apply(store: &Store, args: Apply) -> Meant {
    let payment = store.find_payment(&args.payment)?;
    let target = target(store, &args.to)?;
    Ok((Change::ApplyPayment { payment, target }, args.payment))
}

#[derive(Debug, Args)]
pub struct ClearPayer {
    /// Payment, by #id
    payment: String,
    /// Paper in which the customer says so, by #id or number
    #[arg(long, value_name = "PAPER", conflicts_with = "open")]
    paper: Option<String>,
    /// Without a paper: who said so, and how
    #[arg(long, conflicts_with = "open")]
    note: Option<String>,
    /// Day it was cleared
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, conflicts_with = "open")]
    on: Option<String>,
    /// It is to be cleared again
    #[arg(long)]
    open: bool,
}

fn clear_payer(session: &Session, store: &Store, args: ClearPayer) -> Meant {
    let on = session.past("--on", args.on.as_deref())?;
    let change = Change::ClearPayer {
        payment: store.find_payment(&args.payment)?,
        on: (!args.open).then_some(on),
        paper: args.paper.map(|name| store.find_paper(&name)).transpose()?,
        note: args.note.unwrap_or_default(),
    };
    Ok((change, args.payment))
}

#[derive(Debug, Args)]
pub struct Move {
    /// Payment, by #id
    payment: String,
    /// Milestone it was applied to, by key, name, PROJECT/NAME or #id
    #[arg(value_name = "MILESTONE")]
    from: String,
    /// Milestone it belongs to
    #[arg(value_name = "TO_MILESTONE")]
    to: String,
    /// Amount; without it all that is applied there
    #[arg(allow_hyphen_values = true)]
    amount: Option<String>,
    /// Day from which it counts there
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
}

fn move_allocation(session: &Session, store: &Store, args: Move) -> Meant {
    let (from, to) = (find(store, &args.from)?, store.find_milestone(&args.to)?);
    let amount = args.amount.as_ref();
    let amount = amount.map(|text| Session::amount("AMOUNT", text, from.project.currency));
    let change = Change::MoveAllocation {
        payment: store.find_payment(&args.payment)?,
        from: from.id,
        to,
        amount: amount.transpose()?,
        on: session.past("--on", args.on.as_deref())?,
        reason: args.reason.unwrap_or_default(),
    };
    Ok((change, args.to))
}

#[derive(Debug, Args)]
pub struct Contact {
    /// Milestones it was about, by key, name, PROJECT/NAME or #id
    #[arg(required = true, value_name = "MILESTONE")]
    milestones: Vec<String>,
    /// Channel: phone, wechat, mail, letter, visit, lawyer, court
    #[arg(long, default_value = "phone")]
    channel: String,
    /// Step of the ladder, 0 to 6; without it none
    #[arg(long)]
    step: Option<u8>,
    /// Kind: dunning, acceptance_chase, courtesy; without it dunning with a step, else courtesy
    #[arg(long)]
    kind: Option<String>,
    /// Day of the contact
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Contact person, by name or a part of it that only one has
    #[arg(long)]
    person: Option<String>,
    /// Outcome: no_answer, noted, promised, disputed, claims_paid, refused
    #[arg(long)]
    outcome: Option<String>,
    /// Cause of delay: funds, not_accepted, invoice, approval, terms, our_delay, dispute, other
    #[arg(long)]
    cause: Option<String>,
    /// What is promised, to the oldest due first, or disputed; without it all that is undisputed, or all
    #[arg(long, allow_hyphen_values = true)]
    amount: Option<String>,
    /// With outcome promised: the last day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, conflicts_with = "reason")]
    by: Option<String>,
    /// With outcome disputed: what they object to
    #[arg(long)]
    reason: Option<String>,
    /// When to come back to it
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    next_on: Option<String>,
    /// Note
    #[arg(long)]
    note: Option<String>,
}

fn contact(session: &Session, store: &Store, args: Contact) -> Meant {
    let named = find_all(store, &args.milestones)?.into_iter();
    let items = named.map(|id| Ok(store.milestone_detail(id)?.item)).collect::<Result<Vec<_>>>()?;
    if let Some(step) = args.step.filter(|step| *step > TOP_STEP) {
        return Err(Error::choice("--step", &step.to_string(), "0 … 6"));
    }
    let outcome = outcome(&args, session.lang)?;
    let by = session.ahead_or_none("--by", args.by.as_deref())?;
    let currency = first(&items)?.currency;
    let amount = args.amount.as_ref().map(|text| Session::amount("--amount", text, currency));
    let amount = amount.transpose()?;
    let contact = args.person.as_ref().map(|name| person(store, &items, name)).transpose()?;
    let usual = if args.step.is_some() { TouchKind::Dunning } else { TouchKind::Courtesy };
    let draft = TouchDraft {
        milestones: items.iter().map(|item| item.id).collect(),
        on: session.past("--on", args.on.as_deref())?,
        contact,
        channel: code("--channel", &args.channel, session.lang)?,
        kind: code_or_none("--kind", args.kind.as_deref(), session.lang)?.unwrap_or(usual),
        step: args.step,
        outcome,
        cause: code_or_none("--cause", args.cause.as_deref(), session.lang)?,
        note: args.note.unwrap_or_default(),
        next_on: session.ahead_or_none("--next-on", args.next_on.as_deref())?,
        promises: match by {
            Some(pay_by) => allocation::promises(&items, currency, amount, pay_by, session.today)?,
            None => Vec::new(),
        },
        disputes: match args.reason {
            Some(reason) => disputes(&items, amount, &reason)?,
            None => Vec::new(),
        },
    };
    Ok((Change::LogContact(draft), args.milestones.join(" ")))
}

/// The outcome, which the day of a promise and the reason of a dispute say by themselves. Neither is recorded without
/// what it needs, nor anything else with that.
fn outcome(args: &Contact, lang: Lang) -> Result<Option<Outcome>> {
    let given = code_or_none("--outcome", args.outcome.as_deref(), lang)?;
    let typed = args.outcome.as_deref().unwrap_or_default();
    let needs = |flag, found: &str, needs| {
        Err(Error::flag(flag, ValueError::Needs { found: found.to_owned(), needs }))
    };
    let implied = match (&args.by, &args.reason) {
        (Some(_), _) => Some(Outcome::Promised),
        (None, Some(_)) => Some(Outcome::Disputed),
        (None, None) => None,
    };
    let lacking = match (given, implied) {
        (Some(Outcome::Promised), None) => Some("--by"),
        (Some(Outcome::Disputed), None) => Some("--reason"),
        (Some(given), Some(implied)) if given != implied => {
            return Err(Error::choice("--outcome", typed, lang.outcome(implied)));
        }
        (Some(_) | None, _) => None,
    };
    match (lacking, &args.amount, implied) {
        (Some(flag), ..) => needs("--outcome", typed, flag),
        (None, Some(amount), None) => needs("--amount", amount, "--by / --reason"),
        (None, Some(_) | None, _) => Ok(implied.or(given)),
    }
}

/// An objection to each of these milestones; an amount is of one of them.
fn disputes(items: &[Item], amount: Option<i64>, reason: &str) -> Result<Vec<DisputeDraft>> {
    if let (Some(amount), [first, _, ..]) = (amount, items) {
        let found = money::format(amount, first.currency);
        return Err(Error::flag("--amount", ValueError::OfOne(found)));
    }
    let dispute =
        |item: &Item| DisputeDraft { milestone: item.id, amount, reason: reason.to_owned() };
    Ok(items.iter().map(dispute).collect())
}

fn first(items: &[Item]) -> Result<&Item> {
    Ok(items.first().ok_or(Violation::Empty(Field::Milestones))?)
}

/// The contact of that name at the customer of the first milestone, else the only one whose name has it in it.
fn person(store: &Store, items: &[Item], name: &str) -> Result<ContactId> {
    let contacts = store.customer_draft(first(items)?.customer)?.contacts;
    let typed = normalize(name);
    let mut fits: Vec<&ContactDraft> = contacts.iter().filter(|one| one.name == name).collect();
    if fits.is_empty() && !typed.is_empty() {
        fits.extend(contacts.iter().filter(|one| normalize(&one.name).contains(&typed)));
        if fits.len() > 1 {
            let fits = fits.iter().map(|one| one.name.clone()).collect();
            let (thing, name) = (Thing::Contact, name.to_owned());
            return Err(Violation::Ambiguous { thing, name, fits }.into());
        }
    }
    let found = fits.first().and_then(|contact| contact.id);
    found.ok_or_else(|| Violation::Unknown { thing: Thing::Contact, name: name.to_owned() }.into())
}

#[derive(Debug, Args)]
pub struct Promise {
    /// Milestone, by key, name, PROJECT/NAME or #id
    milestone: String,
    /// Amount; without it the balance less what is disputed
    #[arg(long, allow_hyphen_values = true)]
    amount: Option<String>,
    /// Last day to keep it
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    by: String,
    /// Day it was made
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Note
    #[arg(long)]
    note: Option<String>,
}

fn promise(session: &Session, store: &Store, args: Promise) -> Meant {
    let facts = find(store, &args.milestone)?;
    let pay_by = session.ahead("--by", &args.by)?;
    let amount = amount_of(&facts, args.amount.as_deref())?;
    let change = Change::Promise {
        promises: vec![PromiseDraft { milestone: facts.id, amount, pay_by }],
        on: session.past("--on", args.on.as_deref())?,
        note: args.note.unwrap_or_default(),
    };
    Ok((change, args.milestone))
}

#[derive(Debug, Args)]
pub struct Dispute {
    /// Milestone, by key, name, PROJECT/NAME or #id
    milestone: String,
    /// Amount in dispute; without it all
    #[arg(long, allow_hyphen_values = true)]
    amount: Option<String>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
    /// Who of us looks after it
    #[arg(long)]
    owner: Option<String>,
    /// Day it was raised
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
}

fn dispute(session: &Session, store: &Store, args: Dispute) -> Meant {
    let facts = find(store, &args.milestone)?;
    let change = Change::OpenDispute {
        milestone: facts.id,
        on: session.past("--on", args.on.as_deref())?,
        amount: amount_of(&facts, args.amount.as_deref())?,
        reason: args.reason.unwrap_or_default(),
        owner: args.owner.unwrap_or_default(),
    };
    Ok((change, args.milestone))
}

#[derive(Debug, Args)]
pub struct Resolve {
    /// Milestone, by key, name, PROJECT/NAME or #id
    milestone: String,
    /// Day it was settled
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// How
    #[arg(long)]
    note: Option<String>,
}

fn resolve(session: &Session, store: &Store, args: Resolve) -> Meant {
    let change = Change::ResolveDispute {
        on: session.past("--on", args.on.as_deref())?,
        milestone: store.find_milestone(&args.milestone)?,
        resolution: args.note.unwrap_or_default(),
    };
    Ok((change, args.milestone))
}

#[derive(Debug, Args)]
pub struct Reschedule {
    /// Milestones, by key, name, PROJECT/NAME or #id
    #[arg(required = true, value_name = "MILESTONE")]
    milestones: Vec<String>,
    /// The new due date
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: String,
    /// Day it was agreed
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
}

fn reschedule(session: &Session, store: &Store, args: Reschedule) -> Meant {
    let change = Change::Reschedule {
        to: session.ahead("--to", &args.to)?,
        milestones: find_all(store, &args.milestones)?,
        on: session.past("--on", args.on.as_deref())?,
        reason: args.reason.unwrap_or_default(),
    };
    Ok((change, args.milestones.join(" ")))
}

#[derive(Debug, Args)]
pub struct Hold {
    /// Milestones, by key, name, PROJECT/NAME or #id
    #[arg(required = true, value_name = "MILESTONE")]
    milestones: Vec<String>,
    /// First day held
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Last day held; without it until released
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
}

fn hold(session: &Session, store: &Store, args: Hold) -> Meant {
    let change = Change::Hold {
        since: session.ahead_or_none("--on", args.on.as_deref())?.unwrap_or(session.today),
        milestones: find_all(store, &args.milestones)?,
        until: session.ahead_or_none("--until", args.until.as_deref())?,
        reason: args.reason.unwrap_or_default(),
    };
    Ok((change, args.milestones.join(" ")))
}

#[derive(Debug, Args)]
pub struct Amend {
    /// Project, by code, #id or name
    project: String,
    /// The new contract amount
    contract: String,
    /// New amount of a milestone; the others share the rest as before
    #[arg(long, value_name = "MILESTONE=AMOUNT")]
    amount: Vec<String>,
    /// Day it was agreed
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Note
    #[arg(long)]
    note: Option<String>,
}

fn amend(session: &Session, store: &Store, args: Amend) -> Meant {
    let project = store.find_project(&args.project)?;
    let currency = store.project_draft(project)?.currency;
    let change = Change::Amend {
        project,
        amount: Session::amount("AMOUNT", &args.contract, currency)?,
        on: session.past("--on", args.on.as_deref())?,
        lines: amounts(store, "--amount", &args.amount)?,
        note: args.note.unwrap_or_default(),
    };
    Ok((change, args.project))
}

#[derive(Debug, Args)]
pub struct Split {
    /// Milestones, by key, name, PROJECT/NAME or #id
    #[arg(required = true, value_name = "MILESTONE")]
    milestones: Vec<String>,
    /// "3 monthly from 2026-12-31", or each part: "2026-12-31=50000 2027-01-31=rest"
    #[arg(long, value_name = "PARTS")]
    into: String,
    /// When one part is not paid, the later ones can be called due
    #[arg(long)]
    all_due: bool,
    /// Day it was agreed
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Note
    #[arg(long)]
    note: Option<String>,
}

fn split(session: &Session, store: &Store, args: Split) -> Meant {
    let on = session.past("--on", args.on.as_deref())?;
    let facts = args.milestones.iter().map(|name| find(store, name)).collect::<Result<Vec<_>>>()?;
    let head = facts.first().ok_or(Violation::Empty(Field::Milestones))?;
    let open = money::sum(facts.iter().map(|facts| balance::headroom(facts, on)))?;
    let parts = parts::parse(&args.into, open, head.project.currency, session.today);
    let change = Change::Split {
        milestones: facts.iter().map(|facts| facts.id).collect(),
        parts: parts.map_err(|error| Error::flag("--into", error))?,
        on,
        all_due: args.all_due,
        note: args.note.unwrap_or_default(),
    };
    Ok((change, args.milestones.join(" ")))
}

#[derive(Debug, Args)]
pub struct CallDue {
    /// The part that was not paid, by key or #id
    milestone: String,
    /// Day the later ones fall due
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
}

fn call_due(session: &Session, store: &Store, args: CallDue) -> Meant {
    let change = Change::CallDue {
        milestone: store.find_milestone(&args.milestone)?,
        on: session.past("--on", args.on.as_deref())?,
        reason: args.reason.unwrap_or_default(),
    };
    Ok((change, args.milestone))
}

#[derive(Debug, Args)]
pub struct WriteOff {
    /// Milestone, by key, name, PROJECT/NAME or #id
    milestone: String,
    /// Amount; without it the balance
    #[arg(long, allow_hyphen_values = true)]
    amount: Option<String>,
    /// Why; a script that gives none has that on record
    #[arg(long)]
    reason: Option<String>,
    /// Day it was written off
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
}

fn write_off(session: &Session, store: &Store, args: WriteOff) -> Meant {
    let facts = find(store, &args.milestone)?;
    let change = Change::WriteOff {
        milestone: facts.id,
        on: session.past("--on", args.on.as_deref())?,
        amount: amount_of(&facts, args.amount.as_deref())?,
        reason: reason(args.reason, session.lang),
    };
    Ok((change, args.milestone))
}

/// The reason of a change: a person has to give one, of a script that gives none that is put on record.
pub(super) fn reason(given: Option<String>, lang: Lang) -> String {
    let unsaid = || if io::stdin().is_terminal() { "" } else { lang.no_reason() };
    given.unwrap_or_else(|| unsaid().to_owned())
}

#[derive(Debug, Args)]
pub struct Settle {
    /// Milestones of one customer, by key, name, PROJECT/NAME or #id
    #[arg(required = true, value_name = "MILESTONE")]
    milestones: Vec<String>,
    /// What has to come, on all of them together
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pay: String,
    /// Last day for it; from the day after the settlement has lapsed
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    by: String,
    /// Day it was agreed
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Note
    #[arg(long)]
    note: Option<String>,
}

fn settle(session: &Session, store: &Store, args: Settle) -> Meant {
    let facts = args.milestones.iter().map(|name| find(store, name)).collect::<Result<Vec<_>>>()?;
    let head = facts.first().ok_or(Violation::Empty(Field::Milestones))?;
    let change = Change::Settle {
        milestones: facts.iter().map(|facts| facts.id).collect(),
        amount: Session::amount("--pay", &args.pay, head.project.currency)?,
        by: session.ahead("--by", &args.by)?,
        on: session.past("--on", args.on.as_deref())?,
        note: args.note.unwrap_or_default(),
    };
    Ok((change, args.milestones.join(" ")))
}

#[derive(Debug, Args)]
pub struct Suspend {
    /// Project, by code, #id or name
    project: String,
    /// Why; a script that gives none has that on record
    #[arg(long)]
    reason: Option<String>,
    /// How the customer was told, like the number of the letter
    #[arg(long)]
    notice: Option<String>,
    /// First day it is suspended
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
}

fn suspend(session: &Session, store: &Store, args: Suspend) -> Meant {
    let change = Change::Suspend {
        project: store.find_project(&args.project)?,
        on: session.past("--on", args.on.as_deref())?,
        notice: args.notice.unwrap_or_default(),
        reason: reason(args.reason, session.lang),
    };
    Ok((change, args.project))
}

#[derive(Debug, Args)]
pub struct Resume {
    /// Project, by code, #id or name
    project: String,
    /// Day it goes on
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
}

fn resume(session: &Session, store: &Store, args: Resume) -> Meant {
    let on = session.past("--on", args.on.as_deref())?;
    Ok((Change::Resume { project: store.find_project(&args.project)?, on }, args.project))
}

#[derive(Debug, Args)]
pub struct Void {
    /// What it is: invoice, contact, promise, payment, milestone, condition, note, paper, refusal
    #[arg(value_name = "KIND")]
    kind: String,
    /// Which: #id, an invoice by its number, or the milestone it is about if it has only one
    #[arg(value_name = "ID|KEY")]
    name: String,
    /// Why
    #[arg(long)]
    reason: String,
}

fn void(store: &Store, args: Void) -> Meant {
    let kinds = "invoice 发票, contact 联系, promise 承诺, payment 收款, milestone 节点, condition 条件, note 记事, paper 文件, \
                 refusal 拒收";
    let name = args.name.trim();
    let entry = match args.kind.as_str() {
        "payment" | "收款" => Voidable::Payment(store.find_payment(name)?),
        "milestone" | "节点" => Voidable::Milestone(store.find_milestone(name)?),
        "invoice" | "发票" => match (numbered(name), store.find_invoice(name)) {
            (Some(id), _) => Voidable::Invoice(InvoiceId(id)),
            (None, Ok(id)) => Voidable::Invoice(id),
            (None, Err(_)) => only(store, name, |entry| matches!(entry, Voidable::Invoice(_)))?,
        },
        "contact" | "联系" | "联系记录" => match numbered(name) {
            Some(id) => Voidable::Contact(TouchId(id)),
            None => only(store, name, |entry| matches!(entry, Voidable::Contact(_)))?,
        },
        "promise" | "承诺" => match numbered(name) {
            Some(id) => Voidable::Promise(PromiseId(id)),
            None => only(store, name, |entry| matches!(entry, Voidable::Promise(_)))?,
        },
        "condition" | "条件" => match numbered(name) {
            Some(id) => Voidable::Condition(ConditionId(id)),
            None => only(store, name, |entry| matches!(entry, Voidable::Condition(_)))?,
        },
        "paper" | "文件" => Voidable::Paper(store.find_paper(name)?),
        "note" | "记事" => match numbered(name) {
            Some(id) => Voidable::Note(NoteId(id)),
            None => only(store, name, |entry| matches!(entry, Voidable::Note(_)))?,
        },
        "refusal" | "拒收" | "拒收记录" => match numbered(name) {
            Some(id) => Voidable::Refusal(RefusalId(id)),
            None => only(store, name, |entry| matches!(entry, Voidable::Refusal(_)))?,
        },
        other => return Err(Error::choice("KIND", other, kinds)),
    };
    Ok((Change::Void { entry, reason: args.reason }, format!("{} {name}", args.kind)))
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
