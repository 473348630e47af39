use super::*;
use crate::domain::due::{Basis, DueRule};
use crate::domain::kinds::Stage;
use crate::domain::plan::field::PlanField as F;
use crate::error::list::{CellProblem, TotalRow};
use crate::text::Lang;
use chrono::NaiveDate;
use encoding_rs::GB18030;
use proptest::prelude::*;
use rstest::rstest;
use std::io::Cursor;

mod books;
mod cells;
mod dates;
mod headers;
mod layouts;
mod wide;

fn options(map: &[&str]) -> PlanOptions {
    PlanOptions { map: map.iter().map(|&text| text.to_owned()).collect(), ..PlanOptions::default() }
}

/// A list with its rows at hand.
#[derive(Debug)]
struct PlanRead {
    total: usize,
    rows: Vec<PlanRow>,
    errors: Vec<CellError>,
    notes: Vec<Note>,
}

fn collect(list: PlanList) -> PlanRead {
    let mut rows = Vec::new();
    list.each(&mut |row| {
        rows.push(row);
        Ok(())
    })
    .unwrap();
    assert_eq!(list.count(), rows.len());
    PlanRead { total: list.total, rows, errors: list.errors, notes: list.notes }
}

fn open(
    bytes: impl Into<Vec<u8>>,
    options: &PlanOptions,
    progress: Progress<'_>,
) -> Result<PlanList, ReadError> {
    read_bytes("list.csv", Box::new(Cursor::new(bytes.into())), options, progress)
}

fn try_with(bytes: impl Into<Vec<u8>>, options: &PlanOptions) -> Result<PlanRead, ReadError> {
    open(bytes, options, &mut |_, _| {}).map(collect)
}

fn read_csv(text: &str) -> PlanRead {
    try_with(text, &PlanOptions::default()).unwrap()
}

