//! What can be typed after `huikuan`: one definition feeds parsing, help, the man page and completions. Days and
//! amounts stay text here; they are read once today and the currency are known.

#![allow(clippy::doc_markdown, reason = "these comments are the help a person reads in a terminal")]

mod master;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::bank::Bank;
use super::bill::Bill;
use super::condition::Condition;
use super::document::{Make, TemplateCommand};
use super::mail::Mail;
use super::note::Note;
use super::paper::Paper;
use super::playbook::Playbook;
use super::record::Record;
use super::round::Dun;
use super::todo::Todo;
use crate::exchange::out::Shape;
pub use master::{Add, CustomerFields, Edit, MilestoneFields, PersonFields, ProjectFields};

/// 回款: who owes what since when, and what to do about it
#[derive(Debug, Parser)]
#[command(
    name = "huikuan",
    version,
    disable_help_subcommand = true,
    arg_required_else_help = false
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

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
    /// Print all columns, however narrow the terminal is
    #[arg(long, global = true)]
    pub wide: bool,
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

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the screen on a throw-away ledger with a year of believable data
    Demo(Demo),
    /// Print the morning digest
    Today(Today),
    /// List milestones
    List(List),
    /// Print the aging table
    Aging(Aging),
    /// List customers and what they owe
    Customers(Table),
    /// List projects and what is open in them
    Projects(OfCustomer),
    /// List payments and what they pay
    #[command(visible_alias = "receipts")]
    Payments(Dated),
    /// List invoices and how far they are paid
    Invoices(InvoiceList),
    /// List promises to pay and what became of them
    Promises(Dated),
    /// List what stands on which day: due dates, promises, next steps; -o FILE.ics for a calendar program
    Calendar(CalendarArgs),
    /// List the persons at customers
    Contacts(OfCustomer),
    /// List what was agreed after the contracts: amendments, instalments, settlements
    Deals(Deals),
    /// List the contacts made with customers
    Touches(Dated),
    /// Work out late fees, piece by piece
    Fee(Fee),
    /// List until when what is due and open can be claimed, and what restarted the clock
    Limitation(Limitation),
    /// Explain how a milestone stands: each figure, the facts and the rule it comes from; of a customer, project or figure, what it is made of
    Explain(Explain),
    /// Show one thing: what it is, its money, what happened
    Show(Show),
    /// Take, list, show and export weekly snapshots
    #[command(subcommand)]
    Snapshot(Snapshot),
    /// Import files; on a terminal without more, choose a list and look at it first
    Import {
        #[command(subcommand)]
        what: Option<Import>,
    },
    /// Export the whole ledger
    #[command(subcommand)]
    Export(Export),
    /// Bank statements: import, look at, match, book
    #[command(subcommand)]
    Bank(Bank),
    /// To-dos: add, list, correct, done
    #[command(subcommand)]
    Todo(Todo),
    /// Bills of exchange: list them, record what became of one
    #[command(subcommand)]
    Bill(Bill),
    /// List who works with this ledger, with roles and teams
    People,
    /// Add a customer, project, milestone or person
    #[command(subcommand)]
    Add(Add),
    /// Correct a customer, project, milestone or person, for all days
    #[command(subcommand)]
    Edit(Edit),
    /// What an acceptance or a due date waits for: deliverables, criteria, gates
    #[command(subcommand)]
    Condition(Condition),
    /// Papers: file one, list them, record that one was sent, delivered or signed
    #[command(subcommand)]
    Paper(Paper),
    /// Write a letter, a statement or a pack from the facts
    Make(Make),
    /// The dunning round: who would be written to today, and why not the others; --draft files the letters
    Dun(Dun),
    /// Send papers and the weekly digest by mail; nothing leaves without --yes
    #[command(subcommand)]
    Mail(Mail),
    /// Templates of what is written: list, show, edit and check them
    #[command(subcommand)]
    Template(TemplateCommand),
    /// Notes: progress of a project, minutes, remarks and more
    #[command(subcommand)]
    Note(Note),
    /// The playbook: the advice shown with an item; list, check, copy
    #[command(subcommand)]
    Playbook(Playbook),
    #[command(flatten)]
    Record(Record),
    /// Print what was recorded, newest first
    Log(Log),
    /// Undo your last change
    Undo,
    /// Do again what you undid last
    Redo,
    /// Copy the ledger to a file, while others may write
    Backup {
        /// The file
        file: PathBuf,
    },
    /// Put a backup in the place of the ledger, which is kept beside it
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Check the ledger
    Doctor {
        /// Derive again what is kept for speed
        #[arg(long)]
        repair: bool,
    },
    /// Compute a day: "2026-02-10 + 7wd"
    Date(DateExpr),
    /// An amount in words, as letters and receipts have it; an amount in words in figures
    Words(AmountText),
    /// Read payment conditions as a contract words them: what is understood, and what is not
    Terms(TermsText),
    /// Settings
    #[command(subcommand)]
    Config(Config),
    /// Print shell completions
    Completions(Completions),
    /// Print the man page, or write one a command
    Man {
        /// Write a page for each command into this folder
        #[arg(short, long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Generate this many milestones instead of the small ledger
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub size: Option<u32>,
    /// Percentage of milestones that are open
    #[arg(long, value_name = "PERCENT", requires = "size", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub open: Option<u8>,
    /// Generate this many notes beside
    #[arg(long, value_name = "N", requires = "size")]
    pub notes: Option<u32>,
    /// Generate this many to-dos beside
    #[arg(long, value_name = "N", requires = "size")]
    pub todos: Option<u32>,
    /// Write the ledger to this file and keep it
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Today {
    /// Only what is on the desk of this person, team or "me"; a head's also has what is late with us for long
    #[arg(long, value_name = "PERSON", visible_aliases = ["owner", "manager", "team"])]
    pub lens: Option<String>,
    #[command(flatten)]
    pub files: Files,
}

#[derive(Debug, Args)]
pub struct List {
    /// Only what is on the desk of this person, team or "me"
    #[arg(long, value_name = "PERSON", visible_aliases = ["owner", "team"])]
    pub lens: Option<String>,
    /// Which: "overdue pm:Meyer balance>100k stage:final due<2026-12-01"
    #[arg(long, value_name = "EXPR", allow_hyphen_values = true)]
    pub filter: Option<String>,
    /// Closed ones too
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub table: Table,
}

#[derive(Debug, Args)]
pub struct CalendarArgs {
    /// Sums by week or month instead: what is due, expected, promised and came in
    #[arg(long, value_name = "PERIOD")]
    pub by: Option<By>,
    /// With --by: begin with the week or month of this day; without it with today's
    #[arg(long, value_name = "DAY", requires = "by")]
    pub from: Option<String>,
    /// With --by: list the items behind each number
    #[arg(long, requires = "by")]
    pub explain: bool,
    /// Only what this person, team or "me" looks after
    #[arg(long, value_name = "PERSON", visible_aliases = ["manager", "team"])]
    pub lens: Option<String>,
    /// Which: "overdue balance>100k"
    #[arg(long, value_name = "EXPR", allow_hyphen_values = true)]
    pub filter: Option<String>,
    #[command(flatten)]
    pub files: Files,
}

/// How long a period is.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum By {
    /// From Monday to Sunday.
    #[value(alias = "周")]
    Week,
    #[value(alias = "月")]
    Month,
}

