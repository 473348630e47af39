//! Everything recorded about one milestone, as dated facts. Nothing here depends on today: what a day makes of the
//! facts is an [`Item`](crate::domain::item::Item).

use chrono::NaiveDate;
use iso_currency::Currency;

use super::discount::Discount;
use super::due::DueRule;
use super::ids::{
    AllocationId, CustomerId, DealId, InvoiceId, MilestoneId, PersonId, ProjectId, PromiseId,
};
use super::kinds::{DealKind, PriorityStart, Stage, TouchKind};

/// Whose money, and in which currency: what a payment, an invoice and a contract have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    pub customer: CustomerId,
    pub currency: Currency,
}

/// The contract's part of a milestone's facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectFacts {
    pub id: ProjectId,
    pub customer: CustomerId,
    /// Who of us looks after it.
    pub manager: Option<PersonId>,
    /// Currency of the contract and of every milestone in it.
    pub currency: Currency,
    /// Day the contract was signed.
    pub signed_on: Option<NaiveDate>,
    pub starts_on: Option<NaiveDate>,
    pub warranty_ends_on: Option<NaiveDate>,
    /// Calendar days after the due date before an item is overdue.
    pub grace_days: u16,
    /// Whether its milestones are to be invoiced before they fall due.
    pub bills: bool,
    /// What it gives for money that comes early.
    pub discount: Option<Discount>,
    /// From when a contractor's priority right counts, where it is a contract of works.
    pub priority_from: Option<PriorityStart>,
    /// Last day of work, as it was agreed.
    pub ends_on: Option<NaiveDate>,
    /// Day the works were completed.
    pub completed_on: Option<NaiveDate>,
    /// Times in which the work rests.
    pub suspensions: Vec<SuspensionFact>,
}

/// A time in which the work on a project rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SuspensionFact {
    /// First day it rests.
    pub since: NaiveDate,
    /// Day it went on: from that day on it no longer rests.
    pub resumed_on: Option<NaiveDate>,
}

impl ProjectFacts {
    /// A contract of which nothing else is known.
    pub const fn new(id: ProjectId, account: Account) -> Self {
        Self {
            id,
            customer: account.customer,
            manager: None,
            currency: account.currency,
            signed_on: None,
            starts_on: None,
            warranty_ends_on: None,
            grace_days: 0,
            bills: true,
            discount: None,
            priority_from: None,
            ends_on: None,
            completed_on: None,
            suspensions: Vec::new(),
        }
    }

    pub const fn account(&self) -> Account {
        Account { customer: self.customer, currency: self.currency }
    }
}

/// One line of a bill for this milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceFact {
    pub id: InvoiceId,
    /// The bill it takes back, where a red one names it.
    pub reverses: Option<InvoiceId>,
    pub issued_on: NaiveDate,
    /// Day it went out; `None` while it lies here.
    pub sent_on: Option<NaiveDate>,
    /// Day the customer signed for it.
    pub received_on: Option<NaiveDate>,
    /// Minor units of this milestone's line.
    pub amount: i64,
}

/// Money applied to this milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationFact {
    pub id: AllocationId,
    /// Day from which it is taken: the payment's or the day the milestone was agreed, the later.
    pub on: NaiveDate,
    /// Day from which it counts as money: that one, or where bills of exchange count when they are honoured, the day its
    /// bill was; `None` while it was not.
    pub counts_on: Option<NaiveDate>,
    /// Minor units, above 0.
    pub amount: i64,
    /// What was taken back, and from which day: (day, minor units above 0).
    pub reversed: Vec<(NaiveDate, i64)>,
}

/// A settlement that names this milestone: so much by a day, and the rest of all its milestones is waived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementFact {
    pub deal: DealId,
    pub agreed_on: NaiveDate,
    /// Last day for the money.
    pub by: NaiveDate,
    /// Minor units that have to come, on all its milestones together.
    pub amount: i64,
    /// Money applied to its other milestones.
    pub others: Vec<AllocationFact>,
}

impl AllocationFact {
    /// Money that counts from its day on.
    pub const fn new(id: AllocationId, on: NaiveDate, amount: i64) -> Self {
        Self { id, on, counts_on: Some(on), amount, reversed: Vec::new() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseFact {
    pub id: PromiseId,
    pub made_on: NaiveDate,
    /// Minor units promised.
    pub amount: i64,
    /// Last day to keep it.
    pub pay_by: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeFact {
    pub opened_on: NaiveDate,
    /// Minor units in dispute; `None` is the whole balance.
    pub amount: Option<i64>,
    /// Day it was settled: from that day on it no longer counts.
    pub resolved_on: Option<NaiveDate>,
}

/// An agreed new due date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RescheduleFact {
    /// Day of the agreement: from that day on the new date is in force.
    pub agreed_on: NaiveDate,
    pub to: NaiveDate,
}

/// A time in which we do not chase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldFact {
    /// First day held.
    pub since: NaiveDate,
    /// Last day held; `None` until released.
    pub until: Option<NaiveDate>,
    /// Day it was lifted: from that day on it no longer counts.
    pub released_on: Option<NaiveDate>,
}

/// Something that has to be done before money is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockFact {
    pub opened_on: NaiveDate,
    /// Last day to do it.
    pub due_on: Option<NaiveDate>,
    /// Day it was done: from that day on it no longer counts.
    pub done_on: Option<NaiveDate>,
}

/// What has to be there before it is accepted or falls due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionFact {
    /// From that day on it is asked for.
    pub agreed_on: NaiveDate,
    pub planned_on: Option<NaiveDate>,
    pub met_on: Option<NaiveDate>,
}

