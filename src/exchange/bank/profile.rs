//! How the statement of a bank is read, as data: which headers mean what, and which words mean in and out.

use std::sync::LazyLock;

use iso_currency::Currency;
use serde::Deserialize;

use crate::domain::money;
use crate::domain::normalize::normalize;
use crate::error::bank::StatementError;

/// One bank's way to write statements.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    pub name: String,
    /// What a person calls it.
    pub title: String,
    /// Headers that must be there.
    needs: Vec<String>,
    date: Vec<String>,
    /// One column for both, signed or with a flag beside it.
    amount: Vec<String>,
    money_in: Vec<String>,
    money_out: Vec<String>,
    flag: Vec<String>,
    currency: Vec<String>,
    balance: Vec<String>,
    payer: Vec<String>,
    payer_account: Vec<String>,
    /// Name and account in one cell.
    payer_both: Vec<String>,
    account: Vec<String>,
    serial: Vec<String>,
    remark: Vec<String>,
    status: Vec<String>,
    /// Words of the flag.
    #[serde(rename = "in")]
    pub words_in: Vec<String>,
    #[serde(rename = "out")]
    pub words_out: Vec<String>,
    /// Words of the status of a row that moves no money.
    pub still: Vec<String>,
    currency_is: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profiles {
    profile: Vec<Profile>,
}

/// What a flag says where its profile has no words of its own.
const IN: [&str; 11] =
    ["贷", "贷方", "收入", "收", "转入", "来账", "存入", "c", "cr", "credit", "in"];
const OUT: [&str; 11] =
    ["借", "借方", "支出", "支", "转出", "往账", "支取", "d", "dr", "debit", "out"];

static SHIPPED: LazyLock<Result<Vec<Profile>, String>> =
    LazyLock::new(|| parsed(include_str!("../../../assets/banks.toml")));

fn parsed(text: &str) -> Result<Vec<Profile>, String> {
    toml::from_str(text).map(|all: Profiles| all.profile).map_err(|error| error.to_string())
}

/// The profiles of a person's own file, before those that are shipped.
pub fn profiles(own: Option<(&str, &str)>) -> Result<Vec<Profile>, StatementError> {
    let wrong = |path: &str, message: String| {
        let message = message.lines().take(2).collect::<Vec<_>>().join(" ");
        StatementError::Profiles { path: path.to_owned(), message }
    };
    let mut all = match own {
        Some((path, text)) => parsed(text).map_err(|message| wrong(path, message))?,
        None => Vec::new(),
    };
    let shipped = SHIPPED.as_ref().map_err(|message| wrong("banks.toml", message.clone()))?;
    all.extend(shipped.iter().cloned());
    Ok(all)
}

/// Where a profile finds what in a row.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    pub date: usize,
    pub amount: Option<usize>,
    pub money_in: Option<usize>,
    pub money_out: Option<usize>,
    pub flag: Option<usize>,
    pub currency: Option<usize>,
    pub balance: Option<usize>,
    pub payer: Option<usize>,
    pub payer_account: Option<usize>,
    pub payer_both: Option<usize>,
    pub account: Option<usize>,
    pub serial: Option<usize>,
    pub remark: Vec<usize>,
    pub status: Option<usize>,
    /// How many columns have a meaning.
    pub found: usize,
}

impl Profile {
    /// The currency of all its statements.
    pub fn currency(&self) -> Option<Currency> {
        self.currency_is.as_deref().and_then(money::currency_named)
    }

    /// Whether a flag means money in; `None` where it means neither.
    pub fn is_in(&self, flag: &str) -> Option<bool> {
        let flag = normalize(flag);
        let own = |words: &[String]| words.iter().any(|word| normalize(word) == flag);
        if own(&self.words_in) || self.words_in.is_empty() && IN.contains(&flag.as_str()) {
            return Some(true);
        }
        let is_out =
            own(&self.words_out) || self.words_out.is_empty() && OUT.contains(&flag.as_str());
        is_out.then_some(false)
    }

