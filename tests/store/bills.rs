//! Bills of exchange, deductions, and money that goes to another milestone.

use huikuan::domain::about::About;
use huikuan::domain::aging::{Buckets, GroupBy};
use huikuan::domain::calendar::Calendar;
use huikuan::domain::change::{
    BillDraft, BillEvent, Booking, Change, CustomerDraft, Deduction, PaymentDraft, Target,
    TimelineEvent,
};
use huikuan::domain::facts::Account;
use huikuan::domain::ids::{BankLineId, CustomerId, MilestoneId, PaymentId};
use huikuan::domain::kinds::{BillState, BillsCount, DeductionKind, Method, TodoKind};
use huikuan::domain::money::Currency;
use huikuan::domain::policy::Setting;
use huikuan::domain::violation::Violation;
use huikuan::domain::{as_of, balance};
use huikuan::report::aging;
use huikuan::store::Span;
use rstest::rstest;

use crate::kit::{
    Ledger, context, customer, day, payment, promise, reversal, statement_line, today,
};
use crate::random::derived_is_true;

fn account(customer: CustomerId) -> Account {
    Account { customer, currency: Currency::CNY }
}

/// A bill that matures, for these milestones.
fn bill(customer: CustomerId, amount: i64, on: &str, matures: &str, target: Target) -> Change {
    let bill = BillDraft { matures_on: Some(day(matures)), ..BillDraft::default() };
    let draft = PaymentDraft::new(account(customer), day(on), amount);
    Change::RecordPayment(PaymentDraft {
        method: Method::CommercialBill,
        bill: Some(Box::new(bill)),
        target,
        ..draft
    })
}

fn became(payment: PaymentId, event: BillEvent, on: &str) -> Change {
    Change::Bill { payment, event, on: day(on) }
}

fn dishonoured(payment: PaymentId, on: &str) -> Change {
    let (reason, recourse) = ("no funds".into(), "take recourse".into());
    became(payment, BillEvent::Dishonoured { reason, recourse }, on)
}

fn counts(count: &str) -> Change {
    Change::Set { setting: Setting::BillsCount, value: Some(count.into()) }
}

fn moves(payment: PaymentId, from: MilestoneId, to: MilestoneId, on: &str) -> Change {
    let reason = "wrong milestone".to_owned();
    Change::MoveAllocation { payment, from, to, amount: None, on: day(on), reason }
}

fn balance_on(l: &Ledger, m: MilestoneId, on: &str) -> i64 {
    balance::balance_on(&l.store.facts(m).unwrap(), day(on))
}

/// An item of 1,000.00 due 2025-01-10, and a bill for it taken 2025-01-15 that matures 2025-07-15.
fn with_bill() -> (Ledger, CustomerId, MilestoneId, PaymentId) {
    let (mut l, customer, project) = Ledger::with_project();
    let draft = huikuan::domain::change::MilestoneDraft {
        agreed_on: Some(day("2024-12-01")),
        ..crate::kit::milestone(project, "M1", 100_000, "2025-01-10")
    };
    let m = MilestoneId(l.does(&Change::AddMilestone(draft)).created[0]);
    let target = Target::Lines(vec![(m, 100_000)]);
    let taken = bill(customer, 100_000, "2025-01-15", "2025-07-15", target);
    let id = PaymentId(l.does(&taken).created[0]);
    (l, customer, m, id)
}

