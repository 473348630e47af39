//! Words of the command line, and of what can go wrong around the ledger.

use chrono::NaiveDate;

use crate::domain::plan::PlanOutcome;

super::phrases! {
    said_delivered(what: &str, on: NaiveDate): "{what} 已于 {on} 交付", "{what} delivered on {on}";
    said_accepted(what: &str, on: NaiveDate): "{what} 已于 {on} 验收", "{what} accepted on {on}";
    said_invoiced(what: &str, number: &str, on: NaiveDate): "{what} 已于 {on} 开票 {number}", "{what} invoiced on {on} {number}";
    said_paid(amount: &str, customer: &str, payment: &str, on: NaiveDate): "{customer} {on} 到账 {amount}，收款 {payment}", "{amount} from {customer} on {on}, payment {payment}";
    said_reversed(payment: &str, on: NaiveDate): "收款 {payment} 已于 {on} 冲回", "payment {payment} reversed on {on}";
    said_applied(payment: &str): "收款 {payment} 已核销", "payment {payment} applied";
    said_contacted(what: &str, on: NaiveDate): "{what} 的催款记录已于 {on} 登记", "contact about {what} on {on}";
    said_promised(what: &str, by: NaiveDate): "{what} 承诺 {by} 前付款", "{what} promised by {by}";
    said_disputed(what: &str, on: NaiveDate): "{what} 自 {on} 起有争议", "{what} disputed from {on}";
    said_resolved(what: &str, on: NaiveDate): "{what} 的争议已于 {on} 解决", "dispute of {what} resolved on {on}";
    said_rescheduled(what: &str, to: NaiveDate): "{what} 展期至 {to}", "{what} rescheduled to {to}";
    said_held(what: &str, since: NaiveDate): "{what} 自 {since} 起暂停催款", "{what} on hold from {since}";
    said_released(what: &str, on: NaiveDate): "{what} 自 {on} 起恢复催款", "{what} released from {on}";
    said_written_off(what: &str, on: NaiveDate): "{what} 已于 {on} 核销坏账", "{what} written off on {on}";
    said_added_customer(name: &str): "已新建客户 {name}", "customer {name} added";
    said_added_project(name: &str): "已新建项目 {name}", "project {name} added";
    said_added_milestone(name: &str): "已新建节点 {name}", "milestone {name} added";
    said_edited(name: &str): "已修改 {name}", "{name} corrected";
    said_snapshot(number: i64, week: &str, day: NaiveDate): "快照 #{number}（{week}，截至 {day}）已存", "snapshot #{number} of {week} as of {day} taken";
    said_undone(kind: &str, event: i64): "已撤销记录 {event}：{kind}", "event {event} undone: {kind}";
    event_mark(id: i64): "（记录 {id}，huikuan undo 可撤销）", "(event {id}; huikuan undo takes it back)";
    help_no_command: "不带命令：打开界面；先看看用 huikuan demo。", "Without a command the screen opens; huikuan demo shows it with sample data.";
    nothing_changed: "没有变化", "nothing changed";
    calendar_gap(year: i32): "没有 {year} 年的节假日表，按周末推算", "no holiday table for {year}: computed from weekends";
    config_at(path: &str): "配置  {path}", "configuration  {path}";
    ledger_made(path: &str): "新建了账本 {path}", "made a new ledger, {path}";
    ledger_at(path: &str): "账本  {path}", "ledger         {path}";
    import_refused(n: usize): "{n} 处有误，什么都没有写入；改好后再导入，或加 --skip-bad 跳过这些行", "{n} bad cells, nothing was written; mend them, or leave those rows out with --skip-bad";
    import_differs(row: u32, column: &str): "第 {row} 行：“{column}”与该项目或客户的第一行不同，以第一行为准", "row {row}: {column} differs from the first row of its project or customer, which counts";
    import_keeps(row: u32, column: &str): "第 {row} 行：“{column}”与账本不同，以账本为准", "row {row}: {column} differs from the ledger, which counts";
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
    io_error(path: &str, why: &str): "{path}：{why}", "{path}: {why}";
    unknown_ending(name: &str, known: &str): "看不出 {name} 的格式；请用 {known}", "cannot tell the format of {name}; use one of {known}";
    no_terminal: "屏幕界面需要终端；在脚本里请用 huikuan today、list、aging", "the screen needs a terminal; in scripts use huikuan today, list or aging";
    edges_error(typed: &str): "“{typed}”不是账龄区间；请写 days、short、years 或递增的天数如 30,60,90", "“{typed}” is no bucket rule; write days, short, years or ascending days like 30,60,90";
    unknown_choice(typed: &str, known: &str): "“{typed}”不在可选值中：{known}", "“{typed}” is none of {known}";
    filter_error(why: &str): "筛选条件有误：{why}", "in the filter: {why}";
    config_invalid(path: &str, why: &str): "配置文件 {path} 有误：{why}", "in the configuration {path}: {why}";
    no_home: "系统没有给出主目录；请用 --db 指定账本文件", "the system names no home folder; give the ledger with --db";
    rows_refused(n: usize): "{n} 行被拒绝，什么都没有写入", "{n} rows are refused; nothing was written";
    ledger_busy: "账本正被另一个程序写入；请稍后再试", "another program is writing the ledger; try again";
    not_a_ledger(path: &str): "{path} 不是 huikuan 账本；请检查 --db", "{path} is not a huikuan ledger; check --db";
    not_empty(path: &str): "{path} 里已有数据；请换一个新文件", "{path} is in use already; name a new file";
    newer_ledger(path: &str, found: i64, known: i64): "{path} 由更新的版本写成（结构 {found}，本程序只认到 {known}）；请升级 huikuan", "{path} was written by a newer version (schema {found}, this one knows {known}); upgrade huikuan";
    foreign_schema(path: &str, why: &str): "{path} 的结构与本程序不符：{why}；请从备份恢复", "{path} does not fit this version's schema: {why}; restore it from a backup";
    no_wal(path: &str): "{path} 所在的文件系统（如网络盘）不能安全地存放账本；请放到本机磁盘", "the file system of {path} (a network drive?) cannot hold a ledger safely; keep it on a local disk";
    unreadable(what: &str): "账本里的 {what} 读不出来；请从备份恢复", "the ledger holds an unreadable {what}; restore it from a backup";
    sqlite_error(why: &str): "数据库：{why}", "database: {why}";
    bug(what: &str): "程序内部错误：{what}；账本没有改动，请报告此问题", "internal error: {what}; the ledger is unchanged, please report this";
}

