//! Working through a worklist with few keys.

use super::kit::{day, opened};
use super::*;
use crate::config::KeySetting;
use crate::domain::change::{Change, MilestoneDraft, ProjectDraft};
use crate::domain::ids::{CustomerId, ProjectId};
use crate::domain::kinds::{ProjectState, Role};
use crate::domain::money::Currency;
use crate::store::Page;
use crate::text::Lang;
use crate::tui::data::LastSeen;
use crate::tui::keymap::Keymap;
use crate::tui::theme::Ui;
use crate::tui::widgets::testing::ui;

fn zh(keys: &str) -> Played {
    Town::new().seen(Lang::Zh, (120, 40)).press(keys)
}

#[test]
fn logging_a_call_takes_three_keys() {
    let logged = zh("c 2 Enter");
    logged.shows("+ 已登记联系：P-2031-M3");
    logged.press("G Enter G").shows("已知悉");
}

#[test]
fn the_cursor_goes_on_to_the_row_behind_the_one_that_left() {
    let second = zh("c Enter");
    second.shows("今日待办（3）");
    second.shows("▸华东水务  P-2040  M3 到货款");
    let third = second.press("c Enter");
    third.shows("今日待办（2）");
    third.shows("▸远景装备  P-2055  M2 验收款");
    third.press("c Enter").shows("▸远景装备  P-2056  M1 到货款");
}

#[test]
fn it_goes_on_from_the_middle_and_does_not_follow_into_what_waits() {
    let open = zh("G Enter");
    open.shows("M2 进度款");
    let second = open.press("g g j c Enter");
    second.shows("今日待办（3）");
    second.shows("▸远景装备  P-2055  M2 验收款");
}

#[test]
fn behind_the_last_row_it_goes_back_to_the_one_before() {
    let last = zh("j j j H 等 Enter");
    last.shows("今日待办（3）");
    last.shows("▸远景装备  P-2055  M2 验收款");
}

#[test]
fn it_stays_where_something_is_left_to_do() {
    let paid = zh("p 1 w Enter");
    paid.shows("470,000.00");
    paid.shows("▸星河科技");
    let accepted = zh("j j A Enter");
    accepted.shows("▸远景装备  P-2055  M2 验收款   160,000.00         我方开票");
    zh("j S").shows("▸华东水务");
}

#[test]
fn on_another_list_it_stays_on_its_row() {
    zh("3 j c Enter").shows("▸华东水务");
    zh("4 j c Enter").shows("▸星河科技");
}

#[test]
fn what_was_recorded_is_recorded_again_on_another_row() {
    zh(".").shows("- 本次还没有登记过");
    let first = zh("c 2 Tab Tab 催 Enter");
    first.shows("▸华东水务  P-2040  M3 到货款");
    let form = first.press(".");
    form.shows("登记联系 - 华东水务");
    form.shows("[已知悉]");
    form.shows("催");
    let saved = form.press("Enter");
    saved.shows("+ 已登记联系：P-2040-M2 +1");
    let third = saved.press(".");
    third.shows("[已知悉]");
    third.press("Esc").hides("确定放弃吗");
}

#[test]
fn what_was_not_saved_is_not_recorded_again() {
    zh("c 2 Esc y .").shows("- 本次还没有登记过");
    zh("c 2 Esc y S .").shows("- 本次还没有登记过");
    let other = zh("c 2 Enter p 1 Esc y .");
    other.shows("[已知悉]");
}

#[test]
fn it_is_not_recorded_again_where_it_cannot_be() {
    zh("c 2 Enter 5 .").shows("登记联系 - ");
    zh("m + 7 Enter 5 .").shows("- 请先选一个款项");
}

#[test]
fn a_range_is_marked_by_moving() {
    let marked = zh("3 j V j j");
    marked.shows("已选 3 笔");
    marked.press("k").shows("已选 2 笔");
    let ended = zh("3 j V j V j j");
    ended.shows("已选 2 笔");
    let ended = zh("3 j V j Esc j j");
    ended.shows("已选 2 笔");
    ended.press("Esc").hides("已选");
    zh("3 G Space g g V j").shows("已选 3 笔");
}

