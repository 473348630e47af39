//! Balance on every day.

use huikuan::domain::balance::{balance_on, closed_on, headroom, least};
use proptest::prelude::*;

use crate::kit::{Happens, day, milestone};

#[test]
fn money_counts_from_its_day_until_it_is_taken_back() {
    let facts = milestone("2026-06-01")
        .paid("06-10", 40_000)
        .bounced("06-15", 15_000)
        .written_off("07-01", 5_000);
    assert_eq!(balance_on(&facts, day("06-09")), 100_000);
    assert_eq!(balance_on(&facts, day("06-10")), 60_000);
    assert_eq!(balance_on(&facts, day("06-15")), 75_000);
    assert_eq!(balance_on(&facts, day("07-01")), 70_000);
}

#[test]
fn headroom_is_the_least_balance_from_a_day_on() {
    let facts = milestone("2026-06-01").paid("06-10", 90_000).bounced("06-15", 50_000);
    assert_eq!(headroom(&facts, day("06-01")), 10_000);
    assert_eq!(headroom(&facts, day("06-15")), 60_000);
    assert_eq!(least(&facts), 10_000);
}

#[test]
fn closed_since_the_last_time_something_was_open() {
    let open = milestone("2026-06-01");
    assert_eq!(closed_on(&open), None);
    let paid = open.paid("06-10", 100_000);
    assert_eq!(closed_on(&paid), Some(day("06-10")));
    let bounced = paid.bounced("06-15", 1);
    assert_eq!(closed_on(&bounced), None);
    assert_eq!(closed_on(&bounced.paid("06-20", 1)), Some(day("06-20")));
}

proptest! {
    #[test]
    fn headroom_never_exceeds_any_later_balance(
        payments in prop::collection::vec((0_i64..200, 1_i64..5_000, 0_i64..60, 0_i64..5_000), 0..8),
        from in 0_i64..200,
        ui in 0_i64..100,
    ) {
        let start = day("01-01");
        let mut facts = milestone("2026-06-01");
        for (at, amount, later, back) in payments {
            let on = start + chrono::Days::new(at.unsigned_abs());
            facts = facts.paid(&on.to_string(), amount);
            let back_on = on + chrono::Days::new(later.unsigned_abs());
            facts = facts.bounced(&back_on.to_string(), back.min(amount));
        }
        let from = start + chrono::Days::new(from.unsigned_abs());
        let at = from + chrono::Days::new(ui.unsigned_abs());
        prop_assert!(headroom(&facts, from) <= balance_on(&facts, at));
        prop_assert!(least(&facts) <= headroom(&facts, from));
    }
}
