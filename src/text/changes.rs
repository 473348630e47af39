//! Everything said of a change, in one place: its name in the log, the key and the form that record it, the command's
//! help in Chinese, the notice when it is saved, its line in a milestone's timeline.

use chrono::NaiveDate;

use super::Lang;
use crate::domain::change::{Booking, Change, ChangeKind, TimelineEvent};
use crate::domain::deal::parts::PartsError;
use crate::domain::ids::{BankLineId, CustomerId, MilestoneId, PaymentId, ProjectId};
use crate::domain::kinds::{DealKind, TouchKind};
use crate::domain::money::{self, Currency};

super::vocabulary! {
    /// What an event records, in the log.
    change(ChangeKind) {
        AddCustomer: "新建客户", "customer added";
        EditCustomer: "修改客户", "customer corrected";
        AddProject: "新建项目", "project added";
        EditProject: "修改项目", "project corrected";
        AddMilestone: "新建节点", "milestone added";
        EditMilestone: "修改节点", "milestone corrected";
        Deliver: "交付", "delivered";
        Accept: "验收", "accepted";
        Invoice: "开票", "invoiced";
        SendInvoices: "发票寄出或签收", "invoices sent or received";
        RecordPayment: "收款", "payment";
        ReversePayment: "冲回", "payment reversed";
        ApplyPayment: "核销", "payment applied";
        LogContact: "联系记录", "contact";
        Promise: "承诺付款", "promise";
        OpenDispute: "争议", "dispute";
        ResolveDispute: "争议解决", "dispute resolved";
        Reschedule: "展期", "rescheduled";
        Hold: "暂停催款", "on hold";
        Release: "恢复催款", "released";
        Amend: "补充协议", "contract amended";
        Split: "分期还款", "paid in instalments";
        CallDue: "宣布全部到期", "rest called due";
        WriteOff: "坏账核销", "write-off";
        Settle: "和解", "settlement";
        Suspend: "项目暂停", "project suspended";
        Resume: "项目恢复", "project resumed";
        Void: "作废", "voided";
        ImportPlan: "导入计划", "plan imported";
        ImportCustomers: "导入客户", "customers imported";
        ImportPayments: "导入收款", "payments imported";
        ImportInvoices: "导入发票", "invoices imported";
        ImportBank: "导入银行流水", "statement imported";
        BookLine: "流水入账", "bank line booked";
        SkipLine: "流水无关", "bank line not ours";
        TakeSnapshot: "账龄快照", "snapshot";
        EditPerson: "人员", "person";
        Set: "设置", "setting";
        Demo: "演示数据", "demo data";
        Undo: "撤销", "undo";
        Redo: "重做", "redo";
    }
}

/// How many milestones a confirmation names beside its own.
const ALSO_NAMED: usize = 3;

