//! What a person does, and what they see.

use rstest::rstest;

use super::kit::{day, opened, today};
use super::*;
use crate::domain::about::About;
use crate::domain::change::{Change, CustomerDraft, NoteDraft};
use crate::domain::ids::{CustomerId, EventId, MilestoneId};
use crate::domain::kinds::NoteKind;
use crate::exchange::snapshot;
use crate::portfolio::Portfolio;
use crate::store::Store;
use crate::text::Lang;
use crate::tui::data::{LastSeen, Seen};
use crate::tui::input::{Input, Key};
use crate::tui::runtime::Request;

fn zh(keys: &str) -> Played {
    Town::new().seen(Lang::Zh, (120, 40)).press(keys)
}

#[test]
fn the_worklist_comes_in_its_order_and_what_waits_is_folded() {
    let folded = zh("");
    assert!(folded.below("今日待办（4）", "! 催款函（失约）"));
    assert!(folded.below("催款函", "到期前提醒"));
    folded.shows("等待中（1）");
    folded.hides("M2 进度款");
    let open = folded.press("G Enter");
    open.shows("M2 进度款");
    open.shows("刚联系过，11-23 起可再催");
    open.press("Enter").hides("M2 进度款");
}

#[test]
fn the_pane_tells_why_the_next_step_is_next() {
    let played = Town::new().seen(Lang::Zh, (150, 40));
    played.shows("到期日 10-02 + 30 天 = 11-01");
    played.shows("失约");
    zh("Enter").shows("承诺 11-20 前付款未兑现，之后未跟进");
    played.shows("待客户付款（交付 09-01，验收");
    played.shows("138-0000-0001");
    let waiting = zh("G Enter G");
    waiting.press("Enter").shows("11-20 刚联系过，两次联系至少隔 3 天");
}

#[test]
fn a_key_explains_a_milestone_and_esc_goes_back() {
    let why = zh("E");
    why.shows("M3 验收款 的依据");
    why.shows("签约：应收 ¥480,000.00  #");
    why.shows("已过到期日；天数从到期日起算。");
    let end = why.press("G");
    end.shows("自到期日起 3 年");
    end.press("Esc").hides("的依据");
}

#[test]
fn a_key_says_what_the_totals_of_a_customer_or_a_project_are_made_of() {
    let customer = zh("5 E");
    customer.shows("的合计由哪些款项构成");
    customer.shows("M3 验收款");
    customer.press("Esc").hides("的合计由哪些款项构成");
    zh("2 E").shows("的合计由哪些款项构成");
}

#[test]
fn the_page_of_a_milestone_says_until_when_it_can_be_claimed() {
    zh("Enter").shows("2029-10-02 届满，自 2026-10-02 起算");
    zh("").hides("届满");
}

#[test]
fn enter_opens_the_whole_story_and_esc_goes_back() {
    let opened = zh("j Enter");
    opened.shows("M3 到货款");
    opened.hides("今日待办");
    let back = opened.press("Esc");
    back.shows("今日待办");
    back.shows("▸华东水务");
}

#[test]
fn tab_scrolls_the_story_and_not_the_list() {
    let small = Town::new().seen(Lang::Zh, (80, 24));
    small.hides("签约：应收 ¥480,000.00");
    let read = small.press("Tab G");
    read.shows("签约：应收 ¥480,000.00");
    read.shows("▸星河科技");
    let back = read.press("Esc j");
    back.shows("▸华东水务");
}

#[test]
fn a_search_by_pinyin_narrows_today_and_milestones() {
    let today = zh("/ h d s w Enter");
    today.shows("今日待办（1）");
    today.shows("华东水务");
    let all = zh("3 / x h k j Enter");
    all.shows("查找 xhkj");
    all.shows("2 笔，合计 ¥540,000.00");
    all.press("Esc").shows("节点（6）");
    zh("3 / q q q Enter").shows("没有符合的");
}

#[test]
fn a_filter_narrows_and_a_wrong_one_says_why() {
    let late = zh("3 f").types("overdue").press("Enter");
    late.shows("筛选 overdue");
    late.hides("质保金");
    let named = zh("3 f").types("customer:远景 -currency:USD").press("Enter");
    named.shows("节点（1 / 6）");
    let wrong = zh("3 f").types("colour:red").press("Enter");
    wrong.shows("筛选条件有误");
}

#[test]
fn the_order_changes_by_a_key() {
    let by_due = zh("3");
    assert!(by_due.below("M3 验收款", "M4 质保金"));
    let by_amount = by_due.press("o");
    by_amount.shows("排序：未收");
    assert!(by_amount.below("480,000.00", "60,000.00"));
    let by_customer = by_amount.press("o");
    by_customer.shows("排序：客户");
    assert!(by_customer.below("M4 质保金", "M2 进度款"));
    by_customer.press("o o o o o").hides("排序");
}

