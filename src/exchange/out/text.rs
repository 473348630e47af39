//! A table for a terminal, aligned by display width: a Chinese character takes two cells.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Align, Cell, Column, Format, Report, Shown, Table};
use crate::exchange::sanitize;
use crate::text::Lang;
use crate::text::width::{fit, width, wrap};

pub const TEXT: Format = Format { ending: "txt", data: false, write };

const GAP: &str = "  ";

/// Parts the cells of a row while their widths are still open: no harmless cell has one.
const MARK: char = '\t';

/// What a column keeps of its texts before columns go, and at least.
const READABLE: usize = 24;
const NARROWEST: usize = 8;

/// The column that says in which currency amounts are.
const CURRENCY: &str = "currency";

/// Title, lead, tables with header, rows, totals below a rule, notes.
fn write(report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    write_in(Room::Endless, report, lang, out)
}

/// The same in lines of so many cells: what a table can spare goes, then names are cut.
pub fn write_fitted(
    cells: usize,
    report: &dyn Report,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_in(Room::Terminal(cells), &Shown { report, data: false }, lang, out)
}

/// The same for a place on the screen, which has the title itself: whole notes, in as many lines as they take.
pub fn lines_fitted(cells: usize, report: &dyn Report, lang: Lang) -> io::Result<String> {
    let mut written = Vec::new();
    write_in(Room::Screen(cells), &Shown { report, data: false }, lang, &mut written)?;
    Ok(String::from_utf8_lossy(&written).into_owned())
}

/// Where lines are read, and how long they may be.
#[derive(Clone, Copy)]
enum Room {
    Endless,
    Terminal(usize),
    Screen(usize),
}

fn write_in(room: Room, report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let page = report.page(lang);
    if !page.title.is_empty() && !matches!(room, Room::Screen(_)) {
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
    room: Room,
    mut table: Table<'_>,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !table.title.is_empty() {
        writeln!(out, "{}\n", sanitize::text(&table.title))?;
    }
    let laid = match room {
        Room::Endless => Laid::new(&mut table, Unit::One),
        Room::Terminal(cells) | Room::Screen(cells) => fitted(cells, &mut table, lang),
    };
    let Laid { header, rows, totals, widths } = laid;
    let gone = widths.iter().zip(&table.columns).filter(|(width, _)| width.is_none());
    let gone: Vec<&str> = gone.map(|(_, column)| column.header.as_str()).collect();
    if !gone.is_empty() && matches!(room, Room::Terminal(_)) {
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
        let note = sanitize::text(note);
        let note = match room {
            Room::Screen(cells) => wrap(&note, cells).join("\n"),
            Room::Endless | Room::Terminal(_) => note.into_owned(),
        };
        writeln!(out, "{gap}{note}")?;
    }
    Ok(())
}

/// A table as text, and how wide its columns are; one without a width is left out.
struct Laid {
    header: String,
    rows: String,
    totals: String,
    widths: Vec<Option<usize>>,
}

/// In what amounts stand.
#[derive(Clone, Copy)]
enum Unit {
    One,
    Wan,
}

impl Unit {
    fn of<'c>(self, cell: &'c Cell<'_>) -> Cow<'c, str> {
        match self {
            Self::One => cell.grouped(),
            Self::Wan => cell.in_wan(),
        }
    }
}

impl Laid {
    /// Takes the rows out of the table.
    fn new(table: &mut Table<'_>, unit: Unit) -> Self {
        let rows = std::mem::replace(&mut table.rows, Box::new(std::iter::empty()));
        let mut widths = vec![0; table.columns.len()];
        let header = measured(std::iter::once(table.headers()), unit, &mut widths);
        let rows = measured(rows, unit, &mut widths);
        let totals = measured(table.totals.iter().cloned(), unit, &mut widths);
        Self { header, rows, totals, widths: widths.into_iter().map(Some).collect() }
    }

    /// Cells beyond the room there is.
    fn excess(&self, room: usize) -> usize {
        let shown = self.widths.iter().flatten();
        let wide = shown.clone().sum::<usize>() + shown.count().saturating_sub(1) * GAP.len();
        wide.saturating_sub(room)
    }

    /// Cuts the widest texts until the table fits, none below `least`.
    fn cut(&mut self, room: usize, least: usize, columns: &[Column]) {
        while self.excess(room) > 0 {
            let over = self.excess(room);
            let texts = columns.iter().zip(&mut self.widths);
            let texts = texts.filter(|(column, _)| column.align == Align::Left);
            let widest = texts.filter_map(|(_, width)| width.as_mut()).max_by_key(|wide| **wide);
            match widest.filter(|width| **width > least) {
                Some(width) => *width = width.saturating_sub(over).max(least),
                None => return,
            }
        }
    }

