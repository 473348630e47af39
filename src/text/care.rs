//! Words of keeping a ledger safe: backups, restoring, checks, and what went wrong with its file.

use super::Lang;
use crate::domain::violation::Thing;
use crate::error::StorageFault;
use crate::error::check::{Check, Fault};

super::vocabulary! {
    /// What a check looks at.
    check(Check) {
        Schema: "表结构", "tables";
        File: "文件完整性", "file";
        References: "引用", "references";
        Records: "数据与记录", "rows and their events";
        Chain: "记录链", "chain of events";
        Derived: "派生数据", "derived figures";
        Snapshots: "快照", "snapshots";
        Papers: "登记的文件", "files of papers";
    }
}

super::phrases! {
    older_ledger(path: &str): "{path} 由旧版本写成，且所在位置不可写，无法升级；请复制到可写的文件夹后再打开", "{path} is of an earlier version and cannot be brought up to date where nothing can be written; copy it to a folder you can write to and open it there";
    no_ledger(path: &str): "{path} 不存在；请检查 --db，或先录入（huikuan add、import）；huikuan demo 可先看演示", "there is no ledger {path}; check --db, or begin one with huikuan add or import (huikuan demo shows one)";
    ledger_gone(path: &str): "账本文件 {path} 已被删除或移走，没有保存；请把它放回原处，或复制下屏幕上的内容后重新打开 huikuan", "the ledger {path} was deleted or moved away, nothing was saved; put it back, or copy what is on the screen and open huikuan again";
    ledger_replaced(path: &str): "账本文件 {path} 已被另一个文件替换或覆盖，没有保存；请复制下屏幕上的内容，退出后重新打开 huikuan", "the ledger {path} was replaced or written over by another file, nothing was saved; copy what is on the screen, leave and open huikuan again";
    foreign_log(path: &str): "{path} 旁边的 -wal 文件不属于它：此文件可能是直接复制过来的旧账本。请用 huikuan restore 恢复备份（现有文件会另存），或移走 -wal 文件", "the -wal file beside {path} is not its own: an older copy may have been put there by hand. Restore with huikuan restore FILE, which sets these files aside, or move the -wal file away";
    ledger_open(path: &str): "{path} 正被其他程序打开；请先关闭所有 huikuan 再恢复", "{path} is open in another program; close every huikuan and try again";
    onto_ledger(path: &str): "{path} 就是账本本身；请换一个文件名", "{path} is the ledger itself; name another file";
    bad_backup(path: &str, why: &str): "{path} 未通过检查，没有使用：{why}", "{path} did not pass the check and was not used: {why}";
    no_backup(why: &str): "无法先做备份，什么都没有写入：{why}。若要不备份继续，请在配置中写 backups = \"off\"", "the backup that comes first could not be made, nothing was written: {why}. To go on without, set backups = \"off\" in the configuration";
    not_derived: "账本中的派生数据与原始数据不符，未显示任何数字；请运行 huikuan doctor --repair", "derived figures in the ledger are damaged, so none is shown; run huikuan doctor --repair";
    daily_backup_failed(why: &str): "今天的自动备份没有做成：{why}", "today's backup could not be made: {why}";
    ledger_ends_early(last: i64, seen: i64): "账本只到记录 {last}，而上次打开时已有记录 {seen}：这可能是较旧的副本。请检查 --db 与 backups 文件夹", "the ledger ends at event {last}, but had event {seen} when you last opened it: this may be an older copy. Check --db and the folder backups";
    output_failed(why: &str): "已完成，但结果未能输出：{why}", "done, but the answer could not be printed: {why}";

    storage_damaged(why: &str): "账本文件已损坏（{why}）；请运行 huikuan doctor 检查，用 huikuan restore 恢复备份", "the ledger is damaged ({why}); look with huikuan doctor, and restore a backup with huikuan restore FILE";
    storage_schema(why: &str): "账本缺少本程序需要的表或列（{why}）；请运行 huikuan doctor，用 huikuan restore 恢复备份", "the ledger lacks what this program needs ({why}); look with huikuan doctor, and restore a backup with huikuan restore FILE";
    storage_unreadable(why: &str): "账本中有无法计算的数值（{why}），例如大得不合理的金额；huikuan log 可查看最近的记录，huikuan undo 可撤销", "the ledger holds a value nothing can be computed with ({why}), such as an amount beyond all money; huikuan log shows the last changes, huikuan undo takes yours back";
    storage_full: "磁盘已满，没有保存；请腾出空间后重试", "the disk is full, nothing was saved; make room and try again";
    storage_read_only: "账本或其文件夹不可写；请检查权限，或复制到可写的文件夹", "the ledger or its folder cannot be written; check its permissions, or copy it to a folder you can write to";
    storage_no_access(why: &str): "无法打开账本，或无法在旁边建立 -wal 文件（{why}）；请检查权限，或连同 -wal 文件复制到可写的文件夹", "the ledger, or the -wal file beside it, cannot be opened ({why}); check the permissions, or copy both to a folder you can write to";
    storage_io(why: &str): "磁盘读写出错（{why}）；请检查磁盘，并用 huikuan backup 备份到别处", "the disk failed ({why}); check it, and keep a copy elsewhere with huikuan backup FILE";
    storage_locking(why: &str): "此文件系统无法可靠地加锁（{why}）；请把账本放到本机磁盘", "the file system cannot lock files reliably ({why}); keep the ledger on a local disk";
    storage_memory: "内存不足", "out of memory";
    storage_ours(why: &str): "数据库：{why}；请报告此问题", "database: {why}; please report this";

    fault_schema(what: &str): "{what} 缺失或与本版本不符", "{what} is missing or not as this version makes it";
    fault_reference(table: &str, to: &str): "有一条{table}所属的{to}不存在", "one {table} refers to a {to} that is not there";
    fault_unrecorded(rows: &str): "{rows}：没有对应的记录", "{rows}: no event wrote it";
    fault_lost(rows: &str): "{rows}：记录写入的数据不见了", "{rows}: written by an event, and gone";
    fault_chain(event: i64): "自记录 {event} 起不再相连", "from event {event} on it does not hold";
    fault_milestone(id: i64): "节点 #{id} 与原始数据不符", "milestone #{id} is not what its facts give";
    fault_payment(id: i64): "收款 #{id} 的未核销余额与原始数据不符", "the unapplied rest of payment #{id} is not what its facts give";
    fault_snapshot(id: i64): "快照 #{id} 读不出来", "snapshot #{id} cannot be read";
    table_invoice_line: "发票明细", "line of an invoice";
    table_allocation: "核销", "allocation of a payment";
    table_reversal: "冲回", "reversal of a payment";
    table_touch_milestone: "联系记录所涉节点", "milestone of a contact";
    table_dispute: "争议", "dispute";
    table_reschedule: "展期", "reschedule";
    table_hold: "暂停催款", "hold";
    table_deal_line: "约定所改金额", "amount changed by a deal";
    table_instalment: "分期", "instalment";
    table_voided: "作废", "voided entry";
    fault_more: "……还有更多", "... and more";

    check_ok(name: &str): "正常  {name}", "ok     {name}";
    check_bad(name: &str): "异常  {name}", "wrong  {name}";
    doctor_opening: "打开账本", "opening the ledger";
    doctor_well: "账本一切正常。", "The ledger is in order.";
    doctor_repaired: "已从原始数据重新推算。", "Everything derived was derived again.";
    backup_made(file: &str, event: i64): "已备份到 {file}（到记录 {event}，已检查）", "backed up to {file} (up to event {event}, checked)";
    restored(ledger: &str, from: &str, event: i64): "{ledger} 已从 {from} 恢复，到记录 {event}", "{ledger} restored from {from}, up to event {event}";
    restore_kept(file: &str): "原来的账本保存在 {file}", "the ledger it replaced is kept as {file}";
    chain_holds(events: u64, hash: &str): "{events} 条记录相连无误，最后一条的哈希：{hash}", "all {events} events hold together; the last one's hash: {hash}";
}

