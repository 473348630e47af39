//! A plan list, once and again: what is booked, what is left alone, what is refused.

use huikuan::domain::change::{Change, MilestoneDraft, ProjectDraft, Target, TimelineEvent};
use huikuan::domain::deal::Part;
use huikuan::domain::ids::{CustomerId, MilestoneId, ProjectId};
use huikuan::domain::kinds::Stage;
use huikuan::domain::plan::field::PlanField;
use huikuan::domain::plan::{PlanBatch, PlanOutcome, PlanRow, PlanValue};
use huikuan::domain::violation::Violation;
use huikuan::error::Error;
use huikuan::store::TimelineEntry;
use iso_currency::Currency;

use crate::kit::{Ledger, context, day, reversal, today};
use crate::random::derived_is_true;

fn row(number: u32, key: &str) -> PlanRow {
    PlanRow {
        row: number,
        key: Some(key.into()),
        customer: "C1".into(),
        customer_name: "星河科技".into(),
        contact_name: None,
        contact_phone: None,
        project: Some("P1".into()),
        project_name: None,
        manager: None,
        contract_no: None,
        contract_amount: None,
        signed_on: None,
        milestone: format!("节点 {key}"),
        stage: None,
        guessed_stage: None,
        amount: 10_000,
        currency: Currency::CNY,
        agreed_on: None,
        due: Some("2026-06-30".parse().unwrap()),
        condition: None,
        told_due: None,
        planned_on: None,
        delivered_on: None,
        accepted_on: None,
        invoice_no: None,
        invoiced_on: None,
        paid: None,
        paid_on: None,
        disputed: None,
        written_off_on: None,
        note: None,
    }
}

fn batch(rows: Vec<PlanRow>) -> PlanBatch {
    PlanBatch {
        file: "plan.csv".into(),
        sha256: "00".into(),
        reschedule: false,
        skip_bad: false,
        bills: true,
        undated: None,
        rows,
    }
}

fn import(l: &mut Ledger, rows: Vec<PlanRow>) -> PlanOutcome {
    let applied = l.import(&batch(rows)).unwrap();
    derived_is_true(l);
    applied.outcome.unwrap()
}

fn counts(outcome: &PlanOutcome) -> [u32; 3] {
    [outcome.imported, outcome.updated, outcome.unchanged]
}

fn refused(l: &mut Ledger, rows: Vec<PlanRow>) -> Vec<(u32, PlanField, Violation)> {
    let before = l.dump();
    let Err(Error::Rows(outcome)) = l.import(&batch(rows)) else {
        panic!("expected refused rows");
    };
    assert_eq!(l.dump(), before);
    assert_eq!(counts(&outcome), [0, 0, 0]);
    let refused = outcome.refusals.into_iter();
    refused.map(|r| (r.row, r.column, r.why)).collect()
}

/// A list with everything a row can say.
fn full() -> Vec<PlanRow> {
    vec![
        PlanRow {
            manager: Some("王敏".into()),
            contract_no: Some("HT-1".into()),
            contract_amount: Some(90_000),
            signed_on: Some(day("2026-01-05")),
            contact_name: Some("赵总".into()),
            contact_phone: Some("138".into()),
            invoice_no: Some("24317".into()),
            invoiced_on: Some(day("2026-03-01")),
            paid_on: Some(day("2026-07-02")),
            disputed: Some(true),
            ..row(2, "A")
        },
        PlanRow {
            invoice_no: Some("24317".into()),
            invoiced_on: Some(day("2026-03-01")),
            paid: Some(4_000),
            paid_on: Some(day("2026-10-01")),
            written_off_on: Some(day("2026-11-01")),
            ..row(3, "B")
        },
        PlanRow {
            disputed: Some(true),
            due: Some("acceptance(A) + 1y".parse().unwrap()),
            ..row(4, "C")
        },
        PlanRow {
            key: None,
            project: None,
            manager: Some("李雷".into()),
            due: None,
            ..row(5, "D")
        },
    ]
}

