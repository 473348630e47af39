//! What went wrong, and the way out: the one place where errors become words.

use std::path::Path;

use super::Lang;
use super::width::{clean, fit};
use crate::domain::normalize::is_hidden;
use crate::domain::tax::BadTaxRate;
use crate::error::filter::{FilterError, FilterProblem};
use crate::error::keys::KeysProblem;
use crate::error::ledger_file::LineProblem;
use crate::error::value::ValueError;
use crate::error::{Error, TerminalStep};

super::vocabulary! {
    terminal_step(TerminalStep) {
        Take: "无法接管终端", "taking the terminal";
        WatchSignals: "无法接收系统信号", "watching for signals";
        Draw: "无法绘制屏幕", "drawing the screen";
        Stop: "无法暂停程序", "stopping the process";
        Copy: "无法写入剪贴板", "copying";
    }
}

super::phrases! {
    editor_error(command: &str, why: &str): "编辑器“{command}”没有正常结束：{why}；VISUAL 或 EDITOR 可指定别的", "the editor “{command}” failed: {why}; VISUAL or EDITOR names another";
    io_error(path: &str, why: &str): "{path}：{why}", "{path}: {why}";
    unknown_ending(name: &str, known: &str): "{name}：不支持此扩展名，可用 {known}", "cannot tell the format of {name}; use {known}";
    no_terminal: "屏幕界面需要终端；在脚本里请用 huikuan today、list、aging", "the screen needs a terminal; in scripts use huikuan today, list or aging";
    edges_error(typed: &str): "“{typed}”不是账龄段；请写 days、short、years 或递增的天数如 30,60,90", "“{typed}” is not a bucket rule; use days, short, years or ascending days like 30,60,90";
    unknown_choice(typed: &str, known: &str): "“{typed}”不在可选值中：{known}", "“{typed}” is not one of {known}";
    value_needs(typed: &str, needs: &str): "“{typed}”还需要 {needs}", "“{typed}” needs {needs}";
    value_file_name(typed: &str): "名称“{typed}”不能用；请用字母、数字、汉字、- 或 _，最多 40 字", "“{typed}” cannot be a name here: letters, digits, - and _, at most 40";
    value_of_one(typed: &str): "“{typed}”只能记在一个节点上；请只写一个节点", "“{typed}” is for one milestone; name only that";
    in_filter(why: &str): "筛选条件有误：{why}", "in the filter: {why}";
    config_invalid(path: &str, why: &str): "配置文件 {path} 有误：{why}", "in the configuration {path}: {why}";
    keys_line(line: usize, why: &str): "第 {line} 行：{why}", "line {line}: {why}";
    keys_no_action(name: &str, nearest: &str): "没有名为“{name}”的操作，最接近的是 {nearest}；全部名称见 docs/FORMATS.md", "no action is called “{name}”; the nearest is {nearest}, docs/FORMATS.md names all";
    keys_no_key(word: &str): "没有名为“{word}”的键；可写 x、ctrl-x、f5、space、enter", "no key is called “{word}”; write x, ctrl-x, f5, space, enter";
    keys_no_key_but(word: &str, nearest: &str): "没有名为“{word}”的键，最接近的是 {nearest}", "no key is called “{word}”; the nearest is {nearest}";
    keys_none(action: &str): "{action} 没有写键", "{action} has no key";
    keys_too_many(keys: &str): "“{keys}”：最多先后两个键", "“{keys}”: two keys one after the other at most";
    keys_typed(action: &str, key: &str): "{action} 不能用 {key}：那里要输入文字；请用一个 ctrl-x 或 f5 之类的键", "{action} cannot be {key}, where text is typed; take one key like ctrl-x or f5";
    keys_clash(action: &str, key: &str, other: &str, others: &str): "{action} 的 {key} 与 {other} 的 {others} 冲突", "{key} of {action} and {others} of {other} get in each other's way";
    no_home: "系统没有给出主目录；请用 --db 指定账本文件", "the system names no home folder; give the ledger with --db";
    rows_refused(n: usize): "{n} 行被拒绝，什么都没有写入", "{n} rows are refused; nothing was written";
    ledger_busy: "账本正被另一个程序写入；请稍后再试", "another program is writing the ledger; try again";
    not_a_ledger(path: &str): "{path} 不是 huikuan 账本；请检查 --db", "{path} is not a huikuan ledger; check --db";
    not_empty(path: &str): "{path} 里已有数据；请换一个新文件", "{path} is in use already; name a new file";
    ledger_line(line: u64, why: &str): "第 {line} 行：{why}；什么都没有写入", "line {line}: {why}; nothing was written";
    line_not_a_ledger: "这不是 huikuan export ledger 写出的文件", "this is no file written by huikuan export ledger";
    line_newer(found: i64, known: i64): "由更新的版本导出（结构 {found}，本程序只认到 {known}）；请升级 huikuan", "exported by a newer version (schema {found}, this one knows {known}); upgrade huikuan";
    line_not_json: "不是 JSON 对象", "not a JSON object";
    line_too_long: "这一行太长", "this line is too long";
    line_ended: "文件在此中断，缺少最后一行；请重新导出", "the file breaks off here, its last line is missing; export it again";
    line_count: "最后一行所记的行数与文件不符；请重新导出", "the last line counts other lines than there are; export it again";
    line_no_table: "没有写明 table", "it names no table";
    line_table(name: &str): "没有表“{name}”", "there is no table “{name}”";
    line_column(name: &str): "这张表没有列“{name}”", "this table has no column “{name}”";
    line_chain(event: i64): "记录 {event} 与其哈希不符，文件被改动过", "event {event} is not what its hash says: the file was changed";
    line_value(column: &str): "列 {column} 的值不能读", "the value of {column} cannot be read";
    newer_ledger(path: &str, found: i64, known: i64): "{path} 由更新的版本写成（结构 {found}，本程序只认到 {known}）；请升级 huikuan", "{path} was written by a newer version (schema {found}, this one knows {known}); upgrade huikuan";
    foreign_schema(path: &str, why: &str): "{path} 的结构与本程序不符：{why}；请从备份恢复", "{path} does not fit this version's schema: {why}; restore it from a backup";
    no_wal(path: &str): "{path} 所在的文件系统（如网络盘）不能安全地存放账本；请放到本机磁盘", "the file system of {path} (a network drive?) cannot hold a ledger safely; keep it on a local disk";
    unreadable(what: &str): "账本里的 {what} 读不出来；请从备份恢复", "the ledger holds an unreadable {what}; restore it from a backup";
    bug(what: &str): "程序内部错误：{what}；账本没有改动，请报告此问题", "internal error: {what}; the ledger is unchanged, please report this";
    terminal_error(doing: &str, why: &str): "{doing}：{why}", "{doing}: {why}";
}