#[test]
fn a_dishonoured_bill_opens_what_it_paid_from_that_day() {
    let (mut l, customer, m, id) = with_bill();
    l.does(&dishonoured(id, "2025-07-16"));
    for (on, open) in
        [("2025-01-14", 100_000), ("2025-01-15", 0), ("2025-07-15", 0), ("2025-07-16", 100_000)]
    {
        assert_eq!(balance_on(&l, m, on), open, "{on}");
        let items = l.store.items_as_of(day(on)).unwrap();
        let table =
            aging::table(&items, &[], day(on), GroupBy::Customer, &Buckets::default()).unwrap();
        let total: i64 = table.totals.iter().map(|(_, sums)| sums.total).sum();
        assert_eq!(total, open, "{on}");
    }
    let facts = l.store.facts(m).unwrap();
    let item = as_of::item(&facts, day("2025-07-16"), Calendar::china()).unwrap();
    assert_eq!(item.days_late(day("2025-07-16")), 187);
    let told = l.store.timeline(m).unwrap();
    assert!(told.iter().any(|entry| matches!(&entry.event,
        TimelineEvent::Reversed { amount: 100_000, reason, .. } if reason == "no funds")));
    assert_eq!(
        l.store.bill_list(Span::default(), today()).unwrap()[0].state,
        BillState::Dishonoured
    );
    derived_is_true(&l);
    let todo = l.store.todos(false).unwrap().remove(0);
    assert_eq!((todo.kind, todo.about()), (TodoKind::Task, Some(About::Customer(customer))));
    assert_eq!((todo.title.as_str(), todo.owner.as_str()), ("take recourse", "wang"));
    assert_eq!(todo.due_on, Some(day("2025-07-19")), "article 66: three days");
    assert!(!todo.blocks);
    l.store.undo(&context()).unwrap();
    assert_eq!(l.store.todos(true).unwrap(), []);
    assert_eq!(l.balance(m), 0);
    assert_eq!(l.store.bill_list(Span::default(), today()).unwrap()[0].state, BillState::InHand);
}

#[test]
fn a_promise_a_bill_had_kept_is_judged_again() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    l.does(&promise(m, None, "2026-03-02", "2026-04-01"));
    let target = Target::Lines(vec![(m, 100)]);
    let taken = l.does(&bill(customer, 100, "2026-03-20", "2026-09-20", target)).created[0];
    assert!(l.item(m).is_none());
    l.does(&dishonoured(PaymentId(taken), "2026-09-21"));
    let item = l.item(m).unwrap();
    assert_eq!((item.balance, item.promises.len()), (100, 1));
}

#[test]
fn where_bills_count_when_honoured_the_balance_stays_until_then_on_every_day() {
    let (mut l, customer, m, id) = with_bill();
    l.does(&counts("honoured"));
    assert_eq!(l.balance(m), 100_000);
    // Other money finds it taken all the same.
    let more = payment(customer, 1, "2025-02-01", Target::Lines(vec![(m, 1)]));
    assert!(matches!(l.refuses(&more), Violation::ExceedsBalance { open: 0, .. }));
    l.does(&became(id, BillEvent::Honoured, "2025-07-15"));
    assert_eq!(l.balance(m), 0);
    for (on, open) in [("2025-01-15", 100_000), ("2025-07-14", 100_000), ("2025-07-15", 0)] {
        assert_eq!(balance_on(&l, m, on), open, "{on}");
        let listed: i64 =
            l.store.items_as_of(day(on)).unwrap().iter().map(|item| item.balance).sum();
        assert_eq!(listed, open, "{on}");
    }
    derived_is_true(&l);
    let collected = |from: &str, to: &str, bills| {
        let sums = l.store.collected(day(from), day(to), bills).unwrap();
        sums.iter().map(|(_, sum)| sum).sum::<i64>()
    };
    for (from, to, received, honoured) in [
        ("2025-01-01", "2025-01-31", 100_000, 0),
        ("2025-07-01", "2025-07-31", 0, 100_000),
        ("2025-01-01", "2025-07-31", 100_000, 100_000),
    ] {
        assert_eq!(collected(from, to, BillsCount::Received), received, "{from}");
        assert_eq!(collected(from, to, BillsCount::Honoured), honoured, "{from}");
    }
    let flows = l.store.flows(day("2025-01-01"), day("2025-12-31")).unwrap();
    assert_eq!((flows[0].on, flows[0].collected, flows.len()), (day("2025-07-15"), 100_000, 1));
    let receipts = l.store.receipts(day("2025-01-01"), day("2025-12-31")).unwrap();
    assert_eq!((receipts[0].on, receipts.len()), (day("2025-07-15"), 1));
    l.does(&counts("received"));
    assert_eq!(balance_on(&l, m, "2025-01-15"), 0);
    derived_is_true(&l);
}

#[test]
fn a_bill_nothing_was_said_of_counts_as_one() {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 100, "2026-03-01");
    let draft = PaymentDraft::new(account(customer), day("2026-03-01"), 100);
    let taken = Change::RecordPayment(PaymentDraft { method: Method::BankBill, ..draft });
    let id = PaymentId(l.does(&taken).created[0]);
    l.does(&counts("honoured"));
    assert_eq!(l.balance(m), 100);
    l.does(&became(id, BillEvent::Discounted { rate: None, cost: 3 }, "2026-03-05"));
    assert_eq!(l.balance(m), 0);
    assert_eq!(balance_on(&l, m, "2026-03-04"), 100);
    let listed = l.store.payment_list(Span::of(customer)).unwrap();
    let kept = Deduction { kind: DeductionKind::BillDiscount, amount: 3 };
    assert_eq!(listed[0].deductions, [kept]);
    l.store.undo(&context()).unwrap();
    assert_eq!(l.balance(m), 100);
}

