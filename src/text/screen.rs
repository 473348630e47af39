//! Words of the screens.

use chrono::Weekday;

phrases! {
    too_small(wide: u16, high: u16): "终端太小：{wide}x{high}，至少需要 60x16", "The terminal is too small: {wide}x{high}; huikuan needs at least 60x16";
    nothing_found: "没有找到", "nothing found";
    saved(what: &str, key: &str): "{what}（{key} 撤销）", "{what} ({key} undoes)";
    undone(what: &str, key: &str): "已撤销：{what}（{key} 重做）", "undone: {what} ({key} redoes)";
    redone(what: &str, key: &str): "已重做：{what}（{key} 撤销）", "redone: {what} ({key} undoes)";
    copied(what: &str): "已复制：{what}", "copied: {what}";
    copied_rows(n: usize): "已复制 {n} 行", "{n} rows copied";
    todo_filter_example: "如 种类:投诉 负责人:王敏 办理期限<周五 严重程度:高 暂缓催款 关于:星河", "like kind:complaint owner:Meyer due<fri severity:high blocks about:Starfield";
    filter_example: "如 逾期 项目经理:王敏 未收>10万 到期日<2026-12-01", "like overdue pm:Meyer balance>100k due<2026-12-01";
    no_key(key: &str): "{key}：此处无此按键（? 查看按键）", "{key} does nothing here (? shows the keys)";
    paste_cut(most: usize): "粘贴的内容太长，超过 {most} 个字符的部分已舍去", "too long to paste: a field holds {most} characters, the rest is left out";
    find_example(key: &str): "文字或拼音首字母，{key} 补全客户与项目", "text or pinyin initials; {key} completes customers and projects";
    find_title: "查找", "Find";
    filter_title: "筛选", "Filter";
}

crate::text::vocabulary! {
    /// A day of the week, short.
    weekday(Weekday) {
        Mon: "周一", "Mon";
        Tue: "周二", "Tue";
        Wed: "周三", "Wed";
        Thu: "周四", "Thu";
        Fri: "周五", "Fri";
        Sat: "周六", "Sat";
        Sun: "周日", "Sun";
    }
}
