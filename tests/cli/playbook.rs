//! The playbook by command.

use crate::kit::Desk;

#[test]
fn a_copy_is_edited_and_a_bad_line_names_file_line_and_fault() {
    let desk = Desk::with_milestone();
    let config = desk.folder.path().join("config.toml");
    std::fs::write(&config, "[keys]\npromise = \"Z\"\n").unwrap();
    let run = |args: &[&str]| desk.command(args).env("HUIKUAN_CONFIG", &config).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let shipped = text(run(&["playbook", "show"]).stdout);
    assert!(shipped.contains("broken>=2"), "{shipped}");
    let file = text(run(&["playbook", "copy"]).stdout);
    let file = std::path::Path::new(file.trim());
    assert_eq!(file.parent(), config.parent(), "beside the configuration");
    assert!(run(&["playbook", "check"]).status.success());
    std::fs::write(file, "when overdue -> Ask -> promise\nwhen nosuch:1 -> Ask\n").unwrap();
    assert!(text(run(&["playbook", "copy"]).stdout).contains("stays as it is"));
    let checked = run(&["playbook", "check"]);
    assert_eq!(checked.status.code(), Some(3));
    let said = text(checked.stderr);
    assert!(said.contains("playbook.txt, line 2") && said.contains("nosuch"), "{said}");
    let shown = run(&["playbook", "show", "--json"]);
    let rows: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    assert_eq!((&rows[0]["advice"], &rows[0]["key"]), (&"Ask".into(), &"Z".into()));
}
