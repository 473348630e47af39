//! Words of to-dos.

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
    todo_owner_word: "负责人", "Owner";
    form_todo_due: "办理期限", "Due";
    severity_word: "严重程度", "Severity";
    probability_word: "可能性", "Probability";
    impact_word: "影响", "Impact";
    blocks_word: "暂缓催款", "Blocks";
    every_word: "重复", "Every";
    opened_on_word: "提出日", "Opened on";
    done_on_word: "完成日", "Done on";
    every_form: "7d、2周、1个月，或 none", "7d, 2w, 1m, or none";
}
