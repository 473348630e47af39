//! To-dos: added, listed, corrected, done.

#![allow(clippy::doc_markdown, reason = "these comments are the help a person reads in a terminal")]

use std::cmp::Reverse;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::args::Table;
use super::report::lens;
use super::session::Session;
use super::words::{code, code_or_none, yes_no};
use crate::domain::about::About;
use crate::domain::change::{Change, TodoDraft};
use crate::domain::kinds::TodoKind;
use crate::domain::normalize::normalize;
use crate::domain::todo::{Every, NoInterval, blocks_by_itself};
use crate::error::{Error, Result};
use crate::exchange::lists::Rows;
use crate::portfolio::Portfolio;
use crate::report::filter::TodoFilter;
use crate::report::todos::TodoLine;
use crate::store::Store;

#[derive(Debug, Subcommand)]
pub enum Todo {
    /// Add a to-do
    Add(Add),
    /// List to-dos: those not done, or all
    List(List),
    /// Record that a to-do was done; one that comes again is opened for the next time
    Done(Done),
    /// Correct a to-do, for all days
    Edit(Edit),
    /// Approve what a to-do asks for, and do it
    Approve(Decision),
    /// Decline what a to-do asks for
    Decline(Decision),
}

#[derive(Debug, Args)]
pub struct Decision {
    /// To-do, by #id
    #[arg(id = "number", value_name = "TODO")]
    todo: String,
    /// A word about it; to decline it has to be given
    #[arg(long)]
    note: Option<String>,
}

#[derive(Debug, Args)]
pub struct Add {
    /// What is to be done
    title: String,
    /// Kind: task, call_back, issue, complaint, inspection, appointment, risk, decision, credit_review, approval
    #[arg(long, default_value = "task")]
    kind: String,
    #[command(flatten)]
    fields: Fields,
}

#[derive(Debug, Args)]
pub struct Edit {
    /// To-do, by #id
    #[arg(id = "number", value_name = "TODO")]
    todo: String,
    /// What is to be done
    #[arg(long)]
    title: Option<String>,
    /// Kind: task, call_back, issue, complaint, inspection, appointment, risk, decision, credit_review, approval
    #[arg(long)]
    kind: Option<String>,
    #[command(flatten)]
    fields: Fields,
}

#[derive(Debug, Args)]
struct Fields {
    /// Milestone it is about, by key, name, PROJECT/NAME or #id
    #[arg(long, conflicts_with_all = ["project", "customer"])]
    milestone: Option<String>,
    /// Project it is about, by code, name or #id
    #[arg(long, conflicts_with = "customer")]
    project: Option<String>,
    /// Customer it is about, by code, name or #id
    #[arg(long)]
    customer: Option<String>,
    /// Who of us does it; without it you
    #[arg(long)]
    owner: Option<String>,
    /// Last day to do it; none takes it away
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    due: Option<String>,
    /// Day it came up
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// How long after that it is due again: 7d, 2w, 1m; none takes it away
    #[arg(long, value_name = "INTERVAL")]
    every: Option<String>,
    /// Severity: low, medium, high
    #[arg(long)]
    severity: Option<String>,
    /// Of a risk: how likely it is: low, medium, high
    #[arg(long)]
    probability: Option<String>,
    /// Of a risk: what it would do: low, medium, high; both together make the severity
    #[arg(long)]
    impact: Option<String>,
    /// Whether payment steps wait for it: yes, no; issues and complaints do without being told
    #[arg(long, value_name = "yes|no", value_parser = yes_no)]
    blocks: Option<bool>,
}

#[derive(Debug, Args)]
pub struct List {
    /// Only this kind: task, call_back, issue, complaint, inspection, appointment, risk, decision, credit_review, approval
    #[arg(long)]
    kind: Option<String>,
    /// Which: "kind:complaint owner:Meyer due<fri severity:high blocks about:Starfield"
    #[arg(long, value_name = "EXPR", allow_hyphen_values = true)]
    filter: Option<String>,
    /// Only those of this person; me is you
    #[arg(long)]
    owner: Option<String>,
    /// Only what this person, team or "me" does, and what is about a milestone on their desk
    #[arg(long, value_name = "PERSON", visible_aliases = ["team"])]
    lens: Option<String>,
    /// Only about this customer, its projects and milestones
    #[arg(long)]
    customer: Option<String>,
    /// Only what is due by this day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
    /// Those that were done, too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    table: Table,
}

#[derive(Debug, Args)]
pub struct Done {
    /// To-do, by #id
    #[arg(id = "number", value_name = "TODO")]
    todo: String,
    /// Day it was done
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// What came of it
    #[arg(long)]
    outcome: Option<String>,
}

pub fn todo(session: &Session, command: Todo) -> Result<()> {
    match command {
        Todo::Add(args) => session.record(|store| add(session, store, args)),
        Todo::Edit(args) => session.record(|store| edit(session, store, args)),
        Todo::Done(args) => session.record(|store| {
            let change = Change::CloseTodo {
                todo: store.find_todo(&args.todo)?,
                on: session.past("--on", args.on.as_deref())?,
                outcome: args.outcome.unwrap_or_default(),
            };
            Ok((change, args.todo))
        }),
        Todo::Approve(args) => session.record(|store| {
            let (todo, note) = (store.find_todo(&args.todo)?, args.note.unwrap_or_default());
            Ok((Change::ApproveTodo { todo, note, asked_by: String::new() }, args.todo))
        }),
        Todo::Decline(args) => session.record(|store| {
            let (todo, note) = (store.find_todo(&args.todo)?, args.note.unwrap_or_default());
            Ok((Change::DeclineTodo { todo, note, asked_by: String::new() }, args.todo))
        }),
        Todo::List(args) => list(session, &args),
    }
}

