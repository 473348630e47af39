use proptest::prelude::*;
use rstest::rstest;

use super::*;

/// As it is written down, and what was left unread.
fn read(text: &str) -> (String, Vec<String>) {
    let terms = Terms::read(text);
    (terms.to_string(), terms.unread)
}

#[rstest]
#[case("合同签订后7个工作日内付30%", "30% signing + 7wd")]
#[case("货到验收合格后30日内付至85%", "to 85% acceptance + 30d")]
#[case("质保期满一年付5%质保金", "5% as retention acceptance + 1y")]
#[case("项目进行到50%时付40%", "40% progress 50%")]
#[case("见票后60天", "invoice_received + 60d")]
#[case("月结30天", "invoice month-end + 30d")]
#[case("2/10 net 30", "invoice + 30d; discount 2% + 10d")]
#[case("2/10, n/30", "invoice + 30d; discount 2% + 10d")]
#[case(
    "30% on signing, 40% on delivery + 30 days, 30% within 12 months of acceptance",
    "30% signing; 40% delivery + 30d; 30% acceptance + 12m"
)]
#[case(
    "合同签订后15个工作日内支付30%预付款;设备安装完成并验收合格后付至95%;余5%为质保金,质保期满后1个月内一次性无息付清",
    "30% as advance signing + 15wd; to 95% acceptance; 5% as retention warranty_end + 1m"
)]
#[case(
    "合同签订后15天(日历日)内,收到履约保证金及发票后支付合同价款的50%;验收合格后支付50%",
    "50% signing + 15d with bond with bill; 50% acceptance"
)]
#[case(
    "合同签订后15个工作日内支付5%;到货验收合格后六个月内付至90%,收到发票及收据后15个工作日;12个月内付至结算额的95%",
    "5% signing + 15wd; to 90% acceptance + 6m with bill with receipt + 15wd; to 95% of settled + 12m"
)]
#[case(
    "合同签订后5个工作日内付30%;材料进场到货验收后5个工作日付35%;完工验收后5个工作日付30%;验收并运行一年后5个工作日付5%(即97,125.00元)",
    "30% signing + 5wd; 35% delivery + 5wd; 30% acceptance + 5wd; 5% = fixed 97,125.00元 acceptance + 1y + 5wd"
)]
#[case(
    "预付百分之三十，到货后三十日内付百分之四十，验收合格后付清余款",
    "30% as advance; 40% delivery + 30d; rest acceptance"
)]
#[case("签订付30%到货付40%验收付30%", "30% signing; 40% delivery; 30% acceptance")]
#[case("预付30%到货付40%验收后付清", "30% as advance; 40% delivery; rest acceptance")]
#[case("首付三成，货到付款七成", "30% as advance; 70% delivery")]
#[case(
    "验收合格后30（三十）日内凭增值税专用发票支付合同总价的60%",
    "60% acceptance + 30d with bill"
)]
#[case("甲方收到乙方开具的增值税专用发票后30日内支付全部货款", "100% invoice_received + 30d")]
#[case("验收合格且收到发票后30日内支付40%", "40% acceptance + 30d with bill")]
#[case("收到发票后15日内，质保期满后付5%", "5% warranty_end with bill + 15d")]
#[case("审计完成后付至结算审定价的97%", "to 97% of settled settlement")]
#[case(
    "竣工验收合格后付至合同价的80%，结算完成后30天内付至结算价的97%",
    "to 80% acceptance; to 97% of settled settlement + 30d"
)]
#[case("第一期：合同生效后付40%；第二期：终验合格后付60%", "40% signing; 60% acceptance")]
#[case("1、合同签订后支付30%；2、验收后支付70%", "30% signing; 70% acceptance")]
#[case("（1）签约后付20%。（2）交付后付80%。", "20% signing; 80% delivery")]
#[case("凭验收单及发票，到货后30日内付30%", "30% delivery + 30d with documents with bill")]
#[case("工程进度达到60%付至50%", "to 50% progress 60%")]
#[case("项目进度达到80%后15日内支付20%", "20% progress 80% + 15d")]
#[case("40% progress(50%) + 15d", "40% progress 50% + 15d")]
#[case("各项条件满足后10日内付30%", "30% conditions + 10d")]
#[case(
    "到货后7日内组织验收，逾期视为验收合格；验收合格后30日内付60%",
    "60% acceptance + 30d; deemed delivery + 7d"
)]
#[case("验收合格后10日内付30%，逾期未验收视为验收合格", "30% acceptance + 10d; deemed")]
#[case("验收后30日内付款，节假日顺延", "acceptance + 30d roll")]
#[case("验收后付5万元，余款半年内付清", "fixed 5万元 acceptance; rest + 6m")]
#[case("逾期付款的，每逾期一日按未付金额的万分之五支付违约金", "penalty 0.05% per day")]
#[case("逾期按年利率4.65%支付利息，最高不超过10%", "penalty 4.65% per year cap 10%")]
#[case("逾期付款违约金为合同总价的5%", "penalty 5%")]
#[case("逾期付款支付违约金5000元", "penalty fixed 5000元")]
#[case("验收后30日内付款，逾期按日千分之一支付滞纳金", "acceptance + 30d; penalty 0.1% per day")]
#[case("50% upon signature, balance 30 days after delivery", "50% signing; rest delivery + 30d")]
#[case("net 45", "invoice + 45d")]
#[case("Net 30 days from invoice date", "invoice + 30d")]
#[case("60 days after receipt of invoice", "invoice_received + 60d")]
#[case(
    "30% advance payment; 60% at 50% completion; 10% retention 1 year after acceptance",
    "30% as advance; 60% progress 50%; 10% as retention acceptance + 1y"
)]
#[case("up to 85% within 30 (thirty) days after acceptance", "to 85% acceptance + 30d")]
#[case(
    "USD 5,000 on signing, the remainder within 10 business days of acceptance",
    "fixed usd5,000 signing; rest acceptance + 10wd"
)]
#[case("late payment bears interest at 8% per annum", "penalty 8% per year")]
#[case("25% + 25% + fixed 396.84 + rest", "25%; 25%; fixed 396.84; rest")]
#[case("3-5个工作日内，合同签订后付30%", "30% signing + 5wd")]
#[case(
    "首付款：合同总价的30%，即人民币叁拾万元整（¥300,000.00），合同签订后7日内支付",
    "30% = fixed 叁拾万元整 as advance signing + 7d"
)]
#[case("余款10%作为质保金，质保期满无质量问题后无息支付", "10% as retention warranty_end")]
#[case(
    "货物全部到达甲方指定地点并经验收合格后，甲方在收到乙方开具的合格增值税发票后30日内支付合同总价的60%",
    "60% acceptance + 30d with bill"
)]
#[case(
    "分三期付款：签约时付40%、交付时付40%、验收时付20%",
    "40% signing; 40% delivery; 20% acceptance"
)]
#[case("合同生效后7日内支付定金20万元整", "fixed 20万元整 as advance signing + 7d")]
#[case("终验合格后付40%，终验满12个月付10%", "40% acceptance; 10% acceptance + 12m")]
#[case(
    "乙方交货后，甲方应在5日内验收，逾期未提出异议视为验收合格，验收合格后10日内付全款",
    "100% acceptance + 10d; deemed delivery + 5d"
)]
#[case(
    "如甲方逾期付款，每逾期一天应按逾期金额的0.05%向乙方支付违约金，违约金总额不超过合同总价的5%",
    "penalty 0.05% per day cap 5%"
)]
#[case(
    "Interest of 0.05% per day on overdue amounts, capped at 5%",
    "penalty 0.05% per day cap 5%"
)]
#[case(
    "Retention of 5% shall be released at the end of the warranty period",
    "5% as retention warranty_end"
)]
#[case(
    "20% down payment upon contract signing; 80% upon final acceptance",
    "20% as advance signing; 80% acceptance"
)]
#[case("Payment is due 30 days from the date of invoice", "invoice + 30d")]
#[case("50% deposit with order, rest cash on delivery", "50% as advance signing; rest delivery")]
#[case("票到30天", "invoice_received + 30d")]
#[case("月结60天，以银行承兑汇票支付", "invoice month-end + 60d")]
fn clauses_as_contracts_have_them(#[case] text: &str, #[case] written: &str) {
    assert_eq!(read(text), (written.to_owned(), Vec::new()));
}

