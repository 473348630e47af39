//! How the figures of Today stood in past weeks. What a figure was is known where a snapshot was taken; what came in is
//! known for every week. A week without a snapshot is left blank, never guessed. Amounts are minor units.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::money::{self, Overflow};

use super::figures::Figures;

/// How many weeks are looked back, this one among them.
pub const WEEKS: usize = 12;

/// A value of each week, the oldest first.
pub type Weekly<T> = [Option<T>; WEEKS];

/// The figures of a day that change from one to the next by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stood {
    pub overdue: i64,
    pub due: i64,
    pub promised: i64,
    pub unbilled: i64,
}

impl From<&Figures> for Stood {
    fn from(of: &Figures) -> Self {
        Self {
            overdue: of.overdue.amount,
            due: of.due.amount,
            promised: of.promised.amount,
            unbilled: of.unbilled.amount,
        }
    }
}

/// What past weeks tell of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct History {
    /// How the figures stood at the end of each week before this one.
    pub stood: Weekly<Stood>,
    /// What came in, week by week, this one as far as it has come.
    pub collected: [i64; WEEKS],
}

impl History {
    /// From what snapshots keep, by day, and what came in on which day.
    pub fn new(
        snapshots: &[(NaiveDate, Stood)],
        collected: &[(NaiveDate, i64)],
        today: NaiveDate,
    ) -> Result<Self, Overflow> {
        let mut history = Self::default();
        for (day, stood) in snapshots {
            // That of this week is what is on the screen.
            if let Some(week) = week(*day, today).filter(|week| week + 1 < WEEKS) {
                history.stood[week] = Some(*stood);
            }
        }
        for (day, amount) in collected {
            if let Some(week) = week(*day, today) {
                let sum = &mut history.collected[week];
                *sum = money::add(*sum, *amount)?;
            }
        }
        Ok(history)
    }
}

/// The first day that is looked at: a Monday.
pub fn first_day(today: NaiveDate) -> NaiveDate {
    let back = u64::try_from(WEEKS - 1).unwrap_or_default() * 7;
    let monday = monday(today);
    monday.checked_sub_days(Days::new(back)).unwrap_or(monday)
}

/// The Monday of a day's week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    let since = day.weekday().num_days_from_monday();
    day.checked_sub_days(Days::new(since.into())).unwrap_or(day)
}

/// The place of a day's week among those looked at.
fn week(day: NaiveDate, today: NaiveDate) -> Option<usize> {
    let days = (day - first_day(today)).num_days();
    usize::try_from(days.div_euclid(7)).ok().filter(|week| *week < WEEKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn stood(overdue: i64) -> Stood {
        Stood { overdue, due: 0, promised: 0, unbilled: 0 }
    }

    #[test]
    fn the_last_snapshot_of_a_week_counts_and_that_of_this_week_does_not() {
        let today = day("2026-11-21");
        let snapshots = [
            ("2026-08-30", 1),
            ("2026-08-31", 2),
            ("2026-11-09", 3),
            ("2026-11-15", 4),
            ("2026-11-16", 5),
        ];
        let snapshots = snapshots.map(|(on, overdue)| (day(on), stood(overdue)));
        let history = History::new(&snapshots, &[], today).unwrap();
        let known = history.stood.map(|stood| stood.map(|stood| stood.overdue));
        let mut expected = [None; WEEKS];
        expected[0] = Some(2);
        expected[10] = Some(4);
        assert_eq!(known, expected);
    }

    #[test]
    fn what_came_in_is_summed_from_monday_to_sunday() {
        let today = day("2026-11-18");
        let first = first_day(today);
        assert_eq!(first, day("2026-08-31"));
        let collected =
            [("2026-08-30", 9), ("2026-11-15", 1), ("2026-11-16", 2), ("2026-11-18", 3)];
        let collected = collected.map(|(on, amount)| (day(on), amount));
        let history = History::new(&[], &collected, today).unwrap();
        assert_eq!(history.collected.iter().sum::<i64>(), 6);
        assert_eq!(history.collected[10..], [1, 5]);
    }
}