#[test]
fn a_list_read_again_changes_nothing() {
    let mut l = Ledger::new();
    assert_eq!(counts(&import(&mut l, full())), [4, 0, 0]);
    let before = l.dump();
    let again = l.import(&batch(full())).unwrap();
    assert_eq!(again.event, None);
    assert_eq!(counts(&again.outcome.unwrap()), [0, 0, 4]);
    assert_eq!(l.dump(), before);
}

#[test]
fn an_imported_list_is_undone_as_one() {
    let mut l = Ledger::new();
    l.customer("C9");
    let before = l.dump();
    import(&mut l, full());
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), before);
}

#[test]
fn paid_on_means_in_full_and_settles_the_dispute() {
    let mut l = Ledger::new();
    import(&mut l, full());
    let m = l.store.find_milestone("A").unwrap();
    let facts = l.store.facts(m).unwrap();
    assert_eq!(facts.agreed_on, Some(day("2026-01-05")));
    assert_eq!(facts.disputes[0].opened_on, day("2026-03-01"));
    assert_eq!(facts.disputes[0].resolved_on, Some(day("2026-07-02")));
    let told = l.store.timeline(m).unwrap();
    assert!(
        matches!(
            &told[..],
            [
                TimelineEntry { event: TimelineEvent::Resolved { .. }, .. },
                TimelineEntry { event: TimelineEvent::Paid { amount: 10_000, .. }, .. },
                TimelineEntry { event: TimelineEvent::Disputed { .. }, .. },
                TimelineEntry { event: TimelineEvent::Invoiced { .. }, .. },
                TimelineEntry { event: TimelineEvent::Agreed { .. }, .. },
            ]
        ),
        "{told:#?}"
    );
}

#[test]
fn a_write_off_in_a_list_closes_what_is_open() {
    let mut l = Ledger::new();
    import(&mut l, full());
    let m = l.store.find_milestone("B").unwrap();
    assert_eq!(l.store.facts(m).unwrap().write_offs, [(day("2026-11-01"), 6_000)]);
}

#[test]
fn money_typed_by_hand_is_not_booked_twice() {
    let mut l = Ledger::new();
    import(&mut l, vec![row(2, "A")]);
    let m = l.store.find_milestone("A").unwrap();
    l.pay(CustomerId(1), 3_000, "2026-07-01", Target::Lines(vec![(m, 3_000)]));
    let paid = |paid| PlanRow { paid: Some(paid), paid_on: Some(day("2026-08-01")), ..row(2, "A") };
    assert_eq!(counts(&import(&mut l, vec![paid(5_000)])), [0, 1, 0]);
    let facts = l.store.facts(m).unwrap();
    let booked: Vec<_> = facts.allocations.iter().map(|a| (a.on, a.amount)).collect();
    assert_eq!(booked, [(day("2026-07-01"), 3_000), (day("2026-08-01"), 2_000)]);
    assert!(matches!(
        refused(&mut l, vec![paid(4_000)])[..],
        [(2, PlanField::Paid, Violation::ReceivedLess { listed: 4_000, recorded: 5_000, .. })]
    ));
    assert!(matches!(
        refused(&mut l, vec![paid(11_000)])[..],
        [(2, PlanField::Paid, Violation::BelowReceived { .. })]
    ));
}

#[test]
fn a_changed_due_date_is_a_correction_or_a_reschedule() {
    let mut l = Ledger::new();
    import(&mut l, vec![row(2, "A"), row(3, "B")]);
    let moved = |key| PlanRow { due: Some("2026-09-30".parse().unwrap()), ..row(2, key) };
    import(&mut l, vec![moved("A")]);
    let item = |l: &Ledger, key| l.item(l.store.find_milestone(key).unwrap()).unwrap();
    assert_eq!(item(&l, "A").first_due(today()), Some(day("2026-09-30")));
    let again = PlanBatch { reschedule: true, ..batch(vec![moved("B")]) };
    l.import(&again.clone()).unwrap();
    let b = item(&l, "B");
    assert_eq!(
        (b.first_due(today()), b.due(today())),
        (Some(day("2026-06-30")), Some(day("2026-09-30")))
    );
    assert_eq!(l.import(&again).unwrap().event, None);
    let back = PlanBatch { reschedule: true, ..batch(vec![row(2, "B")]) };
    assert_eq!(l.import(&PlanBatch { reschedule: false, ..back.clone() }).unwrap().event, None);
    l.import(&back).unwrap();
    assert_eq!(item(&l, "B").agreed_due, Some(day("2026-06-30")));
    assert_eq!(l.import(&back).unwrap().event, None);
}

