//! Projects, Dunning, Customers, Aging and the weekly snapshot: what a person does, and what they see.

use rstest::rstest;

use super::kit::{day, today};
use super::*;
use crate::domain::change::{Change, MilestoneDraft, ProjectDraft};
use crate::domain::due::DueRule;
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::policy::Setting;
use crate::store::Store;
use crate::text::Lang;
use crate::text::width::width;
use crate::tui::data::LastSeen;

/// The town, with a dispute over a part, a hold and money on account.
fn town() -> Town {
    let mut town = Town::new();
    let store = &town.store;
    let id = |key: &str| store.find_milestone(key).unwrap();
    let (progress, soon) = (id("P-2040-M2"), id("P-2040-M3"));
    let waterworks = store.find_customer("C002").unwrap();
    town.does(&Change::OpenDispute {
        milestone: progress,
        amount: Some(3_000_000),
        reason: "两块表计数不准".to_owned(),
        owner: "李卓然".to_owned(),
        on: day("2026-11-15"),
    });
    town.does(&Change::Hold {
        milestones: vec![soon],
        since: day("2026-11-20"),
        until: Some(day("2026-12-10")),
        reason: String::new(),
    });
    town.account(waterworks, 20_000, "2026-11-18");
    town
}

fn zh(keys: &str) -> Played {
    town().seen(Lang::Zh, (120, 40)).press(keys)
}

/// The town, with the first project paid in full and one without a plan.
fn paid_town() -> Town {
    let mut town = town();
    for (key, amount) in [("P-2031-M3", 480_000), ("P-2031-M4", 60_000)] {
        let milestone = town.store.find_milestone(key).unwrap();
        town.paid(CustomerId(1), amount, "2026-11-21", Some(milestone));
    }
    let known = town.store.find_project("P-2040").unwrap();
    let known = town.store.project_draft(known).unwrap();
    town.does(&Change::AddProject(ProjectDraft { code: "P-1000".to_owned(), ..known }));
    town
}

#[test]
fn projects_stand_overdue_first_and_what_is_finished_is_shown_on_request() {
    let overdue = zh("2");
    overdue.shows("项目（4）");
    assert!(overdue.below("P-2031", "P-2040"));
    let paid = paid_town().seen(Lang::Zh, (120, 40)).press("2");
    paid.shows("项目（4）");
    paid.hides("P-2031");
    assert!(paid.below("P-2056", "P-1000"));
    let all = paid.press("a");
    all.shows("项目（5） - 含已结清");
    assert!(all.below("P-1000", "P-2031"));
    all.press("a").hides("P-2031");
}

#[test]
fn a_filter_of_projects_looks_at_what_is_open() {
    let filtered = paid_town().seen(Lang::Zh, (120, 40)).press("2 a f");
    let filtered = filtered.types("overdue").press("Enter");
    filtered.shows("项目（1）");
    filtered.shows("P-2040");
}

#[test]
fn whose_project_it_is_is_read_in_a_narrow_terminal() {
    let narrow = town().seen(Lang::Zh, (80, 24)).press("2");
    narrow.shows("远景装备");
}

#[test]
fn the_title_of_the_column_says_the_order() {
    let overdue = zh("2");
    overdue.shows("▼逾期");
    let open = overdue.press("o");
    open.shows("▼未收");
    let code = open.press("o");
    code.shows("▲编号");
    assert!(code.below("▸P-2031", "P-2040"));
    let back = code.press("O");
    back.shows("▼编号");
    assert!(back.below("P-2056", "P-2040"));
    assert!(back.below("P-2040", "▸P-2031"));
    back.press("o").shows("▼逾期");
}

#[test]
fn a_click_on_a_title_sorts_and_another_reverses() {
    let customers = zh("5").click("编号");
    customers.shows("▲编号");
    let back = customers.click("编号");
    back.shows("▼编号");
    assert!(back.below("  C003", "▸C001"));
    let due = town().seen(Lang::Zh, (100, 40)).press("3").click("到期日");
    due.shows("▼到期日");
    assert!(due.below("M4 质保金", "M3 验收款"));
    let none = zh("5").click("分级");
    none.shows("▼逾期");
}

