//! As many milestones as you like, account by account, in the proportions of a ledger that has been in use for years:
//! ten contracts a customer, five instalments a contract, most of them paid long ago.

use chrono::{Days, NaiveDate};
use fastrand::Rng;

use super::script::Script;
use super::{Entry, names};
use crate::domain::change::{ContactDraft, CustomerDraft};
use crate::domain::ids::{ContactId, CustomerId};
use crate::domain::kinds::{Channel, Grade};
use crate::domain::money::{Currency, Overflow};

mod contract;
mod fate;

use contract::Owner;

/// "huikuan" in ASCII: the same day and size make the same ledger.
const SEED: u64 = 0x68_7569_6B75_616E;
const CONTRACTS: u64 = 10;
const INSTALMENTS: u64 = 5;
/// Of a hundred open instalments so many are past due.
const OVERDUE_PERCENT: u64 = 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub milestones: u64,
    /// How many of a hundred are open; of those two fifths are overdue.
    pub open_percent: u8,
}

impl Size {
    /// So many milestones, one in ten open.
    pub const fn of(milestones: u64) -> Self {
        Self {
            milestones,
            open_percent: 10,
        }
    }

    /// Days of history: two years, and more for a ledger that takes longer to fill; eight for a million milestones.
    fn history(self) -> i64 {
        let million = self.milestones.min(1_000_000);
        730 + i64::try_from(million * 2190 / 1_000_000).unwrap_or_default()
    }
}

/// Keeps a share exact over many draws: what one draw takes too much, the next ones lack.
#[derive(Debug, Clone, Copy, Default)]
struct Share(u64);

impl Share {
    /// How many of `of` fall into the share, at most `most`.
    fn draw(&mut self, percent: u64, of: u64, most: u64) -> u64 {
        self.0 += percent * of;
        let whole = (self.0 / 100).min(most);
        self.0 -= whole * 100;
        whole
    }
}

/// The accounts of a ledger, one after the other.
#[derive(Debug)]
pub struct Accounts {
    today: NaiveDate,
    size: Size,
    rng: Rng,
    script: Script,
    open: Share,
    overdue: Share,
    made: u64,
    customers: usize,
    contracts: u64,
    invoices: u64,
}

impl Accounts {
    /// The accounts of a ledger of that size.
    pub fn new(today: NaiveDate, size: Size) -> Self {
        Self {
            today,
            size,
            rng: Rng::with_seed(SEED),
            script: Script::default(),
            open: Share::default(),
            overdue: Share::default(),
            made: 0,
            customers: 0,
            contracts: 0,
            invoices: 0,
        }
    }

    /// How many milestones were made so far.
    pub const fn made(&self) -> u64 {
        self.made
    }

    fn at(&self, days: i64) -> NaiveDate {
        let span = Days::new(days.unsigned_abs());
        let moved = if days < 0 {
            self.today.checked_sub_days(span)
        } else {
            self.today.checked_add_days(span)
        };
        moved.unwrap_or(self.today)
    }

    /// Whether one of a hundred draws of so many percent hits.
    fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(0..100) < percent
    }

    fn account(&mut self) -> Result<Vec<Entry>, Overflow> {
        let currency = match self.rng.u8(0..100) {
            0..90 => Currency::CNY,
            90..95 => Currency::USD,
            95..98 => Currency::EUR,
            _ => Currency::JPY,
        };
        let (id, contact) = self.customer(currency);
        for _ in 0..CONTRACTS {
            let left = self.size.milestones.saturating_sub(self.made);
            let parts = left.min(INSTALMENTS);
            if parts > 0 {
                let (open, overdue) = self.shares(parts);
                let owner = Owner {
                    customer: id,
                    contact,
                    currency,
                };
                self.contract(
                    owner,
                    contract::Course {
                        parts,
                        open,
                        overdue,
                    },
                )?;
            }
        }
        Ok(self.script.take())
    }

    /// How many of the next contract's instalments are open, and how many of those overdue. Contracts are either
    /// settled or have a few open at once.
    fn shares(&mut self, parts: u64) -> (u64, u64) {
        let percent = u64::from(self.size.open_percent.min(100));
        let at_once = self.rng.u64(1..=parts.min(4));
        let owed = (self.open.0 + percent * parts) / 100;
        let most = if owed >= at_once { parts } else { 0 };
        let open = self.open.draw(percent, parts, most);
        (open, self.overdue.draw(OVERDUE_PERCENT, open, open))
    }

    fn customer(&mut self, currency: Currency) -> (CustomerId, ContactId) {
        let n = self.customers;
        self.customers += 1;
        let (name, short_name) = names::customer(n);
        let grade = match self.rng.u8(0..10) {
            0..2 => Some(Grade::A),
            2..5 => Some(Grade::B),
            5..7 => Some(Grade::C),
            7 => Some(Grade::D),
            _ => None,
        };
        let contact = ContactDraft {
            name: "财务部".to_owned(),
            phone: format!("100 {:04} {:04}", n / 10_000, n % 10_000),
            email: format!("ap{n}@example.com"),
            channel: Some(Channel::Phone),
            ..ContactDraft::default()
        };
        let draft = CustomerDraft {
            code: format!("C{:06}", n + 1),
            name: if currency == Currency::CNY {
                name
            } else {
                format!("{short_name} ({})", currency.code())
            },
            short_name,
            grade,
            terms_days: Some(30),
            contacts: vec![contact],
            ..CustomerDraft::default()
        };
        self.script.customer("刘芳", draft)
    }
}

impl Iterator for Accounts {
    type Item = Result<Vec<Entry>, Overflow>;

    fn next(&mut self) -> Option<Self::Item> {
        (self.made < self.size.milestones).then(|| self.account())
    }
}
