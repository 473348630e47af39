//! Words of bank statements: what is wrong with one, what became of its lines, and what speaks for a proposal.

use chrono::NaiveDate;

use super::Lang;
use super::width::clean;
use crate::domain::bank::{LineState, StatementOutcome};
use crate::domain::ids::BankLineId;
use crate::domain::money::{self, Currency};
use crate::domain::reconcile::{Clue, NumberKind, Proposals};
use crate::error::bank::{StatementError, StatementNote};

super::vocabulary! {
    line_state(LineState) {
        Open: "待处理", "open";
        Booked: "已入账", "booked";
        NotOurs: "无关", "not ours";
        Out: "支出", "out";
    }
    number_kind(NumberKind) {
        Contract: "合同号", "contract";
        Project: "项目号", "project";
        Milestone: "节点号", "milestone";
        Invoice: "发票号", "invoice";
    }
}

super::phrases! {
    statement_failed(file: &str, why: &str): "{file}：没有导入任何流水：{why}", "{file}: nothing was imported: {why}";
    statement_unknown_profile(wanted: &str, known: &str): "没有流水格式“{wanted}”；可用 {known}，或在配置旁的 banks.toml 里自定", "there is no profile “{wanted}”; use {known}, or write your own into banks.toml beside the configuration";
    statement_no_header(seen: &str): "认不出表头；最像的一行是：{seen}。请在配置旁的 banks.toml 里写明各列，写法见 docs/FORMATS.md", "no profile knows the header; the likeliest row has: {seen}. Name its columns in banks.toml beside the configuration, as docs/FORMATS.md shows";
    statement_no_lines: "里面没有一笔收支", "not a single line in it moves money";
    statement_no_year(row: u32, value: &str): "第 {row} 行的日期 {value} 没有年份；请用 --year 写明第一行是哪一年", "row {row}: {value} has no year; say the year of the first row by --year";
    statement_cell(row: u32, column: &str, value: &str, why: &str): "第 {row} 行“{column}”是“{value}”：{why}", "row {row}, “{column}” is “{value}”: {why}";
    statement_malformed(format: &str, at: u32, found: &str): "不是完整的 {format}：第 {at} 处“{found}”读不懂；请向银行重新下载", "not whole as {format}: cannot read “{found}” at {at}; download it again from the bank";
    statement_overflow: "金额合计过大", "the amounts add up to too much";
    statement_accounts(limit: usize): "账户过多：一个文件最多 {limit} 个", "too many accounts: at most {limit} in a file";
    statement_profiles(path: &str, message: &str): "流水格式文件 {path} 有误：{message}", "in the profiles {path}: {message}";

    statement_profile(name: &str): "格式：{name}", "profile: {name}";
    statement_currency(code: &str): "流水没有写币种，按 {code} 读（可用 --currency 指定）", "the statement names no currency, read as {code} (--currency says another)";
    statement_still(n: u32): "不涉及收支的行，未导入：{n} 行", "rows that move no money, left out: {n}";
    statement_repeated(rows: &str): "与前面完全相同（流水号也相同）的行只取一次：第 {rows} 行", "rows that repeat one before, the bank's number too, taken once: {rows}";
    statement_no_balance(n: u32): "余额读不出：{n} 行", "balances that cannot be read: {n}";
    statement_total_in(listed: &str, read: &str): "注意：流水写收入合计 {listed}，各行相加是 {read}", "WARNING: the statement says {listed} came in, its lines add up to {read}";
    statement_total_out(listed: &str, read: &str): "注意：流水写支出合计 {listed}，各行相加是 {read}", "WARNING: the statement says {listed} went out, its lines add up to {read}";
    statement_closing(account: &str, listed: &str, computed: &str): "注意：账户 {account} 的期末余额写 {listed}，按期初余额和各行推算是 {computed}", "WARNING: account {account} closes at {listed}, but opening and lines make {computed}";
    statement_break(row: u32, on: NaiveDate, listed: &str, computed: &str): "注意：第 {row} 行（{on}）的余额写 {listed}，按上下行推算是 {computed}", "WARNING: row {row} of {on} has the balance {listed}, but the lines make {computed}";
    statement_breaks(count: u32, row: u32, on: NaiveDate, listed: &str, computed: &str): "注意：{count} 行的余额接不上，第一处是第 {row} 行（{on}）：写 {listed}，推算是 {computed}", "WARNING: {count} balances do not follow from the lines, the first in row {row} of {on}: {listed}, but the lines make {computed}";
    statement_taken(file: &str, new: u32, known: u32): "{file}：新导入 {new} 条流水，已有 {known} 条", "{file}: {new} new lines, {known} known already";
    statement_sum(account: &str, came: &str, n_in: u32, went: &str, n_out: u32): "{account} 收入 {n_in} 笔 {came}，支出 {n_out} 笔 {went}", "{account}: {n_in} in {came}, {n_out} out {went}";
    statement_closes(closing: &str): "期末余额 {closing}", "closing balance {closing}";
    account_unnamed: "（未写账号）", "(no account)";

    bank_lines_title: "银行流水", "Bank lines";
    bank_accounts_title: "银行账户", "Bank accounts";
    bank_match_title: "入账建议", "Proposals";
    payment_word: "收款", "Payment";
    reason_word: "原因", "Reason";
    bank_line_word: "流水", "Line";
    bank_day_word: "记账日", "Booked on";
    bank_remark_word: "附言", "Remark";
    bank_account_word_short: "账户", "Account";
    bank_payer_account_word: "对方账号", "Payer's account";
    bank_serial_word: "流水号", "Bank's number";
    bank_fee_word: "手续费", "Fee";
    bank_balance_word: "余额", "Balance";
    bank_closing_word: "期末余额", "Closing";
    bank_computed_word: "推算余额", "Computed";
    bank_off_word: "相差", "Off by";
    bank_lines_word: "流水数", "Lines";
    bank_first_word: "起", "From";
    bank_last_word: "止", "To";
    proposal_word: "建议", "Proposal";
    confidence_word: "把握", "Sure";
    why_word: "依据", "Why";

    clue_account: "付款账号是该客户的", "the payer's account is theirs";
    clue_name: "付款方即该客户", "the payer is called like them";
    clue_alias: "该付款方以前为其付过款", "this payer paid for them before";
    clue_remark: "附言中有客户名称", "their name is in the remark";
    clue_number(kind: &str, number: &str): "附言中有{kind} {number}", "the remark names {kind} {number}";
    clue_recorded: "这笔收款已登记过", "the payment is on record already";
    clue_exact: "金额与一笔未收完全相符", "exactly what is open on one";
    clue_sum(n: usize): "金额是 {n} 笔未收之和", "exactly the sum of {n}";
    clue_fee(fee: &str): "比一笔未收少 {fee}，像是手续费", "what is open on one, less a fee of {fee}";
    clue_promise(day: &str): "与承诺 {day} 付的金额相符", "what was promised for {day}";
    clue_part: "部分付款，先付最早到期的", "a part, the oldest due first";
    clue_above(over: &str): "比全部未收多 {over}，多出部分留作未核销", "all that is open, and {over} more, which stays on account";
    clue_nothing_open: "没有未收款，全部留作未核销", "nothing is open, all of it stays on account";

    bank_title: "待处理的银行流水", "Open bank lines";
    bank_day_short: "日期", "Day";
    bank_nothing: "没有待处理的流水；用 huikuan bank import 文件 导入", "no open lines; huikuan bank import FILE brings some in";
    bank_no_proposal(n: usize): "没有第 {n} 个建议", "there is no proposal {n}";
    bank_closes(account: &str, closing: &str, day: NaiveDate): "{account} 截至 {day} 余额 {closing}", "{account} closes at {closing} on {day}";
    bank_balances: "，与流水相符", ", as its lines make";
    bank_is_off(off: &str): "，与流水相差 {off}，可能缺流水", ", {off} off its lines: some may be missing";
    bank_fee_hint: "流水已扣掉的部分；客户付的是两者之和", "what was kept before it was credited; the customer paid both";
    form_book_line: "流水入账", "Book bank line";

    match_tied(n: usize): "有 {n} 个同样吻合", "{n} fit equally well";
    match_two: "有两个同样吻合", "two fit equally well";
    match_none: "没有吻合的", "nothing fits";
    match_accepted(n: usize): "已入账 {n} 条完全相符的流水", "{n} lines that fit exactly were booked";
    match_refused(line: BankLineId, why: &str): "流水 {line} 没有入账：{why}", "bank line {line} was not booked: {why}";
    book_which(why: &str, line: BankLineId): "流水 {line}：{why}。请写明节点，或用 --pick 选建议", "bank line {line}: {why}. Name what it pays, or choose a proposal by --pick";
}

