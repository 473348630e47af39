//! Words of the calendar.

use super::Lang;
use crate::domain::kinds::DayKind;

super::phrases! {
    calendar_title: "回款日历", "Receivables calendar";
    calendar_title_of(name: &str): "回款日历：{name}", "Receivables calendar: {name}";
    day_word: "日期", "Day";
    kind_word: "事项", "What";
    day_due: "到期", "due";
    day_expected: "预计到期", "expected";
    day_bill: "汇票到期", "bill matures";
    calendar_bill(what: &str, amount: &str, customer: &str): "{what} {amount} {customer}", "{what} {amount} {customer}";
    day_appointment: "约定验收", "acceptance";
    day_settlement: "和解付款", "settlement";
    day_expiry: "文件到期", "paper expires";
    day_warranty: "质保到期", "warranty ends";
    ends_count(n: u32): "文件/质保到期 {n}", "{n} expiring";
    day_promise: "承诺付款", "promised";
    periods_by_week: "按周回款日历", "Receivables by week";
    periods_by_month: "按月回款日历", "Receivables by month";
    periods_lead(today: &str, from: &str): "截至 {today}；{from} 之前到期而未收的列在“此前”", "As of {today}; what was due before {from} and is open stands in the row \"before\"";
    period_word: "期间", "Period";
    period_from: "起", "From";
    period_to: "止", "To";
    period_earlier: "此前", "before";
    period_firm: "到期", "Due";
    period_firm_items: "到期笔数", "Due, items";
    period_expected: "预计到期", "Expected";
    period_expected_items: "预计笔数", "Expected, items";
    period_promises: "承诺笔数", "Promises";
    period_receipts: "回款笔数", "Receipts";
    period_no_receipts: "筛选的是未收节点，故不列已回款", "What came in is left out: the filter is about open milestones";
    calendar_nothing: "没有未收款项", "nothing is open";
    calendar_summary(what: &str, amount: &str, who: &str, milestone: &str): "{what} {amount} {who} {milestone}", "{what} {amount} {who} {milestone}";
    calendar_fact(name: &str, value: &str): "{name}：{value}", "{name}: {value}";
}

impl Lang {
    /// What stands on a day.
    pub fn day_kind(self, kind: DayKind, firm: bool, step: Option<u8>) -> &'static str {
        match (kind, step) {
            (DayKind::Due, _) if firm => self.day_due(),
            (DayKind::Due, _) => self.day_expected(),
            (DayKind::Promise, _) => self.day_promise(),
            (DayKind::Step, Some(step)) => self.step(step),
            (DayKind::Step, None) => self.next_word(),
            (DayKind::Contact, _) => self.act_call_back(),
            (DayKind::Bill, _) => self.day_bill(),
            (DayKind::Appointment, _) => self.day_appointment(),
            (DayKind::Settlement, _) => self.day_settlement(),
            (DayKind::Expiry, _) => self.day_expiry(),
            (DayKind::Warranty, _) => self.day_warranty(),
        }
    }
}
