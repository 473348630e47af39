use super::*;
use crate::domain::about::{About, Subject};
use crate::domain::change::{NoteDraft, PaperDraft};
use crate::domain::ids::PaperId;
use crate::domain::kinds::{ConditionKind, NoteKind, PaperKind, TodoKind, TouchKind};

#[test]
fn an_acceptance_comes_with_reservations_is_refused_or_appointed() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Accepted, &[M5]);
    form.tab(1).keys(&[Key::Right, Key::Right]);
    assert!(form.complains().contains("! 必填"), "{}", form.shown());
    form.types("缺图纸");
    let on = today();
    let refused = Change::RefuseAcceptance { milestones: vec![M5], on, reason: "缺图纸".into() };
    assert_eq!(desk.save(&mut form), refused);
    assert_eq!(desk.item(M5).rare.refused_on, Some(today()));

    let mut form = desk.form(Recording::Accepted, &[M5]);
    assert!(form.shown().contains("2026-11-21 验收未通过"), "{}", form.shown());
    form.tab(1).keys(&[Key::Right, Key::Right, Key::Right]).tab(1).types("2026-12-01");
    let Change::LogContact(draft) = desk.save(&mut form) else { panic!("no contact") };
    let to = Some(day("2026-12-01"));
    assert_eq!((draft.kind, draft.next_on), (TouchKind::AcceptanceChase, to));
    assert_eq!(desk.item(M5).rare.appointed_on, to);

    let mut form = desk.form(Recording::Accepted, &[M5]);
    form.tab(1).keys(&[Key::Right]).tab(1).types("补交图纸；刷漆");
    desk.save(&mut form);
    assert_eq!(desk.item(M5).accepted_on, Some(today()));
    let open = desk.ledger.store.todos_about(About::Milestone(M5)).unwrap();
    assert_eq!(open.iter().map(|one| &*one.title).collect::<Vec<_>>(), ["补交图纸", "刷漆"]);
    assert!(open.iter().all(|one| one.kind == TodoKind::Issue && !one.blocks));
}

#[test]
fn an_acceptance_in_part_asks_for_its_amount() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Accepted, &[M5]);
    form.tab(1).keys(&[Key::Right, Key::Right, Key::Right, Key::Right]);
    assert!(form.complains().contains("! 必填"), "{}", form.shown());
    form.types("1000");
    let part = Change::AcceptPart { milestone: M5, amount: 100_000, on: today() };
    assert_eq!(desk.save(&mut form), part);
    let mut several = desk.form(Recording::Accepted, &[M5, M4]);
    assert!(!several.shown().contains("部分验收"), "{}", several.shown());
}

#[test]
fn one_key_asks_for_a_condition_and_says_that_it_was_met() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Condition, &[M5]);
    assert!(form.complains().contains("! 必填"), "{}", form.shown());
    form.types("审计报告").tab(1).keys(&[Key::Right, Key::Right]);
    let Change::AddCondition(draft) = desk.save(&mut form) else { panic!("no condition") };
    assert_eq!((draft.kind, draft.agreed_on), (ConditionKind::Gate, None));
    let mut form = desk.form_of(Recording::Condition, "审计", &about(&[M5]));
    form.tab(1).types("张三");
    desk.save(&mut form);
    let known = desk.ledger.store.conditions_of(M5).unwrap();
    assert_eq!((known[0].met_on, known[0].met_by.as_str()), (Some(today()), "张三"));
    let mut form = desk.form_of(Recording::Condition, "审计", &about(&[M5]));
    assert!(form.shown().contains("已登记：2026-11-21"), "{}", form.shown());
    form.instead("");
    desk.save(&mut form);
    assert_eq!(desk.ledger.store.conditions_of(M5).unwrap()[0].met_on, None);
    let mut form = desk.form_of(Recording::Condition, "新增", &about(&[M5]));
    form.types("竣工图纸");
    desk.save(&mut form);
    assert_eq!(desk.ledger.store.conditions_of(M5).unwrap().len(), 2);
}

#[test]
fn a_condition_that_is_met_names_the_paper_that_proves_it() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Condition, &[M5]);
    form.types("审计报告");
    desk.save(&mut form);
    let plain = desk.form_of(Recording::Condition, "审计", &about(&[M5])).shown();
    assert!(!plain.contains("凭证文件"), "{plain}");
    let paper = PaperDraft::new(PaperKind::Acceptance, Subject::Milestones(vec![M5]), today());
    desk.does(&Change::FilePaper(PaperDraft { title: "终验".into(), ..paper }));
    let mut form = desk.form_of(Recording::Condition, "审计", &about(&[M5]));
    form.tab(3).types("终验").keys(&[Key::Enter]);
    desk.save(&mut form);
    let known = desk.ledger.store.conditions_of(M5).unwrap();
    assert_eq!(known[0].paper, Some(PaperId(1)));
    // It stays when something else is changed.
    let mut form = desk.form_of(Recording::Condition, "审计", &about(&[M5]));
    assert!(form.shown().contains("验收单 终验"), "{}", form.shown());
    form.tab(1).types("张三");
    desk.save(&mut form);
    assert_eq!(desk.ledger.store.conditions_of(M5).unwrap()[0].paper, Some(PaperId(1)));
}

#[test]
fn the_progress_of_a_project_is_noted_on_its_row_and_on_those_of_its_milestones() {
    let mut desk = Desk::new();
    let project = Selection { project: Some(P2031), ..Selection::default() };
    let mut form = desk.form_on(Recording::Note, &project);
    form.types("60").tab(1).types("主体完工");
    let noted = NoteDraft {
        kind: NoteKind::Progress,
        about: About::Project(P2031),
        on: today(),
        wording: "主体完工".to_owned(),
        number: Some(60),
        until: None,
    };
    assert_eq!(desk.save(&mut form), Change::AddNote(noted));
    let mut form = desk.form(Recording::Note, &[M3]);
    assert!(form.shown().contains("进度 60%"), "{}", form.shown());
    let mut form = desk.form_on(Recording::Note, &customer(XINGHE));
    form.tab(1).types("续签意向明确");
    let Change::AddNote(draft) = desk.save(&mut form) else { panic!("no note") };
    assert_eq!((draft.kind, draft.about), (NoteKind::Remark, About::Customer(XINGHE)));
}

#[test]
fn a_rule_that_waits_for_progress_or_conditions_shows_its_day_while_it_is_typed() {
    let mut desk = Desk::new();
    desk.does(&Change::AddNote(NoteDraft {
        kind: NoteKind::Progress,
        about: About::Project(P2031),
        on: day("2026-11-10"),
        wording: String::new(),
        number: Some(60),
        until: None,
    }));
    let mut form = desk.form(Recording::Edit, &[M4]);
    form.tab(3).instead("进度50%+15天");
    assert!(form.shown().contains("= 2026-11-25"), "{}", form.shown());
    form.instead("条件满足+10天");
    assert!(form.shown().contains("条件满足"), "{}", form.shown());
}

#[test]
fn they_look_like_this() {
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let desk = Desk::speaking(lang);
        for (recording, what) in [
            (Recording::Accepted, "accepted"),
            (Recording::Condition, "condition"),
            (Recording::Note, "note"),
        ] {
            let shown = desk.form(recording, &[M5]).shown();
            insta::assert_snapshot!(format!("{what}_{name}"), shown);
        }
    }
}