#[test]
fn marked_rows_are_added_up() {
    let marked = zh("3 Space Space");
    marked.shows("已选 2 笔，合计 ¥640,000.00");
    marked.press("Esc").shows("6 笔，合计 ¥1,020,000.00 + $25,000.00");
}

#[test]
fn closed_milestones_are_shown_on_request() {
    zh("3").hides("预付款");
    let all = zh("3 a");
    all.shows("含已结清");
    all.shows("+ 已结清");
    all.shows("M1 预付款");
    zh("3 a G Enter").shows("2026-03-14  到账 ¥300,000.00");
    zh("3 a a").hides("预付款");
}

#[test]
fn amounts_in_ten_thousands_are_for_the_eye() {
    let wan = zh("w");
    wan.shows("¥64.00万");
    wan.shows("48.00");
    wan.press("w").shows("¥640,000.00");
}

#[test]
fn only_what_is_told_in_ten_thousands_is_shown_so() {
    let wan = zh("w");
    wan.shows("未收(万)");
    wan.shows("$25,000.00");
    let customers = wan.press("5");
    customers.shows("应收款(万)");
    customers.press("3").shows("未收(万)");
    zh("w 2").shows("未收(万)");
    zh("5").hides("(万)");
}

#[test]
fn a_customer_who_owes_nothing_is_copied_as_a_sentence() {
    let mut town = Town::new();
    town.does(&Change::AddCustomer(CustomerDraft {
        code: "C009".to_owned(),
        name: "瑞峰电力".to_owned(),
        ..CustomerDraft::default()
    }));
    let copied = town.seen(Lang::Zh, (120, 40)).press("5 G y");
    copied.shows("已复制：瑞峰电力：没有未收款项。");
}

#[test]
fn an_empty_ledger_teaches() {
    let zh = Town::empty().seen(Lang::Zh, (80, 24));
    zh.shows("huikuan demo");
    zh.shows("导入已有的表格");
    Town::empty().seen(Lang::En, (80, 24)).press("3").shows("This ledger is empty");
}

#[test]
fn what_changed_since_the_last_look_can_be_dismissed() {
    let looked = |on: &str, event: i64| LastSeen::at(Seen { day: day(on), event });
    let mut town = Town::new();
    let before = town.store.last_event().unwrap();
    town.paid(CustomerId(2), 20_000, "2026-11-20", None);
    let played = town.seen_since(Lang::Zh, (120, 40), looked("2026-11-08", before.0));
    played.shows(
        "上次查看（11-08）以来：失约 1 笔，新增逾期 1 笔，到账 ¥20,000.00（gs 查看，Esc 收起）",
    );
    played.press("Esc").hides("上次查看");

    let town = Town::new();
    let last = town.store.last_event().unwrap();
    let quiet = town.seen_since(Lang::Zh, (120, 40), looked("2026-11-21", last.0));
    quiet.hides("上次查看");
    zh("").hides("上次查看");
}

#[test]
fn what_changed_since_the_last_look_is_listed_and_leads_on() {
    let changed = || {
        let mut town = Town::new();
        let before = town.store.last_event().unwrap();
        town.paid(CustomerId(2), 20_000, "2026-11-20", None);
        town.account(CustomerId(3), 1_000, "2026-11-21");
        let looked = LastSeen::at(Seen { day: day("2026-11-08"), event: before.0 });
        town.seen_since(Lang::Zh, (120, 40), looked).press("3 g s")
    };
    let list = changed();
    list.shows("上次查看（11-08）以来 4/4");
    list.shows("▸ 失约  星河科技 / P-2031 数据中台 / M3 验收款");
    list.shows("新增逾期  华东水务 / P-2040 管网监测 / M2 进度款");
    list.shows("到账  2026-11-20  华东水务");
    list.press("Enter").shows("P-2031-M3");
    let paid = changed().types("20,000").press("Enter");
    paid.shows("P-2040-M2");
    changed().types("1,000.00 远景").press("Enter").shows("Vision Equipment 远景装备");

    zh("g s").shows("上次查看以来没有失约");
}

#[test]
fn looks_are_kept_for_each_ledger() {
    let town = Town::new();
    let state = town.folder.path().join("state/last-look.json");
    let path = town.store.path().to_owned();
    let last = town.store.last_event().unwrap();
    let first = LastSeen::read(state.clone(), &path);
    kit::opened(town.store, "wang", first);
    let second = LastSeen::read(state.clone(), &path);
    assert_eq!(second.before(), Some(Seen { day: today(), event: last.0 }));
    let other = town.folder.path().join("other.db");
    assert_eq!(LastSeen::read(state, &other).before(), None);
}

