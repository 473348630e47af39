//! What acceptances and due dates wait for, and notes, as lists and pages show them.

use chrono::NaiveDate;

use super::backend::{Backend, select, values};
use super::{Reader, unknown};
use crate::domain::about::About;
use crate::domain::ids::{ConditionId, CustomerId, MilestoneId, NoteId, ProjectId};
use crate::domain::kinds::{ConditionKind, NoteKind};
use crate::domain::normalize::normalize;
use crate::domain::violation::{Thing, Violation};
use crate::error::Result;

select! {
    /// A condition of a milestone.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Condition from "milestone_condition c JOIN milestone m ON m.id = c.milestone JOIN project p ON p.id = m.project" {
        pub id: ConditionId = "c.id",
        pub milestone: MilestoneId = "c.milestone",
        /// Key and name of the milestone, code of its project.
        pub key: Option<String> = "m.key",
        pub name: String = "m.name",
        pub project: String = "p.code",
        pub kind: ConditionKind = "c.kind",
        pub wording: String = "c.wording",
        pub agreed_on: NaiveDate = "c.agreed_on",
        pub planned_on: Option<NaiveDate> = "c.planned_on",
        pub met_on: Option<NaiveDate> = "c.met_on",
        pub met_by: String = "c.met_by",
        pub reservation: String = "c.reservation",
    }
}

impl Condition {
    pub fn is_met(&self, day: NaiveDate) -> bool {
        self.met_on.is_some_and(|on| on <= day)
    }
}

select! {
    /// A note, with codes and names of what it is about.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Note from "note n LEFT JOIN milestone m ON m.id = n.milestone \
        LEFT JOIN project p ON p.id = COALESCE(n.project, m.project) \
        LEFT JOIN customer c ON c.id = COALESCE(n.customer, p.customer)" {
        pub id: NoteId = "n.id",
        pub on: NaiveDate = "n.noted_on",
        pub kind: NoteKind = "n.kind",
        pub customer_id: Option<CustomerId> = "c.id",
        pub project_id: Option<ProjectId> = "p.id",
        pub milestone_id: Option<MilestoneId> = "m.id",
        pub customer: Option<String> = "c.code",
        pub customer_name: Option<String> = "COALESCE(NULLIF(c.short_name, ''), c.name)",
        pub project: Option<String> = "p.code",
        pub milestone: Option<String> = "COALESCE(m.key, m.name)",
        pub who: String = "n.who",
        pub wording: String = "n.wording",
        pub number: Option<u8> = "n.number",
    }
}

/// How far the work of a project is, and since when; as it was entered with the contract, no day.
pub type Progress = (u8, Option<NaiveDate>);

/// The notes about something and about what it contains: their ids, and what `$1` is.
pub(super) const fn within(about: About) -> (&'static str, i64) {
    match about {
        About::Customer(id) => (
            "SELECT id FROM note WHERE customer = $1 \
             UNION SELECT o.id FROM project q JOIN note o ON o.project = q.id WHERE q.customer = $1 \
             UNION SELECT o.id FROM project q JOIN milestone s ON s.project = q.id \
             JOIN note o ON o.milestone = s.id WHERE q.customer = $1",
            id.0,
        ),
        About::Project(id) => (
            "SELECT id FROM note WHERE project = $1 \
             UNION SELECT o.id FROM milestone s JOIN note o ON o.milestone = s.id WHERE s.project = $1",
            id.0,
        ),
        About::Milestone(id) => ("SELECT id FROM note WHERE milestone = $1", id.0),
    }
}

impl Reader {
    /// The conditions of a milestone, in the order they were recorded.
    pub fn conditions_of(&self, id: MilestoneId) -> Result<Vec<Condition>> {
        self.db.select("WHERE c.milestone = $1 ORDER BY c.id", values![id])
    }

    /// The conditions of all milestones of a project, or of all there are, in the order of the plan.
    pub fn conditions(&self, project: Option<ProjectId>) -> Result<Vec<Condition>> {
        match project {
            Some(id) => self.db.select("WHERE m.project = $1 ORDER BY m.seq, c.id", values![id]),
            None => self.db.select("ORDER BY p.code, m.seq, c.id", &[]),
        }
    }

    /// Conditions whose planned day has passed by `day` without their being met, the longest first.
    pub fn late_conditions(&self, day: NaiveDate) -> Result<Vec<Condition>> {
        let rest = "WHERE c.planned_on < $1 AND c.agreed_on <= $1 AND (c.met_on IS NULL OR c.met_on > $1) \
                    ORDER BY c.planned_on, c.id";
        self.db.select(rest, values![day])
    }

    /// A condition of a milestone, by its place from 1, its `#id`, its words, or a part of them that only one has.
    pub fn find_condition(&self, of: MilestoneId, typed: &str) -> Result<ConditionId> {
        let typed = typed.trim();
        let all = self.conditions_of(of)?;
        let id = typed.strip_prefix('#').and_then(|id| id.parse().ok()).map(ConditionId);
        if let Some(found) = all.iter().find(|one| Some(one.id) == id || one.wording == typed) {
            return Ok(found.id);
        }
        let place: Option<usize> = typed.parse().ok();
        if let Some(found) = place.and_then(|place| all.get(place.checked_sub(1)?)) {
            return Ok(found.id);
        }
        let sought = normalize(typed);
        let fits = all.iter().filter(|one| normalize(&one.wording).contains(&sought));
        let fits: Vec<&Condition> = fits.filter(|_| !sought.is_empty()).collect();
        match fits.as_slice() {
            [one] => Ok(one.id),
            [] => Err(unknown(Thing::Condition, typed)),
            several => Err(Violation::Ambiguous {
                thing: Thing::Condition,
                name: typed.to_owned(),
                fits: several.iter().map(|one| one.wording.clone()).collect(),
            }
            .into()),
        }
    }

    /// The notes about something and about what it contains, or all, newest first.
    pub fn notes(&self, about: Option<About>, kind: Option<NoteKind>) -> Result<Vec<Note>> {
        let order = "ORDER BY n.noted_on DESC, n.id DESC";
        let mut notes: Vec<Note> = match about {
            None => self.db.select(order, &[])?,
            Some(about) => {
                let (of, id) = within(about);
                self.db.select(&["WHERE n.id IN (", of, ") ", order].concat(), values![id])?
            }
        };
        notes.retain(|note| kind.is_none_or(|kind| note.kind == kind));
        Ok(notes)
    }

    /// How far the work of a project is: its latest progress, else as it was entered.
    pub fn progress(&self, project: ProjectId) -> Result<Option<Progress>> {
        progress(&*self.db, project)
    }
}

pub(super) fn progress(db: &dyn Backend, project: ProjectId) -> Result<Option<Progress>> {
    let sql = "SELECT number, noted_on FROM note WHERE project = $1 AND kind = 'progress' \
               ORDER BY noted_on DESC, id DESC LIMIT 1";
    let noted: Option<(u8, NaiveDate)> = db.first(sql, values![project])?;
    if let Some((percent, on)) = noted {
        return Ok(Some((percent, Some(on))));
    }
    let sql = "SELECT progress_percent FROM project WHERE id = $1";
    let entered: Option<Option<u8>> = db.first(sql, values![project])?;
    Ok(entered.flatten().map(|percent| (percent, None)))
}
