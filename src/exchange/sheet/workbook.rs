//! Workbooks, read by calamine. Dates arrive as days, numbers as the decimals a person sees.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, DataRef, DataType, Dimensions, OdsError, Range, Reader, SheetType, SheetVisible, Sheets,
    XlsError, XlsbError, XlsxError,
};

use super::{Cell, Grid, Merged, Row, number};
use crate::error::list::ReadError;

type Bytes = Cursor<Vec<u8>>;

/// Most cells read from a sheet: a damaged one can claim billions.
const MAX_CELLS: usize = 20_000_000;

/// What a spreadsheet's own limit is; a cell further right is damage.
const MAX_COLUMNS: u32 = 16_384;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Excel up to 2003, and any workbook under a password.
    Xls,
    /// Excel since 2007.
    Xlsx,
    Xlsb,
    /// Of the open document format.
    Ods,
}

impl Kind {
    /// By the contents; `None` is no workbook.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            return Some(Self::Xls);
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return None;
        }
        // A zip's directory stands at its end, an open document's type uncompressed at its beginning.
        let head = bytes.get(..bytes.len().min(256)).unwrap_or(bytes);
        let tail = bytes.get(bytes.len().saturating_sub(65_536)..).unwrap_or(bytes);
        let has = |part: &[u8], name: &[u8]| part.windows(name.len()).any(|w| w == name);
        Some(if has(head, b"opendocument.spreadsheet") {
            Self::Ods
        } else if has(tail, b"xl/workbook.bin") {
            Self::Xlsb
        } else {
            Self::Xlsx
        })
    }
}

/// Cell by cell: the newer kinds name the place of each, and a damaged one may name places far apart.
macro_rules! streamed {
    ($book:expr, $sheet:expr) => {{
        let mut cells = $book.worksheet_cells_reader($sheet)?;
        let mut sparse = Sparse::default();
        while let Some(cell) = cells.next_cell()? {
            sparse.put(cell.get_position(), cell.get_value())?;
        }
        sparse.rows()
    }};
}

pub struct Workbook(Box<Sheets<Bytes>>);

impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Workbook").field(&self.sheets()).finish()
    }
}

impl Workbook {
    pub fn open(kind: Kind, bytes: Vec<u8>) -> Result<Self, ReadError> {
        guarded(|| {
            Ok(Self(Box::new(match kind {
                Kind::Xls if is_encrypted(&bytes) => return Err(ReadError::Password),
                Kind::Xls => Sheets::Xls(calamine::Xls::new(Cursor::new(bytes))?),
                Kind::Xlsx => Sheets::Xlsx(calamine::Xlsx::new(Cursor::new(bytes))?),
                Kind::Xlsb => Sheets::Xlsb(calamine::Xlsb::new(Cursor::new(bytes))?),
                Kind::Ods => Sheets::Ods(calamine::Ods::new(Cursor::new(bytes))?),
            })))
        })
    }

    /// Names of its tables, the hidden ones last.
    pub fn sheets(&self) -> Vec<String> {
        let tables = || {
            let all = self.0.sheets_metadata().iter();
            all.filter(|sheet| sheet.typ == SheetType::WorkSheet)
        };
        let seen = tables().filter(|sheet| sheet.visible == SheetVisible::Visible);
        let hidden = tables().filter(|sheet| sheet.visible != SheetVisible::Visible);
        seen.chain(hidden).map(|sheet| sheet.name.clone()).collect()
    }

    pub fn grid(&mut self, sheet: &str) -> Result<Grid, ReadError> {
        guarded(|| {
            let (rows, merged) = match self.0.as_mut() {
                Sheets::Xlsx(book) => {
                    (streamed!(book, sheet), book.merge_cells_by_sheet_name(sheet)?)
                }
                Sheets::Xls(book) => {
                    (dense(&book.worksheet_range(sheet)?), book.merge_cells_by_sheet_name(sheet)?)
                }
                Sheets::Xlsb(book) => (streamed!(book, sheet), Vec::new()),
                Sheets::Ods(book) => (dense(&book.worksheet_range(sheet)?), Vec::new()),
            };
            Ok(Grid { rows, merged: merged.iter().filter_map(merge).collect() })
        })
    }
}

