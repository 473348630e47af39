//! Late fees: what terms are understood, and what they come to.

use chrono::{Days, NaiveDate};
use huikuan::domain::calendar::Calendar;
use huikuan::domain::facts::{AdjustmentFact, Facts};
use huikuan::domain::kinds::DealKind;
use huikuan::domain::late_fee::{Fee, LateFee, LateFeeError, NoFee, late_fee};
use huikuan::domain::rates::Lpr;
use proptest::prelude::*;
use rstest::rstest;

use crate::kit::{Happens, day, milestone};

fn terms(text: &str) -> LateFee {
    text.parse().unwrap()
}

fn of(amount: i64, due: &str) -> Facts {
    milestone(due).with(|facts| facts.amount = amount)
}

fn fee(facts: &Facts, text: &str, as_of: &str) -> Fee {
    late_fee(facts, &terms(text), Lpr::published(), day(as_of), Calendar::china()).unwrap()
}

/// Days and fee of each piece.
fn pieces(fee: &Fee) -> Vec<(i64, i64)> {
    fee.pieces.iter().map(|piece| (piece.days, piece.fee)).collect()
}

#[rstest]
#[case("0.05%/day", 915_000)]
#[case("日万分之五", 915_000)]
#[case("4.65%/365", 233_137)]
fn of_a_whole_balance(#[case] text: &str, #[case] expected: i64) {
    assert_eq!(fee(&of(10_000_000, "2025-03-01"), text, "2025-08-31").total, expected);
}

#[test]
fn money_bears_a_fee_on_the_day_it_arrives() {
    let facts = of(10_000_000, "2025-03-01").paid("2025-06-30", 4_000_000);
    let fee = fee(&facts, "0.05%/day", "2025-08-31");
    assert_eq!(pieces(&fee), [(121, 605_000), (62, 186_000)]);
    assert_eq!(fee.total, 791_000);
}

#[test]
fn the_prime_rate_of_each_day_counts() {
    let fee = fee(&of(48_565_275, "2023-08-21"), "lpr1y first-day per-piece", "2025-06-19");
    assert_eq!(pieces(&fee), [(336, 1_542_380), (91, 405_620), (211, 870_316), (30, 119_750)]);
    assert_eq!((fee.days(), fee.total), (668, 2_938_066));
}

#[rstest]
#[case("2024-08-11", "2024-09-02", 10_000_000, "lpr1y", 22, 20_192)]
#[case("2024-08-11", "2024-09-02", 10_000_000, "lpr1y*1.5", 22, 30_288)]
#[case("2026-01-01", "2026-04-11", 100_000_000, "lpr1y", 100, 821_918)]
#[case("2026-01-01", "2026-04-11", 100_000_000, "lpr1y*1.5", 100, 1_232_877)]
#[case("2026-01-01", "2026-04-11", 100_000_000, "lpr1y/360", 100, 833_333)]
#[case("2026-01-01", "2026-04-11", 100_000_000, "lpr1y both-days", 101, 830_137)]
#[case("2026-01-01", "2026-04-11", 100_000_000, "0.0175%/day", 100, 1_750_000)]
#[case("2026-01-01", "2026-03-17", 100_000_000, "2.62%/360", 75, 545_833)]
#[case("2026-04-15", "2026-05-15", 1_000_000, "10%/365", 30, 8_219)]
#[case("2026-04-15", "2026-05-15", 1_000_000, "5%/365", 30, 4_110)]
#[case("2026-04-15", "2026-05-15", 1_000_000, "11.5%/365", 30, 9_452)]
#[case("2026-04-15", "2026-04-15", 1_000_000, "11.5%/365", 0, 0)]
#[case("2026-04-28", "2026-05-15", 1_234_500, "11.5%/365", 17, 6_612)]
#[case("2026-04-15", "2026-05-15", 100_000, "12%/365", 30, 986)]
#[case("2026-04-01", "2026-05-16", 100_000, "13.25%/365", 45, 1_634)]
fn days_and_fee(
    #[case] due: &str,
    #[case] as_of: &str,
    #[case] amount: i64,
    #[case] text: &str,
    #[case] days: i64,
    #[case] expected: i64,
) {
    let fee = fee(&of(amount, due), text, as_of);
    assert_eq!((fee.days(), fee.total), (days, expected));
}

