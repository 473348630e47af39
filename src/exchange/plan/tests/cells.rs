//! What stands in a cell, and what is said of a bad one.

use super::*;

#[rstest]
#[case("paid", "1.234", CellProblem::Amount(crate::domain::money::AmountError::TooManyDecimals { has: 3, allowed: 2 }))]
#[case("paid", "-5", CellProblem::Negative)]
#[case("paid_on", "2026-02-30", CellProblem::Date(DateOrder::Ymd))]
#[case("paid_on", "soon", CellProblem::Date(DateOrder::Ymd))]
#[case("paid_on", "41306", CellProblem::Date(DateOrder::Ymd))]
#[case("paid_on", "1/2/13", CellProblem::TwoDigitYear)]
#[case("disputed", "perhaps", CellProblem::YesNo)]
#[case("currency", "XQZ", CellProblem::Currency)]
#[case("manager", "#N/A", CellProblem::SheetError)]
#[case("signed_on", "######", CellProblem::SheetError)]
fn a_bad_cell_names_row_column_and_value(
    #[case] header: &str,
    #[case] value: &str,
    #[case] why: CellProblem,
) {
    let mut list = cell(header, value);
    assert_eq!((list.total, list.rows.len(), list.errors.len()), (1, 0, 1));
    let error = list.errors.remove(0);
    assert_eq!((error.row, error.column.as_str(), error.value.as_str()), (2, header, value));
    assert_eq!(error.why, why);
    for lang in [Lang::Zh, Lang::En] {
        assert!(!lang.cell_problem(&error.why).is_empty());
    }
}

#[test]
fn a_bad_due_rule_says_what_it_lacks() {
    let error = cell("due", "whenever").errors.remove(0);
    assert!(matches!(error.why, CellProblem::Due(_)), "{error:?}");
}

#[rstest]
#[case("0")]
#[case("-100")]
#[case("（1,234.50）")]
fn amounts_not_above_zero_are_refused(#[case] amount: &str) {
    let list = read_csv(&format!("customer,key,amount\nC1,K1,\"{amount}\"\n"));
    assert_eq!(list.errors[0].why, CellProblem::NotPositive);
}

#[test]
fn every_bad_cell_of_a_row_is_reported_and_a_long_one_is_cut() {
    let long = "很".repeat(300);
    let list = read_csv(&format!("customer,key,amount,paid,manager\nC1,K1,x,y,{long}\n"));
    let columns: Vec<&str> = list.errors.iter().map(|e| e.column.as_str()).collect();
    assert_eq!(columns, ["amount", "manager", "paid"]);
    assert_eq!(list.errors[1].why, CellProblem::TooLong { limit: 200 });
    assert!(list.errors[1].value.chars().count() < 100);
}

#[rstest]
#[case("due", "验收后30天")]
#[case("due", "acceptance + 30d")]
fn a_due_cell_may_be_a_rule(#[case] header: &str, #[case] value: &str) {
    let list = cell(header, value);
    assert_eq!(list.rows[0].due, Some("acceptance + 30d".parse().unwrap()));
}

#[rstest]
#[case("待验收", Some("acceptance"))]
#[case("待定", None)]
fn a_due_cell_may_say_what_it_waits_for(#[case] value: &str, #[case] rule: Option<&str>) {
    let list = cell("due", value);
    assert_eq!(list.errors, []);
    assert_eq!(list.rows[0].due, rule.map(|rule| rule.parse().unwrap()));
}

#[rstest]
#[case("是", Some(true))]
#[case("√", Some(true))]
#[case("Y", Some(true))]
#[case("1", Some(true))]
#[case("No", Some(false))]
#[case("无", Some(false))]
#[case("", None)]
#[case("—", None)]
fn disputed_is_yes_no_or_empty(#[case] value: &str, #[case] expected: Option<bool>) {
    assert_eq!(cell("disputed", value).rows[0].disputed, expected);
}

#[rstest]
#[case("-")]
#[case("——")]
#[case("/")]
#[case("N/A")]
#[case("无")]
#[case("  ")]
fn placeholders_are_empty_cells(#[case] value: &str) {
    for header in ["paid", "paid_on", "manager", "due", "currency", "stage"] {
        let row = &cell(header, value).rows[0];
        assert_eq!((row.paid, row.paid_on, &row.manager), (None, None, &None));
        assert_eq!((&row.due, row.stage), (&None, None));
    }
}

#[rstest]
#[case("stage", "acceptance", Some(Stage::Acceptance))]
#[case("stage", "质保金", Some(Stage::Retention))]
#[case("stage", "第二阶段", Some(Stage::Other))]
#[case("note", "尾款", None)]
fn stages_are_codes_or_words(
    #[case] header: &str,
    #[case] value: &str,
    #[case] stage: Option<Stage>,
) {
    assert_eq!(cell(header, value).rows[0].stage, stage);
}

