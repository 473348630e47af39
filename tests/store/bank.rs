//! Lines of bank statements: each once, whatever overlaps; booked, not ours or open; and what is learned from a yes.

use huikuan::domain::bank::{LineState, StatementBatch, StatementLine, StatementSum};
use huikuan::domain::change::{Booking, Change, PaymentDraft, Target, Voidable};
use huikuan::domain::facts::Account;
use huikuan::domain::ids::{BankLineId, CustomerId, MilestoneId, PaymentId};
use huikuan::domain::money::Currency;
use huikuan::domain::reconcile::Clue;
use huikuan::domain::violation::Violation;
use huikuan::error::Error;
use huikuan::store::{Context, LineFilter};
use rstest::rstest;

use crate::kit::{Ledger, context, day, statement_line, today};
use crate::random::derived_is_true;

fn numbered(on: &str, amount: i64, serial: &str) -> StatementLine {
    StatementLine { serial: serial.into(), ..statement_line(on, amount, "甲") }
}

fn lines(l: &Ledger) -> usize {
    l.store.bank_lines(&LineFilter::default()).unwrap().len()
}

fn state(l: &Ledger, line: i64) -> LineState {
    l.store.bank_line(BankLineId(line)).unwrap().state()
}

/// A receivable of 100.00, and a line of that amount.
fn desk() -> (Ledger, CustomerId, MilestoneId) {
    let (mut l, customer, project) = Ledger::with_project();
    let m = l.milestone(project, "M1", 10_000, "2026-10-01");
    l.imports_statement(&[statement_line("2026-11-01", 10_000, "客户 C1")]);
    (l, customer, m)
}

fn booked(customer: CustomerId, line: i64, amount: i64, fee: i64, target: Target) -> Change {
    let account = Account { customer, currency: Currency::CNY };
    let draft =
        PaymentDraft { target, ..PaymentDraft::new(account, day("2026-11-01"), amount + fee) };
    Change::BookLine { line: BankLineId(line), payment: Booking::New(draft), fee }
}

#[rstest]
#[case::the_same_file(
    &[("2026-11-01", 500, ""), ("2026-11-01", 500, ""), ("2026-11-02", 500, "")],
    &[("2026-11-01", 500, ""), ("2026-11-01", 500, ""), ("2026-11-02", 500, "")],
    0
)]
#[case::one_more_of_the_same_day(&[("2026-11-01", 500, ""), ("2026-11-01", 500, "")], &[("2026-11-01", 500, ""); 3], 1)]
#[case::an_old_line_and_two_new_alike(&[("2026-08-30", -150, "")], &[("2026-09-01", -150, ""), ("2026-09-02", -150, "")], 2)]
#[case::one_number_other_amount(&[("2026-11-01", 500, "A1")], &[("2026-11-01", 600, "A1")], 1)]
#[case::one_number_other_day(&[("2026-11-01", 500, "A1")], &[("2026-11-02", 500, "A1")], 1)]
#[case::one_number(&[("2026-11-01", 500, "A1")], &[("2026-11-01", 500, "A1"), ("2026-11-03", 7, "A2")], 1)]
fn an_overlapping_statement_adds_nothing_twice(
    #[case] first: &[(&str, i64, &str)],
    #[case] second: &[(&str, i64, &str)],
    #[case] new: u32,
) {
    let mut l = Ledger::new();
    let of = |all: &[(&str, i64, &str)]| -> Vec<StatementLine> {
        all.iter().map(|(on, amount, serial)| numbered(on, *amount, serial)).collect()
    };
    assert_eq!(l.imports_statement(&of(first)) as usize, first.len());
    assert_eq!(l.imports_statement(&of(second)), new);
    assert_eq!(lines(&l), first.len() + new as usize);
}

