//! The chain of events: each carries a hash of itself, of what it did to rows, and of the event before. Whoever changes
//! the record afterwards breaks it, or has to make every later hash anew.

use sha2::{Digest, Sha256};

use super::Reader;
use super::backend::{Backend, Cell, RowReader, Transaction, Value, values};
use super::journal::Image;
use crate::domain::ids::EventId;
use crate::error::Result;

/// Columns of an event that its hash covers, in this order.
const EVENT: usize = 7;
/// Columns of what it did to rows.
const IMAGE: usize = 5;
/// Events that get their hashes at a time.
const CHUNK: i64 = 2_048;

type Hash = [u8; 32];

/// The hash of an event in the making.
struct Link(Sha256);

impl Link {
    /// After an event with this hash, or as the first.
    fn after(before: Option<&[u8]>) -> Self {
        let mut link = Self(Sha256::new());
        link.add(before.map_or(Cell::Null, Cell::Blob));
        link
    }

    /// Each value with its kind and length, so that no two rows of values read alike.
    fn add(&mut self, cell: Cell<'_>) {
        let number;
        let (kind, bytes): (u8, &[u8]) = match cell {
            Cell::Null => (0, &[]),
            Cell::Int(value) => {
                number = value.to_le_bytes();
                (1, &number)
            }
            Cell::Text(bytes) => (2, bytes),
            Cell::Blob(bytes) => (3, bytes),
        };
        self.0.update([kind]);
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn hash(self) -> Hash {
        self.0.finalize().into()
    }
}

/// The hash of the event that is to follow the last one.
pub(super) fn next(db: &dyn Backend, event: &[Value<'_>; EVENT], images: &[Image]) -> Result<Hash> {
    let before: Option<Option<Vec<u8>>> =
        db.first("SELECT hash FROM event ORDER BY id DESC LIMIT 1", &[])?;
    let mut link = Link::after(before.flatten().as_deref());
    for value in event {
        link.add(value.cell());
    }
    for image in images {
        for value in image.values() {
            link.add(value.cell());
        }
    }
    Ok(link.hash())
}

/// Gives the last event its hash, where it was written piece by piece.
pub(super) fn close(db: &dyn Backend, event: EventId) -> Result<()> {
    let sql = "SELECT hash FROM event WHERE id < $1 ORDER BY id DESC LIMIT 1";
    let before: Option<Option<Vec<u8>>> = db.first(sql, values![event])?;
    let before = before.flatten().and_then(|hash| hash.try_into().ok());
    let hash = walk(db, (event.0 - 1, event.0), before, |_, _, _| {})?;
    let hash = hash.map(|hash| hash.to_vec());
    db.execute("UPDATE event SET hash = $1 WHERE id = $2", values![hash, event])
}

/// Notes the last event, at the end of every change.
pub(super) fn seal(db: &dyn Backend) -> Result<()> {
    db.execute("UPDATE derived SET tip = (SELECT COALESCE(MAX(id), 0) FROM event)", &[])
}

/// The last event as it was noted; nothing in a ledger of before there were hashes.
pub(super) fn tip(db: &dyn Backend) -> Result<Option<i64>> {
    db.value("SELECT tip FROM derived", &[])
}

/// Whether an earlier version of the program wrote the last event.
pub(super) fn is_behind(db: &dyn Backend) -> Result<bool> {
    let last: Option<Option<Vec<u8>>> =
        db.first("SELECT hash FROM event ORDER BY id DESC LIMIT 1", &[])?;
    Ok(tip(db)?.is_none() || last == Some(None))
}

/// Gives the events an earlier version of the program wrote their hashes.
pub(super) fn update(db: &dyn Backend) -> Result<()> {
    if !is_behind(db)? {
        return Ok(());
    }
    let transaction = Transaction::writing(db)?;
    // Somebody else may have been faster.
    if is_behind(db)? {
        let sql = "SELECT id, hash FROM event WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1";
        let hashed: Option<(i64, Vec<u8>)> = db.first(sql, &[])?;
        let (mut done, before) = hashed.unwrap_or_default();
        let mut before: Option<Hash> = before.try_into().ok();
        let last: i64 = db.value("SELECT COALESCE(MAX(id), 0) FROM event", &[])?;
        while done < last {
            let mut hashes = Vec::new();
            before = walk(db, (done, done + CHUNK), before, |event, _, hash| {
                hashes.push((event, hash.to_vec()));
            })?;
            for (event, hash) in hashes {
                db.execute("UPDATE event SET hash = $1 WHERE id = $2", values![hash, event])?;
            }
            done += CHUNK;
        }
        seal(db)?;
    }
    transaction.commit()
}

/// What is known of the chain of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Events that carry on from the one before them.
    pub whole: u64,
    /// The first that does not.
    pub broken: Option<EventId>,
    /// The hash of the last one that does: kept elsewhere, it proves later that nothing before was changed.
    pub hash: Option<[u8; 32]>,
}

impl Reader {
    /// Computes every hash again, up to the first that is another than recorded.
    pub fn verify(&self) -> Result<Chain> {
        let mut chain = Chain { whole: 0, broken: None, hash: None };
        walk(&*self.db, (0, i64::MAX), None, |event, recorded, hash| {
            if chain.broken.is_some() {
                return;
            }
            if recorded == Some(&hash[..]) {
                chain.whole += 1;
                chain.hash = Some(*hash);
            } else {
                chain.broken = Some(event);
            }
        })?;
        // The last events themselves may be gone.
        if chain.broken.is_none() {
            let last = self.last_event()?.0;
            let tip = tip(&*self.db)?.unwrap_or(last);
            chain.broken = (tip != last).then(|| EventId(tip.min(last) + 1));
        }
        Ok(chain)
    }
}

/// Whether the events after this one carry on from it.
pub(super) fn holds_after(db: &dyn Backend, event: i64) -> Result<bool> {
    let before: Option<Vec<u8>> =
        db.first("SELECT hash FROM event WHERE id = $1", values![event])?.flatten();
    let mut holds = true;
    let before = before.and_then(|hash| hash.try_into().ok());
    walk(db, (event, i64::MAX), before, |_, recorded, hash| {
        holds &= recorded == Some(&hash[..]);
    })?;
    Ok(holds)
}

impl Chain {
    /// The hash in hexadecimal.
    pub fn hex(&self) -> Option<String> {
        self.hash.map(|hash| hash.map(|byte| format!("{byte:02x}")).concat())
    }
}

/// An event being read: its hash so far.
struct Open {
    event: EventId,
    recorded: Option<Vec<u8>>,
    link: Link,
}

/// Goes through events in their order, told of each the hash it has and the one it should have.
struct Walk<F> {
    /// The hash of the last event that was read to its end.
    before: Option<Hash>,
    open: Option<Open>,
    each: F,
}

impl<F: FnMut(EventId, Option<&[u8]>, &Hash)> Walk<F> {
    fn take(&mut self, row: &mut RowReader<'_>) -> Result<()> {
        let event: EventId = row.next()?;
        let mut open = match self.open.take() {
            Some(open) if open.event == event => {
                row.skip(1 + EVENT);
                open
            }
            other => {
                self.close(other);
                let recorded = row.next()?;
                let mut link = Link::after(self.before.as_ref().map(<[u8; 32]>::as_slice));
                for _ in 0..EVENT {
                    link.add(row.next_cell()?);
                }
                Open { event, recorded, link }
            }
        };
        let table = row.next_cell()?;
        if !matches!(table, Cell::Null) {
            open.link.add(table);
            for _ in 1..IMAGE {
                open.link.add(row.next_cell()?);
            }
        }
        self.open = Some(open);
        Ok(())
    }

