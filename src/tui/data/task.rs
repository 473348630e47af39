//! Work that would hold a key up on a large ledger: done on another thread with a connection of its own, while the
//! screen keeps showing what it had.

use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;

use crate::error::Error;
use crate::error::Result;
use crate::store::{Reader, Store};
use crate::tui::event::Waker;

/// From how many milestones on work is done off the loop.
const LARGE: i64 = 5_000;

/// Where work can be done.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    store: &'a Store,
    waker: Option<&'a Waker>,
}

impl<'a> Place<'a> {
    /// Beside this store, with who is woken at the end. With nobody to wake, work is done where it is asked for: tests
    /// see the same screen each time.
    pub const fn new(store: &'a Store, waker: Option<&'a Waker>) -> Self {
        Self { store, waker }
    }

    /// Whether the ledger is so large that work is done elsewhere, if somebody can be woken.
    pub fn is_large(self) -> Result<bool> {
        Ok(self.store.size()? >= LARGE)
    }
}

/// One piece of work at a time, known by its key, and what the last one found.
pub struct Task<K, V> {
    running: Option<(K, Receiver<Result<V>>)>,
    found: Option<(K, V)>,
    /// Differs from one find to the next.
    serial: u64,
}

impl<K, V> Default for Task<K, V> {
    fn default() -> Self {
        Self { running: None, found: None, serial: 0 }
    }
}

impl<K: Clone + PartialEq, V: Send + 'static> Task<K, V> {
    /// What was found for `key`; `None` while it is being worked on. It begins here, or when the work before has ended.
    pub fn get(
        &mut self,
        key: &K,
        place: Place<'_>,
        work: impl FnOnce(&Reader) -> Result<V> + Send + 'static,
    ) -> Result<Option<&V>> {
        self.collect()?;
        if self.running.is_none() && self.value(key).is_none() {
            match place.waker {
                Some(waker) if place.is_large()? => {
                    self.start(key, place.store, waker.clone(), work)?;
                }
                _ => self.keep(key.clone(), work(place.store)?),
            }
        }
        Ok(self.value(key))
    }

    /// What was found for `key`, without asking for it.
    pub fn value(&self, key: &K) -> Option<&V> {
        let (of, value) = self.found.as_ref()?;
        (of == key).then_some(value)
    }

    /// What the value was found for.
    pub fn key(&self) -> Option<&K> {
        self.found.as_ref().map(|(key, _)| key)
    }

    pub const fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// What was found last, whatever for, with its serial number.
    pub fn latest(&self) -> Option<(u64, &V)> {
        self.found.as_ref().map(|(_, value)| (self.serial, value))
    }

    /// Takes what was found out, once.
    pub fn take(&mut self) -> Result<Option<(K, V)>> {
        self.collect()?;
        Ok(self.found.take())
    }

    pub fn forget(&mut self) {
        self.found = None;
    }

    fn keep(&mut self, key: K, value: V) {
        self.serial += 1;
        self.found = Some((key, value));
    }

    fn start(
        &mut self,
        key: &K,
        store: &Store,
        waker: Waker,
        work: impl FnOnce(&Reader) -> Result<V> + Send + 'static,
    ) -> Result<()> {
        let reader = store.reader()?;
        let (sender, receiver) = mpsc::channel();
        self.running = Some((key.clone(), receiver));
        thread::spawn(move || {
            // Dropped last, and after a panic, too: what was found is there, or known to be lost, when the loop wakes.
            let _woken = OnDrop(waker);
            let sender = sender;
            let _ = sender.send(work(&reader));
        });
        Ok(())
    }

    fn collect(&mut self) -> Result<()> {
        let Some((_, receiver)) = &self.running else {
            return Ok(());
        };
        let ended = match receiver.try_recv() {
            Ok(ended) => ended,
            Err(TryRecvError::Empty) => return Ok(()),
            Err(TryRecvError::Disconnected) => Err(Error::Bug("work off the loop was lost")),
        };
        if let Some((key, _)) = self.running.take() {
            self.keep(key, ended?);
        }
        Ok(())
    }
}

struct OnDrop(Waker);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.wake();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::event::Event;

    #[test]
    fn lost_work_wakes_the_loop_and_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("ledger.db")).unwrap();
        let (sender, events) = mpsc::channel();
        let mut task: Task<u8, u8> = Task::default();
        let lose = |_: &Reader| -> Result<u8> { panic!("a bug, for the test") };
        task.start(&1, &store, Waker::new(sender), lose).unwrap();
        assert!(matches!(events.recv(), Ok(Event::Worked)));
        assert!(task.collect().is_err());
        let place = Place::new(&store, None);
        assert_eq!(task.get(&1, place, |_| Ok(7)).unwrap(), Some(&7));
    }
}
