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
#[case("month-end", "2026-10-31", "2026-11-30")]
#[case("end of month", "2026-10-31", "2026-11-30")]
#[case("end of the month", "2026-10-31", "2026-11-30")]
#[case("end of next month", "2026-12-31", "2026-12-31")]
#[case("下个月月底", "2026-12-31", "2026-12-31")]
#[case("12月底", "2025-12-31", "2026-12-31")]
#[case("二月底", "2026-02-28", "2027-02-28")]
#[case("2027年3月末", "2027-03-31", "2027-03-31")]
#[case("月初", "2026-11-01", "2026-12-01")]
#[case("下月初", "2026-12-01", "2026-12-01")]
#[case("start of next month", "2026-12-01", "2026-12-01")]
#[case("季末", "2026-09-30", "2026-12-31")]
#[case("季度末", "2026-09-30", "2026-12-31")]
#[case("本季度末", "2026-12-31", "2026-12-31")]
#[case("下季度末", "2027-03-31", "2027-03-31")]
#[case("三季度末", "2026-09-30", "2027-09-30")]
#[case("end of next quarter", "2027-03-31", "2027-03-31")]
#[case("eoq", "2026-09-30", "2026-12-31")]
#[case("年底", "2025-12-31", "2026-12-31")]
#[case("年末", "2025-12-31", "2026-12-31")]
#[case("今年年底", "2026-12-31", "2026-12-31")]
#[case("明年底", "2027-12-31", "2027-12-31")]
#[case("去年年底", "2025-12-31", "2025-12-31")]
#[case("2028年底", "2028-12-31", "2028-12-31")]
#[case("年初", "2026-01-01", "2027-01-01")]
#[case("end of the year", "2025-12-31", "2026-12-31")]
#[case("year-end", "2025-12-31", "2026-12-31")]
#[case("15号", "2026-11-15", "2026-12-15")]
#[case("21日", "2026-11-21", "2026-11-21")]
#[case("三十一号", "2026-10-31", "2026-12-31")]
#[case("下月15号", "2026-12-15", "2026-12-15")]
#[case("下个月五号", "2026-12-05", "2026-12-05")]
#[case("上月20日", "2026-10-20", "2026-10-20")]
#[case("the 15th", "2026-11-15", "2026-12-15")]
#[case("1st", "2026-11-01", "2026-12-01")]
#[case("the 2nd of next month", "2026-12-02", "2026-12-02")]
#[case("3个工作日后", "2026-11-25", "2026-11-25")]
#[case("3个工作日内", "2026-11-25", "2026-11-25")]
#[case("in 3 working days", "2026-11-25", "2026-11-25")]
#[case("三天后", "2026-11-24", "2026-11-24")]
#[case("两周后", "2026-12-05", "2026-12-05")]
#[case("一个月后", "2026-12-21", "2026-12-21")]
#[case("三天前", "2026-11-18", "2026-11-18")]
#[case("in a week", "2026-11-28", "2026-11-28")]
#[case("2 weeks from now", "2026-12-05", "2026-12-05")]
#[case("10 days ago", "2026-11-11", "2026-11-11")]
#[case("下周三", "2026-11-25", "2026-11-25")]
#[case("下下周三", "2026-12-02", "2026-12-02")]
#[case("next friday", "2026-11-27", "2026-11-27")]
#[case("last friday", "2026-11-13", "2026-11-13")]
#[case("大后天", "2026-11-24", "2026-11-24")]
#[case("day after tomorrow", "2026-11-23", "2026-11-23")]
#[case("十二月五日", "2025-12-05", "2026-12-05")]
#[case("二〇二六年十二月五日", "2026-12-05", "2026-12-05")]
#[case("明年3月5日", "2027-03-05", "2027-03-05")]
#[case("下季末", "2027-03-31", "2027-03-31")]
#[case("下季度初", "2027-01-01", "2027-01-01")]
#[case("本季末", "2026-12-31", "2026-12-31")]
#[case("这月底", "2026-11-30", "2026-11-30")]
#[case("本月20日", "2026-11-20", "2026-11-20")]
#[case("这个月20号", "2026-11-20", "2026-11-20")]
#[case("月末", "2026-10-31", "2026-11-30")]
#[case("下下月底", "2027-01-31", "2027-01-31")]
#[case("下下个月15号", "2027-01-15", "2027-01-15")]
#[case("今年底", "2026-12-31", "2026-12-31")]
#[case("明年初", "2027-01-01", "2027-01-01")]
#[case("5天后", "2026-11-26", "2026-11-26")]
#[case("三十天后", "2026-12-21", "2026-12-21")]
#[case("十天之内", "2026-12-01", "2026-12-01")]
#[case("三个工作日之后", "2026-11-25", "2026-11-25")]
#[case("end of year", "2025-12-31", "2026-12-31")]
#[case("end of quarter", "2026-09-30", "2026-12-31")]
#[case("end of next year", "2027-12-31", "2027-12-31")]
#[case("next month 15th", "2026-12-15", "2026-12-15")]
#[case("next month, the 15th", "2026-12-15", "2026-12-15")]
#[case("15th next month", "2026-12-15", "2026-12-15")]
#[case("15th", "2026-11-15", "2026-12-15")]
#[case("in 3 business days", "2026-11-25", "2026-11-25")]
#[case("in 5 days", "2026-11-26", "2026-11-26")]
#[case("5 days from now", "2026-11-26", "2026-11-26")]
#[case("in 2 weeks", "2026-12-05", "2026-12-05")]
#[case("15th of december", "2025-12-15", "2026-12-15")]
#[case("2026-dec-15", "2026-12-15", "2026-12-15")]
#[case("15-Dec-2026", "2026-12-15", "2026-12-15")]
#[case("this friday", "2026-11-20", "2026-11-20")]
#[case("eoy", "2025-12-31", "2026-12-31")]
#[case("next eoq", "2027-03-31", "2027-03-31")]
#[case("15 dec", "2025-12-15", "2026-12-15")]
#[case("december 15", "2025-12-15", "2026-12-15")]
#[case("Dec 15th", "2025-12-15", "2026-12-15")]
#[case("15 December 2026", "2026-12-15", "2026-12-15")]
#[case("Mar 5, 2027", "2027-03-05", "2027-03-05")]
#[case("end of march", "2026-03-31", "2027-03-31")]
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
#[case("dec 2026", DayError::NotADay("dec 2026".into()))]
#[case("de 15", DayError::NotADay("de 15".into()))]
#[case("30 feb", DayError::NoSuchDay("30 feb".into()))]
#[case("32号", DayError::NoSuchDay("32号".into()))]
#[case("本月31号", DayError::NoSuchDay("本月31号".into()))]
#[case("3月后", DayError::NotADay("3月后".into()))]
#[case("5季度末", DayError::NotADay("5季度末".into()))]
#[case("下周", DayError::NotADay("下周".into()))]
#[case("end", DayError::NotADay("end".into()))]
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
#[case("2026-02-10 month-end", "2026-02-28")]
#[case("2026-02-10 month-end + 60d", "2026-04-29")]
#[case("2026-02-10 月底 + 1m", "2026-03-31")]
#[case("2026-02-10当月底 + 1m", "2026-03-31")]
#[case("月底", "2026-11-30")]
#[case("月底 + 3m", "2027-02-28")]
#[case("下月15号 + 7wd", "2026-12-24")]
#[case("end of month + 1d", "2026-12-01")]
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

    /// Words that name neither week, month nor year mean the nearest such day on the side of the field, and that day
    /// itself on it.
    #[test]
    fn words_mean_the_nearest_such_day(
        n in 0_u64..30_000,
        word in prop::sample::select(vec![
            "月底", "月初", "季末", "季度末", "年底", "年初", "15号", "31号", "the 1st", "周三", "fri", "12月底", "2-29",
            "四季度末", "eom", "end of quarter", "year-end", "十二月五日", "15 dec", "feb 29", "end of march",
        ]),
    ) {
        let today = on("1990-01-01") + Days::new(n);
        let day = |from, leaning| parse_day(word, from, leaning).unwrap();
        let (past, next) = (day(today, Leaning::Past), day(today, Leaning::Next));
        prop_assert!(past <= today && today <= next);
        prop_assert_eq!(past == today, next == today);
        prop_assert_eq!((day(past, Leaning::Past), day(past, Leaning::Next)), (past, past));
        prop_assert_eq!((day(next, Leaning::Past), day(next, Leaning::Next)), (next, next));
        if past < today {
            prop_assert_eq!(day(past + Days::new(1), Leaning::Next), next);
        }
    }

    #[test]
    fn no_text_panics(text in "[0-9三十/.+wdmy上下个年季月日号周初底后前roll -]{0,16}|(end|start|next|of|the|month|quarter|15th|dec|may|2026| |-|,){0,6}|\\PC*") {
        for today in [on(TODAY), NaiveDate::MAX, NaiveDate::MIN] {
            let _ = parse_day(&text, today, Leaning::Past);
            let _ = parse_day(&text, today, Leaning::Next);
            let _ = evaluate(&text, today, Calendar::china());
        }
    }
}