/// A sale without agreed late fee: the rate at the breach and 30 to 50 % on top.
#[rstest]
#[case("lpr1y*1.3 at-start", "4.03")]
#[case("违约时一年期LPR加50%", "4.65")]
fn the_rate_of_the_first_day_can_hold_for_all(#[case] text: &str, #[case] percent: &str) {
    let fee = fee(&of(10_000_000, "2024-10-20"), text, "2025-06-30");
    let percents: Vec<String> = fee.pieces.iter().map(|p| p.percent.to_string()).collect();
    assert_eq!(percents, [percent]);
}

#[test]
fn grace_moves_the_first_day_where_the_contract_says_so() {
    let facts = of(1_000_000, "2026-03-01").grace(10);
    assert_eq!(fee(&facts, "0.05%/day", "03-11").days(), 10);
    assert_eq!(fee(&facts, "0.05%/day after-grace", "03-11").days(), 0);
    assert_eq!(fee(&facts, "0.05%/day after-grace", "03-12").days(), 1);
}

#[test]
fn a_cap_holds_the_sum_down() {
    let fee = fee(&of(1_000_000, "2026-01-01"), "0.05%/day cap 1%", "12-31");
    assert_eq!((fee.total, fee.capped), (10_000, true));
}

#[test]
fn a_cap_holds_what_was_split_against_what_it_was() {
    let split =
        AdjustmentFact { on: day("01-11"), kind: DealKind::Instalments, amount: -1_000_000 };
    let facts = of(1_000_000, "2026-01-01").with(|facts| facts.adjustments.push(split));
    let of = |terms| {
        let fee = fee(&facts, terms, "12-31");
        (fee.total, fee.capped)
    };
    assert_eq!(of("0.05%/day cap 20%"), (5_000, false));
    assert_eq!(of("0.05%/day cap 0.2%"), (2_000, true));
}

#[test]
fn an_agreed_new_day_is_the_one_it_runs_from() {
    let facts = of(1_000_000, "2026-03-01").rescheduled("03-20", "04-01");
    assert_eq!(fee(&facts, "0.05%/day", "03-19").days(), 18);
    assert_eq!(fee(&facts, "0.05%/day", "03-31").days(), 0);
    assert_eq!(fee(&facts, "0.05%/day", "04-03").days(), 2);
}

#[test]
fn paid_on_the_day_it_is_due_there_is_none() {
    let facts = of(1_000_000, "2026-03-01").paid("03-01", 1_000_000);
    for text in ["0.05%/day", "0.05%/day first-day", "0.05%/day both-days"] {
        assert_eq!(fee(&facts, text, "05-01"), Fee::default());
    }
}

#[test]
fn what_cannot_be_told_says_why() {
    let lpr = Lpr::published();
    let told = |facts: &Facts, as_of: &str| {
        late_fee(facts, &terms("lpr1y"), lpr, day(as_of), Calendar::china())
    };
    assert_eq!(told(&milestone("acceptance + 30d"), "05-01"), Err(NoFee::NotDue));
    let early = of(1_000_000, "2019-01-01");
    assert_eq!(told(&early, "2019-05-01"), Err(NoFee::NoRate(day("2019-01-02"))));
}

#[rstest]
#[case("0.05%/day", "0.05%/day")]
#[case(" 0.05 % per day ", "0.05%/day")]
#[case("每日0.05%", "0.05%/day")]
#[case("日万分之五", "0.05%/day")]
#[case("日利率万分之二点一", "0.021%/day")]
#[case("每逾期一日按未付款的0.05%", "0.05%/day")]
#[case("每逾期一日，按应付未付款的万分之五支付违约金", "0.05%/day")]
#[case("按日0.5‰", "0.05%/day")]
#[case("按日千分之一计收违约金，累计不超过合同总价的5%", "0.1%/day cap 5%")]
#[case("年利率6%", "6%/365")]
#[case("4.65%/365", "4.65%/365")]
#[case("4.65% p.a.", "4.65%/365")]
#[case("年利率4.35%，一年按360天计算", "4.35%/360")]
#[case("lpr*1.5", "lpr1y*1.5")]
#[case("LPR的1.5倍", "lpr1y*1.5")]
#[case("四倍LPR", "lpr1y*4")]
#[case("1.5 times LPR", "lpr1y*1.5")]
#[case("一年期LPR加50%", "lpr1y*1.5")]
#[case("一年期贷款市场报价利率", "lpr1y*1")]
#[case("LPR 5Y + 30% /360", "lpr5y*1.3/360")]
#[case("五年期以上LPR", "lpr5y*1")]
#[case("lpr1y*1.3 at-start", "lpr1y*1.3 at-start")]
#[case("0.05%/day after grace, cap 20%", "0.05%/day after-grace cap 20%")]
#[case("日万分之五，宽限期满后，算头不算尾", "0.05%/day after-grace first-day")]
#[case("lpr 首尾都算 分段取整", "lpr1y*1 both-days per-piece")]
fn terms_as_contracts_word_them(#[case] typed: &str, #[case] kept: &str) {
    assert_eq!(terms(typed).to_string(), kept);
    assert_eq!(terms(kept).to_string(), kept);
}

