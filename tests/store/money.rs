//! Payments, what they pay, and money that goes back.

use huikuan::domain::change::{Change, Target};
use huikuan::domain::violation::Violation;

use crate::kit::{Ledger, day, invoice, milestone, payment, reversal};

#[test]
fn money_without_a_target_pays_what_fell_due_first() {
    let (mut l, customer, project) = Ledger::with_project();
    let late = l.milestone(project, "M1", 100, "2026-09-01");
    let early = l.milestone(project, "M2", 100, "2026-03-01");
    let planned = l.milestone(project, "M3", 100, "acceptance + 30d");
    l.pay(customer, 250, "2026-10-01", Target::Automatic);
    assert_eq!([late, early, planned].map(|m| l.balance(m)), [0, 0, 100]);
    assert_eq!(l.store.unapplied(None).unwrap(), [(customer, iso_currency::Currency::CNY, 50)]);
}

#[test]
fn an_invoice_makes_planned_money_a_receivable() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "acceptance + 30d");
    l.does(&invoice(m, None, "2026-09-01"));
    l.pay(customer, 60, "2026-10-01", Target::Automatic);
    assert_eq!(l.balance(m), 40);
}

#[test]
fn a_milestone_takes_no_more_than_is_open_on_any_later_day() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-09-01");
    l.pay(customer, 80, "2026-10-01", Target::Lines(vec![(m, 80)]));
    let earlier = payment(customer, 50, "2026-02-01", Target::Lines(vec![(m, 50)]));
    assert!(matches!(l.refuses(&earlier), Violation::ExceedsBalance { wanted: 50, open: 20, .. }));
}

#[test]
fn money_counts_from_the_day_the_milestone_was_agreed() {
    let (mut l, customer, project) = Ledger::with_project();
    let draft = huikuan::domain::change::MilestoneDraft {
        agreed_on: Some(day("2026-06-01")),
        ..milestone(project, "M1", 100, "2026-09-01")
    };
    let m = huikuan::domain::ids::MilestoneId(l.does(&Change::AddMilestone(draft)).created[0]);
    l.pay(customer, 100, "2026-02-01", Target::Lines(vec![(m, 100)]));
    let facts = l.store.facts(m).unwrap();
    assert_eq!(facts.allocations[0].on, day("2026-06-01"));
    let on = |d| l.store.unapplied(Some(day(d))).unwrap();
    assert_eq!(on("2026-01-31"), []);
    assert_eq!(on("2026-05-31").len(), 1);
    assert_eq!(on("2026-06-01"), []);
}

#[test]
fn a_reversal_takes_unapplied_money_first_and_then_the_latest_due() {
    let (mut l, customer, project) = Ledger::with_project();
    let first = l.milestone(project, "M1", 100, "2026-03-01");
    let second = l.milestone(project, "M2", 100, "2026-09-01");
    let paid = l.pay(customer, 250, "2026-10-01", Target::Automatic);
    l.does(&reversal(paid, Some(120), "2026-10-05"));
    assert_eq!([first, second].map(|m| l.balance(m)), [0, 70]);
    assert_eq!(l.store.unapplied(None).unwrap(), []);
    l.does(&reversal(paid, None, "2026-10-06"));
    assert_eq!([first, second].map(|m| l.balance(m)), [100, 100]);
    assert!(matches!(
        l.refuses(&reversal(paid, None, "2026-10-07")),
        Violation::ExceedsPayment { left: 0, .. }
    ));
}

#[test]
fn money_that_fits_one_receivable_or_one_invoice_goes_there() {
    let (mut l, customer, project) = Ledger::with_project();
    let old = l.milestone(project, "M1", 100, "2026-03-01");
    let new = l.milestone(project, "M2", 370, "2026-06-01");
    let billed = l.milestone(project, "M3", 900, "2026-09-01");
    l.does(&invoice(billed, Some(250), "2026-08-01"));
    l.pay(customer, 370, "2026-10-01", Target::Automatic);
    assert_eq!([l.balance(old), l.balance(new)], [100, 0]);
    let kept = l.pay(customer, 250, "2026-10-02", Target::Lines(Vec::new()));
    l.does(&Change::ApplyPayment { payment: kept, target: Target::Automatic });
    assert_eq!([l.balance(old), l.balance(billed)], [100, 650]);
}
