//! What is to be done or decided, and that it was.

use chrono::NaiveDate;

use crate::domain::change::TodoDraft;
use crate::domain::ids::TodoId;
use crate::domain::rules;
use crate::domain::todo::About;
use crate::domain::violation::{Thing, Violation};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::rows::TodoRow;
use crate::store::unknown;

impl Writer<'_> {
    pub(super) fn add_todo(&mut self, draft: &TodoDraft) -> Result<()> {
        let row = self.todo_row(draft)?;
        self.happened(row.opened_on)?;
        self.create(&row).map(drop)
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
            asked_by: String::new(),
            change: None,
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