#[test]
fn what_is_no_bill_has_no_life_and_what_is_settled_no_second() {
    let (mut l, customer, _, id) = with_bill();
    let plain = l.pay(customer, 50, "2026-01-10", Target::Automatic);
    let why = l.refuses(&became(plain, BillEvent::Honoured, "2026-01-11"));
    assert_eq!(why, Violation::NotABill(plain));
    l.does(&became(id, BillEvent::Endorsed { to: "恒通材料".into() }, "2025-03-01"));
    let why = l.refuses(&became(id, BillEvent::Endorsed { to: "B".into() }, "2025-03-02"));
    assert_eq!(why, Violation::BillSettled { payment: id, state: BillState::Endorsed });
    let all = BillEvent::Discounted { rate: None, cost: 100_000 };
    l.store.undo(&context()).unwrap();
    assert!(matches!(l.refuses(&became(id, all, "2025-03-02")), Violation::DeductsAll { .. }));
    let nobody = BillEvent::Endorsed { to: " ".into() };
    assert!(matches!(l.refuses(&became(id, nobody, "2025-03-02")), Violation::Empty(_)));
}

#[test]
fn a_bill_matures_in_the_list_of_those_in_hand_only() {
    let (mut l, customer, m, id) = with_bill();
    let due = |l: &Ledger, on: &str, until: &str| {
        let bills = l.store.maturing_bills(day(on), day(until)).unwrap();
        bills.iter().map(|bill| (bill.payment, bill.amount)).collect::<Vec<_>>()
    };
    assert_eq!(due(&l, "2025-07-08", "2025-07-15"), [(id, 100_000)]);
    assert_eq!(due(&l, "2025-07-08", "2025-07-14"), []);
    assert_eq!(due(&l, "2025-01-14", "2025-07-15"), [], "not taken yet");
    l.does(&became(id, BillEvent::Honoured, "2025-07-15"));
    assert_eq!(due(&l, "2025-07-15", "2025-07-20"), []);
    assert_eq!(due(&l, "2025-07-14", "2025-07-20"), [(id, 100_000)]);
    l.store.undo(&context()).unwrap();
    l.does(&reversal(id, None, "2025-07-01"));
    assert_eq!(due(&l, "2025-07-08", "2025-07-15"), [], "given back");
    let _ = (customer, m);
}

#[rstest]
#[case(&[(DeductionKind::Fee, 25), (DeductionKind::Penalty, 1_000)], None)]
#[case(&[(DeductionKind::Fee, 5_000)], Some(Violation::DeductsAll { amount: 5_000, deducted: 5_000, currency: Currency::CNY }))]
#[case(&[(DeductionKind::Fee, 0)], Some(Violation::NotPositive(0)))]
fn less_than_a_payment_is_deducted(
    #[case] parts: &[(DeductionKind, i64)],
    #[case] refused: Option<Violation>,
) {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 5_000, "2026-03-01");
    let deductions: Vec<Deduction> =
        parts.iter().map(|(kind, amount)| Deduction { kind: *kind, amount: *amount }).collect();
    let draft = PaymentDraft::new(account(customer), day("2026-03-01"), 5_000);
    let paid = Change::RecordPayment(PaymentDraft { deductions: deductions.clone(), ..draft });
    if let Some(why) = refused {
        assert_eq!(l.refuses(&paid), why);
        return;
    }
    l.does(&paid);
    assert_eq!(l.balance(m), 0, "the customer is credited with all of it");
    let listed = l.store.payment_list(Span::of(customer)).unwrap();
    assert_eq!((listed[0].deducted(), &listed[0].deductions), (1_025, &deductions));
    assert_eq!(l.store.payments_of(customer).unwrap()[0].deductions, deductions);
    assert!(l.store.timeline(m).unwrap().iter().any(|entry| {
        matches!(entry.event, TimelineEvent::Paid { amount: 5_000, deducted: 1_025, .. })
    }));
    l.store.undo(&context()).unwrap();
    assert_eq!(l.count("SELECT COUNT(*) FROM all_deduction"), 0);
}

