//! The screen on a small ledger: what a person does, and what they see.

pub(crate) mod kit;
mod stories;
mod views;

use kit::{Played, Town};
