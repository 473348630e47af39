//! Frozen aging tables.

use chrono::{DateTime, NaiveDate, Utc};

use super::convert::{Cells, first, rows};
use super::{Reader, unknown};
use crate::domain::ids::SnapshotId;
use crate::domain::violation::Thing;
use crate::error::{Error, Result};

/// A snapshot in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotHead {
    pub id: SnapshotId,
    pub as_of: NaiveDate,
    pub taken_at: DateTime<Utc>,
    /// ISO week of the day, `2026-W47`.
    pub iso_week: String,
}

/// A snapshot with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// When and of which day.
    pub head: SnapshotHead,
    /// The table as it was shown, JSON.
    pub rows: String,
    /// The items behind it, packed.
    pub items: Vec<u8>,
}

impl Reader {
    /// Every snapshot, newest first.
    pub fn snapshots(&self) -> Result<Vec<SnapshotHead>> {
        let sql = "SELECT id, as_of, taken_at, iso_week FROM snapshot ORDER BY id DESC";
        rows(&self.db, ("snapshot", sql), [], head)
    }

    /// One snapshot; unknown ones are refused.
    pub fn snapshot(&self, id: SnapshotId) -> Result<Snapshot> {
        let sql = "SELECT id, as_of, taken_at, iso_week, rows, items FROM snapshot WHERE id = ?";
        first(&self.db, ("snapshot", sql), [id.0], |c| {
            Ok(Snapshot {
                head: head(c)?,
                rows: c.string(4)?,
                items: c.blob(5)?.to_vec(),
            })
        })?
        .ok_or_else(|| unknown(Thing::Snapshot, id))
    }

    /// The snapshot `#3`, or the last one of the week `2026-W47`; unknown ones are refused.
    pub fn find_snapshot(&self, name: &str) -> Result<SnapshotId> {
        let sql = "SELECT id FROM snapshot WHERE iso_week = ?1 OR '#' || id = ?1 OR CAST(id AS TEXT) = ?1 \
                   ORDER BY id DESC LIMIT 1";
        let found = first(&self.db, ("snapshot", sql), [name.trim()], |c| {
            Ok(SnapshotId(c.int(0)?))
        })?;
        found.ok_or_else(|| unknown(Thing::Snapshot, name))
    }
}

fn head(c: &Cells) -> Result<SnapshotHead> {
    let taken_at = DateTime::parse_from_rfc3339(c.text(2)?);
    Ok(SnapshotHead {
        id: SnapshotId(c.int(0)?),
        as_of: c.day(1)?,
        taken_at: taken_at
            .map_err(|_| Error::Unreadable("snapshot"))?
            .to_utc(),
        iso_week: c.string(3)?,
    })
}
