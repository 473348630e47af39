//! What can stand above a screen, a file each.

mod choice;
pub mod commands;
mod form;
mod help;
mod messages;
mod prompt;
mod question;

pub use choice::Choice;
pub use help::Help;
pub use messages::{Messages, Said};
pub use prompt::Prompt;
pub use question::Question;
