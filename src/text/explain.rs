//! Words of an explanation: the rule behind each thing that is said of a milestone, in a sentence.

use super::Lang;
use crate::domain::due::{Basis, DueRule};
use crate::domain::kinds::{BillsCount, Figure, Topic, WaitingOn};
use crate::domain::policy::Policy;
use crate::domain::status::Status;

super::vocabulary! {
    topic(Topic) {
        Balance: "未收", "Open";
        Status: "状态", "Status";
        WaitingOn: "待谁处理", "Waiting on";
        Bucket: "账龄段", "Bucket";
        Next: "下一步", "Next step";
        Weight: "催办权重", "Weight";
        LateFee: "违约金", "Late fee";
        Limitation: "诉讼时效", "Limitation";
        Statutory: "法定规则", "By law";
    }
    figure(Figure) {
        Overdue: "逾期", "Overdue";
        Due: "即将到期", "Due soon";
        Promised: "承诺到账", "Promised";
        Unbilled: "未开票应收", "Unbilled";
        Collected: "本月回款", "Collected this month";
        Payments: "收款", "Payments";
        Invoices: "发票", "Invoices";
    }
}

super::phrases! {
    explain_title(name: &str): "{name} 的依据", "{name}: how it stands, and why";
    explain_topic_word: "项目", "What";
    explain_topic(topic: &str, said: &str): "{topic}：{said}", "{topic}: {said}";
    explain_said_word: "结果", "Is";
    explain_fact_word: "由来", "Comes from";
    explain_rule_word: "规则", "Rule";
    explain_event_word: "记录", "Event";
    explain_due_firm(day: &str, rule: &str): "到期日 {day}（{rule}）", "due {day} ({rule})";
    explain_due_agreed(day: &str): "到期日 {day}（另行约定）", "due {day} (agreed anew)";
    explain_due_expected(day: &str, rule: &str): "预计 {day} 到期（{rule}，尚未发生）", "expected {day} ({rule}, which has not happened)";
    explain_due_none: "没有到期日", "no due date";
    explain_fixed: "约定日期", "a date in the contract";
    rule_balance: "未收 = 应收金额 - 已生效的核销 - 坏账核销；退回的款项自退回日起重新计入未收。", "Open is the amount less allocations in effect and write-offs; money that went back opens it again from that day.";
    rule_written_off: "已无未收，且坏账核销多于收款。", "Nothing is open, and more was written off than paid.";
    rule_paid: "已无未收。", "Nothing is open.";
    rule_settled: "和解约定的款项已按期到账，其余减免。", "What the settlement asked for came in time; the rest is waived.";
    rule_disputed: "未解决的争议覆盖全部未收，因此先于到期判断。", "Open disputes cover the whole balance; that goes before any date.";
    rule_on_hold: "当天处于暂停催款期，因此先于到期判断。", "It is held on that day; that goes before any date.";
    rule_overdue(grace: u16): "已超过到期日和 {grace} 天宽限期；天数从到期日起算。", "It is past due and past {grace}d of grace; its days count from the due date.";
    rule_past_due: "已过到期日；天数从到期日起算。", "It is past due; its days count from the due date.";
    rule_in_grace(grace: u16): "已过到期日，仍在 {grace} 天宽限期内。", "It is past due and within {grace}d of grace.";
    rule_due_today: "到期日就是当天。", "That day is the due date.";
    rule_due_soon(days: i64): "到期日确定，且在 {days} 天之内。", "The due date is firm, and at most {days}d ahead.";
    rule_upcoming(days: i64): "到期日确定，且在 {days} 天之后。", "The due date is firm, and more than {days}d ahead.";
    rule_slipping: "触发事件还没发生，计划日已过；预计的日期不算逾期。", "Its event has not happened and the planned day has passed; a date that is only expected is never overdue.";
    rule_planned: "触发事件还没发生，到期日未定或只是预计。", "Its event has not happened: its date is expected, or unknown.";
    rule_us_hold: "我方暂停催款。", "We hold it.";
    rule_us_todo: "有暂缓催款的事项没有办完：关于该节点、其项目或客户。", "A to-do that payment steps wait for is open: about it, its project or its customer.";
    rule_us_deliver: "约定的交付日已过，没有交付记录。", "The day to deliver has passed and no delivery is recorded.";
    rule_customer_accept: "已交付，未验收。", "It was delivered and is not accepted.";
    rule_us_invoice: "已可开票，有效发票不足应收金额。", "It can be invoiced, and standing invoices do not cover the amount.";
    rule_us_send: "发票已开，尚未寄出。", "An invoice lies here unsent.";
    rule_customer_pay: "前面各步都已完成，且已到期。", "Nothing of ours stands in the way, and it is due.";
    rule_both_dispute: "未解决的争议覆盖全部未收。", "Open disputes cover the whole balance.";
    rule_nobody: "还没到期，或已无未收。", "It is not due yet, or nothing is open.";
    rule_bucket: "账龄 = 当天 - 到期日，按日历天；宽限期不改变账龄段，没有确定到期日的算未到期。", "Age is that day less the due date in calendar days; grace moves nothing, and without a firm date it is not due.";
    rule_no_bucket: "到期日未确定，也没有有效发票：只是计划中的款项，不计账龄。", "No firm due date and no standing invoice: it is planned money and has no age.";
    rule_next: "下一级紧接已做到的最高一级，到了那一级的日子才做；争议、暂停、承诺、刚联系过、轮到我方、未验收时先等。", "The next step is right above the highest taken, once its day has come; disputes, holds, promises, a fresh contact, our own turn and a missing acceptance make it wait.";
    rule_weight(balance: &str, lateness: &str, grade: &str, factor: &str): "{balance} * {lateness}（1 + 逾期天数/30，最多 6）* {factor}（客户分级 {grade}）；重的排在前面。", "{balance} * {lateness} (1 + days late/30, 6 at most) * {factor} (grade {grade}); the heaviest come first.";
    rule_split: "未收部分已改为分期还款，由各期继续催收。", "What was open is paid in instalments now, which are chased instead.";
    rule_no_weight: "已无未收，不参与排序。", "Nothing is open, so nothing is ranked.";
    rule_no_terms: "合同未约定违约金。", "The contract names no late fee.";
    fee_no_rate(day: chrono::NaiveDate): "{day} 没有已公布的 LPR，无法推算。", "No LPR was published for {day}.";
    rule_fee_not_due: "到期日未确定，不计违约金。", "No firm due date: no late fee runs.";
    rule_fee_overflow: "金额过大，无法推算。", "The amount is too large to be worked out.";
    rule_limitation(years: u16): "自到期日起 {years} 年；部分付款、书面承诺、起诉或仲裁使其重新起算，届满日遇休息日顺延；届满之后不再中断。只有催告还不够，须能证明已送达。", "{years} years from the due date; a part payment, a promise in writing or a claim starts it anew, and a last day off moves to the next business day; once it has run out nothing restarts it. A demand counts only if its arrival can be proved.";
    rule_no_limitation: "尚未到期，或已无未收：时效未起算。", "It is not past due, or nothing is open: no clock runs.";
    explain_none: "无", "none";
    explain_no_grade: "无", "none";
    explain_items_title(name: &str): "{name} 的合计由哪些款项构成", "What the totals of {name} are made of";
    explain_items_rule: "应收：到期日已确定或已开票的未收款；逾期：其中已超过到期日和宽限期的，扣除争议金额；其余未收是计划中的款项。", "Receivable is what is open with a firm due date or an invoice; overdue is what of it is past due and grace, less what is disputed; what else is open is planned.";
    figure_is(figure: &str, sum: &str): "{figure}：{sum}", "{figure}: {sum}";
    figure_more_items(n: usize, figure: &str): "另有 {n} 笔没有列出；huikuan explain {figure} 列出全部。", "{n} more are not listed here; huikuan explain {figure} lists all.";
    because_overdue(due: &str, late: i64, grace: u16, open: &str): "到期 {due}，逾期 {late} 天（宽限 {grace} 天），未收 {open}", "due {due}, {late}d late ({grace}d of grace), {open} open";
    because_disputed(disputed: &str): "其中争议 {disputed}", "{disputed} of it disputed";
    because_due(due: &str): "到期 {due}", "due {due}";
    because_promised(made: &str, by: &str, amount: &str, came: &str): "{made} 承诺 {by} 前付 {amount}，已到 {came}", "promised {made}: {amount} by {by}, {came} came";
    because_unbilled(amount: &str, billed: &str, open: &str): "应收 {amount}，已开票 {billed}，未收 {open}", "{amount} agreed, {billed} billed, {open} open";
    because_came_in(day: &str): "{day} 到账", "came in {day}";
    because_went_back(day: &str): "{day} 退回", "went back {day}";
    because_less(amount: &str, back: &str): "{amount} 中退回 {back}", "{back} of {amount} went back";
    because_issued(day: &str): "{day} 开具", "issued {day}";
    rule_figure_overdue: "到期日已确定并已超过到期日和宽限期的未收款，扣除争议金额；暂停催款的也算在内。", "What is open with a firm due date, past it and past grace, less what is disputed; what is on hold counts.";
    rule_figure_due(days: i64): "到期日已确定，从当天到 {days} 天之后到期的未收款。", "What is open with a firm due date from that day to {days}d later.";
    rule_figure_promised(days: i64): "尚未到期的付款承诺中，从当天到 {days} 天之后应付的，减去已到的款。", "Pending promises to be kept from that day to {days}d later, less what has come for them.";
    rule_figure_unbilled: "轮到我方开票的款项：应收金额减去有效发票，不超过未收。", "What waits for our invoice: the amount less standing invoices, at most what is open.";
    rule_figure_collected: "本月 1 日以来收到的款，减去这些天里退回的；商业汇票收到即算。", "What came in since the first of the month, less what went back in those days; a bill of exchange counts once it is received.";
    rule_figure_collected_honoured: "本月 1 日以来收到的款，减去这些天里退回的；商业汇票兑付才算。", "What came in since the first of the month, less what went back in those days; a bill of exchange counts once it is honoured.";
    rule_figure_payments: "每笔收款减去退回的金额；已作废的不算。", "Each payment less what went back of it; voided ones are not among them.";
    rule_figure_invoices: "每张发票的价税合计，红字发票为负数；已作废的不算。", "What each invoice bills, tax included, red ones below zero; voided ones are not among them.";
    explain_unapplied(sum: &str): "合计之外另有未核销收款 {sum}。", "Money on account, outside these totals: {sum}.";
}

