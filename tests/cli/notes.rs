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
