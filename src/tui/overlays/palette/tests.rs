use std::fs;

use rstest::rstest;

use super::*;
use crate::store::Store;
use crate::text::Lang;
use crate::tui::data::LastSeen;
use crate::tui::forms::Recording;
use crate::tui::screens::TABS;
use crate::tui::tests::kit::{Played, Town, opened, today};
use crate::tui::widgets::testing::ui;

fn everywhere(test: impl Fn(Palette, &mut Cx<'_>), lang: Lang) {
    let Town { store, folder } = Town::new();
    let mut ledger = opened(store, "王敏", LastSeen::default());
    fs::create_dir(folder.path().join("themes")).unwrap();
    fs::write(folder.path().join("themes/dusk.toml"), "base = \"dark\"").unwrap();
    ledger.filters.all.insert("急".to_owned(), "late>30".to_owned());
    ledger.filters.file = Some(folder.path().join("config.toml"));
    let mut cx = Cx { ledger: &mut ledger, ui: ui(lang) };
    let scopes = (TABS[0].open)().scopes();
    let palette = Palette::open(scopes, &Recent::default(), &cx).unwrap();
    test(palette, &mut cx);
}

/// What is chosen in an English line once this is typed.
fn chosen(lang: Lang, typed: &str) -> Option<String> {
    let (found, typed) = (std::cell::RefCell::new(None), typed.to_owned());
    everywhere(
        |mut palette, cx| {
            palette.paste(&typed);
            palette.refresh(cx).unwrap();
            let line = palette.picker.chosen().map(|pick| pick.value.text(Lang::En));
            found.replace(line);
        },
        lang,
    );
    found.into_inner()
}

fn line(action: Action) -> String {
    format!("{}: {}", action.label(Lang::En), action.help(Lang::En))
}

#[rstest]
#[case::pinyin(Lang::Zh, "zhanqi", Action::Record(Recording::Reschedule))]
#[case::chinese(Lang::Zh, "展期", Action::Record(Recording::Reschedule))]
#[case::english(Lang::En, "resch", Action::Record(Recording::Reschedule))]
#[case::english_on_a_chinese_screen(Lang::Zh, "undo", Action::Undo)]
#[case::chinese_on_an_english_screen(Lang::En, "账龄", Action::GoAging)]
fn a_key_is_found_by_its_name(#[case] lang: Lang, #[case] typed: &str, #[case] found: Action) {
    assert_eq!(chosen(lang, typed), Some(line(found)));
}

#[rstest]
#[case("theme dark", "Theme: dark")]
#[case("主题 mono", "Theme: mono")]
#[case("dusk", "Theme: dusk")]
#[case("lang en", "Language: English")]
#[case("language zh", "Language: 中文")]
#[case("xiaoxi", "Messages: the last 50 notices")]
#[case("xhkj", "C001 星河科技有限公司")]
#[case("c003", "C003 Vision Equipment 远景装备")]
#[case("gwjc", "P-2040 管网监测")]
#[case("gap_days", "Setting: days from a contact to a step")]
#[case("jibie 3", "Setting: step 3: formal notice")]
#[case("@急", "Filter @急: late>30")]
#[case("只看 我", "Only: mine (王敏)")]
#[case("everybody", "Only: everybody's")]
#[case("fenzu xiangmu", "Aging: by project")]
#[case("aged original", "Aging: aged by original due date")]
#[case("aging 2026-10-31", "Aging: as of 2026-10-31")]
#[case("账龄 上月底", "Aging: as of 2026-10-31")]
#[case("FILTER overdue pm:王", "Filter: overdue pm:王")]
#[case("筛选 overdue", "Filter: overdue")]
#[case("/星河", "Find: 星河")]
#[case("find xh", "Find: xh")]
fn what_has_no_key_is_found_in_either_language(#[case] typed: &str, #[case] found: &str) {
    for lang in [Lang::Zh, Lang::En] {
        assert_eq!(chosen(lang, typed).as_deref(), Some(found), "{lang}");
    }
}

#[test]
fn every_line_is_found_by_its_words_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        everywhere(
            |mut palette, _| {
                let all: Vec<Command> =
                    palette.picker.found().map(|(_, pick)| pick.value.clone()).collect();
                for command in &all {
                    for of in [Lang::Zh, Lang::En] {
                        palette.picker.retype(&command.text(of));
                        let mut found = palette.picker.found();
                        let text = command.text(lang);
                        assert!(found.any(|(_, pick)| pick.text == text), "{text}");
                    }
                }
                for tab in TABS {
                    let goes = |command: &Command| matches!(command, Command::Key(binding) if binding.action == tab.action);
                    assert!(all.iter().any(goes));
                }
            },
            lang,
        );
    }
}

