//! Words of late fees and early-payment discounts: terms as a sentence, what they come to, and why a text is no terms.

use chrono::NaiveDate;

use super::Lang;
use crate::domain::discount::{Discount, DiscountError, Until};
use crate::domain::kinds::PriorityStart;
use crate::domain::late_fee::{Counted, LateFee, LateFeeError, Rate, Rounding, Start};
use crate::domain::rates::LprTerm;
use crate::domain::statutory::{LatePayment, Law, Priority, Statutory};

super::vocabulary! {
    priority_start(PriorityStart) {
        Due: "应付款之日", "the price is payable";
        AgreedEnd: "约定完工日", "agreed end of work";
        Completion: "竣工日", "completion";
    }
    lpr_term(LprTerm) {
        OneYear: "1 年期", "1-year";
        FiveYears: "5 年期以上", "5-year";
    }
}

super::phrases! {
    late_fee_word: "违约金", "Late fee";
    fees_title(name: &str, day: NaiveDate): "违约金 {name}，截至 {day}", "Late fee {name}, as of {day}";
    fees_nothing: "没有违约金。", "There is no late fee.";
    fees_convention(terms: &str): "算法：{terms}。", "How it is counted: {terms}.";
    fees_convention_of(projects: &str, terms: &str): "算法（{projects}）：{terms}。", "How it is counted ({projects}): {terms}.";
    fee_basis_word: "依据", "Basis";
    fee_agreed: "约定", "agreed";
    fee_by_law: "法定", "by law";
    compensation_word: "补偿金", "Compensation";
    fees_by_law(projects: &str, law: &str): "未约定违约金，按法定利率（{projects}）：{law}。", "No fee was agreed, so by law ({projects}): {law}.";
    fees_sum_of(key: &str, sum: &str): "{key} {sum}", "{key} {sum}";
    fees_sums(sums: &str): "另有法定补偿金（不含在合计中）：{sums}（1998 年商业债务迟延付款（利息）法第 5A 条）。", "Beside it a fixed compensation, which the sum leaves out: {sums} (Late Payment of Commercial Debts (Interest) Act 1998, s. 5A).";
    statutory_rate_cn(rate: &str): "{rate}，《保障中小企业款项支付条例》（国务院令第 802 号）第 17 条；限我方为中小企业，对方为机关、事业单位或大型企业", "{rate}, State Council Order 802 of the PRC, art. 17, if we are a small or medium-sized enterprise and the customer is an authority, a public institution or a large enterprise";
    statutory_rate_uk(rate: &str, since: NaiveDate): "{rate}，英国 1998 年商业债务迟延付款（利息）法：法定加点加英格兰银行的半年基准利率（所知自 {since} 起），单利", "{rate}, Late Payment of Commercial Debts (Interest) Act 1998: the margin over the Bank of England base rate of the half-year (known since {since}), simple interest";
    statutory_rate_uk_beyond(rate: &str, since: NaiveDate): "{rate}，英国 1998 年商业债务迟延付款（利息）法：法定加点加英格兰银行基准利率，单利；没有该半年的基准利率，暂按 {since} 起的计算，请用 config set late_payment_base 补上", "{rate}, Late Payment of Commercial Debts (Interest) Act 1998: the margin over the Bank of England base rate, simple interest; the base rate of that half-year is not on record, so that of {since} is taken: add it with config set late_payment_base";
    statutory_from(rate: &str, day: NaiveDate): "{rate}；自 {day} 次日起", "{rate}; from the day after {day}";
    statutory_word: "法定", "By law";
    statutory_limit(delivered: NaiveDate, authority: NaiveDate, enterprise: NaiveDate): "未约定付款日，{delivered} 已交付：机关、事业单位最迟 {authority}，大型企业最迟 {enterprise} 付款（国务院令第 802 号第 9 条）", "no due date was agreed and it was delivered on {delivered}: an authority pays by {authority}, a large enterprise by {enterprise} (PRC State Council Order 802, art. 9)";
    statutory_late(law: &str): "未约定违约金：{law}", "no late fee was agreed: {law}";
    statutory_total(amount: &str): "截至当天 {amount}", "{amount} by that day";
    statutory_sum(amount: &str): "另有补偿金 {amount}（同法第 5A 条）", "beside it a fixed compensation of {amount} (the same act, s. 5A)";
    priority_word: "优先受偿权", "Priority right";
    priority_until(day: NaiveDate): "优先受偿权 {day} 届满", "priority right until {day}";
    priority_line(until: NaiveDate, from: NaiveDate): "建设工程价款优先受偿权 {until} 届满，自 {from} 起算，不中断（建工解释一第 41 条）", "the contractor's priority right ends {until}, counted from {from}, and nothing starts it anew (PRC SPC Interpretation (I), art. 41)";
    rule_no_statutory: "合同对付款日和违约金都有约定，或没有适用的法定规则（设置 statutory）。", "The contract says when to pay and what being late costs, or no law speaks here (setting statutory).";
    rule_statutory: "合同没有约定的，按设置 statutory 所选法律提示；只作提示，不入账，也不构成法律意见。", "Where the contract is silent the law that the setting statutory names speaks; it is a hint, booked nowhere, and no legal advice.";
    fees_not_booked: "按约定推算，不入账，也不计入未收。", "Worked out from the terms: it is not booked, and no balance holds it.";
    fees_lpr(term: &str, day: NaiveDate, percent: &str): "{term} LPR 最近一次调整：{day}，{percent}%；之后的调整请写入配置旁的 lpr.csv。", "Last known change of the {term} LPR: {percent}% from {day}; put later ones into lpr.csv beside the configuration.";
    fees_without_terms(n: usize): "另有 {n} 个节点的合同未约定违约金，未计入；可用 --terms 试算。", "Milestones of contracts without late-fee terms are left out: {n}; --terms counts them by yours.";
    fees_not_due(n: usize): "另有 {n} 个节点当天尚未约定，或没有确定的到期日，未计入。", "Milestones that were not agreed by then, or have no firm due date, are left out: {n}.";
    fees_no_rate(key: &str, day: NaiveDate): "{key} 未计入：{day} 没有已公布的 LPR。", "{key} is left out: no LPR was published for {day}.";
    fees_overflow(key: &str): "{key} 未计入：金额过大。", "{key} is left out: the amount is too large.";
    fees_capped(keys: &str): "已到上限：{keys}。", "Held down by the cap: {keys}.";
    fee_from_word: "自", "From";
    fee_to_word: "至", "To";
    fee_days_word: "天数", "Days";
    fee_unpaid_word: "未付金额", "Unpaid";
    fee_rate_word: "利率", "Rate";
    fee_terms_word: "约定", "Terms";
    fee_per_day(percent: &str): "日 {percent}%", "{percent}% a day";
    fee_per_year(percent: &str, days: u16): "年 {percent}%（按 {days} 天）", "{percent}% a year of {days} days";
    fee_lpr(term: &str, times: &str, days: u16): "{term} LPR 的 {times} 倍（按 {days} 天）", "{times} times the {term} LPR, year of {days} days";
    fee_lpr_at_start(rate: &str): "{rate}，按起算日的 LPR", "{rate}, by the LPR of the first day";
    fee_simple: "单利", "simple interest";
    fee_from_due: "到期日", "the due day";
    fee_from_grace: "宽限期最后一天", "the last day of grace";
    fee_counts_last(start: &str): "自{start}次日起算，到账日（截止日）计入", "from the day after {start}; the day money arrives (or it is counted to) counts";
    fee_counts_first(start: &str): "自{start}当天起算，到账日（截止日）不计", "from {start} on; the day money arrives (or it is counted to) does not count";
    fee_counts_both(start: &str): "自{start}当天起算，到账日（截止日）也计入", "from {start} on; the day money arrives (or it is counted to) counts, too";
    fee_rounds_sum: "合计后四舍五入", "the sum rounded half up";
    fee_rounds_pieces: "逐段四舍五入", "each piece rounded half up";
    fee_cap(percent: &str): "不超过节点金额的 {percent}%", "at most {percent}% of the milestone's amount";

    late_fee_no_rate: "没有写利率；可写 日万分之五、年利率4.65%、LPR的1.5倍", "it names no rate; write 0.05%/day, 4.65%/365 or lpr1y*1.5";
    late_fee_not_by_the_day: "不是按日或按年的利率；定额违约金和合同总价的百分比不能按天计算", "this is no rate by the day or the year; a lump sum or a share of the contract is not counted by days";
    late_fee_out_of_range(number: &str): "{number} 不行；日利率须大于 0、不超过 10%，年利率不超过 1000%，小数最多 6 位", "{number} cannot be; a rate is above 0, at most 10% a day or 1000% a year, with 6 decimals at most";
    late_fee_not_understood(rest: &str): "从“{rest}”起看不懂；可写 日万分之五、年利率4.65%、LPR的1.5倍，再加 宽限期后、算头不算尾、不超过20%", "“{rest}” is not understood; write 0.05%/day, 4.65%/365 or lpr1y*1.5, then after-grace, first-day or cap 20%";
    discount_word: "提前付款折扣", "Early-payment discount";
    discount_days(percent: &str, days: u16): "开票后 {days} 天内付款优惠 {percent}%", "{percent}% less if paid within {days} days of the invoice";
    discount_by(percent: &str, day: NaiveDate): "{day} 前（含）付款优惠 {percent}%", "{percent}% less if paid by {day}";
    discount_not_understood(text: &str): "“{text}”不是折扣约定；可写 2/10 net 30、10天内付款优惠2%、2% by 2026-12-31", "“{text}” is no discount; write 2/10 net 30 or 2% by 2026-12-31";
    discount_out_of_range(number: &str): "{number} 不行；折扣须大于 0、小于 100%，小数最多 4 位，期限 1 至 366 天", "{number} cannot be; a discount is above 0 and below 100%, with 4 decimals at most, within 1 to 366 days";
    rates_bad_row(line: usize, row: &str): "第 {line} 行“{row}”不是利率；应为 期限,起始日,百分比，如 1y,2025-05-20,3.00", "line {line}, “{row}”, is no rate; write term,day,percent like 1y,2025-05-20,3.00";
}

