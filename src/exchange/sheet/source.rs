//! Where the bytes of a list come from: a file, or a copy of what can be read only once.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};
use tempfile::SpooledTempFile;

use super::Bytes;
use super::spool::IN_MEMORY;
use crate::error::list::ReadError;

/// Bytes of the largest file read; a list of a hundred thousand rows has a tenth of it.
const MAX_BYTES: u64 = 256 * 1_048_576;

/// Opens a file, to be read more than once: of a pipe a copy is made, up to what is read at most.
pub fn open(path: &Path) -> Result<Box<dyn Bytes>, ReadError> {
    let file = File::open(path)?;
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

fn too_large() -> ReadError {
    ReadError::TooLarge { megabytes: MAX_BYTES / 1_048_576 }
}

/// SHA-256 of all bytes, in hex.
pub fn sha256(bytes: &mut dyn Bytes) -> Result<String, ReadError> {
    bytes.rewind()?;
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
