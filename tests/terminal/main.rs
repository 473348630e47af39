//! The program on a real pseudo-terminal, as a person has it: keys go in, a terminal emulator reads what comes out.
//! Nothing here sleeps or measures time; a test waits for what the screen is to show.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod care;
mod editing;
mod hostile;
mod kit;
mod leaving;
mod lists;
mod morning;
#[path = "../kit/program.rs"]
mod program;
mod together;
mod typing;
