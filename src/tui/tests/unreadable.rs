//! A ledger that cannot be read says so: it never looks like an empty one, nor like one in which nothing happened.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::kit::{opened, today};
use super::*;
use crate::domain::change::Change;
use crate::store::Store;
use crate::text::Lang;
use crate::tui::data::LastSeen;

/// Opened afresh, so that little of the file is in memory.
fn reopened(folder: &Path) -> (Played, PathBuf) {
    let path = folder.join("ledger.db");
    let store = Store::open(&path).unwrap();
    let played = Played::of(opened(store, "wang", LastSeen::default()), Lang::En, (120, 40));
    (played, path)
}

fn cut(file: &Path, to: u64) {
    File::options().write(true).open(file).unwrap().set_len(to).unwrap();
}

#[test]
fn a_cut_file_is_an_error_in_every_view_that_needs_it() {
    let Town { store, folder } = Town::new();
    drop(store);
    let (mut played, path) = reopened(folder.path());
    cut(&path, 8_192);
    for (keys, empty) in [("2", "No project"), ("5", "No customer"), ("3 a", "closed (0)")] {
        played = played.press(keys);
        played.shows("the ledger is damaged");
        played.hides(empty);
    }
}

#[test]
fn what_another_wrote_and_cannot_be_read_is_told_until_it_can() {
    let mut town = Town::new();
    let (mut played, path) = reopened(town.folder.path());
    let late = town.store.find_milestone("P-2040-M2").unwrap();
    town.does(&Change::Reschedule {
        milestones: vec![late],
        to: "2026-12-24".parse().unwrap(),
        on: today(),
        reason: String::new(),
    });
    let wal = path.with_file_name("ledger.db-wal");
    let written = fs::read(&wal).unwrap();
    cut(&wal, 0);
    played.app.poll();
    played = played.press("");
    played.shows("the disk failed");
    File::options().write(true).open(&wal).unwrap().write_all(&written).unwrap();
    played.app.poll();
    played = played.press("3");
    played.hides("the disk failed");
    played.shows("2026-12-24");
}
