//! The words people call a stage by, beyond the one this program uses.

use crate::domain::change::{Asked, Instalment};
use crate::domain::kinds::{ConditionKind, Stage};
use crate::domain::money::Currency;
use crate::domain::normalize::normalize;
use crate::domain::shares::{Shares, SharesError};

use super::Lang;

/// Words that tell a stage wherever they stand in a name; the first stage that fits counts (项目终验款 is acceptance).
const STAGES: &[(Stage, &[&str])] = &[
    (Stage::Retention, &["质保", "保修", "retention", "warranty"]),
    (Stage::Final, &["尾款", "余款", "final"]),
    (
        Stage::Advance,
        &[
            "预付",
            "首付",
            "首款",
            "定金",
            "订金",
            "启动款",
            "签约款",
            "advance",
            "deposit",
            "down payment",
            "downpayment",
            "prepay",
            "upfront",
        ],
    ),
    (Stage::Settlement, &["结算", "决算", "settlement"]),
    (Stage::Acceptance, &["验收", "终验", "初验", "acceptance"]),
    (Stage::Delivery, &["到货", "发货", "交货", "交付", "delivery"]),
    (Stage::Progress, &["进度", "进展", "中期", "progress", "interim"]),
];

/// The stage of this very name: a code, a word of ours, or one of those in `STAGES`.
pub fn stage_named(word: &str) -> Option<Stage> {
    let word = normalize(word);
    if matches!(word.as_str(), "其它" | "其他款") {
        return Some(Stage::Other);
    }
    let called = |stage: &&Stage| {
        [stage.code(), Lang::Zh.stage(**stage), Lang::En.stage(**stage)].contains(&word.as_str())
    };
    Stage::ALL.iter().find(called).copied().or_else(|| {
        let named = |(_, words): &&(Stage, &[&str])| words.contains(&word.as_str());
        STAGES.iter().find(named).map(|(stage, _)| *stage)
    })
}

/// The stage a name tells: 验收款 is acceptance, and so is 项目终验款.
pub fn stage_told(name: &str) -> Option<Stage> {
    let name = normalize(name);
    let told = |(_, words): &&(Stage, &[&str])| words.iter().any(|word| name.contains(word));
    STAGES.iter().find(told).map(|(stage, _)| *stage)
}

impl Lang {
    /// How a plan is typed, with the names of one's own.
    pub fn form_plan_hint(self, own: &str) -> String {
        if own.is_empty() { self.form_plan_ways().to_owned() } else { self.form_plan_own(own) }
    }

    /// The instalments of a plan, each called as was typed, else by what it is for.
    pub fn instalments(
        self,
        plan: &Shares,
        contract: Option<i64>,
        currency: Currency,
    ) -> Result<Vec<Instalment>, SharesError> {
        self.called(plan, plan.amounts(contract, currency)?)
    }

    /// The instalments of a plan that come to these amounts.
    pub fn called(self, plan: &Shares, amounts: Vec<i64>) -> Result<Vec<Instalment>, SharesError> {
        let stages = plan.stages();
        let mut called: Vec<Instalment> = Vec::new();
        for ((amount, usual), line) in amounts.into_iter().zip(&stages).zip(plan.lines()) {
            let typed = line.name.as_deref();
            let stage = typed.map_or(*usual, |name| stage_told(name).unwrap_or(Stage::Other));
            let name = typed.map_or_else(|| self.nth(*usual, &stages, &called), str::to_owned);
            let (condition, rule) = (line.condition.clone(), line.rule.clone());
            let conditions = plan.conditions().get(&stage).into_iter().flatten();
            let asked =
                |kind: ConditionKind, wording: &String| Asked { kind, wording: wording.clone() };
            let conditions = conditions
                .flat_map(|(kind, wordings)| wordings.iter().map(move |words| asked(*kind, words)))
                .collect();
            called.push(Instalment { name, stage, amount, condition, rule, conditions });
        }
        let is_there = |stage: &&Stage| called.iter().any(|one| one.stage == **stage);
        match plan.conditions().keys().find(|stage| !is_there(stage)) {
            Some(stage) => Err(SharesError::NoStage(*stage)),
            None => Ok(called),
        }
    }

    /// A plan of shares alone as it can be typed to say when each is due; of any other such a plan.
    pub fn dated_plan(self, plan: &Shares) -> String {
        let (shares, stages) = match plan.alone() {
            Some(shares) => (shares, plan.stages()),
            None => (vec![30.into(), 70.into()], vec![Stage::Advance, Stage::Acceptance]),
        };
        let shares: Vec<String> = shares.iter().map(ToString::to_string).collect();
        let parts = stages.iter().filter(|stage| **stage == Stage::Progress).count() + 1;
        let mut reached = 0;
        let rules = stages.iter().map(|stage| {
            reached += usize::from(*stage == Stage::Progress);
            self.usual_rule(*stage, reached * 100 / parts)
        });
        format!("{} {}", shares.join("/"), rules.collect::<Vec<_>>().join(" "))
    }

