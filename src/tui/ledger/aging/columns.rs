//! Which columns of the aging table there is room for.

use crate::domain::aging::{AgeBy, Buckets};
use crate::text::width::width;
use crate::tui::screens::AgingParams;
use crate::tui::widgets::list::{Cell, Column};

/// A column that scrolls sideways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Bucket(usize),
    /// Retention that is not due.
    Retention,
    Unapplied,
    /// Total less money on account.
    Net,
    Planned,
    Items,
}

/// The scrolling columns of a bucket rule.
pub fn columns_of(buckets: &Buckets) -> Vec<Part> {
    let mut parts: Vec<Part> = (0..buckets.labels().len()).map(Part::Bucket).collect();
    if buckets.age_by != AgeBy::Invoice {
        parts.push(Part::Retention);
    }
    parts.extend([Part::Unapplied, Part::Net, Part::Planned, Part::Items]);
    parts
}

/// Which columns are shown: some of those that scroll, and of the others those there is room for.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    pub parts: Vec<Part>,
    pub from: usize,
    pub of: usize,
    pub currency: bool,
    pub code: bool,
    pub late: bool,
    pub bar: usize,
}

/// Code, name and currency stand before the columns that scroll.
const NAMES: usize = 3;

/// With fewer scrolling columns than this, the bar makes room for another.
const FEW: usize = 3;

/// The columns there is room for: totals are the widest amounts of their columns.
pub fn choose(
    (totals, columns): (&[Vec<Cell>], &[Column]),
    buckets: &Buckets,
    params: &mut AgingParams,
    wide: u16,
) -> Shown {
    let room = usize::from(wide);
    let all = columns_of(buckets);
    let wide = |at: usize| {
        let cells = totals.iter().filter_map(|row| row.get(at));
        let cells = cells
            .map(|cell| width(&cell.text))
            .max()
            .unwrap_or_default();
        2 + cells.max(columns.get(at).map_or(0, |column| width(column.title)))
    };
    // What is past due, total and bar stand last.
    let mut shown = Shown {
        of: all.len(),
        currency: totals.len() > 1,
        code: room >= 140,
        late: buckets.age_by != AgeBy::Invoice,
        bar: if room >= 160 { 16 } else { 8 },
        ..Shown::default()
    };
    let last = NAMES + all.len();
    let mut fixed = 3 + 16 + wide(last + 1) + 2 + shown.bar;
    for (is_shown, cells) in [
        (shown.code, 10),
        (shown.currency, 5),
        (shown.late, wide(last)),
    ] {
        fixed += if is_shown { cells } else { 0 };
    }
    let mut free = room.saturating_sub(fixed);
    let widths: Vec<usize> = (0..all.len()).map(|at| wide(NAMES + at)).collect();
    // Without the bar its gap is free, too, and the names give way a little.
    let tight = free + shown.bar + 4;
    let few = fitting(widths.iter(), free);
    if few < FEW && fitting(widths.iter(), tight) > few {
        free = tight;
        shown.bar = 0;
    }
    // One never scrolls further than the last columns need.
    let at_end = fitting(widths.iter().rev(), free);
    shown.from = params.left.min(all.len().saturating_sub(at_end));
    params.left = shown.from;
    let count = fitting(widths.iter().skip(shown.from), free);
    shown.parts = all.into_iter().skip(shown.from).take(count).collect();
    shown
}

/// How many of these widths fit one after the other; at least one.
fn fitting<'a>(widths: impl Iterator<Item = &'a usize>, free: usize) -> usize {
    let mut used = 0;
    let fits = widths.take_while(|wide| {
        used += **wide;
        used <= free
    });
    fits.count().max(1)
}
