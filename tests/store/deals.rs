//! What is agreed after the contract: amounts by day, and an open balance in dated parts.

use chrono::NaiveDate;
use huikuan::domain::as_of::LATEST;
use huikuan::domain::change::{
    Change, MilestoneDraft, ProjectDraft, Target, TimelineEvent, Voidable,
};
use huikuan::domain::deal::Part;
use huikuan::domain::ids::{CustomerId, MilestoneId, ProjectId};
use huikuan::domain::item::Item;
use huikuan::domain::kinds::{DealKind, Flag, WaitingOn};
use huikuan::domain::money::Currency;
use huikuan::domain::policy::Policy;
use huikuan::domain::status::{Status, flags, status, waiting_on};
use huikuan::domain::violation::{Claim, Thing, Violation};

use crate::kit::{Ledger, context, day, invoice, project, reversal, today};

/// A contract of 1,000,000.00 planned 30/40/30, the first of it invoiced and paid.
struct Contract {
    l: Ledger,
    customer: CustomerId,
    project: ProjectId,
    plan: [MilestoneId; 3],
}

fn contract() -> Contract {
    let mut l = Ledger::new();
    let customer = l.customer("C1");
    let draft = ProjectDraft {
        contract_amount: Some(100_000_000),
        signed_on: Some(day("2026-01-10")),
        ..project("P1", customer)
    };
    let project = ProjectId(l.does(&Change::AddProject(draft)).created[0]);
    let plan = [
        ("M1", 30_000_000, "2026-02-10"),
        ("M2", 40_000_000, "2026-06-10"),
        ("M3", 30_000_000, "2026-12-10"),
    ]
    .map(|(key, amount, due)| l.milestone(project, key, amount, due));
    l.does(&invoice(plan[0], None, "2026-02-01"));
    l.pay(customer, 30_000_000, "2026-02-20", Target::Lines(vec![(plan[0], 30_000_000)]));
    Contract { l, customer, project, plan }
}

impl Contract {
    fn amend(&self, amount: i64, on: &str, lines: &[(MilestoneId, i64)]) -> Change {
        Change::Amend {
            project: self.project,
            amount,
            on: day(on),
            lines: lines.to_vec(),
            note: String::new(),
        }
    }

    /// Amounts of the milestones that are there on a day.
    fn amounts(&self, on: &str) -> Vec<i64> {
        amounts(&self.l, self.project, day(on))
    }
}

fn amounts(l: &Ledger, project: ProjectId, on: NaiveDate) -> Vec<i64> {
    let plan = l.store.project_detail(project).unwrap().plan;
    let ids: Vec<_> = plan.iter().map(|step| step.item.id).collect();
    let facts = l.store.facts_of(&ids).unwrap();
    let items = ids.iter().filter_map(|id| {
        let facts = facts.iter().find(|facts| facts.id == *id).unwrap();
        huikuan::domain::as_of::item(facts, on, huikuan::domain::calendar::Calendar::china())
    });
    items.map(|item| item.amount).collect()
}

fn split(of: &[MilestoneId], on: &str, parts: &[(&str, i64)]) -> Change {
    let part = |(due, amount): &(&str, i64)| Part { due: day(due), amount: *amount };
    Change::Split {
        milestones: of.to_vec(),
        parts: parts.iter().map(part).collect(),
        on: day(on),
        all_due: true,
        note: String::new(),
    }
}

fn item(l: &Ledger, key: &str) -> Item {
    let id = l.store.find_milestone(key).unwrap();
    l.store.milestone_detail(id).unwrap().item
}

#[test]
fn an_amendment_shares_out_what_is_not_kept() {
    let mut c = contract();
    c.l.does(&c.amend(110_000_000, "2026-07-01", &[]));
    assert_eq!(c.amounts("2026-06-30"), [30_000_000, 40_000_000, 30_000_000]);
    assert_eq!(c.amounts("2026-07-01"), [30_000_000, 45_714_286, 34_285_714]);
    let on = |on: &str| c.l.store.contract_on(c.project, day(on)).unwrap();
    assert_eq!((on("2026-06-30"), on("2026-07-01")), (Some(100_000_000), Some(110_000_000)));
    let page = c.l.store.projects(&[c.project]).unwrap();
    assert_eq!((page[0].contract_amount, page[0].planned), (Some(110_000_000), 110_000_000));
    let agreed = |on: &str| {
        let sums = c.l.store.agreed(day(on)).unwrap();
        sums.iter().map(|(_, agreed)| agreed.amount).collect::<Vec<_>>()
    };
    assert_eq!(
        (agreed("2026-06-30"), agreed("2026-07-01")),
        (vec![100_000_000], vec![110_000_000])
    );
}

