//! Words of the forms.

phrases! {
    form_required: "必填", "this is needed";
    form_choose: "请从列表中选择", "choose one of the list";
    form_rest: "未核销余额", "left unapplied";
    form_over_total: "分配合计超过收款金额", "more than the payment is given out";
    form_over_open: "超过该节点的未结金额", "more than is open on it";
    form_discard_title: "放弃输入", "Drop what you typed";
    form_discard: "已输入的内容尚未保存，确定放弃吗？", "What you typed is not saved. Drop it?";
    form_amount_hint: "如 1,234.50 或 12.5万", "like 1,234.50 or 12.5万";
    form_day_hint: "如 2026-12-05、12-5、+7、周五、月底", "like 2026-12-05, 12-5, +7, fri";
    form_choice_hint: "左右键或输入文字选择", "arrows or typing choose";
    form_pick_hint: "输入文字或拼音首字母查找", "type to search, by pinyin initials too";
    form_check_hint: "空格切换", "Space switches";
    form_lines_hint: "上下键移动，直接输入金额", "up and down move, type an amount";
    form_negative: "金额不能为负", "an amount cannot be below 0";
    form_marks_hint: "空格勾选", "Space checks";
    form_rule_hint: "日期，或 验收 + 30d、开票 + 10wd、acceptance(P1-M2) + 1y", "a date, or acceptance + 30d, invoice + 10wd, acceptance(P1-M2) + 1y";
    form_due_expected(due: chrono::NaiveDate): "预计 {due}", "expected {due}";
    form_due_unknown: "尚无日期", "no day yet";
}
