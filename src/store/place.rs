//! The place of a ledger: whether its path still names the file that was opened, as it was left.

use std::cell::Cell;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::error::{Error, Result};

/// A file whose path must go on naming it.
#[derive(Debug)]
pub(super) struct Place {
    path: PathBuf,
    file: FileId,
    left: Cell<Written>,
}

/// Which file it is, whatever stands in it.
#[cfg(unix)]
type FileId = (u64, u64);
/// When it was made: the nearest thing to an identity that there is here.
#[cfg(not(unix))]
type FileId = Option<SystemTime>;

/// How long a file is, and when it was last written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written(u64, Option<SystemTime>);

impl Place {
    pub(super) fn of(path: &Path) -> Result<Self> {
        let meta = fs::metadata(path).map_err(Error::io(path))?;
        Ok(Self { path: path.to_owned(), file: file_id(&meta), left: Cell::new(written(&meta)) })
    }

    /// How the file was written to since it was last found in order; `None` if not at all. Refused where the path names
    /// no file or another one.
    pub(super) fn look(&self) -> Result<Option<Written>> {
        let meta = match fs::metadata(&self.path) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Error::LedgerGone(self.path.clone()));
            }
            Err(source) => return Err(Error::Io { path: self.path.clone(), source }),
        };
        if file_id(&meta) != self.file {
            return Err(Error::LedgerReplaced(self.path.clone()));
        }
        Ok(Some(written(&meta)).filter(|now| *now != self.left.get()))
    }

    /// As it is written now, it is in order.
    pub(super) fn accept(&self, written: Written) {
        self.left.set(written);
    }
}

/// Whether a file, under whatever name, is the ledger or one of those that stand beside it.
pub fn is_of_ledger(ledger: &Path, file: &Path) -> bool {
    let own = [ledger.to_owned(), log_of(ledger), beside(ledger, "-shm")];
    own.iter().any(|own| is_same(own, file))
}

/// Whether two paths name one file.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(a), Ok(b)) if cfg!(unix) => file_id(&a) == file_id(&b),
        _ => match (one.canonicalize(), other.canonicalize()) {
            (Ok(a), Ok(b)) => a == b,
            _ => one == other,
        },
    }
}

#[cfg(unix)]
fn file_id(meta: &Metadata) -> FileId {
    use std::os::unix::fs::MetadataExt;
    (meta.dev(), meta.ino())
}

#[cfg(not(unix))]
fn file_id(meta: &Metadata) -> FileId {
    meta.created().ok()
}

fn written(meta: &Metadata) -> Written {
    Written(meta.len(), meta.modified().ok())
}

/// A file SQLite keeps beside the ledger: its path with this behind it.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Changes that are not yet in the ledger's own file.
pub(super) fn log_of(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

pub(super) fn has_log(path: &Path) -> bool {
    fs::metadata(log_of(path)).is_ok_and(|meta| meta.len() > 0)
}
