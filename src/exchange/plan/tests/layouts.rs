//! Lists of other programs, in the shape their exports have, and layouts of one's own.

use super::*;
use crate::exchange::plan::layout::{self, Layouts, NONE};
use crate::exchange::sheet::Cell;

fn layouts() -> Layouts {
    Layouts::read(&std::env::temp_dir().join("no such folder")).unwrap()
}

fn known() -> PlanOptions {
    PlanOptions { layouts: layouts(), ..PlanOptions::default() }
}

fn read(text: &str) -> PlanRead {
    let list = try_with(text, &known()).unwrap();
    assert_eq!(list.errors, [], "{:?}", list.notes);
    list
}

fn layout_of(list: &PlanRead) -> Option<&str> {
    list.notes.iter().find_map(|note| match note {
        Note::Layout(name) => Some(name.as_str()),
        _ => None,
    })
}

fn left_out(list: &PlanRead) -> &[u32] {
    let rows = list.notes.iter().find_map(|note| match note {
        Note::LeftOut(rows) => Some(rows.as_slice()),
        _ => None,
    });
    rows.unwrap_or_default()
}

/// Key, customer, amount, received, due.
fn told(list: &PlanRead) -> Vec<(String, String, i64, i64, String)> {
    let row = |row: &PlanRow| {
        (
            row.key.clone().unwrap_or_default(),
            row.customer.clone(),
            row.amount,
            row.paid.unwrap_or_default(),
            row.due.as_ref().map(ToString::to_string).unwrap_or_default(),
        )
    };
    list.rows.iter().map(row).collect()
}

fn row(
    key: &str,
    customer: &str,
    amount: i64,
    paid: i64,
    due: &str,
) -> (String, String, i64, i64, String) {
    (key.to_owned(), customer.to_owned(), amount, paid, due.to_owned())
}

#[test]
fn every_shipped_layout_can_be_read_and_none_hides_another() {
    let all = layouts();
    assert_eq!(all.iter().count(), 12);
    for layout in all.iter() {
        assert!(layout::is_name(&layout.name) && !layout.headers.is_empty(), "{}", layout.name);
        // A list with the headers of a layout is read by that and no other.
        let header = layout.headers.iter().map(|header| header.split('|').next().unwrap());
        let mut row = crate::exchange::sheet::Row::default();
        header.enumerate().for_each(|(at, name)| row.set(at, Cell::Text(name)));
        let (found, _) = all.choose(&[row], &PlanOptions::default()).unwrap();
        assert_eq!(found.name, layout.name);
    }
}

#[test]
fn an_aging_detail_of_quickbooks() {
    let list = read(
        "Stellar Works Ltd,,,,,,,\nA/R Aging Detail,,,,,,,\n\"As of November 20, 2026\",,,,,,,\n,,,,,,,\n\
         ,Date,Transaction type,Num,Customer,Due date,Amount,Open balance\n\
         31 - 60 days past due,,,,,,,\n\
         ,09/01/2026,Invoice,1037,Bright Harbor Inc.,10/01/2026,\"1,200.00\",\"1,200.00\"\n\
         ,09/03/2026,Payment,881,Bright Harbor Inc.,09/03/2026,-50.00,-50.00\n\
         Total for 31 - 60 days past due,,,,,,\"$1,150.00\",\"$1,150.00\"\n\
         Current,,,,,,,\n\
         ,11/02/2026,Invoice,1042,Cedar & Sons,12/02/2026,900.00,400.50\n\
         Total for Current,,,,,,$900.00,$400.50\n\
         TOTAL,,,,,,\"$2,050.00\",\"$1,550.50\"\n",
    );
    assert_eq!(layout_of(&list), Some("quickbooks-aging"));
    assert_eq!(
        told(&list),
        [
            row("1037", "Bright Harbor Inc.", 120_000, 0, "2026-10-01"),
            row("1042", "Cedar & Sons", 90_000, 49_950, "2026-12-02"),
        ]
    );
    assert_eq!(left_out(&list), [6, 8, 9, 10, 12]);
    assert!(list.notes.contains(&Note::PaidOn { day: day("2026-11-20"), row: 3 }));
}

