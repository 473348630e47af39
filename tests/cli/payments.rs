//! Bills of exchange, deductions and money that moves, by command.

use serde_json::json;

use crate::kit::Desk;

/// Two milestones of 300,000.00 and 200,000.00, both due.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name 星河科技有限公司 --short-name 星河科技");
    desk.ok("add project --code P1 --customer C1 --name 数据中台 --signed-on 2026-01-05");
    desk.ok("add milestone --project P1 --key P1-M1 --name 到货款 --amount 30万 --due 2026-03-01");
    desk.ok("add milestone --project P1 --key P1-M2 --name 验收款 --amount 20万 --due 2026-06-01");
    desk
}

#[test]
fn what_did_not_reach_the_bank_is_told_beside_the_amount() {
    let desk = desk();
    desk.ok(
        "pay --customer C1 --amount 5万 --to P1-M1=5万 --on 2026-11-02 --fee 25 --deduct 罚款=1000",
    );
    assert_eq!(desk.milestone("P1-M1")["balance"], "250000.00");
    let paid = &desk.json("payments --json")[0];
    assert_eq!(paid["amount"], "50000.00");
    assert_eq!((&paid["deducted"], &paid["to_bank"]), (&json!("1025.00"), &json!("48975.00")));
    assert_eq!(
        paid["deductions"],
        json!([{ "kind": "fee", "amount": "25.00" }, { "kind": "penalty", "amount": "1000.00" }])
    );
    let shown = desk.ok("show #1 --as payment --lang zh");
    assert!(shown.contains("其中扣除 ¥1,025.00") && shown.contains("手续费 ¥25.00"), "{shown}");
    let refused = desk.fails(2, "pay --customer C1 --amount 10 --deduct penalty=10 --again");
    assert!(refused.contains("less than the payment can be deducted"), "{refused}");
    let unknown = desk.fails(2, "pay --customer C1 --amount 10 --deduct tip=1");
    assert!(unknown.contains("--deduct") && unknown.contains("penalty"), "{unknown}");
}

#[test]
fn a_bill_lives_by_command() {
    let desk = desk();
    let paid =
        "pay --customer C1 --amount 20万 --to P1-M2=20万 --on 2026-06-20 --method commercial";
    desk.ok(&format!(
        "{paid} --bill-number 2313 --drawer 星河科技 --acceptor 星河财务 --matures 2026-11-24"
    ));
    let bill = &desk.json("bill list --json")[0];
    assert_eq!((&bill["state"], &bill["kind"]), (&json!("in_hand"), &json!("commercial_bill")));
    assert_eq!(
        (&bill["matures_on"], &bill["present_by"]),
        (&json!("2026-11-24"), &json!("2026-12-04"))
    );
    let today = desk.json("today --json");
    assert_eq!(today["errands"][0]["act"], "present_bill");
    assert_eq!(today["errands"][0]["present_by"], "2026-12-04");
    assert!(desk.ok("today").contains("present by 12-04"));
    assert!(desk.ok("calendar").contains("bill matures"));
    assert_eq!(desk.milestone("P1-M2")["balance"], "0.00");
    assert!(desk.ok("bill discounted #1 --rate 2.62 --on 2026-09-10").contains("discounted"));
    let bill = &desk.json("bill list --json")[0];
    // 200,000 × 2.62 % × 75 ÷ 360
    assert_eq!((&bill["state"], &bill["discount_cost"]), (&json!("discounted"), &json!("1091.67")));
    assert_eq!(desk.json("payments --json")[0]["deductions"][0]["kind"], "bill_discount");
    assert_eq!(desk.json("today --json")["errands"], json!([]));
    let again = desk.fails(2, "bill endorsed #1 --to 恒通材料");
    assert!(again.contains("discounted already"), "{again}");
    desk.ok_args(&["bill", "dishonoured", "#1", "--reason", "no funds", "--on", "2026-11-20"]);
    assert_eq!(desk.milestone("P1-M2")["balance"], "200000.00");
    let shown = desk.ok("show P1-M2");
    assert!(shown.contains("bill discounted") && shown.contains("no funds"), "{shown}");
    let todo = &desk.json("todo list --json")[0];
    assert_eq!((&todo["due_on"], &todo["kind"]), (&json!("2026-11-23"), &json!("task")));
    assert!(todo["title"].as_str().unwrap().contains("payment #1 was dishonoured"), "{todo}");
    assert!(desk.ok("log -n 1").contains("bill dishonoured"));
    desk.ok("undo");
    assert_eq!(desk.milestone("P1-M2")["balance"], "0.00");
}

