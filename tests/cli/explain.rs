//! Why something stands as it does, and until when it can be claimed.

use serde_json::{Value, json};

use crate::kit::Desk;

/// Late since 2023-12-01, a part paid; a last instalment to come.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name 星河科技 --grade B");
    desk.ok("add project --code P1 --customer C1 --name 数据中台 --bills no");
    desk.ok("add milestone --project P1 --key P1-M1 --name 验收款 --amount 1000 --due 2023-12-01 --agreed-on 2023-01-01");
    desk.ok("add milestone --project P1 --key P1-M2 --name 尾款 --amount 500 --due 2027-06-30 --agreed-on 2023-01-01");
    desk
}

fn clock(desk: &Desk) -> Value {
    desk.json("limitation --json")[0].clone()
}

#[test]
fn the_clock_warns_in_its_last_days_and_starts_anew_with_a_payment() {
    let desk = desk();
    let one = clock(&desk);
    assert_eq!((&one["key"], &one["ends"]), (&json!("P1-M1"), &json!("2026-12-01")));
    assert_eq!((&one["days_left"], &one["warning"]), (&json!(10), &json!(30)));
    assert_eq!(one["ends_by_last"], "2030-07-01");
    assert_eq!(desk.json("limitation --json --within 9"), json!([]));
    desk.ok("pay --customer C1 --amount 100 --on 2024-03-04 --to P1-M1=100");
    let one = clock(&desk);
    assert_eq!(
        (&one["restarted_by"], &one["ends"]),
        (&json!("part_payment"), &json!("2027-03-04"))
    );
    desk.ok("pay --reverse 1 --amount 100 --on 2024-03-10 --note bounced");
    assert_eq!(clock(&desk)["ends"], "2026-12-01");
}

#[test]
fn a_letter_lacks_its_proof_and_a_promise_counts_in_writing() {
    let desk = desk();
    desk.ok("contact P1-M1 --channel letter --step 3 --on 2024-02-01");
    let one = clock(&desk);
    assert_eq!((&one["restarted_by"], &one["ends"]), (&Value::Null, &json!("2026-12-01")));
    assert!(one["unproved"].as_str().unwrap().contains("demand of 2024-02-01"), "{one}");
    desk.ok("contact P1-M1 --channel wechat --by 2024-06-30 --on 2024-05-06");
    let one = clock(&desk);
    assert_eq!((&one["restarted_by"], &one["ends"]), (&json!("promise"), &json!("2027-05-06")));
    assert!(desk.ok("show P1-M1").contains("restarted by the promise of 2024-05-06"));
}

#[test]
fn what_is_not_past_due_or_not_open_has_no_clock() {
    let desk = desk();
    desk.ok("pay --customer C1 --amount 1000 --on 2024-03-04 --to P1-M1=1000");
    assert_eq!(desk.json("limitation --json"), json!([]));
    assert!(desk.ok("limitation").contains("Nothing that is due is open"));
}

#[test]
fn the_years_are_a_setting() {
    let desk = desk();
    desk.ok("config set limitation_years 4");
    assert_eq!(clock(&desk)["ends"], "2027-12-01");
}

fn topics(desk: &Desk) -> Vec<Value> {
    desk.json("explain P1-M1 --json").as_array().unwrap().clone()
}

#[test]
fn each_thing_said_has_its_facts_and_its_rule() {
    let desk = desk();
    desk.ok("pay --customer C1 --amount 400 --on 2024-03-04 --to P1-M1=400");
    let all = topics(&desk);
    let names: Vec<&str> = all.iter().map(|topic| topic["topic"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "balance",
            "status",
            "waiting_on",
            "bucket",
            "next_step",
            "weight",
            "late_fee",
            "limitation",
            "statutory"
        ]
    );
    let values: Vec<&Value> = all.iter().map(|topic| &topic["value"]).collect();
    assert_eq!(values[0], "600.00");
    assert_eq!(
        (values[1], values[2], values[3]),
        (&json!("overdue"), &json!("customer_pay"), &json!("366+"))
    );
    // 600 × 6 × 1.1
    assert_eq!(values[5], "3960.00");
    assert_eq!((values[6], values[7]), (&Value::Null, &json!("2027-03-04")));
    let paid = &all[0]["facts"][0];
    assert_eq!(
        (&paid["on"], &paid["event"], &paid["who"]),
        (&json!("2024-03-04"), &json!(5), &json!("wang"))
    );
    assert!(all.iter().all(|topic| !topic["rule"].as_str().unwrap().is_empty()));
}

