//! Nothing confirmed is lost, and what is wrong is told: the file under an open ledger, backups, checks.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use huikuan::domain::change::{Change, PaymentDraft};
use huikuan::domain::facts::Account;
use huikuan::domain::ids::{CustomerId, EventId, MilestoneId};
use huikuan::domain::money::Currency;
use huikuan::error::check::{Check, Fault};
use huikuan::error::{Error, ErrorKind};
use huikuan::store::{Backups, Store, restore};
use rstest::rstest;
use rusqlite::Connection;

use crate::kit::{contact, context, customer, day, milestone, project, today};

/// A ledger in a file, with a milestone of 100.00 on which 7 were paid.
fn ledger(folder: &Path) -> (Store, PathBuf) {
    let path = folder.join("ledger.db");
    let mut store = Store::open(&path).unwrap();
    let mut does = |change: &Change| store.apply(change, &context()).unwrap().created[0];
    let c1 = CustomerId(does(&Change::AddCustomer(customer("C1"))));
    let p1 = huikuan::domain::ids::ProjectId(does(&Change::AddProject(project("P1", c1))));
    does(&Change::AddMilestone(milestone(p1, "M1", 100, "2026-03-01")));
    does(&pays(7));
    (store, path)
}

const M1: MilestoneId = MilestoneId(1);

fn pays(amount: i64) -> Change {
    let account = Account { customer: CustomerId(1), currency: Currency::CNY };
    let draft = PaymentDraft::new(account, day("2026-05-01"), amount);
    Change::RecordPayment(PaymentDraft { again: true, ..draft })
}

fn is_paid(store: &mut Store, amount: i64) -> Result<i64, Error> {
    store.apply(&pays(amount), &context()).map(|applied| applied.created[0])
}

fn balance(path: &Path) -> i64 {
    Store::open(path).unwrap().items_by_id(&[M1]).unwrap()[0].balance
}

fn log_of(path: &Path) -> PathBuf {
    path.with_extension("db-wal")
}

/// Every fault of a ledger, whatever is looked at.
fn faults(store: &Store) -> Vec<Fault> {
    Check::ALL.iter().flat_map(|check| store.faults(*check).unwrap()).collect()
}

fn nothing_is_wrong(path: &Path) {
    assert_eq!(faults(&Store::open(path).unwrap()), []);
}

fn sql(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn a_ledger_that_was_deleted_takes_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    fs::remove_file(&path).unwrap();
    for error in [is_paid(&mut store, 1).unwrap_err(), store.data_version().unwrap_err()] {
        assert!(matches!(error, Error::LedgerGone(_)), "{error:?}");
        assert_eq!(error.kind(), ErrorKind::Environment);
    }
    let error = store.undo(&context()).unwrap_err();
    assert!(matches!(error, Error::LedgerGone(_)), "{error:?}");
    assert_eq!(store.items().unwrap()[0].balance, 93, "what was read stays");
    drop(store);
    assert!(!path.exists());
}

/// How another ledger comes into the place of the open one.
#[derive(Debug, Clone, Copy)]
enum Comes {
    Moved,
    Copied,
}

#[rstest]
#[case(Comes::Moved)]
#[cfg_attr(unix, case(Comes::Copied))]
fn another_ledger_in_the_place_of_an_open_one_is_not_mixed_with_it(
    #[case] comes: Comes,
    #[values(true, false)] is_settled: bool,
    #[values(true, false)] is_polled: bool,
) {
    let elsewhere = tempfile::tempdir().unwrap();
    let (mut other, other_path) = ledger(elsewhere.path());
    is_paid(&mut other, 30).unwrap();
    drop(other);
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    store.data_version().unwrap();
    store.apply(&Change::LogContact(contact(&[M1], None, "2026-11-20")), &context()).unwrap();
    if is_settled {
        store.settle().unwrap();
    }
    match comes {
        Comes::Moved => fs::rename(&other_path, &path).unwrap(),
        Comes::Copied => drop(fs::copy(&other_path, &path).unwrap()),
    }
    if is_polled {
        let error = store.data_version().unwrap_err();
        assert!(matches!(error, Error::LedgerReplaced(_)), "{error:?}");
    }
    let error = is_paid(&mut store, 1).unwrap_err();
    assert!(matches!(error, Error::LedgerReplaced(_)), "{error:?}");
    drop(store);
    if let Err(error) = Store::open(&path) {
        // What was not yet in the replaced file waits beside it, and is not taken for the other's.
        assert!(matches!(error, Error::ForeignLog(_)), "{error:?}");
        assert!(!is_settled);
        fs::remove_file(log_of(&path)).unwrap();
    }
    assert_eq!(balance(&path), 63);
    nothing_is_wrong(&path);
}

