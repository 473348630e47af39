//! One write to the ledger, as a person means it. Screens and commands build changes; `store::apply` checks them
//! against the facts and writes each in one transaction with its event. Amounts are minor units.

mod draft;

use chrono::NaiveDate;
use serde::Serialize;

use super::ids::{CustomerId, MilestoneId, PaymentId, ProjectId};
use super::kinds::Role;
use super::plan::PlanBatch;

pub use draft::{
    ContactDraft, CustomerDraft, InvoiceDraft, MilestoneDraft, PaymentDraft, ProjectDraft,
    PromiseDraft, Target, TouchDraft,
};

/// One write to the ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A new customer.
    AddCustomer(CustomerDraft),
    /// A customer's facts corrected.
    EditCustomer(CustomerId, CustomerDraft),
    /// A new contract.
    AddProject(ProjectDraft),
    /// A contract's facts corrected.
    EditProject(ProjectId, ProjectDraft),
    /// A new instalment.
    AddMilestone(MilestoneDraft),
    /// An instalment's facts corrected, for all days.
    EditMilestone(MilestoneId, MilestoneDraft),
    /// Delivered; `None` takes the day back.
    Deliver {
        /// Which.
        milestones: Vec<MilestoneId>,
        /// When.
        on: Option<NaiveDate>,
    },
    /// Accepted; `None` takes the day back.
    Accept {
        /// Which.
        milestones: Vec<MilestoneId>,
        /// When.
        on: Option<NaiveDate>,
    },
    /// A bill was issued.
    Invoice(InvoiceDraft),
    /// Money arrived.
    RecordPayment(PaymentDraft),
    /// Money went back: bounced or refunded.
    ReversePayment {
        /// Which payment.
        payment: PaymentId,
        /// How much; `None` is all that is left of it.
        amount: Option<i64>,
        /// When.
        on: NaiveDate,
        /// Why.
        reason: String,
    },
    /// Unapplied money of one payment is applied.
    ApplyPayment {
        /// Which payment.
        payment: PaymentId,
        /// To what.
        target: Target,
    },
    /// A contact was made.
    LogContact(TouchDraft),
    /// A promise was made; logs a touch without a step.
    Promise {
        /// What was promised.
        promises: Vec<PromiseDraft>,
        /// When.
        on: NaiveDate,
        /// Anything else.
        note: String,
    },
    /// An objection was raised.
    OpenDispute {
        /// Against what.
        milestone: MilestoneId,
        /// How much of it; `None` is all.
        amount: Option<i64>,
        /// When.
        on: NaiveDate,
        /// Why.
        reason: String,
        /// Who of us looks after it.
        owner: String,
    },
    /// All open objections against a milestone were settled.
    ResolveDispute {
        /// Against what.
        milestone: MilestoneId,
        /// When.
        on: NaiveDate,
        /// How.
        resolution: String,
    },
    /// A new due date was agreed.
    Reschedule {
        /// Of what.
        milestones: Vec<MilestoneId>,
        /// The new due date.
        to: NaiveDate,
        /// When it was agreed.
        on: NaiveDate,
        /// Why.
        reason: String,
    },
    /// We stop chasing.
    Hold {
        /// What.
        milestones: Vec<MilestoneId>,
        /// From when.
        since: NaiveDate,
        /// Last day; `None` until released.
        until: Option<NaiveDate>,
        /// Why.
        reason: String,
    },
    /// We chase again.
    Release {
        /// What.
        milestones: Vec<MilestoneId>,
        /// From when.
        on: NaiveDate,
    },
    /// We give money up.
    WriteOff {
        /// Of what.
        milestone: MilestoneId,
        /// How much; `None` is the balance.
        amount: Option<i64>,
        /// When.
        on: NaiveDate,
        /// Why.
        reason: String,
    },
    /// A plan list was imported.
    ImportPlan(PlanBatch),
    /// The aging table of a day was frozen.
    TakeSnapshot {
        /// Which day.
        as_of: NaiveDate,
        /// ISO week of that day, `2026-W47`.
        iso_week: String,
        /// The table, as JSON.
        #[serde(skip)]
        rows: String,
        /// The items behind it, packed.
        #[serde(skip)]
        items: Vec<u8>,
    },
    /// A setting.
    Set {
        /// Its key.
        key: String,
        /// Its value; `None` goes back to the default.
        value: Option<String>,
    },
    /// A person's role or team.
    EditPerson {
        /// Name of the person; a new name makes one.
        name: String,
        /// What they do.
        role: Role,
        /// Their team.
        team: String,
    },
}

impl Change {
    /// The stable name of this kind of change, as events carry it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::AddCustomer(_) => "add_customer",
            Self::EditCustomer(..) => "edit_customer",
            Self::AddProject(_) => "add_project",
            Self::EditProject(..) => "edit_project",
            Self::AddMilestone(_) => "add_milestone",
            Self::EditMilestone(..) => "edit_milestone",
            Self::Deliver { .. } => "deliver",
            Self::Accept { .. } => "accept",
            Self::Invoice(_) => "invoice",
            Self::RecordPayment(_) => "pay",
            Self::ReversePayment { .. } => "reverse",
            Self::ApplyPayment { .. } => "apply",
            Self::LogContact(_) => "contact",
            Self::Promise { .. } => "promise",
            Self::OpenDispute { .. } => "dispute",
            Self::ResolveDispute { .. } => "resolve",
            Self::Reschedule { .. } => "reschedule",
            Self::Hold { .. } => "hold",
            Self::Release { .. } => "release",
            Self::WriteOff { .. } => "write_off",
            Self::ImportPlan(_) => "import_plan",
            Self::TakeSnapshot { .. } => "snapshot",
            Self::Set { .. } => "set",
            Self::EditPerson { .. } => "edit_person",
        }
    }
}
