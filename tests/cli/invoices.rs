//! Invoices: their tax, their numbers, the days they are sent and signed for, and how far they are paid.

use serde_json::{Value, json};

use crate::kit::Desk;

/// Two milestones of one contract, accepted in September.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name Galaxy");
    desk.ok("add project --code P1 --customer C1 --name Platform");
    for (key, amount) in [("M1", "1130"), ("M2", "2000")] {
        desk.ok(&format!(
            "add milestone --project P1 --key {key} --name {key} --amount {amount} --due invoice+30d --agreed-on 2026-01-05"
        ));
    }
    desk
}

fn invoices(desk: &Desk) -> Vec<Value> {
    desk.json("invoices --json").as_array().unwrap().clone()
}

fn one(desk: &Desk, number: &str) -> Value {
    invoices(desk).into_iter().find(|row| row["number"] == number).unwrap()
}

#[test]
fn the_tax_is_shown_and_never_added() {
    let desk = desk();
    desk.ok("invoice M1 --number 7 --on 2026-09-05 --tax-rate 13%");
    let row = one(&desk, "7");
    assert_eq!((&row["tax_rate"], &row["tax"]), (&json!("13%"), &json!("130.00")));
    assert_eq!((&row["amount"], &row["balance"]), (&json!("1130.00"), &json!("1130.00")));
    let refused = desk.fails(2, "invoice M2 --tax-rate 113%");
    assert!(refused.contains("--tax-rate"), "{refused}");
}

#[test]
fn a_rate_that_is_not_said_is_the_last_one_of_the_project_else_of_the_customer() {
    let desk = desk();
    desk.ok("invoice M2 --number 1 --amount 100 --on 2026-09-01");
    assert_eq!(one(&desk, "1")["tax_rate"], Value::Null);
    desk.ok("invoice M2 --number 2 --amount 100 --on 2026-09-02 --tax-rate 6%");
    desk.ok("invoice M2 --number 3 --amount 100 --on 2026-09-03");
    desk.ok("invoice M2 --number 4 --amount 100 --on 2026-09-04 --tax-rate none");
    desk.ok("invoice M2 --number 5 --amount 100 --on 2026-09-05 --kind receipt");
    desk.ok("add project --code P2 --customer C1 --name Other");
    desk.ok("add milestone --project P2 --key N --name N --amount 500 --due invoice+30d");
    desk.ok("invoice N --number 6 --on 2026-09-06");
    let rates = ["3", "4", "5", "6"].map(|number| one(&desk, number)["tax_rate"].clone());
    assert_eq!(rates, [json!("6%"), Value::Null, Value::Null, json!("6%")]);
    assert_eq!(one(&desk, "5")["kind"], "receipt");
}

#[test]
fn a_red_invoice_has_the_rate_of_its_bill_and_the_list_names_that() {
    let desk = desk();
    desk.ok("invoice M1 --number 7 --on 2026-09-05 --tax-rate 13%");
    desk.ok("invoice M2 --number 8 --on 2026-09-05 --tax-rate 6%");
    desk.ok("invoice M1 --number 9 --on 2026-09-06 --amount=-565 --reverses 7");
    assert!(
        desk.ok("show M1").contains("VAT special ¥1,130.00, tax 13%"),
        "{}",
        desk.ok("show M1")
    );
    let red = one(&desk, "9");
    assert_eq!((&red["tax_rate"], &red["tax"]), (&json!("13%"), &json!("-65.00")));
    assert_eq!((&red["takes_back"], &red["state"]), (&json!("7"), &json!("red")));
}

#[test]
fn every_bill_says_how_far_it_is_paid_and_the_total_reconciles() {
    let desk = desk();
    desk.ok("invoice M1 --number 7 --on 2026-09-05");
    desk.ok("invoice M2 --number 8 --on 2026-09-05");
    let state = |number| one(&desk, number)["state"].clone();
    assert_eq!(state("7"), "open");
    desk.ok("pay --customer C1 --amount 130 --on 2026-10-01 --to M1=130");
    assert_eq!(state("7"), "part_paid");
    desk.ok("pay --customer C1 --amount 1000 --on 2026-10-02 --to M1=1000");
    assert_eq!(state("7"), "paid");
    desk.ok("invoice M2 --number 9 --on 2026-10-03 --amount=-2000 --reverses 8");
    assert_eq!((state("8"), state("9")), (json!("closed"), json!("red")));
    let sum = |field: &str| -> i64 {
        let cents =
            |row: &Value| row[field].as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
        invoices(&desk).iter().map(cents).sum()
    };
    assert_eq!(sum("amount"), sum("paid") + sum("balance"));
}

#[test]
fn a_number_that_is_taken_is_asked_about_and_a_digital_one_refused() {
    let desk = desk();
    desk.ok("invoice M1 --number 00317001 --on 2026-09-05");
    let asked = desk.fails(2, "invoice M2 --number 00317001 --on 2026-09-05");
    assert!(asked.contains("--again") && asked.contains("#1"), "{asked}");
    desk.ok("invoice M2 --number 00317001 --on 2026-09-05 --amount 500 --again");
    let digital = "26317000000000000001";
    desk.ok(&format!("invoice M2 --number {digital} --on 2026-09-05 --amount 500"));
    let refused = desk.fails(2, &format!("invoice M2 --number {digital} --on 2026-09-05 --again"));
    assert!(!refused.contains("--again"), "{refused}");
    // Of two with one number the id says which.
    desk.fails(2, "void invoice 00317001 --reason twice");
    desk.ok("void invoice #2 --reason twice");
}

