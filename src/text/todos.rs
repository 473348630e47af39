//! Words of to-dos.

use crate::domain::ids::TodoId;
use crate::domain::kinds::{Level, TodoKind, TodoState};

super::vocabulary! {
    todo_kind(TodoKind) {
        Task: "任务", "task";
        CallBack: "回访", "call back";
        Issue: "问题", "issue";
        Complaint: "投诉", "complaint";
        Inspection: "质检", "inspection";
        Appointment: "约定", "appointment";
        Risk: "风险", "risk";
        Decision: "会议决议", "decision";
        CreditReview: "信用复审", "credit review";
        Approval: "审批", "approval";
    }
    level(Level) {
        Low: "低", "low";
        Medium: "中", "medium";
        High: "高", "high";
    }
    todo_state(TodoState) {
        Open: "未到期", "open";
        Due: "待办", "due";
        Done: "已完成", "done";
    }
}

super::phrases! {
    todos_title: "事项", "To-dos";
    todo_word: "事项", "To-do";
    todo_kind_word: "种类", "Kind";
    todos_of(state: &str, count: usize): "{state}（{count}）", "{state} ({count})";
    todo_owner_word: "负责人", "Owner";
    form_todo_due: "办理期限", "Due";
    severity_word: "严重程度", "Severity";
    probability_word: "可能性", "Probability";
    impact_word: "影响", "Impact";
    blocks_word: "暂缓催款", "Blocks";
    every_word: "重复", "Every";
    opened_on_word: "提出日", "Opened on";
    done_on_word: "完成日", "Done on";
    todos_due_title(n: usize): "到期事项（{n}）", "To-dos due ({n})";
    todos_open_title(n: usize): "事项（{n}）", "To-dos ({n})";
    todos_block: "暂缓催款", "payment steps wait";
    todos_board: "按状态", "By state";
    todos_counting: "事项（正在清点）", "To-dos (counting)";
    todos_none(key: &str): "还没有事项；{key} 新建", "no to-do yet; {key} adds one";
    todo_ours: "我方", "ours";
    todo_act(title: &str): "办理：{title}", "to do: {title}";
    todo_more(n: usize, key: &str): "另有 {n} 项，{key} 查看全部", "{n} more; {key} shows them all";
    late_conditions(n: usize, milestone: &str, wording: &str): "{n} 项条件已过计划日仍未满足，最早的是 {milestone} {wording}", "Conditions past their planned day: {n}, first {milestone} {wording}";
    late_conditions_title(n: usize): "已过计划日的条件（{n}）", "Conditions past their planned day ({n})";
    lapsed_settlements(n: usize, milestone: &str, day: &str): "{n} 项和解已失效，最早的是 {milestone}（截止 {day}）", "Settlements lapsed: {n}, first {milestone}, to be paid by {day}";
    lapsed_title(n: usize): "和解已失效（{n}）", "Settlements lapsed ({n})";
    lapsed_on_word: "和解截止日", "To be paid by";
    todo_due_by(day: &str): "{day} 前办", "by {day}";
    todo_done(day: &str): "{day} 已完成", "done {day}";
    todo_opened(day: &str): "{day} 提出", "came up {day}";
    todo_blocks: "未办完前暂缓催款", "payment steps wait for it";
    todo_every(every: &str): "每 {every}", "every {every}";
    todo_risk(probability: &str, impact: &str): "可能性{probability}，影响{impact}", "probability {probability}, impact {impact}";
    todo_severity(level: &str): "严重程度：{level}", "severity: {level}";
    todo_owned(owner: &str): "负责：{owner}", "owner: {owner}";
    act_todos: "事项", "To-dos";
    act_todos_help: "事项：要办的、要定的", "To-dos: what is to be done or decided";
    act_todo: "新事项", "to-do";
    act_todo_help: "新建关于该行的事项", "add a to-do about the row";
    form_new_todo: "新建事项", "New to-do";
    form_edit_todo: "修改事项", "Edit to-do";
    form_done_todo: "事项完成", "To-do done";
    form_todo_title: "要办的事", "What is to be done";
    form_todo_opened: "提出日", "Came up on";
    form_todo_done_on: "完成日", "Done on";
    form_todo_outcome: "结果", "What came of it";
    form_every: "重复", "Again every";
    form_every_hint: "如 7d、2周、1个月；留空只办一次", "like 7d, 2w, 1m; empty: once";
    form_every_wrong(typed: &str): "“{typed}”不是间隔；可写 7d、2周、1个月", "“{typed}” is no interval; write 7d, 2w or 1m";
    form_blocks: "暂缓催款", "Payment steps wait";
    form_blocks_hint: "留空：问题和投诉未办完前暂缓，其他不暂缓", "empty: they do for an issue or a complaint, for nothing else";
    todo_asked(who: &str, what: &str): "{who} 申请：{what}", "{who} asks for: {what}";
    todo_agreed: "联系时约定再联系", "the next contact, as agreed";
    todo_approved: "已批准", "approved";
    todo_declined: "已驳回", "declined";
    form_decision: "审批", "Decision";
    form_approve: "批准", "approve";
    form_decline: "驳回", "decline";
    confirm_proposed(todo: TodoId, role: &str): "超过权限，已提交审批：事项 {todo}，待{role}批准", "above your limit: to-do {todo} asks the {role} to approve it";
    confirm_approved(todo: TodoId): "事项 {todo} 已批准并执行", "to-do {todo} approved and done";
    confirm_declined(todo: TodoId): "事项 {todo} 已驳回", "to-do {todo} declined";
    every_form: "7d、2周、1个月，或 none", "7d, 2w, 1m, or none";
}
