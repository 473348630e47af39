//! The screen on a small ledger: what a person does, and what they see.

mod aging;
mod bank;
mod budget;
mod captures;
mod contract;
mod documents;
mod importing;
pub(super) mod kit;
mod looping;
mod mouse;
mod pages;
mod registers;
mod settings;
mod sizes;
mod stories;
mod todos;
mod unreadable;
mod views;
mod working;

use kit::{Played, Town};
