//! The limitation clock: when it ends, what starts it anew, what lacks its proof.

use huikuan::domain::calendar::Calendar;
use huikuan::domain::kinds::{Channel, TouchKind};
use huikuan::domain::limitation::{Clock, Ground, GroundKind, clock, limitation};
use rstest::rstest;

use crate::kit::{Happens, day, milestone};

fn runs(due: &str, grounds: &[Ground], on: &str) -> Clock {
    clock(day(due), grounds, 3, day(on), Calendar::china()).unwrap()
}

fn ground(on: &str, kind: GroundKind, proved: bool) -> Ground {
    Ground { on: day(on), kind, proved }
}

#[rstest]
#[case::a_saturday("2022-03-01", "2025-03-01", "2025-03-03")]
#[case::the_29th_of_february("2024-02-29", "2027-02-28", "2027-03-01")]
#[case::the_national_day("2023-10-01", "2026-10-01", "2026-10-08")]
fn three_years_end_on_a_business_day(#[case] due: &str, #[case] later: &str, #[case] ends: &str) {
    let clock = runs(due, &[], due);
    assert_eq!((clock.years_later, clock.ends), (day(later), day(ends)));
}

#[test]
fn a_demand_counts_if_its_arrival_can_be_proved() {
    let arrived = ground("2024-05-20", GroundKind::Demand, true);
    let drafted = ground("2025-01-05", GroundKind::Demand, false);
    let clock = runs("2022-03-01", &[drafted, arrived], "2025-06-01");
    assert_eq!(clock.years_later, day("2027-05-20"));
    assert_eq!(clock.restarted_by, Some(arrived));
    assert_eq!(clock.unproved, [drafted]);
}

#[test]
fn a_demand_for_a_part_starts_it_anew_for_all() {
    let part = ground("2024-06-30", GroundKind::Demand, true);
    assert_eq!(runs("2023-01-31", &[part], "2025-01-01").years_later, day("2027-06-30"));
}

#[test]
fn a_claim_starts_it_anew_even_if_it_is_withdrawn() {
    let filed = ground("2024-03-01", GroundKind::Claim, true);
    assert_eq!(runs("2022-03-01", &[filed], "2024-06-01").runs_from, day("2024-03-01"));
}

#[test]
fn what_came_before_it_was_due_or_after_it_ran_out_changes_nothing() {
    let early = ground("2022-02-01", GroundKind::PartPayment, true);
    let late = ground("2025-06-01", GroundKind::PartPayment, true);
    let clock = runs("2022-03-01", &[early, late], "2025-07-01");
    assert_eq!((clock.runs_from, clock.restarted_by), (day("2022-03-01"), None));
    assert!(clock.days_left(day("2025-07-01")) < 0);
}

#[rstest]
#[case("2024-09-01", None)]
#[case("2024-09-04", Some(180))]
#[case("2024-12-03", Some(90))]
#[case("2025-02-01", Some(30))]
#[case("2025-03-04", Some(30))]
fn it_is_warned_three_times(#[case] on: &str, #[case] warning: Option<i64>) {
    assert_eq!(runs("2022-03-01", &[], on).warning(day(on)), warning);
}

#[test]
fn an_instalment_has_two_readings() {
    let read = |last: Option<&str>| {
        let last = last.map(day);
        limitation(day("2024-03-01"), last, &[], 3, day("2024-06-01"), Calendar::china()).unwrap()
    };
    let both = read(Some("2025-09-01"));
    assert_eq!(both.own.years_later, day("2027-03-01"));
    assert_eq!(both.by_last.unwrap().years_later, day("2028-09-01"));
    assert_eq!(read(None).by_last, None);
}

#[test]
fn it_does_not_run_before_it_is_due() {
    assert_eq!(clock(day("05-02"), &[], 3, day("05-01"), Calendar::china()), None);
}

#[rstest]
#[case(TouchKind::Dunning, Some(Channel::Phone), None)]
#[case(TouchKind::Dunning, Some(Channel::Letter), Some((GroundKind::Demand, false)))]
#[case(TouchKind::Dunning, Some(Channel::Court), Some((GroundKind::Claim, true)))]
#[case(TouchKind::Courtesy, Some(Channel::Letter), None)]
fn what_a_contact_is(
    #[case] kind: TouchKind,
    #[case] channel: Option<Channel>,
    #[case] expected: Option<(GroundKind, bool)>,
) {
    let ground = Ground::of_touch(day("05-01"), kind, channel);
    assert_eq!(ground.map(|ground| (ground.kind, ground.proved)), expected);
}

#[test]
fn a_promise_counts_in_writing_and_a_payment_while_it_stands() {
    assert!(Ground::of_promise(day("05-01"), Some(Channel::Wechat)).proved);
    assert!(!Ground::of_promise(day("05-01"), Some(Channel::Phone)).proved);
    let facts = milestone("2026-03-01").paid("04-01", 10_000).bounced("04-20", 10_000);
    assert_eq!(Ground::payments(&facts, day("04-10")).count(), 1);
    assert_eq!(Ground::payments(&facts, day("04-20")).count(), 0);
}
