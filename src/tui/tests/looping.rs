//! The production loop over a scripted world, on a small ledger.

mod stories;

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tempfile::TempDir;

use super::kit::{self, Town};
use crate::error::Result;
use crate::store::Store;
use crate::text::Lang;
use crate::tui::app::App;
use crate::tui::data::LastSeen;
use crate::tui::event::Event;
use crate::tui::input::{Input, Key};
use crate::tui::runtime::{self, Env, FrameBackend};
use crate::tui::theme::{Depth, Theme, Ui};
use crate::tui::widgets::testing::lines;

impl FrameBackend for TestBackend {}

/// What comes to the loop, or happens elsewhere meanwhile.
enum Step {
    Input(Input),
    Elsewhere(Box<dyn FnOnce()>),
    /// A write is told.
    Told,
}

/// Keys come as they were scripted; time passes only when nothing is left to read.
struct Script {
    steps: VecDeque<Step>,
    waits: u32,
    now: Instant,
    today: NaiveDate,
    midnight_at: Option<Instant>,
    copied: Vec<String>,
}

impl Script {
    fn of(inputs: impl IntoIterator<Item = Input>) -> Self {
        Self {
            steps: inputs.into_iter().map(Step::Input).collect(),
            waits: 0,
            now: crate::clock::instant(),
            today: kit::today(),
            midnight_at: None,
            copied: Vec::new(),
        }
    }

    /// Lets this much time pass after the last key.
    fn then_idle(mut self, time: Duration) -> Self {
        self.waits = u32::try_from(time.as_millis() / 500).unwrap();
        self
    }

    /// After these keys something happens elsewhere.
    fn then(mut self, happens: impl FnOnce() + 'static) -> Self {
        self.steps.push_back(Step::Elsewhere(Box::new(happens)));
        self
    }

    /// After these keys a write is told.
    fn then_told(mut self) -> Self {
        self.steps.push_back(Step::Told);
        self
    }

    fn then_keys(mut self, text: &str) -> Self {
        self.steps.extend(keys(text).into_iter().map(Step::Input));
        self
    }
}

impl Env for Script {
    /// One key a wait, so that each has its frame.
    fn wait(&mut self, at_most: Duration) -> Option<Event> {
        match self.steps.pop_front() {
            Some(Step::Input(input)) => return Some(Event::Input(input)),
            Some(Step::Elsewhere(happens)) => {
                happens();
                return None;
            }
            Some(Step::Told) => return Some(Event::Written),
            None if self.waits == 0 => return Some(Event::Terminate),
            None => {}
        }
        self.waits -= 1;
        self.now += at_most;
        None
    }

    fn ready(&mut self) -> Option<Event> {
        None
    }

    fn now(&self) -> Instant {
        self.now
    }

    fn today(&self) -> NaiveDate {
        match self.midnight_at {
            Some(at) if self.now >= at => self.today.succ_opt().unwrap(),
            _ => self.today,
        }
    }

    fn suspend(&mut self) -> Result<()> {
        Ok(())
    }

    fn edit(&mut self, _: &str, text: &str) -> Result<Result<String>> {
        Ok(Ok(text.to_owned()))
    }

    fn copy(&mut self, text: &str) -> Result<()> {
        self.copied.push(text.to_owned());
        Ok(())
    }
}

fn keys(text: &str) -> Vec<Input> {
    let key = |word: &str| match word {
        "Enter" => Key::Enter,
        "Esc" => Key::Esc,
        "Tab" => Key::Tab,
        "Space" => Key::Char(' '),
        "Down" => Key::Down,
        other => Key::Char(other.chars().next().unwrap()),
    };
    text.split_whitespace().map(|word| Input::Key(key(word))).collect()
}

struct Played {
    screen: Vec<String>,
    app: App,
    script: Script,
    terminal: Terminal<TestBackend>,
    /// Changes made on the screen.
    written: usize,
    _folder: TempDir,
}

impl Played {
    fn shows(&self, text: &str) {
        let screen = self.screen.join("\n");
        assert!(screen.contains(text), "no {text:?} in\n{screen}");
    }

    fn hides(&self, text: &str) {
        let screen = self.screen.join("\n");
        assert!(!screen.contains(text), "{text:?} in\n{screen}");
    }

    /// What the last line says.
    fn says(&self, text: &str) {
        let line = &self.screen[23];
        assert!(line.contains(text), "no {text:?} in {line:?}");
    }
}

/// Somebody who did nothing yet sits at the ledger of the town.
fn play_in(town: Town, mut script: Script, size: (u16, u16)) -> Played {
    let Town { store, folder } = town;
    let path = store.path().to_owned();
    let events = |store: &Store| store.events(1_000, None).unwrap().len();
    let before = events(&store);
    let ledger = kit::opened(store, "li", LastSeen::default());
    let ui = Ui::new(Lang::Zh, Theme::fitting(Depth::Sixteen, false));
    let mut app = App::new(ledger, ui);
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    runtime::run(&mut terminal, &mut script, &mut app).unwrap();
    Played {
        screen: lines(terminal.backend().buffer()),
        app,
        script,
        terminal,
        written: events(&Store::open(&path).unwrap()) - before,
        _folder: folder,
    }
}

fn play_with(script: Script, size: (u16, u16)) -> Played {
    play_in(Town::new(), script, size)
}

fn plays(script: Script) -> Played {
    play_with(script, (80, 24))
}

fn play(text: &str) -> Played {
    plays(Script::of(keys(text)))
}
