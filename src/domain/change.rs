//! One write to the ledger, as a person means it. Screens and commands build changes; `store::apply` checks them
//! against the facts and writes each in one transaction with its event, and a milestone's timeline tells what came of it.
//! Amounts are minor units.

mod draft;
mod texts;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::codes;
use super::deal::Part;
use super::ids::{
    BankLineId, ConditionId, CustomerId, InvoiceId, MilestoneId, PaperId, PaymentId, ProjectId,
    TodoId,
};
use super::kinds::{
    BillState, Cause, Channel, ConditionKind, DealKind, InvoiceKind, Method, NoteKind, Outcome,
    PaperKind, PaperState, Role, TodoKind, TouchKind, WaiverKind,
};
use super::mail::Mailed;
use super::paper::PaperName;
use super::policy::Setting;
use super::tax::TaxRate;
use super::violation::Violation;

pub use draft::{
    Asked, BillDraft, Booking, ConditionDraft, ContactDraft, CustomerDraft, Deduction,
    DisputeDraft, Instalment, InvoiceDraft, MilestoneDraft, NoteDraft, PaperDraft, PaymentDraft,
    ProjectDraft, PromiseDraft, Target, TodoDraft, TouchDraft, Voidable,
};

/// One write to the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Accepted, with something left to be put right: each is an issue to be done.
    AcceptReserved {
        milestones: Vec<MilestoneId>,
        on: NaiveDate,
        reservations: Vec<String>,
        /// Whether payment steps wait for them.
        #[serde(default)]
        blocks: bool,
    },
    /// A part was accepted: it becomes a milestone of its own, and the rest is still to be accepted.
    AcceptPart {
        milestone: MilestoneId,
        /// Less than what is open.
        amount: i64,
        on: NaiveDate,
    },
    /// The customer did not accept.
    RefuseAcceptance {
        milestones: Vec<MilestoneId>,
        on: NaiveDate,
        reason: String,
    },
    /// Something has to be there before a milestone is accepted or falls due.
    AddCondition(ConditionDraft),
    /// Conditions were met; `None` takes the day back.
    MeetConditions {
        conditions: Vec<ConditionId>,
        on: Option<NaiveDate>,
        by: String,
        /// What is left to be put right all the same.
        reservation: String,
        /// What proves it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        paper: Option<PaperId>,
    },
    AddNote(NoteDraft),
    /// A paper is on file, or written.
    FilePaper(PaperDraft),
    /// Something became of a paper.
    MarkPaper {
        paper: PaperId,
        mark: PaperMark,
        on: NaiveDate,
    },
    Invoice(InvoiceDraft),
    /// Invoices that lay here went out, or were signed for.
    SendInvoices {
        milestones: Vec<MilestoneId>,
        /// These of them alone; without any all.
        #[serde(default)]
        invoices: Vec<InvoiceId>,
        /// The day those not sent yet went out.
        sent_on: Option<NaiveDate>,
        /// The day the customer signed for those it had not signed for.
        received_on: Option<NaiveDate>,
    },
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
    /// Something became of a bill of exchange.
    Bill {
        payment: PaymentId,
        event: BillEvent,
        on: NaiveDate,
    },
    /// Somebody else's money may be taken as the customer's; no day takes that back.
    ClearPayer {
        payment: PaymentId,
        on: Option<NaiveDate>,
        /// In which the customer says so.
        paper: Option<PaperId>,
        /// Without a paper: how it is known.
        note: String,
    },
    /// Money applied to one milestone belongs to another from a day on.
    MoveAllocation {
        payment: PaymentId,
        from: MilestoneId,
        to: MilestoneId,
        /// How much; `None` is all that is applied there.
        amount: Option<i64>,
        on: NaiveDate,
        reason: String,
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
    /// A new contract amount was agreed.
    Amend {
        project: ProjectId,
        amount: i64,
        on: NaiveDate,
        /// Amounts of milestones that were agreed one by one; the others share the rest.
        lines: Vec<(MilestoneId, i64)>,
        note: String,
    },
    /// What is open of milestones is to be paid in dated parts.
    Split {
        milestones: Vec<MilestoneId>,
        parts: Vec<Part>,
        on: NaiveDate,
        /// A part that is not paid makes it possible to call the later ones due.
        all_due: bool,
        note: String,
    },
    /// An instalment was not paid: the later ones fall due at once.
    CallDue {
        milestone: MilestoneId,
        on: NaiveDate,
        reason: String,
    },
    WriteOff {
        milestone: MilestoneId,
        /// How much; `None` is the balance.
        amount: Option<i64>,
        on: NaiveDate,
        reason: String,
    },
    /// So much by a day, and the rest of these milestones is waived.
    Settle {
        milestones: Vec<MilestoneId>,
        /// What has to come, on all of them together.
        amount: i64,
        /// Last day for it.
        by: NaiveDate,
        on: NaiveDate,
        note: String,
    },
    /// The work on a project rests.
    Suspend {
        project: ProjectId,
        on: NaiveDate,
        /// How the customer was told: the number or kind of a letter.
        notice: String,
        reason: String,
    },
    /// It goes on.
    Resume {
        project: ProjectId,
        on: NaiveDate,
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
    /// A line of a bank statement is money of a customer.
    BookLine {
        line: BankLineId,
        payment: Booking,
        /// What the bank kept: the payment is so much more than the line.
        fee: i64,
    },
    /// A line of a bank statement has nothing to do with receivables.
    SkipLine {
        line: BankLineId,
        reason: String,
    },
    /// A person's role, team or e-mail.
    EditPerson {
        /// Name of the person; a new name makes one.
        name: String,
        role: Role,
        team: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        email: String,
    },
    /// Something is to be done, or to be decided.
    AddTodo(TodoDraft),
    /// A to-do's facts corrected, for all days.
    EditTodo(TodoId, TodoDraft),
    /// It was done; one that comes again is opened for the next time.
    CloseTodo {
        todo: TodoId,
        on: NaiveDate,
        /// What came of it.
        outcome: String,
    },
    /// What was asked for may be done, and is done with it.
    ApproveTodo {
        todo: TodoId,
        note: String,
        /// Who asked for it; the ledger knows.
        #[serde(default)]
        asked_by: String,
    },
    /// What was asked for is not done.
    DeclineTodo {
        todo: TodoId,
        note: String,
        /// Who asked for it; the ledger knows.
        #[serde(default)]
        asked_by: String,
    },
    /// A number of the ledger was set.
    Set {
        setting: Setting,
        /// As it is typed; `None` goes back to the program's own.
        value: Option<String>,
    },
}

/// What becomes of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperMark {
    /// It went out. Of a dunning paper this is a contact, and its step.
    Sent {
        channel: Option<Channel>,
        /// Where it went out as a mail of this program.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mailed: Option<Mailed>,
    },
    /// It reached the customer.
    Delivered {
        /// What shows it: number of the parcel, receipt, who signed for it.
        proof: String,
    },
    Signed,
    /// Its expiry is nobody's business any more.
    Closed {
        note: String,
    },
}

