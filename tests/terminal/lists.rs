//! Lists in a terminal of some width.

use crate::kit::{Place, SMALL, Session};

fn printed(place: &Place, args: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_huikuan");
    let args = [&[program, "--lang", "en", "--today", "2026-11-21"], args].concat();
    let mut session = Session::start(&args, &place.environment("wang"), SMALL);
    session.wait_for("left with 0");
    session.screen()
}

#[test]
fn a_table_fits_the_terminal_and_says_what_it_left_out() {
    let place = Place::with_milestone();
    let screen = printed(&place, &["list"]);
    assert!(screen.contains("Left out in this narrow terminal"), "{screen}");
    let row = screen.lines().find(|line| line.contains("P1-M1")).unwrap();
    assert!(row.contains("300,000.00") && row.contains("50"), "{row}");
    let piped = place.ok("list");
    assert!(piped.contains("Waiting on") && !piped.contains("Left out"), "{piped}");
}

#[test]
fn a_wide_table_has_all_columns_whatever_the_terminal() {
    let screen = printed(&Place::with_milestone(), &["list", "--wide"]);
    assert!(!screen.contains("Left out"), "{screen}");
    for column in ["Manager", "Waiting on", "Next"] {
        assert!(screen.contains(column), "no {column} in {screen}");
    }
}
