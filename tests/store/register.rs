//! Lists of customers, payments and invoices: what comes in, what a second time does, what is refused, what an undo
//! takes back.

use huikuan::domain::change::{
    BillDraft, Change, ContactDraft, CustomerDraft, Deduction, PaymentDraft, Target,
};
use huikuan::domain::facts::Account;
use huikuan::domain::ids::{CustomerId, PaymentId};
use huikuan::domain::kinds::{DeductionKind, Grade, InvoiceKind, Method};
use huikuan::domain::money::Currency;
use huikuan::domain::register::{
    CustomerEntry, Entries, InvoiceEntry, InvoiceEntryLine, PaymentEntry, RegisterBatch,
    RegisterField as F, RegisterOutcome,
};
use huikuan::domain::violation::Violation;
use rstest::rstest;

use crate::kit::{Ledger, context, day};
use crate::random::derived_is_true;

fn batch(entries: Entries) -> RegisterBatch {
    RegisterBatch {
        file: "list.csv".into(),
        sha256: String::new(),
        currency: Currency::CNY,
        again: false,
        entries,
    }
}

impl Ledger {
    fn takes(&mut self, entries: Entries) -> RegisterOutcome {
        self.store.import_register(&batch(entries), &context(), &mut |_, _| {}).unwrap()
    }

    /// New, corrected and unchanged.
    fn counts(&mut self, entries: Entries) -> (u32, u32, u32) {
        let done = self.takes(entries);
        assert!(done.refusals.is_empty(), "{:?}", done.refusals);
        (done.imported, done.updated, done.unchanged)
    }

    /// Row, column and value of each refused cell, and that nothing was written.
    fn turns_away(&mut self, entries: Entries) -> Vec<(u32, F, String, Violation)> {
        let before = (self.dump(), self.count("SELECT COUNT(*) FROM event"));
        let done = self.takes(entries);
        assert_eq!((self.dump(), self.count("SELECT COUNT(*) FROM event")), before);
        assert_eq!((done.imported, done.updated, done.unchanged), (0, 0, 0));
        assert_eq!(done.refused as usize, done.refusals.len());
        done.refusals
            .into_iter()
            .map(|cell| (cell.row, cell.column, cell.value, cell.why))
            .collect()
    }
}

fn customers(drafts: &[CustomerDraft]) -> Entries {
    let entry = |(row, draft): (u32, &CustomerDraft)| CustomerEntry { row, draft: draft.clone() };
    Entries::Customers((2..).zip(drafts).map(entry).collect())
}

fn named(code: &str, name: &str) -> CustomerDraft {
    CustomerDraft { code: code.into(), name: name.into(), ..CustomerDraft::default() }
}

fn payment(customer: &str, on: &str, amount: i64) -> PaymentEntry {
    PaymentEntry {
        row: 0,
        customer: customer.into(),
        received_on: day(on),
        amount,
        currency: Currency::CNY,
        method: Method::Transfer,
        payer: String::new(),
        bank_ref: String::new(),
        note: String::new(),
        milestones: Vec::new(),
        deductions: Vec::new(),
        bill: None,
    }
}

fn paying(entry: PaymentEntry, milestones: &[&str]) -> PaymentEntry {
    PaymentEntry { milestones: milestones.iter().map(|&key| key.to_owned()).collect(), ..entry }
}

fn payments(entries: &[PaymentEntry]) -> Entries {
    let numbered = |(row, entry): (u32, &PaymentEntry)| PaymentEntry { row, ..entry.clone() };
    Entries::Payments((2..).zip(entries).map(numbered).collect())
}

fn invoice(number: &str, on: &str, lines: &[(&str, Option<i64>)]) -> InvoiceEntry {
    let line = |(row, (milestone, amount)): (u32, &(&str, Option<i64>))| InvoiceEntryLine {
        row,
        milestone: (*milestone).into(),
        amount: *amount,
        currency: Currency::CNY,
    };
    InvoiceEntry {
        row: 2,
        number: number.into(),
        kind: None,
        tax_rate: None,
        issued_on: day(on),
        sent_on: None,
        received_on: None,
        tells_sent: false,
        lines: (2..).zip(lines).map(line).collect(),
    }
}

