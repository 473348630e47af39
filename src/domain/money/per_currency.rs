//! A value for each currency: amounts of different currencies are never added to each other.

use std::cmp::Reverse;

use super::{Currency, Overflow, add};

/// A value for each currency met, in the order they were met until sorted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PerCurrency<T = i64>(Vec<(Currency, T)>);

impl<T> PerCurrency<T> {
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Currency, &T)> + ExactSizeIterator {
        self.0.iter().map(|(currency, value)| (*currency, value))
    }

    /// The value of a currency, made if there is none yet.
    pub fn entry(&mut self, currency: Currency, new: impl FnOnce() -> T) -> &mut T {
        let found = self.0.iter().position(|(of, _)| *of == currency);
        let at = found.unwrap_or_else(|| {
            self.0.push((currency, new()));
            self.0.len() - 1
        });
        &mut self.0[at].1
    }

    /// By code.
    pub fn sort(&mut self) {
        self.0.sort_by_key(|(currency, _)| currency.code());
    }

    /// The main currency first, then by code.
    pub fn main_first(&mut self, main: Currency) {
        self.0.sort_by_key(|(currency, _)| (*currency != main, currency.code()));
    }

    /// The greatest value first, then by code.
    pub fn greatest_first(&mut self)
    where
        T: Ord + Copy,
    {
        self.0.sort_by_key(|(currency, value)| (Reverse(*value), currency.code()));
    }
}

impl PerCurrency<i64> {
    pub fn add(&mut self, currency: Currency, amount: i64) -> Result<(), Overflow> {
        let sum = self.entry(currency, || 0);
        *sum = add(*sum, amount)?;
        Ok(())
    }
}

/// Sums that cannot overflow: no ledger holds 2⁶³ amounts.
impl PerCurrency<i128> {
    pub fn add(&mut self, currency: Currency, amount: i64) {
        *self.entry(currency, || 0) += i128::from(amount);
    }

    pub fn of(amounts: impl IntoIterator<Item = (Currency, i64)>) -> Self {
        let mut sums = Self::new();
        for (currency, amount) in amounts {
            sums.add(currency, amount);
        }
        sums
    }
}

impl<T> IntoIterator for PerCurrency<T> {
    type Item = (Currency, T);
    type IntoIter = std::vec::IntoIter<(Currency, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_are_summed_apart_and_ordered() {
        let (yuan, yen, dollar) = (Currency::CNY, Currency::JPY, Currency::USD);
        let mut sums = PerCurrency::<i64>::new();
        for (currency, amount) in [(dollar, 5), (yuan, 1), (dollar, 2), (yen, 9)] {
            sums.add(currency, amount).unwrap();
        }
        let codes = |sums: &PerCurrency| -> Vec<&str> { sums.iter().map(|s| s.0.code()).collect() };
        assert_eq!(codes(&sums), ["USD", "CNY", "JPY"]);
        sums.main_first(yen);
        assert_eq!(codes(&sums), ["JPY", "CNY", "USD"]);
        sums.greatest_first();
        assert_eq!(codes(&sums), ["JPY", "USD", "CNY"]);
        assert!(sums.add(yuan, i64::MAX).is_err());
        let found: Vec<_> = sums.into_iter().collect();
        assert_eq!(found, [(yen, 9), (dollar, 7), (yuan, 1)]);
    }

    #[test]
    fn a_wide_sum_does_not_overflow() {
        let sums = PerCurrency::of([(Currency::CNY, i64::MAX), (Currency::CNY, 1)]);
        let found: Vec<_> = sums.into_iter().collect();
        assert_eq!(found, [(Currency::CNY, i128::from(i64::MAX) + 1)]);
    }
}
