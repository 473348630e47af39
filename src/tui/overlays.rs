//! What can stand above a screen, a file each.

mod choice;
mod commands;
mod form;
mod prompt;
mod question;

pub use choice::Choice;
pub use commands::Commands;
pub use prompt::Prompt;
pub use question::Question;