    /// Whether a row of this status moves no money.
    pub fn is_still(&self, status: &str) -> bool {
        self.still.iter().any(|word| word == status.trim())
    }

    /// The columns of a header, if it is one of this profile.
    pub fn layout(&self, headers: &[String]) -> Option<Layout> {
        let headers: Vec<[String; 2]> = headers.iter().map(|header| spellings(header)).collect();
        let column = |names: &[String]| {
            names.iter().find_map(|name| {
                let name = whole(name);
                let spelt =
                    |way: usize| headers.iter().position(|header| header.get(way) == Some(&name));
                spelt(0).or_else(|| spelt(1))
            })
        };
        if self.needs.iter().any(|name| column(std::slice::from_ref(name)).is_none()) {
            return None;
        }
        let mut layout = Layout {
            date: column(&self.date)?,
            amount: column(&self.amount),
            money_in: column(&self.money_in),
            money_out: column(&self.money_out),
            flag: column(&self.flag),
            currency: column(&self.currency),
            balance: column(&self.balance),
            payer: column(&self.payer),
            payer_account: column(&self.payer_account),
            payer_both: column(&self.payer_both),
            account: column(&self.account),
            serial: column(&self.serial),
            remark: Vec::new(),
            status: column(&self.status),
            found: 0,
        };
        if layout.money_in.is_some() && layout.money_out.is_some() {
            layout.amount = None;
        } else {
            layout.amount?;
        }
        layout.remark =
            self.remark.iter().filter_map(|name| column(std::slice::from_ref(name))).collect();
        layout.remark.dedup();
        let single = [
            layout.amount,
            layout.money_in,
            layout.money_out,
            layout.flag,
            layout.currency,
            layout.balance,
            layout.payer,
            layout.payer_account,
            layout.payer_both,
            layout.account,
            layout.serial,
            layout.status,
        ];
        layout.found = 1 + single.iter().flatten().count() + layout.remark.len();
        Some(layout)
    }

    /// Whether it is meant for one bank: then it is preferred to those that are for any.
    pub const fn is_particular(&self) -> bool {
        !self.needs.is_empty()
    }
}

/// A header as it stands there and without what is in brackets, blanks and case aside.
fn spellings(header: &str) -> [String; 2] {
    let whole = whole(header);
    let mut outside = String::new();
    let mut depth = 0_u32;
    for c in whole.chars() {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    [whole, outside]
}

fn whole(header: &str) -> String {
    normalize(header).chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn those_that_are_shipped_can_be_read_and_have_names_of_their_own() {
        let all = profiles(None).unwrap();
        let mut names: Vec<&str> = all.iter().map(|profile| profile.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all.len());
        assert!(all.iter().all(|profile| !profile.title.is_empty() && !profile.date.is_empty()));
    }

    #[rstest]
    #[case("贷", Some(true))]
    #[case(" 借 ", Some(false))]
    #[case("CR", Some(true))]
    #[case("不计收支", None)]
    #[case("/", None)]
    fn a_flag_says_which_way_money_went(#[case] flag: &str, #[case] is_in: Option<bool>) {
        assert_eq!(Profile::default().is_in(flag), is_in);
    }

    #[test]
    fn a_profile_of_ones_own_comes_first_and_says_what_is_wrong_with_it() {
        let own = "[[profile]]\nname = \"mine\"\ntitle = \"Mine\"\ndate = [\"Day\"]\namount = [\"Sum\"]\n";
        let all = profiles(Some(("b.toml", own))).unwrap();
        assert_eq!(all[0].name, "mine");
        let headers = ["Day".to_owned(), "sum (EUR)".to_owned()];
        assert_eq!(all[0].layout(&headers).unwrap().amount, Some(1));
        let wrong = profiles(Some(("b.toml", "[[profile]]\nnam = 1")));
        assert!(matches!(wrong, Err(StatementError::Profiles { .. })));
    }
}