#[test]
fn a_range_passes_over_what_is_no_row() {
    zh("V G").shows("已选 4 笔");
    zh("4 V G").hides("已选 0 笔");
}

#[test]
fn shift_marks_as_long_as_it_is_held() {
    let marked = zh("3 S-Down S-Down");
    marked.shows("已选 3 笔");
    marked.press("j j").shows("已选 3 笔");
    let two = zh("3 S-Down j j j S-Down");
    two.shows("已选 4 笔");
    zh("3 S-Down S-Down S-Up").shows("已选 2 笔");
}

/// With a person's own keys.
fn with(settings: &[(&str, &str)], keys: &str) -> Played {
    let setting = |(action, key): &(&str, &str)| KeySetting {
        action: (*action).to_owned(),
        keys: vec![(*key).to_owned()],
        line: 1,
    };
    let settings: Vec<KeySetting> = settings.iter().map(setting).collect();
    let keymap = Keymap::configured(&settings).unwrap();
    let ui = Ui { keymap, ..ui(Lang::Zh) };
    Town::new().seen_as(ui, (120, 40)).press(keys)
}

#[test]
fn a_person_s_own_keys_act_and_are_named() {
    let own =
        [("contact", "t"), ("undo", "K"), ("redo", "J"), ("save", "tab"), ("next_field", "down")];
    let own = |keys: &str| with(&own, keys);
    own("").shows("t 联系");
    own("c").shows("c：此处无此按键");
    own("t").shows("Tab 保存");
    let saved = own("t Tab");
    saved.shows("（K 撤销）");
    saved.press("K").shows("（J 重做）");
    own("? 联 系").shows("t ");
    with(&[("yes", "Z"), ("undo", "K")], "K").shows("Z 是   n 否");
    with(&[("open", "z"), ("go_projects", "J")], "").shows("J 项目");
    with(&[("open", "z")], "").shows("z 展开");
    with(&[("new", "K")], "2 / q q q Enter").shows("没有找到");
}

/// Two of us, of one team, with a project each of 星河科技.
fn two_managers() -> Town {
    let mut town = Town::new();
    let mut projects = town.store.project_page(Page { offset: 0, limit: 9, search: "" }).unwrap();
    projects.retain(|project| project.code == "P-2040");
    let mut draft = town.store.project_draft(projects[0].id).unwrap();
    draft.manager = "李雷".to_owned();
    town.does(&Change::EditProject(projects[0].id, draft));
    let people = town.store.people().unwrap();
    let other = people.into_iter().find(|person| person.name == "李雷").unwrap();
    let team = "华东".to_owned();
    town.does(&Change::EditPerson {
        name: other.name,
        role: other.role,
        team,
        email: String::new(),
    });
    town
}

#[test]
fn a_lens_narrows_every_view_until_it_is_taken_off() {
    let all = two_managers().seen(Lang::Zh, (120, 40));
    let mine = all.press(", 李 雷 Enter");
    mine.shows("只看 李雷  2026-11-21");
    mine.shows("今日待办（1）");
    mine.shows("M3 到货款");
    mine.shows("上方数字为所有人");
    let projects = mine.press("2");
    projects.shows("项目（1）");
    let milestones = projects.press("3");
    milestones.shows("节点（2 / 6）");
    let narrower = milestones.press("f").types("overdue").press("Enter");
    narrower.shows("节点（1 / 6）");
    let kept = narrower.press("Esc Esc Esc");
    kept.shows("节点（2 / 6）");
    kept.shows("只看 李雷");
    let dunning = kept.press("4");
    dunning.shows("华东水务");
    dunning.hides("远景装备");
    let customers = dunning.press("5");
    customers.shows("客户（1）");
    let aging = customers.press("6");
    aging.shows("华东水务");
    aging.hides("星河科技");
    let off = aging.press(", 所 有 Enter");
    off.shows("星河科技");
    off.hides("只看");
}