#[test]
fn a_refused_row_refuses_the_file_unless_bad_rows_are_left_out() {
    let mut l = Ledger::new();
    let rows = || {
        vec![
            row(2, "A"),
            PlanRow { amount: 0, ..row(3, "B") },
            PlanRow { currency: Currency::USD, ..row(4, "C") },
            row(5, "A"),
            PlanRow { paid_on: Some(day("2027-01-01")), ..row(6, "D") },
            PlanRow { customer: "C2".into(), ..row(7, "E") },
            PlanRow { due: Some("acceptance(X) + 1d".parse().unwrap()), ..row(8, "F") },
        ]
    };
    let bad: Vec<_> = refused(&mut l, rows()).into_iter().map(|(r, c, _)| (r, c)).collect();
    assert_eq!(
        bad,
        [
            (3, PlanField::Amount),
            (4, PlanField::Currency),
            (5, PlanField::Key),
            (6, PlanField::PaidOn),
            (7, PlanField::Project),
            (8, PlanField::Due)
        ]
    );
    let skipping = PlanBatch { skip_bad: true, ..batch(rows()) };
    let outcome = l.import(&skipping).unwrap().outcome.unwrap();
    assert_eq!((outcome.imported, outcome.refused), (1, 6));
    assert_eq!(l.store.counts().unwrap(), [1, 1, 1]);
}

#[test]
fn a_trial_writes_nothing() {
    let mut l = Ledger::new();
    let before = l.dump();
    let mut last = (0, 0);
    let outcome = l
        .store
        .try_import(&batch(full()), &context(), &mut |done, all| {
            last = (done, all);
        })
        .unwrap()
        .outcome
        .unwrap();
    assert_eq!(counts(&outcome), [4, 0, 0]);
    assert_eq!(last, (4, 4));
    assert_eq!(l.dump(), before);
    l.customer("C9");
}

#[test]
fn a_trial_gives_the_verdict_of_the_import() {
    let mut l = Ledger::new();
    let rows = vec![row(2, "A"), PlanRow { amount: 0, ..row(3, "B") }];
    let tried = l.store.try_import(&batch(rows.clone()), &context(), &mut |_, _| {});
    let (Err(Error::Rows(tried)), Err(Error::Rows(done))) = (tried, l.import(&batch(rows))) else {
        panic!("expected refused rows twice");
    };
    assert_eq!(tried, done);
}

#[test]
fn a_list_without_projects_makes_one_per_customer_manager_and_currency() {
    let mut l = Ledger::new();
    let with = |number, key: &str, manager: Option<&str>| PlanRow {
        project: None,
        manager: manager.map(Into::into),
        ..row(number, key)
    };
    let rows = vec![with(2, "A", None), with(3, "B", Some("王敏")), with(4, "C", Some("王敏"))];
    import(&mut l, rows);
    assert_eq!(l.store.counts().unwrap(), [1, 2, 3]);
    assert!(l.store.find_project("C1-王敏-CNY").is_ok());
}

#[test]
fn a_row_that_disagrees_about_its_project_is_reported() {
    let mut l = Ledger::new();
    let with = |number, key: &str, contract: &str| PlanRow {
        contract_no: Some(contract.into()),
        ..row(number, key)
    };
    let outcome = import(&mut l, vec![with(2, "A", "HT-1"), with(3, "B", "HT-2")]);
    assert_eq!(outcome.differing, [(3, PlanField::ContractNo)]);
}

