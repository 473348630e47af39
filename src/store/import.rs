//! A plan list into the ledger: every row matched with what is there, checked, then written as a new milestone or as
//! what changed on an old one. One transaction and one event for a whole file; all or nothing unless bad rows may be
//! left out. Rows are written by the same [`Writer`] as single changes, on facts read for some hundred rows at a time:
//! what is kept of a row is its number and ids, and updates go to the event as they come, so that memory does not
//! follow the file. What is derived from new
//! milestones is written with them, the rest once, at the end.

mod amounts;
mod changes;
mod insert;
mod resolver;
mod update;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Display;

use chrono::NaiveDate;

use super::apply::{Record, Writer};
use super::backend::Transaction;
use super::{Applied, Context, Progress, Store, Touched, chain, deals, derived, facts};
use crate::domain::change::ChangeKind;
use crate::domain::due::{Basis, Event};
use crate::domain::facts::Facts;
use crate::domain::ids::{MilestoneId, ProjectId};
use crate::domain::plan::field::PlanField;
use crate::domain::plan::{PlanBatch, PlanOutcome, PlanRow, RowRefused};
use crate::domain::rules::list::CellViolation;
use crate::domain::violation::Violation;
use crate::error::{Error, Result};

use resolver::Resolver;

/// Rows whose facts are held at a time.
const CHUNK: usize = 512;

/// Rows of a plan list, to be read from the first on as often as one likes.
pub trait PlanRows {
    /// How many there are.
    fn count(&self) -> usize;
    /// Keys of milestones that their due rules name.
    fn named_keys(&self) -> HashSet<String>;
    /// Hands out every row.
    fn each(&self, take: &mut dyn FnMut(PlanRow) -> Result<()>) -> Result<()>;
}

impl PlanRows for Vec<PlanRow> {
    fn count(&self) -> usize {
        self.len()
    }

    fn named_keys(&self) -> HashSet<String> {
        self.iter().filter_map(PlanRow::named_key).map(str::to_owned).collect()
    }

    fn each(&self, take: &mut dyn FnMut(PlanRow) -> Result<()>) -> Result<()> {
        self.iter().try_for_each(|row| take(row.clone()))
    }
}

