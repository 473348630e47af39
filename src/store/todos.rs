//! To-dos as screens and commands read them.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::backend::{Select as _, select, values};
use super::rows::TodoRow;
use super::{Reader, unknown};
use crate::domain::about::About;
use crate::domain::change::{ChangeKind, TodoDraft};
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId, TodoId};
use crate::domain::kinds::{Level, TodoKind};
use crate::domain::todo::Every;
use crate::domain::violation::Thing;
use crate::error::Result;

select! {
    /// A to-do with what it is about, and what that belongs to.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Todo from "todo t LEFT JOIN all_milestone m ON m.id = t.milestone \
        LEFT JOIN project j ON j.id = COALESCE(m.project, t.project) \
        LEFT JOIN customer c ON c.id = COALESCE(j.customer, t.customer)" {
        pub id: TodoId = "t.id",
        pub kind: TodoKind = "t.kind",
        pub title: String = "t.title",
        /// Who of us does it; empty is nobody yet.
        pub owner: String = "t.owner",
        pub opened_on: NaiveDate = "t.opened_on",
        pub due_on: Option<NaiveDate> = "t.due_on",
        pub every: Option<Every> = "t.every",
        pub severity: Level = "t.severity",
        pub probability: Option<Level> = "t.probability",
        pub impact: Option<Level> = "t.impact",
        /// Whether payment steps wait for it.
        pub blocks: bool = "t.blocks",
        pub done_on: Option<NaiveDate> = "t.done_on",
        /// What came of it.
        pub outcome: String = "t.outcome",
        /// Who asked for an approval.
        pub asked_by: String = "t.asked_by",
        /// The change that is to be approved, as JSON.
        pub change: Option<String> = "t.change",
        /// What was decided.
        pub approved: Option<bool> = "t.approved",
        pub milestone: Option<MilestoneId> = "m.id",
        /// The milestone's key, else its name.
        pub milestone_name: Option<String> = "COALESCE(m.key, m.name)",
        pub project: Option<ProjectId> = "j.id",
        /// Of the amounts of what is to be approved.
        pub currency: Option<Currency> = "j.currency",
        /// Code of the project.
        pub project_code: Option<String> = "j.code",
        pub customer: Option<CustomerId> = "c.id",
        /// Code of the customer.
        pub customer_code: Option<String> = "c.code",
        pub customer_name: Option<String> = "COALESCE(NULLIF(c.short_name, ''), c.name)",
    }
}

/// Day that none is due on.
const NEVER: &str = "9999-12-31";

impl Todo {
    /// The narrowest of what it is about.
    pub fn about(&self) -> Option<About> {
        let project = || self.project.map(About::Project);
        let customer = || self.customer.map(About::Customer);
        self.milestone.map(About::Milestone).or_else(project).or_else(customer)
    }
}

const OPEN: &str = "WHERE t.done_on IS NULL ORDER BY t.due_on, t.id";

/// Counting ends here: a start must not wait for more.
const COUNTED: i64 = 10_000;

/// The open to-dos due on a day: the longest due, and how many there are in all, up to some thousands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DueTodos {
    pub first: Vec<Todo>,
    pub count: usize,
}

select! {
    /// What a list of to-dos is found and ordered by.
    #[derive(Debug, Clone)]
    pub struct TodoHead from "todo t LEFT JOIN all_milestone m ON m.id = t.milestone \
        LEFT JOIN project j ON j.id = COALESCE(m.project, t.project) \
        LEFT JOIN customer c ON c.id = COALESCE(j.customer, t.customer)" {
        pub id: TodoId = "t.id",
        pub kind: TodoKind = "t.kind",
        pub title: String = "t.title",
        pub owner: String = "t.owner",
        pub due_on: Option<NaiveDate> = "t.due_on",
        pub severity: Level = "t.severity",
        pub done_on: Option<NaiveDate> = "t.done_on",
        /// Whether payment steps wait for it.
        pub blocks: bool = "t.blocks",
        pub milestone: Option<MilestoneId> = "m.id",
        /// Code and names of the customer, a line each; of the project and the milestone the same.
        pub customer: String = "COALESCE(c.code || '\n' || c.name || '\n' || c.short_name, '')",
        pub project: String = "COALESCE(j.code || '\n' || j.name, '')",
        pub milestone_name: String = "COALESCE(m.name || '\n' || COALESCE(m.key, ''), '')",
    }
}

select! {
    /// The same without texts and names.
    struct TodoPlace from "todo t" {
        id: TodoId = "t.id",
        kind: TodoKind = "t.kind",
        owner: String = "t.owner",
        due_on: Option<NaiveDate> = "t.due_on",
        severity: Level = "t.severity",
        done_on: Option<NaiveDate> = "t.done_on",
        blocks: bool = "t.blocks",
        milestone: Option<MilestoneId> = "t.milestone",
    }
}

