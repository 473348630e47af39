//! The command line as a user meets it: real processes on real files.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "helpers of tests panic like tests do, and their names say what they are"
)]

mod care;
#[cfg(target_os = "linux")]
#[path = "../kit/faults.rs"]
mod disk;
mod documents;
#[cfg(target_os = "linux")]
mod faults;
mod hostile;
mod import;
#[path = "../kit/program.rs"]
mod kit;
mod lists;
mod log;
mod record;
mod report;
mod safety;
mod settings;