#[test]
fn open_invoices_of_quickbooks_stand_below_their_customer() {
    let list = read(
        "Open Invoices\n,Date,Transaction type,Num,Terms,Due date,Open balance\n\
         Bright Harbor Inc.,,,,,,\n,09/25/2026,Invoice,1037,Net 30,10/25/2026,1200.00\n\
         Total for Bright Harbor Inc.,,,,,,$1200.00\nCedar & Sons,,,,,,\n\
         ,10/02/2026,Invoice,1042,Net 30,11/01/2026,400.50\n",
    );
    assert_eq!(layout_of(&list), Some("quickbooks-open"));
    assert_eq!(
        told(&list),
        [
            row("1037", "Bright Harbor Inc.", 120_000, 0, "2026-10-25"),
            row("1042", "Cedar & Sons", 40_050, 0, "2026-11-01"),
        ]
    );
}

#[test]
fn a_balance_detail_of_quickbooks_has_invoices_and_what_was_paid_of_them() {
    let list = read(
        "Customer Balance Detail\nAs of Nov 20 2026\n\
         ,Date,Transaction type,Num,Due date,Amount,Open balance,Balance\n\
         Cedar & Sons,,,,,,,\n,10/02/2026,Invoice,1042,11/13/2026,900.00,400.50,900.00\n\
         ,10/20/2026,Payment,,10/20/2026,-499.50,0.00,400.50\n\
         Total for Cedar & Sons,,,,,$400.50,$400.50,\n",
    );
    assert_eq!(layout_of(&list), Some("quickbooks-balances"));
    assert_eq!(told(&list), [row("1042", "Cedar & Sons", 90_000, 49_950, "2026-11-13")]);
}

#[test]
fn aged_receivables_of_xero_stand_below_their_contact() {
    let list = read(
        "Aged Receivables Detail,,,,,,,,,\nDemo Company,,,,,,,,,\nAs at 20 November 2026,,,,,,,,,\n\
         Invoice Date,Due Date,Invoice Number,Invoice Reference,Current,< 1 Month,1 Month,2 Months,Older,Total\n\
         Bayside Club,,,,,,,,,\n\
         5 Oct 2026,20 Oct 2026,INV-0028,P/O 9711,0.00,234.00,0.00,0.00,0.00,234.00\n\
         Total Bayside Club,,,,0.00,234.00,0.00,0.00,0.00,234.00\n\
         Total,,,,0.00,234.00,0.00,0.00,0.00,234.00\n",
    );
    assert_eq!(layout_of(&list), Some("xero-receivables"));
    assert_eq!(told(&list), [row("INV-0028", "Bayside Club", 23_400, 0, "2026-10-20")]);
}

#[test]
fn an_invoice_of_xero_with_several_lines_is_one() {
    let header = "ContactName,EmailAddress,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,\
                  InvoiceAmountPaid,InvoiceAmountDue,Description,LineAmount,Currency,Status\n";
    let list = read(&format!(
        "{header}Bayside Club,a@b.c,INV-0028,P/O 9711,2026-10-05,2026-10-20,234.00,0.00,234.00,Design,200.00,NZD,Awaiting Payment\n\
         Bayside Club,a@b.c,INV-0028,P/O 9711,2026-10-05,2026-10-20,234.00,0.00,234.00,Print,34.00,NZD,Awaiting Payment\n\
         Bayside Club,a@b.c,INV-0029,,2026-10-05,2026-10-20,90.00,0.00,90.00,Design,90.00,NZD,Draft\n"
    ));
    assert_eq!(layout_of(&list), Some("xero-invoices"));
    assert_eq!(told(&list), [row("INV-0028", "Bayside Club", 23_400, 0, "2026-10-20")]);
    assert_eq!(left_out(&list), [3, 4]);
    assert_eq!(list.rows[0].currency.code(), "NZD");
}

#[rstest]
#[case::asana(
    "asana",
    "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Due Date,Projects,Customer,Amount\n\
     120001,2026-09-01,,2026-09-02,Acceptance payment,Q4,Wang Min,2026-12-05,Data hub,Stellar,5000\n"
)]
#[case::trello(
    "trello",
    "Card ID,Card Name,Card URL,Card Description,Members,Due Date,List ID,List Name,Board ID,Board Name,Customer,Amount\n\
     120001,Acceptance payment,https://x,,wang,2026-12-05T09:00:00.000Z,l1,Q4,b1,Data hub,Stellar,5000\n"
)]
#[case::ms_project(
    "ms-project",
    "Unique ID,Task Name,Duration,Start,Finish,Customer,Amount,Due date\n\
     120001,Acceptance payment,0 days,Fri 11/20/26,Fri 11/20/26,Stellar,5000,2026-12-05\n"
)]
#[case::pingcode(
    "pingcode",
    "编号,标题,状态,负责人,截止时间,客户,金额\n120001,验收款,进行中,王敏,2026-12-05,Stellar,5000\n"
)]
#[case::worktile(
    "worktile",
    "任务编号,任务标题,任务列表,负责人,截止时间,客户,金额\n120001,验收款,回款,王敏,2026-12-05,Stellar,5000\n"
)]
fn tasks_that_say_who_owes_how_much(#[case] name: &str, #[case] text: &str) {
    let options = PlanOptions { date_order: Some(DateOrder::Mdy), ..known() };
    let list = try_with(text, &options).unwrap();
    assert_eq!(list.errors, []);
    assert_eq!(layout_of(&list), Some(name));
    assert_eq!(told(&list), [row("120001", "Stellar", 500_000, 0, "2026-12-05")]);
}

