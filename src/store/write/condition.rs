//! What an acceptance or a due date waits for, what came of an acceptance, and notes.

use chrono::NaiveDate;

use crate::domain::about::About;
use crate::domain::change::{ConditionDraft, NoteDraft, TodoDraft};
use crate::domain::ids::{ConditionId, MilestoneId, PaperId};
use crate::domain::kinds::{NoteKind, TodoKind};
use crate::domain::rules;
use crate::domain::violation::{Field, Thing, Violation};
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::known::mentioned;
use crate::store::rows::{MilestoneConditionRow, MilestoneRow, NoteRow, RefusalRow};
use crate::store::{facts, unknown};

/// A new condition that obeys the rules.
pub(super) fn row(draft: &ConditionDraft, agreed_on: NaiveDate) -> Result<MilestoneConditionRow> {
    Ok(MilestoneConditionRow {
        milestone: draft.milestone,
        kind: draft.kind,
        wording: rules::condition(draft, agreed_on)?.to_owned(),
        agreed_on,
        planned_on: draft.planned_on,
        met_on: None,
        met_by: String::new(),
        reservation: String::new(),
        paper: None,
    })
}

impl Writer<'_> {
    /// Accepted; no day takes it back.
    pub(super) fn accept(
        &mut self,
        milestones: &[MilestoneId],
        on: Option<NaiveDate>,
    ) -> Result<()> {
        if let Some(on) = on {
            for id in milestones {
                rules::accept(&facts::one(self.db, *id)?, on)?;
            }
        }
        self.reach(milestones, on, |row: &mut MilestoneRow| row.accepted_on = on)
    }

    pub(super) fn accept_reserved(
        &mut self,
        milestones: &[MilestoneId],
        on: NaiveDate,
        reservations: &[String],
        blocks: bool,
    ) -> Result<()> {
        let said = reservations.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        let said: Vec<&str> = said.collect();
        if said.is_empty() {
            return Err(Violation::Empty(Field::Wording).into());
        }
        self.accept(milestones, Some(on))?;
        for milestone in rules::milestones(milestones)? {
            let sql = "SELECT e.name FROM milestone m JOIN project p ON p.id = m.project \
                       JOIN person e ON e.id = p.manager WHERE m.id = $1";
            let manager: Option<String> = self.db.first(sql, values![milestone])?;
            for wording in &said {
                let draft = TodoDraft {
                    about: Some(About::Milestone(milestone)),
                    owner: manager.clone().unwrap_or_default(),
                    blocks,
                    ..TodoDraft::new(TodoKind::Issue, *wording, on)
                };
                self.follow_up(&draft)?;
            }
        }
        Ok(())
    }

    pub(super) fn refuse_acceptance(
        &mut self,
        milestones: &[MilestoneId],
        on: NaiveDate,
        reason: &str,
    ) -> Result<()> {
        self.happened(on)?;
        for milestone in rules::milestones(milestones)? {
            let facts = facts::one(self.db, milestone)?;
            let reason = rules::refuse(&facts, on, reason, self.context.today)?.to_owned();
            self.create(&RefusalRow { milestone, refused_on: on, reason })?;
        }
        Ok(())
    }

    pub(super) fn add_condition(&mut self, draft: &ConditionDraft) -> Result<()> {
        let facts = facts::one(self.db, draft.milestone)?;
        let agreed_on = draft.agreed_on.or(facts.agreed_on).unwrap_or(self.context.today);
        self.happened(agreed_on)?;
        self.create(&row(draft, agreed_on)?)?;
        Ok(())
    }

    pub(super) fn meet_conditions(
        &mut self,
        conditions: &[ConditionId],
        on: Option<NaiveDate>,
        by: &str,
        reservation: &str,
        paper: Option<PaperId>,
    ) -> Result<()> {
        if conditions.is_empty() {
            return Err(Violation::Empty(Field::Wording).into());
        }
        self.maybe_happened(on)?;
        for id in conditions {
            let sql = "SELECT milestone, agreed_on FROM milestone_condition WHERE id = $1";
            let found: Option<(MilestoneId, NaiveDate)> = self.db.first(sql, values![*id])?;
            let (milestone, agreed_on) = found.ok_or_else(|| unknown(Thing::Condition, *id))?;
            rules::not_before(on, agreed_on)?;
            if let Some(paper) = paper {
                let sql = "SELECT 1 FROM paper_about WHERE milestone = $1 AND paper = $2";
                if !self.db.exists(sql, values![milestone, paper])? {
                    return Err(Violation::PaperOfOther { paper, milestone }.into());
                }
            }
            let said = |text: &str| on.map_or_else(String::new, |_| text.trim().to_owned());
            self.update(id.0, |row: &mut MilestoneConditionRow| {
                row.met_on = on;
                row.met_by = said(by);
                row.reservation = said(reservation);
                row.paper = paper.filter(|_| on.is_some());
            })?;
        }
        Ok(())
    }

    pub(super) fn add_note(&mut self, draft: &NoteDraft) -> Result<()> {
        rules::note(draft, self.context.today)?;
        let (thing, table, id) = match draft.about {
            About::Customer(id) => (Thing::Customer, "customer", id.0),
            About::Project(id) => (Thing::Project, "project", id.0),
            About::Milestone(id) => (Thing::Milestone, "milestone", id.0),
        };
        if !self.db.exists(&format!("SELECT 1 FROM {table} WHERE id = $1"), values![id])? {
            return Err(unknown(thing, format_args!("#{id}")));
        }
        self.happened(draft.on)?;
        let row = self.note(draft);
        self.create(&row)?;
        self.follow_note(draft)
    }

    /// What is to be done because of a note: what a commitment says, by its last day; what a remark asks of those it
    /// names, today.
    fn follow_note(&mut self, draft: &NoteDraft) -> Result<()> {
        let (owners, due_on) = match (draft.kind, draft.until) {
            (NoteKind::Commitment, Some(until)) => (vec![self.context.who.to_owned()], until),
            (NoteKind::Remark, _) => {
                (mentioned(self.db, &draft.wording)?.known, self.context.today)
            }
            (
                NoteKind::Commitment
                | NoteKind::Progress
                | NoteKind::Minutes
                | NoteKind::Lesson
                | NoteKind::Satisfaction
                | NoteKind::Credit
                | NoteKind::Feedback,
                _,
            ) => return Ok(()),
        };
        for owner in owners {
            let title = draft.wording.trim();
            self.follow_up(&TodoDraft {
                about: Some(draft.about),
                owner,
                due_on: Some(due_on),
                ..TodoDraft::new(TodoKind::Task, title, draft.on)
            })?;
        }
        Ok(())
    }

    /// How far the work of a project is, as a correction of it says; nothing where that is known or not said.
    pub(super) fn note_progress(
        &mut self,
        about: About,
        before: Option<u8>,
        percent: Option<u8>,
    ) -> Result<()> {
        if percent.is_none() || percent == before {
            return Ok(());
        }
        let (kind, on) = (NoteKind::Progress, self.context.today);
        let wording = String::new();
        let row = self.note(&NoteDraft { kind, about, on, wording, number: percent, until: None });
        self.insert(&row)?;
        Ok(())
    }

    fn note(&self, draft: &NoteDraft) -> NoteRow {
        let (mut customer, mut project, mut milestone) = (None, None, None);
        match draft.about {
            About::Customer(id) => customer = Some(id),
            About::Project(id) => project = Some(id),
            About::Milestone(id) => milestone = Some(id),
        }
        NoteRow {
            kind: draft.kind,
            customer,
            project,
            milestone,
            noted_on: draft.on,
            who: self.context.who.to_owned(),
            wording: draft.wording.trim().to_owned(),
            number: draft.number,
            until_on: draft.until,
        }
    }
}
