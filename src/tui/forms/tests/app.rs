//! The same keys through the whole screen.

use super::*;
use crate::store::{PaymentDetail, Store};
use crate::tui::tests::kit::Played;

/// The payments that are recorded after these keys, and what stands on the screen then.
fn played(keys: &str) -> (Vec<PaymentDetail>, String) {
    let desk = Desk::new();
    let path = desk.ledger.store.path().to_owned();
    let screen = Played::of(desk.ledger, Lang::Zh, (80, 24)).press(keys).screen();
    let store = Store::open(&path).unwrap();
    let payments = (1..=2).flat_map(|id| store.payments_of(CustomerId(id)).unwrap());
    (payments.collect(), screen)
}

#[test]
fn a_payment_is_key_amount_enter() {
    let (payments, shown) = played("3 p 1 w Enter");
    let paid: Vec<i64> = payments.iter().map(|payment| payment.amount).collect();
    assert_eq!(paid, [1_000_000], "{shown}");
}

#[test]
fn what_is_refused_stands_at_its_field() {
    let (_, shown) = played("3 p 0 Enter");
    let rows: Vec<&str> = shown.lines().collect();
    let at = rows.iter().position(|row| row.contains("*金额")).unwrap();
    assert!(rows[at + 1].contains("! 金额须大于 0"), "{shown}");
}

#[test]
fn a_payment_is_chosen_taken_back_and_asked_about() {
    let (payments, shown) = played("3 p 1 w Enter P Enter 退 Enter y");
    let back: Vec<i64> = payments.iter().map(|payment| payment.reversed).collect();
    assert_eq!(back, [1_000_000], "{shown}");
}

#[test]
fn the_same_money_again_is_asked_about_once() {
    let (once, shown) = played("3 p 1 w Enter p 1 w Enter n");
    assert_eq!(once.len(), 1, "{shown}");
    assert!(shown.contains("登记收款"), "a no goes back to the form: {shown}");
    let (asked, shown) = played("3 p 1 w Enter p 1 w Enter");
    assert_eq!(asked.len(), 1);
    assert!(shown.contains("#1（2026-11-21，¥10,000.00）"), "{shown}");
    let (twice, shown) = played("3 p 1 w Enter p 1 w Enter y");
    assert_eq!(twice.len(), 2, "{shown}");
}

#[test]
fn what_is_hardly_meant_is_said_and_saved_all_the_same() {
    let desk = Desk::new();
    let path = desk.ledger.store.path().to_owned();
    let played = Played::of(desk.ledger, Lang::Zh, (80, 24)).press("3 A");
    played.hides("请核对");
    let early = played.types("2026-01-01");
    early.shows("请核对：验收日 2026-01-01 早于签订日 2026-01-05");
    let right = early.press("C-u").types("2026-01-05");
    right.hides("请核对");
    let saved = right.press("C-u").types("2026-01-01").press("Enter");
    saved.hides("请核对");
    // Whoever corrects it is told before the first key.
    saved.press("e").shows("请核对：验收日 2026-01-01 早于签订日 2026-01-05");
    let store = Store::open(&path).unwrap();
    assert_eq!(store.facts(M3).unwrap().accepted_on, Some(day("2026-01-01")));
}
