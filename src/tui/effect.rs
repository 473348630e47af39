//! What a key leads to.

use std::path::PathBuf;

use crate::domain::change::Change;
use crate::text::Lang;
use crate::tui::action::Action;
use crate::tui::data::Lens;
use crate::tui::keymap::Binding;
use crate::tui::overlay::Overlay;
use crate::tui::overlays::Command;
use crate::tui::screen::{AgingChoice, Screen};
use crate::tui::screens::Reading;
use crate::tui::selection::RowKey;

pub enum Effect {
    /// Nothing more than drawing anew.
    None,
    /// Goes to a screen; Esc comes back from it.
    Push(Box<dyn Screen>),
    /// Goes to the screen of what a row stands for, if it has one.
    Go(RowKey),
    /// Puts a form, a choice or a question above the screen.
    Open(Box<dyn Overlay>),
    /// Writes at once.
    Write(Box<Change>),
    /// Lets the user's editor change a text, in a file of this name; the overlay on top gets what became of it.
    Edit {
        name: String,
        text: String,
    },
    Copy(String),
    /// Says something in passing, like why nothing happens.
    Say(String),
    /// Says what was done.
    Told(String),
    /// What the screen's list is searched for.
    Find(String),
    /// Writes the milestones as they are narrowed to a file.
    Export(String),
    /// Looks at a list before it comes in.
    Import(PathBuf),
    /// How the list that is looked at is read.
    Reading(Reading),
    /// What the screen's list is filtered by.
    Filter(String),
    /// Keeps a filter under a name, and filters by it.
    KeepFilter {
        name: String,
        filter: String,
    },
    /// Whose money is looked at.
    Lens(Lens),
    /// How the aging table is made.
    Aging(AgingChoice),
    /// Opens the view this action opens, and then does something there.
    In(Action, Box<Effect>),
    /// Speaks another language for the rest of the run.
    Lang(Lang),
    /// Shows everything in another look for the rest of the run.
    Theme(String),
    /// Shows what was said in passing.
    Messages,
    /// Takes the user's last change back.
    Undo,
    /// Does what another key does.
    Run(&'static Binding),
    /// Does what a line of the palette says, and remembers it.
    Command(Box<Command>),
}

impl Effect {
    pub fn open(overlay: impl Overlay) -> Self {
        Self::Open(Box::new(overlay))
    }
}
