use chrono::NaiveDate;
use iso_currency::Currency;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use rstest::rstest;

use super::*;
use crate::domain::date_input::Leaning;
use crate::tui::widgets::list::RowId;
use crate::tui::widgets::picker::Pick;
use crate::tui::widgets::testing::{lines, ui};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn drafts() -> Vec<LineDraft> {
    [
        (1, "P-2031 M3 验收款", 48_000_000),
        (2, "P-2044 M2 进度款", 21_000_000),
    ]
    .map(|(id, label, open)| LineDraft {
        id: RowId(id),
        label: label.to_owned(),
        open,
        proposed: true,
    })
    .to_vec()
}

fn fields() -> Vec<Field> {
    let customers = [(7, "星河科技"), (9, "重庆长安")];
    let customers = customers.map(|(id, name)| Pick::new(RowId(id), name, format!("C{id}")));
    vec![
        Field::pick("customer", "客户", customers.to_vec(), Some(RowId(7))).required(),
        Field::amount("amount", "金额", Currency::CNY, None).required(),
        Field::day("on", "到账日", Leaning::Past, Some(day("2026-11-21"))).required(),
        Field::choice("method", "方式", ["电汇", "现金", "其他"], Some(0)),
        Field::text("payer", "付款方", "").shown_if("method", 2),
        Field::new(
            "lines",
            "核销",
            Kind::Lines(Lines::new("amount", Currency::CNY, drafts())),
        ),
        Field::new("notify", "通知", Kind::Check(false)),
    ]
}

/// A form that ends in a setting made of all its values, so that a test can read them.
fn form() -> Form {
    let finish: Finish = Box::new(|values| {
        if values.amount("amount") == Some(66_600) {
            return Err(FieldError {
                field: Some("amount"),
                text: "不吉利".to_owned(),
            });
        }
        let value = format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {}",
            values.picked("customer").map(|id| id.0),
            values.amount("amount"),
            values.day("on"),
            values.choice_of("method", &["transfer", "cash", "other"]),
            values.text("payer"),
            values
                .lines("lines")
                .iter()
                .map(|(id, n)| (id.0, *n))
                .collect::<Vec<_>>(),
            values.checked("notify"),
        );
        Ok(Change::Set {
            key: "test".to_owned(),
            value: Some(value),
        })
    });
    Form::new("登记收款", (Lang::Zh, day("2026-11-21")), fields(), finish).focused("amount")
}

fn press(form: &mut Form, keys: &[Key]) {
    for key in keys {
        assert_eq!(form.on_key(*key), FormOutcome::Pending, "{key}");
    }
}

fn type_text(form: &mut Form, text: &str) {
    for c in text.chars() {
        press(form, &[Key::Char(c)]);
    }
}

fn submitted(form: &mut Form) -> String {
    match form.on_key(Key::Enter) {
        FormOutcome::Submitted(change) => match *change {
            Change::Set { value, .. } => value.unwrap(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}\n{}", shown(form).join("\n")),
    }
}

fn shown(form: &mut Form) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(80, 22)).unwrap();
    let view = ui(Lang::Zh);
    terminal
        .draw(|frame| form.draw(frame, frame.area(), view))
        .unwrap();
    lines(terminal.backend().buffer())
}

#[test]
fn a_payment_proposes_what_it_pays_and_saves_on_enter() {
    let mut form = form();
    type_text(&mut form, "50万");
    assert_eq!(
        submitted(&mut form),
        "Some(7) Some(50000000) Some(2026-11-21) Some(\"transfer\") \"\" [(1, 48000000), (2, 2000000)] false"
    );
}

#[test]
fn lines_typed_by_hand_stay_when_the_amount_changes() {
    let mut form = form();
    type_text(&mut form, "50万");
    press(
        &mut form,
        &[Key::Tab, Key::Tab, Key::Tab, Key::Down, Key::Ctrl('u')],
    );
    type_text(&mut form, "1000");
    press(
        &mut form,
        &[Key::BackTab, Key::BackTab, Key::BackTab, Key::Ctrl('u')],
    );
    type_text(&mut form, "60w");
    let saved = submitted(&mut form);
    assert!(saved.contains("[(1, 48000000), (2, 100000)]"), "{saved}");
}

#[test]
fn typing_replaces_a_proposed_day_or_amount_and_editing_edits_it() {
    let mut form = form();
    type_text(&mut form, "50万");
    press(&mut form, &[Key::Tab]);
    type_text(&mut form, "11-20");
    press(&mut form, &[Key::Tab, Key::Tab]);
    type_text(&mut form, "1000");
    press(&mut form, &[Key::Down, Key::Backspace]);
    type_text(&mut form, "5");
    let saved = submitted(&mut form);
    assert!(saved.contains("Some(2026-11-20)"), "{saved}");
    assert!(saved.contains("[(1, 100000), (2, 2000005)]"), "{saved}");
}

#[test]
fn more_than_the_payment_or_than_is_open_is_refused_at_the_line() {
    let mut form = form();
    type_text(&mut form, "1000");
    press(&mut form, &[Key::Tab, Key::Tab, Key::Tab, Key::Down]);
    type_text(&mut form, "2000");
    press(&mut form, &[Key::Enter]);
    assert!(
        shown(&mut form)
            .join("\n")
            .contains("! 分配合计超过收款金额")
    );
    press(&mut form, &[Key::Ctrl('u')]);
    type_text(&mut form, "99万");
    press(&mut form, &[Key::Enter]);
    assert!(
        shown(&mut form)
            .join("\n")
            .contains("! 超过该节点的未结金额")
    );
}

