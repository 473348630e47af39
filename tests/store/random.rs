//! Properties over random changes: whatever people do to a ledger, these hold.

use chrono::{Days, NaiveDate};
use huikuan::domain::about::About;
use huikuan::domain::as_of::{self, LATEST};
use huikuan::domain::balance;
use huikuan::domain::calendar::Calendar;
use huikuan::domain::change::{
    BillDraft, BillEvent, Booking, Change, ConditionDraft, Deduction, InvoiceDraft, MilestoneDraft,
    NoteDraft, PaymentDraft, ProjectDraft, Target, TodoDraft, Voidable,
};
use huikuan::domain::deal::Part;
use huikuan::domain::facts::Account;
use huikuan::domain::ids::{
    BankLineId, ConditionId, CustomerId, InvoiceId, MilestoneId, NoteId, PaymentId, ProjectId,
    PromiseId, RefusalId, TodoId, TouchId,
};
use huikuan::domain::kinds::{
    BillsCount, ConditionKind, DeductionKind, Method, NoteKind, Role, Stage, TodoKind,
};
use huikuan::domain::money::Currency;
use huikuan::domain::policy::Setting;
use huikuan::error::Error;
use huikuan::error::check::Check;
use proptest::prelude::*;

use crate::kit::{
    self, Ledger, contact, context, customer, day, milestone, payment, project, promise, reversal,
    statement_line, today,
};

const RULES: &[&str] = &[
    "2026-03-01",
    "2026-12-24",
    "acceptance + 30d",
    "acceptance(M1) + 1y",
    "delivery + 10wd",
    "acceptance + 90d",
    "invoice month-end + 60d",
    "signing + 3m",
    "conditions + 10d",
    "progress(50%) + 15d",
    "",
];

/// One thing somebody does, as numbers that pick among what there is.
#[derive(Debug, Clone)]
struct Act {
    kind: u8,
    which: u8,
    amount: i64,
    days_ago: u64,
    some: bool,
}

fn act() -> impl Strategy<Value = Act> {
    (0..49_u8, 0..6_u8, 1..150_i64, 0..400_u64, any::<bool>()).prop_map(
        |(kind, which, amount, days_ago, some)| Act { kind, which, amount, days_ago, some },
    )
}

