//! A list on its way in: where it may lie, how it is read, and what it would do to the ledger, before anything is
//! written.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::NaiveDate;

use crate::config;
use crate::domain::change::ChangeKind;
use crate::domain::plan::{PlanBatch, PlanOutcome};
use crate::error::list::ReadError;
use crate::error::{Error, Result};
use crate::exchange::plan::layout::{self, Layout, Layouts};
use crate::exchange::plan::{self, ListedColumn, PlanList, PlanOptions};
use crate::store::{Applied, Context};

use super::ledger::Ledger;

/// What the names of lists end in.
const ENDINGS: [&str; 8] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"];

/// How many files are offered, the newest first.
const OFFERED: usize = 200;

/// A file that may be a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearbyFile {
    pub path: PathBuf,
    pub bytes: u64,
    pub modified: SystemTime,
}

/// A list that was read, with what came of trying it.
#[derive(Debug)]
pub struct Tried {
    pub batch: PlanBatch<PlanList>,
    pub outcome: PlanOutcome,
    pub columns: Vec<ListedColumn>,
}

impl Tried {
    /// Rows that cannot come in.
    pub const fn bad_rows(&self) -> usize {
        self.batch.rows.bad_rows + self.outcome.refused as usize
    }
}

/// What is known of a file.
#[derive(Debug, Default)]
pub enum Preview {
    #[default]
    Unread,
    Tried(Box<Tried>),
    /// It cannot be read so: mostly a question that the options answer.
    Question(ReadError),
}

/// Who imports, and when.
fn context(who: &str, today: NaiveDate) -> Context<'_> {
    Context { who, today, at: crate::clock::now(), seen: None }
}

impl Ledger {
    /// The files nearby that may be lists, the newest first.
    pub fn nearby_files(&self) -> Vec<NearbyFile> {
        let folders = self.files.clone().map_or_else(config::list_folders, |folder| vec![folder]);
        let mut found: Vec<NearbyFile> =
            folders.iter().flat_map(|folder| lists_in(folder)).collect();
        found.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| a.path.cmp(&b.path)));
        found.dedup_by(|a, b| a.path == b.path);
        found.truncate(OFFERED);
        found
    }

    /// The layouts lists are known by.
    pub fn layouts(&self) -> Result<Layouts> {
        match self.filters.lists() {
            Some(folder) => Layouts::read(&folder),
            None => Ok(Layouts::shipped()),
        }
    }

    /// Reads a list and tries what it would do.
    pub fn preview(
        &mut self,
        file: &Path,
        options: &PlanOptions,
        reschedule: bool,
    ) -> Result<Preview> {
        let list = match plan::read(file, options, &mut |_, _| {}) {
            Ok(list) => list,
            Err(why) => return Ok(Preview::Question(why)),
        };
        let columns = match list.columns() {
            Ok(columns) => columns,
            Err(why) => return Ok(Preview::Question(why)),
        };
        let mut batch = PlanBatch {
            file: list.file.clone(),
            sha256: list.sha256.clone(),
            reschedule,
            skip_bad: true,
            bills: list.bills,
            undated: list.undated,
            rows: list,
        };
        let tried = self.store.try_import(
            &batch,
            &context(&self.who, self.portfolio.today),
            &mut |_, _| {},
        )?;
        let outcome = tried.outcome.ok_or(Error::Bug("an import without its outcome"))?;
        batch.skip_bad = batch.rows.bad_rows > 0 || outcome.refused > 0;
        Ok(Preview::Tried(Box::new(Tried { batch, outcome, columns })))
    }

    /// Brings a list in that was tried.
    pub fn import(&mut self, tried: &Tried) -> Result<Applied> {
        self.back_up_first()?;
        let applied = self.store.import(
            &tried.batch,
            &context(&self.who, self.portfolio.today),
            &mut |_, _| {},
        )?;
        self.follow(&applied, ChangeKind::ImportPlan);
        Ok(applied)
    }

    /// Keeps how a list was read, so that the next one is read so, too; nowhere for a run only.
    pub fn keep_layout(&self, layout: &Layout) -> Result<()> {
        if let Some(folder) = self.filters.lists() {
            layout::keep(&folder, layout)?;
        }
        Ok(())
    }
}

/// The lists in a folder; where none can be read, there are none.
fn lists_in(folder: &Path) -> Vec<NearbyFile> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let file = |entry: fs::DirEntry| {
        let path = entry.path();
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        // What a workbook leaves beside itself while it is open is no list.
        let is_lock = entry.file_name().to_string_lossy().starts_with(['~', '.']);
        let about = entry.metadata().ok()?;
        let is_list = about.is_file() && !is_lock && ENDINGS.contains(&ending.as_str());
        let modified = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        is_list.then_some(NearbyFile { path, bytes: about.len(), modified })
    };
    entries.filter_map(file).collect()
}
