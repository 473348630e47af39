//! The ledger's file: private, recognised, shared between processes.

use huikuan::domain::change::{Change, Target};
use huikuan::domain::violation::Violation;
use huikuan::error::{Error, ErrorKind};
use huikuan::store::{Store, Touched};
use rusqlite::Connection;

use crate::kit::{Ledger, contact, context, milestone, payment};

#[cfg(unix)]
#[test]
fn folder_and_file_are_private_to_the_user() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/deep/ledger.db");
    let mut store = Store::open(&path).unwrap();
    store.apply(&Change::AddCustomer(crate::kit::customer("C1")), &context()).unwrap();
    let mode = |p: &std::path::Path| std::fs::metadata(p).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&path.with_extension("db-wal")), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(&folder.path().join("new")), 0o700);
}

#[test]
fn what_is_no_ledger_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "not a database, but long enough to be looked at as one\n").unwrap();
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    for path in [text, other] {
        let before = std::fs::read(&path).unwrap();
        let error = Store::open(&path).unwrap_err();
        assert!(matches!(error, Error::NotALedger(_)), "{error:?}");
        assert_eq!(error.kind(), ErrorKind::Data);
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_newer_ledger_and_an_edited_migration_are_refused() {
    let l = Ledger::new();
    let path = l.store.path().to_owned();
    let db = Connection::open(&path).unwrap();
    db.execute_batch("PRAGMA user_version = 99").unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, Error::NewerLedger { found: 99, .. }), "{error:?}");
    db.execute_batch("PRAGMA user_version = 1; UPDATE refinery_schema_history SET checksum = '1'")
        .unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, Error::ForeignSchema { .. }), "{error:?}");
}

#[test]
fn a_folder_in_the_way_says_which_path() {
    let folder = tempfile::tempdir().unwrap();
    let error = Store::open(folder.path()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Environment, "{error:?}");
}

#[test]
fn two_connections_see_each_others_events() {
    let (mut l, customer, project) = Ledger::with_project();
    let mut other = Store::open(l.store.path()).unwrap();
    let (version, seen) = (other.data_version().unwrap(), other.last_event().unwrap());
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    assert_ne!(other.data_version().unwrap(), version);
    let events = other.events_since(seen).unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].touched, Touched::These(vec![m]));
    other.apply(&payment(customer, 40, "2026-05-01", Target::Automatic), &context()).unwrap();
    assert_eq!(l.balance(m), 60);
}

#[test]
fn a_background_reader_sees_what_is_committed() {
    let (mut l, _, project) = Ledger::with_project();
    let reader = l.store.reader().unwrap();
    l.milestone(project, "M1", 100, "2026-03-01");
    let count = std::thread::spawn(move || reader.items().unwrap().len());
    assert_eq!(count.join().unwrap(), 1);
}

#[test]
fn a_ledger_somebody_writes_to_is_busy_not_broken() {
    let mut l = Ledger::new();
    l.store.set_patience(std::time::Duration::from_millis(1)).unwrap();
    let writer = Connection::open(l.store.path()).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = l.apply(&Change::AddCustomer(crate::kit::customer("C1"))).unwrap_err();
    assert!(matches!(error, Error::Busy));
    writer.execute_batch("COMMIT").unwrap();
    l.customer("C1");
}

#[test]
fn a_throw_away_ledger_goes_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::throwaway(folder.path()).unwrap();
    store.apply(&Change::AddCustomer(crate::kit::customer("C1")), &context()).unwrap();
    assert_eq!(store.reader().unwrap().counts().unwrap(), [1, 0, 0]);
    drop(store);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn who_saves_second_is_told_and_loses_nothing() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let n = l.milestone(project, "M2", 100, "2026-03-01");
    let seen = l.store.last_event().unwrap();
    let edit = |key: &str, amount| milestone(project, key, amount, "2026-04-01");
    let theirs = l.as_user("li", &Change::EditMilestone(m, edit("M1", 90))).unwrap();
    let mine = Change::EditMilestone(m, edit("M1", 80));
    match l.after(seen, &mine) {
        Err(Error::Violation(Violation::Stale { event, who, .. })) => {
            assert_eq!((Some(event), who.as_str()), (theirs.event, "li"));
        }
        other => panic!("{other:?}"),
    }
    let pays = payment(customer, 10, "2026-05-01", Target::Lines(vec![(m, 10)]));
    assert!(matches!(l.after(seen, &pays), Err(Error::Violation(Violation::Stale { .. }))));
    l.after(seen, &Change::EditMilestone(n, edit("M2", 80))).unwrap();
    l.after(seen, &Change::LogContact(contact(&[m], Some(2), "2026-11-20"))).unwrap();
    l.after(theirs.event.unwrap(), &pays).unwrap_err();
    let seen = l.store.last_event().unwrap();
    l.after(seen, &pays).unwrap();
}

#[test]
fn a_large_ledger_reads_the_same_in_parts() {
    let mut l = Ledger::new();
    let customer = l.customer("C1");
    let project = l.project("P1", customer);
    let first = l.milestone(project, "M1", 100, "2026-03-01");
    let db = Connection::open(l.store.path()).unwrap();
    // Ids far apart span many blocks.
    let columns = "project, seq, name, stage, amount, rule, agreed_on";
    db.execute_batch(&format!(
        "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
         INSERT INTO all_milestone (id, {columns})
         SELECT i * 777, project, i, name, stage, amount, rule, agreed_on FROM milestone, n WHERE id = 1;
         UPDATE derived SET version = 0;"
    ))
    .unwrap();
    let l = Store::open(l.store.path()).unwrap();
    let items = l.items().unwrap();
    assert_eq!(items.len(), 400);
    assert_eq!(items[0].id, first);
    assert!(items.windows(2).all(|pair| pair[0].id < pair[1].id));
}
