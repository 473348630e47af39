//! The event loop, over any backend and any world, so that tests run the loop that users run: draw if something
//! changed; wait for input, a message, the end of a notice or the next look at the ledger; take all that is there;
//! update. There is no redraw tick: an idle program writes nothing.

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};
use ratatui::layout::{Position, Rect};

use crate::error::{Error, Result, TerminalStep};
use crate::tui::app::App;
use crate::tui::input::Input;

/// How often the day and the ledger's version are looked at.
const CHECK: Duration = Duration::from_millis(500);

/// Work done on another thread: what it found, to be told to the app on the loop's thread.
pub type Message = Box<dyn FnOnce(&mut App) + Send>;

pub enum Wake {
    Input(Input),
    /// Another thread has something to say.
    Message(Message),
    /// The process is to stop (a signal, or the terminal is gone).
    Terminate,
}

/// What is outside: events and time.
pub trait World {
    /// The next event, waiting for it as long as `at_most`.
    fn wait(&mut self, at_most: Duration) -> Option<Wake>;
    /// An event that is there already.
    fn ready(&mut self) -> Option<Wake>;
    fn now(&self) -> Instant;
    fn today(&self) -> NaiveDate;
    /// Gives the terminal back to the shell until the shell continues the process.
    fn suspend(&mut self) -> Result<()>;
    /// Puts text on the clipboard.
    fn copy(&mut self, text: &str) -> Result<()>;
}

/// A backend that can tell its terminal where a frame begins and ends.
pub trait Surface: Backend {
    /// Hold what comes until the frame is whole.
    fn begin(&mut self) -> Result<()>;
    fn end(&mut self) -> Result<()>;
}

impl Surface for TestBackend {
    fn begin(&mut self) -> Result<()> {
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        Ok(())
    }
}

/// What the app wants of the world; taken by the loop after each update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Quit,
    /// Stop the process for a while.
    Suspend,
    Redraw,
    /// Put this on the clipboard.
    Copy(String),
}

/// Runs the app until it is left.
pub fn run<B, W>(terminal: &mut Terminal<B>, world: &mut W, app: &mut App) -> Result<()>
where
    B: Surface,
    B::Error: Send + Sync + 'static,
    W: World,
{
    let mut checked = world.now();
    app.set_time(checked, world.today());
    loop {
        if app.take_dirty() {
            draw(terminal, app)?;
        }
        let now = world.now();
        let next = app
            .deadline()
            .map_or(checked + CHECK, |end| end.min(checked + CHECK));
        let mut wake = world.wait(next.saturating_duration_since(now));
        app.set_time(world.now(), world.today());
        while let Some(event) = wake {
            if !take(event, app) {
                return Ok(());
            }
            while let Some(wish) = app.take_wish() {
                if !grant(wish, terminal, world, app)? {
                    return Ok(());
                }
            }
            wake = world.ready();
        }
        let now = world.now();
        if now.saturating_duration_since(checked) >= CHECK {
            checked = now;
            app.look_at_ledger();
        }
    }
}

/// Whether the program goes on.
fn take(event: Wake, app: &mut App) -> bool {
    match event {
        Wake::Input(input) => app.on_input(input),
        Wake::Message(message) => {
            message(app);
            app.touch();
        }
        Wake::Terminate => return false,
    }
    true
}

/// Whether the program goes on.
fn grant<B, W>(wish: Wish, terminal: &mut Terminal<B>, world: &mut W, app: &mut App) -> Result<bool>
where
    B: Surface,
    B::Error: Send + Sync + 'static,
    W: World,
{
    match wish {
        Wish::Quit => return Ok(false),
        Wish::Suspend => {
            world.suspend()?;
            clear(terminal)?;
            app.touch();
        }
        Wish::Redraw => {
            clear(terminal)?;
            app.touch();
        }
        Wish::Copy(text) => {
            if let Err(error) = world.copy(&text) {
                app.complain(&error);
            }
        }
    }
    Ok(true)
}

/// Forgets what is on the screen. `Terminal::clear` would ask the terminal where its cursor stands, and the thread that
/// reads the keys takes the answer.
fn clear<B>(terminal: &mut Terminal<B>) -> Result<()>
where
    B: Surface,
    B::Error: Send + Sync + 'static,
{
    let failed = TerminalStep::Draw;
    let size = terminal.size().map_err(Error::terminal(failed))?;
    terminal
        .resize(Rect::from((Position::ORIGIN, size)))
        .map_err(Error::terminal(failed))
}

fn draw<B>(terminal: &mut Terminal<B>, app: &mut App) -> Result<()>
where
    B: Surface,
    B::Error: Send + Sync + 'static,
{
    terminal.backend_mut().begin()?;
    terminal
        .draw(|frame| app.draw(frame))
        .map_err(Error::terminal(TerminalStep::Draw))?;
    terminal.backend_mut().end()
}