super::phrases! {
    act_contact: "联系", "contact";
    act_contact_help: "登记一次联系", "log a contact";
    form_contact: "登记联系", "Log contact";
    form_contact_person: "联系人", "Contact";
    form_channel: "渠道", "Channel";
    form_touch_kind: "目的", "Purpose";
    form_step: "催款级别", "Step";
    form_no_step: "不计级别", "no step";
    form_covers: "涉及节点", "Applies to";
    form_outcome: "结果", "Outcome";
    form_pay_by: "承诺付款日", "Pays by";
    form_promised_amount: "承诺金额", "Amount";
    form_promised_hint: "留空为所选款项的全部未收；填写则先到期者先分配", "empty: all that is open on them; else the oldest due get it first";
    form_step_due(step: &str): "已到“{step}”；要计入级别，请将目的改为催款", "{step} is due; to take the step choose the purpose dunning";
    form_step_sure(step: &str): "将计为“{step}”，催款级别只升不降。确定吗？", "This takes the step “{step}”; the ladder does not go back. Sure?";
    form_dispute_of: "争议款项", "Disputed";
    form_cause: "拖延原因", "Cause of delay";
    form_next_on: "下次跟进", "Next on";
    form_waits(why: &str): "建议暂缓：{why}", "Better wait: {why}";
    form_waits_until(why: &str, until: NaiveDate): "建议 {until} 再联系：{why}", "Better wait until {until}: {why}";
    form_guarded(until: NaiveDate): "近期联系已达上限，建议 {until} 再联系", "Contact limit reached; better wait until {until}";
    confirm_contacted(what: &str, on: NaiveDate): "已登记联系：{what}，{on}", "contact logged: {what}, {on}";
    timeline_next(day: &str): "下次 {day}", "next {day}";

    act_payment: "收款", "payment";
    act_payment_help: "登记收款并核销", "record a payment and what it pays";
    form_payment: "登记收款", "Record payment";
    form_payer: "谁付的款", "Who paid";
    form_received: "到账日", "Received on";
    form_pays: "核销", "Allocation";
    form_all_unapplied: "没有未收款项；全部留作未核销收款", "Nothing is open: all of it stays unapplied";
    form_method: "收款方式", "Method";
    form_paid_by: "付款方", "Paid by";
    form_paid_by_hint: "由他人代付时填写", "if it is not the customer";
    form_bank_ref: "银行流水号", "Bank reference";
    confirm_paid(amount: &str, customer: &str, payment: &str, on: NaiveDate): "{customer} {on} 到账 {amount}，收款 {payment}", "{amount} from {customer} on {on}, payment {payment}";
    timeline_paid(amount: &str, method: &str): "到账 {amount}，{method}", "{amount} came in, {method}";

    act_payments: "收款记录", "payments";
    act_payments_help: "冲回或作废一笔收款，或核销未核销的余额", "reverse or void a payment, or apply unapplied money";
    form_payments: "收款记录", "Payments";
    form_a_payment: "收款", "Payment";
    form_no_payments: "该客户还没有收款", "there is no payment of this customer yet";
    form_all_back: "已全部冲回", "reversed in full";
    form_unapplied(amount: &str): "未核销 {amount}", "{amount} unapplied";
    form_act: "操作", "Do";
    form_apply: "核销未核销部分", "apply what is unapplied";
    form_reverse: "冲回", "reverse";
    form_back: "冲回金额", "Amount";
    form_back_hint: "先冲未核销部分，再冲最晚到期的款项", "unapplied money goes first, then what fell due last";
    form_back_on: "冲回日", "Reversed on";
    form_reverse_sure(amount: &str): "冲回 {amount}？相应款项将重新变为未收。", "Reverse {amount}? What it paid is open again.";
    confirm_reversed(payment: PaymentId, on: NaiveDate): "收款 {payment} 已于 {on} 冲回", "payment {payment} reversed on {on}";
    confirm_applied(payment: PaymentId): "收款 {payment} 已核销", "payment {payment} applied";
    timeline_reversed(amount: &str): "冲回 {amount}", "{amount} went back";

    act_promise: "承诺", "promise";
    act_promise_help: "登记付款承诺", "record a promise to pay";
    form_promise: "登记承诺", "Promise";
    form_promised_amounts: "承诺金额", "Amounts";
    form_promised_on: "承诺日", "Made on";
    form_disputed_note: "有争议的部分不计入建议金额", "What is disputed is not proposed";
    confirm_promised(what: &str, by: NaiveDate): "{what} 承诺 {by} 前付款", "{what} promised by {by}";
    timeline_promised(amount: &str, by: &str): "承诺 {by} 前付 {amount}", "promised {amount} by {by}";

    act_dispute: "争议", "dispute";
    act_dispute_help: "登记争议", "record a dispute";
    form_dispute: "登记争议", "Dispute";
    form_disputed_amount: "争议金额", "Amount";
    form_disputed_hint: "留空为全部未收", "empty: all that is open";
    form_owner: "我方负责人", "Owner";
    form_raised_on: "提出日", "Raised on";
    confirm_disputed(what: &str, on: NaiveDate): "{what} 自 {on} 起有争议", "{what} disputed from {on}";
    timeline_disputed: "提出争议", "dispute";

    act_resolve: "解决", "resolve";
    act_resolve_help: "登记争议解决", "settle the dispute";
    form_resolve: "争议解决", "Resolve dispute";
    form_resolution: "处理结果", "Resolution";
    form_resolved_on: "解决日", "Resolved on";
    confirm_resolved(what: &str, on: NaiveDate): "{what} 的争议已于 {on} 解决", "dispute of {what} resolved on {on}";

    act_delivered: "交付", "delivered";
    act_delivered_help: "登记交付日期", "record the day of delivery";
    form_delivered: "登记交付", "Delivered";
    form_delivered_on: "交付日", "Delivered on";
    form_known(day: NaiveDate): "已登记：{day}", "On record: {day}";
    form_take_back_hint: "改日期即修改，清空即撤回", "change it to correct it, clear it to take it back";
    confirm_delivered(what: &str, on: NaiveDate): "{what} 已于 {on} 交付", "{what} delivered on {on}";

    act_accepted: "验收", "accepted";
    act_accepted_help: "登记验收日期", "record the day of acceptance";
    form_accepted: "登记验收", "Accepted";
    form_accepted_on: "验收日", "Accepted on";
    confirm_accepted(what: &str, on: NaiveDate): "{what} 已于 {on} 验收", "{what} accepted on {on}";

    act_invoiced: "开票", "invoiced";
    act_invoiced_help: "登记发票", "record an invoice";
    form_invoice: "登记发票", "Invoice";
    form_send: "寄出、签收", "sent or received";
    form_issue: "新开发票", "new invoice";
    form_takes_back: "红冲发票", "Takes back";
    form_takes_back_hint: "红字发票冲销哪一张；不选则为金额相符的最近一张", "which one a red invoice takes back; without it the latest it fits";
    form_send_invoice: "发票寄出、签收", "Invoice sent or received";
    form_number: "发票号码", "Number";
    form_issued_on: "开票日", "Issued on";
    form_billed: "开票金额", "Invoiced";
    form_billed_hint: "已填未开票部分；红字发票填负数", "what is not invoiced yet; a red invoice is below 0";
    form_invoice_kind: "票种", "Kind";
    form_above_sure(left: &str): "只剩 {left} 未开票，确定要多开吗？", "Only {left} is left to invoice; bill more all the same?";
    form_sent: "寄送发票", "Sent";
    form_sent_same: "开票当日", "on the day";
    form_sent_other: "另一天", "on another day";
    form_unsent: "尚未寄出", "not yet";
    form_sent_on: "寄出日", "Sent on";
    form_received_on: "客户签收日", "Received on";
    form_received_hint: "客户签收后再填", "once the customer has signed for it";
    confirm_invoiced(what: &str, number: &str, on: NaiveDate): "{what} 已于 {on} 开票{number}", "{what} invoiced on {on}{number}";
    confirm_sent(what: &str, on: NaiveDate): "{what} 的发票已于 {on} 寄出", "invoice for {what} sent on {on}";
    confirm_received(what: &str, on: NaiveDate): "{what} 的发票已于 {on} 由客户签收", "invoice for {what} received on {on}";
    timeline_invoiced(number: &str, kind: &str, amount: &str): "开票 {number} {kind} {amount}", "invoice {number} {kind} {amount}";
    timeline_sent(day: &str): "寄出 {day}", "sent {day}";
    timeline_received(day: &str): "签收 {day}", "received {day}";

    also_dates(what: &str): "，同时确定到期日：{what}", "; it also dates {what}";

    act_reschedule: "展期", "reschedule";
    act_reschedule_help: "登记展期", "agree on a new due date";
    form_reschedule: "展期", "Reschedule";
    form_due_so_far(due: NaiveDate): "现到期日 {due}", "Due so far: {due}";
    form_new_due: "新到期日", "New due date";
    form_agreed_on: "约定日", "Agreed on";
    confirm_rescheduled(what: &str, to: NaiveDate): "{what} 展期至 {to}", "{what} rescheduled to {to}";
    timeline_rescheduled(from: &str, to: &str): "展期 {from} -> {to}", "rescheduled {from} -> {to}";

    act_hold: "暂停", "hold";
    act_hold_help: "暂停催款，或恢复", "stop chasing, or chase again";
    form_hold: "暂停催款", "Hold";
    form_until: "暂停至", "Until";
    form_until_hint: "留空则直到恢复", "empty: until released";
    form_since: "起始日", "From";
    confirm_held(what: &str, since: NaiveDate): "{what} 自 {since} 起暂停催款", "{what} on hold from {since}";
    confirm_released(what: &str, on: NaiveDate): "{what} 自 {on} 起恢复催款", "{what} released from {on}";
    timeline_until(day: &str): "至 {day}", "until {day}";

    act_amend: "补充协议", "amend";
    act_amend_help: "登记补充协议：新的合同额", "record an amendment: a new contract amount";
    form_amend: "补充协议", "Amendment";
    form_contract_so_far(amount: &str): "现合同额 {amount}", "Contract so far: {amount}";
    form_new_contract: "新合同额", "New contract amount";
    form_new_plan: "各节点金额", "Amounts";
    form_new_plan_hint: "已开票、已到账和分期的节点不变，其余按原比例分摊；也可逐个填写", "invoiced, paid and split ones keep theirs, the others share the rest as before; or type each";
    form_by_share: "按原比例", "shared out as before";
    confirm_amended(on: NaiveDate): "补充协议已登记，自 {on} 起生效", "amendment recorded, in effect from {on}";
    timeline_amended(amount: &str): "补充协议：金额 {amount}", "amended by {amount}";

    act_instalments: "分期", "instalments";
    act_instalments_help: "将未收款改为分期还款", "agree that what is open is paid in dated parts";
    form_split: "分期还款", "Instalments";
    form_parts: "分期", "Parts";
    form_parts_hint: "如 分3期 每月 2026-12-31起，或 2026-12-31=50000 2027-01-31=余款", "3 monthly from 2026-12-31, or 2026-12-31=50000 2027-01-31=rest";
    form_all_due: "一期逾期则全部到期", "All due on default";
    parts_unread(typed: &str): "没读懂“{typed}”；可写 分3期 每月 2026-12-31起，或 2026-12-31=50000 2027-01-31=余款", "“{typed}” is not understood; write 3 monthly from 2026-12-31, or 2026-12-31=50000 2027-01-31=rest";
    parts_count(typed: &str): "期数“{typed}”应在 1 至 120 之间", "there can be 1 to 120 parts, not “{typed}”";
    parts_too_small: "有一期分不到金额", "one of them comes to nothing";
    confirm_split(what: &str, n: usize): "{what} 已改为分 {n} 期还款", "{what} is paid in {n} parts now";
    timeline_split(amount: &str): "改为分期还款：{amount}", "paid in instalments: {amount}";
    timeline_settled(amount: &str): "和解：{amount}", "settled: {amount}";
    timeline_part_of(of: &str): "分期，出自 {of}", "instalment of {of}";

    act_call_due: "全部到期", "call due";
    act_call_due_help: "一期逾期：宣布其余各期全部到期", "an instalment was not paid: make the later ones due";
    form_call_due: "宣布其余各期到期", "Call the rest due";
    form_call_due_sure: "其余各期自当日起全部到期，确定吗？", "All later instalments fall due that day. Sure?";
    why_no_call: "不是约定“逾期则全部到期”的逾期分期", "no overdue instalment of a deal that lets the rest be called due";
    confirm_called_due(what: &str, on: NaiveDate): "{what} 逾期：其余各期自 {on} 起全部到期", "{what} was not paid: the later instalments are due from {on}";

    act_write_off: "核销坏账", "write off";
    act_write_off_help: "核销坏账", "write off as bad debt";
    form_write_off: "核销坏账", "Write off";
    form_write_off_sure(amount: &str): "将 {amount} 核销为坏账，确定吗？", "Write {amount} off as bad debt?";
    no_reason: "未说明原因", "no reason given";
    confirm_written_off(what: &str, on: NaiveDate): "{what} 已于 {on} 核销坏账", "{what} written off on {on}";
    timeline_written_off(amount: &str): "坏账核销 {amount}", "{amount} written off";

    act_settle: "和解", "settle";
    act_settle_help: "登记和解：按期付一部分，其余减免", "agree on a settlement: a part by a day, the rest is waived";
    form_settle: "和解", "Settlement";
    form_settle_pay: "和解付款", "To pay";
    form_settle_pay_hint: "所选款项合计要到账的金额", "what has to come, on all of them together";
    form_settle_by: "最后付款日", "By";
    form_settle_note: "到期未付足则自动失效，债权全部恢复，无需登记", "A cent short or a day late and it lapses by itself: all is owed";
    settle_waives(rest: &str): "减免 {rest}", "waives {rest}";
    confirm_settled(what: &str, by: NaiveDate): "{what} 已约定和解，{by} 前付款", "settlement of {what} agreed, to be paid by {by}";
    timeline_settlement(amount: &str, by: &str): "和解：{by} 前付 {amount}，其余减免", "settlement: {amount} by {by}, the rest is waived";
    timeline_settled_with(n: u32): "{n} 笔款项合计", "on {n} milestones together";
    timeline_waived(kind: &str, amount: &str): "{kind}，减免 {amount}", "{kind}: {amount} waived";
    timeline_waiver_ended(kind: &str, amount: &str): "{kind}失效，恢复欠款 {amount}", "{kind} no longer reached: {amount} owed again";

    act_rest: "停工", "suspend";
    act_rest_help: "暂停项目，或恢复", "suspend the work on the project, or resume it";
    form_suspend: "暂停项目", "Suspend project";
    form_notice: "通知方式", "Notice";
    form_notice_hint: "如函件编号：停工函〔2026〕3号", "like the number of the letter";
    confirm_suspended(what: &str, on: NaiveDate): "项目 {what} 自 {on} 起暂停", "project {what} suspended from {on}";
    confirm_resumed(what: &str, on: NaiveDate): "项目 {what} 自 {on} 起恢复", "project {what} resumed from {on}";

    act_void: "作废", "void";
    act_void_help: "作废登错的发票、联系、承诺、收款或节点", "void an invoice, contact, promise, payment or milestone entered by mistake";
    form_void: "作废", "Void";
    form_void_milestone: "整个节点", "the whole milestone";
    form_void_note: "作废后任何日期都不再计入，经过中保留并注明原因", "It counts on no day any more; the timeline keeps it with the reason";
    confirm_voided(what: &str): "已作废：{what}", "voided: {what}";
    timeline_voided(reason: &str): "已作废：{reason}", "voided: {reason}";

    act_new: "新建", "new";
    act_new_help: "新建下一级：客户上为项目，项目和节点上为节点", "new project of a customer, new milestone of a project";
    act_new_any: "新建…", "new …";
    act_new_any_help: "选择新建客户、项目或节点", "choose: new customer, project or milestone";
    form_new_customer: "新建客户", "New customer";
    form_new_project: "新建项目", "New project";
    form_new_milestone: "新建节点", "New milestone";
    form_of_project: "哪个项目的节点", "Milestone of which project";
    confirm_added_customer(name: &str): "已新建客户 {name}", "customer {name} added";
    confirm_added_project(name: &str): "已新建项目 {name}", "project {name} added";
    confirm_planned(name: &str, n: usize): "已新建项目 {name}，{n} 个节点", "project {name} added, with {n} milestones";
    confirm_added_milestone(name: &str): "已新建节点 {name}", "milestone {name} added";
    confirm_added_person(name: &str): "已新建人员 {name}", "person {name} added";
    timeline_agreed(amount: &str): "签约：应收 {amount}", "agreed: {amount}";

    act_edit: "修改", "edit";
    act_edit_help: "修改所选行的资料", "edit the row";
    form_customer_facts: "客户资料", "Customer details";
    form_edit_project: "修改项目", "Edit project";
    form_edit_milestone: "修改节点", "Edit milestone";
    form_new_contact: "新增联系人", "New contact";
    confirm_edited(name: &str): "已修改 {name}", "{name} corrected";

    confirm_booked_line(amount: &str, customer: &str, payment: &str, line: BankLineId): "流水 {line} 已入账：{customer} {amount}，收款 {payment}", "bank line {line} booked: {amount} from {customer}, payment {payment}";
    confirm_linked_line(payment: PaymentId, line: BankLineId): "流水 {line} 即收款 {payment}", "bank line {line} is payment {payment}";
    confirm_skipped_line(line: BankLineId): "流水 {line} 与回款无关", "bank line {line} is not ours";

    confirm_snapshot(number: i64, week: &str, day: NaiveDate): "快照 #{number}（{week}，截至 {day}）已存", "snapshot #{number} of {week} as of {day} taken";

    confirm_undone(what: &str, event: i64): "已撤销记录 {event}：{what}", "event {event} undone: {what}";
    confirm_redone(what: &str, event: i64): "已重做：{what}（记录 {event}）", "redone: {what} (event {event})";
    undo_sure(what: &str, event: i64, day: NaiveDate): "撤销 {day} 的“{what}”（记录 {event}）？", "Take back “{what}” of {day} (event {event})?";
}

