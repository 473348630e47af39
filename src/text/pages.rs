//! Words of the tabs of pages.

super::phrases! {
    tab_plan: "计划", "Plan";
    tab_open: "未结清", "Open";
    tab_closed: "已结清", "Closed";
    tab_facts: "概况", "Facts";
    tab_dealings: "往来", "Dealings";
    dealing_kind_word: "类别", "Kind";
    dealing_person: "联系人", "person";
    dealing_promise: "承诺", "promise";
    dealing_touch: "联系", "contact";
    papers_none(new: &str): "还没有文件；{new} 登记一份", "no paper yet; {new} files one";
    todos_none_here(new: &str): "没有未办事项；{new} 新建", "nothing to do; {new} adds a to-do";
    notes_none(new: &str): "还没有记事；{new} 记一条", "no note yet; {new} adds one";
    conditions_none(new: &str): "还没有条件；{new} 新建（在节点页，或选中一行时）", "no condition yet; {new} adds one on a milestone's page";
    dealings_none(new: &str): "还没有联系人和往来；{new} 记一次联系", "nobody is known there and nothing was said yet; {new} records a contact";
    nothing_closed: "还没有已结清的节点", "nothing is closed yet";
    nothing_happened: "还没有记录", "nothing is on record yet";
}
