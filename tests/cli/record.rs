//! One change a command: what it says, what it does, what it refuses.

use crate::kit::Desk;

/// A milestone M of 300,000.00, due 30 days after an acceptance planned for December.
fn awaiting_acceptance() -> Desk {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name 星河科技");
    desk.ok("add project --code P1 --customer C1 --name 数据中台 --manager 王敏");
    desk.ok_args(&[
        "add",
        "milestone",
        "--project",
        "P1",
        "--key",
        "M",
        "--name",
        "验收款",
        "--stage",
        "acceptance",
        "--amount",
        "30万",
        "--due",
        "acceptance + 30d",
        "--planned-on",
        "2026-12-01",
        "--agreed-on",
        "2026-01-05",
    ]);
    desk
}

#[test]
fn a_milestone_lives_through_its_stations() {
    let desk = awaiting_acceptance();
    let at = |field: &str| desk.milestone("M")[field].clone();
    assert_eq!(at("status"), "planned");
    assert_eq!(at("due"), "2026-12-31");
    assert_eq!(at("firm"), false);
    desk.ok("deliver M --on 2026-08-01");
    assert_eq!(at("waiting_on"), "customer_accept");
    desk.ok("accept M --on 2026-09-02");
    assert_eq!(at("waiting_on"), "us_invoice");
    assert_eq!(at("due"), "2026-10-02");
    desk.ok("invoice M --number 24317 --on 2026-09-05");
    assert_eq!(at("waiting_on"), "customer_pay");
    assert_eq!(at("status"), "overdue");
    assert_eq!(at("days_late"), 50);
    assert_eq!(at("bucket"), "31-60");
    assert_eq!(at("next_step"), 2);
    desk.ok("contact M --channel phone --step 2 --on 2026-10-09 --outcome noted --note 已联系");
    assert_eq!(at("next_step"), 3);
    assert_eq!(at("next_on"), "2026-11-01");
    desk.ok("promise M --by 2026-11-30 --on 2026-11-20");
    assert_eq!(at("waits")["why"], "promise");
    assert_eq!(at("waits")["until"], "2026-12-01");
    desk.ok("dispute M --amount 50000 --reason 缺陷 --on 2026-11-20");
    assert!(at("flags").as_array().unwrap().contains(&"partly_disputed".into()));
    desk.ok("resolve M --on 2026-11-21 --note 已修复");
    desk.ok("reschedule M --to 2026-12-31 --on 2026-11-21 --reason 审批");
    assert_eq!(at("due"), "2026-12-31");
    assert_eq!(at("status"), "upcoming");
    desk.ok("hold M --reason 谈判");
    assert_eq!(at("status"), "on_hold");
    desk.ok("release M");
    desk.ok("pay --customer C1 --amount 200000 --on 2026-11-21 --to M=150000");
    assert_eq!(at("balance"), "150000.00");
    desk.ok("write-off M --amount 20000 --reason 尾差");
    desk.ok("write-off M --amount 30000 --reason 折让");
    assert_eq!(at("balance"), "100000.00");
    desk.ok("pay --customer C1 --amount 100000");
    assert_eq!(at("status"), "paid");
    assert_eq!(at("bucket"), serde_json::Value::Null);
}

#[test]
fn an_amount_is_a_share_of_the_contract() {
    let desk = Desk::with_milestone();
    desk.ok(
        "add milestone --project P1 --key P1-M2 --name 尾款 --amount 33.33333% --due 2026-09-01",
    );
    assert_eq!(desk.milestone("P1-M2")["amount"], "333333.30");
    desk.ok("edit milestone P1-M2 --amount 30%");
    assert_eq!(desk.milestone("P1-M2")["amount"], "300000.00");
    assert!(desk.fails(2, "edit milestone P1-M2 --amount 130%").contains("at most 100%"));
    desk.ok("add project --code P2 --customer C1 --name 框架 --manager 王敏");
    let refused = desk.fails(2, "add milestone --project P2 --name 预付款 --amount 30%");
    assert!(refused.contains("no contract amount"), "{refused}");
}

#[test]
fn codes_that_are_not_given_follow_those_of_the_ledger() {
    let desk = Desk::new();
    assert!(desk.ok("add customer --name A").contains("customer C001 A added"));
    desk.ok("add customer --name B --code K9");
    assert!(desk.ok("add customer --name C").contains("customer K10 C added"));
    let said = desk.ok("add project --customer A --name X --manager M");
    assert!(said.contains("project P-2026-01 X added"), "{said}");
    let said = desk.ok("add milestone --project X --name Y --amount 1");
    assert!(said.contains("milestone P-2026-01-M1 Y added"), "{said}");
}

