//! The looks this terminal can have, by name.

use std::fs;

use crate::config::{self, AUTO_THEME};
use crate::error::{Error, Result};
use crate::tui::signs::Signs;
use crate::tui::theme::{self, Depth, Theme};

/// What the terminal shows, and what fits it.
#[derive(Debug, Clone, Copy)]
pub struct Looks {
    pub depth: Depth,
    pub fitting: Theme,
    pub signs: Signs,
}

impl Looks {
    pub fn named(self, name: &str) -> Result<Theme> {
        if name == AUTO_THEME { Ok(self.fitting) } else { theme(name, self.depth) }
    }
}

/// A shipped theme, or one of the user's own.
pub fn theme(name: &str, depth: Depth) -> Result<Theme> {
    if let Some(theme) = Theme::named(name, depth) {
        return Ok(theme);
    }
    let path = config::themes()?.join(format!("{name}.toml"));
    let file = fs::read_to_string(&path);
    let file = file.map_err(|_| Error::choice("theme", name, &theme::names()))?;
    let message = |error: toml::de::Error| error.to_string().trim().to_owned();
    Theme::read(&file, depth).map_err(|error| Error::Config { path, message: message(error) })
}
