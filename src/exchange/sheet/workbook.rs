//! Workbooks, read by calamine. Dates arrive as days, numbers as the decimals a person sees.

use std::borrow::Cow;
use std::io::{BufReader, Cursor, SeekFrom};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, DataRef, DataType, Dimensions, OdsError, Range, Reader, SheetType, SheetVisible, Sheets,
    XlsError, XlsbError, XlsxError,
};
use chrono::NaiveDate;

use super::{Bytes, Cell, MAX_CELLS, MAX_COLUMNS, Merged, Row, Take, number, part};
use crate::error::list::ReadError;

mod ole;
mod packed;

/// Bytes of a zip's end in which its directory is looked for.
const TAIL: u64 = 65_536;

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
    pub fn of(bytes: &mut dyn Bytes) -> Result<Option<Self>, ReadError> {
        let head = part(bytes, 0, 256)?;
        if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            return Ok(Some(Self::Xls));
        }
        if !head.starts_with(b"PK\x03\x04") {
            return Ok(None);
        }
        // A zip's directory stands at its end, an open document's type uncompressed at its beginning.
        let length = bytes.seek(SeekFrom::End(0))?;
        let tail = part(bytes, length.saturating_sub(TAIL), TAIL)?;
        let has = |part: &[u8], name: &[u8]| part.windows(name.len()).any(|w| w == name);
        Ok(Some(if has(&head, b"opendocument.spreadsheet") {
            Self::Ods
        } else if has(&tail, b"xl/workbook.bin") {
            Self::Xlsb
        } else {
            Self::Xlsx
        }))
    }
}

/// Cell by cell: the newer kinds name the place of each, and a damaged one may name places far apart.
macro_rules! streamed {
    ($book:expr, $sheet:expr, $take:expr) => {{
        let mut cells = guarded(|| Ok($book.worksheet_cells_reader($sheet)?))?;
        let mut gathering = Gathering { row: Row::default(), take: $take };
        while let Some(cell) = guarded(|| Ok(cells.next_cell()?))? {
            if gathering.put(cell.get_position(), cell.get_value())?.is_break() {
                return Ok(());
            }
        }
        gathering.hand_out().map(drop)
    }};
}

pub struct Workbook(Box<Sheets<BufReader<Box<dyn Bytes>>>>);

impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Workbook").field(&self.sheets()).finish()
    }
}