#[test]
fn a_name_tells_the_stage_of_a_new_milestone_only() {
    let (mut l, ..) = Ledger::with_project();
    let told = || PlanRow { guessed_stage: Some(Stage::Final), ..row(2, "A") };
    import(&mut l, vec![told()]);
    let id = l.store.find_milestone("A").unwrap();
    assert_eq!(l.item(id).unwrap().stage, Stage::Final);
    let mut draft = l.store.milestone_draft(id).unwrap();
    draft.stage = Stage::Settlement;
    l.does(&Change::EditMilestone(id, draft));
    assert_eq!(counts(&import(&mut l, vec![told()])), [0, 0, 1]);
    assert_eq!(l.item(id).unwrap().stage, Stage::Settlement);
}

#[test]
fn a_changed_customer_name_is_an_edit_and_the_first_row_counts() {
    let (mut l, customer, _) = Ledger::with_project();
    import(&mut l, vec![row(2, "A"), row(3, "B")]);
    let named =
        |number, key, name: &str| PlanRow { customer_name: name.into(), ..row(number, key) };
    let outcome = import(&mut l, vec![named(2, "A", "银河科技"), named(3, "B", "星河")]);
    assert_eq!(counts(&outcome), [0, 1, 1]);
    assert_eq!(outcome.differing, [(3, PlanField::CustomerName)]);
    let name = l.store.customer_draft(customer).unwrap().name;
    assert_eq!(name, "银河科技");
    let nameless = import(&mut l, vec![named(2, "A", "C1")]);
    assert_eq!(counts(&nameless), [0, 0, 1]);
}

#[test]
fn money_from_before_the_contract_counts_from_its_signing() {
    let (mut l, customer, project) = Ledger::with_project();
    let signed = ProjectDraft {
        signed_on: Some(day("2026-06-03")),
        ..l.store.project_draft(project).unwrap()
    };
    l.does(&Change::EditProject(project, signed));
    let paid = PlanRow { paid: Some(4_000), paid_on: Some(day("2026-05-01")), ..row(2, "A") };
    import(&mut l, vec![paid]);
    let unapplied = |on: &str| l.store.unapplied(Some(day(on))).unwrap();
    assert_eq!(unapplied("2026-06-02"), [(customer, Currency::CNY, 4_000)]);
    assert_eq!(unapplied("2026-06-03"), []);
}

/// More rows than an import holds at a time.
const MANY: u32 = 1_100;

#[test]
fn rows_far_apart_in_a_list_know_of_each_other() {
    let mut l = Ledger::new();
    let many = |first: PlanRow, last: PlanRow| {
        let between =
            (3..MANY).map(|n| PlanRow { project: Some(format!("P{n}")), ..row(n, &n.to_string()) });
        std::iter::once(first).chain(between).chain([last]).collect::<Vec<_>>()
    };
    let twice = refused(&mut l, many(row(2, "A"), row(MANY, "A")));
    assert_eq!(twice, [(MANY, PlanField::Key, Violation::SameAsRow(2))]);
    let contract =
        |number, key, no: &str| PlanRow { contract_no: Some(no.into()), ..row(number, key) };
    let last = PlanRow {
        customer_name: "银河科技".into(),
        due: Some("acceptance(A) + 1y".parse().unwrap()),
        ..contract(MANY, "B", "HT-2")
    };
    let mut import = |rows| l.import(&batch(rows)).unwrap().outcome.unwrap();
    let outcome = import(many(contract(2, "A", "HT-1"), last));
    assert_eq!(counts(&outcome), [MANY - 1, 0, 0]);
    let differing = [(MANY, PlanField::CustomerName), (MANY, PlanField::ContractNo)];
    assert_eq!(outcome.differing, differing);
    // A name stands for what was there before the list, not for what the list itself brought.
    let named = |number, name: &str| PlanRow {
        key: None,
        milestone: name.into(),
        due: None,
        ..contract(number, "", "HT-1")
    };
    let again = import(many(named(2, "节点 A"), named(MANY, "新款")));
    assert_eq!(counts(&again), [1, 0, MANY - 2]);
}

