//! Words of Today, of the milestone list, and of one item's story: what it is, who has to move, what comes next and
//! why, and what happened.

use std::borrow::Cow;
use std::fmt::Write;

use chrono::{Datelike, NaiveDate};

use crate::domain::due::{Basis, DueRule, Event, EventRule, Offset, Unit};
use crate::domain::item::{Item, Offer};
use crate::domain::kinds::WaiverKind;
use crate::domain::people::Owner;
use crate::domain::status::Status;

super::vocabulary! {
    unit(Unit) {
        Days: "天", "d";
        BusinessDays: "个工作日", "working days";
        Months: "个月", "months";
        Years: "年", "y";
    }
}

super::phrases! {
    /// A number of days in a column.
    days(n: i64): "{n} 天", "{n}d";
    and: "，", ", ";
    and_then: "；", "; ";
    waiting_on_because(waiting_on: &str, facts: &str): "{waiting_on}（{facts}）", "{waiting_on} ({facts})";
    column_late: "逾期", "Days";
    column_open: "未收", "Open";
    column_in_wan(title: &str): "{title}(万)", "{title} (万)";
    column_act: "下一步", "Next";
    since_line(day: &str, what: &str): "上次查看（{day}）以来：{what}", "Since the last look ({day}): {what}";
    since_keys(list: &str, hide: &str): "（{list} 查看，{hide} 收起）", "({list} lists it, {hide} hides it)";
    since_title(day: &str): "上次查看（{day}）以来", "Since the last look ({day})";
    since_nothing: "上次查看以来没有失约、新增逾期和到账", "since the last look no promise was broken, nothing came overdue and no money came in";
    since_broken_word: "失约", "broken promise";
    since_overdue_word: "新增逾期", "newly overdue";
    since_money_word: "到账", "money in";
    since_broken(n: usize): "失约 {n} 笔", "broken promises: {n}";
    since_overdue(n: usize): "新增逾期 {n} 笔", "newly overdue: {n}";
    since_money(sum: &str): "到账 {sum}", "money in: {sum}";
    waits_until(why: &str, day: &str): "{why}，{day} 起可再催", "{why}, until {day}";
    fold_shows(key: &str): "{key} 展开", "{key} shows";
    fold_hides(key: &str): "{key} 收起", "{key} hides";
    nothing_planned(key: &str): "还没有回款节点。按 {key} 新建项目，再新建节点；或用 huikuan import plan 导入清单。", "No milestone yet. {key} makes a project, then its milestones; huikuan import plan FILE brings in a list.";
    nothing_left(key: &str): "没有符合的；{key} 取消查找和筛选", "nothing matches; {key} clears search and filter";
    order_is_fixed: "清单按催办轻重排列，顺序固定", "the worklist keeps its own order: the heaviest first";
    names_to_come: "名称读取中……", "reading the names ...";
    title_milestones(n: usize): "节点（{n}）", "Milestones ({n})";
    title_of(n: usize, all: usize): "节点（{n} / {all}）", "Milestones ({n} of {all})";
    title_sort(column: &str): "排序：{column}", "by {column}";
    title_closed: "含已结清", "with closed ones";
    marked_sum(n: usize, sum: &str): "已选 {n} 笔，合计 {sum}", "{n} marked, {sum}";
    shown_sum(n: usize, sum: &str): "{n} 笔，合计 {sum}", "{n} items, {sum}";
    shown_items(n: usize): "{n} 笔", "{n} items";
    copied_item(name: &str, open: &str, due: &str, status: &str): "{name}：未收 {open}，{due}，{status}。", "{name}: {open} open, {due}, {status}.";
    copied_due(due: NaiveDate): "到期日 {due}", "due {due}";
    copied_expected(due: NaiveDate): "预计 {due} 到期", "expected to be due {due}";
    copied_late(days: i64): "已逾期 {days} 天", "{days} days overdue";
    copied_clear(name: &str): "{name}：没有未收款项。", "{name}: nothing is open.";
    copied_aged(name: &str, day: NaiveDate, total: &str, parts: &str): "{name}：截至 {day} 应收 {total}：{parts}。", "{name}: {total} receivable as of {day}: {parts}.";
    copied_aged_due(name: &str, day: NaiveDate, total: &str, due: &str, parts: &str): "{name}：截至 {day} 应收 {total}，其中已到期 {due}：{parts}。", "{name}: {total} receivable as of {day}, {due} of it past due: {parts}.";
    copied_nothing_aged(name: &str, day: NaiveDate): "{name}：截至 {day} 没有应收款。", "{name}: nothing is receivable as of {day}.";
    copied_days(days: &str): "{days} 天", "{days} days";
    copied_open(name: &str, open: &str): "{name}：未收 {open}，均未逾期。", "{name}: {open} open, nothing overdue.";
    copied_overdue(name: &str, open: &str, overdue: &str, days: i64): "{name}：未收 {open}，其中逾期 {overdue}，最久已逾期 {days} 天。", "{name}: {open} open, {overdue} of it overdue, {days} days at most.";
    empty_title: "账本还是空的", "This ledger is empty";
    empty_demo: "huikuan demo              先看演示：一年的样例数据，用完即弃", "huikuan demo              look around in a year of sample data";
    empty_import(key: &str): "{key:<26}导入已有的表格（CSV、XLSX）", "{key:<26}import a list you have (CSV, XLSX)";
    empty_template: "huikuan import template   打印列名", "huikuan import template   prints its columns";
    empty_new(key: &str): "{key:<26}新建客户、项目、节点", "{key:<26}a new customer, project or milestone";
    story_due(day: &str): "到期日 {day}", "due {day}";
    story_due_expected(day: &str): "预计 {day} 到期", "expected {day}";
    story_no_due: "尚无到期日", "no due date yet";
    story_open(open: &str, of: &str): "未收 {open}，应收 {of}", "{open} of {of} open";
    story_closed(day: &str): "{day} 结清", "closed on {day}";
    story_contract: "合同", "Contract";
    story_condition: "条件", "Condition";
    detail_waiting_on: "待谁处理", "Waiting on";
    story_next: "下一步", "Next";
    story_why: "依据", "Why";
    story_conditions: "满足情况", "Asked for";
    story_promises: "承诺", "Promises";
    story_contacts: "联系人", "Contacts";
    story_note: "备注", "Note";
    story_timeline: "经过", "Timeline";
    stop_signed: "签约", "Sign";
    stop_delivered: "交付", "Deliv";
    stop_accepted: "验收", "Accept";
    stop_invoiced: "开票", "Bill";
    stop_due: "到期", "Due";
    stop_promised: "承诺", "Promise";
    stop_paid: "付清", "Paid";
    story_first_due(day: &str): "首次到期日 {day}", "originally due {day}";
    story_grace(n: u16): "宽限 {n} 天", "{n}d of grace";
    story_disputed(amount: &str): "争议 {amount}", "{amount} disputed";
    story_written_off(amount: &str): "已核销坏账 {amount}", "{amount} written off";
    story_waived(amount: &str, kind: &str): "减免 {amount}（{kind}）", "{amount} waived ({kind})";
    story_suspended: "项目已暂停", "work suspended";
    story_offers: "减免条件", "To be had";
    offer_discount(missing: &str, by: &str, off: &str): "{by} 前付清 {missing}，享提前付款折扣 {off}", "pay {missing} by {by}: {off} off";
    offer_settlement(missing: &str, by: &str): "和解：{by} 前再付 {missing}，其余减免", "settlement: {missing} more by {by}, and the rest is waived";
    offer_lapsed(missing: &str, by: &str): "和解已于 {by} 失效，还差 {missing}，债权恢复", "settlement lapsed after {by}, {missing} short: all is owed";
    why_settlement(missing: &str, by: &str): "和解待履行：{by} 前再付 {missing}", "a settlement can be had until {by}: {missing} more";
    story_held(since: &str): "{since} 起暂停催款", "on hold from {since}";
    story_held_until(since: &str, until: &str): "{since} 至 {until} 暂停催款", "on hold {since} to {until}";
    /// So much work is done.
    progress_of(percent: &str): "进度达到 {percent}%", "progress of {percent}%";
    rule_after(event: &str, n: u32, unit: &str): "{event}后 {n} {unit}", "{event} + {n} {unit}";
    rule_then(from: &str, n: u32, unit: &str): "{from}，再加 {n} {unit}", "{from} + {n} {unit}";
    rule_month_end(event: &str): "{event}当月月末", "end of the month of {event}";
    rule_rolls(rule: &str): "{rule}，遇休息日顺延", "{rule}, moved to the next business day";
    fact_planned(day: &str): "计划 {day}", "planned {day}";
    fact_delivered(day: &str): "交付 {day}", "delivered {day}";
    fact_refused(day: &str): "验收未通过 {day}", "refused {day}";
    fact_appointed(day: &str): "约定 {day} 验收", "appointed for {day}";
    fact_accepted(day: &str): "验收 {day}", "accepted {day}";
    fact_invoiced(day: &str): "开票 {day}", "invoiced {day}";
    promise_line(amount: &str, by: &str, made: &str, state: &str): "{by} 前付 {amount}（{made} 承诺）：{state}", "{amount} by {by} (made {made}): {state}";
    promise_is_broken: "未兑现", "broken";
    promise_is_pending: "待兑现", "pending";
    why_step_after(due: &str, n: i64, on: &str): "到期日 {due} + {n} 天 = {on}", "due {due} + {n}d = {on}";
    why_step_before(due: &str, n: i64, on: &str): "到期日 {due} - {n} 天 = {on}", "due {due} - {n}d = {on}";
    why_last_step(step: &str, on: &str): "已做到“{step}”，上次联系 {on}", "last step \"{step}\", last contact {on}";
    why_no_step: "首次催款，先从“一般催款”起", "no step taken yet: it starts no higher than a first reminder";
    why_broken(by: &str): "承诺 {by} 前付款未兑现，之后未跟进", "the promise for {by} was broken, no follow-up since";
    why_deliver(day: &str): "计划 {day}，尚未交付", "planned for {day}, not delivered";
    why_chase(day: &str): "{day} 已交付，尚未验收", "delivered {day}, not accepted";
    why_chase_plain: "已交付，尚未验收", "delivered, not accepted";
    why_chased(day: &str): "上次催验收 {day}", "last chased {day}";
    why_appointed(day: &str): "已约定 {day} 验收", "acceptance is appointed for {day}";
    why_refused(day: &str): "{day} 验收未通过", "acceptance refused {day}";
    why_chase_from(day: &str): "{day} 起催验收", "acceptance is chased from {day}";
    why_invoice(done: &str, of: &str): "已开票 {done}，应收 {of}", "{done} of {of} invoiced";
    why_send: "发票已开，尚未寄出", "invoice issued but not sent";
    why_call_back(last: &str, next: &str): "{last} 联系时约定 {next} 再联系", "at the contact of {last} the next was agreed for {next}";
    why_call_due(how: &str): "一期逾期，可宣布其余各期全部到期（{how}）", "this instalment is overdue: the later ones can be called due ({how})";
    why_owner(role: &str): "负责：{role}", "owner: {role}";
    why_dispute: "未解决的争议覆盖全部未收", "open disputes cover the whole balance";
    why_todo: "还有事项没有办完", "a to-do is to be done first";
    why_promise(sum: &str): "待兑现承诺 {sum}，覆盖无争议的未收", "promises of {sum} cover what is undisputed";
    why_gap(on: &str, n: i64): "{on} 刚联系过，两次联系至少隔 {n} 天", "last contact {on}; at least {n}d between two";
    why_our_turn(waiting_on: &str): "先要我方行动：{waiting_on}", "we have to move first: {waiting_on}";
    why_guard(touches: usize, n: i64): "该客户 {n} 天内已联系 {touches} 次", "this customer was contacted {touches} times in {n}d";
    why_grace(n: u16): "宽限期 {n} 天内不高于到期提醒", "no more than a due notice in {n}d of grace";
    next_on(step: &str, on: &str): "{on} {step}", "{step} on {on}";
    next_unknown: "到期日确定后再催", "nothing until the due date is firm";
    next_top: "已是最高级别（诉讼/仲裁）", "highest step reached";
    next_settled: "已结清，无需动作", "settled, nothing to do";
}

