//! Why the ledger refuses a change. `text` words each reason in zh and en, with the way out.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::change::ChangeKind;
use super::codes::codes;
use super::due::Event;
use super::ids::{BankLineId, EventId, InvoiceId, MilestoneId, PaperId, PaymentId, TodoId};
use super::kinds::{BillState, Role};
use super::money::Overflow;
use super::policy::Setting;

codes! {
    /// What a name or id stands for.
    Thing {
        Customer = "customer",
        Project = "project",
        Milestone = "milestone",
        Payment = "payment",
        Invoice = "invoice",
        WriteOff = "write_off",
        Promise = "promise",
        Condition = "condition",
        Note = "note",
        Paper = "paper",
        /// An acceptance that was refused.
        Refusal = "refusal",
        /// An entry of the contact log.
        Touch = "touch",
        Contact = "contact",
        Person = "person",
        Snapshot = "snapshot",
        Event = "event",
        /// Something agreed after the contract.
        Deal = "deal",
        /// A line of a bank statement.
        BankLine = "bank_line",
        Todo = "todo",
    }
}

/// One of several things that a text can stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub thing: Thing,
    pub id: i64,
    /// What a person knows it by.
    pub name: String,
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
    PaperNumber,
    Step,
    /// Milestones of a touch or a bill.
    Milestones,
    Progress,
    Reason,
    /// Why somebody else's money is the customer's.
    Ground,
    /// What is to be done.
    Title,
    /// What a condition or note says.
    Wording,
    /// How content a customer is.
    Score,
    /// The value of a setting.
    Value,
}

/// What is recorded of a milestone's money that is no payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    Promise,
    Dispute,
    WriteOff,
    /// The acceptance of a part.
    Acceptance,
}

