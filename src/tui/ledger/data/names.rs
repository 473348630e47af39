//! Names and searches, read and done behind the screen where the ledger is large.

use std::sync::Arc;

use super::{Found, LARGE, Ledger};
use crate::error::Result;
use crate::portfolio::Names;
use crate::store::Reader;
use crate::tui::ledger::behind::News;
use crate::tui::ledger::index::{Index, Named};
use crate::tui::terminal::Messages;

use crate::domain::ids::MilestoneId;

impl Ledger {
    /// Who is woken when something was found behind the screen.
    pub fn wake(&mut self, messages: Messages) {
        self.behind.wake(messages);
    }

    /// How to wake the loop, if there is anybody to wake.
    pub fn messages(&self) -> Option<Messages> {
        self.behind.messages()
    }

    /// Reads the names of these open items, as a page shows them.
    pub fn name(&mut self, ids: &[MilestoneId]) -> Result<()> {
        self.book.name(&self.store, ids)
    }

    /// Whether there are so many open items that some work is done behind the screen.
    fn is_large(&self) -> bool {
        self.book.items().len() >= LARGE
    }

    /// Has the names read if they are not all here. The page that is seen does not need it: after its frame is early
    /// enough.
    pub fn prepare(&mut self) -> Result<()> {
        if !self.book.names.is_complete() && self.reading != Some(self.version) {
            self.reading = Some(self.version);
            self.read_names()?;
        }
        Ok(())
    }

    /// Takes what was found. True if something new is here.
    pub fn tend(&mut self) -> Result<bool> {
        let mut any = false;
        while let Some(news) = self.behind.news() {
            any = true;
            match news {
                News::Names(version, read) if version == self.version => {
                    let (names, index) = *read;
                    self.book.names = names;
                    self.index = Some(Arc::new(index));
                    self.indexed += 1;
                }
                News::Names(..) => {}
                News::Found(typed, ids) => {
                    self.hunt.running = false;
                    if self.hunt.wanted == typed || self.hunt.found.is_none() {
                        self.hunt.serial += 1;
                        let (serial, ids) = (self.hunt.serial, Arc::new(ids));
                        self.hunt.found = Some(Found { serial, ids });
                    }
                }
                News::Failed(trouble) => return Err(trouble),
            }
        }
        Ok(any)
    }

    fn read_names(&self) -> Result<()> {
        let version = self.version;
        let items: Vec<Named> = self.book.items().iter().map(Named::new).collect();
        let read = move |store: &Reader| -> Result<News> {
            let names = Names::read_all(store)?;
            let index = Index::new(&items, &names);
            Ok(News::Names(version, Box::new((names, index))))
        };
        let reader = self.store.reader()?;
        self.behind.run(self.is_large(), move || {
            read(&reader).unwrap_or_else(News::Failed)
        });
        Ok(())
    }

    /// The index of names and a number that differs from one index to the next; none as long as they are read.
    pub const fn index(&self) -> (u64, Option<&Arc<Index>>) {
        (self.indexed, self.index.as_ref())
    }

    /// What a text finds: none narrows nothing, because nothing is looked for or nothing was found yet. While a search
    /// runs the last result stands.
    pub fn find(&mut self, typed: &str) -> Result<Option<Found>> {
        let typed = typed.trim();
        if typed.is_empty() {
            self.hunt.wanted.clear();
            self.hunt.asked = None;
            self.hunt.found = None;
            return Ok(None);
        }
        typed.clone_into(&mut self.hunt.wanted);
        let wanted = (typed.to_owned(), self.indexed);
        let is_new = self.hunt.asked.as_ref() != Some(&wanted);
        if let Some(index) = self.index.clone().filter(|_| is_new && !self.hunt.running) {
            self.hunt.asked = Some(wanted);
            self.hunt.running = true;
            let typed = typed.to_owned();
            self.behind.run(self.is_large(), move || {
                let ids = index.find(&typed);
                News::Found(typed, ids)
            });
            self.tend()?;
        }
        Ok(self.hunt.found.clone())
    }
}