#[test]
fn an_older_copy_of_the_same_ledger_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    store.settle().unwrap();
    let older = fs::read(&path).unwrap();
    is_paid(&mut store, 30).unwrap();
    store.settle().unwrap();
    store.data_version().unwrap();
    fs::write(&path, older).unwrap();
    let error = is_paid(&mut store, 1).unwrap_err();
    assert!(matches!(error, Error::LedgerReplaced(_)), "{error:?}");
    drop(store);
    assert_eq!(balance(&path), 93);
    nothing_is_wrong(&path);
}

#[test]
fn what_other_connections_do_to_the_file_is_no_replacement() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    store.data_version().unwrap();
    for _ in 0..20 {
        let mut other = Store::open(&path).unwrap();
        is_paid(&mut other, 1).unwrap();
        other.settle().unwrap();
        sql(&path, "PRAGMA wal_checkpoint(RESTART)");
        drop(other);
        store.data_version().unwrap();
        is_paid(&mut store, 1).unwrap();
        store.settle().unwrap();
    }
    assert_eq!(store.items().unwrap()[0].balance, 53);
    assert_eq!(faults(&store), []);
}

/// A copy of the one file is the whole ledger, also with a screen open on it.
#[test]
fn a_settled_ledger_is_whole_in_its_own_file() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    is_paid(&mut store, 3).unwrap();
    store.settle().unwrap();
    assert_eq!(fs::metadata(log_of(&path)).unwrap().len(), 0);
    let copy = folder.path().join("copy.db");
    fs::copy(&path, &copy).unwrap();
    assert_eq!(balance(&copy), 90);
}

#[test]
fn settling_waits_for_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    let reader = Connection::open(&path).unwrap();
    reader.execute_batch("BEGIN; SELECT COUNT(*) FROM event").unwrap();
    is_paid(&mut store, 1).unwrap();
    store.settle().unwrap();
    assert!(fs::metadata(log_of(&path)).unwrap().len() > 0);
    reader.execute_batch("COMMIT").unwrap();
    store.settle().unwrap();
    assert_eq!(fs::metadata(log_of(&path)).unwrap().len(), 0);
}

/// A program that was killed leaves its log; a backup copied over the file by hand must not be mixed with it.
#[test]
fn a_log_left_behind_is_not_mixed_with_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    store.settle().unwrap();
    let backup = fs::read(&path).unwrap();
    for _ in 0..60 {
        is_paid(&mut store, 1).unwrap();
    }
    store.settle().unwrap();
    is_paid(&mut store, 1).unwrap();
    let log = fs::read(log_of(&path)).unwrap();
    drop(store);
    fs::write(&path, &backup).unwrap();
    fs::write(log_of(&path), &log).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, Error::ForeignLog(_)), "{error:?}");
    assert_eq!(error.kind(), ErrorKind::Data);
    assert_eq!((fs::read(&path).unwrap(), fs::read(log_of(&path)).unwrap()), (backup, log));
}

/// Killed while the log was brought into the file: the file alone is neither the one nor the other, the log has it all.
#[test]
fn a_log_half_in_the_file_is_brought_in_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    store.settle().unwrap();
    let before = fs::read(&path).unwrap();
    for _ in 0..40 {
        is_paid(&mut store, 1).unwrap();
    }
    let log = fs::read(log_of(&path)).unwrap();
    store.settle().unwrap();
    let after = fs::read(&path).unwrap();
    drop(store);
    let page = 4096;
    for pages in 1..before.len() / page {
        let mut torn = before.clone();
        torn[..pages * page].copy_from_slice(&after[..pages * page]);
        fs::write(&path, torn).unwrap();
        fs::write(log_of(&path), &log).unwrap();
        assert_eq!(balance(&path), 53, "after {pages} pages");
    }
    nothing_is_wrong(&path);
}

