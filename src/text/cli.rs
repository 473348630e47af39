//! Words of the command line.

use chrono::NaiveDate;

use crate::domain::change::ChangeKind;
use crate::domain::money::{self, Currency};
use crate::domain::plan::PlanOutcome;

super::vocabulary! {
    /// What kind of change an event records.
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
        WriteOff: "坏账核销", "write-off";
        Void: "作废", "voided";
        ImportPlan: "导入计划", "plan imported";
        TakeSnapshot: "账龄快照", "snapshot";
        EditPerson: "人员", "person";
        Demo: "演示数据", "demo data";
        Undo: "撤销", "undo";
        Redo: "重做", "redo";
    }
}

super::phrases! {
    confirm_delivered(what: &str, on: NaiveDate): "{what} 已于 {on} 交付", "{what} delivered on {on}";
    confirm_accepted(what: &str, on: NaiveDate): "{what} 已于 {on} 验收", "{what} accepted on {on}";
    confirm_invoiced(what: &str, number: &str, on: NaiveDate): "{what} 已于 {on} 开票 {number}", "{what} invoiced on {on} {number}";
    confirm_paid(amount: &str, customer: &str, payment: &str, on: NaiveDate): "{customer} {on} 到账 {amount}，收款 {payment}", "{amount} from {customer} on {on}, payment {payment}";
    confirm_reversed(payment: &str, on: NaiveDate): "收款 {payment} 已于 {on} 冲回", "payment {payment} reversed on {on}";
    confirm_applied(payment: &str): "收款 {payment} 已核销", "payment {payment} applied";
    confirm_contacted(what: &str, on: NaiveDate): "已登记联系：{what}，{on}", "contact logged: {what}, {on}";
    confirm_promised(what: &str, by: NaiveDate): "{what} 承诺 {by} 前付款", "{what} promised by {by}";
    confirm_disputed(what: &str, on: NaiveDate): "{what} 自 {on} 起有争议", "{what} disputed from {on}";
    confirm_resolved(what: &str, on: NaiveDate): "{what} 的争议已于 {on} 解决", "dispute of {what} resolved on {on}";
    confirm_rescheduled(what: &str, to: NaiveDate): "{what} 展期至 {to}", "{what} rescheduled to {to}";
    confirm_held(what: &str, since: NaiveDate): "{what} 自 {since} 起暂停催款", "{what} on hold from {since}";
    confirm_released(what: &str, on: NaiveDate): "{what} 自 {on} 起恢复催款", "{what} released from {on}";
    confirm_written_off(what: &str, on: NaiveDate): "{what} 已于 {on} 核销坏账", "{what} written off on {on}";
    confirm_added_customer(name: &str): "已新建客户 {name}", "customer {name} added";
    confirm_added_project(name: &str): "已新建项目 {name}", "project {name} added";
    confirm_added_milestone(name: &str): "已新建节点 {name}", "milestone {name} added";
    confirm_edited(name: &str): "已修改 {name}", "{name} corrected";
    confirm_snapshot(number: i64, week: &str, day: NaiveDate): "快照 #{number}（{week}，截至 {day}）已存", "snapshot #{number} of {week} as of {day} taken";
    confirm_undone(what: &str, event: i64): "已撤销记录 {event}：{what}", "event {event} undone: {what}";
    confirm_redone(what: &str, event: i64): "已重做：{what}（记录 {event}）", "redone: {what} (event {event})";
    confirm_voided(what: &str): "已作废：{what}", "voided: {what}";
    undo_sure(what: &str, event: i64, day: NaiveDate): "撤销 {day} 的“{what}”（记录 {event}）？", "Take back “{what}” of {day} (event {event})?";
    undo_again(undone: i64): "重做记录 {undone}", "redo of event {undone}";
    event_mark(id: i64): "（记录 {id}，huikuan undo 可撤销）", "(event {id}; huikuan undo takes it back)";
    help_no_command: "不带命令：打开界面；先看看用 huikuan demo。", "Without a command the screen opens; huikuan demo shows it with sample data.";
    yes_or_no: "[y/N]", "[y/N]";
    nothing_changed: "没有变化", "nothing changed";
    calendar_gap(year: i32): "没有 {year} 年的节假日表，按周末推算", "no holiday table for {year}: computed from weekends";
    config_at(path: &str): "配置  {path}", "configuration  {path}";
    ledger_made(path: &str): "新建了账本 {path}", "made a new ledger, {path}";
    ledger_at(path: &str): "账本  {path}", "ledger         {path}";
    import_differs(row: u32, column: &str): "第 {row} 行：“{column}”与该项目或客户的第一行不同，以第一行为准", "row {row}: {column} differs from the first row of its project or customer; the first row's value is kept";
    import_keeps(row: u32, column: &str): "第 {row} 行：“{column}”与账本不同，以账本为准", "row {row}: {column} differs from the ledger; the ledger's value is kept";
    demo_written(file: &str, milestones: u64): "演示账本已写入 {file}：{milestones} 个回款节点", "demo ledger written to {file}, milestones: {milestones}";
    import_dry_run(counts: &str): "试运行，什么都没有写入。{counts}", "dry run, nothing was written. {counts}";
    import_bad_cell(row: u32, column: &str, value: &str, why: &str): "第 {row} 行，{column}：“{value}”：{why}", "row {row}, {column}: “{value}”: {why}";
    import_more(n: usize): "…… 另有 {n} 处；加 --json 全部列出", "... and {n} more; --json lists them all";
    log_title: "记录", "Log";
    event_word: "记录", "Event";
    recorded_word: "时间 (UTC)", "Recorded (UTC)";
    who_word: "操作人", "Who";
    change_word: "变更", "Change";
    milestones_word: "节点", "Milestones";
    event_undoes(id: i64): "撤销记录 {id}", "undo of event {id}";
    event_undone(kind: &str): "{kind}（已撤销）", "{kind} (undone)";
    snapshots_title: "账龄快照", "Aging snapshots";
    week_word: "周", "Week";
    as_of_word: "截至", "As of";
    taken_word: "时间 (UTC)", "Taken (UTC)";
}

impl super::Lang {
    /// What became of a file, in numbers.
    pub fn import_counts(self, file: &str, outcome: &PlanOutcome, skipped: usize) -> String {
        let PlanOutcome { imported, updated, unchanged, .. } = outcome;
        match self {
            Self::Zh => {
                format!("{file}：新增 {imported}，更新 {updated}，未变 {unchanged}，跳过 {skipped}")
            }
            Self::En => format!(
                "{file}: {imported} imported, {updated} updated, {unchanged} unchanged, {skipped} skipped"
            ),
        }
    }

    /// That a list was refused for so many cells.
    pub(crate) fn import_refused(self, n: usize) -> String {
        match (self, n) {
            (Self::Zh, n) => {
                format!("{n} 处有误，什么都没有写入；改好后再导入，或加 --skip-bad 跳过这些行")
            }
            (Self::En, 1) => {
                "1 invalid cell, nothing was written; fix it, or skip its row with --skip-bad"
                    .to_owned()
            }
            (Self::En, n) => format!(
                "{n} invalid cells, nothing was written; fix them, or skip those rows with --skip-bad"
            ),
        }
    }
}

impl super::Lang {
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
}
