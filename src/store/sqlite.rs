//! The SQLite engine: the ledger's file made private to the user, recognised, brought up to date, watched, copied, and
//! spoken to. Nobody else names rusqlite or refinery.

use std::cell::{Cell as Slot, RefCell};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;
use std::{fs, io, thread};

use chrono::DateTime;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension, Row, ToSql, TransactionBehavior,
    params_from_iter,
};

use super::backend::{Backend, Cell, Cells, Connector, Value};
use super::chain;
use super::place::{self, Place};
use crate::error::check::{Check, Fault};
use crate::error::{Error, Result, StorageFault};
use crate::files;

mod embedded {
    refinery::embed_migrations!("assets/migrations");
}

/// What all migrations make of an empty file, with their history: to run each of them takes longer than the rest of a
/// start. A test writes it and keeps it true.
const SCHEMA: &str = include_str!("../../assets/schema.sql");

/// `HKL1`: marks a SQLite file as a ledger of ours.
const APPLICATION_ID: i64 = 0x484B_4C31;
/// How long a command waits for somebody else's write.
const PATIENCE: Duration = Duration::from_secs(5);
/// KiB of pages kept in memory.
const CACHE: i64 = 8_000;
/// The same for a connection beside the first, which mostly reads something once from end to end.
const ASIDE_CACHE: i64 = 1_000;
/// The same while much is written: pages that are changed again and again are written once.
const BULK_CACHE: i64 = 64_000;
/// Statements kept prepared.
const STATEMENTS: usize = 160;
/// Between two looks at a file that somebody writes to.
const PAUSE: Duration = Duration::from_millis(20);
/// Of one kind of fault at most this many are listed.
const LISTED: usize = 20;

/// A connection to a ledger in a SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
    /// Only the file is read, as it is: a place where nothing can be written.
    immutable: bool,
    /// Where the file has to stay as long as this connection writes to it.
    place: Option<Place>,
    /// The last event that was in the file itself when it was last looked at.
    known: RefCell<Option<Mark>>,
    patience: Slot<Duration>,
    /// There was a log beside the file when it was opened.
    pub(super) had_log: bool,
    /// Something was written that may be in the log only.
    unsettled: Slot<bool>,
}

/// What tells an event from that of any other ledger with the same number.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    id: i64,
    at: String,
    who: String,
    kind: String,
}

impl Sqlite {
    /// Opens the ledger, made if it is missing, and brings its schema up to date. File and folder are private to the
    /// user.
    pub fn open(path: &Path) -> Result<Self> {
        create_private(path).map_err(Error::io(path))?;
        Self::open_existing(path, &mut |_| Ok(()))
    }

