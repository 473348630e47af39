//! The terminal is given back whole, whatever way the program ends.
//!
//! For a panic the test starts itself again as the program at the other end of the terminal (see [`program`]).

use std::path::PathBuf;

use chrono::NaiveDate;
use huikuan::error::Result;
use huikuan::store::Store;
use huikuan::text::Lang;
use huikuan::tui::action::Action;
use huikuan::tui::app::App;
use huikuan::tui::data::{LastSeen, Ledger, Session as Sitting};
use huikuan::tui::effect::Effect;
use huikuan::tui::keymap::Scope;
use huikuan::tui::screen::{Cx, Hits, Screen};
use huikuan::tui::terminal::{Options, run};
use huikuan::tui::theme::{Depth, Theme, Ui};
use ratatui::Frame;
use ratatui::layout::Rect;
use rstest::rstest;

use crate::kit::{LARGE, Place, SMALL, Session};

/// Where the program at the other end has its ledger.
const CHILD: &str = "HUIKUAN_TEST_CHILD";

/// A screen with a key that ends the program the hard way.
struct Faulty;

impl Screen for Faulty {
    fn tab(&self) -> Action {
        Action::GoToday
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List]
    }

    fn refresh(&mut self, _: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }

    fn draw(&mut self, _: &mut Frame, _: Rect, _: &mut Cx<'_>) -> Result<Hits> {
        Ok(Hits::new())
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Result<Option<Effect>> {
        assert!(action != Action::Sort, "a bug, for the test");
        Ok(None)
    }
}

/// Not a test of its own: the program at the other end.
#[test]
fn program() {
    let Some(folder) = std::env::var_os(CHILD).map(PathBuf::from) else {
        return;
    };
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let store = Store::open(&folder.join("ledger.db")).unwrap();
    let sitting = Sitting {
        today,
        who: "wang".to_owned(),
        name: "test".to_owned(),
        last_seen: LastSeen::default(),
        backups: None,
        files: None,
        formats: None,
    };
    let ui = Ui::new(Lang::Zh, Theme::fitting(Depth::Sixteen, false));
    let mut app = App::new(Ledger::open(store, sitting).unwrap(), ui);
    app.push(Box::new(Faulty));
    let options = Options { mouse: true, today: Some(today), fitting: None };
    run(options, &mut app).unwrap();
}

#[rstest]
#[case("zh", SMALL, "今日")]
#[case("en", LARGE, "Today")]
fn quitting_gives_the_terminal_back(
    #[case] lang: &str,
    #[case] size: (u16, u16),
    #[case] title: &str,
) {
    let place = Place::new();
    let mut session = place.opens(lang, size, &["demo"]);
    session.wait_for(title);
    session.leaves();
    assert!(place.leftovers().is_empty(), "{:?}", place.leftovers());
}

#[rstest]
#[case("TERM")]
#[case("HUP")]
#[case("INT")]
fn a_signal_gives_the_terminal_back_and_leaves_no_file(#[case] signal: &str) {
    let place = Place::new();
    let mut session = place.opens("zh", SMALL, &["demo"]);
    session.then("c", "登记联系");
    session.signal(signal);
    session.is_restored("left with 0");
    assert!(place.leftovers().is_empty(), "{:?}", place.leftovers());
}

/// Of a large paste half is there, or all of it and not yet taken in.
#[rstest]
fn a_signal_ends_a_large_paste(#[values(false, true)] whole: bool) {
    let place = Place::with_milestone();
    let mut session = place.opens("en", LARGE, &[]);
    session.wait_for("Worklist (1)");
    session.then("c", "Log contact");
    session.press("\u{1b}[200~");
    session.press(&"星河 科技\n".repeat(60_000));
    if whole {
        session.press("\u{1b}[201~");
    }
    session.signal("TERM");
    session.is_restored("left with 0");
    place.ok("doctor");
    assert_eq!(place.json("log --json -n 100").as_array().unwrap().len(), 3);
}

#[test]
fn a_panic_is_read_on_a_terminal_that_works() {
    let this = std::env::current_exe().unwrap();
    let program = [this.to_str().unwrap(), "leaving::program", "--exact", "--nocapture"];
    let folder = tempfile::tempdir().unwrap();
    let child = folder.path().to_owned();
    let mut session = Session::start(&program, &[(CHILD, child)], SMALL);
    session.wait_for("1 今日");
    session.press("o");
    session.is_restored("left with 101");
    let found = |text: &[u8]| {
        let mut parts = session.written.windows(text.len());
        parts.position(|part| part == text)
    };
    let (left, said) = (found(b"\x1b[?1049l"), found(b"a bug, for the test"));
    assert!(left.is_some() && said > left, "the message comes after the screen is left");
}