    fn close(&mut self, open: Option<Open>) {
        if let Some(open) = open {
            let hash = open.link.hash();
            (self.each)(open.event, open.recorded.as_deref(), &hash);
            self.before = Some(hash);
        }
    }
}

/// Hands out the events after `first` up to `last`, each with the hash it has and the one it should have; `before` is
/// the hash of the event before them. Returns that of the last.
fn walk(
    db: &dyn Backend,
    (first, last): (i64, i64),
    before: Option<Hash>,
    each: impl FnMut(EventId, Option<&[u8]>, &Hash),
) -> Result<Option<Hash>> {
    let sql = "SELECT e.id, e.hash, e.at, e.who, e.kind, e.effective_on, e.detail, e.touched, e.undoes, \
               r.tbl, r.first_id, r.last_id, r.before, r.after \
               FROM event e LEFT JOIN event_row r ON r.event = e.id \
               WHERE e.id > $1 AND e.id <= $2 ORDER BY e.id, r.id";
    let mut walk = Walk { before, open: None, each };
    db.each_row(sql, values![first, last], |row| walk.take(row))?;
    let open = walk.open.take();
    walk.close(open);
    Ok(walk.before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_stand_side_by_side_are_told_apart() {
        let hash = |texts: &[&str]| {
            let mut link = Link::after(None);
            for text in texts {
                link.add(Cell::Text(text.as_bytes()));
            }
            link.hash()
        };
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_ne!(hash(&["ab"]), hash(&["ab", ""]));
        // Ledgers hold hashes made like this.
        let first = hash(&["a"]).map(|byte| format!("{byte:02x}")).concat();
        assert_eq!(first, "29815bb50a3d924a2c39a65114e1bb856485355b153b2bf6d5f072137603155c");
    }
}
