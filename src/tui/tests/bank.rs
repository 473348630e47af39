//! Lines of a statement, one after the other: what a person presses, and what becomes of each.

use rstest::rstest;

use super::*;
use crate::domain::bank::LineState;
use crate::domain::ids::BankLineId;
use crate::store::{LineFilter, Store};
use crate::text::Lang;

fn town() -> Town {
    let mut town = Town::new();
    town.statement();
    town
}

/// The bank view, with the ledger behind it opened once more to look at.
fn played(keys: &str) -> (Played, Store) {
    let town = town();
    let store = Store::open(town.store.path()).unwrap();
    (town.seen(Lang::Zh, (120, 40)).press("9").press(keys), store)
}

fn state(store: &Store, line: i64) -> LineState {
    store.bank_line(BankLineId(line)).unwrap().state()
}

fn open(store: &Store) -> usize {
    store.bank_lines(&LineFilter::open()).unwrap().len()
}

#[rstest]
#[case::zh_small(Lang::Zh, (80, 24))]
#[case::en_small(Lang::En, (80, 24))]
#[case::zh(Lang::Zh, (120, 40))]
#[case::en(Lang::En, (120, 40))]
fn it_looks_like_this(#[case] lang: Lang, #[case] size: (u16, u16)) {
    let played = town().seen(lang, size).press("9 j");
    insta::assert_snapshot!(format!("bank_{lang}_{}x{}", size.0, size.1), played.screen());
    let form = played.press("s");
    insta::assert_snapshot!(format!("bank_form_{lang}_{}x{}", size.0, size.1), form.screen());
}

#[test]
fn enter_books_what_is_proposed_and_u_opens_the_line_again() {
    // Below the interest stands what is exactly open on one.
    let (played, store) = played("j Enter");
    played.shows("流水 #3 已入账");
    assert_eq!(state(&store, 3), LineState::Booked);
    let left = open(&store);
    let played = played.press("u");
    assert_eq!((state(&store, 3), open(&store)), (LineState::Open, left + 1));
    played.shows("已撤销");
}

#[test]
fn what_nothing_fits_is_said_and_can_be_said_to_be_not_ours() {
    let (played, store) = played("Enter");
    played.shows("没有吻合的");
    assert_eq!(state(&store, 2), LineState::Open);
    played.press("x").shows("流水 #2 与回款无关");
    assert_eq!(state(&store, 2), LineState::NotOurs);
}

#[test]
fn a_digit_takes_another_proposal_or_says_that_there_is_none() {
    let (played, store) = played("j 5");
    played.shows("没有第 5 个建议");
    played.press("1").shows("流水 #3 已入账");
    assert_eq!(state(&store, 3), LineState::Booked);
}

#[test]
fn what_is_put_off_comes_last_and_the_cursor_goes_on() {
    let (played, _) = played("");
    assert!(played.below("结息", "星河科技"));
    let played = played.press("]");
    assert!(played.below("星河科技", "结息"));
    // The cursor stands on the one that followed.
    played.press("Enter").shows("流水 #3 已入账");
}

#[test]
fn a_line_is_split_and_takes_its_fee_in_a_form() {
    let (played, store) = played("j f");
    played.shows("流水入账");
    let played = played.types("15").press("C-s");
    played.shows("流水 #3 已入账");
    let line = store.bank_line(BankLineId(3)).unwrap();
    assert_eq!((line.state(), line.fee), (LineState::Booked, Some(1_500)));
}

#[test]
fn whose_money_it_is_is_asked_where_nothing_says_so() {
    let (played, store) = played("s");
    let played = played.types("hdsw").press("Enter");
    played.shows("流水入账 - 华东水务");
    played.press("C-s").shows("流水 #2 已入账");
    assert_eq!(state(&store, 2), LineState::Booked);
}

#[test]
fn the_balance_of_the_account_is_held_against_its_lines() {
    let (played, _) = played("");
    played.shows("6222 0000 1111 截至 2026-11-10");
    played.shows("与流水相符");
}

#[test]
fn money_that_may_be_there_already_is_asked_about() {
    let mut town = town();
    let waterworks = town.store.find_customer("C002").unwrap();
    // The oldest stands first on the screen, and last in the list.
    let lines = town.store.bank_lines(&LineFilter::open()).unwrap();
    let line = lines.iter().rfind(|line| line.payer.contains("华东水务")).unwrap().clone();
    town.account(waterworks, line.amount / 100, "2026-11-09");
    let store = Store::open(town.store.path()).unwrap();
    let played = town.seen(Lang::Zh, (120, 40)).press("9 / ").types("huadong").press("Enter");
    // It is the payment on record, not a second one.
    played.shows("这笔收款已登记过");
    let before = store.payments_of(waterworks).unwrap().len();
    played.press("Enter").shows("即收款");
    assert_eq!(store.payments_of(waterworks).unwrap().len(), before);
    assert_eq!(state(&store, line.id.0), LineState::Booked);
}

#[test]
fn esc_leads_back_to_today() {
    let (played, _) = played("Esc");
    played.shows("1 今日");
    played.hides("待处理的银行流水");
}
