//! The demo ledgers: everything the program can show occurs in the small one on any day, both are kept as a ledger
//! filled by hand would be, and the same day makes the same ledger.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "helpers of tests panic like tests do, and their names say what they are"
)]

mod kit;
mod large;
#[path = "../kit/ledger.rs"]
mod ledger;
mod small;