    /// Opens a ledger that is there. Called before its schema changes: a way to keep the ledger as it was.
    pub fn open_existing(
        path: &Path,
        before_migration: &mut dyn FnMut(&dyn Backend) -> Result<()>,
    ) -> Result<Self> {
        if !path.try_exists().map_err(Error::io(path))? {
            return Err(Error::NoLedger(path.to_owned()));
        }
        thread::spawn(|| LazyLock::force(&MIGRATIONS));
        let mut place = Place::of(path)?;
        let had_log = place::has_log(path);
        let mut connection =
            Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))
                .map_err(|error| not_a_ledger(error, path))?;
        if place.look().is_err() {
            place = Place::of(path)?;
            connection =
                Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))
                    .map_err(|error| not_a_ledger(error, path))?;
        }
        connection.busy_timeout(PATIENCE)?;
        let version = recognise(&connection, path)?;
        let mut opened = Self::over(connection, path, false, Some(place));
        opened.had_log = had_log && version == newest();
        if had_log && opened.fit()? == Fit::Foreign {
            opened.leave_log()?;
            return Err(Error::ForeignLog(path.to_owned()));
        }
        if journal_mode(&opened.connection)? != "wal" {
            return Err(Error::NoWal(path.to_owned()));
        }
        opened.connection.execute_batch("PRAGMA synchronous = FULL;")?;
        tune(&opened.connection)?;
        if version > 0 && version < newest() {
            before_migration(&opened)?;
        }
        migrate(&mut opened.connection, path, version)?;
        opened.accept_place()?;
        Ok(opened)
    }

    /// Opens a ledger of this version where nothing can be written: a medium or a folder that is read-only.
    pub fn open_unwritable(path: &Path) -> Result<Self> {
        let immutable = !place::has_log(path);
        let opened = Self::over(read_only(path, immutable)?, path, immutable, None);
        if recognise(&opened.connection, path)? < newest() {
            return Err(Error::OlderLedger(path.to_owned()));
        }
        Ok(opened)
    }

    /// A ledger in a file of its own in `folder` that goes away with the second value: no durability, all speed.
    pub fn throwaway(folder: &Path) -> Result<(Self, tempfile::TempPath)> {
        thread::spawn(|| LazyLock::force(&MIGRATIONS));
        let file = tempfile::Builder::new()
            .prefix("huikuan-")
            .suffix(".db")
            .tempfile_in(folder)
            .map_err(Error::io(folder))?;
        let guard = file.into_temp_path();
        let path = guard.to_path_buf();
        let mut connection =
            Connection::open_with_flags(&path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
        connection.busy_timeout(PATIENCE)?;
        connection.execute_batch("PRAGMA synchronous = OFF;")?;
        connection.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
        tune(&connection)?;
        migrate(&mut connection, &path, 0)?;
        Ok((Self::over(connection, &path, false, None), guard))
    }

    fn over(connection: Connection, path: &Path, immutable: bool, place: Option<Place>) -> Self {
        Self {
            connection,
            path: path.to_owned(),
            immutable,
            place,
            known: RefCell::new(None),
            had_log: false,
            patience: Slot::new(PATIENCE),
            unsettled: Slot::new(false),
        }
    }

    /// Refuses to go on if the path does not name the file that is open, or somebody wrote over it. What other
    /// connections of ours do to the file is in order: they bring what is in the log into it.
    fn check_place(&self) -> Result<()> {
        let Some(place) = &self.place else {
            return Ok(());
        };
        while let Some(written) = place.look()? {
            let is_foreign = match self.fit()? {
                Fit::Whole => {
                    place.accept(written);
                    return Ok(());
                }
                Fit::Foreign => true,
                // Part of the log may be in it, as long as there is a log.
                Fit::Torn if place::has_log(&self.path) => return Ok(()),
                Fit::Torn => false,
            };
            // Somebody may be at it just now.
            thread::sleep(PAUSE);
            if is_foreign || place.look()? == Some(written) {
                self.leave_log()?;
                return Err(Error::LedgerReplaced(self.path.clone()));
            }
        }
        Ok(())
    }

    /// What was done to the file until now was done by this connection.
    fn accept_place(&self) -> Result<()> {
        if let Some(place) = &self.place
            && let Some(written) = place.look()?
        {
            place.accept(written);
        }
        Ok(())
    }

    /// How the file by itself goes with what is seen here with the log. It is read over a connection without locks,
    /// which sees the file and nothing else.
    fn fit(&self) -> Result<Fit> {
        let Ok(file) = read_only(&self.path, true) else {
            return Ok(Fit::Torn);
        };
        let Ok(last) = Mark::last(&file) else {
            return Ok(Fit::Torn);
        };
        if let Some(last) = &last
            && !last.is_in(&self.connection)?
        {
            // Of a page that was half written an event can be read that never was one: no hash confirms it, where there
            // are hashes.
            let file = Self::over(file, &self.path, true, None);
            let is_event = matches!(chain::tip(&file), Ok(None))
                || chain::holds_after(&file, last.id - 1).unwrap_or(false);
            return Ok(if is_event { Fit::Foreign } else { Fit::Torn });
        }
        let mut known = self.known.borrow_mut();
        if !known.as_ref().is_none_or(|known| known.is_in(&file).unwrap_or(false)) {
            return Ok(Fit::Torn);
        }
        *known = last;
        Ok(Fit::Whole)
    }

    /// The last event in the file itself when it was last looked at.
    pub(super) fn in_file(&self) -> i64 {
        self.known.borrow().as_ref().map_or(0, |known| known.id)
    }

    /// Leaves what is in the log where it is: it belongs to another file.
    pub(super) fn leave_log(&self) -> Result<()> {
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        Ok(())
    }
}

