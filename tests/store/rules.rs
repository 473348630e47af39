//! What each change checks, and what it makes of what it is given.

use huikuan::domain::change::{
    Change, ContactDraft, InvoiceDraft, MilestoneDraft, PromiseDraft, Target, TimelineEvent,
    TouchDraft,
};
use huikuan::domain::ids::{ContactId, MilestoneId, SnapshotId};
use huikuan::domain::kinds::{Stage, TouchKind, WaitingOn};
use huikuan::domain::policy::Policy;
use huikuan::domain::status::waiting_on;
use huikuan::domain::violation::{Field, Thing, Violation};
use huikuan::error::Error;
use huikuan::store::Page;

use crate::kit::{
    Ledger, contact, context, customer, day, invoice, milestone, project, promise, reversal, today,
};

#[test]
fn nothing_that_happened_is_dated_after_today() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let tomorrow = today().succ_opt().unwrap();
    let text = tomorrow.to_string();
    let future = [
        crate::kit::payment(customer, 1, &text, huikuan::domain::change::Target::Automatic),
        invoice(m, None, &text),
        Change::Deliver { milestones: vec![m], on: Some(tomorrow) },
        Change::LogContact(contact(&[m], None, &text)),
        promise(m, None, &text, "2027-01-01"),
        Change::WriteOff { milestone: m, amount: None, on: tomorrow, reason: "insolvent".into() },
        Change::AddMilestone(MilestoneDraft {
            agreed_on: Some(tomorrow),
            ..milestone(project, "M2", 1, "")
        }),
    ];
    for change in future {
        let why = l.refuses(&change);
        assert!(
            matches!(why, Violation::Future { day, .. } if day == tomorrow),
            "{change:?}: {why:?}"
        );
    }
    let hold =
        Change::Hold { milestones: vec![m], since: tomorrow, until: None, reason: String::new() };
    l.does(&hold);
    assert_eq!(l.refuses(&hold), Violation::AlreadyHeld(m));
}

#[test]
fn a_milestone_typed_by_hand_was_agreed_when_the_contract_was_signed() {
    let (mut l, customer, project_id) = Ledger::with_project();
    let m = l.milestone(project_id, "M1", 100, "2026-03-01");
    assert_eq!(l.item(m).unwrap().agreed_on, Some(day("2026-01-05")));
    let unsigned =
        huikuan::domain::change::ProjectDraft { signed_on: None, ..project("P2", customer) };
    let unsigned =
        huikuan::domain::ids::ProjectId(l.does(&Change::AddProject(unsigned)).created[0]);
    let m = l.milestone(unsigned, "M2", 100, "2026-03-01");
    assert_eq!(l.item(m).unwrap().agreed_on, Some(today()));
}

#[test]
fn an_edit_that_changes_nothing_leaves_no_event() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let draft = l.store.milestone_draft(m).unwrap();
    assert_eq!(l.does(&Change::EditMilestone(m, draft)).event, None);
    let p = l.store.project_draft(project).unwrap();
    assert_eq!(l.does(&Change::EditProject(project, p)).event, None);
}

#[test]
fn codes_and_keys_are_taken_once() {
    let (mut l, customer_id, project_id) = Ledger::with_project();
    l.milestone(project_id, "M1", 100, "2026-03-01");
    let taken = [
        (Change::AddCustomer(customer("C1")), Field::Code),
        (Change::AddProject(project("P1", customer_id)), Field::Code),
        (Change::AddMilestone(milestone(project_id, "M1", 1, "")), Field::Key),
    ];
    for (change, expected) in taken {
        assert!(matches!(l.refuses(&change), Violation::Taken { field, .. } if field == expected));
    }
}

#[test]
fn less_than_was_received_is_not_agreed_afterwards() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let all = huikuan::domain::change::Target::Lines(vec![(m, 100)]);
    l.pay(customer, 100, "2026-04-01", all);
    let why = l.refuses(&Change::EditMilestone(m, milestone(project, "M1", 99, "2026-03-01")));
    assert!(matches!(why, Violation::BelowReceived { amount: 99, used: 100, .. }));
    l.does(&Change::EditMilestone(m, milestone(project, "M1", 101, "2026-03-01")));
    assert_eq!(l.balance(m), 1);
}

