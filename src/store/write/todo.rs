//! What is to be done or decided, and that it was.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::about::About;
use crate::domain::approval::{self, Known, Limited};
use crate::domain::as_of::LATEST;
use crate::domain::change::{Change, ProjectDraft, TodoDraft};
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, MilestoneId, PaperId, ProjectId, TodoId};
use crate::domain::kinds::{PaperKind, Role, TodoKind};
use crate::domain::money::Currency;
use crate::domain::violation::{Field, Thing, Violation};
use crate::domain::{balance, rules};
use crate::error::{Error, Result};
use crate::store::apply::Writer;
use crate::store::backend::{Backend, values};
use crate::store::rows::{ProjectRow, TodoRow};
use crate::store::{Context, deals, facts, settings, unknown};

impl Writer<'_> {
    pub(super) fn add_todo(&mut self, draft: &TodoDraft) -> Result<()> {
        let row = self.todo_row(draft)?;
        self.happened(row.opened_on)?;
        self.create(&row).map(drop)
    }

    /// A to-do that comes of something else.
    pub(super) fn follow_up(&mut self, draft: &TodoDraft) -> Result<()> {
        let row = self.todo_row(draft)?;
        self.insert(&row).map(drop)
    }

    pub(super) fn edit_todo(&mut self, todo: TodoId, draft: &TodoDraft) -> Result<()> {
        let known = self.todo(todo)?;
        let row = self.todo_row(draft)?;
        if let Some(done_on) = known.done_on {
            rules::close_todo(row.opened_on, done_on, self.context.today)?;
        }
        self.happened(row.opened_on)?;
        // What it stood in the way of until now.
        self.touches::<TodoRow>(todo.0)?;
        self.update(todo.0, |old: &mut TodoRow| {
            *old = TodoRow {
                done_on: known.done_on,
                outcome: known.outcome,
                asked_by: known.asked_by,
                change: known.change,
                approved: known.approved,
                ..row
            };
        })
        .map(drop)
    }

    pub(super) fn close_todo(&mut self, todo: TodoId, on: NaiveDate, outcome: &str) -> Result<()> {
        let known = self.open_todo(todo)?;
        if known.kind == TodoKind::Approval {
            return Err(Violation::Undecided(todo).into());
        }
        rules::close_todo(known.opened_on, on, self.context.today)?;
        self.happened(on)?;
        self.update(todo.0, |row: &mut TodoRow| {
            row.done_on = Some(on);
            outcome.trim().clone_into(&mut row.outcome);
        })?;
        let next = known.every.and_then(|every| every.next(known.due_on, on));
        if let Some(due_on) = next {
            self.create(&TodoRow { opened_on: on, due_on: Some(due_on), ..known })?;
        }
        Ok(())
    }

    /// Approves what was asked for, and does it by the rules that hold now; or declines it, with a word.
    pub(super) fn decide_todo(&mut self, todo: TodoId, note: &str, approve: bool) -> Result<()> {
        let known = self.open_todo(todo)?;
        if known.kind != TodoKind::Approval {
            return Err(Violation::NotAnApproval(todo).into());
        }
        let policy = settings::policy(self.db)?;
        if !approval::approves(role(self.db, self.context.who)?, &policy) {
            return Err(Violation::NotApprover(policy.approver).into());
        }
        let note = if approve { note.trim() } else { rules::required(note, Field::Reason)? };
        if let Some(change) = known.change.as_deref().filter(|_| approve) {
            let change: Change =
                serde_json::from_str(change).map_err(|_| Error::Unreadable("todo".to_owned()))?;
            self.write(&change)?;
        }
        let today = self.context.today;
        self.happened(today)?;
        self.update(todo.0, |row: &mut TodoRow| {
            row.done_on = Some(today.max(row.opened_on));
            note.clone_into(&mut row.outcome);
            row.approved = Some(approve);
        })
        .map(drop)
    }

    fn todo(&self, todo: TodoId) -> Result<TodoRow> {
        self.db.row(todo.0)?.ok_or_else(|| unknown(Thing::Todo, todo))
    }

    fn open_todo(&self, todo: TodoId) -> Result<TodoRow> {
        let row = self.todo(todo)?;
        match row.done_on {
            Some(on) => Err(Violation::TodoDone { todo, on }.into()),
            None => Ok(row),
        }
    }

    /// A to-do that obeys the rules, open.
    fn todo_row(&self, draft: &TodoDraft) -> Result<TodoRow> {
        let (title, severity) = rules::todo(draft, self.context.today)?;
        let mut row = TodoRow {
            kind: draft.kind,
            customer: None,
            project: None,
            milestone: None,
            title: title.to_owned(),
            owner: draft.owner.trim().to_owned(),
            opened_on: draft.opened_on,
            due_on: draft.due_on,
            every: draft.every,
            severity,
            probability: draft.probability,
            impact: draft.impact,
            blocks: draft.blocks,
            done_on: None,
            outcome: String::new(),
            asked_by: if draft.kind == TodoKind::Approval {
                self.context.who.to_owned()
            } else {
                String::new()
            },
            change: draft.change.as_ref().map(serde_json::to_string).transpose()?,
            approved: None,
        };
        let known = match draft.about {
            None => return Ok(row),
            Some(About::Customer(id)) => {
                row.customer = Some(id);
                (Thing::Customer, id.0, "SELECT 1 FROM customer WHERE id = $1")
            }
            Some(About::Project(id)) => {
                row.project = Some(id);
                (Thing::Project, id.0, "SELECT 1 FROM project WHERE id = $1")
            }
            Some(About::Milestone(id)) => {
                row.milestone = Some(id);
                (Thing::Milestone, id.0, "SELECT 1 FROM milestone WHERE id = $1")
            }
        };
        let (thing, id, sql) = known;
        if self.db.exists(sql, values![id])? {
            Ok(row)
        } else {
            Err(unknown(thing, format_args!("#{id}")))
        }
    }
}

