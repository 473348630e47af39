//! Bank statements on the command line: brought in, matched, booked, and what is said of files that are none.

use serde_json::{Value, json};

use crate::kit::Desk;

const STATEMENT: &str = "开户行：某行\n账号：6222000011\n\
    交易日期,收入,支出,余额,对方户名,对方账号,附言,流水号\n\
    2026-11-02,300000.00,,400000.00,星河科技有限公司,6225111122,货款,T1\n\
    2026-11-03,,15.00,399985.00,银行,,手续费,T2\n\
    2026-11-04,500.00,,400485.00,李雷,6225333344,P2-M1 尾款,T3\n\
    2026-11-05,8.88,,400493.88,银行,,利息,T4\n\
    合计,300508.88,15.00,,,,,\n";

/// Two customers: one owes 300,000.00, the other 500.00; and the statement brought in.
fn desk() -> Desk {
    let desk = Desk::with_milestone();
    desk.ok("add customer --code C2 --name 华东水务");
    desk.ok("add project --code P2 --customer C2 --name 管网 --manager 李卓然");
    desk.ok("add milestone --project P2 --key P2-M1 --name 尾款 --amount 500 --due 2026-10-31");
    let file = desk.file("bank.csv", STATEMENT);
    desk.ok(&format!("bank import {file}"));
    desk
}

fn rows(desk: &Desk, line: &str) -> Vec<Value> {
    desk.json(&format!("{line} --json")).as_array().unwrap().clone()
}

#[test]
fn a_statement_comes_in_once_and_says_what_it_holds() {
    let desk = Desk::new();
    let file = desk.file("bank.csv", STATEMENT);
    let first = &desk.json(&format!("bank import {file} --json"))[0];
    assert_eq!((&first["new"], &first["known"]), (&json!(4), &json!(0)));
    assert_eq!(first["warnings"], json!([]));
    let account = &first["accounts"][0];
    assert_eq!(
        (&account["account"], &account["closing"]),
        (&json!("6222000011"), &json!("400493.88"))
    );
    assert_eq!(account["in"], json!({ "lines": 3, "amount": "300508.88" }));
    let second = &desk.json(&format!("bank import {file} --json"))[0];
    assert_eq!(
        (&second["new"], &second["known"], &second["event"]),
        (&json!(0), &json!(4), &Value::Null)
    );
    let accounts = rows(&desk, "bank accounts");
    assert_eq!((&accounts[0]["lines"], &accounts[0]["open"]), (&json!(4), &json!(3)));
    assert_eq!(
        (&accounts[0]["computed"], &accounts[0]["off"]),
        (&json!("400493.88"), &Value::Null)
    );
}

#[test]
fn proposals_say_why_and_only_exact_ones_are_booked_unasked() {
    let desk = desk();
    let found = rows(&desk, "bank match");
    assert_eq!(found.len(), 3);
    assert_eq!(
        (&found[0]["proposal"], &found[0]["exact"]),
        (&json!("星河科技 P1-M1"), &json!(true))
    );
    assert_eq!(
        found[1]["candidates"][0]["lines"][0],
        json!({ "milestone": "#2", "key": "P2-M1", "amount": "500.00" })
    );
    assert_eq!(found[1]["candidates"][0]["clues"], json!(["number", "exact"]));
    assert!(found[1]["why"].as_str().unwrap().contains("P2-M1"));
    assert_eq!(
        (&found[2]["proposal"], &found[2]["confidence"]),
        (&json!("nothing fits"), &Value::Null)
    );
    let left = rows(&desk, "bank match --accept exact");
    assert_eq!(left.len(), 1);
    assert_eq!(desk.milestone("P1-M1")["balance"], "0.00");
    let booked = rows(&desk, "bank list --state booked");
    assert_eq!(booked.len(), 2);
    assert_eq!((&booked[1]["customer"], &booked[1]["payment"]), (&json!("C1"), &json!("#1")));
    assert_eq!(rows(&desk, "bank list --state out").len(), 1);
    desk.ok("undo");
    assert_eq!(rows(&desk, "bank list --state open").len(), 2);
}

