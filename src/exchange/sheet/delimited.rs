//! Delimited text: comma, semicolon, tab or bar, with quoted cells as spreadsheets write them (RFC 4180, and lenient
//! where Excel is). Our own reader because rows count as a spreadsheet counts them: a blank line is a row, a line
//! break inside quotes is none.

use super::encoding::{Decoded, Decoding};
use super::{Bytes, Cell, MAX_COLUMNS, Row, Take};
use crate::error::list::ReadError;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows looked at to find the delimiter.
const SAMPLE: usize = 50;

/// Bytes of the longest row.
const MAX_ROW: usize = 1_048_576;

/// A delimited text.
pub struct Text {
    bytes: Box<dyn Bytes>,
    decoding: Decoding,
    delimiter: u8,
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Text").field(&self.decoding).finish()
    }
}

impl Text {
    pub fn open(mut bytes: Box<dyn Bytes>, encoding: Option<&str>) -> Result<Self, ReadError> {
        let decoding = Decoding::find(&mut *bytes, encoding)?;
        let mut window = Window::new(decoding.decode(&mut *bytes)?);
        window.fill()?;
        while !window.text.ended() && window.rest().trim_start().is_empty() {
            window.skip_all();
            window.fill()?;
        }
        let start = window.rest().trim_start();
        if start.is_empty() {
            return Err(ReadError::Empty);
        }
        if starts_like(start, &["<html", "<!doctype html", "<table", "<?xml"]) {
            return Err(ReadError::WebPage);
        }
        if start.starts_with("%PDF-") {
            return Err(ReadError::NotAList);
        }
        let within = start.strip_prefix('[').unwrap_or(start).trim_start();
        if within.starts_with('{') || start.len() > within.len() && within.starts_with(['[', '"']) {
            return Err(ReadError::Json);
        }
        let delimiter = delimiter(window.rest());
        Ok(Self { bytes, decoding, delimiter })
    }

    /// The name of its encoding.
    pub fn encoding(&self) -> &'static str {
        self.decoding.encoding.name()
    }

    pub fn rows(&mut self, take: Take<'_>) -> Result<(), ReadError> {
        let mut window = Window::new(self.decoding.decode(&mut *self.bytes)?);
        let mut row = Row::default();
        let mut number = 0_u32;
        loop {
            number = number.saturating_add(1);
            if !window.record(self.delimiter, number, &mut row)? || take(&mut row)?.is_break() {
                return Ok(());
            }
        }
    }
}

fn starts_like(text: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| {
        text.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
    })
}

/// The part of a text that is being read.
struct Window<'b> {
    text: Decoded<'b>,
    part: String,
    /// How much of the part is read.
    done: usize,
}

impl<'b> Window<'b> {
    fn new(text: Decoded<'b>) -> Self {
        Self { text, part: String::new(), done: 0 }
    }

    fn rest(&self) -> &str {
        self.part.get(self.done..).unwrap_or_default()
    }

    fn skip_all(&mut self) {
        self.done = self.part.len();
    }

    /// Reads on: as much again as is there, so that a long row is not looked at over and over.
    fn fill(&mut self) -> Result<(), ReadError> {
        self.part.drain(..self.done);
        self.done = 0;
        let known = self.part.len();
        while !self.text.ended() && self.part.len() <= known * 2 {
            if !self.text.read(&mut self.part)? {
                return Err(ReadError::NotAList);
            }
        }
        match self.part.get(known..) {
            Some(new) if new.contains('\0') => Err(ReadError::NotAList),
            Some(_) | None => Ok(()),
        }
    }

    /// Reads the next row; false at the end.
    fn record(&mut self, delimiter: u8, number: u32, row: &mut Row) -> Result<bool, ReadError> {
        loop {
            let rest = self.rest();
            let length = rest.len();
            let found = Record { rest, delimiter }.read(number, row);
            let is_last = self.text.ended();
            match found {
                // What ends where the part ends may go on behind it.
                Ok(Some(behind)) if is_last || !behind.is_empty() => {
                    self.done += length - behind.len();
                    return Ok(true);
                }
                Ok(None) if is_last => return Ok(false),
                Err(error @ ReadError::RowTooLong { .. }) => return Err(error),
                Err(error) if is_last || length > MAX_ROW => return Err(error),
                Ok(Some(_)) if length > MAX_ROW => {
                    return Err(ReadError::RowTooLong { row: number });
                }
                Ok(_) | Err(_) => self.fill()?,
            }
        }
    }
}

/// What Excel's `sep=` line says, else the one that cuts the most rows into the same number of cells.
fn delimiter(text: &str) -> u8 {
    if let Some(&[mark]) =
        text.lines().next().and_then(|line| line.strip_prefix("sep=")).map(str::as_bytes)
    {
        return mark;
    }
    let mut best = ((0, 0), b',');
    for delimiter in DELIMITERS {
        let found = evenness(text, delimiter);
        if found > best.0 {
            best = (found, delimiter);
        }
    }
    best.1
}

/// How many rows it cuts into the same number of cells, and that number.
fn evenness(text: &str, delimiter: u8) -> (usize, usize) {
    let mut rows_of_width = std::collections::BTreeMap::new();
    let mut rest = text;
    let mut row = Row::default();
    for number in (1..).take(SAMPLE) {
        let Ok(Some(behind)) = (Record { rest, delimiter }).read(number, &mut row) else {
            break;
        };
        *rows_of_width.entry(row.width()).or_insert(0_usize) += 1;
        rest = behind;
    }
    rows_of_width
        .into_iter()
        .filter(|(width, _)| *width > 1)
        .map(|(width, rows)| (rows, width))
        .max()
        .unwrap_or_default()
}

