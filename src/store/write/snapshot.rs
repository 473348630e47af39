//! Frozen aging tables.

use chrono::NaiveDate;

use crate::domain::rules;
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::rows::SnapshotRow;

impl Writer<'_> {
    /// A snapshot says nothing of the facts, so its day does not count among theirs.
    pub(super) fn take_snapshot(
        &mut self,
        as_of: NaiveDate,
        iso_week: &str,
        rows: &str,
        items: &[u8],
    ) -> Result<()> {
        rules::happened(as_of, self.context.today)?;
        self.create(&SnapshotRow {
            as_of,
            taken_at: self.context.at,
            iso_week: iso_week.to_owned(),
            rows: rows.to_owned(),
            items: items.to_vec(),
        })?;
        Ok(())
    }
}
