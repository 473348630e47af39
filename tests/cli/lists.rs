//! Lists of everything there is, and one thing at a time.

use serde_json::{Value, json};

use crate::kit::Desk;

/// Two customers; money in, out and on account; an invoice in part paid; a promise kept and one broken.
fn desk() -> Desk {
    let desk = Desk::with_milestone();
    desk.ok("edit customer C1 --short-name 星河 --contact 李雷:138-0000");
    desk.ok("add milestone --project P1 --key P1-M2 --name 尾款 --amount 1000 --due 2026-11-20");
    desk.ok("add customer --code C2 --name 华东水务");
    desk.ok("add project --code P2 --customer C2 --name 管网 --manager 李卓然");
    desk.ok("add milestone --project P2 --key P2-M1 --name 尾款 --amount 500 --due 2026-12-31");
    desk.ok("invoice P1-M1 --number 24317 --on 2026-10-01");
    desk.ok("promise P1-M1 --amount 100000 --by 2026-11-10 --on 2026-11-01");
    desk.ok("promise P1-M1 --amount 50000 --by 2026-11-20 --on 2026-11-12");
    desk.ok("pay --customer C1 --amount 120000 --on 2026-11-05 --to P1-M1=100000 --ref TX1");
    desk.ok("contact P1-M1 P1-M2 --channel 电话 --outcome 已知悉 --on 2026-11-18 --note 说下周");
    desk
}

fn rows(desk: &Desk, line: &str) -> Vec<Value> {
    desk.json(&format!("{line} --json")).as_array().unwrap().clone()
}

#[test]
fn customers_and_projects_with_what_they_owe() {
    let desk = desk();
    let customers = rows(&desk, "customers");
    assert_eq!(customers.len(), 2);
    let first = &customers[0];
    assert_eq!((&first["code"], &first["short_name"]), (&json!("C1"), &json!("星河")));
    assert_eq!(
        (&first["receivable"], &first["unapplied"]),
        (&json!("201000.00"), &json!("20000.00"))
    );
    assert_eq!((&first["overdue"], &first["days_late"]), (&json!("201000.00"), &json!(50)));
    let projects = rows(&desk, "projects --customer C2");
    assert_eq!(projects.len(), 1);
    assert_eq!(projects[0]["balance"], "500.00");
    assert_eq!(projects[0]["customer"], "C2");
    let text = desk.ok("projects --columns code,balance --sort -balance --limit 1");
    assert!(text.contains("P1") && !text.contains("P2") && text.contains("first 1 of 2"), "{text}");
}

#[test]
fn payments_say_what_they_pay_and_what_is_left() {
    let desk = desk();
    desk.ok("pay --reverse 1 --amount 5000 --on 2026-11-15 --note bounced");
    let payments = rows(&desk, "payments");
    let one = &payments[0];
    assert_eq!(
        (&one["id"], &one["on"], &one["customer"]),
        (&json!("#1"), &json!("2026-11-05"), &json!("C1"))
    );
    assert_eq!((&one["project"], &one["milestone"]), (&json!("P1"), &json!("P1-M1")));
    assert_eq!((&one["amount"], &one["net"]), (&json!("120000.00"), &json!("115000.00")));
    assert_eq!((&one["applied"], &one["unapplied"]), (&json!("100000.00"), &json!("15000.00")));
    assert_eq!(
        (&one["method"], &one["ref"], &one["payer"]),
        (&json!("transfer"), &json!("TX1"), &Value::Null)
    );
    assert_eq!(one["lines"][0]["amount"], "100000.00");
    assert_eq!(rows(&desk, "receipts --from 2026-11-06"), [] as [Value; 0]);
    assert_eq!(rows(&desk, "payments --customer 华东水务"), [] as [Value; 0]);
}

