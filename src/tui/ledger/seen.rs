//! What is read from the ledger while rows are drawn, since only then it is known which rows are seen; and what went
//! wrong meanwhile, for after the frame: drawing itself cannot fail.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;

use crate::error::{Error, Result};

/// What went wrong while rows were drawn.
#[derive(Default)]
pub struct Mishap(RefCell<Option<Error>>);

impl Mishap {
    /// Keeps an error until it is asked for.
    pub fn note(&self, error: Error) {
        self.0.replace(Some(error));
    }

    /// The error since this was last asked.
    pub fn check(&self) -> Result<()> {
        match self.0.take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }
}

pub struct Seen<K, V> {
    read: RefCell<HashMap<K, V>>,
    mishap: Mishap,
}

impl<K, V> Default for Seen<K, V> {
    fn default() -> Self {
        Self {
            read: RefCell::default(),
            mishap: Mishap::default(),
        }
    }
}

impl<K: Eq + Hash, V: Clone> Seen<K, V> {
    pub fn clear(&mut self) {
        self.read.get_mut().clear();
    }

    /// What went wrong while rows were read.
    pub fn check(&self) -> Result<()> {
        self.mishap.check()
    }

    /// The value of a key; `read` brings it, and what it likes beside it, if it is not here. From `most` values on the
    /// older ones are forgotten first.
    pub fn get(
        &self,
        key: &K,
        most: usize,
        read: impl FnOnce() -> Result<Vec<(K, V)>, Error>,
    ) -> Option<V> {
        if let Some(value) = self.read.borrow().get(key) {
            return Some(value.clone());
        }
        match read() {
            Ok(more) => {
                let mut known = self.read.borrow_mut();
                if known.len() >= most {
                    known.clear();
                }
                known.extend(more);
                known.get(key).cloned()
            }
            Err(error) => {
                self.mishap.note(error);
                None
            }
        }
    }
}
