//! Markdown: a table that reads well as text and renders anywhere.

use std::io::{self, Write};

use super::{Align, Cell, Format, Report, Table};
use crate::exchange::sanitize;
use crate::text::Lang;

pub const MD: Format = Format { ending: "md", data: false, write };

/// Title, lead, tables with their totals in bold, notes.
fn write(report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let page = report.page(lang);
    if !page.title.is_empty() {
        writeln!(out, "# {}\n", escape(&sanitize::text(&page.title)))?;
    }
    for line in &page.lead {
        writeln!(out, "{}\n", escape(line))?;
    }
    for (at, table) in page.tables.into_iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write_table(table, out)?;
    }
    Ok(())
}

fn write_table(table: Table<'_>, out: &mut dyn Write) -> io::Result<()> {
    if !table.title.is_empty() {
        writeln!(out, "## {}\n", escape(&sanitize::text(&table.title)))?;
    }
    let width = table.columns.len();
    let mut write_row = |cells: &[Cell], mark: &str| {
        for at in 0..width {
            match cells.get(at).unwrap_or(&Cell::EMPTY).grouped() {
                cell if cell.is_empty() => write!(out, "|  ")?,
                cell => write!(out, "| {mark}{}{mark} ", escape(&cell))?,
            }
        }
        writeln!(out, "|")
    };
    write_row(&table.headers(), "")?;
    let rules = table.columns.iter().map(|column| match column.align {
        Align::Left => "---".into(),
        Align::Right => "---:".into(),
    });
    write_row(&rules.collect::<Vec<Cell>>(), "")?;
    for row in table.rows {
        write_row(&row, "")?;
    }
    for row in &table.totals {
        write_row(row, "**")?;
    }
    for note in &table.notes {
        writeln!(out, "\n{}", escape(&sanitize::text(note)))?;
    }
    Ok(())
}

fn escape(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' => safe.extend(['\\', c]),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::super::{Column, Page};
    use super::*;
    use crate::domain::money::Currency;

    struct Hostile;

    impl Report for Hostile {
        fn page(&self, _: Lang) -> Page<'_> {
            let row = vec!["a|b\n<b>[x](y)".into(), Cell::Amount(120_000, Currency::CNY)];
            let columns = vec![Column::left("客户"), Column::right("Total")];
            Page {
                title: "Aging <2026>".into(),
                tables: vec![Table {
                    totals: vec![vec!["CNY".into(), Cell::Amount(120_000, Currency::CNY)]],
                    notes: vec!["by *due* date".into()],
                    ..Table::new(columns, std::iter::once(row))
                }],
                ..Page::default()
            }
        }
    }

    #[test]
    fn a_hostile_name_stays_a_name() {
        let mut out = Vec::new();
        MD.write(&Hostile, Lang::Zh, &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        # Aging &lt;2026&gt;

        | 客户 | Total |
        | --- | ---: |
        | a\|b &lt;b&gt;\[x\](y) | 1,200.00 |
        | **CNY** | **1,200.00** |

        by \*due\* date
        ");
    }
}
