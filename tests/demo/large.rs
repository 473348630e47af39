//! The generated ledger: consistent, of the size asked for, and in the promised proportions.

use huikuan::demo::{self, Size};
use huikuan::domain::policy::Policy;
use huikuan::domain::status::{Status, status};
use huikuan::error::Error;

use crate::kit::{facts, is_consistent, large, small};
use crate::ledger::{Ledger, day};

const TODAY: &str = "2026-11-21";

#[test]
fn what_is_kept_is_what_the_facts_say() {
    let ledger = large(TODAY, Size::of(2_000));
    is_consistent(&ledger);
    assert_eq!(facts(&ledger).len(), 2_000);
}

#[test]
fn one_in_ten_is_open_and_two_fifths_of_those_overdue() {
    let ledger = large(TODAY, Size::of(5_000));
    let items = ledger.store.items().unwrap();
    assert!((480..=520).contains(&items.len()), "{}", items.len());
    let late = items.iter().filter(|item| item.days_late(day(TODAY)) > 0).count();
    let share = late * 100 / items.len();
    assert!((36..=42).contains(&share), "{share} % of the open are late");
    let payments = ledger.count("SELECT COUNT(*) FROM payment");
    assert!((5_000..=6_000).contains(&payments), "{payments} payments");
    let both = "SELECT COUNT(*) FROM (SELECT payment FROM allocation GROUP BY payment HAVING COUNT(*) > 1)";
    assert!(ledger.count(both) > 50);
    let twice = "SELECT COUNT(*) FROM (SELECT milestone FROM allocation GROUP BY milestone HAVING COUNT(*) > 1)";
    assert!(ledger.count(twice) > 500);
}

#[test]
fn the_open_share_is_what_was_asked_for() {
    for (percent, open) in [(0, 0), (1, 20), (40, 800), (100, 2_000)] {
        let size = Size { open_percent: percent, ..Size::of(2_000) };
        let ledger = large(TODAY, size);
        is_consistent(&ledger);
        let items = ledger.store.items().unwrap().len();
        assert!(items.abs_diff(open) <= 5, "{percent} %: {items}");
    }
}

#[test]
fn odd_sizes_come_out_exact() {
    for milestones in [0, 1, 4, 7, 51] {
        let ledger = large(TODAY, Size::of(milestones));
        assert_eq!(facts(&ledger).len(), milestones as usize);
    }
}

#[test]
fn what_is_open_has_been_lived_through() {
    let ledger = large(TODAY, Size::of(5_000));
    for table in ["touch", "promise", "dispute", "hold", "reschedule", "write_off"] {
        let rows = ledger.count(&format!("SELECT COUNT(*) FROM {table}"));
        assert!(rows > 0, "{table}");
    }
    let policy = Policy::default();
    let items = ledger.store.items().unwrap();
    let all: Vec<Status> = items.iter().map(|item| status(item, day(TODAY), &policy)).collect();
    for code in ["disputed", "on_hold", "overdue", "due_soon", "upcoming", "planned"] {
        assert!(all.iter().any(|status| status.code() == code), "{code}");
    }
}

#[test]
fn the_same_day_makes_the_same_ledger() {
    let one = large(TODAY, Size::of(600));
    let two = large(TODAY, Size::of(600));
    assert_eq!(facts(&one), facts(&two));
}

#[test]
fn progress_reaches_the_end() {
    let mut ledger = Ledger::new();
    let mut heard = Vec::new();
    let mut hear = |done, of| heard.push((done, of));
    demo::large(&mut ledger.store, day(TODAY), Size::of(1_100), &mut hear).unwrap();
    assert!(heard.is_sorted() && heard.len() > 2, "{heard:?}");
    assert_eq!(heard.last(), Some(&(1_100, 1_100)));
}

#[test]
fn a_ledger_in_use_is_not_filled() {
    let mut ledger = small(TODAY);
    let before = facts(&ledger);
    let refused = demo::large(&mut ledger.store, day(TODAY), Size::of(50), &mut |_, _| {});
    assert!(matches!(refused, Err(Error::NotEmpty(_))));
    assert_eq!(facts(&ledger), before);
}
