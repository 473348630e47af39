//! What a zip unpacks to, counted before a reader of workbooks keeps it: a small file can hold gigabytes, and its
//! directory can lie about that.

use std::io::{Read, SeekFrom};

use flate2::read::DeflateDecoder;

use super::TAIL;
use crate::error::list::ReadError;
use crate::exchange::sheet::{Bytes, part};

/// Bytes that all parts may unpack to. Sheets are read cell by cell.
const MAX_ALL: u64 = 1024 * 1_048_576;

/// Bytes that a part may unpack to that is kept whole.
const MAX_WHOLE: u64 = 192 * 1_048_576;

/// Bytes between two tags: no cell holds as much.
const MAX_TEXT: usize = 1_048_576;

/// Bytes of the shortest text in a table of them: `<si/>`.
const SHORTEST: u64 = 5;

/// Refuses a zip whose parts a workbook is read from unpack to more than a list needs.
pub fn check(bytes: &mut dyn Bytes) -> Result<(), ReadError> {
    let mut at = directory(bytes)?;
    let mut left = MAX_ALL;
    loop {
        let head = part(bytes, at, 46)?;
        if !head.starts_with(b"PK\x01\x02") {
            return Ok(());
        }
        let lengths = [28, 30, 32].map(|place| u64::from(short(&head, place)));
        let name = part(bytes, at + 46, lengths.first().copied().unwrap_or(0))?;
        let name = String::from_utf8_lossy(&name).to_lowercase();
        at += 46 + lengths.iter().sum::<u64>();
        // Pictures and the like are not read.
        if [".xml", ".rels", ".bin"].iter().any(|ending| name.ends_with(ending)) {
            let most = if name.contains("worksheets/") { left } else { left.min(MAX_WHOLE) };
            let mut nesting = (name == "content.xml").then(Nesting::default);
            left -= Part::of(bytes, &head)?.unpacked(most, nesting.as_mut())?;
            if nesting.is_some_and(|nesting| !nesting.is_closed()) {
                return Err(ReadError::Damaged);
            }
        }
    }
}

/// Where the directory begins.
fn directory(bytes: &mut dyn Bytes) -> Result<u64, ReadError> {
    let length = bytes.seek(SeekFrom::End(0))?;
    let tail = part(bytes, length.saturating_sub(TAIL), TAIL)?;
    let end = tail.windows(4).rposition(|mark| mark == b"PK\x05\x06").ok_or(ReadError::Damaged)?;
    let end = tail.get(end..).unwrap_or_default();
    match long(end, 16) {
        // A large one says so in a record of its own, which no list needs.
        u32::MAX => Err(too_large(MAX_ALL)),
        start if part(bytes, start.into(), 4)? == b"PK\x01\x02" => Ok(start.into()),
        _ => Err(ReadError::Damaged),
    }
}

/// A part, as it is packed.
struct Part<'b> {
    packed: std::io::Take<&'b mut dyn Bytes>,
    deflated: bool,
}

impl<'b> Part<'b> {
    /// From its entry in the directory.
    fn of(bytes: &'b mut dyn Bytes, entry: &[u8]) -> Result<Self, ReadError> {
        let (size, start) = (long(entry, 20), u64::from(long(entry, 42)));
        let head = part(bytes, start, 30)?;
        if !head.starts_with(b"PK\x03\x04") {
            return Err(ReadError::Damaged);
        }
        let behind = 30 + u64::from(short(&head, 26)) + u64::from(short(&head, 28));
        bytes.seek(SeekFrom::Start(start + behind))?;
        Ok(Self { packed: bytes.take(size.into()), deflated: short(entry, 10) == 8 })
    }

    /// How many bytes it unpacks to; at most so many.
    fn unpacked(mut self, most: u64, nesting: Option<&mut Nesting>) -> Result<u64, ReadError> {
        if self.deflated {
            count(&mut DeflateDecoder::new(self.packed), most, nesting)
        } else {
            count(&mut self.packed, most, nesting)
        }
    }
}

