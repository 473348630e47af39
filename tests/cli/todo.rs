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
    desk.ok("todo edit #1 --on 2026-11-10 --due 2026-11-20 --every 每周 --blocks no");
    let edited = &desk.json("todo list --json")[0];
    assert_eq!((&edited["state"], &edited["every"]), (&"due".into(), &"7d".into()));
    let said = desk.ok("todo done #1 --outcome passed");
    assert!(said.contains("#3 is the next time"), "{said}");
    let all = desk.json("todo list --all --json");
    let done = all.as_array().unwrap().iter().find(|todo| todo["id"] == "#1").unwrap();
    assert_eq!((&done["state"], &done["outcome"]), (&"done".into(), &"passed".into()));
    assert!(desk.fails(2, "todo done #1").contains("was done on 2026-11-21"));
    assert!(desk.fails(2, "todo done #9").contains("huikuan todo list"));
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
    assert!(desk.fails(2, "todo add x --probability high").contains("risk"));
}

#[test]
fn above_a_limit_a_write_off_is_asked_for_and_the_head_decides() {
    let desk = Desk::with_milestone();
    desk.ok("config set approve_write_off_above 1000");
    desk.ok("add person wang --role pm");
    desk.ok("add person li --role head");
    let said = desk.ok("write-off P1-M1 --amount 5000 --reason settled");
    assert!(said.contains("to-do #1 asks the head"), "{said}");
    assert_eq!(desk.milestone("P1-M1")["balance"], "300000.00");
    let asked = &desk.json("todo list --json")[0];
    assert_eq!((&asked["kind"], &asked["asked_by"]), (&"approval".into(), &"wang".into()));
    assert_eq!(asked["change"]["write_off"]["amount"], 500_000);
    let today = desk.json("today --json");
    assert_eq!(today["todos"][0]["kind"], "approval");
    assert_eq!(today["todos"][0]["act"], "todo");
    assert!(desk.fails(2, "todo approve #1").contains("head"));
    let by_li = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let done = desk.command(&words).env("USER", "li").output().unwrap();
        (done.status.success(), String::from_utf8(done.stdout).unwrap())
    };
    assert!(by_li("todo approve #1 --note fine").1.contains("approved"));
    assert_eq!(desk.milestone("P1-M1")["balance"], "295000.00");
    let log = desk.ok("log --json");
    assert!(log.contains("approve_todo") && log.contains(r#""asked_by":"wang""#), "{log}");
    let json = desk.json("write-off P1-M1 --reason lost --json");
    assert_eq!((&json["proposed"], &json["created"][0]), (&true.into(), &"#2".into()));
    assert!(!by_li("todo decline #2").0, "with a word");
    assert!(by_li("todo decline #2 --note wait").0);
    assert_eq!(desk.milestone("P1-M1")["balance"], "295000.00");
}

#[test]
fn the_morning_tells_what_is_due_and_whose_it_is() {
    let desk = Desk::with_milestone();
    desk.ok_args(&["todo", "add", "Renew the form", "--due", "2026-11-21", "--owner", "Meyer"]);
    desk.ok_args(&["todo", "add", "Later", "--due", "2026-11-22"]);
    let text = desk.ok("today");
    assert!(text.contains("To-dos due (1)") && text.contains("Renew the form"), "{text}");
    assert!(text.contains("Meyer") && !text.contains("Later"), "{text}");
    let before = desk.json("today --json --today 2026-11-20");
    assert_eq!(before["todos"].as_array().unwrap().len(), 0);
    let csv = desk.ok("todo list -o todos.csv");
    assert!(csv.contains("todos.csv"));
}

#[test]
fn a_contact_agreed_for_a_day_is_told_as_a_call_back_and_kept_once() {
    let desk = Desk::with_milestone();
    desk.ok("contact P1-M1 --next-on 2026-11-25 --on 2026-11-20");
    let list = desk.json("todo list --json");
    let one = &list[0];
    assert_eq!((&one["kind"], &one["due_on"]), (&"call_back".into(), &"2026-11-25".into()));
    assert_eq!((&one["id"], &one["milestone"]), (&serde_json::Value::Null, &"P1-M1".into()));
    desk.ok("contact P1-M1 --on 2026-11-21");
    assert_eq!(desk.json("todo list --json").as_array().unwrap().len(), 0);
}

#[test]
fn an_appointed_acceptance_is_told_as_an_appointment_until_something_came_of_it() {
    let desk = Desk::with_milestone();
    desk.ok("accept P1-M1 --appoint 2026-11-25 --on 2026-11-20");
    let one = &desk.json("todo list --json")[0];
    assert_eq!((&one["kind"], &one["due_on"]), (&"appointment".into(), &"2026-11-25".into()));
    let days = desk.json("calendar --json");
    let told = days.as_array().unwrap().iter();
    let told: Vec<_> =
        told.filter(|day| day["day"] == "2026-11-25").map(|day| &day["kind"]).collect();
    assert!(told.contains(&&"appointment".into()), "{days}");
    assert!(!told.contains(&&"contact".into()), "it is told once: {days}");
    desk.ok("contact P1-M1 --on 2026-11-21 --next-on 2026-11-24");
    let kinds = |desk: &Desk| {
        let list = desk.json("todo list --json");
        let kinds = list.as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap());
        kinds.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&desk), ["call_back", "appointment"]);
    desk.ok("accept P1-M1 --result refused --reason drawings --on 2026-11-21");
    assert_eq!(kinds(&desk), ["call_back"]);
}

