//! The order to work in.

use chrono::NaiveDate;
use huikuan::domain::ids::{CustomerId, MilestoneId};
use huikuan::domain::item::Item;
use huikuan::domain::kinds::Grade;
use huikuan::domain::money::Currency;
use huikuan::domain::policy::Policy;
use huikuan::portfolio::Customers;
use huikuan::report::figures::figures;
use huikuan::report::worklist::{weight, worklist};
use proptest::prelude::*;

use crate::kit::{Happens, day, milestone, on};

const TODAY: &str = "11-21";

fn item(id: i64, customer: i64, amount: i64, due: &str) -> Item {
    let facts = milestone(due).with(|f| {
        f.id = MilestoneId(id);
        f.project.customer = CustomerId(customer);
        f.amount = amount;
    });
    on(&facts, TODAY)
}

fn order(items: &[Item], customers: &Customers) -> Vec<i64> {
    let list = worklist(items, customers, day(TODAY), &Policy::default(), Currency::CNY);
    list.entries.iter().map(|entry| entry.id.0).collect()
}

#[test]
fn one_call_settles_a_customer() {
    let items = [
        item(1, 1, 10_000, "2026-10-01"),
        item(2, 2, 50_000, "2026-10-01"),
        item(3, 1, 90_000, "2026-10-01"),
        item(4, 2, 60_000, "2026-10-01"),
    ];
    assert_eq!(order(&items, &Customers::default()), [3, 1, 4, 2]);
}

#[test]
fn a_broken_promise_comes_before_any_weight() {
    let broken = milestone("2026-11-10").promised("11-11", "11-15", 1).with(|f| {
        f.id = MilestoneId(1);
        f.project.customer = CustomerId(7);
        f.amount = 100;
    });
    let items = [on(&broken, TODAY), item(2, 2, 900_000_000, "2026-06-01")];
    assert_eq!(order(&items, &Customers::default()), [1, 2]);
}

#[test]
fn age_and_grade_weigh_and_age_stops_at_six() {
    let today = day(TODAY);
    let at = |due: &str, grade| weight(&item(1, 1, 100, due), today, grade);
    let fresh = at("2026-11-21", Some(Grade::A));
    assert_eq!(at("2026-10-22", Some(Grade::A)), 2 * fresh);
    assert_eq!(at("2026-06-24", Some(Grade::A)), 6 * fresh);
    assert_eq!(at("2020-01-01", Some(Grade::A)), 6 * fresh);
    assert_eq!(at("2026-11-21", Some(Grade::D)) * 10, 15 * fresh);
    assert_eq!(at("2026-11-21", None), at("2026-11-21", Some(Grade::B)));
}

#[test]
fn a_rate_lets_currencies_compare() {
    let dollars = milestone("2026-10-01").with(|f| {
        f.id = MilestoneId(2);
        f.project.customer = CustomerId(2);
        f.project.currency = Currency::USD;
        f.amount = 20_000;
    });
    let items = [item(1, 1, 100_000, "2026-10-01"), on(&dollars, TODAY)];
    let first = |settings: &[(&str, &str)]| {
        let settings = settings.iter().map(|(key, value)| ((*key).into(), (*value).into()));
        let policy = Policy::with(settings).unwrap();
        let customers = Customers::default();
        worklist(&items, &customers, day(TODAY), &policy, Currency::CNY).entries[0].id.0
    };
    assert_eq!(first(&[]), 1);
    assert_eq!(first(&[("rates", "USD 7.1")]), 2);
    assert_eq!(first(&[("rates", "USD 4.9")]), 1);
}

#[test]
fn another_currency_than_the_main_one_comes_last() {
    let yen = |id| {
        let facts = milestone("2026-10-01").with(|f| {
            f.id = MilestoneId(id);
            f.project.customer = CustomerId(id);
            f.project.currency = Currency::JPY;
            f.amount = 1_000_000;
        });
        on(&facts, TODAY)
    };
    let items = [yen(2), item(3, 3, 1, "2026-11-20")];
    assert_eq!(order(&items, &Customers::default()), [3, 2]);
}

#[test]
fn the_guard_folds_a_customer_away() {
    let items = [item(1, 1, 10_000, "2026-10-01")];
    let customers = Customers {
        touches: std::iter::once((CustomerId(1), vec![day("11-18"), day("11-20")])).collect(),
        ..Customers::default()
    };
    let list = worklist(&items, &customers, day(TODAY), &Policy::default(), Currency::CNY);
    assert!(list.entries.is_empty());
    assert_eq!(list.waiting[0].wait.until, Some(day("11-25")));
}

#[test]
fn the_figures_count_what_the_contract_says() {
    let today = day(TODAY);
    let disputed = milestone("2026-10-01").disputed("10-05", Some(30_000)).held("10-10", None);
    let grace = milestone("2026-11-20").grace(5);
    let due = milestone("2026-11-28");
    let later = milestone("2026-11-29");
    let promised = milestone("2026-11-01")
        .promised("11-20", "11-28", 40_000)
        .promised("11-20", "11-29", 5_000);
    let unbilled = milestone("acceptance + 60d").accepted("11-01");
    let items: Vec<Item> = [disputed, grace, due, later, promised, unbilled]
        .iter()
        .map(|facts| on(facts, TODAY))
        .collect();
    let collected = [(Currency::CNY, 77), (Currency::USD, 5)];
    let all = figures(&items, &collected, today, &Policy::default(), Currency::CNY).unwrap();
    let cny = all[0];
    assert_eq!((cny.overdue.amount, cny.overdue.count), (170_000, 2));
    assert_eq!((cny.due.amount, cny.due.count), (100_000, 1));
    assert_eq!((cny.promised.amount, cny.promised.count), (40_000, 1));
    assert_eq!((cny.unbilled.amount, cny.unbilled.count), (100_000, 1));
    assert_eq!(cny.collected, 77);
    assert_eq!((all[1].currency, all[1].collected), (Currency::USD, 5));
}

fn any_item() -> impl Strategy<Value = Item> {
    (1_i64..5, 1_i64..4, 0_u64..3).prop_map(|(customer, amount, weeks)| {
        let due: NaiveDate = day("10-01") + chrono::Days::new(7 * weeks);
        item(0, customer, amount * 1000, &due.to_string())
    })
}

proptest! {
    #[test]
    fn the_order_is_total(items in prop::collection::vec(any_item(), 0..30), seed in any::<u64>()) {
        let mut items = items;
        for (at, item) in items.iter_mut().enumerate() {
            item.id = MilestoneId(i64::try_from(at).unwrap());
        }
        let mut shuffled = items.clone();
        let len = shuffled.len().max(1);
        shuffled.rotate_left(usize::try_from(seed % 31).unwrap() % len);
        shuffled.reverse();
        prop_assert_eq!(order(&items, &Customers::default()), order(&shuffled, &Customers::default()));
    }
}
