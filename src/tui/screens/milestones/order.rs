//! The orders of the list.

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::status;
use crate::text::Lang;

use crate::tui::data::Ledger;

/// An order; without one items stand by due date, the oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The largest open amount first, each currency by itself.
    Open,
    /// By customer's code, then due date.
    Customer,
    /// By project's code, then place in the plan.
    Project,
    /// By manager's name, then due date.
    Manager,
    /// By stage, then due date.
    Stage,
    /// Those that wait for the same party together.
    WaitingOn,
}

impl Order {
    pub const ALL: [Self; 6] =
        [Self::Open, Self::Customer, Self::Project, Self::Manager, Self::Stage, Self::WaitingOn];

    /// The order of this number; none is the list's own.
    pub fn at(sort: usize) -> Option<Self> {
        Self::ALL.get(sort.checked_sub(1)?).copied()
    }

    /// Its number; 0 is the list's own.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|of| *of == self).map_or(0, |at| at + 1)
    }

    /// Whether it looks at names.
    pub const fn needs_names(self) -> bool {
        matches!(self, Self::Customer | Self::Project | Self::Manager)
    }

    /// The column it goes by.
    pub const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Open => lang.column_open(),
            Self::Customer => lang.customer_word(),
            Self::Project => lang.project_word(),
            Self::Manager => lang.manager_word(),
            Self::Stage => lang.stage_word(),
            Self::WaitingOn => lang.waiting_on_word(),
        }
    }
}

/// Where an item stands, narrow enough to sort a hundred thousand in a few milliseconds; its place in the portfolio, which
/// is by id, makes the order total.
type Standing = (u32, i64, NaiveDate, u32);

/// Every place in the portfolio, in order or from its other end.
pub fn sorted(order: Option<Order>, reversed: bool, ledger: &Ledger) -> Vec<u32> {
    let items = ledger.portfolio.items().iter().zip(0_u32..);
    let mut placed: Vec<Standing> =
        items.map(|(item, at)| standing(item, at, order, ledger)).collect();
    placed.sort_unstable();
    if reversed {
        placed.reverse();
    }
    placed.into_iter().map(|(.., at)| at).collect()
}

fn standing(item: &Item, at: u32, order: Option<Order>, ledger: &Ledger) -> Standing {
    let (today, policy) = (ledger.today(), &ledger.portfolio.policy);
    let due = item.due(today).unwrap_or(NaiveDate::MAX);
    let ranks = || {
        let index = ledger.index().1;
        let place = usize::try_from(at).unwrap_or(usize::MAX);
        index.map_or([0; 3], |index| index.ranks(place, item.id))
    };
    let (first, then) = match order {
        // An expected day is no reason to stand before what is overdue.
        None => (u32::from(!item.is_firm(today)), 0),
        Some(Order::Open) => (currency(item, ledger), item.balance.saturating_neg()),
        Some(Order::Customer) => (ranks()[0], 0),
        Some(Order::Project) => (ranks()[1], i64::from(item.seq)),
        Some(Order::Manager) => (ranks()[2], 0),
        Some(Order::Stage) => (item.stage as u32, 0),
        Some(Order::WaitingOn) => (status::waiting_on(item, today, policy) as u32, 0),
    };
    (first, then, due, at)
}

/// The main currency first, then by code.
fn currency(item: &Item, ledger: &Ledger) -> u32 {
    if item.currency == ledger.digest.main {
        return 0;
    }
    let code = item.currency.code().bytes();
    code.fold(0, |sum, byte| sum * 256 + u32::from(byte))
}
