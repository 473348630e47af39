//! Amounts that both sides agree to change from a day on.

use chrono::Days;
use huikuan::domain::as_of::{self, LATEST};
use huikuan::domain::balance::{amount_on, balance_on, headroom};
use huikuan::domain::calendar::Calendar;
use huikuan::domain::deal::{Amended, Origin, Part, amend, contract_on, parts, split};
use huikuan::domain::facts::{AdjustmentFact, Facts, PartFact};
use huikuan::domain::ids::{DealId, MilestoneId};
use huikuan::domain::kinds::DealKind;
use huikuan::domain::money::Currency;
use huikuan::domain::policy::Policy;
use huikuan::domain::status::{Status, status};
use huikuan::domain::violation::Violation;
use proptest::prelude::*;

use crate::kit::{Happens, day, milestone};

fn numbered(id: i64, amount: i64) -> Facts {
    milestone("2026-10-02").with(|f| {
        (f.id, f.amount) = (MilestoneId(id), amount);
    })
}

fn adjusted(facts: Facts, on: &str, kind: DealKind, amount: i64) -> Facts {
    facts.with(|f| f.adjustments.push(AdjustmentFact { on: day(on), kind, amount }))
}

#[test]
fn an_amount_is_what_was_entered_and_what_is_in_effect_by_the_day() {
    let facts = adjusted(numbered(1, 100), "10-10", DealKind::Amendment, 20);
    let facts = adjusted(facts, "10-20", DealKind::Instalments, -120);
    let on = |on: &str| (amount_on(&facts, day(on)), balance_on(&facts, day(on)));
    assert_eq!([on("10-09"), on("10-10"), on("10-20")], [(100, 100), (120, 120), (0, 0)]);
    assert_eq!(headroom(&facts, day("10-01")), 0, "least on any day since");
    let item = |on| as_of::item(&facts, day(on), Calendar::china()).unwrap();
    assert_eq!(status(&item("10-19"), day("10-19"), &Policy::default()), Status::Overdue(17));
    assert_eq!(status(&item("10-20"), day("10-20"), &Policy::default()), Status::Split);
}

#[test]
fn a_contract_is_what_the_last_amendment_by_the_day_says() {
    let amendments = [(day("10-20"), Some(300)), (day("10-10"), Some(200))];
    let on = |on: &str| contract_on(Some(100), &amendments, day(on));
    assert_eq!([on("10-09"), on("10-10"), on("10-20")], [Some(100), Some(200), Some(300)]);
    assert_eq!(contract_on(None, &[], LATEST), None);
}

#[test]
fn the_rest_of_a_contract_keeps_its_shares() {
    let plan = [
        numbered(1, 30_000_000).invoiced("02-01", 30_000_000).paid("02-20", 30_000_000),
        numbered(2, 40_000_000),
        numbered(3, 30_000_000),
    ];
    let amended = amend(&plan, 110_000_000, &[], day("07-01")).unwrap();
    let told: Vec<_> = amended.iter().map(|one| (one.after, one.origin)).collect();
    let (kept, share) = (Origin::Kept, Origin::Share);
    assert_eq!(told, [(30_000_000, kept), (45_714_286, share), (34_285_714, share)]);
    let set = (MilestoneId(3), 30_000_000);
    let amended = amend(&plan, 110_000_000, &[set], day("07-01")).unwrap();
    assert_eq!(amended[1].after, 50_000_000);
    let strange = amend(&plan, 110_000_000, &[(MilestoneId(9), 1)], day("07-01"));
    assert_eq!(strange, Err(Violation::NotOfTheContract(MilestoneId(9))));
}

#[test]
fn a_part_of_a_whole_is_billed_behind_what_stands_before_it() {
    let part = |starts| {
        numbered(2, 40).with(|f| {
            f.part = Some(Box::new(PartFact {
                deal: DealId(1),
                of: MilestoneId(1),
                starts,
                calls: false,
                called_on: None,
                invoices: milestone("").invoiced("09-01", 70).invoices,
            }));
        })
    };
    let invoiced =
        |starts, on| as_of::item(&part(starts), day(on), Calendar::china()).unwrap().invoiced;
    assert_eq!([0, 20, 60, 100].map(|starts| invoiced(starts, "09-01")), [40, 40, 10, 0]);
    assert_eq!(invoiced(0, "08-31"), 0, "as of a day before the bill");
}