#[test]
fn what_is_hardly_meant_is_noted_and_recorded() {
    let desk = Desk::with_milestone();
    for (line, note) in [
        (
            "accept P1-M1 --on 2026-01-04",
            "2026-01-04, is before the contract was signed, 2026-01-05",
        ),
        ("edit milestone P1-M1 --amount 101万", "more than the contract, ¥1,000,000.00"),
        (
            "edit project P1 --ends-on 2026-12-31 --warranty-ends-on 2026-12-01",
            "the warranty ends on",
        ),
        ("promise P1-M1 --by 2028-01-01", "more than a year from now"),
        ("reschedule P1-M1 --to 2062-12-01", "more than ten years off"),
        ("pay --customer C1 --amount 300万", "far more than this customer owes, ¥1,010,000.00"),
    ] {
        let said = desk.fails(0, line);
        assert!(said.contains("please check: ") && said.contains(note), "{line}: {said}");
    }
    assert_eq!(desk.fails(0, "accept P1-M1 --on 2026-01-05"), "");
    assert_eq!(desk.fails(0, "accept P1-M1 --on 2026-01-04 --quiet"), "");
}

#[test]
fn what_gives_money_up_has_a_reason() {
    let desk = Desk::with_milestone();
    desk.ok("pay --customer C1 --amount 100");
    for (line, flag) in [
        ("write-off P1-M1 --amount 10", "--reason"),
        ("pay --reverse #1", "--note"),
        ("void payment #1", "--reason"),
    ] {
        let mut blank: Vec<&str> = line.split(' ').collect();
        blank.extend([flag, " "]);
        let said = desk.fails_args(2, &blank);
        assert!(said.contains("the reason is missing"), "{line}: {said}");
    }
    assert!(desk.fails(2, "void payment #1").contains("--reason"));
    assert_eq!(desk.milestone("P1-M1")["balance"], "299900.00");
    // A script goes on, and what it did not say is on record.
    desk.ok("write-off P1-M1 --amount 10");
    desk.ok("pay --reverse #1");
    assert_eq!(desk.ok("show P1-M1").matches("no reason given").count(), 2);
}

#[test]
fn a_project_comes_with_its_plan() {
    let desk = Desk::with_milestone();
    let said = desk.ok_args(&[
        "add",
        "project",
        "--code",
        "P2",
        "--customer",
        "C1",
        "--name",
        "Line 2",
        "--amount",
        "100.01",
        "--plan",
        "3-4-2.5-0.5 advance delivery acceptance retention",
    ]);
    assert!(said.contains("with 4 milestones"), "{said}");
    assert_eq!(desk.milestone("P2-M4")["amount"], "5.01");
    assert_eq!(desk.milestone("P2-M4")["stage"], "retention");
    desk.ok("undo");
    desk.ok("add project --code P2 --customer C1 --name B --amount 100 --plan 30/70");
    let refused = desk.fails(2, "add project --code P3 --customer C1 --name C --plan 30/70");
    assert!(refused.contains("--plan: enter the contract amount"), "{refused}");
    let refused = desk.fails(2, "edit project P2 --plan 30%/60%");
    assert!(refused.contains("90% in all"), "{refused}");
}

#[test]
fn a_plan_says_when_and_goes_by_a_name_of_one_s_own() {
    let desk = Desk::with_milestone();
    let add =
        ["add", "project", "--customer", "C1", "--signed-on", "2026-11-02", "--amount", "1000"];
    let typed = "30/40/25/5 签订10 验收30 验收90 质保1年";
    desk.ok_args(&[&add[..], &["--code", "P2", "--name", "Line 2", "--plan", typed]].concat());
    assert_eq!(desk.milestone("P2-M1")["due"], "2026-11-12");
    assert_eq!(desk.milestone("P2-M4")["amount"], "50.00");
    assert_eq!(desk.milestone("P2-M4")["stage"], "retention");
    desk.ok("accept P2-M2 --on 2026-11-20");
    assert_eq!(desk.milestone("P2-M2")["due"], "2026-12-20");
    // What is paid later upon the acceptance takes its day.
    assert_eq!(desk.milestone("P2-M3")["due"], "2027-02-18");
    assert_eq!(desk.milestone("P2-M4")["due"], "2027-11-20");

    let config = desk.file("plans.toml", "[plans]\nours = \"30% signing+10d, rest delivery\"\n");
    let named = [&add[..], &["--code", "P3", "--name", "Line 3", "--plan", "ours"]].concat();
    let done = desk.command(&named).env("HUIKUAN_CONFIG", &config).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    assert_eq!(desk.milestone("P3-M2")["amount"], "700.00");
    assert!(desk.fails_args(2, &named).contains("“ours” is no share"));
}