#[test]
fn a_retention_falls_due_after_the_acceptance_before_it() {
    let (mut l, _, project) = Ledger::with_project();
    let staged = |key: &str, stage, rule: &str| {
        Change::AddMilestone(MilestoneDraft { stage, ..milestone(project, key, 100, rule) })
    };
    l.does(&staged("M1", Stage::Acceptance, "acceptance + 30d"));
    let retention =
        MilestoneId(l.does(&staged("M2", Stage::Retention, "acceptance + 1y")).created[0]);
    let named = MilestoneId(l.does(&staged("M3", Stage::Final, "acceptance(M1) + 2y")).created[0]);
    let applied =
        l.does(&Change::Accept { milestones: vec![MilestoneId(1)], on: Some(day("2026-02-10")) });
    assert_eq!(
        applied.touched,
        huikuan::store::Touched::These(vec![MilestoneId(1), retention, named])
    );
    assert_eq!(l.item(retention).unwrap().due(today()), Some(day("2027-02-10")));
    assert_eq!(l.item(named).unwrap().due(today()), Some(day("2028-02-10")));
    l.does(&Change::EditMilestone(
        MilestoneId(1),
        MilestoneDraft {
            stage: Stage::Acceptance,
            accepted_on: Some(day("2026-02-10")),
            ..milestone(project, "K1", 100, "acceptance + 30d")
        },
    ));
    let renamed = l.store.milestone_draft(named).unwrap();
    assert_eq!(renamed.rule.to_string(), "acceptance(K1) + 2y");
}

#[test]
fn a_rule_names_a_milestone_of_its_own_project() {
    let (mut l, customer, project_id) = Ledger::with_project();
    l.milestone(project_id, "M1", 100, "2026-03-01");
    let other = l.project("P2", customer);
    let draft = milestone(other, "M2", 1, "acceptance(M1) + 1d");
    assert_eq!(l.refuses(&Change::AddMilestone(draft)), Violation::BadReference("M1".into()));
}

#[test]
fn one_contact_takes_promises_and_several_milestones_of_one_customer() {
    let (mut l, _, project) = Ledger::with_project();
    let a = l.milestone(project, "M1", 100, "2026-03-01");
    let b = l.milestone(project, "M2", 50, "2026-03-01");
    l.does(&Change::OpenDispute {
        milestone: b,
        amount: Some(20),
        on: day("2026-04-01"),
        reason: String::new(),
        owner: String::new(),
    });
    let promised = |milestone| PromiseDraft { milestone, amount: None, pay_by: day("2026-12-01") };
    l.does(&Change::LogContact(TouchDraft {
        promises: vec![promised(a), promised(b)],
        ..contact(&[a, b], Some(2), "2026-11-20")
    }));
    let amounts = [a, b].map(|m| l.item(m).unwrap().promises[0].amount);
    assert_eq!(amounts, [100, 30]);
    assert_eq!(l.item(b).unwrap().last_step, Some(2));

    let theirs = l.customer("C2");
    let theirs = l.project("P2", theirs);
    let c = l.milestone(theirs, "M3", 50, "2026-03-01");
    let mixed = Change::LogContact(contact(&[a, c], None, "2026-11-20"));
    assert_eq!(l.refuses(&mixed), Violation::OtherCustomer(c));
    let none = Change::LogContact(contact(&[], None, "2026-11-20"));
    assert_eq!(l.refuses(&none), Violation::Empty(Field::Milestones));
    let courtesy = TouchDraft { kind: TouchKind::Courtesy, ..contact(&[a], Some(1), "2026-11-20") };
    assert_eq!(l.refuses(&Change::LogContact(courtesy)), Violation::OutOfRange(Field::Step));
}

#[test]
fn a_contact_somebody_was_in_touch_with_stays_in_the_record() {
    let mut l = Ledger::new();
    let named = |name: &str| ContactDraft { name: name.into(), ..ContactDraft::default() };
    let draft = huikuan::domain::change::CustomerDraft {
        contacts: vec![named("赵总"), named("钱工")],
        ..customer("C1")
    };
    let id = huikuan::domain::ids::CustomerId(l.does(&Change::AddCustomer(draft)).created[0]);
    let project = l.project("P1", id);
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let touch = TouchDraft { contact: Some(ContactId(1)), ..contact(&[m], None, "2026-11-20") };
    l.does(&Change::LogContact(touch));
    l.does(&Change::EditCustomer(id, customer("C1")));
    assert!(l.store.customer_draft(id).unwrap().contacts.is_empty());
    let told = format!("{:?}", l.store.timeline(m).unwrap());
    assert!(told.contains("赵总"), "{told}");
    l.store.undo(&crate::kit::context()).unwrap();
    assert_eq!(l.store.customer_draft(id).unwrap().contacts.len(), 2);
}

