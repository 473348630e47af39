//! A table for a terminal, aligned by display width: a Chinese character takes two cells.

use std::io::{self, Write};

use super::{Align, Cell, Column, Format, Report, Table};
use crate::exchange::sanitize;
use crate::text::Lang;
use crate::text::width::width;

pub const TEXT: Format = Format { ending: "txt", write };

const GAP: &str = "  ";

/// Parts the cells of a row while their widths are still open: no harmless cell has one.
const MARK: char = '\t';

/// Title, lead, tables with header, rows, totals below a rule, notes.
fn write(report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let page = report.page(lang);
    if !page.title.is_empty() {
        writeln!(out, "{}\n", sanitize::text(&page.title))?;
    }
    for line in &page.lead {
        writeln!(out, "{line}")?;
    }
    for (at, table) in page.tables.into_iter().enumerate() {
        if at > 0 || !page.lead.is_empty() {
            writeln!(out)?;
        }
        write_table(table, out)?;
    }
    Ok(())
}

fn write_table(table: Table<'_>, out: &mut dyn Write) -> io::Result<()> {
    if !table.title.is_empty() {
        writeln!(out, "{}\n", sanitize::text(&table.title))?;
    }
    let mut widths = vec![0; table.columns.len()];
    let header = measured(std::iter::once(table.headers()), &mut widths);
    let rows = measured(table.rows, &mut widths);
    let totals = measured(table.totals.into_iter(), &mut widths);
    let rule = widths.iter().map(|&cells| "-".repeat(cells));
    let rule = rule.collect::<Vec<_>>().join(GAP);
    aligned(&header, &widths, &table.columns, out)?;
    writeln!(out, "{rule}")?;
    aligned(&rows, &widths, &table.columns, out)?;
    if !totals.is_empty() {
        writeln!(out, "{rule}")?;
        aligned(&totals, &widths, &table.columns, out)?;
    }
    for (at, note) in table.notes.iter().enumerate() {
        let gap = if at == 0 { "\n" } else { "" };
        writeln!(out, "{gap}{}", sanitize::text(note))?;
    }
    Ok(())
}

/// The rows as text, and how wide their cells make the columns.
fn measured<'a>(rows: impl Iterator<Item = Vec<Cell<'a>>>, widths: &mut [usize]) -> String {
    let mut text = String::new();
    for row in rows {
        for (at, widest) in widths.iter_mut().enumerate() {
            let cell = row.get(at).unwrap_or(&Cell::EMPTY).grouped();
            *widest = (*widest).max(width(&cell));
            if at > 0 {
                text.push(MARK);
            }
            text.push_str(&cell);
        }
        text.push('\n');
    }
    text
}

fn aligned(
    rows: &str,
    widths: &[usize],
    columns: &[Column],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = String::new();
    for row in rows.lines() {
        line.clear();
        for (at, cell) in row.split(MARK).enumerate() {
            let room = widths.get(at).map_or(0, |room| room - width(cell));
            let gap = if at == 0 { "" } else { GAP };
            match columns.get(at).map(|column| column.align) {
                Some(Align::Right) => line.extend([gap, &" ".repeat(room), cell]),
                Some(Align::Left) | None => line.extend([gap, cell, &" ".repeat(room)]),
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    #[test]
    fn chinese_names_and_money_line_up() {
        let amount = |minor| Cell::Amount(minor, Currency::CNY);
        let columns = vec![Column::left("客户"), Column::right("笔数"), Column::right("合计")];
        let rows = [
            vec!["星河科技".into(), Cell::Number(2), amount(128_450_000)],
            vec!["ACME\u{1b}[2J".into(), Cell::Number(12), amount(-50)],
            vec![Cell::EMPTY, Cell::Number(1)],
        ];
        let table = Table {
            title: "账龄 2026-11-21".into(),
            totals: vec![vec!["CNY".into(), Cell::Number(15), amount(128_449_950)]],
            notes: vec!["按到期日".into()],
            ..Table::new(columns, rows.into_iter())
        };
        let mut out = Vec::new();
        write_table(table, &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        账龄 2026-11-21

        客户      笔数          合计
        --------  ----  ------------
        星河科技     2  1,284,500.00
        ACME[2J     12         -0.50
                     1
        --------  ----  ------------
        CNY         15  1,284,499.50

        按到期日
        ");
    }
}
