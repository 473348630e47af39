//! What a program trusted with figures must do whatever happens around it: real processes on real files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rusqlite::Connection;

use crate::kit::{Desk, TODAY};

fn beside(desk: &Desk, name: &str) -> PathBuf {
    desk.folder.path().join(name)
}

fn backups(desk: &Desk) -> Vec<PathBuf> {
    let Ok(files) = fs::read_dir(beside(desk, "backups")) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

fn quiet(mut command: Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Ends the process after it made its way through so many looks at whether it is done; false if it was faster.
fn kill_after(child: &mut Child, looks: u32) -> bool {
    for _ in 0..looks {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    true
}

/// Everything a ledger must be.
fn is_in_order(desk: &Desk, db: &Path) -> serde_json::Value {
    let found = desk.run(&["--db", db.to_str().unwrap(), "doctor", "--json"]);
    let text = String::from_utf8(found.stdout).unwrap();
    let said = String::from_utf8_lossy(&found.stderr).into_owned();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{said}"));
    assert_eq!(value["ok"], true, "{text}");
    value
}

#[test]
fn a_backup_is_taken_and_put_back() {
    let desk = Desk::with_milestone();
    let made = desk.json("backup copy.db --json");
    assert_eq!(made["event"], 3);
    desk.ok("pay --customer C1 --amount 100000");
    let said = desk.ok("restore copy.db");
    assert!(
        said.contains("up to event 3") && said.contains("ledger-replaced-2026-11-21.db"),
        "{said}"
    );
    assert_eq!(desk.milestone("P1-M1")["balance"], "300000.00");
    let kept = beside(&desk, "ledger-replaced-2026-11-21.db");
    let kept = kept.to_str().unwrap();
    assert!(desk.ok_args(&["--db", kept, "list"]).contains("200,000.00"));
    is_in_order(&desk, &desk.db());
    assert!(desk.fails(2, "backup ledger.db").contains("the ledger itself"));
    assert!(desk.fails(2, "restore none.db").contains("none.db"));
}

#[test]
fn checks_say_what_is_wrong_and_the_way_out() {
    let desk = Desk::with_milestone();
    assert!(desk.ok("doctor").contains("The ledger is in order."));
    let value = is_in_order(&desk, &desk.db());
    assert_eq!(value["checks"][0]["name"], "schema");
    let file = Connection::open(desk.db()).unwrap();
    file.execute_batch("UPDATE open_item SET item = x'00'").unwrap();
    for report in ["list", "today", "aging"] {
        assert!(desk.fails(3, report).contains("huikuan doctor --repair"), "{report}");
    }
    let output = desk.run(&["doctor", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let bad: Vec<_> =
        value["checks"].as_array().unwrap().iter().filter(|c| c["ok"] == false).collect();
    assert_eq!((&value["ok"], bad.len()), (&false.into(), 1));
    assert_eq!(
        (&bad[0]["name"], &bad[0]["found"][0]),
        (&"derived".into(), &"milestone #1 is not what its facts give".into())
    );
    assert!(bad[0]["todo"].as_str().unwrap().contains("--repair"));
    desk.ok("doctor --repair");
    assert_eq!(desk.milestone("P1-M1")["balance"], "300000.00");

    let hash = desk.json("log --verify --json");
    assert_eq!((&hash["ok"], &hash["events"]), (&true.into(), &3.into()));
    file.execute_batch("UPDATE event SET at = '2020-01-01T00:00:00.000Z' WHERE id = 2").unwrap();
    let output = desk.run(&["log", "--verify"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stdout).unwrap().contains("from event 2 on"));
    desk.fails(3, "doctor");
}

#[test]
fn a_damaged_file_is_told_with_the_way_out_and_never_a_panic() {
    for damage in [
        "UPDATE refinery_schema_history SET checksum = 'abc'",
        "UPDATE refinery_schema_history SET checksum = ''",
        "UPDATE refinery_schema_history SET applied_on = 'x'",
        "DROP TABLE open_item",
        "DROP TABLE derived",
    ] {
        let desk = Desk::with_milestone();
        Connection::open(desk.db()).unwrap().execute_batch(damage).unwrap();
        let output = desk.run(&["list"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(matches!(output.status.code(), Some(3 | 5)), "{damage}: {said}");
        assert!(said.contains("backup") && said.len() < 500, "{damage}: {said}");
        let output = desk.run(&["doctor", "--json"]);
        assert_eq!(output.status.code(), Some(3), "{damage}");
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(value["ok"], false, "{damage}");
    }
}

#[test]
fn reports_make_no_ledger() {
    for report in ["today", "list", "aging", "log", "snapshot list", "doctor", "backup copy.db"] {
        let desk = Desk::new();
        let said = desk.fails(2, report);
        assert!(said.contains("there is no ledger") && said.contains("ledger.db"), "{said}");
        let left: Vec<_> = fs::read_dir(desk.folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "{report}: {left:?}");
    }
}

#[test]
fn a_ledger_that_ends_before_what_was_seen_is_told() {
    let desk = Desk::with_milestone();
    let seen = desk.db().canonicalize().unwrap();
    let config = desk.file("config.toml", "");
    desk.file(
        "last-look.json",
        format!("{{\"{}\": {{\"day\": \"{TODAY}\", \"event\": 9}}}}", seen.display()),
    );
    let run = |args: &[&str]| desk.command(args).env("HUIKUAN_CONFIG", &config).output().unwrap();
    let said = String::from_utf8(run(&["list"]).stderr).unwrap();
    assert!(said.contains("ends at event 3") && said.contains("event 9"), "{said}");
    // A restore is meant to.
    assert!(run(&["backup", "copy.db"]).status.success());
    assert!(run(&["restore", "copy.db"]).status.success());
    assert_eq!(String::from_utf8(run(&["list"]).stderr).unwrap(), "");
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_recorded_is_a_success_whoever_hears_of_it() {
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let desk = Desk::with_milestone();
    let pay = ["pay", "--customer", "C1", "--amount", "1000", "--again"];
    let output = desk.command(&pay).stdout(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("done, but the answer"));
    for (out, err) in [(full(), full()), (full(), full())] {
        let status = desk.command(&pay).stdout(out).stderr(err).status().unwrap();
        assert_eq!(status.code(), Some(0));
    }
    assert_eq!(desk.milestone("P1-M1")["balance"], "297000.00");
    let list = desk.file("list.csv", "key,customer,project,amount\nK1,C1,P1,5\nK2,C1,P1,x\n");
    let import = ["import", "plan", &list, "--skip-bad"];
    assert_eq!(desk.command(&import).stderr(full()).status().unwrap().code(), Some(0));
    assert_eq!(desk.milestone("K1")["balance"], "5.00");
    // Nobody reads the notes.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(desk.command(&import).stderr(writer).status().unwrap().code(), Some(0));
    // What only prints has failed where it cannot print.
    assert_eq!(desk.command(&["list"]).stdout(full()).status().unwrap().code(), Some(5));
    assert_eq!(desk.command(&["nonsense"]).stderr(full()).status().unwrap().code(), Some(2));
}

#[cfg(unix)]
#[test]
fn files_out_are_private_and_follow_no_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::with_milestone();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let victim = desk.file("victim", "not yours");
    let link = beside(&desk, "aging.csv");
    symlink(&victim, &link).unwrap();
    desk.ok_args(&["aging", "-o", link.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "not yours");
    assert_eq!(mode(&link), 0o600);
    desk.ok("snapshot take");
    let folder = beside(&desk, "out");
    desk.ok_args(&["snapshot", "export", "-o", folder.to_str().unwrap()]);
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("aging-2026-W47.csv")), 0o600);
}

#[test]
fn a_configured_ledger_is_found_from_every_folder() {
    let desk = Desk::new();
    let config = desk.file("config.toml", "db = \"books/x.db\"\nbackups = \"off\"\n");
    let run = |args: &[&str]| {
        let mut command = desk.command(args);
        command.env_remove("HUIKUAN_DB").env("HUIKUAN_CONFIG", &config);
        command.current_dir(beside(&desk, "tmp")).output().unwrap()
    };
    assert!(run(&["add", "customer", "--name", "A"]).status.success());
    assert!(beside(&desk, "books/x.db").is_file());
    desk.file("config.toml", "db = \"~/y.db\"\n");
    assert!(run(&["add", "customer", "--name", "A"]).status.success());
    assert!(beside(&desk, "y.db").is_file(), "the home folder");
}

#[test]
fn each_day_and_each_import_is_preceded_by_a_backup() {
    let desk = Desk::with_milestone();
    assert_eq!(backups(&desk).len(), 1, "of what the day began with");
    let list = desk.file("list.csv", "key,customer,project,amount\nK1,C1,P1,5\n");
    desk.ok_args(&["import", "plan", &list, "--dry-run"]);
    assert_eq!(backups(&desk).len(), 1);
    desk.ok_args(&["import", "plan", &list]);
    desk.ok("undo");
    let names: Vec<_> = backups(&desk)
        .iter()
        .map(|p| p.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(names[1..], ["ledger-2026-11-21-000003.db", "ledger-2026-11-21-000004.db"]);
    for backup in backups(&desk) {
        is_in_order(&desk, &backup);
    }
    desk.ok_args(&["contact", "P1-M1", "--today", "2026-11-22"]);
    assert_eq!(backups(&desk).len(), 2, "the last one of each day");
    let config = desk.file("off.toml", "backups = \"off\"\n");
    let off = desk
        .command(&["contact", "P1-M1", "--today", "2026-11-23"])
        .env("HUIKUAN_CONFIG", config)
        .status();
    assert!(off.unwrap().success());
    assert_eq!(backups(&desk).len(), 2);
    desk.ok("demo --write demo.db");
    assert_eq!(backups(&desk).len(), 2);
}

#[test]
fn an_import_without_its_backup_is_refused() {
    let desk = Desk::with_milestone();
    let folder = beside(&desk, "backups");
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    let list = desk.file("list.csv", "key,customer,project,amount\nK1,C1,P1,5\n");
    let said = desk.fails_args(5, &["import", "plan", &list]);
    assert!(said.contains("nothing was written") && said.contains("backups = \"off\""), "{said}");
    let output = desk.run(&["contact", "P1-M1"]);
    assert!(output.status.success(), "a single change is not hindered");
    assert!(String::from_utf8(output.stderr).unwrap().contains("today's backup could not be made"));
    assert_eq!(desk.json("log --json").as_array().unwrap().len(), 4);
}

#[test]
fn what_is_told_of_a_file_does_not_act_on_the_terminal() {
    let desk = Desk::with_milestone();
    for args in [
        &["import", "plan", "b\u{1b}]0;pwn\u{7}.csv"][..],
        &["--db", "x\u{1b}[2J\u{202e}.db", "list"],
        &["edit", "customer", "C\u{9b}31m"],
    ] {
        let said = String::from_utf8(desk.run(args).stderr).unwrap();
        assert!(
            !said.is_empty()
                && !said.trim_end().contains(|c: char| c.is_control() || c == '\u{202e}'),
            "{said:?}"
        );
    }
    let said =
        desk.ok_args(&["add", "customer", "--code", "C2", "--name", "\u{1b}]0;pwn\u{7}\u{200b}x"]);
    assert!(!said.trim_end().contains(char::is_control), "{said:?}");
    let json = desk.ok("log --json");
    assert!(!json.contains("\\u00") && !json.contains('\u{200b}'), "{json}");
}

/// No file that can be taken for a ledger is anything else.
fn every_ledger_is_whole(desk: &Desk) {
    for file in fs::read_dir(desk.folder.path()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "db") {
            is_in_order(desk, &path);
        }
    }
}

#[test]
fn killed_while_it_makes_a_ledger_it_makes_it_the_next_time() {
    for looks in (0..24).map(|n| 1 << (n / 2)) {
        let desk = Desk::new();
        let mut child = quiet(desk.command(&["add", "customer", "--code", "C1", "--name", "A"]));
        kill_after(&mut child, looks * 50);
        let output = desk.run(&["add", "customer", "--code", "C2", "--name", "B"]);
        assert!(output.status.success(), "{looks}: {}", String::from_utf8_lossy(&output.stderr));
        every_ledger_is_whole(&desk);
    }
}

#[test]
fn killed_while_it_migrates_it_leaves_the_old_ledger_or_the_new() {
    let desk = Desk::new();
    let first = Connection::open(desk.db()).unwrap();
    first.execute_batch(include_str!("../store/v1.sql")).unwrap();
    first.execute_batch("PRAGMA application_id = 1212894257; PRAGMA user_version = 1;").unwrap();
    drop(first);
    let old = fs::read(desk.db()).unwrap();
    for looks in (0..24).map(|n| 1 << (n / 2)) {
        for beside in ["db-wal", "db-shm"] {
            drop(fs::remove_file(desk.db().with_extension(beside)));
        }
        fs::write(desk.db(), &old).unwrap();
        let mut child = quiet(desk.command(&["list"]));
        kill_after(&mut child, looks * 50);
        assert_eq!(desk.json("list --json").as_array().unwrap().len(), 4, "{looks}");
        is_in_order(&desk, &desk.db());
    }
}

#[test]
fn killed_while_it_backs_up_or_restores_it_leaves_whole_ledgers() {
    let desk = Desk::with_milestone();
    desk.ok("backup before.db");
    desk.ok("pay --customer C1 --amount 100000");
    let (before, after) = ("300000.00", "200000.00");
    desk.ok("backup after.db");
    for (round, looks) in (0..16).map(|n| 1 << (n / 2)).enumerate() {
        let mut child = quiet(desk.command(&["backup", "copy.db"]));
        kill_after(&mut child, looks * 100);
        let from = if round % 2 == 0 { "before.db" } else { "after.db" };
        let mut child = quiet(desk.command(&["restore", from]));
        kill_after(&mut child, looks * 100);
        let balance = desk.milestone("P1-M1")["balance"].clone();
        assert!(balance == before || balance == after, "{balance}");
        every_ledger_is_whole(&desk);
    }
}

/// The notes of all contacts in the ledger, in order.
fn notes(desk: &Desk) -> Vec<String> {
    let log = desk.json("log --json -n 100000");
    let notes = log
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|event| Some(event["detail"]["log_contact"]["note"].as_str()?.to_owned()));
    let mut notes: Vec<String> = notes.collect();
    notes.sort();
    notes
}

/// How often each of eight writes; more by hand, with `HUIKUAN_WRITES=500`.
#[test]
fn many_processes_lose_nothing_and_leave_a_chain() {
    let desk = Desk::with_milestone();
    let writes = std::env::var("HUIKUAN_WRITES").map_or(12, |many| many.parse().unwrap());
    let writer = |process: usize| {
        let mut confirmed = Vec::new();
        for write in 0..writes {
            let note = format!("{process}/{write}");
            let output = desk.run(&["contact", "P1-M1", "--note", &note]);
            let said = String::from_utf8(output.stderr).unwrap();
            match output.status.code() {
                Some(0) => confirmed.push(note),
                Some(4) => assert!(said.contains("another program is writing"), "{said}"),
                code => panic!("exit {code:?}: {said}"),
            }
        }
        confirmed
    };
    let mut confirmed: Vec<String> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8).map(|process| scope.spawn(move || writer(process))).collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    confirmed.sort();
    let refused = 8 * writes - confirmed.len();
    eprintln!("{} writes confirmed, {refused} refused", confirmed.len());
    assert!(refused <= writes, "{refused} refused");
    assert_eq!(notes(&desk), confirmed);
    is_in_order(&desk, &desk.db());
}

#[test]
fn a_backup_beside_a_writer_is_whole_and_has_what_was_confirmed_before() {
    use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
    let desk = Desk::with_milestone();
    let (confirmed, is_over) = (AtomicU64::new(3), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            // Bounded, so that the test ends where it fails.
            while !is_over.load(Ordering::SeqCst) && confirmed.load(Ordering::SeqCst) < 1_000 {
                desk.ok("contact P1-M1");
                confirmed.fetch_add(1, Ordering::SeqCst);
            }
        });
        for number in 0..8 {
            let before = confirmed.load(Ordering::SeqCst);
            while number > 0 && confirmed.load(Ordering::SeqCst) == before && !writer.is_finished()
            {
                std::thread::yield_now();
            }
            let before = confirmed.load(Ordering::SeqCst);
            let copy = format!("copy-{number}.db");
            let made = desk.json(&format!("backup {copy} --json"));
            let event = made["event"].as_u64().unwrap();
            let after = confirmed.load(Ordering::SeqCst);
            assert!((before..=after + 1).contains(&event), "{before} {event} {after}");
            is_in_order(&desk, &beside(&desk, &copy));
            let log = desk.json(&format!("--db {copy} log --json -n 100000"));
            assert_eq!(log.as_array().unwrap().len() as u64, event);
        }
        is_over.store(true, Ordering::SeqCst);
    });
    is_in_order(&desk, &desk.db());
}

#[test]
fn processes_that_make_one_ledger_at_once_all_write_to_it() {
    for _ in 0..4 {
        let desk = Desk::new();
        std::thread::scope(|scope| {
            for n in 0..4 {
                let desk = &desk;
                scope.spawn(move || desk.ok_args(&["add", "customer", "--name", &format!("A{n}")]));
            }
        });
        assert_eq!(desk.json("log --json").as_array().unwrap().len(), 4);
        is_in_order(&desk, &desk.db());
    }
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_loses_nothing_and_is_said_to_be_full() {
    let desk = Desk::with_milestone();
    desk.ok("contact P1-M1");
    let mut failed = 0;
    // Files may grow to so many blocks of 512 bytes, as on a disk without room.
    for limit in [0, 16, 64, 72, 80, 96, 128, 100_000] {
        let mut shell = Command::new("sh");
        let program = env!("CARGO_BIN_EXE_huikuan");
        shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {limit}; exec \"$@\""), "sh", program]);
        shell.args(["--lang", "en", "--today", TODAY, "contact", "P1-M1"]);
        let before = desk.json("log --json -n 100").as_array().unwrap().len();
        let output = shell.env_clear().envs(desk.environment("wang")).output().unwrap();
        let after = desk.json("log --json -n 100").as_array().unwrap().len();
        let code = output.status.code();
        assert_eq!(after - before, usize::from(code == Some(0)), "{limit}: {output:?}");
        failed += usize::from(code == Some(5));
        is_in_order(&desk, &desk.db());
    }
    assert!(failed > 0, "no limit was low enough");
}

#[cfg(target_os = "linux")]
#[test]
fn a_medium_that_cannot_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_milestone();
    // As another user, because root may write everywhere.
    let as_nobody = |program: &str, args: &[&str]| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups", program]);
        command.args(args).env_clear().envs(desk.environment("nobody"));
        command.output()
    };
    if !as_nobody("true", &[]).is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: needs setpriv and the right to become another user");
        return;
    }
    let program = beside(&desk, "huikuan");
    // By another process: a child that another test starts meanwhile would keep the copy open for writing.
    let copied =
        Command::new("cp").args([env!("CARGO_BIN_EXE_huikuan").as_ref(), &*program]).status();
    assert!(copied.unwrap().success());
    fs::set_permissions(desk.db(), fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(desk.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let run = |args: &[&str]| {
        let all = [&["--lang", "en", "--today", TODAY], args].concat();
        as_nobody(program.to_str().unwrap(), &all).unwrap()
    };
    for report in [&["list"][..], &["aging"], &["today"], &["log"], &["doctor"]] {
        let output = run(report);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{report:?}: {said}");
    }
    let output = run(&["contact", "P1-M1"]);
    assert_eq!(output.status.code(), Some(5));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("folder you can write to"), "{said}");
}
