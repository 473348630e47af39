//! Copies of a ledger: taken while others write, looked at before they count, kept by their day, put back.

use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};

use super::{Reader, place, sqlite};
use crate::domain::ids::EventId;
use crate::error::check::Check;
use crate::error::{Error, Result};
use crate::files;

/// What makes a copy a ledger again.
const WHOLE: [Check; 3] = [Check::File, Check::References, Check::Chain];
/// What is asked of one that is made by the way, or of an earlier version.
const SOUND: [Check; 2] = [Check::File, Check::References];

impl Reader {
    /// Copies the whole ledger, as it is now, to a file that is there whole or not at all. Others may write meanwhile:
    /// the last event in the copy is returned.
    pub fn back_up(&self, ledger: &Path, file: &Path) -> Result<EventId> {
        if place::is_of_ledger(ledger, file) {
            return Err(Error::OntoLedger(file.to_owned()));
        }
        self.copy(file, &WHOLE)
    }

    fn copy(&self, file: &Path, checks: &[Check]) -> Result<EventId> {
        let copy = files::beside(file).map_err(Error::io(file))?;
        self.db.copy_to(copy.path())?;
        let event = look_at(copy.path(), file, checks)?;
        files::put(copy, file).map_err(Error::io(file))?;
        Ok(event)
    }
}

/// Refuses a copy in which something does not hold; of any other, the last event.
fn look_at(copy: &Path, name: &Path, checks: &[Check]) -> Result<EventId> {
    let reader = Reader { db: Box::new(sqlite::open_copy(copy)?) };
    let mut found = Vec::new();
    for check in checks {
        found.extend(reader.faults(*check)?);
    }
    if found.is_empty() {
        return reader.last_event();
    }
    Err(Error::BadBackup { path: name.to_owned(), found })
}

/// The dated backups of a ledger: a folder beside it, files named by day and last event.
#[derive(Debug, Clone)]
pub struct Backups {
    folder: PathBuf,
    /// What their names begin with.
    stem: String,
    /// Of so many days the last one is kept.
    days: usize,
}

/// Of so many weeks, and months, the last one is kept.
const WEEKS: usize = 4;
const MONTHS: usize = 12;
/// Of the last day so many are kept.
const TODAYS: usize = 8;

impl Backups {
    /// Those of this ledger.
    pub fn of(ledger: &Path, days: u16) -> Self {
        let ledger = ledger.canonicalize().unwrap_or_else(|_| ledger.to_owned());
        let stem = ledger.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self { folder: files::folder_of(&ledger).join("backups"), stem, days: usize::from(days) }
    }

    /// Whether there is one of this day.
    pub fn has(&self, day: NaiveDate) -> bool {
        self.all().iter().any(|backup| backup.day == day)
    }

    /// Keeps the ledger as it is now, and lets go of what is old enough. Nothing of an empty ledger.
    pub fn take(&self, reader: &Reader, day: NaiveDate) -> Result<Option<PathBuf>> {
        let event = reader.last_event()?;
        if event == EventId(0) {
            return Ok(None);
        }
        let file = self.folder.join(format!("{}-{day}-{:06}.db", self.stem, event.0));
        if !file.exists() {
            files::create_folder(&self.folder).map_err(Error::io(&self.folder))?;
            reader.copy(&file, &SOUND)?;
            self.let_go();
        }
        Ok(Some(file))
    }

    /// Every backup there is, the newest first.
    fn all(&self) -> Vec<Backup> {
        let Ok(files) = fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let mut all: Vec<Backup> =
            files.filter_map(|file| Backup::named(file.ok()?.path(), &self.stem)).collect();
        all.sort_unstable_by_key(|backup| Reverse((backup.day, backup.event)));
        all
    }