#[test]
fn what_was_booked_from_a_line_is_money_that_came_in() {
    let (mut l, customer, m) = desk();
    let seen = l.store.last_event().unwrap();
    l.does(&booked(customer, 1, 10_000, 0, Target::Automatic));
    let arrived = l.store.payments_since(seen).unwrap();
    let told: Vec<_> = arrived.iter().map(|one| (one.amount, one.milestone)).collect();
    assert_eq!(told, [(10_000, Some(m))]);
}

#[test]
fn what_a_bank_tells_otherwise_later_is_the_same_line_by_its_number() {
    let mut l = Ledger::new();
    l.imports_statement(&[numbered("2026-11-01", 500, "A1")]);
    let later = StatementLine {
        remark: "货款".into(),
        payer: "星河科技".into(),
        ..numbered("2026-11-01", 500, "A1")
    };
    assert_eq!(l.imports_statement(std::slice::from_ref(&later)), 0);
    let elsewhere = StatementLine { account: "6333".into(), ..later };
    assert_eq!(l.imports_statement(&[elsewhere]), 1, "another account");
}

#[test]
fn an_import_is_one_event_and_one_undo() {
    let mut l = Ledger::new();
    let before = l.dump();
    l.imports_statement(&[numbered("2026-11-01", 500, "A1"), numbered("2026-11-02", -3, "A2")]);
    assert_eq!(l.count("SELECT COUNT(*) FROM event"), 1);
    let with = l.dump();
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), before);
    l.store.redo(&context()).unwrap();
    assert_eq!(l.dump(), with);
    derived_is_true(&l);
}

#[test]
fn a_line_of_the_future_refuses_the_statement() {
    let mut l = Ledger::new();
    let batch = StatementBatch {
        file: "f".into(),
        sha256: String::new(),
        sums: Vec::new(),
        rows: vec![numbered("2026-11-01", 1, "A"), numbered("2027-01-01", 2, "B")],
    };
    let refused = l.store.import_statement(&batch, &context(), &mut |_, _| {});
    assert!(matches!(refused, Err(Error::Violation(Violation::Future { .. }))));
    assert_eq!((lines(&l), l.count("SELECT COUNT(*) FROM event")), (0, 0));
}

#[test]
fn a_line_is_booked_as_its_payment_with_the_fee_the_bank_kept() {
    let (mut l, customer, m) = desk();
    l.imports_statement(&[statement_line("2026-11-02", 9_985, "客户 C1")]);
    let done = l.does(&booked(customer, 2, 9_985, 15, Target::Lines(vec![(m, 10_000)])));
    assert_eq!((l.balance(m), done.about), (0, vec![m]));
    let line = l.store.bank_line(BankLineId(2)).unwrap();
    assert_eq!(
        (line.state(), line.payment, line.fee),
        (LineState::Booked, Some(PaymentId(1)), Some(15))
    );
    assert_eq!(line.customer.as_deref(), Some("C1"));
    let again = booked(customer, 2, 9_985, 15, Target::Automatic);
    let taken = Violation::LineTaken { line: BankLineId(2), payment: PaymentId(1) };
    assert_eq!(l.refuses(&again), taken);
    assert_eq!(l.refuses(&Change::SkipLine { line: BankLineId(2), reason: String::new() }), taken);
    derived_is_true(&l);
}

#[test]
fn undoing_or_voiding_the_payment_opens_the_line_again() {
    let (mut l, customer, m) = desk();
    let before = l.dump();
    l.does(&booked(customer, 1, 10_000, 0, Target::Automatic));
    assert_eq!((state(&l, 1), l.balance(m)), (LineState::Booked, 0));
    l.store.undo(&context()).unwrap();
    assert_eq!((state(&l, 1), l.dump()), (LineState::Open, before));

    l.does(&booked(customer, 1, 10_000, 0, Target::Automatic));
    let entry = Voidable::Payment(PaymentId(l.count("SELECT MAX(id) FROM payment")));
    l.does(&Change::Void { entry, reason: "wrong customer".into() });
    assert_eq!((state(&l, 1), l.balance(m)), (LineState::Open, 10_000));
    // Booked anew, the void cannot be taken back: the money would be there twice.
    let other = Change::SkipLine { line: BankLineId(1), reason: "interest".into() };
    l.as_user("li", &other).unwrap();
    let blocked = l.store.undo(&context());
    assert!(matches!(blocked, Err(Error::Violation(Violation::UndoBlocked { .. }))), "{blocked:?}");
    derived_is_true(&l);
}