#[test]
fn receivables_of_yonyou_and_kingdee_tell_what_is_open() {
    let yonyou = read(
        "截止日期：2026-11-20\n客户编码,客户名称,单据类型,单据编号,单据日期,到期日,币种,原币金额,原币余额,摘要\n\
         K001,星河科技,销售专用发票,FP0001,2026-09-01,2026-10-01,人民币,1200.00,700.00,一期\n合计,,,,,,,1200.00,700.00,\n",
    );
    assert_eq!(layout_of(&yonyou), Some("yonyou-receivables"));
    assert_eq!(told(&yonyou), [row("FP0001", "K001", 120_000, 50_000, "2026-10-01")]);
    let kingdee = read(
        "单据编号,业务日期,客户,币别,价税合计,到期日,未核销金额,单据状态\n\
         AR00000001,2026-09-01,星河科技,人民币,1200.00,2026-10-01,1200.00,已审核\n",
    );
    assert_eq!(layout_of(&kingdee), Some("kingdee-receivables"));
    assert_eq!(told(&kingdee), [row("AR00000001", "星河科技", 120_000, 0, "2026-10-01")]);
}

#[test]
fn none_reads_a_list_by_its_headers_alone() {
    let text = "单据编号,业务日期,客户,价税合计,到期日,未核销金额\nAR1,2026-09-01,星河科技,1200.00,2026-10-01,700.00\n";
    let options = PlanOptions { layout: Some(NONE.to_owned()), ..known() };
    let list = try_with(text, &options).unwrap();
    assert_eq!(layout_of(&list), None);
    assert_eq!(told(&list), [row("AR1", "星河科技", 120_000, 50_000, "2026-10-01")]);
}

#[test]
fn more_open_than_the_amount_is_a_bad_cell() {
    let text = "key,customer,amount,rest\nK1,C1,100,100.01\n";
    let list = try_with(text, &options(&["open=rest"])).unwrap();
    assert_eq!(list.errors[0].why, CellProblem::OpenAboveAmount);
}

#[test]
fn a_way_of_reading_is_kept_under_a_name_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let text = "单号,甲方,本期,限期,经手\nH1,星河,12.5,3/4/2026,王敏\n";
    let map = ["key=单号", "customer=甲方", "amount=本期", "due=限期"];
    let given = PlanOptions {
        unit: Some("万元".into()),
        date_order: Some(DateOrder::Dmy),
        ..options(&map)
    };
    let list = open(text, &given, &mut |_, _| {}).unwrap();
    let kept = list.layout("月报", None, &given);
    layout::keep(folder.path(), &kept).unwrap();

    let layouts = Layouts::read(folder.path()).unwrap();
    assert_eq!(layouts.named("月报"), Some(&kept));
    let again = PlanOptions { layouts, ..PlanOptions::default() };
    let list =
        try_with("月报\n编制人,单号,甲方,本期,限期\n李,H2,星河,2,5/4/2026\n", &again).unwrap();
    assert_eq!(layout_of(&list), Some("月报"));
    assert_eq!(told(&list), [row("H2", "星河", 2_000_000, 0, "2026-04-05")]);
}

#[test]
fn a_layout_that_cannot_be_read_is_named_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bad.toml"), "headers = [\"A\"]\n[map]\nkunde = \"A\"\n")
        .unwrap();
    let error = Layouts::read(folder.path()).unwrap_err();
    let Error::Config { path, message } = error else {
        panic!("{error:?}");
    };
    assert!(path.ends_with("bad.toml") && message.contains("kunde"), "{message}");
}

#[test]
fn names_are_names_of_files() {
    for good in ["qb", "月报", "A-1_b"] {
        assert!(layout::is_name(good), "{good}");
    }
    for bad in ["", "a/b", "..", "a b", "a.toml", "C:", &"x".repeat(41)] {
        assert!(!layout::is_name(bad), "{bad}");
    }
}
