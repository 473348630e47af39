//! What falls due and what is promised in this week and the next, day by day in one currency. Amounts are minor units.

use chrono::{Days, NaiveDate};
use iso_currency::Currency;

use crate::domain::item::{Item, OpenPromise};
use crate::domain::money::{Overflow, PerCurrency};
use crate::domain::promise::PromiseState;

use super::figures::Tally;
use super::history::monday;

/// Two weeks.
const DAYS: usize = 14;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub on: NaiveDate,
    /// Firm, due on it, and still open.
    pub due: Tally,
    /// What promises for it still have to bring: pending ones, and broken ones that no other followed.
    pub promised: Tally,
    /// Papers that expire on it, and warranties that end.
    pub ends: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fortnight {
    /// From Monday of this week.
    pub days: Vec<Day>,
    /// How many other currencies have something in these days.
    pub others: usize,
}

impl Fortnight {
    /// `ends` are the days on which papers expire and warranties end.
    pub fn new(
        items: &[Item],
        ends: impl Iterator<Item = NaiveDate>,
        today: NaiveDate,
        currency: Currency,
    ) -> Result<Self, Overflow> {
        let first = monday(today);
        let day = |n: u64| first.checked_add_days(Days::new(n));
        let none = Tally::default();
        let days = (0..).take(DAYS).filter_map(day);
        let mut days: Vec<Day> =
            days.map(|on| Day { on, due: none, promised: none, ends: 0 }).collect();
        let place = |on: NaiveDate| {
            usize::try_from((on - first).num_days()).ok().filter(|place| *place < DAYS)
        };
        for at in ends.filter_map(place) {
            if let Some(day) = days.get_mut(at) {
                day.ends = day.ends.saturating_add(1);
            }
        }
        let mut others = PerCurrency::<()>::new();
        for item in items.iter().filter(|item| item.balance > 0) {
            let due = item.firm_due(today).and_then(place).map(|at| (at, true, item.balance));
            let promised = item.promises.iter().filter(|promise| stands(promise, today));
            let promised = promised.filter_map(|p| Some((place(p.pay_by)?, false, p.missing())));
            for (at, is_due, amount) in due.into_iter().chain(promised) {
                if item.currency != currency {
                    others.entry(item.currency, || ());
                } else if let Some(day) = days.get_mut(at) {
                    let tally = if is_due { &mut day.due } else { &mut day.promised };
                    tally.add(amount)?;
                }
            }
        }
        Ok(Self { days, others: others.iter().count() })
    }
}

/// Whether a promise still has to bring something: pending, or broken with no other after it.
pub(super) fn stands(promise: &OpenPromise, today: NaiveDate) -> bool {
    promise.state(today) == PromiseState::Pending || !promise.followed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::as_of;
    use crate::domain::calendar::Calendar;
    use crate::domain::due::DueRule;
    use crate::domain::facts::{Account, Facts, ProjectFacts, PromiseFact};
    use crate::domain::ids::{CustomerId, MilestoneId, ProjectId, PromiseId};
    use crate::domain::policy::Policy;
    use crate::report::figures::figures;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Due on a day, with promises: the day they were made, the last to keep them, and how much.
    fn item(amount: i64, due: &str, promises: &[(&str, &str, i64)], currency: Currency) -> Item {
        let account = Account { customer: CustomerId(1), currency };
        let promise = |(at, (made, by, amount)): (i64, &(&str, &str, i64))| PromiseFact {
            id: PromiseId(at),
            made_on: day(made),
            amount: *amount,
            pay_by: day(by),
        };
        let facts = Facts {
            rule: DueRule::fixed(day(due)),
            promises: (1..).zip(promises).map(promise).collect(),
            ..Facts::new(MilestoneId(amount), ProjectFacts::new(ProjectId(1), account), amount)
        };
        as_of::item(&facts, day("2026-11-18"), Calendar::china()).unwrap()
    }

    #[test]
    fn the_days_hold_what_the_figures_count_and_what_did_not_come() {
        let (today, yuan) = (day("2026-11-18"), Currency::CNY);
        let items = [
            item(100, "2026-11-18", &[("2026-11-10", "2026-11-22", 40)], yuan),
            item(200, "2026-11-25", &[("2026-11-10", "2026-11-17", 150)], yuan),
            item(400, "2026-11-15", &[("2026-11-10", "2026-11-30", 9)], yuan),
            item(
                800,
                "2026-11-16",
                &[("2026-11-10", "2026-11-17", 7), ("2026-11-18", "2026-11-25", 6)],
                yuan,
            ),
            item(900, "2026-11-18", &[], Currency::USD),
            item(950, "2027-11-18", &[], Currency::JPY),
        ];
        let found =
            Fortnight::new(&items, [day("2026-11-22"), day("2027-01-01")].into_iter(), today, yuan)
                .unwrap();
        let of = |on: &str| {
            let day = found.days.iter().find(|found| found.on == day(on)).unwrap();
            (day.due.amount, day.promised.amount)
        };
        assert_eq!((found.days.len(), found.days[0].on), (DAYS, day("2026-11-16")));
        assert_eq!(of("2026-11-16"), (800, 0));
        assert_eq!(of("2026-11-17"), (0, 150), "of what was promised again the last counts");
        assert_eq!(of("2026-11-18"), (100, 0));
        assert_eq!(of("2026-11-22"), (0, 40));
        assert_eq!(of("2026-11-25"), (200, 6));
        assert_eq!(found.others, 1);
        let ends: Vec<u32> = found.days.iter().map(|day| day.ends).collect();
        assert_eq!(ends, [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
        let figures = figures(&items, &[], today, &Policy::default(), yuan).unwrap().remove(0);
        let ahead = found.days.iter().filter(|found| found.on >= today).take(8);
        let sum = |of: fn(&Day) -> Tally| ahead.clone().map(|day| of(day).amount).sum::<i64>();
        assert_eq!(sum(|day| day.due), figures.due.amount);
        assert_eq!(sum(|day| day.promised), figures.promised.amount);
    }
}
