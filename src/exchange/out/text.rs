//! A table for a terminal, aligned by display width: a Chinese character takes two cells.

use super::{Align, Table};
use crate::exchange::sanitize;
use crate::text::width;

const GAP: &str = "  ";

/// Title, header, rows, totals below a rule, notes.
pub fn text(table: &Table) -> String {
    let headers = table.headers();
    let rows: Vec<_> = table.rows.iter().map(|row| table.cells(row)).collect();
    let totals: Vec<_> = table.totals.iter().map(|row| table.cells(row)).collect();
    let mut widths: Vec<usize> = headers.iter().map(|header| width::width(header)).collect();
    for row in rows.iter().chain(&totals) {
        for (cells, cell) in widths.iter_mut().zip(row) {
            *cells = (*cells).max(width::width(cell));
        }
    }
    let aligns: Vec<Align> = table.columns.iter().map(|column| column.align).collect();
    let rule = || -> String {
        let dashes: Vec<String> = widths.iter().map(|&cells| "-".repeat(cells)).collect();
        dashes.join(GAP)
    };

    let mut lines = Vec::new();
    if !table.title.is_empty() {
        lines.extend([sanitize::text(&table.title), String::new()]);
    }
    lines.push(aligned(&headers, &widths, &aligns));
    lines.push(rule());
    lines.extend(rows.iter().map(|row| aligned(row, &widths, &aligns)));
    if !totals.is_empty() {
        lines.push(rule());
        lines.extend(totals.iter().map(|row| aligned(row, &widths, &aligns)));
    }
    if !table.notes.is_empty() {
        lines.push(String::new());
        lines.extend(table.notes.iter().map(|note| sanitize::text(note)));
    }
    let mut out = lines.join("\n");
    out.push('\n');
    out
}

fn aligned(cells: &[String], widths: &[usize], aligns: &[Align]) -> String {
    let mut line = String::new();
    for (i, ((cell, &room), align)) in cells.iter().zip(widths).zip(aligns).enumerate() {
        if i > 0 {
            line.push_str(GAP);
        }
        line.push_str(&match align {
            Align::Left => width::left(cell, room),
            Align::Right => width::right(cell, room),
        });
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::super::Column;
    use super::*;

    #[test]
    fn chinese_names_and_money_line_up() {
        let table = Table {
            title: "账龄 2026-11-21".into(),
            columns: vec![
                Column::left("客户"),
                Column::right("笔数"),
                Column::right("合计"),
            ],
            rows: vec![
                vec!["星河科技".into(), "2".into(), "1,284,500.00".into()],
                vec!["ACME\u{1b}[2J".into(), "12".into(), "-0.50".into()],
                vec![String::new(), "1".into()],
            ],
            totals: vec![vec!["CNY".into(), "15".into(), "1,284,499.50".into()]],
            notes: vec!["按到期日".into()],
        };
        insta::assert_snapshot!(text(&table), @r"
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
