//! Papers: filed, listed, sent, delivered, signed, and their files looked at.

#![allow(clippy::doc_markdown, reason = "these comments are the help a person reads in a terminal")]

use std::path::Path;

use clap::{Args, Subcommand};

use super::args::Table;
use super::document::{PrintPaper, print_paper};
use super::note::about;
use super::session::{Session, print};
use super::words::{code, code_or_none};
use crate::domain::about::{About, Subject};
use crate::domain::as_of;
use crate::domain::calendar::Calendar;
use crate::domain::change::{Change, PaperDraft, PaperMark};
use crate::domain::violation::{Thing, Violation};
use crate::error::{Error, Result};
use crate::exchange::lists::{PaperCheck, PaperLine, Rows};
use crate::exchange::papers;
use crate::report::figures::main_currency;
use crate::report::readiness::readiness;
use crate::store::Reader;

#[derive(Debug, Subcommand)]
pub enum Paper {
    /// File a paper: a contract, a delivery note, a letter
    Add(Add),
    /// List papers: about a customer, project or milestone and what it contains, or all
    List(List),
    /// Record that a paper was sent; a dunning paper is a contact then, with its step
    Sent(Sent),
    /// Record that a paper reached the customer; with proof a demand restarts the limitation clock
    Delivered(Delivered),
    /// Record that the customer signed a paper
    Signed(Signed),
    /// Say that the expiry of a paper is dealt with
    Close(Close),
    /// Print a paper the program wrote, exactly as it was filed
    Print(PrintPaper),
    /// Tell which papers the steps of the ladder want of a milestone, and which are missing
    Ready(Ready),
    /// Check whether the files of papers are there, and unchanged
    Check {
        #[command(flatten)]
        table: Table,
    },
}

#[derive(Debug, Args)]
pub struct Add {
    /// Kind: {paper_kinds}
    kind: String,
    /// What it is about: customer, project, or one or several milestones, by code, key, name or #id
    #[arg(required = true, value_name = "ABOUT")]
    about: Vec<String>,
    /// What it is about, where it could be several: customer, project, milestone
    #[arg(long = "as", value_name = "THING")]
    thing: Option<String>,
    /// File, by its path or address; its SHA-256 is recorded
    #[arg(long, value_name = "FILE|LINK")]
    file: Option<String>,
    /// Its number; what we write gets the next one
    #[arg(long)]
    number: Option<String>,
    /// Title
    #[arg(long)]
    title: Option<String>,
    /// Day on the paper
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    dated: Option<String>,
    /// Last day on which it holds
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    expires: Option<String>,
    /// Amount on it
    #[arg(long)]
    amount: Option<String>,
    /// Note
    #[arg(long)]
    note: Option<String>,
}

#[derive(Debug, Args)]
pub struct List {
    /// Customer, project or milestone, by code, key, name or #id; without it all
    #[arg(value_name = "ABOUT")]
    about: Option<String>,
    /// Only this kind
    #[arg(long)]
    kind: Option<String>,
    /// What it is about, where it could be several: customer, project, milestone
    #[arg(long = "as", value_name = "THING")]
    thing: Option<String>,
    #[command(flatten)]
    table: Table,
}

#[derive(Debug, Args)]
pub struct Sent {
    /// Paper, by #id or number
    paper: String,
    /// Day it was sent
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Channel: {channels}; without it that of the step
    #[arg(long)]
    channel: Option<String>,
}

#[derive(Debug, Args)]
pub struct Delivered {
    /// Paper, by #id or number
    paper: String,
    /// Day it arrived
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// What shows that it arrived: number of the parcel, receipt, who signed for it
    #[arg(long, value_name = "TEXT")]
    proof: Option<String>,
}

#[derive(Debug, Args)]
pub struct Signed {
    /// Paper, by #id or number
    paper: String,
    /// Day it was signed
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
}

#[derive(Debug, Args)]
pub struct Close {
    /// Paper, by #id or number
    paper: String,
    /// Day it was dealt with
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// What was done
    #[arg(long)]
    note: Option<String>,
}

#[derive(Debug, Args)]
pub struct Ready {
    /// Milestone, by key, name or #id
    milestone: String,
    /// Only what this step wants, 0 to 6
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=6))]
    step: Option<u8>,
    #[command(flatten)]
    table: Table,
}

pub fn paper(session: &Session, what: Paper) -> Result<()> {
    match what {
        Paper::Add(args) => session.record(|store| add(session, store, args)),
        Paper::List(args) => list(session, &args),
        Paper::Sent(args) => {
            let channel = code_or_none("--channel", args.channel.as_deref(), session.lang)?;
            mark(
                session,
                &args.paper,
                args.on.as_deref(),
                PaperMark::Sent { channel, mailed: None },
            )
        }
        Paper::Delivered(args) => {
            let proof = args.proof.unwrap_or_default();
            mark(session, &args.paper, args.on.as_deref(), PaperMark::Delivered { proof })
        }
        Paper::Signed(args) => mark(session, &args.paper, args.on.as_deref(), PaperMark::Signed),
        Paper::Close(args) => {
            let note = args.note.unwrap_or_default();
            mark(session, &args.paper, args.on.as_deref(), PaperMark::Closed { note })
        }
        Paper::Print(args) => print_paper(session, &args),
        Paper::Ready(args) => ready(session, &args),
        Paper::Check { table } => check(session, &table),
    }
}

