//! A terminal with the program in it.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub use crate::program::Desk as Place;
use crate::program::TODAY;

/// How long anything may take on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_mins(1);

pub const SMALL: (u16, u16) = (80, 24);
pub const LARGE: (u16, u16) = (120, 40);

/// The end of a frame.
const FRAME: &[u8] = b"\x1b[?2026l";

/// Runs a program, and says afterwards how it finds the terminal. The inner shell leaves the program's process id; the
/// outer one outlives an interrupt from the keyboard, as a person's does.
const WRAPPER: &str =
    r#"trap : INT; sh -c 'echo $$ > "$PIDFILE"; exec "$@"' sh "$@"; echo left with $?; stty -a"#;

impl Place {
    /// What is open on the only milestone.
    pub fn balance(&self) -> String {
        self.json("list --json")[0]["balance"].as_str().unwrap().to_owned()
    }

    /// How many payments are on record.
    pub fn payments(&self) -> usize {
        let log = self.json("log --json -n 100");
        let log = log.as_array().unwrap();
        log.iter().filter(|event| event["kind"] == "pay").count()
    }

    /// Opens the screen in a terminal of this size.
    pub fn opens(&self, lang: &str, size: (u16, u16), args: &[&str]) -> Session {
        self.opens_as("wang", lang, size, args)
    }

    pub fn opens_as(&self, who: &str, lang: &str, size: (u16, u16), args: &[&str]) -> Session {
        let program = env!("CARGO_BIN_EXE_huikuan");
        let mut program = vec![program, "--lang", lang, "--today", TODAY];
        program.extend(args);
        Session::start(&program, &self.environment(who), size)
    }

    /// What is left in the folder for temporary files.
    pub fn leftovers(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.folder.path().join("tmp")).unwrap();
        files.map(|file| file.unwrap().path()).collect()
    }
}

/// A terminal with a program in it.
pub struct Session {
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    master: Box<dyn MasterPty + Send>,
    shell: Box<dyn Child + Send + Sync>,
    parser: vt100::Parser,
    pidfile: tempfile::NamedTempFile,
    /// Everything the program wrote so far.
    pub written: Vec<u8>,
}

