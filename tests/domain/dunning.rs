//! The ladder, what it waits for, and what a milestone asks of whom today.

use huikuan::domain::dunning::{Act, NextStep, Task, Watch, guard, next_step, task, unanswered};
use huikuan::domain::facts::Facts;
use huikuan::domain::kinds::{Role, Stage, WaitReason};
use huikuan::domain::people::Desk;
use huikuan::domain::policy::Policy;
use proptest::prelude::*;
use rstest::rstest;

use crate::kit::{Happens, day, milestone, on};

fn next(facts: &Facts, today: &str) -> Option<u8> {
    next_step(&on(facts, today), day(today), &Policy::default()).step
}

fn asks(facts: &Facts, today: &str) -> Task {
    task(&on(facts, today), day(today), &Policy::default(), None)
}

fn waits(facts: &Facts, today: &str) -> Option<(WaitReason, Option<chrono::NaiveDate>)> {
    match asks(facts, today) {
        Task::Wait(_, wait) => Some((wait.why, wait.until)),
        _ => None,
    }
}

#[rstest]
#[case("09-24", None)]
#[case("09-25", Some(0))]
#[case("10-01", Some(0))]
#[case("10-02", Some(1))]
#[case("10-08", Some(1))]
#[case("10-09", Some(2))]
#[case("2027-04-20", Some(2))]
fn with_none_taken_the_highest_reminder_whose_day_has_come(
    #[case] today: &str,
    #[case] step: Option<u8>,
) {
    assert_eq!(next(&milestone("2026-10-02"), today), step);
}

#[rstest]
#[case(0, "10-01", None)]
#[case(0, "10-02", Some(1))]
#[case(2, "10-31", None)]
#[case(2, "11-01", Some(3))]
#[case(2, "2027-04-20", Some(3))]
#[case(5, "2027-03-30", None)]
#[case(5, "2027-03-31", Some(6))]
#[case(6, "2027-12-31", None)]
fn then_right_above_the_highest_taken(
    #[case] taken: u8,
    #[case] today: &str,
    #[case] step: Option<u8>,
) {
    assert_eq!(next(&milestone("2026-10-02").touched("09-25", taken), today), step);
}

/// The settings of a ledger where these differ.
fn policy(settings: &[(&str, &str)]) -> Policy {
    let owned = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    Policy::with(owned).unwrap()
}

/// The contract's ladder, as plainly as it can be said.
fn by_contract(age: i64, taken: Option<u8>, grace: i64) -> Option<u8> {
    const DAYS: [i64; 7] = [-7, 0, 7, 30, 60, 90, 180];
    let come = |step: u8| DAYS.get(usize::from(step)).is_some_and(|days| *days <= age);
    if let Some(taken) = taken {
        return Some(taken + 1).filter(|step| come(*step));
    }
    let highest = if age > 0 && age <= grace { 1 } else { 2 };
    (0..=highest).rev().find(|step| come(*step))
}

