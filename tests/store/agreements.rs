//! What was agreed beside the plan: discounts, settlements, and when the work rests.

use huikuan::domain::change::{
    BillDraft, Change, MilestoneDraft, PaymentDraft, ProjectDraft, Target, TimelineEvent,
};
use huikuan::domain::facts::Account;
use huikuan::domain::ids::{MilestoneId, PaymentId, ProjectId};
use huikuan::domain::kinds::{Method, ProjectState, WaiverKind};
use huikuan::domain::money::Currency;
use huikuan::domain::violation::Violation;
use huikuan::store::Agreed;

use crate::kit::{Ledger, context, day, invoice, milestone, payment, project, reversal};

fn discounted() -> (Ledger, MilestoneId) {
    let mut l = Ledger::new();
    let customer = l.customer("C1");
    let terms = Some("2/10 net 30".parse().unwrap());
    let draft = ProjectDraft { discount: terms, ..project("P1", customer) };
    let project = ProjectId(l.adds(&Change::AddProject(draft)));
    let m = l.milestone(project, "M1", 1_000, "invoice + 30d");
    l.does(&invoice(m, None, "2026-06-01"));
    (l, m)
}

fn agreed(l: &Ledger, on: &str) -> Agreed {
    let sums = l.store.agreed(day(on)).unwrap();
    sums.iter().find(|(currency, _)| *currency == Currency::CNY).map(|(_, sum)| *sum).unwrap()
}

#[test]
fn a_discount_closes_a_milestone_and_is_neither_paid_nor_written_off() {
    let (mut l, m) = discounted();
    let customer = l.item(m).unwrap().customer;
    let dump = l.dump();
    let paid = l.pay(customer, 980, "2026-06-11", Target::Automatic);
    assert_eq!(l.balance(m), 0);
    assert_eq!(agreed(&l, "2026-06-11"), Agreed { amount: 1_000, written_off: 0, waived: 20 });
    assert_eq!(agreed(&l, "2026-06-10").waived, 0);
    let flows = l.store.flows(day("2026-06-01"), day("2026-06-30")).unwrap();
    assert_eq!(flows.iter().map(|f| (f.collected, f.waived)).collect::<Vec<_>>(), [(980, 20)]);
    assert_eq!(l.store.items_as_of(day("2026-06-10")).unwrap()[0].balance, 1_000);
    let told = |l: &Ledger, wanted: &TimelineEvent| {
        l.store.timeline(m).unwrap().iter().any(|entry| entry.event == *wanted)
    };
    let kind = WaiverKind::Discount;
    assert!(told(&l, &TimelineEvent::Waived { kind, amount: 20 }));

    l.does(&reversal(paid, Some(1), "2026-06-20"));
    assert_eq!(l.balance(m), 21, "the rest is owed again");
    assert_eq!(agreed(&l, "2026-06-20").waived, 0);
    assert!(told(&l, &TimelineEvent::Waived { kind, amount: -20 }));
    assert_eq!(l.store.closed_items(day("2026-06-15")).unwrap()[0].let_go(), 20);
    l.store.undo(&context()).unwrap();
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), dump);
}

#[test]
fn a_project_rests_from_a_day_to_another() {
    let (mut l, m) = discounted();
    let project = ProjectId(1);
    let suspend = |on: &str, reason: &str| Change::Suspend {
        project,
        on: day(on),
        notice: "停工函3号".into(),
        reason: reason.into(),
    };
    assert!(matches!(l.refuses(&suspend("2026-07-01", " ")), Violation::Empty(_)));
    let resume = Change::Resume { project, on: day("2026-08-01") };
    assert_eq!(l.refuses(&resume), Violation::NotSuspended("P1".into()));
    l.does(&suspend("2026-07-01", "付款拖延"));
    assert_eq!(
        l.refuses(&suspend("2026-07-05", "again")),
        Violation::AlreadySuspended("P1".into())
    );
    let detail = l.store.project_detail(project).unwrap();
    assert_eq!((detail.state, detail.draft.state), (ProjectState::Suspended, ProjectState::Active));
    assert_eq!(detail.suspended.unwrap().since, day("2026-07-01"));
    assert!(l.item(m).unwrap().is_suspended(day("2026-07-01")));
    assert!(!l.store.items_as_of(day("2026-06-30")).unwrap()[0].is_suspended(day("2026-06-30")));

    // What is edited while it rests leaves that alone.
    let draft = ProjectDraft { grace_days: 3, ..l.store.project_draft(project).unwrap() };
    l.does(&Change::EditProject(project, draft.clone()));
    let by_edit = ProjectDraft { state: ProjectState::Suspended, ..draft };
    assert_eq!(
        l.refuses(&Change::EditProject(project, by_edit)),
        Violation::SuspendedByEdit("P1".into())
    );

    l.does(&resume);
    let item = l.item(m).unwrap();
    assert!(item.is_suspended(day("2026-07-31")) && !item.is_suspended(day("2026-08-01")));
    assert_eq!(l.store.project_detail(project).unwrap().state, ProjectState::Active);
    let events = l.store.timeline(m).unwrap();
    assert!(events.iter().any(|e| e.event == TimelineEvent::Resumed && e.on == day("2026-08-01")));
    assert!(events.iter().any(|e| matches!(e.event, TimelineEvent::Suspended { .. })));
    l.store.undo(&context()).unwrap();
    assert_eq!(l.store.project_detail(project).unwrap().state, ProjectState::Suspended);
}

