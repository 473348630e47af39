//! Papers by command: filed with their files, marked, listed, checked.

use crate::kit::Desk;

#[test]
fn a_paper_is_filed_with_its_file_which_is_checked() {
    let desk = Desk::with_milestone();
    let file = desk.file("合同.pdf", "contract");
    let said = desk.ok(&format!(
        "paper add contract P1 --file {file} --number HT-1 --expires 2027-06-30 --amount 5000"
    ));
    assert!(said.contains("paper #1 filed: contract HT-1"), "{said}");
    let list = desk.json("paper list P1-M1 --json");
    for (key, value) in [
        ("id", "#1"),
        ("kind", "contract"),
        ("number", "HT-1"),
        ("state", "filed"),
        ("project", "P1"),
        ("customer", "C1"),
        ("expires_on", "2027-06-30"),
        ("amount", "5000.00"),
        ("file", "合同.pdf"),
    ] {
        assert_eq!(list[0][key], value, "{key}");
    }
    assert_eq!(list[0]["sha256"].as_str().unwrap().len(), 64);
    assert!(desk.ok("paper check").contains("1 files are there"), "all is well");
    assert!(desk.ok("doctor").contains("files of papers"));
    desk.file("合同.pdf", "another");
    let checked = desk.json("paper check --json");
    assert_eq!((&checked[0]["found"], &checked[0]["id"]), (&"changed".into(), &"#1".into()));
    std::fs::remove_file(&file).unwrap();
    assert!(desk.ok("paper check --lang zh").contains("文件不在"));
    desk.fails(3, "doctor");
    desk.ok("void paper HT-1 --reason again");
    desk.ok("doctor");
}

#[test]
fn what_is_no_file_is_refused_with_the_way_out() {
    let desk = Desk::with_milestone();
    let why = desk.fails(2, "paper add contract P1 --file .");
    assert!(why.contains("no regular file"), "{why}");
    for (lang, said) in [("en", "there is no file"), ("zh", "没有文件")] {
        let why = desk.fails(2, &format!("paper add contract P1 --file missing.pdf --lang {lang}"));
        assert!(why.contains(said) && why.contains("/missing.pdf"), "{why}");
        assert!(!why.contains("os error"), "{why}");
    }
    let why = desk.fails(2, "paper add kontrakt P1");
    assert!(why.contains("contract"), "{why}");
    assert!(desk.fails(2, "paper sent #7").contains("huikuan paper list"));
    desk.ok("paper add other P1 --file https://example.com/a");
}

#[test]
fn a_formal_notice_is_numbered_sent_and_delivered() {
    let desk = Desk::with_milestone();
    desk.ok("paper add 催款函 P1-M1 --dated 2026-11-20 --lang zh");
    let said = desk.ok("paper sent 催字〔2026〕001号 --on 2026-11-20");
    assert!(said.contains("paper #1 sent on 2026-11-20"), "{said}");
    assert_eq!(desk.json("touches --json")[0]["step"], 3);
    desk.ok_args(&["paper", "delivered", "#1", "--on", "2026-11-21", "--proof", "EMS 123"]);
    let paper = &desk.json("paper list --json")[0];
    assert_eq!((&paper["state"], &paper["proof"]), (&"delivered".into(), &"EMS 123".into()));
    let shown = desk.ok("show P1-M1");
    assert!(shown.contains("催字〔2026〕001号") && shown.contains("EMS 123"), "{shown}");
    let undone = desk.ok("undo");
    assert!(undone.contains("undone"), "{undone}");
    assert_eq!(desk.json("paper list --json")[0]["state"], "sent");
}

#[test]
fn the_format_of_numbers_is_a_setting_that_tells_them_apart() {
    let desk = Desk::with_milestone();
    desk.ok_args(&["config", "set", "paper_number", "{code}-{year}-{number}"]);
    desk.ok("paper add statement C1");
    assert_eq!(desk.json("paper list --json")[0]["number"], "ST-2026-001");
    let args = ["config", "set", "paper_number", "{year}-{number}"];
    let out = desk.command(&args).output().unwrap();
    assert_eq!(out.status.code(), Some(2));
}

#[test]
fn what_the_steps_want_is_told_and_never_in_the_way() {
    let desk = Desk::with_milestone();
    let wanted = |line: &str| -> Vec<String> {
        let rows = desk.json(line);
        let row = |row: &serde_json::Value| {
            format!("{} {} {}", row["step"], row["wanted"].as_str().unwrap(), row["ready"])
        };
        rows.as_array().unwrap().iter().map(row).collect()
    };
    assert_eq!(
        wanted("paper ready P1-M1 --step 3 --json"),
        ["3 contract false", "3 delivery_note/acceptance false", "3 invoice_copy false"]
    );
    desk.ok("paper add contract P1");
    desk.ok("paper add acceptance P1-M1");
    desk.ok("invoice P1-M1 --on 2026-11-20");
    desk.ok("paper add formal_notice P1-M1");
    assert_eq!(
        wanted("paper ready P1-M1 --json")[3..],
        [
            "5 contract true",
            "5 delivery_note/acceptance true",
            "5 invoice_copy true",
            "5 statement false",
            "5 formal_notice+delivered false",
        ]
    );
    assert!(desk.ok("paper ready P1-M1").contains("invoice on record"));
    desk.ok("paper sent #3");
    desk.ok_args(&["config", "set", "papers.4", "statement"]);
    let told = desk.ok("explain P1-M1");
    assert!(told.contains("still wants on file: statement"), "{told}");
    assert!(desk.json("show P1-M1 --json").to_string().contains("still wants on file: statement"));
    let why = desk.fails(2, "config set papers.4 letter");
    assert!(why.contains("papers.4"), "{why}");
    desk.ok("contact P1-M1 --step 5");
}

#[test]
fn the_list_is_filtered_by_the_papers_that_are_there_and_by_those_the_next_step_lacks() {
    let desk = Desk::with_milestone();
    let listed = |filter: &str| {
        let list = desk.json(&format!("list --filter {filter} --json"));
        list.as_array().unwrap().len()
    };
    let step = desk.json("list --json")[0]["next_step"].clone();
    desk.ok(&format!("config set papers.{step} contract"));
    assert_eq!((listed("papers:missing"), listed("papers:ready")), (1, 0));
    assert_eq!((listed("paper:contract"), listed("paper:none")), (0, 1));
    desk.ok("paper add contract P1 --dated 2026-11-20");
    assert_eq!((listed("papers:missing"), listed("资料:齐")), (0, 1));
    assert_eq!((listed("文件:合同"), listed("paper:none"), listed("-paper:contract")), (1, 0, 0));
    assert_eq!(listed("papers:none"), 0);
    let why = desk.fails(2, "list --filter papers:some");
    assert!(why.contains("missing") && why.contains("ready"), "{why}");
}
