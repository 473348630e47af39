//! When the money that is open is expected, month by month in one currency: what is firm by its due day, the rest by
//! the day it is planned for. The parts add up to all that is open. Amounts are minor units.

use chrono::{Months, NaiveDate};
use iso_currency::Currency;

use crate::domain::item::Item;
use crate::domain::money::{self, Overflow, PerCurrency};

use super::figures::month_start;

/// How many months stand apart, this one among them.
pub const MONTHS: usize = 12;

/// What is due, and what is only expected to fall due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Money {
    pub firm: i64,
    pub expected: i64,
}

impl Money {
    fn add(&mut self, item: &Item, today: NaiveDate) -> Result<(), Overflow> {
        let part = if item.is_firm(today) { &mut self.firm } else { &mut self.expected };
        *part = money::add(*part, item.balance)?;
        Ok(())
    }

    /// Both.
    pub const fn sum(self) -> i64 {
        self.firm.saturating_add(self.expected)
    }

    fn with(self, other: Self) -> Self {
        Self {
            firm: self.firm.saturating_add(other.firm),
            expected: self.expected.saturating_add(other.expected),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expected {
    /// Firm, and due before today.
    pub past_due: i64,
    /// Planned for a day that has passed.
    pub slipped: i64,
    /// First day of each month, and what is expected in it from today on.
    pub months: Vec<(NaiveDate, Money)>,
    /// After the last of them.
    pub later: Money,
    pub no_date: i64,
    /// How many other currencies have something open.
    pub others: usize,
}

impl Expected {
    pub fn new<'i>(
        items: impl Iterator<Item = &'i Item>,
        today: NaiveDate,
        currency: Currency,
    ) -> Result<Self, Overflow> {
        let this = month_start(today);
        let month = |n: u32| this.checked_add_months(Months::new(n));
        let months = (0..).take(MONTHS).filter_map(month).map(|first| (first, Money::default()));
        let mut all = Self { months: months.collect(), ..Self::default() };
        let mut others = PerCurrency::<()>::new();
        for item in items.filter(|item| item.balance > 0) {
            if item.currency == currency {
                all.add(item, today)?;
            } else {
                others.entry(item.currency, || ());
            }
        }
        all.others = others.iter().count();
        Ok(all)
    }

    fn add(&mut self, item: &Item, today: NaiveDate) -> Result<(), Overflow> {
        let Some(due) = item.due(today) else {
            self.no_date = money::add(self.no_date, item.balance)?;
            return Ok(());
        };
        let first = month_start(due);
        if due < today {
            let part = if item.is_firm(today) { &mut self.past_due } else { &mut self.slipped };
            *part = money::add(*part, item.balance)?;
            return Ok(());
        }
        let in_month = self.months.iter_mut().find(|(month, _)| *month == first);
        in_month.map_or(&mut self.later, |(_, part)| part).add(item, today)
    }

    /// The same with so many months apart: the others are later.
    pub fn within(&self, months: usize) -> Self {
        let rest = self.months.iter().skip(months).map(|(_, money)| *money);
        Self {
            months: self.months.iter().copied().take(months).collect(),
            later: rest.fold(self.later, Money::with),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::as_of;
    use crate::domain::calendar::Calendar;
    use crate::domain::due::DueRule;
    use crate::domain::facts::{Account, Facts, ProjectFacts};
    use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn item(amount: i64, rule: DueRule, planned: Option<&str>, currency: Currency) -> Item {
        let account = Account { customer: CustomerId(1), currency };
        let facts = Facts {
            rule,
            planned_on: planned.map(day),
            ..Facts::new(MilestoneId(amount), ProjectFacts::new(ProjectId(1), account), amount)
        };
        as_of::item(&facts, day("2026-11-21"), Calendar::china()).unwrap()
    }

    #[test]
    fn every_amount_stands_where_its_day_is_and_all_add_up() {
        let (today, yuan) = (day("2026-11-21"), Currency::CNY);
        let fixed = |on: &str| DueRule::fixed(day(on));
        let after: DueRule = "acceptance + 30d".parse().unwrap();
        let items = [
            item(1, fixed("2026-11-20"), None, yuan),
            item(2, fixed("2026-11-21"), None, yuan),
            item(4, fixed("2026-12-31"), None, yuan),
            item(8, after.clone(), Some("2026-12-15"), yuan),
            item(16, after.clone(), None, yuan),
            item(32, after, Some("2026-09-01"), yuan),
            item(64, fixed("2027-10-31"), None, yuan),
            item(128, fixed("2027-11-01"), None, yuan),
            item(256, fixed("2026-12-01"), None, Currency::USD),
        ];
        let all = Expected::new(items.iter(), today, yuan).unwrap();
        assert_eq!((all.past_due, all.slipped), (1, 32));
        assert_eq!((all.no_date, all.others, all.later.firm), (16, 1, 128));
        let months: Vec<i64> = all.months.iter().map(|(_, money)| money.sum()).collect();
        assert_eq!(months, [2, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0, 64]);
        for months in [0, 3, MONTHS, 20] {
            let some = all.within(months);
            let sum = some.months.iter().map(|(_, money)| money.sum()).sum::<i64>();
            let rest = some.past_due + some.slipped + some.later.sum() + some.no_date;
            assert_eq!(sum + rest, 255, "{months}");
        }
    }
}
