//! Files: the weekly snapshot, which `S` freezes of the aging table of today, and the list as it is filtered. They say
//! where they are.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::NaiveDate;

use crate::config;
use crate::domain::change::Change;
use crate::domain::ids::SnapshotId;
use crate::error::{Error, Result};
use crate::exchange::out::Format;
use crate::exchange::snapshot;
use crate::portfolio::Portfolio;
use crate::report::filter::Filter;
use crate::report::list::List;
use crate::store::{Reader, is_of_ledger};
use crate::text::Lang;

use super::ledger::Ledger;

/// The change that keeps the aging table of a day.
pub fn freeze(store: &Reader, today: NaiveDate, lang: Lang) -> Result<Change> {
    let mut portfolio = Portfolio::load(store, today)?;
    portfolio.name_customers(store)?;
    snapshot::freeze(&portfolio, lang)
}

/// Writes the files of a snapshot that was just taken, and says where they are. What hinders writing does not take the
/// snapshot back: it is in the ledger and can be exported again.
pub fn export(id: SnapshotId, ledger: &Ledger, lang: Lang) -> String {
    match write(id, ledger, lang) {
        Ok((week, files)) => lang.snapshot_saved(&week, &listed(&files)),
        Err(trouble) => lang.snapshot_unwritten(&lang.error(&trouble)),
    }
}

fn write(id: SnapshotId, ledger: &Ledger, lang: Lang) -> Result<(String, Vec<PathBuf>)> {
    let found = ledger.store.snapshot(id)?;
    let files = snapshot::export(&ledger.store, &found, &folder(ledger)?, lang)?;
    Ok((found.head.iso_week, files))
}

impl Ledger {
    /// Writes the open milestones that pass a filter to a file, and says where it is.
    pub fn write_list(&mut self, file: &str, filter: &Filter, lang: Lang) -> Result<PathBuf> {
        let named = config::from_file(Path::new(file), Path::new(""));
        let path = std::path::absolute(&named).map_err(Error::io(&named))?;
        if is_of_ledger(self.store.path(), &path) {
            return Err(Error::OntoLedger(path));
        }
        let format = Format::of(&path)?;
        self.portfolio.name_all(&self.store, &[])?;
        let list = List::new(&self.portfolio, self.portfolio.items().iter(), filter);
        format.save(&list, lang, &path).map_err(Error::io(&path))?;
        Ok(path)
    }
}

/// The user's documents; of a throw-away ledger a folder that is thrown away, too.
fn folder(ledger: &Ledger) -> Result<PathBuf> {
    if let Some(folder) = &ledger.files {
        return Ok(folder.clone());
    }
    if ledger.store.is_throwaway() {
        return throwaway_folder();
    }
    config::documents()
}

/// A folder of this process that nobody else could have put in its place.
pub fn throwaway_folder() -> Result<PathBuf> {
    static MADE: Mutex<Option<PathBuf>> = Mutex::new(None);
    let mut made = MADE.lock().map_err(|_| Error::Bug("a folder nobody finished making"))?;
    if let Some(folder) = &*made {
        return Ok(folder.clone());
    }
    let above = std::env::temp_dir();
    let folder = tempfile::Builder::new().prefix("huikuan-demo-").tempdir_in(&above);
    let folder = folder.map_err(Error::io(&above))?.keep();
    *made = Some(folder.clone());
    Ok(folder)
}

/// Folder and stem once, the endings behind: `/home/wang/Documents/huikuan/aging-2026-W47.csv .json .md`.
fn listed(files: &[PathBuf]) -> String {
    let ending = |file: &Path| {
        let ending = file.extension().unwrap_or_default();
        format!(".{}", ending.to_string_lossy())
    };
    let mut files = files.iter();
    let first = files.next().map(|file| file.display().to_string());
    let rest = files.map(|file| ending(file));
    first.into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_named_once() {
        let files = ["/d/aging-2026-W47.csv", "/d/aging-2026-W47.json"].map(PathBuf::from);
        assert_eq!(listed(&files), "/d/aging-2026-W47.csv .json");
    }
}
