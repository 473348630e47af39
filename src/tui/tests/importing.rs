//! A list comes in on the screen: looked at, read another way, written, taken back.

use rstest::rstest;

use super::*;
use crate::text::Lang;

const LIST: &str = "\u{feff}单号,甲方,本期金额合计,限期,备注\n\
    H1,银河科技,12.5,3/4/2026,一期\nH2,银河科技,abc,5/4/2026,\nH3,蓝湾集团,7,6/7/2026,三期\n";

/// A town with a list in the folder where lists are looked for.
fn town() -> Town {
    let town = Town::new();
    let folder = town.folder.path().join("files");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("月报-2026-11.csv"), LIST).unwrap();
    std::fs::write(folder.join("~$月报.xlsx"), "open elsewhere").unwrap();
    std::fs::write(folder.join("notes.doc"), "no list").unwrap();
    town
}

/// The columns are said: number, customer, amount, due.
const COLUMNS: [(&str, &str); 4] =
    [("单号", "节点编号"), ("甲方", "客户名称"), ("本期金额合计", "应收金额"), ("限期", "到期日")];

/// Puts the cursor on a line and opens its choice, and chooses.
fn choose(played: Played, line: &str, choice: &str) -> Played {
    let open = played.press("g g").click(&format!("{line}  ")).press("Enter");
    open.types(choice).press("Enter")
}

#[test]
fn a_list_with_headers_of_its_own_is_read_as_one_says() {
    let played = town().seen(Lang::Zh, (120, 40)).press("i");
    played.shows("月报-2026-11.csv");
    played.hides("notes.doc");
    played.hides("~$");
    let asked = played.press("Enter");
    asked.shows("还不能读");
    let asked = COLUMNS.iter().fold(asked, |asked, (line, field)| choose(asked, line, field));
    asked.shows("日期顺序无法判断");
    let order = choose(asked, "日期顺序", "日月年");
    order.shows("新增 2，更新 0，未变 0，有误 1");
    order.shows("第 3 行，本期金额合计：“abc”");
    let unit = choose(order, "金额单位", "万元");
    unit.shows("新增 125,000.00");
    unit.shows("列（表头在第 1 行）");

    let sure = unit.press("i");
    sure.shows("有误的 1 行不");
    let done = sure.press("y");
    done.shows("已导入：新增 2");
    done.shows("未变 2");
    let list = done.press("3");
    list.shows("125,000.00");
    list.shows("2026-04-03");
    let back = list.press("u");
    back.hides("125,000.00");
}

#[rstest]
#[case(Lang::Zh)]
#[case(Lang::En)]
fn it_looks_like_this(#[case] lang: Lang) {
    let played = town().seen(lang, (80, 24)).press("i Enter");
    insta::assert_snapshot!(format!("asked_{lang}"), played.screen());
}
