//! The terminal is given back whole, whatever way the program ends.
//!
//! For a panic the test starts itself again as the program at the other end of the terminal (see [`program`]).

use chrono::NaiveDate;
use huikuan::domain::change::Change;
use huikuan::error::Result;
use huikuan::text::Lang;
use huikuan::tui::action::Action;
use huikuan::tui::app::App;
use huikuan::tui::desk::{Desk, Refusal, Response};
use huikuan::tui::keymap::{Here, RowKind};
use huikuan::tui::look::Look;
use huikuan::tui::screens::Screen;
use huikuan::tui::terminal::{Options, run};
use huikuan::tui::theme::Theme;
use huikuan::tui::widgets::list::{Cell, RowId, Rows};
use ratatui::Frame;
use ratatui::layout::Rect;
use rstest::rstest;

use crate::kit::{LARGE, Place, SMALL, Session};

const CHILD: &str = "HUIKUAN_TEST_CHILD";

/// A ledger with nothing in it, and a key that ends the program the hard way.
struct Empty;

struct None;

impl Rows for None {
    fn len(&self) -> usize {
        0
    }

    fn id(&self, _: usize) -> RowId {
        RowId(0)
    }

    fn cells(&self, _: usize) -> Vec<Cell> {
        Vec::new()
    }
}

impl Desk for Empty {
    fn name(&self) -> &'static str {
        "test"
    }

    fn set_today(&mut self, _: NaiveDate) {}

    fn look(&mut self) -> Result<bool> {
        Ok(false)
    }

    fn apply(&mut self, _: &Change, _: Look) -> Result<String, Refusal> {
        Ok(String::new())
    }

    fn undo(&mut self, _: Look) -> Result<String, Refusal> {
        Ok(String::new())
    }

    fn here(&mut self, _: &mut Screen, _: Look) -> Here {
        Here {
            row: Some(RowKind::Milestone),
            ..Here::default()
        }
    }

    fn rows<'a>(&'a mut self, _: &mut Screen, _: Look) -> Box<dyn Rows + 'a> {
        Box::new(None)
    }

    fn draw(&mut self, _: &mut Screen, _: &mut Frame, _: Rect, _: Look) -> Vec<(Rect, RowId)> {
        Vec::new()
    }

    fn picked(&mut self, _: Action, _: RowId, _: &mut Screen, _: Look) -> Response {
        Response::Done
    }

    fn act(&mut self, action: Action, _: &mut Screen, _: Look) -> Response {
        assert!(action != Action::Payment, "a bug, for the test");
        Response::Done
    }
}

/// Not a test of its own: the program at the other end.
#[test]
fn program() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let options = Options {
        mouse: true,
        today: Some(today),
    };
    run(options, |_| {
        App::new(Lang::Zh, Theme::new(true, false), Box::new(Empty), today)
    })
    .unwrap();
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
    session.then("c", "记录联系");
    session.signal(signal);
    session.is_restored("left with 0");
    assert!(place.leftovers().is_empty(), "{:?}", place.leftovers());
}

#[test]
fn a_panic_is_read_on_a_terminal_that_works() {
    let this = std::env::current_exe().unwrap();
    let program = [
        this.to_str().unwrap(),
        "leaving::program",
        "--exact",
        "--nocapture",
    ];
    let mut session = Session::start(&program, &[(CHILD, "1".into())], SMALL);
    session.wait_for("1 今日");
    session.press("p");
    session.is_restored("left with 101");
    let found = |text: &[u8]| {
        let mut parts = session.written.windows(text.len());
        parts.position(|part| part == text)
    };
    let (left, said) = (found(b"\x1b[?1049l"), found(b"a bug, for the test"));
    assert!(
        left.is_some() && said > left,
        "the message comes after the screen is left"
    );
}
