//! What acceptances and due dates wait for, and what came of them.

use serde_json::json;

use crate::kit::Desk;

/// A project with a milestone M1 under this rule, delivered on 2026-11-01.
fn desk(due: &str) -> Desk {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name 星河科技");
    desk.ok(
        "add project --code P1 --customer C1 --name 数据中台 --signed-on 2026-01-05 --bills no",
    );
    let add = ["add", "milestone", "--project", "P1", "--key", "M1", "--name", "终验", "--amount"];
    desk.ok_args(&[&add[..], &["1000", "--due", due]].concat());
    desk.ok("deliver M1 --on 2026-11-01");
    desk
}

#[test]
fn a_due_date_follows_the_last_condition() {
    let desk = desk("conditions + 10d");
    let said = desk.ok_args(&[
        "condition",
        "add",
        "M1",
        "审计 报告",
        "--kind",
        "关口",
        "--planned",
        "2026-12-01",
    ]);
    assert!(said.contains("condition added: 审计 报告"), "{said}");
    desk.ok("condition add M1 drawings");
    assert_eq!(desk.milestone("M1")["due"], json!(null));
    assert!(
        desk.ok("condition met M1 drawings --on 2026-11-03 --by 张三")
            .contains("met on 2026-11-03")
    );
    let one = &desk.milestone("M1");
    assert_eq!((&one["due"], &one["firm"]), (&json!("2026-12-11"), &json!(false)));
    desk.ok("condition met M1 1 --on 2026-11-05");
    let one = &desk.milestone("M1");
    assert_eq!((&one["due"], &one["firm"]), (&json!("2026-11-15"), &json!(true)));
    let listed = desk.json("condition list P1 --json");
    let told = |at: usize, field: &str| listed[at][field].clone();
    assert_eq!((told(0, "kind"), told(0, "agreed_on")), (json!("gate"), json!("2026-01-05")));
    assert_eq!((told(1, "met_by"), told(1, "met_on")), (json!("张三"), json!("2026-11-03")));
    assert!(desk.ok("show M1").contains("met: 审计 报告"));
    desk.ok("paper add other M1 --title audit");
    desk.ok("condition met M1 1 --on 2026-11-05 --paper #1");
    assert_eq!(desk.json("condition list P1 --json")[0]["paper"], json!("other audit"));
    assert!(desk.ok("show M1").contains("proof: other audit"));
    assert!(desk.fails(2, "condition met M1 1 --paper #9").contains("#9"));
    desk.ok("condition open M1 2");
    assert_eq!(desk.milestone("M1")["firm"], json!(false));
    desk.ok("void condition #2 --reason twice");
    assert_eq!(desk.milestone("M1")["firm"], json!(true));
    assert!(desk.fails(2, "condition met M1 nothing").contains("condition list"));
    assert!(desk.fails(2, "condition met M1 1 --on 2025-12-31").contains("2026-01-05"));
}

#[test]
fn a_due_date_follows_the_progress_of_the_project() {
    let desk = desk("进度达到50%后15天");
    let said =
        desk.ok_args(&["note", "add", "进度", "P1", "40%", "基础 完工", "--on", "2026-09-01"]);
    assert!(said.contains("noted: progress 40%"), "{said}");
    assert_eq!(desk.milestone("M1")["firm"], json!(false));
    desk.ok("note add progress P1 60 structure done --on 2026-10-01");
    assert_eq!(desk.milestone("M1")["due"], json!("2026-10-16"));
    let explained = desk.ok("explain M1");
    assert!(explained.contains("progress 60%, structure done"), "{explained}");
    desk.ok("note add minutes C1 acceptance next month");
    let notes = desk.json("note list C1 --json");
    assert_eq!((notes.as_array().unwrap().len(), &notes[0]["kind"]), (3, &json!("minutes")));
    let kept = desk.json("note list P1 --kind progress --json");
    assert_eq!((&kept[0]["number"], &kept[0]["text"]), (&json!(60), &json!("structure done")));
    assert_eq!(desk.json("projects --json")[0]["progress"], json!(60));
    assert_eq!(desk.json("show P1 --json")["timeline"].as_array().unwrap().len(), 4);
    assert!(desk.fails(2, "note add progress P1 101").contains("progress"));
    assert!(desk.fails(2, "note add progress C1 10").contains("project"));
    assert!(desk.fails(2, "note add weather P1 sunny").contains("progress"));
}