#[test]
fn a_bank_line_is_a_payment_less_what_was_deducted() {
    let (mut l, customer, project) = Ledger::with_project();
    l.milestone(project, "M1", 5_000, "2026-03-01");
    let deductions = vec![Deduction { kind: DeductionKind::Penalty, amount: 1_000 }];
    let draft = PaymentDraft::new(account(customer), day("2026-03-01"), 5_000);
    let paid = l.does(&Change::RecordPayment(PaymentDraft { deductions, ..draft })).created[0];
    l.imports_statement(&[
        statement_line("2026-03-02", 4_000, "客户 C1"),
        statement_line("2026-03-02", 5_000, "客户 C1"),
    ]);
    let matcher = l.store.matcher(&l.store.items().unwrap(), today()).unwrap();
    let line = |id| l.store.bank_line(BankLineId(id)).unwrap().line();
    let found = |id| matcher.propose(&line(id)).candidates.iter().any(|one| one.payment.is_some());
    assert_eq!([found(1), found(2)], [true, false]);
    let known = |line, fee| Change::BookLine {
        line: BankLineId(line),
        payment: Booking::Known(PaymentId(paid)),
        fee,
    };
    assert!(matches!(l.refuses(&known(2, 0)), Violation::NotTheLine { payment: 4_000, .. }));
    l.does(&known(1, 0));
    // What the bank kept of a line is a deduction like any other.
    let fee = PaymentDraft::new(account(customer), day("2026-03-02"), 5_010);
    let booked = Change::BookLine { line: BankLineId(2), payment: Booking::New(fee), fee: 10 };
    l.does(&booked);
    let listed = l.store.payment_list(Span::of(customer)).unwrap();
    let kept = Deduction { kind: DeductionKind::Fee, amount: 10 };
    assert_eq!(listed[0].deductions, [kept]);
}

#[test]
fn a_bill_that_comes_in_with_the_bank_was_honoured() {
    let (mut l, _, _, id) = with_bill();
    l.imports_statement(&[statement_line("2025-07-16", 100_000, "客户 C1")]);
    let matcher = l.store.matcher(&l.store.items().unwrap(), today()).unwrap();
    let line = l.store.bank_line(BankLineId(1)).unwrap().line();
    assert_eq!(matcher.propose(&line).candidates[0].payment, Some(id));
    let payment = Booking::Known(id);
    l.does(&Change::BookLine { line: BankLineId(1), payment, fee: 0 });
    let listed = &l.store.bill_list(Span::default(), today()).unwrap()[0];
    assert_eq!(
        (listed.state, listed.head.honoured_on),
        (BillState::Honoured, Some(day("2025-07-16")))
    );
    l.store.undo(&context()).unwrap();
    assert_eq!(l.store.bill_list(Span::default(), today()).unwrap()[0].state, BillState::InHand);
}

#[test]
fn money_moves_to_another_milestone_from_a_day_on() {
    let (mut l, customer, project) = Ledger::with_project();
    let wrong = l.milestone(project, "M1", 100, "2026-03-01");
    let right = l.milestone(project, "M2", 100, "2026-04-01");
    let paid = l.pay(customer, 80, "2026-03-05", Target::Lines(vec![(wrong, 80)]));
    let before = l.dump();
    l.does(&moves(paid, wrong, right, "2026-05-01"));
    assert_eq!([wrong, right].map(|m| l.balance(m)), [100, 20]);
    assert_eq!([wrong, right].map(|m| balance_on(&l, m, "2026-04-30")), [20, 100]);
    assert_eq!(l.store.unapplied(None).unwrap(), []);
    let told = |m| {
        let timeline = l.store.timeline(m).unwrap().into_iter();
        let moved = timeline.filter_map(|entry| match entry.event {
            TimelineEvent::Moved { amount, other, reason, .. } => Some((amount, other, reason)),
            _ => None,
        });
        moved.collect::<Vec<_>>()
    };
    let reason = || "wrong milestone".to_owned();
    assert_eq!(told(wrong), [(-80, "M2".to_owned(), reason())]);
    assert_eq!(told(right), [(80, "M1".to_owned(), reason())]);
    derived_is_true(&l);
    let nothing = l.refuses(&moves(paid, wrong, right, "2026-05-02"));
    assert!(matches!(nothing, Violation::ExceedsApplied { applied: 0, .. }));
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), before);
}

