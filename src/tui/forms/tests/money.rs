use rstest::rstest;

use super::*;
use crate::domain::change::{BillEvent, Deduction};
use crate::domain::kinds::DeductionKind;
use crate::domain::money;
use crate::domain::violation::Field;

fn payment(change: Change) -> PaymentDraft {
    match change {
        Change::RecordPayment(payment) => payment,
        other => panic!("{other:?}"),
    }
}

#[test]
fn key_amount_enter() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Payment, &[M4]);
    form.types("50万");
    let payment = payment(desk.save(&mut form));
    assert_eq!((payment.customer, payment.amount), (XINGHE, 50_000_000));
    assert_eq!(payment.target, Target::Lines(vec![(M3, 48_000_000), (M4, 2_000_000)]));
    assert_eq!(desk.item(M3).balance, 0);
}

#[test]
fn an_amount_that_is_the_row_goes_to_the_row_and_one_key_away_to_the_oldest() {
    let desk = Desk::new();
    let mut form = desk.form(Recording::Payment, &[M4]);
    let shown = form.types("21万").shown();
    assert!(shown.contains("与光标所在款项的未收金额恰好相符"), "{shown}");
    let pays = |form: &mut Filled| match form.submitted() {
        Change::RecordPayment(PaymentDraft { target, .. }) => target,
        other => panic!("{other:?}"),
    };
    assert_eq!(pays(&mut form), Target::Lines(vec![(M4, 21_000_000)]));
    let shown = form.keys(&[Key::Ctrl('o')]).shown();
    assert!(shown.contains("先到期先核销"), "{shown}");
    assert_eq!(pays(&mut form), Target::Lines(vec![(M3, 21_000_000)]));
    let mut marked = Selection { marked: true, ..about(&[M5, M4]) };
    marked.customer = Some(XINGHE);
    let mut form = desk.form_on(Recording::Payment, &marked);
    let shown = form.types("25万").shown();
    assert!(shown.contains("按所选款项"), "{shown}");
    let lines = vec![(M4, 21_000_000), (M5, 4_000_000)];
    assert_eq!(pays(&mut form), Target::Lines(lines));
}

/// With money that is planned only and money in dispute, which is paid by name alone.
fn with_planned_and_disputed() -> Desk {
    let mut desk = Desk::new();
    let mut contract = desk.ledger.store.project_draft(P2031).unwrap();
    contract.warranty_ends_on = Some(day("2027-06-30"));
    desk.does(&Change::EditProject(P2031, contract));
    for (name, amount, due) in [
        ("M6 质保金", 4_000_000, "warranty_end"),
        ("M7 增补", 3_000_000, "2026-09-01"),
        ("M8 运维", 2_000_000, "2026-12-31"),
    ] {
        let draft = milestone(P2031, name, Stage::Other, (amount, due));
        desk.does(&Change::AddMilestone(draft));
    }
    for (id, amount) in [(6, None), (1, Some(5_000_000))] {
        desk.does(&Change::OpenDispute {
            milestone: MilestoneId(id),
            amount,
            on: today(),
            reason: String::new(),
            owner: String::new(),
        });
    }
    desk
}

#[rstest]
#[case("0.01")]
#[case("1万")]
#[case("480000.01")]
#[case("60万")]
#[case("70万")]
#[case("71万")]
#[case("100万")]
fn the_proposal_is_what_the_ledger_would_do_by_itself(#[case] amount: &str) {
    let left = |change: &dyn Fn(&mut Desk) -> Change| {
        let mut desk = with_planned_and_disputed();
        let change = change(&mut desk);
        desk.does(&change);
        let balances: Vec<i64> = (1..=7).map(|id| desk.item(MilestoneId(id)).balance).collect();
        (balances, desk.ledger.store.payments_of(XINGHE).unwrap()[0].unapplied)
    };
    let proposed = left(&|desk| {
        let form = desk.press(Recording::Payment, &customer(XINGHE));
        filled(form, desk.lang).types(amount).submitted()
    });
    let minor = money::parse(amount, Currency::CNY).unwrap();
    assert_eq!(proposed, left(&|_| paid(minor, Currency::CNY, Target::Automatic)));
}