#[test]
fn a_bill_counts_when_the_setting_says_so_and_both_figures_are_told() {
    let desk = desk();
    desk.ok("pay --customer C1 --amount 20万 --to P1-M2=20万 --on 2026-11-02 --method bank_bill");
    let text = desk.ok("today");
    assert!(text.contains("bills as honoured: ¥0.00"), "{text}");
    desk.ok("config set bills_count honoured");
    assert_eq!(desk.milestone("P1-M2")["balance"], "200000.00");
    let figures = &desk.json("today --json")["figures"][0];
    assert_eq!(
        (&figures["collected"], &figures["collected_received"], &figures["collected_honoured"]),
        (&json!("0.00"), &json!("200000.00"), &json!("0.00"))
    );
    desk.ok("bill honoured #1 --on 2026-11-20");
    assert_eq!(desk.milestone("P1-M2")["balance"], "0.00");
    assert_eq!(desk.json("today --json")["figures"][0]["collected"], "200000.00");
    assert!(desk.fails(2, "config set bills_count later").contains("honoured"));
    let cash = desk.fails(2, "pay --customer C1 --amount 1 --method cash --bill-number 1");
    assert!(cash.contains("only a bill of exchange"), "{cash}");
}

#[test]
fn money_moves_and_is_allocated_before_anybody_is_called() {
    let desk = desk();
    desk.ok("pay --customer C1 --amount 10万 --to P1-M1=10万 --on 2026-03-05");
    let said = desk.ok("move #1 P1-M1 P1-M2 4万 --on 2026-07-01 --reason 记错");
    assert!(said.contains("payment #1 moved to P1-M2 as of 2026-07-01"), "{said}");
    let balances = ["P1-M1", "P1-M2"].map(|key| desk.milestone(key)["balance"].clone());
    assert_eq!(balances, ["240000.00", "160000.00"]);
    assert!(desk.ok("show P1-M1").contains("¥40,000.00 moved to P1-M2"));
    assert!(desk.ok("show P1-M2 --lang zh").contains("自 P1-M1 转入 ¥40,000.00，记错"));
    let much = desk.fails(2, "move #1 P1-M1 P1-M2 9万");
    assert!(much.contains("has ¥60,000.00 on"), "{much}");
    desk.ok("undo");
    assert_eq!(desk.milestone("P1-M2")["balance"], "200000.00");
    desk.ok("pay --customer C1 --amount 5万 --unapplied --on 2026-11-02 --payer 远达贸易");
    let errand = desk.json("today --json")["errands"][0].clone();
    assert_eq!((&errand["act"], &errand["amount"]), (&json!("allocate"), &json!("50000.00")));
    let text = desk.ok("today");
    let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("no {what} in {text}"));
    assert!(at("allocate ¥50,000.00") < at("Worklist"));
    let newest = desk.json("payments --json")[0].clone();
    assert_eq!((&newest["payer"], &newest["third_party"]), (&json!("远达贸易"), &json!(true)));
    desk.ok("apply #2");
    desk.ok("clear-payer #2 --note 集团代付");
    assert_eq!(desk.json("today --json")["errands"], json!([]));
}

