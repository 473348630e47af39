use super::*;
use crate::domain::about::About;
use crate::domain::change::{NoteDraft, PromiseDraft, TouchDraft};
use crate::domain::ids::ContactId;
use crate::domain::kinds::{Cause, NoteKind, Outcome, TouchKind};

fn touch(change: Change) -> TouchDraft {
    match change {
        Change::LogContact(touch) => touch,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_call_covers_all_that_is_overdue_and_takes_no_step_by_itself() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Contact, &[M3]);
    assert!(form.shown().contains("已到“一般催款”"), "{}", form.shown());
    let touch = touch(desk.save(&mut form));
    assert_eq!(touch.milestones, [M3, M4]);
    assert_eq!((touch.kind, touch.step), (TouchKind::Courtesy, None));
    assert_eq!(touch.contact, Some(ContactId(1)));
    assert_eq!(touch.channel, Channel::Wechat, "as the contact likes it");
    assert_eq!((touch.on, touch.outcome), (today(), None));
    assert_eq!(desk.item(M4).last_step, None);
}

/// To the purpose, and there to dunning.
fn dunning(form: &mut Filled) -> &mut Filled {
    form.keys(&[Key::BackTab, Key::BackTab]).types("c")
}

#[test]
fn the_step_that_is_due_is_one_key_away() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Contact, &[M3]);
    dunning(&mut form);
    assert_eq!(form.form.question(), None);
    let touch = touch(desk.save(&mut form));
    assert_eq!((touch.kind, touch.step), (TouchKind::Dunning, Some(2)));
    assert_eq!(desk.item(M4).last_step, Some(2));
}

#[test]
fn a_letter_or_more_is_asked_about() {
    let mut desk = Desk::new();
    let taken = TouchDraft {
        kind: TouchKind::Dunning,
        step: Some(2),
        ..TouchDraft::new(vec![M3], day("2026-10-10"))
    };
    desk.does(&Change::LogContact(taken));
    let mut form = desk.form(Recording::Contact, &[M3]);
    assert_eq!(form.form.question(), None);
    dunning(&mut form);
    let (_, text) = form.form.question().unwrap();
    assert!(text.contains("“催款函”"), "{text}");
    assert_eq!(touch(form.submitted()).step, Some(3));
}

#[test]
fn a_promise_opens_in_place_and_covers_what_is_open() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Contact, &[M3]);
    assert!(!form.shown().contains("承诺付款日"));
    form.types("c");
    assert!(form.shown().contains("承诺付款日"), "{}", form.shown());
    form.tab(1).types("12-15");
    let touch = touch(desk.save(&mut form));
    let promise = |milestone| PromiseDraft { milestone, amount: None, pay_by: day("2026-12-15") };
    assert_eq!(touch.outcome, Some(Outcome::Promised));
    assert_eq!(touch.promises, [promise(M3), promise(M4)]);
    assert_eq!(desk.item(M3).promises[0].amount, 48_000_000);
}

#[test]
fn a_promised_amount_goes_to_the_oldest_due_first() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Contact, &[M4]);
    form.types("c").tab(1).types("+7").tab(1).types("50万");
    let touch = touch(desk.save(&mut form));
    let amounts = touch.promises.iter().map(|p| (p.milestone, p.amount));
    assert_eq!(amounts.collect::<Vec<_>>(), [(M3, Some(48_000_000)), (M4, Some(2_000_000))]);
    let mut form = desk.form(Recording::Contact, &[M4]);
    form.types("c").tab(1).types("+7").tab(1).types("70万");
    assert!(form.complains().contains("! 超过所选款项的无争议未收"));
}

#[test]
fn what_is_not_talked_about_is_unchecked() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Contact, &[M4]);
    form.keys(&[Key::BackTab, Key::Up, Key::Char(' ')]);
    let touch = touch(desk.save(&mut form));
    assert_eq!(touch.milestones, [M4]);
    let mut form = desk.form(Recording::Contact, &[M4]);
    form.keys(&[Key::BackTab, Key::Char(' '), Key::Up, Key::Char(' ')]);
    assert!(form.complains().contains("! 必填"));
}

#[test]
fn a_customer_is_called_about_everything_overdue() {
    let desk = Desk::new();
    let mut form = desk.form_on(Recording::Contact, &customer(XINGHE));
    assert_eq!(touch(form.submitted()).milestones, [M3, M4]);
}