fn change(act: &Act) -> Change {
    let on_day = today() - Days::new(act.days_ago);
    let on = on_day.to_string();
    let m = MilestoneId(i64::from(act.which) + 1);
    let amount = act.some.then_some(act.amount);
    match act.kind {
        0 => Change::AddMilestone(draft(act)),
        1 | 2 => Change::EditMilestone(m, draft(act)),
        3 => Change::Deliver { milestones: vec![m], on: act.some.then_some(on_day) },
        4 => Change::Accept { milestones: vec![m, MilestoneId(1)], on: act.some.then_some(on_day) },
        5 => {
            let red = if act.amount % 4 == 0 { -1 } else { 1 };
            let sent_on = (act.amount % 3 > 0).then_some(on_day);
            let lines = vec![(m, amount.map(|amount| amount * red))];
            Change::Invoice(InvoiceDraft { sent_on, ..InvoiceDraft::new(on_day, lines) })
        }
        6 => payment(CustomerId(1), act.amount, &on, Target::Automatic),
        7 => payment(CustomerId(1), act.amount, &on, Target::Lines(vec![(m, act.amount / 2 + 1)])),
        8 => reversal(PaymentId(i64::from(act.which) + 1), amount, &on),
        9 => Change::ApplyPayment {
            payment: PaymentId(i64::from(act.which) + 1),
            target: Target::Automatic,
        },
        10 => Change::LogContact(contact(&[m], act.some.then_some(act.which), &on)),
        11 => promise(m, amount, &on, "2026-12-24"),
        12 => Change::WriteOff { milestone: m, amount, on: on_day, reason: "insolvent".into() },
        13 => Change::EditProject(ProjectId(1), project_draft(act)),
        14 => Change::EditCustomer(CustomerId(1), customer(&format!("C{}", act.which))),
        15 => Change::EditPerson {
            name: ["李雷", "wang"][usize::from(act.which) % 2].into(),
            role: if act.some { Role::Head } else { Role::Pm },
            team: act.amount.to_string(),
        },
        16 => Change::TakeSnapshot {
            as_of: on_day,
            iso_week: "2026-W47".into(),
            rows: act.amount.to_string(),
            items: vec![act.which],
        },
        20 => Change::Set {
            setting: [Setting::Gap, Setting::PromiseTolerance, Setting::StepLimit]
                [usize::from(act.which) % 3],
            value: act.some.then(|| (act.amount % 6).to_string()),
        },
        23 if act.which < 2 => {
            let count = BillsCount::ALL[usize::from(act.which)].code().to_owned();
            Change::Set { setting: Setting::BillsCount, value: Some(count) }
        }
        27 => Change::Amend {
            project: ProjectId(1),
            amount: act.amount * 5,
            on: on_day,
            lines: amount.map(|amount| (m, amount)).into_iter().collect(),
            note: String::new(),
        },
        28 | 29 => Change::Split {
            milestones: if act.kind == 28 { vec![m] } else { vec![m, MilestoneId(2)] },
            parts: parts(act, on_day),
            on: on_day,
            all_due: act.some,
            note: String::new(),
        },
        30 => Change::CallDue { milestone: m, on: on_day, reason: String::new() },
        24 | 25 => booking(act, m),
        31 => Change::Suspend {
            project: ProjectId(1),
            on: on_day,
            notice: String::new(),
            reason: act.amount.to_string(),
        },
        32 => Change::Resume { project: ProjectId(1), on: on_day },
        33 | 34 => Change::Settle {
            milestones: if act.some { vec![m, MilestoneId(1)] } else { vec![m] },
            amount: act.amount,
            by: on_day + Days::new(act.amount.unsigned_abs()),
            on: on_day,
            note: String::new(),
        },
        35 => bill(act, &on),
        36 | 37 => became(act, on_day),
        38 => Change::MoveAllocation {
            payment: PaymentId(i64::from(act.which) + 1),
            from: MilestoneId(act.amount % 3 + 1),
            to: MilestoneId((act.amount + 1) % 3 + 1),
            amount,
            on: on_day,
            reason: String::new(),
        },
        39..=42 => done(act, on_day),
        43..=47 => asked(act, m),
        48 => Change::AcceptPart { milestone: m, amount: act.amount, on: on_day },
        26 => Change::SkipLine { line: line(act), reason: act.amount.to_string() },
        21 | 22 => Change::Void { entry: entry(act), reason: "typed twice".into() },
        _ => agreement(act, m),
    }
}

/// Parts of what milestones have at the start, so that some of them fit.
fn parts(act: &Act, on: NaiveDate) -> Vec<Part> {
    let open = [100, 120, 80, 200, 220][usize::from(act.which) % 5];
    let first = act.amount.min(open - 1);
    let due = |days| on + Days::new(days);
    vec![
        Part { due: due(act.amount.unsigned_abs() / 3), amount: first },
        Part { due: due(200), amount: open - first },
    ]
}

/// A bill of exchange, some of it deducted.
fn bill(act: &Act, on: &str) -> Change {
    let account = Account { customer: CustomerId(1), currency: Currency::CNY };
    let amount = act.amount + 1;
    let matures_on = today() + Days::new(u64::from(act.which) * 9);
    let bill = BillDraft { matures_on: Some(matures_on), ..BillDraft::default() };
    let deduction = Deduction { kind: DeductionKind::Penalty, amount: amount / 4 + 1 };
    Change::RecordPayment(PaymentDraft {
        method: Method::BankBill,
        bill: act.some.then(|| Box::new(bill)),
        deductions: if act.which.is_multiple_of(2) { vec![deduction] } else { Vec::new() },
        ..PaymentDraft::new(account, day(on), amount)
    })
}

