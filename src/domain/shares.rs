//! Shares of a contract: an amount typed in percent of it, and a whole plan typed as `30/40/30`, as
//! `30/40/30 签订10 到货30 验收60`, or in the words of the contract.

use rust_decimal::{Decimal, RoundingStrategy};

use super::due::{DueRule, Event};
use super::kinds::Stage;
use super::money::{self, AmountError, Currency};
use super::normalize::{half_width, normalize};
use super::template::Conditions;
use super::terms::{Clause, Part, Terms, Trigger, Whole};

/// An amount, or a percentage of the contract amount, rounded half up.
pub fn amount(text: &str, currency: Currency, contract: Option<i64>) -> Result<i64, AmountError> {
    let folded = normalize(text);
    let Some(number) = folded.strip_suffix('%') else {
        return money::parse(text, currency);
    };
    let percent = money::decimal(number)?;
    if percent <= Decimal::ZERO || percent > Decimal::ONE_HUNDRED {
        return Err(AmountError::NotAShare);
    }
    let contract = contract.filter(|contract| *contract > 0).ok_or(AmountError::NoContract)?;
    money::percent(contract, percent).map_err(|_| AmountError::TooLarge)
}

/// A plan as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    lines: Vec<Line>,
    /// What has to be there at a stage.
    conditions: Conditions,
}

/// What was said of one instalment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    size: Size,
    pub name: Option<String>,
    /// What it is for, if that is said.
    pub stage: Option<Stage>,
    pub rule: DueRule,
    /// The condition in the contract's words.
    pub condition: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Size {
    /// So many parts of all such, above 0.
    Weight(Decimal),
    /// Percent of the contract.
    Percent(Decimal),
    /// Up to this percentage of it, earlier instalments counted.
    UpTo(Decimal),
    /// An amount as typed.
    Fixed(String),
    Rest,
}

/// Why a text is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SharesError {
    /// This is neither a share nor a name behind the shares.
    NotAShare(String),
    /// This is said of an instalment, or beside them, and not understood.
    Unread(String),
    TooMany,
    /// What is left of the contract, or missing in it where it is below 0.
    NotWhole {
        /// What all of them come to, in percent of the contract.
        percent: Decimal,
        left: i64,
        currency: Currency,
    },
    /// As many names as there are shares are needed, or none.
    Names {
        shares: usize,
        names: usize,
    },
    Amount(AmountError),
    NoContract,
    /// One of them would be less than the smallest unit of the currency.
    TooSmall,
    /// Something has to be there at a stage, and no instalment is of it.
    NoStage(Stage),
}

/// The most instalments of a plan.
const MOST: usize = 36;
/// The largest share, and how fine it is, so that shares of any amount are exact.
const LARGEST: i64 = 1_000_000;
const DECIMALS: u32 = 4;

/// Words behind a `+` that make the last instalment a retention.
const RETENTION: [&str; 3] = ["retention", "质保金", "质保"];

impl Shares {
    /// Reads `30/40/30`, `30% 40% 30%`, `3-4-2.5-0.5 预付 到货 验收 质保`, `30/70 签订10 验收30`, `30/60/10 + retention`, and
    /// what [`Terms`] reads where each of its clauses says how much.
    pub fn parse(text: &str) -> Result<Self, SharesError> {
        match Self::listed(text) {
            Err(error @ (SharesError::NotAShare(_) | SharesError::Names { .. })) => {
                let terms = Terms::read(text);
                if terms.clauses.iter().any(|clause| clause.part.is_some()) {
                    Self::told(&terms)
                } else {
                    Err(error)
                }
            }
            listed => listed,
        }
    }

