//! Friday: what is frozen, what is written of it, and what moved since the last time.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use chrono::{NaiveDate, TimeDelta};
use rstest::rstest;
use serde_json::{Value, json};

use crate::kit::Desk;

/// A ledger over five weeks: money in, a new milestone, one that ages, one that is put off.
fn five_weeks() -> Desk {
    let desk = Desk::with_milestone();
    for (key, amount, due) in [("M2", "50000", "2026-10-25"), ("M3", "20000", "2026-10-30")] {
        desk.ok(&format!(
            "add milestone --project P1 --key {key} --name 进度款 --amount {amount} --due {due} --agreed-on 2026-01-05"
        ));
    }
    desk.ok("snapshot take --as-of 2026-10-23");
    desk.ok("pay --customer C1 --amount 120000 --to P1-M1=120000 --on 2026-10-27");
    desk.ok("reschedule M3 --to 2026-12-15 --on 2026-10-28 --reason approval");
    desk.ok("add milestone --project P1 --key M4 --name 到货款 --amount 7000 --due 2026-12-01 --agreed-on 2026-11-02");
    desk.ok("snapshot take --as-of 2026-11-20");
    desk
}

fn cents(value: &Value) -> i64 {
    value.as_str().unwrap().replace('.', "").parse().unwrap()
}

/// Opening and what moved it come to closing.
fn adds_up(of: &Value) {
    let sum = |plus: &[&str]| -> i64 { plus.iter().map(|name| cents(&of[*name])).sum() };
    let plus = sum(&["opening", "new", "amended", "reversed", "corrected", "handed_over"]);
    assert_eq!(plus - sum(&["collected", "waived", "written_off"]), cents(&of["closing"]), "{of}");
}

#[test]
fn a_diff_adds_up_and_names_what_stands_behind_it() {
    let desk = five_weeks();
    let diff = desk.json("snapshot diff 2026-W43 2026-W47 --explain --json");
    let total = &diff["totals"][0];
    assert_eq!((&diff["from"], &diff["to"]), (&json!("2026-10-23"), &json!("2026-11-20")));
    assert_eq!(diff["snapshots"], json!([1, 2]));
    let told = |name: &str| total[name].as_str().unwrap().to_owned();
    assert_eq!(
        ["opening", "new", "collected", "closing", "newly_overdue"].map(told),
        ["370000.00", "7000.00", "120000.00", "257000.00", "50000.00"]
    );
    adds_up(total);
    adds_up(&diff["rows"][0]);
    for bucket in total["by_bucket"].as_array().unwrap() {
        let of = |name: &str| cents(&bucket[name]);
        let carried =
            of("rescheduled_in") - of("rescheduled_out") + of("rolled_in") - of("rolled_out");
        assert_eq!(
            of("opening") + of("new") - of("collected") + carried,
            of("closing"),
            "{bucket}"
        );
    }
    let items = diff["items"].as_array().unwrap();
    let behind = |step: &str| -> Vec<(&str, &str)> {
        let of = items.iter().filter(|item| item["step"] == step);
        of.map(|item| (item["key"].as_str().unwrap(), item["amount"].as_str().unwrap())).collect()
    };
    assert_eq!(behind("collected"), [("P1-M1", "120000.00")]);
    assert_eq!(behind("new"), [("M4", "7000.00")]);
    assert_eq!(behind("rescheduled"), [("M3", "20000.00")]);
    for step in ["opening", "closing", "collected", "newly_overdue"] {
        let sum: i64 = behind(step).iter().map(|(_, amount)| cents(&json!(amount))).sum();
        assert_eq!(sum, cents(&total[step]), "{step}");
    }
    let shown = desk.ok("snapshot diff 1 2 --explain");
    assert!(shown.contains("snapshot 2026-W43 (#1, as of 2026-10-23)"), "{shown}");
    assert!(shown.contains("Newly past due") && shown.contains("-120,000.00"), "{shown}");
}

#[test]
fn the_closing_is_the_table_that_was_frozen() {
    let desk = five_weeks();
    desk.ok("pay --customer C1 --amount 3000 --to P1-M1=3000 --on 2026-11-05");
    desk.ok("edit milestone M2 --amount 50500");
    let frozen = desk.json("snapshot show 2 --json");
    let diff = desk.json("snapshot diff 1 2 --json");
    assert_eq!(diff["totals"][0]["closing"], frozen["totals"][0]["total"]);
    adds_up(&diff["totals"][0]);
    let since = desk.json("snapshot diff 2 --json");
    adds_up(&since["totals"][0]);
    assert_eq!(since["totals"][0]["corrected"], "-3000.00");
    assert_eq!(since["totals"][0]["amended"], "500.00");
    assert_eq!(since["to"], "2026-11-21");
}

