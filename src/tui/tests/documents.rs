//! Documents on the screen: shown, filed, sent, saved, taken back.

use std::fs;
use std::path::{Path, PathBuf};

use super::kit::{day, opened, today, write};
use super::*;
use crate::document::template::Templates;
use crate::domain::change::{Change, MilestoneDraft, Voidable};
use crate::domain::ids::ProjectId;
use crate::domain::kinds::Role;
use crate::domain::policy::Setting;
use crate::error::Error;
use crate::store::{ListedTouch, Paper, Span, Store};
use crate::text::Lang;
use crate::tui::data::LastSeen;
use crate::tui::input::{Input, Key};
use crate::tui::runtime::Request;

/// A town whose first customer owes two milestones, the second for longer; and where its ledger is.
fn owing() -> (Town, PathBuf) {
    let mut town = Town::new();
    let mut second = MilestoneDraft::new(ProjectId(1), "M5 进度款", 10_000_000);
    second.key = "P-2031-M5".to_owned();
    second.rule = "2026-10-20".parse().unwrap();
    town.does(&Change::AddMilestone(second));
    let path = town.store.path().to_owned();
    (town, path)
}

/// What a ledger has on file, and the contacts of its first customer since a day.
fn kept(path: &Path) -> (Vec<Paper>, Vec<ListedTouch>) {
    let store = Store::open(path).unwrap();
    let papers = store.papers(None, None).unwrap();
    let span = Span { from: Some(today()), ..Span::default() };
    (papers, store.touch_list(span).unwrap())
}

#[test]
fn the_letter_of_the_next_step_is_shown_filed_and_taken_back() {
    let (town, path) = owing();
    let shown = town.seen(Lang::Zh, (120, 40)).press("l");
    shown.shows("催款函（4/19）- P-2031-M3");
    shown.shows("（草稿，未编号）");
    shown.shows("星河科技有限公司");
    shown.shows("huikuan config set");
    assert!(kept(&path).0.is_empty(), "looking files nothing");
    let filed = shown.press("Enter");
    filed.shows("+ 已存档：催款函 催字〔2026〕001号（u 撤销）");
    filed.hides("（草稿，未编号）");
    let (papers, touches) = kept(&path);
    assert_eq!(papers.len(), 1);
    assert!(papers[0].head.body.contains("催字〔2026〕001号"), "{}", papers[0].head.body);
    assert_eq!((papers[0].head.sent_on, touches.len()), (None, 0));
    filed.press("u").shows("撤销");
    assert!(kept(&path).0.is_empty());
}

#[test]
fn a_letter_that_is_sent_is_one_contact_with_its_step_for_all_it_names() {
    let (town, path) = owing();
    let sent = town.seen(Lang::Zh, (120, 40)).press("5 l s");
    sent.shows("+ 已存档并标为已发送：催款函 催字〔2026〕001号（u 撤销）");
    let (papers, touches) = kept(&path);
    assert_eq!(papers[0].head.sent_on, Some(day("2026-11-21")));
    assert_eq!((touches.len(), touches[0].head.step), (1, Some(3)));
    assert_eq!(touches[0].lines.len(), 2, "{touches:?}");
    sent.press("u");
    let (papers, touches) = kept(&path);
    assert_eq!((papers.len(), touches.len()), (0, 0), "it was one change");
}

#[test]
fn a_letter_that_only_the_head_may_send_is_filed_and_its_sending_asked_for() {
    let (mut town, path) = owing();
    let limit = Some("3".to_owned());
    town.does(&Change::EditPerson {
        name: "wang".into(),
        role: Role::Pm,
        team: String::new(),
        email: String::new(),
    });
    town.does(&Change::Set { setting: Setting::StepLimit, value: limit });
    let asked = town.seen(Lang::Zh, (160, 40)).press("5 l s");
    asked.shows(
        "已存草稿：催款函 催字〔2026〕001号；发送超过权限，已提交审批：事项 #1，待部门负责人批准",
    );
    let (papers, touches) = kept(&path);
    assert_eq!((papers.len(), touches.len()), (1, 0));
    assert_eq!(papers[0].head.sent_on, None);
    asked.press("u");
    assert!(kept(&path).0.is_empty());
}