/// The power went while the log was brought into the file: of a page some sectors are there. What the file alone shows
/// as its last event never was one.
#[rstest]
fn a_page_torn_by_a_power_cut_is_mended_from_the_log(#[values(1, 2, 3, 4, 5, 6)] events: i64) {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    store.settle().unwrap();
    let before = fs::read(&path).unwrap();
    for _ in 0..events {
        is_paid(&mut store, 1).unwrap();
    }
    let log = fs::read(log_of(&path)).unwrap();
    store.settle().unwrap();
    let after = fs::read(&path).unwrap();
    drop(store);
    let page = 4096;
    let changed = (0..before.len() / page).map(|at| at * page..(at + 1) * page);
    for changed in changed.filter(|page| before[page.clone()] != after[page.clone()]) {
        for sectors in 1..8 {
            let (mut torn, written) =
                (before.clone(), changed.start..changed.start + sectors * 512);
            torn[written.clone()].copy_from_slice(&after[written.clone()]);
            fs::write(&path, torn).unwrap();
            fs::write(log_of(&path), &log).unwrap();
            assert_eq!(balance(&path), 93 - events, "{written:?}");
        }
    }
    nothing_is_wrong(&path);
}

#[test]
fn a_new_ledger_has_nothing_wrong_and_a_chain_from_its_first_event() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = ledger(folder.path());
    assert_eq!(faults(&store), []);
    store.undo(&context()).unwrap();
    let chain = store.verify().unwrap();
    assert_eq!((chain.whole, chain.broken), (5, None));
    assert_eq!(chain.hex().unwrap().len(), 64);
    assert_eq!(faults(&store), []);
}

#[rstest]
#[case("UPDATE event SET detail = REPLACE(detail, '100', '900') WHERE id = 3", 3)]
#[case("UPDATE event SET who = 'li' WHERE id = 2", 2)]
#[case("UPDATE event_row SET last_id = 9 WHERE event = 4 AND tbl = 'payment'", 4)]
#[case("PRAGMA foreign_keys = OFF; DELETE FROM event WHERE id = 2", 3)]
#[case("UPDATE event SET hash = NULL WHERE id = 4", 4)]
#[case("PRAGMA foreign_keys = OFF; DELETE FROM event WHERE id = 4", 4)]
fn a_changed_record_is_named(#[case] tampering: &str, #[case] event: i64) {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = ledger(folder.path());
    sql(&path, tampering);
    assert_eq!(store.verify().unwrap().broken, Some(EventId(event)));
    assert_eq!(store.faults(Check::Chain).unwrap(), [Fault::Chain(EventId(event))]);
}

/// A screen of an earlier version that was open while this one brought the ledger up to date.
#[test]
fn events_of_an_earlier_program_are_taken_into_the_chain() {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = ledger(folder.path());
    let earlier = Connection::open(&path).unwrap();
    earlier.execute_batch("INSERT INTO event (at, who, kind, detail) VALUES ('2026-11-21T00:00:00.000Z', 'li', 'contact', '{}')").unwrap();
    assert_eq!(store.verify().unwrap().broken, Some(EventId(5)));
    let chain = Store::open(&path).unwrap().verify().unwrap();
    assert_eq!((chain.whole, chain.broken), (5, None));
}

#[rstest]
#[case("DELETE FROM event_row WHERE event = 4 AND tbl = 'payment'",
    Fault::Unrecorded { table: "payment", first: 1, last: 1 })]
#[case("PRAGMA foreign_keys = OFF; DELETE FROM all_allocation",
    Fault::Lost { table: "allocation", first: 1, last: 1 })]
#[case("UPDATE open_item SET balance = 1", Fault::Milestone(M1))]
#[case("DELETE FROM open_item", Fault::Milestone(M1))]
#[case("UPDATE all_milestone SET closed_on = '2026-01-01'", Fault::Milestone(M1))]
#[case("UPDATE all_payment SET unapplied = 5", Fault::Payment(huikuan::domain::ids::PaymentId(1)))]
#[case("DROP INDEX touch_day", Fault::Schema("touch_day".to_owned()))]
#[case("UPDATE refinery_schema_history SET checksum = 'x' WHERE version = 1",
    Fault::Schema("refinery_schema_history, row 1".to_owned()))]
#[case("PRAGMA foreign_keys = OFF; UPDATE all_milestone SET project = 9",
    Fault::Reference { table: "all_milestone".to_owned(), to: "project".to_owned() })]
fn a_check_names_what_is_wrong(#[case] damage: &str, #[case] fault: Fault) {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = ledger(folder.path());
    sql(&path, damage);
    let mut found = Vec::new();
    for check in Check::ALL {
        // Rows without their project have no facts to look at.
        found.extend(store.faults(check).unwrap_or_default());
    }
    assert!(found.contains(&fault), "{found:?}");
}

