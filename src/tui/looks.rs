//! The looks this terminal can have, by name.

use std::fs;
use std::path::Path;

use crate::config::{self, AUTO_THEME};
use crate::error::{Error, Result};
use crate::files;
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
    let file = files::text(&path);
    let file = file.map_err(|_| Error::choice("theme", name, &theme::names()))?;
    let message = |error: toml::de::Error| error.to_string().trim().to_owned();
    Theme::read(&file, depth).map_err(|error| Error::Config { path, message: message(error) })
}

/// The names of the themes in a folder: where none can be read, there are none.
pub fn in_folder(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    let themes = files.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let names = themes.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names
}
