//! The screen on a real pseudo-terminal: it is given back whole, whatever way the program ends.
//!
//! The test starts itself again as the program at the other end of the terminal (see [`program`]), under a shell that
//! says afterwards how it finds the terminal.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::Result;
use chrono::NaiveDate;
use huikuan::domain::change::Change;
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
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use ratatui::Frame;
use ratatui::layout::Rect;

const CHILD: &str = "HUIKUAN_TEST_CHILD";

/// A ledger with nothing in it, and keys that end the program the hard way.
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
        match action {
            Action::Payment => panic!("a bug, for the test"),
            Action::Contact => {
                let _ = signal_hook::low_level::raise(signal_hook::consts::SIGTERM);
            }
            _ => {}
        }
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
        lang: Lang::Zh,
        mouse: true,
        today: Some(today),
    };
    run(options, |_| {
        App::new(Lang::Zh, Theme::new(true, false), Box::new(Empty), today)
    })
    .unwrap();
}

/// A terminal with the program in it.
struct Session {
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    written: Vec<u8>,
}

impl Session {
    fn start() -> Self {
        let size = PtySize {
            rows: 24,
            cols: 80,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new("sh");
        let script = "\"$0\" program --exact --nocapture; echo left with $?; stty -a";
        command.args(["-c", script]);
        command.arg(std::env::current_exe().unwrap());
        command.env(CHILD, "1");
        command.env("TERM", "xterm-256color");
        pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            // The master has to live as long as it is read.
            let _master = pair.master;
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            keyboard,
            output,
            parser: vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0),
            written: Vec::new(),
        }
    }

    fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    fn wait_for(&mut self, text: &str) {
        while !self.screen().contains(text) {
            let more = self.output.recv_timeout(Duration::from_secs(20));
            let more = more.unwrap_or_else(|_| panic!("no {text:?} in\n{}", self.screen()));
            self.parser.process(&more);
            self.written.extend(more);
        }
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// The terminal is as a shell wants it.
    fn is_restored(&mut self, sign: &str) {
        self.wait_for("left with");
        self.wait_for("icanon");
        self.wait_for("iexten");
        let screen = self.screen();
        assert!(screen.contains(sign), "{screen}");
        for off in ["-icanon", "-echo ", "-isig"] {
            assert!(!screen.contains(off), "{off} in {screen}");
        }
        let written = String::from_utf8_lossy(&self.written).into_owned();
        for (on, off) in [
            ("[?1049h", "[?1049l"),
            ("[?2004h", "[?2004l"),
            ("[?1000h", "[?1000l"),
            ("[?25l", "[?25h"),
        ] {
            assert!(written.contains(on), "never {on}");
            assert!(
                written.rfind(off) > written.rfind(on),
                "{off} is missing after {on}"
            );
        }
    }
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut session = Session::start();
    session.wait_for("1 今日");
    session.press("q");
    session.is_restored("left with 0");
}

#[test]
fn a_signal_gives_the_terminal_back_and_ends_well() {
    let mut session = Session::start();
    session.wait_for("1 今日");
    session.press("c");
    session.is_restored("left with 0");
}

#[test]
fn a_panic_is_read_on_a_terminal_that_works() {
    let mut session = Session::start();
    session.wait_for("1 今日");
    session.press("p");
    session.is_restored("left with 101");
    let message = session
        .written
        .windows(20)
        .position(|part| part == b"a bug, for the test\r");
    let left = session
        .written
        .windows(8)
        .rposition(|part| part == b"\x1b[?1049l");
    assert!(message > left, "the message comes after the screen is left");
}

#[test]
fn typed_chinese_stands_before_the_real_cursor_and_a_paste_does_not_submit() {
    let mut session = Session::start();
    session.wait_for("1 今日");
    session.press("/星河");
    session.wait_for("查找  星河");
    session.press("\u{1b}[200~科技\n\u{1b}[201~");
    session.wait_for("查找  星河科技");
    let (row, column) = session.parser.screen().cursor_position();
    assert_eq!((row, column), (23, 15));
    assert!(!session.parser.screen().hide_cursor());
    session.press("\u{3}q");
    session.is_restored("left with 0");
}
