//! Plan lists from files: what comes in, what is refused, what a second time does.

use serde_json::Value;

use crate::kit::Desk;

const LIST: &str = "country,customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate\n\
    391,0379-A,611365,1/2/2013,2/1/2013,55.94,No,1/15/2013\n\
    406,8976-B,790077,1/26/2013,2/25/2013,61.74,Yes,3/3/2013\n\
    391,2820-C,923190,7/3/2013,8/2/2013,65.88,No,\n\
    406,9322-D,988830,2/10/2013,3/12/2013,105.92,No,3/17/2013\n";

fn map(file: &str) -> Vec<&str> {
    let mut args = vec!["import", "plan", file, "--currency", "USD"];
    for pair in [
        "customer=customerID",
        "key=invoiceNumber",
        "milestone=invoiceNumber",
        "amount=InvoiceAmount",
        "due=DueDate",
        "invoiced_on=InvoiceDate",
        "paid_on=SettledDate",
        "disputed=Disputed",
    ] {
        args.extend(["--map", pair]);
    }
    args
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_list_with_its_own_headers_comes_in_and_ages_as_of_any_day() {
    let desk = Desk::new();
    let file = desk.file("list.csv", LIST);
    let mut args = map(&file);
    args.push("--json");
    let report = json(&desk.ok_args(&args));
    assert_eq!(
        (&report["rows"], &report["imported"], &report["skipped"]),
        (&4.into(), &4.into(), &0.into())
    );
    let aging = desk.json("aging --json --as-of 2013-02-28");
    assert_eq!(aging["totals"][0]["total"], "167.66");
    assert_eq!(aging["totals"][0]["amounts"][0], "105.92");
    assert_eq!(aging["totals"][0]["amounts"][1], "61.74");
    let again = json(&desk.ok_args(&args));
    assert_eq!(
        (&again["imported"], &again["updated"], &again["unchanged"]),
        (&0.into(), &0.into(), &4.into())
    );
}

#[test]
fn dates_that_fit_two_orders_are_a_question() {
    let desk = Desk::new();
    let file =
        desk.file("two.csv", "key,customer,amount,due\nA,C1,10,1/2/2026\nB,C1,20,3/4/2026\n");
    let said = desk.fails_args(3, &["import", "plan", &file]);
    assert!(said.contains("--date-order") && said.contains("1/2/2026"), "{said}");
    assert!(!desk.db().exists());
    desk.ok_args(&["import", "plan", &file, "--date-order", "dmy"]);
    assert_eq!(desk.milestone("A")["due"], "2026-02-01");
}

#[test]
fn one_bad_cell_changes_nothing_and_is_named() {
    let desk = Desk::new();
    let text = "应收款台账,,,\n客户名称,回款节点,应收金额,到期日\n星河科技,验收款,\"1,000.00\",2026-12-01\n\
                华东水务,进度款,十来万,2026-12-01\n合计,,\"1,000.00\",\n";
    let file = desk.file("bad.csv", text);
    let said = desk.fails_args(3, &["import", "plan", &file]);
    assert!(
        said.contains("row 4") && said.contains("应收金额") && said.contains("十来万"),
        "{said}"
    );
    assert!(!desk.db().exists());
    let report = json(&desk.ok_args(&["import", "plan", &file, "--skip-bad", "--json"]));
    assert_eq!((&report["imported"], &report["skipped"]), (&1.into(), &1.into()));
    assert_eq!(report["errors"][0]["row"], 4);
    assert_eq!(report["errors"][0]["value"], "十来万");
}

#[test]
fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    let desk = Desk::new();
    let file = desk.file("list.csv", "key,customer,amount,due\nA,C1,10,2026-12-01\n");
    let report = json(&desk.ok_args(&["import", "plan", &file, "--dry-run", "--json"]));
    assert_eq!(report["imported"], 1);
    assert!(!desk.db().exists());
    desk.ok_args(&["import", "plan", &file]);
    let file = desk.file("list.csv", "key,customer,amount,due\nA,C2,10,2026-12-01\n");
    let real = desk.fails_args(3, &["import", "plan", &file]);
    assert_eq!(desk.fails_args(3, &["import", "plan", &file, "--dry-run"]), real);
}

#[test]
fn next_weeks_list_brings_only_what_changed() {
    let desk = Desk::new();
    let week = |due: &str, paid: &str| {
        desk.file(
            "list.csv",
            format!("key,customer,amount,due,paid\nA,C1,1000,{due},{paid}\nB,C1,10,2026-12-01,\n"),
        )
    };
    let import = |file: &str, more: &[&str]| {
        let mut args = vec!["import", "plan", file, "--json"];
        args.extend(more);
        json(&desk.ok_args(&args))
    };
    import(&week("2026-10-01", ""), &[]);
    desk.ok("pay --customer C1 --amount 300 --to A=300");
    let report = import(&week("2026-10-01", "400"), &[]);
    assert_eq!((&report["updated"], &report["unchanged"]), (&1.into(), &1.into()));
    assert_eq!(desk.milestone("A")["balance"], "600.00");
    let file = week("2026-10-01", "100");
    assert!(desk.fails_args(3, &["import", "plan", &file]).contains("400"));
    import(&week("2026-11-30", "400"), &["--reschedule"]);
    let row = desk.milestone("A");
    assert_eq!(row["due"], "2026-11-30");
    assert!(row["flags"].as_array().unwrap().contains(&"rescheduled".into()));
    desk.ok("undo");
    assert_eq!(desk.milestone("A")["due"], "2026-10-01");
}