    /// Shares, and behind them as many names or rules.
    fn listed(text: &str) -> Result<Self, SharesError> {
        let text: String = text.trim().chars().map(half_width).collect();
        let mut lines = Vec::new();
        let mut percents = false;
        let mut rest = text.as_str();
        loop {
            rest = rest.trim_start_matches([' ', ',', '、']);
            if !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
                break;
            }
            let end = rest.find([' ', ',', '、']).unwrap_or(rest.len());
            let end = RETENTION
                .iter()
                .filter_map(|word| rest.find(&format!("+{word}")))
                .fold(end, usize::min);
            let (word, behind) = rest.split_at(end);
            percents |= word.contains('%');
            for share in word.split(['/', '-', ':', '+']) {
                let share = weight(share).ok_or_else(|| SharesError::NotAShare(word.to_owned()))?;
                lines.push(Line::of(Size::Weight(share)));
            }
            rest = behind;
        }
        if lines.len() > MOST {
            return Err(SharesError::TooMany);
        }
        if lines.is_empty() {
            return Err(SharesError::NotAShare(rest.to_owned()));
        }
        if percents {
            lines.iter_mut().for_each(Line::count_in_percent);
        }
        let mut plan = Self { lines, conditions: Conditions::new() };
        plan.call(rest)?;
        Ok(plan)
    }

    /// What stands behind the shares: names, or rules, or that the last is a retention.
    fn call(&mut self, text: &str) -> Result<(), SharesError> {
        let added = text.strip_prefix('+').map(normalize);
        if added.is_some_and(|word| RETENTION.contains(&word.as_str())) {
            let usual = usual_stages(self.lines.len().saturating_sub(1));
            let stages = usual.into_iter().chain([Stage::Retention]);
            for (line, stage) in self.lines.iter_mut().zip(stages) {
                line.stage = Some(stage);
            }
            return Ok(());
        }
        let commas = text.contains([',', '、']);
        let words = text.split(|c| matches!(c, ',' | '、') || !commas && c == ' ');
        let words: Vec<&str> = words.map(str::trim).filter(|word| !word.is_empty()).collect();
        if let Some(number) =
            words.iter().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        {
            return Err(SharesError::NotAShare((*number).to_owned()));
        }
        if !words.is_empty() && words.len() != self.lines.len() {
            return Err(SharesError::Names { shares: self.lines.len(), names: words.len() });
        }
        let rules: Vec<Option<Clause>> = words.iter().map(|word| rule_word(word)).collect();
        // 验收 alone is a name; among terms it is the day itself.
        let terms = rules.iter().flatten().any(|clause| !clause.offsets.is_empty());
        let mut accepted = false;
        for ((line, word), clause) in self.lines.iter_mut().zip(words).zip(rules) {
            match clause.filter(|_| terms) {
                Some(clause) => line.wait(&clause, &mut accepted),
                None => line.name = Some(word.to_owned()),
            }
        }
        Ok(())
    }

    /// The clauses of a contract.
    fn told(terms: &Terms) -> Result<Self, SharesError> {
        let penalty = terms.penalty.as_ref().map(ToString::to_string);
        if let Some(words) = terms.unread.first().or(penalty.as_ref()) {
            return Err(SharesError::Unread(words.clone()));
        }
        if terms.clauses.len() > MOST {
            return Err(SharesError::TooMany);
        }
        let mut accepted = false;
        let mut rest = false;
        let lines = terms.clauses.iter().map(|clause| {
            let not_a_share = || SharesError::NotAShare(clause.text.clone());
            let size = match clause.part.as_ref().ok_or_else(not_a_share)? {
                Part::Share { percent, cumulative: false, .. } => Size::Percent(*percent),
                // Behind the rest there is nothing left to reach.
                Part::Share { cumulative: true, .. } | Part::Rest if rest => {
                    return Err(not_a_share());
                }
                Part::Share { percent, cumulative: true, .. } => Size::UpTo(*percent),
                Part::Fixed(amount) => Size::Fixed(amount.clone()),
                Part::Rest => Size::Rest,
            };
            rest |= size == Size::Rest;
            let mut line = Line::of(size);
            line.wait(clause, &mut accepted);
            line.condition.clone_from(&clause.text);
            Ok(line)
        });
        Ok(Self { lines: lines.collect::<Result<_, _>>()?, conditions: Conditions::new() })
    }

    /// The same, with what has to be there at its stages.
    #[must_use]
    pub fn asking(self, conditions: &Conditions) -> Self {
        Self { conditions: conditions.clone(), ..self }
    }

    /// What has to be there at a stage.
    pub const fn conditions(&self) -> &Conditions {
        &self.conditions
    }

    /// The shares alone, where each of them is one.
    pub fn alone(&self) -> Option<Vec<Decimal>> {
        let share = |line: &Line| match line.size {
            Size::Weight(share) | Size::Percent(share) => Some(share),
            Size::UpTo(_) | Size::Fixed(_) | Size::Rest => None,
        };
        self.lines.iter().map(share).collect()
    }

    /// The instalments in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What each instalment comes to, each rounded half up, and together the contract: what is over or missing after
    /// rounding is the last one's.
    pub fn amounts(
        &self,
        contract: Option<i64>,
        currency: Currency,
    ) -> Result<Vec<i64>, SharesError> {
        let (amounts, left) = self.sizes(contract, currency)?;
        if left == 0 {
            return Ok(amounts);
        }
        let contract = Decimal::from(contract.unwrap_or(1));
        let percent = (contract - Decimal::from(left)) * Decimal::ONE_HUNDRED / contract;
        Err(SharesError::NotWhole { percent: to_a_hundredth(percent), left, currency })
    }

    /// The same as far as it goes, and what of the contract is left; below 0 it is too much.
    pub fn sizes(
        &self,
        contract: Option<i64>,
        currency: Currency,
    ) -> Result<(Vec<i64>, i64), SharesError> {
        let contract = contract.filter(|contract| *contract > 0).ok_or(SharesError::NoContract)?;
        let total: Decimal = self.lines.iter().filter_map(Line::weight).sum();
        let whole = self.is_whole();
        let mut amounts = Vec::new();
        let mut so_far = 0_i64;
        for (at, line) in self.lines.iter().enumerate() {
            let left = contract.saturating_sub(so_far);
            let amount = match &line.size {
                _ if whole && at + 1 == self.lines.len() => left,
                Size::Weight(weight) => part(contract, *weight, total)?,
                Size::Percent(percent) => part(contract, *percent, Decimal::ONE_HUNDRED)?,
                Size::UpTo(percent) => {
                    part(contract, *percent, Decimal::ONE_HUNDRED)?.saturating_sub(so_far)
                }
                Size::Fixed(amount) => {
                    money::parse(amount, currency).map_err(SharesError::Amount)?
                }
                Size::Rest => 0,
            };
            so_far = so_far.saturating_add(amount);
            amounts.push(amount);
        }
        let mut left = contract.saturating_sub(so_far);
        let rest = self.lines.iter().position(|line| line.size == Size::Rest);
        if let Some(amount) = rest.and_then(|at| amounts.get_mut(at))
            && left > 0
        {
            *amount = std::mem::take(&mut left);
        }
        if left >= 0 && amounts.iter().any(|amount| *amount <= 0) {
            return Err(SharesError::TooSmall);
        }
        Ok((amounts, left))
    }

    /// Whether the shares alone say that it is the whole contract, so that the last takes what rounding leaves.
    fn is_whole(&self) -> bool {
        let mut reached = Decimal::ZERO;
        for line in &self.lines {
            match &line.size {
                Size::Weight(_) => return true,
                Size::Percent(percent) => reached += percent,
                Size::UpTo(percent) if *percent > reached => reached = *percent,
                Size::UpTo(_) | Size::Fixed(_) | Size::Rest => return false,
            }
        }
        reached == Decimal::ONE_HUNDRED
    }

    /// What the instalments are for: as is said, else what they usually are, by how many there are.
    pub fn stages(&self) -> Vec<Stage> {
        let usual = usual_stages(self.lines.len());
        self.lines.iter().zip(usual).map(|(line, usual)| line.stage.unwrap_or(usual)).collect()
    }
}

