//! Us: the people of the two demo companies, and the scenario of each.

use super::Entry;
use crate::domain::change::Change;
use crate::domain::kinds::Role;
use crate::domain::money::Currency;
use crate::text::Lang;

pub(super) const WANG: &str = "王敏";
pub(super) const LI: &str = "李卓然";
pub(super) const CHEN: &str = "陈思远";
pub(super) const ZHOU: &str = "周婷";
pub(super) const HE: &str = "何劲松";
/// Who books bills and money.
pub(super) const LIU: &str = "刘芳";

/// Where the demo plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    Chinese,
    English,
}

type People = &'static [(&'static str, Role, &'static str)];

const CHINESE: People = &[
    (WANG, Role::Pm, "交付一部"),
    (LI, Role::Pm, "交付一部"),
    (CHEN, Role::Pm, "海外交付"),
    (ZHOU, Role::Pm, "交付二部"),
    (HE, Role::Pm, "交付二部"),
    (LIU, Role::Finance, "财务部"),
    ("郑毅", Role::Legal, "法务部"),
    (HEAD, Role::Head, "交付中心"),
];

const HEAD: &str = "高远";

const ENGLISH: People = &[
    ("Hayes", Role::Pm, "Delivery North"),
    ("Okafor", Role::Pm, "Delivery North"),
    ("Lindgren", Role::Pm, "Overseas"),
    ("Moreau", Role::Pm, "Delivery South"),
    ("Brennan", Role::Pm, "Delivery South"),
    ("Fowler", Role::Finance, "Finance"),
    ("Zimmer", Role::Legal, "Legal"),
    ("Grant", Role::Head, "Delivery"),
];

impl Company {
    pub(super) const fn scenario(self) -> &'static str {
        match self {
            Self::Chinese => include_str!("../../assets/demo.txt"),
            Self::English => include_str!("../../assets/demo.en.txt"),
        }
    }

    /// What most of its customers pay in.
    pub(super) const fn currency(self) -> Currency {
        match self {
            Self::Chinese => Currency::CNY,
            Self::English => Currency::USD,
        }
    }

    /// Its bank account.
    pub(super) const fn account(self) -> &'static str {
        match self {
            Self::Chinese => "1001****6620",
            Self::English => "****6620",
        }
    }

    /// What it is written in.
    pub(super) const fn lang(self) -> Lang {
        match self {
            Self::Chinese => Lang::Zh,
            Self::English => Lang::En,
        }
    }

    /// Who books bills and money.
    pub(super) const fn finance(self) -> &'static str {
        match self {
            Self::Chinese => LIU,
            Self::English => "Fowler",
        }
    }

    const fn people(self) -> (&'static str, People) {
        match self {
            Self::Chinese => (HEAD, CHINESE),
            Self::English => ("Grant", ENGLISH),
        }
    }
}

/// Everybody, with role and team.
pub(super) fn people(company: Company) -> Vec<Entry> {
    let (head, people) = company.people();
    let entry = |(name, role, team): &(&str, Role, &str)| Entry {
        who: head,
        change: Change::EditPerson {
            name: (*name).to_owned(),
            role: *role,
            team: (*team).to_owned(),
            email: String::new(),
        },
    };
    people.iter().map(entry).collect()
}