/// What things are called where a change was made: on screen by the ledger's names, on the command line as typed.
pub(crate) trait Names {
    fn milestones(&self, ids: &[MilestoneId]) -> String;

    fn customer(&self, id: CustomerId) -> String;

    fn project(&self, id: ProjectId) -> String;

    /// What was corrected, by the name it has now, or voided, by the reason.
    fn corrected(&self, name: &str) -> String {
        name.to_owned()
    }
}

/// A name with its code before it, where that is another.
fn coded(code: &str, name: &str) -> String {
    let both = [code.trim(), name.trim()];
    let [code, name] = both;
    if code.is_empty() || code == name { name.to_owned() } else { both.join(" ") }
}

impl Lang {
    /// What an event was about: the kind of change, whose or which, how much.
    pub fn told(
        self,
        kind: ChangeKind,
        name: &str,
        more: usize,
        amount: Option<(Currency, i64)>,
    ) -> String {
        let more = if more == 0 { String::new() } else { format!("+{more}") };
        let amount = amount
            .map_or_else(String::new, |(currency, minor)| money::with_symbol(minor, currency));
        let parts = [self.change(kind), name, &more, &amount];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }

    /// The notice that a change was saved; `created` is the row it made, if it made one.
    pub(crate) fn confirmation(
        self,
        change: &Change,
        created: Option<i64>,
        names: &dyn Names,
    ) -> String {
        match change {
            Change::AddCustomer(draft) => {
                self.confirm_added_customer(&coded(&draft.code, &draft.name))
            }
            Change::EditCustomer(_, draft) => self.confirm_edited(&names.corrected(&draft.name)),
            Change::AddProject(draft) if draft.plan.is_empty() => {
                self.confirm_added_project(&coded(&draft.code, &draft.name))
            }
            Change::AddProject(draft) => {
                self.confirm_planned(&coded(&draft.code, &draft.name), draft.plan.len())
            }
            Change::EditProject(_, draft) => self.confirm_edited(&names.corrected(&draft.name)),
            Change::AddMilestone(draft) => {
                self.confirm_added_milestone(&coded(&draft.key, &draft.name))
            }
            Change::EditMilestone(_, draft) => self.confirm_edited(&names.corrected(&draft.name)),
            Change::Deliver { milestones, on: Some(on) } => {
                self.confirm_delivered(&names.milestones(milestones), *on)
            }
            Change::Accept { milestones, on: Some(on) } => {
                self.confirm_accepted(&names.milestones(milestones), *on)
            }
            Change::Invoice(draft) => {
                let ids: Vec<MilestoneId> = draft.lines.iter().map(|(id, _)| *id).collect();
                let number = match draft.number.trim() {
                    "" => String::new(),
                    number => format!(" {number}"),
                };
                self.confirm_invoiced(&names.milestones(&ids), &number, draft.issued_on)
            }
            Change::SendInvoices { milestones, sent_on, received_on } => {
                self.confirm_sending(&names.milestones(milestones), *sent_on, *received_on)
            }
            Change::RecordPayment(draft) => self.confirm_paid(
                &money::with_symbol(draft.amount, draft.currency),
                &names.customer(draft.customer),
                &created.map(|id| PaymentId(id).to_string()).unwrap_or_default(),
                draft.received_on,
            ),
            Change::ReversePayment { payment, on, .. } => self.confirm_reversed(*payment, *on),
            Change::ApplyPayment { payment, .. } => self.confirm_applied(*payment),
            Change::LogContact(draft) => {
                self.confirm_contacted(&names.milestones(&draft.milestones), draft.on)
            }
            Change::Promise { promises, .. } => {
                let ids: Vec<MilestoneId> = promises.iter().map(|one| one.milestone).collect();
                match promises.iter().map(|one| one.pay_by).max() {
                    Some(by) => self.confirm_promised(&names.milestones(&ids), by),
                    None => self.change(change.kind()).to_owned(),
                }
            }
            Change::OpenDispute { milestone, on, .. } => {
                self.confirm_disputed(&names.milestones(&[*milestone]), *on)
            }
            Change::ResolveDispute { milestone, on, .. } => {
                self.confirm_resolved(&names.milestones(&[*milestone]), *on)
            }
            Change::Reschedule { milestones, to, .. } => {
                self.confirm_rescheduled(&names.milestones(milestones), *to)
            }
            Change::Hold { milestones, since, .. } => {
                self.confirm_held(&names.milestones(milestones), *since)
            }
            Change::Release { milestones, on } => {
                self.confirm_released(&names.milestones(milestones), *on)
            }
            Change::Amend { on, .. } => self.confirm_amended(*on),
            Change::Split { milestones, parts, .. } => {
                self.confirm_split(&names.milestones(milestones), parts.len())
            }
            Change::CallDue { milestone, on, .. } => {
                self.confirm_called_due(&names.milestones(&[*milestone]), *on)
            }
            Change::WriteOff { milestone, on, .. } => {
                self.confirm_written_off(&names.milestones(&[*milestone]), *on)
            }
            Change::Settle { milestones, by, .. } => {
                self.confirm_settled(&names.milestones(milestones), *by)
            }
            Change::Suspend { project, on, .. } => {
                self.confirm_suspended(&names.project(*project), *on)
            }
            Change::Resume { project, on } => self.confirm_resumed(&names.project(*project), *on),
            Change::Void { reason, .. } => self.confirm_voided(&names.corrected(reason)),
            Change::TakeSnapshot { as_of, iso_week, .. } => {
                self.confirm_snapshot(created.unwrap_or_default(), iso_week, *as_of)
            }
            Change::BookLine { line, payment: Booking::New(draft), .. } => self
                .confirm_booked_line(
                    &money::with_symbol(draft.amount, draft.currency),
                    &names.customer(draft.customer),
                    &created.map(|id| PaymentId(id).to_string()).unwrap_or_default(),
                    *line,
                ),
            Change::BookLine { line, payment: Booking::Known(payment), .. } => {
                self.confirm_linked_line(*payment, *line)
            }
            Change::SkipLine { line, .. } => self.confirm_skipped_line(*line),
            Change::EditPerson { name, .. } if created.is_some() => self.confirm_added_person(name),
            Change::EditPerson { name, .. } => self.confirm_edited(name),
            Change::Set { setting, value: Some(value) } => {
                self.confirm_set(setting.code(), value.trim())
            }
            Change::Set { setting, value: None } => {
                self.confirm_unset(setting.code(), &setting.default_value())
            }
            Change::Deliver { on: None, .. } | Change::Accept { on: None, .. } => {
                self.change(change.kind()).to_owned()
            }
        }
    }