#[test]
fn a_project_that_rested_before_its_days_were_kept_still_does_until_it_goes_on() {
    let (mut l, m) = discounted();
    l.raw().execute("UPDATE project SET state = 'suspended'", []).unwrap();
    l.store.rebuild(&mut |_, _| {}).unwrap();
    assert!(l.item(m).unwrap().is_suspended(day("2026-07-01")));
    assert_eq!(l.store.project_detail(ProjectId(1)).unwrap().state, ProjectState::Suspended);
    l.does(&Change::Resume { project: ProjectId(1), on: day("2026-08-01") });
    assert_eq!(l.store.project_detail(ProjectId(1)).unwrap().state, ProjectState::Active);
}

fn settle(milestones: &[MilestoneId], amount: i64, on: &str, by: &str) -> Change {
    let (on, by) = (day(on), day(by));
    Change::Settle {
        milestones: milestones.to_vec(), amount, by, on, note: "董事会批准".into()
    }
}

#[test]
fn a_settlement_over_several_milestones_counts_what_came_on_all_of_them() {
    let (mut l, customer, project) = Ledger::with_project();
    let first = l.milestone(project, "M1", 600, "2026-03-01");
    let second = l.milestone(project, "M2", 400, "2026-04-01");
    l.does(&settle(&[first, second], 800, "2026-09-01", "2026-09-30"));
    let paid = l.pay(customer, 300, "2026-09-10", Target::Lines(vec![(second, 300)]));
    assert_eq!([first, second].map(|m| l.balance(m)), [600, 100]);
    let applied = l.does(&payment(customer, 500, "2026-09-20", Target::Lines(vec![(first, 500)])));
    assert_eq!([first, second].map(|m| l.balance(m)), [0, 0]);
    // The other one is told to be read again, too, though no money came on it.
    assert_eq!(applied.touched, huikuan::store::Touched::These(vec![first, second]));
    assert_eq!(applied.about, [first]);
    assert_eq!(agreed(&l, "2026-09-20").waived, 200);
    assert_eq!(agreed(&l, "2026-09-19").waived, 0);

    l.does(&reversal(paid, Some(1), "2026-10-10"));
    assert_eq!([first, second].map(|m| l.balance(m)), [100, 101], "one reopens with the other");
    let before: Vec<i64> =
        l.store.items_as_of(day("2026-10-09")).unwrap().iter().map(|item| item.balance).collect();
    assert_eq!(before, [] as [i64; 0], "and not on an earlier day");
    l.store.undo(&context()).unwrap();
    assert_eq!([first, second].map(|m| l.balance(m)), [0, 0]);
}

#[test]
fn a_settlement_asks_for_less_than_is_owed_by_one_customer() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 600, "2026-03-01");
    let all = settle(&[m], 600, "2026-09-01", "2026-09-30");
    assert!(matches!(l.refuses(&all), Violation::SettlesNothing { wanted: 600, open: 600, .. }));
    let early = settle(&[m], 1, "2026-09-01", "2026-08-31");
    assert!(matches!(l.refuses(&early), Violation::TooEarly { .. }));
    let none = settle(&[], 1, "2026-09-01", "2026-09-30");
    assert!(matches!(l.refuses(&none), Violation::Empty(_)));
    let other = l.customer("C2");
    let elsewhere = l.project("P2", other);
    let foreign = l.milestone(elsewhere, "X1", 600, "2026-03-01");
    let both = settle(&[m, foreign], 1, "2026-09-01", "2026-09-30");
    assert!(matches!(l.refuses(&both), Violation::OtherCustomer(_)));
    l.pay(customer, 600, "2026-08-01", Target::Automatic);
    let late = settle(&[m], 1, "2026-09-01", "2026-09-30");
    assert_eq!(l.refuses(&late), Violation::NothingOpen(m));
}

#[test]
fn the_order_of_recording_a_settlement_and_its_money_does_not_matter() {
    let record = |turned: bool| {
        let (mut l, customer, project) = Ledger::with_project();
        let m = l.milestone(project, "M1", 1_000, "2026-03-01");
        let mut changes = [
            settle(&[m], 800, "2026-09-01", "2026-09-30"),
            payment(customer, 500, "2026-09-05", Target::Lines(vec![(m, 500)])),
            payment(customer, 300, "2026-09-25", Target::Lines(vec![(m, 300)])),
        ];
        if turned {
            changes.reverse();
        }
        for change in &changes {
            l.does(change);
        }
        let of_a_day = l.store.items_as_of(day("2026-09-10")).unwrap();
        (l.store.facts(m).unwrap().settlements, agreed(&l, "2026-12-31"), of_a_day)
    };
    assert_eq!(record(false), record(true));
}

