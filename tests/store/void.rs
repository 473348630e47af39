//! Entries made by mistake: they count on no day, stay in the timeline with the reason, and can be taken back.

use huikuan::domain::change::{Change, DisputeDraft, InvoiceDraft, Target, TouchDraft, Voidable};
use huikuan::domain::ids::{InvoiceId, MilestoneId, PaymentId, PromiseId, TouchId};
use huikuan::domain::kinds::BillsCount;
use huikuan::domain::money::Currency;
use huikuan::domain::violation::{Field, Thing, Violation};
use huikuan::error::Error;
use huikuan::store::Span;

use crate::kit::{Ledger, contact, context, day, invoice, milestone, payment, promise, reversal};
use crate::random::derived_is_true;

fn void(entry: Voidable) -> Change {
    Change::Void { entry, reason: "typed twice".into() }
}

fn one() -> (Ledger, MilestoneId) {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    (l, m)
}

/// What the timeline says of each entry that can be voided: its reason, if it was.
fn voided(l: &Ledger, m: MilestoneId) -> Vec<Option<String>> {
    let timeline = l.store.timeline(m).unwrap().into_iter();
    timeline.filter(|entry| entry.entry.is_some()).map(|entry| entry.voided).collect()
}

/// Voids an entry, and finds the ledger as if it had never been there; an undo brings it back.
fn as_if_never(entry: Voidable, make: impl Fn(&mut Ledger, MilestoneId)) {
    let (mut l, m) = one();
    let days = [day("2026-05-01"), day("2026-11-21")];
    let figures = |l: &Ledger| {
        let items = days.map(|on| l.store.items_as_of(on).unwrap());
        let customer = l.store.find_customer("C1").unwrap();
        let from = day("2026-01-01");
        (
            l.store.items().unwrap(),
            items,
            l.store.unapplied(None).unwrap(),
            l.store.unapplied(Some(days[0])).unwrap(),
            l.store.collected(from, days[1], BillsCount::Received).unwrap(),
            l.store.collected_daily(Currency::CNY, from, days[1]).unwrap(),
            l.store.payments_of(customer).unwrap(),
            l.store.recent_touches(from).unwrap(),
            l.store.promise_list(Span::of(customer), days[1]).unwrap(),
        )
    };
    let before = figures(&l);
    make(&mut l, m);
    let with = figures(&l);
    assert_ne!(with, before);
    l.does(&void(entry));
    assert_eq!(figures(&l), before, "{entry:?}");
    derived_is_true(&l);
    let reasons = voided(&l, m);
    assert!(!reasons.is_empty() && reasons.iter().all(Option::is_some), "{reasons:?}");
    l.store.rebuild(&mut |_, _| {}).unwrap();
    assert_eq!(figures(&l), before);
    l.store.undo(&context()).unwrap();
    assert_eq!(figures(&l), with);
    assert!(voided(&l, m).iter().all(Option::is_none));
}

#[test]
fn a_voided_invoice_bills_nothing() {
    as_if_never(Voidable::Invoice(InvoiceId(1)), |l, m| {
        l.does(&invoice(m, None, "2026-04-01"));
    });
}

#[test]
fn a_voided_payment_pays_nothing_on_any_day() {
    as_if_never(Voidable::Payment(PaymentId(1)), |l, _| {
        let customer = l.store.find_customer("C1").unwrap();
        let paid = l.pay(customer, 130, "2026-04-01", Target::Automatic);
        l.does(&reversal(paid, Some(50), "2026-04-20"));
    });
}

#[test]
fn a_voided_contact_was_no_contact_and_heard_no_promise() {
    as_if_never(Voidable::Contact(TouchId(1)), |l, m| {
        let draft = TouchDraft {
            promises: vec![huikuan::domain::change::PromiseDraft {
                milestone: m,
                amount: None,
                pay_by: day("2026-04-20"),
            }],
            ..contact(&[m], Some(2), "2026-04-01")
        };
        l.does(&Change::LogContact(draft));
    });
}

#[test]
fn a_voided_promise_takes_the_contact_it_made_along() {
    as_if_never(Voidable::Promise(PromiseId(1)), |l, m| {
        l.does(&promise(m, None, "2026-04-01", "2026-04-20"));
    });
}

#[test]
fn a_voided_milestone_is_gone_and_its_key_free() {
    let (mut l, customer, project) = Ledger::with_project();
    let empty = l.store.items().unwrap();
    let twice = l.milestone(project, "M1", 100, "2026-03-01");
    l.does(&promise(twice, None, "2026-04-01", "2026-04-20"));
    l.does(&void(Voidable::Milestone(twice)));
    assert_eq!(l.store.items().unwrap(), empty);
    assert!(matches!(
        l.refuses(&payment(customer, 10, "2026-04-01", Target::Lines(vec![(twice, 10)]))),
        Violation::Unknown { thing: Thing::Milestone, .. }
    ));
    let again = l.milestone(project, "M1", 100, "2026-03-01");
    assert_eq!(l.item(again).unwrap().seq, 2);
    derived_is_true(&l);
    // Its key has another owner now: that one goes first.
    l.store.undo(&context()).unwrap();
    l.store.undo(&context()).unwrap();
    assert_eq!(l.balance(twice), 100);
    assert_eq!(l.store.find_milestone("M1").unwrap(), twice);
}