#[test]
fn beside_the_projects_stands_how_far_the_contract_is_paid_and_its_plan() {
    let project = zh("2");
    project.shows("合同额 ¥840,000.00");
    project.shows("█ 已回款 ¥300,000.00");
    project.shows("▒ 已到期 ¥480,000.00");
    project.shows("░ 未到期 ¥60,000.00");
    project.shows("M1 预付款  2026-03-14  + 已结清");
    project.shows("M3 验收款  2026-10-02  ! 逾期 50 天");
    project.press("j").shows("▓ 已开票 ¥160,000.00");
    town().seen(Lang::Zh, (80, 24)).press("2").hides("回款计划");
}

#[test]
fn beside_the_customers_stands_whom_to_call_and_what_was_said() {
    let customers = town().seen(Lang::Zh, (150, 40)).press("5");
    customers.shows("李雷  财务  138-0000-0001");
    customers.shows("一般催款，已知悉，说下月");
    customers.hides("到期提醒，已知悉");
    customers.press("j").shows("到期提醒，已知悉");
}

#[test]
fn a_plan_shows_what_is_closed_too_and_adds_up() {
    let plan = zh("2 Enter");
    plan.shows("P-2031 数据中台  C001 星河科技有限公司  王敏  进行中");
    plan.shows("M1 预付款");
    plan.shows("+ 已结清");
    plan.shows("计划合计 ¥840,000.00");
    plan.shows("540,000.00");
    let story = plan.press("j Tab");
    story.shows("失约");
    let opened = story.press("Esc Enter");
    opened.hides("计划合计");
    opened.press("Esc Esc").shows("项目（4）");
}

#[test]
fn a_search_that_finds_nothing_says_so() {
    for view in ["2", "2 Enter", "5", "6"] {
        let empty = zh(view).press("/").types("nosuchname").press("Enter");
        empty.shows("没有找到");
    }
}

#[test]
fn the_ladder_says_what_to_do_now_and_what_waits() {
    let ladder = zh("4");
    ladder.shows("3 催款函 (1)");
    ladder.shows("发函，语气坚定");
    assert!(ladder.below("3 催款函 (1)", "失约未跟进"));
    ladder.hides("2 一般催款 (");
    assert!(ladder.below("失约 (1)", "11-20 失约，未跟进"));
    assert!(ladder.below("争议 (1)", "部分，自 11-15"));
    assert!(ladder.below("暂停催款 (1)", "至 12-10"));
    assert!(ladder.below("等待中 (1)", "刚联系过"));
}

#[test]
fn a_group_of_the_ladder_folds_and_stays_folded() {
    let folded = town().seen(Lang::Zh, (80, 24)).press("4 Enter");
    folded.shows("▸ 3 催款函 (1)");
    folded.hides("失约未跟进");
    folded.shows("▼ 失约 (1)");
    let later = folded.press("5 4");
    later.hides("失约未跟进");
    later.press("g g Enter").shows("失约未跟进");
}

#[test]
fn other_currencies_of_a_group_are_said_in_words() {
    let mut town = Town::empty();
    crate::demo::small(&mut town.store, today(), crate::demo::Company::Chinese).unwrap();
    let ladder = town.seen(Lang::En, (80, 24)).press("4");
    ladder.shows("+1 currency;");
}

#[test]
fn the_ladder_has_the_details_beside_it() {
    let ladder = zh("4");
    // Beside a heading stands what waits on each step.
    ladder.shows("┌ 各级催款 ");
    ladder.shows("3 催款函      1   480,000.00");
    let entry = ladder.press("j");
    entry.hides("各级催款");
    entry.shows("星河科技 / ");
    let narrow = town().seen(Lang::Zh, (100, 30)).press("4");
    narrow.hides("各级催款");
    narrow.press("j").hides("星河科技 / ");
}

