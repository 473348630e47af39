//! A value that is made once for what it is made from.

use std::ops::{Deref, DerefMut};

use crate::error::Result;

#[derive(Debug)]
pub struct Memo<K, V> {
    key: Option<K>,
    value: V,
}

impl<K, V: Default> Default for Memo<K, V> {
    fn default() -> Self {
        Self { key: None, value: V::default() }
    }
}

impl<K: PartialEq, V> Memo<K, V> {
    /// Makes the value anew if it was made from something else; true if it was. One that cannot be made leaves the last
    /// one, and is tried again.
    pub fn try_refresh(&mut self, key: K, make: impl FnOnce() -> Result<V>) -> Result<bool> {
        if self.key.as_ref() == Some(&key) {
            return Ok(false);
        }
        self.value = make()?;
        self.key = Some(key);
        Ok(true)
    }

    /// The same, where making it cannot fail.
    pub fn refresh(&mut self, key: K, make: impl FnOnce() -> V) {
        if self.key.as_ref() != Some(&key) {
            self.value = make();
            self.key = Some(key);
        }
    }

    /// What the value was made from.
    pub const fn key(&self) -> Option<&K> {
        self.key.as_ref()
    }
}

impl<K, V> Deref for Memo<K, V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.value
    }
}

impl<K, V> DerefMut for Memo<K, V> {
    fn deref_mut(&mut self) -> &mut V {
        &mut self.value
    }
}
