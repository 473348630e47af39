//! One thing of the ledger: what it is, its facts, and lists of what belongs to it.

use std::io::Write as _;

use crate::domain::violation::Thing;
use crate::text::Lang;
use crate::text::width::{left, width};

use super::out::{Cell, Column, JsonOut, Page, Report, write_rows};

/// How many rows of each list a person is shown.
const SHOWN: usize = 12;

pub struct Card<'c> {
    pub thing: Thing,
    /// What a person calls it.
    pub name: String,
    pub facts: Vec<(Column, Cell<'c>)>,
    /// Lists by the names they have in JSON.
    pub parts: Vec<(&'static str, Box<dyn Report + 'c>)>,
}

impl Report for Card<'_> {
    fn page(&self, lang: Lang) -> Page<'_> {
        let known = self.facts.iter().filter(|(column, cell)| !column.aside && !cell.is_empty());
        let labels = known.clone().map(|(column, _)| width(&column.header));
        let wide = labels.max().unwrap_or(0);
        let line = |(column, cell): &(Column, Cell)| {
            format!("{}  {}", left(&column.header, wide), cell.shown())
        };
        let mut page = Page {
            title: format!("{} {}", lang.thing(self.thing), self.name),
            lead: known.map(line).collect(),
            tables: Vec::new(),
        };
        for (_, part) in &self.parts {
            let Page { title, tables, .. } = part.page(lang);
            for table in tables {
                let mut table = table.limited(SHOWN, lang);
                let mut rows = table.rows.peekable();
                if rows.peek().is_some() {
                    table.rows = Box::new(rows);
                    table.title.clone_from(&title);
                    page.tables.push(table);
                }
            }
        }
        page
    }

    /// An object: what it is, its facts by name, its lists as arrays.
    fn json(&self, lang: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        let io = serde_json::Error::io;
        write!(out, "{{\"thing\":\"{}\"", self.thing.code()).map_err(io)?;
        for (column, cell) in self.facts.iter().filter(|(column, _)| !column.name.is_empty()) {
            write!(out, ",\"{}\":", column.name).map_err(io)?;
            serde_json::to_writer(&mut *out, cell)?;
        }
        for (name, part) in &self.parts {
            write!(out, ",\"{name}\":").map_err(io)?;
            write_rows(part.page(lang), out)?;
        }
        out.write_all(b"}").map_err(io)
    }
}