#[test]
fn a_red_invoice_takes_back_no_more_than_was_billed() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    l.does(&invoice(m, Some(70), "2026-03-01"));
    l.does(&invoice(m, Some(-70), "2026-03-02"));
    assert!(matches!(
        l.refuses(&invoice(m, Some(-1), "2026-03-03")),
        Violation::ExceedsBilled { wanted: 1, standing: 0, .. }
    ));
    l.does(&invoice(m, None, "2026-03-04"));
    assert_eq!(l.item(m).unwrap().invoiced, 100);
    assert_eq!(l.refuses(&invoice(m, None, "2026-03-05")), Violation::InvoicedInFull(m));
}

#[test]
fn disputes_holds_and_write_offs_say_what_does_not_fit() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let on = day("2026-04-01");
    let dispute = Change::OpenDispute {
        milestone: m,
        amount: None,
        on,
        reason: String::new(),
        owner: String::new(),
    };
    let resolve = Change::ResolveDispute { milestone: m, on, resolution: String::new() };
    assert_eq!(l.refuses(&resolve), Violation::NoDispute(m));
    l.does(&dispute);
    assert_eq!(l.refuses(&dispute), Violation::AlreadyDisputed(m));
    l.does(&resolve);
    let release = Change::Release { milestones: vec![m], on };
    assert_eq!(l.refuses(&release), Violation::NotHeld(m));
    let write_off = |amount, reason: &str| Change::WriteOff {
        milestone: m,
        amount,
        on,
        reason: reason.to_owned(),
    };
    assert_eq!(l.refuses(&write_off(None, " ")), Violation::Empty(Field::Reason));
    assert!(matches!(
        l.refuses(&write_off(Some(101), "insolvent")),
        Violation::ExceedsOpen { open: 100, .. }
    ));
    l.does(&write_off(None, "insolvent"));
    assert_eq!(l.refuses(&dispute), Violation::NothingOpen(m));
    assert_eq!(l.store.items().unwrap(), []);
    let closed = l.store.closed_page(Page { offset: 0, limit: 9, search: "m1" }).unwrap();
    assert_eq!((closed[0].id, closed[0].closed_on), (m, on));
}

#[test]
fn what_is_looked_up_and_not_there_is_unknown() {
    let (l, customer, project) = Ledger::with_project();
    assert_eq!(l.store.find_customer("C1").unwrap(), customer);
    assert_eq!(l.store.find_project("#1").unwrap(), project);
    let error = l.store.find_milestone("P1-M9").unwrap_err();
    let expected = Violation::Unknown { thing: Thing::Milestone, name: "P1-M9".into() };
    assert!(matches!(error, Error::Violation(why) if why == expected));
}

#[test]
fn a_snapshot_is_found_by_its_week() {
    let mut l = Ledger::new();
    let take = |rows: &str| Change::TakeSnapshot {
        as_of: today(),
        iso_week: "2026-W47".into(),
        rows: rows.into(),
        items: vec![1, 2],
    };
    l.does(&take("[]"));
    l.does(&take("[1]"));
    let id = l.store.find_snapshot("2026-W47").unwrap();
    assert_eq!(id, SnapshotId(2));
    let snapshot = l.store.snapshot(id).unwrap();
    assert_eq!((snapshot.rows.as_str(), snapshot.items.as_slice()), ("[1]", &[1, 2][..]));
    assert_eq!(l.store.snapshots().unwrap().len(), 2);
    assert!(l.store.find_snapshot("2026-W46").is_err());
}

#[test]
fn projects_and_customers_come_in_pages() {
    let (mut l, customer, project) = Ledger::with_project();
    l.project("P2", customer);
    let a = l.milestone(project, "M1", 100, "2026-03-01");
    l.milestone(project, "M2", 50, "2026-03-01");
    l.pay(customer, 100, "2026-04-01", huikuan::domain::change::Target::Lines(vec![(a, 100)]));
    let page = |search| Page { offset: 0, limit: 10, search };
    let rows = l.store.project_page(page("王敏")).unwrap();
    let sums = |r: &huikuan::store::ProjectRow| [r.planned, r.received, r.balance];
    assert_eq!(rows.iter().map(sums).collect::<Vec<_>>(), [[150, 100, 50], [0, 0, 0]]);
    assert_eq!((rows[0].milestones, rows[0].open), (2, 1));
    assert_eq!(l.store.customer_page(page("")).unwrap()[0].open, 1);
    assert_eq!(l.store.project_detail(project).unwrap().plan.len(), 2);
    assert_eq!(l.store.customer_page(page("nobody")).unwrap(), []);
}