/// Why the ledger refuses a change. Amounts are minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// A name or id that stands for nothing.
    Unknown {
        thing: Thing,
        name: String,
    },
    /// A name that several of them have, by code or id.
    Ambiguous {
        thing: Thing,
        name: String,
        fits: Vec<String>,
    },
    /// A text that stands for nothing, or for several things.
    NotOne {
        name: String,
        found: Vec<Candidate>,
    },
    /// A code or key already in use.
    Taken {
        field: Field,
        value: String,
    },
    /// A field that must not be empty.
    Empty(Field),
    /// A field outside its range.
    OutOfRange(Field),
    /// An amount that must be above 0.
    NotPositive(i64),
    /// An amount beyond [`LIMIT`](super::money::LIMIT).
    AboveLimit(i64),
    /// A fact dated after today.
    Future {
        day: NaiveDate,
        today: NaiveDate,
    },
    /// A day that must not be before another.
    TooEarly {
        day: NaiveDate,
        earliest: NaiveDate,
    },
    /// An allocation above what is open on some day.
    ExceedsBalance {
        milestone: MilestoneId,
        wanted: i64,
        /// Minor units open at most, over all days from then on.
        open: i64,
        currency: Currency,
    },
    /// More than there is of the milestone for this: what was agreed for a promise, else what was open.
    ExceedsOpen {
        claim: Claim,
        milestone: MilestoneId,
        wanted: i64,
        open: i64,
        currency: Currency,
    },
    /// More than the payment has left.
    ExceedsPayment {
        wanted: i64,
        left: i64,
        currency: Currency,
    },
    /// More is promised than is open and undisputed.
    ExceedsUndisputed {
        wanted: i64,
        open: i64,
        currency: Currency,
    },
    /// The amount agreed would fall below what is paid or written off.
    BelowReceived {
        amount: i64,
        used: i64,
        currency: Currency,
    },
    /// The same money, or the same bank reference, is recorded already.
    PaidAlready {
        payment: PaymentId,
        on: NaiveDate,
        amount: i64,
        currency: Currency,
    },
    /// Another invoice has the number. One of another code may have it, too, so this is asked about.
    NumberTaken {
        number: String,
        invoice: InvoiceId,
    },
    /// A new contract amount below what milestones keep, since bills or money stand on them.
    BelowKept {
        contract: i64,
        kept: i64,
        currency: Currency,
    },
    /// Amounts of milestones that do not add up to the contract.
    PlanDiffers {
        plan: i64,
        contract: i64,
        currency: Currency,
    },
    /// The amount agreed would fall below what is billed.
    BelowBilled {
        milestone: MilestoneId,
        amount: i64,
        billed: i64,
        currency: Currency,
    },
    /// Parts that do not add up to what is open.
    PartsDiffer {
        parts: i64,
        open: i64,
        currency: Currency,
    },
    /// No milestone of the contract on the day of the deal.
    NotOfTheContract(MilestoneId),
    /// The paper is not about this milestone, its project or customer.
    PaperOfOther {
        paper: PaperId,
        milestone: MilestoneId,
    },
    /// The paper is about another customer.
    PaperOfOtherCustomer(PaperId),
    /// The customer paid it: there is nobody else to clear.
    NoThirdParty(PaymentId),
    /// No part without which others could be called due, or not past grace.
    NothingToCall(MilestoneId),
    OtherCustomer(MilestoneId),
    OtherCurrency {
        milestone: MilestoneId,
        expected: &'static str,
        found: &'static str,
    },
    /// A project that belongs to another customer, by code.
    OtherCustomersProject(String),
    /// Money without the day it arrived.
    Undated,
    /// A list's currency is not its project's.
    ProjectCurrency {
        project: String,
        expected: &'static str,
        found: &'static str,
    },
    NothingOpen(MilestoneId),
    NoDispute(MilestoneId),
    /// The milestone already has an open dispute over all of it.
    AlreadyDisputed(MilestoneId),
    NotHeld(MilestoneId),
    AlreadyHeld(MilestoneId),
    InvoicedInFull(MilestoneId),
    /// What is accepted cannot be refused.
    AlreadyAccepted(MilestoneId),
    /// A red invoice above what stands of bills on its day.
    ExceedsBilled {
        milestone: MilestoneId,
        wanted: i64,
        /// Minor units standing at least, from that day on.
        standing: i64,
        day: NaiveDate,
        currency: Currency,
    },
    /// More than is left to bill, which may be on purpose.
    AboveUnbilled {
        milestone: MilestoneId,
        wanted: i64,
        /// Minor units that no invoice bills yet.
        left: i64,
        currency: Currency,
    },
    /// Only a red invoice takes another back.
    NotRed,
    /// Every invoice is sent, or signed for, already; or there is none.
    NothingToSend(MilestoneId),
    /// Something else builds on what is to be voided.
    InUse(Thing),
    /// The due rule names a milestone whose acceptance it cannot wait for.
    BadReference(String),
    /// The event cannot name another milestone.
    ReferenceNotAllowed(Event),
    /// The customer or currency of a project with milestones cannot change.
    ProjectInUse,
    /// What a file says was received is below what the ledger has.
    ReceivedLess {
        listed: i64,
        recorded: i64,
        currency: Currency,
    },
    /// Two rows of a file stand for the same milestone.
    SameAsRow(u32),
    /// Something was changed by another event since it was read.
    Stale {
        event: EventId,
        kind: ChangeKind,
        who: String,
    },
    /// There is nothing of this user's to undo.
    NothingToUndo,
    /// There is nothing that this user took back.
    NothingToRedo,
    /// So much was taken back that it was not kept.
    NotKept(EventId),
    /// A later event builds on what would be undone.
    UndoBlocked {
        event: EventId,
        /// What stands in the way; equal to `event` if only the rules of the ledger do.
        later: EventId,
        kind: ChangeKind,
        who: String,
    },
    /// What is no value of a setting.
    NoSetting {
        setting: Setting,
        value: String,
    },
    /// The days of two steps of the ladder do not rise.
    LadderFalls {
        lower: u8,
        upper: u8,
        /// The day of the upper one, counted from the due date.
        days: i64,
    },
    /// A line of a bank statement that is booked.
    LineTaken {
        line: BankLineId,
        payment: PaymentId,
    },
    /// A line of money that went out is no payment.
    LineOut(BankLineId),
    /// The payment is not the money of the line: other amount or currency.
    NotTheLine {
        line: BankLineId,
        payment: i64,
        /// The line and what the bank kept.
        amount: i64,
        currency: Currency,
    },
    /// Another line was booked as this payment.
    PaymentTaken {
        payment: PaymentId,
        line: BankLineId,
    },
    /// A settlement that asks for all that is open, or more.
    SettlesNothing {
        wanted: i64,
        open: i64,
        currency: Currency,
    },
    /// The work on this project rests on that day already, or later.
    AlreadySuspended(String),
    /// The work on this project does not rest.
    NotSuspended(String),
    /// That a project rests is a fact with a day and a reason.
    SuspendedByEdit(String),
    /// A file's name holds what is not seen.
    FileName(String),
    /// The to-do was done already.
    TodoDone {
        todo: TodoId,
        on: NaiveDate,
    },
    /// An approval is approved or declined, and not merely done.
    Undecided(TodoId),
    /// The to-do asks for no approval.
    NotAnApproval(TodoId),
    /// Only these roles approve.
    NotApprover(Role),
    /// Only a risk has a probability and an impact.
    NotARisk,
    /// What was deducted leaves nothing of the payment.
    DeductsAll {
        amount: i64,
        deducted: i64,
        currency: Currency,
    },
    /// What stands on a bill of exchange, of a payment by another method.
    NoBillMethod,
    /// The payment is no bill of exchange.
    NotABill(PaymentId),
    /// The bill was paid, or was not, or is in other hands.
    BillSettled {
        payment: PaymentId,
        state: BillState,
    },
    /// A bill that matured is presented, not sold.
    BillMatured {
        payment: PaymentId,
        matures_on: NaiveDate,
    },
    /// The payment pays less of the milestone.
    ExceedsApplied {
        milestone: MilestoneId,
        wanted: i64,
        applied: i64,
        currency: Currency,
    },
    /// Amounts beyond what 64 bits hold.
    Overflow(Overflow),
}