impl Workbook {
    pub fn open(kind: Kind, mut bytes: Box<dyn Bytes>) -> Result<Self, ReadError> {
        if kind == Kind::Xls {
            let all = part(&mut *bytes, 0, ole::MAX_BYTES + 1)?;
            if all.len() as u64 > ole::MAX_BYTES {
                return Err(ReadError::TooLarge { megabytes: ole::MAX_BYTES / 1_048_576 });
            }
            if is_encrypted(&all) {
                return Err(ReadError::Password);
            }
            ole::check(&all)?;
            bytes = Box::new(Cursor::new(all));
        } else {
            packed::check(&mut *bytes)?;
            bytes.rewind()?;
        }
        let bytes = BufReader::new(bytes);
        guarded(|| {
            Ok(Self(Box::new(match kind {
                Kind::Xls => Sheets::Xls(calamine::Xls::new(bytes)?),
                Kind::Xlsx => Sheets::Xlsx(calamine::Xlsx::new(bytes)?),
                Kind::Xlsb => Sheets::Xlsb(calamine::Xlsb::new(bytes)?),
                Kind::Ods => Sheets::Ods(calamine::Ods::new(bytes)?),
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

    pub fn rows(&mut self, sheet: &str, take: Take<'_>) -> Result<(), ReadError> {
        match self.0.as_mut() {
            Sheets::Xlsx(book) => streamed!(book, sheet, take),
            Sheets::Xlsb(book) => streamed!(book, sheet, take),
            Sheets::Xls(book) => dense(&guarded(|| Ok(book.worksheet_range(sheet)?))?, take),
            Sheets::Ods(book) => dense(&guarded(|| Ok(book.worksheet_range(sheet)?))?, take),
        }
    }

    pub fn merged(&mut self, sheet: &str) -> Result<Vec<Merged>, ReadError> {
        let areas = guarded(|| {
            Ok(match self.0.as_mut() {
                Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(sheet)?,
                Sheets::Xls(book) => book.merge_cells_by_sheet_name(sheet)?,
                Sheets::Xlsb(_) | Sheets::Ods(_) => Vec::new(),
            })
        })?;
        let mut merged: Vec<Merged> = areas.iter().filter_map(merge).collect();
        merged.sort_by_key(|area| area.first);
        Ok(merged)
    }
}

/// A workbook from anywhere must not take the program down, whatever its reader makes of it.
fn guarded<T>(read: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(ReadError::Damaged))
}

/// Excel keeps an encrypted xlsx inside the old container, in a stream of this (UTF-16) name.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// Cells that become rows, each as wide as its last cell.
struct Gathering<'t> {
    row: Row,
    take: Take<'t>,
}

impl Gathering<'_> {
    fn put(
        &mut self,
        (row, column): (u32, u32),
        found: &DataRef<'_>,
    ) -> Result<ControlFlow<()>, ReadError> {
        let data;
        let value = match found {
            DataRef::SharedString(text) => Value::Text((*text).into()),
            other => {
                data = Data::from(other.clone());
                value(&data)
            }
        };
        if value.cell().is_blank() {
            return Ok(ControlFlow::Continue(()));
        }
        let (column, number) = (column as usize, row.saturating_add(1));
        if column >= MAX_COLUMNS {
            return Err(ReadError::TooManyCells { limit: MAX_CELLS });
        }
        if self.row.number > number {
            return Err(ReadError::Damaged);
        }
        if self.row.number < number {
            if self.hand_out()?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            self.row.clear(number);
        }
        self.row.set(column, value.cell());
        Ok(ControlFlow::Continue(()))
    }

    /// Nothing more comes for the row.
    fn hand_out(&mut self) -> Result<ControlFlow<()>, ReadError> {
        (self.take)(&mut self.row)
    }
}

/// From a table that calamine has bounded.
fn dense(range: &Range<Data>, take: Take<'_>) -> Result<(), ReadError> {
    let (top, left) = range.start().unwrap_or_default();
    let mut row = Row::default();
    for (number, cells) in (top.saturating_add(1)..).zip(range.rows()) {
        row.clear(number);
        for (column, data) in (left as usize..).zip(cells) {
            row.set(column, value(data).cell());
        }
        if take(&mut row)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// What a cell holds.
enum Value<'d> {
    Text(Cow<'d, str>),
    Date(NaiveDate),
}

impl Value<'_> {
    fn cell(&self) -> Cell<'_> {
        match self {
            Self::Text(text) => Cell::Text(text),
            Self::Date(day) => Cell::Date(*day),
        }
    }
}

fn value(data: &Data) -> Value<'_> {
    let text = |text: String| Value::Text(text.into());
    match data {
        Data::DateTime(at) if at.is_datetime() => match at.as_datetime() {
            // A formula over an empty cell is day 0: shown as 1900-01-00, meant as nothing.
            Some(_) if at.as_f64() == 0.0 => Value::Text("".into()),
            // A time without a day is no date.
            Some(moment) if at.as_f64() < 1.0 => text(moment.time().to_string()),
            Some(moment) => Value::Date(moment.date()),
            None => text(number::text(at.as_f64())),
        },
        Data::DateTime(span) => text(number::text(span.as_f64())),
        Data::DateTimeIso(written) => match data.as_datetime() {
            Some(moment) => Value::Date(moment.date()),
            None => Value::Text(written.into()),
        },
        Data::Float(value) => text(number::text(*value)),
        Data::Int(value) => text(value.to_string()),
        Data::Bool(value) => Value::Text(if *value { "true" } else { "false" }.into()),
        Data::String(written) | Data::DurationIso(written) => Value::Text(written.into()),
        Data::Error(error) => text(error.to_string()),
        Data::Empty => Value::Text("".into()),
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