/// Two receivables of 100.00 and 50.00, the larger due first.
fn desk() -> (Ledger, CustomerId) {
    let (mut l, customer, project) = Ledger::with_project();
    l.milestone(project, "M1", 10_000, "2026-10-01");
    l.milestone(project, "M2", 5_000, "2026-11-01");
    (l, customer)
}

fn balances(l: &Ledger) -> [i64; 2] {
    ["M1", "M2"].map(|key| l.balance(l.store.find_milestone(key).unwrap()))
}

#[test]
fn customers_come_in_once_as_one_event_and_one_undo() {
    let mut l = Ledger::new();
    let before = l.dump();
    let contact =
        ContactDraft { name: "李华".into(), phone: "138".into(), ..ContactDraft::default() };
    let list = customers(&[
        CustomerDraft {
            tax_no: "9131".into(),
            grade: Some(Grade::B),
            credit_limit: Some(100),
            terms_days: Some(30),
            contacts: vec![contact],
            ..named("C1", "星河")
        },
        named("", "华东"),
    ]);
    assert_eq!(l.counts(list.clone()), (2, 0, 0));
    let with = l.dump();
    assert_eq!(l.counts(list), (0, 0, 2));
    assert_eq!((l.dump(), l.count("SELECT COUNT(*) FROM event")), (with.clone(), 1));
    assert_eq!(
        l.store.customer_draft(l.store.find_customer("华东").unwrap()).unwrap().code,
        "华东"
    );
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), before);
    l.store.redo(&context()).unwrap();
    assert_eq!(l.dump(), with);
}

#[test]
fn a_filled_cell_corrects_and_an_empty_one_changes_nothing() {
    let mut l = Ledger::new();
    let contact = |name: &str, phone: &str| ContactDraft {
        name: name.into(),
        phone: phone.into(),
        ..ContactDraft::default()
    };
    let full = CustomerDraft {
        tax_no: "9131".into(),
        grade: Some(Grade::B),
        contacts: vec![contact("李华", "138"), contact("王芳", "")],
        ..named("C1", "星河")
    };
    l.does(&Change::AddCustomer(full));
    let done = l.takes(customers(&[CustomerDraft {
        grade: Some(Grade::A),
        terms_days: Some(60),
        contacts: vec![contact("李华", "139")],
        ..named("C1", "")
    }]));
    let changed: Vec<_> = done.changes.iter().filter_map(|change| change.field).collect();
    assert_eq!(changed, [F::Grade, F::TermsDays, F::ContactPhone]);
    let after = l.store.customer_draft(CustomerId(1)).unwrap();
    assert_eq!((&*after.name, &*after.tax_no, after.grade), ("星河", "9131", Some(Grade::A)));
    let phones: Vec<_> = after.contacts.iter().map(|c| (&*c.name, &*c.phone)).collect();
    assert_eq!(phones, [("李华", "139"), ("王芳", "")]);
}

#[rstest]
#[case::its_name_was_its_code(&[("星河", "星河")], &[("C1", "星河")], (0, 1, 0), &["C1 星河"])]
#[case::a_branch_of_the_same_name(&[("A", "星河")], &[("A", "星河"), ("B", "星河")], (1, 0, 1), &["A 星河", "B 星河"])]
#[case::whichever_comes_first(&[("B", "星河")], &[("A", "星河"), ("B", "星河")], (1, 0, 1), &["B 星河", "A 星河"])]
#[case::a_new_name(&[("C1", "星河")], &[("C1", "星河科技")], (0, 1, 0), &["C1 星河科技"])]
#[case::by_name_alone(&[("C1", "星河")], &[("", "星河")], (0, 0, 1), &["C1 星河"])]
fn a_customer_is_known_by_code_and_else_by_name(
    #[case] there: &[(&str, &str)],
    #[case] list: &[(&str, &str)],
    #[case] counts: (u32, u32, u32),
    #[case] expected: &[&str],
) {
    let mut l = Ledger::new();
    let of = |all: &[(&str, &str)]| -> Vec<CustomerDraft> {
        all.iter().map(|(code, name)| named(code, name)).collect()
    };
    for draft in of(there) {
        l.does(&Change::AddCustomer(draft));
    }
    assert_eq!(l.counts(customers(&of(list))), counts);
    let known = |id: usize| {
        let draft = l.store.customer_draft(CustomerId(i64::try_from(id).unwrap())).unwrap();
        format!("{} {}", draft.code, draft.name)
    };
    assert_eq!((1..=expected.len()).map(known).collect::<Vec<_>>(), expected);
    assert_eq!(l.counts(customers(&of(list))), (0, 0, u32::try_from(list.len()).unwrap()));
}

