//! What a column is taken for.

use super::*;

fn mapped(text: &str) -> Vec<(F, String)> {
    let notes = read_csv(text).notes;
    let found = notes.into_iter().find_map(|note| match note {
        Note::Mapped(columns) => Some(columns),
        _ => None,
    });
    found.unwrap()
}

fn refused(text: &str, map: &[&str]) -> ReadError {
    try_with(text, &options(map)).unwrap_err()
}

#[test]
fn the_template_headers_and_field_names_are_recognised() {
    for &field in F::ALL {
        for header in [Lang::Zh.plan_column(field), field.code()] {
            let text = format!("{header},客户全称,节点,金额 ,id\n1,1,1,1,1\n");
            let text = match field {
                F::CustomerName => text.replace("客户全称", "客户编号"),
                F::Milestone => text.replace(",节点,", ",x,"),
                F::Amount => text.replace(",金额 ,", ",x,"),
                _ => text,
            };
            let columns = mapped(&text);
            assert!(columns.contains(&(field, header.to_owned())), "{header}: {columns:?}");
        }
    }
}

#[rstest]
#[case("金额（元）", F::Amount)]
#[case(" 应收 金额 * ", F::Amount)]
#[case("应收金额(含税)", F::Amount)]
#[case("应收\n金额", F::Amount)]
#[case("ＡＭＯＵＮＴ", F::Amount)]
#[case("应收金额万元", F::Amount)]
#[case("Amount Due [CNY]", F::Amount)]
fn an_amount_by_any_of_its_names(#[case] header: &str, #[case] field: F) {
    let columns = mapped(&format!("customer,key,\"{header}\"\nC,K,1\n"));
    assert!(columns.iter().any(|(found, _)| *found == field), "{columns:?}");
}

#[rstest]
#[case("金额(万元)", "12.5", 12_500_000)]
#[case("金额（单位：万元）", "12.5", 12_500_000)]
#[case("金额万元", "12.5", 12_500_000)]
#[case("金额(亿元)", "1.2", 12_000_000_000)]
#[case("金额(千元)", "1.5", 150_000)]
#[case("金额(万元)", "3亿", 30_000_000_000)]
#[case("金额(元)", "12.5万", 12_500_000)]
fn the_unit_in_a_header_multiplies(#[case] header: &str, #[case] value: &str, #[case] minor: i64) {
    let rows = good(&format!("客户,节点,{header}\nC,M,{value}\n"));
    assert_eq!(rows[0].amount, minor);
}

#[test]
fn brackets_that_are_no_unit_tell_columns_apart() {
    let list =
        read_csv("客户,节点,金额,到期日,回款日期（计划）,回款日期\nC,M,1,,2026-01-01,2026-02-02\n");
    assert_eq!(list.rows[0].paid_on, Some(day("2026-02-02")));
    assert!(list.notes.contains(&Note::Ignored(vec!["回款日期（计划）".into()])));
}

#[test]
fn two_columns_for_one_field_ask_and_a_mapping_answers() {
    let text = "客户,节点,金额,应收金额\nC,M,1,2\n";
    let expected = ReadError::TwoColumns {
        field: F::Amount,
        headers: vec!["金额 (C)".into(), "应收金额 (D)".into()],
    };
    assert_eq!(refused(text, &[]), expected);
    let amount = |map| try_with(text, &options(&[map])).unwrap().rows[0].amount;
    assert_eq!(amount("amount=应收金额"), 200);
    assert_eq!(amount("amount=C"), 100);
}

#[test]
fn one_header_twice_is_told_apart_by_its_letter() {
    let text = "customer,key,amount,amount\nC,K,1,2\n";
    assert!(matches!(refused(text, &["amount=amount"]), ReadError::TwoColumns { .. }));
    let list = try_with(text, &options(&["amount=d"])).unwrap();
    assert_eq!(list.rows[0].amount, 200);
}

