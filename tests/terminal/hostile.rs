//! Names that try to be commands of the terminal.

use rstest::rstest;

use crate::kit::{LARGE, Place, SMALL};

#[rstest]
fn a_hostile_name_does_not_reach_the_terminal(#[values(SMALL, LARGE)] size: (u16, u16)) {
    let place = Place::with_milestone();
    // Past all checks: another tool may have written the file.
    let file = rusqlite::Connection::open(place.db()).unwrap();
    let name = "\u{1b}[2J=cmd()\u{7}\u{202e}\u{9b}31m\r\n";
    file.execute("UPDATE customer SET name = ?1, short_name = ?1", [name]).unwrap();
    file.execute("UPDATE all_milestone SET name = ?1, note = ?1", [name]).unwrap();
    drop(file);
    let mut session = place.opens("en", size, &[]);
    session.wait_for("=cmd()");
    for keys in ["j", "\r", "\u{1b}", "2", "\r", "3", "4", "5", "6", "1"] {
        session.framed(keys);
        session.wait_for("1 Today");
    }
    session.then("c", "Log contact");
    let written = String::from_utf8_lossy(&session.written).into_owned();
    for bad in ["\u{1b}[2J", "\u{7}", "\u{202e}", "\u{9b}"] {
        assert!(!written.contains(bad), "{bad:?}");
    }
    session.press("\u{1b}");
    session.wait_for_none("Log contact");
    session.leaves();
}
