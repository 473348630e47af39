//! Arguments of the commands that record what happened.

#![allow(clippy::doc_markdown, reason = "these comments are the help a person reads in a terminal")]

use clap::Args;

#[derive(Debug, Args)]
pub struct Happened {
    /// Milestones, by key or #id
    #[arg(required = true, value_name = "MILESTONE")]
    pub milestones: Vec<String>,
    /// Day it happened
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
}

#[derive(Debug, Args)]
pub struct Invoice {
    /// Milestones it covers, by key or #id
    #[arg(required = true, value_name = "MILESTONE")]
    pub milestones: Vec<String>,
    /// Invoice number
    #[arg(long)]
    pub number: Option<String>,
    /// Amount; without it what is not yet invoiced
    #[arg(long, allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// Kind: special, ordinary, other
    #[arg(long, default_value = "special")]
    pub kind: String,
    /// Day on the invoice
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Day it was sent; without it the day on the invoice
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, conflicts_with = "unsent")]
    pub sent_on: Option<String>,
    /// It still lies here
    #[arg(long)]
    pub unsent: bool,
    /// Day the customer signed for it
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub received_on: Option<String>,
}

#[derive(Debug, Args)]
pub struct Pay {
    /// Customer, by code or #id
    #[arg(long, required_unless_present = "reverse", conflicts_with = "reverse")]
    pub customer: Option<String>,
    /// Reverse this payment, by #id: bounced or refunded
    #[arg(long, value_name = "PAYMENT")]
    pub reverse: Option<String>,
    /// Amount; with --reverse all that is left of the payment unless given
    #[arg(long, required_unless_present = "reverse", allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// Day it arrived, or went back
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Milestone it pays; without any what the amount fits exactly, else the oldest due first
    #[arg(long, value_name = "MILESTONE=AMOUNT", conflicts_with_all = ["reverse", "unapplied"])]
    pub to: Vec<String>,
    /// Leave all of it on account
    #[arg(long, conflicts_with = "reverse")]
    pub unapplied: bool,
    /// Currency; without it the one the customer owes in
    #[arg(long, value_name = "CODE", conflicts_with = "reverse")]
    pub currency: Option<String>,
    /// Method: transfer, bank_bill, commercial_bill, cheque, cash, wechat, alipay, letter_of_credit, offset, other
    #[arg(long, default_value = "transfer")]
    pub method: String,
    /// Who paid, if not the customer
    #[arg(long)]
    pub payer: Option<String>,
    /// Bank reference
    #[arg(long = "ref", value_name = "REFERENCE")]
    pub reference: Option<String>,
    /// It is another one, though the same amount within a week or the same reference is recorded already
    #[arg(long, conflicts_with = "reverse")]
    pub again: bool,
    /// Note, or the reason of a reversal
    #[arg(long)]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct Apply {
    /// Payment, by #id
    pub payment: String,
    /// Milestone it pays; without any what the amount fits exactly, else the oldest due first
    #[arg(long, value_name = "MILESTONE=AMOUNT")]
    pub to: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Contact {
    /// Milestones it was about, by key or #id
    #[arg(required = true, value_name = "MILESTONE")]
    pub milestones: Vec<String>,
    /// Channel: phone, wechat, mail, letter, visit, lawyer, court
    #[arg(long, default_value = "phone")]
    pub channel: String,
    /// Step of the ladder, 0 to 6; without it none
    #[arg(long)]
    pub step: Option<u8>,
    /// Kind: dunning, acceptance_chase, courtesy; without it dunning with a step, else courtesy
    #[arg(long)]
    pub kind: Option<String>,
    /// Day of the contact
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Contact person, by name
    #[arg(long)]
    pub person: Option<String>,
    /// Outcome: no_answer, noted, promised, disputed, claims_paid, refused
    #[arg(long)]
    pub outcome: Option<String>,
    /// Cause of delay: funds, not_accepted, invoice, approval, terms, our_delay, dispute, other
    #[arg(long)]
    pub cause: Option<String>,
    /// With outcome promised: the amount, for one milestone
    #[arg(long, requires = "by", allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// With outcome promised: the last day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub by: Option<String>,
    /// When to come back to it
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub next_on: Option<String>,
    /// Note
    #[arg(long)]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct Promise {
    /// Milestone, by key or #id
    pub milestone: String,
    /// Amount; without it the balance less what is disputed
    #[arg(long, allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// Last day to keep it
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub by: String,
    /// Day it was made
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Note
    #[arg(long)]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct Dispute {
    /// Milestone, by key or #id
    pub milestone: String,
    /// Amount in dispute; without it all
    #[arg(long, allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// Why
    #[arg(long)]
    pub reason: Option<String>,
    /// Who of us looks after it
    #[arg(long)]
    pub owner: Option<String>,
    /// Day it was raised
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
}

#[derive(Debug, Args)]
pub struct Resolve {
    /// Milestone, by key or #id
    pub milestone: String,
    /// Day it was settled
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// How
    #[arg(long)]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct Reschedule {
    /// Milestones, by key or #id
    #[arg(required = true, value_name = "MILESTONE")]
    pub milestones: Vec<String>,
    /// The new due date
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub to: String,
    /// Day it was agreed
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Why
    #[arg(long)]
    pub reason: Option<String>,
}

#[derive(Debug, Args)]
pub struct Hold {
    /// Milestones, by key or #id
    #[arg(required = true, value_name = "MILESTONE")]
    pub milestones: Vec<String>,
    /// First day held
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Last day held; without it until released
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub until: Option<String>,
    /// Why
    #[arg(long)]
    pub reason: Option<String>,
}

#[derive(Debug, Args)]
pub struct WriteOff {
    /// Milestone, by key or #id
    pub milestone: String,
    /// Amount; without it the balance
    #[arg(long, allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// Why
    #[arg(long)]
    pub reason: String,
    /// Day it was written off
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
}

#[derive(Debug, Args)]
pub struct Void {
    /// What it is: invoice, contact, promise, payment, milestone
    #[arg(value_name = "KIND")]
    pub kind: String,
    /// Which: #id, an invoice by its number, or the milestone it is about if it has only one
    #[arg(value_name = "ID|KEY")]
    pub name: String,
    /// Why
    #[arg(long)]
    pub reason: String,
}
