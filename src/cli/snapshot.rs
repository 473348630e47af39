//! Weekly snapshots: taken, listed, shown, exported.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::config;
use crate::domain::aging::Buckets;
use crate::domain::violation::{Thing, Violation};
use crate::error::{Error, Result};
use crate::exchange::aging::cells;
use crate::exchange::out::{Column, Table, text};
use crate::exchange::snapshot::{export as write_files, freeze, read, stem};
use crate::portfolio::Portfolio;
use crate::store::{Snapshot, Store};

use super::session::{Session, print};

pub fn take(session: &Session, as_of: Option<&str>) -> Result<()> {
    let mut store = session.open()?;
    let day = session.past("--as-of", as_of)?;
    let mut book = Portfolio::load(&store, day)?;
    book.name_customers(&store)?;
    let change = freeze(&book, session.lang)?;
    let applied = store.apply(&change, &session.context())?;
    let week = crate::exchange::snapshot::iso_week(day);
    let number = applied.created.first().copied().unwrap_or_default();
    session.confirm(&applied, &session.lang.said_snapshot(number, &week, day))
}

pub fn list(session: &Session) -> Result<()> {
    let store = session.open()?;
    let all = store.snapshots()?;
    if session.global.json {
        let rows: Vec<serde_json::Value> = all
            .iter()
            .map(|s| {
                json!({
                    "snapshot": s.id.0,
                    "as_of": s.as_of.to_string(),
                    "week": s.iso_week,
                    "taken_at": s.taken_at.to_rfc3339(),
                })
            })
            .collect();
        return print(&format!("{}\n", serde_json::Value::from(rows)));
    }
    let lang = session.lang;
    let table = Table {
        title: lang.snapshots_title().to_owned(),
        columns: vec![
            Column::right("#"),
            Column::left(lang.week_word()),
            Column::left(lang.as_of_word()),
            Column::left(lang.taken_word()),
        ],
        rows: all
            .iter()
            .map(|s| {
                let taken = s.taken_at.format("%Y-%m-%d %H:%M").to_string();
                vec![
                    s.id.0.to_string(),
                    s.iso_week.clone(),
                    s.as_of.to_string(),
                    taken,
                ]
            })
            .collect(),
        ..Table::default()
    };
    print(&text(&table))
}

/// The snapshot of that number or week; the latest without a name.
fn find(store: &Store, name: Option<&str>) -> Result<Snapshot> {
    let id = if let Some(name) = name {
        store.find_snapshot(name)?
    } else {
        let latest = store.snapshots()?.into_iter().next();
        let none = || Violation::Unknown {
            thing: Thing::Snapshot,
            name: String::new(),
        };
        latest.ok_or_else(none)?.id
    };
    store.snapshot(id)
}

pub fn show(session: &Session, name: Option<&str>) -> Result<()> {
    let found = find(&session.open()?, name)?;
    if session.global.json {
        return print(&found.rows);
    }
    let document = read(&found.rows).map_err(Error::from)?;
    print(&text(&cells(
        &document,
        Some(&Buckets::default().edges),
        session.lang,
        true,
    )))
}

pub fn export(session: &Session, name: Option<&str>, folder: Option<&Path>) -> Result<()> {
    let store = session.open()?;
    let found = find(&store, name)?;
    let folder = match folder {
        Some(folder) => folder.to_owned(),
        None => config::documents()?,
    };
    let files = write(&store, &found, &folder, session.lang)?;
    if session.global.json {
        let names: Vec<String> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        return print(&format!("{}\n", json!({ "files": names })));
    }
    for file in files {
        print(&format!("{}\n", file.display()))?;
    }
    Ok(())
}

/// Writes the files of a snapshot.
pub fn write(
    store: &Store,
    found: &Snapshot,
    folder: &Path,
    lang: crate::text::Lang,
) -> Result<Vec<PathBuf>> {
    let document = read(&found.rows).map_err(Error::from)?;
    let stem = stem(&store.snapshots()?, &found.head);
    write_files(&document, &stem, folder, lang).map_err(|source| Error::Io {
        path: folder.to_owned(),
        source,
    })
}