/// How a file by itself goes with the log beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// It holds an earlier state, or the same.
    Whole,
    /// It lacks what was in it, cannot be read, or tells what no hash confirms: part of the log was brought into it, or somebody wrote over it.
    Torn,
    /// It holds what the ledger never did.
    Foreign,
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        // The last to close a ledger brings the log into the file, which must be the log's own.
        if self.check_place().is_err() {
            drop(self.leave_log());
        }
    }
}

impl Mark {
    const SELECT: &str = "SELECT id, at, who, kind FROM event";

    /// The last event; none of a ledger without tables, too.
    fn last(connection: &Connection) -> rusqlite::Result<Option<Self>> {
        let sql = [Self::SELECT, "ORDER BY id DESC LIMIT 1"].join(" ");
        match connection.query_row(&sql, [], Self::read).optional() {
            Err(error) if is_missing(&error) => Ok(None),
            found => found,
        }
    }

    fn is_in(&self, connection: &Connection) -> rusqlite::Result<bool> {
        let sql = [Self::SELECT, "WHERE id = ?1"].join(" ");
        match connection.query_row(&sql, [self.id], Self::read).optional() {
            Ok(found) => Ok(found.as_ref() == Some(self)),
            Err(error) if is_missing(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { id: row.get(0)?, at: row.get(1)?, who: row.get(2)?, kind: row.get(3)? })
    }
}

impl Backend for Sqlite {
    fn begin(&self) -> Result<()> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        self.check_place().inspect_err(|_| drop(self.rollback()))?;
        self.unsettled.set(true);
        Ok(())
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
        self.check_place()?;
        if self.known.borrow().is_none() && self.place.is_some() {
            self.fit()?;
        }
        let mut statement = self.connection.prepare_cached("PRAGMA data_version")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    fn schema(&self) -> i64 {
        newest()
    }

    fn set_bulk(&self, bulk: bool) -> Result<()> {
        let cache = if bulk { BULK_CACHE } else { CACHE };
        Ok(self.connection.pragma_update(None, "cache_size", -cache)?)
    }

    fn set_patience(&self, patience: Duration) -> Result<()> {
        self.patience.set(patience);
        Ok(self.connection.busy_timeout(patience)?)
    }

    fn settle(&self) -> Result<()> {
        if !self.unsettled.get() || self.place.is_none() {
            return Ok(());
        }
        self.check_place()?;
        self.connection.busy_timeout(Duration::ZERO)?;
        let done = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok(row.get::<_, i64>(0)? == 0));
        self.connection.busy_timeout(self.patience.get())?;
        // Somebody reads or writes: the next time is soon enough.
        self.unsettled.set(!done?);
        self.check_place()
    }

    fn connector(&self) -> Connector {
        let (path, immutable) = (self.path.clone(), self.immutable);
        Box::new(move || {
            let connection = read_only(&path, immutable)?;
            connection.pragma_update(None, "cache_size", -ASIDE_CACHE)?;
            Ok(Box::new(Self::over(connection, &path, immutable, None)))
        })
    }