#[test]
fn what_a_customer_was_let_off_is_counted_with_its_cost() {
    let (mut l, m) = discounted();
    let customer = l.item(m).unwrap().customer;
    let told = |l: &Ledger, on: &str| {
        let all = l.store.concessions(customer, day(on)).unwrap().into_iter();
        all.map(|one| (one.kind.code(), one.times, one.days, one.cost.map(|(_, cost)| cost)))
            .collect::<Vec<_>>()
    };
    let other = l.milestone(ProjectId(1), "M2", 1_000, "2026-03-01");
    l.does(&Change::Reschedule {
        milestones: vec![other],
        to: day("2026-03-31"),
        on: day("2026-02-01"),
        reason: "approval".into(),
    });
    l.does(&settle(&[other], 800, "2026-09-01", "2026-09-30"));
    let lines = Target::Lines(vec![(other, 800)]);
    l.pay(customer, 800, "2026-09-10", lines);
    l.pay(customer, 980, "2026-06-05", Target::Lines(vec![(m, 980)]));
    let extension = ("extension", 1, Some(30), None);
    let discount = ("discount", 1, None, Some(20));
    assert_eq!(told(&l, "2026-06-04"), [extension]);
    assert_eq!(told(&l, "2026-06-05"), [discount, extension]);
    assert_eq!(told(&l, "2026-12-31"), [discount, ("waiver", 1, None, Some(200)), extension]);
}

#[test]
fn money_that_comes_otherwise_than_agreed_is_flagged_as_long_as_it_stands() {
    let mut l = Ledger::new();
    let customer = l.customer("C1");
    let draft = ProjectDraft { method: Some(Method::BankBill), ..project("P1", customer) };
    let project = ProjectId(l.adds(&Change::AddProject(draft)));
    let by_bill = l.milestone(project, "M1", 100, "2026-03-01");
    let by_transfer = MilestoneDraft {
        method: Some(Method::Transfer),
        ..milestone(project, "M2", 100, "2026-03-01")
    };
    let by_transfer = MilestoneId(l.adds(&Change::AddMilestone(by_transfer)));
    let lines = vec![(by_bill, 50), (by_transfer, 50)];
    let paid = l.pay(customer, 100, "2026-06-01", Target::Lines(lines));
    let flagged = |l: &Ledger| [by_bill, by_transfer].map(|m| l.item(m).unwrap().rare.other_method);
    assert_eq!(flagged(&l), [true, false]);
    assert!(!l.store.items_as_of(day("2026-05-31")).unwrap()[0].rare.other_method);
    l.does(&reversal(paid, None, "2026-07-01"));
    assert_eq!(flagged(&l), [false, false]);
}

#[test]
fn a_bill_that_runs_longer_than_agreed_is_flagged() {
    let mut l = Ledger::new();
    let customer = l.customer("C1");
    let draft = ProjectDraft { bill_months: Some(6), ..project("P1", customer) };
    let project = ProjectId(l.adds(&Change::AddProject(draft)));
    let of_six = l.milestone(project, "M1", 100, "2026-03-01");
    let of_nine =
        MilestoneDraft { bill_months: Some(9), ..milestone(project, "M2", 100, "2026-03-01") };
    let of_nine = MilestoneId(l.adds(&Change::AddMilestone(of_nine)));
    let mut pays = |amount: i64, drawn: Option<&str>, matures: &str| {
        let bill = BillDraft {
            issued_on: drawn.map(day),
            matures_on: Some(day(matures)),
            ..BillDraft::default()
        };
        let account = Account { customer, currency: Currency::CNY };
        let lines = vec![(of_six, amount), (of_nine, amount)];
        let draft = PaymentDraft {
            method: Method::BankBill,
            bill: Some(Box::new(bill)),
            target: Target::Lines(lines),
            again: true,
            ..PaymentDraft::new(account, day("2026-06-01"), 2 * amount)
        };
        let payment = PaymentId(l.adds(&Change::RecordPayment(draft)));
        let flagged = [of_six, of_nine].map(|m| l.item(m).unwrap().rare.other_method);
        let listed = l.store.payments(&[payment]).unwrap();
        (flagged, listed[0].head.is_by_other_method())
    };
    assert_eq!(pays(10, None, "2026-12-01"), ([false, false], false));
    assert_eq!(pays(10, Some("2026-05-31"), "2026-12-01"), ([true, false], true));
    assert_eq!(pays(10, None, "2027-03-02"), ([true, true], true));
}
