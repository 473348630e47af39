//! What was understood of a payment condition, and what was not.

use crate::domain::due::{Event, Offset};
use crate::domain::terms::{
    Clause, Deemed, Discount, Need, NeedKind, Part, Penalty, PenaltyRate, Trigger, Whole,
};

use super::Lang;

super::vocabulary! {
    /// What has to be there beside the day.
    need(NeedKind) {
        Invoice: "发票", "invoice";
        Receipt: "收据", "receipt";
        Bond: "保函或保证金", "bond or guarantee";
        Application: "付款申请", "payment application";
        Confirmation: "对方确认", "their confirmation";
        Documents: "资料移交", "documents handed over";
        Audit: "审计", "audit";
    }
}

super::phrases! {
    terms_title: "付款条件", "Payment conditions";
    terms_nothing: "没有读懂任何条件", "nothing was understood";
    terms_pays: "应付", "Pays";
    terms_when: "何时", "When";
    terms_rule: "到期规则", "Due rule";
    terms_beside: "附带条件", "Besides";
    terms_up_to(percent: &str): "付至 {percent}%", "up to {percent}%";
    terms_of_settled(share: &str): "{share}（按结算价）", "{share} of the settled amount";
    terms_rest: "余款", "the rest";
    terms_told(part: &str, amount: &str): "{part}，即 {amount}", "{part}, being {amount}";
    terms_settlement: "结算完成", "settlement";
    terms_no_event(term: &str): "{term}，未说明从何时起算", "{term}, after what is not said";
    terms_not_dated: "无：不是整数百分比", "none: no whole percent";
    terms_not_settled: "无：结算后才有", "none until it is settled";
    terms_not_clear: "无：有未读懂的内容", "none: not all of it is understood";
    terms_discount(percent: &str, term: &str): "{term}内付款，优惠 {percent}%", "{percent}% less if paid within {term}";
    terms_deemed(from: &str): "{from}未验收，视为验收合格", "silence {from}counts as acceptance";
    terms_deemed_within(from: &str, term: &str): "{from}{term}内", "for {term}{from} ";
    terms_deemed_after(event: &str): "{event}后 ", " after {event}";
    terms_deemed_late: "逾期", "";
    terms_per_day(percent: &str): "逾期付款：每日 {percent}%", "late payment: {percent}% a day";
    terms_per_year(percent: &str): "逾期付款：每年 {percent}%", "late payment: {percent}% a year";
    terms_once(amount: &str): "逾期付款：一次性 {amount}，不是费率", "late payment: {amount} once, which is no rate";
    terms_cap(penalty: &str, percent: &str): "{penalty}，最高 {percent}%", "{penalty}, at most {percent}%";
    terms_unread(words: &str): "未读懂：{words}", "not understood: {words}";
    told_due(rule: &str): "到期日按付款条件：{rule}", "due, as the condition says: {rule}";
    told_other(rule: &str): "付款条件读作：{rule}；到期日仍按上面所填", "the condition reads as {rule}; the due date above stays";
    told_due_stays(rule: &str): "到期日不变：{rule}", "the due date stays: {rule}";
    told_no_due: "付款条件未能读成到期规则，仅留文字", "the condition does not read as a due rule and is kept as text";
}

impl Lang {
    fn term(self, offset: Offset) -> String {
        format!("{} {}", offset.count, self.unit(offset.unit))
    }

    /// How much an instalment is.
    pub fn part(self, clause: &Clause) -> String {
        let part = match &clause.part {
            None => return String::new(),
            Some(Part::Share { percent, cumulative, of }) => {
                let share = match cumulative {
                    true => self.terms_up_to(&percent.to_string()),
                    false => format!("{percent}%"),
                };
                match of {
                    Whole::Contract => share,
                    Whole::Settled => self.terms_of_settled(&share),
                }
            }
            Some(Part::Fixed(amount)) => amount.clone(),
            Some(Part::Rest) => self.terms_rest().to_owned(),
        };
        match &clause.told {
            Some(told) => self.terms_told(&part, told),
            None => part,
        }
    }

    /// When it is paid, as the clause has it.
    pub fn when(self, clause: &Clause) -> String {
        let after = |event: &str| {
            let offsets = clause.offsets.iter();
            offsets.fold(event.to_owned(), |from, offset| {
                self.rule_after(&from, offset.count, self.unit(offset.unit))
            })
        };
        match &clause.trigger {
            Some(Trigger::Event(event)) => self.rule(&clause.rule_after(*event)),
            Some(Trigger::Progress(percent)) => after(&self.progress_of(&percent.to_string())),
            Some(Trigger::Settlement) => after(self.terms_settlement()),
            None if clause.offsets.is_empty() => String::new(),
            None => {
                let terms = clause.offsets.iter().map(|offset| self.term(*offset));
                self.terms_no_event(&self.commas(terms))
            }
        }
    }

    /// The due rule of a clause as it is typed, or why there is none.
    pub fn clause_rule(self, clause: &Clause) -> String {
        if let Some(rule) = clause.rule() {
            return self.rule_typed(&rule);
        }
        if clause.is_unclear {
            return self.terms_not_clear().to_owned();
        }
        match (&clause.part, &clause.trigger) {
            (Some(Part::Share { of: Whole::Settled, .. }), _) | (_, Some(Trigger::Settlement)) => {
                self.terms_not_settled().to_owned()
            }
            (_, Some(Trigger::Progress(_))) => self.terms_not_dated().to_owned(),
            (_, Some(Trigger::Event(_)) | None) => String::new(),
        }
    }

    /// What has to be there beside the day.
    pub fn needs(self, needs: &[Need]) -> String {
        self.commas(needs.iter().map(|need| match need.within {
            Some(offset) => {
                self.rule_after(self.need(need.what), offset.count, self.unit(offset.unit))
            }
            None => self.need(need.what).to_owned(),
        }))
    }

    pub fn discount_told(self, Discount { percent, within }: Discount) -> String {
        self.terms_discount(&percent.to_string(), &self.term(within))
    }

    pub fn deemed_told(self, Deemed { after, within }: Deemed) -> String {
        let event = |event: Event| self.terms_deemed_after(&self.event(event));
        let from = after.map(event).unwrap_or_default();
        self.terms_deemed(&match within {
            Some(offset) => self.terms_deemed_within(&from, &self.term(offset)),
            None if from.is_empty() => self.terms_deemed_late().to_owned(),
            None => format!("{} ", from.trim()),
        })
    }

    pub fn penalty_told(self, penalty: &Penalty) -> String {
        let rate = match &penalty.rate {
            PenaltyRate::PerDay(percent) => self.terms_per_day(&percent.to_string()),
            PenaltyRate::PerYear(percent) => self.terms_per_year(&percent.to_string()),
            PenaltyRate::Once(percent) => self.terms_once(&format!("{percent}%")),
            PenaltyRate::Lump(amount) => self.terms_once(amount),
        };
        match penalty.cap {
            Some(percent) => self.terms_cap(&rate, &percent.to_string()),
            None => rate,
        }
    }
}
