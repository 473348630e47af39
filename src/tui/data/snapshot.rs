//! The weekly snapshot, which `S` freezes of the aging table of today: its pack, what moved between two, how all stood.
//! And the list as it is filtered, in a file. Files say where they are.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::NaiveDate;

use crate::config;
use crate::domain::aging::GroupBy;
use crate::domain::change::Change;
use crate::domain::ids::SnapshotId;
use crate::domain::item::Item;
use crate::error::{Error, Result};
use crate::exchange::movement::{Asked, NamedMovement, between};
use crate::exchange::out::{Format, Report};
use crate::exchange::pack::Pack;
use crate::exchange::trend::Trend;
use crate::exchange::{snapshot, trend};
use crate::portfolio::Portfolio;
use crate::report::filter::Filter;
use crate::report::list::List;
use crate::store::{Reader, SnapshotHead, is_of_ledger};
use crate::text::Lang;

use super::ledger::Ledger;
use super::task::Place;

/// The change that keeps the aging table of a day.
pub fn freeze(store: &Reader, today: NaiveDate, lang: Lang) -> Result<Change> {
    let mut portfolio = Portfolio::load(store, today)?;
    portfolio.name_customers(store)?;
    snapshot::freeze(&portfolio, lang)
}

impl Ledger {
    /// Has the pack of a snapshot written; [`Ledger::packed`] says where it is. What hinders writing does not take the
    /// snapshot back.
    pub fn pack(&mut self, id: SnapshotId, lang: Lang) -> Result<()> {
        let (above, formats) = (folder(self)?, Format::listed(self.formats.as_deref())?);
        let place = Place::new(&self.store, self.waker.as_ref());
        self.packs.get(&(id, lang), place, move |store| {
            let pack = Pack::read(store, store.snapshot(id)?)?;
            let files = pack.save(store, &above, &formats, lang)?;
            Ok(lang.snapshot_saved(&pack.head.iso_week, &listed(&files)))
        })?;
        Ok(())
    }

    /// Where the pack is, once it is written.
    pub fn packed(&mut self) -> Result<Option<String>> {
        Ok(self.packs.take()?.map(|(_, said)| said))
    }

    /// What moved between two snapshots, or one and today; none while it is computed.
    pub fn movement(
        &mut self,
        ends: [Option<SnapshotId>; 2],
        by: GroupBy,
    ) -> Result<Option<Arc<NamedMovement>>> {
        let today = self.today();
        let key = (self.version(), ends, by);
        let place = Place::new(&self.store, self.waker.as_ref());
        let found = self.moved.get(&key, place, move |store| {
            let end = |id: Option<SnapshotId>| -> Result<Asked> {
                Ok(match id {
                    Some(id) => Asked::Kept(Box::new(store.snapshot(id)?)),
                    None => Asked::Day(today),
                })
            };
            let [from, to] = ends;
            let mut movement = between(store, [end(from)?, end(to)?], by)?;
            movement.explain(store)?;
            Ok(Arc::new(movement))
        })?;
        Ok(found.cloned())
    }

    /// How the table stood in these snapshots, which are all; none while it is read.
    pub fn trend(&mut self, all: &[SnapshotHead]) -> Result<Option<Arc<Trend>>> {
        let policy = self.portfolio.policy.clone();
        let key = all.iter().map(|head| (head.id, head.taken_at)).collect();
        let place = Place::new(&self.store, self.waker.as_ref());
        let found = self
            .trends
            .get(&key, place, move |store| Ok(Arc::new(trend::trend(store, None, &policy)?)))?;
        Ok(found.cloned())
    }

    /// Writes the open milestones that pass a filter to a file, and says where it is.
    pub fn write_list(
        &mut self,
        file: &str,
        filter: &Filter,
        by_desk: bool,
        lang: Lang,
    ) -> Result<PathBuf> {
        self.portfolio.name_all(&self.store, &[])?;
        let desks = self.lens.desks(&self.portfolio).filter(|_| by_desk);
        let is_theirs = |item: &&Item| desks.as_ref().is_none_or(|desks| desks.have(item, None));
        let items = self.portfolio.items().iter().filter(is_theirs);
        let list = List::new(&self.portfolio, items, filter);
        self.write_report(file, &list, lang)
    }

    /// Writes a report to a file, and says where it is.
    pub fn write_report(&self, file: &str, report: &dyn Report, lang: Lang) -> Result<PathBuf> {
        let named = config::from_file(Path::new(file), Path::new(""));
        let path = std::path::absolute(&named).map_err(Error::io(&named))?;
        if is_of_ledger(self.store.path(), &path) {
            return Err(Error::OntoLedger(path));
        }
        let format = Format::of(&path)?;
        format.save(report, lang, &path).map_err(Error::io(&path))?;
        Ok(path)
    }
}

/// The user's documents; of a throw-away ledger a folder that is thrown away, too.
pub(super) fn folder(ledger: &Ledger) -> Result<PathBuf> {
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
