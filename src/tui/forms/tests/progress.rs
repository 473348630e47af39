use super::*;
use crate::domain::change::InvoiceDraft;
use crate::domain::ids::InvoiceId;
use crate::domain::item::Gates;
use crate::domain::kinds::InvoiceKind;
use crate::domain::tax::TaxRate;

#[test]
fn one_key_and_enter_for_all_that_was_delivered() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Delivered, &[M3, M5]);
    desk.save(&mut form);
    assert_eq!(desk.item(M3).delivered_on, Some(today()));
    assert_eq!(desk.item(M5).delivered_on, Some(today()));
}

#[test]
fn a_day_on_record_is_changed_or_taken_back() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Accepted, &[M5]);
    form.instead("11-10");
    desk.save(&mut form);
    assert_eq!(desk.item(M5).due(today()), Some(day("2026-12-10")));
    let mut form = desk.form(Recording::Accepted, &[M5]);
    assert!(form.shown().contains("已登记：2026-11-10"), "{}", form.shown());
    form.instead("");
    desk.save(&mut form);
    assert_eq!(desk.item(M5).accepted_on, None);
    let mut form = desk.form(Recording::Accepted, &[M5]);
    form.instead("");
    assert!(form.complains().contains("! 必填"));
}

fn invoice(change: Change) -> InvoiceDraft {
    match change {
        Change::Invoice(draft) => draft,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_number_and_enter_bill_what_is_not_billed() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Invoiced, &[M3, M4]);
    form.types("24317").tab(2).instead("30万");
    let draft = invoice(desk.save(&mut form));
    assert_eq!(draft.lines, [(M3, Some(30_000_000)), (M4, Some(21_000_000))]);
    assert_eq!((draft.number.as_str(), draft.kind), ("24317", InvoiceKind::Special));
    assert_eq!(draft.sent_on, Some(today()));
    let mut rest = desk.form(Recording::Invoiced, &[M3]);
    let draft = invoice(desk.save(&mut rest));
    assert_eq!(draft.lines, [(M3, Some(18_000_000))]);
}

#[test]
fn an_invoice_may_lie_here_or_go_out_later() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Invoiced, &[M3]);
    form.tab(1).instead("11-01").tab(4).keys(&[Key::Right]).tab(1).instead("11-05");
    assert_eq!(invoice(form.submitted()).sent_on, Some(day("2026-11-05")));
    form.keys(&[Key::BackTab, Key::Right]);
    assert_eq!(invoice(desk.save(&mut form)).sent_on, None);
    let mut form = desk.form(Recording::Invoiced, &[M4]);
    form.tab(6).types("2026-11-01");
    assert!(form.complains().contains("! 2026-11-01 早于 2026-11-21"));
}

#[test]
fn a_receipt_is_asked_for_no_tax_rate() {
    let mut desk = Desk::new();
    desk.does(&Change::Invoice(InvoiceDraft {
        tax_rate: TaxRate::new(1_300),
        ..InvoiceDraft::new(day("2026-11-01"), vec![(M3, Some(10_000))])
    }));
    let mut form = desk.form(Recording::Invoiced, &[M3]);
    assert!(form.shown().contains("13%"), "{}", form.shown());
    form.tab(4).keys(&[Key::Right, Key::Right]);
    assert!(form.shown().contains("收据"), "{}", form.shown());
    assert!(!form.shown().contains("税率"), "{}", form.shown());
    let receipt = invoice(desk.save(&mut form));
    assert_eq!((receipt.kind, receipt.tax_rate), (InvoiceKind::Receipt, None));
}

#[test]
fn a_red_invoice_takes_back_what_was_billed() {
    let mut desk = Desk::new();
    desk.form(Recording::Invoiced, &[M3]).submitted();
    let mut form = desk.form(Recording::Invoiced, &[M3]);
    desk.save(&mut form);
    let mut red = desk.form(Recording::Invoiced, &[M3]);
    red.keys(&[Key::BackTab, Key::Right]);
    assert!(red.complains().contains("! 请填写金额"));
    red.instead("-10万");
    assert_eq!(invoice(desk.save(&mut red)).lines, [(M3, Some(-10_000_000))]);
    assert_eq!(desk.item(M3).invoiced, 38_000_000);
}

#[test]
fn a_red_invoice_takes_back_the_bill_that_is_chosen() {
    let mut desk = Desk::new();
    for (number, tabs) in [("A", 2), ("B", 3)] {
        let mut form = desk.form(Recording::Invoiced, &[M3]);
        form.types(number).tab(tabs).instead("10万");
        desk.save(&mut form);
    }
    let mut red = desk.form(Recording::Invoiced, &[M3]);
    red.tab(2).types("A");
    assert!(red.shown().contains("¥100,000.00"), "{}", red.shown());
    red.keys(&[Key::Enter]);
    // All that stands of it is proposed.
    let draft = invoice(desk.save(&mut red));
    assert_eq!((draft.reverses, draft.lines), (Some(InvoiceId(1)), vec![(M3, Some(-10_000_000))]));
}

#[test]
fn what_went_out_is_signed_for_with_the_same_key() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Invoiced, &[M3]);
    form.tab(1).instead("11-01");
    desk.save(&mut form);
    let mut form = desk.form(Recording::Invoiced, &[M3]);
    assert!(form.complains().contains("请填写日期"), "{}", form.shown());
    form.types("10-31");
    assert!(form.complains().contains("! 2026-10-31 早于 2026-11-01"), "{}", form.shown());
    form.instead("11-05");
    let signed = desk.save(&mut form);
    let received_on = Some(day("2026-11-05"));
    assert_eq!(
        signed,
        Change::SendInvoices { milestones: vec![M3], invoices: vec![], sent_on: None, received_on }
    );
}

#[test]
fn they_look_like_this() {
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let desk = Desk::speaking(lang);
        let mut form = desk.form(Recording::Invoiced, &[M3, M4]);
        insta::assert_snapshot!(format!("invoice_{name}"), form.shown());
        insta::assert_snapshot!(
            format!("delivered_{name}"),
            desk.form(Recording::Delivered, &[M3]).shown()
        );
    }
}

#[test]
fn what_is_billed_and_lies_here_is_sent_with_the_same_key() {
    let mut desk = Desk::new();
    let lines = vec![(M5, None)];
    let unsent = InvoiceDraft { sent_on: None, ..InvoiceDraft::new(day("2026-11-01"), lines) };
    desk.does(&Change::Invoice(unsent));
    assert!(desk.item(M5).gates.closed(Gates::SEND));
    let mut form = desk.form(Recording::Invoiced, &[M5]);
    form.instead("11-05").tab(1).types("11-04");
    assert!(form.complains().contains("! 2026-11-04 早于 2026-11-05"));
    form.instead("11-06");
    let sent = desk.save(&mut form);
    let (sent_on, received_on) = (Some(day("2026-11-05")), Some(day("2026-11-06")));
    assert_eq!(
        sent,
        Change::SendInvoices { milestones: vec![M5], invoices: vec![], sent_on, received_on }
    );
    assert!(!desk.item(M5).gates.closed(Gates::SEND));
}

#[test]
fn it_asks_before_more_is_billed_than_is_left() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Invoiced, &[M4]);
    form.tab(2).instead("22万");
    let (_, asked) = form.form.question().unwrap();
    assert!(asked.contains("¥210,000.00"), "{asked}");
    assert_eq!(invoice(desk.save(&mut form)).lines, [(M4, Some(22_000_000))]);
}