    fn copy_to(&self, file: &Path) -> Result<()> {
        let mut copy = Connection::open_with_flags(file, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
        copy.execute_batch("PRAGMA synchronous = OFF;")?;
        loop {
            // All at once: a copy in steps begins anew with each change of others.
            match Backup::new(&self.connection, &mut copy)?.step(-1)? {
                StepResult::Done => break,
                _ => thread::sleep(PAUSE),
            }
        }
        // A copy is one file, wherever it is read.
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        Ok(())
    }

    fn faults(&self, check: Check) -> Result<Option<Vec<Fault>>> {
        match check {
            Check::Schema => schema_faults(&self.connection).map(Some),
            Check::File => file_faults(&self.connection).map(Some),
            Check::References => reference_faults(&self.connection).map(Some),
            Check::Records | Check::Chain | Check::Derived | Check::Snapshots | Check::Papers => {
                Ok(None)
            }
        }
    }
}

/// What of the schema is not as the migrations make it.
fn schema_faults(connection: &Connection) -> Result<Vec<Fault>> {
    let mut fresh = Connection::open_in_memory()?;
    embedded::migrations::runner()
        .run(&mut fresh)
        .map_err(|_| Error::Bug("a migration that fails on an empty ledger"))?;
    let (wanted, found) = (schema(&fresh)?, schema(connection)?);
    let differing = wanted.symmetric_difference(&found).map(|(name, _)| name.clone());
    let mut names: BTreeSet<String> = differing.collect();
    names.extend(damaged_history(connection)?);
    Ok(names.into_iter().map(Fault::Schema).collect())
}

/// Tables and indexes with their definitions; what SQLite keeps for itself is left out.
fn schema(connection: &Connection) -> Result<BTreeSet<(String, String)>> {
    let sql =
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn file_faults(connection: &Connection) -> Result<Vec<Fault>> {
    let mut statement = connection.prepare(&format!("PRAGMA integrity_check({LISTED})"))?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut found = Vec::new();
    for row in rows {
        match row {
            Ok(line) if line == "ok" => {}
            Ok(line) => found.push(Fault::File(line)),
            // So damaged that it cannot even be checked.
            Err(error) => {
                found.push(Fault::File(error.to_string()));
                break;
            }
        }
    }
    Ok(found)
}

fn reference_faults(connection: &Connection) -> Result<Vec<Fault>> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let rows = statement
        .query_map([], |row| Ok(Fault::Reference { table: row.get(0)?, to: row.get(2)? }))?;
    let mut found: Vec<Fault> = rows.take(LISTED + 1).collect::<rusqlite::Result<_>>()?;
    if found.len() > LISTED {
        found.truncate(LISTED);
        found.push(Fault::More);
    }
    Ok(found)
}

/// Copies the ledger in a file that is only read into another, which is there and empty.
pub(super) fn copy_file(from: &Path, to: &Path) -> Result<()> {
    let connection = read_only(from, !place::has_log(from))?;
    if recognise(&connection, from)? == 0 {
        return Err(Error::NotALedger(from.to_owned()));
    }
    Sqlite::over(connection, from, false, None).copy_to(to)
}

/// A finished copy, to be looked at.
pub(super) fn open_copy(path: &Path) -> Result<Sqlite> {
    Ok(Sqlite::over(read_only(path, true)?, path, true, None))
}

/// Keeps everybody else from a ledger that is to be replaced, as long as it lives.
pub(super) struct Claim(#[allow(dead_code, reason = "held for its lock")] Sqlite);

/// Brings the log of a ledger into its file and keeps everybody else from it. Refused where somebody has it open;
/// nothing of one that is too damaged for that, or whose log belongs to another file.
pub(super) fn claim(path: &Path) -> Result<Option<Claim>> {
    let had_log = place::has_log(path);
    let place = Place::of(path)?;
    let access = flags(OpenFlags::SQLITE_OPEN_READ_WRITE);
    let Ok(connection) = Connection::open_with_flags(path, access) else {
        return Ok(None);
    };
    connection.busy_timeout(Duration::from_millis(200))?;
    let ledger = Sqlite::over(connection, path, false, Some(place));
    if had_log && !matches!(ledger.fit(), Ok(Fit::Whole)) {
        ledger.leave_log()?;
        return Ok(None);
    }
    let claimed = || -> rusqlite::Result<String> {
        // Leaving the log behind needs a file nobody else has open.
        let mode =
            ledger.connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
        ledger.connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;")?;
        Ok(mode)
    };
    match claimed() {
        Ok(mode) if mode == "delete" => Ok(Some(Claim(ledger))),
        Ok(_) => Err(Error::LedgerOpen(path.to_owned())),
        Err(error) => match error.into() {
            Error::Busy => Err(Error::LedgerOpen(path.to_owned())),
            _ => Ok(None),
        },
    }
}

/// Has changes written to a log, and answers what they are written to. While somebody else has a new file change over
/// just now SQLite says at once that it is busy, whatever the patience.
fn journal_mode(connection: &Connection) -> rusqlite::Result<String> {
    let mut tries = PATIENCE.as_millis() / PAUSE.as_millis();
    loop {
        match connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)) {
            Err(error) if tries > 0 && is_busy(&error) => {
                tries -= 1;
                thread::sleep(PAUSE);
            }
            done => return done,
        }
    }
}