/// A list that must have no bad cell.
fn good(text: &str) -> Vec<PlanRow> {
    let list = read_csv(text);
    assert_eq!(list.errors, []);
    list.rows
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn fixed(text: &str) -> DueRule {
    DueRule { basis: Basis::Fixed(day(text)), roll: false }
}

/// One milestone with a value in one more column.
fn cell(header: &str, value: &str) -> PlanRead {
    read_csv(&format!("customer,milestone,amount,{header}\nC1,M1,100,\"{value}\"\n"))
}

#[test]
fn a_full_chinese_row_is_typed() {
    let rows = good(
        "客户编号,客户名称,联系人,联系电话,项目编号,项目名称,项目经理,合同编号,合同金额（元）,签订日期,节点编号,回款节点,款项类型,应收金额,比例,币种,到期日,计划日期,交付日期,验收日期,发票号码,开票日期,已回款,回款日期,争议,坏账核销日期,备注\n\
         C1,星河科技,李雷,021-5555,P1,数据中台,王敏,HT-1,\"1,000,000\",2026/1/5,P1-M3,第三笔,验收款,30万,30%,人民币,2026年10月2日,2026-09-01,2026.8.30,2026-09-02,24317,2026-09-05,\"¥120,000.00\",2026-11-01 00:00:00,是,,\"分两次\n付\"\n",
    );
    let row = &rows[0];
    assert_eq!((row.row, row.key.as_deref(), row.customer.as_str()), (2, Some("P1-M3"), "C1"));
    assert_eq!(row.customer_name, "星河科技");
    assert_eq!(row.contact_phone.as_deref(), Some("021-5555"));
    assert_eq!(row.project_name.as_deref(), Some("数据中台"));
    assert_eq!(row.contract_amount, Some(100_000_000));
    assert_eq!((row.milestone.as_str(), row.stage), ("第三笔", Some(Stage::Acceptance)));
    assert_eq!((row.amount, row.paid), (30_000_000, Some(12_000_000)));
    assert_eq!(row.due, Some(fixed("2026-10-02")));
    assert_eq!(row.signed_on, Some(day("2026-01-05")));
    assert_eq!(row.delivered_on, Some(day("2026-08-30")));
    assert_eq!(row.paid_on, Some(day("2026-11-01")));
    assert_eq!(row.disputed, Some(true));
    assert_eq!(row.written_off_on, None);
    assert_eq!(row.note.as_deref(), Some("分两次 付"));
}

#[test]
fn code_and_name_stand_in_for_each_other() {
    let rows = good("客户,节点,金额\n 星河\u{200b}科技　,验收款,1\n");
    assert_eq!(
        (rows[0].customer.as_str(), rows[0].customer_name.as_str()),
        ("星河科技", "星河科技")
    );
    let rows = good("key,customer,customer_name,amount\nK1,C1,,1\n");
    assert_eq!(rows[0].customer_name, "C1");
    assert_eq!(rows[0].milestone, "K1");
    let rows = good("客户,客户编号,项目名称,节点,金额\n星河,C1,中台,M1,1\n");
    assert_eq!((rows[0].customer.as_str(), rows[0].customer_name.as_str()), ("C1", "星河"));
    assert_eq!(rows[0].project.as_deref(), Some("中台"));
}

#[test]
fn a_hostile_name_is_harmless() {
    let rows = good("customer,key,amount\n\u{1b}[2J=cmd(),K,1\n");
    assert_eq!(rows[0].customer, "[2J=cmd()");
}

#[test]
fn preamble_totals_and_footer_are_no_rows() {
    let list = read_csv(
        "回款计划表,,,\n单位：某某公司,,打印日期：2026-11-21,\n\n序号,客户,节点,金额\n1,星河,M1,100\n,小 计：,,100\n\n2,华东,M1,50\n序号,客户,节点,金额\n3,Total Energies,M1,1\n合计（3笔）,,,151\n,,,151\n制表人：张三,,审核：,\n",
    );
    assert_eq!(list.errors, []);
    assert_eq!(list.total, 3);
    let numbers: Vec<u32> = list.rows.iter().map(|row| row.row).collect();
    assert_eq!(numbers, [5, 8, 10]);
    assert!(list.notes.contains(&Note::Totals(vec![6, 11, 12])));
    assert!(list.notes.contains(&Note::Footer(vec![13])));
    assert!(list.notes.contains(&Note::Ignored(vec!["序号".into()])));
}

#[test]
fn a_customer_called_total_keeps_its_rows() {
    assert_eq!(good("customer,key,amount\nTotal,K1,1\n").len(), 1);
    assert_eq!(good("customer,key,amount,due\nTotal,9012,1,2026-01-01\n").len(), 1);
    let counted = "customer,key,amount\nC,K1,1\n合计,1,1\n";
    assert_eq!(good(counted).len(), 1);
}

#[test]
fn a_row_without_its_customer_is_an_error_and_not_dropped() {
    let list = read_csv("客户,节点,金额,备注\n星河,M1,1,\n,M2,2,x\n");
    assert_eq!((list.total, list.rows.len()), (2, 1));
    let error = &list.errors[0];
    assert_eq!((error.row, error.column.as_str()), (3, "客户"));
    assert_eq!(error.why, CellProblem::Missing);
}

#[test]
fn a_list_in_gb18030_reads_like_one_in_utf8() {
    let text = "客户,回款节点,应收金额\n星河科技,验收款,1234.50\n";
    let list = try_with(GB18030.encode(text).0.into_owned(), &PlanOptions::default()).unwrap();
    assert_eq!(list.rows, good(text));
    assert!(list.notes.contains(&Note::Encoding("gb18030")));
}

#[rstest]
#[case(Lang::Zh)]
#[case(Lang::En)]
fn the_template_imports_as_it_is(#[case] lang: Lang) {
    let mut file = Vec::new();
    template(lang, day("2026-11-21"), &mut file).unwrap();
    let list = try_with(file, &PlanOptions::default()).unwrap();
    assert_eq!(list.errors, []);
    let [advance, acceptance] = &list.rows[..] else {
        panic!("{} rows", list.rows.len());
    };
    assert_eq!(advance.paid, Some(advance.amount));
    assert_eq!(advance.amount + acceptance.amount, acceptance.contract_amount.unwrap());
    assert_eq!(advance.stage, Some(Stage::Advance));
    assert_eq!(acceptance.due, Some("acceptance + 30d".parse().unwrap()));
    assert!(!list.notes.iter().any(|note| matches!(note, Note::Ignored(_))));
}

#[test]
fn progress_ends_at_the_last_row() {
    let mut seen = Vec::new();
    let text = "customer,key,amount\nC,K1,1\nC,K2,1\n";
    open(text, &PlanOptions::default(), &mut |done, all| seen.push((done, all))).unwrap();
    assert_eq!(seen.last(), Some(&(2, 2)));
}

#[test]
fn a_list_says_which_file_it_was() {
    let text = "customer,key,amount\nC,K1,1\n";
    let list = open(text, &PlanOptions::default(), &mut |_, _| {}).unwrap();
    assert_eq!(list.sha256, "9add4b9f5bead64968757fbe9b03e20b9740a9bce757a84d43d9a64bd550d2e9");
    assert_eq!((list.file.as_str(), list.count()), ("list.csv", 1));
}

#[test]
fn a_missing_file_is_not_found() {
    let refused = read(Path::new("/no/such/list.csv"), &PlanOptions::default(), &mut |_, _| {});
    let kind = std::io::ErrorKind::NotFound;
    assert!(matches!(refused, Err(ReadError::Io { kind: found, .. }) if found == kind));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = try_with(bytes, &PlanOptions::default());
    }

    #[test]
    fn no_cells_make_it_panic(cells in prop::collection::vec("[^\",\r\n]{0,12}", F::ALL.len())) {
        let header: Vec<&str> = F::ALL.iter().map(|field| field.code()).collect();
        let text = format!("{}\n{}\n", header.join(","), cells.join(","));
        if let Ok(list) = try_with(text, &PlanOptions::default()) {
            prop_assert!(list.rows.len() <= list.total);
            prop_assert!(list.rows.iter().all(|row| row.amount > 0));
        }
    }

    #[test]
    fn every_amount_comes_through_to_the_cent(cents in 1_i64..=9_000_000_000_000) {
        let typed = crate::domain::money::plain(cents, Currency::CNY);
        let rows = good(&format!("customer,key,amount\nC,K,{typed}\n"));
        prop_assert_eq!(rows[0].amount, cents);
    }
}

#[rstest]
#[case("569.42", Ok(()))]
#[case("570.42", Err((6, 57_042, 56_942)))]
fn a_total_row_is_compared_with_what_was_read(
    #[case] total: &str,
    #[case] expected: Result<(), (u32, i64, i64)>,
) {
    let list = read_csv(&format!(
        "客户,节点,金额\n星河,M1,500\n星河,小计,500\n华东,M1,69.42\n小计,,69.42\n合计,,{total}\n"
    ));
    let differs = list.notes.iter().filter_map(|note| match note {
        Note::TotalDiffers(total) => Some((total.row, total.listed, total.read)),
        _ => None,
    });
    assert_eq!(differs.collect::<Vec<_>>(), expected.err().into_iter().collect::<Vec<_>>());
    let agrees = list.notes.iter().any(|note| match note {
        Note::TotalAgrees(total) => (total.row, total.read) == (6, 56_942),
        _ => false,
    });
    assert_eq!(agrees, expected.is_ok());
}