#[test]
fn a_list_of_refused_rows_is_counted_and_told_in_part() {
    let mut l = Ledger::new();
    let rows = (2..2_002).map(|n| PlanRow { amount: 0, ..row(n, &n.to_string()) });
    let Err(Error::Rows(outcome)) = l.import(&batch(rows.collect())) else {
        panic!("expected refused rows");
    };
    assert_eq!((outcome.refused, outcome.refusals.len()), (2_000, 1_000));
}

#[test]
fn a_project_that_comes_with_a_list_without_invoices_does_not_bill() {
    let mut l = Ledger::new();
    let plain = PlanBatch { bills: false, ..batch(vec![row(2, "A")]) };
    l.import(&plain).unwrap();
    assert!(!l.store.project_draft(ProjectId(1)).unwrap().bills);
    let (mut l, ..) = Ledger::with_project();
    l.import(&plain).unwrap();
    assert!(l.store.project_draft(ProjectId(1)).unwrap().bills);
}

#[test]
fn what_bounced_is_not_booked_again_by_the_same_list() {
    for paid_on in [Some("2026-09-01"), None] {
        let mut l = Ledger::new();
        let listed = |paid, on: Option<&str>| PlanRow {
            paid: Some(paid),
            paid_on: on.map(day),
            ..row(2, "A")
        };
        // What is there when a milestone comes in has to have a day.
        import(&mut l, vec![row(2, "A")]);
        import(&mut l, vec![listed(4_000, paid_on)]);
        let customer = l.store.find_customer("C1").unwrap();
        let payment = l.store.payments_of(customer).unwrap()[0].id;
        l.does(&reversal(payment, None, "2026-11-21"));
        let again = import(&mut l, vec![listed(4_000, paid_on)]);
        assert_eq!(counts(&again), [0, 0, 1]);
        assert_eq!(again.differing, [(2, PlanField::Paid)], "and it says so");
        let milestone = l.store.find_milestone("A").unwrap();
        assert_eq!(l.balance(milestone), 10_000);
        // What comes on top is new.
        assert_eq!(counts(&import(&mut l, vec![listed(5_000, paid_on)])), [0, 1, 0]);
        assert_eq!(l.balance(milestone), 9_000);
    }
}

#[test]
fn money_that_came_after_it_bounced_is_booked() {
    let mut l = Ledger::new();
    let listed = |on| PlanRow { paid: Some(4_000), paid_on: Some(day(on)), ..row(2, "A") };
    import(&mut l, vec![listed("2026-09-01")]);
    let customer = l.store.find_customer("C1").unwrap();
    let payment = l.store.payments_of(customer).unwrap()[0].id;
    l.does(&reversal(payment, None, "2026-09-10"));
    let again = import(&mut l, vec![listed("2026-10-01")]);
    assert_eq!((counts(&again), again.differing), ([0, 1, 0], vec![]));
}

#[test]
fn a_condition_comes_in_and_its_rule_follows_its_words() {
    let mut l = Ledger::new();
    let said = |text: &str, rule: &str| PlanRow {
        due: None,
        condition: Some(text.into()),
        told_due: rule.parse().ok(),
        ..row(2, "A")
    };
    import(&mut l, vec![said("验收后30天付款", "acceptance + 30d")]);
    let id = |l: &Ledger| l.store.find_milestone("A").unwrap();
    let draft = |l: &Ledger| l.store.milestone_draft(id(l)).unwrap();
    assert_eq!(draft(&l).condition, "验收后30天付款");
    assert_eq!(draft(&l).rule.to_string(), "acceptance + 30d");
    // A due date set by hand stays while the list says nothing new.
    let fixed = MilestoneDraft { rule: "2026-08-01".parse().unwrap(), ..draft(&l) };
    l.does(&Change::EditMilestone(id(&l), fixed));
    let same = import(&mut l, vec![said("验收后30天付款", "acceptance + 30d")]);
    assert_eq!(counts(&same), [0, 0, 1]);
    import(&mut l, vec![said("验收后60天付款", "acceptance + 60d")]);
    assert_eq!(draft(&l).rule.to_string(), "acceptance + 60d");
}

