//! Words of the reports: column headers, titles, notes.

use crate::domain::aging::{AgeBy, Edges, GroupBy, GroupKey};
use chrono::NaiveDate;

use crate::domain::dunning::{Act, Wait, Watch};
use crate::domain::kinds::BillsCount;

use super::{Lang, Worded};

super::vocabulary! {
    age_by(AgeBy) {
        Due: "到期日", "due date";
        OriginalDue: "首次到期日", "original due date";
        Invoice: "确认日（开票日，否则条件达成日）", "recognition (invoice day, else the day the condition was met)";
    }
}

super::phrases! {
    key_word: "节点编号", "Key";
    customer_code_word: "客户编号", "Customer code";
    project_code_word: "项目编号", "Project code";
    name_word: "名称", "Name";
    customer_word: "客户", "Customer";
    project_word: "项目", "Project";
    milestone_word: "节点", "Milestone";
    manager_word: "项目经理", "Manager";
    stage_word: "款项性质", "Stage";
    currency_word: "币种", "Currency";
    amount_word: "应收金额", "Amount";
    balance_word: "未收", "Open";
    due_word: "到期日", "Due";
    status_word: "状态", "Status";
    late_word: "逾期天数", "Days overdue";
    waiting_on_word: "待谁处理", "Waiting on";
    next_word: "下一步", "Next";
    items_word: "笔数", "Items";
    total: "合计", "Total";
    unapplied: "未核销收款", "Unapplied";
    net: "净额", "Net";
    planned_money: "计划中", "Planned";
    retention_not_due: "未到期质保金", "Retention not due";
    not_due: "未到期", "Not due";
    no_manager: "无项目经理", "no manager";
    expected_day(day: &str): "预计 {day}", "~{day}";
    step_waits(step: &str, why: &str, until: &str): "{step}（等待：{why}，{until} 起可再催）", "{step} (waits: {why}, until {until})";
    step_waits_open(step: &str, why: &str): "{step}（等待：{why}）", "{step} (waits: {why})";
    digest_title(day: &str): "回款晨报，{day}", "Receivables this morning, {day}";
    worklist_title(n: usize): "今日待办（{n}）", "Worklist ({n})";
    errand_clear(payer: &str, day: &str): "确认代付：{payer} {day} 付款；取得委托付款书，或登记依据", "clear {payer}, who paid on {day}: by a payment mandate, or a note";
    errands_title(n: usize): "先办（{n}）", "First ({n})";
    errand_renew(kind: &str, day: &str): "{kind} {day} 到期：续签或登记已处理", "{kind} expires {day}: renew it, or note that";
    errand_answer(number: &str, sent: &str, by: &str): "对账函 {number} {sent} 寄出，依法应 {by} 前答复：请催对方签章", "statement {number} of {sent} was to be answered by {by}: have it signed";
    errand_warranty(project: &str, day: &str): "{project} 质保 {day} 到期：验收收尾、催收质保金，或记事说明", "warranty of {project} ends {day}: close it out and claim the retention, or note why not";
    errand_allocate(amount: &str): "核销 {amount}", "allocate {amount}";
    errand_matures(day: &str, by: &str): "汇票 {day} 到期，{by} 前提示付款", "bill matures {day}: present by {by}";
    errand_present(by: &str): "汇票已到期：{by} 前提示付款", "bill has matured: present by {by}";
    errand_late(by: &str): "汇票提示付款期 {by} 已过", "bill was to be presented by {by}";
    collected_received(amount: &str): "汇票收到即计 {amount}", "bills as received: {amount}";
    collected_honoured(amount: &str): "汇票兑付后计 {amount}", "bills as honoured: {amount}";
    with_key(words: &str, key: &str): "{words}（{key}）", "{words} ({key})";
    waiting_title(n: usize): "等待中（{n}）", "Waiting ({n})";
    watched_title(n: usize): "关注中（{n}）", "Watched ({n})";
    watch_until(day: &str): "{day} 再催", "next on {day}";
    watch_silence(n: i64): "已 {n} 天无联系", "silent for {n}d";
    watch_no_date: "没有到期日：请与客户约定", "no due date: agree on one";
    watch_limit(day: &str): "没有到期日：请与客户约定；依法最迟 {day} 付款", "no due date: agree on one; by law payable by {day}";
    watch_past_limit(day: &str): "没有到期日：请与客户约定；法定付款期限 {day} 已过", "no due date: agree on one; payable by law by {day}, which has passed";
    bridge_in_grace: "宽限期内", "in grace";
    bridge_disputed: "争议", "disputed";
    bridge_agreed: "合同款", "Contracts";
    bridge_received: "已收", "received";
    bridge_receivable: "应收", "receivable";
    bridge_planned: "计划中", "planned";
    bridge_no_date: "无到期日", "no date";
    bridge_waived: "减免", "waived";
    bridge_written_off: "坏账核销", "written off";
    nothing_to_do: "今天没有待办。", "Nothing to do today.";
    figure_overdue: "逾期", "Overdue";
    figure_due: "7 天内到期", "Due 7d";
    figure_promised: "7 天内承诺", "Promised 7d";
    figure_unbilled: "未开票应收", "Unbilled";
    figure_one_other: "另有 1 种外币", "+1 currency";
    figure_more_others(n: usize): "另有 {n} 种外币", "+{n} currencies";
    figure_collected: "本月回款", "Collected this month";
    counts_overdue: "逾期天数>0 -宽限期内", "late>0 -in_grace";
    counts_due(from: NaiveDate, to: NaiveDate): "到期日>={from} 到期日<={to}", "due>={from} due<={to}";
    counts_promised: "已承诺", "promise_pending";
    counts_unbilled: "待开票", "not_invoiced";
    figure_others(n: usize): " +{n} 币种", " +{n} cur.";
    figure_counted(figure: &str, n: u32): "{figure} ({n})", "{figure} ({n})";
    figure_change(change: &str): "较上次快照 {change}", "{change} vs last";
    act_chase_acceptance: "催验收", "chase acceptance";
    act_deliver: "我方交付", "deliver";
    act_invoice: "我方开票", "invoice";
    act_send: "寄送发票", "send invoice";
    act_call_back: "按约联系", "contact as agreed";
    act_follow_up: "失约跟进", "follow up broken promise";
    act_after_lapse(act: &str): "{act}（和解已失效）", "{act}; the settlement lapsed";
    act_or_call_due(act: &str): "{act}；可宣布全部到期", "{act}; the rest can be called due";
    owner_word: "由谁处理", "Owner";
    late_with_us_word: "迟在我方天数", "Late with us";
    late_with_us(days: i64): "迟在我方 {days} 天", "{days}d late with us";
    late_by(days: i64): "迟 {days} 天", "{days}d late";
    late_told(late: &str, whom: &str): "{late}，已报{whom}", "{late}, told {whom}";
    act_late(act: &str, late: &str): "{act}（{late}）", "{act} ({late})";
    act_after_broken(act: &str): "{act}（失约）", "{act} (broken promise)";
    aging_title(day: &str): "账龄表，截至 {day}", "Aging as of {day}";
    list_title(day: &str): "回款节点，{day}", "Milestones on {day}";
    aged_by(basis: &str): "账龄按{basis}起算", "Aged by {basis}";
    joined(a: &str, b: &str): "{a}；{b}", "{a}; {b}";
    edges_years: "账龄段按年", "buckets by year";
    edges_days(days: &str): "账龄段 {days} 天", "buckets to {days} days";
}

