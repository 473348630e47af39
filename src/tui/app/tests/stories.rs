//! What a person does, and what they see.

use std::time::Duration;

use super::*;

#[test]
fn the_first_frame_has_header_rows_and_keys() {
    let played = play("");
    assert!(played.screen[0].contains("2026-11-21 周六 W47"));
    assert_eq!(played.screen[2], "> 星河科技");
    assert!(
        played.screen[23].starts_with(" j/k 移动  Enter 打开  "),
        "{}",
        played.screen[23]
    );
}

#[test]
fn a_contact_is_saved_and_can_be_undone() {
    let played = play("j c 好 Enter");
    assert_eq!(
        played.seen.borrow().written,
        ["Set { key: \"k\", value: Some(\"好\") }"]
    );
    assert_eq!(played.screen[23], " + 已登记（u 撤销）");
    assert_eq!(played.screen[3], "> 华东水务", "the cursor stays");
    let undone = play("c 好 Enter u");
    assert!(undone.seen.borrow().written.is_empty());
    assert!(undone.screen[23].contains("已撤销"));
}

#[test]
fn what_was_typed_is_not_lost_by_accident() {
    let asked = play("c 好 Esc");
    assert!(asked.screen.join("\n").contains("确定放弃吗"));
    let back = play("c 好 Esc n 的 Enter");
    assert!(back.seen.borrow().written[0].contains("好的"));
    let dropped = play("c 好 Esc y j");
    assert!(dropped.seen.borrow().written.is_empty());
    assert_eq!(dropped.screen[3], "> 华东水务");
    let untouched = play("c Esc j");
    assert_eq!(untouched.screen[3], "> 华东水务");
}

#[test]
fn a_refused_form_stays_open_and_says_why() {
    let busy = Seen {
        busy: true,
        ..Seen::default()
    };
    let played = play_with(busy, Script::of(keys("c 好 Enter")), (80, 24));
    let screen = played.screen.join("\n");
    assert!(
        screen.contains("! 账本忙") && screen.contains('好'),
        "{screen}"
    );
}

#[test]
fn a_write_off_asks_once() {
    assert!(play("W n").seen.borrow().written.is_empty());
    assert_eq!(play("W y").seen.borrow().written.len(), 1);
}

#[test]
fn a_form_may_ask_before_it_saves() {
    let asked = play("r 因 Enter");
    assert!(asked.screen.join("\n").contains("当真？"));
    assert!(asked.seen.borrow().written.is_empty());
    assert_eq!(play("r 因 Enter y").seen.borrow().written.len(), 1);
    let back = play("r 因 Enter n 故 Enter y");
    assert!(back.seen.borrow().written[0].contains("因故"));
    let busy = Seen {
        busy: true,
        ..Seen::default()
    };
    let refused = play_with(busy, Script::of(keys("r 因 Enter y")), (80, 24));
    let screen = refused.screen.join("\n");
    assert!(
        screen.contains("! 账本忙") && screen.contains('因'),
        "{screen}"
    );
}

#[test]
fn a_key_that_cannot_act_says_why() {
    assert_eq!(play("x").screen[23], " - 该款项没有未解决的异议");
    assert_eq!(play("u").screen[23], " - 没有可撤销的更改");
    assert!(play("z").screen[23].contains("z 在这里没有作用"));
}

#[test]
fn views_open_by_digit_and_screens_go_back() {
    assert_eq!(play("3").app.screen().view(), View::Milestones);
    assert_eq!(play("3 Enter").app.screen().view(), View::Projects);
    assert_eq!(play("3 Enter Esc").app.screen().view(), View::Milestones);
    assert_eq!(play("3 Enter 6 Esc").app.screen().view(), View::Aging);
}

#[test]
fn full_width_keys_of_an_input_method_work() {
    assert!(play("？").screen.join("\n").contains("帮助"));
    assert_eq!(play("３").app.screen().view(), View::Milestones);
}

#[test]
fn help_and_palette_run_what_is_chosen() {
    assert_eq!(play("? 账 龄 Enter").app.screen().view(), View::Aging);
    assert_eq!(play(": z h a n g l Enter").app.screen().view(), View::Aging);
    assert_eq!(play("? Esc j").screen[3], "> 华东水务");
}