#[test]
fn an_unknown_stage_is_told_and_a_missing_one_read_from_the_name() {
    let list = cell("款项类型", "第二阶段");
    assert!(list.notes.contains(&Note::UnknownStages(vec!["第二阶段".into()])));
    let told = |name| {
        let rows = good(&format!("客户,节点,金额\nC,{name},1\n"));
        (rows[0].stage, rows[0].guessed_stage)
    };
    assert_eq!(told("项目验收款"), (None, Some(Stage::Acceptance)));
    assert_eq!(told("第三期"), (None, None));
}

#[rstest]
#[case("30%", "1000.00", Ok(30_000))]
#[case("0.3", "1000.00", Ok(30_000))]
#[case("100%", "1000.00", Ok(100_000))]
#[case("33.333%", "100", Err(CellProblem::PercentInexact))]
#[case("0", "100", Err(CellProblem::Percent))]
#[case("130%", "100", Err(CellProblem::Percent))]
#[case("most", "100", Err(CellProblem::Percent))]
fn an_amount_may_be_a_share(
    #[case] percent: &str,
    #[case] contract: &str,
    #[case] expected: Result<i64, CellProblem>,
) {
    let list = read_csv(&format!(
        "customer,key,amount,percent,contract_amount\nC,K,,{percent},{contract}\n"
    ));
    match expected {
        Ok(amount) => assert_eq!(list.rows[0].amount, amount),
        Err(why) => assert_eq!(list.errors[0].why, why),
    }
}

#[test]
fn bare_percents_are_one_kind_in_a_column() {
    let rows = good("customer,key,percent,contract_amount\nC,K1,30,100\nC,K2,69,100\nC,K3,1,100\n");
    let amounts: Vec<i64> = rows.iter().map(|row| row.amount).collect();
    assert_eq!(amounts, [3_000, 6_900, 100]);
}

#[test]
fn currencies_by_cell_option_or_header() {
    let rows = good("customer,key,amount,币种\nC,K1,1,美元\nC,K2,1,JPY\nC,K3,1,\n");
    let codes: Vec<&str> = rows.iter().map(|row| row.currency.code()).collect();
    assert_eq!(codes, ["USD", "JPY", "CNY"]);
    assert_eq!(rows[1].amount, 1);
    let rows = good("customer,key,Amount (USD)\nC,K1,1.50\n");
    assert_eq!((rows[0].currency, rows[0].amount), (Currency::USD, 150));
    let given = PlanOptions { currency: Some(Currency::EUR), ..PlanOptions::default() };
    let list = try_with("customer,key,amount\nC,K1,1\n", &given).unwrap();
    assert_eq!(list.rows[0].currency, Currency::EUR);
}

#[rstest]
#[case("货到验收合格后30日内付至85%", "acceptance + 30d")]
#[case("甲方收到增值税专用发票后三十日内支付", "invoice_received + 30d")]
#[case("验收合格并运行一年后5个工作日内付5%质保金", "acceptance + 1y + 5wd")]
#[case("月结60天", "invoice month-end + 60d")]
#[case("Net 45 days from invoice date", "invoice + 45d")]
fn a_clause_of_a_contract_tells_the_due_rule(#[case] condition: &str, #[case] rule: &str) {
    let list = cell("付款条件", condition);
    assert_eq!(list.rows[0].told_due, Some(rule.parse().unwrap()));
}

#[rstest]
#[case("签订付30%，验收付70%")]
#[case("付至结算价的97%")]
#[case("主体封顶后30日内付20%")]
fn what_tells_no_one_day_stays_text(#[case] condition: &str) {
    let list = cell("付款条件", condition);
    assert_eq!(list.rows[0].told_due, None);
    assert!(list.notes.contains(&Note::Conditions(vec![condition.to_owned()])));
}

#[test]
fn a_condition_keeps_its_words_and_may_tell_the_due_rule() {
    let list = cell("付款条件", "验收合格后30日内付款");
    assert_eq!(list.errors, []);
    let row = &list.rows[0];
    assert_eq!(row.condition.as_deref(), Some("验收合格后30日内付款"));
    assert_eq!((&row.due, &row.told_due), (&None, &Some("acceptance + 30d".parse().unwrap())));
    for header in ["付款条款", "收款条件", "Payment Terms", "condition"] {
        let list = cell(header, "凭发票支付");
        assert_eq!(list.errors, []);
        assert_eq!(list.rows[0].condition.as_deref(), Some("凭发票支付"), "{header}");
        assert_eq!(list.rows[0].told_due, None);
        assert!(list.notes.contains(&Note::Conditions(vec!["凭发票支付".into()])));
    }
    let text =
        "客户,节点,金额,到期日,付款条款\nC,M,1,2026-05-01,验收后30天\nC,N,1,2026-05-01,另议\n";
    let list = read_csv(text);
    assert_eq!(list.rows[0].told_due, None);
    assert!(!list.notes.iter().any(|note| matches!(note, Note::Conditions(_))));
}
