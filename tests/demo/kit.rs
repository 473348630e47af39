//! Demo ledgers of a day, and what the store keeps of them against what their facts say.

use chrono::NaiveDate;
use huikuan::demo::{self, Size};
use huikuan::domain::calendar::Calendar;
use huikuan::domain::facts::Facts;
use huikuan::domain::ids::MilestoneId;
use huikuan::domain::{as_of, balance};
use huikuan::store::Store;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A ledger and the folder it lives in.
pub struct Ledger {
    pub store: Store,
    _folder: tempfile::TempDir,
    pub today: NaiveDate,
}

impl Ledger {
    pub fn empty(today: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::throwaway(folder.path()).unwrap();
        let today = day(today);
        Self {
            store,
            _folder: folder,
            today,
        }
    }

    pub fn small(today: &str) -> Self {
        let mut ledger = Self::empty(today);
        demo::small(&mut ledger.store, ledger.today).unwrap();
        ledger
    }

    pub fn large(today: &str, size: Size) -> Self {
        let mut ledger = Self::empty(today);
        demo::large(&mut ledger.store, ledger.today, size, &mut |_, _| {}).unwrap();
        ledger
    }

    /// The facts of every milestone, however many there are.
    pub fn facts(&self) -> Vec<Facts> {
        let count = self.count("SELECT COUNT(*) FROM milestone");
        let ids: Vec<MilestoneId> = (1..=count).map(MilestoneId).collect();
        let mut all = Vec::new();
        for some in ids.chunks(500) {
            all.extend(self.store.facts_of(some).unwrap());
        }
        assert_eq!(all.len(), ids.len());
        all
    }

    /// A number from the file itself, past the store.
    pub fn count(&self, sql: &str) -> i64 {
        self.raw().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    pub fn raw(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.store.path()).unwrap()
    }

    /// What is kept is what the facts say: items, closing days, unapplied money, references between rows.
    pub fn is_consistent(&self) {
        let kept = self.store.items().unwrap();
        let mut open = Vec::new();
        let raw = self.raw();
        let mut closed = raw
            .prepare("SELECT closed_on FROM milestone WHERE id = ?")
            .unwrap();
        for facts in self.facts() {
            assert!(balance::least(&facts) >= 0, "{}", facts.id);
            let closed_on = balance::closed_on(&facts);
            let stored: Option<String> = closed.query_row([facts.id.0], |row| row.get(0)).unwrap();
            assert_eq!(
                stored,
                closed_on.map(|d| d.to_string()),
                "{} closed on",
                facts.id
            );
            if closed_on.is_none() {
                open.extend(as_of::item(&facts, as_of::LATEST, Calendar::china()));
            }
        }
        assert_eq!(kept.len(), open.len());
        for (kept, open) in kept.iter().zip(&open) {
            assert_eq!(kept, open);
        }
        let wrong_rest = "SELECT COUNT(*) FROM payment p WHERE unapplied <> amount \
            - COALESCE((SELECT SUM(amount) FROM allocation WHERE payment = p.id), 0) \
            - COALESCE((SELECT SUM(amount) FROM reversal WHERE payment = p.id), 0) OR unapplied < 0";
        assert_eq!(self.count(wrong_rest), 0);
        let dangling = raw
            .query_row("PRAGMA foreign_key_check", [], |_| Ok(()))
            .is_ok();
        assert!(!dangling, "a row refers to none");
    }
}
