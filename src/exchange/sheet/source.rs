//! Where the bytes of a list come from: a file, or a copy of what can be read only once.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tempfile::SpooledTempFile;

use super::Bytes;
use super::spool::IN_MEMORY;
use crate::error::list::ReadError;

/// Bytes of the largest file read; a list of a hundred thousand rows has a tenth of it.
const MAX_BYTES: u64 = 256 * 1_048_576;

/// How long somebody may take to begin writing to a pipe.
const PATIENCE: Duration = Duration::from_secs(3);

/// Opens a file, to be read more than once: of a pipe a copy is made, up to what is read at most.
pub fn open(path: &Path) -> Result<Box<dyn Bytes>, ReadError> {
    let file = open_within(path, PATIENCE)?;
    let about = file.metadata()?;
    if about.is_file() {
        return if about.len() > MAX_BYTES { Err(too_large()) } else { Ok(Box::new(file)) };
    }
    let mut copy = SpooledTempFile::new(IN_MEMORY);
    // A byte more than is taken tells a large file from one that has no end, like /dev/zero.
    if io::copy(&mut file.take(MAX_BYTES + 1), &mut copy)? > MAX_BYTES {
        return Err(too_large());
    }
    Ok(Box::new(copy))
}

/// Opens a file; a pipe that nobody writes to, on which a plain open waits for ever, is given up.
fn open_within(path: &Path, patience: Duration) -> io::Result<File> {
    let about = fs::metadata(path)?;
    if about.is_file() || about.is_dir() {
        return File::open(path);
    }
    let (sender, opened) = mpsc::channel();
    let path = path.to_owned();
    thread::spawn(move || sender.send(File::open(path)));
    opened.recv_timeout(patience).map_err(|_| io::ErrorKind::TimedOut)?
}

fn too_large() -> ReadError {
    ReadError::TooLarge { megabytes: MAX_BYTES / 1_048_576 }
}

/// SHA-256 of all bytes, in hex.
pub fn sha256(bytes: &mut dyn Bytes) -> Result<String, ReadError> {
    bytes.rewind()?;
    Ok(digest(bytes)?)
}

/// SHA-256 of what is still to be read, in hex, piece by piece.
pub fn digest(bytes: &mut (impl Read + ?Sized)) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 65_536];
    loop {
        match bytes.read(&mut chunk)? {
            0 => break,
            read => hash.update(chunk.get(..read).unwrap_or_default()),
        }
    }
    Ok(hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    }))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn a_pipe_that_nobody_writes_to_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let given_up = open_within(&pipe, Duration::ZERO).unwrap_err();
        assert_eq!(given_up.kind(), io::ErrorKind::TimedOut);
    }
}
