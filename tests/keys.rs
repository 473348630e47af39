//! Whatever is pressed, pasted or clicked, on a screen of whatever size: the program goes on and draws what a terminal
//! can show.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::path::Path;

use chrono::NaiveDate;
use huikuan::clock;
use huikuan::demo;
use huikuan::store::Store;
use huikuan::text::Lang;
use huikuan::tui::app::App;
use huikuan::tui::data::{LastSeen, Ledger, Session};
use huikuan::tui::input::{Input, Key};
use huikuan::tui::theme::{Depth, Theme, Ui};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tempfile::TempDir;

/// What an app is put through.
#[derive(Debug, Clone)]
enum Step {
    Does(Input),
    Size(u16, u16),
    Day(NaiveDate),
}

/// Texts that break what is careless: no words, no end, no width, no direction, no sense.
const PASTES: &[&str] = &[
    "",
    "99999999999999999999",
    "92233720368547758.07",
    "92233720368547758.08",
    "12.5万",
    "-0.00",
    "9999-12-31",
    "1900-01-01",
    "+99999999999",
    "2-30",
    "acceptance(P-1) + 99999wd",
    "balance>1e99 -",
    "overdue pm:\"",
    "due<9999-12-31,",
    "stage:final -flag:broken_promise customer:星",
    "🤦🏽‍♀️👨‍👩‍👧‍👦",
    "e\u{301}\u{301}\u{301}\u{200b}",
    "עברית \u{202e}عربى",
    "\u{1b}[2J\u{7}\t\r\n",
    "星河",
];

const DAYS: &[&str] = &["1900-01-01", "2026-11-21", "2026-12-31", "9999-12-31"];

const NAMED: &[Key] = &[
    Key::Enter,
    Key::Esc,
    Key::Tab,
    Key::BackTab,
    Key::Backspace,
    Key::WordBackspace,
    Key::Delete,
    Key::Up,
    Key::Down,
    Key::F(5),
    Key::ShiftUp,
    Key::ShiftDown,
    Key::Left,
    Key::Right,
    Key::WordLeft,
    Key::WordRight,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        4 => proptest::sample::select(NAMED),
        6 => proptest::char::range(' ', '~').prop_map(Key::Char),
        2 => any::<char>().prop_map(Key::Char),
        1 => proptest::char::range('a', 'z').prop_map(Key::Ctrl),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let size = prop_oneof![
        4 => Just((80, 24)),
        2 => Just((120, 40)),
        1 => Just((300, 100)),
        1 => Just((20, 5)),
        1 => (1..300_u16, 1..100_u16),
    ];
    prop_oneof![
        40 => key().prop_map(|key| Step::Does(Input::Key(key))),
        4 => proptest::sample::select(PASTES).prop_map(|text| Step::Does(Input::Paste(text.to_owned()))),
        3 => (0..130_u16, 0..45_u16).prop_map(|(x, y)| Step::Does(Input::Click(x, y))),
        1 => (0..130_u16, 0..45_u16).prop_map(|(x, y)| Step::Does(Input::Drag(x, y))),
        1 => (0..130_u16, 0..45_u16, -9..9_i32)
            .prop_map(|(x, y, rows)| Step::Does(Input::Wheel(x, y, rows))),
        2 => size.prop_map(|(wide, high)| Step::Size(wide, high)),
        1 => proptest::sample::select(DAYS).prop_map(|text| Step::Day(day(text))),
    ]
}

fn ledger(path: &Path) {
    let mut store = Store::open(path).unwrap();
    demo::small(&mut store, day("2026-11-21"), demo::Company::Chinese).unwrap();
}

/// Plays all steps, each with its frame.
fn play(db: &Path, lang: Lang, steps: &[Step]) {
    let mut today = day("2026-11-21");
    let store = Store::open(db).unwrap();
    let session = Session {
        today,
        who: "wang".to_owned(),
        name: "test".to_owned(),
        last_seen: LastSeen::default(),
        backups: None,
        files: db.parent().map(Path::to_owned),
        formats: None,
    };
    let theme = Theme::fitting(Depth::Sixteen, false);
    let ledger = Ledger::open(store, session).unwrap();
    let mut app = App::new(ledger, Ui::new(lang, theme));
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    for step in steps {
        match step {
            Step::Does(input) => app.on_input(input.clone()),
            Step::Size(wide, high) => {
                terminal.backend_mut().resize(*wide, *high);
                app.on_input(Input::Resize);
            }
            Step::Day(other) => today = *other,
        }
        while app.take_request().is_some() {}
        app.set_time(clock::instant(), today);
        terminal.draw(|frame| app.draw(frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let shown = buffer.content().iter().map(ratatui::buffer::Cell::symbol);
        for symbol in shown {
            assert!(!symbol.chars().any(char::is_control), "{symbol:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_keys_on_any_screen(steps in proptest::collection::vec(step(), 1..150), zh in any::<bool>()) {
        let folder = TempDir::new().unwrap();
        let db = folder.path().join("ledger.db");
        ledger(&db);
        play(&db, if zh { Lang::Zh } else { Lang::En }, &steps);
    }

    #[test]
    fn any_keys_on_an_empty_ledger(steps in proptest::collection::vec(step(), 1..100), zh in any::<bool>()) {
        let folder = TempDir::new().unwrap();
        play(&folder.path().join("ledger.db"), if zh { Lang::Zh } else { Lang::En }, &steps);
    }
}