proptest! {
    #[test]
    fn nothing_set_is_the_ladder_of_the_contract(
        age in -20_i64..250,
        taken in proptest::option::of(0_u8..=6),
        grace in 0_u16..30,
    ) {
        let today = day("2026-10-02") + chrono::Duration::days(age);
        let facts = milestone("2026-10-02").grace(grace);
        let facts = match taken {
            Some(step) => facts.touched("09-01", step),
            None => facts,
        };
        let today = today.to_string();
        prop_assert_eq!(next(&facts, &today), by_contract(age, taken, grace.into()));
    }

    #[test]
    fn any_ladder_goes_up_one_step_at_a_time_and_ends(
        days in proptest::collection::btree_set(-30_i64..400, 7),
        kept in proptest::collection::vec(any::<bool>(), 7),
        age in -40_i64..450,
        grace in 0_u16..30,
    ) {
        let value = |(days, kept): (i64, bool)| {
            if kept { format!("{days:+} phone polite") } else { "off".to_owned() }
        };
        let settings: Vec<(String, String)> = days.into_iter().zip(kept.clone()).zip(0..)
            .map(|(step, number)| (format!("ladder.{number}"), value(step))).collect();
        let policy = Policy::with(settings).unwrap();
        let today = day("2026-10-02") + chrono::Duration::days(age);
        let mut facts = milestone("2026-10-02").grace(grace);
        let mut taken = None;
        for _ in 0..8 {
            let item = on(&facts, &today.to_string());
            let NextStep { step, number, on } = next_step(&item, today, &policy);
            let Some(step) = step else {
                // What is not due lies ahead, or nothing is left.
                prop_assert!(on.is_none_or(|on| on > today));
                prop_assert_eq!(on.is_some(), number.is_some());
                return Ok(());
            };
            prop_assert!(kept[usize::from(step)]);
            prop_assert!(taken.is_none_or(|taken| step > taken));
            if let Some(taken) = taken {
                prop_assert!((taken + 1..step).all(|between| !kept[usize::from(between)]));
            }
            taken = Some(step);
            facts = facts.touched(&today.to_string(), step);
        }
        prop_assert!(false, "it never ends");
    }

    #[test]
    fn no_step_is_offered_twice_nor_a_lower_one(
        is_part in any::<bool>(),
        days in proptest::collection::vec((1_u64..40, proptest::option::weighted(0.2, 0_u64..60), any::<bool>()), 1..30),
    ) {
        let mut today = day("2026-10-02");
        let mut facts = milestone("2026-10-02");
        if is_part {
            // A part of a debt is a milestone that was due and got a day of its own.
            facts = facts.with(|f| f.agreed_on = Some(today)).rescheduled("2026-10-02", "2026-11-02");
        }
        let (mut highest, mut since): (Option<u8>, Option<u8>) = (None, None);
        for (later, moved, is_called) in days {
            today = today + chrono::Days::new(later);
            let on = today.to_string();
            if let Some(ahead) = moved {
                facts = facts.rescheduled(&on, &(today + chrono::Days::new(ahead)).to_string());
                since = None;
            } else if let Some(step) = next(&facts, &on) {
                prop_assert!(since.is_none_or(|since| step > since), "{step} after {since:?}");
                prop_assert!(step <= 2 || highest.is_none_or(|highest| step > highest));
                prop_assert!(step <= highest.unwrap_or(1).max(1) + 1, "{step} after {highest:?}");
                if is_called {
                    facts = facts.touched(&on, step);
                    since = Some(step);
                    highest = highest.max(since);
                }
            }
        }
    }
}

#[rstest]
#[case(None, "09-30", None)]
#[case(None, "10-12", Some(2))]
#[case(None, "2027-04-20", Some(2))]
#[case(Some(2), "10-31", None)]
#[case(Some(2), "11-11", Some(5))]
#[case(Some(3), "11-11", Some(5))]
#[case(Some(5), "2027-12-31", None)]
fn steps_that_are_left_out_are_passed_over(
    #[case] taken: Option<u8>,
    #[case] today: &str,
    #[case] step: Option<u8>,
) {
    let off = ["ladder.0", "ladder.1", "ladder.3", "ladder.4", "ladder.6"].map(|key| (key, "off"));
    let own = [("ladder.2", "+10 mail firm"), ("ladder.5", "+40 lawyer legal")];
    let policy = policy(&[&off[..], &own[..]].concat());
    let facts = milestone("2026-10-02");
    let facts = match taken {
        Some(step) => facts.touched("09-25", step),
        None => facts,
    };
    assert_eq!(next_step(&on(&facts, today), day(today), &policy).step, step);
}

#[test]
fn a_ladder_without_steps_asks_for_none() {
    let off = [0, 1, 2, 3, 4, 5, 6].map(|step| (format!("ladder.{step}"), "off".to_owned()));
    let policy = Policy::with(off).unwrap();
    let item = on(&milestone("2026-10-02"), "12-01");
    assert_eq!(next_step(&item, day("12-01"), &policy), NextStep::default());
}

#[test]
fn gap_guard_and_chase_are_the_ledger_s() {
    let policy = policy(&[
        ("gap_days", "10"),
        ("guard_touches", "1"),
        ("guard_days", "30"),
        ("chase_days", "20"),
    ]);
    let touched = on(&milestone("2026-10-02").touched("10-03", 1), "10-09");
    let Task::Wait(2, wait) = task(&touched, day("10-09"), &policy, None) else {
        panic!("the second step does not wait");
    };
    assert_eq!((wait.why, wait.until), (WaitReason::Gap, Some(day("10-13"))));
    assert_eq!(guard(&[day("10-01")], day("10-12"), &policy), Some(day("10-31")));
    let handed_over = on(&milestone("acceptance + 30d").delivered("10-01"), "10-15");
    let chase = Task::Do(Act::ChaseAcceptance);
    assert_ne!(task(&handed_over, day("10-15"), &policy, None), chase);
    assert_eq!(task(&handed_over, day("10-21"), &policy, None), chase);
}

