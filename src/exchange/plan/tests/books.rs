//! Lists in workbooks.

use super::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

fn try_book(book: &mut Workbook, sheet: Option<&str>) -> Result<PlanRead, ReadError> {
    let options = PlanOptions { sheet: sheet.map(str::to_owned), ..PlanOptions::default() };
    let bytes = book.save_to_buffer().unwrap();
    try_with(bytes, &options)
}

fn header(sheet: &mut Worksheet, row: u32) {
    let names = ["客户", "项目名称", "合同金额", "节点", "金额", "到期日", "已回款"];
    for (column, name) in (0..).zip(names) {
        sheet.write(row, column, name).unwrap();
    }
}

fn on(year: u16, month: u8, day: u8) -> ExcelDateTime {
    ExcelDateTime::from_ymd(year, month, day).unwrap()
}

#[test]
fn a_workbook_as_managers_keep_it() {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy/m/d");
    let plain = Format::new();
    book.add_worksheet().set_name("说明").unwrap().write(0, 0, "请勿修改").unwrap();
    let sheet = book.add_worksheet().set_name("回款计划").unwrap();
    sheet.merge_range(0, 0, 0, 6, "2026 年回款计划表", &plain).unwrap();
    header(sheet, 2);
    sheet.merge_range(3, 0, 4, 0, "星河科技", &plain).unwrap();
    sheet.merge_range(3, 1, 4, 1, "数据中台", &plain).unwrap();
    sheet.merge_range(3, 2, 4, 2, "", &plain).unwrap();
    sheet.write(3, 2, 1_000_000.1).unwrap();
    for (row, name, amount) in [(3, "预付款", 0.1 + 0.2), (4, "验收款", 33_333.33)] {
        sheet.write(row, 3, name).unwrap();
        sheet.write(row, 4, amount).unwrap();
        sheet.write_with_format(row, 5, on(2026, 3, 4), &date).unwrap();
    }
    sheet.merge_range(3, 6, 4, 6, "", &plain).unwrap();
    sheet.write(3, 6, 0.3).unwrap();
    sheet.write(5, 0, "合计").unwrap();
    sheet.write(5, 4, 33_333.63).unwrap();
    let list = try_book(&mut book, None).unwrap();
    assert_eq!(list.errors, []);
    assert!(list.notes.contains(&Note::Sheet("回款计划".into())));
    assert!(list.notes.contains(&Note::Totals(vec![6])));
    let [first, second] = &list.rows[..] else {
        panic!("{} rows", list.rows.len());
    };
    assert_eq!((first.row, second.row), (4, 5));
    assert_eq!((first.amount, second.amount), (30, 3_333_333));
    assert_eq!(second.customer, "星河科技");
    assert_eq!(second.project.as_deref(), Some("数据中台"));
    assert_eq!(second.contract_amount, Some(100_000_010));
    assert_eq!(second.due, Some(fixed("2026-03-04")));
    // Money merged over rows is one amount, not one each.
    assert_eq!((first.paid, second.paid), (Some(30), None));
}

#[test]
fn real_days_do_not_vote_on_the_order_of_typed_ones() {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("m/d/yyyy");
    let sheet = book.add_worksheet();
    header(sheet, 0);
    for row in [1, 2] {
        for (column, text) in [(0, "C"), (3, "M"), (4, "1")] {
            sheet.write(row, column, text).unwrap();
        }
    }
    sheet.write_with_format(1, 5, on(2026, 12, 25), &date).unwrap();
    sheet.write(2, 5, "1/2/2026").unwrap();
    let refused = try_book(&mut book, None).unwrap_err();
    assert!(matches!(refused, ReadError::AmbiguousDates { .. }), "{refused:?}");
}

#[test]
fn a_sheet_is_chosen_by_name_or_number() {
    let mut book = Workbook::new();
    for (name, customer) in [("一月", "A"), ("二月", "B")] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        header(sheet, 0);
        for (column, text) in [(0, customer), (3, "M"), (4, "1")] {
            sheet.write(1, column, text).unwrap();
        }
    }
    let mut customer = |sheet| try_book(&mut book, sheet).unwrap().rows.remove(0).customer;
    assert_eq!(customer(None), "A");
    assert_eq!(customer(Some("二月")), "B");
    assert_eq!(customer(Some("2")), "B");
    for unknown in ["三月", "0", "3"] {
        let refused = try_book(&mut book, Some(unknown)).unwrap_err();
        let known = vec!["一月".to_owned(), "二月".into()];
        let wanted = unknown.to_owned();
        assert_eq!(refused, ReadError::UnknownSheet { wanted, known });
    }
}

#[test]
fn a_workbook_without_a_list_says_what_its_likeliest_sheet_lacks() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "x").unwrap();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "客户").unwrap();
    sheet.write(0, 1, "金额").unwrap();
    let refused = try_book(&mut book, None).unwrap_err();
    let seen = vec!["客户".to_owned(), "金额".into()];
    let missing = vec![&[F::Key, F::Milestone][..]];
    assert_eq!(refused, ReadError::NoHeader { missing, seen });
}

#[test]
fn names_merged_over_two_header_rows_are_read() {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 5, "回款台账", &plain).unwrap();
    for (column, name) in [(0, "客户名称"), (1, "回款节点"), (5, "负责人")] {
        sheet.merge_range(1, column, 2, column, name, &plain).unwrap();
    }
    sheet.merge_range(1, 2, 1, 3, "应收", &plain).unwrap();
    sheet.write(1, 4, "回款").unwrap();
    for (column, name) in [(2, "金额"), (3, "到期日"), (4, "日期")] {
        sheet.write(2, column, name).unwrap();
    }
    for (column, text) in
        [(0, "星河"), (1, "验收款"), (2, "100"), (3, "2026-05-01"), (4, "2026-06-01"), (5, "王敏")]
    {
        sheet.write(3, column, text).unwrap();
    }
    let list = try_book(&mut book, None).unwrap();
    assert_eq!(list.errors, []);
    let row = &list.rows[0];
    assert_eq!((row.customer.as_str(), row.amount), ("星河", 10_000));
    assert_eq!((row.manager.as_deref(), row.paid_on), (Some("王敏"), Some(day("2026-06-01"))));
}
