//! How a document is written. No output knows a document, and no document knows an output.
//!
//! To add one: a file below `out` with its [`Format`], and its row in [`FORMATS`].

use std::path::Path;

use super::Document;
use crate::error::{Error, Result};
use crate::files;

pub mod bundle;
mod days;
mod docx;
mod eml;
mod html;
mod md;
pub mod text;

pub use docx::DOCX;
pub use eml::{EML, message};
pub use html::HTML;
pub use md::MD;
pub use text::TEXT;

/// In the order they are named to a person.
pub const FORMATS: [&Format; 5] = [&DOCX, &HTML, &EML, &MD, &TEXT];

/// A way to write a document.
pub struct Format {
    /// The ending of its files, without the dot.
    pub ending: &'static str,
    write: fn(&Document) -> Result<Vec<u8>>,
}

impl Format {
    /// The format a file's name asks for, by its ending.
    pub fn of(path: &Path) -> Result<&'static Self> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        Self::named(ending).ok_or_else(|| Error::UnknownEnding {
            name: path.display().to_string(),
            known: FORMATS.map(|format| format.ending).to_vec(),
        })
    }

    pub fn named(ending: &str) -> Option<&'static Self> {
        FORMATS.into_iter().find(|format| format.ending.eq_ignore_ascii_case(ending))
    }

    pub fn bytes(&self, document: &Document) -> Result<Vec<u8>> {
        (self.write)(document)
    }

    /// Writes the document to a file, which appears whole or not at all.
    pub fn save(&self, document: &Document, path: &Path) -> Result<()> {
        let bytes = self.bytes(document)?;
        files::write(path, |out| out.write_all(&bytes)).map_err(Error::io(path))
    }
}

/// A file's name made of words, whatever they hold.
pub fn file_name(words: &[&str], ending: &str) -> String {
    let safe = |word: &str| -> String {
        word.chars()
            .map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' })
            .take(40)
            .collect()
    };
    let words = words.iter().filter(|word| !word.is_empty()).map(|word| safe(word));
    format!("{}.{ending}", words.collect::<Vec<_>>().join("-"))
}
