//! Lists of what was recorded, and finding a thing by whatever it is called.

use huikuan::domain::change::{Change, Target};
use huikuan::domain::violation::{Thing, Violation};
use huikuan::error::Error;
use huikuan::store::Span;

use crate::kit::{Ledger, contact, day, invoice, promise, reversal, today};

#[test]
fn every_list_knows_what_it_is_about() {
    let (mut ledger, customer, project) = Ledger::with_project();
    let one = ledger.milestone(project, "M1", 100_000, "2026-10-01");
    let two = ledger.milestone(project, "M2", 50_000, "2026-11-01");
    ledger.does(&invoice(one, None, "2026-09-01"));
    ledger.does(&promise(one, Some(30_000), "2026-10-20", "2026-11-10"));
    let lines = Target::Lines(vec![(one, 30_000), (two, 5_000)]);
    let payment = ledger.pay(customer, 40_000, "2026-11-02", lines);
    ledger.does(&reversal(payment, Some(7_000), "2026-11-12"));
    ledger.does(&Change::LogContact(contact(&[one, two], Some(1), "2026-11-13")));
    let other = ledger.customer("C2");
    let (all, none) = (Span::default(), Span::of(other));

    let payments = ledger.store.payment_list(all).unwrap();
    assert_eq!((payments[0].net(), payments[0].head.unapplied), (33_000, 0));
    let paid: Vec<_> = payments[0].lines.iter().map(|line| (line.called(), line.amount)).collect();
    assert_eq!(paid, [("M1".to_owned(), 30_000), ("M2".to_owned(), 3_000)]);
    let invoices = ledger.store.invoice_list(all).unwrap();
    assert_eq!(
        (invoices[0].amount(), invoices[0].paid(), invoices[0].open()),
        (100_000, 30_000, 70_000)
    );
    let promises = ledger.store.promise_list(all, today()).unwrap();
    assert_eq!((promises[0].filled, promises[0].state.code()), (30_000, "kept"));
    let touches = ledger.store.touch_list(Span { from: Some(day("2026-11-13")), ..all }).unwrap();
    assert_eq!(touches[0].lines.len(), 2);

    assert!(ledger.store.payment_list(none).unwrap().is_empty());
    assert!(
        ledger.store.invoice_list(Span { to: Some(day("2026-08-31")), ..all }).unwrap().is_empty()
    );
    assert!(ledger.store.promise_list(none, today()).unwrap().is_empty());
    assert!(ledger.store.touch_list(none).unwrap().is_empty());
    assert!(ledger.store.contact_list(None).unwrap().is_empty());

    for event in ledger.store.events(20, None).unwrap() {
        let about = ledger.store.about(&event).unwrap();
        assert!(about.code.is_some() || !about.milestones.is_empty(), "{event:?}");
    }
}

#[test]
fn a_name_is_taken_where_one_has_it() {
    let (mut ledger, customer, project) = Ledger::with_project();
    let one = ledger.milestone(project, "M1", 100, "2026-10-01");
    let named = ledger.store.find_milestone("节点 M1").unwrap();
    assert_eq!((named, ledger.store.find_customer("客户 C1").unwrap()), (one, customer));
    let found = ledger.store.find_any("项目 P1").unwrap();
    assert_eq!(found.iter().map(|one| one.thing).collect::<Vec<_>>(), [Thing::Project]);
    assert_eq!(ledger.store.find_any("#1").unwrap().len(), 3);
    assert!(ledger.store.find_any("").unwrap().is_empty());
    assert!(ledger.store.find_customer("").is_err());
    let project = ledger.project("P2", customer);
    ledger.milestone(project, "M2", 100, "2026-10-01");
    let mut draft = ledger.store.milestone_draft(one).unwrap();
    draft.name = "节点 M2".to_owned();
    ledger.does(&Change::EditMilestone(one, draft));
    match ledger.store.find_milestone("节点 M2") {
        Err(Error::Violation(Violation::Ambiguous { fits, .. })) => assert_eq!(fits, ["M1", "M2"]),
        other => panic!("{other:?}"),
    }
}