impl Line {
    fn of(size: Size) -> Self {
        Self { size, name: None, stage: None, rule: DueRule::default(), condition: String::new() }
    }

    const fn weight(&self) -> Option<Decimal> {
        match self.size {
            Size::Weight(weight) => Some(weight),
            Size::Percent(_) | Size::UpTo(_) | Size::Fixed(_) | Size::Rest => None,
        }
    }

    fn count_in_percent(&mut self) {
        if let Size::Weight(weight) = self.size {
            self.size = Size::Percent(weight);
        }
    }

    /// Takes event, term and purpose from a clause. The second payment upon an acceptance takes the day of the first.
    fn wait(&mut self, clause: &Clause, accepted: &mut bool) {
        self.rule = clause.rule().unwrap_or_default();
        let by_event = match &clause.trigger {
            Some(Trigger::Event(Event::Signing)) => Some(Stage::Advance),
            Some(Trigger::Event(Event::Start | Event::Progress(_)) | Trigger::Progress(_)) => {
                Some(Stage::Progress)
            }
            Some(Trigger::Event(Event::Delivery)) => Some(Stage::Delivery),
            Some(Trigger::Event(Event::Acceptance)) if *accepted => Some(Stage::Final),
            Some(Trigger::Event(Event::Acceptance)) => Some(Stage::Acceptance),
            Some(Trigger::Event(Event::WarrantyEnd)) => Some(Stage::Retention),
            Some(Trigger::Settlement) => Some(Stage::Settlement),
            Some(Trigger::Event(Event::Invoice | Event::InvoiceReceived | Event::Conditions))
            | None => (clause.part == Some(Part::Rest)).then_some(Stage::Final),
        };
        let settled = matches!(clause.part, Some(Part::Share { of: Whole::Settled, .. }));
        let by_event = if settled { Some(Stage::Settlement) } else { by_event };
        *accepted |= clause.trigger == Some(Trigger::Event(Event::Acceptance));
        self.stage = clause.stage.or(by_event);
    }
}

