//! Bills of exchange: what a day makes of one, what may happen to it, what selling it costs.

use crate::kit::day;
use huikuan::domain::bill::{Bill, discount, discount_days, percent, rate};
use huikuan::domain::change::BillEvent;
use huikuan::domain::ids::PaymentId;
use huikuan::domain::kinds::BillState;
use huikuan::domain::violation::Violation;
use rstest::rstest;

fn bill() -> Bill {
    Bill {
        payment: PaymentId(1),
        received_on: day("01-15"),
        matures_on: Some(day("07-15")),
        discounted_on: None,
        endorsed_on: None,
        honoured_on: None,
        dishonoured_on: None,
    }
}

/// Published: face 1,000,000 at 2.62 %, 15 August to 29 October 2024.
#[rstest]
#[case::one_place(false, 75, 545_833)]
#[case::another_place(true, 78, 567_667)]
fn a_discount_is_face_by_rate_by_days_over_360(
    #[case] elsewhere: bool,
    #[case] days: i64,
    #[case] cost: i64,
) {
    let counted = discount_days(day("2024-08-15"), day("2024-10-29"), elsewhere);
    assert_eq!(counted, days);
    let rate = rate("2.62").unwrap();
    assert_eq!(discount(100_000_000, rate, counted), Ok(cost));
}

#[test]
fn a_discount_is_rounded_half_up() {
    // 1 × 1 % × 180 ÷ 360 = 0.005
    assert_eq!(discount(100, rate("1").unwrap(), 180), Ok(1));
    assert_eq!(discount(100, rate("0.99").unwrap(), 180), Ok(0));
    assert_eq!(discount_days(day("10-30"), day("10-29"), false), 0);
}

#[rstest]
#[case("2.62", Some(26_200))]
#[case(" 2.62 % ", Some(26_200))]
#[case("3", Some(30_000))]
#[case("0.0001", Some(1))]
#[case("2.62345", None)]
#[case("", None)]
#[case("-1", None)]
#[case("100", None)]
#[case("2,62", None)]
fn a_rate_is_a_percentage(#[case] text: &str, #[case] expected: Option<i64>) {
    assert_eq!(rate(text), expected);
    if let Some(found) = expected {
        assert_eq!(rate(&percent(found)), expected);
    }
}

#[test]
fn a_day_knows_what_had_become_of_it() {
    let sold = Bill { discounted_on: Some(day("03-01")), ..bill() };
    let back = Bill { dishonoured_on: Some(day("07-16")), ..sold };
    for (on, state) in [
        ("02-28", BillState::InHand),
        ("03-01", BillState::Discounted),
        ("07-15", BillState::Discounted),
        ("07-16", BillState::Dishonoured),
    ] {
        assert_eq!(back.state(day(on)), state, "{on}");
    }
    assert_eq!(back.realised_on(), Some(day("03-01")));
    assert_eq!(bill().realised_on(), None);
    assert_eq!(bill().present_by(10), Some(day("07-25")));
}

#[test]
fn what_was_sold_or_settled_cannot_be_sold_again() {
    let today = day("11-21");
    let can = |of: Bill, event: &BillEvent, on: &str| of.can(event, day(on), today);
    let sell = BillEvent::Discounted { rate: None, cost: 1 };
    let pass_on = BillEvent::Endorsed { to: "A".into() };
    let refuse = BillEvent::Dishonoured { reason: "no funds".into(), recourse: String::new() };
    assert_eq!(can(bill(), &sell, "03-01"), Ok(()));
    assert_eq!(
        can(bill(), &sell, "07-15"),
        Err(Violation::BillMatured { payment: PaymentId(1), matures_on: day("07-15") })
    );
    assert_eq!(can(bill(), &pass_on, "07-20"), Ok(()));
    assert!(matches!(can(bill(), &sell, "01-14"), Err(Violation::TooEarly { .. })));
    assert!(matches!(can(bill(), &sell, "11-22"), Err(Violation::Future { .. })));
    let settled = |state| Err(Violation::BillSettled { payment: PaymentId(1), state });
    let sold = Bill { discounted_on: Some(day("03-01")), ..bill() };
    assert_eq!(can(sold, &pass_on, "04-01"), settled(BillState::Discounted));
    // The bank comes back for it, or it was paid in the end.
    assert_eq!(can(sold, &refuse, "07-16"), Ok(()));
    assert_eq!(can(sold, &BillEvent::Honoured, "07-15"), Ok(()));
    assert!(matches!(can(sold, &refuse, "02-01"), Err(Violation::TooEarly { .. })));
    let paid = Bill { honoured_on: Some(day("07-15")), ..bill() };
    assert_eq!(can(paid, &refuse, "07-16"), settled(BillState::Honoured));
    let bounced = Bill { dishonoured_on: Some(day("07-15")), ..bill() };
    assert_eq!(can(bounced, &BillEvent::Honoured, "07-16"), settled(BillState::Dishonoured));
}
