//! What a person does, and what they see.

use std::time::Duration;

use super::*;
use crate::domain::change::Change;
use crate::domain::ids::MilestoneId;

#[test]
fn the_first_frame_has_header_rows_and_keys() {
    let played = play("");
    assert!(played.screen[0].contains("11-21 周六"));
    played.shows("▸星河科技");
    assert!(played.screen[23].starts_with(" Enter 打开  c 联系  "), "{}", played.screen[23]);
}

#[test]
fn a_change_is_saved_and_can_be_undone() {
    let played = play("3 j H 等 Enter");
    assert_eq!(played.written, 1);
    played.says(" + P-2040-M2 自 2026-11-21 起暂停催款");
    played.says("（u 撤销）");
    played.shows("▸华东水务  M2 进度款");
    play("3 j H 等 Enter u").says("已撤销");
}

#[test]
fn what_was_typed_is_not_lost_by_accident() {
    play("5 c 承 Esc").shows("确定放弃吗");
    let back = play("3 r 7 Esc n");
    back.hides("确定放弃吗");
    back.shows("*新到期日 7");
    let dropped = play("3 r 7 Esc y j");
    dropped.hides("新到期日");
    dropped.shows("▸华东水务");
    play("3 r Esc j").shows("▸华东水务");
}

#[test]
fn a_refused_form_stays_open_and_says_why() {
    let town = Town::new();
    let mut other = Store::open(town.store.path()).unwrap();
    let elsewhere = move || {
        kit::write(
            &mut other,
            &Change::Hold {
                milestones: vec![MilestoneId(2)],
                since: kit::today(),
                until: None,
                reason: String::new(),
            },
        );
    };
    let script = Script::of(keys("3 r + 7 Tab 因")).then(elsewhere).then_keys("Enter");
    let refused = play_in(town, script, (80, 24));
    assert_eq!(refused.written, 1, "by the other");
    refused.shows("*新到期日 +7");
    refused.shows("原因     因");
    refused.shows(" ! ");
}

#[test]
fn a_form_may_ask_before_it_saves() {
    let asked = play("3 W 假 Enter");
    asked.shows("y 是   n 否");
    assert_eq!(asked.written, 0);
    let back = play("3 W 假 Enter n");
    back.hides("y 是   n 否");
    back.shows("假");
    assert_eq!(back.written, 0);
    assert_eq!(play("3 W 假 Enter y").written, 1);
    assert_eq!(play("3 W 假 Enter n 的 Enter y").written, 1);
}

#[test]
fn a_key_that_cannot_act_says_why() {
    play("x").says(" - 该款项没有未解决的争议");
    play("u").says(" - 没有可撤销的更改");
    play("z").says("z：此处无此按键");
}

#[test]
fn views_open_by_digit_and_screens_go_back() {
    play("3").shows("节点（6）");
    play("3 Enter").shows("── 经过");
    play("3 Enter Esc").shows("节点（6）");
    play("5 Enter 6 Esc").shows("账龄表");
    let within = play("5 j Enter 5");
    within.shows("客户（3）");
    within.shows("▸C002");
}

#[test]
fn full_width_keys_of_an_input_method_work() {
    play("？").shows("帮助");
    play("３").shows("节点（6）");
}

#[test]
fn help_and_palette_run_what_is_chosen() {
    play("? 账 龄 Enter").shows("账龄表");
    play(": z h a n g l Enter").shows("账龄表");
    play("5 ? Esc j").shows("▸C002");
}

#[test]
fn a_search_shows_while_it_is_typed_and_esc_takes_it_back() {
    let typed = play("3 / x h");
    assert_eq!(typed.screen[23], " 查找  xh");
    typed.shows("查找 xh");
    typed.hides("华东水务");
    play("3 / x h Esc").shows("节点（6）");
    play("3 / x h Enter").shows("查找 xh");
    play("3 / x h Enter Esc").shows("节点（6）");
    play("3 f o v e r d u e Enter").shows("筛选 overdue");
}