#[test]
fn an_acceptance_can_be_refused_appointed_and_given_with_reservations() {
    let desk = desk("acceptance + 30d");
    let act = |desk: &Desk, day: &str| {
        let today = desk.json(&format!("today --json --today {day}"));
        today["worklist"][0]["act"].clone()
    };
    assert_eq!(act(&desk, "2026-11-10"), json!("chase_acceptance"));
    let said = desk.ok("accept M1 --result 未通过 --reason 缺图纸 --on 2026-11-10");
    assert!(said.contains("acceptance of M1 refused on 2026-11-10"), "{said}");
    assert_eq!(act(&desk, "2026-11-16"), json!(null));
    assert_eq!(act(&desk, "2026-11-17"), json!("chase_acceptance"));
    let said = desk.ok("accept M1 --appoint 2026-12-01 --on 2026-11-18");
    assert!(said.contains("acceptance of M1 appointed for 2026-12-01"), "{said}");
    assert_eq!(act(&desk, "2026-11-30"), json!(null));
    assert!(desk.ok("explain M1").contains("acceptance is appointed for 12-01"));
    assert_eq!(act(&desk, "2026-12-01"), json!("chase_acceptance"));
    let reserved = ["accept", "M1", "--reservation", "补交图纸", "--reservation", "刷漆"];
    assert!(desk.ok_args(&reserved).contains("with 2 reservations"));
    assert_eq!(desk.milestone("M1")["due"], json!("2026-12-21"));
    let open = desk.json("todo list --json");
    assert_eq!(open.as_array().unwrap().len(), 2, "the appointment is over: {open}");
    assert_eq!((&open[1]["title"], &open[1]["kind"]), (&json!("刷漆"), &json!("issue")));
    assert_eq!((&open[1]["milestone"], &open[1]["blocks"]), (&json!("M1"), &json!(false)));
    assert!(desk.fails(2, "accept M1 --blocks").contains("--reservation"));
    let shown = desk.ok("show M1");
    assert!(shown.contains("acceptance refused, 缺图纸"), "{shown}");
    assert!(desk.fails(2, "accept M1 --reason late").contains("accepted already"));
    assert!(desk.fails(2, "accept M1 --result refused").contains("--reason"));
    assert!(desk.fails(2, "accept M1 --result passed --reason x").contains("--result"));
}

#[test]
fn an_acceptance_in_part_makes_a_milestone_of_what_was_accepted() {
    let desk = desk("acceptance + 30d");
    assert!(desk.fails(2, "accept M1 --result partial").contains("--amount"));
    assert!(desk.fails(2, "accept M1 --amount 1000").contains("passed"));
    let said = desk.ok("accept M1 --result 部分验收 --amount 600 --on 2026-11-05");
    assert!(said.contains("M1 accepted in part on 2026-11-05"), "{said}");
    let (rest, accepted) = (desk.milestone("M1"), desk.milestone("M1/1"));
    assert_eq!((&rest["balance"], &rest["firm"]), (&json!("400.00"), &json!(false)));
    assert_eq!((&accepted["balance"], &accepted["due"]), (&json!("600.00"), &json!("2026-12-05")));
    assert!(desk.ok("show M1").contains("accepted in part"));
    assert!(desk.ok("show M1/1").contains("accepted part of M1"));
    desk.ok("undo");
    assert_eq!(desk.milestone("M1")["balance"], json!("1000.00"));
}

#[test]
fn what_recorded_a_station_is_named_when_it_is_explained() {
    let desk = desk("acceptance + 30d");
    desk.ok("accept M1 --on 2026-11-05");
    let all = desk.json("explain M1 --json");
    let status = all.as_array().unwrap().iter().find(|one| one["topic"] == "status").unwrap();
    let events: Vec<_> = status["facts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fact| (fact["what"].as_str().unwrap(), fact["event"].as_i64()))
        .collect();
    assert!(events.contains(&("delivered", Some(4))), "{events:?}");
    assert!(events.contains(&("accepted", Some(5))), "{events:?}");
}

#[test]
fn the_morning_tells_conditions_past_their_day_and_settlements_that_lapsed() {
    let desk = desk("2026-01-31");
    desk.ok("condition add M1 drawings --planned 2026-11-10");
    desk.ok("settle M1 --pay 600 --by 2026-11-12 --on 2026-11-02");
    let morning = desk.json("today --json");
    let late = &morning["late_conditions"][0];
    assert_eq!((&late["key"], &late["text"]), (&json!("M1"), &json!("drawings")));
    assert_eq!(late["planned_on"], "2026-11-10");
    let lapsed = &morning["lapsed"][0];
    assert_eq!((&lapsed["key"], &lapsed["lapsed_on"]), (&json!("M1"), &json!("2026-11-12")));
    let said = desk.ok("today");
    for word in ["Conditions past their planned day (1)", "drawings", "Settlements lapsed (1)"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    // A contact since then is what follows.
    desk.ok("contact M1 --on 2026-11-20");
    assert_eq!(desk.json("today --json")["lapsed"], json!([]));
    desk.ok("condition met M1 drawings --on 2026-11-20");
    assert_eq!(desk.json("today --json")["late_conditions"], json!([]));
}