#[test]
fn a_move_exceeds_neither_side_on_a_later_day() {
    let (mut l, customer, project) = Ledger::with_project();
    let from = l.milestone(project, "M1", 100, "2026-03-01");
    let to = l.milestone(project, "M2", 50, "2026-04-01");
    let other = l.customer("C2");
    let elsewhere = l.project("P2", other);
    let elsewhere = l.milestone(elsewhere, "X1", 100, "2026-03-01");
    let paid = l.pay(customer, 80, "2026-03-05", Target::Lines(vec![(from, 80)]));
    l.pay(customer, 20, "2026-06-01", Target::Lines(vec![(to, 20)]));
    let why = l.refuses(&moves(paid, from, to, "2026-05-01"));
    assert!(matches!(why, Violation::ExceedsBalance { wanted: 80, open: 30, .. }));
    let why = l.refuses(&moves(paid, from, elsewhere, "2026-05-01"));
    assert_eq!(why, Violation::OtherCustomer(elsewhere));
    let early = l.refuses(&moves(paid, from, to, "2026-03-04"));
    assert!(matches!(early, Violation::TooEarly { .. }));
    let some = Change::MoveAllocation {
        payment: paid,
        from,
        to,
        amount: Some(30),
        on: day("2026-03-05"),
        reason: String::new(),
    };
    l.does(&some);
    assert_eq!([from, to].map(|m| l.balance(m)), [50, 0]);
    l.does(&reversal(paid, None, "2026-07-01"));
    assert_eq!([from, to].map(|m| l.balance(m)), [100, 30]);
    derived_is_true(&l);
}

#[test]
fn somebody_else_who_pays_is_told_until_the_ledger_knows_the_name() {
    let mut l = Ledger::new();
    let draft = CustomerDraft {
        short_name: "星河".into(),
        invoice_title: "星河科技（北京）有限公司".into(),
        name: "星河科技有限公司".into(),
        ..customer("C1")
    };
    let customer = CustomerId(l.does(&Change::AddCustomer(draft)).created[0]);
    for (at, payer) in
        ["", "星河科技", "星河", "星河科技(北京)", "远达贸易"].into_iter().enumerate()
    {
        let amount = i64::try_from(at).unwrap() + 1;
        let draft = PaymentDraft::new(account(customer), day("2026-03-01"), amount);
        l.does(&Change::RecordPayment(PaymentDraft { payer: payer.into(), ..draft }));
    }
    l.imports_statement(&[
        statement_line("2026-03-02", 70, "远达贸易"),
        statement_line("2026-03-03", 80, "远达贸易"),
    ]);
    for (line, amount) in [(1, 70), (2, 80)] {
        let on = day(&format!("2026-03-0{}", line + 1));
        let draft = PaymentDraft::new(account(customer), on, amount);
        let draft = PaymentDraft { payer: "远达贸易".into(), ..draft };
        let payment = Booking::New(draft);
        l.does(&Change::BookLine { line: BankLineId(line), payment, fee: 0 });
    }
    let mut listed = l.store.payment_list(Span::of(customer)).unwrap();
    listed.sort_by_key(|one| one.head.id);
    let flags: Vec<bool> = listed.iter().map(|one| one.head.is_third_party()).collect();
    // The first line taught the name; the one after it is no surprise.
    assert_eq!(flags, [false, false, false, false, true, true, false]);
    let named = |l: &Ledger, on: &str| -> Vec<PaymentId> {
        let found = l.store.uncleared_payments(day(on)).unwrap();
        found.into_iter().map(|one| one.payment).collect()
    };
    let flagged = [listed[4].head.id, listed[5].head.id];
    assert_eq!(named(&l, "2026-03-02"), flagged);
    assert_eq!(named(&l, "2026-02-28"), []);
    // A morning looks back for a year.
    assert_eq!(named(&l, "2027-03-02"), [flagged[1]]);
    let clear = |on: &str| Change::ClearPayer {
        payment: flagged[0],
        on: Some(day(on)),
        paper: None,
        note: "asked".into(),
    };
    l.does(&clear("2026-05-01"));
    assert_eq!(named(&l, "2026-04-30"), flagged);
    assert_eq!(named(&l, "2026-05-01"), [flagged[1]]);
}
