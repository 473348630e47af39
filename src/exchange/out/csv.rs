//! CSV and TSV for spreadsheets: UTF-8 with BOM (without it Excel takes the text for the local encoding), CRLF, and no
//! cell that a spreadsheet would run as a formula.

use std::io::{self, Write};

use super::{Cell, Format, Table};

pub const CSV: Format = Format {
    ending: "csv",
    data: true,
    write: |report, lang, out| write_tables(report.page(lang).tables, ',', out),
};

pub const TSV: Format = Format {
    ending: "tsv",
    data: true,
    write: |report, lang, out| write_tables(report.page(lang).tables, '\t', out),
};

pub fn write_csv(tables: Vec<Table<'_>>, out: &mut dyn Write) -> io::Result<()> {
    write_tables(tables, ',', out)
}

fn write_tables(tables: Vec<Table<'_>>, mark: char, out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    for (at, table) in tables.into_iter().enumerate() {
        if at > 0 {
            out.write_all(b"\r\n")?;
        }
        write_table(table, mark, out)?;
    }
    Ok(())
}

fn write_table(table: Table<'_>, mark: char, out: &mut dyn Write) -> io::Result<()> {
    let (width, headers) = (table.columns.len(), table.headers());
    for row in std::iter::once(headers).chain(table.rows).chain(table.totals) {
        let mut line = String::new();
        for at in 0..width {
            if at > 0 {
                line.push(mark);
            }
            push(&mut line, &row.get(at).unwrap_or(&Cell::EMPTY).plain());
        }
        line.push_str("\r\n");
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// The `csv` crate quotes by need or always; here a cell that looks like a formula has to be quoted too, and one with
/// the semicolon or tab that other regions part cells by.
fn push(line: &mut String, cell: &str) {
    let armed = starts_a_formula(cell) && !is_number(cell);
    if !armed && !cell.contains([',', '"', '\n', '\r', ';', '\t']) {
        line.push_str(cell);
        return;
    }
    line.push('"');
    if armed {
        line.push('\'');
    }
    line.push_str(&cell.replace('"', "\"\""));
    line.push('"');
}

/// The signs that make a spreadsheet compute; the full-width ones do in its East Asian editions.
fn starts_a_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A sign, digits with or without separators, at most one point: `-12.50`, `-1,234.50`.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str, also: char| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == also)
    };
    whole.starts_with(|c: char| c.is_ascii_digit()) && all(whole, ',') && all(part, '0')
}

#[cfg(test)]
mod tests {
    use super::super::Column;
    use super::*;
    use crate::domain::money::Currency;
    use proptest::prelude::*;
    use rstest::rstest;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        push(&mut out, text);
        out
    }

    fn csv(table: Table<'_>) -> String {
        let mut out = Vec::new();
        write_table(table, ',', &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn crlf_header_rows_and_totals() {
        let rows = [vec!["星河,科技".into(), Cell::Amount(-123_450, Currency::CNY)]];
        let columns = vec![Column::left("客户"), Column::right("金额")];
        let table = Table {
            title: "not in the file".into(),
            totals: vec![vec!["合计".into()]],
            notes: vec!["nor this".into()],
            ..Table::new(columns, rows.into_iter())
        };
        let expected = "客户,金额\r\n\"星河,科技\",-1234.50\r\n合计,\r\n";
        assert_eq!(csv(table), expected);
    }

    #[rstest]
    #[case("=cmd()", "\"'=cmd()\"")]
    #[case("+86 138", "\"'+86 138\"")]
    #[case("-1+1", "\"'-1+1\"")]
    #[case("-", "\"'-\"")]
    #[case("@SUM(A1)", "\"'@SUM(A1)\"")]
    #[case("＝1", "\"'＝1\"")]
    #[case("=\"a\"", "\"'=\"\"a\"\"\"")]
    #[case("-12.50", "-12.50")]
    #[case("12.50", "12.50")]
    #[case("-1.2.3", "\"'-1.2.3\"")]
    #[case("a=b", "a=b")]
    #[case("say \"hi\"", "\"say \"\"hi\"\"\"")]
    fn formulas_are_disarmed_and_numbers_kept(#[case] raw: &str, #[case] written: &str) {
        assert_eq!(cell(raw), written);
    }

    proptest! {
        #[test]
        fn no_cell_of_any_customer_is_a_formula(name in any::<String>()) {
            let table = Table::new(vec![Column::left("c")], std::iter::once(vec![name.into()]));
            let text = csv(table);
            let mut reader = ::csv::ReaderBuilder::new().from_reader(text.as_bytes());
            for record in reader.records() {
                let record = record.unwrap();
                let cell = record.get(0).unwrap();
                prop_assert!(!starts_a_formula(cell) || is_number(cell), "{cell:?}");
            }
        }
    }
}
