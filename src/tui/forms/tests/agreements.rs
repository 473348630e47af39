use super::*;

#[test]
fn a_promise_takes_a_day_and_enter() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Promise, &[M3]);
    form.types("周五");
    desk.save(&mut form);
    let promise = desk.item(M3).promises[0].clone();
    assert_eq!((promise.amount, promise.pay_by), (48_000_000, day("2026-11-27")));
}

#[test]
fn several_milestones_take_one_promise_each() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Promise, &[M3, M4]);
    form.types("月底").tab(1).instead("20万");
    desk.save(&mut form);
    assert_eq!(desk.item(M3).promises[0].amount, 20_000_000);
    assert_eq!(desk.item(M4).promises[0].amount, 21_000_000);
    let text = said(desk.press(Recording::Promise, &about(&[M3, OTHER])));
    assert!(text.contains("不同客户"), "{text}");
}

#[test]
fn a_part_or_all_is_disputed_and_resolved() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Dispute, &[M3]);
    form.types("8万").tab(1).types("验收报告缺页");
    let change = desk.save(&mut form);
    assert!(matches!(change, Change::OpenDispute { owner, .. } if owner == "王敏"));
    assert_eq!(desk.item(M3).disputed, 8_000_000);
    let mut all = desk.form(Recording::Dispute, &[M3]);
    desk.save(&mut all);
    assert!(desk.item(M3).is_wholly_disputed());
    assert!(said(desk.press(Recording::Dispute, &about(&[M3]))).contains("争议中"));
    let mut form = desk.form(Recording::Resolve, &[M3]);
    form.types("补交");
    desk.save(&mut form);
    assert_eq!(desk.item(M3).disputed, 0);
    assert!(said(desk.press(Recording::Resolve, &about(&[M3]))).contains("没有未解决"));
}

#[test]
fn of_several_one_is_chosen_to_be_disputed() {
    let mut desk = Desk::new();
    let mut form = desk.form_of(Recording::Dispute, "M4", &about(&[M3, M4]));
    desk.save(&mut form);
    assert!(desk.item(M4).is_wholly_disputed() && desk.item(M3).disputed == 0);
}

#[test]
fn several_due_dates_move_at_once() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Reschedule, &[M3, M4]);
    form.types("12-31").tab(1).types("资金安排");
    desk.save(&mut form);
    for id in [M3, M4] {
        assert_eq!(desk.item(id).due(today()), Some(day("2026-12-31")));
    }
}

#[test]
fn a_hold_is_made_by_a_form_and_lifted_by_the_key() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Hold, &[M3, M4]);
    form.types("春节后再谈").tab(1).types("+30");
    desk.save(&mut form);
    assert!(desk.item(M3).is_held(today()) && desk.item(M4).is_held(today()));
    let Effect::Write(change) = desk.press(Recording::Hold, &about(&[M3, M4])) else {
        panic!("not lifted");
    };
    desk.does(&change);
    assert!(!desk.item(M3).is_held(today()));
    let mut form = desk.form(Recording::Hold, &[M3]);
    form.tab(1).types("2026-11-01");
    assert!(form.complains().contains("! 2026-11-01 早于"));
}

#[test]
fn money_is_given_up_after_one_question() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::WriteOff, &[OTHER]);
    form.types("客户破产");
    let change = form.submitted();
    let (_, question) = form.form.question().unwrap();
    assert!(question.contains("¥50,000.00"), "{question}");
    desk.does(&change);
    assert_eq!(desk.item(OTHER).balance, 0);
    assert!(said(desk.press(Recording::WriteOff, &about(&[OTHER]))).contains("已结清"));
    assert!(said(desk.press(Recording::Promise, &about(&[OTHER]))).contains("已结清"));
}

#[test]
fn titles_say_what_it_is_about() {
    let desk = Desk::speaking(Lang::En);
    let shown = desk.form(Recording::Promise, &[M3]).shown();
    let title = "Promise - 星河科技 · P-2031 数据中台 · M3 验收款 · ¥480,000.00";
    assert!(shown.contains(title), "{shown}");
    let shown = desk.form(Recording::Reschedule, &[M3, M4]).shown();
    assert!(shown.contains("Reschedule - 星河科技 · 2 milestones · ¥690,000.00"), "{shown}");
}

#[test]
fn a_long_title_keeps_what_is_open() {
    let mut desk = Desk::new();
    let mut draft = desk.ledger.store.project_draft(P2031).unwrap();
    draft.name = "华东区数据中台与供应链协同平台二期建设项目".to_owned();
    desk.does(&Change::EditProject(P2031, draft));
    let shown = desk.form(Recording::Promise, &[M3]).shown();
    let title = "┌ 登记承诺 - 星河科技 · P-2031 · M3 验收款 · ¥480,000.00 ─";
    assert!(shown.contains(title), "{shown}");
}

#[test]
fn lines_name_the_key_where_there_is_one() {
    let mut desk = Desk::new();
    for (id, key) in [(M3, "P-2031-3"), (M4, "K4")] {
        let mut draft = desk.ledger.store.milestone_draft(id).unwrap();
        key.clone_into(&mut draft.key);
        desk.does(&Change::EditMilestone(id, draft));
    }
    let shown = desk.form(Recording::Promise, &[M3, M4]).shown();
    assert!(shown.contains("  P-2031-3 M3 验收款"), "{shown}");
    assert!(shown.contains("  P-2031 K4 M4 进度款"), "{shown}");
}