impl Lang {
    /// Why a statement cannot be read, and what to do.
    pub fn statement_error(self, error: &StatementError) -> String {
        match error {
            StatementError::Read(why) => self.read_error(why),
            StatementError::UnknownProfile { wanted, known } => {
                self.statement_unknown_profile(&clean(wanted), &self.listed(known))
            }
            StatementError::NoHeader { seen } => self.statement_no_header(&self.listed(seen)),
            StatementError::NoLines => self.statement_no_lines().to_owned(),
            StatementError::NoYear { row, value } => self.statement_no_year(*row, value),
            StatementError::Cell { row, column, value, why } => {
                self.statement_cell(*row, column, value, &self.cell_problem(why))
            }
            StatementError::Malformed { format, at, found } => {
                self.statement_malformed(format, *at, &clean(found))
            }
            StatementError::Overflow => self.statement_overflow().to_owned(),
            StatementError::TooManyAccounts { limit } => self.statement_accounts(*limit),
            StatementError::Profiles { path, message } => {
                self.statement_profiles(&clean(path), &clean(message))
            }
        }
    }

    /// What is worth telling about a statement.
    pub fn statement_note(self, note: &StatementNote) -> String {
        let shown = |minor: i64, currency: Currency| money::with_symbol(minor, currency);
        match note {
            StatementNote::Profile { name, title } => match self {
                Self::Zh => self.statement_profile(&clean(title)),
                Self::En => self.statement_profile(&clean(name)),
            },
            StatementNote::Format(name) => self.statement_profile(name),
            StatementNote::Encoding(name) => self.note_encoding(name),
            StatementNote::Sheet(name) => self.note_sheet(name),
            StatementNote::Currency(currency) => self.statement_currency(currency.code()),
            StatementNote::Still(n) => self.statement_still(*n),
            StatementNote::Repeated(rows) => self.statement_repeated(&self.listed(rows)),
            StatementNote::NoBalance(n) => self.statement_no_balance(*n),
            StatementNote::TotalDiffers { money_in, currency, listed, read } => {
                let say =
                    if *money_in { Self::statement_total_in } else { Self::statement_total_out };
                say(self, &shown(*listed, *currency), &shown(*read, *currency))
            }
            StatementNote::ClosingDiffers { account, currency, listed, computed } => self
                .statement_closing(
                    self.account_called(account),
                    &shown(*listed, *currency),
                    &shown(*computed, *currency),
                ),
            StatementNote::Breaks { count: 1, row, on, currency, listed, computed } => self
                .statement_break(
                    *row,
                    *on,
                    &shown(*listed, *currency),
                    &shown(*computed, *currency),
                ),
            StatementNote::Breaks { count, row, on, currency, listed, computed } => {
                let (listed, computed) = (shown(*listed, *currency), shown(*computed, *currency));
                self.statement_breaks(*count, *row, *on, &listed, &computed)
            }
        }
    }

