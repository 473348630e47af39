use super::*;
use chrono::Days;
use proptest::prelude::*;
use rstest::rstest;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TODAY: &str = "2026-11-21";

#[rstest]
#[case("2026-12-05", "2026-12-05", "2026-12-05")]
#[case("2026/12/5", "2026-12-05", "2026-12-05")]
#[case("2026.12.5", "2026-12-05", "2026-12-05")]
#[case("20261205", "2026-12-05", "2026-12-05")]
#[case("2026年12月5日", "2026-12-05", "2026-12-05")]
#[case("２０２６－１２－０５", "2026-12-05", "2026-12-05")]
#[case("12-5", "2025-12-05", "2026-12-05")]
#[case("12/5", "2025-12-05", "2026-12-05")]
#[case("12月5日", "2025-12-05", "2026-12-05")]
#[case("12月5号", "2025-12-05", "2026-12-05")]
#[case("11-21", "2026-11-21", "2026-11-21")]
#[case("1-1", "2026-01-01", "2027-01-01")]
#[case("2-29", "2024-02-29", "2028-02-29")]
#[case("+7", "2026-11-28", "2026-11-28")]
#[case("-3", "2026-11-18", "2026-11-18")]
#[case("+2wd", "2026-11-24", "2026-11-24")]
#[case("-2wd", "2026-11-19", "2026-11-19")]
#[case("+1m", "2026-12-21", "2026-12-21")]
#[case("+2周", "2026-12-05", "2026-12-05")]
#[case("today", "2026-11-21", "2026-11-21")]
#[case("今天", "2026-11-21", "2026-11-21")]
#[case("Yesterday", "2026-11-20", "2026-11-20")]
#[case("昨天", "2026-11-20", "2026-11-20")]
#[case("明天", "2026-11-22", "2026-11-22")]
#[case("tomorrow", "2026-11-22", "2026-11-22")]
#[case("fri", "2026-11-20", "2026-11-27")]
#[case("Friday", "2026-11-20", "2026-11-27")]
#[case("周五", "2026-11-20", "2026-11-27")]
#[case("星期五", "2026-11-20", "2026-11-27")]
#[case("礼拜五", "2026-11-20", "2026-11-27")]
#[case("sat", "2026-11-21", "2026-11-21")]
#[case("周日", "2026-11-15", "2026-11-22")]
#[case("星期天", "2026-11-15", "2026-11-22")]
#[case("下周五", "2026-11-27", "2026-11-27")]
#[case("上周五", "2026-11-13", "2026-11-13")]
#[case("月底", "2026-10-31", "2026-11-30")]
#[case("eom", "2026-10-31", "2026-11-30")]
#[case("下月底", "2026-12-31", "2026-12-31")]
#[case("上月底", "2026-10-31", "2026-10-31")]
fn days_as_typed(#[case] text: &str, #[case] past: &str, #[case] next: &str) {
    assert_eq!(parse_day(text, on(TODAY), Leaning::Past), Ok(on(past)));
    assert_eq!(parse_day(text, on(TODAY), Leaning::Next), Ok(on(next)));
}

#[test]
fn on_a_months_last_day_its_end_is_today() {
    for leaning in [Leaning::Past, Leaning::Next] {
        let end = on("2026-11-30");
        assert_eq!(parse_day("月底", end, leaning), Ok(end));
    }
}

#[rstest]
#[case("", DayError::Empty)]
#[case("soon", DayError::NotADay("soon".into()))]
#[case("f", DayError::NotADay("f".into()))]
#[case("12", DayError::NotADay("12".into()))]
#[case("2026-12", DayError::NotADay("2026-12".into()))]
#[case("26-12-05", DayError::NotADay("26-12-05".into()))]
#[case("2026-12/05", DayError::NotADay("2026-12/05".into()))]
#[case("+7x", DayError::NotADay("+7x".into()))]
#[case("2026-02-30", DayError::NoSuchDay("2026-02-30".into()))]
#[case("2026-13-01", DayError::NoSuchDay("2026-13-01".into()))]
#[case("2-30", DayError::NoSuchDay("2-30".into()))]
#[case("0206-12-05", DayError::TooFar("0206-12-05".into()))]
#[case("+4000000000", DayError::TooFar("+4000000000".into()))]
#[case("-4000000000m", DayError::TooFar("-4000000000m".into()))]
fn no_days(#[case] text: &str, #[case] error: DayError) {
    assert_eq!(parse_day(text, on(TODAY), Leaning::Next), Err(error));
}

#[rstest]
#[case("2026-02-10 + 7wd", "2026-02-26")]
#[case("2026-02-10+7wd", "2026-02-26")]
#[case("2026-02-10 ＋ 7个工作日", "2026-02-26")]
#[case("2026-02-10", "2026-02-10")]
#[case("2026-02-10 + 30d", "2026-03-12")]
#[case("2026-02-10 + 30", "2026-03-12")]
#[case("2026-01-31 + 1m - 1d", "2026-02-27")]
#[case("2026-02-26 - 7wd", "2026-02-10")]
#[case("2026-02-26-7wd", "2026-02-10")]
#[case("2026-02-26 - 7", "2026-02-19")]
#[case("2026-09-30 + 1d roll", "2026-10-08")]
#[case("2026年9月30日 + 1天 顺延", "2026-10-08")]
#[case("today + 1wd", "2026-11-23")]
#[case("+7", "2026-11-28")]
#[case("-3", "2026-11-18")]
#[case("fri + 1wd", "2026-11-30")]
#[case("12-5", "2026-12-05")]
#[case("12-5 roll", "2026-12-07")]
fn sums_of_days(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(evaluate(text, on(TODAY), Calendar::china()), Ok(on(expected)));
}

#[rstest]
#[case("", DayError::Empty)]
#[case("roll", DayError::Empty)]
#[case("soon + 7d", DayError::NotADay("soon".into()))]
#[case("2026-02-10 + 7x", DayError::NotADay("2026-02-10 + 7x".into()))]
#[case("2026-02-10 + 9999y", DayError::TooFar("2026-02-10 + 9999y".into()))]
fn no_sums(#[case] text: &str, #[case] error: DayError) {
    assert_eq!(evaluate(text, on(TODAY), Calendar::china()), Err(error));
}

proptest! {
    #[test]
    fn iso_days_read_back(n in 0_u64..2_900_000) {
        let day = on("1900-01-01") + Days::new(n);
        prop_assume!(day.year() <= 9999);
        prop_assert_eq!(parse_day(&day.to_string(), on(TODAY), Leaning::Past), Ok(day));
    }

    #[test]
    fn no_text_panics(text in "[0-9/.+wdmy年月日周底roll -]{0,16}|\\PC*") {
        for today in [on(TODAY), NaiveDate::MAX, NaiveDate::MIN] {
            let _ = parse_day(&text, today, Leaning::Past);
            let _ = parse_day(&text, today, Leaning::Next);
            let _ = evaluate(&text, today, Calendar::china());
        }
    }
}
