//! Words of the screens on which a list comes in.

super::phrases! {
    files_title(n: usize): "选择清单（{n}）", "Choose a list ({n})";
    files_note: "当前、下载、文档、桌面文件夹中最新的表格；别处的：按 : 再写“导入 文件名”", "newest tables of this folder, downloads, documents and desktop; from elsewhere: press : and write import FILE";
    files_none: "这里没有表格。按 : 再写“导入 文件名”", "No table here. Press : and write import FILE";
    file_word: "文件", "File";
    folder_word: "文件夹", "Folder";
    size_word: "大小", "Size";
    changed_word: "修改时间", "Changed";
    importing_title(file: &str): "导入 {file}", "Import {file}";
    importing_key(key: &str): "{key} 写入账本", "{key} writes it";
    importing_nothing: "没有要写入的", "nothing to write";
    importing_how: "怎样读", "How it is read";
    importing_columns: "列", "Columns";
    importing_columns_in(row: u32): "列（表头在第 {row} 行）", "Columns (header in row {row})";
    importing_changes(n: usize): "会有的变更（{n}）", "What would change ({n})";
    importing_problems(n: usize): "读不进的（{n} 行）", "What cannot come in (rows: {n})";
    importing_notes: "说明", "Notes";
    importing_question: "还不能读", "It cannot be read yet";
    importing_what: "项", "What";
    importing_read_as: "读作", "Read as";
    importing_samples: "样例或内容", "Samples or contents";
    importing_counts(new: u32, updated: u32, unchanged: u32, bad: usize): "新增 {new}，更新 {updated}，未变 {unchanged}，有误 {bad}", "{new} new, {updated} changed, {unchanged} as they were, {bad} bad";
    importing_unread: "不读", "not read";
    importing_layout: "清单格式", "Layout";
    importing_sheet: "工作表", "Sheet";
    importing_encoding: "编码", "Encoding";
    importing_dates: "日期顺序", "Order of dates";
    importing_currency: "没写币种的行", "Rows without a currency";
    importing_unit: "金额单位", "Amounts in";
    importing_paid_on: "没写日期的已收金额", "Money without a day";
    importing_reschedule: "到期日有变时", "A changed due date";
    importing_corrects: "视为修改", "is a correction";
    importing_agrees: "记为今天约定的展期", "was agreed today";
    importing_told: "由文件判断", "as the file says";
    importing_headers: "只看表头", "by its headers";
    importing_today: "今天", "today";
    importing_month_end: "上月底", "end of last month";
    importing_sure_title: "导入", "Import";
    importing_sure(counts: &str, key: &str): "写入账本：{counts}。{key} 可一次撤销。", "Write to the ledger: {counts}. {key} takes it all back.";
    importing_sure_bad(counts: &str, bad: usize, key: &str): "写入账本：{counts}。有误的 {bad} 行不导入。{key} 可一次撤销。", "Write to the ledger: {counts}. The {bad} bad rows stay out. {key} takes it all back.";
    imported(counts: &str, key: &str): "已导入：{counts}（{key} 撤销）", "imported: {counts} ({key} undoes)";
    imported_kept(name: &str): "；同样表头的清单以后按“{name}”读取", "; lists with these headers are read as {name} from now on";
}