fn mark(session: &Session, paper: &str, on: Option<&str>, mark: PaperMark) -> Result<()> {
    session.record(|store| {
        let on = session.past("--on", on)?;
        Ok((Change::MarkPaper { paper: store.find_paper(paper)?, mark, on }, paper.to_owned()))
    })
}

fn add(session: &Session, store: &Reader, args: Add) -> Result<(Change, String)> {
    let thing = args.thing.as_deref();
    let found: Vec<About> = match args.about.as_slice() {
        [one] => vec![about(session, store, one, thing)?],
        several => several
            .iter()
            .map(|name| Ok(About::Milestone(store.find_milestone(name)?)))
            .collect::<Result<_>>()?,
    };
    let first = found.first().copied().ok_or(Error::Bug("a paper about nothing"))?;
    let milestones = found.iter().filter_map(|one| match one {
        About::Milestone(id) => Some(*id),
        About::Customer(_) | About::Project(_) => None,
    });
    let subject = match first {
        About::Milestone(_) => Subject::Milestones(milestones.collect()),
        About::Customer(_) | About::Project(_) => first.into(),
    };
    let kind = code("KIND", &args.kind, session.lang)?;
    let dated = session.past("--dated", args.dated.as_deref())?;
    let mut draft = PaperDraft::new(kind, subject, dated);
    draft.number = args.number.unwrap_or_default();
    draft.title = args.title.unwrap_or_default();
    draft.expires_on = session.ahead_or_none("--expires", args.expires.as_deref())?;
    if let Some(amount) = &args.amount {
        let currency = match store.paper_currency(first)? {
            Some(currency) => currency,
            None => main_currency(&store.items()?, &store.policy()?),
        };
        draft.amount = Some(Session::amount("--amount", amount, currency)?);
        draft.currency = Some(currency);
    }
    if let Some(file) = &args.file {
        let named = papers::filed(file, &session.ledger_path()?);
        (draft.file, draft.sha256) =
            named.map_err(|source| match papers::refused(file, &source) {
                Some(why) => Error::flag("--file", why),
                None => Error::Io { path: Path::new(file).to_owned(), source },
            })?;
    }
    draft.note = args.note.unwrap_or_default();
    Ok((Change::FilePaper(draft), args.about.join(" ")))
}

fn list(session: &Session, args: &List) -> Result<()> {
    let store = session.open()?;
    let of = args.about.as_ref().map(|name| about(session, &store, name, args.thing.as_deref()));
    let kind = code_or_none("--kind", args.kind.as_deref(), session.lang)?;
    let rows = store.papers(of.transpose()?, kind)?.into_iter();
    let rows = rows.filter_map(|paper| PaperLine::new(paper, session.today)).collect();
    session.list(&Rows(rows), &args.table.shape(&[]), &args.table.files)
}

fn ready(session: &Session, args: &Ready) -> Result<()> {
    let (store, today) = (session.open()?, session.today);
    let id = store.find_milestone(&args.milestone)?;
    // On a day before it was agreed there is none.
    let unknown = || Violation::Unknown { thing: Thing::Milestone, name: args.milestone.clone() };
    let item = as_of::item(&store.facts(id)?, today, Calendar::china()).ok_or_else(unknown)?;
    let papers = store.papers(Some(About::Milestone(id)), None)?;
    let rows = readiness(&item, &papers, args.step, today, &store.policy()?);
    session.list(&Rows(rows), &args.table.shape(&[]), &args.table.files)
}

/// The papers whose file is not as it was filed.
pub fn troubles(reader: &Reader, ledger: &Path) -> Result<(usize, Vec<PaperCheck>)> {
    let mut filed = reader.papers(None, None)?;
    filed.retain(|paper| !paper.head.sha256.is_empty());
    let count = filed.len();
    let wrong = filed.into_iter().filter_map(|paper| {
        let found = papers::trouble(&paper.head.file, &paper.head.sha256, ledger)?;
        Some(PaperCheck { paper, found })
    });
    Ok((count, wrong.collect()))
}

fn check(session: &Session, table: &Table) -> Result<()> {
    let store = session.open()?;
    let (filed, wrong) = troubles(&store, &session.ledger_path()?)?;
    if wrong.is_empty() && !session.global.json && table.files.output.is_empty() {
        return print(&format!("{}\n", session.lang.papers_well(filed)));
    }
    session.list(&Rows(wrong), &table.shape(&[]), &table.files)
}
