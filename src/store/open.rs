//! The ledger's file: made private to the user, recognised, brought up to date.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::{Reader, Store};
use crate::error::{Error, Result};

mod embedded {
    refinery::embed_migrations!("assets/migrations");
}

/// `HKL1`: marks a SQLite file as a ledger of ours.
const APPLICATION_ID: i64 = 0x484B_4C31;
/// The newest schema: the number of the last migration.
const VERSION: i64 = 1;
/// How long a command waits for somebody else's write.
const PATIENCE: Duration = Duration::from_secs(5);
const STATEMENTS: usize = 160;

impl Store {
    /// Opens the ledger, made if it is missing, and brings its schema up to date. File and folder are private to the
    /// user.
    pub fn open(path: &Path) -> Result<Self> {
        create_private(path).map_err(|source| io_error(path, source))?;
        let mut db = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))
            .map_err(|error| not_a_ledger(error, path))?;
        db.busy_timeout(PATIENCE)?;
        let version = recognise(&db, path)?;
        let mode: String = db.query_row("PRAGMA journal_mode = WAL", [], |r| r.get(0))?;
        if mode != "wal" {
            return Err(Error::NoWal(path.to_owned()));
        }
        db.execute_batch("PRAGMA synchronous = FULL;")?;
        tune(&db)?;
        migrate(&mut db, path, version)?;
        Ok(Self {
            reader: Reader {
                db,
                path: path.to_owned(),
            },
            guard: None,
        })
    }

    /// A ledger in a file of its own in `folder` that goes away with this value: no durability, all speed.
    pub fn throwaway(folder: &Path) -> Result<Self> {
        let file = tempfile::Builder::new()
            .prefix("huikuan-")
            .suffix(".db")
            .tempfile_in(folder)
            .map_err(|source| io_error(folder, source))?;
        let guard = file.into_temp_path();
        let path = guard.to_path_buf();
        let mut db = Connection::open_with_flags(&path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
        db.busy_timeout(PATIENCE)?;
        db.execute_batch("PRAGMA synchronous = OFF;")?;
        db.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
        tune(&db)?;
        migrate(&mut db, &path, 0)?;
        Ok(Self {
            reader: Reader { db, path },
            guard: Some(guard),
        })
    }

    /// A second connection to the same ledger, for another thread to read.
    pub fn reader(&self) -> Result<Reader> {
        Reader::open(&self.reader.path)
    }

    /// How long a change waits for somebody else's write before it says [`Error::Busy`]: five seconds unless
    /// set.
    pub fn set_patience(&self, patience: Duration) -> Result<()> {
        Ok(self.db.busy_timeout(patience)?)
    }
}

impl Reader {
    /// A connection to a ledger that is open already.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let db = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_ONLY))?;
        db.busy_timeout(PATIENCE)?;
        tune(&db)?;
        Ok(Self {
            db,
            path: path.to_owned(),
        })
    }
}

fn flags(access: OpenFlags) -> OpenFlags {
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// No memory map: the pages of a large ledger would count as memory of this process, for a tenth of the time.
fn tune(db: &Connection) -> Result<()> {
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    db.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;",
    )?;
    Ok(())
}

/// Makes a missing file, and missing folders, readable by the user only, before SQLite writes to it.
fn create_private(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent()
        && !folder.as_os_str().is_empty()
        && !folder.exists()
    {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// The schema's version of a ledger of ours, 0 of an empty file; anything else is refused.
fn recognise(db: &Connection, path: &Path) -> Result<i64> {
    let number = |sql| -> Result<i64> {
        db.query_row(sql, [], |r| r.get(0))
            .map_err(|error| not_a_ledger(error, path))
    };
    let application = number("PRAGMA application_id")?;
    let version = number("PRAGMA user_version")?;
    if application != APPLICATION_ID {
        let tables = number("SELECT COUNT(*) FROM sqlite_schema")?;
        if application != 0 || version != 0 || tables != 0 {
            return Err(Error::NotALedger(path.to_owned()));
        }
    }
    if version > VERSION {
        return Err(Error::NewerLedger {
            path: path.to_owned(),
            found: version,
            known: VERSION,
        });
    }
    Ok(version)
}

fn migrate(db: &mut Connection, path: &Path, version: i64) -> Result<()> {
    if version < VERSION {
        db.execute_batch("PRAGMA application_id = 1212894257;")?;
    }
    embedded::migrations::runner()
        .run(db)
        .map_err(|error| migration_error(&error, path))?;
    if version < VERSION {
        db.pragma_update(None, "user_version", VERSION)?;
    }
    Ok(())
}

fn migration_error(error: &refinery::Error, path: &Path) -> Error {
    use refinery::error::Kind;
    use std::error::Error as _;
    let busy = error
        .source()
        .and_then(|e| e.downcast_ref::<rusqlite::Error>())
        .and_then(rusqlite::Error::sqlite_error_code)
        .is_some_and(|code| code == rusqlite::ErrorCode::DatabaseBusy);
    match error.kind() {
        _ if busy => Error::Busy,
        Kind::MissingVersion(newer) => Error::NewerLedger {
            path: path.to_owned(),
            found: i64::from(newer.version()),
            known: VERSION,
        },
        other => Error::ForeignSchema {
            path: path.to_owned(),
            why: other.to_string(),
        },
    }
}

fn not_a_ledger(error: rusqlite::Error, path: &Path) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => Error::NotALedger(path.to_owned()),
        _ => error.into(),
    }
}

fn io_error(path: &Path, source: io::Error) -> Error {
    Error::Io {
        path: path.to_owned(),
        source,
    }
}