/// A text that begins with a row.
struct Record<'t> {
    rest: &'t str,
    delimiter: u8,
}

enum End {
    Cell,
    Row,
}

impl<'t> Record<'t> {
    /// Reads the row, and gives what stands behind it; nothing if there is no row any more.
    fn read(mut self, number: u32, row: &mut Row) -> Result<Option<&'t str>, ReadError> {
        row.clear(number);
        if self.rest.is_empty() {
            return Ok(None);
        }
        loop {
            if row.width() == MAX_COLUMNS {
                return Err(ReadError::RowTooLong { row: number });
            }
            if self.rest.starts_with('"') {
                self.quoted(row).ok_or(ReadError::UnclosedQuote { row: number })?;
            } else {
                row.push(Cell::Text(self.bare()));
            }
            if matches!(self.end(), End::Row) {
                return Ok(Some(self.rest));
            }
        }
    }

    /// Text up to the next delimiter or line end.
    fn bare(&mut self) -> &'t str {
        let end = self
            .rest
            .bytes()
            .position(|b| b == self.delimiter || b == b'\n' || b == b'\r')
            .unwrap_or(self.rest.len());
        let (cell, rest) = self.rest.split_at(end);
        self.rest = rest;
        cell
    }

    /// Text up to the closing quote, and what stands behind it as Excel reads it: `"a" b` is `a b`.
    fn quoted(&mut self, row: &mut Row) -> Option<()> {
        let mut rest = self.rest.strip_prefix('"')?;
        loop {
            let (part, behind) = rest.split_once('"')?;
            row.text.push_str(part);
            let Some(more) = behind.strip_prefix('"') else {
                self.rest = behind;
                row.push(Cell::Text(self.bare()));
                return Some(());
            };
            row.text.push('"');
            rest = more;
        }
    }

    fn end(&mut self) -> End {
        let mut chars = self.rest.chars();
        match chars.next() {
            Some('\n') | None => {
                self.rest = chars.as_str();
                End::Row
            }
            Some('\r') => {
                let rest = chars.as_str();
                self.rest = rest.strip_prefix('\n').unwrap_or(rest);
                End::Row
            }
            Some(_) => {
                self.rest = chars.as_str();
                End::Cell
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::io::Cursor;
    use std::ops::ControlFlow;

    fn try_read(text: &str) -> Result<Vec<(u32, Vec<String>)>, ReadError> {
        let mut rows = Vec::new();
        let bytes = Box::new(Cursor::new(text.to_owned().into_bytes()));
        Text::open(bytes, None)?.rows(&mut |row| {
            let cells = row.cells().map(|cell| cell.text().into_owned()).collect();
            if !row.is_blank() {
                rows.push((row.number, cells));
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    fn read(text: &str) -> Vec<(u32, Vec<String>)> {
        try_read(text).unwrap()
    }

    #[rstest]
    #[case("a,b\n1,2\n", ',')]
    #[case("a;b\n1,5;2,5\n", ';')]
    #[case("a\tb\n1,000.00\t2,000.00\n", '\t')]
    #[case("a|b\n1|2", '|')]
    #[case("报表\r\n\r\na,b;c,d\r\n1,2,3\r\n1,2,3\r\n", ',')]
    #[case("sep=;\n1,1;2\n1,1\n", ';')]
    #[case("only one column\n", ',')]
    fn the_delimiter_is_found(#[case] text: &str, #[case] expected: char) {
        assert_eq!(char::from(delimiter(text)), expected);
    }

    #[test]
    fn rows_count_as_a_spreadsheet_counts_them() {
        let rows = read("title\n\nk,n\r\n\"a\nb\",1\rc,\"2 \"\"x\"\"\"\nd,3");
        let numbers: Vec<u32> = rows.iter().map(|row| row.0).collect();
        assert_eq!(numbers, [1, 3, 4, 5, 6]);
        assert_eq!(rows[2].1, ["a\nb", "1"]);
        assert_eq!(rows[3].1, ["c", "2 \"x\""]);
    }

    #[test]
    fn quotes_are_read_as_excel_reads_them() {
        let rows = read("\"a\"b,c \"d\",\"\"\n");
        assert_eq!(rows[0].1, ["ab", "c \"d\"", ""]);
    }

    #[test]
    fn a_quote_that_is_never_closed_names_its_row() {
        let refused = try_read("a,b\n1,\"2\n3,4\n").unwrap_err();
        assert_eq!(refused, ReadError::UnclosedQuote { row: 2 });
    }

    #[test]
    fn a_row_reads_the_same_wherever_a_piece_of_the_file_ends() {
        let cells = ["星河科技", "a \"b\"", "x\r\ny", ""];
        let quoted = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        let line = quoted.join(",") + "\r\n";
        let text = "k,n,m,o\n".to_owned() + &line.repeat(9_000);
        let rows = read(&text);
        assert_eq!(rows.len(), 9_001);
        assert!(rows.iter().skip(1).all(|row| row.1 == cells));
    }

    #[rstest]
    #[case(",".repeat(20_000))]
    #[case("x".repeat(3_000_000))]
    fn a_row_that_is_no_row_of_a_list_is_refused(#[case] row: String) {
        let refused = try_read(&format!("k,n\n{row}\n")).unwrap_err();
        assert_eq!(refused, ReadError::RowTooLong { row: 2 });
    }
}