#[test]
fn customers_that_are_not_one_are_refused_with_which() {
    let mut l = Ledger::new();
    for code in ["A", "B"] {
        l.does(&Change::AddCustomer(named(code, "星河")));
    }
    let refused = l.turns_away(customers(&[named("", "星河"), named("C", "华东"), named("C", "")]));
    let [
        (2, F::Name, _, Violation::Ambiguous { fits, .. }),
        (4, F::Code, _, Violation::SameAsRow(3)),
    ] = refused.as_slice()
    else {
        panic!("{refused:?}")
    };
    assert_eq!(fits, &["A", "B"]);
}

#[test]
fn payments_come_in_once_as_one_event_and_one_undo() {
    let (mut l, _) = desk();
    let before = l.dump();
    let alike = payment("C1", "2026-11-03", 2_000);
    let list = payments(&[alike.clone(), alike, payment("客户 C1", "2026-11-04", 8_000)]);
    assert_eq!(l.counts(list.clone()), (3, 0, 0));
    assert_eq!(balances(&l), [0, 3_000]);
    derived_is_true(&l);
    let (with, events) = (l.dump(), l.count("SELECT COUNT(*) FROM event"));
    assert_eq!(l.counts(list), (0, 0, 3));
    assert_eq!((l.dump(), l.count("SELECT COUNT(*) FROM event")), (with, events));
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), before);
    derived_is_true(&l);
}

#[test]
fn one_more_of_the_same_in_a_longer_list_is_one_more() {
    let (mut l, _) = desk();
    let alike = payment("C1", "2026-11-03", 2_000);
    l.counts(payments(&[alike.clone(), alike.clone()]));
    assert_eq!(l.counts(payments(&[alike.clone(), alike.clone(), alike])), (1, 0, 2));
}

#[test]
fn a_payment_goes_to_what_it_names_up_to_what_is_open() {
    let (mut l, _) = desk();
    let list = payments(&[
        paying(payment("C1", "2026-11-03", 9_000), &["M2", "M1", "M2"]),
        paying(payment("C1", "2026-11-20", 9_000), &["M2"]),
    ]);
    assert_eq!(l.counts(list), (2, 0, 0));
    assert_eq!(balances(&l), [6_000, 0]);
    assert_eq!(l.count("SELECT unapplied FROM payment WHERE id = 2"), 9_000);
    derived_is_true(&l);
}

#[test]
fn money_that_went_back_is_not_booked_again() {
    let (mut l, _) = desk();
    let list = payments(&[payment("C1", "2026-11-03", 2_000)]);
    l.counts(list.clone());
    l.does(&Change::ReversePayment {
        payment: huikuan::domain::ids::PaymentId(1),
        amount: None,
        on: day("2026-11-05"),
        reason: "退票".into(),
    });
    assert_eq!(l.counts(list), (0, 0, 1));
}

#[test]
fn money_like_that_on_record_is_a_question_of_the_whole_list() {
    let (mut l, customer) = desk();
    let account = Account { customer, currency: Currency::CNY };
    l.does(&Change::RecordPayment(PaymentDraft {
        target: Target::Lines(Vec::new()),
        ..PaymentDraft::new(account, day("2026-11-02"), 2_000)
    }));
    let list = payments(&[payment("C1", "2026-11-04", 2_000), payment("C1", "2026-11-05", 2_000)]);
    let refused = l.turns_away(list.clone());
    assert!(
        matches!(refused.as_slice(), [(2, F::Amount, _, Violation::PaidAlready { .. }), (3, ..)]),
        "{refused:?}"
    );
    let again = RegisterBatch { again: true, ..batch(list) };
    let done = l.store.import_register(&again, &context(), &mut |_, _| {}).unwrap();
    assert_eq!((done.imported, done.refused), (2, 0));
}

