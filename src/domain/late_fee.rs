//! The late fee (逾期付款违约金): what a contract's terms make of the days money is late. A pure function of facts and a
//! day: nobody books it, no money pays it, no balance holds it.
//!
//! Simple interest, in pieces: as long as the unpaid amount and the rate in force stay what they are.

mod parse;

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::as_of;
use super::balance::{amount_on, balance_on, change_days, split_off};
use super::calendar::{Calendar, add_days};
use super::facts::Facts;
use super::item::Item;
use super::rates::{Lpr, LprTerm, product, rounded, shared};

pub use parse::LateFeeError;

/// What a contract says of money that comes late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateFee {
    pub rate: Rate,
    pub start: Start,
    pub counted: Counted,
    pub rounding: Rounding,
    /// At most so many percent of the milestone's amount: over all milestones, of the contract's.
    pub cap: Option<Decimal>,
}

/// Percent of what is unpaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    PerDay(Decimal),
    PerYear(Decimal, Year),
    /// So many times the loan prime rate.
    Lpr {
        term: LprTerm,
        times: Decimal,
        year: Year,
        /// The rate of the first day that counts, for all days; else each day that in force.
        at_start: bool,
    },
}

/// Of how many days a year's rate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Year {
    Days360,
    #[default]
    Days365,
}

impl Year {
    pub const fn days(self) -> u16 {
        match self {
            Self::Days360 => 360,
            Self::Days365 => 365,
        }
    }
}

/// The day a fee runs from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Start {
    #[default]
    Due,
    /// The last day of grace.
    Grace,
}

/// Which of the first and the last day counts: the day a fee runs from, and the day money arrives or it is counted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Counted {
    /// Money bears a fee on the day it arrives, and none on the day it is due.
    #[default]
    Last,
    First,
    Both,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rounding {
    /// Once; what a piece shows is what it adds to the rounded sum.
    #[default]
    Sum,
    EachPiece,
}

/// Days with the same unpaid amount and rate. Amounts are minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub from: NaiveDate,
    /// The last day of it.
    pub to: NaiveDate,
    pub days: i64,
    pub unpaid: i64,
    /// Percent a day or a year, as the terms have it, factor included.
    pub percent: Decimal,
    pub fee: i64,
}

/// A late fee; minor units.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fee {
    pub pieces: Vec<Piece>,
    pub total: i64,
    /// Whether the cap holds it down.
    pub capped: bool,
}

impl Fee {
    pub fn days(&self) -> i64 {
        self.pieces.iter().map(|piece| piece.days).sum()
    }
}

/// Why there is no fee to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFee {
    /// No firm due date on that day.
    NotDue,
    /// No rate was published for this day.
    NoRate(NaiveDate),
    /// Beyond what an amount can be.
    Overflow,
}

impl Rate {
    /// Of how many days its percentage is.
    pub const fn base(self) -> u16 {
        match self {
            Self::PerDay(_) => 1,
            Self::PerYear(_, year) | Self::Lpr { year, .. } => year.days(),
        }
    }

    /// Percent on a day of a fee whose first day this is.
    fn percent(self, day: NaiveDate, first: NaiveDate, lpr: &Lpr) -> Result<Decimal, NoFee> {
        match self {
            Self::PerDay(percent) | Self::PerYear(percent, _) => Ok(percent),
            Self::Lpr { term, times, at_start, .. } => {
                let day = if at_start { first } else { day };
                let rate = lpr.on(term, day).ok_or(NoFee::NoRate(day))?;
                Ok((rate * times).normalize())
            }
        }
    }

    fn changes(self, lpr: &Lpr) -> Vec<NaiveDate> {
        match self {
            Self::PerDay(_) | Self::PerYear(..) | Self::Lpr { at_start: true, .. } => Vec::new(),
            Self::Lpr { term, .. } => lpr.changes(term).collect(),
        }
    }
}

/// The fee of a milestone by the end of a day.
pub fn late_fee(
    facts: &Facts,
    terms: &LateFee,
    lpr: &Lpr,
    as_of: NaiveDate,
    calendar: &Calendar,
) -> Result<Fee, NoFee> {
    let item = as_of::item(facts, as_of, calendar).ok_or(NoFee::NotDue)?;
    let due = item.firm_due(as_of).ok_or(NoFee::NotDue)?;
    late_fee_since(facts, &item, due, terms, lpr, as_of)
}

