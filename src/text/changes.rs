//! Everything said of a change, in one place: its name in the log, the key and the form that record it, the command's
//! help in Chinese, the notice when it is saved, its line in a milestone's timeline.

use chrono::NaiveDate;

use super::Lang;
use crate::domain::change::{BillEvent, Booking, Change, ChangeKind, TimelineEvent, TouchDraft};
use crate::domain::deal::parts::PartsError;
use crate::domain::ids::{
    BankLineId, CustomerId, MilestoneId, PaperId, PaymentId, ProjectId, TodoId,
};
use crate::domain::kinds::{BillState, DealKind, NoteKind, PaperState, TouchKind};
use crate::domain::money::{self, Currency};
use crate::domain::tax::TaxRate;

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
        AcceptReserved: "有保留验收", "accepted with reservations";
        AcceptPart: "部分验收", "accepted in part";
        RefuseAcceptance: "验收未通过", "acceptance refused";
        AddCondition: "新增条件", "condition added";
        MeetConditions: "条件满足", "condition met";
        AddNote: "记事", "note";
        FilePaper: "登记文件", "paper filed";
        MarkPaper: "文件寄出、送达或签章", "paper sent, delivered or signed";
        Invoice: "开票", "invoiced";
        SendInvoices: "发票寄出或签收", "invoices sent or received";
        RecordPayment: "收款", "payment";
        ReversePayment: "冲回", "payment reversed";
        ApplyPayment: "核销", "payment applied";
        Bill: "商业汇票", "bill of exchange";
        ClearPayer: "代付确认", "third-party payment cleared";
        MoveAllocation: "转核销", "payment moved";
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
        AddTodo: "新建事项", "to-do added";
        EditTodo: "修改事项", "to-do corrected";
        CloseTodo: "完成事项", "to-do done";
        ApproveTodo: "批准", "approved";
        DeclineTodo: "驳回", "declined";
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
    act_payments_help: "冲回、作废或转移一笔收款，登记汇票去向，或核销未核销的余额", "reverse, void or move a payment, say what became of a bill, or apply what is unapplied";
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

    form_deduction: "有扣除", "Deductions";
    form_deduction_hint: "手续费、罚款等没有到账的部分；金额填客户应计的全额", "what did not reach the bank; the amount is what the customer is credited with";
    form_deducted: "扣除", "Deducted";
    form_bill_form: "票据形式", "Form";
    form_bill_number: "票据号码", "Bill number";
    form_drawer: "出票人", "Drawer";
    form_acceptor: "承兑人", "Acceptor";
    form_bill_issued: "出票日", "Drawn on";
    form_matures: "到期日", "Matures on";
    form_honoured: "登记兑付", "honoured";
    form_discounted: "登记贴现", "discounted";
    form_endorsed: "登记背书转让", "endorsed";
    form_dishonoured: "登记拒付", "dishonoured";
    form_clear: "确认第三方代付", "clear the third-party payer";
    form_cleared_on: "确认日", "Cleared on";
    form_mandate: "委托付款书", "Mandate";
    form_ground: "依据", "Ground";
    form_ground_hint: "没有文件时必填：谁、如何确认", "without a paper: who said so, and how";
    form_paid_by_other(payer: &str): "由 {payer} 代付", "Paid by {payer}";
    form_move: "转到别的节点", "move to another milestone";
    form_happened_on: "发生日", "On";
    form_rate: "贴现年利率 %", "Rate % a year";
    form_elsewhere: "承兑人在异地（纸票加 3 天）", "Acceptor elsewhere (paper: 3 days more)";
    form_cost: "贴息", "Cost";
    form_cost_hint: "面额 × 利率 × 天数 ÷ 360；以银行实扣为准", "face × rate × days / 360; what the bank kept counts";
    form_cost_for(days: i64, cost: &str): "{days} 天，约 {cost}", "{days} days, {cost}";
    form_endorsed_to: "被背书人", "To";
    form_dishonour_sure(amount: &str): "拒付将冲回 {amount}，相应款项自当日起重新未收，并新建一条追索事项。确定吗？", "{amount} goes back, what it paid is open again from that day, and a to-do for recourse is added. Sure?";
    form_move_from: "从哪个节点转出", "From";
    form_move_to: "转到哪个节点", "To";
    form_moved: "转出金额", "Amount";
    form_moved_hint: "留空为该节点上的全部", "empty: all that is applied there";
    recourse_of(payment: PaymentId): "追索：收款 {payment} 的汇票被拒付，书面通知前手", "take recourse: give notice that the bill of payment {payment} was dishonoured";
    bill_matures(day: &str): "{day} 到期", "matures {day}";
    bill_without_maturity: "汇票没有到期日，算不出贴息；请用 --cost 写明银行扣了多少", "an amount: the bill has no day of maturity to count to";
    bill_word(state: &str): "汇票{state}", "bill {state}";
    confirm_bill(payment: PaymentId, on: NaiveDate, state: &str): "收款 {payment} 的汇票 {on} {state}", "the bill of payment {payment} is {state} as of {on}";
    confirm_cleared(payment: PaymentId, on: NaiveDate): "收款 {payment} 的第三方代付已于 {on} 确认", "the third-party payer of payment {payment} is cleared as of {on}";
    confirm_uncleared(payment: PaymentId): "收款 {payment} 的第三方代付改为未确认", "the third-party payer of payment {payment} is to be cleared again";
    timeline_cleared(payer: &str): "{payer} 代付已确认", "payment by {payer} cleared";
    confirm_moved(payment: PaymentId, to: &str, on: NaiveDate): "收款 {payment} 已自 {on} 起转到 {to}", "payment {payment} moved to {to} as of {on}";
    timeline_moved_in(amount: &str, other: &str): "自 {other} 转入 {amount}", "{amount} moved here from {other}";
    timeline_moved_out(amount: &str, other: &str): "转出 {amount} 到 {other}", "{amount} moved to {other}";
    timeline_cost(cost: &str): "贴息 {cost}", "cost {cost}";
    timeline_deducted(amount: &str): "其中扣除 {amount}", "{amount} of it deducted";
    timeline_endorsed_to(name: &str): "被背书人 {name}", "to {name}";

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
    act_resolve_help: "登记争议解决；在事项上为办结", "settle the dispute; on a to-do: it was done";
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
    act_accepted_help: "登记验收结果，或约定验收日", "record what came of an acceptance, or the day appointed for it";
    form_accepted: "登记验收", "Accepted";
    form_accepted_on: "验收日", "Accepted on";
    confirm_accepted(what: &str, on: NaiveDate): "{what} 已于 {on} 验收", "{what} accepted on {on}";

    form_result: "验收结果", "Result";
    form_reservations: "保留意见", "Reservations";
    form_reservations_hint: "多条用分号隔开，每条成为一个问题（事项）", "several are parted by semicolons; each becomes an issue";
    form_reservations_block: "解决前暂不催款", "No payment steps until then";
    form_refused_why: "未通过原因", "Why it was refused";
    form_refused_on: "未通过日", "Refused on";
    form_appointed_on: "约定验收日", "Acceptance on";
    form_refused_before(day: NaiveDate): "{day} 验收未通过", "Refused {day}";
    conditions_met(met: usize, of: usize): "条件 {of} 项，已满足 {met} 项", "{met} of {of} conditions met";
    confirm_reserved(what: &str, on: NaiveDate, n: usize): "{what} 已于 {on} 验收，保留意见 {n} 条", "{what} accepted on {on} with {n} reservations";
    confirm_accepted_part(what: &str, on: NaiveDate): "{what} 已于 {on} 部分验收：已验收部分另立节点，其余待验收", "{what} accepted in part on {on}: what was accepted is a milestone of its own, the rest is still to be accepted";
    form_accepted_part: "已验收金额", "Accepted";
    form_accepted_part_hint: "另立节点；其余留在原节点待验收", "becomes a milestone of its own; the rest stays to be accepted";
    timeline_accepted_part(amount: &str): "部分验收：{amount}", "accepted in part: {amount}";
    timeline_accepted_out_of(of: &str, amount: &str): "{of} 的已验收部分：应收 {amount}", "accepted part of {of}: {amount}";
    confirm_appointed(what: &str, on: NaiveDate): "{what} 约定 {on} 验收", "acceptance of {what} appointed for {on}";
    confirm_refused(what: &str, on: NaiveDate): "{what} {on} 验收未通过", "acceptance of {what} refused on {on}";
    timeline_refused: "验收未通过", "acceptance refused";

    act_condition: "条件", "condition";
    act_condition_help: "登记交付物、验收标准或关口，或登记已满足", "add a deliverable, criterion or gate, or say that one was met";
    form_condition_kind: "类别", "Kind";
    form_condition_wording: "内容", "What";
    form_condition_new: "新增条件", "New condition";
    form_condition_met: "条件满足", "Condition met";
    form_condition_agreed_hint: "留空为节点的约定日", "empty: the day the milestone was agreed";
    form_met_on: "满足日", "Met on";
    form_met_by: "由谁确认", "By";
    form_reservation: "保留意见", "Reservation";
    form_condition_paper: "凭证文件", "Proof";
    condition_open: "未满足", "open";
    condition_met_on(day: &str): "{day} 已满足", "met {day}";
    confirm_condition(wording: &str): "已登记条件：{wording}", "condition added: {wording}";
    confirm_met(on: NaiveDate, n: usize): "{n} 项条件已于 {on} 满足", "conditions met on {on}: {n}";
    confirm_unmet(n: usize): "{n} 项条件改为未满足", "conditions open again: {n}";
    timeline_condition(kind: &str, wording: &str): "{kind}：{wording}", "{kind}: {wording}";
    timeline_condition_met(wording: &str): "已满足：{wording}", "met: {wording}";
    timeline_by(who: &str): "由 {who} 确认", "by {who}";
    timeline_reservation(text: &str): "保留：{text}", "reservation: {text}";
    timeline_planned(day: &str): "计划 {day}", "planned {day}";

    conditions_title: "条件", "Conditions";
    notes_title: "记事", "Notes";
    note_number: "数值", "Number";
    act_note: "记事", "note";
    act_note_help: "记项目进度、纪要或其他", "note the progress of a project, minutes and more";
    form_note_new: "记事", "Note";
    form_note_kind: "类别", "Kind";
    form_note_wording: "内容", "Text";
    form_note_score: "评分（0 到 10）", "Score, 0 to 10";
    confirm_noted(kind: &str): "已记：{kind}", "noted: {kind}";

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
    timeline_tax(rate: TaxRate): "税率 {rate}", "tax {rate}";
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
    timeline_part_of(of: &str, amount: &str): "约定为 {of} 的分期：应收 {amount}", "agreed as an instalment of {of}: {amount}";

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
    act_void_help: "作废登错的发票、联系、承诺、收款、条件、记事、文件或节点", "void an invoice, contact, promise, payment, condition, note, paper or milestone entered by mistake";
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

    confirm_added_todo(todo: TodoId, title: &str): "已新建事项 {todo}：{title}", "to-do {todo} added: {title}";
    confirm_added_todo_by(todo: TodoId, title: &str, due: NaiveDate): "已新建事项 {todo}：{title}，{due} 前办", "to-do {todo} added: {title}, by {due}";
    confirm_closed_todo(todo: TodoId, on: NaiveDate): "事项 {todo} 已于 {on} 完成", "to-do {todo} done on {on}";
    confirm_closed_todo_again(todo: TodoId, on: NaiveDate, next: TodoId): "事项 {todo} 已于 {on} 完成；下一次是 {next}", "to-do {todo} done on {on}; {next} is the next time";
    timeline_todo(kind: &str, title: &str): "{kind}：{title}", "{kind}: {title}";
    timeline_todo_by(day: &str): "{day} 前办", "by {day}";
    timeline_todo_done(title: &str): "已完成：{title}", "done: {title}";

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
            Change::AcceptReserved { milestones, on, reservations, .. } => {
                self.confirm_reserved(&names.milestones(milestones), *on, reservations.len())
            }
            Change::AcceptPart { milestone, on, .. } => {
                self.confirm_accepted_part(&names.milestones(&[*milestone]), *on)
            }
            Change::RefuseAcceptance { milestones, on, .. } => {
                self.confirm_refused(&names.milestones(milestones), *on)
            }
            Change::AddCondition(draft) => self.confirm_condition(draft.wording.trim()),
            Change::MeetConditions { conditions, on: Some(on), .. } => {
                self.confirm_met(*on, conditions.len())
            }
            Change::MeetConditions { conditions, on: None, .. } => {
                self.confirm_unmet(conditions.len())
            }
            Change::AddNote(draft) => self.confirm_noted(&self.noted(draft.kind, draft.number)),
            Change::FilePaper(draft) => self.confirm_filed(
                PaperId(created.unwrap_or_default()),
                &self.paper_called(draft.kind, &draft.number, &draft.title),
            ),
            Change::ClearPayer { payment, on: Some(on), .. } => self.confirm_cleared(*payment, *on),
            Change::ClearPayer { payment, on: None, .. } => self.confirm_uncleared(*payment),
            Change::MarkPaper { paper, mark, on } => self.confirm_marked(*paper, mark, *on),
            Change::Invoice(draft) => {
                let ids: Vec<MilestoneId> = draft.lines.iter().map(|(id, _)| *id).collect();
                let number = match draft.number.trim() {
                    "" => String::new(),
                    number => format!(" {number}"),
                };
                self.confirm_invoiced(&names.milestones(&ids), &number, draft.issued_on)
            }
            Change::SendInvoices { milestones, sent_on, received_on, .. } => {
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
            Change::LogContact(TouchDraft {
                kind: TouchKind::AcceptanceChase,
                next_on: Some(day),
                milestones,
                ..
            }) => self.confirm_appointed(&names.milestones(milestones), *day),
            Change::Bill { payment, event, on } => {
                let state = match event {
                    BillEvent::Honoured => BillState::Honoured,
                    BillEvent::Discounted { .. } => BillState::Discounted,
                    BillEvent::Endorsed { .. } => BillState::Endorsed,
                    BillEvent::Dishonoured { .. } => BillState::Dishonoured,
                };
                self.confirm_bill(*payment, *on, self.bill_state(state))
            }
            Change::MoveAllocation { payment, to, on, .. } => {
                self.confirm_moved(*payment, &names.milestones(&[*to]), *on)
            }
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
            Change::AddTodo(draft) => {
                let (todo, title) = (TodoId(created.unwrap_or_default()), draft.title.trim());
                match draft.due_on {
                    Some(due) => self.confirm_added_todo_by(todo, title, due),
                    None => self.confirm_added_todo(todo, title),
                }
            }
            Change::EditTodo(_, draft) => self.confirm_edited(&names.corrected(&draft.title)),
            Change::ApproveTodo { todo, .. } => self.confirm_approved(*todo),
            Change::DeclineTodo { todo, .. } => self.confirm_declined(*todo),
            Change::CloseTodo { todo, on, .. } => match created {
                Some(next) => self.confirm_closed_todo_again(*todo, *on, TodoId(next)),
                None => self.confirm_closed_todo(*todo, *on),
            },
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

    /// What a note is, with its number.
    pub(crate) fn noted(self, kind: NoteKind, number: Option<u8>) -> String {
        let word = self.note_kind(kind);
        match (kind, number) {
            (NoteKind::Progress, Some(percent)) => format!("{word} {percent}%"),
            (NoteKind::Satisfaction, Some(score)) => format!("{word} {score}/10"),
            (_, Some(number)) => format!("{word} {number}"),
            (_, None) => word.to_owned(),
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
            TimelineEvent::Refused { reason } => {
                vec![self.timeline_refused().to_owned(), reason.clone()]
            }
            TimelineEvent::ConditionSet { kind, wording, planned_on } => vec![
                self.timeline_condition(self.condition_kind(*kind), wording),
                on(*planned_on, Self::timeline_planned),
            ],
            TimelineEvent::ConditionMet { wording, by, reservation, proof } => {
                let said = |text: &str, phrase: fn(Self, &str) -> String| {
                    if text.is_empty() { String::new() } else { phrase(self, text) }
                };
                vec![
                    self.timeline_condition_met(wording),
                    said(by, Self::timeline_by),
                    said(reservation, Self::timeline_reservation),
                    self.proven(proof.as_ref()),
                ]
            }
            TimelineEvent::Noted { kind, wording, number, until } => {
                let until = until.map(|day| self.noted_until(&self.day(day, today)));
                vec![self.noted(*kind, *number), wording.clone(), until.unwrap_or_default()]
            }
            TimelineEvent::Paper { kind, number, title, state, by, proof } => {
                let called = self.paper_called(*kind, number, title);
                let state = match state {
                    PaperState::Draft | PaperState::Filed => String::new(),
                    PaperState::Expired => self.mark_closed().to_owned(),
                    PaperState::Sent | PaperState::Delivered | PaperState::Signed => {
                        self.paper_state(*state).to_owned()
                    }
                };
                let by = by.map(|by| self.channel(by).to_owned()).unwrap_or_default();
                let proof = Some(proof).filter(|text| !text.is_empty());
                let proof = proof.map(|text| self.timeline_proof(text)).unwrap_or_default();
                vec![called, state, by, proof]
            }
            TimelineEvent::Released => vec![self.change(ChangeKind::Release).to_owned()],
            TimelineEvent::Invoiced {
                number,
                kind,
                amount: billed,
                tax_rate,
                sent_on,
                received_on,
            } => vec![
                self.timeline_invoiced(number, self.invoice_kind(*kind), &amount(*billed)),
                tax_rate.map(|rate| self.timeline_tax(rate)).unwrap_or_default(),
                on(*sent_on, Self::timeline_sent),
                on(*received_on, Self::timeline_received),
            ],
            TimelineEvent::Paid { amount: paid, method, payer, deducted, .. } => {
                let deducted = Some(*deducted).filter(|sum| *sum > 0).map(&amount);
                let deducted = deducted.map(|sum| self.timeline_deducted(&sum));
                let paid = self.timeline_paid(&amount(*paid), self.method(*method));
                vec![paid, payer.clone(), deducted.unwrap_or_default()]
            }
            TimelineEvent::Reversed { amount: back, reason, .. } => {
                vec![self.timeline_reversed(&amount(*back)), reason.clone()]
            }
            TimelineEvent::Moved { amount: moved, other, reason, .. } => {
                let shown = amount(moved.saturating_abs());
                let said = if *moved < 0 {
                    self.timeline_moved_out(&shown, other)
                } else {
                    self.timeline_moved_in(&shown, other)
                };
                vec![said, reason.clone()]
            }
            TimelineEvent::PayerCleared { payer, note, proof, .. } => {
                vec![self.timeline_cleared(payer), note.clone(), self.proven(proof.as_ref())]
            }
            TimelineEvent::Bill { state, cost, to, .. } => {
                let said = self.bill_word(self.bill_state(*state));
                match state {
                    BillState::Discounted if *cost > 0 => {
                        vec![said, self.timeline_cost(&amount(*cost))]
                    }
                    BillState::Endorsed => vec![said, self.timeline_endorsed_to(to)],
                    BillState::Discounted
                    | BillState::InHand
                    | BillState::Honoured
                    | BillState::Dishonoured => vec![said],
                }
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
            TimelineEvent::Opened { kind, title, owner, due_on, .. } => vec![
                self.timeline_todo(self.todo_kind(*kind), title),
                owner.clone(),
                on(*due_on, Self::timeline_todo_by),
            ],
            TimelineEvent::Done { title, outcome, .. } => {
                vec![self.timeline_todo_done(title), outcome.clone()]
            }
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
                    DealKind::PartialAcceptance => self.timeline_accepted_part(&by),
                };
                vec![what, note.clone()]
            }
            TimelineEvent::PartOf { kind: DealKind::PartialAcceptance, of, amount: part } => {
                vec![self.timeline_accepted_out_of(of, &amount(*part))]
            }
            TimelineEvent::PartOf { of, amount: part, .. } => {
                vec![self.timeline_part_of(of, &amount(*part))]
            }
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
    ("accept", "登记验收结果：通过、有保留、部分、未通过，或约定验收日"),
    ("accept.amount", "部分验收时：已验收的金额；其余留在原节点待验收"),
    ("result", "结果：{results}；不写则看其他参数，再按通过"),
    ("accept.reservation", "有保留时：待整改的内容，可写多次；每条成为一个问题（事项）"),
    ("accept.blocks", "有保留时：解决前暂缓催款"),
    ("accept.reason", "未通过时：原因"),
    ("appoint", "约定日期时：哪一天验收"),
    ("condition", "验收或到期所等的条件：交付物、验收标准、关口"),
    ("condition.add", "新增一项条件"),
    ("condition.met", "登记条件已满足"),
    ("condition.open", "把条件改回未满足"),
    ("condition.list", "列出条件：某节点、某项目或全部"),
    ("condition.list.what", "节点或项目：编号、名称或 #id；不写则全部"),
    ("condition.add.wording", "内容"),
    ("condition.add.kind", "类别：{condition_kinds}"),
    ("planned", "计划满足的日期"),
    ("condition.add.on", "提出之日；不写则为节点的约定日"),
    ("conditions", "条件：列表中的序号、内容或 #id，可写多个"),
    ("condition.met.by", "由谁确认"),
    ("condition.met.reservation", "仍待整改的内容"),
    ("condition.met.paper", "证明其已满足的文件：#id 或文号"),
    ("note", "记事：项目进度、会议纪要、备注等"),
    ("note.add", "记项目进度、会议纪要、备注等"),
    ("note.list", "列出记事：某客户、项目或节点（及其下属）的，或全部"),
    ("note.add.kind", "类别：{note_kinds}"),
    ("note.list.kind", "只看这一类"),
    ("note.add.about", "关于什么：客户、项目或节点，编号、名称或 #id"),
    ("note.list.about", "客户、项目或节点：编号、名称或 #id；不写则全部"),
    ("note.add.words", "内容；进度在前面写百分比，满意度写 0 到 10"),
    ("note.add.thing", "同名时指明是哪一类：customer 客户、project 项目、milestone 节点"),
    ("note.add.until", "承诺到哪一天为止；到那天成为事项"),
    ("note.list.find", "只列说到这些词的：每个词都要有，次序不论"),
    ("playbook", "锦囊：处理款项时的一句建议；列出、检查、复制"),
    ("playbook.show", "列出所用的建议，各在何时、按哪个键"),
    ("playbook.check", "检查锦囊：哪一行读不懂，为什么"),
    ("playbook.copy", "把自带的锦囊复制到配置文件旁，以便修改"),
    ("playbook.check.file", "文件；不写则为配置文件旁的 playbook.txt"),
    ("note.list.thing", "同名时指明是哪一类：customer 客户、project 项目、milestone 节点"),
    ("paper", "文件：登记、列出、寄出、送达、签章、检查"),
    ("paper.add", "登记文件"),
    ("paper.list", "列出文件：某客户、项目或节点（及其下属）的，或全部"),
    ("paper.sent", "登记文件已寄出；催款文件同时记一次联系并计入级别"),
    ("paper.delivered", "登记文件已送达；有凭证的催款文件中断诉讼时效"),
    ("paper.signed", "登记对方已签章"),
    ("paper.close", "到期已处理，不再提示"),
    ("paper.print", "打印本程序写成的文件，与登记时完全一致"),
    ("paper.print.paper", "文件：#id 或文号"),
    ("paper.print.output", "写到文件，可多次；扩展名决定格式：{document_formats}"),
    ("paper.ready", "看催款各级要哪些文件、还缺哪些"),
    ("paper.ready.milestone", "节点：编号、名称或 #id"),
    ("paper.ready.step", "只看这一级，0 到 6"),
    ("paper.check", "检查登记的文件是否还在、是否变动"),
    ("paper.add.kind", "种类：{paper_kinds}"),
    ("paper.list.kind", "只看这一类"),
    ("paper.add.about", "关于什么：客户、项目、一个或几个节点，编号、名称或 #id"),
    ("paper.list.about", "客户、项目或节点：编号、名称或 #id；不写则全部"),
    ("paper.add.thing", "同名时指明是哪一类：customer 客户、project 项目、milestone 节点"),
    ("paper.list.thing", "同名时指明是哪一类：customer 客户、project 项目、milestone 节点"),
    ("paper.add.file", "文件路径或网址；登记时记下 SHA-256"),
    ("paper.add.number", "文号；我方文件不写则自动编号"),
    ("paper.add.title", "标题"),
    ("dated", "文件日期；不写则为今天"),
    ("expires", "有效期的最后一天"),
    ("paper.add.amount", "文件所载金额"),
    ("paper.add.note", "备注"),
    ("paper.sent.paper", "文件：#id 或文号"),
    ("paper.delivered.paper", "文件：#id 或文号"),
    ("paper.signed.paper", "文件：#id 或文号"),
    ("paper.close.paper", "文件：#id 或文号"),
    ("paper.sent.channel", "渠道：{channels}；不写则按该级别的渠道"),
    ("proof", "送达凭证：快递单号、回执、签收人"),
    ("paper.close.note", "如何处理的"),
    ("release", "恢复催款"),
    ("invoice", "登记发票"),
    ("number", "发票号码"),
    ("invoice.amount", "金额；不写则为尚未开票的部分"),
    ("invoice.kind", "种类：{invoice_kinds}"),
    ("invoice.tax_rate", "税率，如 13%；none 为不知道；不写则同该项目、否则同该客户最近一张"),
    ("invoice.again", "号码确为另一张发票的（不同发票代码下号码可以相同）"),
    ("sent_on", "寄出日；不写则为开票日"),
    ("unsent", "发票还没有寄出"),
    ("received_on", "客户签收日"),
    ("above", "有意多开，超过尚未开票的部分"),
    ("reverses", "红字发票冲的是哪张：发票号码或 #id；不写则取金额相符的最近一张"),
    ("sent", "登记发票已寄出，或客户已签收"),
    ("sent.invoice", "发票，用号码或 #编号"),
    ("sent.received", "客户今天已签收"),
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
    ("pay.fee", "银行扣下的手续费；金额填客户应计的全额"),
    ("deduct", "其他没有到账的部分：{deductions}"),
    ("bill_number", "商业汇票：票据号码"),
    ("matures", "商业汇票：到期日"),
    ("drawn_on", "商业汇票：出票日"),
    ("drawer", "商业汇票：出票人"),
    ("acceptor", "商业汇票：承兑人"),
    ("pay.paper", "商业汇票：纸质（不写则为电子）"),
    ("bill", "商业汇票：列出，或登记其去向"),
    ("bill.list", "列出商业汇票，先到期的在前"),
    ("bill.list.state", "状态：in_hand 持有、honoured 已兑付、discounted 已贴现、endorsed 已背书转让、dishonoured 拒付；不写则全部"),
    ("bill.honoured", "登记承兑人已付款"),
    ("bill.discounted", "登记到期前贴现给银行"),
    ("rate", "贴现年利率 %，如 2.62"),
    ("cost", "银行扣下的贴息；不写则按 面额 × 利率 × 天数 ÷ 360"),
    ("elsewhere", "纸票的承兑人在异地：加 3 天"),
    ("bill.endorsed", "登记背书转让"),
    ("bill.endorsed.to", "被背书人"),
    ("bill.dishonoured", "登记拒付：所付款项重新未收"),
    ("move", "把核销错节点的款转到另一节点"),
    ("move.from", "转出的节点：编号、名称、项目/名称或 #id"),
    ("move.to", "转入的节点"),
    ("move.amount", "金额；不写则为该节点上的全部"),
    ("move.on", "自哪一天起算在新节点"),
    ("clear-payer", "确认由第三方代付的款项：凭委托付款书，或登记依据"),
    ("clear-payer.paper", "委托付款书等文件：#id 或文号"),
    ("clear-payer.note", "没有文件时：谁、如何确认"),
    ("clear-payer.on", "确认日"),
    ("clear-payer.open", "改为未确认"),
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
    ("hold.until", "暂停的最后一天；不写则到恢复为止"),
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
    ("todo", "事项：新建、查看、修改、完成"),
    ("todo.add", "新建事项"),
    ("todo.list", "列出事项：未完成的，或全部"),
    ("todo.done", "登记事项已完成；重复的事项随即开出下一次"),
    ("todo.approve", "批准申请，并按申请执行"),
    ("todo.decline", "驳回申请"),
    ("todo.approve.note", "说明"),
    ("todo.decline.note", "驳回原因"),
    ("todo.edit", "修改事项（对所有日期生效）"),
    ("title", "要办的事"),
    ("todo.add.title", "要办的事"),
    ("todo.edit.title", "要办的事"),
    ("todo.list.kind", "只看这一种：{todo_kinds}"),
    ("todo.add.kind", "种类：{todo_kinds}；不写则为 task"),
    ("todo.edit.kind", "种类：{todo_kinds}"),
    ("todo.list.owner", "只看谁负责的；me 为自己"),
    ("todo.list.customer", "只看这个客户的，含其项目和节点"),
    ("todo.list.until", "只看这一天及以前到期的"),
    ("todo.list.all", "包括已完成的"),
    ("todo.add.milestone", "关于哪个节点"),
    ("todo.edit.milestone", "关于哪个节点"),
    ("todo.add.project", "关于哪个项目"),
    ("todo.edit.project", "关于哪个项目"),
    ("todo.add.customer", "关于哪个客户"),
    ("todo.edit.customer", "关于哪个客户"),
    ("todo.add.owner", "谁负责；不写则为自己"),
    ("todo.edit.owner", "谁负责"),
    ("todo.add.due", "最迟哪天办完"),
    ("todo.edit.due", "最迟哪天办完；none 为不限"),
    ("todo.add.on", "提出日；不写则为今天"),
    ("todo.edit.on", "提出日"),
    ("every", "每隔多久再办一次：7d、1m、每周；none 为不重复"),
    ("severity", "严重程度：{levels}"),
    ("probability", "风险发生的可能性：{levels}"),
    ("impact", "风险发生的影响：{levels}；与可能性一起决定严重程度"),
    ("blocks", "未完成前是否暂缓催款：yes、no；问题和投诉默认 yes"),
    ("todo.done.number", "事项编号 #id"),
    ("todo.edit.number", "事项编号 #id"),
    ("todo.approve.number", "事项编号 #id"),
    ("todo.decline.number", "事项编号 #id"),
    ("todo.done.outcome", "结果"),
    ("void", "作废登错的记录：任何日期都不再计入"),
    ("void.kind", "种类：invoice、contact、promise、payment、milestone、condition、note、paper、refusal"),
    ("void.name", "#id，或发票号码；节点上只有一条时也可写节点编号"),
];