#[test]
fn two_telephones_of_one_contact_are_told_and_nothing_by_the_second_time() {
    let mut l = Ledger::new();
    let calls = |number, key, phone: &str| PlanRow {
        contact_name: Some("赵总".into()),
        contact_phone: Some(phone.into()),
        ..row(number, key)
    };
    let list = || vec![calls(2, "A", "138"), calls(3, "B", "139")];
    assert_eq!(import(&mut l, list()).differing, [(3, PlanField::ContactPhone)]);
    let again = l.import(&batch(list())).unwrap();
    assert_eq!(again.event, None);
    assert_eq!(counts(&again.outcome.unwrap()), [0, 0, 2]);
}

#[test]
fn a_write_off_before_the_bill_is_refused_the_first_time_too() {
    let mut l = Ledger::new();
    let early = PlanRow {
        invoiced_on: Some(day("2026-05-01")),
        written_off_on: Some(day("2026-04-01")),
        ..row(2, "A")
    };
    let why = Violation::TooEarly { day: day("2026-04-01"), earliest: day("2026-05-01") };
    assert_eq!(refused(&mut l, vec![early]), [(2, PlanField::WrittenOffOn, why)]);
}

#[test]
fn a_long_list_of_corrections_is_one_event_that_holds_and_can_be_undone() {
    let mut l = Ledger::new();
    let list = |amount| (2..1_502).map(|n| PlanRow { amount, ..row(n, &n.to_string()) }).collect();
    l.import(&batch(list(10_000))).unwrap();
    let before = l.dump();
    let mut rows: Vec<PlanRow> = list(20_000);
    rows.push(PlanRow { project: Some("P2".into()), ..row(1_502, "new") });
    let applied = l.import(&batch(rows)).unwrap();
    let outcome = applied.outcome.unwrap();
    assert_eq!(counts(&outcome), [1, 1_500, 0]);
    assert_eq!((outcome.changes.len(), outcome.more_changes), (1_000, 501));
    let chain = l.store.verify().unwrap();
    assert_eq!((chain.whole, chain.broken), (2, None));
    l.store.undo(&context()).unwrap();
    assert_eq!(l.store.verify().unwrap().broken, None);
    assert_eq!(l.dump(), before);
    l.store.redo(&context()).unwrap();
    let last = l.store.find_milestone("1501").unwrap();
    assert_eq!(l.store.facts(last).unwrap().amount, 20_000);
}