    /// Takes columns out, those first that can best be spared, until the others fit.
    fn spare(&mut self, room: usize, columns: &[Column]) {
        while self.excess(room) > 0 {
            let shown = columns.iter().zip(&mut self.widths).filter(|(_, width)| width.is_some());
            let spare = shown.filter(|(column, _)| column.spare > 0);
            match spare.max_by_key(|(column, _)| column.spare) {
                Some((_, width)) => *width = None,
                None => return,
            }
        }
    }

    /// Gives the room that is left back to texts that were cut.
    fn grow(&mut self, room: usize, full: &[Option<usize>]) {
        let mut left = room.saturating_sub(self.excess(0));
        for (width, full) in self.widths.iter_mut().zip(full) {
            if let (Some(width), Some(full)) = (width, full) {
                let more = left.min(full.saturating_sub(*width));
                *width += more;
                left -= more;
            }
        }
    }

    /// Whether the rows have more than one text in a column.
    fn varies(&self, at: usize) -> bool {
        let mut texts = self.rows.lines().filter_map(|row| row.split(MARK).nth(at));
        let first = texts.next();
        texts.any(|text| Some(text) != first)
    }
}

/// A table in lines of so many cells: long texts are cut, what can be spared goes, names are cut more; where that is
/// not enough, amounts stand in ten-thousands.
fn fitted(room: usize, table: &mut Table<'_>, lang: Lang) -> Laid {
    let rows: Vec<Vec<Cell>> =
        std::mem::replace(&mut table.rows, Box::new(std::iter::empty())).collect();
    let mut lay = |unit: Unit| {
        table.rows = Box::new(rows.clone().into_iter());
        let mut laid = Laid::new(table, unit);
        // Amounts of several currencies need it, those of one never do.
        if let Some(at) = table.columns.iter().position(|column| column.name == CURRENCY) {
            let varies = laid.varies(at) || table.totals.len() > 1;
            if let Some(column) = table.columns.get_mut(at).filter(|column| column.spare > 0) {
                column.spare = if varies { 0 } else { u8::MAX };
            }
        }
        let full = laid.widths.clone();
        laid.cut(room, READABLE, &table.columns);
        laid.spare(room, &table.columns);
        laid.cut(room, NARROWEST, &table.columns);
        laid.grow(room, &full);
        laid
    };
    let laid = lay(Unit::One);
    if laid.excess(room) == 0 {
        return laid;
    }
    let laid = lay(Unit::Wan);
    table.notes.push(lang.in_wan().to_owned());
    laid
}

/// The rows as text, and how wide their cells make the columns.
fn measured<'a>(
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
    unit: Unit,
    widths: &mut [usize],
) -> String {
    let mut text = String::new();
    for row in rows {
        for (at, widest) in widths.iter_mut().enumerate() {
            let cell = unit.of(row.get(at).unwrap_or(&Cell::EMPTY));
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
        write_table(Room::Endless, table, Lang::Zh, &mut out).unwrap();
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
            write_table(Room::Terminal(room), table, Lang::Zh, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert!(!written(47).contains("未显示"));
        let gone = |room: usize, columns: &str| {
            assert!(written(room).contains(&format!("未显示：{columns}；")), "{}", written(room));
        };
        gone(40, "项目经理");
        gone(22, "项目经理、逾期天数");
        assert!(written(22).contains("P-2031-M3  星河科技有…\n"), "{}", written(22));
        assert!(written(40).contains("星河科技有限公司"), "{}", written(40));
        for room in 22..60 {
            let table = written(room);
            let rows = table.lines().take_while(|line| !line.is_empty());
            assert!(rows.into_iter().all(|line| width(line) <= room), "{room}: {table}");
        }
    }

    #[test]
    fn amounts_of_several_currencies_keep_their_currency_and_shrink_last() {
        let row = |currency: Currency, amounts: [i128; 3]| {
            let mut row = vec![Cell::from("Nordlicht"), currency.code().into()];
            row.extend(amounts.map(|minor| Cell::Amount(minor, currency)));
            row
        };
        let written = |room: usize, other: Currency| {
            let mut columns =
                vec![Column::left("客户"), Column::left("币种").named("currency").spare(1)];
            columns.extend(["未到期", "1-30", "合计"].map(Column::right));
            let rows = [
                row(Currency::CNY, [123_456_700, 0, 123_456_700]),
                row(other, [0, 500_000, 500_000]),
            ];
            let mut out = Vec::new();
            write_table(
                Room::Terminal(room),
                Table::new(columns, rows.into_iter()),
                Lang::Zh,
                &mut out,
            )
            .unwrap();
            String::from_utf8(out).unwrap()
        };
        assert!(written(53, Currency::USD).contains("1,234,567.00"));
        assert!(written(53, Currency::USD).contains("USD"));
        assert!(!written(47, Currency::CNY).contains("CNY"));
        let small = written(40, Currency::USD);
        assert!(
            small.contains("123.46") && small.contains("USD") && small.contains("单位：万元"),
            "{small}"
        );
    }
}
