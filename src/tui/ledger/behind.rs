//! Work that would hold up a key, done on another thread: what it finds waits here until the loop asks.

use std::sync::mpsc::{self, Receiver, Sender};

use crate::domain::ids::MilestoneId;
use crate::error::Error;
use crate::portfolio::Names;
use crate::tui::app::App;
use crate::tui::terminal::Messages;

use super::index::Index;

pub enum News {
    /// The names of everything open, and what to find them by, as of a version of the ledger.
    Names(u64, Box<(Names, Index)>),
    /// The open items a text finds, by id.
    Found(String, Vec<MilestoneId>),
    Failed(Error),
}

/// Threads, and what they found.
pub struct Behind {
    messages: Option<Messages>,
    sender: Sender<News>,
    news: Receiver<News>,
}

impl Behind {
    /// Without anybody to wake, work is done where it is asked for: tests see the same screen each time.
    pub fn new() -> Self {
        let (sender, news) = mpsc::channel();
        Self {
            messages: None,
            sender,
            news,
        }
    }

    /// Who is woken when something was found.
    pub fn wake(&mut self, messages: Messages) {
        self.messages = Some(messages);
    }

    /// How to wake the loop, if there is anybody to wake.
    pub fn messages(&self) -> Option<Messages> {
        self.messages.clone()
    }

    /// Does this, on another thread if it is `large`.
    pub fn run(&self, large: bool, job: impl FnOnce() -> News + Send + 'static) {
        let sender = self.sender.clone();
        match self.messages.clone().filter(|_| large) {
            // Nobody is left to hear it once the program is on its way out.
            Some(messages) => drop(std::thread::spawn(move || {
                if sender.send(job()).is_ok() {
                    messages.send(Box::new(App::look_at_ledger));
                }
            })),
            None => drop(sender.send(job())),
        }
    }

    /// The next thing that was found.
    pub fn news(&self) -> Option<News> {
        self.news.try_recv().ok()
    }
}
