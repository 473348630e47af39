//! The tabs of the pages of customers, projects and milestones.

use rstest::rstest;

use super::kit::day;
use super::*;
use crate::domain::about::{About, Subject};
use crate::domain::change::{Change, ConditionDraft, NoteDraft, PaperDraft, PaperMark, TodoDraft};
use crate::domain::ids::{CustomerId, MilestoneId, PaperId, ProjectId};
use crate::domain::kinds::{ConditionKind, NoteKind, PaperKind, TodoKind};
use crate::text::Lang;

const LATE: MilestoneId = MilestoneId(2);

/// A town whose first project has papers, to-dos, notes and conditions.
fn filed() -> Town {
    let mut town = Town::new();
    let project = Subject::Project(ProjectId(1));
    for (kind, about, title) in [
        (PaperKind::Contract, project.clone(), "主合同"),
        (PaperKind::FormalNotice, Subject::Milestones(vec![LATE]), "催验收款"),
        (PaperKind::Nda, Subject::Customer(CustomerId(1)), "保密"),
    ] {
        let paper = PaperDraft::new(kind, about, day("2026-11-01"));
        town.does(&Change::FilePaper(PaperDraft { title: title.to_owned(), ..paper }));
    }
    town.does(&Change::AddTodo(TodoDraft {
        about: Some(About::Milestone(LATE)),
        due_on: Some(day("2026-11-20")),
        ..TodoDraft::new(TodoKind::Task, "现场复测", day("2026-11-01"))
    }));
    town.does(&Change::AddNote(NoteDraft {
        kind: NoteKind::Minutes,
        about: About::Project(ProjectId(1)),
        on: day("2026-11-03"),
        wording: "例会纪要".to_owned(),
        number: None,
        until: None,
    }));
    for wording in ["竣工图纸", "第三方审计"] {
        town.does(&Change::AddCondition(ConditionDraft {
            milestone: LATE,
            kind: ConditionKind::Deliverable,
            wording: wording.to_owned(),
            agreed_on: Some(day("2026-03-01")),
            planned_on: None,
        }));
    }
    town
}

fn zh(keys: &str) -> Played {
    filed().seen(Lang::Zh, (150, 40)).press(keys)
}

#[test]
fn the_bar_counts_what_stands_on_each_tab() {
    let project = zh("2 Enter");
    project.shows(" 计划 3  条件 2  文件 3  事项 1  记事 1  经过");
    let customer = zh("5 Enter");
    customer.shows(" 未结清 2  往来 4  文件 3  事项 1  记事 1  已结清 1");
    let milestone = project.press("j Enter");
    milestone.shows(" 概况  条件 2  文件 3  事项 1  记事 0  经过");
    let english = filed().seen(Lang::En, (150, 40)).press("2 Enter");
    english.shows(" Plan 3  Conditions 2  Papers 3  To-dos 1  Notes 1  Timeline");
}

#[rstest]
#[case((60, 16))]
#[case((80, 24))]
#[case((200, 60))]
fn keys_go_round_the_tabs_in_any_size(#[case] size: (u16, u16)) {
    let project = filed().seen(Lang::Zh, size).press("2 Enter");
    project.shows("M3 验收款");
    let papers = project.press("] ]");
    papers.shows("合同");
    papers.shows("催字");
    papers.hides("M4 质保金");
    let plan = papers.press("] ] ] ]");
    plan.shows("M4 质保金");
    plan.press("[").shows("2026-09-05");
}

#[test]
fn a_click_on_a_tab_shows_it_and_a_row_keeps_its_cursor() {
    let papers = zh("2 Enter").click("文件 3").press("j");
    papers.shows("2/3");
    let back = papers.click("记事 1");
    back.shows("例会纪要");
    back.click("文件 3").shows("2/3");
}

