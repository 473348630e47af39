//! Why the ledger refuses a change. `text` words each reason in zh and en, with the way out.

use chrono::NaiveDate;
use iso_currency::Currency;
use thiserror::Error;

use super::change::ChangeKind;
use super::due::Event;
use super::ids::{EventId, MilestoneId};
use super::money::Overflow;

/// What a name or id stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A customer, by code.
    Customer,
    /// A project, by code.
    Project,
    /// A milestone, by key or id.
    Milestone,
    /// A payment, by id.
    Payment,
    /// A contact, by id.
    Contact,
    /// A snapshot, by id or week.
    Snapshot,
    /// An event, by id.
    Event,
}

/// A field a message can point at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Code,
    Name,
    Key,
    Amount,
    Date,
    Due,
    Currency,
    Customer,
    Project,
    Number,
    Step,
    /// Milestones of a touch or a bill.
    Milestones,
    Progress,
}

/// Why the ledger refuses a change.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Violation {
    /// A name or id that stands for nothing.
    #[error("no such {thing:?}: {name}")]
    Unknown { thing: Thing, name: String },
    /// A code or key already in use.
    #[error("{field:?} {value} is taken")]
    Taken {
        /// Code or key.
        field: Field,
        value: String,
    },
    /// A field that must not be empty.
    #[error("{0:?} is empty")]
    Empty(Field),
    /// A field outside its range.
    #[error("{0:?} is out of range")]
    OutOfRange(Field),
    /// An amount that must be above 0.
    #[error("amount {0} is not above 0")]
    NotPositive(i64),
    /// A fact dated after today.
    #[error("{day} is after today, {today}")]
    Future { day: NaiveDate, today: NaiveDate },
    /// A day that must not be before another.
    #[error("{day} is before {earliest}")]
    TooEarly { day: NaiveDate, earliest: NaiveDate },
    /// An allocation above what is open on some day.
    #[error("{wanted} is more than the {open} open on {milestone}")]
    ExceedsBalance {
        milestone: MilestoneId,
        /// Minor units wanted.
        wanted: i64,
        /// Minor units open at most, over all days from then on.
        open: i64,
        currency: Currency,
    },
    /// More than the payment has left.
    #[error("{wanted} is more than the {left} left of the payment")]
    ExceedsPayment {
        /// Minor units wanted.
        wanted: i64,
        /// Minor units left.
        left: i64,
        currency: Currency,
    },
    /// The amount agreed would fall below what is paid or written off.
    #[error("{amount} is below the {used} already received or written off")]
    BelowReceived {
        /// Minor units wanted.
        amount: i64,
        /// Minor units received or written off.
        used: i64,
        currency: Currency,
    },
    #[error("{0} belongs to another customer")]
    OtherCustomer(MilestoneId),
    #[error("{milestone} is in {expected}, not {found}")]
    OtherCurrency {
        milestone: MilestoneId,
        expected: &'static str,
        found: &'static str,
    },
    /// A project that belongs to another customer, by code.
    #[error("project {0} belongs to another customer")]
    OtherCustomersProject(String),
    /// A list's currency is not its project's.
    #[error("project {project} is in {expected}, not {found}")]
    ProjectCurrency {
        project: String,
        expected: &'static str,
        found: &'static str,
    },
    /// The milestone has nothing open.
    #[error("{0} has nothing open")]
    NothingOpen(MilestoneId),
    /// The milestone has no open dispute.
    #[error("{0} has no open dispute")]
    NoDispute(MilestoneId),
    /// The milestone already has an open dispute over all of it.
    #[error("{0} is already disputed as a whole")]
    AlreadyDisputed(MilestoneId),
    /// The milestone is not held.
    #[error("{0} is not held")]
    NotHeld(MilestoneId),
    /// The milestone is held already.
    #[error("{0} is held already")]
    AlreadyHeld(MilestoneId),
    /// Nothing is left to invoice.
    #[error("{0} is invoiced in full")]
    InvoicedInFull(MilestoneId),
    /// The due rule names a milestone whose acceptance it cannot wait for.
    #[error("the due rule refers to {0}, which is not another milestone of the project")]
    BadReference(String),
    /// The event cannot name another milestone.
    #[error("{0:?} cannot name another milestone")]
    ReferenceNotAllowed(Event),
    /// The customer or currency of a project with milestones cannot change.
    #[error("a project with milestones keeps its customer and currency")]
    ProjectInUse,
    /// What a file says was received is below what the ledger has.
    #[error("the list says {listed} received, the ledger has {recorded}")]
    ReceivedLess {
        /// Minor units in the list.
        listed: i64,
        /// Minor units recorded.
        recorded: i64,
        currency: Currency,
    },
    /// Two rows of a file stand for the same milestone.
    #[error("the same milestone as row {0}")]
    SameAsRow(u32),
    /// Something was changed by another event since it was read.
    #[error("changed meanwhile by event {event}")]
    Stale {
        event: EventId,
        kind: ChangeKind,
        who: String,
    },
    /// There is nothing of this user's to undo.
    #[error("nothing to undo")]
    NothingToUndo,
    /// A later event builds on what would be undone.
    #[error("event {later} builds on event {event}")]
    UndoBlocked {
        event: EventId,
        /// What stands in the way; equal to `event` if only the rules of the ledger do.
        later: EventId,
        kind: ChangeKind,
        who: String,
    },
    /// Amounts beyond what 64 bits hold.
    #[error(transparent)]
    Overflow(#[from] Overflow),
}

impl Violation {
    /// The field of what was filled in that it is about, where it is about one.
    pub const fn field(&self) -> Option<Field> {
        Some(match self {
            Self::Taken { field, .. } | Self::Empty(field) | Self::OutOfRange(field) => *field,
            Self::NotPositive(_)
            | Self::ExceedsBalance { .. }
            | Self::ExceedsPayment { .. }
            | Self::BelowReceived { .. }
            | Self::Overflow(_) => Field::Amount,
            Self::Future { .. } | Self::TooEarly { .. } => Field::Date,
            Self::BadReference(_) | Self::ReferenceNotAllowed(_) => Field::Due,
            Self::OtherCurrency { .. } => Field::Currency,
            Self::ProjectInUse => Field::Customer,
            Self::Unknown { .. }
            | Self::OtherCustomer(_)
            | Self::OtherCustomersProject(_)
            | Self::ProjectCurrency { .. }
            | Self::NothingOpen(_)
            | Self::NoDispute(_)
            | Self::AlreadyDisputed(_)
            | Self::NotHeld(_)
            | Self::AlreadyHeld(_)
            | Self::InvoicedInFull(_)
            | Self::ReceivedLess { .. }
            | Self::SameAsRow(_)
            | Self::Stale { .. }
            | Self::NothingToUndo
            | Self::UndoBlocked { .. } => return None,
        })
    }
}