#[test]
fn what_was_voided_explains_nothing() {
    let desk = desk();
    desk.ok("pay --customer C1 --amount 400 --on 2024-03-04 --to P1-M1=400");
    desk.ok("void payment #1 --reason twice");
    let all = topics(&desk);
    assert_eq!(all[0]["value"], "1000.00");
    assert_eq!(all[0]["facts"].as_array().unwrap().len(), 1);
}

#[test]
fn totals_are_the_sum_of_what_they_are_made_of() {
    let desk = desk();
    desk.ok("pay --customer C1 --amount 50 --on 2026-11-01 --unapplied");
    let parts = desk.json("explain C1 --json");
    let sum = |name: &str| -> f64 {
        let each = parts.as_array().unwrap().iter();
        each.map(|part| part[name].as_str().unwrap().parse::<f64>().unwrap()).sum()
    };
    let customer = desk.json("customers --json")[0].clone();
    for name in ["receivable", "overdue", "planned"] {
        assert_eq!(format!("{:.2}", sum(name)), customer[name].as_str().unwrap());
    }
    assert!(desk.ok("explain C1").contains("outside these totals: ¥50.00"));
    assert!(!desk.ok("explain P1").contains("outside these totals"));
}

#[test]
fn before_it_was_agreed_there_is_nothing_to_explain() {
    let desk = desk();
    let said = desk.fails(2, "explain P1-M1 --today 2022-12-31");
    assert!(said.contains("no milestone"), "{said}");
}

#[test]
fn a_contractor_is_told_until_when_the_price_of_works_comes_first() {
    let desk = desk();
    assert_eq!(clock(&desk)["priority_until"], Value::Null);
    desk.ok("config set priority_months 37");
    assert_eq!(clock(&desk)["priority_until"], Value::Null);
    desk.ok("edit project P1 --priority due");
    let one = clock(&desk);
    assert_eq!((&one["priority_until"], &one["warning"]), (&json!("2027-01-01"), &json!(30)));
    desk.ok("pay --customer C1 --amount 100 --on 2025-03-04 --to P1-M1=100");
    assert_eq!(
        (&clock(&desk)["ends"], &clock(&desk)["warning"]),
        (&json!("2028-03-06"), &json!(90))
    );
    assert!(desk.ok("limitation").contains("priority right until 2027-01-01"));
    assert_eq!(desk.json("limitation --json --within 41").as_array().unwrap().len(), 1);
    assert!(desk.ok("show P1-M1").contains("the contractor's priority right ends 2027-01-01"));
}

#[test]
fn what_was_delivered_without_a_date_says_until_when_law_has_it_paid() {
    let desk = desk();
    desk.ok(
        "add milestone --project P1 --key P1-M3 --name 增补 --amount 500 --agreed-on 2025-06-01",
    );
    desk.ok("deliver P1-M3 --on 2026-07-01");
    desk.ok("invoice P1-M3 --on 2026-07-02");
    let watched = desk.json("today --json")["watched"].clone();
    let one = watched.as_array().unwrap().iter().find(|one| one["key"] == "P1-M3").unwrap();
    assert_eq!(one["watch"]["payable_by"], "2026-08-30", "{one}");
    assert!(desk.ok("show P1-M3").contains("an authority pays by 2026-07-31"));
}

