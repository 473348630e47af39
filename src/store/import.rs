//! A plan list into the ledger: every row matched with what is there, checked, then written as a new milestone or as
//! what changed on an old one. One transaction and one event for a whole file; all or nothing unless bad rows may be
//! left out.

mod again;
mod check;
mod contract;
mod fresh;
mod money;
mod party;
mod places;

use std::collections::{BTreeSet, HashMap};
use std::fmt::Display;

use super::apply::{Record, Writer, begin};
use super::convert::{id_list, rows};
use super::{Applied, Context, Store, Touched, derived, facts};
use crate::domain::calendar::Calendar;
use crate::domain::change::ChangeKind;
use crate::domain::facts::Facts;
use crate::domain::ids::{MilestoneId, ProjectId};
use crate::domain::plan::{PlanBatch, PlanOutcome, PlanRow, RowRefused};
use crate::domain::violation::Violation;
use crate::error::{Error, Result};

use places::Places;

/// Rows between two reports of progress.
const STRIDE: usize = 500;
/// An event names the milestones it concerns up to this many.
const MANY: usize = 500;

/// Called with the rows done and the rows there are.
pub type Progress<'p> = &'p mut dyn FnMut(usize, usize);

impl Store {
    /// Imports a plan list, and tells how far it is. Nothing is written if a row is refused and the batch does not
    /// leave out bad rows: then the error holds the outcome with every refused row.
    pub fn import(
        &mut self,
        batch: &PlanBatch,
        context: &Context,
        progress: Progress,
    ) -> Result<Applied> {
        let db = begin(&mut self.reader)?;
        let applied = write(
            Writer::new(&db, Calendar::china(), context),
            batch,
            progress,
        )?;
        db.commit()?;
        Ok(applied)
    }

    /// What an import would do; nothing is written.
    pub fn try_import(
        &mut self,
        batch: &PlanBatch,
        context: &Context,
        progress: Progress,
    ) -> Result<PlanOutcome> {
        let db = begin(&mut self.reader)?;
        let mut writer = Writer::new(&db, Calendar::china(), context);
        let import = Import::run(&mut writer, batch, progress)?;
        Ok(import.outcome)
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
    Ok(Applied {
        event,
        touched,
        about: Vec::new(),
        created: Vec::new(),
        outcome: Some(outcome),
    })
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
        may_come_second: true,
    }
}

/// Why a row does not go in, or why the import cannot go on.
enum Trouble {
    Row {
        column: &'static str,
        value: String,
        why: Violation,
    },
    Store(Error),
}

impl<E: Into<Error>> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self::Store(error.into())
    }
}

/// The refusal of a cell.
fn bad(column: &'static str, value: &dyn Display, why: Violation) -> Trouble {
    Trouble::Row {
        column,
        value: value.to_string(),
        why,
    }
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Imported,
    Updated,
    Unchanged,
}

/// A row and the place it belongs to.
struct Placed<'b> {
    row: &'b PlanRow,
    project: String,
    /// The milestone it stands for, if the ledger has it.
    milestone: Option<MilestoneId>,
}

struct Import<'w, 'a, 'b> {
    writer: &'w mut Writer<'a>,
    batch: &'b PlanBatch,
    places: Places<'b>,
    /// Facts of the milestones rows stand for.
    known: HashMap<MilestoneId, Facts>,
    fresh: Vec<Facts>,
    /// Milestones whose derived rows are to be written from the facts in the ledger.
    dirty: BTreeSet<MilestoneId>,
    /// Projects in which something changed that rules of other milestones may wait for.
    stirred: BTreeSet<ProjectId>,
    outcome: PlanOutcome,
}

impl<'w, 'a, 'b> Import<'w, 'a, 'b> {
    fn run(writer: &'w mut Writer<'a>, batch: &'b PlanBatch, progress: Progress) -> Result<Self> {
        let mut places = Places::new(batch);
        let placed = places.place_all(writer.db)?;
        let ids: Vec<MilestoneId> = placed.iter().filter_map(|p| p.milestone).collect();
        let known = facts::of(writer.db, &ids)?;
        let mut import = Import {
            writer,
            batch,
            places,
            known: known.into_iter().map(|f| (f.id, f)).collect(),
            fresh: Vec::new(),
            dirty: BTreeSet::new(),
            stirred: BTreeSet::new(),
            outcome: PlanOutcome::default(),
        };
        for (done, placed) in placed.iter().enumerate() {
            if done % STRIDE == 0 {
                progress(done, batch.rows.len());
            }
            import.take(placed)?;
        }
        progress(batch.rows.len(), batch.rows.len());
        Ok(import)
    }

    fn take(&mut self, placed: &Placed<'b>) -> Result<()> {
        match self.row(placed) {
            Ok(Fate::Imported) => self.outcome.imported += 1,
            Ok(Fate::Updated) => self.outcome.updated += 1,
            Ok(Fate::Unchanged) => self.outcome.unchanged += 1,
            Err(Trouble::Store(error)) => return Err(error),
            Err(Trouble::Row { column, value, why }) => self.outcome.refused.push(RowRefused {
                row: placed.row.row,
                column,
                value,
                why,
            }),
        }
        Ok(())
    }

    fn row(&mut self, placed: &Placed<'b>) -> Result<Fate, Trouble> {
        self.check_alone(placed)?;
        match placed.milestone {
            Some(id) => self.again(placed, id),
            None => self.fresh(placed),
        }
    }

    /// Rewrites what is derived: of new milestones from the facts in hand, of others from the ledger.
    fn derive(mut self) -> Result<(PlanOutcome, Touched)> {
        let (db, calendar) = (self.writer.db, self.writer.calendar);
        let sql = "SELECT id FROM milestone WHERE project IN (SELECT value FROM json_each(?1)) \
                   AND rule LIKE 'acceptance%'";
        let stirred = id_list(self.stirred.iter().map(|p| p.0));
        let waiting = rows(db, ("milestone", sql), [stirred], |c| c.int(0))?;
        self.dirty.extend(waiting.into_iter().map(MilestoneId));
        for facts in &self.fresh {
            if !self.dirty.contains(&facts.id) {
                derived::write(db, calendar, facts)?;
            }
        }
        let dirty: Vec<MilestoneId> = self.dirty.iter().copied().collect();
        derived::milestones(db, calendar, &dirty)?;
        let mut touched = self.dirty;
        touched.extend(self.fresh.iter().map(|f| f.id));
        let touched = if touched.len() > MANY {
            Touched::Many
        } else {
            Touched::These(touched.into_iter().collect())
        };
        Ok((self.outcome, touched))
    }
}