#[test]
fn every_row_the_ledger_refuses_is_told_and_nothing_is_written() {
    let (mut l, _) = desk();
    let other = l.customer("C2");
    let project = l.project("P2", other);
    l.milestone(project, "N1", 1_000, "2026-10-01");
    let list = payments(&[
        payment("C1", "2026-11-03", 2_000),
        payment("C9", "2026-11-03", 2_000),
        payment("C1", "2027-01-01", 100),
        paying(payment("C1", "2026-11-06", 300), &["M9"]),
        paying(payment("C1", "2026-11-07", 400), &["N1"]),
        PaymentEntry { currency: Currency::USD, ..paying(payment("C1", "2026-11-08", 5), &["M1"]) },
    ]);
    let told = l.turns_away(list);
    let cells: Vec<_> =
        told.iter().map(|(row, column, value, _)| (*row, *column, &**value)).collect();
    assert_eq!(
        cells,
        [
            (3, F::Customer, "C9"),
            (4, F::ReceivedOn, "2027-01-01"),
            (5, F::Milestone, "M9"),
            (6, F::Milestone, "N1"),
            (7, F::Milestone, "M1"),
        ]
    );
}

#[test]
fn a_customer_of_two_names_is_refused_with_both() {
    let mut l = Ledger::new();
    for code in ["A", "B"] {
        l.does(&Change::AddCustomer(named(code, "星河")));
    }
    let refused = l.turns_away(payments(&[payment("星河", "2026-11-03", 1)]));
    assert!(
        matches!(&refused[0].3, Violation::Ambiguous { fits, .. } if fits == &["A", "B"]),
        "{refused:?}"
    );
}

#[test]
fn invoices_come_in_once_as_one_event_and_one_undo() {
    let (mut l, _) = desk();
    let before = l.dump();
    let list = Entries::Invoices(vec![
        invoice("0101", "2026-10-05", &[("M1", Some(4_000)), ("M2", None)]),
        InvoiceEntry {
            kind: Some(InvoiceKind::Ordinary),
            tells_sent: true,
            ..invoice("0102", "2026-10-06", &[("M1", None)])
        },
    ]);
    assert_eq!(l.counts(list.clone()), (2, 0, 0));
    derived_is_true(&l);
    assert_eq!(l.count("SELECT SUM(amount) FROM invoice_line"), 15_000);
    let here = "SELECT COUNT(*) FROM invoice WHERE number = '0102' AND kind = 'ordinary' AND sent_on IS NULL";
    assert_eq!(l.count(here), 1);
    assert_eq!(l.count("SELECT COUNT(*) FROM invoice WHERE sent_on = issued_on"), 1);
    let with = l.dump();
    assert_eq!(l.counts(list), (0, 0, 2));
    assert_eq!(l.dump(), with);
    l.store.undo(&context()).unwrap();
    assert_eq!(l.dump(), before);
}

#[rstest]
#[case::other_amount(&[("M1", Some(3_000))], "2026-10-05", F::Number)]
#[case::other_day(&[("M1", Some(4_000))], "2026-10-06", F::Number)]
#[case::another_line(&[("M1", Some(4_000)), ("M2", None)], "2026-10-05", F::Number)]
#[case::another_milestone(&[("M2", Some(4_000))], "2026-10-05", F::Number)]
fn a_number_that_stands_with_others_is_refused(
    #[case] lines: &[(&str, Option<i64>)],
    #[case] on: &str,
    #[case] column: F,
) {
    let (mut l, _) = desk();
    let standing = invoice("0101", "2026-10-05", &[("M1", Some(4_000))]);
    l.counts(Entries::Invoices(vec![standing]));
    let refused = l.turns_away(Entries::Invoices(vec![invoice("0101", on, lines)]));
    assert!(
        matches!(refused.as_slice(), [(2, c, v, Violation::NumberTaken { .. })] if *c == column && v == "0101")
    );
}

