//! What an aging table is made from, and how the keys change it.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::aging::{AgeBy, Buckets, Edges};
use crate::report::aging::GroupBy;
use crate::tui::action::Action;

/// The bucket presets, in the order one steps through them.
const EDGES: [&str; 3] = ["days", "short", "years"];

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params {
    /// The as-of day; none is today.
    pub as_of: Option<NaiveDate>,
    /// What the rows stand for.
    pub by: GroupBy,
    pub age_by: AgeBy,
    /// How often the next bucket edges were asked for.
    edges: usize,
}

impl Params {
    /// The day a table is of: never after today.
    pub fn day(&self, today: NaiveDate) -> NaiveDate {
        self.as_of.unwrap_or(NaiveDate::MAX).min(today)
    }

    /// How receivables are sorted by age: by the ledger's own edges, then by the other presets.
    pub fn buckets(&self, own: &Edges) -> Buckets {
        let presets = EDGES.iter().filter_map(|name| name.parse().ok());
        let mut all = vec![own.clone()];
        all.extend(presets.filter(|preset| preset != own));
        let edges = all.swap_remove(self.edges % all.len());
        Buckets { age_by: self.age_by, edges }
    }

    /// Goes to the next grouping, buckets, basis or day; false if the action is none of these.
    pub fn step(&mut self, action: Action, today: NaiveDate) -> bool {
        let day = self.day(today);
        let to = |day: Option<NaiveDate>| day.filter(|day| *day < today);
        match action {
            Action::Group => self.by = after(GroupBy::ALL, self.by),
            Action::Buckets => self.edges += 1,
            Action::Basis => self.age_by = after(AgeBy::ALL, self.age_by),
            Action::DayBack => self.as_of = to(day.checked_sub_days(Days::new(1))),
            Action::DayOn => self.as_of = to(day.checked_add_days(Days::new(1))),
            Action::MonthBack => self.as_of = to(month_end(day, -1)),
            Action::DayToday => self.as_of = None,
            Action::MonthOn => self.as_of = to(month_end(day, 1)),
            _ => return false,
        }
        true
    }
}

/// The value behind this one, around.
fn after<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let mut around = all.iter().chain(all);
    around.find(|one| **one == now);
    around.next().copied().unwrap_or(now)
}

/// The nearest last day of a month before or after a day.
fn month_end(day: NaiveDate, direction: i8) -> Option<NaiveDate> {
    let first = day.with_day(1)?;
    let end_of = |first: NaiveDate| first.checked_add_months(Months::new(1))?.pred_opt();
    if direction < 0 {
        return first.pred_opt();
    }
    match end_of(first)? {
        end if end > day => Some(end),
        _ => end_of(first.checked_add_months(Months::new(1))?),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[rstest]
    #[case("2026-11-21", -1, "2026-10-31")]
    #[case("2026-10-31", -1, "2026-09-30")]
    #[case("2026-03-31", -1, "2026-02-28")]
    #[case("2026-11-21", 1, "2026-11-30")]
    #[case("2026-10-31", 1, "2026-11-30")]
    #[case("2028-01-31", 1, "2028-02-29")]
    fn month_ends_follow_each_other(#[case] from: &str, #[case] direction: i8, #[case] to: &str) {
        assert_eq!(month_end(day(from), direction), Some(day(to)));
    }

    #[test]
    fn the_day_never_passes_today() {
        let today = day("2026-11-21");
        let mut params = Params::default();
        params.step(Action::MonthBack, today);
        assert_eq!(params.as_of, Some(day("2026-10-31")));
        params.step(Action::MonthOn, today);
        assert_eq!(params.as_of, None);
        params.step(Action::DayBack, today);
        assert_eq!(params.as_of, Some(day("2026-11-20")));
        params.step(Action::DayOn, today);
        assert_eq!(params.as_of, None);
        params.step(Action::MonthBack, today);
        params.step(Action::DayToday, today);
        assert_eq!(params.as_of, None);
    }

    #[test]
    fn grouping_and_basis_go_around() {
        let mut params = Params::default();
        for _ in GroupBy::ALL {
            assert!(params.step(Action::Group, day("2026-11-21")));
        }
        for _ in AgeBy::ALL {
            assert!(params.step(Action::Basis, day("2026-11-21")));
        }
        assert_eq!((params.by, params.age_by), (GroupBy::Customer, AgeBy::Due));
        assert!(!params.step(Action::Redraw, day("2026-11-21")));
    }
}
