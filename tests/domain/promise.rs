//! Kept, broken, pending.

use huikuan::domain::facts::Facts;
use huikuan::domain::promise::{PromiseState, judge};
use rstest::rstest;

use crate::kit::{Happens, day, milestone, on};

fn states(facts: &Facts, today: &str) -> Vec<PromiseState> {
    judge(facts, day(today)).into_iter().map(|j| j.state).collect()
}

use PromiseState::{Broken, Kept, Pending};

#[rstest]
#[case("11-20", Pending)]
#[case("11-21", Broken)]
fn a_promise_breaks_on_the_day_after(#[case] today: &str, #[case] expected: PromiseState) {
    let facts = milestone("2026-10-02").promised("11-10", "11-20", 60_000);
    assert_eq!(states(&facts, today), [expected]);
}

#[test]
fn money_in_its_days_keeps_it() {
    let promised = milestone("2026-10-02").promised("11-10", "11-20", 60_000);
    let kept = promised.clone().paid("11-10", 30_000).paid("11-20", 30_000);
    assert_eq!(states(&kept, "11-19"), [Pending]);
    assert_eq!(states(&kept, "11-20"), [Kept]);
    let before = promised.clone().paid("11-09", 60_000);
    assert_eq!(states(&before, "11-25"), [Broken]);
    let late = promised.paid("11-21", 60_000);
    assert_eq!(states(&late, "11-25"), [Broken]);
}

#[rstest]
#[case("11-23", "11-24", Kept)]
#[case("11-24", "11-24", Broken)]
#[case("12-01", "11-23", Pending)]
fn tolerance_gives_it_a_few_days_more(
    #[case] paid: &str,
    #[case] today: &str,
    #[case] expected: PromiseState,
) {
    let promised = milestone("2026-10-02").promised("11-10", "11-20", 60_000).paid(paid, 60_000);
    let facts = promised.with(|f| f.promise_tolerance_days = 3);
    assert_eq!(states(&facts, today), [expected]);
    let broken = on(&facts, today).promises.iter().any(|p| p.state(day(today)) == Broken);
    assert_eq!(broken, expected == Broken);
}

#[test]
fn nothing_open_by_its_day_keeps_it_too() {
    let facts = milestone("2026-10-02")
        .paid("11-09", 50_000)
        .promised("11-10", "11-20", 60_000)
        .paid("11-15", 50_000);
    assert_eq!(states(&facts, "11-15"), [Kept]);
}

#[test]
fn money_fills_the_oldest_promise_first() {
    let facts = milestone("2026-10-02")
        .promised("11-01", "11-20", 50_000)
        .promised("11-05", "11-30", 50_000)
        .paid("11-10", 60_000);
    assert_eq!(states(&facts, "11-12"), [Kept, Pending]);
    assert_eq!(on(&facts, "11-12").promises[0].filled, 10_000);
}

#[test]
fn the_days_decide_which_money_keeps_it_and_not_the_order_of_recording() {
    let promised = || {
        milestone("2026-10-02")
            .promised("11-01", "11-25", 30_000)
            .promised("11-10", "11-25", 20_000)
    };
    let as_it_came = promised().paid("11-05", 30_000).paid("11-12", 20_000);
    let late = promised().paid("11-12", 20_000).paid("11-05", 30_000);
    assert_eq!(states(&as_it_came, "11-26"), [Kept, Kept]);
    assert_eq!(states(&late, "11-26"), [Kept, Kept]);
    // Two of one day: the one to be kept first.
    let short_last = milestone("")
        .promised("11-01", "11-25", 10)
        .promised("11-01", "11-10", 10)
        .paid("11-05", 10);
    assert_eq!(states(&short_last, "11-26"), [Kept, Broken]);
    assert_eq!(judge(&short_last, day("11-26"))[0].index, 1);
}

#[test]
fn a_reversal_makes_it_judged_again() {
    let facts = milestone("2026-10-02")
        .promised("11-10", "11-20", 60_000)
        .paid("11-15", 60_000)
        .bounced("11-25", 60_000);
    assert_eq!(states(&facts, "11-24"), [Kept]);
    assert_eq!(states(&facts, "11-25"), [Broken]);
}

#[test]
fn a_kept_promise_makes_an_older_broken_one_history() {
    let facts = milestone("2026-10-02")
        .promised("10-10", "10-20", 50_000)
        .promised("10-25", "11-05", 30_000)
        .paid("11-01", 30_000);
    assert!(on(&facts, "11-10").promises.is_empty());
    assert_eq!(states(&facts, "11-10"), [Broken, Kept]);
}
