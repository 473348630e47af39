//! Words of the movement between two aging tables, and of the weekly pack.

use chrono::NaiveDate;

use crate::domain::movement::Step;

super::vocabulary! {
    /// A line of the sum.
    step_of_sum(Step) {
        Opening: "期初", "Opening";
        New: "新增应收", "New";
        Amended: "金额变更", "Amended";
        Reversed: "冲回", "Reversed";
        Collected: "回款", "Collected";
        Waived: "减免", "Waived";
        WrittenOff: "坏账核销", "Written off";
        Corrected: "事后补正", "Corrected since";
        HandedOver: "移交", "Handed over";
        Rescheduled: "展期", "Rescheduled";
        Rolled: "账龄推移", "Rolled";
        Closing: "期末", "Closing";
        Cured: "不再逾期", "Cured";
        NewlyOverdue: "新到期未收", "Newly past due";
    }
}

super::phrases! {
    snapshot_hash(hash: &str): "校验值 {hash}", "hash {hash}";
    pack_title(week: &str, day: &str): "应收周报 {week}，截至 {day}", "Receivables, week {week}, as of {day}";
    pack_detail: "未收明细", "Open items";
    pack_debtors(n: usize): "欠款最多的 {n} 家", "Top {n} debtors";
    pack_aging: "账龄", "Aging";
    share_of_all_word: "占比", "Share";
    trend_title: "历次快照的走势", "Trend over the snapshots";
    trend_none: "还没有快照；huikuan snapshot take 存一个。", "No snapshots yet; huikuan snapshot take makes one.";
    movement_first: "这是第一个快照，还没有可比的。", "The first snapshot: there is none to compare it with.";
    movement_title(from: &str, to: &str): "应收变动，{from} 至 {to}", "Movement of receivables, {from} to {to}";
    movement_of(step: &str, currency: &str, from: NaiveDate, to: NaiveDate): "{step} {currency}，{from} 至 {to}", "{step} {currency}, {from} to {to}";
    movement_working: "正在比较两个快照…", "comparing the two...";
    snapshots_hint(open: &str, mark: &str): "{open} 看与前一个相比的变动；{mark} 选中另一个，则与它比", "{open}: what moved since the one before, or since one marked with {mark}";
    snapshots_of_all: "快照是全部账款的，不随人员筛选变化", "Snapshots are of everybody\'s money, whoever is looked at";
    change_since_word: "变动", "Change";
    movement_end(opening: &str, closing: &str): "期初：{opening}；期末：{closing}", "From {opening} to {closing}";
    movement_kept(week: &str, id: i64, day: &str): "快照 {week}（#{id}，截至 {day}）", "snapshot {week} (#{id}, as of {day})";
    movement_now(day: &str): "账本 {day}", "the ledger on {day}";
    movement_by(by: &str): "按{by}", "By {by}";
    movement_sum: "从期初到期末", "From opening to closing";
    movement_buckets: "按账龄段", "By bucket";
    movement_rolls: "期初未收款现在的账龄", "Where what is still open has come to";
    movement_changed: "新到期未收与不再逾期", "Newly past due, and cured";
    movement_behind: "各数字的明细", "What stands behind each number";
    step_word: "变动", "Step";
    bucket_from_word: "账龄段", "Bucket";
    bucket_to_word: "转入", "To";
    sum_word: "金额", "Amount";
    moved_in(step: &str): "{step}转入", "{step} in";
    moved_out(step: &str): "{step}转出", "{step} out";
    nothing_moved: "这段时间没有变动。", "Nothing moved in this time.";
}