#[test]
fn a_line_is_booked_as_said() {
    let desk = desk();
    desk.ok("add milestone --project P1 --key P1-M2 --name 尾款 --amount 1000 --due 2026-10-31");
    let said = desk.ok("bank book #1 --to P1-M1=200000 --to P1-M2=1000 --fee 15");
    assert!(said.contains("bank line #1 booked: ¥300,015.00"), "{said}");
    assert_eq!(desk.milestone("P1-M1")["balance"], "100000.00");
    let payment = &rows(&desk, "payments")[0];
    assert_eq!(
        (&payment["amount"], &payment["unapplied"]),
        (&json!("300015.00"), &json!("99015.00"))
    );
    assert_eq!((&payment["ref"], &payment["on"]), (&json!("T1"), &json!("2026-11-02")));
    assert!(desk.fails(2, "bank book #1").contains("booked as payment #1"));
    desk.ok("bank book T3");
    assert_eq!(desk.milestone("P2-M1")["balance"], "0.00");
    assert!(desk.fails(2, "bank book #4").contains("nothing fits"));
    desk.ok("bank skip #4 --reason interest");
    assert_eq!(rows(&desk, "bank list --state not_ours")[0]["reason"], "interest");
    assert!(desk.fails(2, "bank book #2 --customer C1").contains("went out"));
    assert!(desk.fails(2, "bank book #9").contains("bank line"));
    desk.ok("void payment #2 --reason wrong");
    assert_eq!(rows(&desk, "bank list --state open")[0]["id"], "#3");
    let log = desk.ok("log");
    assert!(log.contains("bank line booked") && log.contains("statement imported"), "{log}");
}

#[test]
fn two_that_fit_are_left_to_a_person() {
    let desk = desk();
    desk.ok("add milestone --project P1 --key P1-M2 --name 二期 --amount 300000 --due 2026-10-03");
    let found = rows(&desk, "bank match #1");
    assert_eq!((&found[0]["tied"], &found[0]["exact"]), (&json!(2), &json!(false)));
    assert!(desk.fails(2, "bank book #1").contains("two fit"));
    let zh = desk.fails(2, "bank book #1 --lang zh");
    assert!(zh.contains("有两个同样吻合"), "{zh}");
    assert!(desk.fails(2, "bank book #1 --pick 3").contains("1 … 2"));
    desk.ok("bank book #1 --pick 2");
    assert_eq!(desk.milestone("P1-M2")["balance"], "0.00");
}

#[test]
fn items_are_paid_in_the_order_they_are_named() {
    let desk = desk();
    desk.ok("add milestone --project P1 --key P1-M2 --name 二期 --amount 250000 --due 2026-12-31");
    desk.ok("bank book #1 P1-M2 P1-M1");
    assert_eq!(desk.milestone("P1-M2")["balance"], "0.00");
    assert_eq!(desk.milestone("P1-M1")["balance"], "250000.00");
}

#[test]
fn days_in_the_wrong_order_and_words_nobody_knows_are_refused() {
    let desk = desk();
    assert!(desk.fails(2, "bank list --from 2026-03-31 --to 2026-03-01").contains("is before"));
    assert!(desk.fails(2, "bank list --state paid").contains("not_ours"));
    let file = desk.file("noyear.csv", "日期,金额\n11-05,5.00\n");
    assert!(desk.fails(2, &format!("bank import {file} --profile ixbc")).contains("icbc"));
    assert!(desk.fails(2, &format!("bank import {file}")).contains("--year"));
    desk.ok(&format!("bank import {file} --year 2026 --account A"));
}

#[test]
fn a_profile_of_ones_own_is_used() {
    let desk = Desk::new();
    let own = "[[profile]]\nname = \"mine\"\ntitle = \"My bank\"\nneeds = [\"Zeitpunkt\"]\ndate = [\"Zeitpunkt\"]\namount = [\"Summe\"]\nflag = [\"Art\"]\nin = [\"rein\"]\nout = [\"raus\"]\npayer = [\"Wer\"]\n";
    let config = desk.file("config.toml", "");
    desk.file("banks.toml", own);
    let file = desk.file(
        "s.csv",
        "Zeitpunkt;Summe;Art;Wer\n2026-11-01;5,00;rein;Nordlicht\n2026-11-02;7,00;raus;Bank\n",
    );
    let mut command = desk.command(&["bank", "import", &file, "--json", "--currency", "EUR"]);
    let output = command.env("HUIKUAN_CONFIG", config).output().unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told[0]["accounts"][0]["in"]["amount"], "5.00");
    assert_eq!(told[0]["accounts"][0]["out"]["amount"], "7.00");
    assert_eq!(told[0]["notes"][0], "profile: mine");
}

#[test]
fn a_ledger_with_bank_lines_goes_out_and_comes_back() {
    let desk = desk();
    desk.ok("bank match --accept exact");
    desk.ok("bank skip #4");
    let out = desk.folder.path().join("out.jsonl");
    let out = out.to_str().unwrap();
    desk.ok(&format!("export ledger -o {out}"));
    let copy = Desk::new();
    copy.ok(&format!("import ledger {out}"));
    let again = copy.folder.path().join("again.jsonl");
    copy.ok(&format!("export ledger -o {}", again.to_str().unwrap()));
    assert_eq!(std::fs::read(out).unwrap(), std::fs::read(again).unwrap());
    copy.ok("doctor");
    assert_eq!(rows(&copy, "bank list"), rows(&desk, "bank list"));
}
