//! Filters a person gave a name, and the configuration they are kept in.

use std::path::PathBuf;

use crate::config;
use crate::error::{Error, Result};
use crate::files;
use crate::report::filter::{Saved, quoted};

#[derive(Debug, Clone, Default)]
pub struct SavedFilters {
    pub all: Saved,
    /// Where they are kept; nowhere for a run only.
    pub file: Option<PathBuf>,
}

impl SavedFilters {
    /// What a filter can be called, nearest to what was typed; none where nothing is left of it.
    pub fn name(typed: &str) -> Option<String> {
        let typed = typed.trim().trim_start_matches(['@', '-']);
        let plain = |c: char| if quoted(&c.to_string()).len() > c.len_utf8() { '_' } else { c };
        let name: String = typed.chars().map(plain).collect();
        (!name.is_empty()).then_some(name)
    }

    /// Where the user's own themes stand, beside the configuration.
    pub fn themes(&self) -> Option<PathBuf> {
        self.file.as_ref().map(|file| file.with_file_name("themes"))
    }

    /// Where the user's own layouts of lists stand, likewise.
    pub fn lists(&self) -> Option<PathBuf> {
        self.file.as_ref().map(|file| file.with_file_name("lists"))
    }

    /// Keeps a filter under a name, instead of what was kept there: where it stands for that, the old one is written out.
    pub fn keep(&mut self, name: &str, filter: &str) -> Result<()> {
        let itself = format!("@{name}");
        let old = self.all.get(name).map_or("", String::as_str);
        let words = filter.split(' ').map(|word| if word == itself { old } else { word });
        let filter = words.collect::<Vec<_>>().join(" ");
        if let Some(file) = &self.file {
            let text = config::with_filter(file, name, &filter)?;
            files::rewrite(file, &text).map_err(Error::io(file))?;
        }
        self.all.insert(name.to_owned(), filter);
        Ok(())
    }
}
