//! Money: exact minor units of a currency. Reading it as people write it, writing it as they read it, and the few sums
//! that must not lose a cent. No floats; a result beyond 64 bits is an error, never a wrap.

mod parse;
mod per_currency;
mod show;
mod sums;
mod words;

pub use iso_currency::Currency;
pub use parse::{
    AmountError, Grouping, LIMIT, currency_named, decimal, parse, parse_any, parse_grouped,
    read_back,
};
pub use per_currency::PerCurrency;
pub use show::{Scale, format, is_told_in_wan, plain, scaled, symbol, wan, with_symbol};
pub use sums::{Overflow, add, percent, split, sub, sum};
pub use words::{from_chinese, in_chinese, in_english};

/// How many decimals the currency's minor unit is. What ISO 4217 gives no minor unit (gold, the test codes) counts in
/// whole units: 0.
pub fn exponent(currency: Currency) -> u32 {
    currency.exponent().map_or(0, u32::from)
}
