use super::*;
use crate::domain::change::{BillDraft, CustomerDraft};
use crate::domain::kinds::{BillForm, DeductionKind, Grade, InvoiceKind, Method};
use crate::domain::register::{CustomerEntry, InvoiceEntry, PaymentEntry, RegisterField as F};
use crate::error::list::CellProblem;
use chrono::NaiveDate;
use proptest::prelude::*;
use rstest::rstest;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::io::Cursor;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn read_with(
    of: Register,
    text: impl Into<Vec<u8>>,
    options: &RegisterOptions,
) -> Result<RegisterList, RegisterError> {
    read_bytes("list.csv", Box::new(Cursor::new(text.into())), of, options)
}

fn open(of: Register, text: &str) -> RegisterList {
    read_with(of, text, &RegisterOptions::default()).unwrap()
}

fn customers(text: &str) -> Vec<CustomerEntry> {
    match open(Register::Customers, text) {
        RegisterList { entries: Entries::Customers(entries), bad_cells: 0, .. } => entries,
        other => panic!("{other:?}"),
    }
}

fn payments(text: &str) -> Vec<PaymentEntry> {
    match open(Register::Payments, text) {
        RegisterList { entries: Entries::Payments(entries), bad_cells: 0, .. } => entries,
        other => panic!("{other:?}"),
    }
}

fn invoices(text: &str) -> Vec<InvoiceEntry> {
    match open(Register::Invoices, text) {
        RegisterList { entries: Entries::Invoices(entries), bad_cells: 0, .. } => entries,
        other => panic!("{other:?}"),
    }
}

fn mapped(map: &[&str]) -> RegisterOptions {
    let map = map.iter().map(|&text| text.to_owned()).collect();
    RegisterOptions { map, ..RegisterOptions::default() }
}

#[rstest]
#[case::zh(
    "客户台账\n客户编号,客户名称,简称,开票抬头,税号,开户行,账号,地址,电话,信用等级,信用额度（万元）,账期,联系人,联系电话,备注\n\
     C1,星河科技,星河,星河科技有限公司,91310000X,工行,6222,上海,021-1,B级,50,30天,李华,138,老客户\n合计,,,,,,,,,,50,,,,\n"
)]
#[case::en(
    "Customer Code,Customer Name,Short name,Invoice title,Tax no.,Bank,Bank account,Address,Phone,Grade,Credit limit,Terms (days),Contact,Mobile,Notes\n\
     C1,星河科技,星河,星河科技有限公司,91310000X,工行,6222,上海,021-1,b,\"500,000.00\",30,李华,138,老客户\n"
)]
fn a_customer_is_read_by_its_headers(#[case] text: &str) {
    let entries = customers(text);
    let [CustomerEntry { draft, .. }] = entries.as_slice() else { panic!("{entries:?}") };
    let CustomerDraft { contacts, .. } = draft;
    assert_eq!((&*draft.code, &*draft.name, &*draft.short_name), ("C1", "星河科技", "星河"));
    assert_eq!((&*draft.invoice_title, &*draft.tax_no), ("星河科技有限公司", "91310000X"));
    assert_eq!((&*draft.bank, &*draft.bank_account), ("工行", "6222"));
    assert_eq!((&*draft.address, &*draft.phone, &*draft.notes), ("上海", "021-1", "老客户"));
    assert_eq!(
        (draft.grade, draft.credit_limit, draft.terms_days),
        (Some(Grade::B), Some(50_000_000), Some(30))
    );
    assert_eq!(contacts.len(), 1);
    assert_eq!((&*contacts[0].name, &*contacts[0].phone), ("李华", "138"));
}

#[test]
fn a_telephone_of_nobody_is_the_customers() {
    let entries = customers("客户名称,联系电话\n星河科技,138\n");
    assert_eq!((&*entries[0].draft.phone, entries[0].draft.contacts.len()), ("138", 0));
}

#[test]
fn a_payment_is_read_with_what_it_pays() {
    let entries = payments(
        "客户,到账日期,收款金额,币种,收款方式,付款方,银行流水号,节点编号,备注\n\
         C1,2026年11月3日,\"1,200.50\",美元,银承,甲集团,TX1,\"P1-M1、P1-M2; P1-M3\",首笔\n",
    );
    let expected = PaymentEntry {
        row: 2,
        customer: "C1".into(),
        received_on: day("2026-11-03"),
        amount: 120_050,
        currency: Currency::USD,
        method: Method::BankBill,
        payer: "甲集团".into(),
        bank_ref: "TX1".into(),
        note: "首笔".into(),
        milestones: vec!["P1-M1".into(), "P1-M2".into(), "P1-M3".into()],
        deductions: Vec::new(),
        bill: None,
    };
    assert_eq!(entries, [expected]);
}