#[test]
fn whoever_reaches_for_the_law_is_legal() {
    let act = |step, policy: &Policy| Act::Step(step).desk(policy);
    let contract = Policy::default();
    let owners: Vec<Desk> = (0..=6).map(|step| act(step, &contract)).collect();
    let (ours, legal) = (Desk::Manager, Desk::Of(Role::Legal));
    assert_eq!(owners, [ours, ours, ours, ours, ours, legal, legal]);
    assert_eq!(act(3, &policy(&[("ladder.3", "+30 lawyer legal")])), legal);
}

#[test]
fn the_day_of_the_next_step_is_named_before_it_comes() {
    let facts = milestone("2026-10-02").touched("10-09", 2);
    let next = next_step(&on(&facts, "10-20"), day("10-20"), &Policy::default());
    assert_eq!(next, NextStep { step: None, number: Some(3), on: Some(day("11-01")) });
}

#[test]
fn grace_holds_everything_above_the_due_notice() {
    let facts = milestone("2026-10-02").grace(10);
    assert_eq!(next(&facts, "10-10"), Some(1));
    let told = facts.touched("10-02", 1);
    assert_eq!(waits(&told, "10-10"), Some((WaitReason::Grace, Some(day("10-13")))));
    assert_eq!(asks(&told, "10-13"), Task::Do(Act::Step(2)));
}

#[test]
fn an_expected_date_has_no_step() {
    assert_eq!(next(&milestone("acceptance + 30d").planned("06-01"), "12-01"), None);
}

#[test]
fn a_reschedule_offers_the_reminders_again_but_never_goes_back_below_a_notice() {
    let reminded = milestone("2026-10-02").touched("10-09", 2).rescheduled("10-15", "11-10");
    assert_eq!(next(&reminded, "11-02"), None);
    assert_eq!(next(&reminded, "11-03"), Some(0));
    let noticed = milestone("2026-08-02").touched("09-09", 3).rescheduled("10-15", "11-10");
    assert_eq!(next(&noticed, "11-10"), Some(1));
    assert_eq!(next(&noticed, "2027-01-09"), Some(2));
    let told = noticed.clone().touched("11-10", 1);
    assert_eq!(next(&told, "11-17"), Some(2));
    let reminded = told.touched("11-17", 2);
    assert_eq!(next(&reminded, "2027-01-08"), None);
    assert_eq!(next(&reminded, "2027-01-09"), Some(4));
    let at_once = noticed.touched("11-20", 4);
    assert_eq!(next(&at_once, "2027-02-08"), Some(5));
}

#[test]
fn the_contact_that_led_to_a_reschedule_comes_before_it() {
    let agreed = milestone("2026-07-03").touched("07-10", 2).rescheduled("07-10", "08-15");
    assert_eq!(next(&agreed, "08-08"), Some(0));
    assert_eq!(next(&agreed.touched("07-11", 2), "09-13"), None);
}

#[test]
fn a_promise_is_waited_for_while_the_others_still_cover_it() {
    let due = milestone("2026-08-02");
    let two = due.clone().promised("09-01", "09-07", 100_000).promised("09-01", "09-17", 100_000);
    assert_eq!(waits(&two, "09-05"), Some((WaitReason::Promise, Some(day("09-18")))));
    let halves = due.promised("09-01", "09-07", 50_000).promised("09-01", "09-17", 50_000);
    assert_eq!(waits(&halves, "09-05"), Some((WaitReason::Promise, Some(day("09-08")))));
}

#[test]
fn a_contact_that_was_agreed_comes_back_on_its_day() {
    let agreed = milestone("2026-10-02").touched("10-09", 2).called("10-12", Some("10-20"));
    assert_eq!(asks(&agreed, "10-19"), Task::Watch(Watch::Between(Some(day("10-20")))));
    assert_eq!(asks(&agreed, "10-20"), Task::Do(Act::CallBack));
    assert_eq!(asks(&agreed, "10-25"), Task::Do(Act::CallBack));
    assert_eq!(
        asks(&agreed.clone().touched("11-03", 3), "11-04"),
        Task::Watch(Watch::Between(Some(day("12-01"))))
    );
    let called = agreed.clone().called("10-20", None);
    assert_eq!(asks(&called, "10-20"), Task::Watch(Watch::Between(Some(day("11-01")))));
    // It is not put off by what a step waits for, and is no second act beside one.
    assert_eq!(asks(&agreed.clone().held("10-15", None), "10-20"), Task::Do(Act::CallBack));
    assert_eq!(asks(&agreed, "11-01"), Task::Do(Act::Step(3)));
    assert_eq!(asks(&agreed.paid("10-15", 100_000), "10-20"), Task::Nothing);
}

