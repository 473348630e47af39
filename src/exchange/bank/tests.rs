use std::io::Cursor;

use chrono::NaiveDate;
use encoding_rs::GB18030;
use rstest::rstest;

use super::*;
use crate::domain::bank::StatementSum;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn open(
    bytes: impl Into<Vec<u8>>,
    options: &StatementOptions,
) -> Result<Statement, StatementError> {
    let profiles = profiles(None).unwrap();
    read_bytes("statement.csv", Box::new(Cursor::new(bytes.into())), options, &profiles)
}

fn read(text: &str) -> (Statement, Vec<StatementLine>) {
    with(text, &StatementOptions::default())
}

fn with(text: &str, options: &StatementOptions) -> (Statement, Vec<StatementLine>) {
    let statement = open(text, options).unwrap();
    let lines = lines(&statement);
    (statement, lines)
}

fn lines(statement: &Statement) -> Vec<StatementLine> {
    let mut lines = Vec::new();
    statement
        .lines
        .each(&mut |line| {
            lines.push(line);
            Ok(())
        })
        .unwrap();
    assert_eq!(statement.lines.count(), lines.len());
    lines
}

fn amounts(lines: &[StatementLine]) -> Vec<i64> {
    lines.iter().map(|line| line.amount).collect()
}

fn warnings(statement: &Statement) -> Vec<&StatementNote> {
    statement.notes.iter().filter(|note| note.is_warning()).collect()
}

fn profile(statement: &Statement) -> &str {
    match statement.notes.first() {
        Some(StatementNote::Profile { title, .. }) => title,
        other => panic!("{other:?}"),
    }
}

const ICBC: &str = "明细查询文件下载\n\n卡号: 6222****0001,\"卡别名: 甲\"\n\n\
    交易日期,摘要,交易详情,交易场所,交易国家或地区简称,钞/汇,交易金额(收入),交易金额(支出),交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名,对方账户\n\
    2026-05-02     \t,\"消费\t\",\" \",\"手机银行\",\"CHN\",钞,\"-\",\"-\",-,\" \",\"13.40   \",人民币,\"1,086.60\",\"某商户\",\"6217****0456\",\n\
    2026-04-22     \t,\"他行汇入\",\" \",\"\",\"CHN\",钞,\"-\",\"-\",-,\"1,000.00  \",\" \",人民币,\"1,100.00\",\"星河科技有限公司\",\"6225000011\",\n\
    \x20\n人民币合计,,,,,,,,,\"1,000.00\",\"13.40\",\n";

#[test]
fn a_statement_of_a_bank_is_known_by_its_header() {
    let (statement, lines) = read(ICBC);
    assert_eq!(profile(&statement), "中国工商银行");
    assert_eq!(amounts(&lines), [-1_340, 100_000]);
    let second = &lines[1];
    assert_eq!((second.on, second.account.as_str()), (day("2026-04-22"), "6222****0001"));
    assert_eq!(
        (second.payer.as_str(), second.payer_account.as_str()),
        ("星河科技有限公司", "6225000011")
    );
    assert_eq!((second.remark.as_str(), second.balance), ("他行汇入", Some(110_000)));
    let [sum] = statement.sums.as_slice() else { panic!("{:?}", statement.sums) };
    // The newest stands first.
    assert_eq!((sum.opening, sum.closing), (Some(10_000), Some(108_660)));
    assert_eq!((sum.money_in, sum.money_out), ((1, 100_000), (1, 1_340)));
    assert_eq!(warnings(&statement), Vec::<&StatementNote>::new());
}

#[test]
fn totals_that_lie_are_told_with_both_numbers() {
    let (statement, lines) =
        read(&ICBC.replace("\"1,000.00\",\"13.40\",\n", "\"1,000.02\",\"13.40\",\n"));
    assert_eq!(lines.len(), 2);
    let differs = StatementNote::TotalDiffers {
        money_in: true,
        currency: Currency::CNY,
        listed: 100_002,
        read: 100_000,
    };
    assert_eq!(warnings(&statement), [&differs]);
}