#[test]
fn a_flipped_bit_never_becomes_a_figure() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    let whole: Vec<u8> = Connection::open(&path)
        .unwrap()
        .query_row("SELECT item FROM open_item", [], |row| row.get(0))
        .unwrap();
    let file = Connection::open(&path).unwrap();
    for bit in 0..whole.len() * 8 {
        let mut damaged = whole.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        file.execute("UPDATE open_item SET item = ?1", [damaged]).unwrap();
        let read =
            [store.items(), store.items_by_id(&[M1]), store.items_of_customer(CustomerId(1))];
        for read in read {
            assert!(matches!(read, Err(Error::NotDerived)), "bit {bit}: {read:?}");
        }
    }
    assert_eq!(store.faults(Check::Derived).unwrap(), [Fault::Milestone(M1)]);
    store.rebuild(&mut |_, _| {}).unwrap();
    assert_eq!(faults(&store), []);
    assert_eq!(store.items().unwrap()[0].balance, 93);
}

#[test]
fn a_backup_is_one_whole_file_and_never_the_ledger_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    let copy = folder.path().join("copy.db");
    fs::write(&copy, "what stood there before").unwrap();
    store.back_up(&path, &copy).unwrap();
    is_paid(&mut store, 3).unwrap();
    assert_eq!(balance(&copy), 93);
    nothing_is_wrong(&copy);
    let link = folder.path().join("link.db");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&path, &link).unwrap();
    for own in [&path, &log_of(&path), &link] {
        let error = store.back_up(&path, own).unwrap_err();
        assert!(matches!(error, Error::OntoLedger(_)) || !own.exists(), "{error:?}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        store.back_up(&path, &folder.path().join("private.db")).unwrap();
        let meta = fs::metadata(folder.path().join("private.db")).unwrap();
        assert_eq!(meta.permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(balance(&path), 90);
}

#[test]
fn a_damaged_ledger_makes_no_backup_that_looks_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = ledger(folder.path());
    sql(&path, "UPDATE event SET who = 'li' WHERE id = 2");
    let copy = folder.path().join("copy.db");
    let error = store.back_up(&path, &copy).unwrap_err();
    assert!(
        matches!(&error, Error::BadBackup { found, .. } if *found == [Fault::Chain(EventId(2))])
    );
    let names = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name());
    let left: Vec<_> = names.filter(|name| !name.to_string_lossy().starts_with("ledger")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn dated_backups_are_taken_once_a_state_and_let_go_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let empty = Store::open(&path).unwrap();
    let backups = Backups::of(&path, 7);
    assert_eq!(backups.take(&empty, today()).unwrap(), None, "nothing is to be lost yet");
    drop(empty);
    let (mut store, path) = ledger(folder.path());
    assert!(!backups.has(today()));
    let first = backups.take(&store, today()).unwrap().unwrap();
    assert!(backups.has(today()));
    assert_eq!(
        first,
        folder.path().canonicalize().unwrap().join("backups/ledger-2026-11-21-000004.db")
    );
    assert_eq!(backups.take(&store, today()).unwrap(), Some(first.clone()));
    is_paid(&mut store, 1).unwrap();
    assert_ne!(backups.take(&store, today()).unwrap(), Some(first.clone()));
    assert_eq!(balance(&first), 93);
    for ahead in 1..40 {
        is_paid(&mut store, 1).unwrap();
        backups.take(&store, today() + chrono::Days::new(ahead)).unwrap();
    }
    let left = fs::read_dir(folder.path().join("backups")).unwrap().count();
    assert_eq!(left, 7 + 2 + 1, "days, the weeks before, the month before");
    assert_eq!(balance(&path), 53);
}

#[test]
fn a_ledger_is_kept_as_it_was_before_it_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    sql(&path, include_str!("v1.sql"));
    sql(&path, "PRAGMA application_id = 1212894257; PRAGMA user_version = 1;");
    let backups = Backups::of(&path, 7);
    let store = Store::open_existing(&path, Some((&backups, today())), &mut |_, _| {}).unwrap();
    let chain = store.verify().unwrap();
    assert_eq!((chain.whole, chain.broken), (26, None));
    let kept = folder.path().join("backups/ledger-2026-11-21-000026.db");
    let version: i64 = Connection::open(&kept)
        .unwrap()
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, 1);
    drop(store);
    restore(&path, &kept, today()).unwrap();
    assert_eq!(Store::open(&path).unwrap().items().unwrap().len(), 4);
}

