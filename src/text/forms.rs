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
    form_plan_rest: "合同未分余额", "left of the contract";
    form_so_far: "原金额", "so far";
    form_over_total: "分配合计超过总额", "more than there is";
    form_over_open: "超过该节点的未收金额", "more than is open on it";
    form_by_hand(key: &str): "已手工分配（{key} 恢复建议）", "split by hand ({key}: back to the proposal)";
    form_proposed(aim: &str, key: &str): "{aim}（{key} 换一种）", "{aim} ({key}: another)";
    form_discard_title: "放弃输入", "Drop what you typed";
    form_discard: "已输入的内容尚未保存，确定放弃吗？", "What you typed is not saved. Drop it?";
    form_amount_hint: "如 1,234.50 或 12.5万", "like 1,234.50 or 100k";
    form_share_hint: "如 1,234.50、12.5万，或合同额的 30%", "like 1,234.50, 100k, or 30% of the contract";
    form_day_hint: "如 2026-12-05、12-5、+7、周五、月底", "like 2026-12-05, 12-5, +7, fri";
    form_choice_hint: "数字选第几项；也可用左右键或输入文字", "a digit takes the option at that place; left/right or typing, too";
    form_no_option(typed: &str, options: &str): "没有“{typed}”这一项；可选 {options}", "there is no “{typed}”; choose {options}";
    form_pick_hint: "输入文字或拼音首字母查找", "type to search, by pinyin initials too";
    form_lines_hint: "上下键移动，直接输入金额", "up/down to move, type an amount";
    form_negative: "金额不能为负", "an amount cannot be below 0";
    form_open: "未收", "open";
    form_marks_hint: "空格勾选", "Space ticks";
    form_rule_hint: "日期，或 验收后30天、开票后10个工作日、验收(P1-M2)后1年", "a date, or acceptance + 30d, invoice + 10wd, acceptance(P1-M2) + 1y";
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

    form_first_contact: "第一位联系人（可留空）", "First contact (may be left empty)";
    form_name: "名称", "Name";
    form_short_name: "简称", "Short name";
    form_code: "编号", "Code";
    form_code_hint: "留空则用名称", "empty: the name";
    form_code_next_hint: "按本账本的编号顺延；可直接改写", "the next of this ledger's codes; type another over it";
    form_grade: "信用等级", "Grade";
    form_credit_limit: "信用额度", "Credit limit";
    form_terms: "账期（天）", "Terms (days)";
    form_days_hint: "天数，如 30", "days, like 30";
    form_tax_rate: "税率", "Tax rate";
    form_tax_rate_hint: "如 13%；免税填 0，不知道则留空", "such as 13%; exempt is 0, empty is not known";
    bad_tax_rate(found: &str): "“{found}”不是税率；请写成 13%、6%、免税，小于 100%，最多两位小数", "“{found}” is no tax rate; write 13%, 6% or exempt: below 100%, two decimals at most";
    tax_word: "税额", "Tax";
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

    form_manager: "项目经理", "Manager";
    form_finance: "项目财务", "Finance";
    form_legal: "项目法务", "Legal";
    form_sales: "项目商务", "Sales";
    form_role_hint(known: &str): "不填则按角色和团队；已有 {known}", "empty goes by roles and teams; there are {known}";
    form_manager_hint(known: &str): "新名字即新增；已有 {known}", "a new name adds a person; there are {known}";
    form_contract_no: "合同号", "Contract no.";
    form_contract_amount: "合同额", "Contract amount";
    form_plan: "付款比例", "Plan";
    form_plan_ways: "30/40/30、3-4-3 预付 到货 验收，或 30% 签订+10天，70% 验收+30天", "30/40/30, 3-4-3 advance delivery final, or 30% signing+10d, rest acceptance+30d";
    form_plan_own(names: &str): "自定：{names}；也可写 30/40/30，或 30% 签订+10天，70% 验收+30天", "your own: {names}; or 30/40/30, or 30% signing+10d, rest acceptance+30d";
    form_plan_undated(plan: &str): "有的没有到期日；连同条件可以这样写：\n{plan}", "some have no due date; with days a plan is typed like this:\n{plan}";
    plan_progress(percent: usize): "进度{percent}%", "progress({percent}%)";
    form_signed_on: "签订日", "Signed on";
    form_starts_on: "开工日", "Starts on";
    form_ends_on: "完工日", "Ends on";
    form_warranty_ends_on: "质保到期日", "Warranty ends on";
    form_grace: "宽限期（天）", "Grace (days)";
    form_grace_hint: "到期后多少天才算逾期", "days after due before it is overdue";
    form_discount: "提前付款折扣", "Discount";
    form_discount_hint: "如 2/10 net 30、10天内付款优惠2%、2% by 2026-12-31", "like 2/10 net 30 or 2% by 2026-12-31";
    form_priority: "优先权起算", "Priority from";
    form_priority_hint: "仅建设工程合同：承包人的工程价款优先受偿权从何时起算", "contracts of works only: from when the contractor's priority right counts";
    form_completed_on: "竣工日", "Completed on";
    form_late_fee: "违约金", "Late fee";
    form_late_fee_hint: "如 日万分之五、年利率4.65%、LPR的1.5倍；可加 宽限期后、不超过5%", "like 0.05%/day, 4.65%/365 or lpr1y*1.5; add after-grace or cap 20%";
    form_progress: "进度（%）", "Progress (%)";
    form_progress_hint: "0 到 100", "0 to 100";
    form_bills: "到期前先开票", "Invoice before due";
    form_yes: "是", "yes";
    form_no: "否", "no";
    form_state: "状态", "State";

    form_stage: "款项性质", "Stage";
    form_unplanned(rest: &str): "合同额中尚未安排：{rest}；可填 30%", "not yet planned of the contract: {rest}; 30% is fine, too";
    form_due: "到期日", "Due";
    form_planned_on: "计划日", "Planned on";
    form_planned_hint: "触发事件计划发生的日期", "when the event it waits for is planned";
    form_condition: "付款条件", "Condition";
    form_key: "节点编号", "Key";
    form_key_hint: "导入时按此识别；可留空", "an import knows it by this; may be empty";
    form_bill_months: "汇票期限", "Bill months";
    form_bill_months_hint: "最长几个月，自出票日起；超过即提示付款方式不符", "the months a bill may run at most from the day it was drawn; a longer one is flagged";
    bill_months_of(months: u16): "汇票最长 {months} 个月", "bills of at most {months} months";
    form_agreed_method: "付款方式", "Payment method";
}
