//! Shares of a contract: an amount typed in percent of it, and a whole plan typed as `30/40/30`.

use rust_decimal::{Decimal, RoundingStrategy};

use super::kinds::Stage;
use super::money::{self, AmountError, Currency};
use super::normalize::{half_width, normalize};

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

/// A plan as it is typed: shares, and what the instalments are called, if that is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    /// Each above 0.
    weights: Vec<Decimal>,
    /// As many as there are shares, or none.
    names: Vec<String>,
}

/// Why a text is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SharesError {
    /// This is neither a share nor a name behind the shares.
    NotAShare(String),
    TooMany,
    /// Percentages that are not 100 in all.
    NotWhole(Decimal),
    /// As many names as there are shares are needed, or none.
    Names {
        shares: usize,
        names: usize,
    },
    NoContract,
    /// One of them would be less than the smallest unit of the currency.
    TooSmall,
}

/// The most instalments of a plan.
const MOST: usize = 36;
/// The largest share, and how fine it is, so that shares of any amount are exact.
const LARGEST: i64 = 1_000_000;
const DECIMALS: u32 = 4;

impl Shares {
    /// Reads `30/40/30`, `30% 40% 30%`, `3-4-2.5-0.5 预付 到货 验收 质保`.
    pub fn parse(text: &str) -> Result<Self, SharesError> {
        let text: String = text.trim().chars().map(half_width).collect();
        let mut plan = Self { weights: Vec::new(), names: Vec::new() };
        let mut percents = false;
        for word in text.split([' ', ',', '、']).filter(|word| !word.is_empty()) {
            if word.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
                let not_a_share = || SharesError::NotAShare(word.to_owned());
                if !plan.names.is_empty() {
                    return Err(not_a_share());
                }
                percents |= word.contains('%');
                for share in word.split(['/', '-', ':', '+']) {
                    plan.weights.push(weight(share).ok_or_else(not_a_share)?);
                }
            } else {
                plan.names.push(word.to_owned());
            }
        }
        plan.checked(percents)
    }

    fn checked(self, percents: bool) -> Result<Self, SharesError> {
        let (shares, names) = (self.weights.len(), self.names.len());
        if shares > MOST {
            return Err(SharesError::TooMany);
        }
        if shares == 0 {
            return Err(SharesError::NotAShare(self.names.concat()));
        }
        if percents && self.total() != Decimal::ONE_HUNDRED {
            return Err(SharesError::NotWhole(self.total().normalize()));
        }
        if names > 0 && names != shares {
            return Err(SharesError::Names { shares, names });
        }
        Ok(self)
    }

    fn total(&self) -> Decimal {
        self.weights.iter().sum()
    }

    /// What was said of each instalment: its name, if it has one.
    pub fn names(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.weights.len()).map(|at| self.names.get(at).map(String::as_str))
    }

    /// Each as a percentage of the whole, to a hundredth.
    pub fn percents(&self) -> Vec<Decimal> {
        let total = self.total();
        let percent = |weight: &Decimal| {
            (weight * Decimal::ONE_HUNDRED / total)
                .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
                .normalize()
        };
        self.weights.iter().map(percent).collect()
    }

    /// What each instalment comes to, each rounded half up; what is over or missing then is the last one's.
    pub fn amounts(&self, contract: Option<i64>) -> Result<Vec<i64>, SharesError> {
        let contract = contract.filter(|contract| *contract > 0).ok_or(SharesError::NoContract)?;
        let (whole, total) = (Decimal::from(contract), self.total());
        let mut amounts = Vec::new();
        let mut left = contract;
        for (at, weight) in self.weights.iter().enumerate() {
            let amount = if at + 1 == self.weights.len() {
                left
            } else {
                let amount = whole * weight / total;
                let amount =
                    amount.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
                i64::try_from(amount).map_err(|_| SharesError::TooSmall)?
            };
            if amount <= 0 {
                return Err(SharesError::TooSmall);
            }
            left = left.saturating_sub(amount);
            amounts.push(amount);
        }
        Ok(amounts)
    }

    /// What the instalments are usually for, by how many they are.
    pub fn stages(&self) -> Vec<Stage> {
        use Stage::{Acceptance, Advance, Delivery, Final, Progress, Retention};
        match self.weights.len() {
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
        assert_eq!(plan.amounts(Some(100)).as_deref(), Ok(amounts));
    }

    #[test]
    fn the_last_takes_what_rounding_leaves() {
        let thirds = Shares::parse("1/1/1").unwrap();
        assert_eq!(thirds.amounts(Some(100)), Ok(vec![33, 33, 34]));
        assert_eq!(thirds.amounts(Some(101)), Ok(vec![34, 34, 33]));
        assert_eq!(thirds.amounts(Some(1)), Err(SharesError::TooSmall));
        assert_eq!(thirds.amounts(None), Err(SharesError::NoContract));
        let told: Vec<String> = thirds.percents().iter().map(ToString::to_string).collect();
        assert_eq!(told, ["33.33", "33.33", "33.33"]);
    }

    #[rstest]
    #[case("", SharesError::NotAShare(String::new()))]
    #[case("预付", SharesError::NotAShare("预付".into()))]
    #[case("30/x/30", SharesError::NotAShare("30/x/30".into()))]
    #[case("30//30", SharesError::NotAShare("30//30".into()))]
    #[case("30/0/70", SharesError::NotAShare("30/0/70".into()))]
    #[case("30 预付 70", SharesError::NotAShare("70".into()))]
    #[case("30%/40%/20%", SharesError::NotWhole(Decimal::from(90)))]
    #[case("30% 40 40", SharesError::NotWhole(Decimal::from(110)))]
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
            if let Ok(amounts) = plan.amounts(Some(contract)) {
                prop_assert_eq!(money::sum(amounts.iter().copied()), Ok(contract));
                prop_assert!(amounts.iter().all(|amount| *amount > 0));
            }
        }

        #[test]
        fn no_text_panics(text in "[0-9./%: +预付-]{0,24}|\\PC*", contract in any::<i64>()) {
            let _ = amount(&text, Currency::CNY, Some(contract));
            if let Ok(plan) = Shares::parse(&text) {
                let _ = (plan.amounts(Some(contract)), plan.percents(), plan.names().count());
            }
        }
    }
}