fn became(act: &Act, on: NaiveDate) -> Change {
    let event = match act.amount % 4 {
        0 => BillEvent::Honoured,
        1 => BillEvent::Discounted { rate: Some(26_200), cost: act.amount / 8 },
        2 => BillEvent::Endorsed { to: "恒通材料".into() },
        _ => BillEvent::Dishonoured { reason: "no funds".into(), recourse: String::new() },
    };
    Change::Bill { payment: PaymentId(i64::from(act.which) + 1), event, on }
}

/// About the customer, the project, a milestone or none.
fn todo(act: &Act) -> TodoDraft {
    let kind = TodoKind::ALL[usize::try_from(act.amount).unwrap() % TodoKind::ALL.len()];
    let about = [
        None,
        Some(About::Customer(CustomerId(1))),
        Some(About::Project(ProjectId(1))),
        Some(About::Milestone(MilestoneId(i64::from(act.which)))),
    ];
    TodoDraft {
        about: about[usize::from(act.which) % about.len()],
        due_on: act.some.then(|| today() + Days::new(act.days_ago)),
        every: (act.amount % 3 == 0).then(|| "1m".parse().unwrap()),
        blocks: act.amount % 2 == 0,
        ..TodoDraft::new(kind, "复测", today() - Days::new(act.days_ago))
    }
}

/// What becomes of to-dos.
fn done(act: &Act, on: NaiveDate) -> Change {
    let id = TodoId(act.amount % 4 + 1);
    match (act.kind, act.some) {
        (39, _) => Change::AddTodo(todo(act)),
        (40, _) => Change::EditTodo(id, todo(act)),
        (41, true) => {
            Change::ApproveTodo { todo: id, note: String::new(), asked_by: String::new() }
        }
        (41, false) => Change::DeclineTodo { todo: id, note: "no".into(), asked_by: String::new() },
        (_, _) => Change::CloseTodo { todo: id, on, outcome: act.amount.to_string() },
    }
}

/// What an acceptance or a due date waits for, and what came of it.
fn asked(act: &Act, m: MilestoneId) -> Change {
    let on = today() - Days::new(act.days_ago);
    match (act.kind, act.some) {
        (43, _) => Change::AddCondition(ConditionDraft {
            milestone: m,
            kind: ConditionKind::Gate,
            wording: "audit".into(),
            agreed_on: act.some.then_some(on),
            planned_on: None,
        }),
        (44, _) => Change::MeetConditions {
            conditions: vec![ConditionId(act.amount % 5 + 1)],
            on: act.some.then_some(on),
            by: String::new(),
            reservation: String::new(),
        },
        (45, true) => Change::RefuseAcceptance { milestones: vec![m], on, reason: "late".into() },
        (45, false) => {
            let blocks = act.amount % 2 == 0;
            let reservations = vec!["paint".into()];
            Change::AcceptReserved { milestones: vec![m], on, reservations, blocks }
        }
        (_, some) => Change::AddNote(NoteDraft {
            kind: if some { NoteKind::Progress } else { NoteKind::Remark },
            about: if some { About::Project(ProjectId(1)) } else { About::Milestone(m) },
            on,
            wording: act.amount.to_string(),
            number: some.then_some(u8::try_from(act.amount % 101).unwrap()),
        }),
    }
}

fn line(act: &Act) -> BankLineId {
    BankLineId(i64::from(act.which) + 1)
}

fn booking(act: &Act, m: MilestoneId) -> Change {
    if act.kind == 25 && act.some {
        let payment = Booking::Known(PaymentId(act.amount % 5 + 1));
        return Change::BookLine { line: line(act), payment, fee: 0 };
    }
    let fee = act.amount % 3;
    let account = Account { customer: CustomerId(1), currency: Currency::CNY };
    let amount = LINES[usize::from(act.which)] + fee;
    let lines = vec![(m, amount / 2 + 1)];
    let target = if act.some { Target::Automatic } else { Target::Lines(lines) };
    let draft = PaymentDraft { target, ..PaymentDraft::new(account, day(LINE_DAY), amount) };
    Change::BookLine { line: line(act), payment: Booking::New(draft), fee }
}