impl From<Overflow> for Violation {
    fn from(overflow: Overflow) -> Self {
        Self::Overflow(overflow)
    }
}

impl Violation {
    /// The field of what was filled in that it is about, where it is about one.
    pub const fn field(&self) -> Option<Field> {
        Some(match self {
            Self::NumberTaken { .. } => Field::Number,
            Self::Taken { field, .. } | Self::Empty(field) | Self::OutOfRange(field) => *field,
            Self::NotPositive(_)
            | Self::AboveLimit(_)
            | Self::ExceedsBalance { .. }
            | Self::ExceedsOpen { .. }
            | Self::ExceedsPayment { .. }
            | Self::ExceedsUndisputed { .. }
            | Self::SettlesNothing { .. }
            | Self::BelowReceived { .. }
            | Self::BelowKept { .. }
            | Self::PlanDiffers { .. }
            | Self::BelowBilled { .. }
            | Self::PartsDiffer { .. }
            | Self::ExceedsBilled { .. }
            | Self::AboveUnbilled { .. }
            | Self::NotRed
            | Self::NotTheLine { .. }
            | Self::DeductsAll { .. }
            | Self::ExceedsApplied { .. }
            | Self::Overflow(_) => Field::Amount,
            Self::Future { .. } | Self::TooEarly { .. } | Self::BillMatured { .. } => Field::Date,
            Self::BadReference(_) | Self::ReferenceNotAllowed(_) => Field::Due,
            Self::OtherCurrency { .. } => Field::Currency,
            Self::ProjectInUse => Field::Customer,
            Self::NoSetting { .. } | Self::LadderFalls { .. } => Field::Value,
            Self::Unknown { .. }
            | Self::NotOfTheContract(_)
            | Self::PaperOfOther { .. }
            | Self::PaperOfOtherCustomer(_)
            | Self::NoThirdParty(_)
            | Self::NothingToCall(_)
            | Self::PaidAlready { .. }
            | Self::Ambiguous { .. }
            | Self::NotOne { .. }
            | Self::OtherCustomer(_)
            | Self::OtherCustomersProject(_)
            | Self::Undated
            | Self::ProjectCurrency { .. }
            | Self::NothingOpen(_)
            | Self::NoDispute(_)
            | Self::AlreadyDisputed(_)
            | Self::NotHeld(_)
            | Self::AlreadyHeld(_)
            | Self::InvoicedInFull(_)
            | Self::AlreadyAccepted(_)
            | Self::NothingToSend(_)
            | Self::ReceivedLess { .. }
            | Self::SameAsRow(_)
            | Self::InUse(_)
            | Self::LineTaken { .. }
            | Self::LineOut(_)
            | Self::PaymentTaken { .. }
            | Self::AlreadySuspended(_)
            | Self::NotSuspended(_)
            | Self::SuspendedByEdit(_)
            | Self::FileName(_)
            | Self::TodoDone { .. }
            | Self::NotARisk
            | Self::Undecided(_)
            | Self::NotAnApproval(_)
            | Self::NotApprover(_)
            | Self::NoBillMethod
            | Self::NotABill(_)
            | Self::BillSettled { .. }
            | Self::NothingToRedo
            | Self::NotKept(_)
            | Self::Stale { .. }
            | Self::NothingToUndo
            | Self::UndoBlocked { .. } => return None,
        })
    }
}