/// Whether a character acts where it is shown; a message has lines.
fn acts(c: char) -> bool {
    c != '\n' && is_hidden(c)
}

impl Lang {
    /// What happened, where, and what to do. Empty where it was said already.
    pub fn error(self, error: &Error) -> String {
        // What stands in a file or its name must not act on the terminal it is told on.
        let worded = self.words_of(error);
        if worded.contains(acts) { worded.chars().filter(|c| !acts(*c)).collect() } else { worded }
    }

    fn words_of(self, error: &Error) -> String {
        let file = |path: &Path| path.display().to_string();
        match error {
            Error::Violation(violation) => self.violation(violation),
            Error::Rows(outcome) => self.rows_refused(outcome.refused as usize),
            Error::Value { flag, why } => format!("{flag}: {}", self.value_error(why)),
            Error::Filter(error) => self.filter_error(error),
            Error::Read { file, why } => format!("{file}: {}", self.read_error(why)),
            Error::LedgerFile(error) => {
                self.ledger_line(error.line, &self.line_problem(&error.why))
            }
            Error::Template(why) => self.template_error(why),
            Error::NoDocument(why) => self.nothing_to_write(why),
            Error::Mail(why) => self.mail_fault(why),
            Error::UnknownEnding { name, known } => {
                self.unknown_ending(name, &format!(".{}", known.join(" .")))
            }
            Error::Busy => self.ledger_busy().to_owned(),
            Error::Register { file, why } => format!("{file}: {}", self.register_error(why)),
            Error::Statement { file, why } => {
                self.statement_failed(&clean(file), &self.statement_error(why))
            }
            Error::NotALedger(path) => self.not_a_ledger(&file(path)),
            Error::NotEmpty(path) => self.not_empty(&file(path)),
            Error::NewerLedger { path, found, known } => {
                self.newer_ledger(&file(path), *found, *known)
            }
            Error::ForeignSchema { path, why } => self.foreign_schema(&file(path), why),
            Error::NoWal(path) => self.no_wal(&file(path)),
            Error::OlderLedger(path) => self.older_ledger(&file(path)),
            Error::NoLedger(path) => self.no_ledger(&file(path)),
            Error::LedgerGone(path) => self.ledger_gone(&file(path)),
            Error::LedgerReplaced(path) => self.ledger_replaced(&file(path)),
            Error::ForeignLog(path) => self.foreign_log(&file(path)),
            Error::LedgerOpen(path) => self.ledger_open(&file(path)),
            Error::OntoLedger(path) => self.onto_ledger(&file(path)),
            Error::BadBackup { path, found } => {
                let faults: Vec<String> = found.iter().map(|fault| self.fault(fault)).collect();
                self.bad_backup(&file(path), &faults.join("; "))
            }
            Error::NoBackup(why) => self.no_backup(&self.error(why)),
            Error::NoDailyBackup(why) => self.daily_backup_failed(&self.error(why)),
            Error::NotDerived => self.not_derived().to_owned(),
            Error::Unreadable(what) => self.unreadable(what),
            Error::Storage { fault, message } => self.storage_fault(*fault, message),
            Error::Editor { command, source } => self.editor_error(command, &source.to_string()),
            Error::Io { path, source } => self.io_error(&file(path), &source.to_string()),
            Error::Rates { path, why } => {
                self.config_invalid(&file(path), &self.rates_bad_row(why.line, &clean(&why.text)))
            }
            Error::Config { path, message } => {
                self.config_invalid(&file(path), &shortened(message))
            }
            Error::Keys { path, why } => {
                let message = self.keys_line(why.line, &self.keys_problem(&why.problem));
                self.config_invalid(&file(path), &message)
            }
            Error::NoHome => self.no_home().to_owned(),
            Error::NoTerminal => self.no_terminal().to_owned(),
            Error::Terminal { doing, source } => {
                self.terminal_error(self.terminal_step(*doing), &source.to_string())
            }
            Error::Said(_) => String::new(),
            Error::Bug(what) => self.bug(what),
        }
    }

