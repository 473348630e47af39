//! Row identities. Each aggregate has its own type, so that a customer can never be passed for a project.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "#{}", self.0)
            }
        }
    )+};
}

ids! {
    PersonId,
    CustomerId,
    /// A person at a customer.
    ContactId,
    ProjectId,
    MilestoneId,
    InvoiceId,
    PaymentId,
    /// Which payment pays which milestone.
    AllocationId,
    /// One contact with a customer.
    TouchId,
    PromiseId,
    DisputeId,
    SnapshotId,
    /// The record a change leaves; ids grow in the order of recording.
    EventId,
}

/// Hashes an id with one multiplication: ids are dense numbers the ledger hands out, nobody chooses them to collide,
/// and a screen looks up hundreds of thousands of them before its first frame.
#[derive(Debug, Clone, Copy, Default)]
pub struct IdHasher(u64);

/// Odd, with its bits spread evenly.
const SPREAD: u64 = 0xf135_7aea_2e62_a9c5;

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = self.0.wrapping_add(number).wrapping_mul(SPREAD);
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(number.cast_unsigned());
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number.unsigned_abs() as u64);
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

/// A map by id, or by a key made of ids and closed vocabularies.
pub type IdMap<K, V> = HashMap<K, V, BuildHasherDefault<IdHasher>>;

pub type IdSet<K> = HashSet<K, BuildHasherDefault<IdHasher>>;
