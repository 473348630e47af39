//! Which encoding a text is in, strictly: a byte that is no text is an error that names its line, never a replacement
//! character.

use std::io::SeekFrom;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::{Bytes, part};
use crate::error::list::ReadError;
use crate::exchange::sanitize;

/// Bytes read at a time.
const CHUNK: usize = 65_536;

/// Characters of a line that are shown in a question.
const SHOWN: usize = 40;

/// Longest byte order mark.
const MARK: u64 = 3;

/// An encoding that all bytes of a text are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decoding {
    pub encoding: &'static Encoding,
    /// Bytes of its byte order mark.
    pub mark: u64,
}

impl Decoding {
    /// Without a label: a byte order mark, UTF-8, then what the bytes look like.
    pub fn find(bytes: &mut dyn Bytes, label: Option<&str>) -> Result<Self, ReadError> {
        let head = part(bytes, 0, MARK)?;
        let marked = Encoding::for_bom(&head)
            .map(|(encoding, length)| Self { encoding, mark: length as u64 });
        let plain = |encoding| Self { encoding: widest(encoding), mark: 0 };
        if let Some(label) = label {
            let encoding = Encoding::for_label(label.trim().as_bytes())
                .ok_or_else(|| ReadError::UnknownEncoding(label.to_owned()))?;
            let known = marked.filter(|marked| marked.encoding == encoding);
            return known.unwrap_or_else(|| plain(encoding)).strict(bytes);
        }
        if let Some(marked) = marked {
            return marked.strict(bytes);
        }
        if let Some(unmarked) = utf16(bytes)? {
            return plain(unmarked).strict(bytes);
        }
        let utf8 = plain(UTF_8);
        let found = Survey::of(bytes, utf8)?;
        if found.is_meant() {
            return found.verdict(utf8);
        }
        if let Some(line) = utf8_among_others(bytes)? {
            return Err(ReadError::MixedEncodings { line });
        }
        let (chinese, guessed) = (plain(GB18030), plain(guess(bytes)?));
        match (chinese.strict(bytes), guessed.strict(bytes)) {
            (Ok(_), Ok(_)) if guessed != chinese && !is_chinese(bytes)? => {
                Err(two_readings(bytes, guessed, chinese)?)
            }
            (Ok(chinese), _) => Ok(chinese),
            (Err(_), guessed) => guessed,
        }
    }

    fn strict(self, bytes: &mut dyn Bytes) -> Result<Self, ReadError> {
        Survey::of(bytes, self)?.verdict(self)
    }

    /// The text, from its beginning.
    pub fn decode(self, bytes: &mut dyn Bytes) -> Result<Decoded<'_>, ReadError> {
        bytes.seek(SeekFrom::Start(self.mark))?;
        let decoder = self.encoding.new_decoder_without_bom_handling();
        Ok(Decoded { bytes, decoder, chunk: Vec::new(), used: 0, ended: false })
    }
}

/// GB18030 reads everything GBK does, and the characters GBK lacks.
fn widest(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// UTF-16 without its mark: lines end in a pair of a zero and a line feed, and zeros are many and on one side only.
fn utf16(bytes: &mut dyn Bytes) -> Result<Option<&'static Encoding>, ReadError> {
    let head = part(bytes, 0, CHUNK as u64)?;
    let (mut zeros, mut ends) = ([0_usize; 2], [false; 2]);
    for pair in head.chunks_exact(2) {
        for (zeros, byte) in zeros.iter_mut().zip(pair) {
            *zeros += usize::from(*byte == 0);
        }
        ends = [ends[0] || pair == b"\0\n", ends[1] || pair == b"\n\0"];
    }
    let found = match zeros {
        [big, little] if (big + little) * 10 < head.len() => None,
        [_, 0] => ends[0].then_some(UTF_16BE),
        [0, _] => ends[1].then_some(UTF_16LE),
        [_, _] => None,
    };
    Ok(found)
}

/// Chinese characters in UTF-8 that no line of another encoding has by chance, and nothing else beside them.
const CHINESE: usize = 4;

/// A line as it goes by, read as UTF-8.
#[derive(Clone, Copy, Default)]
struct Utf8Line {
    /// Bytes that have to follow.
    open: u8,
    /// Whether its bytes are something else.
    other: bool,
    chinese: usize,
}

impl Utf8Line {
    fn take(&mut self, byte: u8) {
        match (self.open, byte) {
            (0, ..=0x7f) => {}
            (0, 0xc2..=0xdf) => self.open = 1,
            (0, 0xe0..=0xef) => {
                self.open = 2;
                self.chinese += usize::from((0xe4..=0xe9).contains(&byte));
            }
            (0, 0xf0..=0xf4) => self.open = 3,
            (1.., 0x80..=0xbf) => self.open -= 1,
            _ => (self.open, self.other) = (0, true),
        }
    }

    const fn is_utf8(self) -> bool {
        !self.other && self.open == 0 && self.chinese >= CHINESE
    }
}