#[test]
fn two_customers_cannot_be_called_at_once() {
    let desk = Desk::new();
    let text = said(desk.press(Recording::Contact, &about(&[M3, OTHER])));
    assert!(text.contains("不同客户"), "{text}");
    assert!(said(desk.press(Recording::Contact, &Selection::default())).contains("请先选"));
}

#[test]
fn it_advises_to_wait_but_refuses_nothing() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Contact, &[M3]);
    desk.save(dunning(&mut form));
    let mut again = desk.form(Recording::Contact, &[M3]);
    let shown = again.shown();
    assert!(shown.contains("建议 2026-11-24 再联系：刚联系过"), "{shown}");
    desk.save(dunning(&mut again));
    let mut guarded = desk.form(Recording::Contact, &[M4]);
    let shown = guarded.shown();
    assert!(shown.contains("近期联系已达上限，建议 2026-11-28 再联系"), "{shown}");
    desk.save(&mut guarded);
}

#[test]
fn an_objection_is_recorded_in_place() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Contact, &[M4]);
    form.keys(&[Key::Left, Key::Left, Key::Left]);
    assert!(form.shown().contains("争议款项"), "{}", form.shown());
    form.tab(2).types("5万").tab(1).types("数量不符");
    let touch = touch(desk.save(&mut form));
    assert_eq!(touch.outcome, Some(Outcome::Disputed));
    assert_eq!([desk.item(M3).disputed, desk.item(M4).disputed], [0, 5_000_000]);
}

#[test]
fn days_that_contradict_each_other_are_refused_at_their_field() {
    let desk = Desk::new();
    let mut form = desk.form(Recording::Contact, &[M3]);
    form.types("c").tab(1).types("2026-11-01");
    assert!(form.complains().contains("! 2026-11-01 早于 2026-11-21"));
}

#[test]
fn a_late_acceptance_is_chased() {
    let mut desk = Desk::new();
    let mut draft = desk.ledger.store.milestone_draft(M5).unwrap();
    draft.delivered_on = Some(day("2026-11-01"));
    desk.does(&Change::EditMilestone(M5, draft));
    let mut form = desk.form(Recording::Contact, &[M5]);
    let touch = touch(desk.save(&mut form));
    assert_eq!((touch.kind, touch.step), (TouchKind::AcceptanceChase, None));
    assert_eq!(touch.milestones, [M3, M4, M5]);
}

#[test]
fn it_looks_like_this() {
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let desk = Desk::speaking(lang);
        let mut form = desk.form(Recording::Contact, &[M3]);
        form.keys(&[Key::Right, Key::Right, Key::Right]);
        insta::assert_snapshot!(format!("contact_{name}"), form.shown());
    }
}

#[test]
fn causes_and_notes_are_kept() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Contact, &[M3]);
    form.keys(&[Key::Right]).tab(1).keys(&[Key::Right]);
    form.tab(1).types("下周再打").tab(1).types("+9");
    let touch = touch(desk.save(&mut form));
    assert_eq!(touch.outcome, Some(Outcome::NoAnswer));
    assert_eq!(touch.cause, Some(Cause::Funds));
    assert_eq!(touch.note, "下周再打");
    assert_eq!(touch.next_on, Some(day("2026-11-30")));
}

#[test]
fn advice_and_lessons_stand_where_the_contact_is_written_down() {
    let mut desk = Desk::new();
    let text = "当 原因:资金紧张 → 提出分期付款 → instalments\n当 逾期 → 问清哪天付 → promise";
    assert_eq!(desk.ledger.set_playbook(text.to_owned()), []);
    let shown = desk.form(Recording::Contact, &[M3]).shown();
    assert!(shown.contains("锦囊：问清哪天付（m）"), "{shown}");
    desk.does(&Change::LogContact(TouchDraft {
        cause: Some(Cause::Funds),
        ..TouchDraft::new(vec![M3], day("2026-11-20"))
    }));
    for (about, wording) in
        [(About::Customer(XINGHE), "年底前要早排款"), (About::Milestone(OTHER), "预付款先收再开工")]
    {
        let kind = NoteKind::Lesson;
        let wording = wording.to_owned();
        let on = day("2026-11-10");
        desk.does(&Change::AddNote(NoteDraft {
            kind,
            about,
            on,
            wording,
            number: None,
            until: None,
        }));
    }
    let shown = desk.form(Recording::Contact, &[M3]).shown();
    assert!(shown.contains("锦囊：提出分期付款（L）"), "{shown}");
    assert!(shown.contains("年底前要早排款"), "{shown}");
    assert!(!shown.contains("预付款先收再开工"), "another customer's, of another stage: {shown}");
}
