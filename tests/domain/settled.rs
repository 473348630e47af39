//! How far a bill is paid: money names no bill.

use huikuan::domain::active_invoices::{Settled, settled};
use huikuan::domain::facts::Facts;
use rstest::rstest;

use crate::kit::{Happens, day, milestone};

fn bills(facts: &Facts) -> Vec<(i64, i64)> {
    let bill = |Settled { paid, open }: Settled| (paid, open);
    settled(facts, day("12-31")).into_iter().map(bill).collect()
}

/// Two bills, the later recorded first.
fn billed() -> Facts {
    milestone("2026-10-02").invoiced("09-10", 60_000).invoiced("09-01", 40_000)
}

#[rstest]
#[case::nothing_came(billed(), &[(0, 60_000), (0, 40_000)])]
#[case::the_earliest_first(billed().paid("10-01", 50_000), &[(10_000, 50_000), (40_000, 0)])]
#[case::all_of_it(billed().paid("10-01", 100_000), &[(60_000, 0), (40_000, 0)])]
#[case::what_bounced_is_open_again(
    billed().paid("10-01", 50_000).bounced("10-05", 50_000),
    &[(0, 60_000), (0, 40_000)]
)]
#[case::what_was_given_up_is_neither(
    billed().paid("10-01", 50_000).written_off("10-06", 50_000),
    &[(10_000, 0), (40_000, 0)]
)]
#[case::a_red_one_takes_back_its_bill(
    billed().invoiced("09-20", -60_000).paid("10-01", 30_000),
    &[(0, 0), (30_000, 10_000), (0, 0)]
)]
fn money_fills_the_earliest_bill_that_stands(
    #[case] facts: Facts,
    #[case] expected: &[(i64, i64)],
) {
    assert_eq!(bills(&facts), expected);
}
