//! What acceptances and due dates wait for, and how far the work is, as lists and pages show them.

use chrono::NaiveDate;

use super::backend::{Backend, select, values};
use super::{Reader, unknown};
use crate::domain::ids::{ConditionId, MilestoneId, PaperId, ProjectId};
use crate::domain::kinds::{ConditionKind, PaperKind};
use crate::domain::normalize::normalize;
use crate::domain::paper::PaperName;
use crate::domain::violation::{Thing, Violation};
use crate::error::Result;

select! {
    /// A condition of a milestone.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Condition from "milestone_condition c JOIN milestone m ON m.id = c.milestone JOIN project p ON p.id = m.project \
        LEFT JOIN paper t ON t.id = c.paper" {
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
        /// What proves that it was met.
        pub paper: Option<PaperId> = "t.id",
        pub paper_kind: Option<PaperKind> = "t.kind",
        pub paper_number: Option<String> = "t.number",
        pub paper_title: Option<String> = "t.title",
    }
}

impl Condition {
    pub fn is_met(&self, day: NaiveDate) -> bool {
        self.met_on.is_some_and(|on| on <= day)
    }

    /// The paper that proves that it was met.
    pub fn proof(&self) -> Option<PaperName> {
        let number = self.paper_number.clone().unwrap_or_default();
        let title = self.paper_title.clone().unwrap_or_default();
        self.paper_kind.map(|kind| PaperName { kind, number, title })
    }
}

/// How far the work of a project is, and since when; as it was entered with the contract, no day.
pub type Progress = (u8, Option<NaiveDate>);

const LATE_THEN: &str = "WHERE c.planned_on < $1 AND c.agreed_on <= $1 AND (c.met_on IS NULL OR c.met_on > $1) \
    ORDER BY c.planned_on, c.id";

const LATE_NOW: &str = "WHERE c.planned_on < $1 AND c.agreed_on <= $1 AND c.met_on IS NULL \
    AND EXISTS (SELECT 1 FROM open_item o WHERE o.id = c.milestone) ORDER BY c.planned_on, c.id";

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

    /// Conditions of open milestones whose planned day has passed by `day` without their being met, the longest first;
    /// `past` where facts of later days are on record: then of all milestones.
    pub fn late_conditions(&self, day: NaiveDate, past: bool) -> Result<Vec<Condition>> {
        self.db.select(if past { LATE_THEN } else { LATE_NOW }, values![day])
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