    /// Why a text is no parts of a balance.
    pub fn parts_error(self, error: &PartsError) -> String {
        match error {
            PartsError::Unread(typed) => self.parts_unread(typed),
            PartsError::Day(error) => self.day_error(error),
            PartsError::Amount(error) => self.amount_error(error),
            PartsError::Count(typed) => self.parts_count(typed),
            PartsError::TooSmall => self.parts_too_small().to_owned(),
        }
    }

    /// That invoices went out, or were signed for.
    fn confirm_sending(
        self,
        what: &str,
        sent_on: Option<NaiveDate>,
        received_on: Option<NaiveDate>,
    ) -> String {
        match (received_on, sent_on) {
            (Some(on), _) => self.confirm_received(what, on),
            (None, Some(on)) => self.confirm_sent(what, on),
            (None, None) => String::new(),
        }
    }

    /// What else got its due date by what was recorded; nothing where it is nothing.
    pub(crate) fn also_dated(self, dated: &[(String, NaiveDate)]) -> String {
        if dated.is_empty() {
            return String::new();
        }
        let named = dated.iter().take(ALSO_NAMED).map(|(name, due)| format!("{name} {due}"));
        let named = named.collect::<Vec<_>>().join(self.comma());
        match dated.len() {
            ..=ALSO_NAMED => self.also_dates(&named),
            more => self.also_dates(&format!("{named} +{}", more - ALSO_NAMED)),
        }
    }