/// The same from a day that law says.
pub fn late_fee_since(
    facts: &Facts,
    item: &Item,
    due: NaiveDate,
    terms: &LateFee,
    lpr: &Lpr,
    as_of: NaiveDate,
) -> Result<Fee, NoFee> {
    let start = match terms.start {
        Start::Due => Some(due),
        Start::Grace => add_days(due, item.grace_days.into()),
    };
    let start = start.ok_or(NoFee::Overflow)?;
    let (first, last) = match terms.counted {
        Counted::Last => (start.succ_opt(), Some(as_of)),
        Counted::First => (Some(start), as_of.pred_opt()),
        Counted::Both => (Some(start), Some(as_of)),
    };
    let (Some(first), Some(last)) = (first, last) else {
        return Err(NoFee::Overflow);
    };
    let mut pieces = Vec::new();
    let begins = begins(facts, terms, lpr, [first, last]);
    for (at, from) in begins.iter().copied().enumerate() {
        let to = begins.get(at + 1).and_then(NaiveDate::pred_opt).unwrap_or(last);
        let unpaid = unpaid(facts, terms.counted, start, from);
        if unpaid > 0 {
            let percent = terms.rate.percent(from, first, lpr)?;
            add(&mut pieces, Piece { from, to, days: 0, unpaid, percent, fee: 0 });
        }
    }
    // What went into parts is no longer its amount, but was what bore the fee until then.
    let amount = amount_on(facts, as_of).saturating_add(split_off(facts, as_of));
    price(pieces, amount, terms).ok_or(NoFee::Overflow)
}

/// The days from the first to the last on which something may change, the first among them.
fn begins(
    facts: &Facts,
    terms: &LateFee,
    lpr: &Lpr,
    [first, last]: [NaiveDate; 2],
) -> Vec<NaiveDate> {
    let money = change_days(facts).filter_map(|day| match terms.counted {
        Counted::First => Some(day),
        Counted::Last | Counted::Both => day.succ_opt(),
    });
    let mut days: Vec<NaiveDate> = money.chain(terms.rate.changes(lpr)).collect();
    days.push(first);
    days.retain(|day| (first..=last).contains(day));
    days.sort_unstable();
    days.dedup();
    days
}

/// What bears a fee on a day: where the last day counts, the balance at its opening, but on the day it runs from that of
/// its end.
fn unpaid(facts: &Facts, counted: Counted, start: NaiveDate, day: NaiveDate) -> i64 {
    match counted {
        Counted::First => balance_on(facts, day),
        Counted::Last | Counted::Both => {
            balance_on(facts, day.pred_opt().unwrap_or(day).max(start))
        }
    }
}

/// Adds a piece, or lengthens the one it goes on from.
fn add(pieces: &mut Vec<Piece>, piece: Piece) {
    if let Some(before) = pieces.last_mut()
        && before.to.succ_opt() == Some(piece.from)
        && (before.unpaid, before.percent) == (piece.unpaid, piece.percent)
    {
        before.to = piece.to;
        return;
    }
    pieces.push(piece);
}

/// Gives each piece its days and its fee; `None` beyond what an amount can be.
fn price(mut pieces: Vec<Piece>, amount: i64, terms: &LateFee) -> Option<Fee> {
    let base = terms.rate.base();
    let cap = match terms.cap {
        Some(percent) => rounded(shared(product(amount, percent, 1)?, 1)?)?,
        None => i64::MAX,
    };
    let (mut products, mut rounded_sum, mut total) = (Decimal::ZERO, 0_i64, 0_i64);
    for piece in &mut pieces {
        piece.days = (piece.to - piece.from).num_days() + 1;
        let product = product(piece.unpaid, piece.percent, piece.days)?;
        let sum = match terms.rounding {
            Rounding::EachPiece => rounded_sum.checked_add(rounded(shared(product, base)?)?)?,
            Rounding::Sum => {
                products = products.checked_add(product)?;
                rounded(shared(products, base)?)?
            }
        };
        rounded_sum = sum;
        piece.fee = sum.min(cap) - total;
        total = sum.min(cap);
    }
    Some(Fee { pieces, total, capped: rounded_sum > cap })
}

impl fmt::Display for LateFee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rate {
            Rate::PerDay(percent) => write!(f, "{percent}%/day")?,
            Rate::PerYear(percent, year) => write!(f, "{percent}%/{}", year.days())?,
            Rate::Lpr { term, times, year, at_start } => {
                write!(f, "lpr{}*{times}", term.code())?;
                if year != Year::default() {
                    write!(f, "/{}", year.days())?;
                }
                f.write_str(if at_start { " at-start" } else { "" })?;
            }
        }
        f.write_str(match self.start {
            Start::Due => "",
            Start::Grace => " after-grace",
        })?;
        f.write_str(match self.counted {
            Counted::Last => "",
            Counted::First => " first-day",
            Counted::Both => " both-days",
        })?;
        f.write_str(match self.rounding {
            Rounding::Sum => "",
            Rounding::EachPiece => " per-piece",
        })?;
        self.cap.map_or(Ok(()), |cap| write!(f, " cap {cap}%"))
    }
}

impl serde::Serialize for LateFee {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
