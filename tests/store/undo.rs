//! What an undo restores, and what stands in its way.

use huikuan::domain::change::{Change, Target};
use huikuan::domain::money::Currency;
use huikuan::domain::violation::Violation;
use huikuan::error::Error;
use huikuan::store::Context;

use crate::kit::{Ledger, context, day, payment, reversal};

#[test]
fn an_undone_payment_leaves_no_trace_in_the_facts() {
    let (mut l, customer, project) = Ledger::with_project();
    l.milestone(project, "M1", 100, "2026-03-01");
    let before = l.dump();
    l.pay(customer, 130, "2026-10-01", Target::Automatic);
    assert_ne!(l.dump(), before);
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), before);
}

#[test]
fn money_that_came_in_since_an_event_is_what_was_recorded_and_stands() {
    let (mut l, customer, project) = Ledger::with_project();
    let milestone = l.milestone(project, "M1", 100, "2026-03-01");
    l.pay(customer, 10, "2026-10-01", Target::Automatic);
    let seen = l.store.last_event().unwrap();
    let kept = l.pay(customer, 30, "2026-10-02", Target::Automatic);
    l.pay(customer, 50, "2026-10-03", Target::Automatic);
    l.store.undo(&context()).unwrap();
    l.does(&reversal(kept, Some(5), "2026-10-04"));
    let arrived = l.store.payments_since(seen).unwrap();
    let told: Vec<_> = arrived.iter().map(|one| (one.currency, one.amount, one.on)).collect();
    assert_eq!(told, [(Currency::CNY, 30, day("2026-10-02"))]);
    assert_eq!((arrived[0].customer, arrived[0].milestone), (customer, Some(milestone)));
}

#[test]
fn what_others_built_on_is_not_undone_and_says_who_did() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let pay = payment(customer, 30, "2026-10-01", Target::Lines(vec![(m, 30)]));
    let theirs = l.as_user("li", &pay).unwrap().event.unwrap();
    match l.store.undo(&context()) {
        Err(Error::Violation(Violation::UndoBlocked { later, who, .. })) => {
            assert_eq!((later, who.as_str()), (theirs, "li"));
        }
        other => panic!("{other:?}"),
    }
    l.store.undo(&Context { who: "li", ..context() }).unwrap();
    l.store.undo(&context()).unwrap();
    assert!(l.store.items().unwrap().is_empty());
}

#[test]
fn an_undo_walks_back_through_a_users_own_changes() {
    let (mut l, _, project) = Ledger::with_project();
    let empty = l.dump();
    let m = l.milestone(project, "M1", 100, "acceptance + 30d");
    let fresh = l.dump();
    let on = Some(day("2026-05-01"));
    l.does(&Change::Accept { milestones: vec![m], on });
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), fresh);
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), empty);
}

#[test]
fn a_payment_reversed_by_another_stays_until_they_take_that_back() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let paid = l.pay(customer, 30, "2026-10-01", Target::Lines(vec![(m, 30)]));
    let theirs = l.as_user("li", &reversal(paid, None, "2026-10-02")).unwrap().event.unwrap();
    match l.store.undo(&context()) {
        Err(Error::Violation(Violation::UndoBlocked { later, .. })) => assert_eq!(later, theirs),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_redo_walks_forward_again_until_something_else_was_written_there() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "acceptance + 30d");
    let on = Some(day("2026-05-01"));
    l.does(&Change::Accept { milestones: vec![m], on });
    l.pay(customer, 30, "2026-10-01", Target::Lines(vec![(m, 30)]));
    let all = l.dump();
    for _ in 0..3 {
        l.store.undo(&context()).unwrap();
    }
    for _ in 0..3 {
        l.store.redo(&context()).unwrap();
    }
    assert_eq!(l.dump(), all);
    assert!(matches!(l.store.redo(&context()), Err(Error::Violation(Violation::NothingToRedo))));
    // What stands again is undone by its name, and what another wrote meanwhile stands in the way.
    let event = l.store.next_undo("wang").unwrap().unwrap();
    let told = l.store.event_summary(event).unwrap();
    assert_eq!((told.kind.code(), told.amount.unwrap().1), ("pay", 30));
    l.store.undo(&context()).unwrap();
    l.as_user("li", &payment(customer, 5, "2026-10-02", Target::Lines(vec![(m, 5)]))).unwrap();
    assert!(matches!(
        l.store.redo(&context()),
        Err(Error::Violation(Violation::UndoBlocked { .. }))
    ));
}

#[test]
fn an_event_is_told_by_what_it_was_about() {
    let (mut l, customer, project) = Ledger::with_project();
    let told = |l: &Ledger| {
        let event = l.store.next_undo("wang").unwrap().unwrap();
        let told = l.store.event_summary(event).unwrap();
        (told.kind.code(), told.name, told.more, told.amount.map(|(_, minor)| minor))
    };
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    assert_eq!(told(&l), ("add_milestone", "M1".to_owned(), 0, Some(100)));
    let other = l.milestone(project, "M2", 50, "2026-03-01");
    l.does(&Change::Deliver { milestones: vec![m, other], on: Some(day("2026-02-01")) });
    assert_eq!(told(&l), ("deliver", "M1".to_owned(), 1, None));
    l.does(&crate::kit::invoice(m, Some(60), "2026-04-01"));
    assert_eq!(told(&l), ("invoice", "M1".to_owned(), 0, Some(60)));
    l.pay(customer, 130, "2026-10-01", Target::Automatic);
    assert_eq!(told(&l), ("pay", "客户 C1".to_owned(), 1, Some(130)));
}