#[rstest]
#[case("", LateFeeError::NoRate)]
#[case("违约金", LateFeeError::NoRate)]
#[case("违约金5000元", LateFeeError::NotByTheDay)]
#[case("合同总价的10%", LateFeeError::NotByTheDay)]
#[case("逾期超过30日一次性支付5000元", LateFeeError::NotUnderstood("超过30日一次性支付5000元".into()))]
#[case("10%", LateFeeError::NotByTheDay)]
#[case("lpr per day", LateFeeError::NotByTheDay)]
#[case("0.05%/day 0.06%", LateFeeError::NotUnderstood("0.06%".into()))]
#[case("0.05%/day from tomorrow", LateFeeError::NotUnderstood("from tomorrow".into()))]
#[case("0%/day", LateFeeError::OutOfRange("0".into()))]
#[case("50%/day", LateFeeError::OutOfRange("50".into()))]
#[case("0.0000001%/day", LateFeeError::OutOfRange("0.0000001".into()))]
fn what_is_no_rate_by_the_day_is_refused(#[case] typed: &str, #[case] why: LateFeeError) {
    assert_eq!(typed.parse::<LateFee>(), Err(why));
}

const TERMS: [&str; 7] = [
    "0.05%/day",
    "4.65%/365",
    "6%/360 after-grace",
    "lpr1y*1.5",
    "lpr5y*1.3 first-day per-piece",
    "lpr1y both-days",
    "0.1%/day cap 20%",
];

fn later(days: u64) -> NaiveDate {
    day("2024-01-01").checked_add_days(Days::new(days)).unwrap()
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*|(lpr|日|年|万分之|[0-9.]{1,5}|%|/day|cap|倍| ){0,9}") {
        if let Ok(read) = text.parse::<LateFee>() {
            prop_assert_eq!(terms(&read.to_string()), read);
        }
    }

    #[test]
    fn a_fee_grows_with_days_and_balance_and_is_the_sum_of_its_pieces(
        at in 0..TERMS.len(),
        amount in 1_i64..9_000_000_000_000,
        more in 0_i64..1_000_000,
        paid in prop::collection::vec((0_u64..900, 1_u64..60), 0..4),
        days in 0_u64..900,
    ) {
        let with = |amount: i64| {
            let all = paid.iter().fold(of(amount, "2024-03-01"), |facts, (on, part)| {
                let part = amount / 240 * i64::try_from(*part).unwrap();
                if part == 0 { facts } else { facts.paid(&later(*on).to_string(), part) }
            });
            all.grace(5)
        };
        let fee_on = |facts: &Facts, day: NaiveDate| {
            late_fee(facts, &terms(TERMS[at]), Lpr::published(), day, Calendar::china()).unwrap()
        };
        let (facts, as_of) = (with(amount), later(days));
        let today = fee_on(&facts, as_of);
        let parts: i64 = today.pieces.iter().map(|piece| piece.fee).sum();
        prop_assert_eq!(parts, today.total);
        prop_assert!(today.pieces.iter().all(|piece| piece.fee >= 0 && piece.days > 0));
        prop_assert!(fee_on(&facts, later(days + 1)).total >= today.total);
        let larger = of(amount + more, "2024-03-01").grace(5);
        prop_assert!(fee_on(&larger, as_of).total >= fee_on(&of(amount, "2024-03-01").grace(5), as_of).total);
    }

    #[test]
    fn the_order_of_recording_decides_nothing(
        paid in prop::collection::vec((0_u64..400, 1_i64..1_000), 0..6),
        at in 0..TERMS.len(),
    ) {
        let pay = |facts: Facts, (on, part): &(u64, i64)| facts.paid(&later(*on).to_string(), *part);
        let facts = paid.iter().fold(of(1_000_000, "2024-03-01"), pay);
        let reversed = paid.iter().rev().fold(of(1_000_000, "2024-03-01"), pay);
        let of = |facts: &Facts| {
            late_fee(facts, &terms(TERMS[at]), Lpr::published(), later(500), Calendar::china())
        };
        prop_assert_eq!(of(&facts), of(&reversed));
    }
}