#[test]
fn a_plan_of_one_s_own_brings_what_its_stages_wait_for() {
    let desk = Desk::with_milestone();
    let text = "[plans.public]\nplan = \"30/70 signing+10d conditions+30d\"\n\
                conditions.final.gate = [\"audit\"]\n\
                conditions.final.deliverable = [\"drawings\"]\n";
    let config = desk.file("plans.toml", text);
    let add = |code: &str, plan: &str| {
        let args = "add project --customer C1 --name Line --signed-on 2026-11-02 --amount 1000";
        let args = args.split(' ').chain(["--code", code, "--plan", plan]).collect::<Vec<_>>();
        desk.command(&args).env("HUIKUAN_CONFIG", &config).output().unwrap()
    };
    let refused = add("P2", "public");
    let refused = String::from_utf8(refused.stderr).unwrap();
    assert!(refused.contains("conditions for final, and no such instalment"), "{refused}");
    desk.file("plans.toml", text.replace("final", "acceptance"));
    let done = add("P2", "public");
    assert!(done.status.success(), "{done:?}");
    let asked = |of: &str| desk.json(&format!("condition list {of} --json"));
    let told = asked("P2");
    let told: Vec<_> = told.as_array().unwrap().iter().map(|one| &one["text"]).collect();
    assert_eq!(told, ["drawings", "audit"]);
    assert_eq!(desk.milestone("P2-M2")["due"], serde_json::Value::Null);
    desk.ok("condition met P2-M2 audit drawings --on 2026-11-10");
    assert_eq!(desk.milestone("P2-M2")["due"], "2026-12-10");
    desk.ok("undo");
    desk.ok("undo");
    assert!(desk.fails(2, "show P2").contains("P2"));
}

#[test]
fn a_condition_tells_the_due_rule_unless_one_is_given() {
    let desk = Desk::with_milestone();
    let add = ["add", "milestone", "--project", "P1", "--amount", "10", "--condition"];
    let add = |key: &str, condition: &str, more: &[&str]| {
        desk.ok_args(&[&add[..], &[condition, "--key", key, "--name", key], more].concat());
    };
    let due = |key: &str| desk.milestone(key)["due"].clone();
    add("K1", "验收合格后30日内付款", &[]);
    desk.ok("accept K1 --on 2026-11-01");
    assert_eq!(due("K1"), "2026-12-01");
    let told = desk.command(&["edit", "milestone", "K1", "--condition", "验收后60天"]).output();
    let told = String::from_utf8(told.unwrap().stderr).unwrap();
    assert!(told.contains("as the condition says: acceptance + 60d"), "{told}");
    assert_eq!(due("K1"), "2026-12-31");
    desk.ok("edit milestone K1 --condition 主体封顶后付款");
    assert_eq!(due("K1"), "2026-12-31");
    add("K2", "验收合格后30日内付款", &["--due", "2026-12-24"]);
    assert_eq!(due("K2"), "2026-12-24");
    desk.ok("edit milestone K2 --condition 验收后60天");
    assert_eq!(due("K2"), "2026-12-24");
}

#[test]
fn money_without_a_target_pays_the_oldest_due_and_the_rest_stays() {
    let desk = Desk::with_milestone();
    desk.ok("add milestone --project P1 --key P1-M2 --name 尾款 --amount 1000 --due 2026-09-01");
    desk.ok("pay --customer C1 --amount 302000");
    assert_eq!(desk.milestone("P1-M2")["balance"], "0.00");
    assert_eq!(desk.milestone("P1-M1")["balance"], "0.00");
    let aging = desk.json("aging --json");
    assert_eq!(aging["rows"][0]["unapplied"], "1000.00");
    desk.ok("add milestone --project P1 --key P1-M3 --name 增项 --amount 5000 --due 2026-11-01");
    desk.ok("apply #1");
    assert_eq!(desk.milestone("P1-M3")["balance"], "4000.00");
}

#[test]
fn a_promised_amount_goes_to_the_oldest_due_of_the_milestones_named() {
    let desk = Desk::with_milestone();
    desk.ok("add milestone --project P1 --key P1-M2 --name 尾款 --amount 1000 --due 2026-09-01");
    desk.ok("contact P1-M1 P1-M2 --by 2026-12-05 --amount 1500");
    let log = desk.json("log --json");
    let promised = &log[0]["detail"]["log_contact"]["promises"];
    let amounts = [0, 1].map(|at| (&promised[at]["milestone"], &promised[at]["amount"]));
    assert_eq!(amounts, [(&2.into(), &"1000.00".into()), (&1.into(), &"500.00".into())]);
    let before = desk.ok("list --json");
    let said = desk.fails(2, "contact P1-M1 P1-M2 --by 2026-12-05 --amount 301001");
    assert!(said.contains("301,000.00"), "{said}");
    assert_eq!(desk.ok("list --json"), before);
}

#[test]
fn a_contact_in_which_they_object_opens_the_dispute() {
    let desk = Desk::with_milestone();
    desk.ok("contact P1-M1 --outcome 提出争议 --amount 5万 --reason 数量不符");
    let partly = desk.milestone("P1-M1");
    assert!(partly["flags"].as_array().unwrap().contains(&"partly_disputed".into()), "{partly}");
    let log = desk.json("log --json");
    assert_eq!(log[0]["kind"], "contact");
    let dispute = &log[0]["detail"]["log_contact"]["disputes"][0];
    assert_eq!((&dispute["amount"], &dispute["reason"]), (&"50000.00".into(), &"数量不符".into()));
    desk.ok("resolve P1-M1");
    desk.ok("contact P1-M1 --reason 数量不符");
    assert_eq!(desk.milestone("P1-M1")["status"], "disputed");
    desk.ok("undo");
    assert_eq!(desk.milestone("P1-M1")["status"], "overdue");
}