impl From<TodoPlace> for TodoHead {
    fn from(place: TodoPlace) -> Self {
        let TodoPlace { id, kind, owner, due_on, severity, done_on, blocks, milestone } = place;
        Self {
            id,
            kind,
            title: String::new(),
            owner,
            due_on,
            severity,
            done_on,
            blocks,
            milestone,
            customer: String::new(),
            project: String::new(),
            milestone_name: String::new(),
        }
    }
}

select! {
    /// An open to-do by the day it is due, and whether payment steps wait for it.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct TodoDay from "todo t" {
        pub id: TodoId = "t.id",
        pub due_on: Option<NaiveDate> = "t.due_on",
        pub blocks: bool = "t.blocks",
    }
}

impl TodoHead {
    /// Names of what it is about.
    pub fn about(&self) -> String {
        [&self.customer, &self.project, &self.milestone_name].map(String::as_str).join("\n")
    }
}

/// The to-dos about something and what it is made of, and about what a milestone belongs to: their ids, and what `$1` is.
pub(super) const fn within(about: About) -> (&'static str, i64) {
    match about {
        About::Customer(id) => (
            "SELECT id FROM todo WHERE customer = $1 \
             UNION SELECT o.id FROM project p JOIN todo o ON o.project = p.id WHERE p.customer = $1 \
             UNION SELECT o.id FROM project p JOIN all_milestone m ON m.project = p.id \
             JOIN todo o ON o.milestone = m.id WHERE p.customer = $1",
            id.0,
        ),
        About::Project(id) => (
            "SELECT id FROM todo WHERE project = $1 \
             UNION SELECT o.id FROM all_milestone m JOIN todo o ON o.milestone = m.id \
             WHERE m.project = $1",
            id.0,
        ),
        About::Milestone(id) => (
            "SELECT id FROM todo WHERE milestone = $1 \
             UNION SELECT todo FROM block WHERE milestone = $1",
            id.0,
        ),
    }
}

impl Reader {
    /// Every to-do, those that were done too if asked for, in the order of their ids; its title and the names of what it
    /// is about are empty unless it is `named`.
    pub fn each_todo(&self, done: bool, named: bool, mut each: impl FnMut(TodoHead)) -> Result<()> {
        let rest = if done { "ORDER BY t.id" } else { "WHERE t.done_on IS NULL ORDER BY t.id" };
        let sql = |select: &str| [select, rest].join(" ");
        if named {
            return self.db.each(&sql(TodoHead::SELECT), &[], |head| {
                each(head);
                Ok(())
            });
        }
        self.db.each(&sql(TodoPlace::SELECT), &[], |place: TodoPlace| {
            each(place.into());
            Ok(())
        })
    }

    /// Every open to-do by the day it is due, those without one together: none of the rows themselves is read.
    pub fn each_open_todo(&self, mut each: impl FnMut(TodoDay)) -> Result<()> {
        self.db.each(&[TodoDay::SELECT, OPEN].join(" "), &[], |day| {
            each(day);
            Ok(())
        })
    }

    /// What a list finds these to-dos by, in no order.
    pub fn todo_heads(&self, ids: &[i64]) -> Result<Vec<TodoHead>> {
        self.db.rows_of(&[TodoHead::SELECT, "WHERE t.id IN ($ids)"].join(" "), ids)
    }

    /// These to-dos, in no order.
    pub fn todos_by_id(&self, ids: &[i64]) -> Result<Vec<Todo>> {
        self.db.rows_of(&[Todo::SELECT, "WHERE t.id IN ($ids)"].join(" "), ids)
    }

    /// The open to-dos due on a day, `most` of them; `past` where facts of later days are on record.
    pub fn due_todos(&self, day: NaiveDate, past: bool, most: u32) -> Result<DueTodos> {
        let due = if past {
            "WHERE t.due_on <= $1 AND t.opened_on <= $1 AND (t.done_on IS NULL OR t.done_on > $1)"
        } else {
            "WHERE t.done_on IS NULL AND t.due_on <= $1"
        };
        let rest = [due, "ORDER BY t.due_on, t.id LIMIT $2"].join(" ");
        let first: Vec<Todo> = self.db.select(&rest, values![day, most])?;
        let sql = ["SELECT COUNT(*) FROM (SELECT t.id FROM todo t", due, "LIMIT $2) c"].join(" ");
        let count = match u32::try_from(first.len()) {
            Ok(read) if read < most => first.len(),
            Ok(_) | Err(_) => self.db.value(&sql, values![day, COUNTED])?,
        };
        Ok(DueTodos { first, count })
    }

    /// The open to-dos about something and what it is made of, and about what a milestone belongs to, by the day they are
    /// due.
    pub fn todos_about(&self, about: About) -> Result<Vec<Todo>> {
        let (of, id) = within(about);
        let rest = [
            "WHERE t.done_on IS NULL AND t.id IN (",
            of,
            ") ORDER BY COALESCE(t.due_on, '",
            NEVER,
            "'), t.id",
        ];
        self.db.select(&rest.concat(), values![id])
    }

