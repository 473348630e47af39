//! Notes by command: what follows from them, and how they are found again.

use crate::kit::Desk;

#[test]
fn a_remark_asks_a_colleague_and_says_whom_it_could_not() {
    let desk = Desk::with_milestone();
    let done = desk.command(&["note", "add", "remark", "P1-M1", "缺页，@王敏请补，@李雷 知悉"]);
    let output = { done }.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("李雷") && said.contains("huikuan people"), "{said}");
    let todos = desk.json("todo list --json");
    let todos = todos.as_array().unwrap();
    assert_eq!(todos.len(), 1);
    assert_eq!((&todos[0]["owner"], &todos[0]["milestone"]), (&"王敏".into(), &"P1-M1".into()));
    desk.ok("undo");
    assert_eq!(desk.json("todo list --json").as_array().unwrap().len(), 0);
    assert_eq!(desk.json("note list --json").as_array().unwrap().len(), 0);
}

#[test]
fn a_commitment_comes_back_by_its_day() {
    let desk = Desk::with_milestone();
    desk.ok("note add commitment P1 free maintenance --until 2027-02-28");
    let todos = desk.json("todo list --json");
    assert_eq!(todos[0]["due_on"], "2027-02-28");
    assert_eq!(desk.json("note list --json")[0]["until"], "2027-02-28");
    assert!(desk.fails(2, "note add remark P1 later --until 2027-02-28").contains("due"));
}

#[test]
fn notes_are_found_and_filter_the_list() {
    let desk = Desk::with_milestone();
    desk.ok("note add remark P1 liaison changed in May");
    desk.ok("note add satisfaction C1 4 slow answers");
    let refused = desk.fails(2, "note add satisfaction C1 11");
    assert!(refused.contains("between 0 and 10"), "{refused}");
    desk.ok("note add credit C1 on the list of defaulters");
    let found = |text: &str| desk.json(&format!("note list --find {text} --json"));
    assert_eq!(found("LIAISON").as_array().unwrap().len(), 1);
    assert_eq!(found("nothing").as_array().unwrap().len(), 0);
    let listed = |filter: &str| {
        let list = serde_json::from_str::<serde_json::Value>(
            &desk.ok_args(&["list", "--filter", filter, "--json"]),
        )
        .unwrap();
        list.as_array().unwrap().len()
    };
    for (filter, rows) in [
        ("note:liaison", 1),
        ("note:nothing", 0),
        ("satisfaction<5", 1),
        ("satisfaction>=5", 0),
        ("credit:defaulters", 1),
        ("credit:liaison", 0),
        ("cause:none", 1),
    ] {
        assert_eq!(listed(filter), rows, "{filter}");
    }
    let shown = desk.json("show C1 --json");
    assert_eq!(shown["satisfaction"], 4, "{shown}");
    assert!(desk.ok("show C1").contains("on the list of defaulters"));
}

#[test]
fn the_first_notes_of_many_say_how_many_there_are() {
    let desk = Desk::with_milestone();
    for (kind, text) in [("remark", "first"), ("lesson", "second"), ("remark", "third")] {
        desk.ok(&format!("note add {kind} P1 {text}"));
    }
    let texts = |command: &str| {
        let listed = desk.json(&format!("note list {command} --json"));
        let texts = listed.as_array().unwrap().iter().map(|note| note["text"].clone());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(texts("--limit 2"), ["third", "second"]);
    assert_eq!(texts("--limit 2 --kind remark"), ["third", "first"]);
    assert_eq!(texts("--limit 2 --sort text"), ["first", "second"]);
    assert_eq!(texts("P1 --limit 1"), ["third"]);
    assert_eq!(texts("--find first --limit 1"), ["first"]);
    let said = desk.ok("note list --limit 2");
    assert!(said.contains("2 of 3"), "{said}");
    assert!(!desk.ok("note list --limit 3").contains("of 3"));
}
