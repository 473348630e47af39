//! Which columns of the aging table there is room for.

use crate::domain::aging::{AgeBy, Buckets};
use crate::text::width::width;
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
pub fn parts(buckets: &Buckets) -> Vec<Part> {
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

impl Shown {
    /// Every column but the bar.
    pub fn all(buckets: &Buckets) -> Self {
        let parts = parts(buckets);
        Self { from: 0, of: parts.len(), parts, currency: true, code: true, late: true, bar: 0 }
    }

    /// The columns there is room for, from the `left`th of those that scroll: totals are the widest amounts of theirs.
    /// `totals` and `columns` are those of [`Shown::all`].
    pub fn fitting(
        totals: &[Vec<Cell>],
        columns: &[Column],
        buckets: &Buckets,
        left: usize,
        room: u16,
    ) -> Self {
        let room = usize::from(room);
        let all = parts(buckets);
        let wide = |at: usize| {
            let cells = totals.iter().filter_map(|row| row.get(at));
            let cells = cells.map(|cell| width(&cell.text)).max().unwrap_or_default();
            2 + cells.max(columns.get(at).map_or(0, |column| width(column.title)))
        };
        // What is past due, total and bar stand last.
        let mut shown = Self {
            of: all.len(),
            currency: totals.len() > 1,
            code: room >= 140,
            late: buckets.age_by != AgeBy::Invoice,
            bar: if room >= 160 { 16 } else { 8 },
            ..Self::default()
        };
        let last = NAMES + all.len();
        let mut fixed = 3 + 16 + wide(last + 1) + 2 + shown.bar;
        for (is_shown, cells) in [(shown.code, 10), (shown.currency, 5), (shown.late, wide(last))] {
            fixed += if is_shown { cells } else { 0 };
        }
        let mut free = room.saturating_sub(fixed);
        let widths: Vec<usize> = (0..all.len()).map(|at| wide(NAMES + at)).collect();
        // Without the bar its gap is free, too, and the names give way a little.
        let tight = free + shown.bar + 4;
        let few = count(widths.iter(), free);
        if few < FEW && count(widths.iter(), tight) > few {
            free = tight;
            shown.bar = 0;
        }
        // One never scrolls further than the last columns need.
        let at_end = count(widths.iter().rev(), free);
        shown.from = left.min(all.len().saturating_sub(at_end));
        let seen = count(widths.iter().skip(shown.from), free);
        shown.parts = all.into_iter().skip(shown.from).take(seen).collect();
        shown
    }
}

/// How many of these widths fit one after the other; at least one.
fn count<'a>(widths: impl Iterator<Item = &'a usize>, free: usize) -> usize {
    let mut used = 0;
    let fits = widths.take_while(|wide| {
        used += **wide;
        used <= free
    });
    fits.count().max(1)
}