impl Session {
    pub fn start(program: &[&str], around: &[(&str, PathBuf)], (cols, rows): (u16, u16)) -> Self {
        let size = PtySize { rows, cols, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let pidfile = tempfile::NamedTempFile::new().unwrap();
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", WRAPPER, "sh"]);
        command.args(program);
        command.env_remove("NO_COLOR");
        command.env("TERM", "xterm-256color");
        command.env("PIDFILE", pidfile.path());
        for (name, value) in around {
            command.env(name, value);
        }
        let shell = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            keyboard: pair.master.take_writer().unwrap(),
            output,
            master: pair.master,
            shell,
            parser: vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0),
            pidfile,
            written: Vec::new(),
        }
    }

    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Every cell of the screen with its colours; a blank has none of its own.
    pub fn picture(&self) -> String {
        let screen = self.parser.screen();
        let (rows, columns) = screen.size();
        let mut picture = String::new();
        for row in 0..rows.get() {
            for cell in (0..columns.get()).filter_map(|column| screen.cell(row, column)) {
                let (text, back) = (cell.contents(), (cell.bgcolor(), cell.inverse()));
                // The emulator knows bold or dim, and takes the last it hears where both are set.
                let fore = (cell.fgcolor(), cell.bold() || cell.dim());
                let seen = if text.trim().is_empty() {
                    format!(" {back:?}")
                } else {
                    format!("{text}{back:?}{fore:?}")
                };
                picture.push_str(&seen);
            }
            picture.push('\n');
        }
        picture
    }

    pub fn cursor(&self) -> (u16, u16) {
        self.parser.screen().cursor_position()
    }

    /// The row the cursor stands in.
    pub fn line(&self) -> String {
        let row = usize::from(self.cursor().0);
        let width = self.parser.screen().size().1;
        let mut rows = self.parser.screen().rows(0, width.get());
        rows.nth(row).unwrap_or_default()
    }

    pub fn shows_cursor(&self) -> bool {
        !self.parser.screen().hide_cursor()
    }

    /// Reads until this holds, and no frame is half drawn.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, mut holds: impl FnMut(&Self) -> bool) {
        while !(holds(self) && (self.written.ends_with(FRAME) || self.has_ended())) {
            let Ok(more) = self.output.recv_timeout(PATIENCE) else {
                panic!("never {what}:\n{}", self.screen());
            };
            self.parser.process(&more);
            self.written.extend(more);
        }
    }

    /// Reads until another program has said this, which draws no frames.
    #[track_caller]
    pub fn hears(&mut self, text: &str) {
        while !self.screen().contains(text) {
            let Ok(more) = self.output.recv_timeout(PATIENCE) else {
                panic!("never {text}:\n{}", self.screen());
            };
            self.parser.process(&more);
            self.written.extend(more);
        }
    }

    fn has_ended(&self) -> bool {
        self.screen().contains("left with")
    }

    /// Reads what is there already.
    pub fn listens(&mut self) {
        while let Ok(more) = self.output.try_recv() {
            self.parser.process(&more);
            self.written.extend(more);
        }
    }

    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |it| it.screen().contains(text));
    }

    #[track_caller]
    pub fn wait_for_none(&mut self, text: &str) {
        self.wait_until(&format!("without {text}"), |it| !it.screen().contains(text));
    }

    pub fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Presses keys and waits for what they lead to.
    #[track_caller]
    pub fn then(&mut self, keys: &str, text: &str) {
        self.press(keys);
        self.wait_for(text);
    }

    /// Presses keys and waits for the frame behind them.
    #[track_caller]
    pub fn framed(&mut self, keys: &str) {
        let before = self.frames();
        self.press(keys);
        self.wait_until("drawn", |it| it.frames() > before);
    }

    fn frames(&self) -> usize {
        count(&self.written, FRAME)
    }

    /// Has everything drawn anew, on a clean screen.
    #[track_caller]
    pub fn redrawn(&mut self) -> String {
        let clean = count(&self.written, b"\x1b[2J");
        self.press("\u{c}");
        self.wait_until("cleaned", |it| count(&it.written, b"\x1b[2J") > clean);
        self.picture()
    }

    /// What comes within the time the program takes for two looks at the ledger.
    pub fn overhears(&self) -> Vec<u8> {
        let some = Duration::from_millis(1_200);
        self.output.recv_timeout(some).unwrap_or_default()
    }

    pub fn resize(&mut self, (cols, rows): (u16, u16)) {
        let size = PtySize { rows, cols, ..PtySize::default() };
        let (tall, wide) = (rows.try_into().unwrap(), cols.try_into().unwrap());
        self.parser.screen_mut().set_size(tall, wide);
        self.master.resize(size).unwrap();
    }

    /// Sends a signal to the program by its name.
    pub fn signal(&self, name: &str) {
        let pid = std::fs::read_to_string(self.pidfile.path()).unwrap();
        let sent = Command::new("kill").args(["-s", name, pid.trim()]).status();
        assert!(sent.unwrap().success());
    }

    /// The program ends, and the terminal is as a shell wants it.
    #[track_caller]
    pub fn is_restored(&mut self, sign: &str) {
        self.wait_for("left with");
        self.wait_for("icanon");
        self.wait_for("iexten");
        let screen = self.screen();
        assert!(screen.contains(sign), "{screen}");
        for off in ["-icanon", "-echo ", "-isig"] {
            assert!(!screen.contains(off), "{off} in {screen}");
        }
        assert!(!self.parser.screen().alternate_screen());
        assert!(!self.parser.screen().bracketed_paste());
        assert!(self.shows_cursor());
        assert_eq!(self.parser.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        for taken in ["[?1049h", "[?2004h", "[?1000h", "[?25l"] {
            let taken_once = count(&self.written, taken.as_bytes()) > 0;
            assert!(taken_once, "never {taken}");
        }
    }

    /// Leaves by the key.
    #[track_caller]
    pub fn leaves(mut self) {
        self.press("q");
        self.is_restored("left with 0");
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The program hears of it by its terminal going away; the shell must not wait for it.
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}

fn count(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).filter(|window| *window == part).count()
}