#[test]
fn an_outcome_that_records_more_is_refused_without_it() {
    let desk = Desk::with_milestone();
    desk.ok("add milestone --project P1 --key P1-M2 --name 尾款 --amount 1000 --due 2026-09-01");
    let before = desk.ok("log --json");
    for (line, way_out) in [
        ("contact P1-M1 --outcome promised", "needs --by"),
        ("contact P1-M1 --outcome disputed", "needs --reason"),
        ("contact P1-M1 --outcome noted --by 2026-12-05", "promised"),
        ("contact P1-M1 --outcome promised --reason 数量不符", "disputed"),
        ("contact P1-M1 --amount 500", "--by / --reason"),
        ("contact P1-M1 --by 2026-12-05 --reason 数量不符", "--reason"),
        ("contact P1-M1 P1-M2 --reason 数量不符 --amount 500", "one milestone"),
        ("contact P1-M1 --reason 数量不符 --amount 300001", "300,000.00"),
    ] {
        let said = desk.fails(2, line);
        assert!(said.contains(way_out), "{line}: {said}");
    }
    assert_eq!(desk.ok("log --json"), before);
}

#[test]
fn a_bounced_payment_opens_the_balance_again() {
    let desk = Desk::with_milestone();
    desk.ok("pay --customer C1 --amount 300000 --on 2026-10-10");
    desk.ok("pay --reverse #1 --amount 100000 --on 2026-10-20 --note bounced");
    assert_eq!(desk.milestone("P1-M1")["balance"], "100000.00");
    desk.ok("pay --reverse #1 --on 2026-10-21 --note bounced");
    assert_eq!(desk.milestone("P1-M1")["balance"], "300000.00");
    desk.fails(2, "pay --reverse #1 --on 2026-10-22 --note bounced");
}

#[test]
fn what_breaks_a_rule_changes_nothing_and_says_the_way_out() {
    let desk = Desk::with_milestone();
    let before = desk.ok("list --json");
    assert!(
        desk.fails(2, "pay --customer C1 --amount 500000 --to P1-M1=400000").contains("300,000.00")
    );
    assert!(desk.fails(2, "pay --customer C1 --amount 1 --on 2026-12-01").contains("2026-12-01"));
    assert!(desk.fails(2, "pay --customer C9 --amount 1").contains("C9"));
    assert!(desk.fails(2, "pay --customer C1 --amount 1.234").contains("decimals"));
    for (line, says) in [
        ("promise P1-M1 --by 2026-12-01 --amount 300001", "cannot be promised"),
        ("dispute P1-M1 --amount 300001", "cannot be disputed"),
        ("write-off P1-M1 --amount 300001 --reason 折让", "to write off"),
    ] {
        let said = desk.fails(2, line);
        assert!(said.contains(says) && !said.contains("unapplied"), "{said}");
    }
    assert!(desk.fails(2, "resolve P1-M1").contains("no open dispute"));
    assert!(desk.fails(2, "release P1-M1").contains("not on hold"));
    assert!(desk.fails(2, "contact P1-M1 --step 7").contains("--step"));
    assert!(desk.fails(2, "contact P1-M1 --channel pigeon").contains("wechat"));
    assert!(desk.fails(2, "add customer --code C1 --name other").contains("taken"));
    assert!(
        desk.fails(2, "add milestone --project P1 --name x --amount 0 --due 2026-12-01")
            .contains("above 0")
    );
    assert!(
        desk.fails(2, "add milestone --project P1 --name x --amount 1 --due soon")
            .contains("--due")
    );
    assert_eq!(desk.ok("list --json"), before);
}

#[test]
fn an_edit_corrects_what_is_named_and_keeps_the_rest() {
    let desk = Desk::with_milestone();
    desk.ok("edit milestone P1-M1 --amount 310000");
    let row = desk.milestone("P1-M1");
    assert_eq!(row["amount"], "310000.00");
    assert_eq!(row["due"], "2026-10-02");
    desk.ok("edit project P1 --grace 60");
    assert_eq!(desk.milestone("P1-M1")["status"], "in_grace");
    desk.ok("edit customer C1 --name 星河科技有限公司 --contact 李雷:13800000000");
    assert_eq!(desk.milestone("P1-M1")["customer_name"], "星河科技有限公司");
    desk.ok("contact P1-M1 --person 李雷 --note hello");
    assert!(desk.fails(2, "contact P1-M1 --person 韩梅梅").contains("韩梅梅"));
    let person = || desk.json("touches --json --limit 1")[0]["person"].clone();
    desk.ok("contact P1-M1 --person 雷 --note again");
    assert_eq!(person(), "李雷");
    desk.ok("edit customer C1 --contact 李雷:lilei@example.com");
    let contacts = desk.json("contacts --json");
    assert_eq!(
        (contacts.as_array().unwrap().len(), &contacts[0]["email"]),
        (1, &"lilei@example.com".into())
    );
    assert_eq!(contacts[0]["phone"], "13800000000");
    desk.ok("edit customer C1 --contact 李华");
    let several = desk.fails(2, "contact P1-M1 --person 李");
    assert!(several.contains("李雷") && several.contains("李华"), "{several}");
    desk.ok("contact P1-M1 --person 华 --note both");
    assert_eq!(person(), "李华");
}