#[test]
fn a_key_that_was_given_away_blocks_the_undo() {
    let (mut l, _, project) = Ledger::with_project();
    let twice = l.milestone(project, "M1", 100, "2026-03-01");
    l.does(&void(Voidable::Milestone(twice)));
    l.as_user("li", &Change::AddMilestone(milestone(project, "M1", 5, ""))).unwrap();
    let blocked = l.store.undo(&context());
    assert!(matches!(blocked, Err(Error::Violation(Violation::UndoBlocked { .. }))), "{blocked:?}");
}

#[test]
fn what_something_builds_on_is_not_voided() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let waits = l.milestone(project, "M2", 100, "acceptance(M1) + 30d");
    let milestone = void(Voidable::Milestone(m));
    assert_eq!(l.refuses(&milestone), Violation::InUse(Thing::Milestone));
    l.does(&void(Voidable::Milestone(waits)));
    l.does(&invoice(m, Some(60), "2026-04-01"));
    assert_eq!(l.refuses(&milestone), Violation::InUse(Thing::Invoice));
    l.does(&invoice(m, Some(-60), "2026-04-02"));
    let bill = void(Voidable::Invoice(InvoiceId(1)));
    assert_eq!(l.refuses(&bill), Violation::InUse(Thing::Invoice));
    l.does(&void(Voidable::Invoice(InvoiceId(2))));
    l.does(&bill);
    let paid = l.pay(customer, 10, "2026-04-01", Target::Automatic);
    assert_eq!(l.refuses(&milestone), Violation::InUse(Thing::Payment));
    l.does(&void(Voidable::Payment(paid)));
    l.does(&milestone);
    let gone = void(Voidable::Payment(paid));
    assert!(matches!(l.refuses(&gone), Violation::Unknown { thing: Thing::Payment, .. }));
    let unsaid = Change::Void { entry: Voidable::Milestone(m), reason: " ".into() };
    assert_eq!(l.refuses(&unsaid), Violation::Empty(Field::Reason));
}

#[test]
fn a_bill_that_a_red_invoice_names_is_not_voided_though_another_stands() {
    let (mut l, m) = one();
    l.does(&invoice(m, Some(30), "2026-04-01"));
    l.does(&invoice(m, Some(30), "2026-04-02"));
    let red = |reverses| {
        let lines = vec![(m, Some(-30))];
        Change::Invoice(InvoiceDraft { reverses, ..InvoiceDraft::new(day("2026-04-03"), lines) })
    };
    l.does(&red(Some(InvoiceId(1))));
    let bill = void(Voidable::Invoice(InvoiceId(1)));
    assert_eq!(l.refuses(&bill), Violation::InUse(Thing::Invoice));
    l.does(&void(Voidable::Invoice(InvoiceId(3))));
    // One that names none takes back the other.
    l.does(&red(None));
    l.does(&bill);
}

#[test]
fn a_void_of_somebody_else_stands_before_an_undo() {
    let (mut l, m) = one();
    l.does(&invoice(m, None, "2026-04-01"));
    let theirs = l.as_user("li", &void(Voidable::Invoice(InvoiceId(1)))).unwrap().event.unwrap();
    match l.store.undo(&context()) {
        Err(Error::Violation(Violation::UndoBlocked { later, .. })) => assert_eq!(later, theirs),
        other => panic!("{other:?}"),
    }
}

#[test]
fn money_and_bills_do_not_come_back_to_a_milestone_that_was_voided_since() {
    for entry in [Voidable::Payment(PaymentId(1)), Voidable::Invoice(InvoiceId(1))] {
        let (mut l, m) = one();
        if matches!(entry, Voidable::Payment(_)) {
            let customer = l.store.find_customer("C1").unwrap();
            l.pay(customer, 60, "2026-04-01", Target::Automatic);
        } else {
            l.does(&invoice(m, None, "2026-04-01"));
        }
        l.does(&void(entry));
        let theirs = l.as_user("li", &void(Voidable::Milestone(m))).unwrap().event.unwrap();
        let before = l.dump();
        match l.store.undo(&context()) {
            Err(Error::Violation(Violation::UndoBlocked { later, .. })) => {
                assert_eq!(later, theirs);
            }
            other => panic!("{entry:?}: {other:?}"),
        }
        assert_eq!(l.dump(), before);
    }
}

#[test]
fn an_objection_of_a_call_is_one_event_with_it() {
    let (mut l, m) = one();
    let before = l.dump();
    let disputes = vec![DisputeDraft { milestone: m, amount: Some(40), reason: "late".into() }];
    l.does(&Change::LogContact(TouchDraft { disputes, ..contact(&[m], None, "2026-04-01") }));
    assert_eq!(l.item(m).unwrap().disputed, 40);
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), before);
}