#[test]
fn money_of_a_new_milestone_without_its_day_is_a_question() {
    let list = "客户,节点编号,应收金额,已收金额\n星河,A,1000,400\n";
    let received = |desk: &Desk| {
        let aging = |day: &str| desk.json(&format!("aging --json --as-of {day}"));
        ["2026-10-31", "2026-11-01"].map(|day| aging(day)["totals"][0]["planned"].clone())
    };
    let desk = Desk::new();
    let file = desk.file("list.csv", list);
    assert!(desk.fails_args(3, &["import", "plan", &file]).contains("--paid-on"));
    desk.ok_args(&["import", "plan", &file, "--paid-on", "2026-11-01"]);
    assert_eq!(received(&desk), ["1000.00", "600.00"]);
    let desk = Desk::new();
    let file = desk.file("list.csv", format!("截止日期：2026-11-01,,,\n{list}"));
    desk.ok_args(&["import", "plan", &file]);
    assert_eq!(received(&desk), ["1000.00", "600.00"]);
}

#[test]
fn a_changed_project_cell_moves_the_milestone_and_an_empty_one_leaves_it() {
    let desk = Desk::new();
    let import = |rows: &str| {
        let file = desk.file("list.csv", format!("key,customer,project,amount,due\n{rows}"));
        let report = json(&desk.ok_args(&["import", "plan", &file, "--json"]));
        [&report["imported"], &report["updated"], &report["unchanged"]].map(|n| n.as_u64().unwrap())
    };
    let first = "A,C1,P1,10,2026-12-01\nB,C1,P1,20,2026-12-01\nC,C1,P2,30,2026-12-01\n";
    assert_eq!(import(first), [3, 0, 0]);
    let changed = "A,C1,P2,10,2026-12-01\nB,C1,P9,20,2026-12-01\nC,C1,,30,2026-12-01\n";
    assert_eq!(import(changed), [0, 2, 1]);
    let project = |key: &str| desk.milestone(key)["project"].clone();
    assert_eq!([project("A"), project("B"), project("C")], ["P2", "P9", "P2"]);
    assert_eq!(import(changed), [0, 0, 3]);
    desk.ok("undo");
    assert_eq!([project("A"), project("B"), project("C")], ["P1", "P1", "P2"]);
}

#[test]
fn the_template_imports_as_it_is() {
    let desk = Desk::new();
    for lang in ["zh", "en"] {
        let template = desk.ok(&format!("import template --lang {lang}"));
        let file = desk.file("template.csv", template);
        desk.ok_args(&["import", "plan", &file]);
    }
}

#[test]
fn what_is_no_list_is_said_to_be_none() {
    let desk = Desk::new();
    let file = desk.file("noise.csv", [0xff, 0x00, 0x13, 0x37]);
    desk.fails_args(3, &["import", "plan", &file]);
    let file = desk.file("empty.csv", "");
    desk.fails_args(3, &["import", "plan", &file]);
    let said = desk.fails_args(3, &["import", "plan", "/nowhere/list.csv"]);
    assert!(said.contains("/nowhere/list.csv"), "{said}");
}

#[test]
fn a_flag_that_does_not_fit_the_file_is_a_mistake_of_the_call() {
    let desk = Desk::new();
    let file = desk.file("plan.csv", "key,customer,amount\nA,C1,10\n");
    for flag in [["--map", "colour=key"], ["--map", "key=Nope"], ["--encoding", "klingon"]] {
        desk.fails_args(2, &["import", "plan", &file, flag[0], flag[1]]);
    }
}

