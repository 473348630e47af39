//! What stands on which day, for a person and for a calendar program.

use rstest::rstest;

use crate::kit::Desk;

fn desk() -> Desk {
    let desk = Desk::with_milestone();
    desk.ok("add milestone --project P1 --key P1-M2 --name 尾款 --amount 5000 --due acceptance+30d --planned-on 2026-12-01");
    desk.ok("promise P1-M1 --by 2026-11-30 --amount 100000 --on 2026-11-20");
    desk.ok("contact P1-M1 --step 2 --on 2026-11-20 --next-on 2026-11-25");
    desk
}

fn written(desk: &Desk, line: &str) -> String {
    desk.ok(line);
    std::fs::read_to_string(desk.folder.path().join("days.ics")).unwrap()
}

/// The values of a property, unfolded.
fn values(calendar: &str, name: &str) -> Vec<String> {
    let unfolded = calendar.replace("\r\n ", "");
    let lines = unfolded.split("\r\n").filter_map(|line| line.strip_prefix(name));
    lines.filter_map(|line| line.strip_prefix(':')).map(str::to_owned).collect()
}

#[test]
fn a_calendar_has_due_dates_promises_and_next_steps() {
    let desk = desk();
    let days = desk.json("calendar --json");
    let told: Vec<String> = days
        .as_array()
        .unwrap()
        .iter()
        .map(|day| {
            ["day", "key", "kind", "amount"].map(|name| day[name].as_str().unwrap()).join(" ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "2026-10-02 P1-M1 due 300000.00",
            "2026-11-23 P1-M1 step 300000.00",
            "2026-11-25 P1-M1 contact 300000.00",
            "2026-11-30 P1-M1 promise 100000.00",
            "2026-12-31 P1-M2 due 5000.00",
        ]
    );
    assert!(desk.ok("calendar").contains("expected"));
}

#[test]
fn a_calendar_file_is_of_whole_days_in_short_lines() {
    let desk = desk();
    let calendar = written(&desk, "calendar -o days.ics");
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    assert!(calendar.ends_with("END:VCALENDAR\r\n"));
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    assert_eq!(values(&calendar, "DTSTAMP"), ["20261121T000000Z"; 5]);
    assert_eq!(values(&calendar, "DTSTART;VALUE=DATE")[0], "20261002");
    assert_eq!(values(&calendar, "DTEND;VALUE=DATE")[0], "20261003");
    assert_eq!(values(&calendar, "SUMMARY")[0], "due ¥300\\,000.00 星河科技 验收款");
}

#[test]
fn an_entry_keeps_its_identity() {
    let desk = desk();
    let before = values(&written(&desk, "calendar -o days.ics"), "UID");
    let unique: std::collections::BTreeSet<&String> = before.iter().collect();
    assert_eq!(unique.len(), 5);
    desk.ok("reschedule P1-M1 --to 2026-12-20 --reason approval");
    desk.ok("pay --customer C1 --amount 1000 --to P1-M1=1000");
    let after = values(&written(&desk, "calendar --today 2026-11-23 -o days.ics"), "UID");
    assert!(before.iter().all(|uid| after.contains(uid)), "{before:?} {after:?}");
    let other = values(&written(&self::desk(), "calendar -o days.ics"), "UID");
    assert!(other.iter().all(|uid| !before.contains(uid)));
}

#[rstest]
#[case("calendar --lens 王敏", 5)]
#[case("calendar --lens 华东", 5)]
#[case("calendar --filter P1-M2", 1)]
#[case("list --filter P1-M2", 1)]
fn a_calendar_is_of_whom_and_what_is_asked_for(#[case] line: &str, #[case] entries: usize) {
    let desk = desk();
    desk.ok("edit person 王敏 --team 华东");
    let calendar = written(&desk, &format!("{line} -o days.ics"));
    assert_eq!(values(&calendar, "UID").len(), entries);
}

#[test]
fn what_is_no_calendar_is_refused() {
    let desk = desk();
    assert!(desk.fails(2, "aging -o days.ics").contains("days.ics"));
    assert!(desk.fails(2, "calendar -o days.pdf").contains(".ics"));
    assert!(desk.fails(2, "calendar --lens 李四").contains("王敏"));
    assert!(desk.fails(2, "snapshot take --formats ics").contains("ics"));
}

/// RFC 5545, 3.6: a calendar has at least one component.
#[test]
fn nothing_open_is_a_calendar_of_one_note() {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name A");
    let calendar = written(&desk, "calendar -o days.ics");
    assert_eq!(values(&calendar, "BEGIN"), ["VCALENDAR", "VJOURNAL"]);
    assert_eq!(values(&calendar, "SUMMARY"), ["nothing is open"]);
    assert_eq!(values(&calendar, "DTSTART;VALUE=DATE"), ["20261121"]);
    let again = written(&desk, "calendar --today 2026-11-23 -o days.ics");
    assert_eq!(values(&calendar, "UID"), values(&again, "UID"));
}

#[test]
fn the_calendar_by_week_adds_up_and_names_what_stands_behind_it() {
    let desk = desk();
    desk.ok("pay --customer C1 --amount 50000 --on 2026-11-17 --to P1-M1=50000");
    desk.ok("pay --customer C1 --amount 700 --on 2026-11-18 --currency USD");
    let weeks = desk.json("calendar --by week --explain --json");
    assert_eq!((&weeks["as_of"], &weeks["by"]), (&"2026-11-21".into(), &"week".into()));
    let told: Vec<String> = weeks["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            ["period", "currency", "firm", "expected", "open", "promised", "received"]
                .map(|name| row[name].as_str().unwrap())
                .join(" ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "earlier CNY 250000.00 0.00 250000.00 0.00 0.00",
            "2026-W47 CNY 0.00 0.00 0.00 0.00 50000.00",
            "2026-W47 USD 0.00 0.00 0.00 0.00 700.00",
            "2026-W49 CNY 0.00 0.00 0.00 100000.00 0.00",
            "2026-W53 CNY 0.00 5000.00 5000.00 0.00 0.00",
        ]
    );
    assert_eq!(weeks["rows"][1]["from"], "2026-11-16");
    assert_eq!(weeks["rows"][1]["to"], "2026-11-22");
    assert_eq!(weeks["totals"][0]["open"], "255000.00");
    assert_eq!(weeks["totals"][0]["firm_items"], 1);
    let items = weeks["items"].as_array().unwrap();
    let behind: Vec<&str> = items.iter().map(|item| item["part"].as_str().unwrap()).collect();
    assert_eq!(behind, ["firm", "received", "received", "promised", "expected"]);
    assert_eq!((&items[0]["key"], &items[0]["amount"]), (&"P1-M1".into(), &"250000.00".into()));
    assert_eq!(items[1]["id"], "#1");
}

#[rstest]
#[case("calendar --by month --from 2026-10-01", "2026-10")]
#[case("calendar --by 月", "before")]
#[case("calendar --by week --lens 王敏", "What came in is left out")]
fn the_calendar_by_period_begins_where_it_is_told(#[case] line: &str, #[case] said: &str) {
    let text = desk().ok(line);
    assert!(text.contains(said), "{text}");
}

#[rstest]
#[case("csv")]
#[case("tsv")]
#[case("json")]
#[case("md")]
#[case("txt")]
#[case("html")]
#[case("xlsx")]
fn the_calendar_by_week_is_written_as_anything_but_days(#[case] ending: &str) {
    let desk = desk();
    desk.ok(&format!("calendar --by week --explain -o weeks.{ending}"));
    assert!(desk.folder.path().join(format!("weeks.{ending}")).metadata().unwrap().len() > 100);
    assert!(desk.fails(2, "calendar --by week -o weeks.ics").contains("weeks.ics"));
    assert!(desk.fails(2, "calendar --explain").contains("--by"));
}

#[test]
fn papers_that_expire_and_warranties_that_end_stand_in_the_calendar_and_in_the_morning() {
    let desk = desk();
    desk.ok("edit project P1 --warranty-ends-on 2026-12-10");
    desk.ok("paper add contract P1 --expires 2026-12-05");
    let days = desk.json("calendar --json");
    let of = |kind: &str| {
        let day = days.as_array().unwrap().iter().find(|day| day["kind"] == kind);
        day.unwrap_or_else(|| panic!("no {kind} in {days}")).clone()
    };
    assert_eq!(of("expiry")["day"], "2026-12-05");
    assert_eq!(
        (&of("warranty")["day"], &of("warranty")["project"]),
        (&"2026-12-10".into(), &"P1".into())
    );
    let calendar = written(&desk, "calendar -o days.ics --lang zh");
    let told = values(&calendar, "SUMMARY");
    assert!(told.iter().any(|line| line.starts_with("文件到期 合同 #1")), "{told:?}");
    assert!(told.iter().any(|line| line.starts_with("质保到期 P1")), "{told:?}");
    let errands = &desk.json("today --json")["errands"];
    let acts: Vec<&str> =
        errands.as_array().unwrap().iter().map(|one| one["act"].as_str().unwrap()).collect();
    assert_eq!(acts, ["renew_paper", "warranty_ends"]);
    assert!(desk.ok("today").contains("warranty of P1 ends"));
    desk.ok("note add remark P1 retention-claimed");
    let errands = &desk.json("today --json")["errands"];
    assert_eq!(errands.as_array().unwrap().len(), 1, "it was noted");
    desk.ok("config set expiry_days 5");
    let errands = &desk.json("today --json")["errands"];
    assert_eq!(errands.as_array().unwrap().len(), 0, "not yet");
}
