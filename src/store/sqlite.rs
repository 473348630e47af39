//! The SQLite engine: the ledger's file made private to the user, recognised, brought up to date, and spoken to. Nobody
//! else names rusqlite or refinery.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, Row, ToSql, params_from_iter};

use super::backend::{Backend, Cell, Cells, Connector, Value};
use crate::error::{Error, ErrorKind, Result};

mod embedded {
    refinery::embed_migrations!("assets/migrations");
}

/// `HKL1`: marks a SQLite file as a ledger of ours.
const APPLICATION_ID: i64 = 0x484B_4C31;
/// The newest schema: the number of the last migration.
pub(super) const VERSION: i64 = 2;
/// How long a command waits for somebody else's write.
const PATIENCE: Duration = Duration::from_secs(5);
/// KiB of pages kept in memory.
const CACHE: i64 = 8_000;
/// The same while much is written: pages that are changed again and again are written once.
const BULK_CACHE: i64 = 64_000;
/// Statements kept prepared.
const STATEMENTS: usize = 160;

/// A connection to a ledger in a SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
}

impl Sqlite {
    /// Opens the ledger, made if it is missing, and brings its schema up to date. File and folder are private to the
    /// user.
    pub fn open(path: &Path) -> Result<Self> {
        let migrations = prepare_migrations();
        create_private(path).map_err(|source| io_error(path, source))?;
        let mut connection =
            Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))
                .map_err(|error| not_a_ledger(error, path))?;
        connection.busy_timeout(PATIENCE)?;
        let version = recognise(&connection, path)?;
        let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |r| r.get(0))?;
        if mode != "wal" {
            return Err(Error::NoWal(path.to_owned()));
        }
        connection.execute_batch("PRAGMA synchronous = FULL;")?;
        tune(&connection)?;
        migrate(&mut connection, path, version, migrations)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// A ledger in a file of its own in `folder` that goes away with the second value: no durability, all speed.
    pub fn throwaway(folder: &Path) -> Result<(Self, tempfile::TempPath)> {
        let migrations = prepare_migrations();
        let file = tempfile::Builder::new()
            .prefix("huikuan-")
            .suffix(".db")
            .tempfile_in(folder)
            .map_err(|source| io_error(folder, source))?;
        let guard = file.into_temp_path();
        let path = guard.to_path_buf();
        let mut connection =
            Connection::open_with_flags(&path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
        connection.busy_timeout(PATIENCE)?;
        connection.execute_batch("PRAGMA synchronous = OFF;")?;
        connection.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
        tune(&connection)?;
        migrate(&mut connection, &path, 0, migrations)?;
        Ok((Self { connection, path }, guard))
    }
}

impl Backend for Sqlite {
    fn begin(&self) -> Result<()> {
        Ok(self.connection.execute_batch("BEGIN IMMEDIATE")?)
    }

    /// Every statement is prepared anew after this one, so it is not for every change.
    fn defer_references(&self) -> Result<()> {
        Ok(self.connection.execute_batch("PRAGMA defer_foreign_keys = ON")?)
    }

    fn begin_reading(&self) -> Result<()> {
        Ok(self.connection.execute_batch("BEGIN")?)
    }

    fn commit(&self) -> Result<()> {
        Ok(self.connection.execute_batch("COMMIT")?)
    }

    fn rollback(&self) -> Result<()> {
        Ok(self.connection.execute_batch("ROLLBACK")?)
    }

    fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<()> {
        self.connection.prepare_cached(sql)?.execute(params_from_iter(values))?;
        Ok(())
    }

    fn insert(&self, sql: &str, values: &[Value<'_>]) -> Result<i64> {
        self.execute(sql, values)?;
        Ok(self.connection.last_insert_rowid())
    }

    fn query(
        &self,
        sql: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Cells) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    }

