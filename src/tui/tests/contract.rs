//! A contract from its first late day to its last cent, as it is worked through on the screen.

use super::kit::{day, opened};
use super::*;
use crate::domain::change::{Change, CustomerDraft, MilestoneDraft, ProjectDraft};
use crate::domain::ids::CustomerId;
use crate::domain::kinds::Stage;
use crate::domain::money::Currency;
use crate::text::Lang;
use crate::tui::data::LastSeen;

type Plan<'p> = &'p [(&'p str, Stage, i64, &'p str)];

/// 1,000,000.00 in 30/40/30, none of it paid.
fn signed() -> Played {
    signed_for(&[
        ("M1 预付款", Stage::Advance, 300_000, "signing + 30d"),
        ("M2 到货款", Stage::Delivery, 400_000, "delivery + 30d"),
        ("M3 验收款", Stage::Acceptance, 300_000, "acceptance + 30d"),
    ])
}

/// 1,000,000.00 in this plan, none of it paid.
fn signed_for(plan: Plan<'_>) -> Played {
    let Town { mut store, folder } = Town::empty();
    let customer =
        CustomerDraft {
            code: "C1".into(), name: "星河科技".into(), ..CustomerDraft::default()
        };
    let customer = CustomerId(kit::write(&mut store, &Change::AddCustomer(customer)));
    let project = ProjectDraft {
        code: "P1".into(),
        name: "数据中台".into(),
        manager: "王敏".into(),
        contract_amount: Some(100_000_000),
        signed_on: Some(day("2026-01-05")),
        bills: false,
        ..ProjectDraft::new(customer, Currency::CNY)
    };
    let project =
        crate::domain::ids::ProjectId(kit::write(&mut store, &Change::AddProject(project)));
    for (name, stage, amount, rule) in plan {
        let draft = MilestoneDraft {
            stage: *stage,
            key: format!("P1-{}", name.get(..2).unwrap_or_default()),
            rule: rule.parse().unwrap(),
            agreed_on: Some(day("2026-01-05")),
            ..MilestoneDraft::new(project, (*name).to_owned(), amount * 100)
        };
        kit::write(&mut store, &Change::AddMilestone(draft));
    }
    // Another user than the one who entered it, who then has nothing of that to undo.
    Played::kept(opened(store, "li", LastSeen::default()), folder, Lang::Zh, (120, 40))
}

impl Played {
    /// On a day, with the cursor on the milestone of this key.
    fn at(mut self, on: &str, key: &str) -> Self {
        self.app.set_time(crate::clock::instant(), day(on));
        self.press("Esc Esc Esc 3 /").types(key).press("Enter")
    }

    /// Fills in the form that is open: so many fields on, and what is typed there instead; then saves.
    fn fills(mut self, fields: &[(usize, &str)]) -> Self {
        for (tabs, text) in fields {
            for _ in 0..*tabs {
                self = self.press("Tab");
            }
            self = self.press("C-u").types(text);
        }
        self.press("Enter")
    }

    #[track_caller]
    fn says(self, texts: &[&str]) -> Self {
        for text in texts {
            self.shows(text);
        }
        self
    }
}