impl Worded for GroupBy {
    fn word(self, lang: Lang) -> &'static str {
        lang.group_by(self)
    }
}

impl Lang {
    pub fn edges(self, edges: &Edges) -> String {
        match edges {
            Edges::Years => self.edges_years().to_owned(),
            Edges::Days(days) => {
                let days: Vec<String> = days.iter().map(u32::to_string).collect();
                self.edges_days(&days.join("/"))
            }
        }
    }

    /// What the rows of a grouping are.
    pub const fn group_by(self, by: GroupBy) -> &'static str {
        match by {
            GroupBy::Customer => self.customer_word(),
            GroupBy::Project => self.project_word(),
            GroupBy::Manager => self.manager_word(),
            GroupBy::Stage => self.stage_word(),
            GroupBy::Currency => self.currency_word(),
        }
    }

    /// What tells the rows of a grouping apart.
    pub const fn group_code(self, by: GroupBy) -> &'static str {
        match by {
            GroupBy::Customer => self.customer_code_word(),
            GroupBy::Project => self.project_code_word(),
            GroupBy::Manager | GroupBy::Stage | GroupBy::Currency => self.group_by(by),
        }
    }

    /// What a group is called that has no name of its own.
    pub const fn group_word(self, key: GroupKey) -> &'static str {
        match key {
            GroupKey::Stage(stage) => self.stage(stage),
            GroupKey::NoManager => self.no_manager(),
            GroupKey::Unapplied => self.unapplied(),
            GroupKey::Customer(_)
            | GroupKey::Project(_)
            | GroupKey::Manager(_)
            | GroupKey::Currency => "",
        }
    }

    /// That a bill of exchange is to be presented.
    pub fn presentment(self, matures_on: NaiveDate, by: NaiveDate, today: NaiveDate) -> String {
        let by_day = self.day(by, today);
        if matures_on >= today {
            self.errand_matures(&self.day(matures_on, today), &by_day)
        } else if by >= today {
            self.errand_present(&by_day)
        } else {
            self.errand_late(&by_day)
        }
    }

    /// What came in by the other count of bills of exchange, where that is another sum.
    pub fn collected_otherwise(
        self,
        counts: BillsCount,
        by: impl Fn(BillsCount) -> i64,
        money: impl Fn(i64) -> String,
    ) -> Option<String> {
        let [received, honoured] = [BillsCount::Received, BillsCount::Honoured].map(by);
        (received != honoured).then(|| match counts {
            BillsCount::Received => self.collected_honoured(&money(honoured)),
            BillsCount::Honoured => self.collected_received(&money(received)),
        })
    }

    /// What somebody has to do.
    pub const fn act(self, act: Act) -> &'static str {
        match act {
            Act::Step(step) => self.step(step),
            Act::ChaseAcceptance => self.act_chase_acceptance(),
            Act::Deliver => self.act_deliver(),
            Act::Invoice => self.act_invoice(),
            Act::Send => self.act_send(),
            Act::FollowUp => self.act_follow_up(),
            Act::CallBack => self.act_call_back(),
        }
    }

    /// What is past due, where that is more than what is overdue: overdue, in grace, disputed.
    pub fn past_due_terms(self, sum: i64, parts: [i64; 3]) -> Option<Vec<Term>> {
        let words = [self.figure_overdue(), self.bridge_in_grace(), self.bridge_disputed()];
        let [overdue, ..] = parts;
        (sum != overdue).then(|| terms((self.past_due(), sum), words.into_iter().zip(parts)))
    }

    /// Where the money of the contracts stands: received, receivable, planned, without a date, written off.
    pub fn contract_terms(self, sum: i64, parts: [i64; 6]) -> Vec<Term> {
        let words = [
            self.bridge_received(),
            self.bridge_receivable(),
            self.bridge_planned(),
            self.bridge_no_date(),
            self.bridge_waived(),
            self.bridge_written_off(),
        ];
        terms((self.bridge_agreed(), sum), words.into_iter().zip(parts))
    }

    /// Why something is watched.
    pub fn watch(self, watch: Watch, today: NaiveDate) -> String {
        match watch {
            Watch::Between(Some(next)) => self.watch_until(&self.day(next, today)),
            Watch::Between(None) => self.next_top().to_owned(),
            Watch::Silence(since) => self.watch_silence((today - since).num_days()),
            Watch::Late(days) => self.late_with_us(days),
            Watch::NoDate(None) => self.watch_no_date().to_owned(),
            Watch::NoDate(Some(by)) if by < today => self.watch_past_limit(&self.day(by, today)),
            Watch::NoDate(Some(by)) => self.watch_limit(&self.day(by, today)),
        }
    }

    /// A step that waits: for what, and until when.
    pub fn waits(self, step: u8, wait: Wait) -> String {
        match wait.until {
            Some(until) => {
                self.step_waits(self.step(step), self.wait_reason(wait.why), &until.to_string())
            }
            None => self.step_waits_open(self.step(step), self.wait_reason(wait.why)),
        }
    }

    /// A bucket's label for a reader; day ranges read alike everywhere.
    pub fn bucket(self, label: &str) -> String {
        match label {
            "not due" => self.not_due().to_owned(),
            "retention not due" => self.retention_not_due().to_owned(),
            _ if self == Self::Zh => label.replace('y', "年"),
            _ => label.to_owned(),
        }
    }
}

/// A word and an amount.
pub type Term = (String, i64);

/// Terms as one line, amounts as `show` has them.
pub fn bridge(terms: &[Term], show: impl Fn(i64) -> String) -> String {
    let term = |(word, minor): &Term| format!("{word} {}", show(*minor));
    terms.iter().map(term).collect::<Vec<_>>().join(" ")
}

/// A sum and what it is made of, signs in the words; parts that are 0 are left out.
fn terms<'w>(sum: (&str, i64), parts: impl Iterator<Item = (&'w str, i64)>) -> Vec<Term> {
    let mut terms = vec![(sum.0.to_owned(), sum.1)];
    for (word, minor) in parts.filter(|(_, minor)| *minor != 0) {
        let sign = if terms.len() == 1 { '=' } else { '+' };
        terms.push((format!("{sign} {word}"), minor));
    }
    terms
}