#[cfg(unix)]
#[test]
fn a_list_may_come_through_a_pipe() {
    use std::io::Write;
    use std::process::Stdio;
    let desk = Desk::new();
    let mut command = desk.command(&["import", "plan", "/dev/stdin"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut list = child.stdin.take().unwrap();
    list.write_all(b"key,customer,amount,due\nA,C1,10,2026-12-01\n").unwrap();
    drop(list);
    assert!(child.wait().unwrap().success());
    assert_eq!(desk.milestone("A")["amount"], "10.00");
}

#[test]
fn bad_cells_are_all_counted_and_told_in_part() {
    let desk = Desk::new();
    let rows = "K,C1,none\n".repeat(1_500);
    let file = desk.file("bad.csv", format!("key,customer,amount\n{rows}"));
    let output = desk.run(&["import", "plan", &file, "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let report = json(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(report["errors"].as_array().unwrap().len(), 1_000);
    assert_eq!(report["more_errors"], 500);
    assert!(desk.fails_args(3, &["import", "plan", &file]).contains("1500"));
}

#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_refused() {
    let said = Desk::new().fails_args(3, &["import", "plan", "/dev/zero"]);
    assert!(said.contains("too large"), "{said}");
}

#[test]
fn a_file_that_cannot_be_read_is_told_to_a_script_too() {
    let desk = Desk::new();
    let file = desk.file("list.csv", "客户,日期\nC,2026-01-01\n");
    let output = desk.run(&["import", "plan", &file, "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let report = json(&String::from_utf8(output.stdout).unwrap());
    assert_eq!((&report["file"], &report["imported"]), (&"list.csv".into(), &0.into()));
    let error = &report["errors"][0];
    assert_eq!((&error["row"], &error["column"]), (&Value::Null, &Value::Null));
    assert!(error["message"].as_str().unwrap().contains("no header found"), "{error}");
    assert!(!desk.db().exists());
}

#[test]
fn a_list_of_one_row_a_project_says_how_it_was_read_and_where_it_is_refused() {
    let desk = Desk::new();
    let header = "客户,合同编号,预付款,已收,质保金,已收";
    let options = ["--paid-on", "2026-10-01"];
    let file = desk.file("list.csv", format!("{header}\n星河,HT-1,100,100,20,0\n"));
    let output = desk.run(&[&["import", "plan", &file][..], &options].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("one row a project") && said.contains("paid=已收 (D)"), "{said}");
    let file = desk.file("list.csv", format!("{header}\n星河,HT-1,100,100,20,30\n"));
    let refused = desk.fails_args(3, &[&["import", "plan", &file][..], &options].concat());
    assert!(refused.contains("row 2, 已收 (F)"), "{refused}");
    assert!(refused.contains("one row a project"), "{refused}");
}

#[test]
fn a_dry_run_shows_what_would_change_and_the_import_what_did() {
    let desk = Desk::new();
    let header = "key,customer,project,milestone,amount,due,paid,paid_on\n";
    let file = desk.file("list.csv", format!("{header}A,C1,P1,验收款,100000,2026-09-15,,\n"));
    let said = desk.ok_args(&["import", "plan", &file, "--dry-run"]);
    assert!(said.contains("  C1/P1/验收款  new 100,000.00\n"), "{said}");
    desk.ok_args(&["import", "plan", &file]);
    let week = "A,C1,P1,验收款,100000,2026-12-20,50000,2026-10-01\nB,C1,P1,尾款,10,,,\n";
    let file = desk.file("list.csv", format!("{header}{week}"));
    let lines = "  C1/P1/验收款  due 2026-09-15 -> 2026-12-20\n  C1/P1/验收款  paid +50,000.00\n  C1/P1/尾款  new 10.00\n";
    let tried = desk.ok_args(&["import", "plan", &file, "--dry-run"]);
    assert!(tried.ends_with(lines), "{tried}");
    let report = json(&desk.ok_args(&["import", "plan", &file, "--dry-run", "--json"]));
    assert_eq!(
        report["changes"],
        serde_json::json!([
            {"key": "A", "field": "due", "from": "2026-09-15", "to": "2026-12-20"},
            {"key": "A", "field": "paid", "from": "0.00", "to": "50000.00"},
            {"key": "B", "field": "new", "from": null, "to": "10.00"},
        ])
    );
    let done = desk.ok_args(&["import", "plan", &file]);
    assert!(done.ends_with(lines), "{done}");
}

#[test]
fn how_a_list_was_read_is_kept_under_a_name_and_found_again() {
    let desk = Desk::new();
    let first = desk.file("first.csv", "单号,甲方,本期,限期\nH1,星河,100,3/4/2026\n");
    let mut args = vec!["import", "plan", &first, "--as", "monthly", "--date-order", "dmy"];
    for map in ["key=单号", "customer=甲方", "amount=本期", "due=限期"] {
        args.extend(["--map", map]);
    }
    let mut dry = args.clone();
    dry.push("--dry-run");
    desk.ok_args(&dry);
    assert!(!desk.ok("import layouts").contains("monthly"), "a dry run keeps nothing");
    desk.ok_args(&args);
    let layouts = json(&desk.ok("import layouts --json"));
    assert_eq!(layouts[0]["name"], "monthly");
    assert_eq!(layouts[0]["shipped"], false);

    let next = desk.file("next.csv", "单号,甲方,本期,限期\nH2,星河,200,5/4/2026\n");
    desk.ok_args(&["import", "plan", &next]);
    assert_eq!(desk.milestone("H2")["due"], "2026-04-05");
    let said = desk.fails_args(3, &["import", "plan", &next, "--as", "none"]);
    assert!(said.contains("单号"), "{said}");
    let said = desk.fails_args(2, &["import", "plan", &next, "--as", "a/b"]);
    assert!(said.contains("a/b"), "{said}");
}