#[test]
fn what_is_said_of_a_milestone_wins_over_its_share() {
    let mut c = contract();
    let [_, second, third] = c.plan;
    c.l.does(&c.amend(110_000_000, "2026-07-01", &[(second, 50_000_000)]));
    assert_eq!(c.amounts("2026-07-01"), [30_000_000, 50_000_000, 30_000_000]);
    let all = [(second, 1), (third, 2)];
    let why = c.l.refuses(&c.amend(120_000_000, "2026-08-01", &all));
    let (plan, contract, currency) = (30_000_003, 120_000_000, Currency::CNY);
    assert_eq!(why, Violation::PlanDiffers { plan, contract, currency });
}

#[test]
fn an_amendment_keeps_what_is_billed_or_paid() {
    let mut c = contract();
    let (contract, kept, currency) = (20_000_000, 30_000_000, Currency::CNY);
    let why = c.l.refuses(&c.amend(contract, "2026-07-01", &[]));
    assert_eq!(why, Violation::BelowKept { contract, kept, currency });
    let [first, ..] = c.plan;
    let why = c.l.refuses(&c.amend(90_000_000, "2026-07-01", &[(first, 1)]));
    assert!(matches!(why, Violation::BelowBilled { amount: 1, billed: 30_000_000, .. }), "{why:?}");
    c.l.does(&c.amend(30_000_000, "2026-07-01", &[]));
    assert_eq!(c.amounts("2026-07-01"), [30_000_000, 0, 0]);
}

#[test]
fn a_deal_is_not_dated_before_another_about_the_same() {
    let mut c = contract();
    c.l.does(&c.amend(110_000_000, "2026-07-01", &[]));
    let why = c.l.refuses(&c.amend(120_000_000, "2026-06-01", &[]));
    assert_eq!(why, Violation::TooEarly { day: day("2026-06-01"), earliest: day("2026-07-01") });
    c.l.does(&c.amend(120_000_000, "2026-07-02", &[]));
    assert_eq!(c.amounts("2026-07-02"), [30_000_000, 51_428_572, 38_571_428]);
}

#[test]
fn an_edit_corrects_an_amended_amount_for_all_days() {
    let mut c = contract();
    let [_, second, _] = c.plan;
    c.l.does(&c.amend(110_000_000, "2026-07-01", &[]));
    let shown = c.l.store.milestone_draft(second).unwrap();
    assert_eq!(shown.amount, 45_714_286);
    c.l.does(&Change::EditMilestone(
        second,
        MilestoneDraft { name: "M2 new".into(), ..shown.clone() },
    ));
    assert_eq!(c.amounts("2026-07-01")[1], 45_714_286);
    c.l.does(&Change::EditMilestone(second, MilestoneDraft { amount: 46_714_286, ..shown }));
    assert_eq!((c.amounts("2026-06-30")[1], c.amounts("2026-07-01")[1]), (41_000_000, 46_714_286));
    let contract = c.l.store.project_draft(c.project).unwrap();
    assert_eq!(contract.contract_amount, Some(110_000_000));
    let wrong = ProjectDraft { contract_amount: Some(111_000_000), ..contract };
    c.l.does(&Change::EditProject(c.project, wrong));
    let on = |on: &str| c.l.store.contract_on(c.project, day(on)).unwrap();
    assert_eq!((on("2026-06-30"), on("2026-07-01")), (Some(100_000_000), Some(111_000_000)));
}

#[test]
fn an_open_balance_becomes_parts_of_their_own() {
    let mut c = contract();
    let [_, second, _] = c.plan;
    c.l.pay(c.customer, 10_000_000, "2026-06-20", Target::Lines(vec![(second, 10_000_000)]));
    let before = c.l.store.items_as_of(day("2026-08-31")).unwrap();
    c.l.does(&split(
        &[second],
        "2026-09-01",
        &[("2026-10-31", 10_000_000), ("2026-12-31", 20_000_000)],
    ));
    assert_eq!(c.l.store.items_as_of(day("2026-08-31")).unwrap(), before);
    assert_eq!(
        c.amounts("2026-09-01"),
        [30_000_000, 10_000_000, 10_000_000, 20_000_000, 30_000_000]
    );
    let keys: Vec<_> =
        c.l.store
            .project_detail(c.project)
            .unwrap()
            .plan
            .into_iter()
            .map(|step| step.key)
            .collect();
    assert_eq!(keys, ["M1", "M2", "M2/1", "M2/2", "M3"]);
    let parent = item(&c.l, "M2");
    assert_eq!((parent.balance, status(&parent, today(), &Policy::default())), (0, Status::Split));
    let part = item(&c.l, "M2/1");
    assert_eq!(part.due(today()), Some(day("2026-10-31")));
    assert_eq!(
        part.first_due(today()),
        Some(day("2026-06-10")),
        "by which the original-due basis ages"
    );
    assert_eq!(status(&part, today(), &Policy::default()), Status::Overdue(21));
    assert_eq!(
        c.l.store
            .project_detail(c.project)
            .unwrap()
            .plan
            .iter()
            .map(|s| s.item.amount)
            .sum::<i64>(),
        100_000_000
    );
}

