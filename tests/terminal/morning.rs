//! A project manager's morning, key by key.

use rstest::rstest;

use crate::kit::{LARGE, Place, SMALL, Session};

/// Words of one language.
struct Words {
    lang: &'static str,
    worklist: &'static str,
    contact: &'static str,
    outcome: &'static str,
    choose: &'static str,
    promised: &'static str,
    pays_by: &'static str,
    undo: &'static str,
    undone: &'static str,
    payment: &'static str,
    promise: &'static str,
    snapshot: &'static str,
    keys: &'static str,
    found: &'static str,
    filtered: &'static str,
    views: [&'static str; 6],
    empty: &'static str,
}

const ZH: Words = Words {
    lang: "zh",
    worklist: "今日待办",
    contact: "登记联系",
    outcome: "结果",
    choose: "数字选第几项",
    promised: "承诺",
    pays_by: "承诺付款日",
    undo: "u 撤销）",
    undone: "已撤销",
    payment: "登记收款",
    promise: "登记承诺",
    snapshot: "账龄快照 2026-W47",
    keys: "下一行",
    found: "查找 xh",
    filtered: "筛选 overdue",
    views: ["今日", "项目", "节点", "催款", "客户", "账龄"],
    empty: "账本还是空的",
};

const EN: Words = Words {
    lang: "en",
    worklist: "Worklist",
    contact: "Log contact",
    outcome: "Outcome",
    choose: "a digit takes",
    promised: "p",
    pays_by: "Pays by",
    undo: "u undoes)",
    undone: "undone",
    payment: "Record payment",
    promise: "Promise - ",
    snapshot: "snapshot 2026-W47",
    keys: "next row",
    found: "Find xh",
    filtered: "Filter overdue",
    views: ["Today", "Projects", "Milestones", "Dunning", "Customers", "Aging"],
    empty: "This ledger is empty",
};

/// Moves through a form to a field of this label; below the focused field and the lines of its options stands its hint.
#[track_caller]
fn to_field(session: &mut Session, label: &str, hint: &str) {
    for _ in 0..20 {
        let screen = session.screen();
        let lines: Vec<&str> = screen.lines().collect();
        let hinted = |below: &[&str]| below.iter().any(|line| line.contains(hint));
        let here = |rows: &[&str]| rows[0].contains(label) && hinted(&rows[1..]);
        if lines.windows(4).any(here) {
            return;
        }
        session.framed("\t");
    }
    panic!("no field {label} in\n{}", session.screen());
}

#[rstest]
fn a_morning(#[values(&ZH, &EN)] words: &Words, #[values(SMALL, LARGE)] size: (u16, u16)) {
    let place = Place::new();
    let mut session = place.opens(words.lang, size, &["demo"]);
    session.wait_for(words.worklist);
    // Below what is to be done for accounts.
    for key in ["j", "j", "j", "j", "j", "k"] {
        session.framed(key);
    }

    session.then("c", words.contact);
    to_field(&mut session, words.outcome, words.choose);
    session.then(words.promised, words.pays_by);
    to_field(&mut session, words.pays_by, "12-5");
    session.then("+7", "= 2026-11-28");
    session.then("\r", words.undo);

    session.then("p", words.payment);
    session.then("1234.56", "1,234.56");
    session.then("\r", words.undo);

    session.then("m", words.promise);
    session.then("+9", "= 2026-11-30");
    session.then("\r", words.undo);
    session.then("u", words.undone);

    session.then("S", words.snapshot);

    session.then("?", words.keys);
    session.press("\u{1b}");
    session.wait_for_none(words.keys);
    session.press("/xh");
    session.then("\r", words.found);
    session.press("\u{1b}");
    session.wait_for_none(words.found);
    for (key, name) in ["6", "5", "4", "2", "1", "3"].into_iter().zip([5, 4, 3, 1, 0, 2]) {
        session.framed(key);
        session.wait_for(words.views[name]);
    }
    session.press("foverdue");
    session.then("\r", words.filtered);
    session.press("\u{1b}");
    session.wait_for_none(words.filtered);
    session.leaves();
}

#[rstest]
fn an_empty_ledger_says_how_to_begin(
    #[values(&ZH, &EN)] words: &Words,
    #[values(SMALL, LARGE)] size: (u16, u16),
) {
    let place = Place::new();
    let mut session = place.opens(words.lang, size, &[]);
    session.wait_for(words.empty);
    session.press("jkGcpmdxDAIrHWuey\t \r[]ogo");
    for key in ["2", "3", "4", "5", "6", "1"] {
        session.framed(key);
    }
    session.wait_for(words.empty);
    session.leaves();
}

/// Its past weeks are looked back at once the first screen stands.
#[test]
fn the_demo_shows_how_its_figures_went() {
    let place = Place::new();
    let mut screen = place.opens("zh", LARGE, &["demo"]);
    screen.wait_for("今日待办");
    screen.wait_until("a line of past weeks", |screen| screen.screen().contains('▁'));
    screen.leaves();
}