impl super::Lang {
    /// Who has to see to something: a name, or the role.
    pub fn owner(self, owner: Owner<'_>) -> &str {
        owner.name.unwrap_or_else(|| self.role(owner.role))
    }

    /// What a status is told by where colours are not seen.
    pub const fn status_sign(self, status: Status) -> &'static str {
        match status {
            Status::Overdue(_) => "!",
            Status::InGrace(_) | Status::Slipping(_) => "~",
            Status::DueToday => "=",
            Status::DueSoon(_) => "-",
            Status::Upcoming(_) | Status::Planned => ".",
            Status::Disputed => "?",
            Status::OnHold => "|",
            Status::Paid | Status::Settled => "+",
            Status::WrittenOff => "x",
            Status::Split => "/",
        }
    }

    /// A status with its sign and its days.
    pub fn status_with_sign(self, status: Status) -> String {
        let (sign, word) = (self.status_sign(status), self.status(status.kind()));
        let days = match status {
            Status::Overdue(n)
            | Status::InGrace(n)
            | Status::Slipping(n)
            | Status::DueSoon(n)
            | Status::Upcoming(n) => Some(n),
            Status::DueToday
            | Status::Disputed
            | Status::OnHold
            | Status::Planned
            | Status::Paid
            | Status::Settled
            | Status::Split
            | Status::WrittenOff => None,
        };
        match days {
            Some(n) => format!("{sign} {word} {}", self.days(n)),
            None => format!("{sign} {word}"),
        }
    }

    /// An agreement that would let the rest go; nothing of a discount that cannot be had any more.
    pub fn offer(
        self,
        item: &Item,
        offer: &Offer,
        today: NaiveDate,
        money: &dyn Fn(i64) -> String,
    ) -> Option<String> {
        let (missing, by) = (money(offer.missing), self.day(offer.by, today));
        match offer.kind {
            WaiverKind::Discount if today > offer.by => None,
            WaiverKind::Discount => {
                let off = money(item.balance.saturating_sub(offer.missing));
                Some(self.offer_discount(&missing, &by, &off))
            }
            WaiverKind::Settlement if today > offer.by => Some(self.offer_lapsed(&missing, &by)),
            WaiverKind::Settlement => Some(self.offer_settlement(&missing, &by)),
        }
    }

    /// What is not empty, with commas.
    pub fn commas(self, texts: impl IntoIterator<Item = String>) -> String {
        let parts = texts.into_iter().filter(|text| !text.trim().is_empty());
        parts.collect::<Vec<_>>().join(self.and())
    }

    /// A day as short as its year allows: `10-02` in the year of `today`, else `2025-10-02`.
    pub fn day(self, day: NaiveDate, today: NaiveDate) -> String {
        if day.year() == today.year() { day.format("%m-%d").to_string() } else { day.to_string() }
    }

    pub(crate) fn event(self, event: Event) -> Cow<'static, str> {
        Cow::Borrowed(match event {
            Event::Signing => self.pick("合同签订", "signing"),
            Event::Start => self.pick("开工", "start"),
            Event::WarrantyEnd => self.pick("质保期满", "end of warranty"),
            Event::Delivery => self.pick("交付", "delivery"),
            Event::Acceptance => self.pick("验收", "acceptance"),
            Event::Invoice => self.pick("开票", "invoice"),
            Event::InvoiceReceived => self.pick("发票签收", "receipt of the invoice"),
            Event::Conditions => self.pick("条件满足", "all conditions met"),
            Event::Progress(percent) => {
                return Cow::Owned(self.progress_of(&percent.to_string()));
            }
        })
    }

    /// When a milestone falls due, in words; empty where nothing is agreed.
    pub fn rule(self, rule: &DueRule) -> String {
        let text = match &rule.basis {
            Basis::None => return String::new(),
            Basis::Fixed(day) => day.to_string(),
            Basis::After(after) => {
                let of = after.of.as_ref().map(|key| format!(" {key}"));
                let event = format!("{}{}", self.event(after.event), of.unwrap_or_default());
                let from = if after.month_end { self.rule_month_end(&event) } else { event };
                let Offset { count, unit } = after.offset;
                let first = self.rule_after(&from, count, self.unit(unit));
                match after.then {
                    Some(then) => self.rule_then(&first, then.count, self.unit(then.unit)),
                    None => first,
                }
            }
        };
        if rule.roll { self.rule_rolls(&text) } else { text }
    }

    /// The rule as a form takes it: it reads back as the same.
    pub fn rule_typed(self, rule: &DueRule) -> String {
        let (Self::Zh, Basis::After(after)) = (self, &rule.basis) else {
            return rule.to_string();
        };
        let plain = EventRule::on(after.event);
        let mut text = EventRule { of: after.of.clone(), ..plain.clone() }.to_string().replacen(
            &plain.to_string(),
            &self.event(after.event),
            1,
        );
        if after.month_end {
            text.push_str(" 月末");
        }
        for offset in after.offsets() {
            let _ = write!(text, " + {} {}", offset.count, self.unit(offset.unit));
        }
        if rule.roll {
            text.push_str(" 顺延");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::domain::due::DueRule;
    use crate::text::Lang;

    #[rstest]
    #[case("", "")]
    #[case("2026-12-05 roll", "2026-12-05 roll")]
    #[case("acceptance + 30d", "验收 + 30 天")]
    #[case("acceptance(\"a)b\") + 1y", "验收(\"a)b\") + 1 年")]
    #[case("invoice month-end + 60d roll", "开票 月末 + 60 天 顺延")]
    #[case("delivery + 10wd", "交付 + 10 个工作日")]
    #[case("acceptance + 6m + 30wd", "验收 + 6 个月 + 30 个工作日")]
    #[case("warranty_end + 0m", "质保期满 + 0 个月")]
    #[case("invoice_received", "发票签收")]
    #[case("signing", "合同签订")]
    #[case("start roll", "开工 顺延")]
    #[case("conditions + 10d", "条件满足 + 10 天")]
    #[case("progress(50%) month-end + 15d", "进度达到 50% 月末 + 15 天")]
    fn a_rule_in_a_form_reads_back(#[case] code: &str, #[case] typed: &str) {
        let rule: DueRule = code.parse().unwrap();
        assert_eq!(Lang::Zh.rule_typed(&rule), typed);
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(lang.rule_typed(&rule).parse(), Ok(rule.clone()));
        }
    }
}