/// The picture of a view stands below the list in a tall terminal and beside it in a wide one, and nowhere else.
#[rstest]
#[case::today("1", "本周与下周：到期与承诺", true)]
#[case::projects("2", "预计回款，按月", true)]
#[case::milestones("3", "预计回款，按月", true)]
#[case::customers("5", "应收集中度：前 2 家", true)]
#[case::aging("6", "应收账龄构成", false)]
fn a_view_has_its_picture(#[case] keys: &str, #[case] title: &str, #[case] is_beside: bool) {
    let title = format!("┌ {title} ─");
    let at = |size| town().seen(Lang::Zh, size).press(keys);
    at((120, 45)).shows(&title);
    at((120, 44)).hides(&title);
    at((159, 40)).hides(&title);
    let wide = at((160, 40));
    if is_beside {
        wide.shows(&title);
    } else {
        wide.hides(&title);
    }
}

#[test]
fn the_funnel_beside_the_ladder_leaves_the_details_to_a_heading() {
    let ladder = town().seen(Lang::Zh, (120, 45)).press("4");
    ladder.shows("┌ 各级催款 ");
    ladder.shows("星河科技 / ");
}

#[test]
fn details_with_room_have_the_plan_of_the_project_below() {
    let large = town().seen(Lang::Zh, (200, 60)).press("j");
    large.shows("┌ P-2031 数据中台  C001 星河科技有限公司");
    large.shows("M1 预付款  2026-03-14  + 已结清");
    // Beside the plan itself it would stand there twice.
    let plan = large.press("2 Enter");
    plan.hides("M1 预付款  2026-03-14  + 已结清");
    town().seen(Lang::Zh, (200, 50)).hides("┌ P-2031 数据中台");
}

#[test]
fn a_picture_is_of_what_is_shown() {
    let all = town().seen(Lang::Zh, (120, 50)).press("3");
    all.shows("▒ 预计  另有 1 种外币");
    let filtered = all.press("f").types("customer:C002").press("Enter");
    filtered.shows("┌ 预计回款，按月 ─");
    filtered.hides("外币");
    filtered.press("Esc f").types("customer:nobody").press("Enter").hides("预计回款");
}

#[test]
fn amounts_of_pictures_are_in_ten_thousands_when_all_are() {
    let exact = town().seen(Lang::Zh, (120, 45)).press("5");
    exact.shows("480,000.00");
    let wan = exact.press("w");
    wan.shows("应收集中度：前 2 家，单位：万元");
    wan.hides("480,000.00");
}

#[test]
fn a_row_of_the_ladder_opens_its_milestone() {
    let opened = zh("4").press("/").types("xhkj").press("Enter");
    opened.shows("查找 xhkj");
    opened.hides("华东水务");
    let story = opened.press("G Enter");
    story.shows("P-2031-M3");
    story.press("Esc").shows("查找 xhkj");
}

#[test]
fn the_ladder_is_filtered_as_any_list_of_milestones() {
    let filtered = zh("4").press("f").types("customer:C002").press("Enter");
    filtered.hides("星河科技");
    filtered.shows("华东水务");
}

#[rstest]
#[case::zh(Lang::Zh, "没有字段", "已换为")]
#[case::en(Lang::En, "no field", "is now")]
fn a_filter_that_cannot_be_read_is_not_left(
    #[case] lang: Lang,
    #[case] why: &str,
    #[case] never: &str,
) {
    let wrong = town().seen(lang, (80, 24)).press("3 f").types("nosuch:1");
    wrong.shows(why);
    let still = wrong.press("Enter e Enter");
    still.shows("nosuch:1e");
    still.hides(never);
    let mended = still.press("C-u").types("customer:C002").press("Enter");
    mended.hides("星河科技");
    mended.shows("华东水务");
}

#[test]
fn tab_completes_fields_and_values_of_a_filter() {
    let begun = zh("3 f").types("kehu");
    begun.shows("Tab  客户:");
    let field = begun.press("Tab");
    field.shows("客户:");
    field.shows("星河科技");
    let value = field.types("hdsw").press("Tab Enter");
    value.hides("星河科技");
    value.shows("筛选 客户:华东水务");
    let several = zh("3 f").types("status:").press("Tab Tab");
    several.shows("status:已结清");
    several.press("Esc").shows("星河科技");
}

#[test]
fn who_owes_most_for_longest_stands_first() {
    let customers = zh("5");
    assert!(customers.below("星河科技", "华东水务"));
    assert!(customers.below("华东水务", "远景装备"));
    customers.shows("20,000.00");
    let found = customers.press("/").types("ysh").press("Enter");
    found.shows("没有找到");
    let found = found.press("Esc /").types("yjzb").press("Enter");
    found.shows("远景装备");
    found.hides("华东水务");
}

