//! The command line as a user meets it: real processes on real files.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "helpers of tests panic like tests do, and their names say what they are"
)]

mod acceptance;
mod bank;
mod calendar;
mod care;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[path = "../kit/faults.rs"]
mod disk;
mod documents;
mod explain;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod faults;
mod fee;
mod hostile;
mod import;
mod invoices;
#[path = "../kit/program.rs"]
mod kit;
mod lists;
mod log;
mod mail;
mod make;
mod notes;
mod paper;
mod payments;
mod playbook;
mod record;
mod register;
mod report;
mod safety;
mod settings;
mod snapshot;
mod story;
mod todo;
mod words;
