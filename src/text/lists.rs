//! Words of the lists.

super::phrases! {
    rows_of(shown: usize, all: usize): "前 {shown} 行，共 {all} 行", "the first {shown} of {all} rows";
    columns_gone(columns: &str): "终端较窄，未显示：{columns}；加 --wide 全部列出", "Left out in this narrow terminal: {columns}; --wide shows them all";
    register_title(what: &str, period: &str, n: usize): "{what} {period}（{n}）", "{what} {period} ({n})";
    register_all: "全部", "of all days";
    register_counting(what: &str, period: &str): "{what} {period}（正在清点）", "{what} {period} (counting)";
    no_payments: "还没有收款", "no payments yet";
    no_invoices: "还没有发票", "no invoices yet";
    nothing_in_period: "这段时间没有", "none in this time";
    customers_title: "客户", "Customers";
    projects_title: "项目", "Projects";
    invoices_title: "发票", "Invoices";
    invoice_lag_title: "开票滞后", "Invoice lag";
    invoice_lag_rule: "开票滞后 = Σ(金额 × 天数) ÷ Σ金额；天数从验收日（否则交付日、条件达成日）到开票日，提前开票记 0；金额为仍有效的发票，不含已红冲部分；没有起算日的不计入，列在“无起算日”", "Invoice lag = sum of amount x days / sum of amounts: days from accepted, else delivered, else the condition met, to the invoice, 0 where billed ahead; of what stands of each invoice. What has no such day is not counted and stands under “no start”";
    invoice_lag_is(days: &str): "开票滞后 {days} 天", "invoice lag {days}d";
    lag_code_word: "编号", "Code";
    lag_group_word: "分组", "Group";
    lag_days_word: "滞后天数", "Lag in days";
    lag_weighted_word: "金额×天数", "Amount x days";
    lag_undated_word: "无起算日", "No start";
    touches_title: "联系记录", "Contacts made";
    deals_title: "约定", "Deals";
    deal_word: "约定", "Deal";
    lapses_word: "失效日", "Lapses on";
    called_word: "全部到期日", "Called due on";
    timeline_title: "经过", "Timeline";
    happened_word: "事项", "What happened";
    short_name_word: "简称", "Short name";
    projects_word: "项目数", "Projects";
    other_currencies_word: "其他币种", "Other currencies";
    planned_sum_word: "计划合计", "Plan";
    next_due_word: "下一到期日", "Next due";
    net_received_word: "实收", "Net";
    applied_word: "已核销", "Applied";
    deducted_word: "扣除", "Deducted";
    to_bank_word: "入行", "To bank";
    third_party_word: "第三方代付", "Third party";
    cleared_by_word: "确认人", "Cleared by";
    bills_title: "商业汇票", "Bills of exchange";
    present_by_word: "提示付款截止", "Present by";
    left_word: "余额", "Left";
    paid_word: "已收", "Paid";
    arrived_word: "已到账", "Arrived";
    channel_wechat: "微信", "WeChat";
    project_name_word: "项目名称", "Project name";
    bank_account_word: "银行账号", "Account no.";
    starts_word: "开工", "Starts";
    ends_word: "完工", "Ends";
    planned_on_word: "计划日", "Planned for";
    effective_word: "生效日", "Effective on";
    rule_word: "付款条件", "Due rule";
    condition_word: "合同条款", "Condition";
    closed_on_word: "结清日", "Closed on";
    id_word: "#", "#";
    firm_word: "已定", "Firm";
    next_on_word: "下一步日期", "Next on";
    waits_word: "暂缓", "Waits";
    flags_word: "标记", "Flags";
}

impl super::Lang {
    /// Whether something is so, in a column.
    pub const fn yes_no(self, is_so: bool) -> &'static str {
        if is_so { self.act_yes() } else { "" }
    }
}
