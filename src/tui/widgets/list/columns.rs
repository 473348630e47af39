//! How wide columns are: as their titles and data need, in display cells.

use std::borrow::Cow;

use super::Cell;
use crate::text::width::{left, right, width};

pub const GAP: u16 = 2;

/// On which side of a column its text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

impl Align {
    /// `text` in exactly so many cells.
    pub fn pad(self, text: &str, cells: usize) -> String {
        match self {
            Self::Left => left(text, cells),
            Self::Right => right(text, cells),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub title: Cow<'static, str>,
    pub align: Align,
    /// Cells it may be cut down to; a number or a day is never cut, so its least is `None`.
    pub least: Option<usize>,
    /// What goes first where there is no room: the highest; 0 never goes.
    pub rank: u8,
    /// The order of the list that goes by it.
    pub order: Option<usize>,
}

impl Column {
    /// A column of words, which may be cut.
    pub const fn words(title: &'static str, least: usize, rank: u8) -> Self {
        Self {
            title: Cow::Borrowed(title),
            align: Align::Left,
            least: Some(least),
            rank,
            order: None,
        }
    }

    /// A column of words that are never cut: days, codes, signs.
    pub const fn whole(title: &'static str, rank: u8) -> Self {
        Self { title: Cow::Borrowed(title), align: Align::Left, least: None, rank, order: None }
    }

    pub const fn number(title: &'static str, rank: u8) -> Self {
        Self { title: Cow::Borrowed(title), align: Align::Right, least: None, rank, order: None }
    }

    /// One that this order of the list goes by.
    pub fn by(self, order: usize) -> Self {
        Self { order: Some(order), ..self }
    }

    /// Which way the list goes by it: up by words and days, down by numbers, unless it is reversed.
    pub(super) fn direction(&self, reversed: bool) -> &'static str {
        if (self.align == Align::Right) == reversed { "▲" } else { "▼" }
    }
}

/// Widens what the columns are known to need by titles and rows. Widths only grow, so that nothing jumps on scrolling.
pub fn widen(widest: &mut Vec<usize>, columns: &[Column], rows: &[(usize, Vec<Cell>)]) {
    widen_some(widest, columns, rows, |_| true);
}

/// The same of those columns that are never cut.
pub fn widen_uncut(widest: &mut Vec<usize>, columns: &[Column], rows: &[(usize, Vec<Cell>)]) {
    widen_some(widest, columns, rows, |column| column.least.is_none());
}

/// Widens each column to a text.
pub fn widen_to(widest: &mut [usize], texts: &[String]) {
    for (known, text) in widest.iter_mut().zip(texts) {
        *known = (*known).max(width(text));
    }
}

fn widen_some(
    widest: &mut Vec<usize>,
    columns: &[Column],
    rows: &[(usize, Vec<Cell>)],
    which: fn(&Column) -> bool,
) {
    if widest.len() != columns.len() {
        *widest = columns.iter().map(|column| width(&column.title)).collect();
    }
    let widened = widest.iter_mut().zip(columns).enumerate();
    for (at, (known, _)) in widened.filter(|(_, (_, column))| which(column)) {
        let cells = rows.iter().filter_map(|(_, row)| row.get(at));
        let needed = cells.filter(|cell| !cell.spans).map(|cell| width(&cell.text)).max();
        *known = (*known).max(needed.unwrap_or_default());
    }
}

/// The width of each column in `room`; 0 is left out. First those that may be cut give way, then whole columns go, the
/// highest rank first. Where all of that is not enough, what may be cut is cut below its least: a list never runs over
/// its pane.
pub fn layout(columns: &[Column], widest: &[usize], room: usize) -> Vec<usize> {
    let mut widths = widest.to_vec();
    loop {
        shrink(columns, &mut widths, room, |least| least);
        if total(&widths) <= room {
            return widths;
        }
        let shown = columns.iter().enumerate().filter(|(at, _)| widths.get(*at) > Some(&0));
        let droppable = shown.filter(|(_, column)| column.rank > 0);
        let Some((at, _)) = droppable.max_by_key(|(at, column)| (column.rank, *at)) else {
            shrink(columns, &mut widths, room, |_| 1);
            return widths;
        };
        // What was cut for the column that goes may be whole again.
        let gone: Vec<bool> = widths.iter().map(|wide| *wide == 0).collect();
        widths = widest.to_vec();
        for (wide, gone) in widths.iter_mut().zip(gone) {
            if gone {
                *wide = 0;
            }
        }
        if let Some(wide) = widths.get_mut(at) {
            *wide = 0;
        }
    }
}

fn total(widths: &[usize]) -> usize {
    let shown = widths.iter().filter(|wide| **wide > 0);
    let cells: usize = shown.clone().sum();
    cells + shown.count().saturating_sub(1) * usize::from(GAP)
}

/// Takes cells from what may be cut, where most can be spared, down to `floor` of its least.
fn shrink(columns: &[Column], widths: &mut [usize], room: usize, floor: fn(usize) -> usize) {
    while total(widths) > room {
        let over = |(at, column): (usize, &Column)| {
            let wide = *widths.get(at)?;
            let least = floor(column.least?).min(wide);
            (wide > least).then_some((wide - least, at))
        };
        let Some((_, at)) = columns.iter().enumerate().filter_map(over).max() else {
            return;
        };
        if let Some(wide) = widths.get_mut(at) {
            *wide -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const NAME: Column = Column::words("name", 6, 0);
    const MONEY: Column = Column::number("open", 0);
    const NOTE: Column = Column::words("note", 4, 1);

    #[rstest]
    #[case(40, [10, 10, 10])]
    #[case(30, [9, 10, 7])]
    #[case(24, [6, 10, 4])]
    #[case(23, [10, 10, 0])]
    #[case(18, [6, 10, 0])]
    #[case(15, [3, 10, 0])]
    #[case(9, [1, 10, 0])]
    fn names_are_cut_then_columns_go_and_money_stays(
        #[case] room: usize,
        #[case] widths: [usize; 3],
    ) {
        assert_eq!(layout(&[NAME, MONEY, NOTE], &[10, 10, 10], room), widths);
    }
}