impl Lang {
    pub fn discount_error(self, error: &DiscountError) -> String {
        match error {
            DiscountError::NotUnderstood(text) => self.discount_not_understood(text),
            DiscountError::OutOfRange(number) => self.discount_out_of_range(number),
        }
    }

    /// An early-payment discount as a sentence.
    pub fn discount(self, discount: &Discount) -> String {
        let percent = discount.percent.to_string();
        match discount.until {
            Until::Days(days) => self.discount_days(&percent, days),
            Until::Day(day) => self.discount_by(&percent, day),
        }
    }

    /// Why a text is no late-fee terms.
    pub fn late_fee_error(self, error: &LateFeeError) -> String {
        match error {
            LateFeeError::NoRate => self.late_fee_no_rate().to_owned(),
            LateFeeError::NotByTheDay => self.late_fee_not_by_the_day().to_owned(),
            LateFeeError::OutOfRange(number) => self.late_fee_out_of_range(number),
            LateFeeError::NotUnderstood(rest) => self.late_fee_not_understood(rest),
        }
    }

    /// The rate of some terms.
    pub fn late_fee_rate(self, terms: &LateFee) -> String {
        match terms.rate {
            Rate::PerDay(percent) => self.fee_per_day(&percent.to_string()),
            Rate::PerYear(percent, year) => self.fee_per_year(&percent.to_string(), year.days()),
            Rate::Lpr { term, times, year, at_start } => {
                let rate = self.fee_lpr(self.lpr_term(term), &times.to_string(), year.days());
                if at_start { self.fee_lpr_at_start(&rate) } else { rate }
            }
        }
    }