#[test]
fn parts_have_to_be_the_open_balance() {
    let mut c = contract();
    let [first, second, _] = c.plan;
    let why = c.l.refuses(&split(&[second], "2026-09-01", &[("2026-10-31", 39_999_999)]));
    let (parts, open, currency) = (39_999_999, 40_000_000, Currency::CNY);
    assert_eq!(why, Violation::PartsDiffer { parts, open, currency });
    let why = c.l.refuses(&split(&[first], "2026-09-01", &[("2026-10-31", 1)]));
    assert_eq!(why, Violation::NothingOpen(first));
    let why = c.l.refuses(&split(&[second], "2026-09-01", &[("2026-08-31", 40_000_000)]));
    assert!(matches!(why, Violation::TooEarly { .. }), "{why:?}");
}

#[test]
fn what_falls_due_first_fills_the_first_parts() {
    let mut c = contract();
    let [_, second, third] = c.plan;
    c.l.does(&split(
        &[third, second],
        "2026-09-01",
        &[("2026-10-31", 50_000_000), ("2026-12-31", 20_000_000)],
    ));
    let of = |key| {
        let item = item(&c.l, key);
        (
            item.amount,
            item.due(today()).unwrap().to_string(),
            item.first_due(today()).unwrap().to_string(),
        )
    };
    assert_eq!(of("M2/1"), (40_000_000, "2026-10-31".into(), "2026-06-10".into()));
    assert_eq!(of("M3/1"), (10_000_000, "2026-10-31".into(), "2026-12-10".into()));
    assert_eq!(of("M3/2"), (20_000_000, "2026-12-31".into(), "2026-12-10".into()));
}

#[test]
fn a_part_is_billed_as_far_as_the_bills_of_the_whole_reach() {
    let mut c = contract();
    let [_, second, _] = c.plan;
    c.l.does(&invoice(second, Some(25_000_000), "2026-06-01"));
    c.l.pay(c.customer, 10_000_000, "2026-06-20", Target::Lines(vec![(second, 10_000_000)]));
    c.l.does(&split(
        &[second],
        "2026-09-01",
        &[("2026-10-31", 10_000_000), ("2026-11-20", 20_000_000)],
    ));
    let of = |l: &Ledger, key| {
        let item = item(l, key);
        (item.invoiced, waiting_on(&item, today(), &Policy::default()))
    };
    assert_eq!(of(&c.l, "M2/1"), (10_000_000, WaitingOn::CustomerPay));
    assert_eq!(of(&c.l, "M2/2"), (5_000_000, WaitingOn::UsInvoice));
    let last = c.l.store.find_milestone("M2/2").unwrap();
    c.l.does(&invoice(last, None, "2026-11-01"));
    assert_eq!(of(&c.l, "M2/2"), (20_000_000, WaitingOn::CustomerPay));
    c.l.does(&invoice(second, Some(-25_000_000), "2026-11-02"));
    assert_eq!(of(&c.l, "M2/1"), (0, WaitingOn::UsInvoice));
}

#[test]
fn money_of_the_parts_settles_the_bill_of_the_whole() {
    let mut c = contract();
    let [_, second, _] = c.plan;
    c.l.does(&invoice(second, None, "2026-06-01"));
    c.l.does(&split(
        &[second],
        "2026-09-01",
        &[("2026-10-31", 10_000_000), ("2026-12-31", 30_000_000)],
    ));
    let first = c.l.store.find_milestone("M2/1").unwrap();
    c.l.pay(c.customer, 10_000_000, "2026-10-30", Target::Lines(vec![(first, 10_000_000)]));
    let bills = c.l.store.invoice_list(huikuan::store::Span::default()).unwrap();
    let bill = bills.iter().find(|bill| bill.amount() == 40_000_000).unwrap();
    assert_eq!((bill.paid(), bill.open()), (10_000_000, 30_000_000));
}

