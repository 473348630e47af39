//! A letter is edited in a program of the user's own, which has the terminal meanwhile.

use std::path::PathBuf;

use crate::kit::{LARGE, Place, Session};

/// An editor: it says what it was given, takes a line from the keyboard and puts that at the end.
const SCRIPT: &str = r#"#!/bin/sh
stty -a | grep -q -- -icanon && echo raw
ls -l "$1" | cut -c 1-10
echo "editing $(basename "$1"): $(head -n 1 "$1")"
read -r line
printf '\n%s\n' "$line" >> "$1"
"#;

/// Where a letter that is not filed has its number.
const DRAFT: &str = "(draft, not numbered)";

fn opens(place: &Place, editor: &str) -> Session {
    let program = env!("CARGO_BIN_EXE_huikuan");
    let program = [program, "--lang", "en", "--today", crate::program::TODAY];
    let mut around = place.environment("wang");
    around.push(("EDITOR", PathBuf::from(editor)));
    let mut session = Session::start(&program, &around, LARGE);
    session.wait_for("Worklist (1)");
    session
}

fn script(place: &Place) -> String {
    use std::os::unix::fs::PermissionsExt;
    let path = place.file("editor", SCRIPT);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path
}

#[test]
fn the_editor_has_the_terminal_and_every_key_and_what_it_wrote_is_filed() {
    let place = Place::with_milestone();
    let mut session = opens(&place, &script(&place));
    session.then("l", DRAFT);
    // The second time the thread that reads keys was stopped and went on before.
    for line in ["call me q today", "q again"] {
        session.press("e");
        session.hears(".md: # ");
        let screen = session.screen();
        assert!(screen.contains("-rw-------") && !screen.contains("raw"), "{screen}");
        session.then(&format!("{line}\n"), "(edited)");
        session.then("G", line);
    }
    session.then("\r", "filed: ");
    session.then("?", "┌ help ");
    session.press("\u{1b}");
    session.wait_for_none("┌ help ");
    session.leaves();
    let paper = place.ok("paper print #1");
    assert!(paper.contains("call me q today") && paper.contains("q again"), "{paper}");
    assert!(place.leftovers().is_empty(), "{:?}", place.leftovers());
}

#[test]
fn an_editor_that_is_not_there_is_named_and_the_screen_goes_on() {
    let place = Place::with_milestone();
    let mut session = opens(&place, "/nowhere/editor --wait");
    session.then("l", DRAFT);
    session.then("e", "the editor “/nowhere/editor --wait” failed");
    assert!(session.screen().contains(DRAFT));
    session.press("\u{1b}");
    session.wait_for_none(DRAFT);
    session.leaves();
    assert!(place.leftovers().is_empty(), "{:?}", place.leftovers());
}

/// An interrupt from the keyboard goes to all who have the terminal; it is the editor's.
#[test]
fn an_interrupt_in_the_editor_ends_the_editor_alone() {
    let place = Place::with_milestone();
    let mut session = opens(&place, &script(&place));
    session.then("l", DRAFT);
    session.press("e");
    session.hears(".md: # ");
    session.then("\u{3}", "failed: signal: 2");
    session.press("\u{1b}");
    session.wait_for_none(DRAFT);
    session.leaves();
}