    /// The same with those that were done.
    pub fn todos_ever_about(&self, about: About) -> Result<Vec<Todo>> {
        let (of, id) = within(about);
        let rest = ["WHERE t.id IN (", of, ") ORDER BY t.opened_on, t.id"];
        self.db.select(&rest.concat(), values![id])
    }

    /// What is left to be put right of a project by its acceptances: the issues these opened, not those found otherwise.
    pub fn open_reservations(&self, project: ProjectId) -> Result<Vec<Todo>> {
        let rest = "WHERE t.done_on IS NULL AND t.id IN (SELECT o.id FROM all_milestone a \
            JOIN todo o ON o.milestone = a.id \
            JOIN event_row r ON r.tbl = 'todo' AND r.first_id <= o.id AND r.last_id >= o.id \
            JOIN event e ON e.id = r.event WHERE a.project = $1 AND e.kind = $2) ORDER BY t.id";
        self.db.select(rest, values![project, ChangeKind::AcceptReserved.code()])
    }

    /// The to-dos of a kind that are open, by the day they are due, and those done since a day.
    pub fn todos_of_kind(&self, kind: TodoKind, since: NaiveDate) -> Result<Vec<Todo>> {
        let rest = [
            "WHERE t.kind = $1 AND (t.done_on IS NULL OR t.done_on >= $2) ORDER BY COALESCE(t.due_on, '",
            NEVER,
            "'), t.id",
        ];
        self.db.select(&rest.concat(), values![kind.code(), since])
    }

    /// To-dos by the day they are due, those without one last; done ones, if asked for, after them, the latest first.
    pub fn todos(&self, done: bool) -> Result<Vec<Todo>> {
        let rest = ["WHERE t.done_on IS NULL ORDER BY COALESCE(t.due_on, '", NEVER, "'), t.id"];
        let mut todos: Vec<Todo> = self.db.select(&rest.concat(), &[])?;
        if done {
            let rest = "WHERE t.done_on IS NOT NULL ORDER BY t.done_on DESC, t.id DESC";
            todos.extend(self.db.select::<Todo>(rest, &[])?);
        }
        Ok(todos)
    }

    /// A to-do; unknown ones are refused.
    pub fn todo(&self, id: TodoId) -> Result<Todo> {
        let found = self.db.select_first("WHERE t.id = $1", values![id])?;
        found.ok_or_else(|| unknown(Thing::Todo, id))
    }

    /// A to-do as a form edits it; unknown ones are refused.
    pub fn todo_draft(&self, id: TodoId) -> Result<TodoDraft> {
        let row: Option<TodoRow> = self.db.row(id.0)?;
        let row = row.ok_or_else(|| unknown(Thing::Todo, id))?;
        let about = row.milestone.map(About::Milestone);
        let about = about.or(row.project.map(About::Project));
        Ok(TodoDraft {
            kind: row.kind,
            about: about.or(row.customer.map(About::Customer)),
            title: row.title,
            owner: row.owner,
            opened_on: row.opened_on,
            due_on: row.due_on,
            every: row.every,
            severity: row.severity,
            probability: row.probability,
            impact: row.impact,
            blocks: row.blocks,
            // What is asked for stays as it was asked.
            change: None,
        })
    }

    /// The to-do `#5` (the sign may be left out); unknown ones are refused.
    pub fn find_todo(&self, name: &str) -> Result<TodoId> {
        let name = name.trim();
        let id = name.trim_start_matches('#').parse().map(TodoId);
        let known = id.ok().map(|id| self.todo(id)).transpose()?;
        known.map(|todo| todo.id).ok_or_else(|| unknown(Thing::Todo, name))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::super::rows::Table;
    use super::*;

    #[test]
    fn open_todos_stand_in_their_order_without_their_rows() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("ledger.db")).unwrap();
        let sql = ["EXPLAIN QUERY PLAN", TodoDay::SELECT, OPEN].join(" ");
        let plan: Vec<(i64, i64, i64, String)> = store.db.rows(&sql, &[]).unwrap();
        let steps: Vec<String> = plan.into_iter().map(|(.., step)| step).collect();
        assert_eq!(steps, ["SCAN t USING COVERING INDEX todo_open"]);
    }

    #[test]
    fn whom_a_todo_concerns_is_sought_from_the_todo() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("ledger.db")).unwrap();
        let sql = ["EXPLAIN QUERY PLAN", Table::Todo.milestones().unwrap()].join(" ");
        let plan: Vec<(i64, i64, i64, String)> =
            store.db.rows(&sql, values![5_i64, 5_i64]).unwrap();
        let mut steps: Vec<String> = plan.into_iter().map(|(.., step)| step).collect();
        steps.retain(|step| step.starts_with("SCAN"));
        assert_eq!(steps, [""; 0]);
    }
}