    fn version(&self) -> Result<i64> {
        let mut statement = self.connection.prepare_cached("PRAGMA data_version")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    fn set_bulk(&self, bulk: bool) -> Result<()> {
        let cache = if bulk { BULK_CACHE } else { CACHE };
        Ok(self.connection.pragma_update(None, "cache_size", -cache)?)
    }

    fn set_patience(&self, patience: Duration) -> Result<()> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    fn connector(&self) -> Connector {
        let path = self.path.clone();
        Box::new(move || {
            let access = flags(OpenFlags::SQLITE_OPEN_READ_ONLY);
            let connection = Connection::open_with_flags(&path, access)?;
            connection.busy_timeout(PATIENCE)?;
            tune(&connection)?;
            Ok(Box::new(Self { connection, path }))
        })
    }
}

impl Cells for Row<'_> {
    fn cell(&self, at: usize) -> Result<Cell<'_>> {
        match self.get_ref(at)? {
            ValueRef::Null => Ok(Cell::Null),
            ValueRef::Integer(number) => Ok(Cell::Int(number)),
            ValueRef::Text(bytes) => Ok(Cell::Text(bytes)),
            ValueRef::Blob(bytes) => Ok(Cell::Blob(bytes)),
            ValueRef::Real(_) => Err(Error::Unreadable("a number with a fraction".to_owned())),
        }
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Day(text) => ValueRef::Text(text),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn flags(access: OpenFlags) -> OpenFlags {
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// No memory map: the pages of a large ledger would count as memory of this process, for a tenth of the time.
fn tune(connection: &Connection) -> Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Without, a plan may depend on the values it was made with, and many statements are prepared anew at every use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;")?;
    Ok(connection.pragma_update(None, "cache_size", -CACHE)?)
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
fn recognise(connection: &Connection, path: &Path) -> Result<i64> {
    let number = |sql| -> Result<i64> {
        connection.query_row(sql, [], |r| r.get(0)).map_err(|error| not_a_ledger(error, path))
    };
    // All of one state: somebody else may be making the ledger just now.
    connection.execute_batch("BEGIN")?;
    let tables = number("SELECT COUNT(*) FROM sqlite_schema");
    let (application, version) = (number("PRAGMA application_id"), number("PRAGMA user_version"));
    connection.execute_batch("COMMIT")?;
    let (tables, application, version) = (tables?, application?, version?);
    let is_empty = application == 0 && version == 0 && tables == 0;
    if application != APPLICATION_ID && !is_empty {
        return Err(Error::NotALedger(path.to_owned()));
    }
    if version > VERSION {
        return Err(Error::NewerLedger { path: path.to_owned(), found: version, known: VERSION });
    }
    Ok(version)
}

/// Reads the names of the migrations, by an expression that takes a millisecond to compile: on a thread of its own, while
/// the file is opened.
fn prepare_migrations() -> JoinHandle<refinery::Runner> {
    thread::spawn(embedded::migrations::runner)
}

/// Brings the schema up to date: every missing migration, its row in the history and the version in one transaction,
/// so that whoever is killed in between leaves the ledger as it was.
fn migrate(
    connection: &mut Connection,
    path: &Path,
    version: i64,
    migrations: JoinHandle<refinery::Runner>,
) -> Result<()> {
    let runner = migrations.join().map_err(|_| Error::Bug("a thread died"))?;
    if version == 0 {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    match runner.set_grouped(true).run(connection) {
        Ok(_) => Ok(()),
        // Somebody else opened it for the first time, too, and was faster.
        Err(_) if version < VERSION && recognise(connection, path)? == VERSION => Ok(()),
        Err(error) => Err(migration_error(&error, path)),
    }
}

fn migration_error(error: &refinery::Error, path: &Path) -> Error {
    use refinery::error::Kind;
    use std::error::Error as _;
    let busy = error
        .source()
        .and_then(|e| e.downcast_ref::<rusqlite::Error>())
        .and_then(rusqlite::Error::sqlite_error_code)
        .is_some_and(|code| code == ErrorCode::DatabaseBusy);
    match error.kind() {
        _ if busy => Error::Busy,
        Kind::MissingVersion(newer) => Error::NewerLedger {
            path: path.to_owned(),
            found: i64::from(newer.version()),
            known: VERSION,
        },
        other => Error::ForeignSchema { path: path.to_owned(), why: other.to_string() },
    }
}

fn not_a_ledger(error: rusqlite::Error, path: &Path) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Error::NotALedger(path.to_owned()),
        _ => error.into(),
    }
}

fn io_error(path: &Path, source: io::Error) -> Error {
    Error::Io { path: path.to_owned(), source }
}

/// A sum that SQLite could not hold: amounts no contract has.
fn is_overflow(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::SqliteFailure(_, Some(text)) if text == "integer overflow")
}

fn kind(error: &rusqlite::Error) -> ErrorKind {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error,
    };
    let unreadable = matches!(
        error,
        FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | Utf8Error(..)
    ) || is_overflow(error);
    if unreadable {
        return ErrorKind::Data;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => ErrorKind::Data,
        Some(
            ErrorCode::CannotOpen
            | ErrorCode::DiskFull
            | ErrorCode::OutOfMemory
            | ErrorCode::PermissionDenied
            | ErrorCode::ReadOnly
            | ErrorCode::SystemIoFailure,
        ) => ErrorKind::Environment,
        _ => ErrorKind::Bug,
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let code = error.sqlite_error_code();
        match code {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Storage {
                kind: kind(&error),
                message: error.to_string(),
                constraint: code == Some(ErrorCode::ConstraintViolation),
            },
        }
    }
}
