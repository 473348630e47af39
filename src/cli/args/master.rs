//! Arguments of `add` and `edit`.

#![allow(clippy::doc_markdown, reason = "these comments are the help a person reads in a terminal")]

use clap::{Args, Subcommand};

use crate::cli::words::yes_no;

#[derive(Debug, Subcommand)]
pub enum Add {
    /// Add a customer
    Customer(CustomerFields),
    /// Add a project
    Project(Box<ProjectFields>),
    /// Add a milestone
    Milestone(MilestoneFields),
    /// Add one of us
    Person(PersonFields),
}

#[derive(Debug, Subcommand)]
pub enum Edit {
    /// Correct a customer
    Customer {
        /// Its code, name or #id
        customer: String,
        #[command(flatten)]
        fields: CustomerFields,
    },
    /// Correct a project
    Project {
        /// Its code, name or #id
        project: String,
        #[command(flatten)]
        fields: Box<ProjectFields>,
    },
    /// Correct a milestone
    Milestone {
        /// Its key, name, PROJECT/NAME or #id
        milestone: String,
        #[command(flatten)]
        fields: MilestoneFields,
    },
    /// Set the role and team of one of us
    Person(PersonFields),
}

#[derive(Debug, Args)]
pub struct PersonFields {
    /// Name
    #[arg(id = "person_name", value_name = "NAME")]
    pub name: String,
    /// Role: pm, sales, finance, legal, head
    #[arg(long)]
    pub role: Option<String>,
    /// Team
    #[arg(long)]
    pub team: Option<String>,
    /// E-mail; mail digest --to NAME sends to it
    #[arg(long)]
    pub email: Option<String>,
}

#[derive(Debug, Args)]
pub struct CustomerFields {
    /// Unique code; a new customer without one gets the next of the ledger's pattern
    #[arg(long)]
    pub code: Option<String>,
    /// Full name
    #[arg(long)]
    pub name: Option<String>,
    /// Short name for narrow columns
    #[arg(long)]
    pub short_name: Option<String>,
    /// Credit grade: A, B, C or D
    #[arg(long)]
    pub grade: Option<String>,
    /// Credit limit
    #[arg(long, value_name = "AMOUNT")]
    pub limit: Option<String>,
    /// Payment term in days
    #[arg(long, value_name = "DAYS")]
    pub terms: Option<u16>,
    /// Title on invoices
    #[arg(long)]
    pub invoice_title: Option<String>,
    /// Taxpayer number
    #[arg(long)]
    pub tax_no: Option<String>,
    /// Contact: name, name:phone or name:phone:e-mail; one of a name on file gets what is new of it
    #[arg(long, value_name = "NAME[:PHONE][:E-MAIL]")]
    pub contact: Vec<String>,
    /// Notes
    #[arg(long)]
    pub notes: Option<String>,
}

#[derive(Debug, Args)]
pub struct ProjectFields {
    /// Unique code; a new project without one gets the next of the ledger's pattern
    #[arg(long)]
    pub code: Option<String>,
    /// Customer, by code, #id or name
    #[arg(long)]
    pub customer: Option<String>,
    /// Name
    #[arg(long)]
    pub name: Option<String>,
    /// Manager
    #[arg(long)]
    pub manager: Option<String>,
    /// Who of us does its finance, where that is not clear from roles and teams; none takes it away
    #[arg(long, value_name = "PERSON")]
    pub finance: Option<String>,
    /// The same for legal
    #[arg(long, value_name = "PERSON")]
    pub legal: Option<String>,
    /// The same for sales
    #[arg(long, value_name = "PERSON")]
    pub sales: Option<String>,
    /// Contract amount
    #[arg(long, allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// Plan: shares of the amount, as 30/40/30 or "3-4-2-1 advance delivery acceptance retention"; with days: "30% signing+10d, 40% acceptance+30d, rest acceptance+1y"; or the name of one of your own
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,
    /// Currency
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// Contract number
    #[arg(long)]
    pub contract_no: Option<String>,
    /// Day of signing
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub signed_on: Option<String>,
    /// First day of work
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub starts_on: Option<String>,
    /// Last day of work
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub ends_on: Option<String>,
    /// Last day of warranty
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub warranty_ends_on: Option<String>,
    /// Progress in percent
    #[arg(long, value_name = "PERCENT")]
    pub progress: Option<u8>,
    /// Days of grace after a due date
    #[arg(long, value_name = "DAYS")]
    pub grace: Option<u16>,
    /// State: active, closed; a project is suspended by its own command
    #[arg(long)]
    pub state: Option<String>,
    /// Whether its milestones are to be invoiced before they fall due: yes, no
    #[arg(long, value_name = "YES|NO", value_parser = yes_no)]
    pub bills: Option<bool>,
    /// Late fee as the contract has it: 0.05%/day, 4.65%/365, lpr1y*1.5 and after-grace, cap 20%; none takes it off
    #[arg(long, value_name = "TERMS")]
    pub late_fee: Option<String>,
    /// Early-payment discount as the contract has it: 2/10 net 30, or 2% by DATE; none takes it off
    #[arg(long, value_name = "TERMS")]
    pub discount: Option<String>,
    /// Agreed method of payment: transfer, bank_bill, commercial_bill, cheque, cash, wechat, alipay, letter_of_credit, offset, other
    #[arg(long)]
    pub method: Option<String>,
    /// Months a bill of exchange may run at most; 0 takes it off
    #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(u16).range(0..=36))]
    pub bill_months: Option<u16>,
    /// Of a contract of works: from when the contractor's priority right counts: {priority_starts}; none if it is none
    #[arg(long, value_name = "START")]
    pub priority: Option<String>,
    /// Day the works were completed
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub completed_on: Option<String>,
}

#[derive(Debug, Args)]
pub struct MilestoneFields {
    /// Project, by code, #id or name
    #[arg(long)]
    pub project: Option<String>,
    /// Unique key; a new milestone without one gets that of its place in the plan
    #[arg(long)]
    pub key: Option<String>,
    /// Name
    #[arg(long)]
    pub name: Option<String>,
    /// Stage: advance, progress, delivery, acceptance, settlement, final, retention, other
    #[arg(long)]
    pub stage: Option<String>,
    /// Amount, or a percentage of the contract amount: 30%
    #[arg(long, allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// Due date, or a rule: "acceptance + 30d", "delivery + 10wd", "acceptance(P1-M2) + 1y"
    #[arg(long, value_name = "DUE")]
    pub due: Option<String>,
    /// Payment condition in the contract's words; without --due what it tells becomes the rule
    #[arg(long)]
    pub condition: Option<String>,
    /// Day it was agreed; without it the signing day, else today
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub agreed_on: Option<String>,
    /// Day its event is planned for
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub planned_on: Option<String>,
    /// How it is to be paid
    #[arg(long)]
    pub method: Option<String>,
    /// Months a bill of exchange may run at most, if not as in the contract; 0 takes it off
    #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(u16).range(0..=36))]
    pub bill_months: Option<u16>,
    /// Notes
    #[arg(long)]
    pub note: Option<String>,
}