impl Lang {
    /// What a figure counts.
    pub fn rule_of_figure(self, figure: Figure, policy: &Policy) -> String {
        match figure {
            Figure::Overdue => self.rule_figure_overdue().to_owned(),
            Figure::Due => self.rule_figure_due(policy.look_ahead_days),
            Figure::Promised => self.rule_figure_promised(policy.look_ahead_days),
            Figure::Unbilled => self.rule_figure_unbilled().to_owned(),
            Figure::Collected => match policy.bills_count {
                BillsCount::Received => self.rule_figure_collected().to_owned(),
                BillsCount::Honoured => self.rule_figure_collected_honoured().to_owned(),
            },
            Figure::Payments => self.rule_figure_payments().to_owned(),
            Figure::Invoices => self.rule_figure_invoices().to_owned(),
        }
    }

    /// Where a due rule's day comes from.
    pub fn explain_rule(self, rule: &DueRule) -> String {
        match rule.basis {
            Basis::Fixed(_) | Basis::None => self.explain_fixed().to_owned(),
            Basis::After(_) => self.rule(rule),
        }
    }

    pub fn rule_of_status(self, status: Status, grace: u16, policy: &Policy) -> String {
        match status {
            Status::WrittenOff => self.rule_written_off().to_owned(),
            Status::Paid => self.rule_paid().to_owned(),
            Status::Settled => self.rule_settled().to_owned(),
            Status::Split => self.rule_split().to_owned(),
            Status::Disputed => self.rule_disputed().to_owned(),
            Status::OnHold => self.rule_on_hold().to_owned(),
            Status::Overdue(_) if grace == 0 => self.rule_past_due().to_owned(),
            Status::Overdue(_) => self.rule_overdue(grace),
            Status::InGrace(_) => self.rule_in_grace(grace),
            Status::DueToday => self.rule_due_today().to_owned(),
            Status::DueSoon(_) => self.rule_due_soon(policy.look_ahead_days),
            Status::Upcoming(_) => self.rule_upcoming(policy.look_ahead_days),
            Status::Slipping(_) => self.rule_slipping().to_owned(),
            Status::Planned => self.rule_planned().to_owned(),
        }
    }

    pub const fn rule_of_turn(self, waiting_on: WaitingOn) -> &'static str {
        match waiting_on {
            WaitingOn::UsHold => self.rule_us_hold(),
            WaitingOn::UsTodo => self.rule_us_todo(),
            WaitingOn::UsDeliver => self.rule_us_deliver(),
            WaitingOn::CustomerAccept => self.rule_customer_accept(),
            WaitingOn::UsInvoice => self.rule_us_invoice(),
            WaitingOn::UsSend => self.rule_us_send(),
            WaitingOn::CustomerPay => self.rule_customer_pay(),
            WaitingOn::BothDispute => self.rule_both_dispute(),
            WaitingOn::Nobody => self.rule_nobody(),
        }
    }
}
