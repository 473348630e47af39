//! From a key to the frame that answers it. What is worked on behind the screen is not waited for, as a person does
//! not: the aim is 16 ms.

use std::sync::mpsc::{Receiver, channel};

use divan::Bencher;
use huikuan::text::Lang;
use huikuan::tui::app::App;
use huikuan::tui::data::{LastSeen, Ledger, Session};
use huikuan::tui::event::{Event, Waker};
use huikuan::tui::input::{Input, Key};
use huikuan::tui::theme::{Depth, Theme, Ui};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::kit::{TODAY, large};

/// A person at a large ledger.
struct Sitting {
    app: App,
    terminal: Terminal<TestBackend>,
    events: Receiver<Event>,
}

impl Sitting {
    /// The first frame has been seen.
    fn new() -> Self {
        let session = Session {
            today: TODAY,
            who: "bench".to_owned(),
            name: "bench".to_owned(),
            last_seen: LastSeen::default(),
            backups: None,
            files: None,
            formats: None,
        };
        let ledger = Ledger::open(large(), session).expect("a ledger");
        let ui = Ui::new(Lang::Zh, Theme::fitting(Depth::Sixteen, false));
        let mut app = App::new(ledger, ui);
        let (sender, events) = channel();
        app.wake(Waker::new(sender));
        app.set_time(huikuan::clock::instant(), TODAY);
        let terminal = Terminal::new(TestBackend::new(200, 60)).expect("a terminal");
        let mut sitting = Self { app, terminal, events };
        sitting.draw();
        sitting
    }

    fn draw(&mut self) {
        self.terminal.draw(|frame| self.app.draw(frame)).expect("a frame");
    }

    /// Waits until something was found behind the screen.
    fn hear(&mut self) {
        while !matches!(self.events.recv().expect("something is worked on"), Event::Worked) {}
        self.app.on_worked();
        self.draw();
    }

    fn press(&mut self, key: Key) {
        self.app.on_input(Input::Key(key));
        self.draw();
    }

    fn types(&mut self, text: &str) {
        self.app.on_input(Input::Paste(text.to_owned()));
    }
}

/// One that waits at its end for what is read behind it, so that it does not weigh on the next.
struct Quiet(Sitting);

impl Drop for Quiet {
    fn drop(&mut self) {
        self.0.hear();
    }
}

/// Milestones, with all names read.
fn milestones() -> Sitting {
    let mut sitting = Sitting::new();
    sitting.hear();
    sitting.press(Key::Char('3'));
    sitting
}

/// From the command to the first frame.
#[divan::bench(sample_count = 10)]
fn first_frame(bencher: Bencher) {
    drop(large());
    bencher.bench_local(|| Quiet(Sitting::new()));
}

#[divan::bench(sample_count = 200)]
fn next_row_of_today(bencher: Bencher) {
    let mut sitting = Sitting::new();
    sitting.hear();
    bencher.bench_local(|| sitting.press(Key::Char('j')));
}

#[divan::bench(sample_count = 200)]
fn next_page_of_milestones(bencher: Bencher) {
    let mut sitting = milestones();
    bencher.bench_local(|| sitting.press(Key::PageDown));
}

#[divan::bench(sample_count = 60)]
fn next_order(bencher: Bencher) {
    let mut sitting = milestones();
    bencher.bench_local(|| sitting.press(Key::Char('o')));
}

/// The key, not the search behind it.
#[divan::bench(sample_count = 50)]
fn a_letter_of_a_search(bencher: Bencher) {
    let mut sitting = milestones();
    sitting.press(Key::Char('/'));
    bencher.bench_local(|| {
        sitting.press(Key::Char('x'));
        sitting.press(Key::Backspace);
    });
}

/// The result of a search comes in.
#[divan::bench(sample_count = 20)]
fn what_a_search_found(bencher: Bencher) {
    let mut sitting = milestones();
    sitting.press(Key::Char('/'));
    bencher.with_inputs(|| ()).bench_local_values(|()| {
        sitting.press(Key::Char('k'));
        sitting.hear();
        sitting.press(Key::Backspace);
    });
}

#[divan::bench(sample_count = 20, args = ["overdue", "balance>100k stage:final", "bucket:31-60", "pm:wm", "customer:keji"])]
fn a_filter(bencher: Bencher, filter: &str) {
    let mut sitting = milestones();
    bencher.bench_local(|| {
        sitting.press(Key::Char('f'));
        sitting.types(filter);
        sitting.press(Key::Enter);
        sitting.press(Key::Esc);
    });
}
