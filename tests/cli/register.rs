//! Lists of customers, payments and invoices from files.

use serde_json::Value;

use crate::kit::Desk;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn counts(report: &Value) -> [u64; 3] {
    ["imported", "updated", "unchanged"].map(|key| report[key].as_u64().unwrap())
}

#[test]
fn customers_come_in_are_corrected_and_can_be_undone() {
    let desk = Desk::with_milestone();
    let list = |grade: &str| {
        let text = format!(
            "客户编号,客户名称,税号,信用等级,信用额度（万元）,账期,联系人,联系电话\n\
             C1,星河科技,9131,{grade},50,60,李华,138\nC2,华东水务,,,,,,\n"
        );
        desk.file("客户.csv", text)
    };
    let file = list("B");
    let tried = desk.ok_args(&["import", "customers", &file, "--dry-run", "--lang", "zh"]);
    assert!(
        tried.contains("新增 1，更新 1") && tried.contains("信用额度 （空） -> 500,000.00"),
        "{tried}"
    );
    let report = json(&desk.ok_args(&["import", "customers", &file, "--json"]));
    assert_eq!((&report["rows"], counts(&report)), (&2.into(), [1, 1, 0]));
    let fields: Vec<&str> = report["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["tax_no", "credit_limit", "terms_days", "contact_name", "new"]);
    assert_eq!(counts(&json(&desk.ok_args(&["import", "customers", &file, "--json"]))), [0, 0, 2]);
    let file = list("A");
    assert!(desk.ok_args(&["import", "customers", &file]).contains("grade B -> A"));
    assert!(desk.ok("log").contains("customers imported: 客户.csv (0 new, 1 updated)"));
    assert!(desk.ok("undo").contains("customers imported"));
    assert!(desk.ok("show C1").contains("9131"));
}

#[test]
fn payments_come_in_from_a_new_list_and_every_bad_cell_is_named() {
    let desk = Desk::with_milestone();
    let list = |rows: &str| {
        let head =
            "Receipts of November\nCustomer,Date received,Amount,Method,Bank ref,Milestones,Note\n";
        desk.file("receipts.csv", format!("{head}{rows}"))
    };
    let file = list("C1,2026-13-01,x,shells,,,\nC1,2026-11-03,1000,transfer,TX1,,\n");
    let said = desk.fails_args(3, &["import", "payments", &file]);
    for part in [
        "row 3, Date received: “2026-13-01”",
        "row 3, Amount: “x”",
        "row 3, Method: “shells”: unknown method; write bank transfer",
        "invalid cells: 3; nothing was written",
    ] {
        assert!(said.contains(part), "{said}");
    }
    let file = list("C9,2026-11-03,1000,transfer,,,\nC1,2026-12-24,5,,,,\nC1,2026-11-03,5,,,P9,\n");
    let refused = desk.run(&["import", "payments", &file, "--json"]);
    assert_eq!(refused.status.code(), Some(3));
    let report = json(&String::from_utf8(refused.stdout).unwrap());
    let cells: Vec<_> = report["errors"].as_array().unwrap().iter().collect();
    let place = |cell: &Value| (cell["row"].as_u64().unwrap(), cell["column"].to_string());
    let places: Vec<_> = cells.into_iter().map(place).collect();
    let expected = [(3, "\"customer\""), (4, "\"received_on\""), (5, "\"milestone\"")];
    assert_eq!(places, expected.map(|(row, column)| (row, column.to_owned())));
    assert_eq!(desk.milestone("P1-M1")["balance"], "300000.00");

    let file = list(
        "C1,2026-11-03,1000,transfer,TX1,P1-M1,\n星河科技,2026-11-04,5万,cash,,,first\nTotal,,\"51,000\",,,,\n",
    );
    let report = json(&desk.ok_args(&["import", "payments", &file, "--json"]));
    assert_eq!(counts(&report), [2, 0, 0]);
    assert_eq!(desk.milestone("P1-M1")["balance"], "249000.00");
    assert_eq!(counts(&json(&desk.ok_args(&["import", "payments", &file, "--json"]))), [0, 0, 2]);
    desk.ok("undo");
    assert_eq!(desk.milestone("P1-M1")["balance"], "300000.00");
}

#[test]
fn a_payment_like_one_on_record_is_asked_about() {
    let desk = Desk::with_milestone();
    desk.ok("pay --customer C1 --amount 500 --on 2026-11-02");
    let file = desk.file("r.csv", "customer,received_on,amount\nC1,2026-11-04,500\n");
    let said = desk.fails_args(3, &["import", "payments", &file]);
    assert!(said.contains("#1") && said.contains("--again"), "{said}");
    desk.ok_args(&["import", "payments", &file, "--again"]);
    assert_eq!(desk.milestone("P1-M1")["balance"], "299000.00");
}

#[test]
fn invoices_come_in_line_by_line_and_a_taken_number_is_refused() {
    let desk = Desk::with_milestone();
    desk.ok("add milestone --project P1 --key P1-M2 --name 尾款 --amount 1000 --due 2026-12-31");
    let list = |amount: &str| {
        let head = "发票号码,发票类型,开票日期,签收日期,节点编号,开票金额\n";
        let rows = format!(
            "0101,普通发票,2026-10-05,2026-10-09,P1-M1,{amount}\n0101,,2026-10-05,,P1-M2,\n"
        );
        desk.file("发票.csv", format!("{head}{rows}"))
    };
    let file = list("10万");
    let report = json(&desk.ok_args(&["import", "invoices", &file, "--json"]));
    assert_eq!(counts(&report), [1, 0, 0]);
    assert_eq!(report["changes"][0]["to"], "101000.00");
    let known = desk.json("invoices --json");
    assert_eq!(known.as_array().unwrap().len(), 1, "{known}");
    assert_eq!(
        (&known[0]["kind"], &known[0]["received_on"]),
        (&"ordinary".into(), &"2026-10-09".into())
    );
    assert!(
        desk.ok_args(&["import", "invoices", &file]).contains("0 imported, 0 updated, 1 unchanged")
    );
    let file = list("20万");
    let said = desk.fails_args(3, &["import", "invoices", &file]);
    assert!(said.contains("row 2, 发票号码: “0101”"), "{said}");
    desk.ok("undo");
    assert_eq!(desk.json("invoices --json"), Value::Array(Vec::new()));
}

#[test]
fn a_file_without_its_columns_says_which_are_missing() {
    let desk = Desk::new();
    let file = desk.file("x.csv", "甲,乙\n1,2\n");
    let said = desk.fails_args(3, &["import", "payments", &file, "--lang", "zh"]);
    assert!(said.contains("客户编号或客户名称") && said.contains("--map"), "{said}");
    let said = desk.fails_args(2, &["import", "invoices", &file, "--map", "tax_no=甲"]);
    assert!(said.contains("number kind tax_rate issued_on"), "{said}");
    assert!(!desk.db().exists());
}
