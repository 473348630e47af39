//! What must hold whatever happens: killed processes, two at once, hostile names, foreign files.

use std::process::{Child, Stdio};

use crate::kit::Desk;

/// A list long enough that its import can be caught in the act.
fn long_list(rows: u32) -> String {
    let mut text = "key,customer,project,amount,due,paid,paid_on\n".to_owned();
    for row in 0..rows {
        let line = format!(
            "K{row},C{},P{},{}.00,2026-12-01,1.00,2026-11-01\n",
            row % 50,
            row % 500,
            row + 10
        );
        text.push_str(&line);
    }
    text
}

fn size(path: &std::path::Path) -> u64 {
    std::fs::metadata(path).map_or(0, |meta| meta.len())
}

/// Kills the process once its write-ahead log has grown to `bytes`; true if it was still running.
fn kill_at(desk: &Desk, child: &mut Child, bytes: u64) -> bool {
    let log = desk.db().with_extension("db-wal");
    loop {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        if size(&log) >= bytes {
            child.kill().unwrap();
            child.wait().unwrap();
            return true;
        }
        std::thread::yield_now();
    }
}

#[test]
fn a_killed_import_leaves_the_ledger_as_before_or_after() {
    let rows = 3_000;
    for bytes in [1, 100_000, 400_000, 1_000_000, 2_000_000] {
        let desk = Desk::with_milestone();
        let file = desk.file("long.csv", long_list(rows));
        let before = size(&desk.db().with_extension("db-wal"));
        let mut child = desk
            .command(&["import", "plan", &file])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        kill_at(&desk, &mut child, before + bytes);
        let count = desk.json("list --json").as_array().unwrap().len();
        assert!(
            count == 1 || count == 1 + rows as usize,
            "{count} rows after a kill at {bytes} bytes"
        );
        let again = desk.ok_args(&["import", "plan", &file, "--json"]);
        let again: serde_json::Value = serde_json::from_str(&again).unwrap();
        let whole = again["imported"].as_u64().unwrap() + again["unchanged"].as_u64().unwrap();
        assert_eq!(whole, u64::from(rows));
    }
}

#[test]
fn processes_at_once_lose_nothing() {
    let desk = Desk::with_milestone();
    let mut running: Vec<Child> = (0..8)
        .map(|n| {
            let note = format!("call {n}");
            let mut command = desk.command(&["contact", "P1-M1", "--note", &note]);
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for child in &mut running {
        assert!(child.wait().unwrap().success());
    }
    let log = desk.json("log --json -n 100");
    let calls = log.as_array().unwrap().iter().filter(|event| event["kind"] == "contact").count();
    assert_eq!(calls, 8);
}

#[test]
fn two_payments_of_the_same_money_cannot_both_fit() {
    let desk = Desk::with_milestone();
    let pay = || {
        let mut command = desk.command(&[
            "pay",
            "--customer",
            "C1",
            "--amount",
            "200000",
            "--to",
            "P1-M1=200000",
        ]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let (mut first, mut second) = (pay(), pay());
    let saved = [first.wait().unwrap().success(), second.wait().unwrap().success()];
    assert_eq!(saved.iter().filter(|ok| **ok).count(), 1);
    assert_eq!(desk.milestone("P1-M1")["balance"], "100000.00");
}

#[test]
fn a_hostile_name_neither_moves_the_cursor_nor_runs_in_a_spreadsheet() {
    let desk = Desk::new();
    desk.ok_args(&["add", "customer", "--code", "C1", "--name", "\u{1b}[2J=cmd()"]);
    desk.ok("add project --code P1 --customer C1 --name =1+1");
    desk.ok_args(&[
        "add",
        "milestone",
        "--project",
        "P1",
        "--key",
        "M",
        "--name",
        "@x\u{202e}",
        "--amount",
        "5",
        "--due",
        "2026-10-01",
    ]);
    for command in ["list", "aging", "today", "log"] {
        let printed = desk.ok(command);
        assert!(
            !printed.contains('\u{1b}') && !printed.contains('\u{202e}'),
            "{command}: {printed:?}"
        );
    }
    let csv = desk.folder.path().join("list.csv");
    desk.ok_args(&["list", "-o", csv.to_str().unwrap()]);
    let csv = std::fs::read_to_string(csv).unwrap();
    for cell in csv.trim_start_matches('\u{feff}').split([',', '\n']) {
        let cell = cell.trim_matches(['"', '\r']);
        let number = cell.trim_start_matches('-').chars().all(|c| c.is_ascii_digit() || c == '.');
        assert!(number || !cell.starts_with(['=', '+', '-', '@']), "{cell:?} would run");
    }
}

#[test]
fn a_foreign_file_is_left_alone() {
    let desk = Desk::new();
    std::fs::write(desk.db(), "dear diary").unwrap();
    desk.fails(3, "list");
    assert_eq!(std::fs::read_to_string(desk.db()).unwrap(), "dear diary");
}

#[cfg(unix)]
#[test]
fn file_and_folder_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let path = desk.folder.path().join("new").join("ledger.db");
    desk.ok_args(&["--db", path.to_str().unwrap(), "add", "customer", "--name", "A"]);
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
}

#[test]
fn a_damaged_name_is_the_files_fault_and_not_ours() {
    let desk = Desk::with_milestone();
    let file = rusqlite::Connection::open(desk.db()).unwrap();
    let broken = "UPDATE customer SET name = CAST(x'ff' AS TEXT), short_name = CAST(x'ff' AS TEXT)";
    file.execute(broken, []).unwrap();
    drop(file);
    desk.fails(3, "list");
}

#[test]
fn sums_beyond_all_money_are_no_bug() {
    let desk = Desk::with_milestone();
    for _ in 0..2 {
        desk.ok("pay --customer C1 --amount 92233720368547758.07 --unapplied");
    }
    desk.fails(3, "today");
}

#[test]
fn a_ledger_comes_out_of_its_export_byte_for_byte() {
    let desk = Desk::with_milestone();
    desk.ok("pay --customer C1 --amount 100 --on 2026-09-01");
    desk.ok("snapshot take");
    let exported = desk.ok("export ledger");
    let file = desk.file("ledger.jsonl", &exported);
    let other = Desk::new();
    let answer = other.ok_args(&["import", "ledger", &file]);
    assert!(answer.contains("rows read into"), "{answer}");
    assert_eq!(other.ok("export ledger"), exported);
    let refused = other.fails_args(2, &["import", "ledger", &file]);
    assert!(refused.contains("in use already"), "{refused}");
}
