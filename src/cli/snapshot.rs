//! Weekly snapshots: taken, listed, shown, exported.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::config;
use crate::domain::change::Change;
use crate::domain::ids::SnapshotId;
use crate::domain::violation::{Thing, Violation};
use crate::error::{Error, Result};
use crate::exchange::movement::{Asked, between};
use crate::exchange::out::Format;
use crate::exchange::pack::Pack;
use crate::exchange::{snapshot, trend};
use crate::portfolio::Portfolio;
use crate::store::{Applied, Reader, Snapshot};

use super::args::{Diff, Files, Take};
use super::session::{Session, Typed, note, print, print_json};
use super::words::code;

/// Freezes the table, and writes the week's pack. What hinders writing does not take the snapshot back: it is in the
/// ledger and can be exported again.
pub fn take(session: &Session, args: &Take) -> Result<()> {
    let mut store = session.open()?;
    let day = session.past("--as-of", args.as_of.as_deref())?;
    let formats = Format::listed(args.formats.as_deref().or(session.config.formats.as_deref()))?;
    let above = folder(args.output.as_deref())?;
    let mut portfolio = Portfolio::load(&store, day)?;
    portfolio.name_customers(&store)?;
    let change = snapshot::freeze(&portfolio, session.lang)?;
    let applied = store.apply(&change, &session.context())?;
    let created = applied.created.first().copied();
    let created = created.ok_or(Error::Bug("a snapshot that was not kept"))?;
    let pack = Pack::read(&store, store.snapshot(SnapshotId(created))?)?;
    let files = pack.save(&store, &above, &formats, session.lang);
    let (files, trouble) = match files {
        Ok(files) => (names(&files), None),
        Err(trouble) => (Vec::new(), Some(trouble)),
    };
    session.done(tell(session, &change, &applied, (&pack.hash, &files)))?;
    if let Some(trouble) = trouble {
        note(&session.lang.snapshot_unwritten(&session.lang.error(&trouble)));
    }
    Ok(())
}

/// Says what was frozen and where it was written.
fn tell(
    session: &Session,
    change: &Change,
    applied: &Applied,
    (hash, files): (&str, &[String]),
) -> Result<()> {
    if session.global.json {
        let created: Vec<String> = applied.created.iter().map(|id| format!("#{id}")).collect();
        let event = applied.event.map(|event| event.0);
        return print_json(&json!({
            "event": event, "ids": [], "created": created, "dated": [], "hash": hash, "files": files
        }));
    }
    if session.global.quiet {
        return Ok(());
    }
    let lang = session.lang;
    let saved = lang.confirmation(change, applied.created.first().copied(), &Typed::default());
    let event = applied.event.map_or_else(String::new, |event| lang.event_mark(event.0));
    print(&format!("{saved}{event}\n{}\n", lang.snapshot_hash(hash)))?;
    files.iter().try_for_each(|name| print(&format!("{name}\n")))
}

fn names(files: &[PathBuf]) -> Vec<String> {
    files.iter().map(|file| file.display().to_string()).collect()
}

/// The folder that was named, else the user's documents.
fn folder(named: Option<&Path>) -> Result<PathBuf> {
    named.map_or_else(config::documents, |folder| Ok(folder.to_owned()))
}

/// What moved between two snapshots, or a snapshot and a day.
pub fn diff(session: &Session, args: &Diff) -> Result<()> {
    let store = session.read()?;
    let by = code("--by", &args.by, session.lang)?;
    let from = end(session, &store, &args.opening)?;
    let to = match &args.closing {
        Some(name) => end(session, &store, name)?,
        None => Asked::Day(session.today),
    };
    let mut movement = between(&store, [from, to], by)?;
    if args.explain {
        movement.explain(&store)?;
    }
    session.give(&movement, &args.files)
}

/// A snapshot by its number or week, else a day.
fn end(session: &Session, store: &Reader, name: &str) -> Result<Asked> {
    match store.find_snapshot(name) {
        Ok(id) => Ok(Asked::Kept(Box::new(store.snapshot(id)?))),
        Err(unknown) => match session.past("DAY", Some(name)) {
            Ok(day) => Ok(Asked::Day(day)),
            Err(_) => Err(unknown),
        },
    }
}

/// How the table stood in each snapshot.
pub fn trend(session: &Session, files: &Files) -> Result<()> {
    let store = session.read()?;
    session.give(&trend::trend(&store, None, &store.policy()?)?, files)
}

pub fn list(session: &Session, files: &Files) -> Result<()> {
    let heads = session.read()?.snapshots()?.into_iter();
    let timed = heads.map(|head| {
        let taken_at = crate::clock::local(head.taken_at);
        (head, taken_at)
    });
    session.give(&snapshot::Listed(timed.collect()), files)
}

/// The snapshot of that number or week; the latest without a name.
fn find(store: &Reader, name: Option<&str>) -> Result<Snapshot> {
    let id = if let Some(name) = name {
        store.find_snapshot(name)?
    } else {
        let latest = store.snapshots()?.into_iter().next();
        let none = || Violation::Unknown { thing: Thing::Snapshot, name: String::new() };
        latest.ok_or_else(none)?.id
    };
    store.snapshot(id)
}

pub fn show(session: &Session, name: Option<&str>, files: &Files) -> Result<()> {
    let found = find(&session.read()?, name)?;
    if session.global.json && files.output.is_empty() {
        return print(&found.rows);
    }
    let (table, hash) = (snapshot::read(&found)?, snapshot::hash(&found));
    let taken_at = crate::clock::local(found.head.taken_at);
    session.give(&snapshot::Shown { head: found.head, taken_at, hash, table }, files)
}

pub fn export(session: &Session, name: Option<&str>, folder: Option<&Path>) -> Result<()> {
    let store = session.read()?;
    let found = find(&store, name)?;
    let folder = self::folder(folder)?;
    let names = names(&snapshot::export(&store, &found, &folder, session.lang)?);
    if session.global.json {
        return session.done(print_json(&json!({ "files": names })));
    }
    session.done(names.iter().try_for_each(|name| print(&format!("{name}\n"))))
}
