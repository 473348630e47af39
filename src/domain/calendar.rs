//! Business days: weekdays, corrected by the table of holidays and make-up workdays (调休).
//!
//! The table ships with the program. A year it lacks is computed from weekends alone; [`Calendar::covers`] says so.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The State Council holiday notices 2004-2026: `date,kind,name`, kind `off` or `work`, in order of date.
const CHINA: &str = include_str!("../../assets/holidays_cn.csv");

#[derive(Debug, Clone)]
pub struct Calendar {
    /// Days that the notices name, in order, and whether they are worked.
    named: Vec<(NaiveDate, bool)>,
    years: RangeInclusive<i32>,
}

impl Calendar {
    pub fn china() -> &'static Self {
        static CALENDAR: OnceLock<Calendar> = OnceLock::new();
        CALENDAR.get_or_init(|| Self::from_table(CHINA))
    }

    fn from_table(table: &str) -> Self {
        let named: Vec<_> = table.lines().filter_map(named_day).collect();
        let years = match (named.first(), named.last()) {
            (Some((first, _)), Some((last, _))) => first.year()..=last.year(),
            _ => RangeInclusive::new(1, 0),
        };
        Self { named, years }
    }

    /// Whether the table knows the holidays of this year.
    pub fn covers(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// Whether this day is worked.
    pub fn is_business_day(&self, day: NaiveDate) -> bool {
        let named = self
            .covers(day.year())
            .then(|| self.named.binary_search_by_key(&day, |(named, _)| *named));
        match named {
            Some(Ok(index)) => self.named.get(index).is_some_and(|(_, worked)| *worked),
            _ => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// The `n`-th business day after this day, which is not counted itself; the day as it is for 0. Stops at the last
    /// day there is ([`NaiveDate::MAX`]).
    pub fn add_business_days(&self, day: NaiveDate, n: u32) -> NaiveDate {
        self.walk(day, n, Direction::Forward)
    }

    /// The `n`-th business day before this day; the day as it is for 0. Stops at the first day there is
    /// ([`NaiveDate::MIN`]).
    pub fn sub_business_days(&self, day: NaiveDate, n: u32) -> NaiveDate {
        self.walk(day, n, Direction::Back)
    }

    /// This day if it is worked, else the next that is (顺延).
    pub fn next_business_day(&self, day: NaiveDate) -> NaiveDate {
        if self.is_business_day(day) { day } else { self.add_business_days(day, 1) }
    }

    fn walk(&self, mut day: NaiveDate, n: u32, direction: Direction) -> NaiveDate {
        let mut left = n;
        while left > 0 {
            if left > 5 && self.only_weekends_ahead(day, direction) {
                // Five business days a week, whichever day it starts on: whole weeks in one step.
                let weeks = (left - 1) / 5;
                match direction.step(day, u64::from(weeks) * 7) {
                    Some(next) => day = next,
                    None => return direction.end(),
                }
                left -= weeks * 5;
                continue;
            }
            match direction.step(day, 1) {
                Some(next) => day = next,
                None => return direction.end(),
            }
            left -= u32::from(self.is_business_day(day));
        }
        day
    }

    /// Whether no day that way is in the table any more.
    fn only_weekends_ahead(&self, day: NaiveDate, direction: Direction) -> bool {
        match direction {
            Direction::Forward => day.year() > *self.years.end(),
            Direction::Back => day.year() < *self.years.start(),
        }
    }
}

/// The last day of this day's month.
pub fn month_end(day: NaiveDate) -> NaiveDate {
    let last = u32::from(day.num_days_in_month());
    day.with_day(last).unwrap_or(day)
}

/// The day so many calendar days after this one, before it if negative; `None` past the first or last day there is.
pub fn add_days(day: NaiveDate, n: i64) -> Option<NaiveDate> {
    let size = Days::new(n.unsigned_abs());
    if n < 0 { day.checked_sub_days(size) } else { day.checked_add_days(size) }
}

#[derive(Clone, Copy)]
enum Direction {
    Forward,
    Back,
}

impl Direction {
    fn step(self, day: NaiveDate, days: u64) -> Option<NaiveDate> {
        match self {
            Self::Forward => day.checked_add_days(Days::new(days)),
            Self::Back => day.checked_sub_days(Days::new(days)),
        }
    }

    const fn end(self) -> NaiveDate {
        match self {
            Self::Forward => NaiveDate::MAX,
            Self::Back => NaiveDate::MIN,
        }
    }
}

/// One line of the table; comments and the header name no day.
fn named_day(line: &str) -> Option<(NaiveDate, bool)> {
    let mut cells = line.split(',');
    let day = cells.next()?.parse().ok()?;
    let worked = match cells.next()? {
        "work" => true,
        "off" => false,
        _ => return None,
    };
    Some((day, worked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// start, n, n business days later, n calendar days later, that day moved to the next business day.
    #[rstest]
    #[case("2020-05-01", 20, "2020-06-01", "2020-05-21", "2020-05-21")]
    #[case("2020-07-01", 10, "2020-07-15", "2020-07-11", "2020-07-13")]
    #[case("2020-08-31", 30, "2020-10-16", "2020-09-30", "2020-09-30")]
    #[case("2020-09-01", 60, "2020-11-30", "2020-10-31", "2020-11-02")]
    #[case("2020-07-06", 90, "2020-11-13", "2020-10-04", "2020-10-09")]
    #[case("2020-01-09", 10, "2020-01-22", "2020-01-19", "2020-01-19")]
    #[case("2020-12-15", 7, "2020-12-24", "2020-12-22", "2020-12-22")]
    #[case("2021-02-07", 15, "2021-03-04", "2021-02-22", "2021-02-22")]
    #[case("2025-01-20", 10, "2025-02-08", "2025-01-30", "2025-02-05")]
    #[case("2025-04-25", 5, "2025-05-06", "2025-04-30", "2025-04-30")]
    #[case("2025-09-26", 7, "2025-10-13", "2025-10-03", "2025-10-09")]
    #[case("2025-12-30", 3, "2026-01-05", "2026-01-02", "2026-01-04")]
    #[case("2026-02-13", 1, "2026-02-14", "2026-02-14", "2026-02-14")]
    #[case("2026-02-13", 10, "2026-03-05", "2026-02-23", "2026-02-24")]
    #[case("2026-04-30", 7, "2026-05-13", "2026-05-07", "2026-05-07")]
    #[case("2026-09-18", 1, "2026-09-20", "2026-09-19", "2026-09-20")]
    #[case("2026-09-25", 5, "2026-10-09", "2026-09-30", "2026-09-30")]
    #[case("2026-09-30", 10, "2026-10-20", "2026-10-10", "2026-10-10")]
    fn published_vectors(
        #[case] start: &str,
        #[case] n: u32,
        #[case] worked: &str,
        #[case] plain: &str,
        #[case] rolled: &str,
    ) {
        let calendar = Calendar::china();
        assert_eq!(calendar.add_business_days(day(start), n), day(worked));
        let later = day(start) + Days::new(n.into());
        assert_eq!(later, day(plain));
        assert_eq!(calendar.next_business_day(later), day(rolled));
    }

    #[test]
    fn every_line_of_the_table_is_read_in_order() {
        let calendar = Calendar::china();
        let lines = CHINA.lines().filter(|l| l.starts_with("20")).count();
        assert_eq!(calendar.named.len(), lines);
        assert!(calendar.named.is_sorted_by(|a, b| a.0 < b.0));
        for year in 2004..=2026 {
            assert!(calendar.named.iter().any(|(d, _)| d.year() == year), "{year}");
        }
    }

    #[test]
    fn a_year_without_notice_counts_weekends_only() {
        let calendar = Calendar::china();
        assert!(!calendar.covers(2003) && calendar.covers(2004));
        assert!(calendar.covers(2026) && !calendar.covers(2027));
        assert!(calendar.is_business_day(day("2027-10-01")));
        assert!(!calendar.is_business_day(day("2027-10-02")));
    }

    #[test]
    fn the_end_of_time_is_the_end() {
        let calendar = Calendar::china();
        assert_eq!(calendar.add_business_days(NaiveDate::MAX, 3), NaiveDate::MAX);
        assert_eq!(calendar.add_business_days(day("2026-01-01"), u32::MAX), NaiveDate::MAX);
        assert_eq!(calendar.sub_business_days(NaiveDate::MIN, 3), NaiveDate::MIN);
        let _ = calendar.next_business_day(NaiveDate::MAX);
    }

    proptest! {
        #[test]
        fn whole_weeks_agree_with_counting(start in 0_u64..20_000, n in 0_u32..400) {
            let calendar = Calendar::china();
            let start = day("1990-01-01") + Days::new(start);
            let mut counted = start;
            let mut back = start;
            for _ in 0..n {
                counted = calendar.next_business_day(counted + Days::new(1));
                back = back - Days::new(1);
                while !calendar.is_business_day(back) {
                    back = back - Days::new(1);
                }
            }
            prop_assert_eq!(calendar.add_business_days(start, n), counted);
            prop_assert_eq!(calendar.sub_business_days(start, n), back);
        }
    }
}
