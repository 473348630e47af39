//! Due rules, amounts and settings: what is read is written as a text that reads back as the same.
#![no_main]

use huikuan::domain::due::DueRule;
use huikuan::domain::money::{self, Currency};
use huikuan::domain::policy::{Policy, Setting};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(rule) = text.parse::<DueRule>() {
        assert_eq!(rule.to_string().parse::<DueRule>(), Ok(rule));
    }
    for currency in [Currency::CNY, Currency::JPY, Currency::KWD] {
        if let Ok(minor) = money::parse(text, currency) {
            assert!(minor.abs() <= money::LIMIT);
            assert_eq!(money::read_back(&money::plain(minor, currency), currency), Ok(minor));
        }
    }
    let policy = Policy::default();
    for setting in Setting::ALL {
        if let Ok(value) = setting.check(text, &policy) {
            assert_eq!(setting.check(&value, &policy).ok(), Some(value));
        }
    }
});
