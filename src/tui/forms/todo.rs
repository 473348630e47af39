//! What is to be done or decided: added, corrected, done.

use super::{Answer, Context};
use crate::domain::about::About;
use crate::domain::change::{Change, TodoDraft};
use crate::domain::ids::TodoId;
use crate::domain::kinds::{Level, TodoKind};
use crate::domain::todo::{Every, NoInterval, blocks_by_itself};
use crate::domain::violation::Field as Part;
use crate::error::Error;
use crate::exchange::lists::todo_title;
use crate::store::Todo;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields};

/// A new to-do about what is selected: the milestone, else the project, else the customer.
pub(super) fn about(selection: &Selection, cx: Context<'_>) -> Answer {
    let milestone = selection.milestones.first().copied().map(About::Milestone);
    let about = milestone.or(selection.project.map(About::Project));
    Ok(add(about.or(selection.customer.map(About::Customer)), cx)?)
}

/// A new to-do, about nothing if need be.
pub fn add(about: Option<About>, cx: Context<'_>) -> Result<Effect, Error> {
    let draft = TodoDraft {
        about,
        owner: cx.who.to_owned(),
        ..TodoDraft::new(TodoKind::Task, "", cx.today)
    };
    let title = title(cx.lang().form_new_todo(), about, cx)?;
    Ok(form(title, &draft, None, cx))
}

pub(super) fn edit(id: TodoId, cx: Context<'_>) -> Answer {
    let draft = cx.store.todo_draft(id)?;
    let title = title(cx.lang().form_edit_todo(), draft.about, cx)?;
    Ok(form(title, &draft, Some(id), cx))
}

/// What it is about, behind what is done to it.
fn title(what: &str, about: Option<About>, cx: Context<'_>) -> Result<String, Error> {
    let named = match about {
        None => String::new(),
        Some(About::Customer(id)) => cx.customer_name(id)?,
        Some(About::Project(id)) => {
            let names = cx.store.project_names(&[id])?;
            names.get(&id).map_or_else(String::new, |name| format!("{} {}", name.code, name.name))
        }
        Some(About::Milestone(id)) => return cx.title(what, &cx.items(&[id])?),
    };
    Ok(if named.is_empty() { what.to_owned() } else { format!("{what} - {named}") })
}

fn form(title: String, draft: &TodoDraft, known: Option<TodoId>, cx: Context<'_>) -> Effect {
    let (lang, about) = (cx.lang(), draft.about);
    let mut fields = Fields::default();
    let what = Field::text(lang.form_todo_title(), &draft.title).required().about(Part::Title);
    let what = fields.add(what);
    let kind = fields.add(cx.choice(lang.todo_kind_word(), Some(draft.kind)).required());
    let owner = fields.add(Field::text(lang.todo_owner_word(), &draft.owner));
    let due_on = fields.add(Field::next(lang.form_todo_due(), draft.due_on));
    let every = draft.every.map_or_else(String::new, |every| every.to_string());
    let every = Field::text(lang.form_every(), &every).hinted(lang.form_every_hint());
    let every = fields.add(every);
    let severity = cx.choice(lang.severity_word(), Some(draft.severity)).required();
    let severity = fields.add(severity);
    let of_risk =
        |label: &str, level: Option<Level>| cx.choice(label, level).shown_if(&kind, TodoKind::Risk);
    let probability = fields.add(of_risk(lang.probability_word(), draft.probability));
    let impact = fields.add(of_risk(lang.impact_word(), draft.impact));
    let blocks = cx.choice(lang.form_blocks(), known.map(|_| draft.blocks));
    let blocks = fields.add(blocks.hinted(lang.form_blocks_hint()));
    let opened_on = Field::past(lang.form_todo_opened(), Some(draft.opened_on)).required();
    let opened_on = fields.add(opened_on);
    fields.focus(&what);
    cx.open(title, fields, move |values| {
        let typed = values.get(&every)?;
        let every = match typed.trim() {
            "" => None,
            text => Some(
                text.parse::<Every>()
                    .map_err(|NoInterval| every.wrong(lang.form_every_wrong(text)))?,
            ),
        };
        let kind = values.get(&kind)?;
        let draft = TodoDraft {
            kind,
            about,
            title: values.get(&what)?,
            owner: values.get(&owner)?,
            opened_on: values.get(&opened_on)?,
            due_on: values.get(&due_on)?,
            every,
            severity: values.get(&severity)?,
            probability: values.get(&probability)?,
            impact: values.get(&impact)?,
            blocks: values.get(&blocks)?.unwrap_or(blocks_by_itself(kind)),
            change: None,
        };
        Ok(match known {
            Some(id) => Change::EditTodo(id, draft),
            None => Change::AddTodo(draft),
        })
    })
}

/// The day it was done, and what came of it.
pub(super) fn done(todo: TodoId, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let known = cx.store.todo(todo)?;
    if known.kind == TodoKind::Approval {
        return Ok(decide(&known, cx));
    }
    let mut fields = Fields::default();
    let outcome = fields.add(Field::text(lang.form_todo_outcome(), ""));
    let on = fields.add(cx.day(lang.form_todo_done_on()));
    let title = format!("{} - {}", lang.form_done_todo(), known.title);
    Ok(cx.open(title, fields, move |values| {
        Ok(Change::CloseTodo { todo, on: values.get(&on)?, outcome: values.get(&outcome)? })
    }))
}

/// Whether what was asked for may be done, with a word.
fn decide(known: &Todo, cx: Context<'_>) -> Effect {
    let (lang, todo) = (cx.lang(), known.id);
    let mut fields = Fields::default();
    fields.note(lang.todo_asked(&known.asked_by, &todo_title(known, lang)));
    let name = |yes| if yes { lang.form_approve() } else { lang.form_decline() };
    let decision = Field::choice(lang.form_decision(), &[true, false], name, Some(true));
    let decision = fields.add(decision.required());
    let note = fields.add(Field::text(lang.form_note(), "").about(Part::Reason));
    let title = format!("{} - {}", lang.todo_kind(known.kind), known.title);
    cx.open(title, fields, move |values| {
        let (note, asked_by) = (values.get(&note)?, String::new());
        Ok(if values.get(&decision)? {
            Change::ApproveTodo { todo, note, asked_by }
        } else {
            Change::DeclineTodo { todo, note, asked_by }
        })
    })
}