#[test]
fn they_look_like_this() {
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let desk = Desk::speaking(lang);
        let mut promises = desk.form(Recording::Promise, &[M3, M4]);
        promises.types("+7");
        insta::assert_snapshot!(format!("promises_{name}"), promises.shown());
        insta::assert_snapshot!(
            format!("dispute_{name}"),
            desk.form(Recording::Dispute, &[M3]).shown()
        );
        let mut reschedule = desk.form(Recording::Reschedule, &[M3]);
        insta::assert_snapshot!(format!("reschedule_{name}"), reschedule.shown());
    }
}

#[test]
fn a_settlement_waives_the_rest_once_its_money_came() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Settle, &[M3, M4]);
    let open = desk.item(M3).balance + desk.item(M4).balance;
    form.types("50万");
    assert!(form.shown().contains("减免"), "{}", form.shown());
    form.tab(1).types("月底");
    let change = desk.save(&mut form);
    let Change::Settle { milestones, amount, by, .. } = change else { panic!("{change:?}") };
    assert_eq!((milestones, amount, by), (vec![M3, M4], 50_000_000, day("2026-11-30")));
    assert!(open > 50_000_000 && desk.item(M3).rare.offers.len() == 1);
    let mut all = desk.form(Recording::Settle, &[M3]);
    all.types("48万").tab(1).types("月底");
    let text = said(desk.press(Recording::Settle, &about(&[M3, OTHER])));
    assert!(text.contains("不同客户"), "{text}");
}

#[test]
fn an_amendment_shows_what_it_makes_of_each_milestone() {
    let mut desk = Desk::new();
    let plan: i64 = [M3, M4, M5].map(|id| desk.item(id).amount).iter().sum();
    let mut form = desk.form(Recording::Amend, &[M3]);
    form.instead("120万");
    let shown = form.shown();
    assert!(shown.contains("480,000.00  ") && shown.contains("按原比例"), "{shown}");
    let change = desk.save(&mut form);
    assert!(matches!(&change, Change::Amend { lines, .. } if lines.is_empty()), "{change:?}");
    let amended: i64 = [M3, M4, M5].map(|id| desk.item(id).amount).iter().sum();
    assert_ne!(plan, amended);
    assert_eq!(amended, 120_000_000);
}

#[test]
fn an_amendment_takes_amounts_by_hand() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Amend, &[M3]);
    form.instead("120万").tab(2).instead("80万").keys(&[Key::Down]).instead("30万");
    form.keys(&[Key::Down]).instead("10万");
    let change = desk.save(&mut form);
    let Change::Amend { lines, .. } = &change else { panic!("{change:?}") };
    assert_eq!(lines.len(), 3);
    assert_eq!(desk.item(M5).amount, 10_000_000);
}

#[test]
fn an_amendment_that_cannot_be_shared_out_is_refused_for_its_own_reason() {
    let mut desk = Desk::new();
    let reason = "零头".to_owned();
    desk.does(&Change::WriteOff { milestone: M3, amount: Some(1), on: today(), reason });
    let mut form = desk.form(Recording::Amend, &[M3]);
    form.instead("100");
    let change = form.submitted();
    assert!(matches!(&change, Change::Amend { lines, .. } if lines.is_empty()), "{change:?}");
}

#[test]
fn an_open_balance_is_agreed_in_parts_and_called_due() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Instalments, &[M3]);
    form.types("分3期 每月 2026-11-01起").tab(1).instead("2026-10-15");
    let shown = form.shown();
    assert!(shown.contains("2026-12-01") && shown.contains("160,000.00"), "{shown}");
    form.tab(1).types("是");
    let change = desk.save(&mut form);
    assert!(matches!(change, Change::Split { all_due: true, .. }));
    assert_eq!(desk.item(M3).balance, 0);
    assert!(said(desk.press(Recording::Instalments, &about(&[M3]))).contains("已结清"));
    let first = MilestoneId(5);
    assert!(said(desk.press(Recording::CallDue, &about(&[MilestoneId(6)]))).contains("不是约定"));
    let mut form = desk.form(Recording::CallDue, &[first]);
    let change = form.submitted();
    assert!(form.form.question().is_some());
    desk.does(&change);
    assert_eq!(desk.item(MilestoneId(7)).due(today()), Some(today()));
}

#[test]
fn what_is_no_parts_is_said_while_typing() {
    let desk = Desk::speaking(Lang::En);
    let mut form = desk.form(Recording::Instalments, &[M3]);
    form.types("soon");
    assert!(form.shown().contains("is not understood"), "{}", form.shown());
    form.instead("3 monthly from 2026-12-31");
    insta::assert_snapshot!("instalments_en", form.shown());
    let mut amend = desk.form(Recording::Amend, &[M3]);
    amend.instead("1.2m");
    insta::assert_snapshot!("amendment_en", amend.shown());
}
