use rstest::rstest;

use super::testing::Filled;
use super::*;
use crate::domain::change::{PaymentDraft, Target};
use crate::domain::facts::Account;
use crate::domain::ids::{CustomerId, MilestoneId};
use crate::domain::kinds::Method;
use crate::tui::input::Key::{BackTab, Backspace, Char, Ctrl, Delete, Down, Enter, Esc, Left, Tab};
use crate::tui::widgets::picker::Pick;
use iso_currency::Currency;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-21")
}

/// A payment of a customer; the payer is asked where the method is none of the first two.
fn form() -> Filled {
    let customers = [(7, "星河科技"), (9, "重庆长安")];
    let customers = customers.map(|(id, name)| Pick::new(CustomerId(id), name, format!("C{id}")));
    let open = [(1, "P-2031 M3 验收款", 48_000_000), (2, "P-2044 M2 进度款", 21_000_000)];
    let open = open.map(|(id, label, open)| LineDraft {
        id: MilestoneId(id),
        label: label.to_owned(),
        open,
    });
    let methods = [Method::Transfer, Method::Cash, Method::Other];
    let named = |method| match method {
        Method::Transfer => "电汇",
        Method::Cash => "现金",
        _ => "其他",
    };

    let mut fields = Fields::default();
    let customer = Field::pick("客户", customers.to_vec(), Some(CustomerId(7)));
    let customer = fields.add(customer.required());
    let amount = fields.add(Field::amount("金额", Currency::CNY, None).required());
    let on = fields.add(Field::past("到账日", Some(day("2026-11-21"))).required());
    let method = Field::choice("方式", &methods, named, Some(Method::Transfer)).required();
    let method = fields.add(method);
    let payer = fields.add(Field::text("付款方", "").shown_if(&method, Method::Other));
    let total = amount.clone();
    let shared = Shared::new(
        move |values| values.get(&total).ok(),
        |total, _| {
            let first = total.min(48_000_000);
            let one_by_one = vec![first, (total - first).min(21_000_000)];
            let proposed = |name, amounts| Proposed { name, amounts };
            vec![proposed("先到期先核销", one_by_one), proposed("暂不核销", Vec::new())]
        },
    );
    let bound = Bound::Shared(shared);
    let lines = fields.add(Field::lines("核销", bound, Currency::CNY, open.to_vec()));
    fields.focus(&amount);
    let form = Form::new("登记收款", Lang::Zh, today(), fields, move |values| {
        let minor = values.get(&amount)?;
        if minor == 66_600 {
            return Err(amount.wrong("不吉利".to_owned()));
        }
        let account = Account { customer: values.get(&customer)?, currency: Currency::CNY };
        Ok(Change::RecordPayment(PaymentDraft {
            method: values.get(&method)?,
            payer: values.get(&payer)?,
            target: Target::Lines(values.get(&lines)?),
            ..PaymentDraft::new(account, values.get(&on)?, minor)
        }))
    });
    Filled::new(form, Lang::Zh)
}

fn saved(form: &mut Filled) -> PaymentDraft {
    match form.submitted() {
        Change::RecordPayment(draft) => draft,
        other => panic!("{other:?}"),
    }
}

fn lines(amounts: [(i64, i64); 2]) -> Target {
    Target::Lines(amounts.map(|(id, minor)| (MilestoneId(id), minor)).to_vec())
}

#[test]
fn a_payment_proposes_what_it_pays_and_saves_on_enter() {
    let saved = saved(form().types("50万"));
    assert_eq!((saved.customer, saved.amount), (CustomerId(7), 50_000_000));
    assert_eq!((saved.received_on, saved.method), (day("2026-11-21"), Method::Transfer));
    assert_eq!(saved.payer, "");
    assert_eq!(saved.target, lines([(1, 48_000_000), (2, 2_000_000)]));
}

#[test]
fn one_key_cycles_through_the_proposals_and_each_says_what_it_is() {
    let mut form = form();
    assert!(form.types("50万").shown().contains("先到期先核销（Ctrl-o 换一种）"));
    form.keys(&[Ctrl('o')]);
    assert!(form.shown().contains("暂不核销（Ctrl-o 换一种）"));
    assert_eq!(saved(&mut form).target, Target::Lines(Vec::new()));
    form.keys(&[Ctrl('o')]);
    assert_eq!(saved(&mut form).target, lines([(1, 48_000_000), (2, 2_000_000)]));
    // What was typed gives way to the proposal it replaced.
    form.tab(3).types("1000");
    assert!(form.shown().contains("已手工分配"), "{}", form.shown());
    form.keys(&[Ctrl('o')]);
    assert_eq!(saved(&mut form).target, lines([(1, 48_000_000), (2, 2_000_000)]));
}

#[test]
fn lines_typed_by_hand_stay_when_the_amount_changes() {
    let mut form = form();
    form.types("50万").tab(3).keys(&[Down]).instead("1000").keys(&[BackTab; 3]).instead("60w");
    assert_eq!(saved(&mut form).target, lines([(1, 48_000_000), (2, 100_000)]));
}

#[test]
fn typing_replaces_a_proposed_day_or_amount_and_editing_edits_it() {
    let mut form = form();
    form.types("50万").tab(1).types("11-20").tab(2).types("1000");
    form.keys(&[Down, Backspace]).types("5");
    let saved = saved(&mut form);
    assert_eq!(saved.received_on, day("2026-11-20"));
    assert_eq!(saved.target, lines([(1, 100_000), (2, 2_000_005)]));
}

