//! What columns are called.

use crate::domain::plan::field::PlanField;

use PlanField as F;

/// Names of columns, folded, without blanks and signs. A field takes the columns of its lowest rank: 0 names it, 1 may
/// also mean something else (客户 is the code, unless a column is headed 客户编号), 2 and 3 stand in for it.
#[rustfmt::skip]
const COLUMNS: &[(F, u8, &str)] = &[
    (F::Key, 0, "key 主键 唯一标识 节点编号 款项编号 里程碑编号 回款编号 应收编号 milestonekey milestoneid \
        milestoneno"),
    (F::Key, 1, "编号 单号 单据号 单据编号 应收单号 id reference ref"),
    (F::Customer, 0, "customercode customerid customerno customernumber clientcode clientid clientno 客户编号 \
        客户代码 客户编码 客户号 单位编码 单位编号"),
    (F::Customer, 1, "customer client 客户 甲方"),
    (F::Customer, 3, CUSTOMER_NAMES),
    (F::CustomerName, 0, CUSTOMER_NAMES),
    (F::CustomerName, 2, "customer client 客户 甲方"),
    (F::ContactName, 0, "contactname contact contactperson 联系人 联系人姓名 客户联系人 甲方联系人 对接人 客户对接人"),
    (F::ContactPhone, 0, "contactphone phone telephone tel mobile phonenumber 联系电话 电话 联系人电话 联系方式 手机 \
        手机号 手机号码"),
    (F::Project, 0, "projectcode projectid projectno projectnumber 项目编号 项目代码 项目编码 项目号 工程编号"),
    (F::Project, 1, "project 项目 工程"),
    (F::Project, 3, PROJECT_NAMES),
    (F::ProjectName, 0, PROJECT_NAMES),
    (F::ProjectName, 2, "project 项目 工程"),
    (F::Manager, 0, "manager projectmanager pm 项目经理 负责人 项目负责人"),
    (F::Manager, 1, "owner responsible 责任人 经办人 跟进人 客户经理 业务员 销售经理 销售"),
    (F::ContractNo, 0, "contractno contractnumber contractid contractcode 合同号 合同编号 合同编码"),
    (F::ContractNo, 1, "contract 合同 orderno pono 订单号"),
    (F::ContractAmount, 0, "contractamount contractvalue contracttotal contractsum 合同金额 合同额 合同总额 合同总价 \
        合同总金额 合同价款 签约金额"),
    (F::SignedOn, 0, "signedon signeddate signingdate datesigned contractdate 签订日期 签订日 签订时间 \
        合同签订日期 合同签订日 合同签订时间 签约日期 签约时间 签署日期 合同日期"),
    (F::Milestone, 0, "milestone milestonename instalment installment 回款节点 节点 款项 期次 里程碑 节点名称 \
        款项名称 里程碑名称 付款节点 收款节点"),
    (F::Milestone, 1, "回款阶段 付款阶段 收款阶段 期数 分期 paymentterm term"),
    (F::Milestone, 2, "款项性质 款项类型 款项类别 节点类型"),
    (F::Stage, 0, "stage 款项类型 阶段 款项性质 款项类别 节点类型"),
    (F::Amount, 0, "amount amountdue milestoneamount receivable receivableamount 应收金额 金额 应收款 应收款金额 \
        应收账款 节点金额 款项金额 应回款金额 应收 本期应收"),
    (F::Amount, 1, "计划金额 计划回款金额 计划回款 应回款 应付金额"),
    (F::Amount, 2, "invoiceamount totalamount 发票金额 开票金额 总金额 价税合计"),
    (F::Percent, 0, "percent percentage share % 比例 付款比例 回款比例 收款比例 占比 百分比"),
    (F::Currency, 0, "currency currencycode ccy 币种 币别 货币 结算币种"),
    (F::AgreedOn, 0, "agreedon agreeddate 约定日期 约定日"),
    (F::Due, 0, "due dueon duedate paymentdue paymentduedate 到期日 到期日期 到期时间 应收日期 应收日 \
        应收时间 付款期限 应回款日期 应回款日 应收款日期 约定付款日 约定付款日期 约定回款日期 \
        最迟付款日"),
    (F::Due, 1, "计划回款日期 计划回款日 计划回款时间 计划收款日期 计划付款日期 应付日期"),
    (F::Condition, 0, "condition conditions paymentcondition paymentconditions paymentterms terms termsofpayment 付款条件 \
        付款条款 收款条件 收款条款 回款条件 支付条件 支付条款 结算条件"),
    (F::PlannedOn, 0, "plannedon planneddate plandate 计划日期 计划日 计划完成日期 计划验收日期 计划交付日期"),
    (F::PlannedOn, 1, "预计日期 预计完成日期 预计验收日期 预计交付日期"),
    (F::DeliveredOn, 0, "deliveredon delivereddate deliverydate 交付日期 交付日 发货日期 到货日期 交货日期 \
        实际交付日期"),
    (F::AcceptedOn, 0, "acceptedon accepteddate acceptancedate 验收日期 验收日 验收时间 实际验收日期"),
    (F::InvoiceNo, 0, "invoiceno invoicenumber invoiceid 发票号 发票号码 发票编号 票号"),
    (F::InvoiceNo, 1, "invoice 发票"),
    (F::InvoicedOn, 0, "invoicedon invoicedate dateinvoiced 开票日期 开票日 开票时间 发票日期"),
    (F::Paid, 0, "paid paidamount amountpaid received receivedamount amountreceived collected 已收 已回款 \
        回款金额 已收金额 已收款 已回款金额 已付 已付款 已付金额 累计回款 累计收款 已到账 到账金额 \
        实收金额 实际回款金额 收款金额"),
    (F::Open, 0, "open openamount amountopen openbalance outstanding outstandingamount amountoutstanding balancedue \
        未收金额 未收 未收款 未收款金额 未回款 未回款金额 欠款 欠款金额 未付金额 应收余额 未核销金额"),
    (F::PaidOn, 0, "paidon paiddate paymentdate datepaid receivedon receiveddate settledon settleddate 回款日期 \
        回款日 回款时间 收款日期 收款日 收款时间 到账日期 到账日 到账时间 实际回款日期 实收日期 \
        已收日期 已收时间 已回款日期 已付日期"),
    (F::PaidOn, 1, "付款日期 付款时间 结清日期"),
    (F::Disputed, 0, "disputed dispute indispute 争议 异议 是否争议 是否有争议 有无争议 是否异议 是否有异议 \
        有无异议"),
    (F::WrittenOffOn, 0, "writtenoffon writtenoffdate writeoffdate 坏账核销日期 坏账核销日 坏账日期"),
    (F::Note, 0, "note notes remark remarks comment comments memo 备注 备注说明"),
    (F::Note, 1, "说明 摘要 description"),
];

const CUSTOMER_NAMES: &str = "customername clientname companyname debtor 客户名称 客户名 客户全称 客户单位 单位名称 \
    甲方名称 甲方单位 付款单位 付款方 购货单位 往来单位";

const PROJECT_NAMES: &str = "projectname 项目名称 项目名 项目全称 工程名称";

/// What a column of this name (folded, without blanks and signs) can be, with ranks.
pub fn meanings(name: &str) -> Vec<(PlanField, u8)> {
    COLUMNS
        .iter()
        .filter(|(_, _, names)| names.split(' ').any(|known| known == name))
        .map(|(field, rank, _)| (*field, *rank))
        .collect()
}