#[test]
fn a_customer_s_screen_tells_whom_to_call_and_what_was_paid() {
    let customer = zh("5 j Enter");
    customer.shows("李雷  财务  138-0000-0001");
    customer.shows("11-20，可再联系");
    customer.shows("未核销收款 ¥20,000.00");
    customer.shows("未结清节点 (2)");
    customer.shows("收款 (2)");
    town().seen(Lang::Zh, (200, 60)).press("5 j Enter").shows("P-2040-M2 50,000.00");
    let galaxy = zh("5 Enter");
    galaxy.shows("兑现 0，未兑现 1，待兑现 0");
}

#[test]
fn a_customer_s_screen_tells_what_was_promised_and_said_the_last_first() {
    for size in [(150, 40), (80, 24)] {
        let galaxy = town().seen(Lang::Zh, size).press("5 Enter");
        galaxy.shows("2026-11-20  P-2031-M3，¥480,000.00，未兑现");
        let read = galaxy.press("Tab G");
        assert!(read.below("2026-11-10  日常联络", "2026-10-09  电话，一般催款"));
        let screen = read.press("Tab j").screen();
        let cursor = screen.lines().find(|line| line.contains('▸'));
        assert!(cursor.is_some_and(|line| line.contains("M4 质保金")), "{screen}");
    }
}

#[test]
fn a_customer_s_closed_milestones_stand_on_a_tab() {
    let galaxy = zh("5 Enter");
    galaxy.hides("M1 预付款");
    let closed = galaxy.press("[");
    assert!(closed.below("已结清节点", "M1 预付款"));
    closed.press("m").shows("该款项已结清");
    zh("5 Enter [ ]").hides("M1 预付款");
}

#[test]
fn the_cursor_passes_over_what_only_names_a_section() {
    let customer = zh("5 j Enter");
    customer.shows("▸M2 进度款");
    customer.shows("1/4");
    let paid = customer.press("j j");
    paid.shows("▸#3 电汇");
    let back = paid.press("k");
    back.shows("▸M3 到货款");
    let first = back.press("G g g");
    first.shows("▸M2 进度款");
    first.shows("未结清节点 (2)");
}

#[test]
fn the_as_of_day_moves_by_days_and_by_month_ends() {
    let table = zh("6");
    table.shows("账龄表，截至 2026-11-21（今天），按客户");
    table.shows("按到期日起算，账龄段 30/60/90/180/365 天");
    let before = table.press("{");
    before.shows("截至 2026-10-31，按客户");
    before.hides("160,000.00");
    let earlier = before.press("[");
    earlier.shows("截至 2026-10-30，按客户");
    let later = earlier.press("] }");
    later.shows("截至 2026-11-21（今天）");
    later.press("]").shows("截至日不能晚于今天");
}

#[test]
fn the_as_of_day_is_typed_and_goes_back_to_today() {
    let form = zh("6 [ =");
    form.shows("截至哪一天");
    form.shows("2026-11-20");
    let wrong = form.types("2027-01-01").press("Enter");
    wrong.shows("截至哪一天");
    let before = wrong.press("C-u").types("上月底").press("Enter");
    before.hides("截至哪一天");
    before.shows("截至 2026-10-31，按客户");
    before.press("t").shows("截至 2026-11-21（今天），按客户");
}

#[test]
fn the_table_steps_through_groupings_buckets_and_bases() {
    let table = town().seen(Lang::Zh, (200, 60)).press("6 v");
    table.shows("按项目");
    table.shows("P-2031");
    let table = table.press("v v v");
    table.shows("按币种");
    let table = table.press("b");
    table.shows("账龄段 30/60/90 天");
    table.shows("91+");
    let table = table.press("b B B");
    table.shows("账龄段按年");
    table.shows("按确认日");
    table.hides("未到期");
}