/// Where a report goes: to standard output without any.
#[derive(Debug, Args)]
pub struct Files {
    /// Write to this file, several times for several; its ending picks the format: {formats}
    #[arg(short, long, value_name = "FILE")]
    pub output: Vec<PathBuf>,
}

/// What is asked of any list.
#[derive(Debug, Args)]
pub struct Table {
    /// Columns to show, as key,customer_name,balance; names are those of --json
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Columns to sort by, the first before the others; -balance sorts downwards
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', allow_hyphen_values = true)]
    pub sort: Vec<String>,
    /// At most this many rows
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    #[command(flatten)]
    pub files: Files,
}

#[derive(Debug, Args)]
pub struct OfCustomer {
    /// Only this customer's, by code, #id or name
    #[arg(long)]
    pub customer: Option<String>,
    #[command(flatten)]
    pub table: Table,
}

#[derive(Debug, Args)]
pub struct Deals {
    /// Only this customer's or project's, by code, name or #id
    pub what: Option<String>,
    /// What it is, where it could be several: project, customer
    #[arg(long = "as", value_name = "THING")]
    pub thing: Option<String>,
    #[command(flatten)]
    pub table: Table,
}

#[derive(Debug, Args)]
pub struct Dated {
    /// From this day on
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// Up to this day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub to: Option<String>,
    /// Only this customer's, by code, #id or name
    #[arg(long)]
    pub customer: Option<String>,
    #[command(flatten)]
    pub table: Table,
}

