//! Words of the pictures beside and below the lists.

use chrono::{Datelike, NaiveDate};

use super::Lang;

super::phrases! {
    picture_fortnight: "本周与下周：到期与承诺", "This week and next: due and promised";
    picture_expected: "预计回款，按月", "Cash expected by month";
    picture_concentration(n: usize): "应收集中度：前 {n} 家", "Concentration: the top {n}";
    picture_ages: "应收账龄构成", "What is receivable, by age";
    picture_overdue: "从已到期到逾期", "From past due to overdue";
    picture_ladder: "各级催款", "What stands on each step";
    due_count(n: u32): "到期 {n}", "due {n}";
    promised_count(n: u32): "承诺 {n}", "promised {n}";
    later_word: "以后", "Later";
    today_word: "今天", "today";
    slipped_word: "进度滞后", "Slipping";
    no_date_word: "无到期日", "No date";
    key_firm: "已确定到期日", "firm";
    key_expected: "预计", "expected";
    key_overdue: "其中逾期", "of it overdue";
    rest_of(n: usize): "其他 {n} 家", "{n} others";
    less_word(what: &str): "减：{what}", "less {what}";
}

impl Lang {
    /// What a picture is of, and what its amounts are counted in.
    pub fn in_unit(self, title: &str, wan: bool) -> String {
        if wan { format!("{title}{}{}", self.comma(), self.in_wan()) } else { title.to_owned() }
    }

    /// How many currencies are left out; empty where none is.
    pub fn other_currencies(self, n: usize) -> String {
        match n {
            0 => String::new(),
            1 => self.figure_one_other().to_owned(),
            many => self.figure_more_others(many),
        }
    }

    /// A month as short as its year allows.
    pub fn month(self, month: NaiveDate, today: NaiveDate) -> String {
        let (is_this_year, year) = (month.year() == today.year(), month.format("%y"));
        match self {
            Self::Zh if is_this_year => format!("{}月", month.month()),
            Self::Zh => format!("{year}年{}月", month.month()),
            Self::En if is_this_year => month.format("%b").to_string(),
            Self::En => month.format("%b %y").to_string(),
        }
    }
}