/// What a paper is called, and what it is about.
type PaperNamed = (String, Option<CustomerId>, Option<ProjectId>, Option<MilestoneId>);

/// What one of us does; nothing of somebody who is not on record.
fn role(db: &dyn Backend, who: &str) -> Result<Option<Role>> {
    db.first("SELECT role FROM person WHERE name = $1", values![who])
}

/// The to-do that asks for a change its author may not make, as a change.
pub(in crate::store) fn proposal(
    db: &dyn Backend,
    change: &Change,
    context: &Context,
) -> Result<Option<Change>> {
    Ok(asked(db, change, context)?.map(Change::AddTodo))
}

/// The to-do that asks for a change its author may not make; it obeys the rules as they stand.
pub(in crate::store) fn asked(
    db: &dyn Backend,
    change: &Change,
    context: &Context,
) -> Result<Option<TodoDraft>> {
    let policy = settings::policy(db)?;
    let is_limited = |limited: &Limited<'_>| approval::limit(*limited, &policy).is_some();
    let Some(limited) = approval::limited(change).filter(is_limited) else {
        return Ok(None);
    };
    let limited = match limited {
        Limited::Paper(paper) => match paper_step(db, paper)? {
            Some(step) => Limited::Step(step),
            None => return Ok(None),
        },
        other => other,
    };
    let (mut facts, mut contract) = (Vec::new(), None);
    match limited {
        Limited::WriteOff(milestone, _) => facts.push(facts::one(db, milestone)?),
        Limited::Settlement(milestones, _) => {
            for milestone in rules::milestones(milestones)? {
                facts.push(facts::one(db, milestone)?);
            }
        }
        Limited::Discount(draft, Some(project)) => {
            let known: Option<ProjectRow> = db.row(project.0)?;
            if known.is_some_and(|known| known.discount == draft.discount) {
                return Ok(None);
            }
            contract = contract_of(db, project)?;
        }
        Limited::Amendment(project, _) => contract = contract_of(db, project)?,
        Limited::Discount(_, None) | Limited::Step(_) | Limited::Paper(_) => {}
    }
    let known = Known { facts: &facts, contract };
    if !approval::approval_needed(limited, known, &policy, role(db, context.who)?) {
        return Ok(None);
    }
    asking(db, change.clone(), &facts, context).map(Some)
}

