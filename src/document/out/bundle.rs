//! A document and what lies beside it as one zip file, to be sent. The same each time; its size is not the memory's.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use zip::write::SimpleFileOptions;
use zip::{DateTime, System, ZipWriter};

use super::{DOCX, Format};
use crate::document::{Document, Enclosed};
use crate::error::{Error, Result};
use crate::files;

pub const ENDING: &str = "zip";

/// Bytes from which a file needs the wider counts of the format.
const WIDE: u64 = 0xffff_ffff;

/// Whether a file's name asks for one.
pub fn is_named(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))
}

/// Writes the document under this name and what lies beside it; the file appears whole or not at all.
pub fn save(document: &Document, format: &Format, name: &str, path: &Path) -> Result<()> {
    let written = format.bytes(document)?;
    let mut letters = Vec::new();
    for one in &document.enclosed {
        letters.push(match &one.what {
            Enclosed::Written(letter) => Some(DOCX.bytes(letter)?),
            Enclosed::File(_) => None,
        });
    }
    // A file that cannot be opened is named, not the one it was to go into.
    let mut lost = None;
    let saved = files::write(path, |out| {
        let mut zip = ZipWriter::new_stream(out);
        zip.start_file(name, options(document.day, written.len() as u64))?;
        zip.write_all(&written)?;
        for (one, letter) in document.enclosed.iter().zip(&letters) {
            match (&one.what, letter) {
                (Enclosed::File(from), _) => {
                    let opened =
                        File::open(from).and_then(|file| Ok((file.metadata()?.len(), file)));
                    let (long, mut file) = opened.map_err(|why| {
                        let kind = why.kind();
                        lost = Some(Error::io(from)(why));
                        io::Error::from(kind)
                    })?;
                    zip.start_file(&one.name, options(document.day, long))?;
                    io::copy(&mut file, &mut zip)?;
                }
                (Enclosed::Written(_), letter) => {
                    let bytes = letter.as_deref().unwrap_or_default();
                    zip.start_file(&one.name, options(document.day, bytes.len() as u64))?;
                    zip.write_all(bytes)?;
                }
            }
        }
        zip.finish()?;
        Ok(())
    });
    match lost {
        Some(why) => Err(why),
        None => saved.map_err(Error::io(path)),
    }
}

/// Nothing in it is of the moment or the machine it is written on.
fn options(day: NaiveDate, long: u64) -> SimpleFileOptions {
    let year = u16::try_from(day.year()).unwrap_or(0);
    let [month, of_month] = [day.month(), day.day()].map(|part| u8::try_from(part).unwrap_or(1));
    let stamp = DateTime::from_date_and_time(year, month, of_month, 0, 0, 0).unwrap_or_default();
    SimpleFileOptions::default()
        .system(System::Unix)
        .unix_permissions(0o600)
        .last_modified_time(stamp)
        .large_file(long >= WIDE)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Read;
    use std::path::PathBuf;

    use super::*;
    use crate::document::Enclosure;
    use crate::document::out::MD;
    use crate::domain::document::DocumentKind;
    use crate::text::Lang;

    fn dossier(files: &[(&str, PathBuf)]) -> Document {
        let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let mut document = Document::of(DocumentKind::Dossier, "# 证据目录\n", Lang::Zh, day);
        let letter = Document::of(DocumentKind::Reminder, "# 催款提醒\n", Lang::Zh, day);
        document.enclosed.extend(files.iter().map(|(name, path)| Enclosure {
            name: (*name).to_owned(),
            what: Enclosed::File(path.clone()),
        }));
        let what = Enclosed::Written(Box::new(letter));
        document.enclosed.push(Enclosure { name: "99-催款提醒.docx".to_owned(), what });
        document
    }

    #[test]
    fn a_zip_file_holds_index_copies_and_letters_and_is_the_same_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let paper = folder.path().join("x.pdf");
        let long = vec![b'%'; 300_000];
        fs::write(&paper, &long).unwrap();
        let document = dossier(&[("01-合同-HT_1.pdf", paper)]);
        let (one, two) = (folder.path().join("a.zip"), folder.path().join("b.zip"));
        save(&document, &MD, "dossier-C1.md", &one).unwrap();
        save(&document, &MD, "dossier-C1.md", &two).unwrap();
        assert_eq!(fs::read(&one).unwrap(), fs::read(&two).unwrap());
        let mut zip = zip::ZipArchive::new(File::open(&one).unwrap()).unwrap();
        let names: Vec<String> = (0..zip.len())
            .map(|at| zip.by_index(at).unwrap().name().unwrap().into_owned())
            .collect();
        assert_eq!(names, ["dossier-C1.md", "01-合同-HT_1.pdf", "99-催款提醒.docx"]);
        let mut read = |at: usize| {
            let mut bytes = Vec::new();
            let mut file = zip.by_index(at).unwrap();
            assert_eq!(file.last_modified().unwrap().to_string(), "2026-11-20 00:00:00");
            file.read_to_end(&mut bytes).unwrap();
            bytes
        };
        assert_eq!(read(0), "# 证据目录\n".as_bytes());
        assert_eq!(read(1), long);
        assert!(read(2).starts_with(b"PK"));
        assert!(fs::metadata(&one).unwrap().len() < 50_000, "it is packed");
    }

    #[test]
    fn a_file_that_went_away_is_named_and_what_stood_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (gone, path) = (folder.path().join("gone.pdf"), folder.path().join("a.zip"));
        fs::write(&path, "before").unwrap();
        let document = dossier(&[("01-a.pdf", gone.clone())]);
        let why = save(&document, &MD, "dossier.md", &path).unwrap_err();
        assert!(matches!(&why, Error::Io { path, .. } if *path == gone), "{why:?}");
        assert_eq!(fs::read(&path).unwrap(), b"before");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
