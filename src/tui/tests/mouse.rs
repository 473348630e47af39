//! What the mouse does.

use rstest::rstest;

use super::kit::today;
use super::*;
use crate::text::Lang;
use crate::tui::input::Input;

fn demo(lang: Lang, size: (u16, u16)) -> Played {
    let mut town = Town::empty();
    crate::demo::small(&mut town.store, today(), crate::demo::Company::Chinese).unwrap();
    town.seen(lang, size)
}

/// As tiles and as lines.
#[rstest]
fn a_click_on_a_figure_shows_what_it_counts(
    #[values((120, 40), (80, 24), (60, 16))] size: (u16, u16),
) {
    for (lang, figure, filter) in [
        (Lang::Zh, "逾期 ", "筛选 逾期天数>0 -宽限期内"),
        (Lang::Zh, "7 天内到期", "筛选 到期日>=2026-11-21 到期日<="),
        (Lang::Zh, "7 天内承诺", "筛选 已承诺"),
        (Lang::Zh, "未开票应收", "筛选 待开票"),
        (Lang::En, "Overdue ", "Filter late>0 -in_grace"),
        (Lang::En, "Due 7d", "Filter due>=2026-11-21 due<="),
        (Lang::En, "Promised 7d", "Filter promise_pending"),
        (Lang::En, "Unbilled", "Filter not_invoiced"),
    ] {
        let all = demo(lang, size).click(figure);
        all.shows(filter);
        let title = if lang == Lang::Zh { "节点（" } else { "Milestones (" };
        all.shows(title);
        all.hides("节点（82）");
        all.hides("Milestones (82)");
        all.press("Esc").hides(filter);
    }
}

#[test]
fn what_is_no_figure_does_nothing() {
    let today = demo(Lang::Zh, (120, 40)).click("本月回款");
    today.shows("今日待办（24）");
}

#[test]
fn the_scroll_bar_is_clicked_and_dragged() {
    let list = demo(Lang::Zh, (80, 24)).press("3");
    list.shows("─ 1/82 ┘");
    let end = list.does(Input::Click(79, 21));
    end.shows("─ 82/82 ┘");
    let middle = end.does(Input::Drag(40, 11));
    middle.hides("/82 ┘".repeat(2).as_str());
    middle.hides("─ 82/82 ┘");
    let first = middle.does(Input::Drag(79, 0));
    first.shows("─ 1/82 ┘");
    // What is not held does not go along.
    first.does(Input::Click(10, 10)).does(Input::Drag(79, 21)).hides("─ 82/82 ┘");
}

#[test]
fn the_wheel_scrolls_what_is_under_the_pointer() {
    let list = demo(Lang::Zh, (120, 40)).press("j j j j j j");
    list.shows("! 逾期 50 天，失约");
    let aside = list.wheel("─ 下一步 ─", 9);
    aside.shows("─ 7/25 ┘");
    aside.hides("! 逾期 50 天，失约");
    let moved = aside.wheel("今日待办（24）", 2);
    moved.shows("─ 9/25 ┘");
}

#[test]
fn a_click_gives_a_pane_the_keys() {
    let list = demo(Lang::Zh, (120, 40)).press("j j j j j j").click("─ 下一步 ─").press("j j");
    list.shows("─ 7/25 ┘");
    let list = list.click("今日待办（24）").press("j j");
    list.shows("─ 9/25 ┘");
    list.click("─ 下一步 ─").click("云杉医疗").press("j").shows("─ 2/25 ┘");
}

#[test]
fn a_click_fills_in_a_form() {
    let form = demo(Lang::Zh, (120, 40)).press("j j j j j j c").click("微信");
    form.shows("[微信]");
    let form = form.click("提出争议");
    form.shows("[提出争议]");
    form.shows("[ ] P-2031-M4");
    let form = form.click("P-2031-M4");
    form.shows("[x] P-2031-M4");
    let form = form.click("备注").types("说下周付");
    form.shows("▸ 备注");
    form.shows("说下周付");
    let list = form.click("联系人 ").click("联系人 ");
    list.shows("┌ 联系人");
    list.press("Esc").shows("登记联系");
}

#[test]
fn what_stands_under_a_question_is_not_clicked() {
    let form =
        demo(Lang::Zh, (120, 40)).press("j j j j j j c").click("备注").types("x").press("Esc");
    form.shows("y 是");
    let still = form.click("备注");
    still.shows("y 是");
    still.click("y 是").shows("今日待办（24）");
}

#[test]
fn what_a_prompt_offers_is_clicked() {
    let filter = demo(Lang::En, (80, 24)).press("3 f").types("curr").click("currency:");
    filter.shows("Filter  currency:");
    let chosen = filter.click("EUR");
    chosen.shows("Filter  currency:EUR");
    let list = chosen.press("Enter");
    list.shows("Filter currency:EUR");
    let found = list.press("Esc /").types("nord").press("Tab").click("Nordlicht");
    found.press("Enter").shows("Find Nordlicht");
}

#[test]
fn what_is_longer_than_its_pane_has_a_bar_on_the_frame() {
    let bars = |size| {
        let screen = demo(Lang::Zh, size).press("j j j j j j").screen();
        screen.lines().filter(|line| line.ends_with('▐')).count()
    };
    assert!(bars((120, 30)) > 0);
    assert_eq!(bars((120, 160)), 0);
}
