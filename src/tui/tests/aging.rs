//! What stands behind a cell of the aging table.

use super::*;
use crate::text::Lang;

fn zh(size: (u16, u16)) -> Played {
    Town::new().seen(Lang::Zh, size).press("6")
}

const WIDE: (u16, u16) = (120, 40);

#[test]
fn enter_opens_the_bucket_under_both_cursors() {
    let bucket = zh(WIDE).press("l l l Enter");
    bucket.shows("C001 星河科技有限公司 CNY，31-60，截至 2026-11-21");
    bucket.shows("M3 验收款");
    bucket.hides("M4 质保金");
    bucket.shows("合计                     480,000.00");

    let back = bucket.press("Esc");
    back.shows("账龄表");
    back.press("Enter").shows("CNY，31-60，");
}

#[test]
fn esc_drops_the_column_first() {
    let row = zh(WIDE).press("l l l Esc Enter");
    row.shows("C001 星河科技有限公司 CNY，截至 2026-11-21");
    row.shows("M4 质保金");
    row.shows("未到期 285 天");
    row.hides("-285");
}

#[test]
fn columns_are_walked_from_either_side_and_end_there() {
    let retention = zh(WIDE).press("h Enter");
    retention.shows("CNY，未到期质保，");
    retention.shows("1/1");
    zh(WIDE).press("h l l Enter").shows("CNY，未到期质保，");
    zh(WIDE).press("j l h h Enter").shows("华东水务集团 CNY，未到期，");
}

#[test]
fn what_is_not_due_has_the_retention_that_has_no_column() {
    let narrow = zh((80, 24));
    narrow.hides("未到期质保");
    let open = narrow.press("l Enter");
    open.shows("CNY，未到期，");
    open.shows("M4 质保金");
    open.shows("60,000.00");
}

#[test]
fn nothing_stands_behind_an_empty_cell() {
    zh(WIDE).press("l l Enter").shows("该格没有款项");
}

#[test]
fn another_set_of_buckets_has_no_column_chosen() {
    let years = zh(WIDE).press("l l l b b Enter");
    years.shows("C001 星河科技有限公司 CNY，截至 2026-11-21");
}

#[test]
fn a_click_opens_a_cell_with_something_in_it() {
    let bucket = zh(WIDE).click("16.00  16.00");
    bucket.shows("华东水务集团 CNY，未到期，");
    bucket.shows("M3 到货款");
    let chosen = zh(WIDE).click("华东水务");
    chosen.shows("▸华东水务");
    chosen.shows("账龄表");
}

#[test]
fn a_bar_is_filled_by_the_ages_of_its_row_however_large_another_is() {
    let table = zh(WIDE);
    table.shows("░▇▇▇▇▇▇▇▇▇▇▇");
    table.shows("░░░░░░▇▇▇▇▇▇");
}

#[test]
fn a_row_is_copied_as_a_sentence() {
    zh(WIDE).press("y").shows(
        "已复制：星河科技：截至 2026-11-21 应收 ¥540,000.00，其中已到期 ¥480,000.00：31-60 天 ¥480,000.00，\
         未到期质保金 ¥60,0…",
    );
    let en = Town::new().seen(Lang::En, (160, 40)).press("6 B B y");
    en.shows("540,000.00 receivable as of 2026-11-21: ");
    en.hides("of it past due");
}
