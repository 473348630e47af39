//! Bytes to text, strictly: a byte that is no text is an error that names its line, never a replacement character.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, UTF_8};

use crate::error::list::ReadError;

/// The text and the name of its encoding. Without a label: a byte order mark, UTF-8, then what the bytes look like.
pub fn decode(bytes: &[u8], label: Option<&str>) -> Result<(String, &'static str), ReadError> {
    if let Some(label) = label {
        let encoding = Encoding::for_label(label.trim().as_bytes())
            .ok_or_else(|| ReadError::UnknownEncoding(label.to_owned()))?;
        let body = match Encoding::for_bom(bytes) {
            Some((marked, length)) if marked == encoding => bytes.get(length..).unwrap_or(bytes),
            _ => bytes,
        };
        return strict(body, widest(encoding));
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return strict(bytes.get(length..).unwrap_or(bytes), encoding);
    }
    if is_meant_as_utf8(bytes) {
        return strict(bytes, UTF_8);
    }
    let guessed = widest(guess(bytes));
    strict(bytes, guessed).or_else(|error| strict(bytes, GB18030).map_err(|_| error))
}

/// GB18030 reads everything GBK does, and the characters GBK lacks.
fn widest(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"cn"), Utf8Detection::Deny)
}

/// UTF-8 throughout, or with so few bad bytes among so many characters that it was meant to be: then the bad byte is
/// to be named, not the whole file read as something else.
fn is_meant_as_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good / 4 > bad
}

fn strict(bytes: &[u8], encoding: &'static Encoding) -> Result<(String, &'static str), ReadError> {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok((text.into_owned(), encoding.name()));
    }
    Err(ReadError::Undecodable { encoding: encoding.name(), line: broken_line(bytes, encoding) })
}

/// The line of the first byte that is no text, from 1.
fn broken_line(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut rest = bytes;
    let mut lines = 1;
    loop {
        let mut text = String::with_capacity(8192);
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        lines += text.matches('\n').count();
        match result {
            DecoderResult::OutputFull => rest = rest.get(read..).unwrap_or(&[]),
            DecoderResult::Malformed(..) | DecoderResult::InputEmpty => return lines,
        }
    }
}