#[rstest]
#[case(
    "客户,到账日期,收款金额,收款方式,手续费,贴息,提前付款折扣,罚款,抵账,其他扣款,票据种类,票据形式,票据号码,出票人,承兑人,出票日期,票据到期日\n\
     C1,2026-11-03,1000,,5,10,0,,20.5,,银票,纸票,123,甲集团,工行,2026-10-30,2027-04-30\n"
)]
#[case(
    "customer,received on,amount,method,fee,bill discount,early discount,penalty,offset,other deductions,bill kind,bill form,bill no,drawer,acceptor,drawn on,maturity\n\
     C1,2026-11-03,1000,bank_bill,5,10,,,20.50,0,bank,paper,123,甲集团,工行,2026-10-30,2027-04-30\n"
)]
fn a_payment_is_read_with_its_deductions_and_its_bill(#[case] text: &str) {
    let entries = payments(text);
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    let deducted: Vec<_> = entry.deductions.iter().map(|one| (one.kind, one.amount)).collect();
    let expected = [
        (DeductionKind::Fee, 500),
        (DeductionKind::BillDiscount, 1_000),
        (DeductionKind::Offset, 2_050),
    ];
    assert_eq!((deducted.as_slice(), entry.method), (expected.as_slice(), Method::BankBill));
    let bill = BillDraft {
        form: BillForm::Paper,
        number: "123".into(),
        drawer: "甲集团".into(),
        acceptor: "工行".into(),
        issued_on: Some(day("2026-10-30")),
        matures_on: Some(day("2027-04-30")),
    };
    assert_eq!(entry.bill.as_deref(), Some(&bill));
}

#[rstest]
#[case("手续费", "5", "-5", CellProblem::Negative)]
#[case("票据种类", "银票", "支票", CellProblem::BillKind)]
#[case("票据种类", "银票", "商票", CellProblem::BillKind)]
#[case("票据形式", "电子", "羊皮", CellProblem::BillForm)]
fn a_bad_deduction_or_bill_is_named(
    #[case] column: &str,
    #[case] good: &str,
    #[case] bad: &str,
    #[case] why: CellProblem,
) {
    let list = |value: &str| {
        format!("客户,到账日期,收款金额,收款方式,{column}\nC1,2026-11-03,1000,银承,{value}\n")
    };
    assert_eq!(payments(&list(good)).len(), 1);
    let errors = open(Register::Payments, &list(bad)).errors;
    let told: Vec<_> =
        errors.iter().map(|e| (e.row, &*e.column, &*e.value, e.why.clone())).collect();
    assert_eq!(told, [(2, column, bad, why)]);
}

#[test]
fn a_bill_of_money_that_is_none_is_named() {
    let text = "客户,到账日期,收款金额,票据号码\nC1,2026-11-03,1000,77\n";
    let errors = open(Register::Payments, text).errors;
    let told: Vec<_> = errors.iter().map(|e| (e.row, &*e.column, e.why.clone())).collect();
    assert_eq!(told, [(2, "票据号码", CellProblem::NoBill)]);
}

#[test]
fn a_name_stands_in_for_a_code_that_is_empty() {
    let entries = payments("客户编号,客户名称,日期,金额\nC1,甲,2026-11-03,1\n,乙,2026-11-03,1\n");
    assert_eq!([&*entries[0].customer, &*entries[1].customer], ["C1", "乙"]);
    assert!(entries.iter().all(|entry| entry.method == Method::Transfer));
}

#[test]
fn rows_of_one_number_are_lines_of_one_invoice() {
    let entries = invoices(
        "发票号码,发票类型,开票日期,签收日期,节点编号,开票金额\n\
         0101,增值税专用发票,2026-10-01,2026-10-09,P1-M1,100\n0102,receipt,2026-10-02,,P1-M3,\n0101,,2026-10-01,,P1-M2,50\n",
    );
    let [first, second] = entries.as_slice() else { panic!("{entries:?}") };
    let lines: Vec<_> = first.lines.iter().map(|l| (l.row, &*l.milestone, l.amount)).collect();
    assert_eq!(lines, [(2, "P1-M1", Some(10_000)), (4, "P1-M2", Some(5_000))]);
    assert_eq!(
        (first.kind, first.received_on),
        (Some(InvoiceKind::Special), Some(day("2026-10-09")))
    );
    assert_eq!((second.kind, second.lines[0].amount), (Some(InvoiceKind::Receipt), None));
    assert!(!first.tells_sent && second.sent_on.is_none());
}

