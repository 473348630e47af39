//! What law says where a contract is silent: payment limits, late money, a contractor's priority.

use chrono::NaiveDate;
use huikuan::domain::as_of;
use huikuan::domain::calendar::Calendar;
use huikuan::domain::facts::Facts;
use huikuan::domain::kinds::PriorityStart;
use huikuan::domain::late_fee::late_fee_since;
use huikuan::domain::money::Currency;
use huikuan::domain::policy::Policy;
use huikuan::domain::rates::Lpr;
use huikuan::domain::statutory::{LatePayment, Statutory};
use proptest::prelude::*;
use rstest::rstest;

use crate::kit::{Happens, day, milestone};

fn set(pairs: &[(&str, &str)]) -> Policy {
    let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    Policy::with(pairs).unwrap()
}

fn said(facts: &Facts, policy: &Policy, on: NaiveDate) -> Statutory {
    let item = as_of::item(facts, on, Calendar::china()).unwrap();
    Statutory::of(facts, &item, false, policy, on)
}

fn late(facts: &Facts, on: &str) -> Option<(LatePayment, i64)> {
    let on = day(on);
    let item = as_of::item(facts, on, Calendar::china()).unwrap();
    let by = said(facts, &Policy::default(), on).late?;
    let fee = late_fee_since(facts, &item, by.due, &by.terms, Lpr::published(), on).unwrap();
    Some((by, fee.total))
}

fn pounds(amount: i64, due: &str) -> Facts {
    milestone(due).with(|facts| (facts.project.currency, facts.amount) = (Currency::GBP, amount))
}

#[test]
fn what_was_delivered_without_a_date_is_payable_within_30_or_60_days() {
    let delivered = milestone("").delivered("2025-07-01");
    let limit = said(&delivered, &Policy::default(), day("2025-07-01")).limit.unwrap();
    assert_eq!((limit.authority, limit.enterprise), (day("2025-07-31"), day("2025-08-30")));
    let none = |facts: &Facts, policy: &Policy| said(facts, policy, day("2025-09-01")).limit;
    assert_eq!(none(&milestone("2025-12-01").delivered("2025-07-01"), &Policy::default()), None);
    let agreed = milestone("acceptance + 30d").delivered("2025-07-01");
    assert_eq!(none(&agreed, &Policy::default()), None);
    assert_eq!(none(&milestone(""), &Policy::default()), None);
    assert_eq!(none(&delivered.clone().paid("2025-08-01", 100_000), &Policy::default()), None);
    assert_eq!(none(&delivered, &set(&[("statutory", "none")])), None);
}

#[test]
fn late_money_costs_a_half_per_mille_a_day_from_the_due_date_or_the_limit() {
    let (by, fee) = late(&milestone("2025-03-01"), "2025-08-31").unwrap();
    assert_eq!((by.terms.to_string(), by.due, fee), ("0.05%/day".into(), day("2025-03-01"), 9_150));
    let (by, fee) = late(&milestone("").delivered("2025-07-01"), "2025-09-09").unwrap();
    assert_eq!((by.due, fee, by.compensation), (day("2025-08-30"), 500, 0));
    assert_eq!(late(&milestone("").delivered("2025-07-01"), "2025-08-30"), None);
    assert_eq!(late(&milestone("2025-03-01"), "2025-03-01"), None);
}

#[test]
fn what_was_agreed_stands_before_the_law_and_a_setting_says_which_law() {
    let facts = milestone("2025-03-01");
    let on = day("2025-08-31");
    let item = as_of::item(&facts, on, Calendar::china()).unwrap();
    assert_eq!(Statutory::of(&facts, &item, true, &Policy::default(), on).late, None);
    for silent in [("statutory", "GBP uk"), ("statutory_late_fee", "off")] {
        assert_eq!(said(&facts, &set(&[silent]), on).late, None, "{silent:?}");
    }
    let by = said(&facts, &set(&[("statutory_late_fee", "lpr1y*1.3")]), on).late.unwrap();
    assert_eq!(by.terms.to_string(), "lpr1y*1.3");
}

#[rstest]
#[case("2024-05-15", "2024-06-29", "13.25", 1_634)]
#[case("2024-06-30", "2024-07-30", "13.25", 1_089)]
#[case("2024-12-30", "2025-01-29", "13.25", 1_089)]
#[case("2024-12-31", "2025-01-30", "12.75", 1_048)]
#[case("2025-06-30", "2025-07-30", "12.25", 1_007)]
#[case("2025-12-30", "2026-01-29", "12.25", 1_007)]
#[case("2025-12-31", "2026-01-30", "11.75", 966)]
fn pounds_bear_eight_percent_above_the_base_rate_of_the_half_year_they_are_late_in(
    #[case] due: &str,
    #[case] on: &str,
    #[case] percent: &str,
    #[case] expected: i64,
) {
    let (by, fee) = late(&pounds(100_000, due), on).unwrap();
    assert_eq!((by.terms.to_string(), fee), (format!("{percent}%/365"), expected));
}