#[test]
fn a_write_answers_in_json_with_its_event() {
    let desk = Desk::with_milestone();
    let said = desk.json("deliver P1-M1 --on 2026-09-01 --json");
    assert_eq!(said["event"], 4);
    assert_eq!(said["ids"][0], "#1");
}

#[test]
fn a_write_names_its_own_milestone_and_not_those_that_follow_it() {
    let desk = Desk::with_milestone();
    let add = [
        "add",
        "milestone",
        "--project",
        "P1",
        "--key",
        "P1-M2",
        "--name",
        "验收款",
        "--stage",
        "acceptance",
        "--amount",
        "10",
        "--due",
        "acceptance + 30d",
    ];
    desk.ok_args(&add);
    let said = desk.json(
        "add milestone --project P1 --key P1-M3 --name 尾款 --amount 10 --due 2026-12-01 --json",
    );
    assert_eq!(said["ids"], serde_json::json!(["#3"]));
    let said = desk.json("accept P1-M1 --on 2026-09-01 --json");
    assert_eq!(said["ids"], serde_json::json!(["#1"]));
    let said = desk.json("undo --json");
    assert_eq!(said["ids"], serde_json::json!(["#1"]));
}

#[test]
fn a_red_invoice_takes_a_negative_amount() {
    let desk = Desk::with_milestone();
    desk.ok("invoice P1-M1 --number 1 --on 2026-09-01");
    desk.ok("invoice P1-M1 --number 2 --amount -1000 --on 2026-09-02");
    let said = desk.fails(2, "pay --customer C1 --amount -5");
    assert!(said.contains("above 0"), "{said}");
}

#[test]
fn an_undo_does_not_offer_to_be_undone() {
    let desk = Desk::with_milestone();
    desk.ok("deliver P1-M1 --on 2026-09-01");
    let said = desk.ok("undo");
    assert_eq!(said, "event 4 undone: delivered P1-M1\n");
}

#[test]
fn undo_goes_back_one_change_at_a_time_and_the_log_tells() {
    let desk = Desk::with_milestone();
    let before = desk.ok("list --json");
    desk.ok("pay --customer C1 --amount 300000");
    desk.ok("undo");
    assert_eq!(desk.ok("list --json"), before);
    let log = desk.json("log --json");
    assert_eq!(log[0]["kind"], "undo");
    assert_eq!(log[0]["undoes"], 4);
    assert_eq!(log[1]["undone_by"], 5);
    assert!(desk.ok("log").contains("payment (undone)"), "{}", desk.ok("log"));
    desk.ok("redo");
    assert!(!desk.ok("log").contains("(undone)"), "{}", desk.ok("log"));
    assert_eq!(desk.json("log --json")[2]["undone_by"], serde_json::Value::Null);
    desk.ok("undo");
    assert_eq!(desk.json("log --json")[3]["undone_by"], 7);
    for _ in 0..3 {
        desk.ok("undo");
    }
    assert!(desk.fails(2, "undo").contains("nothing"));
}

#[test]
fn an_acceptance_says_which_other_milestones_it_dates() {
    let desk = awaiting_acceptance();
    desk.ok_args(&[
        "add",
        "milestone",
        "--project",
        "P1",
        "--key",
        "R",
        "--name",
        "质保金",
        "--stage",
        "retention",
        "--amount",
        "5万",
        "--due",
        "acceptance + 1y",
        "--agreed-on",
        "2026-01-05",
    ]);
    let told = desk.ok("accept M --on 2026-09-02");
    assert!(told.contains("R 2027-09-02"), "{told}");
    desk.ok("undo");
    let told = desk.json("accept M --on 2026-09-02 --json");
    assert_eq!(told["dated"], serde_json::json!([{ "id": "#2", "due": "2027-09-02" }]));
}

#[test]
fn an_unsent_invoice_is_sent_later() {
    let desk = awaiting_acceptance();
    desk.ok("accept M --on 2026-09-02");
    desk.ok("invoice M --number 7 --on 2026-09-05 --unsent");
    assert_eq!(desk.milestone("M")["waiting_on"], "us_send");
    desk.ok("sent M --on 2026-09-08");
    assert_eq!(desk.milestone("M")["waiting_on"], "customer_pay");
    desk.ok("sent M --received-on 2026-09-10");
    desk.fails(2, "sent M");
}

#[test]
fn a_red_invoice_names_its_bill_and_is_not_dated_before_it() {
    let desk = awaiting_acceptance();
    desk.ok("accept M --on 2026-09-02");
    desk.ok("invoice M --number 7 --on 2026-09-05 --amount 100000");
    desk.ok("invoice M --number 8 --on 2026-09-06 --amount 100000");
    let refused = desk.fails(2, "invoice M --on 2026-09-07 --amount 100001");
    assert!(refused.contains("--above"), "{refused}");
    desk.fails(2, "invoice M --on 2026-09-04 --amount=-100000");
    desk.fails(2, "invoice M --on 2026-09-10 --amount=-100000 --reverses 9");
    desk.fails(2, "invoice M --on 2026-09-05 --amount=-100000 --reverses 8");
    desk.ok("invoice M --on 2026-09-10 --amount=-100000 --reverses 7");
    desk.fails(2, "invoice M --on 2026-09-10 --amount=-1 --reverses 7");
}

