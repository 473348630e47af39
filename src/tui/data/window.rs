//! Rows of a long list, read around those that are seen.

use std::ops::Range;

use crate::error::Result;

use super::memo::Memo;

/// Rows read beyond those seen, on either side.
const MARGIN: usize = 64;

pub struct Window<Row> {
    rows: Memo<Range<usize>, Vec<Row>>,
}

impl<Row> Default for Window<Row> {
    fn default() -> Self {
        Self { rows: Memo::default() }
    }
}

impl<Row> Window<Row> {
    /// Reads the rows at the places seen, of so many, if they are not all here.
    pub fn read(
        &mut self,
        seen: Range<usize>,
        count: usize,
        read: impl FnOnce(Range<usize>) -> Result<Vec<Row>>,
    ) -> Result<()> {
        let end = seen.end.min(count);
        let is_here = |known: &Range<usize>| known.start <= seen.start && end <= known.end;
        if seen.start >= end || self.rows.key().is_some_and(is_here) {
            return Ok(());
        }
        let around = seen.start.saturating_sub(MARGIN)..end.saturating_add(MARGIN).min(count);
        self.rows.try_refresh(around.clone(), || read(around))?;
        Ok(())
    }

    /// The row at a place, if it was read.
    pub fn get(&self, at: usize) -> Option<&Row> {
        let first = self.rows.key()?.start;
        self.rows.get(at.checked_sub(first)?)
    }
}

/// Rows in the order of their ids.
pub fn in_order<Id: PartialEq, Row>(
    ids: &[Id],
    mut rows: Vec<Row>,
    id: impl Fn(&Row) -> Id,
) -> Vec<Row> {
    rows.sort_by_cached_key(|row| ids.iter().position(|known| *known == id(row)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_around_those_seen_and_only_where_they_are_not_here() {
        let mut window = Window::default();
        let mut read = Vec::new();
        for seen in [0..40, 20..60, 900..1_040, 0..40] {
            let take = |places: Range<usize>| {
                read.push(places.clone());
                Ok(places.collect())
            };
            window.read(seen.clone(), 1_000, take).unwrap();
            assert_eq!(window.get(seen.start), Some(&seen.start));
        }
        assert_eq!(read, [0..104, 836..1_000, 0..104]);
        assert_eq!(window.get(999), None);
    }

    #[test]
    fn beyond_the_rows_nothing_is_read() {
        let mut window: Window<usize> = Window::default();
        window.read(5..9, 5, |_| panic!("there are no rows")).unwrap();
        assert_eq!(window.get(5), None);
    }

    #[test]
    fn rows_stand_in_the_order_of_their_ids() {
        assert_eq!(in_order(&[7, 3, 5], vec![3, 5, 7], |row| *row), [7, 3, 5]);
    }
}
