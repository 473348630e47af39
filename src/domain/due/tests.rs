use super::*;
use chrono::Days;
use proptest::prelude::*;
use rstest::rstest;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[rstest]
#[case("", "")]
#[case("  ", "")]
#[case("2026-12-05", "2026-12-05")]
#[case("2026/12/5", "2026-12-05")]
#[case("2026年12月5日 顺延", "2026-12-05 roll")]
#[case("2026-12-05 roll", "2026-12-05 roll")]
#[case("acceptance + 30d", "acceptance + 30d")]
#[case("Acceptance+30 Days", "acceptance + 30d")]
#[case("acceptance(P1-M2) + 1y", "acceptance(P1-M2) + 1y")]
#[case("验收（P1-M2）后１年", "acceptance(P1-M2) + 1y")]
#[case("acceptance(\"M(2)\") month-end + 2m", "acceptance(\"M(2)\") month-end + 2m")]
#[case("delivery + 10wd", "delivery + 10wd")]
#[case("到货后10个工作日内", "delivery + 10wd")]
#[case("交付+10工作日", "delivery + 10wd")]
#[case("invoice month-end + 60d", "invoice month-end + 60d")]
#[case("invoice eom + 60d", "invoice month-end + 60d")]
#[case("开票月末后60天", "invoice month-end + 60d")]
#[case("开票当月底 + 2周 顺延", "invoice month-end + 14d roll")]
#[case("签收 + 3个月", "invoice_received + 3m")]
#[case("invoice_received + 7d", "invoice_received + 7d")]
#[case("签订", "signing")]
#[case("开工 + 0d", "start")]
#[case("质保到期", "warranty_end")]
#[case("warranty_end roll", "warranty_end roll")]
#[case("conditions+10d", "conditions + 10d")]
#[case("条件齐备后10日内", "conditions + 10d")]
#[case("progress(50%)+15d", "progress(50%) + 15d")]
#[case("Progress 50 % + 15 days", "progress(50%) + 15d")]
#[case("进度（５０％）后15天", "progress(50%) + 15d")]
#[case("工程进度达到80%后5个工作日 顺延", "progress(80%) + 5wd roll")]
#[case("signing + 0wd", "signing + 0wd")]
#[case("acceptance + 6m + 30wd", "acceptance + 6m + 30wd")]
#[case("验收后6个月之后30个工作日内", "acceptance + 6m + 30wd")]
#[case("signing + 0d + 3wd roll", "signing + 0d + 3wd roll")]
fn rules_as_typed(#[case] typed: &str, #[case] written: &str) {
    assert_eq!(typed.parse::<DueRule>().unwrap().to_string(), written);
}

#[rstest]
#[case("2026-02-30", RuleError::NotADay("2026-02-30".into()))]
#[case("30d", RuleError::NotADay("30d".into()))]
#[case("birthday + 3d", RuleError::UnknownEvent("birthday + 3d".into()))]
#[case("invoices + 3d", RuleError::UnknownEvent("invoices + 3d".into()))]
#[case("acceptance +", RuleError::BadOffset("+".into()))]
#[case("acceptance + d", RuleError::BadOffset("+ d".into()))]
#[case("acceptance - 3d", RuleError::BadOffset("- 3d".into()))]
#[case("acceptance + 99999999999d", RuleError::BadOffset("+ 99999999999d".into()))]
#[case("acceptance + 3", RuleError::UnknownUnit(String::new()))]
#[case("acceptance + 3 fortnights", RuleError::UnknownUnit("fortnights".into()))]
#[case("acceptance + 3m + 4", RuleError::UnknownUnit(String::new()))]
#[case("acceptance + 3m + 4d + 5d", RuleError::UnknownUnit("d + 5d".into()))]
#[case("acceptance(P1-M2 + 1y", RuleError::Unclosed)]
#[case("acceptance(\"P1) + 1y", RuleError::Unclosed)]
#[case("delivery(P1-M2) + 1y", RuleError::NotAcceptance)]
#[case("progress", RuleError::NotAPercent(String::new()))]
#[case("progress(0%) + 3d", RuleError::NotAPercent("0%) + 3d".into()))]
#[case("progress(101%)", RuleError::NotAPercent("101%)".into()))]
#[case("progress(12.5%)", RuleError::NotAPercent("12.5%)".into()))]
#[case("progress(50% + 3d", RuleError::Unclosed)]
fn rules_refused(#[case] typed: &str, #[case] error: RuleError) {
    assert_eq!(typed.parse::<DueRule>(), Err(error));
}

