//! A plan list into the ledger: every row matched with what is there, checked, then written as a new milestone or as
//! what changed on an old one. One transaction and one event for a whole file; all or nothing unless bad rows may be
//! left out. Rows are written by the same [`Writer`] as single changes, on facts kept in hand; what is derived follows
//! once, at the end.

mod amounts;
mod insert;
mod resolver;
mod update;

use std::collections::{BTreeSet, HashMap};
use std::fmt::Display;

use super::apply::{Record, Writer};
use super::backend::Transaction;
use super::{Applied, Context, Progress, Store, Touched, chain, derived, facts};
use crate::domain::change::ChangeKind;
use crate::domain::facts::Facts;
use crate::domain::ids::{MilestoneId, ProjectId};
use crate::domain::plan::field::PlanField;
use crate::domain::plan::{PlanBatch, PlanOutcome, PlanRow, RowRefused};
use crate::domain::rules::list::CellViolation;
use crate::domain::violation::Violation;
use crate::error::{Error, Result};

use resolver::Resolver;

/// Rows between two reports of progress.
const STRIDE: usize = 500;

impl Store {
    /// Imports a plan list, and tells how far it is. Nothing is written if a row is refused and the batch does not
    /// leave out bad rows: then the error holds the outcome with every refused row.
    pub fn import(
        &mut self,
        batch: &PlanBatch,
        context: &Context,
        progress: Progress,
    ) -> Result<Applied> {
        let db = &*self.reader.db;
        let transaction = Transaction::writing(db)?;
        let applied = write(Writer::new(db, context), batch, progress)?;
        chain::seal(db)?;
        transaction.commit()?;
        Ok(applied)
    }

    /// What an import would do; nothing is written.
    pub fn try_import(
        &mut self,
        batch: &PlanBatch,
        context: &Context,
        progress: Progress,
    ) -> Result<PlanOutcome> {
        let db = &*self.reader.db;
        let _taken_back = Transaction::writing(db)?;
        let mut writer = Writer::new(db, context);
        Ok(Import::run(&mut writer, batch, progress)?.outcome)
    }
}

/// Writes a whole batch and its event.
pub(super) fn write(mut writer: Writer, batch: &PlanBatch, progress: Progress) -> Result<Applied> {
    let import = Import::run(&mut writer, batch, progress)?;
    if !batch.skip_bad && !import.outcome.refused.is_empty() {
        return Err(Error::Rows(Box::new(PlanOutcome {
            imported: 0,
            updated: 0,
            unchanged: 0,
            ..import.outcome
        })));
    }
    let (outcome, touched) = import.derive()?;
    let event = if writer.journal.is_empty() {
        None
    } else {
        Some(writer.record(&record(batch, &outcome), &touched)?)
    };
    Ok(Applied { event, touched, about: Vec::new(), created: Vec::new(), outcome: Some(outcome) })
}

fn record(batch: &PlanBatch, outcome: &PlanOutcome) -> Record {
    Record {
        kind: ChangeKind::ImportPlan,
        detail: serde_json::json!({ "import_plan": {
            "file": batch.file,
            "sha256": batch.sha256,
            "reschedule": batch.reschedule,
            "skip_bad": batch.skip_bad,
            "imported": outcome.imported,
            "updated": outcome.updated,
            "unchanged": outcome.unchanged,
            "skipped": outcome.refused.len(),
        }})
        .to_string(),
        undoes: None,
        skip_conflict_check: true,
    }
}

/// Why a row does not go in, or why the import cannot go on.
enum RowError {
    Refused(CellViolation),
    Failed(Error),
}

impl<E: Into<Error>> From<E> for RowError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// The refusal of a cell.
fn refused(column: PlanField, value: impl Display, why: Violation) -> RowError {
    RowError::Refused(CellViolation::new(column, value, why))
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowOutcome {
    Imported,
    Updated,
    Unchanged,
}

/// A row and the place it belongs to.
struct MatchedRow<'b> {
    row: &'b PlanRow,
    /// Code of its project.
    project: String,
    /// The milestone it stands for, if the ledger has it.
    milestone: Option<MilestoneId>,
}

/// An import under way.
struct Import<'w, 'a, 'b> {
    writer: &'w mut Writer<'a>,
    batch: &'b PlanBatch,
    resolver: Resolver<'b>,
    /// Facts of the milestones rows stand for.
    known: HashMap<MilestoneId, Facts>,
    /// Facts of new milestones.
    inserted: Vec<Facts>,
    /// Milestones whose derived rows are to be written from the facts in the ledger.
    dirty: BTreeSet<MilestoneId>,
    /// Projects in which something changed that rules of other milestones may wait for.
    touched: BTreeSet<ProjectId>,
    outcome: PlanOutcome,
}

impl<'w, 'a, 'b> Import<'w, 'a, 'b> {
    fn run(writer: &'w mut Writer<'a>, batch: &'b PlanBatch, progress: Progress) -> Result<Self> {
        let mut resolver = Resolver::new(batch);
        let matched = resolver.match_all(writer.db)?;
        let ids: Vec<MilestoneId> = matched.iter().filter_map(|row| row.milestone).collect();
        let known = facts::of(writer.db, &ids)?;
        let mut import = Import {
            writer,
            batch,
            resolver,
            known: known.into_iter().map(|facts| (facts.id, facts)).collect(),
            inserted: Vec::new(),
            dirty: BTreeSet::new(),
            touched: BTreeSet::new(),
            outcome: PlanOutcome::default(),
        };
        for (done, row) in matched.iter().enumerate() {
            if done % STRIDE == 0 {
                progress(done, batch.rows.len());
            }
            import.take(row)?;
        }
        progress(batch.rows.len(), batch.rows.len());
        Ok(import)
    }

    fn take(&mut self, matched: &MatchedRow<'b>) -> Result<()> {
        match self.write(matched) {
            Ok(RowOutcome::Imported) => self.outcome.imported += 1,
            Ok(RowOutcome::Updated) => self.outcome.updated += 1,
            Ok(RowOutcome::Unchanged) => self.outcome.unchanged += 1,
            Err(RowError::Failed(error)) => return Err(error),
            Err(RowError::Refused(cell)) => {
                self.outcome.refused.push(RowRefused {
                    row: matched.row.row,
                    column: cell.column,
                    value: cell.value,
                    why: cell.why,
                });
            }
        }
        Ok(())
    }

    fn write(&mut self, matched: &MatchedRow<'b>) -> Result<RowOutcome, RowError> {
        self.check_alone(matched)?;
        match matched.milestone {
            Some(id) => self.update(matched, id),
            None => self.insert(matched),
        }
    }

    /// Rewrites what is derived: of new milestones from the facts in hand, of others from the ledger.
    fn derive(mut self) -> Result<(PlanOutcome, Touched)> {
        let (db, calendar) = (self.writer.db, self.writer.calendar);
        let projects: Vec<i64> = self.touched.iter().map(|id| id.0).collect();
        let sql = "SELECT id FROM milestone WHERE project IN ($ids) AND rule LIKE 'acceptance%'";
        db.each_of(sql, &projects, |waiting: MilestoneId| {
            self.dirty.insert(waiting);
            Ok(())
        })?;
        for facts in &self.inserted {
            if !self.dirty.contains(&facts.id) {
                derived::write(db, calendar, facts)?;
            }
        }
        let dirty: Vec<MilestoneId> = self.dirty.iter().copied().collect();
        derived::milestones(db, calendar, &dirty)?;
        let mut touched = self.dirty;
        touched.extend(self.inserted.iter().map(|facts| facts.id));
        Ok((self.outcome, Touched::of(&touched)))
    }
}
