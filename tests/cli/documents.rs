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
fn a_command_shows_what_it_needs_first_how_it_is_typed_and_where_its_own_help_is() {
    let desk = Desk::new();
    let help = desk.ok("promise --help");
    let at = |text: &str| help.find(text).unwrap_or_else(|| panic!("no {text} in {help}"));
    assert!(at("--by") < at("--amount") && at("(required)") < at("--amount"), "{help}");
    assert!(at("Options of every command") < at("--db") && at("--on") < at("--db"), "{help}");
    assert!(help.contains("huikuan promise P1-M1 --by"), "{help}");
    let chinese = desk.ok("contact --help --lang zh");
    assert!(chinese.contains("wechat 微信") && chinese.contains("通用选项"), "{chinese}");
    assert!(!chinese.contains('{') && !desk.ok("aging --help").contains('{'));
    assert!(desk.fails(2, "pay --nonsense --lang zh").contains("huikuan pay --help"));
    assert!(desk.fails(2, "import plan").contains("huikuan import plan --help"));
}

#[test]
fn the_man_page_and_completions_know_every_command() {
    let desk = Desk::new();
    let man = desk.ok("man");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.ok(&format!("completions {shell}"));
        assert!(script.contains("HUIKUAN_COMPLETE"), "{shell}: {script}");
    }
    let proposed = proposed(&desk, &[""]);
    for command in ["aging", "write-off", "snapshot"] {
        assert!(proposed.iter().any(|word| word == command), "{command} is not proposed");
    }
    for command in ["SNAPSHOT TAKE", "IMPORT PLAN", "WRITE\\-OFF"] {
        assert!(man.contains(command), "the man page lacks {command}");
    }
}

