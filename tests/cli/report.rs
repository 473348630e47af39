//! Reports: their shape, their formats, their filters.

use serde_json::json;

use crate::kit::Desk;

#[test]
fn an_aging_table_has_the_contracts_shape() {
    let desk = Desk::with_milestone();
    assert_eq!(
        desk.json("aging --json"),
        json!({
            "as_of": "2026-11-21", "age_by": "due", "by": "customer",
            "buckets": ["not due", "1-30", "31-60", "61-90", "91-180", "181-365", "366+"],
            "rows": [{
                "key": "C1", "name": "星河科技", "currency": "CNY", "items": 1,
                "amounts": ["0.00", "0.00", "300000.00", "0.00", "0.00", "0.00", "0.00"],
                "retention_not_due": "0.00", "total": "300000.00", "unapplied": "0.00", "planned": "0.00",
            }],
            "totals": [{
                "currency": "CNY", "items": 1,
                "amounts": ["0.00", "0.00", "300000.00", "0.00", "0.00", "0.00", "0.00"],
                "retention_not_due": "0.00", "total": "300000.00", "unapplied": "0.00", "planned": "0.00",
            }],
        })
    );
}

#[test]
fn a_list_has_the_contracts_shape() {
    let desk = Desk::with_milestone();
    assert_eq!(
        desk.json("list --json"),
        json!([{
            "id": "#1", "key": "P1-M1", "customer": "C1", "customer_name": "星河科技", "project": "P1",
            "milestone": "验收款", "stage": "other", "manager": "王敏", "currency": "CNY",
            "amount": "300000.00", "balance": "300000.00", "due": "2026-10-02", "firm": true, "status": "overdue",
            "days_late": 50, "bucket": "31-60", "waiting_on": "customer_pay", "court": "customer_pay", "next_step": 2, "next_on": "2026-10-09",
            "waits": null, "flags": ["not_invoiced"], "owner": "王敏", "late_with_us": null,
        }])
    );
}

#[test]
fn a_day_in_the_past_knows_nothing_of_later() {
    let desk = Desk::with_milestone();
    desk.ok("pay --customer C1 --amount 100000 --on 2026-11-01");
    let total =
        |day: &str| desk.json(&format!("aging --json --as-of {day}"))["totals"][0]["total"].clone();
    assert_eq!(total("2026-10-31"), "300000.00");
    assert_eq!(total("2026-11-01"), "200000.00");
    assert_eq!(desk.json("aging --json --as-of 2026-01-04")["rows"], json!([]));
    assert_eq!(desk.json("list --json --today 2026-09-30")[0]["status"], "due_soon");
}

#[test]
fn every_grouping_basis_and_bucket_rule_adds_up() {
    let desk = Desk::with_milestone();
    for by in ["customer", "project", "manager", "stage", "currency"] {
        for age_by in ["due", "original-due", "invoice"] {
            for buckets in ["days", "short", "years", "10,20"] {
                let table = desk
                    .json(&format!("aging --json --by {by} --age-by {age_by} --buckets {buckets}"));
                assert_eq!(table["totals"][0]["total"], "300000.00", "{by} {age_by} {buckets}");
            }
        }
    }
    assert!(desk.fails(2, "aging --by week").contains("customer, project"));
    assert!(desk.fails(2, "aging --buckets 60,30").contains("--buckets"));
}

#[test]
fn the_ending_of_a_file_picks_its_format() {
    let desk = Desk::with_milestone();
    let path = |name: &str| desk.folder.path().join(name);
    for name in ["aging.csv", "aging.json", "aging.md", "aging.txt"] {
        desk.ok_args(&["aging", "-o", path(name).to_str().unwrap()]);
    }
    let csv = std::fs::read(path("aging.csv")).unwrap();
    assert!(csv.starts_with("\u{feff}".as_bytes()));
    let csv = String::from_utf8(csv).unwrap();
    assert_eq!(csv.lines().count(), csv.matches("\r\n").count());
    assert!(csv.contains("300000.00"));
    assert!(std::fs::read_to_string(path("aging.md")).unwrap().contains("| ---: |"));
    assert!(
        desk.fails_args(2, &["aging", "-o", path("aging.xyz").to_str().unwrap()]).contains(".csv")
    );
}

