//! Words of the views: projects, dunning, customers, aging, snapshot.

use chrono::NaiveDate;

use super::Lang;
use crate::domain::money::Scale;
use crate::domain::policy::{Ladder, LadderStep};

super::phrases! {
    comma: "，", ", ";
    amount_short: "金额", "Amount";
    stage_short: "性质", "Stage";
    late_short: "逾期", "Days";
    code_word: "编号", "Code";
    ladder_note: "做什么 / 说明", "What to do";
    ladder_broken: "失约", "Broken promises";
    ladder_promised: "已承诺", "Promised";
    ladder_disputed: "争议", "Disputed";
    ladder_held: "暂停催款", "On hold";
    ladder_waiting: "等待中", "Waiting";
    ladder_acceptance_does: "与客户约定验收", "arrange acceptance";
    ladder_deliver_does: "我方交付", "deliver the work";
    ladder_invoice_does: "开具发票", "issue the invoice";
    ladder_send_does: "寄送发票", "send the invoice";
    ladder_call_back_does: "按约定的日子联系", "contact on the day agreed";
    ladder_broken_does: "问清为何失约，再定日期", "ask why, agree on a new day";
    ladder_promised_does: "等到承诺日再查款", "wait for the day, then check";
    ladder_disputed_does(key: &str): "先解决争议（{key}）", "settle the dispute ({key})";
    ladder_held_does(key: &str): "我方暂停（{key} 恢复）", "held by us ({key} releases)";
    ladder_waiting_does: "还不能催", "not to be chased yet";
    promised_by(day: &str): "{day} 前付款", "to be paid by {day}";
    broken_on(day: &str): "{day} 到期未付", "not kept on {day}";
    broken_unanswered(day: &str): "{day} 失约，未跟进", "{day} broken, no follow-up";
    broken_note: "失约未跟进", "broken promise";
    held_until(day: &str): "至 {day}", "until {day}";
    held_open: "无期限", "until released";
    last_touch_on(day: &str): "最近联系 {day}", "last contact {day}";
    never_touched: "尚未联系", "no contact yet";
    disputed_whole: "全部", "all of it";
    disputed_part: "部分", "a part";
    disputed_since(part: &str, day: &str): "{part}，自 {day}", "{part}, since {day}";

    manager_short: "经理", "Manager";
    no_manager_short: "-", "-";
    contract_word: "合同额", "Contract";
    received_word: "已回款", "Received";
    progress_word: "进度", "Progress";
    cash_word: "回款", "Cash";
    ahead_word: "领先回款", "Work ahead";
    open_word: "未收", "Open";
    overdue_word: "逾期", "Overdue";
    next_milestone: "下一节点", "Next milestone";
    days_late_short: "最长逾期", "Oldest";
    projects_count(n: usize): "项目（{n}）", "Projects ({n})";
    searching: "查找中…", "searching...";
    computing: "计算中…", "computing...";
    no_projects(key: &str): "还没有项目。按 {key} 新建项目，或用 huikuan import plan 导入清单。", "No project yet. {key} makes one; huikuan import plan FILE brings in a list.";
    projects_finished(key: &str): "所有项目均已结清。按 {key} 显示。", "Every project is settled. {key} shows them.";
    plan_word: "回款计划", "Plan";
    to_come_word: "未到期", "To come";
    billed_word: "已开票", "Invoiced";
    due_already_word: "已到期", "Due";
    no_customers(key: &str): "还没有客户。按 {key} 新建客户，或用 huikuan import plan 导入清单。", "No customer yet. {key} makes one; huikuan import plan FILE brings in a list.";
    nothing_aged: "截至该日没有应收款。", "Nothing is receivable as of this day.";
    empty_plan(key: &str): "该项目还没有节点。按 {key} 新建。", "This project has no milestone yet. {key} makes one.";
    contract_no_word: "合同号", "Contract no.";
    signed_word: "签订", "Signed";
    runs_word: "工期", "Runs";
    warranty_word: "质保至", "Warranty until";
    grace_word: "宽限期", "Grace";
    of_plan(sum: &str): "计划合计 {sum}", "plan {sum}";
    plan_differs(sum: &str): "与合同额相差 {sum}", "differs from the contract by {sum}";
    delivered_word: "交付", "Delivered";
    accepted_word: "验收", "Accepted";
    invoiced_word: "开票", "Invoiced";
    suspended_since(state: &str, since: NaiveDate, why: &str): "{state}（{since} 起，{why}）", "{state} since {since}: {why}";
    suspended_on_word: "暂停日", "Suspended on";
    written_off_word: "坏账核销", "Written off";
    disputed_word: "争议", "Disputed";
    promised_word: "已承诺", "Promised";
    unapplied_short: "未核销", "Unapplied";
    receivable_word: "应收款", "Receivable";
    grade_word: "分级", "Grade";
    touched_word: "最近联系", "Last contact";
    dunning_title: "催款级别", "Dunning ladder";
    nothing_to_chase: "没有要催的款项。", "Nothing is to be chased.";
    open_items: "未结清节点", "Open items";
    dealings_title: "联系与承诺", "Contacts and promises";
    closed_items: "已结清节点", "Closed items";
    particulars_word: "开票信息与备注", "Invoicing details and notes";
    payments_word: "收款", "Payments";
    customers_count(n: usize): "客户（{n}）", "Customers ({n})";
    received_on_word: "到账日", "Received";
    contacts_word: "联系人", "Contacts";
    preferred(by: &str): "（首选{by}）", "(prefers {by})";
    limit_word: "信用额度", "Credit limit";
    over_limit: "超额度", "over limit";
    exposure_word: "信用占用", "Exposure";
    terms_word: "默认账期", "Terms";
    title_word: "开票抬头", "Invoice title";
    tax_no_word: "税号", "Tax no.";
    bank_word: "开户行", "Bank";
    address_word: "地址", "Address";
    phone_word: "电话", "Phone";
    notes_word: "备注", "Notes";
    touches_word: "最近联系", "Recent contacts";
    guard_until(day: &str): "近期联系已达上限，{day} 起可再联系", "contact limit reached; not before {day}";
    guard_free: "可再联系", "OK to contact";
    concessions_word: "让步", "Concessions";
    concession_word: "让步", "Concession";
    times_word: "次数", "Times";
    moved_days_word: "展期天数", "Days";
    let_go_word: "减免金额", "Let go";
    times(n: u32): "{n} 次", "{n} times";
    promises_word: "承诺", "Promises";
    promises_judged(kept: usize, broken: usize, pending: usize): "兑现 {kept}，未兑现 {broken}，待兑现 {pending}", "{kept} kept, {broken} broken, {pending} pending";
    pays_word: "核销到", "Pays";
    reversed_word(amount: &str): "已退回 {amount}", "{amount} went back";
    pays_nothing: "未核销", "pays nothing yet";
    none_word: "无", "none";
    payer_word(name: &str): "付款方 {name}", "paid by {name}";

    aging_head(day: &str, by: &str): "账龄表，截至 {day}，按{by}", "Aging as of {day} by {by}";
    aged_by_short(basis: &str, edges: &str): "按{basis}起算，{edges}", "aged by {basis}, {edges}";
    form_as_of: "截至日", "As of";
    as_of_title: "截至哪一天", "As of which day";
    today_mark: "（今天）", " (today)";
    age_mix: "账龄构成", "By age";
    total_in(unit: &str): "合计({unit})", "Total ({unit})";
    past_due: "已到期", "Past due";
    in_wan: "单位：万元", "in ten-thousands";
    retention_short: "未到期质保", "Retention";
    planned_foot: "计划中", "Planned";
    age_word: "账龄", "Age";
    bucket_word: "账龄段", "Bucket";
    group_items(name: &str, day: &str): "{name}，截至 {day}", "{name} as of {day}";
    nothing_in_bucket: "该格没有款项", "nothing stands in this bucket";
    nothing_behind: "未核销收款不属于任何节点：在客户视图（5）查看", "money on account belongs to no milestone: see Customers (5)";
    snapshot_saved(week: &str, files: &str): "账龄快照 {week}：{files}", "snapshot {week}: {files}";
    snapshot_unwritten(why: &str): "快照已保存，但文件没有写出：{why}", "the snapshot is taken, but its files could not be written: {why}";
    snapshot_writing: "快照已存，正在写周报…", "snapshot taken, writing its pack...";
    snapshot_working: "正在生成快照…", "taking the snapshot...";
}