#[rstest]
#[case("acceptance + 30d", "2026-01-31", "2026-03-02")]
#[case("acceptance + 1m", "2026-01-31", "2026-02-28")]
#[case("acceptance + 1m", "2028-01-31", "2028-02-29")]
#[case("acceptance + 1y", "2028-02-29", "2029-02-28")]
#[case("acceptance + 3m", "2026-01-15", "2026-04-15")]
#[case("invoice month-end + 60d", "2026-02-03", "2026-04-29")]
#[case("invoice month-end", "2026-02-03", "2026-02-28")]
#[case("invoice month-end + 1m", "2026-02-03", "2026-03-31")]
#[case("invoice month-end + 1y", "2027-02-03", "2028-02-29")]
#[case("invoice + 1m", "2026-02-28", "2026-03-28")]
#[case("acceptance + 6m + 30wd", "2025-07-30", "2026-03-19")]
#[case("invoice month-end + 1m + 10d", "2026-02-03", "2026-04-10")]
#[case("delivery + 7wd", "2026-02-10", "2026-02-26")]
#[case("signing", "2026-02-15", "2026-02-15")]
#[case("signing roll", "2026-02-15", "2026-02-24")]
#[case("signing + 3d roll", "2026-09-29", "2026-10-08")]
#[case("signing + 15d", "2026-09-18", "2026-10-03")]
#[case("signing + 15d roll", "2026-09-18", "2026-10-08")]
#[case("signing + 5wd", "2026-09-11", "2026-09-18")]
#[case("delivery + 30d", "2025-07-01", "2025-07-31")]
#[case("delivery + 60d", "2025-07-01", "2025-08-30")]
#[case("acceptance + 2y", "2024-01-10", "2026-01-10")]
#[case("delivery + 90d + 2y", "2024-01-10", "2026-04-09")]
#[case("invoice + 1m + 30d", "2011-10-01", "2011-12-01")]
fn the_day_a_rule_lands_on(#[case] rule: &str, #[case] event: &str, #[case] due: &str) {
    let rule: DueRule = rule.parse().unwrap();
    let Basis::After(after) = &rule.basis else {
        panic!("{rule} waits for an event");
    };
    let landed = after.day(day(event), Calendar::china()).unwrap();
    assert_eq!(rule.settle(landed, Calendar::china()), day(due));
}

#[test]
fn the_calendar_ends_without_a_panic() {
    let calendar = Calendar::china();
    for unit in [Unit::Days, Unit::BusinessDays, Unit::Months, Unit::Years] {
        assert_eq!(unit.shift(day("9999-12-30"), 30, calendar), None);
        assert_eq!(unit.shift(day("2026-01-01"), i64::MAX, calendar), None);
        assert_eq!(unit.shift(day("2026-01-01"), i64::MIN, calendar), None);
        assert_eq!(unit.shift(day("2026-01-05"), 0, calendar), Some(day("2026-01-05")));
    }
}

#[test]
fn a_rule_is_its_text_in_json() {
    let rule: DueRule = "acceptance + 30d".parse().unwrap();
    assert_eq!(serde_json::to_string(&rule).unwrap(), "\"acceptance + 30d\"");
}

fn rules() -> impl Strategy<Value = DueRule> {
    let event = prop::sample::select(vec![
        Event::Signing,
        Event::Start,
        Event::WarrantyEnd,
        Event::Delivery,
        Event::Acceptance,
        Event::Invoice,
        Event::InvoiceReceived,
        Event::Conditions,
        Event::Progress(1),
        Event::Progress(100),
    ]);
    let unit =
        prop::sample::select(vec![Unit::Days, Unit::BusinessDays, Unit::Months, Unit::Years]);
    let key = prop::option::of("[A-Za-z0-9（）()\" -]{0,8}|\\PC{0,8}");
    let offset = (any::<u32>(), unit).prop_map(|(count, unit)| Offset { count, unit });
    let then = prop::option::of(offset.clone());
    let after = (event, key, any::<bool>(), offset, then).prop_map(
        |(event, key, month_end, offset, then)| {
            let of = key.filter(|_| event == Event::Acceptance);
            Basis::After(EventRule { event, of, month_end, offset, then })
        },
    );
    let fixed = (0_u64..100_000).prop_map(|n| Basis::Fixed(day("1900-01-01") + Days::new(n)));
    let basis = prop_oneof![Just(Basis::None), fixed, after];
    (basis, any::<bool>()).prop_map(|(basis, roll)| DueRule { basis, roll })
}

proptest! {
    #[test]
    fn what_is_written_reads_back(rule in rules()) {
        prop_assert_eq!(rule.to_string().parse::<DueRule>(), Ok(rule));
    }

    #[test]
    fn no_text_panics(text in "(acceptance|验收|开票)?[(（]?[A-Z0-9\"]{0,4}[)）]?[ +后0-9a-z天]{0,12}|\\PC*") {
        let _ = text.parse::<DueRule>();
    }
}