/// What a contract comes to: its amount, or the sum of its milestones.
fn contract_of(db: &dyn Backend, project: ProjectId) -> Result<Option<(i64, Currency)>> {
    let Some(row): Option<ProjectRow> = db.row(project.0)? else {
        return Ok(None);
    };
    if let Some(amount) = deals::contract_on(db, project, LATEST)? {
        return Ok(Some((amount, row.currency)));
    }
    let plan: Vec<MilestoneId> =
        db.rows("SELECT id FROM milestone WHERE project = $1", values![project])?;
    let plan = facts::of(db, &plan)?;
    let amounts = plan.iter().map(|facts| balance::amount_on(facts, LATEST));
    Ok(Some((amounts.fold(0, i64::saturating_add), row.currency)))
}

/// The to-do that asks for a change, which has to obey the rules already: what it is about, and how it is called.
fn asking(
    db: &dyn Backend,
    mut change: Change,
    facts: &[Facts],
    context: &Context,
) -> Result<TodoDraft> {
    let today = context.today;
    let mut draft = TodoDraft::new(TodoKind::Approval, change.kind().code(), today);
    if let (Change::WriteOff { milestone, amount, on, reason }, Some(facts)) =
        (&mut change, facts.first())
    {
        *amount = Some(rules::write_off(facts, *amount, *on, reason, today)?);
        draft.about = Some(About::Milestone(*milestone));
    }
    let title = if let Change::WriteOff { reason, .. } = &change {
        reason.clone()
    } else if let Change::Settle { amount, by, on, note, .. } = &change {
        rules::settle(facts, *amount, *by, *on, today)?;
        draft.about = facts.first().map(|one| About::Milestone(one.id));
        note.clone()
    } else if let Change::LogContact(contact) = &change {
        rules::touch(contact, today)?;
        draft.about = contact.milestones.first().copied().map(About::Milestone);
        contact.note.clone()
    } else if let Change::Amend { project, amount, note, .. } = &change {
        rules::positive(*amount)?;
        draft.about = Some(About::Project(*project));
        note.clone()
    } else if let Change::AddProject(known) = &change {
        rules::project(known, today)?;
        draft.about = Some(About::Customer(known.customer));
        discounted(known)
    } else if let Change::EditProject(project, known) = &change {
        rules::project(known, today)?;
        draft.about = Some(About::Project(*project));
        discounted(known)
    } else if let Change::MarkPaper { paper, .. } = &change {
        let (title, about) = paper_named(db, *paper)?;
        draft.about = about;
        title
    } else {
        String::new()
    };
    if !title.trim().is_empty() {
        draft.title = title;
    }
    draft.due_on = Some(today);
    draft.change = Some(Box::new(change));
    Ok(draft)
}

/// A contract with what it gives for money that comes early.
fn discounted(draft: &ProjectDraft) -> String {
    let discount = draft.discount.map(|discount| discount.to_string());
    format!("{} {}", draft.name, discount.unwrap_or_default())
}

/// The step of the ladder that a paper takes when it is sent.
fn paper_step(db: &dyn Backend, paper: PaperId) -> Result<Option<u8>> {
    let kind: Option<PaperKind> =
        db.first("SELECT kind FROM paper WHERE id = $1", values![paper])?;
    Ok(kind.and_then(PaperKind::step))
}

/// What a paper is called, and what it is about.
fn paper_named(db: &dyn Backend, paper: PaperId) -> Result<(String, Option<About>)> {
    let sql = "SELECT COALESCE(NULLIF(number, ''), NULLIF(title, ''), kind), customer, project, \
               (SELECT MIN(l.milestone) FROM paper_milestone l WHERE l.paper = p.id) FROM paper p WHERE p.id = $1";
    let Some(named) = db.first(sql, values![paper])? else {
        return Ok((String::new(), None));
    };
    let (title, customer, project, milestone): PaperNamed = named;
    let project = project.map(About::Project);
    let about = milestone.map(About::Milestone).or(project);
    Ok((title, about.or(customer.map(About::Customer))))
}

/// A decision with the name of who asked for it, so that its event has both.
pub(in crate::store) fn named<'c>(db: &dyn Backend, change: &'c Change) -> Result<Cow<'c, Change>> {
    let mut named = change.clone();
    if let Change::ApproveTodo { todo, asked_by, .. } | Change::DeclineTodo { todo, asked_by, .. } =
        &mut named
    {
        let row: Option<TodoRow> = db.row(todo.0)?;
        *asked_by = row.map(|row| row.asked_by).unwrap_or_default();
        return Ok(Cow::Owned(named));
    }
    Ok(Cow::Borrowed(change))
}
