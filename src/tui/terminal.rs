//! The terminal itself: the only file that knows crossterm. Raw mode, alternate screen, bracketed paste, mouse and
//! cursor are taken and given back here, whatever way the program ends.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::Show;
use crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::clock;
use crate::editor;
use crate::error::{Error, Result, TerminalStep};
use crate::files;
use crate::tui::app::App;
use crate::tui::background::{Answer, Heard};
use crate::tui::event::{Event as LoopEvent, Waker};
use crate::tui::input::{Input, Key};
use crate::tui::runtime::{self, Env, FrameBackend};
use crate::tui::theme::{Depth, Theme};

/// How the terminal is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether the program sees the mouse; otherwise the terminal keeps it.
    pub mouse: bool,
    /// The day to show instead of the clock's.
    pub today: Option<NaiveDate>,
    /// The theme is to fit the background, on a terminal of this depth.
    pub fitting: Option<Depth>,
}

/// Whether the terminal is ours. Leaving twice would move the cursor over what was said in between.
static OURS: AtomicBool = AtomicBool::new(false);

/// How long an answer to the question for the background is told from keys.
const ANSWER: Duration = Duration::from_secs(2);
/// What stops for so long in the middle of an answer was typed.
const STOP: Duration = Duration::from_millis(50);
/// How often a thread that cannot be woken looks who has the keys.
#[cfg(not(unix))]
const LOOK: Duration = Duration::from_millis(250);
/// Asks for the background.
const BACKGROUND: &[u8] = b"\x1b]11;?\x1b\\";

/// Rows a notch of the wheel moves.
const NOTCH: i32 = 3;

/// Opens the screen and runs the app until it is left.
pub fn run(options: Options, app: &mut App) -> Result<()> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Error::NoTerminal);
    }
    let (sender, events) = mpsc::channel();
    app.wake(Waker::new(sender.clone()));
    restore_on_panic();
    let _taken = Taken;
    enter(options.mouse).map_err(Error::terminal(TerminalStep::Take))?;
    if options.fitting.is_some() {
        let mut out = io::stdout();
        let asked = out.write_all(BACKGROUND).and_then(|()| out.flush());
        asked.map_err(Error::terminal(TerminalStep::Take))?;
    }
    let keys = Arc::new(Keys::default());
    read_keys(sender.clone(), options.fitting, Arc::clone(&keys));
    stop_on_signals(&sender)?;
    let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, Out(io::stdout())));
    let mut terminal = Terminal::new(backend).map_err(Error::terminal(TerminalStep::Take))?;
    let mut env = Outside { events, options, keys };
    runtime::run(&mut terminal, &mut env, app)
}

/// The terminal is ours as long as this lives.
struct Taken;

impl Drop for Taken {
    fn drop(&mut self) {
        leave();
    }
}

/// How many cells a line of the terminal has, if there is one.
pub fn width() -> Option<usize> {
    crossterm::terminal::size().ok().map(|(columns, _)| columns.into()).filter(|cells| *cells > 0)
}

/// How many colours the terminal says it has.
pub fn depth() -> Depth {
    let named = |name: &str| env::var(name).unwrap_or_default();
    if matches!(named("COLORTERM").as_str(), "truecolor" | "24bit") {
        return Depth::True;
    }
    let term = named("TERM");
    if term.contains("256color") || term.contains("kitty") || term.contains("ghostty") {
        Depth::Indexed
    } else {
        Depth::Sixteen
    }
}

/// Whether the environment says that the background is light; the terminal itself is asked once the screen is its own.
pub fn seems_light() -> bool {
    let colors = env::var("COLORFGBG").unwrap_or_default();
    matches!(colors.rsplit(';').next(), Some("7" | "15"))
}

