//! Words of the playbook.

use super::Lang;
use super::width::clean;
use crate::error::playbook::{PlaybookError, PlaybookProblem};

super::phrases! {
    playbook_title: "锦囊", "Playbook";
    playbook_advice: "锦囊", "Advice";
    playbook_when: "何时", "When";
    playbook_action: "动作", "Action";
    playbook_key: "按键", "Key";
    playbook_line: "行", "Line";
    playbook_good(file: &str, n: usize): "{file}：{n} 条，均可用", "{file}: {n} lines, all good";
    playbook_none(file: &str): "没有自己的锦囊 {file}；huikuan playbook copy 可复制自带的来改", "there is no playbook of your own, {file}; huikuan playbook copy makes one of the one that ships";
    playbook_there(file: &str): "{file} 已存在，未改动", "{file} is there already and stays as it is";
    advised(text: &str, key: &str): "{text}（{key}）", "{text} ({key})";
    advice_line(text: &str): "锦囊：{text}", "Advice: {text}";
    playbook_fault(file: &str, line: usize, why: &str): "锦囊 {file} 第 {line} 行：{why}；这一行未用", "playbook {file}, line {line}: {why}; the line is left out";
    playbook_no_when: "应写作“当 筛选条件 → 建议 → 动作”", "it should read: when FILTER -> advice -> action";
    playbook_no_advice: "缺少建议：当 筛选条件 → 建议", "there is no advice: when FILTER -> advice";
    playbook_too_many: "箭头多于两个", "it has more than two arrows";
    playbook_no_action(name: &str): "没有动作 {name}；名字同 config.toml 的 [keys]，如 contact、promise、instalments", "there is no action {name}; they are named as under [keys] in config.toml: contact, promise, instalments";
    lesson_line(day: &str, whose: &str, text: &str): "教训 {day}（{whose}）：{text}", "Lesson {day} ({whose}): {text}";
    lesson_of(day: &str, whose: &str, text: &str): "{day} {whose}：{text}", "{day} {whose}: {text}";
    care_word: "满意度与资信", "Satisfaction and credit";
    note_until: "截止日", "Until";
    noted_until(day: &str): "至 {day}", "until {day}";
    form_note_until_hint: "填了就开一个到那天的事项", "with a day it becomes a to-do by then";
    form_note_wording_hint: "备注里写 @姓名，就给那位同事开一个任务", "in a remark @name opens a task for that colleague";
}

impl Lang {
    /// The playbook that comes with the program.
    pub(crate) const fn playbook(self) -> &'static str {
        self.pick(
            include_str!("../../assets/playbook.zh.txt"),
            include_str!("../../assets/playbook.en.txt"),
        )
    }

    /// Which line of a playbook is none, and why.
    pub(crate) fn playbook_error(self, file: &str, error: &PlaybookError) -> String {
        let why = match &error.problem {
            PlaybookProblem::NoWhen => self.playbook_no_when().to_owned(),
            PlaybookProblem::NoAdvice => self.playbook_no_advice().to_owned(),
            PlaybookProblem::TooMany => self.playbook_too_many().to_owned(),
            PlaybookProblem::Filter(error) => self.filter_error(error),
            PlaybookProblem::NoAction(name) => self.playbook_no_action(&clean(name)),
        };
        self.playbook_fault(&clean(file), error.line, &why)
    }
}
