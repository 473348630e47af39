//! Tells when somebody writes to the ledger's file: the system gives notice of what happens in its folder. A notice can
//! be lost, and some file systems give none, so whoever listens still looks from time to time.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

/// Watches as long as it lives.
pub struct Watch {
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Watches a file and those the engine keeps beside it, whose names begin with its own; none where the system cannot.
    pub fn new(file: &Path, told: impl Fn() + Send + 'static) -> Option<Self> {
        let file = fs::canonicalize(file).ok()?;
        let name = file.file_name()?.to_owned();
        let tell = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| concerns(&event, &name)) {
                told();
            }
        };
        let mut watcher = notify::recommended_watcher(tell).ok()?;
        watcher.watch(file.parent()?, RecursiveMode::NonRecursive).ok()?;
        Some(Self { _watcher: watcher })
    }
}

/// Whether files of this name, or of one that begins so, are others now. Whoever lost notices has to look.
fn concerns(event: &Event, name: &OsStr) -> bool {
    let changes = event.kind.is_modify() || event.kind.is_create() || event.kind.is_remove();
    let mut files = event.paths.iter().filter_map(|path| path.file_name());
    let named = |file: &OsStr| file.as_encoded_bytes().starts_with(name.as_encoded_bytes());
    event.need_rescan() || changes && files.any(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::EventKind;
    use notify::event::{AccessKind, CreateKind, Flag, ModifyKind};
    use std::sync::mpsc;

    #[test]
    fn a_write_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        fs::write(&path, "").unwrap();
        let (sender, told) = mpsc::channel();
        let Some(_watch) = Watch::new(&path, move || assert!(sender.send(()).is_ok())) else {
            return;
        };
        fs::write(folder.path().join("ledger.db-wal"), "a change").unwrap();
        assert!(told.recv().is_ok());
    }

    #[test]
    fn what_is_read_and_what_is_beside_concerns_nobody() {
        let concerned = |kind, file: &str| {
            let event = Event::new(kind).add_path(Path::new("/books").join(file));
            concerns(&event, OsStr::new("ledger.db"))
        };
        let modified = EventKind::Modify(ModifyKind::Any);
        assert!(concerned(modified, "ledger.db"));
        assert!(concerned(modified, "ledger.db-wal"));
        assert!(concerned(EventKind::Create(CreateKind::File), "ledger.db-wal"));
        assert!(!concerned(EventKind::Access(AccessKind::Any), "ledger.db"));
        assert!(!concerned(modified, "notes.txt"));
        assert!(concerns(&Event::new(EventKind::Other).set_flag(Flag::Rescan), OsStr::new("x")));
    }

    #[test]
    fn what_is_not_there_cannot_be_watched() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Watch::new(&folder.path().join("none.db"), || {}).is_none());
    }
}
