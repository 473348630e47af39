//! Amounts and shares in cells.

use iso_currency::Currency;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::header::{Column, Header};
use crate::domain::money::{self, AmountError};
use crate::domain::plan::field::PlanField;
use crate::error::list::CellProblem;
use crate::exchange::sheet::Row;

/// Whether a bare number in the percent column counts per cent: `0.3` is 30 %, unless the column also has numbers above
/// 1; `30%` is always that.
pub fn counts_per_cent(row: &Row, header: &Header) -> bool {
    let cell = header.column(PlanField::Percent).and_then(|column| row.cell(column.index));
    let number = cell.and_then(|cell| money::decimal(&cell.text()).ok());
    number.is_some_and(|number| number > Decimal::ONE)
}

/// Minor units; the unit of the column's header counts for numbers without one of their own.
pub fn minor(text: &str, column: &Column, currency: Currency) -> Result<i64, CellProblem> {
    let is_bare = || !text.contains(['万', '萬', '亿', '千', '百', 'w', 'W', 'k', 'K', 'm', 'M']);
    match column.unit.scale {
        Some(scale) if is_bare() => Ok(money::parse(&format!("{text}{scale}"), currency)?),
        _ => Ok(money::parse(text, currency)?),
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