#[test]
fn marks_go_before_the_screen_does() {
    let marked = play("6 Enter Space Esc");
    marked.shows("截至 2026-11-21；账龄按到期日起算");
    marked.hides(" *P-2031");
    play("6 Enter Space Esc Esc").shows("账龄表");
}

#[test]
fn a_choice_leads_on() {
    play("5 e Down").shows("客户资料");
    play("5 e Enter").shows("*名称");
    play("5 e Esc").hides("客户资料");
}

#[test]
fn text_goes_to_the_clipboard() {
    let copied = &play("5 j y").script.copied;
    assert!(copied[0].starts_with("华东水务：未收 ¥320,000.00"), "{copied:?}");
}

#[test]
fn a_notice_goes_by_itself() {
    plays(Script::of(keys("x")).then_idle(Duration::from_secs(3))).says("争议");
    plays(Script::of(keys("x")).then_idle(Duration::from_secs(9))).says("Enter");
}

#[test]
fn midnight_changes_the_day() {
    let mut script = Script::of([]).then_idle(Duration::from_secs(2));
    script.midnight_at = Some(script.now + Duration::from_secs(1));
    let played = plays(script);
    assert!(played.screen[0].contains("11-22 周日"), "{}", played.screen[0]);
}

#[test]
fn an_idle_screen_is_not_drawn_again() {
    let mut played = plays(Script::of([]).then_idle(Duration::from_mins(1)));
    assert!(!played.app.take_dirty());
    let frames = played.terminal.draw(|_| ()).unwrap().count;
    assert_eq!(frames, 1, "one frame was drawn before this one");
}

#[test]
fn a_write_of_another_program_is_noticed() {
    type Elsewhere = Box<dyn FnOnce()>;
    let soon = Duration::from_secs(1);
    let untold = move |write: Elsewhere| Script::of([]).then(write).then_idle(soon);
    let told = |write: Elsewhere| Script::of([]).then(write).then_told();
    // What is told of can be read a little later only.
    let early = move |write: Elsewhere| Script::of([]).then_told().then(write).then_idle(soon);
    let scripts: [&dyn Fn(Elsewhere) -> Script; 3] = [&untold, &told, &early];
    for script in scripts {
        let town = Town::new();
        let mut other = Store::open(town.store.path()).unwrap();
        let elsewhere = move || {
            kit::write(
                &mut other,
                &Change::Hold {
                    milestones: vec![MilestoneId(2)],
                    since: kit::today(),
                    until: None,
                    reason: String::new(),
                },
            );
        };
        let mut played = play_in(town, script(Box::new(elsewhere)), (80, 24));
        played.shows("暂停催款");
        // The first frame, and one after the write was found.
        assert_eq!(played.terminal.draw(|_| ()).unwrap().count, 2);
    }
}

#[test]
fn clicks_open_views_rows_and_keys() {
    let click = |x, y| Input::Click(x, y);
    plays(Script::of([click(20, 0)])).shows("项目（4）");
    let on_row = |times: usize| {
        let mut script = keys("5");
        script.extend(std::iter::repeat_n(click(5, 4), times));
        plays(Script::of(script))
    };
    on_row(1).shows("▸C002");
    on_row(2).shows("C002 华东水务集团");
    plays(Script::of([click(14, 23)])).shows("登记联系");
    let mut picked = keys("5 e");
    picked.push(click(30, 13));
    let picked = plays(Script::of(picked));
    picked.shows("联系人 - 星河科技有限公司");
    let mut wheel = keys("5");
    wheel.push(Input::Wheel(5, 4, 2));
    plays(Script::of(wheel)).shows("▸C003");
}

#[test]
fn a_terminal_too_small_says_so() {
    let played = play_with(Script::of([]), (59, 20));
    assert_eq!(played.screen[0], "终端太小：59x20，至少需要 60x16");
}