    /// The rate of late money by law, with its source.
    pub fn late_payment(self, by: &LatePayment) -> String {
        let rate = self.late_fee_rate(&by.terms);
        match by.law {
            Law::China => self.statutory_rate_cn(&rate),
            Law::UnitedKingdom => {
                let (since, is_known) = by.base.unwrap_or((by.due, true));
                if is_known {
                    self.statutory_rate_uk(&rate, since)
                } else {
                    self.statutory_rate_uk_beyond(&rate, since)
                }
            }
        }
    }

    /// A contractor's priority right.
    pub fn priority(self, right: &Priority, today: NaiveDate) -> String {
        let left = match right.days_left(today) {
            left if left < 0 => self.limitation_ran_out(-left),
            left => self.limitation_left(left),
        };
        let parts = [self.priority_line(right.until, right.from), left];
        parts.join(self.pick("；", "; "))
    }

    /// What law says of a milestone, each for itself.
    pub fn statutory(self, of: &Statutory, today: NaiveDate) -> Vec<String> {
        let limit = of.limit.as_ref().map(|limit| {
            self.statutory_limit(limit.delivered_on, limit.authority, limit.enterprise)
        });
        let late = of
            .late
            .as_ref()
            .map(|by| self.statutory_from(&self.statutory_late(&self.late_payment(by)), by.due));
        let priority = of.priority.as_ref().map(|right| self.priority(right, today));
        [limit, late, priority].into_iter().flatten().collect()
    }

    /// How a fee is counted by some terms, whole.
    pub fn late_fee_terms(self, terms: &LateFee) -> String {
        self.late_fee_parts(terms).join(self.pick("；", "; "))
    }

    /// The same, each part for itself.
    pub fn late_fee_parts(self, terms: &LateFee) -> Vec<String> {
        let start = match terms.start {
            Start::Due => self.fee_from_due(),
            Start::Grace => self.fee_from_grace(),
        };
        let counted = match terms.counted {
            Counted::Last => self.fee_counts_last(start),
            Counted::First => self.fee_counts_first(start),
            Counted::Both => self.fee_counts_both(start),
        };
        let rounding = match terms.rounding {
            Rounding::Sum => self.fee_rounds_sum(),
            Rounding::EachPiece => self.fee_rounds_pieces(),
        };
        let cap = terms.cap.map(|cap| self.fee_cap(&cap.to_string()));
        let parts = [
            Some(self.late_fee_rate(terms)),
            Some(self.fee_simple().to_owned()),
            Some(counted),
            Some(rounding.to_owned()),
            cap,
        ];
        parts.into_iter().flatten().collect()
    }
}
