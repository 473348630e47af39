//! Work that would hold a key up on a large ledger: done on another thread with a connection of its own, while the
//! screen keeps showing what it had.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::error::Result;
use crate::store::Reader;
use crate::tui::app::App;

use super::data::Ledger;

/// A ledger with at most so many milestones does everything at once.
const SMALL: i64 = 10_000;

type Slot<K, V> = Arc<Mutex<Option<(K, Result<V>)>>>;

/// One piece of work at a time, known by its key, and what the last one found.
pub struct Later<K, V> {
    slot: Slot<K, V>,
    asked: Option<K>,
    found: Option<(K, V)>,
}

impl<K, V> Default for Later<K, V> {
    fn default() -> Self {
        Self {
            slot: Arc::default(),
            asked: None,
            found: None,
        }
    }
}

impl<K, V> Later<K, V>
where
    K: Clone + PartialEq + Send + 'static,
    V: Send + 'static,
{
    /// What was found for `key`; `None` while it is being worked on, which begins here if it has not yet. A piece of
    /// work that nobody asks for any more is left to end by itself.
    pub fn get(
        &mut self,
        key: &K,
        ledger: &Ledger,
        work: impl FnOnce(&Reader) -> Result<V> + Send + 'static,
    ) -> Result<Option<&V>> {
        self.collect()?;
        let known = self.found.as_ref().is_some_and(|(of, _)| of == key);
        if !known && self.asked.as_ref() != Some(key) {
            self.asked = Some(key.clone());
            self.start(key, ledger, work)?;
        }
        Ok(self.value(key))
    }

    /// What was found for `key`, without asking for it.
    pub fn value(&self, key: &K) -> Option<&V> {
        let (of, value) = self.found.as_ref()?;
        (of == key).then_some(value)
    }

    fn start(
        &mut self,
        key: &K,
        ledger: &Ledger,
        work: impl FnOnce(&Reader) -> Result<V> + Send + 'static,
    ) -> Result<()> {
        let large = ledger.store.size()? > SMALL;
        let Some(messages) = ledger.messages().filter(|_| large) else {
            self.found = Some((key.clone(), work(&ledger.store)?));
            return Ok(());
        };
        let reader = ledger.store.reader()?;
        let (key, slot) = (key.clone(), Arc::clone(&self.slot));
        thread::spawn(move || {
            let found = work(&reader);
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some((key, found));
            messages.send(Box::new(App::touch));
        });
        Ok(())
    }

    fn collect(&mut self) -> Result<()> {
        let ended = self
            .slot
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        match ended {
            Some((key, found)) if self.asked.as_ref() == Some(&key) => {
                self.found = Some((key, found?));
            }
            _ => {}
        }
        Ok(())
    }
}