#[test]
fn what_is_overdue_between_two_steps_is_watched() {
    let reminded = milestone("2026-10-02").touched("10-09", 2);
    assert_eq!(asks(&reminded, "10-22"), Task::Watch(Watch::Between(Some(day("11-01")))));
    assert_eq!(asks(&reminded, "10-23"), Task::Watch(Watch::Silence(day("10-09"))));
    let past_the_last = milestone("2026-01-02").touched("10-01", 6);
    assert_eq!(asks(&past_the_last, "10-10"), Task::Watch(Watch::Between(None)));
    assert_eq!(asks(&past_the_last, "10-15"), Task::Watch(Watch::Silence(day("10-01"))));
    let agreed = past_the_last.called("10-01", Some("11-20"));
    assert_eq!(asks(&agreed, "10-20"), Task::Watch(Watch::Between(Some(day("11-20")))));
    assert_eq!(asks(&milestone("2026-10-02"), "09-20"), Task::Nothing);
}

#[test]
fn what_can_get_no_date_by_itself_is_watched() {
    let agreed = |facts: Facts| facts.with(|f| f.agreed_on = Some(day("03-01")));
    let open = agreed(milestone("acceptance + 30d"));
    assert_eq!(asks(&open, "05-29"), Task::Nothing);
    assert_eq!(asks(&open, "05-30"), Task::Watch(Watch::NoDate(None)));
    assert_eq!(asks(&agreed(milestone("")), "05-30"), Task::Watch(Watch::NoDate(None)));
    assert_eq!(asks(&milestone(""), "03-05"), Task::Watch(Watch::NoDate(None)));
    let passed_by = agreed(milestone("invoice_received + 30d")).invoiced("03-05", 100_000);
    assert_eq!(asks(&passed_by, "03-10"), Task::Watch(Watch::NoDate(None)));
    assert_eq!(asks(&open.planned("04-01"), "03-30"), Task::Nothing);
}

#[test]
fn what_was_delivered_without_a_date_is_payable_by_law() {
    let by_law = Task::Watch(Watch::NoDate(Some(day("04-30"))));
    let billed = milestone("").delivered("03-01").invoiced("03-02", 100_000);
    assert_eq!(asks(&billed, "03-05"), by_law);
}

#[test]
fn a_step_waits_for_the_first_reason_that_applies() {
    let due = milestone("2026-10-02");
    assert_eq!(
        waits(&due.clone().disputed("10-10", None), "10-12"),
        Some((WaitReason::Dispute, None))
    );
    assert_eq!(asks(&due.clone().disputed("10-10", Some(1)), "10-12"), Task::Do(Act::Step(2)));
    let held = due.clone().held("10-10", Some("10-20"));
    assert_eq!(waits(&held, "10-12"), Some((WaitReason::Hold, Some(day("10-21")))));
    let promised = due.clone().promised("10-05", "10-20", 100_000);
    assert_eq!(waits(&promised, "10-12"), Some((WaitReason::Promise, Some(day("10-21")))));
    let partly = due.clone().promised("10-05", "10-20", 99_999);
    assert_eq!(asks(&partly, "10-12"), Task::Do(Act::Step(2)));
    let fresh = due.clone().touched("09-25", 0).with(|f| f.touches[0].on = day("10-08"));
    assert_eq!(waits(&fresh, "10-10"), Some((WaitReason::Gap, Some(day("10-11")))));
    assert_eq!(asks(&fresh, "10-11"), Task::Do(Act::Step(1)));
}

#[test]
fn promises_need_only_cover_what_is_undisputed() {
    let facts =
        milestone("2026-10-02").disputed("10-03", Some(30_000)).promised("10-05", "10-20", 70_000);
    assert_eq!(waits(&facts, "10-12").map(|w| w.0), Some(WaitReason::Promise));
}

#[test]
fn nothing_is_chased_while_acceptance_is_outstanding() {
    let facts = milestone("2026-06-01").stage(Stage::Acceptance).delivered("06-05");
    assert_eq!(waits(&facts, "06-11"), Some((WaitReason::NotAccepted, None)));
    assert_eq!(asks(&facts, "06-12"), Task::Do(Act::ChaseAcceptance));
    let chased = facts.chased("06-12");
    assert_eq!(waits(&chased, "06-18"), Some((WaitReason::NotAccepted, None)));
    assert_eq!(asks(&chased, "06-19"), Task::Do(Act::ChaseAcceptance));
}