#[rstest]
#[case("gb18030")]
#[case("utf-16")]
#[case("utf-16 without a mark")]
#[case("utf-8 with a mark")]
fn the_encoding_is_found(#[case] encoding: &str) {
    let bytes = match encoding {
        "gb18030" => GB18030.encode(ICBC).0.into_owned(),
        "utf-16" => {
            let units = ICBC.encode_utf16().flat_map(u16::to_le_bytes);
            [0xff, 0xfe].into_iter().chain(units).collect()
        }
        "utf-16 without a mark" => ICBC.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => format!("\u{feff}{ICBC}").into_bytes(),
    };
    let statement = open(bytes, &StatementOptions::default()).unwrap();
    assert_eq!(amounts(&lines(&statement)), [-1_340, 100_000]);
}

#[test]
fn a_wallet_says_by_a_word_which_way_money_went_and_leaves_out_what_stood_still() {
    let text = "导出信息：\n支付宝账户：a@example.com\n收入：1笔 63.20元\n支出：2笔 24.75元\n不计收支：1笔 17.20元\n\n\
        交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\n\
        2026-02-12 21:32:14 ,转账,甲,/,货款 ,收入 ,63.20,余额,交易成功,20260212001\t,/,  ,\n\
        2026-02-11 10:00:00 ,日用百货,乙,/,商品,支出,10.00,余额,交易成功,20260211001\t,/,,\n\
        2026-02-10 10:00:00 ,日用百货,乙,/,商品,支出,99.00,余额,交易关闭,20260210001\t,/,,\n\
        2026-02-09 10:00:00 ,提现,丙,/,提现,不计收支,17.20,余额,交易成功,20260209001\t,/,,\n";
    let (statement, lines) = read(text);
    assert_eq!(profile(&statement), "支付宝");
    assert_eq!(amounts(&lines), [6_320, -1_000]);
    assert_eq!(
        (lines[0].serial.as_str(), lines[0].account.as_str()),
        ("20260212001", "a@example.com")
    );
    assert_eq!((lines[0].remark.as_str(), lines[0].payer_account.as_str()), ("货款", ""));
    assert!(statement.notes.contains(&StatementNote::Still(2)));
    assert!(matches!(
        warnings(&statement).as_slice(),
        [StatementNote::TotalDiffers { money_in: false, listed: 2_475, read: 1_000, .. }]
    ));
}

#[test]
fn one_column_signed_with_name_and_account_together() {
    let text = "记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要\n\
        2026-01-01,CNY,\"8,200.00\",\"8,255.10\",汇入,星河科技有限公司1111111111,一期款\n\
        2026-01-01,CNY,-650.00,\"7,605.10\",转账汇款,李四 6230000000077,转账\n\
        2026-01-20,CNY,-3.00,\"7,602.10\",取款,,ATM\n";
    let (statement, lines) = read(text);
    assert_eq!(profile(&statement), "招商银行");
    assert_eq!(amounts(&lines), [820_000, -65_000, -300]);
    assert_eq!(
        (lines[0].payer.as_str(), lines[0].payer_account.as_str()),
        ("星河科技有限公司", "1111111111")
    );
    assert_eq!(lines[1].payer, "李四");
    assert_eq!(statement.sums[0].opening, Some(5_510));
    assert_eq!(warnings(&statement), Vec::<&StatementNote>::new());
}

#[test]
fn a_flag_of_one_character_is_enough() {
    let text = "日期,借贷,金额,余额,对方户名\n2026-03-01,贷,500.00,500.00,甲\n2026-03-02,借,200.00,300.00,乙\n";
    assert_eq!(amounts(&read(text).1), [50_000, -20_000]);
}

#[test]
fn a_running_balance_that_breaks_is_told_and_the_lines_are_taken() {
    let text = "Date,Amount,Balance\n2026-01-01,100.00,110.00\n2026-01-02,50.00,160.00\n2026-01-03,-10.00,140.00\n2026-01-04,1.00,141.00\n";
    let (statement, lines) = read(text);
    assert_eq!(lines.len(), 4);
    let [StatementNote::Breaks { count: 1, row: 4, listed: 14_000, computed: 15_000, .. }] =
        warnings(&statement).as_slice()
    else {
        panic!("{:?}", statement.notes)
    };
}