/// What the editor makes of the text that was sent to it.
fn edits(played: Played, edit: impl FnOnce(&str) -> Result<String, Error>) -> Played {
    let mut played = played.press("e");
    let Some(Request::Edit { name, text }) = played.app.take_request() else {
        panic!("nothing to edit")
    };
    assert_eq!(name, "formal_notice.md");
    played.app.on_edited(edit(&text));
    played.press("")
}

#[test]
fn what_was_edited_is_shown_and_filed_under_its_own_heading() {
    let (town, path) = owing();
    let shown = town.seen(Lang::Zh, (120, 40)).press("l");
    let edited = edits(shown, |text| {
        assert!(text.contains("{{number}}"), "{text}");
        Ok(text.replacen("# 催款函", "# 第二次催款函", 1) + "\r\n\r\n王总，请今日回电。\r\n")
    });
    edited.shows("+ 文字已改动，Enter 存草稿");
    edited.shows("催款函（4/19）- P-2031-M3（已改动）");
    edited.shows("第二次催款函");
    edited.shows("（草稿，未编号）");
    let last = edited.press("G");
    last.shows("王总，请今日回电。");
    let filed = last.press("Enter");
    filed.shows("+ 已存档：催款函 催字〔2026〕001号");
    let head = &kept(&path).0[0].head;
    assert_eq!(head.title, "第二次催款函");
    assert!(head.body.contains("催字〔2026〕001号") && head.body.ends_with("王总，请今日回电。"));
    assert!(!head.body.contains('\r'));
}

#[test]
fn a_text_that_lost_its_number_is_filed_and_says_so() {
    let (town, path) = owing();
    let edited = edits(town.seen(Lang::En, (120, 40)).press("l"), |_| Ok("# Pay".to_owned()));
    edited.shows("the text has no place for its number");
    let filed = edited.press("Enter");
    filed.shows("+ filed: formal notice 催字〔2026〕001号");
    let head = &kept(&path).0[0].head;
    assert_eq!((&*head.number, head.body.trim_end()), ("催字〔2026〕001号", "# Pay"));
}

#[test]
fn an_unchanged_or_empty_file_or_an_editor_that_fails_leaves_the_document_as_it_was() {
    let (town, _) = owing();
    let same = edits(town.seen(Lang::En, (120, 40)).press("l"), |text| Ok(text.to_owned()));
    same.shows("nothing was edited");
    same.hides("(edited)");
    let empty = edits(same, |_| Ok("\n".to_owned()));
    empty.shows("the file was empty");
    empty.hides("(edited)");
    let failed = edits(empty, |_| {
        let source = std::io::Error::other("exit status: 1");
        Err(Error::Editor { command: "vim".to_owned(), source })
    });
    failed.shows("! the editor “vim” failed: exit status: 1");
    failed.hides("(edited)");
    failed.press("Esc").hides("formal notice (4/19)");
}

#[test]
fn what_was_edited_is_not_lost_without_a_question() {
    let (town, path) = owing();
    let edited = edits(town.seen(Lang::En, (120, 40)).press("l"), |_| Ok("# Pay".to_owned()));
    let asked = edited.press("Esc");
    asked.shows("what you edited of the formal notice is not filed yet.");
    asked.shows("Drop it?");
    let back = asked.press("n").press("Tab");
    back.hides("(edited)");
    let again = back.does(Input::Key(Key::BackTab));
    again.shows("(edited)");
    let left = again.press("Esc y");
    left.hides("(edited)");
    assert!(kept(&path).0.is_empty());
}

#[test]
fn what_was_edited_stays_as_the_ledger_changes_and_as_it_refuses() {
    let (town, path) = owing();
    let shown = town.seen(Lang::Zh, (120, 40)).press("g r");
    let mut edited = edits(shown, |text| Ok(text.replacen("# ", "# 再", 1)));
    edited.shows("第 1/2 封");
    let mut store = Store::open(&path).unwrap();
    let second = Voidable::Milestone(store.find_milestone("P-2031-M5").unwrap());
    write(&mut store, &Change::Void { entry: second, reason: "签错".to_owned() });
    edited.app.poll();
    edited.shows("（已改动）");
    let refused = edited.press("s");
    refused.shows("第 1/2 封");
    refused.shows("（已改动）");
    refused.shows("没有节点“#8”");
    assert!(kept(&path).0.is_empty(), "nothing was filed");
    let warned = refused.press("n");
    warned.shows("再按 n 放弃并跳过");
    warned.shows("第 1/2 封");
    let next = warned.press("n");
    next.shows("第 2/2 封");
    next.hides("（已改动）");
}