#[rstest]
#[case(99_999, 4_000)]
#[case(100_000, 7_000)]
#[case(999_999, 7_000)]
#[case(1_000_000, 10_000)]
fn a_fixed_sum_goes_by_the_size_of_the_debt(#[case] debt: i64, #[case] sum: i64) {
    assert_eq!(late(&pounds(debt, "2024-05-15"), "2024-06-29").unwrap().0.compensation, sum);
}

#[test]
fn the_fixed_sum_goes_by_what_was_unpaid_when_it_fell_due() {
    let paid = pounds(1_000_000, "2024-05-15").paid("2024-05-10", 100_000);
    assert_eq!(late(&paid, "2024-06-29").unwrap().0.compensation, 7_000);
    assert_eq!(late(&pounds(100_000, "2020-06-29"), "2020-07-29"), None);
}

#[rstest]
#[case("", Some("2024-01-15"), Some("2025-07-15"))]
#[case("2024-08-31", Some("2024-01-15"), Some("2026-02-28"))]
#[case("2026-01-01", Some("2024-01-15"), None)]
#[case("", None, None)]
fn a_contractor_comes_first_for_eighteen_months_from_the_day_the_price_is_payable(
    #[case] due: &str,
    #[case] delivered: Option<&str>,
    #[case] until: Option<&str>,
) {
    let works = works(PriorityStart::Due);
    let facts = works(milestone(due)).with(|facts| facts.delivered_on = delivered.map(day));
    let right = said(&facts, &Policy::default(), day("2025-05-01")).priority;
    assert_eq!(right.map(|right| right.until), until.map(day));
    let off = set(&[("priority_months", "off")]);
    assert_eq!(said(&facts, &off, day("2025-05-01")).priority, None);
    let no_works = facts.with(|facts| facts.project.priority_from = None);
    assert_eq!(said(&no_works, &Policy::default(), day("2025-05-01")).priority, None);
}

/// A contract of works to be completed on 2024-06-30, and completed on 2024-09-15.
fn works(from: PriorityStart) -> impl Fn(Facts) -> Facts {
    move |facts| {
        facts.with(|facts| {
            facts.project.priority_from = Some(from);
            facts.project.ends_on = Some(day("2024-06-30"));
            facts.project.completed_on = Some(day("2024-09-15"));
        })
    }
}

#[rstest]
#[case(PriorityStart::Due, "2024-12-01", "2026-06-01")]
#[case(PriorityStart::AgreedEnd, "2024-06-30", "2025-12-30")]
#[case(PriorityStart::Completion, "2024-09-15", "2026-03-15")]
fn the_contract_says_from_when_a_contractor_comes_first(
    #[case] from: PriorityStart,
    #[case] starts: &str,
    #[case] until: &str,
) {
    let facts = works(from)(milestone("2024-12-01"));
    let right = |on| said(&facts, &Policy::default(), on).priority;
    assert_eq!(right(day(starts).pred_opt().unwrap()), None);
    let right = right(day(starts)).unwrap();
    assert_eq!((right.from, right.until), (day(starts), day(until)));
}

#[test]
fn a_base_rate_that_is_not_on_record_is_told() {
    let base = |due, on| late(&pounds(100_000, due), on).unwrap().0.base;
    assert_eq!(base("2025-12-31", "2026-03-01"), Some((day("2026-01-01"), true)));
    assert_eq!(base("2026-06-29", "2026-08-01"), Some((day("2026-01-01"), true)));
    assert_eq!(base("2026-06-30", "2026-08-01"), Some((day("2026-01-01"), false)));
    // What did not change stands where it changed last.
    assert_eq!(base("2024-08-01", "2024-09-01"), Some((day("2024-01-01"), true)));
}

proptest! {
    #[test]
    fn nothing_is_said_of_what_is_paid(due in 0_u64..900, on in 0_u64..900) {
        let later = |days| day("2024-01-01") + chrono::Days::new(days);
        let facts = milestone(&later(due).to_string()).paid("2023-12-01", 100_000);
        let facts = works(PriorityStart::Due)(facts);
        let said = said(&facts, &Policy::default(), later(on));
        prop_assert_eq!((said.limit, said.priority), (None, None));
    }
}
