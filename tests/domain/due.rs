//! Due dates: firm, expected, rescheduled.

use chrono::{Days, NaiveDate};
use huikuan::domain::aging::{AgeBy, Buckets};
use huikuan::domain::as_of::{self, LATEST};
use huikuan::domain::calendar::Calendar;
use huikuan::domain::due::DueRule;
use huikuan::domain::facts::{Facts, Reference};
use huikuan::domain::ids::MilestoneId;
use huikuan::domain::kinds::Stage;
use huikuan::domain::policy::Policy;
use huikuan::domain::status::{status, waiting_on};
use proptest::prelude::*;
use rstest::rstest;

use crate::kit::{Happens, day, milestone, on};

/// What another milestone of the plan has of the event.
fn elsewhere(happened_on: Option<&str>, planned_on: Option<&str>) -> Reference {
    let (happened_on, planned_on) = (happened_on.map(day), planned_on.map(day));
    Reference { of: MilestoneId(9), happened_on, planned_on }
}

fn due(facts: &Facts, today: &str) -> (Option<NaiveDate>, bool) {
    let item = on(facts, today);
    (item.due(day(today)), item.is_firm(day(today)))
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
    let reference = |happened_on| Some(elsewhere(happened_on, Some("03-01")));
    let waiting = milestone("acceptance + 1y")
        .stage(Stage::Retention)
        .with(|f| f.reference = reference(None));
    assert_eq!(due(&waiting, "02-01"), expected("2027-03-01"));
    let accepted = waiting.with(|f| f.reference = reference(Some("03-10")));
    assert_eq!(due(&accepted, "04-01"), firm("2027-03-10"));
}

#[test]
fn the_planned_day_wins_over_a_contract_date_ahead() {
    let facts = milestone("start + 10d")
        .planned("06-01")
        .with(|f| f.project.starts_on = Some(day("12-01")));
    assert_eq!(due(&facts, "11-30"), expected("06-11"));
    assert_eq!(due(&facts, "12-01"), firm("12-11"));
}

#[rstest]
#[case(Stage::Final, true)]
#[case(Stage::Settlement, true)]
#[case(Stage::Retention, true)]
#[case(Stage::Other, true)]
#[case(Stage::Advance, false)]
#[case(Stage::Progress, false)]
#[case(Stage::Delivery, false)]
#[case(Stage::Acceptance, false)]
fn who_takes_the_day_of_another_milestone(#[case] stage: Stage, #[case] takes: bool) {
    let lender = |rule: &str| rule.parse::<DueRule>().unwrap().lender(stage);
    assert_eq!(lender("acceptance + 90d"), takes.then_some(Stage::Acceptance));
    assert_eq!(lender("delivery + 90d"), takes.then_some(Stage::Delivery));
    for own in ["acceptance(P1-M2) + 1y", "invoice + 30d", "signing", "2026-10-02", ""] {
        assert_eq!(lender(own), None, "{own}");
    }
}

#[test]
fn a_day_of_its_own_comes_before_that_of_another() {
    let last = milestone("acceptance + 90d")
        .stage(Stage::Final)
        .with(|f| f.reference = Some(elsewhere(Some("06-10"), Some("06-01"))));
    assert_eq!(due(&last, "06-09"), expected("08-30"));
    assert_eq!(due(&last, "06-10"), firm("09-08"));
    let accepted = last.clone().accepted("07-01");
    assert_eq!(due(&accepted, "06-30"), firm("09-08"));
    assert_eq!(due(&accepted, "07-01"), firm("09-29"));
    let named = accepted.with(|f| f.rule = "acceptance(P1-M2) + 90d".parse().unwrap());
    assert_eq!(due(&named, "07-01"), firm("09-08"));
    let delivery = milestone("delivery + 1m")
        .stage(Stage::Settlement)
        .with(|f| f.reference = Some(elsewhere(Some("05-20"), None)));
    assert_eq!(due(&delivery, "06-01"), firm("06-20"));
}

#[test]
fn a_reschedule_counts_from_the_day_it_was_agreed_and_the_first_date_is_kept() {
    let facts = milestone("2026-06-01").rescheduled("06-10", "07-01").rescheduled("06-20", "08-01");
    assert_eq!(due(&facts, "06-09"), firm("06-01"));
    assert_eq!(due(&facts, "06-10"), firm("07-01"));
    assert_eq!(due(&facts, "06-20"), firm("08-01"));
    assert_eq!(on(&facts, "06-20").first_due(day("06-20")), Some(day("06-01")));
}

#[test]
fn a_reschedule_settles_the_date_of_a_condition_that_never_came() {
    let facts = milestone("acceptance + 30d").rescheduled("06-10", "07-01");
    assert_eq!(due(&facts, "06-10"), firm("07-01"));
}

#[test]
fn where_the_rule_gives_none_the_first_agreed_date_is_the_first() {
    let facts =
        milestone("acceptance + 30d").rescheduled("06-10", "07-01").rescheduled("06-20", "08-01");
    assert_eq!(on(&facts, "06-20").first_due(day("06-20")), Some(day("07-01")));
    assert_eq!(due(&facts, "06-20"), firm("08-01"));
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
    assert_eq!((item.due(day("09-10")), item.invoiced, item.invoiced_on), (None, 0, None));
    assert!(!item.is_receivable(day("09-10")));
    let again = taken_back.invoiced("10-10", 100_000);
    assert_eq!(due(&again, "10-10"), firm("11-09"));
}

