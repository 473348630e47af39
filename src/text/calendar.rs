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
    day_promise: "承诺付款", "promised";
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
        }
    }
}
