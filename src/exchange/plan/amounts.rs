//! Amounts and shares in cells.

use iso_currency::Currency;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::header::{Column, Header};
use super::units::Unit;
use crate::domain::money::{self, AmountError};
use crate::domain::plan::field::PlanField;
use crate::error::list::{CellProblem, ReadError};
use crate::exchange::sanitize;
use crate::exchange::sheet::Row;

/// Whether a bare number in the percent column counts per cent: `0.3` is 30 %, unless the column also has numbers above
/// 1; `30%` is always that.
pub fn counts_per_cent(row: &Row, header: &Header) -> bool {
    let cells = header.columns(PlanField::Percent).filter_map(|column| row.cell(column.index));
    let mut numbers = cells.filter_map(|cell| money::decimal(&cell.text()).ok());
    numbers.any(|number| number > Decimal::ONE)
}

/// Minor units; the unit of the column's header, else that of the list, counts for numbers without one of their own.
pub fn minor(
    text: &str,
    column: &Column,
    of_list: Unit,
    currency: Currency,
) -> Result<i64, CellProblem> {
    match column.unit.unwrap_or(of_list).scale {
        Some(scale) if is_bare(text) => Ok(money::parse(&format!("{text}{scale}"), currency)?),
        _ => Ok(money::parse(text, currency)?),
    }
}

fn is_bare(text: &str) -> bool {
    !text.contains(['万', '萬', '亿', '千', '百', 'w', 'W', 'k', 'K', 'm', 'M'])
}

/// Whether the amounts of a list without a unit could be meant in one: small bare numbers beside others in 万.
#[derive(Default)]
pub struct UnitDoubt {
    bare: Option<(u32, String)>,
    scaled: Option<(u32, String)>,
}

impl UnitDoubt {
    /// Bare numbers below it look like 万 beside one that says so.
    const SMALL: u32 = 1_000;

    /// Looks at the amounts of a row.
    pub fn row(&mut self, row: &Row, header: &Header) {
        for column in header.columns(PlanField::Amount).filter(|column| column.unit.is_none()) {
            if let Some(cell) = row.cell(column.index) {
                self.cell(row, &cell.text());
            }
        }
    }

    fn cell(&mut self, row: &Row, text: &str) {
        let place = || (row.number, sanitize::text(text).into_owned());
        if text.contains(['万', '萬', '亿']) {
            self.scaled.get_or_insert_with(place);
        } else if is_bare(text)
            && money::decimal(text).is_ok_and(|number| number < Decimal::from(Self::SMALL))
        {
            self.bare.get_or_insert_with(place);
        }
    }

    /// Asks, if there is doubt.
    pub fn settle(self) -> Result<(), ReadError> {
        match (self.bare, self.scaled) {
            (Some(bare), Some(scaled)) => Err(ReadError::OpenUnit { bare, scaled }),
            _ => Ok(()),
        }
    }
}

/// A share of the contract amount, exactly.
pub fn share(text: &str, percents: bool, contract: i64) -> Result<i64, CellProblem> {
    let (number, marked) = match text.trim_end().strip_suffix(['%', '％']) {
        Some(number) => (number, true),
        None => (text, false),
    };
    let number = money::decimal(number).map_err(|_| CellProblem::Percent)?;
    let rate = if marked || percents {
        number.checked_div(Decimal::ONE_HUNDRED).ok_or(CellProblem::Percent)?
    } else {
        number
    };
    if rate <= Decimal::ZERO || rate > Decimal::ONE {
        return Err(CellProblem::Percent);
    }
    let amount = Decimal::from(contract)
        .checked_mul(rate)
        .ok_or(CellProblem::Amount(AmountError::TooLarge))?;
    if !amount.fract().is_zero() {
        return Err(CellProblem::PercentInexact);
    }
    match amount.to_i64() {
        Some(minor) if minor > 0 => Ok(minor),
        _ => Err(CellProblem::PercentInexact),
    }
}