/// The rule a word behind the shares tells: 签订10, acceptance+30d, 质保1年.
fn rule_word(word: &str) -> Option<Clause> {
    let terms = Terms::read(word);
    let said = terms.unread.is_empty() && terms.penalty.is_none() && terms.deemed.is_none();
    match <[Clause; 1]>::try_from(terms.clauses) {
        Ok([clause]) if said && clause.part.is_none() && clause.rule().is_some() => Some(clause),
        Ok(_) | Err(_) => None,
    }
}

/// What instalments are usually for, by how many they are.
fn usual_stages(count: usize) -> Vec<Stage> {
    use Stage::{Acceptance, Advance, Delivery, Final, Progress, Retention};
    match count {
        0 | 1 => vec![Final],
        2 => vec![Advance, Acceptance],
        3 => vec![Advance, Delivery, Acceptance],
        many => {
            let mut stages = vec![Advance];
            stages.resize(many - 3, Progress);
            stages.extend([Delivery, Acceptance, Retention]);
            stages
        }
    }
}

/// So much of a whole, rounded half up.
fn part(contract: i64, share: Decimal, total: Decimal) -> Result<i64, SharesError> {
    let amount = Decimal::from(contract) * share / total;
    let amount = amount.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(amount).map_err(|_| SharesError::TooSmall)
}

