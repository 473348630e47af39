//! The weekly snapshot: `S` freezes the aging table of today, and its files say where they are.

use std::path::{Path, PathBuf};

use crate::config;
use crate::domain::change::Change;
use crate::domain::ids::SnapshotId;
use crate::error::Result;
use crate::exchange::snapshot;
use crate::portfolio::Portfolio;
use crate::store::Reader;
use crate::text::Lang;
use crate::tui::desk::Response;
use crate::tui::look::Look;

use super::data::Ledger;

/// From how many open items on the table is frozen on another thread.
const LARGE: usize = 5_000;

/// What the key leads to: the change that keeps the table, at once or when it is computed.
pub fn respond(ledger: &mut Ledger, look: Look) -> Result<Response> {
    let lang = look.lang;
    let today = ledger.today();
    let large = ledger.book.items().len() >= LARGE;
    if let Some(messages) = ledger.messages().filter(|_| large) {
        let reader = ledger.store.reader()?;
        std::thread::spawn(move || {
            let frozen = Portfolio::load(&reader, today)
                .and_then(|mut book| freeze(&mut book, &reader, lang));
            messages.send(Box::new(move |app| {
                app.respond(match frozen {
                    Ok(change) => Response::Change(Box::new(change)),
                    Err(trouble) => Response::Say(lang.error(&trouble)),
                });
            }));
        });
        return Ok(Response::Say(lang.snapshot_working().to_owned()));
    }
    let Ledger { book, store, .. } = ledger;
    Ok(Response::Change(Box::new(freeze(book, store, lang)?)))
}

fn freeze(book: &mut Portfolio, store: &Reader, lang: Lang) -> Result<Change> {
    book.name_customers(store)?;
    snapshot::freeze(book, lang)
}

/// Writes the files of a snapshot that was just taken, and says where they are. What hinders writing does not take the
/// snapshot back: it is in the ledger and can be exported again.
pub fn export(id: SnapshotId, ledger: &Ledger, lang: Lang) -> String {
    match write(id, ledger, lang) {
        Ok((week, files)) => lang.snapshot_saved(&week, &listed(&files)),
        Err(trouble) => lang.snapshot_unwritten(&lang.error(&trouble)),
    }
}

fn write(id: SnapshotId, ledger: &Ledger, lang: Lang) -> Result<(String, Vec<PathBuf>)> {
    let found = ledger.store.snapshot(id)?;
    let files = snapshot::export(&ledger.store, &found, &folder(ledger)?, lang)?;
    Ok((found.head.iso_week, files))
}

/// The user's documents; of a throw-away ledger a folder that is thrown away, too.
fn folder(ledger: &Ledger) -> Result<PathBuf> {
    if ledger.store.is_throwaway() {
        return Ok(std::env::temp_dir().join("huikuan-demo"));
    }
    config::documents()
}

/// Folder and stem once, the endings behind: `/home/wang/Documents/huikuan/aging-2026-W47.csv .json .md`.
fn listed(files: &[PathBuf]) -> String {
    let ending = |file: &Path| {
        let ending = file.extension().unwrap_or_default();
        format!(".{}", ending.to_string_lossy())
    };
    let mut files = files.iter();
    let first = files.next().map(|file| file.display().to_string());
    let rest = files.map(|file| ending(file));
    first.into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_named_once() {
        let files = ["/d/aging-2026-W47.csv", "/d/aging-2026-W47.json"].map(PathBuf::from);
        assert_eq!(listed(&files), "/d/aging-2026-W47.csv .json");
    }
}