#[test]
fn two_snapshots_of_one_day_tell_what_was_paid_between_them() {
    let desk = Desk::with_milestone();
    desk.ok("snapshot take");
    desk.ok("pay --customer C1 --amount 300000");
    desk.ok("snapshot take");
    let diff = desk.json("snapshot diff 2 1 --json");
    assert_eq!(diff["totals"][0]["collected"], "300000.00");
    assert_eq!(diff["totals"][0]["corrected"], "0.00");
    adds_up(&diff["totals"][0]);
}

#[rstest]
#[case("customer", json!("C1"))]
#[case("project", json!("P1"))]
#[case("manager", json!("王敏"))]
#[case("stage", json!("other"))]
#[case("currency", json!("CNY"))]
fn every_group_adds_up(#[case] by: &str, #[case] key: Value) {
    let desk = five_weeks();
    let diff = desk.json(&format!("snapshot diff 1 2 --by {by} --json"));
    let rows = diff["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["key"] == key), "{rows:?}");
    rows.iter().for_each(adds_up);
}

#[test]
fn a_diff_goes_to_every_format() {
    let desk = five_weeks();
    let endings = ["xlsx", "html", "csv", "tsv", "json", "md", "txt"];
    let files = endings.map(|ending| format!(" -o moved.{ending}")).concat();
    desk.ok(&format!("snapshot diff 1 2 --explain{files}"));
    let read = |ending: &str| {
        std::fs::read_to_string(desk.folder.path().join(format!("moved.{ending}"))).unwrap()
    };
    assert!(read("html").contains("class=\"down\""));
    assert!(read("csv").contains("Collected,CNY,-120000.00"));
    let said = desk.fails(2, "snapshot diff 2020-W01 2");
    assert!(said.contains("2020-W01") && said.contains("snapshot list"), "{said}");
    assert!(desk.fails(2, "snapshot diff 1 2 --by weather").contains("customer"));
}

#[test]
fn the_trend_has_every_snapshot() {
    let desk = five_weeks();
    let trend = desk.json("snapshot trend --json");
    let totals: Vec<&Value> =
        trend.as_array().unwrap().iter().map(|point| &point["total"]).collect();
    assert_eq!(totals, ["370000.00", "257000.00"]);
    assert_eq!(trend[1]["past_due"], "230000.00");
    assert!(desk.ok("snapshot trend").contains("2026-W43"));
}

fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            found.extend(files(&entry.path()).into_iter().map(|file| format!("{name}/{file}")));
        } else {
            found.insert(name);
        }
    }
    found
}

#[test]
fn the_pack_of_a_week_is_a_folder_and_the_next_stands_beside_it() {
    let desk = five_weeks();
    let weekly = desk.folder.path().join("weekly");
    let said = desk.json("snapshot take -o weekly --formats xlsx,html,csv,json --json");
    let hash = said["hash"].as_str().unwrap();
    assert_eq!(hash.len(), 64);
    assert!(desk.ok("snapshot show 3").contains(hash));
    let first = ["csv", "html", "json", "xlsx"].map(|e| format!("2026-W47-2/aging-2026-W47-2.{e}"));
    assert_eq!(files(&weekly), BTreeSet::from(first.clone()));
    let before = std::fs::read(weekly.join(&first[0])).unwrap();
    let pack = std::fs::read_to_string(weekly.join(&first[2])).unwrap();
    let pack: Value = serde_json::from_str(&pack).unwrap();
    assert_eq!(pack["hash"], hash);
    assert_eq!(pack["movement"]["snapshots"], json!([2, 3]));
    assert_eq!(pack["items"].as_array().unwrap().len(), 4);
    desk.ok("undo");
    let said = desk.ok("snapshot take -o weekly");
    assert!(said.contains("2026-W47-2-2"), "{said}");
    assert_eq!(files(&weekly).len(), 6);
    assert_eq!(std::fs::read(weekly.join(&first[0])).unwrap(), before);
}

