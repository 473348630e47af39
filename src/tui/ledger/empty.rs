//! Nothing to show.

use crate::tui::widgets::list::{Cell, RowId, Rows};

/// No rows.
pub struct NoRows;

impl Rows for NoRows {
    fn len(&self) -> usize {
        0
    }

    fn id(&self, _: usize) -> RowId {
        RowId(0)
    }

    fn cells(&self, _: usize) -> Vec<Cell> {
        Vec::new()
    }
}