#[test]
fn a_paper_is_marked_by_the_keys_there_are_and_a_new_one_filed() {
    // The newest of a day stands first.
    let papers = zh("2 Enter ] ] j");
    let form = papers.press("C");
    form.shows("催款函 催字〔2026〕001号 催验收款");
    let sent = form.press("Enter");
    sent.shows("文件 #2 已于 2026-11-21 寄出");
    let arrived = sent.press("D");
    arrived.shows("送达凭证");
    let said = arrived.press("Enter");
    said.shows("文件 #2 已于 2026-11-21 送达");
    let new = said.press("n");
    new.shows("登记文件 - 数据中台");
    let filed = new.types("验收单").press("Enter");
    filed.shows("已登记文件 #4");
    filed.shows("文件 4");
    filed.shows("▸#4");
}

#[test]
fn a_to_do_is_done_and_a_condition_met_where_they_are_listed() {
    let done = zh("2 Enter ] ] ] x Enter");
    done.shows("事项 #1 已于 2026-11-21 完成");
    done.shows("没有未办事项；n 新建");
    let met = zh("2 Enter ] j x");
    met.shows("第三方审计");
    let met = met.press("Enter");
    met.shows("2026-11-21");
    let new = zh("3 Enter ] n");
    new.shows("条件");
    let noted = zh("5 Enter [ [ n");
    noted.shows("星河科技");
}

#[test]
fn enter_opens_what_the_row_is_about() {
    let notice = zh("2 Enter ] ] j Enter");
    notice.shows("星河科技 / P-2031 数据中台 / M3 验收款");
    notice.shows("概况");
    zh("2 Enter ] ] Enter").shows("未结清 2");
    // About this very project: what can be said of it.
    zh("2 Enter ] ] j j Enter").shows("登记什么");
    zh("5 Enter ] j Enter").shows("M3 验收款");
}

#[test]
fn what_happened_to_several_milestones_stands_once_in_the_timeline_of_their_project() {
    let timeline = zh("2 Enter [");
    timeline.shows("经过");
    let lines = timeline.screen().lines().filter(|line| line.contains("例会纪要")).count();
    assert_eq!(lines, 1, "{}", timeline.screen());
    assert!(timeline.below("2026-11-10", "2026-03-14"), "newest first");
    let found = timeline.press("/").types("开票").press("Enter");
    found.hides("例会纪要");
}

#[test]
fn nothing_is_read_before_its_tab_is_shown() {
    let mut town = filed();
    // What is not marked sent escalates nothing and counts for nothing.
    town.does(&Change::MarkPaper {
        paper: PaperId(2),
        mark: PaperMark::Sent { channel: None, mailed: None },
        on: day("2026-11-02"),
    });
    let counts = town.store.counts_about(About::Project(ProjectId(1)), day("2026-10-31")).unwrap();
    assert_eq!((counts.papers, counts.milestones), (0, 3), "papers of later days are not there");
    let counts = town.store.counts_about(About::Milestone(LATE), day("2026-11-21")).unwrap();
    assert_eq!((counts.papers, counts.todos, counts.conditions, counts.notes), (3, 1, 2, 0));
}

#[test]
fn what_a_step_wants_and_is_not_on_file_is_told_before_it_is_taken() {
    let page = Town::new().seen(Lang::Zh, (150, 40)).press("3 Enter");
    page.shows("催款函前还缺：合同、送货单或验收单");
    let dunning = Town::new().seen(Lang::Zh, (150, 40)).press("4");
    dunning.shows("失约未跟进，缺");
    let form = Town::new().seen(Lang::Zh, (150, 40)).press("3 c");
    form.shows("催款函前还缺：合同、送货单或验收单");
    // With the contract on file only the other is missing.
    let page = filed().seen(Lang::Zh, (150, 40)).press("3 Enter");
    page.shows("催款函前还缺：送货单或验收单");
    let english = Town::new().seen(Lang::En, (150, 40)).press("3 Enter");
    english.shows("the formal notice still wants on file: contract; delivery note or acceptance");
}
