//! What can be typed after `huikuan`: one definition feeds parsing, help, the man page and completions. Days and
//! amounts stay text here; they are read once today and the currency are known.

#![allow(
    clippy::doc_markdown,
    reason = "these comments are the help a person reads in a terminal"
)]

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// 回款: who owes what since when, and what to do about it
#[derive(Debug, Parser)]
#[command(
    name = "huikuan",
    version,
    disable_help_subcommand = true,
    arg_required_else_help = false
)]
pub struct Cli {
    /// What goes for every command.
    #[command(flatten)]
    pub global: Global,
    /// The command; without one the screen opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What goes for every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Ledger file
    #[arg(long, global = true, value_name = "FILE", env = "HUIKUAN_DB")]
    pub db: Option<PathBuf>,
    /// Language: zh or en; without it the configuration's, then the system's
    #[arg(long, global = true, value_name = "zh|en")]
    pub lang: Option<String>,
    /// Take this day for today
    #[arg(long, global = true, value_name = "DATE", allow_hyphen_values = true)]
    pub today: Option<String>,
    /// Print JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Print nothing but errors and what was asked for
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// One command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the screen on a throw-away ledger with a year of believable data
    Demo(Demo),
    /// Print the morning digest
    Today,
    /// List milestones
    List(List),
    /// Print the aging table
    Aging(Aging),
    /// Take, list, show and export weekly snapshots
    #[command(subcommand)]
    Snapshot(Snapshot),
    /// Import files
    #[command(subcommand)]
    Import(Import),
    /// Add a customer, project or milestone
    #[command(subcommand)]
    Add(Add),
    /// Correct a customer, project or milestone, for all days
    #[command(subcommand)]
    Edit(Edit),
    /// Record that milestones were delivered
    Deliver(Happened),
    /// Record that milestones were accepted
    Accept(Happened),
    /// Record an invoice
    Invoice(Invoice),
    /// Record a payment, or reverse one
    Pay(Pay),
    /// Apply unapplied money
    Apply(Apply),
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
    /// Write off what will not come
    WriteOff(WriteOff),
    /// Print what was recorded, newest first
    Log(Log),
    /// Undo your last change
    Undo,
    /// Compute a day: "2026-02-10 + 7wd"
    Date(DateExpr),
    /// Configuration
    #[command(subcommand)]
    Config(Config),
    /// Print shell completions
    Completions(Completions),
    /// Print the man page
    Man,
}

/// The demo.
#[derive(Debug, Args)]
pub struct Demo {
    /// Generate this many milestones instead of the small ledger
    #[arg(long, value_name = "N")]
    pub size: Option<u32>,
    /// Percentage of milestones that are open
    #[arg(long, value_name = "PERCENT", requires = "size")]
    pub open: Option<u8>,
    /// Write the ledger to this file and keep it
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Draw the first screen into this SVG file instead of opening it
    #[arg(long, value_name = "FILE", conflicts_with = "write")]
    pub picture: Option<PathBuf>,
}

