//! What the columns of such lists are called.

use crate::domain::register::{Register, RegisterField};

use Register::{Customers, Invoices, Payments};
use RegisterField as F;

/// Names of columns, folded, without blanks and signs. A field takes the columns of its lowest rank: 0 names it, the
/// others stand in for it.
#[rustfmt::skip]
const COLUMNS: &[(Register, F, u8, &str)] = &[
    (Customers, F::Code, 0, CUSTOMER_CODES),
    (Customers, F::Code, 1, "code 编号 编码 代码"),
    (Customers, F::Name, 0, CUSTOMER_NAMES),
    (Customers, F::Name, 1, "name customer client 客户 名称 全称"),
    (Customers, F::ShortName, 0, "shortname 简称 客户简称 单位简称"),
    (Customers, F::InvoiceTitle, 0, "invoicetitle billingname 开票抬头 发票抬头 开票名称 抬头"),
    (Customers, F::TaxNo, 0, "taxno taxnumber taxid vatno vatid 税号 纳税人识别号 纳税人税号 统一社会信用代码 \
        社会信用代码 信用代码"),
    (Customers, F::Bank, 0, "bank bankname 开户行 开户银行 开户行名称 银行"),
    (Customers, F::BankAccount, 0, "bankaccount bankaccountno accountno accountnumber iban 账号 帐号 银行账号 \
        银行帐号 开户账号 银行账户 对公账号"),
    (Customers, F::BankAccount, 1, "account 账户"),
    (Customers, F::Address, 0, "address 地址 单位地址 公司地址 注册地址 开票地址 客户地址"),
    (Customers, F::Phone, 0, "phone telephone tel phonenumber 电话 公司电话 单位电话 注册电话 开票电话 客户电话"),
    (Customers, F::Grade, 0, "grade creditgrade creditrating 信用等级 客户等级 信用评级 等级"),
    (Customers, F::CreditLimit, 0, "creditlimit limit 信用额度 授信额度 信用限额 额度"),
    (Customers, F::TermsDays, 0, "termsdays paymentterms terms 账期 帐期 账期天数 信用期 信用期限 付款期限"),
    (Customers, F::ContactName, 0, "contactname contact contactperson 联系人 联系人姓名 客户联系人 对接人"),
    (Customers, F::ContactPhone, 0, "contactphone mobile 联系电话 联系人电话 联系方式 手机 手机号 手机号码"),
    (Customers, F::Note, 0, NOTES),
    (Payments, F::Customer, 0, CUSTOMER_CODES),
    (Payments, F::Customer, 1, "customer client 客户"),
    (Payments, F::CustomerName, 0, CUSTOMER_NAMES),
    (Payments, F::ReceivedOn, 0, "receivedon receiveddate datereceived paymentdate paidon datepaid 收款日期 收款日 \
        收款时间 到账日期 到账日 到账时间 回款日期 回款日 回款时间 实收日期 入账日期"),
    (Payments, F::ReceivedOn, 1, "date 日期"),
    (Payments, F::Amount, 0, "amount amountreceived receivedamount paymentamount amountpaid received paid 收款金额 \
        到账金额 回款金额 实收金额 已收金额"),
    (Payments, F::Amount, 1, "金额"),
    (Payments, F::Currency, 0, CURRENCIES),
    (Payments, F::Method, 0, "method paymentmethod 收款方式 回款方式 付款方式 结算方式 支付方式"),
    (Payments, F::Payer, 0, "payer paidby 付款方 付款人 付款单位 付款户名 对方户名 汇款人 汇款单位"),
    (Payments, F::BankRef, 0, "bankref bankreference transactionid 银行流水号 流水号 交易流水号 银行单号 回单号 \
        回单编号"),
    (Payments, F::BankRef, 1, "reference ref 凭证号"),
    (Payments, F::Milestone, 0, MILESTONES),
    (Payments, F::Milestone, 1, "核销 核销节点 核销款项"),
    (Payments, F::Fee, 0, "fee fees bankfee bankfees bankcharge bankcharges 手续费 银行手续费 扣手续费"),
    (Payments, F::BillDiscount, 0, "billdiscount discountingcost 贴息 贴现息 贴现利息 票据贴息"),
    (Payments, F::EarlyDiscount, 0, "earlydiscount earlypaymentdiscount cashdiscount settlementdiscount 提前付款折扣 \
        提前付款优惠 现金折扣"),
    (Payments, F::Penalty, 0, "penalty penalties 罚款 扣罚 扣罚金额 违约扣款 质量扣款"),
    (Payments, F::Offset, 0, "offset setoff 抵账 抵账金额 冲抵金额 冲账金额"),
    (Payments, F::OtherDeduction, 0, "otherdeduction otherdeductions 其他扣款 其它扣款 其他扣除"),
    (Payments, F::BillKind, 0, "billkind billtype 票据种类 汇票种类 票据类型 汇票类型"),
    (Payments, F::BillForm, 0, "billform 票据形式 票据介质 汇票形式"),
    (Payments, F::BillNumber, 0, "billnumber billno draftno draftnumber 票据号码 票据号 汇票号码 汇票号 票号"),
    (Payments, F::BillDrawer, 0, "billdrawer drawer 出票人 出票单位"),
    (Payments, F::BillAcceptor, 0, "billacceptor acceptor 承兑人 承兑行 承兑银行"),
    (Payments, F::BillIssuedOn, 0, "billissuedon billissuedate drawnon billdate 出票日期 出票日"),
    (Payments, F::BillMaturesOn, 0, "billmatureson matureson maturity maturitydate billduedate 票据到期日 \
        票据到期日期 汇票到期日 汇票到期日期"),
    (Payments, F::Note, 0, NOTES),
    (Invoices, F::Number, 0, "invoiceno invoicenumber invoiceid 发票号 发票号码 发票编号 票号"),
    (Invoices, F::Number, 1, "number invoice no 发票 号码"),
    (Invoices, F::Kind, 0, "kind invoicekind invoicetype 发票类型 发票种类 票种 票据类型"),
    (Invoices, F::Kind, 1, "type 类型"),
    (Invoices, F::TaxRate, 0, "taxrate vatrate 税率 发票税率 增值税税率"),
    (Invoices, F::IssuedOn, 0, "issuedon issuedate dateissued invoicedate invoicedon 开票日期 开票日 开票时间 \
        发票日期"),
    (Invoices, F::IssuedOn, 1, "date 日期"),
    (Invoices, F::SentOn, 0, "senton sentdate datesent 寄出日期 寄出日 寄送日期 邮寄日期 送出日期 送票日期 交票日期"),
    (Invoices, F::ReceivedOn, 0, "receivedon receiveddate datereceived 签收日期 签收日 签收时间 客户签收日期 \
        收票日期"),
    (Invoices, F::Milestone, 0, MILESTONES),
    (Invoices, F::Amount, 0, "amount invoiceamount 开票金额 发票金额 价税合计 含税金额"),
    (Invoices, F::Amount, 1, "total 金额"),
    (Invoices, F::Currency, 0, CURRENCIES),
];

const CUSTOMER_CODES: &str = "customercode customerid customerno customernumber clientcode clientid clientno 客户编号 \
    客户代码 客户编码 客户号 单位编码 单位编号";

const CUSTOMER_NAMES: &str =
    "customername clientname companyname 客户名称 客户名 客户全称 客户单位 单位名称 公司名称";

const CURRENCIES: &str = "currency currencycode ccy 币种 币别 货币 结算币种";

const MILESTONES: &str = "milestone milestones milestonekey milestonekeys key keys 节点编号 节点 回款节点 款项编号 \
    回款编号 应收编号";

const NOTES: &str = "note notes remark remarks comment comments memo 备注 备注说明 说明";

/// What a column of this name (folded, without blanks and signs) can be, with ranks.
pub fn meanings(of: Register, name: &str) -> impl Iterator<Item = (RegisterField, u8)> {
    let known = COLUMNS.iter().filter(move |(register, ..)| *register == of);
    let named = known.filter(move |(_, _, _, names)| names.split(' ').any(|known| known == name));
    named.map(|(_, field, rank, _)| (*field, *rank))
}