#[rstest]
#[case(Lang::Zh, (80, 24), &["未到期", "1-30", "31-60", "61-90", "91-180", "181-365", "366+", "合计(万)", "48.00"])]
#[case(Lang::Zh, (120, 40), &["未到期", "366+", "已到期", "未到期质保", "合计(万)", "账龄构成"])]
#[case(Lang::En, (80, 24), &["Not due", "1-30", "91-180", "181-365", "366+", "Total (k)", "480.0"])]
#[case(Lang::En, (200, 60), &["Not due", "366+", "Past due", "Retention", "480,000.00", "Items", "By age"])]
fn every_bucket_is_always_there(
    #[case] lang: Lang,
    #[case] size: (u16, u16),
    #[case] shown: &[&str],
) {
    let played = town().seen(lang, size).press("6");
    for text in shown {
        played.shows(text);
    }
    played.hides(" 0.00 ");
}

#[test]
fn without_a_column_of_its_own_retention_is_not_due() {
    // 60,000 of retention beside 480,000.
    let narrow = town().seen(Lang::Zh, (80, 24)).press("6");
    narrow.hides("质保");
    let screen = narrow.screen();
    let row = screen.lines().find(|line| line.contains("星河科技")).unwrap();
    let amounts = row.split([' ', '│', '▐']).filter(|text| text.ends_with(".00"));
    assert_eq!(amounts.collect::<Vec<_>>(), ["6.00", "48.00", "54.00"]);
}

#[test]
fn more_buckets_than_fit_end_with_all_that_are_older() {
    let mut town = town();
    let edges: Vec<String> = (1..=20).map(|at| (at * 10).to_string()).collect();
    town.does(&Change::Set { setting: Setting::Buckets, value: Some(edges.join(",")) });
    let narrow = town.seen(Lang::En, (80, 24)).press("6");
    narrow.shows("61+");
    narrow.hides("201+");
    narrow.shows(" 480.0 ");
}

#[test]
fn one_currency_needs_no_column() {
    let mut town = Town::empty();
    crate::demo::small(&mut town.store, today(), crate::demo::Company::Chinese).unwrap();
    let table = town.seen(Lang::En, (200, 60)).press("6 f").types("currency:CNY").press("Enter");
    table.shows("Not due");
    table.hides("CNY  ");
}

#[test]
fn behind_a_row_stand_the_milestones_that_add_up_to_it() {
    let behind = zh("6 Enter");
    behind.shows("C001 星河科技有限公司 CNY，截至 2026-11-21");
    behind.shows("M3 验收款");
    behind.shows("540,000.00");
    behind.hides("华东水务");
    let back = behind.press("Esc");
    back.shows("账龄表，截至 2026-11-21（今天）");
    let before = back.press("{ Enter");
    before.shows("截至 2026-10-31");
    before.shows("29");
}

#[test]
fn money_on_account_has_no_milestones_behind_it() {
    let table = zh("6 v").press("/").types("weihexiao").press("Enter Enter");
    table.shows("未核销收款不属于任何节点");
}

#[test]
fn ten_thousands_are_said_above_the_table() {
    zh("6 w").shows("单位：万元");
}

/// The demo in a file, with the frozen Fridays of a year.
fn demo(lang: Lang, size: (u16, u16)) -> (tempfile::TempDir, Played) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("ledger.db")).unwrap();
    crate::demo::small(&mut store, today(), crate::demo::Company::Chinese).unwrap();
    let ledger = kit::opened(store, "wang", LastSeen::default());
    (folder, Played::of(ledger, lang, size))
}

/// The snapshots, the oldest first.
fn frozen(folder: &tempfile::TempDir) -> Vec<crate::store::SnapshotHead> {
    let mut heads = Store::open(&folder.path().join("ledger.db")).unwrap().snapshots().unwrap();
    heads.sort_by_key(crate::store::SnapshotHead::place);
    heads
}

#[test]
fn the_snapshot_says_where_its_pack_is() {
    let (folder, played) = demo(Lang::En, (160, 40));
    let played = played.press("S");
    let book = folder.path().join("files/2026-W47/aging-2026-W47.xlsx");
    played.shows(&format!("snapshot 2026-W47: {} .html (u undoes)", book.display()));
    assert!(book.is_file());
    let again = played.press("S");
    again.shows("aging-2026-W47-2.xlsx .html (u undoes)");
    again.press("u").shows("undone");
    assert!(book.is_file());
}

