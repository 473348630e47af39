//! The order to work in.

use chrono::NaiveDate;
use huikuan::domain::ids::{CustomerId, IdSet, MilestoneId};
use huikuan::domain::item::Item;
use huikuan::domain::kinds::Grade;
use huikuan::domain::money::{Currency, PerCurrency};
use huikuan::domain::policy::Policy;
use huikuan::portfolio::Customers;
use huikuan::report::figures::{contracts, figures};
use huikuan::report::worklist::{weight, worklist};
use huikuan::store::Agreed;
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
fn among_those_of_a_currency_age_and_grade_weigh_too() {
    let foreign = |id: i64, amount: i64, due: &str, currency: Currency| {
        let facts = milestone(due).with(|f| {
            f.id = MilestoneId(id);
            f.project.customer = CustomerId(id);
            f.project.currency = currency;
            f.amount = amount;
        });
        on(&facts, TODAY)
    };
    let items = [
        foreign(1, 100_100, "2026-11-20", Currency::USD),
        foreign(2, 100_000, "2026-03-01", Currency::USD),
        foreign(3, 900, "2026-11-20", Currency::JPY),
        item(4, 4, 1, "2026-11-20"),
    ];
    assert_eq!(order(&items, &Customers::default()), [4, 3, 2, 1]);
}

#[test]
fn where_the_money_of_the_contracts_stands_adds_up() {
    let today = day(TODAY);
    let overdue = milestone("2026-10-01").paid("10-05", 30_000).written_off("10-06", 5_000);
    let planned = milestone("acceptance + 60d").planned("12-01");
    let dateless = milestone("acceptance + 60d");
    let items: Vec<Item> = [overdue, planned, dateless].iter().map(|f| on(f, TODAY)).collect();
    // A milestone of 400.00 is closed.
    let mut agreed = PerCurrency::new();
    *agreed.entry(Currency::CNY, Agreed::default) =
        Agreed { amount: 340_000, written_off: 5_000, waived: 0 };
    let cny = contracts(&items, &agreed, today, Currency::CNY).unwrap()[0];
    assert_eq!(cny.parts(), [70_000, 65_000, 100_000, 100_000, 0, 5_000]);
    assert_eq!(cny.parts().iter().sum::<i64>(), cny.agreed);
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
    assert_eq!((cny.in_grace, cny.disputed, cny.past_due()), (100_000, 30_000, 300_000));
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
    /// Whatever changed of some customers, judging them again gives the list that judging everybody gives.
    #[test]
    fn an_updated_list_is_a_new_one(
        before in prop::collection::vec(any_item(), 0..30),
        after in prop::collection::vec(any_item(), 0..30),
        changed in 1_i64..5,
        touched in any::<bool>(),
    ) {
        let numbered = |items: Vec<Item>| -> Vec<Item> {
            (1..).zip(items).map(|(id, item)| Item { id: MilestoneId(id), ..item }).collect()
        };
        let (before, other) = (numbered(before), numbered(after));
        let of: IdSet<CustomerId> = std::iter::once(CustomerId(changed)).collect();
        let stays = |item: &&Item| !of.contains(&item.customer);
        let comes = other.iter().filter(|item| of.contains(&item.customer));
        let mut after: Vec<Item> = before.iter().filter(stays).chain(comes).cloned().collect();
        after.sort_by_key(|item| item.id);
        after.dedup_by_key(|item| item.id);
        let days = vec![day("11-18"), day("11-20")];
        let customers = Customers {
            touches: touched.then_some((CustomerId(changed), days)).into_iter().collect(),
            ..Customers::default()
        };
        let (today, policy, main) = (day(TODAY), Policy::default(), Currency::CNY);
        let mut list = worklist(&before, &Customers::default(), today, &policy, main);
        let theirs = after.iter().filter(|item| of.contains(&item.customer));
        list.update(&of, theirs, &customers, today, &policy, main);
        prop_assert_eq!(list, worklist(&after, &customers, today, &policy, main));
    }

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