    fn keys_problem(self, problem: &KeysProblem) -> String {
        match problem {
            KeysProblem::NoAction { name, nearest } => self.keys_no_action(name, nearest),
            KeysProblem::NoKey { word, nearest: Some(nearest) } => {
                self.keys_no_key_but(word, nearest)
            }
            KeysProblem::NoKey { word, nearest: None } => self.keys_no_key(word),
            KeysProblem::None(action) => self.keys_none(action),
            KeysProblem::TooMany(keys) => self.keys_too_many(keys),
            KeysProblem::Typed { action, key } => self.keys_typed(action, key),
            KeysProblem::Clash { action, key, other, others } => {
                self.keys_clash(action, key, other, others)
            }
        }
    }

    fn line_problem(self, why: &LineProblem) -> String {
        match why {
            LineProblem::NotALedger => self.line_not_a_ledger().to_owned(),
            LineProblem::Newer { found, known } => self.line_newer(*found, *known),
            LineProblem::NotJson => self.line_not_json().to_owned(),
            LineProblem::TooLong => self.line_too_long().to_owned(),
            LineProblem::Io(why) | LineProblem::Row(why) => why.clone(),
            LineProblem::Ended => self.line_ended().to_owned(),
            LineProblem::Count => self.line_count().to_owned(),
            LineProblem::NoTable => self.line_no_table().to_owned(),
            LineProblem::Table(name) => self.line_table(&clean(name)),
            LineProblem::Column(name) => self.line_column(&clean(name)),
            LineProblem::Chain(event) => self.line_chain(event.0),
            LineProblem::Value { column } => self.line_value(column),
        }
    }

    /// Why a typed value cannot be read.
    pub fn value_error(self, error: &ValueError) -> String {
        match error {
            ValueError::Amount(error) => self.amount_error(error),
            ValueError::Day(error) => self.day_error(error),
            ValueError::Rule(error) => self.rule_error(error),
            ValueError::LateFee(error) => self.late_fee_error(error),
            ValueError::Discount(error) => self.discount_error(error),
            ValueError::TaxRate(BadTaxRate(found)) => self.bad_tax_rate(found),
            ValueError::Edges(error) => self.edges_error(&error.0),
            ValueError::Plan(error) => self.shares_error(error),
            ValueError::Parts(error) => self.parts_error(error),
            ValueError::Choice { found, known } => self.unknown_choice(found, known),
            ValueError::Needs { found, needs } => self.value_needs(found, needs),
            ValueError::FileName(found) => self.value_file_name(&clean(found)),
            ValueError::NotAFile(found) => self.value_not_a_file(&clean(found)),
            ValueError::NoFile(found) => self.value_no_file(&clean(found)),
            ValueError::OfOne(found) => self.value_of_one(found),
        }
    }

    /// Why a text is no filter, and where.
    pub fn filter_error(self, error: &FilterError) -> String {
        let problem = match &error.problem {
            FilterProblem::UnknownField { typed, known } => {
                self.filter_unknown_field(typed, &known.join(" "))
            }
            FilterProblem::NoValue(field) => self.filter_no_value(field),
            FilterProblem::NoOrder(field) => self.filter_no_order(field),
            FilterProblem::UnknownValue { field, typed, known } if known.is_empty() => {
                self.filter_bad_value(typed, field)
            }
            FilterProblem::UnknownValue { field, typed, known } => {
                self.filter_unknown_value(typed, field, &known.join(" "))
            }
            FilterProblem::Amount(error) => self.amount_error(error),
            FilterProblem::Day(error) => self.day_error(error),
            FilterProblem::Unclosed => self.filter_unclosed().to_owned(),
            FilterProblem::NothingNegated => self.filter_nothing_negated().to_owned(),
            FilterProblem::UnknownSaved { typed, known } if known.is_empty() => {
                self.filter_none_saved(typed)
            }
            FilterProblem::UnknownSaved { typed, known } => {
                self.filter_unknown_saved(typed, &known.join(" @"))
            }
            FilterProblem::SavedAlone(word) => self.filter_saved_alone(word),
        };
        self.in_filter(&self.filter_at(error.at + 1, &problem))
    }
}

/// A message whose lines may be as long as those of any file.
fn shortened(message: &str) -> String {
    let lines = message.lines().map(|line| fit(line, 160).trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}
