//! What wakes the loop, and who may.

use std::sync::mpsc::Sender;

use crate::tui::input::Input;
use crate::tui::theme::Theme;

#[derive(Debug)]
pub enum Event {
    Input(Input),
    /// The terminal said what suits it.
    Theme(Theme),
    /// Work off the loop has ended.
    Worked,
    /// Somebody may have written to the ledger's file.
    Written,
    /// The process is to stop (a signal, or the terminal is gone).
    Terminate,
}

/// Wakes the loop from another thread.
#[derive(Debug, Clone)]
pub struct Waker(Sender<Event>);

impl Waker {
    /// Wakes whoever takes events from the other end.
    pub const fn new(events: Sender<Event>) -> Self {
        Self(events)
    }

    /// Tells that work has ended; silently nothing once the program is on its way out.
    pub fn wake(&self) {
        let _ = self.0.send(Event::Worked);
    }

    /// Tells that the ledger's file may have changed.
    pub fn written(&self) {
        let _ = self.0.send(Event::Written);
    }
}