#[test]
fn invoices_have_their_paid_state() {
    let desk = desk();
    let one = &rows(&desk, "invoices")[0];
    assert_eq!(
        (&one["number"], &one["kind"], &one["on"]),
        (&json!("24317"), &json!("special"), &json!("2026-10-01"))
    );
    assert_eq!(
        (&one["amount"], &one["paid"], &one["balance"]),
        (&json!("300000.00"), &json!("100000.00"), &json!("200000.00"))
    );
    assert_eq!(one["lines"][0]["key"], "P1-M1");
    desk.ok("invoice P1-M1 --number R1 --amount -300000 --on 2026-11-19");
    let invoices = rows(&desk, "invoices");
    assert_eq!((&invoices[1]["paid"], &invoices[1]["balance"]), (&json!("0.00"), &json!("0.00")));
}

#[test]
fn promises_contacts_and_touches() {
    let desk = desk();
    let promises = rows(&desk, "promises");
    let states: Vec<&Value> = promises.iter().map(|promise| &promise["state"]).collect();
    assert_eq!(states, ["broken", "kept"]);
    let contacts = rows(&desk, "contacts");
    assert_eq!((&contacts[0]["name"], &contacts[0]["phone"]), (&json!("李雷"), &json!("138-0000")));
    let touches = rows(&desk, "touches --from 2026-11-13");
    assert_eq!(
        (&touches[0]["channel"], &touches[0]["outcome"]),
        (&json!("phone"), &json!("noted"))
    );
    assert_eq!(touches[0]["milestones"], json!(["P1-M1", "P1-M2"]));
}

#[test]
fn a_list_goes_to_a_file_of_any_format() {
    let desk = desk();
    for ending in ["csv", "md", "txt", "json"] {
        let path = desk.folder.path().join(format!("payments.{ending}"));
        desk.ok_args(&["payments", "-o", path.to_str().unwrap()]);
        let written = std::fs::read_to_string(path).unwrap();
        assert!(written.contains("星河科技") && written.contains("P1-M1"), "{written}");
    }
}

#[test]
fn a_list_is_by_lateness_for_people_and_in_the_ledgers_order_for_programs() {
    let desk = Desk::with_milestone();
    desk.ok("add milestone --project P1 --key OLD --name 旧 --amount 10 --due 2026-01-31");
    let at = |text: &str, key: &str| text.find(key).unwrap();
    let people = desk.ok("list");
    assert!(at(&people, "OLD") < at(&people, "P1-M1"), "{people}");
    let programs = desk.ok("list --json");
    assert!(at(&programs, "P1-M1") < at(&programs, "OLD"));
    let asked = desk.ok("list --json --sort -days_late");
    assert!(at(&asked, "OLD") < at(&asked, "P1-M1"));
    let said = desk.fails(2, "list --columns colour");
    assert!(said.contains("customer_name") && said.contains("--columns"), "{said}");
}

#[test]
fn show_finds_anything_by_whatever_it_is_called() {
    let desk = desk();
    for name in ["C1", "星河", "星河科技"] {
        let shown = desk.json(&format!("show {name} --json"));
        assert_eq!((&shown["thing"], &shown["code"]), (&json!("customer"), &json!("C1")));
        assert_eq!(shown["payments"][0]["id"], "#1");
        assert_eq!(shown["contacts"][0]["name"], "李雷");
        assert_eq!(shown["milestones"].as_array().unwrap().len(), 2);
    }
    let project = desk.json("show P1 --json");
    assert_eq!(
        (&project["thing"], &project["contract_amount"]),
        (&json!("project"), &json!("1000000.00"))
    );
    assert_eq!(project["timeline"].as_array().unwrap().len(), 10);
    let milestone = desk.json("show P1-M1 --json");
    assert_eq!(
        (&milestone["thing"], &milestone["balance"]),
        (&json!("milestone"), &json!("200000.00"))
    );
    let kinds: Vec<&Value> =
        milestone["timeline"].as_array().unwrap().iter().map(|e| &e["kind"]).collect();
    assert!(kinds.contains(&&json!("pay")) && kinds.contains(&&json!("contact")), "{kinds:?}");
    let payment = desk.json("show TX1 --json");
    assert_eq!(
        (&payment["thing"], &payment["milestones"][0]["milestone"]),
        (&json!("payment"), &json!("P1-M1"))
    );
    assert_eq!(desk.json("show 24317 --json")["thing"], "invoice");
    let text = desk.ok("show P1-M1 --lang zh");
    assert!(text.contains("节点 P1-M1 验收款") && text.contains("到账 ¥100,000.00"), "{text}");
}

