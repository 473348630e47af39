//! A workbook: typed cells, totals as formulas, a chart of what the table divides into. Rows go to the disk as they come.

use std::collections::HashSet;
use std::env;
use std::io::{self, Write};

use rust_xlsxwriter::{
    Chart, ChartPoint, ChartSolidFill, ChartType, Color, ExcelDateTime, Format as Style,
    FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::{Align, CURRENCY, Cell, Column, Format, Report, Table, currency_of};
use crate::domain::money::{self, Currency, PerCurrency, exponent};
use crate::exchange::sanitize;
use crate::files;
use crate::text::Lang;
use crate::text::width::width;

pub const XLSX: Format = Format { ending: "xlsx", data: true, write };

/// Characters of a cell, of a sheet's name.
const TEXT: usize = 32_767;
const NAME: usize = 31;

/// Rows of a sheet; those for totals and notes are kept.
const ROWS: u32 = 1_048_576 - 1_000;

/// Widest and narrowest column, in characters.
const WIDEST: usize = 48;
const NARROWEST: usize = 6;

/// Whole numbers a spreadsheet holds exactly.
const EXACT: u64 = 1 << 53;

/// Colours of the parts, the youngest first; the last for all that are older.
const AGES: [u32; 7] =
    [0x9A_A5B1, 0xF2_C94C, 0xF2_994A, 0xEB_5757, 0xC2_185B, 0x7B_1FA2, 0x4A_148C];

fn write(report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    // The library keeps rows in a temporary file, and panics where that cannot be written.
    let made = files::caught(|| workbook(report, lang)).ok_or_else(no_room)?;
    let bytes = made.map_err(io::Error::other)?;
    out.write_all(&bytes)
}

/// What hinders temporary files, and where.
fn no_room() -> io::Error {
    let tried = tempfile::tempfile().and_then(|mut file| file.write_all(&[0; 1 << 14]));
    let error = tried.err().unwrap_or_else(|| io::ErrorKind::StorageFull.into());
    io::Error::new(error.kind(), format!("{}: {error}", env::temp_dir().display()))
}

fn workbook(report: &dyn Report, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let page = report.page(lang);
    let mut book = Workbook::new();
    let mut names = HashSet::new();
    for (at, table) in page.tables.into_iter().enumerate() {
        let title = if table.title.is_empty() { page.title.clone() } else { table.title.clone() };
        let name = sheet_name(&title, at, &mut names);
        let lead = if at == 0 { page.lead.as_slice() } else { &[] };
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(&name)?;
        Sheet::new(sheet, &name, lang).write(&title, lead, table)?;
    }
    book.save_to_buffer()
}

/// A name a sheet may have, that no other one has.
fn sheet_name(title: &str, at: usize, taken: &mut HashSet<String>) -> String {
    let clean = sanitize::text(title).replace(['[', ']', ':', '*', '?', '/', '\\', '\''], " ");
    let clean: String = clean.trim().chars().take(NAME - 4).collect();
    let name = if clean.is_empty() { format!("{}", at + 1) } else { clean };
    if taken.insert(name.to_lowercase()) {
        return name;
    }
    let name = format!("{name} {}", at + 1);
    taken.insert(name.to_lowercase());
    name
}

/// Sums of a column so far, to know what a formula over it comes to.
type Sums = PerCurrency<Vec<i128>>;

struct Sheet<'s> {
    cells: &'s mut Worksheet,
    name: &'s str,
    lang: Lang,
    row: u32,
    /// Characters of the widest cell of each column.
    widths: Vec<usize>,
}

impl<'s> Sheet<'s> {
    fn new(cells: &'s mut Worksheet, name: &'s str, lang: Lang) -> Self {
        Self { cells, name, lang, row: 0, widths: Vec::new() }
    }

