//! Why typed text is no amount, no day, no due rule; each with the way out.

use crate::domain::date_input::DayError;
use crate::domain::due::RuleError;
use crate::domain::money::{self, AmountError};
use crate::domain::shares::SharesError;

use super::Lang;

super::phrases! {
    amount_empty: "请输入金额", "an amount is needed";
    amount_not_a_number: "不是金额；可写 1234.50、12.5万、¥1,234.50", "not an amount; write 1234.50, 100k or $1,234.50";
    amount_grouping: "分隔符位置不对；千分位请写 1,234.50，小数点用“.”", "the separators do not group thousands; write 1,234.50 with a point before the decimals";
    amount_decimals(has: u32, allowed: u32): "有 {has} 位小数，该币种只有 {allowed} 位", "{has} decimals, the currency has {allowed}";
    amount_other_currency(found: &str, expected: &str): "“{found}”不是 {expected}；请改币种或去掉符号", "{found} is not {expected}; change the currency or leave the sign out";
    amount_ambiguous(decimals: &str, thousands: &str): "看不出是 {decimals} 还是 {thousands}；请这样写清楚", "this could be {decimals} or {thousands}; write it like that";
    amount_above_limit(limit: &str): "金额过大；一笔最多 {limit}", "the amount is too large; one amount can be {limit} at most";
    amount_too_large: "金额过大", "the amount is too large";
    amount_not_a_share: "百分比应大于 0、不超过 100%", "a percentage is above 0 and at most 100%";
    amount_no_contract: "该项目没有合同额，不能按百分比；请填金额，或先补合同额", "the project has no contract amount to take a percentage of; type the amount, or enter the contract amount first";

    shares_not_a_share(typed: &str): "“{typed}”不是比例；可写 30/40/30，或 3-4-2.5-0.5 预付 到货 验收 质保", "“{typed}” is no share; write 30/40/30, or 3-4-2.5-0.5 advance delivery acceptance retention";
    shares_empty: "请写比例，如 30/40/30", "shares are needed, like 30/40/30";
    shares_too_many: "节点太多", "too many milestones";
    shares_missing(sum: &str, left: &str): "合计为 {sum}%，应为 100%；还差 {left}", "they are {sum}% in all, not 100%; {left} is left";
    shares_over(sum: &str, over: &str): "合计为 {sum}%，应为 100%；多出 {over}", "they are {sum}% in all, not 100%; {over} too much";
    shares_unread(words: &str): "没读懂“{words}”；可写 30% 签订+10天，70% 验收+30天", "“{words}” is not understood; write 30% signing + 10d, 70% acceptance + 30d";
    shares_names(shares: usize, names: usize): "{shares} 个比例，{names} 个名称；名称要么不写，要么逐个写", "{shares} shares and {names} names; name each, or none";
    shares_no_contract: "先填合同额，才能按比例生成节点", "enter the contract amount first; the plan shares it out";
    shares_no_stage(stage: &str): "该方案为“{stage}”列了条件，但没有这一期；请改配置里的 [plans]", "the plan has conditions for {stage}, and no such instalment; mend [plans] in the configuration";
    shares_too_small: "有一期分不到金额：合同额太小，或前面各期已占满", "one of them comes to nothing: the contract amount is too small, or those before it take it all";

    day_empty: "请输入日期", "a date is needed";
    day_not_a_day(typed: &str): "“{typed}”不是日期；可写 2026-12-05、12-5、+7、周五、月底、下月15号、3个工作日后", "“{typed}” is not a date; write 2026-12-05, 12-5, +7, fri, the 15th, end of month or in 3 working days";
    day_no_such_day(typed: &str): "没有“{typed}”这一天", "there is no day “{typed}”";
    day_too_far(typed: &str): "“{typed}”不在 1900 至 9999 年之间", "“{typed}” is outside the years 1900 to 9999";

    rule_unknown_event(typed: &str): "看不懂“{typed}”；可写“验收后30天”或日期（可用 签订、开工、交付、验收、开票、签收、质保到期）", "“{typed}” is not understood; write “acceptance + 30d” or a date (events are signing, start, delivery, acceptance, invoice, invoice_received, warranty_end)";
    rule_bad_offset(typed: &str): "“{typed}”应写成“+ 30天”这样的期限", "“{typed}” should be a term like + 30d";
    rule_unknown_unit(typed: &str): "“{typed}”不是单位；可用 天、个工作日、个月、年（d、wd、m、y）", "“{typed}” is not a unit; use d days, wd working days, m months or y years";
    rule_unclosed: "括号没有闭合；请写“验收(P1-M2)”", "the parenthesis does not close; write acceptance(P1-M2)";
    rule_not_a_percent(typed: &str): "“{typed}”不是 1 到 100 的整数百分比；例：进度(50%) + 15 天", "“{typed}” is no whole percent from 1 to 100; say progress(50%) + 15d";
    rule_not_acceptance: "只有验收可以指定其他节点", "only an acceptance can name another milestone";

    filter_at(at: usize, problem: &str): "第 {at} 个字符：{problem}", "at character {at}: {problem}";
    filter_unknown_field(typed: &str, fields: &str): "没有字段“{typed}”；可用 {fields}；要搜索含符号的文字请加引号", "no field “{typed}”; use {fields}; put quotes around text with signs";
    filter_no_value(field: &str): "{field} 后面缺少值", "{field} needs a value";
    filter_no_order(field: &str): "{field} 没有大小之分；请用 :", "{field} has no order; use :";
    filter_unknown_value(value: &str, field: &str, values: &str): "“{value}”不是 {field}；可用 {values}", "“{value}” is not a valid {field}; use {values}";
    filter_bad_value(value: &str, field: &str): "“{value}”不能作为 {field} 的值", "“{value}” is not a valid {field}";
    filter_unclosed: "引号没有闭合", "the quote does not close";
    filter_none_saved(name: &str): "没有名为“{name}”的筛选；要搜索 @ 请加引号", "no filter is called “{name}”; put quotes around text with @";
    filter_unknown_saved(name: &str, known: &str): "没有名为“{name}”的筛选；已存 @{known}", "no filter is called “{name}”; there are @{known}";
    filter_saved_alone(word: &str): "{word} 要单独写，不能取反，也不能用逗号并列", "{word} stands alone: not negated, not beside a comma";
    filter_nothing_negated: "“-”后面没有条件", "nothing follows the “-”";
}

