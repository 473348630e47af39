//! Several screens on one ledger, and a screen that is killed while it writes.

use crate::kit::{LARGE, Place, Session};

const SAVED: &str = "u undoes)";
/// What the second is told.
const TOLD: &str = "have a look at it";

/// A payment typed and not yet saved.
pub fn types_payment(session: &mut Session, amount: &str) {
    session.wait_for("Worklist (1)");
    session.then("p", "Record payment");
    session.press(amount);
    session.wait_until("read", |it| it.line().contains("= ¥"));
}

/// The program looks at the ledger twice a second; how long that takes here depends on what else the machine does.
#[test]
fn what_one_saves_the_other_shows() {
    let place = Place::with_milestone();
    let mut wang = place.opens_as("wang", "en", LARGE, &[]);
    let mut li = place.opens_as("li", "en", LARGE, &[]);
    li.wait_for("Worklist (1)");
    types_payment(&mut wang, "100000");
    wang.then("\r", SAVED);
    li.wait_for("200,000.00");
    place.ok("pay --customer C1 --amount 50000");
    wang.wait_for("150,000.00");
    li.wait_for("150,000.00");
    wang.leaves();
    li.leaves();
}

#[test]
fn of_two_who_save_at_once_the_second_is_told_and_can_save_again() {
    let place = Place::with_milestone();
    let mut sessions = ["wang", "li"].map(|who| place.opens_as(who, "en", LARGE, &[]));
    for session in &mut sessions {
        types_payment(session, "100000");
    }
    for session in &mut sessions {
        session.press("\r");
    }
    let mut told = 0;
    for session in &mut sessions {
        session.wait_until("saved or refused", |it| {
            it.screen().contains(SAVED) || it.screen().contains(TOLD)
        });
        if session.screen().contains(TOLD) {
            told += 1;
            session.then("\r", SAVED);
        }
    }
    assert_eq!(told, 1, "exactly one came second");
    assert_eq!(place.payments(), 2);
    assert_eq!(place.balance(), "100000.00");
    for mut session in sessions {
        session.wait_for("100,000.00");
        session.leaves();
    }
}

#[test]
fn a_killed_save_leaves_the_ledger_as_before_or_after() {
    for bytes in [1, 12_000, 24_000, 40_000] {
        let place = Place::with_milestone();
        let mut session = place.opens("en", LARGE, &[]);
        types_payment(&mut session, "100000");
        let log = place.db().with_extension("db-wal");
        let size = || std::fs::metadata(&log).map_or(0, |meta| meta.len());
        let before = size();
        session.press("\r");
        while size() < before + bytes && !session.screen().contains(SAVED) {
            session.listens();
        }
        session.signal("KILL");
        session.wait_for("left with 137");
        let balance = place.balance();
        let payments = place.payments();
        let whole = [("300000.00", 0), ("200000.00", 1)];
        assert!(
            whole.contains(&(balance.as_str(), payments)),
            "{balance} after {payments} payments, killed at {bytes} bytes"
        );
        place.ok("pay --customer C1 --amount 100000");
        assert_eq!(place.payments(), payments + 1);
    }
}