#[test]
fn a_search_shows_while_it_is_typed_and_esc_takes_it_back() {
    let mut typed = play("/ x h");
    assert_eq!(typed.screen[23], " 查找  xh");
    assert_eq!(typed.app.screen.list().find, "xh");
    assert_eq!(play("/ x h Esc").app.screen.list().find, "");
    assert_eq!(play("/ x h Enter").app.screen.list().find, "xh");
    assert_eq!(play("/ x h Enter Esc").app.screen.list().find, "");
    assert_eq!(play("f o v Enter").app.screen.list().filter, "ov");
}

#[test]
fn marks_go_before_the_screen_does() {
    let mut marked = play("3 Enter Space Esc");
    assert_eq!(marked.app.screen().view(), View::Projects);
    assert!(marked.app.screen.list().list.marks().is_empty());
}

#[test]
fn a_choice_leads_on() {
    assert_eq!(play("n x Enter").screen[23], " - picked 2");
}

#[test]
fn text_goes_to_the_clipboard() {
    assert_eq!(play("j y").script.copied, ["Some(RowId(2))"]);
}

#[test]
fn a_notice_goes_by_itself() {
    let script = Script::of(keys("x")).then_idle(Duration::from_secs(3));
    assert!(play_with(Seen::default(), script, (80, 24)).screen[23].contains("异议"));
    let script = Script::of(keys("x")).then_idle(Duration::from_secs(9));
    assert!(play_with(Seen::default(), script, (80, 24)).screen[23].contains("j/k"));
}

#[test]
fn midnight_changes_the_day() {
    let mut script = Script::of([]).then_idle(Duration::from_secs(2));
    script.midnight_at = Some(script.now + Duration::from_secs(1));
    let played = play_with(Seen::default(), script, (80, 24));
    assert!(
        played.screen[0].contains("2026-11-22 周日"),
        "{}",
        played.screen[0]
    );
}

#[test]
fn an_idle_screen_is_not_drawn_again() {
    let script = Script::of([]).then_idle(Duration::from_mins(1));
    let mut played = play_with(Seen::default(), script, (80, 24));
    assert!(!played.app.take_dirty());
    let frames = played.terminal.draw(|_| ()).unwrap().count;
    assert_eq!(frames, 1, "one frame was drawn before this one");
}

#[test]
fn a_write_of_another_program_is_noticed() {
    let seen = Seen {
        changed: true,
        ..Seen::default()
    };
    let script = Script::of([]).then_idle(Duration::from_secs(1));
    let mut played = play_with(seen, script, (80, 24));
    assert!(!played.seen.borrow().changed);
    assert_eq!(played.terminal.draw(|_| ()).unwrap().count, 2);
}

#[test]
fn clicks_open_views_rows_and_keys() {
    let click = |x, y| Input::Click(x, y);
    let tab = play_with(Seen::default(), Script::of([click(20, 0)]), (80, 24));
    assert_eq!(tab.app.screen().view(), View::Projects);
    let row = play_with(Seen::default(), Script::of([click(5, 3)]), (80, 24));
    assert_eq!(row.screen[3], "> 华东水务");
    let twice = Script::of([click(5, 3), click(5, 3)]);
    assert_eq!(
        play_with(Seen::default(), twice, (80, 24))
            .app
            .screen()
            .view(),
        View::Projects
    );
    let key = play_with(Seen::default(), Script::of([click(23, 23)]), (80, 24));
    assert!(key.screen.join("\n").contains("备注"), "{}", key.screen[23]);
    let mut picked = keys("n");
    picked.push(click(30, 11));
    let picked = play_with(Seen::default(), Script::of(picked), (80, 24));
    assert_eq!(
        picked.screen[23],
        " - picked 1",
        "{}",
        picked.screen.join("\n")
    );
    let wheel = play_with(Seen::default(), Script::of([Input::Wheel(3)]), (80, 24));
    assert_eq!(wheel.screen[4], "> 远景装备");
}

#[test]
fn a_terminal_too_small_says_so() {
    let played = play_with(Seen::default(), Script::of([]), (60, 20));
    assert_eq!(played.screen[0], "终端太小：60x20，至少需要 80x24");
}

#[test]
fn a_message_of_another_thread_reaches_the_app() {
    let mut script = Script::of([]);
    script.events.push_back(Wake::Message(Box::new(|app| {
        app.say(Severity::Done, "导入完成");
    })));
    let played = play_with(Seen::default(), script, (80, 24));
    assert_eq!(played.screen[23], " + 导入完成");
}
