//! Rows read once and wanted again: kept in memory while they are few, else in a file without a name that goes away
//! with the program.

use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::ops::ControlFlow;

use tempfile::SpooledTempFile;

use super::Row;
use crate::error::list::ReadError;

/// Bytes kept in memory.
pub const IN_MEMORY: usize = 2 * 1_048_576;

/// Rows being kept.
#[derive(Debug)]
pub struct Filling {
    file: BufWriter<SpooledTempFile>,
}

impl Filling {
    pub fn new() -> Self {
        Self { file: BufWriter::with_capacity(65_536, SpooledTempFile::new(IN_MEMORY)) }
    }

    /// Adds a row.
    pub fn push(&mut self, row: &Row) -> Result<(), ReadError> {
        let bytes = postcard::to_allocvec(row).map_err(|_| damaged())?;
        let length = u32::try_from(bytes.len()).map_err(|_| damaged())?;
        self.file.write_all(&length.to_le_bytes()).map_err(|error| no_room(&error))?;
        self.file.write_all(&bytes).map_err(|error| no_room(&error))
    }

    /// No more rows.
    pub fn finish(self) -> Result<Spool, ReadError> {
        let file = self.file.into_inner().map_err(|error| no_room(error.error()))?;
        Ok(Spool { file })
    }
}

/// Rows, to be read as often as one likes.
#[derive(Debug)]
pub struct Spool {
    file: SpooledTempFile,
}

impl Spool {
    /// Hands out the rows in their order, until `take` breaks off.
    pub fn each(&mut self, mut take: impl FnMut(&Row) -> ControlFlow<()>) -> Result<(), ReadError> {
        self.file.rewind()?;
        let mut file = BufReader::with_capacity(65_536, &mut self.file);
        let mut bytes = Vec::new();
        while let Some(length) = length(&mut file)? {
            bytes.resize(length, 0);
            file.read_exact(&mut bytes)?;
            let row: Row = postcard::from_bytes(&bytes).map_err(|_| damaged())?;
            if take(&row).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// The length of the next row, if there is one.
fn length(file: &mut impl Read) -> Result<Option<usize>, ReadError> {
    let mut bytes = Vec::with_capacity(4);
    file.take(4).read_to_end(&mut bytes)?;
    match *bytes.as_slice() {
        [] => Ok(None),
        [a, b, c, d] => Ok(Some(u32::from_le_bytes([a, b, c, d]) as usize)),
        _ => Err(damaged()),
    }
}

fn no_room(error: &std::io::Error) -> ReadError {
    ReadError::NoRoom(error.to_string())
}

fn damaged() -> ReadError {
    ReadError::NoRoom("damaged".to_owned())
}