/// A list of milestones.
#[derive(Debug, Args)]
pub struct List {
    /// Which: "overdue pm:王敏 balance>100k stage:final due<2026-12-01"
    #[arg(long, value_name = "EXPR", allow_hyphen_values = true)]
    pub filter: Option<String>,
    /// Closed ones too
    #[arg(long)]
    pub all: bool,
    /// Write to this file; its ending picks csv, json, md or txt
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// An aging table.
#[derive(Debug, Args)]
pub struct Aging {
    /// The day ages are counted to
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub as_of: Option<String>,
    /// What the rows stand for: customer, project, manager, stage, currency
    #[arg(long, value_name = "GROUP", default_value = "customer")]
    pub by: String,
    /// What receivables age by: due, original-due, invoice
    #[arg(long, value_name = "BASIS", default_value = "due")]
    pub age_by: String,
    /// Bucket edges: days, short, years, or your own as 30,60,90
    #[arg(long, value_name = "EDGES", default_value = "days")]
    pub buckets: String,
    /// Write to this file; its ending picks csv, json, md or txt
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Weekly snapshots.
#[derive(Debug, Subcommand)]
pub enum Snapshot {
    /// Freeze the aging table of a day
    Take {
        /// The day
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        as_of: Option<String>,
    },
    /// List snapshots
    List,
    /// Print a snapshot
    Show {
        /// Its number or its week, as 2026-W47; without it the latest
        snapshot: Option<String>,
    },
    /// Write a snapshot to files
    Export {
        /// Its number or its week, as 2026-W47; without it the latest
        snapshot: Option<String>,
        /// Folder; without it a folder huikuan in your documents
        #[arg(short, long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
}

/// Files in.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Import a plan list: one row a milestone, from CSV, XLSX, XLS or ODS
    Plan(ImportPlan),
    /// Print the columns of a plan list as a CSV file to fill in
    Template,
}

/// A plan list.
#[derive(Debug, Args)]
pub struct ImportPlan {
    /// The file
    pub file: PathBuf,
    /// Take this field from the column with this header
    #[arg(long = "map", value_name = "field=Header")]
    pub maps: Vec<String>,
    /// Order of day, month and year in the file's dates: ymd, mdy, dmy
    #[arg(long, value_name = "ORDER")]
    pub date_order: Option<String>,
    /// Currency of rows that name none; without it the one of the amount's header, else CNY
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// Encoding, if it is neither UTF-8, UTF-16 nor GB18030
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Sheet of a workbook, by name or number
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,
    /// Say what would happen and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Leave out bad rows and import the rest
    #[arg(long)]
    pub skip_bad: bool,
    /// Record a changed due date as an agreed reschedule instead of a correction
    #[arg(long)]
    pub reschedule: bool,
}

/// New rows.
#[derive(Debug, Subcommand)]
pub enum Add {
    /// Add a customer
    Customer(CustomerFields),
    /// Add a project
    Project(ProjectFields),
    /// Add a milestone
    Milestone(MilestoneFields),
}

/// Corrections.
#[derive(Debug, Subcommand)]
pub enum Edit {
    /// Correct a customer
    Customer {
        /// Its code or #id
        customer: String,
        /// What to correct; what is left out stays
        #[command(flatten)]
        fields: CustomerFields,
    },
    /// Correct a project
    Project {
        /// Its code or #id
        project: String,
        /// What to correct; what is left out stays
        #[command(flatten)]
        fields: ProjectFields,
    },
    /// Correct a milestone
    Milestone {
        /// Its key or #id
        milestone: String,
        /// What to correct; what is left out stays
        #[command(flatten)]
        fields: MilestoneFields,
    },
}

/// Facts of a customer.
#[derive(Debug, Args)]
pub struct CustomerFields {
    /// Unique code; without one the name
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
    /// Taxpayer number
    #[arg(long)]
    pub tax_no: Option<String>,
    /// Contact, added to those on file: name, or name:phone
    #[arg(long, value_name = "NAME[:PHONE]")]
    pub contact: Vec<String>,
    /// Notes
    #[arg(long)]
    pub notes: Option<String>,
}

/// Facts of a project.
#[derive(Debug, Args)]
pub struct ProjectFields {
    /// Unique code; without one the name
    #[arg(long)]
    pub code: Option<String>,
    /// Customer, by code or #id
    #[arg(long)]
    pub customer: Option<String>,
    /// Name
    #[arg(long)]
    pub name: Option<String>,
    /// Manager
    #[arg(long)]
    pub manager: Option<String>,
    /// Contract amount
    #[arg(long)]
    pub amount: Option<String>,
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
    /// State: active, suspended, closed
    #[arg(long)]
    pub state: Option<String>,
}

/// Facts of a milestone.
#[derive(Debug, Args)]
pub struct MilestoneFields {
    /// Project, by code or #id
    #[arg(long)]
    pub project: Option<String>,
    /// Unique key
    #[arg(long)]
    pub key: Option<String>,
    /// Name
    #[arg(long)]
    pub name: Option<String>,
    /// Stage: advance, progress, delivery, acceptance, settlement, final, retention, other
    #[arg(long)]
    pub stage: Option<String>,
    /// Amount
    #[arg(long)]
    pub amount: Option<String>,
    /// Due date, or a rule: "acceptance + 30d", "delivery + 10wd", "acceptance(P1-M2) + 1y"
    #[arg(long, value_name = "DUE")]
    pub due: Option<String>,
    /// Payment condition in the contract's words
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
    /// Notes
    #[arg(long)]
    pub note: Option<String>,
}

/// Something happened to milestones.
#[derive(Debug, Args)]
pub struct Happened {
    /// Milestones, by key or #id
    #[arg(required = true, value_name = "MILESTONE")]
    pub milestones: Vec<String>,
    /// Day it happened
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
}

/// A bill.
#[derive(Debug, Args)]
pub struct Invoice {
    /// Milestones it covers, by key or #id
    #[arg(required = true, value_name = "MILESTONE")]
    pub milestones: Vec<String>,
    /// Invoice number
    #[arg(long)]
    pub number: Option<String>,
    /// Amount; without it what is not yet invoiced
    #[arg(long)]
    pub amount: Option<String>,
    /// Kind: special, ordinary, other
    #[arg(long, default_value = "special")]
    pub kind: String,
    /// Day on the invoice
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Day it was sent; without it the day on the invoice
    #[arg(
        long,
        value_name = "DATE",
        allow_hyphen_values = true,
        conflicts_with = "unsent"
    )]
    pub sent_on: Option<String>,
    /// It still lies here
    #[arg(long)]
    pub unsent: bool,
    /// Day the customer signed for it
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub received_on: Option<String>,
}