#[derive(Debug, Args)]
pub struct InvoiceList {
    #[command(flatten)]
    pub dated: Dated,
    /// The days each waited for us instead, weighted by amount
    #[arg(long)]
    pub lag: bool,
    /// What the lag is grouped by: customer, project, manager, stage, currency
    #[arg(long, requires = "lag", default_value = "customer")]
    pub by: String,
}

#[derive(Debug, Args)]
pub struct Show {
    /// Code, key, invoice number, bank reference, name or #id
    pub what: String,
    /// What it is, where it could be several: customer, project, milestone, payment, invoice
    #[arg(long = "as", value_name = "THING")]
    pub thing: Option<String>,
}

#[derive(Debug, Args)]
pub struct Fee {
    /// Milestone, project or customer, by key, code, name or #id
    pub what: String,
    /// What it is, where it could be several: milestone, project, customer
    #[arg(long = "as", value_name = "THING")]
    pub thing: Option<String>,
    /// The day fees are counted to; it may lie ahead
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub as_of: Option<String>,
    /// Count by these terms instead of the contract's: 0.05%/day, 4.65%/365, lpr1y*1.5
    #[arg(long, value_name = "TERMS")]
    pub terms: Option<String>,
    #[command(flatten)]
    pub files: Files,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// Milestone, project or customer, by key, code, name or #id; or a figure: overdue, due, promised, unbilled, collected, payments, invoices
    pub what: String,
    /// What it is, where it could be several: milestone, project, customer
    #[arg(long = "as", value_name = "THING")]
    pub thing: Option<String>,
    #[command(flatten)]
    pub files: Files,
}

#[derive(Debug, Args)]
pub struct Limitation {
    /// Only what runs out within so many days
    #[arg(long, value_name = "DAYS")]
    pub within: Option<u32>,
    /// Only this customer's, by code, #id or name
    #[arg(long)]
    pub customer: Option<String>,
    #[command(flatten)]
    pub table: Table,
}

impl Table {
    /// The same, with the order for people where none is asked for.
    pub fn shape(&self, usual: &'static [&'static str]) -> Shape {
        let trimmed = |words: &[String]| words.iter().map(|word| word.trim().to_owned()).collect();
        let (columns, sort) = (trimmed(&self.columns), trimmed(&self.sort));
        Shape { columns, sort, limit: self.limit, usual }
    }

    /// How many rows of the list in its own order are asked for, if not all.
    pub fn first(&self) -> Option<u32> {
        let limit = self.limit.filter(|_| self.sort.is_empty());
        limit.and_then(|limit| limit.try_into().ok())
    }
}

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
    /// Bucket edges: days, short, years, or your own as 30,60,90; without it the ledger's
    #[arg(long, value_name = "EDGES")]
    pub buckets: Option<String>,
    #[command(flatten)]
    pub files: Files,
}

