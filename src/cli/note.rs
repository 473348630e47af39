//! Notes: how far a project is, minutes, what the customer says.

#![allow(clippy::doc_markdown, reason = "these comments are the help a person reads in a terminal")]

use clap::{Args, Subcommand};

use super::args::Table;
use super::session::Session;
use super::words::{code, code_or_none, one_of};
use crate::domain::about::About;
use crate::domain::change::{Change, NoteDraft};
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::kinds::NoteKind;
use crate::domain::normalize::normalize;
use crate::domain::violation::{Field, Thing, Violation};
use crate::error::Result;
use crate::exchange::lists::{First, Rows};
use crate::store::Reader;

#[derive(Debug, Subcommand)]
pub enum Note {
    /// Note how far a project is, minutes, a remark and more
    Add(Add),
    /// List notes: about a customer, project or milestone and what it contains, or all
    List(List),
}

#[derive(Debug, Args)]
pub struct Add {
    /// Kind: progress, minutes, remark, lesson, satisfaction, credit, feedback, commitment
    kind: String,
    /// What it is about: customer, project or milestone, by code, key, name or #id
    #[arg(value_name = "ABOUT")]
    about: String,
    /// The text; before it the percent of a progress, or 0 to 10 of a satisfaction
    #[arg(required = true, value_name = "NUMBER|TEXT")]
    words: Vec<String>,
    /// What it is about, where it could be several: customer, project, milestone
    #[arg(long = "as", value_name = "THING")]
    thing: Option<String>,
    /// Day of the note
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Last day of a commitment: it becomes a to-do by then
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
}

#[derive(Debug, Args)]
pub struct List {
    /// Customer, project or milestone, by code, key, name or #id; without it all
    #[arg(value_name = "ABOUT")]
    about: Option<String>,
    /// Only this kind
    #[arg(long)]
    kind: Option<String>,
    /// Only those that say this: every word, in any order
    #[arg(long, value_name = "TEXT")]
    find: Option<String>,
    /// What it is about, where it could be several: customer, project, milestone
    #[arg(long = "as", value_name = "THING")]
    thing: Option<String>,
    #[command(flatten)]
    table: Table,
}

pub fn note(session: &Session, what: Note) -> Result<()> {
    match what {
        Note::Add(args) => session.record(|store| {
            let kind: NoteKind = code("KIND", &args.kind, session.lang)?;
            let about = match kind {
                NoteKind::Progress => About::Project(store.find_project(&args.about)?),
                NoteKind::Satisfaction
                | NoteKind::Minutes
                | NoteKind::Remark
                | NoteKind::Lesson
                | NoteKind::Credit
                | NoteKind::Feedback
                | NoteKind::Commitment => {
                    about(session, store, &args.about, args.thing.as_deref())?
                }
            };
            let mut words = args.words.as_slice();
            let mut number = None;
            if let Some(field) = counted(kind) {
                let (first, rest) = words.split_first().ok_or(Violation::Empty(field))?;
                let folded = normalize(first);
                let digits = folded.strip_suffix('%').unwrap_or(&folded);
                number = Some(digits.trim().parse().map_err(|_| Violation::OutOfRange(field))?);
                words = rest;
            }
            let on = session.past("--on", args.on.as_deref())?;
            let until = session.ahead_or_none("--until", args.until.as_deref())?;
            let draft = NoteDraft { kind, about, on, wording: words.join(" "), number, until };
            Ok((Change::AddNote(draft), args.about))
        }),
        Note::List(args) => list(session, &args),
    }
}

/// What a note of this kind counts.
const fn counted(kind: NoteKind) -> Option<Field> {
    match kind {
        NoteKind::Progress => Some(Field::Progress),
        NoteKind::Satisfaction => Some(Field::Score),
        NoteKind::Minutes
        | NoteKind::Remark
        | NoteKind::Lesson
        | NoteKind::Credit
        | NoteKind::Feedback
        | NoteKind::Commitment => None,
    }
}

fn list(session: &Session, args: &List) -> Result<()> {
    let store = session.open()?;
    let of = args.about.as_ref().map(|name| about(session, &store, name, args.thing.as_deref()));
    let kind = code_or_none("--kind", args.kind.as_deref(), session.lang)?;
    let (shape, files) = (args.table.shape(&[]), &args.table.files);
    let of = of.transpose()?;
    let most = args.table.first().filter(|_| of.is_none() && args.find.is_none());
    if let Some(most) = most {
        let (rows, of) = store.newest_notes(kind, most)?;
        return session.list(&First { rows: Rows(rows), of }, &shape, files);
    }
    let rows = store.notes(of, kind, args.find.as_deref())?;
    session.list(&Rows(rows), &shape, files)
}

const THINGS: [Thing; 3] = [Thing::Customer, Thing::Project, Thing::Milestone];

pub(super) fn about(
    session: &Session,
    store: &Reader,
    name: &str,
    thing: Option<&str>,
) -> Result<About> {
    let mut found = store.find_any(name)?;
    found.retain(|one| THINGS.contains(&one.thing));
    let one = one_of(found, name, thing, &THINGS, session.lang)?;
    Ok(if one.thing == Thing::Customer {
        About::Customer(CustomerId(one.id))
    } else if one.thing == Thing::Project {
        About::Project(ProjectId(one.id))
    } else {
        About::Milestone(MilestoneId(one.id))
    })
}
