//! Properties over random changes: whatever people do to a ledger, these hold.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use huikuan::domain::about::{About, Subject};
use huikuan::domain::as_of::{self, LATEST};
use huikuan::domain::balance;
use huikuan::domain::calendar::Calendar;
use huikuan::domain::change::{
    BillDraft, BillEvent, Booking, Change, ConditionDraft, Deduction, InvoiceDraft, MilestoneDraft,
    NoteDraft, PaperDraft, PaperMark, PaymentDraft, ProjectDraft, Target, TodoDraft, Voidable,
};
use huikuan::domain::deal::Part;
use huikuan::domain::facts::Account;
use huikuan::domain::ids::{
    BankLineId, ConditionId, CustomerId, InvoiceId, MilestoneId, NoteId, PaperId, PaymentId,
    ProjectId, PromiseId, RefusalId, TodoId, TouchId,
};
use huikuan::domain::kinds::{
    BillsCount, ConditionKind, DeductionKind, Method, NoteKind, PaperKind, Role, Stage, TodoKind,
};
use huikuan::domain::money::Currency;
use huikuan::domain::policy::Setting;
use huikuan::domain::tax::TaxRate;
use huikuan::error::Error;
use huikuan::error::check::Check;
use huikuan::store::Span;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

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
    (0..52_u8, 0..6_u8, 1..150_i64, 0..400_u64, any::<bool>()).prop_map(
        |(kind, which, amount, days_ago, some)| Act { kind, which, amount, days_ago, some },
    )
}

/// What people do, half of the time in the order of its days, as it mostly comes.
fn acts() -> impl Strategy<Value = Vec<Act>> {
    (prop::collection::vec(act(), 1..25), any::<bool>()).prop_map(|(mut acts, in_order)| {
        if in_order {
            acts.sort_by_key(|act| Reverse(act.days_ago));
        }
        acts
    })
}

/// One of the rows a statement finds, or one there is not.
fn one_of(l: &Ledger, act: &Act, sql: &str) -> i64 {
    let db = l.raw();
    let mut rows = db.prepare(sql).unwrap();
    let ids = rows.query_map([], |row| row.get(0)).unwrap().collect::<Result<Vec<i64>, _>>();
    let ids = ids.unwrap();
    let nth = usize::from(act.which) * 7 + usize::try_from(act.amount).unwrap();
    ids.get(nth % ids.len().max(1)).copied().unwrap_or(99)
}