#[test]
fn what_is_over_stays_unapplied_and_planned_money_is_paid_only_when_named() {
    let mut desk = Desk::new();
    let mut form = desk.form_on(Recording::Payment, &customer(XINGHE));
    form.types("75万");
    assert!(form.shown().contains("60,000.00"), "{}", form.shown());
    let saved = payment(desk.save(&mut form));
    assert_eq!(saved.target, Target::Lines(vec![(M3, 48_000_000), (M4, 21_000_000)]));
    assert_eq!(desk.ledger.store.payments_of(XINGHE).unwrap()[0].unapplied, 6_000_000);
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Payment, &[M5]);
    form.types("75万");
    let saved = payment(desk.save(&mut form));
    let lines = vec![(M3, 48_000_000), (M4, 21_000_000), (M5, 6_000_000)];
    assert_eq!(saved.target, Target::Lines(lines));
}

#[test]
fn a_line_can_be_changed_by_hand() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Payment, &[M3]);
    form.types("30万").tab(2).instead("10万").keys(&[Key::Down]).instead("20万");
    let saved = payment(desk.save(&mut form));
    assert_eq!(saved.target, Target::Lines(vec![(M3, 10_000_000), (M4, 20_000_000)]));
}

#[test]
fn a_customer_that_owes_in_two_currencies_is_asked_which() {
    let mut desk = Desk::new();
    let mut dollars = project("P-9", "Export", XINGHE);
    dollars.currency = Currency::USD;
    desk.does(&Change::AddProject(dollars));
    let draft = milestone(ProjectId(3), "M1", Stage::Delivery, (700_000, "2026-11-01"));
    desk.does(&Change::AddMilestone(draft));
    let mut form = desk.form(Recording::Payment, &[M3]);
    form.keys(&[Key::BackTab]).types("u");
    let shown = form.shown();
    assert!(shown.contains("P-9 M1") && !shown.contains("M3 验收款"), "{shown}");
    form.tab(1).types("5000");
    let saved = payment(desk.save(&mut form));
    assert_eq!((saved.currency, saved.amount), (Currency::USD, 500_000));
    assert_eq!(saved.target, Target::Lines(vec![(MilestoneId(5), 500_000)]));
}

#[test]
fn nobody_under_the_cursor_asks_who_paid() {
    let mut desk = Desk::new();
    let mut form = desk.form_of(Recording::Payment, "hdsw", &Selection::default());
    form.types("1000");
    let saved = payment(desk.save(&mut form));
    assert_eq!(saved.target, Target::Lines(vec![(OTHER, 100_000)]));
}

#[test]
fn money_of_who_owes_nothing_stays_unapplied() {
    let mut desk = Desk::empty(Lang::Zh);
    desk.does(&Change::AddCustomer(CustomerDraft {
        name: "远景装备".to_owned(),
        ..CustomerDraft::default()
    }));
    let mut form = desk.form_on(Recording::Payment, &customer(XINGHE));
    assert!(form.shown().contains("全部留作未核销收款"), "{}", form.shown());
    form.types("1万");
    assert_eq!(payment(desk.save(&mut form)).target, Target::Lines(Vec::new()));
}

#[test]
fn a_day_ahead_is_refused_where_it_stands() {
    let desk = Desk::new();
    let mut form = desk.form(Recording::Payment, &[M3]);
    form.types("1").tab(1).instead("2026-11-22");
    assert!(form.complains().contains("! 2026-11-22 在今天"));
}

#[test]
fn what_the_ledger_refuses_stands_at_its_field() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Payment, &[M3]);
    form.types("0");
    let change = form.submitted();
    let error = desk.apply(&change).unwrap_err();
    let why = field_error(&error, Lang::Zh);
    assert_eq!(why.field, Some(Field::Amount));
    form.form.refuse(why);
    assert!(form.shown().contains("! 金额须大于 0"), "{}", form.shown());
}

#[test]
fn a_bounced_payment_is_taken_back_after_a_question() {
    let mut desk = Desk::new();
    desk.does(&paid(50_000_000, Currency::CNY, Target::Automatic));
    let mut form = desk.form_of(Recording::Payments, "B-77", &about(&[M4]));
    form.types("退票").keys(&[Key::BackTab]).instead("3万");
    let change = form.submitted();
    let (_, question) = form.form.question().unwrap();
    assert!(question.contains("¥30,000.00"), "{question}");
    desk.does(&change);
    assert_eq!(desk.item(M4).balance, 21_000_000);
    assert_eq!(desk.item(M3).balance, 1_000_000);
}