#[test]
fn an_imported_number_that_is_taken_is_asked_about_too() {
    let desk = desk();
    desk.ok("invoice M1 --number 00317001 --on 2026-09-05");
    let list =
        "发票号码,开票日期,节点编号,金额,税率,发票类型\n00317001,2026-09-06,M2,500,6%,收据\n";
    let file = desk.file("list.csv", list);
    let refused = desk.fails(3, &format!("import invoices {file}"));
    assert!(refused.contains("--again"), "{refused}");
    desk.ok(&format!("import invoices {file} --again"));
    desk.ok(&format!("import invoices {file} --again"));
    let rows = invoices(&desk);
    assert_eq!(rows.len(), 2);
    let row = rows.iter().find(|row| row["on"] == "2026-09-06").unwrap();
    assert_eq!((&row["tax_rate"], &row["kind"]), (&json!("6%"), &json!("receipt")));
}

#[test]
fn an_invoice_is_sent_and_signed_for_by_its_number() {
    let desk = desk();
    desk.ok("invoice M1 --number 7 --on 2026-09-05 --amount 500 --unsent");
    desk.ok("invoice M1 --number 8 --on 2026-09-05 --amount 500 --unsent");
    let days = |number| {
        let row = one(&desk, number);
        (row["sent_on"].clone(), row["received_on"].clone())
    };
    desk.ok("sent --invoice 7 --on 2026-09-08");
    assert_eq!(days("7"), (json!("2026-09-08"), Value::Null));
    assert_eq!(days("8"), (Value::Null, Value::Null));
    let flags = desk.milestone("M1");
    assert_eq!(flags["waiting_on"], "us_invoice");
    desk.ok("sent --invoice 7 --received");
    assert_eq!(days("7").1, json!("2026-11-21"));
    desk.fails(2, "sent --invoice 7 --on 2026-09-09");
    desk.fails(2, "sent --invoice 9");
    desk.fails(2, "sent M1 --invoice 7");
}

#[test]
fn the_lag_is_the_days_from_accepted_to_invoiced_by_amount() {
    let desk = desk();
    let lag = |line: &str| desk.json(&format!("invoices --lag {line} --json"));
    assert_eq!(lag(""), json!([]));
    desk.ok("invoice M1 --number 1 --amount 130 --on 2026-09-20");
    let none = &lag("")[0];
    assert_eq!((&none["days"], &none["undated"]), (&Value::Null, &json!("130.00")));
    // 1,000 wait 10 days, 130 none, and 500 wait 30.
    desk.ok("accept M1 --on 2026-09-20");
    desk.ok("deliver M2 --on 2026-09-01");
    desk.ok("invoice M1 --number 2 --on 2026-09-30");
    desk.ok("invoice M2 --number 3 --amount 700 --on 2026-10-01");
    desk.ok("invoice M2 --number 4 --amount=-200 --on 2026-10-02 --reverses 3");
    let all = &lag("")[0];
    assert_eq!((&all["group"], &all["code"]), (&json!("Galaxy"), &json!("C1")));
    // 25,000 / 1,630 = 15.34
    assert_eq!((&all["days"], &all["billed"]), (&json!("15.3"), &json!("1630.00")));
    assert_eq!((&all["amount_days"], &all["invoices"]), (&json!("25000.00"), &json!(3)));
    let october = &lag("--by project --from 2026-10-01")[0];
    assert_eq!((&october["days"], &october["code"]), (&json!("30.0"), &json!("P1")));
    // On an earlier day nothing of October was there, and the acceptance not yet.
    let then = desk.json("invoices --lag --json --today 2026-09-30");
    assert_eq!((&then[0]["days"], &then[0]["billed"]), (&json!("8.8"), &json!("1130.00")));
    let shown = desk.ok("invoices --lag --by manager");
    assert!(shown.contains("Invoice lag =") && shown.contains("15.3"), "{shown}");
}

#[test]
fn the_bills_of_a_split_milestone_count_with_it() {
    let desk = desk();
    desk.ok("accept M1 --on 2026-09-20");
    desk.ok("invoice M1 --number 2 --on 2026-09-30");
    let parts = "2026-11-01=500 2026-12-01=630";
    desk.ok_args(&["split", "M1", "--on", "2026-10-05", "--into", parts]);
    let all = desk.json("invoices --lag --json");
    assert_eq!((&all[0]["days"], &all[0]["billed"]), (&json!("10.0"), &json!("1130.00")));
}

#[test]
fn an_invoice_says_what_is_missing_of_the_customer_and_is_recorded() {
    let desk = desk();
    let said = |line: &str| {
        let output = desk.run(&line.split_whitespace().collect::<Vec<_>>());
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let hint = said("invoice M1 --number 1 --amount 100");
    assert!(hint.contains("edit customer C1 --invoice-title"), "{hint}");
    let hint = said("edit customer C1 --invoice-title Galaxy --tax-no 91350100M000100Y44");
    assert!(hint.contains("check digit"), "{hint}");
    let hint = said("invoice M1 --number 2 --amount 100");
    assert!(hint.contains("91350100M000100Y44"), "{hint}");
    said("edit customer C1 --tax-no 91350100M000100Y43");
    assert_eq!(said("invoice M1 --number 3 --amount 100"), "");
}