/// The lines of a statement, the last one of money that went out.
const LINES: [i64; 6] = [100, 120, 80, 100, 33, -20];
const LINE_DAY: &str = "2026-06-01";

fn entry(act: &Act) -> Voidable {
    let id = act.amount % 5 + 1;
    match act.which {
        0 => Voidable::Milestone(MilestoneId(id)),
        1 => Voidable::Invoice(InvoiceId(id)),
        2 => Voidable::Contact(TouchId(id)),
        3 => Voidable::Promise(PromiseId(id)),
        4 if act.some => Voidable::Condition(ConditionId(id)),
        4 => Voidable::Refusal(RefusalId(id)),
        5 if act.some => Voidable::Note(NoteId(id)),
        _ => Voidable::Payment(PaymentId(id)),
    }
}

fn agreement(act: &Act, m: MilestoneId) -> Change {
    let on = today() - Days::new(act.days_ago);
    match (act.kind, act.some) {
        (17, true) => Change::OpenDispute {
            milestone: m,
            amount: Some(act.amount),
            on,
            reason: String::new(),
            owner: String::new(),
        },
        (17, false) => Change::ResolveDispute { milestone: m, on, resolution: "ok".into() },
        (18, _) => Change::Reschedule {
            milestones: vec![m],
            to: on + Days::new(act.amount.unsigned_abs()),
            on,
            reason: String::new(),
        },
        (19, _) => Change::SendInvoices {
            milestones: vec![m],
            sent_on: act.some.then_some(on),
            received_on: (act.amount % 2 == 0).then_some(on),
        },
        (_, true) => {
            Change::Hold { milestones: vec![m], since: on, until: None, reason: String::new() }
        }
        (_, false) => Change::Release { milestones: vec![m], on },
    }
}

fn draft(act: &Act) -> MilestoneDraft {
    let rule = RULES[usize::try_from(act.amount).unwrap() % RULES.len()];
    let key = format!("M{}", act.which + 1);
    MilestoneDraft {
        stage: Stage::ALL[usize::from(act.which) % Stage::ALL.len()],
        agreed_on: act.some.then(|| today() - Days::new(act.days_ago)),
        accepted_on: (act.amount % 3 == 0).then(|| today() - Days::new(act.days_ago)),
        ..milestone(ProjectId(1), &key, act.amount, rule)
    }
}

fn project_draft(act: &Act) -> ProjectDraft {
    ProjectDraft {
        grace_days: act.which.into(),
        manager: format!("经理{}", act.which),
        signed_on: act.some.then(|| today() - Days::new(act.days_ago)),
        bills: act.amount % 2 == 0,
        progress_percent: (act.amount % 3 == 0).then_some(act.which * 20),
        method: (act.amount % 5 == 0).then_some(Method::BankBill),
        discount: (act.amount % 3 == 0).then(|| "20/90".parse().unwrap()),
        ..project("P1", CustomerId(1))
    }
}

/// A ledger with three milestones and six lines of a statement.
fn start() -> Ledger {
    let (mut l, _, project) = Ledger::with_project();
    l.milestone(project, "M1", 100, "acceptance + 30d");
    l.milestone(project, "M2", 120, "2026-03-01");
    l.milestone(project, "M3", 80, "acceptance(M1) + 1y");
    let lines = LINES.map(|amount| statement_line(LINE_DAY, amount, "客户 C1"));
    l.imports_statement(&lines);
    l
}