impl Store {
    /// Imports a plan list, and tells how far it is. Nothing is written if a row is refused and the batch does not
    /// leave out bad rows: then the error holds the outcome with every refused row.
    pub fn import<R: PlanRows>(
        &mut self,
        batch: &PlanBatch<R>,
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

    /// What an import would do, with the same verdict; nothing is written.
    pub fn try_import<R: PlanRows>(
        &mut self,
        batch: &PlanBatch<R>,
        context: &Context,
        progress: Progress,
    ) -> Result<Applied> {
        let db = &*self.reader.db;
        let _taken_back = Transaction::writing(db)?;
        write(Writer::new(db, context), batch, progress)
    }
}

/// Writes a whole batch and its event.
fn write<R: PlanRows>(
    mut writer: Writer,
    batch: &PlanBatch<R>,
    progress: Progress,
) -> Result<Applied> {
    let import = Import::run(&mut writer, batch, progress)?;
    if !batch.skip_bad && import.outcome.refused > 0 {
        return Err(Error::Rows(Box::new(PlanOutcome {
            imported: 0,
            updated: 0,
            unchanged: 0,
            changes: Vec::new(),
            more_changes: 0,
            ..import.outcome
        })));
    }
    let (outcome, touched) = import.derive()?;
    let event = if writer.is_idle() {
        None
    } else {
        Some(writer.record(&record(batch, &outcome), &touched)?)
    };
    Ok(Applied {
        event,
        touched,
        about: Vec::new(),
        created: Vec::new(),
        dated: Vec::new(),
        proposed: false,
        outcome: Some(outcome),
    })
}

fn record<R>(batch: &PlanBatch<R>, outcome: &PlanOutcome) -> Record {
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
            "skipped": outcome.refused,
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
struct Import<'w, 'a> {
    writer: &'w mut Writer<'a>,
    /// What the list is called, as the reason of what it gives up.
    file: &'w str,
    /// A changed due date becomes a reschedule instead of a correction.
    reschedule: bool,
    /// Whether a project that comes with the list bills.
    bills: bool,
    /// The day of money whose row names none.
    undated: Option<NaiveDate>,
    resolver: Resolver,
    /// Facts of the milestones that rows at hand stand for.
    known: HashMap<MilestoneId, Facts>,
    inserted: Vec<MilestoneId>,
    /// Milestones whose derived rows are to be written from the facts in the ledger.
    dirty: BTreeSet<MilestoneId>,
    /// Projects in which something changed that rules of other milestones may wait for.
    touched: BTreeSet<ProjectId>,
    outcome: PlanOutcome,
}

impl<'w, 'a> Import<'w, 'a> {
    fn run<R: PlanRows>(
        writer: &'w mut Writer<'a>,
        batch: &'w PlanBatch<R>,
        progress: Progress,
    ) -> Result<Self> {
        let resolver = Resolver::new(writer.db, &batch.rows)?;
        let mut import = Import {
            writer,
            file: &batch.file,
            reschedule: batch.reschedule,
            bills: batch.bills,
            undated: batch.undated,
            resolver,
            known: HashMap::new(),
            inserted: Vec::new(),
            dirty: BTreeSet::new(),
            touched: BTreeSet::new(),
            outcome: PlanOutcome::default(),
        };
        let (mut done, all) = (0, batch.rows.count());
        let mut some = Vec::with_capacity(CHUNK);
        batch.rows.each(&mut |row| {
            some.push(row);
            if some.len() == CHUNK {
                progress(done, all);
                done += some.len();
                import.take_all(&some)?;
                some.clear();
            }
            Ok(())
        })?;
        import.take_all(&some)?;
        progress(all, all);
        Ok(import)
    }

    fn take_all(&mut self, rows: &[PlanRow]) -> Result<()> {
        let db = self.writer.db;
        let matched = rows.iter().map(|row| self.resolver.match_row(db, row));
        let matched: Vec<MatchedRow<'_>> = matched.collect::<Result<_>>()?;
        let ids: Vec<MilestoneId> = matched.iter().filter_map(|row| row.milestone).collect();
        let known = facts::of(db, &ids)?;
        self.known = known.into_iter().map(|facts| (facts.id, facts)).collect();
        matched.iter().try_for_each(|row| self.take(row))?;
        self.writer.write_updates(ChangeKind::ImportPlan)
    }

    fn take(&mut self, matched: &MatchedRow<'_>) -> Result<()> {
        match self.write(matched) {
            Ok(RowOutcome::Imported) => self.outcome.imported += 1,
            Ok(RowOutcome::Updated) => self.outcome.updated += 1,
            Ok(RowOutcome::Unchanged) => self.outcome.unchanged += 1,
            Err(RowError::Failed(error)) => return Err(error),
            Err(RowError::Refused(cell)) => self.outcome.refuse(RowRefused {
                row: matched.row.row,
                milestone: matched.row.milestone.clone(),
                column: cell.column,
                value: cell.value,
                why: cell.why,
            }),
        }
        Ok(())
    }

    fn write(&mut self, matched: &MatchedRow<'_>) -> Result<RowOutcome, RowError> {
        self.check_alone(matched)?;
        match matched.milestone {
            Some(id) => self.update(matched, id),
            None => self.insert(matched),
        }
    }

    /// Writes what is derived from a new milestone, unless it waits for others that are still to come.
    fn derive_new(&mut self, facts: &Facts) -> Result<()> {
        self.inserted.push(facts.id);
        if matches!(&facts.rule.basis, Basis::After(rule) if rule.event == Event::Acceptance) {
            self.dirty.insert(facts.id);
            return Ok(());
        }
        derived::write(self.writer.db, self.writer.calendar, facts)
    }

    /// Rewrites what is derived from what changed.
    fn derive(mut self) -> Result<(PlanOutcome, Touched)> {
        let (db, calendar) = (self.writer.db, self.writer.calendar);
        let projects: Vec<i64> = self.touched.iter().map(|id| id.0).collect();
        // Those that wait for another's acceptance or delivery: one they name, or the one before.
        let sql = "SELECT id FROM milestone WHERE project IN ($ids) \
                   AND (rule LIKE 'acceptance(%' OR rule LIKE 'delivery(%' \
                   OR (stage IN ('final', 'settlement', 'retention', 'other') \
                   AND (rule LIKE 'acceptance%' OR rule LIKE 'delivery%')))";
        db.each_of(sql, &projects, |waiting: MilestoneId| {
            self.dirty.insert(waiting);
            Ok(())
        })?;
        let dirty: Vec<MilestoneId> = self.dirty.iter().copied().collect();
        self.dirty.extend(deals::settled_with(db, &dirty)?);
        let dirty: Vec<MilestoneId> = self.dirty.iter().copied().collect();
        derived::milestones(db, calendar, &dirty)?;
        let mut touched = self.dirty;
        touched.extend(self.inserted);
        Ok((self.outcome, Touched::of(&touched)))
    }
}