#[derive(Debug, Subcommand)]
pub enum Snapshot {
    /// Freeze the aging table of a day and write the week's pack
    Take(Take),
    /// List snapshots
    List(Files),
    /// Print a snapshot
    Show {
        /// Its number or its week, as 2026-W47; without it the latest
        snapshot: Option<String>,
        #[command(flatten)]
        files: Files,
    },
    /// Print what moved between two snapshots, or a snapshot and a day
    Diff(Diff),
    /// Print how the aging table stood in each snapshot
    Trend(Files),
    /// Write a snapshot to files
    Export {
        /// Its number or its week, as 2026-W47; without it the latest
        snapshot: Option<String>,
        /// Folder; without it a folder huikuan in your documents
        #[arg(short, long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct Take {
    /// The day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub as_of: Option<String>,
    /// Folder the week's folder is made in; without it huikuan in your documents
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Formats of the pack, as xlsx,html,csv; without it those of the configuration
    #[arg(long, value_name = "FORMATS")]
    pub formats: Option<String>,
}

#[derive(Debug, Args)]
pub struct Diff {
    /// A snapshot by its number or week, as 2026-W47, or a day
    pub opening: String,
    /// Likewise; without it today
    pub closing: Option<String>,
    /// What the rows stand for: customer, project, manager, stage, currency
    #[arg(long, value_name = "GROUP", default_value = "customer")]
    pub by: String,
    /// List the items behind each number
    #[arg(long)]
    pub explain: bool,
    #[command(flatten)]
    pub files: Files,
}

#[derive(Debug, Subcommand)]
pub enum Export {
    /// Write everything in the ledger as JSON lines, to leave with or to compare
    Ledger {
        /// File; without it standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum Import {
    /// Import a plan list: one row a milestone, from CSV, XLSX, XLS or ODS
    Plan(ImportPlan),
    /// Import customers: one a row, from CSV, XLSX, XLS or ODS
    Customers(ImportRegister),
    /// Import payments: one a row, from CSV, XLSX, XLS or ODS
    Payments(ImportPayments),
    /// Import invoices: one line of an invoice a row, from CSV, XLSX, XLS or ODS
    Invoices(ImportInvoices),
    /// Print the columns of a plan list as a CSV file to fill in
    Template,
    /// List the layouts by which lists of other programs are read, and your own
    Layouts,
    /// Fill an empty ledger with one that was exported
    Ledger {
        /// File
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct ImportPlan {
    /// The file
    pub file: PathBuf,
    /// Read it by the layout of this name, or keep under the name how it is read now; none: by its headers alone
    #[arg(long = "as", value_name = "NAME")]
    pub layout: Option<String>,
    /// Take this field from the column with this header
    #[arg(long = "map", value_name = "field=Header")]
    pub maps: Vec<String>,
    /// Order of day, month and year in the file's dates: ymd, mdy, dmy
    #[arg(long, value_name = "ORDER")]
    pub date_order: Option<String>,
    /// Currency of rows that name none; without it the one of the amount's header, else CNY
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// Unit of amounts whose header names none, like 万元; without it what a line above the header says
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// Day of money received whose row names none; without it the as-of day in a line above the header
    #[arg(long, value_name = "DATE")]
    pub paid_on: Option<String>,
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

#[derive(Debug, Args)]
pub struct ImportRegister {
    /// The file
    pub file: PathBuf,
    /// Take this field from the column with this header
    #[arg(long = "map", value_name = "field=Header")]
    pub maps: Vec<String>,
    /// Encoding, if it is neither UTF-8, UTF-16 nor GB18030
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Sheet of a workbook, by name or number
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,
    /// Say what would happen and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// A list with days and amounts.
#[derive(Debug, Args)]
pub struct ImportDated {
    #[command(flatten)]
    pub list: ImportRegister,
    /// Order of day, month and year in the file's dates: ymd, mdy, dmy
    #[arg(long, value_name = "ORDER")]
    pub date_order: Option<String>,
    /// Currency of rows that name none; without it the one of the amount's header, else CNY
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
}

#[derive(Debug, Args)]
pub struct ImportPayments {
    #[command(flatten)]
    pub dated: ImportDated,
    /// They are other ones, though the same amounts within a week or the same references are recorded already
    #[arg(long)]
    pub again: bool,
}

#[derive(Debug, Args)]
pub struct ImportInvoices {
    #[command(flatten)]
    pub dated: ImportDated,
    /// They are other ones, though invoices with the same numbers are recorded already: of another invoice code
    #[arg(long)]
    pub again: bool,
}

#[derive(Debug, Args)]
pub struct Log {
    /// At most this many
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub lines: u32,
    /// Compute the hashes that hold the events together, and name the first that was changed
    #[arg(long)]
    pub verify: bool,
}

#[derive(Debug, Args)]
pub struct DateExpr {
    /// A day, and what to add: "2026-02-10 + 7wd", "2026-02-10 month-end + 60d"
    #[arg(allow_hyphen_values = true)]
    pub expression: String,
}

#[derive(Debug, Args)]
pub struct AmountText {
    /// The amount: 1409.50, 12.5k, 壹仟肆佰零玖元伍角
    #[arg(allow_hyphen_values = true)]
    pub amount: String,
    /// Its currency, the home currency unless given
    #[arg(long)]
    pub currency: Option<String>,
}

#[derive(Debug, Args)]
pub struct TermsText {
    /// The conditions: "30% on signing, 70% within 30 days of acceptance"
    #[arg(allow_hyphen_values = true)]
    pub text: String,
}

#[derive(Debug, Subcommand)]
pub enum Config {
    /// Print where the configuration and the ledger are
    Path,
    /// List settings, each with its default and meaning
    List,
    /// Print a setting
    Get {
        /// Key, as config list has it
        key: String,
    },
    /// Set a value: your own in the configuration file, the ledger's for everybody
    Set {
        /// Key, as config list has it
        key: String,
        /// Value
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Go back to the default
    Unset {
        /// Key, as config list has it
        key: String,
    },
}

#[derive(Debug, Args)]
pub struct Completions {
    /// Shell: bash, elvish, fish, powershell, zsh
    pub shell: clap_complete::Shell,
}
