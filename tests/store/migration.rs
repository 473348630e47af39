//! A ledger of an earlier version: opened, brought up to date, the same figures.

use std::path::PathBuf;

use huikuan::domain::ids::{CustomerId, EventId, MilestoneId, ProjectId};
use huikuan::domain::kinds::PriorityStart;
use huikuan::domain::money::Currency;
use huikuan::error::Error;
use huikuan::store::Store;
use rusqlite::Connection;

use crate::kit::{context, day, today};

/// A ledger of the first schema, with a fact of every kind.
fn first_version() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let db = Connection::open(&path).unwrap();
    db.execute_batch(include_str!("v1.sql")).unwrap();
    db.execute_batch("PRAGMA application_id = 1212894257; PRAGMA user_version = 1;").unwrap();
    (folder, path)
}

#[test]
fn a_ledger_of_the_first_version_shows_the_same_figures() {
    let (_folder, path) = first_version();
    let mut derived = 0;
    let mut store = Store::open_with(&path, &mut |_, of| derived = of).unwrap();
    assert_eq!(derived, 5, "everything is derived anew, and it is told");

    let items = store.items().unwrap();
    let figures: Vec<_> = items
        .iter()
        .map(|item| (item.id.0, item.balance, item.due(today()).unwrap(), item.disputed))
        .collect();
    assert_eq!(
        figures,
        [
            (2, 49_000_000, day("2026-10-31"), 0),
            (3, 20_000_000, day("2027-08-25"), 0),
            (4, 2_100_000, day("2026-08-31"), 100_000),
            (5, 900_000, day("2026-12-20"), 0),
        ]
    );
    assert_eq!(items[0].last_touch_on, Some(day("2026-10-06")));
    assert_eq!(items[0].promises.len(), 1);
    assert!(!items[3].holds.is_empty());
    assert_eq!(store.unapplied(None).unwrap(), [(CustomerId(2), Currency::USD, 100_000)]);
    assert_eq!(store.timeline(MilestoneId(2)).unwrap().len(), 10);
    assert_eq!(store.snapshots().unwrap().len(), 1);

    let last = store.event(EventId(26)).unwrap().unwrap();
    assert_eq!(last.kind.code(), "snapshot");
    // The last change that can be undone is the write-off: its money is open again.
    store.undo(&context()).unwrap();
    store.undo(&context()).unwrap();
    assert_eq!(store.items_by_id(&[MilestoneId(4)]).unwrap()[0].balance, 2_100_050);

    let mut again = 0;
    Store::open_with(&path, &mut |_, of| again = of).unwrap();
    assert_eq!(again, 0, "and only once");
}

#[test]
fn a_project_of_an_older_ledger_bills_if_it_ever_did() {
    let (_folder, path) = first_version();
    let db = Connection::open(&path).unwrap();
    db.execute_batch(
        "INSERT INTO project (id, code, customer, name, currency) VALUES
             (3, 'P3', 1, 'never billed', 'CNY'), (4, 'P4', 1, 'waits for its bill', 'CNY');
         INSERT INTO milestone (project, seq, name, stage, amount, rule) VALUES
             (3, 1, 'M1', 'other', 100, '2026-12-01'), (4, 1, 'M1', 'other', 100, 'invoice + 30d');",
    )
    .unwrap();
    let store = Store::open(&path).unwrap();
    let bills = |id| store.project_draft(ProjectId(id)).unwrap().bills;
    assert_eq!([1, 2, 3, 4].map(bills), [true, true, false, true]);
}

#[test]
fn a_priority_right_that_held_for_all_contracts_holds_for_each() {
    for (value, expected) in [("18", Some(PriorityStart::Due)), ("off", None)] {
        let (_folder, path) = first_version();
        drop(Store::open(&path).unwrap());
        let db = Connection::open(&path).unwrap();
        db.execute_batch(
            "DROP INDEX project_works; DROP INDEX payment_payer; DROP VIEW payer_clearance;
             DROP TABLE all_payer_clearance;
             ALTER TABLE project DROP COLUMN priority_from; ALTER TABLE project DROP COLUMN completed_on;
             DROP INDEX note_day; DROP INDEX milestone_condition_unmet; DROP INDEX event_row_made;
             DELETE FROM refinery_schema_history WHERE version > 25; PRAGMA user_version = 25;",
        )
        .unwrap();
        let set = "INSERT INTO setting (key, value) VALUES ('priority_months', ?1)";
        db.execute(set, [value]).unwrap();
        let store = Store::open(&path).unwrap();
        let draft = |id| store.project_draft(ProjectId(id)).unwrap();
        assert_eq!(
            (draft(1).currency, draft(1).priority_from),
            (Currency::CNY, expected),
            "{value}"
        );
        assert_eq!((draft(2).currency, draft(2).priority_from), (Currency::USD, None));
    }
}

