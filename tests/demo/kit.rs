//! Demo ledgers of a day, and what the store keeps of them against what their facts say.

use huikuan::demo::{self, Company, Size};
use huikuan::domain::calendar::Calendar;
use huikuan::domain::facts::Facts;
use huikuan::domain::ids::MilestoneId;
use huikuan::domain::{as_of, balance};

use crate::ledger::{Ledger, day};

pub fn small(today: &str) -> Ledger {
    of(today, Company::Chinese)
}

pub fn of(today: &str, company: Company) -> Ledger {
    let mut ledger = Ledger::new();
    demo::small(&mut ledger.store, day(today), company).unwrap();
    ledger
}

pub fn large(today: &str, size: Size) -> Ledger {
    let mut ledger = Ledger::new();
    demo::large(&mut ledger.store, day(today), size, &mut |_, _| {}).unwrap();
    ledger
}

/// The facts of every milestone, however many there are.
pub fn facts(ledger: &Ledger) -> Vec<Facts> {
    let count = ledger.count("SELECT COUNT(*) FROM milestone");
    let ids: Vec<MilestoneId> = (1..=count).map(MilestoneId).collect();
    let mut all = Vec::new();
    for some in ids.chunks(500) {
        all.extend(ledger.store.facts_of(some).unwrap());
    }
    assert_eq!(all.len(), ids.len());
    all
}

/// What is kept is what the facts say: items, closing days, unapplied money, references between rows.
pub fn is_consistent(ledger: &Ledger) {
    let kept = ledger.store.items().unwrap();
    let mut open = Vec::new();
    let raw = ledger.raw();
    let mut closed = raw.prepare("SELECT closed_on FROM milestone WHERE id = ?").unwrap();
    for facts in facts(ledger) {
        assert!(balance::least(&facts) >= 0, "{}", facts.id);
        let closed_on = balance::closed_on(&facts);
        let stored: Option<String> = closed.query_row([facts.id.0], |row| row.get(0)).unwrap();
        assert_eq!(stored, closed_on.map(|d| d.to_string()), "{} closed on", facts.id);
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
    assert_eq!(ledger.count(wrong_rest), 0);
    let dangling = raw.query_row("PRAGMA foreign_key_check", [], |_| Ok(())).is_ok();
    assert!(!dangling, "a row refers to none");
}
