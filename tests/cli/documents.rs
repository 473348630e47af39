//! Help, man page, completions, configuration, days.

use crate::kit::Desk;

#[test]
fn help_speaks_both_languages() {
    let desk = Desk::new();
    assert!(desk.ok("--help").contains("who owes what since when"));
    let chinese = desk.ok("pay --help --lang zh");
    assert!(chinese.contains("登记收款") && chinese.contains("用法"));
    assert!(!chinese.contains("Print help") && !chinese.contains("Options"));
}

#[test]
fn a_wrong_word_says_where_help_is() {
    let desk = Desk::new();
    assert!(desk.fails(2, "lst").contains("lst"));
    assert!(desk.fails(2, "lst --lang zh").contains("没有命令 lst"));
    assert!(desk.fails(2, "--lang xx list").contains("zh, en"));
    assert!(desk.fails(2, "list --today never").contains("--today"));
}

#[test]
fn the_man_page_and_completions_know_every_command() {
    let desk = Desk::new();
    let man = desk.ok("man");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.ok(&format!("completions {shell}"));
        for command in ["aging", "write-off", "snapshot"] {
            assert!(script.contains(command), "{shell} lacks {command}");
        }
    }
    for command in ["SNAPSHOT TAKE", "IMPORT PLAN", "WRITE\\-OFF"] {
        assert!(man.contains(command), "the man page lacks {command}");
    }
}

#[test]
fn a_day_is_computed_by_the_holiday_table() {
    let desk = Desk::new();
    assert_eq!(desk.ok_args(&["date", "2026-02-10 + 7wd"]), "2026-02-26\n");
    assert_eq!(desk.ok_args(&["date", "+7"]), "2026-11-28\n");
    assert!(desk.fails_args(2, &["date", "someday"]).contains("someday"));
}

#[test]
fn a_broken_configuration_is_named_and_found() {
    let desk = Desk::new();
    let file = desk.file("config.toml", "colour = true\n");
    let run = |args: &[&str]| {
        desk.command(args)
            .env("HUIKUAN_CONFIG", &file)
            .output()
            .unwrap()
    };
    let list = run(&["list"]);
    assert_eq!(list.status.code(), Some(5));
    assert!(String::from_utf8(list.stderr).unwrap().contains("colour"));
    let path = run(&["config", "path"]);
    assert!(String::from_utf8(path.stdout).unwrap().contains(&file));
}

#[test]
fn a_demo_of_nothing_is_refused() {
    let desk = Desk::new();
    assert!(
        desk.fails(2, "demo --size 0 --write x.db")
            .contains("--size")
    );
    assert!(
        desk.fails(2, "demo --size 10 --open 101 --write x.db")
            .contains("--open")
    );
}

#[test]
fn the_screen_needs_a_terminal() {
    let desk = Desk::new();
    assert!(desk.fails(5, "demo").contains("terminal"));
}