    fn write(mut self, title: &str, lead: &[String], table: Table<'_>) -> Result<(), XlsxError> {
        if !title.is_empty() {
            self.line(title, &self.style().set_bold().set_font_size(14))?;
        }
        for line in lead {
            self.line(line, &self.style())?;
        }
        if self.row > 0 {
            self.row += 1;
        }
        let (headers, label) = (table.headers(), table.labels());
        let Table { columns, rows, totals, notes, main, .. } = table;
        self.widths = vec![NARROWEST; columns.len()];
        let head = self.row;
        let bold = self.style().set_bold().set_background_color(Color::RGB(0xE8_EDF3));
        let bold = bold.set_border_bottom(FormatBorder::Thin);
        for (at, header) in headers.iter().enumerate() {
            let aligned = match columns.get(at).map(|column| column.align) {
                Some(Align::Right) => bold.clone().set_align(FormatAlign::Right),
                Some(Align::Left) | None => bold.clone(),
            };
            self.cell(at, header, &aligned)?;
        }
        self.row += 1;
        let first = self.row;
        let currency = columns.iter().position(|column| column.name == CURRENCY);
        let mut sums = Sums::new();
        let styles = columns.iter().map(|column| match column.align {
            Align::Right => self.style().set_align(FormatAlign::Right),
            Align::Left => self.style(),
        });
        let styles: Vec<Style> = styles.collect();
        for row in rows {
            if self.row >= ROWS {
                return Err(XlsxError::RowColumnLimitError);
            }
            for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                if let Some(style) = styles.get(at) {
                    self.cell(at, cell, style)?;
                }
                if let Cell::Amount(minor, of) = cell {
                    let of = sums.entry(*of, || vec![0; columns.len()]);
                    if let Some(sum) = of.get_mut(at) {
                        *sum = sum.saturating_add(*minor);
                    }
                }
            }
            self.row += 1;
        }
        let last = self.row;
        let strong = self.style().set_bold().set_border_top(FormatBorder::Thin);
        for total in &totals {
            let range = (first, last);
            self.total(total, range, currency, &sums, &strong)?;
            self.row += 1;
        }
        for note in &notes {
            self.row += 1;
            self.line(note, &self.style().set_font_color(Color::RGB(0x59_6B7D)))?;
        }
        let of = |total: &Vec<Cell<'_>>| currency_of(total);
        let at = totals.iter().position(|total| main.is_none() || of(total) == main);
        if let (Some(label), Some(at)) = (label, at)
            && let Some(of) = totals.get(at).and_then(of)
        {
            let total = last + u32::try_from(at).unwrap_or_default();
            self.chart(&columns, label, (head, total), of)?;
        }
        self.set_up(head, last.max(first), &columns)
    }

    /// What every cell looks like: a font that has Chinese.
    fn style(&self) -> Style {
        let font = match self.lang {
            Lang::Zh => "Microsoft YaHei",
            Lang::En => "Calibri",
        };
        Style::new().set_font_name(font).set_font_size(10)
    }

    fn line(&mut self, text: &str, style: &Style) -> Result<(), XlsxError> {
        self.cells.write_string_with_format(self.row, 0, cut(&sanitize::text(text)), style)?;
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, at: usize, cell: &Cell<'_>, style: &Style) -> Result<(), XlsxError> {
        let shown = cell.grouped();
        if let Some(widest) = self.widths.get_mut(at) {
            *widest = width(&shown).clamp(*widest, WIDEST);
        }
        let (row, column) = (self.row, place(at));
        match cell {
            Cell::Number(number) if number.unsigned_abs() < EXACT => {
                #[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
                let number = *number as f64;
                self.cells.write_number_with_format(row, column, number, style)?;
            }
            Cell::Amount(minor, currency) => match exact(*minor, *currency) {
                Some(amount) => {
                    let style = style.clone().set_num_format(amounts(*currency));
                    self.cells.write_number_with_format(row, column, amount, &style)?;
                }
                None => {
                    self.cells.write_string_with_format(row, column, shown, style)?;
                }
            },
            Cell::Day(day) | Cell::Expected(day, _) => {
                let style = style.clone().set_num_format("yyyy-mm-dd");
                let style = style.set_align(FormatAlign::Left);
                match ExcelDateTime::parse_from_str(&day.to_string()) {
                    Ok(day) => self.cells.write_datetime_with_format(row, column, day, &style)?,
                    // Before 1900 a spreadsheet has no days.
                    Err(_) => self.cells.write_string_with_format(row, column, shown, &style)?,
                };
            }
            Cell::Number(_) | Cell::Text(_) | Cell::Both(..) => {
                self.cells.write_string_with_format(row, column, cut(&shown), style)?;
            }
        }
        Ok(())
    }

    /// A row of totals: a formula where it comes to what the total says.
    fn total(
        &mut self,
        cells: &[Cell<'_>],
        (first, last): (u32, u32),
        currency: Option<usize>,
        sums: &Sums,
        style: &Style,
    ) -> Result<(), XlsxError> {
        for (at, cell) in cells.iter().enumerate() {
            let Cell::Amount(minor, of) = cell else {
                self.cell(at, cell, style)?;
                continue;
            };
            let summed = sums.iter().find(|(currency, _)| *currency == *of);
            let summed = summed.and_then(|(_, sums)| sums.get(at)).copied().unwrap_or(0);
            let is_alone = sums.iter().count() == 1;
            let formula = match currency {
                _ if summed != *minor || first == last => None,
                Some(codes) => Some(format!(
                    "SUMIF({},\"{}\",{})",
                    range(codes, first, last),
                    of.code(),
                    range(at, first, last)
                )),
                None if is_alone => Some(format!("SUM({})", range(at, first, last))),
                None => None,
            };
            match formula {
                Some(formula) => {
                    let formula = Formula::new(formula).set_result(money::plain(*minor, *of));
                    let style = style.clone().set_num_format(amounts(*of));
                    self.cells.write_formula_with_format(self.row, place(at), formula, &style)?;
                    if let Some(widest) = self.widths.get_mut(at) {
                        *widest = width(&cell.grouped()).clamp(*widest, WIDEST);
                    }
                }
                None => self.cell(at, cell, style)?,
            }
        }
        Ok(())
    }

    /// The parts of the first row of totals as columns, below everything.
    fn chart(
        &mut self,
        columns: &[Column],
        label: usize,
        (head, total): (u32, u32),
        of: Currency,
    ) -> Result<(), XlsxError> {
        let Some(first) = columns.iter().position(|column| column.part) else {
            return Ok(());
        };
        let last = columns.iter().rposition(|column| column.part).unwrap_or(first);
        let colours = (0..=last - first).map(|at| AGES.get(at).or(AGES.last()).copied());
        let point = |colour: Option<u32>| {
            let colour = Color::RGB(colour.unwrap_or_default());
            ChartPoint::new().set_format(ChartSolidFill::new().set_color(colour))
        };
        let points: Vec<ChartPoint> = colours.map(point).collect();
        let mut chart = Chart::new(ChartType::Column);
        let (first, last) = (place(first), place(last));
        chart
            .add_series()
            .set_categories((self.name, head, first, head, last))
            .set_values((self.name, total, first, total, last))
            .set_points(&points);
        chart.legend().set_hidden();
        chart.y_axis().set_name(of.code()).set_num_format("#,##0");
        chart.set_width(720).set_height(300);
        self.cells.insert_chart(self.row + 1, place(label), &chart)?;
        Ok(())
    }

    /// Widths, the header that stays, the filter, and how it is printed: A4 across, all columns on a page.
    fn set_up(self, head: u32, last: u32, columns: &[Column]) -> Result<(), XlsxError> {
        const A4: u8 = 9;
        for (at, wide) in self.widths.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
            self.cells.set_column_width(place(at), *wide as f64 + 2.0)?;
        }
        self.cells.set_freeze_panes(head + 1, 0)?;
        if let Some(right) = columns.len().checked_sub(1) {
            self.cells.autofilter(head, 0, last.saturating_sub(1).max(head), place(right))?;
        }
        self.cells.set_repeat_rows(head, head)?;
        self.cells.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        Ok(())
    }
}

