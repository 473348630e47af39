//! Settings of the ledger and one's own, and the people.

use std::fs;

use serde_json::{Value, json};

use crate::kit::Desk;

fn value(desk: &Desk, key: &str) -> String {
    desk.ok(&format!("config get {key}")).trim().to_owned()
}

/// Words of which one holds blanks.
fn set(desk: &Desk, key: &str, value: &str) -> String {
    desk.ok_args(&["config", "set", key, value])
}

#[test]
fn every_setting_has_key_value_default_and_meaning() {
    let desk = Desk::new();
    for lang in ["zh", "en"] {
        let list = desk.json(&format!("config list --json --lang {lang}"));
        let list = list.as_array().unwrap();
        assert!(list.len() > 20);
        for line in list {
            let keys: Vec<&String> = line.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["default", "key", "meaning", "value"]);
            assert!(!line["meaning"].as_str().unwrap().is_empty());
        }
    }
    let gap = desk.json("config get gap_days --json");
    assert_eq!((&gap["value"], &gap["default"]), (&json!("3"), &json!("3")));
}

#[test]
fn what_is_set_is_shown_recorded_and_undone() {
    let desk = Desk::new();
    assert!(set(&desk, "gap_days", "5").contains("gap_days is now 5"));
    assert_eq!(value(&desk, "gap_days"), "5");
    let log = desk.json("log --json");
    assert_eq!(log[0]["kind"], "set");
    assert_eq!(log[0]["detail"], json!({ "set": { "setting": "gap_days", "value": "5" } }));
    assert!(set(&desk, "gap_days", "5").contains("nothing changed"));
    desk.ok("config unset gap_days");
    assert_eq!(value(&desk, "gap_days"), "3");
    desk.ok("undo");
    assert_eq!(value(&desk, "gap_days"), "5");
    desk.ok("undo");
    assert_eq!(value(&desk, "gap_days"), "3");
    assert!(desk.ok("config unset gap_days").contains("nothing changed"));
}

#[test]
fn a_step_of_the_ladder_is_taken_in_chinese() {
    let desk = Desk::new();
    set(&desk, "ladder.2", "+10 微信 礼貌");
    assert_eq!(value(&desk, "ladder.2"), "+10 wechat polite");
}

#[test]
fn a_bad_value_is_refused_with_the_form_it_takes() {
    let desk = Desk::new();
    let refused = |key: &str, value: &str| desk.fails_args(2, &["config", "set", key, value]);
    assert!(refused("gap_days", "soon").contains("a whole number from 0 to 365"));
    assert!(refused("ladder.2", "phone").contains("+7 phone polite"));
    assert!(refused("ladder.2", "+30 phone polite").contains("step 3"));
    assert!(refused("colour", "blue").contains("gap_days"));
    assert!(refused("lang", "xx").contains("zh, en"));
    assert!(refused("mouse", "maybe").contains("true, false"));
    assert_eq!(desk.json("log --json"), json!([]));
}

#[test]
fn the_ledger_s_own_ladder_and_grace_decide() {
    let desk = Desk::with_milestone();
    let step = || desk.milestone("P1-M1")["next_step"].clone();
    assert_eq!(step(), 2);
    set(&desk, "ladder.1", "off");
    set(&desk, "ladder.2", "off");
    assert_eq!(step(), 0);
    set(&desk, "ladder.0", "off");
    assert_eq!(step(), 3);
    set(&desk, "ladder.3", "+40 lawyer legal");
    let work = desk.json("today --json");
    assert_eq!(work["worklist"][0]["owner"], "legal");
    desk.ok("add person zhou --role legal");
    let work = desk.json("today --json");
    let first = &work["worklist"][0];
    assert_eq!((&first["owner"], &first["owner_role"]), (&json!("zhou"), &json!("legal")));
    set(&desk, "grace_days", "60");
    desk.ok("add project --code P2 --customer C1 --name B");
    desk.ok("add milestone --project P2 --key P2-M1 --name A --amount 1 --due 2026-10-02");
    let status = |key| desk.milestone(key)["status"].clone();
    assert_eq!((status("P1-M1"), status("P2-M1")), (json!("overdue"), json!("in_grace")));
}

#[test]
fn the_ledger_s_buckets_hold_in_every_report() {
    let desk = Desk::with_milestone();
    set(&desk, "buckets", "20,45");
    let labels = json!(["not due", "1-20", "21-45", "46+"]);
    assert_eq!(desk.json("aging --json")["buckets"], labels);
    assert_eq!(desk.milestone("P1-M1")["bucket"], "46+");
    desk.ok("snapshot take");
    assert_eq!(desk.json("snapshot show --json")["buckets"], labels);
    let other = desk.json("aging --buckets short --json");
    assert_eq!(other["buckets"], json!(["not due", "1-30", "31-60", "61-90", "91+"]));
}

