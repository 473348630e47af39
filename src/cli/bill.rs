//! Bills of exchange: listed, and what became of one.

#![allow(clippy::doc_markdown, reason = "these comments are the help a person reads in a terminal")]

use clap::{Args, Subcommand};

use super::args::{Dated, Table};
use super::lists::{give, span};
use super::record::reason;
use super::session::Session;
use super::words::code_or_none;
use crate::domain::bill::{self, discount_days};
use crate::domain::change::{BillEvent, Change};
use crate::domain::kinds::{BillForm, BillState};
use crate::error::{Error, Result};

#[derive(Debug, Subcommand)]
pub enum Bill {
    /// List bills of exchange, the one that matures first in front
    List(List),
    /// Record that the acceptor paid a bill
    Honoured(Happened),
    /// Record that a bill was sold to a bank before it matured
    Discounted(Discounted),
    /// Record that a bill was passed on
    Endorsed(Endorsed),
    /// Record that the acceptor did not pay a bill: what it paid is open again
    Dishonoured(Dishonoured),
}

#[derive(Debug, Args)]
pub struct List {
    /// State: in_hand, honoured, discounted, endorsed, dishonoured; without it all
    #[arg(long)]
    state: Option<String>,
    /// Only this customer's, by code, #id or name
    #[arg(long)]
    customer: Option<String>,
    #[command(flatten)]
    table: Table,
}

#[derive(Debug, Args)]
pub struct Happened {
    /// Payment, by #id
    payment: String,
    /// Day it happened
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
}

#[derive(Debug, Args)]
pub struct Discounted {
    #[command(flatten)]
    what: Happened,
    /// Rate a year in percent: 2.62
    #[arg(long, value_name = "PERCENT", required_unless_present = "cost")]
    rate: Option<String>,
    /// What the bank kept; without it face × rate × days ÷ 360
    #[arg(long, value_name = "AMOUNT")]
    cost: Option<String>,
    /// The acceptor of a paper bill sits in another place: three days more
    #[arg(long)]
    elsewhere: bool,
}

#[derive(Debug, Args)]
pub struct Endorsed {
    #[command(flatten)]
    what: Happened,
    /// Whom it was passed on to
    #[arg(long, value_name = "NAME")]
    to: String,
}

#[derive(Debug, Args)]
pub struct Dishonoured {
    #[command(flatten)]
    what: Happened,
    /// Why; a script that gives none has that on record
    #[arg(long)]
    reason: Option<String>,
}

pub fn bill(session: &Session, command: Bill) -> Result<()> {
    let (what, event) = match command {
        Bill::List(args) => return list(session, args),
        Bill::Honoured(what) => (what, BillEvent::Honoured),
        Bill::Discounted(args) => return discounted(session, args),
        Bill::Endorsed(args) => (args.what, BillEvent::Endorsed { to: args.to }),
        Bill::Dishonoured(args) => {
            let reason = reason(args.reason, session.lang);
            (args.what, BillEvent::Dishonoured { reason, recourse: String::new() })
        }
    };
    let on = session.past("--on", what.on.as_deref())?;
    session.record(|store| {
        let payment = store.find_payment(&what.payment)?;
        let event = match event {
            BillEvent::Dishonoured { reason, .. } => {
                BillEvent::Dishonoured { reason, recourse: session.lang.recourse_of(payment) }
            }
            event => event,
        };
        Ok((Change::Bill { payment, event, on }, what.payment))
    })
}

fn list(session: &Session, args: List) -> Result<()> {
    let store = session.open()?;
    let state: Option<BillState> = code_or_none("--state", args.state.as_deref(), session.lang)?;
    let dated = Dated { from: None, to: None, customer: args.customer, table: args.table };
    let mut bills = store.bill_list(span(session, &store, &dated)?, session.today)?;
    bills.retain(|bill| state.is_none_or(|state| bill.state == state));
    give(session, bills, &dated.table, &[])
}

fn discounted(session: &Session, args: Discounted) -> Result<()> {
    let on = session.past("--on", args.what.on.as_deref())?;
    let rate = args
        .rate
        .as_deref()
        .map(|text| bill::rate(text).ok_or_else(|| Error::choice("--rate", text, "2.62, 3.05% …")));
    let rate = rate.transpose()?;
    session.record(|store| {
        let payment = store.find_payment(&args.what.payment)?;
        let currency = store.payment(payment)?.currency;
        let cost = match (&args.cost, store.bill(payment)?, rate) {
            (Some(text), ..) => Session::amount("--cost", text, currency)?,
            (None, Some(head), Some(rate)) => {
                let Some(matures_on) = head.matures_on else {
                    return Err(Error::choice("--cost", "", session.lang.bill_without_maturity()));
                };
                let paper = head.form == Some(BillForm::Paper);
                let days = discount_days(on, matures_on, args.elsewhere && paper);
                bill::discount(head.left(), rate, days)?
            }
            // What is no bill is refused below.
            (None, ..) => 0,
        };
        let event = BillEvent::Discounted { rate, cost };
        Ok((Change::Bill { payment, event, on }, args.what.payment))
    })
}
