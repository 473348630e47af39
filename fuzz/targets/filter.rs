//! A filter that is read is written as a text that reads back as the same one, and no row is in it and in its negation.
#![no_main]

use huikuan::domain::kinds::{Flag, Stage, WaitingOn};
use huikuan::domain::money::Currency;
use huikuan::domain::status::Status;
use huikuan::report::filter::{Filter, FilterRow, TextField};
use libfuzzer_sys::fuzz_target;

use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct Row;

impl FilterRow for Row {
    fn texts(&self, field: TextField) -> [Option<&str>; 2] {
        match field {
            TextField::Customer => [Some("C001"), Some("星河科技（深圳）")],
            TextField::Project => [Some("P-2031"), Some("数据 中台")],
            TextField::Milestone => [Some("P-2031-M3"), Some("验收款")],
            TextField::Pm => [Some("王敏"), None],
        }
    }
    fn stage(&self) -> Stage {
        Stage::Acceptance
    }
    fn status(&self) -> Status {
        Status::Overdue(50)
    }
    fn waiting_on(&self) -> WaitingOn {
        WaitingOn::CustomerPay
    }
    fn step(&self) -> Option<u8> {
        Some(3)
    }
    fn currency(&self) -> Currency {
        Currency::CNY
    }
    fn due(&self) -> Option<NaiveDate> {
        Some(day("2026-10-02"))
    }
    fn days_late(&self) -> i64 {
        50
    }
    fn balance(&self) -> i64 {
        48_000_000
    }
    fn amount(&self) -> i64 {
        60_000_000
    }
    fn bucket(&self) -> Option<&str> {
        Some("31-60")
    }
    fn flags(&self) -> &[Flag] {
        &[Flag::PartPaid, Flag::PromiseBroken]
    }
}

fuzz_target!(|text: &str| {
    let today = day("2026-11-21");
    let Ok(filter) = Filter::parse(text, today) else {
        return;
    };
    let written = filter.to_string();
    assert_eq!(Filter::parse(&written, today).as_ref(), Ok(&filter), "{written}");
    let is_one_term = !filter.is_empty() && !written.contains(' ') && !written.starts_with('-');
    if is_one_term {
        let negation = Filter::parse(&format!("-{written}"), today).unwrap();
        assert_ne!(filter.matches(&Row), negation.matches(&Row), "{written}");
    }
});
