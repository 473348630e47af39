//! Markdown: a table that reads well as text and renders anywhere.

use std::fmt::Write as _;

use super::{Align, Table};

/// Title, table with its totals in bold, notes.
pub fn md(table: &Table) -> String {
    let mut out = String::new();
    if !table.title.is_empty() {
        let _ = writeln!(
            out,
            "# {}\n",
            escape(&crate::exchange::sanitize::text(&table.title))
        );
    }
    line(&mut out, table.headers().iter().map(|cell| escape(cell)));
    let rules = table.columns.iter().map(|column| match column.align {
        Align::Left => "---".to_owned(),
        Align::Right => "---:".to_owned(),
    });
    line(&mut out, rules);
    for row in &table.rows {
        line(&mut out, table.cells(row).iter().map(|cell| escape(cell)));
    }
    for row in &table.totals {
        line(&mut out, table.cells(row).iter().map(|cell| bold(cell)));
    }
    for note in &table.notes {
        let _ = writeln!(out, "\n{}", escape(&crate::exchange::sanitize::text(note)));
    }
    out
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        let _ = write!(out, "| {cell} ");
    }
    out.push_str("|\n");
}

fn bold(cell: &str) -> String {
    if cell.is_empty() {
        String::new()
    } else {
        format!("**{}**", escape(cell))
    }
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
    use super::super::Column;
    use super::*;

    #[test]
    fn a_hostile_name_stays_a_name() {
        let table = Table {
            title: "Aging <2026>".into(),
            columns: vec![Column::left("客户"), Column::right("Total")],
            rows: vec![vec!["a|b\n<b>[x](y)".into(), "1,200.00".into()]],
            totals: vec![vec!["CNY".into(), "1,200.00".into()]],
            notes: vec!["by *due* date".into()],
        };
        insta::assert_snapshot!(md(&table), @r"
        # Aging &lt;2026&gt;

        | 客户 | Total |
        | --- | ---: |
        | a\|b &lt;b&gt;\[x\](y) | 1,200.00 |
        | **CNY** | **1,200.00** |

        by \*due\* date
        ");
    }
}