/// What becomes of a bill of exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillEvent {
    Honoured,
    Discounted {
        /// A year's rate, in millionths.
        rate: Option<i64>,
        /// What the bank kept.
        cost: i64,
    },
    Endorsed {
        to: String,
    },
    /// What is left of the payment goes back, and recourse is to be taken.
    Dishonoured {
        reason: String,
        /// How that to-do is called; empty takes the reason.
        #[serde(default)]
        recourse: String,
    },
}

impl Change {
    /// The same change of somebody who was asked and means it; `None` where the refusal is no question.
    pub fn insisted(&self, why: &Violation) -> Option<Self> {
        if let (Violation::NumberTaken { .. }, Self::Invoice(draft)) = (why, self) {
            return Some(Self::Invoice(InvoiceDraft { again: true, ..draft.clone() }));
        }
        let Violation::PaidAlready { .. } = why else {
            return None;
        };
        let again = |draft: &PaymentDraft| PaymentDraft { again: true, ..draft.clone() };
        if let Self::RecordPayment(draft) = self {
            return Some(Self::RecordPayment(again(draft)));
        }
        if let Self::BookLine { line, payment: Booking::New(draft), fee } = self {
            let payment = Booking::New(again(draft));
            return Some(Self::BookLine { line: *line, payment, fee: *fee });
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
    AcceptReserved = "accept_reserved",
    AcceptPart = "accept_part",
    RefuseAcceptance = "refuse_acceptance",
    AddCondition = "add_condition",
    MeetConditions = "meet_conditions",
    AddNote = "add_note",
    FilePaper = "file_paper",
    MarkPaper = "mark_paper",
    Invoice = "invoice",
    SendInvoices = "send_invoices",
    RecordPayment = "pay",
    ReversePayment = "reverse",
    ApplyPayment = "apply",
    Bill = "bill",
    ClearPayer = "clear_payer",
    MoveAllocation = "move",
    LogContact = "contact",
    Promise = "promise",
    OpenDispute = "dispute",
    ResolveDispute = "resolve",
    Reschedule = "reschedule",
    Hold = "hold",
    Release = "release",
    Amend = "amend",
    Split = "split",
    CallDue = "call_due",
    WriteOff = "write_off",
    Settle = "settle",
    Suspend = "suspend",
    Resume = "resume",
    Void = "void",
    TakeSnapshot = "snapshot",
    BookLine = "book_line",
    SkipLine = "skip_line",
    EditPerson = "edit_person",
    AddTodo = "add_todo",
    EditTodo = "edit_todo",
    CloseTodo = "close_todo",
    ApproveTodo = "approve_todo",
    DeclineTodo = "decline_todo",
    Set = "set",
    ;
    /// A list was imported.
    ImportPlan = "import_plan",
    /// Lists of customers, payments and invoices were imported.
    ImportCustomers = "import_customers",
    ImportPayments = "import_payments",
    ImportInvoices = "import_invoices",
    /// A bank statement was imported.
    ImportBank = "import_bank",
    /// A made-up ledger was filled.
    Demo = "demo",
    /// A change was taken back.
    Undo = "undo",
    /// What was taken back stands again.
    Redo = "redo",
}

impl ChangeKind {
    /// Whether it brought in a file.
    pub const fn is_import(self) -> bool {
        matches!(
            self,
            Self::ImportPlan
                | Self::ImportCustomers
                | Self::ImportPayments
                | Self::ImportInvoices
                | Self::ImportBank
        )
    }

    /// Whether it can give other names to what is known already.
    pub const fn renames(self) -> bool {
        match self {
            Self::EditCustomer
            | Self::EditProject
            | Self::EditMilestone
            | Self::EditPerson
            | Self::ImportPlan
            | Self::ImportCustomers
            | Self::Demo
            | Self::Void
            | Self::Undo
            | Self::Redo => true,
            Self::AddCustomer
            | Self::AddProject
            | Self::AddMilestone
            | Self::Deliver
            | Self::Accept
            | Self::AcceptReserved
            | Self::AcceptPart
            | Self::RefuseAcceptance
            | Self::AddCondition
            | Self::MeetConditions
            | Self::AddNote
            | Self::FilePaper
            | Self::MarkPaper
            | Self::Invoice
            | Self::SendInvoices
            | Self::RecordPayment
            | Self::ReversePayment
            | Self::ApplyPayment
            | Self::Bill
            | Self::ClearPayer
            | Self::MoveAllocation
            | Self::LogContact
            | Self::Promise
            | Self::OpenDispute
            | Self::ResolveDispute
            | Self::Reschedule
            | Self::Hold
            | Self::Release
            | Self::Amend
            | Self::Split
            | Self::CallDue
            | Self::WriteOff
            | Self::Settle
            | Self::Suspend
            | Self::Resume
            | Self::TakeSnapshot
            | Self::BookLine
            | Self::SkipLine
            | Self::AddTodo
            | Self::EditTodo
            | Self::CloseTodo
            | Self::ApproveTodo
            | Self::DeclineTodo
            | Self::ImportPayments
            | Self::ImportInvoices
            | Self::ImportBank
            | Self::Set => false,
        }
    }
}

/// What happened to one milestone, as its timeline has it; amounts are minor units of the milestone's currency, above 0
/// unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimelineEvent {
    Agreed {
        amount: i64,
    },
    Delivered,
    Accepted,
    /// The customer did not accept.
    Refused {
        reason: String,
    },
    /// Something was asked for.
    ConditionSet {
        kind: ConditionKind,
        wording: String,
        planned_on: Option<NaiveDate>,
    },
    ConditionMet {
        wording: String,
        by: String,
        reservation: String,
        /// The paper that proves it.
        proof: Option<PaperName>,
    },
    /// A note about the milestone or its project.
    Noted {
        kind: NoteKind,
        wording: String,
        number: Option<u8>,
        /// Last day of a commitment.
        until: Option<NaiveDate>,
    },
    /// A paper about the milestone, its project or customer: filed, sent, delivered, signed, or noted as done with.
    Paper {
        kind: PaperKind,
        number: String,
        title: String,
        state: PaperState,
        /// How it was sent, what shows that it arrived.
        by: Option<Channel>,
        proof: String,
    },
    /// A bill went out; a red one is negative.
    Invoiced {
        number: String,
        kind: InvoiceKind,
        amount: i64,
        tax_rate: Option<TaxRate>,
        sent_on: Option<NaiveDate>,
        received_on: Option<NaiveDate>,
    },
    Paid {
        payment: PaymentId,
        amount: i64,
        method: Method,
        payer: String,
        /// What of the payment did not reach the bank.
        deducted: i64,
    },
    /// Money that had arrived went back.
    Reversed {
        payment: PaymentId,
        amount: i64,
        reason: String,
    },
    /// Money came from another milestone, or went to another, below 0; named by its key or id.
    Moved {
        payment: PaymentId,
        amount: i64,
        other: String,
        reason: String,
    },
    /// Something became of a bill of exchange that pays it.
    Bill {
        payment: PaymentId,
        state: BillState,
        /// What selling it cost.
        cost: i64,
        /// Whom it was passed on to.
        to: String,
    },
    /// Why money of somebody else may be taken as the customer's.
    PayerCleared {
        payment: PaymentId,
        payer: String,
        note: String,
        /// The paper that says so.
        proof: Option<PaperName>,
    },
    /// Somebody was in touch with the customer.
    Touched {
        channel: Option<Channel>,
        kind: TouchKind,
        step: Option<u8>,
        outcome: Option<Outcome>,
        cause: Option<Cause>,
        contact: Option<String>,
        note: String,
        next_on: Option<NaiveDate>,
    },
    /// The customer promised to pay.
    Promised {
        amount: i64,
        pay_by: NaiveDate,
    },
    /// The customer objected; no amount is all of it.
    Disputed {
        amount: Option<i64>,
        reason: String,
        owner: String,
    },
    Resolved {
        resolution: String,
    },
    /// A new due date was agreed.
    Rescheduled {
        from: Option<NaiveDate>,
        to: NaiveDate,
        reason: String,
    },
    /// The amount became another one; more is above 0.
    Adjusted {
        kind: DealKind,
        amount: i64,
        note: String,
    },
    /// It came of a deal, out of the milestone with this key or name.
    PartOf {
        kind: DealKind,
        of: String,
        amount: i64,
    },
    Held {
        until: Option<NaiveDate>,
        reason: String,
    },
    Released,
    WrittenOff {
        amount: i64,
        reason: String,
    },
    /// The rest was let go, since the customer paid as agreed; below 0 where it is owed again.
    Waived {
        kind: WaiverKind,
        amount: i64,
    },
    /// A settlement was agreed: so much by a day, on so many milestones together.
    SettlementAgreed {
        amount: i64,
        by: NaiveDate,
        milestones: u32,
        note: String,
    },
    /// The work on its project rests.
    Suspended {
        notice: String,
        reason: String,
    },
    Resumed,
    /// Something was to be done, or decided.
    Opened {
        kind: TodoKind,
        title: String,
        owner: String,
        due_on: Option<NaiveDate>,
        /// Whether payment steps wait for it.
        blocks: bool,
    },
    /// It was done.
    Done {
        title: String,
        outcome: String,
        blocks: bool,
    },
}

/// How an event bears on the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Neutral,
    /// To be watched.
    Warning,
    Bad,
}