    /// Deletes those that need not be kept; one that cannot be deleted stays.
    fn let_go(&self) {
        let all = self.all();
        let kept = kept(&all, self.days);
        for backup in all.iter().filter(|backup| !kept.contains(backup)) {
            drop(fs::remove_file(&backup.file));
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Backup {
    file: PathBuf,
    day: NaiveDate,
    event: i64,
}

impl Backup {
    fn named(file: PathBuf, stem: &str) -> Option<Self> {
        let name = file.file_name()?.to_str()?.strip_prefix(stem)?.strip_prefix('-')?;
        let (day, event) = name.strip_suffix(".db")?.rsplit_once('-')?;
        Some(Self { day: day.parse().ok()?, event: event.parse().ok()?, file })
    }
}

/// A number of the day, week or month a day is in.
type Span = fn(NaiveDate) -> (i32, u32);

/// Those of the last day, and the last ones of each of the last days, weeks and months. `all` begins with the newest.
fn kept(all: &[Backup], days: usize) -> Vec<&Backup> {
    let mut kept: Vec<&Backup> = Vec::new();
    if let Some(newest) = all.first() {
        kept.extend(all.iter().filter(|backup| backup.day == newest.day).take(TODAYS));
    }
    let spans: [(usize, Span); 3] = [
        (days, |day| (day.year(), day.ordinal())),
        (WEEKS, |day| (day.iso_week().year(), day.iso_week().week())),
        (MONTHS, |day| (day.year(), day.month())),
    ];
    for (many, span) in spans {
        let mut lasts: Vec<&Backup> = all.iter().collect();
        lasts.dedup_by_key(|backup| span(backup.day));
        kept.extend(lasts.into_iter().take(many));
    }
    kept
}

/// What became of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where the ledger that was replaced is.
    pub kept: Option<PathBuf>,
    /// The last event of the ledger now.
    pub event: EventId,
}

/// Puts the ledger in `from` in the place of `ledger`. Whoever is killed meanwhile leaves the one or the other whole.
pub fn restore(ledger: &Path, from: &Path, day: NaiveDate) -> Result<Restored> {
    let ledger = &ledger.canonicalize().unwrap_or_else(|_| ledger.to_owned());
    if !from.exists() {
        return Err(Error::NoLedger(from.to_owned()));
    }
    if place::is_same(from, ledger) {
        return Err(Error::OntoLedger(from.to_owned()));
    }
    let folder = files::folder_of(ledger);
    files::create_folder(folder).map_err(Error::io(folder))?;
    let copy = files::beside(ledger).map_err(Error::io(ledger))?;
    sqlite::copy_file(from, copy.path())?;
    let event = look_at(copy.path(), from, &SOUND)?;
    let claim = if ledger.exists() { sqlite::claim(ledger)? } else { None };
    let kept = ledger.exists().then(|| set_aside(ledger, day)).transpose()?;
    files::put(copy, ledger).map_err(Error::io(ledger))?;
    drop(claim);
    Ok(Restored { kept, event })
}

/// Gives the ledger a second name, and takes away what must not be mixed with the one that comes in its place.
fn set_aside(ledger: &Path, day: NaiveDate) -> Result<PathBuf> {
    let stem = ledger.file_stem().unwrap_or_default().to_string_lossy();
    let name = |number: u32| match number {
        1 => format!("{stem}-replaced-{day}.db"),
        more => format!("{stem}-replaced-{day}-{more}.db"),
    };
    let names = (1..).map(|number| files::folder_of(ledger).join(name(number)));
    let aside = names.into_iter().find(|name| !name.exists());
    let aside = aside.ok_or(Error::Bug("no name is left"))?;
    if fs::hard_link(ledger, &aside).is_err() {
        fs::copy(ledger, &aside)
            .and_then(|_| fs::File::open(&aside)?.sync_all())
            .map_err(Error::io(&aside))?;
    }
    let log = place::log_of(ledger);
    if log.exists() {
        fs::rename(&log, place::log_of(&aside)).map_err(Error::io(&log))?;
    }
    drop(fs::remove_file(place::beside(ledger, "-shm")));
    files::sync_folder(files::folder_of(ledger)).map_err(Error::io(ledger))?;
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_year_of_days_those_of_days_weeks_and_months_stay() {
        let last: NaiveDate = "2026-11-21".parse().unwrap();
        let all: Vec<Backup> = last
            .iter_days()
            .rev()
            .map(|day| Backup { file: PathBuf::new(), day, event: 1 })
            .take(400)
            .collect();
        let mut days: Vec<String> =
            kept(&all, 7).iter().map(|backup| backup.day.to_string()).collect();
        days.sort();
        days.dedup();
        let months = [
            "2025-12-31",
            "2026-01-31",
            "2026-02-28",
            "2026-03-31",
            "2026-04-30",
            "2026-05-31",
            "2026-06-30",
            "2026-07-31",
            "2026-08-31",
            "2026-09-30",
            "2026-10-31",
        ];
        let sundays = ["2026-11-01", "2026-11-08", "2026-11-15"];
        let last = [16, 17, 18, 19, 20, 21].map(|day| format!("2026-11-{day}"));
        let wanted: Vec<&str> =
            months.into_iter().chain(sundays).chain(last.iter().map(String::as_str)).collect();
        assert_eq!(days, wanted);
    }

    #[test]
    fn a_name_says_day_and_event_whatever_the_ledger_is_called() {
        let named = |name: &str| Backup::named(PathBuf::from(name), "my-ledger 2026");
        let backup = named("/b/my-ledger 2026-2026-11-21-000042.db").unwrap();
        assert_eq!((backup.day.to_string().as_str(), backup.event), ("2026-11-21", 42));
        for other in ["ledger-2026-11-21-000042.db", "my-ledger 2026-2026-11-21.db", "notes.txt"] {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