#[test]
fn a_contact_that_was_agreed_comes_back() {
    let desk = Desk::with_milestone();
    desk.ok("contact P1-M1 --step 2 --on 2026-11-10");
    desk.ok("contact P1-M1 --on 2026-11-19 --next-on 2026-11-21");
    let today = desk.json("today --json");
    assert_eq!(today["worklist"][0]["act"], "call_back");
    let yesterday = desk.json("today --json --today 2026-11-20");
    assert_eq!(yesterday["worklist"], serde_json::json!([]));
}

#[test]
fn the_same_money_is_not_recorded_twice_unnoticed() {
    let desk = Desk::with_milestone();
    let pay = "pay --customer C1 --amount 500 --unapplied";
    desk.ok(&format!("{pay} --on 2026-11-10 --ref TX1"));
    for like in [
        &format!("{pay} --on 2026-11-10"),
        &format!("{pay} --on 2026-11-16"),
        &format!("{pay} --on 2026-11-04"),
        "pay --customer C1 --amount 9 --on 2026-01-10 --ref TX1 --unapplied",
    ] {
        let said = desk.fails(2, like);
        assert!(said.contains("payment #1 of 2026-11-10, ¥500.00"), "{said}");
        assert!(said.contains("--again"), "{said}");
    }
    desk.ok(&format!("{pay} --on 2026-11-19"));
    desk.ok(&format!("{pay} --on 2026-11-10 --again"));
    desk.ok("pay --customer C1 --amount 501 --on 2026-11-10 --unapplied");
    // What bounced may come again.
    for payment in 1..=3 {
        desk.ok(&format!("pay --reverse #{payment} --on 2026-11-20 --note bounced"));
    }
    desk.ok(&format!("{pay} --on 2026-11-12 --ref TX1"));
}

#[test]
fn a_mistake_is_voided_with_a_reason_and_comes_back_by_undo() {
    let desk = Desk::with_milestone();
    desk.ok("invoice P1-M1 --number 24317 --on 2026-09-05");
    desk.ok("contact P1-M1 --step 2 --on 2026-10-09");
    desk.ok("pay --customer C1 --amount 500 --unapplied");
    desk.fails(2, "void invoice 24317");
    let said = desk.ok("void invoice 24317 --reason mistake");
    assert!(said.starts_with("voided: invoice 24317"), "{said}");
    assert_eq!(desk.json("log --json")[0]["keys"], serde_json::json!(["P1-M1"]));
    assert!(desk.milestone("P1-M1")["flags"].as_array().unwrap().contains(&"not_invoiced".into()));
    desk.ok("void contact P1-M1 --reason mistake");
    assert_eq!(desk.milestone("P1-M1")["next_step"], 2);
    desk.ok("contact P1-M1 --on 2026-10-10");
    desk.ok("contact P1-M1 --on 2026-10-11");
    let several = desk.fails(2, "void contact P1-M1 --reason mistake");
    assert!(several.contains("#2 2026-10-10") && several.contains("#3 2026-10-11"), "{several}");
    desk.ok("void contact #2 --reason mistake");
    desk.ok("void payment #1 --reason mistake");
    desk.ok("pay --customer C1 --amount 500 --unapplied");
    let said = desk.fails(2, "void payment #1 --reason mistake");
    assert!(said.contains("no payment"), "{said}");
    desk.ok("void milestone P1-M1 --reason mistake");
    assert_eq!(desk.json("list --all --json").as_array().unwrap().len(), 0);
    assert!(desk.ok("undo").contains("undone: voided"));
    assert_eq!(desk.json("list --all --json").as_array().unwrap().len(), 1);
    assert!(desk.ok("redo").contains("redone: voided"));
    assert_eq!(desk.json("list --all --json").as_array().unwrap().len(), 0);
    assert!(desk.fails(2, "redo").contains("taken nothing back"));
}

#[test]
fn names_and_chinese_words_stand_where_codes_do() {
    let desk = Desk::with_milestone();
    desk.ok("edit customer 星河科技 --short-name 星河");
    desk.ok("add project --code P2 --customer 星河 --name 管网 --manager 王敏 --currency 人民币 --bills 否");
    desk.ok("add milestone --project 管网 --key P2-M1 --name 验收款 --stage 预付款 --amount 三十万 --due 年底");
    assert_eq!(desk.milestone("P2-M1")["stage"], "advance");
    assert_eq!(desk.milestone("P2-M1")["due"], "2026-12-31");
    desk.ok("contact 管网/验收款 --channel 电话 --outcome 承诺付款 --cause 资金紧张 --by 下月15号");
    let promise = &desk.json("promises --json")[0];
    assert_eq!((&promise["project"], &promise["pay_by"]), (&"P2".into(), &"2026-12-15".into()));
    desk.ok("invoice P1/验收款 --number 24317 --kind 普票");
    desk.ok("pay --customer 星河 --amount 1万 --method 银行承兑汇票 --to P1-M1=一万");
    assert_eq!(desk.milestone("P1-M1")["balance"], "290000.00");
    desk.ok("void 收款 #1 --reason 登错");
    desk.ok("edit project P2 --state 已结束");
    desk.ok("add person 李卓然 --role 项目经理");
    assert!(desk.ok("aging --by 项目经理 --age-by 到期日").contains("王敏"));
    assert!(desk.ok("show 24317 --as 发票").contains("24317"));
}

