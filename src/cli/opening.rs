//! How commands come to the ledger: to read it, to write it, to sit at it.

use std::path::Path;

use indicatif::ProgressBar;

use crate::config;
use crate::domain::ids::EventId;
use crate::error::{Error, Result};
use crate::store::{Backups, Reader, Store};
use crate::tui::session::LastSeen;

use super::session::{Session, advance, note, progress};

/// Days of which the last backup is kept, unless the user set another number.
pub const DAYS: u16 = 7;

impl Session {
    /// Opens the ledger to write, making it if it is not there, and says so: a mistyped name must not look like an empty
    /// ledger. The first time of a day a backup of it is kept; not being able to is said and hinders nobody.
    pub fn open(&self) -> Result<Store> {
        let store = self.open_at_once()?;
        if let Some(backups) = self.backups()?
            && !backups.has(self.today)
            && let Err(why) = backups.take(&store, self.today)
        {
            let why = Error::NoDailyBackup(Box::new(why));
            note(&format!("huikuan: {}", self.lang.error(&why)));
        }
        Ok(store)
    }

    /// The same for the screen, which makes its backup beside its work.
    pub fn open_at_once(&self) -> Result<Store> {
        let path = self.ledger_path()?;
        if path.try_exists().map_err(Error::io(&path))? {
            return self.open_existing(&path);
        }
        let store = Store::open(&path)?;
        if !self.global.quiet {
            note(&format!("huikuan: {}", self.lang.ledger_made(&path.display().to_string())));
        }
        Ok(store)
    }

    /// Opens the ledger only to read: one that is missing is not made, one that cannot be written can be read.
    pub fn read(&self) -> Result<Reader> {
        let path = self.ledger_path()?;
        let reader = match self.open_existing(&path) {
            Ok(store) => store.into_reader(),
            Err(error) if error.is_unwritable() => Reader::open_unwritable(&path)?,
            Err(error) => return Err(error),
        };
        self.tell_missing(&reader, &path)?;
        Ok(reader)
    }

    /// Opens a ledger that has to be there, keeping it as it was before it is brought up to date.
    pub fn open_existing(&self, path: &Path) -> Result<Store> {
        let backups = self.backups()?;
        let keep = backups.as_ref().map(|backups| (backups, self.today));
        let mut bar: Option<ProgressBar> = None;
        let store = Store::open_existing(path, keep, &mut |done, all| {
            advance(bar.get_or_insert_with(|| progress(self)), done as u64, all as u64);
        })?;
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        Ok(store)
    }

    /// The dated backups of the ledger, unless the user wants none.
    pub fn backups(&self) -> Result<Option<Backups>> {
        let days = self.config.backups.unwrap_or(DAYS);
        Ok((days > 0).then_some(Backups::of(&self.ledger_path()?, days)))
    }

    /// Keeps the ledger as it is before much of it changes at once: without that, nothing is written.
    pub fn keep(&self, store: &Store) -> Result<()> {
        if let Some(backups) = self.backups()? {
            backups.take(store, self.today).map_err(|why| Error::NoBackup(Box::new(why)))?;
        }
        Ok(())
    }

    /// Says if the ledger lacks events the user has seen in it.
    fn tell_missing(&self, reader: &Reader, path: &Path) -> Result<()> {
        // Without a home folder nothing was noted.
        let Ok(file) = config::state_file() else {
            return Ok(());
        };
        let seen = LastSeen::read(file, path).event();
        let last = reader.last_event()?;
        if seen > last && last > EventId(0) && !self.global.quiet {
            note(&format!("huikuan: {}", self.lang.ledger_ends_early(last.0, seen.0)));
        }
        Ok(())
    }
}