#[test]
fn a_closing_balance_that_does_not_follow_is_told() {
    let text = "Opening balance: 30000.77\nDate,Debit,Credit,Description\n2026-01-01,230.68,,Rent\n2026-01-02,,1300.00,Sale\nClosing balance: 31070.11,,,\n";
    let (statement, lines) = read(text);
    assert_eq!(amounts(&lines), [-23_068, 130_000]);
    let [StatementNote::ClosingDiffers { listed: 3_107_011, computed: 3_107_009, .. }] =
        warnings(&statement).as_slice()
    else {
        panic!("{:?}", statement.notes)
    };
}

#[test]
fn debits_that_are_all_below_0_went_out_and_others_take_back() {
    let text = "Balance at end of period,,,\"+31070,11\"\nDate,Label,Debit,Credit\n2026-04-01,A,\"-50,00\",\n\
        2026-04-02,B,\"-180,68\",\n2026-04-02,C,,\"1300,00\"\nBalance at start of period,,,\"+30000,77\"\n";
    let (statement, lines) = read(text);
    assert_eq!(amounts(&lines), [-5_000, -18_068, 130_000]);
    assert!(matches!(
        warnings(&statement).as_slice(),
        [StatementNote::ClosingDiffers { listed: 3_107_011, computed: 3_107_009, .. }]
    ));
    let text = "Date,Debit,Credit\n2026-04-01,50.00,\n2026-04-02,-50.00,\n";
    assert_eq!(amounts(&read(text).1), [-5_000, 5_000]);
}

#[test]
fn days_without_a_year_ask_for_it_and_run_on_over_new_year() {
    let text = "日期,金额,对方户名\n12-30,100.00,甲\n12/31,1.00,乙\n1月2日,2.00,丙\n";
    let refused = open(text, &StatementOptions::default()).unwrap_err();
    assert_eq!(refused, StatementError::NoYear { row: 2, value: "12-30".to_owned() });
    let options = StatementOptions { year: Some(2025), ..StatementOptions::default() };
    let days: Vec<NaiveDate> = with(text, &options).1.iter().map(|line| line.on).collect();
    assert_eq!(days, [day("2025-12-30"), day("2025-12-31"), day("2026-01-02")]);
}

#[rstest]
#[case("-1006,60", -100_660)]
#[case("-1.006,60", -100_660)]
#[case("-1,006.60", -100_660)]
#[case("+1,006.60", 100_660)]
#[case("12,", 1_200)]
#[case("¥1,006.6", 100_660)]
fn amounts_are_read_as_they_are_met(#[case] text: &str, #[case] minor: i64) {
    assert_eq!(amount(text, Currency::CNY, Grouping::Unknown), Ok(minor));
}

#[test]
fn rows_that_repeat_with_the_banks_number_are_taken_once_others_are_lines_of_their_own() {
    let row = "2026-01-01,10.00,甲,X1\n";
    let text = format!(
        "日期,金额,对方户名,流水号\n{row}{row}2026-01-01,10.00,乙,X1\n2026-01-01,10.00,甲,\n2026-01-01,10.00,甲,\n"
    );
    let (statement, lines) = read(&text);
    assert_eq!(lines.len(), 4);
    assert!(statement.notes.contains(&StatementNote::Repeated(vec![3])));
}

#[test]
fn two_currencies_are_added_up_apart() {
    let text =
        "Date,Currency,Amount\n2026-01-01,HKD,100.00\n2026-01-02,CNY,5.00\n2026-01-03,HKD,-40.00\n";
    let sums = read(text).0.sums;
    let of = |sum: &StatementSum| (sum.currency, sum.money_in, sum.money_out);
    assert_eq!(
        sums.iter().map(of).collect::<Vec<_>>(),
        [(Currency::HKD, (1, 10_000), (1, 4_000)), (Currency::CNY, (1, 500), (0, 0))]
    );
}