#[test]
fn a_statement_nobody_signed_is_on_today_once_its_thirty_days_are_over() {
    let desk = desk();
    desk.ok("paper add statement C1 --number ST-1 --amount 1500 --dated 2026-10-20");
    assert_eq!(desk.json("today --json")["errands"], json!([]));
    desk.ok("paper sent 1 --on 2026-10-20");
    let errand = || desk.json("today --json")["errands"].clone();
    let one = errand()[0].clone();
    let told = (&one["act"], &one["answer_by"], &one["amount"]);
    assert_eq!(told, (&json!("answer_statement"), &json!("2026-11-19"), &json!("1500.00")));
    assert!(desk.ok("today").contains("statement ST-1 of"));
    for silent in ["answer_days 32", "statutory none"] {
        desk.ok(&format!("config set {silent}"));
        assert_eq!(errand(), json!([]), "{silent}");
        desk.ok("undo");
    }
    desk.ok("paper signed 1 --on 2026-11-20");
    assert_eq!(errand(), json!([]));
    desk.ok("undo");
    assert_eq!(errand()[0]["act"], "answer_statement");
    desk.ok("paper delivered 1 --on 2026-10-22 --proof EMS");
    assert_eq!(errand(), json!([]));
}

/// What the first figure of a morning says.
fn morning(desk: &Desk, name: &str) -> Value {
    desk.json("today --json")["figures"][0][name].clone()
}

fn totals(desk: &Desk, figure: &str) -> Vec<Value> {
    let said = desk.json(&format!("explain {figure} --json"));
    assert!(!said["rule"].as_str().unwrap().is_empty());
    let sum: f64 = said["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["amount"].as_str().unwrap().parse::<f64>().unwrap())
        .sum();
    let totals = said["totals"].as_array().unwrap().clone();
    let told: f64 =
        totals.iter().map(|total| total["amount"].as_str().unwrap().parse::<f64>().unwrap()).sum();
    assert!((sum - told).abs() < 0.001, "{said}");
    totals
}

#[test]
fn each_figure_of_the_morning_is_the_sum_of_what_it_is_made_of() {
    let desk = desk();
    desk.ok("add milestone --project P1 --key P1-M3 --name 进度款 --amount 300 --due 2026-11-25");
    desk.ok("pay --customer C1 --amount 400 --on 2026-11-04 --to P1-M1=400");
    desk.ok("pay --reverse 1 --amount 100 --on 2026-11-10 --note bounced");
    desk.ok("dispute P1-M1 --amount 50 --reason scope");
    desk.ok("promise P1-M1 --by 2026-11-26 --amount 200");
    for name in ["overdue", "due", "promised"] {
        let known = morning(&desk, name);
        let of = &totals(&desk, name)[0];
        assert_eq!((&of["amount"], &of["count"]), (&known["amount"], &known["items"]), "{name}");
    }
    assert_eq!(totals(&desk, "overdue")[0]["amount"], "650.00");
    assert_eq!(totals(&desk, "collected")[0]["amount"], morning(&desk, "collected"));
    assert_eq!(totals(&desk, "collected")[0]["amount"], "300.00");
    assert_eq!(totals(&desk, "payments")[0]["amount"], "300.00");
    let said = desk.ok("explain overdue");
    for word in ["due 2023-12-01", "\u{a5}50.00 of it disputed", "less what is disputed", "650.00"]
    {
        assert!(said.contains(word), "{word}: {said}");
    }
    assert!(desk.ok("explain promised").contains("\u{a5}200.00 by 2026-11-26"));
    assert!(desk.ok("explain 逾期 --lang zh").contains("扣除争议金额"));
    assert!(desk.fails(2, "explain overdue --as customer").contains("overdue"));
}

#[test]
fn what_is_not_billed_is_the_amount_less_standing_invoices() {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name 星河科技");
    desk.ok("add project --code P1 --customer C1 --name 数据中台 --bills yes");
    desk.ok(
        "add milestone --project P1 --key P1-M1 --name 验收款 --amount 1000 --due acceptance+30d",
    );
    desk.ok("accept P1-M1 --on 2026-11-02");
    desk.ok("invoice P1-M1 --amount 400 --number 81 --on 2026-11-03");
    assert_eq!(totals(&desk, "unbilled")[0]["amount"], morning(&desk, "unbilled")["amount"]);
    assert_eq!(totals(&desk, "unbilled")[0]["amount"], "600.00");
    assert_eq!(totals(&desk, "invoices")[0]["amount"], "400.00");
    let items = &desk.json("explain invoices --json")["items"];
    assert_eq!((&items[0]["key"], &items[0]["milestone"]), (&json!("81"), &json!("P1-M1")));
}
