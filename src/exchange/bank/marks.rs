//! Text of the exchange formats, piece by piece: lines, or tags with the text behind them. No piece is longer than a
//! row of a list may be.

use crate::error::bank::StatementError;
use crate::error::list::ReadError;
use crate::exchange::sheet::Bytes;
use crate::exchange::sheet::encoding::{Decoded, Decoding};

/// Bytes of the longest piece.
const LONGEST: usize = 1_048_576;

/// A text that is cut at a mark.
pub struct Pieces<'b> {
    text: Decoded<'b>,
    part: String,
    done: usize,
    mark: char,
    /// How many were handed out.
    pub count: u32,
}

impl<'b> Pieces<'b> {
    pub fn new(
        bytes: &'b mut dyn Bytes,
        encoding: Option<&str>,
        mark: char,
    ) -> Result<Self, StatementError> {
        let decoding = Decoding::find(bytes, encoding)?;
        bytes.rewind().map_err(ReadError::from)?;
        let text = decoding.decode(bytes)?;
        Ok(Self { text, part: String::new(), done: 0, mark, count: 0 })
    }

    /// The next piece, without the mark behind it.
    pub fn next(&mut self) -> Result<Option<String>, StatementError> {
        loop {
            let rest = self.part.get(self.done..).unwrap_or_default();
            if let Some((piece, _)) = rest.split_once(self.mark) {
                self.done += piece.len() + self.mark.len_utf8();
                self.count = self.count.saturating_add(1);
                return Ok(Some(piece.to_owned()));
            }
            if self.text.ended() {
                let last = rest.to_owned();
                self.done = self.part.len();
                return Ok((!last.is_empty()).then_some(last));
            }
            if rest.len() > LONGEST {
                return Err(ReadError::RowTooLong { row: self.count.saturating_add(1) }.into());
            }
            self.fill()?;
        }
    }

    /// Reads on: as much again as is there.
    fn fill(&mut self) -> Result<(), StatementError> {
        self.part.drain(..self.done);
        self.done = 0;
        let known = self.part.len();
        while !self.text.ended() && self.part.len() <= known * 2 {
            if !self.text.read(&mut self.part)? {
                return Err(ReadError::NotAList.into());
            }
        }
        if self.part.get(known..).is_some_and(|new| new.contains('\0')) {
            return Err(ReadError::NotAList.into());
        }
        Ok(())
    }
}

/// A tag and the text behind it.
#[derive(Debug, Default)]
pub struct Tag {
    /// Its name without prefix; empty for text before the first tag, comments and declarations.
    pub name: String,
    /// `</…>`.
    pub closes: bool,
    /// `<…/>`.
    pub is_empty: bool,
    pub attributes: String,
    pub text: String,
}

impl Tag {
    /// From what stands between two `<`.
    pub fn of(piece: &str) -> Self {
        let Some((head, text)) = piece.split_once('>') else {
            return Self::default();
        };
        if head.starts_with(['!', '?']) {
            return Self::default();
        }
        let closes = head.starts_with('/');
        let is_empty = head.ends_with('/');
        let head = head.trim_matches('/');
        let (name, attributes) = head.split_once(char::is_whitespace).unwrap_or((head, ""));
        let name = name.rsplit(':').next().unwrap_or(name);
        Self {
            name: name.to_owned(),
            closes,
            is_empty,
            attributes: attributes.to_owned(),
            text: unescaped(text.trim()),
        }
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let (_, behind) = self.attributes.split_once(name)?;
        let behind = behind.trim_start().strip_prefix('=')?.trim_start();
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        behind.strip_prefix(quote)?.split_once(quote).map(|(value, _)| value)
    }
}

fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&apos;", "'").replace("&nbsp;", " ").replace("&amp;", "&")
}