impl Lang {
    /// A bucket as a column's title.
    pub fn bucket_title(self, label: &str) -> String {
        if label == "5y+" { self.pick("5年以上", "5y+").to_owned() } else { self.bucket(label) }
    }

    /// A bucket and all that are older as a column's title.
    pub fn bucket_older(self, label: &str) -> String {
        let from = label.split_once(['-', '+']).map_or(label, |(from, _)| from);
        let unit = if label.ends_with('y') { "y" } else { "" };
        self.bucket_title(&format!("{from}{unit}+"))
    }

    /// What amounts are counted in, for a column's title.
    pub const fn scale(self, scale: Scale) -> &'static str {
        match scale {
            Scale::Thousand => self.pick("千", "k"),
            Scale::TenThousand => self.pick("万", "10k"),
            Scale::Million => self.pick("百万", "m"),
            Scale::HundredMillion => self.pick("亿", "100m"),
        }
    }

    /// The same above a table.
    pub const fn in_scale(self, scale: Scale) -> &'static str {
        match scale {
            Scale::Thousand => self.pick("单位：千元", "in thousands"),
            Scale::TenThousand => self.in_wan(),
            Scale::Million => self.pick("单位：百万元", "in millions"),
            Scale::HundredMillion => self.pick("单位：亿元", "in hundreds of millions"),
        }
    }

    /// What is to do now on a step of the ladder: channel and wording. Those of the contract have words of their own.
    pub fn ladder_step_does(self, step: u8, taken: LadderStep) -> String {
        let contract = Ladder::default().step(step);
        let same = |own: LadderStep| (own.channel, own.wording) == (taken.channel, taken.wording);
        if !contract.is_some_and(same) {
            let (channel, wording) = (self.channel(taken.channel), self.wording(taken.wording));
            return self.commas([channel.to_owned(), wording.to_owned()]);
        }
        let does = match step {
            0 => self.pick("微信或邮件，友好", "WeChat or mail, friendly"),
            1 => self.pick("邮件，友好", "mail, friendly"),
            2 => self.pick("电话，礼貌", "phone, polite"),
            3 => self.pick("发函，语气坚定", "letter, firm"),
            4 => self.pick("发函，写明违约金", "letter, late fee stated"),
            5 => self.pick("交律师", "lawyer"),
            _ => self.pick("法院或仲裁", "court"),
        };
        does.to_owned()
    }
}