/// What a person sends on: one call, a workbook and a page, and none of them if one could not be written.
#[test]
fn several_files_are_written_at_once_or_none() {
    let desk = Desk::with_milestone();
    let path = |name: &str| desk.folder.path().join(name);
    for command in ["aging", "list", "today"] {
        let (book, page) = (format!("{command}.xlsx"), format!("{command}.html"));
        desk.ok(&format!("{command} -o {book} -o {page}"));
        let opened: calamine::Sheets<_> = calamine::open_workbook_auto(path(&book)).unwrap();
        assert!(!calamine::Reader::sheet_names(&opened).is_empty(), "{command}");
        let page = std::fs::read_to_string(path(&page)).unwrap();
        assert!(page.contains("2026-11-21</h1>") && page.ends_with("</html>\n"), "{page}");
    }
    desk.fails(2, "aging -o first.xlsx -o second.xyz");
    assert!(!path("first.xlsx").exists());
}

/// The sums of the workbook are those of the table.
#[test]
fn a_workbook_has_the_figures_of_the_table() {
    use calamine::{Data, Reader as _};
    let desk = Desk::with_milestone();
    desk.ok("aging -o aging.xlsx");
    let mut book = calamine::open_workbook_auto(desk.folder.path().join("aging.xlsx")).unwrap();
    let cells = book.worksheet_range_at(0).unwrap().unwrap();
    let amounts = cells.rows().flatten().filter(|cell| **cell == Data::Float(300_000.0));
    // Bucket, total and net of the customer and of all.
    assert_eq!(amounts.count(), 6, "{cells:?}");
}