#[rstest]
#[case(Register::Customers, "客户名称,信用等级\n甲,E\n", 2, "信用等级", "E", CellProblem::Grade)]
#[case(Register::Customers, "客户名称,账期\n甲,月底\n", 2, "账期", "月底", CellProblem::Days)]
#[case(
    Register::Customers,
    "客户名称,信用额度\n甲,-1\n",
    2,
    "信用额度",
    "-1",
    CellProblem::Negative
)]
#[case(Register::Customers, "编号,客户名称,备注\n,,x\n", 2, "客户名称", "", CellProblem::Missing)]
#[case(
    Register::Payments,
    "客户,日期,金额\n甲,2026-11-01,0\n",
    2,
    "金额",
    "0",
    CellProblem::NotPositive
)]
#[case(Register::Payments, "客户,日期,金额\n甲,,1\n", 2, "日期", "", CellProblem::Missing)]
#[case(Register::Payments, "客户,日期,金额\n甲,2026-11-01,\n", 2, "金额", "", CellProblem::Missing)]
#[case(
    Register::Payments,
    "客户,日期,金额,币种\n甲,2026-11-01,1,QQ\n",
    2,
    "币种",
    "QQ",
    CellProblem::Currency
)]
#[case(
    Register::Payments,
    "客户,日期,金额,收款方式\n甲,2026-11-01,1,贝壳\n",
    2,
    "收款方式",
    "贝壳",
    CellProblem::Method
)]
#[case(
    Register::Payments,
    "客户,日期,金额\n甲,#N/A,1\n",
    2,
    "日期",
    "#N/A",
    CellProblem::SheetError
)]
#[case(
    Register::Payments,
    "客户,日期,金额\n甲,2026-02-30,1\n",
    2,
    "日期",
    "2026-02-30",
    CellProblem::Date(DateOrder::Ymd)
)]
#[case(
    Register::Invoices,
    "发票号,开票日期,节点\n,2026-11-01,M1\n",
    2,
    "发票号",
    "",
    CellProblem::Missing
)]
#[case(
    Register::Invoices,
    "发票号,开票日期,节点,类型\n1,2026-11-01,M1,船票\n",
    2,
    "类型",
    "船票",
    CellProblem::InvoiceKind
)]
#[case(
    Register::Invoices,
    "发票号,开票日期,节点\n1,2026-11-01,M1\n1,2026-11-02,M2\n",
    3,
    "开票日期",
    "2026-11-02",
    CellProblem::UnlikeRow(2)
)]
fn a_bad_cell_is_named(
    #[case] of: Register,
    #[case] text: &str,
    #[case] row: u32,
    #[case] column: &str,
    #[case] value: &str,
    #[case] why: CellProblem,
) {
    let list = open(of, text);
    let (column, value) = (column.to_owned(), value.to_owned());
    assert_eq!(list.errors, [CellError { row, column, value, why }]);
}

#[test]
fn a_limit_in_another_currency_is_refused() {
    let options = RegisterOptions { currency: Some(Currency::CNY), ..RegisterOptions::default() };
    let list = read_with(Register::Customers, "客户名称,信用额度(USD)\n甲,5\n", &options).unwrap();
    assert!(matches!(list.errors[0].why, CellProblem::Amount(_)), "{:?}", list.errors);
}

#[rstest]
#[case(&["day=X"], RegisterError::UnknownField { field: "day".into(), of: Register::Payments })]
#[case(&["tax_no=X"], RegisterError::UnknownField { field: "tax_no".into(), of: Register::Payments })]
#[case(&["amount=金额", "amount=客户"], RegisterError::MappedTwice(F::Amount))]
#[case(&["amount"], RegisterError::Read(ReadError::BadMapping("amount".into())))]
#[case(&["amount=X"], RegisterError::Read(ReadError::UnknownHeader {
    header: "X".into(), known: vec!["客户".into(), "日期".into(), "金额".into()],
}))]
fn a_mapping_that_does_not_fit_is_refused(#[case] map: &[&str], #[case] why: RegisterError) {
    let refused = read_with(Register::Payments, "客户,日期,金额\n甲,2026-11-01,1\n", &mapped(map));
    assert_eq!(refused.unwrap_err(), why);
}