#[test]
fn a_throw_away_ledger_has_its_pack_in_a_throw_away_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::throwaway(folder.path()).unwrap();
    crate::demo::small(&mut store, today(), crate::demo::Company::Chinese).unwrap();
    let ledger = kit::opened(store, "wang", LastSeen::default());
    let files = crate::tui::data::throwaway_folder().unwrap();
    Played::of(ledger, Lang::En, (160, 40)).press("S").shows(&files.display().to_string());
    assert!(std::fs::read_dir(files).unwrap().count() > 0);
}

#[test]
fn what_cannot_be_written_leaves_the_snapshot_taken() {
    let (folder, played) = demo(Lang::En, (160, 40));
    std::fs::write(folder.path().join("files"), "in the way").unwrap();
    let played = played.press("S");
    played.shows("the snapshot is taken, but its files could not be written");
    assert_eq!(frozen(&folder).len(), 12);
}

#[rstest]
#[case(Lang::Zh, (120, 40))]
#[case(Lang::En, (120, 40))]
#[case(Lang::Zh, (80, 24))]
fn what_moved_is_shown_and_what_stands_behind_it(#[case] lang: Lang, #[case] size: (u16, u16)) {
    let name = |what: &str| format!("{what}_{lang}_{}x{}", size.0, size.1);
    let (_folder, played) = demo(lang, size);
    let played = played.press("g w");
    insta::assert_snapshot!(name("snapshots"), played.screen());
    let played = played.press("j j j Enter");
    insta::assert_snapshot!(name("movement"), played.screen());
    let played = played.press("j Enter");
    insta::assert_snapshot!(name("movement_behind"), played.screen());
}

#[test]
fn what_moved_is_told_by_group_too() {
    let (_folder, played) = demo(Lang::Zh, (160, 40));
    let played = played.press("g w j j j Enter v");
    insta::assert_snapshot!("movement_by_customer", played.screen());
    let played = played.press("G Enter");
    insta::assert_snapshot!("movement_behind_customer", played.screen());
    let played = played.press("Esc v v v");
    played.shows("质保金");
    played.press("v").shows("期初");
}

/// The line of the closing.
fn closing(played: &Played) -> String {
    let screen = played.screen();
    screen.lines().find(|line| line.contains("Closing")).unwrap().to_owned()
}

#[test]
fn what_moved_is_narrowed_by_what_is_looked_for() {
    let (_folder, played) = demo(Lang::En, (160, 40));
    let all = played.press("g w j j j Enter");
    let before = closing(&all);
    let found = all.press("/").types("P-2031").press("Enter");
    found.shows("Find P-2031");
    assert_ne!(closing(&found), before);
    let behind = found.press("G Enter");
    let rows = behind.screen();
    let mut rows = rows.lines().filter(|line| line.contains("P-")).peekable();
    assert!(rows.peek().is_some() && rows.all(|line| line.contains("P-2031")));
    let none = behind.press("Esc /").types("nobody at all").press("Enter");
    none.shows("nothing found");
    assert_eq!(closing(&none.press("Esc")), before);
}

#[test]
fn what_moved_is_narrowed_by_whose_money_is_looked_at() {
    let (_folder, played) = demo(Lang::En, (160, 40));
    let all = played.press("g w");
    all.hides("whoever is looked at");
    let hers = all.press(",").types("王敏").press("Enter");
    hers.shows("Snapshots are of everybody's money, whoever is looked at");
    let hers = hers.press("j j j Enter");
    hers.shows("王敏");
    assert!(closing(&hers).contains("2,204,000.00"), "{}", hers.screen());
    let by_manager = hers.press("v v v");
    by_manager.shows("270,000.00");
    by_manager.hides("周婷");
}

#[test]
fn a_week_is_found_among_the_snapshots() {
    let (folder, played) = demo(Lang::En, (160, 40));
    let heads = frozen(&folder);
    let (own, before) = (&heads[heads.len() - 4], &heads[heads.len() - 5]);
    let found = played.press("g w /").types(&own.iso_week).press("Enter");
    found.shows("1/1");
    found.press("Enter").shows(&format!("as of {}) to snapshot {}", before.as_of, own.iso_week));
}