#[test]
fn the_filter_language_chooses_rows_and_explains_itself() {
    let desk = Desk::with_milestone();
    desk.ok("add milestone --project P1 --key P1-M2 --name 尾款 --amount 1000 --due 2027-03-01 --stage final");
    let keys = |filter: &str| -> Vec<String> {
        let list = desk.ok_args(&["list", "--json", "--filter", filter]);
        let list: serde_json::Value = serde_json::from_str(&list).unwrap();
        list.as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(keys("overdue"), ["P1-M1"]);
    assert_eq!(keys("-overdue"), ["P1-M2"]);
    assert_eq!(keys("pm:王敏 balance>100k"), ["P1-M1"]);
    assert_eq!(keys("stage:final,retention"), ["P1-M2"]);
    assert_eq!(keys("due<2026-12-01"), ["P1-M1"]);
    assert!(desk.fails_args(2, &["list", "--filter", "colour:red"]).contains("customer"));
}

#[test]
fn the_digest_says_what_to_do_in_both_languages() {
    let desk = Desk::with_milestone();
    let english = desk.ok("today");
    assert!(english.contains("first reminder") && english.contains("¥300,000.00 (1)"));
    let chinese = desk.ok("today --lang zh");
    assert!(chinese.contains("一般催款") && chinese.contains("逾期"));
    assert_eq!(desk.json("today --json")["worklist"][0]["act"], "step");
}

#[test]
fn a_snapshot_keeps_what_was_shown() {
    let desk = Desk::with_milestone();
    desk.ok("snapshot take");
    desk.ok("pay --customer C1 --amount 300000");
    desk.ok("snapshot take");
    let shown = desk.ok("snapshot show 1");
    assert!(
        shown.starts_with("Snapshot #1, 2026-W47: Aging as of 2026-11-21; taken 20"),
        "{shown}"
    );
    let kept = desk.json("snapshot show 1 --json");
    assert_eq!(kept["totals"][0]["total"], "300000.00");
    let folder = desk.folder.path().join("weekly");
    let folder = folder.to_str().unwrap();
    desk.ok_args(&["snapshot", "export", "1", "-o", folder]);
    desk.ok_args(&["snapshot", "export", "2", "-o", folder]);
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(
        files,
        [
            "aging-2026-W47-2.csv",
            "aging-2026-W47-2.html",
            "aging-2026-W47-2.json",
            "aging-2026-W47-2.md",
            "aging-2026-W47-2.xlsx",
            "aging-2026-W47.csv",
            "aging-2026-W47.html",
            "aging-2026-W47.json",
            "aging-2026-W47.md",
            "aging-2026-W47.xlsx",
        ]
    );
    assert_eq!(desk.json("snapshot list --json").as_array().unwrap().len(), 2);
    let said = desk.fails(2, "snapshot show 2020-W01");
    assert!(said.contains("2020-W01") && said.contains("snapshot list"), "{said}");
}

#[test]
fn snapshots_are_listed_with_the_time_on_the_wall() {
    let desk = Desk::with_milestone();
    desk.ok("snapshot take");
    let list = |zone: &str| {
        let output = desk.command(&["snapshot", "list"]).env("TZ", zone).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_ne!(list("XST-8"), list("XST+4"));
}

#[test]
fn a_day_back_is_no_flag() {
    assert_eq!(Desk::new().ok("date -7"), "2026-11-14\n");
}

#[test]
fn nothing_open_is_missing_from_today() {
    let desk = Desk::with_milestone();
    desk.ok("add milestone --project P1 --key D --name 尾款 --amount 5000 --due acceptance+30d --agreed-on 2026-01-05");
    desk.ok("contact P1-M1 --step 2 --on 2026-10-20");
    let today = desk.json("today --json --today 2026-10-25");
    let watched = |today: &serde_json::Value| -> Vec<(String, serde_json::Value)> {
        let lines = today["watched"].as_array().unwrap();
        lines.iter().map(|l| (l["key"].as_str().unwrap().to_owned(), l["watch"].clone())).collect()
    };
    let no_date = json!({ "why": "no_date", "next_on": null, "since": null });
    let between = json!({ "why": "between", "next_on": "2026-11-01", "since": null });
    assert_eq!(watched(&today), [("P1-M1".into(), between), ("D".into(), no_date.clone())]);
    desk.ok("contact P1-M1 --step 3 --on 2026-11-02");
    let silence = json!({ "why": "silence", "next_on": null, "since": "2026-11-02" });
    assert_eq!(
        watched(&desk.json("today --json --today 2026-11-16")),
        [("P1-M1".into(), silence), ("D".into(), no_date)]
    );
    desk.ok("pay --customer C1 --amount 100000 --on 2026-11-20");
    assert_eq!(
        desk.json("today --json")["contracts"],
        json!([{
            "currency": "CNY", "agreed": "305000.00", "received": "100000.00", "receivable": "200000.00",
            "planned": "0.00", "no_date": "5000.00", "waived": "0.00", "written_off": "0.00",
        }])
    );
    let text = desk.ok("today --lang en");
    assert!(text.contains("Contracts ¥305,000.00 = received ¥100,000.00 + receivable ¥200,000.00 + no date ¥5,000.00"), "{text}");
}

#[test]
fn what_is_past_due_is_bridged_to_what_is_overdue() {
    let desk = Desk::with_milestone();
    desk.ok("dispute P1-M1 --amount 50000 --on 2026-11-01");
    let text = desk.ok("aging --lang en");
    assert!(
        text.contains("Past due ¥300,000.00 = Overdue ¥250,000.00 + disputed ¥50,000.00"),
        "{text}"
    );
    let cny = &desk.json("today --json")["figures"][0];
    assert_eq!(
        (&cny["past_due"], &cny["disputed"], &cny["in_grace"]),
        (&json!("300000.00"), &json!("50000.00"), &json!("0.00"))
    );
}

#[test]
fn in_a_file_of_data_an_expected_day_is_a_day() {
    let desk = Desk::with_milestone();
    desk.ok_args(&[
        "add",
        "milestone",
        "--project",
        "P1",
        "--key",
        "P1-M2",
        "--name",
        "尾款",
        "--amount",
        "1000",
        "--due",
        "acceptance + 30d",
        "--planned-on",
        "2026-12-01",
    ]);
    assert!(desk.ok("list").contains("~2026-12-31"));
    desk.ok("list -o list.csv");
    let file = std::fs::read_to_string(desk.folder.path().join("list.csv")).unwrap();
    let rows: Vec<Vec<&str>> = file.lines().map(|line| line.split(',').collect()).collect();
    let column = |name: &str| rows[0].iter().position(|header| *header == name).unwrap();
    let expected = rows.iter().find(|row| row[1] == "星河科技" && row.contains(&"尾款")).unwrap();
    assert_eq!((expected[column("Due")], expected[column("Firm")]), ("2026-12-31", ""), "{file}");
}

#[test]
fn no_file_is_written_over_the_ledger() {
    let desk = Desk::with_milestone();
    let path = |name: &str| desk.folder.path().join(name);
    std::fs::hard_link(desk.db(), path("linked.csv")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(desk.db(), path("pointed.csv")).unwrap();
    let list = desk.ok("list --json");
    for line in [
        "list -o linked.csv",
        "aging -o linked.csv",
        #[cfg(unix)]
        "list -o pointed.csv",
        "export ledger -o ledger.db",
        "export ledger -o linked.csv",
    ] {
        let said = desk.fails(2, line);
        assert!(said.contains("is the ledger itself"), "{line}: {said}");
    }
    assert!(std::fs::metadata(path("linked.csv")).unwrap().len() > 10_000);
    assert_eq!(desk.ok("list --json"), list);
}

#[test]
fn zero_is_blank_for_people_and_a_number_in_data() {
    let desk = Desk::with_milestone();
    for ending in ["txt", "md"] {
        let path = desk.folder.path().join(format!("aging.{ending}"));
        desk.ok_args(&["aging", "-o", path.to_str().unwrap()]);
        let table = std::fs::read_to_string(path).unwrap();
        assert!(table.contains("300,000.00") && !table.contains(" 0.00"), "{table}");
    }
    assert_eq!(desk.json("aging --json")["rows"][0]["amounts"][0], "0.00");
}

#[test]
fn of_other_currencies_the_digest_tells_what_is_not_zero() {
    let desk = Desk::with_milestone();
    desk.ok("add project --code P2 --customer C1 --name Export --currency USD --bills no");
    desk.ok("add milestone --project P2 --name Final --amount 500 --due 2026-11-01");
    let said = desk.ok("today");
    let line = said.lines().find(|line| line.starts_with("Overdue $")).unwrap();
    assert_eq!(line, "Overdue $500.00 (1)");
    assert!(
        said.lines().any(|line| line.contains("Overdue ¥") && line.contains("Promised 7d ¥0.00"))
    );
}

#[test]
fn what_is_late_with_us_is_told_its_owner_and_after_a_week_the_head() {
    let desk = Desk::with_milestone();
    for person in ["wang --role pm", "qian --role finance", "li --role head"] {
        desk.ok(&format!("add person {person}"));
    }
    desk.ok("edit project P1 --manager wang");
    desk.ok("add milestone --project P1 --key P1-M9 --name Final --amount 100 --due delivery+30d");
    desk.ok("deliver P1-M9 --on 2026-11-11");
    let of = |whose: &str, today: &str| {
        let line = format!("today --json --manager {whose} --today {today}");
        let work = desk.json(&line)["worklist"].as_array().unwrap().clone();
        work.into_iter().find(|line| line["key"] == "P1-M9")
    };
    let row = of("qian", "2026-11-14").unwrap();
    assert_eq!((&row["act"], &row["owner"]), (&"invoice".into(), &"qian".into()));
    assert_eq!(row["late_with_us"], serde_json::Value::Null, "three days are allowed");
    assert!(of("wang", "2026-11-14").is_some(), "whoever looks after it sees it, too");
    assert_eq!(of("qian", "2026-11-15").unwrap()["late_with_us"], 1);
    assert!(of("li", "2026-11-20").is_none());
    let told = of("li", "2026-11-21").unwrap();
    assert_eq!((&told["late_with_us"], &told["told"]), (&7.into(), &"li".into()));
    let text = desk.ok("today --team li --today 2026-11-21");
    assert!(text.contains("7d late with us, told li"), "{text}");
    let late = desk.json("list --filter late_with_us --json --today 2026-11-21");
    assert_eq!((&late[0]["key"], &late[0]["late_with_us"]), (&"P1-M9".into(), &7.into()));
    desk.ok("config set escalate_days 8");
    assert!(of("li", "2026-11-21").is_none());
    assert!(desk.fails(2, "today --manager nobody").contains("wang"));
}