    /// A line of a timeline; `amount` shows minor units of the milestone's currency.
    pub(crate) fn happened(
        self,
        event: &TimelineEvent,
        today: NaiveDate,
        amount: impl Fn(i64) -> String,
    ) -> String {
        let day = |day: NaiveDate| self.day(day, today);
        let on = |on: Option<NaiveDate>, phrase: fn(Self, &str) -> String| {
            on.map(|on| phrase(self, &day(on))).unwrap_or_default()
        };
        self.commas(match event {
            TimelineEvent::Agreed { amount: agreed } => {
                vec![self.timeline_agreed(&amount(*agreed))]
            }
            TimelineEvent::Delivered => vec![self.change(ChangeKind::Deliver).to_owned()],
            TimelineEvent::Accepted => vec![self.change(ChangeKind::Accept).to_owned()],
            TimelineEvent::Released => vec![self.change(ChangeKind::Release).to_owned()],
            TimelineEvent::Invoiced { number, kind, amount: billed, sent_on, received_on } => vec![
                self.timeline_invoiced(number, self.invoice_kind(*kind), &amount(*billed)),
                on(*sent_on, Self::timeline_sent),
                on(*received_on, Self::timeline_received),
            ],
            TimelineEvent::Paid { amount: paid, method, payer, .. } => {
                vec![self.timeline_paid(&amount(*paid), self.method(*method)), payer.clone()]
            }
            TimelineEvent::Reversed { amount: back, reason, .. } => {
                vec![self.timeline_reversed(&amount(*back)), reason.clone()]
            }
            TimelineEvent::WrittenOff { amount: lost, reason } => {
                vec![self.timeline_written_off(&amount(*lost)), reason.clone()]
            }
            TimelineEvent::Waived { kind, amount: waived } => {
                let kind = self.waiver_kind(*kind);
                vec![if *waived < 0 {
                    self.timeline_waiver_ended(kind, &amount(waived.saturating_neg()))
                } else {
                    self.timeline_waived(kind, &amount(*waived))
                }]
            }
            TimelineEvent::SettlementAgreed { amount: asked, by, milestones, note } => vec![
                self.timeline_settlement(&amount(*asked), &day(*by)),
                match milestones {
                    0 | 1 => String::new(),
                    more => self.timeline_settled_with(*more),
                },
                note.clone(),
            ],
            TimelineEvent::Suspended { notice, reason } => {
                vec![self.change(ChangeKind::Suspend).to_owned(), notice.clone(), reason.clone()]
            }
            TimelineEvent::Resumed => vec![self.change(ChangeKind::Resume).to_owned()],
            TimelineEvent::Promised { amount: promised, pay_by } => {
                vec![self.timeline_promised(&amount(*promised), &day(*pay_by))]
            }
            TimelineEvent::Disputed { amount: disputed, reason, owner } => vec![
                self.timeline_disputed().to_owned(),
                disputed.map(amount).unwrap_or_default(),
                reason.clone(),
                owner.clone(),
            ],
            TimelineEvent::Resolved { resolution } => {
                vec![self.change(ChangeKind::ResolveDispute).to_owned(), resolution.clone()]
            }
            TimelineEvent::Rescheduled { from, to, reason } => {
                let from = from.map_or_else(|| "-".to_owned(), day);
                vec![self.timeline_rescheduled(&from, &day(*to)), reason.clone()]
            }
            TimelineEvent::Adjusted { kind, amount: by, note } => {
                let sign = if *by > 0 { "+" } else { "" };
                let by = format!("{sign}{}", amount(*by));
                let what = match kind {
                    DealKind::Amendment => self.timeline_amended(&by),
                    DealKind::Instalments => self.timeline_split(&by),
                    DealKind::Settlement => self.timeline_settled(&by),
                };
                vec![what, note.clone()]
            }
            TimelineEvent::PartOf { of } => vec![self.timeline_part_of(of)],
            TimelineEvent::Held { until, reason } => vec![
                self.change(ChangeKind::Hold).to_owned(),
                on(*until, Self::timeline_until),
                reason.clone(),
            ],
            // How, what for, with whom, what came of it.
            TimelineEvent::Touched {
                channel,
                kind,
                step,
                outcome,
                cause,
                contact,
                note,
                next_on,
            } => {
                let step = step.filter(|_| *kind == TouchKind::Dunning);
                let words = [
                    channel.map(|channel| self.channel(channel)),
                    Some(step.map_or_else(|| self.touch_kind(*kind), |step| self.step(step))),
                    contact.as_deref(),
                    outcome.map(|outcome| self.outcome(outcome)),
                    cause.map(|cause| self.cause(cause)),
                    Some(note.as_str()),
                ];
                let words = words.into_iter().flatten().map(str::to_owned);
                words.chain([on(*next_on, Self::timeline_next)]).collect()
            }
        })
    }
}