#[test]
fn of_several_things_of_one_name_it_is_said_which_there_are() {
    let desk = Desk::with_milestone();
    desk.ok("add project --code P2 --customer C1 --name 管网 --manager 王敏");
    desk.ok("add milestone --project P2 --key P2-M1 --name 验收款 --amount 1 --due 2026-12-31");
    desk.ok("add milestone --project P2 --key P2-M2 --name 尾款 --amount 1 --due 2026-12-31");
    desk.ok("add milestone --project P2 --key P2-M3 --name 尾款 --amount 1 --due 2026-12-31");
    let before = desk.ok("log --json");
    let said = desk.fails(2, "deliver 验收款");
    assert!(said.contains("P1-M1, P2-M1") || said.contains("P1-M1、P2-M1"), "{said}");
    let said = desk.fails(2, "deliver 管网/尾款");
    assert!(said.contains("P2-M2") && said.contains("P2-M3") && !said.contains("P1"), "{said}");
    assert!(desk.fails(2, "deliver 管网/开工款").contains("开工款"));
    assert_eq!(desk.ok("log --json"), before);
    desk.ok_args(&["deliver", "P2 验收款"]);
}

#[test]
fn what_is_missing_is_named_by_its_option_with_the_command_s_own_help() {
    let desk = Desk::with_milestone();
    let said = desk.fails(2, "add project --code P9");
    for part in ["--customer", "--name", "huikuan add project --help"] {
        assert!(said.contains(part), "no {part} in {said}");
    }
    assert!(!said.contains("Usage") && !said.contains("--db"), "{said}");
    assert!(desk.fails(2, "add milestone --project P1 --lang zh").contains("--amount"));
    let near = desk.fails(2, "list --filtr overdue --lang zh");
    assert!(near.contains("--filter") && near.contains("huikuan list --help"), "{near}");
    desk.ok("edit project P1 --progress 10");
    let help = desk.ok("add project --help");
    assert!(help.find("--customer").unwrap() < help.find("--code").unwrap(), "{help}");
    assert!(help.contains("(required)"), "{help}");
}

#[test]
fn paying_early_takes_the_discount_that_stands_in_the_contract() {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name Acme");
    desk.ok_args(&[
        "add",
        "project",
        "--code",
        "P1",
        "--customer",
        "C1",
        "--name",
        "ERP",
        "--discount",
        "2/10 net 30",
    ]);
    desk.ok("add milestone --project P1 --key M --name 到货款 --amount 1000 --due invoice+30d");
    desk.ok("invoice M --on 2026-11-15");
    let shown = desk.ok("show M --lang en");
    assert!(shown.contains("pay ¥980.00 by 11-25: ¥20.00 off"), "{shown}");
    assert_eq!(desk.json("show P1 --json")["discount"], "2/10");
    desk.ok("pay --customer C1 --amount 980 --on 2026-11-20");
    assert_eq!(desk.milestone("M")["status"], "paid");
    assert_eq!(desk.json("show M --json")["waived"], "20.00");
    let shown = desk.ok("show M --lang en");
    assert!(shown.contains("early-payment discount: ¥20.00 waived"), "{shown}");
    let conceded = desk.json("show C1 --json")["concessions"].clone();
    assert_eq!((&conceded[0]["kind"], &conceded[0]["cost"]), (&"discount".into(), &"20.00".into()));
    let said = desk.fails_args(2, &["edit", "project", "P1", "--discount", "soon"]);
    assert!(said.contains("2/10 net 30"), "{said}");
    desk.ok("edit project P1 --discount none");
    assert_eq!(desk.milestone("M")["balance"], "20.00");
}

#[test]
fn a_suspended_project_is_only_chased_for_money() {
    let desk = awaiting_acceptance();
    desk.ok("deliver M --on 2026-08-01");
    assert!(desk.ok("today --lang en").contains("acceptance"));
    desk.ok("suspend P1 --reason 付款拖延 --notice 停工函3号 --on 2026-11-01");
    assert_eq!(desk.json("show P1 --json")["state"], "suspended");
    let acts = desk.json("today --json");
    assert!(!acts.to_string().contains("chase_acceptance"), "{acts}");
    let said = desk.fails(2, "suspend P1 --reason again");
    assert!(said.contains("resume P1"), "{said}");
    let said = desk.fails(2, "edit project P1 --state suspended");
    assert!(said.contains("suspend"), "{said}");
    let shown = desk.ok("show M");
    assert!(shown.contains("停工函3号"), "{shown}");
    desk.ok("resume P1");
    assert_eq!(desk.json("show P1 --json")["state"], "active");
    assert!(desk.json("today --json").to_string().contains("chase_acceptance"));
}

