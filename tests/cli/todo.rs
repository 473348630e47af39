//! To-dos by command: added, listed, done, in the way of a step.

use crate::kit::Desk;

#[test]
fn a_to_do_is_added_listed_corrected_and_done() {
    let desk = Desk::with_milestone();
    let said = desk.ok_args(&[
        "todo",
        "add",
        "Test again",
        "--kind",
        "issue",
        "--milestone",
        "P1-M1",
        "--due",
        "2026-11-25",
    ]);
    assert!(said.contains("to-do #1 added: Test again, by 2026-11-25"), "{said}");
    desk.ok("todo add 开会 --kind 会议决议 --owner 李雷 --lang zh");
    let list = desk.json("todo list --json");
    let first = &list[0];
    for (key, value) in [
        ("id", "#1"),
        ("kind", "issue"),
        ("title", "Test again"),
        ("owner", "wang"),
        ("customer", "C1"),
        ("customer_name", "星河科技"),
        ("project", "P1"),
        ("milestone", "P1-M1"),
        ("due_on", "2026-11-25"),
        ("state", "open"),
        ("severity", "medium"),
    ] {
        assert_eq!(first[key], value, "{key}");
    }
    assert_eq!((&first["blocks"], &list[1]["customer"]), (&true.into(), &serde_json::Value::Null));
    assert_eq!(desk.json("todo list --owner me --json").as_array().unwrap().len(), 1);
    assert_eq!(desk.json("todo list --customer C1 --json").as_array().unwrap().len(), 1);
    assert_eq!(desk.json("todo list --until 2026-11-24 --json").as_array().unwrap().len(), 0);
    desk.ok("todo edit #1 --due 2026-11-20 --every 每周 --blocks no");
    let edited = &desk.json("todo list --json")[0];
    assert_eq!((&edited["state"], &edited["every"]), (&"due".into(), &"7d".into()));
    let said = desk.ok("todo done #1 --outcome passed");
    assert!(said.contains("#3 is the next time"), "{said}");
    let all = desk.json("todo list --all --json");
    let done = all.as_array().unwrap().iter().find(|todo| todo["id"] == "#1").unwrap();
    assert_eq!((&done["state"], &done["outcome"]), (&"done".into(), &"passed".into()));
    assert!(desk.fails(3, "todo done #1").contains("was done on 2026-11-21"));
    assert!(desk.fails(3, "todo done #9").contains("huikuan todo list"));
    desk.ok("undo");
    assert_eq!(desk.json("todo list --json").as_array().unwrap().len(), 2);
}

#[test]
fn while_an_issue_is_open_the_milestone_waits_on_us_and_its_step_waits() {
    let desk = Desk::with_milestone();
    desk.ok_args(&["todo", "add", "Sensor faulty", "--kind", "complaint", "--project", "P1"]);
    let row = desk.milestone("P1-M1");
    assert_eq!((&row["waiting_on"], &row["waits"]["why"]), (&"us_todo".into(), &"todo".into()));
    assert_eq!(desk.json("list --filter waiting_on:us_todo --json").as_array().unwrap().len(), 1);
    let explained = desk.ok("explain P1-M1");
    assert!(explained.contains("complaint: Sensor faulty"), "{explained}");
    let before = desk.json("list --json --today 2026-11-20");
    assert_eq!(before[0]["waiting_on"], "customer_pay", "the day before it was not there");
    desk.ok("todo done #1");
    assert_eq!(desk.milestone("P1-M1")["waiting_on"], "customer_pay");
}

#[test]
fn what_is_no_value_is_refused_with_those_there_are() {
    let desk = Desk::new();
    assert!(desk.fails(2, "todo add x --kind chore").contains("credit_review"));
    assert!(desk.fails(2, "todo add x --every soon").contains("1m"));
    assert!(desk.fails(2, "todo add x --severity dire").contains("low"));
    assert!(desk.fails(3, "todo add x --probability high").contains("risk"));
}