#[test]
fn a_name_of_several_is_no_name() {
    let desk = desk();
    let said = desk.fails(2, "show 1");
    for way in ["'#1' --as customer", "'#1' --as payment", "'#1' --as invoice"] {
        assert!(said.contains(way), "{said}");
    }
    assert_eq!(desk.json("show 1 --as 客户 --json")["code"], "C1");
    let said = desk.fails(2, "deliver 尾款");
    assert!(said.contains("P1-M2") && said.contains("P2-M1"), "{said}");
    assert!(desk.fails(2, "show nobody").contains("huikuan customers"));
    assert!(desk.fails(2, "pay --customer nobody --amount 1").contains("huikuan customers"));
    assert!(desk.fails(2, "apply 99").contains("huikuan payments"));
}

#[test]
fn names_are_taken_where_codes_are_when_one_fits() {
    let desk = desk();
    desk.ok("deliver 验收款 --on 2026-08-01");
    desk.ok("pay --customer 星河 --amount 1000 --to P1-M2=1000");
    assert_eq!(desk.milestone("P1-M2")["status"], "paid");
    desk.ok("edit project 数据中台 --progress 80");
}

#[test]
fn what_is_near_an_unknown_name_is_named() {
    let desk = Desk::with_milestone();
    let near = desk.fails(2, "pay --customer 星河 --amount 5");
    assert!(near.contains("near it:\n  customer C1 星河科技"), "{near}");
    let near = desk.fails(2, "accept P1");
    assert!(near.contains("milestone P1-M1 验收款") && !near.contains("project"), "{near}");
    assert!(desk.fails(2, "show 中台 --lang zh").contains("项目 P1 数据中台"));
    assert!(!desk.fails(2, "accept nothing").contains("near"));
    assert!(!desk.fails(2, "accept %").contains("near"));
}

#[test]
fn values_are_taken_in_chinese() {
    let desk = Desk::with_milestone();
    desk.ok("edit milestone P1-M1 --stage 预付款");
    assert_eq!(desk.milestone("P1-M1")["stage"], "advance");
    desk.ok("contact P1-M1 --channel 微信 --outcome 承诺付款 --cause 资金紧张 --by 2026-12-01");
    desk.ok("pay --customer C1 --amount 1 --method 银行承兑汇票");
    assert_eq!(desk.json("aging --by pm --json")["by"], "manager");
    assert_eq!(
        desk.json("aging --by 项目经理 --age-by 首次到期日 --json")["age_by"],
        "original-due"
    );
    assert!(desk.fails(2, "contact P1-M1 --channel 鸽子").contains("wechat"));
}

#[test]
fn columns_go_by_their_headers_of_either_language() {
    let desk = desk();
    let said = desk.ok("list --columns 节点编号,Open --sort -未收 --limit 1");
    let line = said.lines().find(|line| line.starts_with("Key")).unwrap();
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["Key", "Open"]);
    assert!(desk.fails(2, "list --lang zh --columns 颜色").contains("balance 未收"));
}

#[test]
fn nothing_is_added_up_where_no_amount_is_shown() {
    let desk = Desk::with_milestone();
    assert!(desk.ok("list --columns key,balance").contains("Total"));
    let said = desk.ok("list --columns key,milestone");
    assert!(!said.contains("Total"), "{said}");
}