#[test]
fn a_mapping_wins_over_recognition() {
    let text =
        "customer,invoiceNumber,InvoiceAmount,DueDate,真到期\nC,I-1,5,2026-01-01,2026-02-02\n";
    let map = ["key=invoiceNumber", "milestone=INVOICENUMBER", "due=真到期"];
    let list = try_with(text, &options(&map)).unwrap();
    let row = &list.rows[0];
    assert_eq!((row.key.as_deref(), row.milestone.as_str()), (Some("I-1"), "I-1"));
    assert_eq!(row.due, Some(fixed("2026-02-02")));
    assert_eq!(row.invoice_no, None);
    assert!(list.notes.contains(&Note::Ignored(vec!["DueDate".into()])));
}

#[test]
fn a_mapping_that_leads_nowhere_says_what_there_is() {
    let text = "title\ncustomer,key,amount\nC,K,1\n";
    let known = vec!["customer".to_owned(), "key".into(), "amount".into()];
    let header = "Due Date".to_owned();
    assert_eq!(refused(text, &["due=Due Date"]), ReadError::UnknownHeader { header, known });
    assert_eq!(refused(text, &["deu=x"]), ReadError::UnknownField("deu".into()));
    assert_eq!(refused(text, &["due"]), ReadError::BadMapping("due".into()));
    let twice = ["due=key", "due=amount"];
    assert_eq!(refused(text, &twice), ReadError::MappedTwice(F::Due));
    let message = Lang::En.read_error(&refused(text, &["deu=x"]));
    assert!(message.contains("customer_name"), "{message}");
}

#[test]
fn without_a_header_it_says_what_is_missing() {
    let refused = refused("客户,日期\nC,2026-01-01\n", &[]);
    let ReadError::NoHeader { missing, seen } = &refused else {
        panic!("{refused:?}");
    };
    assert_eq!(missing.len(), 2);
    assert_eq!(*seen, ["客户", "日期"]);
    let message = Lang::Zh.read_error(&refused);
    assert!(message.contains("应收金额或比例") && message.contains("回款节点"), "{message}");
}

#[test]
fn a_header_alone_is_no_list() {
    assert_eq!(refused("customer,key,amount\n", &[]), ReadError::NoRows);
    assert_eq!(refused("customer,key,amount\n合计,,0\n", &[]), ReadError::NoRows);
}

#[test]
fn a_line_above_the_header_tells_the_unit_of_amounts_whose_header_does_not() {
    let text = "回款计划表\n截止日期：2026-11-20  单位：万元\n客户,节点,合同金额（元）,应收金额\n星河,M1,2000000,50\n星河,M2,,26.55万\n";
    let list = read_csv(text);
    assert_eq!(list.errors, []);
    let amounts: Vec<i64> = list.rows.iter().map(|row| row.amount).collect();
    assert_eq!(amounts, [50_000_000, 26_550_000]);
    assert_eq!(list.rows[0].contract_amount, Some(200_000_000));
    assert!(list.notes.contains(&Note::Unit { unit: "万元".into(), row: Some(2) }));
    let yuan = PlanOptions { unit: Some("元".into()), ..PlanOptions::default() };
    assert_eq!(try_with(text, &yuan).unwrap().rows[0].amount, 5_000);
}

#[test]
fn a_list_without_a_unit_that_needs_one_is_a_question() {
    let text = "客户,节点,应收金额\n星河,M1,50\n星河,M2,26.55万\n";
    let refused = try_with(text, &PlanOptions::default()).unwrap_err();
    let open = ReadError::OpenUnit { bare: (2, "50".into()), scaled: (3, "26.55万".into()) };
    assert_eq!(refused, open);
    let unit = |unit: &str| PlanOptions { unit: Some(unit.into()), ..PlanOptions::default() };
    assert_eq!(try_with(text, &unit("万元")).unwrap().rows[0].amount, 50_000_000);
    let refused = try_with(text, &unit("斤")).unwrap_err();
    assert_eq!(refused, ReadError::UnknownUnit("斤".into()));
}

