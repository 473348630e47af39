//! What can stand above a screen, a file each.

mod argument;
mod choice;
mod commands;
mod explain;
mod form;
mod help;
mod messages;
mod palette;
mod preview;
mod prompt;
mod question;
mod since;

pub use choice::Choice;
pub use commands::{Command, Recent};
pub use explain::{MOST, explain, figure_made_of, figures};
pub use help::Help;
pub use messages::{Messages, Said};
pub use palette::Palette;
pub use preview::{preview, round};
pub use prompt::Prompt;
pub use question::Question;
pub use since::since;