#[test]
fn a_contract_is_worked_through_to_its_last_cent() {
    let s = signed().at("2026-02-04", "P1-M1").press("p").fills(&[(0, "100000")]);
    let s = s.says(&["= 今日到期", "200,000.00", "部分回款", "待客户付款"]);
    let s = s.at("2026-02-10", "P1-M1").press("r").fills(&[(0, "2026-03-01")]);
    let s = s.says(&[". 未到期 19 天", "已展期", "首次到期日 02-04"]);
    let s = s.at("2026-03-05", "P1-M1").press("m").fills(&[(0, "2026-03-10")]);
    let s = s.says(&["! 逾期 4 天", "已承诺", "等待：已承诺付款"]);
    let s = s.at("2026-03-11", "P1-M1").says(&["! 逾期 10 天", "失约", "未兑现"]);

    let s = s.at("2026-03-12", "P1-M2").press("D Enter").says(&["2026-04-11", "待我方开票"]);
    let s = s.press("I Enter").says(&[". 未到期 30 天  无"]);
    let s = s.at("2026-03-20", "P1-M1").press("p").fills(&[(0, "200000")]).says(&["没有符合的"]);

    // A bill of exchange, an objection to a part of the rest, and money once it is settled.
    let bill = [(0, "250000"), (3, "银行承兑汇票"), (1, "2026-07-11"), (1, "B1")];
    let s = s.at("2026-04-11", "P1-M2").press("p").fills(&bill).says(&["150,000.00", "部分回款"]);
    let s = s.at("2026-04-15", "P1-M2").press("d").fills(&[(0, "50000"), (1, "缺陷")]);
    let s = s.says(&["! 逾期 4 天", "部分争议", "争议 ¥50,000.00"]);
    let s = s.at("2026-04-25", "P1-M2").press("x").fills(&[(0, "已修复")]);
    s.hides("部分争议");
    let s = s.at("2026-04-30", "P1-M2").press("p").fills(&[(0, "150000")]).says(&["没有符合的"]);

    // What is billed and paid keeps its amount; the acceptance takes what the amendment adds.
    let s = s.at("2026-05-20", "P1-M3").press("M").fills(&[(0, "1100000")]);
    let s = s.says(&["400,000.00", "补充协议：金额"]);
    let s = s.at("2026-06-05", "P1-M3").press("A Enter I Enter").says(&["2026-07-05", "无"]);

    // The bill is dishonoured: what it paid is open again.
    let s = s.at("2026-07-13", "P1-M3").press("P").types("汇票持有").press("Enter");
    let s = s.types("登记拒付").press("Tab").types("余额不足").press("Enter");
    let s = s.says(&["拒付将冲回 ¥250,000.00"]).press("y");
    let s = s.at("2026-07-13", "P1-M2").says(&["! 逾期 93 天", "250,000.00"]);

    // Instalments are found where what was split was.
    let s = s.at("2026-07-15", "P1-M3").press("L");
    let s = s.fills(&[(0, "3 monthly from 2026-08-15"), (2, "是")]);
    let s = s.says(&["节点（3 / 4）", "133,333.34", "2026-08-15", "2026-10-15"]);

    // A settlement that nothing comes of lapses by itself.
    let s = s.at("2026-07-20", "P1-M2").press("R").fills(&[(0, "200000"), (1, "2026-08-10")]);
    let s = s.says(&["和解：08-10 前再付", "等待："]);
    let s = s.at("2026-08-11", "P1-M2").says(&["! 逾期 122 天", "250,000.00"]);
    s.hides("等待：");

    // The second instalment is not paid, and the third is called due.
    let s = s.at("2026-08-15", "P1-M3/1").press("p").fills(&[(0, "133333.34")]);
    let s = s
        .says(&["没有符合的"])
        .at("2026-09-20", "P1-M3/2")
        .says(&["! 逾期 5 天", "可宣布全部到期"]);
    let s = s.press("F").types("违约").press("Enter y");
    let s = s.at("2026-09-20", "P1-M3/3").says(&["= 今日到期", "133,333.33"]);

    // A settlement of all that is open holds, and waives the rest.
    let s = s.at("2026-09-25", "P1-M").press("g g Space Space Space R");
    let s = s.says(&["¥516,666.66"]).fills(&[(0, "450000"), (1, "2026-10-10")]);
    let s = s.at("2026-10-10", "P1-M2").press("p").fills(&[(0, "450000")]);
    let s = s.at("2026-11-21", "P1-M").says(&["没有符合的"]).press("a");
    let s = s.says(&["+ 已和解", "/ 已拆分"]).press("g g");
    let s = s.says(&["应收 ¥133,333.33", "减免", "¥66,666.66", "0 笔 ─"]);

    // And all the way back to the day it was signed.
    let mut s = s.press("Esc");
    for _ in 0..40 {
        s = s.press("u");
        if s.screen().contains("没有可撤销的") {
            break;
        }
        if s.screen().contains("（记录") {
            s = s.press("y");
        }
        s.shows("已撤销：");
    }
    s.shows("没有可撤销的");
    let s = s.at("2026-01-05", "P1-M");
    let s = s.says(&["节点（3", "¥1,000,000.00", "300,000.00", "400,000.00"]);
    s.hides("已展期");
}

#[test]
fn a_retention_is_due_a_year_after_the_acceptance_and_asked_for_before() {
    let s = signed_for(&[
        ("M1 验收款", Stage::Acceptance, 950_000, "acceptance + 30d"),
        ("M2 质保金", Stage::Retention, 50_000, "acceptance + 1y"),
    ]);
    let s = s.at("2026-06-05", "P1-M1").press("A").fills(&[(0, "2026-06-05")]);
    let s = s.says(&["P1-M2 2027-06-05"]);
    let s = s.at("2026-07-05", "P1-M1").press("p").fills(&[(0, "950000")]).says(&["没有符合的"]);
    // Nothing is to be done about it until its invoice is.
    s.at("2027-04-01", "P1-M2").says(&[". 未到期", "2027-06-05", "50,000.00"]);
}

#[test]
fn a_settlement_that_is_missed_by_a_cent_leaves_all_of_it_owed() {
    let s = signed().at("2026-02-10", "P1-M1").press("R");
    let s = s.fills(&[(0, "250000"), (1, "2026-03-10")]);
    let s = s.at("2026-03-10", "P1-M1").press("p").fills(&[(0, "249999.99")]);
    let s = s.says(&["和解：03-10 前再付 ¥0.01", "50,000.01"]);
    let s = s.at("2026-03-11", "P1-M1").says(&["! 逾期 35 天", "50,000.01", "¥0.01，债权恢复"]);
    // The cent comes too late for it, and all the rest is still to be paid.
    let s = s.press("p").fills(&[(0, "0.01")]).says(&["! 逾期 35 天", "50,000.00"]);
    let s = s.press("p").fills(&[(0, "50000")]).says(&["没有符合的"]);
    // Had it come a day earlier, nothing would be owed.
    let s = s.press("u u").says(&["50,000.01"]);
    let s = s.at("2026-03-11", "P1-M1").press("p").fills(&[(0, "0.01"), (1, "2026-03-10")]);
    s.says(&["没有符合的"]);
}