#[test]
fn a_part_that_is_not_paid_can_make_the_later_ones_due() {
    let mut c = contract();
    let [_, second, _] = c.plan;
    let parts =
        [("2026-10-31", 10_000_000), ("2026-12-31", 10_000_000), ("2027-01-31", 20_000_000)];
    c.l.does(&split(&[second], "2026-09-01", &parts));
    let missed = item(&c.l, "M2/1");
    assert!(flags(&missed, today(), &Policy::default()).contains(&Flag::CallDue));
    let call =
        |milestone, on: &str| Change::CallDue { milestone, on: day(on), reason: String::new() };
    let later = c.l.store.find_milestone("M2/2").unwrap();
    assert_eq!(c.l.refuses(&call(later, "2026-11-20")), Violation::NothingToCall(later));
    assert_eq!(c.l.refuses(&call(missed.id, "2026-10-31")), Violation::NothingToCall(missed.id));
    let dump = c.l.dump();
    c.l.does(&call(missed.id, "2026-11-20"));
    for key in ["M2/2", "M2/3"] {
        assert_eq!(item(&c.l, key).due(today()), Some(day("2026-11-20")));
    }
    assert!(!flags(&item(&c.l, "M2/1"), today(), &Policy::default()).contains(&Flag::CallDue));
    assert_eq!(c.l.refuses(&call(missed.id, "2026-11-20")), Violation::NothingToCall(missed.id));
    c.l.store.undo(&context()).unwrap();
    assert_eq!(c.l.dump(), dump);
}

#[test]
fn a_part_can_be_split_again() {
    let mut c = contract();
    let [_, second, _] = c.plan;
    c.l.does(&invoice(second, Some(15_000_000), "2026-06-01"));
    c.l.does(&split(
        &[second],
        "2026-09-01",
        &[("2026-10-31", 10_000_000), ("2026-12-31", 30_000_000)],
    ));
    let last = c.l.store.find_milestone("M2/2").unwrap();
    c.l.does(&split(
        &[last],
        "2026-11-01",
        &[("2027-01-31", 10_000_000), ("2027-02-28", 20_000_000)],
    ));
    let invoiced = ["M2/1", "M2/3", "M2/4"].map(|key| item(&c.l, key).invoiced);
    assert_eq!(invoiced, [10_000_000, 5_000_000, 0]);
    assert_eq!(status(&item(&c.l, "M2/2"), today(), &Policy::default()), Status::Split);
}

#[test]
fn what_a_deal_is_about_is_neither_voided_nor_moved() {
    let mut c = contract();
    let [_, second, _] = c.plan;
    c.l.does(&split(&[second], "2026-09-01", &[("2026-10-31", 40_000_000)]));
    let part = c.l.store.find_milestone("M2/1").unwrap();
    for id in [second, part] {
        let void = Change::Void { entry: Voidable::Milestone(id), reason: "no".into() };
        assert_eq!(c.l.refuses(&void), Violation::InUse(Thing::Deal));
    }
    let other = c.l.project("P2", c.customer);
    let draft = MilestoneDraft { project: other, ..c.l.store.milestone_draft(part).unwrap() };
    assert_eq!(c.l.refuses(&Change::EditMilestone(part, draft)), Violation::InUse(Thing::Deal));
}

#[test]
fn deals_are_listed_and_undone() {
    let mut c = contract();
    let [_, second, _] = c.plan;
    let empty = c.l.dump();
    c.l.does(&c.amend(110_000_000, "2026-07-01", &[]));
    c.l.does(&split(&[second], "2026-09-01", &[("2026-10-31", 45_714_286)]));
    let deals = c.l.store.deal_list(None, Some(c.project)).unwrap();
    let listed: Vec<_> = deals
        .iter()
        .map(|deal| (deal.head.kind.code(), deal.head.amount, deal.lines.len()))
        .collect();
    assert_eq!(listed, [("instalments", Some(45_714_286), 2), ("amendment", Some(110_000_000), 2)]);
    assert_eq!(c.l.store.deal_list(Some(CustomerId(99)), None).unwrap(), []);
    c.l.store.undo(&context()).unwrap();
    c.l.store.undo(&context()).unwrap();
    assert_eq!(c.l.dump(), empty);
    assert_eq!(c.l.store.contract_on(c.project, LATEST).unwrap(), Some(100_000_000));
}

