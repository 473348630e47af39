//! A table for a terminal, aligned by display width: a Chinese character takes two cells.

use std::io::{self, Write};

use super::{Align, Cell, Column, Format, Report, Shown, Table};
use crate::exchange::sanitize;
use crate::text::Lang;
use crate::text::width::{fit, width};

pub const TEXT: Format = Format { ending: "txt", write };

const GAP: &str = "  ";

/// Parts the cells of a row while their widths are still open: no harmless cell has one.
const MARK: char = '\t';

/// What a column keeps of its texts at least, where a table has to be cut.
const NARROWEST: usize = 8;

/// Title, lead, tables with header, rows, totals below a rule, notes.
fn write(report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    write_in(None, report, lang, out)
}

/// The same in lines of so many cells: what a table can spare goes, then names are cut.
pub fn write_fitted(
    cells: usize,
    report: &dyn Report,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_in(Some(cells), &Shown(report), lang, out)
}

fn write_in(
    room: Option<usize>,
    report: &dyn Report,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
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
        write_table(room, table, lang, out)?;
    }
    Ok(())
}

fn write_table(
    room: Option<usize>,
    mut table: Table<'_>,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !table.title.is_empty() {
        writeln!(out, "{}\n", sanitize::text(&table.title))?;
    }
    let mut widths = vec![0; table.columns.len()];
    let header = measured(std::iter::once(table.headers()), &mut widths);
    let rows = measured(table.rows, &mut widths);
    let totals = measured(table.totals.into_iter(), &mut widths);
    let mut widths: Vec<Option<usize>> = widths.into_iter().map(Some).collect();
    if let Some(room) = room {
        fit_in(room, &table.columns, &mut widths);
    }
    let gone = widths.iter().zip(&table.columns).filter(|(width, _)| width.is_none());
    let gone: Vec<&str> = gone.map(|(_, column)| column.header.as_str()).collect();
    if !gone.is_empty() {
        table.notes.push(lang.columns_gone(&lang.listed(&gone)));
    }
    let rule = widths.iter().flatten().map(|&cells| "-".repeat(cells));
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

/// Takes columns out, those first that can best be spared, until the others fit; then cuts the widest texts.
fn fit_in(room: usize, columns: &[Column], widths: &mut [Option<usize>]) {
    let excess = |widths: &[Option<usize>]| {
        let shown = widths.iter().flatten();
        let wide = shown.clone().sum::<usize>() + shown.count().saturating_sub(1) * GAP.len();
        wide.saturating_sub(room)
    };
    while excess(widths) > 0 {
        let shown = columns.iter().zip(widths.iter_mut()).filter(|(_, width)| width.is_some());
        let spare = shown.filter(|(column, _)| column.spare > 0);
        match spare.max_by_key(|(column, _)| column.spare) {
            Some((_, width)) => *width = None,
            None => break,
        }
    }
    while excess(widths) > 0 {
        let over = excess(widths);
        let texts = columns.iter().zip(widths.iter_mut());
        let texts = texts.filter(|(column, _)| column.align == Align::Left);
        let widest = texts.filter_map(|(_, width)| width.as_mut()).max_by_key(|width| **width);
        match widest.filter(|width| **width > NARROWEST) {
            Some(width) => *width = width.saturating_sub(over).max(NARROWEST),
            None => return,
        }
    }
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

/// Rows in their columns; one without a width is left out.
fn aligned(
    rows: &str,
    widths: &[Option<usize>],
    columns: &[Column],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = String::new();
    for row in rows.lines() {
        line.clear();
        let cells = row.split(MARK).zip(widths).zip(columns);
        for ((cell, width_of), column) in cells {
            let Some(wide) = *width_of else {
                continue;
            };
            let cell = fit(cell, wide);
            let room = " ".repeat(wide.saturating_sub(width(&cell)));
            let gap = if line.is_empty() { "" } else { GAP };
            match column.align {
                Align::Right => line.extend([gap, &room, &cell]),
                Align::Left => line.extend([gap, &cell, &room]),
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
        write_table(None, table, Lang::Zh, &mut out).unwrap();
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

    #[test]
    fn in_a_narrow_terminal_what_can_be_spared_goes_and_then_names_are_cut() {
        let row =
            || vec!["P-2031-M3".into(), "星河科技有限公司".into(), "王敏".into(), Cell::Number(50)];
        let columns = || {
            vec![
                Column::left("节点编号"),
                Column::left("客户"),
                Column::left("项目经理").spare(2),
                Column::right("逾期天数").spare(1),
            ]
        };
        let written = |room: usize| {
            let mut out = Vec::new();
            let table = Table::new(columns(), std::iter::once(row()));
            write_table(Some(room), table, Lang::Zh, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert!(!written(47).contains("未显示"));
        let gone = |room: usize, columns: &str| {
            assert!(written(room).contains(&format!("未显示：{columns}；")), "{}", written(room));
        };
        gone(40, "项目经理");
        gone(22, "项目经理、逾期天数");
        assert!(written(22).contains("P-2031-M3  星河科技..\n"), "{}", written(22));
        for room in 22..60 {
            let table = written(room);
            let rows = table.lines().take_while(|line| !line.is_empty());
            assert!(rows.into_iter().all(|line| width(line) <= room), "{room}: {table}");
        }
    }
}