#[test]
fn a_write_of_another_program_appears() {
    let town = Town::new();
    let mut other = Store::open(town.store.path()).unwrap();
    let mut played = town.seen(Lang::Zh, (100, 40));
    played.shows("逾期 ¥640,000.00 (2)");
    let change = Change::Hold {
        milestones: vec![MilestoneId(2)],
        since: today(),
        until: None,
        reason: "客户重组".to_owned(),
    };
    kit::write(&mut other, &change);
    played.app.poll();
    let played = played.press("");
    played.shows("暂停催款");
    assert!(other.last_event().unwrap() > EventId(0));
}

#[test]
fn undo_takes_back_and_says_what() {
    // What was recorded a while ago is named before it goes.
    let asked = zh("u");
    asked.shows("（记录");
    asked.shows("交付 P-2056-M1");
    let kept = asked.press("n");
    kept.hides("已撤销");
    let undone = kept.press("u y");
    undone.shows("已撤销：交付 P-2056-M1（U 重做）");
    undone.press("U").shows("已重做：交付 P-2056-M1（u 撤销）");
}

#[test]
fn what_was_saved_just_now_is_undone_at_once_and_by_name() {
    let saved = zh("3 c Enter");
    saved.shows("已登记联系");
    let undone = saved.press("u");
    undone.shows("已撤销：联系记录 P-2031-M3");
    undone.press("U").shows("已重做：联系记录 P-2031-M3");
}

#[test]
fn what_changed_nothing_leaves_nothing_to_undo() {
    let saved = zh("3 e Enter");
    saved.shows("没有变化");
    saved.hides("u 撤销）");
}

#[test]
fn a_wrong_entry_is_voided_and_stays_struck_through() {
    let chosen = zh("3 X");
    chosen.shows("作废 - 星河科技");
    chosen.shows("整个节点");
    let form = chosen.press("Enter");
    let refused = form.press("Enter");
    refused.shows("! 必填");
    let voided = refused.types("登错").press("Enter");
    voided.shows("已作废：登错");
    let page = voided.press("Enter G");
    page.shows("已作废：登错");
}

#[rstest]
#[case(
    "3 y",
    Lang::Zh,
    "星河科技 / P-2031 数据中台 / M3 验收款：未收 ¥480,000.00，到期日 2026-10-02，已逾期 50 天。"
)]
#[case(
    "3 y",
    Lang::En,
    "星河科技 / P-2031 数据中台 / M3 验收款: ¥480,000.00 open, due 2026-10-02, 50 days overdue."
)]
#[case("5 y", Lang::Zh, "星河科技：未收 ¥540,000.00，其中逾期 ¥480,000.00，最久已逾期 50 天。")]
#[case("5 j j y", Lang::Zh, "远景装备：未收 ¥160,000.00 + $25,000.00，均未逾期。")]
fn what_is_owed_is_copied_as_a_sentence(
    #[case] keys: &str,
    #[case] lang: Lang,
    #[case] sentence: &str,
) {
    let mut played = Town::new().seen(lang, (120, 40)).press(keys);
    let Some(Request::Copy(text)) = played.app.take_request() else {
        panic!("nothing was copied");
    };
    assert_eq!(text, sentence);
}

#[test]
fn marked_rows_are_copied_a_line_each() {
    let mut played = zh("3 Space Space y");
    let Some(Request::Copy(text)) = played.app.take_request() else {
        panic!("nothing was copied");
    };
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("M3 验收款") && text.contains("M2 "), "{text}");
}

#[test]
fn an_invoice_without_a_number_leaves_no_blank() {
    let saved = zh("3 G I Enter");
    saved.shows("已于 2026-11-21 开票（u 撤销）");
}

#[test]
fn midnight_changes_what_is_late() {
    let mut played = zh("");
    played.app.set_time(crate::clock::instant(), day("2026-11-22"));
    played.press("").shows("51 天");
}

#[test]
fn a_book_pasted_into_a_field_is_cut_and_that_is_said() {
    let played = Town::new().seen(Lang::Zh, (120, 40)).press("d").types(&"长".repeat(1 << 20));
    played.shows("2000");
}

/// The town, with the snapshot of a Friday two weeks ago.
fn frozen_town() -> Town {
    let mut town = Town::new();
    let mut portfolio = Portfolio::load(&town.store, day("2026-11-06")).unwrap();
    portfolio.name_customers(&town.store).unwrap();
    town.does(&snapshot::freeze(&portfolio, Lang::Zh).unwrap());
    town
}

#[test]
fn a_snapshot_of_a_past_week_shows_how_the_figures_went() {
    let new = Town::new().seen(Lang::Zh, (200, 40));
    new.shows("┌ 逾期 (2) ─");
    new.hides("较上次快照");
    let known = frozen_town().seen(Lang::Zh, (200, 40));
    known.shows("▆ █");
    known.shows("较上次快照 +160,000.00");
}