#[test]
fn the_pack_goes_to_the_documents_as_the_configuration_says() {
    let desk = Desk::with_milestone();
    assert!(desk.fails(2, "config set formats pdf").contains("xlsx"));
    desk.ok("config set formats csv,md");
    desk.ok("snapshot take");
    let folder = desk.folder.path().join("huikuan");
    let expected = ["csv", "md"].map(|ending| format!("2026-W47/aging-2026-W47.{ending}"));
    assert_eq!(files(&folder), BTreeSet::from(expected));
}

#[test]
fn what_cannot_be_written_is_refused_before_anything_is_frozen() {
    let desk = Desk::with_milestone();
    assert!(desk.fails(2, "snapshot take -o weekly --formats xlsx,pdf").contains("pdf"));
    assert_eq!(desk.json("snapshot list --json"), json!([]));
    assert!(!desk.folder.path().join("weekly").exists());
}

#[test]
fn an_empty_ledger_has_a_pack_too() {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name A");
    desk.ok("snapshot take -o weekly --formats xlsx,html,csv,json,md,txt,tsv");
    assert_eq!(files(&desk.folder.path().join("weekly")).len(), 7);
    desk.ok("snapshot take");
    assert!(desk.ok("snapshot diff 1 2").contains("Nothing moved"));
}

/// An invoice of a list as other systems export it: days of invoice, due date and settlement, and cents.
struct Row(NaiveDate, NaiveDate, NaiveDate, i64);

impl Row {
    fn made(n: i64) -> Self {
        let start = NaiveDate::from_ymd_opt(2013, 4, 1).unwrap() + TimeDelta::days(n * 7 % 91);
        let settled = start + TimeDelta::days(5 + n * 11 % 64);
        Self(start, start + TimeDelta::days(30), settled, 1_000 + n * 937 % 9_000)
    }

    /// Where it stands on a day: not there, not due, or by the thirty days past due.
    fn place(&self, on: NaiveDate) -> Option<usize> {
        let Self(invoiced, due, settled, _) = self;
        let days = (on - *due).num_days();
        (*invoiced <= on && on < *settled)
            .then(|| usize::try_from((days + 29) / 30).unwrap_or_default().min(3))
    }
}

/// The sums as they follow from the list itself.
#[test]
fn an_imported_list_moves_as_its_own_days_say() {
    let rows: Vec<Row> = (0..120).map(Row::made).collect();
    let mut list = "customer,key,invoiced_on,due,amount,currency,disputed,paid_on\n".to_owned();
    for (n, Row(invoiced, due, settled, cents)) in rows.iter().enumerate() {
        let (who, whole, part) = (n % 9, cents / 100, cents % 100);
        let disputed = if n % 7 == 0 { "Yes" } else { "No" };
        writeln!(list, "K{who},{n},{invoiced},{due},{whole}.{part:02},USD,{disputed},{settled}")
            .unwrap();
    }
    let desk = Desk::new();
    let file = desk.file("list.csv", list);
    desk.ok_args(&["import", "plan", &file]);
    let diff = desk.json("snapshot diff 2013-05-31 2013-06-30 --json");
    let total = &diff["totals"][0];
    let (from, to) = (
        NaiveDate::from_ymd_opt(2013, 5, 31).unwrap(),
        NaiveDate::from_ymd_opt(2013, 6, 30).unwrap(),
    );
    let sum =
        |which: &dyn Fn(&&Row) -> bool| -> i64 { rows.iter().filter(which).map(|row| row.3).sum() };
    let within = |day: NaiveDate| from < day && day <= to;
    for (step, expected) in [
        ("opening", sum(&|row| row.place(from).is_some())),
        ("new", sum(&|row| within(row.0))),
        ("collected", sum(&|row| within(row.2))),
        ("closing", sum(&|row| row.place(to).is_some())),
        ("corrected", 0),
        ("newly_overdue", sum(&|row| row.place(to) > Some(0) && row.place(from).unwrap_or(0) == 0)),
    ] {
        assert_eq!(cents(&total[step]), expected, "{step}");
    }
    adds_up(total);
    for was in 0..4 {
        for is in 0..4 {
            let expected = sum(&|row| row.place(from) == Some(was) && row.place(to) == Some(is));
            assert_eq!(cents(&total["rolled"][was][is]), expected, "{was} to {is}");
        }
    }
}
