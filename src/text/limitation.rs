//! Words of the limitation clock.

use chrono::NaiveDate;

use super::Lang;
use crate::domain::limitation::{Clock, GroundKind, Limitation};

super::vocabulary! {
    /// What starts the clock anew.
    ground(GroundKind) {
        Demand: "催告", "demand";
        Acknowledgement: "书面确认", "acknowledgement";
        PartPayment: "部分付款", "part payment";
        Promise: "承诺付款", "promise";
        Claim: "起诉/仲裁", "claim";
    }
}

super::phrases! {
    limitation_word: "诉讼时效", "Limitation";
    limitation_title: "诉讼时效", "Limitation";
    limitation_hint: "按账本中的记录推算；有送达凭证的催款文件、签章的对账函可登记为文件（paper）。本程序不提供法律意见。", "Worked out from what is recorded; demands delivered with proof and signed statements are filed as papers. huikuan gives no legal advice.";
    limitation_nothing: "没有已到期未收的款项。", "Nothing that is due is open.";
    restarted_by_word: "中断事由", "Restarted by";
    runs_from_word: "起算日", "Runs from";
    limitation_ends_word: "届满日", "Ends";
    days_left_word: "剩余天数", "Days left";
    by_last_word: "按最后一期", "By the last instalment";
    proof_missing_word: "缺少证据", "Proof missing";
    limitation_warning_word: "提醒", "Warning";
    limitation_over: "已届满", "run out";
    limitation_within(days: i64): "{days} 天内", "within {days}d";
    ground_on(day: NaiveDate, what: &str): "{day} {what}", "{what} of {day}";
    ground_lacks(day: NaiveDate, what: &str, proof: &str): "{day} {what}（缺{proof}）", "{what} of {day} ({proof})";
    limitation_line(ends: NaiveDate, from: NaiveDate): "{ends} 届满，自 {from} 起算", "ends {ends}, from {from}";
    limitation_left(days: i64): "还剩 {days} 天", "{days}d left";
    limitation_ran_out(days: i64): "已届满 {days} 天", "ran out {days}d ago";
    limitation_restarted(ground: &str): "因{ground}中断", "restarted by the {ground}";
    limitation_lacks(grounds: &str): "有证据即可再中断：{grounds}", "would restart it if proved: {grounds}";
    limitation_by_last(ends: NaiveDate): "按最后一期为 {ends}", "by the last instalment {ends}";
}

impl Lang {
    /// What lacks its proof, the newest first.
    pub fn grounds_unproved(self, clock: &Clock) -> String {
        let one = |ground: &crate::domain::limitation::Ground| {
            self.ground_lacks(ground.on, self.ground(ground.kind), self.ground_proof(ground.kind))
        };
        let newest: Vec<String> = clock.unproved.iter().rev().take(2).map(one).collect();
        newest.join(self.pick("；", "; "))
    }

    /// What is missing to prove it.
    const fn ground_proof(self, kind: GroundKind) -> &'static str {
        match kind {
            GroundKind::Demand => self.pick("送达证明", "no proof that it arrived"),
            GroundKind::Acknowledgement => self.pick("对方签章", "not signed by them"),
            GroundKind::PartPayment => self.pick("银行回单", "no record of the bank"),
            GroundKind::Promise => self.pick("书面记录", "nothing in writing"),
            GroundKind::Claim => self.pick("立案证明", "no receipt of the court"),
        }
    }

    /// How long the clock runs on.
    pub fn limitation_days(self, clock: &Clock, today: NaiveDate) -> String {
        match clock.days_left(today) {
            left if left < 0 => self.limitation_ran_out(-left),
            left => self.limitation_left(left),
        }
    }

    /// Both readings of a clock in a line.
    pub fn limitation(self, both: &Limitation, today: NaiveDate) -> String {
        let own = &both.own;
        let restarted = own.restarted_by.map(|ground| {
            self.limitation_restarted(&self.ground_on(ground.on, self.ground(ground.kind)))
        });
        let unproved = self.grounds_unproved(own);
        let by_last = both.by_last.as_ref().filter(|last| last.ends != own.ends);
        let parts = [
            Some(self.limitation_line(own.ends, own.runs_from)),
            Some(self.limitation_days(own, today)),
            restarted,
            by_last.map(|last| self.limitation_by_last(last.ends)),
            (!unproved.is_empty()).then(|| self.limitation_lacks(&unproved)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(self.pick("；", "; "))
    }
}
