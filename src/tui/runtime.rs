//! The event loop, over any backend and any env, so that tests run the loop that users run: draw if something
//! changed; wait for input, a message, the end of a notice or the next look at the ledger; take all that is there;
//! update. There is no redraw tick: an idle program writes nothing.

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::layout::{Position, Rect};

use crate::error::{Error, Result, TerminalStep};
use crate::tui::app::App;
use crate::tui::event::Event;

/// How often the day and the ledger's version are looked at where nobody tells of writes.
const CHECK: Duration = Duration::from_millis(500);
/// How often where somebody does: what was told can have been lost.
const CHECK_ANYWAY: Duration = Duration::from_secs(5);
/// A write is told before it can be read: how often to look for it, and for how long.
const CHECK_AGAIN: Duration = Duration::from_millis(100);
const UNSETTLED: Duration = Duration::from_secs(1);

/// What is outside: events and time.
pub trait Env {
    /// The next event, waiting for it as long as `at_most`.
    fn wait(&mut self, at_most: Duration) -> Option<Event>;
    /// An event that is there already.
    fn ready(&mut self) -> Option<Event>;
    fn now(&self) -> Instant;
    fn today(&self) -> NaiveDate;
    /// Gives the terminal back to the shell until the shell continues the process.
    fn suspend(&mut self) -> Result<()>;
    /// What becomes of a text in the user's editor, in a file of this name; the outer failure is the terminal's.
    fn edit(&mut self, name: &str, text: &str) -> Result<Result<String>>;
    /// Puts text on the clipboard.
    fn copy(&mut self, text: &str) -> Result<()>;
}

/// A backend that can tell its terminal where a frame begins and ends.
pub trait FrameBackend: Backend<Error: Send + Sync + 'static> {
    /// Hold what comes until the frame is whole.
    fn begin(&mut self) -> Result<()> {
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        Ok(())
    }
}

/// What only the loop can do, since it has the terminal; taken by it after each update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    Quit,
    /// Stop the process for a while.
    Suspend,
    Redraw,
    /// Let the user's editor change a text, in a file of this name.
    Edit {
        name: String,
        text: String,
    },
    /// Put this on the clipboard.
    Copy(String),
}

/// Runs the app until it is left.
pub fn run(
    terminal: &mut Terminal<impl FrameBackend>,
    env: &mut impl Env,
    app: &mut App,
) -> Result<()> {
    let mut checked = env.now();
    // Until when a write that was told of may come to light.
    let mut unsettled = checked;
    app.set_time(checked, env.today());
    loop {
        while app.take_dirty() {
            draw(terminal, app)?;
            app.drawn();
        }
        let now = env.now();
        let check = match app.is_told_of_writes() {
            _ if now < unsettled => CHECK_AGAIN,
            true => CHECK_ANYWAY,
            false => CHECK,
        };
        let next = app.deadline().map_or(checked + check, |end| end.min(checked + check));
        let mut event = env.wait(next.saturating_duration_since(now));
        app.set_time(env.now(), env.today());
        let mut told = false;
        while let Some(taken) = event {
            told |= matches!(taken, Event::Written);
            if !take(taken, app) {
                return Ok(());
            }
            while let Some(request) = app.take_request() {
                if !serve(request, terminal, env, app)? {
                    return Ok(());
                }
            }
            event = env.ready();
        }
        let now = env.now();
        if told {
            unsettled = now + UNSETTLED;
        }
        if told || now.saturating_duration_since(checked) >= check {
            checked = now;
            app.poll();
        }
    }
}

/// Whether the program goes on.
fn take(event: Event, app: &mut App) -> bool {
    match event {
        Event::Input(input) => app.on_input(input),
        Event::Theme(theme) => app.set_fitting(theme),
        Event::Worked => app.on_worked(),
        // The loop looks once all that is there was taken.
        Event::Written => {}
        Event::Terminate => return false,
    }
    true
}

/// Whether the program goes on.
fn serve(
    request: Request,
    terminal: &mut Terminal<impl FrameBackend>,
    env: &mut impl Env,
    app: &mut App,
) -> Result<bool> {
    match request {
        Request::Quit => return Ok(false),
        Request::Suspend => {
            env.suspend()?;
            clear(terminal)?;
            app.touch();
        }
        Request::Redraw => {
            clear(terminal)?;
            app.touch();
        }
        Request::Edit { name, text } => {
            let edited = env.edit(&name, &text)?;
            clear(terminal)?;
            app.set_time(env.now(), env.today());
            app.on_edited(edited);
        }
        Request::Copy(text) => {
            if let Err(error) = env.copy(&text) {
                app.complain(&error);
            }
        }
    }
    Ok(true)
}

/// Forgets what is on the screen. `Terminal::clear` would ask the terminal where its cursor stands, and the thread that
/// reads the keys takes the answer.
fn clear(terminal: &mut Terminal<impl FrameBackend>) -> Result<()> {
    let failed = TerminalStep::Draw;
    let size = terminal.size().map_err(Error::terminal(failed))?;
    terminal.resize(Rect::from((Position::ORIGIN, size))).map_err(Error::terminal(failed))
}

fn draw(terminal: &mut Terminal<impl FrameBackend>, app: &mut App) -> Result<()> {
    terminal.backend_mut().begin()?;
    terminal.draw(|frame| app.draw(frame)).map_err(Error::terminal(TerminalStep::Draw))?;
    terminal.backend_mut().end()
}
