//! Documents about what a screen shows: written, put into files.

use std::path::PathBuf;

use crate::config;
use crate::document::out::{DOCX, file_name};
use crate::document::{Document, Topic, Writing, make};
use crate::domain::document::DocumentKind;
use crate::domain::rates::Lpr;
use crate::error::{Error, Result};
use crate::files;
use crate::text::Lang;

use super::ledger::Ledger;
use super::snapshot::folder;

impl Ledger {
    /// The interest rates in force.
    pub fn lpr(&self) -> Result<Lpr> {
        match &self.rates {
            Some(file) => config::rates_with(file),
            None => Ok(Lpr::published().clone()),
        }
    }

    /// A document of today.
    pub fn document(&self, kind: DocumentKind, topic: &Topic, lang: Lang) -> Result<Document> {
        let writing = Writing {
            store: &self.store,
            ledger: self.store.path(),
            policy: &self.portfolio.policy,
            lpr: &self.lpr()?,
            today: self.today(),
            lang,
            who: self.who(),
            from: None,
            to: None,
        };
        make(kind, topic, &writing, &self.templates)
    }

    /// Writes a document into the user's documents, under a name made of these words that no file has yet.
    pub fn save_document(&self, document: &Document, words: &[&str]) -> Result<PathBuf> {
        let folder = folder(self)?;
        files::create_folder(&folder).map_err(Error::io(&folder))?;
        let mut path = folder.join(file_name(words, DOCX.ending));
        let mut tried = 1;
        while path.symlink_metadata().is_ok() {
            tried += 1;
            let tried = tried.to_string();
            path = folder.join(file_name(&[words, &[tried.as_str()]].concat(), DOCX.ending));
        }
        DOCX.save(document, &path)?;
        Ok(path)
    }
}