#[test]
fn a_snapshot_is_compared_with_the_one_that_is_marked() {
    let (folder, played) = demo(Lang::En, (160, 40));
    let heads = frozen(&folder);
    let (last, third) = (&heads[heads.len() - 1], &heads[heads.len() - 3]);
    let played = played.press("g w j j j Space k k k Enter");
    played.shows(&format!("as of {}) to snapshot {}", third.as_of, last.iso_week));
    played.press("Esc Esc Esc").hides("Aging snapshots");
}

#[test]
fn after_the_snapshot_stands_what_moved_since_the_last() {
    let (_folder, played) = demo(Lang::En, (160, 40));
    let played = played.press("S");
    played.shows("to snapshot 2026-W47");
    played.shows("Opening");
    played.press("Esc").shows("Overdue");
}

#[test]
fn the_first_snapshot_has_nothing_to_be_compared_with() {
    let played = Town::new().seen(Lang::En, (120, 40)).press("S");
    played.shows("snapshot 2026-W47");
    played.press("g w j Enter").shows("none to compare it with");
}

#[test]
fn a_change_shows_in_every_view() {
    let mut town = town();
    let late = town.store.find_milestone("P-2031-M3").unwrap();
    town.paid(CustomerId(1), 480_000, "2026-11-21", Some(late));
    let played = town.seen(Lang::Zh, (120, 40));
    let played = played.press("4");
    played.hides("3 催款函 (");
    let played = played.press("5");
    assert!(played.below("华东水务", "星河科技"));
    played.press("6").shows("60,000.00");
}

#[test]
fn what_past_due_is_made_of_is_read_in_a_narrow_terminal() {
    let mut town = town();
    let project = town.store.find_project("P-2031").unwrap();
    let large = MilestoneDraft {
        agreed_on: Some(day("2026-01-05")),
        rule: DueRule::fixed(day("2026-10-02")),
        ..MilestoneDraft::new(project, "M9", 800_000_000_000)
    };
    let milestone = MilestoneId(town.does(&Change::AddMilestone(large)));
    town.does(&Change::OpenDispute {
        milestone,
        amount: Some(300_000_000_000),
        on: today(),
        reason: "defects".to_owned(),
        owner: String::new(),
    });
    let played = town.seen(Lang::En, (80, 24)).press("6");
    for term in
        ["Past due ¥8,000,640,000.00 ", "= Overdue ¥5,000,6", "+ disputed ¥3,000,030,000.00"]
    {
        played.shows(term);
    }
}

#[test]
fn the_basis_is_read_to_its_end_in_a_small_terminal() {
    let small = town().seen(Lang::En, (60, 16)).press("6");
    small.shows("thousands");
}

#[test]
fn tiles_are_as_wide_as_the_frames_below() {
    let today = town().seen(Lang::Zh, (120, 40));
    let lines = today.terminal.lines();
    let (tiles, list) = (&lines[1], &lines[5]);
    assert!(tiles.starts_with('┌') && list.starts_with('┌'), "{}", today.screen());
    assert_eq!(width(tiles), width(list));
}

#[test]
fn only_what_is_told_in_ten_thousands_is_aged_so() {
    let mut town = Town::empty();
    crate::demo::small(&mut town.store, today(), crate::demo::Company::Chinese).unwrap();
    let wan = town.seen(Lang::Zh, (200, 60)).press("6 w");
    wan.shows("合计(万)");
    wan.shows("1,418.36");
    wan.shows("$188,000.00");
    wan.hides("18.80");
}

#[test]
fn a_heading_of_the_ladder_has_the_blank_cells_beside_it() {
    let small = town().seen(Lang::En, (60, 16)).press("4");
    small.shows("▼ 3 formal notice");
}

#[test]
fn a_wide_screen_says_what_is_to_be_done_before_it_names_the_project_again() {
    let narrow = Town::new().seen(Lang::En, (124, 40));
    narrow.hides("formal notice (broken promise)");
    let wide = Town::new().seen(Lang::En, (128, 40));
    wide.shows("! formal notice (broken promise)");
    Town::new().seen(Lang::En, (160, 40)).shows("Project");
}