#[test]
fn who_paid_for_a_customer_is_cleared_by_a_note_or_a_paper_and_taken_back() {
    let desk = desk();
    desk.ok("pay --customer C1 --amount 5万 --to P1-M1=5万 --on 2026-11-02 --payer 远达贸易");
    desk.ok(
        "pay --customer C1 --amount 1万 --to P1-M1=1万 --on 2026-11-03 --payer 星河科技(有限公司)",
    );
    let errands = desk.json("today --json")["errands"].clone();
    assert_eq!(errands.as_array().unwrap().len(), 1, "{errands}");
    assert_eq!(
        (&errands[0]["act"], &errands[0]["payer"]),
        (&json!("clear_payer"), &json!("远达贸易"))
    );
    assert_eq!((&errands[0]["payment"], &errands[0]["amount"]), (&json!("#1"), &json!("50000.00")));
    assert!(desk.ok("today --lang zh").contains("确认代付：远达贸易 11-02 付款"));
    assert!(desk.fails(2, "clear-payer #1").contains("ground"));
    assert!(desk.fails(2, "clear-payer #2 --note x").contains("no third party"));
    assert!(desk.fails(2, "clear-payer #1 --note x --on 2026-11-01").contains("2026-11-02"));
    desk.ok("clear-payer #1 --note 财务电话确认 --on 2026-11-20");
    let paid = |at: usize| desk.json("payments --json")[at].clone();
    assert_eq!(
        (&paid(1)["third_party"], &paid(1)["cleared_on"]),
        (&json!(false), &json!("2026-11-20"))
    );
    assert_eq!(
        (&paid(1)["cleared_by"], &paid(1)["cleared_as"]),
        (&json!("wang"), &json!("财务电话确认"))
    );
    assert_eq!(desk.json("today --json")["errands"], json!([]));
    let shown = desk.ok("show P1-M1 --lang zh");
    assert!(shown.contains("远达贸易 代付已确认，财务电话确认"), "{shown}");
    assert!(desk.ok("log --lang zh").contains("代付确认"));
    desk.ok("clear-payer #1 --open");
    assert_eq!((&paid(1)["third_party"], &paid(1)["cleared_by"]), (&json!(true), &json!(null)));
    desk.ok("undo");
    assert_eq!(paid(1)["cleared_as"], "财务电话确认");
    desk.ok("clear-payer #1 --open");
    desk.ok("add customer --code C2 --name 乙公司");
    desk.ok("paper add payment_mandate C2 --number 乙-1");
    assert!(desk.fails(2, "clear-payer #1 --paper 乙-1").contains("another customer"));
    desk.ok("paper add payment_mandate C1 --number 委-7 --dated 2026-11-21");
    assert_eq!(
        (&paid(1)["third_party"], &paid(1)["cleared_on"]),
        (&json!(false), &json!("2026-11-21"))
    );
    assert!(paid(1)["cleared_as"].as_str().unwrap().contains("委-7"));
    assert_eq!(
        (&paid(0)["payer"], &paid(0)["cleared_on"]),
        (&json!("星河科技(有限公司)"), &json!(null))
    );
    desk.ok("clear-payer #1 --paper 委-7");
    assert!(
        desk.ok("show P1-M1").contains("payment by 远达贸易 cleared, proof: payment mandate 委-7")
    );
    desk.ok("void paper 委-7 --reason 登错");
    assert_eq!(paid(1)["third_party"], true);
}

#[test]
fn the_longest_term_of_a_bill_is_agreed_shown_and_taken_back() {
    let desk = desk();
    desk.ok("edit project P1 --bill-months 6");
    assert_eq!(desk.json("show P1 --json")["bill_months"], 6);
    desk.ok("pay --customer C1 --amount 10万 --to P1-M1=10万 --on 2026-03-05 --method bank_bill --drawn-on 2026-03-01 --matures 2026-09-02");
    assert_eq!(desk.json("payments --json")[0]["other_method"], true);
    let flags = desk.milestone("P1-M1")["flags"].clone();
    assert!(flags.as_array().unwrap().contains(&json!("other_method")), "{flags}");
    desk.ok("edit milestone P1-M1 --bill-months 7");
    assert_eq!(desk.json("payments --json")[0]["other_method"], false);
    desk.ok("undo");
    assert_eq!(desk.json("payments --json")[0]["other_method"], true);
    desk.ok("edit project P1 --bill-months 0");
    assert_eq!(desk.json("payments --json")[0]["other_method"], false);
    assert!(desk.fails(2, "edit project P1 --bill-months 37").contains("36"));
}