/// The Chinese help of the commands that record a change, by the path of the command or flag.
#[rustfmt::skip]
pub(super) const HELP_ZH: &[(&str, &str)] = &[
    ("deliver", "登记交付"),
    ("accept", "登记验收"),
    ("release", "恢复催款"),
    ("invoice", "登记发票"),
    ("number", "发票号码"),
    ("invoice.amount", "金额；不写则为尚未开票的部分"),
    ("invoice.kind", "种类：{invoice_kinds}"),
    ("sent_on", "寄出日；不写则为开票日"),
    ("unsent", "发票还没有寄出"),
    ("received_on", "客户签收日"),
    ("above", "有意多开，超过尚未开票的部分"),
    ("reverses", "红字发票冲的是哪张：发票号码或 #id；不写则取金额相符的最近一张"),
    ("sent", "登记发票已寄出，或客户已签收"),
    ("sent.on", "寄出日；不写签收日时默认今天"),
    ("pay", "登记收款，或冲回一笔收款"),
    ("reverse", "冲回这笔收款（#id）：退票或退款；原因写在 --note"),
    ("pay.amount", "金额；冲回时不写则为剩余全部"),
    ("pay.to", "核销到哪个节点：节点=金额；不写则先看金额与哪笔恰好相符，否则最早到期的优先"),
    ("apply.to", "核销到哪个节点：节点=金额；不写则先看金额与哪笔恰好相符，否则最早到期的优先"),
    ("pay.again", "确为另一笔：一周内已有同额收款，或流水号相同"),
    ("unapplied", "全部留作未核销收款"),
    ("pay.currency", "币种；不写则取客户所欠的币种"),
    ("payer", "付款方（不是客户本身时）"),
    ("reference", "银行流水号"),
    ("pay.note", "备注，或冲回原因"),
    ("apply", "核销未核销收款"),
    ("payment", "收款编号 #id"),
    ("contact", "登记一次联系"),
    ("channel", "渠道：{channels}"),
    ("step", "催款级别 0 至 6；不写则不算级别"),
    ("contact.kind", "目的：{purposes}；写了级别即 dunning，否则 courtesy"),
    ("person", "联系人姓名"),
    ("outcome", "结果：{outcomes}"),
    ("cause", "拖欠原因：{causes}"),
    ("contact.amount", "承诺金额（先到期者先分配）或争议金额；不写则为全部无争议的未收，或全额争议"),
    ("contact.by", "承诺付款时：最后付款日"),
    ("contact.reason", "提出争议时：争议的原因"),
    ("promise.by", "承诺的最后付款日"),
    ("next_on", "下次跟进日"),
    ("promise", "登记承诺付款"),
    ("promise.amount", "金额；不写则为无争议的未收"),
    ("dispute", "登记争议"),
    ("dispute.amount", "争议金额；不写则为全部"),
    ("reason", "原因"),
    ("owner", "我方负责人"),
    ("resolve", "解决节点上的争议"),
    ("resolve.note", "如何解决"),
    ("reschedule", "登记展期"),
    ("reschedule.to", "新的到期日"),
    ("hold", "暂停催款"),
    ("until", "暂停的最后一天；不写则到恢复为止"),
    ("amend", "登记补充协议：新的合同额"),
    ("contract", "新的合同额"),
    ("amend.amount", "约定某节点的新金额：节点=金额；其余节点按原比例分摊"),
    ("split", "将未收款改为分期还款"),
    ("into", "如“分3期 每月 2026-12-31起”，或“2026-12-31=50000 2027-01-31=余款”"),
    ("all_due", "一期逾期时可宣布其余各期全部到期"),
    ("call-due", "一期逾期：宣布其余各期全部到期"),
    ("write-off", "坏账核销"),
    ("write-off.amount", "金额；不写则为全部未收"),
    ("write-off.reason", "原因；脚本不写时记为“未说明原因”"),
    ("settle", "登记和解：按期付一部分，其余自动减免"),
    ("settle.pay", "要到账的金额，所列节点合计"),
    ("settle.by", "最后付款日；次日起自动失效"),
    ("suspend", "暂停项目：只催款，不再安排我方交付、开票"),
    ("suspend.reason", "原因；脚本不写时记为“未说明原因”"),
    ("notice", "如何通知客户，如函件编号"),
    ("resume", "恢复项目"),
    ("void", "作废登错的记录：任何日期都不再计入"),
    ("void.kind", "种类：invoice、contact、promise、payment、milestone"),
    ("void.name", "#id，或发票号码；节点上只有一条时也可写节点编号"),
];
