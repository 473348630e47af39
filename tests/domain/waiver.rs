//! What is let go because the customer paid as agreed.

use chrono::{Days, NaiveDate};
use huikuan::domain::as_of;
use huikuan::domain::balance::{balance_on, closed_on, least};
use huikuan::domain::calendar::Calendar;
use huikuan::domain::dunning::{Act, Task, task};
use huikuan::domain::facts::Facts;
use huikuan::domain::item::{Item, Offer};
use huikuan::domain::kinds::{WaitReason, WaiverKind};
use huikuan::domain::policy::Policy;
use huikuan::domain::promise::{self, PromiseState};
use huikuan::domain::status::{Status, status};
use huikuan::domain::waiver::{self, waived_on};
use proptest::prelude::*;
use rstest::rstest;

use crate::kit::{Happens, day, milestone};

fn on(facts: &Facts, on: &str) -> Item {
    as_of::item(facts, day(on), Calendar::china()).unwrap()
}

fn status_on(facts: &Facts, at: &str) -> Status {
    status(&on(facts, at), day(at), &Policy::default())
}

fn waived(facts: &Facts, on: &str) -> i64 {
    waived_on(facts, day(on)).map_or(0, |waived| waived.amount)
}

#[rstest]
#[case::reached_on_the_last_day("09-30", 80_000, 0, 20_000)]
#[case::a_cent_short("09-30", 79_999, 20_001, 0)]
#[case::a_day_late("10-01", 80_000, 20_000, 0)]
#[case::before_it_was_agreed("08-31", 80_000, 20_000, 0)]
#[case::more_than_it_asks_for("09-15", 90_000, 0, 10_000)]
fn a_settlement_waives_the_rest_or_nothing(
    #[case] paid: &str,
    #[case] amount: i64,
    #[case] open: i64,
    #[case] let_go: i64,
) {
    let facts = milestone("2026-06-01").settles("09-01", 80_000, "09-30", &[]).paid(paid, amount);
    assert_eq!((balance_on(&facts, day("10-02")), waived(&facts, "10-02")), (open, let_go));
}

#[test]
fn it_counts_what_came_on_all_its_milestones() {
    let with = |others| milestone("2026-06-01").settles("09-01", 150_000, "09-30", others);
    let short = with(&[("09-10", 80_000)]).paid("09-12", 69_999);
    assert_eq!(balance_on(&short, day("09-30")), 30_001);
    let reached = with(&[("09-20", 80_000)]).paid("09-12", 70_000);
    assert_eq!(balance_on(&reached, day("09-19")), 30_000, "the others' money is to come");
    assert_eq!(balance_on(&reached, day("09-20")), 0);
    assert_eq!(closed_on(&reached), Some(day("09-20")));
}

#[test]
fn money_that_goes_back_brings_the_debt_back_from_that_day() {
    let facts =
        milestone("2026-06-01").settles("09-01", 80_000, "09-30", &[]).paid("09-10", 80_000);
    assert_eq!(status_on(&facts, "09-10"), Status::Settled);
    let bounced = facts.bounced("10-05", 1);
    assert_eq!(balance_on(&bounced, day("10-04")), 0, "an earlier day stays what it was");
    assert_eq!(balance_on(&bounced, day("10-05")), 20_001);
    let steps: Vec<_> = waiver::steps(&bounced).iter().map(|s| (s.on, s.amount)).collect();
    assert_eq!(steps, [(day("09-10"), 20_000), (day("10-05"), -20_000)]);
}

#[test]
fn until_its_day_payment_steps_wait_and_after_it_all_is_owed() {
    let facts = milestone("2026-06-01").settles("09-01", 80_000, "09-30", &[]).paid("09-10", 1);
    let asks = |at: &str| task(&on(&facts, at), day(at), &Policy::default(), None);
    let Task::Wait(2, wait) = asks("09-30") else { panic!("{:?}", asks("09-30")) };
    assert_eq!((wait.why, wait.until), (WaitReason::Settlement, Some(day("10-01"))));
    assert_eq!(asks("10-01"), Task::Do(Act::Step(2)));
    let lapsed = Offer { kind: WaiverKind::Settlement, by: day("09-30"), missing: 79_999 };
    assert_eq!(*on(&facts, "10-01").rare.offers, [lapsed]);
    assert_eq!(on(&facts, "08-31").rare.offers.len(), 0, "not agreed yet");
    let told = |facts: &Facts, at: &str| on(facts, at).has_lapsed(day(at));
    assert!(!told(&facts, "09-30") && told(&facts, "10-01"), "until somebody is in touch");
    assert!(!told(&facts.touched("10-02", 2), "10-03"));
}

#[rstest]
#[case::in_time("06-11", 98_000, 2_000)]
#[case::too_late("06-12", 98_000, 0)]
#[case::a_cent_short("06-11", 97_999, 0)]
#[case::in_full("06-11", 100_000, 0)]
fn a_discount_is_had_by_money_in_time(
    #[case] paid: &str,
    #[case] amount: i64,
    #[case] let_go: i64,
) {
    let facts = milestone("invoice + 30d").discounts("2/10 net 30").invoiced("06-01", 100_000);
    assert_eq!(on(&facts, "06-11").rare.offers[0].missing, 98_000);
    let facts = facts.paid(paid, amount);
    let open = 100_000 - amount - let_go;
    assert_eq!((balance_on(&facts, day("07-01")), waived(&facts, "07-01")), (open, let_go));
    if let_go > 0 {
        assert_eq!(status_on(&facts, "07-01"), Status::Paid);
    }
}