#[test]
fn of_two_voided_payments_of_a_line_only_one_comes_back() {
    let (mut l, customer, _) = desk();
    for who in ["wang", "li"] {
        l.as_user(who, &booked(customer, 1, 10_000, 0, Target::Automatic)).unwrap();
        let entry = Voidable::Payment(PaymentId(l.count("SELECT MAX(id) FROM payment")));
        l.as_user(who, &Change::Void { entry, reason: "wrong".into() }).unwrap();
    }
    // The later payment stands again; then the earlier one cannot.
    l.store.undo(&Context { who: "li", ..context() }).unwrap();
    let blocked = l.store.undo(&context());
    assert!(matches!(blocked, Err(Error::Violation(Violation::UndoBlocked { .. }))), "{blocked:?}");
    l.store.redo(&Context { who: "li", ..context() }).unwrap();
    l.store.undo(&context()).unwrap();
    let blocked = l.store.undo(&Context { who: "li", ..context() });
    assert!(matches!(blocked, Err(Error::Violation(Violation::UndoBlocked { .. }))), "{blocked:?}");
    derived_is_true(&l);
}

#[test]
fn what_is_not_ours_can_be_booked_all_the_same() {
    let (mut l, customer, m) = desk();
    l.does(&Change::SkipLine { line: BankLineId(1), reason: "利息".into() });
    let line = l.store.bank_line(BankLineId(1)).unwrap();
    assert_eq!((line.state(), line.reason.as_deref()), (LineState::NotOurs, Some("利息")));
    l.does(&booked(customer, 1, 10_000, 0, Target::Automatic));
    assert_eq!((state(&l, 1), l.balance(m)), (LineState::Booked, 0));
    l.store.undo(&context()).unwrap();
    assert_eq!(state(&l, 1), LineState::NotOurs);
}

#[test]
fn a_payment_on_record_is_linked_once() {
    let (mut l, customer, _) = desk();
    // Typed some days before the bank booked it.
    let payment = l.pay(customer, 10_000, "2026-10-27", Target::Automatic);
    let link = |line: i64| Change::BookLine {
        line: BankLineId(line),
        payment: Booking::Known(payment),
        fee: 0,
    };
    let proposals = l.store.matcher(&l.store.items().unwrap(), today()).unwrap();
    let line = l.store.bank_line(BankLineId(1)).unwrap().line();
    assert_eq!(proposals.propose(&line).best().unwrap().payment, Some(payment));
    l.does(&link(1));
    assert_eq!(l.count("SELECT COUNT(*) FROM payment"), 1);
    l.imports_statement(&[statement_line("2026-11-05", 10_000, "乙")]);
    let taken = Violation::PaymentTaken { payment, line: BankLineId(1) };
    assert_eq!(l.refuses(&link(2)), taken);
    // Another line is other money, though it is as much.
    l.does(&booked(customer, 2, 10_000, 0, Target::Automatic));
}

#[test]
fn a_payment_typed_before_is_asked_about() {
    let (mut l, customer, _) = desk();
    l.pay(customer, 10_000, "2026-11-03", Target::Automatic);
    let change = booked(customer, 1, 10_000, 0, Target::Automatic);
    let why = l.refuses(&change);
    assert!(matches!(why, Violation::PaidAlready { .. }));
    l.does(&change.insisted(&why).unwrap());
}