/// Somebody else has the ledger just now.
fn is_busy(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(code, Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// A connection that only reads: the ledger with its log, or the file alone.
fn read_only(path: &Path, immutable: bool) -> Result<Connection> {
    let access = flags(OpenFlags::SQLITE_OPEN_READ_ONLY);
    let connection = if immutable {
        let access = access | OpenFlags::SQLITE_OPEN_URI;
        Connection::open_with_flags(format!("file:{}?immutable=1", in_uri(path)), access)
    } else {
        Connection::open_with_flags(path, access)
    };
    let connection = connection.map_err(|error| not_a_ledger(error, path))?;
    connection.busy_timeout(PATIENCE)?;
    tune(&connection).map_err(|error| not_a_ledger(error, path))?;
    Ok(connection)
}

/// A path as part of a URI.
fn in_uri(path: &Path) -> String {
    let mut text = String::new();
    if cfg!(windows) {
        text.push('/');
    }
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => text.push('/'),
            b'/' | b'.' | b'-' | b'_' | b'~' | b':' => text.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => text.push(char::from(*byte)),
            byte => text.extend(format!("%{byte:02x}").chars()),
        }
    }
    text
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
fn tune(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Without, a plan may depend on the values it was made with, and many statements are prepared anew at every use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;")?;
    connection.pragma_update(None, "cache_size", -CACHE)
}

/// Makes a missing file, and missing folders, readable by the user only, before SQLite writes to it.
fn create_private(path: &Path) -> io::Result<()> {
    files::create_folder(files::folder_of(path))?;
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
    // What cannot be read may have ended it already.
    let ended = connection.execute_batch("COMMIT");
    let (tables, application, version) = (tables?, application?, version?);
    ended?;
    let is_empty = application == 0 && version == 0 && tables == 0;
    if application != APPLICATION_ID && !is_empty {
        return Err(Error::NotALedger(path.to_owned()));
    }
    let known = newest();
    if version > known {
        return Err(Error::NewerLedger { path: path.to_owned(), found: version, known });
    }
    Ok(version)
}

/// Their names are read by an expression that takes a millisecond to compile: once, and beside the opening of the file.
static MIGRATIONS: LazyLock<Vec<refinery::Migration>> =
    LazyLock::new(|| embedded::migrations::runner().get_migrations().clone());

/// The newest schema: the number of the last migration.
fn newest() -> i64 {
    let versions = MIGRATIONS.iter().map(|migration| i64::from(migration.version()));
    versions.max().unwrap_or_default()
}

/// Brings the schema up to date: every missing migration, its row in the history and the version in one transaction,
/// so that whoever is killed in between leaves the ledger as it was.
fn migrate(connection: &mut Connection, path: &Path, version: i64) -> Result<()> {
    if version == 0 && create(connection)? {
        return Ok(());
    }
    if let Some(why) = damaged_history(connection)? {
        return Err(Error::ForeignSchema { path: path.to_owned(), why });
    }
    match refinery::Runner::new(&MIGRATIONS).set_grouped(true).run(connection) {
        Ok(_) => Ok(()),
        // Somebody else opened it for the first time, too, and was faster.
        Err(_) if version < newest() && recognise(connection, path)? == newest() => Ok(()),
        Err(error) => Err(migration_error(&error, path)),
    }
}

/// Makes a ledger of an empty file, at once; false if something stands in it by now.
fn create(connection: &mut Connection) -> Result<bool> {
    let made = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let empty = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)";
    if !made.query_row(empty, [], |row| row.get(0))? {
        return Ok(false);
    }
    made.pragma_update(None, "application_id", APPLICATION_ID)?;
    made.execute_batch(SCHEMA)?;
    made.commit()?;
    Ok(true)
}

