//! Late fees by a contract's terms.

use serde_json::json;

use crate::kit::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name 星河科技");
    desk.ok("add project --code P1 --customer C1 --name 数据中台 --late-fee 日万分之五");
    desk.ok(
        "add milestone --project P1 --key P1-M1 --name 验收款 --amount 100000 --due 2025-03-01 --agreed-on 2025-01-01",
    );
    desk
}

#[test]
fn a_fee_is_printed_piece_by_piece_with_how_it_is_counted() {
    let desk = desk();
    desk.ok("pay --customer C1 --amount 40000 --on 2025-06-30 --to P1-M1=40000");
    let text = desk.ok("fee P1-M1 --as-of 2025-08-31");
    for said in ["6,050.00", "1,860.00", "7,910.00", "0.05% a day; simple interest", "not booked"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let pieces = desk.json("fee C1 --as-of 2025-08-31 --json");
    assert_eq!(pieces.as_array().unwrap().len(), 2);
    assert_eq!(pieces[0]["to"], "2025-06-30");
    assert_eq!((&pieces[1]["days"], &pieces[1]["fee"]), (&json!(62), &json!("1860.00")));
    assert_eq!(pieces[1]["terms"], "0.05%/day");
}

#[test]
fn terms_can_be_tried_out_corrected_and_taken_off() {
    let desk = desk();
    let tried = desk.json("fee P1 --as-of 2025-08-31 --terms 4.65%/365 --json");
    assert_eq!(tried[0]["fee"], "2331.37");
    desk.ok("edit project P1 --late-fee lpr*1.5");
    assert_eq!(desk.json("show P1 --json")["late_fee"], "lpr1y*1.5");
    desk.ok("undo");
    assert_eq!(desk.json("show P1 --json")["late_fee"], "0.05%/day");
    desk.ok("edit project P1 --late-fee none");
    desk.ok("config set statutory none");
    assert_eq!(desk.json("fee P1 --json"), json!([]));
    assert!(desk.ok("fee P1").contains("without late-fee terms are left out: 1"));
}

#[test]
fn a_lump_sum_is_refused_with_the_way_out() {
    let desk = desk();
    let refused = desk.fails(2, "edit project P1 --late-fee 违约金5000元");
    assert!(refused.contains("a lump sum"), "{refused}");
}

#[test]
fn rates_of_ones_own_win_and_a_bad_row_is_named() {
    let desk = desk();
    std::fs::create_dir_all(desk.folder.path().join(".config/huikuan")).unwrap();
    desk.file(".config/huikuan/lpr.csv", "1y,2025-05-20,2\n");
    let fee = desk.json("fee P1-M1 --as-of 2025-05-30 --terms lpr --json");
    assert_eq!(fee[1]["percent"], "2");
    desk.file(".config/huikuan/lpr.csv", "1y,soon,2\n");
    let refused = desk.fails(5, "fee P1-M1 --terms lpr");
    assert!(refused.contains("lpr.csv") && refused.contains("1y,soon,2"), "{refused}");
}

#[test]
fn terms_leave_with_the_ledger_and_come_back() {
    let desk = desk();
    desk.ok("export ledger -o all.jsonl");
    let other = Desk::new();
    other.ok(&format!("import ledger {}", desk.folder.path().join("all.jsonl").display()));
    assert_eq!(other.json("show P1 --json")["late_fee"], "0.05%/day");
}

#[test]
fn where_no_fee_was_agreed_the_law_names_one_and_its_source() {
    let desk = desk();
    desk.ok("edit project P1 --late-fee none");
    let fee = desk.json("fee P1 --as-of 2025-08-31 --json")[0].clone();
    assert_eq!((&fee["fee"], &fee["basis"]), (&json!("9150.00"), &json!("cn")));
    let text = desk.ok("fee P1 --as-of 2025-08-31");
    for said in ["No fee was agreed", "Order 802", "art. 17", "not booked"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(desk.ok("show P1-M1").contains("Order 802 of the PRC, art. 17"));
    let told = desk.json("explain P1-M1 --json");
    let told = told.as_array().unwrap().iter().find(|one| one["topic"] == "statutory").unwrap();
    assert!(told["value"]["late_fee"].is_string(), "{told}");
    desk.ok("edit project P1 --late-fee 0.1%/day");
    let agreed = desk.json("fee P1 --as-of 2025-08-31 --json")[0].clone();
    assert_eq!((&agreed["fee"], &agreed["basis"]), (&json!("18300.00"), &json!("agreed")));
}

#[test]
fn pounds_bear_a_rate_above_the_base_rate_and_a_fixed_sum() {
    let desk = desk();
    desk.ok("add project --code P2 --customer C1 --name Portal --currency GBP");
    desk.ok("add milestone --project P2 --key P2-M1 --name Final --amount 1000 --due 2024-05-15 --agreed-on 2024-01-01");
    let fee = desk.json("fee P2 --as-of 2024-06-29 --json")[0].clone();
    assert_eq!((&fee["fee"], &fee["compensation"]), (&json!("16.34"), &json!("70.00")));
    let text = desk.ok("fee P2 --as-of 2024-06-29");
    for said in ["13.25% a year", "Interest) Act 1998", "fixed compensation", "P2-M1 £70.00"] {
        assert!(text.contains(said), "{said}: {text}");
    }
}