#[rstest]
#[case::too_much(invoice("1", "2026-10-05", &[("M1", Some(10_001))]), F::Amount, 2)]
#[case::nothing(invoice("1", "2026-10-05", &[("M1", Some(0))]), F::Amount, 2)]
#[case::unknown(invoice("1", "2026-10-05", &[("M1", None), ("M9", None)]), F::Milestone, 3)]
#[case::twice(invoice("1", "2026-10-05", &[("M1", Some(1)), ("M1", Some(1))]), F::Milestone, 3)]
#[case::tomorrow(invoice("1", "2026-11-22", &[("M1", None)]), F::IssuedOn, 2)]
#[case::signed_for_before(
    InvoiceEntry { received_on: Some(day("2026-10-01")), ..invoice("1", "2026-10-05", &[("M1", None)]) },
    F::ReceivedOn,
    2
)]
fn an_invoice_obeys_the_rules_of_invoices(
    #[case] entry: InvoiceEntry,
    #[case] column: F,
    #[case] row: u32,
) {
    let (mut l, _) = desk();
    let good = invoice("0", "2026-10-01", &[("M2", Some(1))]);
    let refused = l.turns_away(Entries::Invoices(vec![good, entry]));
    assert!(matches!(refused.as_slice(), [(r, c, ..)] if (*r, *c) == (row, column)), "{refused:?}");
}

#[test]
fn a_day_that_differs_from_a_standing_invoice_is_told_and_kept() {
    let (mut l, _) = desk();
    let standing = invoice("0101", "2026-10-05", &[("M1", None)]);
    l.counts(Entries::Invoices(vec![standing.clone()]));
    let signed = InvoiceEntry { received_on: Some(day("2026-10-09")), ..standing };
    let done = l.takes(Entries::Invoices(vec![signed]));
    assert_eq!((done.unchanged, done.kept), (1, vec![(2, F::ReceivedOn)]));
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let (mut l, _) = desk();
    let before = l.dump();
    let list = batch(payments(&[payment("C1", "2026-11-03", 2_000)]));
    let tried = l.store.try_register(&list, &context(), &mut |_, _| {}).unwrap();
    assert_eq!(l.dump(), before);
    let done = l.store.import_register(&list, &context(), &mut |_, _| {}).unwrap();
    assert_eq!(done, tried);
}

#[test]
fn a_payment_comes_in_with_its_deductions_and_its_bill() {
    let (mut l, _, project) = Ledger::with_project();
    l.milestone(project, "M1", 100_000, "2026-03-01");
    let bill = BillDraft {
        number: "77".into(),
        matures_on: Some(day("2027-03-02")),
        ..BillDraft::default()
    };
    let fee = Deduction { kind: DeductionKind::Fee, amount: 500 };
    let entry = PaymentEntry {
        method: Method::BankBill,
        deductions: vec![fee],
        bill: Some(Box::new(bill.clone())),
        ..payment("C1", "2026-09-02", 100_000)
    };
    assert_eq!(l.counts(payments(std::slice::from_ref(&entry))), (1, 0, 0));
    let paid = l.store.payments(&[PaymentId(1)]).unwrap().remove(0);
    assert_eq!(paid.deductions, [fee]);
    assert_eq!(l.store.bill(PaymentId(1)).unwrap().unwrap().number.as_deref(), Some("77"));
    let wrong = |amount: i64, matures: &str| PaymentEntry {
        deductions: vec![Deduction { kind: DeductionKind::Penalty, amount }],
        bill: Some(Box::new(BillDraft {
            issued_on: Some(day("2026-09-01")),
            matures_on: Some(day(matures)),
            ..bill.clone()
        })),
        ..entry.clone()
    };
    let again = |entry: PaymentEntry| PaymentEntry { bank_ref: "TX9".into(), amount: 70, ..entry };
    let refused =
        l.turns_away(payments(&[again(wrong(70, "2027-03-01")), again(wrong(7, "2026-08-31"))]));
    let told: Vec<_> =
        refused.iter().map(|(row, column, value, _)| (*row, *column, &**value)).collect();
    assert_eq!(told, [(2, F::Penalty, "0.70"), (3, F::BillMaturesOn, "2026-08-31")]);
}
