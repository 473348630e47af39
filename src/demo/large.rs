//! As many milestones as you like, account by account, in the proportions of a ledger that has been in use for years:
//! ten contracts a customer, five instalments a contract, most of them paid long ago.

use chrono::NaiveDate;
use fastrand::Rng;

use super::company::{self, Company, LIU};
use super::{Entry, names, shift};
use crate::domain::change::{Change, ContactDraft, CustomerDraft};
use crate::domain::facts::Account;
use crate::domain::ids::CustomerId;
use crate::domain::kinds::{Channel, Grade};
use crate::domain::money::{Currency, Overflow};
use crate::domain::plan::PlanRow;

mod beside;
mod collection;
mod contract;

pub(super) use beside::Beside;

/// "huikuan" in ASCII: the same day and size make the same ledger.
const SEED: u64 = 0x68_7569_6B75_616E;
const CONTRACTS: u32 = 10;
const INSTALMENTS: u32 = 5;
/// Of a hundred open instalments so many are past due.
const OVERDUE_PERCENT: u32 = 40;
/// Milestones that are imported at once.
const CHUNK: usize = 20_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub milestones: u32,
    /// How many of a hundred are open; of those two fifths are overdue.
    pub open_percent: u8,
    /// Notes and to-dos about them.
    pub notes: u32,
    pub todos: u32,
}

impl Size {
    /// So many milestones, one in ten open.
    pub const fn of(milestones: u32) -> Self {
        Self { milestones, open_percent: 10, notes: 0, todos: 0 }
    }

    /// Days of history: two years, and more for a ledger that takes longer to fill; eight for a million milestones.
    fn history(self) -> i64 {
        730 + i64::from(self.milestones.min(1_000_000)) * 2_190 / 1_000_000
    }
}

/// Keeps a share exact over many draws: what one draw takes too much, the next ones lack.
#[derive(Default)]
struct Share(u32);

impl Share {
    /// How many of `of` fall into the share, at most `most`.
    fn draw(&mut self, percent: u32, of: u32, most: u32) -> u32 {
        self.0 += percent * of;
        let whole = (self.0 / 100).min(most);
        self.0 -= whole * 100;
        whole
    }
}

/// Some accounts: what a plan list cannot say of customers and projects, the plan list, what the next one says of them,
/// and what happened since.
#[derive(Default)]
pub(super) struct Chunk {
    pub before: Vec<Entry>,
    pub rows: Vec<PlanRow>,
    /// Of instalments of which the first list has a part: that the rest came in.
    pub rest: Vec<PlanRow>,
    pub after: Vec<Entry>,
}

/// The chunks of a ledger, one after the other.
pub(super) struct Chunks {
    today: NaiveDate,
    size: Size,
    rng: Rng,
    open: Share,
    overdue: Share,
    /// Milestones made so far: the last one's id, as all come by import and in order.
    made: u32,
    customers: u32,
    contracts: u32,
    invoices: u32,
    chunk: Chunk,
}

impl Chunks {
    pub(super) fn new(today: NaiveDate, size: Size) -> Self {
        let chunk = Chunk { before: company::people(Company::Chinese), ..Chunk::default() };
        Self {
            today,
            size,
            rng: Rng::with_seed(SEED),
            open: Share::default(),
            overdue: Share::default(),
            made: 0,
            customers: 0,
            contracts: 0,
            invoices: 0,
            chunk,
        }
    }

    fn at(&self, days: i64) -> NaiveDate {
        shift(self.today, days)
    }

    /// Whether one of a hundred draws of so many percent hits.
    fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(0..100) < percent
    }

    /// Notes what happened to a milestone after it was planned.
    fn since(&mut self, who: &'static str, change: Change) {
        self.chunk.after.push(Entry { who, change });
    }

    fn customer_with_contracts(&mut self) -> Result<(), Overflow> {
        let account = self.customer();
        for _ in 0..CONTRACTS {
            let parts = INSTALMENTS.min(self.size.milestones - self.made);
            if parts > 0 {
                let (open, overdue) = self.shares(parts);
                self.contract(account, contract::Progress { parts, open, overdue })?;
            }
        }
        Ok(())
    }

    /// How many of the next contract's instalments are open, and how many of those overdue. Contracts are either
    /// settled or have a few open at once.
    fn shares(&mut self, parts: u32) -> (u32, u32) {
        let percent = u32::from(self.size.open_percent.min(100));
        let at_once = self.rng.u32(1..=parts.min(4));
        let owed = (self.open.0 + percent * parts) / 100;
        let most = if owed >= at_once { parts } else { 0 };
        let open = self.open.draw(percent, parts, most);
        (open, self.overdue.draw(OVERDUE_PERCENT, open, open))
    }

    fn customer(&mut self) -> Account {
        let currency = match self.rng.u8(0..100) {
            0..90 => Currency::CNY,
            90..95 => Currency::USD,
            95..98 => Currency::EUR,
            _ => Currency::JPY,
        };
        let grade = match self.rng.u8(0..10) {
            0..2 => Some(Grade::A),
            2..5 => Some(Grade::B),
            5..7 => Some(Grade::C),
            7 => Some(Grade::D),
            _ => None,
        };
        let n = self.customers;
        self.customers += 1;
        let customer = CustomerId(self.customers.into());
        let (name, short_name) = names::customer(n as usize);
        let contact = ContactDraft {
            name: "财务部".to_owned(),
            phone: format!("100 {:04} {:04}", n / 10_000, n % 10_000),
            email: format!("ap{n}@example.com"),
            channel: Some(Channel::Phone),
            ..ContactDraft::default()
        };
        let draft = CustomerDraft {
            code: customer_code(customer),
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
        self.chunk.before.push(Entry { who: LIU, change: Change::AddCustomer(draft) });
        Account { customer, currency }
    }
}

fn customer_code(customer: CustomerId) -> String {
    format!("C{:06}", customer.0)
}

impl Iterator for Chunks {
    type Item = Result<Chunk, Overflow>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.made < self.size.milestones && self.chunk.rows.len() < CHUNK {
            if let Err(overflow) = self.customer_with_contracts() {
                return Some(Err(overflow));
            }
        }
        let chunk = std::mem::take(&mut self.chunk);
        (!chunk.before.is_empty()).then_some(Ok(chunk))
    }
}