#[test]
fn a_column_is_what_it_is_mapped_to_by_header_or_letter() {
    let text = "甲方,日期,实际,金额\nC1,2026-11-01,7,9\n";
    let options = mapped(&["customer=甲方", "Amount=C", "milestones=金额"]);
    let list = read_with(Register::Payments, text, &options).unwrap();
    let Entries::Payments(entries) = list.entries else { panic!() };
    assert_eq!((&*entries[0].customer, entries[0].amount), ("C1", 700));
    assert_eq!(entries[0].milestones, ["9"]);
}

#[test]
fn two_columns_that_could_be_one_field_and_a_header_that_lacks_one_are_questions() {
    let two = read_with(
        Register::Payments,
        "客户,收款日期,到账日期,金额\n甲,2026-11-01,2026-11-01,1\n",
        &RegisterOptions::default(),
    );
    let headers = vec!["收款日期 (B)".to_owned(), "到账日期 (C)".to_owned()];
    assert_eq!(two.unwrap_err(), RegisterError::TwoColumns { field: F::ReceivedOn, headers });
    let none = read_with(Register::Invoices, "发票号,节点\n1,M1\n", &RegisterOptions::default());
    let missing: Vec<&'static [F]> = vec![&[F::IssuedOn]];
    let seen = vec!["发票号".to_owned(), "节点".to_owned()];
    assert_eq!(none.unwrap_err(), RegisterError::NoHeader { missing, seen });
}

#[test]
fn days_that_fit_two_orders_are_a_question_for_every_list() {
    let text = "客户,日期,金额\n甲,1/2/2026,1\n";
    let asked = read_with(Register::Payments, text, &RegisterOptions::default()).unwrap_err();
    assert!(matches!(asked, RegisterError::Read(ReadError::AmbiguousDates { .. })), "{asked:?}");
    let date_order = Some(DateOrder::Dmy);
    let options = RegisterOptions { date_order, ..RegisterOptions::default() };
    let list = read_with(Register::Payments, text, &options).unwrap();
    let Entries::Payments(entries) = list.entries else { panic!() };
    assert_eq!(entries[0].received_on, day("2026-02-01"));
}

#[test]
fn a_workbook_keeps_its_days_and_numbers() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let day_format = Format::new().set_num_format("yyyy/m/d");
    let on = ExcelDateTime::from_ymd(2026, 11, 3).unwrap();
    for (column, header) in (0..).zip(["客户", "到账日期", "金额(万元)", "流水号"]) {
        sheet.write(0, column, header).unwrap();
    }
    sheet.write(1, 0, "C1").unwrap();
    sheet.write_with_format(1, 1, &on, &day_format).unwrap();
    sheet.write(1, 2, 1.5).unwrap();
    sheet.write(1, 3, 20_261_103_001_i64).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let list = read_with(Register::Payments, bytes, &RegisterOptions::default()).unwrap();
    let Entries::Payments(entries) = list.entries else { panic!() };
    assert_eq!((entries[0].received_on, entries[0].amount), (day("2026-11-03"), 1_500_000));
    assert_eq!(entries[0].bank_ref, "20261103001");
}

#[test]
fn what_acts_on_a_screen_does_not_come_in() {
    let entries = customers("客户名称,备注\n\u{1b}[2J甲\u{202e},a\tb\n");
    assert_eq!((&*entries[0].draft.name, &*entries[0].draft.notes), ("[2J甲", "a b"));
}

#[test]
fn a_list_that_would_take_too_much_memory_is_refused() {
    let text = format!("客户名称\n{}", "甲\n".repeat(250_000));
    let refused = read_with(Register::Customers, text, &RegisterOptions::default()).unwrap_err();
    assert_eq!(refused, RegisterError::Read(ReadError::TooLarge { megabytes: 64 }));
}

proptest! {
    #[test]
    fn no_text_makes_it_fall(text in "[客户发票号节点开票日期金额名称收款,;\"\n0-9a-z/.#-]{0,200}") {
        for &of in Register::ALL {
            let _ = read_with(of, text.clone(), &RegisterOptions::default());
        }
    }
}
