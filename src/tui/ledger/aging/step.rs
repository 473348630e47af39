//! What the keys of the aging table change of its parameters.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::aging::AgeBy;
use crate::report::aging::GroupBy;
use crate::tui::action::Action;
use crate::tui::screens::AgingParams;

/// How many ways there are to sort.
pub const SORTS: usize = 3;

/// Changes the parameters; false if the action is none of the table. `columns` scroll sideways.
pub fn step(params: &mut AgingParams, action: Action, today: NaiveDate, columns: usize) -> bool {
    let day = params.as_of.unwrap_or(today).min(today);
    let to = |day: Option<NaiveDate>| day.filter(|day| *day < today);
    match action {
        Action::Group => {
            params.by = after(GroupBy::ALL, params.by);
            params.list.list = crate::tui::widgets::list::ListState::default();
        }
        Action::Buckets => {
            params.edges = (params.edges + 1) % AgingParams::EDGES.len();
            params.left = 0;
        }
        Action::Basis => {
            params.age_by = after(AgeBy::ALL, params.age_by);
            params.left = 0;
        }
        Action::ColumnLeft => params.left = params.left.saturating_sub(1),
        Action::ColumnRight => params.left = (params.left + 1).min(columns.saturating_sub(1)),
        Action::DayBack => params.as_of = to(day.checked_sub_days(Days::new(1))),
        Action::DayOn => params.as_of = to(day.checked_add_days(Days::new(1))),
        Action::MonthBack => params.as_of = to(month_end(day, -1)),
        Action::MonthOn => params.as_of = to(month_end(day, 1)),
        Action::Sort => {
            params.list.sort = Some((params.list.sort.unwrap_or_default() + 1) % SORTS);
        }
        _ => return false,
    }
    true
}

/// The value behind this one, around.
fn after<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let at = all
        .iter()
        .position(|one| *one == now)
        .map_or(0, |at| at + 1);
    all.get(at % all.len().max(1)).copied().unwrap_or(now)
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
        let mut params = AgingParams::default();
        step(&mut params, Action::MonthBack, today, 0);
        assert_eq!(params.as_of, Some(day("2026-10-31")));
        step(&mut params, Action::MonthOn, today, 0);
        assert_eq!(params.as_of, None);
        step(&mut params, Action::DayBack, today, 0);
        assert_eq!(params.as_of, Some(day("2026-11-20")));
        step(&mut params, Action::DayOn, today, 0);
        assert_eq!(params.as_of, None);
    }

    #[test]
    fn grouping_and_basis_go_around() {
        let mut params = AgingParams::default();
        for _ in GroupBy::ALL {
            assert!(step(&mut params, Action::Group, day("2026-11-21"), 0));
        }
        for _ in AgeBy::ALL {
            assert!(step(&mut params, Action::Basis, day("2026-11-21"), 0));
        }
        assert_eq!((params.by, params.age_by), (GroupBy::Customer, AgeBy::Due));
        assert!(!step(&mut params, Action::Contact, day("2026-11-21"), 0));
    }
}
