//! When a to-do is due again, and how severe a risk is.

use huikuan::domain::kinds::{Level, TodoState};
use huikuan::domain::todo::{Every, NoInterval, severity, state};
use proptest::prelude::*;
use rstest::rstest;

use crate::kit::day;

#[rstest]
#[case("7d", "7d")]
#[case("2w", "14d")]
#[case("1m", "1m")]
#[case("每周", "7d")]
#[case("每 2 个月", "2m")]
#[case("5个工作日", "5wd")]
#[case("1年", "1y")]
fn an_interval_is_read_as_people_type_it(#[case] typed: &str, #[case] kept: &str) {
    let every: Every = typed.parse().unwrap();
    assert_eq!(every.to_string(), kept);
    assert_eq!(kept.parse(), Ok(every));
}

#[rstest]
#[case("")]
#[case("0d")]
#[case("7")]
#[case("soon")]
#[case("99999d")]
fn what_is_no_interval_is_refused(#[case] typed: &str) {
    assert_eq!(typed.parse::<Every>(), Err(NoInterval));
}

#[rstest]
#[case("7d", Some("11-02"), "11-01", "11-09")]
#[case("7d", Some("11-02"), "11-09", "11-16")]
#[case("7d", Some("11-02"), "11-20", "11-23")]
#[case("1m", Some("01-31"), "02-03", "2026-02-28")]
#[case("1m", Some("01-31"), "02-28", "2026-03-31")]
#[case("1m", None, "11-20", "12-20")]
fn the_next_time_is_counted_from_the_day_it_was_due_and_lies_ahead(
    #[case] every: &str,
    #[case] due: Option<&str>,
    #[case] done: &str,
    #[case] next: &str,
) {
    let every: Every = every.parse().unwrap();
    assert_eq!(every.next(due.map(day), day(done)), Some(day(next)));
}

proptest! {
    #[test]
    fn the_next_time_is_after_the_day_it_was_done(count in 1_u32..400, due in 0_i64..800, done in 0_i64..800) {
        let first = day("2025-01-01");
        let every: Every = format!("{count}d").parse().unwrap();
        let (due, done) = (first + chrono::Days::new(due.unsigned_abs()), first + chrono::Days::new(done.unsigned_abs()));
        let next = every.next(Some(due), done).unwrap();
        prop_assert!(next > done && next > due);
        prop_assert!((next - due).num_days() % i64::from(count) == 0);
        prop_assert!(next - due <= (done - due).max(chrono::TimeDelta::zero()) + chrono::TimeDelta::days(count.into()));
    }
}

#[test]
fn a_risk_is_no_less_severe_where_it_is_likelier_or_costlier() {
    use Level::{High, Low, Medium};
    assert_eq!(severity(High, High), High);
    assert_eq!(severity(Low, High), Medium);
    assert_eq!(severity(Low, Medium), Low);
    for of in [Low, Medium, High] {
        assert!(
            severity(of, Low) <= severity(of, Medium) && severity(of, Medium) <= severity(of, High)
        );
        assert!(severity(Low, of) == severity(of, Low) && severity(High, of) == severity(of, High));
    }
}

#[test]
fn a_to_do_is_open_due_and_done_by_the_day() {
    let at = |on: &str| state(Some(day("11-10")), Some(day("11-15")), day(on));
    let seen = ["11-09", "11-10", "11-14", "11-15"].map(at);
    assert_eq!(seen, [TodoState::Open, TodoState::Due, TodoState::Due, TodoState::Done]);
    assert_eq!(state(None, None, day("11-10")), TodoState::Open);
}