#[rstest]
#[case("主体封顶后付30%", "30%", &["主体封顶"])]
#[case("发货前付30%", "30%", &["发货前"])]
#[case("系统上线后付20%", "20%", &["上线"])]
#[case("30% before delivery", "30% delivery", &["before"])]
#[case("收到业主付款后30日内支付", " + 30d", &["收到"])]
#[case("验收不合格后30日", "acceptance + 30d", &["不"])]
#[case("逾期付款每月按1.5%计息", "", &["逾期付款每月按1.5%计息"])]
#[case("逾期付款每日支付违约金500元", "", &["逾期付款每日支付违约金500元"])]
#[case("interest of 1.5% per month", "", &["interest of 1.5% per month"])]
#[case("另议", "", &["另议"])]
#[case("看情况再付", "", &["看情况再付"])]
#[case("看情况再付；验收后付30%", "30% acceptance", &["看情况再付"])]
#[case("安装调试后支付", "", &["安装调试后支付"])]
#[case("pay when convenient", "", &["pay when convenient"])]
#[case("另议，10天内优惠若干", "", &["另议", "10天内优惠若干"])]
#[case("2026年5月1日后付30%", "30%", &["2026年5月1日"])]
#[case("验收后2026-05-01付30%", "30% acceptance", &["2026-05-01"])]
#[case("验收后2026年付30%", "30% acceptance", &["2026年"])]
#[case("3:3:3:1", "", &["3:3:3:1"])]
#[case("合同签订后30日内交货", "signing + 30d", &["交货"])]
#[case("50% prior to shipment", "50%", &["prior", "shipment"])]
#[case("收到业主付款后15日内", " + 15d", &["收到"])]
#[case("", "", &[])]
fn what_is_not_understood_is_said(
    #[case] text: &str,
    #[case] written: &str,
    #[case] unread: &[&str],
) {
    let (shown, left) = read(text);
    assert_eq!(
        (shown.as_str(), left.iter().map(String::as_str).collect::<Vec<_>>()),
        (written, unread.to_vec())
    );
}

