//! A disk that fails, a program that ends, a power cut: at every place in a command, not where a test happens to hit.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use huikuan::error::check::Check;
use huikuan::store::Store;
use rstest::rstest;
use rusqlite::Connection;

use crate::disk::{Disk, Fault, Step, calls, library, steps};
use crate::kit::Desk;

/// What a command is run on, and what it does there.
#[derive(Debug, Clone, Copy)]
enum Work {
    Create,
    Save,
    Import,
    Undo,
    Backup,
    Restore,
    Migrate,
}

/// Events in the ledger.
type Events = i64;

/// The day after all others: a backup of it is due.
const NEXT: &str = "2026-11-22";

impl Work {
    const fn args(self) -> &'static [&'static str] {
        match self {
            Self::Create => &["add", "customer", "--name", "A"],
            Self::Save => &["contact", "P1-M1", "--today", NEXT],
            Self::Import => &["import", "plan", "list.csv"],
            Self::Undo => &["undo", "--today", NEXT],
            Self::Backup => &["backup", "copy.db"],
            Self::Restore => &["restore", "copy.db"],
            Self::Migrate => &["list"],
        }
    }

    /// What is given afterwards, whether it was done or not.
    const fn again(self) -> &'static [&'static str] {
        match self {
            Self::Create => &["add", "customer", "--name", "B"],
            Self::Save
            | Self::Import
            | Self::Undo
            | Self::Backup
            | Self::Restore
            | Self::Migrate => self.args(),
        }
    }

    fn desk(self) -> Desk {
        let desk = match self {
            Self::Create | Self::Migrate => Desk::new(),
            Self::Save | Self::Import | Self::Undo | Self::Backup | Self::Restore => {
                Desk::with_milestone()
            }
        };
        match self {
            Self::Create | Self::Save => {}
            Self::Import => list(&desk, "list.csv", "K", 60),
            Self::Undo => {
                list(&desk, "list.csv", "K", 60);
                desk.ok("import plan list.csv");
            }
            Self::Backup | Self::Restore => {
                desk.ok("backup copy.db");
                desk.ok("contact P1-M1");
            }
            Self::Migrate => {
                let first = Connection::open(desk.db()).unwrap();
                first.execute_batch(include_str!("../store/v1.sql")).unwrap();
                let marks = "PRAGMA application_id = 1212894257; PRAGMA user_version = 1;";
                first.execute_batch(marks).unwrap();
            }
        }
        desk
    }

    /// Events before and after it.
    const fn events(self) -> (Events, Events) {
        match self {
            Self::Create => (0, 1),
            Self::Save | Self::Import => (3, 4),
            Self::Undo => (4, 5),
            Self::Backup => (4, 4),
            Self::Restore => (4, 3),
            Self::Migrate => (26, 26),
        }
    }
}

fn list(desk: &Desk, name: &str, key: &str, rows: u32) {
    let mut text = "key,customer,project,amount,due\n".to_owned();
    for row in 0..rows {
        let line = format!("{key}{row},Q{0},Q{0},{1}.00,2026-12-01\n", row % 7, row + 10);
        text.push_str(&line);
    }
    desk.file(name, text);
}

/// How many events a ledger has, which has to be whole.
fn events(path: &Path, what: &str) -> Events {
    let store = Store::open_existing(path, None, &mut |_, _| {});
    let store = store.unwrap_or_else(|error| panic!("{what}: {}: {error:?}", path.display()));
    for check in Check::ALL {
        let found = store.faults(check).unwrap();
        assert!(found.is_empty(), "{what}: {}: {found:?}", path.display());
    }
    store.last_event().unwrap().0
}

/// Every file that can be taken for a ledger.
fn ledgers(desk: &Desk) -> Vec<PathBuf> {
    let folders = [desk.folder.path().to_owned(), desk.folder.path().join("backups")];
    let files = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "db"))
        .collect()
}

/// What holds after any fault: every ledger whole, this one as before or after, and the command can be given again.
fn goes_on(desk: &Desk, work: Work, what: &str) -> Events {
    let found = if desk.db().exists() { events(&desk.db(), what) } else { 0 };
    let (before, after) = work.events();
    assert!(found == before || found == after, "{what}: {found} events");
    for ledger in ledgers(desk) {
        events(&ledger, what);
    }
    let again = desk.run(work.again());
    let said = String::from_utf8_lossy(&again.stderr);
    assert!(again.status.success(), "{what}, then again: {said}");
    events(&desk.db(), what);
    found
}

#[rstest]
fn killed_at_any_call_the_next_start_goes_on(
    #[values(
        Work::Create,
        Work::Save,
        Work::Import,
        Work::Undo,
        Work::Backup,
        Work::Restore,
        Work::Migrate
    )]
    work: Work,
) {
    let Some(library) = library() else {
        return;
    };
    let fresh = work.desk();
    calls(|at| {
        let desk = fresh.copy();
        let (_, is_hit) = desk.run_with(library, Fault::Killed, at, work.args());
        // The first look at what is left does not live long either.
        desk.run_with(library, Fault::Killed, at % 7 + 1, &["list"]);
        goes_on(&desk, work, &format!("{work:?} killed at call {at}"));
        is_hit
    });
}