fn change(l: &Ledger, act: &Act) -> Change {
    let on_day = today() - Days::new(act.days_ago);
    let on = on_day.to_string();
    let m = MilestoneId(one_of(l, act, "SELECT id FROM milestone"));
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
            let tax_rate = TaxRate::new(u16::try_from(act.amount % 1_400).unwrap());
            Change::Invoice(InvoiceDraft { sent_on, tax_rate, ..InvoiceDraft::new(on_day, lines) })
        }
        6 => payment(CustomerId(1), act.amount, &on, Target::Automatic),
        47 => Change::ClearPayer {
            payment: PaymentId(one_of(l, act, "SELECT id FROM payment WHERE payer <> ''")),
            on: act.some.then_some(on_day),
            paper: (act.amount % 2 == 0).then(|| PaperId(one_of(l, act, "SELECT id FROM paper"))),
            note: if act.amount % 3 == 0 { String::new() } else { act.amount.to_string() },
        },
        7 => payment(CustomerId(1), act.amount, &on, Target::Lines(vec![(m, act.amount / 2 + 1)])),
        8 => reversal(PaymentId(one_of(l, act, "SELECT id FROM payment")), amount, &on),
        9 => {
            let payment = one_of(l, act, "SELECT id FROM payment WHERE unapplied > 0");
            Change::ApplyPayment { payment: PaymentId(payment), target: Target::Automatic }
        }
        10 => Change::LogContact(contact(&[m], act.some.then_some(act.which), &on)),
        11 => promise(m, amount, &on, "2026-12-24"),
        12 => Change::WriteOff { milestone: m, amount, on: on_day, reason: "insolvent".into() },
        13 => Change::EditProject(ProjectId(1), project_draft(act)),
        14 => Change::EditCustomer(CustomerId(1), customer(&format!("C{}", act.which))),
        15 => Change::EditPerson {
            name: ["李雷", "wang"][usize::from(act.which) % 2].into(),
            role: if act.some { Role::Head } else { Role::Pm },
            team: act.amount.to_string(),
            email: format!("{}@example.com", act.amount),
        },
        16 => Change::TakeSnapshot {
            as_of: on_day,
            iso_week: "2026-W47".into(),
            rows: act.amount.to_string(),
            items: vec![act.which],
        },
        20 => Change::Set {
            setting: [
                Setting::Gap,
                Setting::PromiseTolerance,
                Setting::StepLimit,
                Setting::WriteOffLimit,
            ][usize::from(act.which) % 4],
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
            parts: parts(l.balance(m), act, on_day),
            on: on_day,
            all_due: act.some,
            note: String::new(),
        },
        30 => {
            let parts = "SELECT i.milestone FROM instalment i JOIN deal d ON d.id = i.deal WHERE d.all_due = 1";
            let milestone = MilestoneId(one_of(l, act, parts));
            Change::CallDue { milestone, on: on_day, reason: String::new() }
        }
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
        36 | 37 => {
            let open = "SELECT payment FROM bill WHERE dishonoured_on IS NULL";
            became(PaymentId(one_of(l, act, open)), act, on_day)
        }
        38 => {
            let id = one_of(l, act, "SELECT id FROM allocation WHERE reverses IS NULL");
            let of = |column| {
                l.count(&format!(
                    "SELECT COALESCE(SUM({column}), 0) FROM allocation WHERE id = {id}"
                ))
            };
            Change::MoveAllocation {
                payment: PaymentId(of("payment")),
                from: MilestoneId(of("milestone")),
                to: MilestoneId(i64::from(act.which) % 3 + 1),
                amount,
                on: on_day,
                reason: String::new(),
            }
        }
        39..=42 => done(l, act, on_day),
        43..=46 => asked(l, act, m),
        48 => Change::AcceptPart { milestone: m, amount: act.amount, on: on_day },
        49..=51 => paper(act, m),
        26 => Change::SkipLine { line: line(act), reason: act.amount.to_string() },
        21 | 22 => Change::Void { entry: entry(l, act), reason: "typed twice".into() },
        _ => agreement(l, act, m),
    }
}

/// Parts of what is open, or of a little more, which does not fit.
fn parts(balance: i64, act: &Act, on: NaiveDate) -> Vec<Part> {
    let open = balance.max(2) + i64::from(act.amount % 7 == 0);
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
    let matures_on = day(on) + Days::new(u64::from(act.which) * 40);
    let bill = BillDraft { matures_on: Some(matures_on), ..BillDraft::default() };
    let deduction = Deduction { kind: DeductionKind::Penalty, amount: amount / 4 + 1 };
    Change::RecordPayment(PaymentDraft {
        method: Method::BankBill,
        bill: act.some.then(|| Box::new(bill)),
        deductions: if act.which.is_multiple_of(2) { vec![deduction] } else { Vec::new() },
        ..PaymentDraft::new(account, day(on), amount)
    })
}