#[test]
fn a_payment_recorded_by_mistake_is_voided_with_a_reason() {
    let mut desk = Desk::new();
    desk.does(&paid(50_000_000, Currency::CNY, Target::Automatic));
    let mut form = desk.form_of(Recording::Payments, "B-77", &about(&[M4]));
    form.keys(&[Key::BackTab, Key::BackTab, Key::Right]);
    assert!(form.complains().contains("! 必填"));
    form.types("重复登记");
    desk.save(&mut form);
    assert_eq!(form.form.question(), None);
    assert_eq!([desk.item(M3).balance, desk.item(M4).balance], [48_000_000, 21_000_000]);
    assert!(desk.ledger.store.payments_of(XINGHE).unwrap().is_empty());
}

#[test]
fn unapplied_money_is_applied_or_sent_back() {
    let mut desk = Desk::new();
    desk.does(&paid(50_000_000, Currency::CNY, Target::Lines(Vec::new())));
    let mut form = desk.form_of(Recording::Payments, "未核销", &about(&[M3]));
    desk.save(&mut form);
    assert_eq!(form.form.question(), None);
    assert_eq!((desk.item(M3).balance, desk.item(M4).balance), (0, 19_000_000));

    let mut desk = Desk::new();
    desk.does(&paid(50_000_000, Currency::CNY, Target::Lines(Vec::new())));
    let mut form = desk.form_of(Recording::Payments, "未核销", &customer(XINGHE));
    form.keys(&[Key::Right]);
    assert!(form.complains().contains("! 必填"));
    form.types("退款");
    let change = desk.save(&mut form);
    assert!(matches!(change, Change::ReversePayment { amount: Some(50_000_000), .. }));
    let all_back = desk.pick(Recording::Payments, "B-77", &customer(XINGHE));
    assert_eq!(said(all_back), "已全部冲回");
}

#[test]
fn a_customer_without_payments_says_so() {
    let desk = Desk::new();
    assert!(said(desk.press(Recording::Payments, &customer(XINGHE))).contains("还没有收款"));
}

#[test]
fn it_looks_like_this() {
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let mut desk = Desk::speaking(lang);
        let mut form = desk.form(Recording::Payment, &[M3]);
        form.types("55万");
        insta::assert_snapshot!(format!("payment_{name}"), form.shown());
        desk.does(&paid(50_000_000, Currency::CNY, Target::Lines(vec![(M3, 100)])));
        let mut form = desk.form_of(Recording::Payments, "B-77", &about(&[M3]));
        insta::assert_snapshot!(format!("apply_{name}"), form.shown());
    }
}

/// 480,000 for M3 by a bill that matures 75 days from today.
fn with_bill() -> Desk {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Payment, &[M3]);
    assert!(!form.shown().contains("票据号码"));
    form.types("48万")
        .tab(3)
        .instead("商业承兑汇票")
        .tab(1)
        .types("2027-02-04")
        .tab(1)
        .types("2313");
    let shown = form.shown();
    assert!(shown.contains("票据号码") && shown.contains("承兑人"), "{shown}");
    let bill = payment(desk.save(&mut form)).bill.unwrap();
    assert_eq!((bill.matures_on, bill.number.as_str()), (Some(day("2027-02-04")), "2313"));
    assert_eq!(desk.item(M3).balance, 0);
    desk
}

#[test]
fn a_bill_is_sold_for_what_its_rate_says_unless_the_bank_kept_another_sum() {
    let mut desk = with_bill();
    let mut form = desk.form_of(Recording::Payments, "汇票持有", &customer(XINGHE));
    form.types("登记贴现").tab(1).types("2.62");
    let shown = form.shown();
    // 480,000 × 2.62 % × 75 ÷ 360
    assert!(shown.contains("75 天，约 ¥2,620.00"), "{shown}");
    let sold = BillEvent::Discounted { rate: Some(26_200), cost: 262_000 };
    let event = |change| match change {
        Change::Bill { event, .. } => event,
        other => panic!("{other:?}"),
    };
    assert_eq!(event(form.submitted()), sold);
    form.tab(1).types("2600");
    let kept = BillEvent::Discounted { rate: Some(26_200), cost: 260_000 };
    assert_eq!(event(desk.save(&mut form)), kept);
    let form = desk.form_of(Recording::Payments, "汇票已贴现", &customer(XINGHE)).shown();
    assert!(form.contains("登记兑付") && !form.contains("登记背书"), "{form}");
}