#[rstest]
#[case(9_999, 0)]
#[case(10_001, 0)]
fn the_payment_is_the_line_and_its_fee(#[case] amount: i64, #[case] fee: i64) {
    let (mut l, customer, _) = desk();
    let why = l.refuses(&booked(customer, 1, amount, fee, Target::Automatic));
    assert!(matches!(why, Violation::NotTheLine { amount: 10_000, .. }), "{why:?}");
}

#[test]
fn money_that_went_out_is_no_payment() {
    let (mut l, customer, _) = desk();
    l.imports_statement(&[statement_line("2026-11-02", -500, "甲")]);
    assert_eq!(state(&l, 2), LineState::Out);
    let why = l.refuses(&booked(customer, 2, 500, 0, Target::Automatic));
    assert_eq!(why, Violation::LineOut(BankLineId(2)));
}

#[test]
fn who_pays_for_whom_is_learned_from_a_yes() {
    let (mut l, customer, _) = desk();
    let payer = |on: &str, amount: i64| StatementLine {
        payer_account: "6225 0000 1111".into(),
        ..statement_line(on, amount, "李雷")
    };
    l.imports_statement(&[payer("2026-11-02", 77), payer("2026-11-09", 88)]);
    let propose = |l: &Ledger| {
        let matcher = l.store.matcher(&l.store.items().unwrap(), today()).unwrap();
        matcher.propose(&l.store.bank_line(BankLineId(3)).unwrap().line())
    };
    assert_eq!(propose(&l).best(), None);
    l.does(&booked(customer, 2, 77, 0, Target::Automatic));
    let best = propose(&l).best().cloned().unwrap();
    assert_eq!(best.customer, customer);
    assert!(best.clues.contains(&Clue::Account) && best.clues.contains(&Clue::Alias), "{best:?}");
    l.store.undo(&context()).unwrap();
    assert_eq!(propose(&l).best(), None, "what was learned goes with it");
    l.does(&booked(customer, 2, 77, 0, Target::Automatic));
    let entry = Voidable::Payment(PaymentId(l.count("SELECT MAX(id) FROM payment")));
    l.does(&Change::Void { entry, reason: "not theirs".into() });
    assert_eq!(propose(&l).best(), None, "and with a payment that was a mistake");
}

#[test]
fn a_line_that_is_booked_keeps_its_statement_from_being_undone() {
    let (mut l, customer, _) = desk();
    l.as_user("li", &booked(customer, 1, 10_000, 0, Target::Automatic)).unwrap();
    let blocked = l.store.undo(&context());
    assert!(matches!(blocked, Err(Error::Violation(Violation::UndoBlocked { .. }))));
}

#[test]
fn an_account_whose_lines_do_not_lead_to_its_closing_balance_says_so() {
    let mut l = Ledger::new();
    let sum = |from: &str, to: &str, opening, closing| StatementSum {
        account: "6222".into(),
        currency: Currency::CNY,
        first_on: day(from),
        last_on: day(to),
        money_in: (1, 0),
        money_out: (0, 0),
        opening: Some(opening),
        closing: Some(closing),
    };
    let mut bring = |sum: StatementSum, line: StatementLine| {
        let batch = StatementBatch {
            file: "f".into(),
            sha256: String::new(),
            sums: vec![sum],
            rows: vec![line],
        };
        l.store.import_statement(&batch, &context(), &mut |_, _| {}).unwrap();
        l.store.bank_accounts().unwrap().remove(0)
    };
    let first = bring(sum("2026-01-01", "2026-01-31", 100, 150), numbered("2026-01-05", 50, "A"));
    assert_eq!((first.closing, first.computed, first.off()), (Some(150), Some(150), None));
    // February is missing.
    let march = bring(sum("2026-03-01", "2026-03-31", 400, 401), numbered("2026-03-05", 1, "B"));
    assert_eq!((march.closing, march.computed, march.off()), (Some(401), Some(151), Some(250)));
    assert_eq!((march.lines, march.open), (2, 2));
}
