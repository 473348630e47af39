//! Lists in a terminal of some width.

use crate::kit::{Place, SMALL, Session};

#[test]
fn a_table_fits_the_terminal_and_says_what_it_left_out() {
    let place = Place::with_milestone();
    let program = env!("CARGO_BIN_EXE_huikuan");
    let args = [program, "--lang", "en", "--today", "2026-11-21", "list"];
    let mut session = Session::start(&args, &place.environment("wang"), SMALL);
    session.wait_for("left with 0");
    let screen = session.screen();
    assert!(screen.contains("Left out in this narrow terminal"), "{screen}");
    let row = screen.lines().find(|line| line.contains("P1-M1")).unwrap();
    assert!(row.contains("300,000.00") && row.contains("50"), "{row}");
    let piped = place.ok("list");
    assert!(piped.contains("Waiting on") && !piped.contains("Left out"), "{piped}");
}
