//! What can stand above a screen, a file each.

mod choice;
pub mod commands;
mod form;
mod prompt;
mod question;

pub use choice::Choice;
pub use prompt::Prompt;
pub use question::Question;
