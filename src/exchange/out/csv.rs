//! CSV for spreadsheets: UTF-8 with BOM (without it Excel takes the text for the local encoding), CRLF, and no cell
//! that a spreadsheet would run as a formula.

use super::Table;

pub fn csv(table: &Table) -> Vec<u8> {
    let mut out = "\u{feff}".to_owned();
    line(&mut out, &table.headers());
    for row in table.rows.iter().chain(&table.totals) {
        line(&mut out, &table.cells(row));
    }
    out.into_bytes()
}

fn line(out: &mut String, cells: &[String]) {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        push(out, cell);
    }
    out.push_str("\r\n");
}

fn push(out: &mut String, cell: &str) {
    let armed = starts_a_formula(cell) && !is_number(cell);
    if !armed && !cell.contains([',', '"', '\n', '\r', ';', '\t']) {
        out.push_str(cell);
        return;
    }
    out.push('"');
    if armed {
        out.push('\'');
    }
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
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
    use proptest::prelude::*;
    use rstest::rstest;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        push(&mut out, text);
        out
    }

    #[test]
    fn bom_crlf_header_rows_and_totals() {
        let table = Table {
            title: "not in the file".into(),
            columns: vec![Column::left("客户"), Column::right("金额")],
            rows: vec![vec!["星河,科技".into(), "-1,234.50".into()]],
            totals: vec![vec!["合计".into()]],
            notes: vec!["nor this".into()],
        };
        let expected = "\u{feff}客户,金额\r\n\"星河,科技\",\"-1,234.50\"\r\n合计,\r\n";
        assert_eq!(String::from_utf8(csv(&table)).unwrap(), expected);
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
            let table = Table { columns: vec![Column::left("c")], rows: vec![vec![name]], ..Table::default() };
            let bytes = csv(&table);
            let mut reader = ::csv::ReaderBuilder::new().from_reader(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap());
            for record in reader.records() {
                let record = record.unwrap();
                let cell = record.get(0).unwrap();
                prop_assert!(!starts_a_formula(cell) || is_number(cell), "{cell:?}");
            }
        }
    }
}
