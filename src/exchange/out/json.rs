//! The contract's JSON, a line of it.

use std::io::{self, BufWriter, Write};

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::{Cell, Column, Format, JsonOut, Page, Report};
use crate::text::Lang;

pub const JSON: Format = Format { ending: "json", data: true, write };

fn write(report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    report.json(lang, &mut out)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// An array with an object a row: the columns by their names.
pub fn write_rows(page: Page<'_>, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
    let mut separator = &b"["[..];
    for table in page.tables {
        for row in table.rows {
            out.write_all(separator).map_err(serde_json::Error::io)?;
            serde_json::to_writer(&mut *out, &Object { columns: &table.columns, row: &row })?;
            separator = b",";
        }
    }
    let end = if separator == b"[" { &b"[]"[..] } else { b"]" };
    out.write_all(end).map_err(serde_json::Error::io)
}

/// A row by the names of its columns; those without one are for people only.
pub struct Object<'r, 'a> {
    pub columns: &'r [Column],
    pub row: &'r [Cell<'a>],
}

impl Serialize for Object<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = self.columns.iter().zip(self.row).filter(|(column, _)| !column.name.is_empty());
        let mut object = serializer.serialize_map(None)?;
        for (column, cell) in named {
            object.serialize_entry(column.name, cell)?;
        }
        object.end()
    }
}