fn enter(mouse: bool) -> io::Result<()> {
    OURS.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        execute!(io::stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Gives everything back. What fails here has nobody left to be told.
fn leave() {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = execute!(
        io::stdout(),
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
}

/// The terminal, as long as it is ours: half a frame left in a buffer by a panic must not follow the message.
struct Out(Stdout);

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if OURS.load(Ordering::SeqCst) { self.0.write(bytes) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A panic must be read on a terminal that works. Only the loop's thread owns the terminal: a worker's panic is told
/// by whoever waits for it.
fn restore_on_panic() {
    let owner = thread::current().id();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if thread::current().id() == owner && !files::catches() {
            leave();
            before(info);
        }
    }));
}

/// Who reads what is typed: the thread that does nothing else, or a program that has the terminal for a while.
#[derive(Default)]
struct Keys {
    hand: Mutex<Hand>,
    changed: Condvar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Hand {
    /// The thread reads.
    #[default]
    Reading,
    /// It is asked to stop.
    Asked,
    /// It has stopped, until it is told to go on.
    Parked,
    /// It has ended.
    Gone,
}

impl Keys {
    fn hand(&self) -> MutexGuard<'_, Hand> {
        self.hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn(&self, hand: Hand) {
        *self.hand() = hand;
        self.changed.notify_all();
    }

    fn wait_while(&self, hand: MutexGuard<'_, Hand>, not_yet: impl Fn(Hand) -> bool) {
        let waited = self.changed.wait_while(hand, |hand| not_yet(*hand));
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    /// The thread stops here as long as it is asked to.
    fn pass(&self) {
        let mut hand = self.hand();
        if *hand == Hand::Asked {
            *hand = Hand::Parked;
            self.changed.notify_all();
            self.wait_while(hand, |hand| hand == Hand::Parked);
        }
    }

    /// Has the thread stop, and returns once it reads no more.
    fn park(&self) -> io::Result<()> {
        {
            let mut hand = self.hand();
            if *hand == Hand::Reading {
                *hand = Hand::Asked;
            }
        }
        wake_reader()?;
        self.wait_while(self.hand(), |hand| hand == Hand::Asked);
        Ok(())
    }

    /// Has it go on.
    fn go_on(&self) {
        let mut hand = self.hand();
        if *hand != Hand::Gone {
            *hand = Hand::Reading;
        }
        self.changed.notify_all();
    }
}

/// The thread waits for what is typed or for a new size: it is told of one.
#[cfg(unix)]
fn wake_reader() -> io::Result<()> {
    signal_hook::low_level::raise(signal_hook::consts::SIGWINCH)
}

/// The next event, if there is one: it may be none, to look who has the keys.
#[cfg(unix)]
fn next_event() -> io::Result<Option<Event>> {
    event::read().map(Some)
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "the Unix version can fail")]
fn wake_reader() -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn next_event() -> io::Result<Option<Event>> {
    if event::poll(LOOK)? { event::read().map(Some) } else { Ok(None) }
}

/// Reads for as long as the process lives; the terminal being gone ends the program.
fn read_keys(sender: Sender<LoopEvent>, fitting: Option<Depth>, keys: Arc<Keys>) {
    thread::spawn(move || {
        let mut question = fitting.map(Question::new);
        loop {
            keys.pass();
            let next = match question.as_mut() {
                Some(asked) if asked.is_stuck() => asked.give_up(),
                Some(_) | None => match next_event() {
                    Ok(Some(event)) => Question::hear(&mut question, event),
                    Ok(None) => Vec::new(),
                    Err(_) => vec![LoopEvent::Terminate],
                },
            };
            for next in next {
                let last = matches!(next, LoopEvent::Terminate);
                if sender.send(next).is_err() || last {
                    keys.turn(Hand::Gone);
                    return;
                }
            }
        }
    });
}

/// The question for the background, while its answer may come.
struct Question {
    depth: Depth,
    until: Instant,
    answer: Answer,
    /// What may be part of the answer.
    held: Vec<Event>,
}

impl Question {
    fn new(depth: Depth) -> Self {
        let until = clock::instant() + ANSWER;
        Self { depth, until, answer: Answer::default(), held: Vec::new() }
    }

    /// Whether an answer has begun that does not go on.
    fn is_stuck(&self) -> bool {
        !self.held.is_empty() && matches!(event::poll(STOP), Ok(false))
    }

    /// What was held was typed.
    fn give_up(&mut self) -> Vec<LoopEvent> {
        self.answer = Answer::default();
        typed(std::mem::take(&mut self.held))
    }

    /// What an event is: part of the answer, or a person's.
    fn hear(question: &mut Option<Self>, event: Event) -> Vec<LoopEvent> {
        let Some(mut asked) = question.take() else {
            return typed([event]);
        };
        if asked.held.is_empty() && clock::instant() > asked.until {
            return typed([event]);
        }
        let heard = letter(&event).map_or(Heard::Other, |letter| asked.answer.hear(letter));
        asked.held.push(event);
        let events = match heard {
            Heard::Light(light) => {
                return vec![LoopEvent::Theme(Theme::fitting(asked.depth, light))];
            }
            Heard::Part => Vec::new(),
            Heard::Other => asked.give_up(),
        };
        *question = Some(asked);
        events
    }
}

/// Events of a person.
fn typed(events: impl IntoIterator<Item = Event>) -> Vec<LoopEvent> {
    events.into_iter().filter_map(translate).map(LoopEvent::Input).collect()
}

/// The letter of an answer that a key is.
fn letter(event: &Event) -> Option<char> {
    let Event::Key(KeyEvent { code: KeyCode::Char(c), modifiers, kind, .. }) = event else {
        return None;
    };
    match *modifiers {
        _ if *kind == KeyEventKind::Release => None,
        KeyModifiers::CONTROL if *c == 'g' => Some('\u{7}'),
        KeyModifiers::ALT if matches!(c, ']' | '\\') => Some(*c),
        KeyModifiers::NONE | KeyModifiers::SHIFT if *c != '\\' => Some(*c),
        _ => None,
    }
}

#[cfg(unix)]
fn stop_on_signals(sender: &Sender<LoopEvent>) -> Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])
        .map_err(Error::terminal(TerminalStep::WatchSignals))?;
    let sender = sender.clone();
    thread::spawn(move || {
        for signal in signals.forever() {
            // While another program has the terminal, an interrupt is meant for that one.
            if signal == SIGINT && !OURS.load(Ordering::SeqCst) {
                continue;
            }
            if sender.send(LoopEvent::Terminate).is_err() {
                return;
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "the Unix version can fail")]
fn stop_on_signals(_: &Sender<LoopEvent>) -> Result<()> {
    Ok(())
}

/// The real surroundings: the terminal's events and the clock.
struct Outside {
    events: Receiver<LoopEvent>,
    options: Options,
    keys: Arc<Keys>,
}

impl Env for Outside {
    fn wait(&mut self, at_most: Duration) -> Option<LoopEvent> {
        match self.events.recv_timeout(at_most) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(LoopEvent::Terminate),
        }
    }

    fn ready(&mut self) -> Option<LoopEvent> {
        self.events.try_recv().ok()
    }

    fn now(&self) -> Instant {
        clock::instant()
    }

    fn today(&self) -> NaiveDate {
        self.options.today.unwrap_or_else(clock::today)
    }

    #[cfg(unix)]
    fn suspend(&mut self) -> Result<()> {
        leave();
        // Not SIGTSTP: a process group without a parent would never stop on it.
        let stopped = signal_hook::low_level::raise(signal_hook::consts::SIGSTOP);
        enter(self.options.mouse).map_err(Error::terminal(TerminalStep::Take))?;
        stopped.map_err(Error::terminal(TerminalStep::Stop))
    }

    #[cfg(not(unix))]
    fn suspend(&mut self) -> Result<()> {
        Ok(())
    }

    fn edit(&mut self, name: &str, text: &str) -> Result<Result<String>> {
        let taken = Error::terminal(TerminalStep::Take);
        self.keys.park().map_err(Error::terminal(TerminalStep::WatchSignals))?;
        leave();
        let edited = editor::edit(name, text);
        let entered = enter(self.options.mouse).map_err(taken);
        self.keys.go_on();
        entered.map(|()| edited)
    }

    fn copy(&mut self, text: &str) -> Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
            .map_err(Error::terminal(TerminalStep::Copy))
    }
}

