//! Buckets, bases and tables.

use chrono::Days;
use huikuan::domain::aging::{AgeBy, Buckets, Edges, Place};
use huikuan::domain::as_of;
use huikuan::domain::calendar::Calendar;
use huikuan::domain::facts::Facts;
use huikuan::domain::ids::{CustomerId, MilestoneId};
use huikuan::domain::item::Item;
use huikuan::domain::kinds::Stage;
use huikuan::domain::money::Currency;
use huikuan::portfolio::Unapplied;
use huikuan::report::aging::{GroupBy, table};
use proptest::prelude::*;
use rstest::rstest;

use crate::kit::{Happens, day, milestone, on};

fn label(buckets: &Buckets, facts: &Facts, today: &str) -> Option<String> {
    match buckets.place(&on(facts, today), day(today))? {
        Place::Bucket(at) => Some(buckets.labels()[at].clone()),
        Place::RetentionNotDue => Some("retention".to_owned()),
    }
}

fn buckets(age_by: AgeBy, edges: &str) -> Buckets {
    Buckets { age_by, edges: edges.parse().unwrap() }
}

#[rstest]
#[case(-1, "not due")]
#[case(0, "not due")]
#[case(1, "1-30")]
#[case(30, "1-30")]
#[case(31, "31-60")]
#[case(60, "31-60")]
#[case(61, "61-90")]
#[case(90, "61-90")]
#[case(91, "91-180")]
#[case(180, "91-180")]
#[case(181, "181-365")]
#[case(365, "181-365")]
#[case(366, "366+")]
#[case(9999, "366+")]
fn both_ends_of_a_bucket_are_in_it(#[case] age: i64, #[case] expected: &str) {
    let due = day("06-01");
    let today = due + chrono::Duration::days(age);
    let facts = milestone("2026-06-01").grace(45);
    assert_eq!(label(&Buckets::default(), &facts, &today.to_string()).as_deref(), Some(expected));
}

#[rstest]
#[case("2024-02-29", "2024-02-29", "not due")]
#[case("2024-02-29", "2024-03-01", "0-1y")]
#[case("2024-02-29", "2025-02-28", "0-1y")]
#[case("2024-02-29", "2025-03-01", "1-2y")]
#[case("2024-02-29", "2028-02-29", "3-4y")]
#[case("2024-02-29", "2028-03-01", "4-5y")]
#[case("2020-06-01", "2025-06-01", "4-5y")]
#[case("2020-06-01", "2025-06-02", "5y+")]
fn years_are_calendar_anniversaries(
    #[case] due: &str,
    #[case] today: &str,
    #[case] expected: &str,
) {
    let years = buckets(AgeBy::Due, "years");
    assert_eq!(label(&years, &milestone(due), today).as_deref(), Some(expected));
}

#[test]
fn the_bases_age_from_different_days() {
    let facts = milestone("2026-06-01").invoiced("03-01", 100_000).rescheduled("06-10", "08-01");
    assert_eq!(label(&buckets(AgeBy::Due, "days"), &facts, "08-15").as_deref(), Some("1-30"));
    assert_eq!(
        label(&buckets(AgeBy::OriginalDue, "days"), &facts, "08-15").as_deref(),
        Some("61-90")
    );
    assert_eq!(label(&buckets(AgeBy::Invoice, "days"), &facts, "08-15").as_deref(), Some("91-180"));
    assert_eq!(label(&buckets(AgeBy::Invoice, "days"), &facts, "03-31").as_deref(), Some("0-30"));
}

#[test]
fn a_contract_date_ahead_is_no_condition_that_was_met() {
    let facts = milestone("warranty_end + 60d")
        .planned("06-01")
        .with(|f| f.project.warranty_ends_on = Some(day("2027-04-05")))
        .rescheduled("05-01", "08-01");
    let kept = as_of::item(&facts, as_of::LATEST, Calendar::china()).unwrap();
    for age_by in [AgeBy::OriginalDue, AgeBy::Invoice] {
        let buckets = buckets(age_by, "days");
        assert_eq!(label(&buckets, &facts, "09-04").as_deref(), Some("31-60"));
        assert_eq!(
            buckets.place(&kept, day("09-04")),
            buckets.place(&on(&facts, "09-04"), day("09-04"))
        );
    }
}

#[test]
fn an_invoice_makes_a_receivable_that_is_not_due() {
    let facts = milestone("acceptance + 30d").planned("06-01");
    assert_eq!(label(&Buckets::default(), &facts, "07-15"), None);
    let billed = facts.invoiced("05-01", 100_000);
    assert_eq!(label(&Buckets::default(), &billed, "07-15").as_deref(), Some("not due"));
}

