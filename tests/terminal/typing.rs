//! What is typed, pasted and drawn stands where it belongs.

use rstest::rstest;

use crate::kit::{LARGE, Place, SMALL};

#[test]
fn typed_chinese_stands_before_the_real_cursor_and_a_paste_does_not_submit() {
    let place = Place::new();
    let mut session = place.opens("zh", SMALL, &[]);
    session.then("/星河", "查找  星河");
    session.then("\u{1b}[200~科技\n\u{1b}[201~", "查找  星河科技");
    assert_eq!(session.cursor(), (23, 15));
    assert!(session.shows_cursor());
    session.press("\u{3}");
    session.leaves();
}

#[test]
fn a_form_keeps_the_cursor_behind_wide_letters_and_does_not_save_on_a_pasted_newline() {
    let place = Place::new();
    let mut session = place.opens("en", SMALL, &[]);
    session.then("n", "New customer");
    session.then("\r", "Short name");
    let (row, column) = session.cursor();
    session.then("星河", "星河");
    session.wait_until("with the cursor behind both", |it| it.cursor() == (row, column + 4));
    session.then("\u{1b}[D\u{1b}[D大", "大星河");
    session.wait_until("with the cursor behind the first", |it| it.cursor() == (row, column + 2));
    session.press("\u{1b}[200~甲\n乙\u{1b}[201~");
    session.wait_until("pasted", |it| it.line().contains('甲') && it.line().contains('乙'));
    session.then("\u{1b}", "Drop what you typed");
    session.then("n", "Short name");
    assert!(!place.ok("log --json").contains("add_customer"));
    session.then("\r", "u undoes");
    assert!(place.ok("log --json").contains("add_customer"));
    session.leaves();
}

#[rstest]
#[case("zh", SMALL)]
#[case("en", LARGE)]
fn nothing_is_left_behind_wide_letters(#[case] lang: &str, #[case] size: (u16, u16)) {
    let place = Place::new();
    // Written beforehand: a throw-away demo looks its past weeks up behind the first frame, and draws once more.
    place.ok_args(&["demo", "--write", place.db().to_str().unwrap(), "--lang", lang]);
    let mut session = place.opens(lang, size, &[]);
    session.wait_for("11-");
    let walk = [
        "j",
        "j",
        "\u{1b}[6~",
        "k",
        "G",
        "g",
        "g",
        "3",
        "\u{1b}[6~",
        "\u{1b}[6~",
        "o",
        "o",
        "w",
        "j",
        "\r",
        "j",
        "2",
        "j",
        "\r",
        "4",
        "j",
        "\u{1b}[6~",
        "5",
        "j",
        "\r",
        "6",
        "j",
        "g",
        "[",
        "1",
    ];
    for key in walk {
        session.framed(key);
        let (seen, screen) = (session.picture(), session.screen());
        let clean = session.redrawn();
        assert!(seen == clean, "{key:?}:\n{screen}\nis clean:\n{}", session.screen());
    }
    session.leaves();
}

#[test]
fn nothing_is_written_while_nothing_happens() {
    let place = Place::with_milestone();
    let mut session = place.opens("en", LARGE, &[]);
    session.wait_for("300,000.00");
    session.redrawn();
    let heard = session.overhears();
    assert!(heard.is_empty(), "{:?}", String::from_utf8_lossy(&heard));
    session.leaves();
}

#[test]
fn a_terminal_of_another_size_is_filled_at_once() {
    let place = Place::new();
    let mut session = place.opens("en", LARGE, &["demo"]);
    session.wait_for("Worklist");
    // Below what is to be done for accounts.
    session.press("jjjjjj");
    session.wait_for("Waiting on");
    session.resize((60, 10));
    session.wait_for("too small: 60x10");
    session.resize((200, 60));
    session.wait_for("Waiting on");
    session.resize(SMALL);
    session.wait_until("narrow again", |it| it.screen().contains("Worklist"));
    session.then("c", "Log contact");
    session.resize(LARGE);
    session.press("\t");
    session.wait_until("wide", |it| {
        it.screen().contains("Log contact") && it.screen().contains("2026-11-21 Sat")
    });
    session.press("\u{1b}");
    session.wait_for_none("Log contact");
    session.leaves();
}

#[test]
fn a_light_terminal_gets_its_theme_and_no_key_is_lost() {
    let place = Place::new();
    let mut session = place.opens("en", SMALL, &["demo"]);
    // One typed before the terminal answers, one right behind.
    session.press("3\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\/");
    session.wait_for("Milestones (");
    session.wait_for("Find");
    let written = String::from_utf8_lossy(&session.written).into_owned();
    let dark = written.find("38;5;111").expect("the accent of the dark theme");
    let light = written.rfind("38;5;233").expect("titles of the light theme");
    assert!(dark < light);
    session.press("\u{1b}");
    session.wait_for_none("Find");
    session.leaves();
}