#[test]
fn to_dos_are_listed_by_a_filter_and_by_whose_desk_they_concern() {
    let desk = Desk::with_milestone();
    desk.ok("add person 李雷 --role finance");
    let add = |title: &str, more: &[&str]| desk.ok_args(&[&["todo", "add", title], more].concat());
    add("Sensor faulty", &["--kind", "complaint", "--project", "P1", "--severity", "high"]);
    add("Pay slips", &["--owner", "李雷", "--due", "2026-11-25"]);
    let count =
        |args: &str| desk.json(&format!("todo list {args} --json")).as_array().unwrap().len();
    assert_eq!(count("--filter blocks"), 1);
    assert_eq!(count("--filter kind:complaint"), 1);
    assert_eq!(count("--filter severity<high"), 1);
    assert_eq!(count("--filter customer:C1"), 1);
    assert_eq!(count("--filter due<2026-11-26"), 1);
    assert_eq!(count("--lens 李雷"), 1);
    let said = desk.fails(2, "todo list --filter pm:wang");
    assert!(said.contains("owner"), "{said}");
}

#[test]
fn a_project_may_name_who_does_its_finance_legal_and_sales() {
    let desk = Desk::new();
    desk.ok("add person 钱多多 --role finance");
    desk.ok("add person 孙理 --role finance");
    desk.ok("add customer --code C1 --name 星河科技");
    desk.ok("add project --code P1 --customer C1 --name 数据中台 --bills yes --finance 孙理");
    desk.ok("add milestone --project P1 --key M1 --name 验收款 --amount 10 --due acceptance+30d");
    desk.ok("accept M1 --on 2026-11-02");
    let owner = || desk.json("list --json")[0]["owner"].clone();
    assert_eq!(owner(), "孙理");
    assert_eq!(desk.json("list --lens 钱多多 --json"), serde_json::json!([]));
    assert_eq!(desk.json("list --lens 孙理 --json").as_array().unwrap().len(), 1);
    desk.ok("edit project P1 --finance none");
    assert_eq!(owner(), "finance");
    desk.ok("undo");
    assert_eq!(owner(), "孙理");
    desk.ok("edit project P1 --legal 周律 --sales 吴销");
    let people = desk.json("people --json");
    let role = |name: &str| {
        let all = people.as_array().unwrap();
        all.iter().find(|one| one["name"] == name).unwrap()["role"].clone()
    };
    assert_eq!((role("周律"), role("吴销")), ("legal".into(), "sales".into()));
}