#[test]
fn retention_that_is_not_due_has_its_own_column() {
    let facts = milestone("2026-06-01").stage(Stage::Retention);
    assert_eq!(label(&Buckets::default(), &facts, "06-01").as_deref(), Some("retention"));
    assert_eq!(label(&Buckets::default(), &facts, "06-02").as_deref(), Some("1-30"));
    assert_eq!(label(&buckets(AgeBy::Invoice, "days"), &facts, "05-01").as_deref(), Some("0-30"));
}

#[rstest]
#[case("short", Some(vec![30, 60, 90]))]
#[case("15, 45", Some(vec![15, 45]))]
#[case("30,30", None)]
#[case("60,30", None)]
#[case("0,30", None)]
#[case("", None)]
#[case("thirty", None)]
fn edges_are_read_or_refused(#[case] text: &str, #[case] edges: Option<Vec<u32>>) {
    assert_eq!(text.parse::<Edges>().ok(), edges.map(Edges::Days));
}

fn any_item() -> impl Strategy<Value = Item> {
    let currency = prop::sample::select(vec![Currency::CNY, Currency::USD, Currency::JPY]);
    let stage = prop::sample::select(Stage::ALL.to_vec());
    (1_i64..6, 1_i64..1_000_000_000, -500_i64..900, currency, stage, any::<bool>(), any::<bool>())
        .prop_map(|(customer, amount, age, currency, stage, firm, billed)| {
            let due = day("2026-11-21") - chrono::Duration::days(age);
            let rule = if firm { due.to_string() } else { "acceptance + 30d".to_owned() };
            let mut facts = milestone(&rule).stage(stage);
            facts.amount = amount;
            facts.project.currency = currency;
            facts.project.customer = CustomerId(customer);
            if billed {
                facts = facts.invoiced("2026-01-01", amount);
            }
            as_of::item(&facts, day("2026-11-21"), Calendar::china()).unwrap()
        })
}

fn any_buckets() -> impl Strategy<Value = Buckets> {
    let edges = prop::sample::select(vec!["days", "short", "years", "10,20"]);
    (prop::sample::select(AgeBy::ALL.to_vec()), edges)
        .prop_map(|(age_by, edges)| buckets(age_by, edges))
}

proptest! {
    #[test]
    fn nothing_is_lost_between_the_columns(
        mut items in prop::collection::vec(any_item(), 0..40),
        unapplied in prop::collection::vec((1_i64..6, 1_i64..10_000), 0..5),
        by in prop::sample::select(GroupBy::ALL.to_vec()),
        buckets in any_buckets(),
    ) {
        for (at, item) in items.iter_mut().enumerate() {
            item.id = MilestoneId(i64::try_from(at).unwrap());
        }
        let unapplied: Vec<Unapplied> = unapplied
            .into_iter()
            .map(|(customer, amount)| Unapplied { customer: CustomerId(customer), currency: Currency::CNY, amount })
            .collect();
        let table = table(&items, &unapplied, day("2026-11-21"), by, &buckets).unwrap();
        for row in &table.rows {
            let sums = &row.sums;
            prop_assert_eq!(sums.amounts.iter().sum::<i64>() + sums.retention_not_due, sums.total);
            prop_assert!(sums.shows());
        }
        for (currency, totals) in &table.totals {
            let rows = || table.rows.iter().filter(|r| r.currency == *currency).map(|r| &r.sums);
            prop_assert_eq!(rows().map(|s| s.total).sum::<i64>(), totals.total);
            prop_assert_eq!(rows().map(|s| s.planned).sum::<i64>(), totals.planned);
            prop_assert_eq!(rows().map(|s| s.unapplied).sum::<i64>(), totals.unapplied);
            prop_assert_eq!(rows().map(|s| s.items).sum::<u32>(), totals.items);
            for at in 0..totals.amounts.len() {
                prop_assert_eq!(rows().map(|s| s.amounts[at]).sum::<i64>(), totals.amounts[at]);
            }
            let open: i64 = items.iter().filter(|i| i.currency == *currency).map(|i| i.balance).sum();
            prop_assert_eq!(totals.total + totals.planned, open);
        }
    }
}

#[test]
fn unapplied_money_is_nobodys_under_another_grouping() {
    let items = [on(&milestone("2026-06-01"), "07-01")];
    let money = [Unapplied { customer: CustomerId(9), currency: Currency::CNY, amount: 500 }];
    let today = day("07-01") + Days::new(0);
    let by_stage = table(&items, &money, today, GroupBy::Stage, &Buckets::default()).unwrap();
    assert_eq!(by_stage.rows.len(), 2);
    let sums = &by_stage.totals[0].1;
    assert_eq!(sums.total - sums.unapplied, 99_500);
}