#[test]
fn an_exported_ledger_takes_its_settings_along() {
    let desk = Desk::with_milestone();
    set(&desk, "guard_touches", "4");
    let file = desk.file("all.jsonl", desk.ok("export ledger"));
    let other = Desk::new();
    other.ok_args(&["import", "ledger", &file]);
    assert_eq!(value(&other, "guard_touches"), "4");
}

#[test]
fn one_s_own_settings_go_to_the_file_and_leave_the_rest_of_it() {
    let desk = Desk::new();
    let file = desk.file("config.toml", "# mine\nlang = \"zh\" # at work\n");
    let run = |args: &[&str]| {
        let done = desk.command(args).env("HUIKUAN_CONFIG", &file).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    run(&["config", "set", "user", "王敏"]);
    run(&["config", "set", "lang", "en"]);
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text, "# mine\nlang = \"en\" # at work\nuser = \"王敏\"\n");
    assert_eq!(run(&["config", "get", "user"]), "王敏\n");
    run(&["config", "unset", "user"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "# mine\nlang = \"en\" # at work\n");
}

#[test]
fn a_file_that_is_broken_stays_as_it_is() {
    let desk = Desk::new();
    let file = desk.file("config.toml", "lang = \n");
    let run = |args: &[&str]| desk.command(args).env("HUIKUAN_CONFIG", &file).output().unwrap();
    assert_eq!(run(&["config", "set", "lang", "en"]).status.code(), Some(5));
    assert_eq!(run(&["config", "list"]).status.code(), Some(5));
    assert_eq!(fs::read_to_string(&file).unwrap(), "lang = \n");
}

#[test]
fn a_language_that_does_not_exist_is_named() {
    let desk = Desk::new();
    let file = desk.file("config.toml", "lang = \"xx\"\n");
    let run = |args: &[&str]| desk.command(args).env("HUIKUAN_CONFIG", &file).output().unwrap();
    let list = run(&["list"]);
    assert_eq!(list.status.code(), Some(5));
    let said = String::from_utf8(list.stderr).unwrap();
    assert!(said.contains("xx") && said.contains("config.toml"), "{said}");
    assert!(run(&["config", "set", "lang", "zh"]).status.success());
    assert!(run(&["config", "list"]).status.success());
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_configuration() {
    let desk = Desk::new();
    let pipe = desk.folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let list = desk.command(&["list"]).env("HUIKUAN_CONFIG", &pipe).output().unwrap();
    assert_eq!(list.status.code(), Some(5));
}

#[test]
fn people_have_roles_and_teams() {
    let desk = Desk::with_milestone();
    let people = || desk.json("people --json");
    let person = |name: &str, role: &str, team: &str, projects: i64, me: bool| -> Value {
        json!({ "name": name, "role": role, "team": team, "email": "", "projects": projects, "me": me })
    };
    assert_eq!(people(), json!([person("王敏", "pm", "", 1, false)]));
    desk.ok("edit person 王敏 --role sales --team 华东");
    desk.ok("add person wang --role head");
    let wang = person("wang", "head", "", 0, true);
    assert_eq!(people(), json!([wang, person("王敏", "sales", "华东", 1, false)]));
    desk.ok("edit person 王敏 --role finance");
    assert_eq!(people()[1], person("王敏", "finance", "华东", 1, false));
    assert!(desk.fails(2, "edit person 王明 --role pm").contains("王明"));
    assert!(desk.fails(2, "add person 王敏").contains("taken"));
    assert!(desk.fails(2, "edit person 王敏 --role boss").contains("finance"));
    desk.ok("undo");
    assert_eq!(people()[1]["role"], "sales");
    desk.ok("edit person 王敏 --email wang@example.com");
    desk.ok("edit person 王敏 --team 华北");
    assert_eq!(people()[1]["email"], "wang@example.com");
    assert_eq!(people()[1]["role"], "sales");
    assert!(desk.ok("people").contains("wang (you)"));
}

#[test]
fn a_kept_filter_goes_by_its_name() {
    let desk = Desk::with_milestone();
    let file = desk.folder.path().join("mine.toml");
    fs::write(&file, "[filters]\nbig = \"balance>1\"\nnone = \"balance<1\"\n").unwrap();
    let list = |filter: &str| {
        let args = ["list", "--filter", filter, "--json"];
        desk.command(&args).env("HUIKUAN_CONFIG", &file).output().unwrap()
    };
    let rows = |filter: &str| -> usize {
        let rows: Value = serde_json::from_slice(&list(filter).stdout).unwrap();
        rows.as_array().unwrap().len()
    };
    assert_eq!([rows("@big"), rows("@none"), rows("@big @none")], [1, 0, 0]);
    let unknown = list("@small");
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8(unknown.stderr).unwrap();
    assert!(said.contains("@big @none"), "{said}");
}