/// A touch that named this milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchFact {
    pub on: NaiveDate,
    pub kind: TouchKind,
    /// The ladder's step, of a dunning touch.
    pub step: Option<u8>,
    /// When to come back to it, as agreed.
    pub next_on: Option<NaiveDate>,
}

/// A change of the amount that both sides agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustmentFact {
    /// Day of the agreement: from that day on it counts.
    pub on: NaiveDate,
    pub kind: DealKind,
    /// Minor units, below 0 where it became less.
    pub amount: i64,
}

/// What makes a milestone a part of another one's amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartFact {
    pub deal: DealId,
    /// The milestone that was split.
    pub of: MilestoneId,
    /// So many minor units of that one's amount stand before it; bills of it fill its amount from the beginning.
    pub starts: i64,
    /// Whether the later parts can be called due when it is not paid.
    pub calls: bool,
    /// Day on which they were.
    pub called_on: Option<NaiveDate>,
    /// Lines of bills of the milestone that was split, in the order they were recorded.
    pub invoices: Vec<InvoiceFact>,
}

/// Money of the parts of a milestone; minor units, below 0 where it went back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartMoney {
    pub on: NaiveDate,
    pub received: i64,
    pub given_up: i64,
}

/// Another milestone whose acceptance or delivery a rule can wait for: the one it names, or else one whose day it takes
/// while it has none of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub of: MilestoneId,
    /// Day the event happened there: its own day, never one it takes from another itself.
    pub happened_on: Option<NaiveDate>,
    /// Day it is planned for there.
    pub planned_on: Option<NaiveDate>,
}

/// Everything recorded about one milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub id: MilestoneId,
    pub project: ProjectFacts,
    /// Place in the plan, from 1.
    pub seq: u32,
    pub stage: Stage,
    /// Minor units as it was entered, above 0; what it is on a day, says [`amount_on`](super::balance::amount_on).
    pub amount: i64,
    /// What changed the amount, in the order it was recorded.
    pub adjustments: Vec<AdjustmentFact>,
    pub part: Option<Box<PartFact>>,
    pub parts: Vec<PartMoney>,
    pub rule: DueRule,
    /// Another milestone's acceptance or delivery, if the rule can wait for that.
    pub reference: Option<Reference>,
    /// Day it was agreed; `None` has been there always.
    pub agreed_on: Option<NaiveDate>,
    /// Day the rule's event is planned for.
    pub planned_on: Option<NaiveDate>,
    pub delivered_on: Option<NaiveDate>,
    pub accepted_on: Option<NaiveDate>,
    /// Lines of bills, in the order they were recorded.
    pub invoices: Vec<InvoiceFact>,
    pub allocations: Vec<AllocationFact>,
    /// Those of money that came otherwise than was agreed.
    pub other_method: Vec<AllocationId>,
    /// What we gave up: (day, minor units).
    pub write_offs: Vec<(NaiveDate, i64)>,
    pub settlements: Vec<SettlementFact>,
    /// Money so many days after the day of a promise still keeps it.
    pub promise_tolerance_days: u16,
    /// Promises, in the order they were recorded.
    pub promises: Vec<PromiseFact>,
    pub disputes: Vec<DisputeFact>,
    /// New due dates, in the order they were recorded.
    pub reschedules: Vec<RescheduleFact>,
    pub holds: Vec<HoldFact>,
    /// To-dos that payment steps wait for: of the milestone, its project and its customer.
    pub blocks: Vec<BlockFact>,
    /// Contacts, in the order they were recorded.
    pub touches: Vec<TouchFact>,
    pub conditions: Vec<ConditionFact>,
    /// Days on which acceptance was refused.
    pub refusals: Vec<NaiveDate>,
    /// How far the project's work was, if the rule waits for that: (day, percent), in the order it was recorded.
    pub progress: Vec<(NaiveDate, u8)>,
}

impl Facts {
    /// A milestone of this amount to which nothing has happened yet.
    pub fn new(id: MilestoneId, project: ProjectFacts, amount: i64) -> Self {
        Self {
            id,
            project,
            seq: 1,
            stage: Stage::Other,
            amount,
            adjustments: Vec::new(),
            part: None,
            parts: Vec::new(),
            rule: DueRule::default(),
            reference: None,
            agreed_on: None,
            planned_on: None,
            delivered_on: None,
            accepted_on: None,
            invoices: Vec::new(),
            allocations: Vec::new(),
            other_method: Vec::new(),
            write_offs: Vec::new(),
            settlements: Vec::new(),
            promise_tolerance_days: 0,
            promises: Vec::new(),
            disputes: Vec::new(),
            reschedules: Vec::new(),
            holds: Vec::new(),
            blocks: Vec::new(),
            touches: Vec::new(),
            conditions: Vec::new(),
            refusals: Vec::new(),
            progress: Vec::new(),
        }
    }
}