#[test]
fn what_is_wrong_stands_under_its_field_and_has_the_cursor() {
    let mut form = form();
    type_text(&mut form, "1.234");
    press(&mut form, &[Key::Enter]);
    let before = shown(&mut form);
    let at = before
        .iter()
        .position(|line| line.contains("1.234"))
        .unwrap();
    assert!(
        before[at + 1].contains("! 有 3 位小数"),
        "{}",
        before[at + 1]
    );
    press(&mut form, &[Key::Backspace]);
    assert!(!shown(&mut form).join("\n").contains('!'));
    assert!(submitted(&mut form).contains("Some(123)"));
}

#[test]
fn what_the_ledger_refuses_stands_at_the_field_it_is_about() {
    let mut form = form();
    type_text(&mut form, "666");
    press(&mut form, &[Key::Enter]);
    assert!(shown(&mut form).join("\n").contains("! 不吉利"));
    form.refuse(FieldError {
        field: None,
        text: "账本忙".to_owned(),
    });
    assert!(shown(&mut form).join("\n").contains("! 账本忙"));
}

#[rstest]
#[case("12-5", "= 2025-12-05 周五")]
#[case("周五", "= 2026-11-20 周五")]
#[case("2026-11-01", "= 2026-11-01 周日")]
fn a_day_of_the_past_is_read_back_with_its_weekday(#[case] typed: &str, #[case] echo: &str) {
    let mut form = form();
    press(&mut form, &[Key::Tab, Key::Ctrl('u')]);
    type_text(&mut form, typed);
    let drawn = shown(&mut form).join("\n");
    assert!(drawn.contains(echo), "{drawn}");
}

#[test]
fn a_field_that_depends_on_a_choice_comes_and_goes_with_it() {
    let mut form = form();
    type_text(&mut form, "1");
    assert!(!shown(&mut form).join("\n").contains("付款方"));
    press(&mut form, &[Key::Tab, Key::Tab]);
    type_text(&mut form, "q");
    assert!(
        shown(&mut form).join("\n").contains("付款方"),
        "其他 by its pinyin"
    );
    press(&mut form, &[Key::Tab]);
    type_text(&mut form, " 某公司 ");
    assert!(submitted(&mut form).contains("Some(\"other\") \"某公司\""));
    press(&mut form, &[Key::BackTab, Key::Left]);
    assert!(submitted(&mut form).contains("Some(\"cash\") \"\""));
}

#[test]
fn typing_opens_a_list_and_picks_by_pinyin() {
    let mut form = form();
    type_text(&mut form, "1");
    press(&mut form, &[Key::BackTab, Key::Char('c'), Key::Char('q')]);
    assert!(shown(&mut form).join("\n").contains("/ cq"));
    press(&mut form, &[Key::Enter]);
    assert!(submitted(&mut form).starts_with("Some(9)"));
    press(&mut form, &[Key::Delete, Key::Tab, Key::Enter]);
    assert!(shown(&mut form).join("\n").contains("! 必填"));
}

#[test]
fn pasted_line_breaks_neither_submit_nor_leave_the_field() {
    let mut form = form();
    form.paste("1,234.50\r\n");
    assert!(submitted(&mut form).contains("Some(123450)"));
}

#[test]
fn leaving_tells_whether_something_would_be_lost() {
    let mut form = form();
    assert_eq!(
        form.on_key(Key::Esc),
        FormOutcome::Cancelled { dirty: false }
    );
    type_text(&mut form, "1");
    assert_eq!(
        form.on_key(Key::Esc),
        FormOutcome::Cancelled { dirty: true }
    );
    press(&mut form, &[Key::Backspace]);
    assert_eq!(
        form.on_key(Key::Esc),
        FormOutcome::Cancelled { dirty: false }
    );
}

#[test]
fn it_looks_like_a_form() {
    let mut form = form();
    type_text(&mut form, "50万");
    let drawn: Vec<_> = shown(&mut form)
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect();
    insta::assert_snapshot!(drawn.join("\n"));
}

#[test]
fn more_fields_than_rows_scroll_with_the_cursor() {
    let many: Vec<&'static str> = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
        .split(' ')
        .collect();
    let fields = many
        .iter()
        .map(|name| Field::text(name, *name, &name.to_uppercase()));
    let finish: Finish = Box::new(|_| {
        Err(FieldError {
            field: Some("z"),
            text: "last".to_owned(),
        })
    });
    let mut form = Form::new("t", (Lang::En, day("2026-11-21")), fields.collect(), finish);
    assert!(shown(&mut form).join("\n").contains(" a  A"));
    press(&mut form, &[Key::Enter]);
    let end = shown(&mut form).join("\n");
    assert!(end.contains(" z  Z") && end.contains("! last"), "{end}");
    press(&mut form, &[Key::Tab]);
    assert!(
        shown(&mut form).join("\n").contains(" a  A"),
        "round the end"
    );
}
