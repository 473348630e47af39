//! Working through a worklist with few keys.

use super::*;
use crate::text::Lang;

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
    second.shows("▸华东水务     P-2040  M3 到货款");
    let third = second.press("c Enter");
    third.shows("今日待办（2）");
    third.shows("▸远景装备     P-2055  M2 验收款");
    third.press("c Enter").shows("▸远景装备     P-2056  M1 到货款");
}

#[test]
fn it_goes_on_from_the_middle_and_does_not_follow_into_what_waits() {
    let open = zh("G Enter");
    open.shows("M2 进度款");
    let second = open.press("g g j c Enter");
    second.shows("今日待办（3）");
    second.shows("▸远景装备     M2 验收款");
}

#[test]
fn behind_the_last_row_it_goes_back_to_the_one_before() {
    let last = zh("j j j H 等 Enter");
    last.shows("今日待办（3）");
    last.shows("▸远景装备     P-2055  M2 验收款");
}

#[test]
fn it_stays_where_something_is_left_to_do() {
    let paid = zh("p 1 w Enter");
    paid.shows("470,000.00");
    paid.shows("▸星河科技");
    let accepted = zh("j j A Enter");
    accepted.shows("▸远景装备     P-2055  M2 验收款   160,000.00         我方开票");
    zh("j S").shows("▸华东水务");
}

#[test]
fn on_another_list_it_stays_on_its_row() {
    zh("3 j c Enter").shows("▸华东水务");
    zh("4 j c Enter").shows("▸星河科技");
}