/// A workbook from anywhere must not take the program down, whatever its reader makes of it.
fn guarded<T>(read: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(ReadError::Workbook("its parts contradict each other".into())))
}

/// Excel keeps an encrypted xlsx inside the old container, in a stream of this (UTF-16) name.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// Rows as wide as their last cell.
#[derive(Default)]
struct Sparse {
    rows: Vec<Row>,
    size: usize,
}

impl Sparse {
    fn put(&mut self, (row, column): (u32, u32), found: &DataRef<'_>) -> Result<(), ReadError> {
        let value = match found {
            DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
            other => value(&Data::from(other.clone())),
        };
        if value.is_blank() {
            return Ok(());
        }
        let (index, number) = (column as usize, row.saturating_add(1));
        if self.rows.last().is_none_or(|last| last.number != number) {
            let cells = Vec::new();
            self.rows.push(Row { number, cells });
        }
        let Some(last) = self.rows.last_mut() else {
            return Ok(());
        };
        self.size += (index + 1).saturating_sub(last.cells.len());
        if self.size > MAX_CELLS || column >= MAX_COLUMNS {
            return Err(ReadError::TooManyCells { limit: MAX_CELLS });
        }
        if last.cells.len() <= index {
            last.cells.resize(index + 1, Cell::Text(String::new()));
        }
        if let Some(place) = last.cells.get_mut(index) {
            *place = value;
        }
        Ok(())
    }

    fn rows(mut self) -> Vec<Row> {
        self.rows.sort_by_key(|row| row.number);
        self.rows
    }
}

/// From a table that calamine has bounded.
fn dense(range: &Range<Data>) -> Vec<Row> {
    let (top, left) = range.start().unwrap_or_default();
    let blank = || std::iter::repeat_n(Cell::Text(String::new()), left as usize);
    (top.saturating_add(1)..)
        .zip(range.rows())
        .map(|(number, cells)| Row {
            number,
            cells: blank().chain(cells.iter().map(value)).collect(),
        })
        .filter(|row| !row.is_blank())
        .collect()
}

fn value(data: &Data) -> Cell {
    match data {
        Data::DateTime(at) if at.is_datetime() => match at.as_datetime() {
            // A formula over an empty cell is day 0: shown as 1900-01-00, meant as nothing.
            Some(_) if at.as_f64() == 0.0 => Cell::Text(String::new()),
            // A time without a day is no date.
            Some(moment) if at.as_f64() < 1.0 => Cell::Text(moment.time().to_string()),
            Some(moment) => Cell::Date(moment.date()),
            None => Cell::Text(number::text(at.as_f64())),
        },
        Data::DateTime(span) => Cell::Text(number::text(span.as_f64())),
        Data::DateTimeIso(text) => match data.as_datetime() {
            Some(moment) => Cell::Date(moment.date()),
            None => Cell::Text(text.clone()),
        },
        Data::Float(value) => Cell::Text(number::text(*value)),
        Data::Int(value) => Cell::Text(value.to_string()),
        Data::Bool(value) => Cell::Text(if *value { "true" } else { "false" }.to_owned()),
        Data::String(text) | Data::DurationIso(text) => Cell::Text(text.clone()),
        Data::Error(error) => Cell::Text(error.to_string()),
        Data::Empty => Cell::Text(String::new()),
    }
}

fn merge(area: &Dimensions) -> Option<Merged> {
    let (first, last) = (area.start.0, area.end.0);
    (first < last).then(|| Merged {
        column: area.start.1 as usize,
        first: first.saturating_add(1),
        last: last.saturating_add(1),
    })
}

macro_rules! from_reader {
    ($($error:ident),+) => {$(
        impl From<$error> for ReadError {
            fn from(error: $error) -> Self {
                match error {
                    $error::Password => Self::Password,
                    other => Self::Workbook(other.to_string()),
                }
            }
        }
    )+};
}

from_reader!(XlsError, XlsxError, XlsbError, OdsError);