#[test]
fn money_that_goes_back_opens_what_was_split() {
    let mut c = contract();
    let [_, second, _] = c.plan;
    let paid =
        c.l.pay(c.customer, 10_000_000, "2026-06-20", Target::Lines(vec![(second, 10_000_000)]));
    c.l.does(&split(&[second], "2026-09-01", &[("2026-10-31", 30_000_000)]));
    c.l.does(&reversal(paid, None, "2026-09-10"));
    let parent = item(&c.l, "M2");
    assert_eq!(
        (parent.balance, status(&parent, today(), &Policy::default())),
        (10_000_000, Status::Overdue(164))
    );
}

#[test]
fn what_happened_is_in_the_timeline_of_both() {
    let mut c = contract();
    let [_, second, _] = c.plan;
    c.l.does(&c.amend(110_000_000, "2026-07-01", &[]));
    c.l.does(&split(&[second], "2026-09-01", &[("2026-10-31", 45_714_286)]));
    let told = |l: &Ledger, id| -> Vec<TimelineEvent> {
        let told = l.store.timeline(id).unwrap().into_iter().map(|entry| entry.event);
        told.filter(|event| {
            matches!(
                event,
                TimelineEvent::Adjusted { .. }
                    | TimelineEvent::PartOf { .. }
                    | TimelineEvent::Agreed { .. }
            )
        })
        .collect()
    };
    let note = String::new();
    let adjusted = |kind, amount| TimelineEvent::Adjusted { kind, amount, note: note.clone() };
    let wanted =
        [adjusted(DealKind::Instalments, -45_714_286), adjusted(DealKind::Amendment, 5_714_286)];
    let signed = TimelineEvent::Agreed { amount: 40_000_000 };
    assert_eq!(told(&c.l, second), wanted.into_iter().chain([signed]).collect::<Vec<_>>());
    let part = c.l.store.find_milestone("M2/1").unwrap();
    // Nobody signed a part: it was agreed as one.
    let (kind, amount) = (DealKind::Instalments, 45_714_286);
    assert_eq!(told(&c.l, part), [TimelineEvent::PartOf { kind, of: "M2".into(), amount }]);
}

#[test]
fn what_was_accepted_in_part_is_owed_apart_and_the_rest_is_still_to_be_accepted() {
    let mut c = contract();
    let draft = MilestoneDraft {
        amount: 30_000_000,
        rule: "acceptance + 30d".parse().unwrap(),
        delivered_on: Some(day("2026-08-20")),
        ..c.l.store.milestone_draft(c.plan[2]).unwrap()
    };
    c.l.does(&Change::EditMilestone(c.plan[2], draft));
    let part = |amount| Change::AcceptPart { milestone: c.plan[2], amount, on: day("2026-09-01") };
    let whole = Violation::ExceedsOpen {
        claim: Claim::Acceptance,
        milestone: c.plan[2],
        wanted: 30_000_000,
        open: 30_000_000,
        currency: Currency::CNY,
    };
    assert_eq!(c.l.refuses(&part(30_000_000)), whole);
    let before = c.l.dump();
    c.l.does(&part(18_000_000));
    assert_eq!(c.amounts("2026-08-31"), [30_000_000, 40_000_000, 30_000_000]);
    assert_eq!(c.amounts("2026-09-01"), [30_000_000, 40_000_000, 12_000_000, 18_000_000]);
    let (accepted, rest) = (item(&c.l, "M3/1"), item(&c.l, "M3"));
    assert_eq!((accepted.balance, accepted.accepted_on), (18_000_000, Some(day("2026-09-01"))));
    assert_eq!(accepted.firm_due(today()), Some(day("2026-10-01")));
    assert_eq!((rest.balance, rest.accepted_on, rest.rare.is_split), (12_000_000, None, false));
    let turn = |item: &Item| waiting_on(item, today(), &Policy::default());
    assert_eq!([turn(&accepted), turn(&rest)], [WaitingOn::UsInvoice, WaitingOn::CustomerAccept]);
    let told = c.l.store.timeline(c.plan[2]).unwrap();
    assert!(told.iter().any(|entry| matches!(
        entry.event,
        TimelineEvent::Adjusted { kind: DealKind::PartialAcceptance, amount: -18_000_000, .. }
    )));
    c.l.does(&Change::Accept { milestones: vec![c.plan[2]], on: Some(day("2026-10-05")) });
    assert_eq!(c.l.refuses(&part(1)), Violation::AlreadyAccepted(c.plan[2]));
    c.l.store.undo(&context()).unwrap();
    c.l.store.undo(&context()).unwrap();
    assert_eq!(c.l.dump(), before);
}