#[test]
fn a_dishonoured_bill_is_asked_about_and_opens_what_it_paid() {
    let mut desk = with_bill();
    let mut form = desk.form_of(Recording::Payments, "汇票持有", &customer(XINGHE));
    form.types("登记拒付");
    assert!(form.complains().contains("! 必填"));
    form.types("承兑人无款");
    let change = form.submitted();
    let (_, question) = form.form.question().unwrap();
    assert!(question.contains("拒付将冲回 ¥480,000.00"), "{question}");
    desk.does(&change);
    assert_eq!(desk.item(M3).balance, 48_000_000);
    let all_back = desk.pick(Recording::Payments, "汇票拒付", &customer(XINGHE));
    assert_eq!(said(all_back), "已全部冲回");
}

#[test]
fn money_goes_to_another_milestone_from_the_payments() {
    let mut desk = Desk::new();
    desk.does(&paid(10_000_000, Currency::CNY, Target::Lines(vec![(M3, 10_000_000)])));
    let mut form = desk.form_of(Recording::Payments, "B-77", &about(&[M4]));
    form.keys(&[Key::BackTab, Key::BackTab]).types("转到别的节点");
    let shown = form.shown();
    assert!(shown.contains("从哪个节点转出") && shown.contains("转到哪个节点"), "{shown}");
    let moved = Change::MoveAllocation {
        payment: crate::domain::ids::PaymentId(1),
        from: M3,
        to: M4,
        amount: None,
        on: today(),
        reason: String::new(),
    };
    assert_eq!(desk.save(&mut form), moved);
    assert_eq!([M3, M4].map(|m| desk.item(m).balance), [48_000_000, 11_000_000]);
}

#[test]
fn money_of_a_third_party_is_cleared_from_the_payments_and_taken_back() {
    let mut desk = Desk::new();
    let Change::RecordPayment(draft) = paid(10_000_000, Currency::CNY, Target::Automatic) else {
        panic!("no payment")
    };
    desk.does(&Change::RecordPayment(PaymentDraft { payer: "远达贸易".into(), ..draft }));
    let mut form = desk.form_of(Recording::Payments, "B-77", &about(&[M4]));
    let shown = form.shown();
    assert!(shown.contains("由 远达贸易 代付") && shown.contains("确认日"), "{shown}");
    assert!(form.complains().contains("请填写依据"));
    let clear = |on, note: &str| Change::ClearPayer {
        payment: crate::domain::ids::PaymentId(1),
        on,
        paper: None,
        note: note.into(),
    };
    form.types("集团财务来电");
    assert_eq!(desk.save(&mut form), clear(Some(today()), "集团财务来电"));
    // What is cleared does not come first any more.
    let mut form = desk.form_of(Recording::Payments, "B-77", &about(&[M4]));
    assert!(!form.shown().contains("确认日"), "{}", form.shown());
    form.keys(&[Key::BackTab, Key::BackTab]).types("确认第三方代付").tab(1).instead("");
    let Change::ClearPayer { on: None, .. } = desk.save(&mut form) else {
        panic!("not taken back")
    };
}

#[test]
fn what_was_deducted_is_filled_in_line_by_line() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Payment, &[M3]);
    assert!(!form.shown().contains("贴息"));
    form.types("10万").tab(7).instead("是").tab(1).instead("25");
    let shown = form.shown();
    assert!(shown.contains("贴息") && shown.contains("罚款"), "{shown}");
    let saved = payment(desk.save(&mut form));
    let fee = Deduction { kind: DeductionKind::Fee, amount: 2_500 };
    assert_eq!((saved.amount, saved.deductions), (10_000_000, vec![fee]));
}