impl Lang {
    /// What to do where a check finds something.
    pub(crate) const fn check_todo(self, check: Check) -> &'static str {
        match check {
            Check::Schema => self.pick(
                "请用 huikuan restore 恢复备份",
                "restore a backup: huikuan restore FILE",
            ),
            Check::File => self.pick(
                "文件已损坏：请用 huikuan restore 恢复备份",
                "the file is damaged; restore a backup: huikuan restore FILE",
            ),
            Check::References => self.pick(
                "数据不完整：请用 huikuan restore 恢复备份",
                "rows are missing; restore a backup: huikuan restore FILE",
            ),
            Check::Records => self.pick(
                "数据曾在 huikuan 之外被改动，或混入了旧文件：请与备份核对，必要时用 huikuan restore 恢复",
                "rows were changed outside huikuan, or an older file was mixed in; compare with a backup, or restore one: huikuan restore FILE",
            ),
            Check::Chain => self.pick(
                "此记录或更早的记录曾被改动：请与备份核对，必要时用 huikuan restore 恢复",
                "this event or one before it was changed; compare with a backup, or restore one: huikuan restore FILE",
            ),
            Check::Derived => self.pick(
                "请运行 huikuan doctor --repair 重新推算",
                "derive them again: huikuan doctor --repair",
            ),
            Check::Papers => self.pick(
                "账本本身无恙；请把文件放回原处，或作废后重新登记（huikuan paper check 可列出）",
                "the ledger itself is well; put the files back, or void the papers and file them anew (huikuan paper check lists them)",
            ),
            Check::Snapshots => self.pick(
                "其余数据不受影响；需要时请从备份中查看该快照",
                "nothing else is affected; look the snapshot up in a backup if you need it",
            ),
        }
    }

    /// What the database failed at, and the way out.
    pub(crate) fn storage_fault(self, fault: StorageFault, why: &str) -> String {
        match fault {
            StorageFault::Damaged => self.storage_damaged(why),
            StorageFault::Schema => self.storage_schema(why),
            StorageFault::Unreadable => self.storage_unreadable(why),
            StorageFault::Full => self.storage_full().to_owned(),
            StorageFault::ReadOnly => self.storage_read_only().to_owned(),
            StorageFault::NoAccess => self.storage_no_access(why),
            StorageFault::Io => self.storage_io(why),
            StorageFault::Locking => self.storage_locking(why),
            StorageFault::Memory => self.storage_memory().to_owned(),
            StorageFault::Constraint | StorageFault::Ours => self.storage_ours(why),
        }
    }

    /// What the rows of a table are to a person; tables that hold what was voided, too, are called alike.
    fn table_word(self, table: &str) -> &str {
        match table.strip_prefix("all_").unwrap_or(table) {
            "customer" => self.thing(Thing::Customer),
            "contact" => self.thing(Thing::Contact),
            "person" => self.thing(Thing::Person),
            "project" => self.thing(Thing::Project),
            "milestone" => self.thing(Thing::Milestone),
            "invoice" => self.thing(Thing::Invoice),
            "payment" => self.thing(Thing::Payment),
            "touch" => self.thing(Thing::Touch),
            "promise" => self.thing(Thing::Promise),
            "write_off" => self.thing(Thing::WriteOff),
            "snapshot" => self.thing(Thing::Snapshot),
            "event" => self.thing(Thing::Event),
            "invoice_line" => self.table_invoice_line(),
            "allocation" => self.table_allocation(),
            "reversal" => self.table_reversal(),
            "touch_milestone" => self.table_touch_milestone(),
            "dispute" => self.table_dispute(),
            "reschedule" => self.table_reschedule(),
            "hold" => self.table_hold(),
            "deal" => self.thing(Thing::Deal),
            "deal_line" => self.table_deal_line(),
            "instalment" => self.table_instalment(),
            "voided" => self.table_voided(),
            other => other,
        }
    }

    /// What a check found.
    pub(crate) fn fault(self, fault: &Fault) -> String {
        let rows = |table: &str, first: i64, last: i64| {
            let table = self.table_word(table);
            if first == last {
                format!("{table} #{first}")
            } else {
                format!("{table} #{first}-#{last}")
            }
        };
        match fault {
            Fault::Schema(what) => self.fault_schema(what),
            Fault::File(why) => why.clone(),
            Fault::Reference { table, to } => {
                self.fault_reference(self.table_word(table), self.table_word(to))
            }
            Fault::Unrecorded { table, first, last } => {
                self.fault_unrecorded(&rows(table, *first, *last))
            }
            Fault::Lost { table, first, last } => self.fault_lost(&rows(table, *first, *last)),
            Fault::Chain(event) => self.fault_chain(event.0),
            Fault::Milestone(id) => self.fault_milestone(id.0),
            Fault::Payment(id) => self.fault_payment(id.0),
            Fault::Snapshot(id) => self.fault_snapshot(id.0),
            Fault::Paper { paper, file, found } => self.fault_paper(
                &paper.to_string(),
                &super::width::clean(file),
                self.file_fault(*found),
            ),
            Fault::More => self.fault_more().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_what_a_person_knows() {
        let fault =
            Fault::Reference { table: "all_milestone".to_owned(), to: "project".to_owned() };
        assert_eq!(Lang::Zh.fault(&fault), "有一条节点所属的项目不存在");
        assert_eq!(Lang::En.fault(&fault), "one milestone refers to a project that is not there");
        let lost = Fault::Lost { table: "invoice_line", first: 3, last: 3 };
        assert_eq!(Lang::Zh.fault(&lost), "发票明细 #3：记录写入的数据不见了");
    }
}