#[test]
fn what_an_older_version_changed_can_be_undone() {
    let (_folder, path) = first_version();
    let db = Connection::open(&path).unwrap();
    db.execute_batch(
        "UPDATE project SET name = 'New name' WHERE id = 1;
         INSERT INTO event (id, at, who, kind, detail, touched) VALUES (99, '2026-11-20T00:00:00Z', 'wang', 'edit_project', '{}', '[]');
         INSERT INTO event_row (event, tbl, first_id, last_id, before, after)
         SELECT 99, 'project', 1, 1, REPLACE(row, 'New name', 'Old name'), row FROM (
             SELECT json_object('code', code, 'customer', customer, 'name', name, 'manager', manager,
                 'contract_no', contract_no, 'contract_amount', contract_amount, 'currency', currency,
                 'signed_on', signed_on, 'starts_on', starts_on, 'ends_on', ends_on,
                 'warranty_ends_on', warranty_ends_on, 'progress_percent', progress_percent,
                 'grace_days', grace_days, 'state', state) AS row FROM project WHERE id = 1);",
    )
    .unwrap();
    let mut store = Store::open(&path).unwrap();
    store.undo(&context()).unwrap();
    let draft = store.project_draft(ProjectId(1)).unwrap();
    assert_eq!((draft.name.as_str(), draft.bills), ("Old name", true));
}

#[test]
fn a_migration_that_fails_halfway_leaves_the_ledger_as_it_was() {
    let (_folder, path) = first_version();
    let db = Connection::open(&path).unwrap();
    // The last of its statements that can fail will.
    db.execute_batch("ALTER TABLE setting RENAME TO elsewhere").unwrap();
    let schema = |db: &Connection| -> (i64, i64, String) {
        let one = |sql: &str| db.query_row(sql, [], |row| row.get(0)).unwrap();
        let tables = "SELECT GROUP_CONCAT(name || sql) FROM sqlite_schema ORDER BY name";
        (
            one("PRAGMA user_version"),
            one("SELECT COUNT(*) FROM refinery_schema_history"),
            db.query_row(tables, [], |row| row.get(0)).unwrap(),
        )
    };
    let before = schema(&db);
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, Error::ForeignSchema { .. }), "{error:?}");
    assert_eq!(schema(&db), before);

    db.execute_batch("ALTER TABLE elsewhere RENAME TO setting").unwrap();
    assert_eq!(Store::open(&path).unwrap().items().unwrap().len(), 4);
}

#[test]
fn programs_that_make_one_ledger_at_once_all_get_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    std::thread::scope(|scope| {
        let open = || Store::open(&path).map(|store| store.counts().unwrap());
        let all: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
        for one in all {
            match one.join().unwrap() {
                Ok(counts) => assert_eq!(counts, [0, 0, 0]),
                Err(error) => assert!(matches!(error, Error::Busy), "{error:?}"),
            }
        }
    });
    assert_eq!(Store::open(&path).unwrap().counts().unwrap(), [0, 0, 0]);
}

#[test]
fn an_invoice_is_found_by_its_number_in_an_index() {
    let (_folder, path) = first_version();
    drop(Store::open(&path).unwrap());
    let db = Connection::open(&path).unwrap();
    let plan: String = db
        .query_row(
            "EXPLAIN QUERY PLAN SELECT id FROM invoice WHERE number = '24317' LIMIT 2",
            [],
            |row| row.get("detail"),
        )
        .unwrap();
    assert!(plan.contains("INDEX invoice_number"), "{plan}");
}
