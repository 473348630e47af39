//! To-dos: in Today beside the milestones of their customer, in a view of their own, and on what they are about.

use super::kit::day;
use super::*;
use crate::domain::about::About;
use crate::domain::change::{Change, TodoDraft, TouchDraft};
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::kinds::{Level, Role, TodoKind, TouchKind};
use crate::domain::policy::Setting;
use crate::text::Lang;

fn todo(kind: TodoKind, about: Option<About>, title: &str, due: &str) -> Change {
    Change::AddTodo(TodoDraft {
        about,
        owner: "王敏".to_owned(),
        due_on: Some(day(due)),
        ..TodoDraft::new(kind, title, day("2026-11-01"))
    })
}

/// A town where the first customer waits for a test, and somebody has to renew a form of ours.
fn busy() -> Town {
    let mut town = Town::new();
    town.does(&todo(
        TodoKind::Task,
        Some(About::Milestone(MilestoneId(1))),
        "现场复测",
        "2026-11-20",
    ));
    town.does(&todo(TodoKind::Task, None, "更新开票资料", "2026-11-21"));
    town.does(&todo(
        TodoKind::Risk,
        Some(About::Customer(CustomerId(2))),
        "换了财务总监",
        "2026-12-01",
    ));
    town
}

fn zh(keys: &str) -> Played {
    busy().seen(Lang::Zh, (150, 40)).press(keys)
}

#[test]
fn what_is_due_stands_in_today_with_its_customer_and_what_is_ours_behind() {
    let today = zh("");
    today.shows("今日待办（6）");
    today.shows("办理：现场复测 (王敏)");
    assert!(today.below("现场复测", "华东水务"), "before the next customer");
    assert!(today.below("华东水务", "更新开票资料"));
    today.hides("换了财务总监");
    let english = busy().seen(Lang::En, (150, 40));
    english.shows("to do: 更新开票资料 (王敏)");
    english.shows("ours");
}

#[test]
fn a_to_do_is_done_by_a_key_and_the_list_goes_on() {
    let on_it = zh("G k");
    let form = on_it.press("x");
    form.shows("事项完成 - 更新开票资料");
    let done = form.types("已换").press("Enter");
    done.hides("办理：更新开票资料");
    done.shows("事项 #2 已于 2026-11-21 完成");
    done.press("u").shows("办理：更新开票资料");
}

#[test]
fn the_view_of_to_dos_lists_finds_sorts_and_shows_what_was_done() {
    let view = zh("8");
    view.shows("事项（3）");
    assert!(view.below("现场复测", "更新开票资料") && view.below("更新开票资料", "换了财务总监"));
    view.shows("2026-11-20");
    let found = view.press("/").types("fengxian").press("Enter");
    found.shows("换了财务总监");
    found.hides("现场复测");
    let done = zh("8 x Enter");
    done.hides("现场复测");
    done.press("a").shows("已完成");
    let by_kind = zh("8 o");
    assert!(by_kind.below("更新开票资料", "换了财务总监"), "a task before a risk");
}

#[test]
fn a_to_do_is_added_about_the_row_and_corrected() {
    let form = zh("T");
    form.shows("新建事项 - 星河科技");
    let added = form.types("约验收").press("Enter");
    added.shows("已新建事项 #4：约验收");
    let view = added.press("8");
    view.shows("约验收");
    let edit = view.press("G e");
    edit.shows("修改事项");
    let ours = zh("8 n").types("订会议室").press("Enter");
    ours.shows("已新建事项 #4：订会议室");
    ours.shows("▸#4");
}

#[test]
fn enter_opens_what_it_is_about_and_pages_tell_of_it() {
    zh("8 Enter").shows("星河科技 / ");
    zh("8 Enter").shows("任务：现场复测");
    zh("5 j Enter ] ] ]").shows("换了财务总监");
    zh("8 G Enter").shows("华东水务");
}

#[test]
fn above_a_limit_the_form_asks_and_the_head_decides_by_the_same_key() {
    let mut town = busy();
    for (name, role) in [("wang", Role::Pm), ("li", Role::Head)] {
        town.does(&Change::EditPerson {
            name: name.to_owned(),
            role,
            team: String::new(),
            email: String::new(),
        });
    }
    let value = Some("1000".to_owned());
    town.does(&Change::Set { setting: Setting::WriteOffLimit, value });
    let asked = town.seen(Lang::Zh, (150, 40)).press("W").types("和解").press("Enter y");
    asked.shows("已提交审批：事项 #4，待部门负责人批准");
    let view = asked.press("8 j j");
    view.shows("wang 申请：坏账核销 ¥480,000.00：和解");
    view.press("x Enter").shows("只有部门负责人");
}

