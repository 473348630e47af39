//! How much of what is receivable hangs on a few customers, in one currency. Amounts are minor units.

use iso_currency::Currency;

use crate::domain::ids::CustomerId;
use crate::domain::money::{self, Overflow, PerCurrency};

use super::debtors::{Debt, Debtor};

/// What a customer owes, and how much of that is overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub customer: CustomerId,
    pub receivable: i64,
    pub overdue: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Concentration {
    /// Those who owe most, the most first.
    pub top: Vec<Share>,
    /// How many others owe something, and how much.
    pub rest: (usize, i64),
    pub total: i64,
    /// How many other currencies are receivable.
    pub others: usize,
}

impl Concentration {
    /// Of these customers, with so many of them apart.
    pub fn new<'d>(
        debtors: impl Iterator<Item = &'d Debtor>,
        currency: Currency,
        apart: usize,
    ) -> Result<Self, Overflow> {
        let mut all: Vec<Share> = Vec::new();
        let mut others = PerCurrency::<()>::new();
        for debtor in debtors {
            for debt in debtor.debts.iter().filter(|debt| debt.receivable > 0) {
                let Debt { receivable, overdue, .. } = *debt;
                if debt.currency == currency {
                    all.push(Share { customer: debtor.customer, receivable, overdue });
                } else {
                    others.entry(debt.currency, || ());
                }
            }
        }
        all.sort_by_key(|share| (-share.receivable, share.customer));
        let total = money::sum(all.iter().map(|share| share.receivable))?;
        let rest = all.split_off(apart.min(all.len()));
        let sum = rest.iter().fold(0_i64, |sum, share| sum.saturating_add(share.receivable));
        let rest = (rest.len(), sum);
        Ok(Self { top: all, rest, total, others: others.iter().count() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn debtor(customer: i64, debts: &[(Currency, i64, i64)]) -> Debtor {
        let debt = |&(currency, receivable, overdue): &(Currency, i64, i64)| Debt {
            currency,
            receivable,
            overdue,
            promised: 0,
            disputed: 0,
            planned: 0,
            accepted: 0,
            unapplied: 0,
        };
        Debtor {
            customer: CustomerId(customer),
            debts: debts.iter().map(debt).collect(),
            items: 1,
            oldest_late: 0,
            last_touch: None,
        }
    }

    #[test]
    fn those_who_owe_most_stand_apart_and_all_add_up() {
        let (yuan, dollar) = (Currency::CNY, Currency::USD);
        let debtors = [
            debtor(1, &[(yuan, 10, 0)]),
            debtor(2, &[(yuan, 50, 20), (dollar, 900, 0)]),
            debtor(3, &[(yuan, 30, 0)]),
            debtor(4, &[(yuan, 0, 0)]),
            debtor(5, &[(yuan, 30, 30)]),
        ];
        let found = Concentration::new(debtors.iter(), yuan, 2).unwrap();
        let top: Vec<(i64, i64)> = found.top.iter().map(|s| (s.customer.0, s.receivable)).collect();
        assert_eq!(top, [(2, 50), (3, 30)]);
        assert_eq!((found.rest, found.total, found.others), ((2, 40), 120, 1));
        let all = Concentration::new(debtors.iter(), yuan, 10).unwrap();
        assert_eq!((all.top.len(), all.rest), (4, (0, 0)));
        assert_eq!(Concentration::new([].iter(), yuan, 2).unwrap(), Concentration::default());
    }
}
