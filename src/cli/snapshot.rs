//! Weekly snapshots: taken, listed, shown, exported.

use std::path::Path;

use serde_json::json;

use crate::config;
use crate::domain::violation::{Thing, Violation};
use crate::error::Result;
use crate::exchange::snapshot;
use crate::portfolio::Portfolio;
use crate::store::{Reader, Snapshot};

use super::args::Files;
use super::session::{Session, print, print_json};

pub fn take(session: &Session, as_of: Option<&str>) -> Result<()> {
    let mut store = session.open()?;
    let day = session.past("--as-of", as_of)?;
    let mut portfolio = Portfolio::load(&store, day)?;
    portfolio.name_customers(&store)?;
    let change = snapshot::freeze(&portfolio, session.lang)?;
    session.write(&mut store, &change, String::new())
}

pub fn list(session: &Session, files: &Files) -> Result<()> {
    session.give(&session.read()?.snapshots()?, files)
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
    let table = snapshot::read(&found)?;
    let taken_at = crate::clock::local(found.head.taken_at);
    session.give(&snapshot::Shown { head: found.head, taken_at, table }, files)
}

pub fn export(session: &Session, name: Option<&str>, folder: Option<&Path>) -> Result<()> {
    let store = session.read()?;
    let found = find(&store, name)?;
    let folder = match folder {
        Some(folder) => folder.to_owned(),
        None => config::documents()?,
    };
    let files = snapshot::export(&store, &found, &folder, session.lang)?;
    let names = files.iter().map(|file| file.display().to_string());
    let names: Vec<String> = names.collect();
    if session.global.json {
        return session.done(print_json(&json!({ "files": names })));
    }
    session.done(names.iter().try_for_each(|name| print(&format!("{name}\n"))))
}