/// What is kept for speed is what the facts say.
pub fn derived_is_true(l: &Ledger) {
    let ids: Vec<_> = (1..=40).map(MilestoneId).collect();
    let facts = l.store.facts_of(&ids).unwrap();
    let open: Vec<_> = facts
        .iter()
        .filter(|f| balance::closed_on(f).is_none())
        .map(|f| as_of::item(f, LATEST, Calendar::china()).unwrap())
        .collect();
    assert_eq!(l.store.items().unwrap(), open);
    assert!(facts.iter().all(|f| balance::least(f) >= 0));
    let twice = "SELECT COUNT(*) FROM (SELECT b.line FROM bank_booking b WHERE b.payment IS NULL \
                 OR b.payment IN (SELECT id FROM payment) GROUP BY b.line HAVING COUNT(*) > 1)";
    assert_eq!(l.count(twice), 0, "a line is one thing at a time");
    for payment in l.store.payments_of(CustomerId(1)).unwrap() {
        let applied: i64 = payment.allocations.iter().map(|a| a.amount).sum();
        assert_eq!(payment.unapplied, payment.amount - payment.reversed - applied);
        assert!(payment.unapplied >= 0);
    }
    for check in [Check::Records, Check::Chain, Check::Derived] {
        assert_eq!(l.store.faults(check).unwrap(), [], "{}", check.code());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn undo_restores_every_table_but_the_events(acts in prop::collection::vec(act(), 1..25)) {
        let mut l = start();
        let mut before = Vec::new();
        for act in &acts {
            let dump = l.dump();
            match l.apply(&change(act)) {
                Ok(applied) if applied.event.is_some() => before.push(dump),
                Ok(_) | Err(Error::Violation(_)) => prop_assert_eq!(l.dump(), dump),
                Err(other) => panic!("{other:?} from {act:?}"),
            }
            derived_is_true(&l);
        }
        while let Some(dump) = before.pop() {
            l.store.undo(&context()).unwrap();
            prop_assert_eq!(l.dump(), dump);
        }
    }

    #[test]
    fn the_plan_is_the_contract_on_every_day(acts in prop::collection::vec(act(), 1..25), days_ago in 0..400_u64) {
        let (mut l, _, project) = Ledger::with_project();
        let draft = ProjectDraft { contract_amount: Some(300), ..l.store.project_draft(project).unwrap() };
        l.does(&Change::EditProject(project, draft));
        l.milestone(project, "M1", 100, "acceptance + 30d");
        l.milestone(project, "M2", 120, "2026-03-01");
        l.milestone(project, "M3", 80, "2026-06-01");
        for act in acts.iter().filter(|act| (3..13).contains(&act.kind) || act.kind >= 27) {
            match l.apply(&change(act)) {
                Ok(_) | Err(Error::Violation(_)) => {}
                Err(other) => panic!("{other:?} from {act:?}"),
            }
            derived_is_true(&l);
        }
        let signed = day("2026-01-05");
        let on = (today() - Days::new(days_ago)).max(signed);
        let ids: Vec<_> = (1..=40).map(MilestoneId).collect();
        let facts = l.store.facts_of(&ids).unwrap();
        let items = facts.iter().filter_map(|f| as_of::item(f, on, Calendar::china()));
        let plan: i64 = items.map(|item| item.amount).sum();
        prop_assert_eq!(Some(plan), l.store.contract_on(project, on).unwrap());
        let agreed: Vec<i64> = l.store.agreed(on).unwrap().iter().map(|(_, agreed)| agreed.amount).collect();
        prop_assert_eq!(agreed, vec![plan]);
    }

    #[test]
    fn a_redo_restores_what_an_undo_took_back(acts in prop::collection::vec(act(), 1..25)) {
        let mut l = start();
        let mut after = Vec::new();
        // A snapshot is too much to keep.
        for act in acts.iter().filter(|act| act.kind != 16) {
            match l.apply(&change(act)) {
                Ok(applied) if applied.event.is_some() => after.push(l.dump()),
                Ok(_) | Err(Error::Violation(_)) => {}
                Err(other) => panic!("{other:?} from {act:?}"),
            }
        }
        for _ in 0..2 {
            for _ in &after {
                l.store.undo(&context()).unwrap();
            }
            for dump in &after {
                l.store.redo(&context()).unwrap();
                prop_assert_eq!(&l.dump(), dump);
                derived_is_true(&l);
            }
        }
    }

    #[test]
    fn deriving_everything_again_changes_nothing(acts in prop::collection::vec(act(), 1..25)) {
        let mut l = start();
        for act in &acts {
            match l.apply(&change(act)) {
                Ok(_) | Err(Error::Violation(_)) => {}
                Err(other) => panic!("{other:?} from {act:?}"),
            }
        }
        let before = l.dump();
        l.store.rebuild(&mut |_, _| {}).unwrap();
        prop_assert_eq!(l.dump(), before);
    }

    #[test]
    fn two_users_undo_without_breaking_a_rule(acts in prop::collection::vec((act(), any::<bool>()), 1..25)) {
        let mut l = start();
        for (act, mine) in &acts {
            let who = if *mine { "wang" } else { "li" };
            match l.as_user(who, &change(act)) {
                Ok(_) | Err(Error::Violation(_)) => {}
                Err(other) => panic!("{other:?} from {act:?}"),
            }
        }
        for who in ["li", "wang", "li", "wang"] {
            let before = l.dump();
            match l.store.undo(&huikuan::store::Context { who, ..context() }) {
                Ok(_) => derived_is_true(&l),
                Err(Error::Violation(_)) => prop_assert_eq!(l.dump(), before),
                Err(other) => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn a_past_day_reads_the_same_from_the_facts(acts in prop::collection::vec(act(), 1..25), days_ago in 0..400_u64) {
        let mut l = start();
        for act in &acts {
            match l.apply(&change(act)) {
                Ok(_) | Err(Error::Violation(_)) => {}
                Err(other) => panic!("{other:?} from {act:?}"),
            }
        }
        let on = today() - Days::new(days_ago);
        let ids: Vec<_> = (1..=40).map(MilestoneId).collect();
        let facts = l.store.facts_of(&ids).unwrap();
        let items = facts.iter().filter_map(|f| as_of::item(f, on, Calendar::china()));
        let open: Vec<_> = items.filter(|i| i.balance != 0).collect();
        prop_assert_eq!(l.store.items_as_of(on).unwrap(), open);
        let left: i64 = l.store.unapplied(Some(on)).unwrap().iter().map(|(.., amount)| amount).sum();
        prop_assert_eq!(left, l.count(&format!(
            "SELECT (SELECT COALESCE(SUM(amount), 0) FROM payment WHERE received_on <= '{on}') \
             - (SELECT COALESCE(SUM(amount), 0) FROM allocation WHERE effective_on <= '{on}') \
             - (SELECT COALESCE(SUM(amount), 0) FROM reversal WHERE reversed_on <= '{on}')"
        )));
    }

    #[test]
    fn the_order_of_recording_does_not_matter_where_targets_are_explicit(
        amounts in prop::collection::vec((0..3_i64, 1..40_i64, 0..200_u64), 1..8),
        order in any::<prop::sample::Index>(),
    ) {
        let record = |lines: &[(i64, i64, u64)]| {
            let mut l = start();
            for (m, amount, days_ago) in lines {
                let on = (today() - Days::new(*days_ago)).to_string();
                let target = Target::Lines(vec![(MilestoneId(m + 1), *amount)]);
                let refused = l.apply(&payment(CustomerId(1), *amount, &on, target)).is_err();
                if refused {
                    return None;
                }
            }
            Some((l.store.items().unwrap(), l.store.items_as_of(day("2026-09-01")).unwrap()))
        };
        let mut turned = amounts.clone();
        turned.rotate_left(order.index(amounts.len()));
        if let (Some(a), Some(b)) = (record(&amounts), record(&turned)) {
            prop_assert_eq!(a, b);
        }
    }
}

#[test]
fn a_reopened_ledger_holds_the_same() {
    let mut l = start();
    l.does(&payment(CustomerId(1), 90, "2026-05-01", Target::Automatic));
    let (items, dump) = (l.store.items().unwrap(), l.dump());
    let Ledger { store, folder } = l;
    drop(store);
    let store = huikuan::store::Store::open(&folder.path().join("ledger.db")).unwrap();
    assert_eq!(store.items().unwrap(), items);
    let l = kit::Ledger { store, folder };
    assert_eq!(l.dump(), dump);
}
