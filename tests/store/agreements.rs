//! What was agreed beside the plan: discounts, settlements, and when the work rests.

use huikuan::domain::change::{Change, ProjectDraft, Target, TimelineEvent};
use huikuan::domain::ids::{MilestoneId, ProjectId};
use huikuan::domain::kinds::{ProjectState, WaiverKind};
use huikuan::domain::money::Currency;
use huikuan::domain::violation::Violation;
use huikuan::store::Agreed;

use crate::kit::{Ledger, context, day, invoice, project, reversal};

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
