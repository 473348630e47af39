//! Words of the forms.

use crate::domain::allocation::Aim;

super::vocabulary! {
    /// Why money is proposed to go where it goes.
    aim(Aim) {
        Marked: "按所选款项", "the marked milestones";
        Row: "与光标所在款项的未收金额恰好相符", "exactly what is open on this milestone";
        Contract: "本项目内，先到期先核销", "this project, oldest due first";
        ExactReceivable: "与一笔应收款恰好相符", "exactly one receivable";
        ExactInvoice: "与一张发票的未收金额恰好相符", "exactly what is open on one invoice";
        OldestFirst: "先到期先核销", "oldest due first";
        Unapplied: "暂不核销", "left unapplied";
    }
}

phrases! {
    form_required: "必填", "required";
    form_rest: "未核销余额", "left unapplied";
    form_over_total: "分配合计超过收款金额", "more than the payment";
    form_over_open: "超过该节点的未收金额", "more than is open on it";
    form_by_hand: "已手工分配（Ctrl-o 恢复建议）", "split by hand (Ctrl-o: back to the proposal)";
    form_proposed(aim: &str): "{aim}（Ctrl-o 换一种）", "{aim} (Ctrl-o: another)";
    form_discard_title: "放弃输入", "Drop what you typed";
    form_discard: "已输入的内容尚未保存，确定放弃吗？", "What you typed is not saved. Drop it?";
    form_amount_hint: "如 1,234.50 或 12.5万", "like 1,234.50 or 100k";
    form_day_hint: "如 2026-12-05、12-5、+7、周五、月底", "like 2026-12-05, 12-5, +7, fri";
    form_choice_hint: "左右键或输入文字选择", "left/right or type to choose";
    form_pick_hint: "输入文字或拼音首字母查找", "type to search, by pinyin initials too";
    form_lines_hint: "上下键移动，直接输入金额", "up/down to move, type an amount";
    form_negative: "金额不能为负", "an amount cannot be below 0";
    form_open: "未收", "open";
    form_marks_hint: "空格勾选", "Space ticks";
    form_rule_hint: "日期，或 验收 + 30d、开票 + 10wd、acceptance(P1-M2) + 1y", "a date, or acceptance + 30d, invoice + 10wd, acceptance(P1-M2) + 1y";
    form_due_expected(due: chrono::NaiveDate): "预计 {due}", "expected {due}";
    form_due_unknown: "尚无日期", "no day yet";

    form_two_customers: "所选款项属于不同客户；请只选一个客户的", "the marked milestones belong to several customers; mark those of one";
    form_two_currencies: "所选款项币种不同；请只选一个币种的", "the marked milestones are in several currencies; mark those of one";
    form_milestones(n: usize): "{n} 个节点", "{n} milestones";
    form_whole(most: u16): "请填 0 到 {most} 的整数", "a whole number from 0 to {most}";

    form_amount: "金额", "Amount";
    form_day: "日期", "Date";
    form_reason: "原因", "Reason";
    form_note: "备注", "Note";
    form_customer: "客户", "Customer";
    form_currency: "币种", "Currency";

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
    form_over_promise: "超过所选款项的无争议未收", "more than is open and undisputed on them";
    form_step_due(step: &str): "已到“{step}”；要计入级别，请将目的改为催款", "{step} is due; to take the step choose the purpose dunning";
    form_step_sure(step: &str): "将计为“{step}”，催款级别只升不降。确定吗？", "This takes the step “{step}”; the ladder does not go back. Sure?";
    form_dispute_of: "争议款项", "Disputed";
    form_cause: "拖延原因", "Cause of delay";
    form_next_on: "下次跟进", "Next on";
    form_waits(why: &str): "建议暂缓：{why}", "Better wait: {why}";
    form_waits_until(why: &str, until: chrono::NaiveDate): "建议 {until} 再联系：{why}", "Better wait until {until}: {why}";
    form_guarded(until: chrono::NaiveDate): "近期联系已达上限，建议 {until} 再联系", "Contact limit reached; better wait until {until}";

    form_payment: "登记收款", "Record payment";
    form_payer: "谁付的款", "Who paid";
    form_received: "到账日", "Received on";
    form_pays: "核销", "Allocation";
    form_all_unapplied: "没有未收款项；全部留作未核销收款", "Nothing is open: all of it stays unapplied";
    form_method: "收款方式", "Method";
    form_paid_by: "付款方", "Paid by";
    form_paid_by_hint: "由他人代付时填写", "if it is not the customer";
    form_bank_ref: "银行流水号", "Bank reference";
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

    form_promise: "登记承诺", "Promise";
    form_promised_amounts: "承诺金额", "Amounts";
    form_promised_on: "承诺日", "Made on";
    form_disputed_note: "有争议的部分不计入建议金额", "What is disputed is not proposed";

    form_dispute: "登记争议", "Dispute";
    form_disputed_amount: "争议金额", "Amount";
    form_disputed_hint: "留空为全部未收", "empty: all that is open";
    form_owner: "我方负责人", "Owner";
    form_raised_on: "提出日", "Raised on";
    form_resolve: "争议解决", "Resolve dispute";
    form_resolution: "处理结果", "Resolution";
    form_resolved_on: "解决日", "Resolved on";

    form_reschedule: "展期", "Reschedule";
    form_due_so_far(due: chrono::NaiveDate): "现到期日 {due}", "Due so far: {due}";
    form_new_due: "新到期日", "New due date";
    form_agreed_on: "约定日", "Agreed on";
    form_hold: "暂停催款", "Hold";
    form_until: "暂停至", "Until";
    form_until_hint: "留空则直到恢复", "empty: until released";
    form_since: "起始日", "From";
    form_void: "作废", "Void";
    form_void_milestone: "整个节点", "the whole milestone";
    form_void_note: "作废后任何日期都不再计入，经过中保留并注明原因", "It counts on no day any more; the timeline keeps it with the reason";
    form_write_off: "核销坏账", "Write off";
    form_write_off_sure(amount: &str): "将 {amount} 核销为坏账，确定吗？", "Write {amount} off as bad debt?";

    form_delivered: "登记交付", "Delivered";
    form_delivered_on: "交付日", "Delivered on";
    form_accepted: "登记验收", "Accepted";
    form_accepted_on: "验收日", "Accepted on";
    form_known(day: chrono::NaiveDate): "已登记：{day}", "On record: {day}";
    form_take_back_hint: "改日期即修改，清空即撤回", "change it to correct it, clear it to take it back";

    form_invoice: "登记发票", "Invoice";
    form_number: "发票号码", "Number";
    form_issued_on: "开票日", "Issued on";
    form_billed: "开票金额", "Invoiced";
    form_billed_hint: "已填未开票部分；红字发票填负数", "what is not invoiced yet; a red invoice is below 0";
    form_invoice_kind: "票种", "Kind";
    form_sent: "寄送发票", "Sent";
    form_sent_same: "开票当日", "on the day";
    form_sent_other: "另一天", "on another day";
    form_unsent: "尚未寄出", "not yet";
    form_sent_on: "寄出日", "Sent on";
    form_received_on: "客户签收日", "Received on";
    form_received_hint: "客户签收后再填", "once the customer has signed for it";

    form_new_customer: "新建客户", "New customer";
    form_new_project: "新建项目", "New project";
    form_new_milestone: "新建节点", "New milestone";
    form_of_project: "哪个项目的节点", "Milestone of which project";
    form_customer_facts: "客户资料", "Customer details";
    form_new_contact: "新增联系人", "New contact";
    form_first_contact: "第一位联系人（可留空）", "First contact (may be left empty)";
    form_name: "名称", "Name";
    form_short_name: "简称", "Short name";
    form_code: "编号", "Code";
    form_code_hint: "留空则用名称", "empty: the name";
    form_grade: "信用等级", "Grade";
    form_credit_limit: "信用额度", "Credit limit";
    form_terms: "账期（天）", "Terms (days)";
    form_days_hint: "天数，如 30", "days, like 30";
    form_invoice_title: "发票抬头", "Invoice title";
    form_tax_no: "税号", "Tax number";
    form_bank: "开户行", "Bank";
    form_bank_account: "银行账号", "Bank account";
    form_address: "注册地址", "Address";
    form_phone: "注册电话", "Telephone";
    form_person_name: "姓名", "Name of contact";
    form_role: "职务", "Role";
    form_mobile: "电话", "Phone";
    form_email: "邮箱", "E-mail";
    form_wechat: "微信", "WeChat";
    form_preferred: "首选渠道", "Prefers";
    form_still_there: "状态", "Status";
    form_stays: "在职", "still there";
    form_leaves: "移除该联系人", "remove this contact";

    form_edit_project: "修改项目", "Edit project";
    form_manager: "项目经理", "Manager";
    form_manager_hint(known: &str): "新名字即新增；已有 {known}", "a new name adds a person; there are {known}";
    form_contract_no: "合同号", "Contract no.";
    form_contract_amount: "合同额", "Contract amount";
    form_signed_on: "签订日", "Signed on";
    form_starts_on: "开工日", "Starts on";
    form_ends_on: "完工日", "Ends on";
    form_warranty_ends_on: "质保到期日", "Warranty ends on";
    form_grace: "宽限期（天）", "Grace (days)";
    form_grace_hint: "到期后多少天才算逾期", "days after due before it is overdue";
    form_progress: "进度（%）", "Progress (%)";
    form_progress_hint: "0 到 100", "0 to 100";
    form_state: "状态", "State";

    form_edit_milestone: "修改节点", "Edit milestone";
    form_stage: "款项性质", "Stage";
    form_unplanned(rest: &str): "合同额中尚未安排：{rest}", "not yet planned of the contract: {rest}";
    form_due: "到期日", "Due";
    form_planned_on: "计划日", "Planned on";
    form_planned_hint: "触发事件计划发生的日期", "when the event it waits for is planned";
    form_condition: "付款条件", "Condition";
    form_key: "节点编号", "Key";
    form_key_hint: "导入时按此识别；可留空", "an import knows it by this; may be empty";
    form_agreed_method: "付款方式", "Payment method";
}