#[rstest]
#[case("日期,金额\n2026-13-01,5\n", "2026-13-01")]
#[case("日期,金额\n2026-01-01,abc\n", "abc")]
#[case("日期,币种,金额\n2026-01-01,QQQ,5\n", "QQQ")]
fn a_bad_cell_refuses_the_statement(#[case] text: &str, #[case] value: &str) {
    let Err(StatementError::Cell { row: 2, value: found, .. }) =
        open(text, &StatementOptions::default())
    else {
        panic!("{text}")
    };
    assert_eq!(found, value);
}

#[rstest]
#[case("客户,电话\n甲,1\n")]
#[case("a\nb\n")]
fn what_is_no_statement_says_what_it_saw(#[case] text: &str) {
    assert!(matches!(
        open(text, &StatementOptions::default()),
        Err(StatementError::NoHeader { .. })
    ));
}

#[test]
fn an_unknown_profile_names_those_there_are() {
    let options =
        StatementOptions { profile: Some("ixbc".to_owned()), ..StatementOptions::default() };
    let Err(StatementError::UnknownProfile { known, .. }) = open(ICBC, &options) else { panic!() };
    assert!(known.contains(&"icbc".to_owned()));
}

const MT940: &str = ":20:STMT\r\n:25:12345678/EUR\r\n:28C:1/1\r\n:60F:C260101EUR1000,00\r\n\
    :61:2601020102C250,50NTRFRF4711//BANK1\r\n:86:166?00GUTSCHRIFT?20Invoice ?2124317?31DE02?32HARBOR ?33AND PINE\r\n\
    :61:260103D50,00NCHGNONREF\r\n:86:Fee\r\nfor January\r\n:61:2601040104RC0,50NTRFNONREF\r\n:62F:C260104EUR1200,00\r\n-\r\n\
    :20:STMT\r\n:25:12345678/EUR\r\n:60F:C260104EUR1200,00\r\n:61:260105C0,00NMSCNONREF\r\n:86:text only\r\n:61:260105    CR10,NTRFNONREF\r\n:62F:C260105EUR1211,00\r\n-\r\n";

#[test]
fn mt940_has_balances_that_its_lines_lead_to() {
    let (statement, lines) = read(MT940);
    assert_eq!(amounts(&lines), [25_050, -5_000, -50, 1_000]);
    assert_eq!((lines[0].payer.as_str(), lines[0].serial.as_str()), ("HARBOR AND PINE", "BANK1"));
    assert_eq!(lines[0].remark, "RF4711 Invoice 24317");
    assert_eq!(
        (lines[1].remark.as_str(), lines[1].account.as_str()),
        ("Fee for January", "12345678/EUR")
    );
    let [sum] = statement.sums.as_slice() else { panic!() };
    assert_eq!((sum.opening, sum.closing), (Some(100_000), Some(121_100)));
    assert!(matches!(
        warnings(&statement).as_slice(),
        [StatementNote::ClosingDiffers { listed: 121_100, computed: 121_000, .. }]
    ));
}

#[test]
fn camt_takes_an_entry_apart_where_its_payments_add_up_to_it() {
    let text = r#"<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.04"><BkToCstmrStmt><Stmt>
      <Acct><Id><IBAN>CH1200</IBAN></Id><Ccy>CHF</Ccy></Acct>
      <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CHF">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
      <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CHF">120.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
      <Ntry><Amt Ccy="CHF">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-01-02</Dt></BookgDt><AcctSvcrRef>S1</AcctSvcrRef>
        <NtryDtls><TxDtls><Amt Ccy="CHF">20.00</Amt><RltdPties><Dbtr><Nm>Harbor &amp; Pine</Nm></Dbtr><DbtrAcct><Id><IBAN>DE02</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>24317</Ustrd></RmtInf></TxDtls>
        <TxDtls><Amt Ccy="CHF">10.00</Amt><RltdPties><Dbtr><Nm>Nordlicht</Nm></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry>
      <Ntry><Amt Ccy="CHF">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2026-01-03T10:00:00</DtTm></BookgDt><AddtlNtryInf>Fee</AddtlNtryInf></Ntry>
      <Ntry><Amt Ccy="CHF">99.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts><BookgDt><Dt>2026-01-04</Dt></BookgDt></Ntry>
    </Stmt></BkToCstmrStmt></Document>"#;
    let (statement, lines) = read(text);
    assert_eq!(amounts(&lines), [2_000, 1_000, -1_000]);
    assert_eq!(
        (lines[0].payer.as_str(), lines[0].payer_account.as_str()),
        ("Harbor & Pine", "DE02")
    );
    assert_eq!((lines[0].remark.as_str(), lines[2].remark.as_str()), ("24317", "Fee"));
    assert_eq!(
        (statement.sums[0].opening, statement.sums[0].closing),
        (Some(10_000), Some(12_000))
    );
    assert_eq!(warnings(&statement), Vec::<&StatementNote>::new());
}

