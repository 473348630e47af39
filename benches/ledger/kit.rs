//! One large ledger for all benches of a run, made once.

use std::path::Path;
use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, Utc};
use huikuan::demo::{self, Size};
use huikuan::portfolio::Portfolio;
use huikuan::store::{Context, Store};

/// The day the benches run on, whatever day it is.
pub const TODAY: NaiveDate = match NaiveDate::from_ymd_opt(2026, 11, 21) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// How many milestones the large ledger holds.
pub fn milestones() -> u32 {
    std::env::var("HUIKUAN_BENCH_SIZE").ok().and_then(|size| size.parse().ok()).unwrap_or(100_000)
}

/// A ledger of its own with so many milestones, kept until the folder goes away.
pub fn filled(milestones: u32) -> (tempfile::TempDir, Store) {
    of(Size::of(milestones))
}

fn of(size: Size) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder for the ledger");
    let mut store = Store::open(&folder.path().join("bench.db")).expect("an empty ledger");
    demo::large(&mut store, TODAY, size, &mut |_, _| {}).expect("a filled ledger");
    (folder, store)
}

/// Another connection to a ledger with as many notes and to-dos as the large one has milestones, about a tenth as many
/// milestones.
pub fn noted() -> Store {
    static NOTED: OnceLock<tempfile::TempDir> = OnceLock::new();
    let most = milestones();
    let size = Size { notes: most, todos: most, ..Size::of(most / 10) };
    open(NOTED.get_or_init(|| of(size).0).path())
}

/// Another connection to the large ledger.
pub fn large() -> Store {
    static LARGE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = LARGE.get_or_init(|| filled(milestones()).0);
    open(folder.path())
}

fn open(folder: &Path) -> Store {
    Store::open(&folder.join("bench.db")).expect("the ledger")
}

/// Somebody who changes the ledger.
pub fn context<'a>() -> Context<'a> {
    Context { who: "bench", today: TODAY, at: DateTime::<Utc>::UNIX_EPOCH, seen: None }
}

/// The portfolio of the large ledger, as a screen holds it.
pub fn portfolio() -> Portfolio {
    Portfolio::load(&large(), TODAY).expect("the portfolio")
}
