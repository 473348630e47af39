//! Words of the screens.

use chrono::Weekday;

use crate::text::Lang;

phrases! {
    too_small(wide: u16, high: u16): "终端太小：{wide}x{high}，至少需要 80x24", "The terminal is too small: {wide}x{high}; huikuan needs at least 80x24";
    nothing_found: "没有找到", "nothing found";
    saved(what: &str): "{what}（u 撤销）", "{what} (u undoes)";
    undone(what: &str): "已撤销：{what}", "undone: {what}";
    copied(what: &str): "已复制：{what}", "copied: {what}";
    copied_rows(n: usize): "已复制 {n} 行", "{n} rows copied";
    filter_example: "如 overdue pm:王敏 balance>100k due<2026-12-01", "like overdue pm:wang balance>100k due<2026-12-01";
    no_key(key: &str): "{key}：此处无此按键（? 查看按键）", "{key} does nothing here (? shows the keys)";
    find_title: "查找", "Find";
    filter_title: "筛选", "Filter";
}

impl Lang {
    /// A day of the week, short.
    pub const fn weekday(self, day: Weekday) -> &'static str {
        match day {
            Weekday::Mon => self.pick("周一", "Mon"),
            Weekday::Tue => self.pick("周二", "Tue"),
            Weekday::Wed => self.pick("周三", "Wed"),
            Weekday::Thu => self.pick("周四", "Thu"),
            Weekday::Fri => self.pick("周五", "Fri"),
            Weekday::Sat => self.pick("周六", "Sat"),
            Weekday::Sun => self.pick("周日", "Sun"),
        }
    }
}