#[test]
fn ofx_keeps_two_accounts_apart() {
    let account = |id: &str, amount: &str, balance: &str| {
        format!(
            "<STMTRS><CURDEF>CAD<BANKACCTFROM><BANKID>1<ACCTID>{id}</BANKACCTFROM><BANKTRANLIST>\
             <STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260401122017.000[-5:EST]<TRNAMT>{amount}<FITID>F{id}<NAME>Harbor<MEMO>Inv 1</STMTTRN>\
             </BANKTRANLIST><LEDGERBAL><BALAMT>{balance}<DTASOF>20260402</LEDGERBAL><AVAILBAL><BALAMT>9.00</AVAILBAL></STMTRS>"
        )
    };
    let text = format!(
        "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX>{}{}</OFX>",
        account("11", "11.00", "111.00"),
        account("22", "-2.00", "222.00")
    );
    let (statement, lines) = read(&text);
    let of: Vec<(&str, i64)> =
        lines.iter().map(|line| (line.account.as_str(), line.amount)).collect();
    assert_eq!(of, [("11", 1_100), ("22", -200)]);
    let closing: Vec<Option<i64>> = statement.sums.iter().map(|sum| sum.closing).collect();
    assert_eq!(closing, [Some(11_100), Some(22_200)]);
    assert_eq!((lines[0].currency, lines[0].serial.as_str()), (Currency::CAD, "F11"));
}

#[rstest]
#[case(":20:X\n:60F:C260101EUR1,00\n:61:garbage\n")]
#[case("OFXHEADER:100\n<OFX><STMTTRN><TRNAMT>5<DTPOSTED>yesterday</STMTTRN></OFX>")]
#[case(
    "<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy=\"EUR\">x</Amt><BookgDt><Dt>2026-01-01</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>"
)]
fn a_broken_file_is_refused_with_the_place(#[case] text: &str) {
    assert!(matches!(
        open(text, &StatementOptions::default()),
        Err(StatementError::Malformed { .. })
    ));
}

mod any {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_takes_the_reader_down(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = open(bytes, &StatementOptions::default());
        }

        #[test]
        fn nor_does_a_damaged_statement(at in 0_usize..700, byte in any::<u8>(), which in 0_usize..2) {
            let mut bytes = [ICBC, MT940][which].as_bytes().to_vec();
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = open(bytes, &StatementOptions::default());
        }

        #[test]
        fn lines_lead_from_the_opening_balance_to_the_closing_one(
            steps in proptest::collection::vec((1_u32..29, -90_000_i64..90_000), 1..40),
            newest_first in any::<bool>(),
        ) {
            let steps: Vec<_> = steps.into_iter().filter(|(_, amount)| *amount != 0).collect();
            prop_assume!(!steps.is_empty());
            let mut balance = 1_000_000;
            let mut rows: Vec<String> = steps
                .iter()
                .map(|(_, amount)| {
                    balance += amount;
                    let plain = |minor| crate::domain::money::plain(minor, Currency::CNY);
                    format!("2026-01-02,{},{}\n", plain(*amount), plain(balance))
                })
                .collect();
            if newest_first {
                rows.reverse();
            }
            let (statement, lines) = read(&format!("日期,金额,余额\n{}", rows.concat()));
            prop_assert_eq!(lines.len(), steps.len());
            prop_assert_eq!(warnings(&statement), Vec::<&StatementNote>::new());
            // A single row reads both ways alike.
            prop_assert_eq!(statement.sums[0].opening, Some(1_000_000));
            prop_assert_eq!(statement.sums[0].closing, Some(balance));
        }
    }
}
