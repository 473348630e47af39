use super::*;
use crate::domain::about::Subject;
use crate::domain::change::PaperMark;
use crate::domain::kinds::PaperKind;

#[test]
fn one_key_files_a_paper_and_says_what_became_of_it() {
    let mut desk = Desk::new();
    let mut form = desk.form(Recording::Paper, &[M5]);
    assert!(form.complains().contains("! 必填"), "{}", form.shown());
    form.types("催款函").tab(3).types("第二次催款");
    let Change::FilePaper(draft) = desk.save(&mut form) else { panic!("no paper") };
    assert_eq!((draft.kind, draft.about), (PaperKind::FormalNotice, Subject::Milestones(vec![M5])));
    let mut form = desk.form_of(Recording::Paper, "催字", &about(&[M5]));
    let Change::MarkPaper { mark, .. } = desk.save(&mut form) else { panic!("not marked") };
    assert_eq!(mark, PaperMark::Sent { channel: None, mailed: None });
    let mut form = desk.form_of(Recording::Paper, "催字", &about(&[M5]));
    form.tab(2).types("EMS 1");
    desk.save(&mut form);
    let paper = &desk.ledger.store.papers(None, None).unwrap()[0].head;
    assert_eq!((paper.delivered_on, paper.proof.as_str()), (Some(today()), "EMS 1"));
}

#[test]
fn a_file_that_is_none_is_told_at_its_field() {
    let desk = Desk::new();
    let mut form = desk.form_on(Recording::Paper, &customer(XINGHE));
    form.types("合同").tab(1).types("/");
    assert!(form.complains().contains("不是普通文件"), "{}", form.shown());
    let mut form = desk.form_on(Recording::Paper, &customer(XINGHE));
    form.types("合同").tab(1).types("/没有/合同.pdf");
    assert!(form.complains().contains("没有文件 /没有/合同.pdf"), "{}", form.shown());
}