#[test]
fn more_than_the_payment_or_than_is_open_is_refused_at_the_line() {
    let mut form = form();
    form.types("1000").tab(3).keys(&[Down]).types("2000");
    assert!(form.complains().contains("! 分配合计超过总额"));
    form.instead("99万");
    assert!(form.complains().contains("! 超过该节点的未收金额"));
}

#[test]
fn what_is_wrong_stands_under_its_field_and_has_the_cursor() {
    let mut form = form();
    let shown = form.types("1.234").complains();
    let mut rows = shown.lines().skip_while(|line| !line.contains("1.234"));
    let below = rows.nth(1).unwrap();
    assert!(below.contains("! 有 3 位小数"), "{below}");
    assert!(!form.keys(&[Backspace]).shown().contains('!'));
    assert_eq!(saved(&mut form).amount, 123);
}

#[test]
fn what_the_ledger_refuses_stands_at_the_field_it_is_about() {
    let mut form = form();
    assert!(form.types("666").complains().contains("! 不吉利"));
    let refused = |field, text: &str| FieldError { field, text: text.to_owned() };
    form.form.refuse(refused(None, "账本忙"));
    assert!(form.shown().contains("! 账本忙"));
    form.form.refuse(refused(Some(Part::Date), "太早"));
    let shown = form.shown();
    let mut rows = shown.lines().skip_while(|line| !line.contains("到账日"));
    assert!(rows.nth(1).unwrap().contains("! 太早"), "{shown}");
}

#[rstest]
#[case("12-5", "= 2025-12-05 周五")]
#[case("周五", "= 2026-11-20 周五")]
#[case("2026-11-01", "= 2026-11-01 周日")]
fn a_day_of_the_past_is_read_back_with_its_weekday(#[case] typed: &str, #[case] echo: &str) {
    let drawn = form().tab(1).instead(typed).shown();
    assert!(drawn.contains(echo), "{drawn}");
}

#[test]
fn a_field_that_depends_on_a_choice_comes_and_goes_with_it() {
    let mut form = form();
    assert!(!form.types("1").shown().contains("付款方"));
    let shown = form.tab(2).types("q").shown();
    assert!(shown.contains("付款方"), "其他 by its pinyin");
    let other = saved(form.tab(1).types(" 某公司 "));
    assert_eq!((other.method, other.payer.as_str()), (Method::Other, "某公司"));
    let cash = saved(form.keys(&[BackTab, Left]));
    assert_eq!((cash.method, cash.payer.as_str()), (Method::Cash, ""));
}

#[test]
fn typing_opens_a_list_and_picks_by_pinyin() {
    let mut form = form();
    form.types("1").keys(&[BackTab]).types("cq");
    assert!(form.shown().contains("/ cq"));
    form.keys(&[Enter]);
    assert_eq!(saved(&mut form).customer, CustomerId(9));
    form.keys(&[Delete, Tab]);
    assert!(form.complains().contains("! 必填"));
}

#[test]
fn pasted_line_breaks_neither_submit_nor_leave_the_field() {
    let mut form = form();
    form.form.paste("1,234.50\r\n");
    assert_eq!(saved(&mut form).amount, 123_450);
}

#[test]
fn leaving_tells_whether_something_would_be_lost() {
    let mut form = form();
    let mut left = |keys: &[Pressed]| form.keys(keys).form.on_key(Esc, Keymap::shipped());
    assert_eq!(left(&[]), FormOutcome::Cancelled { dirty: false });
    assert_eq!(left(&[Char('1')]), FormOutcome::Cancelled { dirty: true });
    assert_eq!(left(&[Backspace]), FormOutcome::Cancelled { dirty: false });
}

#[test]
fn what_is_no_option_is_refused_where_it_was_typed() {
    let mut form = form();
    let refused = form.types("1").tab(2).types("支票").shown();
    assert!(refused.contains("! 没有“支票”这一项；可选 电汇、现金、其他"), "{refused}");
    assert!(form.complains().contains("没有“支票”这一项"));
    let mended = form.keys(&[Backspace, Backspace]).types("现").shown();
    assert!(!mended.contains('!') && mended.contains("1 电汇 [2 现金] 3 其他"), "{mended}");
    assert_eq!(saved(&mut form).method, Method::Cash);
}

#[test]
fn options_too_many_for_a_row_stand_under_it_while_one_chooses() {
    let mut fields = Fields::default();
    let options: Vec<u16> = (0..20).collect();
    let named = |number: u16| format!("option {number}");
    fields.add(Field::choice("which", &options, named, Some(3)));
    let other = fields.add(Field::text("other", ""));
    let finish = move |_: &Values| Err(other.wrong("no".to_owned()));
    let mut form = Filled::new(Form::new("t", Lang::En, today(), fields, finish), Lang::En);
    let open = form.shown();
    assert!(open.contains("[option 3]") && open.contains("option 19"), "{open}");
    let closed = form.tab(1).shown();
    assert!(closed.contains("[option 3]") && !closed.contains("option 19"), "{closed}");
}

#[test]
fn it_looks_like_a_form() {
    insta::assert_snapshot!(form().types("50万").shown());
}

#[test]
fn more_fields_than_rows_scroll_with_the_cursor() {
    let mut fields = Fields::default();
    let many = ('a'..='z').map(|c| Field::text(c, &c.to_uppercase().to_string()));
    let last = many.map(|field| fields.add(field)).last().unwrap();
    let finish = move |_: &Values| Err(last.wrong("last".to_owned()));
    let form = Form::new("t", Lang::En, today(), fields, finish);
    let mut form = Filled::new(form, Lang::En);
    assert!(form.shown().contains(" a A"));
    let end = form.complains();
    assert!(end.contains("z Z") && end.contains("! last"), "{end}");
    assert!(form.tab(1).shown().contains(" a A"), "round the end");
}