    /// When an instalment is due in a plan that shows how that is typed.
    fn usual_rule(self, stage: Stage, progress: usize) -> String {
        let typed = match stage {
            Stage::Progress => return self.plan_progress(progress),
            Stage::Advance => self.pick("签订10", "signing+10d"),
            Stage::Delivery => self.pick("到货30", "delivery+30d"),
            Stage::Acceptance | Stage::Other => self.pick("验收30", "acceptance+30d"),
            Stage::Settlement | Stage::Final => self.pick("验收60", "acceptance+60d"),
            Stage::Retention => self.pick("质保1年", "warranty_end"),
        };
        typed.to_owned()
    }

    /// What an instalment is called by its stage, with a number where the plan has several such.
    fn nth(self, stage: Stage, stages: &[Stage], before: &[Instalment]) -> String {
        let name = self.stage(stage);
        if stages.iter().filter(|other| **other == stage).count() == 1 {
            return name.to_owned();
        }
        let nth = before.iter().filter(|other| other.stage == stage).count() + 1;
        format!("{name} {nth}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("质保金", Some(Stage::Retention))]
    #[case("项目终验款", Some(Stage::Acceptance))]
    #[case("首付款30%", Some(Stage::Advance))]
    #[case("Final payment", Some(Stage::Final))]
    #[case("设备到货款", Some(Stage::Delivery))]
    #[case("竣工结算", Some(Stage::Settlement))]
    #[case("第二期", None)]
    #[case("611365", None)]
    fn a_name_may_tell_the_stage(#[case] name: &str, #[case] stage: Option<Stage>) {
        assert_eq!(stage_told(name), stage);
    }

    #[rstest]
    #[case(Lang::Zh, "30/40/30", &[("预付款", Stage::Advance), ("到货款", Stage::Delivery), ("验收款", Stage::Acceptance)])]
    #[case(Lang::En, "1/9", &[("advance", Stage::Advance), ("acceptance", Stage::Acceptance)])]
    #[case(Lang::Zh, "1/1 定金 上线", &[("定金", Stage::Advance), ("上线", Stage::Other)])]
    fn instalments_have_names_and_stages(
        #[case] lang: Lang,
        #[case] plan: &str,
        #[case] expected: &[(&str, Stage)],
    ) {
        let plan =
            lang.instalments(&Shares::parse(plan).unwrap(), Some(100), Currency::CNY).unwrap();
        let named: Vec<_> = plan.iter().map(|one| (one.name.as_str(), one.stage)).collect();
        assert_eq!(named, expected);
    }

    #[test]
    fn instalments_of_one_stage_are_numbered() {
        let plan = Lang::Zh
            .instalments(&Shares::parse("1/1/1/1/1/1").unwrap(), Some(60), Currency::CNY)
            .unwrap();
        assert_eq!(plan[1].name, "进度款 1");
        assert_eq!(plan[2].name, "进度款 2");
    }

    #[rstest]
    #[case("30/40/30")]
    #[case("3-5-2")]
    #[case("30% 70%")]
    #[case("1/1/1/1/1/1")]
    #[case("30/60/10 + retention")]
    #[case("30/60/10 定金 上线 质保金")]
    #[case("30%签订+10天，余款")]
    fn a_plan_without_days_is_shown_as_one_that_says_them(#[case] typed: &str) {
        for lang in [Lang::Zh, Lang::En] {
            let plan = Shares::parse(typed).unwrap();
            let told = lang.dated_plan(&plan);
            let dated = Shares::parse(&told).unwrap();
            assert!(dated.lines().iter().all(|line| !line.rule.is_none()), "{told}: {dated:?}");
            if let Some(shares) = plan.alone() {
                assert_eq!(dated.alone(), Some(shares), "{told}");
            }
        }
        let plan = Shares::parse("30/40/30").unwrap();
        assert_eq!(Lang::Zh.dated_plan(&plan), "30/40/30 签订10 到货30 验收30");
    }

    #[rstest]
    #[case("final", Some(Stage::Final))]
    #[case("尾款", Some(Stage::Final))]
    #[case("定金", Some(Stage::Advance))]
    #[case("其它", Some(Stage::Other))]
    #[case("finale", None)]
    fn a_word_names_a_stage_as_a_whole(#[case] word: &str, #[case] stage: Option<Stage>) {
        assert_eq!(stage_named(word), stage);
    }
}