#[test]
fn a_restore_brings_the_backup_and_keeps_what_it_replaces() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    let copy = folder.path().join("copy.db");
    store.back_up(&path, &copy).unwrap();
    is_paid(&mut store, 30).unwrap();
    let error = restore(&path, &copy, today()).unwrap_err();
    assert!(matches!(error, Error::LedgerOpen(_)), "{error:?}");
    assert_eq!(error.kind(), ErrorKind::Busy);
    assert_eq!(store.items().unwrap()[0].balance, 63);
    drop(store);
    let done = restore(&path, &copy, today()).unwrap();
    assert_eq!(done.event, EventId(4));
    assert_eq!(balance(&path), 93);
    assert_eq!(balance(&done.kept.unwrap()), 63);
    nothing_is_wrong(&path);
    let again = restore(&path, &copy, today()).unwrap();
    assert!(again.kept.unwrap().ends_with("ledger-replaced-2026-11-21-2.db"));
}

#[test]
fn a_restore_mends_a_ledger_beyond_reading_and_takes_its_log_away() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, path) = ledger(folder.path());
    let copy = folder.path().join("copy.db");
    store.back_up(&path, &copy).unwrap();
    store.settle().unwrap();
    is_paid(&mut store, 30).unwrap();
    let log = fs::read(log_of(&path)).unwrap();
    drop(store);
    fs::write(&path, "nothing of a ledger").unwrap();
    fs::write(log_of(&path), &log).unwrap();
    let done = restore(&path, &copy, today()).unwrap();
    let kept = done.kept.unwrap();
    assert_eq!(fs::read_to_string(&kept).unwrap(), "nothing of a ledger");
    assert_eq!(fs::read(log_of(&kept)).unwrap(), log);
    assert_eq!(balance(&path), 93);
    nothing_is_wrong(&path);
}

#[test]
fn what_is_no_whole_ledger_is_not_restored() {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = ledger(folder.path());
    let copy = folder.path().join("copy.db");
    store.back_up(&path, &copy).unwrap();
    drop(store);
    let text = folder.path().join("notes.txt");
    fs::write(&text, "not a database, but long enough to be looked at as one\n").unwrap();
    assert!(matches!(restore(&path, &text, today()), Err(Error::NotALedger(_))));
    assert!(matches!(restore(&path, &folder.path().join("no"), today()), Err(Error::NoLedger(_))));
    assert!(matches!(restore(&path, &path, today()), Err(Error::OntoLedger(_))));
    let whole = fs::read(&copy).unwrap();
    fs::write(&copy, &whole[..whole.len() / 2]).unwrap();
    let error = restore(&path, &copy, today()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data, "{error:?}");
    assert_eq!(balance(&path), 93);
    let names = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().starts_with(".huikuan")));
}

#[test]
fn a_read_only_ledger_is_read_without_files_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = ledger(folder.path());
    drop(store);
    let reader = huikuan::store::Reader::open_unwritable(&path).unwrap();
    assert_eq!(reader.items().unwrap()[0].balance, 93);
    assert!(!log_of(&path).exists());
    sql(&path, "UPDATE derived SET version = 0");
    let error = huikuan::store::Reader::open_unwritable(&path).unwrap_err();
    assert!(matches!(error, Error::OlderLedger(_)), "{error:?}");
}

#[test]
fn texts_are_cleaned_before_they_are_stored() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("ledger.db")).unwrap();
    let mut hostile = customer("C\u{200b}1");
    hostile.name = "\u{1b}]0;pwn\u{7}星河\u{202e}\n 科技".to_owned();
    store.set_patience(Duration::from_millis(1)).unwrap();
    store
        .apply(
            &Change::AddCustomer(hostile),
            &huikuan::store::Context { who: "w\u{1b}ang", ..context() },
        )
        .unwrap();
    let file = Connection::open(folder.path().join("ledger.db")).unwrap();
    let text = |sql: &str| -> String { file.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(text("SELECT code FROM customer"), "C1");
    assert_eq!(text("SELECT name FROM customer"), "]0;pwn星河 科技");
    assert_eq!(text("SELECT who FROM event"), "wang");
    assert!(!text("SELECT detail FROM event").contains("\\u"));
    // What differs only by what is not seen is the same.
    let again = store.apply(&Change::AddCustomer(customer("C\u{feff}1")), &context());
    assert!(matches!(again, Err(Error::Violation(_))), "{again:?}");
}