/// The first line that is UTF-8, in a text of which other lines are not.
fn utf8_among_others(bytes: &mut dyn Bytes) -> Result<Option<usize>, ReadError> {
    let (mut first, mut others, mut number) = (None, false, 1);
    let mut line = Utf8Line::default();
    let mut chunk = vec![0; CHUNK];
    bytes.rewind()?;
    loop {
        let read = bytes.read(&mut chunk)?;
        for byte in chunk.iter().take(read).copied().chain((read == 0).then_some(b'\n')) {
            if byte != b'\n' {
                line.take(byte);
                continue;
            }
            first = first.or(line.is_utf8().then_some(number));
            others |= line.other;
            number += 1;
            line = Utf8Line::default();
        }
        if read == 0 {
            return Ok(first.filter(|_| others));
        }
    }
}

fn guess(bytes: &mut dyn Bytes) -> Result<&'static Encoding, ReadError> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut chunk = vec![0; CHUNK];
    bytes.rewind()?;
    loop {
        let read = bytes.read(&mut chunk)?;
        detector.feed(chunk.get(..read).unwrap_or_default(), read == 0);
        if read == 0 {
            return Ok(detector.guess(None, Utf8Detection::Deny));
        }
    }
}

/// Whether the beginning, read as GB18030, has a word that hardly a Chinese list is without: no other text reads so by
/// chance.
fn is_chinese(bytes: &mut dyn Bytes) -> Result<bool, ReadError> {
    const WORDS: [&str; 8] = ["客户", "金额", "项目", "合同", "节点", "日期", "应收", "公司"];
    let mut start = String::new();
    Decoding { encoding: GB18030, mark: 0 }.decode(bytes)?.read(&mut start)?;
    Ok(WORDS.iter().any(|word| start.contains(word)))
}

/// The first line that reads differently in two encodings, as a question.
fn two_readings(
    bytes: &mut dyn Bytes,
    one: Decoding,
    other: Decoding,
) -> Result<ReadError, ReadError> {
    // The same bytes, piece by piece: the first of two readings that differ.
    let (mut first, mut second) = (String::new(), String::new());
    let (mut line, mut at) = (1, 0);
    loop {
        let piece = part(bytes, at, CHUNK as u64)?;
        for (decoding, text) in [(one, &mut first), (other, &mut second)] {
            *text = decoding.encoding.decode_without_bom_handling(&piece).0.into_owned();
        }
        if first != second || piece.is_empty() {
            break;
        }
        at += piece.len() as u64;
        line += first.matches('\n').count();
    }
    let same = first.lines().zip(second.lines()).take_while(|(one, other)| one == other).count();
    let shown = |text: &str| -> String {
        let text = text.lines().nth(same).unwrap_or_default();
        sanitize::text(text).chars().take(SHOWN).collect()
    };
    let readings = [(one.encoding.name(), shown(&first)), (other.encoding.name(), shown(&second))];
    Ok(ReadError::AmbiguousEncoding { readings, line: line + same })
}

/// A text that is decoded piece by piece.
pub struct Decoded<'b> {
    bytes: &'b mut dyn Bytes,
    decoder: Decoder,
    chunk: Vec<u8>,
    /// How much of the chunk is decoded.
    used: usize,
    ended: bool,
}

impl Decoded<'_> {
    /// Whether nothing more comes.
    pub const fn ended(&self) -> bool {
        self.ended
    }

    /// Adds the next piece of the text. False if a byte that is no text stands behind it.
    pub fn read(&mut self, text: &mut String) -> Result<bool, ReadError> {
        if self.used == self.chunk.len() {
            self.chunk.resize(CHUNK, 0);
            let read = self.bytes.read(&mut self.chunk)?;
            self.chunk.truncate(read);
            self.used = 0;
        }
        let last = self.chunk.is_empty();
        loop {
            let rest = self.chunk.get(self.used..).unwrap_or_default();
            let needed = self.decoder.max_utf8_buffer_length_without_replacement(rest.len());
            text.reserve(needed.unwrap_or(CHUNK));
            let (result, used) =
                self.decoder.decode_to_string_without_replacement(rest, text, last);
            self.used += used;
            match result {
                DecoderResult::InputEmpty => {
                    self.ended = last;
                    return Ok(true);
                }
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => return Ok(false),
            }
        }
    }
}

/// What a text is like in an encoding.
#[derive(Default)]
struct Survey {
    /// Characters beyond ASCII.
    good: usize,
    /// Bytes that are no text.
    bad: usize,
    /// Line of the first of them, from 1.
    line: usize,
}

impl Survey {
    fn of(bytes: &mut dyn Bytes, decoding: Decoding) -> Result<Self, ReadError> {
        let mut text = String::new();
        let mut decoded = decoding.decode(bytes)?;
        let mut survey = Self { line: 1, ..Self::default() };
        while !decoded.ended() {
            let whole = decoded.read(&mut text)?;
            if !text.is_ascii() {
                survey.good += text.chars().filter(|c| !c.is_ascii()).count();
            }
            if survey.bad == 0 {
                survey.line += text.bytes().filter(|byte| *byte == b'\n').count();
            }
            survey.bad += usize::from(!whole);
            text.clear();
        }
        Ok(survey)
    }

    /// Good throughout, or with so few bad bytes among so many characters that it was meant to be: then the bad byte is
    /// to be named, not the whole file read as something else.
    const fn is_meant(&self) -> bool {
        self.bad == 0 || self.good / 4 > self.bad
    }

    fn verdict(&self, decoding: Decoding) -> Result<Decoding, ReadError> {
        if self.bad == 0 {
            return Ok(decoding);
        }
        Err(ReadError::Undecodable { encoding: decoding.encoding.name(), line: self.line })
    }
}