impl TimelineEvent {
    /// The kind of change that recorded it.
    pub const fn kind(&self) -> ChangeKind {
        match self {
            Self::Agreed { .. } => ChangeKind::AddMilestone,
            Self::Delivered => ChangeKind::Deliver,
            Self::Accepted => ChangeKind::Accept,
            Self::Refused { .. } => ChangeKind::RefuseAcceptance,
            Self::ConditionSet { .. } => ChangeKind::AddCondition,
            Self::ConditionMet { .. } => ChangeKind::MeetConditions,
            Self::Noted { .. } => ChangeKind::AddNote,
            Self::Paper { state: PaperState::Draft | PaperState::Filed, .. } => {
                ChangeKind::FilePaper
            }
            Self::Paper { .. } => ChangeKind::MarkPaper,
            Self::Invoiced { .. } => ChangeKind::Invoice,
            Self::Paid { .. } | Self::Waived { .. } => ChangeKind::RecordPayment,
            Self::Reversed { .. } => ChangeKind::ReversePayment,
            Self::Moved { .. } => ChangeKind::MoveAllocation,
            Self::Bill { .. } => ChangeKind::Bill,
            Self::PayerCleared { .. } => ChangeKind::ClearPayer,
            Self::Touched { .. } => ChangeKind::LogContact,
            Self::Promised { .. } => ChangeKind::Promise,
            Self::Disputed { .. } => ChangeKind::OpenDispute,
            Self::Resolved { .. } => ChangeKind::ResolveDispute,
            Self::Rescheduled { .. } => ChangeKind::Reschedule,
            Self::Adjusted { kind: DealKind::PartialAcceptance, .. }
            | Self::PartOf { kind: DealKind::PartialAcceptance, .. } => ChangeKind::AcceptPart,
            Self::Adjusted { kind: DealKind::Instalments, .. } | Self::PartOf { .. } => {
                ChangeKind::Split
            }
            Self::Adjusted { kind: DealKind::Amendment | DealKind::Settlement, .. } => {
                ChangeKind::Amend
            }
            Self::Held { .. } => ChangeKind::Hold,
            Self::Released => ChangeKind::Release,
            Self::WrittenOff { .. } => ChangeKind::WriteOff,
            Self::SettlementAgreed { .. } => ChangeKind::Settle,
            Self::Suspended { .. } => ChangeKind::Suspend,
            Self::Resumed => ChangeKind::Resume,
            Self::Opened { .. } => ChangeKind::AddTodo,
            Self::Done { .. } => ChangeKind::CloseTodo,
        }
    }

