//! Due dates: firm, expected, rescheduled.

use chrono::NaiveDate;
use huikuan::domain::facts::{Facts, Reference};
use huikuan::domain::kinds::Stage;
use rstest::rstest;

use crate::kit::{Happens, day, milestone, on};

fn due(facts: &Facts, today: &str) -> (Option<NaiveDate>, bool) {
    let item = on(facts, today);
    (item.due, item.is_firm(day(today)))
}

fn firm(date: &str) -> (Option<NaiveDate>, bool) {
    (Some(day(date)), true)
}

fn expected(date: &str) -> (Option<NaiveDate>, bool) {
    (Some(day(date)), false)
}

#[test]
fn a_condition_makes_the_date_firm_when_it_happens() {
    let facts = milestone("acceptance + 30d").planned("06-01");
    assert_eq!(due(&facts, "05-01"), expected("07-01"));
    let accepted = facts.accepted("06-20");
    assert_eq!(due(&accepted, "06-19"), expected("07-01"));
    assert_eq!(due(&accepted, "06-20"), firm("07-20"));
}

#[test]
fn without_a_plan_an_expected_date_is_unknown() {
    assert_eq!(due(&milestone("delivery + 10d"), "05-01"), (None, false));
}

#[rstest]
#[case("signing + 10d", firm("01-15"))]
#[case("start + 1m", firm("02-28"))]
#[case("delivery + 10wd", firm("05-20"))]
#[case("acceptance month-end + 60d", firm("08-29"))]
#[case("invoice + 30d", firm("07-25"))]
#[case("invoice_received + 30d", firm("07-30"))]
#[case("2026-10-01 roll", firm("10-08"))]
fn every_event_and_unit(#[case] rule: &str, #[case] expected: (Option<NaiveDate>, bool)) {
    let facts = milestone(rule)
        .with(|f| {
            f.project.signed_on = Some(day("01-05"));
            f.project.starts_on = Some(day("01-31"));
        })
        .delivered("05-07")
        .accepted("06-20")
        .invoiced("06-25", 100_000)
        .with(|f| f.invoices[0].received_on = Some(day("06-30")));
    assert_eq!(due(&facts, "11-01"), expected);
}

#[test]
fn a_contract_date_ahead_is_expected_until_it_comes() {
    let facts =
        milestone("warranty_end + 10d").with(|f| f.project.warranty_ends_on = Some(day("12-01")));
    assert_eq!(due(&facts, "11-30"), expected("12-11"));
    assert_eq!(due(&facts, "12-01"), firm("12-11"));
}

#[test]
fn a_retention_counts_from_the_acceptance_it_refers_to() {
    let reference = |accepted_on| Some(Reference { accepted_on, planned_on: Some(day("03-01")) });
    let waiting = milestone("acceptance + 1y")
        .stage(Stage::Retention)
        .with(|f| f.reference = reference(None));
    assert_eq!(due(&waiting, "02-01"), expected("2027-03-01"));
    let accepted = waiting.with(|f| f.reference = reference(Some(day("03-10"))));
    assert_eq!(due(&accepted, "04-01"), firm("2027-03-10"));
}

#[test]
fn a_reschedule_counts_from_the_day_it_was_agreed_and_the_first_date_is_kept() {
    let facts = milestone("2026-06-01").rescheduled("06-10", "07-01").rescheduled("06-20", "08-01");
    assert_eq!(due(&facts, "06-09"), firm("06-01"));
    assert_eq!(due(&facts, "06-10"), firm("07-01"));
    assert_eq!(due(&facts, "06-20"), firm("08-01"));
    assert_eq!(on(&facts, "06-20").first_due, Some(day("06-01")));
}

#[test]
fn a_reschedule_settles_the_date_of_a_condition_that_never_came() {
    let facts = milestone("acceptance + 30d").rescheduled("06-10", "07-01");
    assert_eq!(due(&facts, "06-10"), firm("07-01"));
}

#[test]
fn a_milestone_is_not_there_before_it_was_agreed() {
    let facts = milestone("2026-06-01").with(|f| f.agreed_on = Some(day("03-01")));
    let calendar = huikuan::domain::calendar::Calendar::china();
    assert!(huikuan::domain::as_of::item(&facts, day("02-28"), calendar).is_none());
    assert!(huikuan::domain::as_of::item(&facts, day("03-01"), calendar).is_some());
}

#[test]
fn a_bill_taken_back_by_a_red_invoice_no_longer_stands() {
    let billed = milestone("invoice + 30d").invoiced("09-01", 100_000);
    assert_eq!(due(&billed, "09-05"), firm("10-01"));
    let taken_back = billed.invoiced("09-10", -100_000);
    assert_eq!(due(&taken_back, "09-09"), firm("10-01"));
    let item = on(&taken_back, "09-10");
    assert_eq!((item.due, item.invoiced, item.invoiced_on), (None, 0, None));
    assert!(!item.is_receivable(day("09-10")));
    let again = taken_back.invoiced("10-10", 100_000);
    assert_eq!(due(&again, "10-10"), firm("11-09"));
}

#[rstest]
#[case::its_own_amount(&[("09-01", 40_000), ("09-10", 60_000), ("09-15", -40_000)], "09-10")]
#[case::the_latest_else(&[("09-01", 40_000), ("09-10", 60_000), ("09-15", -70_000)], "09-01")]
#[case::a_part(&[("09-01", 100_000), ("09-15", -10_000)], "09-01")]
#[case::only_what_was_there(&[("09-01", 60_000), ("09-15", -60_000), ("09-20", 60_000)], "09-20")]
fn a_red_invoice_takes_back(#[case] lines: &[(&str, i64)], #[case] first_standing: &str) {
    let facts =
        lines.iter().fold(milestone("invoice + 30d"), |f, (on, amount)| f.invoiced(on, *amount));
    assert_eq!(on(&facts, "10-01").invoiced_on, Some(day(first_standing)));
}