/// What bash is told for the last of these words.
fn proposed(desk: &Desk, words: &[&str]) -> Vec<String> {
    let mut command = desk.command(&[]);
    let args = [&["--", "huikuan"], words].concat();
    let mut asked = std::process::Command::new(command.get_program());
    asked.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    asked.current_dir(desk.folder.path()).args(args);
    asked.env("HUIKUAN_COMPLETE", "bash").env("_CLAP_IFS", "\n");
    asked.env("_CLAP_COMPLETE_INDEX", words.len().to_string());
    asked.env("_CLAP_COMPLETE_COMP_TYPE", "9").env("_CLAP_COMPLETE_SPACE", "true");
    command = asked;
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn what_the_ledger_knows_is_completed() {
    let desk = Desk::with_milestone();
    desk.ok("snapshot take");
    desk.ok("add milestone --project P1 --key P1-M2 --name 尾款 --amount 1 --due 2026-12-31");
    assert_eq!(proposed(&desk, &["accept", "P1"]), ["P1-M1", "P1-M2"]);
    assert_eq!(proposed(&desk, &["accept", "验"]), ["验收款"]);
    assert_eq!(proposed(&desk, &["pay", "--customer", "C"]), ["C1"]);
    assert_eq!(proposed(&desk, &["pay", "--customer", "星"]), ["星河科技"]);
    assert_eq!(proposed(&desk, &["pay", "--customer", "C1", "--to", "P1-M2"]), ["P1-M2="]);
    assert_eq!(proposed(&desk, &["edit", "project", "P"]), ["P1"]);
    assert_eq!(proposed(&desk, &["snapshot", "show", "2026"]), ["2026-W47"]);
    assert_eq!(proposed(&desk, &["--db", "none.db", "accept", "P1"]), [""; 0]);
    assert_eq!(proposed(&desk, &["accept", "%"]), [""; 0]);
    assert!(!desk.folder.path().join("none.db").exists());
}

#[test]
fn a_man_page_is_written_for_every_command() {
    let desk = Desk::new();
    desk.ok("man -o pages");
    let page =
        |name: &str| std::fs::read_to_string(desk.folder.path().join("pages").join(name)).unwrap();
    assert!(page("huikuan.1").contains("huikuan"));
    let pay = page("huikuan-pay.1");
    assert!(pay.contains("\\-\\-customer") && pay.contains("huikuan pay"), "{pay}");
    assert!(page("huikuan-snapshot-take.1").contains("Freeze"));
}

#[test]
fn an_error_about_a_flag_says_where_the_commands_help_is() {
    let desk = Desk::with_milestone();
    for (line, help) in [
        ("pay --customer C1 --amount x", "huikuan pay --help"),
        ("promise P1-M1 --by never", "huikuan promise --help"),
        ("list --filter nonsense:1", "huikuan list --help"),
        ("snapshot take --as-of never", "huikuan snapshot take --help"),
        ("aging -o aging.pdf", "huikuan aging --help"),
    ] {
        let said = desk.fails(2, line);
        assert!(said.contains(help), "{line}: {said}");
    }
    let chinese = desk.fails(2, "contact P1-M1 --channel 电报 --lang zh");
    assert!(chinese.contains("wechat 微信") && chinese.contains("见 huikuan contact --help"));
    let chinese = desk.fails(2, "calendar --by year --lang zh");
    assert!(chinese.contains("week month"), "{chinese}");
}

#[test]
fn a_day_is_computed_by_the_holiday_table() {
    let desk = Desk::new();
    assert_eq!(desk.ok_args(&["date", "2026-02-10 + 7wd"]), "2026-02-26\n");
    assert_eq!(desk.ok_args(&["date", "+7"]), "2026-11-28\n");
    assert_eq!(desk.ok_args(&["date", "2026-02-10 月底 + 60d"]), "2026-04-29\n");
    assert_eq!(desk.ok_args(&["date", "3个工作日后"]), "2026-11-25\n");
    assert!(desk.fails_args(2, &["date", "someday"]).contains("someday"));
}

#[test]
fn payment_conditions_are_read_and_what_is_not_understood_is_said() {
    let desk = Desk::new();
    let said = desk.ok_args(&["terms", "30% on signing, rest 30 days after acceptance"]);
    assert!(said.contains("acceptance + 30d") && said.contains("the rest"), "{said}");
    let text = "主体封顶后付30%\n审计完成后付至结算价的97%；逾期付款违约金为合同总价的5%";
    let said = desk.ok_args(&["terms", text, "--lang", "zh"]);
    for line in ["未读懂：主体封顶", "付至 97%（按结算价）", "结算后才有", "5%，不是费率"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    let read = desk.ok_args(&["terms", "验收合格后30日内凭发票付60%，共60万元", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&read).unwrap();
    let clause = &read["clauses"][0];
    assert_eq!((&clause["percent"], &clause["rule"]), (&"60".into(), &"acceptance + 30d".into()));
    assert_eq!(
        (&clause["amount"], &clause["needs"][0]["what"]),
        (&"60万元".into(), &"invoice".into())
    );
    assert_eq!(
        desk.ok_args(&["terms", "well", "--lang", "en"]).matches("not understood: well").count(),
        1
    );
}

#[test]
fn a_broken_configuration_is_named_and_found() {
    let desk = Desk::new();
    let file = desk.file("config.toml", "colour = true\n");
    let run = |args: &[&str]| desk.command(args).env("HUIKUAN_CONFIG", &file).output().unwrap();
    let list = run(&["list"]);
    assert_eq!(list.status.code(), Some(5));
    assert!(String::from_utf8(list.stderr).unwrap().contains("colour"));
    let path = run(&["config", "path"]);
    assert!(String::from_utf8(path.stdout).unwrap().contains(&file));
}

#[test]
fn a_demo_of_nothing_is_refused() {
    let desk = Desk::new();
    assert!(desk.fails(2, "demo --size 0 --write x.db").contains("--size"));
    assert!(desk.fails(2, "demo --size 10 --open 101 --write x.db").contains("--open"));
}

#[test]
fn the_screen_needs_a_terminal() {
    let desk = Desk::new();
    assert!(desk.fails(5, "demo").contains("terminal"));
}

/// Arguments with which each command has something to do on an empty ledger, if only to refuse.
const EXAMPLES: &[(&str, &str)] = &[
    ("demo", "--write demo.db"),
    ("today", ""),
    ("list", ""),
    ("aging", ""),
    ("customers", ""),
    ("projects", ""),
    ("payments", ""),
    ("invoices", ""),
    ("promises", ""),
    ("calendar", ""),
    ("contacts", ""),
    ("deals", ""),
    ("condition add", "M1 drawings"),
    ("condition met", "M1 1"),
    ("condition open", "M1 1"),
    ("condition list", ""),
    ("paper add", "contract P1"),
    ("paper list", ""),
    ("paper sent", "#1"),
    ("paper delivered", "#1"),
    ("paper signed", "#1"),
    ("paper close", "#1"),
    ("paper ready", "M1"),
    ("paper check", ""),
    ("paper print", "#1"),
    ("make", "formal_notice C1"),
    ("dun", ""),
    ("mail send", "#1"),
    ("mail digest", "--to a@example.com"),
    ("mail check", ""),
    ("template list", ""),
    ("template show", "formal_notice"),
    ("template edit", "formal_notice"),
    ("template check", ""),
    ("note add", "progress P1 60"),
    ("note list", ""),
    ("playbook show", ""),
    ("playbook check", ""),
    ("playbook copy", ""),
    ("touches", ""),
    ("fee", "none"),
    ("limitation", ""),
    ("explain", "none"),
    ("show", "none"),
    ("snapshot take", ""),
    ("snapshot diff", "2026-11-01"),
    ("snapshot trend", ""),
    ("snapshot list", ""),
    ("snapshot show", "2020-W01"),
    ("snapshot export", "2020-W01"),
    ("import plan", "none.csv"),
    ("import customers", "none.csv"),
    ("import payments", "none.csv"),
    ("import invoices", "none.csv"),
    ("import template", ""),
    ("import layouts", ""),
    ("import ledger", "none.jsonl"),
    ("export ledger", ""),
    ("bank import", "none.csv"),
    ("bank list", ""),
    ("bank accounts", ""),
    ("bank match", ""),
    ("bank book", "#1"),
    ("bank skip", "#1"),
    ("bill list", ""),
    ("bill honoured", "#1"),
    ("bill discounted", "#1 --rate 2.62"),
    ("bill endorsed", "#1 --to A"),
    ("bill dishonoured", "#1"),
    ("clear-payer", "#1 --note A"),
    ("move", "#1 none none"),
    ("add customer", "--name A"),
    ("add project", "--name A --customer none"),
    ("add milestone", "--name A --project none"),
    ("edit customer", "none"),
    ("edit project", "none"),
    ("edit milestone", "none"),
    ("deliver", "none"),
    ("accept", "none"),
    ("invoice", "none"),
    ("sent", "none"),
    ("pay", "--customer none --amount 1"),
    ("apply", "#1"),
    ("contact", "none"),
    ("promise", "none --by 2026-12-01"),
    ("dispute", "none"),
    ("resolve", "none"),
    ("reschedule", "none --to 2026-12-01"),
    ("hold", "none"),
    ("release", "none"),
    ("amend", "none 1"),
    ("split", "none --into none"),
    ("call-due", "none"),
    ("write-off", "none --reason insolvent"),
    ("settle", "none --pay 1 --by 2026-12-01"),
    ("suspend", "none --reason late"),
    ("resume", "none"),
    ("log", ""),
    ("void", "payment #1 --reason mistake"),
    ("undo", ""),
    ("redo", ""),
    ("backup", "copy.db"),
    ("restore", "none.db"),
    ("doctor", ""),
    ("date", "+1"),
    ("fee", "none"),
    ("limitation", ""),
    ("explain", "none"),
    ("words", "1409.50"),
    ("terms", "月结30天"),
    ("config path", ""),
    ("config list", ""),
    ("config get", "lang"),
    ("config set", "gap_days 5"),
    ("config unset", "gap_days"),
    ("people", ""),
    ("todo add", "call"),
    ("todo list", ""),
    ("todo done", "#1"),
    ("todo edit", "#1"),
    ("todo approve", "#1"),
    ("todo decline", "#1 --note no"),
    ("add person", "none"),
    ("edit person", "none"),
    ("completions", "bash"),
    ("man", ""),
];

/// The commands that do something, by their paths.
fn leaves(command: &clap::Command, path: &str, found: &mut Vec<String>) {
    for sub in command.get_subcommands() {
        let below = format!("{path} {}", sub.get_name());
        if sub.has_subcommands() {
            leaves(sub, &below, found);
        } else {
            found.push(below.trim_start().to_owned());
        }
    }
}

#[test]
fn every_command_prints_writes_or_refuses() {
    let mut commands = Vec::new();
    leaves(&huikuan::cli::command(huikuan::text::Lang::En), "", &mut commands);
    for command in commands {
        let example = EXAMPLES.iter().find(|(path, _)| *path == command);
        let (_, args) = example.unwrap_or_else(|| panic!("no example of `{command}`"));
        let desk = Desk::new();
        let line = format!("{command} {args}");
        let done = desk
            .command(&line.split_whitespace().collect::<Vec<_>>())
            .current_dir(desk.folder.path())
            .output()
            .unwrap();
        let said = if done.status.success() { &done.stdout } else { &done.stderr };
        assert!(!said.is_empty(), "`{line}` did nothing: {done:?}");
    }
}