fn count(
    unpacked: &mut dyn Read,
    most: u64,
    mut nesting: Option<&mut Nesting>,
) -> Result<u64, ReadError> {
    let mut chunk = vec![0; 65_536];
    let (mut size, mut texts, mut since_tag) = (0, 0, 0);
    loop {
        let read = unpacked.read(&mut chunk).map_err(|_| ReadError::Damaged)?;
        let now = chunk.get(..read).unwrap_or_default();
        if now.is_empty() {
            break;
        }
        if size == 0 {
            texts = claimed(now);
        }
        if let Some(nesting) = &mut nesting {
            for byte in now {
                nesting.take(*byte);
            }
        }
        size += read as u64;
        since_tag = match now.iter().rposition(|byte| *byte == b'<') {
            Some(tag) => read - tag,
            None => since_tag + read,
        };
        if size > most || since_tag > MAX_TEXT {
            return Err(too_large(most));
        }
    }
    // Room is made for as many texts as a table claims to have.
    if texts > size / SHORTEST { Err(ReadError::Damaged) } else { Ok(size) }
}

/// How many texts a table of them claims to have.
fn claimed(head: &[u8]) -> u64 {
    let head = String::from_utf8_lossy(head);
    let count = head.split_once("uniqueCount=").and_then(|(_, rest)| {
        let digits = rest.trim_start_matches(['"', '\'']);
        let end = digits.find(|c: char| !c.is_ascii_digit())?;
        Some(digits.get(..end)?.parse().unwrap_or(u64::MAX))
    });
    count.unwrap_or(0)
}

/// Whether each element closes: the reader of open documents looks for the end of a table for ever, past the end of the
/// file.
#[derive(Debug, Default)]
struct Nesting {
    /// Names of the elements that are open.
    open: Vec<Vec<u8>>,
    /// What stands behind `<` so far, outside of text.
    tag: Option<Vec<u8>>,
    /// The sign a value in a tag ends with.
    quote: Option<u8>,
    is_broken: bool,
}

impl Nesting {
    fn take(&mut self, byte: u8) {
        let Some(tag) = &mut self.tag else {
            self.tag = (byte == b'<').then(Vec::new);
            return;
        };
        tag.push(byte);
        let is_over = if tag.starts_with(b"!--") {
            tag.len() > 5 && tag.ends_with(b"-->")
        } else if tag.starts_with(b"![CDATA[") {
            tag.ends_with(b"]]>")
        } else if tag.starts_with(b"?") {
            tag.len() > 2 && tag.ends_with(b"?>")
        } else if let Some(quote) = self.quote {
            self.quote = (byte != quote).then_some(quote);
            false
        } else {
            self.quote = (matches!(byte, b'"' | b'\'') && !tag.starts_with(b"/")).then_some(byte);
            byte == b'>'
        };
        if is_over && let Some(tag) = self.tag.take() {
            self.close(tag.strip_suffix(b">").unwrap_or_default());
        }
    }

    fn close(&mut self, tag: &[u8]) {
        match tag {
            [b'!' | b'?', ..] | [.., b'/'] => {}
            [b'/', name @ ..] => {
                self.is_broken |= self.open.pop().as_deref() != Some(name.trim_ascii_end());
            }
            _ => {
                let name = tag.split(u8::is_ascii_whitespace).next();
                self.open.push(name.unwrap_or_default().to_vec());
            }
        }
    }

    const fn is_closed(&self) -> bool {
        !self.is_broken && self.open.is_empty() && self.tag.is_none()
    }
}

fn short(bytes: &[u8], at: usize) -> u16 {
    match bytes.get(at..at + 2) {
        Some(&[a, b]) => u16::from_le_bytes([a, b]),
        _ => 0,
    }
}

fn long(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

fn too_large(bytes: u64) -> ReadError {
    ReadError::UnpacksTooLarge { megabytes: bytes / 1_048_576 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_that_does_not_close_is_seen() {
        for (text, is_closed) in [
            ("<?xml version='1.0'?><a><b c=\"/>\"/><!-- <d> --><![CDATA[<e>]]>x</a >\n", true),
            ("<a b='>'><c\n d='1'></c></a>", true),
            ("<a><b></a>", false),
            ("<a><b></*></a>", false),
            ("<a></b>", false),
            ("<a></a", false),
            ("<a><!-- </a>", false),
        ] {
            let mut nesting = Nesting::default();
            for byte in text.bytes() {
                nesting.take(byte);
            }
            assert_eq!(nesting.is_closed(), is_closed, "{text}");
        }
    }
}
