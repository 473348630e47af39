//! Words of the command line.

use crate::domain::kinds::Stage;
use crate::domain::money;
use crate::domain::plan::field::PlanField;
use crate::domain::plan::{PlanChange, PlanOutcome, PlanValue};

super::phrases! {
    ledger_imported(rows: u64, path: &str): "已读入 {rows} 行，账本 {path}", "{rows} rows read into {path}";
    undo_again(undone: i64): "重做记录 {undone}", "redo of event {undone}";
    event_mark(id: i64): "（记录 {id}，huikuan undo 可撤销）", " (event {id}; huikuan undo takes it back)";
    help_required: "（必填）", " (required)";
    help_global: "通用选项", "Options of every command";
    help_examples: "例：", "Examples:";
    help_no_command: "不带命令：打开界面；先看看用 huikuan demo。", "Without a command the screen opens; huikuan demo shows it with sample data.";
    yes_or_no: "[y/N]", "[y/N]";
    nothing_changed: "没有变化", "nothing changed";
    calendar_gap(year: i32): "没有 {year} 年的节假日表，按周末推算", "no holiday table for {year}: computed from weekends";
    config_at(path: &str): "配置  {path}", "configuration  {path}";
    layout_kept(name: &str, path: &str): "读取方式已存为清单格式“{name}”：{path}", "kept how it was read as the layout {name}: {path}";
    layouts_title: "清单格式", "Layouts of lists";
    layout_word: "格式", "Layout";
    layout_headers: "凭这些表头识别", "Told by these headers";
    layout_own: "自存", "own";
    layout_shipped: "内置", "shipped";
    layout_source: "来源", "From";
    ledger_made(path: &str): "新建了账本 {path}", "made a new ledger, {path}";
    ledger_at(path: &str): "账本  {path}", "ledger         {path}";
    import_differs(row: u32, column: &str): "第 {row} 行：“{column}”与该项目或客户的第一行不同，以第一行为准", "row {row}: {column} differs from the first row of its project or customer; the first row's value is kept";
    import_keeps(row: u32, column: &str): "第 {row} 行：“{column}”与账本不同，以账本为准", "row {row}: {column} differs from the ledger; the ledger's value is kept";
    demo_written(file: &str, milestones: u64): "演示账本已写入 {file}：{milestones} 个回款节点", "demo ledger written to {file}, milestones: {milestones}";
    import_dry_run(counts: &str): "试运行，什么都没有写入。{counts}", "dry run, nothing was written. {counts}";
    import_bad_cell(row: u32, column: &str, value: &str, why: &str): "第 {row} 行，{column}：“{value}”：{why}", "row {row}, {column}: “{value}”: {why}";
    import_more(n: usize): "…… 另有 {n} 处；加 --json 全部列出", "... and {n} more; --json lists them all";
    import_more_changes(n: usize): "…… 另有 {n} 处变更", "... and {n} more changes";
    import_new(place: &str, amount: &str): "{place}  新增 {amount}", "{place}  new {amount}";
    import_nothing: "（空）", "(empty)";
    log_title: "记录", "Log";
    event_word: "记录", "Event";
    recorded_word: "时间", "When";
    who_word: "操作人", "Who";
    change_word: "变更", "Change";
    milestones_word: "节点", "Milestones";
    event_undoes(id: i64): "撤销记录 {id}", "undo of event {id}";
    event_import(kind: &str, file: &str, imported: i64, updated: i64): "{kind} {file}（新增 {imported}，更新 {updated}）", "{kind}: {file} ({imported} new, {updated} updated)";
    event_undone(kind: &str): "{kind}（已撤销）", "{kind} (undone)";
    near_are: "；相近的有：", "; near it:";
    see_help(path: &str): "；见 {path} --help", " (see {path} --help)";
    snapshot_title(id: i64, week: &str, table: &str, taken_at: &str): "快照 #{id}（{week}）：{table}；{taken_at} 存", "Snapshot #{id}, {week}: {table}; taken {taken_at}";
    snapshots_title: "账龄快照", "Aging snapshots";
    week_word: "周", "Week";
    as_of_word: "截至", "As of";
    taken_word: "生成时间", "Taken";
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

    /// What a list changes.
    pub(crate) fn plan_change(self, change: &PlanChange) -> String {
        let value = |value: &PlanValue| match value {
            PlanValue::Text(text) if change.field == Some(PlanField::Stage) => {
                Stage::from_code(text).map_or(text.as_str(), |stage| self.stage(stage)).to_owned()
            }
            PlanValue::Text(text) if change.field == Some(PlanField::Disputed) => {
                match (self, text.as_str()) {
                    (Self::Zh, "yes") => "是".to_owned(),
                    (Self::Zh, "no") => "否".to_owned(),
                    (Self::Zh | Self::En, word) => word.to_owned(),
                }
            }
            PlanValue::Text(text) => text.clone(),
            PlanValue::Amount(minor) => money::format(*minor, change.currency),
        };
        let (place, to) = (&change.place, value(&change.to));
        let Some(field) = change.field else {
            return self.import_new(place, &to);
        };
        let name = self.plan_column(field);
        if let (PlanField::Paid, Some(PlanValue::Amount(before)), PlanValue::Amount(now)) =
            (field, &change.from, &change.to)
        {
            return format!("{place}  {name} +{}", money::format(now - before, change.currency));
        }
        let from = change.from.as_ref().map_or_else(|| self.import_nothing().to_owned(), value);
        format!("{place}  {name} {from} -> {to}")
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