#[test]
fn where_tiles_have_no_room_the_figures_are_lines() {
    for size in [(109, 40), (120, 29), (80, 24)] {
        let small = frozen_town().seen(Lang::Zh, size);
        small.shows("逾期 ¥640,000.00 (2)");
        small.hides("┌ 逾期");
    }
    frozen_town().seen(Lang::Zh, (110, 30)).shows("┌ 逾期 (2) ─");
}

#[test]
fn the_rule_of_a_milestone_is_corrected_in_words() {
    zh("3 e").shows("验收 + 30 天");
}

#[test]
fn what_a_milestone_waits_for_is_asked_for_met_and_counted() {
    let asked = zh("Q").types("审计报告").press("Enter");
    asked.shows("已登记条件：审计报告");
    let page = asked.press("Enter");
    page.shows("条件 1 项，已满足 0 项");
    page.shows("交付物：审计报告，未满足");
    let met = page.press("Esc Q Enter Enter");
    met.shows("1 项条件已于 2026-11-21 满足");
    met.press("Enter").shows("条件 1 项，已满足 1 项");
}

#[test]
fn the_progress_of_a_project_is_noted_and_shown_with_its_day() {
    let noted = zh("2 %").types("60").press("Enter");
    noted.shows("已记：进度 60%");
    noted.press("Enter").shows("进度 60% (11-21)");
}

#[test]
fn a_refused_acceptance_stands_in_the_story() {
    let right = || Input::Key(Key::Right);
    let asked = zh("j A Tab").does(right()).does(right()).press("Tab").types("缺图纸");
    let refused = asked.press("Enter");
    refused.shows("2026-11-21 验收未通过");
    refused.press("Enter").shows("验收未通过，缺图纸");
}

#[test]
fn money_that_lies_there_is_allocated_before_anybody_is_called() {
    let mut town = Town::empty();
    crate::demo::small(&mut town.store, today(), crate::demo::Company::Chinese).unwrap();
    let first = town.seen(Lang::Zh, (120, 40));
    first.shows("核销 ¥50,000.00（P）");
    first.shows("1/25 ┘");
    let form = first.press("P").types("未核销").press("Enter");
    form.shows("核销未核销部分");
    let saved = form.press("Enter");
    saved.hides("核销 ¥50,000.00（P）");
    saved.shows("已核销");
    // Enter goes to the customer whose money it is.
    saved.press("g g Enter").shows("瑞峰电力");
}

fn noted(kind: NoteKind, about: About, wording: &str) -> Change {
    let number = (kind == NoteKind::Satisfaction).then_some(4);
    let wording = wording.to_owned();
    Change::AddNote(NoteDraft { kind, about, on: day("2026-11-10"), wording, number, until: None })
}

/// The town with what was noted of its first customer and milestone.
fn town_with_notes() -> Town {
    let mut town = Town::new();
    let (customer, milestone) = (About::Customer(CustomerId(1)), About::Milestone(MilestoneId(2)));
    town.does(&noted(NoteKind::Lesson, customer, "月底前三天不付款"));
    town.does(&noted(NoteKind::Satisfaction, customer, "响应慢"));
    town.does(&noted(NoteKind::Credit, customer, "评级下调"));
    town.does(&noted(NoteKind::Remark, milestone, "换了接口人"));
    town
}

#[test]
fn a_search_and_a_filter_find_what_notes_say() {
    let found = town_with_notes().seen(Lang::Zh, (120, 40)).press("3 /").types("接口人");
    let found = found.press("Enter");
    found.shows("节点（1 / ");
    let filtered = found.press("Esc f").types("note:接口人").press("Enter");
    filtered.shows("节点（1 / ");
    filtered.press("Esc f").types("satisfaction<5 credit:下调").press("Enter").hides("没有符合的");
    let none = town_with_notes().seen(Lang::Zh, (120, 40)).press("3 f");
    none.types("note:没有说过").press("Enter").shows("没有符合的");
}

#[test]
fn the_details_have_advice_lessons_and_how_the_customer_is() {
    let mut town = town_with_notes();
    town.does(&noted(NoteKind::Remark, About::Customer(CustomerId(1)), "再谈"));
    let Town { store, folder } = town;
    let mut ledger = opened(store, "wang", LastSeen::default());
    let text = "当 记事:接口人 → 先认识新接口人 → contact\n当 逾期 → 别处的建议";
    assert_eq!(ledger.set_playbook(text.to_owned()), []);
    let page = Played::kept(ledger, folder, Lang::Zh, (120, 70)).press("3 /").types("接口人");
    let page = page.press("Enter Enter");
    page.shows("先认识新接口人（c）");
    page.shows("月底前三天不付款");
    page.shows("4/10，响应慢，11-10");
    page.shows("评级下调");
    page.hides("别处的建议");
    assert!(page.below("依据", "先认识新接口人"));
}