#[test]
fn a_settlement_holds_until_its_day_and_lapses_by_itself() {
    let desk = Desk::with_milestone();
    let key = "P1-M1";
    let balance = desk.milestone(key)["balance"].clone();
    desk.ok("settle P1-M1 --pay 1000 --by 2026-11-30 --on 2026-11-01 --note 和解协议");
    assert_eq!(desk.milestone(key)["waits"]["why"], "settlement");
    assert_eq!(desk.milestone(key)["waits"]["until"], "2026-12-01");
    let shown = desk.ok("show P1-M1 --lang en");
    assert!(shown.contains("settlement: ¥1,000.00 more by 11-30"), "{shown}");
    let lapsed = desk.ok("--today 2026-12-01 show P1-M1 --lang en");
    assert!(lapsed.contains("lapsed after 11-30"), "{lapsed}");
    desk.ok("pay --customer C1 --amount 999.99 --on 2026-11-20 --to P1-M1=999.99");
    assert_ne!(desk.milestone(key)["status"], "settled");
    desk.ok("pay --customer C1 --amount 0.01 --on 2026-11-21 --to P1-M1=0.01");
    assert_eq!(desk.milestone(key)["status"], "settled");
    assert_eq!(desk.milestone(key)["balance"], "0.00");
    let shown = desk.ok("show P1-M1 --lang en");
    assert!(shown.contains("settlement: ") && shown.contains(" waived"), "{shown}");
    assert_ne!(balance, "0.00");
    let morning = desk.json("today --json");
    assert!(morning.to_string().contains("\"waived\""), "{morning}");
    let said = desk.fails(2, "settle P1-M1 --pay 1 --by 2026-12-31");
    assert!(!said.is_empty());
}

/// A contract of 1,000,000.00 in three milestones, the first of them paid.
fn contract() -> Desk {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name 星河科技");
    desk.ok_args(&[
        "add",
        "project",
        "--code",
        "P1",
        "--customer",
        "C1",
        "--name",
        "数据中台",
        "--amount",
        "1000000",
        "--plan",
        "30/40/30",
        "--signed-on",
        "2026-01-05",
        "--bills",
        "no",
    ]);
    for (key, due) in [("P1-M1", "2026-02-10"), ("P1-M2", "2026-06-10"), ("P1-M3", "2026-12-10")] {
        desk.ok_args(&["edit", "milestone", key, "--due", due]);
    }
    desk.ok("pay --customer C1 --amount 300000 --on 2026-02-10 --to P1-M1=300000");
    desk
}

#[test]
fn an_amendment_and_instalments_are_recorded_and_listed() {
    let desk = contract();
    let said = desk.ok("amend P1 1100000 --on 2026-07-01 --note 增项");
    assert!(said.contains("2026-07-01"), "{said}");
    assert_eq!(desk.milestone("P1-M2")["amount"], "457142.86");
    let refused = desk.fails(2, "amend P1 100000");
    assert!(refused.contains("300,000.00"), "{refused}");
    desk.ok_args(&[
        "split",
        "P1-M2",
        "--into",
        "3 monthly from 2026-10-31",
        "--on",
        "2026-09-01",
        "--all-due",
    ]);
    assert_eq!(desk.milestone("P1-M2/3")["amount"], "152380.95");
    assert_eq!(desk.milestone("P1-M2/3")["due"], "2026-12-31");
    let shown = desk.ok("show P1-M2");
    assert!(shown.contains("split") || shown.contains("已拆分"), "{shown}");
    desk.ok("call-due P1-M2/1 --on 2026-11-20");
    assert_eq!(desk.milestone("P1-M2/3")["due"], "2026-11-20");
    let deals = desk.json("deals P1 --json");
    let kinds: Vec<_> = deals.as_array().unwrap().iter().map(|deal| deal["kind"].clone()).collect();
    assert_eq!(kinds, ["instalments", "amendment"]);
    assert_eq!(
        deals[0]["milestones"],
        serde_json::json!(["P1-M2", "P1-M2/1", "P1-M2/2", "P1-M2/3"])
    );
    let listed = desk.json("list --json --filter milestone:P1-M2/2");
    assert_eq!(listed.as_array().unwrap().len(), 1, "{listed}");
    let refused = desk.fails(2, "split P1-M3 --into sometime");
    assert!(refused.contains("3 monthly") || refused.contains("每月"), "{refused}");
}

#[test]
fn the_clock_of_a_part_may_run_from_the_last_part_of_its_debt() {
    let desk = contract();
    let parts = "2026-10-31=100000 2026-11-30=rest";
    desk.ok_args(&["split", "P1-M2", "--into", parts, "--on", "2026-09-01"]);
    let clocks = desk.json("limitation --json");
    let clock = &clocks.as_array().unwrap()[0];
    assert_eq!(clock["key"], "P1-M2/1");
    assert_eq!(clock["ends"], "2029-10-31");
    assert_eq!(clock["ends_by_last"], "2029-11-30", "not by the contract's last, due in December");
}
