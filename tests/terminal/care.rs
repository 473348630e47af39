//! The file of a ledger is taken away or replaced under its open screen.

use std::fs;

use crate::kit::{LARGE, Place, Session};
use crate::together::types_payment;

/// A call typed and not yet saved.
fn types_call(session: &mut Session) {
    session.wait_for("Worklist (1)");
    session.then("c", "Log contact");
}

#[test]
fn a_deleted_ledger_takes_no_save() {
    let place = Place::with_milestone();
    let mut session = place.opens("en", LARGE, &[]);
    types_call(&mut session);
    fs::remove_file(place.db()).unwrap();
    session.then("\r", "was deleted");
    session.press("\u{1b}");
    session.wait_for_none("Log contact");
    session.leaves();
    assert!(!place.db().exists());
}

#[test]
fn a_replaced_ledger_takes_no_save_and_stays_as_it_came() {
    for copied in [false, true] {
        let place = Place::with_milestone();
        let other = Place::with_milestone();
        other.ok("pay --customer C1 --amount 100000");
        let mut session = place.opens("en", LARGE, &[]);
        types_payment(&mut session, "50000");
        session.then("\r", "u undoes)");
        types_call(&mut session);
        if copied {
            fs::copy(other.db(), place.db()).unwrap();
        } else {
            fs::rename(other.db(), place.db()).unwrap();
        }
        session.then("\r", "was replaced");
        session.signal("TERM");
        session.is_restored("left with 0");
        let doctor = place.run(&["doctor", "--json"]);
        if !doctor.status.success() {
            // The payment was not yet in the file that is gone: its log is not the other's.
            let said = String::from_utf8(doctor.stdout).unwrap();
            assert!(said.contains("is not its own"), "{said}");
            fs::remove_file(place.db().with_extension("db-wal")).unwrap();
        }
        assert_eq!(place.balance(), "200000.00");
        place.ok("doctor");
    }
}

/// Somebody looks at the ledger without touching a key.
#[test]
fn a_replaced_ledger_is_told_without_a_key() {
    let place = Place::with_milestone();
    let mut session = place.opens("zh", LARGE, &[]);
    session.wait_for("300,000.00");
    fs::rename(place.db(), place.folder.path().join("away.db")).unwrap();
    session.wait_for("已被删除或移走");
    fs::rename(place.folder.path().join("away.db"), place.db()).unwrap();
    session.then("c", "登记联系");
    session.then("\r", "u 撤销");
    session.leaves();
    place.ok("doctor");
}

#[test]
fn what_a_screen_saved_is_in_the_file_itself_and_in_the_backup_of_the_day() {
    let place = Place::with_milestone();
    fs::remove_dir_all(place.folder.path().join("backups")).unwrap();
    let mut session = place.opens("en", LARGE, &[]);
    types_call(&mut session);
    session.then("\r", "u undoes)");
    let log = place.db().with_extension("db-wal");
    let backups = || fs::read_dir(place.folder.path().join("backups")).map_or(0, Iterator::count);
    // The program brings it there at its next look.
    while fs::metadata(&log).unwrap().len() > 0 || backups() == 0 {
        session.listens();
        std::thread::yield_now();
    }
    let copy = place.folder.path().join("copy.db");
    fs::copy(place.db(), &copy).unwrap();
    let log = place.ok_args(&["--db", copy.to_str().unwrap(), "log", "--json"]);
    assert!(log.contains("contact"));
    place.fails(4, "restore copy.db");
    session.leaves();
    place.ok("restore copy.db");
}

#[test]
fn an_older_copy_is_told_when_it_is_opened() {
    let place = Place::with_milestone();
    let older = fs::read(place.db()).unwrap();
    place.ok("contact P1-M1");
    place.opens("en", LARGE, &[]).leaves();
    fs::write(place.db(), older).unwrap();
    let mut session = place.opens("en", LARGE, &[]);
    session.wait_for("may be an older copy");
    session.leaves();
}