/// The row of the history of migrations that cannot be read as one; refinery takes every row for its own.
fn damaged_history(connection: &Connection) -> Result<Option<String>> {
    let sql = "SELECT version, name, applied_on, checksum FROM refinery_schema_history";
    let mut statement = match connection.prepare(sql) {
        Ok(statement) => statement,
        Err(error) if is_missing(&error) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut rows = statement.query([])?;
    let mut number = 0;
    while let Some(row) = rows.next()? {
        number += 1;
        let text = |at| row.get::<_, String>(at).ok();
        let whole = row.get::<_, i32>(0).is_ok()
            && text(1).is_some()
            && text(2).is_some_and(|day| DateTime::parse_from_rfc3339(&day).is_ok())
            && text(3).is_some_and(|sum| sum.parse::<u64>().is_ok());
        if !whole {
            return Ok(Some(format!("refinery_schema_history, row {number}")));
        }
    }
    Ok(None)
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
            known: newest(),
        },
        // It goes on with all the SQL of the migration.
        other => {
            Error::ForeignSchema { path: path.to_owned(), why: first_line(&other.to_string()) }
        }
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(200).collect()
}

fn not_a_ledger(error: rusqlite::Error, path: &Path) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Error::NotALedger(path.to_owned()),
        _ => error.into(),
    }
}

/// A table or column that is not there.
fn is_missing(error: &rusqlite::Error) -> bool {
    error.to_string().starts_with("no such ")
}

/// A sum that SQLite could not hold: amounts no contract has.
fn is_overflow(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::SqliteFailure(_, Some(text)) if text == "integer overflow")
}

fn fault(error: &rusqlite::Error) -> StorageFault {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error,
    };
    let unreadable = matches!(
        error,
        FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | Utf8Error(..)
    );
    if unreadable || is_overflow(error) {
        return StorageFault::Unreadable;
    }
    if is_missing(error) {
        return StorageFault::Schema;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StorageFault::Damaged,
        Some(ErrorCode::DiskFull) => StorageFault::Full,
        Some(ErrorCode::ReadOnly) => StorageFault::ReadOnly,
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => StorageFault::NoAccess,
        Some(ErrorCode::SystemIoFailure) => StorageFault::Io,
        Some(ErrorCode::FileLockingProtocolFailed) => StorageFault::Locking,
        Some(ErrorCode::OutOfMemory) => StorageFault::Memory,
        Some(ErrorCode::ConstraintViolation) => StorageFault::Constraint,
        _ => StorageFault::Ours,
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        if is_busy(&error) {
            return Self::Busy;
        }
        Self::Storage { fault: fault(&error), message: error.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use std::{env, fs};

    use super::*;

    /// `HUIKUAN_WRITE_DOCS=1` writes it anew.
    #[test]
    fn a_new_ledger_is_what_all_migrations_make() {
        let mut migrated = Connection::open_in_memory().unwrap();
        embedded::migrations::runner().run(&mut migrated).unwrap();
        let wanted = dumped(&migrated);
        if env::var_os("HUIKUAN_WRITE_DOCS").is_some() {
            fs::write("assets/schema.sql", wanted).unwrap();
        } else {
            assert!(wanted == SCHEMA, "assets/schema.sql is out of date");
            let made = Connection::open_in_memory().unwrap();
            made.execute_batch(SCHEMA).unwrap();
            assert_eq!(dumped(&made), wanted);
        }
    }

    /// Definitions in the order they were made, rows, version.
    fn dumped(connection: &Connection) -> String {
        let texts = |sql: &str| -> Vec<String> {
            let mut statement = connection.prepare(sql).unwrap();
            let texts = statement.query_map([], |row| row.get(0)).unwrap();
            texts.map(Result::unwrap).collect()
        };
        let mut sql =
            texts("SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
        for table in texts("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid") {
            let columns = texts(&format!("SELECT name FROM pragma_table_info('{table}')"));
            let values: Vec<String> = columns
                .iter()
                .map(|name| match name.as_str() {
                    "applied_on" => "'strftime(''%Y-%m-%dT%H:%M:%SZ'', ''now'')'".to_owned(),
                    name => format!("quote({name})"),
                })
                .collect();
            let values = values.join(" || ', ' || ");
            let row = format!("'INSERT INTO {table} VALUES (' || {values} || ');'");
            sql.extend(texts(&format!("SELECT {row} FROM {table} ORDER BY rowid")));
        }
        sql.extend(texts(
            "SELECT 'PRAGMA user_version = ' || user_version || ';' FROM pragma_user_version",
        ));
        sql.join("\n") + "\n"
    }
}