#[test]
fn a_contact_agreed_for_a_day_stands_among_the_to_dos_and_leads_to_its_milestone() {
    let mut town = busy();
    let first = town.store.items().unwrap().first().unwrap().id;
    let call = TouchDraft {
        next_on: Some(day("2026-11-25")),
        ..TouchDraft::new(vec![first], day("2026-11-21"))
    };
    town.does(&Change::LogContact(call));
    let view = town.seen(Lang::Zh, (150, 40)).press("8");
    view.shows("事项（4）");
    view.shows("联系时约定");
    assert!(view.below("待办（2）", "未到期（2）"), "by state");
    assert!(view.below("更新开票资料", "联系时约定") && view.below("联系时约定", "换了财务总监"));
    let page = view.press("j j Enter");
    page.shows("下一步");
    let found = page.press("8 /").types("回访").press("Enter");
    found.hides("现场复测");
    found.press("c").shows("登记联系");
}

#[test]
fn an_appointed_acceptance_stands_among_the_to_dos() {
    let mut town = busy();
    town.does(&Change::LogContact(TouchDraft {
        kind: TouchKind::AcceptanceChase,
        next_on: Some(day("2026-11-24")),
        ..TouchDraft::new(vec![MilestoneId(3)], day("2026-11-20"))
    }));
    let list = town.seen(Lang::Zh, (150, 40)).press("8");
    list.shows("事项（4）");
    list.shows("约定");
    assert!(list.below("更新开票资料", "2026-11-24"), "by its day");
    list.press("/").types("约定").press("Enter").hides("更新开票资料");
}

#[test]
fn the_view_of_to_dos_is_filtered_in_words_of_its_own() {
    let mut town = busy();
    town.does(&todo(
        TodoKind::Complaint,
        Some(About::Customer(CustomerId(1))),
        "传感器故障",
        "2026-12-01",
    ));
    let view = town.seen(Lang::Zh, (150, 40)).press("8");
    assert!(view.below("暂缓催款（1）", "待办（2）"), "what stops the ladder stands in front");
    assert!(view.below("传感器故障", "现场复测"));
    let begun = view.press("f").types("zl");
    begun.shows("种类:");
    let risks = begun.press("Esc f").types("种类:风险").press("Enter");
    risks.shows("事项（1）");
    risks.shows("换了财务总监");
    let stops = risks.press("Esc f").types("暂缓催款").press("Enter");
    stops.shows("传感器故障");
    stops.hides("换了财务总监");
    let wrong = stops.press("Esc f").types("pm:王敏").press("Enter");
    wrong.shows("owner");
}

#[test]
fn a_tall_screen_has_a_board_of_to_dos_by_where_they_stand() {
    let view = busy().seen(Lang::Zh, (150, 60)).press("8");
    view.shows("按状态");
    view.shows("11-20 现场复测 王敏");
    view.shows("12-01 换了财务总监 王敏");
    let narrowed = view.press("f").types("种类:风险").press("Enter");
    narrowed.shows("12-01 换了财务总监 王敏");
    narrowed.hides("现场复测");
}

#[test]
fn to_dos_are_sorted_by_who_does_them_and_how_bad_they_are_both_ways() {
    let mut town = busy();
    let about = Some(About::Customer(CustomerId(2)));
    town.does(&Change::AddTodo(TodoDraft {
        owner: "安琪".to_owned(),
        severity: Level::High,
        ..TodoDraft::new(TodoKind::Task, "催交材料", day("2026-11-01"))
    }));
    town.does(&Change::AddTodo(TodoDraft {
        about,
        owner: "Ann".to_owned(),
        severity: Level::Low,
        ..TodoDraft::new(TodoKind::Task, "寄对账单", day("2026-11-01"))
    }));
    let view = town.seen(Lang::Zh, (150, 40)).press("8");
    assert!(view.below("换了财务总监", "催交材料"), "what has no day comes last");
    let by_owner = view.press("o o");
    assert!(by_owner.below("寄对账单", "催交材料") && by_owner.below("催交材料", "更新开票资料"));
    let worst = by_owner.press("o");
    assert!(worst.below("催交材料", "更新开票资料") && worst.below("换了财务总监", "寄对账单"));
    let least = worst.press("O");
    assert!(least.below("寄对账单", "更新开票资料") && least.below("更新开票资料", "催交材料"));
}

#[test]
fn through_a_lens_stand_to_dos_about_what_is_on_a_desk() {
    let mut town = busy();
    town.does(&Change::EditPerson {
        name: "李雷".to_owned(),
        role: Role::Pm,
        team: String::new(),
        email: String::new(),
    });
    let mut draft = town.store.project_draft(ProjectId(1)).unwrap();
    draft.manager = "李雷".to_owned();
    town.does(&Change::EditProject(ProjectId(1), draft));
    let about = Some(About::Milestone(MilestoneId(3)));
    town.does(&todo(TodoKind::Task, about, "复核验收单", "2026-11-25"));
    let view = town.seen(Lang::Zh, (150, 40)).press(", 李 Enter 8");
    view.shows("复核验收单");
    view.hides("更新开票资料");
}
