//! Settings and people on the screen: seen, changed, taken back.

use std::path::PathBuf;

use rstest::rstest;

use super::*;
use crate::domain::change::Change;
use crate::domain::kinds::Role;
use crate::domain::policy::{Policy, Setting};
use crate::store::Store;
use crate::text::Lang;

#[rstest]
#[case(Lang::Zh)]
#[case(Lang::En)]
fn they_look_like_this(#[case] lang: Lang) {
    let mut played = Town::new().seen(lang, (80, 24)).press("s");
    for (what, keys) in [("setting", "G k k k Enter"), ("ladder", "Esc g g Enter")] {
        played = played.press(keys);
        insta::assert_snapshot!(format!("{what}_{lang}"), played.screen());
    }
}

/// A town, and where its ledger is.
fn town() -> (Played, PathBuf) {
    let town = Town::new();
    let path = town.store.path().to_owned();
    (town.seen(Lang::Zh, (80, 24)).press("s"), path)
}

#[test]
fn a_step_of_the_ladder_is_changed_and_taken_back() {
    let (played, path) = town();
    let value = || Setting::Step3.value(&Store::open(&path).unwrap().policy().unwrap());
    // Its days, then the channel.
    let changed = played.press("j j j Enter C-u").types("45").press("Tab 电 话");
    let changed = changed.press("Enter");
    assert_eq!(value(), "+45 phone firm", "{}", changed.screen());
    changed.shows("ladder.3 已设为 +45 phone firm");
    changed.shows("+45 天 电话 坚定");
    let undone = changed.press("u");
    assert_eq!(value(), "+30 letter firm", "{}", undone.screen());
    undone.hides("+45");
}

#[test]
fn what_a_ladder_cannot_be_stands_at_its_field() {
    let (played, path) = town();
    let refused = played.press("j j Enter C-u").types("30").press("Enter");
    refused.shows("各级天数须递增");
    let refused = refused.press("C-u").types("soon").press("Enter");
    refused.shows("ladder.2 不能是“soon”");
    let back = refused.press("C-u Enter");
    back.hides("不能是");
    assert_eq!(Store::open(&path).unwrap().policy().unwrap(), Policy::default());
}

#[test]
fn a_setting_changes_what_the_views_show() {
    Town::new().seen(Lang::Zh, (120, 40)).press("4").shows("0 到期前提醒");
    let mut town = Town::new();
    town.does(&Change::Set { setting: Setting::Step0, value: Some("off".to_owned()) });
    town.does(&Change::Set { setting: Setting::Buckets, value: Some("15,45".to_owned()) });
    let dunning = town.seen(Lang::Zh, (120, 40)).press("4");
    dunning.hides("0 到期前提醒");
    dunning.press("6").shows("16-45");
}

#[test]
fn people_are_found_changed_and_added() {
    let (played, path) = town();
    let person = |name: &str| Store::open(&path).unwrap().person(name).unwrap();
    let found = played.press("/").types("王敏").press("Enter G e");
    found.shows("修改人员 - 王敏");
    let changed = found.press("财 务 Tab").types("华东").press("Enter");
    let known = person("王敏").unwrap();
    assert_eq!((known.role, known.team.as_str()), (Role::Finance, "华东"), "{}", changed.screen());
    changed.shows("财务 华东");
    let added = changed.press("n").types("李雷").press("Tab 销 售 Enter");
    assert_eq!(person("李雷").unwrap().role, Role::Sales, "{}", added.screen());
    let twice = added.press("n").types("李雷").press("Tab 销 售 Enter");
    twice.shows("已被使用");
}

#[test]
fn esc_comes_back_to_where_the_settings_were_opened() {
    let (played, _) = town();
    played.shows("设置");
    let twice = played.press("s");
    twice.press("Esc").shows("今日");
}

#[test]
fn what_stands_behind_a_dialog_is_dimmed_and_a_prompt_leaves_it() {
    let played = Town::new().seen(Lang::Zh, (80, 24)).press("3");
    assert!(!played.terminal.is_dim(3, 4));
    let asked = played.press("r");
    assert!(asked.terminal.is_dim(3, 4), "{}", asked.screen());
    assert!(!asked.press("Esc /").terminal.is_dim(3, 4));
}

#[test]
fn language_and_look_change_while_it_runs_and_what_was_said_can_be_read_again() {
    let played = Town::new().seen(Lang::Zh, (80, 24)).press("3 :").types("lang en").press("Enter");
    played.shows("1 Today");
    played.shows("overdue");
    played.hides("逾期");
    let dark = played.press(":").types("theme mono").press("Enter");
    dark.shows("the theme is mono for this run; huikuan config set theme mono keeps it");
    let said = dark.press("j :").types("messages").press("Enter");
    said.shows("┌ Messages ");
    assert!(said.below("the theme is mono", "English for this run"), "{}", said.screen());
    said.press("Esc").hides("Messages ─");
}

#[test]
fn settings_are_found_in_either_language() {
    for (lang, typed) in [(Lang::Zh, "formal"), (Lang::En, "催款函"), (Lang::En, "ladder.3")] {
        let found = Town::new().seen(lang, (80, 24)).press("s /").types(typed).press("Enter");
        found.shows("ladder.3");
        found.hides("ladder.4");
    }
}

#[test]
fn the_ladder_is_spelt_in_either_language() {
    for (spelt, lang) in [("phone", Lang::Zh), ("电话", Lang::En), ("dh", Lang::En)] {
        let town = Town::new();
        let path = town.store.path().to_owned();
        let played = town.seen(lang, (80, 24)).press("s j j j Enter Tab").types(spelt);
        let saved = played.press("Enter");
        let value = Setting::Step3.value(&Store::open(&path).unwrap().policy().unwrap());
        assert_eq!(value, "+30 phone firm", "{}", saved.screen());
    }
}
