//! Row identities. Each aggregate has its own type, so that a customer can never be passed for a project.

use std::fmt;

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
    /// What has to be there before a milestone is accepted or falls due.
    ConditionId,
    NoteId,
    PaperId,
    /// An acceptance that was refused.
    RefusalId,
    SnapshotId,
    /// Something agreed after the contract.
    DealId,
    /// One line of a bank statement.
    BankLineId,
    TodoId,
    /// The record a change leaves; ids grow in the order of recording.
    EventId,
}

/// A map by id, or by a key made of ids and closed vocabularies. The ledger hands ids out, nobody chooses them to
/// collide, and a screen looks up hundreds of thousands of them before its first frame: the quick hasher serves.
pub type IdMap<K, V> = rustc_hash::FxHashMap<K, V>;

pub type IdSet<K> = rustc_hash::FxHashSet<K>;