#[test]
fn what_takes_its_day_from_a_milestone_is_told_when_that_is_recorded() {
    let (mut l, _, project) = Ledger::with_project();
    let mut staged = |key: &str, stage, rule: &str| {
        let draft = MilestoneDraft { stage, ..milestone(project, key, 100, rule) };
        MilestoneId(l.does(&Change::AddMilestone(draft)).created[0])
    };
    let goods = staged("M1", Stage::Delivery, "delivery + 10d");
    let accepted = staged("M2", Stage::Acceptance, "acceptance + 30d");
    let settlement = staged("M3", Stage::Settlement, "delivery + 1m");
    let last = staged("M4", Stage::Final, "acceptance + 90d");
    staged("M5", Stage::Progress, "acceptance + 10d");
    let own = staged("M6", Stage::Final, "acceptance + 90d");
    l.does(&Change::Accept { milestones: vec![own], on: Some(day("2026-02-01")) });

    let on = Some(day("2026-02-10"));
    let delivered = l.does(&Change::Deliver { milestones: vec![goods], on });
    assert_eq!(delivered.dated, [(settlement, day("2026-03-10"))]);
    let told = l.does(&Change::Accept { milestones: vec![accepted], on });
    assert_eq!(told.dated, [(last, day("2026-05-11"))]);
    assert!(l.item(last).unwrap().is_firm(today()));
    let back = l.does(&Change::Accept { milestones: vec![accepted], on: None });
    assert_eq!(back.dated, []);
    assert!(!l.item(last).unwrap().is_firm(today()));
}

#[test]
fn an_invoice_that_lay_here_is_sent_and_signed_for() {
    let (mut l, _, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "invoice_received + 30d");
    let unsent =
        InvoiceDraft { sent_on: None, ..InvoiceDraft::new(day("2026-09-01"), vec![(m, None)]) };
    let send = |sent_on: Option<&str>, received_on: Option<&str>| Change::SendInvoices {
        milestones: vec![m],
        invoices: Vec::new(),
        sent_on: sent_on.map(day),
        received_on: received_on.map(day),
    };
    assert_eq!(l.refuses(&send(Some("2026-09-02"), None)), Violation::NothingToSend(m));
    l.does(&Change::Invoice(unsent));
    let waits = |l: &Ledger| waiting_on(&l.item(m).unwrap(), today(), &Policy::default());
    assert_eq!(waits(&l), WaitingOn::UsSend);
    assert_eq!(
        l.refuses(&send(Some("2026-08-31"), None)),
        Violation::TooEarly { day: day("2026-08-31"), earliest: day("2026-09-01") }
    );
    let lying_here = l.dump();
    l.does(&send(Some("2026-09-05"), None));
    assert_eq!(waits(&l), WaitingOn::Nobody);
    assert_eq!(l.refuses(&send(Some("2026-09-06"), None)), Violation::NothingToSend(m));
    l.does(&send(None, Some("2026-09-08")));
    assert_eq!(l.item(m).unwrap().due(today()), Some(day("2026-10-08")));
    let timeline = l.store.timeline(m).unwrap();
    let told = timeline.iter().find_map(|entry| match &entry.event {
        TimelineEvent::Invoiced { sent_on, received_on, .. } => Some((*sent_on, *received_on)),
        _ => None,
    });
    assert_eq!(told, Some((Some(day("2026-09-05")), Some(day("2026-09-08")))));
    l.store.undo(&context()).unwrap();
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), lying_here);
}

#[test]
fn what_was_closed_and_is_open_again_is_closed_as_of_a_day_between() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let paid = l.pay(customer, 100, "2026-09-10", Target::Automatic);
    l.does(&reversal(paid, None, "2026-09-20"));
    let closed = |on: &str| -> Vec<MilestoneId> {
        l.store.closed_items(day(on)).unwrap().iter().map(|item| item.id).collect()
    };
    assert_eq!(closed("2026-09-09"), []);
    assert_eq!(closed("2026-09-15"), [m]);
    assert_eq!(closed("2026-09-20"), []);
}