#[test]
fn what_a_list_changes_is_told_before_and_after() {
    let mut l = Ledger::new();
    import(&mut l, vec![row(2, "A")]);
    let text = |text: &str| PlanValue::Text(text.into());
    let changed = PlanRow {
        manager: Some("王敏".into()),
        due: Some("2026-09-30".parse().unwrap()),
        paid: Some(4_000),
        paid_on: Some(day("2026-07-01")),
        condition: Some("货到付款".into()),
        ..row(2, "A")
    };
    let outcome = import(&mut l, vec![changed, row(3, "B")]);
    let told = outcome.changes.into_iter().map(|c| (c.place, c.key, c.field, c.from, c.to));
    let a = |field, from, to| ("C1/P1/节点 A".to_owned(), Some("A".to_owned()), field, from, to);
    let expected = [
        ("C1/P1".to_owned(), None, Some(PlanField::Manager), None, text("王敏")),
        a(Some(PlanField::Condition), None, text("货到付款")),
        a(Some(PlanField::Due), Some(text("2026-06-30")), text("2026-09-30")),
        a(Some(PlanField::Paid), Some(PlanValue::Amount(0)), PlanValue::Amount(4_000)),
        ("C1/P1/节点 B".to_owned(), Some("B".to_owned()), None, None, PlanValue::Amount(10_000)),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn an_import_is_told_by_its_file() {
    let mut l = Ledger::new();
    let paid = PlanRow { paid: Some(10), paid_on: Some(day("2026-03-01")), ..row(2, "A") };
    import(&mut l, vec![paid, row(3, "B")]);
    let event = l.store.next_undo("wang").unwrap().unwrap();
    let told = l.store.event_summary(event).unwrap();
    assert_eq!((told.name.as_str(), told.more, told.amount), ("plan.csv", 0, None));
}

/// A milestone A of 10,000 in a contract of 20,000, and B beside it, from a list.
fn amended() -> (Ledger, ProjectId) {
    let mut l = Ledger::new();
    let of = |number, key| PlanRow { contract_amount: Some(20_000), ..row(number, key) };
    l.import(&batch(vec![of(2, "A"), of(3, "B")])).unwrap();
    let project = l.store.find_project("P1").unwrap();
    (l, project)
}

#[test]
fn a_list_from_before_an_amendment_does_not_take_it_back() {
    let (mut l, project) = amended();
    let (on, lines, note) = (day("2026-07-01"), Vec::new(), String::new());
    l.does(&Change::Amend { project, amount: 24_000, on, lines, note });
    let of =
        |key, amount, contract| PlanRow { amount, contract_amount: Some(contract), ..row(2, key) };
    let amount = |l: &Ledger| {
        let id = l.store.find_milestone("A").unwrap();
        (l.item(id).unwrap().amount, l.store.contract_on(project, today()).unwrap())
    };
    for (listed, contract) in [(10_000, 20_000), (12_000, 24_000)] {
        let before = l.dump();
        l.import(&batch(vec![of("A", listed, contract)])).unwrap();
        assert_eq!(l.dump(), before, "{listed}");
    }
    l.import(&batch(vec![of("A", 12_500, 24_500)])).unwrap();
    assert_eq!(amount(&l), (12_500, Some(24_500)));
    derived_is_true(&l);
}

#[test]
fn a_row_of_what_was_split_counts_what_its_parts_received() {
    let (mut l, _) = amended();
    let a = l.store.find_milestone("A").unwrap();
    let part = |due, amount| Part { due: day(due), amount };
    l.does(&Change::Split {
        milestones: vec![a],
        parts: vec![part("2026-10-31", 4_000), part("2026-12-31", 6_000)],
        on: day("2026-09-01"),
        all_due: false,
        note: String::new(),
    });
    let of = |key: &str| l.store.find_milestone(key).unwrap();
    let (first, second) = (of("A/1"), of("A/2"));
    let customer = l.store.find_customer("C1").unwrap();
    l.pay(customer, 1_000, "2026-10-30", Target::Lines(vec![(first, 1_000)]));
    let paid = |paid| PlanRow { paid: Some(paid), paid_on: Some(day("2026-11-01")), ..row(2, "A") };
    let before = l.dump();
    l.import(&batch(vec![paid(1_000)])).unwrap();
    assert_eq!(l.dump(), before);
    l.import(&batch(vec![paid(5_000)])).unwrap();
    assert_eq!((l.balance(a), l.balance(first), l.balance(second)), (0, 0, 5_000));
    derived_is_true(&l);
    let more = l.import(&PlanBatch { skip_bad: true, ..batch(vec![paid(10_001)]) });
    assert!(more.is_ok());
    assert_eq!(l.balance(second), 5_000);
}

#[test]
fn a_list_that_says_paid_books_nothing_on_what_was_waived() {
    let mut l = Ledger::new();
    l.import(&batch(vec![row(1, "A")])).unwrap();
    let (m, account) = {
        let facts = l.store.facts(MilestoneId(1)).unwrap();
        (facts.id, facts.project.account())
    };
    l.does(&Change::Settle {
        milestones: vec![m],
        amount: 8_000,
        by: day("2026-09-30"),
        on: day("2026-09-01"),
        note: String::new(),
    });
    l.pay(account.customer, 8_000, "2026-09-10", Target::Lines(vec![(m, 8_000)]));
    let dump = l.dump();
    let paid = PlanRow { paid_on: Some(day("2026-09-10")), ..row(1, "A") };
    l.import(&batch(vec![paid])).unwrap();
    assert_eq!(l.dump(), dump);
}