impl FrameBackend for CrosstermBackend<BufWriter<Out>> {
    fn begin(&mut self) -> Result<()> {
        queue!(self, BeginSynchronizedUpdate).map_err(Error::terminal(TerminalStep::Draw))
    }

    fn end(&mut self) -> Result<()> {
        queue!(self, EndSynchronizedUpdate).map_err(Error::terminal(TerminalStep::Draw))?;
        Write::flush(self).map_err(Error::terminal(TerminalStep::Draw))
    }
}

fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => translate_key(key).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Mouse(mouse) => translate_mouse(mouse),
        Event::Resize(..) => Some(Input::Resize),
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn translate_mouse(mouse: MouseEvent) -> Option<Input> {
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(mouse.column, mouse.row)),
        MouseEventKind::Drag(MouseButton::Left) => Some(Input::Drag(mouse.column, mouse.row)),
        MouseEventKind::ScrollDown => Some(Input::Wheel(mouse.column, mouse.row, NOTCH)),
        MouseEventKind::ScrollUp => Some(Input::Wheel(mouse.column, mouse.row, -NOTCH)),
        _ => None,
    }
}

fn translate_key(key: KeyEvent) -> Option<Key> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    let shift = key.modifiers.contains(KeyModifiers::SHIFT);
    let word = ctrl || alt;
    let key = match key.code {
        // Both together is AltGr, which types characters.
        KeyCode::Char('h') if ctrl && !alt => Key::WordBackspace,
        KeyCode::Char(c) if ctrl && !alt => Key::Ctrl(c.to_ascii_lowercase()),
        KeyCode::Char(_) if alt && !ctrl => return None,
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Tab if shift => Key::BackTab,
        KeyCode::Tab => Key::Tab,
        KeyCode::Backspace if word => Key::WordBackspace,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up if shift => Key::ShiftUp,
        KeyCode::Down if shift => Key::ShiftDown,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left if word => Key::WordLeft,
        KeyCode::Left => Key::Left,
        KeyCode::Right if word => Key::WordRight,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(number) => Key::F(number),
        _ => return None,
    };
    Some(key)
}
