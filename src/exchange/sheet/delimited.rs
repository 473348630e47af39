//! Delimited text: comma, semicolon, tab or bar, with quoted cells as spreadsheets write them (RFC 4180, and lenient
//! where Excel is). Our own reader because rows count as a spreadsheet counts them: a blank line is a row, a line
//! break inside quotes is none.

use super::{Cell, Grid, Row};
use crate::error::list::ReadError;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows looked at to find the delimiter.
const SAMPLE: usize = 50;

/// All rows with something in them.
pub fn grid(text: &str) -> Result<Grid, ReadError> {
    let mut rows = Vec::new();
    for row in Records::new(text, delimiter(text)) {
        let row = row?;
        if !row.is_blank() {
            rows.push(row);
        }
    }
    Ok(Grid { rows, merged: Vec::new() })
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
    for row in Records::new(text, delimiter).take(SAMPLE).flatten() {
        *rows_of_width.entry(row.cells.len()).or_insert(0_usize) += 1;
    }
    rows_of_width
        .into_iter()
        .filter(|(width, _)| *width > 1)
        .map(|(width, rows)| (rows, width))
        .max()
        .unwrap_or_default()
}

struct Records<'a> {
    rest: &'a str,
    delimiter: u8,
    number: u32,
    width: usize,
}

enum End {
    Cell,
    Row,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, delimiter: u8) -> Self {
        Self { rest: text, delimiter, number: 0, width: 1 }
    }

    /// Text up to the next delimiter or line end.
    fn bare(&mut self) -> &'a str {
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
    fn quoted(&mut self) -> Option<String> {
        let mut cell = String::new();
        let mut rest = self.rest.strip_prefix('"')?;
        loop {
            let (part, behind) = rest.split_once('"')?;
            cell.push_str(part);
            let Some(more) = behind.strip_prefix('"') else {
                self.rest = behind;
                cell.push_str(self.bare());
                return Some(cell);
            };
            cell.push('"');
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

impl Iterator for Records<'_> {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        self.number = self.number.saturating_add(1);
        let mut cells = Vec::with_capacity(self.width);
        loop {
            let cell = if self.rest.starts_with('"') {
                let Some(cell) = self.quoted() else {
                    self.rest = "";
                    return Some(Err(ReadError::UnclosedQuote { row: self.number }));
                };
                cell
            } else {
                self.bare().to_owned()
            };
            cells.push(Cell::Text(cell));
            if matches!(self.end(), End::Row) {
                self.width = cells.len();
                return Some(Ok(Row { number: self.number, cells }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read(text: &str) -> Vec<(u32, Vec<String>)> {
        let grid = grid(text).unwrap();
        grid.rows
            .into_iter()
            .map(|row| {
                let cells = row.cells.iter().map(|c| c.text().into_owned()).collect();
                (row.number, cells)
            })
            .collect()
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
        let refused = grid("a,b\n1,\"2\n3,4\n").unwrap_err();
        assert_eq!(refused, ReadError::UnclosedQuote { row: 2 });
    }
}