/// Money in, or back.
#[derive(Debug, Args)]
pub struct Pay {
    /// Customer, by code or #id
    #[arg(long, required_unless_present = "reverse", conflicts_with = "reverse")]
    pub customer: Option<String>,
    /// Reverse this payment, by #id: bounced or refunded
    #[arg(long, value_name = "PAYMENT")]
    pub reverse: Option<String>,
    /// Amount; with --reverse all that is left of the payment unless given
    #[arg(long, required_unless_present = "reverse")]
    pub amount: Option<String>,
    /// Day it arrived, or went back
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Milestone it pays; without any the oldest due first
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
    /// Note, or the reason of a reversal
    #[arg(long)]
    pub note: Option<String>,
}

/// Unapplied money is applied.
#[derive(Debug, Args)]
pub struct Apply {
    /// Payment, by #id
    pub payment: String,
    /// Milestone it pays; without any the oldest due first
    #[arg(long, value_name = "MILESTONE=AMOUNT")]
    pub to: Vec<String>,
}

/// A touch.
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
    #[arg(long, requires = "by")]
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

/// A promise to pay.
#[derive(Debug, Args)]
pub struct Promise {
    /// Milestone, by key or #id
    pub milestone: String,
    /// Amount; without it the balance less what is disputed
    #[arg(long)]
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

/// An objection.
#[derive(Debug, Args)]
pub struct Dispute {
    /// Milestone, by key or #id
    pub milestone: String,
    /// Amount in dispute; without it all
    #[arg(long)]
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

/// An objection is settled.
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

/// A new due date.
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

/// A hold.
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

/// Money given up.
#[derive(Debug, Args)]
pub struct WriteOff {
    /// Milestone, by key or #id
    pub milestone: String,
    /// Amount; without it the balance
    #[arg(long)]
    pub amount: Option<String>,
    /// Why
    #[arg(long)]
    pub reason: Option<String>,
    /// Day it was written off
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
}

/// What was recorded.
#[derive(Debug, Args)]
pub struct Log {
    /// At most this many
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub lines: u32,
}

/// A day to compute.
#[derive(Debug, Args)]
pub struct DateExpr {
    /// A day, and what to add: "2026-02-10 + 7wd"
    pub expression: String,
}

/// Configuration.
#[derive(Debug, Subcommand)]
pub enum Config {
    /// Print where the configuration and the ledger are
    Path,
}

/// Shell completions.
#[derive(Debug, Args)]
pub struct Completions {
    /// Shell: bash, elvish, fish, powershell, zsh
    pub shell: clap_complete::Shell,
}
