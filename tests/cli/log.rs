//! What was recorded, readable by people and programs.

use serde_json::{Value, json};

use crate::kit::Desk;

fn first(desk: &Desk) -> Value {
    desk.json("log --json -n 1")[0].clone()
}

#[test]
fn a_payment_is_told_with_customer_amount_and_keys() {
    let desk = Desk::with_milestone();
    desk.ok("pay --customer C1 --amount 200000 --on 2026-11-20");
    let event = first(&desk);
    assert_eq!((&event["kind"], &event["who"]), (&json!("pay"), &json!("wang")));
    assert_eq!((&event["customer"], &event["customer_name"]), (&json!("C1"), &json!("星河科技")));
    assert_eq!((&event["amount"], &event["currency"]), (&json!("200000.00"), &json!("CNY")));
    assert_eq!((&event["keys"], &event["milestones"]), (&json!(["P1-M1"]), &json!(["#1"])));
    assert_eq!(event["detail"]["record_payment"]["amount"], "200000.00");
    let text = desk.ok("log --lang zh");
    let line = text.lines().find(|line| line.contains("收款")).unwrap();
    for part in ["wang", "星河科技", "200,000.00", "P1-M1"] {
        assert!(line.contains(part), "no {part} in {line}");
    }
}

#[test]
fn the_time_is_that_of_the_wall() {
    let desk = Desk::with_milestone();
    let read = |zone: &str, args: &[&str]| {
        let output = desk.command(args).env("TZ", zone).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let json: Value = serde_json::from_str(&read("XST-8", &["log", "--json"])).unwrap();
    assert!(json[0]["at"].as_str().unwrap().ends_with("+08:00"), "{json}");
    assert_ne!(read("XST-8", &["log"]), read("XST+4", &["log"]));
}

#[test]
fn every_kind_of_change_names_what_it_is_about() {
    let desk = Desk::with_milestone();
    desk.ok("add milestone --project P1 --key P1-M2 --name 质保金 --stage retention --amount 1000 --due acceptance(P1-M1)+1y");
    let about = |line: &str| {
        desk.ok(line);
        let event = first(&desk);
        (event["keys"].clone(), event["amount"].clone(), event["customer"].clone())
    };
    let one = json!(["P1-M1"]);
    let c1 = json!("C1");
    assert_eq!(about("deliver P1-M1"), (one.clone(), Value::Null, c1.clone()));
    assert_eq!(about("accept P1-M1"), (one.clone(), Value::Null, c1.clone()));
    assert_eq!(about("invoice P1-M1"), (one.clone(), json!("300000.00"), c1.clone()));
    assert_eq!(
        about("promise P1-M1 --by 2026-12-01"),
        (one.clone(), json!("300000.00"), c1.clone())
    );
    assert_eq!(
        about("pay --customer C1 --amount 100 --to P1-M1=100"),
        (one.clone(), json!("100.00"), c1.clone())
    );
    assert_eq!(about("pay --reverse 1 --note bounced"), (one.clone(), json!("100.00"), c1.clone()));
    assert_eq!(about("undo"), (one.clone(), Value::Null, c1.clone()));
    assert_eq!(about("write-off P1-M1 --amount 50 --reason x"), (one, json!("50.00"), c1.clone()));
    assert_eq!(about("edit customer C1 --limit 500").2, c1);
    assert_eq!(first(&desk)["detail"]["edit_customer"][1]["credit_limit"], "500.00");
    desk.ok("edit project P1 --progress 10");
    assert!(desk.ok("log -n 1").contains("P1"));
}

#[test]
fn an_import_is_told_by_its_file_and_how_much_it_brought() {
    let desk = Desk::with_milestone();
    let list = "customer,milestone,amount,paid,paid_on\nA,one,100,50,2026-11-01\nB,two,200,,\n";
    desk.ok_args(&["import", "plan", &desk.file("list.csv", list)]);
    let line = desk.ok("log -n 1");
    assert!(line.contains("plan imported: list.csv (2 new, 0 updated)"), "{line}");
    let event = first(&desk);
    assert_eq!((&event["customer"], &event["keys"]), (&Value::Null, &json!([])));
    desk.ok("undo");
    let taken_back = desk.ok("log --lang zh -n 2");
    assert!(taken_back.contains("导入计划 list.csv（新增 2，更新 0）（已撤销）"), "{taken_back}");
}
