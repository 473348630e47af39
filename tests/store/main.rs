//! The ledger as its users find it: what a change writes, what it refuses, what an undo restores.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_docs_in_private_items,
    missing_docs,
    reason = "helpers of tests panic like tests do, and their names say what they are"
)]

mod agreements;
mod bank;
mod bills;
mod care;
mod conditions;
mod deals;
mod file;
mod import;
#[path = "../kit/ledger.rs"]
mod kit;
mod lists;
mod migration;
mod money;
mod papers;
mod random;
mod register;
mod rules;
mod settings;
mod todos;
mod transfer;
mod undo;
mod void;