    /// Our account by its number, or that the statement names none.
    pub(crate) fn account_called(self, account: &str) -> &str {
        if account.is_empty() { self.account_unnamed() } else { account }
    }

    pub(crate) fn statement_counts(self, file: &str, outcome: StatementOutcome) -> String {
        self.statement_taken(&clean(file), outcome.new, outcome.known)
    }

    /// What speaks for a candidate.
    pub(crate) fn clue(self, clue: &Clue, currency: Currency) -> String {
        let shown = |minor: i64| money::with_symbol(minor, currency);
        match clue {
            Clue::Account => self.clue_account().to_owned(),
            Clue::Name => self.clue_name().to_owned(),
            Clue::Alias => self.clue_alias().to_owned(),
            Clue::Remark => self.clue_remark().to_owned(),
            Clue::Number(kind, number) => self.clue_number(self.number_kind(*kind), &clean(number)),
            Clue::Recorded => self.clue_recorded().to_owned(),
            Clue::Exact => self.clue_exact().to_owned(),
            Clue::Sum(n) => self.clue_sum(*n),
            Clue::LessFee(fee) => self.clue_fee(&shown(*fee)),
            Clue::Promise(day) => self.clue_promise(&day.to_string()),
            Clue::Part => self.clue_part().to_owned(),
            Clue::Above(over) => self.clue_above(&shown(*over)),
            Clue::NothingOpen => self.clue_nothing_open().to_owned(),
        }
    }

    /// All that speaks for a candidate.
    pub(crate) fn clues(self, clues: &[Clue], currency: Currency) -> String {
        let clues: Vec<String> = clues.iter().map(|clue| self.clue(clue, currency)).collect();
        clues.join(self.pick("；", "; "))
    }

    /// Why nothing is proposed of these; empty where something is.
    pub(crate) fn unproposed(self, proposals: &Proposals) -> String {
        match (proposals.candidates.len(), proposals.tied) {
            (0, _) => self.match_none().to_owned(),
            (_, 2) => self.match_two().to_owned(),
            (_, 3..) => self.match_tied(proposals.tied),
            (..) => String::new(),
        }
    }
}
