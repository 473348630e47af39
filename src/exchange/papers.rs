//! The files of papers: how one is named in the ledger, and whether it is still what was filed.

use std::fs::{self, File};
use std::io;
use std::path::{self, Path, PathBuf};

use super::sheet::source::digest;
use crate::error::check::FileFault;
use crate::error::value::ValueError;

/// A file as a paper names it: its path, from the ledger's folder where it is below that, and its SHA-256. An address
/// is kept as it is, without one.
pub fn filed(typed: &str, ledger: &Path) -> io::Result<(String, String)> {
    let typed = typed.trim();
    if typed.is_empty() || is_address(typed) {
        return Ok((typed.to_owned(), String::new()));
    }
    let path = fs::canonicalize(typed)?;
    let hash = fingerprint(&path)?;
    let folder = folder(ledger).canonicalize();
    let named = folder.ok().and_then(|folder| path.strip_prefix(folder).ok().map(Path::to_owned));
    let named = named.unwrap_or(path).into_os_string().into_string();
    named.map(|named| (named, hash)).map_err(|_| io::ErrorKind::InvalidFilename.into())
}

/// What is wrong with what was typed, if that is why a file cannot be filed.
pub fn refused(typed: &str, why: &io::Error) -> Option<ValueError> {
    match why.kind() {
        io::ErrorKind::InvalidInput => Some(ValueError::NotAFile(typed.to_owned())),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            let path = path::absolute(typed.trim());
            let path = path.map_or_else(|_| typed.to_owned(), |path| path.display().to_string());
            Some(ValueError::NoFile(path))
        }
        _ => None,
    }
}

/// What is wrong with a file, if anything is; of an address nothing is known.
pub fn trouble(file: &str, hash: &str, ledger: &Path) -> Option<FileFault> {
    match fingerprint(&located(file, ledger)?) {
        Ok(now) if now == hash => None,
        Ok(_) => Some(FileFault::Changed),
        Err(why) if why.kind() == io::ErrorKind::InvalidInput => Some(FileFault::NotAFile),
        Err(_) => Some(FileFault::Missing),
    }
}

/// Where the file of a paper is; an address is nowhere here.
pub fn located(file: &str, ledger: &Path) -> Option<PathBuf> {
    let named = !file.is_empty() && !is_address(file);
    named.then(|| folder(ledger).join(file))
}

fn is_address(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// The folder of the ledger.
fn folder(ledger: &Path) -> PathBuf {
    match ledger.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        Some(_) | None => PathBuf::from("."),
    }
}

/// SHA-256 of a regular file, read piece by piece. A pipe or a device would have us wait for ever.
fn fingerprint(path: &Path) -> io::Result<String> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    digest(&mut File::open(path)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_from_the_ledgers_folder_and_known_again() {
        let folder = tempfile::tempdir().unwrap();
        let (ledger, file) = (folder.path().join("l.db"), folder.path().join("合同.pdf"));
        fs::write(&file, "a").unwrap();
        let (name, hash) = filed(file.to_str().unwrap(), &ledger).unwrap();
        assert_eq!((name.as_str(), hash.len()), ("合同.pdf", 64));
        assert_eq!(trouble(&name, &hash, &ledger), None);
        fs::write(&file, "b").unwrap();
        assert_eq!(trouble(&name, &hash, &ledger), Some(FileFault::Changed));
        fs::remove_file(&file).unwrap();
        assert_eq!(trouble(&name, &hash, &ledger), Some(FileFault::Missing));
        fs::create_dir(&file).unwrap();
        assert_eq!(trouble(&name, &hash, &ledger), Some(FileFault::NotAFile));
        let why = filed(file.to_str().unwrap(), &ledger).unwrap_err();
        assert_eq!(why.kind(), io::ErrorKind::InvalidInput);
        let elsewhere = tempfile::NamedTempFile::new().unwrap();
        let path = elsewhere.path().canonicalize().unwrap();
        assert_eq!(filed(path.to_str().unwrap(), &ledger).unwrap().0, path.to_str().unwrap());
    }

    #[test]
    fn an_address_is_kept_and_not_looked_at() {
        let (name, hash) = filed(" https://example.com/a.pdf ", Path::new("l.db")).unwrap();
        assert_eq!((name.as_str(), hash.as_str()), ("https://example.com/a.pdf", ""));
        assert_eq!(trouble(&name, "", Path::new("l.db")), None);
    }
}