fn add(session: &Session, store: &Store, args: Add) -> Result<(Change, String)> {
    let kind = code("--kind", &args.kind, session.lang)?;
    let draft = TodoDraft {
        owner: session.who.clone(),
        ..TodoDraft::new(kind, args.title.clone(), session.today)
    };
    Ok((Change::AddTodo(filled(session, store, draft, &args.fields)?), args.title))
}

fn edit(session: &Session, store: &Store, args: Edit) -> Result<(Change, String)> {
    let todo = store.find_todo(&args.todo)?;
    let mut draft = store.todo_draft(todo)?;
    if let Some(title) = args.title {
        draft.title = title;
    }
    if let Some(kind) = code_or_none("--kind", args.kind.as_deref(), session.lang)? {
        draft.blocks = if draft.kind == kind { draft.blocks } else { blocks_by_itself(kind) };
        draft.kind = kind;
    }
    Ok((Change::EditTodo(todo, filled(session, store, draft, &args.fields)?), args.todo))
}

/// The draft with what is given; the rest stays.
fn filled(
    session: &Session,
    store: &Store,
    mut draft: TodoDraft,
    fields: &Fields,
) -> Result<TodoDraft> {
    let lang = session.lang;
    if let Some(name) = &fields.milestone {
        draft.about = Some(About::Milestone(store.find_milestone(name)?));
    } else if let Some(name) = &fields.project {
        draft.about = Some(About::Project(store.find_project(name)?));
    } else if let Some(name) = &fields.customer {
        draft.about = Some(About::Customer(store.find_customer(name)?));
    }
    if let Some(owner) = &fields.owner {
        draft.owner.clone_from(owner);
    }
    draft.opened_on =
        session.past_or_none("--on", fields.on.as_deref())?.unwrap_or(draft.opened_on);
    if let Some(due) = &fields.due {
        draft.due_on = due_day(session, due)?;
    }
    if let Some(text) = &fields.every {
        draft.every = every(session, text)?;
    }
    let level = |flag, text: &Option<String>| code_or_none(flag, text.as_deref(), lang);
    draft.severity = level("--severity", &fields.severity)?.unwrap_or(draft.severity);
    draft.probability = level("--probability", &fields.probability)?.or(draft.probability);
    draft.impact = level("--impact", &fields.impact)?.or(draft.impact);
    draft.blocks = fields.blocks.unwrap_or(draft.blocks);
    Ok(draft)
}

fn is_none(text: &str) -> bool {
    matches!(normalize(text).as_str(), "none" | "off" | "无" | "不限" | "不重复")
}

fn due_day(session: &Session, text: &str) -> Result<Option<NaiveDate>> {
    if is_none(text) { Ok(None) } else { session.ahead_or_none("--due", Some(text)) }
}

fn every(session: &Session, text: &str) -> Result<Option<Every>> {
    if is_none(text) {
        return Ok(None);
    }
    let every = text.parse();
    every.map(Some).map_err(|NoInterval| Error::choice("--every", text, session.lang.every_form()))
}

fn list(session: &Session, args: &List) -> Result<()> {
    let store = session.open()?;
    let kind: Option<TodoKind> = code_or_none("--kind", args.kind.as_deref(), session.lang)?;
    let until = session.ahead_or_none("--until", args.until.as_deref())?;
    let customer = args.customer.as_deref().map(|name| store.find_customer(name)).transpose()?;
    let owner = args.owner.as_deref().map(|owner| if owner == "me" { &session.who } else { owner });
    let filter = TodoFilter::parse(args.filter.as_deref().unwrap_or(""), session.today)?;
    let whose = args.lens.as_ref().map(|name| lens(session, &store, name)).transpose()?;
    let mut portfolio = Portfolio::load(&store, session.today)?;
    portfolio.name_agreed(&store)?;
    let is_theirs = |todo: &crate::store::Todo| match &whose {
        None => true,
        Some(whose) => portfolio.todo_concerns(whose, &todo.owner, todo.milestone),
    };
    let mut lines = TodoLine::all(store.todos(args.all)?, session.today);
    lines.extend(TodoLine::agreed(&portfolio));
    // Those that were done stay behind, the latest first.
    lines.sort_by_key(|line| {
        (line.todo.done_on.map(Reverse), line.todo.due_on.is_none(), line.todo.due_on)
    });
    lines.retain(|line| {
        let todo = &line.todo;
        filter.matches(&line.head(), session.today)
            && kind.is_none_or(|kind| todo.kind == kind)
            && owner.is_none_or(|owner| todo.owner == owner)
            && customer.is_none_or(|customer| todo.customer == Some(customer))
            && is_theirs(todo)
            && until.is_none_or(|until| todo.due_on.is_some_and(|due| due <= until))
    });
    session.list(&Rows(lines), &args.table.shape(&[]), &args.table.files)
}