#[test]
fn a_stage_alone_names_the_milestone() {
    let rows = good("客户,款项性质,应收金额\n星河,验收款,100\n星河,第二笔,50\n");
    assert_eq!((rows[0].milestone.as_str(), rows[0].stage), ("验收款", Some(Stage::Acceptance)));
    assert_eq!((rows[1].milestone.as_str(), rows[1].stage), ("第二笔", Some(Stage::Other)));
    let rows = good("客户,款项性质,回款节点,应收金额\n星河,验收款,第三笔,100\n");
    assert_eq!(rows[0].milestone, "第三笔");
}

#[test]
fn a_column_without_a_header_is_mapped_by_its_letter() {
    let text = "客户,节点,金额\n星河,M1,100,王敏\n";
    let list = try_with(text, &options(&["manager=D"])).unwrap();
    assert_eq!(list.rows[0].manager.as_deref(), Some("王敏"));
    let mapped =
        |note: &Note| matches!(note, Note::Mapped(all) if all.contains(&(F::Manager, "D".into())));
    assert!(list.notes.iter().any(mapped));
    let refused = try_with(text, &options(&["manager=E"])).unwrap_err();
    assert!(matches!(refused, ReadError::UnknownHeader { .. }), "{refused:?}");
}

#[test]
fn a_header_in_two_rows_reads_both() {
    let text = "回款计划表,,,,,,,\n\
        客户名称,回款节点,应收,,已收,,负责人,备注\n\
        ,,金额,到期日,金额,日期,,\n\
        星河,验收款,100,2026-05-01,40,2026-06-01,王敏,\n\
        客户名称,回款节点,应收,,已收,,负责人,备注\n\
        ,,金额,到期日,金额,日期,,\n\
        华东,尾款,50,,,,王敏,\n";
    let list = read_csv(text);
    assert_eq!(list.errors, []);
    let row = &list.rows[0];
    assert_eq!((row.row, row.amount, row.paid), (4, 10_000, Some(4_000)));
    assert_eq!(
        (row.due.clone(), row.manager.as_deref()),
        (Some(fixed("2026-05-01")), Some("王敏"))
    );
    assert_eq!(list.rows.len(), 2);
    let mapped = mapped(text);
    assert!(mapped.contains(&(F::Amount, "应收 / 金额".into())), "{mapped:?}");
    assert!(mapped.contains(&(F::Paid, "已收 / 金额".into())), "{mapped:?}");
    assert_eq!(row.paid_on, Some(day("2026-06-01")));
}

#[test]
fn a_mapping_names_either_row_of_a_header() {
    let text =
        "客户名称,回款节点,应收,,到账,\n,,金额,到期日,数额,日期\n星河,M1,100,,40,2026-06-01\n";
    for map in ["paid=数额", "paid=到账/数额", "paid=E"] {
        let list = try_with(text, &options(&[map, "paid_on=到账 / 日期"])).unwrap();
        assert_eq!(list.rows[0].paid, Some(4_000), "{map}");
        assert_eq!(list.rows[0].paid_on, Some(day("2026-06-01")), "{map}");
    }
    let two = refused(text, &["paid=到账"]);
    assert!(matches!(two, ReadError::TwoColumns { field: F::Paid, .. }), "{two:?}");
}

#[test]
fn a_name_that_says_nothing_may_stand_over_others() {
    let rows =
        good("客户名称,回款节点,本年,,备注\n,,应收金额,到期日,\n星河,M1,100,2026-05-01,急\n");
    assert_eq!((rows[0].amount, rows[0].note.as_deref()), (10_000, Some("急")));
    assert_eq!(rows[0].due, Some(fixed("2026-05-01")));
}

#[test]
fn rows_below_a_header_are_no_second_row_of_it() {
    let rows = good("客户,节点,金额,,备注\n星河,M1,100,x,已付\n星河,M2,1,,\n");
    assert_eq!(rows.len(), 2);
    let rows = good("项目经理,王敏,,单位：万元\n客户,节点,金额,备注\n星河,M1,100,\n");
    assert_eq!((rows.len(), rows[0].row, rows[0].amount), (1, 3, 100_000_000));
}
