//! The orders of the list.

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::status;
use crate::text::Lang;

use super::super::data::Ledger;
use super::item_at;

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
    /// Those whose court it is together.
    Court,
}

impl Order {
    const ALL: [Self; 6] = [
        Self::Open,
        Self::Customer,
        Self::Project,
        Self::Manager,
        Self::Stage,
        Self::Court,
    ];

    /// The order of this number.
    pub fn at(sort: Option<usize>) -> Option<Self> {
        Self::ALL.get(sort?).copied()
    }

    /// The number of the next order.
    pub const fn after(sort: Option<usize>) -> Option<usize> {
        match sort {
            None => Some(0),
            Some(at) if at + 1 < Self::ALL.len() => Some(at + 1),
            Some(_) => None,
        }
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
            Self::Court => lang.court_word(),
        }
    }
}

/// Where an item stands; the id, which is its place in the book, makes it total.
type Place = (i128, i128, NaiveDate, u32);

/// Sorts places in the book.
pub fn sort(all: &mut [u32], order: Option<Order>, ledger: &Ledger) {
    let items = ledger.book.items();
    let mut placed: Vec<Place> = all
        .iter()
        .filter_map(|at| Some(place(item_at(items, *at)?, *at, order, ledger)))
        .collect();
    placed.sort_unstable();
    for (to, (.., at)) in all.iter_mut().zip(placed) {
        *to = at;
    }
}

fn place(item: &Item, at: u32, order: Option<Order>, ledger: &Ledger) -> Place {
    let due = item.due.unwrap_or(NaiveDate::MAX);
    let (today, policy) = (ledger.today(), &ledger.book.policy);
    let index = ledger.index().1;
    let rank = |of: &dyn Fn(&super::super::index::Index) -> u32| {
        i128::from(index.map_or(0, |index| of(index)))
    };
    let key = match order {
        // An expected day is no reason to stand before what is overdue.
        None => (i128::from(!item.is_firm(today)), 0),
        Some(Order::Open) => {
            let main = item.currency == ledger.digest.main;
            let code = item.currency.code().bytes();
            let code = code.fold(0_i128, |sum, byte| sum * 256 + i128::from(byte));
            (if main { 0 } else { code }, -i128::from(item.balance))
        }
        Some(Order::Customer) => (rank(&|index| index.customer(item.customer)), 0),
        Some(Order::Project) => {
            return (
                rank(&|index| index.project(item.project)),
                i128::from(item.seq),
                due,
                at,
            );
        }
        Some(Order::Manager) => (rank(&|index| index.person(item.manager)), 0),
        Some(Order::Stage) => (item.stage as i128, 0),
        Some(Order::Court) => (status::court(item, today, policy) as i128, 0),
    };
    (key.0, key.1, due, at)
}