#[test]
fn other_kinds_are_turned_to_and_one_that_has_nothing_to_say_says_so() {
    let (town, path) = owing();
    let shown = town.seen(Lang::En, (120, 40)).press("5 l");
    shown.shows("formal notice (4/9)");
    let next = shown.press("Tab Tab");
    next.shows("statement of account (6/9)");
    let before = next.does(Input::Key(Key::BackTab)).does(Input::Key(Key::Left));
    before.shows("formal notice (4/9)");
    let left = |played: Played| played.does(Input::Key(Key::Left));
    let ahead = left(left(left(before)));
    ahead.shows("heads-up (1/9)");
    ahead.shows("nothing here is open and at that step");
    let refused = ahead.press("Enter");
    refused.shows("! nothing here is open and at that step");
    let brief = left(left(refused)).press("Enter");
    brief.shows("a call brief is not filed; y copies it, w saves it as a file");
    brief.press("y").shows("copied");
    assert!(kept(&path).0.is_empty());
}

#[test]
fn it_is_saved_beside_what_was_saved_before() {
    let (town, path) = owing();
    let saved = town.seen(Lang::En, (200, 40)).press("l w");
    saved.shows("formal_notice-P-2031-M3-2026-11-21.docx");
    let again = saved.press("w");
    again.shows("-2.docx");
    again.shows("(draft, not numbered)");
    let folder = path.with_file_name("files");
    assert_eq!(fs::read_dir(folder).unwrap().count(), 2);
}

#[test]
fn what_is_wrong_with_a_template_is_said_and_nothing_is_filed() {
    let (town, path) = owing();
    let Town { store, folder } = town;
    fs::write(folder.path().join("formal_notice.en.md"), "# Hello\n\n{{ customer.nam }}\n")
        .unwrap();
    let mut ledger = opened(store, "wang", LastSeen::default());
    ledger.templates = Templates::new(folder.path().to_owned());
    let shown = Played::kept(ledger, folder, Lang::En, (200, 40)).press("l");
    shown.shows("customer.nam");
    let refused = shown.press("Enter");
    refused.shows("line 3");
    refused.shows("formal notice (4/19)");
    assert!(kept(&path).0.is_empty());
}

#[test]
fn where_letters_are_columns_two_keys_ask_for_a_document() {
    let (town, _) = owing();
    let aging = town.seen(Lang::En, (120, 40)).press("6 l");
    aging.hides("formal notice (4/");
    aging.press("g l").shows("/9)");
}

#[test]
fn a_round_goes_from_letter_to_letter_and_writes_none_twice() {
    let (town, path) = owing();
    let first = town.seen(Lang::Zh, (120, 40)).press("4 g r");
    first.shows("第 1/2 封，n 跳过：");
    let second = first.press("Enter");
    second.shows("第 2/2 封，n 跳过：");
    second.shows("+ 已存档：");
    let done = second.press("Enter");
    done.hides("2/2 封");
    let (papers, touches) = kept(&path);
    assert_eq!((papers.len(), touches.len()), (2, 0));
    assert_ne!(papers[0].head.customer, papers[1].head.customer);
    done.press("g r").shows("今日没有要写的催款函件");
}

#[test]
fn a_letter_of_a_round_can_be_left_out() {
    let (town, path) = owing();
    let left = town.seen(Lang::Zh, (120, 40)).press("g r n");
    left.shows("第 2/2 封");
    let done = left.press("n");
    done.hides("2/2 封");
    assert!(kept(&path).0.is_empty());
    let filed = done.press("g r n Enter");
    filed.hides("2/2 封");
    assert_eq!(kept(&path).0.len(), 1);
    filed.press("g r").shows("第 1/1 封");
}

#[test]
fn a_document_says_how_to_leave_it_where_there_is_little_room() {
    let (town, _) = owing();
    town.seen(Lang::Zh, (60, 16)).press("g r").shows("Esc 取消");
}