#[rstest]
#[case::its_own_amount(&[("09-01", 40_000), ("09-10", 60_000), ("09-15", -40_000)], "09-10")]
#[case::the_latest_else(&[("09-01", 40_000), ("09-10", 60_000), ("09-15", -70_000)], "09-01")]
#[case::a_part(&[("09-01", 100_000), ("09-15", -10_000)], "09-01")]
#[case::of_a_day_as_recorded(&[("09-01", 60_000), ("09-15", -60_000), ("09-15", 60_000)], "09-15")]
#[case::only_what_was_there(&[("09-01", 60_000), ("09-15", -60_000), ("09-20", 60_000)], "09-20")]
fn a_red_invoice_takes_back(#[case] lines: &[(&str, i64)], #[case] first_standing: &str) {
    let facts =
        lines.iter().fold(milestone("invoice + 30d"), |f, (on, amount)| f.invoiced(on, *amount));
    assert_eq!(on(&facts, "10-01").invoiced_on, Some(day(first_standing)));
}

#[test]
fn a_red_invoice_takes_back_the_bill_it_names() {
    let facts = milestone("invoice + 30d").invoiced("09-01", 50_000).invoiced("09-10", 50_000);
    assert_eq!(
        on(&facts.clone().invoiced("09-15", -50_000), "10-01").invoiced_on,
        Some(day("09-01"))
    );
    let named = facts.took_back("09-15", 50_000, 1);
    assert_eq!(on(&named, "10-01").invoiced_on, Some(day("09-10")));
    assert_eq!(on(&named, "10-01").invoiced, 50_000);
}

/// A milestone under any rule, of any project, with what may have happened to it by November.
fn any_facts() -> impl Strategy<Value = Facts> {
    let rule = prop::sample::select(vec![
        "2026-06-01",
        "signing + 10d",
        "start + 10d",
        "warranty_end + 60d",
        "delivery + 10d",
        "acceptance + 30d",
        "acceptance(X) + 30d",
        "invoice + 30d",
        "invoice_received + 5d",
        "",
    ]);
    let maybe = || prop::option::of((0_u64..700).prop_map(|n| day("2025-06-01") + Days::new(n)));
    let past = || prop::option::of((0_u64..500).prop_map(|n| day("2025-06-01") + Days::new(n)));
    let facts = (rule, prop::sample::select(Stage::ALL.to_vec()), any::<bool>());
    (facts, [maybe(), maybe(), maybe()], [past(), past(), past(), past()], (past(), maybe()))
        .prop_map(
            |(
                (rule, stage, bills),
                [planned, starts, ends],
                [delivered, accepted, other, billed],
                moved,
            )| {
                let mut facts = milestone(rule).stage(stage);
                facts.project.bills = bills;
                facts.project.signed_on = Some(day("2025-06-01"));
                (facts.project.starts_on, facts.project.warranty_ends_on) = (starts, ends);
                (facts.planned_on, facts.delivered_on, facts.accepted_on) =
                    (planned, delivered, accepted);
                if let Some(on) = other {
                    facts.reference = Some(elsewhere(Some(&on.to_string()), None));
                }
                if let Some(on) = billed {
                    facts = facts.invoiced(&on.to_string(), 60_000);
                }
                if let (Some(on), Some(to)) = moved {
                    facts = facts.rescheduled(&on.to_string(), &to.to_string());
                }
                facts
            },
        )
}

proptest! {
    /// What the ledger keeps of a milestone answers every day after the last fact as the facts themselves do.
    #[test]
    fn from_the_last_fact_on_every_day_reads_the_same_either_way(facts in any_facts(), after in 0_u64..400) {
        let today = day("2026-11-01") + Days::new(after);
        let (kept, policy) = (as_of::item(&facts, LATEST, Calendar::china()).unwrap(), Policy::default());
        let asked = as_of::item(&facts, today, Calendar::china()).unwrap();
        prop_assert_eq!(kept.due(today), asked.due(today));
        prop_assert_eq!(kept.is_firm(today), asked.is_firm(today));
        prop_assert_eq!(kept.first_due(today), asked.first_due(today));
        prop_assert_eq!(status(&kept, today, &policy), status(&asked, today, &policy));
        prop_assert_eq!(waiting_on(&kept, today, &policy), waiting_on(&asked, today, &policy));
        for age_by in AgeBy::ALL {
            let buckets = Buckets { age_by: *age_by, ..Buckets::default() };
            prop_assert_eq!(buckets.place(&kept, today), buckets.place(&asked, today));
        }
    }
}

#[test]
fn the_last_condition_that_is_met_makes_the_date_firm() {
    let rule = milestone("conditions + 10d");
    assert_eq!(due(&rule, "06-30"), (None, false), "without any there is no day");
    let facts = rule.asked("01-05", Some("05-01"), Some("04-20")).asked(
        "01-05",
        Some("06-01"),
        Some("06-10"),
    );
    assert_eq!(due(&facts, "06-09"), expected("06-11"), "by the plan of the last");
    assert_eq!(due(&facts, "06-10"), firm("06-20"));
    let undated = facts.clone().asked("06-20", None, None);
    assert_eq!(
        due(&undated, "06-19"),
        firm("06-20"),
        "what is asked for later, a day does not know"
    );
    assert_eq!(due(&undated, "06-20"), (None, false));
    assert_eq!(due(&facts.planned("07-01"), "06-01"), expected("07-11"));
}

#[test]
fn the_first_progress_that_is_far_enough_counts() {
    let facts = milestone("progress(50%) + 15d")
        .planned("05-01")
        .progressed("03-01", 49)
        .progressed("06-20", 80)
        .progressed("06-01", 50)
        .progressed("07-01", 40);
    assert_eq!(due(&facts, "05-31"), expected("05-16"));
    assert_eq!(due(&facts, "06-01"), firm("06-16"));
    assert_eq!(due(&facts, "07-02"), firm("06-16"), "what came so far has come so far");
}