fn place(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// A column's cells from a row up to another, as formulas name them.
fn range(column: usize, first: u32, end: u32) -> String {
    let name = rust_xlsxwriter::utility::column_number_to_name(place(column));
    format!("{name}{}:{name}{end}", first + 1)
}

/// A text as long as a cell can hold.
fn cut(text: &str) -> &str {
    let end = text.char_indices().nth(TEXT).map(|(end, _)| end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// An amount as a spreadsheet's number, where that is exact.
fn exact(minor: i128, currency: Currency) -> Option<f64> {
    let fits = minor.unsigned_abs() < u128::from(EXACT);
    fits.then(|| money::plain(minor, currency).parse().ok()).flatten()
}

/// The number format of amounts; nothing stands for zero.
fn amounts(currency: Currency) -> String {
    let decimals = match exponent(currency) {
        0 => String::new(),
        decimals => format!(".{}", "0".repeat(decimals as usize)),
    };
    format!("#,##0{decimals};-#,##0{decimals};")
}

#[cfg(test)]
mod tests {
    use super::super::Page;
    use super::*;
    use calamine::{Data, DataType as _, Reader as _, Xlsx};
    use chrono::NaiveDate;
    use std::io::Cursor;

    /// Three customers in two currencies, in a title that no sheet may have.
    struct Three;

    impl Report for Three {
        fn page(&self, lang: Lang) -> Page<'_> {
            let columns = vec![
                Column::left("客户"),
                Column::left("币种").named(CURRENCY),
                Column::left("到期日"),
                Column::right("笔数"),
                Column::right("1-30").part(),
            ];
            let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
            let row = |name: &'static str, of: Currency, minor| {
                let amount = Cell::Amount(minor, of);
                vec![name.into(), of.code().into(), Cell::Day(day), Cell::Number(2), amount]
            };
            let (cny, jpy) = (Currency::CNY, Currency::JPY);
            let rows = [row("=cmd()", cny, 123_456), row("北辰", jpy, 500), row("星河", cny, -56)];
            let total = |of: Currency, minor| {
                let amount = Cell::Amount(minor, of);
                vec!["合计".into(), of.code().into(), Cell::EMPTY, Cell::EMPTY, amount]
            };
            let table = Table {
                totals: vec![total(cny, 123_400), total(jpy, 501)],
                ..Table::new(columns, rows.into_iter())
            };
            let title = match lang {
                Lang::Zh => "账龄表：2026/11".to_owned(),
                Lang::En => String::new(),
            };
            Page { title, lead: Vec::new(), tables: vec![table] }
        }
    }

    fn opened(lang: Lang) -> Xlsx<Cursor<Vec<u8>>> {
        let mut out = Vec::new();
        XLSX.write(&Three, lang, &mut out).unwrap();
        Xlsx::new(Cursor::new(out)).unwrap()
    }

    #[test]
    fn cells_have_their_types_and_text_is_no_formula() {
        let mut book = opened(Lang::En);
        assert_eq!(book.sheet_names(), ["1"]);
        let cells = book.worksheet_range("1").unwrap();
        let row: Vec<&Data> = cells.rows().nth(1).unwrap().iter().collect();
        assert_eq!(row[0], &Data::String("=cmd()".into()));
        let day = row[2].as_date();
        assert_eq!(day, NaiveDate::from_ymd_opt(2026, 11, 21), "{row:?}");
        assert_eq!((row[3], row[4]), (&Data::Float(2.0), &Data::Float(1_234.56)));
        assert!(book.worksheet_formula("1").unwrap().get((1, 0)).is_none_or(String::is_empty));
    }

    #[test]
    fn totals_are_formulas_where_they_are_sums() {
        let mut book = opened(Lang::Zh);
        let name = book.sheet_names()[0].clone();
        assert_eq!(name, "账龄表：2026 11");
        let formulas = book.worksheet_formula(&name).unwrap();
        let all: Vec<&str> =
            formulas.rows().flatten().map(String::as_str).filter(|f| !f.is_empty()).collect();
        assert_eq!(all, ["SUMIF(B4:B6,\"CNY\",E4:E6)"]);
        let cells = book.worksheet_range(&name).unwrap();
        let sums: Vec<&Data> = cells.rows().skip(6).filter_map(|row| row.get(4)).collect();
        assert_eq!(sums[..2], [&Data::Float(1_234.0), &Data::Float(501.0)]);
    }

    #[test]
    fn an_amount_that_no_spreadsheet_holds_stays_text() {
        assert_eq!(exact(1 << 53, Currency::CNY), None);
        assert_eq!(exact(-(1 << 52), Currency::JPY), Some(-4_503_599_627_370_496.0));
    }

    #[test]
    fn no_two_sheets_have_one_name() {
        let mut taken = HashSet::new();
        let mut name = |title, at| sheet_name(title, at, &mut taken);
        assert_eq!(name("A:B", 0), "A B");
        assert_eq!(name("a b", 1), "a b 2");
        assert_eq!(name("", 2), "3");
        assert_eq!(name(&"账".repeat(60), 3).chars().count(), NAME - 4);
    }
}