#[test]
fn a_lens_on_the_worklist_has_what_is_on_a_desk_and_the_heads_what_is_late_for_long() {
    let mut town = two_managers();
    for (name, role) in [("钱多多", Role::Finance), ("周正", Role::Head)] {
        town.does(&Change::EditPerson {
            name: name.to_owned(),
            role,
            team: String::new(),
            email: String::new(),
        });
    }
    let bill = MilestoneDraft {
        rule: "delivery + 30d".parse().unwrap(),
        ..MilestoneDraft::new(ProjectId(1), "运维款", 100)
    };
    town.does(&Change::AddMilestone(bill));
    let id = town.store.items().unwrap().iter().map(|item| item.id).max().unwrap();
    town.does(&Change::Deliver { milestones: vec![id], on: Some(day("2026-11-11")) });
    let all = town.seen(Lang::Zh, (150, 40));
    let finance = all.press(", 钱 Enter");
    finance.shows("运维款");
    finance.shows("（迟 7 天，已报周正）");
    finance.shows("迟在我方 7 天，已报周正，负责：钱多多");
    finance.hides("M3 到货款");
    let head = finance.press(", 周 Enter");
    head.shows("运维款");
    head.hides("M3 到货款");
    head.press("f").types("milestone:到货").press("Enter").hides("运维款");
}

#[test]
fn a_lens_is_of_a_team_too_and_mine_comes_first() {
    let town = two_managers();
    let folder = town.folder;
    let ledger = opened(town.store, "李雷", LastSeen::default());
    let played = Played::of(ledger, Lang::Zh, (120, 40)).press(",");
    assert!(played.below("所有人", "我（李雷）"));
    assert!(played.below("我（李雷）", "团队：华东"));
    let team = played.press("h d Enter");
    team.shows("只看 华东");
    team.shows("今日待办（1）");
    drop(folder);
}

#[test]
fn a_lens_through_which_nothing_is_seen_says_so() {
    let mut town = Town::new();
    let manager = "韩梅梅".to_owned();
    let name = "新项目".to_owned();
    let idle = ProjectDraft { name, manager, ..ProjectDraft::new(CustomerId(1), Currency::CNY) };
    town.does(&Change::AddProject(idle));
    let hers = town.seen(Lang::Zh, (120, 40)).press(", 韩 Enter");
    hers.shows("今日待办（0）");
    hers.shows("韩梅梅 名下没有；, 可看所有人的");
    hers.press("/ x Enter").shows("没有符合的；Esc 取消查找和筛选");
}

#[test]
fn a_page_that_no_filter_narrows_has_none() {
    let page = zh("5 Enter f");
    page.shows("- 这里没有这一项");
}

#[test]
fn a_filter_is_kept_and_called_by_its_name() {
    let named = zh("3 f").types("overdue").press("C-s");
    named.shows("取个名字");
    let kept = named.types("晚了 的").press("Enter");
    kept.shows("+ 筛选已存为 @晚了_的");
    kept.shows("筛选 @晚了_的");
    kept.shows("节点（2 / 6）");
    let offered = kept.press("Esc f");
    offered.shows("Tab  @晚了_的  ");
    let completed = offered.press("Tab Enter");
    completed.shows("节点（2 / 6）");
    let narrower =
        completed.press("f").types(" late>20").press("C-s").types("晚了_的").press("Enter");
    narrower.shows("节点（1 / 6）");
}

#[test]
fn what_is_no_filter_is_not_kept() {
    zh("3 f").types("colour:red").press("C-s").shows("没有字段");
    zh("3 f").types("@nobody").press("Enter").shows("没有名为“nobody”的筛选");
    zh("3 f C-s").hides("取个名字");
    let left = zh("3 f").types("overdue").press("C-s Enter Esc");
    left.shows("节点（6）");
}

#[test]
fn a_search_is_completed() {
    let typed = zh("3 / x h");
    let completed = typed.press("Tab");
    completed.shows(" 查找  星河科技");
    completed.shows("节点（2 / 6）");
    zh("3 / g w Tab").shows("管网监测");
    let round = zh("3 / Tab Tab");
    round.shows("Tab  ");
    let typed = round.press("C-u h d Tab");
    typed.shows(" 查找  华东水务");
    typed.press("Esc").shows("节点（6）");
    zh("3 / q q Tab").shows("qq");
}