#[test]
fn a_discount_counts_what_came_before_and_from_the_bill_that_stood() {
    let billed = |f: Facts| f.discounts("2/10").invoiced("06-01", 100_000);
    let early = billed(milestone("invoice + 30d").paid("05-20", 50_000)).paid("06-05", 48_000);
    assert_eq!(waived(&early, "06-05"), 2_000);
    let alone = billed(milestone("invoice + 30d").paid("05-20", 99_000));
    assert_eq!(waived(&alone, "06-30"), 0, "nothing came in its days");
    let red =
        billed(milestone("invoice + 30d")).paid("06-05", 98_000).took_back("08-01", 100_000, 1);
    assert_eq!(waived(&red, "08-02"), 2_000, "what was earned stays");
    let by_day = milestone("2026-09-01").discounts("3% by 2026-07-31");
    assert_eq!(waived(&by_day.clone().paid("07-31", 97_000), "08-01"), 3_000);
    assert_eq!(waived(&by_day.paid("08-01", 97_000), "08-01"), 0);
}

#[test]
fn a_settled_item_keeps_a_promise_of_all_of_it() {
    let facts = milestone("2026-06-01")
        .settles("09-01", 80_000, "09-30", &[])
        .promised("08-01", "09-30", 100_000)
        .paid("09-10", 80_000);
    assert_eq!(promise::judge(&facts, day("10-10"))[0].state, PromiseState::Kept);
}

#[test]
fn a_suspended_project_asks_for_money_and_nothing_else() {
    let facts = milestone("2026-06-01").planned("05-20").suspended("06-10", Some("07-01"));
    let asks = |at: &str| task(&on(&facts, at), day(at), &Policy::default(), None);
    assert_eq!(asks("06-09"), Task::Do(Act::Deliver));
    assert!(matches!(asks("06-10"), Task::Wait(2, _) | Task::Watch(_)), "{:?}", asks("06-10"));
    assert_eq!(asks("07-01"), Task::Do(Act::Deliver));
    let owed = milestone("2026-06-01").suspended("06-10", None);
    assert_eq!(
        task(&on(&owed, "06-20"), day("06-20"), &Policy::default(), None),
        Task::Do(Act::Step(2))
    );
}

fn happens() -> impl Strategy<Value = Facts> {
    let money = prop::collection::vec((0_u64..60, 1_i64..60_000, 0_u64..60, 0_i64..60_000), 0..6);
    let deal = (
        0_u64..30,
        0_u64..30,
        1_i64..100_000,
        prop::collection::vec((0_u64..60, 1_i64..50_000), 0..3),
    );
    (money, prop::option::of(deal), any::<bool>()).prop_map(|(money, deal, discounts)| {
        let at = |days: u64| (day("06-01") + Days::new(days)).to_string();
        let mut facts = milestone("2026-06-10").invoiced("06-05", 100_000);
        if discounts {
            facts = facts.discounts("5/10");
        }
        if let Some((from, days, amount, others)) = deal {
            let others: Vec<_> = others.into_iter().map(|(on, amount)| (at(on), amount)).collect();
            let others: Vec<_> = others.iter().map(|(on, amount)| (on.as_str(), *amount)).collect();
            facts = facts.settles(&at(from), amount, &at(from + days), &others);
        }
        let mut left = 100_000;
        for (on, amount, later, back) in money {
            let amount = amount.min(left);
            if amount > 0 {
                left -= amount;
                facts = facts.paid(&at(on), amount).bounced(&at(on + later), back.min(amount));
            }
        }
        facts
    })
}

proptest! {
    #[test]
    fn the_balance_is_never_below_nothing_and_what_is_waived_is_all_of_the_rest(
        facts in happens(), days in 0_u64..200,
    ) {
        let at: NaiveDate = day("06-01") + Days::new(days);
        prop_assert!(least(&facts) >= 0);
        let item = as_of::item(&facts, at, Calendar::china()).unwrap();
        prop_assert_eq!(item.received() + item.balance + item.written_off + item.let_go(), item.amount);
        match item.rare.waived {
            Some(waived) => {
                prop_assert_eq!(item.balance, 0);
                prop_assert!(waived.amount > 0 && waiver::reached(&facts, at) == Some(waived.kind));
                prop_assert!(item.rare.offers.is_empty());
            }
            None => prop_assert!(item.balance == 0 || waiver::reached(&facts, at).is_none()),
        }
        let steps: i64 = waiver::steps(&facts).iter().filter(|s| s.on <= at).map(|s| s.amount).sum();
        prop_assert_eq!(steps, item.let_go());
    }

    #[test]
    fn the_order_of_recording_does_not_matter(facts in happens(), days in 0_u64..200) {
        let mut turned = facts.clone();
        turned.allocations.reverse();
        let at = day("06-01") + Days::new(days);
        prop_assert_eq!(waived_on(&facts, at), waived_on(&turned, at));
        prop_assert_eq!(waiver::steps(&facts), waiver::steps(&turned));
    }
}