    /// The payment it is about.
    pub const fn payment(&self) -> Option<PaymentId> {
        match self {
            Self::Paid { payment, .. }
            | Self::Reversed { payment, .. }
            | Self::Moved { payment, .. }
            | Self::Bill { payment, .. }
            | Self::PayerCleared { payment, .. } => Some(*payment),
            Self::Agreed { .. }
            | Self::Delivered
            | Self::Accepted
            | Self::Refused { .. }
            | Self::ConditionSet { .. }
            | Self::ConditionMet { .. }
            | Self::Noted { .. }
            | Self::Paper { .. }
            | Self::Invoiced { .. }
            | Self::Touched { .. }
            | Self::Promised { .. }
            | Self::Disputed { .. }
            | Self::Resolved { .. }
            | Self::Rescheduled { .. }
            | Self::Adjusted { .. }
            | Self::PartOf { .. }
            | Self::Held { .. }
            | Self::Released
            | Self::WrittenOff { .. }
            | Self::Waived { .. }
            | Self::SettlementAgreed { .. }
            | Self::Suspended { .. }
            | Self::Resumed
            | Self::Opened { .. }
            | Self::Done { .. } => None,
        }
    }

    pub const fn tone(&self) -> Tone {
        match self {
            Self::Paid { .. }
            | Self::Accepted
            | Self::ConditionMet { .. }
            | Self::PayerCleared { .. }
            | Self::Bill { state: BillState::Honoured | BillState::Discounted, .. } => Tone::Good,
            Self::Disputed { .. }
            | Self::Reversed { .. }
            | Self::WrittenOff { .. }
            | Self::Bill { state: BillState::Dishonoured, .. } => Tone::Bad,
            Self::Promised { .. }
            | Self::Held { .. }
            | Self::Refused { .. }
            | Self::SettlementAgreed { .. }
            | Self::Suspended { .. } => Tone::Warning,
            Self::Bill { state: BillState::InHand | BillState::Endorsed, .. }
            | Self::Agreed { .. }
            | Self::Delivered
            | Self::ConditionSet { .. }
            | Self::Noted { .. }
            | Self::Paper { .. }
            | Self::Invoiced { .. }
            | Self::Moved { .. }
            | Self::Touched { .. }
            | Self::Resolved { .. }
            | Self::Rescheduled { .. }
            | Self::Waived { .. }
            | Self::Resumed
            | Self::Adjusted { .. }
            | Self::PartOf { .. }
            | Self::Released
            | Self::Opened { .. }
            | Self::Done { .. } => Tone::Neutral,
        }
    }
}