fn zh() -> Played {
    Town::new().seen(Lang::Zh, (120, 40))
}

#[test]
fn enter_goes_there() {
    zh().press(":").types("xhkj").press("Enter").shows("C001 星河科技有限公司");
    zh().press(":").types("gwjc").press("Enter").shows("P-2040 管网监测");
    zh().press(":").types("gap_days").press("Enter").shows("▸上次联系后多少天内不再催");
    zh().press(":")
        .types("按项目分组")
        .press("Enter")
        .shows("账龄表，截至 2026-11-21（今天），按项目");
    zh().press(":").types("账龄 上月底").press("Enter").shows("账龄表，截至 2026-10-31");
    zh().press(":").types("筛选 overdue").press("Enter").shows("筛选 overdue");
    zh().press(":").types("/xh").press("Enter").shows("查找 xh");
    zh().press("s :").types("筛选 overdue").press("Enter").shows("节点（2 / 6）");
    zh().press("6 { :").types("账龄").press("Enter").shows("截至 2026-10-31");
}

#[test]
fn a_command_that_takes_something_says_what_and_why_not() {
    let asked = zh().press(":").types("账龄 日期").press("C-u").types("zl").press("Esc :");
    let day = asked.types("看某一天的账龄").press("Enter");
    day.shows("/ 账龄");
    day.shows("空一格，再写截至日");
    let wrong = day.types("13-45");
    wrong.shows("! ");
    let later = wrong.press("C-u").types("aging 2027-01-01");
    later.shows("! 2027-01-01");
    later.press("Enter").shows("! 2027-01-01");

    let begun = zh().press(":").types("filter status:pa");
    begun.shows("空一格，再写条件");
    begun.press("Enter").shows("! ");
}

#[test]
fn what_was_chosen_lately_stands_first() {
    let again = zh().press(":").types("yuanjing").press("Enter Esc :").types("lang zh");
    let again = again.press("Enter :");
    again.shows("▸ 语言：中文");
    assert!(again.below("▸ 语言：中文", "C003 Vision Equipment 远景装备"));
    assert!(again.below("C003 Vision Equipment 远景装备", "登记收款并核销"));
    again.press("Enter").shows("已切换为中文");
}

#[test]
fn a_filter_that_cannot_be_read_says_so() {
    let wrong = zh().press(":").types("筛选 late>x");
    wrong.shows("/ 筛选 late>x");
    wrong.shows("│   ! ");
    wrong.hides("空一格");
}

#[test]
fn a_snapshot_is_gone_back_to_and_its_files_are_copied_from_the_messages() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::throwaway(folder.path()).unwrap();
    crate::demo::small(&mut store, today(), crate::demo::Company::Chinese).unwrap();
    let ledger = opened(store, "wang", LastSeen::default());
    let taken = Played::of(ledger, Lang::Zh, (120, 40)).press("S");
    let mut messages = taken.press("z z :").types("messages").press("Enter");
    messages.shows("▸");
    messages = messages.press("Tab Tab y");
    messages.shows("已复制：账龄快照 2026-W47");
    let back = messages.press("6 { 1 :").types("kuaizhao w47");
    back.shows("快照 2026-W47：截至 2026-11-21 的账龄");
    back.press("Enter").shows("账龄表，截至 2026-11-21");
}

#[rstest]
#[case(Lang::Zh, "导出 回款.xlsx", Some("Export: write 回款.xlsx"))]
#[case(Lang::En, "export ~/a b.csv", Some("Export: write ~/a b.csv"))]
#[case(Lang::En, "export a.pdf", None)]
fn a_file_is_named_behind_export(
    #[case] lang: Lang,
    #[case] typed: &str,
    #[case] line: Option<&str>,
) {
    assert_eq!(chosen(lang, typed).as_deref(), line);
}

#[test]
fn the_list_is_written_as_it_is_filtered() {
    everywhere(
        |_, cx| {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("late.csv");
            let filter = cx.ledger.filter("late>30").unwrap();
            let written =
                cx.ledger.write_list(file.to_str().unwrap(), &filter, false, Lang::En).unwrap();
            assert_eq!(written, file);
            let late = cx.ledger.portfolio.items().iter();
            let late = late.filter(|item| item.days_late(today()) > 30).count();
            let lines = fs::read_to_string(&file).unwrap();
            let rows = lines.matches(",overdue,").count();
            assert!(late > 0 && rows == late, "{late}: {lines}");
            let ledger = cx.ledger.store.path().to_owned();
            let error = cx.ledger.write_list(ledger.to_str().unwrap(), &filter, false, Lang::En);
            assert!(matches!(error, Err(crate::error::Error::OntoLedger(_))), "{error:?}");
        },
        Lang::En,
    );
}