#[test]
fn our_own_acts_come_before_any_step() {
    let undelivered = milestone("2026-06-01").planned("05-01");
    assert_eq!(asks(&undelivered, "06-10"), Task::Do(Act::Deliver));
    let unbilled = undelivered.delivered("05-02");
    assert_eq!(asks(&unbilled, "06-10"), Task::Do(Act::Invoice));
}

#[test]
fn a_broken_promise_is_answered_by_a_touch_after_its_day_or_a_newer_promise() {
    let broken = milestone("2026-10-02").touched("10-09", 2).promised("10-10", "10-20", 100_000);
    let item = on(&broken, "10-21");
    assert!(unanswered(&item, day("10-21")).is_some());
    assert_eq!(asks(&broken, "10-21"), Task::Do(Act::FollowUp));
    assert_eq!(asks(&broken, "11-01"), Task::Do(Act::Step(3)));
    let asked = broken.clone().touched("10-21", 2);
    assert!(unanswered(&on(&asked, "10-21"), day("10-21")).is_none());
    assert_eq!(asks(&asked, "10-25"), Task::Watch(Watch::Between(Some(day("11-01")))));
    let renewed = broken.clone().promised("10-20", "10-30", 100_000);
    assert!(unanswered(&on(&renewed, "10-22"), day("10-22")).is_none());
    let same_day = broken.promised("10-10", "10-30", 100_000);
    assert!(unanswered(&on(&same_day, "10-22"), day("10-22")).is_none());
}

#[rstest]
#[case(&["10-10"], None)]
#[case(&["10-10", "10-12"], Some("10-17"))]
#[case(&["10-08", "10-10", "10-12"], Some("10-17"))]
#[case(&["10-05", "10-12"], None)]
#[case(&["10-06", "10-12"], Some("10-13"))]
fn the_guard_counts_touches_in_seven_days(#[case] touches: &[&str], #[case] until: Option<&str>) {
    let days: Vec<_> = touches.iter().map(|d| day(d)).collect();
    assert_eq!(guard(&days, day("10-12"), &Policy::default()), until.map(day));
}

#[test]
fn the_guard_is_the_last_reason_to_wait() {
    let item = on(&milestone("2026-10-02"), "10-12");
    let guarded = task(&item, day("10-12"), &Policy::default(), Some(day("10-17")));
    assert!(
        matches!(guarded, Task::Wait(2, wait) if wait.why == WaitReason::Guard && wait.until == Some(day("10-17")))
    );
}

#[test]
fn a_step_waits_for_what_is_to_be_done_first() {
    let blocked = milestone("2026-10-02").promised("10-05", "10-20", 100_000).blocked("10-06");
    assert_eq!(waits(&blocked, "10-12"), Some((WaitReason::Todo, None)), "before a promise");
    let held = blocked.clone().held("10-06", None);
    assert_eq!(waits(&held, "10-12"), Some((WaitReason::Hold, None)), "after a hold");
    let done = milestone("2026-10-02").blocked("10-06").unblocked("10-12");
    assert_eq!(asks(&done, "10-12"), Task::Do(Act::Step(2)));
}

#[test]
fn a_refused_acceptance_is_chased_anew_from_its_day_and_an_appointed_one_on_its() {
    let chase = Task::Do(Act::ChaseAcceptance);
    let refused = milestone("acceptance + 30d").delivered("06-05").chased("06-12").refused("06-15");
    assert_ne!(asks(&refused, "06-19"), chase);
    assert_eq!(asks(&refused, "06-22"), chase);
    let appointed = refused.clone().appointed("06-16", "06-30");
    assert_eq!(asks(&appointed, "06-29"), Task::Nothing, "its day is known");
    assert_eq!(asks(&appointed, "06-30"), chase);
    assert_eq!(on(&appointed, "06-17").rare.appointed_on, Some(day("06-30")));
    let again = appointed.refused("06-30");
    assert_eq!(
        on(&again, "06-30").rare.appointed_on,
        None,
        "the day was kept, and nothing accepted"
    );
    assert_eq!(on(&again, "06-20").rare.refused_on, Some(day("06-15")));
    let accepted = again.accepted("07-10");
    assert_eq!(
        (on(&accepted, "07-10").rare.refused_on, on(&accepted, "07-09").rare.refused_on),
        (None, Some(day("06-30")))
    );
}
