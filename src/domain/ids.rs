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
    /// One of us.
    PersonId,
    /// Who owes.
    CustomerId,
    /// A person at a customer.
    ContactId,
    /// One contract.
    ProjectId,
    /// One agreed instalment.
    MilestoneId,
    /// A bill.
    InvoiceId,
    /// Money that arrived.
    PaymentId,
    /// Which payment pays which milestone.
    AllocationId,
    /// One contact with a customer.
    TouchId,
    /// A promise to pay.
    PromiseId,
    /// An objection.
    DisputeId,
    /// A frozen aging table.
    SnapshotId,
    /// The record a change leaves; ids grow in the order of recording.
    EventId,
}