fn to_a_hundredth(percent: Decimal) -> Decimal {
    percent.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// What an amount is of a contract, in percent to a hundredth.
pub fn percent_of(amount: i64, contract: i64) -> Decimal {
    let whole = Decimal::from(contract.max(1));
    to_a_hundredth(Decimal::from(amount) * Decimal::ONE_HUNDRED / whole)
}

fn weight(text: &str) -> Option<Decimal> {
    let text = text.trim_end_matches('%');
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let weight = text.parse::<Decimal>().ok().filter(|_| plain)?.normalize();
    let fits =
        weight > Decimal::ZERO && weight <= Decimal::from(LARGEST) && weight.scale() <= DECIMALS;
    fits.then_some(weight)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    const CONTRACT: Option<i64> = Some(100_000_001);

    #[rstest]
    #[case("30%", CONTRACT, Ok(30_000_000))]
    #[case("３０％", CONTRACT, Ok(30_000_000))]
    #[case(" 50 % ", CONTRACT, Ok(50_000_001))]
    #[case("0.5%", CONTRACT, Ok(500_000))]
    #[case("100%", CONTRACT, Ok(100_000_001))]
    #[case("12.5万", CONTRACT, Ok(12_500_000))]
    #[case("12.5万", None, Ok(12_500_000))]
    #[case("30%", None, Err(AmountError::NoContract))]
    #[case("30%", Some(0), Err(AmountError::NoContract))]
    #[case("0%", CONTRACT, Err(AmountError::NotAShare))]
    #[case("101%", CONTRACT, Err(AmountError::NotAShare))]
    #[case("-3%", CONTRACT, Err(AmountError::NotAShare))]
    #[case("most%", CONTRACT, Err(AmountError::NotANumber))]
    fn an_amount_may_be_a_percentage(
        #[case] text: &str,
        #[case] contract: Option<i64>,
        #[case] expected: Result<i64, AmountError>,
    ) {
        assert_eq!(amount(text, Currency::CNY, contract), expected);
    }

    #[rstest]
    #[case("30/40/30", &[30, 40, 30])]
    #[case("30% 40% 30%", &[30, 40, 30])]
    #[case("３０／４０／３０", &[30, 40, 30])]
    #[case("3-4-2.5-0.5", &[30, 40, 25, 5])]
    #[case("3:4:2.5:0.5 预付 到货 验收 质保", &[30, 40, 25, 5])]
    #[case("1", &[100])]
    fn plans_are_shares(#[case] text: &str, #[case] amounts: &[i64]) {
        let plan = Shares::parse(text).unwrap();
        assert_eq!(plan.amounts(Some(100), Currency::CNY).as_deref(), Ok(amounts));
    }

    #[test]
    fn the_last_takes_what_rounding_leaves() {
        let thirds = Shares::parse("1/1/1").unwrap();
        let amounts = |contract| thirds.amounts(contract, Currency::CNY);
        assert_eq!(amounts(Some(100)), Ok(vec![33, 33, 34]));
        assert_eq!(amounts(Some(101)), Ok(vec![34, 34, 33]));
        assert_eq!(amounts(Some(1)), Err(SharesError::TooSmall));
        assert_eq!(amounts(None), Err(SharesError::NoContract));
        assert_eq!(percent_of(33, 100).to_string(), "33");
        assert_eq!(percent_of(1, 3).to_string(), "33.33");
    }

    #[rstest]
    #[case("25% + 25% + fixed 396.84 + rest", 158_735, &[39_684, 39_684, 39_684, 39_683])]
    #[case("30% signing+10d, to 95% acceptance+30d, 5% acceptance+1y", 1_001, &[300, 651, 50])]
    #[case("合同签订付30%；验收付至95%；余5%为质保金，质保期满付清", 1_001, &[300, 651, 50])]
    #[case("¥3 signing, rest acceptance", 1_000, &[300, 700])]
    #[case("合同签订后付30%；审计完成后付至结算价的97%；质保期满付清", 1_000, &[300, 670, 30])]
    #[case("33.33% signing, 33.33% delivery, 33.34% acceptance", 100, &[33, 33, 34])]
    fn shares_amounts_and_the_rest(
        #[case] text: &str,
        #[case] contract: i64,
        #[case] amounts: &[i64],
    ) {
        let plan = Shares::parse(text).unwrap();
        assert_eq!(plan.amounts(Some(contract), Currency::CNY).as_deref(), Ok(amounts));
    }

    #[rstest]
    #[case("30%/40%/20%", "90", 1_000)]
    #[case("30% 40 40", "110", -1_000)]
    #[case("30% signing, 60% acceptance", "90", 1_000)]
    #[case("30% signing, to 85% acceptance", "85", 1_500)]
    #[case("¥40 signing, 65% acceptance", "105", -500)]
    #[case("¥40 signing, ¥80 delivery, rest acceptance", "120", -2_000)]
    fn a_plan_says_by_how_much_it_does_not_add_up(
        #[case] text: &str,
        #[case] percent: &str,
        #[case] left: i64,
    ) {
        let percent = percent.parse().unwrap();
        let error = SharesError::NotWhole { percent, left, currency: Currency::CNY };
        let plan = Shares::parse(text).unwrap();
        assert_eq!(plan.amounts(Some(10_000), Currency::CNY), Err(error));
    }

    #[rstest]
    #[case("30/40/25/5 签订10 验收30 验收90 质保1年", &[
        ("signing + 10d", Stage::Advance),
        ("acceptance + 30d", Stage::Acceptance),
        ("acceptance + 90d", Stage::Final),
        ("acceptance + 1y", Stage::Retention),
    ])]
    #[case("30% signing+10d, 40% acceptance+30d, 30% acceptance+1y", &[
        ("signing + 10d", Stage::Advance),
        ("acceptance + 30d", Stage::Acceptance),
        ("acceptance + 1y", Stage::Final),
    ])]
    #[case("30/70 签订, 验收后30个工作日", &[
        ("signing", Stage::Advance),
        ("acceptance + 30wd", Stage::Acceptance),
    ])]
    #[case("50/50 signing + 5wd, delivery + 30d", &[
        ("signing + 5wd", Stage::Advance),
        ("delivery + 30d", Stage::Delivery),
    ])]
    #[case("30% advance; 40% at 50% completion; rest 60 days after invoice", &[
        ("", Stage::Advance),
        ("progress(50%)", Stage::Progress),
        ("invoice + 60d", Stage::Final),
    ])]
    #[case("30/60/10 + retention", &[("", Stage::Advance), ("", Stage::Acceptance), ("", Stage::Retention)])]
    #[case("30/60/10＋质保", &[("", Stage::Advance), ("", Stage::Acceptance), ("", Stage::Retention)])]
    fn a_line_says_when_and_what_for(#[case] text: &str, #[case] expected: &[(&str, Stage)]) {
        let plan = Shares::parse(text).unwrap();
        let rules = plan.lines().iter().map(|line| line.rule.to_string());
        let found: Vec<(String, Stage)> = rules.zip(plan.stages()).collect();
        let found: Vec<(&str, Stage)> = found.iter().map(|(r, s)| (r.as_str(), *s)).collect();
        assert_eq!(found, expected);
    }

    #[rstest]
    #[case("", SharesError::NotAShare(String::new()))]
    #[case("预付", SharesError::NotAShare("预付".into()))]
    #[case("30/x/30", SharesError::NotAShare("30/x/30".into()))]
    #[case("30//30", SharesError::NotAShare("30//30".into()))]
    #[case("30/0/70", SharesError::NotAShare("30/0/70".into()))]
    #[case("30 预付 70", SharesError::NotAShare("70".into()))]
    #[case("30% signing, 70% after rainfall", SharesError::Unread("rainfall".into()))]
    #[case("30%签订；验收后付款；70%到货", SharesError::NotAShare("验收后付款".into()))]
    #[case("30% signing, rest delivery, rest acceptance", SharesError::NotAShare("rest acceptance".into()))]
    #[case("rest signing, to 90% delivery", SharesError::NotAShare("to 90% delivery".into()))]
    #[case("30% signing; 70% acceptance; penalty 5%", SharesError::Unread("penalty 5%".into()))]
    #[case("30/70 预付", SharesError::Names { shares: 2, names: 1 })]
    #[case("9999999", SharesError::NotAShare("9999999".into()))]
    #[case("0.00001/1", SharesError::NotAShare("0.00001/1".into()))]
    fn no_plans(#[case] text: &str, #[case] error: SharesError) {
        assert_eq!(Shares::parse(text), Err(error));
    }

    #[rstest]
    #[case("1", &[Stage::Final])]
    #[case("30/70", &[Stage::Advance, Stage::Acceptance])]
    #[case("30/40/30", &[Stage::Advance, Stage::Delivery, Stage::Acceptance])]
    #[case("1/1/1/1", &[Stage::Advance, Stage::Delivery, Stage::Acceptance, Stage::Retention])]
    #[case("1/1/1/1/1", &[Stage::Advance, Stage::Progress, Stage::Delivery, Stage::Acceptance, Stage::Retention])]
    fn stages_go_by_how_many_there_are(#[case] text: &str, #[case] stages: &[Stage]) {
        assert_eq!(Shares::parse(text).unwrap().stages(), stages);
    }

    proptest! {
        #[test]
        fn a_plan_is_the_contract_to_the_cent(
            contract in 1_i64..=money::LIMIT,
            weights in prop::collection::vec((1_i64..=1_000_000, 0_u32..=4), 1..=36),
        ) {
            let typed: Vec<String> =
                weights.iter().map(|(m, s)| Decimal::new(*m, *s).to_string()).collect();
            let plan = Shares::parse(&typed.join("/")).unwrap();
            prop_assert_eq!(plan.stages().len(), weights.len());
            if let Ok(amounts) = plan.amounts(Some(contract), Currency::CNY) {
                prop_assert_eq!(money::sum(amounts.iter().copied()), Ok(contract));
                prop_assert!(amounts.iter().all(|amount| *amount > 0));
            }
        }

        #[test]
        fn no_text_panics(text in "[0-9./%: +预付-]{0,24}|[0-9%, a-z签订验收付至余款元]{0,40}|\\PC*", contract in any::<i64>()) {
            let _ = amount(&text, Currency::CNY, Some(contract));
            if let Ok(plan) = Shares::parse(&text) {
                let _ = plan.amounts(Some(contract), Currency::CNY);
            }
        }
    }
}