impl super::Lang {
    /// What became of a file, in numbers.
    pub fn import_counts(self, file: &str, outcome: &PlanOutcome, skipped: usize) -> String {
        let PlanOutcome {
            imported,
            updated,
            unchanged,
            ..
        } = outcome;
        match self {
            Self::Zh => {
                format!("{file}：新增 {imported}，更新 {updated}，未变 {unchanged}，跳过 {skipped}")
            }
            Self::En => format!(
                "{file}: {imported} imported, {updated} updated, {unchanged} unchanged, {skipped} skipped"
            ),
        }
    }

    /// What kind of change an event records.
    pub fn event_kind(self, kind: &str) -> &'static str {
        let (zh, en) = match kind {
            "add_customer" => ("新建客户", "customer added"),
            "edit_customer" => ("修改客户", "customer corrected"),
            "add_project" => ("新建项目", "project added"),
            "edit_project" => ("修改项目", "project corrected"),
            "add_milestone" => ("新建节点", "milestone added"),
            "edit_milestone" => ("修改节点", "milestone corrected"),
            "deliver" => ("交付", "delivered"),
            "accept" => ("验收", "accepted"),
            "invoice" => ("开票", "invoiced"),
            "pay" => ("收款", "payment"),
            "reverse" => ("冲回", "payment reversed"),
            "apply" => ("核销", "payment applied"),
            "contact" => ("催款记录", "contact"),
            "promise" => ("承诺付款", "promise"),
            "dispute" => ("争议", "dispute"),
            "resolve" => ("争议解决", "dispute resolved"),
            "reschedule" => ("展期", "rescheduled"),
            "hold" => ("暂停催款", "on hold"),
            "release" => ("恢复催款", "released"),
            "write_off" => ("坏账核销", "write-off"),
            "import_plan" => ("导入计划", "plan imported"),
            "snapshot" => ("账龄快照", "snapshot"),
            "set" => ("设置", "setting"),
            "edit_person" => ("人员", "person"),
            "demo" => ("演示数据", "demo data"),
            "undo" => ("撤销", "undo"),
            _ => ("变更", "change"),
        };
        self.pick(zh, en)
    }
}
