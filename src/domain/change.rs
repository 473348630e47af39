//! One write to the ledger, as a person means it. Screens and commands build changes; `store::apply` checks them
//! against the facts and writes each in one transaction with its event. Amounts are minor units.

mod draft;

use chrono::NaiveDate;
use serde::Serialize;

use super::codes::codes;
use super::ids::{CustomerId, MilestoneId, PaymentId, ProjectId};
use super::kinds::Role;
use super::violation::Violation;

pub use draft::{
    ContactDraft, CustomerDraft, DisputeDraft, InvoiceDraft, MilestoneDraft, PaymentDraft,
    ProjectDraft, PromiseDraft, Target, TouchDraft, Voidable,
};

/// One write to the ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    AddCustomer(CustomerDraft),
    EditCustomer(CustomerId, CustomerDraft),
    AddProject(ProjectDraft),
    EditProject(ProjectId, ProjectDraft),
    AddMilestone(MilestoneDraft),
    /// An instalment's facts corrected, for all days.
    EditMilestone(MilestoneId, MilestoneDraft),
    /// Delivered; `None` takes the day back.
    Deliver {
        milestones: Vec<MilestoneId>,
        on: Option<NaiveDate>,
    },
    /// Accepted; `None` takes the day back.
    Accept {
        milestones: Vec<MilestoneId>,
        on: Option<NaiveDate>,
    },
    Invoice(InvoiceDraft),
    RecordPayment(PaymentDraft),
    /// Money went back: bounced or refunded.
    ReversePayment {
        payment: PaymentId,
        /// How much; `None` is all that is left of it.
        amount: Option<i64>,
        on: NaiveDate,
        reason: String,
    },
    /// Unapplied money of one payment is applied.
    ApplyPayment {
        payment: PaymentId,
        target: Target,
    },
    LogContact(TouchDraft),
    /// A promise was made; logs a touch without a step.
    Promise {
        promises: Vec<PromiseDraft>,
        on: NaiveDate,
        note: String,
    },
    OpenDispute {
        milestone: MilestoneId,
        /// How much of it; `None` is all.
        amount: Option<i64>,
        on: NaiveDate,
        reason: String,
        /// Who of us looks after it.
        owner: String,
    },
    /// All open objections against a milestone were settled.
    ResolveDispute {
        milestone: MilestoneId,
        on: NaiveDate,
        resolution: String,
    },
    /// A new due date was agreed.
    Reschedule {
        milestones: Vec<MilestoneId>,
        to: NaiveDate,
        on: NaiveDate,
        reason: String,
    },
    Hold {
        milestones: Vec<MilestoneId>,
        since: NaiveDate,
        /// Last day; `None` until released.
        until: Option<NaiveDate>,
        reason: String,
    },
    Release {
        milestones: Vec<MilestoneId>,
        on: NaiveDate,
    },
    WriteOff {
        milestone: MilestoneId,
        /// How much; `None` is the balance.
        amount: Option<i64>,
        on: NaiveDate,
        reason: String,
    },
    /// Something was entered by mistake: it counts on no day any more.
    Void {
        entry: Voidable,
        reason: String,
    },
    /// The aging table of a day was frozen.
    TakeSnapshot {
        as_of: NaiveDate,
        /// ISO week of that day, `2026-W47`.
        iso_week: String,
        #[serde(skip)]
        rows: String,
        /// The items behind it, packed.
        #[serde(skip)]
        items: Vec<u8>,
    },
    /// A person's role or team.
    EditPerson {
        /// Name of the person; a new name makes one.
        name: String,
        role: Role,
        team: String,
    },
}

impl Change {
    /// The same change of somebody who was asked and means it; `None` where the refusal is no question.
    pub fn insisted(&self, why: &Violation) -> Option<Self> {
        if let (Self::RecordPayment(draft), Violation::PaidAlready { .. }) = (self, why) {
            return Some(Self::RecordPayment(PaymentDraft { again: true, ..draft.clone() }));
        }
        None
    }
}

/// The kinds of change, by the codes events carry, and what else an event records.
macro_rules! kinds {
    ($($change:ident = $code:literal,)+ ; $($(#[$doc:meta])* $other:ident = $other_code:literal,)+) => {
        codes! {
            /// What an event records.
            ChangeKind {
                $($change = $code,)+
                $($(#[$doc])* $other = $other_code,)+
            }
        }

        impl Change {
            pub const fn kind(&self) -> ChangeKind {
                match self { $(Self::$change { .. } => ChangeKind::$change),+ }
            }
        }
    };
}

kinds! {
    AddCustomer = "add_customer",
    EditCustomer = "edit_customer",
    AddProject = "add_project",
    EditProject = "edit_project",
    AddMilestone = "add_milestone",
    EditMilestone = "edit_milestone",
    Deliver = "deliver",
    Accept = "accept",
    Invoice = "invoice",
    RecordPayment = "pay",
    ReversePayment = "reverse",
    ApplyPayment = "apply",
    LogContact = "contact",
    Promise = "promise",
    OpenDispute = "dispute",
    ResolveDispute = "resolve",
    Reschedule = "reschedule",
    Hold = "hold",
    Release = "release",
    WriteOff = "write_off",
    Void = "void",
    TakeSnapshot = "snapshot",
    EditPerson = "edit_person",
    ;
    /// A list was imported.
    ImportPlan = "import_plan",
    /// A made-up ledger was filled.
    Demo = "demo",
    /// A change was taken back.
    Undo = "undo",
    /// What was taken back stands again.
    Redo = "redo",
}
