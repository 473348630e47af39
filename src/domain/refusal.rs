//! Why the ledger refuses a change. `text` words each reason in zh and en, with the way out.

use chrono::NaiveDate;
use iso_currency::Currency;
use thiserror::Error;

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
    /// Code.
    Code,
    /// Name.
    Name,
    /// Key.
    Key,
    /// Amount.
    Amount,
    /// Any date.
    Date,
    /// Due rule.
    Due,
    /// Currency.
    Currency,
    /// Customer.
    Customer,
    /// Project.
    Project,
    /// Number of an invoice.
    Number,
    /// Step of the ladder.
    Step,
    /// Milestones of a touch or a bill.
    Milestones,
    /// Progress.
    Progress,
}

/// Why the ledger refuses a change.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// A name or id that stands for nothing.
    #[error("no such {thing:?}: {name}")]
    Unknown {
        /// What was looked for.
        thing: Thing,
        /// As given.
        name: String,
    },
    /// A code or key already in use.
    #[error("{field:?} {value} is taken")]
    Taken {
        /// Code or key.
        field: Field,
        /// As given.
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
    Future {
        /// The day given.
        day: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
    /// A day that must not be before another.
    #[error("{day} is before {earliest}")]
    TooEarly {
        /// The day given.
        day: NaiveDate,
        /// The earliest that fits.
        earliest: NaiveDate,
    },
    /// An allocation above what is open on some day.
    #[error("{wanted} is more than the {open} open on {milestone}")]
    ExceedsBalance {
        /// Which milestone.
        milestone: MilestoneId,
        /// Minor units wanted.
        wanted: i64,
        /// Minor units open at most, over all days from then on.
        open: i64,
        /// Their currency.
        currency: Currency,
    },
    /// More than the payment has left.
    #[error("{wanted} is more than the {left} left of the payment")]
    ExceedsPayment {
        /// Minor units wanted.
        wanted: i64,
        /// Minor units left.
        left: i64,
        /// Their currency.
        currency: Currency,
    },
    /// The amount agreed would fall below what is paid or written off.
    #[error("{amount} is below the {used} already received or written off")]
    BelowReceived {
        /// Minor units wanted.
        amount: i64,
        /// Minor units received or written off.
        used: i64,
        /// Their currency.
        currency: Currency,
    },
    /// Money of another customer.
    #[error("{0} belongs to another customer")]
    OtherCustomer(MilestoneId),
    /// Money of another currency.
    #[error("{milestone} is in {expected}, not {found}")]
    OtherCurrency {
        /// Which milestone.
        milestone: MilestoneId,
        /// Its currency.
        expected: &'static str,
        /// The currency given.
        found: &'static str,
    },
    /// A project that belongs to another customer, by code.
    #[error("project {0} belongs to another customer")]
    OtherCustomersProject(String),
    /// A list's currency is not its project's.
    #[error("project {project} is in {expected}, not {found}")]
    ProjectCurrency {
        /// Code of the project.
        project: String,
        /// Its currency.
        expected: &'static str,
        /// The currency given.
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
        /// Their currency.
        currency: Currency,
    },
    /// Two rows of a file stand for the same milestone.
    #[error("the same milestone as row {0}")]
    SameAsRow(u32),
    /// Something was changed by another event since it was read.
    #[error("changed meanwhile by event {event}")]
    Stale {
        /// The later event.
        event: EventId,
        /// Its kind.
        kind: String,
        /// Who recorded it.
        who: String,
    },
    /// There is nothing of this user's to undo.
    #[error("nothing to undo")]
    NothingToUndo,
    /// A later event builds on what would be undone.
    #[error("event {later} builds on event {event}")]
    UndoBlocked {
        /// What would be undone.
        event: EventId,
        /// What stands in the way; equal to `event` if only the rules of the ledger do.
        later: EventId,
        /// Its kind.
        kind: String,
        /// Who recorded it.
        who: String,
    },
    /// Amounts beyond what 64 bits hold.
    #[error(transparent)]
    Overflow(#[from] Overflow),
}