#[test]
fn through_a_lens_projects_without_a_plan_and_finished_ones_are_seen_too() {
    let mut town = two_managers();
    let known = town.store.find_project("P-2040").unwrap();
    let known = town.store.project_draft(known).unwrap();
    let unplanned = ProjectDraft { code: "P-1000".to_owned(), ..known };
    town.does(&Change::AddProject(unplanned.clone()));
    let finished = "P-1001".to_owned();
    let finished = ProjectDraft { code: finished, state: ProjectState::Closed, ..unplanned };
    town.does(&Change::AddProject(finished));
    let mine = town.seen(Lang::Zh, (120, 40)).press(", 李 雷 Enter 2");
    mine.shows("项目（2）");
    mine.shows("P-1000");
    mine.hides("P-2031");
    let all = mine.press("a");
    all.shows("P-1001");
    all.hides("P-2031");
    all.press("f").types("overdue").press("Enter").shows("项目（1）");
}

#[test]
fn the_keys_that_make_something_are_named_in_eighty_columns() {
    for lang in [Lang::Zh, Lang::En] {
        let new = lang.pick("n/N 新建", "n/N new");
        let again = lang.pick(". 再登记", ". again");
        let list = Town::new().seen(lang, (80, 24)).press("3");
        list.shows(new);
        list.hides(again);
        let recorded = list.press("c Enter j");
        recorded.shows(new);
        recorded.shows(again);
    }
}

#[test]
fn a_figure_says_what_it_is_made_of() {
    let asked = zh("g e");
    asked.shows("说明哪个数字");
    let overdue = asked.types("逾期").press("Enter");
    overdue.shows("逾期：");
    overdue.shows("扣除争议金额");
    overdue.shows("到期 2026-10-02，逾期 50");
    zh("g e").types("回款").press("Enter").shows("本月 1 日以来收到的款");
}

#[test]
fn a_lens_on_milestones_and_the_ladder_has_what_is_on_a_desk() {
    let mut town = two_managers();
    for (name, role) in [("钱多多", Role::Finance), ("周正", Role::Head)] {
        town.does(&Change::EditPerson {
            name: name.to_owned(),
            role,
            team: String::new(),
            email: String::new(),
        });
    }
    let bill = MilestoneDraft {
        rule: "delivery + 30d".parse().unwrap(),
        ..MilestoneDraft::new(ProjectId(1), "运维款", 100)
    };
    town.does(&Change::AddMilestone(bill));
    let id = town.store.items().unwrap().iter().map(|item| item.id).max().unwrap();
    town.does(&Change::Deliver { milestones: vec![id], on: Some(day("2026-11-11")) });
    let finance = town.seen(Lang::Zh, (150, 40)).press(", 钱 Enter 3");
    finance.shows("节点（2 / 7）");
    finance.shows("运维款");
    let ladder = finance.press("4");
    ladder.shows("运维款");
    ladder.hides("华东水务");
    ladder.press("5").hides("星河科技");
}

#[test]
fn hints_name_a_persons_own_keys() {
    with(&[("new", "K")], "8").shows("K 新建");
    with(&[("mark", "K")], "g w").shows("K 选中另一个");
}

#[test]
fn a_project_may_name_who_does_its_finance() {
    let mut town = two_managers();
    for name in ["钱多多", "孙理"] {
        town.does(&Change::EditPerson {
            name: name.to_owned(),
            role: Role::Finance,
            team: String::new(),
            email: String::new(),
        });
    }
    let bill = MilestoneDraft {
        rule: "delivery + 30d".parse().unwrap(),
        ..MilestoneDraft::new(ProjectId(1), "运维款", 100)
    };
    town.does(&Change::AddMilestone(bill));
    let id = town.store.items().unwrap().iter().map(|item| item.id).max().unwrap();
    town.does(&Change::Deliver { milestones: vec![id], on: Some(day("2026-11-11")) });
    let mut draft = town.store.project_draft(ProjectId(1)).unwrap();
    draft.finance = "孙理".to_owned();
    town.does(&Change::EditProject(ProjectId(1), draft));
    let named = town.seen(Lang::Zh, (150, 40)).press(", 孙 Enter");
    named.shows("运维款");
    let other = named.press(", 钱 Enter");
    other.hides("运维款");
    other.press("u y").shows("运维款");
}
