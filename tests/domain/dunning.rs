//! The ladder, what it waits for, and what a milestone asks of whom today.

use huikuan::domain::dunning::{Act, NextStep, Task, guard, next_step, task, unanswered};
use huikuan::domain::facts::Facts;
use huikuan::domain::kinds::{Stage, WaitReason};
use huikuan::domain::policy::Policy;
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

#[test]
fn the_day_of_the_next_step_is_named_before_it_comes() {
    let facts = milestone("2026-10-02").touched("10-09", 2);
    let next = next_step(&on(&facts, "10-20"), day("10-20"), &Policy::default());
    assert_eq!(next, NextStep { step: None, on: Some(day("11-01")) });
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
    assert_eq!(next(&noticed, "11-10"), None);
    assert_eq!(next(&noticed, "2027-01-09"), Some(4));
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
    assert_eq!(asks(&asked, "10-25"), Task::Nothing);
    let renewed = broken.promised("10-20", "10-30", 100_000);
    assert!(unanswered(&on(&renewed, "10-22"), day("10-22")).is_none());
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