fn became(payment: PaymentId, act: &Act, on: NaiveDate) -> Change {
    let event = match act.amount % 4 {
        0 => BillEvent::Honoured,
        1 => BillEvent::Discounted { rate: Some(26_200), cost: act.amount / 8 },
        2 => BillEvent::Endorsed { to: "恒通材料".into() },
        _ => BillEvent::Dishonoured { reason: "no funds".into(), recourse: String::new() },
    };
    Change::Bill { payment, event, on }
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
fn done(l: &Ledger, act: &Act, on: NaiveDate) -> Change {
    let sort = if act.kind == 41 { "=" } else { "<>" };
    let open = format!("SELECT id FROM todo WHERE done_on IS NULL AND kind {sort} 'approval'");
    let id = TodoId(one_of(l, act, &open));
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
fn asked(l: &Ledger, act: &Act, m: MilestoneId) -> Change {
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
            conditions: vec![ConditionId(one_of(l, act, "SELECT id FROM milestone_condition"))],
            on: act.some.then_some(on),
            by: String::new(),
            reservation: String::new(),
            paper: (act.amount % 2 == 0).then(|| PaperId(one_of(l, act, "SELECT id FROM paper"))),
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
            until: None,
        }),
    }
}

/// A paper of any kind about any of three things, and what becomes of papers.
fn paper(act: &Act, m: MilestoneId) -> Change {
    let on = today() - Days::new(act.days_ago);
    if act.kind == 49 {
        let kind = PaperKind::ALL[usize::try_from(act.amount).unwrap() % PaperKind::ALL.len()];
        let about = match act.which {
            0 => Subject::Customer(CustomerId(1)),
            1 => Subject::Project(ProjectId(1)),
            _ => Subject::Milestones(vec![m, MilestoneId(act.amount % 3 + 1)]),
        };
        return Change::FilePaper(PaperDraft {
            number: if act.amount % 5 == 0 { "A-1".into() } else { String::new() },
            expires_on: act.some.then(|| on + Days::new(act.amount.unsigned_abs())),
            sent: act.amount % 3 == 0,
            ..PaperDraft::new(kind, about, on)
        });
    }
    let mark = match (act.kind, act.some) {
        (50, _) => PaperMark::Sent { channel: None, mailed: None },
        (_, true) => PaperMark::Delivered { proof: "EMS 1".into() },
        (_, false) if act.which == 0 => PaperMark::Closed { note: "renewed".into() },
        (_, false) => PaperMark::Signed,
    };
    Change::MarkPaper { paper: PaperId(act.amount % 4 + 1), mark, on }
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

fn entry(l: &Ledger, act: &Act) -> Voidable {
    let id = |table: &str| one_of(l, act, &format!("SELECT id FROM {table}"));
    match act.which {
        0 if act.some => Voidable::Paper(PaperId(id("paper"))),
        0 => Voidable::Milestone(MilestoneId(id("milestone"))),
        1 => Voidable::Invoice(InvoiceId(id("invoice"))),
        2 => Voidable::Contact(TouchId(id("touch"))),
        3 => Voidable::Promise(PromiseId(id("promise"))),
        4 if act.some => Voidable::Condition(ConditionId(id("milestone_condition"))),
        4 => Voidable::Refusal(RefusalId(id("refusal"))),
        5 if act.some => Voidable::Note(NoteId(id("note"))),
        _ => Voidable::Payment(PaymentId(id("payment"))),
    }
}

fn agreement(l: &Ledger, act: &Act, m: MilestoneId) -> Change {
    let on = today() - Days::new(act.days_ago);
    match (act.kind, act.some) {
        (17, true) => Change::OpenDispute {
            milestone: m,
            amount: Some(act.amount),
            on,
            reason: String::new(),
            owner: String::new(),
        },
        (17, false) => {
            let open = "SELECT milestone FROM dispute WHERE resolved_on IS NULL";
            let milestone = MilestoneId(one_of(l, act, open));
            Change::ResolveDispute { milestone, on, resolution: "ok".into() }
        }
        (18, _) => Change::Reschedule {
            milestones: vec![m],
            to: on + Days::new(act.amount.unsigned_abs()),
            on,
            reason: String::new(),
        },
        (19, _) => Change::SendInvoices {
            // Now and then one of them by name, which may bill others.
            invoices: (act.amount % 3 == 0)
                .then_some(InvoiceId(act.amount % 5))
                .into_iter()
                .collect(),
            milestones: vec![MilestoneId(one_of(l, act, "SELECT milestone FROM invoice_line"))],
            sent_on: act.some.then_some(on),
            received_on: (act.amount % 2 == 0).then_some(on),
        },
        (_, true) => {
            Change::Hold { milestones: vec![m], since: on, until: None, reason: String::new() }
        }
        (_, false) => {
            let held = one_of(l, act, "SELECT milestone FROM hold WHERE released_on IS NULL");
            Change::Release { milestones: vec![MilestoneId(held)], on }
        }
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

/// A ledger with three milestones and six lines of a statement; two more milestones on which something of each sort can
/// go on: one in parts, and one with a bill of exchange, an objection, a hold and a condition. The
/// project is suspended.
fn start() -> Ledger {
    let (mut l, customer, project) = Ledger::with_project();
    l.milestone(project, "M1", 100, "acceptance + 30d");
    l.milestone(project, "M2", 120, "2026-03-01");
    l.milestone(project, "M3", 80, "acceptance(M1) + 1y");
    let lines = LINES.map(|amount| statement_line(LINE_DAY, amount, "客户 C1"));
    l.imports_statement(&lines);
    let on = day("2026-01-10");
    let whole = l.milestone(project, "M7", 150, "2026-02-01");
    let due = |days| on + Days::new(days);
    l.does(&Change::Split {
        milestones: vec![whole],
        parts: [30, 60, 90].map(|days| Part { due: due(days), amount: 50 }).to_vec(),
        on,
        all_due: true,
        note: String::new(),
    });
    let m = l.milestone(project, "M8", 150, "2026-02-01");
    l.does(&Change::Invoice(InvoiceDraft {
        sent_on: None,
        ..InvoiceDraft::new(on, vec![(m, Some(60))])
    }));
    l.does(&bill_of(customer, "2026-01-10", 50, Target::Lines(vec![(m, 50)])));
    l.does(&Change::OpenDispute {
        milestone: m,
        amount: Some(20),
        on,
        reason: "scratched".into(),
        owner: String::new(),
    });
    l.does(&Change::Hold { milestones: vec![m], since: on, until: None, reason: "talks".into() });
    l.does(&Change::AddCondition(ConditionDraft {
        milestone: m,
        kind: ConditionKind::Gate,
        wording: "audit".into(),
        agreed_on: Some(on),
        planned_on: None,
    }));
    l.does(&Change::AddTodo(TodoDraft::new(TodoKind::Issue, "复测", on)));
    asks_for_a_write_off(&mut l, m);
    l.does(&Change::Suspend { project, on, notice: String::new(), reason: "unpaid".into() });
    l
}

/// Somebody who may not decides to give up 10, and becomes who may.
fn asks_for_a_write_off(l: &mut Ledger, milestone: MilestoneId) {
    let limit = |value| Change::Set { setting: Setting::WriteOffLimit, value };
    let wang = |role| Change::EditPerson {
        name: "wang".into(),
        role,
        team: String::new(),
        email: String::new(),
    };
    let reason = "insolvent".to_owned();
    l.does(&wang(Role::Pm));
    l.does(&limit(Some("0".into())));
    l.does(&Change::WriteOff { milestone, amount: Some(10), on: today(), reason });
    l.does(&limit(None));
    l.does(&wang(Role::Head));
}

fn bill_of(customer: CustomerId, on: &str, amount: i64, target: Target) -> Change {
    let account = Account { customer, currency: Currency::CNY };
    let bill = BillDraft { matures_on: Some(day("2026-07-10")), ..BillDraft::default() };
    Change::RecordPayment(PaymentDraft {
        method: Method::BankBill,
        bill: Some(Box::new(bill)),
        payer: "远达贸易".into(),
        target,
        ..PaymentDraft::new(account, day(on), amount)
    })
}

/// What people do that says by itself what it is about, and how much, whatever else is recorded.
fn dated() -> impl Strategy<Value = Act> {
    (0..17_u8, act()).prop_map(|(kind, act)| Act { kind, ..act })
}

fn fixed(act: &Act) -> Change {
    let on = today() - Days::new(act.days_ago);
    let m = MilestoneId([1, 2, 3, 8][usize::from(act.which) % 4]);
    let (part, bill) = (MilestoneId(i64::from(act.which) % 3 + 5), PaymentId(1));
    let amount = act.amount / 3 + 1;
    let later = on + Days::new(act.amount.unsigned_abs());
    let reason = "agreed".to_owned();
    match act.kind {
        0 => Change::AddNote(NoteDraft {
            kind: NoteKind::Progress,
            about: About::Project(ProjectId(1)),
            on,
            wording: String::new(),
            number: Some(u8::try_from(act.amount % 101).unwrap()),
            until: None,
        }),
        1..=3 => {
            let target = Target::Lines(vec![(if act.some { part } else { m }, amount)]);
            payment(CustomerId(1), amount, &on.to_string(), target)
        }
        4 => Change::Invoice(InvoiceDraft::new(on, vec![(m, Some(amount))])),
        5 => promise(m, Some(amount), &on.to_string(), &later.to_string()),
        6 => Change::WriteOff { milestone: m, amount: Some(amount), on, reason },
        7 => Change::Settle {
            milestones: if act.some { vec![m, part] } else { vec![m] },
            amount,
            by: later,
            on,
            note: String::new(),
        },
        8 => Change::Reschedule { milestones: vec![m], to: later, on, reason },
        9 if act.some => Change::Resume { project: ProjectId(1), on },
        9 => Change::Release { milestones: vec![MilestoneId(8)], on },
        10 => Change::Amend {
            project: ProjectId(1),
            amount: 450 + amount / 4 * 4,
            on,
            // By hand: shares are worked out of what is known when it is recorded.
            lines: [1, 2, 3, 8].map(|id| (MilestoneId(id), 75 + amount / 4)).to_vec(),
            note: String::new(),
        },
        11 => became(bill, act, on),
        12 => Change::MoveAllocation {
            payment: bill,
            from: MilestoneId(8),
            to: part,
            amount: Some(amount),
            on,
            reason,
        },
        13 => Change::CallDue { milestone: part, on, reason },
        14 => Change::OpenDispute {
            milestone: m,
            amount: Some(amount),
            on,
            reason,
            owner: String::new(),
        },
        15 => Change::LogContact(contact(&[m], act.some.then_some(act.which), &on.to_string())),
        _ => Change::Hold { milestones: vec![m], since: on, until: Some(later), reason },
    }
}

/// What changes amounts, and what lets one keep its own; amendments by shares and by hand.
fn bargain(l: &Ledger, act: &Act) -> Change {
    let on = today() - Days::new(act.days_ago);
    let m = MilestoneId(one_of(l, act, "SELECT id FROM milestone"));
    match (act.kind % 6, act.some) {
        (0 | 1, true) => Change::Amend {
            project: ProjectId(1),
            amount: 400 + act.amount * 3,
            on,
            lines: Vec::new(),
            note: String::new(),
        },
        (2, true) => Change::Split {
            milestones: vec![m],
            parts: parts(l.balance(m), act, on),
            on,
            all_due: false,
            note: String::new(),
        },
        (3, true) => Change::AcceptPart { milestone: m, amount: act.amount / 2 + 1, on },
        (_, _) => fixed(act),
    }
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
    let overdrawn = "SELECT COUNT(*) FROM payment p \
         JOIN (SELECT payment, effective_on AS day FROM allocation UNION SELECT payment, reversed_on FROM reversal) d \
         ON d.payment = p.id WHERE p.received_on > d.day OR p.amount < \
         (SELECT COALESCE(SUM(r.amount), 0) FROM reversal r WHERE r.payment = p.id AND r.reversed_on <= d.day) + \
         (SELECT COALESCE(SUM(a.amount), 0) FROM allocation a WHERE a.payment = p.id AND a.effective_on <= d.day)";
    assert_eq!(l.count(overdrawn), 0, "no more is applied than there is, on any day");
    let flagged = l.store.payment_list(Span::default()).unwrap().into_iter();
    let flagged = flagged.filter(|one| one.head.is_third_party() && one.net() > 0);
    let flagged: BTreeSet<PaymentId> = flagged.map(|one| one.head.id).collect();
    let named = l.store.uncleared_payments(today()).unwrap().into_iter();
    let named: BTreeSet<PaymentId> = named.map(|one| one.payment).collect();
    assert_eq!(named, flagged, "the list and the morning tell of the same third parties");
    for check in [Check::Records, Check::Chain, Check::Derived] {
        assert_eq!(l.store.faults(check).unwrap(), [], "{}", check.code());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn undo_restores_every_table_but_the_events(acts in acts()) {
        let mut l = start();
        let mut before = Vec::new();
        for act in &acts {
            let dump = l.dump();
            let change = change(&l, act);
            match l.apply(&change) {
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
    fn the_plan_is_the_contract_on_every_day(acts in acts(), days_ago in 0..400_u64) {
        let (mut l, _, project) = Ledger::with_project();
        let draft = ProjectDraft { contract_amount: Some(300), ..l.store.project_draft(project).unwrap() };
        l.does(&Change::EditProject(project, draft));
        l.milestone(project, "M1", 100, "acceptance + 30d");
        l.milestone(project, "M2", 120, "2026-03-01");
        l.milestone(project, "M3", 80, "2026-06-01");
        for act in acts.iter().filter(|act| (3..13).contains(&act.kind) || act.kind >= 27) {
            let change = change(&l, act);
            match l.apply(&change) {
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
    fn a_redo_restores_what_an_undo_took_back(acts in acts()) {
        let mut l = start();
        let mut after = Vec::new();
        // A snapshot is too much to keep.
        for act in acts.iter().filter(|act| act.kind != 16) {
            let change = change(&l, act);
            match l.apply(&change) {
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
    fn deriving_everything_again_changes_nothing(acts in acts()) {
        let mut l = start();
        for act in &acts {
            let change = change(&l, act);
            match l.apply(&change) {
                Ok(_) | Err(Error::Violation(_)) => {}
                Err(other) => panic!("{other:?} from {act:?}"),
            }
        }
        for count in BillsCount::ALL {
            let value = Some(count.code().to_owned());
            l.does(&Change::Set { setting: Setting::BillsCount, value });
            let before = l.dump();
            l.store.rebuild(&mut |_, _| {}).unwrap();
            prop_assert_eq!(l.dump(), before);
            derived_is_true(&l);
        }
    }

    #[test]
    fn two_users_undo_without_breaking_a_rule(acts in prop::collection::vec((act(), any::<bool>()), 1..25)) {
        let mut l = start();
        for (act, mine) in &acts {
            let who = if *mine { "wang" } else { "li" };
            let change = change(&l, act);
            match l.as_user(who, &change) {
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
    fn a_past_day_reads_the_same_from_the_facts(acts in acts(), days_ago in 0..400_u64) {
        let mut l = start();
        for act in &acts {
            let change = change(&l, act);
            match l.apply(&change) {
                Ok(_) | Err(Error::Violation(_)) => {}
                Err(other) => panic!("{other:?} from {act:?}"),
            }
        }
        let on = today() - Days::new(days_ago);
        let ids: Vec<_> = (1..=40).map(MilestoneId).collect();
        let facts = l.store.facts_of(&ids).unwrap();
        let items = facts.iter().filter_map(|f| as_of::item(f, on, Calendar::china()));
        let open: Vec<_> = items.filter(|i| i.balance != 0).collect();
        prop_assert!(open.iter().all(|item| item.balance > 0));
        let balances: i64 = open.iter().map(|item| item.balance).sum();
        for (_, agreed) in l.store.agreed(on).unwrap() {
            let received: i64 = facts.iter().map(|f| balance::received_on(f, on)).sum();
            let gone = received + agreed.waived + agreed.written_off;
            prop_assert_eq!(agreed.amount, gone + balances);
        }
        prop_assert_eq!(l.store.items_as_of(on).unwrap(), open);
        let left: i64 = l.store.unapplied(Some(on)).unwrap().iter().map(|(.., amount)| amount).sum();
        prop_assert_eq!(left, l.count(&format!(
            "SELECT (SELECT COALESCE(SUM(amount), 0) FROM payment WHERE received_on <= '{on}') \
             - (SELECT COALESCE(SUM(amount), 0) FROM allocation WHERE effective_on <= '{on}') \
             - (SELECT COALESCE(SUM(amount), 0) FROM reversal WHERE reversed_on <= '{on}')"
        )));
    }

    #[test]
    fn a_plan_is_the_contract_on_every_day_since_it_was_amended(
        acts in prop::collection::vec(dated(), 1..16),
    ) {
        let mut l = start();
        let mut amended: Option<NaiveDate> = None;
        for act in &acts {
            let change = bargain(&l, act);
            let applied = l.apply(&change).is_ok_and(|applied| applied.event.is_some());
            if let (true, Change::Amend { on, .. }) = (applied, &change) {
                amended = Some(amended.map_or(*on, |first| first.min(*on)));
            }
        }
        prop_assume!(amended.is_some());
        let ids: Vec<_> = (1..=60).map(MilestoneId).collect();
        let facts = l.store.facts_of(&ids).unwrap();
        for day in amended.into_iter().flat_map(|first| first.iter_days().take_while(|day| *day <= today())) {
            let there = facts.iter().filter(|f| f.agreed_on.is_none_or(|agreed| agreed <= day));
            let plan: i64 = there.map(|f| balance::amount_on(f, day)).sum();
            prop_assert_eq!(l.store.contract_on(ProjectId(1), day).unwrap(), Some(plan), "{}", day);
        }
    }

    #[test]
    fn the_order_of_recording_does_not_matter_where_days_differ(
        acts in prop::collection::vec(dated(), 1..12),
        order in any::<prop::sample::Index>(),
        on in 0..400_u64,
    ) {
        let mut by_day: BTreeMap<u64, Act> = BTreeMap::new();
        for act in acts {
            by_day.entry(act.days_ago).or_insert(act);
        }
        let on = today() - Days::new(on);
        let record = |acts: &[Act]| {
            let mut l = start();
            let all = acts.iter().all(|act| l.apply(&fixed(act)).is_ok());
            all.then(|| (l.store.items().unwrap(), l.store.items_as_of(on).unwrap()))
        };
        // What is refused in the order of its days is left out.
        let mut l = start();
        let mut accepted: Vec<Act> = by_day.into_values().rev().collect();
        accepted.retain(|act| l.apply(&fixed(act)).is_ok());
        let as_it_came = (l.store.items().unwrap(), l.store.items_as_of(on).unwrap());
        let place = order.index(accepted.len() + 1);
        accepted.rotate_left(place);
        if let Some(turned) = record(&accepted) {
            prop_assert!(as_it_came == turned, "{accepted:?}\n{as_it_came:?}\n{turned:?}");
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

/// What is hardly ever accepted proves nothing: something of each sort is, and of all of them more than a third.
#[test]
fn random_changes_are_not_refused_too_often() {
    let mut runner = TestRunner::deterministic();
    let mut tally: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let acts = acts();
    for _ in 0..60 {
        let mut l = start();
        for act in acts.new_tree(&mut runner).unwrap().current() {
            let change = change(&l, &act);
            let (done, tried) = tally.entry(change.kind().code()).or_default();
            *tried += 1;
            *done += u32::from(l.apply(&change).is_ok_and(|applied| applied.event.is_some()));
        }
    }
    assert!(tally.values().all(|(done, _)| *done > 0), "{tally:?}");
    let (done, tried) = tally.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert!(done * 3 > tried, "{tally:?}");
    assert!(tally.len() > 40, "{tally:?}");
}