#[rstest]
fn a_disk_that_fails_is_said_and_loses_nothing(
    #[values(
        Work::Create,
        Work::Save,
        Work::Import,
        Work::Undo,
        Work::Backup,
        Work::Restore,
        Work::Migrate
    )]
    work: Work,
    #[values(Fault::Full, Fault::Unwritten, Fault::Unsynced)] fault: Fault,
) {
    let Some(library) = library() else {
        return;
    };
    let fresh = work.desk();
    let (before, after) = work.events();
    let mut failed = 0;
    calls(|at| {
        let desk = fresh.copy();
        let what = format!("{work:?}, {fault:?} at call {at}");
        let (output, is_hit) = desk.run_with(library, fault, at, work.args());
        let said = String::from_utf8(output.stderr).unwrap();
        let found = goes_on(&desk, work, &what);
        match output.status.code() {
            Some(0) => assert_eq!(found, after, "{what}: {said}"),
            Some(5) => {
                failed += 1;
                // The folder's names are the last thing to be brought to the disk: the backup is in its place then.
                let is_in_place = matches!((work, fault), (Work::Restore, Fault::Unsynced));
                assert!(found == before || is_in_place, "{what}: {said}");
                assert!(said.starts_with("huikuan: ") && !said.contains("report this"), "{said}");
            }
            other => panic!("{what}: exit {other:?}: {said}"),
        }
        is_hit
    });
    assert!(failed > 0, "no {fault:?} in {work:?}");
}

/// Runs commands at once, each of which brings its name into the ledger, and records what they write.
fn record(desk: &Desk, log: &Path, library: &Path, rounds: &[&[(&str, &str)]]) {
    for round in rounds {
        let mut running = Vec::new();
        for (name, line) in *round {
            let args: Vec<&str> = line.split_whitespace().collect();
            let mut command = desk.recorded(library, log, name, &args);
            running.push(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        }
        for mut command in running {
            assert!(command.wait().unwrap().success(), "{round:?}");
        }
    }
}

/// Of how many places in the record a power cut is tried; more by hand, with `HUIKUAN_CUTS=5000`.
fn cuts() -> usize {
    std::env::var("HUIKUAN_CUTS").map_or(50, |many| many.parse().unwrap())
}

/// Cuts the power at many places; what was answered before is there, and the ledger is whole.
fn survives_power_cuts(base: &Disk, steps: &[Step], commands: usize, seed: u64) {
    let answers = steps.iter().filter(|step| matches!(step, Step::Said { .. })).count();
    assert!(answers >= commands, "{answers} answers of {commands} commands");
    let mut chance = fastrand::Rng::with_seed(seed);
    for number in 0..cuts() {
        let cut = chance.usize(..=steps.len());
        let mut disk = base.clone();
        let mut answered = Vec::new();
        for step in &steps[..cut] {
            disk.take(step);
            if let Step::Said { name } = step {
                answered.push(name);
            }
        }
        let desk = Desk::new();
        let what = format!("seed {seed}, cut {number} after step {cut} of {}", steps.len());
        disk.cut(&mut chance, desk.folder.path());
        if !desk.db().exists() {
            assert!(answered.is_empty(), "{what}: no ledger, but {answered:?} was answered");
            continue;
        }
        drop(Store::open(&desk.db()).unwrap_or_else(|error| panic!("{what}: {error:?}")));
        events(&desk.db(), &what);
        let file = Connection::open(desk.db()).unwrap();
        for name in answered {
            let sql = "SELECT COUNT(*) FROM event WHERE detail LIKE ?1";
            let found: i64 =
                file.query_row(sql, [format!("%\"{name}%")], |row| row.get(0)).unwrap();
            assert_eq!(found, 1, "{what}: {name} was answered");
        }
    }
}

#[test]
fn what_was_answered_survives_a_power_cut() {
    let Some(library) = library() else {
        return;
    };
    let desk = Desk::with_milestone();
    list(&desk, "k03.csv", "K", 60);
    list(&desk, "k07.csv", "L", 20);
    let base = Disk::with(&desk);
    let log = tempfile::NamedTempFile::new().unwrap();
    record(
        &desk,
        log.path(),
        library,
        &[
            &[("k01", "contact P1-M1 --note k01")],
            &[("k02", "pay --customer C1 --amount 100 --note k02")],
            &[("k03", "import plan k03.csv")],
            &[
                ("k04", "contact P1-M1 --note k04"),
                ("k05", "contact P1-M1 --note k05"),
                ("k06", "pay --customer C1 --amount 50 --note k06"),
            ],
            &[("k07", "import plan k07.csv"), ("k08", "contact P1-M1 --note k08")],
            &[("k09", "contact K1 --note k09"), ("k10", "contact P1-M1 --note k10")],
        ],
    );
    survives_power_cuts(&base, &steps(log.path(), &desk), 10, 1);
}

#[test]
fn a_ledger_in_the_making_survives_a_power_cut() {
    let Some(library) = library() else {
        return;
    };
    let desk = Desk::new();
    let log = tempfile::NamedTempFile::new().unwrap();
    record(
        &desk,
        log.path(),
        library,
        &[
            &[("k01", "add customer --name k01")],
            &[("k02", "add customer --name k02"), ("k03", "add customer --name k03")],
        ],
    );
    survives_power_cuts(&Disk::default(), &steps(log.path(), &desk), 3, 2);
}

#[test]
fn a_ledger_brought_up_to_date_survives_a_power_cut() {
    let Some(library) = library() else {
        return;
    };
    let desk = Work::Migrate.desk();
    let base = Disk::with(&desk);
    let log = tempfile::NamedTempFile::new().unwrap();
    record(&desk, log.path(), library, &[&[("k01", "add customer --name k01")]]);
    survives_power_cuts(&base, &steps(log.path(), &desk), 1, 3);
}
