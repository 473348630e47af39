//! The screen on a small ledger: what a person does, and what they see.

mod kit;
mod looping;
mod stories;
mod views;

use kit::{Played, Town};