#[test]
fn only_what_stands_on_the_day_of_an_amendment_keeps_an_amount() {
    let in_hand = |on: &str| {
        // A bill of exchange that does not count before it is honoured.
        numbered(3, 400).paid(on, 100).with(|f| f.allocations[0].counts_on = None)
    };
    let plan = [
        numbered(1, 300).invoiced("08-01", 100),
        numbered(2, 300).paid("08-01", 100),
        in_hand("08-01"),
        adjusted(numbered(4, 500), "08-01", DealKind::Instalments, -500),
        numbered(5, 500),
    ];
    let (kept, share) = (Origin::Kept, Origin::Share);
    let amended = amend(&plan, 3_000, &[], day("08-01")).unwrap();
    let told: Vec<_> = amended.iter().map(|one| (one.after, one.origin)).collect();
    assert_eq!(told, [(300, kept), (300, kept), (400, kept), (0, kept), (2_000, share)]);
    let before = amend(&plan[..3], 2_000, &[], day("07-31")).unwrap();
    assert!(before.iter().all(|one| one.origin == share && one.after == one.before * 2));
    // What is there by now is not undercut.
    let less = amend(&plan[..3], 200, &[], day("07-31"));
    assert!(matches!(less, Err(Violation::BelowBilled { amount: 60, .. })), "{less:?}");
}

/// A plan of some milestones, some of them billed.
fn plan() -> impl Strategy<Value = Vec<Facts>> {
    prop::collection::vec((1..5_000_000_i64, 0..4_u8), 1..8).prop_map(|milestones| {
        let of = |((amount, billed), id): ((i64, u8), i64)| {
            let facts = numbered(id, amount);
            if billed == 0 { facts.invoiced("02-01", amount) } else { facts }
        };
        milestones.into_iter().zip(1..).map(of).collect()
    })
}

proptest! {
    #[test]
    fn a_plan_is_the_new_contract_or_refused_by_a_figure(plan in plan(), contract in 1..20_000_000_i64) {
        let kept: i64 = plan.iter().filter(|f| !f.invoices.is_empty()).map(|f| f.amount).sum();
        match amend(&plan, contract, &[], day("07-01")) {
            Ok(amended) => {
                prop_assert_eq!(amended.iter().map(|one| one.after).sum::<i64>(), contract);
                let moved = |one: &&Amended| one.origin == Origin::Kept && one.after != one.before;
                prop_assert_eq!(amended.iter().find(moved), None);
            }
            Err(Violation::BelowKept { kept: told, .. }) => {
                prop_assert!(contract < kept);
                prop_assert_eq!(told, kept);
            }
            Err(Violation::PlanDiffers { plan: told, .. }) => {
                prop_assert!(plan.iter().all(|f| !f.invoices.is_empty()));
                prop_assert_eq!(told, kept);
            }
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn parts_are_what_is_open_and_none_takes_more_than_its_own(plan in plan(), number in 1..13_u32) {
        let open: i64 = plan.iter().map(|f| f.amount).sum();
        prop_assume!(open >= i64::from(number));
        let text = format!("{number} monthly from 2026-12-31");
        let typed = parts::parse(&text, open, Currency::CNY, day("07-01")).unwrap();
        let made = split(&plan, &typed, day("07-01"), Calendar::china()).unwrap();
        for part in &typed {
            let of_day = made.iter().filter(|new| new.part.due == part.due);
            prop_assert_eq!(of_day.map(|new| new.part.amount).sum::<i64>(), part.amount);
        }
        for facts in &plan {
            let mut own: Vec<_> = made.iter().filter(|new| new.from == facts.id).collect();
            own.sort_by_key(|new| new.starts);
            let mut at = 0;
            for new in own {
                prop_assert_eq!(new.starts, at);
                at += new.part.amount;
            }
            prop_assert_eq!(at, facts.amount);
        }
    }

    #[test]
    fn parts_that_are_no_balance_are_refused(amount in 2..1_000_i64, off in 1..1_000_i64) {
        let due = day("07-01") + Days::new(30);
        let parts = [Part { due, amount: amount + off }];
        let refused = split(&[numbered(1, amount)], &parts, day("07-01"), Calendar::china());
        let differs = Violation::PartsDiffer { parts: amount + off, open: amount, currency: Currency::CNY };
        prop_assert_eq!(refused, Err(differs));
    }
}