impl Lang {
    /// Why a text is no plan.
    pub fn shares_error(self, error: &SharesError) -> String {
        match error {
            SharesError::NotAShare(typed) if typed.is_empty() => self.shares_empty().to_owned(),
            SharesError::NotAShare(typed) => self.shares_not_a_share(typed),
            SharesError::TooMany => self.shares_too_many().to_owned(),
            SharesError::Unread(words) => self.shares_unread(words),
            SharesError::NotWhole { percent, left, currency } => {
                let (sum, size) = (percent.to_string(), left.saturating_abs());
                let size = money::with_symbol(size, *currency);
                if *left > 0 {
                    self.shares_missing(&sum, &size)
                } else {
                    self.shares_over(&sum, &size)
                }
            }
            SharesError::Amount(error) => self.amount_error(error),
            SharesError::Names { shares, names } => self.shares_names(*shares, *names),
            SharesError::NoContract => self.shares_no_contract().to_owned(),
            SharesError::TooSmall => self.shares_too_small().to_owned(),
            SharesError::NoStage(stage) => self.shares_no_stage(self.stage(*stage)),
        }
    }

    /// Why a text is no amount.
    pub fn amount_error(self, error: &AmountError) -> String {
        match error {
            AmountError::Empty => self.amount_empty().to_owned(),
            AmountError::NotANumber => self.amount_not_a_number().to_owned(),
            AmountError::Grouping => self.amount_grouping().to_owned(),
            AmountError::TooManyDecimals { has, allowed } => self.amount_decimals(*has, *allowed),
            AmountError::OtherCurrency { found, expected } => {
                self.amount_other_currency(found, expected.code())
            }
            AmountError::Ambiguous { decimals, thousands, currency } => self.amount_ambiguous(
                &money::format(*decimals, *currency),
                &money::format(*thousands, *currency),
            ),
            AmountError::AboveLimit(currency) => {
                self.amount_above_limit(&money::with_symbol(money::LIMIT, *currency))
            }
            AmountError::TooLarge => self.amount_too_large().to_owned(),
            AmountError::NotAShare => self.amount_not_a_share().to_owned(),
            AmountError::NoContract => self.amount_no_contract().to_owned(),
        }
    }

    /// Why a text is no day.
    pub fn day_error(self, error: &DayError) -> String {
        match error {
            DayError::Empty => self.day_empty().to_owned(),
            DayError::NotADay(typed) => self.day_not_a_day(typed),
            DayError::NoSuchDay(typed) => self.day_no_such_day(typed),
            DayError::TooFar(typed) => self.day_too_far(typed),
        }
    }

    /// Why a text is no due rule.
    pub fn rule_error(self, error: &RuleError) -> String {
        match error {
            RuleError::NotADay(typed) => self.day_not_a_day(typed),
            RuleError::UnknownEvent(typed) => self.rule_unknown_event(typed),
            RuleError::BadOffset(typed) => self.rule_bad_offset(typed),
            RuleError::UnknownUnit(typed) => self.rule_unknown_unit(typed),
            RuleError::Unclosed => self.rule_unclosed().to_owned(),
            RuleError::NotAcceptance => self.rule_not_acceptance().to_owned(),
            RuleError::NotAPercent(typed) => self.rule_not_a_percent(typed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::due::DueRule;
    use crate::domain::money::{Currency, parse};

    #[test]
    fn a_refused_amount_says_what_to_do_in_both_languages() {
        let error = parse("$5", Currency::CNY).unwrap_err();
        assert_eq!(
            Lang::En.amount_error(&error),
            "$ is not CNY; change the currency or leave the sign out"
        );
        assert_eq!(Lang::Zh.amount_error(&error), "“$”不是 CNY；请改币种或去掉符号");
    }

    #[test]
    fn a_refused_rule_shows_the_part_that_does_not_fit() {
        let error = "acceptance + 3 fortnights".parse::<DueRule>().unwrap_err();
        assert!(Lang::En.rule_error(&error).starts_with("“fortnights” is not a unit"));
    }
}
