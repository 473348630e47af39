//! A day that is read lies where days may lie, and its ISO form means the same day; a sum of days is a day or refused.
#![no_main]

use chrono::{Datelike, NaiveDate};
use huikuan::domain::calendar::Calendar;
use huikuan::domain::date_input::{Leaning, evaluate, parse_day};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let today: NaiveDate = "2026-11-21".parse().unwrap();
    let past = parse_day(text, today, Leaning::Past);
    let next = parse_day(text, today, Leaning::Next);
    for day in [&past, &next, &evaluate(text, today, Calendar::china())].into_iter().flatten() {
        assert!((1900..=9999).contains(&day.year()), "{day}");
        assert_eq!(parse_day(&day.to_string(), today, Leaning::Past).as_ref(), Ok(day));
    }
    assert_eq!(past.is_ok(), next.is_ok());
    if let (Ok(past), Ok(next)) = (past, next) {
        assert!(past <= next, "{past} {next}");
    }
});