#[rstest]
#[case("验收合格后30日内付款", Some("acceptance + 30d"))]
#[case("货到验收合格后30日内付至85%", Some("acceptance + 30d"))]
#[case("验收并运行一年后5个工作日付5%", Some("acceptance + 1y + 5wd"))]
#[case("月结30天", Some("invoice month-end + 30d"))]
#[case("验收后30天 顺延", Some("acceptance + 30d roll"))]
#[case("12个月内付至结算额的95%", None)]
#[case("验收后付至结算价的95%", None)]
#[case("项目进行到50%时付40%", Some("progress(50%)"))]
#[case("项目进度达到80%后15日内支付20%", Some("progress(80%) + 15d"))]
#[case("进度达到12.5%后付款", None)]
#[case("主体封顶后30天付款", None)]
#[case("发货前付30%", None)]
#[case("签订付30%，验收付70%", None)]
#[case("验收(P1-M2)后30天", None)]
#[case("2026-05-01", None)]
#[case("凭发票支付", None)]
#[case("结算后30天", None)]
fn one_clause_understood_whole_tells_a_rule(#[case] text: &str, #[case] rule: Option<&str>) {
    assert_eq!(told_rule(text).map(|rule| rule.to_string()).as_deref(), rule);
}

/// As it would be read from its short form: without the words.
fn wordless(mut terms: Terms) -> Terms {
    terms.unread.clear();
    for clause in &mut terms.clauses {
        clause.text.clear();
        clause.is_unclear = false;
    }
    terms
}

const PIECES: &[&str] = &[
    "合同签订",
    "到货",
    "验收合格",
    "质保期满",
    "质保",
    "开票",
    "收到",
    "发票",
    "见票",
    "月结",
    "net",
    "后",
    "内",
    "30日",
    "一年",
    "5个工作日",
    "半年",
    "30%",
    "百分之五",
    "三成",
    "付",
    "付至",
    "付清",
    "余款",
    "全款",
    "结算价",
    "结算完成",
    "进行到",
    "完成",
    "预付款",
    "质保金",
    "履约保函",
    "审计",
    "收据",
    "即",
    "5万元",
    "¥300",
    "fixed 12.50",
    "逾期",
    "违约金",
    "每日",
    "每年",
    "不超过",
    "视为验收合格",
    "2/10",
    "discount",
    "，",
    "；",
    "。",
    "(",
    ")",
    "10",
    "on signing",
    "of",
    "with",
    "up to",
    "month-end",
    "roll",
    "上线",
    "业主",
    "安装",
    "第一期",
    "+",
    "warranty_end",
    "invoice_received",
    "as final",
    "settled",
];

proptest! {
    #[test]
    fn what_is_written_down_reads_back(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14)) {
        let text = pieces.concat();
        let terms = wordless(Terms::read(&text));
        let again = wordless(Terms::read(&terms.to_string()));
        prop_assert_eq!(&again, &terms, "{} → {}", text, terms);
        for clause in &terms.clauses {
            if let Some(rule) = clause.rule() {
                prop_assert_eq!(rule.to_string().parse(), Ok(rule));
            }
        }
    }

    #[test]
    fn no_text_panics(text in "[0-9一三百分之十万元%/.,;+()年月日付至清验收合格后内质保期满 a-z]{0,60}|\\PC*") {
        let terms = Terms::read(&text);
        prop_assert!(Terms::read(&terms.to_string()).unread.is_empty());
        let _ = told_rule(&text);
    }
}

#[test]
fn no_word_means_two_things() {
    let mut names: Vec<&str> = words::all().collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}
