//! Frozen aging tables.

use chrono::{DateTime, NaiveDate, Utc};

use super::backend::{select, values};
use super::rows::SnapshotRow;
use super::{Reader, unknown};
use crate::domain::ids::SnapshotId;
use crate::domain::violation::Thing;
use crate::error::Result;

select! {
    /// A snapshot in a list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct SnapshotHead from "snapshot" {
        pub id: SnapshotId = "id",
        pub as_of: NaiveDate = "as_of",
        pub taken_at: DateTime<Utc> = "taken_at",
        /// ISO week of the day, `2026-W47`.
        pub iso_week: String = "iso_week",
    }
}

impl SnapshotHead {
    /// Day and number tell which of two is the later.
    pub const fn place(&self) -> (NaiveDate, i64) {
        (self.as_of, self.id.0)
    }
}

/// A snapshot with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    pub head: SnapshotHead,
    /// The table as it was shown, JSON.
    pub rows: String,
    /// The items behind it, packed.
    pub items: Vec<u8>,
}

impl Reader {
    /// Every snapshot, newest first.
    pub fn snapshots(&self) -> Result<Vec<SnapshotHead>> {
        self.db.select("ORDER BY id DESC", &[])
    }

    /// Day and table of the snapshots from this day on, the oldest first.
    pub fn snapshots_since(&self, day: NaiveDate) -> Result<Vec<(NaiveDate, String)>> {
        let sql = "SELECT as_of, rows FROM snapshot WHERE as_of >= $1 ORDER BY as_of, id";
        self.db.rows(sql, values![day])
    }

    /// Hands out each snapshot with its table, the oldest first.
    pub fn each_table(
        &self,
        mut each: impl FnMut(SnapshotHead, String) -> Result<()>,
    ) -> Result<()> {
        let mut heads = self.snapshots()?;
        heads.sort_by_key(SnapshotHead::place);
        for head in heads {
            let rows =
                self.db.value("SELECT rows FROM snapshot WHERE id = $1", values![head.id])?;
            each(head, rows)?;
        }
        Ok(())
    }

    /// One snapshot; unknown ones are refused.
    pub fn snapshot(&self, id: SnapshotId) -> Result<Snapshot> {
        let row: SnapshotRow = self.db.row(id.0)?.ok_or_else(|| unknown(Thing::Snapshot, id))?;
        Ok(Snapshot {
            head: SnapshotHead {
                id,
                as_of: row.as_of,
                taken_at: row.taken_at,
                iso_week: row.iso_week,
            },
            rows: row.rows,
            items: row.items,
        })
    }
}
